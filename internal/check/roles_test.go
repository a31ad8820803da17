package check_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/templates"
)

// renamed is the same text with what packs call things called otherwise, everywhere: each name is read backwards. Who asks for
// a thing by what one pack calls it does not find it any more.
type renamed struct {
	figures, keys, labels map[string]bool
	packs                 fstest.MapFS
}

func backwards(s string) string {
	r := []rune(s)
	slices.Reverse(r)
	return string(r)
}

var (
	figureName = regexp.MustCompile(`(\[\[figure\]\]\nname\s*=\s*")([^"]+)`)
	figureKey  = regexp.MustCompile(`\b((?:prior|when_changed|figure)\s*=\s*")([^"]+)`)
	figureList = regexp.MustCompile(`\bfigures\s*=\s*\[[^\]]*\]`)
	quoted     = regexp.MustCompile(`"([^"]*)"`)
	code       = regexp.MustCompile(`\{\{[^}]*\}\}`)
	noFigure   = regexp.MustCompile(`(?:past \d|by|field|text|phrase|vehicles|query|sum|kind|changed "[^"]*") *$`)
	fieldKey   = regexp.MustCompile(`(\[\[field\]\]\nkey\s*=\s*")([^"]+)("\ntitle\s*=\s*")([^"]+)`)
	fieldCall  = regexp.MustCompile(`(\bfield ")([^"]+)`)
	groupLabel = regexp.MustCompile(`(?m)^(label\s*=\s*")([^"{]+)(")`)
	cellLabel  = regexp.MustCompile(`(\{ text = ")([^"{]+)("[^}]*(?:label|names) = true)`)
)

// rename is all packs of the program, renamed.
func rename(t *testing.T) *renamed {
	t.Helper()
	x := &renamed{map[string]bool{}, map[string]bool{}, map[string]bool{}, fstest.MapFS{}}
	texts := map[string]string{}
	err := fs.WalkDir(templates.FS, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(templates.FS, name)
		texts[name] = string(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range texts {
		x.learn(name, s)
	}
	for name, s := range texts {
		x.packs[name] = &fstest.MapFile{Data: []byte(x.pack(name, s))}
	}
	if len(x.figures) < 30 || len(x.keys) < 10 || len(x.labels) < 30 {
		t.Fatalf("%d figures, %d fields, %d labels", len(x.figures), len(x.keys), len(x.labels))
	}
	return x
}

// learn notes what a file of a pack calls its figures, fields and labels.
func (x *renamed) learn(name, s string) {
	for _, m := range figureName.FindAllStringSubmatch(s, -1) {
		x.figures[m[2]] = true
	}
	if !isForm(name) {
		return
	}
	for _, m := range fieldKey.FindAllStringSubmatch(s, -1) {
		x.keys[m[2]] = true
	}
	for _, re := range []*regexp.Regexp{groupLabel, cellLabel} {
		for _, m := range re.FindAllStringSubmatch(s, -1) {
			x.labels[strings.TrimSpace(m[2])] = true
		}
	}
}

func isForm(name string) bool { return path.Base(path.Dir(name)) == "forms" }

// figure is a figure's new name; of a family's member the family's.
func (x *renamed) figure(s string) string {
	family, part, member := strings.Cut(s, ".")
	switch {
	case !x.figures[family]:
		return s
	case member:
		return backwards(family) + "." + part
	}
	return backwards(s)
}

// pack is a file of a pack, renamed.
func (x *renamed) pack(name, s string) string {
	second := func(re *regexp.Regexp, s string, to func(string) string) string {
		return re.ReplaceAllStringFunc(s, func(m string) string {
			p := re.FindStringSubmatch(m)
			return p[1] + to(p[2]) + strings.Join(p[3:], "")
		})
	}
	s = code.ReplaceAllStringFunc(s, func(m string) string {
		var b strings.Builder
		at := 0
		for _, i := range quoted.FindAllStringSubmatchIndex(m, -1) {
			b.WriteString(m[at:i[2]])
			word := m[i[2]:i[3]]
			if !noFigure.MatchString(m[:i[0]]) {
				word = x.figure(word)
			}
			b.WriteString(word)
			at = i[3]
		}
		return second(fieldCall, b.String()+m[at:], backwards)
	})
	if path.Ext(name) != ".toml" {
		return s
	}
	s = second(figureName, s, x.figure)
	s = second(figureKey, s, x.figure)
	s = figureList.ReplaceAllStringFunc(s, func(m string) string {
		return quoted.ReplaceAllStringFunc(m, func(q string) string { return `"` + x.figure(strings.Trim(q, `"`)) + `"` })
	})
	if isForm(name) {
		s = fieldKey.ReplaceAllStringFunc(s, func(m string) string {
			p := fieldKey.FindStringSubmatch(m)
			return p[1] + backwards(p[2]) + p[3] + backwards(p[4])
		})
		s = second(groupLabel, s, backwards)
		s = second(cellLabel, s, backwards)
	}
	return s
}

// inPrint is what finished forms call what the pack calls otherwise; they know other usual words, too.
var inPrint = map[string]string{"资金来源": "项目资金来源", "支出明细": "项目支出预算明细", "测算依据": "测算依据及说明"}

var (
	header    = regexp.MustCompile(`^\[+([^\]]+)\]+`)
	key       = regexp.MustCompile(`^(\s*)("?)([a-z_]+)((?:\.[^=]*)?\s*=)`)
	formTable = regexp.MustCompile(`^id\s*=\s*"1[12](-\d+)?"`) // of the pack that has forms
	formless  = regexp.MustCompile(`(?m)^template\s*=\s*"(?:jiangsu|shanghai|central)`)
)

// data is a file of a department, renamed: it keeps its lines.
func (x *renamed) data(s string) string {
	lines := strings.Split(s, "\n")
	table, form := "", false
	for i, line := range lines {
		if m := header.FindStringSubmatch(line); m != nil {
			table, form = m[1], false
		}
		form = form || table == "stated_table" && formTable.MatchString(line) && !formless.MatchString(s)
		m := key.FindStringSubmatch(line)
		switch {
		case figureKey.MatchString(line):
			p := figureKey.FindStringSubmatch(line)
			lines[i] = strings.Replace(line, p[0], p[1]+x.figure(p[2]), 1)
		case m != nil && (table == "prior.figures" && x.figures[m[3]] || table == "form.fields" && x.keys[m[3]]):
			lines[i] = m[1] + m[2] + backwards(m[3]) + m[4] + line[len(m[0]):]
		case form && strings.Contains(line, "|"):
			cells := strings.Split(line, "|")
			for j, c := range cells {
				word := strings.TrimSpace(c)
				if w := inPrint[word]; w != "" {
					word = w
				}
				if x.labels[word] || strings.HasPrefix(word, "其中") {
					cells[j] = " " + backwards(word) + " "
				}
			}
			lines[i] = strings.Join(cells, "|")
		}
	}
	return strings.Join(lines, "\n")
}

// found are the rule, the level and the place of everything that is found in a case, and what else of it is said.
func found(t *testing.T, c *galleryCase, more func(diag.Diagnostic) string) []string {
	t.Helper()
	var out []string
	for _, d := range c.find(t, "") {
		out = append(out, findingOf(d)+more(d))
	}
	slices.Sort(out)
	return out
}

func nothing(diag.Diagnostic) string { return "" }

func numbers(d diag.Diagnostic) string { return " " + d.Stated + " " + d.Want + " " + d.Diff }

func findingOf(d diag.Diagnostic) string {
	return fmt.Sprintf("%s %s %s", d.Rule, d.Level, place(d.At))
}

// with is a case of the gallery as it is, or renamed.
func (x *renamed) with(t *testing.T, text string, w *world) galleryCase {
	t.Helper()
	c := readCase(t, text)
	if c.shipped = w; w == nil {
		return c
	}
	for name, f := range c.files {
		switch {
		case path.Ext(name) != ".toml" && path.Ext(name) != ".tmpl":
		case strings.HasPrefix(name, "templates/"):
			f.Data = []byte(x.pack(name, string(f.Data)))
		default:
			f.Data = []byte(x.data(string(f.Data)))
		}
	}
	return c
}

// cases are the files of the gallery that show the rules.
func cases(t *testing.T, rules ...string) []string {
	t.Helper()
	var out []string
	for _, id := range rules {
		for _, pattern := range []string{id + ".toml", id + "-*.toml"} {
			more, err := filepath.Glob(filepath.Join(gallery, pattern))
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, more...)
		}
	}
	return out
}

// TestNamesOfPacksMeanNothing: what a pack calls its figures, fields and labels changes neither rule nor level nor place of any
// finding, of the departments that there are and of all cases of the gallery.
func TestNamesOfPacksMeanNothing(t *testing.T) {
	x := rename(t)
	w := &world{"renamed", x.packs}
	files, err := filepath.Glob(gallery + "/*.toml")
	if err != nil {
		t.Fatal(err)
	}
	some := 0
	for _, name := range files {
		bad, _, _ := strings.Cut(string(read(t, name)), goodHalf)
		was, is := x.with(t, bad, nil), x.with(t, bad, w)
		if a, b := found(t, &was, nothing), found(t, &is, nothing); !slices.Equal(a, b) {
			t.Errorf("%s:\nas it is: %v\nrenamed:  %v", filepath.Base(name), a, b)
		} else if len(a) > 0 {
			some++
		}
	}
	if some < 200 {
		t.Errorf("only %d cases find anything", some)
	}
	shipped := (&galleryCase{}).shared(t)
	other := (&galleryCase{shipped: w}).shared(t)
	for _, dir := range []string{"data/2026/338", "data/2025/338", "testdata/departments/2018/101", "testdata/departments/2025/010",
		"testdata/departments/2026/415", "testdata/departments/2026/501", "testdata/sample-as-published"} {
		all := func(s *build.Shared, to func(string) string) (out []string) {
			files := fstest.MapFS{}
			root := os.DirFS("../..")
			err := fs.WalkDir(root, dir, func(name string, e fs.DirEntry, err error) error {
				if err != nil || e.IsDir() {
					return err
				}
				raw, err := fs.ReadFile(root, name)
				if path.Ext(name) == ".toml" {
					raw = []byte(to(string(raw)))
				}
				files[name] = &fstest.MapFile{Data: raw}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			made, err := s.Check(build.Input{Data: files, Dir: dir})
			if err != nil || made.Pack == nil {
				t.Fatal(err)
			}
			for _, d := range made.Diags.Sorted() {
				out = append(out, findingOf(d))
			}
			slices.Sort(out)
			return out
		}
		if a, b := all(shipped, strings.Clone), all(other, x.data); !slices.Equal(a, b) {
			t.Errorf("%s:\nas it is: %v\nrenamed:  %v", dir, a, b)
		}
	}
}

// TestRolesAreAsked: where a pack of other names leaves a role out, the rules that are said to ask for it find less.
func TestRolesAreAsked(t *testing.T) {
	x := rename(t)
	figures, fields, labels := check.Needs()
	for _, m := range []map[string][]string{figures, fields, labels} {
		for _, role := range slices.Sorted(maps.Keys(m)) {
			bare := fstest.MapFS{}
			says := regexp.MustCompile(`, role = "` + role + `"|(?m)^role\s*=\s*"` + role + `"`)
			for name, f := range x.packs {
				bare[name] = &fstest.MapFile{Data: says.ReplaceAll(f.Data, nil)}
			}
			for _, id := range m[role] {
				differ := false
				for _, name := range cases(t, id) {
					if differ {
						break
					}
					bad, _, _ := strings.Cut(string(read(t, name)), goodHalf)
					with, without := x.with(t, bad, &world{"renamed", x.packs}), x.with(t, bad, &world{"without " + role, bare})
					differ = differ || !slices.Equal(found(t, &with, numbers), found(t, &without, numbers))
				}
				if !differ {
					t.Errorf("%s is said to need %s, and finds the same without", id, role)
				}
			}
		}
	}
}
