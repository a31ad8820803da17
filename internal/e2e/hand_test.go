package e2e_test

import (
	"encoding/base64"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"
)

// dropFile drops a file on the page, as somebody does who drags it there.
func (w *window) dropFile(name string, raw []byte) {
	w.t.Helper()
	value[bool](w, `(() => {
		const bytes = Uint8Array.from(atob("`+base64.StdEncoding.EncodeToString(raw)+`"), c => c.charCodeAt(0))
		const data = new DataTransfer()
		data.items.add(new File([bytes], `+quoted(name)+`))
		return !window.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}))
	})()`)
}

// chooseEntry opens a menu and takes an entry of it.
func (w *window) chooseEntry(id string) {
	w.t.Helper()
	w.wait(`document.querySelector(".menu-button")`)
	value[bool](w, `(() => {
		for (const b of document.querySelectorAll(".menu-button")) {
			b.click()
			const found = document.querySelector('.menu-list:not([hidden]) [data-id="`+id+`"]')
			if (found) { found.click(); return true }
		}
		throw new Error("no entry `+id+`")
	})()`)
	w.wait(dialogShown)
}

// clickInDialog clicks on what is in the dialog.
func (w *window) clickInDialog(selector string) {
	w.t.Helper()
	w.wait(`document.querySelector(` + quoted("dialog[open] "+selector) + `)`)
	value[bool](w, `(() => { document.querySelector(`+quoted("dialog[open] "+selector)+`).click(); return true })()`)
}

// dialogShown is true of a dialog that has told what it has to tell.
const dialogShown = `document.querySelector("dialog[open] .hand-buttons button") && !document.querySelector("dialog[open] .hand-says.is-busy")`

// mainButton is the button of a dialog that does what it is for.
const mainButton = ".hand-buttons .primary:not(:disabled)"

// An officer makes the documents, and is told where they are and what is in the way of others.
func TestHandOut(t *testing.T) {
	dir := sample(t)
	w := open(t, serve(t, dir).address)
	w.resize(1280, 720, 100)
	w.wait(`document.querySelector("#editor input")`)
	w.chooseEntry("make")
	w.shot("make")
	w.clickInDialog(`.make-form:nth-of-type(2) input`)
	w.clickInDialog(mainButton)
	w.wait(`document.querySelectorAll("dialog[open] a[download]").length === 2`)
	w.shot("made")
	made, err := filepath.Glob(filepath.Join(filepath.Dir(dir), "*.*"))
	if err != nil || len(made) != 2 || filepath.Ext(made[0]) != ".ofd" || filepath.Ext(made[1]) != ".pdf" {
		t.Fatal(made, err)
	}
	if size := value[int](w, `fetch(document.querySelector("dialog[open] a[download]").href).then(r => r.arrayBuffer()).then(b => b.byteLength)`); size < 10000 {
		t.Errorf("the PDF that is downloaded has %d bytes", size)
	}
	w.clickInDialog(".primary")
	typeInto(w, "department", "year", "2031")
	w.wait(`/1 处错误/.test(document.querySelector("#bar").textContent)`)
	w.chooseEntry("make")
	w.is(`document.querySelector("dialog[open] h2").textContent`, "还有 1 处错误，不能生成")
	w.clickInDialog(".primary")
	w.wait(`document.activeElement.dataset.key === "year" && !document.querySelector("dialog[open]")`)
	typeInto(w, "department", "year", "二〇")
	w.wait(`document.querySelector("#status").textContent.includes("没有填进去")`)
	w.chooseEntry("backup") // looks, and is not held up
	w.clickInDialog(".hand-buttons button")
	typeInto(w, "department", "year", "2032")
	w.wait(`document.querySelector("#title").textContent.includes("2032")`)
	base := w.text(`location.origin + location.pathname`)
	w.do(chromedp.Navigate(base + "print"))
	w.wait(`document.body.textContent.includes("现在不能预览")`)
	w.forgive("422")
}

// typeInto types into a field of a form.
func typeInto(w *window, table, key, text string) {
	w.t.Helper()
	value[bool](w, `(() => {
		const field = document.querySelector('#editor [data-table="`+table+`"][data-key="`+key+`"]')
		field.focus()
		field.value = `+quoted(text)+`
		field.dispatchEvent(new Event("input", {bubbles: true}))
		return true
	})()`)
}

// The PDF that is looked at before it is printed is shown in a window of its own, whatever its policy forbids pages.
func TestPrintIsShown(t *testing.T) {
	w := open(t, serve(t, sample(t)).address)
	w.wait(`document.querySelector("#editor input")`)
	w.do(chromedp.Navigate(w.text("location.origin + location.pathname") + "print"))
	w.wait(`document.contentType === "application/pdf" || document.querySelector("embed[type='application/pdf'], embed[type='application/x-google-chrome-pdf']")`)
	w.shot("print")
}

// A workbook that was filled in is shown cell by cell, taken in, and taken back as one step.
func TestSheetBackIn(t *testing.T) {
	dir := sample(t)
	s := serve(t, dir)
	book := filepath.Join(t.TempDir(), "a.xlsx")
	if out, err := exec.Command(shared.program, "sheet", dir, "-o", book).CombinedOutput(); err != nil {
		t.Fatal(string(out))
	}
	f, err := excelize.OpenFile(book)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("基本支出")
	if err != nil {
		t.Fatal(err)
	}
	for i, head := range rows[2] {
		if strings.Contains(head, "金额") {
			cell, err := excelize.CoordinatesToCellName(i+1, 5)
			if err != nil || f.SetCellValue("基本支出", cell, 4321) != nil || f.Save() != nil {
				t.Fatal(err)
			}
		}
	}
	raw, err := os.ReadFile(book)
	if err != nil {
		t.Fatal(err)
	}
	before := read(t, dir, "basic.toml")
	w := open(t, s.address)
	w.wait(`document.querySelector("#editor input")`)
	w.dropFile("填好的.xlsx", raw)
	w.wait(dialogShown)
	w.shot("sheet")
	w.is(`document.querySelector("dialog[open] .hand-now").textContent`, "4,321")
	if read(t, dir, "basic.toml") != before {
		t.Fatal("written before somebody said so")
	}
	w.clickInDialog(mainButton)
	w.wait(`!document.querySelector("dialog[open]") && document.querySelector(".toast-action")`)
	if !eventually(func() bool { return strings.Contains(read(t, dir, "basic.toml"), "4321") }) {
		t.Fatal("it is not taken in")
	}
	value[bool](w, `(() => { document.querySelector(".toast-action").click(); return true })()`)
	if !eventually(func() bool { return read(t, dir, "basic.toml") == before }) {
		t.Error("it is not taken back")
	}
	w.chooseEntry("backup")
	w.shot("backup")
	w.is(`document.querySelector("dialog[open] tbody tr:last-child td").textContent`, "由 填好的.xlsx 带入")
	w.clickInDialog("tbody tr:last-child button")
	w.wait(`document.querySelector("dialog[open] h2") && /就是那个样子/.test(document.querySelector("dialog[open]").textContent)`)
}

// What an export says is shown with what each column was taken for; what is not known is chosen, and looked at again.
func TestImportIsMended(t *testing.T) {
	dir := sample(t)
	w := open(t, serve(t, dir).address)
	w.resize(1280, 720, 100)
	w.wait(`document.querySelector("#editor input")`)
	w.dropFile("导出.txt", []byte("2026年基本支出预算表\n预算单位\t支出功能分类\t经济科目\t资金性质\t预算金额\t不明列\n"+
		"338001\t2010301-行政运行\t30101-基本工资\t一般公共预算资金\t1,200.50\t7\n"+
		"338001\t2010301-行政运行\t30201-办公费\t一般公共预算资金\t300\t8\n合计\t\t\t\t1500.5\t\n"))
	w.wait(dialogShown)
	w.shot("asked")
	w.is(`document.querySelector("dialog[open] .hand-buttons .primary").textContent`, "还不能带入")
	choose := func(selector, option string) {
		t.Helper()
		value[bool](w, `(() => { const s = document.querySelector("dialog[open] `+selector+`"); s.value = `+quoted(option)+`; s.dispatchEvent(new Event("change")); return true })()`)
		w.wait(dialogShown)
	}
	choose(".import-choice:nth-of-type(2) select", "元")
	w.wait(`document.querySelector("dialog[open] .import-kind").parentElement.textContent.includes("导出表合计 ＝ 带入（1,500.50元）")`)
	choose("tr.is-open select", "不用")
	w.wait(`!document.querySelector("dialog[open] tr.is-open")`)
	w.shot("mended")
	w.clickInDialog(mainButton)
	w.wait(`!document.querySelector("dialog[open]") && document.querySelector(".toast-action")`)
	if !eventually(func() bool { return strings.Contains(read(t, dir, "basic.toml"), "1200.5") }) {
		t.Fatal("it is not taken in")
	}
	if kept := read(t, dir, ".yusuan", "import.toml"); !strings.Contains(kept, `role = "不用"`) {
		t.Errorf("what was chosen is not kept:\n%s", kept)
	}
}
