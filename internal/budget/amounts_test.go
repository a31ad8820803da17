package budget

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"yusuan/internal/source"
)

// place is where the schema has an amount: the tables that lead to it, and its key.
type place struct {
	tables []string // as headers name them: [[form]], [[form.detail]]
	key    string
	path   []int // the fields of the structs on the way
}

// amountPlaces finds every amount of the schema, so that no field can be forgotten here.
func amountPlaces(t reflect.Type, tables []string, name string, path []int) (out []place) {
	for i := range t.NumField() {
		f := t.Field(i)
		key, _, _ := strings.Cut(f.Tag.Get("toml"), ",")
		if key == "" || key == "-" {
			continue
		}
		at := append(append([]int{}, path...), i)
		below := strings.TrimPrefix(name+"."+key, ".")
		switch typ := f.Type; {
		case typ == reflect.TypeFor[source.Amount]():
			out = append(out, place{tables, key, at})
		case typ == reflect.TypeFor[source.AmountFields]():
			out = append(out, place{append(append([]string{}, tables...), "["+below+"]"), "k", at})
		case typ.Kind() == reflect.Slice && typ.Elem().Kind() == reflect.Struct && typ.Elem().Name() != "String" && typ != reflect.TypeFor[source.Fields]():
			out = append(out, amountPlaces(typ.Elem(), append(append([]string{}, tables...), "[["+below+"]]"), below, at)...)
		case typ.Kind() == reflect.Pointer:
			out = append(out, amountPlaces(typ.Elem(), append(append([]string{}, tables...), "["+below+"]"), below, at)...)
		case typ == reflect.TypeFor[Department]():
			out = append(out, amountPlaces(typ, append(append([]string{}, tables...), "["+below+"]"), below, at)...)
		}
	}
	return out
}

// read takes the amount of a place out of the facts.
func (p place) read(f *Facts) source.Amount {
	v := reflect.ValueOf(f).Elem()
	for _, i := range p.path {
		if v.Kind() == reflect.Slice {
			v = v.Index(0)
		}
		v = reflect.Indirect(v).Field(i)
	}
	if fields, ok := v.Interface().(source.AmountFields); ok {
		return fields[0].Value
	}
	return v.Interface().(source.Amount)
}

// decodeAmount reads a file that has one amount, and returns what is said of its line as "rule message stated want".
func decodeAmount(t *testing.T, p place, unit, literal string) (source.Amount, []string) {
	t.Helper()
	text := "amount_unit = \"" + unit + "\"\n" + strings.Join(p.tables, "\n") + "\n" + p.key + " = " + literal + "\n"
	f, l := source.Parse("a.toml", []byte(text))
	var facts Facts
	l.Append(source.Decode([]*source.File{f}, &facts))
	var said []string
	for _, d := range l.Sorted() {
		if d.Rule != "填报-003" { // what is missing beside it
			said = append(said, fmt.Sprintf("%d %s %v %s %s", d.At.Start.Line, d.Rule, d.Level, d.Stated, d.Want))
		}
	}
	return p.read(&facts), said
}

// TestAmountsOfTheSchema: every amount that the schema knows is read in the unit of its file or in its own, is a whole
// number of 分, and says at its line when what was typed is not.
func TestAmountsOfTheSchema(t *testing.T) {
	places := amountPlaces(reflect.TypeFor[Facts](), nil, "", nil)
	if len(places) < 20 {
		t.Fatalf("%d amounts in the schema", len(places))
	}
	for _, c := range []struct{ unit, literal, want, says string }{
		{"元", `12`, "12", ""},
		{"元", `"12万元"`, "120000", ""},
		{"元", `"0.12亿元"`, "12000000", ""},
		{"万元", `"12元"`, "12", ""},
		{"万元", `"12"`, "120000", ""},
		{"元", `"1,234.50 元"`, "1234.5", ""},
		{"元", `1250049.9999999998`, "1250050", "填报-016 提示 1250049.9999999998元 1250050.00元"},
		{"万元", `125.00499999999998`, "1250050", "填报-016 提示 125.00499999999998万元 125.005万元"},
		{"元", `100000.10000000001`, "100000.1", "填报-016 提示 100000.10000000001元 100000.10元"},
		{"元", `"12.500000000000001万元"`, "125000", "填报-016 提示 12.500000000000001万元 12.50万元"},
		{"元", `1250.005`, "1250.01", "填报-015 错误 1250.005元 1250.00元 或 1250.01元"},
		{"万元", `0.1234567`, "1234.57", "填报-015 错误 0.1234567万元 0.123456万元 或 0.123457万元"},
		{"元", `-0.001`, "0", "填报-015 错误 -0.001元 -0.01元 或 0.00元"},
		{"元", `"45.946666666666665万元"`, "459466.67", "填报-015 错误 45.946666666666665万元 45.946666万元 或 45.946667万元"},
	} {
		for _, p := range places {
			a, said := decodeAmount(t, p, c.unit, c.literal)
			want := ""
			if c.says != "" {
				want = fmt.Sprintf("%d %s", len(p.tables)+2, c.says)
			}
			if a.String() != c.want || strings.Join(said, "; ") != want {
				t.Errorf("%s %s = %s in %s: %s元, said %q; want %s元 and %q", strings.Join(p.tables, " "), p.key, c.literal, c.unit, a.Amount, said, c.want, want)
			}
			if nearest, _, _ := a.Fen(); !nearest.Equal(a.Amount) {
				t.Errorf("%s %s = %s: %s元 is no whole number of 分", strings.Join(p.tables, " "), p.key, c.literal, a.Amount)
			}
		}
	}
}

// TestCarryoversOfOnePurseAddUp: several [[carryover]] of one unit and fund are one sum, whichever stands last; other
// purses keep their own.
func TestCarryoversOfOnePurseAddUp(t *testing.T) {
	b, ds := load(t, head+`
[[unit]]
code = "900002"
name = "二站"
kind = "公益一类"
[[basic]]
unit = "900001"
function = "2010301"
economic = "30101"
amount = 1000
[[basic]]
unit = "900002"
function = "2010301"
economic = "30101"
amount = 500
[[carryover]]
unit = "900001"
in = 100
out = 7
[[carryover]]
unit = "900002"
in = 40
[[carryover]]
unit = "900001"
fund = "一般公共预算"
in = 20.50
out = 3
[[carryover]]
unit = "900001"
fund = "事业收入"
in = 9
out = 9
[[carryover]]
unit = "900001"
in = 1
`)
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	for query, want := range map[string]string{
		"side=上年结转 unit=900001 fund=一般公共预算": "121.5", // 100 + 20.50 + 1, not the last of them
		"side=年终结转 unit=900001 fund=一般公共预算": "10",
		"side=收入 unit=900001 fund=一般公共预算":   "888.5",
		"side=上年结转 unit=900002":             "40",
		"side=上年结转 fund=事业收入":               "9",
		"side=上年结转":                         "170.5",
	} {
		if got := sum(t, b, query); got != want {
			t.Errorf("%s is %s, want %s", query, got, want)
		}
	}
}

// Who types 万元 into a file of 元 is told so, beside what rounding would make of it.
func TestFinerThanFenMayBeWan(t *testing.T) {
	for literal, want := range map[string]string{"90.2712": "填 902712", "18.846045": "填 188460.45", "3852416.123": "", "1.2345678": "", "-18.8461": ""} {
		f, l := source.Parse("a.toml", []byte("[[basic]]\namount = "+literal+"\n"))
		var facts Facts
		l.Append(source.Decode([]*source.File{f}, &facts))
		told := false
		for _, d := range l.Sorted() {
			if d.Rule != "填报-015" {
				continue
			}
			told = true
			if has := strings.Contains(d.Hint, "把万元当成了元"); has != (want != "") || !strings.HasSuffix(d.Hint, want) {
				t.Errorf("%s: %s, want %q", literal, d.Hint, want)
			}
		}
		if !told {
			t.Errorf("%s: nothing is told", literal)
		}
	}
}

// A code of a class is told to be one: rows of classes that are pasted along with their parts add those up.
func TestCodeOfAClassIsASum(t *testing.T) {
	for code, want := range map[string]bool{"20103": true, "201030": false} {
		_, ds := load(t, head+"[[project]]\nname = \"甲\"\nfunction = \""+code+"\"\namount = 50\n")
		if len(ds) != 1 || ds[0].Rule != "科目-003" || strings.Contains(ds[0].Hint, "小计行要删去") != want {
			t.Errorf("%s: %+v", code, ds)
		}
	}
}
