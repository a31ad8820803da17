package web

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	scriptImport = regexp.MustCompile(`(?m)^import\s+(?:\* as (\w+)|\{([^}]*)\})\s+from\s+["']\./([\w.]+)["']`)
	scriptExport = regexp.MustCompile(`(?m)^export (?:async )?(?:function\*? |const |let |class )([\w$]+)`)
	startScript  = regexp.MustCompile(`\{\{\.Static\}\}/(js/\w+\.js)`)
	styleRule    = regexp.MustCompile(`\{[^{}]*\}`)
	styleRemark  = regexp.MustCompile(`(?s)/\*.*?\*/`)
	styleClass   = regexp.MustCompile(`\.([a-zA-Z][\w-]*)`)
)

// markup are the pages of the program, as one text.
func markup(t *testing.T) string {
	names, err := pageFiles.ReadDir("page")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, e := range names {
		if path.Ext(e.Name()) == ".html" {
			raw, err := pageFiles.ReadFile("page/" + e.Name())
			if err != nil {
				t.Fatal(err)
			}
			all.Write(raw)
		}
	}
	return all.String()
}

// TestScriptsFitTogether: what a script imports is there, what it exports is used, no script lies there for nothing, and each
// is read at one sitting.
func TestScriptsFitTogether(t *testing.T) {
	scripts, exports, wanted, loaded := map[string]string{}, map[string][]string{}, map[string]bool{}, map[string]bool{}
	for _, m := range startScript.FindAllStringSubmatch(markup(t), -1) {
		loaded[m[1]] = true
	}
	for name, raw := range newStatic().files {
		if path.Ext(name) != ".js" {
			continue
		}
		scripts[name] = string(raw)
		for _, m := range scriptExport.FindAllStringSubmatch(string(raw), -1) {
			exports[name] = append(exports[name], m[1])
		}
		if n := strings.Count(string(raw), "\n"); n > 300 {
			t.Errorf("%s has %d lines", name, n)
		}
	}
	if len(scripts) < 30 || len(loaded) < 4 {
		t.Fatalf("%d scripts, %d of them begin a page; is the walk right?", len(scripts), len(loaded))
	}
	for name, text := range scripts {
		for _, m := range scriptImport.FindAllStringSubmatch(text, -1) {
			from := "js/" + m[3]
			loaded[from] = true
			for _, what := range exports[from] {
				if m[1] != "" && strings.Contains(text, m[1]+"."+what) || m[1] != "" && what == "mount" { // main.js mounts lists of modules
					wanted[from+" "+what] = true
				}
			}
			for _, what := range strings.FieldsFunc(m[2], func(r rune) bool { return strings.ContainsRune(" ,\n", r) }) {
				if wanted[from+" "+what] = true; !slices.Contains(exports[from], what) {
					t.Errorf("%s imports %s, which %s has not", name, what, from)
				}
			}
		}
	}
	for name := range scripts {
		if !loaded[name] {
			t.Errorf("no page loads %s", name)
		}
		for _, what := range exports[name] {
			if !wanted[name+" "+what] {
				t.Errorf("%s exports %s, and nobody imports it", name, what)
			}
		}
	}
}

// TestStylesAreUsed: what a style is for is somewhere on a page. Scripts put some names together of a beginning and a word.
func TestStylesAreUsed(t *testing.T) {
	files := newStatic().files
	all := markup(t)
	for name, raw := range files {
		if path.Ext(name) == ".js" {
			all += string(raw)
		}
	}
	seen := 0
	for name, raw := range files {
		if path.Ext(name) != ".css" {
			continue
		}
		heads := styleRule.ReplaceAllString(styleRemark.ReplaceAllString(string(raw), ""), "{}")
		for _, m := range styleClass.FindAllStringSubmatch(heads, -1) {
			seen++
			if !onPages(m[1], all) {
				t.Errorf("%s: nothing has the class %s", name, m[1])
			}
		}
	}
	if seen < 200 {
		t.Errorf("%d classes; is the walk right?", seen)
	}
}

// onPages reports whether scripts or pages have a class, whole or by a beginning that a word is put behind.
func onPages(class, all string) bool {
	if regexp.MustCompile(`(^|[^\w-])` + class + `([^\w-]|$)`).MatchString(all) {
		return true
	}
	for i := len(class) - 1; i > 0; i-- {
		for _, end := range []string{"'", `"`, "${"} {
			if strings.HasSuffix(class[:i], "-") || end != "${" && class[i] >= '0' && class[i] <= '9' {
				if strings.Contains(all, class[:i]+end) {
					return true
				}
			}
		}
	}
	return false
}
