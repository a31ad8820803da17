package e2e_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// axeRun has axe look at the page: what is serious, and what is not.
const axeRun = `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r => {
	const told = v => v.impact + " " + v.id + ": " + v.nodes.length + " × " + v.nodes[0].html.slice(0, 300) + " " + v.nodes[0].failureSummary
	const serious = r.violations.filter(v => v.impact === "serious" || v.impact === "critical")
	return {Passes: r.passes.length, Serious: serious.map(told), Other: r.violations.filter(v => !serious.includes(v)).map(told)}
})`

// axeScript is the checker of accessibility, which comes with a package of Python.
func axeScript(t *testing.T) string {
	t.Helper()
	const where = `import importlib.util as u; print(u.find_spec("axe_playwright_python").submodule_search_locations[0])`
	folder, err := exec.Command("python3", "-c", where).Output()
	if err != nil {
		t.Skip("no axe-playwright-python")
	}
	raw, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(folder)), "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// axe fails for what axe finds serious in the window as it is now.
func (w *window) axe(script, what string) {
	w.t.Helper()
	value[bool](w, script+";true")
	type result struct {
		Passes         int
		Serious, Other []string
	}
	found := value[result](w, axeRun)
	if found.Passes < 15 {
		w.t.Errorf("%s: axe did not look: %d rules pass", what, found.Passes)
	}
	for _, f := range found.Serious {
		w.t.Errorf("%s: %s", what, f)
	}
	for _, f := range found.Other {
		w.t.Logf("%s: %s", what, f)
	}
}
