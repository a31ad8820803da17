package stated

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"yusuan/internal/character"
	"yusuan/internal/diag"
	"yusuan/internal/read/paper"
	"yusuan/internal/source"
)

// page is a file that is being typed.
type page struct {
	t    *Typed
	name string
	b    strings.Builder
}

func (x *typist) page(name string) *page { return &page{t: x.t, name: name} }

// done hands the file over.
func (p *page) done() {
	p.t.Files = append(p.t.Files, File{p.name, []byte(p.b.String())})
}

// line writes a line of ours.
func (p *page) line(format string, args ...any) {
	fmt.Fprintf(&p.b, format, args...)
	p.b.WriteByte('\n')
}

// remark writes a comment, doubtful or not. What it says may come of the document.
func (p *page) remark(doubtful bool, text string) {
	mark := ""
	if doubtful {
		mark = source.Review
	}
	for l := range strings.SplitSeq(strings.ReplaceAll(strings.TrimRight(mended(text), "\n"), source.Review, "（请核对）"), "\n") {
		p.line("%s", strings.TrimRight("# "+mark+l, " "))
		mark = ""
	}
}

// note tells of a stretch from a place to here what it is on paper.
func (p *page) note(from int, o origin) { p.t.stands.Add(p.name, from, p.b.Len(), o) }

// piece is a stretch of a value that stands in one place.
type piece struct {
	text   string
	at     paper.Place
	known  bool // at is where it stands
	linear bool
	// What it is on paper, for those who ask for it alone; nil where it is nothing by itself.
	origin *origin
}

// mended is a text without what no file should hold and what looks like something else than it is.
func mended(s string) string {
	return character.Mended(strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n"))
}

// inLine is a text that may stand on one line alone.
func inLine(s string) string {
	return strings.TrimFunc(strings.ReplaceAll(mended(s), "\n", ""), func(r rune) bool { return r == ' ' || r == '\u3000' })
}

// value writes the pieces one after another as the value of a key, the names of keys filled up to width.
func (p *page) value(key string, width int, pieces []piece, lines bool) (from int) {
	from = p.b.Len()
	p.b.WriteString(key + strings.Repeat(" ", max(width-len(key), 0)) + " = ")
	var all strings.Builder
	for _, x := range pieces {
		all.WriteString(x.text)
	}
	quote := quoteFor(all.String(), lines)
	p.b.WriteString(quote)
	if lines {
		p.b.WriteByte('\n')
	}
	for _, x := range pieces {
		p.piece(x, quote)
	}
	p.b.WriteString(quote + "\n")
	return from
}

// quoteFor are the marks that a text goes between.
func quoteFor(s string, lines bool) string {
	switch {
	case !lines:
		return `"`
	case strings.Contains(s, "'''") || strings.HasSuffix(s, "'") || strings.ContainsFunc(s, func(r rune) bool { return r != '\n' && r != '\t' && source.IsControl(r) }):
		return `"""`
	}
	return "'''"
}

func (p *page) piece(x piece, quote string) {
	from := p.b.Len()
	if quote == "'''" {
		p.b.WriteString(x.text)
	} else {
		p.b.WriteString(escaped(x.text))
	}
	end := p.b.Len()
	if x.known && end > from {
		p.t.spots[p.name] = append(p.t.spots[p.name], spot{start: from, end: end, at: x.at, text: x.text, linear: x.linear && end-from == len(x.text)})
	}
	if x.origin != nil {
		p.t.stands.Add(p.name, from, end, *x.origin)
	}
}

// escaped is a text between double quotation marks, of one line or of several.
func escaped(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\\' || r == '"':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteByte('\n')
		case r == '\t':
			b.WriteString(`\t`)
		case source.IsControl(r):
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// text is the value of a key that is of one line and in one place.
func (p *page) text(key string, width int, s string, o origin) {
	s = inLine(s)
	from := p.value(key, width, []piece{{text: s}}, false)
	o.whole = true
	p.note(from, o)
}

// pieces cuts a paragraph into its pieces. What no spot knows is of the paragraph's first place.
func pieces(x *paper.Paragraph) (out []piece) {
	at := 0
	add := func(end int, where paper.Place, known bool) {
		if end > at {
			raw := x.Text[at:end]
			text := strings.ReplaceAll(mended(raw), "\n", " ")
			out = append(out, piece{text: text, at: where, known: known, linear: utf8.RuneCountInString(raw) == utf8.RuneCountInString(text)})
			at = end
		}
	}
	for _, s := range x.Spots {
		start, end := edge(x.Text, s.Start), edge(x.Text, s.End)
		if start > at && len(out) > 0 { // blanks between two
			out[len(out)-1].linear = false
		}
		add(start, paper.Place{}, false)
		add(end, s.At, true)
	}
	add(len(x.Text), paper.Place{}, false)
	return out
}

// edge is an offset that is none within a character, and within the text.
func edge(s string, at int) int {
	at = min(max(at, 0), len(s))
	for at > 0 && at < len(s) && !utf8.RuneStart(s[at]) {
		at--
	}
	return at
}

// places are where a paragraph stands.
func places(x *paper.Paragraph) (out []paper.Place) {
	for _, s := range x.Spots {
		out = append(out, s.At)
	}
	return out
}

// where says in words where something begins: 第5页, 工作表“收入”C12.
func where(at ...paper.Place) string {
	for _, p := range at {
		switch {
		case p.Page > 0:
			return fmt.Sprintf("第%d页", p.Page)
		case p.Sheet != "":
			return "工作表" + diag.Quote(p.Sheet) + p.Cell
		}
	}
	return ""
}
