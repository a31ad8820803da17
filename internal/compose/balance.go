package compose

import (
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/schedule"
)

// balance sets the sides of the budget beside each other: revenue, expenditure, and where the table has it,
// expenditure once more by another view.
func (c *composer) balance(s *schedule.Schedule) []doc.Row {
	t := s.Table
	n := s.BodyRows()
	out := make([]doc.Row, n, n+len(t.Foot))
	if !c.takes(cellSteps*len(s.Leaves)*n, t.At) {
		return nil
	}
	for i := range out {
		cells, texts := make([]doc.Cell, 0, len(s.Leaves)), make(memory, 0, len(s.Leaves))
		for k := range s.Sides {
			if x := &s.Sides[k]; i < len(x.Rows)-len(t.Foot) {
				cells = c.sideCells(cells, &texts, s, x, i)
			} else {
				cells = append(cells, make([]doc.Cell, len(x.Columns))...)
			}
		}
		out[i].Cells = cells
	}
	for i := range t.Foot {
		out = append(out, c.foot(s, i))
	}
	var list []string
	for k := range s.Sides {
		x := &s.Sides[k]
		list = append(list, balanceResidues(x.Rows, s.Columns(x))...)
	}
	c.miss(diag.Quote(c.plain(t.Heading)), list, nil)
	return out
}

// foot is the n-th row below the sides.
func (c *composer) foot(s *schedule.Schedule, n int) doc.Row {
	var r doc.Row
	var texts memory
	for k := range s.Sides {
		x := &s.Sides[k]
		cells := c.sideCells(nil, &texts, s, x, len(x.Rows)-len(s.Table.Foot)+n)
		if s.Table.Foot[n][1].Wide && k == 1 && len(s.Sides) > 2 {
			cells[0].ColSpan = len(x.Columns) + len(s.Sides[2].Columns) - 1
			cells[0].Align, cells[0].AlignSet = doc.AlignCenter, true
			r.Cells = append(r.Cells, cells[0], cells[len(cells)-1])
			break
		}
		r.Cells = append(r.Cells, cells...)
	}
	return r
}

// sideCells appends the cells of a row of one side.
func (c *composer) sideCells(out []doc.Cell, texts *memory, s *schedule.Schedule, x *schedule.Side, row int) []doc.Cell {
	r, from := &x.Rows[row], len(out)
	label := r.Text("label")
	name := ""
	if c.p.Adjust { // then numbers may have to be named
		name = diag.Quote(label.String)
	}
	for i, j := range x.Columns {
		l := s.Leaves[j].Column
		switch {
		case l.Field != "":
			cell := labelCell(texts, label, l, 0)
			cell.Indent, cell.Align, cell.AlignSet = r.Level, r.Spec.Align, r.Spec.AlignSet
			out = append(out, cell)
		case r.NoSum:
			out = append(out, doc.Cell{})
		default:
			sum := r.Sum(i)
			out = append(out, numberCell(texts, c.print(r.Format(l), sum.Exact, sum.Shown, name)))
		}
	}
	if r.Spec.Total {
		c.total(out[from:])
	}
	return out
}
