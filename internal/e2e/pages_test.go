package e2e_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// shown is true once the pages in view are those of what is typed.
const shown = `fetch("api/state").then(r => r.json()).then(s => !s.settling && document.querySelector("#pages").dataset.rev == s.rev)`

// sheet is JavaScript for the page in view that bears a title.
func sheet(title string) string {
	return `[...document.querySelectorAll(".pg-page")].find(p => p.textContent.replace(/\s/g, "").includes(` + quoted(title) + `) && p.querySelector("svg"))`
}

// turn goes to a page by the contents.
func (w *window) turn(title string) {
	w.t.Helper()
	option := `[...document.querySelectorAll(".pg-contents option")].find(o => o.textContent.replace(/\s/g, "").includes(` + quoted(title) + `))`
	w.wait(option)
	value[bool](w, `(() => { const s = document.querySelector(".pg-contents"); s.value = `+option+`.value; s.dispatchEvent(new Event("change")); return true })()`)
	w.wait(sheet(title))
}

// mark is JavaScript for the number on a page that says something.
func mark(title, says string) string {
	return `[...` + sheet(title) + `.querySelectorAll("[data-of]")].find(e => e.textContent === ` + quoted(says) + `)`
}

// TestNumberLeadsToItsField: a printed number says what it is made of, and each of that leads to the field where it is typed; the
// field leads back to all numbers that it goes into.
func TestNumberLeadsToItsField(t *testing.T) {
	w := desk(t, sample(t))
	w.wait(shown)
	w.turn("表6一般公共预算基本支出表")
	value[bool](w, mark("表6一般公共预算基本支出表", "167.15")+`.dispatchEvent(new MouseEvent("click", {bubbles: true}))`)
	w.wait(`document.querySelector(".num-box:not([hidden]) .num-go")`)
	if said := w.text(`document.querySelector(".num-box").textContent`); !strings.Contains(said, "办公费") || !strings.Contains(said, "1,671,540.00") {
		t.Errorf("the number says %q", said)
	}
	w.press(kb.Enter)
	w.wait(`document.activeElement.matches('[data-table="basic"][data-key="amount"]') && document.activeElement.value.replace(/,/g, "") === "1671540"`)
	w.wait(`/有 [1-9]\d* 个/.test(document.querySelector(".out-count").textContent)`)
	w.wait(sheet("表6一般公共预算基本支出表") + `.querySelectorAll(".out-of").length > 2`)
}

// TestViewStays: pages that come before the one that is read do not move it, nor do edits that change it.
func TestViewStays(t *testing.T) {
	w := desk(t, sample(t))
	w.wait(shown)
	const title = "表6一般公共预算基本支出表"
	w.turn(title)
	w.wait(shown)
	top := sheet(title) + `.getBoundingClientRect().top`
	before, pages := value[float64](w, top), value[int](w, `fetch("api/state").then(r => r.json()).then(s => s.pages.length)`)
	long := quoted(strings.Repeat("加了很多字，前面多出一页来。", 120))
	value[bool](w, `fetch("api/state").then(r => r.json()).then(s => {
		const row = s.rows.find(r => r.table === "department"), was = row.values.find(v => v.key === "duties").items
		return fetch("api/edit", {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({changes: [{op: "set", row: row.id, key: "duties", items: [...was, `+long+`], was_items: was}]})})
	}).then(r => r.ok)`)
	w.wait(`fetch("api/state").then(r => r.json()).then(s => s.pages.length > ` + fmt.Sprint(pages) + `)`)
	w.wait(shown)
	if now := value[float64](w, top); now != before {
		t.Errorf("the page that was read moved from %v to %v", before, now)
	}
}

// TestProblemsLeadToFields: F8 puts the cursor where the next problem is, and the list says which it is.
func TestProblemsLeadToFields(t *testing.T) {
	w := desk(t, sample(t))
	w.wait(shown)
	w.press(kb.F8)
	w.wait(`document.activeElement.matches('#editor [data-table="project"]')`)
	w.wait(`document.querySelector('.prob-item[aria-current]')`)
}

// TestComparison: what is typed is held against what was when the folder was opened: pages beside each other, each difference with
// what brought it, and the way to where that is typed.
func TestComparison(t *testing.T) {
	w := desk(t, sample(t))
	w.part("basic")
	w.into(`[...document.querySelectorAll('#editor [data-table="basic"][data-key="amount"]')].find(e => e.value.replace(/,/g, "") === "1671540")`)
	w.write("1681540")
	w.press(kb.Enter)
	w.wait(`fetch("api/state").then(r => r.json()).then(s => s.rows.some(r => r.values.some(v => v.text === "1681540")))`)
	w.button("对比")
	w.button("与以前的或别的文件对比…")
	w.button("这次打开时的")
	w.wait(`document.querySelectorAll(".cmp-box[open] .pg-page svg").length >= 2`)
	w.press(kb.F8)
	w.wait(`document.querySelectorAll(".cmp-box .cmp-now").length === 2`)
	w.shot("difference")
	if said := w.text(`document.querySelector(".cmp-detail").textContent`); !strings.Contains(said, "4,671.85 → 4,672.85") || !strings.Contains(said, "办公费") {
		t.Errorf("the difference says %q", said)
	}
	w.button("到填它的地方")
	w.wait(`document.activeElement.matches('[data-table="basic"][data-key="amount"]') && document.activeElement.value.replace(/,/g, "") === "1681540"`)
}
