package ruled

import (
	"testing"

	"yusuan/internal/read/paper"
)

// TestTwoSided: a balance with its merged heads, its title and its unit above.
func TestTwoSided(t *testing.T) {
	d := newPage()
	d.centre(60*pt, 18*pt, "2031年部门收支预算总表")
	d.text(50*pt, 90*pt, 10*pt, "编制部门：某某局")
	d.text(480*pt, 90*pt, 10*pt, "单位：元")
	d.table(50*pt, 100*pt, []int{150, 100, 150, 90},
		"本年收入 | < | 本年支出 | <",
		"项目 | 预算数 | 项目 | 预算数",
		"一、财政拨款收入 | 91,016,775.35 | 一、教育支出 | 82,096,797.42",
		" | | |",
		"收入总计 | 91,016,775.35 | 支出总计 | 91,016,775.35")
	doc := read(d)
	want(t, doc,
		"^ 2031年部门收支预算总表", "^ 编制部门：某某局", "^ 单位：元",
		"| 本年收入 |  | 本年支出 | ",
		"| 项目 | 预算数 | 项目 | 预算数",
		"| 一、财政拨款收入 | 91,016,775.35 | 一、教育支出 | 82,096,797.42",
		"|  |  |  | ",
		"| 收入总计 | 91,016,775.35 | 支出总计 | 91,016,775.35")
	table := doc.Blocks[0].Table
	if c, _ := table.Rows[0].At(1); c.Columns != 2 || c.Text != "本年收入" {
		t.Errorf("the head covers %+v, want two columns", c)
	}
	c, _ := table.Rows[4].At(3)
	// "91,016,775.35" of 9 pt begins 2 pt behind its border at 450 pt, and sits on its baseline.
	if want := (paper.Place{Page: 1, Box: paper.Box{Left: 452 * pt, Top: 186350, Right: 510500, Bottom: 195350}}); c.At != want {
		t.Errorf("the total stands at %v, want %v", c.At, want)
	}
}

// TestHeadRepeated: the parts of two pages are one table; what the second repeats is its head.
func TestHeadRepeated(t *testing.T) {
	head := []string{"项目 | < | 收入预算 | <", "编码 | 名称 | 合计 | 财政拨款"}
	a, b := newPage(), newPage()
	a.centre(60*pt, 18*pt, "2031年部门收入预算总表")
	a.table(50*pt, 100*pt, []int{80, 200, 100, 100}, append(head, "205 | 教育支出 | 82,096,797.42 | 82,096,797.42")...)
	a.centre(800*pt, 10*pt, "- 7 -")
	b.table(50*pt, 60*pt, []int{80, 200, 100, 100}, append(head, "208 | 社会保障和就业支出 | 4,213,779.28 | 4,213,779.28")...)
	b.centre(800*pt, 10*pt, "- 8 -")
	doc := read(a, b)
	want(t, doc, "^ 2031年部门收入预算总表",
		"| 项目 |  | 收入预算 | ",
		"| 编码 | 名称 | 合计 | 财政拨款",
		"| 205 | 教育支出 | 82,096,797.42 | 82,096,797.42",
		"| 208 | 社会保障和就业支出 | 4,213,779.28 | 4,213,779.28")
	table := doc.Blocks[0].Table
	if table.Repeated != 2 {
		t.Errorf("%d rows are repeated, want 2", table.Repeated)
	}
	if r := table.Rows[3]; r.Page != 2 || r.Number != 3 {
		t.Errorf("the last row is row %d of page %d, want 3 of 2", r.Number, r.Page)
	}
}

// TestTurned: text that lies on its side, and upside down, says the same, and its places are those of the page.
func TestTurned(t *testing.T) {
	for quarters := 1; quarters < 4; quarters++ {
		d := newPage()
		d.centre(60*pt, 18*pt, "2031年部门收入预算总表")
		d.table(50*pt, 100*pt, []int{80, 200, 100}, "编码 | 名称 | 合计", "205 | 教育支出 | 82,096,797.42")
		d.text(71*pt, 300*pt, 16*pt, "说明一句。")
		side := d.turned(quarters)
		doc := read(side)
		want(t, doc, "^ 2031年部门收入预算总表", "| 编码 | 名称 | 合计", "| 205 | 教育支出 | 82,096,797.42", "说明一句。")
		at := doc.Blocks[1].Text.Spots[0].At.Box
		if g := side.Glyphs[len(side.Glyphs)-1].Step; at.Union(g) != at {
			t.Errorf("turned by %d: the sentence stands at %v, its last letter at %v", quarters, at, g)
		}
		if doc.Pages[0].Width != side.Width {
			t.Errorf("turned by %d: the page is %v wide", quarters, doc.Pages[0].Width)
		}
	}
}
