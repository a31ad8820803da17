package compare

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/source"
)

// fact is a value that is stated, as it is read: however it is spelled.
type fact struct {
	key     string
	field   *budget.Field // nil for an entry of a free table
	said    string        // what it says, equal for what means the same
	at      diag.Range
	money   bool
	amount  money.Amount
	causes  []int
	renames bool // what changed is only what a project is called: no number comes of that
}

// entry is a table of the facts: [department], one [[project]], a line of it.
type entry struct {
	table  string
	parent *entry
	facts  []fact
	inner  []list
	at     diag.Range
	last   bool // of last year's data

	single bool   // there is one at most
	names  string // what it is called within its table and parent
	named  string // that as far as it is a name of its own, "" for what is known by codes alone
	rest   string // what it says beside its name, with all that is in it
	terms  string // that without its money
	whole  []int  // the causes that it came or went
	moved  []int  // the cause that it stands elsewhere
}

// list are the entries of one table within another.
type list struct {
	table    string
	repeated bool
	entries  []*entry
}

// stated are the facts of one document by entries.
type stated struct {
	budget *budget.Budget
	last   bool
	units  map[string]string // codes by name
	sole   string            // the unit of what names none
	naming map[string][]string
	tables map[string]*budget.Table
}

// read makes entries of facts.
func read(b *budget.Budget, last bool) *entry {
	s := &stated{budget: b, last: last, units: map[string]string{}, naming: budget.Naming(), tables: map[string]*budget.Table{}}
	for i := range b.Facts.Units {
		if u := &b.Facts.Units[i]; u.Code.V != "" && u.Name.V != "" {
			s.units[u.Name.V] = u.Code.V
		}
	}
	if listed := b.ListedUnits(); len(listed) == 1 {
		s.sole = listed[0].Code.V
	}
	for _, t := range budget.Tables() {
		s.tables[t.Name] = &t
	}
	return s.entry(reflect.ValueOf(b.Facts).Elem(), "", nil)
}

// entry reads a struct of the schema.
func (s *stated) entry(v reflect.Value, table string, parent *entry) *entry {
	e := &entry{table: table, parent: parent, last: s.last}
	t := v.Type()
	for i := range t.NumField() {
		key, _, _ := strings.Cut(t.Field(i).Tag.Get("toml"), ",")
		if p, ok := v.Field(i).Interface().(source.Place); ok {
			e.at = p.At
		}
		if key == "" || key == "-" {
			continue
		}
		s.value(e, key, v.Field(i))
	}
	s.call(e)
	return e
}

// value reads what stands under a key: values, or entries of a table of its own.
func (s *stated) value(e *entry, key string, v reflect.Value) {
	name := strings.TrimPrefix(e.table+"."+key, ".")
	switch x := v.Interface().(type) {
	case source.Fields:
		s.free(e, name, len(x), func(i int) fact {
			return fact{key: x[i].Key.V, said: x[i].Value.V, at: x[i].Value.At}
		})
	case source.AmountFields:
		s.free(e, name, len(x), func(i int) fact { return amountFact(x[i].Key.V, x[i].Value) })
	case []source.String:
		s.texts(e, key, x)
	case source.String, source.Int, source.Bool, source.Date, source.Amount:
		s.single(e, key, x)
	default:
		s.within(e, name, v)
	}
}

// within reads the entries of a table in another.
func (s *stated) within(e *entry, name string, v reflect.Value) {
	l := list{table: name}
	switch v.Kind() {
	case reflect.Slice:
		l.repeated = true
		for i := range v.Len() {
			l.entries = append(l.entries, s.entry(v.Index(i), name, e))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			l.entries = []*entry{s.entry(v.Elem(), name, e)}
		}
	default:
		l.entries = []*entry{s.entry(v, name, e)}
	}
	for _, x := range l.entries {
		x.single = !l.repeated
	}
	e.inner = append(e.inner, l)
}

// free reads a table whose keys the pack gives.
func (s *stated) free(e *entry, name string, n int, at func(int) fact) {
	x := &entry{table: name, parent: e, last: s.last, at: e.at, single: true}
	for i := range n {
		x.facts = append(x.facts, at(i))
	}
	slices.SortStableFunc(x.facts, func(a, b fact) int { return strings.Compare(a.key, b.key) })
	s.call(x)
	e.inner = append(e.inner, list{table: name, entries: []*entry{x}})
}

func (s *stated) field(e *entry, key string) *budget.Field {
	if t := s.tables[e.table]; t != nil {
		return t.Field(key)
	}
	return nil
}

// texts is a list of texts: one value.
func (s *stated) texts(e *entry, key string, list []source.String) {
	if len(list) == 0 {
		return
	}
	var all []string
	for i := range list {
		all = append(all, list[i].V)
	}
	at := list[0].At
	at.End = list[len(list)-1].At.End
	e.facts = append(e.facts, fact{key: key, field: s.field(e, key), said: strings.Join(all, "\n"), at: at})
}

// single is a value by itself. What is not stated, and means nothing else than what is said by leaving it out, is none.
func (s *stated) single(e *entry, key string, v any) {
	f := fact{key: key, field: s.field(e, key)}
	switch x := v.(type) {
	case source.String:
		f.said, f.at = s.meant(e, f.field, x.V), x.At
		if f.said == "" {
			return
		}
	case source.Int:
		if !x.Set {
			return
		}
		f.said, f.at = strconv.Itoa(x.V), x.At
	case source.Bool:
		if !x.V {
			return
		}
		f.said, f.at = "是", x.At
	case source.Date:
		if !x.Set {
			return
		}
		f.said, f.at = x.Time.Format("2006-01-02"), x.At
	case source.Amount:
		if !x.Set {
			return
		}
		named := f.field
		f = amountFact(key, x)
		f.field = named
	}
	e.facts = append(e.facts, f)
}

func amountFact(key string, a source.Amount) fact {
	return fact{key: key, said: money.ToldData(a.Amount), at: a.At, money: true, amount: a.Amount}
}

// meant is what a text says that may be said in several ways: a unit by its name or its code, or by none where there is one; the
// fund that is meant where none is named.
func (s *stated) meant(e *entry, f *budget.Field, v string) string {
	if f == nil {
		return v
	}
	switch own := slices.Contains([]string{"basic", "basic_by_function", "basic_by_economic", "other", "project", "revenue", "carryover", "vehicle", "equipment"}, e.table); {
	case f.Kind == budget.FieldUnit && v == "" && own:
		return s.sole
	case f.Kind == budget.FieldUnit:
		return cmp.Or(s.units[v], v)
	case f.Key == "fund" && own:
		return cmp.Or(v, budget.FundGeneral)
	}
	return v
}

// call finds what an entry is called, and what it says beside that.
func (s *stated) call(e *entry) {
	var names, named, rest, terms strings.Builder
	say := func(b *strings.Builder, f *fact) {
		b.WriteString(f.key)
		b.WriteByte(0)
		b.WriteString(f.said)
		b.WriteByte(0)
	}
	for i := range e.facts {
		f := &e.facts[i]
		if slices.Contains(s.naming[e.table], f.key) {
			say(&names, f)
			if f.field != nil && f.field.Required && f.field.Kind == budget.FieldText {
				say(&named, f)
			}
			continue
		}
		say(&rest, f)
		if !f.money {
			say(&terms, f)
		}
	}
	for _, l := range e.inner {
		for _, x := range l.entries {
			rest.WriteString(l.table)
			rest.WriteByte(1)
			rest.WriteString(x.names)
			rest.WriteByte(1)
			rest.WriteString(x.rest)
		}
	}
	e.names, e.named, e.rest, e.terms = names.String(), named.String(), rest.String(), terms.String()
}

// fact is the value of a key, nil for none.
func (e *entry) fact(key string) *fact {
	for i := range e.facts {
		if e.facts[i].key == key {
			return &e.facts[i]
		}
	}
	return nil
}

// each calls do for the entry and all in it.
func (e *entry) each(do func(*entry)) {
	do(e)
	for _, l := range e.inner {
		for _, x := range l.entries {
			x.each(do)
		}
	}
}

// place is where the entry stands.
func (e *entry) place() diag.Range {
	if e.at.IsZero() && len(e.facts) > 0 {
		return e.facts[0].at
	}
	return e.at
}

// worth is the money of an entry: what it states as its amount, or the sum of what is in it.
func (e *entry) worth() (sum money.Amount, any bool) {
	if f := e.fact("amount"); f != nil && f.money {
		return f.amount, true
	}
	for _, l := range e.inner {
		for _, x := range l.entries {
			if a, ok := x.worth(); ok && strings.HasSuffix(l.table, ".line") {
				sum, any = sum.Add(a), true
			}
		}
	}
	if any {
		return sum, true
	}
	for i := range e.facts {
		if f := &e.facts[i]; f.money && f.key != "total_budget" {
			sum, any = sum.Add(f.amount), true
		}
	}
	return sum, any
}
