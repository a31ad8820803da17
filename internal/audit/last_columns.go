package audit

import (
	"regexp"

	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// spentLast are the heads of columns that say what was spent last year, which a budget does not tell.
var spentLast = regexp.MustCompile(`执行|决算|完成`)

// lastColumns holds the columns of this year's tables that speak of last year's budget against the tables of last year.
func (x *resolver) lastColumns() {
	if x.now == nil || len(x.prior) == 0 || !x.prior[0].certain {
		return
	}
	from := x.prior[0]
	last := *from.words.in
	last.printed = from.words.doc
	for i := range x.in.printed.before {
		c := &x.in.printed.before[i]
		if spentLast.MatchString(headOf(c.table, c.col)) {
			continue
		}
		was, ok := last.printedSum(c.query)
		if !ok || was.absent {
			continue
		}
		slack := larger(money.ToleranceOf(was.parts, was.unit, was.places), money.ToleranceOf(0, c.unit, c.places))
		if off := c.value.Sub(was.value).Abs(); off.Cmp(slack) <= 0 && (!c.value.IsZero() || off.IsZero()) {
			continue
		}
		d := diag.Diagnostic{Rule: "成文-021", Level: diag.Warning, At: c.at, Message: c.name + "与上年公开的表不同",
			Notes: []diag.Related{{Text: from.what + "：" + was.name + " " + number(was.value, was.unit) + unitWord(was.unit), At: from.at(was.at)}},
			Hint:  "照上年公开的改正；上年数按新的口径调整过的，在表下写明"}
		d.Numbers(money.Difference(c.unit, c.value, was.value))
		x.r.Add(d)
	}
}
