package sheet

import (
	"maps"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/pack"
)

// maker makes a layout.
type maker struct {
	p       *pack.Pack
	lists   *budget.Lists
	printed map[string]map[string]bool // by kind of form; of "" those that are printed anywhere
	stated  Stated
	tables  []budget.Table
	form    string // the kind of form that is laid out
}

// printed are the fields that the pack prints, and those that each kind of form does, of entries of whatever kind.
func printed(p *pack.Pack) map[string]map[string]bool {
	out := map[string]map[string]bool{"": {}}
	for _, u := range p.Uses() {
		if out[u.Form] == nil {
			out[u.Form] = map[string]bool{}
		}
		for _, f := range u.Fields() {
			before, rest, ok := strings.Cut(f, "[")
			if _, after, closed := strings.Cut(rest, "]"); ok && closed {
				f = before + after // form.indicator[年度].last
			}
			out[""][f], out[u.Form][f] = true, true
		}
	}
	return out
}

// offers reports whether a field has a place: nobody is asked for what the pack prints nowhere, unless the folder says it.
func (m *maker) offers(f *budget.Field) bool {
	return f.Required || m.shows(f) || m.stated(m.form, tableIn(f), f.Key)
}

// shows reports whether something comes of a field: the pack prints it, or it steers what is printed. Of what is in forms, the form
// does. A unit's own document prints of it what the department's prints of the department.
func (m *maker) shows(f *budget.Field) bool {
	switch {
	case f.Kind == budget.FieldPart:
		return len(m.p.Optionals()) > 0
	case f.Steers() != "", m.printed[m.form][f.Name]:
		return true
	}
	return tableIn(f) == "unit" && m.printed[""]["department."+f.Key]
}

// tableIn is the table of a field.
func tableIn(f *budget.Field) string {
	return strings.TrimSuffix(strings.TrimSuffix(f.Name, f.Key), ".")
}

// offersTable reports whether entries of a table have a place: some field of them is printed, or all are held against what is.
func (m *maker) offersTable(t *budget.Table) bool {
	if m.stated(m.form, t.Name, "") {
		return true
	}
	if full := margin(t); full != "" && m.stated("", full, "amount") {
		return false
	}
	return m.printsOf(t) || !slices.ContainsFunc(t.Fields, func(f budget.Field) bool { return f.Steers() != budget.ForHolding })
}

// printsOf reports whether some field of a table is printed.
func (m *maker) printsOf(t *budget.Table) bool {
	return slices.ContainsFunc(t.Fields, func(f budget.Field) bool { return m.printed[m.form][f.Name] })
}

// margin is the table whose lines a table states the sums of, "" for one that is no margin.
func margin(t *budget.Table) (full string) {
	feeds := budget.Feeds()
	of := func(f budget.Feed) string { table, _, _ := cutLast(f.Amounts[0]); return table }
	for _, f := range feeds {
		if of(f) != t.Name || f.Line.View == budget.ByFunction|budget.ByEconomy {
			continue
		}
		for _, x := range feeds {
			if x.Line.View == budget.ByFunction|budget.ByEconomy && x.Line.Side == f.Line.Side && x.Line.Kind == f.Line.Kind {
				return of(x)
			}
		}
	}
	return ""
}

// rows is the sheet of a table whose entries are rows.
func (m *maker) rows(t *budget.Table) Sheet {
	b := m.block(t)
	s := Sheet{Name: t.Label, What: t.What, Rare: m.rare(t)}
	if top := m.above(t); top != nil { // the lines of a project
		s.Name = top.Label + t.Label
		var parents []Column
		for i := range top.Fields {
			if f := &top.Fields[i]; f.Steers() == budget.ForNaming && (f.Kind == budget.FieldText || f.Kind == budget.FieldUnit) {
				parents = append(parents, Column{Role: RoleParent, Head: headOf(f), Field: f})
			}
		}
		b.Columns = append(parents, b.Columns...)
	}
	s.Blocks = []Block{b}
	return s
}

// rare are tables that most departments leave empty: what stands in for what is not known, and what is but held against sums.
func (m *maker) rare(t *budget.Table) bool {
	held := true
	for i := range t.Fields {
		f := &t.Fields[i]
		held = held && f.Steers() == budget.ForHolding || f.Kind == budget.FieldClassified
	}
	return held
}

// above is the repeated table that a table is in, nil for none.
func (m *maker) above(t *budget.Table) *budget.Table {
	name, _, ok := cutLast(t.Name)
	if !ok {
		return nil
	}
	i := slices.IndexFunc(m.tables, func(x budget.Table) bool { return x.Name == name })
	return &m.tables[i]
}

func cutLast(name string) (before, after string, ok bool) {
	i := strings.LastIndexByte(name, '.')
	if i < 0 {
		return "", name, false
	}
	return name[:i], name[i+1:], true
}

// block has a column for each field that fits into one, those that the pack does not print last. What a unit says in paragraphs
// stands with the texts.
func (m *maker) block(t *budget.Table) Block {
	b := Block{Shape: Rows, Table: t, Label: t.Label, What: t.What}
	for i := range t.Fields {
		if f := &t.Fields[i]; m.offers(f) && !m.withTexts(t, f) {
			b.Columns = append(b.Columns, Column{Role: RoleField, Head: headOf(f), Field: f, Unprinted: !m.shows(f) && !(f.Required && m.printsOf(t))})
		}
	}
	slices.SortStableFunc(b.Columns, func(x, y Column) int { return rank(x.Unprinted) - rank(y.Unprinted) })
	b.Columns = append(b.Columns, Column{Role: RoleRemark, Head: headRemark})
	return b
}

// withTexts reports whether a field of a table stands among the texts: those of tables that have a free table of texts.
func (m *maker) withTexts(t *budget.Table, f *budget.Field) bool {
	return f.Repeated || f.Kind == budget.FieldLong && slices.ContainsFunc(m.tables, func(x budget.Table) bool {
		return x.Own == budget.FieldTexts && strings.HasPrefix(x.Name, t.Name+".")
	})
}

// single is the sheet of a table that is there once: a field a row. Its free tables go on below.
func (m *maker) single(t *budget.Table) []Sheet {
	var short, long []Item
	for i := range t.Fields {
		switch f := &t.Fields[i]; {
		case !m.offers(f):
		case f.Repeated || f.Kind == budget.FieldLong:
			long = append(long, m.item(t, f))
		default:
			short = append(short, m.item(t, f))
		}
	}
	items := append(short, long...)
	slices.SortStableFunc(items, func(x, y Item) int { return rank(x.Unprinted) - rank(y.Unprinted) })
	for i := range m.tables {
		if x := &m.tables[i]; x.Own == budget.FieldAmounts && strings.HasPrefix(x.Name, t.Name+".") {
			items = append(items, m.figures(x.Name, false)...)
		}
	}
	if t.Name != "department" {
		for i := range m.tables { // the units' own figures
			if x := &m.tables[i]; x.Own == budget.FieldAmounts && !strings.HasPrefix(x.Name, t.Name+".") {
				items = append(items, m.figures(x.Name, true)...)
			}
		}
		if !m.stated("", t.Name, "") && !slices.ContainsFunc(items, func(x Item) bool { return x.Kind == budget.FieldAmount }) {
			return nil // the pack compares with nothing
		}
	}
	return []Sheet{{Name: t.Label, What: t.What, Blocks: []Block{itemBlock(t, t.What, items)}}}
}

func itemBlock(t *budget.Table, what string, items []Item) Block {
	b := Block{Shape: Items, Table: t, Label: t.Label, What: what, Items: distinct(items)}
	if slices.ContainsFunc(items, func(x Item) bool { return x.OfUnit }) {
		b.Columns = append(b.Columns, Column{Role: RoleUnit, Head: headUnit})
	}
	b.Columns = append(b.Columns, Column{Role: RoleName, Head: headName}, Column{Role: RoleContent, Head: headContent},
		Column{Role: RoleTold, Head: headTold}, Column{Role: RoleRemark, Head: headRemark})
	return b
}

// distinct gives labels that two items have the key behind them, so that a label names one item.
func distinct(items []Item) []Item {
	type named struct {
		label  string
		ofUnit bool
	}
	count := map[named]int{}
	for i := range items {
		count[named{Bare(items[i].Label), items[i].OfUnit}]++
	}
	for i := range items {
		if x := &items[i]; count[named{Bare(x.Label), x.OfUnit}] > 1 {
			x.Label += "（" + x.Key + "）"
		}
	}
	return items
}

func (m *maker) item(t *budget.Table, f *budget.Field) Item {
	x := Item{Table: t.Name, Key: f.Key, Label: f.Label, Kind: f.Kind, List: f.List, Repeated: f.Repeated, Required: f.Required, What: f.What, Unprinted: !m.shows(f) && !f.Required}
	x.Words, x.Open = m.words(f)
	return x
}

// words are those of a list, or what the pack names.
func (m *maker) words(f *budget.Field) (words []string, open bool) {
	switch f.Kind {
	case budget.FieldPart:
		return m.p.Optionals(), false
	case budget.FieldForm:
		return slices.Sorted(maps.Keys(m.p.Forms)), false
	}
	return f.Words(m.lists)
}

// free is the sheet of the texts: the department's, the units', and what units say in paragraphs. Other free tables stand
// with the table that they are in.
func (m *maker) free(t *budget.Table) *Sheet {
	if t.Own != budget.FieldTexts || strings.Contains(t.Name, ".") {
		return nil
	}
	items := m.slots(t.Name, false)
	for i := range m.tables {
		x := &m.tables[i]
		if x.Own == budget.FieldNone && x.Repeated {
			for j := range x.Fields {
				if f := &x.Fields[j]; m.withTexts(x, f) && m.offers(f) && x.Name != "form" && !Exempt(x.Name) {
					it := m.item(x, f)
					it.OfUnit = true
					items = append(items, it)
				}
			}
		}
		if x.Own == budget.FieldTexts && within(x.Name, "unit") {
			items = append(items, m.slots(x.Name, true)...)
		}
	}
	if len(items) == 0 {
		return nil
	}
	return &Sheet{Name: t.Label, What: t.What, Blocks: []Block{itemBlock(t, t.What, items)}}
}

// slots are the texts that the pack takes.
func (m *maker) slots(table string, ofUnit bool) (out []Item) {
	for _, s := range m.p.Slots {
		out = append(out, Item{Table: table, Key: s.Key, Label: s.Title, Kind: budget.FieldLong, Family: s.By, OfUnit: ofUnit, Required: s.Required && !ofUnit})
	}
	return out
}

// figures are the amounts of last year that the pack compares with, families last.
func (m *maker) figures(table string, ofUnit bool) (out []Item) {
	for _, family := range []bool{false, true} {
		for _, name := range m.p.FigureNames {
			if f := m.p.Figures[name]; f.Prior && family == (f.By != "") {
				out = append(out, Item{Table: table, Key: name, Label: f.Title, Kind: budget.FieldAmount, Family: f.By, OfUnit: ofUnit})
			}
		}
	}
	return out
}

// forms are a sheet for each kind of performance form: what it is about and its fields, then its lists.
func (m *maker) forms() (out []Sheet) {
	var form *budget.Table
	var lists []*budget.Table
	for i := range m.tables {
		switch t := &m.tables[i]; {
		case t.Name == "form":
			form = t
		case within(t.Name, "form") && t.Own == budget.FieldNone:
			lists = append(lists, t)
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(m.p.Forms)) {
		f := m.p.Forms[kind]
		m.form = kind
		s := Sheet{Name: form.Label, What: form.What, Form: f}
		var items []Item
		for i := range form.Fields {
			x := m.item(form, &form.Fields[i])
			if x.Kind == budget.FieldForm || f.Scope == pack.ScopeProject || m.stated(kind, form.Name, x.Key) {
				items = append(items, x)
			}
		}
		for _, x := range f.Fields {
			it := Item{Table: "form.fields", Key: x.Key, Label: x.Title, Kind: budget.FieldLong, Required: x.Required}
			if x.Options != nil {
				it.Kind, it.Words = budget.FieldListed, x.Options
			}
			items = append(items, it)
		}
		s.Blocks = []Block{itemBlock(form, form.What, items)}
		s.Blocks[0].Columns = slices.DeleteFunc(s.Blocks[0].Columns, func(c Column) bool { return c.Role == RoleTold }) // the lists below need the room
		for _, t := range lists {
			if m.offersTable(t) {
				s.Blocks = append(s.Blocks, m.block(t))
			}
		}
		out = append(out, s)
	}
	m.form = ""
	return out
}
