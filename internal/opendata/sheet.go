package opendata

import (
	"strings"
	"unicode/utf8"
)

// sheet is one CSV in the making: by RFC 4180, with the byte order mark without which spreadsheets take Chinese for Latin
// letters.
type sheet struct {
	name    string // of the resource, of ASCII letters
	path    string
	title   string
	about   string
	columns []column
	key     []string
	refs    []ref
	b       []byte
	rows    int
	at      int // the next column of the row in the making
}

// column is a column as the description has it.
type column struct {
	name, title string
	kind        kind
	fiscal      string // its type in the budget taxonomy, "" for none
	about       string
	required    bool
	unique      bool
	words       []string // all values that there are, nil where there is no list
}

// kind is the type of a column's values.
type kind string

const (
	text    kind = "string"
	whole   kind = "integer"
	decimal kind = "number"
	truth   kind = "boolean"
)

// ref says that the values of a column are among those of another.
type ref struct {
	columns  []string
	resource string
	in       []string
}

const byteOrderMark = "\uFEFF"

func newSheet(name, title, about string, columns []column) *sheet {
	t := &sheet{name: name, path: name + ".csv", title: title, about: about, columns: columns, b: make([]byte, 0, 1<<13)}
	t.b = append(t.b, byteOrderMark...)
	for i := range columns {
		t.field(columns[i].name)
	}
	t.end()
	t.rows = 0
	return t
}

// put appends the next values of a row.
func (t *sheet) put(values ...string) *sheet {
	for _, s := range values {
		if t.columns[t.at].kind == text {
			s = guarded(s)
		}
		t.field(s)
	}
	return t
}

func (t *sheet) field(s string) {
	if t.at > 0 {
		t.b = append(t.b, ',')
	}
	t.at++
	if !quotes(s) {
		t.b = append(t.b, s...)
		return
	}
	t.b = append(t.b, '"')
	for {
		i := strings.IndexByte(s, '"')
		if i < 0 {
			break
		}
		t.b = append(append(t.b, s[:i]...), `""`...)
		s = s[i+1:]
	}
	t.b = append(append(t.b, s...), '"')
}

// quotes reports whether a value needs quotation marks: blanks at its ends would else be lost in some readers.
func quotes(s string) bool {
	return s != "" && (s[0] == ' ' || s[len(s)-1] == ' ' || strings.ContainsAny(s, "\",\r\n"))
}

// end ends a row.
func (t *sheet) end() {
	if t.at != len(t.columns) {
		panic("opendata: a row of " + t.name + " has not all of its columns")
	}
	t.b = append(t.b, "\r\n"...)
	t.at = 0
	t.rows++
}

// yes is a truth value.
func yes(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

// guard stands before a text that a spreadsheet would compute.
const guard = "'"

// guarded is a text that no spreadsheet computes.
func guarded(s string) string {
	if computed(s) {
		return guard + s
	}
	return s
}

// Unguarded is the text that a value of the package stands for.
func Unguarded(s string) string {
	if rest, ok := strings.CutPrefix(s, guard); ok && computed(rest) {
		return rest
	}
	return s
}

// computed reports whether a spreadsheet would take a text for a formula, or would but for a guard before it. In Chinese and
// Japanese ones full-width signs begin formulas too.
func computed(s string) bool {
	if s == "" || s[0] >= '0' && s[0] <= '9' {
		return false
	}
	s = strings.TrimLeft(s, guard+" \u00A0\u3000")
	switch r, n := utf8.DecodeRuneInString(s); r {
	case '=', '@', '＝', '＠', '\t', '\r', '\n':
		return true
	case '＋', '－':
		return len(s) > n
	case '+', '-':
		return len(s) > n && !numeral(s[n:])
	}
	return false
}

// numeral reports whether a text is a printed number without its sign.
func numeral(s string) bool {
	s = strings.TrimSuffix(strings.TrimSuffix(s, "%"), "％")
	return s != "" && s[0] >= '0' && s[0] <= '9' && strings.Trim(s, "0123456789,.") == "" && strings.Count(s, ".") <= 1
}
