package board

import (
	"fmt"
	"slices"
	"strconv"

	"yusuan/internal/district"
)

// mostRows bounds the tables of what was found: the workbook has all of it.
const mostRows = 500

// levels are how bad something is, in words and for its colour.
func (w *writer) level(isError bool) {
	if isError {
		w.raw(`<td><span class="badge faulty">错误</span></td>`)
		return
	}
	w.raw(`<td><span class="badge waiting">警告</span></td>`)
}

// problems writes what is wrong with the roster and the reviews, errors first.
func (w *writer) problems(d *district.District, id string) {
	if len(d.Problems) == 0 {
		return
	}
	list := slices.Clone(d.Problems)
	slices.SortStableFunc(list, func(a, b district.Problem) int { return rank(a.Error) - rank(b.Error) })
	w.box("q"+id, "名单和审核情况里的问题", bounded(len(list), "在 "+workbook+" 里"), "list")
	w.head(column{title: "级别"}, column{title: "问题"}, column{title: "位置"}, column{title: "规则"})
	w.raw("<tbody>\n")
	for _, p := range list[:min(len(list), mostRows)] {
		w.raw("<tr>")
		w.level(p.Error)
		w.raw(`<th scope="row">`)
		w.text(p.Message)
		if p.Hint != "" {
			w.raw(` <small class="hint">`)
			w.text(p.Hint)
			w.raw("</small>")
		}
		w.raw("</th>")
		w.cell(p.At)
		w.rule(p.Rule)
		w.raw("</tr>\n")
	}
	w.raw("</tbody>\n")
	w.end()
}

// rank puts errors before warnings.
func rank(isError bool) int {
	if isError {
		return 0
	}
	return 1
}

// bounded says how many there are, and where those are that are not shown.
func bounded(n int, rest string) string {
	if n <= mostRows {
		return fmt.Sprintf("%d 个", n)
	}
	return fmt.Sprintf("%d 个，这里列前 %d 个，其余的%s", n, mostRows, rest)
}

// findings writes the questions between departments.
func (w *writer) findings(d *district.District, id string) {
	if len(d.Findings) == 0 {
		return
	}
	names := map[string]string{}
	for i := range d.Departments {
		if x := &d.Departments[i]; x.Record != nil {
			names[x.Record.Department] = nameOf(x)
		}
	}
	of := func(department string) string {
		if name := names[department]; name != "" && name != department {
			return name + "（" + department + "）"
		}
		return department
	}
	w.box("f"+id, "部门之间的问题", bounded(len(d.Findings), "在 "+workbook+" 里"), "list")
	w.head(column{title: "级别"}, column{title: "部门"}, column{title: "问题"}, column{title: "另一部门"}, column{title: "位置"}, column{title: "规则"})
	w.raw("<tbody>\n")
	for _, f := range d.Findings[:min(len(d.Findings), mostRows)] {
		w.raw("<tr>")
		w.level(f.Error)
		w.cell(of(f.Department))
		w.raw(`<th scope="row">`)
		w.text(f.Message)
		w.raw("</th>")
		w.cell(of(f.Other))
		w.cell(f.At)
		w.rule(f.Rule)
		w.raw("</tr>\n")
	}
	w.raw("</tbody>\n")
	w.end()
}

// mostRules is how many of the rules that found something are listed.
const mostRules = 20

// rules writes which rules found most.
func (w *writer) rules(d *district.District, id string) {
	if len(d.Rules) == 0 {
		return
	}
	shown := d.Rules[:min(len(d.Rules), mostRules)]
	below := "yusuan explain 规则号 说明一条规则"
	if len(shown) < len(d.Rules) {
		below = fmt.Sprintf("%d 条里的前 %d 条；", len(d.Rules), len(shown)) + below
	}
	w.box("r"+id, "最常见的问题", below, "sums")
	w.head(column{title: "规则"}, column{title: "要求"}, column{"部门数", "n", ""})
	w.raw("<tbody>\n")
	for _, r := range shown {
		w.raw(`<tr><th scope="row" class="code">`)
		w.text(r.Rule)
		w.raw("</th>")
		w.cell(r.Title)
		w.raw(`<td class="n">`, strconv.Itoa(r.Departments), "</td></tr>\n")
	}
	w.raw("</tbody>\n")
	w.end()
}
