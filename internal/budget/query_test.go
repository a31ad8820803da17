package budget

import (
	"strings"
	"testing"

	"yusuan/internal/money"
)

func fen(n int64) money.Amount { return money.FromFen(n * 100) }

// lines is a budget small enough to sum by head.
func lines() *Budget {
	both := ByFunction | ByEconomy
	return &Budget{Lines: []Line{
		{Side: Expenditure, View: both, Unit: "1", UnitKind: "行政", Fund: FundGeneral, Kind: KindBasic, Nature: NaturePersonnel, Function: "2010301", Economic: "30101", Amount: fen(1)},
		{Side: Expenditure, View: both, Unit: "1", UnitKind: "行政", Fund: FundGeneral, Kind: KindBasic, Nature: NaturePublic, Function: "2010301", Economic: "30217", Amount: fen(2)},
		{Side: Expenditure, View: both, Unit: "2", UnitKind: "公益一类", Fund: "事业收入", Kind: KindProject, Project: "甲", Procure: "服务", Function: "2080501", Amount: fen(4)},
		{Side: Purchases, View: both, Unit: "2", UnitKind: "公益一类", Fund: "事业收入", Kind: KindProject, Project: "甲", Procure: "服务", Function: "2080501", Amount: fen(4), From: []int{2}},
		{Side: Purchases, View: both, Unit: "1", UnitKind: "行政", Fund: FundGeneral, Procure: "货物", Item: "打印机", Reserved: "小微企业", Amount: fen(1)},
		{Side: Expenditure, View: ByFunction, Unit: "2", Fund: "政府性基金预算", Kind: KindBasic, Nature: NaturePublic, Function: "2120801", Amount: fen(8)},
		{Side: Expenditure, View: ByEconomy, Unit: "2", Fund: "政府性基金预算", Kind: KindBasic, Nature: NaturePublic, Economic: "30201", Amount: fen(8)},
		{Side: RevenueSide, View: both, Unit: "1", Fund: FundGeneral, Amount: fen(3)},
		{Side: CarryIn, View: both, Unit: "1", Fund: FundGeneral, Amount: fen(16)},
		{Side: Expenditure, View: both, Unit: "1", Fund: FundGeneral, Kind: KindProject, Project: "乙", Carried: true, Function: "2010302", Amount: fen(32)},
	}}
}

func TestQuery(t *testing.T) {
	plain, indexed := lines(), lines()
	indexed.lines = newLineIndex(indexed.Lines)
	for _, c := range []struct {
		query string
		want  int64
	}{
		{"", 1 + 2 + 4 + 8 + 32}, // all expenditure, each margin once
		{"side=支出", 47},
		{"side=收入", 3},
		{"side=收入,上年结转", 19},
		{"kind=基本支出", 11},
		{"nature=公用经费", 10},
		{"function=201", 35},
		{"function=2010301,208", 7},
		{"function!=201", 12},
		{"economic=302", 10}, // the economic margin answers
		{"economic=30217", 2},
		{"fund=财政拨款", 43},
		{"fund=单位资金", 4},
		{"fund!=财政拨款", 4},
		{"procurement!=无", 5}, // asks the procurement budget, be it without a side
		{"side=政府采购", 5},
		{"procurement=货物", 1},
		{"procurement=工程", 0},
		{"item!=无", 1},
		{"reserved=小微企业 unit=1", 1},
		{"kind=项目支出 procurement!=无", 4},
		{"project=甲 procurement!=无", 4},
		{"project=2/甲", 4}, // with its unit, as one of several of a name is called
		{"project=1/甲", 0},
		{"project=2/甲,1/乙", 36},
		{"project!=2/甲", 43},
		{"unitkind=行政,参公", 3},
		{"carried=是", 32},
		{"carried=否 fund=一般公共预算", 3},
		{"project=甲,乙", 36},
		{"project=乙", 32},
		{"project!=乙", 15},
		{"project=丙", 0},
		{"project=甲 kind=基本支出", 0},
		{"project=甲 unit=2", 4},
		{"unit=2 kind=基本支出", 8},
	} {
		q, err := ParseQuery(c.query)
		if err != nil {
			t.Fatalf("%q: %v", c.query, err)
		}
		for _, b := range []*Budget{plain, indexed} {
			if got := b.Sum(q); !got.Equal(fen(c.want)) {
				t.Errorf("%q sums to %v, want %d", c.query, got, c.want)
			}
			f := b.Figure(q)
			var sum money.Amount
			for _, i := range f.Lines {
				sum = sum.Add(b.Lines[i].Amount)
			}
			if !f.Value.Equal(sum) || !f.Value.Equal(fen(c.want)) {
				t.Errorf("%q: the figure %v is not the sum %v of its lines", c.query, f.Value, sum)
			}
			if got, want := b.Any(q), len(f.Lines) > 0; got != want {
				t.Errorf("%q: Any is %v with %d lines", c.query, got, len(f.Lines))
			}
		}
	}
}

func TestAndKeepsItsOperands(t *testing.T) {
	a, _ := ParseQuery("fund=一般公共预算")
	left, right := a.Where("kind", KindBasic), a.Where("kind", KindProject)
	b := lines()
	if got := b.Sum(left); !got.Equal(fen(3)) {
		t.Errorf("left is %v", got)
	}
	if got := b.Sum(right); !got.Equal(fen(32)) {
		t.Errorf("right is %v", got)
	}
	if got := b.Sum(a); !got.Equal(fen(35)) {
		t.Errorf("the query they were made of is %v now", got)
	}
	if q, _ := ParseQuery("function=201 economic=302"); !q.Crosses() {
		t.Error("a query of both views does not cross")
	}
}

func TestQueryErrorsSuggest(t *testing.T) {
	for query, want := range map[string]string{
		"fnud=一般公共预算": "是不是“fund”",
		"kind":        "名称=值",
		"kind=":       "名称=值",
		"完全不对=1":      "可用的有",

		"procurement=无":          "每一笔都有类别",
		"side=支出 procurement!=无": "不写 side 就是问政府采购",
		"item=打印机 side=收入,上年结转":  "不写 side 就是问政府采购",
	} {
		_, err := ParseQuery(query)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want …%s…", query, err, want)
		}
	}
}

// TestWithoutACode: lines without a code can be asked for, and whole codes apart from those that begin with them.
func TestWithoutACode(t *testing.T) {
	b := &Budget{Facts: &Facts{}}
	for i, economic := range []string{"30201", "302", "", "30201"} {
		b.Lines = append(b.Lines, Line{Side: Expenditure, View: ByFunction | ByEconomy, Function: "2010301", Economic: economic, Item: []string{"纸", "", "", ""}[i], Amount: money.FromFen(int64(1) << i)})
	}
	b.lines = newLineIndex(b.Lines)
	none, err := ParseQuery("economic=无")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		q    Query
		want int64
	}{
		{none, 4}, {Query{}.Where("economic", "302"), 11}, {Query{}.Exactly("economic", "302"), 2}, {Query{}.Exactly("economic", "30201"), 9},
		{Query{}.Exactly("economic", ""), 4}, {Query{}.Exactly("item", ""), 14}, {Query{}.Exactly("item", "纸"), 1}, {Query{}.Exactly("function", ""), 0},
		{Query{}.Where("economic", "无", "30201"), 13},
	} {
		if got := b.Sum(c.q); !got.Equal(money.FromFen(c.want)) {
			t.Errorf("%q sums to %s fen, want %d", c.q, got.Times("100"), c.want)
		}
	}
	if _, err := ParseQuery("economic=没有"); err == nil {
		t.Error("a code in words is taken")
	}
}
