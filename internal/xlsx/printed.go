package xlsx

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// Printed is a column of numbers as documents print them: a number with the decimals and commas that it is printed with, and a
// text where it is none.
func Printed(head string, width int) Column {
	return Column{head: head, width: width, kind: printed}
}

// digits is a printed number as a spreadsheet holds it, and the format that shows it as it was printed; "" for a text.
func digits(s string) (value any, format string) {
	plain := strings.ReplaceAll(s, ",", "")
	number := strings.TrimPrefix(plain, "-")
	whole, decimals, point := strings.Cut(number, ".")
	if whole == "" || point && decimals == "" || strings.Trim(whole+decimals, "0123456789") != "" || len(whole) > 1 && whole[0] == '0' {
		return s, ""
	}
	format = "0"
	if strings.Contains(s, ",") || len(whole) <= 3 {
		format = "#,##0"
	}
	if decimals != "" {
		format += "." + strings.Repeat("0", len(decimals))
	}
	if value = Number(strings.TrimSuffix(strings.TrimRight(plain, zeros(decimals)), ".")); value == nil {
		return s, ""
	}
	if _, text := value.(string); text { // more digits than spreadsheets keep
		return s, ""
	}
	return value, format
}

// zeros are what may be left out at the end of a number: nothing of a whole one.
func zeros(decimals string) string {
	if decimals == "" {
		return ""
	}
	return "0"
}

// printedCell is a cell of a printed number.
func (l *look) printedCell(of style, v any) (excelize.Cell, error) {
	if text, ok := v.(string); ok {
		v, of.format = digits(text)
	}
	id, err := l.style(of)
	return excelize.Cell{StyleID: id, Value: v}, err
}
