package board

import (
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/batch"
	"yusuan/internal/district"
	"yusuan/internal/money"
)

// departments writes the table of departments, with what the script needs to filter it.
func (w *writer) departments(d *district.District, id string) {
	w.raw("<section class=\"board\">\n")
	w.filters(d, id)
	w.box("d"+id, "部门", "万元", "list sorts")
	w.head(column{"代码", "code", asTexts}, texts("部门"), texts("状态"), numbers("错误"), numbers("警告"), numbers("支出总计"), numbers("上年"), numbers("增减"), numbers("增减%"),
		numbers("页数"), numbers("绩效表"), dates("保密审查"), dates("审签"), dates("公开"), column{"文件", "", ""})
	units := unitsOf(d)
	for i := range d.Departments {
		w.department(d, &d.Departments[i], units)
	}
	w.end()
	w.raw("</section>\n")
}

// unitsOf are the documents of units by the folder of their department.
func unitsOf(d *district.District) map[string][]*district.Department {
	out := map[string][]*district.Department{}
	for i := range d.Units {
		if u := &d.Units[i]; u.Record != nil {
			out[u.Record.Department] = append(out[u.Record.Department], u)
		}
	}
	return out
}

// filters writes what the script shows.
func (w *writer) filters(d *district.District, id string) {
	w.raw(`<form class="filters" hidden><label>查找 <input type="search" name="words" placeholder="代码或名称" autocomplete="off"></label><label>状态 <select name="state"><option value="">全部</option>`)
	for _, s := range d.States {
		w.raw("<option>", string(s.State), "</option>")
	}
	w.raw("</select></label>")
	var sections []string
	for i := range d.Departments {
		if s := d.Departments[i].Section; s != "" {
			sections = append(sections, s)
		}
	}
	slices.Sort(sections)
	if sections = slices.Compact(sections); len(sections) > 0 {
		w.raw(`<label>归口 <select name="section"><option value="">全部</option>`)
		for _, s := range sections {
			w.raw("<option")
			w.attr("value", s) // else browsers would make one blank of several
			w.raw(">")
			w.text(s)
			w.raw("</option>")
		}
		w.raw("</select></label>")
	}
	for _, x := range []struct{ key, title string }{{"e", "只看有错误"}, {"f", "缺绩效表"}, {"u", "未公开"}} {
		w.raw(`<label class="check"><input type="checkbox" name="flag" value="`, x.key, `"> `, x.title, "</label>")
	}
	w.raw(`<button type="reset">清除</button></form><p class="shown" role="status"></p>`, "\n")
}

// flags are by what the script filters.
func flags(x *district.Department) string {
	var out []string
	if r := x.Record; r != nil && r.Errors > 0 || x.State == district.Faulty {
		out = append(out, "e")
	}
	if x.Forms.Have < x.Forms.Due {
		out = append(out, "f")
	}
	if !x.Review.Published.Done() {
		out = append(out, "u")
	}
	return strings.Join(out, " ")
}

func (w *writer) department(d *district.District, x *district.Department, units map[string][]*district.Department) {
	w.raw("<tbody")
	w.attr("data-state", string(x.State))
	w.attr("data-section", x.Section)
	w.attr("data-flags", flags(x))
	w.raw(`><tr><td class="code">`)
	w.text(x.Code)
	w.raw(`</td><th scope="row">`)
	w.name(nameOf(x))
	if x.Section != "" {
		w.raw(" <small>")
		w.text(x.Section)
		w.raw("</small>")
	}
	if r := x.Record; r != nil && (r.Status == batch.Refused || r.Status == batch.Crashed || r.Status == batch.NotDone) {
		w.raw(` <small class="why">`)
		w.text(r.Message)
		w.raw("</small>")
	}
	w.raw("</th><td>")
	w.badge(x.State)
	w.raw("</td>")
	w.found(x)
	w.amounts(x)
	w.progress(d, x)
	w.raw("<td class=\"links\">")
	w.links(x, true)
	w.raw("</td></tr>\n")
	if x.Record != nil {
		w.units(units[x.Record.Department])
	}
	w.raw("</tbody>\n")
}

// nameOf is what a department is called, its folder where its data do not say.
func nameOf(x *district.Department) string {
	switch {
	case x.Name != "":
		return x.Name
	case x.Record != nil:
		return x.Record.Department
	}
	return x.Code
}

// found writes how many errors and warnings there are.
func (w *writer) found(x *district.Department) {
	if x.Record == nil {
		w.raw("<td></td><td></td>")
		return
	}
	w.count(x.Record.Errors)
	w.count(x.Record.Warnings)
}

// amounts writes the amounts of a department, of one with errors none.
func (w *writer) amounts(x *district.Department) {
	if !x.Shown || !x.Total.Known {
		w.raw("<td></td><td></td><td></td><td></td>")
		return
	}
	w.amount(x.Total.Amount)
	w.against(x.Total.Amount, x.Last)
}

// against writes last year's amount and the change.
func (w *writer) against(now money.Amount, last district.Known) {
	if !last.Known {
		w.raw("<td></td><td></td><td></td>")
		return
	}
	w.amount(last.Amount)
	w.amount(now.Sub(last.Amount))
	w.share(now, last.Amount, true)
}

// progress writes how far a department's document and review are.
func (w *writer) progress(d *district.District, x *district.Department) {
	pages := 0
	if x.Record != nil && x.Shown {
		pages = x.Record.Pages
	}
	w.count(pages)
	if x.Forms.Due == 0 {
		w.raw("<td></td>")
	} else {
		lacking := x.Forms.Due - x.Forms.Have
		w.raw(`<td class="n" data-v="`, strconv.Itoa(lacking), `">`, strconv.Itoa(x.Forms.Have), "/", strconv.Itoa(x.Forms.Due))
		if lacking > 0 {
			w.raw(` <small class="lack">缺 `, strconv.Itoa(lacking), "</small>")
		}
		w.raw("</td>")
	}
	w.day(x.Review.Confidential.Date, d.Year)
	w.day(x.Review.Signed.Date, d.Year)
	w.day(x.Review.Published.Date, d.Year)
}

// links writes links to a department's files: what was found in it, and its document in all forms.
func (w *writer) links(x *district.Department, reports bool) {
	before := ""
	if reports && x.Report != "" {
		if w.link(x.Report, "报告", "") {
			before = " "
		}
		if w.link(strings.TrimSuffix(x.Report, ".txt")+".xlsx", "报告表", before) {
			before = " "
		}
	}
	if x.Record == nil || !x.Record.Status.Good() {
		return
	}
	for _, f := range x.Record.Files() {
		if w.link(f.Output, f.Form.Short(), before) {
			before = " "
		}
	}
}

// units writes the documents of a department's units, folded.
func (w *writer) units(units []*district.Department) {
	if len(units) == 0 {
		return
	}
	bad := 0
	for _, u := range units {
		if u.State == district.Faulty {
			bad++
		}
	}
	w.raw(`<tr class="units"><td></td><td colspan="14"><details><summary>`, strconv.Itoa(len(units)), " 份单位预算")
	if bad > 0 {
		w.raw("，", strconv.Itoa(bad), " 份数据有误")
	}
	w.raw("</summary><ul>")
	for _, u := range units {
		w.raw("<li>")
		w.text(u.Code)
		w.raw(" ")
		w.name(nameOf(u))
		w.raw(" ")
		w.badge(u.State)
		if r := u.Record; r.Errors > 0 {
			w.raw(" 错误 ", strconv.Itoa(r.Errors))
		}
		if u.Shown && u.Total.Known {
			w.raw(` <span data-yuan="`, u.Total.Amount.String(), `">`, printed.String(u.Total.Amount), "</span> 万元")
		}
		w.raw(" ")
		w.links(u, true)
		w.raw("</li>")
	}
	w.raw("</ul></details></td></tr>\n")
}
