package box

import (
	"fmt"
	"strings"
	"testing"

	"yusuan/internal/budget"
)

func TestSplit(t *testing.T) {
	s := New(Values{Functional: []string{"201", "20103", "2010301", "2010399", "208"}, Economic: []string{"30201", "30217"}, Units: []string{"1", "2"}})
	if got := fmt.Sprint(s.dims[3].values); got != "[2010301 2010399 208]" {
		t.Fatalf("leaf codes %s", got)
	}
	whole := s.full()
	part := func(key string, values ...string) Box {
		b := s.full()
		s.restrict(b, key, func(v string) bool { return strings.Contains(strings.Join(values, " "), v) })
		return b
	}
	for name, c := range map[string]struct {
		parts []Box
		want  int
	}{
		"all":            {[]Box{part("unit", "1"), part("unit", "2")}, 2},
		"one is missing": {[]Box{part("function", "2010301"), part("function", "208")}, 0},
		"overlap":        {[]Box{part("unit", "1"), part("unit", "2"), part("function", "208")}, 0},
		"largest first":  {[]Box{part("function", "2010301"), part("function", "2010301", "2010399"), part("function", "208")}, 2},
		"twice":          {[]Box{part("unit", "1"), part("unit", "1"), part("unit", "2")}, 2},
		"itself":         {[]Box{whole}, 0},
	} {
		if got, ok := s.Among(c.parts).Split(whole); ok != (c.want > 0) || ok && len(got) != c.want {
			t.Errorf("%s: %v %v", name, got, ok)
		}
	}
}

// TestBeside: what is left of a box when others hold nothing.
func TestBeside(t *testing.T) {
	s := New(Values{Functional: []string{"201", "208"}})
	of := func(q string) Box {
		parsed, err := budget.ParseQuery(q)
		if err != nil {
			t.Fatal(err)
		}
		b, ok := s.Of(parsed)
		if !ok {
			t.Fatal(q)
		}
		return b
	}
	nothing := []Box{of("fund=政府性基金预算"), of("fund=国有资本经营预算")}
	for q, want := range map[string]string{
		"function=201 fund=财政拨款": "function=201 fund=一般公共预算",
		"function=201 fund=单位资金": "function=201 fund=单位资金",
	} {
		got, ok := s.Beside(of(q), nothing)
		if !ok || got.Key() != of(want).Key() {
			t.Errorf("%s: %v %v", q, got, ok)
		}
	}
	if _, ok := s.Beside(of("function=208 fund=政府性基金预算"), nothing); ok {
		t.Error("a part of nothing is left")
	}
	if got, ok := s.Rest(of("fund=财政拨款"), of("fund=一般公共预算")); !ok || got.Key() != of("fund=政府性基金预算,国有资本经营预算").Key() {
		t.Errorf("the rest of 财政拨款 is %v %v", got, ok)
	}
	if got, ok := s.Beside(of("function=201"), []Box{of("function=201 fund=单位资金 kind=基本支出")}); !ok || got.Key() != of("function=201").Key() {
		t.Error("what is not left out as a whole is left out")
	}
}
