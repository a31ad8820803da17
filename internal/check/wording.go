package check

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/prose"
)

// typedFigures: around the texts of [text] the program prints figures itself; a number typed there again goes stale.
// An amount right behind a project's name is one of the project's (where the clause names no other year).
func typedFigures(in *Input, r *Report) {
	for i := range in.texts {
		p := &in.texts[i]
		for _, q := range prose.Sums(p.numbers) {
			if p.slot {
				in.typedFigure(r, p, &q)
			}
			in.typedProject(r, p, &q)
		}
	}
}

func (in *Input) typedFigure(r *Report, p *passage, q *prose.Quantity) {
	for _, name := range in.Pack.FigureNames {
		f := in.Pack.Figures[name]
		now := in.Budget.Sum(f.Query)
		what, word := f.Title, `{{amount "`+name+`"}}`
		if before, ok := in.Prior.Amounts[name]; ok && !prose.SameAmount(q, now) {
			switch change := now.Sub(before).Abs(); {
			case prose.SameAmount(q, change):
				now, what, word = change, f.Title+"的变动额", changedWord(name, "Amount")
			case prose.SameAmount(q, before):
				now, what, word = before, "上年的"+f.Title, changedWord(name, "Last")
			}
		}
		if now.IsZero() || !prose.SameAmount(q, now) {
			continue
		}
		r.Add(diag.Diagnostic{Rule: "文表-006", Level: diag.Note, At: p.place(q), Message: "手写的“" + p.text.V[q.Start:q.End] + "”就是程序印的" + what,
			Hint: "碰巧相同的不必改；说的就是它，删去这个数，由程序印出；模板里写作 " + word})
		return
	}
}

// changedWord is what of a template prints a part of a figure's change since last year.
func changedWord(figure, part string) string {
	return `{{with changed "` + figure + `" ""}}{{.` + part + `}}{{end}}`
}

// typedProject holds an amount against the project whose name stands right before it.
func (in *Input) typedProject(r *Report, p *passage, q *prose.Quantity) {
	clause := prose.Squeeze(p.text.V[prose.LastBreak(p.text.V[:q.Start]):q.Start])
	before := map[int]bool{} // projects whose names stand further left
	first := -1
	in.spaced.in(clause, func(i, at, length int) {
		if !before[i] && strings.Trim(clause[at+length:], "项目预算安排共为约：总") == "" && (first < 0 || i < first) {
			first = i
		}
		before[i] = true
	})
	if first >= 0 {
		in.typedAmount(r, p, q, &in.Budget.Facts.Projects[first])
	}
}

// typedAmount holds an amount against the project of a name, or where several units have one, against any of them.
func (in *Input) typedAmount(r *Report, p *passage, q *prose.Quantity, x *budget.Project) {
	meant := in.Budget.ProjectNamed(x.Name.V)
	if p.project != nil && p.project.Name.V == x.Name.V {
		meant = []*budget.Project{p.project} // its own form
	}
	if slices.ContainsFunc(meant, func(x *budget.Project) bool { return !x.Priced() }) {
		return
	}
	d := diag.Diagnostic{Rule: "文表-007", Level: diag.Note, At: p.place(q), Message: "文字里的项目金额与项目" + diag.Quote(x.Name.V) + "的本年预算不同",
		Hint: "说的是别的数时不必改；是本年预算的，改成一致"}
	for _, x := range meant {
		now := in.Budget.Sum(in.Budget.OfProject(x))
		if prose.SameAmount(q, now) || x.Total.Set && prose.SameAmount(q, x.Total.Amount) {
			return
		}
		note := "项目在这里"
		if len(meant) > 1 {
			note = "项目" + in.Budget.ProjectTitle(x) + " " + money.Told(now)
		}
		d.Notes = append(d.Notes, diag.Related{Text: note, At: x.At})
		d.Numbers(money.Difference(money.Wan, q.Value, now))
	}
	if len(meant) > 1 {
		d.Stated, d.Want, d.Diff = money.Told(q.Value), "其中一个的本年预算", ""
	}
	r.Add(d)
}

// unsaid is what a template asks for. In finished documents package audit tells of other residue.
const unsaid = `主要原因是[：:]?[。；]|按[^。，；]{0,12}填[写列]|（请填写[^）]*）|此处填写`

var (
	residue   = compiled(`增加（减少）|增加\(减少\)|上升（下降）|[X×Ｘ]{2,}(?:万元|元|%|年|部门|单位)|` + unsaid)
	unstated  = compiled(unsaid)
	asOf      = compiled(`截至\s*(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日`)
	compared  = compiled(`比\s*(\d{4})\s*年(?:度)?(?:部门)?预算`)
	halfBrace = compiled(`\p{Han}{1,6}\([^()]*\p{Han}[^()]*\)`)
)

// wording: residue of templates, brackets of two kinds.
func wording(in *Input, r *Report) {
	for i := range in.texts {
		p := &in.texts[i]
		if m := p.residue(); m != nil {
			r.Add(diag.Diagnostic{Rule: "用语-001", Level: diag.Warning, At: p.text.Span(m[0], m[1]), Message: p.label + "里有没改完的套话“" + p.text.V[m[0]:m[1]] + "”",
				Hint: "写明实际情况，或删去"})
		}
		if !p.holds("(") || !p.holds("（") {
			continue
		}
		if m := halfBrace().FindStringIndex(p.text.V); m != nil {
			r.Add(diag.Diagnostic{Rule: "用语-002", Level: diag.Note, At: p.text.Span(m[0], m[1]), Message: p.label + "里混用半角和全角括号",
				Stated: p.text.V[m[0]:m[1]], Want: prose.Squeeze(p.text.V[m[0]:m[1]])})
		}
	}
}

// residue is the first residue; the words come first since they are quickly sought and seldom there.
func (p *passage) residue() []int {
	if !p.holds("减少）", "减少)", "下降）", "XX", "××", "ＸＸ", "主要原因是", "填") {
		return nil
	}
	if p.stated {
		return unstated().FindStringIndex(p.text.V)
	}
	return residue().FindStringIndex(p.text.V)
}

// futureDates: what is counted as of a day has been counted.
func futureDates(in *Input, r *Report) {
	published, what, want := in.Budget.Facts.Department.Date, "晚于公开日期", "不晚于 "
	if !published.Set && in.Budget.Facts.Published() { // budgets are made public within weeks of their approval in spring
		published.Set, published.Time = true, time.Date(in.Budget.Facts.Department.Year.V, time.June, 30, 0, 0, 0, 0, time.UTC)
		what, want = "在预算公开以后", "公开以前，不晚于 "
	}
	for i := range in.texts {
		p := &in.texts[i]
		if !p.holds("截至") {
			continue
		}
		for _, m := range asOf().FindAllStringSubmatchIndex(p.text.V, -1) {
			day, err := time.Parse("2006-1-2", p.text.V[m[2]:m[3]]+"-"+p.text.V[m[4]:m[5]]+"-"+p.text.V[m[6]:m[7]])
			if err != nil || !published.Set || !day.After(published.Time) {
				continue
			}
			r.Add(diag.Diagnostic{Rule: "日期-002", Level: diag.Error, At: p.text.Span(m[0], m[1]), Message: p.label + "里的截至日期" + what,
				Stated: day.Format("2006-01-02"), Want: want + published.Time.Format("2006-01-02"), Hint: "多半应为上年年末"})
		}
	}
}

// staleYears: changes are told against last year.
func staleYears(in *Input, r *Report) {
	last := strconv.Itoa(in.Budget.Facts.Department.Year.V - 1)
	for i := range in.texts {
		p := &in.texts[i]
		if p.stated || !p.holds("比") { // package audit knows the years of finished documents
			continue
		}
		for _, m := range compared().FindAllStringSubmatchIndex(p.text.V, -1) {
			if year := p.text.V[m[2]:m[3]]; year != last {
				r.Add(diag.Diagnostic{Rule: "年度-004", Level: diag.Warning, At: p.text.Span(m[2], m[3]), Message: p.label + "里拿来比较的不是上年",
					Stated: year + "年", Want: last + "年", Hint: "多半是沿用了往年的文字"})
			}
		}
	}
}

// indicators: every indicator says its first level; one that must not happen is 0 at both horizons.
func indicators(in *Input, r *Report) {
	for i := range in.Budget.Facts.Forms {
		f := &in.Budget.Facts.Forms[i]
		before := map[string][]*budget.Indicator{} // by name
		for j := range f.Indicators {
			x := &f.Indicators[j]
			if x.First.V == "" {
				r.Warnf("绩效-011", x.At, "%s的指标“%s”没有写一级指标", in.formName(f), x.Third.V)
			}
			same := before[x.Third.V]
			if len(same) < mostAlike {
				before[x.Third.V] = append(same, x)
			}
			for _, y := range same {
				if y.Horizon.V != x.Horizon.V && opposite(x.Value.V, y.Value.V) {
					r.Add(diag.Diagnostic{Rule: "绩效-012", Level: diag.Note, At: x.Value.At,
						Message: fmt.Sprintf("指标“%s”的%s值与%s值相反", x.Third.V, x.Horizon.V, y.Horizon.V), Stated: x.Value.V, Want: y.Value.V,
						Notes: []diag.Related{{Text: y.Horizon.V + "值在这里", At: y.Value.At}}})
				}
			}
		}
	}
}

func opposite(a, b string) bool { return a == "0" && b == "100%" || a == "100%" && b == "0" }
