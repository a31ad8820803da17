package sheet

import (
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/grid"
	"yusuan/internal/money"
	"yusuan/internal/source"
)

// withUnit is an amount that brings its own unit.
var withUnit = regexp.MustCompile(`^(.*?)(亿元|万元|亿|万|元)$`)

var errNoText = errors.New("这里有不是文字的内容，没有填进去；重新输入一遍")

// Typed is what people type into a field of a kind as a file with amounts in a unit has it: numbers as the cells of a workbook
// may have them, texts letter by letter. given is false where the field is to be empty. The error says in Chinese what is wrong
// and what to type.
func Typed(kind budget.FieldKind, text string, unit money.Unit) (v source.Literal, given bool, err error) {
	if !utf8.ValidString(text) {
		return v, false, errNoText
	}
	switch {
	case kind == budget.FieldAmount || kind == budget.FieldAmounts:
		return typedAmount(text, unit)
	case kind.Codes():
		text = tidy(fold(text))
	case !kind.Words() && kind != budget.FieldTexts:
		g, ok, t := (&names{}).parse(kind, grid.Cell{Kind: grid.Text, Text: text})
		if t != nil {
			return v, false, errors.New(t.message + "；" + t.hint)
		}
		if !ok {
			return v, false, nil
		}
		return g.literal(unit), true, nil
	}
	return source.TextLiteral(text), text != "", nil
}

// typedAmount reads an amount in the unit of its file, or in one that stands behind it.
func typedAmount(text string, unit money.Unit) (v source.Literal, given bool, err error) {
	digits, in := strings.TrimSpace(fold(tidy(text))), unit
	if m := withUnit.FindStringSubmatch(digits); m != nil {
		digits = m[1]
		in, _ = money.ParseUnit(strings.TrimSuffix(m[2], "元") + "元")
	}
	if tidy(text) == "" {
		return v, false, nil
	}
	if digits == "" {
		return v, false, errors.New("这一格应为金额，不是" + diag.Quote(cut(text, 20)) + "；" + hintIn(unit))
	}
	g, ok, t := parseAmount(grid.Cell{Kind: grid.Text, Text: digits})
	switch {
	case t != nil && t.hint != amountHint:
		return v, false, errors.New("这一格应为金额，不是" + diag.Quote(cut(text, 20)) + "；" + t.hint)
	case t != nil:
		return v, false, errors.New("这一格应为金额，不是" + diag.Quote(cut(text, 20)) + "；" + hintIn(unit))
	case !ok:
		return v, false, nil
	case !g.amount: // still to be filled in
		return source.TextLiteral(g.text), true, nil
	}
	a, err := money.Parse(g.text, in)
	if err != nil {
		return v, false, err
	}
	g.text = a.String()
	return g.literal(unit), true, nil
}

func hintIn(unit money.Unit) string {
	return "只填数，单位是" + unit.String() + "，不带别的字"
}
