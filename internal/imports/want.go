package imports

import (
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
)

// FormKind is a kind of performance form of the pack.
type FormKind struct {
	Kind     string
	Project  bool     // of one project; else of the whole department
	Required []string // fields that the author must fill in
}

// wish makes facts of rows.
type wish struct {
	u     *Understood
	diags *diag.List
	at    map[string]*fact // by table and identity
	facts []*fact
	forms []FormKind
	told  map[string]bool
	codes map[*fact]said // of projects, as the budget system numbers them
	whole []string       // what stands for the whole department where a project is due
}

// wanted are the entries that the exports state, each once.
func (u *Understood) wanted(forms []FormKind, diags *diag.List) []*fact {
	w := &wish{u: u, diags: diags, at: map[string]*fact{}, told: map[string]bool{}, codes: map[*fact]said{}, forms: forms, whole: u.whole}
	rows := u.once(diags)
	for _, r := range rows {
		switch r.Kind {
		case Project:
			w.project(r)
		case Indicator:
			w.indicator(r)
		case Purchase:
			w.purchase(r)
		default:
			if r.Kind.Table() != "" {
				w.plain(r)
			}
		}
	}
	w.name()
	w.units()
	w.procured()
	return slices.DeleteFunc(w.facts, (*fact).nothing)
}

// nothing reports whether a fact says nothing that is worth an entry: no money, no cars.
func (f *fact) nothing() bool {
	switch f.table {
	case tableVehicle:
		return zeroText(f.text("count")) && zeroText(f.text("bought"))
	case tableProject:
		return len(f.kids) == 0
	case tableBasic, "basic_by_function", "basic_by_economic", tableLine, tablePurchase, tableRevenue:
		return f.total().IsZero()
	case tableCarry:
		return f.total().IsZero() && (f.get("out") == nil || f.get("out").amount.IsZero())
	}
	return false
}

func zeroText(s string) bool { return strings.Trim(s, "0") == "" }

// fact makes a fact of what a row says of the fields of a table.
func (r *Row) fact(table string, but ...string) *fact {
	f := &fact{table: table, at: r.At, sheet: r.Sheet, rows: 1}
	t := tables()[table]
	for _, v := range r.Values {
		if t.Field(v.Key) == nil || slices.Contains(but, v.Key) {
			continue
		}
		s := said{key: v.Key, text: v.Text, name: v.Name, amount: v.Amount, money: v.Money, at: v.At}
		if v.Money {
			s.text = v.Amount.String()
		}
		f.said = append(f.said, s)
	}
	if s := f.get("fund"); s == nil && t.Field("fund") != nil {
		f.set(said{key: "fund", text: budget.FundGeneral, at: r.At})
	}
	return f
}

// put takes a fact in; another with its identity is added to it where money adds up.
func (w *wish) put(f *fact) *fact {
	key := f.table + "\x00" + f.identity()
	if old := w.at[key]; old != nil && slices.Contains(adding, f.table) {
		w.differs(old, f)
		old.add(f)
		return old
	}
	w.at[key] = f
	w.facts = append(w.facts, f)
	return f
}

func (w *wish) plain(r *Row) {
	f := r.fact(r.Kind.Table())
	if r.Kind != Carry { // a margin of nothing says nothing
		f.said = slices.DeleteFunc(f.said, func(s said) bool { return s.money && s.amount.IsZero() })
	}
	f.choices(r)
	if r.Kind == Unit && w.at[f.table+"\x00"+f.identity()] != nil {
		return
	}
	w.put(f)
}

// project takes a line of a project's money to its project.
func (w *wish) project(r *Row) {
	line := r.fact(tableLine, "unit")
	p := r.fact(tableProject, "fund", "function", "economic", "procurement", "service_purchase", "amount", "carried")
	p.drop("fund")
	key := tableProject + "\x00" + p.identity()
	if old := w.at[key]; old != nil {
		w.differs(old, p)
		for _, s := range p.said {
			if old.get(s.key) == nil {
				old.said = append(old.said, s)
			}
		}
		p = old
	} else {
		w.at[key] = p
		w.facts = append(w.facts, p)
	}
	p.choices(r)
	w.numbered(p, r)
	if s := line.get("amount"); s == nil || s.amount.IsZero() {
		return
	}
	for _, k := range p.kids {
		if k.identity() == line.identity() && k.text("procurement") == line.text("procurement") && k.text("service_purchase") == line.text("service_purchase") {
			w.differs(k, line)
			k.add(line)
			return
		}
	}
	p.kids = append(p.kids, line)
}

// purchase takes what is bought. Of money that is no project's the schema wants a name all the same.
func (w *wish) purchase(r *Row) {
	f := r.fact(tablePurchase)
	if p := f.get("project"); p != nil {
		if s, ok := strings.CutPrefix(p.text, "（"); ok && strings.HasSuffix(s, "）") {
			p.text = strings.TrimSuffix(s, "）") // （公用经费）
		}
	}
	if r.Text("fund") == "" {
		f.drop("fund") // that of the project
	}
	w.put(f)
}

// indicator takes an indicator, and the goal that stands beside it, to its form.
func (w *wish) indicator(r *Row) {
	if len(w.forms) == 0 {
		return
	}
	f := w.form(r)
	if f == nil {
		return
	}
	x := r.fact(tableIndicator)
	if g := x.get("goal"); g != nil {
		w.goal(f, x, *g)
	}
	if v, ok := r.Get("text"); ok {
		w.newGoal(f, x, said{key: "text", text: v.Text, at: v.At})
	}
	if x.text("third") != "" {
		f.kids = append(f.kids, x)
	}
}

// form is the form that a row belongs to: of its project, or of the whole department.
func (w *wish) form(r *Row) *fact {
	name := r.Text("project")
	if name == "" {
		name = r.Text("name")
	}
	project := name != "" && !slices.Contains(w.whole, plain(name))
	i := slices.IndexFunc(w.forms, func(k FormKind) bool { return k.Project == project })
	if i < 0 {
		return nil
	}
	f := &fact{table: tableForm, at: r.At, sheet: r.Sheet, rows: 1, said: []said{{key: "kind", text: w.forms[i].Kind, at: r.At}}}
	if project {
		f.set(said{key: "project", text: name, at: r.At})
		if v, ok := r.Get("unit"); ok {
			f.set(said{key: "unit", text: v.Text, name: v.Name, at: v.At})
		}
	}
	key := tableForm + "\x00" + f.identity()
	if old := w.at[key]; old != nil {
		return old
	}
	w.at[key] = f
	w.facts = append(w.facts, f)
	return f
}

// goalText is how long the name of a goal may be; what is longer, or ends a sentence, is what the goal says.
const goalText = 14

// goal makes a goal of the text that stands beside indicators, which then name it.
func (w *wish) goal(form, x *fact, g said) {
	for _, k := range form.kids {
		if k.table == tableGoal && k.text("horizon") == x.text("horizon") && k.text("text") == g.text {
			x.set(said{key: "goal", text: k.text("name"), at: g.at})
			return
		}
	}
	if n := len([]rune(g.text)); n <= goalText && !strings.ContainsAny(g.text, "。；\n") {
		return
	}
	w.newGoal(form, x, g)
}

// newGoal makes a goal of a text, unless the form has it.
func (w *wish) newGoal(form, x *fact, g said) {
	horizon, n := x.text("horizon"), 1
	for _, k := range form.kids {
		if k.table != tableGoal || k.text("horizon") != horizon {
			continue
		}
		if k.text("text") == g.text {
			return
		}
		if n++; k.sheet != x.sheet {
			w.diags.Add(diag.Diagnostic{Rule: ruleTwice, Level: diag.Warning, At: g.at, Message: horizon + "目标和另一张表写的不同，两个都带入了", Notes: []diag.Related{{Text: "另一处", At: k.at}}, Hint: "删去不要的一个"})
		}
	}
	name := horizon + "绩效目标" + strconv.Itoa(n)
	form.kids = append(form.kids, &fact{table: tableGoal, at: g.at, sheet: x.sheet, rows: 1, said: []said{
		{key: "horizon", text: horizon, at: g.at}, {key: "name", text: name, at: g.at}, {key: "text", text: g.text, at: g.at}}})
	x.set(said{key: "goal", text: name, at: g.at})
}

// name leaves the unit of a form out where one unit alone has a project of its name, as people do.
func (w *wish) name() {
	units := map[string]map[string]bool{}
	for _, f := range w.facts {
		if f.table == tableProject {
			if units[f.text("name")] == nil {
				units[f.text("name")] = map[string]bool{}
			}
			units[f.text("name")][f.text("unit")] = true
		}
	}
	for _, f := range w.facts {
		if f.table == tableForm && len(units[f.text("project")]) < 2 {
			f.drop("unit")
		}
	}
}

// units makes an entry of each unit that rows name and no row describes.
func (w *wish) units() {
	seen := map[string]*fact{}
	for _, f := range w.facts {
		if f.table == tableUnit {
			seen[f.text("code")] = f
		}
	}
	var made []*fact
	for _, f := range w.facts {
		u := f.get("unit")
		if u == nil || u.text == "" {
			continue
		}
		x := seen[u.text]
		if x == nil {
			x = &fact{table: tableUnit, at: u.at, sheet: f.sheet, said: []said{{key: "code", text: u.text, at: u.at}}}
			seen[u.text] = x
			made = append(made, x)
		}
		if x.get("name") == nil && u.name != "" {
			x.set(said{key: "name", text: u.name, at: u.at})
		}
		w.oneName(x, u)
	}
	slices.SortStableFunc(made, func(a, b *fact) int { return strings.Compare(a.text("code"), b.text("code")) })
	w.facts = append(made, w.facts...)
}

// procured leaves out of projects that they are bought, where the list of what is bought says so: it is said once.
func (w *wish) procured() {
	listed := map[string]bool{}
	for _, f := range w.facts {
		if f.table == tablePurchase && f.text("project") != "" {
			listed[f.text("project")] = true
		}
	}
	for _, f := range w.facts {
		if f.table != tableProject || !listed[f.text("name")] {
			continue
		}
		var lines []*fact
		for _, k := range f.kids {
			k.drop("procurement")
			i := slices.IndexFunc(lines, func(o *fact) bool {
				return o.identity() == k.identity() && o.text("service_purchase") == k.text("service_purchase")
			})
			if i < 0 {
				lines = append(lines, k)
				continue
			}
			lines[i].add(k)
		}
		f.kids = lines
	}
}
