package source

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

// layout writes files as oddly as TOML allows.
type layout struct {
	*rand.Rand
	newline string
	names   int
}

func (l *layout) pick(words ...string) string { return words[l.IntN(len(words))] }

func (l *layout) blank() string { return l.pick("", " ", "", " ", "  ", "\t") }

// gap is what may stand between the elements of a list.
func (l *layout) gap() string {
	switch l.IntN(6) {
	case 0:
		return l.newline + l.pick("", "  ", "    ")
	case 1:
		return " # c" + strconv.Itoa(l.IntN(9)) + l.newline + l.pick("", "  ")
	case 2:
		return l.newline + l.newline + "  # in" + l.newline + "  "
	}
	return l.blank()
}

func (l *layout) key() string {
	l.names++
	n := strconv.Itoa(l.names)
	return l.pick("k"+n, "key_"+n, `"k `+n+`"`, "'键"+n+"'", n)
}

func (l *layout) sign() string { return l.pick(" = ", "=", "   = ", " =  ", "= ") }

func (l *layout) scalar() string {
	return l.pick(`"x"`, `'y'`, "12", "3.50", "true", "2026-01-02", "'''z'''", `"""`+"z\\u4e8c"+`"""`, `""`, "1_000", "07:30:00", "'''"+l.newline+"p"+l.newline+"q'''")
}

// list is a list of values, or of tables in braces.
func (l *layout) list(depth int, tables bool) string {
	var b strings.Builder
	b.WriteString("[" + l.gap())
	n := l.IntN(4)
	for i := range n {
		if tables {
			b.WriteString(l.braces(depth))
		} else {
			b.WriteString(l.pick(`"a"`, `'b'`, `"""c"""`))
		}
		if i < n-1 || l.IntN(3) == 0 {
			b.WriteString(l.gap() + "," + l.gap())
		}
	}
	return b.String() + l.gap() + "]"
}

func (l *layout) braces(depth int) string {
	var words []string
	for range l.IntN(4) {
		words = append(words, l.blank()+l.key()+l.sign()+l.value(depth-1)+l.blank())
	}
	if l.IntN(4) == 0 {
		words = append(words, "d."+l.key()+l.sign()+l.scalar(), "d."+l.key()+l.sign()+l.scalar())
	}
	return "{" + strings.Join(words, ",") + l.blank() + "}"
}

func (l *layout) value(depth int) string {
	switch n := l.IntN(10); {
	case n < 2 && depth > 0:
		return l.list(depth, true)
	case n == 2 && depth > 0:
		return l.braces(depth)
	case n == 3:
		return l.list(depth, false)
	}
	return l.scalar()
}

func (l *layout) lines(n int) string {
	var b strings.Builder
	for range n {
		switch l.IntN(7) {
		case 0:
			b.WriteString(l.newline)
		case 1:
			b.WriteString(l.blank() + "# own" + l.newline)
		case 2:
			b.WriteString("d" + strconv.Itoa(l.names) + "." + l.key() + l.sign() + l.value(2) + l.newline)
		default:
			b.WriteString(l.pick("", "", "  ") + l.key() + l.sign() + l.value(2) + l.pick("", "", " # r", "   # r ") + l.newline)
		}
	}
	return b.String()
}

func (l *layout) file() string {
	var b strings.Builder
	b.WriteString(l.lines(l.IntN(4)))
	list := ""
	for range l.IntN(6) {
		l.names++
		name := "t" + strconv.Itoa(l.names)
		header := "[" + name + "]"
		switch l.IntN(6) {
		case 0, 1:
			list = name
			header = "[[" + name + "]]"
		case 2, 3:
			if list != "" {
				header = "[[" + list + "]]"
			}
		case 4:
			if list != "" {
				header = l.pick("[[ "+list+" . in ]]", "[["+list+".in]]", "["+list+"."+name+"]")
			}
		case 5:
			header = "[" + name + "." + `"a b"` + "]"
		}
		b.WriteString(l.pick("", l.newline, "# of it"+l.newline, l.newline+"# of it"+l.newline) + header + l.pick("", " # h", "  ") + l.newline + l.lines(l.IntN(4)))
	}
	text := b.String()
	if l.IntN(4) == 0 {
		text = strings.TrimSuffix(text, l.newline)
	}
	return text
}

// Files of any layout take any change, alone and several at once.
func TestEditsOfAnyLayout(t *testing.T) {
	const files = 1500
	done := 0
	for seed := range uint64(files) {
		l := &layout{Rand: rand.New(rand.NewPCG(seed, 3)), newline: "\n"}
		if seed%3 == 0 {
			l.newline = "\r\n"
		}
		text := l.file()
		f, d := Parse("f.toml", []byte(text))
		if d.HasErrors() {
			continue // dotted keys and headers that meet
		}
		done++
		fuzzEdit(t, []byte(text), l.pick("甲", "a\"b", "", "x\ny", "'''"), uint16(l.IntN(1<<16)), true)
		l.several(t, f, text)
		if t.Failed() {
			return
		}
	}
	if done < files/2 {
		t.Errorf("%d files; is the layout right?", done)
	}
}

// several changes a file at several places at once.
func (l *layout) several(t *testing.T, f *File, text string) {
	t.Helper()
	e := Edit([]*File{f})
	var told []string
	gone, touched := map[string]bool{}, ""
	entries := f.Entries()
	for n := range 1 + l.IntN(5) {
		entry := entries[l.IntN(len(entries))]
		for at := range gone {
			if strings.HasPrefix(entry.Address, at) {
				entry = entries[0]
			}
		}
		key := "new" + strconv.Itoa(n)
		if values := entry.Values(); len(values) > 0 && l.IntN(3) > 0 {
			key = values[l.IntN(len(values))].Key
		}
		told = append(told, fmt.Sprintf("%q %q", entry.Address, key))
		op := l.IntN(8)
		told[n] += fmt.Sprintf(" %d", op)
		switch {
		case op == 0 && entry.Element:
			e.Insert(f.Path, entry.Table, entry.Parent, l.pick("", entry.Address), []KeyValue{{key, TextLiteral("n")}, {"m", WholeLiteral(2)}})
		case op == 1 && entry.Element && !strings.Contains(touched, "|"+entry.Address):
			e.Delete(f.Path, entry.Address)
			gone[entry.Address] = true
			for _, x := range entries {
				if strings.HasPrefix(x.Address, entry.Address) {
					gone[x.Address] = true
				}
			}
			e.Insert(f.Path, entry.Table, entry.Parent, entry.Address, []KeyValue{{key, TextLiteral("n")}})
		case op == 2:
			e.Unset(f.Path, entry.Address, key)
		case op == 3 && !entry.Inline && entry.Address != "" && !entry.n.implicit, op == 3 && entry.Element:
			e.Remark(f.Path, entry.Address, "", l.pick("", "new"))
		case op == 4 && !entry.Inline && entry.n.child(key) != nil:
			e.Remark(f.Path, entry.Address, key, l.pick("", "new"))
		case op == 5:
			row := e.Insert(f.Path, joinKey(entry.Table, "rows"), entry.Address, "", []KeyValue{{key, TextLiteral("n")}})
			e.Insert(f.Path, joinKey(entry.Table, "rows")+".in", row, "", []KeyValue{{key, BoolLiteral(true)}})
		case op == 6:
			e.Set(f.Path, joinKey(entry.Address, "made"), key, TextLiteral("n"))
		default:
			e.Set(f.Path, entry.Address, key, TextLiteral(l.pick("n", "n\nm")))
		}
		touched += "|" + entry.Address
	}
	list, err := e.Done()
	if err != nil {
		t.Errorf("%s\nchanged at %v: %v", text, told, err)
	}
	for _, x := range list {
		if was, is := ownRemarks(text), ownRemarks(string(x.After)); was != is {
			t.Errorf("%s\nchanged at %v: remarks on lines of their own:\n%s\nbecame\n%s\nin\n%s", text, told, was, is, x.After)
		}
	}
}

// ownRemarks are the remarks of a file that stand on lines of their own and in no list.
func ownRemarks(text string) string {
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "# own" || line == "# of it" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}
