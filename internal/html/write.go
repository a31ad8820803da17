package html

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/style"
	"yusuan/internal/typeset/unit"
)

// writer writes one edition.
type writer struct {
	source *Source
	out    []byte
	bare   bool // the article: no styles, classes, names
	ids    map[string]bool
	anchor map[*doc.Heading]string // the ids of headings, or of the tables they are titles of
	boxed  map[*doc.Heading]bool   // which are that
	stack  []level                 // of the headings that are open
	part   string                  // the id of the part at hand
	titled bool                    // the title of the document is written
	wide   bool                    // the page at hand lies across
	sheet  *style.Sheet            // for charts, made with the first
}

func newWriter(s *Source) *writer {
	return &writer{source: s, out: make([]byte, 0, 1<<18), ids: map[string]bool{"main": true}, anchor: map[*doc.Heading]string{}, boxed: map[*doc.Heading]bool{}}
}

func (w *writer) raw(s string) { w.out = append(w.out, s...) }

func (w *writer) number(n int) { w.out = strconv.AppendInt(w.out, int64(n), 10) }

// text writes words. A line feed in them is a line break.
func (w *writer) text(s string) {
	for {
		line, rest, more := strings.Cut(s, "\n")
		w.out = Escape(w.out, line)
		if !more {
			return
		}
		w.raw("<br>")
		s = rest
	}
}

// attr writes an attribute.
func (w *writer) attr(name, value string) {
	w.raw(" " + name + `="`)
	w.out = Escape(w.out, value)
	w.raw(`"`)
}

// count writes an attribute that is a number, where it is not 1.
func (w *writer) count(name string, n int) {
	if n > 1 {
		w.raw(" " + name + `="`)
		w.number(n)
		w.raw(`"`)
	}
}

// points writes a length in points.
func (w *writer) points(l unit.Length) {
	if l < 0 {
		w.raw("-")
		l = -l
	}
	l = (l + 5) / 10 // to hundredths
	w.number(int(l / 100))
	if l %= 100; l > 0 {
		w.raw(".")
		w.raw(string('0' + rune(l/10)))
		if l %= 10; l > 0 {
			w.raw(string('0' + rune(l)))
		}
	}
}

// id writes the id of an element, which the article does not have.
func (w *writer) id(id string) {
	if id != "" && !w.bare {
		w.attr("id", id)
	}
}

// Escape appends a text so that it is nothing but a text: in an element and between double quotation marks. What steers the
// order of characters, parts lines or is not seen is written by its number, so that the file shows what it says; what no page
// may hold becomes the character for that.
func Escape(out []byte, s string) []byte {
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf && plain[c] {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if n > 1 && !steers(r) {
			i += n
			continue
		}
		out = append(out, s[from:i]...)
		switch {
		case r == '&':
			out = append(out, "&amp;"...)
		case r == '<':
			out = append(out, "&lt;"...)
		case r == '>':
			out = append(out, "&gt;"...)
		case r == '"':
			out = append(out, "&#34;"...)
		case r == '\'':
			out = append(out, "&#39;"...)
		case r == '\r' || r == '\v' || r == '\f':
			out = append(out, ' ')
		case n == 1 && r != '\n' && r != '\t', r >= 0x80 && r < 0xA0: // controls, and bytes that are no character
			out = append(out, "\uFFFD"...)
		default:
			out = append(out, "&#"...)
			out = strconv.AppendInt(out, int64(r), 10)
			out = append(out, ';')
		}
		i += n
		from = i
	}
	return append(out, s[from:]...)
}

// plain are the characters of ASCII that are written as they are.
var plain = func() (p [utf8.RuneSelf]bool) {
	for c := byte(0x20); c < 0x7F; c++ {
		p[c] = !strings.ContainsRune(`&<>"'`, rune(c))
	}
	return p
}()

// steers reports whether a character beyond ASCII is not seen, or decides where others are.
func steers(r rune) bool {
	return r < 0xA0 || r == 0xAD || r == 0x61C || r >= 0x2000 && (r == '\u2028' || r == '\u2029' || unicode.Is(unicode.Cf, r) || r == utf8.RuneError || r&0xFFFE == 0xFFFE || r >= 0xFDD0 && r <= 0xFDEF)
}
