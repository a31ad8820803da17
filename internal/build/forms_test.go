package build_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/doc"
	"yusuan/internal/schedule"
)

// TestFormOf: the end of a name decides, the longest one that fits, in capitals too; every form is found by its own end.
func TestFormOf(t *testing.T) {
	for _, f := range build.Forms() {
		for _, name := range []string{"a" + f.Ext(), "部门/a.b" + strings.ToUpper(f.Ext()), `C:\公开\a` + f.Ext()} {
			if got, err := build.FormOf(name); err != nil || got != f {
				t.Errorf("FormOf(%q) = %q, %v, want %q", name, got, err, f)
			}
		}
		if f.Title() == "" || slices.Contains(build.Forms(), build.Form(f.Title())) {
			t.Errorf("%s is called %q", f, f.Title())
		}
	}
	for _, name := range []string{"", "pdf", "公开", "a.pdf.txt", "a.docx", ".pdf/a", "a正文html"} {
		got, err := build.FormOf(name)
		if err == nil {
			t.Errorf("FormOf(%q) = %q, want an error", name, got)
			continue
		}
		for _, f := range build.Forms() {
			if !strings.Contains(err.Error(), f.Ext()) {
				t.Errorf("FormOf(%q): %v does not list %s", name, err, f.Ext())
			}
		}
	}
}

// TestNameOf: every number of the sample but those of numbers that an author wrote has a name, which answers with that very
// number.
func TestNameOf(t *testing.T) {
	w, err := shared(t).Check(build.Input{Data: os.DirFS("../.."), Dir: "data/2026/338", PriorDir: "data/2025/338"})
	if err != nil {
		t.Fatal(err)
	}
	var all []int32
	for _, m := range w.Tree.Marks {
		all = append(all, m.Of)
	}
	for i := range int32(1000) { // the first cells of the tables of the pack
		all = append(all, schedule.FirstCell+i)
	}
	keys, addresses := 0, 0
	for _, of := range all {
		x, ok := w.Numbers.At(of)
		if !ok {
			continue
		}
		name := w.NameOf(of)
		switch {
		case x.Address == "" && name == "":
			continue
		case name == "":
			t.Errorf("mark %d has no name: %+v", of, x)
		case x.Key != "" && name != x.Key || x.Key == "" && name != x.Address:
			t.Errorf("mark %d is called %q, want the key %q or the address %q", of, name, x.Key, x.Address)
		}
		if x.Key != "" {
			keys++
		} else {
			addresses++
		}
	}
	if keys < 100 || addresses < 50 {
		t.Errorf("%d numbers of the sample are called by keys, %d by addresses", keys, addresses)
	}
	if name := w.NameOf(doc.Mark{}.Of); name != "" {
		t.Errorf("what is no number is called %q", name)
	}
}
