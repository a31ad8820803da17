package page

import "math"

// Tree is the structure tree turned round: elements know their parents, here they know their children, and which marks are
// theirs: what of the pages a writer tells apart, numbered in the order in which it is read.
type Tree struct {
	Kids, Marks Groups
	reads       []int32 // the first mark of an element or of what is in it; math.MaxInt32 when it shows nothing
}

// Groups holds lists of numbers, one for each element, in one piece.
type Groups struct{ ends, items []int32 }

// Of is the list of an element.
func (g *Groups) Of(elem int) []int32 {
	if elem == 0 {
		return g.items[:g.ends[0]]
	}
	return g.items[g.ends[elem-1]:g.ends[elem]]
}

// Group sorts 0 … n-1 by their element; key returns a negative element for what belongs to none.
func Group(elems, n int, key func(i int) int) Groups {
	g := Groups{ends: make([]int32, elems+1)}
	for i := range n {
		if k := key(i); k >= 0 {
			g.ends[k+1]++
		}
	}
	for i := range elems {
		g.ends[i+1] += g.ends[i]
	}
	g.items = make([]int32, g.ends[elems])
	for i := range n { // ends[k] moves from the start of list k to its end
		if k := key(i); k >= 0 {
			g.items[g.ends[k]] = int32(i)
			g.ends[k]++
		}
	}
	return g
}

// NewTree makes the tree of elements that are as Check wants them, and of so many marks.
func NewTree(elems []Elem, marks int, owner func(mark int) ElemID) *Tree {
	n := len(elems)
	t := &Tree{reads: make([]int32, n)}
	t.Kids = Group(n, n, func(i int) int {
		if i == 0 {
			return -1
		}
		return int(elems[i].Parent)
	})
	t.Marks = Group(n, marks, func(i int) int { return int(owner(i)) })
	for i := n - 1; i >= 0; i-- {
		t.reads[i] = math.MaxInt32
		if m := t.Marks.Of(i); len(m) > 0 {
			t.reads[i] = m[0]
		}
		for _, k := range t.Kids.Of(i) { // children stand behind their parents, so theirs are known
			t.reads[i] = min(t.reads[i], t.reads[k])
		}
	}
	return t
}

// Each visits what an element holds in the order in which it is read.
func (t *Tree) Each(elem int, mark, kid func(int32)) {
	marks := t.Marks.Of(elem)
	for _, k := range t.Kids.Of(elem) {
		for len(marks) > 0 && marks[0] < t.reads[k] && t.reads[k] != math.MaxInt32 {
			mark(marks[0])
			marks = marks[1:]
		}
		kid(k)
	}
	for _, m := range marks {
		mark(m)
	}
}
