package e2e_test

import (
	"context"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/xuri/excelize/v2"
)

// lastYear is the folder that an archive made last year.
func lastYear() map[string][]byte {
	return map[string][]byte{
		"2025/612/department.toml": []byte(`# 部门基本信息
[department]
year = 2025
code = "612"
name = "槐安区档案馆"
template = "wuhan"
date = 2025-02-14
assets_as_of = 2024-12-31
duties = [
  "贯彻执行档案工作的法律法规和方针政策，接收、收集、整理、保管本区的档案。",
  "依法向社会开放档案，开展档案的编研和利用，办理查阅。",
]

[[unit]]
code = "612001"
name = "槐安区档案馆本级"
full_name = "槐安区档案馆"
kind = "行政"
headquarters = true
`),
		"2025/612/basic.toml": []byte(`# 基本支出
amount_unit = "元"
basic = [
  { function = "2010301", economic = "30101", amount = 1864200 },    # 基本工资
  { function = "2010301", economic = "30102", amount = 932800 },     # 津贴补贴
  { function = "2080505", economic = "30108", amount = 412600 },     # 养老保险
  { function = "2101101", economic = "30110", amount = 206300 },     # 医疗保险
  { function = "2210201", economic = "30113", amount = 398500 },     # 住房公积金
  { function = "2010301", economic = "30201", amount = 186400 },     # 办公费
  { function = "2010301", economic = "30217", amount = 5000 },       # 公务接待费
  { function = "2010301", economic = "30231", amount = 35000 },      # 公务用车运行维护费
]
`),
		"2025/612/projects.toml": []byte(`# 项目支出
amount_unit = "元"

[[project]]
name = "档案数字化经费"
group = "本级支出项目"
function = "2010399"
economic = "30227"
amount = 860000
procurement = "服务"
purpose = "主要用于馆藏档案的扫描、著录和挂接。"

[[project]]
name = "库房设备维护费"
group = "本级支出项目"
function = "2010399"
economic = "30213"
amount = 240000
purpose = "主要用于库房恒温恒湿、消防设备的维护。"
`),
		"2025/612/prior.toml": []byte(`amount_unit = "元"
[prior]
year = 2024
[prior.figures]
total = 4900000
fiscal = 4900000
general = 4900000
three_public = 40000
overseas = 0
vehicles = 35000
vehicle_purchase = 0
vehicle_running = 35000
reception = 5000
`),
		"2025/612/assets.toml": []byte("[[vehicle]]\nuse = \"一般公务用车\"\ncount = 1\n"),
		"2025/612/text.toml": []byte(`[text]
reason_total = "到期档案进馆数量增加，数字化经费相应增加"
reason_fiscal = "到期档案进馆数量增加，数字化经费相应增加"
reason_general = "到期档案进馆数量增加，数字化经费相应增加"
`),
		"2025/612/forms.toml": []byte(`[[form]]
kind = "整体绩效"
[form.fields]
annual_tasks = "完成到期档案的接收和数字化。"
long_goal = "建成馆藏完整、利用便捷的综合档案馆。"
year_goal = "完成年度接收计划，档案没有损毁。"
`),
	}
}

// export draws the workbook that a budget system gave this year: two sheets with titles, sums, and codes and names in one cell.
func export(t *testing.T) string {
	t.Helper()
	const unit, fund = "612001-槐安区档案馆本级", "一般公共预算资金"
	sheets := []struct {
		name string
		rows [][]any
	}{
		{"基本支出预算", [][]any{
			{"2026年基本支出预算表"}, {"导出部门：612-槐安区档案馆", "", "", "", "", "单位：元"},
			{"预算单位", "支出功能分类", "部门预算经济分类", "资金来源", "预算金额", "备注"},
			{unit, "2010301-行政运行", "30101-基本工资", fund, 1921400}, {unit, "2010301-行政运行", "30102-津贴补贴", fund, 951200.5},
			{unit, "2080505-机关事业单位基本养老保险缴费支出", "30108-机关事业单位基本养老保险缴费", fund, 425800},
			{unit, "2101101-行政单位医疗", "30110-职工基本医疗保险缴费", fund, 212900}, {unit, "2210201-住房公积金", "30113-住房公积金", fund, 409700},
			{unit, "2010301-行政运行", "30201-办公费", fund, 190000}, {unit, "2010301-行政运行", "30217-公务接待费", fund, 4800},
			{unit, "2010301-行政运行", "30231-公务用车运行维护费", fund, 35000}, {"合计", "", "", "", 4150800.5}}},
		{"项目支出预算", [][]any{
			{"2026年项目支出预算表"}, {"导出部门：612-槐安区档案馆", "", "", "", "", "", "", "单位：元"},
			{"预算单位", "项目名称", "支出功能分类", "部门预算经济分类", "资金来源", "预算金额", "是否政府采购", "项目类别"},
			{unit, "档案数字化经费", "2010399-其他政府办公厅（室）及相关机构事务支出", "30227-委托业务费", fund, 920000, "是", "本级支出项目"},
			{unit, "库房设备维护费", "2010399-其他政府办公厅（室）及相关机构事务支出", "30213-维修（护）费", fund, 251300, "否", "本级支出项目"},
			{"合计", "", "", "", "", 1171300}}},
	}
	book := excelize.NewFile()
	defer book.Close()
	for i, s := range sheets {
		if i == 0 {
			book.SetSheetName("Sheet1", s.name)
		} else if _, err := book.NewSheet(s.name); err != nil {
			t.Fatal(err)
		}
		for k, row := range s.rows {
			at, err := excelize.CoordinatesToCellName(1, k+1)
			if err == nil {
				err = book.SetSheetRow(s.name, at, &row)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	name := filepath.Join(t.TempDir(), "部门预算数据导出_612.xlsx")
	if err := book.SaveAs(name); err != nil {
		t.Fatal(err)
	}
	return name
}

// give hands a file to the page when it asks for one.
func (w *window) give(name string) {
	w.t.Helper()
	w.wait(`document.querySelector("input[type=file]")`)
	w.do(chromedp.SetUploadFiles(chromedp.CSS("input[type=file]"), []string{name}))
}

// asks keeps the browser from opening a window of the system when the page asks for a file.
func (w *window) asks() {
	w.t.Helper()
	w.do(chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, page.SetInterceptFileChooserDialog, page.SetInterceptFileChooserDialogParams{Enabled: true})
		return err
	}))
}

// put types into the field that an expression gives, over what is in it.
func (w *window) put(field, text string) {
	w.t.Helper()
	w.into(field)
	w.write(text)
}

// errors is JavaScript for how many errors the desk tells of once it has checked all that is typed.
const errors = `fetch("api/state").then(r => r.json()).then(s => s.settling ? -1 : s.errors)`

// TestNewcomer is the first hour of somebody who never saw the program: from last year's folder and what the budget system gave, to
// the document, and all of it on the page. Each step is kept as a picture where $SCREENSHOTS says so.
func TestNewcomer(t *testing.T) {
	needsBrowser(t)
	root := t.TempDir()
	write(t, root, lastYear())
	book := export(t)
	s := serve(t)
	w := open(t, s.address)
	w.resize(1440, 900, 100)
	w.asks()

	// Home: last year's folder is turned into this year's.
	w.wait(button("由上年的转来…"))
	w.shot("01-home")
	w.button("由上年的转来…")
	w.wait(`document.querySelector("dialog[open] .hm-folder")`)
	w.put(`document.querySelector("dialog[open] .hm-path")`, filepath.Join(root, "2025", "612"))
	w.press(kb.Enter)
	w.wait(button("选这个文件夹") + `.disabled === false`)
	w.shot("02-folder")
	w.button("选这个文件夹")
	w.wait(button("转出并打开") + `.disabled === false`)
	w.shot("03-roll")
	w.button("转出并打开")
	w.wait(ready)
	w.wait(errors + `.then(n => n === 11)`)
	w.shot("04-desk")

	// The export: what each column is taken for is shown, then it goes in.
	w.button("数据")
	w.button("带入填报表或导出表…")
	w.give(book)
	w.wait(button("带入（改") + `.disabled === false`)
	value[bool](w, `(document.querySelector("dialog[open] details").open = true)`)
	w.shot("05-import")
	w.is(`document.querySelector("dialog[open]").textContent.includes("支出功能分类")`, "true")
	w.button("带入（改")
	w.wait(`!document.querySelector("dialog[open]")`)
	w.wait(errors + `.then(n => n === 1)`)
	w.shot("06-imported")

	// What is still asked for: the error leads to its field.
	w.wait(`document.querySelector(".bar-wrong").textContent.startsWith("1 处错误") && !document.querySelector(".bar-wrong").textContent.includes("正在核算")`)
	w.press(kb.F8)
	w.wait(`document.activeElement.matches('#editor [data-table="vehicle"][data-key="count"]')`)
	w.shot("07-problem")
	w.write("1")
	w.press(kb.Enter)
	w.wait(errors + `.then(n => n === 0)`)
	w.part("text")
	w.put(`document.querySelector('#editor [data-table="text"][data-key="reason_reception"]')`, "厉行节约，压减公务接待")
	w.wait(`fetch("api/state").then(r => r.json()).then(s => !s.settling && !s.problems.some(p => p.rule === "文字-003"))`)
	w.shot("08-text")

	// What was taken from last year is looked at.
	w.button("数据")
	w.button("请核对的各处…")
	w.wait(`document.querySelectorAll(".review-tick").length > 1`)
	w.shot("09-review")
	w.button("全部核对过了")
	w.button("都看过了")
	w.wait(`document.querySelector(".review-says").textContent.includes("没有要核对的了")`)
	w.button("关闭")
	w.wait(`fetch("api/state").then(r => r.json()).then(s => !s.settling && !s.problems.some(p => p.rule === "填报-008"))`)

	w.makePDF()
	if last := folderText(t, filepath.Join(root, "2025", "612")); strings.Contains(last, "2026") {
		t.Error("last year's folder was changed")
	}
}

// makePDF makes the document as the dialog proposes, and verifies what it says to have made and hands out.
func (w *window) makePDF() {
	w.t.Helper()
	w.button("生成")
	w.button("生成公开文件…")
	w.wait(button("生成 ") + `.disabled === false`)
	w.shot("10-make")
	w.button("生成 ")
	w.wait(`document.querySelector("dialog[open] a[download]")`)
	w.shot("11-made")
	const pdf = `[...document.querySelectorAll("dialog[open] a[download]")].find(a => a.download.endsWith(".pdf"))`
	name := filepath.Join(w.text(`document.querySelector("dialog[open] .make-where").textContent`), w.text(pdf+`.download`))
	size := value[int](w, `fetch(`+pdf+`.href).then(r => r.arrayBuffer()).then(b => b.byteLength)`)
	if raw := read(w.t, name); len(raw) != size {
		w.t.Errorf("%s has %d bytes, what is handed out %d", name, len(raw), size)
	}
	if out, err := exec.Command(shared.program, "verify", name).CombinedOutput(); err != nil {
		w.t.Errorf("yusuan verify: %v\n%s", err, out)
	}
}

// TestNewDepartment: from a template to the document, led by nothing but the problems.
func TestNewDepartment(t *testing.T) {
	needsBrowser(t)
	dir := filepath.Join(t.TempDir(), "2026", "700")
	w := open(t, serve(t).address)
	w.resize(1440, 900, 100)
	w.button("从模板新建…")
	w.wait(`document.querySelector("dialog[open] .hm-gallery svg")`)
	w.shot("1-gallery")
	w.clickOn(`document.querySelector('dialog[open] .hm-gallery input[value="wuhan"]').closest("label, .hm-pack")`)
	w.put(`document.querySelector("dialog[open] input[inputmode=numeric]")`, "700")
	w.put(`document.querySelector("dialog[open] input[type=number]")`, "2026")
	w.put(`document.querySelector("dialog[open] .hm-path")`, dir)
	w.shot("2-chosen")
	w.button("建立并打开")
	w.wait(ready)
	w.shot("3-begun")
	values := map[string]string{
		"department.name": "槐安区档案馆", "department.short_name": "区档案馆", "department.date": "2026-02-10", "department.duties": "保管档案，提供查阅。",
		"unit.name": "槐安区档案馆本级", "unit.kind": "行政", "basic.amount": "1250000.50", "project.name": "档案数字化经费", "project.amount": "300000",
		"project.purpose": "主要用于馆藏档案的扫描。", "prior.figures.total": "150.5", "prior.figures.fiscal": "150.5", "prior.figures.general": "150.5",
	}
	for range 80 {
		w.wait(errors + `.then(n => n >= 0)`)
		if value[int](w, errors) == 0 {
			break
		}
		w.press(kb.F8)
		w.wait(`document.activeElement.closest("#editor [data-key]")`)
		if !value[bool](w, `fetch("api/state").then(r => r.json()).then(s => (e => s.problems.some(p => p.level === "error" && p.row === e.dataset.row && p.key === e.dataset.key))(document.activeElement.closest("[data-key]")))`) {
			continue // a warning: it may stay
		}
		field := w.text(`(e => e.dataset.table + "." + e.dataset.key)(document.activeElement.closest("[data-key]"))`)
		text := values[field]
		switch {
		case text == "" && strings.HasPrefix(field, "prior.figures."):
			text = "0"
		case text == "":
			t.Fatalf("nobody said what %s is", field)
		}
		before := value[int](w, errors)
		if value[bool](w, `document.activeElement.tagName === "SELECT"`) {
			value[bool](w, `(e => { e.value = `+quoted(text)+`; return e.dispatchEvent(new Event("change", {bubbles: true})) })(document.activeElement)`)
		} else {
			value[bool](w, `(document.activeElement.select(), true)`)
			w.write(text)
			w.press(kb.Tab) // what is searched for in a list is taken when one goes on
		}
		w.wait(errors + `.then(n => n >= 0 && n !== ` + strconv.Itoa(before) + `)`)
	}
	w.wait(errors + `.then(n => n === 0)`)
	w.wait(`!document.querySelector("#tree .badge-error")`)
	w.part("prior")
	w.wait(saved)
	w.shot("4-filled")
	w.makePDF()
}

// TestHomeIsAccessible: axe finds nothing serious at home, in its dialogs and on the board; nothing is covered there.
func TestHomeIsAccessible(t *testing.T) {
	needsBrowser(t)
	script := axeScript(t)
	w := open(t, serve(t).address)
	w.wait(button("从模板新建…"))
	look := func(what string) {
		t.Helper()
		w.axe(script, what)
		for _, zoom := range []int64{100, 150} {
			w.resize(1280, 720, zoom)
			w.shot(what)
			if found := w.text(covered); found != "" {
				t.Errorf("%s at %d %%: %s", what, zoom, found)
			}
		}
		w.resize(1280, 720, 100)
	}
	look("home")
	for _, name := range []string{"从模板新建…", "由上年的转来…"} {
		w.button(name)
		w.wait(`document.querySelector("dialog[open] .hm-gallery svg, dialog[open] .hm-folder")`)
		look(name)
		w.press(kb.Escape)
		w.wait(`!document.querySelector("dialog[open]")`)
	}
	root := filepath.Dir(filepath.Dir(department(t, 5)))
	board := open(t, serve(t, root).address)
	board.wait(`document.querySelector("table tbody tr")`)
	board.axe(script, "board")
	board.shot("board")
}
