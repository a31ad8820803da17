package check

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/prose"
)

// Rules about years and amounts that people type into texts around which the program prints nothing: purposes, forms.

var (
	// sinceThen stands right before a year that a text refers to, and does not speak of.
	sinceThen = compiled(`(?:[比较与同和自从至到按照经因对、—\-~－]|截至|截止|根据|依据|参照|[^用]于|^于)$`)
	// wasThen stands behind such a year.
	wasThen = compiled(`^度?(?:\d|起|以来|至|到|[—\-~－、]|底|末|初|以?前|上半年|下半年|[^，。；、]*(?:已|结转|结余|尾款|欠|未付|未完|剩余|续建|续签|跨年|后续|第二阶段|二期|[签订立]的?合同|建成|竣工|完工|完成的|购置的|采购的))`)
	// budgetIs stands before the amount that a text gives for the whole budget of a project.
	budgetIs = compiled(`^(?:本|该)?(?:项目)?(?:本年度?|当年|今年|全年|年度|(\d{4})年度?)?(?:计划|拟)?(?:财政|支出|项目|经费|资金|总|共)*(?:预算|安排|申请|核定)(?:预算|安排|财政拨款|财政资金|资金|金额|经费|支出|数)*(?:共计|合计|共|为|是|：)*$`)
)

// lastYearsText: what this year's money is for is told of this year.
func (in *Input) lastYearsText(p *passage, r *Report) {
	if !p.now || !in.yearServed() || !p.holds("年") {
		return
	}
	year := in.Budget.Facts.Department.Year.V
	s := blanked(p.text.V)
	if strings.Contains(s, strconv.Itoa(year)) {
		return
	}
	for _, m := range yearWord().FindAllStringSubmatchIndex(s, -1) {
		y, _ := strconv.Atoi(s[m[2]:m[3]])
		before := strings.TrimRight(s[:m[0]], " ")
		if y >= year || y < year-2 || prose.PrecededByDigit(s[:m[0]]) || sinceThen().MatchString(before) || wasThen().MatchString(strings.TrimLeft(s[m[1]:], " ")) {
			continue
		}
		r.Add(diag.Diagnostic{Rule: "年度-005", Level: diag.Note, At: p.text.Span(m[0], m[1]), Message: fmt.Sprintf("%s写的是%d年，没有写%d年", p.label, y, year),
			Hint: "多半是沿用了上年的文字"})
		return
	}
}

// typedAmounts: amounts in texts that are not about figures. They are those of the project, or of a figure with two digits
// swapped, or they are nobody's business.
func (in *Input) typedAmounts(p *passage, r *Report) {
	if !in.Gap.IsZero() {
		return
	}
	for _, q := range prose.Sums(p.numbers) {
		if p.project != nil && (unchanged(p, &q) || in.ownAmount(p, &q, r)) {
			continue
		}
		in.nearlyFigure(p, &q, fewestDigits+1, r) // among so many amounts four digits come near to some figure by chance
	}
}

// unchanged reports whether the sentence of an amount says that it is as last year: unchangedProject looks at it.
func unchanged(p *passage, q *prose.Quantity) bool {
	if !p.holds("持平", "相同", "一致") {
		return false
	}
	if p.asLast == nil {
		p.asLast = []prose.Sentence{}
		for _, x := range prose.Sentences(p.text.V, false) {
			if asLast().MatchString(prose.Squeeze(p.text.V[x.Start:x.End])) {
				p.asLast = append(p.asLast, x)
			}
		}
	}
	i, _ := slices.BinarySearchFunc(p.asLast, q.Start, func(x prose.Sentence, at int) int { return cmp.Compare(x.End-1, at) })
	return i < len(p.asLast) && p.asLast[i].Start <= q.Start && q.End <= p.asLast[i].End
}

// ownAmount holds an amount in a project's text against the project. It reports whether the amount is known, or told.
func (in *Input) ownAmount(p *passage, q *prose.Quantity, r *Report) bool {
	if !p.project.Priced() {
		return true
	}
	of := in.Budget.OfProject(p.project)
	sum, bought := in.Budget.Figure(of), in.Budget.Figure(of.Where("side", string(budget.Purchases)))
	own := []money.Amount{sum.Value, bought.Value}
	if p.project.Total.Set {
		own = append(own, p.project.Total.Amount)
	}
	for _, i := range append(sum.Lines, bought.Lines...) {
		own = append(own, in.Budget.Lines[i].Amount)
	}
	from := prose.LastBreak(p.text.V[:q.Start])
	clause := prose.Squeeze(p.text.V[from:q.Start])
	switch {
	case slices.ContainsFunc(own, func(a money.Amount) bool { return prose.SameAmount(q, a) }):
		return true
	case in.spaced.has(clause):
		return true // typedProject looks at it
	case p.basis && arranged(p.text.V, q):
		return true // so does estimate
	}
	d := diag.Diagnostic{Rule: "文表-008", Level: diag.Note, At: p.place(q), Notes: []diag.Related{{Text: "项目在这里", At: p.project.At}}}
	for _, a := range own {
		if swapped(q, a) {
			d.Message = p.label + "里手写的“" + p.text.V[q.Start:q.End] + "”与项目" + in.Budget.ProjectTitle(p.project) + "的金额相近而不同"
			d.Hint = "抄错了的改正；说的是别的数的不必改"
			d.Numbers(money.Difference(money.Wan, q.Value, a))
			r.Add(d)
			return true
		}
	}
	want := sum.Value
	switch m := budgetIs().FindStringSubmatch(clause); {
	case m == nil || p.basis || m[1] != "" && m[1] != strconv.Itoa(in.Budget.Facts.Department.Year.V):
		return false
	case strings.Contains(clause, "总预算"):
		if !p.project.Total.Set {
			return false
		}
		want = p.project.Total.Amount
	}
	d.Rule, d.Message = "文表-007", p.label+"里写的预算与项目"+in.Budget.ProjectTitle(p.project)+"的不同"
	d.Hint = "说的是别的数时不必改；是本年预算的，改成一致"
	d.Numbers(money.Difference(money.Wan, q.Value, want))
	r.Add(d)
	return true
}

// figure is one of the pack's with what it comes to.
type figure struct {
	name, title string
	now, before money.Amount
	compared    bool // last year's amount is known
}

// sums are the figures that are one number. Many amounts are held against them.
func (in *Input) sums() []figure {
	var out []figure
	for _, name := range in.Pack.FigureNames {
		if f := in.Pack.Figures[name]; f.By == "" {
			x := figure{name: name, title: f.Title, now: in.Budget.Sum(f.Query)}
			x.before, x.compared = in.Prior.Amounts[name]
			out = append(out, x)
		}
	}
	return out
}

// fewestDigits is how many digits a number has at least in which two that are swapped tell something.
const fewestDigits = 4

// nearlyFigure: an amount whose digits are those of a figure, or of its change, in another order.
func (in *Input) nearlyFigure(p *passage, q *prose.Quantity, digits int, r *Report) {
	if len(strings.NewReplacer(".", "", "-", "").Replace(q.Literal)) < digits {
		return
	}
	type candidate struct {
		a    money.Amount
		what string
	}
	for i := range in.figures {
		f := &in.figures[i]
		candidates := []candidate{{f.now, diag.Quote(f.title)}}
		if f.compared {
			candidates = append(candidates, candidate{f.before, "上年的" + diag.Quote(f.title)}, candidate{f.now.Sub(f.before).Abs(), diag.Quote(f.title) + "的变动额"})
		}
		for _, c := range candidates {
			if prose.SameAmount(q, c.a) {
				return // typedFigure has said so
			}
			if !swapped(q, c.a) {
				continue
			}
			d := diag.Diagnostic{Rule: "文表-008", Level: diag.Note, At: p.place(q), Message: "手写的“" + p.text.V[q.Start:q.End] + "”与" + c.what + "相近而不同",
				Hint: "抄错了的，删去由程序印出；说的是别的数的不必改"}
			d.Numbers(money.Difference(money.Wan, q.Value, c.a))
			r.Add(d)
			return
		}
	}
}

// swapped reports whether an amount as it is written is another with two neighbouring digits swapped.
func swapped(q *prose.Quantity, a money.Amount) bool {
	return alike(q.Literal, money.Format{Unit: q.Unit, Places: q.Places}.String(a))
}
