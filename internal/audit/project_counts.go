package audit

import (
	"strconv"
	"strings"

	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/prose"
	"yusuan/internal/sentence"
)

// How many projects have goals is said beside what they come to: 编报绩效目标的项目共11个，涉及资金6,626万元. There are no more than the
// table of projects has, and no fewer than there are forms.

// projectsCounted holds such counts against the tables and forms.
func projectsCounted(in *Input, r *check.Report) {
	projects, forms := len(in.printedProjects()), 0
	for _, f := range in.forms {
		if f.table.Project.V != "" {
			forms++
		}
	}
	for k := range in.told {
		t := &in.told[k]
		for i := range t.read.Numbers {
			if t.read.CountsProjects(i) {
				in.projectCount(t, i, projects, forms, r)
			}
		}
	}
}

// projectCount holds one count, and what the projects come to.
func (in *Input) projectCount(t *told, i, projects, forms int, r *check.Report) {
	n := &t.read.Numbers[i]
	count := chineseNumber(n.Literal)
	d := diag.Diagnostic{Rule: "文表-013", Level: diag.Warning, At: t.at(i), Message: diag.Quote(t.text.Section.V) + "里的项目个数与表不符", Stated: t.printedAs(i) + n.Measure,
		Hint: "核对个数、项目支出表和绩效目标表"}
	if projects > 0 || forms > 0 {
		t.hold(i, "表里的项目")
	}
	sum := t.amountBehind(i)
	switch {
	case projects > 0 && count > projects:
		d.Want = "项目支出表里共" + strconv.Itoa(projects) + "个"
	case count < forms:
		d.Want = "绩效目标表有" + strconv.Itoa(forms) + "张"
	case sum >= 0 && (count == 0) != t.read.Numbers[sum].Value.IsZero():
		t.hold(i, "同句的项目资金")
		t.hold(sum, "同句的项目个数")
		d.Message, d.Want = diag.Quote(t.text.Section.V)+"里项目个数和项目资金只有一个是0", ""
		d.Notes = []diag.Related{{Text: "项目资金 " + t.printedAs(sum), At: t.at(sum)}}
	default:
		in.projectMoney(t, sum, r)
		return
	}
	r.Add(d)
}

// amountBehind is the amount that follows a count within its sentence, -1 for none.
func (t *told) amountBehind(i int) int {
	if i+1 >= len(t.read.Numbers) {
		return -1
	}
	n := &t.read.Numbers[i+1]
	if n.Role != sentence.Sum || n.Kind != prose.Amount || n.Rate != "" || strings.ContainsAny(t.text.Text.V[t.read.Numbers[i].End:n.Start], "。；\n") {
		return -1
	}
	return i + 1
}

// projectMoney: what some projects come to is no more than all do.
func (in *Input) projectMoney(t *told, sum int, r *check.Report) {
	if sum < 0 {
		return
	}
	n := &t.read.Numbers[sum]
	c, ok := in.printedFigure("kind=项目支出")
	if !ok {
		return
	}
	t.hold(sum, "表里的项目支出")
	slack := larger(money.ToleranceOf(1, n.Unit, n.Places), money.ToleranceOf(1, c.unit, c.places))
	off := n.Value.Sub(c.value)
	same := off.Abs().Cmp(slack) <= 0
	if same || off.Sign() < 0 && (!sentence.Near(n.Value, c.value) || in.whole(n.Value) != nil) {
		return
	}
	d := diag.Diagnostic{Rule: "文表-013", Level: diag.Warning, At: t.at(sum), Message: diag.Quote(t.text.Section.V) + "里项目涉及的资金与表里的项目支出不符",
		Notes: []diag.Related{{Text: c.name + " " + number(c.value, c.unit) + unitWord(c.unit), At: c.at}}, Hint: "部分项目的资金不大于全部项目支出，核对这两个数"}
	d.Numbers(money.Difference(toldUnit(&c), n.Value, c.value))
	r.Add(d)
}

// whole is a number of the tables with a value, nil where there is none.
func (in *Input) whole(v money.Amount) *cell {
	for i := range in.printed.cells {
		if c := &in.printed.cells[i]; c.value.Equal(v) {
			return c
		}
	}
	return nil
}
