package renew

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"yusuan/data"
	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/schedule"
	"yusuan/internal/source"
	"yusuan/templates"
)

// withoutLists are the tables whose fields no new folder describes: amounts under the names of a pack, of which there is a line
// each; what its own text says of other things than the reference; what is only there for finished documents, or for fonts.
var withoutLists = map[string]bool{"": true, "basic_by_function": true, "basic_by_economic": true, "prior": true, "history": true,
	"form": true, "stated": true, "stated_table": true, "stated_text": true, "font": true}

// TestNewFoldersTellOfFields: the file of a new folder in which a table is typed by custom says of each of its fields that the pack
// has a use for what it is called, which words the pack takes and what is explained of it, and nothing of others.
func TestNewFoldersTellOfFields(t *testing.T) {
	cat, err := classify.Load(data.Catalogue(), 2026)
	if err != nil {
		t.Fatal(err)
	}
	entries, err := templates.FS.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		p, ds, err := schedule.LoadPack(templates.FS, e.Name())
		if err != nil || ds.HasErrors() {
			t.Fatal(e.Name(), err, ds.Sorted())
		}
		files := Fresh(p, cat.Functional, e.Name(), 2026, "900")
		for _, x := range budget.Tables() {
			file := strings.Replace(x.File, "表名.toml", "README.md", 1)
			switch {
			case withoutLists[x.Name], x.Own != budget.FieldNone:
				continue
			case len(p.Forms) == 0 && strings.HasPrefix(x.Name, "form."), x.Name == "procurement" && !p.Asks("side", "政府采购"),
				x.Name == "glossary" && !p.Prints("glossary.term"):
				continue
			}
			for _, f := range x.Fields {
				line := lineOf(files, file, x.Header(), f.Key)
				words, _ := f.Words(p.Lists())
				used := f.Kind == budget.FieldAmount || f.Steers() != "" || p.Prints(f.Name) ||
					len(formsOf(p, strings.TrimPrefix(x.Name, "form."), f.Key)) > 0
				said := strings.Contains(line, f.Label) && strings.Contains(line, f.What) &&
					(strings.Contains(line, strings.Join(words, "、")) || strings.Contains(line, "：同上"))
				value, _, shown := strings.Cut(line, " = ") // by name where it is to be filled in
				switch {
				case f.Name == "department.show" && len(p.Optionals()) == 0:
				case used && !said && !(x.Name == "department" && shown && !strings.Contains(value, "#") || f.Kind == budget.FieldPart):
					t.Errorf("%s: %s says of %s in %s: %q", e.Name(), file, f.Key, x.Name, line)
				case !used && said:
					t.Errorf("%s: %s asks for %s in %s, which nothing is made of: %q", e.Name(), file, f.Key, x.Name, line)
				}
				n++
			}
		}
		for kind, f := range p.Forms {
			for _, x := range f.Fields {
				if x.Options != nil && !told(files, x.Key, strings.Join(x.Options, "、")) {
					t.Errorf("%s: nothing says that %s of %s takes %v", e.Name(), x.Key, kind, x.Options)
				}
			}
		}
		for _, f := range files {
			if strings.Contains(string(f.Data), "填 ") && asked.Match(f.Data) || strings.Contains(string(f.Data), "<") {
				t.Errorf("%s: a placeholder is left in %s: %s", e.Name(), f.Path, f.Data)
			}
			if first, again := strings.Index(string(f.Data), "：同上"), "一般公共预算、政府性基金预算、"; first >= 0 && !strings.Contains(string(f.Data[:first]), again) {
				t.Errorf("%s: above what %s says is given above, it is not", e.Name(), f.Path)
			}
		}
	}
	if n < 300 {
		t.Errorf("%d fields", n)
	}
}

// lineOf is the line that describes a key of a table in a file: the first that begins with it behind the first word of the table's
// header, and before the header of an entry to be filled in.
func lineOf(files []File, file, header, key string) string {
	for _, f := range files {
		if f.Path != file {
			continue
		}
		_, text, ok := strings.Cut(string(f.Data), header)
		if !ok {
			text = string(f.Data)
		}
		for line := range strings.Lines(text) {
			rest, ok := strings.CutPrefix(strings.TrimLeft(line, "# "), key)
			if ok && strings.HasPrefix(rest, " ") {
				return line
			}
		}
	}
	return ""
}

// told reports whether a line names the key and the words.
func told(files []File, key, words string) bool {
	for _, f := range files {
		for line := range strings.Lines(string(f.Data)) {
			if strings.Contains(line, key) && strings.Contains(line, words) {
				return true
			}
		}
	}
	return false
}

// Without its comments a new folder says the same, but for what is marked to be looked at.
func TestBare(t *testing.T) {
	cat, err := classify.Load(data.Catalogue(), 2026)
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(templates.FS, "*/pack.toml")
	if err != nil || len(names) < 3 {
		t.Fatal(names, err)
	}
	for _, file := range names {
		name := path.Dir(file)
		p, ds, err := schedule.LoadPack(templates.FS, name)
		if err != nil || ds.HasErrors() {
			t.Fatal(name, err, ds.Sorted())
		}
		fresh := Fresh(p, cat.Functional, name, 2026, "415")
		marks := 0
		for i, f := range Bare(fresh) {
			if !strings.HasSuffix(f.Path, ".toml") {
				continue
			}
			parsed, diags := source.Parse(f.Path, f.Data)
			before, _ := source.Parse(f.Path, fresh[i].Data)
			if diags.HasErrors() {
				t.Error(name, diags.Sorted())
			}
			for _, s := range parsed.Stretches() {
				text := string(parsed.Source[s.Start:s.End])
				if s.Comment && !strings.Contains(text, source.Review) {
					t.Errorf("%s: %s: %s is left", name, f.Path, text)
				}
				marks += strings.Count(text, source.Review)
			}
			if a, b := values(before), values(parsed); !slices.Equal(a, b) {
				t.Errorf("%s: %s says\n%v\nwant\n%v", name, f.Path, b, a)
			}
		}
		if marks < 2 {
			t.Errorf("%s: %d marks", name, marks)
		}
	}
}

func values(f *source.File) (out []string) {
	for _, e := range f.Entries() {
		for _, v := range e.Values() {
			out = append(out, e.Address+"."+v.Key+"="+v.Text+strings.Join(v.Items, "|"))
		}
	}
	return out
}

// TestNothingIsInvented: where nothing tells a day, a year or a code, a new folder asks for them.
func TestNothingIsInvented(t *testing.T) {
	p, ds, err := schedule.LoadPack(templates.FS, "wuhan")
	if err != nil || ds.HasErrors() {
		t.Fatal(err, ds.Sorted())
	}
	said := func(year int, code string) string {
		var b strings.Builder
		for _, f := range Fresh(p, classify.Tree{}, "wuhan", year, code) {
			if f.Path == "department.toml" || f.Path == "units.toml" || f.Path == "prior.toml" {
				parsed, _ := source.Parse(f.Path, f.Data)
				b.WriteString(strings.Join(values(parsed), "\n") + "\n")
			}
		}
		return b.String()
	}
	for _, want := range []string{"department.year=请填\n", "department.code=请填\n", "department.date=请填\n", "unit[0].code=请填\n", "prior.year=请填\n"} {
		if got := said(0, fill); !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	for _, want := range []string{"department.year=2026\n", "department.date=请填\n", "unit[0].code=415001\n", "prior.year=2025\n"} {
		if got := said(2026, "415"); !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}
