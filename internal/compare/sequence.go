package compare

import (
	"slices"
)

// mostEdits is how many things that came or went the shortest way from one sequence to another may have. Where there are more,
// what both have once alone is held fast and the rest looked at between.
const mostEdits = 300

// common pairs what two sequences have in common, in the order of both: pairs of places, as many as can be where little
// differs. Its cost is in proportion to what there is, whatever differs.
func common(a, b []int32) [][2]int {
	var out [][2]int
	commonIn(a, b, 0, 0, &out)
	return out
}

func commonIn(a, b []int32, atA, atB int, out *[][2]int) {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		*out = append(*out, [2]int{atA, atB})
		a, b, atA, atB = a[1:], b[1:], atA+1, atB+1
	}
	tail := 0
	for tail < len(a) && tail < len(b) && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	inner, other := a[:len(a)-tail], b[:len(b)-tail]
	if len(inner) > 0 && len(other) > 0 && !shortest(inner, other, atA, atB, out) {
		anchored(inner, other, atA, atB, out)
	}
	for k := range tail {
		*out = append(*out, [2]int{atA + len(inner) + k, atB + len(other) + k})
	}
}

// shortest is the shortest way by the algorithm of Myers; false if it has more than mostEdits.
func shortest(a, b []int32, atA, atB int, out *[][2]int) bool {
	limit := min(len(a)+len(b), mostEdits)
	at := make([]int, 2*limit+3) // how far each diagonal got, diagonal k at limit+1+k
	zero := limit + 1
	var past [][]int
	for d := 0; d <= limit; d++ {
		for k := -d; k <= d; k += 2 {
			x := 0
			switch {
			case d == 0:
			case k == -d || k != d && at[zero+k-1] < at[zero+k+1]:
				x = at[zero+k+1]
			default:
				x = at[zero+k-1] + 1
			}
			for x < len(a) && x-k >= 0 && x-k < len(b) && a[x] == b[x-k] {
				x++
			}
			at[zero+k] = x
			if x >= len(a) && x-k >= len(b) {
				back(past, a, b, d, k, atA, atB, out)
				return true
			}
		}
		past = append(past, slices.Clone(at[zero-d:zero+d+1]))
	}
	return false
}

// back goes the way back that shortest went, from diagonal k after d edits on.
func back(past [][]int, a, b []int32, d, k, atA, atB int, out *[][2]int) {
	first := len(*out)
	x, y := len(a), len(b)
	for ; d > 0; d-- {
		was := past[d-1] // diagonal k at d-1+k
		reach := func(k int) int {
			if k < -(d-1) || k > d-1 {
				return -1
			}
			return was[d-1+k]
		}
		from := k - 1
		if k == -d || k != d && reach(k-1) < reach(k+1) {
			from = k + 1
		}
		beginX := reach(from)
		beginY := beginX - from
		for x > beginX && y > beginY {
			x, y = x-1, y-1
			*out = append(*out, [2]int{atA + x, atB + y})
		}
		x, y, k = beginX, beginY, from
	}
	for x > 0 && y > 0 {
		x, y = x-1, y-1
		*out = append(*out, [2]int{atA + x, atB + y})
	}
	slices.Reverse((*out)[first:])
}

// anchored holds fast what stands once in both, in the order that most of it has, and goes on between.
func anchored(a, b []int32, atA, atB int, out *[][2]int) {
	type places struct{ inA, inB, countA, countB int }
	found := map[int32]*places{}
	for i, x := range a {
		p := found[x]
		if p == nil {
			p = &places{}
			found[x] = p
		}
		p.inA, p.countA = i, p.countA+1
	}
	for i, x := range b {
		if p := found[x]; p != nil {
			p.inB, p.countB = i, p.countB+1
		}
	}
	var once [][2]int
	for i, x := range a {
		if p := found[x]; p.countA == 1 && p.countB == 1 {
			once = append(once, [2]int{i, p.inB})
		}
	}
	if len(once) == 0 {
		return // as good as nothing in common
	}
	in := make([]int, len(once))
	for i := range once {
		in[i] = once[i][1]
	}
	x, y := 0, 0
	for _, i := range rising(in) {
		p := once[i]
		if p[0] < x || p[1] < y {
			continue
		}
		commonIn(a[x:p[0]], b[y:p[1]], atA+x, atB+y, out)
		*out = append(*out, [2]int{atA + p[0], atB + p[1]})
		x, y = p[0]+1, p[1]+1
	}
	commonIn(a[x:], b[y:], atA+x, atB+y, out)
}

// rising are the places of a longest rising run of numbers, all of which differ: what stayed where it was, so that what is not
// among them is the least that moved.
func rising(list []int) []int {
	var ends []int // by length less one: the place of the least end
	before := make([]int, len(list))
	for i, x := range list {
		n, _ := slices.BinarySearchFunc(ends, x, func(at, x int) int { return list[at] - x })
		before[i] = -1
		if n > 0 {
			before[i] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, i)
		} else {
			ends[n] = i
		}
	}
	out := make([]int, len(ends))
	at := -1
	if len(ends) > 0 {
		at = ends[len(ends)-1]
	}
	for k := len(out) - 1; k >= 0; k-- {
		out[k], at = at, before[at]
	}
	return out
}

// numbered gives strings numbers, equal ones the same.
type numbered struct{ of map[string]int32 }

func (n *numbered) all(list []string) []int32 {
	if n.of == nil {
		n.of = map[string]int32{}
	}
	out := make([]int32, len(list))
	for i, s := range list {
		id, known := n.of[s]
		if !known {
			id = int32(len(n.of))
			n.of[s] = id
		}
		out[i] = id
	}
	return out
}

// matched says for each of the new things which of the old it was, -1 for none.
type matched struct {
	was   []int
	taken []bool // of the old
	fixed []bool // of the new: stands where it stood among those that are matched
	// turned says that where several pairings are as good, the one is taken that the new would take of the old, so that a
	// comparison finds the same pairs backwards as forwards.
	turned bool
}

func newMatched(old, new int) *matched {
	m := &matched{was: make([]int, new), taken: make([]bool, old)}
	for j := range m.was {
		m.was[j] = -1
	}
	return m
}

func (m *matched) pair(i, j int) { m.was[j], m.taken[i] = i, true }

// byKey pairs those that have the same key and no other yet, in their order; "" is no key.
func (m *matched) byKey(oldKey, newKey func(int) string) {
	open := map[string][]int{}
	for i := range m.taken {
		if !m.taken[i] {
			if k := oldKey(i); k != "" {
				open[k] = append(open[k], i)
			}
		}
	}
	if len(open) == 0 {
		return
	}
	for j := range m.was {
		if m.was[j] >= 0 {
			continue
		}
		k := newKey(j)
		if list := open[k]; k != "" && len(list) > 0 {
			m.pair(list[0], j)
			open[k] = list[1:]
		}
	}
}

// gaps calls do for the stretches without pairs between pairs that keep their order: what is not matched in them.
func (m *matched) gaps(do func(old, new []int)) {
	m.settle()
	var gapNew []int
	from := 0
	flush := func(to int) {
		var gapOld []int
		for i := from; i < to; i++ {
			if !m.taken[i] {
				gapOld = append(gapOld, i)
			}
		}
		if len(gapOld) > 0 && len(gapNew) > 0 {
			do(gapOld, gapNew)
		}
		gapNew = nil
	}
	for j := range m.was {
		switch {
		case m.was[j] < 0:
			gapNew = append(gapNew, j)
		case m.fixed[j]:
			i := m.was[j]
			flush(i)
			from = i + 1
		}
	}
	flush(len(m.taken))
}

// settle finds which of the pairs keep their order.
func (m *matched) settle() {
	var places, list []int
	for j, i := range m.was {
		if i >= 0 {
			places, list = append(places, j), append(list, i)
		}
	}
	m.fixed = make([]bool, len(m.was))
	for _, k := range m.rising(list) {
		m.fixed[places[k]] = true
	}
}

// rising is rising as the comparison is turned: of the places of the old in the order of the new.
func (m *matched) rising(list []int) []int {
	if !m.turned {
		return rising(list)
	}
	order := make([]int, len(list))
	for k := range order {
		order[k] = k
	}
	slices.SortFunc(order, func(x, y int) int { return list[x] - list[y] })
	out := rising(order)
	for i, k := range out {
		out[i] = order[k]
	}
	return out
}

// common is common as the comparison is turned.
func (m *matched) common(a, b []int32) [][2]int {
	if !m.turned {
		return common(a, b)
	}
	out := common(b, a)
	for k, p := range out {
		out[k] = [2]int{p[1], p[0]}
	}
	return out
}

// moved reports whether a new thing stood elsewhere among those that are in both.
func (m *matched) moved(j int) bool { return m.was[j] >= 0 && !m.fixed[j] }

// merge goes through all in the order of the new, what is gone where it stood: old is -1 of what came, new of what is gone.
func (m *matched) merge(do func(old, new int)) {
	m.settle()
	now := make([]int, len(m.taken)) // place in the new
	for j, i := range m.was {
		if i >= 0 {
			now[i] = j + 1
		}
	}
	gone := map[int][]int{} // by the place before
	behind := 0
	for i := range m.taken {
		switch {
		case !m.taken[i]:
			gone[behind] = append(gone[behind], i)
		case m.fixed[now[i]-1]:
			behind = now[i]
		}
	}
	tell := func(at int) {
		for _, i := range gone[at] {
			do(i, -1)
		}
	}
	tell(0)
	for j, i := range m.was {
		do(i, j)
		tell(j + 1)
	}
}

// alike is when two things are taken to be one that was changed: in thousandths.
const alike = 400

// mostWindow is how many neighbours without a partner are held against each other.
const mostWindow = 24

// similar pairs neighbours in gaps that are most like each other, without crossing.
func (m *matched) similar(like func(old, new int) int) {
	type gap struct{ old, new []int }
	var all []gap
	m.gaps(func(old, new []int) {
		for len(old) > 0 && len(new) > 0 {
			a, b := min(len(old), mostWindow), min(len(new), mostWindow)
			all = append(all, gap{old[:a], new[:b]})
			old, new = old[a:], new[b:]
		}
	})
	for _, g := range all {
		m.best(g.old, g.new, like)
	}
}

// best pairs without crossing so that the likeness of all is the greatest.
func (m *matched) best(old, new []int, like func(old, new int) int) {
	sum := make([][]int, len(old)+1)
	for i := range sum {
		sum[i] = make([]int, len(new)+1)
	}
	score := make([][]int, len(old))
	for i := len(old) - 1; i >= 0; i-- {
		score[i] = make([]int, len(new))
		for j := len(new) - 1; j >= 0; j-- {
			sum[i][j] = max(sum[i+1][j], sum[i][j+1])
			if s := like(old[i], new[j]); s >= alike {
				score[i][j] = s
				sum[i][j] = max(sum[i][j], sum[i+1][j+1]+s)
			}
		}
	}
	for i, j := 0, 0; i < len(old) && j < len(new); {
		switch {
		case score[i][j] > 0 && sum[i][j] == sum[i+1][j+1]+score[i][j]:
			m.pair(old[i], new[j])
			i, j = i+1, j+1
		case sum[i][j] == sum[i+1][j] && (!m.turned || sum[i][j] != sum[i][j+1]):
			i++
		default:
			j++
		}
	}
}

// inOrder pairs what is equal in an order that most of it has, and then what is equal elsewhere.
func inOrder(old, new []string, turned bool) *matched {
	m := newMatched(len(old), len(new))
	m.turned = turned
	m.alignBy(func(i int) string { return old[i] }, func(j int) string { return new[j] })
	return m
}

// alignBy pairs those of the gaps that have the same key, as many as can be without crossing.
func (m *matched) alignBy(oldKey, newKey func(int) string) {
	type pair struct{ old, new int }
	var found []pair
	m.gaps(func(a, b []int) {
		var n numbered
		keysA, keysB := make([]string, len(a)), make([]string, len(b))
		for k, i := range a {
			keysA[k] = oldKey(i)
		}
		for k, j := range b {
			keysB[k] = newKey(j)
		}
		for _, p := range m.common(n.all(keysA), n.all(keysB)) {
			if keysA[p[0]] != "" {
				found = append(found, pair{a[p[0]], b[p[1]]})
			}
		}
	})
	for _, p := range found {
		m.pair(p.old, p.new)
	}
}
