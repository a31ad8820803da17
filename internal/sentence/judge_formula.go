package sentence

import (
	"math/big"
	"slices"
	"strings"

	"yusuan/internal/money"
	"yusuan/internal/prose"
)

// longestFormula bounds what is read as one, in marks: a text may have brackets within brackets for a megabyte.
const longestFormula = 100

// formulas holds what a text reckons itself.
func (j *judge) formulas() {
	if !reckons(starred(j.Text)) {
		return
	}
	list := j.marks()
	var bare []reckoned // products of this sentence whose result is not told yet
	var other bool      // it has amounts besides
	for start := 0; start < len(list); {
		end := start
		for end < len(list) && list[end].sign != stops {
			end++
		}
		f := &formula{Passage: j.Passage, list: list[start:min(end, start+longestFormula)]}
		switch {
		case j.equation(f):
			bare = nil
		case len(bare) > 0 && j.announced(f, bare, other):
			bare = nil
		default:
			x, ok := j.bareProduct(f)
			if ok {
				bare = append(bare, x)
			}
			other = other || !ok && slices.ContainsFunc(f.list, func(m mark) bool { return m.sign == value && j.Numbers[m.n].Kind == prose.Amount })
		}
		if end < len(list) && strings.ContainsRune("。；;\n！？|", rune(list[end].n)) {
			bare, other = nil, false
		}
		start = end + 1
	}
}

// equation holds a = b = c; false where there is none.
func (j *judge) equation(f *formula) bool {
	first := slices.IndexFunc(f.list, func(m mark) bool { return m.sign == equals })
	if first < 0 {
		return false
	}
	x, ok := f.from(first)
	if !ok {
		return true
	}
	all := []reckoned{x}
	for f.next() == equals {
		f.at++
		y, ok := f.sum()
		if !ok {
			return true
		}
		all = append(all, y)
	}
	for _, m := range f.list[f.at:] {
		if m.sign != plainWords && m.sign != closes && m.sign != opens {
			return true
		}
	}
	result := &all[len(all)-1]
	if result.signs > 0 {
		return true
	}
	for i := range all[:len(all)-1] {
		j.reckoned(f, &all[i], result.numbers[0], result.rough)
	}
	return true
}

// from reads what stands before a mark, from the first number with which all of it is one formula. What stands before that may be
// names and numbers, but no formula that is not understood.
func (f *formula) from(end int) (reckoned, bool) {
	for i, m := range f.list[:end] {
		switch m.sign {
		case value, opens:
			f.at = i
			if x, ok := f.sum(); ok && f.at == end {
				x.rough = x.rough || i > 0 && strings.Contains(f.list[i-1].text, "约")
				return x, true
			}
			if m.sign == value && i+1 < end && f.list[i+1].sign != plainWords && f.list[i+1].sign != value && f.list[i+1].sign != opens {
				return reckoned{}, false
			}
		case plainWords:
		default:
			return reckoned{}, false
		}
	}
	return reckoned{}, false
}

// bareProduct reads a stretch that is a product and says no result.
func (j *judge) bareProduct(f *formula) (reckoned, bool) {
	if !slices.ContainsFunc(f.list, func(m mark) bool { return m.sign == times }) {
		return reckoned{}, false
	}
	x, ok := f.from(len(f.list))
	return x, ok && x.money == 1
}

// announced holds 共计1万元 against the products before it: the last of them, or all together. false where the stretch begins otherwise.
func (j *judge) announced(f *formula, bare []reckoned, other bool) bool {
	if len(f.list) < 2 || f.list[0].sign != plainWords || f.list[1].sign != value || j.Numbers[f.list[1].n].Kind != prose.Amount {
		return false
	}
	said := strings.TrimRight(f.list[0].text, "约需为")
	if !slices.Contains([]string{"", "共", "共计", "合计", "计", "小计", "总计", "费用", "费用共", "费用合计", "费用共计", "经费"}, said) {
		return false
	}
	if len(f.list) > 2 && (f.list[2].sign == plus || f.list[2].sign == times || f.list[2].sign == minus || f.list[2].sign == vague) {
		return false
	}
	result := f.list[1].n
	rough := strings.Contains(f.list[0].text, "约")
	sum := new(big.Rat)
	for i := range bare {
		sum.Add(sum, bare[i].value)
	}
	last := &bare[len(bare)-1]
	switch {
	case len(bare) == 1 && !other:
		j.reckoned(f, last, result, rough)
	case j.fits(last.value, result, rough), j.fits(sum, result, rough):
		j.hold("同句的算式", result)
	}
	return true
}

// fits reports whether a value is what a number prints, within half of its last decimal.
func (j *judge) fits(v *big.Rat, result int, rough bool) bool {
	n := &j.Numbers[result]
	half := power(-n.Places)
	switch n.Kind {
	case prose.Amount:
		half.Mul(half, power(4*int(n.Unit)))
	case prose.Percentage:
		v = new(big.Rat).Mul(v, big.NewRat(100, 1))
	}
	half.Mul(half, big.NewRat(1, 2))
	printed := rat(n)
	if strings.HasPrefix(n.Literal, "-") {
		v = new(big.Rat).Abs(v)
	}
	if twentieth := new(big.Rat).Quo(printed, big.NewRat(20, 1)); rough && twentieth.Cmp(half) > 0 {
		half = twentieth
	}
	off := new(big.Rat).Sub(v, printed)
	return off.Abs(off).Cmp(half) <= 0
}

// reckoned holds a formula against the result that is printed. A number that is said before, 3期，每期…, may be a factor, too.
func (j *judge) reckoned(f *formula, x *reckoned, result int, rough bool) {
	n := &j.Numbers[result]
	if x.signs == 0 && x.numbers[0] == result {
		return
	}
	y := f.number(result)
	if n.Kind == prose.Plain && y.value.Cmp(rat(n)) != 0 {
		return // 5千元, 2万人: what is printed has fewer decimals than it looks
	}
	var units []int
	switch {
	case x.money == y.money:
		units = []int{0}
	case x.money == 0 && y.money == 1:
		units = []int{0, 4, 8}
	case x.money == 1 && n.Kind == prose.Plain:
		units = []int{0, -4, -8}
	default:
		return
	}
	rough = rough || x.rough
	by := append([]*big.Rat{big.NewRat(1, 1), big.NewRat(12, 1)}, j.saidBefore(x.numbers[0])...)
	for _, u := range units {
		for _, a := range by {
			v := new(big.Rat).Mul(x.value, power(u))
			if j.fits(v.Mul(v, a), result, rough) {
				j.hold("同句的算式", append(slices.Clone(x.numbers), result)...)
				return
			}
		}
	}
	u := units[0]
	switch {
	case len(units) > 1 && y.money == 1:
		u = 4 * int(n.Unit)
	case len(units) > 1:
		u = -4 * int(j.Numbers[j.moneyOf(x)].Unit)
	}
	want := new(big.Rat).Mul(x.value, power(u))
	if n.Kind == prose.Percentage {
		want.Mul(want, big.NewRat(100, 1))
	}
	amount, err := money.Parse(want.FloatString(4), money.Yuan)
	if err != nil {
		return
	}
	j.hold("同句的算式", append(slices.Clone(x.numbers), result)...)
	j.fault(Fault{Kind: FormulaDiffers, Number: result, With: x.numbers, Got: n.Value, Want: amount, Certain: true})
}

// moneyOf is an amount of a formula.
func (j *judge) moneyOf(x *reckoned) int {
	for _, i := range x.numbers {
		if j.Numbers[i].Kind == prose.Amount {
			return i
		}
	}
	return x.numbers[0]
}

// mostBefore is how many numbers before a formula may be one of its factors, farthestBefore how far, in bytes.
const (
	mostBefore     = 6
	farthestBefore = 600
)

// saidBefore are the counts of the sentence before a number, each and every two of them together.
func (j *judge) saidBefore(first int) (out []*big.Rat) {
	end := j.Numbers[first].Start
	start := max(0, end-farthestBefore)
	start += strings.LastIndexAny(j.Text[start:end], "。\n") + 1
	var each []*big.Rat
	for i := first - 1; i >= 0 && len(each) < mostBefore && j.Numbers[i].Start >= start; i-- {
		if n := &j.Numbers[i]; n.Kind == prose.Plain || n.Kind == prose.Year && len(n.Literal) < 3 {
			each = append(each, rat(n))
		}
	}
	for i, a := range each {
		out = append(out, a)
		for _, b := range each[:i] {
			out = append(out, new(big.Rat).Mul(a, b))
		}
	}
	return out
}

// consequences drops the lists that do not add up since a result within them is told to be wrong.
func (j *judge) consequences() {
	wrong := map[int]bool{}
	for i := range j.faults {
		if j.faults[i].Kind == FormulaDiffers {
			wrong[j.faults[i].Number] = true
		}
	}
	if len(wrong) == 0 {
		return
	}
	j.faults = slices.DeleteFunc(j.faults, func(f Fault) bool {
		of := func(i int) bool { return wrong[i] }
		return f.Kind != FormulaDiffers && (wrong[f.Number] || slices.ContainsFunc(f.With, of))
	})
}
