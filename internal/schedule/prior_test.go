package schedule

import (
	"testing"

	"yusuan/internal/budget"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/source"
)

// TestBeforeOfNamesakes: a project that last year was called otherwise, because several units had one of its name then or
// have one now, is not taken for a new one.
func TestBeforeOfNamesakes(t *testing.T) {
	d := New(
		&pack.Pack{Figures: map[string]*pack.Figure{"p": {Name: "p", By: "project"}, "f": {Name: "f", By: "item"}}},
		&budget.Budget{Facts: &budget.Facts{}},
		Prior{Amounts: map[string]money.Amount{
			"p.415001/运维": money.FromFen(5), "p.415002/运维": money.FromFen(7), "p.修缮": money.FromFen(9), "p.2025/26学年": money.FromFen(2), "f.2010301": money.FromFen(1)}},
		nil, nil)
	for name, want := range map[string]struct {
		fen   int64
		known bool
	}{
		"p.415001/运维": {5, true}, "p.运维": {0, false}, "p.415003/运维": {0, false}, "p.修缮": {9, true}, "p.415001/修缮": {0, false},
		"p.普查": {0, true}, "p.415001/普查": {0, true}, "p.2025/26学年": {2, true}, "f.2010302": {0, true}, "g.普查": {0, false},
	} {
		if got, known := d.Before(name); !got.Equal(money.FromFen(want.fen)) || known != want.known {
			t.Errorf("%s was %v, known %v; want %+v", name, got, known, want)
		}
	}
}

// TestStatedBefore: last year's amount of a code comes of the entries of the codes that it contains; that of a project of its own
// alone, though another's name begins like it.
func TestStatedBefore(t *testing.T) {
	facts := &budget.Facts{Prior: &budget.Prior{}}
	d := New(&pack.Pack{Figures: map[string]*pack.Figure{"p": {Name: "p", By: "project"}, "f": {Name: "f", By: "item"}}},
		&budget.Budget{Facts: facts}, Prior{Amounts: map[string]money.Amount{}}, nil, nil)
	for _, key := range []string{"p.运维", "p.运维二期", "f.2010301", "f.2010302", "f.2080501"} {
		d.Prior.Amounts[key] = money.FromFen(100)
		facts.Prior.Figures = append(facts.Prior.Figures, source.AmountField{Key: source.String{V: key}})
	}
	for _, c := range []struct{ figure, part, want string }{
		{"p", "运维", "p.运维 "}, {"p", "运维二期", "p.运维二期 "}, {"f", "20103", "f.2010301 f.2010302 "}, {"f", "", "f.2010301 f.2010302 f.2080501 "}, {"p", "", "p.运维 p.运维二期 "},
	} {
		got := ""
		for _, e := range d.Entries(&Value{Kind: ValueLastYear, Figure: c.figure, Part: c.part, Known: true}) {
			got += e.Words + " "
		}
		if got != c.want {
			t.Errorf("%s of %q comes of %s, want %s", c.figure, c.part, got, c.want)
		}
	}
}
