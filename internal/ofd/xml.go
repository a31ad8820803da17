package ofd

import (
	"fmt"
	"unicode/utf8"
)

// The beginning of every file. Readers look for the prefix, so it is always the same.
const (
	xmlHead   = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
	namespace = ` xmlns:ofd="http://www.ofdspec.org/2016"`
)

// begin returns room for the entry being made, which begins so.
func (w *writer) begin(root string) []byte {
	b := append(w.xml[:0], xmlHead+"<"...)
	return append(append(b, root...), namespace...)
}

// appendText writes text or the value of an attribute. What XML cannot hold (XML 1.0, 2.2) makes the whole file fail: it would
// be missing in it.
func (w *writer) appendText(b []byte, s string) []byte {
	if !utf8.ValidString(s) {
		w.refuse(s)
	}
	from := 0
	for i := range len(s) {
		escaped := ""
		switch c := s[i]; {
		case c > '>': // most are
			continue
		case c == '&':
			escaped = "&amp;"
		case c == '<':
			escaped = "&lt;"
		case c == '>':
			escaped = "&gt;"
		case c == '"':
			escaped = "&quot;"
		case c >= ' ':
			continue
		case c == '\t':
			escaped = "&#9;"
		case c == '\n':
			escaped = "&#10;"
		case c == '\r':
			escaped = "&#13;"
		default:
			w.refuse(s)
		}
		b = append(append(b, s[from:i]...), escaped...)
		from = i + 1
	}
	return append(b, s[from:]...)
}

func (w *writer) refuse(s string) {
	if w.err == nil {
		w.err = fmt.Errorf("%q has characters that XML cannot hold", s)
	}
}

// appendElement writes an element of the standard that holds text alone, nothing for none.
func (w *writer) appendElement(b []byte, name, text string) []byte {
	if text == "" {
		return b
	}
	b = append(append(append(b, "<ofd:"...), name...), '>')
	b = w.appendText(b, text)
	return append(append(append(b, "</ofd:"...), name...), '>')
}

// appendAttribute writes an attribute, nothing for an empty one.
func (w *writer) appendAttribute(b []byte, name, value string) []byte {
	if value == "" {
		return b
	}
	b = append(append(append(b, ' '), name...), `="`...)
	return append(w.appendText(b, value), '"')
}
