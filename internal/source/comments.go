package source

import (
	"bytes"
	"strings"

	"yusuan/internal/diag"
)

// Stretch is a comment or the inside of a text within File.Source.
type Stretch struct {
	Comment    bool
	Start, End int // with the #, or without the quotation marks
}

// Stretches lists the comments and texts of the file in their order, as the parsers take them.
func (f *File) Stretches() []Stretch {
	var out []Stretch
	for i := 0; i < len(f.text); {
		switch f.text[i] {
		case '#':
			end := len(f.text)
			if n := bytes.IndexByte(f.text[i:], '\n'); n >= 0 {
				end = i + n
			}
			if end > i && f.text[end-1] == '\r' {
				end--
			}
			out = append(out, Stretch{true, i, end})
			i = end
		case '"', '\'':
			inside, end := f.quoted(i)
			out = append(out, Stretch{false, inside.start, inside.end})
			i = end
		default:
			i++
		}
	}
	return out
}

// quoted is the inside of the text whose quotation mark stands at i, and where what follows begins.
func (f *File) quoted(i int) (inside span, next int) {
	quote := f.text[i]
	triple := strings.Repeat(string(quote), 3)
	long := bytes.HasPrefix(f.text[i:], []byte(triple))
	marks := 1
	if long {
		marks = 3
	}
	at := i + marks
	for at < len(f.text) {
		switch c := f.text[at]; {
		case c == '\\' && quote == '"':
			at++
		case c == '\n' && !long:
			return span{i + marks, at}, at // a slip; it has been told
		case long && bytes.HasPrefix(f.text[at:], []byte(triple)):
			end := at + marks
			for end < len(f.text) && f.text[end] == quote && end < at+marks+2 { // up to two belong to the text
				end++
			}
			return span{i + marks, end - marks}, end
		case !long && c == quote:
			return span{i + marks, at}, at + marks
		}
		at++
	}
	return span{i + marks, len(f.text)}, len(f.text)
}

// RangeOf is where a stretch of File.Source stands.
func (f *File) RangeOf(start, end int) diag.Range { return f.rng(span{start, end}) }

// StripComments returns a file without its comments and the blanks before them. Line breaks stay, so that every place does;
// a file without comments stays byte for byte as it is, and so does one that has been stripped.
func StripComments(path string, raw []byte) []byte {
	f, _ := Parse(path, raw)
	var out []byte
	at, comments := 0, false
	for _, s := range f.Stretches() {
		if !s.Comment {
			continue
		}
		out = append(out, bytes.TrimRight(f.Source[at:s.Start], " \t")...)
		at, comments = s.End, true
	}
	if !comments {
		return raw
	}
	return append(out, f.Source[at:]...)
}
