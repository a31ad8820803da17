package budget

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/source"
)

const (
	ruleOnce  = "填报-022"
	ruleTwice = "填报-004" // source's: of two values one would be lost
)

// repeated finds what a list states twice: elements that are alike in all keys that the list's tag `once` names. A list of
// texts, whose tag names none, has no text twice.
func repeated(v reflect.Value) diag.List { return (&repeats{map[reflect.Type][]onceField{}}).in(v, "") }

// repeats reads the tags of every type once.
type repeats struct{ plans map[reflect.Type][]onceField }

// onceField is a field of a struct with a list that states nothing twice, or with a struct that may have one.
type onceField struct {
	index int
	tag   reflect.StructTag
	once  bool
	keys  []int // fields that tell its elements apart, nil for a list of texts
	inner bool  // there are structs of ours in it
}

func (p *repeats) plan(t reflect.Type) []onceField {
	if list, ok := p.plans[t]; ok {
		return list
	}
	var out []onceField
	for i := range t.NumField() {
		sf := t.Field(i)
		keys, once := sf.Tag.Lookup("once")
		f := onceField{index: i, tag: sf.Tag, once: once, inner: schema(sf.Type) != nil}
		if keys != "" {
			f.keys = keyFields(schema(sf.Type), strings.Split(keys, ","))
		}
		if f.once || f.inner {
			out = append(out, f)
		}
	}
	p.plans[t] = out
	return out
}

func keyFields(t reflect.Type, keys []string) (out []int) {
	for _, key := range keys {
		for i := range t.NumField() {
			if name, _, _ := strings.Cut(t.Field(i).Tag.Get("toml"), ","); name == key {
				out = append(out, i)
			}
		}
	}
	if len(out) != len(keys) {
		panic("budget: no such keys: " + strings.Join(keys, ","))
	}
	return out
}

// in looks into a struct; path is what tables in it are called after: project.
func (p *repeats) in(v reflect.Value, path string) diag.List {
	var out diag.List
	for _, f := range p.plan(v.Type()) {
		x := v.Field(f.index)
		key, _, _ := strings.Cut(f.tag.Get("toml"), ",")
		if x.Kind() == reflect.Pointer {
			x = x.Elem()
		}
		if f.once && f.keys == nil {
			out.Append(repeatedTexts(f.tag.Get("zh"), x.Interface().([]source.String)))
		} else if f.once {
			out.Append(repeatedElements(path+key, f.tag.Get("zh"), f.keys, x))
		}
		switch {
		case !f.inner || !x.IsValid():
		case x.Kind() == reflect.Slice:
			for j := range x.Len() {
				out.Append(p.in(x.Index(j), path+key+"."))
			}
		default:
			out.Append(p.in(x, path+key+"."))
		}
	}
	return out
}

func repeatedTexts(label string, list []source.String) diag.List {
	var out diag.List
	first := map[string]int{}
	for i, x := range list {
		j, again := first[x.V]
		if !again {
			first[x.V] = i
			continue
		}
		if x.V != "" {
			out.Add(diag.Diagnostic{Rule: ruleOnce, Level: diag.Warning, At: x.At, Message: fmt.Sprintf("%s第 %d 项与第 %d 项相同，会印两遍", diag.Quote(label), i+1, j+1),
				Notes: []diag.Related{{Text: "先前一项在这里", At: list[j].At}}, Hint: "删去其中一项"})
		}
	}
	return out
}

func repeatedElements(table, label string, keys []int, list reflect.Value) diag.List {
	var out diag.List
	first := map[string]diag.Range{}
	for i := range list.Len() {
		x := list.Index(i)
		words, year := said(x, keys)
		if !slices.ContainsFunc(words, func(w string) bool { return w != "" }) {
			continue // of what is empty it is said that it is
		}
		key, at := strings.Join(words, "\x00"), x.FieldByName("At").Interface().(diag.Range)
		before, again := first[key]
		if !again {
			first[key] = at
			continue
		}
		d := diag.Diagnostic{Rule: ruleOnce, Level: diag.Warning, At: at, Message: fmt.Sprintf("[[%s]]（%s）里%s填了两段", table, label, named(words)),
			Notes: []diag.Related{{Text: "先前一段在这里", At: before}}, Hint: "重复填报的删去一段；确是两笔的，合成一段"}
		if year {
			d.Rule, d.Level, d.Hint = ruleTwice, diag.Error, "一年只有一段，只印得出一段；核对年度，删去多余的"
		}
		out.Add(d)
	}
	return out
}

// said is what an element says under some keys, and whether one of them is a year.
func said(x reflect.Value, keys []int) (words []string, year bool) {
	words = make([]string, len(keys))
	for i, key := range keys {
		switch f := x.Field(key).Addr().Interface().(type) {
		case *source.String:
			words[i] = f.V
		case *source.Int:
			year = true
			if f.Set {
				words[i] = strconv.Itoa(f.V) + "年"
			}
		case *source.Bool:
			if f.V {
				words[i] = x.Type().Field(key).Tag.Get("zh")
			}
		case *source.Amount:
			if f.Set {
				words[i] = money.ToldYuan(f.Amount)
			}
		default:
			panic("budget: no key can be a " + x.Field(key).Type().String())
		}
	}
	return words, year
}

// named is what messages call an element: the words that it is known by, without those that it has none for.
func named(words []string) string {
	list := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w == "" })
	return diag.Quote(strings.Join(list, " "))
}
