package tablebook

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/budget"
)

// test is what a line must have in a column of 明细: one of some patterns, or with not none of them.
type test struct {
	column   string
	not      bool
	patterns []string
}

// sum is a query as a formula over a column of 明细.
func (l *ledger) sum(of string, q budget.Query) string {
	_, view := q.Sees()
	key := of + "|" + q.String() + "|" + strconv.Itoa(int(view)) // sides are among the words, or follow from them
	if side, _ := q.Sees(); side != "" {
		key += string(side)
	}
	if f, ok := l.fits[key]; ok {
		return f
	}
	f := l.formula(l.use(of), l.tests(q))
	if len(f) > mostSum {
		f = l.formula(of, [][]test{{{column: l.scope(q), patterns: []string{yesNo(true)}}}})
	}
	l.fits[key] = f
	return f
}

// mostSum is how long the formula of a sum may be: programs take 8192 characters, and operands are several sums.
const mostSum = 1000

// scope is a column that says which lines a query means. Where the conditions are too many to write, as hundreds of projects
// are, the formula asks for that.
func (l *ledger) scope(q budget.Query) string {
	side, view := q.Sees()
	key := q.String() + "|" + strconv.Itoa(int(view)) + string(side)
	if name, ok := l.scopes[key]; ok {
		return name
	}
	name := scopeName + strconv.Itoa(len(l.scopes)+1)
	in := make([]bool, len(l.b.Lines))
	l.b.Each(q, func(i int) { in[i] = true })
	l.scopes[key] = name
	l.add(column{name: name, width: 8, used: true, of: func(i int) string { return yesNo(in[i]) }})
	return name
}

// tests are what a query asks for. What is one of several columns makes alternatives: each inner list is one of them.
func (l *ledger) tests(q budget.Query) [][]test {
	out := [][]test{nil}
	both := func(t test) {
		for i := range out {
			out[i] = append(out[i], t)
		}
	}
	side, view := q.Sees()
	if side != "" {
		both(test{column: columnOf["side"], patterns: []string{string(side)}})
	}
	if l.margins {
		for _, x := range []struct {
			view budget.View
			name string
		}{{budget.ByFunction, nameFunction}, {budget.ByEconomy, nameEconomy}} {
			if view&x.view != 0 {
				both(test{column: x.name, patterns: []string{yesNo(true)}})
			}
		}
	}
	for _, c := range q.Conditions() {
		list := l.asked(&c)
		if c.Not || len(list) == 1 {
			for _, t := range list {
				both(t)
			}
			continue
		}
		var next [][]test
		for _, o := range out {
			for _, t := range list {
				next = append(next, append(slices.Clone(o), t))
			}
		}
		out = next
	}
	return out
}

// asked are the tests of a condition, one a column.
func (l *ledger) asked(c *budget.Condition) []test {
	switch c.Key {
	case "function", "economic":
		return l.askedCodes(c)
	case "fund":
		for _, group := range budget.FundGroups() {
			if sameSet(budget.FundsOf(group), c.Values) {
				return []test{{l.use(nameFundGroup), c.Not, []string{group}}}
			}
		}
	}
	t := test{column: l.use(columnOf[c.Key]), not: c.Not}
	for _, v := range c.Values {
		for _, p := range l.patterns(c, v) {
			if p == noWord {
				l.useNone(t.column)
			}
			if !slices.Contains(t.patterns, p) {
				t.patterns = append(t.patterns, p)
			}
		}
	}
	return []test{t}
}

func sameSet(a, b []string) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(x string) bool { return !slices.Contains(b, x) })
}

// noWord stands in columns where a line has nothing and some formula asks for that.
const noWord = budget.None

// nowhere is what no column has.
const nowhere = "没有"

// patterns are what 明细 has for a value of a condition.
func (l *ledger) patterns(c *budget.Condition, v string) []string {
	if v == "" || v == noWord && slices.Contains([]string{"procurement", "purchase", "item", "organization", "reserved"}, c.Key) {
		return []string{noWord}
	}
	kind := slices.Index([]string{"unit", "project", "item"}, c.Key)
	if kind < 0 {
		return []string{escaped(v)}
	}
	var out []string
	if kind == projectKeys {
		out = slices.Clone(l.projects[v])
	} else if k := l.keys[kind][v]; k != "" {
		out = []string{k}
	}
	if len(out) == 0 {
		return []string{nowhere}
	}
	return out
}

// askedCodes are the tests of a condition on codes, which match by how they begin.
func (l *ledger) askedCodes(c *budget.Condition) (out []test) {
	add := func(column, pattern string) {
		for i := range out {
			if out[i].column == column {
				out[i].patterns = append(out[i].patterns, pattern)
				return
			}
		}
		out = append(out, test{l.use(column), c.Not, []string{pattern}})
	}
	values := slices.Clone(c.Values)
	slices.SortStableFunc(values, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	var seen []string
	for _, v := range values {
		if slices.ContainsFunc(seen, func(s string) bool { return v == s || !c.Exact && s != "" && strings.HasPrefix(v, s) }) {
			continue // it is among those
		}
		seen = append(seen, v)
		whole := columnOf[c.Key]
		name, parted := columnOf[c.Key+strconv.Itoa(len(v))]
		switch {
		case v == "" || v == noWord && !c.Exact:
			add(l.useNone(whole), noWord)
		case v == noWord:
			add(whole, nowhere)
		case c.Exact:
			add(whole, v)
		case parted:
			add(name, v)
		default:
			add(whole, v+"*")
		}
	}
	return out
}

// formula adds up what passes one of the alternatives.
func (l *ledger) formula(of string, alternatives [][]test) string {
	var b strings.Builder
	for _, tests := range alternatives {
		for _, choice := range spelled(tests) {
			if b.Len() > 0 {
				b.WriteByte('+')
			}
			b.WriteString(l.sumifs(of, choice))
		}
	}
	return b.String()
}

// spelled gives all tests but one a single pattern, as often as need be: one list of alternatives is as much as every
// program understands.
func spelled(tests []test) [][]test {
	longest := -1
	for i, t := range tests {
		if !t.not && len(t.patterns) > 1 && (longest < 0 || len(t.patterns) > len(tests[longest].patterns)) {
			longest = i
		}
	}
	out := [][]test{nil}
	for i, t := range tests {
		if t.not || len(t.patterns) == 1 || i == longest {
			for k := range out {
				out[k] = append(out[k], t)
			}
			continue
		}
		var next [][]test
		for _, o := range out {
			for _, p := range t.patterns {
				next = append(next, append(slices.Clone(o), test{column: t.column, patterns: []string{p}}))
			}
		}
		out = next
	}
	return out
}

// sumifs adds up what passes all tests. Without a test that is all.
func (l *ledger) sumifs(of string, tests []test) string {
	if len(tests) == 0 {
		return "SUM(" + of + ")"
	}
	var b strings.Builder
	several := false
	b.WriteString("SUMIFS(" + of)
	for _, t := range tests {
		switch {
		case t.not:
			for _, p := range t.patterns {
				b.WriteString("," + l.use(t.column) + `,"<>` + inQuotes(p) + `"`)
			}
		case len(t.patterns) == 1:
			b.WriteString("," + l.use(t.column) + `,"` + inQuotes(t.patterns[0]) + `"`)
		default:
			several = true
			b.WriteString("," + l.use(t.column) + `,{`)
			for i, p := range t.patterns {
				if i > 0 {
					b.WriteByte(',')
				}
				b.WriteString(`"` + inQuotes(p) + `"`)
			}
			b.WriteByte('}')
		}
	}
	b.WriteByte(')')
	if several {
		return "SUMPRODUCT(" + b.String() + ")"
	}
	return b.String()
}

// inQuotes is a text between quotation marks of a formula.
func inQuotes(s string) string { return strings.ReplaceAll(s, `"`, `""`) }

var wild = strings.NewReplacer("~", "~~", "*", "~*", "?", "~?")

// escaped is a text as conditions of formulas ask for it and nothing else.
func escaped(s string) string {
	s = wild.Replace(s)
	if s != "" && strings.ContainsRune("<>=", rune(s[0])) {
		return "=" + s
	}
	return s
}
