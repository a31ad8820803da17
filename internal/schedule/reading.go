package schedule

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/pack"
)

// A finished document has no lines, so its rows are found backwards: from the words on the paper, by what the pack says of its
// rows, to queries. Nothing is judged here. What a row source knows of that is its read, beside what it makes of a budget.

// Printed is a table as a finished document prints it.
type Printed struct {
	Table *pack.Table
	Rows  [][]string // cells; of a row that lost some, fewer than there are columns

	leaves     []Column
	columnKeys []string
	read       map[int]*readSide
	keys       map[string]int // of rows, how often they came
}

// readSide is where the reading of one side of a table is.
type readSide struct {
	after int // the row of the pack that the next label is sought from
	open  []openRow

	// Of rows that the pack names: those found, with the parts that they stand for, and whether there are others.
	found  map[*pack.Row][]string
	others bool
}

// openRow is a row that others may stand below.
type openRow struct {
	level  int
	own    string
	sole   bool
	unread bool              // it is not known what it is
	filled map[string]string // of nested rows, the words of its fields
	query  budget.Query      // of nested rows, what those below it also ask
}

// NewPrinted is a table of cells.
func NewPrinted(t *pack.Table, rows [][]string) *Printed {
	p := &Printed{Table: t, Rows: rows, leaves: columnsOf(t.Columns, nil, nil), read: map[int]*readSide{}, keys: map[string]int{}}
	p.columnKeys = columnKeys(p.leaves)
	return p
}

// Reading leads from printed words back to what they mean. It goes through a document from its first table to its last, and
// through each from the top: where it is tells apart what bears one name.
type Reading struct {
	Pack   *pack.Pack
	Budget *budget.Budget

	projects printedProjects
	units    map[string]string              // codes of units by code and name
	named    map[string]map[string][]string // codes and projects by their bare names, once somebody asked
}

// NewReading begins the reading of a document. The budget has the catalogues and what else is stated beside the tables.
func NewReading(p *pack.Pack, b *budget.Budget, tables []*Printed) *Reading {
	r := &Reading{Pack: p, Budget: b, units: map[string]string{}, named: map[string]map[string][]string{}}
	for _, u := range b.ListedUnits() {
		for _, key := range []string{u.Code.V, u.Name.V} {
			if r.units[key] == "" {
				r.units[key] = u.Code.V
			}
		}
	}
	for _, t := range tables {
		t.Table.Rows.(Source).learn(r, t)
	}
	return r
}

// Found is what a printed row, or one side of it, is: in each of Cells stands a number of the lines that Query selects.
type Found struct {
	Side  int
	Label string       // what the paper calls it
	At    int          // the column of its words
	Own   string       // what tells it from the rows beside it, "" of the total
	Query budget.Query // with the filter of the table; of a row that is not known, what must not be taken for others
	Cells []Cell
	// Unread is why it is not known what the row is, "" when it is known.
	Unread string
	Below  bool // the reason is that a row above is not known

	row     string // its key
	columns []string
}

// Cell is the place of a number in a row.
type Cell struct {
	Column int // where it stands
	Leaf   int // the column whose number it is
}

// Key is the name of a number for programs, as Schedule.Key has it.
func (f *Found) Key(table string, c Cell) string {
	return table + "/" + f.row + "/" + f.columns[c.Leaf]
}

// Read finds what row i of a table is. Rows are read in their order.
func (r *Reading) Read(t *Printed, i int) []Found {
	out := t.Table.Rows.(Source).read(r, t, i)
	for k := range out {
		f := &out[k]
		f.Query = t.Table.Filter.And(f.Query)
		if f.columns = t.columnKeys; f.Unread != "" {
			continue
		}
		if t.keys[f.row]++; t.keys[f.row] > 1 {
			f.row = twin(f.row, t.keys[f.row])
		}
	}
	return out
}

// Silent reports whether what a table does not print is zero.
func Silent(t *pack.Table) bool { return t.Rows.(Source).silent() }

// cell is the text in a column of a row, "" where the row has no such column.
func (t *Printed) cell(i, j int) string {
	if j < 0 || i < 0 || i >= len(t.Rows) || j >= len(t.Rows[i]) {
		return ""
	}
	return t.Rows[i][j]
}

// column is the first column of a field, -1 for none.
func (t *Printed) column(field string) int {
	return slices.IndexFunc(t.leaves, func(c Column) bool { return c.Field == field })
}

// field is the text of a field in a row.
func (t *Printed) field(i int, name string) string { return t.cell(i, t.column(name)) }

// row is row i of a table of one side, to be found: its label of what it prints of some fields, and all its numbers.
func (t *Printed) row(i int, fields ...string) Found {
	f := Found{}
	for j, l := range t.leaves {
		switch {
		case l.Field == "":
			f.Cells = append(f.Cells, Cell{j, j})
		case slices.Contains(fields, l.Field):
			f.Label = strings.TrimSpace(f.Label + " " + t.cell(i, j))
		}
	}
	return f
}

// some reports whether any of the numbers of a row is printed.
func (t *Printed) some(i int, cells []Cell) bool {
	return slices.ContainsFunc(cells, func(c Cell) bool { return t.cell(i, c.Column) != "" })
}

// unread is the row with the reason why it is not known.
func (f Found) unread(words string, at int, why string) Found {
	f.Label, f.At, f.Unread = words, at, why
	return f
}

// nth is what a row without words is called.
func (t *Printed) nth(i int) string { return fmt.Sprintf("第%d行", i+1) }

func (t *Printed) side(n int) *readSide {
	if t.read[n] == nil {
		t.read[n] = &readSide{found: map[*pack.Row][]string{}}
	}
	return t.read[n]
}

// below puts a row below those above it that are set in less (nest), and gives it its key.
func (t *Printed) below(f *Found, name string, r openRow) *openRow {
	x := t.side(f.Side)
	for len(x.open) > 0 && x.open[len(x.open)-1].level >= r.level {
		x.open = x.open[:len(x.open)-1]
	}
	x.open = append(x.open, r)
	var path []string
	for i := len(x.open) - 1; i >= 0; i-- {
		if o := x.open[i]; i == len(x.open)-1 || o.own != departmentKey {
			path = append(path, keyPart(o.own))
		}
		if x.open[i].sole {
			break
		}
	}
	if name != "" {
		path = append(path, name)
	}
	slices.Reverse(path)
	f.Own, f.row = r.own, strings.Join(path, "/")
	return above(x.open)
}

// above is the row that the last of the open ones stands below, nil for none.
func above(open []openRow) *openRow {
	if len(open) < 2 {
		return nil
	}
	return &open[len(open)-2]
}

// foot gives a row below all others its key.
func (f *Found) foot(name, own string) {
	f.Own, f.row = own, keyPart(own)
	if name != "" {
		f.row = name + "/" + f.row
	}
}

// total makes it the row that sums the table.
func (f Found) total() Found {
	f.Own, f.row = "", totalKey
	return f
}

// totalAt is the number of the row that sums the table, -1 where it has none.
func (t *Printed) totalAt() int {
	switch {
	case t.Table.Total == "":
		return -1
	case t.Table.TotalLast:
		return len(t.Rows) - 1
	}
	return 0
}

// sums reports whether words are those of the row that sums the table.
func (t *Printed) sums(words string) bool {
	bare := Bare(words)
	return bare == Bare(t.Table.Total) || slices.Contains(sumWords[:], bare)
}

// sumWords are what tables call the row that sums them.
var sumWords = [...]string{"合计", "总计", "共计", "小计", "支出合计", "支出总计", "收入合计", "收入总计", "本年支出合计", "本年收入合计"}

// digits is a cell that holds a code, or nothing.
func digits(s string) string {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return ""
	}
	return s
}

// code is the code that a row prints, in one cell or in one each for 类, 款 and 项; "" for none.
func (t *Printed) code(i int) string {
	code := ""
	for _, field := range []string{"code", "code-class", "code-group", "code-item"} {
		code += digits(t.field(i, field))
	}
	return code
}
