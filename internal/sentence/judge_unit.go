package sentence

import (
	"yusuan/internal/money"
	"yusuan/internal/prose"
)

// unitOf finds the one amount of a list that was given another unit than the rest: with theirs the list holds to the digit, which
// ten thousand times as much does not by chance. It is told once, and not again as sums and shares that do not hold.
func (j *judge) unitOf(l *List) bool {
	if l.Whole == none || l.Role != Sum || l.Each || j.Numbers[l.Whole].Kind != prose.Amount {
		return false
	}
	sum, slack := j.sumOf(l)
	if off := sum.Sub(j.Numbers[l.Whole].Value); off.Abs().Cmp(slack) <= 0 || l.Open && off.Sign() <= 0 {
		return false
	}
	all := append([]int{l.Whole}, l.Parts...)
	for _, i := range all {
		for _, u := range []money.Unit{money.Yuan, money.Wan, money.Yi} {
			n := &j.Numbers[i]
			if u == n.Unit || !j.used(all, i, u) || n.Value.IsZero() {
				continue
			}
			moved := sum.Sub(j.Numbers[l.Whole].Value)
			if i == l.Whole {
				moved = sum.Sub(n.In(u))
			} else {
				moved = moved.Sub(n.Value).Add(n.In(u))
			}
			if moved.Abs().Cmp(slack) > 0 {
				continue
			}
			j.hold("同段的合计和分项", all...)
			j.fault(Fault{Kind: WrongUnit, Number: i, Got: n.Value, Want: n.In(u), Certain: true})
			for k := range j.Numbers {
				if x := &j.Numbers[k]; x.Role == Share && (x.Of == i || x.Whole == i) {
					j.off[k] = true
				}
			}
			return true
		}
	}
	return false
}

// used reports whether a unit is that of all others of a list.
func (j *judge) used(all []int, but int, u money.Unit) bool {
	for _, i := range all {
		if i != but && j.Numbers[i].Unit != u {
			return false
		}
	}
	return true
}
