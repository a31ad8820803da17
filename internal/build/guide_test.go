package build_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
)

// TestSmallestPack makes what the guide begins with: the pack of thirty lines, and with a sentence added.
func TestSmallestPack(t *testing.T) {
	if n := strings.Count(pack.SmallestPack, "\n"); n > 30 {
		t.Errorf("the smallest pack has %d lines", n)
	}
	guide := pack.Guide(schedule.Sources())
	_, added, ok := strings.Cut(guide, "加一段文字：在 mini/prose/note.tmpl 里写一行 `")
	note, rest, ok2 := strings.Cut(added, "`")
	_, rest, ok3 := strings.Cut(rest, "\n\n")
	toml, _, ok4 := strings.Cut(rest, "\n\n各 .toml")
	if !ok || !ok2 || !ok3 || !ok4 {
		t.Fatal("the guide adds no sentence")
	}
	for _, files := range []fstest.MapFS{
		{"mini/pack.toml": {Data: []byte(pack.SmallestPack)}},
		{"mini/pack.toml": {Data: []byte(pack.SmallestPack + "\n" + toml)}, "mini/prose/note.tmpl": {Data: []byte(note)}},
	} {
		s := &build.Shared{Fonts: shared(t).Fonts, Packs: files, Catalogue: shared(t).Catalogue}
		w, err := s.Gallery("mini")
		if err != nil {
			t.Fatal(err)
		}
		if len(w.Diags.Sorted()) > 0 {
			t.Fatal(w.Diags.Sorted())
		}
		if pages := w.Typeset(); len(pages.Pages) != len(files) || len(w.Diags.Sorted()) > 0 {
			t.Errorf("%d pages, %v", len(pages.Pages), w.Diags.Sorted())
		}
		for _, row := range cells(tables(w.Tree)["1"]) {
			if row[0] == "201" && (row[1] != "一般公共服务支出" || row[2] == "" || row[3] != "100.00") {
				t.Errorf("%v", row)
			}
		}
	}
	s := &build.Shared{Fonts: shared(t).Fonts, Packs: fstest.MapFS{"mini/pack.toml": {Data: []byte(pack.SmallestPack)}}, Catalogue: shared(t).Catalogue}
	w, err := s.Check(build.Input{Data: edited(t, sample), Dir: sample, Template: "mini"})
	if err != nil || w.Tree == nil {
		t.Fatal(err)
	}
	for _, d := range w.Diags.Sorted() { // the sample's texts, forms and figures are those of another pack, which is not at hand here
		if d.Level == diag.Error && d.Rule != "文字-001" && d.Rule != "上年-001" && d.Rule != "绩效-001" {
			t.Errorf("%s: %s %s", d.At, d.Rule, d.Message)
		}
	}
	if row := cells(tables(w.Tree)["1"])[0]; strings.Join(row, " ") != " 合计 4,671.85 3,140.86" {
		t.Errorf("the sample's total prints %q", row)
	}
}

// TestPackThatPrintsNothing: a pack without a part, or with none that is printed, is told and no empty file is made. Its
// gallery shows what it has.
func TestPackThatPrintsNothing(t *testing.T) {
	bare, _, _ := strings.Cut(pack.SmallestPack, "[[part]]")
	bare += "\n[[chart]]\nid = \"1\"\nkind = \"bars\"\ntitle = \"图\"\nitem = [ { query = \"side=支出\", label = \"支出\" } ]\n"
	for _, text := range []string{bare, strings.Replace(pack.SmallestPack, "[[part]]", "[[part]]\noptional = \"附页\"\n", 1)} {
		s := &build.Shared{Fonts: shared(t).Fonts, Packs: fstest.MapFS{"mini/pack.toml": {Data: []byte(text)}}, Catalogue: shared(t).Catalogue}
		w, err := s.Check(build.Input{Data: edited(t, sample), Dir: sample, Template: "mini"})
		if err != nil {
			t.Fatal(err)
		}
		g, err := s.Gallery("mini")
		if err != nil {
			t.Fatal(err)
		}
		nothing := func(d diag.Diagnostic) bool { return d.Rule == "模板-006" && d.At.Start.Line > 0 }
		if !slices.ContainsFunc(w.Diags.Sorted(), nothing) || slices.ContainsFunc(g.Diags.Sorted(), nothing) {
			t.Errorf("%v; of the gallery %v", w.Diags.Sorted(), g.Diags.Sorted())
		}
	}
}

// TestHostileTemplates: a template that runs on, or is so long that its parser would fill the stack, is told of. What it
// wrote is not set.
func TestHostileTemplates(t *testing.T) {
	part := "\n[[part]]\npage = \"竖页\"\nblock = [ { prose = \"note\" } ]\n"
	for text, want := range map[string]string{
		"{{range 1000000000}}一二三四五六七八九十{{end}}":                                    "模板-011",
		strings.Repeat("{{if 1}}", 1<<16) + "一" + strings.Repeat("{{end}}", 1<<16): "模板-002",
		strings.Repeat("{{if 1}}", 1<<20) + "一" + strings.Repeat("{{end}}", 1<<20): "文件-019",
	} {
		files := fstest.MapFS{"mini/pack.toml": {Data: []byte(pack.SmallestPack + part)}, "mini/prose/note.tmpl": {Data: []byte(text)}}
		s := &build.Shared{Fonts: shared(t).Fonts, Packs: files, Catalogue: shared(t).Catalogue}
		w, err := s.Gallery("mini")
		if err != nil {
			t.Fatal(err)
		}
		if list := w.Diags.Sorted(); len(list) != 1 || list[0].Rule != want || list[0].At.File != "mini/prose/note.tmpl" {
			t.Errorf("%v, want %s", list, want)
		}
		if w.Tree != nil && len(w.Tree.Sections) != 1 {
			t.Errorf("%d sections", len(w.Tree.Sections))
		}
	}
}
