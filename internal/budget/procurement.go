package budget

import (
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/source"
)

// The procurement budget is stated in two ways. A class of procurement on a project, or on a line of it, means all of its
// money; an entry of [[procurement]] means a part of a project's money, or money that is of no project. Both become lines
// of the side Purchases, so that whoever asks for procurement gets all of it, however it was stated.

// projectMoney is what is known of a project when procurement is added to it.
type projectMoney struct {
	p       *Project
	lines   []int // of its expenditure
	marked  bool  // a class of procurement stands on it or on a line of it
	entries []*Purchase
	bought  map[string][]source.Amount // by fund
}

func (l *loader) purchases() {
	known, order := l.projectMoney()
	var free, marked money.Amount
	var claims []source.Amount
	for i := range l.b.Facts.Purchases {
		x := &l.b.Facts.Purchases[i]
		l.code(x.Economic, l.b.Economic, "经济科目", 5)
		p, ok := l.purchaseOf(x)
		l.purchase(x, known[p], ok)
		claims = append(claims, x.Amount)
		if x.Project.V == "" {
			free = free.Add(x.Amount.Amount)
		}
	}
	for _, m := range order {
		switch {
		case len(m.entries) > 0 && m.marked:
			l.twice(m)
		case m.marked:
			marked = marked.Add(l.bought(m))
		default:
			l.enough(m)
		}
	}
	l.besideMarks(free, marked)
	all, bought := l.b.Sum(Query{}), ClaimOf(claims...)
	bought.Sum = bought.Sum.Add(marked)
	if len(claims) > 0 && bought.Sum.Cmp(all) > 0 {
		l.moreThan(bought, all, diag.Diagnostic{Rule: "采购-003", Level: diag.Error, At: l.b.Facts.Purchases[0].At,
			Message: "政府采购预算之和大于本年支出", Hint: "采购的钱都列在支出里；核对采购清单"})
	}
}

// moreThan reports a sum that is more than it can be.
func (l *loader) moreThan(bought Claim, most money.Amount, d diag.Diagnostic) {
	bought.Settle(&d, money.Yuan, most)
	d.Want = "不大于 " + d.Want
	l.diags.Add(d)
}

// projectMoney gathers the expenditure of each project, in the order of the data.
func (l *loader) projectMoney() (known map[*Project]*projectMoney, order []*projectMoney) {
	known = map[*Project]*projectMoney{}
	for i := range l.b.Lines {
		x := &l.b.Lines[i]
		if x.Side != Expenditure || x.Project == "" {
			continue
		}
		p := l.b.projects.in(x.Unit, x.Project)
		if p == nil {
			continue
		}
		m := known[p]
		if m == nil {
			m = &projectMoney{p: p, bought: map[string][]source.Amount{}}
			known[p] = m
			order = append(order, m)
		}
		m.lines = append(m.lines, i)
		m.marked = m.marked || x.Procure != ""
	}
	return known, order
}

// purchaseOf is the project of whose money an entry is a part, nil for one that is of no project: what the procurement
// table names there need not be one. A name that is nearly a project's, or another unit's, is a slip; then ok is false.
func (l *loader) purchaseOf(x *Purchase) (p *Project, ok bool) {
	r := l.b.projects
	if x.Project.V == "" {
		return nil, true
	}
	list := r.find(x.Unit, x.Project)
	switch {
	case len(list) == 1:
		return list[0], true
	case len(list) > 1:
		l.whose(x.Project, "政府采购清单", list)
		return nil, false
	}
	unit := r.unit(x.Unit)
	d := diag.Diagnostic{Rule: "项目-009", Level: diag.Error, At: x.Project.At}
	if others := r.named[x.Project.V]; len(others) > 0 {
		var units []string
		for _, o := range others {
			units = append(units, l.b.unitTitle(r.unit(o.Unit)))
		}
		d.Message = "政府采购清单的项目“" + x.Project.V + "”不是" + l.b.unitTitle(unit) + "的，是" + strings.Join(units, "、") + "的"
		d.Hint = "改正 unit 或 project"
		l.diags.Add(d)
		return nil, false
	}
	near, found := l.projectsOf(unit).Closest(x.Project.V)
	if found {
		d.Message = "政府采购清单的" + diag.Quote(x.Project.V) + "像是项目" + diag.Quote(near) + "，名称不同，不算它的采购"
		same := "写成 project = \"" + near + "\""
		if strings.ContainsAny(near, "“”‘’\"") { // messages cannot show which quotation marks to type
			same = "project 照那个项目的名称填，标点也相同"
		}
		d.Hint = "是这个项目的，" + same + "；不是项目支出的，换一个不相近的名目，如“公用经费”"
		l.diags.Add(d)
	}
	return nil, !found
}

// projectsOf are the names of a unit's projects, of all for "": made ready once for each, as most purchases may be of no project.
func (l *loader) projectsOf(unit string) *diag.Names {
	if l.ofUnit == nil {
		names := map[string][]string{}
		for i := range l.b.Facts.Projects {
			o := &l.b.Facts.Projects[i]
			names[""] = append(names[""], o.Name.V)
			if u := l.b.projects.unit(o.Unit); u != "" {
				names[u] = append(names[u], o.Name.V)
			}
		}
		l.ofUnit = map[string]*diag.Names{"": diag.NewNames(names[""])}
		for u, list := range names {
			l.ofUnit[u] = diag.NewNames(list)
		}
	}
	if n := l.ofUnit[unit]; n != nil {
		return n
	}
	return diag.NewNames(nil)
}

// purchase adds an entry. What it does not say is what all money of its project has in common. Of one whose project is not
// known, which has been said, no more is asked.
func (l *loader) purchase(x *Purchase, m *projectMoney, known bool) {
	n := Line{Side: Purchases, View: ByFunction | ByEconomy, Project: x.Project.V, Economic: x.Economic.V, Procure: x.Class.V, Item: x.Item.V,
		Organize: x.Organization.V, Reserved: x.Reserved.V, Amount: x.Amount.Amount, At: x.Amount.At}
	if m == nil {
		n.Unit, n.Fund = l.b.projects.unit(x.Unit), fundOf(x.Fund)
		if known {
			n.Unit = l.unit(x.Unit, x.At)
		}
		l.add(n)
		return
	}
	first := &l.b.Lines[m.lines[0]]
	n.Unit, n.Kind, n.Goals = first.Unit, first.Kind, first.Goals
	if fund := l.common(m, onFund); fund != "" && x.Fund.V == "" {
		n.Fund = fund
	} else {
		n.Fund = fundOf(x.Fund)
	}
	n.Function = l.common(m, onFunction)
	if n.Economic == "" {
		n.Economic = l.common(m, onEconomic)
	}
	n.Carried = l.common(m, onCarried) == yesNo(true)
	m.entries = append(m.entries, x)
	m.bought[n.Fund] = append(m.bought[n.Fund], x.Amount)
	l.add(n)
}

// common is what all lines of a project have for a property, "" where they differ.
func (l *loader) common(m *projectMoney, p property) string {
	v := l.b.Lines[m.lines[0]].value(p)
	for _, i := range m.lines {
		if l.b.Lines[i].value(p) != v {
			return ""
		}
	}
	return v
}

// bought adds what is marked as procurement on a project's expenditure.
func (l *loader) bought(m *projectMoney) (sum money.Amount) {
	for _, i := range m.lines {
		n := l.b.Lines[i]
		if n.Procure == "" {
			continue
		}
		n.Side, n.From = Purchases, []int{i}
		sum = sum.Add(n.Amount)
		l.b.Lines = append(l.b.Lines, n)
	}
	return sum
}

// twice: a project's procurement is stated by marks or by entries.
func (l *loader) twice(m *projectMoney) {
	at := m.p.Procure.At
	for i := range m.p.Lines {
		if x := m.p.Lines[i].Procure; at.IsZero() && x.V != "" {
			at = x.At
		}
	}
	l.diags.Add(diag.Diagnostic{Rule: "采购-004", Level: diag.Error, At: m.entries[0].Project.At,
		Message: "项目" + l.b.ProjectTitle(m.p) + "的政府采购说了两遍：项目上写了 procurement，清单里又有它",
		Notes:   []diag.Related{{Text: "项目上的 procurement 在这里", At: at}},
		Hint:    "只有一部分采购的，删去项目上的 procurement；这笔钱全部采购的，删去清单里的"})
}

// denied reports a line that says it is no procurement of a project that says all of it is.
func (l *loader) denied(p *Project, x *ProjectLine) {
	for _, k := range []struct {
		key         string
		whole, line source.String
	}{{"procurement", p.Procure, x.Procure}, {"service_purchase", p.Purchase, x.Purchase}} {
		if k.whole.V == "" || k.line.V != "" || k.line.At.IsZero() {
			continue
		}
		l.diags.Add(diag.Diagnostic{Rule: "采购-004", Level: diag.Error, At: k.line.At,
			Message: "项目" + l.b.ProjectTitle(p) + "写了 " + k.key + " = \"" + k.whole.V + "\"，这一笔又写没有",
			Notes:   []diag.Related{{Text: "项目上的在这里", At: k.whole.At}}, Hint: "只有一部分是的，删去项目上的 " + k.key + "，写在是的那几笔里"})
	}
}

// enough: what is bought of a project's money is not more than that, in all and of each fund.
func (l *loader) enough(m *projectMoney) {
	if len(m.entries) == 0 {
		return // nothing is bought, though a project that takes money back has less than nothing
	}
	has := map[string]money.Amount{}
	var all money.Amount
	var bought []source.Amount
	for _, i := range m.lines {
		x := &l.b.Lines[i]
		has[x.Fund], all = has[x.Fund].Add(x.Amount), all.Add(x.Amount)
	}
	for _, x := range m.entries {
		bought = append(bought, x.Amount)
	}
	exceeds := func(what string, bought []source.Amount, has money.Amount, hint string) bool {
		claim := ClaimOf(bought...)
		if claim.Sum.Cmp(has) <= 0 {
			return false
		}
		l.moreThan(claim, has, diag.Diagnostic{Rule: "采购-003", Level: diag.Error, At: m.entries[len(m.entries)-1].Amount.At,
			Message: "项目" + l.b.ProjectTitle(m.p) + "的政府采购各笔之和大于它的" + what, Notes: []diag.Related{{Text: "项目在这里", At: m.p.Name.At}}, Hint: hint})
		return true
	}
	if exceeds("本年预算", bought, all, "核对采购清单和项目的金额、单位") {
		return
	}
	for _, f := range Funds() {
		if exceeds(f, m.bought[f], has[f], "在这笔采购里写明资金性质（fund），或核对金额") {
			return
		}
	}
}

// besideMarks warns of entries that name no project beside projects that are marked: both are added up, which is wrong
// where the entries are all that the department buys.
func (l *loader) besideMarks(free, marked money.Amount) {
	if free.IsZero() || marked.IsZero() {
		return
	}
	onProjects, beside, _ := money.Difference(money.Wan, marked, free)
	i := slices.IndexFunc(l.b.Facts.Purchases, func(x Purchase) bool { return x.Project.V == "" })
	l.diags.Add(diag.Diagnostic{Rule: "采购-005", Level: diag.Warning, At: l.b.Facts.Purchases[i].At,
		Message: "项目上写了 procurement 的有" + onProjects + "，清单里不写项目的政府采购又有" + beside + "，印出的是两样之和",
		Hint:    "清单里是公用经费等项目以外的采购，写上 project = \"公用经费\" 这样的名目；已经包括那些项目的，删去项目上的 procurement"})
}
