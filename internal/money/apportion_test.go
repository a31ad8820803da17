package money

import (
	"math/rand/v2"
	"testing"
)

func TestApportion(t *testing.T) {
	f := Format{Unit: Wan, Places: 2}
	for _, c := range []struct {
		name  string
		whole string
		parts []string
		want  []string
		ok    bool
	}{
		{"thirds", "10000", []string{"3333.33", "3333.33", "3333.34"}, []string{"3300", "3300", "3400"}, true},
		{"equal remainders, the first", "200", []string{"50", "50", "100"}, []string{"100", "0", "100"}, true},
		{"nothing open", "300", []string{"100", "200"}, []string{"100", "200"}, true},
		{"negative", "-100", []string{"-150", "49"}, []string{"-100", "0"}, true},
		{"too much", "1000", []string{"150", "150"}, []string{"200", "200"}, false},
		{"too little", "100", []string{"150", "150"}, []string{"200", "200"}, false},
		{"none", "0", nil, nil, true},
		{"none for something", "100", nil, nil, false},
	} {
		var parts []Amount
		for _, p := range c.parts {
			parts = append(parts, yuan(t, p))
		}
		got, ok := f.Apportion(yuan(t, c.whole), parts)
		if ok != c.ok || len(got) != len(c.want) {
			t.Errorf("%s: %v %v", c.name, got, ok)
			continue
		}
		for i := range got {
			if !got[i].Equal(yuan(t, c.want[i])) {
				t.Errorf("%s: part %d is %s, want %s", c.name, i, got[i], c.want[i])
			}
		}
	}
}

// TestApportionAddsUp: parts add up to their rounded sum, and none moves by a whole step.
func TestApportionAddsUp(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		f := Format{Unit: Unit(r.IntN(3)), Places: r.IntN(4)}
		parts := make([]Amount, r.IntN(12))
		for i := range parts {
			parts[i] = FromFen(r.Int64N(1e9) - 2e8)
		}
		whole := f.Round(Sum(parts...))
		got, ok := f.Apportion(whole, parts)
		if !ok || !Sum(got...).Equal(whole) {
			t.Fatalf("%v: %v add up to %s, want %s", f, got, Sum(got...), whole)
		}
		for i := range got {
			if got[i].Sub(parts[i]).Abs().Cmp(f.Step()) >= 0 || !f.Round(got[i]).Equal(got[i]) {
				t.Fatalf("%v: %s became %s", f, parts[i], got[i])
			}
		}
	}
}
