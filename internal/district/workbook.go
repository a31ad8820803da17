package district

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"yusuan/internal/batch"
	"yusuan/internal/money"
	"yusuan/internal/xlsx"
)

// What a bureau reports and publishes of its district, as a workbook. A root that has several years has a set of sheets for each,
// the newest first and under plain names: that is the one in work, and formulas of others that point at it stay good. Sheets of
// earlier years bear the year behind their names. One set with a column for the year would mix sums of different years under
// one filter.

// Workbook writes the districts as one workbook.
func Workbook(to io.Writer, made xlsx.Made, all []*District) error {
	var sheets []xlsx.Sheet
	for i, d := range all {
		b := &book{District: d}
		if i > 0 {
			b.suffix = strconv.Itoa(d.Year)
		}
		sheets = append(sheets, b.sheets()...)
	}
	return xlsx.Write(to, made, sheets...)
}

// The sheets of a year.
const (
	SheetSummary     = "汇总"
	SheetTotals      = "全区汇总"
	SheetEconomy     = "支出经济分类"
	SheetThreePublic = "三公经费"
	SheetOperating   = "机关运行经费"
	SheetMatrix      = "部门×科目"
	SheetProjects    = "重点项目"
	SheetProcurement = "政府采购"
	SheetFiles       = "部门文件"
	SheetFindings    = "部门之间"
	SheetRules       = "常见问题"
	SheetProblems    = "名单与审核"
)

// inSummary is where the rows are that a sheet has no room for.
const inSummary = "在 summary.json 里"

// unknown stands where no amount is known.
const unknown = "—"

// book is the sheets of a year in the making.
type book struct {
	*District
	suffix string
}

func (b *book) sheets() []xlsx.Sheet {
	out := []xlsx.Sheet{b.summary(), b.totals(), b.economy(), b.threePublic(), b.operating(), b.matrix(), b.projects(), b.procurement(), b.files(),
		b.findings(), b.rules()}
	if len(b.Problems) > 0 {
		out = append(out, b.problems())
	}
	for i := range out {
		out[i].Name += b.suffix
		out[i].Rest = inSummary
		if out[i].Title != "" {
			out[i].Title = b.District.Title() + out[i].Title
		}
	}
	return out
}

// heads are the words for this and last year.
func (b *book) heads() (now, last string) {
	if b.Year == 0 {
		return "本年预算", "上年预算"
	}
	return strconv.Itoa(b.Year) + "年预算", strconv.Itoa(b.Year-1) + "年预算"
}

// inYuan is the line above a head.
const inYuan = "单位：元"

// amount is an amount as spreadsheets hold it.
func amount(a money.Amount) any { return xlsx.Amount(a.In(money.Yuan, 2)) }

// of is an amount that may not be known.
func (k Known) cell() any {
	if !k.Known {
		return unknown
	}
	return amount(k.Amount)
}

// change is what an amount grew by since last year, and that in per cent.
func change(now money.Amount, last Known) (delta, rate any) {
	if !last.Known {
		return unknown, unknown
	}
	c := money.Compare(now, last.Amount, 2)
	const digits = 9 // that the column shows; what grew so much has no use for its rate
	switch {
	case !c.HasRate:
	case len(c.Rate) > digits:
		rate = "＞99999"
	default:
		rate = c.Rate
	}
	return amount(c.Delta), rate
}

// broad is a column of amounts that is as wide as the largest of them in bold type: what does not fit is shown as ####.
func broad(head string, least int, largest ...money.Amount) xlsx.Column {
	const around = 2
	for _, a := range largest {
		least = max(least, len(money.Usual(money.Yuan).String(a))+around)
	}
	return xlsx.Amounts(head, least)
}

// date is a day of a review, nothing of one that is not done.
func date(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return day(t)
}

// chineseDay is a day in running text.
func chineseDay(t time.Time) string {
	return fmt.Sprintf("%d年%d月%d日", t.Year(), t.Month(), t.Day())
}

// missing says what no sum has.
func (b *book) missing() []string {
	if b.Missing == 0 {
		return nil
	}
	return []string{fmt.Sprintf("%d 个部门没有数（数据有误、未报送，或者没有轮到做），不列金额，也不在任何合计里。", b.Missing)}
}

// unknownLast explains the dash, where there is one.
func unknownLast(n int) []string {
	if n == 0 {
		return nil
	}
	return []string{fmt.Sprintf("“%s”表示上年数不知道：部门没有上年的数据目录，上年的批量汇总（--last）里没有它，它填的上年数也没有分到这一项。只要有一个部门不知道，合计就不写上年数；这样的部门最多的一项有 %d 个。", unknown, n)}
}

// states is how many departments there are and how far they are.
func (b *book) states() string {
	var parts []string
	for _, s := range b.States {
		if s.Count > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", s.State, s.Count))
		}
	}
	out := fmt.Sprintf("%d 个部门", len(b.Departments))
	if len(parts) > 0 {
		out += "：" + strings.Join(parts, "，")
	}
	out += "。"
	if !b.Approved.IsZero() {
		out += chineseDay(b.Approved) + "人大批准，" + chineseDay(b.Deadline) + "以前公开。"
	}
	return out
}

func first(i int) bool { return i == 0 }

// summary is who has done what, and what each spends.
func (b *book) summary() xlsx.Sheet {
	now, last := b.heads()
	sum, before, unknowns := b.Sum()
	return xlsx.Sheet{Name: SheetSummary, Title: "部门预算汇总", About: append([]string{b.states()}, b.missing()...), Unit: inYuan, Keep: 2, Strong: first,
		Rows: len(b.Departments) + 1, Columns: []xlsx.Column{
			xlsx.Texts("代码", 9), xlsx.Longs("部门", 36), xlsx.Longs("归口科室", 12), xlsx.Centered("状态", 10),
			broad(now, 18, sum).Under("支出总计"), broad(last, 18, before.Amount).Under("支出总计"), broad("增减额", 18, sum.Sub(before.Amount)).Under("支出总计"), xlsx.Printed("增减（%）", 10).Under("支出总计"),
			xlsx.Centered("绩效表", 8), xlsx.Centered("错误", 6), xlsx.Centered("警告", 6),
			xlsx.Centered("保密审查", 11).Under("审核"), xlsx.Centered("审签", 11).Under("审核"), xlsx.Centered("公开", 11).Under("审核"),
		}, Row: func(i int) []any {
			if i == 0 {
				delta, rate := change(sum, before)
				return []any{"", "合计", nil, nil, amount(sum), before.cell(), delta, rate, nil, nil, nil, nil, nil, nil}
			}
			x := &b.Departments[i-1]
			row := []any{x.Code, x.Name, x.Section, string(x.State), nil, nil, nil, nil, nil, nil, nil,
				date(x.Review.Confidential.Date), date(x.Review.Signed.Date), date(x.Review.Published.Date)}
			if x.Shown {
				row[4], row[5] = amount(x.Total.Amount), x.Last.cell()
				row[6], row[7] = change(x.Total.Amount, x.Last)
			}
			if x.Forms.Due > 0 {
				row[8] = fmt.Sprintf("%d/%d", x.Forms.Have, x.Forms.Due)
			}
			if r := x.Record; r != nil {
				row[9], row[10] = xlsx.Count(r.Errors), xlsx.Count(r.Warnings)
			}
			return row
		}, Notes: append(append([]string{"支出总计是本年支出加年终结转结余。绩效表：已填的/应填的。"}, unknownLast(unknowns)...), b.madeWith())}
}

// madeWith says with what the documents were made.
func (b *book) madeWith() string {
	var packs []string
	for _, u := range b.Packs {
		packs = append(packs, fmt.Sprintf("%s %s（%d 份）", u.Pack, u.Version, u.Documents))
	}
	out := "程序：" + b.Program
	if len(packs) > 0 {
		out += "；模板：" + strings.Join(packs, "、")
	}
	return out
}

// files is what became of each document.
func (b *book) files() xlsx.Sheet {
	var rows []*Department
	var largest money.Amount
	for _, list := range [][]Department{b.Departments, b.Units} {
		for i := range list {
			x := &list[i]
			if x.Record != nil {
				rows = append(rows, x)
			}
			if x.Total.Cmp(largest) > 0 {
				largest = x.Total.Amount
			}
		}
	}
	slices.SortStableFunc(rows, func(x, y *Department) int { return strings.Compare(place(x), place(y)) })
	return xlsx.Sheet{Name: SheetFiles, Rows: len(rows), Columns: []xlsx.Column{
		xlsx.Longs("目录", 14), xlsx.Texts("版本", 9), xlsx.Texts("代码", 11), xlsx.Longs("名称", 24), xlsx.Texts("结果", 9), xlsx.Texts("页数", 5), broad("支出总计（元）", 18, largest),
		xlsx.Texts("错误", 5), xlsx.Texts("警告", 5), xlsx.Longs("规则", 13), xlsx.Longs("说明", 32), xlsx.Longs("文件", 28), xlsx.Longs("其他形式", 22), xlsx.Longs("核对报告", 22),
	}, Row: func(i int) []any {
		x := rows[i]
		r := x.Record
		edition := "部门预算"
		if r.Edition != "" {
			edition = "单位预算"
		}
		var total any
		if x.Shown {
			total = amount(x.Total.Amount)
		}
		return []any{r.Department, edition, r.Code, r.Name, r.Status.Word(), xlsx.Count(r.Pages), total, xlsx.Count(r.Errors), xlsx.Count(r.Warnings),
			strings.Join(r.Rules, " "), said(r), r.Output, otherForms(r), x.Report}
	}}
}

// said is what there is to know of a document.
func said(r *batch.Record) string {
	if r.Message == "" && len(r.Replaces) > 0 {
		return "取代 " + strings.Join(r.Replaces, "、")
	}
	return r.Message
}

// otherForms are the files of a document beside its PDF.
func otherForms(r *batch.Record) string {
	var names []string
	for _, f := range r.Forms {
		names = append(names, f.Output)
	}
	return strings.Join(names, "、")
}

// level is how grave something is.
func levelWord(isError bool) string {
	if isError {
		return "错误"
	}
	return "警告"
}

// findings are the questions between departments.
func (b *book) findings() xlsx.Sheet {
	none := ""
	if len(b.Findings) == 0 {
		none = "没有查出部门之间的问题。分几份做的，合并以后才查。"
	}
	return xlsx.Sheet{Name: SheetFindings, Rows: len(b.Findings), Last: none, Columns: []xlsx.Column{
		xlsx.Texts("规则", 11), xlsx.Texts("级别", 7), xlsx.Texts("部门", 16), xlsx.Texts("单位", 14), xlsx.Texts("另一部门", 16), xlsx.Longs("位置", 40), xlsx.Longs("问题", 80),
	}, Row: func(i int) []any {
		x := &b.Findings[i]
		_, unit, _ := strings.Cut(x.Edition, ":")
		return []any{x.Rule, levelWord(x.Error), x.Department, unit, x.Other, x.At, x.Message}
	}}
}

// rules are those that found something, the most frequent first.
func (b *book) rules() xlsx.Sheet {
	return xlsx.Sheet{Name: SheetRules, Title: "部门预算常见问题", Rows: len(b.Rules), Columns: []xlsx.Column{
		xlsx.Texts("规则", 12), xlsx.Longs("要求", 90), xlsx.Centered("部门数", 10),
	}, Row: func(i int) []any {
		x := &b.Rules[i]
		return []any{x.Rule, x.Title, x.Departments}
	}, Notes: []string{"部门数是有这一错误或警告的部门的个数。一条规则的说明：yusuan explain 规则号。"}}
}

// problems are what is wrong with the roster and the reviews.
func (b *book) problems() xlsx.Sheet {
	return xlsx.Sheet{Name: SheetProblems, Rows: len(b.Problems), Columns: []xlsx.Column{
		xlsx.Texts("规则", 11), xlsx.Texts("级别", 7), xlsx.Longs("位置", 40), xlsx.Longs("问题", 80), xlsx.Longs("怎么改", 60),
	}, Row: func(i int) []any {
		p := &b.Problems[i]
		return []any{p.Rule, levelWord(p.Error), p.At, p.Message, p.Hint}
	}}
}
