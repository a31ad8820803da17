package table

import (
	"strings"
	"testing"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
)

// TestFormHeaders reads a form as somebody who hears it would: each cell by the heads and labels that hold for it. Labels
// are of the row, heads of the column; what stands beside a label of several rows, and what is as wide as several heads, is
// a matter of its own, and so is a label behind a value. A cell that names its row and looks like any other ends nothing, and
// a label that says nothing is none.
func TestFormHeaders(t *testing.T) {
	label := func(s string, cols, rows int) doc.Cell {
		c := span(s, cols, rows)
		c.Header = doc.HeaderRow
		return c
	}
	head := func(s string, cols, rows int) doc.Cell {
		c := span(s, cols, rows)
		c.Header = doc.HeaderColumn
		return c
	}
	quiet := func(c doc.Cell) doc.Cell {
		c.Names = true
		return c
	}
	form := &doc.Table{Columns: make([]doc.Column, 4), Body: []doc.Row{
		line(label("单位", 1, 1), of("局"), label("电话", 1, 1), of("略")),
		line(label("资金", 1, 4), head("来源", 1, 2), head("两年", 2, 1)),
		line(head("前年", 1, 1), head("上年", 1, 1)),
		line(label("拨款", 1, 1), of("1.00"), of("2.00")),
		line(label("说明", 1, 1), span("长文", 2, 1)),
		line(label("比较", 1, 2), of("7"), of("8"), of("9")),
		line(span("同上", 3, 1)),
		line(label("职能", 1, 1), span("职能文", 3, 1)),
		line(head("指标表", 4, 1)),
		line(head("名称", 1, 1), head("一级", 1, 1), head("值", 1, 1), head("依据", 1, 1)),
		line(quiet(span("目标", 1, 2)), of("产出"), of("5"), of("甲")),
		line(of("效益"), of("6"), of("乙")),
		line(quiet(of("小计")), label("", 1, 1), of("11"), of("")),
		line(label("", 1, 1), of("12"), label(" ", 1, 1), of("13")),
	}}
	want := strings.Join([]string{
		"单位:", "局: 单位", "电话:", "略: 电话",
		"资金:", "来源: 资金", "两年: 资金", "前年: 两年 资金", "上年: 两年 资金",
		"拨款: 来源 资金", "1.00: 两年 前年 资金 拨款", "2.00: 两年 上年 资金 拨款",
		"说明: 来源 资金", "长文: 两年 资金 说明",
		"比较:", "7: 比较", "8: 比较", "9: 比较", "同上: 比较",
		"职能:", "职能文: 职能",
		"指标表:", "名称: 指标表", "一级: 指标表", "值: 指标表", "依据: 指标表",
		"目标: 指标表 名称", "产出: 指标表 一级 目标", "5: 指标表 值 目标", "甲: 指标表 依据 目标",
		"效益: 指标表 一级 目标", "6: 指标表 值 目标", "乙: 指标表 依据 目标",
		"小计: 指标表 名称", ": 指标表 一级 小计", "11: 指标表 值 小计", ": 指标表 依据 小计",
		": 指标表 名称", "12: 指标表 一级", " : 指标表 值", "13: 指标表 依据",
	}, "\n")
	if got := strings.Join(heard(t, form), "\n"); got != want {
		t.Errorf("heard\n%s\nwant\n%s", got, want)
	}
}

// TestSides reads tables of sides as somebody who hears them would: the name of a row is of its own side, and of the other
// where it reaches into it; what says nothing names nothing.
func TestSides(t *testing.T) {
	name := func(s string, cols int) doc.Cell {
		c := span(s, cols, 1)
		c.Header = doc.HeaderRow
		return c
	}
	quiet := of("丁")
	quiet.Names = true
	three := &doc.Table{
		Columns: []doc.Column{{}, {}, {Side: 1}, {Side: 1}, {Side: 2}, {Side: 2}},
		Head: []doc.Row{
			line(span("收", 2, 1), span("支", 4, 1)),
			line(of("项一"), of("数一"), of("项二"), of("数二"), of("　"), of("数三")),
		},
		Body: []doc.Row{
			line(name("甲", 1), of("1"), name("乙", 1), of("2"), name("丙", 1), of("3")),
			line(quiet, of("4"), name(" ", 1), of("5"), of(""), of("6")),
			line(name("合", 1), of("7"), name("总", 3), of("8")),
		},
	}
	want := strings.Join([]string{
		"收:", "支:", "项一: 收", "数一: 收", "项二: 支", "数二: 支", "　: 支", "数三: 支",
		"甲: 收 项一", "1: 收 数一 甲", "乙: 支 项二", "2: 支 数二 乙", "丙: 支", "3: 支 数三 丙",
		"丁: 收 项一", "4: 收 数一 丁", " : 支 项二", "5: 支 数二", ": 支", "6: 支 数三",
		"合: 收 项一", "7: 收 数一 合", "总: 支 项二 数二", "8: 支 数三 总",
	}, "\n")
	if got := strings.Join(heard(t, three), "\n"); got != want {
		t.Errorf("heard\n%s\nwant\n%s", got, want)
	}
	one := &doc.Table{Columns: []doc.Column{{}, {}, {Side: 1}, {Side: 1}},
		Head: []doc.Row{line(of("项一"), of("数一"), of("项二"), of("数二"))},
		Body: []doc.Row{line(name("甲", 1), of("1"), name("乙", 1), of("2"))}}
	want = "项一: 数一: 项二: 数二: 甲: 项一 1: 数一 甲 乙: 项二 2: 数二 乙"
	if got := strings.Join(heard(t, one), " "); got != want {
		t.Errorf("with one row of heads heard %s, want %s", got, want)
	}
}

// heard lists the cells of a table with the heads that each names.
func heard(t *testing.T, d *doc.Table) (out []string) {
	t.Helper()
	set := Set(d, sheet(), new(Memory), Room{400000, 600000})
	elems := []page.Elem{{Kind: page.KindDocument}}
	ids := set.Structure(0, func(e page.Elem) page.ElemID {
		elems = append(elems, e)
		return page.ElemID(len(elems) - 1)
	})
	names := map[page.ElemID]string{}
	for i := range set.cells {
		names[ids.cells[i]] = set.cells[i].Text[0].String
	}
	for i := range set.cells {
		if e := &elems[ids.cells[i]]; e.Kind == page.KindTH && strings.TrimSpace(names[ids.cells[i]]) == "" {
			t.Errorf("cell %d is a head that says nothing", i)
		}
		s := names[ids.cells[i]] + ":"
		for _, h := range elems[ids.cells[i]].Headers {
			if elems[h].Kind != page.KindTH {
				t.Errorf("%s names %s, which is no head", s, names[h])
			}
			s += " " + names[h]
		}
		out = append(out, s)
	}
	return out
}

// TestFamilyOfACell wants a cell in another family set in the size and at the scale of the table.
func TestFamilyOfACell(t *testing.T) {
	d := &doc.Table{Columns: make([]doc.Column, 2), Body: []doc.Row{line(of("合计"), of("1.00")), line(of("其他"), of("1.00"))}}
	for i := range d.Body[0].Cells {
		d.Body[0].Cells[i].Family = "宋体加粗"
	}
	d.Body[0].Cells[1].Number, d.Body[1].Cells[1].Number = true, true
	pg, _ := lay(t, d, 100000)
	for _, x := range pg.Texts {
		want := "宋体"
		if x.Y == pg.Texts[0].Y {
			want = "宋体加粗"
		}
		if x.Face.Name() != want || x.Size != pg.Texts[0].Size {
			t.Errorf("%s in %s of %s, want %s", x.Text, x.Face.Name(), x.Size, want)
		}
	}
}
