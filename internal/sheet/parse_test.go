package sheet

import (
	"strings"
	"testing"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/grid"
	"yusuan/internal/money"
	"yusuan/internal/source"
)

// What officers and their programs put into cells, and what it means. A word that begins with ! is of the trouble.
func TestCellsAreUnderstood(t *testing.T) {
	cat := catalogueOf(t, 2026)
	n := &names{functional: cat.Functional, economic: cat.Economic, units: []unitName{
		{"0101", "馆本级", "某某馆"}, {"0102", "分馆", "某某馆分馆"}, {"A1", "学会", ""}, {"0103", "服务站", ""}, {"0104", "服务站", ""}}}
	text := func(s string) grid.Cell { return grid.Cell{Kind: grid.Text, Text: s} }
	number := func(s string) grid.Cell { return grid.Cell{Kind: grid.Number, Text: s} }
	for _, c := range []struct {
		kind budget.FieldKind
		cell grid.Cell
		want string
	}{
		{budget.FieldFunction, text("2010301 行政运行"), "2010301"},
		{budget.FieldFunction, text("2010301"), "2010301"},
		{budget.FieldFunction, number("2010301"), "2010301"},
		{budget.FieldFunction, text("２０１０３０１　行政运行"), "2010301"},
		{budget.FieldFunction, text("2010301-行政运行"), "2010301"},
		{budget.FieldFunction, text("行政运行（2010301）"), "2010301"},
		{budget.FieldFunction, text("2010301（行政运行）"), "2010301"},
		{budget.FieldFunction, text("201|03|01"), "2010301"},
		{budget.FieldFunction, text("201|20103|2010301"), "2010301"},
		{budget.FieldFunction, text("9999999 没有的"), "9999999"},
		{budget.FieldFunction, text("2010301 机关服务"), "!2010301 是“行政运行”，不是“机关服务”"},
		{budget.FieldFunction, text("行政运行"), "!不止一个：2010101"},
		{budget.FieldFunction, text("随便写的"), "!没有叫“随便写的”的功能科目"},
		{budget.FieldEconomic, text("基本工资"), "30101"},
		{budget.FieldEconomic, text("30101—基本工资"), "30101"},
		{budget.FieldEconomic, text("30101 津贴补贴"), "!30101 是“基本工资”，不是“津贴补贴”"},
		{budget.FieldUnit, text("0101 馆本级"), "0101"},
		{budget.FieldUnit, text("０１０１馆本级"), "0101"},
		{budget.FieldUnit, text("分馆"), "0102"},
		{budget.FieldUnit, text("某某馆分馆"), "0102"},
		{budget.FieldUnit, text("分馆（0102）"), "0102"},
		{budget.FieldUnit, text("A1-学会"), "A1"},
		{budget.FieldUnit, number("101"), "0101 !开头的 0 丢了，按 0101 读"},
		{budget.FieldUnit, text("0102 馆本级"), "!0102 是“分馆”，不是“馆本级”"},
		{budget.FieldUnit, text("服务站"), "!不止一个：0103、0104"},
		{budget.FieldUnit, text("没有的馆"), "!没有叫“没有的馆”的单位"},
		{budget.FieldUnit, text("0999"), "0999"},
		{budget.FieldAmount, number("1250.5"), "1250.5"},
		{budget.FieldAmount, text("1,250.50"), "1250.5"},
		{budget.FieldAmount, text("￥１，２５０．５０元"), "1250.5"},
		{budget.FieldAmount, text(" (1,250.50) "), "-1250.5"},
		{budget.FieldAmount, text("—"), ""},
		{budget.FieldAmount, text("请填"), "请填"},
		{budget.FieldAmount, text("12.5万元"), "!应为金额，不是“12.5万元”"},
		{budget.FieldAmount, text("1250,5"), "!应为金额，不是“1250,5”"},
		{budget.FieldAmount, text("约十万"), "!应为金额"},
		{budget.FieldAmount, grid.Cell{Kind: grid.Number, Text: "0.5", Format: "0%"}, "!应为金额，不是百分比 50%"},
		{budget.FieldAmount, grid.Cell{Formula: true, Unstored: true}, "!公式还没有算出结果"},
		{budget.FieldAmount, grid.Cell{Kind: grid.Error, Text: "#REF!"}, "!公式的错误 #REF!"},
		{budget.FieldAmount, grid.Cell{Kind: grid.Number, Text: "8", Formula: true}, "8"},
		{budget.FieldWhole, text("３"), "3"},
		{budget.FieldWhole, number("3"), "3"},
		{budget.FieldWhole, number("3.5"), "!应为整数"},
		{budget.FieldYear, text("2026年度"), "2026"},
		{budget.FieldYesNo, text("√"), "true"},
		{budget.FieldYesNo, grid.Cell{Kind: grid.Bool, Text: "TRUE"}, "true"},
		{budget.FieldYesNo, text("否"), "false"},
		{budget.FieldYesNo, text(" "), ""},
		{budget.FieldYesNo, text("大概"), "!应为是或否"},
		{budget.FieldDate, grid.Cell{Kind: grid.Date, Text: "2026-02-10"}, "2026-02-10"},
		{budget.FieldDate, text("2026年2月10日"), "2026-02-10"},
		{budget.FieldDate, text("2026/2/10"), "2026-02-10"},
		{budget.FieldDate, text("2026.2.30"), "!应为日期"},
		{budget.FieldDate, number("46063"), "!应为日期"},
		{budget.FieldText, number("95"), "95"},
		{budget.FieldText, grid.Cell{Kind: grid.Number, Text: "0.955", Format: "0.0%"}, "95.5%"},
		{budget.FieldText, grid.Cell{Kind: grid.Date, Text: "2026-03-04"}, "!当成了日期 2026-03-04"},
		{budget.FieldLong, text("甲\r\n乙 "), "甲\n乙"},
	} {
		g, ok, trouble := n.parse(c.kind, c.cell)
		want, told, _ := strings.Cut(c.want, "!")
		want = strings.TrimSuffix(want, " ")
		switch {
		case ok != (want != "") || g.text != want:
			t.Errorf("%s %+v: %q, want %q", c.kind, c.cell, g.text, want)
		case (trouble != nil) != (told != "") || trouble != nil && !strings.Contains(trouble.message, told):
			t.Errorf("%s %+v: told %+v, want %q", c.kind, c.cell, trouble, told)
		case trouble != nil && (trouble.hint == "" || (trouble.level == diag.Error) == ok):
			t.Errorf("%s %+v: %+v", c.kind, c.cell, trouble)
		}
	}
}

// Amounts go into the unit of their file with their exact digits.
func TestAmountsKeepTheirUnit(t *testing.T) {
	for _, c := range []struct {
		yuan string
		unit money.Unit
		want string
	}{{"125000", money.Wan, "12.5"}, {"0.01", money.Wan, "0.000001"}, {"-3", money.Wan, "-0.0003"}, {"123456789012.34", money.Wan, "12345678.901234"},
		{"100000000", money.Yi, "1"}, {"1250.5", money.Yuan, "1250.50"}, {"0", money.Wan, "0"}, {"7", money.Yuan, "7"}} {
		if got := amountDigits(c.yuan, c.unit); got != c.want {
			t.Errorf("%s in %s is %s, want %s", c.yuan, c.unit, got, c.want)
		}
		a, err := money.Parse(amountDigits(c.yuan, c.unit), c.unit)
		if err != nil || a.String() != c.yuan {
			t.Errorf("%s in %s comes back as %s %v", c.yuan, c.unit, a, err)
		}
	}
	in := inputWith(t, parsedFiles(map[string]string{"d/department.toml": "[department]\nyear = 2026\ntemplate = \"wuhan\"\n",
		"d/basic.toml": "amount_unit = \"万元\"\nbasic = [\n  { function = \"2010301\", economic = \"30101\", amount = 12.50 }, # 甲\n]\n"}), "wuhan", 2026, "d")
	b := book(t, in)
	nothing(t, planned(t, b, in))
	s := sheetOf(t, b, "基本支出")
	taken, _ := Read("a.xlsx", b, in.Pack)
	for _, x := range taken.Sheets {
		if x.Name == s.Name {
			k := x.Blocks[0].FieldColumn("amount")
			put(s, x.Blocks[0].Rows[0].Number, grid.Cell{Column: x.Blocks[0].Columns[k], Kind: grid.Number, Text: "130000.01"})
		}
	}
	files, err := planned(t, b, in).Edit()
	if err != nil || len(files) != 1 || !strings.Contains(string(files[0].After), "amount = 13.000001 }, # 甲") {
		t.Errorf("%v %+v", err, files)
	}
}

func parsedFiles(files map[string]string) []*source.File {
	var out []*source.File
	for _, name := range []string{"d/basic.toml", "d/department.toml"} {
		f, _ := source.Parse(name, []byte(files[name]))
		out = append(out, f)
	}
	return out
}

// What is said of a text that is no amount names what to type, where that is sure.
func TestAmountsAreAdvised(t *testing.T) {
	for text, want := range map[string]string{
		"188460,45": "填 188460.45", "-1,5": "填 -1.5", "12.5万元": "填 125000", "1,200万": "填 12000000", "0.3亿元": "填 30000000", "3万": "填 30000",
		"约十万": amountHint, "12,5万": amountHint, "50%": amountHint, "1.5.2": amountHint,
	} {
		_, ok, tr := parseAmount(grid.Cell{Kind: grid.Text, Text: text})
		if ok || tr == nil || !strings.HasSuffix(tr.hint, want) {
			t.Errorf("%s: %v %+v, want %s", text, ok, tr, want)
		}
	}
}
