package audit

import (
	"testing"

	"yusuan/internal/budget"
	"yusuan/internal/check"
	"yusuan/internal/pack"
	"yusuan/internal/source"
)

// TestEqualRates: one rate that is not as three others is told, two are cuts of their own.
func TestEqualRates(t *testing.T) {
	for _, c := range []struct {
		rates []string
		found int
	}{
		{[]string{"10%", "10%", "10%"}, 0},
		{[]string{"10%", "10%", "10%", "12%"}, 1},
		{[]string{"10%", "10%", "10%", "12%", "8%"}, 0},
		{[]string{"10%", "10%", "12%"}, 0},
	} {
		var texts []budget.StatedText
		for _, r := range c.rates {
			texts = append(texts, budget.StatedText{Text: source.String{V: "主要原因是按规定压减" + r + "。"}})
		}
		r := check.NewReport(&pack.Pack{})
		equalRates(tellAll(texts, 2026), r)
		if l := r.List(); l.Len() != c.found {
			t.Errorf("%v: %d told, want %d", c.rates, l.Len(), c.found)
		}
	}
}
