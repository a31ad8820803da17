package web

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"yusuan/internal/read/paper"
)

// told is a document as text.
func told(d *paper.Document) string {
	var b strings.Builder
	line := func(mark string, p *paper.Paragraph) {
		b.WriteString(mark)
		if p.Level > 0 {
			fmt.Fprintf(&b, "%d", p.Level)
		}
		if p.Centred {
			b.WriteByte('c')
		}
		if p.Bold {
			b.WriteByte('b')
		}
		fmt.Fprintf(&b, " %s\n", p.Text)
	}
	for _, x := range d.Blocks {
		if x.Text != nil {
			line("p", x.Text)
			continue
		}
		for i := range x.Table.Above {
			line("above", &x.Table.Above[i])
		}
		fmt.Fprintf(&b, "table %d\n", x.Table.Columns)
		for _, r := range x.Table.Rows {
			var cells []string
			for _, c := range r.Cells {
				s := fmt.Sprintf("%d:%s", c.Column, strings.ReplaceAll(c.Text, "\n", "/"))
				if c.Rows > 1 || c.Columns > 1 {
					s += fmt.Sprintf("{%dx%d}", c.Rows, c.Columns)
				}
				cells = append(cells, s)
			}
			b.WriteString(strings.Join(cells, " ") + "\n")
		}
		for i := range x.Table.Below {
			line("below", &x.Table.Below[i])
		}
	}
	for _, g := range d.Gaps {
		b.WriteString("gap " + g.What + "\n")
	}
	return strings.TrimSpace(b.String())
}

// TestPages: what of a page is a paragraph, a heading, a table.
func TestPages(t *testing.T) {
	for name, x := range map[string][2]string{
		"headings and paragraphs": {`<head><title>不是</title><style>p{}</style></head><nav>首页</nav><h1>某局<br>2026年部门预算</h1><h2>一、职能</h2><p>负责<b>甲</b>
			和 乙。<p align=center><strong>居中</strong></p><div style="text-align: center">也居中<div>里面</div></div>外<ul><li>一<li>二</ul><script>不</script>`,
			"p1b 某局2026年部门预算\np2b 一、职能\np 负责甲 和 乙。\npcb 居中\npc 也居中\npc 里面\np 外\np 一\np 二"},
		"a table": {`<p>部门收入总表</p><p>单位：元</p><table><tr><th rowspan=2>科目<br>编码<th colspan=2>合&nbsp;计</tr><tr><td><p>基本</p><p>支出</p><td>项目</tr><tr><td>201<td>1,234.50<td></table><p>注：略</p><p>正文。`,
			"above 部门收入总表\nabove 单位：元\ntable 3\n0:科目编码{2x1} 1:合\u00a0计{1x2}\n1:基本/支出 2:项目\n0:201 1:1,234.50 2:\nbelow 注：略\np 正文。"},
		"a caption":            {"<table><caption><h3>收支表</h3>单位：元</caption><tr><td>甲<td>1</table>", "above3b 收支表\nabove 单位：元\ntable 2\n0:甲 1:1"},
		"a foot that is first": {"<table><tfoot><tr><td>合计<td>3</tfoot><tbody><tr><td>甲<td>3</tbody></table>", "table 2\n0:甲 1:3\n0:合计 1:3"},
		"no tags to end cells": {"<table><tr><td>甲<td>1<tr><td>乙<td>2", "table 2\n0:甲 1:1\n0:乙 1:2"},
		"hidden rows": {`<table><tr><td>甲<td>1<tr style="display: none"><td>乙<td>2<tr><td>丙<td hidden>3<td>4</table><div hidden>菜单</div>`,
			"table 2\n0:甲 1:1\n0:丙 1:4\ngap 网页的表格里有 2 行或格是隐藏的，没有读"},
		"spans in the way":       {"<table><tr><td>甲<td rowspan=2>乙<tr><td colspan=3>丙</table>", "table 2\n0:甲 1:乙{2x1}\n0:丙"},
		"a span to the end":      {"<table><tr><td rowspan=0>甲<td>1<tr><td>2<tr><td>3</table>", "table 2\n0:甲{3x1} 1:1\n1:2\n1:3"},
		"spans beyond":           {"<table><tr><td rowspan=99 colspan=999999>甲<tr><td>乙</table>", "table 2\n0:甲{2x1}\n1:乙"},
		"spans end with a group": {"<table><thead><tr><td rowspan=9>甲<td>1</thead><tbody><tr><td rowspan=0>乙<td>2<tr><td>3</tbody></table>", "table 2\n0:甲 1:1\n0:乙{2x1} 1:2\n1:3"},
		"columns that none uses": {"<table><tr><td colspan=3>甲<td>1<tr><td colspan=3>乙<td>2</table>", "table 2\n0:甲 1:1\n0:乙 1:2"},
		"a table in a table":     {"<table><tr><td>左<table><tr><td>内<td>1</table></td><td>右</table>", "table 2\n0:左 1:右\ntable 2\n0:内 1:1"},
		"a page laid out by a table": {"<table><tr><td>某局网站<tr><td>收支表<br>单位：元<table><tr><td>甲<td>1</table>文末<tr><td>版权</table>",
			"p 某局网站\nabove 收支表\nabove 单位：元\ntable 2\n0:甲 1:1\np 文末\np 版权"},
		"another page within": {"<p>看<iframe src=a></iframe>下面", "p 看下面\ngap 网页里嵌有 1 个别的网页，里面的内容没有读"},
		"marks within words":  {"<p>因公出\u00AD国\u200B境&ensp;&lt;甲&gt;", "p 因公出国境\u2002<甲>"},
		"a comment":           {"<p>甲<!-- 不 -->乙<![if gte mso 9]>丙<![endif]>", "p 甲乙丙"},
	} {
		d, err := Document([]byte(x[0]))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := told(d); got != x[1] {
			t.Errorf("%s reads\n%s\nwant\n%s", name, got, x[1])
		}
	}
}

// TestHostile: what a page claims costs no more than what it holds.
func TestHostile(t *testing.T) {
	for name, x := range map[string][2]string{
		"bytes":          {strings.Repeat("a", mostBytes+1), "MB"},
		"columns":        {"<table><tr>" + strings.Repeat("<td>", maxColumns+1) + "</table>", "列"},
		"rows × columns": {"<table><tr>" + strings.Repeat("<td>", maxColumns) + strings.Repeat("<tr><td>", maxPlaces/maxColumns) + "</table>", "行乘列"},
		"paragraphs":     {strings.Repeat("<p>a", maxBlocks+1), "段落"},
		"cells":          {"<table>" + strings.Repeat("<tr><td>", maxCells+1) + "</table>", "单元格"},
	} {
		_, err := Document([]byte(x[0]))
		if refused := (*paper.Refused)(nil); !errors.As(err, &refused) || !strings.Contains(refused.What, x[1]) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, tag := range []string{"<div>", "<table><tr><td>", "<b>", "<span>", "<table>"} {
		_, err := Document([]byte(strings.Repeat(tag, 20_000) + "a"))
		if refused := (*paper.Refused)(nil); err != nil && !errors.As(err, &refused) {
			t.Errorf("%s: %v", tag, err)
		}
	}
}

// FuzzDocument: no page makes the reader fail but by refusing.
func FuzzDocument(f *testing.F) {
	f.Add("<h1>甲</h1><table><tr><td rowspan=2>乙<td colspan=2>1<tr><td>2")
	f.Add("<table><caption>丙<tfoot><tr><td rowspan=0>丁<table><tr><td>戊")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := Document([]byte(text))
		if err != nil {
			if refused := (*paper.Refused)(nil); !errors.As(err, &refused) {
				t.Fatal(err)
			}
			return
		}
		for _, b := range d.Blocks {
			if b.Table == nil {
				continue
			}
			taken := map[[2]int]bool{}
			for i, r := range b.Table.Rows {
				for _, c := range r.Cells {
					if c.Columns < 1 || c.Rows < 1 || c.Column+c.Columns > b.Table.Columns || i+c.Rows > len(b.Table.Rows) {
						t.Fatalf("cell %+v of %d × %d", c, len(b.Table.Rows), b.Table.Columns)
					}
					for di := range min(c.Rows, 100) {
						for dj := range c.Columns {
							if at := [2]int{i + di, c.Column + dj}; taken[at] {
								t.Fatalf("cell %+v stands over another", c)
							} else {
								taken[at] = true
							}
						}
					}
				}
			}
		}
	})
}
