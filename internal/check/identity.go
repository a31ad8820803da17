package check

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
)

// margins: where basic expenditure is stated by two lists, Σ by functional item = Σ by economic group for every unit,
// fund and nature.
func margins(in *Input, l *Report) {
	b := in.Budget
	if len(b.Facts.ByFunction)+len(b.Facts.ByEconomic) == 0 {
		return
	}
	type key struct{ unit, fund, nature string }
	sums := map[key]*[2]money.Amount{}
	first := map[key]diag.Range{}
	var order []key
	for i := range b.Lines {
		x := &b.Lines[i]
		if x.Side != budget.Expenditure || x.Kind != budget.KindBasic || x.View == budget.ByFunction|budget.ByEconomy {
			continue
		}
		k := key{x.Unit, x.Fund, x.Nature}
		if sums[k] == nil {
			sums[k] = &[2]money.Amount{}
			first[k] = x.At
			order = append(order, k)
		}
		side := 0
		if x.View == budget.ByEconomy {
			side = 1
		}
		sums[k][side] = sums[k][side].Add(x.Amount)
	}
	for _, k := range order {
		if s := sums[k]; !s[0].Equal(s[1]) {
			d := diag.Diagnostic{Rule: "勾稽-010", Level: diag.Error, At: first[k],
				Message: "单位" + k.unit + k.fund + "的" + k.nature + "，按功能科目填的合计与按经济科目填的合计不符",
				Hint:    "核对两张清单：基本支出按功能科目和按经济科目各列一遍，合计必须相等"}
			d.Numbers(money.Difference(money.Wan, s[0], s[1]))
			l.Add(d)
		}
	}
}

// stated: a stated total is an assertion that must agree with the computed one.
func stated(in *Input, l *Report) {
	for i := range in.Budget.Facts.Stated {
		s := &in.Budget.Facts.Stated[i]
		f, err := in.Numbers.Ask(s.Figure.V)
		switch {
		case s.Figure.V == "": // loading has said so
		case err != nil:
			l.Errorf("勾稽-012", s.Figure.At, "%v", err)
		case !f.Value.Amount() || !f.Value.Known: // its exact amount is nothing
			l.Errorf("勾稽-012", s.Figure.At, "%s不是能核对的金额：百分比、个数、自己填写的数和没有填报的上年数，不能写在 [[stated]] 里", diag.Quote(f.Title))
		case !f.Value.Exact.Equal(s.Amount.Amount) && (!f.Value.Adjusted || !f.Value.Shown.Equal(s.Amount.Amount)): // what is adjusted may be stated so
			d := diag.Diagnostic{Rule: "勾稽-011", Level: diag.Error, At: s.Amount.At,
				Message: "填报的" + diag.Quote(f.Title) + "与程序计算的不符", Hint: "核对明细；填报数只用来核对，删去也不影响成文"}
			budget.ClaimOf(s.Amount).Settle(&d, money.Wan, f.Value.Exact)
			l.Add(d)
		}
	}
}

// projects: this year's budget ≤ the project's whole budget.
func projects(in *Input, l *Report) {
	for i := range in.Budget.Facts.Projects {
		p := &in.Budget.Facts.Projects[i]
		now, title := in.Budget.Sum(in.Budget.OfProject(p)), in.Budget.ProjectTitle(p)
		if p.Total.Set && now.Cmp(p.Total.Amount) > 0 {
			d := diag.Diagnostic{Rule: "项目-005", Level: diag.Error, At: p.Total.At,
				Message: "项目" + title + "的本年预算大于项目总预算", Hint: "项目总预算是各年之和，核对两个数"}
			budget.ClaimOf(p.Total).Settle(&d, money.Wan, now)
			l.Add(d)
		}
		if p.Start.Set && p.End.Set && p.Start.V > p.End.V {
			l.Errorf("项目-006", p.End.At, "项目%s的终止年度%d早于起始年度%d", title, p.End.V, p.Start.V)
		}
	}
}

// priors: stated figures of last year are known to the template, complete, and agree with last year's folder.
func priors(in *Input, l *Report) {
	p := in.Budget.Facts.Prior
	if p != nil {
		for _, f := range p.Figures {
			x := in.Pack.Figure(f.Key.V)
			if x == nil || !x.Prior {
				if in.elsewhere(func(p *pack.Pack) bool { o := p.Figure(f.Key.V); return o != nil && o.Prior }) {
					continue
				}
				l.Add(diag.NotKnown("上年-001", f.Key.At, "上年数", f.Key.V, priorNames(in)))
				continue
			}
			if code := unknownPart(in, f.Key.V); code != "" {
				r := diag.NotKnown("上年-001", f.Key.At, "上年数的科目编码", code, nil)
				r.Hint = "核对编码；目录里确实没有的科目，用 [[code]] 补充"
				l.Add(r)
			}
			if got, ok := in.Prior.Amounts[f.Key.V]; ok && in.PriorFolder && !got.Equal(f.Value.Amount) {
				d := diag.Diagnostic{Rule: "上年-003", Level: diag.Error, At: f.Value.At,
					Message: "填报的上年" + diag.Quote(x.Title) + "与上年数据目录算出的不符", Hint: "删去填报数，由上年数据计算；或查清哪一个对"}
				budget.ClaimOf(f.Value).Settle(&d, money.Wan, got)
				if d.Rule == "尾差-001" {
					l.Fold("上年-003尾差", d) // last year's tables are in 万元: then all are
					continue
				}
				l.Add(d)
			}
		}
	}
	at := in.Budget.Facts.Department.At
	if p != nil {
		at = p.At
	}
	if len(in.Prior.Amounts) == 0 && len(priorNames(in)) > 0 {
		l.Warnf("上年-002", at, "没有上年数（[prior] 或上年的数据目录），说明里不写与上年的比较")
		return
	}
	var missing []string
	for _, name := range in.Pack.FigureNames {
		if f := in.Pack.Figures[name]; f.Prior && f.By != "" && !in.Prior.KnowsPart(name) && in.Pack.Prints("prior.figures."+name) {
			missing = append(missing, diag.Quote(f.Title)+"（"+name+".编码）")
		}
	}
	for _, name := range priorNames(in) {
		if _, ok := in.Prior.Amounts[name]; !ok && in.Pack.Prints("prior.figures."+name) {
			missing = append(missing, diag.Quote(in.Pack.Figures[name].Title)+"（"+name+"）")
		}
	}
	if len(missing) > 0 {
		l.Warnf("上年-002", at, "缺少上年的%s，说明里不写与上年的比较", strings.Join(missing, "、"))
	}
}

// unknownPart is the code in the name of a part, class.201, if it is in no list; "" otherwise.
func unknownPart(in *Input, name string) string {
	family, code, part := strings.Cut(name, ".")
	f := in.Pack.Figures[family]
	if !part || f == nil || f.By == "" || strings.Trim(code, "0123456789") != "" || len(code)%2 == 0 {
		return ""
	}
	_, functional := in.Budget.Functional.Name(code)
	_, economic := in.Budget.Economic.Name(code)
	if functional || economic || len(in.Budget.Catalogue.NamesOf(true, code)) > 0 || len(in.Budget.Catalogue.NamesOf(false, code)) > 0 {
		return ""
	}
	return code
}

// elsewhere reports whether another pack of the department's folder knows what this one does not.
func (in *Input) elsewhere(known func(*pack.Pack) bool) bool {
	return in.Others != nil && slices.ContainsFunc(in.Others(), known)
}

func priorNames(in *Input) []string {
	var out []string
	for _, n := range in.Pack.FigureNames {
		if f := in.Pack.Figures[n]; f.Prior && f.By == "" {
			out = append(out, n)
		}
	}
	return out
}

// history: last year's 基本支出 + 项目支出 = last year's total.
func history(in *Input, l *Report) {
	var total money.Amount
	var ok bool
	if f := in.Pack.RoleFigure(pack.FigureTotal); f != nil {
		total, ok = in.Prior.Amounts[f.Name]
	}
	for i := range in.Budget.Facts.History {
		h := &in.Budget.Facts.History[i]
		if sum := h.Basic.Amount.Add(h.Project.Amount); h.Fiscal.Set && h.Fiscal.Cmp(sum) > 0 {
			d := diag.Diagnostic{Rule: "上年-004", Level: diag.Warning, At: h.Fiscal.At,
				Message: fmt.Sprintf("近年收支%d年的财政拨款大于基本支出与项目支出之和，其他资金会印成负数", h.Year.V), Hint: "照那一年公开的表核对"}
			d.Numbers(money.Difference(money.Wan, h.Fiscal.Amount, sum))
			l.Add(d)
		}
		if !ok || h.Year.V != in.Prior.Year {
			continue
		}
		if sum := h.Basic.Amount.Add(h.Project.Amount); !sum.Equal(total) {
			d := diag.Diagnostic{Rule: "上年-004", Level: diag.Warning, At: h.At,
				Message: "近年收支里上年的基本支出与项目支出之和不等于上年总预算", Hint: "核对上年的基本支出、项目支出和总预算；上年有年终结转时可以不等"}
			d.Numbers(money.Difference(money.Wan, sum, total))
			l.Add(d)
		}
	}
}

// years: the template serves the year; last year is last year.
func years(in *Input, l *Report) {
	d := &in.Budget.Facts.Department
	if y := d.Year.V; !in.yearServed() {
		x := diag.Diagnostic{Rule: "年度-001", Level: diag.Error, At: d.Year.At,
			Message: fmt.Sprintf("模板“%s”适用于%d年至%d年，不适用于%d年", in.Pack.ID, in.Pack.FirstYear, in.Pack.LastYear, y)}
		if t := d.Date.Time.Year(); d.Date.Set && in.Pack.FirstYear <= t && t <= in.Pack.LastYear {
			x.Hint = fmt.Sprintf("公开日期在%d年，年度是不是 %d", t, t)
		}
		x.Hint = strings.Trim(x.Hint+"；"+in.otherPack(y), "；")
		l.Add(x)
	}
	if p := in.Budget.Facts.Prior; p != nil && p.Year.Set && p.Year.V != d.Year.V-1 {
		if y := p.Year.V + 1; !in.yearServed() && in.Pack.FirstYear <= y && y <= in.Pack.LastYear {
			return // the year of the budget is wrong, and has been reported
		}
		l.Errorf("年度-002", p.Year.At, "上年数的年度应为%d年，填的是%d年", d.Year.V-1, p.Year.V)
	}
	for i := range in.Budget.Facts.History {
		if h := &in.Budget.Facts.History[i]; h.Year.V >= d.Year.V {
			l.Errorf("年度-003", h.Year.At, "近年收支的年度%d不早于预算年度%d", h.Year.V, d.Year.V)
		}
	}
}

// otherPack says by which pack a document of a year is made, or that there is none.
func (in *Input) otherPack(year int) string {
	if in.Serving == nil {
		return ""
	}
	if id := in.Serving(year); id != "" {
		return fmt.Sprintf("%d年的用 template = \"%s\"", year, id)
	}
	return fmt.Sprintf("没有%d年的模板：年度没有填错的，照这个地方那一年公开的样式另做一个沿用它的模板，years 写 [%d, %d]", year, year, year)
}

// dates: assets are counted on a day that has passed when the document is published.
func dates(in *Input, l *Report) {
	d := &in.Budget.Facts.Department
	if d.AssetsAsOf.Set && d.Date.Set && d.AssetsAsOf.Time.After(d.Date.Time) {
		l.Add(diag.Diagnostic{Rule: "日期-001", Level: diag.Error, At: d.AssetsAsOf.At,
			Message: "资产统计日期晚于公开日期", Stated: d.AssetsAsOf.Time.Format("2006-01-02"), Want: "不晚于 " + d.Date.Time.Format("2006-01-02"),
			Hint: "多半应为上年年末"})
	}
}
