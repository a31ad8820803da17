package leaves

import (
	"cmp"
	"slices"
)

// A program looks for amounts, none below zero, whose sums are the numbers that were printed, and where these contradict each
// other, for amounts that miss them by as little as can be. All numbers are whole 分. It is the simplex method on whole numbers:
// printed sums nest and cross, so that the numbers of its table stay small.
type program struct {
	rows []row
	cost []int64 // of the variables, per 分
	// without are variables that must be nothing; nil for none.
	without []bool

	table [][]int64 // what remains of rows: first the variables, then a column for each row's own slack
	price []int64   // of the columns
	basis []slack
	value []int64 // of the basis
	upper map[slack]bool
	in    map[slack]bool // the basis
	whole int64          // what all of table, price and value are multiplied by
	steps int
}

// row is a number that was printed: the sum of some variables, each with its sign.
type row struct {
	vars  map[int]int64
	value int64
	// play is how much less than printed it may be, since it was rounded, and more how much more.
	play, more int64
	must       bool // no number, but what has to hold of leaves
	soft       bool // no number either, but what is usual
}

// slack is a variable of the program: one of the leaves, or of what a row misses its number by.
type slack struct {
	column int
	minus  bool // the column with the other sign
	tier   tier
}

// tier is how far a row is missed: beyond rounding, within it, or just within it, which is dear since a rest of a division may come
// to it.
type tier uint8

const (
	beyond tier = iota
	within
	edge
)

const edgeWidth = 100

// What it costs, per 分, to miss a printed number within its rounding and beyond. Leaves cost less than ten.
const (
	softCost = 5
	playCost = 100
	edgeCost = 1000
	missCost = 10000
	mustCost = 1000000
	maxSteps = 20000
	maxPivot = 1 << 10
	maxCells = 16 << 20
)

func (p *program) solve() []int64 {
	n, m := len(p.cost), len(p.rows)
	if m*(n+m) > maxCells {
		return p.greedy()
	}
	p.table, p.price, p.upper = make([][]int64, m), make([]int64, n+m), map[slack]bool{}
	p.in, p.whole = map[slack]bool{}, 1
	for i, r := range p.rows {
		t := make([]int64, n+m)
		sign := int64(1)
		if r.value < 0 {
			sign = -1
		}
		for j, a := range r.vars {
			t[j] = sign * a
		}
		t[n+i] = sign
		s := slack{column: n + i, minus: sign < 0}
		p.in[s] = true
		p.table[i], p.basis, p.value = t, append(p.basis, s), append(p.value, sign*r.value)
		for j := range t {
			p.price[j] += p.costOf(s) * t[j]
		}
	}
	for ; p.steps < maxSteps && p.step(p.steps > maxSteps/2); p.steps++ {
	}
	out := make([]int64, n)
	for i, s := range p.basis {
		if s.column < n {
			out[s.column] = p.value[i] / p.whole
		}
	}
	return out
}

func (p *program) costOf(s slack) int64 {
	n := len(p.cost)
	switch {
	case s.column < n:
		return p.cost[s.column]
	case s.tier == within:
		return playCost
	case s.tier == edge:
		return edgeCost
	case p.rows[s.column-n].must:
		return mustCost
	case p.rows[s.column-n].soft:
		return softCost
	}
	return missCost
}

// most is how much a variable may be at most, -1 for no bound.
func (p *program) most(s slack) int64 {
	if s.tier == beyond {
		return -1
	}
	play := p.rows[s.column-len(p.cost)].play
	if s.minus {
		play = p.rows[s.column-len(p.cost)].more
	}
	inner := max(play-edgeWidth, 0)
	if s.tier == within {
		return inner
	}
	return play - inner
}

func (p *program) at(i int, s slack) int64 {
	if s.minus {
		return -p.table[i][s.column]
	}
	return p.table[i][s.column]
}

// gain is what the program loses by each 分 that a variable moves from where it is; nothing is gained below one.
func (p *program) gain(s slack) int64 {
	price := p.price[s.column]
	if s.minus {
		price = -price
	}
	if s.tier != beyond && p.upper[s] {
		return p.costOf(s)*p.whole - price
	}
	return price - p.costOf(s)*p.whole
}

// step moves the variable that betters the program most, as far as it goes; where it cannot, the next. first takes them by number,
// lest the program go round in circles.
func (p *program) step(first bool) bool {
	var best slack
	most := int64(0)
	p.each(func(s slack, gain int64) {
		if most == 0 || gain > most && !first {
			best, most = s, gain
		}
	})
	if most == 0 {
		return false
	}
	if p.move(best) {
		return true
	}
	var others []slack
	p.each(func(s slack, gain int64) { others = append(others, s) })
	return slices.ContainsFunc(others, p.move)
}

// each goes through the variables outside the basis that would better the program.
func (p *program) each(do func(s slack, gain int64)) {
	try := func(s slack) {
		if g := p.gain(s); g > 0 && !p.in[s] {
			do(s, g)
		}
	}
	n := len(p.cost)
	for j := range n {
		if p.without == nil || !p.without[j] {
			try(slack{column: j})
		}
	}
	for i, r := range p.rows {
		for _, minus := range []bool{false, true} {
			try(slack{column: n + i, minus: minus})
			if r.play > 0 {
				try(slack{column: n + i, minus: minus, tier: within})
				try(slack{column: n + i, minus: minus, tier: edge})
			}
		}
	}
}

// move lets a variable grow, or shrink from its bound, until another one is at an end of its own.
func (p *program) move(s slack) bool {
	way := int64(1)
	if s.tier != beyond && p.upper[s] {
		way = -1
	}
	leaving, room, up := -1, int64(0), false
	for i, b := range p.basis {
		a, r := way*p.at(i, s), p.value[i]
		if most := p.most(b); a < 0 && most >= 0 {
			r = most*p.whole - r
		} else if a <= 0 {
			continue
		}
		if leaving >= 0 {
			of := abs(p.at(leaving, s))
			if less := cmp.Compare(r*of, room*abs(a)); less > 0 || less == 0 && abs(a) >= of {
				continue
			}
		}
		leaving, room, up = i, r, a < 0
	}
	most := p.most(s)
	switch {
	case leaving < 0 && most < 0:
		return false // nothing holds it: no printed number
	case leaving < 0, most >= 0 && most*abs(p.at(leaving, s)) <= room:
		for i := range p.basis {
			p.value[i] -= way * most * p.at(i, s)
		}
		p.upper[s] = !p.upper[s]
		return true
	case abs(p.at(leaving, s)) > maxPivot:
		return false
	}
	p.pivot(s, leaving, way, room, up)
	return true
}

// pivot puts a variable into the basis in place of another, which room is left for. The table is kept in whole numbers: all of it
// is multiplied by one, so that no division leaves a rest.
func (p *program) pivot(s slack, at int, way, room int64, up bool) {
	column := make([]int64, len(p.table))
	for i := range column {
		column[i] = p.at(i, s)
	}
	size, sign := abs(column[at]), int64(1)
	if column[at] < 0 {
		sign = -1
	}
	price := p.price[s.column]
	if s.minus {
		price = -price
	}
	gain := p.costOf(s)*p.whole - price
	if value := room; !p.upper[s] {
		p.value[at] = value
	} else {
		p.value[at] = p.most(s)*size - value
	}
	r := p.table[at]
	filled := make([]int, 0, len(r)) // its places that are not zero: most are
	for j := range r {
		if r[j] *= sign; r[j] != 0 {
			filled = append(filled, j)
		}
		p.price[j] = (size*p.price[j] + gain*r[j]) / p.whole
	}
	for i := range p.table {
		if i != at {
			p.value[i] = (p.value[i]*size - way*room*column[i]) / p.whole
			p.sweep(p.table[i], r, filled, column[i], size)
		}
	}
	p.whole = size
	delete(p.in, p.basis[at])
	delete(p.upper, s)
	if up {
		p.upper[p.basis[at]] = true
	}
	p.basis[at], p.in[s] = s, true
}

// sweep takes a row out of another, a times.
func (p *program) sweep(t, r []int64, filled []int, a, size int64) {
	switch {
	case a == 0 && size == p.whole:
	case size == 1 && p.whole == 1:
		for _, j := range filled {
			t[j] -= a * r[j]
		}
	default:
		for j, x := range r {
			if x != 0 || t[j] != 0 {
				t[j] = (t[j]*size - a*x) / p.whole
			}
		}
	}
}

func abs(n int64) int64 { return max(n, -n) }

// greedy gives each variable as much as all its rows still lack, the cheap ones first: what a document of many thousand leaves gets.
func (p *program) greedy() []int64 {
	order := make([]int, len(p.cost))
	of := make([][]int, len(p.cost))
	for j := range order {
		order[j] = j
	}
	left := make([]int64, len(p.rows))
	for i, r := range p.rows {
		left[i] = r.value
		for j, a := range r.vars {
			if a > 0 && !r.must && !r.soft {
				of[j] = append(of[j], i)
			}
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p.cost[a], p.cost[b]) })
	out := make([]int64, len(p.cost))
	for _, j := range order {
		for k, i := range of[j] {
			if k == 0 || left[i] < out[j] {
				out[j] = max(left[i], 0)
			}
		}
		for _, i := range of[j] {
			left[i] -= out[j]
		}
	}
	return out
}

// missed is by how much amounts miss the printed numbers, beyond rounding.
func (p *program) missed(amount []int64) (sum int64) {
	for _, r := range p.rows {
		if r.soft {
			continue
		}
		off := -r.value
		for j, a := range r.vars {
			off += a * amount[j]
		}
		sum += max(off-r.more, -off-r.play, 0)
	}
	return sum
}
