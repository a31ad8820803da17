package sheet

import (
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// parent is what the entry of a row is in, by what the row says of it: nil is told.
func (x *rowsPlan) parent(r *TakenRow) *spot {
	top, _, _ := cutLast(x.b.Table.Name)
	name, unit, column := x.parentNamed(r)
	var found []*spot
	for _, s := range x.named(top)[name] {
		if u := s.says("unit"); !s.goes() && (unit == "" || u == unit || u == "") {
			found = append(found, s)
		}
	}
	label := labelOf(top)
	refuse := func(message, hint string) {
		x.trouble(&trouble{rule: ruleParent, level: diag.Error, message: message, hint: hint}, x.at(r, column), "")
	}
	switch {
	case len(found) == 1:
		return found[0]
	case name == "":
		refuse("没有填是哪个"+label+"的", "照工作表"+label+"填名称")
	case len(found) == 0:
		refuse("没有"+label+diag.Quote(name), "照工作表"+label+"填名称；新的，先在那张表里加一行")
	default:
		refuse("叫"+diag.Quote(name)+"的"+label+"不止一个", "填上单位")
	}
	return nil
}

// parentNamed is what a row says of what its entry is in.
func (x *rowsPlan) parentNamed(r *TakenRow) (name, unit string, column int) {
	column = -1
	for k := range x.b.Block.Columns {
		c := &x.b.Block.Columns[k]
		if c.Role != RoleParent {
			continue
		}
		if c.Field.Kind == budget.FieldUnit {
			if g, ok, _ := x.names.parse(c.Field.Kind, r.Cells[k]); ok {
				unit = g.text
			}
			continue
		}
		name, column = tidy(r.Cells[k].Text), k
	}
	return name, unit, column
}

// named are the entries of a table that will be there, by their names. A row may still call one as it was called before.
func (p *planner) named(table string) map[string][]*spot {
	if p.byName[table] != nil {
		return p.byName[table]
	}
	out := map[string][]*spot{}
	all := p.every(table)
	for _, s := range all {
		out[s.says("name")] = append(out[s.says("name")], s)
	}
	for _, s := range all {
		if s.entry == nil {
			continue
		}
		if old := s.entry.text("name"); out[old] == nil {
			out[old] = []*spot{s}
		}
	}
	p.byName[table] = out
	return out
}

// every lists the entries of a table that will be there.
func (p *planner) every(table string) []*spot {
	var out []*spot
	for i := range p.f.byTable[table] {
		if s := p.spot(&p.f.byTable[table][i]); !s.goes() {
			out = append(out, s)
		}
	}
	return append(out, p.of[table]...)
}

// says is what a text of an entry will be.
func (s *spot) says(key string) string {
	if v, ok := s.said[key]; ok {
		return v
	}
	if s.entry != nil {
		return s.entry.text(key)
	}
	return ""
}

// moved plans that an entry goes to another parent, if its row says so.
func (x *rowsPlan) moved(r *TakenRow, s *spot) {
	if x.b.With(RoleParent) < 0 || s.parent == nil || s.parent.entry == nil {
		return
	}
	name, unit, column := x.parentNamed(r)
	if column < 0 || x.b.Columns[column] == 0 {
		return
	}
	f := x.b.Block.Columns[column].Field
	was, known := x.t.was(r.Key, parentOf(f.Key))
	u := s.parent.says("unit")
	called := s.parent.says("name") == name || s.parent.entry.text("name") == name || known && was == name
	if !s.parent.goes() && called && (unit == "" || u == "" || unit == u) {
		return
	}
	to := x.parent(r)
	if to == nil || to == s.parent {
		return
	}
	x.ops = slices.DeleteFunc(x.ops, func(o op) bool { return o.at == s })
	x.insert(r, 0, nil)
	o := &x.ops[len(x.ops)-1]
	o.values = sortedKeys(x.b.Table, append(o.values, x.unseen(s.entry)...))
	if k := x.b.With(RoleRemark); k < 0 || x.b.Columns[k] == 0 {
		o.remarks = s.entry.Remark()
	}
	s.gone = true
	x.ops = append(x.ops, op{kind: opDelete, at: s})
}

// unseen are the values of an entry that have no column in the workbook: they go where it goes.
func (x *rowsPlan) unseen(e *entry) []keyGiven {
	var out []keyGiven
	for _, v := range e.values {
		if k := x.b.FieldColumn(v.Key); k >= 0 && x.b.Columns[k] > 0 {
			continue
		}
		g := given{kind: v.Kind, text: v.Text, items: v.Items}
		if f := x.b.Table.Field(v.Key); f != nil && f.Kind == budget.FieldAmount {
			if a, err := money.Parse(v.Text, e.unit); err == nil {
				g.text, g.amount = a.String(), true
			}
		}
		out = append(out, keyGiven{v.Key, g})
	}
	return out
}
