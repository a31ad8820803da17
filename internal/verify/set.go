package verify

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"yusuan/internal/shown"
	"yusuan/internal/typeset/unit"
)

// A reader takes more from a page than the order of its words: digits that stand close are one number, cells that stand
// beside each other one row, bars beside a name its bars, and the number behind a title its page. set.go looks at these.

// asWritten reports whether what the structure says of a document is in the order of what its pages show, each piece once.
func (s *story) asWritten() bool {
	written := make([]strings.Builder, len(s.blocks))
	for _, shown := range s.shown {
		for i := range shown {
			if at := shown[i].block; at >= 0 {
				written[at].WriteString(shown[i].text)
			}
		}
	}
	for i := range written {
		if written[i].String() != s.texts[i] {
			return false
		}
	}
	return true
}

// oneLine reports whether a character stands on the line of another.
func oneLine(a, b *glyph) bool {
	down, half := b.y-a.y, max(a.size, b.size)/2
	return a.page == b.page && -half < down && down < half
}

// asClose reports whether the characters of each number stand as close to each other as those of another block of the same
// characters, and no character lies over the one before it.
func asClose(a, b []glyph) bool {
	for i := 1; i < len(a); i++ {
		x, y := &a[i-1], &b[i-1]
		far := a[i].x - x.x
		if strings.Contains("（《〈【〔「『“‘［｛〖", a[i].text) { // which is drawn in its right half
			far += a[i].size / 2
		}
		switch {
		case ofNumber(x.text) && ofNumber(a[i].text):
			if !oneLine(y, &b[i]) {
				continue
			}
			other := b[i].x - y.x
			if d := far*y.size - other*x.size; !oneLine(x, &a[i]) || d > x.size*y.size/5 || -d > x.size*y.size/5 {
				return false
			}
		case !oneLine(x, &a[i]):
		case han(x.text) && han(a[i].text) && far < x.size*7/10, han(x.text) && far < x.size*4/10, far < x.size/8:
			return false
		}
	}
	return true
}

func ofNumber(text string) bool { return strings.Contains("0123456789.,%-+−－＋", text) }

func han(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// drawnBeside reports whether drawings stand to the texts of their figures as those of the new document do, and figures on
// one page each. same are the blocks of both that are the same.
func (s *story) drawnBeside(anew *story, same map[int]int) bool {
	const line = 600 // as of samePaths
	for i := range s.paths {
		old, now := &s.paths[i], &anew.paths[i]
		if now.block < 0 || len(anew.glyphs[now.block]) == 0 {
			continue
		}
		if at, ok := same[old.block]; !ok || at != now.block || s.glyphs[old.block][0].page != old.page {
			return false
		}
		a, b := &s.glyphs[old.block][0], &anew.glyphs[now.block][0]
		if len(old.list[0].Points) < 2 {
			return false
		}
		right, down := old.list[0].Points[0]-now.list[0].Points[0]-(a.x-b.x), old.list[0].Points[1]-now.list[0].Points[1]-(a.y-b.y)
		if little := a.size / 8; right < -line || right > line || down < -line-little || down > line+little {
			return false
		}
	}
	return true
}

// cellsBeside reports whether the cells of a page stand in their rows: beside the tallest of the row, below the rows before,
// and a cell of several rows beside them.
func cellsBeside(blocks []placed) bool {
	rows := map[int]box{} // the tallest cell of each, or of those of one row
	for i := range blocks {
		if c := &blocks[i]; c.row > 0 && c.span <= 1 {
			if b, known := rows[c.row]; !known || c.box.bottom-c.box.top > b.bottom-b.top {
				rows[c.row] = c.box
			}
		}
	}
	lowest, row := unit.Length(0), 0
	for i := range blocks {
		c := &blocks[i]
		half := c.glyphs[0].size / 2
		if c.row == 0 {
			lowest = 0
			continue
		}
		if c.row != row {
			if b, known := rows[row]; known {
				lowest = max(lowest, b.top)
			}
			row = c.row
		}
		if c.box.top < lowest-half {
			return false
		}
		var around box
		known := false
		for r := c.row; r < c.row+max(c.span, 1); r++ {
			if b, ok := rows[r]; ok && known {
				around.join(b)
			} else if ok {
				around, known = b, true
			}
		}
		if known && (c.box.top >= around.bottom+half || around.top-half >= c.box.bottom) {
			return false
		}
	}
	return true
}

// inOneRow reports whether the cells of each row of a table begin on the same page.
func (s *story) inOneRow() bool {
	begins := map[int]int{}
	for i := range s.blocks {
		if b := &s.blocks[i]; b.Row > 0 && b.RowSpan <= 1 && s.texts[i] != "" {
			if at, known := begins[b.Row]; known && at != b.Content[0].Page {
				return false
			}
			begins[b.Row] = b.Content[0].Page
		}
	}
	return true
}

// numbers are the numbers that pages show, 0 for none.
func (s *story) numbers() []int {
	out := make([]int, len(s.shown))
	for i, shown := range s.shown {
		for k := range shown {
			if p := &shown[k]; p.block < 0 && pageNumber.MatchString(p.text) {
				out[i], _ = strconv.Atoi(strings.Trim(p.text, "—–-"))
			}
		}
	}
	return out
}

// numbered reports whether each page that has a number has one more than the page before.
func (s *story) numbered() bool {
	last := -1
	numbers := s.numbers()
	for i, n := range numbers {
		if n == 0 {
			continue
		}
		if last >= 0 && n-numbers[last] != i-last {
			return false
		}
		last = i
	}
	return true
}

// leads reports of each entry of the contents, in order, whether it ends with the number of a page that its title stands on.
func (s *story) leads() (out []bool) {
	entries := map[string]bool{}
	numbers := s.numbers()
	for i := range s.blocks {
		if b := &s.blocks[i]; !b.Contents && s.texts[i] != "" {
			entries[s.texts[i]+strconv.Itoa(numbers[b.Content[0].Page])] = true
		}
	}
	for i := range s.blocks {
		if s.blocks[i].Contents && s.texts[i] != "" {
			out = append(out, entries[s.texts[i]])
		}
	}
	return out
}

// leadsAs reports whether pages are numbered and the contents lead to them where they do so in the new document.
func (s *story) leadsAs(anew *story) bool {
	return (s.numbered() || !anew.numbered()) && slices.EqualFunc(s.leads(), anew.leads(), func(old, now bool) bool { return old || !now })
}

// seemsOf reports whether a rule of a page would be read with the character beside it, as a sign or a digit: it is short and
// no part of the frame of a cell.
func (g *glyph) seemsOf(r *shown.Rect, rects []shown.Rect, turned bool, sheet *shown.Sheet) bool {
	b, wide, tall := box{g.x - g.size*3/2, g.y - g.size*8/10, g.x + g.width + g.size*3/2, g.y + g.size/20}, r.W, r.H
	if turned {
		b, wide, tall = box{b.top, sheet.Height - b.right, b.bottom, sheet.Height - b.left}, r.H, r.W
	}
	return tall < g.size*12/10 && wide < 3*g.size && r.X < b.right && r.X+r.W > b.left && r.Y < b.bottom && r.Y+r.H > b.top &&
		!slices.ContainsFunc(rects, func(x shown.Rect) bool { return joins(r, &x, g.size, sheet) })
}

// joins reports whether a rule meets another one across it that is longer than characters of a size.
func joins(r, x *shown.Rect, size unit.Length, sheet *shown.Sheet) bool {
	const near = 600 // thousandths of a point
	y := *x
	if y.Turned {
		y.X, y.Y, y.W, y.H = y.Y, sheet.Height-y.X-y.W, y.H, y.W
	}
	across := r.W > r.H && y.H > size*12/10 && y.W < y.H || r.H > r.W && y.W > size*12/10 && y.H < y.W
	return across && r.X-near < y.X+y.W && y.X < r.X+r.W+near && r.Y-near < y.Y+y.H && y.Y < r.Y+r.H+near
}

// over reports whether drawings of a page lie over its texts that are no part of drawings.
func (s *story) over(page int) bool {
	for i := range s.paths {
		p := &s.paths[i]
		if p.page != page || len(p.list[0].Points) < 2 {
			continue
		}
		first := p.list[0].Points
		around := box{first[0], first[1], first[0], first[1]}
		for k := range p.list {
			for x := p.list[k].Points; len(x) >= 2; x = x[2:] {
				around.join(box{x[0], x[1], x[0], x[1]})
			}
		}
		for _, shown := range s.shown[page] {
			if shown.block >= 0 && s.blocks[shown.block].Kind == "Figure" || shown.turned != p.list[0].Turned {
				continue
			}
			for k := range shown.glyphs {
				if b := shown.glyphs[k].box(); b.left < around.right && around.left < b.right && b.top < around.bottom && around.top < b.bottom {
					return true
				}
			}
		}
	}
	return false
}
