package tablebook_test

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"

	"yusuan/internal/budget"
	"yusuan/internal/build"
	"yusuan/internal/money"
	"yusuan/internal/tablebook"
)

// TestEveryCondition: each condition that a query can have is a formula that sums the same lines: every key with every value
// there is, with absent ones, with beginnings of codes, excluded, exact, as one of several, and two of them together.
func TestEveryCondition(t *testing.T) {
	t.Parallel()
	s, asked := shared(t), 0
	works := map[string]*build.Work{"typed": typed(t)}
	for _, dir := range []string{"testdata/departments/2026/415", "testdata/departments/2018/101", "testdata/departments/2025/010"} {
		works[dir] = work(t, s, build.Input{Dir: dir})
	}
	for name, w := range works {
		queries := conditions(w.Budget)
		for i, q := range queries {
			sumsTheSame(t, name, w, q)
			if p := queries[(i*7+3)%len(queries)]; q.And(p).Contradiction() == nil {
				sumsTheSame(t, name, w, q.And(p))
			}
			asked += 2
		}
	}
	if asked < 2000 {
		t.Errorf("%d queries only", asked)
	}
}

// conditions are queries of one condition each.
func conditions(b *budget.Budget) (out []budget.Query) {
	for _, key := range budget.Keys() {
		values := []string{"没有的"}
		add := func(v string) {
			if v != "" && !slices.Contains(values, v) {
				values = append(values, v)
			}
		}
		for i := range b.Lines {
			v := b.Lines[i].Value(key)
			add(v)
			for _, n := range []int{1, 3, 4, 5, 6, 7} {
				if (key == "function" || key == "economic") && n <= len(v) {
					add(v[:n])
				}
			}
		}
		for _, v := range budget.Values(key) {
			add(v)
		}
		if key == "function" || key == "economic" || slices.Contains(budget.Values(key), budget.None) || budget.Values(key) == nil {
			add(budget.None)
		}
		for k, v := range values {
			both := budget.Query{}.Where(key, v, values[(k+1)%len(values)], values[(k+4)%len(values)])
			out = append(out, budget.Query{}.Where(key, v), budget.Query{}.Exactly(key, v), both, both.In(budget.ByEconomy))
			if q, err := budget.ParseQuery(key + "!=" + v); err == nil && !strings.ContainsAny(v, " ,") {
				out = append(out, q)
			}
		}
		out = append(out, budget.Query{}.Exactly(key, ""))
	}
	return out
}

func sumsTheSame(t *testing.T, name string, w *build.Work, q budget.Query) {
	t.Helper()
	formula, columns := tablebook.FormulaOf(w.Numbers, q)
	c := &calc{t: t, areas: map[string]area{}}
	for column, words := range columns {
		list := make(area, len(words))
		for i, s := range words {
			if list[i] = s; column == "金额元" {
				list[i] = power(i)
			}
		}
		c.areas[column] = list
	}
	p := &reader{c: c, s: formula}
	sum := num(p.compare())
	want := new(big.Rat)
	w.Budget.Each(q, func(i int) { want.Add(want, power(i)) })
	if sum.Cmp(want) != 0 {
		_, view := q.Sees()
		t.Errorf("%s: %s (view %d) sums lines %v, wants %v: %s", name, q, view, linesIn(sum, len(w.Budget.Lines)), linesIn(want, len(w.Budget.Lines)), formula+" "+strconv.Itoa(len(formula)))
	}
}

// TestRounding: formulas round as formats do, halves among them, in every unit.
func TestRounding(t *testing.T) {
	t.Parallel()
	for _, unit := range []money.Unit{money.Yuan, money.Wan, money.Yi} {
		for places := range 5 {
			for _, rule := range []money.Rounding{money.HalfAway, money.HalfEven} {
				f := money.Usual(unit)
				f.Places, f.Rounding, f.Group = places, rule, false
				for _, digits := range []string{"0", "0.005", "0.015", "0.5", "1.5", "2.5", "-2.5", "50", "150", "250", "-250", "250.01", "249.99", "10050", "5000", "15000", "-15000", "123456789.125", "50000000", "150000000"} {
					a, err := money.Parse(digits, money.Yuan)
					if err != nil {
						t.Fatal(err)
					}
					exact, _ := new(big.Rat).SetString(digits)
					c := &calc{t: t, values: map[string]any{"x!A1": exact}}
					p := &reader{c: c, sheet: "x", s: tablebook.RoundingOf(f, "A1")}
					formula := p.s
					want, _ := new(big.Rat).SetString(f.String(a))
					if got := num(p.compare()); got.Cmp(want) != 0 || p.s != "" {
						t.Errorf("%s 元 in %s with %d decimals is %s, the formula %s comes to %v", digits, unit, places, f.String(a), formula, got)
					}
				}
			}
		}
	}
}
