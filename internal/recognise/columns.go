package recognise

// Which column of the paper is which of the pack: by heads, and by what stands below them.

// fitting is how the columns of a table go with a pattern.
type fitting struct {
	score int
	heads int
	slots []int // by leaf, -1 for none
}

// What costs how much, in thousandths of a column.
const (
	leastAlike = 430 // less alike is another column
	movedAlike = 850 // so alike a column is the one that is sought even out of order
)

// fit finds the head and the columns that go with a pattern best.
func (x *sheet) fit(p *pattern) fitting {
	best := fitting{score: -1}
	for heads := max(x.paper.Repeated, 0); heads <= x.free; heads++ {
		c := x.cutAt(heads)
		if c.straddled {
			continue
		}
		f := c.fit(p)
		f.heads = heads
		if heads == 0 { // no head to go by
			f.score = min(f.score, 250)
		}
		if f.score > best.score {
			best = f
		}
	}
	if best.score < 0 {
		c := x.cutAt(x.free)
		best = c.fit(p)
		best.heads = x.free
	}
	return best
}

// fit aligns the columns: in their order, then those that have moved.
func (c *cut) fit(p *pattern) fitting {
	n, m := len(p.leaves), len(c.slots)
	alike := make([][]int, n)
	for i := range p.leaves {
		alike[i] = make([]int, m)
		for j := range c.slots {
			alike[i][j] = p.leaves[i].like(&c.slots[j], c.heads == 0)
		}
	}
	f := fitting{slots: aligned(alike, m)}
	taken := make([]bool, m)
	for _, j := range f.slots {
		if j >= 0 {
			taken[j] = true
		}
	}
	for i := range f.slots {
		if f.slots[i] >= 0 {
			continue
		}
		for j := range m {
			if !taken[j] && (alike[i][j] >= movedAlike || c.only(p, i, j)) && (f.slots[i] < 0 || alike[i][j] > alike[i][f.slots[i]]) {
				f.slots[i] = j
			}
		}
		if f.slots[i] >= 0 {
			taken[f.slots[i]] = true
		}
	}
	sum, weight := 0, 0
	for i, j := range f.slots {
		weight++
		if j >= 0 {
			sum += alike[i][j]
		} else if part := p.leaves[i].field; part == "code-group" || part == "code-item" {
			weight-- // a code in one column
		}
	}
	for j := range c.slots {
		if !taken[j] && c.slots[j].filled > 0 {
			weight++
		}
	}
	if weight > 0 {
		f.score = sum / weight
	}
	return f
}

// only reports whether the head of a column is that of the one leaf and no other's, and no other column has it.
func (c *cut) only(p *pattern, i, j int) bool {
	if likest(c.slots[j].head, p.leaves[i].heads) < 1000 {
		return false
	}
	for k := range c.slots {
		if k != j && c.slots[k].head.s == c.slots[j].head.s {
			return false
		}
	}
	for k := range p.leaves {
		if k != i && likest(c.slots[j].head, p.leaves[k].heads) == 1000 {
			return false
		}
	}
	return true
}

// aligned is the pairing in order that is alike most.
func aligned(alike [][]int, m int) []int {
	n := len(alike)
	best := make([][]int, n+1)
	for i := range best {
		best[i] = make([]int, m+1)
	}
	gain := func(i, j int) int { return alike[i][j] - leastAlike }
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1])
			if g := gain(i, j); g > 0 {
				best[i][j] = max(best[i][j], g+best[i+1][j+1])
			}
		}
	}
	out := make([]int, n)
	for i, j := 0, 0; i < n; i++ {
		out[i] = -1
		for k := j; k < m; k++ {
			if g := gain(i, k); g > 0 && best[i][j] == g+best[i+1][k+1] && best[i][k] == best[i][j] {
				out[i], j = k, k+1
				break
			}
		}
	}
	return out
}

// like is how alike a column of the pack and one of the paper are.
func (l *leaf) like(s *slot, headless bool) int {
	own, path := likest(s.head, l.heads), likest(s.path, l.paths)
	score := (own + 2*path) / 3
	if path == 1000 {
		score = 1000
	}
	if headless {
		score = 500
	}
	switch what := s.mostly(); {
	case codeField(l.field):
		switch what {
		case "amounts":
			return score / 4
		case "words":
			if s.codes == 0 && s.amounts == 0 {
				return score * 3 / 4 // code and name in one
			}
		case "codes":
			score = (score + 1000) / 2
		}
	case l.field == "":
		if what == "words" || what == "codes" {
			return score / 3
		}
	default:
		if what == "amounts" {
			return score / 3
		}
	}
	return score
}
