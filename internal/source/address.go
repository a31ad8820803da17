package source

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/diag"
)

// Addresses names the places of a file by the keys that lead to them, with what entries of lists say of themselves in the place
// of their number: project[甲].amount. Such a name stays when lines and entries come and go around it.
type Addresses struct {
	f     *File
	names func(table string) []string
	spots []spot // in the order of their starts, each behind those that it is in
}

// spot is a value with its key, a key or header, and the address of it.
type spot struct {
	at      span
	address string
	in      int // the spot around it, -1 for none
}

// NewAddresses reads the places of a file. names are the keys by which the entries of a table are known; it may be nil.
func NewAddresses(f *File, names func(table string) []string) *Addresses {
	a := &Addresses{f: f, names: names}
	for _, c := range f.root.children {
		a.node(c, "", "")
	}
	slices.SortStableFunc(a.spots, func(x, y spot) int {
		return cmp.Or(cmp.Compare(x.at.start, y.at.start), -cmp.Compare(x.at.end, y.at.end))
	})
	var open []int
	for i := range a.spots {
		for len(open) > 0 && a.spots[open[len(open)-1]].at.end < a.spots[i].at.end {
			open = open[:len(open)-1]
		}
		if a.spots[i].in = -1; len(open) > 0 {
			a.spots[i].in = open[len(open)-1]
		}
		open = append(open, i)
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
		a.spots = append(a.spots, spot{at: whole, address: address})
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
	start, end := int(r.Start.Offset), max(int(r.End.Offset), int(r.Start.Offset))
	i, _ := slices.BinarySearchFunc(a.spots, start, func(s spot, start int) int {
		if s.at.start <= start {
			return -1
		}
		return 1
	})
	for i--; i >= 0; i = a.spots[i].in {
		if s := &a.spots[i]; s.at.start <= start && end <= s.at.end {
			return s.address
		}
	}
	return ""
}
