package budget

import (
	"slices"

	"yusuan/internal/classify"
	"yusuan/internal/money"
)

// Dimension splits lines into parts: by fund, by unit, by level of a classification.
type Dimension struct {
	Name   string // what packs call it
	View   View   // the margin that answers, 0 when either does
	Key    string // of the query that selects a part
	Digits int    // of the codes; 0 when the part is no code
}

// dimensions are all there are, in the order the pack author's guide has.
var dimensions = [...]Dimension{
	{"fund", 0, "fund", 0}, {"kind", 0, "kind", 0}, {"nature", 0, "nature", 0}, {"unit", 0, "unit", 0},
	{"project", 0, "project", 0}, {"procurement", 0, "procurement", 0}, {"purchase", 0, "purchase", 0},
	{"class", ByFunction, "function", 3}, {"group", ByFunction, "function", 5}, {"item", ByFunction, "function", 7},
	{"economic-class", ByEconomy, "economic", 3}, {"economic-group", ByEconomy, "economic", 5},
}

// Dimensions lists all dimensions.
func Dimensions() []Dimension { return slices.Clone(dimensions[:]) }

// DimensionNames lists the names of all dimensions.
func DimensionNames() []string {
	var out []string
	for _, d := range dimensions {
		out = append(out, d.Name)
	}
	return out
}

// FindDimension returns the dimension of that name.
func FindDimension(name string) (Dimension, bool) {
	for _, d := range dimensions {
		if d.Name == name {
			return d, true
		}
	}
	return Dimension{}, false
}

// Tree holds the names of a dimension's codes, nil when the part is its own name.
func (b *Budget) Tree(d Dimension) *classify.Tree {
	switch d.Key {
	case "function":
		return &b.Functional
	case "economic":
		return &b.Economic
	}
	return nil
}

func (d Dimension) of(l *Line) string {
	switch d.Key {
	case "function":
		return prefix(l.Function, d.Digits)
	case "economic":
		return prefix(l.Economic, d.Digits)
	case "procurement":
		return l.Procure
	case "purchase":
		return l.Purchase
	}
	return l.value(propertyOf(d.Key))
}

func prefix(s string, n int) string {
	if len(s) < n || s[0] > '9' {
		return "" // what the author wrote for a code is none
	}
	return s[:n]
}

// PartOf is the part that l belongs to along d, as queries and the keys of people's texts name it, "" for none.
func (b *Budget) PartOf(d Dimension, l *Line) string {
	if d.Key == "project" {
		return b.register().key(l.Unit, l.Project)
	}
	return d.of(l)
}

// Part is the query for one part of q along the dimension.
func (q Query) Part(d Dimension, part string) Query { return q.Where(d.Key, part) }

// SumBy splits the sum of q along d.
func (b *Budget) SumBy(q Query, d Dimension) map[string]money.Amount {
	q = q.Along(d)
	out := map[string]money.Amount{}
	for i := range b.Lines {
		l := &b.Lines[i]
		if !q.Match(l) {
			continue
		}
		if k := b.PartOf(d, l); k != "" {
			out[k] = out[k].Add(l.Amount)
		}
	}
	return out
}
