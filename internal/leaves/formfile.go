package leaves

import (
	"fmt"
	"maps"
	"slices"

	"yusuan/internal/money"
	"yusuan/internal/prose"
	"yusuan/internal/renew"
	"yusuan/internal/source"
)

// formFiles writes each form into a file of its own.
func (f *finder) formFiles() (out []renew.File) {
	units := f.formUnits()
	for n, h := range f.heardForms {
		w := f.file("绩效表："+h.kind, "")
		w.money()
		w.entry("form")
		w.set("kind", text(h.kind), f.place(h.at))
		w.set("project", text(h.project), "")
		w.set("unit", text(units[n]), renew.Paper+"没有印是哪个单位的，按金额和先后认的"+source.Review)
		if len(h.fields) > 0 {
			w.line("\n[form.fields]")
		}
		for _, k := range h.fields {
			w.set(key(k.key), text(k.text), f.place(k.at))
		}
		for _, list := range formLists() {
			for _, x := range h.lists[list.each] {
				f.element(w, &list, x)
			}
		}
		if len(h.rest.lines) > 0 {
			w.line("\n# 以下各行没有读懂，没有用：")
		}
		for _, l := range h.rest.lines {
			w.comment(l.text)
		}
		out = append(out, w.done(fmt.Sprintf("performance/%02d.toml", n+1)))
	}
	return out
}

// formList is how an element of a list of forms is written: its keys, and what packs call them.
type formList struct {
	each, table string
	keys        [][2]string
}

func formLists() []formList {
	return []formList{
		{"goals", "form.goal", [][2]string{{"horizon", "Horizon"}, {"name", "Name"}, {"text", "Text"}}},
		{"indicators", "form.indicator", [][2]string{{"horizon", "Horizon"}, {"goal", "Goal"}, {"first", "First"}, {"second", "Second"}, {"third", "Third"},
			{"value", "Value"}, {"before_last", "BeforeLast"}, {"last", "Last"}, {"basis", "Basis"}}},
		{"details", "form.detail", [][2]string{{"activity", "Activity"}, {"content", "Content"}, {"economic", "Economic"}, {"amount", "Amount"}, {"basis", "Basis"}, {"note", "Note"}}},
		{"items", "form.item", [][2]string{{"name", "Name"}, {"quantity", "Quantity"}, {"amount", "Amount"}}},
	}
}

func (f *finder) element(w *writer, list *formList, x map[string]told) {
	empty := true
	for name, v := range x {
		empty = empty && (name == "Horizon" || v.text == "")
	}
	if empty {
		return
	}
	w.line("\n[[%s]]", list.table)
	for _, k := range list.keys {
		v, ok := x[k[1]]
		if !ok || v.text == "" {
			continue
		}
		switch k[0] {
		case "amount":
			if q := prose.Quantities(v.text); len(q) == 1 {
				w.set(k[0], f.amount(q[0].In(f.unit)), f.place(v.at))
			}
		case "economic":
			code := f.codeCalled("economic", v.text)
			w.set(k[0], text(code), map[bool]string{true: source.Review + v.text}[code == ""])
		default:
			w.set(k[0], text(v.text), "")
		}
	}
}

// formUnits are the units of the forms whose projects bear the name of several: that which has as much money as the form prints, else the
// first that no form has yet; "" where the name says it.
func (f *finder) formUnits() []string {
	sums := map[string]map[string]money.Amount{}
	for _, p := range f.parts(spent) {
		name, unit := f.projectName(p.leaf), f.unitOf(p.leaf)
		if sums[name] == nil {
			sums[name] = map[string]money.Amount{}
		}
		sums[name][unit] = sums[name][unit].Add(p.amount)
	}
	out := make([]string, len(f.heardForms))
	taken := map[[3]string]bool{}
	choose := func(n int, fits func(money.Amount) bool) {
		h := &f.heardForms[n]
		if h.project == "" || out[n] != "" || len(sums[h.project]) < 2 {
			return
		}
		for _, unit := range slices.Sorted(maps.Keys(sums[h.project])) {
			if k := [3]string{h.kind, h.project, unit}; out[n] == "" && !taken[k] && fits(sums[h.project][unit]) {
				out[n], taken[k] = unit, true
			}
		}
	}
	for n := range f.heardForms {
		choose(n, func(a money.Amount) bool {
			return slices.ContainsFunc(f.heardForms[n].values, func(s string) bool {
				q := prose.Quantities(s)
				return len(q) == 1 && q[0].In(f.unit).Equal(a)
			})
		})
	}
	for n := range f.heardForms {
		choose(n, func(money.Amount) bool { return true })
	}
	return out
}
