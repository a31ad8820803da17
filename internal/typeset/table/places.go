package table

import (
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
)

// Place is a cell at its place in the grid of a table, and what it is to those who hear the table.
type Place struct {
	*doc.Cell
	Row, Col   int
	Rows, Cols int
	Scope      page.Scope // of a head; NoScope for any other cell
	Heads      []int32    // of its heads, which places they are; none where scopes tell them
}

// Places are the cells of a table in reading order, by row and column, those of the head first: for writers of forms without
// pages. The heads of a cell are those that Structure names.
func Places(d *doc.Table) []Place {
	var m Memory
	var mended diag.List // layout has told it
	t := Table{doc: d, grid: newGrid(d, &m, &mended)}
	elems := make([]page.Elem, 1, len(t.cells)+t.rows+4)
	s := t.Structure(0, func(e page.Elem) page.ElemID {
		elems = append(elems, e)
		return page.ElemID(len(elems) - 1)
	})
	out := make([]Place, 0, len(t.cells))
	of := make([]int32, len(elems)) // by element: its place
	for r := range t.rows {
		t.eachIn(r, func(c *cell) {
			if c.row != r {
				return
			}
			id := s.cells[t.at(r, c.col)]
			of[id] = int32(len(out))
			out = append(out, Place{Cell: c.Cell, Row: r, Col: c.col, Rows: c.rows, Cols: c.cols, Scope: elems[id].Scope})
		})
	}
	for i := range out {
		heads := elems[s.cells[t.at(out[i].Row, out[i].Col)]].Headers
		if len(heads) == 0 {
			continue
		}
		out[i].Heads = make([]int32, len(heads))
		for k, id := range heads {
			out[i].Heads[k] = of[id]
		}
	}
	return out
}
