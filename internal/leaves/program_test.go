package leaves

import (
	"fmt"
	"slices"
	"testing"
)

// random is a small generator, the same everywhere.
type random uint64

func (r *random) below(n int) int {
	*r = *r*6364136223846793005 + 1442695040888963407
	return int(uint64(*r)>>33) % n
}

// TestProgramIsExact: of tables by two classifications with their sums, each number rounded, amounts are found that print all of it.
func TestProgramIsExact(t *testing.T) {
	for seed := range 60 {
		r := random(seed)
		items, units := 2+r.below(8), 2+r.below(5)
		p := &program{}
		sums := map[string]*row{}
		var keys []string
		add := func(key string, j int, a int64) {
			if sums[key] == nil {
				sums[key] = &row{vars: map[int]int64{}}
				keys = append(keys, key)
			}
			sums[key].vars[j] = 1
			sums[key].value += a
		}
		for i := range items {
			for u := range units {
				for kind := range 2 {
					j, a := len(p.cost), int64(r.below(3)*r.below(1<<30))
					p.cost = append(p.cost, int64(kind))
					for _, key := range []string{"", fmt.Sprint("item", i), fmt.Sprint("class", i/3), fmt.Sprint("unit", u), fmt.Sprint("kind", kind),
						fmt.Sprint("item", i, "kind", kind), fmt.Sprint("unit", u, "kind", kind)} {
						add(key, j, a)
					}
				}
			}
		}
		slices.Sort(keys)
		for _, key := range keys {
			x := *sums[key]
			x.value = (x.value + 5000) / 10000 * 10000
			x.play, x.more = 5000, 4999
			p.rows = append(p.rows, x)
		}
		amount := p.solve()
		if off := p.missed(amount); off != 0 || slices.Min(amount) < 0 {
			t.Errorf("seed %d: %d numbers of %d amounts are missed by %d after %d steps, the least amount is %d", seed, len(p.rows), len(p.cost), off, p.steps, slices.Min(amount))
		}
		var support int
		for _, a := range amount {
			support += boolInt(a > 0)
		}
		if support > len(p.rows) {
			t.Errorf("seed %d: %d amounts for %d numbers", seed, support, len(p.rows))
		}
	}
}

// TestProgramOfContradictions: of numbers that contradict each other one is missed, and the others are not.
func TestProgramOfContradictions(t *testing.T) {
	p := &program{cost: []int64{0, 0}, rows: []row{{vars: map[int]int64{0: 1}, value: 500}, {vars: map[int]int64{1: 1}, value: 700},
		{vars: map[int]int64{0: 1, 1: 1}, value: 1300}}}
	amount := p.solve()
	if p.missed(amount) != 100 {
		t.Errorf("%v are missed by %d", amount, p.missed(amount))
	}
}
