package imports

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/money"
	"yusuan/internal/source"
)

// values are what a new entry says, in the order of the schema. What authors leave out is left out.
func (p *planner) values(f *fact, file string) []source.KeyValue {
	x := *f
	x.said = slices.Clone(f.said)
	switch {
	case f.table == tableProject && len(f.kids) == 1:
		for _, s := range f.kids[0].said {
			if x.get(s.key) == nil {
				x.said = append(x.said, s)
			}
		}
	case f.table == tableUnit:
		p.unit(&x)
	}
	if s := x.get("unit"); s != nil && f.table != tableForm && !p.many {
		x.drop("unit")
	}
	if x.text("fund") == budget.FundGeneral && p.terse(f) {
		x.drop("fund")
	}
	t := tables()[f.table]
	var out []source.KeyValue
	for _, s := range x.ordered() {
		if s.text != "" {
			out = append(out, source.KeyValue{Key: s.key, Value: p.literal(file, t.Field(s.key), s)})
		}
	}
	return out
}

// terse reports whether the entries beside leave 一般公共预算 out.
func (p *planner) terse(f *fact) bool {
	for _, h := range p.facts {
		if h.table == f.table && h.own != nil {
			if v, ok := h.own.Value("fund"); ok && v.Text == budget.FundGeneral {
				return false
			}
		}
	}
	return f.table != tablePurchase
}

// unit fills in what the document needs of a unit and no export says.
func (p *planner) unit(f *fact) {
	if f.text("name") == "" {
		f.set(said{key: "name", text: toFill})
	}
	if f.text("kind") == "" {
		f.set(said{key: "kind", text: toFill})
	}
	if strings.HasSuffix(f.text("name"), headquarters) {
		f.set(said{key: "headquarters", text: "true"})
	}
}

// headquarters ends the name of the unit that is the department itself.
const headquarters = "本级"

// lines makes the lines of a project's money what the exports say.
func (p *planner) lines(w, h *fact) {
	folded := len(h.kids) == 1 && h.kids[0].folded
	if folded && len(w.kids) == 1 {
		k := *w.kids[0]
		for _, s := range k.ordered() {
			x := k
			x.table = tableLine
			p.lineValue(&x, h, s)
		}
		return
	}
	if folded {
		p.unfold(w, h)
		return
	}
	p.kids(w.kids, h.kids, w, h)
	if s := h.get("amount"); s != nil && s.money && !s.amount.Equal(w.total()) {
		p.value(w, h, said{key: "amount", money: true, amount: w.total(), text: w.total().String(), at: w.at})
	}
}

// lineValue makes a project that has one line say what the line says.
func (p *planner) lineValue(line, h *fact, s said) {
	if s.key == "fund" && s.text == budget.FundGeneral && h.get("fund") == nil {
		return
	}
	project := *h
	project.kids = nil
	w := &fact{table: tableProject, said: []said{{key: "unit", text: h.text("unit")}, {key: "name", text: h.text("name")}}, at: line.at}
	p.value(w, &project, s)
}

// unfold gives a project that was one line the lines that the exports have.
func (p *planner) unfold(w, h *fact) {
	for _, key := range []string{"fund", "function", "economic", "amount", "carried"} {
		if s := h.get(key); s != nil && !s.at.IsZero() {
			if key == "amount" && !s.amount.Equal(w.total()) || key != "amount" {
				p.do(func(e *source.Editor) { e.Unset(h.file, h.own.Address, key) })
			}
		}
	}
	for _, k := range w.kids {
		p.within(k, h.file, h.own.Address, "", w)
	}
	if !w.total().Equal(h.kids[0].total()) {
		p.out.Changes = append(p.out.Changes, Change{Kind: Changed, Table: tableProject, What: w.called(), Field: "本年预算", Old: money.ToldYuan(h.kids[0].total()), New: money.ToldYuan(w.total()), Amount: w.total().Sub(h.kids[0].total()), Home: h.at, At: w.at})
	}
}

// edit carries the jobs out.
func (p *planner) edit() error {
	e := source.Edit(slices.Concat(p.Files, p.made))
	for _, job := range p.jobs {
		job(e)
	}
	edited, err := e.Done()
	if err != nil {
		return err
	}
	if p.Fresh {
		for _, f := range p.Files {
			if !slices.ContainsFunc(edited, func(x source.Edited) bool { return x.Path == f.Path }) {
				edited = append(edited, source.Edited{Path: f.Path, After: f.Source})
			}
		}
		for i := range edited {
			edited[i].Before = nil
		}
	}
	p.out.Edited = edited
	return nil
}
