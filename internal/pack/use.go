package pack

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
)

// Use is what something that the pack prints is made of: fields of the facts, each named by the keys that lead to it, such as
// project.purpose. What is told of an entry of one kind only says so: form.indicator[年度].last, history[1].basic.
type Use struct {
	Part string // the optional part that prints it, "" for one that is always printed
	Form string // the kind of form that prints it, "" for what is no form
	has  map[string]bool
}

// Has reports whether the field is used.
func (u *Use) Has(field string) bool { return u.has[field] }

// Fields are all fields that are used.
func (u *Use) Fields() []string { return sortedKeys(u.has) }

// Uses are all there are: they follow from the tables, texts, forms and charts that the parts print, whatever the data.
func (p *Pack) Uses() []*Use { return p.uses }

// Prints reports whether the pack uses the field anywhere.
func (p *Pack) Prints(field string) bool {
	return slices.ContainsFunc(p.uses, func(u *Use) bool { return u.has[field] })
}

// user finds out what a pack uses. A field is used where a text or number that is printed would be another if the field
// were; where that cannot be told, it is taken to be.
type user struct {
	p     *Pack
	feeds []budget.Feed
	now   *Use
	done  map[walked]bool // templates, by use and by what their dot is
}

// uses must be found when everything else of the pack is known.
func (p *Pack) findUses() {
	u := &user{p: p, feeds: budget.Feeds(), done: map[walked]bool{}}
	u.of("", "")
	u.field("department.name", "department.date") // the document's author and day
	for _, s := range []Snippet{p.Title, p.Subject, p.Keywords, p.FileName, p.AdjustNote} {
		u.snippet(s)
	}
	for i := range p.Parts {
		u.part(&p.Parts[i])
	}
}

// of begins what a part or a kind of form uses, or goes on with it.
func (u *user) of(part, form string) {
	if slices.Contains(u.p.Show, part) {
		part = ""
	}
	i := slices.IndexFunc(u.p.uses, func(x *Use) bool { return x.Part == part && x.Form == form })
	if i < 0 {
		i = len(u.p.uses)
		u.p.uses = append(u.p.uses, &Use{part, form, map[string]bool{}})
	}
	u.now = u.p.uses[i]
}

func (u *user) field(names ...string) {
	for _, n := range names {
		u.now.has[n] = true
	}
}

func (u *user) part(p *Part) {
	u.of(p.Optional, "")
	u.snippet(p.Title)
	u.snippet(p.Contents)
	for i := range p.Blocks {
		b := &p.Blocks[i]
		u.of(p.Optional, "")
		if b.Prose != "" {
			u.template("prose/"+b.Prose, whole)
		}
		for _, t := range b.Tables {
			u.table(t)
		}
		for _, c := range b.Charts {
			u.chart(c)
		}
		for _, f := range b.Figures {
			u.sum(f.Query)
			if f.Prior {
				u.lastYear(f.Name)
			}
			if f.Past != "" {
				u.stated("history[1]", f.Past)
			}
		}
		if b.Glossary != "" {
			u.field("glossary.term", "glossary.text")
			if b.Chosen != "" {
				u.field("text." + b.Chosen)
			}
			u.fill(b.Number, text)
		}
		for _, kind := range sortedKeys(u.p.Forms) {
			if f := u.p.Forms[kind]; b.Forms == f.Scope {
				u.of(p.Optional, kind)
				u.form(f)
			}
		}
	}
}

// sum: a query whose sum is printed uses the money of what it selects, and what it selects that by.
func (u *user) sum(q budget.Query, split ...string) {
	for _, f := range u.selected(q, split) {
		u.field(f.Amounts...)
	}
}

// selected are the feeds that a query selects of. What it selects them by, or splits them by, is used.
func (u *user) selected(q budget.Query, split []string) (out []*budget.Feed) {
	keys := append(q.Keys(), split...)
	for i := range u.feeds {
		f := &u.feeds[i]
		if !f.Reaches(q) {
			continue
		}
		out = append(out, f)
		for _, key := range keys {
			u.field(f.States[key]...)
		}
	}
	return out
}

// parts: a sum that is split along a dimension uses what tells the parts, and their names.
func (u *user) parts(d budget.Dimension, q budget.Query, more ...string) {
	u.sum(q.Along(d), append(more, d.Key)...)
	u.named(d.Key)
}

// named: codes and units are printed by name.
func (u *user) named(key string) {
	switch key {
	case "function", "economic":
		u.field("code.name")
	case "unit":
		u.field("unit.name", "unit.full_name")
	}
}

// figure is a figure, or a family of them, by name.
func (u *user) figure(name string) {
	family, _, _ := strings.Cut(name, ".")
	f := u.p.Figure(name)
	if f == nil {
		f = u.p.Figures[family]
	}
	if f == nil {
		return
	}
	if d, split := budget.FindDimension(f.By); split {
		u.parts(d, f.Query)
		return
	}
	u.sum(f.Query)
}

// lastYear: a figure is compared with last year's, or last year's is printed.
func (u *user) lastYear(name string) {
	family, _, _ := strings.Cut(name, ".")
	u.field("prior.figures." + family)
	f := u.p.Figures[family]
	if f == nil || f.By == "" {
		return
	}
	for n, x := range u.p.Figures { // which stands for all parts where they are not known
		if x.By == "" && x.Query.String() == f.Query.String() {
			u.field("prior.figures." + n)
		}
	}
}

func (u *user) table(t *Table) {
	if t.Rows == nil {
		return // an unknown row source has been reported
	}
	for _, s := range append([]Snippet{t.Heading, t.Contents, t.Left, t.Right, t.Number, t.EmptyNote}, t.Notes...) {
		u.snippet(s)
	}
	if t.LeftAgain != nil {
		u.snippet(*t.LeftAgain)
	}
	u.fill(t.Continued, text)
	u.heads(t.Columns)
	filter, split := t.Filter.In(t.Rows.View()), t.Rows.Keys(t)
	u.selected(filter, split) // they have a row each
	for _, l := range Leaves(t.Columns) {
		switch {
		case l.Field != "" || l.Prior != "":
			u.column(t, l)
		case !t.Rows.Shape().named():
			u.sum(filter.And(l.Query), split...)
		default:
			for _, r := range t.rows() {
				if r.Amount {
					u.row(t.Filter.And(r.Query).And(l.Query), r.Each)
				}
			}
		}
	}
	u.field(t.Rows.Made("")...)
	for _, r := range t.rows() {
		u.label(r, t.Filter)
	}
}

// rows are the rows that the pack names.
func (t *Table) rows() (out []*Row) {
	for _, list := range [][]Row{t.List, t.Income, t.Outgo, t.Use} {
		for i := range list {
			out = append(out, &list[i])
		}
	}
	for i := range t.Foot {
		for j := range t.Foot[i] {
			out = append(out, &t.Foot[i][j])
		}
	}
	return out
}

// row is a row, or one for each part.
func (u *user) row(q budget.Query, each string) {
	if d, ok := budget.FindDimension(each); ok {
		u.parts(d, q)
		return
	}
	u.sum(q)
}

// label: a row may be there only where its sum is not zero, and parts have names.
func (u *user) label(r *Row, filter budget.Query) {
	if r.Optional || r.Each != "" {
		u.row(filter.And(r.Query), r.Each)
	}
	dot := whole
	if r.Each != "" {
		dot = value{kind: "part"}
	}
	u.fill(r.Label, dot)
	u.snippet(r.Group)
}

func (u *user) heads(cols []Column) {
	for i := range cols {
		u.snippet(cols[i].Head)
		u.heads(cols[i].Columns)
	}
}

// column is what a column of texts, or of last year, uses.
func (u *user) column(t *Table, l *Column) {
	if l.Prior != "" {
		u.figure(l.Prior)
		u.lastYear(l.Prior)
	}
	u.field(t.Rows.Made(l.Field)...)
}

func (u *user) chart(x *Chart) {
	for _, s := range []Snippet{x.Title, x.EmptyNote, x.From, x.To} {
		u.snippet(s)
	}
	for _, it := range slices.Concat(x.Sources, x.Items) {
		dot := whole
		if it.Each != "" {
			dot = value{kind: "part"}
		}
		u.fill(it.Label, dot)
		if it.Each == "project" {
			dot = value{kind: "project"}
		}
		u.fill(it.Note, dot)
		for _, s := range x.Series {
			u.snippet(s.Label)
			if s.LastYear {
				u.lastYear(it.Figure)
				continue
			}
			u.row(x.Filter.And(it.Query).And(s.Query), it.Each)
		}
	}
}

func (u *user) form(f *Form) {
	for _, s := range append([]Snippet{f.Heading, f.Title, f.Contents, f.Left, f.Right}, f.Notes...) {
		u.snippet(s)
	}
	if f.LeftAgain != nil {
		u.snippet(*f.LeftAgain)
	}
	u.items(f.Items)
}

func (u *user) items(items []Item) {
	for i := range items {
		it := &items[i]
		u.snippet(it.Label)
		u.items(it.Items)
		dot := whole
		if it.Each != "" {
			dot.item, dot.horizon = it.Each, it.Horizon
		}
		for j := range it.Cells {
			u.fill(it.Cells[j].Text, dot)
		}
	}
}

func (u *user) snippet(s Snippet) { u.fill(s, whole) }

func (u *user) fill(s Snippet, dot value) {
	if s.Name != "" {
		u.template(s.Name, dot)
	}
}
