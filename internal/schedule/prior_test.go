package schedule

import (
	"testing"

	"yusuan/internal/budget"
	"yusuan/internal/money"
	"yusuan/internal/pack"
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
