package source

import (
	"errors"
	"fmt"

	"github.com/pelletier/go-toml/v2/unstable"
)

// kind is the type of a node.
type kind int

const (
	kindTable  kind = iota
	kindTables      // [[array of tables]]
	kindArray
	kindString
	kindInteger
	kindFloat
	kindBool
	kindDate
	kindTime // a time, with or without a date
)

// String names the kind to the author.
func (k kind) String() string {
	return [...]string{"表", "多个表", "数组", "文字", "整数", "小数", "true/false", "日期", "时间"}[k]
}

// node is a value in a file.
type node struct {
	kind     kind
	name     string // its key, or "" in an array
	key      span   // of that key
	from     int    // where the key and value begin that it is the value of: before the keys that lead to it
	at       span   // of the value; of its header for a table
	implicit bool   // a table that only the headers of its children imply
	value    any    // string, int64, bool, time.Time of a leaf
	children []*node
	index    map[string]*node // of a table with many children
}

// indexFrom is the number of children from which a map finds them faster than a loop.
const indexFrom = 16

func (n *node) child(name string) *node {
	if n.index != nil {
		return n.index[name]
	}
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

func (n *node) add(c *node) {
	n.children = append(n.children, c)
	switch {
	case n.kind != kindTable:
	case n.index != nil:
		n.index[c.name] = c
	case len(n.children) >= indexFrom:
		n.index = make(map[string]*node, 2*indexFrom)
		for _, c := range n.children {
			n.index[c.name] = c
		}
	}
}

// shapeError is a key or table that the document has defined before in another way. BurntSushi reports most of these
// itself, but not a value in the place of a table that dotted keys made.
type shapeError struct{ at span }

func (shapeError) Error() string { return "defined twice" }

// errDisagree says that the two parsers read a document differently.
var errDisagree = errors.New("the two TOML parsers disagree")

// locator builds trees, of one document after the other with the same memory.
type locator struct {
	parser unstable.Parser
	nodes  []node // not yet used
}

// locate builds the tree of a document, with places but without values.
func (l *locator) locate(f *File) (*node, error) {
	p := &l.parser
	p.Reset(f.text)
	root := &node{kind: kindTable}
	b := &builder{l: l, f: f, current: root}
	for p.NextExpression() {
		e := p.Expression()
		var err error
		switch e.Kind {
		case unstable.Table, unstable.ArrayTable:
			b.current, err = b.header(root, e)
		case unstable.KeyValue:
			err = b.keyValue(b.current, e)
		}
		if err != nil {
			return nil, err
		}
	}
	return root, p.Error()
}

type builder struct {
	l       *locator
	f       *File
	current *node
}

// node keeps a node among others: a document has thousands.
func (b *builder) node(n node) *node {
	const many = 32
	if len(b.l.nodes) == 0 {
		b.l.nodes = make([]node, many)
	}
	p := &b.l.nodes[0]
	b.l.nodes = b.l.nodes[1:]
	*p = n
	return p
}

// step goes one key down from a table, through the last element of an array of tables, making the table if needed.
func (b *builder) step(n *node, key *unstable.Node) (*node, error) {
	c := n.child(string(key.Data))
	switch {
	case c == nil:
		c = b.node(node{kind: kindTable, name: string(key.Data), key: rawSpan(key.Raw), at: rawSpan(key.Raw), implicit: true})
		n.add(c)
	case c.kind == kindTables:
		c = c.children[len(c.children)-1]
	case c.kind != kindTable:
		return nil, shapeError{rawSpan(key.Raw)}
	}
	return c, nil
}

func (b *builder) header(root *node, e *unstable.Node) (*node, error) {
	n := root
	keys := e.Key()
	var first span
	for keys.Next() {
		key := keys.Node()
		if n == root && first == (span{}) {
			first = rawSpan(key.Raw)
		}
		if !keys.IsLast() {
			var err error
			if n, err = b.step(n, key); err != nil {
				return nil, err
			}
			continue
		}
		at := b.f.brackets(span{first.start, rawSpan(key.Raw).end})
		if e.Kind == unstable.ArrayTable {
			return b.element(n, key, at)
		}
		c, err := b.step(n, key)
		if err != nil {
			return nil, err
		}
		if !c.implicit {
			return nil, shapeError{rawSpan(key.Raw)}
		}
		c.implicit, c.at, c.key = false, at, rawSpan(key.Raw)
		return c, nil
	}
	return nil, errDisagree // a header has a key
}

func (b *builder) element(n *node, key *unstable.Node, at span) (*node, error) {
	name := string(key.Data)
	list := n.child(name)
	if list == nil {
		list = b.node(node{kind: kindTables, name: name, key: rawSpan(key.Raw), at: at})
		n.add(list)
	}
	if list.kind != kindTables {
		return nil, shapeError{rawSpan(key.Raw)}
	}
	c := b.node(node{kind: kindTable, key: rawSpan(key.Raw), at: at})
	list.add(c)
	return c, nil
}

func (b *builder) keyValue(n *node, e *unstable.Node) error {
	keys := e.Key()
	from := -1
	for keys.Next() {
		key := keys.Node()
		if from < 0 {
			from = rawSpan(key.Raw).start
		}
		if !keys.IsLast() {
			var err error
			if n, err = b.step(n, key); err != nil {
				return err
			}
			continue
		}
		name := string(key.Data)
		if n.child(name) != nil {
			return shapeError{rawSpan(key.Raw)}
		}
		k := rawSpan(key.Raw)
		whole := rawSpan(e.Raw)
		v, err := b.value(e.Value(), span{b.f.skipTo(k.end, '='), whole.end})
		if err != nil {
			return err
		}
		v.name, v.key, v.from = name, k, from
		n.add(v)
	}
	return nil
}

// value builds a value. The parser gives no range for arrays and inline tables; within is where such a one lies.
func (b *builder) value(e *unstable.Node, within span) (*node, error) {
	n := b.node(node{kind: kindOf(e.Kind), at: rawSpan(e.Raw)})
	switch e.Kind {
	case unstable.Array:
		n.at = b.f.trim(within)
		open := n.at.start + 1
		for it := e.Children(); it.Next(); {
			c, err := b.value(it.Node(), span{b.f.skipBlank(open), n.at.end})
			if err != nil {
				return nil, err
			}
			n.add(c)
			open = b.f.skipTo(c.at.end, ',')
		}
		n.at.end = b.f.skipTo(n.last(), ']')
	case unstable.InlineTable:
		n.at = b.f.trim(within)
		for it := e.Children(); it.Next(); {
			if err := b.keyValue(n, it.Node()); err != nil {
				return nil, err
			}
		}
		n.at.end = b.f.skipTo(n.last(), '}')
	case unstable.Float, unstable.Integer, unstable.Bool, unstable.String, unstable.LocalDate, unstable.LocalTime,
		unstable.LocalDateTime, unstable.DateTime:
	default:
		return nil, fmt.Errorf("unexpected %v", e.Kind)
	}
	return n, nil
}

// last is the end of the last thing in an array or inline table, its opening bracket when there is none.
func (n *node) last() int {
	end := n.at.start + 1
	for _, c := range n.children {
		end = max(end, c.end())
	}
	return end
}

// end is where a value ends; a dotted key's implied tables end with their last value.
func (n *node) end() int {
	if !n.implicit {
		return n.at.end
	}
	end := n.at.end
	for _, c := range n.children {
		end = max(end, c.end())
	}
	return end
}

func kindOf(k unstable.Kind) kind {
	switch k {
	case unstable.Array:
		return kindArray
	case unstable.InlineTable:
		return kindTable
	case unstable.Integer:
		return kindInteger
	case unstable.Float:
		return kindFloat
	case unstable.Bool:
		return kindBool
	case unstable.LocalDate:
		return kindDate
	case unstable.LocalTime, unstable.LocalDateTime, unstable.DateTime:
		return kindTime
	}
	return kindString
}

func rawSpan(r unstable.Range) span { return span{int(r.Offset), int(r.Offset + r.Length)} }

// skipBlank goes over blanks, line breaks and comments.
func (f *File) skipBlank(i int) int {
	for ; i < len(f.text); i++ {
		switch f.text[i] {
		case ' ', '\t', '\r', '\n':
		case '#':
			for i+1 < len(f.text) && f.text[i+1] != '\n' {
				i++
			}
		default:
			return i
		}
	}
	return i
}

// skipTo returns the offset after the next c if only blanks, commas and comments stand before it, else i.
func (f *File) skipTo(i int, c byte) int {
	j := f.skipBlank(i)
	for c != ',' && j < len(f.text) && f.text[j] == ',' {
		j = f.skipBlank(j + 1)
	}
	if j < len(f.text) && f.text[j] == c {
		return j + 1
	}
	return i
}

func (f *File) trim(s span) span {
	s.start = min(f.skipBlank(s.start), s.end)
	return s
}

// brackets widens the keys of a header to the header.
func (f *File) brackets(s span) span {
	for s.start > 0 && (f.text[s.start-1] == '[' || f.text[s.start-1] == ' ' || f.text[s.start-1] == '\t') {
		s.start--
	}
	for s.start < s.end && f.text[s.start] != '[' {
		s.start++
	}
	end := s.end
	for i := s.end; i < len(f.text) && (f.text[i] == ']' || f.text[i] == ' ' || f.text[i] == '\t'); i++ {
		if f.text[i] == ']' {
			end = i + 1
		}
	}
	s.end = end
	return s
}
