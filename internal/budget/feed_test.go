package budget

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/classify"
	"yusuan/internal/money"
	"yusuan/internal/source"
)

// fed is a department with an entry of each kind that becomes lines.
const fed = `
basic = [ { unit = "1", fund = "事业收入", function = "2010101", economic = "39901", amount = 10, nature = "公用经费", carried = true }, { unit = "1", function = "2010101", economic = "30101", amount = 10 } ]
basic_by_function = [ { unit = "1", fund = "事业收入", function = "2010101", personnel = 5, public = 6 } ]
basic_by_economic = [
  { unit = "1", fund = "事业收入", economic = "30101", personnel = 5, public = 6 },
  { unit = "1", fund = "事业收入", economic = "30101", amount = 7 },
]
[department]
year = 2026
[[unit]]
code = "1"
name = "甲"
kind = "行政"
[[unit]]
code = "2"
name = "乙"
kind = "行政"
[[other]]
kind = "上缴上级支出"
unit = "1"
fund = "事业收入"
function = "2010101"
economic = "30101"
amount = 8
[[project]]
name = "一"
unit = "1"
fund = "事业收入"
function = "2010101"
economic = "30101"
amount = 9
carried = true
procurement = "货物"
service_purchase = "公共服务"
goals = true
[[project]]
name = "二"
unit = "1"
fund = "事业收入"
function = "2010101"
economic = "30101"
procurement = "货物"
service_purchase = "公共服务"
goals = true
carried = true
line = [ { amount = 3 }, { fund = "其他收入", function = "2010102", economic = "30102", procurement = "服务", service_purchase = "其他服务", amount = 4, carried = false } ]
[[project]]
name = "三"
unit = "1"
fund = "事业收入"
function = "2010101"
economic = "30101"
goals = true
amount = 9
carried = true
[[project]]
name = "四"
unit = "1"
goals = true
line = [ { fund = "其他收入", function = "2010102", economic = "30102", amount = 6, carried = true } ]
[[procurement]]
class = "货物"
project = "三"
amount = 1
[[procurement]]
class = "货物"
project = "四"
amount = 1
[[procurement]]
unit = "1"
fund = "事业收入"
class = "货物"
project = "公用经费"
economic = "30101"
item = "纸"
organization = "集中采购"
reserved = "中小企业"
amount = 2
[[carryover]]
unit = "1"
fund = "事业收入"
in = 1
out = 2
`

// TestFeeds changes each value of a department and wants the lines to change as Feeds say: in what the field states, in
// their money, or not at all.
func TestFeeds(t *testing.T) {
	file, diags := source.Parse("a.toml", []byte(fed))
	var f Facts
	diags.Append(source.Decode([]*source.File{file}, &f))
	for _, d := range diags.Sorted() {
		if !strings.HasPrefix(d.Message, "缺少") {
			t.Fatal(diags.Sorted())
		}
	}
	said := map[string]map[string]bool{} // by field: what it changes
	say := func(field, what string) {
		if said[field] == nil {
			said[field] = map[string]bool{}
		}
		said[field][what] = true
	}
	for _, x := range Feeds() {
		for key, fields := range x.States {
			for _, field := range fields {
				say(field, key)
			}
		}
		for _, field := range x.Amounts {
			say(field, "amount")
		}
	}
	before := moneyOf(&f)
	found := map[string]map[string]bool{}
	tryOthers(reflect.ValueOf(&f).Elem(), "", func(field string) {
		now := moneyOf(&f)
		for _, what := range append([]string{"amount"}, Keys()...) {
			if maps.Equal(before[what], now[what]) {
				continue
			}
			if found[field] == nil {
				found[field] = map[string]bool{}
			}
			if found[field][what] = true; what == "amount" {
				break // then all sums are others
			}
		}
	})
	for _, field := range slices.Sorted(maps.Keys(said)) {
		if !maps.Equal(said[field], found[field]) {
			t.Errorf("%s is said to change %v of lines, and changes %v", field, keysIn(said[field]), keysIn(found[field]))
		}
	}
	for _, field := range slices.Sorted(maps.Keys(found)) {
		if said[field] == nil && Steers(field) == "" {
			t.Errorf("%s changes %v of lines, which no feed says", field, keysIn(found[field]))
		}
	}
}

func keysIn(m map[string]bool) []string { return slices.Sorted(maps.Keys(m)) }

// moneyOf is the money of the lines by what they have for each key of queries, and in all.
func moneyOf(f *Facts) map[string]map[string]string {
	b, _ := New(f, &classify.Catalogue{})
	sums := map[string]map[string]money.Amount{}
	add := func(key string, l *Line, value string) {
		if sums[key] == nil {
			sums[key] = map[string]money.Amount{}
		}
		value = fmt.Sprint(l.Side, l.View, value)
		sums[key][value] = sums[key][value].Add(l.Amount)
	}
	for i := range b.Lines {
		l := &b.Lines[i]
		add("amount", l, "")
		for _, k := range Keys() {
			add(k, l, l.Value(k))
		}
	}
	out := map[string]map[string]string{}
	for key, m := range sums {
		out[key] = map[string]string{}
		for value, a := range m {
			out[key][value] = a.String()
		}
	}
	return out
}

// otherWords stand in the place of words that have a meaning; else a word is made longer.
var otherWords = map[string]string{"unit": "2", "fund": "上级补助收入", "function": "2080501", "economic": "30201", "nature": "人员经费", "kind": "对附属单位补助支出",
	"procurement": "工程", "class": "工程", "reserved": "小微企业"}

// tryOthers changes each value below v, calls try with its field, and changes it back.
func tryOthers(v reflect.Value, table string, try func(field string)) {
	for i := range v.NumField() {
		key, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("toml"), ",")
		field := strings.TrimPrefix(table+"."+key, ".")
		if key == "" || key == "-" {
			continue
		}
		switch x := v.Field(i).Addr().Interface().(type) {
		case *source.String:
			if old := x.V; old != "" {
				if x.V = otherWords[key]; x.V == "" || key == "kind" && table == "unit" {
					x.V = old + "改"
				}
				try(field)
				x.V = old
			}
		case *source.Bool:
			if x.Set {
				x.V = !x.V
				try(field)
				x.V = !x.V
			}
		case *source.Amount:
			if old := x.Amount; x.Set {
				x.Amount = old.Add(old)
				try(field)
				x.Amount = old
			}
		case *source.Int, *source.Date, *[]source.String, *source.Fields, *source.AmountFields:
		default:
			switch x := v.Field(i); x.Kind() {
			case reflect.Slice:
				for k := range x.Len() {
					tryOthers(x.Index(k), field, try)
				}
			case reflect.Struct:
				tryOthers(x, field, try)
			}
		}
	}
}
