package check

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// fundCodes: some budgets have functional codes of their own. A fund forgotten at a line, or one too many, moves money from
// one table of the document to another and leaves every sum right.
func fundCodes(in *Input, r *Report) {
	cat := in.Budget.Catalogue
	type key struct{ unit, fund, function string }
	told := map[key]bool{}
	for i := range in.Budget.Lines {
		x := &in.Budget.Lines[i]
		own := slices.IndexFunc(cat.Funds, func(f classify.FundCodes) bool { return f.Fund == x.Fund })
		want := cat.FundOf(x.Function)
		if x.Side != budget.Expenditure || len(x.Function) < 3 || want == x.Fund || told[key{x.Unit, x.Fund, x.Function}] {
			continue
		}
		if own < 0 && (want == "" || x.Fund != budget.FundGeneral) { // what is no budget of its own may be spent on anything
			continue
		}
		if standIns(in.Budget)[x.Function] {
			continue
		}
		told[key{x.Unit, x.Fund, x.Function}] = true
		name, _ := in.Budget.Functional.Name(x.Function)
		d := diag.Diagnostic{Rule: "填报-021", Level: diag.Warning, At: x.At, Stated: x.Fund, Want: want,
			Message: in.leafName(x) + "的资金是" + x.Fund + "，功能科目" + strings.TrimSpace(x.Function+" "+name) + "是" + want + "的科目",
			Hint:    "改正资金性质（fund）或功能科目；确是这样列的不必改"}
		if want == "" {
			d.Message = in.leafName(x) + "的资金是" + x.Fund + "，功能科目" + strings.TrimSpace(x.Function+" "+name) + "不是" + x.Fund + "的科目"
			d.Want = "政府性基金、国有资本经营预算各有自己的科目"
		}
		r.Add(d)
	}
}

// carriedLines: what is marked as paid from last year's money is not more than is carried over. Tables print the one
// and the other.
func carriedLines(in *Input, r *Report) {
	type purse struct{ unit, fund string }
	type sums struct {
		carried, in money.Amount
		at, first   diag.Range
	}
	of := map[purse]*sums{}
	var order []purse
	for i := range in.Budget.Lines {
		x := &in.Budget.Lines[i]
		p := purse{x.Unit, x.Fund}
		if of[p] == nil {
			of[p] = &sums{}
			order = append(order, p)
		}
		s := of[p]
		switch {
		case x.Side == budget.CarryIn:
			s.in, s.at = s.in.Add(x.Amount), x.At
		case x.Side == budget.Expenditure && x.Carried:
			if s.first.IsZero() {
				s.first = x.At
			}
			s.carried = s.carried.Add(x.Amount)
		}
	}
	for _, p := range order {
		s := of[p]
		if s.carried.IsZero() || !in.Gap.IsZero() {
			continue
		}
		d := diag.Diagnostic{Rule: "填报-024", Level: diag.Warning, At: or(s.at, s.first),
			Hint: "上年结转安排的支出写 carried = true，结转的总数写在 [[carryover]] 的 in 里；核对两处"}
		if s.carried.Cmp(s.in) <= 0 {
			continue // what is carried over to basic expenditure need not be marked
		}
		d.Message = "单位" + p.unit + "的" + p.fund + "，标作上年结转安排（carried）的支出多于上年结转结余（in），各表的上年结转印得不一样"
		d.Numbers(money.Difference(money.Wan, s.carried, s.in))
		r.Add(d)
	}
}

// natures: wages are not paid from 公用经费, nor receptions and cars from 人员经费. Figures of both, and of 机关运行经费, would
// be wrong by the line.
func natures(in *Input, r *Report) {
	const wages = "301" // 工资福利支出
	public := []string{"30212", "30217", carRunning, carBuying}
	for i := range in.Budget.Facts.Basic {
		x := &in.Budget.Facts.Basic[i]
		wrong := x.Nature.V == budget.NaturePublic && strings.HasPrefix(x.Economic.V, wages) ||
			x.Nature.V == budget.NaturePersonnel && slices.Contains(public, x.Economic.V)
		if !wrong {
			continue
		}
		name, _ := in.Budget.Economic.Name(x.Economic.V)
		r.Add(diag.Diagnostic{Rule: "填报-025", Level: diag.Warning, At: x.Nature.At, Message: "经济科目" + strings.TrimSpace(x.Economic.V+" "+name) + "写作" + x.Nature.V,
			Stated: x.Nature.V, Want: classify.Nature(x.Economic.V), Hint: "删去 nature，由程序按经济科目分"})
	}
}

// Names of functional items that say what the unit is that has them.
const (
	agencyItem      = "行政运行"
	institutionItem = "事业运行"
)

// kindsOfUnits: what a unit spends says whether it is an agency. One taken for something else loses its 机关运行经费.
func kindsOfUnits(in *Input, r *Report) {
	hosts := map[string]bool{} // those in whose budget others stand: it has items of both
	for i := range in.Budget.Facts.Units {
		hosts[in.Budget.Facts.Units[i].Within.V] = true
	}
	told := map[string]bool{}
	known := budget.StandardLists().Of("单位性质").Words
	for i := range in.Budget.Lines {
		x := &in.Budget.Lines[i]
		agency := slices.Contains(agencies[:], x.UnitKind)
		name, _ := in.Budget.Functional.Name(x.Function)
		if x.Side != budget.Expenditure || x.Kind != budget.KindBasic || !slices.Contains(known, x.UnitKind) || hosts[x.Unit] || told[x.Unit] {
			continue
		}
		d := diag.Diagnostic{Rule: "填报-026", Level: diag.Warning, At: x.At, Hint: "核对单位性质（[[unit]] 的 kind）、这一行的单位（unit）和功能科目；当地确这样列的不必改"}
		switch {
		case name == agencyItem && !agency:
			d.Message = "单位" + x.Unit + "的性质是" + x.UnitKind + "，有“" + agencyItem + "”的支出，它的公用经费不算机关运行经费"
		case name == institutionItem && agency:
			d.Message = "单位" + x.Unit + "的性质是" + x.UnitKind + "，有“" + institutionItem + "”的支出，它的公用经费算作机关运行经费"
		case x.Fund == "事业收入" && agency:
			d.Message = "单位" + x.Unit + "的性质是" + x.UnitKind + "，有事业收入安排的支出，事业收入是事业单位的收入"
		default:
			continue
		}
		told[x.Unit] = true
		r.Add(d)
	}
}
