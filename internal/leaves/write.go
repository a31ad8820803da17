package leaves

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/renew"
)

// writer writes a file of the folder.
type writer struct {
	f *finder
	b strings.Builder
	n int // entries
}

func (f *finder) file(title, note string) *writer {
	w := &writer{f: f}
	fmt.Fprintf(&w.b, "# %s\n", title)
	if f.From != "" {
		fmt.Fprintf(&w.b, "# 读自%s。", oneLine(f.From))
	} else {
		w.b.WriteString("# 读自已经印出的文件。")
	}
	w.b.WriteString(renew.Placed + "；标着“请核对”的，是印出的文件没有说明、推算或者补上的，逐处核对后删去标记。\n")
	if note != "" {
		fmt.Fprintf(&w.b, "# %s\n", note)
	}
	return w
}

// money says in what unit the amounts of the file are.
func (w *writer) money() { fmt.Fprintf(&w.b, "\namount_unit = %q\n", w.f.unit.String()) }

// done is the file, without data where it has no entry.
func (w *writer) done(path string) renew.File {
	if w.n == 0 {
		return renew.File{}
	}
	return renew.File{Path: path, Data: []byte(w.b.String())}
}

func (w *writer) line(format string, args ...any) { fmt.Fprintf(&w.b, format+"\n", args...) }

// entry begins an entry of a list.
func (w *writer) entry(table string) {
	w.n++
	w.line("\n[[%s]]", table)
}

// set writes a value with a remark; nothing for an empty value.
func (w *writer) set(key, value, remark string) {
	if value == "" {
		return
	}
	w.line("%s = %s%s", key, value, remarkOf(remark))
}

func remarkOf(s string) string {
	if s == "" {
		return ""
	}
	return "   # " + oneLine(s)
}

// amount is an amount as it is written in the unit of the file, exactly.
func (f *finder) amount(a money.Amount) string {
	for places := f.places; ; places++ {
		out := a.In(f.unit, places)
		if back, err := money.Parse(out, f.unit); err != nil || back.Equal(a) || places > 12 {
			return out
		}
	}
}

// text is a value of words.
func text(s string) string {
	if s == "" {
		return ""
	}
	if strings.Contains(s, "\n") && !strings.Contains(s, "'''") && !strings.ContainsFunc(s, control) {
		return "'''\n" + s + "'''"
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case control(r):
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func itoa(n int) string { return fmt.Sprint(n) }

func control(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f }

// oneLine is what a comment may hold.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if control(r) || r == '\n' {
			return ' '
		}
		return r
	}, s)
}

// key writes a key.
func key(s string) string {
	if s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == "" {
		return s
	}
	return text(s)
}

// place is where something was read, in words. Like all remarks about the document it names it, so that they are known a year later.
func (f *finder) place(at diag.Range) string {
	if f.Place == nil || at.IsZero() {
		return ""
	}
	if s := f.Place(at); s != "" {
		return renew.Paper + s
	}
	return ""
}

// aligned are lines of pairs whose keys are set to one width.
func (w *writer) comment(s string) {
	for _, l := range slices.Collect(strings.SplitSeq(s, "\n")) {
		w.line("# %s", oneLine(l))
	}
}
