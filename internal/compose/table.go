package compose

import (
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/pack"
)

// emptyRows is how many blank rows an empty table shows: enough to be seen as a grid that holds nothing.
const emptyRows = 3

// row is a row of a table before it is set: its texts by field, its indent, and its figures by leaf column.
type row struct {
	fields  map[string]doc.Text
	level   int
	amounts []money.Amount // one for each leaf column; unused for columns with a field
	blank   bool           // zero prints nothing
	noSum   bool           // prints no amounts at all
}

// table composes a table of the pack: its heading and the grid.
func (c *composer) table(t *pack.Table) []doc.Block {
	heading := c.snippet(t.Heading)
	leaves := pack.Leaves(t.Columns)
	out := c.grid(t.Style)
	out.ID, out.Caption = t.ID, heading
	out.KeepRows = true
	if left := c.snippet(t.Left); left.String != "" {
		out.Left = &left
	}
	right := c.snippet(t.Right)
	out.Right = &right
	out.Continued = c.continued(t.Continued, heading.String)
	for _, l := range leaves {
		out.Columns = append(out.Columns, doc.Column{Min: l.Min, Fixed: l.Fixed, Share: l.Share, Align: l.Align})
	}
	out.Head = c.head(t.Columns)
	if t.Rows == pack.RowsBalance {
		out.Body = c.balance(t, leaves)
	} else {
		rows := c.rows(t, leaves)
		for i := range rows {
			out.Body = append(out.Body, c.bodyRow(&rows[i], leaves))
		}
		if len(rows) == 0 {
			out.Body = blankRows(len(leaves))
			if !t.EmptyNote.IsZero() {
				out.Notes = append(out.Notes, c.snippet(t.EmptyNote))
			}
		}
	}
	for _, n := range t.Notes {
		out.Notes = append(out.Notes, c.snippet(n))
	}
	return []doc.Block{
		&doc.Heading{Text: heading, Style: c.p.Grid.Heading, Level: 2, Contents: c.plain(t.Contents), Bookmark: heading.String},
		out,
	}
}

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
// the heading.
func (c *composer) continued(s pack.Snippet, heading string) string {
	number, title, _ := strings.Cut(heading, "\u3000")
	return c.fill(s, struct{ Number, Title string }{number, title}).String
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

func blankRows(n int) []doc.Row {
	out := make([]doc.Row, emptyRows)
	for i := range out {
		out[i].Cells = make([]doc.Cell, n)
	}
	return out
}

func (c *composer) bodyRow(r *row, leaves []*pack.Column) doc.Row {
	var out doc.Row
	for i, l := range leaves {
		if l.Field != "" {
			out.Cells = append(out.Cells, labelCell(r.fields[l.Field], l, r.level))
			continue
		}
		if r.noSum {
			out.Cells = append(out.Cells, doc.Cell{})
			continue
		}
		f := l.Format
		f.BlankZero = f.BlankZero || r.blank
		out.Cells = append(out.Cells, numberCell(f.String(r.amounts[i])))
	}
	return out
}

func labelCell(t doc.Text, l *pack.Column, level int) doc.Cell {
	x := doc.Cell{}
	if t.String != "" {
		x.Text = []doc.Text{t}
	}
	if l.Indent {
		x.Indent = level
	}
	if l.Field != "code" {
		x.Header = doc.HeaderRow
	}
	return x
}

func numberCell(s string) doc.Cell {
	x := doc.Cell{Number: true}
	if s != "" {
		x.Text = []doc.Text{{String: s}}
	}
	return x
}

// balance sets revenue rows beside expenditure rows: the first half of the columns shows the one, the second half the
// other.
func (c *composer) balance(t *pack.Table, leaves []*pack.Column) []doc.Row {
	half := len(leaves) / 2
	var out []doc.Row
	add := func(left, right *pack.Row) {
		cells := c.side(t, left, leaves[:half])
		out = append(out, doc.Row{Cells: append(cells, c.side(t, right, leaves[half:])...)})
	}
	at := func(rows []pack.Row, i int) *pack.Row {
		if i < len(rows) {
			return &rows[i]
		}
		return nil
	}
	for i := range max(len(t.Income), len(t.Outgo)) {
		add(at(t.Income, i), at(t.Outgo, i))
	}
	for i := range t.Foot {
		add(&t.Foot[i][0], &t.Foot[i][1])
	}
	c.covered(t)
	return out
}

func (c *composer) side(t *pack.Table, r *pack.Row, leaves []*pack.Column) []doc.Cell {
	var out []doc.Cell
	for _, l := range leaves {
		switch {
		case r == nil:
			out = append(out, doc.Cell{})
		case l.Field != "":
			x := labelCell(c.snippet(r.Label), l, 0)
			x.Indent = r.Indent
			out = append(out, x)
		case !r.Amount:
			out = append(out, doc.Cell{})
		default:
			f := l.Format
			f.BlankZero = f.BlankZero || r.Blank
			out = append(out, numberCell(f.String(c.b.Sum(t.Filter.And(r.Query).And(l.Query)))))
		}
	}
	return out
}

// covered makes sure that no class of expenditure is missing from a table that lists classes by name: its money
// would be in the total and in no row.
func (c *composer) covered(t *pack.Table) {
	for i := range c.b.Lines {
		l := &c.b.Lines[i]
		if !t.Filter.Match(l) || l.Side != budget.Expenditure {
			continue
		}
		found := false
		for j := range t.Outgo {
			q := t.Outgo[j].Query
			found = found || q.Mentions("function") && q.Match(l)
		}
		if !found {
			c.diags.Errorf("勾稽-003", l.At, "%s没有功能科目%s所属的类，这笔支出会进合计而不进任何一行", c.plain(t.Heading), l.Function)
		}
	}
}
