// Package around says which lines over and below a table belong to it: its number, its title, whose it is, the unit of its
// amounts, its notes. It is one rule for all formats.
package around

import (
	"slices"
	"strings"

	"yusuan/internal/read/paper"
)

// Most of the lines that belong to a table on each side; what is more is text.
const (
	mostAbove = 8
	mostBelow = 12
)

// Gather moves what belongs to tables out of the blocks into them: paragraphs right before and behind, and first and last rows
// that are one line over the whole width. The blocks may be changed.
func Gather(blocks []paper.Block) []paper.Block {
	out := make([]paper.Block, 0, len(blocks))
	var last *paper.Table // that a line right behind would belong to
	for _, b := range blocks {
		if b.Table == nil {
			if last != nil && below(last, b.Text) {
				last.Below = append(last.Below, *b.Text)
				continue
			}
			last = nil
			out = append(out, b)
			continue
		}
		n := above(out)
		var lines []paper.Paragraph
		for _, p := range out[len(out)-n:] {
			lines = append(lines, *p.Text)
		}
		out = out[:len(out)-n]
		last = b.Table
		last.Above = append(lines, last.Above...)
		Lift(last)
		out = append(out, b)
	}
	return out
}

// above is how many of the last blocks belong to the table that follows.
func above(blocks []paper.Block) int {
	n := 0
	line := func() *paper.Paragraph {
		if n >= mostAbove || n >= len(blocks) {
			return nil
		}
		return blocks[len(blocks)-1-n].Text
	}
	p := line()
	for ; p != nil && Line(p.Text); p = line() {
		n++
	}
	if p == nil || !title(p) {
		return n
	}
	n++
	if p = line(); p != nil && p.Centred && p.Level == 0 && title(p) { // a title of two lines
		n++
		p = line()
	}
	for ; p != nil && Line(p.Text); p = line() {
		n++
	}
	return n
}

// title reports whether a paragraph right over a table is its title, by its words or by how it is set.
func title(p *paper.Paragraph) bool {
	if Title(p.Text) {
		return true
	}
	s := bare(p.Text)
	return (p.Level > 0 || p.Centred || p.Bold) && short(s) && !part.MatchString(s) && !strings.ContainsRune("。；：，！？", lastRune(s))
}

// below reports whether a paragraph right behind a table is one of its notes.
func below(t *paper.Table, p *paper.Paragraph) bool {
	if len(t.Below) >= mostBelow || p.Level > 0 {
		return false
	}
	return Note(p.Text) || len(t.Below) > 0 && counted.MatchString(bare(p.Text))
}

// Lift takes lines out of the grid that programs put into a row over the whole width, above the head and below the last row.
func Lift(t *paper.Table) {
	if t.Columns < 2 {
		return
	}
	for len(t.Rows) > 1 && len(t.Above) < mostAbove && t.Repeated == 0 {
		lines, ok := alone(t, &t.Rows[0], func(s string) bool { return Line(s) || Title(s) })
		if !ok {
			break
		}
		t.Above = append(t.Above, lines...)
		t.Rows = t.Rows[1:]
	}
	for len(t.Rows) > 1 {
		lines, ok := alone(t, &t.Rows[len(t.Rows)-1], Note)
		if !ok {
			break
		}
		t.Below = append(lines, t.Below...)
		t.Rows = t.Rows[:len(t.Rows)-1]
	}
}

// alone are the texts of a row as lines, if each is such a line and one that others stand beside does not look like a cell.
func alone(t *paper.Table, r *paper.Row, is func(string) bool) (lines []paper.Paragraph, ok bool) {
	covered := 0
	for _, c := range r.Cells {
		covered += c.Columns
		if strings.TrimSpace(c.Text) == "" {
			continue
		}
		if c.Rows > 1 || !is(c.Text) {
			return nil, false
		}
		p := paper.Paragraph{Text: c.Text, Centred: c.Columns == t.Columns}
		if c.At != (paper.Place{}) {
			p.Spots = []paper.Spot{{Start: 0, End: len(c.Text), At: c.At}}
		}
		lines = append(lines, p)
	}
	// A row that a cell from above covers in part is within the table. A title stands alone.
	ok = covered >= t.Columns && len(lines) > 0 && (len(lines) == 1 || !slices.ContainsFunc(lines, func(p paper.Paragraph) bool { return !Line(p.Text) }))
	return lines, ok
}
