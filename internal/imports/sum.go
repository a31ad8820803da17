package imports

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// sums holds what adds up against its parts: columns within each leaf, then rows of sums, each column.
func (r *reader) sums(b *body) {
	for i := range b.lines {
		if l := &b.lines[i]; l.class == leaf {
			b.across(l)
		}
	}
	b.spanning()
	b.tally()
	leaves := b.addUp()
	rep := &r.out.Sheets[b.number]
	for i := range b.lines {
		l := &b.lines[i]
		if l.class != sum && l.class != group || !l.hasFigures() {
			continue
		}
		rep.Sums++
		if l.carried {
			continue
		}
		switch b.down(i, leaves) {
		case agrees:
			rep.Held++
		case differs:
			rep.Failed++
		case unknown:
			rep.Unstored++
		case unread:
			rep.Odd++
		}
	}
}

func (l *line) hasFigures() bool {
	return slices.ContainsFunc(l.figures, func(f figure) bool { return f.state != nothing })
}

// value is what a leaf has in a column; of one that adds up others, the sum of these: a wrong sum of
// one row is told once.
func (b *body) value(l *line, c *column) money.Amount {
	f := l.figures[c.index]
	if !c.sum {
		return f.amount
	}
	s, filled := money.Amount{}, false
	for _, p := range c.parts {
		x := l.figures[p.index]
		s, filled = s.Add(x.amount), filled || x.state != nothing
	}
	if !filled {
		return f.amount
	}
	return s
}

// across holds the columns of a leaf that add up others against these.
func (b *body) across(l *line) {
	for _, c := range b.money {
		f := l.figures[c.index]
		if !c.sum || f.state == nothing || f.state == odd || f.rows > 1 {
			continue
		}
		parts, odds, filled := money.Amount{}, false, 0
		for _, p := range c.parts {
			x := l.figures[p.index]
			parts = parts.Add(x.amount)
			odds = odds || x.state == odd || x.state == unstored
			if x.state == amount {
				filled++
			}
		}
		if odds || f.state == unstored || f.amount.IsZero() && f.formula || f.amount.Sub(parts).Abs().Cmp(b.slack(c, len(c.parts))) <= 0 {
			continue
		}
		b.disagree(l.row, c, fmt.Sprintf("第 %d 行的%s与各列之和不符", l.row, diag.Quote(c.Head)), f.amount, parts)
	}
}

// spanning holds merged cells that add up several rows against these.
func (b *body) spanning() {
	for _, s := range b.spans {
		parts, n := money.Amount{}, 0
		for i := range b.lines {
			if l := &b.lines[i]; l.class == leaf && l.row >= s.row && l.row < s.row+s.rows {
				parts = parts.Add(b.value(l, s.column))
				n++
			}
		}
		if s.amount.Sub(parts).Abs().Cmp(b.slack(s.column, n)) > 0 {
			b.disagree(s.row, s.column, fmt.Sprintf("第 %d 行起合并的格里的%s与 %d 行明细之和不符", s.row, diag.Quote(s.column.Head), n), s.amount, parts)
		}
	}
}

const hintSum = "核对原表：改正以后再导入；原表就是这样、合计不用核对的，在对照文件里这张表的一段写 sums = \"不核对\""

// disagree reports a sum that is not that of its parts.
func (b *body) disagree(row int, c *column, what string, stated, parts money.Amount) {
	level, hint := diag.Error, hintSum
	if b.kind.Table() == "" {
		level, hint = diag.Warning, "这张表只用来核对，不导入；核对原表"
	}
	if b.mapped != nil && b.mapped.Sums.V == lenient {
		level, hint = diag.Warning, ""
	}
	d := diag.Diagnostic{Rule: ruleSum, Level: level, At: b.at(row, c.Number), Message: what, Hint: hint}
	d.Numbers(money.Difference(money.Yuan, stated, parts))
	b.r.diags.Add(d)
}

// slack is how far a sum may stand from its parts where the unit of money leaves 分 out: all are rounded then.
func (b *body) slack(c *column, n int) money.Amount {
	unit := c.unit
	if unit == "" {
		unit = b.unit
	}
	return rounding(unit, c.decimal, n)
}

// rounding is how far n amounts with so many decimals may be from what they were rounded of.
func rounding(unit string, decimals, n int) money.Amount {
	s := scales[unit]
	if s.zeros == 0 || decimals >= s.zeros+2 {
		return money.Amount{}
	}
	return money.ToleranceOf(n, s.unit, decimals).Times(s.times)
}

// running are the sums of leaves up to each row, by column, so that a stretch of rows is one subtraction.
type running struct {
	sums  [][]money.Amount
	count []int
}

func (b *body) addUp() running {
	out := running{sums: make([][]money.Amount, len(b.lines)+1), count: make([]int, len(b.lines)+1)}
	now := make([]money.Amount, len(b.money))
	out.sums[0] = slices.Clone(now)
	for i := range b.lines {
		l := &b.lines[i]
		out.count[i+1] = out.count[i]
		if l.class == leaf {
			for _, c := range b.money {
				now[c.index] = now[c.index].Add(b.value(l, c))
			}
			out.count[i+1]++
		}
		out.sums[i+1] = slices.Clone(now)
	}
	return out
}

// part is a set of leaves that a row may add up.
type part struct {
	sums []money.Amount
	n    int
}

func (r running) stretch(from, to int) part {
	p := part{n: r.count[to] - r.count[from]}
	for c := range r.sums[to] {
		p.sums = append(p.sums, r.sums[to][c].Sub(r.sums[from][c]))
	}
	return p
}

type verdict int

const (
	agrees verdict = iota
	differs
	unknown // the file has no results
	unread  // a cell holds no amount
)

// down holds a row of sums against the leaves that it may add up, and keeps it as a total.
func (b *body) down(i int, leaves running) verdict {
	l := &b.lines[i]
	p := b.likeliest(i, b.candidates(i, leaves))
	b.tellTotal(l, p.n == leaves.count[len(b.lines)])
	result, told := agrees, false
	for _, c := range b.money {
		f := l.figures[c.index]
		if f.state == odd && result == agrees {
			result = unread
		}
		if f.state == nothing || f.state == odd {
			continue
		}
		empty := f.state == unstored || f.state == amount && f.amount.IsZero() && !p.sums[c.index].IsZero() && (f.formula || b.zeroRow(l))
		t := Total{Sheet: b.number, Label: l.called(), Column: c.Head, Where: l.where(c), Key: traitOf(c.role).key, Amount: f.amount, At: b.at(l.row, c.Number), Parts: p.sums[c.index]}
		switch {
		case empty:
			t.Amount, t.Unstored = t.Parts, true
			if result == agrees {
				result = unknown
			}
		case b.fits(l, c, p):
			t.Held = true
		default:
			if !told {
				b.disagree(l.row, c, fmt.Sprintf("第 %d 行%s的%s与它的 %d 行明细之和不符", l.row, diag.Quote(l.called()), diag.Quote(c.Head), p.n), f.amount, p.sums[c.index])
			} else {
				b.disagree(l.row, c, fmt.Sprintf("同一行的%s也不符", diag.Quote(c.Head)), f.amount, p.sums[c.index])
			}
			result, told = differs, true
		}
		b.r.out.Totals = append(b.r.out.Totals, t)
	}
	return result
}

// likeliest is the set of leaves that agrees with a row in most columns, the first of equals. All leaves that the row names,
// wherever they stand, are asked last: that costs most.
func (b *body) likeliest(i int, parts []part) part {
	l := &b.lines[i]
	fitting := func(p part) (n int) {
		for _, c := range b.money {
			if b.fits(l, c, p) {
				n++
			}
		}
		return n
	}
	best, most := part{sums: make([]money.Amount, len(b.money))}, -1
	for _, p := range parts {
		if p.n == 0 {
			continue
		}
		if n := fitting(p); n > most {
			best, most = p, n
		}
		if most == len(b.money) {
			return best
		}
	}
	if !l.nameless() && b.searched < mostSearched {
		b.searched += len(b.lines)
		if p := b.named(i); fitting(p) > most {
			return p
		}
	}
	return best
}

// mostSearched bounds how many rows are gone through for sums whose parts do not stand beside them.
const mostSearched = 1_000_000

// zeroRow reports whether all of a row is 0: totals of programs that never computed them.
func (b *body) zeroRow(l *line) bool {
	return !slices.ContainsFunc(l.figures, func(f figure) bool { return f.state == amount && !f.amount.IsZero() })
}

func (b *body) fits(l *line, c *column, p part) bool {
	f := l.figures[c.index]
	return f.state != amount || f.amount.Sub(p.sums[c.index]).Abs().Cmp(b.slack(c, p.n)) <= 0
}

// called is what messages call a row of sums.
func (l *line) called() string {
	if l.label != "" {
		return l.label
	}
	for d := dimensions - 1; d >= 0; d-- {
		if n := l.names[d]; !n.isEmpty() && l.written[d] {
			if n.name != "" {
				return n.name
			}
			return n.code
		}
	}
	return ""
}

// where is what a row of sums is the sum of, as far as it says.
func (l *line) where(c *column) map[string]string {
	out := map[string]string{}
	for d, key := range []string{"unit", "fund", "function", "economic", "project"} {
		if n := l.names[d]; !n.isEmpty() {
			out[key] = n.text()
		}
	}
	if c.fund != "" {
		out["fund"] = c.fund
	}
	return out
}

// candidates are the sets of leaves that a row of sums may add up, the likeliest first.
func (b *body) candidates(i int, leaves running) []part {
	l := &b.lines[i]
	n := len(b.lines)
	var out []part
	down := i + 1
	for down < n && b.lines[down].class != sum && (l.class == group || !l.nameless()) && holds(l, &b.lines[down]) && !again(l, &b.lines[down]) {
		down++
	}
	if l.class == group || !l.nameless() {
		out = append(out, leaves.stretch(i+1, down))
	}
	if l.class == group {
		return out
	}
	up := i
	for up > 0 && b.lines[up-1].class != sum && !l.nameless() && holds(l, &b.lines[up-1]) {
		up--
	}
	since, same := i, i // the last row of sums, and the last that says the same
	for since > 0 && b.lines[since-1].class != sum {
		since--
	}
	for same > 0 && !(b.lines[same-1].class == sum && plain(b.lines[same-1].label) == plain(l.label)) {
		same--
	}
	until := i + 1
	for until < n && b.lines[until].class != sum {
		until++
	}
	if !l.nameless() {
		out = append(out, leaves.stretch(up, i))
	}
	for _, d := range []dimension{byProject, byFunction, byFund, byUnit} { // the rows right above that are about the same
		if top := b.alike(i, d); top < i {
			out = append(out, leaves.stretch(top, i))
		}
	}
	whole := leaves.stretch(0, n)
	stretches := []part{leaves.stretch(since, i), whole, leaves.stretch(same, i), leaves.stretch(0, i), leaves.stretch(i+1, until), leaves.stretch(i+1, n)}
	if endsWhole(l.label) {
		stretches[0], stretches[1] = stretches[1], stretches[0]
		return append(stretches, out...)
	}
	return append(out, stretches...)
}

// again reports whether a group of the same names begins.
func again(l, m *line) bool {
	if m.class != group {
		return false
	}
	for d := range l.names {
		if l.names[d].code != m.names[d].code || l.names[d].key != m.names[d].key {
			return false
		}
	}
	return true
}

// alike is where the rows above begin that say the same as the last of them in one dimension.
func (b *body) alike(i int, d dimension) int {
	top := i
	for top > 0 && b.lines[top-1].class != sum {
		m := &b.lines[top-1]
		if m.names[d].isEmpty() || m.names[d].text() != b.lines[i-1].names[d].text() {
			break
		}
		top--
	}
	return top
}

// endsWhole reports whether a label is of a sum of all: 合计, 总计, but not 小计.
func endsWhole(label string) bool { return !strings.HasSuffix(plain(label), "小计") }

// named are all leaves that a row of sums names, wherever they stand.
func (b *body) named(i int) part {
	l := &b.lines[i]
	p := part{sums: make([]money.Amount, len(b.money))}
	for j := range b.lines {
		m := &b.lines[j]
		if m.class != leaf || !holds(l, m) {
			continue
		}
		p.n++
		for _, c := range b.money {
			p.sums[c.index] = p.sums[c.index].Add(b.value(m, c))
		}
	}
	return p
}
