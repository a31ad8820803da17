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
	return m, nil
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
// of overlapping ranges, each by itself as it is stored, the first whose first cell holds something.
func (s *Sheet) Filled(row, column int) Cell {
	c := s.At(row, column)
	if c.Kind != Empty || c.Formula {
		return c
	}
	for _, n := range s.merges.at(row) {
		m := s.Merges[n]
		if !m.Has(row, column) {
			continue
		}
		if first := s.At(m.Top, m.Left); first.Kind != Empty || first.Formula {
			first.Column = column
			return first
		}
	}
	return c
}
