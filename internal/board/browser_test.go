package board

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// inBrowser runs a script in a page that stands in a frame of a width, and returns what it tells. The page's own rules hold but that
// these scripts may run.
func inBrowser(t *testing.T, page string, width int, scripts ...string) string {
	t.Helper()
	browser, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium")
	}
	allowed, inside := "", ""
	for _, s := range scripts {
		s = strings.ReplaceAll(s, "</script", `<\/script`)
		allowed += " '" + sum(s) + "'"
		inside += "<script>" + s + "</script>"
	}
	if !strings.Contains(page, "script-src") {
		allowed = "script-src" + allowed + ";"
		page = strings.Replace(page, "style-src", allowed+" style-src", 1)
	} else {
		page = strings.Replace(page, "script-src", "script-src"+allowed, 1)
	}
	page = strings.Replace(page, "</body>", inside+"</body>", 1)
	dir := t.TempDir()
	frame := fmt.Sprintf(`<!DOCTYPE html><title>x</title><pre id="told"></pre><script>addEventListener("message", e => { document.getElementById("told").textContent = e.data })</script><iframe src="page.html" width="%d" height="900"></iframe>`, width)
	for name, text := range map[string]string{"page.html": page, "frame.html": frame} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--user-data-dir="+filepath.Join(dir, "profile"),
		"--window-size=1500,1000", "--virtual-time-budget=60000", "--dump-dom", "file://"+filepath.Join(dir, "frame.html")).Output()
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(out), `<pre id="told">`)
	text, _, _ = strings.Cut(text, "</pre>")
	return html.UnescapeString(text)
}

const axeRun = `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r => {
	const found = r.violations.map(v => v.impact + " " + v.id + ": " + v.nodes.length + " × " + v.nodes[0].html.slice(0, 300) + " " + v.nodes[0].failureSummary)
	parent.postMessage(JSON.stringify({Passes: r.passes.length, Found: found}), "*")
})`

// TestAxe has axe look at both pages, as wide as a desk and as a telephone has them: it finds nothing.
func TestAxe(t *testing.T) {
	const where = `import importlib.util as u; print(u.find_spec("axe_playwright_python").submodule_search_locations[0])`
	folder, err := exec.Command("python3", "-c", where).Output()
	if err != nil {
		t.Skip("no axe-playwright-python")
	}
	axe, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(folder)), "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	for name, write := range map[string]func(io.Writer) error{"board": page(handmade(20)).Board, "index": page(handmade(20)).Index} {
		for _, width := range []int{1280, 390} {
			var told struct {
				Passes int
				Found  []string
			}
			text := inBrowser(t, made(t, write), width, string(axe), axeRun)
			if err := json.Unmarshal([]byte(text), &told); err != nil || told.Passes < 15 {
				t.Fatalf("%s: axe did not look: %v, %.300s", name, err, text)
			}
			for _, f := range told.Found {
				t.Errorf("%s, %d pixels wide: %s", name, width, f)
			}
		}
	}
}

// TestFilterAndSort uses the board as people do.
func TestFilterAndSort(t *testing.T) {
	const use = `
const form = document.querySelector("form"), told = []
const tell = what => told.push(what + ": " + [...document.querySelectorAll("tbody[data-state]")].filter(g => !g.hidden).map(g => g.rows[0].cells[0].textContent).join(" ") + " " + document.querySelector(".shown").textContent)
const type = () => form.dispatchEvent(new Event("input", {bubbles: true}))
const press = title => [...document.querySelectorAll("thead button")].find(b => b.textContent === title).click()
if (form.hidden) told.push("no filters")
tell("all")
form.elements.state.value = "数据有误"; type(); tell("state")
form.reset(); form.elements.section.value = "预算股"; type(); tell("section")
form.reset(); form.querySelector("[value=f]").checked = true; type(); tell("lacking forms")
form.reset(); form.querySelector("[value=e]").checked = true; form.querySelector("[value=u]").checked = true; type(); tell("errors")
form.reset(); form.elements.words.value = "40 档案"; type(); tell("words")
form.reset(); form.elements.words.value = "403001"; type(); tell("unit")
form.reset(); type()
press("支出总计"); tell("by total")
press("错误"); tell("by errors")
press("绩效表"); tell("by forms")
press("公开"); tell("by date")
told.push([...document.querySelectorAll("[aria-sort]")].map(h => h.textContent + " " + h.getAttribute("aria-sort")).join())
parent.postMessage(told.join("\n"), "*")`
	got := inBrowser(t, made(t, page(handmade(12)).Board), 1280, use)
	want := strings.TrimSpace(`
all: 400 401 402 403 404 405 406 407 408 409 410 411 
state: 404 409 只显示 12 个部门里的 2 个
section: 400 406 409 只显示 12 个部门里的 3 个
lacking forms: 400 402 404 408 410 只显示 12 个部门里的 5 个
errors: 404 409 只显示 12 个部门里的 2 个
words: 401 409 只显示 12 个部门里的 2 个
unit: 403 只显示 12 个部门里的 1 个
by total: 411 410 408 407 405 403 402 401 400 404 406 409 
by errors: 404 409 400 401 402 403 405 406 407 408 410 411 
by forms: 400 402 404 408 410 401 403 405 407 409 411 406 
by date: 405 411 402 408 400 401 403 404 406 407 409 410 
公开公开 ascending`)
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
