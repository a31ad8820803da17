package compose

import (
	"cmp"
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/pack"
)

// rows are the body rows of a table, with their figures. An empty result means that the table holds nothing.
func (c *composer) rows(t *pack.Table, leaves []*pack.Column) []row {
	switch t.Rows {
	case pack.RowsFunction:
		return c.codeRows(t, leaves, c.b.Functional, budget.ByFunction, func(l *budget.Line) string { return l.Function })
	case pack.RowsEconomic:
		return c.codeRows(t, leaves, c.b.Economic, budget.ByEconomy, func(l *budget.Line) string { return l.Economic })
	case pack.RowsUnit:
		return c.unitRows(t, leaves)
	case pack.RowsProject:
		return c.projectRows(t, leaves)
	case pack.RowsSingle:
		m := c.matrix(t, leaves, 0, func(keys []string, _ *budget.Line) []string { return append(keys, "") })
		return []row{m.row("", 0, nil)}
	case pack.RowsList:
		return c.listRows(t, leaves)
	case pack.RowsNested:
		return c.nestedRows(t, leaves)
	}
	return nil
}

// matrix holds the figures of all rows of a table: lines are added once to every row they belong to, so the cost is
// linear in the lines.
type matrix struct {
	width int
	sums  map[string][]cellSum
	order []string // keys by first line
}

// cellSum is a number of a table: exact, and what is to be printed.
type cellSum struct{ exact, shown money.Amount }

func (s *cellSum) add(exact, shown money.Amount) {
	s.exact, s.shown = s.exact.Add(exact), s.shown.Add(shown)
}

// cellOf is a figure as a column prints it.
func (c *composer) cellOf(x figure, l *pack.Column) cellSum {
	return cellSum{x.exact, c.shown(x, l.Format)}
}

// matrix sums the lines of the table's filter by the keys of their rows, which keys appends, and by column. A key is
// listed when any line of the filter has it, be its sum zero or not.
func (c *composer) matrix(t *pack.Table, leaves []*pack.Column, view budget.View, keys func([]string, *budget.Line) []string) *matrix {
	m := &matrix{width: len(leaves), sums: map[string][]cellSum{}}
	queries := make([]*budget.Query, len(leaves))
	printed := make([][]money.Amount, len(leaves))
	filter := t.Filter.In(view)
	for i, l := range leaves {
		if l.Field == "" && l.Prior == "" {
			q := filter.And(l.Query)
			queries[i], printed[i] = &q, c.printed(l.Format)
		}
	}
	if !c.takes(len(c.b.Lines)*len(leaves), t.At) {
		return m
	}
	var ks []string
	var rows [][]cellSum // of the line at hand
	for i := range c.b.Lines {
		l := &c.b.Lines[i]
		rows = rows[:0]
		find := func() {
			ks = keys(ks[:0], l)
			for _, k := range ks {
				rows = append(rows, m.cells(k))
			}
		}
		if filter.Match(l) {
			find()
		}
		for j, q := range queries {
			if q == nil || !q.Match(l) {
				continue
			}
			if len(rows) == 0 {
				find()
			}
			shown := l.Amount
			if printed[j] != nil {
				shown = printed[j][i]
			}
			for _, r := range rows {
				r[j].add(l.Amount, shown)
			}
		}
	}
	return m
}

func (m *matrix) cells(key string) []cellSum {
	s := m.sums[key]
	if s == nil {
		s = make([]cellSum, m.width)
		m.sums[key] = s
		m.order = append(m.order, key)
	}
	return s
}

func (m *matrix) row(key string, level int, fields rowTexts) row {
	return row{fields: fields, level: level, amounts: m.cells(key)}
}

// totalKey is the key of the row that sums all; it cannot be a code.
const totalKey = "合计"

func total(t *pack.Table, m *matrix) []row {
	if t.Total == "" {
		return nil
	}
	return []row{{amounts: m.cells(totalKey), fields: named(doc.Text{String: t.Total}), total: true}}
}

// codeFields are the texts of a row by code: the code whole, and cut into its 类, 款 and 项.
func codeFields(code, name string) rowTexts {
	part := func(from, to int) doc.Text {
		if len(code) < to {
			return doc.Text{}
		}
		return doc.Text{String: code[from:to]}
	}
	return rowTexts{{"code", doc.Text{String: code}}, {"name", doc.Text{String: name}}, {"code-class", doc.Text{String: code[:min(3, len(code))]}},
		{"code-group", part(3, 5)}, {"code-item", part(5, 7)}}
}

// named are the texts of a row that has a name alone.
func named(name doc.Text) rowTexts { return rowTexts{{"name", name}} }

// codeRows lists the classification codes that have a line, each above those it contains.
func (c *composer) codeRows(t *pack.Table, leaves []*pack.Column, names classify.Tree, view budget.View, code func(*budget.Line) string) []row {
	m := c.matrix(t, leaves, view, func(keys []string, l *budget.Line) []string {
		keys = append(keys, totalKey)
		for k := code(l); k != ""; k = names.Parent(k) {
			keys = append(keys, k)
		}
		return keys
	})
	codes := append(slices.Clone(m.order), c.priorCodes(leaves, names)...)
	codes = slices.DeleteFunc(codes, func(k string) bool { return k == totalKey })
	if len(codes) == 0 {
		return nil
	}
	slices.Sort(codes)
	rows := total(t, m)
	for _, k := range slices.Compact(codes) {
		r := m.row(k, names.Level(k), codeFields(k, c.codeName(names, view, k)))
		r.part = k
		rows = append(rows, r)
	}
	return rows
}

func (c *composer) departmentName() doc.Text {
	n := c.b.ShortName()
	return doc.Text{String: n.V, Origin: n.At}
}

// unitRows lists the department and its units.
func (c *composer) unitRows(t *pack.Table, leaves []*pack.Column) []row {
	code := c.b.Facts.Department.Code.V
	const department = "部门"
	m := c.matrix(t, leaves, 0, func(keys []string, l *budget.Line) []string {
		return append(keys, totalKey, department, "单位"+l.Unit)
	})
	rows := total(t, m)
	rows = append(rows, m.row(department, 0, rowTexts{{"code", doc.Text{String: code}}, {"name", c.departmentName()}}))
	for _, u := range c.units {
		rows = append(rows, m.row("单位"+u.Code.V, 1, rowTexts{{"code", doc.Text{String: u.Code.V}}, {"name", doc.Text{String: u.Name.V, Origin: u.Name.At}},
			{"kind", doc.Text{String: u.Kind.V, Origin: u.Kind.At}}}))
	}
	return rows
}

// projectRows lists projects below their unit and group.
func (c *composer) projectRows(t *pack.Table, leaves []*pack.Column) []row {
	const department, unit, group, project = "部门", "单位", "类别", "项目"
	groups, byUnit := map[string]string{}, map[string][]*budget.Project{} // by the key of the project, by the unit's code
	for i := range c.b.Facts.Projects {
		p := &c.b.Facts.Projects[i]
		groups[c.b.ProjectKey(p)] = cmp.Or(p.Group.V, t.Group)
		if u := c.unitOf(p); u != nil {
			byUnit[u.Code.V] = append(byUnit[u.Code.V], p)
		}
	}
	dim, _ := budget.FindDimension("project")
	m := c.matrix(t, leaves, 0, func(keys []string, l *budget.Line) []string {
		key := c.b.PartOf(dim, l)
		return append(keys, totalKey, department, unit+l.Unit, group+l.Unit+"\x00"+groups[key], project+key)
	})
	if len(m.order) == 0 {
		return nil
	}
	rows := append(total(t, m), m.row(department, 0, named(c.departmentName())))
	for _, u := range c.units {
		if m.sums[unit+u.Code.V] == nil {
			continue
		}
		name := doc.Text{String: u.Name.V, Origin: u.Name.At}
		rows = append(rows, m.row(unit+u.Code.V, 1, named(name)))
		rows = append(rows, c.groupRows(m, groups, u, byUnit[u.Code.V], name)...)
	}
	return rows
}

// groupRows lists the projects of a unit below their groups.
func (c *composer) groupRows(m *matrix, groups map[string]string, u *budget.Unit, projects []*budget.Project, unitName doc.Text) []row {
	var order []string
	members := map[string][]row{}
	for _, p := range projects {
		key := c.b.ProjectKey(p)
		if m.sums["项目"+key] == nil {
			continue
		}
		g := groups[key]
		if members[g] == nil {
			order = append(order, g)
		}
		members[g] = append(members[g], m.row("项目"+key, 3, rowTexts{{"name", doc.Text{String: p.Name.V, Origin: p.Name.At}}, {"unit", unitName}}))
	}
	var rows []row
	for _, g := range order {
		if g != "" {
			rows = append(rows, m.row("类别"+u.Code.V+"\x00"+g, 2, named(doc.Text{String: g})))
		}
		rows = append(rows, members[g]...)
	}
	return rows
}

func (c *composer) listRows(t *pack.Table, leaves []*pack.Column) []row {
	var rows []row
	list := c.expand(t, t.List)
	for i := range list {
		if c.over(t.At) {
			return nil
		}
		r := &list[i]
		x := row{fields: rowTexts{{"label", c.snippet(r.Label)}, {"group", c.snippet(r.Group)}}, level: r.Indent, blank: r.Blank, noSum: !r.Amount, align: r.Align, alignSet: r.AlignSet}
		for _, l := range leaves {
			x.amounts = append(x.amounts, c.cellOf(c.sum(t.Filter.And(r.Query).And(l.Query)), l))
		}
		rows = append(rows, x)
	}
	return rows
}

// expand turns rows that stand for each part of a sum into one row a part, and leaves out those that are printed only
// where there is something.
func (c *composer) expand(t *pack.Table, rows []pack.Row) []pack.Row {
	if !slices.ContainsFunc(rows, func(r pack.Row) bool { return r.Each != "" || r.Optional }) {
		return rows
	}
	var out []pack.Row
	for _, r := range rows {
		if r.Optional && c.b.Sum(t.Filter.And(r.Query)).IsZero() {
			continue
		}
		d, ok := budget.FindDimension(r.Each)
		if !ok {
			out = append(out, r)
			continue
		}
		for _, p := range c.by(d, t.Filter.And(r.Query)) {
			x := r
			x.Each, x.Label = "", pack.Snippet{Literal: c.fill(r.Label, p).String}
			x.Query, x.Amount = r.Query.Part(d, p.Code), true
			out = append(out, x)
		}
	}
	return out
}
