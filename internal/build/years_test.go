package build_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
	"yusuan/internal/diag"
)

// withYearly are packs and one more, which says some things otherwise from 2026 on.
func withYearly(t *testing.T, packs fs.FS) fs.FS {
	t.Helper()
	out := fstest.MapFS{
		"yearly/pack.toml": {Data: []byte("[pack]\nid = \"yearly\"\nname = \"试\"\nversion = \"1\"\nyears = [2025, 2026]\ninherits = \"wuhan\"\n")},
		"yearly/2026.toml": {Data: []byte(`
[[patch]]
from = 2026
table = "1"
rename = { "表1　{{.Edition}}收支总表" = "表1　{{.Edition}}收入和支出总表" }
[[patch]]
from = 2026
table = "1"
row = "一、一般公共预算拨款收入"
set = { label = "1. 一般公共预算" }
`)},
	}
	err := fs.WalkDir(packs, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(packs, name)
		out[name] = &fstest.MapFile{Data: raw}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestPackOfTheYear: a document is as its pack has it for its year; what is published is read by the words of its year, and by those
// of the others, since an office may keep to the old ones.
func TestPackOfTheYear(t *testing.T) {
	s := shared(t)
	s.Packs = withYearly(t, s.Packs)
	for _, c := range []struct{ dir, prior, template, has, hasNot string }{
		{"data/2025/338", "", "yearly", "收支总表", "1. 一般公共预算"},
		{"data/2026/338", "data/2025/338", "yearly", "1. 一般公共预算", "收支总表"},
		{"data/2026/338", "data/2025/338", "wuhan", "收支总表", "1. 一般公共预算"},
	} {
		w, err := s.Check(build.Input{Data: edited(t, "data"), Dir: c.dir, PriorDir: c.prior, Template: c.template})
		if err != nil || w.Tree == nil || w.Diags.HasErrors() {
			t.Fatal(c.dir, err, w.Diags.Sorted())
		}
		table := tables(w.Tree)["1"]
		all := table.Caption.String
		for _, row := range cells(table) {
			all += "|" + strings.Join(row, "|")
		}
		if !strings.Contains(all, c.has) || strings.Contains(all, c.hasNot) {
			t.Errorf("%s by %s: table 1 has %s", c.dir, c.template, all)
		}
		x, err := s.Finished(build.FinishedInput{Name: "公开.docx", Document: onPaper(w.Tree), Template: "yearly"})
		if err != nil {
			t.Fatal(err)
		}
		if len(x.Missing) > 0 || x.Unknown > 0 || x.Doubtful > 0 {
			t.Errorf("%s by %s, read: %+v", c.dir, c.template, x.Summary)
		}
		for _, d := range x.Diags.Sorted() {
			if d.Level > diag.Note && strings.HasPrefix(d.Rule, "成文-") {
				t.Errorf("%s by %s, read: %s: %s %s %v", c.dir, c.template, d.At, d.Rule, d.Message, d.Notes)
			}
		}
	}
}
