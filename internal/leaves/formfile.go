package leaves

import (
	"fmt"

	"yusuan/internal/prose"
	"yusuan/internal/renew"
	"yusuan/internal/source"
)

// formFiles writes each form into a file of its own.
func (f *finder) formFiles() (out []renew.File) {
	for n, h := range f.heardForms {
		w := f.file("绩效表："+h.kind, "")
		w.money()
		w.entry("form")
		w.set("kind", text(h.kind), f.place(h.at))
		w.set("project", text(h.project), "")
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
