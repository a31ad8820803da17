package source

import (
	"fmt"
	"strings"

	"yusuan/internal/diag"
)

// Addresses names the places of a file by the keys that lead to them, with what entries of lists say of themselves in the place
// of their number: project[甲].amount. Such a name stays when lines and entries come and go around it.
type Addresses struct {
	f     *File
	names func(table string) []string
	spots diag.Nest[string]
}

// NewAddresses reads the places of a file. names are the keys by which the entries of a table are known; it may be nil.
func NewAddresses(f *File, names func(table string) []string) *Addresses {
	a := &Addresses{f: f, names: names}
	for _, c := range f.root.children {
		a.node(c, "", "")
	}
	return a
}

// node notes the places below a node. address leads to what it is in, table is the same without what entries say of themselves.
func (a *Addresses) node(n *node, address, table string) {
	if n.name != "" {
		name := a.f.keyText(n.name)
		address, table = strings.TrimPrefix(address+"."+name, "."), strings.TrimPrefix(table+"."+name, ".")
	}
	whole := n.at
	if n.kind != kindTable && n.kind != kindTables && n.name != "" && n.key.start < whole.start {
		whole.start = n.key.start
	}
	if n.kind != kindTables && !n.implicit {
		a.spots.Add(a.f.Path, whole.start, whole.end, address)
	}
	for _, c := range n.children {
		if n.kind == kindTables || n.kind == kindArray {
			a.node(c, address+"["+a.entry(c, table)+"]", table)
			continue
		}
		a.node(c, address, table)
	}
}

// entry is what an entry of a list says of itself: the values of the keys by which it is known, or its own value.
func (a *Addresses) entry(n *node, table string) string {
	if n.kind != kindTable {
		return fmt.Sprint(n.value)
	}
	if a.names == nil {
		return ""
	}
	var words []string
	for _, key := range a.names(table) {
		if c := n.child(key); c != nil && c.value != nil {
			words = append(words, fmt.Sprint(c.value))
		}
	}
	return strings.Join(words, " ")
}

// Of is the address of a place of the file: of the innermost that it is all in, "" for none.
func (a *Addresses) Of(r diag.Range) string {
	address, _ := a.spots.Find(r)
	return address
}
