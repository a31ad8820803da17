package desk

import (
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/sheet"
	"yusuan/internal/source"
)

// State is all that is typed and what is wrong with it.
type State struct {
	Rev              int
	Title            string // of the document, "" where it cannot be made
	Year             int
	Saved            Saved
	SaveError        string // why it is not saved
	Noted            string // why the journal is not kept, "" where it is
	Undo, Redo       string // what they would take back, "" for nothing
	Errors, Warnings int
	Tables           []Table
	Problems         []Problem
	Broken           []Broken // files that are mended in their texts
	Conflicts        []Conflict
	Blocked          []Blocked // files that are not saved before Settle decides about them
	Pages            []Page
	Outline          []Heading
	Stale            bool // the pages are those of before: what is typed makes none
	// Settling is of a state whose pages and problems are not all of this revision yet; those of PagesRev are the newest pages.
	Settling bool
	PagesRev int
}

// Blocked is a file that was deleted, or made unreadable, outside while it was edited here.
type Blocked struct {
	File, Why string
}

// Saved says how what is typed stands against the disk.
type Saved string

// What may be.
const (
	IsSaved  Saved = "saved"
	NotYet   Saved = "unsaved"
	Failed   Saved = "failed" // to save it failed; it is held, and saved when that can be done
	tableTop       = ""
)

// Table is a table of the schema with its rows, those of all files.
type Table struct {
	budget.Table
	Parent string // the name of the table that it is in
	Fields []Field
	Items  []Item // of a table whose keys the pack gives: those that it asks for
	Rows   []Row
}

// Item is a key that the pack asks for.
type Item struct {
	sheet.Item
	Form string // in forms of this kind alone, "" elsewhere
}

// Field is a field with the words that it takes.
type Field struct {
	budget.Field
	Words []string
	Open  bool // others will do as well
}

// Row is an entry of the data.
type Row struct {
	ID       string
	Table    string
	File     string // below the folder
	Address  string // in the file as it is now
	Parent   string // the id of the row that it is in, "" at the top of a file
	At       diag.Range
	Unit     string  // of its amounts
	Values   []Value // not to be changed: the same as long as they say the same
	Title    string  // what it is called, in words
	Digest   string  // of what it says with all that is in it: what Delete was shown
	Problems int

	id int
}

// Value is a field of a row as it is typed.
type Value struct {
	Key      string
	Text     string
	Items    []string // of a list, which has no text
	At       diag.Range
	Problems int
}

// Problem is a finding with its place in the data.
type Problem struct {
	diag.Diagnostic
	Row, Key string // "" where it is at no row
}

// makeRows are the rows of a file without what others say of them.
func (v *version) makeRows() []Row {
	digests, unit := v.digests(), v.file.AmountsIn().String()
	out := make([]Row, 0, len(v.entries))
	for i := range v.entries {
		e := &v.entries[i]
		if e.Address == "" {
			continue
		}
		r := Row{id: v.ids[i], ID: v.rowID(v.ids[i]), Table: e.Table, Address: e.Address, At: e.At(), Unit: unit, Digest: digests[v.ids[i]]}
		if up := v.up(i); v.entries[up].Address != "" {
			r.Parent = v.rowID(v.ids[up])
		}
		for _, x := range e.Values() {
			r.Values = append(r.Values, Value{Key: x.Key, Text: said(x), Items: x.Items, At: x.At})
		}
		out = append(out, r)
	}
	return out
}

// rowID is the id of a row for whoever shows it.
func (v *version) rowID(id int) string { return rowID(v.path, id) }

func rowID(name string, id int) string { return path.Base(name) + "#" + strconv.Itoa(id) }

// numberOf is the number in an id, 0 for none.
func numberOf(id string) int {
	n, _ := strconv.Atoi(id[strings.LastIndexByte(id, '#')+1:])
	return n
}

// said is what a value says, "" of a list of texts.
func said(v source.Value) string {
	if v.Kind == source.TextsValue {
		return ""
	}
	return v.Text
}

// mostTitle bounds how much of a text a title shows.
const mostTitle = 30

// title is what a row is called: the words of the fields by which it is known.
func (d *Desk) title(e *source.Entry) string { return d.titled(e, d.names) }

func (d *Desk) titled(e *source.Entry, names *naming) string {
	t := d.table(e.Table)
	if t == nil {
		return e.Table
	}
	var words []string
	for i := range t.Fields {
		f := &t.Fields[i]
		if v, ok := e.Value(f.Key); ok && f.Names() && said(v) != "" {
			words = append(words, cut(names.of(f.Kind, v.Text), mostTitle))
		}
	}
	return strings.Join(words, " ")
}

func cut(s string, most int) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > most {
		return string(r[:most]) + "…"
	}
	return string(r)
}

// State tells all that is typed, what is wrong with it and what pages it makes.
func (d *Desk) State() (*State, error) {
	r, err := d.settled()
	if err != nil {
		return nil, err
	}
	s := r.state(r.rev)
	s.Tables, s.Broken = d.rowsOf(r, r.held, r.names), d.broken(r.held, r.problems)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.tellSession(s)
	return s, nil
}

// Now tells all that is typed, with what is known of it so far: it waits for nothing but the first pages. Problems
// are those of the last document that was made whole; their rows stay what they are.
func (d *Desk) Now() (*State, error) {
	d.showing.Lock()
	full, pages, rev := d.shown.full, d.shown.pages, d.shown.rev
	d.showing.Unlock()
	if full == nil {
		return d.State()
	}
	d.mu.Lock()
	s, held, names := full.state(d.rev), maps.Clone(d.held), d.names
	d.tellSession(s)
	d.mu.Unlock()
	s.Tables, s.Pages, s.PagesRev = d.rowsOf(full, held, names), pages, rev
	s.Settling, s.Broken = full.rev != s.Rev, d.broken(held, full.problems)
	return s, nil
}

// state is a state without its rows and without what becomes of it.
func (r *result) state(rev int) *State {
	return &State{Rev: rev, Title: r.title, Year: r.year, Errors: r.errors, Warnings: r.warnings, Problems: r.problems, Pages: r.pages,
		Outline: r.headings(), Stale: r.stale, PagesRev: r.rev}
}

// tellSession tells how what is typed stands against the disk, and what may be taken back. mu is held.
func (d *Desk) tellSession(s *State) {
	s.Saved, s.SaveError = d.savedNow()
	if d.noted != nil {
		s.Noted = d.noted.Error()
	}
	s.Conflicts = slices.Clone(d.conflicts)
	for _, name := range slices.Sorted(maps.Keys(d.blocked)) {
		s.Blocked = append(s.Blocked, Blocked{d.below(name), d.blocked[name]})
	}
	s.Undo, s.Redo = words(d.sum(d.run(d.done))), words(d.sum(d.run(d.undone)))
}

// savedNow says how what is typed stands against the disk.
func (d *Desk) savedNow() (Saved, string) {
	for _, name := range slices.Sorted(maps.Keys(d.blocked)) {
		return Failed, d.blocked[name]
	}
	switch {
	case len(d.dirty()) == 0:
		return IsSaved, ""
	case d.saveErr != nil:
		return Failed, d.saveErr.Error()
	}
	return NotYet, ""
}

// rowsOf are the tables with the rows of files, and what was found in them.
func (d *Desk) rowsOf(r *result, held map[string]*version, names *naming) []Table {
	out := make([]Table, 0, len(d.tables))
	at := map[string]int{}
	for i := range d.tables {
		t := Table{Table: d.tables[i]}
		if dot := strings.LastIndexByte(t.Name, '.'); dot >= 0 {
			t.Parent = t.Name[:dot]
		}
		for j := range t.Table.Fields {
			f := Field{Field: t.Table.Fields[j]}
			f.Words, f.Open = f.Field.Words(r.lists)
			t.Fields = append(t.Fields, f)
		}
		at[t.Name] = len(out)
		out = append(out, t)
	}
	r.ask(out, at)
	for _, name := range slices.Sorted(maps.Keys(held)) {
		v := held[name]
		titles := d.titles(v, names)
		for i, row := range v.rows() {
			j, ok := at[row.Table]
			if !ok { // nobody reads it, which has been told
				j = len(out)
				at[row.Table] = j
				out = append(out, Table{Table: budget.Table{Name: row.Table, Label: row.Table, Repeated: true}})
			}
			row.File, row.Title = d.below(name), titles[i]
			if row.Title == "" && out[j].Repeated {
				row.Title = "第 " + strconv.Itoa(len(out[j].Rows)+1) + " 项"
			}
			if r.troubled[row.id] {
				r.count(&row)
			}
			out[j].Rows = append(out[j].Rows, row)
		}
	}
	return out
}

// count notes how many problems a row and its fields have.
func (r *result) count(row *Row) {
	row.Values = slices.Clone(row.Values)
	row.Problems = r.counts[spot{row.id, ""}]
	for k := range row.Values {
		row.Values[k].Problems = r.counts[spot{row.id, row.Values[k].Key}]
		row.Problems += row.Values[k].Problems
	}
}

// titling is what the rows of a file are called by a naming.
type titling struct {
	names  *naming
	titles []string
}

// titles are those of the rows of a file.
func (d *Desk) titles(v *version, names *naming) []string {
	if t := v.titling.Load(); t != nil && t.names == names {
		return t.titles
	}
	rows := v.rows()
	t := &titling{names, make([]string, len(rows))}
	for i := range rows {
		e, _ := v.entry(rows[i].id)
		t.titles[i] = d.titled(e, names)
	}
	v.titling.Store(t)
	return t.titles
}

// ask adds the keys that the pack asks for to the tables that have no fields of their own.
func (r *result) ask(tables []Table, at map[string]int) {
	if r.layout == nil {
		return
	}
	for i := range r.layout.Sheets {
		s := &r.layout.Sheets[i]
		form := ""
		if s.Form != nil {
			form = s.Form.Kind
		}
		for j := range s.Blocks {
			for _, x := range s.Blocks[j].Items {
				if k, ok := at[x.Table]; ok && tables[k].Own != budget.FieldNone {
					tables[k].Items = append(tables[k].Items, Item{x, form})
				}
			}
		}
	}
}

// told is a value for people: amounts with commas and their unit where it is not 元.
func (d *Desk) told(table, key, text string, unit money.Unit) string {
	switch kind := d.kind(table, key); kind {
	case budget.FieldAmount, budget.FieldAmounts:
		if a, err := money.Parse(text, unit); err == nil {
			return money.ToldAs(unit, a)
		}
	case budget.FieldYesNo:
		switch text {
		case "true":
			return "是"
		case "false":
			return "否"
		}
	default:
		if text != "" && kind.Codes() {
			if name := d.names.of(kind, text); name != text {
				return text + " " + name
			}
		}
	}
	if text == "" {
		return "（空）"
	}
	return cut(text, mostTitle)
}
