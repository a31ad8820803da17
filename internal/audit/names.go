package audit

import (
	"regexp"
	"slices"
	"strings"

	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/prose"
)

// publishedNames: one thing has one name.
func publishedNames(in *Input, r *check.Report) {
	projects := in.printedProjects()
	for _, f := range in.forms {
		if f.table.Project.V != "" {
			now, _ := f.single(pack.LabelNow, &check.Report{})
			in.otherName(projects, f.table.Project.V, now, f.table.Project.At, f.table.Name(), r)
		}
		for _, row := range f.under(pack.LabelProjects) {
			if a, ok := f.amount(row, 3, &check.Report{}); ok && !f.is(row[0], pack.LabelSum) {
				in.otherName(projects, row[0].text, a, row[0].at, f.table.Name(), r)
			}
		}
	}
	names := diag.NewNames(namesOf(projects))
	for i := range in.Budget.Facts.StatedTexts {
		t := &in.Budget.Facts.StatedTexts[i]
		for _, q := range prose.Sums(prose.Quantities(t.Text.V)) {
			start := lastStop(t.Text.V[:q.Start])
			name := strings.TrimLeft(prose.Squeeze(t.Text.V[start:q.Start]), "0123456789.．（）一二三四五六七八九十")
			name = strings.TrimPrefix(strings.TrimSuffix(name, "项目"), "即")
			if j := strings.LastIndex(name, "："); j >= 0 {
				name = name[j+len("："):]
			}
			if near, ok := names.Closest(name); ok && !strings.HasSuffix(name, prose.Squeeze(near)) { // 即窗口外包 names it
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

var tableNumber = regexp.MustCompile(`^(?:(?:附?表\s*[0-9‐‑–—－-]+|附?表[一二三四五六七八九十]+|公开\s*\d+\s*表)[.．、：:]?[\s\x{3000}]*|[一二三四五六七八九十]+、|\d+[.．、]\s*)`)

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
		for _, u := range in.Budget.Facts.Units { // whose names may begin with it
			if u.Name.V != "" {
				rest = strings.ReplaceAll(rest, u.Name.V, strings.Repeat("\x00", len(u.Name.V)))
			}
		}
		if j := strings.Index(rest, d.ShortName.V); full && j >= 0 {
			r.Add(diag.Diagnostic{Rule: "名称-003", Level: diag.Note, At: t.Text.Span(j, j+len(d.ShortName.V)), Message: diag.Quote(t.Section.V) + "用了部门简称，别处用全称",
				Stated: d.ShortName.V, Want: d.Name.V})
			return
		}
	}
}
