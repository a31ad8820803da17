package changes

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"yusuan/internal/compare"
	"yusuan/internal/money"
	"yusuan/internal/xlsx"
)

// BookTitle is what the workbook is called, and the file by custom.
const BookTitle = "变动对照表"

// The sheets of the workbook, by which it is known.
const (
	SheetTotals  = "汇总"
	SheetCauses  = "改动"
	SheetNumbers = "数字变动"
	SheetTexts   = "文字变动"
	SheetRows    = "增减的行、段、表"
)

// Sheets are the names of all of them.
func Sheets() []string {
	return []string{SheetTotals, SheetCauses, SheetNumbers, SheetTexts, SheetRows}
}

// Workbook writes the comparison as the workbook that goes around: every change in a row, with room for an explanation.
func (r *Report) Workbook(to io.Writer, made xlsx.Made) error {
	return xlsx.Write(to, made, r.totalSheet(), r.causeSheet(), r.numberSheet(), r.textSheet(), r.rowSheet())
}

// sheet is a sheet of the workbook.
func sheet(name string, n int, row func(i int) []any, columns ...xlsx.Column) xlsx.Sheet {
	return xlsx.Sheet{Name: name, Title: BookTitle + "　" + name, Columns: columns, Rows: n, Row: row, Rest: "没有列出"}
}

func (r *Report) totalSheet() xlsx.Sheet {
	s := sheet(SheetTotals, len(r.Totals), func(i int) []any {
		t := &r.Totals[i]
		before, now, diff := pairCells(t.HasOld, t.HasNew, t.Old, t.New)
		return []any{strings.Repeat("　", t.Of) + t.Name, before, now, diff, printedRate(t), numbers(t.Causes)}
	}, xlsx.Longs("项目", 40), xlsx.Printed("原", 20), xlsx.Printed("现", 20), xlsx.Printed("相差", 18), xlsx.Printed("相差（%）", 10), xlsx.Longs("改动", 20))
	s.Unit = "单位：元"
	s.Strong = func(i int) bool { return Changed(&r.Totals[i]) }
	s.About = []string{"原：" + r.Old.Name + "（" + Named(&r.Old) + "）", "现：" + r.New.Name + "（" + Named(&r.New) + "）"}
	for _, n := range r.Notes {
		s.Notes = append(s.Notes, "注意："+n)
	}
	s.Notes = append(s.Notes, fmt.Sprintf("填报的改动 %d 处；印出的变动：%d 个数，%d 处文字，%d 行、%d 个部分增减。变了的总额用粗体。", len(r.Causes), len(r.Cells), len(r.Sentences), len(r.Rows), len(r.Parts)),
		"各表“改动”一列是“"+SheetCauses+"”表里的序号。“来由”：填报，是填报的改动带来的；模板、程序，是模板或程序的版本带来的；尾差，准确数没有变。")
	return s
}

func printedRate(t *compare.Total) any {
	if !t.HasOld || !t.HasNew || !Changed(t) {
		return nil
	}
	return strings.TrimPrefix(strings.TrimSuffix(rate(t.Old, t.New), "%"), "+")
}

// pairCells are two amounts as cells, and their difference.
func pairCells(hasA, hasB bool, a, b money.Amount) (before, now, diff any) {
	if hasA {
		before = amount(a)
	}
	if hasB {
		now = amount(b)
	}
	if hasA && hasB {
		diff = amount(b.Sub(a))
	}
	return before, now, diff
}

func (r *Report) causeSheet() xlsx.Sheet {
	return sheet(SheetCauses, len(r.Causes), func(i int) []any {
		c := &r.Causes[i]
		var diff any
		if c.Money {
			diff = amount(c.Difference)
		}
		title := c.Title
		if c.Last {
			title = "上年数据：" + title
		}
		n := counted{n: [kinds]int{c.Effects.Cells, c.Effects.Sentences, c.Effects.Rows, c.Effects.Parts}}
		return []any{i + 1, verb(c.Change), title, c.Old, c.New, diff, where(c), n.String(), nil}
	}, xlsx.Centered("序号", 6), xlsx.Centered("改动", 6), xlsx.Longs("内容", 34), xlsx.Longs("原", 18), xlsx.Longs("现", 18), xlsx.Printed("相差（元）", 15),
		xlsx.Longs("位置", 22), xlsx.Longs("影响", 16), xlsx.Longs("说明", 18))
}

func (r *Report) numberSheet() xlsx.Sheet {
	return sheet(SheetNumbers, len(r.Cells), func(i int) []any {
		c := &r.Cells[i]
		var diff any
		if c.Money && c.HasOld && c.HasNew {
			diff = amount(c.NewExact.Sub(c.OldExact))
		}
		return []any{c.Part, c.Row, c.Column, shown(c.HasOld, c.Old), shown(c.HasNew, c.New), c.Unit, diff, numbers(c.Causes), className(c.Class), pageCell(of(r.Pages.Cells, i)), nil}
	}, xlsx.Longs("表", 24), xlsx.Longs("行", 26), xlsx.Longs("列", 20), xlsx.Printed("原", 13), xlsx.Printed("现", 13), xlsx.Centered("单位", 6), xlsx.Printed("相差（元）", 15),
		xlsx.Longs("改动", 7), xlsx.Centered("来由", 6), xlsx.Longs("页", 7), xlsx.Longs("说明", 18))
}

// shown is a printed number of a cell; nothing where its row is not there.
func shown(has bool, s string) any {
	if !has || s == "" {
		return nil
	}
	return s
}

// pageCell are pages for a narrow column.
func pageCell(pages []Page) string {
	return strings.TrimSuffix(strings.Replace(PagesTold(pages), "第", "", 1), "页")
}

func (r *Report) textSheet() xlsx.Sheet {
	return sheet(SheetTexts, len(r.Sentences), func(i int) []any {
		s := &r.Sentences[i]
		before, now := Whole(s.Pieces)
		return []any{s.Part, s.Place, before, now, Marked(s.Pieces, around, 0), numbers(s.Causes), className(s.Class), pageCell(of(r.Pages.Sentences, i)), nil}
	}, xlsx.Longs("标题", 20), xlsx.Longs("位置", 10), xlsx.Longs("原", 34), xlsx.Longs("现", 34), xlsx.Longs("改了的字", 32),
		xlsx.Longs("改动", 7), xlsx.Centered("来由", 6), xlsx.Longs("页", 7), xlsx.Longs("说明", 14))
}

func (r *Report) rowSheet() xlsx.Sheet {
	type row = []any
	var rows []row
	for i := range r.Parts {
		x := &r.Parts[i]
		rows = append(rows, row{verb(x.Change), wholes[x.Where], x.Title, nil, nil, numbers(x.Causes), className(x.Class), pageCell(of(r.Pages.Parts, i)), nil})
	}
	for i := range r.Rows {
		x := &r.Rows[i]
		what := verb(x.Change)
		if x.Change == compare.Altered {
			what = "改称"
		}
		rows = append(rows, row{what, "一行", x.Part, x.Name, x.Old, numbers(x.Causes), className(x.Class), pageCell(of(r.Pages.Rows, i)), nil})
	}
	return sheet(SheetRows, len(rows), func(i int) []any { return slices.Clone(rows[i]) },
		xlsx.Centered("增减", 6), xlsx.Centered("什么", 9), xlsx.Longs("表或部分", 32), xlsx.Longs("行", 34), xlsx.Longs("原来的名称", 24),
		xlsx.Longs("改动", 9), xlsx.Centered("来由", 6), xlsx.Longs("页", 9), xlsx.Longs("说明", 20))
}
