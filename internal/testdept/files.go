package testdept

import (
	"fmt"
	"slices"
	"strings"
)

// yuan writes 分 as 元.
func yuan(fen int64) string { return fmt.Sprintf("%d.%02d", fen/100, fen%100) }

// wan writes 分 as 万元, exact.
func wan(fen int64) string {
	s := fmt.Sprintf("%d.%06d", fen/100_0000, fen%100_0000)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

func (g *dept) department() string {
	date := ""
	if g.maybe(8) {
		date = fmt.Sprintf("assets_as_of = %d-12-31\n", Year-1)
	}
	return fmt.Sprintf(`[department]
year = %d
code = %q
name = %q
template = %q
date = %d-02-%02d
%sduties = ["贯彻执行有关法律法规和政策。", "承担上级交办的其他事项。"]
`, Year, g.code, g.name(), Template, Year, 1+g.below(20), date)
}

func (g *dept) unitsFile() string {
	var s strings.Builder
	for i, u := range g.units {
		fmt.Fprintf(&s, "[[unit]]\nname = %q\nkind = %q\n", u.name, u.kind)
		if u.within != "" {
			fmt.Fprintf(&s, "budget_within = %q\n", u.within)
		} else {
			fmt.Fprintf(&s, "code = %q\n", u.code)
		}
		if i == 0 {
			s.WriteString("headquarters = true\n")
		}
	}
	s.WriteString("\n[[code]]\nkind = \"功能\"\ncode = \"22399\"\nname = \"其他国有资本经营预算支出\"\n" +
		"\n[[code]]\nkind = \"功能\"\ncode = \"2239999\"\nname = \"其他国有资本经营预算支出\"\n")
	return s.String()
}

func (g *dept) basicFile() string {
	var s strings.Builder
	for i := range g.basic {
		l := &g.basic[i]
		if l.unit.margins {
			continue
		}
		fmt.Fprintf(&s, "[[basic]]\nunit = %q\nfunction = %q\neconomic = %q\namount = %s\n", l.unit.code, l.function, l.economic, yuan(l.fen))
		if l.nature != "" {
			fmt.Fprintf(&s, "nature = %q\n", l.nature)
		}
	}
	g.marginLists(&s)
	return s.String()
}

// marginLists writes the basic expenditure of units that know only their two lists of totals.
func (g *dept) marginLists(s *strings.Builder) {
	for _, u := range g.listed() {
		if !u.margins {
			continue
		}
		g.marginList(s, u, "basic_by_function", "function", func(l *basicLine) string { return l.function })
		g.marginList(s, u, "basic_by_economic", "economic", func(l *basicLine) string { return l.economic })
	}
}

func (g *dept) marginList(s *strings.Builder, u *unit, table, key string, code func(*basicLine) string) {
	type sums struct{ personnel, public int64 }
	found := map[string]*sums{}
	var order []string
	for i := range g.basic {
		l := &g.basic[i]
		if l.unit != u {
			continue
		}
		k := code(l)
		if found[k] == nil {
			found[k] = &sums{}
			order = append(order, k)
		}
		if l.nature == "人员经费" || l.nature == "" && (l.economic[:3] == "301" || l.economic[:3] == "303") {
			found[k].personnel += l.fen
		} else {
			found[k].public += l.fen
		}
	}
	for _, k := range order {
		fmt.Fprintf(s, "[[%s]]\nunit = %q\n%s = %q\npersonnel = %s\npublic = %s\n", table, u.code, key, k, yuan(found[k].personnel), yuan(found[k].public))
	}
}

func (g *dept) projectsFile() string {
	var s strings.Builder
	for _, p := range g.projects {
		fmt.Fprintf(&s, "[[project]]\nname = %q\nunit = %q\npurpose = %q\n", p.name, p.unit, p.purpose+"。")
		if p.procure != "" {
			fmt.Fprintf(&s, "procurement = %q\n", p.procure)
		}
		if p.purchase != "" {
			fmt.Fprintf(&s, "service_purchase = %q\n", p.purchase)
		}
		if p.total > 0 {
			fmt.Fprintf(&s, "total_budget = %s\nstart_year = %d\nend_year = %d\n", yuan(p.total), Year-1, Year+1)
		}
		if g.maybe(5) {
			fmt.Fprintf(&s, "amount = %s\n", yuan(p.sum()))
		}
		for _, l := range p.lines {
			fmt.Fprintf(&s, "[[project.line]]\nfund = %q\nfunction = %q\namount = %s\n", l.fund, l.function, yuan(l.fen))
			if l.economic != "" {
				fmt.Fprintf(&s, "economic = %q\n", l.economic)
			}
			if l.carried {
				s.WriteString("carried = true\n")
			}
		}
	}
	return s.String()
}

func (g *dept) revenueFile() string {
	var s strings.Builder
	for _, c := range g.carry {
		fmt.Fprintf(&s, "[[carryover]]\nunit = %q\nfund = %q\nin = %s\n", c.unit, c.fund, yuan(c.in))
		if c.out > 0 {
			fmt.Fprintf(&s, "out = %s\n", yuan(c.out))
		}
	}
	for _, u := range g.listed() {
		for _, fund := range append([]string{fundGeneral}, otherFunds...) {
			p := purse{u.code, fund}
			if g.spent[p] == 0 || g.maybe(5) {
				continue
			}
			revenue := g.spent[p]
			for _, c := range g.carry {
				if c.purse == p {
					revenue += c.out - c.in
				}
			}
			fmt.Fprintf(&s, "[[revenue]]\nunit = %q\nsource = %q\namount = %s\n", u.code, fund, yuan(revenue))
		}
	}
	return s.String()
}

// threePublic are the four parts of the three public expenses paid from the general public budget.
func (g *dept) threePublic() (overseas, purchase, running, reception int64) {
	add := func(economic string, fen int64) {
		switch economic {
		case "30212":
			overseas += fen
		case "31013":
			purchase += fen
		case "30231":
			running += fen
		case "30217":
			reception += fen
		}
	}
	for _, l := range g.basic {
		add(l.economic, l.fen)
	}
	for _, p := range g.projects {
		for _, l := range p.lines {
			if l.fund == fundGeneral {
				add(l.economic, l.fen)
			}
		}
	}
	return
}

// priorFile states last year: the same, less, more or nothing at all of each, and totals asserted for this year.
func (g *dept) priorFile() string {
	var s strings.Builder
	before := func(now int64) int64 {
		switch g.below(4) {
		case 0:
			return now
		case 1:
			return 0
		case 2:
			return now + g.amount(20)
		}
		return now / 2
	}
	o, p, r, m := g.threePublic()
	fmt.Fprintf(&s, "[[stated]]\nfigure = \"three_public\"\namount = %s\n", yuan(o+p+r+m))
	now := map[string]int64{"overseas": o, "vehicle_purchase": p, "vehicle_running": r, "reception": m, "three_public": o + p + r + m}
	o, p, r, m = before(o), before(p), before(r), before(m)
	general := o + p + r + m + g.amount(3000)
	fiscal := general + g.amount(300)
	total := fiscal + g.amount(300)
	fmt.Fprintf(&s, "[prior]\nyear = %d\n[prior.figures]\n", Year-1)
	for _, x := range []struct {
		key string
		fen int64
	}{{"total", total}, {"fiscal", fiscal}, {"general", general}, {"three_public", o + p + r + m}, {"overseas", o}, {"vehicles", p + r},
		{"vehicle_purchase", p}, {"vehicle_running", r}, {"reception", m}} {
		fmt.Fprintf(&s, "%s = %s\n", x.key, yuan(x.fen))
		if n, known := now[x.key]; known && n == x.fen {
			g.unchanged = append(g.unchanged, x.key)
		}
	}
	basic := total / 3
	for i, t := range []int64{g.amount(4000), total} {
		fmt.Fprintf(&s, "[[history]]\nyear = %d\nbasic = %s\nproject = %s\n", Year-2+i, yuan(basic), yuan(max(t-basic, 0)))
	}
	return s.String()
}

func (g *dept) textFile() string {
	var s strings.Builder
	s.WriteString("[text]\n")
	for _, key := range []string{"total", "fiscal", "general", "overseas", "vehicle_purchase", "vehicle_running", "reception", "three_public"} {
		reason := pick(&g.random, []string{
			"人员增减，相应调整经费", "上年一次性项目已经完成", fmt.Sprintf("%d年承担三项新的工作任务", Year), "按照过紧日子的要求从严编制",
		})
		if !slices.Contains(g.unchanged, key) {
			fmt.Fprintf(&s, "reason_%s = %q\n", key, reason)
		}
	}
	return s.String()
}

// drives reports whether cars are paid for.
func (g *dept) drives() bool {
	for _, l := range g.basic {
		if l.economic == "30231" {
			return true
		}
	}
	for _, p := range g.projects {
		for _, l := range p.lines {
			if l.economic == "30231" {
				return true
			}
		}
	}
	return false
}

func (g *dept) assetsFile() string {
	if g.maybe(4) && !g.drives() {
		return ""
	}
	return fmt.Sprintf("[[vehicle]]\nuse = \"机要通信用车\"\ncount = %d\n\n[[equipment]]\nname = \"档案数字化设备\"\ncount = %d\n", 1+g.below(4), 1+g.below(3))
}

const goals = `
[[form.goal]]
horizon = "长期"
name = "长期目标1"
text = "按期完成任务，群众满意。"
[[form.goal]]
horizon = "年度"
name = "年度目标1"
text = "完成年度任务。"
[[form.indicator]]
horizon = "长期"
goal = "长期目标1"
first = "产出指标"
second = "数量指标"
third = "完成任务数量"
value = "≥12项"
[[form.indicator]]
horizon = "年度"
goal = "年度目标1"
first = "满意度指标"
second = "服务对象满意度指标"
third = "群众满意度"
value = "≥95%"
`

func (g *dept) overallFile() string {
	return `[[form]]
kind = "整体绩效"
[form.fields]
annual_tasks = "做好本年度各项工作。"
long_goal = "按期完成任务，群众满意。"
year_goal = "完成年度任务。"
` + goals
}

// formFile is a project's performance form, whose estimate adds up in its table and in its sentence.
func (g *dept) formFile(p *project) string {
	var s strings.Builder
	sum := p.sum()
	first := sum / 3
	second := sum - first
	if sum%100_00 == 0 { // parts with two decimals, as people write them
		first -= first % 100_00
		second = sum - first
	}
	basis := "按市场询价和上年执行情况测算。"
	if g.maybe(6) {
		basis = fmt.Sprintf("其中：人工费%s万元，材料费%s万元，共%s万元。", wan(first), wan(second), wan(sum))
	}
	building := p.total > 0 // its form alone has room for years and for what is bought
	fields := fmt.Sprintf("type = \"部门项目\"\nbasis = %q\n", basis)
	kind := "项目绩效-通用"
	if building {
		kind, fields = "项目绩效-建设", "attribute = \"建设类\"\n"
	}
	fmt.Fprintf(&s, `[[form]]
kind = %q
project = %q
[form.fields]
%sreason = "履行职能需要"
content = %q
change = "上年按同口径安排。"
`, kind, p.name, fields, p.purpose)
	for i, fen := range []int64{first, second} {
		fmt.Fprintf(&s, "[[form.detail]]\nactivity = \"第%d项工作\"\namount = %s\n", i+1, yuan(fen))
	}
	if building && p.procure != "" {
		fmt.Fprintf(&s, "[[form.item]]\nname = %q\nquantity = \"1项\"\namount = %s\n", p.name, yuan(sum))
	}
	s.WriteString(goals)
	return s.String()
}
