package imports

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/character"
	"yusuan/internal/diag"
	"yusuan/internal/grid"
	"yusuan/internal/money"
)

// scales are the units of money of exports: what one is in 元, and by which unit of the program its rounding is measured.
var scales = map[string]struct {
	unit  money.Unit
	times string
	zeros int
}{"元": {money.Yuan, "1", 0}, "百元": {money.Yuan, "100", 2}, "千元": {money.Yuan, "1000", 3}, "万元": {money.Wan, "1", 4}, "亿元": {money.Yi, "1", 8}}

var (
	// moneyLine states a unit of money: 单位：万元, 金额单位:人民币元, (单位:元), alone 万元 in brackets.
	moneyLine = regexp.MustCompile(`单位[:为是]?(?:人民币)?(亿元|万元|千元|百元|元)(?:[^/\p{Han}]|$)|^\((?:人民币)?(亿元|万元|千元|百元|元)\)$`)
	moneyAsk  = regexp.MustCompile(`^\(?(?:金额)?单位:?\)?$`)
	moneyWord = regexp.MustCompile(`^\(?(?:人民币)?(亿元|万元|千元|百元|元)\)?$`)
)

// unitIn is the unit of money that a row states, and the cell that does.
func unitIn(row grid.Row) (unit string, column int) {
	ask := false
	for _, c := range row.Cells {
		if c.Kind != grid.Text || c.Covered {
			continue
		}
		p := plain(c.Text)
		if m := moneyLine.FindStringSubmatch(p); m != nil {
			return m[1] + m[2], c.Column
		}
		if m := moneyWord.FindStringSubmatch(p); m != nil && ask {
			return m[1], c.Column
		}
		ask = moneyAsk.MatchString(p)
	}
	return "", 0
}

// fromMap is what says a unit of money that the mapping file gives.
const fromMap = "对照文件"

// settle finds the unit of money and the fund of a table: what is nearest to the numbers holds.
func (r *reader) settle(t, first *table) {
	r.moneyUnit(t, first)
	if t.mapped != nil {
		t.fund = t.mapped.Fund.V
	}
	if t.fund == "" {
		t.fund = r.fundInTitle(t)
	}
	if t.mapped != nil && t.mapped.Skip.V {
		t.left = "对照文件写明不导入"
		return
	}
	r.askUnit(t)
	r.askColumn(t)
	r.otherYear(t)
}

var yearOfTitle = regexp.MustCompile(`((?:19|20)\d\d)(?:年|[-—至到~])`)

// otherYear tells of a title that is of other years than the budget: the file of last year lies beside this year's.
func (r *reader) otherYear(t *table) {
	found := yearOfTitle.FindAllStringSubmatch(plain(t.title)+" "+plain(t.sheet.Name), -1)
	if r.Year == 0 || t.left != "" || len(found) == 0 {
		return
	}
	least, most := 9999, 0
	for _, m := range found {
		y, _ := strconv.Atoi(m[1])
		least, most = min(least, y), max(most, y)
	}
	if least <= r.Year && r.Year <= most {
		return
	}
	r.diags.Add(diag.Diagnostic{Rule: ruleYear, Level: diag.Warning, At: t.at(t.top, t.columns[0].Number), Message: t.called() + "的标题写的是" + found[0][1] + "年，预算是" + digits(r.Year) + "年的",
		Stated: found[0][1], Want: digits(r.Year), Hint: "核对是不是拿错了文件"})
}

// askColumn asks which column is meant where two have the same amount to give: one of them is counted once too often else.
func (r *reader) askColumn(t *table) {
	if t.left != "" || r.keys[t.kind] == nil {
		return
	}
	var first *column
	for _, c := range t.columns {
		if c.role != roleAmount || c.sum || c.partial || c.fund != "" || c.group {
			continue
		}
		if first == nil {
			first = c
			continue
		}
		t.left = "有两列金额，不知道用哪一列"
		r.diags.Add(diag.Diagnostic{Rule: ruleColumns, Level: diag.Error, At: t.at(t.bottom, c.Number), Message: t.called() + "有两列金额，" + diag.Quote(first.Key) + "和" + diag.Quote(c.Key) + "，不知道用哪一列，没有导入",
			Notes: []diag.Related{{Text: "另一列", At: t.at(t.bottom, first.Number)}}, Hint: "在对照文件里把不用的一列写 role = \"不用\""})
		return
	}
}

// askUnit asks for the unit of money where nothing says it.
func (r *reader) askUnit(t *table) {
	var open []string
	for _, c := range t.columns {
		if !c.amount() || c.unit != "" || t.unit != "" {
			continue
		}
		found := sortedKeys(r.formats(t, c))
		if len(found) != 1 {
			open = append(open, c.Head)
			continue
		}
		c.unit, c.unitFrom = found[0], "数字格式"
		c.Note = strings.TrimPrefix(c.Note+"，数字格式写的是"+found[0], "，")
	}
	if len(open) == 0 || t.left != "" {
		return
	}
	t.left = "不知道金额的单位"
	level := diag.Error
	if t.kind.Table() == "" {
		level = diag.Warning // no facts are made of it
	}
	r.diags.Add(diag.Diagnostic{Rule: ruleUnit, Level: level, At: t.at(t.top, t.columns[0].Number),
		Message: t.called() + "的列头、表的上方和数字格式都没有写金额的单位，没有导入" + diag.Quote(open[0]) + "等列",
		Hint:    "在对照文件里这张表的一段写 unit = \"元\" 或 \"万元\"，或者在表的上方写“单位：元”；程序不按数的大小猜"})
}

// moneyUnit finds what says the unit of a table as a whole.
func (r *reader) moneyUnit(t, first *table) {
	var found []string
	var places []diag.Range
	look := func(rows []grid.Row) {
		for _, row := range slices.Backward(rows) {
			if u, col := unitIn(row); u != "" {
				found, places = append(found, u), append(places, t.at(row.Number, col))
			}
		}
	}
	from := t.lines()
	to := t.after()
	if n := len(from); n > 0 {
		at, _ := slices.BinarySearchFunc(t.sheet.Rows, from[0].Number, func(r grid.Row, n int) int { return r.Number - n })
		from = t.sheet.Rows[at:to]
	} else {
		from = t.sheet.Rows[max(0, to-(t.bottom-t.top+1)):to]
	}
	look(from)
	if len(found) > 1 && found[0] != found[1] {
		r.diags.Add(diag.Diagnostic{Rule: ruleUnit, Level: diag.Error, At: places[0], Message: "表的上方写了两种金额单位：" + found[0] + "和" + found[1],
			Notes: []diag.Related{{Text: "另一处", At: places[1]}}, Hint: "留下对的一种，或者在对照文件里写明 unit"})
		if t.mapped == nil || t.mapped.Unit.V == "" {
			t.left = "写了两种金额单位"
		}
	}
	switch {
	case len(found) > 0:
		t.unit, t.unitFrom = found[0], "表上方"
	case unitOfName(t.sheet.Name) != "":
		t.unit, t.unitFrom = unitOfName(t.sheet.Name), "工作表名"
	case unitOfName(t.title) != "":
		t.unit, t.unitFrom = unitOfName(t.title), "标题"
	case t != first && first.unit != "":
		t.unit, t.unitFrom = first.unit, "同一工作表的第一张表"
	default:
		below := t.sheet.Rows[t.after():]
		if t.last > 0 {
			n, _ := slices.BinarySearchFunc(below, t.last+1, func(r grid.Row, n int) int { return r.Number - n })
			below = below[:n]
		}
		look(below[max(0, len(below)-5):])
		if len(found) > 0 {
			t.unit, t.unitFrom = found[0], "表下方"
		}
	}
	r.mappedUnit(t)
}

// mappedUnit takes the unit of the mapping file, which must not contradict the sheet.
func (r *reader) mappedUnit(t *table) {
	if t.mapped == nil || t.mapped.Unit.V == "" {
		return
	}
	if t.unit != "" && t.unit != t.mapped.Unit.V && t.left == "" {
		r.diags.Add(diag.Diagnostic{Rule: ruleUnit, Level: diag.Error, At: t.mapped.Unit.At,
			Message: "对照文件写的金额单位是" + t.mapped.Unit.V + "，" + t.called() + "里写的是" + t.unit, Hint: "核对后改正对照文件，或者删去其中的 unit"})
		t.left = "对照文件和工作表写的金额单位不同"
		return
	}
	t.unit, t.unitFrom = t.mapped.Unit.V, fromMap
	if t.left == "写了两种金额单位" {
		t.left = ""
	}
}

var unitInName = regexp.MustCompile(`[(_\-](?:单位:?)?(亿元|万元|千元|百元|元)\)?$|单位:?(亿元|万元|千元|百元|元)`)

func unitOfName(s string) string {
	if m := unitInName.FindStringSubmatch(plain(s)); m != nil {
		return m[1] + m[2]
	}
	return ""
}

// fundInTitle is the fund that the title or the name of the sheet is about.
func (r *reader) fundInTitle(t *table) string {
	var found []string
	for _, text := range []string{plain(t.title), plain(t.sheet.Name)} {
		for _, word := range r.Words.fundWords {
			m := r.Words.funds[word][0]
			if len([]rune(word)) >= 4 && len(m.within) == 0 && strings.Contains(text, word) && !slices.Contains(found, m.fund) {
				found = append(found, m.fund)
			}
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	return ""
}

// formats are the units that number formats of a column state.
func (r *reader) formats(t *table, c *column) map[string]int {
	if c.formats != nil {
		return c.formats
	}
	c.formats = map[string]int{}
	for i := t.after(); i < len(t.sheet.Rows) && t.sheet.Rows[i].Number <= t.last; i++ {
		if x := t.sheet.Rows[i].At(c.Number); x.Kind == grid.Number {
			if u := unitOfFormat(x.Format); u != "" {
				c.formats[u]++
			}
		}
	}
	return c.formats
}

// unitOfFormat is the unit of the number that a cell stores, as its format shows it: 0.00"万元" is 万元, but 0!.0000"万元" moves
// the point, and the number is of 元.
func unitOfFormat(format string) string {
	f := plain(strings.SplitN(format, ";", 2)[0])
	moved := strings.Contains(f, "!.") || strings.Contains(f, `\.`) || strings.Contains(f, "“.”")
	switch {
	case strings.Contains(f, "万元") && !moved:
		return "万元"
	case strings.Contains(f, "亿元") && !moved:
		return "亿元"
	case strings.Contains(f, "千元"), strings.Contains(f, "百元"):
		return ""
	case strings.Contains(f, "万") || strings.Contains(f, "亿"):
		if moved {
			return "元"
		}
		return ""
	case strings.Contains(f, "元"), strings.ContainsAny(f, "¥￥"):
		return "元"
	}
	return ""
}

// state is what a cell of a column of amounts holds.
type state uint8

const (
	nothing  state = iota
	amount         // an amount, perhaps 0
	unstored       // a formula without its result
	odd            // what is no amount
)

// figure is a cell of a column of amounts, in 元.
type figure struct {
	state   state
	amount  money.Amount
	formula bool
	text    string // of what is no amount
	unit    string // of money, that the text of the cell states
	rows    int    // that a merged cell stands for; 0 and 1 for one
}

var number = regexp.MustCompile(`^[+-]?(?:\d[\d,]*)(?:\.\d+)?$`)

// readFigure reads a cell of a column whose unit is known. decimals are those that stand there.
func (r *reader) readFigure(c grid.Cell, unit string) (f figure, decimals int) {
	f.formula = c.Formula
	s := c.Text
	switch c.Kind {
	case grid.Empty:
		if c.Unstored {
			f.state = unstored
		}
		return f, 0
	case grid.Number:
		if strings.Contains(c.Format, "%") {
			return figure{state: odd, text: s + "（百分数）"}, 0
		}
	case grid.Text:
		s = plain(s)
		if r.Words.isBlank(s) {
			return f, 0
		}
		if s, f.unit = literal(s); f.unit != "" {
			unit = f.unit
		}
	default:
		return figure{state: odd, text: c.Text}, 0
	}
	if !number.MatchString(s) {
		return figure{state: odd, text: words(c.Text)}, 0
	}
	scale := scales[unit]
	a, err := money.Parse(s, scale.unit)
	if err != nil {
		return figure{state: odd, text: words(c.Text)}, 0
	}
	if scale.times != "1" {
		a = a.Times(scale.times)
	}
	_, decimals = money.Digits(s)
	f.state, f.amount = amount, a
	return f, decimals
}

// literal is a number as people write it in cells, and the unit that it may state itself.
func literal(s string) (text, unit string) {
	s = strings.TrimLeft(s, "¥￥$")
	s = strings.NewReplacer("，", ",", "−", "-", "–", "-", "－", "-", "△", "-", "▲", "-", "﹣", "-").Replace(s)
	if m := moneyTail.FindStringSubmatch(s); m != nil {
		s, unit = s[:len(s)-len(m[0])], m[1]
	}
	if inner, ok := strings.CutPrefix(s, "("); ok && strings.HasSuffix(inner, ")") {
		s = "-" + strings.TrimSuffix(inner, ")")
	}
	s = strings.TrimPrefix(s, "+")
	if head, tail, ok := strings.Cut(s, "."); ok && tail == "" {
		s = head
	}
	return character.Fold(s), unit
}

var moneyTail = regexp.MustCompile(`(亿元|万元|千元|百元|元)$`)
