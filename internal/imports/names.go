package imports

import (
	"regexp"
	"slices"
	"strings"

	"yusuan/internal/character"
	"yusuan/internal/diag"
)

// codeRoles are the columns that a code may stand in: code and name in one cell, the code, the name, 类, 款, 项.
type codeRoles struct {
	both, code, name role
	pieces           [3]role
}

var (
	functionRoles = codeRoles{roleFunction, roleFunctionCode, roleFunctionName, [3]role{roleFunction1, roleFunction2, roleFunction3}}
	economicRoles = codeRoles{roleEconomic, roleEconomicCode, roleEconomicName, [3]role{roleEconomic1, roleEconomic2}}
)

// naming reads what the rows are told apart by, filled downwards where that is how the sheet is written.
func (b *body) naming() {
	last := ""
	for i := range b.lines {
		l := &b.lines[i]
		b.unitOf(l)
		l.names[byUnit].key = plain(l.names[byUnit].name)
		if l.class == sum {
			continue
		}
		b.fundOf(l)
		l.names[byFunction] = b.codeOf(l, functionRoles, last)
		if c := l.names[byFunction].code; c != "" {
			last = c
		}
		l.names[byEconomic] = b.codeOf(l, economicRoles, "")
		b.mixed(l)
		b.projectOf(l)
		if s, col := b.get(l.row, roleSource, roleVehicle, roleItem, roleItemCode, roleThird); s != "" {
			l.names[byOther] = name{name: s, column: col, row: l.row}
		}
		for d := range l.names {
			l.written[d] = !l.names[d].isEmpty()
			l.names[d].key = plain(l.names[d].name)
		}
	}
	b.fillDown()
	b.resolve()
}

// unitOf reads the unit of a row. What says that a row is a sum is none.
func (b *body) unitOf(l *line) {
	var n name
	text, col := b.get(l.row, roleUnitCode)
	if text != "" {
		n.code, n.name = both(text)
		n.column = col
	}
	if text, at := b.get(l.row, roleUnit); text != "" && n.column == 0 {
		n.code, n.name = both(text)
		n.column = at
	}
	if text, at := b.get(l.row, roleUnitName); text != "" {
		_, n.name = both(text)
		if n.column == 0 {
			n.column = at
		}
	}
	if l.class == sum && b.r.Words.isSum(plain(n.name)) {
		n.name = strings.TrimSpace(trimSum(n.name, b.r.Words))
		if b.r.units.code(n.name) == "" && n.code == "" {
			return
		}
	}
	n.row = l.row
	if n.column != 0 {
		l.names[byUnit] = n
	}
}

// mixed parts names of units and of codes that share a column: where a row has no code of a unit, the name is that of the code.
func (b *body) mixed(l *line) {
	u := &l.names[byUnit]
	for w, d := range []dimension{byFunction, byEconomic} {
		n := &l.names[d]
		if u.code != "" || u.name == "" || n.code == "" || n.name != "" {
			continue
		}
		c := &b.r.trees[w]
		if known := c.name(n.code); known != "" && c.agree(n.code, u.name) {
			n.name, *u = u.name, name{}
		}
	}
}

// trimSum is the name before the word for a sum: 某局小计.
func trimSum(s string, w *Words) string {
	if first, rest, ok := strings.Cut(character.Fold(s), ":"); ok && w.isSum(plain(first)) {
		_, name := both(rest)
		return name
	}
	for _, e := range w.sumEndings {
		if t, ok := strings.CutSuffix(s, e); ok {
			return t
		}
	}
	return s
}

var fundCode = regexp.MustCompile(`^[\d.]+\s*[-_—|、:]?\s*`)

// fundOf reads the fund of a row: the finest of the names that a cell joins.
func (b *body) fundOf(l *line) {
	text, col := b.get(l.row, roleFund)
	if text == "" {
		return
	}
	n := name{name: text, column: col, row: l.row}
	if f := b.r.fund(text); f != "" {
		n.code, n.name = f, f
	}
	l.names[byFund] = n
}

// fund is the fund that a cell names, "" for none that is known.
func (r *reader) fund(text string) string {
	p := fundCode.ReplaceAllString(plain(text), "")
	if f := r.Words.fundOf(p, nil); f != "" {
		return f
	}
	found := ""
	var above []string
	for _, piece := range strings.FieldsFunc(p, func(c rune) bool { return strings.ContainsRune(`-_/\>|—:`, c) }) {
		piece = fundCode.ReplaceAllString(piece, "")
		if f := r.Words.fundOf(piece, above); f != "" {
			found = f
		}
		above = append(above, piece)
	}
	return found
}

// codeOf reads a code of classification of a row. A name alone is looked up later.
func (b *body) codeOf(l *line, x codeRoles, last string) name {
	n := name{row: l.row}
	if text, col := b.get(l.row, x.both); text != "" {
		n.code, n.name = both(text)
		n.column = col
	}
	if text, col := b.get(l.row, x.code); text != "" && n.code == "" {
		code, beside := both(text)
		n.code, n.column = code, col
		if n.name == "" {
			n.name = beside
		}
	}
	if b.of[x.pieces[0]] != nil && n.code == "" {
		var parts [3]string
		for i, p := range x.pieces {
			if p == "" {
				continue
			}
			text, col := b.get(l.row, p)
			if parts[i] = text; text != "" && n.column == 0 {
				n.column = col
			}
		}
		n.code = pieces(parts, last)
	}
	if text, col := b.get(l.row, x.name); text != "" {
		if _, beside := both(text); beside != "" && n.name == "" {
			n.name = beside
		}
		if n.column == 0 {
			n.column = col
		}
	}
	n.name = strings.TrimSpace(unnumberedText(n.name))
	if n.code == "" && n.name == "" {
		return name{}
	}
	return n
}

// unnumberedText is a name without 一、 and the like before it.
func unnumberedText(s string) string {
	p := plain(s)
	if u := unnumbered(p); u != p {
		return u
	}
	return s
}

// projectOf reads the project of a row.
func (b *body) projectOf(l *line) {
	text, col := b.get(l.row, roleProject)
	if text == "" && b.repeats(l.row) {
		l.names[byProject] = b.last
		return
	}
	code, at := b.get(l.row, roleProjectCode)
	if text == "" && code == "" {
		return
	}
	n := name{name: text, column: col, row: l.row}
	if m := codeFirst.FindStringSubmatch(text); m != nil && len(m[1]) >= 8 && m[2] != "" {
		n.name = m[2]
		code = m[1]
	}
	if col == 0 {
		n.column, n.name = at, code
	}
	l.names[byProject] = n
	b.last = n
}

// repeats reports whether the cell of the project says that it is that of the row above.
func (b *body) repeats(row int) bool {
	return slices.ContainsFunc(b.of[roleProject], func(col int) bool { s := plain(b.cell(row, col).Text); return s == "〃" || s == "同上" })
}

// resolve looks names up that stand without a code, and holds codes against the names beside them.
func (b *body) resolve() {
	for i := range b.lines {
		l := &b.lines[i]
		b.resolveUnit(l)
		for w, d := range []dimension{byFunction, byEconomic} {
			b.resolveCode(i, d, &b.r.trees[w])
		}
	}
}

func (b *body) resolveUnit(l *line) {
	n := &l.names[byUnit]
	if n.code == "" && n.name != "" {
		n.code = b.r.units.code(n.name)
		return
	}
	if code, zeros := b.r.units.padded(n.code); zeros {
		if n.row == l.row && l.class != sum {
			b.zeros(l.row, n.column, n.code, code)
		}
		n.code = code
	}
}

// zeros tells once for each column of codes that lost their zeros.
func (b *body) zeros(row, column int, from, to string) {
	key := "zeros" + digits(column)
	if !b.first(key) {
		return
	}
	b.r.diags.Add(diag.Diagnostic{Rule: ruleZeros, Level: diag.Note, At: b.at(row, column), Message: "代码存成了数，丢了开头的 0，按 " + to + " 读（这一列都照此处理）", Stated: from, Want: to})
}

// resolveCode makes a code of a name, and tells of codes and names that are not of each other.
func (b *body) resolveCode(i int, d dimension, c *codes) {
	l := &b.lines[i]
	n := &l.names[d]
	if n.isEmpty() || c.tree == nil || l.class == sum {
		return
	}
	if n.row != l.row { // from the row above, where it is told of what is wrong
		if n.code == "" && i > 0 {
			n.code = b.lines[i-1].names[d].code
		}
		return
	}
	what := "功能科目"
	if d == byEconomic {
		what = "经济科目"
	}
	if n.code == "" {
		found := b.within(i, d, c.named(plain(n.name)))
		switch len(found) {
		case 1:
			n.code = found[0]
		case 0:
			if row, _ := b.sheet.Row(l.row); !l.hasMoney() && b.speaks(row) {
				return // a text below the table, told by tellAside
			}
			hint := "写上编码"
			if near, ok := c.tree.Closest(n.name); ok {
				hint += "；是不是 " + near + " " + c.name(near)
			}
			b.r.diags.Add(diag.Diagnostic{Rule: ruleCode, Level: diag.Error, At: b.at(l.row, n.column), Message: what + diag.Quote(n.name) + "没有编码，科目目录里没有这个名称", Hint: hint})
		default:
			b.r.diags.Add(diag.Diagnostic{Rule: ruleCode, Level: diag.Error, At: b.at(l.row, n.column), Message: what + diag.Quote(n.name) + "没有编码，叫这个名称的科目不止一个：" + strings.Join(found[:min(len(found), 5)], "、"), Hint: "在导出表里写上编码"})
		}
		return
	}
	if !c.agree(n.code, n.name) {
		b.r.diags.Add(diag.Diagnostic{Rule: ruleCode, Level: diag.Error, At: b.at(l.row, n.column), Message: what + "的编码和名称不是一个科目：" + n.code + " 是" + diag.Quote(c.name(n.code)),
			Stated: n.code + " " + n.name, Hint: "核对是编码错了还是名称错了"})
	}
}

// within narrows codes that have one name down to those below the code of the group that the row stands in.
func (b *body) within(i int, d dimension, found []string) []string {
	if len(found) < 2 {
		return found
	}
	for j := i - 1; j >= 0 && j > i-400; j-- {
		above := b.lines[j].names[d].code
		if above == "" {
			continue
		}
		for p := above; len(p) >= 3; p = p[:len(p)-2] {
			var in []string
			for _, f := range found {
				if strings.HasPrefix(f, p) && (len(p) == len(f)-2 || len(p) == len(f) || len(above) < len(f)-2) {
					in = append(in, f) // not of a neighbour of what it would be in: the list need not have all
				}
			}
			if len(in) > 0 {
				return in
			}
		}
		break
	}
	return found
}
