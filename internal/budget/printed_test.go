package budget_test

import (
	"fmt"
	"testing"

	"yusuan/data"
	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/money"
	"yusuan/internal/source"
	"yusuan/internal/testdept"
)

func generated(t *testing.T, seed uint64) *budget.Budget {
	t.Helper()
	cat, err := classify.Load(data.Catalogue(), testdept.Year)
	if err != nil {
		t.Fatal(err)
	}
	var files []*source.File
	for name, raw := range testdept.Files(seed) {
		f, diags := source.Parse(name, raw)
		if diags.HasErrors() {
			t.Fatal(diags.Sorted())
		}
		files = append(files, f)
	}
	f, diags := budget.Read(files, nil, nil)
	if diags.HasErrors() {
		t.Fatal(diags.Sorted())
	}
	b, diags := budget.New(f, cat)
	if diags.HasErrors() {
		t.Fatal(diags.Sorted())
	}
	return b
}

// TestPrinted: lines become printed numbers less than a step away, but for revenue and what is carried in, which follow;
// the grand total is rounded as usual; both sides are equal, the margins agree, and few sums are far from their own
// rounding.
func TestPrinted(t *testing.T) {
	query := func(s string) budget.Query {
		q, err := budget.ParseQuery(s)
		if err != nil {
			t.Fatal(err)
		}
		return q
	}
	far := map[int64]int{}
	for seed := range uint64(60) {
		b := generated(t, seed)
		for _, f := range []money.Format{{Unit: money.Wan, Places: 2}, {Unit: money.Wan}, {Unit: money.Yuan}} {
			shown := *b
			shown.Lines = append([]budget.Line(nil), b.Lines...)
			for i, a := range b.Printed(f) {
				x := &shown.Lines[i]
				if !f.Round(a).Equal(a) || x.Side != budget.RevenueSide && x.Side != budget.CarryIn && a.Sub(x.Amount).Abs().Cmp(f.Step()) >= 0 {
					t.Fatalf("seed %d: line %d of %s is printed as %s", seed, i, x.Amount, a)
				}
				x.Amount = a
			}
			whole := query("side=支出,年终结转")
			if got, want := shown.Sum(whole), f.Round(b.Sum(whole)); !got.Equal(want) {
				t.Errorf("seed %d: total %s, want %s", seed, got, want)
			}
			for _, u := range append(budget.Funds(), "") {
				in, out := query("side=收入,上年结转"), whole
				if u != "" {
					in, out = in.Where("fund", u), out.Where("fund", u)
				}
				if !shown.Sum(in).Equal(shown.Sum(out)) {
					t.Errorf("seed %d: %s: %s against %s", seed, u, shown.Sum(in), shown.Sum(out))
				}
			}
			for _, u := range b.ListedUnits() {
				q := query("kind=基本支出").Where("unit", u.Code.V)
				for _, n := range []string{budget.NaturePersonnel, budget.NaturePublic} {
					x := q.Where("nature", n)
					if a, e := shown.Sum(x.In(budget.ByFunction)), shown.Sum(x.In(budget.ByEconomy)); !a.Equal(e) {
						t.Errorf("seed %d: %s %s: by function %s, by economy %s", seed, u.Code.V, n, a, e)
					}
				}
			}
			for _, q := range crossing(b) {
				far[f.Steps(shown.Sum(q).Sub(f.Round(b.Sum(q))).Abs())]++
			}
		}
	}
	t.Logf("sums across the tree by the steps that they are off: %v", far)
	if all := far[0] + far[1] + far[2]; far[0]*10 < all*9 || len(far) > 4 {
		t.Errorf("too many sums are off: %v", far)
	}
}

// crossing are sums of codes over all units.
func crossing(b *budget.Budget) (out []budget.Query) {
	seen := map[string]bool{}
	for _, l := range b.Lines {
		if l.Side != budget.Expenditure {
			continue
		}
		for k, c := range map[string]string{"function": l.Function, "economic": l.Economic} {
			for n := 3; n <= len(c); n += 2 {
				if id := fmt.Sprint(k, c[:n]); !seen[id] {
					seen[id] = true
					out = append(out, budget.Query{}.Where("kind", budget.KindBasic).Where(k, c[:n]))
				}
			}
		}
	}
	return out
}
