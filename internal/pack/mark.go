package pack

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// What templates print passes through text/template as plain strings, so that what it is would be lost. Words wrap it in two
// control characters (compose/origin.go); the loader refuses them in the author's text, so marks cannot be forged. The words
// of this package, which compare and cut texts, must know them too.
const (
	MarkOpen  = '\x0e' // SO what SI text SO SI
	MarkClose = '\x0f'
	// MarkCount is what stands before SI around a number of things.
	MarkCount = '='
)

// MarkEnd ends what is marked.
const MarkEnd = "\x0e\x0f"

// Marked is a text in marks that say what it is.
func Marked(what, text string) string {
	return string(MarkOpen) + what + string(MarkClose) + text + MarkEnd
}

// Unmark strips the marks of a text.
func Unmark(s string) string {
	if strings.IndexByte(s, MarkOpen) < 0 {
		return s
	}
	var sb strings.Builder
	for s != "" {
		i := strings.IndexByte(s, MarkOpen)
		if i < 0 {
			sb.WriteString(s)
			break
		}
		sb.WriteString(s[:i])
		_, s, _ = strings.Cut(s[i:], string(MarkClose))
	}
	return sb.String()
}

// Count is a number of things: of units, projects, vehicles. For templates it is a whole number like any other, but where it
// is printed it says that it is no number of a row or a year.
type Count int

// String is the number in its marks.
func (n Count) String() string { return Marked(string(MarkCount), strconv.Itoa(int(n))) }

// count is the word len: of a text its bytes as they are printed.
func (m *Meter) count(x any) (Count, error) {
	v := reflect.ValueOf(x)
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.String:
		return Count(len(m.plain(v.String()))), m.Step(v.Len() / 64)
	case reflect.Slice, reflect.Array, reflect.Map:
		return Count(v.Len()), nil
	}
	return 0, fmt.Errorf("len 数不了 %T", x)
}

// cut is the word slice: of a text, what is printed of it.
func (m *Meter) cut(x any, at ...any) (any, error) {
	v := reflect.ValueOf(x)
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.String:
		v = reflect.ValueOf(m.plain(v.String()))
		if err := m.Make(v.Len()); err != nil {
			return nil, err
		}
	case reflect.Slice:
	default:
		return nil, fmt.Errorf("slice 切不了 %T", x)
	}
	ends := [2]int{0, v.Len()}
	if len(at) > len(ends) {
		return nil, fmt.Errorf("slice 后面最多写起、止两个数")
	}
	for i, a := range at {
		n := reflect.ValueOf(a)
		if !n.CanInt() || n.Int() < 0 || n.Int() > int64(v.Len()) {
			return nil, fmt.Errorf("slice 的起止应是 0 到 %d 的整数，不是 %v", v.Len(), a)
		}
		ends[i] = int(n.Int())
	}
	if ends[0] > ends[1] {
		return nil, fmt.Errorf("slice 的起止写反了：%d、%d", ends[0], ends[1])
	}
	return v.Slice(ends[0], ends[1]).Interface(), nil
}

// plain is a text that is compared or cut, without its marks.
func (m *Meter) plain(s string) string {
	if m == nil || m.Plain == nil {
		return Unmark(s)
	}
	return m.Plain(s)
}

// plainly lets verbs that do not print a text or a number as it is have it without its marks; those that do print numbers of
// things with theirs.
func (m *Meter) plainly(format string, args []any) (string, []any) {
	as := strings.NewReplacer("%%", "", "%s", "", "%v", "", "%d", "")
	if !strings.Contains(as.Replace(format), "%") {
		return strings.NewReplacer("%%", "%%", "%d", "%v").Replace(format), args
	}
	out := make([]any, len(args))
	for i, a := range args {
		switch v := reflect.ValueOf(a); {
		case v.Kind() == reflect.String:
			out[i] = m.plain(v.String())
		case v.CanInt():
			out[i] = v.Int()
		default:
			out[i] = a
		}
	}
	return format, out
}
