package pdfread

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
)

// The objects of ISO 32000-1, 7.3. Null is nil, a boolean is a bool.
type (
	// Int is an integer.
	Int int64
	// Real is a number with a decimal point, in millionths.
	Real int64
	// Name is a name without its slash, escapes resolved.
	Name string
	// String is the bytes of a literal or hexadecimal string.
	String string
	// Array is an array.
	Array []any
	// Dict is a dictionary.
	Dict map[Name]any
	// Ref leads to an object by its number; generations are not told apart.
	Ref int
	// Stream is a stream as it stands in the file.
	Stream struct {
		Dict Dict
		Raw  []byte
	}
	// keyword is a bare word: an operator, obj, stream.
	keyword string
)

// maxNumber bounds the numbers of objects.
const maxNumber = 1 << 30

// maxDepth bounds how deep arrays, dictionaries and trees may be nested.
const maxDepth = 64

var errSyntax = errors.New("not the syntax of PDF")

// lexer reads objects from bytes.
type lexer struct {
	b      []byte
	at     int
	values int // read so far
	most   int // that may be read; fewValues where it is less
}

// fewValues is how many values of one object are read of what does not grow with the document.
const fewValues = 1 << 20

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool { return strings.IndexByte("()<>[]{}/%", c) >= 0 }

func (l *lexer) skip() {
	for l.at < len(l.b) {
		switch c := l.b[l.at]; {
		case isSpace(c):
			l.at++
		case c == '%':
			for l.at < len(l.b) && l.b[l.at] != '\n' && l.b[l.at] != '\r' {
				l.at++
			}
		default:
			return
		}
	}
}

// done reports whether nothing but blanks is left.
func (l *lexer) done() bool {
	l.skip()
	return l.at >= len(l.b)
}

func (l *lexer) fail(what string) error {
	return fmt.Errorf("byte %d: %s: %w", l.at, what, errSyntax)
}

// object reads one object or keyword. References are resolved to Ref where refs may stand: not in content streams.
func (l *lexer) object(depth int, refs bool) (any, error) {
	if depth > maxDepth {
		return nil, l.fail("nested too deep")
	}
	if l.values++; l.values > max(l.most, fewValues) {
		return nil, fmt.Errorf("%w: values of an object", ErrTooMuch)
	}
	if l.done() {
		return nil, l.fail("the end comes too early")
	}
	switch c := l.b[l.at]; {
	case c == '/':
		return l.name()
	case c == '(':
		return l.literal()
	case c == '[':
		l.at++
		return l.array(depth, refs)
	case c == '<' && l.at+1 < len(l.b) && l.b[l.at+1] == '<':
		l.at += 2
		return l.dict(depth, refs)
	case c == '<':
		return l.hex()
	case c == '+' || c == '-' || c == '.' || c >= '0' && c <= '9':
		return l.number(refs)
	case isDelimiter(c):
		return nil, l.fail(fmt.Sprintf("%q out of place", c))
	}
	switch w := l.word(); w {
	case "true":
		return true, nil
	case "false":
		return false, nil
	case "null":
		return nil, nil
	default:
		return keyword(w), nil
	}
}

// word reads up to the next blank or delimiter.
func (l *lexer) word() string {
	start := l.at
	for l.at < len(l.b) && !isSpace(l.b[l.at]) && !isDelimiter(l.b[l.at]) {
		l.at++
	}
	return string(l.b[start:l.at])
}

func (l *lexer) name() (Name, error) {
	l.at++
	w := l.word()
	if !strings.Contains(w, "#") {
		return Name(w), nil
	}
	var b []byte
	for i := 0; i < len(w); i++ {
		if w[i] != '#' {
			b = append(b, w[i])
			continue
		}
		if i+2 >= len(w) {
			return "", l.fail("a name with half an escape")
		}
		hi, lo := hexValue(w[i+1]), hexValue(w[i+2])
		if hi < 0 || lo < 0 {
			return "", l.fail("a name with a bad escape")
		}
		b = append(b, byte(hi<<4|lo))
		i += 2
	}
	return Name(b), nil
}

// number reads a number, or a reference when two integers and R follow each other.
func (l *lexer) number(refs bool) (any, error) {
	w := l.word()
	v, isReal, ok := parseNumber(w)
	switch {
	case !ok:
		return nil, l.fail(fmt.Sprintf("%q is no number", w))
	case isReal:
		return Real(v), nil
	case !refs || v < 0 || v > maxNumber:
		return Int(v), nil
	}
	before := l.at
	if !l.done() && l.b[l.at] >= '0' && l.b[l.at] <= '9' {
		if _, isReal, ok := parseNumber(l.word()); ok && !isReal && !l.done() && l.word() == "R" {
			return Ref(v), nil
		}
	}
	l.at = before
	return Int(v), nil
}

// parseNumber reads a decimal number; a real comes in millionths, further decimals are cut off.
func parseNumber(w string) (v int64, isReal, ok bool) {
	s := strings.TrimLeft(w, "+-")
	if s == "" || len(w)-len(s) > 1 || len(s) > 24 {
		return 0, false, false
	}
	whole, fraction, isReal := strings.Cut(s, ".")
	if len(whole) > 12 || whole == "" && fraction == "" {
		return 0, false, false
	}
	digits := whole
	if isReal {
		digits += (fraction + "000000")[:6]
		for _, c := range fraction {
			if c < '0' || c > '9' {
				return 0, false, false
			}
		}
	}
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, false, false
		}
		v = v*10 + int64(c-'0')
	}
	if w[0] == '-' {
		v = -v
	}
	return v, isReal, true
}

func hexValue(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

func (l *lexer) hex() (String, error) {
	var b []byte
	half := -1
	for l.at++; l.at < len(l.b); l.at++ {
		c := l.b[l.at]
		switch v := hexValue(c); {
		case c == '>':
			l.at++
			if half >= 0 {
				b = append(b, byte(half<<4))
			}
			return String(b), nil
		case isSpace(c):
		case v < 0:
			return "", l.fail("a bad digit in a hexadecimal string")
		case half < 0:
			half = v
		default:
			b = append(b, byte(half<<4|v))
			half = -1
		}
	}
	return "", l.fail("a string without end")
}

func (l *lexer) literal() (String, error) {
	var b []byte
	open := 0
	for ; l.at < len(l.b); l.at++ {
		switch c := l.b[l.at]; c {
		case '(':
			if open++; open > 1 {
				b = append(b, c)
			}
		case ')':
			if open--; open == 0 {
				l.at++
				return String(b), nil
			}
			b = append(b, c)
		case '\\':
			b = l.escape(b)
		default:
			b = append(b, c)
		}
	}
	return "", l.fail("a string without end")
}

// escape reads what stands behind a backslash and leaves at on its last byte.
func (l *lexer) escape(b []byte) []byte {
	l.at++
	if l.at >= len(l.b) {
		return b
	}
	c := l.b[l.at]
	if i := strings.IndexByte("nrtbf", c); i >= 0 {
		return append(b, "\n\r\t\b\f"[i])
	}
	switch {
	case c == '\n':
		return b
	case c == '\r':
		if l.at+1 < len(l.b) && l.b[l.at+1] == '\n' {
			l.at++
		}
		return b
	case c < '0' || c > '7':
		return append(b, c)
	}
	v := 0
	n := 0
	for ; n < 3 && l.at+n < len(l.b) && l.b[l.at+n] >= '0' && l.b[l.at+n] <= '7'; n++ {
		v = v<<3 | int(l.b[l.at+n]-'0')
	}
	l.at += n - 1
	return append(b, byte(v))
}

func (l *lexer) array(depth int, refs bool) (Array, error) {
	a := Array{}
	for {
		if l.done() {
			return nil, l.fail("an array without end")
		}
		if l.b[l.at] == ']' {
			l.at++
			return a, nil
		}
		v, err := l.object(depth+1, refs)
		if err != nil {
			return nil, err
		}
		a = append(a, v)
	}
}

func (l *lexer) dict(depth int, refs bool) (Dict, error) {
	d := Dict{}
	for {
		if l.done() {
			return nil, l.fail("a dictionary without end")
		}
		if l.b[l.at] == '>' {
			if l.at+1 >= len(l.b) || l.b[l.at+1] != '>' {
				return nil, l.fail("a dictionary without end")
			}
			l.at += 2
			return d, nil
		}
		if l.b[l.at] != '/' {
			return nil, l.fail("a key that is no name")
		}
		key, err := l.name()
		if err != nil {
			return nil, err
		}
		if d[key], err = l.object(depth+1, refs); err != nil {
			return nil, err
		}
	}
}

// Text is the characters of a text string (7.9.2.2): UTF-16 with a byte order mark, else one byte a character.
func (s String) Text() string {
	if !strings.HasPrefix(string(s), "\xFE\xFF") {
		r := make([]rune, len(s))
		for i := range len(s) {
			r[i] = rune(s[i])
		}
		return string(r)
	}
	return utf16Text(string(s[2:]))
}

func utf16Text(s string) string {
	units := make([]uint16, len(s)/2)
	for i := range units {
		units[i] = uint16(s[2*i])<<8 | uint16(s[2*i+1])
	}
	return string(utf16.Decode(units))
}
