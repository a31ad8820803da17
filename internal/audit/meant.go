package audit

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/box"
	"yusuan/internal/budget"
	"yusuan/internal/sentence"
)

// meant is what a subject means in the tables of a document.
type meant struct {
	name string
	// exact are the numbers that it means, loose those that it may mean where the words leave that open.
	exact, loose []cell
	sure         bool // the words leave nothing open
}

// any reports whether a number is any that is meant.
func (m *meant) any(fits func(*cell) bool) bool {
	return slices.ContainsFunc(m.exact, func(c cell) bool { return fits(&c) }) || slices.ContainsFunc(m.loose, func(c cell) bool { return fits(&c) })
}

// all are the numbers, those that are meant for certain first.
func (m *meant) all() []cell { return slices.Concat(m.exact, m.loose) }

// scope is what the words around a subject say of its money.
type scope struct {
	heading string // of the section
}

// meaning is what a subject means, nil where the tables do not tell.
func (x *lexicon) meaning(s *sentence.Subject, at scope) *meant {
	if len(s.Names) == 0 {
		return nil
	}
	r := reading{lexicon: x, at: at, sure: true}
	for i := range s.Names[:len(s.Names)-1] {
		r.widen(bareName(s.Names[i].Text))
	}
	return r.narrow(bareName(s.Names[len(s.Names)-1].Text))
}

// reading goes down the names of a subject, from the widest to the narrowest.
type reading struct {
	*lexicon
	at    scope
	codes []code         // that the names above stand for, any of them
	asked []budget.Query // what they ask, all of it
	sure  bool
}

// widen takes in a name that others stand below.
func (r *reading) widen(name string) {
	if name == "" {
		return
	}
	for _, s := range r.stripped(name) {
		if n := r.spelled(s); n != "" && len(r.lexicon.codes[n]) > 0 {
			r.below(r.lexicon.codes[n])
			return
		}
	}
	words, full := r.parsed(name)
	for _, w := range words {
		if c := r.lexicon.codes[w]; len(c) > 0 && len(r.asks[w]) == 0 {
			r.below(c)
		} else {
			r.asked = append(r.asked, r.asks[w][0])
		}
	}
	r.sure = r.sure && full
}

// below are the codes that stand for a name below those that are known.
func (r *reading) below(codes []code) {
	under := slices.DeleteFunc(slices.Clone(codes), func(c code) bool { return !r.under(c) })
	if len(under) == 0 {
		under, r.sure = codes, false
	}
	r.codes = under
}

// under reports whether a code stands below one of those above it.
func (r *reading) under(c code) bool {
	return len(r.codes) == 0 || slices.ContainsFunc(r.codes, func(o code) bool {
		return o.key == c.key && strings.HasPrefix(c.value, o.value) && (c.value != o.value || len(r.codes) == 1)
	})
}

// narrow is what the last of the names means below the others.
func (r *reading) narrow(name string) *meant {
	for _, s := range r.stripped(name) {
		n := r.spelled(s)
		if n == "" || len(r.asks[n]) > 0 && len(r.codes) == 0 {
			continue
		}
		if m := r.rowsOf(n); m != nil {
			return m
		}
	}
	words, full := r.parsed(name)
	if !full || len(words) == 0 {
		return r.ending(name)
	}
	if m := r.asking(name, words); m != nil {
		return m
	}
	for _, s := range r.stripped(name) { // what asks a thing that is printed as a row alone
		if m := r.rowsOf(s); m != nil {
			return m
		}
	}
	return nil
}

// codeKey begins the keys of codes.
const codeKey = "code="

// thing is what a subject is, as a key: a code, or what its names ask; "" where they leave that open.
func (x *lexicon) thing(s *sentence.Subject) (key, code string) {
	if len(s.Names) == 0 {
		return "", ""
	}
	r := reading{lexicon: x, sure: true}
	for i := range s.Names[:len(s.Names)-1] {
		r.widen(bareName(s.Names[i].Text))
	}
	name := bareName(s.Names[len(s.Names)-1].Text)
	for _, w := range r.stripped(name) {
		if n := r.spelled(w); n != "" && len(r.lexicon.codes[n]) > 0 && len(r.asks[n]) == 0 {
			if r.below(r.lexicon.codes[n]); len(r.codes) == 1 && len(r.asked) == 0 {
				return codeKey + r.codes[0].value, r.codes[0].value
			}
			return "", ""
		}
	}
	words, full := r.parsed(name)
	if !full || !r.sure || len(words) == 0 || len(r.codes) > 0 {
		return "", ""
	}
	var asked []string
	for _, w := range words {
		if len(r.asks[w]) == 0 {
			return "", ""
		}
		asked = append(asked, r.asks[w][0].String())
	}
	slices.Sort(asked)
	return strings.Join(slices.Compact(asked), " "), ""
}

// ending is what a name means that begins with words that are not known and ends with those of a row, or of a figure.
func (r *reading) ending(name string) *meant {
	for _, s := range r.stripped(name) {
		chars := []rune(s)
		for i := 1; i < len(chars)-3; i++ {
			n := r.spelled(string(chars[i:]))
			if n == "" {
				continue
			}
			before := r.fork()
			before.widen(string(chars[:i]))
			if len(r.asks[n]) == 0 {
				if m := before.rowsOf(n); m != nil && before.sure {
					return m
				}
				continue
			}
			if aPart(string(chars[:i])) || tellsOfAll(r.asks[n]) {
				return nil
			}
			if m := before.asking(n, []string{n}); m != nil {
				m.sure = false
				return m
			}
		}
	}
	return nil
}

// tellsOfAll reports whether words ask for all that is taken in or spent, of some fund or of any: behind words that are not known
// they are of what those say.
func tellsOfAll(asks []budget.Query) bool {
	return slices.ContainsFunc(asks, func(q budget.Query) bool {
		return !slices.ContainsFunc(q.Conditions(), func(c budget.Condition) bool { return c.Key != "side" && c.Key != "fund" })
	})
}

// aPart reports whether words before a name make its amount that of a part: 编报绩效目标的项目涉及….
func aPart(before string) bool {
	return slices.ContainsFunc(strings.Fields("涉及 项目 其中 用于 除 扣"), func(w string) bool { return strings.Contains(before, w) })
}

func (r *reading) fork() *reading {
	x := *r
	x.codes, x.asked = slices.Clone(r.codes), slices.Clone(r.asked)
	return &x
}

// rowsOf are the numbers of the rows that a name means, by their codes or by what they are called.
func (r *reading) rowsOf(name string) *meant {
	var of []cell
	codes := slices.DeleteFunc(slices.Clone(r.lexicon.codes[name]), func(c code) bool { return !r.under(c) })
	seen := map[string]bool{} // codes that a table prints
	var at []int
	for _, k := range codes {
		at = append(at, r.ofCode[k]...)
		if slices.ContainsFunc(r.ofCode[k], func(i int) bool { return !r.cells[i].absent }) {
			seen[k.key+k.value] = true
		}
	}
	slices.Sort(at) // as the document prints them
	for _, i := range at {
		of = append(of, r.cells[i])
	}
	of = slices.DeleteFunc(of, func(c cell) bool { return c.absent && len(seen) > 0 && !seenOf(&c, codes, seen) })
	rows := r.rows[name]
	if len(codes) == 0 && len(r.codes) > 0 {
		rows = nil // it stands below a class, and is none of it
	}
	for _, i := range rows {
		if c := r.cells[i]; !slices.ContainsFunc(of, func(o cell) bool { return o.table == c.table && o.row == c.row && o.col == c.col }) {
			of = append(of, c)
		}
	}
	if len(of) == 0 {
		return nil
	}
	return r.picked(name, of)
}

// seenOf reports whether a row that is left out is of a code that another table prints.
func seenOf(c *cell, codes []code, seen map[string]bool) bool {
	return slices.ContainsFunc(codes, func(k code) bool {
		v, ok := only(c.query, k.key)
		return ok && v == k.value && seen[k.key+v]
	})
}

// only is the one value that a query asks of a key; of codes below each other the lowest.
func only(q budget.Query, key string) (value string, ok bool) {
	for _, c := range q.Conditions() {
		if c.Key == key && !c.Not && len(c.Values) == 1 && len(c.Values[0]) >= len(value) {
			value, ok = c.Values[0], true
		}
	}
	return value, ok
}

// picked are the numbers of rows: those of the money that the words around ask for, and all others.
func (r *reading) picked(name string, of []cell) *meant {
	m := &meant{name: name, sure: r.sure && oneThing(of)}
	within := func(c *cell, qs []budget.Query) bool {
		if c.box == nil {
			return true // nothing is known of it but its words
		}
		for _, q := range qs {
			b, ok := r.doc.space.Of(q)
			if ok && !r.doc.space.WithinAside(c.box, b, "side") {
				return false
			}
		}
		return true
	}
	for i := range of {
		if within(&of[i], r.asked) {
			m.exact = append(m.exact, of[i])
		} else {
			m.loose = append(m.loose, of[i])
		}
	}
	if len(m.exact) == 0 {
		m.sure = false
	} else if len(r.asked) > 0 {
		m.loose = nil
	}
	return m
}

// oneThing reports whether numbers of rows are all of one thing: of one code, or of rows of one name that mean the same.
func oneThing(of []cell) bool {
	id := func(c *cell) string {
		for _, key := range []string{"function", "economic"} {
			if v, ok := only(c.query, key); ok {
				return key + v
			}
		}
		return c.label
	}
	return !slices.ContainsFunc(of, func(c cell) bool { return id(&c) != id(&of[0]) })
}

// asking is what words mean that ask something together.
func (r *reading) asking(name string, words []string) *meant {
	all := []budget.Query{{}}
	for _, q := range r.asked {
		all = and(all, []budget.Query{q})
	}
	purchases := slices.ContainsFunc(words, func(w string) bool { return slices.ContainsFunc(r.asks[w], procured) })
	for _, w := range words {
		if purchases && len(r.asks[w]) > 0 && !slices.ContainsFunc(r.asks[w], procured) && r.asks[w][0].Mentions("side") {
			continue // 政府采购支出预算
		}
		if c := r.lexicon.codes[w]; len(r.asks[w]) == 0 {
			var qs []budget.Query
			for _, k := range c {
				if r.under(k) {
					qs = append(qs, budget.Query{}.Where(k.key, k.value))
				}
			}
			if len(qs) != 1 {
				return nil
			}
			all = and(all, qs)
			continue
		}
		all = and(all, r.asks[w])
	}
	in := *r.in
	in.printed = r.doc
	m := &meant{name: name, sure: r.sure}
	for _, summed := range []bool{false, true} { // sums are as exact as their parts: they stand in where nothing is printed
		if len(m.exact)+len(m.loose) > 0 {
			break
		}
		for _, q := range all {
			m.exact = append(m.exact, in.answers(q, summed)...)
			if q.Mentions("fund") {
				continue
			}
			for _, f := range headFunds() {
				m.loose = append(m.loose, in.answers(q.Where("fund", f...), summed)...)
			}
		}
	}
	if len(m.exact) == 0 {
		m.exact, m.loose, m.sure = m.loose, nil, false
	}
	if len(m.exact) == 0 {
		return nil
	}
	return m
}

// procured reports whether a query asks for what is bought.
func procured(q budget.Query) bool {
	return slices.Equal(q.Sides(), []string{string(budget.Purchases)})
}

// headFunds are the funds whose money may be meant where none is named, since whole sections are about one.
func headFunds() (out [][]string) {
	for _, f := range budget.Funds()[:3] {
		out = append(out, []string{f})
	}
	for _, g := range budget.FundGroups() {
		out = append(out, budget.FundsOf(g))
	}
	return out
}

func and(a, b []budget.Query) (out []budget.Query) {
	for _, x := range a {
		for _, y := range b {
			out = append(out, x.And(y))
		}
	}
	return out
}

// answers are the numbers that the tables print for a query, or that theirs add up to, on both sides of a balance where it
// names none.
func (in *Input) answers(q budget.Query, summed bool) (out []cell) {
	sides := []budget.Query{q}
	if !q.Mentions("side") {
		sides = append(sides, q.Where("side", string(budget.RevenueSide)), q.Where("side", string(budget.RevenueSide), string(budget.CarryIn)),
			q.Where("side", string(budget.Expenditure), string(budget.CarryOut)))
	}
	for _, s := range sides {
		b, ok := in.printed.space.Of(s)
		if !ok {
			continue
		}
		b = in.printed.space.Balance(b)
		if !summed {
			out = append(out, in.printed.each(b)...)
		} else if c, ok := in.printed.sumOf(b); ok {
			out = append(out, c)
		}
	}
	for _, c := range in.printed.apart {
		if sameAsked(c.query, q) {
			out = append(out, c)
		}
	}
	return out
}

// sameAsked reports whether two queries ask the same in the same words, but for funds that either names beside.
func sameAsked(a, b budget.Query) bool {
	of := func(q budget.Query) (out []string) {
		for _, c := range q.Conditions() {
			if c.Key != "fund" {
				out = append(out, fmt.Sprint(c.Key, c.Not, c.Exact, c.Values))
			}
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	x, y := of(a), of(b)
	return len(x) > 0 && slices.Equal(x, y)
}

// each are the numbers that are printed for a box.
func (d *document) each(b box.Box) (out []cell) {
	for i := range d.cells {
		if slices.Equal(d.cells[i].box, b) {
			out = append(out, d.cells[i])
		}
	}
	return out
}
