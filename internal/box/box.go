// Package box says what a printed number means without any data: the set of lines that it sums, as a box of values for
// each dimension, and what one box says of another.
package box

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"

	"yusuan/internal/budget"
)

// What a printed cell means is a query, and a query is a conjunction: for each dimension (side, fund, functional code …)
// a set of admitted values. Such a box can be compared without any data: equal boxes must hold equal numbers wherever
// they are printed, and a box that others fill without overlap must hold their sum. So the identities of a document
// follow from what its template says of rows and columns, for any template.

// Space is the dimensions and all their values that the tables of one document tell apart.
type Space struct {
	dims   []dimension
	offset []int // of each dimension, in words of a box
	words  int
	kinds  map[string]string // of units by code: 行政, 公益一类
}

type dimension struct {
	key    string
	values []string
}

// Box is one set of values for each dimension, as bits.
type Box []uint64

// natureKey is the dimension of kinds and natures of expenditure together: projects have no nature.
const natureKey = "kind"

// Values are what the tables of one document tell apart.
type Values struct {
	Functional, Economic []string // codes, of any level
	Units, Projects      []string
	Kinds                []string          // of expenditure, beside the two usual ones
	KindOf               map[string]string // of units by code: 行政, 公益一类
	// Bought is what the procurement budget tells apart, by the keys of queries: its codes and projects are its own, since some
	// of what is bought has none.
	Bought map[string][]string
}

// boughtKeys are the keys by which the procurement budget is told apart on its own.
var boughtKeys = [...]string{"function", "economic", "project", "procurement", "purchase", "item", "organization", "reserved"}

// bought is the dimension of a key in the procurement budget.
func bought(key string) string { return "bought/" + key }

// New makes the space that tells values apart. Of codes only the leaves stay: none begins with another.
func New(v Values) *Space {
	s := &Space{kinds: v.KindOf, dims: []dimension{
		{"side", []string{string(budget.Expenditure), string(budget.RevenueSide), string(budget.CarryIn), string(budget.CarryOut), string(budget.Purchases)}},
		{"fund", budget.Funds()},
		{natureKey, append([]string{budget.NaturePersonnel, budget.NaturePublic, budget.KindProject}, v.Kinds...)},
		{"function", leafCodes(v.Functional)},
		{"economic", leafCodes(v.Economic)},
		{"unit", v.Units},
		{"project", v.Projects},
		{"carried", []string{"是", "否"}},
	}}
	for _, key := range boughtKeys {
		values := slices.Compact(slices.Sorted(slices.Values(v.Bought[key])))
		if len(values) > 0 && key != "procurement" && values[0] != "" {
			values = append(values, "") // what has none of it and has no row
		}
		s.dims = append(s.dims, dimension{bought(key), values})
	}
	for i := range s.dims {
		d := &s.dims[i]
		if len(d.values) == 0 {
			d.values = []string{""} // nothing to tell apart: one value that all boxes hold
		}
		s.offset = append(s.offset, s.words)
		s.words += (len(d.values) + 63) / 64
	}
	return s
}

// Dimensions is how many dimensions there are.
func (s *Space) Dimensions() int { return len(s.dims) }

// Values are those of a dimension: unit. What is no dimension has none.
func (s *Space) Values(key string) []string {
	i := slices.IndexFunc(s.dims, func(d dimension) bool { return d.key == key })
	if i < 0 {
		return nil
	}
	return s.dims[i].values
}

// KeyOf is what a dimension tells apart, by number: unit.
func (s *Space) KeyOf(dim int) string { return s.dims[dim].key }

// Admits reports whether a box holds a value of a dimension, both by number.
func (s *Space) Admits(b Box, dim, value int) bool {
	return b[s.offset[dim]+value/64]&(1<<(value%64)) != 0
}

// Whole reports whether a box holds all values of a dimension: it says nothing of it.
func (s *Space) Whole(b Box, dim int) bool { return count(s.part(b, dim)) == len(s.dims[dim].values) }

// dimension is the number of a dimension by the key of queries.
func (s *Space) dimension(key string) int {
	if key == "nature" {
		key = natureKey
	}
	return slices.IndexFunc(s.dims, func(d dimension) bool { return d.key == key })
}

// WholeOf reports whether a box holds all values of a key.
func (s *Space) WholeOf(b Box, key string) bool { return s.Whole(b, s.dimension(key)) }

// AdmitsOf reports whether a box holds a value of a key.
func (s *Space) AdmitsOf(b Box, key, value string) bool {
	dim := s.dimension(key)
	return s.Admits(b, dim, slices.Index(s.dims[dim].values, value))
}

// leafCodes are the codes that no other extends, sorted and without doubles.
func leafCodes(codes []string) []string {
	sorted := slices.Compact(slices.Sorted(slices.Values(codes)))
	var out []string
	for i, c := range sorted {
		if i+1 < len(sorted) && strings.HasPrefix(sorted[i+1], c) {
			continue
		}
		out = append(out, c)
	}
	return out
}

// full is the box of everything.
func (s *Space) full() Box {
	b := make(Box, s.words)
	for i := range s.dims {
		for j := range s.dims[i].values {
			b[s.offset[i]+j/64] |= 1 << (j % 64)
		}
	}
	return b
}

// Of is the set of lines that q selects. It is false when q asks for something that the space does not tell apart.
func (s *Space) Of(q budget.Query) (Box, bool) {
	b := s.full()
	sides := q.Sides()
	if !q.Mentions("side") {
		side := cmp.Or(strings.Join(sides, ""), string(budget.Expenditure))
		s.restrict(b, "side", func(v string) bool { return v == side })
	}
	purchases := slices.Equal(sides, []string{string(budget.Purchases)})
	for _, c := range q.Conditions() {
		key := cmp.Or(map[string]string{"nature": natureKey, "unitkind": "unit"}[c.Key], c.Key)
		if purchases && slices.Contains(boughtKeys[:], key) {
			key = bought(key)
		}
		if !s.restrict(b, key, s.admits(&c)) {
			return nil, false
		}
		if c.Exact && key == "project" && c.Values[0] != "" { // only project expenditure has projects
			s.restrict(b, natureKey, func(v string) bool { return v == budget.KindProject })
		}
		if c.Exact && c.Key != "kind" && !s.whole(key, c.Values[0]) {
			return nil, false
		}
	}
	return b, !s.empty(b)
}

// admits reports of the values of a dimension whether a condition lets them in.
func (s *Space) admits(c *budget.Condition) func(v string) bool {
	switch {
	case c.Exact && c.Key != "kind":
	case c.Key == "function" || c.Key == "economic":
		return func(v string) bool {
			return slices.ContainsFunc(c.Values, func(p string) bool { return strings.HasPrefix(v, p) }) != c.Not
		}
	case c.Key == "unitkind":
		return func(v string) bool { return slices.Contains(c.Values, s.kinds[v]) != c.Not }
	case c.Key == "kind":
		return func(v string) bool { return slices.Contains(c.Values, kindOf(v)) != c.Not }
	}
	return func(v string) bool { return slices.Contains(c.Values, v) != c.Not }
}

// whole reports whether the dimension tells a value from all others.
func (s *Space) whole(key, value string) bool {
	i := slices.IndexFunc(s.dims, func(d dimension) bool { return d.key == key })
	return i >= 0 && slices.Contains(s.dims[i].values, value)
}

func kindOf(nature string) string {
	if nature == budget.NaturePersonnel || nature == budget.NaturePublic {
		return budget.KindBasic
	}
	return nature
}

// restrict takes the values that are not admitted out of one dimension.
func (s *Space) restrict(b Box, key string, admits func(string) bool) bool {
	i := slices.IndexFunc(s.dims, func(d dimension) bool { return d.key == key })
	if i < 0 {
		return false
	}
	for j, v := range s.dims[i].values {
		if !admits(v) {
			b[s.offset[i]+j/64] &^= 1 << (j % 64)
		}
	}
	return true
}

// part is the bits of one dimension.
func (s *Space) part(b Box, dim int) Box {
	end := s.words
	if dim+1 < len(s.dims) {
		end = s.offset[dim+1]
	}
	return b[s.offset[dim]:end]
}

func count(b Box) (n int) {
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

func (s *Space) empty(b Box) bool {
	for i := range s.dims {
		if count(s.part(b, i)) == 0 {
			return true
		}
	}
	return false
}

// volume is the number of different lines in b.
func (s *Space) volume(b Box) int {
	v := 1
	for i := range s.dims {
		v *= count(s.part(b, i))
	}
	return v
}

func Within(a, b Box) bool {
	for i := range a {
		if a[i]&^b[i] != 0 {
			return false
		}
	}
	return true
}

// WithinAside is Within but for one dimension, of which nothing is asked.
func (s *Space) WithinAside(a, b Box, key string) bool {
	aside := s.dimension(key)
	for i := range s.dims {
		if i != aside && !Within(s.part(a, i), s.part(b, i)) {
			return false
		}
	}
	return true
}

// Without is b as a key that leaves out one dimension.
func (s *Space) Without(b Box, dim int) string {
	out := slices.Clone(b)
	clear(s.part(out, dim))
	return out.Key()
}

// Beside is b without the values of which all that it holds is within one of others: what is left when those hold nothing. It is
// false for a box that is within one of them as a whole.
func (s *Space) Beside(b Box, others []Box) (Box, bool) {
	out := slices.Clone(b)
	for changed := true; changed; { // what was left aside may make another one reach
		changed = false
		for _, o := range others {
			odd, n := s.outside(out, o)
			if n == 0 {
				return nil, false
			}
			if n > 1 {
				continue
			}
			x, y := s.part(out, odd), s.part(o, odd)
			for j := range x {
				changed = changed || x[j]&y[j] != 0
				x[j] &^= y[j]
			}
		}
	}
	return out, true
}

// outside is in how many dimensions a box is not within another, and one of them.
func (s *Space) outside(b, o Box) (dim, n int) {
	for i := range s.dims {
		if !Within(s.part(b, i), s.part(o, i)) {
			dim, n = i, n+1
		}
	}
	return dim, n
}

// Rest is what of a box is outside of a part of it; false where the two differ in more than one dimension, or not at all.
func (s *Space) Rest(whole, part Box) (Box, bool) {
	if !Within(part, whole) {
		return nil, false
	}
	odd := -1
	for i := range s.dims {
		if slices.Equal(s.part(whole, i), s.part(part, i)) {
			continue
		}
		if odd >= 0 {
			return nil, false
		}
		odd = i
	}
	if odd < 0 {
		return nil, false
	}
	out := slices.Clone(whole)
	x, y := s.part(out, odd), s.part(part, odd)
	for j := range x {
		x[j] &^= y[j]
	}
	return out, true
}

// Balance makes the box that both sides of a balance share: revenue and carry-over from last year are as much as
// expenditure and carry-over into next year, of every unit and fund (《预算法》 art. 12). Other boxes stay.
func (s *Space) Balance(b Box) Box {
	const side, fund, unit = 0, 1, 5
	p := s.part(b, side)
	if p[0] != 0b1001 { // 支出 and 年终结转
		return b
	}
	full := s.full()
	for i := range s.dims {
		if i != side && i != fund && i != unit && !slices.Equal(s.part(b, i), s.part(full, i)) {
			return b
		}
	}
	out := slices.Clone(b)
	s.part(out, side)[0] = 0b0110
	return out
}

// Key is a box as a key for maps.
func (b Box) Key() string {
	out := make([]byte, 0, 8*len(b))
	for _, w := range b {
		out = binary.LittleEndian.AppendUint64(out, w)
	}
	return string(out)
}
