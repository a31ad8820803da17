package compose

import (
	"reflect"
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/source"
)

// forms composes the author's forms of one scope, in the order in which they were filled in.
func (c *composer) forms(b *sectionBuilder, scope string) {
	n := 0
	for i := range c.b.Facts.Forms {
		f := &c.b.Facts.Forms[i]
		spec := c.p.Forms[f.Kind.V]
		if spec == nil || spec.Scope != scope {
			continue
		}
		n++
		c.form, c.formSpec = f, spec
		c.view.Number = n
		c.view.Project = c.projectOf(f)
		b.page(spec.Page)
		b.add(c.formBlocks(spec, n)...)
	}
	c.form, c.formSpec, c.view.Number, c.view.Project, c.view.Item = nil, nil, 0, nil, nil
}

// projectOf is the project a form belongs to; a form whose project is unknown gets an empty one, and check says so.
func (c *composer) projectOf(f *budget.Form) *projectView {
	for i, p := range c.view.Projects {
		if c.b.Facts.Projects[i].Name.V == f.Project.V {
			return p
		}
	}
	return &projectView{Name: c.origins.mark(f.Project), c: c, project: &budget.Project{Name: f.Project}}
}

func (c *composer) formBlocks(spec *pack.Form, n int) []doc.Block {
	heading := c.snippet(spec.Heading)
	t := c.grid(spec.Style)
	t.ID, t.Caption = c.form.Kind.V, caption(heading, c.form.At)
	t.Continued = c.continued(c.p.Grid.Continued, heading.String)
	if left := c.snippet(spec.Left); left.String != "" {
		t.Left = &left
	}
	if right := c.snippet(spec.Right); right.String != "" {
		t.Right = &right
	}
	for _, x := range spec.Notes {
		t.Notes = append(t.Notes, c.snippet(x))
	}
	t.Columns = formColumns(spec)
	f := &formBuilder{c: c, busy: make([]int, len(spec.Widths))}
	before := len(c.adjusted)
	f.items(spec.Items, 0)
	t.Body = f.rows()
	if c.reportAdjusted(diag.Quote(heading.String), before) {
		c.adjustedNote(t)
	}
	h := &doc.Heading{Text: heading, Style: c.p.Grid.Heading, Level: 2, Bookmark: heading.String}
	if n == 1 {
		h.Contents = c.plain(spec.Contents)
	}
	blocks := []doc.Block{h}
	if title := c.snippet(spec.Title); title.String != "" {
		blocks = append(blocks, &doc.Paragraph{Style: pack.StyleFormTitle, Spans: []doc.Span{{Text: title}}})
	}
	return append(blocks, t)
}

// formColumns are columns in the declared proportions, as far as their figures and words allow.
func formColumns(spec *pack.Form) []doc.Column {
	out := make([]doc.Column, len(spec.Widths))
	for i, w := range spec.Widths {
		out[i].Share = w
	}
	return out
}

// formBuilder lays a form's rows out on its grid. Rows are made from top to bottom; busy says for how many further
// rows a column is taken by a cell that spans down.
type formBuilder struct {
	c    *composer
	busy []int
	out  []builtRow
}

type builtRow struct {
	cells    []placed
	split    bool
	keepNext bool
	headOf   int
}

type placed struct {
	col  int
	cell doc.Cell
}

// items makes the rows of items from column start on.
func (f *formBuilder) items(items []pack.Item, start int) {
	var heads []int // the rows that are the head of the rows being made
	var under *pack.Item
	for i := range items {
		it := &items[i]
		// A head ends with its list, or else with the next head.
		if under != nil && (it.Head || under.Each != "" && it.Each == "") {
			f.closeHeads(heads)
			heads, under = nil, nil
		}
		first := len(f.out)
		switch {
		case len(it.Items) > 0:
			f.group(it, start)
		case it.Each != "":
			f.each(it, start)
		default:
			f.row(it, start)
		}
		if !it.Head {
			under = it
		}
		for r := first; it.Head && r < len(f.out); r++ {
			heads = append(heads, r)
		}
	}
	f.closeHeads(heads)
}

// closeHeads lets rows be heads of all rows below them. Of those neither the first nor the last stands alone on a page.
func (f *formBuilder) closeHeads(rows []int) {
	n := len(f.out)
	for _, r := range rows {
		f.out[r].headOf = n - 1 - r
	}
	if len(rows) == 0 {
		return
	}
	if first := rows[len(rows)-1] + 1; first < n-1 {
		f.out[first].keepNext, f.out[n-2].keepNext = true, true
	}
}

// group makes the rows beside a label that spans them all.
func (f *formBuilder) group(it *pack.Item, start int) {
	first := len(f.out)
	f.items(it.Items, start+it.Span)
	n := len(f.out) - first
	if n == 0 {
		return
	}
	label := doc.Cell{Text: nonEmpty(f.c.snippet(it.Label)), ColSpan: it.Span, RowSpan: n, Vertical: it.Vertical,
		Align: doc.AlignCenter, AlignSet: true, Header: doc.HeaderRow}
	f.out[first].cells = append(f.out[first].cells, placed{start, label})
}

func nonEmpty(t doc.Text) []doc.Text {
	if t.String == "" {
		return nil
	}
	return []doc.Text{t}
}

// row makes one row; an optional row without any text is left out.
func (f *formBuilder) row(it *pack.Item, start int) {
	cells := make([]doc.Cell, len(it.Cells))
	empty := true
	for i := range it.Cells {
		cells[i] = f.c.formCell(&it.Cells[i])
		empty = empty && len(cells[i].Text) == 0
	}
	if empty && it.Optional {
		return
	}
	f.add(it, cells, start)
}

func (f *formBuilder) add(it *pack.Item, cells []doc.Cell, start int) {
	onlyLabels := !slices.ContainsFunc(it.Cells, func(x pack.Cell) bool { return !x.Label })
	r := builtRow{split: it.Split, keepNext: it.KeepNext}
	col := start
	for i := range cells {
		for col < len(f.busy) && f.busy[col] > 0 {
			col++
		}
		if onlyLabels && cells[i].Header != doc.HeaderNone {
			cells[i].Header = doc.HeaderColumn
		}
		r.cells = append(r.cells, placed{col, cells[i]})
		for k := col; k < min(col+cells[i].ColSpan, len(f.busy)); k++ {
			f.busy[k] = cells[i].RowSpan
		}
		col += cells[i].ColSpan
	}
	for k := start; k < len(f.busy); k++ {
		f.busy[k] = max(0, f.busy[k]-1)
	}
	f.out = append(f.out, r)
}

// each makes one row for each thing of a list. Cells marked merge join those above with the same text.
func (f *formBuilder) each(it *pack.Item, start int) {
	list := f.c.list(it.Each, it.Horizon)
	first := len(f.out)
	for _, x := range list {
		f.c.view.Item = x
		f.row(it, start)
	}
	f.c.view.Item = nil
	if len(list) == 0 {
		if !it.Optional {
			f.add(it, f.c.blankCells(it), start)
		}
		return
	}
	f.merge(it, first)
}

func (c *composer) blankCells(it *pack.Item) []doc.Cell {
	out := make([]doc.Cell, len(it.Cells))
	for i := range out {
		out[i] = doc.Cell{ColSpan: it.Cells[i].Span, RowSpan: it.Cells[i].Rows}
	}
	return out
}

// merge joins equal neighbours below each other, the leftmost columns first: a cell joins the one above only where
// all marked cells to its left do.
func (f *formBuilder) merge(it *pack.Item, first int) {
	owner := make([]int, len(it.Cells)) // row whose cell the current one joins
	for j := range owner {
		owner[j] = first
	}
	drop := map[[2]int]bool{}
	for r := first + 1; r < len(f.out); r++ {
		joins := true
		for j := range it.Cells {
			if !it.Cells[j].Merge {
				continue
			}
			up, cur := &f.out[owner[j]].cells[j].cell, &f.out[r].cells[j].cell
			joins = joins && len(cur.Text) > 0 && slices.Equal(texts(up), texts(cur))
			if !joins {
				owner[j] = r
				continue
			}
			up.RowSpan++
			drop[[2]int{r, j}] = true
		}
	}
	for r := first; r < len(f.out); r++ {
		var kept []placed
		for j, x := range f.out[r].cells {
			if !drop[[2]int{r, j}] {
				kept = append(kept, x)
			}
		}
		f.out[r].cells = kept
	}
}

func texts(c *doc.Cell) []string {
	var out []string
	for _, t := range c.Text {
		out = append(out, t.String)
	}
	return out
}

func (f *formBuilder) rows() []doc.Row {
	out := make([]doc.Row, len(f.out))
	for i, r := range f.out {
		slices.SortStableFunc(r.cells, func(a, b placed) int { return a.col - b.col })
		out[i] = doc.Row{Splittable: r.split, KeepNext: r.keepNext, HeadOf: r.headOf}
		for _, x := range r.cells {
			out[i].Cells = append(out[i].Cells, x.cell)
		}
	}
	return out
}

func (c *composer) formCell(x *pack.Cell) doc.Cell {
	out := doc.Cell{ColSpan: x.Span, RowSpan: x.Rows, Align: x.Align, AlignSet: x.AlignSet, Number: x.Number, FirstIndent: x.Prose}
	if x.Prose && !x.AlignSet {
		out.Align, out.AlignSet = doc.AlignJustify, true // its lines are long enough to be justified
	}
	if x.Label {
		out.Header = doc.HeaderRow
		if !x.AlignSet {
			out.Align, out.AlignSet = doc.AlignCenter, true
		}
	}
	var words []doc.Text
	if x.Text.Name == "" {
		words = nonEmpty(doc.Text{String: x.Text.Literal})
	} else if s, ok := itemField(c.view.Item, x.Text.Item); ok {
		words = c.origins.split(s)
	} else {
		words = c.run(x.Text.Name, c.view, x.Text.At)
	}
	if !x.Prose && len(words) == 1 && words[0].Origin.IsZero() {
		out.Text = nonEmpty(words[0]) // the pack's own words keep their leading blanks
		return out
	}
	for _, p := range paragraphs(words) {
		out.Text = append(out.Text, joined(p))
	}
	for i, title := range titles(texts(&out)) {
		out.Text[i].KeepNext = title
	}
	return out
}

// itemField is what a template of nothing but {{.Item.Field}} prints, for texts. Most cells of a form are such, and a
// template takes ten times as long.
func itemField(item any, field string) (string, bool) {
	if item == nil || field == "" {
		return "", false
	}
	v := reflect.Indirect(reflect.ValueOf(item))
	if v.Kind() != reflect.Struct {
		return "", false
	}
	f := v.FieldByName(field)
	if !f.IsValid() || f.Kind() != reflect.String {
		return "", false // a method or a number: the template's affair
	}
	return f.String(), true
}

// What rows of a form show. Strings carry the author's origin marks.
type (
	goalView      struct{ Name, Text string }
	indicatorView struct{ Goal, First, Second, Third, Value, BeforeLast, Last, Basis string }
	detailView    struct{ Activity, Content, Economic, Amount, Basis, Note string }
	itemView      struct{ Name, Quantity, Amount string }
)

// list is what a repeated row of a form goes through.
func (c *composer) list(name, horizon string) []any {
	var out []any
	m := c.origins.mark
	switch name {
	case "projects":
		for _, p := range c.view.Projects {
			out = append(out, p)
		}
	case "goals":
		for _, g := range c.form.Goals {
			if horizon == "" || g.Horizon.V == horizon {
				out = append(out, goalView{m(g.Name), m(g.Text)})
			}
		}
	case "indicators":
		for _, x := range c.form.Indicators {
			if horizon == "" || x.Horizon.V == horizon {
				out = append(out, indicatorView{m(x.Goal), m(x.First), m(x.Second), m(x.Third), m(x.Value), m(x.BeforeLast), m(x.Last), m(x.Basis)})
			}
		}
	case "details":
		amounts := make([]source.Amount, len(c.form.Details))
		for i := range c.form.Details {
			amounts[i] = c.form.Details[i].Amount
		}
		shown := c.formAmounts(amounts)
		for i, d := range c.form.Details {
			out = append(out, detailView{m(d.Activity), m(d.Content), m(d.Economic), shown[i], m(d.Basis), m(d.Note)})
		}
	case "items":
		amounts := make([]source.Amount, len(c.form.Procurement))
		for i := range c.form.Procurement {
			amounts[i] = c.form.Procurement[i].Amount
		}
		shown := c.formAmounts(amounts)
		for i, x := range c.form.Procurement {
			out = append(out, itemView{m(x.Name), m(x.Quantity), shown[i]})
		}
	}
	return out
}

// formAmounts are amounts stated in a form as they are printed. Where parts are made to add up, those that make up the
// project's budget come to what is printed of that.
func (c *composer) formAmounts(list []source.Amount) []string {
	f := c.p.TableFormat
	var parts []money.Amount
	for _, a := range list {
		parts = append(parts, a.Amount)
	}
	sum := money.Sum(parts...)
	whole := f.Round(sum)
	if p := c.view.Project; p != nil && p.Value.exact.Equal(sum) {
		whole = f.Round(c.shown(p.Value, f))
	}
	shown := c.apportioned(f, whole, parts)
	out := make([]string, len(list))
	for i, a := range list {
		if a.Set {
			out[i] = c.print(f, a.Amount, shown[i], "绩效表的明细")
		}
	}
	return out
}
