package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/changes"
)

// drafts are the sample as it was and as it is, in all that a comparison takes: folders, workbooks, PDFs. The office costs are
// 10,000 元 more now.
type drafts struct{ old, new map[string]string }

// replaced writes a file of a folder with words of it replaced.
func replaced(t *testing.T, dir, file, old, with string) {
	t.Helper()
	name := filepath.Join(dir, file)
	raw, err := os.ReadFile(name)
	if err != nil || !strings.Contains(string(raw), old) {
		t.Fatal(name, "has no", old, err)
	}
	if err := os.WriteFile(name, []byte(strings.Replace(string(raw), old, with, 1)), 0o666); err != nil {
		t.Fatal(err)
	}
}

// draft is a copy of the sample with last year's beside it.
func draft(t *testing.T, root string) (dir string) {
	t.Helper()
	copyData(t, root, "2025/338")
	return copyData(t, root, "2026/338")
}

const officeCosts = `economic = "30201", amount = 1671540`

func sampleDrafts(t *testing.T) (d drafts) {
	t.Helper()
	for i, m := range []*map[string]string{&d.old, &d.new} {
		root := t.TempDir()
		dir := draft(t, root)
		if i == 1 {
			replaced(t, dir, "basic.toml", officeCosts, `economic = "30201", amount = 1681540`)
		}
		*m = map[string]string{"folder": dir, "workbook": filepath.Join(root, "338-2026.xlsx"), "PDF": filepath.Join(root, "338.pdf")}
		good(t, "sheet", dir, "-o", (*m)["workbook"])
		good(t, "sheet", filepath.Join(root, "2025", "338"), "-o", filepath.Join(root, "338-2025.xlsx"))
		good(t, "build", dir, "-o", (*m)["PDF"])
	}
	return d
}

// told is what --format json tells, as far as tests ask.
type told struct {
	Same   bool
	Notes  []string
	Old    struct{ Name string }
	Counts struct{ Causes, Cells, Sentences, Rows, Parts int }
	Totals []struct{ Key, Old, New, Difference string }
	Causes []struct {
		Title, Old, New, Difference string
		NewAt                       struct {
			File, Sheet, Cell string
			Line              int
		} `json:"new_at"`
	}
	Cells []struct {
		Name, Part, Row, Column, Old, New, Difference, Class string
		Causes                                               []int
		Pages                                                []struct{ Name string }
	}
	Sentences []struct{ Part, Old, New, Class string }
}

func diffJSON(t *testing.T, exit int, args ...string) (r told) {
	t.Helper()
	code, out, errs := run(append([]string{"diff", "--format", "json"}, args...)...)
	if code != exit {
		t.Fatalf("%v: exit %d, want %d\n%s%.2000s", args, code, exit, errs, out)
	}
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatalf("%v: %v\n%.500s", args, err, out)
	}
	return r
}

// TestDiffAnyMix: folders, workbooks and PDFs are compared with each other, and the same is found whatever they are: one cause,
// at its place in what the user has, and the same numbers and words.
func TestDiffAnyMix(t *testing.T) {
	d := sampleDrafts(t)
	for _, old := range []string{"folder", "workbook", "PDF"} {
		for _, now := range []string{"folder", "workbook", "PDF"} {
			r := diffJSON(t, exitGood, d.old[old], d.new[now])
			if len(r.Notes) > 0 || r.Same || r.Counts.Causes != 1 || r.Counts.Cells != 62 || len(r.Cells) != 62 || len(r.Sentences) == 0 || r.Counts.Rows+r.Counts.Parts != 0 {
				t.Errorf("%s and %s: %v %+v %+v", old, now, r.Notes, r.Counts, r.Causes)
				continue
			}
			c := r.Causes[0]
			if c.Difference != "10000.00" || !strings.Contains(c.Title, "30201") || r.Totals[0].Difference != "10000.00" {
				t.Errorf("%s and %s: %+v %+v", old, now, c, r.Totals[0])
			}
			at := c.NewAt
			good := map[string]bool{
				"folder":   strings.HasSuffix(at.File, "2026/338/basic.toml") && at.Line == 29,
				"workbook": strings.HasSuffix(at.File, "338-2026.xlsx") && at.Sheet == "基本支出" && at.Cell != "",
				"PDF":      strings.Contains(at.File, "338.pdf 里的 data/2026/338/basic.toml") && at.Line == 29,
			}
			if !good[now] {
				t.Errorf("%s and %s: the place is %+v", old, now, at)
			}
			for _, x := range r.Cells {
				if x.Class != "facts" || len(x.Causes) != 1 || x.Name == "" || x.Part == "" {
					t.Errorf("%s and %s: %+v", old, now, x)
				}
			}
		}
	}
}

// TestDiffText holds what people are told: totals, the cause with its place and all that shows it, the texts; of long lists the
// first, and how to have all.
func TestDiffText(t *testing.T) {
	d := sampleDrafts(t)
	out, _ := good(t, "diff", d.old["PDF"], d.new["folder"])
	for _, want := range []string{"支出总计", "46,718,480.00  46,728,480.00  +10,000.00", "改动 1 处", "1,671,540.00元 → 1,681,540.00元，+10,000.00 元", "basic.toml:29:", "影响 62 个数",
		"【删：4,671.85】【增：4,672.85】万元", "数字变动 62 个", "全部列出加 --all，或者 -o 变动对照表.xlsx"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	all, _ := good(t, "diff", d.old["PDF"], d.new["folder"], "--all")
	if strings.Contains(all, "还有") || strings.Count(all, "\n") < 62+20 {
		t.Errorf("--all leaves something out\n%s", all)
	}
	same, errs := good(t, "diff", d.old["PDF"], d.old["folder"])
	if !strings.Contains(same, "没有不同") || !strings.Contains(same, "2026/338") || errs != "" {
		t.Error(same, errs)
	}
}

// TestDiffWorkbook: 变动对照表 says what JSON says, cell by cell; it is known for ours, and never taken for data.
func TestDiffWorkbook(t *testing.T) {
	d := sampleDrafts(t)
	file := filepath.Join(t.TempDir(), "变动对照表.xlsx")
	args := []string{d.old["folder"], d.new["folder"], "-o", file}
	out, _ := good(t, append([]string{"diff"}, args...)...)
	if !strings.Contains(out, "已生成 "+filepath.ToSlash(file)) {
		t.Error(out)
	}
	r := diffJSON(t, exitGood, args...) // and over itself
	f, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(changes.SheetNumbers)
	if err != nil || len(rows) != len(r.Cells)+2 {
		t.Fatal(len(rows), err)
	}
	for i, c := range r.Cells {
		row := rows[i+2]
		if row[0] != c.Part || row[1] != c.Row || row[2] != c.Column || row[3] != c.Old || row[4] != c.New || c.Difference != "" && strings.ReplaceAll(row[6], ",", "") != c.Difference || row[7] != "1" {
			t.Errorf("row %d is %q, JSON has %+v", i, row, c)
		}
	}
	for _, sheet := range changes.Sheets() {
		if rows, err := f.GetRows(sheet); err != nil || len(rows) == 0 {
			t.Errorf("%s: %v %v", sheet, rows, err)
		}
	}
	for _, args := range [][]string{{"check", file}, {"build", file}, {"sheet", file, "--into", t.TempDir()}, {"import", file, "--into", t.TempDir(), "--template", "wuhan"}, {"diff", file, d.new["folder"]}} {
		refusal(t, exitUsage, "是本程序做的变动对照表", args...)
	}
	refusal(t, exitUsage, "是变动对照表，可能填过说明，没有覆盖", "build", d.new["folder"], "-o", file)
	refusal(t, exitUsage, "是变动对照表，可能填过说明，没有覆盖", "check", d.new["folder"], "--xlsx", file)
	if err := f.SetAppProps(&excelize.AppProperties{Application: "WPS"}); err != nil {
		t.Fatal(err)
	}
	if err := f.SaveAs(file); err != nil {
		t.Fatal(err)
	}
	refusal(t, exitUsage, "是变动对照表，可能填过说明，没有覆盖", append([]string{"diff"}, args...)...)
	refusal(t, exitUsage, "没有覆盖", "diff", d.old["folder"], d.new["folder"], "-o", d.old["PDF"])
	refusal(t, exitUsage, "自己上面", "diff", d.old["PDF"], d.new["folder"], "-o", d.old["PDF"])
	refusal(t, exitUsage, "是填报表，没有覆盖", "diff", d.old["folder"], d.new["folder"], "-o", d.new["workbook"])
}

// TestDiffMarked: the marked pages are written, and over earlier ones alone.
func TestDiffMarked(t *testing.T) {
	root := t.TempDir()
	dir := draft(t, root)
	replaced(t, dir, "basic.toml", officeCosts, `economic = "30201", amount = 1681540`)
	marked, book := filepath.Join(root, "对照稿.pdf"), filepath.Join(root, "表.xlsx")
	for range 2 {
		good(t, "diff", sample, dir, "-o", marked, "-o", book)
	}
	raw, err := os.ReadFile(marked)
	if err != nil || !isMarked(raw) || isNotice(raw) || isOurPDF(raw) {
		t.Error("it is not known for what it is", err)
	}
	before, err := os.ReadFile(book)
	if err != nil {
		t.Fatal(err)
	}
	refusal(t, exitMachine, "其他的也没有写", "diff", dir, sample, "-o", book, "-o", filepath.Join(root, "表.xlsx", "a.pdf"))
	if after, err := os.ReadFile(book); err != nil || string(after) != string(before) {
		t.Error("one of two files was written", err)
	}
}

// TestDiffRefuses: what cannot be compared is told before anything is written.
func TestDiffRefuses(t *testing.T) {
	root := t.TempDir()
	dir := draft(t, root)
	other := filepath.Join("..", "..", "testdata", "departments", "2026", "501")
	cut := filepath.Join(t.TempDir(), "公开.pdf")
	if err := os.WriteFile(cut, []byte("<html>登录"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		words string
		args  []string
	}{
		{"部门 338 武汉市武昌区行政审批局 的", []string{dir, other}},
		{"不是同一个部门，不能比较", []string{other, dir}},
		{"原、现是同一个", []string{dir, dir + string(filepath.Separator)}},
		{"没有目录", []string{dir + "9", dir}},
		{"没有这个文件", []string{dir, filepath.Join(root, "没有.xlsx")}},
		{"没有这个文件", []string{filepath.Join(root, "没有.pdf"), dir}},
		{"的内容不是 PDF", []string{cut, dir}},
		{"要给的是它所在的目录 " + typed(filepath.ToSlash(dir)), []string{filepath.Join(dir, "basic.toml"), dir}},
		{"要给两份", []string{dir}},
		{"文件名以 .xlsx（变动对照表）或 .pdf（对照稿）结尾", []string{sample, dir, "-o", filepath.Join(root, "a.doc")}},
		{"同一个文件", []string{sample, dir, "-o", filepath.Join(root, "a.xlsx"), "-o", filepath.Join(root, "a.xlsx")}},
		{"text 或 json", []string{sample, dir, "--format", "xml"}},
	} {
		refusal(t, exitUsage, c.words, append([]string{"diff"}, c.args...)...)
	}
	entries, err := os.ReadDir(root)
	if err != nil || len(entries) != 2 {
		t.Error("something was written", entries, err)
	}
}

// TestDiffTwoYears: two years of a department are compared by what their numbers are.
func TestDiffTwoYears(t *testing.T) {
	root := t.TempDir()
	dir := draft(t, root)
	out, _ := good(t, "diff", filepath.Join(root, "2025", "338"), dir)
	for _, want := range []string{"2025年部门预算", "2026年部门预算", "支出总计"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%.3000s", want, out)
		}
	}
}

// TestDiffBroken: of data with errors it is told how many, what can be read is compared, and the program ends with 1.
func TestDiffBroken(t *testing.T) {
	root := t.TempDir()
	dir := draft(t, root)
	replaced(t, dir, "basic.toml", officeCosts, `economic = "30299", amount = "一千"`)
	r := diffJSON(t, exitData, sample, dir)
	if len(r.Notes) == 0 || !strings.Contains(strings.Join(r.Notes, "\n"), "处错误，读不出的当作没有填来比") || r.Same {
		t.Errorf("%v %+v", r.Notes, r.Counts)
	}
	if _, _, errs := run("diff", sample, dir); !strings.Contains(errs, "2026/338/basic.toml:29:") {
		t.Errorf("the errors are not shown\n%s", errs)
	}
	if err := os.WriteFile(filepath.Join(dir, "department.toml"), []byte("x"), 0o666); err != nil {
		t.Fatal(err)
	}
	code, out, errs := run("diff", dir, sample)
	if code != exitData || out != "" || !strings.Contains(errs, "错误") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
}

// TestDiffCopy: a copy of a folder that lies elsewhere is compared with the last year's data of the other, which is told.
func TestDiffCopy(t *testing.T) {
	dir := draft(t, t.TempDir())
	replaced(t, dir, "basic.toml", officeCosts, `economic = "30201", amount = 1681540`)
	copied := copyData(t, t.TempDir(), "2026/338")
	for _, args := range [][]string{{copied, dir}, {dir, copied}} {
		r := diffJSON(t, exitGood, args...)
		if r.Counts.Causes != 1 || r.Counts.Cells != 62 || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "旁边没有上年的数据，用了") {
			t.Errorf("%+v %v", r.Counts, r.Notes)
		}
	}
}

// TestDiffTampered: a PDF that is not what its data give is told of, and the program ends with 1.
func TestDiffTampered(t *testing.T) {
	root := t.TempDir()
	dir := draft(t, root)
	file := filepath.Join(root, "338.pdf")
	good(t, "build", dir, "-o", file)
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, append(raw, "\n% x\n"...), 0o666); err != nil {
		t.Fatal(err)
	}
	r := diffJSON(t, exitData, file, dir)
	if len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "核验不一致") || !r.Same {
		t.Errorf("%v %+v", r.Notes, r.Counts)
	}
	for _, bad := range [][]byte{[]byte("%PDF-1.7\n"), raw[:len(raw)/2]} {
		if err := os.WriteFile(file, bad, 0o666); err != nil {
			t.Fatal(err)
		}
		refusal(t, exitUsage, "338.pdf 读不出：", "diff", file, dir)
	}
}

// TestDiffBounded: a PDF that takes more work than any honest one is given up with a word.
func TestDiffBounded(t *testing.T) {
	p := &pair{old: &compared{raw: []byte("x")}, new: &compared{}}
	var stop atomic.Bool
	defer stop.Store(true)
	spin := func() error {
		for n := 0; !stop.Load(); n++ {
		}
		return nil
	}
	err := p.within(allowance{cpu: time.Millisecond, memory: 1 << 40, every: time.Millisecond}, false, spin)
	if err == nil || !strings.Contains(err.Error(), "没有比较完") || !strings.Contains(err.Error(), "--patient") {
		t.Error(err)
	}
}

// TestDiffEditions: beside the PDF of a unit a folder gives the document of that unit; those of two kinds are not compared.
func TestDiffEditions(t *testing.T) {
	const earlier, dir = "../../testdata/earlier/0.1.0/", "../../testdata/departments/2025/010"
	unit, whole := earlier+"shanghai-unit-2025-010001.pdf", earlier+"shanghai-2025-010.pdf"
	for _, args := range [][]string{{unit, dir}, {dir, unit}, {unit, dir, "--edition", "unit:010001"}, {whole, dir}, {whole, dir, "--edition", "department"}} {
		r := diffJSON(t, exitGood, args...)
		if r.Counts.Causes != 0 || r.Totals[0].Difference != "0.00" {
			t.Errorf("%v: %+v %v", args, r.Counts, r.Notes)
		}
	}
	refusal(t, exitUsage, "不能比较", "diff", unit, whole)
	refusal(t, exitUsage, "是部门的，不是单位 010001 的", "diff", whole, dir, "--edition", "unit:010001")
}

// TestDiffTemplate: what another template brings stands apart from what the author changed.
func TestDiffTemplate(t *testing.T) {
	root := t.TempDir()
	dir := draft(t, root)
	file := filepath.Join(root, "338.pdf")
	good(t, "build", dir, "-o", file)
	own := filepath.Join(root, "wuhan")
	if err := os.CopyFS(own, os.DirFS("../../templates/wuhan")); err != nil {
		t.Fatal(err)
	}
	replaced(t, own, "tables.toml", "表4　财政拨款收支总表", "表4　财政拨款收支汇总表")
	replaced(t, dir, "basic.toml", officeCosts, `economic = "30201", amount = 1681540`)
	r := diffJSON(t, exitGood, file, dir, "--template", own)
	classes := map[string]int{}
	for _, s := range r.Sentences {
		classes[s.Class]++
	}
	for _, c := range r.Cells {
		classes["cell "+c.Class]++
	}
	if r.Counts.Causes != 1 || classes["cell facts"] != 62 || len(r.Cells) != 62 || classes["template"] == 0 || classes["facts"] == 0 {
		t.Errorf("%+v %v %v", r.Counts, classes, r.Notes)
	}
	out, _ := good(t, "diff", file, dir, "--template", own)
	if !strings.Contains(out, "模板变动（") || !strings.Contains(out, "汇总") {
		t.Errorf("%s", out)
	}
}
