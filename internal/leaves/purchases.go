package leaves

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/money"
	"yusuan/internal/prose"
	"yusuan/internal/renew"
	"yusuan/internal/schedule"
	"yusuan/internal/source"
)

// purchase is an entry of the procurement budget: what its row and those above it say, by keys of queries.
type purchase struct {
	says   map[string]string
	amount money.Amount
	remark string
	guess  string // what is said of its economic item, where the paper has only a name
}

// purchases are the rows of tables of procurement that no other row parts further.
func (f *finder) purchases() (out []purchase) {
	for i := range f.tables {
		t := &f.tables[i]
		if !slices.Equal(t.spec.Filter.Sides(), []string{string(budget.Purchases)}) {
			continue
		}
		for k := range t.paper.Rows {
			if len(t.found[k]) != 1 || t.parted(k) {
				continue
			}
			if p, ok := f.purchase(t, k); ok {
				out = append(out, p)
			}
		}
	}
	return out
}

// parted reports whether the row behind stands below a row.
func (t *readTable) parted(i int) bool {
	if i+1 >= len(t.found) || len(t.found[i+1]) != 1 {
		return false
	}
	a, b := t.found[i][0].Query.Conditions(), t.found[i+1][0].Query.Conditions()
	if len(b) <= len(a) {
		return false
	}
	return slices.EqualFunc(a, b[:len(a)], func(x, y budget.Condition) bool { return x.Key == y.Key && slices.Equal(x.Values, y.Values) })
}

func (f *finder) purchase(t *readTable, i int) (purchase, bool) {
	x := &t.found[i][0]
	p := purchase{says: map[string]string{}}
	for _, c := range x.Query.Conditions() {
		if len(c.Values) != 1 || c.Not || c.Key == "side" {
			continue
		}
		v := c.Values[0]
		if schedule.Opaque(v) {
			v = f.codeNamed(c.Key, x, t, i)
			p.guess = renew.Paper + "只印了名称" + source.Review
		}
		p.says[c.Key] = v
	}
	if p.says["procurement"] == "" || len(x.Cells) == 0 {
		return p, false
	}
	text := t.paper.Rows[i][x.Cells[0].Column]
	q := prose.Quantities(text)
	if len(q) != 1 {
		return p, false
	}
	p.amount = q[0].In(unitOf(t.stated))
	p.remark = strings.TrimSpace(f.rowPlace(t, i))
	return p, !p.amount.IsZero()
}

// codeNamed is a code by the name that a row, or one above it, prints for it: of several the first that the document has money of.
func (f *finder) codeNamed(key string, x *schedule.Found, t *readTable, i int) string {
	name := ""
	for ; i >= 0 && name == ""; i-- {
		name = t.field(i, key)
	}
	tree := f.budget.Functional
	if key == "economic" {
		tree = f.budget.Economic
	}
	var out []string
	for _, code := range tree.Codes() {
		if n, _ := tree.Name(code); schedule.Bare(n) == schedule.Bare(name) && len(tree.Children(code)) == 0 {
			out = append(out, code)
		}
	}
	for _, code := range out {
		if f.names[key][code] != "" {
			return code
		}
	}
	if len(out) == 0 {
		return ""
	}
	return out[0]
}

// rowPlace is where a row is printed.
func (f *finder) rowPlace(t *readTable, i int) string {
	if s := f.place(t.places[i]); s != "" {
		return s
	}
	return renew.Paper + t.stated.Name() + "第" + itoa(i+1) + "行"
}

func (f *finder) procurementFile() renew.File {
	w := f.file("政府采购", "")
	w.money()
	list := f.purchases()
	if len(list) == 0 {
		list = f.toldPurchases()
	}
	for _, p := range list {
		w.entry("procurement")
		w.set("class", text(p.says["procurement"]), "")
		if f.sole == "" {
			w.set("unit", text(cmp.Or(p.says["unit"], f.firstUnit())), map[bool]string{true: renew.Paper + "没有印是哪个单位的" + source.Review}[p.says["unit"] == "" && p.says["project"] == ""])
		}
		w.set("fund", text(p.says["fund"]), "")
		w.set("project", text(p.says["project"]), "")
		w.set("economic", text(p.says["economic"]), p.guess)
		w.set("item", text(p.says["item"]), "")
		w.set("organization", text(p.says["organization"]), "")
		w.set("reserved", text(p.says["reserved"]), "")
		w.set("amount", f.amount(p.amount), p.remark)
	}
	return w.done("procurement.toml")
}

// toldPurchases are what sentences say of the procurement budget, where no table prints it: an amount of each class, and of those
// what is reserved for small firms.
func (f *finder) toldPurchases() (out []purchase) {
	add := func(class string, x told) {
		if !x.amount.IsZero() && !slices.ContainsFunc(out, func(p purchase) bool { return p.says["procurement"] == class }) {
			out = append(out, purchase{says: map[string]string{"procurement": class}, amount: x.amount, remark: cmp.Or(f.place(x.at), renew.Paper) + "，没有印项目和物品" + source.Review})
		}
	}
	for _, c := range f.heard.classes {
		add(c.class, told{amount: c.amount, at: c.at})
	}
	reserved := map[string]told{}
	for _, name := range f.Pack.FigureNames {
		x, ok := f.heard.amounts[name]
		q := f.Pack.Figures[name].Query
		if !ok || !slices.Equal(q.Sides(), []string{string(budget.Purchases)}) {
			continue
		}
		switch class, whom := only(q, "procurement"), only(q, "reserved"); {
		case class != "" && len(q.Keys()) <= 2:
			add(class, x)
		case whom != "" && class == "":
			reserved[whom] = x
		}
	}
	for _, whom := range slices.Sorted(maps.Keys(reserved)) {
		out = reserve(out, whom, reserved[whom].amount)
	}
	return out
}

// only is the one value that a query asks for, "" where it asks for several or for none.
func only(q budget.Query, key string) string {
	for _, c := range q.Conditions() {
		if c.Key == key && !c.Not && len(c.Values) == 1 {
			return c.Values[0]
		}
	}
	return ""
}

// reserve marks purchases up to an amount as reserved for somebody.
func reserve(list []purchase, whom string, amount money.Amount) (out []purchase) {
	for _, p := range list {
		if p.says["reserved"] != "" || amount.Sign() <= 0 {
			out = append(out, p)
			continue
		}
		part := p
		part.says = maps.Clone(p.says)
		part.says["reserved"] = whom
		if part.amount.Cmp(amount) > 0 {
			part.amount = amount
		}
		amount = amount.Sub(part.amount)
		out = append(out, part)
		if p.amount = p.amount.Sub(part.amount); !p.amount.IsZero() {
			out = append(out, p)
		}
	}
	return out
}
