package ruled

import (
	"yusuan/internal/pdfium"
	"yusuan/internal/read/paper"
	"yusuan/internal/typeset/unit"
)

// view is a page from where its text is read: turned as far as most of its letters are.
type view struct {
	number        int // of the page, from 1
	width, height unit.Length
	turn          int // quarters, clockwise, that the letters were turned on the page
}

// letter is a letter in a view.
type letter struct {
	r          rune
	ink, step  paper.Box
	base, size unit.Length
	turn       int // quarters, clockwise, that it lies on its side still
	bold       bool
}

// viewOf chooses how a page is looked at: what more than two thirds of its letters say.
func viewOf(number int, p *pdfium.Page) view {
	var turns [4]int
	for _, g := range p.Glyphs {
		turns[g.Turned&3]++
	}
	v := view{number: number, width: p.Width, height: p.Height}
	for q := 1; q < 4; q++ {
		if turns[q]*3 > len(p.Glyphs)*2 {
			v.turn = q
		}
	}
	if v.turn%2 == 1 {
		v.width, v.height = v.height, v.width
	}
	return v
}

// see is a box of the page in the view.
func (v view) see(b paper.Box) paper.Box { return turned(b, v.turn, v.width, v.height) }

// place is a box of the view on the page.
func (v view) place(b paper.Box) paper.Place {
	if b != (paper.Box{}) {
		w, h := v.width, v.height
		if v.turn%2 == 1 {
			w, h = h, w
		}
		b = turned(b, (4-v.turn)%4, w, h)
	}
	return paper.Place{Page: v.number, Box: b}
}

// turned is a box after its paper was turned by quarters, anticlockwise, into one of the width and height.
func turned(b paper.Box, quarters int, width, height unit.Length) paper.Box {
	switch quarters {
	case 1:
		return paper.Box{Left: b.Top, Top: height - b.Right, Right: b.Bottom, Bottom: height - b.Left}
	case 2:
		return paper.Box{Left: width - b.Right, Top: height - b.Bottom, Right: width - b.Left, Bottom: height - b.Top}
	case 3:
		return paper.Box{Left: width - b.Bottom, Top: b.Left, Right: width - b.Top, Bottom: b.Right}
	}
	return b
}

// letterOf is a glyph in the view.
func (v view) letterOf(g pdfium.Glyph) letter {
	l := letter{r: g.Rune, ink: v.see(g.Box), size: g.Size, turn: (g.Turned - v.turn + 4) % 4, bold: g.Bold}
	if l.step = v.see(g.Step); g.Step == (paper.Box{}) {
		l.step = l.ink
	}
	l.base = v.baseline(g)
	if l.size <= 0 {
		l.size = max(l.ink.Bottom-l.ink.Top, 1)
	}
	return l
}

// baseline is a glyph's, from the top of the view; of what lies on its side in the view, from its left.
func (v view) baseline(g pdfium.Glyph) unit.Length {
	// Where the page's left and upper edges went: what was measured from them is measured from the opposite edge after them.
	switch {
	case g.Turned%2 == 1 && (v.turn == 1): // from the left of the page, which is the bottom of the view
		return v.height - g.Baseline
	case g.Turned%2 == 1 && v.turn == 2:
		return v.width - g.Baseline
	case g.Turned%2 == 0 && v.turn == 2:
		return v.height - g.Baseline
	case g.Turned%2 == 0 && v.turn == 3: // from the top of the page, which is the right of the view
		return v.width - g.Baseline
	}
	return g.Baseline
}

// middle is the point by which a letter belongs to a cell: in the middle of its ink, and a little above its baseline, since a
// comma's ink hangs below and a quotation mark's stands above.
func (l *letter) middle() (x, y unit.Length) {
	x, y = (l.ink.Left+l.ink.Right)/2, (l.ink.Top+l.ink.Bottom)/2
	if l.turn == 0 {
		y = l.base - l.size*3/10
	}
	return x, y
}

// upright is a letter that lies on its side as its own line has it.
func (l letter) upright(v view) letter {
	w, h := v.width, v.height
	if l.turn%2 == 1 {
		w, h = h, w
	}
	out := l
	out.ink, out.step = turned(l.ink, l.turn, w, h), turned(l.step, l.turn, w, h)
	switch l.turn {
	case 1:
		out.base = h - l.base
	case 2:
		out.base = h - l.base
	}
	return out
}

// back is a box of such a line in the view.
func (v view) back(b paper.Box, turn int) paper.Box {
	return turned(b, (4-turn)%4, v.width, v.height)
}
