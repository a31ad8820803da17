package e2e_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// ready is true of a desk that shows what is typed.
const ready = `document.querySelector("#editor input, #editor textarea")`

// saved is true once the desk says that all is saved.
const saved = `document.querySelector("#status").textContent.includes("已保存")`

// desk opens a folder in a window.
func desk(t *testing.T, dir string) *window {
	t.Helper()
	w := open(t, serve(t, dir).address)
	w.wait(ready)
	return w
}

// click clicks on the first element that a selector finds.
func (w *window) click(selector string) {
	w.t.Helper()
	w.clickOn(`document.querySelector(` + quoted(selector) + `)`)
}

// clickOn clicks in the middle of the element that an expression gives, once it is there. What is drawn anew meanwhile is not lost,
// as it would be to one who holds the element.
func (w *window) clickOn(element string) {
	w.t.Helper()
	w.wait(element + ` && !` + element + `.disabled`)
	at := value[[]float64](w, `(async e => {
		e.scrollIntoView({block: "nearest", inline: "nearest"})
		await new Promise(requestAnimationFrame)
		const r = (e.isConnected ? e : `+element+`).getBoundingClientRect()
		return [r.left + r.width / 2, r.top + r.height / 2]
	})(`+element+`)`)
	w.do(chromedp.MouseClickXY(at[0], at[1]))
}

// button clicks on the button, link or entry of a menu that says something, in the dialog that is open if there is one.
func (w *window) button(says string) {
	w.t.Helper()
	w.clickOn(button(says))
}

// button is JavaScript for such a button.
func button(says string) string {
	const find = `(() => {
		const top = [...document.querySelectorAll("dialog[open]")].pop() || document
		const all = [...top.querySelectorAll("button, a[href], [role=menuitem], [role=tab], summary")].filter(e => e.getClientRects().length)
		const says = e => (e.getAttribute("aria-label") || e.textContent).trim()
		return all.find(e => says(e) === %[1]s) || all.find(e => says(e).startsWith(%[1]s)) || all.find(e => says(e).includes(%[1]s))
	})()`
	return fmt.Sprintf(find, quoted(says))
}

// part opens a part of the data by its place in the tree.
func (w *window) part(table string) {
	w.t.Helper()
	w.click(`#tree [role=treeitem][data-id="table:` + table + `"]`)
	w.wait(`document.querySelector('#editor [data-table="` + table + `"]')`)
}

// cells is JavaScript for the fields of a key of a table, in the order of its rows.
func cells(table, key string) string {
	return fmt.Sprintf(`[...document.querySelectorAll('#editor [data-table="%s"][data-key="%s"]')]`, table, key)
}

// cell is JavaScript for one of them.
func cell(table, key string, row int) string { return fmt.Sprintf("%s.at(%d)", cells(table, key), row) }

// into puts the cursor into a field, all that is in it marked, as a click into a cell and Ctrl+A do.
func (w *window) into(field string) {
	w.t.Helper()
	w.wait(field)
	value[bool](w, `(e => { e.focus(); if (e.select) { e.select() } return true })(`+field+`)`)
}

// typed waits until the files of a folder say something.
func typed(t *testing.T, dir, name, text string) {
	t.Helper()
	if !eventually(func() bool { return strings.Contains(read(t, dir, name), text) }) {
		t.Fatalf("%s does not come to say %q:\n%s", name, text, read(t, dir, name))
	}
}

// toast is JavaScript for what is said at the foot of the page.
const toast = `[...document.querySelectorAll("#toasts .toast-text")].map(e => e.textContent).join("\n")`

// TestPaste: a block of a spreadsheet goes over rows that are there and makes others, in one step of undo, and what was pasted is
// told with its sum.
func TestPaste(t *testing.T) {
	dir := sample(t)
	before := folderText(t, dir)
	w := desk(t, dir)
	w.part("basic")
	rows := value[int](w, cells("basic", "amount")+`.length`) // with the blank one
	w.into(cell("basic", "function", -2))
	w.paste("２０１０３０１\t30201\t\"1,084.50\"\r\n2010350 事业运行\t印刷费\t１，０００\r\n\"2010301\"\t30216\t—\r\n")
	w.wait(toast + `.includes("粘贴 3 行 3 列")`)
	w.is(toast+`.match(/合计 ([0-9,.]+)/)[1]`, "2,084.50")
	w.wait(cells("basic", "amount") + `.length === ` + fmt.Sprint(rows+2))
	w.is(cell("basic", "function", -3)+`.value`, "2010350")
	w.is(cell("basic", "economic", -3)+`.value`, "30202")
	w.wait(cell("basic", "amount", -4) + `.value === "1,084.50"`)
	w.is(cell("basic", "amount", -2)+`.value`, "")
	typed(t, dir, "basic.toml", "1084.50")
	w.do(chromedp.KeyEvent("z", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	w.wait(cells("basic", "amount") + `.length === ` + fmt.Sprint(rows))
	if !eventually(func() bool { return folderText(t, dir) == before }) {
		t.Errorf("what is taken back is not as it was:\n%s", folderText(t, dir))
	}
}

// TestPasteLongTexts: quotation marks and line breaks within a cell of a spreadsheet arrive as they are.
func TestPasteLongTexts(t *testing.T) {
	dir := sample(t)
	w := desk(t, dir)
	w.part("project")
	w.wait(cells("project", "name") + `.length > 2`)
	w.into(cell("project", "name", -1))
	w.paste("\"5\"\" 屏采购\n二期\"\t2010399\t12.5万\r\n")
	w.wait(toast + `.includes("粘贴 1 行 3 列")`)
	w.wait(`fetch("api/state").then(r => r.json()).then(s => s.rows.some(r => r.table === "project" && r.values.some(v => v.key === "amount" && v.text === "125000")))`)
	name := w.text(`fetch("api/state").then(r => r.json()).then(s => s.rows.find(r => r.values.some(v => v.text === "125000")).values.find(v => v.key === "name").text)`)
	if !strings.Contains(name, `5" 屏采购`) || !strings.Contains(name, "二期") {
		t.Errorf("the name arrives as %q", name)
	}
}

// TestInputMethod: what an input method composes on a cell that was only moved to arrives whole, and its Enter moves nothing.
func TestInputMethod(t *testing.T) {
	dir := sample(t)
	w := desk(t, dir)
	w.part("project")
	w.into(cell("project", "name", 0))
	w.press(kb.ArrowDown)
	w.wait(`document.activeElement === ` + cell("project", "name", 1))
	w.compose("bangong", "办公设备更新")
	w.is(`document.activeElement.value`, "办公设备更新")
	w.press(kb.Enter)
	w.wait(`document.activeElement === ` + cell("project", "name", 2))
	w.compose("yin", "印刷")
	w.press(kb.ArrowUp)
	w.is(`document.activeElement === `+cell("project", "name", 1), "true")
	typed(t, dir, "projects.toml", `"办公设备更新"`)
	typed(t, dir, "projects.toml", `"印刷"`)
}

// TestUndo: what is typed is taken back and made again, in the files too.
func TestUndo(t *testing.T) {
	dir := sample(t)
	before := folderText(t, dir)
	w := desk(t, dir)
	w.part("basic")
	field := cell("basic", "amount", 0)
	w.into(field)
	w.write("1111111.25")
	typed(t, dir, "basic.toml", "1111111.25")
	w.wait(saved)
	w.press("z", chromedp.ModifierCtrl)
	w.wait(field + `.value.replace(/,/g, "") === "1084800"`)
	if !eventually(func() bool { return folderText(t, dir) == before }) {
		t.Error("what is taken back is not as it was")
	}
	w.press("y", chromedp.ModifierCtrl)
	typed(t, dir, "basic.toml", "1111111.25")
	w.wait(field + `.value.replace(/,/g, "") === "1111111.25"`)
}

// TestTwoWindows: what is typed in one window is seen in the other; where both change one cell, both values are shown and one is
// chosen.
func TestTwoWindows(t *testing.T) {
	dir := sample(t)
	s := serve(t, dir)
	one := open(t, s.address)
	one.wait(ready)
	two := open(t, one.text("location.href"))
	two.wait(ready)
	one.part("basic")
	two.part("basic")
	field := cell("basic", "amount", 0)
	one.into(field)
	one.write("1234567")
	two.wait(field + `.value === "1,234,567"`)
	two.is(cell("basic", "amount", 1)+`.value`, "1,170,000")
	// Both at once: the second window sends what it saw before.
	row := one.text(field + `.dataset.row`)
	two.is(`fetch("api/edit", {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({changes: [
		{op: "set", row: `+quoted(row)+`, key: "amount", text: "7", was: "1084800"}]})}).then(r => r.json()).then(o => o.conflicts[0].theirs + " " + o.conflicts[0].mine)`, "1234567 7")
	typed(t, dir, "basic.toml", "1234567")
}

// TestChangedOutside: what another program writes is taken in and named; where it wrote what is typed here, both are shown.
func TestChangedOutside(t *testing.T) {
	dir := sample(t)
	w := desk(t, dir)
	w.part("basic")
	change := func(old, now string) {
		t.Helper()
		text := read(t, dir, "basic.toml")
		if strings.Count(text, old) != 1 {
			t.Fatalf("%q is there %d times", old, strings.Count(text, old))
		}
		write(t, dir, map[string][]byte{"basic.toml": []byte(strings.Replace(text, old, now, 1))})
	}
	change("amount = 1170000", "amount = 1170011")
	w.wait(cell("basic", "amount", 1) + `.value === "1,170,011"`)
	w.wait(`document.body.textContent.includes("basic.toml")`)
	field := cell("basic", "amount", 0)
	w.into(field)
	w.write("1999999")
	change("amount = 1084800", "amount = 1084999")
	w.wait(`document.querySelector(".clash")`)
	w.is(`[...document.querySelectorAll(".clash .clash-text")].slice(0, 2).map(e => e.textContent.replace(/,/g, "")).join(" ")`, "1999999 1084999")
	w.button("用我的")
	typed(t, dir, "basic.toml", "1999999")
	w.wait(`!document.querySelector(".clash")`)
}

// TestDeletedOutside: of a file that was deleted while it was edited here, and not saved, the page asks whose it is to be.
func TestDeletedOutside(t *testing.T) {
	dir := sample(t)
	w := desk(t, dir)
	w.part("basic")
	field := cell("basic", "amount", 0)
	w.into(field)
	w.write("1999999")
	if err := os.Remove(filepath.Join(dir, "basic.toml")); err != nil {
		t.Fatal(err)
	}
	w.wait(`document.querySelector("#conflicts").textContent.includes("basic.toml 在别处删去了")`)
	w.wait(`document.querySelector(".status-saved").textContent.includes("定下来")`)
	w.shot("deleted-outside")
	w.button("用这里的")
	w.wait(`document.querySelector("#conflicts").hidden && document.querySelector(".status-saved").textContent === "已保存"`)
	typed(t, dir, "basic.toml", "1999999")
}

// TestRefused: what cannot be is said at its place, stays as it was typed, and nothing of it is written.
func TestRefused(t *testing.T) {
	dir := sample(t)
	before := folderText(t, dir)
	w := desk(t, dir)
	w.part("basic")
	field := cell("basic", "amount", 0)
	w.into(field)
	w.write("一百二")
	w.wait(`document.querySelector("#editor .trouble-error")`)
	w.is(field+`.value`, "一百二")
	w.is(field+`.getAttribute("aria-invalid")`, "true")
	w.into(cell("basic", "amount", 3))
	w.is(field+`.value`, "一百二")
	if after := folderText(t, dir); after != before {
		t.Error("something of what is refused is written")
	}
	w.into(field)
	w.press(kb.Escape)
	w.wait(`!document.querySelector("#editor .trouble-error")`)
	w.is(field+`.value`, "1084800")
}

// TestReload: a page that is loaded again while something is typed into it loses none of it.
func TestReload(t *testing.T) {
	dir := sample(t)
	w := desk(t, dir)
	w.part("project")
	w.into(cell("project", "name", 0))
	w.write("政务服务大厅窗口外包")
	w.do(chromedp.Reload())
	w.wait(ready)
	w.wait(cell("project", "name", 0) + `.value === "政务服务大厅窗口外包"`)
	typed(t, dir, "projects.toml", "政务服务大厅窗口外包")
}

// TestKeyboardAlone: from the page as it comes to a changed amount that is saved, without a mouse.
func TestKeyboardAlone(t *testing.T) {
	dir := sample(t)
	w := desk(t, dir)
	until := func(key, expression string, most int, modifiers ...chromedp.Modifier) {
		t.Helper()
		for range most {
			if value[bool](w, `!!(`+expression+`)`) {
				return
			}
			w.press(key, modifiers...)
		}
		w.shot("lost")
		t.Fatalf("%q pressed %d times does not lead to %s, but to %s", key, most, expression, w.text(`document.activeElement.outerHTML.slice(0, 300)`))
	}
	until(kb.Tab, `document.activeElement.getAttribute("role") === "treeitem"`, 20)
	until(kb.ArrowDown, `document.activeElement.dataset.id === "table:basic"`, 20)
	w.press(kb.Enter)
	w.wait(cell("basic", "amount", 0))
	until(kb.Tab, `document.activeElement === `+cell("basic", "amount", 0), 20)
	w.press("1085000")
	w.press(kb.Enter)
	w.is(`document.activeElement === `+cell("basic", "amount", 1), "true")
	w.press("s", chromedp.ModifierCtrl)
	typed(t, dir, "basic.toml", "amount = 1085000 ")
	w.wait(saved)
}

// TestSavingFails: a disk that refuses is told in words and what is typed stays; it is written once the disk takes it.
func TestSavingFails(t *testing.T) {
	dir := sample(t)
	w := desk(t, dir)
	w.part("basic")
	away := filepath.Join(filepath.Dir(dir), "moved away")
	move(t, dir, away)
	write(t, filepath.Dir(dir), map[string][]byte{filepath.Base(dir): []byte("no folder")})
	w.into(cell("basic", "amount", 0))
	w.write("1084801")
	w.wait(`document.querySelector("#status").textContent.includes("没有保存成功")`)
	w.shot("refused")
	w.into(cell("basic", "amount", 1))
	w.is(cell("basic", "amount", 0)+`.value`, "1,084,801")
	remove(t, dir)
	move(t, away, dir)
	typed(t, dir, "basic.toml", "amount = 1084801 ")
	w.wait(saved)
	w.takeFaults() // answers that say so are errors to the browser
}
