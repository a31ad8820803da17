package compose

import (
	"strconv"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/source"
)

// The author's words pass through text/template as plain strings, so their places would be lost. They are wrapped in
// two control characters with the number of their origin, and unwrapped when the template has run. The loader refuses
// control characters in the author's text, so the marks cannot be forged.
const (
	markOpen  = '\x0e' // SO number SI text SO SI
	markClose = '\x0f'
	maxMark   = 24 // bytes of the opening mark
)

// origins remembers which author's string each mark stands for.
type origins struct {
	strings []source.String
	printed []bool // those that came out of a template
	index   map[originKey]int
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
	return string(markOpen) + strconv.Itoa(i) + string(markClose) + s.V + string(markOpen) + string(markClose)
}

func keyOf(s source.String) originKey { return originKey{s.At.File, s.At.Start, len(s.V)} }

// saw reports whether a string has come out of a template, or steered one.
func (o *origins) saw(s source.String) bool {
	i, ok := o.index[keyOf(s)]
	return ok && o.printed[i]
}

// split cuts a template's output into texts, each of one origin. Text that spans several lines of a file is cut at
// its line feeds, so that each piece points to its own line.
func (o *origins) split(s string) []doc.Text {
	var out []doc.Text
	plain := func(s string) {
		if s = strings.ReplaceAll(s, string(markClose), ""); s != "" { // a template may cut a mark in two
			out = append(out, doc.Text{String: s})
		}
	}
	for s != "" {
		i := strings.IndexByte(s, markOpen)
		if i < 0 {
			plain(s)
			break
		}
		plain(s[:i])
		number, _, closed := strings.Cut(s[i+1:min(len(s), i+maxMark)], string(markClose))
		n, err := strconv.Atoi(number)
		if err != nil || !closed || n < 0 || n >= len(o.strings) { // or make one
			s = s[i+1:]
			continue
		}
		o.printed[n] = true
		text, tail, _ := strings.Cut(s[i+1+len(number)+1:], string([]byte{markOpen, markClose}))
		out = append(out, o.lines(o.strings[n], text)...)
		s = tail
	}
	return out
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

// plain is unmark for templates: what they compare steers what is printed.
func (o *origins) plain(s string) string {
	o.split(s)
	return unmark(s)
}

// unmark strips marks from a template value, for comparisons within templates.
func unmark(s string) string {
	var sb strings.Builder
	for s != "" {
		i := strings.IndexByte(s, markOpen)
		if i < 0 {
			sb.WriteString(s)
			break
		}
		sb.WriteString(s[:i])
		_, s, _ = strings.Cut(s[i:], string(markClose))
	}
	return sb.String()
}

// paragraphs joins texts and cuts them into paragraphs at line feeds; empty paragraphs are dropped.
func paragraphs(texts []doc.Text) [][]doc.Text {
	var out [][]doc.Text
	var cur []doc.Text
	flush := func() {
		cur = trim(cur)
		if len(cur) > 0 {
			out = append(out, cur)
		}
		cur = nil
	}
	for _, t := range texts {
		s := t.String
		for {
			line, rest, more := strings.Cut(s, "\n")
			if line != "" {
				cur = append(cur, doc.Text{String: line, Origin: t.Origin})
			}
			if !more {
				break
			}
			flush()
			s = rest
		}
	}
	flush()
	return out
}

// blanks are dropped at both ends of a paragraph, also full-width ones: they are habits of typing, indents are set by
// style.
const blanks = " \t\r\u3000"

func trim(p []doc.Text) []doc.Text {
	for len(p) > 0 {
		p[0].String = strings.TrimLeft(p[0].String, blanks)
		if p[0].String != "" {
			break
		}
		p = p[1:]
	}
	for len(p) > 0 {
		n := len(p) - 1
		p[n].String = strings.TrimRight(p[n].String, blanks)
		if p[n].String != "" {
			break
		}
		p = p[:n]
	}
	return p
}
