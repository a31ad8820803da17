package schedule

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/diag"
	"yusuan/internal/pack"
)

// codes lists the codes of a classification that have a line, each above those that it contains.
type codes struct {
	given
	key  string // of queries
	view budget.View
}

func (c codes) Word() pack.Entry {
	if c.view == budget.ByEconomy {
		return pack.Entry{Name: "economic", Text: "经济科目：有数的类、款各一行", Example: `rows = "economic"`}
	}
	return pack.Entry{Name: "function", Text: "功能科目：有数的类、款、项各一行，上级在下级之前", Example: `rows = "function"`}
}

func (codes) Fields() []pack.Entry {
	return []pack.Entry{{Name: "code", Text: "编码"}, {Name: "name", Text: "名称"}, {Name: "code-class", Text: "编码的类：201"},
		{Name: "code-group", Text: "编码的款：03；类的行不印"}, {Name: "code-item", Text: "编码的项：01；类、款的行不印"}}
}

func (c codes) View() budget.View         { return c.view }
func (c codes) Keys(*pack.Table) []string { return []string{c.key} }

func (c codes) Prior() (dimension string, ok bool) {
	if c.view == budget.ByEconomy {
		return "economic-group", true
	}
	return "item", true
}

func (codes) Made(field string) []string {
	if field == "name" {
		return []string{"code.name"}
	}
	return nil
}

// Check warns of tables whose rows and columns ask for function and economy at once: where basic expenditure is stated by
// margins there is no answer.
func (c codes) Check(t *pack.Table) (out []diag.Diagnostic) {
	filter := t.Filter.In(c.view)
	for _, col := range pack.Leaves(t.Columns) {
		q := filter.And(col.Query)
		if side := q.Sides(); len(side) > 0 && !slices.Contains(side, string(budget.Expenditure)) && !slices.Contains(side, string(budget.Purchases)) {
			return append(out, diag.Diagnostic{Rule: "模板-022", Level: diag.Warning, At: t.At,
				Message: "表" + t.ID + "按科目列行，而列“" + col.Head.Literal + "”问的是" + strings.Join(side, "、") + "：只有支出有科目，各行都会是零；要按科目印收入，写资金性质（fund），不写 side"})
		}
		if q.Crosses() {
			return append(out, diag.Diagnostic{Rule: "模板-008", Level: diag.Warning, At: t.At,
				Message: "表" + t.ID + "同时按功能科目和经济科目取数，只填两张清单的部门得不到这样的数"})
		}
	}
	return nil
}

// of is the classification with the department's own codes, and the code of a line.
func (c codes) of(b *budget.Budget) (classify.Tree, func(*budget.Line) string) {
	if c.view == budget.ByEconomy {
		return b.Economic, func(l *budget.Line) string { return l.Economic }
	}
	return b.Functional, func(l *budget.Line) string { return l.Function }
}

func (c codes) sides(d *Document, s *Schedule) []Side {
	names, code := c.of(d.Budget)
	m := d.matrix(s, c.view, func(keys []string, l *budget.Line) []string {
		keys = append(keys, totalKey)
		for k := code(l); k != ""; k = names.Parent(k) {
			keys = append(keys, k)
		}
		return keys
	})
	x := s.oneSide()
	list := append(slices.Clone(m.order), d.priorCodes(s, names)...)
	if list = slices.DeleteFunc(list, func(k string) bool { return k == totalKey }); len(list) == 0 {
		return []Side{x}
	}
	slices.Sort(list)
	list = slices.Compact(list)
	x.Rows = make([]Row, 0, len(list)+1)
	x.total(s, m)
	for _, k := range list {
		x.take(Row{Own: k, Sole: true, Level: names.Level(k), Part: k, Texts: codeTexts(k, d.CodeName(names, c.view, k))}, m, k)
	}
	nest(x.Rows)
	return []Side{x}
}

func (c codes) query(_ *Document, s *Schedule, _, row int) (budget.Query, bool) {
	q := budget.Query{}.In(c.view)
	if r := &s.Sides[0].Rows[row]; r.Kind != Total {
		q = q.Where(c.key, r.Own)
	}
	return q, true
}

// codeTexts are the texts of a row by code: the code whole, and cut into its 类, 款 and 项.
func codeTexts(code, name string) []Text {
	part := func(from, to int) string {
		if len(code) < to {
			return ""
		}
		return code[from:to]
	}
	return []Text{plain("code", code), plain("name", name), plain("code-class", code[:min(3, len(code))]),
		plain("code-group", part(3, 5)), plain("code-item", part(5, 7))}
}

// read finds the code; a row without one is the total, if its words do not say otherwise.
func (c codes) read(_ *Reading, t *Printed, i int) []Found {
	f, code := t.row(i, "code", "name"), t.code(i)
	if code == "" {
		switch name := t.field(i, "name"); {
		case name == "" && f.Label == "" && !t.some(i, f.Cells):
			return nil // a blank row
		case name != "" && !t.sums(name):
			return []Found{f.unread(name, t.column("name"), "没有科目编码")}
		}
		return []Found{f.total()}
	}
	f.Query = f.Query.Where(c.key, code)
	t.below(&f, "", openRow{own: code, sole: true})
	return []Found{f}
}

func (codes) silent() bool { return true }
