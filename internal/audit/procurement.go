package audit

import (
	"cmp"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/prose"
	"yusuan/internal/sentence"
)

// publishedProcurement: classes of procurement are the template's; what the overall form marks as purchase of services
// is what the text sums.
func publishedProcurement(in *Input, r *check.Report) {
	var marked money.Amount
	var at diag.Range
	var words []string
	var amounts []money.Amount
	for _, f := range in.forms {
		for _, row := range f.under(pack.LabelProjects) {
			if a, ok := f.amount(row, 3, &check.Report{}); ok && f.table.Project.V == "" && strings.Contains(row[1].text, "政府购买服务") {
				marked, at, words, amounts = marked.Add(a), cmp.Or(at, row[1].at), append(words, money.ToldNumber(a)), append(amounts, a)
			}
		}
	}
	for i := range in.Budget.Facts.StatedTexts {
		t := &in.Budget.Facts.StatedTexts[i]
		switch section := t.Section.V; {
		case strings.Contains(section, "政府购买服务"):
			q := firstSum(t.Text.V)
			if q == nil || at.IsZero() || prose.SameAmount(q, marked) || q.Value.Sub(marked).Abs().Cmp(slackOf(len(words), money.Wan)) <= 0 || !otherThanMarked(q.Value, marked, amounts) {
				continue
			}
			d := diag.Diagnostic{Rule: "采购-013", Level: diag.Error, At: t.Text.Span(q.Start, q.End), Message: "政府购买服务预算与整体绩效表标注的项目之和不符",
				Notes: []diag.Related{{Text: "标注“政府购买服务”的项目：" + strings.Join(words, "＋") + "＝" + money.ToldNumber(marked), At: at}}, Hint: "核对哪些项目是政府购买服务，两处一致"}
			d.Numbers(money.Difference(money.Wan, q.Value, marked))
			r.Add(d)
		case strings.Contains(section, "政府采购"):
			procurementClasses(in, r, i)
		}
	}
	in.procurementWithin(r)
}

// otherThanMarked reports whether an amount of services contradicts the projects that are marked so. A mark stands on the whole of a
// project of which a part alone may be bought so: less than all is no fault unless a project was left out, or it is all but all.
func otherThanMarked(said, marked money.Amount, projects []money.Amount) bool {
	less := marked.Sub(said)
	if less.Sign() < 0 || sentence.Near(said, marked) || less.Times("100").Cmp(marked) < 0 {
		return true
	}
	return slices.ContainsFunc(projects, func(a money.Amount) bool { return a.Equal(less) || a.Equal(said) && len(projects) > 1 })
}

// procurementWithin: what is bought is paid for out of projects and operating funds, and services that are purchased are
// part of what is bought.
func (in *Input) procurementWithin(r *check.Report) {
	type total struct {
		q *prose.Quantity
		t *budget.StatedText
	}
	find := func(word string) (x total) {
		for i := range in.Budget.Facts.StatedTexts {
			t := &in.Budget.Facts.StatedTexts[i]
			if q := firstSum(t.Text.V); q != nil && strings.Contains(t.Section.V, word) && x.q == nil {
				x = total{q, t}
			}
		}
		return x
	}
	exceeds := func(part total, whole money.Amount, name string, at diag.Range) {
		if part.q.Value.Sub(whole).Cmp(money.ToleranceOf(1, money.Wan, 2)) <= 0 {
			return
		}
		d := diag.Diagnostic{Rule: "采购-014", Level: diag.Warning, At: part.t.Text.Span(part.q.Start, part.q.End), Message: diag.Quote(part.t.Section.V) + "的合计大于" + name,
			Notes: []diag.Related{{Text: name + " " + money.ToldNumber(whole), At: at}}, Hint: "核对两个合计，部分不大于整体"}
		d.Numbers(money.Difference(money.Wan, part.q.Value, whole))
		r.Add(d)
	}
	bought, services := find("政府采购"), find("政府购买服务")
	if bought.q != nil { // some sections tell the parts first
		for _, q := range prose.Sums(prose.Quantities(bought.t.Text.V)) {
			if q.Value.Cmp(bought.q.Value) > 0 {
				bought.q = &q
			}
		}
	}
	if bought.q != nil {
		project, a := in.printedFigure("kind=项目支出")
		public, b := in.printedFigure("nature=公用经费")
		if a && b {
			exceeds(bought, project.value.Add(public.value), "项目支出与公用经费之和", project.at)
		}
	}
	if bought.q != nil && services.q != nil {
		exceeds(services, bought.q.Value, "政府采购的合计", bought.t.Text.Span(bought.q.Start, bought.q.End))
	}
}

func firstSum(s string) *prose.Quantity {
	list := prose.Sums(prose.Quantities(s))
	if len(list) == 0 {
		return nil
	}
	return &list[0]
}

func procurementClasses(in *Input, r *check.Report, i int) {
	t := &in.Budget.Facts.StatedTexts[i]
	var wrong []string
	var at diag.Range
	for k, q := range prose.Sums(prose.Quantities(t.Text.V)) {
		start := lastStop(t.Text.V[:q.Start])
		name := prose.Squeeze(t.Text.V[start:q.Start])
		if j := strings.LastIndex(name, "："); j >= 0 {
			name = name[j+len("："):]
		}
		known := k == 0                                                      // the total
		for _, w := range []string{"预留", "小微", "中小", "总额", "集中采购", "分散采购"} { // other ways to divide the same
			known = known || strings.Contains(name, w)
		}
		for _, c := range in.Pack.ProcurementClasses {
			known = known || strings.Contains(name, c)
		}
		if !known {
			wrong, at = append(wrong, name+" "+money.ToldNumber(q.Value)), cmp.Or(at, t.Text.Span(start, q.End))
		}
	}
	if len(wrong) > 0 && len(in.Pack.ProcurementClasses) > 0 {
		r.Add(diag.Diagnostic{Rule: "采购-012", Level: diag.Warning, At: at, Message: "政府采购预算没有按类别分列", Stated: strings.Join(wrong, "、"),
			Want: strings.Join(in.Pack.ProcurementClasses, "、")})
	}
}
