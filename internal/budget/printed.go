package budget

import (
	"cmp"
	"slices"

	"yusuan/internal/money"
)

// Printed are the lines' amounts rounded to what f prints, such that every figure, being a sum of lines, is a printed
// number of which the parts add up: in rows and in columns, within tables and between them, and in sentences. Which
// lines are rounded down and which up is the largest-remainder method, along a tree: what all is spent and carried out,
// side, fund, kind, nature, unit, project, functional and economic code. So each number of the tree is its exact amount
// rounded down or up, the grand total rounded as usual. Numbers across the tree (a functional item of all units, an
// economic group) can be a few steps from theirs; exchanges within a unit's lines bring them as near as that allows.
//
// Revenue is not rounded but follows from what is spent and carried, so that both sides of the budget stay equal; where a
// purse has none, what it carries in follows. The two lists of a unit that states margins get the same sums.
func (b *Budget) Printed(f money.Format) []money.Amount {
	p := &printing{b: b, f: f, out: make([]money.Amount, len(b.Lines))}
	var outgo, carryIn, purchases, economic []int
	for i := range b.Lines {
		switch x := &b.Lines[i]; {
		case x.Side == CarryOut || x.Side == Expenditure && x.View&ByFunction != 0:
			outgo = append(outgo, i)
		case x.Side == Expenditure:
			economic = append(economic, i)
		case x.Side == CarryIn:
			carryIn = append(carryIn, i)
		case x.Side == Purchases && x.From == nil:
			purchases = append(purchases, i)
		}
	}
	p.root(outgo, outgoTree())
	p.root(purchases, purchaseTree())
	p.margins(outgo, economic)
	p.improve(append(outgo, economic...))
	p.carryIn(carryIn, outgo)
	p.revenue()
	p.marked()
	return p.out
}

// printing is the rounding of one budget's lines.
type printing struct {
	b   *Budget
	f   money.Format
	out []money.Amount
}

type key func(*Line) string

func side(l *Line) string   { return string(l.Side) }
func fund(l *Line) string   { return l.Fund }
func kind(l *Line) string   { return l.Kind }
func nature(l *Line) string { return l.Nature }
func unit(l *Line) string   { return l.Unit }

// project is unique below the unit.
func project(l *Line) string { return l.Project }

// margin parts the lines of a unit that state one classification alone.
func margin(l *Line) string { return string('0' + rune(l.View)) }

func codes() []key {
	var out []key
	for _, n := range []int{3, 5, 7} {
		out = append(out, func(l *Line) string { return prefix(l.Function, n) })
	}
	for _, n := range []int{3, 5} {
		out = append(out, func(l *Line) string { return prefix(l.Economic, n) })
	}
	return out
}

// purseTree leads to the lines that are rounded with one sum; margins are on it because a unit may have lines of both
// kinds.
func purseTree() []key { return []key{side, fund, kind, nature, unit, margin} }

func outgoTree() []key {
	return append(append(purseTree(), project), codes()...)
}

func carryTree() []key { return []key{fund, unit} }

func purchaseTree() []key {
	return append([]key{func(l *Line) string { return l.Procure }, unit, project}, codes()...)
}

func (p *printing) exact(lines []int) money.Amount {
	var sum money.Amount
	for _, i := range lines {
		sum = sum.Add(p.b.Lines[i].Amount)
	}
	return sum
}

func (p *printing) root(lines []int, tree []key) {
	p.divide(lines, p.f.Round(p.exact(lines)), tree)
}

// divide gives a sum to lines, level by level.
func (p *printing) divide(lines []int, sum money.Amount, tree []key) {
	if len(tree) == 0 {
		amounts := make([]money.Amount, len(lines))
		for k, i := range lines {
			amounts[k] = p.b.Lines[i].Amount
		}
		shown, _ := p.f.Apportion(sum, amounts)
		for k, i := range lines {
			p.out[i] = shown[k]
		}
		return
	}
	parts := p.group(lines, tree[0])
	if len(parts) == 1 {
		p.divide(parts[0], sum, tree[1:])
		return
	}
	amounts := make([]money.Amount, len(parts))
	for k := range parts {
		amounts[k] = p.exact(parts[k])
	}
	shown, _ := p.f.Apportion(sum, amounts)
	for k := range parts {
		p.divide(parts[k], shown[k], tree[1:])
	}
}

// group parts lines by a key, in the order of the first of each.
func (p *printing) group(lines []int, k key) [][]int {
	at := map[string]int{}
	var out [][]int
	for _, i := range lines {
		v := k(&p.b.Lines[i])
		j, ok := at[v]
		if !ok {
			j = len(out)
			at[v], out = j, append(out, nil)
		}
		out[j] = append(out[j], i)
	}
	return out
}

// margins gives the lists by economic classification the sums that those by functional classification came to.
func (p *printing) margins(outgo, economic []int) {
	purse := func(l *Line) string { return l.Unit + "\x00" + l.Fund + "\x00" + l.Kind + "\x00" + l.Nature }
	sums := map[string]money.Amount{}
	for _, i := range outgo {
		if x := &p.b.Lines[i]; x.View == ByFunction {
			sums[purse(x)] = sums[purse(x)].Add(p.out[i])
		}
	}
	for _, lines := range p.group(economic, purse) {
		p.divide(lines, sums[purse(&p.b.Lines[lines[0]])], codes())
	}
}

// marked prints procurement that is marked on expenditure as that is printed.
func (p *printing) marked() {
	for i := range p.b.Lines {
		if x := &p.b.Lines[i]; x.Side == Purchases {
			for _, j := range x.From {
				p.out[i] = p.out[j]
			}
		}
	}
}

// carryIn rounds what is carried in. Where a purse has no revenue, that is what it spends and carries out.
func (p *printing) carryIn(lines, outgo []int) {
	spent, revenue := map[purse]money.Amount{}, map[purse]bool{}
	for _, i := range outgo {
		x := &p.b.Lines[i]
		spent[purse{x.Unit, x.Fund}] = spent[purse{x.Unit, x.Fund}].Add(p.out[i])
	}
	for i := range p.b.Lines {
		if x := &p.b.Lines[i]; x.Side == RevenueSide {
			revenue[purse{x.Unit, x.Fund}] = true
		}
	}
	sum := p.f.Round(p.exact(lines))
	var free []int
	for _, i := range lines {
		x := purse{p.b.Lines[i].Unit, p.b.Lines[i].Fund}
		if revenue[x] {
			free = append(free, i)
			continue
		}
		p.out[i] = spent[x]
		sum = sum.Sub(p.out[i])
	}
	p.divide(free, sum, carryTree())
}

// revenue is what each purse spends and carries out, less what it carries in.
func (p *printing) revenue() {
	carried := map[purse]money.Amount{}
	for i := range p.b.Lines {
		switch x := &p.b.Lines[i]; x.Side {
		case CarryOut:
			carried[purse{x.Unit, x.Fund}] = carried[purse{x.Unit, x.Fund}].Add(p.out[i])
		case CarryIn:
			carried[purse{x.Unit, x.Fund}] = carried[purse{x.Unit, x.Fund}].Sub(p.out[i])
		}
	}
	for i := range p.b.Lines {
		x := &p.b.Lines[i]
		if x.Side != RevenueSide {
			continue
		}
		p.out[i] = carried[purse{x.Unit, x.Fund}]
		for _, j := range x.From {
			p.out[i] = p.out[i].Add(p.out[j])
		}
	}
}

// across are the sums, beside those of the tree, that documents print of a line.
func across(l *Line) []string {
	var out []string
	if l.View&ByFunction != 0 {
		for _, n := range []int{3, 5, 7} {
			c := prefix(l.Function, n)
			out = append(out, "f"+c, "f"+c+l.Kind, "f"+c+l.Fund, "f"+c+l.Fund+cmp.Or(l.Nature, l.Kind))
		}
		out = append(out, "k"+l.Kind, "u"+l.Unit, "u"+l.Unit+l.Fund, "u"+l.Unit+l.Fund+cmp.Or(l.Nature, l.Kind), "p"+l.projectKey(), "p"+l.projectKey()+l.Fund)
	}
	if l.View&ByEconomy != 0 && l.Kind == KindBasic {
		for _, n := range []int{3, 5} {
			c := prefix(l.Economic, n)
			out = append(out, "e"+c+l.Fund, "e"+c+l.Fund+l.Nature)
		}
	}
	return out
}

// passes bounds the search for better roundings; most budgets need two.
const passes = 8

// improve exchanges a step between two lines of one purse, one rounded up and one down, as long as that brings the sums
// across the tree nearer to their own rounding.
func (p *printing) improve(lines []int) {
	sums := p.crossSums(lines)
	purse := func(l *Line) string {
		s := ""
		for _, k := range purseTree() {
			s += k(l) + "\x00"
		}
		return s
	}
	groups := p.group(lines, purse)
	for range passes {
		changed := false
		for _, g := range groups {
			for _, i := range g {
				if !p.roundedUp(i) || !sums.astray(i) {
					continue
				}
				for _, j := range g {
					if p.roundedDown(j) && sums.gain(i, j) > 0 {
						p.out[i], p.out[j] = p.out[i].Sub(p.f.Step()), p.out[j].Add(p.f.Step())
						sums.exchange(i, j)
						changed = true
						break
					}
				}
			}
		}
		if !changed {
			return
		}
	}
}

func (p *printing) roundedUp(i int) bool   { return p.out[i].Cmp(p.b.Lines[i].Amount) > 0 }
func (p *printing) roundedDown(i int) bool { return p.out[i].Cmp(p.b.Lines[i].Amount) < 0 }

// crossSums are the sums across the tree, by number: pairs of lines are tried by the million.
type crossSums struct {
	of  map[int][]int32 // the sums that a line is part of
	off []int64         // how many steps the lines come to beside the sum's own rounding
}

func (p *printing) crossSums(lines []int) *crossSums {
	s := &crossSums{of: make(map[int][]int32, len(lines))}
	numbers := map[string]int32{}
	var exact []money.Amount
	for _, i := range lines {
		for _, k := range across(&p.b.Lines[i]) {
			n, ok := numbers[k]
			if !ok {
				n = int32(len(exact))
				numbers[k], exact, s.off = n, append(exact, money.Amount{}), append(s.off, 0)
			}
			s.of[i] = append(s.of[i], n)
			exact[n] = exact[n].Add(p.b.Lines[i].Amount)
			s.off[n] += p.f.Steps(p.out[i])
		}
	}
	for n := range exact {
		s.off[n] -= p.f.Steps(p.f.Round(exact[n]))
	}
	return s
}

// astray reports whether any of a line's sums is too large.
func (s *crossSums) astray(line int) bool {
	return slices.ContainsFunc(s.of[line], func(n int32) bool { return s.off[n] > 0 })
}

// exchange takes a step from a line and gives it to another.
func (s *crossSums) exchange(from, to int) {
	for _, n := range s.of[from] {
		s.off[n]--
	}
	for _, n := range s.of[to] {
		s.off[n]++
	}
}

// gain is by how much the sum of squares of what sums are off falls when a step goes from the one line to the other.
func (s *crossSums) gain(from, to int) (gain int64) {
	for _, n := range s.of[from] {
		s.off[n]--
		gain += 2*s.off[n] + 1
	}
	for _, n := range s.of[to] {
		gain -= 2*s.off[n] + 1
		s.off[n]++
	}
	s.exchange(to, from)
	return gain
}
