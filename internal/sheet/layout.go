// Package sheet is our own workbook (填报表): a department's facts as sheets that an officer fills in, and back. Layout is the
// one description of it, made of the schema (budget.Tables) and of the pack; writing and reading both go by it.
package sheet

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/pack"
)

// Version is that of the layout, which workbooks carry: a whole number, raised when cells come to mean something else.
const Version = "1"

// Layout is the sheets of a workbook, in the order of its tabs, without those that hold no facts.
type Layout struct {
	Pack   *pack.Pack
	Sheets []Sheet
}

// Sheet is one sheet of facts. Its blocks stand one under another; of a sheet with one block the head is row HeadRow.
type Sheet struct {
	Name   string // on the tab; sheets of forms are numbered: 绩效表1
	What   string // what to fill in, a whole sentence
	Form   *pack.Form
	Rare   bool // few departments need it
	Blocks []Block
}

// Where things stand on a sheet of facts.
const (
	TitleRow  = 1
	WhatRow   = 2
	HeadRow   = 3 // of the first block
	KeyColumn = 1 // hidden
)

// Shape is how facts stand in a block.
type Shape int

// The shapes of blocks.
const (
	// Rows: an entry of the table a row, a field a column.
	Rows Shape = iota
	// Items: a value a row, its name in a column and what it is in another. A text of several paragraphs takes a row for each,
	// a list a row for each of its elements; rows without a name go on with the one above.
	Items
)

// Block is a head row with rows below it.
type Block struct {
	Shape   Shape
	Table   *budget.Table // of Rows; of Items the first of their tables
	Label   string        // stands above the head where the sheet has several blocks
	What    string
	Columns []Column // from the second of the sheet: the first has the keys
	Items   []Item   // of Items, in the order of the sheet
}

// Role is what a column is for.
type Role int

// The roles of columns.
const (
	RoleField   Role = iota // a field of the table
	RoleParent              // of what the entry is part of: the project of a line, by its naming fields
	RoleUnit                // of Items: whose they are, empty for the department's
	RoleName                // of Items: the label of the item
	RoleContent             // of Items: its value
	RoleTold                // words for the officer; nothing is read from it
	RoleRemark              // the comment at the end of the line
)

// Column is a column of a block, found by its head.
type Column struct {
	Role  Role
	Head  string        // as it is written; Bare is how heads are compared
	Field *budget.Field // of RoleField and RoleParent (then of the table above)

	Unprinted bool // the pack has no place for it: what is typed is shown, and nobody is asked
}

// Item is what may stand in a row of Items.
type Item struct {
	Table    string // that the value is in: department, text, unit.text
	Key      string // in it; of a family its first part
	Label    string // in the column of names
	Kind     budget.FieldKind
	List     string   // of the schema that its words are of, "" for none
	Words    []string // that it takes, nil for any
	Open     bool     // others will do as well
	Repeated bool     // a list: an element a row
	Family   string   // a dimension: the label goes on with ： and a part, the key with . and the part
	OfUnit   bool     // said by a unit: the column of RoleUnit names it
	Required bool
	What     string

	Unprinted bool // the pack has no place for it
}

// Paragraphs reports whether a text of the item takes a row for each of its paragraphs.
func (x *Item) Paragraphs() bool { return x.Kind == budget.FieldLong && !x.Repeated }

// exempt are the tables that no workbook holds: they stay in TOML as they are.
var exempt = []string{"stated_table", "stated_text", "font"}

// Exempt reports whether a table of the schema has no place in workbooks.
func Exempt(table string) bool { return slices.Contains(exempt, table) }

// Stated reports whether the folder says something in a table, or with a key in one of its fields; of what is in forms, in those
// of a kind.
type Stated func(form, table, key string) bool

// Everything is the layout for reading: whatever a workbook may hold.
func Everything(string, string, string) bool { return true }

// New makes the layout of a pack: what it prints or needs, and what is stated anyway.
func New(p *pack.Pack, stated Stated) *Layout {
	m := &maker{p: p, lists: p.Lists(), printed: printed(p), stated: stated, tables: retold()}
	l := &Layout{Pack: p}
	for i := range m.tables {
		t := &m.tables[i]
		if Exempt(t.Name) || t.Name == "" || within(t.Name, "form") {
			continue
		}
		switch {
		case t.Own != budget.FieldNone:
			if s := m.free(t); s != nil {
				l.Sheets = append(l.Sheets, *s)
			}
		case !t.Repeated:
			l.Sheets = append(l.Sheets, m.single(t)...)
		case m.offersTable(t):
			l.Sheets = append(l.Sheets, m.rows(t))
		}
	}
	slices.SortStableFunc(l.Sheets, func(a, b Sheet) int { return rank(a.Rare) - rank(b.Rare) })
	l.Sheets = append(l.Sheets, m.forms()...)
	return l
}

func rank(rare bool) int {
	if rare {
		return 1
	}
	return 0
}

func within(table, top string) bool { return table == top || strings.HasPrefix(table, top+".") }

// Sheet finds a sheet by its name. Those of forms are found by FormOf instead.
func (l *Layout) Sheet(name string) *Sheet {
	i := slices.IndexFunc(l.Sheets, func(s Sheet) bool { return s.Form == nil && s.Name == name })
	if i < 0 {
		return nil
	}
	return &l.Sheets[i]
}

// FormOf is the sheet of a kind of form.
func (l *Layout) FormOf(kind string) *Sheet {
	i := slices.IndexFunc(l.Sheets, func(s Sheet) bool { return s.Form != nil && s.Form.Kind == kind })
	if i < 0 {
		return nil
	}
	return &l.Sheets[i]
}

// Column is the column with a head as somebody may have written it, -1 for none.
func (b *Block) Column(head string) int {
	bare := Bare(head)
	return slices.IndexFunc(b.Columns, func(c Column) bool { return Bare(c.Head) == bare })
}

// With is the column of a role, -1 for none.
func (b *Block) With(r Role) int {
	return slices.IndexFunc(b.Columns, func(c Column) bool { return c.Role == r })
}

// FieldColumn is the column of a field of the table, -1 for none.
func (b *Block) FieldColumn(key string) int {
	return slices.IndexFunc(b.Columns, func(c Column) bool { return c.Role == RoleField && c.Field.Key == key })
}

// Item finds what the label of a row names, and of a family which part; ofUnit says that the row names a unit.
func (b *Block) Item(label string, ofUnit bool) (x *Item, part string) {
	bare := Bare(label)
	for i := range b.Items {
		if x := &b.Items[i]; x.OfUnit == ofUnit && x.Family == "" && (Bare(x.Label) == bare || x.Key == label) {
			return x, ""
		}
	}
	head, part, ok := strings.Cut(label, familyMark)
	for i := range b.Items {
		if x := &b.Items[i]; ok && x.OfUnit == ofUnit && x.Family != "" && Bare(x.Label) == Bare(head) {
			return x, partOf(x.Family, strings.TrimSpace(part))
		}
	}
	return nil, ""
}

// Label is what the key of a table is called, "" for one that the layout does not know; of a family with its part.
func (l *Layout) Label(table, key string) string {
	first, part, _ := strings.Cut(key, ".")
	for i := range l.Sheets {
		for j := range l.Sheets[i].Blocks {
			for _, x := range l.Sheets[i].Blocks[j].Items {
				switch {
				case x.Table != table:
				case x.Family == "" && x.Key == key:
					return x.Label
				case x.Family != "" && x.Key == first:
					return x.Label + familyMark + part
				}
			}
		}
	}
	return ""
}

// partOf is the part of a family without the name that is shown behind a code.
func partOf(family, shown string) string {
	code, _, named := strings.Cut(shown, " ")
	if d, _ := budget.FindDimension(family); named && (d.Digits > 0 || d.Key == "unit") {
		return code
	}
	return shown
}

// familyMark stands between the label of a family and the part that a row is about.
const familyMark = "："
