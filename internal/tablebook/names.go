package tablebook

import (
	"cmp"
	"strconv"
	"strings"

	"yusuan/internal/xlsx"
)

// sheetName is the name of a table's sheet: what it is called by, its number first, cut where it is too long, and counted where
// another is called the same.
func (w *writer) sheetName(t *table) string {
	name := strings.Join(strings.Fields(t.t.Caption.String), " ")
	if number := strings.Join(strings.Fields(t.number), " "); number != "" && !strings.HasPrefix(name, number) {
		name = number + " " + name
	}
	if name == "" {
		name = cmp.Or(t.t.ID, "表")
	}
	for n := 1; ; n++ {
		tail := ""
		if n > 1 {
			tail = "（" + strconv.Itoa(n) + "）"
		}
		own := xlsx.SheetName(name, tail)
		if key := strings.ToLower(own); !w.names[key] {
			w.names[key] = true
			return own
		}
	}
}

// quoted is a sheet as formulas name it.
func quoted(sheet string) string { return "'" + strings.ReplaceAll(sheet, "'", "''") + "'" }

// cellName is C12.
func cellName(column, row int) string { return columnName(column) + strconv.Itoa(row) }

// columnName is C for 3.
func columnName(column int) string {
	if column > 26 {
		return columnName((column-1)/26) + string(rune('A'+(column-1)%26))
	}
	return string(rune('A' + column - 1))
}

// fixed is $C$12.
func fixed(column, row int) string { return "$" + columnName(column) + "$" + strconv.Itoa(row) }
