package leaves

import (
	"slices"
	"strings"

	"yusuan/internal/box"
	"yusuan/internal/budget"
)

// leaf is what a line of the data may be, before it is known how much it is: its value in each dimension of the space, by number;
// none where it has none.
type leaf struct {
	kind  leafKind
	value []int
	cost  int64
	alike int // how many leaves all printed numbers take alike: this one stands for them
}

const none = -1

type leafKind uint8

// The kinds of leaves: basic expenditure by function and by economy (its two margins), other expenditure, what is carried in and
// out. Revenue follows from these.
const (
	byFunction leafKind = iota
	byEconomic
	spent
	carriedIn
	carriedOut
	bought
)

// view is in which of the two margins a leaf is counted.
func (k leafKind) view() budget.View {
	switch k {
	case byFunction:
		return budget.ByFunction
	case byEconomic:
		return budget.ByEconomy
	}
	return budget.ByFunction | budget.ByEconomy
}

// counted is how often a printed number counts a leaf: revenue is what is spent and carried out, less what is carried in.
func (m *model) counted(c *cell, l *leaf) int64 {
	var n int64
	switch l.kind {
	case bought:
		if c.sides[purchases] && m.within(c, l, m.all) {
			n++
		}
		return n
	case carriedIn:
		if c.sides[in] && m.within(c, l, m.purse) {
			n++
		}
		if c.sides[revenue] && m.within(c, l, m.purse) {
			n--
		}
		return n
	case carriedOut:
		if c.sides[out] && m.within(c, l, m.purse) {
			n++
		}
	default:
		if c.sides[expenditure] && l.kind.view()&c.view == c.view && m.within(c, l, m.all) {
			n++
		}
		if l.kind == byEconomic {
			return n // revenue follows from the other margin
		}
	}
	if c.sides[revenue] && m.within(c, l, m.purse) {
		n++
	}
	return n
}

// within reports whether a box holds a leaf. Of some dimensions alone a leaf of another side has a value: of the others the box
// must say nothing, as it must of those of which the leaf has none.
func (m *model) within(c *cell, l *leaf, dims []bool) bool {
	for d, has := range dims {
		if d == m.side {
			continue
		}
		v := none
		if has {
			v = l.value[d]
		}
		if v == none && !c.whole[d] || v != none && !m.space.Admits(c.box, d, v) {
			return false
		}
	}
	return true
}

// family is a kind of leaves with the values that they may have in each dimension, and what the unusual ones cost.
type family struct {
	kind   leafKind
	values [][]int
	cost   func(v []int) int64
}

// families are all leaves that the document may be made of.
func (m *model) families() []family {
	nothing := func(d int) []int { return []int{none} }
	base := func() [][]int {
		v := make([][]int, m.space.Dimensions())
		for d := range v {
			v[d] = nothing(d)
		}
		v[m.side] = []int{0}
		v[m.fund], v[m.unit] = m.each(m.fund), m.each(m.unit)
		return v
	}
	natures, others := m.kinds()
	function, economic, project := base(), base(), base()
	function[m.nature], function[m.function] = natures, m.each(m.function)
	economic[m.nature], economic[m.economic] = natures, m.lastFirst(m.each(m.economic))
	project[m.nature], project[m.function], project[m.project] = others, m.each(m.function), m.each(m.project)
	project[m.economic] = append([]int{none}, m.beside()...)
	for _, v := range [][][]int{function, project} {
		v[m.carried] = m.carriedValues()
	}
	economic[m.carried] = m.carriedValues()[:1]
	unusual := func(v []int) int64 {
		n := m.otherKind(v)
		if v[m.carried] == 0 {
			n += 3
		}
		if v[m.economic] != none {
			n++
		}
		return n
	}
	return []family{{byFunction, function, unusual}, {byEconomic, economic, m.natural}, {spent, project, unusual},
		{carriedIn, base(), nil}, {carriedOut, base(), nil}}
}

// otherKind is dear where a functional item usually has the other kind of expenditure: 行政运行 has no projects.
func (m *model) otherKind(v []int) int64 {
	name, _ := m.budget.Functional.Name(m.name(m.function, v[m.function]))
	usual, kind := m.budget.Kinds[name], m.name(m.nature, v[m.nature])
	if usual == "" || usual == kind || usual == budget.KindBasic && kind != budget.KindProject {
		return 0
	}
	return 4
}

// natural costs nothing where an economic class has its own nature.
func (m *model) natural(v []int) int64 {
	code, nature := m.name(m.economic, v[m.economic]), m.name(m.nature, v[m.nature])
	personnel := strings.HasPrefix(code, "301") || strings.HasPrefix(code, "303")
	if personnel == (nature == budget.NaturePersonnel) {
		return 0
	}
	return 2
}

// each are all values of a dimension.
func (m *model) each(d int) []int {
	out := make([]int, len(m.space.Values(m.space.KeyOf(d))))
	for i := range out {
		out[i] = i
	}
	return out
}

// lastFirst puts codes of what is not listed (30199 其他工资福利支出) before others: where nothing is known, they are likeliest.
func (m *model) lastFirst(codes []int) []int {
	slices.SortStableFunc(codes, func(a, b int) int {
		return boolInt(strings.HasSuffix(m.name(m.economic, b), "99")) - boolInt(strings.HasSuffix(m.name(m.economic, a), "99"))
	})
	return codes
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (m *model) name(d, v int) string {
	if v == none {
		return ""
	}
	return m.space.Values(m.space.KeyOf(d))[v]
}

// kinds are the numbers of the natures of basic expenditure, and of the other kinds.
func (m *model) kinds() (natures, others []int) {
	for i, v := range m.space.Values(m.space.KeyOf(m.nature)) {
		if v == budget.NaturePersonnel || v == budget.NaturePublic {
			natures = append(natures, i)
		} else {
			others = append(others, i)
		}
	}
	return natures, others
}

// beside are the economic codes that numbers other than of basic expenditure alone are told by.
func (m *model) beside() (out []int) {
	_, others := m.kinds()
	for _, v := range m.each(m.economic) {
		if slices.ContainsFunc(m.cells, func(c cell) bool {
			return c.sides[expenditure] && !c.whole[m.economic] && m.space.Admits(c.box, m.economic, v) &&
				slices.ContainsFunc(others, func(k int) bool { return m.space.Admits(c.box, m.nature, k) })
		}) {
			out = append(out, v)
		}
	}
	return out
}

// carriedValues are 否, and 是 where a number tells what is paid from last year's money.
func (m *model) carriedValues() []int {
	yes := slices.Index(m.space.Values("carried"), "是")
	no := slices.Index(m.space.Values("carried"), "否")
	if slices.ContainsFunc(m.cells, func(c cell) bool { return c.sides[expenditure] && !c.whole[m.carried] }) {
		return []int{no, yes}
	}
	return []int{no}
}

// maxWork bounds how many leaves are looked at, for the tables of strangers: some hundred million comparisons take seconds.
const maxWork = 400 << 20

// grow makes the leaves of a family, but for those that a printed zero holds. What is beyond the bound is missing from what is found,
// and so from what is printed again.
func (m *model) grow(f *family, zeros []*cell, take func(leaf)) {
	v := make([]int, len(f.values))
	var at func(d int, left []*cell)
	at = func(d int, left []*cell) {
		if m.work -= 1 + len(left); m.work < 0 {
			return
		}
		if d == len(f.values) {
			m.work -= len(m.cells)
			l := leaf{kind: f.kind, value: slices.Clone(v), alike: 1}
			if f.cost != nil {
				l.cost = f.cost(v)
			}
			take(l)
			return
		}
		for _, x := range f.values[d] {
			v[d] = x
			var still []*cell
			empty := false
			for _, c := range left {
				if d != m.side && (x == none && !c.whole[d] || x != none && !m.space.Admits(c.box, d, x)) {
					continue
				}
				still = append(still, c)
				empty = empty || c.last <= d
			}
			if !empty {
				at(d+1, still)
			}
		}
	}
	at(0, zeros)
}

// cell is a printed number, made ready to be asked which leaves it counts.
type cell struct {
	box   box.Box
	sides [sideCount]bool
	view  budget.View
	whole []bool // of which dimensions it says nothing
	last  int    // the last dimension of which it says anything, -1 for none

	value, play, more int64 // what it is, in 分, and how much less or more it was before it was rounded
	from              int   // of the numbers of the document
}

// Sides by number, as boxes have them.
const (
	expenditure = iota
	revenue
	in
	out
	purchases
	sideCount
)
