package sheet

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"yusuan/internal/budget"
	"yusuan/internal/money"
)

// sum is an amount as a formula, and what it comes to.
type sum struct {
	formula string
	value   money.Amount
}

func (a sum) plus(b sum) sum {
	if a.formula == "" {
		return b
	}
	return sum{a.formula + "+" + b.formula, a.value.Add(b.value)}
}

func (a sum) minus(b sum) sum {
	return sum{a.formula + "-(" + b.formula + ")", a.value.Sub(b.value)}
}

// test is what a line must have for a key: one of some patterns, or none of them.
type test struct {
	key      string
	not      bool
	patterns []string // exact, or with * at the end or the start; ?* is anything at all
}

func is(key string, values ...string) test { return test{key: key, patterns: values} }

// of adds the lines that pass all tests.
func (l *ledger) of(tests ...test) sum {
	out := sum{}
	for _, choice := range alternatives(tests) {
		amount := l.column("amount")
		formula := "SUMIFS(" + amount
		for _, t := range choice {
			for _, p := range t.patterns {
				op := ""
				if t.not {
					op = "<>"
				}
				formula += "," + l.column(t.key) + `,"` + op + p + `"`
			}
		}
		out = out.plus(sum{formula + ")", l.add(choice)})
	}
	return out
}

// alternatives are the tests with one pattern each for those that ask for one of several: a SUMIFS adds what passes all.
func alternatives(tests []test) [][]test {
	out := [][]test{nil}
	for _, t := range tests {
		if t.not {
			for i := range out {
				out[i] = append(out[i], t)
			}
			continue
		}
		var next [][]test
		for _, o := range out {
			for _, p := range t.patterns {
				next = append(next, append(slices.Clone(o), test{key: t.key, patterns: []string{p}}))
			}
		}
		out = next
	}
	return out
}

func (l *ledger) add(tests []test) money.Amount {
	var out money.Amount
	for i := range l.lines {
		x := &l.lines[i]
		if !slices.ContainsFunc(tests, func(t test) bool { return !t.passes(x.values[slices.Index(l.keys, t.key)]) }) {
			out = out.Add(x.amount)
		}
	}
	return out
}

func (t *test) passes(value string) bool {
	return slices.ContainsFunc(t.patterns, func(p string) bool { return like(value, p) }) != t.not
}

func like(value, pattern string) bool {
	switch {
	case pattern == "?*":
		return value != ""
	case strings.HasSuffix(pattern, "*"):
		return strings.HasPrefix(value, strings.TrimSuffix(pattern, "*"))
	case strings.HasPrefix(pattern, "*"):
		return strings.HasSuffix(value, strings.TrimPrefix(pattern, "*"))
	}
	return strings.EqualFold(value, pattern)
}

// column is a column of the sheet of lines.
func (l *ledger) column(key string) string {
	i := slices.Index(l.keys, key)
	if key == "amount" {
		i = len(l.keys) + 1
	}
	c := "$" + columnName(i+1)
	return quoted(CalcSheet) + "!" + c + ":" + c
}

// asked are the keys that the queries of the pack's figures have.
func askedKeys(figures []budget.Query) []string {
	var out []string
	for _, q := range figures {
		out = append(out, q.Keys()...)
	}
	return slices.Compact(slices.Sorted(slices.Values(out)))
}

// query is the sum of a query; false where formulas cannot ask so.
func (l *ledger) query(q budget.Query) (sum, bool) {
	view := "F*"
	if q.Mentions("economic") {
		view = "*E"
	}
	if q.Crosses() {
		view = "FE"
	}
	tests := []test{is(keyView, view)}
	sides := []string{string(budget.Expenditure)}
	if s := q.Sides(); s != nil {
		sides = s
	}
	for _, c := range q.Conditions() {
		switch t, ok := l.condition(c); {
		case c.Key == "side" && !c.Not:
		case !ok:
			return sum{}, false
		default:
			tests = append(tests, t)
		}
	}
	out := sum{}
	for _, side := range sides {
		if side != string(budget.RevenueSide) {
			out = out.plus(l.of(append(slices.Clone(tests), is("side", side))...))
			continue
		}
		for _, c := range q.Conditions() { // a budget is balanced: what is spent and carried on comes in
			if c.Key != "side" && c.Key != "fund" && c.Key != "unit" {
				return sum{}, false
			}
		}
		with := func(side budget.Side) sum { return l.of(append(slices.Clone(tests), is("side", string(side)))...) }
		out = out.plus(with(budget.Expenditure).plus(with(budget.CarryOut)).minus(with(budget.CarryIn)))
	}
	return out, len(out.formula) <= longestFormula
}

// condition is one condition of a query as a test.
func (l *ledger) condition(c budget.Condition) (test, bool) {
	t := test{key: c.Key, not: c.Not}
	if !slices.Contains(l.keys, c.Key) || c.Exact || c.Key == "goals" { // a form says it, too
		return t, c.Key == "side"
	}
	for _, v := range c.Values {
		switch {
		case v == budget.None && c.Not && len(c.Values) == 1:
			return test{key: c.Key, patterns: []string{"?*"}}, true
		case v == budget.None, strings.ContainsAny(v, `*?~<>="`):
			return t, false
		case c.Key == "function" || c.Key == "economic":
			v += "*"
		case c.Key == "unit":
			v = "U" + v
		}
		t.patterns = append(t.patterns, v)
	}
	return t, true
}

// typedSum adds a column of a sheet of rows, of the rows that have these texts.
func (s *placed) typedSum(b *placedBlock, amount int, texts map[int]string) sum {
	var columns []int
	for c := range texts {
		columns = append(columns, c)
	}
	slices.Sort(columns)
	formula := "SUMIFS(" + s.column(amount)
	for _, c := range columns {
		formula += "," + s.column(c) + `,"=` + escaped(texts[c]) + `"`
	}
	if len(columns) == 0 {
		formula = "SUM(" + s.below(b, amount)
	}
	asked := make([]string, len(columns))
	for i, c := range columns {
		asked[i] = texts[c]
	}
	return sum{formula + ")", b.sumsBy(amount, columns)[keyOf(asked)]}
}

// sumsBy are the sums of a column by what rows have in others, all of them at once: every project asks.
func (b *placedBlock) sumsBy(amount int, columns []int) map[string]money.Amount {
	by := fmt.Sprint(amount, columns)
	if sums, ok := b.sums[by]; ok {
		return sums
	}
	sums := map[string]money.Amount{}
	texts := make([]string, len(columns))
	for _, row := range b.Rows {
		for i, c := range columns {
			texts[i] = row.Cells[c].Text
		}
		if a, err := money.Parse(row.Cells[amount].Text, money.Yuan); err == nil && row.Cells[amount].Kind == Number {
			sums[keyOf(texts)] = sums[keyOf(texts)].Add(a)
		}
	}
	if b.sums == nil {
		b.sums = map[string]map[string]money.Amount{}
	}
	b.sums[by] = sums
	return sums
}

func keyOf(texts []string) string { return strings.ToLower(strings.Join(texts, "\x00")) }

// Formulas have bounds: in all, and of each text in them.
const (
	longestFormula = 8000
	longestText    = 200
)

func fits(s string) bool { return utf8.RuneCountInString(s) <= longestText }

// askable reports whether a text can be asked for as it is.
func askable(s string) bool { return fits(s) && !strings.ContainsAny(s, `*?~"`) }

// escaped is a text as a criterion has it.
func escaped(s string) string {
	return strings.NewReplacer("~", "~~", "*", "~*", "?", "~?", `"`, `""`).Replace(s)
}

// below is a column from the first row of facts down, in a form to the end of the block.
func (s *placed) below(b *placedBlock, column int) string {
	last := 1 << 20
	if len(s.blocks) > 1 {
		last = b.last
	}
	c := "$" + columnName(column+2) + "$"
	return quoted(s.Name) + "!" + c + strconv.Itoa(b.first) + ":" + c + strconv.Itoa(last)
}

// amounts are the amounts of a segment.
func (l *ledger) amounts(g *segment) string {
	c := "$" + columnName(len(l.keys)+2) + "$"
	return quoted(CalcSheet) + "!" + c + strconv.Itoa(g.first) + ":" + c + strconv.Itoa(g.first+g.rows-1)
}
