package renew

import (
	"reflect"
	"strings"
	"testing"

	"yusuan/data"
	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/pack"
	"yusuan/templates"
)

// listed are the fields of the facts that have a list, with the table at the top that each is in.
func listed() map[reflect.StructTag]string {
	out := map[reflect.StructTag]string{}
	var walk func(t reflect.Type, table string)
	walk = func(t reflect.Type, table string) {
		for i := range t.NumField() {
			f := t.Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("toml"), ",")
			if table != "" {
				name = table
			}
			if f.Tag.Get("of") != "" {
				out[f.Tag] = name
			}
			e := f.Type
			for e.Kind() == reflect.Slice || e.Kind() == reflect.Pointer {
				e = e.Elem()
			}
			if e.Kind() == reflect.Struct && e.PkgPath() == t.PkgPath() {
				walk(e, name)
			}
		}
	}
	walk(reflect.TypeFor[budget.Facts](), "")
	return out
}

// TestNewFoldersNameTheWords: a new folder says of every field that has a list which words its pack takes.
func TestNewFoldersNameTheWords(t *testing.T) {
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
		p, ds, err := pack.Load(templates.FS, e.Name())
		if err != nil || ds.HasErrors() {
			t.Fatal(e.Name(), err, ds.Sorted())
		}
		files := Fresh(p, cat.Functional, e.Name(), 2026, "900")
		for tag, table := range listed() {
			switch {
			case table == "stated_table": // of finished documents, which no folder is made for
				continue
			case table == "form" && len(p.Forms) == 0, table == "procurement" && !p.Asks("side", "政府采购"):
				continue
			}
			key, _, _ := strings.Cut(tag.Get("toml"), ",")
			words := strings.Join(p.Lists().Of(tag.Get("of")).Words, "、")
			n++
			if !told(files, key, words) {
				t.Errorf("%s: nothing says that %s in %s takes %s", e.Name(), key, table, words)
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
			if strings.Contains(string(f.Data), "<") {
				t.Errorf("%s: %s names a list that is none: %s", e.Name(), f.Path, f.Data)
			}
		}
	}
	if n < 50 {
		t.Errorf("%d fields", n)
	}
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
