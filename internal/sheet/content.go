package sheet

import (
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/source"
)

// Input is what a workbook is made of.
type Input struct {
	Files     []*source.File
	Pack      *pack.Pack
	Catalogue *classify.Catalogue
	Templates []string // names of packs to choose from
	Program   string   // as metadata name it
	Folder    string   // that the files are in, as their paths begin; "" for a workbook without one
	Shown     string   // what the workbook calls it: the same on every machine
}

// Name is the path of a file within its folder: keys have it, so that a workbook stays good when the folder moves.
func (in *Input) Name(path string) string {
	return strings.TrimPrefix(strings.TrimPrefix(path, in.Folder), "/")
}

// Content is a workbook cell by cell, without what is computed and how it looks.
type Content struct {
	Layout *Layout
	Sheets []Filled
	in     Input
	show   *shower
	titled string // the department and its year
	day    string // that the data are of: 2026-02-10
	strips bool   // documents are made without comments
}

// Filled is a sheet with its rows.
type Filled struct {
	*Sheet
	Name   string // on the tab
	Blocks []FilledBlock
}

// FilledBlock is a block with its rows.
type FilledBlock struct {
	*Block
	Rows []Row

	head, end int // where it stands, of a workbook that is written as it was read; 0 for as it comes
}

// Row is a row of a block, a cell for each of its columns.
type Row struct {
	Key   Key
	Table string // that the row is an entry of; of Items, that has the value
	Item  *Item  // of Items, nil for a key that the pack does not know
	Cells []Cell
}

// Fill shows the facts of files as a workbook shows them. Reading compares with it what it finds.
func Fill(in Input) *Content {
	f := &filler{in: in, byTable: map[string][]entry{}}
	for _, file := range in.Files {
		f.collect(file)
	}
	l := New(in.Pack, f.stated)
	c := &Content{Layout: l, in: in, show: f.shower(), strips: f.strips()}
	f.show = c.show
	c.titled, c.day = f.titled()
	numbered := 0
	for i := range l.Sheets {
		s := &l.Sheets[i]
		if s.Form != nil {
			numbered = f.forms(c, s, numbered)
			continue
		}
		x := Filled{Sheet: s, Name: s.Name}
		for j := range s.Blocks {
			x.Blocks = append(x.Blocks, f.block(&s.Blocks[j], nil))
		}
		c.Sheets = append(c.Sheets, x)
	}
	return c
}

// entry is an entry of a file with what it is in.
type entry struct {
	source.Entry
	values []source.Value
	unit   money.Unit // of the file's amounts
	digest string
	name   string // of the file within its folder
}

func (e *entry) value(key string) (source.Value, bool) {
	i := slices.IndexFunc(e.values, func(v source.Value) bool { return v.Key == key })
	if i < 0 {
		return source.Value{}, false
	}
	return e.values[i], true
}

func (e *entry) text(key string) string {
	v, _ := e.value(key)
	return v.Text
}

func (e *entry) key() Key { return Key{File: e.name, Address: e.Address, Digest: e.digest} }

// filler fills a layout with what files say.
type filler struct {
	in      Input
	byTable map[string][]entry
	byPlace map[place]*entry // once parents are asked for
	show    *shower
}

func (f *filler) collect(file *source.File) {
	unit := file.AmountsIn()
	for _, e := range file.Entries() {
		x := entry{Entry: e, values: e.Values(), unit: unit, digest: e.Digest(), name: f.in.Name(file.Path)}
		f.byTable[e.Table] = append(f.byTable[e.Table], x)
	}
}

// stated reports whether a file says something in a table, or with a key in one of its fields; of forms, those of a kind. A lone
// entry that is still to be filled in is an example.
func (f *filler) stated(form, table, key string) bool {
	for i := range f.byTable[table] {
		e := &f.byTable[table][i]
		if form != "" && f.kindOf(e) != form {
			continue
		}
		if key == "" {
			return true
		}
		if v, ok := e.value(key); ok && (v.Text != source.Unfilled || len(f.byTable[table]) > 1) {
			return true
		}
	}
	return false
}

// kindOf is the kind of the form that an entry is or is in.
func (f *filler) kindOf(e *entry) string {
	for e != nil && e.Table != formTable {
		e = f.parent(e)
	}
	if e == nil {
		return ""
	}
	return e.text("kind")
}

// shower knows the names of codes: the catalogue's, those that the folder adds, the units'.
func (f *filler) shower() *shower {
	s := &shower{units: map[string]string{}}
	if f.in.Catalogue != nil {
		s.functional, s.economic = f.in.Catalogue.Functional, f.in.Catalogue.Economic
	}
	var functional, economic []classify.Code
	for i := range f.byTable["code"] {
		e := &f.byTable["code"][i]
		x := classify.Code{Code: e.text("code"), Name: e.text("name")}
		switch {
		case x.Code == "" || x.Name == "":
		case strings.HasPrefix(e.text("kind"), economicKind):
			economic = append(economic, x)
		default:
			functional = append(functional, x)
		}
	}
	s.functional, s.economic = s.functional.With(functional), s.economic.With(economic)
	for i := range f.byTable["unit"] {
		if e := &f.byTable["unit"][i]; e.text("code") != "" {
			s.units[e.text("code")] = e.text("name")
		}
	}
	return s
}

func (f *filler) strips() bool {
	return slices.ContainsFunc(f.byTable["department"], func(e entry) bool { return e.text("strip_comments") == "true" })
}

func (f *filler) titled() (title, day string) {
	for i := range f.byTable["department"] {
		e := &f.byTable["department"][i]
		title, day = e.text("name"), e.text("date")
		if y := e.text("year"); len(y) == 4 && title != source.Unfilled && title != "" {
			return title + "　" + y + "年", day
		}
	}
	return "", day
}

// block fills a block, of a form with what is below it alone.
func (f *filler) block(b *Block, form *entry) FilledBlock {
	out := FilledBlock{Block: b}
	if b.Shape == Items {
		out.Rows = f.items(b, form)
		return out
	}
	for i := range f.byTable[b.Table.Name] {
		e := &f.byTable[b.Table.Name][i]
		if form == nil || e.below(form) {
			out.Rows = append(out.Rows, f.row(b, e))
		}
	}
	return out
}

// below reports whether an entry is another or within it.
func (e *entry) below(x *entry) bool {
	return e.File == x.File && (e.Address == x.Address || strings.HasPrefix(e.Address, x.Address+"."))
}

// row shows an entry.
func (f *filler) row(b *Block, e *entry) Row {
	r := Row{Key: e.key(), Table: e.Table, Cells: make([]Cell, len(b.Columns))}
	for i, c := range b.Columns {
		switch c.Role {
		case RoleField:
			r.Cells[i] = f.fieldCell(c.Field, e)
		case RoleParent:
			if top := f.parent(e); top != nil {
				r.Cells[i] = f.fieldCell(c.Field, top)
			}
		case RoleRemark:
			if said := e.Remark(); !onlyRepeats(said, r.names(b)) {
				r.Cells[i] = textCell(said)
			}
		}
	}
	for i, c := range b.Columns { // when the names that it may repeat are known
		if v, ok := e.value(keyOfField(&c)); ok {
			r.Cells[i].Note = r.noteAt(b, i, v.Remark)
		}
	}
	return r
}

// keyOfField is the key of a column of a field, "" for another.
func keyOfField(c *Column) string {
	if c.Role != RoleField {
		return ""
	}
	return c.Field.Key
}

// names are those that stand behind the codes of a row. The remark is the last of its cells.
func (r *Row) names(b *Block) (out []string) {
	for i, c := range b.Columns {
		if c.Role == RoleField && (c.Field.Kind == budget.FieldFunction || c.Field.Kind == budget.FieldEconomic || c.Field.Kind == budget.FieldUnit) {
			_, name, _ := strings.Cut(r.Cells[i].Text, " ")
			out = append(out, name)
		}
	}
	return out
}

// onlyRepeats reports whether a remark says nothing but what stands beside it anyway: programs write such for those who read
// the file, and a column full of them hides what people have to say. It stays in the file: reading takes it for unchanged.
func onlyRepeats(remark string, words []string) bool {
	rest := remark
	for _, w := range slices.SortedFunc(slices.Values(words), func(a, b string) int { return len(b) - len(a) }) {
		if w != "" {
			rest = strings.ReplaceAll(rest, w, "")
		}
	}
	return rest != remark && strings.Trim(rest, " \u3000\t：，、") == ""
}

func (f *filler) fieldCell(x *budget.Field, e *entry) Cell {
	v, ok := e.value(x.Key)
	if !ok {
		return Cell{}
	}
	return f.show.value(x.Kind, v, e.unit)
}

// parent is the entry that an entry is in, nil for the top.
func (f *filler) parent(e *entry) *entry {
	table, _, ok := cutLast(e.Table)
	if !ok {
		return nil
	}
	if f.byPlace == nil {
		f.byPlace = map[place]*entry{}
		for _, list := range f.byTable {
			for i := range list {
				f.byPlace[place{list[i].File, list[i].Address}] = &list[i]
			}
		}
	}
	if p := f.byPlace[place{e.File, e.Parent}]; p != nil && p.Table == table {
		return p
	}
	return nil
}

// place is where an entry stands.
type place struct {
	file    *source.File
	address string
}

// forms adds a sheet for each form of a kind; numbered counts those that are there already. Of a kind that there is none of a
// blank one is added.
func (f *filler) forms(c *Content, s *Sheet, numbered int) int {
	var of []*entry
	for i := range f.byTable["form"] {
		e := &f.byTable["form"][i]
		if k := e.text("kind"); k == s.Form.Kind || s.Form.Kind == "" && c.Layout.FormOf(k) == nil {
			of = append(of, e)
		}
	}
	if len(of) == 0 && s.Form.Kind != "" {
		of = append(of, nil)
	}
	for _, e := range of {
		numbered++
		x := Filled{Sheet: s, Name: s.Name + strconv.Itoa(numbered)}
		for j := range s.Blocks {
			if e == nil {
				x.Blocks = append(x.Blocks, f.blank(&s.Blocks[j], s.Form.Kind))
				continue
			}
			x.Blocks = append(x.Blocks, f.block(&s.Blocks[j], e))
		}
		c.Sheets = append(c.Sheets, x)
	}
	return numbered
}
