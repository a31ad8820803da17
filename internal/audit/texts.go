package audit

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/prose"
	"yusuan/internal/source"
)

// knownName is a name that sentences use, with the numbers that the tables print for it.
type knownName struct {
	name  string
	query string // what it asks, "" for a row of a table
	cells []cell
}

// knownNames collects the names with their numbers, longest first.
func (in *Input) knownNames() []knownName {
	byName := map[string]*knownName{}
	var order []string
	add := func(name, query string, c cell) {
		name = prose.Squeeze(name)
		if name == "" {
			return
		}
		if byName[name] == nil {
			byName[name] = &knownName{name: name, query: query}
			order = append(order, name)
		}
		byName[name].cells = append(byName[name].cells, c)
	}
	printed := func(query string) bool { _, ok := in.printedFigure(query); return ok }
	for _, w := range in.Pack.UsualWords(printed) {
		if c, ok := in.printedFigure(w.Query); ok {
			add(w.Word, w.Query, c)
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
		if !strings.HasSuffix(c.label, "计") && !ownNames(c.table) {
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

// ownNames reports whether the rows of a table bear names that the department gave: several rows may have one.
func ownNames(t *pack.Table) bool {
	keys := t.Rows.Keys(t)
	return slices.Contains(keys, "project") || slices.Contains(keys, "item")
}

// publishedTexts compares the sentences of a finished document with its tables.
func publishedTexts(in *Input, r *check.Report) {
	if len(in.told) == 0 {
		return
	}
	x := in.resolver(r)
	for i := range in.told {
		in.claims(&in.told[i], r)
		x.text(&in.told[i])
	}
	if in.printed == nil {
		return
	}
	names := in.knownNames()
	for i := range in.Budget.Facts.StatedTexts {
		t := &in.Budget.Facts.StatedTexts[i]
		all := prose.Quantities(t.Text.V)
		in.named(t, all, names, r)
		check.SharesAddUp(t, all, r)
		in.changes(t, all, names, r)
		in.unchanged(t, all, names, r)
		check.ListedParts(t, all, r)
		in.economicNames(t, r)
	}
}

// nameBefore is the known name right before a quantity, with no more than words of filling between the two. 增加基本支出844万元
// says how much more, not how much.
func (in *Input) nameBefore(s string, start int, names []knownName) (*knownName, bool) {
	before := prose.Squeeze(s[lastStop(s[:start]):start])
	for i := range names {
		j := strings.LastIndex(before, names[i].name)
		if j < 0 {
			continue
		}
		if behind := before[j+len(names[i].name):]; fills(behind) {
			n, ok := in.narrowed(&names[i], before[:j], behind)
			return n, ok && prose.Direction(before[:j]) == 0 && !partOf(before[:j])
		}
	}
	return nil, false
}

// partOf reports whether the words before a name make its amount that of a part: 编报绩效目标的项目涉及….
func partOf(before string) bool {
	return strings.Contains(before, "项目") && strings.Contains(before, "涉及")
}

// narrowed is what a name means among the words around it: the money that it is of may stand before it, as in
// 国有资本经营预算上年结转. It is false where the tables do not tell, and where what is spent of an income is told: 一般公共预算拨款安排支出.
func (in *Input) narrowed(n *knownName, before, behind string) (*knownName, bool) {
	for _, fund := range append(budget.Funds(), "财政拨款") {
		switch {
		case !strings.HasSuffix(before, fund) && !strings.HasSuffix(before, fund+"拨款") && !strings.HasSuffix(before, fund+"财政拨款"):
		case n.query == "":
			return nil, false
		default:
			// The pack does not say whether what is carried over is in it.
			bare := strings.NewReplacer(",年终结转", "", ",上年结转", "").Replace(n.query) + " fund=" + fund
			c, ok := in.printedFigure(n.query + " fund=" + fund)
			d, also := in.printedFigure(bare)
			return &knownName{name: fund + n.name, query: bare, cells: []cell{c, d}}, ok && also
		}
	}
	income := strings.HasSuffix(n.name, "拨款") || strings.HasSuffix(n.name, "收入") || strings.HasSuffix(n.name, "资金")
	return n, !(n.query == "" && income && strings.Contains(behind, "支出"))
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
func (in *Input) named(t *budget.StatedText, all []prose.Quantity, names []knownName, r *check.Report) {
	for i := range all {
		q := &all[i]
		if q.Kind != prose.Amount || q.Rate != "" {
			continue
		}
		n, ok := in.nameBefore(t.Text.V, q.Start, names)
		if !ok {
			continue
		}
		cells, ok := in.scoped(n, t)
		if !ok || slices.ContainsFunc(cells, func(c cell) bool { return prints(q, &c) }) || n.query == "" && prints(q, together(cells)) {
			continue
		}
		c := cells[0]
		notes, told := []diag.Related(nil), map[string]bool{}
		for _, x := range cells { // several units may have a project of that name
			if text := x.name + " " + number(x.value, x.unit); (n.query == "" || len(notes) == 0) && len(notes) < 3 && !told[money.ToldNumber(x.value)] {
				notes, told[money.ToldNumber(x.value)] = append(notes, diag.Related{Text: text, At: x.at}), true
			}
		}
		d := diag.Diagnostic{Rule: "文表-001", Level: diag.Error, At: t.Text.Span(q.Start, q.End), Message: diag.Quote(t.Section.V) + "里的" + diag.Quote(n.name) + "与表不符", Notes: notes, Hint: "以表为准改正"}
		d.Numbers(money.Difference(money.Wan, q.Value, c.value))
		for _, u := range []money.Unit{money.Yuan, money.Wan, money.Yi} {
			if u != q.Unit && slices.ContainsFunc(cells, func(c cell) bool { return q.In(u).Equal(c.value) }) {
				d.Rule, d.Message = "格式-005", diag.Quote(t.Section.V)+"里的"+diag.Quote(n.name)+"单位写错"
				d.Diff = ""
				d.Stated, d.Want, d.Hint = t.Text.V[q.Start:q.End], q.Literal+u.String(), "把单位改成“"+u.String()+"”"
			}
		}
		r.Add(d)
	}
}

// together is the sum of rows of one name in a table: 一般公共预算拨款 of this year and what was carried over from the last. It is
// the first where there is but one.
func together(cells []cell) *cell {
	sum, seen := cells[0], cells[:1:1]
	sum.parts = 1
	for _, c := range cells[1:] {
		if c.table == sum.table && !slices.ContainsFunc(seen, func(o cell) bool { return o.row == c.row || slices.Equal(o.box, c.box) }) {
			sum.value, sum.parts, seen = sum.value.Add(c.value), sum.parts+1, append(seen, c)
		}
	}
	return &sum
}

// prints reports whether a quantity is what a cell prints, or may be where the cell is a sum of rounded ones.
func prints(q *prose.Quantity, c *cell) bool {
	if c.wrong && prose.SameAmount(q, c.right) {
		return true
	}
	if c.parts > 1 {
		return q.Value.Sub(c.value).Abs().Cmp(money.ToleranceOf(c.parts, c.unit, c.places)) <= 0
	}
	return prose.SameAmount(q, c.value)
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

// economicNames: economic groups that a text lists have a row in the tables.
func (in *Input) economicNames(t *budget.StatedText, r *check.Report) {
	printed := map[string]bool{}
	tree := false
	for _, c := range in.printed.cells {
		if c.table.Rows.View() == budget.ByEconomy {
			tree = true
			printed[prose.Squeeze(strings.TrimLeft(c.label, "0123456789 "))] = true
		}
	}
	if !tree {
		return
	}
	groups := map[string]bool{}
	for _, code := range in.Budget.Economic.Codes() {
		if name, _ := in.Budget.Economic.Name(code); len(code) == 5 {
			groups[prose.Squeeze(name)] = true
		}
	}
	var missing []string
	var at diag.Range
	for _, item := range listItems(t.Text) {
		if groups[item.name] && !printed[item.name] && !slices.Contains(missing, item.name) {
			missing, at = append(missing, item.name), cmp.Or(at, item.at)
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
	for _, x := range prose.Sentences(s.V, true) {
		text := s.V[x.Start:x.End]
		i := strings.Index(text, "主要")
		if i < 0 || strings.HasPrefix(text[i:], "主要原因") {
			continue
		}
		from := x.Start + i
		for _, part := range strings.SplitAfter(s.V[from:x.End], "、") {
			name := strings.TrimRight(strings.TrimSuffix(part, "、"), "。；\n")
			for _, w := range []string{"主要用于", "主要包括", "主要", "：", "在职人员"} {
				name = strings.TrimPrefix(strings.TrimSpace(name), w)
			}
			name = strings.TrimSuffix(name, "等")
			out = append(out, listItem{prose.Squeeze(name), s.Span(from, from+len(strings.TrimSuffix(part, "、")))})
			from += len(part)
		}
	}
	return out
}
