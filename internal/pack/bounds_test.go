package pack

import (
	"reflect"
	"strings"
	"testing"

	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// eachTable calls fn for every struct of the schema.
func eachTable(t reflect.Type, seen map[reflect.Type]bool, fn func(reflect.Type)) {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if !ownTable(t) || seen[t] {
		return
	}
	seen[t] = true
	fn(t)
	for i := range t.NumField() {
		eachTable(t.Field(i).Type, seen, fn)
	}
}

func newCompiler() *compiler { return &compiler{bounded: map[diag.Range]bool{}} }

// TestSchemaIsBounded: every number and every list of the schema has a bound, and what is beyond either end of a bound is
// told at its place and put at the bound. (Lengths without a bound cannot be read.)
func TestSchemaIsBounded(t *testing.T) {
	at := diag.Range{File: "x.toml", Start: diag.Pos{Line: 7, Column: 3}}
	n := 0
	check := func(name, rule string, table reflect.Value) *diag.Diagnostic {
		c := newCompiler()
		c.bounds(table.Elem(), map[reflect.Type]int{})
		list := c.diags.Sorted()
		if len(list) != 1 || list[0].Rule != rule {
			t.Errorf("%s: want one %s, got %v", name, rule, list)
			return nil
		}
		n++
		return &list[0]
	}
	hold := func(table reflect.Type) {
		for i := range table.NumField() {
			f := table.Field(i)
			if key(f) == "-" {
				continue
			}
			name := table.Name() + "." + f.Name
			from, to, bounded := strings.Cut(f.Tag.Get("range"), "..")
			switch f.Type {
			case reflect.TypeFor[source.Int](), reflect.TypeFor[[]source.Int]():
				if !bounded {
					t.Errorf("%s: a number without a bound", name)
					continue
				}
				for _, v := range []int{-1 << 62, 1 << 62} {
					x := reflect.New(table)
					p, list := x.Elem().Field(i).Addr().Interface().(*source.Int)
					if !list {
						x.Elem().Field(i).Set(reflect.ValueOf([]source.Int{{}}))
						p = &x.Elem().Field(i).Interface().([]source.Int)[0]
					}
					*p = source.Int{V: v, Set: true, At: at}
					if d := check(name, "模板-020", x); d != nil && (d.At != at || p.V == v) {
						t.Errorf("%s: at %v, now %d", name, d.At, p.V)
					}
				}
			case reflect.TypeFor[source.String]():
				if !bounded {
					continue
				}
				for _, v := range []string{"-99999mm", "99999mm"} {
					x := reflect.New(table)
					p := x.Elem().Field(i).Addr().Interface().(*source.String)
					*p = source.String{V: v, At: at}
					if d := check(name, "模板-003", x); d != nil && (d.At != at || p.V != from && p.V != to) {
						t.Errorf("%s: at %v, now %s", name, d.At, p.V)
					}
				}
			}
			if f.Type.Kind() == reflect.Slice {
				x := reflect.New(table)
				x.Elem().Field(i).Set(reflect.MakeSlice(f.Type, 5001, 5001))
				check(name, "模板-020", x)
				if x.Elem().Field(i).Len() > 2000 {
					t.Errorf("%s: a list without a bound", name)
				}
			}
		}
	}
	eachTable(reflect.TypeFor[manifest](), map[reflect.Type]bool{}, hold)
	eachTable(reflect.TypeFor[formSpec](), map[reflect.Type]bool{}, hold)
	if n < 100 {
		t.Errorf("tried %d bounds only", n)
	}
}

// TestNestingIsBounded: columns stand in columns eight deep at most.
func TestNestingIsBounded(t *testing.T) {
	nested := columnSpec{}
	for range 20 {
		nested = columnSpec{Columns: []columnSpec{nested}}
	}
	c := newCompiler()
	table := tableSpec{Columns: []columnSpec{nested}}
	c.bounds(reflect.ValueOf(&table).Elem(), map[reflect.Type]int{})
	if list := c.diags.Sorted(); len(list) != 1 || list[0].Rule != "模板-020" || !strings.Contains(list[0].Message, "8 层") {
		t.Error(list)
	}
}
