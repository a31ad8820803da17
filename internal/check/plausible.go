package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// leaf is what two statements of one amount have in common.
type leaf struct {
	unit, fund, kind, nature, function, economic string
	carried                                      bool
	view                                         budget.View
}

// leafName is what messages call a line: 项目“堤防维护”, 2010301 行政运行 30201 办公费.
func (in *Input) leafName(x *budget.Line) string {
	switch {
	case x.Side == budget.Purchases:
		return "政府采购" + cmp.Or(x.Item, x.Project)
	case x.Kind == budget.KindProject:
		return "项目" + in.Budget.TitleOfProject(x.Unit, x.Project)
	case x.Side == budget.CarryIn || x.Side == budget.CarryOut:
		return x.Fund + string(x.Side)
	}
	name, _ := in.Budget.Functional.Name(x.Function)
	economic, _ := in.Budget.Economic.Name(x.Economic)
	return strings.Join(strings.Fields(x.Function+" "+name+" "+x.Economic+" "+economic), " ")
}

// amountsOf holds single amounts of expenditure against what amounts are like: not negative, not stated twice.
func amountsOf(in *Input, r *Report) {
	first := map[leaf]*budget.Line{}
	for i := range in.Budget.Lines {
		x := &in.Budget.Lines[i]
		if x.Side != budget.Expenditure && (x.Side != budget.Purchases || x.From != nil) {
			continue
		}
		if x.Amount.Sign() < 0 {
			r.Add(diag.Diagnostic{Rule: "支出-003", Level: diag.Warning, At: x.At, Message: in.leafName(x) + "的金额是负数", Stated: money.ToldYuan(x.Amount),
				Hint: "预算不列负数；冲减的，从原来的那一笔里减去"})
		}
		if x.Side == budget.Purchases || x.Kind == budget.KindProject || x.Amount.IsZero() {
			continue // of those several may be alike
		}
		key := leaf{x.Unit, x.Fund, x.Kind, x.Nature, x.Function, x.Economic, x.Carried, x.View}
		before := first[key]
		if before == nil {
			first[key] = x
			continue
		}
		d := diag.Diagnostic{Rule: "支出-002", Level: diag.Warning, At: x.At, Message: "同一单位的" + in.leafName(x) + "填了两笔",
			Notes: []diag.Related{{Text: "先前一笔 " + money.ToldYuan(before.Amount), At: before.At}}, Hint: "重复填报的删去一笔；确是两笔的，合成一笔"}
		if before.Amount.Equal(x.Amount) {
			d.Message += "，金额也相同"
		}
		r.Add(d)
	}
}

// agencies are the kinds of units whose public funds are 机关运行经费.
var agencies = [...]string{"行政", "参公"}

// unitCodes: a unit's code begins with its department's.
func unitCodes(in *Input, r *Report) {
	d := in.Budget.Facts.Department.Code
	for _, u := range in.Budget.ListedUnits() {
		if d.V != "" && !strings.HasPrefix(u.Code.V, d.V) {
			r.Add(diag.Diagnostic{Rule: "单位-007", Level: diag.Note, At: u.Code.At, Message: "单位代码" + u.Code.V + "不以部门代码" + d.V + "开头",
				Stated: u.Code.V, Want: d.V + "…", Hint: "核对单位代码；当地不按部门编码的不必改"})
		}
	}
}

// yearServed reports whether the template serves the budget's year. Where it does not, the year is likely mistyped, which
// has been reported, and nothing can be held against it.
func (in *Input) yearServed() bool {
	y := in.Budget.Facts.Department.Year.V
	return in.Pack.FirstYear <= y && y <= in.Pack.LastYear
}

// publication: a budget is published in its year, or at the end of the year before.
func publication(in *Input, r *Report) {
	d := &in.Budget.Facts.Department
	if !d.Date.Set || !in.yearServed() {
		return
	}
	from := time.Date(d.Year.V-1, time.December, 1, 0, 0, 0, 0, time.UTC)
	if t := d.Date.Time; t.Before(from) || t.Year() > d.Year.V {
		r.Add(diag.Diagnostic{Rule: "日期-003", Level: diag.Warning, At: d.Date.At, Message: "公开日期不在预算年度里", Stated: t.Format("2006-01-02"),
			Want: fmt.Sprintf("%d年", d.Year.V), Hint: "部门预算在批复后二十日内公开；核对公开日期和预算年度"})
	}
}

// spans: a project that has money this year runs this year.
func spans(in *Input, r *Report) {
	year := in.Budget.Facts.Department.Year.V
	if !in.yearServed() {
		return
	}
	for i := range in.Budget.Facts.Projects {
		p := &in.Budget.Facts.Projects[i]
		switch {
		case p.Start.Set && p.Start.V > year:
			r.Add(diag.Diagnostic{Rule: "项目-007", Level: diag.Warning, At: p.Start.At, Message: fmt.Sprintf("项目%s从%d年起，%d年却有预算", in.Budget.ProjectTitle(p), p.Start.V, year),
				Hint: "核对起始年度"})
		case p.End.Set && p.End.V < year && (!p.Start.Set || p.Start.V <= p.End.V):
			r.Add(diag.Diagnostic{Rule: "项目-007", Level: diag.Warning, At: p.End.At, Message: fmt.Sprintf("项目%s到%d年止，%d年却有预算", in.Budget.ProjectTitle(p), p.End.V, year),
				Hint: "核对终止年度；结转资金安排的写 carried = true"})
		}
	}
}

// usualKinds: what an item's name says of the kind of expenditure under it. Which names do is data of the catalogue.
func usualKinds(in *Input, r *Report) {
	seen := map[string]bool{}
	for i := range in.Budget.Lines {
		x := &in.Budget.Lines[i]
		name, _ := in.Budget.Functional.Name(x.Function)
		want := in.Budget.Kinds[name]
		key := x.Unit + x.Function + x.Kind
		if x.Side != budget.Expenditure || want == "" || want == x.Kind || !slices.Contains([]string{budget.KindBasic, budget.KindProject}, x.Kind) || seen[key] {
			continue
		}
		seen[key] = true
		r.Add(diag.Diagnostic{Rule: "科目-006", Level: diag.Note, At: x.At, Message: fmt.Sprintf("功能科目%s“%s”里一般列%s，这里列了%s", x.Function, name, want, x.Kind),
			Hint: "核对功能科目；当地确这样列的不必改"})
	}
}

// unitKinds: units say what they are, where the template asks for it: of the others it would say that they are none.
func unitKinds(in *Input, r *Report) {
	if !in.Pack.Prints("unit.kind") || !slices.ContainsFunc(agencies[:], func(kind string) bool { return in.Pack.Asks("unitkind", kind) }) {
		return
	}
	for i := range in.Budget.Facts.Units {
		if u := &in.Budget.Facts.Units[i]; u.Kind.V == "" {
			r.Add(diag.Diagnostic{Rule: "单位-008", Level: diag.Warning, At: u.At, Message: "单位" + diag.Quote(u.Name.V) + "没有写明单位性质，机关运行经费不算它的公用经费",
				Hint: "写上 kind，如 行政、参公、公益一类、公益二类"})
		}
	}
}

// twins: two projects whose names differ by a letter and whose money is the same are likely one. Of many alike each is told
// with the first of them, not with every other.
func twins(in *Input, r *Report) {
	list := in.Budget.Facts.Projects
	byProject, _ := budget.FindDimension("project")
	sums := in.Budget.SumBy(budget.Query{}, byProject)
	type key struct{ unit, amount string }
	alike := map[key][]int{} // those before: only projects of one unit and amount are compared with each other
	for i := range list {
		b := &list[i]
		k := key{in.Budget.UnitOf(b), sums[in.Budget.ProjectKey(b)].String()}
		before := alike[k]
		if len(before) < mostAlike {
			alike[k] = append(before, i)
		}
		for _, j := range before {
			if in.names[i].has.unlike(&in.names[j].has) > 2*2 { // a letter in the place of another makes two
				continue
			}
			a := &list[j]
			if n := diag.Distance(a.Name.V, b.Name.V); n == 0 || n > 2 {
				continue
			}
			r.Add(diag.Diagnostic{Rule: "项目-008", Level: diag.Warning, At: b.Name.At, Message: "项目" + in.Budget.ProjectTitle(b) + "与" + in.Budget.ProjectTitle(a) + "名称相近、金额相同",
				Notes: []diag.Related{{Text: "先前一个在这里", At: a.Name.At}}, Hint: "重复填报的删去一个"})
			break
		}
	}
}
