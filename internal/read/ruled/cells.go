package ruled

import (
	"slices"

	"yusuan/internal/read/paper"
	"yusuan/internal/typeset/unit"
)

// part is the part of a table on one page.
type part struct {
	sheet        *sheet
	box          paper.Box
	xs, ys       []unit.Length // its cuts
	cells        []*cell       // by rows, then columns
	above, below []*line
	guessed      bool
}

// cell is a cell of a part.
type cell struct {
	row, col, rows, cols int
	letters              []letter
	lines                []*line
}

const (
	minWidth  = 40 * unit.Pt // what is smaller is a drawing
	minHeight = 12 * unit.Pt
	sliver    = 8 * unit.Pt // no column is as narrow
	maxCells  = 200_000     // of a table; the finest real one stays a hundred times below
)

// partOf makes the grid of a frame, nil where it is no table.
func partOf(s *sheet, f frame) *part {
	if few := len(f.flat) < 2 || len(f.upright) < 1; few && len(f.upright) < 3 {
		return nil // a cell that fills its page may have no flat rule on it
	}
	p := &part{sheet: s, box: f.bounds()}
	b := p.box
	if b.Right-b.Left < minWidth || b.Bottom-b.Top < minHeight {
		return nil
	}
	p.xs, p.ys = cuts(f.upright, b.Left, b.Right), cuts(f.flat, b.Top, b.Bottom)
	rows, cols := len(p.ys)-1, len(p.xs)-1
	if rows < 1 || cols < 1 || rows*cols < 2 || rows*cols > maxCells {
		return nil
	}
	right := edges(f.upright, p.xs, p.ys) // [cut of x][row]
	below := edges(f.flat, p.ys, p.xs)    // [cut of y][column]
	u := newUnion(rows * cols)
	for r := range rows {
		for k := range cols {
			if k+1 < cols && !right[(k+1)*rows+r] {
				u.join(r*cols+k, r*cols+k+1)
			}
			if r+1 < rows && !below[(r+1)*cols+k] {
				u.join(r*cols+k, (r+1)*cols+k)
			}
		}
	}
	p.cells = rectangles(u, rows, cols)
	return p
}

func (f frame) bounds() paper.Box {
	var b paper.Box
	for _, h := range f.flat {
		b = b.Union(paper.Box{Left: h.from, Top: h.at, Right: h.to, Bottom: h.at})
	}
	for _, v := range f.upright {
		b = b.Union(paper.Box{Left: v.at, Top: v.from, Right: v.at, Bottom: v.to})
	}
	return b
}

// cuts are the places where lines cut a table, its ends among them, unless lines across stick out a little beyond the last.
func cuts(rules []rule, low, high unit.Length) []unit.Length {
	all := []unit.Length{low, high}
	for _, r := range rules {
		all = append(all, r.at)
	}
	slices.Sort(all)
	out := all[:1]
	for _, x := range all[1:] {
		if x-out[len(out)-1] > apart {
			out = append(out, x)
		}
	}
	drawn := func(x unit.Length) bool {
		return slices.ContainsFunc(rules, func(r rule) bool { return max(r.at-x, x-r.at) <= apart })
	}
	if len(out) > 2 && out[1]-out[0] < sliver && !drawn(out[0]) {
		out = out[1:]
	}
	if n := len(out); n > 2 && out[n-1]-out[n-2] < sliver && !drawn(out[n-1]) {
		out = out[:n-1]
	}
	return out
}

// edges says of each cut and each stretch between the cuts across it whether a line is drawn there: along more than 60 % of it.
func edges(rules []rule, at, across []unit.Length) []bool {
	n := len(across) - 1
	drawn := make([]unit.Length, len(at)*n)
	for _, r := range rules {
		first, _ := slices.BinarySearch(at, r.at-inEdge)
		for c := first; c < len(at) && at[c] <= r.at+inEdge; c++ {
			k, _ := slices.BinarySearch(across, r.from)
			for k = max(k-1, 0); k < n && across[k] < r.to; k++ {
				drawn[c*n+k] += max(0, min(across[k+1], r.to)-max(across[k], r.from))
			}
		}
	}
	out := make([]bool, len(drawn))
	for c := range at {
		for k := range n {
			out[c*n+k] = drawn[c*n+k]*10 >= (across[k+1]-across[k])*6
		}
	}
	return out
}

// rectangles makes cells of what belongs together. What is no rectangle, since a piece of a line is missing, falls into rows.
func rectangles(u union, rows, cols int) []*cell {
	type extent struct{ r0, c0, r1, c1, n int }
	of := map[int]*extent{}
	for r := range rows {
		for k := range cols {
			root := u.find(r*cols + k)
			e := of[root]
			if e == nil {
				e = &extent{r, k, r, k, 0}
				of[root] = e
			}
			e.c0, e.c1, e.r1, e.n = min(e.c0, k), max(e.c1, k), r, e.n+1
		}
	}
	var out []*cell
	for r := range rows {
		for k := 0; k < cols; {
			root := u.find(r*cols + k)
			e := of[root]
			if e.n == (e.r1-e.r0+1)*(e.c1-e.c0+1) {
				if e.r0 == r {
					out = append(out, &cell{row: r, col: k, rows: e.r1 - e.r0 + 1, cols: e.c1 - e.c0 + 1})
				}
				k = e.c1 + 1
				continue
			}
			from := k
			for k < cols && u.find(r*cols+k) == root {
				k++
			}
			out = append(out, &cell{row: r, col: from, rows: 1, cols: k - from})
		}
	}
	return out
}

// slot is between which cuts a place lies; what lies outside lies in the first or last.
func slot(cuts []unit.Length, at unit.Length) int {
	i, found := slices.BinarySearch(cuts, at)
	if !found {
		i--
	}
	return min(max(i, 0), len(cuts)-2)
}

// holds says whether a point lies in a part.
func (p *part) holds(x, y unit.Length) bool {
	return x >= p.box.Left-unit.Pt && x <= p.box.Right+unit.Pt && y >= p.box.Top-unit.Pt && y <= p.box.Bottom+unit.Pt
}

// place is the cell of each place of a part's grid.
func (p *part) places() []*cell {
	cols := len(p.xs) - 1
	out := make([]*cell, (len(p.ys)-1)*cols)
	for _, c := range p.cells {
		for r := range c.rows {
			for k := range c.cols {
				out[(c.row+r)*cols+c.col+k] = c
			}
		}
	}
	return out
}

// at is where a cell stands in the view.
func (p *part) at(c *cell) paper.Box {
	return paper.Box{Left: p.xs[c.col], Top: p.ys[c.row], Right: p.xs[c.col+c.cols], Bottom: p.ys[c.row+c.rows]}
}

// area of a part, in square points.
func (p *part) area() int64 {
	return int64((p.box.Right-p.box.Left)/unit.Pt) * int64((p.box.Bottom-p.box.Top)/unit.Pt)
}
