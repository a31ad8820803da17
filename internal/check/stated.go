package check

import (
	"reflect"
	"strconv"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// factTable is a table of the schema of the facts.
type factTable struct {
	path    string // the keys that lead to it: form.detail
	zh      string
	several bool // there may be several
	place   int  // the field that says where an entry stands, -1 for none
	kinds   bool // packs tell entries apart by what they are
	free    bool // the pack gives its keys
	fields  []*factField
}

// factField is a value of a table, or a table in it.
type factField struct {
	index     int
	key, zh   string
	path      string     // with the table's
	mayBeIdle bool       // it has a purpose without being printed
	table     *factTable // nil for a value
}

// schema is that of the facts as a whole.
var schema = newFactTable(reflect.TypeFor[budget.Facts](), "", "")

func newFactTable(t reflect.Type, path, zh string) *factTable {
	out := &factTable{path: path, zh: zh, several: t.Kind() == reflect.Slice, place: -1}
	out.free = t == reflect.TypeFor[source.Fields]() || t == reflect.TypeFor[source.AmountFields]()
	if out.free {
		out.several = false
		return out
	}
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	switch t {
	case reflect.TypeFor[budget.Form](), reflect.TypeFor[budget.Goal](), reflect.TypeFor[budget.Indicator](), reflect.TypeFor[budget.History]():
		out.kinds = true
	}
	for i := range t.NumField() {
		sf := t.Field(i)
		if sf.Type == reflect.TypeFor[source.Place]() {
			out.place = i
		}
		key, _, _ := strings.Cut(sf.Tag.Get("toml"), ",")
		if key == "" || key == "-" {
			continue
		}
		f := &factField{index: i, key: key, zh: sf.Tag.Get("zh"), path: strings.TrimPrefix(path+"."+key, ".")}
		f.mayBeIdle = budget.Steers(f.path) != ""
		if isTable(sf.Type) {
			f.table = newFactTable(sf.Type, f.path, f.zh)
		}
		out.fields = append(out.fields, f)
	}
	return out
}

// isTable reports whether a field of the schema is no value.
func isTable(t reflect.Type) bool {
	if t == reflect.TypeFor[source.Fields]() || t == reflect.TypeFor[source.AmountFields]() {
		return true
	}
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	return t.PkgPath() == reflect.TypeFor[budget.Facts]().PkgPath()
}

// tableAt is the table that keys lead to.
func tableAt(path string) *factTable {
	t := schema
	for key := range strings.SplitSeq(path, ".") {
		for _, f := range t.fields {
			if f.key == key && f.table != nil {
				t = f.table
				break
			}
		}
	}
	return t
}

// statement is a field that the author filled in.
type statement struct {
	table *factTable
	entry // that it is in
	key   string
	zh    string
	path  string // of the table and the key
	idle  bool   // it may be, since it has another purpose than being printed
	at    diag.Range
}

// statementOf is a statement of a field whose entry packs do not tell apart from others.
func statementOf(field string, at, place diag.Range) statement {
	i := strings.LastIndexByte(field, '.')
	t := tableAt(field[:i])
	for _, f := range t.fields {
		if f.path == field {
			return statement{table: t, entry: entry{place: place, outer: place}, key: f.key, zh: f.zh, path: field, at: at}
		}
	}
	panic("check: no field " + field)
}

// entry is what is known of an entry of a table.
type entry struct {
	form  string     // the kind of the form that it is in, "" outside forms
	which string     // what it is, where packs tell entries apart: 长期, or how many years ago
	place diag.Range // of it
	outer diag.Range // of the outermost table that it is in
}

// factReader goes through facts by their schema, from field to field that it wants to see.
type factReader struct {
	year  int
	wants func(*statement) bool // by all but places
	visit func(*statement)
	plans map[planned]*factPlan
}

// planned are entries that are all looked at alike.
type planned struct {
	table       *factTable
	form, which string
}

// factPlan is what of an entry is to be visited.
type factPlan struct {
	values []*factField
	tables []*factField // that may have something
}

// readFacts visits what the author filled in of what is wanted.
func readFacts(f *budget.Facts, wants func(*statement) bool, visit func(*statement)) {
	r := &factReader{year: f.Department.Year.V, wants: wants, visit: visit, plans: map[planned]*factPlan{}}
	r.read(reflect.ValueOf(f).Elem(), schema, entry{})
}

// plan is made once for all entries that are alike.
func (r *factReader) plan(t *factTable, e *entry) *factPlan {
	k := planned{t, e.form, e.which}
	if p := r.plans[k]; p != nil {
		return p
	}
	p := &factPlan{}
	r.plans[k] = p
	for _, f := range t.fields {
		switch {
		case f.table == nil:
			if s := (statement{table: t, entry: *e, key: f.key, path: f.path, idle: f.mayBeIdle}); r.wants(&s) {
				p.values = append(p.values, f)
			}
		case f.table.free || f.table.kinds || !r.plan(f.table, &entry{form: e.form}).empty():
			p.tables = append(p.tables, f)
		}
	}
	return p
}

func (p *factPlan) empty() bool { return len(p.values)+len(p.tables) == 0 }

// read visits what is wanted of one entry of a table.
func (r *factReader) read(v reflect.Value, t *factTable, e entry) {
	if t.kinds {
		r.tell(v, &e)
	}
	p := r.plan(t, &e)
	if p.empty() {
		return
	}
	if t.place >= 0 {
		e.place = v.Field(t.place).Addr().Interface().(*source.Place).At
		if e.outer.IsZero() {
			e.outer = e.place
		}
	}
	for _, f := range p.values {
		if at, filled := placeOf(v.Field(f.index).Addr().Interface()); filled {
			r.visit(&statement{table: t, entry: e, key: f.key, zh: f.zh, path: f.path, idle: f.mayBeIdle, at: at})
		}
	}
	for _, f := range p.tables {
		inner := entry{form: e.form, outer: e.outer}
		switch x := v.Field(f.index); {
		case f.table.free:
			r.free(x, f.table, e)
		case x.Kind() == reflect.Slice:
			for i := range x.Len() {
				r.read(x.Index(i), f.table, inner)
			}
		case x.Kind() != reflect.Pointer:
			r.read(x, f.table, inner)
		case !x.IsNil():
			r.read(x.Elem(), f.table, inner)
		}
	}
}

// tell finds out what an entry is.
func (r *factReader) tell(v reflect.Value, e *entry) {
	switch x := v.Addr().Interface().(type) {
	case *budget.Form:
		e.form = x.Kind.V
	case *budget.Goal:
		e.which = x.Horizon.V
	case *budget.Indicator:
		e.which = x.Horizon.V
	case *budget.History:
		e.which = strconv.Itoa(r.year - x.Year.V)
	}
}

// free visits the entries of a table whose keys the pack gives, each of which is a field of its own.
func (r *factReader) free(v reflect.Value, t *factTable, e entry) {
	for i := range v.Len() {
		s := statement{table: t, entry: e}
		var filled bool
		switch f := v.Index(i).Addr().Interface().(type) {
		case *source.Field:
			s.key, s.at, filled = f.Key.V, f.Value.At, f.Value.V != ""
		case *source.AmountField:
			s.key, s.at, filled = f.Key.V, f.Value.At, f.Value.Set
		}
		if s.path = t.path + "." + s.key; filled && r.wants(&s) {
			r.visit(&s)
		}
	}
}

// placeOf is where a value stands, and whether the author filled it in.
func placeOf(v any) (at diag.Range, filled bool) {
	switch x := v.(type) {
	case *source.String:
		return x.At, x.V != ""
	case *source.Int:
		return x.At, x.Set
	case *source.Bool:
		return x.At, x.Set
	case *source.Date:
		return x.At, x.Set
	case *source.Amount:
		return x.At, x.Set
	case *[]source.String:
		if len(*x) > 0 {
			return (*x)[0].At, true
		}
		return at, false
	}
	panic("check: a field of the facts of an unknown type")
}
