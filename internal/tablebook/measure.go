package tablebook

import (
	"slices"
	"strings"

	"yusuan/internal/doc"
)

// Lengths on a sheet are in tenths of a point.
const (
	padX      = 80   // what a cell has beside its words where there is room
	leastPad  = 50   // what it needs
	padY      = 60   // above and below them together
	splitFrom = 3900 // rows that would be higher become several
)

// place finds where all of the table stands on its sheet.
func (x *table) place(s *doc.StyleSheet) {
	x.lay()
	x.measure(s)
	at := len(x.above) + 1
	if x.t.Left != nil || x.t.Right != nil {
		x.line = at
		at++
	}
	rows := x.rowHeights(s)
	for _, h := range rows {
		x.first = append(x.first, at)
		n := (h + splitFrom - 1) / splitFrom // a text of several cells is far higher than that many rows
		for k := range n {
			x.heights = append(x.heights, h*(k+1)/n-h*k/n)
		}
		at += n
	}
	x.first = append(x.first, at)
	for i := range x.t.Notes {
		size := typeOf(s, x.t.NoteStyle).size
		x.notes = append(x.notes, heightOf(x.t.Notes[i].String, x.width()-padX, size))
	}
}

// width is that of all columns.
func (x *table) width() (sum int) {
	for _, n := range x.widths {
		sum += n
	}
	return sum
}

// room is the width of the page's type area.
func (x *table) room() int { return int((x.page.Width - x.page.Left - x.page.Right) / 100) }

// top is the row of the sheet that the grid begins in.
func (x *table) top() int { return x.first[0] }

// bottom is the last row of the sheet.
func (x *table) bottom() int { return x.first[len(x.first)-1] + len(x.notes) - 1 }

// cellType is the font and size of a cell.
func (x *table) cellType(s *doc.StyleSheet, c *cell) look {
	style := x.t.Style
	switch {
	case c.Style != "":
		style = c.Style
	case c.row < x.heads:
		style = x.t.HeadStyle
	}
	l := typeOf(s, style)
	if c.Family != "" {
		l.font, l.bold = fontOf(c.Family)
	}
	return l
}

// Widths of texts, in halves of an em.
const (
	leastText = 10
	mostText  = 44
	leastHead = 8
)

// measure finds the widths of columns: of numbers and codes all that they need, of words some of what they would have, so that
// the table fills the width of its page.
func (x *table) measure(s *doc.StyleSheet) {
	n := len(x.t.Columns)
	least, want := make([]int, n), make([]int, n)
	shares := 0
	for j, c := range x.t.Columns {
		least[j] = max(int(c.Min/100), int(c.Fixed/100), 2*padX)
		want[j] = least[j]
		shares += c.Share
	}
	for i := range x.cells {
		c := &x.cells[i]
		if c.words == "" || c.columns > 1 {
			continue
		}
		half, pad := x.cellType(s, c).size/2, padX
		if c.Number {
			pad = leastPad
		}
		l, w := wants(c, c.row < x.heads)
		least[c.column] = max(least[c.column], l*half+pad)
		want[c.column] = max(want[c.column], w*half+pad)
	}
	if x.heads == 0 && shares > 0 { // of a form the pack says how wide columns are
		for j, c := range x.t.Columns {
			want[j] = max(least[j], x.room()*c.Share/shares)
			least[j] = min(least[j], want[j])
		}
	}
	x.spanned(s, least, want)
	x.widths = shared(least, want, x.t.Columns, x.room())
}

// wants is how many halves of an em a cell needs, and would have.
func wants(c *cell, head bool) (least, want int) {
	if c.Vertical {
		return 3, 3
	}
	n := 0
	for line := range strings.SplitSeq(c.words, "\n") {
		n = max(n, span(line))
	}
	n += 2 * c.Indent
	switch {
	case c.Number || strings.Trim(c.words, "0123456789.-") == "":
		return n + 1, n + 1
	case head:
		return min(n, leastHead), min(n, max(leastHead, (n+1)/2+2))
	}
	return min(n, leastText), min(n+1, mostText)
}

// spanned gives numbers over several columns their room.
func (x *table) spanned(s *doc.StyleSheet, least, want []int) {
	for i := range x.cells {
		c := &x.cells[i]
		if c.columns == 1 || !c.Number || c.words == "" {
			continue
		}
		need := span(c.words)*x.cellType(s, c).size/2 + padX
		sum := 0
		for j := c.column; j < c.column+c.columns; j++ {
			sum += least[j]
		}
		if last := c.column + c.columns - 1; sum < need {
			least[last] += need - sum
			want[last] = max(want[last], least[last])
		}
	}
}

// shared parts a room among columns: first what they need, then what they would have, then by weight.
func shared(least, want []int, columns []doc.Column, room int) []int {
	out := slices.Clone(least)
	need, wish, weights := 0, 0, 0
	for j := range out {
		need += least[j]
		wish += want[j] - least[j]
		weights += columns[j].Share
	}
	left := room - need
	switch {
	case left <= 0:
		return out
	case left < wish:
		for j := range out {
			out[j] += (want[j] - least[j]) * left / wish
		}
		return out
	}
	left -= wish
	for j := range out {
		out[j] = want[j]
		if weights > 0 {
			out[j] += left * columns[j].Share / weights
		} else {
			out[j] += left * want[j] / (need + wish)
		}
	}
	return out
}

// rowHeights are the heights of the table's rows, as far as its words need.
func (x *table) rowHeights(s *doc.StyleSheet) []int {
	size := typeOf(s, x.t.Style).size
	out := make([]int, len(x.t.Head)+len(x.t.Body))
	for i := range out {
		out[i] = max(int(x.t.MinRow/100), size*16/10)
	}
	for _, joined := range []bool{false, true} {
		for i := range x.cells {
			c := &x.cells[i]
			if c.words == "" || (c.rows > 1) != joined {
				continue
			}
			have := 0
			for r := c.row; r < c.row+c.rows; r++ {
				have += out[r]
			}
			if need := x.cellHeight(s, c); need > have {
				out[c.row+c.rows-1] += need - have
			}
		}
	}
	return out
}

func (x *table) cellHeight(s *doc.StyleSheet, c *cell) int {
	size := x.cellType(s, c).size
	if c.Vertical {
		return len([]rune(c.words))*size*5/4 + padY
	}
	if c.Number {
		return heightOf("", 1, size)
	}
	width := -leastPad - c.Indent*size
	for j := c.column; j < c.column+c.columns; j++ {
		width += x.widths[j]
	}
	return heightOf(c.words, width, size)
}

// heightOf is the height of words set in a width.
func heightOf(words string, width, size int) int {
	if size == 0 {
		size = usualSize
	}
	lines, room := 0, max(1, width*2/size)
	for line := range strings.SplitSeq(words, "\n") {
		lines += max(1, (span(line)+room-1)/room)
	}
	return lines*size*5/4 + padY
}
