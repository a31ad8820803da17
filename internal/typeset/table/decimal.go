package table

import (
	"strings"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/par"
	"yusuan/internal/typeset/unit"
)

// point is the place of the decimal point on the line: before the last '.', or else after the last digit, so that
// 100% puts its units under the units of 99.50. A line without a digit, such as a dash, ends at the point.
func point(l *par.Line) unit.Length {
	var atPoint, afterDigit, end unit.Length
	hasPoint, hasDigit := false, false
	for i := range l.Runs {
		r := &l.Runs[i]
		x, k := r.X, 0
		for _, ch := range r.Text {
			next := x + r.Advances[k]
			switch {
			case ch == '.':
				atPoint, hasPoint = x, true
			case '0' <= ch && ch <= '9':
				afterDigit, hasDigit = next, true
			}
			x, k = next, k+1
		}
		end = x
	}
	switch {
	case hasPoint && hasDigit:
		return atPoint
	case hasDigit:
		return afterDigit
	}
	return end
}

// alignDecimals finds for each column how far its figures reach on either side of their decimal points.
func alignDecimals(g *grid) (before, after []unit.Length) {
	both := make([]unit.Length, 2*g.cols)
	before, after = both[:g.cols:g.cols], both[g.cols:]
	for i := range g.cells {
		c := &g.cells[i]
		if !c.decimal() {
			continue
		}
		before[c.col] = max(before[c.col], c.point)
		after[c.col] = max(after[c.col], c.lines[0].Width-c.point)
	}
	return before, after
}

// figures is how wide the block of aligned figures of a column is.
func (t *Table) figures(col int) unit.Length { return t.before[col] + t.after[col] }

// alignCentred finds the centred figures that stand directly below each other, and sets each such run off as one block
// whose decimal points align: as a whole the block is centred. Empty cells of figures are no break in a run; shares of a
// whole, which end in a sign, are centred one by one.
func alignCentred(g *grid) {
	type place struct{ col, cols int }
	type run struct {
		cells []*cell
		next  int // the row that may continue it
	}
	var open map[place]*run
	var runs []*run
	for i := range g.cells {
		c := &g.cells[i]
		if c.head || !c.Number || c.align != doc.AlignCenter || len(c.lines) > 1 || share(c) {
			continue
		}
		at := place{c.col, c.cols}
		r := open[at]
		if r == nil || r.next != c.row {
			if r = new(run); open == nil {
				open = map[place]*run{}
			}
			open[at], runs = r, append(runs, r)
		}
		r.next = c.row + c.rows
		if len(c.lines) == 1 {
			r.cells = append(r.cells, c)
		}
	}
	for _, r := range runs {
		setBlock(r.cells)
	}
}

// share reports whether a cell holds a percentage.
func share(c *cell) bool {
	return len(c.Text) == 1 && strings.HasSuffix(c.Text[0].String, "%")
}

// setBlock aligns the points of figures within the block that they make together.
func setBlock(cells []*cell) {
	var before, after unit.Length
	for _, c := range cells {
		before = max(before, c.point)
		after = max(after, c.lines[0].Width-c.point)
	}
	for _, c := range cells {
		c.block, c.lead = before+after, before-c.point
	}
}

// decimal reports whether the cell takes part in the alignment of its column.
func (c *cell) decimal() bool {
	return c.natural && c.align == doc.AlignDecimal && c.cols == 1 && len(c.lines) == 1
}
