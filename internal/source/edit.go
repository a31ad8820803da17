package source

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Literal is a value that is to be written.
type Literal struct {
	kind  ValueKind
	text  string // what a text says; the literal of others
	items []string
}

// TextLiteral is a text, whatever characters it has.
func TextLiteral(s string) Literal { return Literal{kind: TextValue, text: s} }

// TextsLiteral is a list of texts.
func TextsLiteral(items []string) Literal {
	return Literal{kind: TextsValue, items: slices.Clone(items)}
}

// NumberLiteral is a number, spelled as it is given.
func NumberLiteral(digits string) Literal {
	if strings.ContainsAny(digits, ".eE") {
		return Literal{kind: NumberValue, text: digits}
	}
	return Literal{kind: WholeValue, text: digits}
}

// WholeLiteral is a whole number.
func WholeLiteral(n int) Literal { return Literal{kind: WholeValue, text: strconv.Itoa(n)} }

// BoolLiteral is true or false.
func BoolLiteral(b bool) Literal { return Literal{kind: BoolValue, text: strconv.FormatBool(b)} }

// DateLiteral is a day.
func DateLiteral(year, month, day int) Literal {
	return Literal{kind: DateValue, text: fmt.Sprintf("%04d-%02d-%02d", year, month, day)}
}

// Says is what a reader has of the literal: a text, the items of a list line by line, how others are spelled.
func (l Literal) Says() string {
	if l.kind == TextsValue {
		return strings.Join(l.items, "\n")
	}
	return l.text
}

// KeyValue is a value of an entry that is to be made.
type KeyValue struct {
	Key   string
	Value Literal
}

// Editor patches files: what is not asked for stays byte for byte. All addresses are those of the files as they were read, and
// those that Insert returned. Nothing is written before Done, which tells of everything that could not be done.
type Editor struct {
	files map[string]*editing
	errs  []error
	made  int
}

// Broken is the error of a file that has errors of its own: what would be written could not be proved.
type Broken struct{ Path string }

func (e *Broken) Error() string {
	return e.Path + " 里有错误，没有改：先按检查的结果改好这个文件"
}

// Editable reports whether a file can be patched: what is wrong with one that cannot, or what was repaired in it to be read, has
// to be mended in its text.
func (f *File) Editable() bool { return !f.broken && bytes.Equal(f.text, f.Source) }

// editing is a file and what is to be done to it.
type editing struct {
	f     *File
	root  *site
	sites map[string]*site
}

// site is a table of a file, or one to be made, and what is to be done to it.
type site struct {
	Entry
	key     string // by which its parent has it
	up      *site
	kids    []*site // in the order of the tree
	made    bool
	gone    bool
	changes []change
	remark  *string
	after   []*site   // to be made behind it
	lists   []madeRow // to be made as the last ones of a list
	singles []*site   // tables to be made
}

// madeRow is an element to be made at the end of a list.
type madeRow struct {
	key string
	row *site
}

// change is what is to become of a key.
type change struct {
	key    string
	value  *Literal
	unset  bool
	remark *string
}

// NewFile is an empty file to insert into. head are its first lines: comments, the unit of amounts.
func NewFile(path, head string) *File {
	f, _ := Parse(path, []byte(head))
	f.raw = nil
	return f
}

// Edit makes an editor of files.
func Edit(files []*File) *Editor {
	e := &Editor{files: map[string]*editing{}}
	for _, f := range files {
		e.files[f.Path] = &editing{f: f}
	}
	return e
}

func (e *Editor) fail(file, address, format string, args ...any) {
	e.errs = append(e.errs, fmt.Errorf("source: %s: %q: %s", file, address, fmt.Sprintf(format, args...)))
}

// file is a file to be changed, with its tables.
func (e *Editor) file(path string) *editing {
	x := e.files[path]
	if x == nil {
		x = &editing{f: NewFile(path, "")}
		e.files[path] = x
	}
	if x.sites != nil {
		return x
	}
	x.sited()
	if x.f.broken || string(x.f.text) != string(x.f.Source) {
		e.errs = append(e.errs, &Broken{path})
	}
	return x
}

// sited finds the tables of the file.
func (x *editing) sited() *site {
	x.sites = map[string]*site{}
	x.f.walkEntries(func(n Entry) {
		s := &site{Entry: n, key: n.name}
		if n.n == x.f.root {
			x.root = s
		} else {
			s.up = x.sites[n.Parent]
			s.up.kids = append(s.up.kids, s)
		}
		x.sites[n.Address] = s
	})
	return x.root
}

// site finds a table; one that is not there is made if that is asked and it is none of a list.
func (e *Editor) site(file, address string, create bool) *site {
	x := e.file(file)
	if s := x.sites[address]; s != nil {
		return s
	}
	parent, key := lastKey(address)
	if !create || key == "" {
		e.fail(file, address, "no such table")
		return nil
	}
	up := e.site(file, parent, true)
	switch {
	case up == nil:
		return nil
	case up.n != nil && up.n.child(key) != nil:
		e.fail(file, address, "no table, but something else")
		return nil
	}
	s := &site{Entry: Entry{File: x.f, Table: joinKey(up.Table, key), Address: address, Parent: parent}, key: key, up: up, made: true}
	up.singles = append(up.singles, s)
	x.sites[address] = s
	return s
}

// lastKey parts an address before its last key, which is "" where it ends with a number.
func lastKey(address string) (parent, key string) {
	if strings.HasSuffix(address, "]") || address == "" {
		return "", ""
	}
	keys := splitKeys(address)
	last := keys[len(keys)-1]
	return strings.TrimSuffix(strings.TrimSuffix(address, last), "."), unquoteKey(last)
}

// splitKeys parts keys at the points that stand in no quotation marks.
func splitKeys(s string) []string {
	var out []string
	start, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch {
		case quoted && s[i] == '\\':
			i++
		case s[i] == '"':
			quoted = !quoted
		case s[i] == '.' && !quoted:
			out = append(out, s[start:i])
			start = i + 1
		}
	}
	return append(out, s[start:])
}

func unquoteKey(s string) string {
	if !strings.HasPrefix(s, `"`) {
		return s
	}
	f, d := Parse("", []byte(s+" = 0"))
	if d.HasErrors() || len(f.root.children) != 1 {
		return s
	}
	return f.root.children[0].name
}

// change is what is to become of a key of a table, to be filled in where nothing was yet.
func (s *site) change(key string) *change {
	if c := s.changed(key); c != nil {
		return c
	}
	s.changes = append(s.changes, change{key: key})
	return &s.changes[len(s.changes)-1]
}

// changed is what is to become of a key, nil for nothing.
func (s *site) changed(key string) *change {
	for i := range s.changes {
		if s.changes[i].key == key {
			return &s.changes[i]
		}
	}
	return nil
}

// valueOf is what is to become of a value, nil where the key is a table or the entry is not there; make makes the entry.
func (e *Editor) valueOf(file, address, key string, make bool) *change {
	s := e.site(file, address, make)
	if s == nil {
		return nil
	}
	if s.n != nil && s.n.child(key) != nil && holdsTables(s.n.child(key)) {
		e.fail(file, address, "%q is a table", key)
		return nil
	}
	return s.change(key)
}

// Set sets a value, or adds one in the manner of the entry's others. A table that is not there is made.
func (e *Editor) Set(file, address, key string, v Literal) {
	c := e.valueOf(file, address, key, true)
	if c == nil {
		return
	}
	c.value, c.unset = &v, false
}

// Unset takes a value away, with the comment at the end of its line.
func (e *Editor) Unset(file, address, key string) {
	c := e.valueOf(file, address, key, false)
	if c == nil {
		return
	}
	c.value, c.unset, c.remark = nil, true, nil
}

// Insert makes an entry of a list behind another of it, or as the last where after is "", and returns its address. table names
// the list: "project.line", in the table at parent. A file that is not there is made.
func (e *Editor) Insert(file, table, parent, after string, values []KeyValue) (address string) {
	up := e.site(file, parent, true)
	if up == nil {
		return ""
	}
	rest, ok := strings.CutPrefix(table, up.Table)
	rest = strings.TrimPrefix(rest, ".")
	if !ok || rest == "" || len(splitKeys(rest)) != 1 {
		e.fail(file, parent, "no place for %q", table)
		return ""
	}
	key := unquoteKey(rest)
	if up.n != nil {
		if c := up.n.child(key); c != nil && c.kind != kindTables && !(c.kind == kindArray && (len(c.children) == 0 || holdsTables(c))) {
			e.fail(file, parent, "%q is no list of tables", key)
			return ""
		}
	}
	e.made++
	address = joinKey(parent, key) + "[+" + strconv.Itoa(e.made) + "]"
	s := &site{Entry: Entry{File: up.File, Table: joinKey(up.Table, key), Address: address, Parent: parent, Element: true}, key: key, up: up, made: true}
	for _, v := range values {
		s.change(v.Key).value = &v.Value
	}
	if after == "" {
		up.lists = append(up.lists, madeRow{key, s})
	} else {
		sibling := e.site(file, after, false)
		if sibling == nil || sibling.up != up || sibling.key != key {
			e.fail(file, after, "no sibling of what is to be inserted")
			return ""
		}
		sibling.after = append(sibling.after, s)
	}
	e.files[file].sites[address] = s
	return address
}

// Delete takes an entry away with all that is in it and the comment at the end of its line. Comments on lines of their own stay.
func (e *Editor) Delete(file, address string) {
	if address == "" {
		e.fail(file, address, "the top of a file cannot be deleted")
		return
	}
	if s := e.site(file, address, false); s != nil {
		s.gone = true
	}
}

// Remark sets the comment at the end of the line of a value, or of the entry where key is "". No text takes it away. It is one
// line: line breaks and other controls in it become blanks.
func (e *Editor) Remark(file, address, key, text string) {
	s := e.site(file, address, key != "")
	if s == nil {
		return
	}
	text = strings.TrimRight(strings.Map(func(r rune) rune {
		if IsControl(r) {
			return ' '
		}
		return r
	}, text), " ")
	switch {
	case key != "":
		s.change(key).remark = &text
	case s.n != nil && (s.n == s.File.root || s.n.implicit || s.nested && !s.Element):
		e.fail(file, address, "has no line of its own for a comment")
	default:
		s.remark = &text
	}
}
