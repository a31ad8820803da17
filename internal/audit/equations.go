package audit

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"yusuan/internal/box"
	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// equation says that a printed number is the sum of others, or equals one other.
type equation struct {
	rule  string
	total int   // index of a cell
	parts []int // indexes of cells
	word  string
}

// residual is total − Σ parts.
func (d *document) residual(e *equation) money.Amount {
	r := d.cells[e.total].value
	for _, p := range e.parts {
		r = r.Sub(d.cells[p].value)
	}
	return r
}

// slack is what rounding alone can make of the residual: nothing for two prints of one number, 0.005·(n+1) in the
// printed unit for a sum of n.
func (d *document) slack(e *equation) money.Amount {
	if n := d.addends(e); n > 1 {
		return d.coarsest(n, e)
	}
	// One number in two tables is rounded twice from the same 元: in one unit alike, in two units to the coarser one.
	for _, p := range e.parts {
		if c := &d.cells[p]; !c.absent && (c.unit != d.cells[e.total].unit || c.places != d.cells[e.total].places) {
			return d.coarsest(0, e)
		}
	}
	return money.Amount{}
}

// coarsest is what rounding can make of a sum of n numbers that are printed as coarsely as the coarsest of an identity.
func (d *document) coarsest(n int, e *equation) money.Amount {
	var most money.Amount
	for _, i := range slices.Concat([]int{e.total}, e.parts) {
		c := &d.cells[i]
		if i != e.total && c.absent || c.exact() {
			continue
		}
		most = larger(most, money.ToleranceOf(n, c.unit, c.places))
	}
	return most
}

// exact reports whether a number is printed to the 分, and so was never rounded.
func (c *cell) exact() bool {
	const fen = 2
	return c.unit == money.Yuan && c.places >= fen
}

// addends is the number of parts that rounding can have touched. A printed zero counts as exact: no budget has an item
// of less than 50 元, and with it counted a slip of 0.01 could hide behind any empty column.
func (d *document) addends(e *equation) (n int) {
	for _, p := range e.parts {
		if !d.cells[p].value.IsZero() {
			n++
		}
	}
	return n
}

// equations derives the identities of the printed tables.
func (d *document) equations() []equation {
	out := d.inTables()
	out = append(out, d.sameMeaning()...)
	out = append(out, d.sameBesideNothing()...)
	return append(out, d.acrossTables()...)
}

// sameMeaning pairs cells that print the same number.
func (d *document) sameMeaning() []equation {
	groups := map[string][]int{}
	var out []equation
	for i := range d.cells {
		k := d.cells[i].box.Key()
		if d.cells[i].absent && len(groups[k]) == 0 {
			groups[k] = append(groups[k], i)
			continue
		}
		for _, j := range groups[k] {
			rule, word := "表间-001", "同一个数"
			if d.cells[i].table == d.cells[j].table {
				rule = "表内-003"
			}
			out = append(out, equation{rule: rule, total: j, parts: []int{i}, word: word})
		}
		groups[k] = append(groups[k], i)
	}
	return out
}

// acrossTables are sums whose parts stand in other tables, split along one dimension: a class of expenditure paid by
// the treasury is that class of each of the three budgets.
func (d *document) acrossTables() []equation {
	seen := map[string]bool{}
	var distinct []int
	for i := range d.cells {
		if k := d.cells[i].box.Key(); !seen[k] {
			seen[k] = true
			distinct = append(distinct, i)
		}
	}
	var out []equation
	for dim := range d.space.Dimensions() {
		if len(d.space.Values(d.space.KeyOf(dim))) < 2 {
			continue // all are one in it
		}
		alike := map[string]*along{} // cells that differ in this dimension only
		of := make([]*along, len(distinct))
		for k, i := range distinct {
			key := d.space.Without(d.cells[i].box, dim)
			if alike[key] == nil {
				alike[key] = &along{}
			}
			of[k] = alike[key]
			of[k].cells = append(of[k].cells, i)
		}
		for k, i := range distinct {
			if e, ok := d.splitAcross(i, of[k]); ok {
				out = append(out, e)
			}
		}
	}
	return out
}

// along are cells that differ in one dimension only.
type along struct {
	cells []int
	among *box.Among
}

// splitAcross finds the parts of a cell among others, some of them in other tables.
func (d *document) splitAcross(i int, others *along) (equation, bool) {
	if len(others.cells) < 2 {
		return equation{}, false
	}
	if others.among == nil {
		boxes := make([]box.Box, len(others.cells))
		for k, j := range others.cells {
			boxes[k] = d.cells[j].box
		}
		others.among = d.space.Among(boxes)
	}
	parts, ok := others.among.Split(d.cells[i].box)
	e := equation{rule: "表间-002", total: i, word: "其他表各数之和"}
	elsewhere := false
	for _, p := range parts {
		e.parts = append(e.parts, others.cells[p])
		elsewhere = elsewhere || d.cells[others.cells[p]].table != d.cells[i].table
	}
	return e, ok && elsewhere
}

// publishedTables checks the printed tables of a finished document.
func publishedTables(in *Input, r *check.Report) {
	if len(in.Budget.Facts.StatedTables) == 0 {
		return
	}
	d := in.printed
	d.wrongUnits(r)
	d.identities = d.equations()
	broken, rounded := d.verify()
	d.reportRounding(r, rounded)
	blamed := map[int]bool{}
	for len(broken) > 0 {
		culprit, value, ok := d.culprit(broken)
		if !ok {
			d.reportEquation(r, &broken[0])
			blamed[broken[0].total] = true
			for _, p := range broken[0].parts {
				blamed[p] = true
			}
			broken = broken[1:]
			continue
		}
		blamed[culprit] = true
		var mine, rest []equation
		for _, e := range broken {
			if e.total == culprit || slices.Contains(e.parts, culprit) {
				mine = append(mine, e)
			} else {
				rest = append(rest, e)
			}
		}
		d.reportCulprit(r, culprit, value, mine)
		broken = rest
	}
	d.parts(r, blamed)
	d.reportApart(r)
	d.oddRows(r)
}

// parts: no part of expenditure is more than the whole that another table prints. Numbers with an error already are
// left out.
func (d *document) parts(r *check.Report, blamed map[int]bool) {
	boxes := make([]box.Box, len(d.cells))
	for i := range d.cells {
		boxes[i] = d.cells[i].box
	}
	holders := d.space.Holders(boxes)
	for i := range d.cells {
		a := &d.cells[i]
		if a.value.IsZero() || blamed[i] {
			continue
		}
		for _, j := range holders.Of(a.box) {
			b := &d.cells[j]
			if a.table == b.table || b.blank || blamed[j] {
				continue
			}
			if slack := larger(money.ToleranceOf(0, a.unit, a.places), money.ToleranceOf(0, b.unit, b.places)); a.value.Sub(b.value).Cmp(slack) <= 0 {
				continue
			}
			x := diag.Diagnostic{Rule: "表间-003", Level: diag.Error, At: a.at, Message: a.name + "大于它所属的" + b.name,
				Notes: []diag.Related{{Text: b.name + " " + number(b.value, b.unit), At: b.at}}, Hint: "部分不会大于整体，两个数至少有一个印错"}
			x.Numbers(money.Difference(a.unit, a.value, b.value))
			r.Fold(fmt.Sprint("表间-003", a.table.ID, "\x00", a.row, "\x00", b.table.ID), x)
		}
	}
}

func larger(a, b money.Amount) money.Amount {
	if a.Cmp(b) < 0 {
		return b
	}
	return a
}

// half is half a unit of the last of so many decimals: 0.005 of two.
func half(places int) string { return "0." + strings.Repeat("0", places) + "5" }

// verify sorts out the identities that do not hold: by more than rounding can explain, and by no more than that.
func (d *document) verify() (broken, rounded []equation) {
	for _, e := range d.identities {
		switch diff := d.residual(&e); {
		case diff.IsZero():
		case diff.Abs().Cmp(d.slack(&e)) <= 0:
			rounded = append(rounded, e)
		default:
			broken = append(broken, e)
		}
	}
	return broken, rounded
}

// culprit finds the cell of which one other value mends the most broken identities, at least two: that is the one
// mistyped number behind them. Of several it is one that need not be less than nothing for that.
func (d *document) culprit(broken []equation) (cellIndex int, value money.Amount, ok bool) {
	wanted := map[int][]want{}
	for i := range broken {
		e := &broken[i]
		diff, slack := d.residual(e), d.slack(e)
		wanted[e.total] = append(wanted[e.total], want{d.cells[e.total].value.Sub(diff), slack})
		for _, p := range e.parts {
			wanted[p] = append(wanted[p], want{d.cells[p].value.Add(diff), slack})
		}
	}
	best, likely := 1, false
	for _, i := range slices.Sorted(maps.Keys(wanted)) {
		v, n := agreed(wanted[i])
		may := v.Sign() >= 0 || d.cells[i].value.Sign() < 0
		if n == len(wanted[i]) && (n > best || ok && n == best && may && !likely) {
			cellIndex, value, best, likely, ok = i, v, n, may, true
		}
	}
	return cellIndex, value, ok
}

// want is a value that an identity asks of one of its cells, give or take.
type want struct {
	value, slack money.Amount
}

// agreed is the value of the tightest want, and how many wants it satisfies.
func agreed(wants []want) (money.Amount, int) {
	best := slices.MinFunc(wants, func(a, b want) int { return a.slack.Cmp(b.slack) })
	n := 0
	for _, w := range wants {
		if w.value.Sub(best.value).Abs().Cmp(w.slack.Add(best.slack)) <= 0 {
			n++
		}
	}
	return best.value, n
}

// relation writes an identity with its numbers, from the side of its total.
func (d *document) relation(e *equation) string {
	unit := d.unit(e)
	if len(e.parts) == 1 {
		return d.cells[e.parts[0]].name + " " + number(d.cells[e.parts[0]].value, unit) + "，" + d.cells[e.total].name + " " + number(d.cells[e.total].value, unit)
	}
	var words []string
	var sum money.Amount
	for _, p := range e.parts {
		if c := &d.cells[p]; !c.value.IsZero() {
			sum = sum.Add(c.value)
			words = append(words, number(c.value, unit))
		}
	}
	told := d.cells[e.total].name + " " + number(d.cells[e.total].value, unit) + "，" + e.word + " " + strings.Join(words, "＋")
	if len(words) != 1 { // 329.66＝329.66 says nothing
		told += "＝" + number(sum, unit)
	}
	return told
}

// unit is that of the tables in which the numbers of an identity are printed, 万元 where they have not all the same.
func (d *document) unit(e *equation) money.Unit {
	unit := d.cells[e.total].unit
	for _, p := range e.parts {
		if c := &d.cells[p]; !c.absent && c.unit != unit {
			return money.Wan
		}
	}
	return unit
}

// rounding says how far rounding alone may take an identity, "" where nothing is rounded.
func (d *document) rounding(e *equation) string {
	slack := d.slack(e)
	if slack.IsZero() {
		return ""
	}
	return money.ToldBound(d.unit(e), slack)
}

func (d *document) reportCulprit(r *check.Report, i int, value money.Amount, because []equation) {
	c := &d.cells[i]
	c.right, c.wrong = value, true
	slices.SortStableFunc(because, func(a, b equation) int { return cmp.Compare(a.rule, b.rule) })
	x := diag.Diagnostic{Rule: because[0].rule, Level: diag.Error, At: c.at, Message: c.name + "与其他各数不符",
		Hint: fmt.Sprintf("%d条勾稽关系都指向这一个数，核对它是否印错", len(because))}
	x.Numbers(money.Difference(c.unit, c.value, value))
	for k := range because {
		if k == 3 {
			break
		}
		x.Notes = append(x.Notes, diag.Related{Text: d.relation(&because[k]), At: d.other(&because[k], i)})
	}
	r.Add(x)
}

// other is the place of another cell of an identity.
func (d *document) other(e *equation, i int) diag.Range {
	if e.total != i {
		return d.cells[e.total].at
	}
	return d.cells[e.parts[0]].at
}

func (d *document) reportEquation(r *check.Report, e *equation) {
	c := &d.cells[e.total]
	x := diag.Diagnostic{Rule: e.rule, Level: diag.Error, At: c.at, Message: c.name + "不等于" + e.word,
		Notes: []diag.Related{{Text: d.relation(e), At: d.cells[e.parts[0]].at}}, Hint: "核对合计和各分项，至少有一个数印错"}
	if most := d.rounding(e); len(e.parts) > 1 && most != "" {
		x.Hint += fmt.Sprintf("；%d项四舍五入至多相差%s", d.addends(e), most)
	}
	x.Numbers(money.Difference(d.unit(e), c.value, c.value.Sub(d.residual(e))))
	r.Add(x)
}

// reportRounding says, once a table, which differences rounding alone explains.
func (d *document) reportRounding(r *check.Report, rounded []equation) {
	byTable := map[string][]equation{}
	var order []string
	for _, e := range rounded {
		id := d.cells[e.total].table.ID
		if byTable[id] == nil {
			order = append(order, id)
		}
		byTable[id] = append(byTable[id], e)
	}
	for _, id := range order {
		list := byTable[id]
		e := &list[0]
		c := &d.cells[e.total]
		x := diag.Diagnostic{Rule: "尾差-001", Level: diag.Note, At: c.at,
			Message: fmt.Sprintf("%s与%d项之和相差不超过四舍五入的界限%s（%s×(%d＋1)）", c.name, d.addends(e), money.ToldBound(d.unit(e), d.slack(e)), half(c.places), d.addends(e)),
			Hint:    "各数分别由元舍入到万元时会这样，不是错误；不放心的，用元核对"}
		x.Numbers(money.Difference(d.unit(e), c.value, c.value.Sub(d.residual(e))))
		for i := range list {
			x.Notes = append(x.Notes, diag.Related{Text: d.relation(&list[i]), At: d.cells[list[i].total].at})
		}
		r.Add(x)
	}
}
