package audit

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/prose"
)

// publishedNames: one thing has one name.
func publishedNames(in *Input, r *check.Report) {
	projects := in.printedProjects()
	for _, f := range in.printedForms() {
		if f.table.Project.V != "" {
			now, _ := f.single("项目当年预算", &check.Report{})
			in.otherName(projects, f.table.Project.V, now, f.table.Project.At, f.table.Name(), r)
		}
		for _, row := range f.under("项目支出情况", "项目支出") {
			if a, ok := f.amount(row, 3, &check.Report{}); ok {
				in.otherName(projects, row[0].text, a, row[0].at, f.table.Name(), r)
			}
		}
	}
	for i := range in.Budget.Facts.StatedTexts {
		t := &in.Budget.Facts.StatedTexts[i]
		for _, q := range prose.Sums(prose.Quantities(t.Text.V)) {
			start := lastStop(t.Text.V[:q.Start])
			name := strings.TrimLeft(prose.Squeeze(t.Text.V[start:q.Start]), "0123456789.．（）一二三四五六七八九十")
			name = strings.TrimSuffix(name, "项目")
			if j := strings.LastIndex(name, "："); j >= 0 {
				name = name[j+len("："):]
			}
			if near, ok := diag.Closest(name, namesOf(projects)); ok {
				in.otherName(projects, name, q.Value, t.Text.Span(start, q.Start), "“"+t.Section.V+"”", r, near)
			}
		}
	}
	printedContents(in, r)
	departmentName(in, r)
}

func namesOf(projects []printedProject) []string {
	var out []string
	for _, p := range projects {
		out = append(out, p.name)
	}
	return out
}

// otherName reports a project that stands under another name than in the table of projects; only with the amount of
// exactly that project, so that similar names of different projects are left alone. near restricts the candidates.
func (in *Input) otherName(projects []printedProject, name string, amount money.Amount, at diag.Range, where string, r *check.Report, near ...string) {
	i, ok := match(projects, name, amount, nil)
	if !ok || !projects[i].amount.Equal(amount) || len(near) > 0 && !slices.Contains(near, projects[i].name) {
		return
	}
	want := prose.Squeeze(projects[i].name)
	if got := prose.Squeeze(name); got == want || got+"项目" == want || want+"项目" == got {
		return
	}
	r.Fold("名称-001"+prose.Squeeze(name), diag.Diagnostic{Rule: "名称-001", Level: diag.Warning, At: at, Message: where + "里的项目名称与项目支出表不同", Stated: name, Want: projects[i].name,
		Notes: []diag.Related{{Text: "项目支出表里是“" + projects[i].name + "” " + money.ToldNumber(projects[i].amount), At: projects[i].at}}, Hint: "同一项目处处用同一名称"})
}

var tableNumber = regexp.MustCompile(`^(?:附?表\s*[0-9-]+[.．、：:]?\s*|[一二三四五六七八九十]+、|\d+[.．、]\s*)`)

// printedContents compares the names in the table of contents with the headings.
func printedContents(in *Input, r *check.Report) {
	for i := range in.Budget.Facts.StatedTables {
		s := &in.Budget.Facts.StatedTables[i]
		if s.Contents.V == "" || s.Heading.V == "" {
			continue
		}
		listed := prose.Squeeze(tableNumber.ReplaceAllString(strings.TrimSpace(s.Contents.V), ""))
		printed := prose.Squeeze(tableNumber.ReplaceAllString(strings.TrimSpace(s.Heading.V), ""))
		if listed != printed {
			r.Fold("名称-002", diag.Diagnostic{Rule: "名称-002", Level: diag.Note, At: s.Heading.At, Message: "目录里的表名与表题不同", Stated: printed, Want: listed,
				Notes: []diag.Related{{Text: "目录里是“" + s.Contents.V + "”", At: s.Contents.At}}})
		}
	}
}

// departmentName: the short name within texts that use the full one.
func departmentName(in *Input, r *check.Report) {
	d := &in.Budget.Facts.Department
	if d.ShortName.V == "" || !strings.HasSuffix(d.Name.V, d.ShortName.V) {
		return
	}
	var full bool
	for i := range in.Budget.Facts.StatedTexts {
		full = full || strings.Contains(in.Budget.Facts.StatedTexts[i].Text.V, d.Name.V)
	}
	for i := range in.Budget.Facts.StatedTexts {
		t := &in.Budget.Facts.StatedTexts[i]
		rest := strings.ReplaceAll(t.Text.V, d.Name.V, strings.Repeat("\x00", len(d.Name.V)))
		if j := strings.Index(rest, d.ShortName.V); full && j >= 0 {
			r.Add(diag.Diagnostic{Rule: "名称-003", Level: diag.Note, At: t.Text.Span(j, j+len(d.ShortName.V)), Message: diag.Quote(t.Section.V) + "用了部门简称，别处用全称",
				Stated: d.ShortName.V, Want: d.Name.V})
			return
		}
	}
}

// publishedProcurement: classes of procurement are the template's; what the overall form marks as purchase of services
// is what the text sums.
func publishedProcurement(in *Input, r *check.Report) {
	var marked money.Amount
	var at diag.Range
	var words []string
	for _, f := range in.printedForms() {
		for _, row := range f.under("项目支出情况", "项目支出") {
			if a, ok := f.amount(row, 3, &check.Report{}); ok && f.table.Project.V == "" && strings.Contains(row[1].text, "政府购买服务") {
				marked, at, words = marked.Add(a), cmp.Or(at, row[1].at), append(words, money.ToldNumber(a))
			}
		}
	}
	for i := range in.Budget.Facts.StatedTexts {
		t := &in.Budget.Facts.StatedTexts[i]
		switch section := t.Section.V; {
		case strings.Contains(section, "政府购买服务"):
			q := firstSum(t.Text.V)
			if q == nil || at.IsZero() || prose.SameAmount(q, marked) {
				continue
			}
			d := diag.Diagnostic{Rule: "采购-013", Level: diag.Error, At: t.Text.Span(q.Start, q.End), Message: "政府购买服务预算与整体绩效表标注的项目之和不符",
				Notes: []diag.Related{{Text: "标注“政府购买服务”的项目：" + strings.Join(words, "＋") + "＝" + money.ToldNumber(marked), At: at}}, Hint: "核对哪些项目是政府购买服务，两处一致"}
			d.Numbers(money.Difference(money.Wan, q.Value, marked))
			r.Add(d)
		case strings.Contains(section, "政府采购"):
			procurementClasses(in, r, i)
		}
	}
	in.procurementWithin(r)
}

// procurementWithin: what is bought is paid for out of projects and operating funds, and services that are purchased are
// part of what is bought.
func (in *Input) procurementWithin(r *check.Report) {
	type total struct {
		q *prose.Quantity
		t *budget.StatedText
	}
	find := func(word string) (x total) {
		for i := range in.Budget.Facts.StatedTexts {
			t := &in.Budget.Facts.StatedTexts[i]
			if q := firstSum(t.Text.V); q != nil && strings.Contains(t.Section.V, word) && x.q == nil {
				x = total{q, t}
			}
		}
		return x
	}
	exceeds := func(part total, whole money.Amount, name string, at diag.Range) {
		if part.q.Value.Sub(whole).Cmp(money.ToleranceOf(1, money.Wan, 2)) <= 0 {
			return
		}
		d := diag.Diagnostic{Rule: "采购-014", Level: diag.Warning, At: part.t.Text.Span(part.q.Start, part.q.End), Message: diag.Quote(part.t.Section.V) + "的合计大于" + name,
			Notes: []diag.Related{{Text: name + " " + money.ToldNumber(whole), At: at}}, Hint: "核对两个合计，部分不大于整体"}
		d.Numbers(money.Difference(money.Wan, part.q.Value, whole))
		r.Add(d)
	}
	bought, services := find("政府采购"), find("政府购买服务")
	if bought.q != nil {
		project, a := in.printedFigure("kind=项目支出")
		public, b := in.printedFigure("nature=公用经费")
		if a && b {
			exceeds(bought, project.value.Add(public.value), "项目支出与公用经费之和", project.at)
		}
	}
	if bought.q != nil && services.q != nil {
		exceeds(services, bought.q.Value, "政府采购的合计", bought.t.Text.Span(bought.q.Start, bought.q.End))
	}
}

func firstSum(s string) *prose.Quantity {
	list := prose.Sums(prose.Quantities(s))
	if len(list) == 0 {
		return nil
	}
	return &list[0]
}

func procurementClasses(in *Input, r *check.Report, i int) {
	t := &in.Budget.Facts.StatedTexts[i]
	var wrong []string
	var at diag.Range
	for k, q := range prose.Sums(prose.Quantities(t.Text.V)) {
		start := lastStop(t.Text.V[:q.Start])
		name := prose.Squeeze(t.Text.V[start:q.Start])
		if j := strings.LastIndex(name, "："); j >= 0 {
			name = name[j+len("："):]
		}
		known := k == 0 || strings.Contains(name, "预留") // the total; what is reserved for small enterprises is part of it
		for _, c := range in.Pack.ProcurementClasses {
			known = known || strings.Contains(name, c)
		}
		if !known {
			wrong, at = append(wrong, name+" "+money.ToldNumber(q.Value)), cmp.Or(at, t.Text.Span(start, q.End))
		}
	}
	if len(wrong) > 0 && len(in.Pack.ProcurementClasses) > 0 {
		r.Add(diag.Diagnostic{Rule: "采购-012", Level: diag.Warning, At: at, Message: "政府采购预算没有按类别分列", Stated: strings.Join(wrong, "、"),
			Want: strings.Join(in.Pack.ProcurementClasses, "、")})
	}
}

// publishedDuties: an empty table says so, and only an empty one; terms are explained (财预〔2016〕143号).
func publishedDuties(in *Input, r *check.Report) {
	unexplained(in, r)
	if in.printed == nil {
		return
	}
	for _, id := range in.Pack.TableIDs() {
		t, s := in.Pack.Tables[id], in.printed.tables[id]
		if s == nil || t.EmptyNote.IsZero() {
			continue
		}
		empty := emptyRows(t, s)
		none := strings.Contains(s.Note.V, "没有") || strings.Contains(s.Note.V, "无")
		switch {
		case empty && !none:
			hint := "在表下写明本部门本年没有表里的收支"
			if fund := fundOf(t); fund != "" {
				hint = "在表下写明本部门本年没有使用" + fund + "安排的支出"
			}
			r.Add(diag.Diagnostic{Rule: "公开-001", Level: diag.Error, At: s.At, Message: s.Name() + "是空表，没有说明", Hint: hint})
		case !empty && none:
			r.Add(diag.Diagnostic{Rule: "公开-001", Level: diag.Error, At: s.Note.At, Message: s.Name() + "有数，表注却写没有"})
		}
		for i := range in.Budget.Facts.StatedTexts {
			x := &in.Budget.Facts.StatedTexts[i]
			j := strings.Index(x.Text.V, "没有使用"+fundOf(t))
			if fundOf(t) != "" && !empty && j >= 0 && !ofThreePublic(x.Text.V[j:]) {
				r.Add(diag.Diagnostic{Rule: "公开-002", Level: diag.Error, At: x.Text.Span(j, j+len("没有使用"+fundOf(t))),
					Message: diag.Quote(x.Section.V) + "写没有使用" + fundOf(t) + "，" + s.Name() + "却有数"})
			}
		}
	}
}

// ofThreePublic reports whether a text begins with a clause that is about a part of a fund only: 没有使用一般公共预算财政拨款安排“三公”经费.
func ofThreePublic(s string) bool {
	clause, _, _ := strings.Cut(s, "。")
	return strings.Contains(clause, "三公")
}

// emptyRows reports whether a printed table holds no number but zeros.
func emptyRows(t *pack.Table, s *budget.StatedTable) bool {
	leaves := pack.Leaves(t.Columns)
	for _, row := range printedRows(s.Rows) {
		for j := range min(len(row), len(leaves)) {
			if leaves[j].Field != "" {
				continue
			}
			for _, q := range prose.Quantities(row[j].text) {
				if strings.Trim(q.Literal, "-0.") != "" {
					return false
				}
			}
		}
	}
	return true
}

// fundOf is the fund that a table is filtered by.
func fundOf(t *pack.Table) string {
	for _, c := range t.Filter.Conditions() {
		if c.Key == "fund" && len(c.Values) == 1 && !c.Not {
			return c.Values[0]
		}
	}
	return ""
}

func unexplained(in *Input, r *check.Report) {
	var all strings.Builder
	var glossary *diag.Range
	explained := ""
	for i := range in.Budget.Facts.StatedTexts {
		x := &in.Budget.Facts.StatedTexts[i]
		if strings.Contains(x.Section.V, "名词解释") {
			glossary, explained = &x.At, explained+x.Text.V
			continue
		}
		all.WriteString(x.Text.V)
	}
	if glossary == nil {
		return
	}
	var missing []string
	for _, t := range in.Pack.Terms {
		words := t.Words
		if len(words) == 0 {
			words = []string{t.Term}
		}
		used := slices.ContainsFunc(words, func(w string) bool { return strings.Contains(all.String(), w) })
		if used && !strings.Contains(explained, t.Term) {
			missing = append(missing, t.Term)
		}
	}
	if len(missing) > 0 {
		r.Add(diag.Diagnostic{Rule: "公开-003", Level: diag.Note, At: *glossary, Message: "出现了的名词没有解释", Stated: strings.Join(missing, "、")})
	}
}

var (
	subordinate = regexp.MustCompile(`下属\s*(\d+|[一二三四五六七八九十]+)\s*个`)
	numbered    = regexp.MustCompile(`(?m)^\s*(?:\d+[.．、]|（[一二三四五六七八九十]+）)`)
)

// publishedUnits: the number of units in the text is that of the list below it.
func publishedUnits(in *Input, r *check.Report) {
	for i := range in.Budget.Facts.StatedTexts {
		t := &in.Budget.Facts.StatedTexts[i]
		m := subordinate.FindStringSubmatchIndex(t.Text.V)
		if m == nil {
			continue
		}
		listed := len(numbered.FindAllString(t.Text.V[m[1]:], -1))
		said := chineseNumber(t.Text.V[m[2]:m[3]])
		rows := 0
		if in.printed != nil {
			rows = len(in.printed.space.Values("unit"))
		}
		if listed == 0 || said == listed && (rows == 0 || rows == listed) {
			continue
		}
		d := diag.Diagnostic{Rule: "单位-006", Level: diag.Warning, At: t.Text.Span(m[0], m[1]), Message: "单位个数前后不一",
			Stated: fmt.Sprintf("文字%d个", said), Want: fmt.Sprintf("列出%d个", listed), Hint: "不单列预算的单位写明收支列入哪个单位"}
		if rows > 0 {
			d.Want += fmt.Sprintf("，预算表里%d个", rows)
		}
		r.Add(d)
	}
}

func chineseNumber(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	n := 0
	for _, d := range s {
		i := strings.IndexRune("一二三四五六七八九", d)
		switch {
		case d == '十':
			n = max(n, 1) * 10
		case i >= 0:
			n += i/len("一") + 1
		}
	}
	return n
}

// publishedStyle: one way of writing numbers; no sentence with a subject and figures in two sections.
func publishedStyle(in *Input, r *check.Report) {
	grouped, plain := printedText{}, printedText{}
	seen := map[string]printedText{}
	for i := range in.Budget.Facts.StatedTexts {
		t := &in.Budget.Facts.StatedTexts[i]
		for _, q := range prose.Sums(prose.Quantities(t.Text.V)) {
			whole, _, _ := strings.Cut(q.Literal, ".")
			word := printedText{t.Text.V[q.Start:q.End], t.Text.Span(q.Start, q.End)}
			switch {
			case len(whole) < 4:
			case strings.ContainsAny(word.text, ",，"):
				grouped = first(grouped, word)
			default:
				plain = first(plain, word)
			}
		}
		for _, x := range prose.Sentences(t.Text.V, false) {
			s := prose.Squeeze(t.Text.V[x.Start:x.End])
			if !strings.Contains(s, "万元") || !strings.Contains(s, strconv.Itoa(in.Budget.Facts.Department.Year.V)+"年") || len(s) < 60 {
				continue
			}
			if before, ok := seen[s]; ok && before.text != t.Section.V {
				r.Add(diag.Diagnostic{Rule: "用语-004", Level: diag.Note, At: t.Text.Span(x.Start, x.End), Message: diag.Quote(t.Section.V) + "与“" + before.text + "”里有相同的一句",
					Notes: []diag.Related{{Text: "先前一句在这里", At: before.at}}, Hint: "多半是照抄，核对主语和数字"})
			}
			seen[s] = printedText{t.Section.V, t.Text.Span(x.Start, x.End)}
		}
	}
	if grouped.text != "" && plain.text != "" {
		r.Add(diag.Diagnostic{Rule: "用语-003", Level: diag.Note, At: plain.at, Message: "有的金额用千分撇，有的不用", Stated: plain.text, Want: grouped.text,
			Notes: []diag.Related{{Text: "用千分撇的在这里", At: grouped.at}}})
	}
}

func first(a, b printedText) printedText {
	if a.text != "" {
		return a
	}
	return b
}
