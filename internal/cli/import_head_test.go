package cli

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestImportInvents: what no export says of the department is asked for; what they say is marked to be looked at. An import works
// while it is still open.
func TestImportInvents(t *testing.T) {
	for name, c := range map[string]struct {
		file, unit, title string // of the export
		folder            string
		want              []string
	}{
		"no year":             {"导出.txt", "900001-某区档案馆本级", "基本支出预算表", "新的", []string{`year       = "请填"`, `code       = "900"`, "由单位代码而来【请核对】"}},
		"a year in the title": {"导出.txt", "900001-某区档案馆本级", "2027年基本支出预算表", "新的", []string{"year       = 2027", `name       = "某区档案馆"`, "全称：标题和正文用【请核对】"}},
		"a day in the title":  {"导出.txt", "900001-某区档案馆本级", "基本支出预算表（2025年12月8日）", "新的", []string{`year       = "请填"`}},
		"a range of years":    {"导出.txt", "900001-某区档案馆本级", "基本支出预算表（2024-2026年）", "新的", []string{`year       = "请填"`}},
		"a year in the file":  {"2027年预算.txt", "900001-某区档案馆本级", "基本支出预算表", "新的", []string{"year       = 2027"}},
		"the folder's":        {"导出.txt", "900001-某区档案馆本级", "基本支出预算表", "2027/345", []string{"year       = 2027", `code       = "345"`}},
		"the rest of a word":  {"导出.txt", "900001-局本级", "基本支出预算表", "新的", []string{`name       = "请填"`, `short_name = "请填"`}},
		"a line above":        {"导出.txt", "900001-局本级", "基本支出预算表\n主管部门：901-某区档案局　编制日期：1月", "新的", []string{`name       = "某区档案局"`, `code       = "901"`}},
	} {
		t.Run(name, func(t *testing.T) {
			at := t.TempDir()
			dir := filepath.Join(at, filepath.FromSlash(c.folder))
			text := strings.NewReplacer("2026年基本支出预算表", c.title, "900001-某区档案馆本级", c.unit).Replace(basicExport)
			file := writeText(t, filepath.Join(at, c.file), text)
			code, stdout, stderr := run("import", file, "--into", dir, "--template", "wuhan")
			says(t, name, code, exitGood, stdout+stderr, "已建立")
			says(t, name, 0, 0, tree(t, dir)[filepath.Join(dir, "department.toml")], c.want...)
			code, stdout, stderr = run("import", file, "--into", dir)
			says(t, "again", code, exitGood, stdout+stderr, "没有改动")
		})
	}
}

// TestImportNamesTheLine: where a folder does not say its template, the one line that stops the import is told.
func TestImportNamesTheLine(t *testing.T) {
	at := t.TempDir()
	dir := filepath.Join(at, "2026", "900")
	file := writeText(t, filepath.Join(at, "导出.txt"), basicExport)
	if code, stdout, stderr := run("import", file, "--into", dir, "--template", "wuhan"); code != exitGood {
		t.Fatal(stdout, stderr)
	}
	name := filepath.Join(dir, "department.toml")
	writeText(t, name, strings.Replace(tree(t, dir)[name], `"wuhan"`, `"nowhere"`, 1))
	code, stdout, stderr := run("import", file, "--into", dir)
	says(t, "no template", code, exitData, stdout+stderr, "department.toml:13:14", "先改正这一行")
	if strings.Contains(stderr, "填报-003") {
		t.Errorf("what does not stop it is listed:\n%s", stderr)
	}
}

// projectExport is an export of projects as tabs, with what is bought said by yes alone.
const projectExport = "2026年项目支出预算表\n单位：元\n预算单位\t项目名称\t支出功能分类\t经济科目\t资金性质\t是否有政府购买服务\t预算金额\n" +
	"900001-某区档案馆本级\t档案修复\t2010302\t30227\t一般公共预算资金\t是\t800\n" +
	"900001-某区档案馆本级\t库房维护\t2010302\t30213\t一般公共预算资金\t否\t20\n"

// TestImportChoices: a yes that does not say of what kind is told with its money, until the folder says the kind.
func TestImportChoices(t *testing.T) {
	at := t.TempDir()
	dir := filepath.Join(at, "2026", "900")
	file := writeText(t, filepath.Join(at, "项目.txt"), projectExport)
	code, stdout, stderr := run("import", file, "--into", dir, "--template", "wuhan")
	says(t, "new", code, exitGood, stdout+stderr, "F4: 警告 表格-043", "有 1 行写着“是”，合计 800.00元", "政府购买服务类别没有带入")
	name := filepath.Join(dir, "projects.toml")
	says(t, "new", 0, 0, tree(t, dir)[name], "要不要填政府购买服务类别【请核对】")
	writeText(t, name, strings.Replace(tree(t, dir)[name], "amount   = 800", "amount   = 800\nservice_purchase = \"技术性服务\"", 1))
	code, stdout, stderr = run("import", file, "--into", dir)
	says(t, "chosen", code, exitGood, stdout+stderr, "没有改动")
	if strings.Contains(stdout+stderr, "表格-043") {
		t.Errorf("told although the folder says it:\n%s", stderr)
	}
}

// TestImportFormMoney: money that a performance form states is held against that of its project, or it is told that it was not.
func TestImportFormMoney(t *testing.T) {
	at := t.TempDir()
	projects := writeText(t, filepath.Join(at, "项目.txt"), projectExport)
	const above = "项目支出绩效目标表\n项目名称\t档案修复\t实施单位\t900001-某区档案馆本级\n项目资金（万元）\t年度资金总额：\t0.08\n\t其中：财政拨款\t0.08\n\t自筹资金\t0.01\n" +
		"一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t修复卷数\t≥20卷\n"
	const beside = "项目绩效目标表\n单位：元\n预算单位\t项目名称\t预算金额\t一级指标\t二级指标\t三级指标\t指标值\n" +
		"900001-某区档案馆本级\t档案修复\t800\t产出指标\t数量指标\t修复卷数\t≥20卷\n900001-某区档案馆本级\t档案修复\t800\t产出指标\t质量指标\t合格率\t≥98%\n"
	for name, c := range map[string]struct {
		form       string
		says, lack []string
	}{
		"above, equal":     {strings.NewReplacer("0.08\n", "800元\n").Replace(above), []string{"2 个相符", "没有带入，也没有核对：自筹资金 100.00元（C5）"}, []string{"表格-042"}},
		"above, another":   {strings.Replace(above, "\t0.08\n", "\t0.10\n", 1), []string{"C3: 警告 表格-042", "“年度资金总额”与项目的数不相等", "1,000.00元"}, nil},
		"in one cell":      {strings.Replace(above, "年度资金总额：\t0.08", "年度资金总额：0.0812", 1), []string{"B3: 警告 表格-042", "812.00元"}, nil},
		"without a unit":   {strings.Replace(above, "（万元）", "", 1), []string{"年度资金总额 0.08元（C3）没有写单位"}, []string{"表格-042"}},
		"another project":  {strings.Replace(above, "档案修复", "档案数字化", 1), []string{"年度资金总额 800.00元（C3）没有项目的数可比"}, []string{"表格-042"}},
		"a column, equal":  {beside, []string{"表里的金额与项目的数核对，1 个相符"}, []string{"表格-042"}},
		"a column, parted": {strings.Replace(strings.Replace(beside, "\t800\t", "\t500\t", 1), "\t800\t", "\t300\t", 1), []string{"1 个相符"}, []string{"表格-042"}},
		"a column, more":   {strings.Replace(beside, "\t800\t", "\t900\t", 2), []string{"C4: 警告 表格-042", "“预算金额”与项目的数不相等"}, nil},
		"a column of text": {strings.Replace(beside, "\t800\t", "\t见附件\t", 1), []string{"C4: 警告 表格-025"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			form := writeText(t, filepath.Join(t.TempDir(), "绩效.txt"), c.form)
			code, stdout, stderr := run("import", projects, form, "--into", filepath.Join(at, "2026", "900"), "--template", "wuhan", "--dry-run")
			says(t, name, code, exitGood, stdout+stderr, c.says...)
			for _, word := range c.lack {
				if strings.Contains(stdout+stderr, word) {
					t.Errorf("it says %q:\n%s%s", word, stdout, stderr)
				}
			}
		})
	}
}

// TestImportDiffers: what rows say differently of one thing is told, whichever of them is taken in.
func TestImportDiffers(t *testing.T) {
	at := t.TempDir()
	projects := strings.NewReplacer("支出功能分类\t", "项目编码\t主要用途\t支出功能分类\t", "档案修复\t", "档案修复\tX1\t修复旧档案\t", "库房维护\t", "档案修复\tX2\t修库房\t").Replace(projectExport)
	basic := strings.Replace(basicExport, "900001-某区档案馆本级\t2010301-行政运行\t30201-办公费", "900001-某区图书馆\t2010301-行政运行\t30201-办公费", 1)
	for name, c := range map[string]struct {
		files []string
		says  []string
	}{
		"a project": {[]string{projects}, []string{"C5: 警告 表格-035", "有不止一个项目编码", "D5: 警告 表格-035", "“主要用途”写得不一样，带入的是“修复旧档案”"}},
		"a unit":    {[]string{basic}, []string{"A5: 警告 表格-035", "单位代码 900001 有两个名称"}},
		"two sheets": {[]string{projectExport, strings.NewReplacer("项目支出预算表", "项目支出明细表", "800", "800", "支出功能分类\t", "主要用途\t支出功能分类\t", "档案修复\t", "档案修复\t甲\t", "库房维护\t", "库房维护\t乙\t").Replace(projectExport),
			strings.NewReplacer("支出功能分类\t", "主要用途\t支出功能分类\t", "档案修复\t", "档案修复\t丙\t", "库房维护\t", "库房维护\t乙\t").Replace(projectExport)}, []string{"“主要用途”写得不一样，带入的是“甲”"}},
	} {
		t.Run(name, func(t *testing.T) {
			args := []string{"import", "--into", filepath.Join(at, "2026", "900"), "--template", "wuhan", "--dry-run"}
			dir := t.TempDir()
			for i, text := range c.files {
				args = append(args, writeText(t, filepath.Join(dir, string(rune('a'+i))+".txt"), text))
			}
			code, stdout, stderr := run(args...)
			says(t, name, code, exitGood, stdout+stderr, c.says...)
		})
	}
}

// TestImportForm: which kind of form is taken is told, and can be chosen.
func TestImportForm(t *testing.T) {
	at := t.TempDir()
	file := writeText(t, filepath.Join(at, "绩效.txt"), "2026年项目绩效目标表\n预算单位\t项目名称\t一级指标\t二级指标\t三级指标\t指标值\n900001-某区档案馆本级\t档案修复\t产出指标\t数量指标\t修复卷数\t≥20卷\n")
	projects := writeText(t, filepath.Join(at, "项目.txt"), projectExport)
	dir := filepath.Join(at, "2026", "900")
	code, stdout, stderr := run("import", projects, file, "--into", dir, "--template", "wuhan", "--dry-run")
	says(t, "told", code, exitGood, stdout+stderr, "新增的绩效目标表用的表样：", "项目还可以用：", "--form")
	_, other, _ := strings.Cut(stdout, "项目还可以用：")
	other, _, _ = strings.Cut(strings.NewReplacer("（", "、").Replace(other), "、")
	code, stdout, stderr = run("import", projects, file, "--into", dir, "--template", "wuhan", "--form", other)
	says(t, "chosen", code, exitGood, stdout+stderr, "新增的绩效目标表用的表样："+other)
	code, _, stderr = run("import", projects, file, "--into", dir, "--form", "没有的")
	says(t, "none", code, exitUsage, stderr, "模板没有表样 没有的，有：", other)
}
