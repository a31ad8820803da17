package source

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	burntsushi "github.com/BurntSushi/toml"
)

// sayings is what a file says, as another reader has it, with line feeds for all line ends.
func sayings(t *testing.T, src []byte) map[string]any {
	t.Helper()
	var v map[string]any
	if err := burntsushi.Unmarshal(src, &v); err != nil {
		t.Fatalf("%q: %v", src, err)
	}
	return comparable(v).(map[string]any)
}

func comparable(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, x := range v {
			out[k] = comparable(x)
		}
		return out
	case []map[string]any:
		out := []any{}
		for _, x := range v {
			out = append(out, comparable(x))
		}
		return out
	case []any:
		out := []any{}
		for _, x := range v {
			out = append(out, comparable(x))
		}
		return out
	case string:
		return strings.ReplaceAll(v, "\r\n", "\n")
	}
	return fmt.Sprintf("%T %v", v, v)
}

var numbered = regexp.MustCompile(`^(.*?)((?:\[\d+\])*)$`)

// step goes to the table at an address. put puts another in its place, nil for none.
func step(root map[string]any, address string) (table map[string]any, put func(change func(list []any, i int) []any)) {
	table = root
	if address == "" {
		return table, nil
	}
	for _, part := range splitKeys(address) {
		m := numbered.FindStringSubmatch(part)
		key, up := unquoteKey(m[1]), table
		var value any = up[key]
		set := func(v any) { up[key] = v }
		for _, n := range strings.FieldsFunc(m[2], func(r rune) bool { return r == '[' || r == ']' }) {
			i, _ := strconv.Atoi(n)
			list, outer := value.([]any), set
			put = func(change func([]any, int) []any) { outer(change(list, i)) }
			set = func(v any) { list[i] = v }
			value = list[i]
		}
		table, _ = value.(map[string]any)
	}
	return table, put
}

// fuzzChange changes an entry and what it is to say.
func fuzzChange(e *Editor, f *File, entry Entry, root map[string]any, word string, pick int) {
	table, put := step(root, entry.Address)
	values := entry.Values()
	key := "新 " + strconv.Itoa(pick%3)
	if len(values) > 0 && pick%5 > 0 {
		key = values[pick%len(values)].Key
	}
	held := entry.n.child(key) != nil && holdsTables(entry.n.child(key))
	switch pick / 8 % 8 {
	case 0, 1:
		e.Set(f.Path, entry.Address, key, TextLiteral(word))
		table[key] = strings.ReplaceAll(word, "\r\n", "\n")
	case 2:
		e.Set(f.Path, entry.Address, key, NumberLiteral("12345"))
		if x, ok := entry.Value(key); !ok || !isNumber(x.Kind) || !sameNumber(x.Text, "12345") {
			table[key] = "int64 12345"
		}
	case 3:
		items := []string{word, "b"}
		if x, ok := entry.Value(key); ok {
			items = append(items, x.Items...)
		}
		e.Set(f.Path, entry.Address, key, TextsLiteral(items))
		var list []any
		for _, item := range items {
			list = append(list, strings.ReplaceAll(item, "\r\n", "\n"))
		}
		table[key] = list
	case 4:
		e.Unset(f.Path, entry.Address, key)
		if !held {
			delete(table, key)
		}
	case 5:
		e.Remark(f.Path, entry.Address, []string{"", key}[pick%2], word)
	case 6:
		if entry.Element {
			e.Insert(f.Path, entry.Table, entry.Parent, entry.Address, []KeyValue{{"a", TextLiteral(word)}, {"b", BoolLiteral(true)}})
			put(func(list []any, i int) []any {
				return slices.Insert(slices.Clone(list), i+1, any(map[string]any{"a": strings.ReplaceAll(word, "\r\n", "\n"), "b": "bool true"}))
			})
		}
	case 7:
		if entry.Element {
			e.Delete(f.Path, entry.Address)
			put(func(list []any, i int) []any { return slices.Delete(slices.Clone(list), i, i+1) })
		}
	}
}

// pruned is a table without lists and tables in which nothing is: whether a file states these is a matter of its form.
func pruned(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, x := range v {
			if y := pruned(x); y != nil {
				out[k] = y
			}
		}
		if len(out) == 0 {
			return nil
		}
		return out
	case []any:
		out := []any{}
		for _, x := range v {
			out = append(out, pruned(x))
		}
		if len(out) == 0 {
			return nil
		}
		return out
	}
	return v
}

// fuzzEdit changes a file of any bytes, and is strict where that must be done, but for what has no place.
func fuzzEdit(t *testing.T, raw []byte, word string, pick uint16, strict bool) {
	f, _ := Parse("f.toml", raw)
	e := Edit([]*File{f})
	entries := f.Entries()
	entry := entries[int(pick)/64%len(entries)]
	if f.broken {
		e.Set(f.Path, "", "a", WholeLiteral(1))
		if list, err := e.Done(); err == nil {
			t.Fatalf("%q: became %q", raw, list[0].After)
		}
		return
	}
	before := sayings(t, f.Source)
	fuzzChange(e, f, entry, before, word, int(pick))
	list, err := e.Done()
	if err != nil {
		if strict && utf8.ValidString(word) && !strings.Contains(err.Error(), "line of its own") && !strings.Contains(err.Error(), "remark on") {
			t.Fatalf("%q: %v", raw, err)
		}
		return
	}
	after := f.Source
	if len(list) > 0 {
		g, _ := Parse("f.toml", list[0].After)
		after = g.Source
	}
	if got := sayings(t, after); !reflect.DeepEqual(pruned(got), pruned(before)) {
		t.Fatalf("%q, %q with %q:\n%q says\n%v\nfor\n%v", raw, entry.Address, word, after, got, before)
	}
}

// forms are files that have a text in every form and place.
var forms = []string{
	"a = \"x\" # c\nb = 'x'\nc = '''\nx'''\nd = \"\"\"\nx\"\"\"\ne = [ 'x', \"y\",\n '''z''' ]\n[t]\n\"k e\" = ''\n", rows, blocks, written,
	"x = [{a=\"1\",b='2'}, {a='''3''', l = [ ]}] # c\r\n[[t]] # d\r\nb.c = \"x\"\r\nlong = '''\r\nof\r\nlines'''\r\n[[t]]\r\nb = \"\"\"a\r\nb\"\"\"",
}

// Any text in any place comes back as it is and changes nothing else. A file of any bytes is changed rightly or not at all.
func FuzzEdit(f *testing.F) {
	words := []string{"", "甲", "a\"b", "a\nb", "\"\"\"", "'''", `\`, "#", "]}", "\r\n", "\x00\x7f", "𠮷\u2028\uFEFF", " x ", "'", "a'''\n\"\"\"\\", strings.Repeat("长", 5000), "ÄÖÜß", "ɐɑɒɓɔɕ"}
	for _, s := range append(seeds(), forms...) {
		for i, word := range words {
			f.Add([]byte(s), word, uint16(i*37))
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte, word string, pick uint16) {
		fuzzEdit(t, raw, word, pick, false)
		if utf8.ValidString(word) {
			comesBack(t, forms[int(pick)%len(forms)], word, int(pick)/8, int(pick))
		}
	})
}

// comesBack sets a text in a file that is known, which must be done.
func comesBack(t *testing.T, form, word string, i, j int) {
	file := parsed(t, form)
	entries := file.Entries()
	entry := entries[i%len(entries)]
	values := entry.Values()
	if len(values) == 0 {
		return
	}
	key := values[j%len(values)].Key
	before := sayings(t, file.Source)
	table, _ := step(before, entry.Address)
	table[key] = strings.ReplaceAll(word, "\r\n", "\n")
	e := Edit([]*File{file})
	e.Set(file.Path, entry.Address, key, TextLiteral(word))
	list, err := e.Done()
	if err != nil {
		t.Fatalf("%q at %s %s: %v", word, entry.Address, key, err)
	}
	if len(list) == 0 {
		return
	}
	g, d := Parse(file.Path, list[0].After)
	if got := sayings(t, g.Source); d.HasErrors() || !reflect.DeepEqual(got, before) {
		t.Fatalf("%q at %s %s: %v says\n%v\nfor\n%v", word, entry.Address, key, list[0].After, got, before)
	}
	for _, x := range g.Entries() {
		if v, ok := x.Value(key); x.Address == entry.Address && (!ok || v.Text != word) {
			t.Fatalf("%q came back as %q", word, v.Text)
		}
	}
}

func TestAnyTextInAnyPlace(t *testing.T) {
	words := []string{"", "\"", "'", "''", "'''", "\"\"\"", "\\", "\\u4e8c", "#", "[[x]]", "a = 1", "{", "\n", "\na", "a\n", "a\r", "\r\n", "\t", "\x00", "\x1b", "\x7f", "\u0085", "\u2028", "\uFEFFa",
		"a\n'''\n", "a'", "a\n'", "a\"", "a\n\"\"\"\"\"", "x\\", "x\\\ny", " \n ", "𠮷𪚥", "🏛", "ÄÖÜ", "ɐɑɒɓɔɕɖɗ", "ԱԲԳԴԵԶԷԸԹ", strings.Repeat("“长”，\"", 1250)}
	for _, form := range forms {
		for i, entry := range parsed(t, form).Entries() {
			for j := range entry.Values() {
				for _, word := range words {
					comesBack(t, form, word, i, j)
				}
			}
		}
	}
}
