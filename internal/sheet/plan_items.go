package sheet

import (
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/grid"
	"yusuan/internal/source"
)

// itemsPlan is a block of items that is held against what the files say of them.
type itemsPlan struct {
	*planner
	s     *TakenSheet
	b     *TakenBlock
	form  *spot
	said  []*saidItem // in the order of the sheet
	index map[string]*saidItem
}

// saidItem is an item with the rows that say it.
type saidItem struct {
	*Item
	key    string // in its table
	of     holder
	rows   []*TakenRow
	remark *TakenRow // the first, which has the remark
}

// holder is the table that a value is in, or is to be in.
type holder struct {
	s   *spot
	sub string // of a table within it
	in  []*entry
}

func (h *holder) id() string { return h.s.file + "#" + h.s.address + h.sub }

// items plans a block of items; of a form, those of it.
func (p *planner) items(s *TakenSheet, b *TakenBlock, form *spot) {
	x := &itemsPlan{planner: p, s: s, b: b, form: form, index: map[string]*saidItem{}}
	var last *saidItem
	unit, label := "", ""
	for i := range b.Rows {
		r := &b.Rows[i]
		name, u := tidy(x.cell(r, RoleName).Text), tidy(x.cell(r, RoleUnit).Text)
		if name == "" && (u == "" || u == unit) {
			name, u = label, unit
			if name == "" {
				x.stray(r)
				continue
			}
		}
		if name != label || u != unit || last == nil || !r.Key.IsZero() {
			last = x.item(r, name, u)
		}
		unit, label = u, name
		if last != nil {
			last.rows = append(last.rows, r)
		}
	}
	for _, it := range x.said {
		x.value(it)
	}
	x.gone()
}

// stray tells of a row that says something and does not say of what.
func (x *itemsPlan) stray(r *TakenRow) {
	if says(x.cell(r, RoleContent)) {
		x.trouble(&trouble{rule: ruleOutside, level: diag.Warning, message: "这一行没有写是哪一项，没有读", hint: "在“" + headName + "”一列填是哪一项"}, x.place(r, RoleContent), "")
	}
}

func (x *itemsPlan) cell(r *TakenRow, role Role) grid.Cell {
	if k := x.b.With(role); k >= 0 {
		return r.Cells[k]
	}
	return grid.Cell{}
}

func (x *itemsPlan) place(r *TakenRow, role Role) diag.Range {
	return x.t.place(x.s, x.b, r, x.b.With(role))
}

// item is what a row is about, nil for a row that is about nothing that is known.
func (x *itemsPlan) item(r *TakenRow, label, unit string) *saidItem {
	it, part := x.b.Item(label, unit != "")
	if it == nil {
		it = x.unknown(r, label, unit)
	}
	if it == nil {
		return nil
	}
	var of *spot
	if it.OfUnit {
		if of = x.unit(r, unit); of == nil {
			return nil
		}
	}
	out := &saidItem{Item: it, key: it.Key, of: x.holder(it.Table, of)}
	if it.Family != "" {
		out.key = it.Key + "." + part
	}
	id := out.of.id() + ":" + out.key
	if x.index[id] == nil {
		out.remark = r
		x.index[id] = out
		x.said = append(x.said, out)
	}
	return x.index[id]
}

// unknown is an item that the pack does not know: one of the files is called by its key. Another is told.
func (x *itemsPlan) unknown(r *TakenRow, label, unit string) *Item {
	if !r.Key.IsZero() && r.Key.Value == label {
		table := tableOf(r.Key.Address)
		if t := budget.FindTable(table); t != nil && t.Own != budget.FieldNone {
			return ownItem(t, label)
		}
	}
	if !says(x.cell(r, RoleContent)) {
		return nil
	}
	var labels []string
	for i := range x.b.Items {
		if it := &x.b.Items[i]; it.OfUnit == (unit != "") {
			labels = append(labels, it.Label)
		}
	}
	t := &trouble{rule: ruleCell, level: diag.Error, message: "认不得" + diag.Quote(cut(label, 30)) + "这一项，填的没有读", hint: "照导出的填报表写“" + headName + "”一列"}
	if near, ok := diag.Closest(label, labels); ok {
		t.hint = diag.Meant(label, near)
	}
	x.trouble(t, x.place(r, RoleName), "")
	return nil
}

// tableOf is the table of an address: unit.text of unit[0].text.
func tableOf(address string) string {
	var b strings.Builder
	depth := 0
	for _, r := range address {
		switch {
		case r == '[':
			depth++
		case r == ']':
			depth--
		case depth == 0:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// unit is the unit that a row names.
func (x *itemsPlan) unit(r *TakenRow, text string) *spot {
	c := x.cell(r, RoleUnit)
	g, ok, t := x.names.parse(budget.FieldUnit, c)
	for _, s := range x.every("unit") {
		if code := s.says("code"); ok && code != "" && code == g.text || code == "" && s.says("name") == text {
			if t != nil {
				x.trouble(t, x.place(r, RoleUnit), headUnit)
			}
			return s
		}
	}
	if !r.Key.IsZero() { // a unit that has another code now
		for i := range x.f.byTable["unit"] {
			e := &x.f.byTable["unit"][i]
			if s := x.spot(e); e.name == r.Key.File && (r.Key.Address == e.Address || strings.HasPrefix(r.Key.Address, e.Address+".")) && !s.goes() {
				return s
			}
		}
	}
	if !says(x.cell(r, RoleContent)) {
		return nil
	}
	if t == nil {
		t = &trouble{rule: ruleParent, level: diag.Error, message: "没有单位" + diag.Quote(cut(text, 20)), hint: "照工作表“单位”填代码或名称"}
	}
	x.trouble(t, x.place(r, RoleUnit), headUnit)
	return nil
}

// holder is where values of a table are: of a unit, of the form, or of the department.
func (x *itemsPlan) holder(table string, unit *spot) holder {
	top := x.form
	if unit != nil {
		top = unit
	}
	var h holder
	for i := range x.f.byTable[table] {
		if e := &x.f.byTable[table][i]; top == nil || top.entry != nil && (e.File == top.entry.File && (e.Address == top.entry.Address || e.Parent == top.entry.Address)) {
			h.in = append(h.in, e)
		}
	}
	switch {
	case len(h.in) > 0:
		h.s = x.spot(h.in[0])
	case top != nil:
		h.s, h.sub = top, strings.TrimPrefix(table, top.table)
	default:
		h.s, h.sub = x.single(table)
	}
	return h
}

// single is the table that is there once, to be made where it is not.
func (p *planner) single(table string) (*spot, string) {
	top, rest, nested := strings.Cut(table, ".")
	sub := ""
	if nested {
		sub = "." + rest
	}
	if len(p.f.byTable[top]) > 0 {
		return p.spot(&p.f.byTable[top][0]), sub
	}
	if list := p.of[top]; len(list) > 0 {
		return list[0], sub
	}
	file, unit := p.fileOf(&spot{table: top}, nil)
	s := &spot{table: top, file: file, address: top, final: top, unit: unit, cells: map[string][]diag.Range{}, said: map[string]string{}}
	p.of[top] = append(p.of[top], s)
	p.spots = append(p.spots, s)
	return s, sub
}

// find is the value that the files have of a key, with the entry that has it.
func (h *holder) find(key string) (*entry, source.Value, bool) {
	for _, e := range h.in {
		if v, ok := e.value(key); ok {
			return e, v, true
		}
	}
	return nil, source.Value{}, false
}

// whole is a value as its rows show it, one under another.
func whole(v source.Value, x *Item, show func(text string) string) string {
	parts := x.parts(v)
	out := make([]string, len(parts))
	for i, s := range parts {
		out[i] = show(s)
	}
	return strings.Join(out, "\n")
}
