package imports

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/grid"
	"yusuan/internal/money"
)

// formMoney is an amount that a performance form states of its project. No document takes it from there: it is held against the
// money of the project, which another sheet states.
type formMoney struct {
	sheet  int
	row    int // of Understood.Rows, which names the project; -1 for none
	label  string
	part   bool // of the project's money: there is nothing to hold it against
	amount money.Amount
	unit   string // of money; "" where nothing states it
	slack  money.Amount
	at     diag.Range
}

// forms keeps what the money of performance forms is: above their heads, and in columns beside the indicators.
func (b *body) forms(rows map[int]int) {
	first := -1
	for _, l := range b.lines {
		if n, ok := rows[l.row]; ok && (first < 0 || n < first) {
			first = n
		}
	}
	beside := map[int]string{}
	for _, row := range b.table.lines() {
		b.formRow(row, first, beside)
	}
	for _, c := range b.columns {
		if c.stated != "" {
			b.formColumn(c, rows)
		}
	}
}

// formRow reads labels and the amounts behind them: 年度资金总额 | 1084.00, 资金总额：1084万元. beside are the units of money that
// labels state which stand beside several rows, by column: 项目资金（万元）.
func (b *body) formRow(row grid.Row, of int, beside map[int]string) {
	label, unit := "", ""
	for col := 1; col <= b.sheet.Width() && col <= mostColumns; col++ {
		c := row.At(col)
		if c.Covered || c.Kind == grid.Empty {
			if label == "" {
				unit = orElse(beside[col], unit)
			}
			continue
		}
		text := c.Text
		delete(beside, col)
		if before, after, ok := cutLast(plain(text), ":"); ok && c.Kind == grid.Text && amountText(after) {
			label, text = before, after
		} else if c.Kind == grid.Text && !amountText(plain(text)) {
			label = plain(text)
			own := b.r.Words.head(label).unit
			unit, beside[col] = orElse(own, unit), own
			continue
		}
		known, part := b.r.ofMoney(label)
		if !known && (label == "" || unit == "") {
			continue
		}
		b.state(formMoney{sheet: b.number, row: of, label: strings.Trim(label, ":"), part: part || !known, unit: orElse(unit, b.unit), at: b.at(row.Number, col)}, grid.Cell{Kind: c.Kind, Text: text, Format: c.Format})
	}
}

// ofMoney reports whether a label says that money stands behind it, and whether that is but a part of the project's.
func (r *reader) ofMoney(label string) (known, part bool) {
	t := r.Words.head(label).text
	leaf, part := strings.CutPrefix(t, "其中:")
	if len([]rune(leaf)) < 3 {
		return false, false
	}
	if r.Words.fundOf(leaf, nil) != "" || r.Words.groups[leaf] {
		return true, true
	}
	m, score := r.meaning(nil, leaf, nil)
	if x := traitOf(m.role); score > 0 && x.sort == sortAmount {
		return true, part || m.role != roleAmount && m.role != roleSum && m.role != roleWhole
	}
	return false, false
}

// formColumn reads a column of amounts beside indicators. One that says the same of all indicators of a project says it once.
func (b *body) formColumn(c *column, rows map[int]int) {
	type stated struct {
		formMoney
		same bool
	}
	sums := map[string]*stated{}
	var order []string
	for i := range b.lines {
		l := &b.lines[i]
		n, ok := rows[l.row]
		cell := b.cell(l.row, c.Number)
		if !ok || cell.Kind == grid.Empty || l.class == sum {
			continue
		}
		unit := orElse(orElse(c.unit, b.unit), unitOfFormat(cell.Format))
		f, decimals := b.r.readFigure(cell, orElse(unit, "元"))
		if f.state != amount {
			if f.state == odd {
				b.r.diags.Add(diag.Diagnostic{Rule: ruleNumber, Level: diag.Warning, At: b.at(l.row, c.Number), Message: diag.Quote(c.Head) + "这一格不是金额，没有核对", Stated: f.text})
			}
			continue
		}
		project := b.r.out.Rows[n].Text("project")
		x := sums[project]
		if x == nil {
			x = &stated{formMoney{sheet: b.number, row: n, label: c.leaf(), part: c.fund != "" || c.partial || c.stated != roleAmount && c.stated != roleWhole,
				amount: f.amount, unit: orElse(f.unit, unit), slack: rounding(unit, decimals, 0), at: b.at(l.row, c.Number)}, true}
			sums[project] = x
			order = append(order, project)
			continue
		}
		if x.same && x.amount.Equal(f.amount) {
			continue
		}
		x.same = false
		x.amount = x.amount.Add(f.amount)
	}
	for _, p := range order {
		b.r.out.forms = append(b.r.out.forms, sums[p].formMoney)
	}
}

// state keeps an amount of a form.
func (b *body) state(m formMoney, c grid.Cell) {
	if m.unit == "" {
		m.unit = unitOfFormat(c.Format)
	}
	f, decimals := b.r.readFigure(c, orElse(m.unit, "元"))
	if f.state != amount {
		return
	}
	m.unit, m.amount = orElse(f.unit, m.unit), f.amount
	m.slack = rounding(m.unit, decimals, 0)
	b.r.out.forms = append(b.r.out.forms, m)
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// cutLast parts a text at the last of a separator.
func cutLast(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// amountText reports whether a plain text is an amount as people write it.
func amountText(s string) bool {
	s, _ = literal(s)
	return number.MatchString(s)
}

// holdForms holds the money of forms against that of their projects: of the exports, or where these have none of the folder.
func (u *Understood) holdForms(want, have []*fact, diags *diag.List) {
	held := map[int]int{}
	left := map[int][]string{}
	for i := range u.forms {
		m := &u.forms[i]
		says := m.label + " " + money.ToldYuan(m.amount)
		if c, ok := m.at.In.Cell(); ok {
			says += "（" + c.Name + "）"
		}
		sums, parts := u.moneyOf(m, want)
		if len(sums) == 0 {
			sums, parts = u.moneyOf(m, have)
		}
		switch {
		case m.unit == "":
			left[m.sheet] = append(left[m.sheet], says+"没有写单位")
		case len(sums) == 0:
			left[m.sheet] = append(left[m.sheet], says+"没有项目的数可比")
		case m.part && m.among(parts), !m.part && m.among(sums):
			held[m.sheet]++
		case m.part:
			left[m.sheet] = append(left[m.sheet], says)
		default:
			d := diag.Diagnostic{Rule: ruleAgainst, Level: diag.Warning, At: m.at, Message: diag.Quote(u.Rows[m.row].Text("project")) + "的绩效目标表里的" + diag.Quote(m.label) + "与项目的数不相等",
				Hint: "查明哪一个对；绩效目标表里的金额不带入，文件里印的是项目的数"}
			d.Numbers(money.Difference(money.Yuan, m.amount, sums[0]))
			diags.Add(d)
		}
	}
	for _, n := range sortedKeys(held) {
		u.Sheets[n].Notes = append(u.Sheets[n].Notes, fmt.Sprintf("表里的金额与项目的数核对，%d 个相符", held[n]))
	}
	for _, n := range sortedKeys(left) {
		u.Sheets[n].Notes = append(u.Sheets[n].Notes, "表里的金额没有带入，也没有核对："+some(left[n]))
	}
}

// among reports whether a stated amount is one of some, up to its rounding.
func (m *formMoney) among(sums []money.Amount) bool {
	return slices.ContainsFunc(sums, func(s money.Amount) bool {
		return s.IsZero() == m.amount.IsZero() && s.Sub(m.amount).Abs().Cmp(m.slack) <= 0
	})
}

// moneyOf are the sums that a project's money may be stated as: all of it, that of the year, that of all years; and parts of it:
// of each fund, of 财政拨款, of the others.
func (u *Understood) moneyOf(m *formMoney, facts []*fact) (sums, parts []money.Amount) {
	if m.row < 0 || u.Rows[m.row].Text("project") == "" {
		return nil, nil
	}
	project, unit := u.Rows[m.row].Text("project"), u.Rows[m.row].Text("unit")
	for _, f := range facts {
		if f.table != tableProject || f.text("name") != project || unit != "" && f.text("unit") != "" && f.text("unit") != unit {
			continue
		}
		var carried, treasury money.Amount
		funds := map[string]money.Amount{}
		for _, k := range f.kids {
			if k.text("carried") == "true" {
				carried = carried.Add(k.total())
			}
			if slices.Contains(fiscal(), k.text("fund")) {
				treasury = treasury.Add(k.total())
			}
			funds[k.text("fund")] = funds[k.text("fund")].Add(k.total())
		}
		sums = append(sums, f.total(), f.total().Sub(carried))
		if s := f.get("total_budget"); s != nil {
			sums = append(sums, s.amount)
		}
		parts = append(parts, treasury, f.total().Sub(treasury), carried)
		for _, k := range sortedKeys(funds) {
			parts = append(parts, funds[k])
		}
	}
	return sums, parts
}
