package table

import (
	"math/rand/v2"
	"strings"
	"testing"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/unit"
)

// oddText is a text that a form may hold and that strains its columns.
func oddText(r *rand.Rand) string {
	switch r.IntN(7) {
	case 0:
		return ""
	case 1:
		return strings.Repeat("Wx", r.IntN(40))
	case 2:
		return "“" + strings.Repeat("引", r.IntN(12)) + "”"
	case 3:
		return "甲“" + strings.Repeat("长", r.IntN(200)) + "”乙"
	case 4:
		return strings.Repeat("（", 1+r.IntN(5))
	case 5:
		return "——……，。"
	}
	return strings.Repeat("字", 1+r.IntN(30))
}

// TestSettleKeepsWithin: moving room between columns makes no line stick out that did not before: what fits in the columns as
// they are stated fits in those that are settled.
func TestSettleKeepsWithin(t *testing.T) {
	settled := 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 7))
		d, shares := &doc.Table{}, unit.Length(0)
		for range 1 + r.IntN(12) {
			d.Columns = append(d.Columns, doc.Column{Share: 1 + r.IntN(20), Align: doc.AlignCenter})
			shares += unit.Length(d.Columns[len(d.Columns)-1].Share)
		}
		for range 1 + r.IntN(8) {
			var cells []doc.Cell
			for k := 0; k < len(d.Columns); k += cells[len(cells)-1].ColSpan {
				c := of(oddText(r))
				c.ColSpan, c.Vertical, c.Indent = 1, r.IntN(12) == 0, r.IntN(3)
				if r.IntN(5) == 0 {
					c.ColSpan = 1 + r.IntN(len(d.Columns)-k)
				}
				cells = append(cells, c)
			}
			d.Body = append(d.Body, line(cells...))
		}
		const room = 300000
		var m Memory
		table := Set(d, sheet(), &m, Room{Width: room, Height: 700000})
		over := unit.Length(0)
		for i := range table.cells {
			for k := range table.cells[i].lines {
				over = max(over, table.cells[i].lines[k].Overfull)
			}
		}
		if fitsAsStated(table, d, room, shares) { // which sets the cells again
			settled++
			if over > 0 {
				t.Errorf("seed %d: a line sticks out by %s", seed, over)
			}
		}
	}
	if settled < 30 {
		t.Errorf("%d tables fit as they are stated", settled)
	}
}

// fitsAsStated reports whether all cells fit in columns of their shares.
func fitsAsStated(t *Table, d *doc.Table, room, shares unit.Length) bool {
	widths := make([]unit.Length, len(d.Columns))
	for i := range widths {
		widths[i] = room * unit.Length(d.Columns[i].Share) / shares
	}
	for i := range t.cells {
		if c := t.cells[i]; !t.setter.fits(&c, t.over(&c, widths)) {
			return false
		}
	}
	return true
}
