package imports

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// make makes rows of the leaves of a table.
func (r *reader) make(b *body) {
	rep := &r.out.Sheets[b.number]
	b.dateGoals()
	if b.kind == Indicator {
		b.newBands()
		r.makeGoals(b)
	}
	before := len(r.out.Rows)
	var bare []string
	of := map[int]int{} // the first row that is made of a row of the sheet
	for i := range b.lines {
		l := &b.lines[i]
		if l.class != leaf {
			continue
		}
		n := len(r.out.Rows)
		switch b.kind {
		case Indicator:
			r.indicator(b, l)
		case Vehicle:
			r.vehicle(b, l)
		case Unit:
			r.unitRow(b, l)
		default:
			r.moneyRows(b, l)
			if len(r.out.Rows) == n && b.why == "" && l.onlyWhole(b) {
				bare = append(bare, digits(l.row))
			}
			b.rest(l, r.out.Rows[n:])
		}
		if len(r.out.Rows) > n {
			rep.Taken++
			of[l.row] = n
			b.projectGoals(l)
		}
	}
	rep.Made = len(r.out.Rows) - before - b.aims
	if b.kind == Vehicle {
		b.counts()
	}
	if n := len(bare); n > 0 {
		b.notes = append(b.notes, digits(n)+" 行只有项目总预算，没有当年的金额，没有导入：第 "+some(bare)+" 行")
	}
	if b.kind == Indicator {
		b.forms(of)
	}
	r.tellOpen(b)
}

// row begins a row with what tells it apart.
func (b *body) row(l *line, kind Kind) Row {
	x := Row{Kind: kind, Sheet: b.number, At: b.at(l.row, b.columns[0].Number)}
	keys := [dimensions]string{"unit", "fund", "function", "economic", "name", ""}
	if kind == Purchase || kind == Indicator {
		keys[byProject] = "project"
	}
	if kind == Revenue {
		keys[byFund] = "source"
	}
	for d, key := range keys {
		n := l.names[d]
		if key == "" || n.isEmpty() {
			continue
		}
		v := Value{Key: key, Text: n.text(), At: b.at(l.row, max(n.column, 1))}
		switch dimension(d) {
		case byUnit:
			v.Name = n.name
		case byFunction, byEconomic:
			v.Name = n.name
			if v.Name == "" {
				v.Name = b.r.trees[d-int(byFunction)].name(n.code)
			}
		case byFund:
			if n.code == "" {
				continue // told by tellOpen
			}
		}
		x.Values = append(x.Values, v)
	}
	return x
}

// add adds a text of a row, if the row has it.
func (x *Row) add(b *body, l *line, key string, list ...role) string {
	text, col := b.get(l.row, list...)
	if text != "" {
		x.Values = append(x.Values, Value{Key: key, Text: text, At: b.at(l.row, col)})
	}
	return text
}

// listed adds a word of a list; another word is kept as it stands, and rules of the folder tell of it.
func (x *Row) listed(b *body, l *line, key, list string, from role) {
	text, col := b.get(l.row, from)
	if text == "" {
		return
	}
	if w, ok := b.r.Lists.Of(list).Mean(text); ok {
		text = w
	}
	if text != "" {
		x.Values = append(x.Values, Value{Key: key, Text: text, At: b.at(l.row, col)})
	}
}

// amount adds an amount to what the row has of the key.
func (x *Row) amount(b *body, l *line, key string, c *column, a money.Amount) {
	for i := range x.Values {
		if v := &x.Values[i]; v.Key == key && v.Money {
			v.Amount = v.Amount.Add(a)
			v.Text = v.Amount.String()
			return
		}
	}
	x.Values = append(x.Values, Value{Key: key, Text: a.String(), Amount: a, Money: true, At: b.at(l.row, c.Number)})
}

// moneyRows makes the rows of a leaf with money: one for each fund, nature and year's or carried money, several columns of which
// are added up (经费拨款 and 一般债券 are both of 一般公共预算); of a table that has fields for nature, one for each fund.
func (r *reader) moneyRows(b *body, l *line) {
	joins := b.kind == ByFunction || b.kind == ByEconomic || b.kind == Summary || b.kind == Carry
	done := map[string]int{}
	for _, c := range b.money {
		f := l.figures[c.index]
		if c.sum || c.role == roleWhole || f.state == nothing || f.state == amount && f.amount.IsZero() {
			continue
		}
		if !r.usable(b, l, c, f) {
			continue
		}
		fund := c.fund
		if fund == "" && l.names[byFund].isEmpty() {
			fund = b.fund
		}
		nature, same := "", fund
		if !joins {
			nature = natureOf(c, b, l)
			same += "\n" + nature
			if c.role == roleCarried {
				same += "\n结转"
			}
		}
		n, there := done[same]
		if !there {
			x, ok := r.moneyRow(b, l, c, fund)
			if !ok {
				return
			}
			n = len(r.out.Rows)
			if nature != "" && x.Kind == Basic {
				x.Values = append(x.Values, Value{Key: "nature", Text: nature, At: b.at(l.row, c.Number)})
			}
			r.out.Rows = append(r.out.Rows, x)
			done[same] = n
		}
		x := &r.out.Rows[n]
		x.amount(b, l, b.keyOf(c, x.Kind), c, f.amount)
	}
}

// keyOf is the field that an amount of a column is.
func (b *body) keyOf(c *column, k Kind) string {
	switch {
	case k == Carry && c.role == roleOut:
		return "out"
	case k == Carry:
		return "in"
	case k == Summary || k == ByFunction || k == ByEconomic:
		if key := traitOf(c.role).key; key != "carried" {
			return key
		}
	}
	return "amount"
}

// usable tells of a cell that is no amount, and of money of several funds.
func (r *reader) usable(b *body, l *line, c *column, f figure) bool {
	at := b.at(l.row, c.Number)
	switch f.state {
	case odd:
		return false // told by tellOdd
	case unstored:
		r.diags.Add(diag.Diagnostic{Rule: ruleNumber, Level: diag.Error, At: at, Message: diag.Quote(c.Head) + "这一格是公式，文件里没有它的结果", Hint: "用 WPS 或 Excel 打开，存盘后再导入"})
		return false
	}
	if b.kind == Basic && c.role == roleProjects || b.kind == ByEconomic && c.role == roleProjects || b.kind == ByFunction && c.role == roleProjects {
		b.why = "的项目支出列，项目支出要按项目导入，没有带入"
		b.blank["项目支出列有金额，项目支出要按项目导入，没有用"]++
		return false
	}
	if c.group && c.fund == "" && b.kind.Table() == "" {
		return false // it is only held against others
	}
	if c.group && c.fund == "" && l.names[byFund].isEmpty() {
		b.why = "的" + diag.Quote(c.Head) + "是几种资金的总称，没有带入"
		key := "group" + digits(c.Number)
		if b.first(key) {
			r.diags.Add(diag.Diagnostic{Rule: ruleFundWord, Level: diag.Error, At: at, Message: diag.Quote(c.Head) + "是几种资金的总称，不知道这一列的钱是哪一种，没有导入",
				Hint: "在对照文件里给这一列写 fund，例如 fund = \"其他收入\""})
		}
		return false
	}
	if _, _, above := f.amount.Fen(); !above.Equal(f.amount) {
		b.tooFine(l, c, f)
	}
	return true
}

// tooFine tells once for each column of amounts with more decimals than 分.
func (b *body) tooFine(l *line, c *column, f figure) {
	key := "fen" + digits(c.Number)
	if b.first(key) {
		b.r.diags.Add(diag.Diagnostic{Rule: ruleFen, Level: diag.Warning, At: b.at(l.row, c.Number), Message: diag.Quote(c.Head) + "这一列有金额不到分为止，照原样读入",
			Stated: f.amount.String() + " 元", Hint: "核对导出时是不是由别的数算出来的；金额至多两位小数"})
	}
}

// natureOf is whether money is for people or for running the office, as the column or the row says.
func natureOf(c *column, b *body, l *line) string {
	switch c.role {
	case rolePersonnel:
		return budget.NaturePersonnel
	case rolePublic:
		return budget.NaturePublic
	}
	for _, said := range [...]role{roleNature, roleGroup} {
		for _, col := range b.of[said] { // of two columns, 运转类 beside 公用经费, the second may be the one that tells
			switch p := plain(words(b.cell(l.row, col).Text)); {
			case slices.Contains(b.r.Words.personnel, p):
				return budget.NaturePersonnel
			case slices.Contains(b.r.Words.public, p):
				return budget.NaturePublic
			}
		}
	}
	return ""
}

// moneyRow begins the row of an amount: what the leaf says beside its money.
func (r *reader) moneyRow(b *body, l *line, c *column, fund string) (Row, bool) {
	kind := b.kind
	if kind == Project && natureOf(c, b, l) != "" {
		kind = Basic // the budget system numbers pay and running costs as projects, too
	}
	if kind == Revenue && c.role == roleCarried {
		kind = Carry // money that is there already is no revenue
	}
	if l.broken || b.unresolved(l, kind) {
		b.why = "的科目认不出"
		return Row{}, false // told
	}
	if missing := l.missing(kind); missing != "" {
		b.why = "没有" + missing
		r.diags.Add(diag.Diagnostic{Rule: ruleMissing, Level: diag.Error, At: b.at(l.row, c.Number), Message: fmt.Sprintf("第 %d 行有金额，没有%s，没有导入", l.row, missing), Hint: "在导出表里补上，或者核对表头认得对不对"})
		return Row{}, false
	}
	x := b.row(l, kind)
	if kind == Basic && b.kind == Project {
		x.Values = slices.DeleteFunc(x.Values, func(v Value) bool { return v.Key == "name" })
	}
	if fund != "" {
		key := "fund"
		if kind == Revenue {
			key = "source"
		}
		x.Values = slices.DeleteFunc(x.Values, func(v Value) bool { return v.Key == key })
		x.Values = append(x.Values, Value{Key: key, Text: fund, Name: fund, At: b.at(l.row, c.Number)})
	}
	b.yesNo(&x, l)
	switch kind {
	case Project:
		b.projectFields(&x, l)
	case Purchase:
		b.purchaseFields(&x, l)
	case Revenue:
		if !r.source(b, l, &x) {
			return Row{}, false
		}
	}
	if c.role == roleCarried && kind != Carry {
		x.Values = append(x.Values, Value{Key: "carried", Text: "true", At: b.at(b.bottom, c.Number)})
	}
	r.keep(&x)
	if _, ok := x.Get("fund"); !ok && r.keys[kind]["fund"] && kind != Revenue && kind != Summary {
		return x, b.noFund(l, c)
	}
	return x, true
}

// unresolved reports whether a row has a name of a code that was told to be none.
func (b *body) unresolved(l *line, k Kind) bool {
	for w, d := range []dimension{byFunction, byEconomic} {
		n, key := l.names[d], []string{"function", "economic"}[w]
		if n.code == "" && n.name != "" && b.r.trees[w].tree != nil && b.r.keys[k][key] {
			return true
		}
	}
	return false
}

// noFund tells of money of which nothing says the fund; ok is false where something says one that is none.
func (b *body) noFund(l *line, c *column) (ok bool) {
	key := "fund"
	if n := l.names[byFund]; !n.isEmpty() {
		b.why = "的资金性质认不出"
		b.r.diags.Add(diag.Diagnostic{Rule: ruleFundWord, Level: diag.Error, At: b.at(l.row, n.column), Message: "资金性质" + diag.Quote(n.name) + "不认得，这一行没有导入", Hint: "填：" + strings.Join(budget.Funds(), "、")})
		return false
	}
	if b.first(key) {
		b.r.diags.Add(diag.Diagnostic{Rule: ruleFund, Level: diag.Warning, At: b.at(l.row, c.Number),
			Message: b.table.called() + "没有写资金性质，不写的按一般公共预算", Hint: "是别的资金的，在对照文件里这张表的一段写 fund"})
	}
	return true
}

// missing is what a leaf lacks to be a row of its kind.
func (l *line) missing(k Kind) string {
	need := map[Kind][]dimension{Basic: {byFunction, byEconomic}, ByFunction: {byFunction}, ByEconomic: {byEconomic}, Project: {byProject}, Summary: {byFunction}}
	words := [dimensions]string{"单位", "资金性质", "功能科目", "经济科目", "项目名称", ""}
	for _, d := range need[k] {
		if l.names[d].isEmpty() {
			return words[d]
		}
	}
	return ""
}

// tellOpen adds to the report what kinds of rows were left out.
func (r *reader) tellOpen(b *body) {
	if b.aims > 0 {
		b.notes = append(b.notes, "列里的绩效目标 "+digits(b.aims)+" 格")
	}
	var empties []string
	for i := range b.lines {
		if row, _ := b.sheet.Row(b.lines[i].row); b.lines[i].class == empty && !b.speaks(row) {
			empties = append(empties, digits(row.Number))
		}
	}
	if n := len(empties); n > 0 {
		b.notes = append(b.notes, "没有金额的行 "+digits(n)+" 行，没有导入：第 "+some(empties)+" 行")
	}
	if b.undated > 0 {
		b.notes = append(b.notes, "没有写期限的指标 "+digits(b.undated)+" 条，按"+r.Words.horizon)
	}
	for _, why := range sortedKeys(b.blank) {
		b.notes = append(b.notes, fmt.Sprintf("%s（%d 格）", why, b.blank[why]))
	}
}
