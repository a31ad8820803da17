package tablebook

import (
	"cmp"
	"strconv"
	"strings"
	"unicode/utf16"
)

// mostName is how many UTF-16 units the name of a sheet may have.
const mostName = 31

// noName are the characters that no name of a sheet has, beside others that look like them.
var noName = strings.NewReplacer("[", "［", "]", "］", ":", "：", "*", "＊", "?", "？", "/", "／", `\`, "＼", "'", "’")

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
	name = noName.Replace(name)
	for n := 1; ; n++ {
		tail := ""
		if n > 1 {
			tail = "（" + strconv.Itoa(n) + "）"
		}
		own := cut(name, mostName-len(utf16.Encode([]rune(tail)))) + tail
		if key := strings.ToLower(own); !w.names[key] {
			w.names[key] = true
			return own
		}
	}
}

// cut is a text of at most so many UTF-16 units.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	n := 0
	for i, r := range s {
		if n += utf16.RuneLen(r); n > most {
			return strings.TrimSpace(s[:i])
		}
	}
	return s
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
