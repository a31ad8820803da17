package build_test

import (
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/memfs"
	"yusuan/internal/renew"
	"yusuan/internal/source"
)

// TestReadFolderRolledForward: of a folder that was read from a document, next year's asks to look only at what is there: no mark and no
// place of the document stands at an amount that is to be filled in, or at a day that went a year on; words keep both, and say of which
// year the document is. A person's remark stays wherever it stands.
func TestReadFolderRolledForward(t *testing.T) {
	s := shared(t)
	for dir, want := range map[string]int{"data/2026/338": 11, "testdata/departments/2025/010": 23, "testdata/departments/2026/501": 3} {
		w, err := s.Check(build.Input{Data: os.DirFS("../.."), Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		typed := asPublished(w)
		paper, err := s.Check(build.Input{Data: typed, Dir: "d"})
		if err != nil {
			t.Fatal(dir, err)
		}
		x, err := s.Regain(paper, "去年.pdf", func(at diag.Range) string { return fmt.Sprintf("第9页 表5 第%d行", at.Start.Line) })
		if err != nil {
			t.Fatal(dir, err)
		}
		files, places := map[string][]byte{}, 0
		for _, f := range x.Files {
			places += strings.Count(string(f.Data), "原件第9页")
			files[path.Join("d", f.Path)] = f.Data
			if f.Path == "basic.toml" { // a remark of a person at a value that goes
				files[path.Join("d", f.Path)] = []byte(strings.Replace(string(f.Data), "　原件", "　看合同　原件", 1))
			}
		}
		read, err := s.Check(build.Input{Data: memfs.Tree(files), Dir: "d"})
		if err != nil {
			t.Fatal(dir, err)
		}
		marks, kept, person := 0, 0, false
		for _, f := range renew.Roll(&renew.Last{Dir: "d", Files: read.Files, Budget: read.Budget, Pack: read.Pack, Prior: read.AsPrior()}, false) {
			parsed, diags := source.Parse(f.Path, f.Data)
			if diags.HasErrors() {
				t.Fatal(dir, f.Path, diags)
			}
			for _, m := range parsed.ReviewMarks() {
				if !m.Whole { // the head of the file
					marks++
					marked(t, dir+"/"+f.Path, parsed, m)
				}
			}
			for i, line := range strings.Split(string(f.Data), "\n") {
				kept += strings.Count(line, "年原件第9页")
				person = person || strings.HasSuffix(line, "　看合同")
				if strings.Contains(line, `"请填"`) && strings.Contains(line, "原件") || strings.Contains(line, "第9页") && !strings.Contains(line, "年原件第9页") {
					t.Errorf("%s/%s:%d tells where last year's value was: %s", dir, f.Path, i+1, line)
				}
			}
		}
		if marks != want || kept == 0 || kept >= places || !person {
			t.Errorf("%s: %d marks, not %d; %d of %d places stay; a person's remark stays: %v", dir, marks, want, kept, places, person)
		}
	}
}

// marked holds a mark against what it is of: on its line, or on the one below, there is a value, and not one to be filled in alone.
func marked(t *testing.T, name string, f *source.File, m source.ReviewMark) {
	t.Helper()
	lines := strings.Split(string(f.Source), "\n")
	of := lines[m.Line-1]
	if m.Alone {
		if m.Line == len(lines) {
			t.Errorf("%s:%d is a mark of nothing", name, m.Line)
			return
		}
		of = lines[m.Line]
	}
	value, _, _ := strings.Cut(of, "#")
	_, value, _ = strings.Cut(strings.TrimSpace(value), "=")
	if value = strings.TrimSpace(value); value == "" || slices.Contains([]string{`"请填"`, `""`}, value) {
		t.Errorf("%s:%d is a mark of no value: %s", name, m.Line, of)
	}
}
