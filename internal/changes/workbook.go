package changes

import (
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
	SheetRows    = "项目增减"
)

// Sheets are the names of all of them.
func Sheets() []string {
	return []string{SheetTotals, SheetCauses, SheetNumbers, SheetTexts, SheetRows}
}

// Workbook writes the comparison as the workbook that goes around: every change in a row, with room for an explanation.
func (r *Report) Workbook(to io.Writer, made xlsx.Made) error {
	return xlsx.Write(to, made, r.totalSheet(), r.causeSheet(), r.numberSheet(), r.textSheet(), r.rowSheet())
}

const nowhere = "没有列出" // more rows than a sheet takes

func (r *Report) totalSheet() xlsx.Sheet {
	head := r.headRows()
	return xlsx.Sheet{Name: SheetTotals, Rows: len(r.Totals) + len(head), Rest: nowhere, Columns: []xlsx.Column{
		xlsx.Longs("项目", 44), xlsx.Printed("原（元）", 20), xlsx.Printed("现（元）", 20), xlsx.Printed("相差（元）", 20), xlsx.Printed("相差（%）", 10), xlsx.Texts("改动", 12),
	}, Row: func(i int) []any {
		if i >= len(r.Totals) {
			return []any{head[i-len(r.Totals)], nil, nil, nil, nil, nil}
		}
		t := &r.Totals[i]
		before, now, diff := r.pair(t.HasOld, t.HasNew, t.Old, t.New)
		return []any{strings.Repeat("　", t.Of) + t.Name, before, now, diff, printedRate(t), numbers(t.Causes)}
	}}
}

func printedRate(t *compare.Total) any {
	if !t.HasOld || !t.HasNew || !Changed(t) {
		return nil
	}
	return strings.TrimPrefix(strings.TrimSuffix(rate(t.Old, t.New), "%"), "+")
}

// headRows say what was compared, below the totals.
func (r *Report) headRows() []string {
	out := []string{"", "原：" + r.Old.Name + "（" + Named(&r.Old) + "）", "现：" + r.New.Name + "（" + Named(&r.New) + "）"}
	for _, n := range r.Notes {
		out = append(out, "注意："+n)
	}
	return append(out, "“改动”一列是“改动”表里的序号；“来由”写填报的，是填报改动带来的。")
}

// pair are two amounts as cells, and their difference.
func (r *Report) pair(hasA, hasB bool, a, b money.Amount) (before, now, diff any) {
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
	return xlsx.Sheet{Name: SheetCauses, Rows: len(r.Causes), Rest: nowhere, Columns: []xlsx.Column{
		xlsx.Texts("序号", 6), xlsx.Texts("改动", 8), xlsx.Longs("内容", 48), xlsx.Longs("原", 30), xlsx.Longs("现", 30), xlsx.Printed("相差（元）", 18),
		xlsx.Longs("位置", 36), xlsx.Texts("影响的数", 10), xlsx.Texts("影响的文字", 11), xlsx.Texts("增减的行", 10), xlsx.Longs("说明", 30),
	}, Row: func(i int) []any {
		c := &r.Causes[i]
		var diff any
		if c.Money {
			diff = amount(c.Difference)
		}
		title := c.Title
		if c.Last {
			title = "上年数据：" + title
		}
		return []any{i + 1, verb(c.Change), title, c.Old, c.New, diff, where(c), xlsx.Count(c.Effects.Cells), xlsx.Count(c.Effects.Sentences), xlsx.Count(c.Effects.Rows + c.Effects.Parts), nil}
	}}
}

func (r *Report) numberSheet() xlsx.Sheet {
	return xlsx.Sheet{Name: SheetNumbers, Rows: len(r.Cells), Rest: nowhere, Columns: []xlsx.Column{
		xlsx.Longs("表", 34), xlsx.Longs("行", 34), xlsx.Longs("列", 24), xlsx.Printed("原", 16), xlsx.Printed("现", 16), xlsx.Texts("单位", 8), xlsx.Printed("相差（元）", 18),
		xlsx.Texts("改动", 10), xlsx.Texts("来由", 8), xlsx.Texts("页", 12), xlsx.Longs("说明", 30),
	}, Row: func(i int) []any {
		c := &r.Cells[i]
		var diff any
		if c.Money && c.HasOld && c.HasNew {
			diff = amount(c.NewExact.Sub(c.OldExact))
		}
		return []any{c.Part, c.Row, c.Column, shown(c.HasOld, c.Old), shown(c.HasNew, c.New), c.Unit, diff, numbers(c.Causes), className(c.Class), pageCell(of(r.Pages.Cells, i)), nil}
	}}
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
	return xlsx.Sheet{Name: SheetTexts, Rows: len(r.Sentences), Rest: nowhere, Columns: []xlsx.Column{
		xlsx.Longs("标题", 34), xlsx.Longs("位置", 24), xlsx.Longs("原", 48), xlsx.Longs("现", 48), xlsx.Longs("改了的字", 48),
		xlsx.Texts("改动", 10), xlsx.Texts("来由", 8), xlsx.Texts("页", 12), xlsx.Longs("说明", 30),
	}, Row: func(i int) []any {
		s := &r.Sentences[i]
		before, now := Whole(s.Pieces)
		return []any{s.Part, s.Place, before, now, Marked(s.Pieces, around, 0), numbers(s.Causes), className(s.Class), pageCell(of(r.Pages.Sentences, i)), nil}
	}}
}

func (r *Report) rowSheet() xlsx.Sheet {
	type row = []any
	var rows []row
	for i := range r.Parts {
		x := &r.Parts[i]
		rows = append(rows, row{verb(x.Change), "整个部分", x.Title, nil, nil, numbers(x.Causes), className(x.Class), pageCell(of(r.Pages.Parts, i)), nil})
	}
	for i := range r.Rows {
		x := &r.Rows[i]
		what := verb(x.Change)
		if x.Change == compare.Altered {
			what = "改称"
		}
		rows = append(rows, row{what, "行", x.Part, x.Name, x.Old, numbers(x.Causes), className(x.Class), pageCell(of(r.Pages.Rows, i)), nil})
	}
	return xlsx.Sheet{Name: SheetRows, Rows: len(rows), Rest: nowhere, Columns: []xlsx.Column{
		xlsx.Texts("增减", 8), xlsx.Texts("什么", 10), xlsx.Longs("表或部分", 36), xlsx.Longs("行", 36), xlsx.Longs("原来的名称", 30),
		xlsx.Texts("改动", 10), xlsx.Texts("来由", 8), xlsx.Texts("页", 12), xlsx.Longs("说明", 30),
	}, Row: func(i int) []any { return slices.Clone(rows[i]) }}
}
