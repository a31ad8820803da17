package grid

import (
	"bytes"
	"strings"
)

// separator is what divides the columns of a text: tabs where at least every second line has one, else commas; 0 where there
// are none. Amounts have commas within, so tabs go first.
func separator(text []byte) byte {
	lines, tabs, commas := 0, 0, 0
	for line := range bytes.Lines(text) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		lines++
		if bytes.IndexByte(line, '\t') >= 0 {
			tabs++
		}
		if bytes.IndexByte(line, ',') >= 0 {
			commas++
		}
	}
	switch {
	case tabs > 0 && (2*tabs >= lines || commas == 0):
		return '\t'
	case commas > 0:
		return ','
	}
	return 0
}

// readText reads text whose columns a separator divides. Cells stay texts: what is a number, who reads them decides. The
// sheet has no name.
func readText(text []byte, sep byte) (*Book, error) {
	var b builder
	b.book.Format = map[byte]Format{'\t': Tabs, ',': CSV}[sep]
	if err := b.begin("", false); err != nil {
		return nil, err
	}
	f := fields{text: strings.TrimSuffix(string(text), "\x1A"), sep: sep}
	for row, column := 1, 1; ; column++ {
		field, last, ok := f.next()
		if !ok {
			break
		}
		if err := b.put(row, false, Cell{Column: column, Kind: Text, Text: field}); err != nil {
			return nil, err
		}
		if last {
			row, column = row+1, 0
		}
	}
	if err := b.end(); err != nil {
		return nil, err
	}
	return &b.book, nil
}

// fields cuts text into fields. A field that begins with a quotation mark ends at the next single one, where a separator or the
// end of the line follows. Where there is none within the length that a cell may have, the mark is a mark and no more, and all
// later ones are: whoever wrote that did not quote.
type fields struct {
	text    string
	sep     byte
	literal bool
}

// longestQuoted is a cell of Excel in UTF-8.
const longestQuoted = 3 * 32_767

// next is the next field, and whether it is the last of its line; not ok at the end of the text.
func (f *fields) next() (field string, last, ok bool) {
	if f.text == "" {
		return "", false, false
	}
	if !f.literal && (f.text[0] == '"' || strings.HasPrefix(f.text, `="`)) {
		_, open, _ := strings.Cut(f.text, `"`)
		if quoted, rest, ends := f.quoted(open); ends {
			f.text = rest
			return unquoted(quoted), f.skip(), true
		}
		f.literal = true
	}
	end := strings.IndexAny(f.text, string(rune(f.sep))+"\r\n")
	if end < 0 {
		end = len(f.text)
	}
	field, f.text = f.text[:end], f.text[end:]
	return unquoted(field), f.skip(), true
}

// unquoted is the text of ="0123", which programs write lest a code become a number.
func unquoted(s string) string {
	if rest, is := strings.CutPrefix(s, `="`); is && strings.HasSuffix(rest, `"`) {
		return rest[:len(rest)-1]
	}
	return s
}

// quoted reads to the mark that ends a quotation.
func (f *fields) quoted(s string) (field, rest string, ends bool) {
	var b strings.Builder
	for b.Len() <= longestQuoted {
		i := strings.IndexByte(s[:min(len(s), longestQuoted+1)], '"')
		if i < 0 {
			break
		}
		b.WriteString(s[:i])
		s = s[i+1:]
		switch {
		case s == "" || s[0] == f.sep || s[0] == '\r' || s[0] == '\n':
			return b.String(), s, true
		case s[0] == '"':
			s = s[1:]
		default: // 8"管: a mark within that nobody doubled
		}
		b.WriteByte('"')
	}
	return "", "", false
}

// skip skips what ends a field, and says whether it ended the line.
func (f *fields) skip() (last bool) {
	switch {
	case f.text == "":
		return true
	case f.text[0] == f.sep:
		// A separator at the very end of the text has an empty field behind it, which holds nothing.
		f.text = f.text[1:]
		return false
	case strings.HasPrefix(f.text, "\r\n"):
		f.text = f.text[2:]
	default:
		f.text = f.text[1:]
	}
	return true
}
