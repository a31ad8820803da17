package source

import "strings"

// Entries that are to be made, written in the manner of those beside them.

// literalOf is a value as it is spelled.
func (f *File) literalOf(n *node) string { return string(f.Source[n.at.start:n.at.end]) }

// spell is a text as a literal, in the form of another if it allows that.
func (p *patching) spell(s, form string, long bool) string {
	if p.plain {
		return basicLiteral(s)
	}
	return spelled(s, form, p.newline, long)
}

// literal is how a value is written. long tells that there is room for several lines.
func (p *patching) literal(v Literal, form string, long bool) string {
	switch v.kind {
	case TextValue:
		return p.spell(v.text, form, long)
	case TextsValue:
		return p.listLiteral(v.items, long)
	}
	return v.text
}

// listLiteral is a list of texts: on one line if it is short.
func (p *patching) listLiteral(items []string, long bool) string {
	const short = 60 // columns
	all := strings.Join(items, "\", \"")
	if !long || columns(all) <= short && !strings.Contains(all, "\n") {
		var words []string
		for _, item := range items {
			words = append(words, basicLiteral(item))
		}
		return "[" + strings.Join(words, ", ") + "]"
	}
	var b strings.Builder
	b.WriteString("[" + p.newline)
	for _, item := range items {
		b.WriteString("  " + p.spell(item, "", true) + "," + p.newline)
	}
	return b.String() + "]"
}

// value is how a value that is to be added is written: as the entries beside it write that key.
func (p *patching) value(s *site, key string, v Literal) string {
	form := ""
	if s.list != nil && v.kind == TextValue {
		for _, c := range s.list.children {
			if x := c.child(key); x != nil && x.kind == kindString {
				form = p.f.literalOf(x)
				break
			}
		}
	}
	return p.literal(v, form, !s.Inline)
}

// form is the literal of a key of an entry, "" for none.
func (p *patching) form(near *site, key string) string {
	if near != nil && !near.made {
		if c := near.n.child(key); c != nil && c.kind == kindString {
			return p.f.literalOf(c)
		}
	}
	return ""
}

// makeTables makes tables with headers where a line begins.
func (p *patching) makeTables(at int, near *site, rows []*site) {
	for i, s := range chain(rows) {
		model := near
		if model == nil {
			model = s.alike()
		}
		text := p.madeTable(s, model)
		p.note(AddEntry, max(at-1, 0), s, "", "", strings.TrimRight(text, "\r\n"))
		if (at > 0 || i > 0 || p.begun(at)) && p.apart(model) {
			text = p.newline + text
		}
		p.insertLines(at, text)
	}
}

// begun reports whether something is to be put where the file begins.
func (p *patching) begun(at int) bool {
	for _, s := range p.splices {
		if s.start == at && s.text != "" {
			return true
		}
	}
	return false
}

// alike is a table of the file under the same name in another entry than this, nil for none.
func (s *site) alike() *site {
	if s.up == nil || s.up.up == nil {
		return nil
	}
	for _, uncle := range s.up.up.kids {
		for _, cousin := range uncle.kids {
			if uncle.key == s.up.key && cousin.key == s.key && !cousin.Inline && !cousin.n.implicit {
				return cousin
			}
		}
	}
	return nil
}

// apart reports whether a blank line stands above a table like it.
func (p *patching) apart(near *site) bool {
	if near == nil {
		return true
	}
	at := p.f.lines[p.f.line(near.n.at.start)]
	for at > 0 && p.lineKind(p.lineAbove(at)) == remarkLine {
		at = p.lineAbove(at)
	}
	return at == 0 || p.lineKind(p.lineAbove(at)) == blankLine
}

// madeTable is a table with its header and all that is in it, as whole lines.
func (p *patching) madeTable(s *site, near *site) string {
	y := p.usualStyle()
	if near != nil {
		if marks := p.block(near); len(marks) > 0 {
			y = p.styleOfMarks(marks)
			y.column = 0
		}
	}
	for _, c := range s.changes {
		if c.value != nil && y.aligned {
			y.column = max(y.column, columns(y.indent+keyLiteral(c.key))+1)
		}
	}
	var b strings.Builder
	header := "[" + s.Table + "]"
	if s.Element {
		header = "[" + header + "]"
	}
	if near != nil {
		header = p.lineIndent(near.n.at.start) + header
	}
	if s.remark != nil {
		header += remarkBehind(header, *s.remark, 0)
	}
	b.WriteString(header + p.newline)
	for _, c := range s.changes {
		if c.value == nil {
			if c.remark != nil && *c.remark != "" {
				p.fail(s, c.key, "no value to remark on")
			}
			continue
		}
		b.WriteString(y.line(keyLiteral(c.key), p.literal(*c.value, p.form(near, c.key), true), c.value.kind, c.remark) + p.newline)
	}
	for _, x := range s.below() {
		model := near.kid(x.key)
		if model == nil || p.apart(model) {
			b.WriteString(p.newline)
		}
		b.WriteString(p.madeTable(x, model))
	}
	return b.String()
}

// usualStyle is how the values of the file are written.
func (p *patching) usualStyle() style {
	if p.usual == nil {
		y := p.styleOfMarks(p.whole())
		y.indent, y.column = "", 0
		p.usual = &y
	}
	return *p.usual
}

// below are the tables to be made in one that is to be made.
func (s *site) below() []*site {
	out := chain(s.singles)
	done := map[string]bool{}
	for _, x := range s.lists {
		if !done[x.key] {
			done[x.key] = true
			out = append(out, chain(s.last(x.key))...)
		}
	}
	return out
}

// kid is the first table with a header under a name, nil for none.
func (s *site) kid(key string) *site {
	if s == nil {
		return nil
	}
	for _, x := range s.kids {
		if x.key == key && !x.Inline && !x.n.implicit {
			return x
		}
	}
	return nil
}

// madeRow is a table in braces as an element of a list, and the remark behind its comma. In a line of its own, which begins at a
// column, its parts stand under those of the others.
func (p *patching) madeRow(s *site, near *site, list *node, column int) (text, remark string) {
	var x *peers
	if column >= 0 {
		x = p.peersOf(list, nil)
	}
	form := p.formOf(near)
	b := form.open
	for i, c := range s.pairs() {
		if i > 0 {
			b += "," + form.gap
		}
		b = p.madePair(b, c, near, form, x, column)
	}
	for _, kid := range p.inlineKids(s) {
		if b != form.open {
			b += "," + form.gap
		}
		b += keyLiteral(kid.key) + form.sign + kid.text
	}
	b += form.shut
	if s.remark != nil {
		at := 0
		if x != nil {
			at = x.remarkColumn()
		}
		remark = remarkBehind(strings.Repeat(" ", max(column, 0))+b+",", *s.remark, at)
	}
	return b, remark
}

// madePair adds a key and its value to a row. Where others have the key, or the end of a number, at a column, so has it.
func (p *patching) madePair(b string, c change, near *site, form braceForm, x *peers, column int) string {
	pad := func(of map[string]*stops, less string) {
		if at, found := of[c.key].most(); found {
			b += strings.Repeat(" ", max(at-column-columns(b+less), 0))
		}
	}
	if x != nil {
		pad(x.starts, "")
	}
	b += keyLiteral(c.key) + form.sign
	text := p.literal(*c.value, p.form(near, c.key), false)
	if x != nil && isNumber(c.value.kind) {
		pad(x.ends, text)
	}
	return b + text
}

// pairs are the values that an entry to be made has.
func (s *site) pairs() []change {
	var out []change
	for _, c := range s.changes {
		if c.value != nil {
			out = append(out, c)
		}
	}
	return out
}

// braceForm is how a table in braces is written.
type braceForm struct{ open, shut, sign, gap string }

// formOf is how a table in braces is written, the usual way for none.
func (p *patching) formOf(s *site) braceForm {
	out := braceForm{"{ ", " }", " = ", " "}
	if s == nil || !p.f.braces(s.n) || len(s.n.children) == 0 || s.n.children[0].implicit {
		return out
	}
	src, first := p.f.Source, s.n.children[0]
	if src[s.n.at.start+1] != ' ' {
		out.open, out.shut = "{", "}"
	}
	if src[first.key.end] == '=' {
		out.sign = "="
	}
	if i := p.f.blanks(first.at.end); len(s.n.children) > 1 && src[i] == ',' && src[i+1] != ' ' {
		out.gap = ""
	}
	return out
}

// madeList is a list of tables in braces, as a value.
func (p *patching) madeList(rows []*site) string {
	b := "["
	for i, s := range rows {
		text, remark := p.madeRow(s, nil, nil, -1)
		if remark != "" {
			b += text + "," + remark + p.newline
			continue
		}
		b += text
		if i < len(rows)-1 {
			b += ", "
		}
	}
	return b + "]"
}

// pair is a key with its value, to be added to a table in braces.
func (p *patching) pair(outer *site, prefix, key, value string) string {
	return joinKey(prefix, key) + p.formOf(outer).sign + value
}

// shown is what a value says, for people.
func (v Literal) shown() string { return v.model().shown() }

func (m *model) shown() string {
	if !m.list {
		return m.text
	}
	words := make([]string, len(m.items))
	for i, item := range m.items {
		words[i] = item.shown()
	}
	return strings.Join(words, "\n")
}
