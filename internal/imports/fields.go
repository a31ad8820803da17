package imports

import (
	"regexp"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/grid"
)

// projectFields adds what a row says of its project.
func (b *body) projectFields(x *Row, l *line) {
	x.add(b, l, "code", roleProjectCode)
	x.listed(b, l, "group", "项目类别", roleGroup)
	b.year(x, l, "start_year", roleStart)
	b.year(x, l, "end_year", roleEnd)
	if text, col := b.get(l.row, roleYears); text != "" {
		if found := yearIn.FindAllString(plain(text), -1); len(found) == 2 {
			x.Values = append(x.Values, Value{Key: "start_year", Text: found[0], At: b.at(l.row, col)}, Value{Key: "end_year", Text: found[1], At: b.at(l.row, col)})
		} else {
			b.r.diags.Add(diag.Diagnostic{Rule: ruleNumber, Level: diag.Warning, At: b.at(l.row, col), Message: "起止年度里没有两个年份，没有读", Stated: text})
		}
	}
	x.add(b, l, "purpose", rolePurpose)
	x.add(b, l, "use", roleUse)
	x.listed(b, l, "procurement", budget.ListProcurement, roleProcure)
	x.listed(b, l, "service_purchase", budget.ListPurchase, roleService)
	for _, c := range b.money {
		if f := l.figures[c.index]; c.role == roleWhole && f.state == amount && !f.amount.IsZero() {
			x.amount(b, l, "total_budget", c, f.amount)
		}
	}
}

var yearIn = regexp.MustCompile(`(?:19|20)\d\d`)

// year adds a year; of a day, the year that it is in.
func (b *body) year(x *Row, l *line, key string, from role) {
	text, col := b.get(l.row, from)
	if y := yearIn.FindString(plain(text)); y != "" {
		x.Values = append(x.Values, Value{Key: key, Text: y, At: b.at(l.row, col)})
	} else if text != "" {
		b.r.diags.Add(diag.Diagnostic{Rule: ruleNumber, Level: diag.Warning, At: b.at(l.row, col), Message: string(from) + "里没有年份，没有读", Stated: text})
	}
}

// purchaseFields adds what is bought and how. The class follows from the code of the item where no column says it.
func (b *body) purchaseFields(x *Row, l *line) {
	x.add(b, l, "project_code", roleProjectCode)
	x.listed(b, l, "organization", budget.ListOrganize, roleOrganize)
	x.listed(b, l, "reserved", "预留对象", roleReserved)
	text, col := b.get(l.row, roleItem)
	code, at := b.get(l.row, roleItemCode)
	if m := itemCode.FindStringSubmatch(text); m != nil {
		if code == "" {
			code, at = m[1], col
		}
		text = m[2]
	}
	if text != "" {
		x.Values = append(x.Values, Value{Key: "item", Text: text, At: b.at(l.row, col)})
	}
	x.listed(b, l, "class", budget.ListProcurement, roleProcure)
	if _, ok := x.Get("class"); ok || code == "" {
		return
	}
	if class := b.r.Words.goods[strings.ToUpper(code[:1])]; class != "" {
		x.Values = append(x.Values, Value{Key: "class", Text: class, At: b.at(l.row, at)})
	}
}

// itemCode is the code of an item of procurement before its name: A05010201 办公桌, [C0801]法律服务.
var itemCode = regexp.MustCompile(`^[\[(【（]?([A-Ca-c]\d{2,})[\])】）]?[\s\-_—|]*(.*)$`)

// source adds where revenue is from; ok is false where that is told to be none.
func (r *reader) source(b *body, l *line, x *Row) (ok bool) {
	if _, ok := x.Get("source"); ok {
		return true
	}
	text, col := b.get(l.row, roleSource, roleFund)
	f := r.fund(unnumberedText(text))
	if f == "" {
		f = r.fund(strings.TrimSuffix(unnumberedText(text), "收入"))
	}
	if f == "" {
		b.why = "的收入来源认不出"
		r.diags.Add(diag.Diagnostic{Rule: ruleFundWord, Level: diag.Error, At: b.at(l.row, max(col, 1)), Message: "收入来源" + diag.Quote(text) + "不认得，这一行没有导入", Hint: "填：" + strings.Join(budget.Funds(), "、")})
		return false
	}
	x.Values = append(x.Values, Value{Key: "source", Text: f, Name: text, At: b.at(l.row, col)})
	return true
}

// vehicle makes a row of cars of one use.
func (r *reader) vehicle(b *body, l *line) {
	x := b.row(l, Vehicle)
	x.Values = slices.DeleteFunc(x.Values, func(v Value) bool { return v.Key != "unit" })
	if b.of[roleFleet] != nil {
		r.fleet(b, l, x)
		return
	}
	if x.add(b, l, "use", roleVehicle) == "" {
		for _, from := range []role{roleCount, roleBought} {
			if text, col := b.get(l.row, from); strings.Trim(plain(text), "0.辆") != "" && !l.broken {
				r.diags.Add(diag.Diagnostic{Rule: ruleMissing, Level: diag.Error, At: b.at(l.row, col), Message: "第 " + digits(l.row) + " 行有" + string(from) + "，没有车辆用途，没有导入", Stated: text, Hint: "在导出表里补上"})
			}
		}
		return
	}
	for i := range x.Values {
		if _, name := both(x.Values[i].Text); x.Values[i].Key == "use" && name != "" {
			x.Values[i].Text = name // 01-机要通信用车
		}
	}
	x.listedAgain(b, "use", budget.ListVehicles)
	n := len(x.Values)
	b.wholeNumber(&x, l, "count", roleCount)
	b.wholeNumber(&x, l, "bought", roleBought)
	if len(x.Values) == n {
		return
	}
	r.out.Rows = append(r.out.Rows, x)
}

// fleet makes rows of a table that has a column for each use of cars, once for those there are and once for those that are to
// be bought.
func (r *reader) fleet(b *body, l *line, begun Row) {
	made := map[string]int{}
	for _, c := range b.columns {
		if c.role != roleFleet {
			continue
		}
		if cell := b.cell(l.row, c.Number); cell.Kind == grid.Empty || strings.Trim(plain(cell.Text), "0") == "" {
			continue
		}
		key := "count"
		for _, h := range c.above() {
			if m, ok := r.Words.meant(h, nil); ok && m.role == roleBought {
				key = "bought"
			}
		}
		n, there := made[c.leaf()]
		if !there {
			x := begun
			x.Values = append(slices.Clone(begun.Values), Value{Key: "use", Text: c.leaf(), At: b.at(b.bottom, c.Number)})
			x.listedAgain(b, "use", budget.ListVehicles)
			n = len(r.out.Rows)
			made[c.leaf()] = n
			r.out.Rows = append(r.out.Rows, x)
		}
		b.countIn(&r.out.Rows[n], l, key, c.Number)
	}
	for _, x := range []role{roleBought, roleCount} {
		text, col := b.get(l.row, x)
		if strings.Trim(plain(text), "0.") == "" {
			continue
		}
		r.diags.Add(diag.Diagnostic{Rule: ruleMissing, Level: diag.Warning, At: b.at(l.row, col), Message: "这个车辆数没有写是哪一种用途的车，没有带入", Stated: text, Hint: "在资产表里填到各种用途的车"})
	}
}

// listedAgain makes a text that is there already the word of the list that it is meant for.
func (x *Row) listedAgain(b *body, key, list string) {
	for i := range x.Values {
		if x.Values[i].Key == key {
			if w, ok := b.r.Lists.Of(list).Mean(x.Values[i].Text); ok && w != "" {
				x.Values[i].Text = w
			}
		}
	}
}

// wholeNumber adds a count.
func (b *body) wholeNumber(x *Row, l *line, key string, from role) {
	if _, col := b.get(l.row, from); col > 0 {
		b.countIn(x, l, key, col)
	}
}

// countIn adds the count of a cell.
func (b *body) countIn(x *Row, l *line, key string, col int) {
	text := words(b.cell(l.row, col).Text)
	if b.r.Words.isBlank(plain(text)) {
		return
	}
	s := strings.TrimRight(plain(text), "辆台套个件")
	s = strings.TrimSuffix(strings.ReplaceAll(s, ",", ""), ".0")
	if s == "" || strings.Trim(s, "0123456789") != "" {
		b.r.diags.Add(diag.Diagnostic{Rule: ruleNumber, Level: diag.Error, At: b.at(l.row, col), Message: "数量这一格不是整数", Stated: text})
		return
	}
	x.Values = append(x.Values, Value{Key: key, Text: s, At: b.at(l.row, col)})
}

// unitRow makes a row of a unit.
func (r *reader) unitRow(b *body, l *line) {
	n := l.names[byUnit]
	if n.name == "" {
		r.diags.Add(diag.Diagnostic{Rule: ruleMissing, Level: diag.Warning, At: b.at(l.row, b.columns[0].Number), Message: "第 " + digits(l.row) + " 行没有单位名称，没有导入", Stated: n.code, Hint: "在导出表里补上"})
		return
	}
	x := Row{Kind: Unit, Sheet: b.number, At: b.at(l.row, b.columns[0].Number)}
	if n.code != "" {
		x.Values = append(x.Values, Value{Key: "code", Text: n.code, Name: n.name, At: b.at(l.row, n.column)})
	}
	x.Values = append(x.Values, Value{Key: "name", Text: n.name, At: b.at(l.row, n.column)})
	x.listed(b, l, "kind", budget.ListUnitKinds, roleUnitKind)
	r.out.Rows = append(r.out.Rows, x)
}

// listUnits learns the units that a table lists, so that other tables may call them by name.
func (r *reader) listUnits(t *table) {
	b := &body{table: t, r: r, of: map[role][]int{}, blank: map[string]int{}}
	for _, c := range t.columns {
		b.of[c.role] = append(b.of[c.role], c.Number)
	}
	for _, numbers := range []bool{false, true} { // codes that are text first: they have their zeros
		for i := t.after(); i < len(t.sheet.Rows) && t.sheet.Rows[i].Number <= t.last; i++ {
			l := line{row: t.sheet.Rows[i].Number}
			b.unitOf(&l)
			n := l.names[byUnit]
			if n.code == "" || n.name == "" || numbers != (t.sheet.At(l.row, n.column).Kind == grid.Number) {
				continue
			}
			if numbers {
				n.code, _ = r.units.padded(n.code)
			}
			r.units.learn([]UnitName{{n.code, n.name}})
		}
	}
}
