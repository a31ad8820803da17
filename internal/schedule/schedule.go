// Package schedule resolves the tables of a pack (预算表) against one budget: which rows and columns a table has, and for each
// number in it what it is, what it is exactly, what is printed, and how people and programs name it. Whoever asks what a
// printed number means asks here: the tables of the document, `figure`, the tables a document carries for machines.
//
// A row source is one implementation of Source, in a file of its own.
package schedule

import (
	"yusuan/internal/budget"
	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/pack"
)

// Words fills short texts of the pack; what they say of a part is said of a row that stands for one (Row.Part), nil for what
// is said of the document.
type Words interface {
	Text(s pack.Snippet, p *Part) doc.Text
}

// Document is what the schedules of one document share: the numbers of a budget as a pack prints them. It serves one
// goroutine. Its costs count against the meter, which may be nil; once that is spent, numbers are zero and tables empty.
type Document struct {
	Pack   *pack.Pack
	Budget *budget.Budget
	Prior  Prior

	words    Words
	meter    *pack.Meter
	units    []*budget.Unit // with budgets of their own
	unitAt   map[string]*budget.Unit
	lines    map[step][]money.Amount // as they are printed, by format
	resolved map[string]*Schedule
	made     Made
	spots    *spots // of the document that was made, once somebody asked
}

// New begins the schedules of a document.
func New(p *pack.Pack, b *budget.Budget, prior Prior, words Words, m *pack.Meter) *Document {
	return &Document{Pack: p, Budget: b, Prior: prior, words: words, meter: m, units: b.ListedUnits(), resolved: map[string]*Schedule{}}
}

// Unmetered ends the count of costs: the document is made, and who asks now is its author.
func (d *Document) Unmetered() { d.meter = nil }

// Table is the schedule of a table of the pack, resolved when it is first asked for. The number is the pack's (5-1); nil for
// one that the pack has not.
func (d *Document) Table(id string) *Schedule {
	s := d.resolved[id]
	if t := d.Pack.Tables[id]; s == nil && t != nil {
		s = d.Resolve(t)
		d.resolved[id] = s
	}
	return s
}

// Resolve is the schedule of a table.
func (d *Document) Resolve(t *pack.Table) *Schedule {
	s := &Schedule{Table: t, Leaves: columnsOf(t.Columns, nil, nil), of: d, source: t.Rows.(Source)}
	s.Sides = s.source.sides(d, s)
	s.Empty = len(s.Sides) == 1 && len(s.Sides[0].Rows) == 0
	return s
}

// Schedule is a table of the pack against one budget.
type Schedule struct {
	Table  *pack.Table
	Leaves []Column
	Sides  []Side // one; those of a balance are two or three
	Empty  bool   // nothing to list: blank rows are printed

	of     *Document
	source Source
	names  *names         // made when a name is first asked for
	keys   *keys          // so with keys
	places map[[2]int]Ref // by row and column of the printed body, once somebody asked
}

// Side is columns that stand together with the rows below them.
type Side struct {
	Name    string // income, outgo or use of a balance, or else ""
	Columns []int  // contiguous, of Leaves
	Rows    []Row
}

// Column is a leaf column.
type Column struct {
	*pack.Column
	Heads []*pack.Column // those above it and itself, the outermost first

	printed []string // the heads, once somebody asked
}

// Sums reports whether the column prints sums of this year's lines.
func (c *Column) Sums() bool { return c.Field == "" && c.Prior == "" }

// Kind is what a row is among others.
type Kind uint8

const (
	Plain   Kind = iota
	Heading      // sums rows that stand below it: the department, a unit, a group of projects
	Total        // sums the table; the first of the rows, wherever it is printed
	Foot         // below all rows of its side
)

// String is the name of the kind for programs.
func (k Kind) String() string { return [...]string{"plain", "heading", "total", "foot"}[k] }

// Row is a row of a side.
type Row struct {
	Kind   Kind
	Own    string // what tells it from the rows below the same parent: a code, a group, a project, a label; never the name of a code
	Named  string // what programs call it, where Own says the rows above it too; "" where Own will do
	Sole   bool   // Own tells it from all rows of the table
	Parent int    // the row that it stands below, of the same side; -1 for none
	Level  int    // how far it is set in
	Texts  []Text
	Part   string    // what columns of last year ask for, "" for all
	Blank  bool      // zero prints nothing
	NoSum  bool      // prints no numbers at all
	Wide   bool      // a foot whose label covers all up to the last column
	Spec   *pack.Row // of the pack, nil for rows that the budget gives

	query *budget.Query // of rows that the pack or a line gives; sources know it of the others
	sums  []Sum         // by column of the side
}

// Text is what a row prints in columns of a field.
type Text struct {
	Field string
	doc.Text
	Again bool // the row before has the same, and paper leaves it blank
}

// Printed is what paper shows of the row in a column of a field.
func (r *Row) Printed(field string) (text doc.Text) {
	for i := range r.Texts {
		if r.Texts[i].Field == field && !r.Texts[i].Again {
			return r.Texts[i].Text
		}
	}
	return text
}

// Text is what the row prints in a column of a field.
func (r *Row) Text(field string) (text doc.Text) {
	for i := range r.Texts { // there are five at most
		if r.Texts[i].Field == field {
			return r.Texts[i].Text
		}
	}
	return text
}

// Sum is the number in a column of the row's side, which counts from 0 on. Columns of texts and of last year have none.
func (r *Row) Sum(column int) Sum {
	if r.sums == nil {
		return Sum{}
	}
	return r.sums[column]
}

// Asks is what a row that the pack names asks of the lines, beside the filter of its table; false for other rows.
func (r *Row) Asks() (budget.Query, bool) {
	if r.Spec == nil || r.query == nil {
		return budget.Query{}, false
	}
	return *r.query, true
}

// Whole is the exact sum of what a row that the pack names asks for, whatever its columns ask besides.
func (s *Schedule) Whole(r *Row) money.Amount {
	q, _ := r.Asks()
	return s.of.Budget.Sum(s.Table.Filter.And(q))
}

// Sum is a number of a table.
type Sum struct {
	Exact money.Amount
	// Shown is the amount that is rounded and printed. It is another only where printed parts are made to add up.
	Shown money.Amount
}

func (s *Sum) add(exact, shown money.Amount) {
	s.Exact, s.Shown = s.Exact.Add(exact), s.Shown.Add(shown)
}

// Ref says where in a table a number stands.
type Ref struct{ Side, Row, Column int } // Column is of Leaves

// columnsOf adds the leaf columns below others to those so far.
func columnsOf(cols []pack.Column, above []*pack.Column, out []Column) []Column {
	for i := range cols {
		heads := append(above[:len(above):len(above)], &cols[i])
		if len(cols[i].Columns) > 0 {
			out = columnsOf(cols[i].Columns, heads, out)
			continue
		}
		out = append(out, Column{Column: &cols[i], Heads: heads})
	}
	return out
}

// oneSide is the side of a table that has one.
func (s *Schedule) oneSide() Side {
	x := Side{Columns: make([]int, len(s.Leaves))}
	for i := range x.Columns {
		x.Columns[i] = i
	}
	return x
}

// Columns are the leaf columns of a side.
func (s *Schedule) Columns(x *Side) []*pack.Column {
	out := make([]*pack.Column, len(x.Columns))
	for i, j := range x.Columns {
		out[i] = s.Leaves[j].Column
	}
	return out
}

// nest finds the parents of rows by how far they are set in.
func nest(rows []Row) {
	var open []int
	for i := range rows {
		rows[i].Parent = -1
		if rows[i].Kind == Total || rows[i].Kind == Foot {
			continue
		}
		for len(open) > 0 && rows[open[len(open)-1]].Level >= rows[i].Level {
			open = open[:len(open)-1]
		}
		if len(open) > 0 {
			rows[i].Parent = open[len(open)-1]
		}
		open = append(open, i)
	}
}

// Each goes through the places of numbers, side by side and row by row. What is printed there may be blank.
func (s *Schedule) Each(do func(Ref)) {
	for k := range s.Sides {
		x := &s.Sides[k]
		for i := range x.Rows {
			for _, j := range x.Columns {
				if ref := (Ref{k, i, j}); s.Numbered(ref) {
					do(ref)
				}
			}
		}
	}
}

// Numbered reports whether a place is one of a number: in a column of numbers, in a row that has some, below no label.
func (s *Schedule) Numbered(ref Ref) bool {
	_, r, l := s.at(ref)
	return l.Field == "" && !r.NoSum && !s.covered(ref.Side, r, ref.Column)
}

// covered reports whether the label of a wide foot covers the place of a number.
func (s *Schedule) covered(side int, r *Row, column int) bool {
	if r.Kind != Foot || len(s.Sides) < 3 || side == 0 || !s.wide(r) {
		return false
	}
	outgo := s.Sides[1].Columns
	return side == 2 || column != outgo[len(outgo)-1]
}

// wide reports whether the foot that a row belongs to is a wide one: its second side says so.
func (s *Schedule) wide(r *Row) bool {
	for i := range s.Table.Foot {
		for k := range s.Table.Foot[i] {
			if r.Spec == &s.Table.Foot[i][k] {
				return s.Table.Foot[i][1].Wide
			}
		}
	}
	return false
}

// Place is where in the body of the printed table a number stands, both counted from 0.
func (s *Schedule) Place(ref Ref) (row, column int) {
	x := &s.Sides[ref.Side]
	r := &x.Rows[ref.Row]
	if len(s.Sides) == 1 {
		if s.Table.TotalLast && x.Rows[0].Kind == Total {
			return (ref.Row + len(x.Rows) - 1) % len(x.Rows), ref.Column
		}
		return ref.Row, ref.Column
	}
	if r.Kind != Foot {
		return ref.Row, ref.Column
	}
	row = s.BodyRows() + ref.Row - (len(x.Rows) - len(s.Table.Foot))
	if len(s.Sides) > 2 && ref.Side == 1 && s.wide(r) {
		return row, len(s.Leaves) - 1
	}
	return row, ref.Column
}

// BodyRows is how many rows a balance has above its feet.
func (s *Schedule) BodyRows() int {
	n := s.Table.MinRows
	for k := range s.Sides {
		n = max(n, len(s.Sides[k].Rows)-len(s.Table.Foot))
	}
	return n
}

func (s *Schedule) at(ref Ref) (*Side, *Row, *Column) {
	x := &s.Sides[ref.Side]
	return x, &x.Rows[ref.Row], &s.Leaves[ref.Column]
}

// Sum is the sum at a place; columns of last year have none.
func (s *Schedule) Sum(ref Ref) Sum {
	x, r, _ := s.at(ref)
	return r.Sum(ref.Column - x.Columns[0])
}

// Format is how a column prints the sums of a row.
func (r *Row) Format(l *pack.Column) money.Format {
	f := l.Format
	f.BlankZero = f.BlankZero || r.Blank
	return f
}

// FormatAt is how the number at a place is printed.
func (s *Schedule) FormatAt(ref Ref) money.Format {
	_, r, l := s.at(ref)
	return r.Format(l.Column)
}

// RowName is what the row of a place is called on the page.
func (s *Schedule) RowName(ref Ref) string { return s.Sides[ref.Side].Rows[ref.Row].Name() }

// Printed is what is printed at a place.
func (s *Schedule) Printed(ref Ref) string {
	_, r, l := s.at(ref)
	if l.Prior != "" {
		return s.of.PriorCell(l.Column, r.Part)
	}
	x := s.Sum(ref)
	return Written(r.Format(l.Column), x.Exact, x.Shown)
}

// Query is what a number sums, false for what no query can ask for, and for columns of last year.
func (s *Schedule) Query(ref Ref) (budget.Query, bool) {
	_, _, l := s.at(ref)
	if !l.Sums() {
		return budget.Query{}, false
	}
	q, ok := s.source.query(s.of, s, ref.Side, ref.Row)
	return s.Table.Filter.And(q).And(l.Query), ok
}
