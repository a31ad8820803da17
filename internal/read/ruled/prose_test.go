package ruled

import (
	"slices"
	"strings"
	"testing"

	"yusuan/internal/read/paper"
	"yusuan/internal/typeset/unit"
)

// flow sets lines of 16 pt, 28 letters wide, from the margin; a line that begins with a blank is indented by two letters.
func (d *drawing) flow(top unit.Length, ls ...string) unit.Length {
	for _, s := range ls {
		x := 71 * pt
		if strings.HasPrefix(s, " ") {
			x += 32 * pt
		}
		top += 28 * pt
		d.text(x, top, 16*pt, strings.TrimSpace(s))
	}
	return top
}

// full is a line that has no room for another letter: text filled up.
func full(s string, letters int) string {
	return s + strings.Repeat("文", letters-len([]rune(s)))
}

// TestParagraphs: lines are joined as people read them, over the ends of pages, too; heads and numbers of pages are not read.
func TestParagraphs(t *testing.T) {
	a, b, c := newPage(), newPage(), newPage()
	for i, d := range []*drawing{a, b, c} {
		d.text(71*pt, 50*pt, 9*pt, "某局2031年部门预算")
		d.centre(800*pt, 12*pt, "— "+string(rune('3'+i))+" —")
	}
	one, two := full("一、收入", 26), full("占百分之", 28)
	a.flow(60*pt, " 一、收支总体情况", " "+one, two, "短。", " "+full("第二段也很长", 26))
	b.flow(60*pt, "跨页接上。", " 第三段。", " （一）小标题", " "+full("此段末字正好排满行", 25)+"。", " 新的一段。")
	c.flow(60*pt, " 1.这一条。", " 2.那一条。")
	doc := read(a, b, c)
	want(t, doc, "一、收支总体情况", one+two+"短。", full("第二段也很长", 26)+"跨页接上。", "第三段。", "（一）小标题", full("此段末字正好排满行", 25)+"。", "新的一段。", "1.这一条。", "2.那一条。")
}

// TestNoIndents: where paragraphs are not indented, one ends where a sentence does and a number begins the next, or on a short line.
func TestNoIndents(t *testing.T) {
	d := newPage()
	d.flow(60*pt, full("支出预算占百分之", 27)+"。", "四、财政拨款收支", full("比上年增加", 28), "四百万元。")
	want(t, read(d), full("支出预算占百分之", 27)+"。", "四、财政拨款收支", full("比上年增加", 28)+"四百万元。")
}

// TestBracketMovesOn: an opening bracket goes onto the next line with what it opens, and so does a number: a line that had no room
// for them is no short one.
func TestBracketMovesOn(t *testing.T) {
	d := newPage()
	d.flow(60*pt, " "+full("由专户管理的收费", 25), "（以教育收费为主）和其他收入。", " "+full("比上年增加", 22), "2,248.37万元。", " "+full("此段本来就短", 20), "新的一段"+strings.Repeat("文", 24))
	want(t, read(d), full("由专户管理的收费", 25)+"（以教育收费为主）和其他收入。", full("比上年增加", 22)+"2,248.37万元。", full("此段本来就短", 20), "新的一段"+strings.Repeat("文", 24))
}

// TestHeadingOfTwoLines: a centred title that needs two lines is one.
func TestHeadingOfTwoLines(t *testing.T) {
	d := newPage()
	d.centre(100*pt, 22*pt, "某某省某某市某某区某某局二〇三一年部门")
	d.centre(130*pt, 22*pt, "预算情况说明")
	d.flow(160*pt, " 正文一句。", full("没有缩进的一段", 28), "话。")
	doc := read(d)
	want(t, doc, "某某省某某市某某区某某局二〇三一年部门预算情况说明", "正文一句。", full("没有缩进的一段", 28)+"话。")
	if !doc.Blocks[0].Text.Centred || doc.Blocks[0].Text.Size != 22*pt {
		t.Errorf("the title is %+v", doc.Blocks[0].Text)
	}
	if doc.Blocks[1].Text.Centred {
		t.Error("a paragraph that is indented is no title")
	}
}

// TestContents: lines of a contents page stand alone, though each is full.
func TestContents(t *testing.T) {
	d := newPage()
	d.centre(100*pt, 22*pt, "目 录")
	for i := range 5 {
		d.text(71*pt, 140*pt+unit.Length(i)*28*pt, 16*pt, "表"+string(rune('1'+i))+" 收支总表……………………………………… 1"+string(rune('0'+i)))
	}
	want(t, read(d), "目 录", "表1 收支总表……………………………………… 10", "表2 收支总表……………………………………… 11", "表3 收支总表……………………………………… 12", "表4 收支总表……………………………………… 13", "表5 收支总表……………………………………… 14")
}

// TestBlanks: a number in several runs is one, a blank that people see is one, and what only holds type apart is none.
func TestBlanks(t *testing.T) {
	for _, x := range []struct {
		want   string
		pieces []string
		gaps   []unit.Length // before each piece, thousandths of an em
	}{
		{"1,234.56", []string{"1,2", "34", ".56"}, []unit.Length{0, 0, 100}},
		{"1 234.56", []string{"1", "234.56"}, []unit.Length{0, 250}},
		{"预算4,671.85万元", []string{"预算", "4,671.85", "万元"}, []unit.Length{0, 250, 250}},
		{"支 出", []string{"支", "出"}, []unit.Length{0, 1000}},
		{"每字疏排", []string{"每", "字", "疏", "排"}, []unit.Length{0, 200, 200, 200}},
		{"一、目录......3", []string{"一、目录", ".", ".", ".", ".", ".", ".3"}, []unit.Length{0, 0, 400, 400, 400, 400, 400}},
		{"Word and", []string{"Word", "and"}, []unit.Length{0, 250}},
	} {
		d := newPage()
		at := 71 * pt
		for i, s := range x.pieces {
			at = d.text(at+x.gaps[i]*16*pt/1000, 100*pt, 16*pt, s)
		}
		want(t, read(d), x.want)
	}
}

// TestSpots: a number can be marked by itself, and every letter is in one spot.
func TestSpots(t *testing.T) {
	d := newPage()
	d.text(71*pt, 100*pt, 16*pt, "2031年部门收支总预算4,671.85万元，比上年增加")
	p := read(d).Blocks[0].Text
	at, found := 0, false
	for _, s := range p.Spots {
		if strings.TrimSpace(p.Text[at:s.Start]) != "" {
			t.Errorf("%q is in no spot", p.Text[at:s.Start])
		}
		at = s.End
		if p.Text[s.Start:s.End] == "4,671.85" {
			found = true
			left := 71*pt + width("2031年部门收支总预算", 16*pt)
			if b := s.At.Box; b.Left != left || b.Right != left+width("4,671.85", 16*pt) || s.At.Page != 1 {
				t.Errorf("the number stands at %v, want it from %v", s.At, left)
			}
		}
	}
	if !found || at != len(p.Text) {
		t.Errorf("spots %v of %q", p.Spots, p.Text)
	}
}

// TestAround: what belongs to a table stands above and below it, and the text before and behind it does not.
func TestAround(t *testing.T) {
	d := newPage()
	d.flow(20*pt, " 第二部分 2031年部门预算表", " 收入总体情况如下。")
	d.text(71*pt, 120*pt, 10*pt, "公开01表")
	d.centre(145*pt, 18*pt, "部 门 收 支 总 表")
	d.text(71*pt, 165*pt, 10*pt, "部门：")
	d.text(120*pt, 165*pt, 10*pt, "某某局")
	d.text(440*pt, 165*pt, 10*pt, "金额单位：万元")
	bottom := d.table(71*pt, 175*pt, []int{150, 100}, "项目 | 预算数", "合计 | 4,671.85")
	d.text(71*pt, bottom+14*pt, 10*pt, "注：1.本表反映收支。")
	d.text(71*pt, bottom+30*pt, 10*pt, "2.金额保留两位。")
	d.flow(bottom+50*pt, " 以下是说明。")
	want(t, read(d), "第二部分 2031年部门预算表", "收入总体情况如下。", "^ 公开01表", "^ 部 门 收 支 总 表", "^ 部门： 某某局", "^ 金额单位：万元", "| 项目 | 预算数", "| 合计 | 4,671.85",
		"_ 注：1.本表反映收支。", "_ 2.金额保留两位。", "以下是说明。")
}

// TestPartHeading: the name of a part below 第二部分 is none of the table's title.
func TestPartHeading(t *testing.T) {
	d := newPage()
	d.centre(80*pt, 22*pt, "第二部分")
	d.centre(110*pt, 22*pt, "某某局2031年部门预算表")
	d.centre(140*pt, 16*pt, "表1 收支总表")
	d.table(71*pt, 160*pt, []int{150, 100}, "项目 | 预算数", "合计 | 4,671.85")
	want(t, read(d), "第二部分某某局2031年部门预算表", "^ 表1 收支总表", "| 项目 | 预算数", "| 合计 | 4,671.85")
}

// TestCells: what a cell's width breaks is one text, what its author parted is not.
func TestCells(t *testing.T) {
	d := newPage()
	d.table(71*pt, 100*pt, []int{60, 100, 100}, "名称 | 数 | 说明", "^ | ^ | ^", "^ | ^ | ^")
	set := func(x unit.Length, ls ...string) {
		for i, s := range ls {
			d.text(x, 130*pt+unit.Length(i)*12*pt, 9*pt, s)
		}
	}
	set(73*pt, "社会保障和就", "业支出")
	set(133*pt, "12.50", "3.00")
	set(233*pt, "前一段。", "后一段文字比较长也", "没完。")
	want(t, read(d), "| 名称社会保障和就业支出 | 数12.50 3.00 | 说明前一段。\n后一段文字比较长也没完。")
	side := newPage()
	side.table(71*pt, 100*pt, []int{60, 100}, " | 甲", "^ | 乙")
	for i, r := range []rune("项目") { // a label whose letters lie on their side, read from below
		b := paper.Box{Left: 90 * pt, Top: 130*pt - unit.Length(i)*10*pt, Right: 100 * pt, Bottom: 140*pt - unit.Length(i)*10*pt}
		g := side.Glyphs[0]
		g.Rune, g.Box, g.Step, g.Baseline, g.Size, g.Turned = r, b, b, 99*pt, 10*pt, 3
		side.Glyphs = append(side.Glyphs, g)
	}
	want(t, read(side), "| 项目 | 甲", "|  | 乙")
}

// TestThreeLines: a table without upright rules is found by the gaps of its lines, and told as a guess.
func TestThreeLines(t *testing.T) {
	d := newPage()
	d.centre(80*pt, 16*pt, "表3 支出总表")
	row := func(y unit.Length, ss ...string) {
		for i, s := range ss {
			x := []unit.Length{75 * pt, 280 * pt, 400 * pt}[i]
			if i > 0 {
				x += 60*pt - width(s, 10*pt)
			}
			d.text(x, y, 10*pt, s)
		}
	}
	for _, y := range []unit.Length{100, 120, 180} {
		d.rule(false, y*pt, 71*pt, 500*pt)
	}
	row(114*pt, "科目", "基本支出", "项目支出")
	row(134*pt, "一般公共服务支出", "1,145.38", "3,140.86")
	row(150*pt, "社会保障和就业支出", "104.66", "")
	row(166*pt, "合计", "1,250.04", "3,140.86")
	doc := read(d)
	want(t, doc, "? 第1页有一张没有竖线的表，列是按文字的位置分的", "^ 表3 支出总表", "| 科目 | 基本支出 | 项目支出", "| 一般公共服务支出 | 1,145.38 | 3,140.86", "| 社会保障和就业支出 | 104.66 | ", "| 合计 | 1,250.04 | 3,140.86")
	if !doc.Blocks[0].Table.Guessed || !doc.Gaps[0].Doubtful {
		t.Error("a guess is not told as one")
	}
	d.Rules = nil
	want(t, read(d), "? 第1页有一张没有竖线的表，列是按文字的位置分的", "^ 表3 支出总表", "| 科目 | 基本支出 | 项目支出", "| 一般公共服务支出 | 1,145.38 | 3,140.86", "| 社会保障和就业支出 | 104.66 | ", "| 合计 | 1,250.04 | 3,140.86")
}

// TestNumbersOutside: lines of numbers that no table holds are told.
func TestNumbersOutside(t *testing.T) {
	d := newPage()
	for i, y := range []unit.Length{100, 300} {
		d.text(75*pt, y*pt, 10*pt, "合计")
		d.text(200*pt, y*pt, 10*pt, "1,234.56")
		d.text(300*pt, y*pt, 10*pt, []string{"7.00", "8.00"}[i])
	}
	want(t, read(d), "? 第1页有 2 行像是表里的数，没有读成表", "合计 1,234.56 7.00", "合计 1,234.56 8.00")
}

// TestHostile: pages with more letters and lines than any for people are told or read. It takes minutes where the cost grows with the square.
func TestHostile(t *testing.T) {
	grid, ladder, crowd, columns := newPage(), newPage(), newPage(), newPage()
	for i := range 3000 {
		at := unit.Length(i) * 200 * pt / 3000
		grid.rule(false, at*20, 0, 4000*pt)
		grid.rule(true, at*20, 0, 4000*pt)
		ladder.rule(false, unit.Length(i)*5*pt, 0, 500*pt)
	}
	for i := range 100_000 {
		crowd.rule(i%2 == 0, unit.Length(i)*pt/10, unit.Length(i%97)*pt, unit.Length(i%97+5)*pt)
		crowd.text(unit.Length(i%300)*2*pt, unit.Length(i/300)*2*pt, 9*pt, "9")
		columns.text(unit.Length(i%20)*25*pt, unit.Length(i/20)*pt, 9*pt, "1.5")
	}
	for i := range 250_000 {
		grid.text(unit.Length(i%500)*pt, 0, 9*pt, "字")
	}
	read(grid, ladder, crowd, columns, ladder)
	var many []*drawing // a table of a thousand pages whose columns shift on each
	for i := range 1000 {
		d := newPage()
		d.table(50*pt, 100*pt, []int{60 + i*7%50, 400 - i*7%50}, slices.Repeat([]string{"甲 | 1.00"}, 30)...)
		many = append(many, d)
	}
	read(many...)
	doc := read(grid)
	if len(doc.Gaps) == 0 || doc.Gaps[0].Doubtful {
		t.Errorf("a page with too much on it is read: %v", doc.Gaps)
	}
	grid.Glyphs = grid.Glyphs[:10]
	if doc = read(grid); len(doc.Gaps) == 0 || doc.Gaps[0].Doubtful {
		t.Errorf("a page of 9,000,000 crossings is read: %v", doc.Gaps)
	}
}
