package budget

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// sample is TOML for a value of a field; another for every n.
func sample(p spot, n int) string {
	switch {
	case p.typ == reflect.TypeFor[source.Int]():
		least, _, _ := strings.Cut(p.tag.Get("range"), "..")
		from, _ := strconv.Atoi(least)
		return strconv.Itoa(from + n)
	case p.typ == reflect.TypeFor[source.Amount]():
		return strconv.Itoa(100 + n)
	case p.typ == reflect.TypeFor[source.Bool]():
		return strconv.FormatBool(n > 0)
	case p.tag.Get("of") != "":
		if words := StandardLists().Of(p.tag.Get("of")).Words; len(words) > n {
			return strconv.Quote(words[n])
		}
	}
	return fmt.Sprintf("%q", "甲乙丙"[3*n:3*n+3])
}

// once is what is said of things stated twice.
func once(t *testing.T, text string) []diag.Diagnostic {
	t.Helper()
	file, diags := source.Parse("a.toml", []byte(text))
	if diags.HasErrors() {
		t.Fatalf("%s: %v", text, diags.Sorted())
	}
	_, diags = Read([]*source.File{file}, nil, nil)
	return slices.DeleteFunc(diags.Sorted(), func(d diag.Diagnostic) bool { return d.Rule != ruleOnce && d.Rule != ruleTwice })
}

// TestWhatIsStatedTwice goes through all lists whose elements have keys of their own: an element that is another again is
// told at its place, once; one that differs in any of the keys is another.
func TestWhatIsStatedTwice(t *testing.T) {
	n, all := 0, spots()
	for _, p := range all {
		keys, ok := p.tag.Lookup("once")
		if !ok {
			continue
		}
		n++
		if keys == "" {
			if ds := once(t, p.head+p.key+" = [\"甲。\", \"乙。\", \"甲。\"]\n"); len(ds) != 1 || !strings.Contains(ds[0].Message, "第 3 项与第 1 项") {
				t.Errorf("%s: %v", p.name, ds)
			}
			continue
		}
		element := func(other string) string {
			text := "[[" + p.name + "]]\n"
			for _, key := range strings.Split(keys, ",") {
				i := slices.IndexFunc(all, func(x spot) bool { return x.name == p.name+"."+key })
				if i < 0 {
					t.Fatalf("%s has no key %s", p.name, key)
				}
				number := 0
				if key == other {
					number = 1
				}
				text += key + " = " + sample(all[i], number) + "\n"
			}
			return text
		}
		above := strings.TrimSuffix(p.head, "\n")
		text := above + "\n" + element("") + element("")
		ds := once(t, text)
		if line := strings.Count(above+"\n"+element(""), "\n") + 1; len(ds) != 1 || ds[0].At.Start.Line != line || len(ds[0].Notes) != 1 {
			t.Errorf("%sline %d: %v", text, line, ds)
		} else if want := keys == "year"; (ds[0].Level == diag.Error) != want {
			t.Errorf("%s: level %v", p.name, ds[0].Level)
		}
		for _, key := range strings.Split(keys, ",") {
			if ds := once(t, above+"\n"+element("")+element(key)); len(ds) != 0 {
				t.Errorf("%s: %s is another, and yet %v", p.name, key, ds)
			}
		}
	}
	if n < 12 {
		t.Errorf("only %d lists have elements with keys", n)
	}
}

// TestUnitsThatAreNone gives each table that belongs to a unit one that the department has not.
func TestUnitsThatAreNone(t *testing.T) {
	all := spots()
	n := 0
	for _, p := range all {
		table, ok := strings.CutSuffix(p.name, ".unit")
		if !ok || strings.Contains(table, ".") || p.tag.Get("of") != "" {
			continue
		}
		n++
		text := head + "[[" + table + "]]\n"
		for _, x := range all {
			if key, below := strings.CutPrefix(x.name, table+"."); below && !strings.Contains(key, ".") && strings.Contains(x.tag.Get("toml"), ",required") {
				text += key + " = " + map[string]string{"function": `"2010301"`, "economic": `"30101"`}[key]
				if key != "function" && key != "economic" {
					text += sample(x, 0)
				}
				text += "\n"
			}
		}
		_, ds := load(t, text+"unit = \"900009\"\n")
		at := slices.IndexFunc(ds, func(d diag.Diagnostic) bool { return d.Rule == "单位-003" })
		if at < 0 || ds[at].At.Start.Line != strings.Count(text, "\n")+1 {
			t.Errorf("%s: a unit that is none: %v", table, ds)
		}
	}
	if n < 10 {
		t.Errorf("only %d tables name a unit", n)
	}
}
