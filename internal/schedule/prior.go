package schedule

import (
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/money"
	"yusuan/internal/pack"
)

// Prior holds last year's figures by name, from last year's folder or as stated.
type Prior struct {
	Year    int
	Amounts map[string]money.Amount
	// Last is the budget of last year's folder, nil where the amounts were stated. It knows the names of codes that this
	// year has not.
	Last *budget.Budget
}

// KnowsPart reports whether last year's amount of any part of a family of figures is known.
func (p *Prior) KnowsPart(family string) bool {
	for name := range p.Amounts {
		if strings.HasPrefix(name, family+".") {
			return true
		}
	}
	return false
}

// PriorCell is what a column of last year prints in the row of a part, or for all parts where part is "". It is blank
// where last year's amount is not known.
func (d *Document) PriorCell(l *pack.Column, part string) string {
	before, known := d.priorSum(l.Prior, part)
	if !known {
		return ""
	}
	ch := d.Change(d.Sum(d.thisYears(l.Prior, part)), before, l.Format)
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

// thisYears asks for what a figure, or the parts of a family whose codes begin with part, is this year.
func (d *Document) thisYears(figure, part string) budget.Query {
	f := d.Pack.Figures[figure]
	q := f.Query
	if dim, ok := budget.FindDimension(f.By); ok {
		if q = q.Along(dim); part != "" {
			q = q.Part(dim, part)
		}
	}
	return q
}

// beforeOf asks for what they were last year.
func (d *Document) beforeOf(figure, part string) budget.Query {
	if f := d.Pack.Figures[figure]; f.By == "" {
		return f.Last
	}
	return d.thisYears(figure, part)
}

// priorSum is last year's amount of a figure, or for one of a family, of the parts whose codes begin with part.
func (d *Document) priorSum(name, part string) (sum money.Amount, known bool) {
	if d.Pack.Figures[name].By == "" {
		sum, known = d.Prior.Amounts[name]
		return sum, known
	}
	for k, a := range d.Prior.Amounts {
		if strings.HasPrefix(k, name+"."+part) {
			sum = sum.Add(a)
		}
	}
	if part == "" && !d.Prior.KnowsPart(name) {
		return d.priorWhole(name)
	}
	return sum, d.Prior.KnowsPart(name)
}

// priorWhole is last year's amount of a family whose parts are not known, from a figure that asks for the same in one.
func (d *Document) priorWhole(name string) (sum money.Amount, known bool) {
	sum, known = d.Prior.Amounts[d.wholeOf(name)]
	return sum, known
}

// wholeOf is the figure of which last year's amount is known and which asks for what a family asks for, "" for none.
func (d *Document) wholeOf(family string) string {
	of := d.Pack.Figures[family]
	asked := of.Query.String()
	for _, n := range d.Pack.FigureNames {
		if f := d.Pack.Figures[n]; f.By == "" && f.Base == of.Base && f.Query.String() == asked {
			if _, known := d.Prior.Amounts[n]; known {
				return n
			}
		}
	}
	return ""
}

// Before is last year's amount of a figure. A part of a family that is known is new when its own amount is not: it was zero.
func (d *Document) Before(name string) (before money.Amount, known bool) {
	before, known = d.Prior.Amounts[name]
	if family, part, member := strings.Cut(name, "."); member && !known {
		known = d.Prior.KnowsPart(family) && !d.namesake(family, part)
	}
	return before, known
}

// namesake reports whether last year had a project of the same name that was called otherwise, because several units had
// one then or have one now: which was which nobody can tell.
func (d *Document) namesake(family, part string) bool {
	f := d.Pack.Figures[family]
	if f == nil || f.By != "project" {
		return false
	}
	for k, a := range d.Prior.Amounts {
		if other, ok := strings.CutPrefix(k, family+"."); ok && !a.IsZero() && budget.BareProject(other) == budget.BareProject(part) {
			return true
		}
	}
	return false
}

// priorCodes are the codes that had money last year, with those that contain them, for a table with columns of last year:
// what has none this year keeps its row.
func (d *Document) priorCodes(s *Schedule, names classify.Tree) []string {
	var out []string
	for _, l := range s.Leaves {
		if l.Prior == "" {
			continue
		}
		for k, a := range d.Prior.Amounts {
			code, ok := strings.CutPrefix(k, l.Prior+".")
			if !ok || a.IsZero() {
				continue
			}
			for ; code != ""; code = names.Parent(code) {
				out = append(out, code)
			}
		}
	}
	return out
}

// CodeName is the name of a code, this year's or else last year's.
func (d *Document) CodeName(names classify.Tree, view budget.View, code string) string {
	name, ok := names.Name(code)
	if ok || d.Prior.Last == nil {
		return name
	}
	names = d.Prior.Last.Functional
	if view == budget.ByEconomy {
		names = d.Prior.Last.Economic
	}
	name, _ = names.Name(code)
	return name
}
