package budget

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/source"
)

// TestEveryFieldIsDescribed: what the schema has, Tables has, once and under the same keys: values as fields of their tables,
// tables with how often they may be there.
func TestEveryFieldIsDescribed(t *testing.T) {
	fields, tables := map[string]Field{}, map[string]Table{}
	for _, x := range Tables() {
		if _, again := tables[x.Name]; again {
			t.Errorf("table %s is there twice", x.Name)
		}
		tables[x.Name] = x
		for _, f := range x.Fields {
			if _, again := fields[f.Name]; again || f.Name != strings.TrimPrefix(x.Name+"."+f.Key, ".") {
				t.Errorf("field %s of table %s is there twice, or misnamed", f.Name, x.Name)
			}
			fields[f.Name] = f
		}
	}
	for _, p := range spots() {
		_, option, _ := strings.Cut(p.tag.Get("toml"), ",")
		several := p.typ.Kind() == reflect.Slice && !freeTable(p.typ)
		f, isField := fields[p.name]
		x, isTable := tables[p.name]
		switch {
		case isField == isTable || isTable != (schema(p.typ) != nil || freeTable(p.typ)):
			t.Errorf("%s is a field: %v, a table: %v", p.name, isField, isTable)
		case isField && (f.Label != p.tag.Get("zh") || f.Required != (option == "required") || f.Repeated != several || f.List != p.tag.Get("of")):
			t.Errorf("%s: %+v", p.name, f)
		case isTable && (x.Label != p.tag.Get("zh") || x.Required != (option == "required") || x.Repeated != several || x.Own.free() != freeTable(p.typ)):
			t.Errorf("%s: %+v", p.name, x)
		case isTable && x.Header()+"\n" != p.head+x.Header()+"\n" && !strings.HasPrefix(x.Name, strings.Trim(p.head[strings.LastIndexByte("\n"+p.head[:len(p.head)-1], '\n'):], "[]\n")+"."):
			t.Errorf("%s is not below %s", x.Header(), p.head)
		}
		delete(fields, p.name)
		delete(tables, p.name)
	}
	delete(fields, source.AmountUnit) // source reads it
	delete(tables, "")
	if len(fields)+len(tables) > 0 {
		t.Errorf("the schema has no such fields and tables: %v %v", fields, tables)
	}
	if again := Tables(); !reflect.DeepEqual(again, Tables()) {
		t.Error("the order is another each time")
	}
}

// values of each kind, and what is none of it, as TOML has them.
var ofKinds = map[FieldKind]struct{ good, bad []string }{
	FieldAmount:     {[]string{`12`, `12.34`, `"12.34"`}, []string{`true`, `"甲"`, `[1]`}},
	FieldWhole:      {[]string{`3`}, []string{`1.5`, `"甲"`, `true`, `-1`}},
	FieldYear:       {[]string{`2025`}, []string{`26`, `"甲"`, `2026.5`}},
	FieldYesNo:      {[]string{`true`, `false`}, []string{`"或许"`, `1`}},
	FieldDate:       {[]string{`2026-02-10`, `"2026年2月10日"`}, []string{`2026`, `"明天"`, `true`}},
	FieldListed:     {nil, []string{`true`, `12`, `"是"`}},
	FieldText:       {[]string{`"几个字"`}, []string{`true`, `[1]`, `"一行\n两行"`}},
	FieldLong:       {[]string{`"几个字"`, `"一行\n两行"`}, []string{`true`, `[1]`}},
	FieldPasted:     {[]string{`"几个字"`, `"一行 | 1\n两行 | 2"`}, []string{`true`, `[1]`}},
	FieldCode:       {[]string{`"0101"`}, []string{`true`, `"1\n2"`}},
	FieldUnit:       {[]string{`"0101"`}, []string{`true`, `"1\n2"`}},
	FieldFunction:   {[]string{`"2010301"`}, []string{`true`, `"1\n2"`}},
	FieldEconomic:   {[]string{`"30201"`}, []string{`true`, `"1\n2"`}},
	FieldClassified: {[]string{`"30201"`}, []string{`true`, `"1\n2"`}},
	FieldProject:    {[]string{`"甲项目"`}, []string{`true`, `"一行\n两行"`}},
	FieldGoal:       {[]string{`"甲目标"`}, []string{`true`, `"一行\n两行"`}},
	FieldTemplate:   {[]string{`"a"`}, []string{`true`, `"一行\n两行"`}},
	FieldPart:       {[]string{`"甲"`}, []string{`true`, `"一行\n两行"`}},
	FieldForm:       {[]string{`"甲"`}, []string{`true`, `"一行\n两行"`}},
	FieldFigure:     {[]string{`"甲"`}, []string{`true`, `"一行\n两行"`}},
	FieldRole:       {[]string{`"甲"`}, []string{`true`, `"一行\n两行"`}},
	FieldFile:       {[]string{`"a.ttf"`}, []string{`true`, `"一行\n两行"`}},
}

// TestKindsAreWhatIsRead reads values of its kind into every field, which are taken without a word, and others, which are not.
func TestKindsAreWhatIsRead(t *testing.T) {
	fields := map[string]Field{}
	for _, f := range Fields() {
		fields[f.Name] = f
	}
	seen := map[FieldKind]bool{}
	for _, p := range spots() {
		f, ok := fields[p.name]
		if !ok {
			continue
		}
		seen[f.Kind] = true
		list := func(value string) string {
			if f.Repeated {
				return "[" + value + "]"
			}
			return value
		}
		good, bad := ofKinds[f.Kind].good, ofKinds[f.Kind].bad
		words, _ := f.Words(StandardLists())
		for _, w := range words {
			good = append(good, `"`+w+`"`)
		}
		if len(bad) == 0 {
			t.Errorf("%s: nothing is known of its kind %v", f.Name, f.Kind)
		}
		for _, v := range good {
			if ds, _ := fill(t, p, list(v)); len(ds) > 0 {
				t.Errorf("%s, of kind %v, does not take %s: %v", f.Name, f.Kind, v, ds)
			}
		}
		for _, v := range bad {
			if ds, _ := fill(t, p, list(v)); len(ds) == 0 {
				t.Errorf("%s, of kind %v, takes %s", f.Name, f.Kind, v)
			}
		}
		if ds, _ := fill(t, p, f.Example); f.Example == "" || len(ds) > 0 {
			t.Errorf("the example of %s, %s, is none: %v", f.Name, f.Example, ds)
		}
		if f.Kind.Codes() != (p.tag.Get("text") == "code") || f.Kind.Words() != strings.Contains(f.Example, `"`) {
			t.Errorf("%s, of kind %v, is a code: %v, text: %v", f.Name, f.Kind, f.Kind.Codes(), f.Kind.Words())
		}
	}
	for _, k := range FieldKinds() {
		if k.String() == "" || k.Advice() == "" || !seen[k] && !k.free() {
			t.Errorf("kind %d %s: how it is written is not said, or nothing is of it", k, k)
		}
	}
}

// TestFieldsTellApart: an author who reads a table of fields knows each by its label, which words a list takes, and what each
// is about; nothing is explained that is not there.
func TestFieldsTellApart(t *testing.T) {
	lists, used := StandardLists(), map[string]bool{}
	for _, x := range Tables() {
		used[x.Name] = true
		if x.Label == "" || x.File == "" || x.What == "" {
			t.Errorf("table %s: label %q, file %q, explained %q", x.Name, x.Label, x.File, x.What)
		}
		labels := map[string]string{}
		for _, f := range x.Fields {
			if other := labels[f.Label]; f.Label == "" || other != "" {
				t.Errorf("%s and %s have the same label %q", other, f.Name, f.Label)
			}
			labels[f.Label] = f.Name
			if words, open := f.Words(lists); (f.Kind == FieldListed) != (len(words) > 0 || open) {
				t.Errorf("%s, of kind %v, has the words %v", f.Name, f.Kind, words)
			}
			if _, own := explained[f.Name]; own {
				used[f.Name] = true
			} else {
				used["*."+f.Key] = true
			}
			if bounded := f.Kind == FieldWhole || f.Kind == FieldYear; bounded != (f.Least < f.Most) {
				t.Errorf("%s, of kind %v, is from %d to %d", f.Name, f.Kind, f.Least, f.Most)
			}
		}
	}
	for name, x := range explained {
		if !used[name] || strings.HasSuffix(x.what, "。") || strings.Contains(x.what, "\n") {
			t.Errorf("%s is explained for nothing, or in more than a line: %q", name, x.what)
		}
	}
	if f := FindTable("project.line").Field("fund"); f == nil || f.Called() != "“资金性质”（fund）" || f.Kind != FieldListed || !slices.Contains(must(f.Words(lists)), "事业收入") {
		t.Errorf("fund of a line of a project: %+v", f)
	}
}

func must(words []string, _ bool) []string { return words }
