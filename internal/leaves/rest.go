package leaves

import (
	"maps"
	"slices"
	"strings"

	"yusuan/internal/audit"
	"yusuan/internal/budget"
	"yusuan/internal/money"
	"yusuan/internal/prose"
	"yusuan/internal/renew"
	"yusuan/internal/source"
)

func (f *finder) departmentFile() renew.File {
	w := f.file("部门基本信息", "")
	d := &f.facts.Department
	w.n++
	w.line("\n[department]")
	w.set("year", itoa(d.Year.V), f.place(d.Year.At))
	if d.Code.V != "" {
		w.set("code", text(d.Code.V), f.place(d.Code.At))
	} else {
		w.set("code", text(noCode), renew.Paper+"没有印部门代码"+source.Review)
	}
	w.set("name", text(d.Name.V), f.place(d.Name.At))
	w.set("short_name", text(d.ShortName.V), f.place(d.ShortName.At))
	w.set("template", text(f.Pack.ID), "")
	if d.Date.Set {
		w.set("date", d.Date.Time.Format("2006-01-02"), f.place(d.Date.At))
	} else {
		w.set("date", itoa(d.Year.V)+"-02-28", renew.Paper+"没有印公开日期"+source.Review)
	}
	if day, ok := dayOf(f.heard.date.text); ok {
		w.set("assets_as_of", day, f.place(f.heard.date.at))
	}
	for _, list := range []string{"duties", "tasks"} {
		entries := f.heard.entries[list]
		if len(entries) == 0 {
			continue
		}
		w.line("%s = [", list)
		for _, e := range entries {
			w.line("  %s,%s", text(e.text), remarkOf(f.place(e.at)))
		}
		w.line("]")
	}
	var institutions []string
	for _, e := range f.heard.entries["institutions"] {
		institutions = append(institutions, e.text)
	}
	w.set("institutions", text(strings.Join(institutions, "\n")), "")
	return w.done("department.toml")
}

// noCode stands for the code of a department that prints none.
const noCode = "000"

// dayOf is a day as TOML has it, of 2025年8月31日.
func dayOf(s string) (string, bool) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	if len(parts) != 3 {
		return "", false
	}
	for i := range parts {
		if len(parts[i]) < 2 {
			parts[i] = "0" + parts[i]
		}
	}
	return strings.Join(parts, "-"), true
}

func (f *finder) unitsFile() renew.File {
	w := f.file("预算单位", "")
	for i := range f.facts.Units {
		u := &f.facts.Units[i]
		w.entry("unit")
		doubt := ""
		if u.Code.At.IsZero() {
			doubt = renew.Paper + "没有印单位代码" + source.Review
		}
		w.set("code", text(u.Code.V), f.place(u.Code.At)+doubt)
		w.set("name", text(u.Name.V), "")
		w.set("full_name", text(u.FullName.V), "")
		if doubt = ""; u.Kind.V != "" && u.Kind.At.IsZero() {
			doubt = renew.Paper + "没有印单位性质" + source.Review
		}
		w.set("kind", text(u.Kind.V), doubt)
		w.set("budget_within", text(u.Within.V), "")
		if u.Own.V {
			w.set("headquarters", "true", "")
		}
	}
	return w.done("units.toml")
}

// assetsFile writes what the sentences count.
func (f *finder) assetsFile() renew.File {
	w := f.file("国有资产占有使用情况", "")
	for _, list := range []struct{ table, name, key string }{{"vehicle", "vehicles", "use"}, {"equipment", "equipment", "name"}} {
		var done []asset
		for _, a := range f.heard.assets[list.name] {
			i := slices.IndexFunc(done, func(x asset) bool { return x.name == a.name })
			if i < 0 {
				done = append(done, a)
				continue
			}
			if done[i].bought == "" {
				done[i].bought = a.bought
			}
		}
		for _, a := range done {
			if (a.count == "" || a.count == "0") && (a.bought == "" || a.bought == "0") {
				continue
			}
			w.entry(list.table)
			w.set(list.key, text(a.name), f.place(a.at))
			if a.count == "" {
				a.count = "0"
			}
			w.set("count", a.count, "")
			if a.bought != "0" {
				w.set("bought", a.bought, "")
			}
		}
	}
	return w.done("assets.toml")
}

// priorFile writes last year's figures: what was stated, what columns print, what sentences compare with.
func (f *finder) priorFile() renew.File {
	w := f.file("上年数", "由本年的数和“比上年增加”推算的，与上年公开的数可能差在尾数。")
	w.money()
	w.line("\n[prior]\nyear = %d\n\n[prior.figures]", f.facts.Department.Year.V-1)
	seen := map[string]bool{}
	put := func(name string, a money.Amount, remark string) {
		if x := f.Pack.Figure(name); !seen[name] && x != nil && x.Prior {
			seen[name] = true
			w.n++
			w.set(key(name), f.amount(a), remark)
		}
	}
	if p := f.facts.Prior; p != nil {
		for _, x := range p.Figures {
			put(x.Key.V, x.Value.Amount, f.place(x.Value.At))
		}
	}
	for i := range f.tables {
		f.priorColumns(&f.tables[i], put)
	}
	for _, name := range slices.Sorted(maps.Keys(f.heard.before)) {
		if x, ok := f.heard.before[name]; ok {
			a := x.amount
			if _, whole := f.heard.amounts[name]; !whole {
				put(name, a, f.place(x.at))
				continue
			}
			if now, ok := f.exactly(name); ok {
				a = a.Add(now).Sub(f.heard.amounts[name].amount)
			}
			put(name, a, f.place(x.at))
		}
	}
	f.history(w)
	return w.done("prior.toml")
}

// history writes the years before, as the forms print them.
func (f *finder) history(w *writer) {
	for ago := 2; ago > 0; ago-- {
		said := map[string]money.Amount{}
		var at told
		for _, name := range []string{"basic", "project", "fiscal"} {
			x, ok := f.says[""][itoa(ago)+" "+name]
			if q := prose.Quantities(x.text); ok && len(q) == 1 {
				said[name], at = q[0].In(f.unit), x
			}
		}
		basic, known := said["basic"]
		project, both := said["project"]
		if !known || !both {
			continue
		}
		w.entry("history")
		w.set("year", itoa(f.facts.Department.Year.V-ago), f.place(at.at))
		w.set("basic", f.amount(basic), "")
		w.set("project", f.amount(project), "")
		if fiscal, ok := said["fiscal"]; ok && !fiscal.Equal(basic.Add(project)) {
			w.set("fiscal", f.amount(fiscal), "")
		}
	}
}

// priorColumns reads the columns of last year's amounts.
func (f *finder) priorColumns(t *readTable, put func(string, money.Amount, string)) {
	for i := range t.found {
		for _, x := range t.found[i] {
			for _, c := range x.Cells {
				l := t.leaves[c.Leaf]
				if l.Prior == "" || l.Show != "last" && l.Show != "" || x.Unread != "" || c.Column >= len(t.paper.Rows[i]) {
					continue
				}
				name := l.Prior
				if figure := f.Pack.Figures[name]; figure != nil && figure.By != "" {
					if x.Own == "" {
						continue // the sum of all parts
					}
					name += "." + x.Own
				}
				q := prose.Quantities(t.paper.Rows[i][c.Column])
				if len(q) == 1 {
					put(name, q[0].In(unitOf(t.stated)), f.rowPlace(t, i))
				}
			}
		}
	}
}

// exactly is what the tables print for a figure of the pack.
func (f *finder) exactly(name string) (money.Amount, bool) {
	x := f.Pack.Figure(name)
	if x == nil {
		return money.Amount{}, false
	}
	b, ok := f.model.space.Of(x.Query)
	if !ok {
		return money.Amount{}, false
	}
	_, view := x.Query.Sees()
	var best *audit.Cell
	for i := range f.model.made {
		c := &f.model.made[i]
		if _, v := c.Query.Sees(); slices.Equal(c.Box, b) && v == view && (best == nil || c.Unit < best.Unit) {
			best = c
		}
	}
	if best == nil {
		return money.Amount{}, false
	}
	return best.Value, true
}

// textFile writes the texts by their keys, and what has none as comments.
func (f *finder) textFile() renew.File {
	w := f.file("情况说明中的文字", "")
	w.line("\n[text]")
	for _, x := range f.heard.texts {
		w.n++
		w.set(key(x.key), text(x.text), f.place(x.at))
	}
	for i := range f.Pack.Slots {
		s := &f.Pack.Slots[i]
		if s.Required && s.By == "" && !slices.ContainsFunc(f.heard.texts, func(k keyed) bool { return k.key == s.Key }) {
			w.n++
			w.set(key(s.Key), text(source.Unfilled), s.Title)
		}
	}
	for _, x := range f.heard.terms {
		w.entry("glossary")
		w.set("term", text(x.term), f.place(x.at))
		w.set("text", text(x.text), "")
	}
	first := true
	for _, r := range f.heard.rest {
		if first {
			w.line("\n# 以下是" + renew.Paper + "里的文字，模板没有与它们对应的键：能用的移到上面，不用的删去。")
		}
		first = false
		w.n++
		w.line("\n# 【%s】", oneLine(r.section))
		for _, l := range r.lines {
			w.comment(l.text)
		}
	}
	return w.done("text.toml")
}

// onlyProject is the name of the only project, "" where there are several.
func (f *finder) onlyProject(by string) string {
	if by != "project" || len(f.owners) != 1 {
		return ""
	}
	for name := range f.owners {
		return name
	}
	return ""
}

func unitOf(s *budget.StatedTable) money.Unit {
	if u, ok := money.ParseUnit(s.Unit.V); ok {
		return u
	}
	return money.Wan
}
