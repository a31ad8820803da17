package budget

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// spot is a field of the schema and TOML that fills it in.
type spot struct {
	name string
	tag  reflect.StructTag
	typ  reflect.Type
	head string // the headers above it
	key  string
}

// spots are all fields of the facts, in all tables.
func spots() []spot {
	var out []spot
	var walk func(t reflect.Type, path, head string)
	walk = func(t reflect.Type, path, head string) {
		for i := range t.NumField() {
			f := t.Field(i)
			key, _, _ := strings.Cut(f.Tag.Get("toml"), ",")
			if key == "" || key == "-" {
				continue
			}
			out = append(out, spot{path + key, f.Tag, f.Type, head, key})
			if inner := schema(f.Type); inner != nil {
				h := "[" + path + key + "]\n"
				if f.Type.Kind() == reflect.Slice {
					h = "[" + h[:len(h)-1] + "]\n"
				}
				walk(inner, path+key+".", head+h)
			}
		}
	}
	walk(reflect.TypeFor[Facts](), "", "")
	return out
}

// fill reads a file in which one field has the value, and returns what is said at its line, and the facts.
func fill(t *testing.T, p spot, value string) ([]diag.Diagnostic, *Facts) {
	t.Helper()
	text := p.head + p.key + " = " + value + "\n"
	file, diags := source.Parse("a.toml", []byte(text))
	if diags.HasErrors() {
		t.Fatalf("%s: %v", text, diags.Sorted())
	}
	f, diags := Read([]*source.File{file}, nil, nil)
	at := strings.Count(p.head, "\n") + 1
	return slices.DeleteFunc(diags.Sorted(), func(d diag.Diagnostic) bool { return d.At.Start.Line != at }), f
}

// values are the texts in facts, those of lists only.
func values(v reflect.Value, list string) (out []string) {
	switch {
	case v.Kind() == reflect.Pointer && !v.IsNil():
		return values(v.Elem(), list)
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			out = append(out, values(v.Index(i), list)...)
		}
	case v.Kind() == reflect.Struct && schema(v.Type()) != nil:
		for i := range v.NumField() {
			if s, ok := v.Field(i).Interface().(source.String); ok && v.Type().Field(i).Tag.Get("of") == list && s.V != "" {
				out = append(out, s.V)
			} else if !ok {
				out = append(out, values(v.Field(i), list)...)
			}
		}
	}
	return out
}

// TestListsAreEnforced goes through every field that has a list: each word of it is taken, what people write for it
// becomes it, anything else is an error at its line that names the words.
func TestListsAreEnforced(t *testing.T) {
	lists, used := StandardLists(), map[string]bool{}
	for _, p := range spots() {
		name := p.tag.Get("of")
		if name == "" {
			continue
		}
		l := lists.Of(name)
		used[name] = true
		wrong := []string{"并非其一"}
		if l.Open {
			wrong = append([]string{"是", "有", "TRUE"}, l.never...)
		}
		for _, w := range wrong {
			ds, _ := fill(t, p, strconv.Quote(w))
			if len(ds) != 1 || ds[0].Rule != l.rule || ds[0].Level != diag.Error || !strings.Contains(ds[0].Message, "“"+w+"”") {
				t.Errorf("%s = %q: %v", p.name, w, ds)
				continue
			}
			if all := "可填：" + strings.Join(l.Words, "、"); len(l.Words) > 0 && !strings.Contains(ds[0].Hint, all) {
				t.Errorf("%s = %q: the hint %q does not say %s", p.name, w, ds[0].Hint, all)
			}
		}
		good := map[string]string{}
		for _, w := range l.Words {
			good[w], good[strings.TrimSpace(w[:3]+" "+w[3:])] = w, w
			good[strings.Replace(w, "其他", "其它", 1)] = w
		}
		if !l.Open {
			maps.Copy(good, l.also)
		}
		for w, want := range good {
			if ds, f := fill(t, p, strconv.Quote(w)); len(ds) > 0 || !slices.Equal(values(reflect.ValueOf(f), name), []string{want}) {
				t.Errorf("%s = %q: %v, the facts have %q, want %s", p.name, w, ds, values(reflect.ValueOf(f), name), want)
			}
		}
		// What is no text, and what is not filled in, is told with the words at once.
		for _, w := range []string{"true", `"请填"`, "3"} {
			if ds, _ := fill(t, p, w); len(ds) != 1 || !slices.ContainsFunc(append(l.Words, "名称"), func(x string) bool { return strings.Contains(ds[0].Hint, x) }) {
				t.Errorf("%s = %s: %v", p.name, w, ds)
			}
		}
	}
	for _, l := range standard() {
		if !used[l.Name] {
			t.Errorf("no field has the list %s", l.Name)
		}
	}
}

// TestNoneIsUnderstood: where nothing need be filled in, 无 says that there is none; where something must, it is an error.
func TestNoneIsUnderstood(t *testing.T) {
	n := 0
	for _, p := range spots() {
		name := p.tag.Get("of")
		if name == "" {
			continue
		}
		for _, w := range StandardLists().Of(name).none {
			n++
			ds, f := fill(t, p, strconv.Quote(w))
			required := strings.HasSuffix(p.tag.Get("toml"), ",required")
			if required != (len(ds) == 1) || !required && values(reflect.ValueOf(f), name) != nil {
				t.Errorf("%s = %q: %v %q", p.name, w, ds, values(reflect.ValueOf(f), name))
			}
		}
	}
	if n < 10 {
		t.Errorf("%d tried", n)
	}
}

// TestListsAreClear: no word is two words' and none is a word and its absence.
func TestListsAreClear(t *testing.T) {
	for _, l := range standard() {
		words := map[string]string{}
		for _, w := range l.Words {
			if words[plain(w)] != "" {
				t.Errorf("%s has %s twice", l.Name, w)
			}
			words[plain(w)] = w
		}
		for also, w := range l.also {
			if x := words[also]; x != "" && x != w {
				t.Errorf("%s: %s is %s and %s", l.Name, also, x, w)
			}
			words[also] = w
		}
		for _, w := range append(slices.Clone(l.none), l.never...) {
			if words[w] != "" {
				t.Errorf("%s: %s is none, and %s", l.Name, w, words[w])
			}
		}
	}
	also := map[string]string{}
	for _, words := range [][]word{unitKinds(), otherKinds(), reserves()} {
		for _, w := range words {
			for _, a := range strings.Fields(w.also) {
				if also[a] != "" {
					t.Errorf("%s stands for %s and %s", a, also[a], w.text)
				}
				also[a] = w.text
			}
		}
	}
}

// TestAgenciesAreAgencies: whatever a finance officer calls an agency, its public funds are 机关运行经费.
func TestAgenciesAreAgencies(t *testing.T) {
	const lines = "[[basic]]\nfunction = \"2010301\"\neconomic = \"30201\"\namount = 1031300\n"
	for kind, want := range map[string]string{"行政": "1031300", "行政单位": "1031300", "机关": "1031300", "参照公务员法管理的事业单位": "1031300", "公益一类事业单位": "0", "自收自支": "0"} {
		b, ds := load(t, strings.Replace(head, `kind = "行政"`, "kind = "+strconv.Quote(kind), 1)+lines)
		if len(ds) > 0 || sum(t, b, "nature=公用经费 unitkind=行政,参公") != want {
			t.Errorf("%s: %v, %s", kind, ds, sum(t, b, "nature=公用经费 unitkind=行政,参公"))
		}
	}
	for _, kind := range []string{"事业单位", "管理机构", "是", "全额拨款事业单位"} {
		if _, ds := load(t, strings.Replace(head, `kind = "行政"`, "kind = "+strconv.Quote(kind), 1)+lines); len(ds) != 1 || ds[0].Rule != ruleListed || !strings.Contains(ds[0].Hint, "可填：行政、参公、公益一类、") {
			t.Errorf("%s: %v", kind, ds)
		}
	}
}

// TestNumbersHaveBounds goes through every whole number of the facts: it has bounds, sums of it cannot overflow, and what
// lies outside is an error at its line and no number.
func TestNumbersHaveBounds(t *testing.T) {
	n := 0
	for _, p := range spots() {
		if p.typ != reflect.TypeFor[source.Int]() {
			continue
		}
		n++
		b := boundsOf(p.tag)
		if b.least < 0 || b.most > 1_000_000 || b.least >= b.most {
			t.Errorf("%s: bounds %+v", p.name, b)
		}
		for _, v := range []int{b.least - 1, -1, b.most + 1, 1 << 62, -1 << 63} {
			ds, f := fill(t, p, strconv.Itoa(v))
			if len(ds) != 1 || ds[0].Rule != ruleBounds || !strings.Contains(ds[0].Message, strconv.Itoa(v)) || !strings.Contains(ds[0].Hint, strconv.Itoa(b.most)) {
				t.Errorf("%s = %d: %v", p.name, v, ds)
			}
			if b.year() && !strings.Contains(ds[0].Message, "年度写四位") {
				t.Errorf("%s = %d: %s", p.name, v, ds[0].Message)
			}
			if strings.Contains(fmt.Sprintf("%+v", f), fmt.Sprintf("{V:%d At", v)) {
				t.Errorf("%s = %d is taken", p.name, v)
			}
		}
		for _, v := range []string{`"26"`, "26.5"} {
			if ds, _ := fill(t, p, v); b.year() && (len(ds) != 1 || !strings.Contains(ds[0].Hint, "年度写四位")) {
				t.Errorf("%s = %s: %v", p.name, v, ds)
			}
		}
		for _, v := range []int{b.least, b.most} {
			if ds, _ := fill(t, p, strconv.Itoa(v)); len(ds) > 0 {
				t.Errorf("%s = %d: %v", p.name, v, ds)
			}
		}
	}
	if n < 9 {
		t.Errorf("%d whole numbers", n)
	}
}

// TestYearOfTwoDigits: it is an error, and what follows speaks of the year that was meant.
func TestYearOfTwoDigits(t *testing.T) {
	file, _ := source.Parse("a.toml", []byte(strings.Replace(head, "2026", "26", 1)))
	f, ds := Read([]*source.File{file}, nil, nil)
	if list := ds.Sorted(); len(list) != 1 || !strings.Contains(list[0].Hint, "是不是 2026") || f.Department.Year.V != 2026 {
		t.Errorf("%v, year %d", list, f.Department.Year.V)
	}
}
