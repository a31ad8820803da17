package imports

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"yusuan/internal/character"
	"yusuan/internal/grid"
)

// accepted is the score from which on a table is read without being asked for.
const accepted = 60

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// kindOf weighs what the table may be.
func (r *reader) kindOf(t *table) {
	r.classifications(t)
	has := map[role]int{}
	money, funds := 0, 0
	for _, c := range t.columns {
		has[c.role]++
		if c.amount() && c.role != roleSingle {
			money++
			if c.fund != "" {
				funds++
			}
		}
	}
	name := plain(t.sheet.Name) + " " + plain(t.title)
	var list []Candidate
	for _, k := range kinds {
		score := likely(k.kind, has, money, funds, containsAny(name, r.Words.titles[k.kind]))
		if score == 0 {
			continue
		}
		if containsAny(name, r.Words.titles[k.kind]) {
			score += 10
		}
		list = append(list, Candidate{k.kind, min(score, 100)})
	}
	slices.SortStableFunc(list, func(a, b Candidate) int { return b.Score - a.Score })
	if len(list) > 0 && list[0].Score >= accepted {
		t.kind, t.score, list = list[0].Kind, list[0].Score, list[1:]
	}
	t.others = list
	if m := t.mapped; m != nil && m.Kind.V != "" && Kind(m.Kind.V) != t.kind {
		if t.kind != NoTable {
			t.others = slices.Insert(t.others, 0, Candidate{t.kind, t.score})
		}
		t.kind, t.score = Kind(m.Kind.V), 100
	}
}

// likely is how likely a table with columns of these roles is of a kind, of 100.
func likely(k Kind, has map[role]int, money, funds int, titled bool) int {
	any := func(list ...role) bool { return slices.ContainsFunc(list, func(x role) bool { return has[x] > 0 }) }
	function := any(roleFunction, roleFunctionCode, roleFunctionName, roleFunction1)
	economic := any(roleEconomic, roleEconomicCode, roleEconomicName, roleEconomic1)
	project := has[roleProject] == 1
	unit := any(roleUnit, roleUnitCode, roleUnitName)
	buys := any(roleItem, roleItemCode, roleOrganize) || has[roleProcure] > 0 && titled
	nature := any(rolePersonnel, rolePublic)
	switch {
	case k == Balance:
		if has[roleProject]+has[roleSource] >= 2 && money >= 2 && !function {
			return 90
		}
	case has[roleProject] > 1:
	case k == Basic && function && economic && money > 0 && !project && !buys:
		return 80
	case k == ByFunction && function && !economic && nature && !project:
		return 80
	case k == ByEconomic && economic && !function && money > 0 && !project && !buys:
		return 75
	case k == Project && project && money > 0 && !any(roleThird):
		if buys {
			return 55
		}
		return 75
	case k == Purchase && buys && money > 0:
		return 80
	case k == Indicator && any(roleThird) && any(roleTarget, roleTargetLong, roleFirst, roleSecond),
		k == Indicator && any(roleGoal) && project && money == 0: // goals without indicators
		return 85
	case k == Vehicle && (any(roleVehicle) && any(roleCount, roleBought) || has[roleFleet] > 1):
		return 85
	case k == Revenue && money > 0 && !function && !economic && !project:
		if any(roleSource) {
			return 80
		}
		if titled && (funds > 0 || any(roleFund)) && (unit || any(roleFund)) {
			return 70
		}
	case k == Carry && any(roleCarried, roleOut) && !function && !economic && !project && titled:
		return 70
	case k == Unit && money == 0 && !function && !economic && !project && (any(roleUnitCode) && any(roleUnitName) || unit && any(roleUnitKind)):
		return 65
	case k == Summary && !economic && money > 0 && !project && !nature && !buys && (function || unit && any(roleBasic, roleProjects)):
		return 70
	case k == Three && has[roleSingle] >= 2:
		return 85
	}
	return 0
}

// sampled is how many rows are looked at where a head leaves open which codes a column has.
const sampled = 200

// classifications decides which classification columns are of whose heads do not say it: by the codes below, which begin with
// 2 in the functional one, with 3 in that of departments, with 5 in that of the government.
func (r *reader) classifications(t *table) {
	open := map[role][3]role{
		roleCode: {roleFunction, roleEconomic, roleGovernment}, roleCodeCode: {roleFunctionCode, roleEconomicCode, roleGovernment},
		roleCodeName: {roleFunctionName, roleEconomicName, roleGovernment}, roleCode1: {roleFunction1, roleEconomic1, roleGovernment},
		roleCode2: {roleFunction2, roleEconomic2, roleGovernment}, roleCode3: {roleFunction3, roleUnused, roleGovernment},
	}
	last := -1 // which classification the column before is of
	for i, c := range t.columns {
		choice, ok := open[c.role]
		if !ok {
			if last = -1; c.role == roleFunction1 || c.role == roleFunctionCode {
				last = 0
			} else if c.role == roleEconomic1 || c.role == roleEconomicCode {
				last = 1
			}
			continue
		}
		which := r.codesBelow(t, c)
		if which < 0 {
			which = last
		}
		if which < 0 && i+1 < len(t.columns) { // the name stands before the code
			which = r.codesBelow(t, t.columns[i+1])
		}
		if which < 0 {
			which = 0
			c.Note = "列里没有编码，当作功能科目"
		}
		c.role, last = choice[which], which
		c.Score = min(c.Score, 90)
	}
}

// codesBelow is which classification the codes of a column are of, or else the names; -1 for none.
func (r *reader) codesBelow(t *table, c *column) int {
	var n [3]int
	for i := t.after(); i < len(t.sheet.Rows) && i < t.after()+sampled; i++ {
		x := t.sheet.Rows[i].At(c.Number)
		if x.Kind != grid.Number && x.Kind != grid.Text {
			continue
		}
		s := character.Fold(strings.TrimSpace(x.Text))
		code := s[:len(s)-len(strings.TrimLeft(s, "0123456789"))]
		if len(code) >= 3 {
			if w := strings.IndexByte("235", code[0]); w >= 0 {
				n[w]++
			}
			continue
		}
		if code == "" && s != "" {
			for w, tree := range r.trees {
				if len(tree.named(unnumbered(plain(s)))) > 0 {
					n[w]++
				}
			}
		}
	}
	best := 0
	for w := range n {
		if n[w] > n[best] {
			best = w
		}
	}
	if n[best] == 0 {
		return -1
	}
	return best
}

// arrange says which columns of amounts add up which others, and which are not used because a kind has no use for them.
func (r *reader) arrange(t *table) {
	n := 0
	for i, c := range t.columns {
		if c.amount() && (t.kind == Indicator || t.kind == Vehicle || t.kind == Unit) {
			if t.kind == Indicator {
				c.stated = c.role
			}
			c.role, c.sum, c.Note = roleUnused, false, "这种表不读金额和合计"
		}
		if t.kind == Indicator && i > 0 && c.role == roleUnit && slices.ContainsFunc(t.columns[:i], func(b *column) bool {
			return b.role == roleTarget || b.role == roleTargetLong || b.role == roleDirection
		}) {
			c.role = roleMeasure // 单位 of a value
		}
		if t.kind == Carry && c.role == roleAmount && !c.sum && slices.ContainsFunc(t.columns, func(b *column) bool { return b.role == roleCarried }) {
			continue
		}
		if c.amount() {
			c.index = n
			n++
		}
	}
	whole := slices.ContainsFunc(t.columns, func(c *column) bool { return c.amount() && !c.partial && c.role != roleSingle })
	for _, c := range t.columns {
		if c.partial && (c.amount() || c.role == "") && whole && c.role != roleBasic && c.role != roleProjects && c.fund == "" {
			c.Note = "是另一列的其中数，不单独导入"
		} else {
			c.partial = false
		}
	}
	for _, c := range t.columns {
		if !c.amount() || c.partial || c.role == roleWhole || c.role == roleSingle || t.kind == Balance && !c.sum {
			continue
		}
		r.addsUp(t, c)
	}
}

// addsUp finds the parts of a column that adds up others: below a head of a group those of the group, else all.
func (r *reader) addsUp(t *table, c *column) {
	if !c.sum && (c.role != roleAmount || c.fund != "" || c.group) {
		return
	}
	prefix := c.path[:len(c.path)-1]
	if !c.sum {
		prefix = nil
	}
	for _, o := range t.columns {
		if o == c || !o.amount() || o.partial || o.sum || o.role == roleWhole || (o.role == roleSingle) != (t.kind == Three) || len(o.path) < len(prefix) {
			continue
		}
		if !c.sum && o.role == roleAmount && o.fund == "" && !o.group {
			continue // another whole, not a part
		}
		if slices.EqualFunc(prefix, o.path[:len(prefix)], func(a, b headText) bool { return a.text == b.text }) {
			c.parts = append(c.parts, o)
		}
	}
	if c.sum = len(c.parts) > 0; c.sum {
		c.Note = "合计列，由其余各列相加核对"
	}
}

// findTitle is the line above the head that says most: the longest text that states nothing.
func (t *table) findTitle() string {
	best := ""
	for _, row := range t.lines() {
		for _, c := range row.Cells {
			if c.Kind != grid.Text || c.Covered {
				continue
			}
			p := plain(c.Text)
			if m := moneyLine.FindStringIndex(p); m != nil { // on one line with the title
				p = strings.TrimRight(strings.TrimSuffix(strings.TrimRight(p[:m[0]], "("), "金额"), "(")
			}
			if strings.Contains(p, ":") || len(p) > 200 {
				continue
			}
			if strings.HasSuffix(p, "表") && !strings.HasSuffix(best, "表") || len(p) > len(best) && strings.HasSuffix(p, "表") == strings.HasSuffix(best, "表") {
				best = p
			}
		}
	}
	return best
}

// lines are the rows between the table before and the head.
func (t *table) lines() []grid.Row {
	from, _ := slices.BinarySearchFunc(t.sheet.Rows, t.above, func(r grid.Row, n int) int { return r.Number - n })
	to, _ := slices.BinarySearchFunc(t.sheet.Rows, t.top, func(r grid.Row, n int) int { return r.Number - n })
	return t.sheet.Rows[max(from, to-30):max(from, to)]
}
