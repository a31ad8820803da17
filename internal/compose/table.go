package compose

import (
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
)

// emptyRows is how many blank rows an empty table shows: enough to be seen as a grid that holds nothing.
const emptyRows = 3

// schedule is the schedule of a table. One that is of the pack but stands in it more than once is resolved once.
func (c *composer) schedule(t *pack.Table) *schedule.Schedule {
	if c.p.Tables[t.ID] == t {
		return c.numbers.Table(t.ID)
	}
	return c.numbers.Resolve(t)
}

// memory holds the texts of the cells of one row, each of which has one at most.
type memory []doc.Text

func (m *memory) text(t doc.Text) []doc.Text {
	if t.String == "" {
		return nil
	}
	*m = append(*m, t)
	n := len(*m)
	return (*m)[n-1 : n : n]
}

// table composes a table of the pack: its heading and the grid.
func (c *composer) table(t *pack.Table) []doc.Block {
	heading := c.snippet(t.Heading)
	leaves := pack.Leaves(t.Columns)
	before := len(c.adjusted)
	out := c.grid(t.Style)
	out.ID, out.Caption = t.ID, caption(heading, t.Heading.At)
	out.KeepRows, out.Tight = true, t.Tight
	if t.MinRow > 0 {
		out.MinRow = t.MinRow
	}
	if left := c.snippet(t.Left); left.String != "" {
		out.Left = &left
	}
	right := c.snippet(t.Right)
	out.Right, out.LeftAgain = &right, c.again(t.LeftAgain)
	line := c.snippet(t.Number)
	out.Continued = c.continued(t.Continued, heading.String, line.String)
	out.Columns = columns(t, leaves)
	out.Head = c.head(t.Columns)
	s := c.schedule(t)
	if len(s.Sides) > 1 {
		out.Body = c.balance(s)
	} else {
		rows := s.Sides[0].Rows
		if !c.takes(cellSteps*len(leaves)*(len(rows)+t.EmptyRows), t.At) {
			return nil
		}
		if len(rows) == 0 {
			out.Body = c.blankRows(t, leaves)
			if !t.EmptyNote.IsZero() {
				out.Notes = append(out.Notes, c.snippet(t.EmptyNote))
			}
		}
		if t.TotalLast && len(rows) > 0 && rows[0].Kind == schedule.Total {
			rows = append(slices.Clone(rows[1:]), rows[0])
		}
		out.Body = slices.Grow(out.Body, len(rows))
		for i := range rows {
			out.Body = append(out.Body, c.bodyRow(t, &rows[i], leaves))
			// A row that others belong to is not the last on a page.
			out.Body[i].KeepNext = i+1 < len(rows) && rows[i+1].Level > rows[i].Level
		}
		mergeGroups(out, leaves)
		c.miss(diag.Quote(heading.String), rowResidues(rows, t.Columns), nil)
	}
	for _, n := range t.Notes {
		if x := c.snippet(n); x.String != "" { // a note may be due in some years only
			out.Notes = append(out.Notes, x)
		}
	}
	if c.reportAdjusted(diag.Quote(heading.String), before) {
		c.adjustedNote(out)
	}
	c.cells(out, s)
	var blocks []doc.Block
	if !t.Number.IsZero() {
		blocks = append(blocks, paragraph(c.p.Grid.Number, []doc.Text{line}))
	}
	return append(blocks,
		&doc.Heading{Text: heading, Style: c.p.Grid.Heading, Level: 2, Contents: c.plain(t.Contents), Bookmark: heading.String},
		out)
}

// cells gives the cells of a table names for marks.
func (c *composer) cells(t *doc.Table, s *schedule.Schedule) {
	grids := c.made.Grids
	t.Of = schedule.FirstCell
	if n := len(grids); n > 0 {
		last := &grids[n-1]
		t.Of = last.From + int32(len(last.Table.Body)*len(last.Numbers.Leaves))
	}
	c.made.Grids = append(grids, schedule.Grid{From: t.Of, Table: t, Numbers: s})
}

// columns are the columns of a table's grid, each with its side.
func columns(t *pack.Table, leaves []*pack.Column) []doc.Column {
	out := make([]doc.Column, len(leaves))
	for i, l := range leaves {
		out[i] = doc.Column{Min: l.Min, Fixed: l.Fixed, Share: l.Share, Align: l.Align}
	}
	if t.Rows.Shape() == pack.Sided {
		for side, members := range pack.Sides(leaves) {
			for _, i := range members {
				out[i].Side = side
			}
		}
	}
	return out
}

// caption is a heading as a table carries it: trouble with the whole table is reported at its place, which is the place
// where the table is asked for if the author wrote no word of the heading.
func caption(heading doc.Text, at diag.Range) doc.Text {
	if heading.Origin.IsZero() {
		heading.Origin = at
	}
	return heading
}

// totalKey is what rows are called that sum all.
const totalKey = "合计"

// grid is a table in the pack's look.
func (c *composer) grid(style string) *doc.Table {
	g := &c.p.Grid
	if style == "" {
		style = g.Body
	}
	return &doc.Table{Style: style, HeadStyle: g.Head, NoteStyle: g.Note, CellPad: g.Pad, RuleWidth: g.Rule, FrameWidth: g.Frame,
		MinRow: g.MinRow, MinSize: g.MinSize}
}

// continued is the line above the further parts of a table. The number is what stands before the first em space of
// the heading; line is that above the heading, for packs that have the number there.
func (c *composer) continued(s pack.Snippet, heading, line string) string {
	number, title, _ := strings.Cut(heading, "\u3000")
	return c.fill(s, struct{ Number, Title, Line string }{number, title, line}).String
}

// again is what stands at the left above further parts, nil for the same as above the first.
func (c *composer) again(s *pack.Snippet) *doc.Text {
	if s == nil {
		return nil
	}
	t := c.snippet(*s)
	return &t
}

// head turns nested columns into head rows: a column without children spans down to the last row.
func (c *composer) head(cols []pack.Column) []doc.Row {
	rows := make([]doc.Row, pack.Depth(cols))
	c.headLevel(cols, rows)
	return rows
}

func (c *composer) headLevel(cols []pack.Column, rows []doc.Row) {
	for i := range cols {
		x := doc.Cell{Text: []doc.Text{c.snippet(cols[i].Head)}, Align: doc.AlignCenter, AlignSet: true, Header: doc.HeaderColumn}
		if sub := cols[i].Columns; len(sub) > 0 {
			x.ColSpan = len(pack.Leaves(sub))
			rows[0].Cells = append(rows[0].Cells, x)
			c.headLevel(sub, rows[1:])
			continue
		}
		x.RowSpan = len(rows)
		rows[0].Cells = append(rows[0].Cells, x)
	}
}

// blankRows is the body of a table that holds nothing: blank rows, and the name of the total where the pack wants it.
func (c *composer) blankRows(t *pack.Table, leaves []*pack.Column) []doc.Row {
	n := emptyRows
	if t.EmptyRows > 0 {
		n = t.EmptyRows
	}
	out := make([]doc.Row, n)
	for i := range out {
		out[i].Cells = make([]doc.Cell, len(leaves))
	}
	if t.EmptyRows == 0 || t.Total == "" {
		return out
	}
	last := doc.Row{Cells: append(totalCells(t, leaves), make([]doc.Cell, len(leaves)-textColumns(leaves))...)}
	c.total(last.Cells)
	if t.TotalLast {
		return append(out, last)
	}
	return append([]doc.Row{last}, out...)
}

func (c *composer) bodyRow(t *pack.Table, r *schedule.Row, leaves []*pack.Column) doc.Row {
	out, texts := doc.Row{Cells: make([]doc.Cell, 0, len(leaves))}, make(memory, 0, len(leaves))
	from := 0
	if r.Kind == schedule.Total && t.TotalSpan {
		out.Cells = append(out.Cells, totalCells(t, leaves)...)
		from = textColumns(leaves)
	}
	name := ""
	if c.p.Adjust { // then numbers may have to be named
		name = rowName(r, leaves)
	}
	for i, l := range leaves {
		if i < from {
			continue
		}
		if l.Field != "" {
			x := labelCell(&texts, r.Printed(l.Field), l, r.Level)
			if r.Spec != nil && r.Spec.AlignSet && l.Field == "label" {
				x.Align, x.AlignSet = r.Spec.Align, true
			}
			out.Cells = append(out.Cells, x)
			continue
		}
		if r.NoSum {
			out.Cells = append(out.Cells, doc.Cell{})
			continue
		}
		if l.Prior != "" {
			out.Cells = append(out.Cells, numberCell(&texts, c.numbers.PriorCell(l, r.Part)))
			continue
		}
		sum := r.Sum(i)
		out.Cells = append(out.Cells, numberCell(&texts, c.print(r.Format(l), sum.Exact, sum.Shown, name+l.Head.Literal)))
	}
	nameByCodes(out.Cells)
	if r.Kind == schedule.Total || r.Spec != nil && r.Spec.Total {
		c.total(out.Cells)
	}
	return out
}

// total sets the cells of a row that sums all as the pack sets such rows.
func (c *composer) total(cells []doc.Cell) {
	for i := range cells {
		cells[i].Family = c.p.Grid.Total
	}
}

// nameByCodes makes the codes of a row its name where it has no other: who hears a number of it must hear whose it is.
func nameByCodes(cells []doc.Cell) {
	if slices.ContainsFunc(cells, func(x doc.Cell) bool { return x.Header == doc.HeaderRow && len(x.Text) > 0 }) {
		return
	}
	for i := range cells {
		cells[i].Names = !cells[i].Number && len(cells[i].Text) > 0
	}
}

// rowName is what a row is called: its texts that tell it apart, between quotation marks.
func rowName(r *schedule.Row, leaves []*pack.Column) string {
	var words []string
	for _, l := range leaves {
		if s := r.Text(l.Field).String; l.Field != "" && s != "" && !slices.Contains(words, s) {
			words = append(words, s)
		}
	}
	if len(words) == 0 {
		return ""
	}
	return "“" + strings.Join(words, " ") + "”"
}

// textColumns is how many columns stand before the first amount.
func textColumns(leaves []*pack.Column) int {
	for i, l := range leaves {
		if l.Field == "" {
			return i
		}
	}
	return len(leaves)
}

// totalCells is the name of the total in one cell across all columns of text.
func totalCells(t *pack.Table, leaves []*pack.Column) []doc.Cell {
	return []doc.Cell{{Text: []doc.Text{{String: t.Total}}, ColSpan: textColumns(leaves), Align: doc.AlignCenter, AlignSet: true, Header: doc.HeaderRow}}
}

// mergeGroups joins the cells of a column of groups over a run of rows with the same group; a row without a group
// gives its cell to the label beside it.
func mergeGroups(t *doc.Table, leaves []*pack.Column) {
	at := slices.IndexFunc(leaves, func(l *pack.Column) bool { return l.Field == "group" })
	if at < 0 || at+1 >= len(leaves) {
		return
	}
	text := func(i int) string {
		if x := t.Body[i].Cells[at].Text; len(x) > 0 {
			return x[0].String
		}
		return ""
	}
	for i := 0; i < len(t.Body); {
		n := 1
		for i+n < len(t.Body) && text(i+n) == text(i) && text(i) != "" {
			n++
		}
		if text(i) == "" {
			label := t.Body[i].Cells[at+1]
			label.ColSpan, label.Align, label.AlignSet = 2, doc.AlignCenter, true
			t.Body[i].Cells = slices.Replace(t.Body[i].Cells, at, at+2, label)
		} else {
			t.Body[i].Cells[at].RowSpan = n
			for k := 1; k < n; k++ {
				t.Body[i+k].Cells = slices.Delete(t.Body[i+k].Cells, at, at+1)
			}
		}
		i += n
	}
}

func labelCell(m *memory, t doc.Text, l *pack.Column, level int) doc.Cell {
	x := doc.Cell{Text: m.text(t)}
	if l.Indent {
		x.Indent = level
	}
	if !pack.IsCode(l.Field) {
		x.Header = doc.HeaderRow
	}
	return x
}

func numberCell(m *memory, s string) doc.Cell {
	return doc.Cell{Number: true, Text: m.text(doc.Text{String: s})}
}
