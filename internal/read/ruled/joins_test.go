package ruled

import (
	"testing"

	"yusuan/internal/typeset/unit"
)

// TestShortRule: an edge of which a piece is missing parts two cells, as long as most of it is drawn.
func TestShortRule(t *testing.T) {
	for _, x := range []struct {
		percent unit.Length // of its length that is drawn
		want    string
	}{{70, "| 教育支出 | 1.00"}, {30, "| 教育支出 1.00 | "}} {
		d := newPage()
		d.table(50*pt, 100*pt, []int{100, 100}, "项目 | 金额", "教育支出 | 1.00", "其他支出 | 2.00")
		for i := range d.Rules {
			if r := &d.Rules[i]; r.Upright && r.At == 150*pt && r.From == 120*pt {
				r.To = r.From + rowHeight*x.percent/100
			}
		}
		want(t, read(d), "| 项目 | 金额", x.want, "| 其他支出 | 2.00")
	}
}

// TestHalfHeadIsNone: a row that begins like the head, and has a cell that goes on in a row that does not, is no repeated head.
func TestHalfHeadIsNone(t *testing.T) {
	a, b := newPage(), newPage()
	a.table(50*pt, 100*pt, []int{100, 100, 100}, "项目 | 金额 | <", "^ | 合计 | 基本", "教育支出 | 1.00 | 1.00")
	b.table(50*pt, 60*pt, []int{100, 100, 100}, "项目 | 金额 | <", "^ | 上年 | 本年", "其他支出 | 2.00 | 2.00")
	want(t, read(a, b), "| 项目 | 金额 | ", "|  | 合计 | 基本", "| 教育支出 | 1.00 | 1.00", "| 项目 | 金额 | ", "|  | 上年 | 本年", "| 其他支出 | 2.00 | 2.00")
}

// TestNoteEndsTable: what follows the notes of a table, without its head, is another one.
func TestNoteEndsTable(t *testing.T) {
	a, b := newPage(), newPage()
	bottom := a.table(50*pt, 100*pt, []int{100, 100}, "项目 | 金额", "教育支出 | 1.00")
	a.text(60*pt, bottom+14*pt, 10*pt, "注：本表含上年结转。")
	b.table(50*pt, 60*pt, []int{100, 100}, "车辆 | 3", "设备 | 4")
	want(t, read(a, b), "| 项目 | 金额", "| 教育支出 | 1.00", "_ 注：本表含上年结转。", "| 车辆 | 3", "| 设备 | 4")
}

// TestLabelBesideBrokenRow: a label that covers a broken row and the one below it covers two rows, not three.
func TestLabelBesideBrokenRow(t *testing.T) {
	a, b := newPage(), newPage()
	a.table(50*pt, 100*pt, []int{100, 100, 100}, "一级 | 二级 | 值", "产出 | 数量 | 完成社会保障和就业支")
	b.table(50*pt, 60*pt, []int{100, 100, 100}, " | | 出", "^ | 质量 | 9")
	doc := read(a, b)
	want(t, doc, "? 第2页表格的第一行像是前一页末行没有完的文字，并作了一行", "| 一级 | 二级 | 值", "| 产出 | 数量 | 完成社会保障和就业支出", "|  | 质量 | 9")
	if c, _ := doc.Blocks[0].Table.Rows[1].At(0); c.Rows != 2 {
		t.Errorf("the label covers %d rows, want 2", c.Rows)
	}
}
