package check

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
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
	numbers []quantity
	letters letters
	asLast  []sentence // that say something is as last year; nil before they are asked for
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
		add(title(&f.StatedTables[i]), f.StatedTables[i].Rows, nil)
	}
	for i := range out {
		out[i].numbers, out[i].letters = readQuantities(out[i].text.V), lettersOf(out[i].text.V)
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
		label := x.Key.V
		if spec != nil {
			for _, k := range spec.Fields {
				if k.Key == x.Key.V {
					label = k.Title
				}
			}
		}
		add(label, x.Value, x.Key.V == "basis")
		if x.Value.V != "" {
			out[len(out)-1].key, out[len(out)-1].now = x.Key.V, x.Key.V == "content"
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
func (p *passage) place(q *quantity) diag.Range { return span(p.text, q.start, q.end) }

// amounts are the sums of money in 万元 or 亿元 in a text: not rates, and not the small change of unit prices.
func amounts(qs []quantity) []quantity {
	var out []quantity
	for _, q := range qs {
		if q.kind == amountOfMoney && q.rate == "" && q.unit != money.Yuan {
			out = append(out, q)
		}
	}
	return out
}

// totalWords announce a sum of what stands before or after.
func totalWords() []string { return []string{"合计", "共计", "总计", "合共", "共"} }

// announced reports whether the words right before a quantity make it a total.
func announced(text string, q *quantity) bool {
	before := squeeze(text[lastBreak(text[:q.start]):q.start])
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
func estimates(in *Input, r *report) {
	for i := range in.texts {
		p := &in.texts[i]
		if p.basis && p.project != nil {
			now := in.Budget.Sum(in.Budget.OfProject(p.project))
			estimate(r, p, p.text.V, p.numbers, 0, now, "项目"+in.Budget.ProjectTitle(p.project))
		}
	}
}

// estimate adds up one basis text with its numbers, which begins at an offset of the passage.
func estimate(r *report, p *passage, text string, numbers []quantity, offset int, budgeted money.Amount, name string) {
	var sum money.Amount
	var parts []string
	var first, last *quantity
	list := amounts(numbers)
	for i := range list {
		q := &list[i]
		if sameAmount(q, budgeted) {
			return // the budget is named: the sentence around it answers for the difference
		}
		if announced(text, q) {
			continue // held by spokenSums
		}
		if arranged(text, q) {
			arrangedOther(r, p, q, offset, budgeted, name)
			return
		}
		if first == nil {
			first = q
		}
		last = q
		sum = sum.Add(q.value)
		parts = append(parts, q.literal)
	}
	if len(parts) < 2 || sum.Equal(budgeted) {
		return
	}
	d := diag.Diagnostic{Rule: "测算-001", Level: diag.Warning, At: span(p.text, offset+first.start, offset+last.end),
		Message: name + "的测算依据各项之和与本年预算不符",
		Notes:   []diag.Related{{Text: strings.Join(parts, "＋") + "＝" + number(sum)}},
		Hint:    "改正测算，或在文中写明两数的关系，例如“经统筹压减，按1,084万元安排”"}
	if first.start > last.start || !sameLine(d.At) {
		d.At = span(p.text, offset+last.start, offset+last.end)
	}
	both(&d, sum, budgeted)
	r.Add(d)
}

// arranged reports whether the words around a quantity make it the amount that is asked for.
func arranged(text string, q *quantity) bool {
	before, after := squeeze(text[lastBreak(text[:q.start]):q.start]), squeeze(text[q.end:])
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
func arrangedOther(r *report, p *passage, q *quantity, offset int, budgeted money.Amount, name string) {
	d := diag.Diagnostic{Rule: "测算-001", Level: diag.Warning, At: span(p.text, offset+q.start, offset+q.end),
		Message: name + "的测算依据里安排的数与本年预算不符", Hint: "核对项目的金额（小数点、单位）和文字里的金额"}
	both(&d, q.value, budgeted)
	r.Add(d)
}

func sameLine(at diag.Range) bool { return at.Start.Line == at.End.Line }

// sameAmount reports whether a quantity is a at the precision in which it is written.
func sameAmount(q *quantity, a money.Amount) bool {
	return money.Format{Unit: q.unit, Places: q.places}.Round(a).Equal(q.value)
}

// spokenSums: a total in a text is the sum of the amounts before it, or of those after it in the same sentence.
func spokenSums(in *Input, r *report) {
	if in.Budget.Facts.Published() {
		return // publishedTexts and publishedForms know the tables behind the sentences
	}
	for i := range in.texts {
		spokenSum(r, &in.texts[i])
	}
}

func spokenSum(r *report, p *passage) {
	var parts []quantity
	for _, q := range amounts(p.numbers) {
		if !announced(p.text.V, &q) {
			parts = append(parts, q)
			continue
		}
		if len(parts) >= 2 {
			var sum money.Amount
			var words []string
			for i := range parts {
				sum = sum.Add(parts[i].value)
				words = append(words, parts[i].literal)
			}
			if !sameAmount(&q, sum) {
				d := diag.Diagnostic{Rule: "测算-002", Level: diag.Warning, At: p.place(&q), Message: "句中的合计不等于所列各项之和",
					Notes: []diag.Related{{Text: strings.Join(words, "＋") + "＝" + number(sum), At: p.place(&parts[0])}},
					Hint:  "核对各项和合计；合计另含别的内容的，写明是什么"}
				both(&d, q.value, sum)
				r.Add(d)
			}
		}
		parts = nil
	}
}

// products: a unit price times a count is the amount of the same sentence.
func products(in *Input, r *report) {
	for i := range in.texts {
		p := &in.texts[i]
		if !slices.ContainsFunc(p.numbers, func(q quantity) bool { return q.rate != "" }) {
			continue
		}
		for _, s := range sentences(p.text.V, true) {
			product(r, p, p.text.V[s.start:s.end], s.start)
		}
	}
}

func product(r *report, p *passage, text string, offset int) {
	qs := readQuantities(text)
	var prices, counts, results []quantity
	for _, q := range qs {
		switch {
		case q.kind == amountOfMoney && q.rate != "":
			prices = append(prices, q)
		case q.kind == amountOfMoney:
			results = append(results, q)
		}
	}
	if len(prices) != 1 {
		return
	}
	thing, period, _ := strings.Cut(prices[0].rate, "/")
	for _, q := range qs {
		if q.kind == plainNumber && q.measure == thing {
			counts = append(counts, q)
		}
	}
	if len(counts) != 1 || len(results) != 1 || results[0].start < prices[0].start {
		return // more than one of each leaves open what belongs together
	}
	price, n, result := prices[0], counts[0], results[0]
	if period == "天" || period == "?" || strings.Contains(text[:result.start], "至"+n.literal) {
		return
	}
	total := price.value.Times(n.literal)
	if period == "月" {
		total = total.Times("12")
	}
	if sameAmount(&result, total) || strings.Contains(text, "约") {
		return
	}
	d := diag.Diagnostic{Rule: "测算-004", Level: diag.Warning, At: span(p.text, offset+result.start, offset+result.end),
		Message: "单价乘数量不等于句中的金额", Hint: "核对单价、数量和金额",
		Notes: []diag.Related{{Text: fmt.Sprintf("%s × %s%s", text[price.start:price.end], n.literal, n.measure), At: span(p.text, offset+price.start, offset+price.end)}}}
	both(&d, result.value, total)
	r.Add(d)
}
