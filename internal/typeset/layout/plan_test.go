package layout

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
)

// marked is a paragraph of so many Han characters with a comma after every tenth, which gives lines something to yield.
func marked(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteRune('文')
		if i%10 == 9 {
			b.WriteRune('，')
		}
	}
	return b.String()
}

// flush is a paragraph without indent.
func flush(s string) *doc.Paragraph {
	return &doc.Paragraph{Style: "顶格", Spans: []doc.Span{{Text: text(s)}}}
}

// full lays blocks out on upright pages that are to be full.
func full(blocks ...doc.Block) (*page.Document, diag.List) {
	s := sheet()
	p := s.Pages["直"]
	p.Fill = true
	s.Pages["直"] = p
	return Lay(&doc.Document{Styles: s, Sections: []doc.Section{{Page: "直", Blocks: blocks}}}, fixed)
}

func repeated(n int, b doc.Block) []doc.Block {
	out := make([]doc.Block, n)
	for i := range out {
		out[i] = b
	}
	return out
}

// TestFoot wants at most one blank line at the foot of a page, where a paragraph can be set a line longer or shorter and its
// lines stay even; and more before a heading.
func TestFoot(t *testing.T) {
	three := flush(strings.Repeat("字", 70)) // neither longer nor shorter without gaps
	for _, c := range []struct {
		name   string
		blocks []doc.Block
		want   string
	}{
		{"stiff text", append(append(repeated(20, para("字")), three), repeated(5, para("字"))...), "[20 8]"},
		// A line shorter, and the three lines go on the page.
		{"shorter", append(append(append(repeated(17, para("字")), flush(marked(53))), three), repeated(5, para("字"))...), "[22 5]"},
		// A line longer: one blank line is left.
		{"longer", append(append(append(repeated(18, para("字")), flush(marked(52))), three), repeated(5, para("字"))...), "[21 8]"},
		{"heading", append(append(repeated(20, para("字")), &doc.Heading{Text: text("题"), Style: "标题", Level: 2}, three), repeated(5, para("字"))...), "[20 9]"},
	} {
		out, _ := full(c.blocks...)
		if got := fmt.Sprint(linesOn(out)); got != c.want {
			t.Errorf("%s: pages of %s lines, want %s", c.name, got, c.want)
		}
		checkArea(t, c.name, out)
	}
}

// checkArea wants all lines of running text within the type area.
func checkArea(t *testing.T, name string, out *page.Document) {
	t.Helper()
	for i := range out.Pages {
		for k := range out.Pages[i].Texts {
			if x := &out.Pages[i].Texts[k]; x.X+textBox(x).W > 595276-73701 || x.Y > 841890-99213 && x.Elem != page.ArtifactFooter {
				t.Errorf("%s: page %d: %q leaves the area", name, i, x.Text)
			}
		}
	}
}

// TestTail wants a last page of up to three lines pulled back where paragraphs before it can do with a line less, and no
// page of two lines at all.
func TestTail(t *testing.T) {
	short := flush(marked(53)) // three lines, or two
	one22 := repeated(22, para("字"))
	for _, c := range []struct {
		name   string
		blocks []doc.Block
		want   string
	}{
		{"one line", append(append(repeated(19, para("字")), short), para("字")), "[22]"},
		{"two lines", append(append(repeated(16, para("字")), short, short), repeated(2, para("字"))...), "[22]"},
		{"three lines", append(append(repeated(13, para("字")), short, short, short), repeated(3, para("字"))...), "[22]"},
		{"by pages before", slices.Concat(repeated(5, para("字")), []doc.Block{short}, repeated(14+3*22, para("字")), repeated(1, para("字"))), "[22 22 22 22]"},
		{"three of which two can go", append(append(repeated(16, para("字")), short, short), repeated(3, para("字"))...), "[22 3]"},
		{"four lines", append(append(repeated(13, para("字")), short, short, short), repeated(4, para("字"))...), "[22 4]"},
		{"two lines and nothing to shorten", append(one22, flush(strings.Repeat("字", 40))), "[21 3]"},
		{"longer", append(append(repeated(8, para("字")), flush(marked(52))), repeated(14, para("字"))...), "[22 3]"},
		{"before a table", append(append(append([]doc.Block{}, one22...), repeated(2, para("字"))...), budgetTable(3)), "[22 10]"},
	} {
		out, _ := full(c.blocks...)
		if got := fmt.Sprint(linesOn(out)); got != c.want {
			t.Errorf("%s: pages of %s lines, want %s", c.name, got, c.want)
		}
		checkArea(t, c.name, out)
	}
}

// TestNoPageOfTwoLines holds pages of running text of any kind to three lines, and each text to its words.
func TestNoPageOfTwoLines(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 3))
		var blocks []doc.Block
		want := ""
		for range 8 + r.IntN(30) {
			s := han(r, 1+r.IntN(160))
			if r.IntN(6) == 0 {
				blocks = append(blocks, &doc.Heading{Text: text(s[:3]), Style: "标题", Level: 2})
				s = s[:3]
			} else {
				blocks = append(blocks, para(s))
			}
			want += s
		}
		blocks, want = append(blocks, para("完")), want+"完"
		out, _ := full(blocks...)
		if got := said(out); got != want {
			t.Errorf("seed %d: text changed", seed)
		}
		for i, n := range linesOn(out) {
			if n <= 2 {
				t.Errorf("seed %d: %d lines on page %d of %d", seed, n, i, len(out.Pages))
			}
		}
		checkArea(t, fmt.Sprint("seed ", seed), out)
	}
}
