package budget

// Feed says how entries of one list of the facts become lines, for those who ask what a query is made of before there are
// any: which fields it would look at, and whose money it would sum. A test holds it to what New does.
type Feed struct {
	// Line is what all lines of the feed have in common.
	Line Line
	// States are the fields that say the rest, by key of queries. A field of a list is named list.field.
	States map[string][]string
	// Amounts are the fields with the money.
	Amounts []string
}

// Feeds are all there are. Revenue is derived from what is spent and carried over, so all of that feeds it.
func Feeds() []Feed {
	const both = ByFunction | ByEconomy
	basic := Line{Side: Expenditure, Kind: KindBasic}
	margin := func(v View, nature string) Line { l := basic; l.View, l.Nature = v, nature; return l }
	project := Line{Side: Expenditure, Kind: KindProject, View: both}
	of := func(list string, l Line, amount string, states map[string][]string) Feed {
		states["unit"], states["unitkind"], states["fund"] = []string{list + ".unit"}, []string{"unit.kind"}, []string{list + ".fund"}
		return Feed{Line: l, States: states, Amounts: []string{list + "." + amount}}
	}
	line := Feed{Line: project, Amounts: []string{"project.line.amount"}, States: map[string][]string{
		"unit": {"project.unit"}, "unitkind": {"unit.kind"}, "project": {"project.name"}, "goals": {"project.goals"},
		"purchase": {"project.line.service_purchase", "project.service_purchase"}}}
	for _, key := range []string{"fund", "function", "economic", "procurement", "carried"} { // the project's, where the line has none
		line.States[key] = []string{"project.line." + key, "project." + key}
	}
	spent := []Feed{
		of("basic", margin(both, ""), "amount", map[string][]string{"function": {"basic.function"}, "economic": {"basic.economic"},
			"nature": {"basic.nature", "basic.economic"}, "carried": {"basic.carried"}}),
		of("basic_by_function", margin(ByFunction, NaturePersonnel), "personnel", map[string][]string{"function": {"basic_by_function.function"}}),
		of("basic_by_function", margin(ByFunction, NaturePublic), "public", map[string][]string{"function": {"basic_by_function.function"}}),
		of("basic_by_economic", margin(ByEconomy, NaturePersonnel), "personnel", map[string][]string{"economic": {"basic_by_economic.economic"}}),
		of("basic_by_economic", margin(ByEconomy, NaturePublic), "public", map[string][]string{"economic": {"basic_by_economic.economic"}}),
		of("basic_by_economic", margin(ByEconomy, ""), "amount", map[string][]string{"economic": {"basic_by_economic.economic"}, "nature": {"basic_by_economic.economic"}}),
		of("other", Line{Side: Expenditure, View: both}, "amount", map[string][]string{"kind": {"other.kind"}, "function": {"other.function"}, "economic": {"other.economic"}}),
		of("project", project, "amount", map[string][]string{"project": {"project.name"}, "function": {"project.function"}, "economic": {"project.economic"},
			"procurement": {"project.procurement"}, "purchase": {"project.service_purchase"}, "goals": {"project.goals"}, "carried": {"project.carried"}}),
		line,
	}
	whole := spent[len(spent)-2]
	in := of("carryover", Line{Side: CarryIn, View: both}, "in", map[string][]string{})
	out := of("carryover", Line{Side: CarryOut, View: both}, "out", map[string][]string{})
	bought := of("procurement", Line{Side: Purchases, View: both}, "amount", map[string][]string{"project": {"procurement.project"}, "economic": {"procurement.economic"},
		"procurement": {"procurement.class"}, "item": {"procurement.item"}, "organization": {"procurement.organization"}, "reserved": {"procurement.reserved"}})
	for key, fields := range line.States { // what an entry does not say is its project's
		if key != "project" && key != "procurement" && key != "purchase" {
			bought.States[key] = append(append(bought.States[key], "procurement.project", "project.name"), fields...)
		}
	}
	bought.States["carried"] = append(bought.States["carried"], "project.carried")
	bought.States["kind"] = []string{"procurement.project", "project.name"}
	marked := func(f Feed) Feed { // all of it is procured
		f.Line.Side = Purchases
		return f
	}
	revenue := Feed{Line: Line{Side: RevenueSide, View: both}, States: map[string][]string{}}
	for _, f := range append([]Feed{in, out}, spent...) {
		if f.Line.View&ByFunction == 0 {
			continue
		}
		revenue.Amounts = append(revenue.Amounts, f.Amounts...)
		for _, key := range []string{"unit", "unitkind", "fund"} {
			revenue.States[key] = append(revenue.States[key], f.States[key]...)
		}
	}
	return append(spent, in, out, bought, marked(whole), marked(line), revenue)
}

// Reaches reports whether q may select a line of the feed: what its entries state themselves may be what q wants.
func (f *Feed) Reaches(q Query) bool {
	if !q.sees(&f.Line) {
		return false
	}
	for i := range q.conds {
		if c := &q.conds[i]; f.States[c.key] == nil && !c.match(&f.Line) {
			return false
		}
	}
	return true
}
