package imports

import (
	"fmt"
	"path"
	"slices"
	"strconv"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/source"
)

// Plan is what an import does to a data folder.
type Plan struct {
	Edited  []source.Edited // of a new folder also the files that are written as they were made
	Changes []Change
	Nothing bool     // the exports have nothing that has a place in a folder
	Kinds   []string // of the forms that are made, each once
	Same    int      // entries that say already what the exports say
	Places  []Place
}

// ChangeKind is what becomes of an entry or a value.
type ChangeKind int

// Kinds of changes.
const (
	New     ChangeKind = iota // an entry is made
	Changed                   // a value becomes another
	Kept                      // a text that the folder has stays, although the exports have another
	Gone                      // the exports have the entry no more; it stays
	Deleted                   // and it is taken away
)

// Change is one change, for people.
type Change struct {
	Kind     ChangeKind
	Table    string
	What     string       // 基本支出 418001 2010301 30101
	Field    string       // 金额
	Old, New string       // of a value
	Amount   money.Amount // of an entry; of an amount that becomes another, by how much
	Home     diag.Range   // in the folder
	At       diag.Range   // in the export
}

// planner makes a plan.
type planner struct {
	Folder
	*shelf
	out   Plan
	diags diag.List
	jobs  []func(*source.Editor)
	made  []*source.File
	many  bool // units with budgets of their own
}

// order is the order in which tables are written.
var order = []string{tableUnit, tableCode, tableBasic, "basic_by_function", "basic_by_economic", tableProject, tablePurchase, tableRevenue, tableCarry, tableVehicle, tableForm}

// NewPlan finds what has to change in a folder so that it says what the exports say. What is wrong is in the list: with errors the
// plan is not to be carried out. An error is that of files that cannot be patched.
func NewPlan(u *Understood, f Folder) (*Plan, diag.List, error) {
	p := &planner{Folder: f, shelf: f.shelve()}
	p.codes(u)
	if p.diags.HasErrors() || u.asked.open() {
		return &p.out, p.diags, nil
	}
	want := u.wanted(f.Forms, &p.diags)
	want = append(want, u.lacking(f.Catalogue, want)...)
	u.against(want, &p.diags)
	u.holdForms(want, p.facts, &p.diags)
	p.out.Nothing = len(want) == 0
	p.unplaced(u)
	if p.diags.HasErrors() {
		return &p.out, p.diags, nil
	}
	p.choose(want)
	p.examine(want)
	for _, t := range order {
		p.table(of(want, t), of(p.facts, t))
	}
	p.otherWay(want)
	p.head(u, want)
	for _, x := range want {
		p.remember(x, "")
	}
	return &p.out, p.diags, p.edit()
}

// of are the facts of a table.
func of(facts []*fact, table string) []*fact {
	var out []*fact
	for _, f := range facts {
		if f.table == table {
			out = append(out, f)
		}
	}
	return out
}

// unplaced tells of kinds that have rows and no place.
func (p *planner) unplaced(u *Understood) {
	told := map[int]bool{}
	for i := range u.Rows {
		r := &u.Rows[i]
		if r.Kind == Indicator && len(p.Forms) == 0 && !told[r.Sheet] {
			told[r.Sheet] = true
			p.diags.Add(diag.Diagnostic{Rule: ruleNoPlace, Level: diag.Note, At: r.At, Message: "模板没有绩效目标表，绩效指标没有带入"})
		}
	}
}

// codes demands the code of each unit that is named.
func (p *planner) codes(u *Understood) {
	told := map[string]bool{}
	for i := range u.Rows {
		if v, ok := u.Rows[i].Get("unit"); ok && v.Text == "" && v.Name != "" && !told[v.Name] {
			told[v.Name] = true
			p.diags.Add(diag.Diagnostic{Rule: ruleUnknown, Level: diag.Error, At: v.At, Message: "单位" + diag.Quote(v.Name) + "不知道是哪个代码",
				Hint: "在对照文件里 name 是这个名称的 [[unit]] 一段写上 code = \"单位代码\""})
		}
	}
}

// examine finds out whether units have to be written, and takes the examples of a new folder away.
func (p *planner) examine(want []*fact) {
	units := map[string]bool{}
	for _, f := range slices.Concat(p.facts, want) {
		if f.table == tableUnit && f.text("budget_within") == "" {
			units[f.text("code")] = true
		}
	}
	p.many = len(units) > 1
	for _, x := range p.examples {
		if slices.ContainsFunc(want, func(f *fact) bool { return f.table == x.table || x.table == tableProject && f.table == tablePurchase }) || x.table == tableBasic || x.table == tableProject {
			p.do(func(e *source.Editor) { e.Delete(x.file, x.own.Address) })
		}
	}
}

func (p *planner) do(job func(*source.Editor)) { p.jobs = append(p.jobs, job) }

// table matches the facts of a table with its entries.
func (p *planner) table(want, have []*fact) {
	covered := map[string]bool{}
	for _, w := range want {
		covered[w.text("unit")] = true
	}
	for _, x := range match(want, have) {
		switch {
		case x.have == nil:
			p.insert(x.want)
		case x.want != nil:
			p.update(x.want, x.have)
		case covered[x.have.text("unit")] && x.have.table != tableUnit && x.have.table != tableForm && x.have.table != tableCode:
			p.gone(x.have)
		}
	}
}

// gone lists an entry that the exports have no more.
func (p *planner) gone(h *fact) {
	p.takeAway(h, h.called(), p.DeleteGone && !h.folded)
}

// takeAway lists an entry under a name, and takes it away where it is to go.
func (p *planner) takeAway(h *fact, what string, goes bool) {
	c := Change{Kind: Gone, Table: h.table, What: what, Amount: h.total(), Home: h.at}
	if goes {
		c.Kind = Deleted
		p.do(func(e *source.Editor) { e.Delete(h.file, h.own.Address) })
	}
	p.out.Changes = append(p.out.Changes, c)
}

// update makes an entry say what the exports say.
func (p *planner) update(w, h *fact) {
	before := len(p.out.Changes)
	for _, s := range w.ordered() {
		p.value(w, h, s)
	}
	switch w.table {
	case tableProject:
		p.lines(w, h)
	case tableForm:
		for _, t := range []string{tableGoal, tableIndicator} {
			p.kids(of(w.kids, t), of(h.kids, t), w, h)
		}
	}
	if len(p.out.Changes) == before {
		p.out.Same++
	}
}

// value makes an entry say one thing that the exports say.
func (p *planner) value(w, h *fact, s said) {
	field := tables()[w.table].Field(s.key)
	old := h.get(s.key)
	switch {
	case old != nil && (s.money && old.money && old.amount.Equal(s.amount) || !s.money && old.text == s.text):
		return
	case s.text == "", own(w.table, s.key) && old != nil && old.text != "", old == nil && slices.Contains([]string{"unit", "fund"}, s.key) && h.table == tableForm:
		return
	case s.money && h.divided(s, w):
		return
	}
	c := Change{Kind: Changed, Table: w.table, What: w.called(), Field: field.Label, New: p.shown(s), Home: h.at, At: s.at}
	if old != nil {
		c.Old, c.Home = p.shown(*old), old.at
		if old.at.IsZero() {
			c.Home = h.at
		}
	}
	if s.money && s.key == "amount" {
		c.Amount = s.amount
		if old != nil {
			c.Amount = s.amount.Sub(old.amount)
		}
	}
	if field.Kind == budget.FieldLong && old != nil && old.text != "" {
		c.Kind = Kept
		p.out.Changes = append(p.out.Changes, c)
		return
	}
	p.out.Changes = append(p.out.Changes, c)
	literal := p.literal(h.file, field, s)
	p.do(func(e *source.Editor) { e.Set(h.file, h.own.Address, s.key, literal) })
}

// own are the fields that the author gives their words, whatever exports call them.
func own(table, key string) bool {
	switch table {
	case tableUnit, tableCode:
		return key == "name"
	case tableGoal:
		return key == "name"
	case tableIndicator:
		return key == "goal"
	case tableForm:
		return key == "kind"
	}
	return false
}

// divided reports whether a margin of an entry is stated in another manner, as one amount or parted, and is the same.
func (f *fact) divided(s said, w *fact) bool {
	return f.table == "basic_by_economic" && f.total().Equal(w.total()) && f.get(s.key) == nil
}

func (p *planner) shown(s said) string {
	if s.money {
		return money.ToldYuan(s.amount)
	}
	return s.text
}

// literal spells what a field is to say, in the unit of the file.
func (p *planner) literal(file string, field *budget.Field, s said) source.Literal {
	switch field.Kind {
	case budget.FieldAmount:
		return source.NumberLiteral(money.ToldTyped(p.units[file], s.amount))
	case budget.FieldWhole, budget.FieldYear:
		if n, err := strconv.Atoi(s.text); err == nil {
			return source.WholeLiteral(n)
		}
	case budget.FieldYesNo:
		return source.BoolLiteral(s.text == "true")
	}
	return source.TextLiteral(s.text)
}

// kids matches what is within an entry.
func (p *planner) kids(want, have []*fact, w, h *fact) {
	for _, x := range match(want, have) {
		switch {
		case x.have == nil:
			p.within(x.want, h.file, h.own.Address, last(have), w)
		case x.want != nil:
			p.update(x.want, x.have)
		case len(want) > 0:
			p.gone(x.have)
		}
	}
}

// last is the entry behind which new ones go.
func last(have []*fact) string {
	for _, h := range slices.Backward(have) {
		if !h.folded {
			return h.own.Address
		}
	}
	return ""
}

// within makes an entry within another.
func (p *planner) within(f *fact, file, parent, after string, of *fact) {
	values := p.values(f, file)
	p.do(func(e *source.Editor) { e.Insert(file, f.table, parent, after, values) })
	c := Change{Kind: New, Table: f.table, What: f.called(), Amount: f.total(), At: f.at, Home: diag.Range{File: file}}
	if of != nil {
		c.What = of.called() + " " + c.What
	}
	p.out.Changes = append(p.out.Changes, c)
}

// insert makes an entry.
func (p *planner) insert(f *fact) {
	file, after := p.home(f)
	values := p.values(f, file)
	p.do(func(e *source.Editor) {
		address := e.Insert(file, f.table, "", after, values)
		if f.table == tableBasic && f.names() != "" {
			e.Remark(file, address, "", f.names())
		}
		if f.mark != "" {
			e.Remark(file, address, "", f.mark)
		}
		for _, k := range f.kids {
			if f.table != tableProject || len(f.kids) > 1 {
				e.Insert(file, k.table, address, "", p.values(k, file))
			}
		}
		if f.table == tableForm {
			p.asked(e, f, file, address)
		}
	})
	if k := f.text("kind"); f.table == tableForm && !slices.Contains(p.out.Kinds, k) {
		p.out.Kinds = append(p.out.Kinds, k)
	}
	p.out.Changes = append(p.out.Changes, Change{Kind: New, Table: f.table, What: f.called(), Amount: f.total(), At: f.at, Home: diag.Range{File: file}})
}

// names are the names of the codes of a line, as people read them beside it.
func (f *fact) names() string {
	x, y := "", ""
	if s := f.get("function"); s != nil {
		x = s.name
	}
	if s := f.get("economic"); s != nil {
		y = s.name
	}
	if x == "" || y == "" {
		return x + y
	}
	return x + "　" + y
}

// asked are the fields of a form that the author has to fill in.
func (p *planner) asked(e *source.Editor, f *fact, file, address string) {
	for _, k := range p.Forms {
		if k.Kind != f.text("kind") {
			continue
		}
		for _, key := range k.Required {
			e.Set(file, address+".fields", key, source.TextLiteral(toFill))
		}
	}
}

// toFill stands where the author still has to say something.
const toFill = "请填"

// home is the file that a new entry goes to, and the entry that it goes behind.
func (p *planner) home(f *fact) (file, after string) {
	for _, unit := range []bool{true, false} {
		for _, h := range slices.Backward(p.facts) {
			if h.table == f.table && (!unit || h.text("unit") == f.text("unit")) && f.table != tableForm {
				if !unit {
					return h.file, ""
				}
				return h.file, h.own.Address
			}
		}
	}
	if f.table == tableForm {
		return p.formFile(f), ""
	}
	return p.custom(tables()[f.table].File), ""
}

// custom is the file of a folder that has a name by custom.
func (p *planner) custom(name string) string {
	for _, x := range slices.Concat(p.Files, p.made) {
		if x.Path == path.Join(p.Dir, name) {
			return x.Path
		}
	}
	name = path.Join(p.Dir, name)
	p.made = append(p.made, source.NewFile(name, "amount_unit = \"元\"\n"))
	p.units[name] = money.Yuan
	return name
}

// formFile makes the file of a new form.
func (p *planner) formFile(f *fact) string {
	dir := path.Join(p.Dir, path.Dir(tables()[tableForm].File))
	for n := 1; ; n++ {
		name := path.Join(dir, fmt.Sprintf("%02d.toml", n))
		if slices.ContainsFunc(slices.Concat(p.Files, p.made), func(x *source.File) bool { return x.Path == name }) {
			continue
		}
		what := f.text("project")
		if what == "" {
			what = "整个部门"
		}
		p.made = append(p.made, source.NewFile(name, "# 绩效目标表："+what+"\n\namount_unit = \"元\"\n"))
		p.units[name] = money.Yuan
		return name
	}
}
