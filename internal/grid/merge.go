package grid

import (
	"slices"
	"sort"
)

// merges finds the merged ranges that hold a cell. Rows fall into bands that the same ranges touch, so that a range over all
// rows of a sheet costs no more than a small one.
type merges struct {
	starts []int     // first row of each band, ascending
	bands  [][]int32 // of each band: the ranges that touch it, as numbers into Sheet.Merges, ascending
	cross  []bool    // of each range: it overlaps another
}

// maxTouches bounds what all bands hold together.
const maxTouches = 4 << 20

// index makes the bands.
func index(list []Merge) (merges, error) {
	if len(list) == 0 {
		return merges{}, nil
	}
	var m merges
	for _, r := range list {
		m.starts = append(m.starts, r.Top, r.Bottom+1)
	}
	slices.Sort(m.starts)
	m.starts = slices.Compact(m.starts)
	m.bands = make([][]int32, len(m.starts))
	touches := 0
	for n, r := range list {
		first, _ := slices.BinarySearch(m.starts, r.Top)
		for i := first; i < len(m.starts) && m.starts[i] <= r.Bottom; i++ {
			if len(m.bands[i]) >= maxOver {
				return merges{}, tooMuch("一行上的合并单元格", maxOver)
			}
			if touches++; touches > maxTouches {
				return merges{}, tooMuch("重叠的合并单元格", maxTouches)
			}
			m.bands[i] = append(m.bands[i], int32(n))
		}
	}
	m.cross = crossing(list, m.bands)
	return m, nil
}

// crossing finds the ranges that overlap others.
func crossing(list []Merge, bands [][]int32) []bool {
	out := make([]bool, len(list))
	for _, band := range bands {
		byLeft := slices.Clone(band)
		slices.SortFunc(byLeft, func(a, b int32) int { return list[a].Left - list[b].Left })
		last := int32(-1) // the one of those before that reaches farthest
		for _, n := range byLeft {
			if last >= 0 && list[n].Left <= list[last].Right {
				out[n], out[last] = true, true
			}
			if last < 0 || list[n].Right > list[last].Right {
				last = n
			}
		}
	}
	return out
}

// at are the numbers of the ranges that touch a row.
func (m merges) at(row int) []int32 {
	i := sort.SearchInts(m.starts, row+1) - 1
	if i < 0 {
		return nil
	}
	return m.bands[i]
}

// Merged is the merged range that a cell is in; of overlapping ones, the one that is stored first.
func (s *Sheet) Merged(row, column int) (Merge, bool) {
	for _, n := range s.merges.at(row) {
		if s.Merges[n].Has(row, column) {
			return s.Merges[n], true
		}
	}
	return Merge{}, false
}

// Filled is the cell as if merged ranges were filled with what their first cell holds. What a cell itself holds goes before;
// of overlapping ranges, each by itself as it is stored, the first whose first cell holds something and that has nothing of its own
// in between.
func (s *Sheet) Filled(row, column int) Cell {
	c := s.At(row, column)
	if c.Kind != Empty || c.Formula {
		return c
	}
	for _, n := range s.merges.at(row) {
		m := s.Merges[n]
		if !m.Has(row, column) || s.merges.cross[n] && s.between(m, row, column) {
			continue
		}
		if first := s.At(m.Top, m.Left); first.Kind != Empty || first.Formula {
			first.Column = column
			return first
		}
	}
	return c
}

// nearby bounds how far a head reaches in a range that overlaps others.
const nearby = 16

// between reports whether a cell right above or left of a cell, within a range and not its first, holds something: what stands
// there is nearer than what the range begins with.
func (s *Sheet) between(m Merge, row, column int) bool {
	for r := row - 1; r >= max(m.Top, row-nearby); r-- {
		if c := s.At(r, column); c.Kind != Empty && (r != m.Top || column != m.Left) {
			return true
		}
	}
	for x := column - 1; x >= max(m.Left, column-nearby); x-- {
		if c := s.At(row, x); c.Kind != Empty && (row != m.Top || x != m.Left) {
			return true
		}
	}
	return false
}
