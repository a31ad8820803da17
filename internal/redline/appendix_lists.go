package redline

import (
	"fmt"
	"strconv"
	"strings"

	"yusuan/internal/compare"
	"yusuan/internal/doc"
	"yusuan/internal/money"
)

// documents says which two are compared, and how the marks are read.
func (a *appendix) documents() {
	r := a.r
	t := a.table("documents", "比较的两份", "", column{"内容", doc.AlignLeft, 0, 68000}, column{"原", doc.AlignLeft, 1, 0}, column{"现", doc.AlignLeft, 1, 0})
	line := func(name, old, fresh string) {
		if old != "" || fresh != "" {
			row(t, name, old, fresh)
		}
	}
	count := func(n int, unit string) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n) + unit
	}
	line("文件", r.Old.Name, r.New.Name)
	line("标题", r.Old.Title, r.New.Title)
	line("落款日期", r.Old.Date, r.New.Date)
	line("模板", strings.TrimSpace(r.Old.Pack+" "+r.Old.Version), strings.TrimSpace(r.New.Pack+" "+r.New.Version))
	line("程序", r.Old.Program, r.New.Program)
	line("页数", count(r.Old.Pages, "页"), count(r.New.Pages, "页"))
	line("数据中的错误", count(r.Old.Problems, "个"), count(r.New.Problems, "个"))
	if r.Old.Problems+r.New.Problems > 0 {
		a.note("数据有错误的，读不出的部分没有比较。")
	}
	if r.Same() && len(r.Causes) == 0 {
		a.note("两份没有不同。")
		return
	}
	a.note(fmt.Sprintf("改动%d项；由此变动的数字%d个，文字%d处，行、段、表增减%d处。", len(r.Causes), len(r.Cells), len(r.Sentences), len(r.Rows)+len(r.Parts)))
	if pages := a.laid.changed(); len(pages) > 0 {
		a.note(fmt.Sprintf("有变动的页（%d页）：%s。", len(pages), listed(pages)))
	}
	a.note("前面各页的版面与现在的文件相同：变动的数字和文字下有横线，删去的地方有黑色三角，页边有竖线；竖线旁是下面“改动”的编号，“尾差”“模板”“程序”是没有改数据的变动。")
}

// totals lists what the documents come to.
func (a *appendix) totals() {
	if len(a.r.Totals) == 0 {
		return
	}
	a.list("总额变动")
	t := a.table("totals", "总额变动", "单位：元", column{"总额", doc.AlignLeft, 2, 0}, column{"原", doc.AlignRight, 0, 0}, column{"现", doc.AlignRight, 0, 0},
		column{"差", doc.AlignRight, 0, 0}, column{"增减", doc.AlignRight, 0, 0}, column{"原因", doc.AlignLeft, 1, 0})
	same := 0
	for i := range a.r.Totals {
		x := &a.r.Totals[i]
		if i > 0 && x.HasOld == x.HasNew && x.Old.Equal(x.New) {
			same++
			continue
		}
		difference, rate := "", ""
		if d := x.New.Sub(x.Old); x.HasOld && x.HasNew {
			difference = more(d)
			if c := money.Compare(x.New, x.Old, 2); c.HasRate && !d.IsZero() {
				rate = c.Rate + "%"
				if d.Sign() > 0 {
					rate = "+" + rate
				}
			}
		}
		row(t, x.Name, amount(x.Old, x.HasOld), amount(x.New, x.HasNew), difference, rate, a.causesOf(compare.ByFacts, x.Causes)).Cells[0].Indent = x.Of
	}
	if same > 0 {
		a.note(fmt.Sprintf("其余%d项总额没有变。", same))
	}
}

// causes lists what is stated otherwise.
func (a *appendix) causes() {
	if len(a.r.Causes) == 0 {
		return
	}
	a.list("改动")
	t := a.table("causes", "改动", "", column{"编号", doc.AlignCenter, 0, 0}, column{"什么", doc.AlignLeft, 4, 0}, column{"原", doc.AlignLeft, 2, 0},
		column{"现", doc.AlignLeft, 2, 0}, column{"差（元）", doc.AlignRight, 0, 0}, column{"影响", doc.AlignLeft, 0, 36000})
	for i := range a.r.Causes[:min(len(a.r.Causes), mostCauses)] {
		x := &a.r.Causes[i]
		difference := ""
		if x.Money {
			difference = more(x.Difference)
		}
		old, fresh := x.Old, x.New
		switch x.Change {
		case compare.Added:
			old = or(old, "（没有）")
			fresh = or(fresh, "（增加）")
		case compare.Removed:
			old = or(old, "（原有）")
			fresh = or(fresh, "（删去）")
		case compare.Moved:
			fresh = or(fresh, "（移动位置）")
		}
		title := x.Title
		if x.Last {
			title = "上年数据：" + title
		}
		row(t, circled(i+1, a.has), title, old, fresh, difference, effectsOf(x.Effects))
	}
	a.left(len(a.r.Causes), mostCauses, "项改动")
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// effectsOf says how much a cause changed.
func effectsOf(n compare.Count) string {
	if all := n.Cells + n.Sentences + n.Rows + n.Parts; all > 0 {
		return strconv.Itoa(all) + "处"
	}
	return "没有印出"
}

// cells lists the numbers, below the part of the document that they stand in.
func (a *appendix) cells() {
	list := a.r.Cells
	if len(list) == 0 {
		return
	}
	a.list("数字变动")
	t := a.table("cells", "数字变动", "", column{"行", doc.AlignLeft, 3, 0}, column{"列", doc.AlignLeft, 2, 0}, column{"原", doc.AlignRight, 0, 0}, column{"现", doc.AlignRight, 0, 0},
		column{"差（元）", doc.AlignRight, 0, 0}, column{"原因", doc.AlignLeft, 1, 0}, column{"页", doc.AlignCenter, 0, 0})
	g, title, unit := groups{t: t}, "", "" // title and unit of the group at hand
	shown := list[:min(len(list), mostCells)]
	for i := range shown {
		x := &shown[i]
		difference := ""
		if x.Money {
			difference = more(x.NewExact.Sub(x.OldExact))
		}
		if !g.begun || g.name != x.Part {
			if title, unit = or(x.Part, "正文"), sameUnit(shown[i:]); unit != "" {
				title += "（单位：" + unit + "）"
			}
		}
		suffix := ""
		if unit == "" {
			suffix = x.Unit
		}
		g.under(x.Part, title, x.Row, x.Column, printed(x.Old, x.HasOld, suffix), printed(x.New, x.HasNew, suffix), difference, a.causesOf(x.Class, x.Causes), a.pagesOf(Cells, i))
	}
	a.left(len(list), mostCells, "个数字")
}

// sameUnit is the unit of all numbers of the part that the first is of, "" where they differ.
func sameUnit(list []compare.Cell) string {
	for i := range list {
		if list[i].Part != list[0].Part {
			break
		}
		if list[i].Unit != list[0].Unit {
			return ""
		}
	}
	return list[0].Unit
}

// printed is a number as a document prints it.
func printed(text string, has bool, unit string) string {
	switch {
	case !has:
		return "（没有）"
	case text == "":
		return "（空）"
	}
	return text + unit
}

// sentences lists the texts.
func (a *appendix) sentences() {
	list := a.r.Sentences
	if len(list) == 0 {
		return
	}
	a.list("文字变动")
	t := a.table("sentences", "文字变动", "", column{"文字", doc.AlignLeft, 6, 0}, column{"原因", doc.AlignLeft, 1, 0}, column{"页", doc.AlignCenter, 0, 0})
	g := groups{t: t}
	for i := range list[:min(len(list), mostSentences)] {
		x := &list[i]
		text := told(x.Pieces)
		if x.Place != "" {
			text = x.Place + "：" + text
		}
		g.row(x.Part, or(x.Part, "正文"), text, a.causesOf(x.Class, x.Causes), a.pagesOf(Sentences, i))
	}
	a.left(len(list), mostSentences, "处文字")
}

// told is an old and a new text in one. Long stretches that stayed are cut, they stand on the pages.
func told(pieces []compare.Piece) string {
	var b strings.Builder
	for i, p := range pieces {
		switch p.Kind {
		case compare.Gone:
			b.WriteString("【删：" + p.Text + "】")
		case compare.New:
			b.WriteString("【增：" + p.Text + "】")
		default:
			b.WriteString(cut(p.Text, i > 0, i+1 < len(pieces)))
		}
	}
	return b.String()
}

// cut cuts a long text: what stands next to words that changed stays.
func cut(s string, before, behind bool) string {
	const beside = mostSame / 2
	r := []rune(s)
	if len(r) <= mostSame {
		return s
	}
	head, tail := "", ""
	if before {
		head = string(r[:beside])
	}
	if behind {
		tail = string(r[len(r)-beside:])
	}
	return head + "……" + tail
}

// rows lists the rows and parts that came or went.
func (a *appendix) rows() {
	n := len(a.r.Rows) + len(a.r.Parts)
	if n == 0 {
		return
	}
	a.list("增减的行、段、表")
	t := a.table("rows", "增减的行、段、表", "", column{"名称", doc.AlignLeft, 4, 0}, column{"变动", doc.AlignLeft, 2, 0}, column{"原因", doc.AlignLeft, 1, 0}, column{"页", doc.AlignCenter, 0, 0})
	for i := range a.r.Parts[:min(len(a.r.Parts), mostRows)] {
		x := &a.r.Parts[i]
		row(t, x.Title, word(x.Change), a.causesOf(x.Class, x.Causes), a.pagesOf(Parts, i))
	}
	g := groups{t: t}
	for i := range a.r.Rows[:min(len(a.r.Rows), mostRows)] {
		x := &a.r.Rows[i]
		change := word(x.Change)
		if x.Old != "" && x.Change == compare.Altered {
			change = "原为“" + x.Old + "”"
		}
		g.row(x.Part, or(x.Part, "正文"), x.Name, change, a.causesOf(x.Class, x.Causes), a.pagesOf(Rows, i))
	}
	a.left(n, min(len(a.r.Rows), mostRows)+min(len(a.r.Parts), mostRows), "处")
}

// word is what people call a change.
func word(c compare.Change) string {
	return [...]string{compare.Altered: "改动", compare.Added: "增加", compare.Removed: "删去", compare.Moved: "移动位置"}[c]
}
