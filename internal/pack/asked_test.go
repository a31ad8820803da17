package pack

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/budget"
)

// TestQueriesAreAll: whatever in a pack holds a query is asked about. Parts point to the same tables, charts and figures.
func TestQueriesAreAll(t *testing.T) {
	var p Pack
	n := 0
	var fill func(v reflect.Value, above []reflect.Type)
	fill = func(v reflect.Value, above []reflect.Type) {
		if q, ok := v.Addr().Interface().(*budget.Query); ok {
			n++
			*q = budget.Query{}.Where("function", fmt.Sprintf("%07d", n))
			return
		}
		switch v.Kind() {
		case reflect.Struct:
			if slices.Contains(above, v.Type()) {
				return // columns below columns
			}
			for i := range v.NumField() {
				if f := v.Type().Field(i); f.IsExported() && f.Type != reflect.TypeFor[[]Part]() {
					fill(v.Field(i), append(above, v.Type()))
				}
			}
		case reflect.Slice:
			if slices.Contains(above, v.Type().Elem()) {
				return
			}
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			fill(v.Index(0), above)
		case reflect.Array:
			for i := range v.Len() {
				fill(v.Index(i), above)
			}
		case reflect.Pointer:
			v.Set(reflect.New(v.Type().Elem()))
			fill(v.Elem(), above)
		case reflect.Map:
			if v.Type().Key().Kind() != reflect.String {
				return
			}
			e := reflect.New(v.Type().Elem()).Elem()
			fill(e, above)
			v.Set(reflect.MakeMap(v.Type()))
			v.SetMapIndex(reflect.ValueOf("x").Convert(v.Type().Key()), e)
		case reflect.String:
			v.SetString("x")
		}
	}
	fill(reflect.ValueOf(&p).Elem(), nil)
	p.queries = p.findQueries
	if n < 10 {
		t.Fatalf("only %d queries in a pack", n)
	}
	for i := range n {
		if code := fmt.Sprintf("%07d", i+1); len(p.Naming("function", code)) != 1 || !p.Asks("function", code) {
			t.Errorf("query %d of %d is not asked about", i+1, n)
		}
	}
}

func TestNaming(t *testing.T) {
	p := &Pack{sources: map[string]textSource{
		"prose/x":      {text: `a "economic=30299" {{sum "fund=财政拨款 economic!=30217,30212"}} {{with by "unit" "economic=31013"}}{{print "economic=3021" .Code}}{{end}}`},
		"figures.name": {text: "{{amount `function=20805`}}"},
	}}
	p.queries = p.findQueries
	for _, x := range []struct {
		key, code, by string
	}{
		{"economic", "30217", "文字模板 x"}, {"economic", "30212", "文字模板 x"}, {"economic", "31013", "文字模板 x"},
		{"function", "2080501", "文字模板 figures.name"}, {"function", "20805", "文字模板 figures.name"},
		{"economic", "30299", ""}, {"economic", "20805", ""}, {"function", "208", ""}, {"function", "2080", ""},
	} {
		if got := strings.Join(p.Naming(x.key, x.code), ";"); got != x.by {
			t.Errorf("%s=%s is named by %q, want %q", x.key, x.code, got, x.by)
		}
	}
}
