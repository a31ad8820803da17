package ruled

import (
	"cmp"
	"slices"

	"yusuan/internal/pdfium"
	"yusuan/internal/read/paper"
	"yusuan/internal/typeset/unit"
)

// rule is a straight line in a view.
type rule struct{ at, from, to unit.Length }

const (
	near   = 1 * unit.Pt // pieces of one line stand no further apart across it
	wide   = 2 * unit.Pt // all of one line's
	hole   = 2500        // the largest gap between pieces of one line, in thousandths of a point
	crumb  = 4 * unit.Pt // what is shorter is no line
	touch  = 3 * unit.Pt // lines that miss each other by less are joined by who looks at them
	apart  = 2500        // cuts are no nearer
	inEdge = apart       // a line so near to a cut is drawn there
)

// rulesOf is the rules of a page in its view, flat and upright ones, pieces of one line joined.
func rulesOf(v view, rules []pdfium.Rule) (flat, upright []rule) {
	for _, r := range rules {
		b := paper.Box{Left: min(r.From, r.To), Top: r.At, Right: max(r.From, r.To), Bottom: r.At}
		if r.Upright {
			b = paper.Box{Left: r.At, Top: min(r.From, r.To), Right: r.At, Bottom: max(r.From, r.To)}
		}
		if b = v.see(b); r.Upright == (v.turn%2 == 0) {
			upright = append(upright, rule{b.Left, b.Top, b.Bottom})
		} else {
			flat = append(flat, rule{b.Top, b.Left, b.Right})
		}
	}
	return joined(flat), joined(upright)
}

// joined joins collinear pieces that touch and drops crumbs. Makers of PDF draw a line in a piece for each cell, or for each pixel.
func joined(in []rule) []rule {
	slices.SortFunc(in, func(a, b rule) int { return cmp.Compare(a.at, b.at) })
	var out []rule
	for i := 0; i < len(in); {
		j := i + 1
		for j < len(in) && in[j].at-in[j-1].at <= near && in[j].at-in[i].at <= wide {
			j++
		}
		out = appendLine(out, in[i:j])
		i = j
	}
	return out
}

// appendLine appends the lines of pieces that stand at nearly the same place.
func appendLine(out, pieces []rule) []rule {
	slices.SortFunc(pieces, func(a, b rule) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to), cmp.Compare(a.at, b.at))
	})
	var sum, weight unit.Length // longer pieces say better where the line is
	for _, r := range pieces {
		w := (r.to-r.from)/unit.Pt + 1
		sum, weight = sum+(r.at-pieces[0].at)*w, weight+w
	}
	at := pieces[0].at + sum/weight
	line := rule{at, pieces[0].from, pieces[0].to}
	for _, r := range pieces[1:] {
		if r.from <= line.to+hole {
			line.to = max(line.to, r.to)
			continue
		}
		if line.to-line.from >= crumb {
			out = append(out, line)
		}
		line = rule{at, r.from, r.to}
	}
	if line.to-line.from >= crumb {
		out = append(out, line)
	}
	return out
}

// frame is rules that touch each other: what may be a table.
type frame struct{ flat, upright []rule }

// maxPairs bounds how many pairs of rules are looked at on a page. A real page of the finest table stays a hundred times below.
const maxPairs = 4_000_000

// frames finds which rules touch. It is false where a page has more rules than any page for people.
func frames(flat, upright []rule) ([]frame, bool) {
	up := newUnion(len(flat) + len(upright))
	pairs := 0
	for i, h := range flat {
		first, _ := slices.BinarySearchFunc(upright, h.from-touch, func(v rule, at unit.Length) int { return cmp.Compare(v.at, at) })
		for j := first; j < len(upright) && upright[j].at <= h.to+touch; j++ {
			if pairs++; pairs > maxPairs {
				return nil, false
			}
			if v := upright[j]; h.at >= v.from-touch && h.at <= v.to+touch {
				up.join(i, len(flat)+j)
			}
		}
	}
	index := map[int]int{}
	var out []frame
	of := func(i int) *frame {
		root := up.find(i)
		k, ok := index[root]
		if !ok {
			k = len(out)
			index[root] = k
			out = append(out, frame{})
		}
		return &out[k]
	}
	for i, h := range flat {
		f := of(i)
		f.flat = append(f.flat, h)
	}
	for j, v := range upright {
		f := of(len(flat) + j)
		f.upright = append(f.upright, v)
	}
	return besides(out), true
}

// besides makes one frame of upright rules of the same ends that nothing flat joins: of cells that go on from the page before to
// the one after.
func besides(fs []frame) []frame {
	out := fs[:0:0]
	index := map[[2]unit.Length]int{}
	for _, f := range fs {
		if len(f.flat) > 0 || len(f.upright) != 1 || f.upright[0].to-f.upright[0].from < longRule {
			out = append(out, f)
			continue
		}
		v := f.upright[0]
		ends := [2]unit.Length{v.from / touch, v.to / touch}
		k, ok := index[ends]
		if !ok {
			k = len(out)
			index[ends] = k
			out = append(out, frame{})
		}
		out[k].upright = append(out[k].upright, v)
	}
	return out
}

// union says what belongs together.
type union []int

func newUnion(n int) union {
	u := make(union, n)
	for i := range u {
		u[i] = i
	}
	return u
}

func (u union) find(i int) int {
	for u[i] != i {
		u[i] = u[u[i]]
		i = u[i]
	}
	return i
}

// join puts the two together; the lower root stays, so that numbers do not depend on the order.
func (u union) join(i, j int) {
	i, j = u.find(i), u.find(j)
	u[max(i, j)] = min(i, j)
}
