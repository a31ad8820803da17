package source

import "strings"

// Lists in brackets: rows of an inline array, texts of a list.

// slot is an element of a list and what stands around it.
type slot struct {
	span
	comma int // behind it, -1 for none
	tail  int // the end of its line, where nothing follows on it but a comma and a remark; else -1
	own   bool
	late  bool // the comma stands on a later line
}

func (p *patching) slot(n *node) slot {
	s := slot{span: n.at, comma: -1, tail: -1}
	s.own = p.f.blanks(p.f.lines[p.f.line(n.at.start)]) == n.at.start
	src := p.f.Source
	if i := p.f.skipBlank(n.at.end); i < len(src) && src[i] == ',' {
		s.comma = i
	}
	i := p.f.blanks(n.at.end)
	if i == s.comma {
		i = p.f.blanks(i + 1)
	} else {
		s.late = s.comma >= 0
	}
	if end := p.f.lineSpan(p.f.line(n.at.end)).end; i == end || src[i] == '#' {
		s.tail = end
	}
	return s
}

// listEdit is what is to be done to a list.
type listEdit struct {
	n       *node
	inline  bool // within braces
	gone    []bool
	remarks []func(at int)                               // of elements that stay: writes the remark
	pending []*string                                    // the remark itself
	added   []int                                        // behind each element, how many are to be made
	text    func(made, column int) (text, remark string) // one of them, in a line of its own that begins at a column; -1 for no such line
}

// list makes the splices of a list. The last element has a comma behind it if the last one had.
func (p *patching) list(e *listEdit) {
	n := len(e.n.children)
	if n == 0 {
		p.fill(e)
		return
	}
	last := n - 1
	for last >= 0 && e.gone[last] && e.added[last] == 0 {
		last--
	}
	trailing := p.slot(e.n.children[n-1]).comma >= 0
	made := 0
	for i, c := range e.n.children {
		p.element(e, i, made, p.slot(c), i < last || trailing)
		made += e.added[i]
	}
}

// element changes one element of a list. made is the number of the first that is to be made behind it; more tells that something
// follows, so that there must be a comma.
func (p *patching) element(e *listEdit, i, made int, s slot, more bool) {
	added := e.added[i]
	below := s.tail >= 0 && !(s.late && e.gone[i])
	switch {
	case e.gone[i] && (added == 0 || below):
		p.cutElement(s, i == len(e.n.children)-1)
	case added > 0 && !below:
		p.beside(e, i, made, s, more)
		return
	default:
		p.comma(s, more || added > 0)
		if e.remarks[i] != nil {
			at := s.end
			if s.comma >= 0 && !s.late {
				at = s.comma + 1
			}
			e.remarks[i](at)
		}
	}
	if added > 0 {
		p.below(e, made, added, s, more)
	}
}

// comma sees to it that a comma stands behind an element, or none.
func (p *patching) comma(s slot, want bool) {
	switch {
	case want && s.comma < 0:
		p.replace(s.end, s.end, ",")
	case !want && s.comma >= 0:
		p.replace(s.comma, s.comma+1, "")
	}
}

// below makes elements on lines of their own below that of another.
func (p *patching) below(e *listEdit, made, added int, s slot, more bool) {
	indent := p.indentOf(e.n)
	var b strings.Builder
	for k := range added {
		text, remark := e.text(made+k, columns(indent))
		b.WriteString(indent)
		switch {
		case s.late:
			b.WriteString(", " + text)
		case more || k < added-1:
			b.WriteString(text + ",")
		default:
			b.WriteString(text)
		}
		b.WriteString(remark + p.newline)
	}
	p.insertLines(p.nextLine(s.end), b.String())
}

// beside makes elements on the line of another, or in its place.
func (p *patching) beside(e *listEdit, i, made int, s slot, more bool) {
	var b strings.Builder
	lineBreak := p.newline + p.indentOf(e.n)
	at := s.start
	if !e.gone[i] {
		b.WriteString(", ")
		if x := e.pending[i]; x != nil && *x != "" {
			b.WriteString("# " + *x + lineBreak)
		}
		at = s.end
	} else if c, found := p.f.commentAfter(s.end, true); found {
		p.replace(c.start-p.blanksBefore(c.start), c.end, "")
	}
	for k := range e.added[i] {
		text, remark := e.text(made+k, -1)
		if k > 0 {
			b.WriteString(", ")
		}
		b.WriteString(text)
		if remark != "" {
			b.WriteString(remark + lineBreak)
		}
	}
	if more && s.comma < 0 {
		b.WriteString(",")
	}
	p.replace(at, s.end, b.String())
	if !more && s.comma >= 0 {
		p.replace(s.comma, s.comma+1, "")
	}
}

// cutElement takes an element away, with its comma, its line and the remark on it.
func (p *patching) cutElement(s slot, last bool) {
	src := p.f.Source
	line := p.f.lines[p.f.line(s.start)]
	if s.late {
		p.replace(s.comma, s.comma+1, "")
	}
	if s.own && s.tail >= 0 {
		p.replace(line, p.nextLine(s.end), "")
		return
	}
	start, end := s.start, s.end
	if s.comma >= 0 && !s.late {
		end = s.comma + 1
	}
	switch {
	case s.tail >= 0 || last:
		if s.tail >= 0 && p.f.blanks(end) < s.tail {
			end = s.tail
		}
		for start > line && (src[start-1] == ' ' || src[start-1] == '\t') {
			start--
		}
	default:
		end = p.f.blanks(end)
	}
	p.replace(start, end, "")
}

// fill makes the first elements of a list that has none.
func (p *patching) fill(e *listEdit) {
	inside := string(p.f.Source[e.n.at.start+1 : e.n.at.end-1])
	n := 0
	for _, k := range e.added {
		n += k
	}
	if n == 0 {
		return
	}
	own := p.lineIndent(e.n.at.end - 1)
	indent := own + "  "
	var b strings.Builder
	for k := range n {
		text, remark := e.text(k, -1)
		switch {
		case !e.inline || strings.Contains(inside, "\n"):
			b.WriteString(indent + text + "," + remark + p.newline)
		case remark != "":
			b.WriteString(text + "," + remark + p.newline)
		case k < n-1:
			b.WriteString(text + ", ")
		default:
			b.WriteString(text)
		}
	}
	switch {
	case strings.Contains(inside, "\n"):
		p.insertLines(p.f.lines[p.f.line(e.n.at.end-1)], b.String())
	case e.inline:
		p.replace(e.n.at.start+1, e.n.at.end-1, b.String())
	default:
		p.replace(e.n.at.start+1, e.n.at.end-1, p.newline+b.String()+own)
	}
}

// indentOf is what stands before the elements of a list that begin a line.
func (p *patching) indentOf(list *node) string {
	for _, c := range list.children {
		if line := p.f.lines[p.f.line(c.at.start)]; p.f.blanks(line) == c.at.start {
			return string(p.f.Source[line:c.at.start])
		}
	}
	line := p.f.lines[p.f.line(list.at.start)]
	return strings.Repeat(" ", columns(string(p.f.Source[line:p.f.skipBlank(list.at.start+1)])))
}

// lineIndent is the blanks that the line of a place begins with.
func (p *patching) lineIndent(at int) string {
	line := p.f.lines[p.f.line(at)]
	return string(p.f.Source[line:p.f.blanks(line)])
}

// rows makes the splices of a list of tables in brackets; lists may be in it.
func (p *patching) rows(s *site, list *node, kids []*site, last []*site) {
	at := make(map[*node]*site, len(kids))
	for _, kid := range kids {
		at[kid.n] = kid
	}
	p.rowsAt(s, list, at, last)
}

func (p *patching) rowsAt(s *site, list *node, at map[*node]*site, last []*site) {
	for _, c := range list.children {
		if c.kind == kindArray && holdsTables(c) {
			p.rowsAt(s, c, at, nil)
		}
	}
	r := &rowsEdit{listEdit: newListEdit(list, s.Inline)}
	touched := false
	var near *site
	for i, c := range list.children {
		kid := at[c]
		if kid == nil {
			continue
		}
		near = kid
		if r.gone[i] = kid.gone; kid.gone {
			p.note(DropEntry, c.at.start, kid, "", p.rowText(kid), "")
		} else {
			p.braces(kid)
			if x := kid.remark; x != nil {
				r.pending[i] = x
				r.remarks[i] = func(at int) { p.remark(kid, "", at, true, *x) }
			}
		}
		r.add(i, kid, kid.after)
		touched = touched || kid.gone || kid.remark != nil
	}
	r.add(max(len(list.children)-1, 0), near, last)
	if len(r.made) == 0 && !touched {
		return
	}
	r.text = func(k, column int) (string, string) {
		text, remark := p.madeRow(r.made[k], r.nears[k], list, column)
		p.note(AddEntry, r.ends[k], r.made[k], "", "", text+remark)
		return text, remark
	}
	p.list(&r.listEdit)
}

func newListEdit(n *node, inline bool) listEdit {
	k := len(n.children)
	return listEdit{n: n, inline: inline, gone: make([]bool, k), remarks: make([]func(int), k), pending: make([]*string, k), added: make([]int, max(k, 1))}
}

// rowsEdit is what is to be done to a list of tables.
type rowsEdit struct {
	listEdit
	made, nears []*site // what is to be made, and beside what
	ends        []int   // where each of them is to be made behind
}

// add notes rows that are to be made behind an element.
func (r *rowsEdit) add(i int, near *site, rows []*site) {
	end := r.n.at.start
	if i < len(r.n.children) {
		end = r.n.children[i].at.end
	}
	for _, row := range chain(rows) {
		r.made, r.nears, r.ends = append(r.made, row), append(r.nears, near), append(r.ends, end)
		r.added[i]++
	}
}

// rowText is a row with its remark.
func (p *patching) rowText(s *site) string {
	text := string(p.f.Source[s.n.at.start:s.n.at.end])
	if r := s.Remark(); r != "" {
		text += " # " + r
	}
	return text
}

// chain lists entries to be made, each with those behind it.
func chain(rows []*site) []*site {
	var out []*site
	for _, s := range rows {
		if !s.gone {
			out = append(out, s)
		}
		out = append(out, chain(s.after)...)
	}
	return out
}

// texts changes a list of texts into another: what is at both ends of both stays, what is between is replaced one by one.
func (p *patching) texts(s *site, n *node, items []string) {
	old := n.children
	head := 0
	for head < min(len(old), len(items)) && p.f.textOf(old[head]) == items[head] {
		head++
	}
	tail := 0
	for tail < min(len(old), len(items))-head && p.f.textOf(old[len(old)-1-tail]) == items[len(items)-1-tail] {
		tail++
	}
	from, to := head, len(old)-tail
	edit := newListEdit(n, s.Inline)
	e := &edit
	wanted := items[head : len(items)-tail]
	form := ""
	if len(old) > 0 {
		form = p.f.literalOf(old[0])
	}
	for ; from < to && len(wanted) > 0; from, wanted = from+1, wanted[1:] {
		if p.f.textOf(old[from]) != wanted[0] {
			form = p.f.literalOf(old[from])
			p.replace(old[from].at.start, old[from].at.end, p.spell(wanted[0], form, !s.Inline))
		}
	}
	for i := from; i < to; i++ {
		e.gone[i] = true
	}
	behind := max(from-1, 0)
	if len(wanted) > 0 && from == 0 && len(old) > 0 {
		p.before(s, n, wanted, form) // nothing stays before them
		return
	}
	e.added[behind] = len(wanted)
	e.text = func(k, _ int) (string, string) { return p.spell(wanted[k], form, !s.Inline), "" }
	p.list(e)
}

// before puts texts before the first of a list.
func (p *patching) before(s *site, n *node, items []string, form string) {
	first := p.slot(n.children[0])
	gap := " "
	if first.own {
		gap = p.newline + p.indentOf(n)
	}
	var b strings.Builder
	for _, item := range items {
		b.WriteString(p.spell(item, form, !s.Inline) + "," + gap)
	}
	p.replace(first.start, first.start, b.String())
}
