package box

import (
	"fmt"
	"strings"
	"testing"
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
		if got, ok := s.Split(whole, c.parts); ok != (c.want > 0) || ok && len(got) != c.want {
			t.Errorf("%s: %v %v", name, got, ok)
		}
	}
}
