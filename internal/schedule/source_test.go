package schedule

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/data"
	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/source"
)

// literal says texts as the pack writes them, and of a part its number and name.
type literal struct{}

func (literal) Text(s pack.Snippet, p *Part) doc.Text {
	if p != nil {
		return doc.Text{String: fmt.Sprint(p.N, "、", p.Name)}
	}
	return doc.Text{String: s.Written()}
}

const packHead = `
[pack]
id = "p"
name = "试"
version = "1"
years = [2025, 2027]
title = "预算"
procurement_classes = ["工程", "货物"]
[[page]]
name = "正文"
width = "210mm"
height = "297mm"
top = "37mm"
bottom = "35mm"
left = "28mm"
right = "26mm"
[[style]]
name = "正文"
family = "仿宋"
size = "三号"
leading = "29pt"
[grid]
body = "正文"
head = "正文"
note = "正文"
heading = "正文"
[[figure]]
name = "total"
title = "支出"
query = "side=支出"
prior = true
[[figure]]
name = "item"
title = "各项"
query = "side=支出"
prior = true
by = "item"
[[part]]
page = "正文"
block = [ { tables = ["1"] } ]
[[table]]
id = "1"
heading = "表1"
page = "正文"
`

func testPack(t *testing.T, sources []pack.RowSource, table string) *pack.Pack {
	t.Helper()
	p, diags, err := pack.Load(fstest.MapFS{"p/pack.toml": {Data: []byte(packHead + table)}}, "p", sources)
	if err != nil || diags.HasErrors() {
		t.Fatal(err, diags.Sorted())
	}
	return p
}

const departmentHead = `
[department]
year = 2026
code = "415"
name = "澜川市水务局"
short_name = "市水务局"
template = "p"
date = 2026-02-01
[[unit]]
code = "415001"
name = "局本级"
kind = "行政"
headquarters = true
[[unit]]
code = "415002"
name = "河道所"
kind = "公益一类"
`

func testBudget(t *testing.T, facts string) *budget.Budget {
	t.Helper()
	if !strings.Contains(facts, "unit = ") {
		facts = strings.Split(departmentHead, "[[unit]]\ncode = \"415002\"")[0] + facts
	} else {
		facts = departmentHead + facts
	}
	f, diags := source.Parse("a.toml", []byte(facts))
	read, more := budget.Read([]*source.File{f}, nil, nil)
	diags.Append(more)
	cat, err := classify.Load(data.Catalogue(), 2026)
	if err != nil || diags.HasErrors() {
		t.Fatal(err, diags.Sorted())
	}
	b, _ := budget.New(read, cat)
	return b
}

// rowsOf are the rows of a schedule, a line each: side, level, key, what it is, name, query, numbers.
func rowsOf(s *Schedule) (out []string) {
	for k := range s.Sides {
		x := &s.Sides[k]
		for i := range x.Rows {
			r := &x.Rows[i]
			line := fmt.Sprintf("%s%s%s", strings.Repeat("-", r.Level), [...]string{"", "*", "=", "_"}[r.Kind], s.RowKey(k, i))
			if name := r.Name(); name != r.Own && r.Kind != Total {
				line += " “" + name + "”"
			}
			if !r.NoSum {
				q, ok := s.source.query(s.of, s, k, i)
				if !ok {
					line += " ?"
				}
				line += " [" + q.String() + "]"
			}
			for _, j := range x.Columns {
				if s.Leaves[j].Field == "" && !r.NoSum {
					line += " " + s.Printed(Ref{k, i, j})
				}
			}
			out = append(out, line)
		}
	}
	return out
}

const (
	nameAndAmount = "column = [ { head = \"名\", field = \"name\" }, { head = \"金额\" } ]\n"
	twoProjects   = `
[[project]]
name = "堤防"
unit = "415001"
group = "本级"
function = "2130305"
amount = 300000
[[project]]
name = "运维"
unit = "415001"
function = "2130305"
amount = 20000
[[project]]
name = "运维"
unit = "415002"
function = "2130305"
amount = 1000
`
	basics = `
[[basic]]
function = "2130301"
economic = "30101"
amount = 1000000
[[basic]]
function = "2080505"
economic = "30108"
amount = 50000
`
)

// TestSources: the rows of each source, with what each asks for and prints.
func TestSources(t *testing.T) {
	for name, c := range map[string]struct {
		table, facts string
		prior        map[string]int64 // in 元
		want         []string
	}{
		"functions": {"rows = \"function\"\ntotal = \"合计\"\ncolumn = [ { head = \"编码\", field = \"code\" }, { head = \"名\", field = \"name\" }, { head = \"金额\" } ]\n", basics, nil, []string{
			"=合计 [] 105.00", "-208 “208 社会保障和就业支出” [function=208] 5.00", "--20805 “20805 行政事业单位养老支出” [function=20805] 5.00",
			"---2080505 “2080505 机关事业单位基本养老保险缴费支出” [function=2080505] 5.00", "-213 “213 农林水支出” [function=213] 100.00", "--21303 “21303 水利” [function=21303] 100.00", "---2130301 [function=2130301] 100.00"}},
		"economics": {"rows = \"economic\"\n" + nameAndAmount, basics, nil, []string{"-301 “301 工资福利支出” [economic=301] 105.00", "--30101 “30101 基本工资” [economic=30101] 100.00", "--30108 “30108 机关事业单位基本养老保险缴费” [economic=30108] 5.00"}},
		"functions with last year's": {"rows = \"function\"\ncolumn = [ { head = \"编码\", field = \"code\" }, { head = \"今年\" }, { head = \"上年\", prior = \"item\" }, { head = \"增减\", prior = \"item\", show = \"change\" }, { head = \"%\", prior = \"item\", show = \"rate\" } ]\n",
			basics, map[string]int64{"item.2130301": 800000, "item.2210201": 7000}, []string{
				"-208 “208 社会保障和就业支出” [function=208] 5.00 0.00 5.00 ", "--20805 “20805 行政事业单位养老支出” [function=20805] 5.00 0.00 5.00 ", "---2080505 “2080505 机关事业单位基本养老保险缴费支出” [function=2080505] 5.00 0.00 5.00 ",
				"-213 “213 农林水支出” [function=213] 100.00 80.00 20.00 25.00", "--21303 “21303 水利” [function=21303] 100.00 80.00 20.00 25.00", "---2130301 [function=2130301] 100.00 80.00 20.00 25.00",
				"-221 “221 住房保障支出” [function=221] 0.00 0.70 -0.70 -100.00", "--22102 “22102 住房改革支出” [function=22102] 0.00 0.70 -0.70 -100.00", "---2210201 “2210201 住房公积金” [function=2210201] 0.00 0.70 -0.70 -100.00"}},
		"units": {"rows = \"unit\"\ntotal = \"合计\"\n" + nameAndAmount, twoProjects, nil, []string{"=合计 [] 32.10", "*部门 “415 市水务局” [] 32.10", "-415001 “415001 局本级” [unit=415001] 32.00", "-415002 “415002 河道所” [unit=415002] 0.10"}},
		"projects": {"rows = \"project\"\n" + nameAndAmount, twoProjects, nil, []string{"*部门 “市水务局” [] 32.10", "-*415001 “局本级” [unit=415001] 32.00",
			"---415001/运维 “运维” [project=415001/运维] 2.00", "--*415001/本级 [project=堤防 unit=415001] 30.00", "---415001/本级/堤防 [project=堤防] 30.00",
			"-*415002 “河道所” [unit=415002] 0.10", "---415002/运维 “运维” [project=415002/运维] 0.10"}},
		"one row": {"rows = \"single\"\ncolumn = [ { head = \"基本\", query = \"kind=基本支出\" }, { head = \"项目\", query = \"kind=项目支出\" } ]\n", basics, nil, []string{"合计 [] 105.00 0.00"}},
		"a list": {"rows = \"list\"\ncolumn = [ { head = \"项\", field = \"label\" }, { head = \"金额\" } ]\nrow = [ { label = \"一、收入\", query = \"side=收入\" }, { label = \"（一）其他\", query = \"side=收入 fund=其他收入\", indent = 1, optional = true }, { label = \"说明\" }, { label = \"各类\", each = \"class\", query = \"side=支出\" } ]\n",
			basics, nil, []string{"收入 “一、收入” [side=收入] 105.00", "说明", "208 “1、社会保障和就业支出” [side=支出 function=208] 5.00", "213 “2、农林水支出” [side=支出 function=213] 100.00"}},
		"a balance": {"rows = \"balance\"\ncolumn = [ { head = \"收入\", side = \"income\", column = [ { head = \"项\", field = \"label\" }, { head = \"数\" } ] }, { head = \"支出\", side = \"outgo\", column = [ { head = \"项\", field = \"label\" }, { head = \"数\" } ] } ]\n" +
			"income = [ { label = \"一、拨款\", query = \"side=收入\" } ]\noutgo = [ { label = \"基本\", query = \"kind=基本支出\" }, { label = \"项目\", query = \"kind=项目支出\", blank_zero = true } ]\nfoot = [ { income = { label = \"收入总计\", query = \"side=收入\" }, outgo = { label = \"支出总计\", query = \"side=支出\" } } ]\n",
			basics, nil, []string{"income/拨款 “一、拨款” [side=收入] 105.00", "_income/收入总计 [side=收入] 105.00", "outgo/基本 [kind=基本支出] 105.00", "outgo/项目 [kind=项目支出] ", "_outgo/支出总计 [side=支出] 105.00"}},
		"nested": {"rows = \"nested\"\nfilter = \"side=政府采购\"\ncolumn = [ { head = \"类\", field = \"procurement\" }, { head = \"科目\", field = \"economic\" }, { head = \"数\" } ]\nlevel = [ { fields = [\"procurement\"] }, { fields = [\"economic\", \"item\"] } ]\n",
			"[[project]]\nname = \"堤防\"\nfunction = \"2130305\"\namount = 300000\n" +
				"[[procurement]]\nclass = \"货物\"\nproject = \"堤防\"\nitem = \"纸\"\neconomic = \"30201\"\namount = 10000\n[[procurement]]\nclass = \"货物\"\nproject = \"堤防\"\nitem = \"纸\"\namount = 40000\n[[procurement]]\nclass = \"工程\"\nproject = \"堤防\"\namount = 5000\n",
			nil, []string{"工程 [procurement=工程] 0.50", "货物 [procurement=货物] 5.00", "-货物/30201+纸 “办公费 纸” [procurement=货物 economic=30201 item=纸] 1.00", "-货物/无+纸 “纸” [procurement=货物 economic=无 item=纸] 4.00"}},
		"nothing": {"rows = \"project\"\n" + nameAndAmount, "", nil, nil},
	} {
		prior := Prior{Year: 2025, Amounts: map[string]money.Amount{}}
		for k, n := range c.prior {
			prior.Amounts[k] = money.FromFen(n * 100)
		}
		s := New(testPack(t, Sources(), c.table), testBudget(t, c.facts), prior, literal{}, nil).Table("1")
		if got := rowsOf(s); !slices.Equal(got, c.want) {
			t.Errorf("%s:\ngot  %s\nwant %s", name, strings.Join(got, "\n     "), strings.Join(c.want, "\n     "))
		}
		s.Each(func(ref Ref) {
			if q, ok := s.Query(ref); ok && !s.of.Budget.Sum(q).Equal(s.Sum(ref).Exact) {
				t.Errorf("%s: %s is %s, its query sums to %s", name, s.Key(ref), s.Sum(ref).Exact, s.of.Budget.Sum(q))
			}
		})
	}
}
