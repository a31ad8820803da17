package sheet

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// standing is what a value is in the files now, and what it was in the workbook when that was written.
type standing struct {
	e        *entry // that has it, nil for none
	v        source.Value
	now, was string // as cells show it
	known    bool   // was is
}

// has reports whether the files have the value.
func (s *standing) has() bool { return s.e != nil }

// stands is what the value of an item is and was.
func (x *itemsPlan) stands(it *saidItem) standing {
	e, v, has := it.of.find(it.key)
	st := standing{v: v}
	if has {
		st.e = e
		st.now = whole(v, it.Item, func(text string) string {
			w := v
			w.Text = text
			return x.f.show.value(it.Kind, w, e.unit).Text
		})
	}
	st.was, st.known = x.wasValue(st.e, it)
	return st
}

// value plans what the rows of an item change of its value.
func (x *itemsPlan) value(it *saidItem) {
	st := x.stands(it)
	at, sub := it.of.s, it.of.sub
	if st.has() {
		at, sub = x.spot(st.e), ""
	}
	x.note(it, at, sub)
	if mine := x.mine(it); !(st.has() && mine == st.now || st.known && mine == st.was && !x.fresh) {
		x.other(it, at, sub, mine, st)
	}
	x.valueRemark(it, at, sub, st)
}

// other plans that a value is another than the files have.
func (x *itemsPlan) other(it *saidItem, at *spot, sub, mine string, st standing) {
	g, ok, refused := x.given(it, st.v, st.now)
	if refused {
		at.refuse(sub + ":" + it.key)
		if x.fresh && it.Kind == budget.FieldAmount {
			x.ops = append(x.ops, op{kind: opSet, at: at, sub: sub, key: it.key, value: textGiven(source.Unfilled)})
		}
	}
	switch {
	case refused, ok && st.has() && g.says(st.v, at.unit), !ok && (!st.has() || tidy(st.now) == "" && !st.known):
		return
	case !ok && st.v.Kind == source.TextsValue && len(st.v.Items) == 0:
		return
	case st.has() && st.known && st.was != st.now, st.has() && !st.known && len(x.t.Own.was) > 0:
		if !ok && !st.known {
			return // it came later
		}
		x.conflict(x.place(it.rows[0], RoleContent), st.v.At, st.e, x.s.Name+"的"+diag.Quote(it.label()), mine, st.now, st.was, st.known)
		return
	case ok:
		x.ops = append(x.ops, op{kind: opSet, at: at, sub: sub, key: it.key, value: g})
		if sub == "" {
			at.said[it.key] = g.text
		}
	case st.has():
		x.ops = append(x.ops, op{kind: opUnset, at: at, key: it.key})
	}
}

func (it *saidItem) label() string {
	if it.Label == "" {
		return it.key
	}
	return it.Label
}

// wasValue is a value as the workbook had it when it was written.
func (x *itemsPlan) wasValue(e *entry, it *saidItem) (string, bool) {
	var k Key
	switch {
	case e != nil:
		k = e.key()
	case len(it.rows) > 0 && it.of.s.entry != nil: // the files do not say it any more
		k = it.rows[0].Key
		if top := it.of.s.entry; k.File != top.name || k.Address != top.Address+it.of.sub {
			return "", false // the row is a copy
		}
	default:
		return "", false
	}
	k.Value = it.key
	parts, ok := x.t.Own.values[k.valueAt()]
	return strings.Join(parts, "\n"), ok
}

// contents are the rows of an item that count: those that say something, and empty paragraphs that were empty before.
func (x *itemsPlan) contents(it *saidItem) []*TakenRow {
	return slices.DeleteFunc(slices.Clone(it.rows), func(r *TakenRow) bool {
		if c := x.cell(r, RoleContent); c.Text != "" || c.Formula || c.Covered {
			return false
		}
		if r.Key.IsZero() {
			return true
		}
		was, known := x.t.was(r.Key, wasContent)
		if !known {
			was = x.paragraph(it, r.Key)
		}
		return was != ""
	})
}

// paragraph is what the files say in a paragraph or element.
func (x *itemsPlan) paragraph(it *saidItem, k Key) string {
	_, v, ok := it.of.find(it.key)
	if !ok {
		return ""
	}
	parts := v.Items
	if v.Kind != source.TextsValue {
		parts = strings.Split(v.Text, "\n")
	}
	if k.Part < len(parts) {
		return parts[k.Part]
	}
	return ""
}

// mine is the value as the rows show it.
func (x *itemsPlan) mine(it *saidItem) string {
	var parts []string
	for _, r := range x.contents(it) {
		parts = append(parts, unbroken(x.cell(r, RoleContent).Text))
	}
	return strings.Join(parts, "\n")
}

// given reads the value of an item. What is not understood has been told.
func (x *itemsPlan) given(it *saidItem, v source.Value, now string) (g given, ok, refused bool) {
	rows := x.contents(it)
	var texts []string
	for _, r := range rows {
		c := x.cell(r, RoleContent)
		at := x.place(r, RoleContent)
		if locked(c) {
			x.trouble(&trouble{rule: ruleKept, level: diag.Error, message: "这里的文字填报表放不下，这里没有", hint: "在数据文件里改，由数据目录生成"}, at, it.label())
			return g, false, true
		}
		one, said, t := x.parse(it.Kind, c, now)
		if t != nil {
			x.trouble(t, at, it.label())
			refused = refused || t.level == diag.Error
		}
		switch {
		case !said && c.Text == "":
			texts = append(texts, "")
		case said && !it.Repeated && !it.Paragraphs() && ok:
			x.trouble(&trouble{rule: ruleTwice, level: diag.Error, message: "填了两遍，前面已经填过", hint: "留一行"}, at, it.label())
			refused = true
		case said:
			x.unlisted(at, it.Item, one.text)
			g, ok = one, true
			texts = append(texts, one.text)
		}
	}
	switch {
	case refused || !ok:
	case it.Repeated:
		g = given{kind: source.TextsValue, items: texts}
	case it.Paragraphs():
		g = textGiven(strings.Join(texts, "\n"))
	}
	return g, ok && !refused, refused
}

// valueRemark plans what the remark of a value becomes.
func (x *itemsPlan) valueRemark(it *saidItem, at *spot, sub string, st standing) {
	k := x.b.With(RoleRemark)
	if k < 0 || x.b.Columns[k] == 0 || it.remark == nil {
		return
	}
	if !st.has() && x.mine(it) == "" {
		if s := tidy(it.remark.Cells[k].Text); s != "" {
			x.trouble(&trouble{rule: ruleOutside, level: diag.Warning, message: "只有备注，没有内容，备注没有读", hint: "填内容，或者把备注清空"}, x.place(it.remark, RoleRemark), it.label())
		}
		return
	}
	if st.v.Kind == source.TextsValue && st.has() && len(st.v.Items) > 0 && x.mine(it) == "" {
		return
	}
	if !st.has() && at.refused[sub+":"+it.key] {
		return // there is no value to remark on; why is told at its cell
	}
	if tidy(it.remark.Cells[k].Text) == "" && onlyRepeats(st.v.Remark, []string{it.Label, it.What}) {
		return // no workbook shows it
	}
	unchanged := !st.has() || it.remark.Key.Digest == st.e.digest
	x.planner.remark(it.remark.Key, it.remark.Cells[k], at, sub, it.key, st.v.Remark, x.place(it.remark, RoleRemark), unchanged)
}

// note keeps where a value stands in the workbook.
func (x *itemsPlan) note(it *saidItem, at *spot, sub string) {
	if at.cells == nil || len(it.rows) == 0 {
		return
	}
	rows := x.contents(it)
	if len(rows) == 0 {
		rows = it.rows[:1]
	}
	var places []diag.Range
	for _, r := range rows {
		places = append(places, x.place(r, RoleContent))
	}
	at.cells[sub+":"+it.key] = places
	if at.row.IsZero() {
		at.row = x.t.at(x.s.Name, x.b.Head, KeyColumn+1)
	}
}

// gone plans that values go whose rows are not there any more: those that were in the workbook when it was written.
func (x *itemsPlan) gone() {
	if len(x.t.Own.was) == 0 {
		return
	}
	var tables []string
	for i := range x.b.Items {
		if t := x.b.Items[i].Table; !slices.Contains(tables, t) {
			tables = append(tables, t)
		}
	}
	for _, table := range tables {
		for i := range x.f.byTable[table] {
			e := &x.f.byTable[table][i]
			if x.form != nil && (x.form.entry == nil || !e.below(x.form.entry)) || x.spot(e).goes() {
				continue
			}
			for _, v := range e.values {
				x.goneValue(e, v)
			}
		}
	}
}

func (x *itemsPlan) goneValue(e *entry, v source.Value) {
	s := x.spot(e)
	k := e.key()
	k.Value = v.Key
	was, ok := x.t.Own.values[k.valueAt()]
	if !ok || x.index[s.file+"#"+s.address+":"+v.Key] != nil {
		return
	}
	if known := strings.Join(was, "\n"); v.Kind == source.TextValue && unbroken(v.Text) != known && budget.FindTable(e.Table).Own == budget.FieldTexts {
		x.conflict(x.t.at(x.s.Name, 0, 0), v.At, e, x.s.Name+"的"+diag.Quote(v.Key), "（已删去）", v.Text, known, true)
		return
	}
	x.ops = append(x.ops, op{kind: opUnset, at: s, key: v.Key})
}
