package build_test

import (
	"io/fs"
	"os"
	"reflect"
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/doc"
	"yusuan/internal/schedule"
	"yusuan/internal/typeset/layout"
	"yusuan/internal/typeset/page"
)

// stretch is what the marks of one number, or of words of the author's, cover on a page.
type stretch struct {
	of     int32
	text   string
	origin string
}

// stretches joins the marks of a page that go on where the one before ended: a text may be set in several runs.
func stretches(pg *page.Page) (out []stretch) {
	var last page.Mark
	for _, m := range pg.Marks {
		s := pg.Texts[m.Text].Text[m.From:m.To]
		if n := len(out) - 1; n >= 0 && m.Of > 0 && m.Of == last.Of && m.At == last.At+last.To-last.From {
			out[n].text += s
		} else {
			x := stretch{of: m.Of, text: s}
			if m.Origin != nil {
				x.origin = m.Origin.File
			}
			out = append(out, x)
		}
		last = m
	}
	return out
}

// numbersOf is how many numbers the texts of a document have that are printed.
func numbersOf(d *doc.Document) (n int) {
	for i := range d.Sections {
		for _, b := range d.Sections[i].Blocks {
			if x, ok := b.(*doc.Table); ok && x.Of > 0 {
				for _, text := range body(x) {
					if text != "" {
						n++
					}
				}
			}
		}
	}
	doc.Walk(d, func(t doc.Text, _ string) { n += len(doc.MarksOf(d.Marks, t.Marks)) })
	return n
}

// TestMarksOfPages: pages with marks are the pages without them; each number stands once, its stretch of text is what its
// value prints; words of the author's lead to the file that they stand in.
func TestMarksOfPages(t *testing.T) {
	s, root := shared(t), os.DirFS("../..")
	inputs := map[string]build.Input{"sample": {Data: root, Dir: "data/2026/338", PriorDir: "data/2025/338"}}
	for _, dir := range []string{"testdata/departments/2018/101", "testdata/departments/2025/010", "testdata/departments/2026/415", "testdata/departments/2026/501"} {
		inputs[dir] = build.Input{Data: root, Dir: dir}
	}
	inputs["unit"] = build.Input{Data: root, Dir: "testdata/departments/2025/010", Edition: "unit:010001"}
	inputs["central"] = build.Input{Data: root, Dir: "data/2026/338", PriorDir: "data/2025/338", Template: "central-department"}
	packs := map[string]bool{}
	for name, in := range inputs {
		w, err := s.Check(in)
		if err != nil || w.Tree == nil {
			t.Fatal(name, err)
		}
		packs[w.Pack.ID] = true
		plain, _ := layout.Lay(w.Tree, s.Fonts.Family)
		marked, _ := layout.Lay(w.Tree, s.Fonts.Family, layout.WithMarks)
		own, printed := 0, map[int32]string{} // by number: a text of the author's may go on over the page
		for i := range marked.Pages {
			pg := &marked.Pages[i]
			for _, x := range stretches(pg) {
				if x.of == 0 {
					own++
					text, err := fs.ReadFile(root, x.origin)
					if strings.HasSuffix(x.origin, "/procurement.toml") { // rows that are called by codes and classes
						continue
					}
					if words := strings.TrimSpace(x.text); err != nil || !strings.Contains(string(text), words) && len([]rune(words)) < 8 {
						t.Errorf("%s: %q is not in %s (%v)", name, x.text, x.origin, err)
					}
					continue
				}
				a, ok := w.Numbers.At(x.of)
				if ok && a.Value.Kind == schedule.ValueWritten {
					own++
				}
				printed[x.of] += x.text
				if !ok || !strings.HasPrefix(a.Value.Printed, printed[x.of]) {
					t.Errorf("%s: page %d prints %q, its mark says %q (%v)", name, i+1, x.text, a.Value.Printed, ok)
				}
			}
			if plain.Pages[i].Marks != nil {
				t.Fatal(name, "marks that nobody asked for")
			}
			pg.Marks = nil
		}
		if !reflect.DeepEqual(plain, marked) {
			t.Errorf("%s: the pages differ with marks", name)
		}
		for of, text := range printed {
			if a, _ := w.Numbers.At(of); a.Value.Printed != text {
				t.Errorf("%s: %q is printed of %q", name, text, a.Value.Printed)
			}
		}
		if want := numbersOf(w.Tree); len(printed) != want || own < 20 {
			t.Errorf("%s: %d numbers on the pages, %d in the tree; %d pieces of the author's words", name, len(printed), want, own)
		}
	}
	if len(packs) < 5 {
		t.Error(packs)
	}
}
