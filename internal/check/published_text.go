package check

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/source"
)

// knownName is a name that sentences use, with the numbers that the tables print for it.
type knownName struct {
	name  string
	query string // what it asks, "" for a row of a table
	cells []cell
}

// terms are the usual words of the explanations for figures of the tables, beside the titles that a pack gives them.
func terms() [][2]string {
	return [][2]string{
		{"部门收支总预算", "side=收入,上年结转"}, {"收支总预算", "side=收入,上年结转"}, {"部门预算收入", "side=收入,上年结转"}, {"部门收入预算", "side=收入,上年结转"},
		{"部门预算支出", "side=支出,年终结转"}, {"部门支出预算", "side=支出,年终结转"}, {"财政拨款收支总预算", "side=支出,年终结转 fund=财政拨款"},
		{"基本支出", "kind=基本支出"}, {"项目支出", "kind=项目支出"}, {"项目经费", "fund=一般公共预算 kind=项目支出"},
		{"人员经费", "fund=一般公共预算 nature=人员经费"}, {"公用经费", "fund=一般公共预算 nature=公用经费"},
		{"一般公共预算财政拨款支出", "fund=一般公共预算"}, {"一般公共预算财政拨款收入", "side=收入 fund=一般公共预算"},
		{"一般公共预算基本支出", "fund=一般公共预算 kind=基本支出"}, {"一般公共预算当年财政拨款", "side=收入 fund=一般公共预算"},
		{"政府性基金预算支出", "fund=政府性基金预算"}, {"国有资本经营预算支出", "fund=国有资本经营预算"},
		{"“三公”经费", "fund=一般公共预算 economic=30212,30217,30231,31013"}, {"因公出国（境）费", "fund=一般公共预算 economic=30212"},
		{"因公出国（境）经费", "fund=一般公共预算 economic=30212"}, {"公务用车购置及运行维护费", "fund=一般公共预算 economic=30231,31013"},
		{"公务用车购置及运行费", "fund=一般公共预算 economic=30231,31013"}, {"公务用车购置费", "fund=一般公共预算 economic=31013"},
		{"公务用车运行维护费", "fund=一般公共预算 economic=30231"}, {"公务接待费", "fund=一般公共预算 economic=30217"},
		{"机关运行经费", "fund=一般公共预算 nature=公用经费 unitkind=行政,参公"},
	}
}

// knownNames collects the names with their numbers, longest first.
func (in *Input) knownNames() []knownName {
	byName := map[string]*knownName{}
	var order []string
	add := func(name, query string, c cell) {
		name = squeeze(name)
		if name == "" {
			return
		}
		if byName[name] == nil {
			byName[name] = &knownName{name: name, query: query}
			order = append(order, name)
		}
		byName[name].cells = append(byName[name].cells, c)
	}
	for _, t := range terms() {
		if c, ok := in.printedFigure(t[1]); ok {
			add(t[0], t[1], c)
		}
	}
	for _, name := range in.Pack.FigureNames {
		f := in.Pack.Figures[name]
		if c, ok := in.printedFigure(f.Query.String()); ok {
			add(f.Title, f.Query.String(), c)
		}
	}
	for _, p := range in.printedProjects() {
		add(p.name, "", cell{name: "项目" + p.title, value: p.amount, at: p.at})
	}
	for _, c := range in.printed.cells {
		if !strings.HasSuffix(c.label, "计") && c.table.Rows != pack.RowsProject {
			add(c.label, "", c)
		}
	}
	out := make([]knownName, 0, len(order))
	for _, name := range order {
		out = append(out, *byName[name])
	}
	sort.SliceStable(out, func(i, j int) bool { return len(out[i].name) > len(out[j].name) })
	return out
}

// publishedTexts compares the sentences of a finished document with its tables.
func publishedTexts(in *Input, r *report) {
	if in.printed == nil || len(in.Budget.Facts.StatedTexts) == 0 {
		return
	}
	names := in.knownNames()
	for i := range in.Budget.Facts.StatedTexts {
		t := &in.Budget.Facts.StatedTexts[i]
		all := readQuantities(t.Text.V)
		in.named(t, all, names, r)
		printedPercentages(t, all, r)
		sharesAddUp(t, all, r)
		in.changes(t, all, names, r)
		in.unchanged(t, all, names, r)
		listedParts(t, all, r)
		in.economicNames(t, r)
	}
}

// nameBefore is the known name right before a quantity, with no more than words of filling between the two.
func nameBefore(s string, start int, names []knownName) (*knownName, bool) {
	before := squeeze(s[lastStop(s[:start]):start])
	for i := range names {
		j := strings.LastIndex(before, names[i].name)
		if j < 0 {
			continue
		}
		if fills(before[j+len(names[i].name):]) {
			return &names[i], true
		}
	}
	return nil, false
}

// lastStop is where the clause begins; a colon and brackets belong to it.
func lastStop(s string) int {
	i := strings.LastIndexFunc(s, func(r rune) bool { return strings.ContainsRune("，。；、,;\n", r) })
	if i < 0 {
		return 0
	}
	_, n := firstRune(s[i:])
	return i + n
}

func firstRune(s string) (rune, int) {
	for _, r := range s {
		return r, len(string(r))
	}
	return 0, 1
}

// fills reports whether s is nothing but words that may stand between a name and its amount.
func fills(s string) bool {
	for s != "" {
		rest := s
		for _, w := range []string{"财政拨款", "预算", "支出", "收入", "经费", "项目", "合计", "共计", "总计", "安排", "总额", "为", "共", "是", "约", "类", "：", ":"} {
			rest = strings.TrimPrefix(rest, w)
		}
		if rest == s {
			return false
		}
		s = rest
	}
	return true
}

// named holds each amount against the numbers that the tables print under the name before it.
func (in *Input) named(t *budget.StatedText, all []quantity, names []knownName, r *report) {
	for i := range all {
		q := &all[i]
		if q.kind != amountOfMoney || q.rate != "" {
			continue
		}
		n, ok := nameBefore(t.Text.V, q.start, names)
		if !ok {
			continue
		}
		cells, ok := in.scoped(n, t)
		if !ok || slices.ContainsFunc(cells, func(c cell) bool { return q.prints(&c) }) {
			continue
		}
		c := cells[0]
		notes, told := []diag.Related(nil), map[string]bool{}
		for _, x := range cells { // several units may have a project of that name
			if text := x.name + " " + number(x.value); (n.query == "" || len(notes) == 0) && len(notes) < 3 && !told[number(x.value)] {
				notes, told[number(x.value)] = append(notes, diag.Related{Text: text, At: x.at}), true
			}
		}
		d := diag.Diagnostic{Rule: "文表-001", Level: diag.Error, At: span(t.Text, q.start, q.end), Message: diag.Quote(t.Section.V) + "里的" + diag.Quote(n.name) + "与表不符", Notes: notes, Hint: "以表为准改正"}
		both(&d, q.value, c.value)
		for _, u := range []money.Unit{money.Yuan, money.Wan, money.Yi} {
			if u != q.unit && slices.ContainsFunc(cells, func(c cell) bool { return q.in(u).Equal(c.value) }) {
				d.Rule, d.Message = "格式-005", diag.Quote(t.Section.V)+"里的"+diag.Quote(n.name)+"单位写错"
				d.Diff = ""
				d.Stated, d.Want, d.Hint = t.Text.V[q.start:q.end], q.literal+u.String(), "把单位改成“"+u.String()+"”"
			}
		}
		r.Add(d)
	}
}

// prints reports whether the quantity is what a cell prints, or may be where the cell is a sum of rounded ones.
func (q *quantity) prints(c *cell) bool {
	if c.parts > 1 {
		return q.value.Sub(c.value).Abs().Cmp(money.ToleranceOf(c.parts, c.unit, 2)) <= 0
	}
	return sameAmount(q, c.value)
}

// scoped are the numbers that a name may mean in a section: under a heading that speaks of one of the budgets, 基本支出
// is that budget's. It is false where the tables do not tell.
func (in *Input) scoped(n *knownName, t *budget.StatedText) ([]cell, bool) {
	if n.query == "" || strings.Contains(n.query, "fund=") {
		return n.cells, true
	}
	for _, fund := range append(budget.Funds()[:3:3], "财政拨款") {
		if !strings.Contains(t.Section.V, fund) {
			continue
		}
		c, ok := in.printedFigure(n.query + " fund=" + fund)
		if !ok || strings.HasPrefix(n.name, "部门") {
			return append([]cell{c}, n.cells...), ok
		}
		return []cell{c}, true
	}
	return n.cells, true
}

// printedPercentages: 占 …% is the amount before it over an amount of the same passage.
func printedPercentages(t *budget.StatedText, all []quantity, r *report) {
	for i := range all {
		q := &all[i]
		if q.kind != percentage || i == 0 || all[i-1].kind != amountOfMoney {
			continue
		}
		between := squeeze(t.Text.V[all[i-1].end:q.start])
		if between != "，占" && between != "，占比" && between != "占" && between != "，占比为" {
			continue
		}
		part := all[i-1].value
		fits := false
		var whole *quantity
		for j := range all[:i] {
			if all[j].kind == amountOfMoney && all[j].unit != money.Yuan && all[j].value.Cmp(part) >= 0 {
				whole = cmpFirst(whole, &all[j])
				fits = fits || shareFits(part, all[j].value, q)
			}
		}
		if fits || whole == nil {
			continue
		}
		share, _ := money.Share(part, whole.value, 2)
		r.Add(diag.Diagnostic{Rule: "文表-002", Level: diag.Error, At: span(t.Text, q.start, q.end), Message: diag.Quote(t.Section.V) + "里的占比不对",
			Stated: t.Text.V[q.start:q.end], Want: share + "%", Diff: difference(q, share),
			Notes: []diag.Related{{Text: number(part) + " ÷ " + number(whole.value) + " ＝ " + share + "%", At: span(t.Text, whole.start, whole.end)}}})
	}
}

// sharesAddUp says why shares of one sentence that make up a whole miss 100 by a little, and their amounts its own: by no
// more than rounding makes of that many. The whole may stand in the sentence before.
func sharesAddUp(t *budget.StatedText, all []quantity, r *report) {
	for _, x := range sentences(t.Text.V, false) {
		var whole *quantity
		var sum, shares money.Amount
		n, places := 0, 0
		for i := range all {
			q := &all[i]
			if q.start < x.start || q.end > x.end {
				continue
			}
			switch {
			case q.kind == amountOfMoney && whole == nil:
				whole = q
			case q.kind == percentage && i > 0 && all[i-1].kind == amountOfMoney && strings.Contains(t.Text.V[all[i-1].end:q.start], "占"):
				sum, shares, n, places = sum.Add(all[i-1].value), shares.Add(q.value), n+1, max(places, q.places)
			}
		}
		if n < 2 {
			continue
		}
		if sum.Sub(whole.value).Abs().Cmp(money.ToleranceOf(n, money.Wan, 2)) <= 0 {
			spokenResidue(t, span(t.Text, x.start, x.end), n, whole.value, sum, r)
		}
		off := shares.Sub(money.FromFen(100_00)).Abs()
		if off.IsZero() || places < 2 || off.Cmp(money.FromFen(int64(n)).Times("0.5")) > 0 {
			continue
		}
		r.Add(diag.Diagnostic{Rule: "尾差-003", Level: diag.Note, At: span(t.Text, x.start, x.end), Message: fmt.Sprintf("%s里%d个占比之和不是100%%，差在各自的舍入", diag.Quote(t.Section.V), n),
			Stated: money.Format{Places: 2}.String(shares) + "%", Want: "100.00%", Hint: fmt.Sprintf("各占比分别舍入到两位小数，%d个之和至多差 %s 个百分点，不是错误", n, money.Format{Places: 3}.String(money.FromFen(int64(n)).Times("0.5")))})
	}
}

// spokenResidue says that amounts of a text miss their sum by no more than rounding makes.
func spokenResidue(t *budget.StatedText, at diag.Range, n int, whole, sum money.Amount, r *report) {
	if sum.Equal(whole) {
		return
	}
	d := diag.Diagnostic{Rule: "尾差-001", Level: diag.Note, At: at, Message: fmt.Sprintf("%s里%d项之和与合计%s万元相差在四舍五入的界限之内", diag.Quote(t.Section.V), n, number(whole)),
		Hint: "各数分别由元舍入到万元时会这样，不是错误；不放心的，用元核对"}
	both(&d, whole, sum)
	r.Add(d)
}

func cmpFirst(a, b *quantity) *quantity {
	if a != nil {
		return a
	}
	return b
}

// listedParts: what 其中 or 包括 introduces adds up to the amount before it.
func listedParts(t *budget.StatedText, all []quantity, r *report) {
	s := t.Text.V
	for _, word := range []string{"其中：", "包括：", "其中:", "包括:"} {
		for from := 0; ; {
			i := strings.Index(s[from:], word)
			if i < 0 {
				break
			}
			i += from
			from = i + len(word)
			end := len(s)
			if j := strings.IndexAny(s[from:], "。\n"); j >= 0 {
				end = from + j
			}
			var total *quantity
			var sum money.Amount
			var words []string
			shares := false
			for k := range all {
				q := &all[k]
				shares = shares || q.kind == percentage && q.start >= from && q.end <= end
				switch {
				case q.kind != amountOfMoney || q.rate != "":
				case q.end <= i && !comparison.MatchString(s[lastBreak(s[:q.start]):q.start]):
					total = q
				case q.start >= from && q.end <= end && direction(s[lastBreak(s[:q.start]):q.start]) == 0:
					sum, words = sum.Add(q.value), append(words, q.literal)
				}
			}
			if total == nil || len(words) < 2 || total.unit == money.Yuan {
				continue
			}
			if sum.Sub(total.value).Abs().Cmp(money.ToleranceOf(len(words), money.Wan, 2)) <= 0 {
				if !shares { // those sharesAddUp looks at
					spokenResidue(t, span(t.Text, total.start, end), len(words), total.value, sum, r)
				}
				continue
			}
			d := diag.Diagnostic{Rule: "文表-005", Level: diag.Error, At: span(t.Text, total.start, total.end), Message: diag.Quote(t.Section.V) + "里各项之和不等于合计",
				Notes: []diag.Related{{Text: strings.Join(words, "＋") + "＝" + number(sum), At: span(t.Text, from, end)}}}
			both(&d, total.value, sum)
			r.Add(d)
		}
	}
}

// economicNames: economic groups that a text lists have a row in the tables.
func (in *Input) economicNames(t *budget.StatedText, r *report) {
	printed := map[string]bool{}
	tree := false
	for _, c := range in.printed.cells {
		if c.table.Rows == pack.RowsEconomic {
			tree = true
			printed[squeeze(strings.TrimLeft(c.label, "0123456789 "))] = true
		}
	}
	if !tree {
		return
	}
	groups := map[string]bool{}
	for _, code := range in.Budget.Economic.Codes() {
		if name, _ := in.Budget.Economic.Name(code); len(code) == 5 {
			groups[squeeze(name)] = true
		}
	}
	var missing []string
	var at diag.Range
	for _, item := range listItems(t.Text) {
		if groups[item.name] && !printed[item.name] && !slices.Contains(missing, item.name) {
			missing, at = append(missing, item.name), or(at, item.at)
		}
	}
	if len(missing) > 0 {
		r.Add(diag.Diagnostic{Rule: "文表-004", Level: diag.Warning, At: at, Message: diag.Quote(t.Section.V) + "列了表里没有数的科目", Stated: strings.Join(missing, "、"),
			Hint: "只列本年有预算的科目"})
	}
}

type listItem struct {
	name string
	at   diag.Range
}

// listItems cuts the lists behind 主要用于 and 主要包括 at 、.
func listItems(s source.String) []listItem {
	var out []listItem
	for _, x := range sentences(s.V, true) {
		text := s.V[x.start:x.end]
		i := strings.Index(text, "主要")
		if i < 0 {
			continue
		}
		from := x.start + i
		for _, part := range strings.SplitAfter(s.V[from:x.end], "、") {
			name := strings.TrimRight(strings.TrimSuffix(part, "、"), "。；\n")
			for _, w := range []string{"主要用于", "主要包括", "主要", "：", "在职人员"} {
				name = strings.TrimPrefix(strings.TrimSpace(name), w)
			}
			name = strings.TrimSuffix(name, "等")
			out = append(out, listItem{squeeze(name), span(s, from, from+len(strings.TrimSuffix(part, "、")))})
			from += len(part)
		}
	}
	return out
}
