package ruled

import (
	"strings"
	"testing"

	"yusuan/internal/pdfium"
	"yusuan/internal/read/paper"
	"yusuan/internal/typeset/unit"
)

const pt = unit.Pt

// drawing is a page that a test draws.
type drawing struct{ pdfium.Page }

// newPage is an empty page of A4.
func newPage() *drawing {
	d := &drawing{}
	d.Width, d.Height = 595*pt, 842*pt
	return d
}

// step is how wide a letter of a size is: half an em what is Latin, an em the others.
func step(r rune, size unit.Length) unit.Length {
	if r < 0x2000 {
		return size / 2
	}
	return size
}

// text sets a text on a baseline, from the left; blanks leave a gap. It returns where it ends.
func (d *drawing) text(x, base, size unit.Length, s string) unit.Length {
	for _, r := range s {
		w := step(r, size)
		if r != ' ' && r != '　' {
			d.Glyphs = append(d.Glyphs, pdfium.Glyph{
				Rune: r, Baseline: base, Size: size,
				Box:  paper.Box{Left: x + w/10, Top: base - size*7/10, Right: x + w*9/10, Bottom: base},
				Step: paper.Box{Left: x, Top: base - size*85/100, Right: x + w, Bottom: base + size*15/100},
			})
		}
		x += w
	}
	return x
}

// width of a text.
func width(s string, size unit.Length) unit.Length {
	w := unit.Length(0)
	for _, r := range s {
		w += step(r, size)
	}
	return w
}

// centre sets a text in the middle of the page.
func (d *drawing) centre(base, size unit.Length, s string) {
	d.text((d.Width-width(s, size))/2, base, size, s)
}

// rule draws a line.
func (d *drawing) rule(upright bool, at, from, to unit.Length) {
	d.Rules = append(d.Rules, pdfium.Rule{Upright: upright, At: at, From: from, To: to})
}

const rowHeight = 20 * pt

// table draws a table cell by cell: < is of the cell to its left, ^ of the one above, \n parts lines. Edges between cells that are
// one are not drawn. Widths are in points. It returns where it ends.
func (d *drawing) table(left, top unit.Length, widths []int, rows ...string) unit.Length {
	xs := []unit.Length{left}
	for _, w := range widths {
		xs = append(xs, xs[len(xs)-1]+unit.Length(w)*pt)
	}
	var cells [][]string
	for _, r := range rows {
		c := strings.Split(r, "|")
		for i := range c {
			c[i] = strings.TrimSpace(c[i])
		}
		cells = append(cells, c)
	}
	for i, row := range cells {
		y := top + unit.Length(i)*rowHeight
		for k, s := range row {
			if s != "^" {
				d.rule(false, y, xs[k], xs[k+1])
			}
			if s != "<" && !(s == "^" && row[0] != "^" && k > 0 && row[k-1] == "^" && cells[i-1][k] == "<") {
				d.rule(true, xs[k], y, y+rowHeight)
			}
			if s != "<" && s != "^" {
				d.text(xs[k]+2*pt, y+14*pt, 9*pt, s)
			}
		}
		d.rule(true, xs[len(xs)-1], y, y+rowHeight)
	}
	bottom := top + unit.Length(len(rows))*rowHeight
	for k := range widths {
		d.rule(false, bottom, xs[k], xs[k+1])
	}
	return bottom
}

// turned is the page with everything on it turned by quarters, clockwise: the text lies on its side.
func (d *drawing) turned(quarters int) *drawing {
	out := &drawing{}
	out.Width, out.Height = d.Width, d.Height
	if quarters%2 == 1 {
		out.Width, out.Height = d.Height, d.Width
	}
	back := func(b paper.Box) paper.Box { return turned(b, 4-quarters, out.Width, out.Height) }
	for _, g := range d.Glyphs {
		g.Box, g.Step, g.Turned = back(g.Box), back(g.Step), quarters
		b := back(paper.Box{Left: 0, Top: g.Baseline, Right: 1, Bottom: g.Baseline})
		if g.Baseline = b.Top; quarters%2 == 1 {
			g.Baseline = b.Left
		}
		out.Glyphs = append(out.Glyphs, g)
	}
	for _, r := range d.Rules {
		b := paper.Box{Left: r.From, Top: r.At, Right: r.To, Bottom: r.At}
		if r.Upright {
			b = paper.Box{Left: r.At, Top: r.From, Right: r.At, Bottom: r.To}
		}
		if b = back(b); b.Left == b.Right {
			out.rule(true, b.Left, b.Top, b.Bottom)
		} else {
			out.rule(false, b.Top, b.Left, b.Right)
		}
	}
	return out
}

// read reads drawn pages.
func read(pages ...*drawing) *paper.Document {
	var ps []*pdfium.Page
	for _, d := range pages {
		ps = append(ps, &d.Page)
	}
	return Document(ps)
}

// lines is what a document says, a paragraph, a title or a row a line, so that tests compare them as they are read.
func lines(d *paper.Document) []string {
	var out []string
	for _, g := range d.Gaps {
		out = append(out, "? "+g.What)
	}
	for _, b := range d.Blocks {
		if b.Text != nil {
			out = append(out, b.Text.Text)
			continue
		}
		for _, a := range b.Table.Above {
			out = append(out, "^ "+a.Text)
		}
		for _, r := range b.Table.Grid(false) {
			out = append(out, "| "+strings.Join(r, " | "))
		}
		for _, a := range b.Table.Below {
			out = append(out, "_ "+a.Text)
		}
	}
	return out
}

// want holds what a document says against lines.
func want(t *testing.T, d *paper.Document, wanted ...string) {
	t.Helper()
	got := lines(d)
	for i := range max(len(got), len(wanted)) {
		g, w := "nothing", "nothing"
		if i < len(got) {
			g = got[i]
		}
		if i < len(wanted) {
			w = wanted[i]
		}
		if g != w {
			t.Errorf("line %d: read %q, want %q\nall:\n%s", i+1, g, w, strings.Join(got, "\n"))
			return
		}
	}
}
