package verify_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/pdfread"
	"yusuan/internal/typeset/page"
	"yusuan/internal/verify"
)

const earlierFiles = "../../testdata/earlier/*/*.pdf"

// TestEarlierVersions: what was published by an earlier version verifies with this one, as the same or as made by an earlier
// version with all words and numbers the same.
func TestEarlierVersions(t *testing.T) {
	files, err := filepath.Glob(earlierFiles)
	if err != nil || len(files) < 6 {
		t.Fatal(files, err)
	}
	s := shared(t, "yusuan 99.0.0")
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r := report(t, s, raw)
		for i := range r.Packs {
			if d := &r.Packs[i]; d.Posing() {
				t.Errorf("%s: the pack %s has been changed since, and its version is still %s: raise it", file, d.ID, d.Version)
			}
		}
		if !r.Good() || len(r.Findings) > 0 {
			t.Errorf("%s: %v, pages %v", file, r.Findings, r.Pages)
		} else if want := "yusuan " + filepath.Base(filepath.Dir(file)); r.Manifest.Program != want {
			t.Errorf("%s was made by %s, want %s", file, r.Manifest.Program, want)
		}
	}
}

// TestEarlierLayouts: what carries its tables as earlier layouts had them is made again so, to the byte.
func TestEarlierLayouts(t *testing.T) {
	for layout, name := range map[string]string{"yusuan-archive-1": "tables-3.csv", "yusuan-archive-2": "tables-3.csv", "": "tables-table-03.csv"} {
		s := shared(t, "yusuan 99.0.0")
		s.Layout = layout
		raw := makeFile(t, s, input(sample), func(d *page.Document) { file(t, d, name) })
		if r := report(t, shared(t, "yusuan 99.0.0"), raw); !r.Identical() {
			t.Errorf("layout %q: %v", layout, r.Findings)
		}
	}
}

// TestEarlierIsNoExcuse: a file that is not what an earlier version wrote is not good for its age: changed data, another
// digit on a page, an appended update, and a version that is none.
func TestEarlierIsNoExcuse(t *testing.T) {
	files, err := filepath.Glob(earlierFiles)
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	raw, err := os.ReadFile(files[len(files)-1])
	if err != nil {
		t.Fatal(err)
	}
	for _, program := range []string{"yusuan x", "other 9.0.0"} {
		if r := report(t, shared(t, program), raw); r.Good() {
			t.Errorf("verified by %s as of an earlier version", program)
		}
	}
	if r := report(t, shared(t, "yusuan 0.0.9"), raw); !r.Good() || !r.Later || r.Earlier || r.Identical() {
		t.Errorf("a version that is later by its name alone: %v, %+v", r.Findings, r.Pages)
	}
	s := shared(t, "yusuan 99.0.0")
	if r := report(t, s, update(t, raw, 9999, "null")); r.Good() {
		t.Error("an appended update is taken for age")
	}
	for i := len(raw) / 7; i < len(raw); i += len(raw) / 7 {
		bad := bytes.Clone(raw)
		bad[i] ^= 1
		if _, err := pdfread.Open(bad); err != nil {
			continue
		}
		if r, err := verify.File(s, bad); err == nil && r.Good() && !sameContent(t, raw, bad) {
			t.Errorf("byte %d changed, and the file is good", i)
		}
	}
}

// sameContent reports whether two files have the same pages and attachments, so that the byte that differs says nothing.
func sameContent(t *testing.T, a, b []byte) bool {
	t.Helper()
	x, errX := pdfread.Open(a)
	y, errY := pdfread.Open(b)
	if errX != nil || errY != nil {
		return false
	}
	p, errX := x.Pages()
	q, errY := y.Pages()
	if errX != nil || errY != nil || len(p) != len(q) {
		return false
	}
	for i := range p {
		if !bytes.Equal(p[i].Content, q[i].Content) {
			return false
		}
	}
	return true
}

// TestEarlierMovesOnly: of a file that gives itself out for an earlier version's, things may stand a little elsewhere, and
// no more: nothing swapped, crossed out, shrunk, covered or drawn by other glyphs.
func TestEarlierMovesOnly(t *testing.T) {
	earlier, s := shared(t, "yusuan 0.0.1"), shared(t, "yusuan 99.0.0")
	in := input("testdata/departments/2026/415")
	number := func(d *page.Document) (*page.Page, *page.Text, *page.Text) { // two amounts on a page, one below the other
		for i := range d.Pages {
			var first *page.Text
			for k := range d.Pages[i].Texts {
				x := &d.Pages[i].Texts[k]
				if !strings.Contains(x.Text, ".") || strings.Trim(x.Text, "0123456789,.") != "" {
					continue
				}
				if first == nil {
					first = x
				} else if first.Text != x.Text && first.Y < x.Y {
					return &d.Pages[i], first, x
				}
			}
		}
		t.Fatal("no two amounts on a page")
		return nil, nil, nil
	}
	drawn := func(d *page.Document) *page.Page {
		return &d.Pages[slices.IndexFunc(d.Pages, func(p page.Page) bool { return len(p.Paths) > 0 })]
	}
	for name, c := range map[string]struct {
		change func(*page.Document)
		good   bool
	}{
		"nothing":        {func(*page.Document) {}, true},
		"a little moved": {func(d *page.Document) { _, a, _ := number(d); a.X += 300 }, true},
		"two swapped":    {func(d *page.Document) { _, a, b := number(d); a.X, a.Y, b.X, b.Y = b.X, b.Y, a.X, a.Y }, false},
		"another digit":  {func(d *page.Document) { _, a, b := number(d); a.Text, a.Advances = b.Text, b.Advances }, false},
		"off the sheet":  {func(d *page.Document) { p, _, b := number(d); b.X = p.Width + 1 }, false},
		"hardly visible": {func(d *page.Document) { _, a, _ := number(d); a.Size = 10 }, false},
		"crossed out": {func(d *page.Document) {
			p, a, _ := number(d)
			p.Rules = append(p.Rules, page.Rule{X: a.X, Y: a.Y - a.Size/3, W: a.Size * 3, H: 500})
		}, false},
		"covered": {func(d *page.Document) {
			p, a, _ := number(d)
			p.Rules = append(p.Rules, page.Rule{X: a.X, Y: a.Y + 1000, W: a.Size, H: a.Size})
		}, false},
		"a line wider":    {func(d *page.Document) { drawn(d).Paths[1].Segments[0].To.X += 100 }, true},
		"a bar longer":    {func(d *page.Document) { drawn(d).Paths[1].Segments[0].To.X += 700 }, false},
		"a drawing moved": {func(d *page.Document) { drawn(d).Paths[1].Segments[0].To.X += 3000 }, false},
	} {
		if r := report(t, s, makeFile(t, earlier, in, c.change)); r.Good() != c.good || c.good != r.Earlier || r.Later {
			t.Errorf("%s: good %t, earlier %t, %v, pages %+v", name, r.Good(), r.Earlier, r.Findings, r.Pages)
		}
		if r := report(t, earlier, makeFile(t, s, in, c.change)); r.Good() != c.good || c.good != r.Later || r.Earlier {
			t.Errorf("%s, by a later version: good %t, later %t, %v, pages %+v", name, r.Good(), r.Later, r.Findings, r.Pages)
		}
	}
}
