package sentence

import (
	"math/big"
	"strings"

	"yusuan/internal/money"
	"yusuan/internal/prose"
)

// FaultKind is what does not hold within a passage.
type FaultKind int

const (
	WrongRate      FaultKind = iota // change over last year's number is another rate
	OppositeSigns                   // 增加X，下降Y%
	WrongSign                       // the words say more, the numbers less
	WrongChange                     // this year's number and last year's differ by another amount
	OtherChange                     // the change is told twice, and not alike
	NotSame                         // 持平, with another number beside it
	RateOfNothing                   // a rate of what was nothing last year
	ListDiffers                     // parts do not add up to their whole
	ListExceeds                     // some of the parts are more than their whole
	EachDiffers                     // 收支总计，其中收入、支出: one is another
	ReasonDiffers                   // the amounts of the reasons look like the change misprinted
	WrongShare                      // part over whole is another share
	ShareOfOther                    // shares of one whole that imply several
	NoDirection                     // 增加（减少）4万元
	SaidAgain                       // one name, two amounts that look alike
	ItemsDiffer                     // as many are said and others listed
	WrongYear                       // a year that is not the one that is meant
	WrongUnit                       // an amount that goes with the others in another unit
	RateOfNoChange                  // 增加0万元，增长5%
	FallsTooFar                     // 下降400%
	SameYet                         // 持平，增长5%
	SharesOff                       // shares that are all of something, and not 100% together
	FormulaDiffers                  // 3台×0.5万元=1.6万元
)

// Fault is what does not hold. Numbers are indexes.
type Fault struct {
	Kind    FaultKind
	At      Span
	Number  int   // which is likely to be wrong, -1 where it is a word
	With    []int // what it does not go with
	Also    []int // which may be wrong instead
	Got     money.Amount
	Want    money.Amount
	Rate    string // what a rate or a share should be, without %
	Items   int    // how many are listed
	Year    int    // what a year should be, 0 for not known
	Certain bool   // no other reading of the sentence is likely
}

// Judged is a number that was held against others.
type Judged struct {
	Number int
	By     string // against what, in Chinese
}

// judge gathers what holds and what does not.
type judge struct {
	*Passage
	scale   scale
	faults  []Fault
	judged  []Judged
	off     map[int]bool // what follows from a fault that is told: rates of a change, shares of a part
	shareOf map[int]int  // the share of a part
}

// Judge holds the numbers of a passage against each other.
func (p *Passage) Judge() ([]Fault, []Judged) {
	j := &judge{Passage: p, scale: p.scale(), off: map[int]bool{}, shareOf: map[int]int{}}
	for i := range p.Numbers {
		if n := &p.Numbers[i]; n.Role == Share && n.Of != none {
			j.shareOf[n.Of] = i
		}
	}
	j.changes()
	j.rates()
	j.sames()
	for k := range p.Lists {
		if !j.unitOf(&p.Lists[k]) {
			j.list(&p.Lists[k])
		}
	}
	j.sharesOf()
	j.sharesOfOne()
	j.enumerations()
	j.reasonRates()
	j.saidAgain()
	j.alone()
	j.yearsNamed()
	j.formulas()
	j.consequences()
	return j.faults, j.judged
}

func (j *judge) hold(by string, numbers ...int) {
	for _, i := range numbers {
		j.judged = append(j.judged, Judged{i, by})
	}
}

func (j *judge) fault(f Fault) {
	if f.Number != none && f.At == (Span{}) {
		f.At = Span{j.Numbers[f.Number].Start, j.Numbers[f.Number].End}
	}
	j.faults = append(j.faults, f)
}

// amount is a number of a sentence without the sign that its words say, too.
func (j *judge) amount(i int) money.Amount { return j.Numbers[i].Value.Abs() }

// halves is by how much rounding may have moved the sum of numbers.
func (j *judge) halves(numbers ...int) money.Amount {
	var out money.Amount
	for _, i := range numbers {
		n := &j.Numbers[i]
		if n.Kind == prose.Amount {
			out = out.Add(money.ToleranceOf(0, n.Unit, j.scale.places[n.Unit]))
		}
	}
	return out
}

// changes holds each change against this year's number and last year's, its direction, and against the same change told again.
func (j *judge) changes() {
	first := map[int]int{}
	for i := range j.Numbers {
		n := &j.Numbers[i]
		if n.Role == Sum && n.Sign != 0 {
			j.risen(i)
		}
		if n.Role == Change && n.Sign == 0 && rat(n).Sign() != 0 && n.SignAt.End > 0 {
			j.hold("增减的词", i)
			j.fault(Fault{Kind: NoDirection, Number: i, Certain: true})
		}
		if n.Role != Change || n.Of == none {
			continue
		}
		if before, ok := first[n.Of]; ok {
			j.again(before, i)
		} else {
			first[n.Of] = i
		}
		l := j.lastFor(n.Of, i)
		if l == none {
			continue
		}
		sum, last := j.amount(n.Of), j.amount(l)
		want := sum.Sub(last)
		j.hold("同句的今年数和上年数", i, l, n.Of)
		switch slack := j.halves(i, l, n.Of); {
		case want.Abs().Sub(j.amount(i)).Abs().Cmp(slack) > 0:
			j.off[i] = true
			j.fault(j.wrongChange(i, l, want.Abs()))
		case n.Sign != 0 && want.Sign() == -n.Sign && j.amount(i).Sign() != 0 && want.Abs().Cmp(slack) > 0:
			j.fault(Fault{Kind: WrongSign, At: n.SignAt, Number: none, With: []int{n.Of, l}, Want: want, Certain: true})
		}
	}
}

// wrongChange says which of three numbers is wrong: last year's where the rate goes with the other two.
func (j *judge) wrongChange(i, l int, want money.Amount) Fault {
	n := &j.Numbers[i]
	if r := i + 1; n.Sign != 0 && r < len(j.Numbers) && j.Numbers[r].Role == Rate && j.Numbers[r].Of == i {
		last := j.amount(n.Of).Sub(j.signed(i))
		d, of := rat(n), new(big.Rat).Sub(rat(&j.Numbers[n.Of]), rat(n))
		if n.Sign < 0 {
			of = new(big.Rat).Add(rat(&j.Numbers[n.Of]), rat(n))
		}
		slack := new(big.Rat).Add(j.scale.half(n), j.scale.half(&j.Numbers[n.Of]))
		if of.Sign() > 0 && j.scale.share(d, j.scale.half(n), of, slack, &j.Numbers[r]) {
			return Fault{Kind: WrongChange, Number: l, With: []int{n.Of, i}, Got: j.amount(l), Want: last, Certain: true}
		}
	}
	return Fault{Kind: WrongChange, Number: i, With: []int{n.Of, l}, Got: j.amount(i), Want: want, Certain: true}
}

// risen holds 由A增加到B against the word.
func (j *judge) risen(i int) {
	n, l := &j.Numbers[i], j.lastOf(i)
	if l == none {
		return
	}
	j.hold("同句的上年数", i, l)
	if d := j.amount(i).Sub(j.amount(l)); d.Sign() != n.Sign {
		j.fault(Fault{Kind: WrongSign, At: n.SignAt, Number: none, With: []int{i, l}, Want: d, Certain: true})
	}
}

// again holds a change that is told twice.
func (j *judge) again(a, b int) {
	x, y := &j.Numbers[a], &j.Numbers[b]
	if x.Base != y.Base && x.Base != NoBase && y.Base != NoBase || x.BaseYear != y.BaseYear && x.BaseYear*y.BaseYear != 0 {
		return
	}
	j.hold("前面说的同一个变动额", a, b)
	if !j.amount(a).Equal(j.amount(b)) || x.Sign == -y.Sign && x.Sign != 0 {
		j.fault(Fault{Kind: OtherChange, Number: b, With: []int{a}, Got: j.amount(b), Want: j.amount(a), Certain: Near(j.amount(a), j.amount(b))})
	}
}

// rates holds percentages against changes.
func (j *judge) rates() {
	for i := range j.Numbers {
		n := &j.Numbers[i]
		if n.Role != Rate || n.Of == none {
			continue
		}
		of := &j.Numbers[n.Of]
		switch {
		case of.Role == Change && of.Sign*n.Sign < 0 && (rat(of).Sign() != 0 || rat(n).Sign() != 0):
			j.hold("同句的变动额", i, n.Of)
			j.fault(Fault{Kind: OppositeSigns, At: n.SignAt, Number: none, With: []int{n.Of, i}, Certain: true})
		case of.Role == Change && of.Of != none:
			j.rate(i, n.Of, of.Of)
		case of.Role == Sum && j.lastFor(n.Of, i) != none:
			j.rateOfSums(i, n.Of)
		}
	}
}

func (j *judge) rate(i, change, sum int) {
	n, c := &j.Numbers[i], &j.Numbers[change]
	if j.off[change] {
		return
	}
	by := "同句的变动额和今年数"
	last, slack, ok := j.scale.before(j.Passage, sum, change)
	if !ok { // 增加（减少）4万元，增长（减少）0%
		if j.hold(by, i, change); rat(n).Sign() == 0 {
			j.fault(Fault{Kind: WrongRate, Number: i, With: []int{change, sum}, Certain: true})
		}
		return
	}
	switch {
	case last.Cmp(slack) <= 0 && last.Cmp(new(big.Rat).Neg(slack)) >= 0: // nothing last year
		if rat(c).Sign() == 0 && rat(n).Sign() == 0 {
			j.hold(by, i, change, sum)
			return
		}
		j.hold(by, i)
		j.fault(Fault{Kind: RateOfNothing, Number: i, With: []int{sum, change}})
		return
	case last.Sign() < 0:
		j.hold(by, i, change, sum)
		j.fault(Fault{Kind: WrongChange, Number: change, With: []int{sum}, Got: j.amount(change), Want: j.amount(sum), Certain: true})
		return
	case j.scale.share(rat(c), j.scale.half(c), last, slack, n):
		j.hold(by, i, change, sum)
		return
	}
	j.hold(by, i, change, sum)
	own := scale{places: map[money.Unit]int{c.Unit: min(c.Places, j.Numbers[sum].Places)}, percent: n.Places}
	lastOwn, slackOwn, _ := own.before(j.Passage, sum, change)
	j.fault(Fault{Kind: WrongRate, Number: i, With: []int{change, sum}, Rate: percent(rat(c), last, j.scale.percent),
		Certain: !own.share(rat(c), own.half(c), lastOwn, slackOwn, n)})
}

// rateOfSums holds a rate against this year's number and last year's where no change is told.
func (j *judge) rateOfSums(i, sum int) {
	n, a, l := &j.Numbers[i], &j.Numbers[sum], j.lastFor(sum, i)
	last, d := rat(&j.Numbers[l]), new(big.Rat)
	d.Sub(rat(a), last)
	j.hold("同句的今年数和上年数", i, sum, l)
	slack := new(big.Rat).Add(j.scale.half(a), j.scale.half(&j.Numbers[l]))
	switch {
	case last.Sign() == 0:
		if d.Sign() != 0 || rat(n).Sign() != 0 {
			j.fault(Fault{Kind: RateOfNothing, Number: i, With: []int{sum, l}})
		}
	case n.Sign != 0 && d.Sign() == -n.Sign && new(big.Rat).Abs(d).Cmp(slack) > 0:
		j.fault(Fault{Kind: WrongSign, At: n.SignAt, Number: none, With: []int{sum, l}, Want: j.amount(sum).Sub(j.amount(l)), Certain: true})
	default:
		if d.Abs(d); !j.scale.share(d, slack, last, j.scale.half(&j.Numbers[l]), n) {
			j.fault(Fault{Kind: WrongRate, Number: i, With: []int{sum, l}, Rate: percent(d, last, j.scale.percent), Certain: true})
		}
	}
}

// percent is a part of a whole in percent, as text.
func percent(part, whole *big.Rat, places int) string {
	if whole.Sign() == 0 {
		return ""
	}
	x := new(big.Rat).Quo(part, whole)
	return strings.TrimPrefix(x.Mul(x, big.NewRat(100, 1)).FloatString(max(places, 2)), "-")
}

// sames holds 持平 against last year's number where the sentence gives one.
func (j *judge) sames() {
	for _, x := range j.Same {
		l := j.lastOf(x.Of)
		if l == none {
			continue
		}
		j.hold("同句的上年数", x.Of, l)
		if !j.amount(l).Equal(j.amount(x.Of)) {
			j.fault(Fault{Kind: NotSame, At: x.Span, Number: none, With: []int{x.Of, l}, Got: j.amount(x.Of), Want: j.amount(l), Certain: true})
		}
	}
}
