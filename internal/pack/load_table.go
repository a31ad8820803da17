package pack

import (
	"maps"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/source"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func (c *compiler) tables(m *manifest) {
	for i := range m.Tables {
		s := &m.Tables[i]
		if c.p.Tables[s.ID.V] != nil {
			c.diags.Errorf("模板-007", s.ID.At, "表“%s”重复定义", s.ID.V)
		}
		c.p.Tables[s.ID.V] = c.table(s)
	}
}

// again is what stands at the left above further parts of a table, nil where the pack says nothing of it.
func (c *compiler) again(s source.String) *Snippet {
	if s.At.IsZero() {
		return nil
	}
	x := c.snippet(s)
	return &x
}

func (c *compiler) table(s *tableSpec) *Table {
	t := &Table{ID: s.ID.V, Heading: c.snippet(s.Heading), Also: c.snippets(s.Also), Contents: c.snippet(s.Contents), Left: c.snippet(s.Left),
		Page: c.paper(s.Page), Total: s.Total.V, Group: s.Group.V, EmptyNote: c.snippet(s.EmptyNote), Notes: c.snippets(s.Notes),
		Filter: c.query(s.Filter), Style: s.Style.V, Tight: s.Tight.V, LeftAgain: c.again(s.LeftAgain), At: s.At}
	if c.oneOf(s.Rows, "行来源", names(rowEntries(c.sources))) {
		t.Rows = sourceNamed(c.sources, s.Rows.V)
	}
	for _, x := range []source.String{s.Style, s.Tight} {
		if x.V != "" {
			c.style(x)
		}
	}
	c.shape(s, t)
	if s.Number.V != "" && c.p.Grid.Number == "" && !c.missing["number"] {
		c.missing["number"] = true
		c.diags.Errorf("模板-017", s.Number.At, "表号行（number）要有样式：在 [grid] 里写 number = \"样式名称\"")
	}
	t.MinRow = int64(c.length(s.MinRow))
	t.Continued = c.p.Grid.Continued
	if s.Continued.V != "" {
		t.Continued = c.snippetOf(s.Continued, continuedFields())
	}
	f := c.p.TableFormat
	f = c.format(format{Unit: s.Unit, Places: s.Places, Zeros: s.Zeros}, f)
	t.Right = Snippet{Literal: "单位：" + f.Unit.String()}
	t.Columns = c.columns(s.Columns, t.Rows, withBlank(f, s.Blank))
	if n := len(Leaves(t.Columns)); n > maxLeaves {
		c.diags.Errorf("模板-020", s.At, "表“%s”共有 %d 列，最多 %d 列", s.ID.V, n, maxLeaves)
	}
	if len(s.Columns) == 0 {
		c.diags.Errorf("模板-021", s.At, "表“%s”没有列（column）", s.ID.V)
	}
	t.List, t.Income, t.Outgo, t.Use = c.rows(s.List), c.rows(s.Income), c.rows(s.Outgo), c.rows(s.Use)
	for i := range s.Foot {
		f := &s.Foot[i]
		sides := [3]Row{c.row(&f.Left), c.row(&f.Right), c.row(&f.Third)}
		sides[1].Wide = f.Wide.V
		t.Foot = append(t.Foot, sides)
	}
	if t.Rows != nil {
		for _, d := range t.Rows.Check(t) {
			c.diags.Add(d)
		}
		c.tableNames(s, t)
	}
	c.contradiction(t)
	return t
}

// contradiction refuses rows and columns that ask of expenditure what only the procurement budget has.
func (c *compiler) contradiction(t *Table) {
	var queries []budget.Query
	for _, col := range Leaves(t.Columns) {
		queries = append(queries, col.Query)
	}
	for _, rows := range [][]Row{t.List, t.Income, t.Outgo, t.Use} {
		for i := range rows {
			queries = append(queries, rows[i].Query)
		}
	}
	for _, q := range queries {
		if err := t.Filter.And(q).Contradiction(); err != nil {
			c.diags.Errorf("模板-004", t.At, "表%s的范围（filter）和行、列的范围合不到一起：%v", t.ID, err)
			return
		}
	}
}

// maxLeaves is more columns than any table has, those within groups counted.
const maxLeaves = 100

// shape reads what makes the rows of a table other than plain.
func (c *compiler) shape(s *tableSpec, t *Table) {
	t.TotalSpan, t.EmptyRows, t.MinRows, t.Number = s.TotalSpan.V, s.EmptyRows.V, s.MinRows.V, c.snippet(s.Number)
	t.Follow, t.Share = s.Follow.V, s.Share.V
	if s.TotalAt.V != "" {
		c.oneOf(s.TotalAt, "合计行位置", choices("total"))
		t.TotalLast = s.TotalAt.V == "last"
	}
	for i := range s.Levels {
		var fields []string
		for _, f := range s.Levels[i].Fields {
			if t.Rows != nil { // an unknown row source has been reported already
				c.oneOf(f, "栏", names(t.Rows.Fields()))
			}
			fields = append(fields, f.V)
		}
		t.Levels = append(t.Levels, fields)
		var once []string
		for _, f := range s.Levels[i].Once {
			if c.oneOf(f, "栏", fields) {
				once = append(once, f.V)
			}
		}
		t.Once = append(t.Once, once)
	}
	t.Labels = map[string]string{}
	for _, f := range s.Labels {
		t.Labels[f.Key.V] = f.Value.V
	}
}

// dimension checks the name of a dimension; "" is none.
func (c *compiler) dimension(s source.String) string {
	if s.V != "" {
		c.oneOf(s, "分项", budget.DimensionNames())
	}
	return s.V
}

func withBlank(f money.Format, blank source.Bool) money.Format {
	if blank.Set {
		f.BlankZero = blank.V
	}
	return f
}

func (c *compiler) columns(specs []columnSpec, rows RowSource, f money.Format) []Column {
	var out []Column
	for i := range specs {
		s := &specs[i]
		x := Column{Head: c.snippet(s.Head), Also: c.snippets(s.Also), Field: s.Field.V, Query: c.query(s.Query), Indent: s.Indent.V,
			Min: int64(c.length(s.Min)), Fixed: int64(c.length(s.Width)), Share: s.Share.V}
		x.Format = withBlank(f, s.Blank)
		x.Format = c.format(format{Unit: s.Unit, Places: s.Places}, x.Format)
		otherwise := doc.AlignDecimal
		if s.Field.V != "" {
			otherwise = doc.AlignLeft
			if rows != nil {
				c.oneOf(s.Field, "栏", names(rows.Fields()))
			}
		}
		x.Align = c.align(s.Align, otherwise)
		c.priorColumn(s, &x, rows)
		if s.Side.V != "" {
			c.oneOf(s.Side, "侧", choices("side"))
			x.Side = s.Side.V
		}
		if len(s.Columns) > 0 && (s.Query.V != "" || s.Field.V != "" || s.Prior.V != "") {
			c.diags.Errorf("模板-021", s.At, "列“%s”里面还有列，query、field、prior 写在里面的列上", s.Head.V)
		}
		x.Columns = c.columns(s.Columns, rows, x.Format)
		for _, leaf := range Leaves(x.Columns) {
			if leaf.Side == "" {
				leaf.Side = x.Side
			}
		}
		out = append(out, x)
	}
	return out
}

// priorColumn reads what a column says of last year: the figure must be one whose amounts of last year are known part
// by part as the rows go.
func (c *compiler) priorColumn(s *columnSpec, x *Column, rows RowSource) {
	if s.Prior.V == "" {
		if s.Show.V != "" {
			c.diags.Errorf("模板-023", s.Show.At, "show 只用在写了 prior 的列")
		}
		return
	}
	x.Prior, x.Show = s.Prior.V, s.Show.V
	if s.Show.V == "" {
		x.Show = "last"
	} else {
		c.oneOf(s.Show, "印什么", choices("show"))
	}
	if s.Query.V != "" || s.Field.V != "" {
		c.diags.Errorf("模板-023", s.At, "写了 prior 的列不写 query 和 field：它的范围就是数字“%s”的范围", s.Prior.V)
	}
	if rows == nil {
		return // reported already
	}
	by, ok := rows.Prior()
	f := c.p.Figures[s.Prior.V]
	switch {
	case !ok:
		c.diags.Errorf("模板-023", s.Prior.At, "行来源 %s 的表不能印上年数", rows.Word().Name)
	case f == nil:
		c.oneOf(s.Prior, "数字名称", c.p.FigureNames)
	case !f.Prior:
		c.diags.Errorf("模板-023", s.Prior.At, "数字“%s”没有上年数，在它的 [[figure]] 里写 prior = true", f.Name)
	case f.By != by && by == "":
		c.diags.Errorf("模板-023", s.Prior.At, "行来源 %s 的表要不分项的数字，“%s”写了 by", rows.Word().Name, f.Name)
	case f.By != by:
		c.diags.Errorf("模板-023", s.Prior.At, "行来源 %s 的表要按 %s 分项的数字，在 [[figure]] “%s”里写 by = \"%s\"", rows.Word().Name, by, f.Name, by)
	}
}

func (c *compiler) rows(specs []rowSpec) []Row {
	var out []Row
	for i := range specs {
		out = append(out, c.row(&specs[i]))
	}
	return out
}

func (c *compiler) row(s *rowSpec) Row {
	var dot []string
	if s.Each.V != "" {
		dot = partFields()
	}
	var also []Snippet
	for _, a := range s.Also {
		also = append(also, c.label(a, dot))
	}
	return Row{Label: c.label(s.Label, dot), Also: also, Align: c.align(s.Align, doc.AlignLeft), AlignSet: s.Align.V != "", Query: c.query(s.Query), Amount: s.Query.V != "",
		Indent: s.Indent.V, Blank: s.Blank.V, Optional: s.Optional.V, Total: s.Total.V, Each: c.dimension(s.Each), Group: c.label(s.Group, nil), At: s.At}
}

// label is a snippet that is found again on paper.
func (c *compiler) label(s source.String, dot []string) Snippet {
	out := c.snippetOf(s, dot)
	if t := c.p.templates.Lookup(out.Name); out.Name != "" && t != nil {
		out.variants = variantsOf(t.Tree)
	}
	return out
}

func (c *compiler) parts(m *manifest) {
	for _, s := range m.Parts {
		x := Part{Page: c.paper(s.Page), Title: c.snippet(s.Title), Contents: c.snippet(s.Contents), Style: s.Style.V, Numbered: s.Numbered.V, Restart: s.Restart.V,
			Optional: s.Optional.V}
		if s.Title.V != "" {
			c.style(s.Style)
		}
		for i := range s.Blocks {
			x.Blocks = append(x.Blocks, c.block(&s.Blocks[i]))
		}
		x.Right = m.Print.RightHand.V || m.Print.Mirrored.V && x.Restart
		c.p.Parts = append(c.p.Parts, x)
	}
	for _, s := range m.Pack.Show {
		c.oneOf(s, "可选部分", c.p.Optionals())
		c.p.Show = append(c.p.Show, s.V)
	}
}

// oneKind demands that a block is one thing.
func (c *compiler) oneKind(s *blockSpec) {
	n := 0
	for _, set := range []bool{s.Prose.V != "", s.Contents != nil, s.Tables != nil, s.Forms.V != "", s.Glossary.V != "", s.Charts != nil, s.Figures != nil} {
		if set {
			n++
		}
	}
	if n != 1 {
		c.diags.Errorf("模板-018", s.At, "一段内容（block）要写 prose、contents、tables、forms、glossary、charts、figures 中的一样，这里有 %d 样", n)
	}
}

func (c *compiler) block(s *blockSpec) Block {
	b := Block{Prose: s.Prose.V, Forms: s.Forms.V, Glossary: s.Glossary.V}
	c.oneKind(s)
	if name := "prose/" + b.Prose; b.Prose != "" && !c.p.HasProse(b.Prose) && c.texts[name].File == "" {
		d := diag.Diagnostic{Rule: "模板-010", Level: diag.Error, At: s.Prose.At, Message: "没有文字模板 " + name + ".tmpl"}
		if namesPath(b.Prose) {
			d.Rule, d.Message, d.Hint = "模板-015", "文字模板写 prose/ 里的文件名，不写路径：“"+b.Prose+"”", "例如 prose = \"overview\"，是 prose/overview.tmpl"
		} else if near, ok := diag.Closest(name, sortedKeys(c.p.sources)); ok {
			d.Hint = diag.Meant(strings.TrimPrefix(name, "prose/"), strings.TrimPrefix(near, "prose/"))
		}
		c.diags.Add(d)
	}
	for _, x := range s.Contents {
		c.style(x)
		b.Contents = append(b.Contents, x.V)
	}
	for _, x := range s.Tables {
		t := c.p.Tables[x.V]
		if t == nil {
			c.oneOf(x, "表", sortedKeys(c.p.Tables))
			continue
		}
		b.Tables = append(b.Tables, t)
	}
	for _, x := range s.Charts {
		if c.oneOf(x, "图", sortedKeys(c.p.Charts)) {
			b.Charts = append(b.Charts, c.p.Charts[x.V])
		}
	}
	for _, x := range s.Figures {
		if c.oneOf(x, "数字名称", c.p.singleFigures()) {
			b.Figures = append(b.Figures, c.p.Figures[x.V])
		}
	}
	if len(b.Figures) > 0 && c.p.Drawing.Number == "" {
		c.diags.Errorf("模板-017", s.Figures[0].At, "大字数字（figures）要有样式：在 [drawing] 里写 number = \"样式名称\"")
	}
	if b.Forms != "" {
		c.oneOf(s.Forms, "绩效表范围", choices("scope"))
	}
	if b.Glossary != "" {
		c.glossary(s, &b)
	}
	return b
}

// glossary reads what a block says of its glossary.
func (c *compiler) glossary(s *blockSpec, b *Block) {
	b.Number = c.snippetOf(s.Number, []string{"N"})
	if b.Chosen = s.Chosen.V; b.Chosen != "" && c.p.Slot(b.Chosen) == nil {
		c.unknown(s.Chosen.At, "文字栏", b.Chosen, c.p.slotKeys())
	}
	if c.style(s.Glossary) {
		c.implied(StyleTerm, s.Glossary.At)
	}
}
