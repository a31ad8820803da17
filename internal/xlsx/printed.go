package xlsx

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// Printed is a column of numbers as documents print them: a number with the decimals and commas that it is printed with, and a
// text where it is none.
func Printed(head string, width int) Column { return Column{head, width, printed} }

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

// printedCell is a cell of a printed number. Styles are made as they are needed.
func (s *styles) printedCell(f *excelize.File, v any) (excelize.Cell, error) {
	text, ok := v.(string)
	if !ok {
		return excelize.Cell{StyleID: s.columns[printed], Value: v}, nil
	}
	value, format := digits(text)
	if s.printed == nil {
		s.printed = map[string]int{}
	}
	id, made := s.printed[format]
	if !made {
		style := excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "right"}}
		if format != "" {
			style.CustomNumFmt = &format
		}
		var err error
		if id, err = f.NewStyle(&style); err != nil {
			return excelize.Cell{}, err
		}
		s.printed[format] = id
	}
	return excelize.Cell{StyleID: id, Value: value}, nil
}
