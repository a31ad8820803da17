package cli

import (
	"bytes"
	"encoding/json"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const sample = "../../data/2026/338"

// run runs the program and returns its exit code and what it wrote.
func run(args ...string) (code int, stdout, stderr string) {
	var out, err bytes.Buffer
	code = Main(args, &out, &err)
	return code, out.String(), err.String()
}

// clean is a department with nothing to say against it.
const clean = `[department]
year = 2026
code = "900"
name = "某区档案馆"
template = "wuhan"
date = 2026-02-01
assets_as_of = 2025-12-31
duties = ["保管档案。"]

[[unit]]
code = "900001"
name = "某区档案馆"
kind = "行政"

[[basic]]
function = "2012601"
economic = "30101"
amount = 1000000

[prior]
year = 2025
[prior.figures]
total = 1000000
fiscal = 1000000
general = 1000000
three_public = 0
overseas = 0
vehicles = 0
vehicle_purchase = 0
vehicle_running = 0
reception = 0

[[form]]
kind = "整体绩效"
[form.fields]
annual_tasks = "保管档案。"
long_goal = "档案安全。"
year_goal = "没有损毁。"

[[code]]
kind = "功能"
code = "2012601"
name = "行政运行"
[[code]]
kind = "功能"
code = "20126"
name = "档案事务"
`

// department writes a department's one file into a folder of its own.
func department(t *testing.T, toml string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "2026", "900")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "department.toml"), []byte(toml), 0o666); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestBuild(t *testing.T) {
	file := filepath.Join(t.TempDir(), "公开", "338.pdf")
	code, out, errs := run("build", sample, "-o", file)
	if code != 0 || !strings.Contains(out, "已生成") || !strings.Contains(errs, "绩效-005") {
		t.Fatalf("exit %d\n%s\n%s", code, out, errs)
	}
	raw, err := os.ReadFile(file)
	if err != nil || !bytes.HasPrefix(raw, []byte("%PDF-1.7\n")) {
		t.Fatalf("%v, starts with %q", err, raw[:min(10, len(raw))])
	}
	entries, err := os.ReadDir(filepath.Dir(file))
	if err != nil || len(entries) != 1 {
		t.Errorf("%d files beside the output, %v", len(entries), err)
	}
}

func TestErrorsWriteNothing(t *testing.T) {
	for name, c := range map[string]struct{ old, new, says string }{
		"syntax":    {`year = 2026`, `year = `, "department.toml:2:"},
		"code":      {`"30101"`, `"30191"`, "科目-001"},
		"year 26":   {`year = 2026`, `year = 26`, "年度写四位"},
		"year 1":    {`year = 2026`, `year = 1`, "年度写四位"},
		"year -1":   {`year = 2026`, `year = -1`, "年度写四位"},
		"year 2015": {`year = 2026`, `year = 2015`, "没有2015年和以前的科目目录"},
		"kind":      {`kind = "行政"`, `kind = "某机构"`, "可填：行政、参公"},
		"template":  {`"wuhan"`, `"wuhna"`, "是不是“wuhan”"},
		"glyph":     {`保管档案`, "保管\U00013000档案", "U+13000"},
		"identity":  {"[[code]]", "[[stated]]\nfigure = \"total\"\namount = 5\n[[code]]", "勾稽-011"},
	} {
		toml := strings.Replace(clean, c.old, c.new, 1)
		if toml == clean {
			t.Fatalf("%s changes nothing", name)
		}
		file := filepath.Join(t.TempDir(), "a.pdf")
		code, out, errs := run("build", department(t, toml), "-o", file)
		if code != 1 || out != "" || !strings.Contains(errs, c.says) {
			t.Errorf("%s: exit %d, want 1 and %s\n%s\n%s", name, code, c.says, out, errs)
		}
		if _, err := os.Stat(file); err == nil {
			t.Errorf("%s: a file was written", name)
		}
	}
}

func TestCheckIsSilentWhenClean(t *testing.T) {
	if code, out, errs := run("check", department(t, clean)); code != 0 || out != "" || errs != "" {
		t.Errorf("exit %d\n%s\n%s", code, out, errs)
	}
}

func TestCheckJSON(t *testing.T) {
	code, out, _ := run("check", "--format", "json", department(t, strings.Replace(clean, "1000000\n", "1000100\n", 1)))
	var report struct {
		Diagnostics []struct {
			Rule, Level string
			At          struct {
				File string
				Line int
			}
		}
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if code != 0 || len(report.Diagnostics) == 0 {
		t.Errorf("exit %d, %d diagnostics; a change without a reason is a warning", code, len(report.Diagnostics))
	}
	for _, d := range report.Diagnostics {
		if d.Rule == "" || !strings.HasSuffix(d.At.File, "department.toml") {
			t.Errorf("%+v", d)
		}
	}
}

func TestPreview(t *testing.T) {
	dir := t.TempDir()
	if code, out, errs := run("preview", sample, "-o", dir, "--pages", "1-2", "--dpi", "40"); code != 0 {
		t.Fatalf("exit %d\n%s\n%s", code, out, errs)
	}
	for _, name := range []string{"p001.png", "p002.png"} {
		f, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(f)
		_ = f.Close()
		if err != nil || img.Bounds().Dx() != 331 || img.Bounds().Dy() != 468 {
			t.Errorf("%s: %v, %v", name, err, img.Bounds())
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "p003.png")); err == nil {
		t.Error("page 3 was drawn unasked")
	}
}

func TestFonts(t *testing.T) {
	if code, out, _ := run("fonts"); code != 0 || !strings.Contains(out, "仿宋：") || !strings.Contains(out, "授权") {
		t.Errorf("exit %d\n%s", code, out)
	}
	code, out, _ := run("fonts", "../../testdata/departments/2026/415")
	for _, want := range []string{"U+2CB4E", "U+2B5AF", "415"} {
		if !strings.Contains(out, want) {
			t.Errorf("exit %d, no %s in\n%s", code, want, out)
		}
	}
}

// TestExitCodes holds the contract with scripts.
func TestExitCodes(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"biuld"}, 2, "没有命令“biuld”"},
		{[]string{"build"}, 2, "要给一个部门数据目录"},
		{[]string{"build", "没有/这个"}, 2, "没有目录"},
		{[]string{"build", file}, 2, "这是空文件"},
		{[]string{"build", sample, "--quick"}, 2, "没有选项 --quick"},
		{[]string{"check"}, 2, "至少一个"},
		{[]string{"check", "--format", "xml", sample}, 2, "text 或 json"},
		{[]string{"preview", sample}, 2, "-o"},
		{[]string{"preview", sample, "-o", file + "d", "--pages", "9-3"}, 2, "2-5"},
		{[]string{"build", sample, "--font", "仿宋"}, 2, "--font"},
		{[]string{"build", sample, "--font", "仿宋=没有.ttf"}, 3, "没有.ttf"},
		{[]string{"build", sample, "-o", filepath.Join(file, "a.pdf")}, 3, "写不了"},
	} {
		code, out, errs := run(c.args...)
		if code != c.code || !strings.Contains(errs, c.says) {
			t.Errorf("%v: exit %d, want %d and %s\n%s%s", c.args, code, c.code, c.says, out, errs)
		}
	}
	if code, out, _ := run(); code != 0 || !strings.Contains(out, "用法") {
		t.Errorf("without arguments: exit %d\n%s", code, out)
	}
}

// TestOwnFont: an office's own font draws its role.
func TestOwnFont(t *testing.T) {
	dir := department(t, clean)
	var files [2][]byte
	for i, args := range [][]string{{"build", dir}, {"build", dir, "--font", "仿宋=../../fonts/gkai00mp.ttf"}} {
		name := filepath.Join(t.TempDir(), "a.pdf")
		if code, _, errs := run(append(args, "-o", name)...); code != 0 {
			t.Fatalf("%v: exit %d\n%s", args, code, errs)
		}
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[i] = raw
	}
	if bytes.Equal(files[0], files[1]) {
		t.Error("the font makes no difference")
	}
}

// TestFigure: every printed number can be asked for; several of one name are listed, and none is chosen.
func TestFigure(t *testing.T) {
	const sample = "../../data/2026/338"
	for _, c := range []struct {
		args     string
		code     int
		out, err string
	}{
		{sample + " T3.2010301.基本支出", exitGood, "= 749.64万元（7,496,380.00元）\n", ""},
		{sample + " T4.一般公共预算拨款", exitUsage, "", "4,671.85  T4.本年收入.一般公共预算拨款.预算数\n"},
		{sample + " T4.一般公共预算拨款", exitUsage, "", "（空）  T4.上年结转.一般公共预算拨款.预算数\n"},
		{sample + " T3.2010302", exitUsage, "", "是不是“2010301”"},
		{sample, exitGood, "4,671.85  T1.收入总计.预算数\n", ""},
		{sample + " --format json", exitGood, `"key": "1/income/收入总计/收入/预算数"`, ""},
		{sample + " total --format json", exitGood, `"amount": "46718480"`, ""},
		{sample + " total --format xml", exitUsage, "", "--format 应为 text 或 json"},
		{sample + " --template central-department T5.合计.增减额", exitGood, "印作 2,133.02：本年数减上年数\n  本年\n    = 4,671.85万元", ""},
		{sample + " --template central-department T5.合计.增减%", exitGood, "印作 84.02", ""},
		// In sentences, forms and charts, by the heading, the form or the chart.
		{sample + " 三、支出预算安排情况.第3个数", exitGood, "印作 32.77%：前者占后者的百分比\n  部分\n    = 1,530.99万元（15,309,880.00元）", ""},
		{sample + " 支出预算安排情况.第4个数", exitGood, "  写法 三、支出预算安排情况.第4个数\n  = 3,140.86万元", ""},
		{sample + " 一、收支预算总体安排情况.第2个数 --format json", exitGood, `"kind": "change"`, ""},
		{sample + " 一、收支预算总体安排情况.第2个数 --format json", exitGood, `"words": "…元，比2025年预算增加【2,133.02】万元，上升84.02%，…"`, ""},
		{sample + " 国有资产占有使用情况.第1个数", exitGood, "= 5，个数", ""},
		{sample + " 十、项目支出安排情况.第4个数", exitGood, "= 24，部门填写的文字里的数：../../data/2026/338/projects.toml:36:37\n", ""},
		{sample + " 十、项目支出安排情况.第4个数 --format json", exitGood, `"line": 36`, ""},
		{sample + " 项目绩效-通用.审批事务经费.项目总预算", exitGood, "= 1,084.00万元", ""},
		{sample + " 整体绩效.基本支出.2024年", exitGood, "= 1,703.09万元", ""},
		{sample, exitGood, "32.77%  三、支出预算安排情况.第3个数  …1,530.99万元，占【32.77%】；项目支出3,140.8…\n", ""},
		{sample + " 支出预算安排情形.第4个数", exitUsage, "", "是不是“三、支出预算安排情况.第4个数”"},
		{"../../testdata/departments/2026/501 来龙去脉.人员经费.占比", exitGood, "印作 86.96%", ""},
		{"", exitUsage, "", "要给数据目录"},
		// Both sides of a comparison each with its own entries; what nobody stated is no 0; data with errors do not say all.
		{sample + " 一、收支预算总体安排情况.第2个数 --format json", exitGood, `"over": {` + "\n    \"kind\": \"last-year\"", ""},
		{"../../data/2025/338 --template central-department T5.合计.2024年预算数 --format json", exitGood, `"kind": "last-year",` + "\n  \"printed\": \"\"", ""},
		{department(t, clean+"[[project]]\nname = \"合计\"\nfunction = \"2012601\"\namount = 5\n") + " total", exitGood, "= 100.00万元", "注意：数据有1处错误"},
	} {
		code, out, errs := run(append([]string{"figure"}, strings.Fields(c.args)...)...)
		if code != c.code || !strings.Contains(out, c.out) || !strings.Contains(errs, c.err) {
			t.Errorf("figure %s: %d\n%s\n%s\nwant %d, %q, %q", c.args, code, out[:min(len(out), 300)], errs, c.code, c.out, c.err)
		}
		if strings.HasSuffix(c.args, "json") && !json.Valid([]byte(out)) {
			t.Errorf("figure %s: no JSON: %s", c.args, out[:min(len(out), 100)])
		}
	}
}
