package build_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"yusuan/internal/svg"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/layout"
	"yusuan/internal/typeset/page"
)

// onScreen is what a page for screens holds, read back.
type onScreen struct {
	texts []string       // in their order
	marks map[int]string // by their key: what they cover, one after the other
	kinds map[int]string // by their key: the attribute
	count map[string]int // of elements
}

func readScreen(t *testing.T, file []byte) onScreen {
	t.Helper()
	out := onScreen{marks: map[int]string{}, kinds: map[int]string{}, count: map[string]int{}}
	var open [][]int // the keys of each element that is open
	for d := xml.NewDecoder(bytes.NewReader(file)); ; {
		token, err := d.Token()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatalf("%v: %.300s", err, file)
		}
		switch x := token.(type) {
		case xml.StartElement:
			out.count[x.Name.Local]++
			var keys []int
			for _, a := range x.Attr {
				switch a.Name.Local {
				case "data-of", "data-at":
					k, err := strconv.Atoi(a.Value)
					if err != nil || out.kinds[k] != "" && out.kinds[k] != a.Name.Local {
						t.Fatal(a, err)
					}
					keys, out.kinds[k] = append(keys, k), a.Name.Local
				case "style", "class", "id", "href", "onclick":
					t.Fatalf("%s has %s", x.Name.Local, a.Name.Local)
				}
			}
			open = append(open, keys)
			if x.Name.Local == "text" {
				out.texts = append(out.texts, "")
			}
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			out.texts[len(out.texts)-1] += string(x)
			for _, keys := range open {
				for _, k := range keys {
					out.marks[k] += string(x)
				}
			}
		}
	}
}

// wantScreen is what must be on a page for screens: its texts, and what its marks cover, all pieces of a number with the first.
func wantScreen(pg *page.Page) (texts []string, marks map[int]string) {
	for _, upright := range []bool{false, true} {
		for i := range pg.Texts {
			if x := &pg.Texts[i]; x.Text != "" && (x.Upright && pg.Turned) == upright {
				texts = append(texts, x.Text)
			}
		}
	}
	marks = map[int]string{}
	for i, m := range pg.Marks {
		first := i
		if m.Of != 0 {
			first = slices.IndexFunc(pg.Marks, func(x page.Mark) bool { return x.Of == m.Of })
		}
		if s := pg.Texts[m.Text].Text[m.From:m.To]; s != "" {
			marks[first] += s
		}
	}
	return texts, marks
}

// TestScreens: the page for screens of every document says what the page says, with every rule and every drawing; each mark
// is there once with exactly its letters, and leads to what it is a mark of.
func TestScreens(t *testing.T) {
	s := shared(t)
	pages, marked, turned, broken := 0, 0, 0, 0
	for name, w := range everyEdition(t) {
		d, _ := layout.Lay(w.Tree, s.Fonts.Family, layout.WithMarks)
		for i := range d.Pages {
			pg := &d.Pages[i]
			file := svg.Page(pg, func(f *font.Face) string { return f.Name() })
			got := readScreen(t, file)
			texts, want := wantScreen(pg)
			if strings.Join(got.texts, "\n") != strings.Join(texts, "\n") {
				t.Errorf("%s: page %d says\n%q\nwant\n%q", name, i+1, got.texts, texts)
			}
			if got.count["rect"] != len(pg.Rules) || got.count["path"] != len(pg.Paths) {
				t.Errorf("%s: page %d has %v; %d rules and %d paths are wanted", name, i+1, got.count, len(pg.Rules), len(pg.Paths))
			}
			if len(got.marks) != len(want) {
				t.Errorf("%s: page %d has %d marks, want %d", name, i+1, len(got.marks), len(want))
			}
			for k, text := range want {
				if got.marks[k] != text || (got.kinds[k] == "data-of") != (pg.Marks[k].Of != 0) {
					t.Errorf("%s: page %d marks %q by %s %d, want %q", name, i+1, got.marks[k], got.kinds[k], k, text)
				}
			}
			pages, marked = pages+1, marked+len(want)
			if pg.Turned {
				turned++
			}
			if len(want) < len(pg.Marks) {
				broken++
			}
		}
	}
	if pages < 300 || marked < 10000 || turned < 20 || broken == 0 {
		t.Errorf("%d pages, %d turned, %d with numbers in pieces, %d marks", pages, turned, broken, marked)
	}
	t.Logf("%d pages, %d turned, %d with numbers in pieces, %d marks", pages, turned, broken, marked)
}

// TestScreensKeepTheirNames: a number that is new before a page does not change the page's bytes.
func TestScreensKeepTheirNames(t *testing.T) {
	s := shared(t)
	d, _ := layout.Lay(good(t, "data/2026/338").Tree, s.Fonts.Family, layout.WithMarks)
	name := func(f *font.Face) string { return f.Name() }
	for i := range d.Pages {
		pg := &d.Pages[i]
		before := svg.Page(pg, name)
		for k := range pg.Marks {
			if pg.Marks[k].Of != 0 {
				pg.Marks[k].Of += 7
			}
		}
		if after := svg.Page(pg, name); svg.Hash(after) != svg.Hash(before) {
			t.Errorf("page %d is another", i+1)
		}
	}
}

// BenchmarkScreens writes all pages of the sample, with what of them is which number.
func BenchmarkScreens(b *testing.B) {
	s := shared(b)
	d, _ := layout.Lay(good(b, "data/2026/338").Tree, s.Fonts.Family, layout.WithMarks)
	total, most := 0, 0
	for b.Loop() {
		total, most = 0, 0
		for i := range d.Pages {
			file := svg.Page(&d.Pages[i], (*font.Face).Name)
			total, most = total+len(file), max(most, len(file))
		}
	}
	n := len(d.Pages)
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/page")
	b.ReportMetric(float64(total)/float64(n), "bytes/page")
	b.ReportMetric(float64(most), "bytes/largest")
}
