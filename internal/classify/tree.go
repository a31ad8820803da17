package classify

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"yusuan/internal/diag"
)

// Tree is one classification: codes that extend the code of their parent by two digits, from three on. It is
// immutable. The zero Tree is empty.
type Tree struct {
	names map[string]string
	codes []string // sorted, so that each parent stands before its children
}

// newTree makes a tree of codes with up to digits digits, each below a parent that is there too. What is wrong is told of
// the code at that index.
func newTree(codes []Code, digits int) (Tree, int, string) {
	t := Tree{names: make(map[string]string, len(codes))}
	for i, c := range codes {
		switch {
		case len(c.Code) < 3 || len(c.Code) > digits || len(c.Code)%2 == 0 || strings.Trim(c.Code, "0123456789") != "":
			return Tree{}, i, fmt.Sprintf("“%s”不是编码：类 3 位，款 5 位，项 7 位，最多 %d 位", c.Code, digits)
		case t.names[c.Code] != "":
			return Tree{}, i, "编码" + c.Code + "写了两次"
		case c.Name == "":
			return Tree{}, i, "编码" + c.Code + "没有名称"
		}
		t.names[c.Code] = c.Name
	}
	t.codes = slices.Sorted(maps.Keys(t.names))
	for i, c := range codes {
		if p := t.Parent(c.Code); p != "" && t.names[p] == "" {
			return Tree{}, i, "编码" + c.Code + "的上一级" + p + "不在表里"
		}
	}
	return t, 0, ""
}

// Name returns the name of a code.
func (t Tree) Name(code string) (string, bool) {
	name, ok := t.names[code]
	return name, ok
}

// Codes returns all codes in order, each parent before its children. The caller may keep and change it.
func (t Tree) Codes() []string { return slices.Clone(t.codes) }

// Parent is the code one level up, "" for a class and for what is no code. It follows from the digits; the tree need not
// hold it.
func (t Tree) Parent(code string) string {
	if len(code) <= 3 || strings.Trim(code, "0123456789") != "" {
		return ""
	}
	return code[:len(code)-2]
}

// Level is 1 for a class (类), 2 for a group (款), 3 for an item (项), 0 for what is no code.
func (t Tree) Level(code string) int {
	if len(code) < 3 || len(code)%2 == 0 {
		return 0
	}
	return (len(code) - 1) / 2
}

// Children returns the codes one level below a code in order, the classes for "".
func (t Tree) Children(code string) []string {
	var out []string
	i, _ := slices.BinarySearch(t.codes, code)
	for _, c := range t.codes[i:] {
		if !strings.HasPrefix(c, code) {
			break
		}
		if c != code && t.Parent(c) == code {
			out = append(out, c)
		}
	}
	return out
}

// Path returns a code and the codes above it with their names, from the class down. Names that the tree lacks are "".
func (t Tree) Path(code string) []Code {
	var out []Code
	for c := code; c != ""; c = t.Parent(c) {
		out = append(out, Code{c, t.names[c]})
	}
	slices.Reverse(out)
	return out
}

// With returns a tree that also has the given codes; they replace names that the tree has. The receiver is unchanged.
func (t Tree) With(extra []Code) Tree {
	if len(extra) == 0 {
		return t
	}
	names := make(map[string]string, len(t.names)+len(extra))
	maps.Copy(names, t.names)
	for _, c := range extra {
		names[c.Code] = c.Name
	}
	return Tree{names: names, codes: slices.Sorted(maps.Keys(names))}
}

// Closest returns the code that was most likely meant by a code that the tree lacks, or by a name: a slip of one or
// two digits among the codes with the same parent, a digit lost or added below it, or an equal or similar name. A code of another parent is a digit away, too,
// and is about something else: whoever is in a hurry would take it.
func (t Tree) Closest(wrong string) (string, bool) {
	if strings.Trim(wrong, "0123456789") != "" {
		return t.closestName(wrong)
	}
	var siblings, others []string
	for _, c := range t.codes {
		switch parent := t.Parent(c); {
		case len(c) == len(wrong) && parent == t.Parent(wrong):
			siblings = append(siblings, c)
		case t.Level(wrong) == 0 && parent != "" && strings.HasPrefix(wrong, parent):
			others = append(others, c)
		}
	}
	if near, ok := diag.Closest(wrong, siblings); ok {
		return near, true
	}
	slices.SortStableFunc(others, func(a, b string) int { return len(b) - len(a) }) // digits get lost more often than added
	return diag.Closest(wrong, others)
}

func (t Tree) closestName(name string) (string, bool) {
	names := make([]string, len(t.codes))
	for i, c := range t.codes {
		names[i] = t.names[c]
	}
	near, ok := diag.Closest(name, names)
	if !ok {
		return "", false
	}
	return t.codes[slices.Index(names, near)], true
}
