package e2e_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// unread and untrue are changes of the sample: what cannot be read as it should be, before which nothing else is checked, and what is
// wrong otherwise.
var (
	unread = map[string][]string{
		"basic.toml":      {`"2010301", economic = "30102", amount = 1048300`, `"2010311", economic = "30192", amount = "请填"`},
		"department.toml": {`date         = 2026-02-10`, `date         = "明年"`},
		"projects.toml":   {`function    = "2010399"`, ``},
		"text.toml":       {`reason_reception = `, `reason_receptoin = `},
		"units.toml":      {`kind          = "公益一类"`, `kind          = "公益一"`},
	}
	untrue = map[string][]string{
		"basic.toml":      {`"2010301", economic = "30102", amount = 1048300`, `"2010311", economic = "30102", amount = 1048300`, `economic = "30102", amount =  194600 }`, `economic = "30192", amount =  -194600 }`},
		"department.toml": {`date         = 2026-02-10`, `date         = 2025-02-10`, `assets_as_of = 2025-12-31`, `assets_as_of = 2026-12-31`},
		"projects.toml":   {`name        = "审批事务经费"`, `name        = "政务服务外包经费"`, `end_year     = 2027`, `end_year     = 2024`, `purpose          = "主要用于支付新政务大厅的租金。"`, ``},
		"text.toml":       {`reason_total   = "政务服务大厅迁入新址，物业费和租赁费相应增加，同时安排新大厅信息化建设"`, `reason_total = "比上年减少500万元"`, `reason_reception = "2025年辞职、退休各一人"`, ``},
		"assets.toml":     {`count = 5`, `count = 0`},
		"prior.toml":      {`total            = 2538.83`, `total            = 2500.83`},
	}
)

// spoiled is the sample with things changed for worse.
func spoiled(t *testing.T, files map[string][]string) string {
	t.Helper()
	dir := sample(t)
	for name, changes := range files {
		text := read(t, dir, name)
		for i := 0; i < len(changes); i += 2 {
			if !strings.Contains(text, changes[i]) {
				t.Fatalf("%s has no %q", name, changes[i])
			}
			text = strings.Replace(text, changes[i], changes[i+1], 1)
		}
		write(t, dir, map[string][]byte{name: []byte(text)})
	}
	return dir
}

// TestEveryProblemLeadsSomewhere: a click on each problem puts the cursor into its field, into the row where it is of a row, or shows
// the page.
func TestEveryProblemLeadsSomewhere(t *testing.T) {
	for name, files := range map[string]map[string][]string{"unread": unread, "untrue": untrue} {
		t.Run(name, func(t *testing.T) { leadSomewhere(t, spoiled(t, files)) })
	}
}

func leadSomewhere(t *testing.T, dir string) {
	w := desk(t, dir)
	w.resize(1600, 1000, 100)
	w.wait(shown)
	w.button("问题")
	type problem struct{ ID, Rule, Row, Key, Message string }
	problems := value[[]problem](w, `fetch("api/state").then(r => r.json()).then(s => s.problems.map(p => ({ID: p.id, Rule: p.rule, Row: p.row || "", Key: p.key || "", Message: p.message})))`)
	if len(problems) < 6 {
		t.Fatalf("only %d problems", len(problems))
	}
	for _, p := range problems {
		item := `[...document.querySelectorAll("#problems li")].find(e => e.dataset.id === ` + quoted(p.ID) + `)`
		w.wait(item)
		if value[bool](w, `!`+item+`.querySelector("button")`) {
			t.Errorf("%s leads nowhere: %s", p.Rule, p.Message)
			continue
		}
		value[bool](w, `(document.activeElement.blur(), true)`)
		w.clickOn(item + `.querySelector("button")`)
		switch {
		case p.Row == "":
			w.wait(`document.querySelector("#pages").offsetParent !== null && document.querySelector("#pages svg")`)
			w.button("问题")
		case p.Key != "":
			w.wait(`(e => e.dataset.row === ` + quoted(p.Row) + ` && e.dataset.key === ` + quoted(p.Key) + `)(document.activeElement.closest("[data-key]") || document.body)`)
		default:
			w.wait(`document.querySelector("#editor").contains(document.activeElement) && document.querySelector('#editor [data-row=` + quoted(p.Row) + `]')`)
		}
	}
}

// TestFieldLeadsToItsNumbers: with the cursor in a field, every printed number that contains it has a frame: as many as the program
// says on the pages in view.
func TestFieldLeadsToItsNumbers(t *testing.T) {
	w := desk(t, sample(t))
	w.wait(shown)
	w.part("basic")
	w.into(cell("basic", "amount", 0))
	count := `Number((document.querySelector(".out-count").textContent.match(/有 (\d+) 个/) || [0, 0])[1])`
	w.wait(count + ` > 0`)
	w.is(count+` === (await fetch("api/touching?key=amount&row=" + encodeURIComponent(document.activeElement.dataset.row)).then(r => r.json())).length`, "true")
	w.press(kb.ArrowDown)
	w.wait(`document.activeElement === ` + cell("basic", "amount", 1))
	w.wait(`fetch("api/touching?key=amount&row=" + encodeURIComponent(document.activeElement.dataset.row)).then(r => r.json()).then(list => list.length === ` + count + `)`)
}

// TestNothingIsCovered: on a small screen and enlarged, every control can be reached and none is cut off.
func TestNothingIsCovered(t *testing.T) {
	w := desk(t, sample(t))
	w.wait(shown)
	look := func(what string) {
		t.Helper()
		for _, zoom := range []int64{80, 100, 150} {
			w.resize(1280, 720, zoom)
			w.wait(`new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`)
			w.shot(what)
			if found := w.text(covered); found != "" {
				t.Errorf("%s at %d %%: %s", what, zoom, found)
			}
			if value[bool](w, `document.documentElement.scrollWidth > innerWidth + 1`) {
				t.Errorf("%s at %d %%: the page is wider than the window", what, zoom)
			}
		}
		w.resize(1280, 720, 100)
	}
	look("form")
	for _, table := range []string{"basic", "project", "text"} {
		w.part(table)
		look(table)
	}
	w.button("快捷键")
	look("dialog")
}

// TestDeskIsAccessible: axe finds nothing serious in a form, a grid, a list of problems and dialogs.
func TestDeskIsAccessible(t *testing.T) {
	needsBrowser(t)
	script := axeScript(t)
	w := desk(t, spoiled(t, untrue))
	w.wait(shown)
	w.axe(script, "form")
	w.part("basic")
	w.axe(script, "grid")
	w.button("问题")
	w.axe(script, "problems")
	for _, name := range []string{"快捷键"} {
		w.button(name)
		w.wait(`document.querySelector("dialog[open]")`)
		w.axe(script, name)
		w.press(kb.Escape)
		w.wait(`!document.querySelector("dialog[open]")`)
	}
}
