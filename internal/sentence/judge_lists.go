package sentence

import (
	"math/big"
	"strings"

	"yusuan/internal/money"
	"yusuan/internal/prose"
)

// list holds parts against their whole.
func (j *judge) list(l *List) {
	if l.Whole == none {
		return
	}
	sum, slack := j.sumOf(l)
	whole := j.Numbers[l.Whole].Value
	if l.Role == Change {
		whole = j.signed(l.Whole)
	}
	diff := sum.Sub(whole)
	all := append([]int{l.Whole}, l.Parts...)
	by := "同段的合计和分项"
	switch {
	case l.Each:
		j.each(l)
	case l.Role == Change && l.Open:
		j.reasons(l)
	case diff.Abs().Cmp(slack) <= 0:
		j.hold(by, all...)
	case l.Role == Count && j.besidesItself(l):
		j.hold(by, all...)
	case !l.Open:
		j.hold(by, all...)
		f := j.likely(l, whole, sum)
		if by := j.byShares(l, whole, sum); by.Number != none {
			f = by
		}
		f.Certain = !l.loose && (f.Certain || diff.Sign() > 0 && l.Role != Change)
		j.fault(f)
	case diff.Sign() > 0 && !l.loose:
		j.hold(by, all...)
		j.fault(Fault{Kind: ListExceeds, Number: l.Parts[0], With: all, Got: sum, Want: whole, Certain: true})
	case len(l.Parts) == 1 && l.Role == Sum && !l.loose && looksLike(&j.Numbers[l.Whole], &j.Numbers[l.Parts[0]]):
		j.hold(by, all...)
		j.fault(Fault{Kind: ListDiffers, Number: l.Parts[0], With: []int{l.Whole}, Got: sum, Want: whole})
	case len(l.Parts) > 1: // one part of several says nothing of the whole
		if f := j.likely(l, whole, sum); f.Certain {
			j.hold(by, all...)
			f.Certain = false
			j.fault(f)
		}
	}
}

// looksLike reports whether the one part that is told looks like its whole misprinted: of so many digits hardly any differ by chance.
func looksLike(whole, part *Number) bool {
	const least = 4
	digits := func(n *Number) string { return strings.Trim(strings.ReplaceAll(n.Literal, ".", ""), "0") }
	a, b := digits(whole), digits(part)
	return len(a) >= least && Near(whole.Value, part.Value) && (a == b || len(whole.Literal) == len(part.Literal))
}

// besidesItself reports whether a count is of those below a department, and the list has the department, too: 机关本级和6家所属单位.
func (j *judge) besidesItself(l *List) bool {
	n := &j.Numbers[l.Whole]
	if m := n.Measure; m != "家" && m != "个" || n.Places > 0 {
		return false
	}
	items := 0
	for _, i := range l.Parts {
		items += small(&j.Numbers[i])
	}
	if items != small(n)+1 {
		return false
	}
	before := j.Text[max(n.Start-60, 0):n.Start]
	before = before[strings.LastIndexAny(before, "。；\n")+1:]
	return strings.Contains(before, "本级") || strings.Contains(before, "机关") || strings.Contains(before, "本部") || strings.Contains(before, "本单位")
}

// signed is a change with its direction.
func (j *judge) signed(i int) money.Amount {
	if j.Numbers[i].Sign < 0 {
		return j.amount(i).Neg()
	}
	return j.amount(i)
}

// sumOf adds the parts up; slack is what rounding of each and of the whole makes.
func (j *judge) sumOf(l *List) (sum, slack money.Amount) {
	for _, i := range l.Parts {
		v := j.Numbers[i].Value
		if l.Role == Change {
			v = j.signed(i)
		}
		sum = sum.Add(v)
	}
	n := &j.Numbers[l.Whole]
	if n.Kind == prose.Amount {
		slack = money.ToleranceOf(len(l.Parts), n.Unit, j.scale.places[n.Unit])
	}
	if len(l.Parts) == 1 && l.Role != Change { // last year's numbers were rounded for themselves
		slack = money.Amount{}
	}
	return sum, slack
}

// likely says which number of a list is misprinted: the one that looks like what it should be; the whole where none does.
func (j *judge) likely(l *List, whole, sum money.Amount) Fault {
	f := Fault{Kind: ListDiffers, Number: l.Whole, With: l.Parts, Got: whole, Want: sum, Certain: Near(whole, sum)}
	for k, i := range l.Parts {
		v := j.Numbers[i].Value
		if l.Role == Change {
			v = j.signed(i)
		}
		want := whole.Sub(sum.Sub(v))
		opposite := l.Role == Change && v.Neg().Equal(want) && !v.IsZero()
		switch {
		case !opposite && !Near(v, want) && !(want.IsZero() && !v.IsZero()):
		case f.Certain:
			f.Also = append(f.Also, i)
		default:
			with := append([]int{l.Whole}, l.Parts[:k]...)
			f = Fault{Kind: ListDiffers, Number: i, With: append(with, l.Parts[k+1:]...), Got: v, Want: want, Certain: true}
		}
	}
	return f
}

// byShares says which number of a list is misprinted by the shares that are told of its parts. What then is no news of them is
// not told again.
func (j *judge) byShares(l *List, whole, sum money.Amount) Fault {
	all, of := new(big.Rat), rat(&j.Numbers[l.Whole])
	for _, i := range l.Parts {
		all.Add(all, rat(&j.Numbers[i]))
	}
	var shares []int
	fits, fitSum, odd := 0, 0, none
	for k, i := range l.Parts {
		s, ok := j.shareOf[i]
		if !ok || l.Role != Sum {
			continue
		}
		shares = append(shares, s)
		part := rat(&j.Numbers[i])
		want := new(big.Rat).Sub(of, new(big.Rat).Sub(all, part))
		switch {
		case j.fitsAs(s, part, of):
			fits++
		case want.Sign() > 0 && j.fitsAs(s, want, of):
			odd = k
		}
		if all.Sign() > 0 && j.fitsAs(s, part, all) {
			fitSum++
		}
	}
	switch n := len(shares); {
	case n > 1 && fitSum == n && fits < n:
		for _, s := range shares {
			j.off[s] = true
		}
		return Fault{Kind: ListDiffers, Number: l.Whole, With: l.Parts, Got: whole, Want: sum}
	case n > 0 && odd != none && fits == n-1:
		i := l.Parts[odd]
		j.off[j.shareOf[i]] = true
		with := append([]int{l.Whole}, l.Parts[:odd]...)
		v := j.Numbers[i].Value
		return Fault{Kind: ListDiffers, Number: i, With: append(with, l.Parts[odd+1:]...), Got: v, Want: whole.Sub(sum.Sub(v)), Certain: true}
	}
	return Fault{Number: none}
}

// fitsAs reports whether a share would be one of a whole if its part were another.
func (j *judge) fitsAs(share int, part, whole *big.Rat) bool {
	if whole.Sign() <= 0 {
		return false
	}
	half := j.scale.half(&j.Numbers[j.Numbers[share].Of])
	return j.scale.share(part, half, whole, half, &j.Numbers[share])
}

// each holds what comes in and what goes out against both.
func (j *judge) each(l *List) {
	j.hold("同段的收支总计", append([]int{l.Whole}, l.Parts...)...)
	for _, i := range l.Parts {
		if !j.amount(i).Equal(j.amount(l.Whole)) {
			j.fault(Fault{Kind: EachDiffers, Number: i, With: []int{l.Whole}, Got: j.amount(i), Want: j.amount(l.Whole), Certain: true})
		}
	}
}

// reasons holds the amounts that explain a change against it: they need not be all there is, so only what looks like a
// misprint is told.
func (j *judge) reasons(l *List) {
	sum, _ := j.sumOf(l)
	var plain money.Amount
	for _, i := range l.Parts {
		plain = plain.Add(j.amount(i))
	}
	whole := j.amount(l.Whole)
	all := append([]int{l.Whole}, l.Parts...)
	j.tooMuch(l)
	if sum.Abs().Equal(whole) || plain.Equal(whole) {
		j.hold("同句的变动额和原因里的数", all...)
		return
	}
	for _, got := range []money.Amount{sum.Abs(), plain} {
		if f := j.likelyReason(l, got, whole); f.Number != none {
			j.hold("同句的变动额和原因里的数", all...)
			j.fault(f)
			return
		}
	}
}

// tooMuch: nothing that is more this year is more than all of it.
func (j *judge) tooMuch(l *List) {
	sum := j.Numbers[l.Whole].Of
	if sum == none {
		return
	}
	for _, i := range l.Parts {
		if j.Numbers[i].Sign > 0 && j.amount(i).Cmp(j.amount(sum)) > 0 {
			j.hold("同句的今年数", i)
			j.fault(Fault{Kind: ReasonDiffers, Number: i, With: []int{sum}, Got: j.amount(i), Want: j.amount(sum)})
		}
	}
}

func (j *judge) likelyReason(l *List, got, whole money.Amount) Fault {
	last := l.Parts[len(l.Parts)-1]
	f := Fault{Kind: ReasonDiffers, Number: last, With: []int{l.Whole}, Got: got, Want: whole}
	if len(l.Parts) == 1 && Near(got, whole) {
		return f
	}
	if len(l.Parts) > 1 && Near(got, whole) && got.Sub(whole).Abs().Cmp(money.FromFen(1000000)) < 0 {
		return f
	}
	for _, i := range l.Parts {
		rest := got.Sub(j.signed(i))
		if want := whole.Sub(rest); len(l.Parts) > 1 && Near(j.amount(i), want.Abs()) && (l.Parts[0] != i || len(l.Parts) > 2) {
			return Fault{Kind: ReasonDiffers, Number: i, With: []int{l.Whole}, Got: j.amount(i), Want: want.Abs()}
		}
	}
	return Fault{Number: none}
}

// sharesOf holds each share against its part and whole; where the words do not name the whole, any sum before it will do.
func (j *judge) sharesOf() {
	for i := range j.Numbers {
		n := &j.Numbers[i]
		if n.Role != Share || n.Of == none {
			continue
		}
		part := &j.Numbers[n.Of]
		switch whole := n.Whole; {
		case j.off[i]:
		case rat(n).Cmp(big.NewRat(100, 1)) > 0 && n.Kind == prose.Percentage:
			j.hold("占比不过100%", i)
			j.fault(Fault{Kind: WrongShare, Number: i, With: []int{n.Of}, Certain: true})
		case rat(part).Sign() == 0 && rat(n).Sign() != 0:
			j.hold("同句的部分", i)
			j.fault(Fault{Kind: WrongShare, Number: i, With: []int{n.Of}, Rate: "0", Certain: true})
		case whole == none:
		case j.shareFits(i, whole):
			j.hold("同段的部分和总数", i, n.Of, whole)
		case n.WholeSubject != none || !j.shareOfAny(i):
			j.hold("同段的部分和总数", i, n.Of, whole)
			j.fault(Fault{Kind: WrongShare, Number: i, With: []int{n.Of, whole}, Rate: percent(rat(part), rat(&j.Numbers[whole]), j.scale.percent), Certain: true})
		}
	}
}

func (j *judge) shareFits(share, whole int) bool {
	n, w := &j.Numbers[share], &j.Numbers[whole]
	if rat(w).Sign() == 0 {
		return rat(n).Sign() == 0 || rat(&j.Numbers[n.Of]).Sign() != 0
	}
	part := &j.Numbers[n.Of]
	return j.scale.share(rat(part), j.scale.half(part), rat(w), j.scale.half(w), n)
}

// shareOfAny reports whether a share is of another sum before it.
func (j *judge) shareOfAny(share int) bool {
	n := &j.Numbers[share]
	for k, seen := n.Of-1, 0; k >= max(n.Of-farthest, 0) && seen < mostSums; k-- {
		if w := &j.Numbers[k]; w.Role == Sum && w.Kind == prose.Amount {
			seen++
			if rat(w).Sign() != 0 && j.shareFits(share, k) {
				return true
			}
		}
	}
	return false
}

// sharesOfOne holds shares of one whole that nobody gives: each implies how much it is.
func (j *judge) sharesOfOne() {
	groups := map[string][]int{}
	var names []string
	of := map[int]int{}
	for k := range j.Lists {
		for _, i := range j.Lists[k].Parts {
			of[i] = k + 1
		}
	}
	for i := range j.Numbers {
		n := &j.Numbers[i]
		if n.Role != Share || n.Of == none || n.Whole != none || rat(&j.Numbers[n.Of]).Sign() == 0 || rat(n).Sign() == 0 {
			continue
		}
		name := j.said(n.WholeSubject)
		if name == "" {
			if of[n.Of] == 0 {
				continue
			}
			name = string(rune(of[n.Of]))
		}
		if groups[name] == nil {
			names = append(names, name)
		}
		groups[name] = append(groups[name], i)
	}
	for _, name := range names {
		if g := groups[name]; len(g) > 1 && len(g) <= mostSums {
			j.implied(g)
		}
	}
}

// implied finds the share whose whole is not that of the others.
func (j *judge) implied(shares []int) {
	for _, i := range shares {
		j.hold("同段的其他占比", i, j.Numbers[i].Of)
	}
	if j.agree(shares, none) {
		return
	}
	wrong := none
	for _, i := range shares {
		if len(shares) > 2 && j.agree(shares, i) {
			if wrong != none {
				wrong = none // any of several may be it
				break
			}
			wrong = i
		}
	}
	f := Fault{Kind: ShareOfOther, Number: wrong, Certain: wrong != none}
	if wrong == none {
		f.Number = shares[len(shares)-1]
	}
	for _, i := range shares {
		if i != f.Number {
			f.With = append(f.With, i)
		}
	}
	j.fault(f)
}

// agree reports whether the shares but one may be of one whole.
func (j *judge) agree(shares []int, but int) bool {
	var low, high *big.Rat
	for _, i := range shares {
		if i == but {
			continue
		}
		n := &j.Numbers[i]
		part, half := rat(&j.Numbers[n.Of]), j.scale.half(&j.Numbers[n.Of])
		slack := new(big.Rat).Mul(power(-j.scale.percent), big.NewRat(1, 2))
		least := new(big.Rat).Sub(part, half)
		least.Quo(least, new(big.Rat).Add(rat(n), slack))
		if low == nil || least.Cmp(low) > 0 {
			low = least
		}
		if p := new(big.Rat).Sub(rat(n), slack); p.Sign() > 0 {
			most := new(big.Rat).Add(part, half)
			if most.Quo(most, p); high == nil || most.Cmp(high) < 0 {
				high = most
			}
		}
	}
	return high == nil || low.Cmp(high) <= 0 // two at least are held
}

// yearsNamed holds the years that sentences name against the document's.
func (j *judge) yearsNamed() {
	if j.year == 0 {
		return
	}
	for _, y := range j.years {
		n := &j.Numbers[y.number]
		named := yearOf(n)
		if named == 0 {
			continue
		}
		j.hold("文件的年度", y.number)
		switch {
		case y.use == comparedYear && named != j.year-1:
			j.fault(Fault{Kind: WrongYear, Number: y.number, Year: j.year - 1, Certain: named >= j.year})
		case y.use == moneyYear && named > j.year:
			j.fault(Fault{Kind: WrongYear, Number: y.number, Year: j.year, Certain: named == j.year+1})
		case y.use == moneyYear && named < j.year-1:
			j.fault(Fault{Kind: WrongYear, Number: y.number, Year: j.year})
		case y.use == presentYear && named != j.year:
			j.fault(Fault{Kind: WrongYear, Number: y.number, Year: j.year})
		case y.use == asOfYear && named < j.year-1:
			j.fault(Fault{Kind: WrongYear, Number: y.number, Year: j.year - 1})
		}
	}
}
