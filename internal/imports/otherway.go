package imports

import (
	"fmt"
	"slices"

	"yusuan/internal/source"
)

// otherWays are the tables that say the same money in another way: basic expenditure line by line, or by its two margins.
var otherWays = map[string][]string{
	tableBasic:          {"basic_by_function", "basic_by_economic"},
	"basic_by_function": {tableBasic},
	"basic_by_economic": {tableBasic},
}

// otherWay finds the entries of a unit whose money the exports say in the other way: beside what is imported they would count twice.
// Those that nobody has filled in say nothing, and go, told together; the others go as those that the exports have no more.
func (p *planner) otherWay(want []*fact) {
	has := func(unit string, tables ...string) bool {
		return slices.ContainsFunc(want, func(w *fact) bool { return slices.Contains(tables, w.table) && w.text("unit") == unit })
	}
	empty := map[[2]string][]*fact{}
	var order [][2]string
	for _, h := range p.facts {
		unit := h.text("unit")
		switch k := [2]string{h.table, unit}; {
		case !has(unit, otherWays[h.table]...) || has(unit, h.table): // of its own table it is known already
		case slices.ContainsFunc(h.said, func(s said) bool { return s.money }):
			p.takeAway(h, h.called()+"（导出表列在"+TableLabel(otherWays[h.table][0])+"里，都留着会算两遍）", p.DeleteGone)
		default:
			if empty[k] == nil {
				order = append(order, k)
			}
			empty[k] = append(empty[k], h)
		}
	}
	for _, k := range order {
		first := empty[k][0]
		for _, h := range empty[k] {
			p.do(func(e *source.Editor) { e.Delete(h.file, h.own.Address) })
		}
		p.out.Changes = append(p.out.Changes, Change{Kind: Deleted, Table: k[0], Home: first.at,
			What: fmt.Sprintf("%s %s 还没有填的 %d 条（导出表列在%s里）", TableLabel(k[0]), k[1], len(empty[k]), TableLabel(otherWays[k[0]][0]))})
	}
}
