package district

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/money"
	"yusuan/internal/xlsx"
)

// entry is a row of 全区汇总: a line of a view, or the head of a view.
type entry struct {
	head string
	line *Line
}

// entries are the rows of views: the sum of all first, then each view under its head where there are several.
func (b *book) entries(views ...int) (out []entry, unknowns int) {
	numbers := []string{"一", "二", "三", "四"}
	for i, v := range views {
		lines := b.Views[v].Lines
		if i == 0 {
			out = append(out, entry{line: &lines[0]})
		}
		if len(views) > 1 {
			out = append(out, entry{head: numbers[i] + "、按" + b.Views[v].By})
		}
		for k := range lines {
			unknowns = max(unknowns, lines[k].Unknown)
			if k > 0 {
				out = append(out, entry{line: &lines[k]})
			}
		}
	}
	return out, unknowns
}

// totals is all expenditure by fund, kind and function.
func (b *book) totals() xlsx.Sheet {
	s := b.view("部门支出汇总表", funds, kinds, functional)
	s.Name = SheetTotals
	return s
}

// economy is all expenditure by economic class and group.
func (b *book) economy() xlsx.Sheet {
	s := b.view("部门支出汇总表（按支出经济分类）", economic)
	s.Name = SheetEconomy
	return s
}

func (b *book) view(title string, views ...int) xlsx.Sheet {
	now, last := b.heads()
	entries, unknowns := b.entries(views...)
	all := entries[0].line
	columns := []xlsx.Column{xlsx.Texts("科目编码", 11), xlsx.Longs("科目", 48), xlsx.Centered("部门数", 8),
		broad(now, 19, all.Now), broad(last, 19, all.Like.Last), broad("增减额", 19, all.Now, all.Like.Last), xlsx.Printed("增减（%）", 10)}
	const known = "上年数已知的部门"
	if unknowns > 0 {
		columns = append(columns, xlsx.Centered("上年数不知道的部门", 10), broad(now, 19, all.Like.Now).Under(known), broad(last, 19, all.Like.Last).Under(known), xlsx.Printed("增减（%）", 10).Under(known))
	}
	return xlsx.Sheet{Title: title, About: b.missing(), Unit: inYuan, Keep: 2, Rows: len(entries), Columns: columns,
		Strong: func(i int) bool { return entries[i].line == nil || entries[i].line.Level == 0 },
		Row: func(i int) []any {
			row := make([]any, len(columns))
			l := entries[i].line
			if l == nil {
				row[1] = entries[i].head
				return row
			}
			row[0], row[1], row[2] = l.Code, strings.Repeat("　", max(0, l.Level-1))+l.Name, l.Departments
			row[3], row[4] = amount(l.Now), l.Last.cell()
			row[5], row[6] = change(l.Now, l.Last)
			if unknowns > 0 {
				row[7] = xlsx.Count(l.Unknown)
			}
			if unknowns > 0 && l.Unknown < len(b.Matrix.Rows) { // else there is none of which it is known
				row[8], row[9] = amount(l.Like.Now), amount(l.Like.Last)
				_, row[10] = change(l.Like.Now, Known{l.Like.Last, true})
			}
			return row
		}, Notes: unknownLast(unknowns)}
}

// largest are the largest amounts in the columns of this and of last year.
func (b *book) largest() (out [2][Columns]money.Amount) {
	for i := range b.ThreePublic {
		for y, of := range []*[Columns]Known{&b.ThreePublic[i].Now, &b.ThreePublic[i].Last} {
			for c := range of {
				if of[c].Cmp(out[y][c]) > 0 {
					out[y][c] = of[c].Amount
				}
			}
		}
	}
	return out
}

// threePublic is 三公经费 by department, as it is published.
func (b *book) threePublic() xlsx.Sheet {
	now, last := b.heads()
	columns := []xlsx.Column{xlsx.Texts("代码", 9), xlsx.Longs("部门", 26)}
	for i, over := range []string{now, last} {
		of := b.largest()[i]
		for c, head := range []string{"合计", "因公出国（境）费", "公务用车小计", "其中：购置费", "其中：运行维护费", "公务接待费"} {
			columns = append(columns, broad(head, 14, of[c]).Under(over))
		}
	}
	return xlsx.Sheet{Name: SheetThreePublic, Title: "部门“三公”经费预算汇总表", About: b.missing(), Unit: inYuan, Keep: 2, Strong: first, Rows: len(b.ThreePublic), Columns: columns,
		Row: func(i int) []any {
			f := &b.ThreePublic[i]
			row := []any{f.Code, f.Name}
			for c := range AgencyOperating {
				row = append(row, f.Now[c].cell())
			}
			for c := range AgencyOperating {
				row = append(row, f.Last[c].cell())
			}
			return row
		}, Notes: unknownLast(slices.Max(b.NoLast[:AgencyOperating]))}
}

// operating is 机关运行经费 by department: of those that have any, in either year.
func (b *book) operating() xlsx.Sheet {
	var rows []*Figures
	for i := range b.ThreePublic {
		if f := &b.ThreePublic[i]; i == 0 || !f.Now[AgencyOperating].IsZero() || !f.Last[AgencyOperating].IsZero() {
			rows = append(rows, f)
		}
	}
	now, last := b.heads()
	largest := b.largest()
	return xlsx.Sheet{Name: SheetOperating, Title: "部门机关运行经费汇总表", About: b.missing(), Unit: inYuan, Keep: 2, Strong: first, Rows: len(rows), Columns: []xlsx.Column{
		xlsx.Texts("代码", 9), xlsx.Longs("部门", 44), broad(now, 20, largest[0][AgencyOperating]), broad(last, 20, largest[1][AgencyOperating]), broad("增减额", 20, largest[0][AgencyOperating], largest[1][AgencyOperating]), xlsx.Printed("增减（%）", 10),
	}, Row: func(i int) []any {
		f := rows[i]
		delta, rate := change(f.Now[AgencyOperating].Amount, f.Last[AgencyOperating])
		return []any{f.Code, f.Name, f.Now[AgencyOperating].cell(), f.Last[AgencyOperating].cell(), delta, rate}
	}, Notes: append([]string{"机关运行经费是行政单位和参照公务员法管理的单位的公用经费；没有的部门不列。"}, unknownLast(b.NoLast[AgencyOperating])...)}
}

// matrix is departments × functional classes.
func (b *book) matrix() xlsx.Sheet {
	columns := []xlsx.Column{xlsx.Texts("代码", 9), xlsx.Longs("部门", 36), broad("合计", 19, b.Views[functional].Lines[0].Now)}
	sum := []any{"", "合计", amount(b.Views[functional].Lines[0].Now)}
	for _, c := range b.Matrix.Classes {
		columns = append(columns, broad(strings.TrimSpace(c.Code+" "+c.Name), 17, c.Now))
		sum = append(sum, amount(c.Now))
	}
	return xlsx.Sheet{Name: SheetMatrix, Title: "部门支出按功能分类（类）", About: b.missing(), Unit: inYuan, Keep: 2, Strong: first, Rows: len(b.Matrix.Rows) + 1, Columns: columns,
		Row: func(i int) []any {
			if i == 0 {
				return slices.Clone(sum)
			}
			r := &b.Matrix.Rows[i-1]
			row := []any{r.Code, r.Name, amount(r.Total)}
			for _, a := range r.Amounts {
				if a.IsZero() {
					row = append(row, nil)
					continue
				}
				row = append(row, amount(a))
			}
			return row
		}}
}

// projects are those from the threshold on.
func (b *book) projects() xlsx.Sheet {
	var sum money.Amount
	for i := range b.Projects {
		sum = sum.Add(b.Projects[i].Amount)
	}
	about := fmt.Sprintf("本年预算 %s 万元以上的项目 %d 个；不到这个数的 %d 个没有列。", money.ToldNumber(b.Threshold), len(b.Projects), b.Left)
	return xlsx.Sheet{Name: SheetProjects, Title: "部门重点项目", About: append([]string{about}, b.missing()...), Unit: inYuan, Strong: first, Rows: len(b.Projects) + 1, Columns: []xlsx.Column{
		xlsx.Texts("代码", 9), xlsx.Longs("部门", 36), xlsx.Longs("项目单位", 42), xlsx.Longs("项目", 44), broad("本年预算", 20, sum), xlsx.Centered("绩效目标", 10),
	}, Row: func(i int) []any {
		if i == 0 {
			return []any{"", "合计", nil, nil, amount(sum), nil}
		}
		p := &b.Projects[i-1]
		goals := "没有"
		if p.Goals {
			goals = "有"
		}
		return []any{p.Code, p.Department, p.Unit, p.Name, amount(p.Amount), goals}
	}}
}

// procurement is the procurement budget of the departments that have one.
func (b *book) procurement() xlsx.Sheet {
	var all Procurement
	if len(b.Procurement) > 0 {
		all = b.Procurement[0]
	}
	columns := []xlsx.Column{xlsx.Texts("代码", 9), xlsx.Longs("部门", 36), broad("合计", 19, all.Total), broad("货物", 18, all.Goods), broad("工程", 18, all.Works), broad("服务", 18, all.Services)}
	other := !all.Other.IsZero()
	if other {
		columns = append(columns, broad("其他", 18, all.Other))
	}
	const reserved = "其中：预留给中小企业"
	columns = append(columns, broad("金额", 18, all.Reserved).Under(reserved), xlsx.Printed("占合计（%）", 11).Under(reserved))
	return xlsx.Sheet{Name: SheetProcurement, Title: "部门政府采购预算汇总表", About: b.missing(), Unit: inYuan, Keep: 2, Strong: first, Rows: len(b.Procurement), Columns: columns,
		Row: func(i int) []any {
			p := &b.Procurement[i]
			row := []any{p.Code, p.Name, amount(p.Total), amount(p.Goods), amount(p.Works), amount(p.Services)}
			if other {
				row = append(row, amount(p.Other))
			}
			var share any
			if s, ok := money.Share(p.Reserved, p.Total, 2); ok {
				share = s
			}
			return append(row, amount(p.Reserved), share)
		}, Notes: []string{"政府采购的钱都在支出里，不另加。预留给中小企业的，包括预留给小微企业的。没有政府采购预算的部门不列。"}}
}
