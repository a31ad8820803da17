package sheet

import (
	"strings"
	"time"
	"unicode/utf16"

	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/money"
	"yusuan/internal/source"
)

// Kind is what a cell holds.
type Kind int

// The kinds of cells.
const (
	Empty Kind = iota
	Text
	Number
	Date
)

// Cell is a cell as a workbook has it. Of a number Text is its shortest decimal, of a date 2026-02-10.
type Cell struct {
	Kind   Kind
	Text   string
	Locked bool   // stands in for what a cell cannot hold: it is read from TOML alone
	Note   string // the comment behind the value, of an entry that has a remark of its own
}

// Words of cells of yes and no.
const (
	Yes = "是"
	No  = "否"
)

// What stands in for texts that no cell can hold.
const (
	tooLong = "（太长，放不进一格，只在数据文件里改）"
	unshown = "（有控制字符，放不进格子，只在数据文件里改）"
)

// cellLimit is how much text a cell holds, in UTF-16.
const cellLimit = 32767

// maxDigits is how many digits spreadsheets keep of a number; an amount of more is text.
const maxDigits = 15

// shower shows values as cells.
type shower struct {
	functional, economic classify.Tree
	units                map[string]string // names by code
}

// value shows a value of a kind, of a file whose amounts are in a unit.
func (s *shower) value(kind budget.FieldKind, v source.Value, unit money.Unit) Cell {
	switch kind {
	case budget.FieldAmount:
		return amountCell(v.Text, unit)
	case budget.FieldWhole, budget.FieldYear:
		if a, err := money.Parse(v.Text, money.Yuan); err == nil && v.Kind == source.WholeValue {
			return numberCell(a.String())
		}
	case budget.FieldYesNo:
		if v.Kind == source.BoolValue {
			return Cell{Kind: Text, Text: map[string]string{"true": Yes, "false": No}[v.Text]}
		}
	case budget.FieldDate:
		if _, err := time.Parse(time.DateOnly, v.Text); err == nil {
			return Cell{Kind: Date, Text: v.Text}
		}
	case budget.FieldFunction, budget.FieldEconomic, budget.FieldUnit, budget.FieldClassified:
		return s.named(kind, v.Text)
	}
	return textCell(v.Text)
}

// amountCell shows an amount in 元: exactly, as text where spreadsheets would lose digits or where it is no amount.
func amountCell(literal string, unit money.Unit) Cell {
	a, err := money.Parse(literal, unit)
	if err != nil {
		return textCell(literal)
	}
	return numberCell(a.String())
}

func numberCell(digits string) Cell {
	if n := len(strings.Trim(strings.ReplaceAll(digits, ".", ""), "-0")); n > maxDigits {
		return textCell(digits)
	}
	return Cell{Kind: Number, Text: digits}
}

// named shows a code with its name behind it.
func (s *shower) named(kind budget.FieldKind, code string) Cell {
	name := ""
	switch kind {
	case budget.FieldFunction:
		name, _ = s.functional.Name(code)
	case budget.FieldEconomic:
		name, _ = s.economic.Name(code)
	case budget.FieldUnit:
		name = s.units[code]
	}
	if name == "" || code == "" {
		return textCell(code)
	}
	return textCell(code + " " + name)
}

// textCell shows a text, unless no cell can hold it.
func textCell(s string) Cell {
	switch {
	case s == "":
		return Cell{}
	case len(utf16.Encode([]rune(s))) > cellLimit:
		return Cell{Kind: Text, Text: tooLong, Locked: true}
	case strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF }):
		return Cell{Kind: Text, Text: unshown, Locked: true}
	}
	return Cell{Kind: Text, Text: s}
}
