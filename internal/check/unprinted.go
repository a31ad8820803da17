package check

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/pack"
	"yusuan/internal/source"
)

// edition is a document that is made of the facts: the department's or a unit's, by one pack.
type edition struct {
	facts  *budget.Facts
	pack   *pack.Pack
	uses   []*pack.Use // of what it prints
	budget *budget.Budget
	parts  map[string]map[string]bool // that the department has, by dimension
}

func (in *Input) edition(f *budget.Facts, p *pack.Pack) *edition {
	e := &edition{facts: f, pack: p, budget: in.Budget, parts: map[string]map[string]bool{}}
	for _, u := range p.Uses() {
		if e.shows(u.Part) && (u.Form == "" || slices.ContainsFunc(f.Forms, func(x budget.Form) bool { return x.Kind.V == u.Form })) {
			e.uses = append(e.uses, u)
		}
	}
	return e
}

// shows reports whether an optional part is printed; "" is what always is.
func (e *edition) shows(part string) bool {
	for _, s := range e.facts.Department.Show {
		if s.V == part {
			return true
		}
	}
	return part == ""
}

// prints reports whether something in the document is made of the field.
func (e *edition) prints(s *statement) bool {
	return !e.lacks(s) && slices.ContainsFunc(e.uses, func(u *pack.Use) bool { return uses(u, s) })
}

// lacks reports whether the field is a text about a part, such as a code, that the department has no money under.
func (e *edition) lacks(s *statement) bool {
	if s.table.path != "text" && s.table.path != "unit.text" {
		return false
	}
	slot := e.pack.Slot(s.key)
	if slot == nil || slot.By == "" {
		return false
	}
	if e.parts[slot.By] == nil {
		e.parts[slot.By] = map[string]bool{}
		d, _ := budget.FindDimension(slot.By)
		for i := range e.budget.Lines {
			e.parts[slot.By][e.budget.PartOf(d, &e.budget.Lines[i])] = true
		}
	}
	return !e.parts[slot.By][partOf(s.key)]
}

// partOf is the part that a key of a family names.
func partOf(key string) string {
	_, part, _ := strings.Cut(key, ".")
	return part
}

// uses reports whether a use is of the field: of its entry's kind, or of all kinds; by its key, or by the family of that.
func uses(u *pack.Use, s *statement) bool {
	switch {
	case s.form != "" && u.Form != s.form:
		return false
	case u.Has(s.path) || s.which != "" && u.Has(s.table.path+"["+s.which+"]."+s.key):
		return true
	case !s.table.free:
		return false
	}
	family, _, member := strings.Cut(s.key, ".")
	return member && u.Has(s.table.path+"."+family)
}

// takes reports whether the pack knows the field, and what its entry is, be it printed or not. Of what nobody knows the
// author is told by other rules.
func (e *edition) takes(s *statement) bool {
	form := e.pack.Forms[s.form]
	if s.form != "" && form == nil {
		return false
	}
	switch s.table.path {
	case "form.goal", "form.indicator":
		return slices.Contains([]string{"长期", "年度"}, s.which)
	case "history":
		return yearsAgo(s.which) > 0
	case "text":
		return e.pack.Slot(s.key) != nil
	case "prior.figures":
		f := e.pack.Figure(s.key)
		return f != nil && f.Prior
	case "form.fields":
		return form != nil && form.HasField(s.key) // what kind the form is may be missing, which is told
	}
	return true
}

// editions are the department's documents, one by each pack that it names, and those of its units, which a department of one
// unit need not make: its own document is that unit's.
func (in *Input) editions() (department, units []*edition, made bool) {
	f := in.Budget.Facts
	packs, ofUnits := []*pack.Pack{in.Pack}, []*pack.Pack(nil)
	if in.Others != nil {
		for _, p := range in.Others() {
			if p.ID == f.Department.TemplateUnit.V {
				ofUnits = append(ofUnits, p)
			} else {
				packs = append(packs, p)
			}
		}
	}
	if ofUnits == nil {
		ofUnits = packs
	}
	for _, p := range packs {
		department = append(department, in.edition(f, p))
	}
	listed := in.Budget.ListedUnits()
	for _, u := range listed {
		of, ok := f.ForUnit(u.Code.V)
		for _, p := range ofUnits {
			if ok {
				units = append(units, in.edition(of, p))
			}
		}
	}
	return department, units, len(listed) > 1 || f.Department.TemplateUnit.V != ""
}

// unprinted: what the author states, some document prints or makes something of. The department's document tells of the
// whole folder; a unit's, of its own texts that it has no occasion to print.
func unprinted(in *Input, r *Report) {
	own := in.edition(in.Budget.Facts, in.Pack)
	x := &unused{Input: in}
	if !in.Budget.Facts.OfUnit {
		x = in.unused(own)
	}
	x.idle = map[diag.Range]string{}
	for _, s := range in.untold(own) {
		x.list, x.idle[s.at] = append(x.list, s), in.occasion(s.key)
	}
	if !in.Budget.Facts.OfUnit {
		in.Budget.Facts.Overridden(func(field string, at, place diag.Range, why string) {
			if x.idle[at] = why; !slices.ContainsFunc(x.list, func(s statement) bool { return s.at == at }) {
				x.list = append(x.list, statementOf(field, at, place))
			}
		})
	}
	if x.editions == nil {
		x.editions = []*edition{own}
	}
	x.tell(r)
}

// unused is what the author states and no document uses, and what tells why.
type unused struct {
	*Input
	list     []statement
	idle     map[diag.Range]string // why something that documents print is of no use here
	editions []*edition            // the documents
	unmade   map[diag.Range]bool   // what a document of the sole unit would print, which is not made
}

// untold are the texts that the pack has a place for and the document no occasion to print. Where another document may have
// one, nothing is said.
func (in *Input) untold(own *edition) (out []statement) {
	t := tableAt("text")
	for _, x := range in.Untold {
		s := statement{table: t, key: x.Key.V, path: t.path + "." + x.Key.V, at: x.Value.At}
		if own.prints(&s) {
			out = append(out, s)
		}
	}
	has := func(f source.Fields, s *statement) bool {
		return slices.ContainsFunc(f, func(x source.Field) bool { return x.Value.At == s.at })
	}
	if in.Budget.Facts.OfUnit || len(out) == 0 { // of a unit's document the unit's own texts are in no other
		return slices.DeleteFunc(out, func(s statement) bool {
			return !slices.ContainsFunc(in.Budget.Facts.Units, func(u budget.Unit) bool { return has(u.Text, &s) })
		})
	}
	others, units, made := in.editions()
	if made {
		others = append(others, units...)
	}
	return slices.DeleteFunc(out, func(s statement) bool {
		return slices.ContainsFunc(others[1:], func(e *edition) bool { return has(e.facts.Text, &s) })
	})
}

// unused looks at all documents only where the one at hand has no place for something.
func (in *Input) unused(own *edition) *unused {
	x := &unused{Input: in, unmade: map[diag.Range]bool{}}
	nowhere := map[diag.Range]bool{} // where something stands that no document is known to use
	readFacts(own.facts, func(s *statement) bool { return !s.idle && !own.prints(s) }, func(s *statement) {
		x.list, nowhere[s.at] = append(x.list, *s), true
	})
	if len(x.list) == 0 {
		return x
	}
	department, units, made := in.editions()
	x.editions = department
	if made {
		x.editions = slices.Concat(department, units)
	} else {
		for _, e := range units {
			readFacts(e.facts, e.prints, func(s *statement) { x.unmade[s.at] = true })
		}
	}
	for _, e := range x.editions[1:] { // the first is our own
		readFacts(e.facts, e.prints, func(s *statement) { delete(nowhere, s.at) })
	}
	x.list = slices.DeleteFunc(x.list, func(s statement) bool {
		return !nowhere[s.at] || !slices.ContainsFunc(x.editions, func(e *edition) bool { return e.takes(&s) })
	})
	return x
}
