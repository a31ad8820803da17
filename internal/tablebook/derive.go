package tablebook

import (
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/money"
	"yusuan/internal/schedule"
)

// rounded4 is a sum without what binary numbers miss of decimal ones.
func rounded4(formula string) string {
	if formula == "" {
		return ""
	}
	return "ROUND(" + formula + ",4)"
}

// rounding is a formula for an amount in 元 as it is rounded in print: counted in steps of the last decimal, which are whole
// numbers, so that a half is one on every machine.
func (p *proof) rounding(x string) string {
	steps := x
	switch drop := len(unitText(p.f.Unit)) - 1 - p.f.Places; {
	case drop > 0:
		steps = x + "/1" + strings.Repeat("0", drop)
	case drop < 0:
		steps = x + "*1" + strings.Repeat("0", -drop)
	}
	out := "ROUND(" + steps + ",0)"
	if p.f.Rounding == money.HalfEven { // a half that was rounded to an odd number goes back
		out = "(" + out + "-IF(ABS(MOD(ABS(" + steps + "),2)-0.5)<0.0000001,SIGN(" + steps + "),0))"
	}
	if p.f.Places > 0 {
		out += "/1" + strings.Repeat("0", p.f.Places)
	}
	return out
}

// derivation is the formula of the number.
func (p *proof) derivation(c *proofColumns, n string) string {
	a, b := c.a+n, c.b+n
	adjusted := p.a.shown != ""
	part, whole := a, b
	if adjusted { // shares and changes are made of what is printed
		part, whole = "("+p.rounding(a)+"+"+c.adjustA+n+")", "("+p.rounding(b)+")"
		if p.b.shown != "" {
			whole = "(" + p.rounding(b) + "+" + c.adjustB + n + ")"
		}
	}
	out := ""
	switch p.kind {
	case schedule.ValueCount:
		return ""
	case schedule.ValueChange:
		if out = p.rounding("(" + a + "-" + b + ")"); adjusted {
			out = "IF(" + a + "=" + b + ",0,ROUND(" + part + "-" + whole + "," + digitsOf(p.f.Places) + "))"
		}
	case schedule.ValueRate:
		if out = "IF(" + b + ">0,ROUND((" + a + "-" + b + ")/" + b + "*100,2),0)"; adjusted {
			out = "IF(OR(" + a + "=" + b + "," + b + "<=0),0,ROUND((" + part + "-" + whole + ")/" + whole + "*100,2))"
		}
	case schedule.ValueShare:
		out = "IF(" + b + "=0,0,ROUND(" + part + "/" + whole + "*100,2))"
	default:
		out = p.rounding(a)
	}
	if p.abs {
		out = "ABS(" + out + ")"
	}
	return out
}

func digitsOf(n int) string { return string(rune('0' + n)) }

// adjustment is the formula for what printed parts that add up change of an operand, "" where nothing can.
func (p *proof) adjustment(x *operand, at string) string {
	if x.shown == "" {
		return ""
	}
	return "ROUND((" + x.shown + ")/" + unitText(p.f.Unit) + "-" + p.rounding(at) + "," + digitsOf(p.f.Places) + ")"
}

func (p *proof) adjusted(x *operand) string {
	return plainAmount(p.rounded(x.shownValue)).Sub(plainAmount(p.rounded(x.exact))).String()
}

// differing is the formula of how far the printed number is from the derived one.
func (p *proof) differing(c *proofColumns, n string) string {
	out := c.printed + n + "-" + c.derived + n
	if p.amount() && p.a.shown != "" {
		out += "-" + c.adjustA + n
	}
	return "ROUND(" + out + "," + digitsOf(max(p.places(), ratePlaces)) + ")"
}

func (p *proof) difference() money.Amount {
	d := plainAmount(p.printed).Sub(plainAmount(p.derived()))
	if p.amount() && p.a.shown != "" {
		d = d.Sub(plainAmount(p.adjusted(&p.a)))
	}
	return d
}

// residue is by how much the printed amount misses the exact one, in its unit.
func (p *proof) residue() string {
	printed, _ := money.Parse(p.printed, p.f.Unit)
	return printed.Sub(p.a.exact).In(p.f.Unit, 8) // small, where the amount with so many decimals has more digits than are read
}

// bound is how far the printed amount may miss the exact one: by half of its last decimal, and where parts are made to add up
// by the steps of all lines.
func (p *proof) bound() (formula, value string) {
	step := "1"
	if p.f.Places > 0 {
		step = "0." + strings.Repeat("0", p.f.Places-1) + "1"
	}
	if p.a.bound == "" {
		half := "0." + strings.Repeat("0", p.f.Places) + "5"
		return half, half
	}
	return "(" + p.a.bound + ")*" + step, plainAmount(step).Times(p.a.boundValue.String()).String()
}

// eps is half of the last decimal: what differs by less does not differ.
func (p *proof) eps() string { return "0." + strings.Repeat("0", p.places()) + "5" }

func (p *proof) verdict() string {
	if p.kind == schedule.ValueCount {
		return untested
	}
	if !p.difference().IsZero() {
		return differs
	}
	if p.amount() {
		_, bound := p.bound()
		if plainAmount(p.residue()).Abs().Cmp(plainAmount(bound)) > 0 {
			return differs
		}
	}
	return agreed
}

// boundOf is by how many steps of what is printed a sum of lines may miss its exact amount.
func (l *ledger) boundOf(q budget.Query) (sum money.Amount) {
	of := l.columns[l.at[nameBound]].of
	l.b.Each(q, func(i int) { sum = sum.Add(plainAmount(of(i))) })
	return sum
}
