package check

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/source"
)

// Economic codes that rules ask for by themselves.
const (
	carRunning = "30231"
	carBuying  = "31013"
)

// cars: cars that are driven are there. Where assets were counted, a document says of those that are not listed that there
// are none: the sentence is shown to whoever answers for it.
func cars(in *Input, r *Report) {
	f := in.Budget.Facts
	running := in.Budget.Figure(budget.Query{}.Where("economic", carRunning))
	count := 0
	for i := range f.Vehicles {
		count = max(count, f.Vehicles[i].Count.V)
	}
	if count > 0 || running.Value.IsZero() || !f.AssetsStated() {
		return
	}
	d := diag.Diagnostic{Rule: "资产-001", Level: diag.Note, At: in.Budget.Lines[running.Lines[0]].At, Message: "有公务用车运行维护费" + money.Told(running.Value) + "，没有填报车辆",
		Hint: "车辆写在 [[vehicle]] 里；用租来的车或借用的车，不必改"}
	if said := in.saidUnless(func(f *budget.Facts) {
		f.Vehicles = []budget.Vehicle{{Use: source.String{V: "其他用车"}, Count: source.Int{V: 1, Set: true}}}
	}); said != "" {
		d.Level = diag.Warning
		d.Message += "，文中印作“" + said + "”"
	}
	r.Add(d)
}

// boughtCars: money for new cars buys some. Only where the template says how many.
func boughtCars(in *Input, r *Report) {
	f := in.Budget.Facts
	bought := 0
	for i := range f.Vehicles {
		bought = max(bought, f.Vehicles[i].Bought.V)
	}
	cost := in.Budget.Figure(budget.Query{}.Where("economic", carBuying))
	if bought > 0 || cost.Value.IsZero() || !f.AssetsStated() || !in.Pack.Prints("vehicle.bought") {
		return
	}
	d := diag.Diagnostic{Rule: "资产-002", Level: diag.Warning, At: in.Budget.Lines[cost.Lines[0]].At, Message: "有公务用车购置费" + money.Told(cost.Value) + "，没有填报购置几辆",
		Hint: "在 assets.toml 这种用途的 [[vehicle]] 里写 bought（本年购置数量）"}
	if said := in.saidUnless(func(f *budget.Facts) {
		f.Vehicles = append(slices.Clone(f.Vehicles), budget.Vehicle{Use: source.String{V: "其他用车"}, Bought: source.Int{V: 1, Set: true}})
	}); said != "" {
		d.Message += "，文中印作“" + said + "”"
	}
	r.Add(d)
}

// saidUnless is the first statement of the document that would not stand there if the facts were otherwise, "" for none.
func (in *Input) saidUnless(otherwise func(*budget.Facts)) string {
	if in.Passages == nil {
		return ""
	}
	facts, b := *in.Budget.Facts, *in.Budget
	otherwise(&facts)
	b.Facts = &facts
	without := map[string]bool{}
	for _, p := range in.Passages(&b) {
		for _, x := range statements(p.Text) {
			without[x] = true
		}
	}
	for _, p := range in.Passages(in.Budget) {
		for _, x := range statements(p.Text) {
			if !without[x] {
				return x
			}
		}
	}
	return ""
}

// statements parts a paragraph at the marks that end what can be said alone.
func statements(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == '。' || r == '；' || r == '\n' })
}
