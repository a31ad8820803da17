package source

import (
	"strings"

	"yusuan/internal/character"
)

// Leaf is a value, or a list of values, and where it stands. What rewrites a file by places keeps all of the author's
// words and comments.
type Leaf struct {
	Path       []string // keys from the top of the file; elements of arrays add none
	Text       bool     // a text, or a list of texts
	Number     bool     // an integer or a decimal number
	Inline     bool     // within braces or brackets
	Start, End int      // of the value in File.Source
}

// Header is a line [table] or [[array of tables]].
type Header struct {
	Path  []string
	Start int // of its bracket in File.Source
}

// Leaves lists the values of the file in the order of its tree.
func (f *File) Leaves() []Leaf {
	var out []Leaf
	f.walk(f.root, nil, false, func(n *node, path []string, inline bool) {
		switch n.kind {
		case kindTable, kindTables:
		case kindArray:
			if len(n.children) == 0 || n.children[0].kind >= kindString {
				text := len(n.children) > 0 && n.children[0].kind == kindString
				out = append(out, Leaf{Path: path, Text: text, Inline: inline, Start: n.at.start, End: n.at.end})
			}
		default:
			out = append(out, Leaf{Path: path, Text: n.kind == kindString, Number: n.kind == kindInteger || n.kind == kindFloat,
				Inline: inline, Start: n.at.start, End: n.at.end})
		}
	})
	return out
}

// Headers lists the headers of the file in the order of its tree, which need not be that of its text.
func (f *File) Headers() []Header {
	var out []Header
	f.walk(f.root, nil, false, func(n *node, path []string, inline bool) {
		if n.kind == kindTable && !n.implicit && !inline && len(path) > 0 && n.at.start < len(f.Source) && f.Source[n.at.start] == '[' {
			out = append(out, Header{Path: path, Start: n.at.start})
		}
	})
	return out
}

func (f *File) walk(n *node, path []string, inline bool, visit func(*node, []string, bool)) {
	visit(n, path, inline)
	if n.kind == kindArray && (len(n.children) == 0 || n.children[0].kind >= kindString) {
		return // a list of values is one leaf
	}
	inner := inline || n.kind == kindArray || n.kind == kindTable && n.at.start < len(f.Source) && n != f.root && f.Source[n.at.start] == '{'
	for _, c := range n.children {
		p := path
		if c.name != "" {
			p = append(append([]string(nil), path...), f.keyText(c.name))
		}
		f.walk(c, p, inner, visit)
	}
}

// Word is the text at a path, of the first file that has it; "" for none.
func Word(files []*File, path ...string) string {
	for _, f := range files {
		n := f.root
		for _, key := range path {
			if n != nil {
				n = n.child(key)
			}
		}
		if n == nil {
			continue
		}
		if s, ok := n.value.(string); ok {
			return strings.TrimSpace(character.Mended(s))
		}
	}
	return ""
}
