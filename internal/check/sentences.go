package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/prose"
)

// SharesAddUp says why shares of one sentence that make up a whole miss 100 by a little, and their amounts its own: by no
// more than rounding makes of that many. The whole may stand in the sentence before.
func SharesAddUp(t *budget.StatedText, all []prose.Quantity, r *Report) {
	next := 0
	for _, x := range prose.Sentences(t.Text.V, false) {
		var whole *prose.Quantity
		var sum, shares money.Amount
		n, places := 0, 0
		for ; next < len(all) && all[next].End <= x.End; next++ {
			i, q := next, &all[next]
			switch {
			case q.Kind == prose.Amount && whole == nil:
				whole = q
			case q.Kind == prose.Percentage && i > 0 && all[i-1].Kind == prose.Amount && strings.Contains(t.Text.V[all[i-1].End:q.Start], "占"):
				sum, shares, n, places = sum.Add(all[i-1].Value), shares.Add(q.Value), n+1, max(places, q.Places)
			}
		}
		if n < 2 {
			continue
		}
		if sum.Sub(whole.Value).Abs().Cmp(money.ToleranceOf(n, money.Wan, 2)) <= 0 {
			spokenResidue(t, t.Text.Span(x.Start, x.End), n, whole.Value, sum, r)
		}
		off := shares.Sub(money.FromFen(100_00)).Abs()
		if off.IsZero() || places < 2 || off.Cmp(money.FromFen(int64(n)).Times("0.5")) > 0 {
			continue
		}
		r.Add(diag.Diagnostic{Rule: "尾差-003", Level: diag.Note, At: t.Text.Span(x.Start, x.End), Message: fmt.Sprintf("%s里%d个占比之和不是100%%，差在各自的舍入", diag.Quote(t.Section.V), n),
			Stated: money.Format{Places: 2}.String(shares) + "%", Want: "100.00%", Hint: fmt.Sprintf("各占比分别舍入到两位小数，%d个之和至多差 %s 个百分点，不是错误", n, money.Format{Places: 3}.String(money.FromFen(int64(n)).Times("0.5")))})
	}
}

// spokenResidue says that amounts of a text miss their sum by no more than rounding makes.
func spokenResidue(t *budget.StatedText, at diag.Range, n int, whole, sum money.Amount, r *Report) {
	if sum.Equal(whole) {
		return
	}
	d := diag.Diagnostic{Rule: "尾差-001", Level: diag.Note, At: at, Message: fmt.Sprintf("%s里%d项之和与合计%s万元相差在四舍五入的界限之内", diag.Quote(t.Section.V), n, money.ToldNumber(whole)),
		Hint: "各数分别由元舍入到万元时会这样，不是错误；不放心的，用元核对"}
	d.Numbers(money.Difference(money.Wan, whole, sum))
	r.Add(d)
}

// ListedParts: what 其中 or 包括 introduces adds up to the amount before it, but for rounding.
func ListedParts(t *budget.StatedText, all []prose.Quantity, r *Report) {
	s := t.Text.V
	p := runningParts(s, all)
	for _, word := range []string{"其中：", "包括：", "其中:", "包括:"} {
		for from, end := 0, 0; ; {
			i := strings.Index(s[from:], word)
			if i < 0 {
				break
			}
			begin := from + i
			from = begin + len(word)
			if end < from { // else it is in the sentence of the one before
				end = len(s)
				if j := strings.IndexAny(s[from:], "。\n"); j >= 0 {
					end = from + j
				}
			}
			if x := p.introduced(begin, from, end); x.total != nil {
				x.addUp(t, end, r)
			}
		}
	}
}

// partsList is a list of amounts and the total before it.
type partsList struct {
	total  *prose.Quantity
	sum    money.Amount
	parts  int
	shares bool // there are percentages, too
}

// textParts are the quantities of a text as lists have them, added up from its beginning: a sentence may introduce many lists.
type textParts struct {
	all    []prose.Quantity
	totals []int          // before each, the last that may be a total, -1 for none
	sums   []money.Amount // of the parts before each
	parts  []int          // their number
	shares []int          // percentages before each
}

// runningParts adds them up. What was last year, and changes, are neither parts nor totals.
func runningParts(s string, all []prose.Quantity) *textParts {
	n := len(all)
	p := &textParts{all, make([]int, n+1), make([]money.Amount, n+1), make([]int, n+1), make([]int, n+1)}
	p.totals[0] = -1
	for k := range all {
		q := &all[k]
		p.totals[k+1], p.sums[k+1], p.parts[k+1], p.shares[k+1] = p.totals[k], p.sums[k], p.parts[k], p.shares[k]
		if q.Kind == prose.Percentage {
			p.shares[k+1]++
		}
		if q.Kind != prose.Amount || q.Rate != "" {
			continue
		}
		clause := s[prose.LastBreak(s[:q.Start]):q.Start]
		if !prose.Comparison.MatchString(clause) {
			p.totals[k+1] = k
		}
		if prose.Direction(clause) == 0 {
			p.sums[k+1], p.parts[k+1] = p.sums[k].Add(q.Value), p.parts[k]+1
		}
	}
	return p
}

// introduced finds the list from one place of a text to another, and its total before the word that begins it.
func (p *textParts) introduced(word, from, to int) (x partsList) {
	after := func(at int) int { // the first that ends behind a place
		k, _ := slices.BinarySearchFunc(p.all, at+1, func(q prose.Quantity, at int) int { return cmp.Compare(q.End, at) })
		return k
	}
	if k := p.totals[after(word)]; k >= 0 {
		x.total = &p.all[k]
	}
	first, _ := slices.BinarySearchFunc(p.all, from, func(q prose.Quantity, at int) int { return cmp.Compare(q.Start, at) })
	last := max(first, after(to))
	x.sum, x.parts, x.shares = p.sums[last].Sub(p.sums[first]), p.parts[last]-p.parts[first], p.shares[last] > p.shares[first]
	return x
}

// addUp tells of a list that misses its total by what rounding makes. Package audit tells of one that misses it by more.
func (x *partsList) addUp(t *budget.StatedText, to int, r *Report) {
	total := x.total
	if x.parts < 2 || total.Unit == money.Yuan {
		return
	}
	if !x.shares && x.sum.Sub(total.Value).Abs().Cmp(money.ToleranceOf(x.parts, money.Wan, 2)) <= 0 { // else SharesAddUp looks at them
		spokenResidue(t, t.Text.Span(total.Start, to), x.parts, total.Value, x.sum, r)
	}
}
