package source

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/width"
)

// The manner of a file: where its signs of equality, its numbers and its remarks stand under one another.

// columns is how many columns a text takes: characters of Chinese take two.
func columns(s string) int {
	n := 0
	for _, r := range s {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth, width.EastAsianAmbiguous:
			n += 2
		default:
			n++
		}
	}
	return n
}

// stops is a tally of columns: how often something ends, or begins, where; and how often more than one blank is before it.
type stops struct {
	at            map[int]int
	total, padded int
}

func (c *stops) add(column, blanks int) {
	if c.at == nil {
		c.at = map[int]int{}
	}
	c.at[column]++
	c.total++
	if blanks > 1 {
		c.padded++
	}
}

// most is the column where most of them are, if somebody padded for it.
func (c *stops) most() (column int, found bool) {
	if c == nil || c.padded == 0 {
		return 0, false
	}
	return c.common()
}

// common is the column where most of them are.
func (c *stops) common() (column int, found bool) {
	if c == nil {
		return 0, false
	}
	for _, column := range slices.Sorted(maps.Keys(c.at)) {
		if 2*c.at[column] > c.total {
			return column, true
		}
	}
	return 0, false
}

// holds reports whether all but one, which ends at a column as well, mostly end there and were padded for it.
func (c *stops) holds(column, blanks int) bool {
	if c == nil {
		return false
	}
	padded := c.padded
	if blanks > 1 {
		padded--
	}
	return padded > 0 && 2*(c.at[column]-1) > c.total-1
}

// peers is where the parts of things that stand under one another stand.
type peers struct {
	ends    map[string]*stops // of numbers, by key; of those on lines of their own all are alike
	starts  map[string]*stops // of keys within braces
	remarks stops
}

func (x *peers) stops(of map[string]*stops, key string) *stops {
	if of[key] == nil {
		of[key] = &stops{}
	}
	return of[key]
}

// longest is how many bytes a line has at most that is looked at.
const longest = longLook

// peersOf looks at the rows of a list, or at the lines of a block.
func (p *patching) peersOf(of *node, marks func() []mark) *peers {
	if x := p.peers[of]; x != nil {
		return x
	}
	x := &peers{ends: map[string]*stops{}, starts: map[string]*stops{}}
	p.peers[of] = x
	if marks != nil {
		for _, m := range marks() {
			p.look(x, m.n, "", p.f.lines[p.f.line(m.start)])
			if p.f.line(m.start) == p.f.line(m.end) {
				p.lookRemark(x, m.n.at.end, false)
			}
		}
		return x
	}
	for _, c := range of.children {
		line := p.f.lines[p.f.line(c.at.start)]
		if !p.f.braces(c) || p.f.blanks(line) != c.at.start || c.at.end-line > longest || bytes.IndexByte(p.f.Source[c.at.start:c.at.end], '\n') >= 0 {
			continue
		}
		for _, v := range c.children {
			if !v.implicit {
				p.look(x, v, v.name, line)
				x.stops(x.starts, v.name).add(p.columns(line, v.from), p.blanksBefore(v.from))
			}
		}
		p.lookRemark(x, c.at.end, true)
	}
	return x
}

// look notes where a number ends.
func (p *patching) look(x *peers, n *node, key string, line int) {
	if n.kind == kindInteger || n.kind == kindFloat {
		x.stops(x.ends, key).add(p.columns(line, n.at.end), p.blanksBefore(n.at.start))
	}
}

func (p *patching) lookRemark(x *peers, end int, comma bool) {
	if s, found := p.f.commentAfter(end, comma); found && s.start-p.f.lines[p.f.line(s.start)] < longest {
		x.remarks.add(p.columns(p.f.lines[p.f.line(s.start)], s.start), p.blanksBefore(s.start))
	}
}

func (p *patching) columns(from, to int) int { return columns(string(p.f.Source[from:to])) }

func (p *patching) blanksBefore(at int) int {
	n := 0
	for n < at && p.f.Source[at-1-n] == ' ' {
		n++
	}
	return n
}

// peersBeside are what stands under one another with the values of a table, and by which key numbers are compared.
func (p *patching) peersBeside(s *site, n *node) (*peers, string) {
	switch {
	case s.Inline && s.list != nil:
		return p.peersOf(s.list, nil), n.name
	case s.Inline:
		return &peers{}, n.name
	}
	h := s.holder()
	return p.peersOf(h.n, func() []mark { return p.block(h) }), ""
}

// set changes the literal of a value, nothing else; a number that stands right-aligned with others stays so if there is room.
func (p *patching) set(s *site, n *node, v Literal) {
	old := s.valueModel(n)
	if old.same(v) {
		return
	}
	p.note(SetValue, n.at.start, s, n.name, old.shown(), v.shown())
	if old.list && old.kind == TextsValue && v.kind == TextsValue && (len(n.children) > 0 || bytes.IndexByte(p.f.Source[n.at.start:n.at.end], '\n') >= 0) {
		p.texts(s, n, v.items)
		return
	}
	text := p.literal(v, p.f.literalOf(n), !s.Inline)
	start := n.at.start
	line := p.f.lines[p.f.line(start)]
	if isNumber(old.kind) && isNumber(v.kind) && n.at.end-line <= longest {
		beside, key := p.peersBeside(s, n)
		blanks := p.blanksBefore(start)
		more := n.at.end - n.at.start - len(text)
		if beside.ends[key].holds(p.columns(line, n.at.end), blanks) && blanks+more > 0 && p.ownLine(s, line) {
			text = strings.Repeat(" ", max(more, 0)) + text
			start += min(more, 0)
		}
	}
	p.replace(start, n.at.end, text)
}

// ownLine reports whether a row begins its line.
func (p *patching) ownLine(s *site, line int) bool {
	return !s.Inline || p.f.blanks(line) == s.n.at.start && bytes.IndexByte(p.f.Source[s.n.at.start:s.n.at.end], '\n') < 0
}

// style is how the values of a table are written on their lines.
type style struct {
	indent, before, after string
	column                int  // of the signs of equality, 0 for none
	aligned               bool // nothing says that these do not stand under one another
	numbers, remarks      int  // where numbers end and remarks begin, 0 for anywhere
}

// styleOf is how the values of a table are written.
func (p *patching) styleOf(s *site) style {
	h := s.holder()
	out := p.styleOfMarks(p.lastRun(p.block(h)))
	x := p.peersOf(h.n, func() []mark { return p.block(h) })
	out.numbers, _ = x.ends[""].most()
	out.remarks = x.remarkColumn()
	return out
}

// remarkColumn is where remarks begin, 0 for anywhere.
func (x *peers) remarkColumn() int {
	column, _ := x.remarks.most()
	if len(x.remarks.at) == 1 {
		column, _ = x.remarks.common()
	}
	return column
}

func (p *patching) styleOfMarks(marks []mark) style {
	out := style{before: " ", after: " "}
	var signs stops
	for _, m := range marks {
		if m.header {
			continue
		}
		line, sign := p.f.lines[p.f.line(m.start)], p.f.blanks(m.n.key.end)
		signs.add(p.columns(line, sign), sign-m.n.key.end)
		out.indent = string(p.f.Source[line:m.start])
		out.before = strings.Repeat(" ", min(sign-m.n.key.end, 1))
		out.after = strings.Repeat(" ", min(m.n.at.start-sign-1, 1))
	}
	out.column, _ = signs.most()
	if len(signs.at) == 1 && signs.total > 1 {
		out.column, _ = signs.common()
	}
	out.aligned = signs.padded > 0 || len(signs.at) < 2
	return out
}

// lastRun is what stands on lines one after the other at the end of a block; all of it where that is one alone.
func (p *patching) lastRun(marks []mark) []mark {
	from := max(len(marks)-1, 0)
	for from > 0 && p.f.line(marks[from].start) == p.f.line(marks[from-1].end)+1 {
		from--
	}
	if len(marks)-from > 1 {
		return marks[from:]
	}
	return marks
}

// line is a key with its value on a line of its own, without the line break.
func (y style) line(key, value string, kind ValueKind, remark *string) string {
	text := y.indent + key
	before := y.before
	if y.column > 0 {
		before = strings.Repeat(" ", max(y.column-columns(text), 1))
	}
	text += before + "=" + y.after
	if isNumber(kind) && y.numbers > 0 {
		text += strings.Repeat(" ", max(y.numbers-columns(text+value), 0))
	}
	text += value
	if remark != nil {
		text += remarkBehind(text, *remark, y.remarks)
	}
	return text
}

// remarkBehind is a remark behind a text, at a column if there is room.
func remarkBehind(text, remark string, column int) string {
	if remark == "" {
		return ""
	}
	blanks := 1
	if !strings.Contains(text, "\n") {
		blanks = max(column-columns(text), 1)
	}
	return strings.Repeat(" ", blanks) + "# " + remark
}

// remark changes the comment at the end of a line, behind a place.
func (p *patching) remark(s *site, key string, at int, comma bool, text string) {
	old, found := p.f.commentAfter(at, comma)
	if was := p.f.remark(old, found); was != text {
		p.note(SetRemark, at, s, key, was, text)
	} else {
		return
	}
	line := p.f.line(at)
	start := p.f.lines[line]
	switch {
	case found && text == "":
		p.replace(old.start-p.blanksBefore(old.start), old.end, "")
	case found:
		p.replace(old.start, old.end, "# "+text)
	default:
		column := 0
		if comma {
			column = p.peersOf(s.list, nil).remarkColumn()
		} else if h := s.holder(); !s.Inline && key != "" {
			column = p.peersOf(h.n, func() []mark { return p.block(h) }).remarkColumn()
		}
		end := p.f.lineSpan(line).end
		written := remarkBehind(string(p.f.Source[max(start, at-longest):at]), text, column)
		if rest := p.f.blanks(at); rest < end { // more stands on the line, which goes on below
			p.replace(at, rest, written+p.newline+p.indentOf(s.list))
			return
		}
		p.replace(at, end, written)
	}
}
