package source

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"yusuan/internal/diag"
)

// Entry is a table of a file as its author wrote it: the top of the file, [department], one [[project]], a row of an inline
// array, an inline table, the table that dotted keys make.
type Entry struct {
	File    *File
	Table   string // keys from the top, joined by points: "project.line"; "" for the top of the file
	Address string // the same with the numbers of elements, from 0, within the file: "project[2].line[0]"
	Parent  string // the address of the table that it is in
	Element bool   // of an array: there may be others beside it
	Inline  bool   // within braces

	name   string // the key that it or its array has
	n      *node
	list   *node // the array that it is an element of
	nested bool  // the line that it ends on is another's: it stands within braces of another
}

// ValueKind is what a value is.
type ValueKind int

// The kinds of values.
const (
	TextValue   ValueKind = iota
	TextsValue            // a list of texts, or a list of nothing
	WholeValue            // a whole number
	NumberValue           // one with a point or an exponent
	BoolValue
	DateValue
	TimeValue // a time, with or without a date
	ListValue // any other list
)

// Value is a value of an entry as its author wrote it.
type Value struct {
	Key     string
	Kind    ValueKind
	Text    string       // of a text what it says; of others the literal as it is spelled
	Items   []string     // of a list, each as Text
	Remark  string       // the comment at the end of its line
	At      diag.Range   // the literal
	ItemsAt []diag.Range // of a list
}

// Entries lists the tables of the file in the order of its text, parents before what is in them, the top first. Tables that
// only the headers of others imply are none. Of a file with errors it lists what could be read.
func (f *File) Entries() []Entry {
	var out []Entry
	f.walkEntries(func(e Entry) {
		if !e.implied() {
			out = append(out, e)
		}
	})
	starts := make(map[string]int, len(out))
	for _, e := range out {
		starts[e.Address] = max(e.start(), starts[e.Parent])
	}
	slices.SortStableFunc(out, func(a, b Entry) int { return cmp.Compare(starts[a.Address], starts[b.Address]) })
	return out
}

// walkEntries visits the tables in the order of the tree, those too that only the headers of others imply.
func (f *File) walkEntries(visit func(Entry)) {
	var walk func(e Entry)
	walk = func(e Entry) {
		visit(e)
		for _, c := range e.n.children {
			for _, inner := range e.below(c) {
				walk(inner)
			}
		}
	}
	walk(Entry{File: f, n: f.root})
}

// below are the tables that a child of an entry is or holds.
func (e Entry) below(c *node) []Entry {
	inner := Entry{File: e.File, Table: joinKey(e.Table, c.name), Address: joinKey(e.Address, c.name), Parent: e.Address, Inline: e.Inline, name: c.name, n: c, nested: e.Inline}
	switch c.kind {
	case kindTable:
		inner.Inline = e.Inline || e.File.braces(c)
		return []Entry{inner}
	case kindTables, kindArray:
		inner.Element, inner.Inline = true, c.kind == kindArray
		return inner.elements(c)
	}
	return nil
}

func (e Entry) elements(list *node) []Entry {
	var out []Entry
	for i, c := range list.children {
		inner := e
		inner.Address, inner.n, inner.list = e.Address+"["+strconv.Itoa(i)+"]", c, list
		switch {
		case c.kind == kindTable:
			out = append(out, inner)
		case c.kind == kindArray:
			out = append(out, inner.elements(c)...)
		}
	}
	return out
}

// implied reports whether nothing of the file states the table but headers of others.
func (e Entry) implied() bool {
	return e.n.implicit && !slices.ContainsFunc(e.n.children, func(c *node) bool { return !c.implicit && !e.File.headed(c) })
}

// headed reports whether a table has a header line; of [[tables]], whether they have.
func (f *File) headed(n *node) bool {
	return n.kind == kindTables || n.kind == kindTable && !n.implicit && n.at.start < n.at.end && f.text[n.at.start] == '['
}

// braces reports whether a table is written in braces.
func (f *File) braces(n *node) bool {
	return n.kind == kindTable && !n.implicit && n.at.start < n.at.end && f.text[n.at.start] == '{'
}

// start is where the entry begins.
func (e Entry) start() int {
	if e.n.from > 0 {
		return e.n.from
	}
	return e.n.at.start
}

// At is the place of the entry: its header line, or the whole of what is within braces.
func (e Entry) At() diag.Range { return e.File.rng(e.n.at) }

// holdsTables reports whether a list has tables in it, at any depth.
func holdsTables(n *node) bool {
	return n.kind == kindTables || n.kind == kindTable || n.kind == kindArray && slices.ContainsFunc(n.children, holdsTables)
}

// values are the nodes of the entry's own values in the order of the text.
func (e Entry) values() []*node {
	var out []*node
	for _, c := range e.n.children {
		if !holdsTables(c) {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b *node) int { return cmp.Compare(a.from, b.from) })
	return out
}

// Values lists the values of the entry in the order of the text. Tables in it are entries of their own.
func (e Entry) Values() []Value {
	nodes := e.values()
	out := make([]Value, len(nodes))
	for i, n := range nodes {
		out[i] = e.value(n)
	}
	return out
}

// Value is the value of a key.
func (e Entry) Value(key string) (Value, bool) {
	if n := e.n.child(key); n != nil && !holdsTables(n) {
		return e.value(n), true
	}
	return Value{}, false
}

func (e Entry) value(n *node) Value {
	f := e.File
	v := Value{Key: f.keyText(n.name), Kind: f.valueKind(n), Text: f.textOf(n), At: f.rng(n.at)}
	if n.kind == kindArray {
		for _, c := range n.children {
			v.Items, v.ItemsAt = append(v.Items, f.textOf(c)), append(v.ItemsAt, f.rng(c.at))
		}
	}
	if !e.Inline {
		v.Remark = f.remark(f.commentAfter(n.at.end, false))
	}
	return v
}

func (f *File) valueKind(n *node) ValueKind {
	switch n.kind {
	case kindString:
		return TextValue
	case kindInteger:
		return WholeValue
	case kindFloat:
		return NumberValue
	case kindBool:
		return BoolValue
	case kindDate:
		return DateValue
	case kindTime:
		return TimeValue
	}
	if slices.ContainsFunc(n.children, func(c *node) bool { return c.kind != kindString }) {
		return ListValue
	}
	return TextsValue
}

// textOf is what a text says, with its line breaks as line feeds however the lines of the file end; the literal of another value.
func (f *File) textOf(n *node) string {
	literal := f.text[n.at.start:n.at.end]
	s, ok := n.value.(string)
	switch {
	case !ok:
		return string(literal)
	case openingLen(literal) < 3 || !bytes.Contains(literal, []byte("\r\n")):
		return s
	case literal[0] == '\'':
		return strings.ReplaceAll(s, "\r\n", "\n")
	}
	var v struct{ A string }
	if err := toml.Unmarshal(append([]byte("a = "), bytes.ReplaceAll(literal, []byte("\r\n"), []byte("\n"))...), &v); err != nil {
		return s // it has been told
	}
	return v.A
}

// Remark is the comment at the end of the entry's line: of a header, a row, an inline table.
func (e Entry) Remark() string { return e.File.remark(e.comment()) }

// comment is where the comment at the end of the entry's line stands.
func (e Entry) comment() (s span, found bool) {
	switch {
	case e.n == e.File.root || e.n.implicit:
		return span{}, false
	case e.Element && e.Inline:
		return e.File.commentAfter(e.n.at.end, true)
	case e.nested:
		return span{}, false
	}
	return e.File.commentAfter(e.n.at.end, false)
}

// commentAfter is the comment that follows a place on its line, with nothing between but blanks, and a comma where that is
// allowed.
func (f *File) commentAfter(at int, comma bool) (s span, found bool) {
	i := f.blanks(at)
	if comma && i < len(f.text) && f.text[i] == ',' {
		i = f.blanks(i + 1)
	}
	if i == len(f.text) || f.text[i] != '#' {
		return span{}, false
	}
	return span{i, f.lineSpan(f.line(i)).end}, true
}

// blanks goes over blanks and tabs.
func (f *File) blanks(i int) int {
	for i < len(f.text) && (f.text[i] == ' ' || f.text[i] == '\t') {
		i++
	}
	return i
}

// remark is what a comment says.
func (f *File) remark(s span, found bool) string {
	if !found {
		return ""
	}
	text := bytes.TrimRight(f.text[s.start+1:s.end], " \t")
	return string(bytes.TrimPrefix(text, []byte(" ")))
}

// Digest is 8 hexadecimal digits made of what the entry itself says, as it is spelled: its header, its values and their remarks.
func (e Entry) Digest() string {
	f := e.File
	h := sha256.New()
	if f.headed(e.n) {
		h.Write(f.text[e.n.at.start:e.n.at.end])
	}
	h.Write([]byte(e.Remark() + "\n"))
	for _, n := range e.values() {
		h.Write(f.text[n.from:n.at.end])
		if s, found := f.commentAfter(n.at.end, false); found && !e.Inline {
			h.Write(f.text[s.start:s.end])
		}
		h.Write([]byte{'\n'})
	}
	const digits = 4 // bytes
	return hex.EncodeToString(h.Sum(nil)[:digits])
}

// joinKey adds a key to the name of a table, in quotation marks where TOML wants them.
func joinKey(table, key string) string {
	if table == "" {
		return keyLiteral(key)
	}
	return table + "." + keyLiteral(key)
}

// keyLiteral is a key as it is written.
func keyLiteral(key string) string {
	for i := range len(key) {
		if !isKeyByte(key[i]) {
			return basicLiteral(key)
		}
	}
	if key == "" {
		return `""`
	}
	return key
}

// Literal is the value as it is written anew; false of those that nothing writes: times and lists of other than texts.
func (v *Value) Literal() (l Literal, ok bool) {
	switch v.Kind {
	case TextValue:
		return TextLiteral(v.Text), true
	case TextsValue:
		return TextsLiteral(v.Items), true
	case WholeValue, NumberValue, BoolValue, DateValue:
		return Literal{kind: v.Kind, text: v.Text}, true
	}
	return l, false
}
