package sheet

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/grid"
	"yusuan/internal/pack"
)

// Rules of reading. They are never renumbered.
const (
	ruleCell    = "表格-001" // a cell that is not understood
	ruleName    = "表格-002" // a name and a code that disagree, or a name that several have
	ruleZeros   = "表格-003" // leading zeros that a cell has lost
	ruleColumn  = "表格-004" // a column that is not known
	ruleSheet   = "表格-005" // a sheet that is not known, or a second of one
	ruleOutside = "表格-006" // what stands outside of the blocks
	ruleLost    = "表格-007" // a sheet or a column that is not there any more
	ruleParent  = "表格-008" // a row that belongs to nothing that is there
	ruleTwice   = "表格-009" // a value that two rows say
	ruleKept    = "表格-010" // what the workbook has no room for
	ruleSum     = "表格-011" // a row of sums
	ruleHidden  = "表格-012" // what nobody sees, and counts
)

// MarkedSheet lists the findings of a workbook that was checked.
const MarkedSheet = "问题"

// Taken is a workbook of ours as it was read, before it is held against any files.
type Taken struct {
	Path   string // of the workbook, as it is shown
	Layout *Layout
	Own    Own
	Sheets []TakenSheet
	lost   diag.List // what was there when the workbook was written: grave where no folder has it
}

// TakenSheet is a sheet that holds facts.
type TakenSheet struct {
	*Sheet
	Name   string // on the tab
	Blocks []TakenBlock
	tab    int // its number in the book
	keys   int // the column of keys, 0 where it was deleted
}

// TakenBlock is a block as it stands on a sheet.
type TakenBlock struct {
	*Block
	Head    int   // the row of its head
	Columns []int // where the columns of the block stand, 0 for one that is not there
	Rows    []TakenRow
}

// TakenRow is a row that says something.
type TakenRow struct {
	Number int
	Key    Key         // zero of a row that is new
	Cells  []grid.Cell // one for each column of the block
}

// Own is what a workbook knows of itself.
type Own struct {
	There  bool   // the sheet of it is
	layout string // the version of the layout that it was written by
	Pack   string // that it was written for
	Folder string
	Tables map[string][]string          // what a sheet has, by its name: the tables of its blocks
	Names  []string                     // of the sheets, in their order
	Left   []string                     // tables of the folder that the workbook has no room for
	keys   []Key                        // of rows, in the order of the sheets
	was    map[string]map[string]string // what rows said when they were written, by key and field
	at     map[string][]Key             // keys of entries, by file and address
	values map[string][]string          // paragraphs and elements of values, by file, address and key
}

// Newer reports whether a later version of the program wrote the workbook, by a layout that may mean something else.
func (o *Own) Newer() bool {
	theirs, err := strconv.Atoi(o.layout)
	ours, err2 := strconv.Atoi(Version)
	return err == nil && err2 == nil && theirs > ours
}

// Is reports whether a workbook is one of ours: it knows so itself, or rows of it have our keys.
func Is(b *grid.Book) bool {
	for i := range b.Sheets {
		s := &b.Sheets[i]
		if s.Name == OwnSheet {
			return true
		}
		for _, r := range s.Rows {
			if _, ok := ParseKey(r.At(KeyColumn).Text); ok {
				return true
			}
		}
	}
	return false
}

// mostTabs is how many sheets a workbook can have.
const mostTabs = 1_000

// readOwn reads the hidden sheet.
func readOwn(b *grid.Book) Own {
	o := Own{Tables: map[string][]string{}, was: map[string]map[string]string{}, at: map[string][]Key{}, values: map[string][]string{}}
	i := slices.IndexFunc(b.Sheets, func(s grid.Sheet) bool { return s.Name == OwnSheet })
	if i < 0 {
		return o
	}
	o.There = true
	for _, r := range b.Sheets[i].Rows {
		first, second := r.At(2).Text, r.At(3).Text
		switch r.At(1).Text {
		case OwnLayout:
			o.layout = first
		case OwnPack:
			o.Pack = first
		case OwnFolder:
			o.Folder = first
		case OwnSheets:
			if len(o.Names) == mostTabs || o.Tables[first] != nil || budget.FindTable(second) == nil {
				continue // nobody's workbook: it would cost time and a finding each
			}
			o.Names = append(o.Names, first)
			o.Tables[first] = []string{}
			for _, c := range r.Cells {
				if c.Column > 2 && c.Text != "" {
					o.Tables[first] = append(o.Tables[first], c.Text)
				}
			}
		case OwnLeft:
			if Exempt(second) && !slices.Contains(o.Left, second) {
				o.Left = append(o.Left, second)
			}
		case OwnWas:
			said := map[string]string{}
			for _, c := range r.Cells {
				if c.Column > 2 && c.Column%2 == 1 { // what it said stands behind each field
					said[c.Text] = r.At(c.Column + 1).Text
				}
			}
			o.wrote(first, said)
		}
	}
	return o
}

// wrote notes what a row said when it was written.
func (o *Own) wrote(key string, said map[string]string) {
	o.was[key] = said
	k, ok := ParseKey(key)
	if ok {
		o.keys = append(o.keys, k)
	}
	switch {
	case !ok:
	case k.Value == "":
		o.at[k.File+"#"+k.Address] = append(o.at[k.File+"#"+k.Address], k)
	case k.Part == len(o.values[k.valueAt()]):
		o.values[k.valueAt()] = append(o.values[k.valueAt()], said[wasContent])
	}
}

// valueAt names the value that a key is of, whatever its entry was.
func (k Key) valueAt() string { return k.File + "#" + k.Address + ":" + k.Value }

// PackOf is the pack that a workbook asks for: what its officer chose, with the cell where, else that which it was written for.
func PackOf(b *grid.Book) (id string, at diag.Cell) {
	own := readOwn(b)
	table := departmentTable()
	label := Bare(table.Field("template").Label)
	for i := range b.Sheets {
		s := &b.Sheets[i]
		if t := own.Tables[s.Name]; s.Name != table.Label && !(len(t) > 0 && t[0] == table.Name) {
			continue
		}
		for _, r := range s.Rows {
			for k, c := range r.Cells {
				if Bare(c.Text) == label && k+1 < len(r.Cells) && r.Cells[k+1].Column == c.Column+1 {
					if id := tidy(r.Cells[k+1].Text); id != "" {
						return id, diag.Cell{Sheet: s.Name, Name: grid.Name(r.Number, c.Column+1)}
					}
				}
			}
		}
	}
	return own.Pack, at
}

// taker reads a workbook.
type taker struct {
	*Taken
	book  *grid.Book
	known map[*Block]map[string]Role // the heads of blocks
	diags diag.List
}

// Read reads a workbook of ours by the layout of a pack: sheets by what the workbook knows of itself, else by their heads, and
// columns by their heads. What it has no place for is told.
func Read(path string, b *grid.Book, p *pack.Pack) (*Taken, diag.List) {
	t := &taker{Taken: &Taken{Path: path, Layout: New(p, Everything), Own: readOwn(b)}, book: b, known: map[*Block]map[string]Role{}}
	for i := range b.Sheets {
		n := len(t.Sheets)
		if t.sheet(&b.Sheets[i]); n < len(t.Sheets) {
			t.Sheets[n].tab = i
		}
	}
	t.rekey()
	t.missing()
	slices.SortStableFunc(t.Sheets, func(a, b TakenSheet) int { return t.order(a.Sheet) - t.order(b.Sheet) })
	return t.Taken, t.diags
}

// order is the place of a sheet in the layout: units are known before what names them.
func (t *Taken) order(s *Sheet) int {
	return slices.IndexFunc(t.Layout.Sheets, func(x Sheet) bool { return s.Form == nil && x.Name == s.Name || s.Form != nil && x.Form == s.Form })
}

// at is the place of a cell.
func (t *Taken) at(sheet string, row, column int) diag.Range {
	name := ""
	if row > 0 && column > 0 {
		name = grid.Name(row, column)
	}
	return diag.InCell(t.Path, diag.Cell{Sheet: sheet, Name: name})
}

// place is where a cell of a row is; of a column that is not there, the row.
func (t *Taken) place(s *TakenSheet, b *TakenBlock, r *TakenRow, column int) diag.Range {
	c := KeyColumn + 1
	if column >= 0 && b.Columns[column] > 0 {
		c = b.Columns[column]
	}
	return t.at(s.Name, r.Number, c)
}

func (t *taker) add(rule string, level diag.Level, at diag.Range, hint, format string, args ...any) {
	t.diags.Add(diag.Diagnostic{Rule: rule, Level: level, At: at, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// says reports whether a cell says something; a formula does whatever it comes to.
func says(c grid.Cell) bool { return c.Formula || tidy(c.Text) != "" }

// tidy is a text without blanks at its ends.
func tidy(s string) string { return strings.Trim(s, " \t\r\n\u3000\u00a0") }

// Department is what the workbook says of the department, "" where it says nothing.
func (t *Taken) Department(key string) string {
	for i := range t.Sheets {
		b := &t.Sheets[i].Blocks[0]
		if b.Shape != Items || b.Table.Name != departmentTable().Name {
			continue
		}
		for k := range b.Rows {
			r := &b.Rows[k]
			if x, _ := b.Item(tidy(r.Cells[b.With(RoleName)].Text), false); x != nil && x.Key == key && tidy(r.Cells[b.With(RoleContent)].Text) != "" {
				return tidy(fold(r.Cells[b.With(RoleContent)].Text))
			}
		}
	}
	return ""
}

// Was is what the workbook said of the department when it was written, else what it says now.
func (t *Taken) Was(key string) string {
	for _, at := range slices.Sorted(maps.Keys(t.Own.values)) {
		if parts := t.Own.values[at]; strings.HasSuffix(at, "#"+departmentTable().Name+":"+key) && len(parts) > 0 {
			return parts[0]
		}
	}
	return t.Department(key)
}

// Proves reports whether files, as they are after a plan, say what the workbook says: brought in again it changes nothing.
func (t *Taken) Proves(after Target) bool {
	p, _ := t.Plan(after)
	return p.Nothing() && len(p.Conflicts) == 0 && len(p.Deleted) == 0
}
