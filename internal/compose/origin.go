package compose

import (
	"strconv"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/pack"
	"yusuan/internal/source"
)

// The author's words pass through text/template as plain strings, so their places would be lost; and so do the numbers that
// words print, of which nobody could tell any more what they are. Both are wrapped in two control characters with the number
// of what they stand for (pack.Marked: a number alone for the author's words, one behind numberMark for what a word printed),
// and unwrapped when the template has run.
const (
	markOpen   = pack.MarkOpen
	markClose  = pack.MarkClose
	numberMark = '#'
	maxMark    = 24 // bytes of the opening mark
)

// origins remembers which author's string each mark stands for.
type origins struct {
	strings []source.String
	printed []bool // those that came out of a template
	index   map[originKey]int
	numbers numbers
}

// originKey tells strings apart: from one place there may be several, the text as it is and without its final mark.
type originKey struct {
	file   string
	start  diag.Pos
	length int
}

// mark wraps s. An empty string stays empty, so that templates can ask whether there is text.
func (o *origins) mark(s source.String) string {
	if s.V == "" || s.At.IsZero() {
		return s.V
	}
	key := keyOf(s)
	i, ok := o.index[key]
	if !ok {
		if o.index == nil {
			o.index = map[originKey]int{}
		}
		i = len(o.strings)
		o.index[key] = i
		o.strings, o.printed = append(o.strings, s), append(o.printed, false)
	}
	return pack.Marked(strconv.Itoa(i), s.V)
}

func keyOf(s source.String) originKey { return originKey{s.At.File, s.At.Start, len(s.V)} }

// saw reports whether a string has come out of a template, or steered one.
func (o *origins) saw(s source.String) bool {
	i, ok := o.index[keyOf(s)]
	return ok && o.printed[i]
}

// split cuts a template's output into texts, each of one origin; numbers do not part the words of the pack that they stand
// among. Text that spans several lines of a file is cut at its line feeds, so that each piece points to its own line.
func (o *origins) split(s string) []doc.Text {
	var out []doc.Text
	p := &o.numbers.piece
	p.of = &o.numbers
	for s != "" {
		i := strings.IndexByte(s, markOpen)
		if i < 0 {
			p.add(s)
			break
		}
		p.add(s[:i])
		what, _, closed := strings.Cut(s[i+1:min(len(s), i+maxMark)], string(markClose))
		if !closed || what == "" { // a template may cut a mark in two, or make one
			s = s[i+1:]
			continue
		}
		rest := s[i+1+len(what)+1:]
		if what[0] == numberMark || what[0] == pack.MarkCount {
			if len(out) > 0 && p.len() == 0 && joins(out[len(out)-1].String) {
				p.add(" ")
			}
			s = p.number(what, rest)
			continue
		}
		n, ok := o.number(what)
		if !ok {
			s = s[i+1:]
			continue
		}
		o.printed[n] = true
		text, tail, _ := strings.Cut(rest, pack.MarkEnd)
		out = append(p.end(out), o.lines(o.strings[n], text)...)
		s = tail
	}
	return p.end(out)
}

// number reads which of the author's texts a mark stands for.
func (o *origins) number(what string) (n int, ok bool) {
	for i := range len(what) {
		c := what[i]
		if c < '0' || c > '9' || n > len(o.strings) {
			return 0, false
		}
		n = 10*n + int(c-'0')
	}
	return n, what != "" && n < len(o.strings)
}

// next is where in a template's output the author's next words begin, -1 for nowhere.
func (o *origins) next(s string) int {
	for at := 0; ; at++ {
		i := strings.IndexByte(s[at:], markOpen)
		if i < 0 {
			return -1
		}
		at += i
		if what, _, ok := strings.Cut(s[at+1:min(len(s), at+maxMark)], string(markClose)); ok {
			if _, ok := o.number(what); ok {
				return at
			}
		}
	}
}

// lines cuts text, which stems from src, after each line feed.
func (o *origins) lines(src source.String, text string) []doc.Text {
	base := strings.Index(src.V, text)
	if base < 0 || !strings.Contains(text, "\n") {
		return []doc.Text{{String: text, Origin: src.At}}
	}
	var out []doc.Text
	for at := 0; at < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			end = at + i + 1
		}
		out = append(out, doc.Text{String: text[at:end], Origin: src.Line(base + at)})
		at = end
	}
	return out
}

// ownParagraphs are the lines of a text with their places; those of blanks alone are left out.
func ownParagraphs(s source.String) []doc.Text {
	n := strings.Count(s.V, "\n") + 1
	out := make([]doc.Text, 0, n)
	at := 0
	for line := range strings.SplitSeq(s.V, "\n") {
		if words := strings.Trim(line, blanks); words != "" {
			origin := s.At
			if n > 1 {
				origin = s.Line(at)
			}
			out = append(out, doc.Text{String: words, Origin: origin})
		}
		at += len(line) + 1
	}
	return out
}

// plain is a text without its marks for templates: what they compare steers what is printed.
func (o *origins) plain(s string) string {
	for rest := s; ; {
		i := strings.IndexByte(rest, markOpen)
		if i < 0 {
			return pack.Unmark(s)
		}
		what, _, _ := strings.Cut(rest[i+1:min(len(rest), i+maxMark)], string(markClose))
		if n, ok := o.number(what); ok {
			o.printed[n] = true
		}
		rest = rest[i+1:]
	}
}

// paragraphs joins texts and cuts them into paragraphs at line feeds; empty paragraphs are dropped.
func (o *origins) paragraphs(texts []doc.Text) [][]doc.Text {
	var out [][]doc.Text
	var cur []doc.Text
	flush := func() {
		cur = o.trim(cur)
		if len(cur) > 0 {
			out = append(out, cur)
		}
		cur = nil
	}
	for _, t := range texts {
		marks := doc.MarksOf(o.numbers.marks, t.Marks)
		for at := 0; ; {
			n := strings.IndexByte(t.String[at:], '\n')
			end := at + n
			if n < 0 {
				end = len(t.String)
			}
			if end > at {
				line := doc.Text{String: t.String[at:end], Origin: t.Origin}
				line.Marks, marks = o.numbers.within(marks, at, end)
				cur = append(cur, line)
			}
			if n < 0 {
				break
			}
			flush()
			at = end + 1
		}
	}
	flush()
	return out
}

// blanks are dropped at both ends of a paragraph, also full-width ones: they are habits of typing, indents are set by
// style.
const blanks = " \t\r\u3000"

func (o *origins) trim(p []doc.Text) []doc.Text {
	for len(p) > 0 {
		n := len(p[0].String) - len(strings.TrimLeft(p[0].String, blanks))
		if n < len(p[0].String) {
			p[0] = o.numbers.cut(p[0], n, len(p[0].String))
			break
		}
		p = p[1:]
	}
	for len(p) > 0 {
		last := len(p) - 1
		n := len(strings.TrimRight(p[last].String, blanks))
		if n > 0 {
			p[last] = o.numbers.cut(p[last], 0, n)
			break
		}
		p = p[:last]
	}
	return p
}
