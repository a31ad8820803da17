package box

import (
	"cmp"
	"iter"
	"math/bits"
	"slices"
)

// Among finds which of many boxes fill another one. What is within a box is looked up by the least values of each, and what may
// overlap by the values of one dimension, so that thousands of rows cost about as much each as ten do.
type Among struct {
	space *Space
	boxes []Box
	size  []int     // of each, how many values it holds in all dimensions: one that is within another has fewer
	least [][][]int // by dimension and value: the boxes of which it is the first
}

// Among prepares boxes to be picked from.
func (s *Space) Among(boxes []Box) *Among {
	a := &Among{space: s, boxes: boxes, size: make([]int, len(boxes)), least: make([][][]int, len(s.dims))}
	for d := range s.dims {
		a.least[d] = make([][]int, len(s.dims[d].values))
		for i, b := range boxes {
			first := len(s.dims[d].values) - 1
			for v := range values(s.part(b, d)) {
				first = v
				break
			}
			a.least[d][first] = append(a.least[d][first], i)
		}
	}
	for i, b := range boxes {
		a.size[i] = count(b)
	}
	return a
}

// values are those that a part of a box holds, in their order.
func values(part Box) iter.Seq[int] {
	return func(yield func(int) bool) {
		for j, w := range part {
			for ; w != 0; w &= w - 1 {
				if !yield(64*j + bits.TrailingZeros64(w)) {
					return
				}
			}
		}
	}
}

// Split picks the largest proper parts of whole and reports whether they fill it without overlap. The result holds indexes of
// boxes, in their order; equal boxes stand in for each other, the first is taken.
func (a *Among) Split(whole Box) ([]int, bool) {
	inside := a.inside(whole)
	slices.SortFunc(inside, func(i, k int) int { return cmp.Or(a.size[k]-a.size[i], i-k) })
	kept := &kept{space: a.space, whole: whole, at: map[[2]int][]int{}, open: make([][]int, len(a.space.dims))}
	volume := 0
	for _, i := range inside { // what holds another comes before it
		b := a.boxes[i]
		near := kept.near(b)
		if slices.ContainsFunc(near, func(k int) bool { return Within(b, a.boxes[k]) }) {
			continue
		}
		if slices.ContainsFunc(near, func(k int) bool { return !a.space.disjoint(b, a.boxes[k]) }) {
			return nil, false
		}
		kept.add(i, b)
		volume += a.space.volume(b)
	}
	if len(kept.all) == 0 || volume != a.space.volume(whole) {
		return nil, false
	}
	slices.Sort(kept.all)
	return kept.all, true
}

// inside are the boxes that are proper parts of another.
func (a *Among) inside(whole Box) (out []int) {
	dim, fewest := -1, len(a.boxes)
	for d := range a.space.dims {
		if a.space.Whole(whole, d) {
			continue // all are
		}
		n := 0
		for v := range values(a.space.part(whole, d)) {
			n += len(a.least[d][v])
		}
		if n < fewest {
			dim, fewest = d, n
		}
	}
	add := func(i int) {
		if Within(a.boxes[i], whole) && !slices.Equal(a.boxes[i], whole) {
			out = append(out, i)
		}
	}
	if dim < 0 {
		for i := range a.boxes {
			add(i)
		}
		return out
	}
	for v := range values(a.space.part(whole, dim)) {
		for _, i := range a.least[dim][v] {
			add(i)
		}
	}
	return out
}

// kept are the parts that were found, by what they hold of each dimension.
type kept struct {
	space *Space
	whole Box
	all   []int
	at    map[[2]int][]int // by dimension and value
	open  [][]int          // by dimension: those that hold all that the whole does
}

func (k *kept) narrow(b Box, d int) bool {
	return !slices.Equal(k.space.part(b, d), k.space.part(k.whole, d))
}

func (k *kept) add(i int, b Box) {
	k.all = append(k.all, i)
	for d := range k.space.dims {
		if !k.narrow(b, d) {
			k.open[d] = append(k.open[d], i)
			continue
		}
		for v := range values(k.space.part(b, d)) {
			k.at[[2]int{d, v}] = append(k.at[[2]int{d, v}], i)
		}
	}
}

// near are those that may have something in common with a box, some of them several times.
func (k *kept) near(b Box) []int {
	dim, fewest := -1, len(k.all)
	for d := range k.space.dims {
		if !k.narrow(b, d) {
			continue
		}
		n := len(k.open[d])
		for v := range values(k.space.part(b, d)) {
			n += len(k.at[[2]int{d, v}])
		}
		if n < fewest {
			dim, fewest = d, n
		}
	}
	if dim < 0 {
		return k.all
	}
	out := slices.Clone(k.open[dim])
	for v := range values(k.space.part(b, dim)) {
		out = append(out, k.at[[2]int{dim, v}]...)
	}
	return out
}

func (s *Space) disjoint(a, b Box) bool {
	for i := range s.dims {
		x, y := s.part(a, i), s.part(b, i)
		meet := false
		for j := range x {
			meet = meet || x[j]&y[j] != 0
		}
		if !meet {
			return true
		}
	}
	return false
}

// Holders finds which of many boxes hold another one as a whole. Each is looked up by the dimension that it narrows most.
type Holders struct {
	space *Space
	boxes []Box
	at    [][][]int // by dimension and value
}

// Holders prepares boxes to be looked up.
func (s *Space) Holders(boxes []Box) *Holders {
	h := &Holders{space: s, boxes: boxes, at: make([][][]int, len(s.dims))}
	for d := range s.dims {
		h.at[d] = make([][]int, len(s.dims[d].values))
	}
	for i, b := range boxes {
		d := s.narrowest(b)
		for v := range values(s.part(b, d)) {
			h.at[d][v] = append(h.at[d][v], i)
		}
	}
	return h
}

// narrowest is the dimension of which a box holds the least, as a share.
func (s *Space) narrowest(b Box) (dim int) {
	held, of := 1, 1
	for d := range s.dims {
		if n, all := count(s.part(b, d)), len(s.dims[d].values); n*of < held*all {
			dim, held, of = d, n, all
		}
	}
	return dim
}

// Of are the boxes that hold another one as a whole, in their order, those equal to it among them.
func (h *Holders) Of(b Box) (out []int) {
	for d := range h.at {
		for first := range values(h.space.part(b, d)) {
			for _, i := range h.at[d][first] { // what holds all of it holds its first
				if Within(b, h.boxes[i]) {
					out = append(out, i)
				}
			}
			break
		}
	}
	slices.Sort(out)
	return out
}
