package source

import (
	"cmp"
	"slices"
	"strings"
)

// Tables whose values stand on lines of their own: the top of a file, tables with a header, those that dotted keys make.

// mark is a header or a key with its value. It has its lines for itself.
type mark struct {
	span
	header bool
	n      *node
}

// marks lists the headers and values of a table and of all in it, in the order of the text.
func (f *File) marks(n *node) []mark {
	var out []mark
	var walk func(n *node)
	walk = func(n *node) {
		switch {
		case n.kind == kindTables:
		case n == f.root || n.implicit:
		case f.headed(n):
			out = append(out, mark{n.at, true, n})
		default:
			out = append(out, mark{span{n.from, n.at.end}, false, n})
			return
		}
		for _, c := range n.children {
			walk(c)
		}
	}
	walk(n)
	slices.SortStableFunc(out, func(a, b mark) int { return cmp.Compare(a.start, b.start) })
	return out
}

// whole is all headers and values of the file.
func (p *patching) whole() []mark {
	if p.all == nil {
		p.all = p.f.marks(p.f.root)
	}
	return p.all
}

// block lists the values below a header and above the next, or those above the first header.
func (p *patching) block(s *site) []mark {
	p.whole()
	from := 0
	if s.n != p.f.root {
		i, _ := slices.BinarySearchFunc(p.all, s.n.at.start, func(m mark, at int) int { return cmp.Compare(m.start, at) })
		from = i + 1
	}
	to := from
	for to < len(p.all) && !p.all[to].header {
		to++
	}
	return p.all[min(from, to):to]
}

// holder is the table whose block the values of a table stand in.
func (s *site) holder() *site {
	for s.up != nil && s.n.implicit {
		s = s.up
	}
	return s
}

// dotted reports whether dotted keys make a table.
func (p *patching) dotted(s *site) bool {
	if !s.n.implicit {
		return false
	}
	header := p.firstHeader(s.n)
	return slices.ContainsFunc(p.f.marks(s.n), func(m mark) bool { return m.start < header })
}

// firstHeader is where the first header within a table stands.
func (p *patching) firstHeader(n *node) int {
	for _, m := range p.f.marks(n) {
		if m.header {
			return m.start
		}
	}
	return len(p.f.Source)
}

// table makes the splices of a table and of all in it.
func (p *patching) table(s *site) {
	switch {
	case s.gone:
		p.drop(s)
		return
	case p.f.braces(s.n):
		p.braces(s)
	default:
		p.lines(s)
		p.kids(s)
	}
	if s.remark != nil && !(s.Element && s.Inline) { // of a row the list tells
		p.remark(s, "", s.n.at.end, false, *s.remark)
	}
}

// lines changes the values of a table, and adds those that it has not.
func (p *patching) lines(s *site) {
	dotted := p.dotted(s)
	if len(s.changes) == 0 && !(dotted && len(s.singles)+len(s.lists) > 0) {
		return
	}
	var added []string
	style := p.styleOf(s)
	for _, c := range s.changes {
		n := s.n.child(c.key)
		switch {
		case n == nil && c.value == nil:
			if c.remark != nil && *c.remark != "" {
				p.fail(s, c.key, "no value to remark on")
			}
		case n == nil:
			text := style.line(p.path(s, dotted, c.key), p.value(s, c.key, *c.value), c.value.kind, c.remark)
			added = append(added, text)
			p.note(AddValue, p.lastLine(s), s, c.key, "", c.value.shown())
		case c.unset:
			p.note(DropValue, n.from, s, c.key, s.valueModel(n).shown(), "")
			p.cutLines(span{n.from, n.at.end}, false)
		default:
			if c.value != nil {
				p.set(s, n, *c.value)
			}
			if c.remark != nil {
				p.remark(s, c.key, n.at.end, false, *c.remark)
			}
		}
	}
	if dotted {
		for _, x := range p.inlineKids(s) {
			added = append(added, style.line(p.path(s, true, x.key), x.text, TextsValue, nil))
		}
	}
	p.addLines(s, dotted, added)
}

// path is a key as it is written where the values of a table stand.
func (p *patching) path(s *site, dotted bool, key string) string {
	if !dotted {
		return keyLiteral(key)
	}
	return joinKey(strings.TrimPrefix(strings.TrimPrefix(s.Address, s.holder().Address), "."), key)
}

// lastLine is the end of the last line of a table's own values, of its header where there are none.
func (p *patching) lastLine(s *site) int {
	list := p.block(s.holder())
	if s.n.implicit {
		list = p.f.marks(s.n)
		list = slices.DeleteFunc(list, func(m mark) bool { return m.start > p.firstHeader(s.n) || m.header })
	}
	if len(list) > 0 {
		return list[len(list)-1].end
	}
	return s.n.at.end
}

// addLines adds lines to the values of a table.
func (p *patching) addLines(s *site, dotted bool, added []string) {
	if len(added) == 0 {
		return
	}
	text := strings.Join(added, p.newline) + p.newline
	switch {
	case s.n == p.f.root && len(p.block(s)) == 0:
		p.addTop(text)
	case s.n.implicit && !dotted:
		p.addHeader(s, text)
	default:
		p.insertLines(p.nextLine(p.lastLine(s)), text)
	}
}

// addTop adds values to a file that has none above its first header: below the remarks that it begins with.
func (p *patching) addTop(text string) {
	at := 0
	for at < len(p.f.Source) && p.lineKind(at) == remarkLine {
		at = p.nextLine(at)
	}
	switch {
	case at == len(p.f.Source) && at > 0, at > 0 && p.lineKind(at) == blankLine:
		p.insertLines(at, p.newline+text)
	case p.lineKind(0) == blankLine:
		p.insertLines(0, text)
	default:
		p.insertLines(0, text+p.newline)
	}
}

// addHeader gives a header to a table that only the headers of others imply, above the first of them and the remarks on it.
func (p *patching) addHeader(s *site, text string) {
	at := p.f.lines[p.f.line(p.firstHeader(s.n))]
	above := at
	for above > 0 && p.lineKind(p.lineAbove(above)) == remarkLine {
		above = p.lineAbove(above)
	}
	if above > 0 {
		at = above
	}
	p.insertLines(at, "["+s.Table+"]"+p.newline+text+p.newline)
}

// lineKind is what a line has.
type lineKind int

const (
	blankLine lineKind = iota
	remarkLine
	otherLine
)

func (p *patching) lineKind(at int) lineKind {
	i := p.f.blanks(at)
	switch {
	case i == len(p.f.Source) || p.f.Source[i] == '\n' || p.f.Source[i] == '\r':
		return blankLine
	case p.f.Source[i] == '#':
		return remarkLine
	}
	return otherLine
}

// nextLine is where the line behind that of a place begins.
func (p *patching) nextLine(at int) int {
	if line := p.f.line(at) + 1; line < len(p.f.lines) {
		return p.f.lines[line]
	}
	return len(p.f.Source)
}

// lineAbove is where the line above that of a place begins.
func (p *patching) lineAbove(at int) int { return p.f.lines[max(p.f.line(at)-1, 0)] }

// insertLines puts whole lines where a line begins, or at the end of the file.
func (p *patching) insertLines(at int, text string) {
	p.splices = append(p.splices, splice{span{at, at}, text, true})
}

// cutLines takes the lines of a stretch away, and with gap the blank lines above them, or below where there is nothing above.
func (p *patching) cutLines(s span, gap bool) {
	src := p.f.Source
	s.start, s.end = p.f.lines[p.f.line(s.start)], p.nextLine(s.end)
	for gap && s.start > 0 && p.lineKind(p.lineAbove(s.start)) == blankLine {
		s.start = p.lineAbove(s.start)
	}
	for gap && s.start == 0 && s.end < len(src) && p.lineKind(s.end) == blankLine {
		s.end = p.nextLine(s.end)
	}
	p.replace(s.start, s.end, "")
}

// drop takes a table away with all that is in it. Remarks on lines of their own stay.
func (p *patching) drop(s *site) {
	list := p.f.marks(s.n)
	var old strings.Builder
	for _, m := range list {
		old.Write(p.f.Source[p.f.lines[p.f.line(m.start)]:p.nextLine(m.end)])
		p.cutLines(m.span, true)
	}
	p.note(DropEntry, s.start(), s, "", strings.TrimRight(old.String(), "\r\n"), "")
}

// kids makes the splices of the tables in a table, and those that are to be made.
func (p *patching) kids(s *site) {
	dotted := p.dotted(s)
	for _, kid := range s.kids { // what stands in the lines of this one comes before what is made behind them
		if !kid.Element && !p.f.headed(kid.n) {
			p.table(kid)
		}
	}
	if !s.n.implicit && s.n != p.f.root {
		p.makeTables(p.nextLine(p.lastLine(s)), nil, s.singles)
	}
	groups, lasts, order := s.grouped()
	for _, c := range s.n.children {
		switch kids := groups[c.name]; c.kind {
		case kindTable:
			for _, kid := range kids {
				if p.f.headed(kid.n) {
					p.table(kid)
				}
			}
		case kindTables:
			for _, kid := range kids {
				p.table(kid)
				p.madeBehind(kid, kid.after)
			}
			p.madeBehind(kids[len(kids)-1], lasts[c.name])
		case kindArray:
			if holdsTables(c) || lasts[c.name] != nil {
				p.rows(s, c, kids, lasts[c.name])
			}
		}
	}
	if s.n == p.f.root || s.n.implicit && !dotted {
		p.makeTables(p.endOf(s), nil, s.singles)
	}
	for _, key := range order {
		if s.n.child(key) == nil && !dotted {
			p.makeTables(p.endOf(s), nil, lasts[key])
		}
	}
}

// grouped are the tables in a table by their keys, those to be made at the ends of lists too, and these keys in their order.
func (s *site) grouped() (kids, lasts map[string][]*site, order []string) {
	kids, lasts = map[string][]*site{}, map[string][]*site{}
	for _, kid := range s.kids {
		kids[kid.key] = append(kids[kid.key], kid)
	}
	for _, x := range s.lists {
		if lasts[x.key] == nil {
			order = append(order, x.key)
		}
		lasts[x.key] = append(lasts[x.key], x.row)
	}
	return kids, lasts, order
}

func (p *patching) madeBehind(kid *site, rows []*site) {
	if len(rows) > 0 {
		p.makeTables(p.endOf(kid), kid, rows)
	}
}

// endOf is where the line begins behind a table and all that is in it. Remarks right below belong to it if nothing follows them
// but a blank line.
func (p *patching) endOf(s *site) int {
	if s.n == p.f.root {
		return p.endOfText()
	}
	end := s.n.at.end
	for _, m := range p.f.marks(s.n) {
		end = max(end, m.end)
	}
	at := p.nextLine(end)
	below := at
	for below < len(p.f.Source) && p.lineKind(below) == remarkLine {
		below = p.nextLine(below)
	}
	if p.lineKind(below) == blankLine {
		return below
	}
	return at
}

// endOfText is where the line begins behind the last one that is not blank.
func (p *patching) endOfText() int {
	at := len(p.f.Source)
	for at > 0 {
		above := p.f.lines[p.f.line(at-1)]
		if p.lineKind(above) != blankLine {
			break
		}
		at = above
	}
	return at
}
