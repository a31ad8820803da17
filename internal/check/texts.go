package check

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/prose"
	"yusuan/internal/source"
)

// passage is a text that somebody typed, with what it speaks of.
type passage struct {
	label   string // what messages call it
	key     string // of an entry of [text] or of a form
	text    source.String
	project *budget.Project // whose form or purpose it is
	slot    bool            // an entry of [text], around which the program prints the figures
	stated  bool            // a section of a finished document
	basis   bool            // the basis of an estimate
	now     bool            // what this year's money is for, or what it is to reach
	numbers []prose.Quantity
	letters letters
	asLast  []prose.Sentence // that say something is as last year; nil before they are asked for
}

// passages are all texts of the data, in the order of the schema.
func (in *Input) passages() []passage {
	f := in.Budget.Facts
	out := make([]passage, 0, in.typed())
	add := func(label string, s source.String, p *budget.Project) {
		if s.V != "" {
			out = append(out, passage{label: label, text: s, project: p})
		}
	}
	for _, s := range f.Department.Duties {
		add("主要职责", s, nil)
	}
	add("机构设置", f.Department.Institutions, nil)
	for i := range f.Projects {
		p := &f.Projects[i]
		from := len(out)
		add("主要用途", p.Purpose, p)
		add("支出方向和用途", p.Use, p)
		ofThisYear(out[from:])
	}
	for _, x := range f.Text {
		label := x.Key.V
		if s := in.Pack.Slot(x.Key.V); s != nil {
			label = s.Title
		}
		add(label, x.Value, nil)
		if x.Value.V != "" {
			out[len(out)-1].slot, out[len(out)-1].key = true, x.Key.V
		}
	}
	for _, x := range f.Glossary {
		add("名词解释", x.Text, nil)
	}
	for i := range f.Forms {
		out = in.formPassages(out, &f.Forms[i])
	}
	for i := range f.StatedTexts {
		add(f.StatedTexts[i].Section.V, f.StatedTexts[i].Text, nil)
		if f.StatedTexts[i].Text.V != "" {
			out[len(out)-1].stated = true
		}
	}
	for i := range f.StatedTables {
		add(f.StatedTables[i].Name(), f.StatedTables[i].Rows, nil)
	}
	for i := range out {
		out[i].numbers, out[i].letters = prose.Quantities(out[i].text.V), lettersOf(out[i].text.V)
	}
	return out
}

// typed is how many texts there are at most.
func (in *Input) typed() int {
	f := in.Budget.Facts
	n := len(f.Department.Duties) + 1 + 2*len(f.Projects) + len(f.Text) + len(f.Glossary) + len(f.StatedTexts) + len(f.StatedTables)
	for i := range f.Forms {
		x := &f.Forms[i]
		n += len(x.Fields) + len(x.Goals) + 2*len(x.Indicators) + 3*len(x.Details)
	}
	return n
}

func (in *Input) formPassages(out []passage, f *budget.Form) []passage {
	p := in.Budget.ProjectOf(f)
	add := func(label string, s source.String, basis bool) {
		if s.V != "" {
			out = append(out, passage{label: label, text: s, project: p, basis: basis})
		}
	}
	spec := in.Pack.Forms[f.Kind.V]
	for _, x := range f.Fields {
		label, role := x.Key.V, pack.FieldRole("")
		if spec != nil {
			for _, k := range spec.Fields {
				if k.Key == x.Key.V {
					label, role = k.Title, k.Role
				}
			}
		}
		add(label, x.Value, role == pack.FieldBasis)
		if x.Value.V != "" {
			out[len(out)-1].key, out[len(out)-1].now = x.Key.V, role == pack.FieldContent
		}
	}
	for i := range f.Goals {
		from := len(out)
		add("绩效目标", f.Goals[i].Text, false)
		if f.Goals[i].Horizon.V == "年度" {
			ofThisYear(out[from:])
		}
	}
	for i := range f.Indicators {
		add("指标值", f.Indicators[i].Value, false)
		add("指标值确定依据", f.Indicators[i].Basis, false)
	}
	for i := range f.Details {
		from := len(out)
		add("活动内容", f.Details[i].Content, false)
		ofThisYear(out[from:])
		add("测算依据及说明", f.Details[i].Basis, false)
		add("备注", f.Details[i].Note, false)
	}
	return out
}

func ofThisYear(list []passage) {
	for i := range list {
		list[i].now = true
	}
}

// place is where a quantity of the passage stands.
func (p *passage) place(q *prose.Quantity) diag.Range { return p.text.Span(q.Start, q.End) }

// totalWords announce a sum of what stands before or after.
func totalWords() []string { return []string{"合计", "共计", "总计", "合共", "共"} }

// Announced reports whether the words right before a quantity make it a total.
func Announced(text string, q *prose.Quantity) bool { return announced(text, q) }

// announced reports whether the words right before a quantity make it a total.
func announced(text string, q *prose.Quantity) bool {
	before := prose.Squeeze(text[prose.LastBreak(text[:q.Start]):q.Start])
	before = strings.TrimRight(before, "约为是需：")
	for _, w := range totalWords() {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}

// estimates: the parts of a basis of estimate add up to the project's budget, unless the text itself says how the two
// hang together by naming the budget.
func estimates(in *Input, r *Report) {
	for i := range in.texts {
		p := &in.texts[i]
		if p.basis && p.project != nil && p.project.Priced() {
			now := in.Budget.Sum(in.Budget.OfProject(p.project))
			Estimate(r, p.text, p.text.V, p.numbers, 0, now, money.Amount{}, "项目"+in.Budget.ProjectTitle(p.project))
		}
	}
}

// Estimate adds up one basis text with its numbers, which begins at an offset of what was typed. slack is how far off what was
// budgeted may be for its rounding.
func Estimate(r *Report, typed source.String, text string, numbers []prose.Quantity, offset int, budgeted, slack money.Amount, name string) {
	var sum money.Amount
	var parts []string
	var first, last *prose.Quantity
	list := prose.Sums(numbers)
	for i := range list {
		q := &list[i]
		if prose.SameAmount(q, budgeted) {
			return // the budget is named: the sentence around it answers for the difference
		}
		if announced(text, q) {
			continue // held by spokenSums
		}
		if arranged(text, q) {
			arrangedOther(r, typed, q, offset, budgeted, name)
			return
		}
		if first == nil {
			first = q
		}
		last = q
		sum = sum.Add(q.Value)
		parts = append(parts, q.Literal)
	}
	if len(parts) < 2 || sum.Sub(budgeted).Abs().Cmp(slack) <= 0 {
		return
	}
	d := diag.Diagnostic{Rule: "测算-001", Level: diag.Warning, At: typed.Span(offset+first.Start, offset+last.End),
		Message: name + "的测算依据各项之和与本年预算不符",
		Notes:   []diag.Related{{Text: strings.Join(parts, "＋") + "＝" + money.ToldNumber(sum)}},
		Hint:    "改正测算，或在文中写明两数的关系，例如“经统筹压减，按1,084万元安排”"}
	if first.Start > last.Start || !sameLine(d.At) {
		d.At = typed.Span(offset+last.Start, offset+last.End)
	}
	d.Numbers(money.Difference(money.Wan, sum, budgeted))
	r.Add(d)
}

// arranged reports whether the words around a quantity make it the amount that is asked for.
func arranged(text string, q *prose.Quantity) bool {
	before, after := prose.Squeeze(text[prose.LastBreak(text[:q.Start]):q.Start]), prose.Squeeze(text[q.End:])
	for _, w := range []string{"安排", "列入预算", "申报", "申请"} {
		if strings.HasPrefix(after, w) {
			return true
		}
	}
	before = strings.TrimRight(before, "约为是共：")
	for _, w := range []string{"本年预算", "当年预算", "安排预算", "申请预算", "预算安排", "申请资金"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}

// arrangedOther reports that a text asks for another amount than the project has.
func arrangedOther(r *Report, typed source.String, q *prose.Quantity, offset int, budgeted money.Amount, name string) {
	d := diag.Diagnostic{Rule: "测算-001", Level: diag.Warning, At: typed.Span(offset+q.Start, offset+q.End),
		Message: name + "的测算依据里安排的数与本年预算不符", Hint: "核对项目的金额（小数点、单位）和文字里的金额"}
	d.Numbers(money.Difference(money.Wan, q.Value, budgeted))
	r.Add(d)
}

func sameLine(at diag.Range) bool { return at.Start.Line == at.End.Line }

// spokenSums: a total in a text is the sum of the amounts before it, or of those after it in the same sentence.
func spokenSums(in *Input, r *Report) {
	if in.Budget.Facts.Published() {
		return // publishedTexts and publishedForms know the tables behind the sentences
	}
	for i := range in.texts {
		spokenSum(r, &in.texts[i])
	}
}

func spokenSum(r *Report, p *passage) {
	var parts []prose.Quantity
	for _, q := range prose.Sums(p.numbers) {
		if !announced(p.text.V, &q) {
			parts = append(parts, q)
			continue
		}
		if len(parts) >= 2 {
			var sum money.Amount
			var words []string
			for i := range parts {
				sum = sum.Add(parts[i].Value)
				words = append(words, parts[i].Literal)
			}
			if !prose.SameAmount(&q, sum) {
				d := diag.Diagnostic{Rule: "测算-002", Level: diag.Warning, At: p.place(&q), Message: "句中的合计不等于所列各项之和",
					Notes: []diag.Related{{Text: strings.Join(words, "＋") + "＝" + money.ToldNumber(sum), At: p.place(&parts[0])}},
					Hint:  "核对各项和合计；合计另含别的内容的，写明是什么"}
				d.Numbers(money.Difference(money.Wan, q.Value, sum))
				r.Add(d)
			}
		}
		parts = nil
	}
}

// products: a unit price times a count is the amount of the same sentence.
func products(in *Input, r *Report) {
	for i := range in.texts {
		p := &in.texts[i]
		if !slices.ContainsFunc(p.numbers, func(q prose.Quantity) bool { return q.Rate != "" }) {
			continue
		}
		for _, s := range prose.Sentences(p.text.V, true) {
			product(r, p, p.text.V[s.Start:s.End], s.Start)
		}
	}
}

func product(r *Report, p *passage, text string, offset int) {
	qs := prose.Quantities(text)
	var prices, counts, results []prose.Quantity
	for _, q := range qs {
		switch {
		case q.Kind == prose.Amount && q.Rate != "":
			prices = append(prices, q)
		case q.Kind == prose.Amount:
			results = append(results, q)
		}
	}
	if len(prices) != 1 {
		return
	}
	thing, period, _ := strings.Cut(prices[0].Rate, "/")
	for _, q := range qs {
		if q.Kind == prose.Plain && q.Measure == thing {
			counts = append(counts, q)
		}
	}
	if len(counts) != 1 || len(results) != 1 || results[0].Start < prices[0].Start {
		return // more than one of each leaves open what belongs together
	}
	price, n, result := prices[0], counts[0], results[0]
	if period == "天" || period == "?" || strings.Contains(text[:result.Start], "至"+n.Literal) {
		return
	}
	total := price.Value.Times(n.Literal)
	if period == "月" {
		total = total.Times("12")
	}
	if prose.SameAmount(&result, total) || strings.Contains(text, "约") {
		return
	}
	d := diag.Diagnostic{Rule: "测算-004", Level: diag.Warning, At: p.text.Span(offset+result.Start, offset+result.End),
		Message: "单价乘数量不等于句中的金额", Hint: "核对单价、数量和金额",
		Notes: []diag.Related{{Text: fmt.Sprintf("%s × %s%s", text[price.Start:price.End], n.Literal, n.Measure), At: p.text.Span(offset+price.Start, offset+price.End)}}}
	d.Numbers(money.Difference(money.Wan, result.Value, total))
	r.Add(d)
}
