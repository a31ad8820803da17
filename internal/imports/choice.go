package imports

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/source"
)

// What columns say by yes and no, of which the data want a kind: keys of rows beyond the schema.
const (
	isProcured = "is_procured"
	isService  = "is_service"
)

// choice is a yes of an export of which the data want the kind.
type choice struct {
	key    string // isProcured, isService
	text   string // as it stands there
	amount money.Amount
	at     diag.Range
}

// chosen are the fields that say of what kind money is which an export says yes of.
var chosen = []struct{ key, field, label string }{{isProcured, "procurement", "政府采购类别"}, {isService, "service_purchase", "政府购买服务类别"}}

// yesNo keeps what columns of yes and no say, unless they say no.
func (b *body) yesNo(x *Row, l *line) {
	for _, c := range []struct {
		key  string
		from role
	}{{isProcured, roleIsProcured}, {isService, roleIsService}} {
		text, col := b.get(l.row, c.from)
		if p := strings.ToLower(plain(text)); p != "" && !slices.Contains(b.r.Words.no, p) && !b.r.Words.isBlank(p) {
			x.Values = append(x.Values, Value{Key: c.key, Text: text, At: b.at(l.row, col)})
		}
	}
}

// choices takes what a row says yes to, as far as it does not say the kind itself.
func (f *fact) choices(r *Row) {
	amount, _ := r.Get("amount")
	for _, c := range chosen {
		if v, ok := r.Get(c.key); ok && r.Text(c.field) == "" {
			f.open = append(f.open, choice{c.key, v.Text, amount.Amount, v.At})
		}
	}
}

// choose tells of money that exports say yes of and of which neither they nor the folder say the kind.
func (p *planner) choose(want []*fact) {
	for _, c := range chosen {
		bySheet := map[int][]choice{}
		for _, f := range want {
			if !slices.ContainsFunc(f.open, func(o choice) bool { return o.key == c.key }) || p.settled(f, want, c.key, c.field) {
				continue
			}
			for _, o := range f.open {
				if o.key == c.key {
					bySheet[f.sheet] = append(bySheet[f.sheet], o)
				}
			}
			if f.table != tableProject {
				continue // lines of a table have their names beside them
			}
			if f.mark != "" {
				f.mark += "、"
			}
			f.mark += c.label
		}
		for _, n := range sortedKeys(bySheet) {
			p.diags.Add(unchosen(c.key, c.label, bySheet[n]))
		}
	}
	for _, f := range want {
		if f.mark != "" {
			f.mark = "导出表写着“是”，要不要填" + f.mark + source.Review
		}
	}
}

// settled reports whether something says already of what kind the money of a fact is.
func (p *planner) settled(f *fact, want []*fact, key, field string) bool {
	says := func(h *fact) bool {
		return h.text(field) != "" || slices.ContainsFunc(h.kids, func(k *fact) bool { return k.text(field) != "" })
	}
	projects := map[string]bool{}
	for _, h := range slices.Concat(want, p.facts) {
		if h.table == tableProject {
			projects[h.text("name")] = true
		}
		if h.table == f.table && h.identity() == f.identity() && says(h) {
			return true
		}
	}
	return key == isProcured && slices.ContainsFunc(slices.Concat(want, p.facts), func(h *fact) bool {
		switch {
		case h.table != tablePurchase:
			return false
		case f.table == tableProject:
			return h.text("project") == f.text("name")
		}
		return !projects[h.text("project")] && (h.text("unit") == "" || h.text("unit") == f.text("unit")) // of what is no project's
	})
}

// shownPlaces bounds the places that one finding names.
const shownPlaces = 5

// unchosen tells how much money of a sheet has no kind yet.
func unchosen(key, label string, list []choice) diag.Diagnostic {
	var total money.Amount
	var cells, texts []string
	seen := map[diag.Range]bool{}
	for _, o := range list {
		total = total.Add(o.amount)
		if seen[o.at] { // of several funds
			continue
		}
		seen[o.at] = true
		if c, ok := o.at.In.Cell(); ok {
			cells = append(cells, c.Name)
		}
		if t := diag.Quote(o.text); !slices.Contains(texts, t) && len(texts) < shownPlaces {
			texts = append(texts, t)
		}
	}
	n := len(cells)
	if n > shownPlaces {
		cells = append(cells[:shownPlaces], "…")
	}
	hint := "核对这些行；是的，在项目或它的资金明细里填" + label
	if key == isProcured {
		hint += "，或者填政府采购表"
	}
	return diag.Diagnostic{Rule: ruleChoice, Level: diag.Warning, At: list[0].at,
		Message: fmt.Sprintf("有 %d 行写着%s，合计 %s，哪一类没有写，%s没有带入（%s）", n, strings.Join(texts, "、"), money.ToldYuan(total), label, strings.Join(cells, "、")),
		Hint:    hint + "，不填的文件里印没有"}
}
