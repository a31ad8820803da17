package sheet

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/grid"
	"yusuan/internal/money"
	"yusuan/internal/source"
)

// rowsPlan is a block of rows that is held against the entries of its table: of a form, those within it.
type rowsPlan struct {
	*planner
	s       *TakenSheet
	b       *TakenBlock
	form    *spot
	entries []*entry
	rows    []*entry // what each row is of the files, nil for one that is new
	claimed map[*entry]bool
	lost    []bool // the row was an entry that the files have no more
}

// rows plans a block of rows.
func (p *planner) rows(s *TakenSheet, b *TakenBlock, form *spot) {
	x := &rowsPlan{planner: p, s: s, b: b, form: form, rows: make([]*entry, len(b.Rows)), lost: make([]bool, len(b.Rows)), claimed: map[*entry]bool{}}
	if form == nil || form.entry != nil {
		for i := range p.f.byTable[b.Table.Name] {
			if e := &p.f.byTable[b.Table.Name][i]; form == nil || e.below(form.entry) {
				x.entries = append(x.entries, e)
			}
		}
	}
	x.match()
	var last *spot
	for i := range b.Rows {
		r := &b.Rows[i]
		switch e := x.rows[i]; {
		case x.empty(r):
			x.rows[i] = nil
			if e != nil {
				delete(x.claimed, e) // what is emptied is deleted
			}
		case e != nil:
			last = x.changed(r, e)
		case x.lost[i]:
			x.vanished(r)
		default:
			if made := x.insert(r, i, last); made != nil {
				last = made
			}
		}
	}
	x.deleted()
}

// empty reports whether a row says nothing.
func (x *rowsPlan) empty(r *TakenRow) bool {
	for k, c := range x.b.Block.Columns {
		if c.Role == RoleField && says(r.Cells[k]) {
			return false
		}
	}
	for k, c := range x.b.Block.Columns {
		if c.Role != RoleTold && tidy(r.Cells[k].Text) != "" && r.Key.IsZero() {
			x.diags.Add(diag.Diagnostic{Rule: ruleOutside, Level: diag.Warning, At: x.t.place(x.s, x.b, r, k), Message: "这一行别的都没有填，没有读", Hint: "填全，或者把这一行清空"})
			break
		}
	}
	return true
}

// at is the place of a cell.
func (x *rowsPlan) at(r *TakenRow, column int) diag.Range { return x.t.place(x.s, x.b, r, column) }

// changed plans what a row changes of its entry.
func (x *rowsPlan) changed(r *TakenRow, e *entry) *spot {
	s := x.spot(e)
	for k := range x.b.Block.Columns {
		c := &x.b.Block.Columns[k]
		if x.b.Columns[k] == 0 {
			continue
		}
		switch c.Role {
		case RoleField:
			x.field(r, k, c.Field, s)
		case RoleRemark:
			if said := e.Remark(); tidy(r.Cells[k].Text) == "" && said != "" {
				if shown := x.f.row(x.b.Block, e); onlyRepeats(said, shown.names(x.b.Block)) {
					continue // no workbook shows it
				}
			}
			x.remark(r.Key, r.Cells[k], s, "", "", e.Remark(), x.at(r, k), r.Key.Digest == e.digest)
		}
	}
	x.moved(r, s)
	return s
}

// field plans what a cell changes of a field.
func (x *rowsPlan) field(r *TakenRow, column int, f *budget.Field, s *spot) {
	e, c := s.entry, r.Cells[column]
	v, has := e.value(f.Key)
	now := x.f.fieldCell(f, e)
	was, known := x.t.was(r.Key, f.Key)
	if same(c, now) || known && c.Text == was {
		return
	}
	at := x.at(r, column)
	g, ok, t := x.parse(f.Kind, c, v.Text)
	if t != nil {
		x.trouble(t, at, f.Label)
	}
	switch {
	case t != nil && t.level == diag.Error, ok && has && g.says(v, s.unit), !ok && now.Text == "":
		return
	case r.Key.Digest != e.digest && !(known && was == now.Text):
		x.conflict(at, v.At, e, x.b.Label+"的"+diag.Quote(f.Label), c.Text, now.Text, was, known)
		return
	case ok:
		x.unlistedField(at, f, g.text)
		x.ops = append(x.ops, op{kind: opSet, at: s, key: f.Key, value: g})
		s.said[f.Key] = g.text
	default:
		x.ops = append(x.ops, op{kind: opUnset, at: s, key: f.Key})
		s.said[f.Key] = ""
	}
}

// parse reads a cell; a code that lost its zeros as a number is the one that is there, if it is that but for them.
func (p *planner) parse(kind budget.FieldKind, c grid.Cell, now string) (given, bool, *trouble) {
	g, ok, t := p.names.parse(kind, c)
	if ok && kind == budget.FieldCode && c.Kind == grid.Number && now != g.text && strings.TrimLeft(now, "0") == g.text {
		return textGiven(now), true, &trouble{rule: ruleZeros, level: diag.Note, message: "代码开头的 0 丢了，按 " + now + " 读", stated: c.Text, want: now, hint: "把这一格的格式设为“文本”再填代码"}
	}
	return g, ok, t
}

// remark plans what a cell changes of the comment at the end of a line: of an entry, or of a value of it.
func (p *planner) remark(k Key, c grid.Cell, s *spot, sub, key, now string, at diag.Range, unchanged bool) {
	mine := oneLine(c.Text)
	was, known := p.t.was(k, wasRemark)
	if mine == oneLine(now) || known && was == remarkSum(c.Text) && s.entry != nil {
		return
	}
	if !unchanged && !(known && was == remarkSum(now)) {
		p.Conflicts = append(p.Conflicts, Conflict{At: at, In: diag.Range{File: s.file}, What: "备注", Mine: mine, Theirs: now})
		return
	}
	p.ops = append(p.ops, op{kind: opRemark, at: s, sub: sub, key: key, text: mine})
}

// oneLine is a text on one line, as comments are: what no comment can hold parts its words.
func oneLine(s string) string {
	return strings.Trim(strings.Join(strings.FieldsFunc(s, source.IsControl), " "), " ")
}

// insert plans a new entry. After is the spot of the row above.
func (x *rowsPlan) insert(r *TakenRow, i int, after *spot) *spot {
	made := &spot{table: x.b.Table.Name, parent: x.form, cells: map[string][]diag.Range{}, said: map[string]string{}, row: x.at(r, -1)}
	if x.b.With(RoleParent) >= 0 {
		if made.parent = x.parent(r); made.parent == nil {
			return nil
		}
	}
	made.file, made.unit = x.fileOf(made, after)
	o := op{kind: opInsert, at: made}
	if after != nil && after.file == made.file && after.parent == made.parent && !after.goes() {
		o.after = after
	}
	for k := range x.b.Block.Columns {
		c := &x.b.Block.Columns[k]
		cell := r.Cells[k]
		switch {
		case c.Role == RoleRemark:
			o.remarks = oneLine(cell.Text)
		case c.Role == RoleField:
			at := x.at(r, k)
			made.cells[c.Field.Key] = []diag.Range{at}
			was, _ := x.t.was(r.Key, c.Field.Key)
			g, ok, t := x.parse(c.Field.Kind, x.above(r, i, k), was)
			if t != nil {
				x.trouble(t, at, c.Field.Label)
			}
			if t != nil && !ok || x.b.Columns[k] == 0 && c.Field.Required {
				made.refuse(c.Field.Key)
			}
			if locked(cell) {
				x.trouble(&trouble{rule: ruleKept, level: diag.Error, message: "这里的文字填报表放不下，这里没有", hint: "由数据目录生成，不由填报表"}, at, c.Field.Label)
			}
			if ok {
				x.unlistedField(at, c.Field, g.text)
				o.values = append(o.values, keyGiven{c.Field.Key, g})
				made.said[c.Field.Key] = g.text
			}
		}
	}
	o.values = sortedKeys(x.b.Table, x.unread(made, o.values))
	x.ops = append(x.ops, o)
	x.spots = append(x.spots, made)
	x.of[made.table] = append(x.of[made.table], made)
	return made
}

// unread leaves the amounts of a row open of which something was not understood: of a folder that is made to be looked at, what is
// summed then says nothing.
func (x *rowsPlan) unread(made *spot, values []keyGiven) []keyGiven {
	if !x.fresh || len(made.refused) == 0 {
		return values
	}
	for k := range x.b.Block.Columns {
		c := &x.b.Block.Columns[k]
		if c.Role != RoleField || c.Field.Kind != budget.FieldAmount || !c.Field.Required && !made.refused[c.Field.Key] {
			continue
		}
		made.refuse(c.Field.Key)
		values = slices.DeleteFunc(values, func(v keyGiven) bool { return v.key == c.Field.Key })
		values = append(values, keyGiven{c.Field.Key, textGiven(source.Unfilled)})
	}
	return values
}

// above is a cell of a new row; one that is left empty below others of a list of a form means the same as the one above it.
func (x *rowsPlan) above(r *TakenRow, i, column int) grid.Cell {
	c := r.Cells[column]
	f := x.b.Block.Columns[column].Field
	if x.form == nil || !r.Key.IsZero() || says(c) || !fillsDown(f) {
		return c
	}
	for i--; i >= 0; i-- {
		if up := x.b.Rows[i]; tidy(up.Cells[column].Text) != "" || !up.Key.IsZero() {
			return up.Cells[column]
		}
	}
	return c
}

// fillsDown reports whether an empty cell of a list of a form goes on with the one above: of what entries stand under.
func fillsDown(f *budget.Field) bool {
	return strings.HasPrefix(f.Name, "form.indicator.") && (f.Kind == budget.FieldGoal || f.Kind == budget.FieldListed || f.Key == "second")
}

// locked reports whether a cell stands in for what no cell can hold.
func locked(c grid.Cell) bool { return c.Text == tooLong || c.Text == unshown }

// fileOf is where a new entry goes: to its parent, to its sibling, where others of its table are, where they are by custom.
func (p *planner) fileOf(s, after *spot) (string, money.Unit) {
	switch {
	case s.parent != nil:
		return s.parent.file, s.parent.unit
	case after != nil:
		return after.file, after.unit
	}
	if list := p.f.byTable[s.table]; len(list) > 0 {
		last := &list[len(list)-1]
		return last.File.Path, last.unit
	}
	name := budget.FindTable(s.table).File
	return p.path(name), p.units[p.path(name)]
}

// deleted plans that entries go whose rows are not there any more.
func (x *rowsPlan) deleted() {
	for _, e := range x.entries {
		s := x.spot(e)
		if x.claimed[e] || s.goes() {
			continue
		}
		if !x.writtenAs(e) {
			continue // it came later
		}
		s.gone = true
		x.ops = append(x.ops, op{kind: opDelete, at: s})
		d := Deleted{In: e.At(), Table: x.b.Table.Label, Says: x.entrySaid(e)}
		for table, list := range x.f.byTable {
			for i := range list {
				if table != e.Table && list[i].below(e) {
					d.With++
				}
			}
		}
		x.Deleted = append(x.Deleted, d)
	}
}

// moves reports whether the entry of a key is still there as it was, or its row is.
func (x *rowsPlan) moves(k Key) bool {
	return slices.ContainsFunc(x.entries, func(e *entry) bool { return e.digest == k.Digest }) ||
		slices.ContainsFunc(x.b.Rows, func(r TakenRow) bool { return r.Key == k })
}

// entrySaid is an entry in words.
func (x *rowsPlan) entrySaid(e *entry) string {
	var words []string
	for k := range x.b.Block.Columns {
		if f := x.b.Block.Columns[k].Field; f != nil && x.b.Block.Columns[k].Role == RoleField {
			if s := x.f.fieldCell(f, e).Text; s != "" {
				words = append(words, cut(s, 20))
			}
		}
	}
	return strings.Join(words, " · ")
}
