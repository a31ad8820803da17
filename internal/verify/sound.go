package verify

import (
	"cmp"
	"slices"
	"strings"

	"yusuan/internal/shown"
	"yusuan/internal/typeset/unit"
)

// box is a place on a sheet.
type box struct{ left, top, right, bottom unit.Length }

func (b *box) join(c box) {
	b.left, b.top = min(b.left, c.left), min(b.top, c.top)
	b.right, b.bottom = max(b.right, c.right), max(b.bottom, c.bottom)
}

// box is what a character takes as its reader sees it: above the line that it stands on, below the height of digits. Marks
// are blank in their outer halves. A character is as wide as it is drawn, however close the next one stands.
func (g *glyph) box() box {
	wide := max(g.width, g.size*4/10)
	if han(g.text) {
		wide = max(wide, g.size)
	}
	b := box{g.x + wide/10, g.y - g.size*6/10, g.x + wide*9/10, g.y - g.size/20}
	switch {
	case strings.Contains("，。、；：？！）》〉】〕」』”’", g.text):
		b.right = min(b.right, g.x+g.size/2)
	case strings.Contains("（《〈【〔「『“‘", g.text):
		b.left = min(g.x+g.size/2, b.right)
	}
	return b
}

// placed is what a page shows of a block, or a piece beside the blocks.
type placed struct {
	block  int
	kind   string
	row    int
	span   int
	glyphs []glyph
	box    box
}

// sound reports whether a page shows its words so that they are read in their order: each block in lines, each block behind
// those before it, none over another, all on the sheet, no rule through any of them, and nothing beside them that pages do
// not have.
func (s *story) sound(index int, sheet *shown.Sheet, known *furniture) bool {
	shown := s.shown[index]
	turned := slices.ContainsFunc(shown, func(p piece) bool { return p.turned && p.block >= 0 })
	var blocks, others, numbers []placed
	for i := range shown {
		p := &shown[i]
		x := placed{block: p.block, glyphs: p.glyphs}
		for k := range p.glyphs {
			b := p.glyphs[k].box()
			if p.turned {
				b = box{b.top, sheet.Height - b.right, b.bottom, sheet.Height - b.left}
			}
			if b.left < 0 || b.top < 0 || b.right > sheet.Width || b.bottom > sheet.Height {
				return false
			}
		}
		if p.turned != turned {
			x.glyphs = acrossFrames(p.glyphs, p.turned, sheet.Height)
		}
		x.box = around(x.glyphs)
		switch {
		case p.block >= 0 && p.turned != turned:
			return false
		case p.block >= 0:
			x.kind, x.row, x.span = s.blocks[p.block].Kind, s.blocks[p.block].Row, s.blocks[p.block].RowSpan
			if s.blocks[p.block].Contents {
				x.kind = "TOC"
			}
			blocks = append(blocks, x)
		case pageNumber.MatchString(p.text):
			numbers = append(numbers, x)
		case known.has(p.text):
			others = append(others, x)
		default:
			return false
		}
	}
	ordered := gather(blocks)
	return inOrder(ordered) && cellsBeside(ordered) && apart(blocks, others) && outside(blocks, numbers) && clear(shown, s.rects[index], sheet) && !s.over(index)
}

// around is the box around characters.
func around(glyphs []glyph) box {
	b := glyphs[0].box()
	for i := range glyphs[1:] {
		b.join(glyphs[1+i].box())
	}
	return b
}

// acrossFrames is where characters of the sheet stand on matter that is turned, or the other way round: by their boxes, to
// know what they lie upon, not to read them.
func acrossFrames(glyphs []glyph, turned bool, height unit.Length) []glyph {
	out := slices.Clone(glyphs)
	for i := range out {
		g := &out[i]
		if turned {
			g.x, g.y = g.y-g.size, height-g.x
		} else {
			g.x, g.y = height-g.y, g.x+g.width
		}
		g.width = g.size
	}
	return out
}

// gather joins the pieces of one block that follow each other, and puts blocks in the order in which they are read.
func gather(pieces []placed) (out []placed) {
	sorted := slices.Clone(pieces)
	slices.SortStableFunc(sorted, func(a, b placed) int { return cmp.Compare(a.block, b.block) })
	for _, p := range sorted {
		if n := len(out); n > 0 && out[n-1].block == p.block {
			out[n-1].glyphs = slices.Concat(out[n-1].glyphs, p.glyphs)
			out[n-1].box.join(p.box)
		} else {
			out = append(out, p)
		}
	}
	return out
}

// inOrder reports whether blocks stand on a page as they follow each other: what is below or beside another comes after it.
func inOrder(blocks []placed) bool {
	for i := range blocks {
		a := &blocks[i]
		if a.kind != "Figure" && !inLines(a.glyphs) {
			return false
		}
		for k := i + 1; k < len(blocks); k++ {
			b := &blocks[k]
			across, beside := a.box.left < b.box.right && b.box.left < a.box.right, a.box.top < b.box.bottom && b.box.top < a.box.bottom
			switch {
			case across && beside && nearly(a.glyphs, b.glyphs, 0):
				return false
			case across && !beside && b.box.top < a.box.top, beside && !across && a.row == b.row && b.box.left < a.box.left:
				return false
			case beside && !across && cell(a) && cell(b) && max(b.box.left-a.box.right, a.box.left-b.box.right) < a.glyphs[0].size/4:
				return false // two numbers would be read as one
			}
		}
	}
	return true
}

func cell(p *placed) bool { return p.kind == "TD" || p.kind == "TH" }

// inLines reports whether characters follow each other on lines, or below each other in columns.
func inLines(glyphs []glyph) bool {
	for i := 1; i < len(glyphs); i++ {
		a, b := &glyphs[i-1], &glyphs[i]
		down, half := b.y-a.y, max(a.size, b.size)/2
		from, to := a.box(), b.box()
		switch {
		case down >= half: // the next line
		case down > -half && to.left >= (from.left+from.right)/2-half/4: // on the line
		case down <= -half && upright(glyphs) && (b.x-a.x >= half || a.x-b.x >= half): // the next column
		default:
			return false
		}
	}
	return true
}

// upright reports whether no two characters stand on one line.
func upright(glyphs []glyph) bool {
	for i := 1; i < len(glyphs); i++ {
		if d := glyphs[i].y - glyphs[i-1].y; d > -glyphs[i].size/2 && d < glyphs[i].size/2 {
			return false
		}
	}
	return true
}

// apart reports whether what stands beside the blocks is not read together with one.
func apart(blocks, others []placed) bool {
	for i := range others {
		o := &others[i]
		for k := range blocks {
			b := &blocks[k]
			if b.kind == "TOC" { // whose leaders reach up to the titles
				continue
			}
			near := o.glyphs[0].size / 5
			wide := box{o.box.left - near, o.box.top, o.box.right + near, o.box.bottom}
			if wide.left < b.box.right && b.box.left < wide.right && wide.top < b.box.bottom && b.box.top < wide.bottom && nearly(o.glyphs, b.glyphs, near) {
				return false
			}
		}
	}
	return true
}

// nearly reports whether a character of one lies over one of the other, or nearer to its left or right.
func nearly(a, b []glyph, near unit.Length) bool {
	for i := range a {
		x := a[i].box()
		for k := range b {
			if y := b[k].box(); x.left-near < y.right && y.left < x.right+near && x.top < y.bottom && y.top < x.bottom {
				return true
			}
		}
	}
	return false
}

// outside reports whether there is one page number at most, and it stands above or below, left or right of all that is read.
func outside(blocks, numbers []placed) bool {
	if len(numbers) > 1 {
		return false
	}
	if len(numbers) == 0 || len(blocks) == 0 {
		return true
	}
	b, n := blocks[0].box, numbers[0].box
	for i := range blocks {
		b.join(blocks[i].box)
	}
	return n.bottom < b.top || n.top > b.bottom || n.right < b.left || n.left > b.right
}

// clear reports whether rules are lines and run through no character.
func clear(shown []piece, rects []shown.Rect, sheet *shown.Sheet) bool {
	const line = 2000 // thousandths of a point
	for _, r := range rects {
		if r.Turned {
			r.X, r.Y, r.W, r.H = r.Y, sheet.Height-r.X-r.W, r.H, r.W
		}
		if r.W > line && r.H > line {
			return false
		}
		for i := range shown {
			for k := range shown[i].glyphs {
				if shown[i].block >= 0 && shown[i].glyphs[k].seemsOf(&r, rects, shown[i].turned, sheet) {
					return false
				}
				b := shown[i].glyphs[k].box()
				if shown[i].turned {
					b = box{b.top, sheet.Height - b.right, b.bottom, sheet.Height - b.left}
				}
				if r.X < b.right && r.X+r.W > b.left && r.Y < b.bottom && r.Y+r.H > b.top {
					return false
				}
			}
		}
	}
	return true
}
