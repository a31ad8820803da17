package compose

import (
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/money"
	"yusuan/internal/pack"
)

// priorCell is what a column of last year prints in the row of a part, or for all parts where part is "". It is blank
// where last year's amount is not known.
func (c *composer) priorCell(l *pack.Column, part string) string {
	before, known := c.priorSum(l.Prior, part)
	if !known {
		return ""
	}
	f := c.p.Figures[l.Prior]
	q := f.Query
	if d, ok := budget.FindDimension(f.By); ok {
		if q = q.Along(d); part != "" {
			q = q.Part(d, part)
		}
	}
	ch := c.change(c.sum(q), before, l.Format)
	switch {
	case l.Show == "change":
		return l.Format.String(ch.Delta)
	case l.Show != "rate":
		return l.Format.String(before)
	case !ch.HasRate || l.Format.BlankZero && ch.Direction == 0:
		return ""
	}
	return ch.Rate
}

// priorSum is last year's amount of a figure, or for one of a family, of the parts whose codes begin with part.
func (c *composer) priorSum(name, part string) (sum money.Amount, known bool) {
	if c.p.Figures[name].By == "" {
		sum, known = c.prior.Amounts[name]
		return sum, known
	}
	for k, a := range c.prior.Amounts {
		if strings.HasPrefix(k, name+"."+part) {
			sum = sum.Add(a)
		}
	}
	if part == "" && !c.prior.KnowsPart(name) {
		return c.priorWhole(name)
	}
	return sum, c.prior.KnowsPart(name)
}

// namesake reports whether last year had a project of the same name that was called otherwise, because several units had
// one then or have one now: which was which nobody can tell.
func (c *composer) namesake(family, part string) bool {
	f := c.p.Figures[family]
	if f == nil || f.By != "project" {
		return false
	}
	for k, a := range c.prior.Amounts {
		if other, ok := strings.CutPrefix(k, family+"."); ok && !a.IsZero() && budget.BareProject(other) == budget.BareProject(part) {
			return true
		}
	}
	return false
}

// priorWhole is last year's amount of a family whose parts are not known, from a figure that asks for the same in one.
func (c *composer) priorWhole(name string) (sum money.Amount, known bool) {
	for _, n := range c.p.FigureNames {
		if f := c.p.Figures[n]; f.By == "" && f.Query.String() == c.p.Figures[name].Query.String() {
			if sum, known = c.prior.Amounts[n]; known {
				return sum, true
			}
		}
	}
	return sum, false
}

// priorCodes are the codes that had money last year, with those that contain them, for a table with columns of last year:
// what has none this year keeps its row.
func (c *composer) priorCodes(leaves []*pack.Column, names classify.Tree) []string {
	var out []string
	for _, l := range leaves {
		for k, a := range c.prior.Amounts {
			code, ok := strings.CutPrefix(k, l.Prior+".")
			if l.Prior == "" || !ok || a.IsZero() {
				continue
			}
			for ; code != ""; code = names.Parent(code) {
				out = append(out, code)
			}
		}
	}
	return out
}

// codeName is the name of a code, this year's or else last year's.
func (c *composer) codeName(names classify.Tree, view budget.View, code string) string {
	name, ok := names.Name(code)
	if ok || c.prior.Last == nil {
		return name
	}
	names = c.prior.Last.Functional
	if view == budget.ByEconomy {
		names = c.prior.Last.Economic
	}
	name, _ = names.Name(code)
	return name
}
