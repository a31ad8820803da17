package compose

import (
	"yusuan/internal/budget"
	"yusuan/internal/source"
)

// thing is what a repeated row of a form shows.
type thing interface {
	// text is a field that is a text, as it was written; false for what only a template can tell.
	text(field string) (source.String, bool)
	// see is what templates see as .Item.
	see(o *origins) any
}

type (
	goal      struct{ *budget.Goal }
	indicator struct{ *budget.Indicator }
	detail    struct {
		*budget.Detail
		shown string // its amount
	}
	purchase struct {
		*budget.Item
		shown string
	}
)

// What templates see. Strings carry the author's origin marks.
type (
	goalView      struct{ Name, Text string }
	indicatorView struct{ Goal, First, Second, Third, Value, BeforeLast, Last, Basis string }
	detailView    struct{ Activity, Content, Economic, Amount, Basis, Note string }
	itemView      struct{ Name, Quantity, Amount string }
)

func (g goal) text(field string) (s source.String, ok bool) {
	switch field {
	case "Name":
		return g.Name, true
	case "Text":
		return g.Text, true
	}
	return s, false
}

func (g goal) see(o *origins) any { return goalView{o.mark(g.Name), o.mark(g.Text)} }

func (x indicator) text(field string) (s source.String, ok bool) {
	switch field {
	case "Goal":
		return x.Goal, true
	case "First":
		return x.First, true
	case "Second":
		return x.Second, true
	case "Third":
		return x.Third, true
	case "Value":
		return x.Value, true
	case "BeforeLast":
		return x.BeforeLast, true
	case "Last":
		return x.Last, true
	case "Basis":
		return x.Basis, true
	}
	return s, false
}

func (x indicator) see(o *origins) any {
	return indicatorView{o.mark(x.Goal), o.mark(x.First), o.mark(x.Second), o.mark(x.Third), o.mark(x.Value), o.mark(x.BeforeLast), o.mark(x.Last), o.mark(x.Basis)}
}

func (d detail) text(field string) (s source.String, ok bool) {
	switch field {
	case "Activity":
		return d.Activity, true
	case "Content":
		return d.Content, true
	case "Economic":
		return d.Economic, true
	case "Amount":
		return source.String{V: d.shown}, true
	case "Basis":
		return d.Basis, true
	case "Note":
		return d.Note, true
	}
	return s, false
}

func (d detail) see(o *origins) any {
	return detailView{o.mark(d.Activity), o.mark(d.Content), o.mark(d.Economic), d.shown, o.mark(d.Basis), o.mark(d.Note)}
}

func (p purchase) text(field string) (s source.String, ok bool) {
	switch field {
	case "Name":
		return p.Name, true
	case "Quantity":
		return p.Quantity, true
	case "Amount":
		return source.String{V: p.shown}, true
	}
	return s, false
}

func (p purchase) see(o *origins) any { return itemView{o.mark(p.Name), o.mark(p.Quantity), p.shown} }

func (p *projectView) text(field string) (s source.String, ok bool) {
	switch field {
	case "Name":
		return p.project.Name, true
	case "Type":
		return source.String{V: p.Type}, true
	case "Use":
		return p.use, true
	}
	return s, false
}

func (p *projectView) see(*origins) any { return p }

// list is what a repeated row of a form goes through.
func (c *composer) list(name, horizon string) []thing {
	var out []thing
	switch name {
	case "projects":
		for _, p := range c.view.Projects {
			out = append(out, p)
		}
	case "goals":
		for i := range c.form.Goals {
			if g := &c.form.Goals[i]; horizon == "" || g.Horizon.V == horizon {
				out = append(out, goal{g})
			}
		}
	case "indicators":
		for i := range c.form.Indicators {
			if x := &c.form.Indicators[i]; horizon == "" || x.Horizon.V == horizon {
				out = append(out, indicator{x})
			}
		}
	case "details":
		amounts := make([]source.Amount, len(c.form.Details))
		for i := range c.form.Details {
			amounts[i] = c.form.Details[i].Amount
		}
		shown := c.formAmounts(amounts)
		for i := range c.form.Details {
			out = append(out, detail{&c.form.Details[i], shown[i]})
		}
	case "items":
		amounts := make([]source.Amount, len(c.form.Procurement))
		for i := range c.form.Procurement {
			amounts[i] = c.form.Procurement[i].Amount
		}
		shown := c.formAmounts(amounts)
		for i := range c.form.Procurement {
			out = append(out, purchase{&c.form.Procurement[i], shown[i]})
		}
	}
	return out
}
