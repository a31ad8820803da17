package imports

import (
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// What several rows say of one thing, and say differently, is told: one of them alone can be taken in.

// differs tells where a row says something else of what a row before it is about. What adds up may differ.
func (w *wish) differs(old, now *fact) {
	adds := old.table != tableProject
	for _, s := range now.said {
		o := old.get(s.key)
		if o == nil || o.text == s.text || s.money && (adds || o.amount.Equal(s.amount)) || plain(o.text) == plain(s.text) || s.text == "" {
			continue
		}
		label := s.key
		if f := tables()[old.table].Field(s.key); f != nil {
			label = f.Label
		}
		d := diag.Diagnostic{Rule: ruleTwice, Level: diag.Warning, At: s.at, Message: old.called() + "的几行里，" + diag.Quote(label) + "写得不一样，带入的是" + diag.Quote(shortened(o.text)),
			Stated: shortened(s.text), Notes: []diag.Related{{At: o.at, Text: "带入的"}}, Hint: "核对用哪一个；本来是两项的，分开名称"}
		if s.money {
			d.Stated, d.Want, d.Diff = money.Difference(money.Yuan, s.amount, o.amount)
		}
		w.tell(old, s.key+"\x00"+s.text, d)
	}
}

// unlikeTexts tells what words two sheets have differently of the same thing: those of one are taken in.
func (u *Understood) unlikeTexts(best, other *heap, diags *diag.List) {
	a, b := best.rows[0], other.rows[0]
	for _, v := range b.Values {
		o, ok := a.Get(v.Key)
		f := tables()[a.Kind.Table()].Field(v.Key)
		if !ok || f == nil || v.Money || v.Text == "" || plain(o.Text) == plain(v.Text) || slices.Contains([]string{"value", "count", "bought"}, v.Key) {
			continue
		}
		diags.Add(diag.Diagnostic{Rule: ruleTwice, Level: diag.Warning, At: v.At, Message: "同一条" + string(a.Kind) + "在两张表里都有，" + diag.Quote(f.Label) + "写得不一样，带入的是" + diag.Quote(shortened(o.Text)),
			Stated: shortened(v.Text), Notes: []diag.Related{{At: o.At, Text: "带入的"}}, Hint: "核对用哪一个"})
	}
}

func (w *wish) tell(of *fact, what string, d diag.Diagnostic) {
	key := of.table + "\x00" + of.identity() + "\x00" + what
	if !w.told[key] {
		w.told[key] = true
		w.diags.Add(d)
	}
}

// numbered tells of projects of one name that the budget system numbers differently: they are taken for one.
func (w *wish) numbered(p *fact, r *Row) {
	v, ok := r.Get("code")
	if !ok || v.Text == "" {
		return
	}
	o, known := w.codes[p]
	if !known {
		w.codes[p] = said{text: v.Text, at: v.At}
		return
	}
	if plain(o.text) != plain(v.Text) {
		w.tell(p, "code\x00"+v.Text, diag.Diagnostic{Rule: ruleTwice, Level: diag.Warning, At: v.At, Message: p.called() + "有不止一个项目编码，当作一个项目带入",
			Stated: v.Text, Want: o.text, Notes: []diag.Related{{At: o.at, Text: "另一个编码"}}, Hint: "本来是两个项目的，在导出表里分开名称"})
	}
}

// oneName tells of a unit whose code stands with names that are not of each other: 局本级 and 某局本级 are.
func (w *wish) oneName(x *fact, u *said) {
	o := x.get("name")
	if o == nil || u.name == "" {
		return
	}
	a, b := plain(o.text), plain(u.name)
	if strings.HasSuffix(a, b) || strings.HasSuffix(b, a) || strings.Contains(a, b) || strings.Contains(b, a) {
		return
	}
	w.tell(x, "name\x00"+b, diag.Diagnostic{Rule: ruleTwice, Level: diag.Warning, At: u.at, Message: "单位代码 " + x.text("code") + " 有两个名称",
		Stated: u.name, Want: o.text, Notes: []diag.Related{{At: o.at, Text: "另一个名称"}}, Hint: "核对是代码错了还是名称错了"})
}
