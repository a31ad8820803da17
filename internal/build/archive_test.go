package build

import (
	"io/fs"
	"path"
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
		if raw, err := w.PDF(pages, nil); err == nil || raw != nil || !strings.Contains(err.Error(), "程序内部错误") {
			t.Errorf("%s: %d bytes, %v", name, len(raw), err)
		}
	}
}
