package build_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"yusuan/internal/build"
)

var everyPage = flag.Bool("pages", false, "have browsers look at every page, not at some")

// axeRun has axe look at the page that it stands in and write what it finds in place of it.
const axeRun = `<script>axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r => {
	const found = r.violations.map(v => v.impact + " " + v.id + ": " + v.nodes.length + " × " + v.nodes[0].html.slice(0, 300) + " " + v.nodes[0].failureSummary)
	document.body.textContent = ""
	const out = document.createElement("pre")
	out.id = "axe"
	out.textContent = JSON.stringify({passes: r.passes.length, found})
	document.body.append(out)
})</script>`

// TestAxe has Chromium and axe look at pages, as wide as a desk and as a telephone has them: by the rules of WCAG 2.2 up to AA
// and by what is good practice nothing is found.
func TestAxe(t *testing.T) {
	browser, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium")
	}
	const where = `import importlib.util as u; print(u.find_spec("axe_playwright_python").submodule_search_locations[0])`
	folder, err := exec.Command("python3", "-c", where).Output()
	if err != nil {
		t.Skip("no axe-playwright-python")
	}
	axe, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(folder)), "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	for name, w := range everyEdition(t) {
		if !*everyPage && !slices.Contains([]string{"338 wuhan", "testdata/departments/2026/415 wuhan"}, name) {
			continue
		}
		raw, err := w.Make(build.HTML, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, width := range []string{"1280", "500"} {
			look(t, browser, name, width, withAxe(raw, axe))
		}
	}
}

// withAxe is a page that may run axe, which it holds.
func withAxe(page, axe []byte) []byte {
	script := "<script>" + strings.ReplaceAll(string(axe), "</script", `<\/script`) + "</script>" + axeRun + "</body>"
	page = bytes.Replace(page, []byte("default-src 'none';"), []byte("default-src 'none'; script-src 'unsafe-inline';"), 1)
	return bytes.Replace(page, []byte("</body>"), []byte(script), 1)
}

func look(t *testing.T, browser, name, width string, page []byte) {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "page.html")
	if err := os.WriteFile(file, page, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--user-data-dir="+filepath.Join(dir, "profile"),
		"--window-size="+width+",900", "--virtual-time-budget=60000", "--dump-dom", "file://"+file)
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	_, text, ok := strings.Cut(string(out), `<pre id="axe">`)
	text, _, _ = strings.Cut(text, "</pre>")
	var told struct {
		Passes int
		Found  []string
	}
	if err := json.Unmarshal([]byte(html.UnescapeString(text)), &told); !ok || err != nil || told.Passes < 25 {
		t.Fatalf("%s: axe did not look: %v, %d rules pass, %.300s", name, err, told.Passes, out)
	}
	for _, f := range told.Found {
		t.Errorf("%s, %s pixels wide: %s", name, width, f)
	}
}
