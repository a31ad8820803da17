package diag

import (
	"cmp"
	"slices"
)

// Nest finds what is known of the innermost of the stretches of files that a place is all in. Stretches lie within each other or
// apart. The zero Nest is ready to use.
type Nest[T any] struct {
	spots  []spot[T]
	sorted bool
}

type spot[T any] struct {
	file       string
	start, end int
	value      T
	in         int // the spot around it, -1 for none
}

// Add notes what is known of a stretch of a file, by its bytes.
func (n *Nest[T]) Add(file string, start, end int, value T) {
	n.spots, n.sorted = append(n.spots, spot[T]{file: file, start: start, end: end, value: value}), false
}

// AddRange notes what is known of a place; one without a file is none.
func (n *Nest[T]) AddRange(r Range, value T) {
	if r.File != "" {
		n.Add(r.File, int(r.Start.Offset), int(r.End.Offset), value)
	}
}

// Find is what is known of the innermost stretch around a place.
func (n *Nest[T]) Find(r Range) (value T, ok bool) {
	n.sort()
	start, end := int(r.Start.Offset), max(int(r.Start.Offset), int(r.End.Offset))
	i, _ := slices.BinarySearchFunc(n.spots, r.File, func(s spot[T], file string) int {
		if c := cmp.Or(cmp.Compare(s.file, file), cmp.Compare(s.start, start)); c != 0 {
			return c
		}
		return -1 // behind all that start there
	})
	for i--; i >= 0 && n.spots[i].file == r.File; i = n.spots[i].in {
		if s := &n.spots[i]; end <= s.end {
			return s.value, true
		}
	}
	return value, false
}

// sort puts the stretches in the order of their starts, each behind those that it is in.
func (n *Nest[T]) sort() {
	if n.sorted {
		return
	}
	n.sorted = true
	slices.SortStableFunc(n.spots, func(a, b spot[T]) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.start, b.start), -cmp.Compare(a.end, b.end))
	})
	var open []int
	for i := range n.spots {
		x := &n.spots[i]
		for len(open) > 0 && (n.spots[open[len(open)-1]].file != x.file || n.spots[open[len(open)-1]].end < x.end) {
			open = open[:len(open)-1]
		}
		if x.in = -1; len(open) > 0 {
			x.in = open[len(open)-1]
		}
		open = append(open, i)
	}
}
