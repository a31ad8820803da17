package ruled

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"yusuan/internal/read/paper"
	"yusuan/internal/typeset/unit"
)

// table is a table that may go on over the next page.
type table struct {
	out         *paper.Table
	xs          []unit.Length
	first, last *part
}

// says is what a gap says of a page.
func (s *sheet) says(what string) string { return "第" + strconv.Itoa(s.view.number) + "页" + what }

// textOf is a cell's text and where it stands: on its letters, or where it would.
func (p *part) textOf(c *cell) (string, paper.Place) {
	if len(c.lines) == 0 {
		return "", p.sheet.view.place(p.at(c))
	}
	var b strings.Builder
	box := paper.Box{}
	for i, l := range c.lines {
		if i > 0 {
			b.WriteString(p.cellGlue(c, i))
		}
		b.WriteString(l.text())
		box = box.Union(l.box)
	}
	return b.String(), p.sheet.view.place(box)
}

// cellGlue is what stands between line i of a cell and the line before, which the cell's width broke; but for a number that had room
// on the line before, which is one of its own, and for a paragraph that ended there.
func (p *part) cellGlue(c *cell, i int) string {
	a, b := c.lines[i-1], c.lines[i]
	last, next := a.letters[len(a.letters)-1].r, b.letters[0].r
	room := p.at(c).Right - b.size/2 - a.box.Right - token(b)
	switch {
	case room > 0 && figure(last) && figure(next):
		return " "
	case strings.ContainsRune("。；：！？", last) && (room > 0 || numbered.MatchString(b.text())):
		return "\n"
	}
	return glue(last, next)
}

// rowsOf are the rows of a part.
func rowsOf(p *part) []paper.Row {
	rows := make([]paper.Row, len(p.ys)-1)
	for i := range rows {
		rows[i] = paper.Row{Page: p.sheet.view.number, Number: i + 1}
	}
	for _, c := range p.cells {
		text, at := p.textOf(c)
		rows[c.row].Cells = append(rows[c.row].Cells, paper.Cell{Column: c.col, Columns: c.cols, Rows: c.rows, Text: text, At: at})
	}
	return rows
}

const borders = 6 * unit.Pt // borders of one table on two pages stand no further apart

// nearest is the index of the cut nearest to a place, false where none is near.
func nearest(xs []unit.Length, at unit.Length) (int, bool) {
	i, _ := slices.BinarySearch(xs, at)
	if i == len(xs) || i > 0 && at-xs[i-1] < xs[i]-at {
		i--
	}
	d := xs[i] - at
	return i, max(d, -d) <= borders
}

// shared counts the inner cuts of a that b has, too.
func shared(a, b []unit.Length) int {
	n := 0
	for _, x := range a[1 : len(a)-1] {
		if _, ok := nearest(b, x); ok {
			n++
		}
	}
	return n
}

// common are the cuts of both, false where they are not those of one table: unless it is certain, most of the fewer ones must be
// among the others.
func common(a, b []unit.Length, certain bool) ([]unit.Length, bool) {
	if _, ok := nearest(b[:1], a[0]); !ok {
		return nil, false
	}
	if _, ok := nearest(b[len(b)-1:], a[len(a)-1]); !ok {
		return nil, false
	}
	few, many := a, b
	if len(few) > len(many) {
		few, many = b, a
	}
	n := shared(few, many)
	if n*2 < len(few)-2 && !certain {
		return nil, false
	}
	out := slices.Clone(many)
	for _, x := range few {
		if _, ok := nearest(many, x); !ok {
			out = append(out, x)
		}
	}
	slices.Sort(out)
	return out, len(out) <= mostColumns
}

// mostColumns bounds how fine a table may become by its parts. Each finer part is spread over all rows before.
const mostColumns = 200

// spread puts rows into finer columns.
func spread(rows []paper.Row, from, to []unit.Length) {
	for i := range rows {
		for k := range rows[i].Cells {
			c := &rows[i].Cells[k]
			left, _ := nearest(to, from[c.Column])
			right, _ := nearest(to, from[c.Column+c.Columns])
			c.Column, c.Columns = left, max(right-left, 1)
		}
	}
}

// goOn joins a part to the table, where it is its next, and says what is not certain of it.
func (t *table) goOn(p *part) ([]paper.Gap, bool) {
	own, repeated, certain := t.titles(p)
	if own || t.out.Guessed != p.guessed {
		return nil, false
	}
	xs, ok := common(t.xs, p.xs, certain)
	if !ok {
		return nil, false
	}
	rows := rowsOf(p)
	spread(rows, p.xs, xs)
	first := make([]paper.Row, min(mostHeads, len(t.out.Rows))) // the table stays as it is until the part is known to be its own
	for i := range first {
		first[i] = t.out.Rows[i]
		first[i].Cells = slices.Clone(first[i].Cells)
	}
	spread(first, t.xs, xs)
	heads := 0
	for heads < len(rows) && heads < len(first) && sameRow(&rows[heads], &first[heads]) {
		heads++
	}
	if (repeated || len(t.out.Below) > 0) && heads == 0 {
		return nil, false
	}
	for heads > 0 && crosses(rows, heads) {
		heads--
	}
	if !slices.Equal(t.xs, xs) {
		spread(t.out.Rows, t.xs, xs)
		t.xs = xs
	}
	gaps := t.append(rows[heads:], p, certain)
	t.last = p
	t.out.Columns, t.out.Repeated = len(xs)-1, max(t.out.Repeated, heads)
	return gaps, true
}

// mostHeads is how many rows a head has at most.
const mostHeads = 8

// crosses says that a cell covers the rows on both sides of a row's upper edge.
func crosses(rows []paper.Row, at int) bool {
	for i := range at {
		for _, c := range rows[i].Cells {
			if i+c.Rows > at {
				return true
			}
		}
	}
	return false
}

// sameRow says that two rows say the same in the same columns, and say something.
func sameRow(a, b *paper.Row) bool {
	if len(a.Cells) != len(b.Cells) {
		return false
	}
	some := false
	for i := range a.Cells {
		x, y := a.Cells[i], b.Cells[i]
		if x.Column != y.Column || plain(x.Text) != plain(y.Text) {
			return false
		}
		some = some || x.Text != ""
	}
	return some
}

// titles says whether a part has a title of its own, repeats that of the table, or says that it goes on.
func (t *table) titles(p *part) (own, repeated, certain bool) {
	known := map[string]bool{}
	for _, a := range t.out.Above {
		known[plain(a.Text)] = true
	}
	for _, l := range p.above {
		text := plain(l.text())
		bare := continued.ReplaceAllString(text, "")
		if bare != text && (bare == "" || known[bare] || t.begins(bare)) {
			certain = true
			continue
		}
		if unitLine.MatchString(text) {
			continue
		}
		if !known[text] {
			return true, false, false
		}
		repeated = true
	}
	return false, repeated && !certain, certain
}

// begins says that a title above the table begins so: 表3（续） goes on with 表3 支出总表.
func (t *table) begins(number string) bool {
	for _, a := range t.out.Above {
		if rest, ok := strings.CutPrefix(plain(a.Text), number); ok && (rest == "" || !unicode.IsDigit([]rune(rest)[0]) && !strings.HasPrefix(rest, "-")) {
			return true
		}
	}
	return false
}
