package source

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// How texts are spelled in TOML.

// basicLiteral is a text between quotation marks on one line.
func basicLiteral(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		escape(&b, r, `"`)
	}
	b.WriteByte('"')
	return b.String()
}

// escape writes a character of a basic string; those of marks are escaped, too.
func escape(b *strings.Builder, r rune, marks string) {
	switch {
	case r == '\\' || strings.ContainsRune(marks, r):
		b.WriteByte('\\')
		b.WriteRune(r)
	case r == '\n':
		b.WriteString(`\n`)
	case r == '\t':
		b.WriteString(`\t`)
	case r == '\r':
		b.WriteString(`\r`)
	case IsControl(r):
		fmt.Fprintf(b, `\u%04X`, r)
	default:
		b.WriteRune(r)
	}
}

// IsControl reports whether a character shows nothing and is not to stand in a file as it is.
func IsControl(r rune) bool {
	return r < ' ' || r >= 0x7F && r < 0xA0 || r == '\u2028' || r == '\u2029' || r == '\uFEFF'
}

// spelled is a text as a literal in the form of another, "" for none, where the text allows that form. long tells that there
// is room for several lines; newline is how the lines of the file end.
func spelled(s, form, newline string, long bool) string {
	marks := ""
	if n := openingLen([]byte(form)); n > 0 {
		marks = form[:n]
	}
	lines := strings.Contains(s, "\n")
	switch {
	case !utf8.ValidString(s), strings.Contains(s, "\r"):
		return basicLiteral(s) // the first will be told not to come back, the second must not meet the ends of lines
	case marks == "'" && !lines && isPlain(s) && !strings.Contains(s, "'"):
		return "'" + s + "'"
	case len(marks) == 3 || lines && long:
		return longLiteral(s, form, newline)
	}
	return basicLiteral(s)
}

// isPlain reports whether a text needs no escapes between single quotation marks.
func isPlain(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r != '\n' && r != '\t' && IsControl(r) })
}

// longLiteral is a text of several lines between three marks. It begins on the line of the marks, or on that below, as the form
// does.
func longLiteral(s, form, newline string) string {
	open, body := "'''", s
	if strings.HasPrefix(form, `"""`) || !isPlain(s) || strings.Contains(s, "'''") || strings.HasSuffix(s, "'") {
		open, body = `"""`, escapedLines(s)
	}
	below := form == "" || len(form) > 3 && (form[3] == '\n' || form[3] == '\r') || openingLen([]byte(form)) < 3
	if below || strings.HasPrefix(s, "\n") {
		body = "\n" + body // which the parsers drop
	}
	return open + strings.ReplaceAll(body, "\n", newline) + open
}

// escapedLines is the inside of a basic string of several lines.
func escapedLines(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == '\n':
			b.WriteByte('\n')
		case r == '"' && (strings.HasSuffix(s[:i], `"`) || i == len(s)-1):
			b.WriteString(`\"`)
		case r == '"':
			b.WriteByte('"')
		default:
			escape(&b, r, "")
		}
	}
	return b.String()
}
