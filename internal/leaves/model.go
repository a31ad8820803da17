package leaves

import (
	"encoding/binary"
	"slices"
	"strings"

	"yusuan/internal/audit"
	"yusuan/internal/box"
	"yusuan/internal/budget"
	"yusuan/internal/money"
	"yusuan/internal/pack"
)

// model is a document as a program: what it may be made of, and the numbers that this adds up to.
type model struct {
	budget *budget.Budget // for its catalogues
	space  *box.Space
	cells  []cell
	made   []audit.Cell // what cells were made of

	side, fund, nature, function, economic, unit, project, carried int
	all, purse                                                     []bool // dimensions that count

	owner map[string]string // units of projects

	work   int // that is left
	leaves []leaf
	of     []leafRows
	amount []int64 // of leaves, once solved
	sure   []bool  // of leaves: the numbers leave no other
}

// leafRows are the cells that count a leaf.
type leafRows map[int]int64

func newModel(b *budget.Budget, space *box.Space, cells []audit.Cell) *model {
	m := &model{budget: b, space: space, work: maxWork}
	n := space.Dimensions()
	at := func(key string) int { return dimension(space, key) }
	m.side, m.fund, m.nature, m.function = at("side"), at("fund"), at("kind"), at("function")
	m.economic, m.unit, m.project, m.carried = at("economic"), at("unit"), at("project"), at("carried")
	m.all, m.purse = make([]bool, n), make([]bool, n)
	for d := range n {
		m.all[d] = true
	}
	m.purse[m.fund], m.purse[m.unit] = true, true
	places := decimals(cells)
	for i := range cells {
		if c, ok := m.cell(&cells[i], places); ok {
			c.from = len(m.made)
			m.cells, m.made = append(m.cells, c), append(m.made, cells[i])
		}
	}
	return m
}

func dimension(s *box.Space, key string) int {
	for d := range s.Dimensions() {
		if s.KeyOf(d) == key {
			return d
		}
	}
	panic("leaves: no dimension " + key)
}

// decimals is how many decimals each table prints.
func decimals(cells []audit.Cell) map[*pack.Table]int {
	out := map[*pack.Table]int{}
	for i := range cells {
		if _, n := money.Digits(cells[i].Text); strings.Contains(cells[i].Text, ".") {
			out[cells[i].Table] = max(out[cells[i].Table], n)
		}
	}
	return out
}

func (m *model) cell(x *audit.Cell, places map[*pack.Table]int) (cell, bool) {
	c := cell{box: x.Box, last: -1, whole: make([]bool, m.space.Dimensions())}
	var ok bool
	if c.value, ok = x.Value.WholeFen(); !ok {
		return c, false
	}
	_, c.view = x.Query.Sees()
	for s := range sideCount {
		c.sides[s] = m.space.Admits(x.Box, m.side, s)
	}
	for d := range c.whole {
		if c.whole[d] = m.space.Whole(x.Box, d); !c.whole[d] && d != m.side {
			c.last = d
		}
	}
	if step := lastPlace(x.Unit, places[x.Table]); step > 1 && c.value != 0 {
		c.play, c.more = step/2, (step-1)/2
	}
	return c, true
}

// lastPlace is what one in the last decimal is, in 分.
func lastPlace(u money.Unit, places int) int64 {
	one := "1"
	if places > 0 {
		one = "0." + strings.Repeat("0", places-1) + "1"
	}
	step, err := money.Parse(one, u)
	if err != nil {
		return 1
	}
	fen, _ := step.WholeFen()
	return fen
}

// plant makes all leaves that there may be. Those that all numbers count alike are one.
func (m *model) plant() {
	seen := map[string]int{}
	take := func(l leaf) {
		if owner := m.owner[m.name(m.project, l.value[m.project])]; owner != "" && m.name(m.unit, l.value[m.unit]) != owner && l.kind == spent {
			return // another unit's
		}
		rows := leafRows{}
		for i := range m.cells {
			if n := m.counted(&m.cells[i], &l); n != 0 {
				rows[i] = n
			}
		}
		key := m.signature(&l, rows)
		if i, ok := seen[key]; ok {
			x := &m.leaves[i]
			x.alike++
			if l.cost < x.cost {
				l.alike = x.alike
				*x = l
			}
			return
		}
		if len(rows) == 0 && l.kind != byEconomic {
			return // no number tells of it, and no margin
		}
		seen[key] = len(m.leaves)
		m.leaves, m.of = append(m.leaves, l), append(m.of, rows)
	}
	families := m.families()
	slices.SortStableFunc(families, func(a, b family) int { return int(b.kind) - int(a.kind) }) // what is carried first: revenue of nothing is nothing spent only without it
	for i := range families {
		m.grow(&families[i], m.zeros(families[i].kind), take)
	}
}

// signature tells leaves apart by what counts them: basic expenditure also by what has to be equal in its two margins.
func (m *model) signature(l *leaf, rows leafRows) string {
	b := []byte{byte(l.kind)}
	if l.kind == byFunction || l.kind == byEconomic {
		for _, d := range []int{m.fund, m.unit, m.nature} {
			b = binary.AppendVarint(b, int64(l.value[d]))
		}
	}
	for i := range m.cells {
		if n := rows[i]; n != 0 {
			b = binary.AppendVarint(binary.AppendVarint(b, int64(i)), n)
		}
	}
	return string(b)
}

// zeros are the printed zeros that leaves of a kind cannot be in.
func (m *model) zeros(kind leafKind) (zeros []*cell) {
	for i := range m.cells {
		c := &m.cells[i]
		if c.value != 0 {
			continue
		}
		switch {
		case kind == carriedIn && c.sides[in], kind == carriedOut && (c.sides[out] || c.sides[in] && c.sides[revenue]),
			kind < carriedIn && c.sides[expenditure] && kind.view()&c.view == c.view:
			zeros = append(zeros, c)
		case kind < carriedIn && kind != byEconomic && c.sides[revenue] && (c.sides[in] || m.carriesNothing(c)):
			zeros = append(zeros, c)
		}
	}
	return zeros
}

// carriesNothing reports whether nothing can be carried in that a number of revenue would be less for.
func (m *model) carriesNothing(c *cell) bool {
	for i := range m.leaves {
		if l := &m.leaves[i]; l.kind == carriedIn && m.within(c, l, m.purse) {
			return false
		}
	}
	return true
}

// solve finds the amounts.
func (m *model) solve() {
	m.plant()
	p := &program{}
	for i := range m.leaves {
		p.cost = append(p.cost, m.leaves[i].cost)
	}
	seen := map[string]int{}
	for i := range m.cells {
		r := row{vars: map[int]int64{}, value: m.cells[i].value, play: m.cells[i].play, more: m.cells[i].more}
		var key []byte
		for j := range m.leaves {
			if n := m.of[j][i]; n != 0 {
				r.vars[j] = n
				key = binary.AppendVarint(binary.AppendVarint(key, int64(j)), n)
			}
		}
		if len(r.vars) == 0 {
			continue
		}
		if k, ok := seen[string(key)]; ok {
			if x := &p.rows[k]; r.play < x.play { // the more exact one
				x.value, x.play, x.more = r.value, r.play, r.more
			}
			continue
		}
		seen[string(key)] = len(p.rows)
		p.rows = append(p.rows, r)
	}
	p.rows = append(append(p.rows, m.margins()...), m.pairs()...)
	m.amount = p.solve()
	m.tidy(p)
	m.settle(p.rows)
}

// tidy does without leaves of less than what is printed, where the numbers can be had without: rounding made them.
func (m *model) tidy(p *program) {
	least := int64(0)
	for i := range m.cells {
		least = max(least, 2*m.cells[i].play)
	}
	small := 0
	again := &program{rows: p.rows, cost: slices.Clone(p.cost), without: make([]bool, len(p.cost))}
	for j, a := range m.amount {
		if again.without[j] = a <= least; again.without[j] && a > 0 {
			small++
		}
	}
	if small == 0 {
		return
	}
	if amount := again.solve(); again.missed(amount) <= p.missed(m.amount) {
		m.amount = amount
	}
}

// margins are what has to hold: by function and by economy there is as much of each unit, fund and nature.
func (m *model) margins() []row {
	at := map[[3]int]int{}
	var rows []row
	has := [2]bool{}
	for j := range m.leaves {
		l := &m.leaves[j]
		if l.kind != byFunction && l.kind != byEconomic {
			continue
		}
		has[l.kind] = true
		key := [3]int{l.value[m.unit], l.value[m.fund], l.value[m.nature]}
		k, ok := at[key]
		if !ok {
			k = len(rows)
			at[key] = k
			rows = append(rows, row{vars: map[int]int64{}, must: true})
		}
		rows[k].vars[j] = 1
		if l.kind == byEconomic {
			rows[k].vars[j] = -1
		}
	}
	if !has[byFunction] || !has[byEconomic] {
		return nil
	}
	return rows
}

// pairs are what is usual: codes of both classifications that stand for the same money have as much of it.
func (m *model) pairs() (rows []row) {
	for _, p := range m.budget.Pairs {
		of := map[int]*row{} // by unit
		has := map[int][2]bool{}
		for j := range m.leaves {
			l := &m.leaves[j]
			if m.name(m.fund, l.value[m.fund]) != budget.FundGeneral {
				continue
			}
			sign, side := int64(0), 0
			switch {
			case l.kind == byFunction && slices.Contains(p.Functional, m.name(m.function, l.value[m.function])):
				sign = 1
			case l.kind == byEconomic && slices.Contains(p.Economic, m.name(m.economic, l.value[m.economic])):
				sign, side = -1, 1
			default:
				continue
			}
			unit := l.value[m.unit]
			if of[unit] == nil {
				of[unit] = &row{vars: map[int]int64{}, soft: true}
			}
			of[unit].vars[j] = sign
			both := has[unit]
			both[side] = true
			has[unit] = both
		}
		for _, unit := range m.each(m.unit) {
			if has[unit] == [2]bool{true, true} {
				rows = append(rows, *of[unit])
			}
		}
	}
	return rows
}

// settle finds which amounts are sure: a number counts one leaf alone, or one beside others that are sure.
func (m *model) settle(rows []row) {
	m.sure = make([]bool, len(m.leaves))
	for again := true; again; {
		again = false
		for _, r := range rows {
			if r.soft {
				continue
			}
			open, sum := none, int64(0)
			for j, a := range r.vars {
				switch {
				case m.sure[j]:
					sum += a * m.amount[j]
				case open == none:
					open = j
				default:
					open = -2
				}
			}
			if open >= 0 && m.leaves[open].alike == 1 && sum+r.vars[open]*m.amount[open] == r.value {
				m.sure[open], again = true, true
			}
		}
	}
}
