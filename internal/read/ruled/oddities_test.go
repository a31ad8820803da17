package ruled

import (
	"slices"
	"strings"
	"testing"

	"yusuan/internal/pdfium"
	"yusuan/internal/read/paper"
	"yusuan/internal/typeset/unit"
)

// TestCrumbs: lines in a box for each pixel, double lines and lines a little beside each other are the lines that people see, and an
// underline is none of the table's.
func TestCrumbs(t *testing.T) {
	d := newPage()
	whole := newPage()
	whole.table(50*pt, 100*pt, []int{80, 200, 100}, "编码 | 名称 | 合计", "205 | 教育支出 | 9746.50")
	d.Glyphs = whole.Glyphs
	for i, r := range whole.Rules {
		for at := r.From; at < r.To; at += 3 * pt {
			d.rule(r.Upright, r.At+pt/2*[]unit.Length{0, 1, -1}[i%3], at, min(at+1500, r.To)) // half a point beside, and gaps of 1.5 pt
		}
		d.rule(r.Upright, r.At+2*pt, r.From, r.From+pt) // a crumb
	}
	d.rule(false, 136*pt, 140*pt, 160*pt) // under a word
	want(t, read(d), "| 编码 | 名称 | 合计", "| 205 | 教育支出 | 9746.50")
}

// TestManyColumns: a head of four levels over twelve columns.
func TestManyColumns(t *testing.T) {
	d := newPage()
	d.table(30*pt, 100*pt, []int{44, 44, 44, 44, 44, 44, 44, 44, 44, 44, 44, 44},
		"“三公”经费 | < | < | < | < | < | < | < | < | < | < | <",
		"合计 | < | 出国 | < | 公务用车 | < | < | < | < | < | 接待 | <",
		"^ | ^ | ^ | ^ | 小计 | < | 购置 | < | 运行 | < | ^ | ^",
		"预算 | 决算 | 预算 | 决算 | 预算 | 决算 | 预算 | 决算 | 预算 | 决算 | 预算 | 决算",
		"0.95 | | | | | | | | | | 0.95 |")
	doc := read(d)
	table := doc.Blocks[0].Table
	if table.Columns != 12 || len(table.Rows) != 5 {
		t.Fatalf("%d rows of %d columns, want 5 of 12", len(table.Rows), table.Columns)
	}
	for _, x := range []struct {
		row, column, columns, rows int
		text                       string
	}{{0, 0, 12, 1, "“三公”经费"}, {1, 2, 2, 2, "出国"}, {1, 4, 6, 1, "公务用车"}, {1, 10, 2, 2, "接待"}, {2, 8, 2, 1, "运行"}, {4, 10, 1, 1, "0.95"}} {
		c, ok := table.Rows[x.row].At(x.column)
		if !ok || c.Text != x.text || c.Columns != x.columns || c.Rows != x.rows {
			t.Errorf("row %d column %d is %+v, want %+v", x.row, x.column, c, x)
		}
	}
}

// TestGoesOnWithoutHead: the rows of a second page without title or head are the table's, and the numbers of pages are not.
func TestGoesOnWithoutHead(t *testing.T) {
	a, b := newPage(), newPage()
	a.table(50*pt, 100*pt, []int{80, 200, 100}, "科目编码 | 科目名称 | 金额", " | 合计 | 7,666.68", "301 | 工资福利支出 | 2,928.98")
	a.centre(800*pt, 10*pt, "13")
	b.table(52*pt, 60*pt, []int{80, 200, 100}, "302 | 商品和服务支出 | 1,585.96")
	b.text(60*pt, 100*pt, 10*pt, "注：本表反映支出。")
	b.centre(800*pt, 10*pt, "14")
	want(t, read(a, b), "| 科目编码 | 科目名称 | 金额", "|  | 合计 | 7,666.68", "| 301 | 工资福利支出 | 2,928.98", "| 302 | 商品和服务支出 | 1,585.96",
		"_ 注：本表反映支出。")
}

// TestTotalRowAlone: a page that holds the total alone, whose label covers three columns, ends the table; columns that had no room
// are told, wherever they were printed.
func TestTotalRowAlone(t *testing.T) {
	a, b, c, e := newPage(), newPage(), newPage(), newPage()
	a.centre(60*pt, 18*pt, "2031年部门支出预算总表")
	a.table(50*pt, 100*pt, []int{40, 40, 200, 100}, "类 | 款 | 名称 | 合计", "204 | | 公共安全支出 | 87,267,272.44", "204 | 06 | 司法 | 87,267,272.44")
	b.table(50*pt, 60*pt, []int{280, 100}, "合计 | 87,267,272.44")
	c.table(50*pt, 100*pt, []int{100}, "项目支出", "70,540,547.00", "70,540,547.00")
	e.text(60*pt, 74*pt, 10*pt, "70,540,547.00")
	doc := read(a, b, c, e)
	want(t, doc,
		"? 第3页的表没有标题，各行与第1页的表一样高，像是那张表太宽、打印到另一页的列",
		"? 第4页只有数字，没有文字，像是前面的表太宽、打印到另一页的列",
		"^ 2031年部门支出预算总表", "| 类 | 款 | 名称 | 合计", "| 204 |  | 公共安全支出 | 87,267,272.44", "| 204 | 06 | 司法 | 87,267,272.44", "| 合计 |  |  | 87,267,272.44",
		"| 项目支出", "| 70,540,547.00", "| 70,540,547.00", "70,540,547.00")
	if !doc.Gaps[0].Doubtful || doc.Gaps[0].Remedy == "" {
		t.Errorf("the first gap is %+v", doc.Gaps[0])
	}
}

// TestTwoTablesFollow: a table with a title of its own is another one, though its columns and head are the same.
func TestTwoTablesFollow(t *testing.T) {
	a, b := newPage(), newPage()
	a.centre(60*pt, 18*pt, "收入预算总表")
	a.table(50*pt, 100*pt, []int{80, 200, 100}, "编码 | 名称 | 合计", "205 | 教育支出 | 1.00")
	b.centre(60*pt, 18*pt, "支出预算总表")
	b.table(50*pt, 100*pt, []int{80, 200, 100}, "编码 | 名称 | 合计", "208 | 社会保障和就业支出 | 2.00")
	want(t, read(a, b), "^ 收入预算总表", "| 编码 | 名称 | 合计", "| 205 | 教育支出 | 1.00", "^ 支出预算总表", "| 编码 | 名称 | 合计", "| 208 | 社会保障和就业支出 | 2.00")
}

// TestSaysThatItGoesOn: 续表 above a part whose columns are others joins it; a title that is repeated does where its head is, too.
func TestSaysThatItGoesOn(t *testing.T) {
	a, b, c := newPage(), newPage(), newPage()
	a.centre(60*pt, 18*pt, "表11 整体支出绩效目标表")
	a.table(50*pt, 100*pt, []int{80, 200, 100}, "名称 | 某局 | <", "填报人 | 略 | 略")
	for i, d := range []*drawing{b, c} {
		d.centre(60*pt, 10*pt, []string{"表11（续表）", "续表11"}[i])
		d.text(400*pt, 80*pt, 10*pt, "单位：万元")
	}
	b.table(50*pt, 100*pt, []int{120, 120, 140}, "一级指标 | 二级指标 | 指标值", "产出 | 数量 | ≥95%")
	c.table(50*pt, 100*pt, []int{120, 120, 140}, "效益 | 质量 | 100%")
	want(t, read(a, b, c), "^ 表11 整体支出绩效目标表", "| 名称 | 某局 |  |  | ", "| 填报人 | 略 |  |  | 略", "| 一级指标 |  | 二级指标 | 指标值 | ", "| 产出 |  | 数量 | ≥95% | ", "| 效益 |  | 质量 | 100% | ")
	d, e := newPage(), newPage()
	for i, x := range []*drawing{d, e} {
		x.centre(60*pt, 18*pt, "支出预算总表")
		x.table(50*pt, 100*pt, []int{80, 200, 100}, "编码 | 名称 | 合计", []string{"205 | 教育支出 | 1.00", "208 | 社会保障支出 | 2.00"}[i])
	}
	want(t, read(d, e), "^ 支出预算总表", "| 编码 | 名称 | 合计", "| 205 | 教育支出 | 1.00", "| 208 | 社会保障支出 | 2.00")
	// Forms of two projects have one title and other first rows.
	f, g := newPage(), newPage()
	for i, x := range []*drawing{f, g} {
		x.centre(60*pt, 18*pt, "项目绩效目标表")
		x.table(50*pt, 100*pt, []int{80, 300}, []string{"项目名称 | 甲", "项目名称 | 乙"}[i], "目标 | 完成")
	}
	want(t, read(f, g), "^ 项目绩效目标表", "| 项目名称 | 甲", "| 目标 | 完成", "^ 项目绩效目标表", "| 项目名称 | 乙", "| 目标 | 完成")
}

// TestRowBroken: a row that the end of the page breaks is one row, and a gap says so; a row of its own is not joined.
func TestRowBroken(t *testing.T) {
	page := func(rows ...string) *drawing {
		d := newPage()
		d.table(50*pt, 100*pt, []int{100, 80, 80}, rows...)
		return d
	}
	doc := read(page("名称 | 金额 | 备注", "八、社会保障和就业支 | 1,608.51 |"), page("出 | |", "九、卫生健康支出 | 5.00 |"))
	want(t, doc, "? 第2页表格的第一行像是前一页末行没有完的文字，并作了一行",
		"| 名称 | 金额 | 备注", "| 八、社会保障和就业支出 | 1,608.51 | ", "| 九、卫生健康支出 | 5.00 | ")
	doc = read(page("名称 | 金额 | 备注", "八、其他 | 1,608.51 |"), page("出 | |", "九、卫生健康支出 | 5.00 |"))
	want(t, doc, "| 名称 | 金额 | 备注", "| 八、其他 | 1,608.51 | ", "| 出 |  | ", "| 九、卫生健康支出 | 5.00 | ")
	doc = read(page("名称 | 金额 | 备注", "八、社会保障和就业支 | 1,608.51 |"), page("九、卫生 | 5.00 |"))
	want(t, doc, "| 名称 | 金额 | 备注", "| 八、社会保障和就业支 | 1,608.51 | ", "| 九、卫生 | 5.00 | ")
	doc = read(page("名称 | 金额 | 备注", "八、其他 | 1,243,807,295.5 |"), page(" | 8 |"))
	want(t, doc, "? 第2页表格的第一行像是前一页末行没有完的文字，并作了一行", "| 名称 | 金额 | 备注", "| 八、其他 | 1,243,807,295.58 | ")
	doc = read(page("名称 | 金额 | 备注", "八、社会保障和就业支 | 1,608.51 |"), page("其他非税收入 | |"))
	want(t, doc, "| 名称 | 金额 | 备注", "| 八、社会保障和就业支 | 1,608.51 | ", "| 其他非税收入 |  | ")
	doc = read(page("名称 | 金额 | 备注", "（廿一）灾害防治应急 | |"), page("（廿二）其他支出 | |"))
	want(t, doc, "| 名称 | 金额 | 备注", "| （廿一）灾害防治应急 |  | ", "| （廿二）其他支出 |  | ")
	doc = read(page("名称 | 金额 | 备注", "八、社会保障和就业支 | 1,608.51 |"), page("其他非税收入 | |"))
	want(t, doc, "| 名称 | 金额 | 备注", "| 八、社会保障和就业支 | 1,608.51 | ", "| 其他非税收入 |  | ")
}

// TestLabelOverPages: a label that covers rows on both pages is one cell, whether it is repeated or not.
func TestLabelOverPages(t *testing.T) {
	for _, again := range []string{"", "产出指标"} {
		a, b := newPage(), newPage()
		a.table(50*pt, 100*pt, []int{100, 100, 100}, "一级 | 二级 | 值", "产出指标 | 数量 | 8", "^ | 质量 | 9")
		b.table(50*pt, 60*pt, []int{100, 100, 100}, again+" | 时效 | 10", "^ | 成本 | 11")
		doc := read(a, b)
		want(t, doc, "| 一级 | 二级 | 值", "| 产出指标 | 数量 | 8", "|  | 质量 | 9", "|  | 时效 | 10", "|  | 成本 | 11")
		if c, _ := doc.Blocks[0].Table.Rows[1].At(0); c.Rows != 4 {
			t.Errorf("the label %q covers %d rows, want 4", again, c.Rows)
		}
	}
}

// TestFalseBold: letters struck twice are read once; letters that are there twice are read twice.
func TestFalseBold(t *testing.T) {
	d := newPage()
	d.text(60*pt, 100*pt, 16*pt, "合计4,466.00")
	d.text(60*pt+400, 100*pt, 16*pt, "合计4,466.00")
	want(t, read(d), "合计4,466.00")
}

// TestNotRead: what is not read is told, with what to do.
func TestNotRead(t *testing.T) {
	scan, letters, some, hidden, number, empty := newPage(), newPage(), newPage(), newPage(), newPage(), newPage()
	scan.Images = 1
	letters.text(60*pt, 100*pt, 10*pt, "乱码乱码")
	letters.Unmapped = 3
	some.text(60*pt, 100*pt, 10*pt, strings.Repeat("字", 30)+"。")
	some.Unmapped = 1
	hidden.text(80*pt, 100*pt, 10*pt, "认出来的字")
	hidden.Images, hidden.Hidden = 1, 5
	number.centre(800*pt, 10*pt, "— 5 —")
	number.Images = 1
	doc := read(scan, letters, some, hidden, number, empty)
	want(t, doc, "? 第1页是扫描的图片，没有文字", "? 第2页的文字没有编码，读出来的不是看到的字", "? 第3页有 1 个字没有编码，可能读错",
		"? 第4页有 5 个字看不见，像是扫描件上程序认出来的字，可能认错", "? 第5页除页码外只有图片，没有文字", strings.Repeat("字", 30)+"。", "认出来的字")
	for i, doubtful := range []bool{false, false, true, true, false} {
		if g := doc.Gaps[i]; g.Doubtful != doubtful || g.Remedy == "" || g.At.Page != i+1 {
			t.Errorf("gap %d is %+v", i+1, g)
		}
	}
	want(t, Document([]*pdfium.Page{nil}), "? 第1页没有读出来")
	noted := newPage()
	noted.text(60*pt, 100*pt, 10*pt, strings.Repeat("字", 30)+"。")
	noted.Over = 2
	want(t, read(noted), "? 第1页上面另有 2 处批注文字、图章或表单栏，没有读", strings.Repeat("字", 30)+"。")
}

// TestNoTables: charts, boxes around a text and single lines are no tables; what they hold is read.
func TestNoTables(t *testing.T) {
	d := newPage()
	for i := range 5 { // the grid of a chart: its labels stand beside it
		d.rule(false, 100*pt+unit.Length(i)*20*pt, 100*pt, 300*pt)
		d.text(60*pt, 103*pt+unit.Length(i)*20*pt, 8*pt, "1,000")
	}
	d.rule(true, 100*pt, 100*pt, 180*pt)
	d.rule(true, 300*pt, 100*pt, 180*pt)
	for i, s := range []string{"基本支出", "项目支出", "预留经费"} { // a chart of bars: values stand where their bars end
		d.text(60*pt, 220*pt+unit.Length(i)*20*pt, 9*pt, s)
		d.text(300*pt-unit.Length(i)*60*pt, 220*pt+unit.Length(i)*20*pt, 9*pt, "49.55%")
	}
	d.table(60*pt, 300*pt, []int{200}, "框里的一句话。")
	d.rule(false, 400*pt, 60*pt, 500*pt)
	d.text(60*pt, 420*pt, 10*pt, "线下的一句话。")
	doc := read(d)
	if i := slices.IndexFunc(doc.Blocks, func(b paper.Block) bool { return b.Table != nil }); i >= 0 {
		t.Errorf("a table where none is: %q", doc.Blocks[i].Table.Grid(false))
	}
	got := lines(doc)
	for _, s := range []string{"框里的一句话。", "线下的一句话。", "1,000"} {
		if !slices.Contains(got, s) {
			t.Errorf("%q is not read: %q", s, got)
		}
	}
}

// TestTitleInGrid: lines that programs frame like rows stand above the table all the same, and notes below.
func TestTitleInGrid(t *testing.T) {
	d := newPage()
	d.table(50*pt, 100*pt, []int{150, 100, 100}, "部门收入预算总表 | < | <", "单位：万元 | < | <", "项目 | 基本支出 | 项目支出", "教育支出 | 1.00 | 2.00", "注：本表含上年结转。 | < | <")
	want(t, read(d), "^ 部门收入预算总表", "^ 单位：万元", "| 项目 | 基本支出 | 项目支出", "| 教育支出 | 1.00 | 2.00", "_ 注：本表含上年结转。")
}

// TestOverflow: the last letters of a label that had no room in its cell are the cell's, and the table goes on behind them.
func TestOverflow(t *testing.T) {
	a, b := newPage(), newPage()
	bottom := a.table(50*pt, 100*pt, []int{40, 200, 100}, "名称 | 说明 | 金额", " | 合计 | 1,084.00")
	for i, s := range []string{"预算测", "算依据", "及说明"} {
		a.text(52*pt, bottom-12*pt+unit.Length(i)*12*pt, 11*pt, s)
	}
	b.table(50*pt, 60*pt, []int{40, 200, 100}, "乙 | 丙 | 5.00")
	want(t, read(a, b), "| 名称 | 说明 | 金额", "| 预算测算依据及说明 | 合计 | 1,084.00", "| 乙 | 丙 | 5.00")
}

// TestTextOverPages: a long text that goes on beside its label, which is repeated, is one, whatever it goes on with.
func TestTextOverPages(t *testing.T) {
	a, b := newPage(), newPage()
	a.centre(60*pt, 16*pt, "表12 项目绩效目标表")
	a.table(50*pt, 100*pt, []int{80, 80, 300}, "名称 | 甲 | <", "测算 | 说明 | 1．物业和水电。")
	b.centre(60*pt, 10*pt, "表12（续表）")
	b.table(50*pt, 100*pt, []int{80, 80, 300}, "测算 | 说明 | 2．免费邮寄20元。", "总预算 | 5.00 | <")
	want(t, read(a, b), "^ 表12 项目绩效目标表", "| 名称 | 甲 | ", "| 测算 | 说明 | 1．物业和水电。\n2．免费邮寄20元。", "| 总预算 | 5.00 | ")
}

// TestLinesStickOut: a line that ends a little behind the table's edge makes no column; a table that is open at its sides has columns there.
func TestLinesStickOut(t *testing.T) {
	d := newPage()
	bottom := d.table(50*pt, 100*pt, []int{100, 100}, "名称 | 金额", "合计 | 2,064.25")
	d.rule(false, bottom, 45*pt, 255*pt)
	want(t, read(d), "| 名称 | 金额", "| 合计 | 2,064.25")
	open := newPage()
	for _, y := range []unit.Length{100, 120, 140} {
		open.rule(false, y*pt, 50*pt, 350*pt)
	}
	for _, x := range []unit.Length{150, 250} {
		open.rule(true, x*pt, 100*pt, 140*pt)
	}
	for i, s := range []string{"名称", "基本", "项目", "合计", "1.00", "2.00"} {
		open.text(60*pt+unit.Length(i%3)*100*pt, 114*pt+unit.Length(i/3)*20*pt, 9*pt, s)
	}
	want(t, read(open), "| 名称 | 基本 | 项目", "| 合计 | 1.00 | 2.00")
}
