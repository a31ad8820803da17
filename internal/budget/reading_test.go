package budget_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// textField is a text of the schema and how a file states it.
type textField struct {
	path  string
	kind  string // its tag
	key   bool   // the key of a free table
	state func(literal string) string
	read  func(v reflect.Value) source.String
}

// textFields are all texts that a department's folder may hold, free tables and their keys among them.
func textFields(t reflect.Type, path string, state func(string) string, read func(reflect.Value) reflect.Value) (out []textField) {
	text := func(v reflect.Value) source.String { return v.Interface().(source.String) }
	switch t {
	case reflect.TypeFor[source.String]():
		return []textField{{path: path, state: state, read: func(v reflect.Value) source.String { return text(read(v)) }}}
	case reflect.TypeFor[source.Fields]():
		return []textField{
			{path: path + ".*", kind: "long", state: func(s string) string { return state("{ a = " + s + " }") }, read: func(v reflect.Value) source.String { return read(v).Interface().(source.Fields)[0].Value }},
			{path: path + " key", key: true, state: func(s string) string { return state("{ " + s + " = \"甲\" }") }, read: func(v reflect.Value) source.String { return read(v).Interface().(source.Fields)[0].Key }}}
	case reflect.TypeFor[source.AmountFields]():
		return []textField{{path: path + " key", key: true, state: func(s string) string { return state("{ " + s + " = 1 }") }, read: func(v reflect.Value) source.String { return read(v).Interface().(source.AmountFields)[0].Key }}}
	}
	switch t.Kind() {
	case reflect.Slice:
		return textFields(t.Elem(), path, func(s string) string { return state("[" + s + "]") }, func(v reflect.Value) reflect.Value { return read(v).Index(0) })
	case reflect.Pointer:
		return textFields(t.Elem(), path, state, func(v reflect.Value) reflect.Value { return read(v).Elem() })
	case reflect.Struct:
		for i := range t.NumField() {
			f := t.Field(i)
			key, _, _ := strings.Cut(f.Tag.Get("toml"), ",")
			if key == "" || key == "-" {
				continue
			}
			inner := func(s string) string { return state("{ " + key + " = " + s + " }") }
			name := path + "." + key
			if path == "" {
				inner, name = func(s string) string { return key + " = " + s + "\n" }, key
			}
			list := textFields(f.Type, name, inner, func(v reflect.Value) reflect.Value { return read(v).Field(i) })
			if tag := f.Tag.Get("text"); tag != "" {
				list[0].kind = tag
			}
			out = append(out, list...)
		}
	}
	return out
}

func allTexts() []textField {
	return textFields(reflect.TypeFor[budget.Facts](), "", func(s string) string { return s }, func(v reflect.Value) reflect.Value { return v })
}

// readText decodes a file that states one text, and returns it with what was told at its line of the rules of reading.
func readText(t *testing.T, f textField, literal string) (s source.String, told []diag.Diagnostic) {
	t.Helper()
	file, diags := source.Parse("a.toml", []byte(f.state(literal)))
	var facts budget.Facts
	diags.Append(source.Decode([]*source.File{file}, &facts))
	for _, d := range diags.Sorted() {
		if d.Rule >= "填报-011" && d.Rule <= "填报-014" {
			told = append(told, d)
		} else if d.Rule != "填报-003" {
			t.Errorf("%s = %s: %s %s", f.path, literal, d.Rule, d.Message)
		}
	}
	return f.read(reflect.ValueOf(facts)), told
}

// TestTextKinds holds which texts are more than a line: a new one is a line unless somebody says otherwise.
func TestTextKinds(t *testing.T) {
	got := map[string][]string{}
	for _, f := range allTexts() {
		got[f.kind] = append(got[f.kind], f.path)
	}
	for kind, want := range map[string]string{
		"long":   "department.duties department.tasks department.institutions unit.duties unit.institutions unit.text.* project.purpose project.use text.* glossary.text form.fields.* form.goal.text form.indicator.basis form.detail.content form.detail.basis form.detail.note",
		"pasted": "stated_table.note stated_table.rows stated_text.text",
	} {
		if s := strings.Join(got[kind], " "); s != want {
			t.Errorf("%s: %s\nwant %s", kind, s, want)
		}
	}
	if len(got[""]) < 50 || len(got["code"]) < 25 {
		t.Errorf("%d lines, %d codes only; is the walk right?", len(got[""]), len(got["code"]))
	}
	for _, p := range append(got[""], got["long"]...) {
		if last := p[strings.LastIndexByte(p, '.')+1:]; slices.Contains([]string{"code", "function", "economic", "budget_within"}, last) || last == "unit" && p != "stated_table.unit" {
			t.Errorf("%s is no code", p)
		}
	}
}

// TestEveryTextIsRead puts what is odd into each text of the schema: what is told, and what is read.
func TestEveryTextIsRead(t *testing.T) {
	for _, c := range []struct {
		literal string
		read    string
		told    map[string]string // the rules by kind; "key" of keys; a space for nothing
		lines   string            // read in texts of several lines, where that differs
	}{
		{"\"甲乙\"", "甲乙", nil, ""},
		{"\" 甲乙\u3000\"", "甲乙", map[string]string{"": "011", "code": "011", "key": "011", "pasted": " "}, ""},
		{"\"甲乙\\n\"", "甲乙", map[string]string{"": "011", "code": "011", "key": "011"}, ""},
		{"\"甲\\n乙\"", "甲乙", map[string]string{"": "012", "code": "012", "key": "012"}, "甲\n乙"},
		{"\"甲\\t乙\"", "甲 乙", map[string]string{"": "012", "code": "012", "key": "012", "long": "012"}, "甲 乙"},
		{"\"甲\\u0001乙\"", "甲乙", map[string]string{"": "012", "code": "012", "key": "012", "long": "012", "pasted": "012"}, ""},
		{"\"甲\\u000E乙\\u000F\"", "甲乙", map[string]string{"": "012", "code": "012", "key": "012", "long": "012", "pasted": "012"}, ""},
		{"\"甲\u200b乙\"", "甲乙", map[string]string{"": "013", "code": "013", "key": "013", "long": "014", "pasted": "014"}, ""},
		{"\"甲\u202e乙\"", "甲乙", map[string]string{"": "013", "code": "013", "key": "013", "long": "014", "pasted": "014"}, ""},
		{"\"\ufeff甲乙\"", "甲乙", map[string]string{"": "013", "code": "013", "key": "013", "long": "014", "pasted": "014"}, ""},
		{"\"甲\u00a0乙\"", "甲 乙", map[string]string{"": "014", "code": "014", "key": "014", "long": "014", "pasted": "014"}, ""},
		{"\"⽅乙\"", "方乙", map[string]string{"": "013", "code": "013", "key": "013", "long": "013", "pasted": "014"}, ""},
		{"\"甲\uf9dc\"", "甲隆", map[string]string{"": "013", "code": "013", "key": "013", "long": "013", "pasted": "014"}, ""},
		{"\"甲\ue000\"", "甲〓", map[string]string{"": "013", "code": "013", "key": "013", "long": "013", "pasted": "014"}, ""},
		{"\"邉\U000E0101\"", "邉", map[string]string{"": "014", "code": "014", "key": "014", "long": "014", "pasted": "014"}, ""},
		{"\"二○二六\"", "二○二六", map[string]string{"": "014", "code": "014", "key": "014", "long": "014", "pasted": "014"}, ""},
		{"\"甲５\"", "甲５", map[string]string{"": "014", "code": "014", "key": "014"}, ""},
		{"\"２０1O\"", "", map[string]string{"": "014", "code": "013", "key": "013"}, ""},
	} {
		for _, f := range allTexts() {
			kind, key := f.kind, f.key
			if key {
				kind = "key"
			}
			s, told := readText(t, f, c.literal)
			want, got := strings.TrimSpace(c.told[kind]), ""
			for _, d := range told {
				got += strings.TrimPrefix(d.Rule, "填报-")
				if from := strings.Index(f.state(c.literal), c.literal); int(d.At.Start.Offset) < from || int(d.At.Start.Offset) > from+len(c.literal) {
					t.Errorf("%s = %s: told at %v", f.path, c.literal, d.At)
				}
			}
			if got != want {
				t.Errorf("%s = %s: told %q, want %q", f.path, c.literal, got, want)
			}
			if i := strings.IndexFunc(s.V, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0x7F }); i >= 0 {
				t.Errorf("%s = %s keeps %q", f.path, c.literal, s.V[i:])
			}
			read := c.read
			switch {
			case kind == "long" && c.lines != "":
				read = c.lines
			case kind == "pasted" || c.read == "":
				continue // as it is but for what shows nothing
			}
			if s.V != read {
				t.Errorf("%s = %s is read as %q, want %q", f.path, c.literal, s.V, read)
			}
		}
	}
}

// TestBlanksAreNothing: a required text of blanks alone is not filled in, another is as if it were not there.
func TestBlanksAreNothing(t *testing.T) {
	for _, f := range allTexts() {
		if f.key || f.kind == "pasted" {
			continue
		}
		file, diags := source.Parse("a.toml", []byte(f.state("\" \u3000\"")))
		var facts budget.Facts
		diags.Append(source.Decode([]*source.File{file}, &facts))
		n := 0
		for _, d := range diags.Sorted() {
			if strings.Contains(d.Message, "只有空格") && (d.Rule == "填报-003" || d.Rule == "填报-011") {
				n++
			}
		}
		if s := f.read(reflect.ValueOf(facts)); s.V != "" || n != 1 {
			t.Errorf("%s of blanks is %q, told %d times", f.path, s.V, n)
		}
	}
}
