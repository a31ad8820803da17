package build

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/data"
	"yusuan/fonts"
	"yusuan/internal/testdept"
	"yusuan/templates"
)

// TestWithin: what WalkDir calls a file of a folder is found below it, and nothing else is.
func TestWithin(t *testing.T) {
	for _, c := range []struct{ dir, name, want string }{
		{".", "basic.toml", "basic.toml"}, {".", "more/a.toml", "more/a.toml"}, {".", "../../2025/338/basic.toml", ""}, {".", "/x/basic.toml", ""},
		{"..", "../basic.toml", "basic.toml"}, {"..", "../../../2025/338/basic.toml", ""}, {"..", "basic.toml", ""},
		{"../..", "../../more/a.toml", "more/a.toml"}, {"/", "/a.toml", "a.toml"}, {"/x/338", "/x/338/a.toml", "a.toml"}, {"/x/338", "/x/3380/a.toml", ""},
		{"x/", "x/a.toml", "a.toml"}, {"x/338", "x/338", ""},
	} {
		if got, ok := within(c.dir, c.name); ok != (c.want != "") || ok && got != c.want {
			t.Errorf("%s in %s: %q %v", c.name, c.dir, got, ok)
		}
	}
}

// TestNoDocumentWithoutItsData: where the files that were read are not those below the folder, no document comes of it.
func TestNoDocumentWithoutItsData(t *testing.T) {
	lib, err := fonts.Library()
	if err != nil {
		t.Fatal(err)
	}
	dir, files := testdept.Small(0)
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[path.Join(dir, name)] = &fstest.MapFile{Data: text}
	}
	s := &Shared{Fonts: lib, Packs: fs.FS(templates.FS), Catalogue: data.Catalogue(), Program: "test"}
	for name, spoil := range map[string]func(*Work){
		"all": func(w *Work) { w.in.Dir = "elsewhere" }, "one": func(w *Work) { delete(w.read.files, path.Join(dir, "basic.toml")) },
	} {
		w, err := s.Check(Input{Data: fsys, Dir: dir})
		if err != nil || w.Tree == nil {
			t.Fatal(err, w.Diags.Sorted())
		}
		pages := w.Typeset()
		if _, err := w.PDF(pages, nil); err != nil {
			t.Fatal(err)
		}
		spoil(w)
		if raw, err := w.PDF(w.Typeset(), nil); err == nil || raw != nil || !strings.Contains(err.Error(), "程序内部错误") {
			t.Errorf("%s: %d bytes, %v", name, len(raw), err)
		}
	}
}

// withNames is the shipped packs and one that puts documents into folders.
type withNames struct{ fs.FS }

const namedPack = "[pack]\nid = \"named\"\nname = \"按年度和名称\"\nversion = \"1\"\ninherits = \"wuhan\"\nyears = [2025, 2027]\nfile_name = \"{{.Year}}年/{{.Name}}/{{.Code}}\"\n"

func (p withNames) Open(name string) (fs.File, error) {
	own := fstest.MapFS{"named/pack.toml": &fstest.MapFile{Data: []byte(namedPack)}}
	if strings.HasPrefix(name, "named") {
		return own.Open(name)
	}
	return p.FS.Open(name)
}

// TestFoldersAreThePacks: a slash of the pack makes a folder; one in a name or code stays part of it.
func TestFoldersAreThePacks(t *testing.T) {
	lib, err := fonts.Library()
	if err != nil {
		t.Fatal(err)
	}
	dir, files := testdept.Small(0)
	fsys := fstest.MapFS{}
	for name, text := range files {
		text = bytes.ReplaceAll(text, []byte("槐安区第1档案馆"), []byte("某市A/B局"))
		fsys[path.Join(dir, name)] = &fstest.MapFile{Data: bytes.ReplaceAll(text, []byte(`code = "000001"`), []byte(`code = "00/01"`))}
	}
	s := &Shared{Fonts: lib, Packs: withNames{templates.FS}, Catalogue: data.Catalogue(), Program: "test"}
	w, err := s.Check(Input{Data: fsys, Dir: dir, Template: "named"})
	if err != nil || w.Tree == nil {
		t.Fatal(err, w.Diags.Sorted())
	}
	if want := []string{"2026年", "某市A/B局", "00/01"}; !slices.Equal(w.Tree.FileName, want) {
		t.Errorf("%q, want %q", w.Tree.FileName, want)
	}
}
