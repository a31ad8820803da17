package check_test

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
	"yusuan/internal/diag"
)

// TestCopyOfAnyFile: a copy of any file of the sample that went on being typed in is one error, and nothing else is
// said: the budget is that without the copy.
func TestCopyOfAnyFile(t *testing.T) {
	const dir = "data/2026/338"
	shared := (&galleryCase{}).shared(t)
	files := fstest.MapFS{}
	if err := fs.WalkDir(os.DirFS("../../"+dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && path.Ext(name) == ".toml" {
			files["d/"+name] = &fstest.MapFile{Data: read(t, "../../"+dir+"/"+name)}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	check := func() []diag.Diagnostic {
		w, err := shared.Check(build.Input{Data: files, Dir: "d"})
		if err != nil {
			t.Fatal(err)
		}
		return w.Diags.Sorted()
	}
	was := map[string]bool{}
	for _, d := range check() {
		was[d.Rule+" "+d.Message] = true
	}
	number := regexp.MustCompile(`(?m)((?:amount|count|total|basic)\s*=\s*)(\d)`)
	tried := 0
	for _, name := range sortedNames(files) {
		copied := strings.TrimSuffix(name, ".toml") + " - 副本.toml"
		text := number.ReplaceAllString(string(files[name].Data), "${1}9$2") + "# 备份\n"
		tried++
		files[copied] = &fstest.MapFile{Data: []byte(text)}
		n := 0
		for _, d := range check() {
			switch {
			case d.Rule == "文件-017" && d.Level == diag.Error:
				n++
			case !was[d.Rule+" "+d.Message]:
				t.Errorf("%s: also %s %s", copied, d.Rule, d.Message)
			}
		}
		delete(files, copied)
		if n != 1 {
			t.Errorf("%s: %d findings of a copy", copied, n)
		}
	}
	if tried < 8 {
		t.Errorf("only %d files", tried)
	}
}

func sortedNames(files fstest.MapFS) []string {
	names, _ := fs.Glob(files, "d/*.toml")
	more, _ := fs.Glob(files, "d/*/*.toml")
	return append(names, more...)
}
