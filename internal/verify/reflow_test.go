package verify_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
	"yusuan/internal/verify"
)

var amount = regexp.MustCompile(`^[0-9,]+\.[0-9]{2}$`)

// amounts are three amounts of a page that all differ: two of a row, and one of another row below the first.
func amounts(t *testing.T, d *page.Document) (p *page.Page, first, right, below int) {
	t.Helper()
	for i := range d.Pages {
		p = &d.Pages[i]
		for a := range p.Texts {
			right, below = -1, -1
			for b := a + 1; b < len(p.Texts); b++ {
				x, y := &p.Texts[a], &p.Texts[b]
				switch {
				case !amount.MatchString(x.Text) || !amount.MatchString(y.Text) || x.Text == y.Text:
				case x.Y == y.Y && right < 0:
					right = b
				case right >= 0 && y.Y > x.Y && y.X < p.Texts[right].X && y.Text != p.Texts[right].Text && below < 0:
					below = b
				}
			}
			if right >= 0 && below >= 0 {
				return p, a, right, below
			}
		}
	}
	t.Fatal("no page has three such amounts")
	return nil, 0, 0, 0
}

// drawn is a text of a drawing, not its first.
func drawn(t *testing.T, d *page.Document) *page.Text {
	t.Helper()
	for i := range d.Pages {
		n := 0
		for k := range d.Pages[i].Texts {
			if x := &d.Pages[i].Texts[k]; x.Elem >= 0 && d.Elems[x.Elem].Kind == page.KindFigure {
				if n++; n > 1 {
					return x
				}
			}
		}
	}
	t.Fatal("no drawing has two texts")
	return nil
}

func swap(p *page.Page, a, b int) {
	x, y := &p.Texts[a], &p.Texts[b]
	x.X, x.Y, y.X, y.Y = y.X, y.Y, x.X, x.Y
}

// beside adds a text that belongs to nothing, at a distance from a text of the page.
func beside(p *page.Page, at int, text string, dx, dy unit.Length) {
	x := p.Texts[at]
	x.Text, x.Elem = text, page.ArtifactLayout
	x.Advances = slices.Repeat([]unit.Length{x.Size / 2}, len([]rune(text)))
	x.X, x.Y = x.X+dx, x.Y+dy
	p.Texts = append(p.Texts, x)
}

// again shows a cell of words once more, at a distance from a text, as labels are shown on pages where their rows go on.
func again(t *testing.T, p *page.Page, at int, dx unit.Length) {
	t.Helper()
	pieces := map[page.ElemID]int{}
	for i := range p.Texts {
		pieces[p.Texts[i].Elem]++
	}
	k := slices.IndexFunc(p.Texts, func(x page.Text) bool { return x.Elem >= 0 && pieces[x.Elem] == 1 && x.Text >= "一" })
	if k < 0 {
		t.Fatal("the page has no cell of words")
	}
	x := p.Texts[k]
	x.Elem, x.X, x.Y = page.ArtifactLayout, p.Texts[at].X+dx, p.Texts[at].Y
	for _, w := range x.Advances {
		if dx < 0 {
			x.X -= w
		}
	}
	p.Texts = append(p.Texts, x)
}

// TestReflowIsNoExcuse: a document whose lines and pages end elsewhere says the same all the same, and one that says anything
// else is not taken for it.
func TestReflowIsNoExcuse(t *testing.T) {
	s, in := shared(t, "yusuan 1.0.0"), input("testdata/departments/2026/415")
	plain := makeFile(t, s, in, nil)
	raw, err := os.ReadFile("../../fonts/LiberationSerif-Bold.ttf")
	if err != nil {
		t.Fatal(err)
	}
	forged, err := font.Parse("NotoSansSC-Medium", raw)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(*page.Document)
		good   bool
	}{
		"nothing": {func(*page.Document) {}, true},
		"a paragraph lower by a line": {func(d *page.Document) {
			p := &d.Pages[slices.IndexFunc(d.Pages, func(p page.Page) bool {
				return strings.Contains(words(&p), "名词解释") && len(p.Rules) == 0 && len(p.Links) == 0
			})]
			last := p.Texts[len(p.Texts)-2].Elem
			for i := range p.Texts {
				if p.Texts[i].Elem == last {
					p.Texts[i].Y += 20000
				}
			}
		}, true},
		"smaller as a whole": {func(d *page.Document) {
			p, a, _, _ := amounts(t, d)
			x := &p.Texts[a]
			x.Size = x.Size * 9 / 10
			for i := range x.Advances {
				x.Advances[i] = x.Advances[i] * 9 / 10
			}
		}, true},
		"in another face of the program": {func(d *page.Document) {
			p, a, _, _ := amounts(t, d)
			p.Texts[a].Face, _ = s.Fonts.Face("NotoSansSC-Medium")
		}, true},
		"in a face that only has a name of the program's": {func(d *page.Document) {
			p, a, _, _ := amounts(t, d)
			p.Texts[a].Face = forged
		}, false},
		"two of a row swapped":      {func(d *page.Document) { p, a, b, _ := amounts(t, d); swap(p, a, b) }, false},
		"two of a column swapped":   {func(d *page.Document) { p, a, _, c := amounts(t, d); swap(p, a, c) }, false},
		"two of a diagonal swapped": {func(d *page.Document) { p, _, b, c := amounts(t, d); swap(p, b, c) }, false},
		"another digit":             {func(d *page.Document) { p, a, _, _ := amounts(t, d); p.Texts[a].Text = "9" + p.Texts[a].Text[1:] }, false},
		"a digit too many": {func(d *page.Document) {
			p, a, _, _ := amounts(t, d)
			beside(p, a, "9", -p.Texts[a].Size/2, 0)
		}, false},
		"a known word over an amount": {func(d *page.Document) { p, a, _, _ := amounts(t, d); again(t, p, a, 0) }, false},
		"a known word up to an amount": {func(d *page.Document) {
			p, a, _, _ := amounts(t, d)
			again(t, p, a, -1) // ends where the amount begins
		}, false},
		"two lines of a paragraph swapped": {func(d *page.Document) {
			for i := range d.Pages {
				p := &d.Pages[i]
				for k := 1; k < len(p.Texts); k++ {
					if x, y := &p.Texts[k-1], &p.Texts[k]; len(p.Rules) == 0 && len(p.Links) == 0 && x.Elem == y.Elem && x.Elem >= 0 && x.Y < y.Y && x.Text >= "一" && y.Text >= "一" {
						x.Y, y.Y = y.Y, x.Y
						return
					}
				}
			}
		}, false},
		"a page number behind a short line": {func(d *page.Document) {
			for i := range d.Pages {
				p := &d.Pages[i]
				foot := slices.IndexFunc(p.Texts, func(x page.Text) bool { return x.Elem == page.ArtifactFooter })
				short := slices.IndexFunc(p.Texts, func(x page.Text) bool {
					return x.Elem >= 0 && x.X < p.Width/3 && len(x.Advances) < 5 && x.Text >= "一"
				})
				if foot < 0 || short < 0 || len(p.Rules) > 0 || len(p.Links) > 0 || slices.ContainsFunc(p.Texts, func(x page.Text) bool {
					return x.Y == p.Texts[short].Y && x.X > p.Width/2
				}) {
					continue
				}
				by, down := p.Width*2/3-p.Texts[foot].X, p.Texts[short].Y-p.Texts[foot].Y
				for k := range p.Texts {
					if x := &p.Texts[k]; x.Elem == page.ArtifactFooter {
						x.X, x.Y = x.X+by, x.Y+down
					}
				}
				return
			}
			t.Fatal("no page has a short line")
		}, false},
		"a page number before an amount": {func(d *page.Document) {
			p, a, _, _ := amounts(t, d)
			for i := range p.Texts {
				if p.Texts[i].Elem == page.ArtifactFooter {
					p.Texts[i].X, p.Texts[i].Y = p.Texts[a].X-p.Texts[a].Size*3, p.Texts[a].Y
				}
			}
		}, false},
		"an amount that is another's": {func(d *page.Document) {
			p, a, b, _ := amounts(t, d)
			beside(p, a, p.Texts[b].Text, 0, 300000)
		}, false},
		"pushed up to its neighbour": {func(d *page.Document) {
			p, a, b, _ := amounts(t, d)
			x := &p.Texts[a]
			x.X = p.Texts[b].X
			for _, w := range x.Advances {
				x.X -= w
			}
		}, false},
		"over another":   {func(d *page.Document) { p, a, b, _ := amounts(t, d); p.Texts[a].X = p.Texts[b].X }, false},
		"off the sheet":  {func(d *page.Document) { p, a, _, _ := amounts(t, d); p.Texts[a].X = -100000 }, false},
		"hardly visible": {func(d *page.Document) { p, a, _, _ := amounts(t, d); p.Texts[a].Size = 100 }, false},
		"crossed out": {func(d *page.Document) {
			p, a, _, _ := amounts(t, d)
			x := &p.Texts[a]
			p.Rules = append(p.Rules, page.Rule{X: x.X, Y: x.Y - x.Size/3, W: 3 * x.Size, H: 500})
		}, false},
		"covered": {func(d *page.Document) {
			p, a, _, _ := amounts(t, d)
			x := &p.Texts[a]
			p.Rules = append(p.Rules, page.Rule{X: x.X, Y: x.Y + 1000, W: x.Size, H: x.Size})
		}, false},
		"left out": {func(d *page.Document) { p, a, _, _ := amounts(t, d); p.Texts = slices.Delete(p.Texts, a, a+1) }, false},
		"the decimal point lower": {func(d *page.Document) {
			p, a, _, _ := amounts(t, d)
			x, k := p.Texts[a], strings.IndexByte(p.Texts[a].Text, '.')
			tail := x
			x.Text, x.Advances = x.Text[:k], x.Advances[:k:k]
			tail.Text, tail.Advances, tail.Y = tail.Text[k:], tail.Advances[k:], tail.Y+tail.Size
			p.Texts[a] = x
			p.Texts = slices.Insert(p.Texts, a+1, tail)
		}, false},
		"a drawing moved": {func(d *page.Document) {
			p := &d.Pages[slices.IndexFunc(d.Pages, func(p page.Page) bool { return len(p.Paths) > 1 })]
			p.Paths[1].Segments[0].To.X += 3000
		}, false},
		"a text of a drawing a little higher": {func(d *page.Document) { drawn(t, d).Y -= 500 }, true},
		"a text of a drawing elsewhere":       {func(d *page.Document) { drawn(t, d).Y -= 5000 }, false},
		"a drawing more": {func(d *page.Document) {
			p, a, _, _ := amounts(t, d)
			x := page.Point{X: p.Texts[a].X, Y: p.Texts[a].Y}
			p.Paths = append(p.Paths, page.Path{Elem: page.ArtifactLayout, Segments: []page.Segment{{Step: page.Move, To: x}, {Step: page.Line, To: page.Point{X: x.X + 1000, Y: x.Y}}}})
		}, false},
		"two pages swapped": {func(d *page.Document) {
			i := slices.IndexFunc(d.Pages, func(p page.Page) bool { return len(p.Rules) > 0 })
			d.Pages[i].Texts, d.Pages[i+1].Texts = d.Pages[i+1].Texts, d.Pages[i].Texts
		}, false},
	} {
		good, err := verify.Reflowed(s, makeFile(t, s, in, c.change), plain)
		if err != nil || good != c.good {
			t.Errorf("%s: taken for the same %t, want %t; %v", name, good, c.good, err)
		}
	}
}

func words(p *page.Page) string {
	var b strings.Builder
	for i := range p.Texts {
		b.WriteString(p.Texts[i].Text)
	}
	return b.String()
}
