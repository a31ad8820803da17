package sheet

import (
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/diag"
	"yusuan/internal/grid"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/source"
)

// Plan is what a workbook changes in the files of a folder.
type Plan struct {
	Conflicts []Conflict
	Deleted   []Deleted
	Untouched []string // what was left as it is, and why: sentences

	folder string
	files  []*source.File
	ops    []op
	spots  []*spot
}

// Conflict is what the workbook and the files both changed since the workbook was written.
type Conflict struct {
	At                 diag.Range // in the workbook
	In                 diag.Range // in the file
	What               string     // 工作表“项目”的“金额”
	Mine, Theirs, Base string     // in the workbook, in the file, when the workbook was written
	Known              bool       // Base is known
}

// Deleted is an entry that is not in the workbook any more.
type Deleted struct {
	In    diag.Range
	Table string // what messages call it
	Says  string
	With  int // entries within it that go along
}

// spot is an entry that is there or is to be made.
type spot struct {
	table   string
	file    string
	address string // of one to be made, once it is
	entry   *entry // nil of one to be made
	parent  *spot
	gone    bool
	final   string // its address when all is made, of a folder that is made anew
	unit    money.Unit
	row     diag.Range              // in the workbook
	cells   map[string][]diag.Range // by key; of paragraphs and elements, each
	said    map[string]string       // texts that it will say, by key
	refused map[string]bool         // cells that were not understood, by key
}

// op is one change.
type op struct {
	kind    opKind
	at      *spot
	sub     string // of a table within it: ".text"
	key     string
	value   given
	text    string // of a remark
	values  []keyGiven
	after   *spot
	remarks string
}

// keyGiven is a value of an entry to be made.
type keyGiven struct {
	key string
	given
}

type opKind int

const (
	opInsert opKind = iota
	opSet
	opUnset
	opRemark
	opDelete
)

// Target is what a workbook is brought into.
type Target struct {
	Folder    string // as the user named it; paths of files begin with it
	Files     []*source.File
	Pack      *pack.Pack
	Catalogue *classify.Catalogue
	Templates []string // names of packs, nil where they are not at hand
}

// planner makes a plan.
type planner struct {
	*Plan
	t         *Taken
	f         *filler
	names     *names
	diags     diag.List
	pack      *pack.Pack
	lists     *budget.Lists
	templates []string
	byEntry   map[string]*spot              // of entries that are there, by file and address
	of        map[string][]*spot            // those to be made, by table
	byName    map[string]map[string][]*spot // by table and name
	units     map[string]money.Unit         // of amounts, by file
	fresh     bool
	digits    int // of the numbers of new files of forms, which are read in the order of their names
}

// Plan holds the workbook against the files of a folder. What is not understood is told, and nothing of it is planned.
func (t *Taken) Plan(to Target) (*Plan, diag.List) {
	p := &planner{Plan: &Plan{folder: to.Folder, files: to.Files}, t: t, pack: to.Pack, lists: to.Pack.Lists(), templates: to.Templates, byEntry: map[string]*spot{}, of: map[string][]*spot{}, byName: map[string]map[string][]*spot{}, units: map[string]money.Unit{}, fresh: len(to.Files) == 0}
	p.f = &filler{in: Input{Files: to.Files, Pack: to.Pack, Catalogue: to.Catalogue, Folder: to.Folder}, byTable: map[string][]entry{}}
	for _, file := range to.Files {
		p.f.collect(file)
	}
	for _, list := range p.f.byTable {
		for i := range list {
			p.units[list[i].File.Path] = list[i].unit
		}
	}
	p.f.show = p.f.shower()
	p.names = p.naming(to.Catalogue)
	for i := range t.Sheets {
		s := &t.Sheets[i]
		if s.Form != nil {
			continue
		}
		for j := range s.Blocks {
			if b := &s.Blocks[j]; b.Shape == Rows {
				p.rows(s, b, nil)
			}
		}
	}
	for i := range t.Sheets {
		s := &t.Sheets[i]
		for j := range s.Blocks {
			if b := &s.Blocks[j]; b.Shape == Items && s.Form == nil {
				p.items(s, b, nil)
			}
		}
	}
	p.formSheets()
	p.lostParts()
	if p.fresh {
		for _, table := range t.Own.Left {
			p.diags.Add(diag.Diagnostic{Rule: ruleKept, Level: diag.Warning, At: diag.InCell(t.Path, diag.Cell{Sheet: OwnSheet}), Subject: table,
				Message: "数据目录里的" + labelOf(table) + "（" + table + "）填报表放不下，这里没有", Hint: "要用它的，用 yusuan sheet 文件 --into 目录 带回原来的数据目录，再由目录生成"})
		}
	}
	return p.Plan, p.diags
}

func labelOf(table string) string {
	if t := budget.FindTable(table); t != nil {
		return diag.Quote(t.Label)
	}
	return ""
}

// naming gathers the names of codes: the catalogue's, those of the workbook, and of sheets that it lacks those of the files.
func (p *planner) naming(cat *classify.Catalogue) *names {
	n := &names{}
	if cat != nil {
		n.functional, n.economic = cat.Functional, cat.Economic
	}
	var functional, economic []classify.Code
	p.each("code", func(get func(string) string) {
		x := classify.Code{Code: fold(tidy(get("code"))), Name: tidy(get("name"))}
		switch {
		case x.Code == "" || x.Name == "":
		case strings.HasPrefix(get("kind"), economicKind):
			economic = append(economic, x)
		default:
			functional = append(functional, x)
		}
	})
	n.functional, n.economic = n.functional.With(functional), n.economic.With(economic)
	p.each("unit", func(get func(string) string) {
		n.units = append(n.units, unitName{fold(tidy(get("code"))), tidy(get("name")), tidy(get("full_name"))})
	})
	return n
}

// each visits the entries of a table as the workbook has them, where it has no sheet of them those of the files.
func (p *planner) each(table string, visit func(get func(key string) string)) {
	there := false
	for i := range p.t.Sheets {
		for j := range p.t.Sheets[i].Blocks {
			b := &p.t.Sheets[i].Blocks[j]
			if b.Shape != Rows || b.Table.Name != table {
				continue
			}
			there = true
			for k := range b.Rows {
				r := &b.Rows[k]
				visit(func(key string) string {
					c := b.FieldColumn(key)
					if c < 0 {
						return ""
					}
					return p.code(b.Block.Columns[c].Field, r, c)
				})
			}
		}
	}
	for i := range p.f.byTable[table] {
		if e := &p.f.byTable[table][i]; !there {
			visit(e.text)
		}
	}
}

// code is the text of a cell; of a code that lost its zeros as a number, with those that it had when the workbook was written.
func (p *planner) code(f *budget.Field, r *TakenRow, column int) string {
	c := r.Cells[column]
	if was, ok := p.t.was(r.Key, f.Key); ok && f.Kind.Codes() && c.Kind == grid.Number && c.Text != was && strings.TrimLeft(was, "0") == c.Text {
		return was
	}
	return c.Text
}

// was is what a cell of a row said when the workbook was written.
func (t *Taken) was(k Key, what string) (string, bool) {
	if k.IsZero() {
		return "", false
	}
	s, ok := t.Own.was[k.String()][what]
	return s, ok
}

// written reports whether a row was in the workbook when it was written. Where the workbook does not know, it was.
func (t *Taken) written(k Key) bool {
	_, ok := t.Own.was[k.String()]
	return ok || len(t.Own.was) == 0
}

// path is where a file of the folder is.
func (p *planner) path(name string) string {
	if p.folder == "" || p.folder == "." {
		return name
	}
	return strings.TrimSuffix(p.folder, "/") + "/" + name
}

// spot is that of an entry which is there.
func (p *planner) spot(e *entry) *spot {
	id := e.File.Path + "#" + e.Address
	if s := p.byEntry[id]; s != nil {
		return s
	}
	s := &spot{table: e.Table, file: e.File.Path, address: e.Address, entry: e, unit: e.unit, said: map[string]string{}}
	if top := p.f.parent(e); top != nil && e.Parent != "" {
		s.parent = p.spot(top)
	}
	p.byEntry[id] = s
	return s
}

// refuse notes that the cell of a key was not understood.
func (s *spot) refuse(key string) {
	if s.refused == nil {
		s.refused = map[string]bool{}
	}
	s.refused[key] = true
}

// goes reports whether an entry is deleted, or what it is in.
func (s *spot) goes() bool { return s != nil && (s.gone || s.parent.goes()) }

// trouble tells of a cell.
func (p *planner) trouble(t *trouble, at diag.Range, what string) {
	d := t.of(at)
	if what != "" {
		d.Message = diag.Quote(what) + "：" + d.Message
	}
	p.diags.Add(d)
}

// same reports whether a cell of the workbook is what would be written now.
func same(c grid.Cell, now Cell) bool {
	if c.Unstored || c.Kind == grid.Error {
		return false
	}
	return c.Text == now.Text || unbroken(c.Text) == unbroken(now.Text)
}

// unbroken is a text whose line ends are line feeds.
func unbroken(s string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
}

// Edit makes the files as they are to be written.
func (p *Plan) Edit() ([]source.Edited, error) {
	e := source.Edit(p.files)
	count := map[string]int{}
	for _, o := range p.ops {
		o.do(e, count)
	}
	return e.Done()
}

func (o *op) do(e *source.Editor, count map[string]int) {
	s := o.at
	switch o.kind {
	case opInsert:
		parent, after, final := "", "", ""
		if s.parent != nil {
			parent, final = s.parent.address, s.parent.final
		}
		if o.after != nil {
			after = o.after.address
		}
		var values []source.KeyValue
		for _, v := range o.values {
			values = append(values, source.KeyValue{Key: v.key, Value: v.literal(s.unit)})
		}
		s.address = e.Insert(s.file, s.table, parent, after, values)
		_, key, _ := cutLast(s.table)
		final = strings.TrimPrefix(final+"."+key, ".")
		n := s.file + "#" + final
		s.final = final + "[" + strconv.Itoa(count[n]) + "]"
		count[n]++
		if o.remarks != "" {
			e.Remark(s.file, s.address, "", o.remarks)
		}
	case opSet:
		e.Set(s.file, o.address(), o.key, o.value.literal(s.unit))
	case opUnset:
		e.Unset(s.file, o.address(), o.key)
	case opRemark:
		e.Remark(s.file, o.address(), o.key, o.text)
	case opDelete:
		e.Delete(s.file, s.address)
	}
}

// address is that of the table that the change is in.
func (o *op) address() string { return strings.TrimPrefix(o.at.address+o.sub, ".") }

// Nothing reports whether the files already say what the workbook says.
func (p *Plan) Nothing() bool { return len(p.ops) == 0 }

// sortedKeys are keys in the order of a table's fields.
func sortedKeys(t *budget.Table, values []keyGiven) []keyGiven {
	at := func(key string) int {
		return slices.IndexFunc(t.Fields, func(f budget.Field) bool { return f.Key == key })
	}
	slices.SortStableFunc(values, func(a, b keyGiven) int { return at(a.key) - at(b.key) })
	return values
}
