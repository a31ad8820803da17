package sentence

import (
	"maps"
	"math/big"
	"strconv"
	"strings"

	"yusuan/internal/money"
	"yusuan/internal/prose"
)

// scale is how exactly a passage prints: a number that ends in zeros may have lost them, so its neighbours tell.
type scale struct {
	places  map[money.Unit]int
	percent int
}

// Align gives the passages of one document one scale: where the others print two decimals, 34万元 is 34.00.
func Align(passages []*Passage) {
	s := scale{places: map[money.Unit]int{}}
	for _, p := range passages {
		own := p.scale()
		for u, n := range own.places {
			s.places[u] = max(s.places[u], min(n, 2))
		}
		s.percent = max(s.percent, min(own.percent, 2))
	}
	for _, p := range passages {
		p.document = s
	}
}

func (p *Passage) scale() scale {
	s := scale{places: maps.Clone(p.document.places), percent: p.document.percent}
	if s.places == nil {
		s.places = map[money.Unit]int{}
	}
	for i := range p.Numbers {
		switch n := &p.Numbers[i]; {
		case n.Kind == prose.Amount && n.Role != Price && n.Role != Limit:
			s.places[n.Unit] = max(s.places[n.Unit], min(n.Places, 8))
		case n.Role == Rate || n.Role == Share:
			s.percent = max(s.percent, min(n.Places, 8))
		}
	}
	return s
}

// rat is an amount in 元, exactly, without its sign.
func rat(n *Number) *big.Rat {
	x, ok := new(big.Rat).SetString(strings.TrimPrefix(n.Literal, "-"))
	if !ok {
		return new(big.Rat)
	}
	if n.Kind == prose.Amount {
		x.Mul(x, power(4*int(n.Unit)))
	}
	return x
}

// power is ten to the n.
func power(n int) *big.Rat {
	x := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(n, -n))), nil)
	if n < 0 {
		return new(big.Rat).SetFrac(big.NewInt(1), x)
	}
	return new(big.Rat).SetInt(x)
}

// half is by how much rounding may have moved an amount.
func (s *scale) half(n *Number) *big.Rat {
	if n.Kind != prose.Amount {
		return new(big.Rat)
	}
	x := power(4*int(n.Unit) - s.places[n.Unit])
	return x.Mul(x, big.NewRat(1, 2))
}

// share reports whether a printed percentage is part of whole, each known no better than by its slack.
func (s *scale) share(part, partSlack, whole, wholeSlack *big.Rat, printed *Number) bool {
	hundred := big.NewRat(100, 1)
	half := new(big.Rat).Mul(power(-s.percent), big.NewRat(1, 2))
	if printed.rough { // 约34% is no more exact than it is printed
		half = power(-min(s.percent, printed.Places))
	}
	low := new(big.Rat).Sub(part, partSlack)
	low.Quo(low.Mul(low, hundred), new(big.Rat).Add(whole, wholeSlack))
	p := rat(printed)
	if new(big.Rat).Add(p, half).Cmp(low) < 0 {
		return false
	}
	least := new(big.Rat).Sub(whole, wholeSlack)
	if least.Sign() <= 0 {
		return true
	}
	high := new(big.Rat).Add(part, partSlack)
	high.Quo(high.Mul(high, hundred), least)
	return new(big.Rat).Sub(p, half).Cmp(high) <= 0
}

// rateFits reports whether a rate is its change over last year's number, as the sum of an index and the change make it.
func (s *scale) rateFits(p *Passage, rate, sum int) bool {
	n := &p.Numbers[rate]
	c := &p.Numbers[n.Of]
	last, slack, ok := s.before(p, sum, n.Of)
	if !ok || last.Sign() <= 0 {
		return true
	}
	return s.share(rat(c), s.half(c), last, slack, n)
}

// before is what a sum was before a change; the slack is what rounding of both makes.
func (s *scale) before(p *Passage, sum, change int) (last, slack *big.Rat, ok bool) {
	a, c := &p.Numbers[sum], &p.Numbers[change]
	if l := p.lastFor(sum, change); l != none {
		return rat(&p.Numbers[l]), s.half(&p.Numbers[l]), true
	}
	if c.Sign == 0 && rat(c).Sign() != 0 {
		return nil, nil, false
	}
	d := rat(c)
	if c.Sign > 0 {
		d.Neg(d)
	}
	slack = s.half(a)
	slack.Add(slack, s.half(c))
	return d.Add(d, rat(a)), slack, true
}

// lastOf is the number of last year that a passage gives for a sum; none where it gives several.
func (p *Passage) lastOf(sum int) int {
	if all := p.lasts[sum]; len(all) == 1 {
		return all[0]
	}
	return none
}

// lastFor is the number of last year that a change or a rate of a sum is said of: that of its base where there are several.
func (p *Passage) lastFor(sum, by int) int {
	n, out := &p.Numbers[by], none
	for _, l := range p.lasts[sum] {
		x := &p.Numbers[l]
		if x.Base != n.Base && x.Base != NoBase && n.Base != NoBase || x.BaseYear*n.BaseYear != 0 && x.BaseYear != n.BaseYear {
			continue
		}
		if out != none {
			return none
		}
		out = l
	}
	return out
}

// Near reports whether two amounts look like one misprinted: one digit differs, two are swapped, one is lost, or the point has moved.
// Short numbers are near each other by chance.
func Near(a, b money.Amount) bool {
	f := money.Usual(money.Yuan)
	m, n := f.Steps(a.Abs()), f.Steps(b.Abs())
	if a.Sign() != b.Sign() || m == n {
		return false
	}
	for m%10 == 0 && n%10 == 0 && m != 0 {
		m, n = m/10, n/10
	}
	x, y := strconv.FormatInt(min(m, n), 10), strconv.FormatInt(max(m, n), 10)
	switch apart := len(y) - len(x); {
	case len(y) < 3:
		return false
	case apart == 0:
		return misread(x, y) || m-n == 1 || n-m == 1
	case apart == 1 && shorter(x, y):
		return true
	default:
		return y == x+strings.Repeat("0", apart)
	}
}

// misread reports whether two numbers of one length differ by a digit, or by two that are swapped.
func misread(x, y string) bool {
	var apart []int
	for i := range len(x) {
		if x[i] != y[i] {
			apart = append(apart, i)
		}
	}
	return len(apart) == 1 || len(apart) == 2 && x[apart[0]] == y[apart[1]] && x[apart[1]] == y[apart[0]]
}

// shorter reports whether x is y without one of its digits.
func shorter(x, y string) bool {
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	return x[i:] == y[i+1:]
}
