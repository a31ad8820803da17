package budget

import (
	"fmt"
	"reflect"
	"strconv"

	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// Read makes facts of a department's files and reports all that does not fit the schema: what source.Decode finds, words
// outside the lists of their fields, whole numbers out of bounds. Words that people write for one of a list become that
// word. lists are asked for when it is known which department it is, and so which pack; nil is those of the program. title is
// what a pack calls a key of a free table (source.Options).
func Read(files []*source.File, lists func(*Department) *Lists, title func(table, key string) string) (*Facts, diag.List) {
	f := &Facts{}
	decoded := source.Options{Title: title}.Decode(files, f)
	if lists == nil {
		lists = func(*Department) *Lists { return StandardLists() }
	}
	s := &settler{lists: lists(&f.Department), told: map[diag.Range]bool{}, hints: map[diag.Range]string{}, plans: map[reflect.Type]plan{}}
	found := decoded.Sorted()
	for _, d := range found {
		s.told[d.At] = s.told[d.At] || d.Level == diag.Error
	}
	s.table(reflect.ValueOf(f).Elem())
	s.diags.Append(repeated(reflect.ValueOf(f).Elem()))
	var out diag.List
	for _, d := range found {
		if d.Rule == ruleMissing && f.Published() && d.At == f.Department.At && (d.Missing == "code" || d.Missing == "date") {
			continue // a finished document need not print them
		}
		if hint := s.hints[d.At]; hint != "" && (d.Rule == ruleType || d.Rule == ruleMissing) {
			d.Hint = hint
		}
		out.Add(d)
	}
	out.Append(s.diags)
	return f, out
}

// settler goes through the facts by their schema.
type settler struct {
	lists *Lists
	told  map[diag.Range]bool   // values that are reported already
	hints map[diag.Range]string // better ones, for what is reported already
	diags diag.List
	plans map[reflect.Type]plan
}

// plan is what there is to do in a struct of the schema.
type plan struct {
	listed, bounded, tables []field
}

// field is a field of a struct of the schema, by the number it has there.
type field struct {
	index int
	*Field
}

// bounds are the least and the most that a whole number may be.
type bounds struct{ least, most int }

// year reports whether the number is that of a year.
func (b bounds) year() bool { return b.least >= 1000 }

func (s *settler) plan(t reflect.Type) plan {
	if p, ok := s.plans[t]; ok {
		return p
	}
	var p plan
	for i := range t.NumField() {
		x, ok := fieldOf(t.Field(i), "")
		f := field{i, &x}
		switch {
		case !ok:
		case x.List != "":
			p.listed = append(p.listed, f)
		case x.Kind == FieldWhole || x.Kind == FieldYear:
			p.bounded = append(p.bounded, f)
		case schema(t.Field(i).Type) != nil:
			p.tables = append(p.tables, f)
		}
	}
	s.plans[t] = p
	return p
}

// boundsOf reads the tag range:"1990..2099".
func boundsOf(tag reflect.StructTag) (b bounds) {
	if n, err := fmt.Sscanf(tag.Get("range"), "%d..%d", &b.least, &b.most); n < 2 || err != nil {
		panic("budget: no bounds in " + string(tag))
	}
	return b
}

// schema is the struct of ours that a field holds, one or several of them; nil for other fields.
func schema(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() == reflect.Struct && t.PkgPath() == reflect.TypeFor[Facts]().PkgPath() {
		return t
	}
	return nil
}

func (s *settler) table(v reflect.Value) {
	p := s.plan(v.Type())
	for _, f := range p.listed {
		s.word(v.Field(f.index).Addr().Interface().(*source.String), s.lists.Of(f.List), f.Required)
	}
	for _, f := range p.bounded {
		x := v.Field(f.index)
		if x.Kind() == reflect.Slice {
			for i := range x.Len() {
				s.number(x.Index(i).Addr().Interface().(*source.Int), f)
			}
			continue
		}
		s.number(x.Addr().Interface().(*source.Int), f)
	}
	for _, f := range p.tables {
		switch x := v.Field(f.index); x.Kind() {
		case reflect.Slice:
			for i := range x.Len() {
				s.table(x.Index(i))
			}
		case reflect.Pointer:
			if !x.IsNil() {
				s.table(x.Elem())
			}
		default:
			s.table(x)
		}
	}
	if form, ok := v.Addr().Interface().(*Form); ok {
		s.fields(form)
	}
}

// fields settles the fields of a performance form that its pack has words for.
func (s *settler) fields(f *Form) {
	for i := range f.Fields {
		x := &f.Fields[i]
		if l := s.lists.forms[f.Kind.V][x.Key.V]; l != nil {
			s.word(&x.Value, l, false)
		}
	}
}

// word makes a value the word of the list that it means.
func (s *settler) word(v *source.String, l *List, required bool) {
	switch {
	case v.At.IsZero():
		return
	case s.told[v.At]:
		s.hints[v.At] = l.outside("", v.At).Hint
		return
	case v.V == "":
		return
	}
	w, ok := l.mean(v.V)
	if !ok || w == "" && required {
		s.diags.Add(l.outside(v.V, v.At))
		return
	}
	v.V = w
}

// number holds a whole number against its bounds. A number out of them is none, lest anyone reckons with it; of a year of
// two digits it is known which one is meant.
func (s *settler) number(v *source.Int, f field) {
	year := f.Kind == FieldYear
	if s.told[v.At] && year {
		s.hints[v.At] = "年度写四位数字，不加引号，例如 2026"
	}
	if !v.Set || f.Least <= v.V && v.V <= f.Most {
		return
	}
	d := diag.Diagnostic{Rule: ruleBounds, Level: diag.Error, At: v.At, Message: f.Called() + "不能是 " + strconv.Itoa(v.V),
		Hint: fmt.Sprintf("应在 %d 至 %d 之间", f.Least, f.Most)}
	if year {
		d.Message += "，年度写四位"
		d.Hint = fmt.Sprintf("应在%d年至%d年之间", f.Least, f.Most)
	}
	meant := v.V + 2000
	if year && 9 < v.V && v.V < 100 {
		d.Hint += fmt.Sprintf("，是不是 %d", meant)
		v.V = meant
	} else {
		v.V, v.Set = 0, false
	}
	s.diags.Add(d)
}

const (
	ruleType    = "填报-002" // source's: a value of another type
	ruleMissing = "填报-003" // source's: nothing is filled in
	ruleBounds  = "填报-010" // a whole number out of its bounds
)
