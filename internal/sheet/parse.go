package sheet

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/grid"
	"yusuan/internal/money"
	"yusuan/internal/source"
)

// given is what a cell says, as the data have it. Amounts are 元.
type given struct {
	kind   source.ValueKind
	text   string
	items  []string // of a list
	amount bool
}

// trouble is what is to be told of a cell.
type trouble struct {
	rule          string
	level         diag.Level
	message, hint string
	stated, want  string
}

func (t trouble) of(at diag.Range) diag.Diagnostic {
	return diag.Diagnostic{Rule: t.rule, Level: t.level, At: at, Message: t.message, Hint: t.hint, Stated: t.stated, Want: t.want}
}

// refuse is the trouble of a cell that is not understood.
func refuse(hint, message string) *trouble {
	return &trouble{rule: ruleCell, level: diag.Error, message: message, hint: hint}
}

func textGiven(s string) given { return given{kind: source.TextValue, text: s} }

// parse reads a cell of a kind. Nothing is given by an empty one. A note may come with a value, an error never does.
func (n *names) parse(kind budget.FieldKind, c grid.Cell) (g given, ok bool, t *trouble) {
	switch {
	case c.Covered:
		return g, false, refuse("取消合并，每一行填自己的", "这一格并进了别的格，没有内容")
	case c.Kind == grid.Error:
		return g, false, refuse("把公式改对，或者直接填值", "这一格是公式的错误 "+c.Text)
	case c.Unstored:
		return g, false, refuse("在 Excel 或 WPS 里打开，存一次，再用；或者直接填值", "这一格的公式还没有算出结果")
	case tidy(c.Text) == "":
		return g, false, nil
	}
	switch kind {
	case budget.FieldAmount:
		return parseAmount(c)
	case budget.FieldWhole, budget.FieldYear:
		return parseWhole(kind, c)
	case budget.FieldYesNo:
		return parseYesNo(c)
	case budget.FieldDate:
		return parseDate(c)
	}
	text, t := plainText(c)
	if t != nil {
		return g, false, t
	}
	switch kind {
	case budget.FieldFunction, budget.FieldEconomic:
		return n.parseCode(kind, text)
	case budget.FieldUnit:
		return n.parseUnit(c, text)
	case budget.FieldCode, budget.FieldClassified:
		return textGiven(fold(text)), true, nil
	}
	return textGiven(text), true, nil
}

// plainText is the text of a cell. What a spreadsheet made of it without being asked is undone where that is sure.
func plainText(c grid.Cell) (string, *trouble) {
	switch c.Kind {
	case grid.Date:
		return "", refuse("先把这一格的格式设为“文本”，再照原样填一遍", "这一格被电子表格当成了日期 "+c.Text+"，不知道原来填的是什么")
	case grid.Number:
		if strings.Contains(c.Format, "%") {
			return shift(c.Text, 2) + "%", nil
		}
		return c.Text, nil
	case grid.Bool:
		return "", refuse("填文字", "这一格是逻辑值 "+c.Text)
	}
	return tidy(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(c.Text)), nil
}

// shift moves the point of a decimal to the right, or to the left.
func shift(digits string, n int) string {
	body, negative := strings.CutPrefix(digits, "-")
	whole, fraction, _ := strings.Cut(body, ".")
	if n >= 0 {
		fraction += strings.Repeat("0", max(0, n-len(fraction)))
		whole, fraction = whole+fraction[:n], fraction[n:]
	} else {
		whole = strings.Repeat("0", max(0, -n-len(whole))) + whole
		whole, fraction = whole[:len(whole)+n], whole[len(whole)+n:]+fraction
	}
	whole, fraction = strings.TrimLeft(whole, "0"), strings.TrimRight(fraction, "0")
	if whole == "" {
		whole = "0"
	}
	if fraction != "" {
		whole += "." + fraction
	}
	if negative && strings.Trim(whole, "0.") != "" {
		return "-" + whole
	}
	return whole
}

// fold puts characters of full width into half width, and blanks of any kind into blanks.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '\u3000' || r == '\u00a0':
			return ' '
		}
		return r
	}, s)
}

const amountHint = "只填数，单位是元，不带别的字"

// parseAmount reads an amount of 元.
func parseAmount(c grid.Cell) (g given, ok bool, t *trouble) {
	s := c.Text
	switch {
	case c.Kind == grid.Number && strings.Contains(c.Format, "%"): // what the officer sees is the percentage
		return g, false, refuse("把这一格的格式改为“常规”，再填金额，单位是元", "这一格应为金额，不是百分比 "+shift(s, 2)+"%")
	case c.Kind == grid.Date, c.Kind == grid.Bool:
		return g, false, refuse(amountHint, "这一格应为金额，不是 "+c.Text)
	case c.Kind == grid.Text:
		s = fold(tidy(s))
		if s == source.Unfilled {
			return textGiven(s), true, nil
		}
		if strings.Trim(s, "-—–－") == "" {
			return g, false, nil // a dash says that there is none
		}
		s = strings.TrimSuffix(strings.Trim(s, "￥¥ "), "元")
		s = strings.NewReplacer(" ", "", "−", "-").Replace(s)
		if inner, open := strings.CutPrefix(s, "("); open && strings.HasSuffix(inner, ")") {
			s = "-" + strings.TrimSuffix(inner, ")")
		}
	}
	a, err := money.Parse(s, money.Yuan)
	if err != nil {
		return g, false, refuse(amountAdvice(s), "这一格应为金额，不是"+diag.Quote(cut(c.Text, 20)))
	}
	return given{kind: source.NumberValue, text: a.String(), amount: true}, true, nil
}

var (
	commaPoint = regexp.MustCompile(`^-?\d+,\d{1,2}$`)
	otherUnit  = regexp.MustCompile(`^(-?[\d,]+(?:\.\d+)?)(万|亿)元?$`)
)

// amountAdvice says what to type for a text that is no amount, where that is sure.
func amountAdvice(s string) string {
	if commaPoint.MatchString(s) {
		return "小数点是“.”，不是逗号：填 " + strings.Replace(s, ",", ".", 1)
	}
	if m := otherUnit.FindStringSubmatch(s + "元"); m != nil {
		unit := money.Wan
		if m[2] == "亿" {
			unit = money.Yi
		}
		if a, err := money.Parse(m[1], unit); err == nil {
			return "单位是元：填 " + money.ToldTyped(money.Yuan, a)
		}
	}
	return amountHint
}

func parseWhole(kind budget.FieldKind, c grid.Cell) (g given, ok bool, t *trouble) {
	s := c.Text
	if c.Kind == grid.Text {
		s = strings.ReplaceAll(fold(tidy(s)), ",", "")
		if s == source.Unfilled {
			return textGiven(s), true, nil
		}
		if kind == budget.FieldYear {
			s = strings.TrimSuffix(strings.TrimSuffix(s, "度"), "年")
		}
	}
	n, err := strconv.Atoi(s)
	if err != nil || c.Kind != grid.Text && c.Kind != grid.Number {
		return g, false, refuse("只填数", "这一格应为整数，不是"+diag.Quote(cut(c.Text, 20)))
	}
	return given{kind: source.WholeValue, text: strconv.Itoa(n)}, true, nil
}

func parseYesNo(c grid.Cell) (g given, ok bool, t *trouble) {
	switch s := strings.ToLower(fold(tidy(c.Text))); s {
	case Yes, "√", "✓", "✔", "对", "有", "y", "yes", "true", "1":
		return given{kind: source.BoolValue, text: "true"}, true, nil
	case No, "×", "✗", "✘", "x", "不", "不是", "无", "没有", "n", "no", "false", "0":
		return given{kind: source.BoolValue, text: "false"}, true, nil
	}
	return g, false, refuse("填“是”或“否”，不填是“否”", "这一格应为是或否，不是"+diag.Quote(cut(c.Text, 20)))
}

var dayForm = regexp.MustCompile(`^(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?日?$`)

// parseDate reads a day, a real one or a text.
func parseDate(c grid.Cell) (g given, ok bool, t *trouble) {
	s := fold(tidy(c.Text))
	if m := dayForm.FindStringSubmatch(s); m != nil && c.Kind != grid.Number {
		if d, err := time.Parse("2006-1-2", m[1]+"-"+m[2]+"-"+m[3]); err == nil {
			return given{kind: source.DateValue, text: d.Format(time.DateOnly)}, true, nil
		}
	}
	if s == source.Unfilled {
		return textGiven(s), true, nil
	}
	return g, false, refuse("填成 2026-02-10 这样的日期", "这一格应为日期，不是"+diag.Quote(cut(c.Text, 20)))
}

// says reports whether a value of the data, in a file with amounts in a unit, is what a cell gives.
func (g given) says(v source.Value, unit money.Unit) bool {
	switch {
	case g.kind == source.TextsValue:
		return v.Kind == source.TextsValue && strings.Join(v.Items, "\x00") == strings.Join(g.items, "\x00") && len(v.Items) == len(g.items)
	case g.amount:
		a, err := money.Parse(v.Text, unit)
		b, err2 := money.Parse(g.text, money.Yuan)
		return err == nil && err2 == nil && a.Equal(b)
	case g.kind == source.DateValue || g.kind == source.WholeValue:
		return v.Text == g.text
	}
	return v.Kind == g.kind && v.Text == g.text
}

// literal is what is written for it, in a file with amounts in a unit.
func (g given) literal(unit money.Unit) source.Literal {
	switch g.kind {
	case source.TextsValue:
		return source.TextsLiteral(g.items)
	case source.BoolValue:
		return source.BoolLiteral(g.text == "true")
	case source.DateValue:
		d, err := time.Parse(time.DateOnly, g.text)
		if err != nil {
			panic(err) // it was made by parseDate
		}
		return source.DateLiteral(d.Year(), int(d.Month()), d.Day())
	case source.WholeValue, source.NumberValue:
		if g.amount {
			return source.NumberLiteral(amountDigits(g.text, unit))
		}
		return source.NumberLiteral(g.text)
	}
	return source.TextLiteral(g.text)
}

// amountDigits is an amount of 元 in another unit, exactly; with both digits of 分 where it has any.
func amountDigits(yuan string, unit money.Unit) string {
	switch unit {
	case money.Wan:
		return shift(yuan, -4)
	case money.Yi:
		return shift(yuan, -8)
	}
	if _, fraction, _ := strings.Cut(yuan, "."); len(fraction) == 1 {
		return yuan + "0"
	}
	return yuan
}
