package budget

import (
	"testing"

	"yusuan/internal/money"
)

// TestEntriesTakeAfterTheirProject: what an entry of the procurement budget does not say is what all of its project's money
// has in common.
func TestEntriesTakeAfterTheirProject(t *testing.T) {
	const units = head + "[[unit]]\ncode = \"900002\"\nname = \"中心\"\nkind = \"公益一类\"\n"
	const entry = "[[procurement]]\nproject = \"甲\"\nclass = \"服务\"\namount = 30\n"
	const one = "[[project]]\nname = \"甲\"\nunit = \"900002\"\nfund = \"事业收入\"\nfunction = \"2010350\"\neconomic = \"30227\"\namount = 50\n"
	const two = "[[project]]\nname = \"甲\"\nunit = \"900002\"\nfunction = \"2010350\"\n[[project.line]]\nfund = \"其他收入\"\namount = 40\n[[project.line]]\neconomic = \"30227\"\namount = 35\n"
	for _, c := range []struct{ toml, query, want string }{
		{one + entry, "procurement!=无 unit=900002 unitkind=公益一类 fund=事业收入 kind=项目支出 function=2010350 economic=30227 carried=否", "30"},
		{one + "carried = true\n" + entry, "procurement!=无 carried=是", "30"},
		{two + entry, "procurement!=无 fund=一般公共预算 function=2010350", "30"},
		{two + entry, "procurement!=无 economic=30227", "0"}, // only some of it has
		{two + entry + "fund = \"其他收入\"\neconomic = \"30201\"\n", "procurement!=无 fund=其他收入 economic=30201", "30"},
		{one + "procurement = \"货物\"\n", "procurement=货物 fund=事业收入 project=甲", "50"},
		{one + "[[procurement]]\nunit = \"900001\"\nclass = \"货物\"\namount = 2\n" + entry, "procurement!=无", "32"},
		{one + entry, "", "50"}, // it is part of what is spent
	} {
		b, ds := load(t, units+c.toml)
		if len(ds) > 1 || len(ds) == 1 && ds[0].Rule != "采购-003" {
			t.Errorf("%s: %+v", c.toml, ds)
		}
		if got := sum(t, b, c.query); got != c.want {
			t.Errorf("%s\n%s is %s, want %s", c.toml, c.query, got, c.want)
		}
	}
}

// TestMoneyTakenBackBuysNothing: a project of less than nothing, of which nothing is bought, is no finding.
func TestMoneyTakenBackBuysNothing(t *testing.T) {
	b, ds := load(t, head+"[[project]]\nname = \"甲\"\nfunction = \"2010302\"\namount = -50\n[[project]]\nname = \"乙\"\nfunction = \"2010302\"\namount = 80\n")
	if len(ds) > 0 || sum(t, b, "kind=项目支出") != "30" {
		t.Errorf("%s %+v", sum(t, b, "kind=项目支出"), ds)
	}
}

// TestMarkedProcurementPrintsAsExpenditure: where printed parts are made to add up, a project that is all procured is printed
// the same in both budgets.
func TestMarkedProcurementPrintsAsExpenditure(t *testing.T) {
	b, ds := load(t, head+`
[[project]]
name = "甲"
function = "2010302"
procurement = "服务"
[[project.line]]
economic = "30201"
amount = 33349
[[project.line]]
economic = "30213"
amount = 33349
[[project.line]]
economic = "30227"
amount = 33349
`)
	if len(ds) > 0 {
		t.Fatalf("%+v", ds)
	}
	printed := b.Printed(money.Format{Unit: money.Wan, Places: 2})
	n := 0
	for i, l := range b.Lines {
		if l.Side == Purchases {
			n++
			if len(l.From) != 1 || !printed[i].Equal(printed[l.From[0]]) {
				t.Errorf("%v of %v is printed %v, its expenditure %v", l.Procure, l.Amount, printed[i], printed[l.From[0]])
			}
		}
	}
	if n != 3 {
		t.Errorf("%d lines of procurement, want 3", n)
	}
}
