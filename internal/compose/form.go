package compose

import (
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
		if !c.takes(pageSteps, f.At) || c.quit != nil && c.quit() {
			break
		}
		b.page(spec.Page)
		if c.want != nil && !c.want(f) {
			b.add(&doc.Space{}) // in its place
			continue
		}
		c.form, c.formSpec = f, spec
		c.view.Number = n
		c.view.Project = c.projectOf(f)
		c.formsAt = append(c.formsAt, FormAt{f, len(b.d.Sections)})
		b.add(c.formBlocks(spec, n)...)
	}
	c.form, c.formSpec, c.view.Number, c.view.Project, c.view.Item = nil, nil, 0, nil, nil
}

// projectOf is the project a form belongs to; a form whose project is unknown, or is not told from another unit's, gets an
// empty one, and there is an error.
func (c *composer) projectOf(f *budget.Form) *projectView {
	if c.projectAt == nil {
		c.projectAt = map[*budget.Project]*projectView{}
		for _, p := range c.view.Projects {
			c.projectAt[p.project] = p
		}
	}
	if p := c.projectAt[c.b.ProjectOf(f)]; p != nil {
		return p
	}
	return &projectView{Name: c.origins.mark(f.Project), c: c, project: &budget.Project{Name: f.Project}}
}

func (c *composer) formBlocks(spec *pack.Form, n int) []doc.Block {
	heading := c.snippet(spec.Heading)
	t := c.grid(spec.Style)
	t.ID, t.Caption = c.form.Kind.V, caption(heading, c.form.At)
	t.Continued = c.continued(c.p.Grid.Continued, heading.String, "")
	t.LeftAgain = c.again(spec.LeftAgain)
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
	if c.made.Forms == nil {
		c.made.Forms = map[*doc.Table]string{}
	}
	c.made.Forms[t] = c.form.Project.V
	f := &formBuilder{c: c, busy: make([]int, len(spec.Widths))}
	before := len(c.adjusted)
	f.items(spec.Items, 0)
	t.Body = f.rows()
	amounts, shares := formResidues(f.out)
	c.miss(diag.Quote(heading.String), amounts, shares)
	if c.reportAdjusted(diag.Quote(heading.String), before) {
		c.adjustedNote(t)
	}
	h := &doc.Heading{Text: heading, Style: c.p.Grid.Heading, Level: 2, Bookmark: heading.String}
	if n == 1 {
		h.Contents = c.plain(spec.Contents)
	}
	blocks := []doc.Block{h}
	if title := c.snippet(spec.Title); title.String != "" {
		blocks = append(blocks, &doc.Paragraph{Style: pack.StyleFormTitle, Spans: []doc.Span{{Text: title}}, Level: 3, Bookmark: title.String})
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

// builtRow is a row with the columns at which its cells begin, in their order.
type builtRow struct {
	doc.Row
	cols []int
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
		f.out[r].HeadOf = n - 1 - r
	}
	if len(rows) == 0 {
		return
	}
	if first := rows[len(rows)-1] + 1; first < n-1 {
		f.out[first].KeepNext, f.out[n-2].KeepNext = true, true
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
	r := &f.out[first]
	at, _ := slices.BinarySearch(r.cols, start)
	r.Cells, r.cols = slices.Insert(r.Cells, at, label), slices.Insert(r.cols, at, start)
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
	r := builtRow{doc.Row{Cells: cells, Splittable: it.Split, KeepNext: it.KeepNext}, make([]int, len(cells))}
	col := start
	for i := range cells {
		for col < len(f.busy) && f.busy[col] > 0 {
			col++
		}
		if onlyLabels && cells[i].Header != doc.HeaderNone {
			cells[i].Header = doc.HeaderColumn
		}
		r.cols[i] = col
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
	f.out = slices.Grow(f.out, len(list))
	for _, x := range list {
		if !f.c.takes(cellSteps*len(it.Cells), it.Label.At) {
			return
		}
		f.c.item, f.c.view.Item = x, nil
		f.row(it, start)
	}
	f.c.item, f.c.view.Item = nil, nil
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
	if !slices.ContainsFunc(it.Cells, func(x pack.Cell) bool { return x.Merge }) {
		return
	}
	owner := make([]int, len(it.Cells)) // row whose cell the current one joins
	for j := range owner {
		owner[j] = first
	}
	n := len(it.Cells)
	joined := make([]bool, (len(f.out)-first)*n) // by row and cell
	for r := first + 1; r < len(f.out); r++ {
		joins := true
		for j := range it.Cells {
			if !it.Cells[j].Merge {
				continue
			}
			up, cur := &f.out[owner[j]].Cells[j], &f.out[r].Cells[j]
			joins = joins && len(cur.Text) > 0 && sameTexts(up, cur)
			if !joins {
				owner[j] = r
				continue
			}
			up.RowSpan++
			joined[(r-first)*n+j] = true
		}
	}
	for r := range f.out[first:] {
		row, kept := &f.out[first+r], 0
		for j := range row.Cells {
			if !joined[r*n+j] {
				row.Cells[kept], row.cols[kept] = row.Cells[j], row.cols[j]
				kept++
			}
		}
		row.Cells, row.cols = row.Cells[:kept], row.cols[:kept]
	}
}

func sameTexts(a, b *doc.Cell) bool {
	return slices.EqualFunc(a.Text, b.Text, func(x, y doc.Text) bool { return x.String == y.String })
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
	for i := range f.out {
		out[i] = f.out[i].Row
	}
	return out
}

func (c *composer) formCell(x *pack.Cell) doc.Cell {
	out := doc.Cell{ColSpan: x.Span, RowSpan: x.Rows, Align: x.Align, AlignSet: x.AlignSet, Number: x.Number, FirstIndent: x.Prose, Names: x.Names}
	if x.Prose && !x.AlignSet {
		out.Align, out.AlignSet = doc.AlignJustify, true // its lines are long enough to be justified
	}
	if x.Label {
		out.Header = doc.HeaderRow
		if !x.AlignSet {
			out.Align, out.AlignSet = doc.AlignCenter, true
		}
	}
	out.Text = c.cellTexts(x)
	if len(out.Text) > 1 {
		for i, title := range titles(texts(&out)) {
			out.Text[i].KeepNext = title
		}
	}
	return out
}

// cellTexts are the paragraphs of a cell.
func (c *composer) cellTexts(x *pack.Cell) []doc.Text {
	own, plain := c.ownText(&x.Text)
	var words []doc.Text
	switch {
	case plain && !own.At.IsZero():
		return ownParagraphs(own)
	case plain:
		words = c.origins.split(own.V)
	case x.Text.Name == "":
		words = nonEmpty(doc.Text{String: x.Text.Literal})
	default:
		if c.item != nil && c.view.Item == nil {
			c.view.Item = c.item.see(&c.origins)
		}
		words = c.run(x.Text.Name, c.view, x.Text.At)
	}
	if !x.Prose && len(words) == 1 && words[0].Origin.IsZero() {
		return nonEmpty(words[0]) // the pack's own words keep their leading blanks
	}
	var out []doc.Text
	for _, p := range c.origins.paragraphs(words) {
		out = append(out, c.origins.numbers.joined(p))
	}
	return out
}

// ownText is the author's text that a cell prints alone. A template would print the same and take ten times as long.
func (c *composer) ownText(s *pack.Snippet) (own source.String, ok bool) {
	switch {
	case s.Item != "" && c.item != nil:
		return c.item.text(s.Item)
	case s.Field != "" && c.form != nil && c.formSpec.HasField(s.Field):
		own, _ = c.form.Fields.Get(s.Field)
		return own, true
	}
	return own, false
}

// formAmounts are amounts stated in a form as they are printed. Where parts are made to add up, those that make up the
// project's budget come to what is printed of that.
func (c *composer) formAmounts(list []source.Amount) []string {
	f := &c.p.TableFormat
	var parts []money.Amount
	for _, a := range list {
		parts = append(parts, a.Amount)
	}
	sum := money.Sum(parts...)
	whole := f.Round(sum)
	if p := c.view.Project; p != nil && p.Value.of.Exact.Equal(sum) {
		whole = f.Round(c.numbers.Shown(p.Value.of, *f))
	}
	shown := c.apportioned(*f, whole, parts)
	out := make([]string, len(list))
	for i := range list {
		if list[i].Set {
			out[i] = c.statedAs(f, &list[i], shown[i], "绩效表的明细")
		}
	}
	return out
}
