package pack

import (
	"strings"

	"yusuan/internal/budget"
)

// Entry is a word of the vocabulary that packs are written in, as the pack author's guide shows it.
type Entry struct {
	Name, Text, Example string
}

func names(entries []Entry) []string {
	var out []string
	for _, e := range entries {
		out = append(out, e.Name)
	}
	return out
}

// IsCode reports whether a field is a code, or a part of one: who hears a table hears the name of the row with each number,
// and its code only where it has no name.
func IsCode(field string) bool { return field == "code" || strings.HasPrefix(field, "code-") }

// keyEntries are the keys of queries.
func keyEntries() []Entry {
	return []Entry{
		{"side", "哪一侧：支出、收入、上年结转、年终结转、政府采购；不写就是支出，条件里有采购类别、物品、组织形式、预留对象的是政府采购", "side=收入,上年结转"},
		{"unit", "单位代码", "unit=338001"},
		{"unitkind", "单位性质：" + strings.Join(budget.Values("unitkind"), "、"), "unitkind=行政,参公"},
		{"fund", "资金性质；财政拨款 是三本预算，单位资金 是事业收入等", "fund=财政拨款"},
		{"kind", "支出类别：基本支出、项目支出、单位预留机动经费等", "kind=基本支出"},
		{"nature", "人员经费、公用经费；只有基本支出有", "nature=公用经费"},
		{"function", "功能科目编码，写类、款、项都行，按开头匹配；没有是 无", "function=201,20805"},
		{"economic", "经济科目编码，按开头匹配；没有是 无", "economic=30217"},
		{"project", "项目名称；几个单位有同名的，只问一个的写 单位代码/名称", "project=政务服务外包经费"},
		{"procurement", "政府采购类别；全部采购是 procurement!=无", "procurement!=无"},
		{"purchase", "政府购买服务类别；没有是 无", "purchase!=无"},
		{"carried", "是不是上年结转安排的：是、否", "carried=是"},
		{"item", "采购物品名称；没有是 无", "item!=无"},
		{"organization", "采购组织形式；没有是 无", "organization=集中采购"},
		{"reserved", "预留对象：中小企业、小微企业、无", "reserved=小微企业"},
		{"goals", "项目编报绩效目标没有：是、否", "kind=项目支出 goals=是"},
	}
}

// dimensionTexts names the parts of each dimension.
func dimensionTexts() map[string]string {
	return map[string]string{
		"fund": "资金性质", "kind": "支出类别", "nature": "人员经费、公用经费", "unit": "单位", "project": "项目", "procurement": "政府采购类别",
		"purchase": "政府购买服务类别", "class": "功能科目的类", "group": "功能科目的款", "item": "功能科目的项",
		"economic-class": "经济科目的类", "economic-group": "经济科目的款",
	}
}

func dimensionEntries() []Entry {
	var out []Entry
	for _, d := range budget.Dimensions() {
		out = append(out, Entry{d.Name, dimensionTexts()[d.Name], `by "` + d.Name + `" ""`})
	}
	return out
}

// wordEntries are the functions of templates.
func wordEntries() []Entry {
	return []Entry{
		{"amount", "数字（写名称）或金额（写 .Value），按文内格式，带单位", `{{amount "total"}}`},
		{"number", "同 amount，按表内格式，不带单位", `{{number "total"}}`},
		{"blank", "同 number，零不印", `{{blank "carry_in"}}`},
		{"amountIn", "同 amount，按写明的单位和小数位：与这份文件别处不同的一句、一格", `{{amountIn "元" 0 "total"}}`},
		{"sum", "一个范围的金额", `{{amount (sum "kind=项目支出")}}`},
		{"projectSum", "绩效表：本项目在一个范围内的金额", `{{number (projectSum "fund=财政拨款")}}`},
		{"share", "前者占后者的百分比，两位小数；后者是零的为空", `{{share "basic" "total"}}`},
		{"percent", "同 share", `{{percent $x.Value "total"}}`},
		{"isZero", "是不是零", `{{if isZero "fund"}}没有{{end}}`},
		{"changed", "与上年比较：.Known 有上年数、.Same 印出来没有差额、.Year 上年、.Direction 增加或减少、.Verb 上升或下降、.Amount 差额、.Last 上年数、.Base 上年的什么数（预算数；数字写了 base 的是 base）、.HasRate 上年不是零、.Rate 百分比（印出来是零的为空）、.Reason 原因；第二项是说明原因的文字栏，没有写 \"\"；后面可以写单位和小数位，同 amountIn", `{{with changed "total" "reason_total"}}{{.Direction}}{{.Amount}}{{end}}`},
		{"past", "前一、二年的收支：basic、project、total、fiscal、other", `{{past 1 "basic"}}`},
		{"by", "把一个范围分项，为零的不列；每项有 .N 序号、.Code 编码、.Name 名称、.Path 从类到本级的各级名称（清单，{{index .Path 0}} 是类）、.Value 金额、.Amount 印好的金额", `{{range by "class" "fund=财政拨款"}}{{.Name}}{{.Amount}}{{end}}`},
		{"text", "部门填写的文字；分项的文字栏写 名称.分项", `{{text (print "use." .Code)}}`},
		{"field", "绩效表的栏目", `{{field "目标"}}`},
		{"date", "日期：年月日 或 年月", `{{date .Date "年月"}}`},
		{"zh", "中文数字", `{{zh .N}}`},
		{"revenueName", "资金性质作为收入的名称", `{{revenueName $x.Name}}`},
		{"add", "整数相加，给编号用", `{{add (len .Projects) 1}}`},
		{"plain", "文字本身，用于比较和取名", `{{$name := plain .Name}}`},
		{"vehicles", "按用途数车：列出的用途各一项，没有的是 0；每项有 .Name .Count .Bought", `{{range vehicles "机要通信用车" "其他用车"}}{{.Name}}{{.Count}}辆{{end}}`},
		{"units", "某几种性质的单位", `{{len (units "行政" "参公")}}`},
		{"kinds", "各种单位各有几家：照 [[unit_kind]] 的称呼和先后，一家也没有的不列；每项有 .N 序号、.Name 称呼、.Short 简称、.Count 家数、.Last 是不是最后一种；写了性质的，只数预算列在这几种单位里的", `{{range kinds}}{{.Name}}{{.Count}}家{{if not .Last}}，{{end}}{{end}}`},
		{"forms", "填报了的绩效表有几张：部门 或 项目", `{{if forms "部门"}}设置整体支出绩效目标{{end}}`},
		{"phrase", "模板自己的用语（[phrase]），沿用的模板可以改写", `本{{phrase "称"}}`},
	}
}

// Words are the functions that templates may use; compose binds them for each document.
func Words() []string { return names(wordEntries()) }

// DotEntries tell what templates see as the dot of a whole document; a test of compose holds them in step with what it
// hands over.
func DotEntries() []Entry {
	return []Entry{
		{Name: "Edition", Text: "文件是谁的：部门预算里是“部门”，单位预算里是“单位”", Example: `{{.Name}}{{.Year}}年{{.Edition}}预算`},
		{Name: "Name", Text: "部门全称；单位预算里是单位全称"}, {Name: "ShortName", Text: "部门简称"}, {Name: "Code", Text: "部门代码"},
		{Name: "Year", Text: "年度"}, {Name: "LastYear", Text: "上年"}, {Name: "BeforeLastYear", Text: "前年"},
		{Name: "Date", Text: "公开日期", Example: `{{date .Date "年月"}}`},
		{Name: "GoalsStated", Text: "填报了项目绩效目标编报没有：有项目的绩效表，或者有项目写明 goals。没有填报的不印“没有编报”"},
		{Name: "AssetsStated", Text: "填报了国有资产没有：有统计日期、车辆或设备。没有填报的不知道有没有，不印“没有车辆”", Example: `{{if .AssetsStated}}共有车辆{{.VehicleCount}}辆。{{end}}`},
		{Name: "AssetsAsOf", Text: "资产统计日期，可以没有", Example: `{{with .AssetsAsOf}}{{date . "年月日"}}{{end}}`},
		{Name: "Institutions", Text: "机构设置说明"}, {Name: "Duties", Text: "主要职责，每条有 .N .Text"}, {Name: "Tasks", Text: "主要任务，每条有 .N .Text"},
		{Name: "Units", Text: "全部单位，每个有 .N .Name .Code .Kind .Within .Last", Example: `{{range .Units}}{{.Name}}{{end}}`},
		{Name: "Listed", Text: "单列预算的单位"}, {Name: "Subordinates", Text: "本级以外的单位；部门只有一个单位时没有"},
		{Name: "Projects", Text: "项目，每个有 .N .Name .Unit .Type .Brief .Use .Value .Amount .TotalBudget .Start .End .Goals（编报了绩效目标）.Aims（它的绩效表里的年度指标，每条有 .First .Second .Third .Value，分别是一、二、三级指标和指标值）"},
		{Name: "Vehicles", Text: "车辆，每种有 .Name .Count .Bought"}, {Name: "VehicleCount", Text: "车辆总数"}, {Name: "VehicleBought", Text: "本年购置车辆数"},
		{Name: "Equipment", Text: "大型设备，每种有 .Name .Count .Bought"}, {Name: "EquipmentCount", Text: "设备总数"}, {Name: "EquipmentBought", Text: "本年购置设备数"},
		{Name: "Number", Text: "绩效表：本表的序号"}, {Name: "Project", Text: "绩效表：本表的项目"}, {Name: "Item", Text: "绩效表：重复行里的一项"},
	}
}

func dotNames() []string { return names(DotEntries()) }

// partFields are what the dot has in a row that stands for one part of a sum (each), and in range by.
func partFields() []string { return []string{"N", "Code", "Name", "Path", "Value", "Amount"} }

// continuedFields are what the dot has in the line above the further parts of a table.
func continuedFields() []string { return []string{"Number", "Title", "Line"} }

// choices are the words that a key may have, for keys with a fixed set of them; the struct tags of the schema name the sets.
func choices(set string) []string {
	switch set {
	case "align":
		return []string{"left", "center", "right", "decimal", "justify"}
	case "place":
		return []string{"outer", "center"}
	case "zeros":
		return []string{"keep", "whole", "trim"}
	case "unit":
		return []string{"元", "万元", "亿元"}
	case "total":
		return []string{"first", "last"}
	case "past":
		return []string{"basic", "project", "total", "fiscal"}
	case "side":
		return []string{"income", "outgo", "use"}
	case "show":
		return []string{"last", "change", "rate"}
	case "scope":
		return []string{ScopeWhole, ScopeProject}
	case "level":
		return []string{"错误", "警告", "提示"}
	case "each":
		return names(eachEntries())
	case "chart":
		return names(chartEntries())
	case "title":
		return []string{"below", "above"}
	case "labels":
		return []string{"amount", "share", "both"}
	case "sort":
		return []string{"given", "falling"}
	case "list":
		return listNames()
	case "figure-role":
		return names(figureRoleEntries())
	case "field-role":
		return names(fieldRoles())
	case "label-role":
		return names(labelRoleEntries())
	}
	panic("pack: no choices " + set)
}

// eachEntries are the lists that rows of a form may repeat over; a test of compose holds the fields.
func eachEntries() []Entry {
	return []Entry{
		{"projects", "部门的项目：{{.Item.Name}} 等，同 .Projects 的一项", ""},
		{"goals", "绩效目标；horizon 是 长期 或 年度，只要这一种：.Item 有 .Name .Text", ""},
		{"indicators", "绩效指标，horizon 同上：.Item 有 .Goal .First .Second .Third .Value .BeforeLast .Last .Basis", ""},
		{"details", "支出明细测算：.Item 有 .Activity .Content .Economic .Amount .Basis .Note", ""},
		{"items", "项目采购：.Item 有 .Name .Quantity .Amount", ""},
	}
}

// numberFields are those of the fields of repeated rows that hold a number: amounts, and what authors write as values.
func numberFields() []string { return []string{"Amount", "Quantity", "Value", "BeforeLast", "Last"} }

// numberWords are the words that print a number.
func numberWords() []string {
	return []string{"amount", "number", "blank", "amountIn", "share", "percent", "past"}
}

// EachEntries are the lists that rows of a form may repeat over.
func EachEntries() []Entry { return eachEntries() }

// proseEntries are the commands at the start of a line of prose.
func proseEntries() []Entry {
	return []Entry{
		{"## ", "一级标题，进目录", "## 一、部门主要职责"},
		{"##~ ", "一级标题，不进目录", "##~ 一、“三公”经费"},
		{"### ", "二级标题", "### （一）机关运行经费"},
		{"@样式 ", "用另一种样式的段落", "@封面标题 {{.Name}}"},
		{"@fill ", "本页余下的空白按份数分", "@fill 3"},
		{"@space ", "空出一段", "@space 20mm"},
		{"@page", "换页", "@page"},
		{"@chart ", "一幅图，写图的名称", "@chart 支出构成"},
	}
}

// chartEntries are the kinds of charts.
func chartEntries() []Entry {
	return []Entry{
		{string(ChartRing), "圆环：各项占合计多少，从十二点起顺时针，合计印在中间", `kind = "ring"`},
		{string(ChartPie), "圆饼：同 ring，没有中间的合计", `kind = "pie"`},
		{string(ChartBars), "竖条：每项一组，每个系列一条，左边是刻度", `kind = "bars"`},
		{string(ChartRows), "横条：每项一行，适合名称长、项目多的，例如按功能科目", `kind = "rows"`},
		{string(ChartFlow), "来龙去脉：左边是来源（source），右边是去向（item），中间是合计；两边的合计要相等", `kind = "flow"`},
		{string(ChartList), "逐项：左边是名称和说明（note），右边是数，数下面的横条是它占全部的多少", `kind = "list"`},
	}
}
