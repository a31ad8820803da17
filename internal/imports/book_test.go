package imports_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"yusuan/data"
	"yusuan/internal/classify"
	"yusuan/internal/diag"
	"yusuan/internal/grid"
	"yusuan/internal/imports"
)

// book makes a workbook of a drawing: a line a row, cells parted by |, sheets begun by a line "## name" ("##! name" hidden).
// A cell is text; #1.5 a number; #1.5{0.00"万元"} one with a format; = a formula without result; =0 one with the result 0;
// < goes on with the cell to the left, ^ with the cell above. "!row" before a row hides it.
func book(t *testing.T, drawing string) *grid.Book {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	sheet, row, first := "Sheet1", 0, true
	type merge struct{ top, left, bottom, right int }
	merges := map[string][]*merge{}
	owner := map[string]*merge{}
	for line := range strings.Lines(strings.TrimPrefix(drawing, "\n")) {
		line = strings.TrimSuffix(line, "\n")
		if name, ok := strings.CutPrefix(line, "##"); ok {
			hidden := strings.HasPrefix(name, "!")
			sheet = strings.TrimPrefix(strings.TrimPrefix(name, "!"), " ")
			if first {
				must(t, f.SetSheetName("Sheet1", sheet))
			} else {
				_, err := f.NewSheet(sheet)
				must(t, err)
			}
			if hidden {
				defer func(s string) {}(sheet)
				must(t, f.SetSheetVisible(sheet, false))
			}
			first, row = false, 0
			continue
		}
		row++
		line, hide := strings.CutPrefix(strings.TrimLeft(line, "\t"), "!row")
		if hide {
			must(t, f.SetRowVisible(sheet, row, false))
		}
		for i, cell := range strings.Split(line, "|") {
			cell = strings.TrimSpace(cell)
			col := i + 1
			at := fmt.Sprintf("%s!%d,%d", sheet, row, col)
			name := grid.Name(row, col)
			m := &merge{row, col, row, col}
			switch {
			case cell == "<":
				m = owner[fmt.Sprintf("%s!%d,%d", sheet, row, col-1)]
				m.right = col
			case cell == "^":
				m = owner[fmt.Sprintf("%s!%d,%d", sheet, row-1, col)]
				m.bottom = row
			case cell == "":
			case strings.HasPrefix(cell, "#"):
				number, format, _ := strings.Cut(strings.TrimSuffix(cell[1:], "}"), "{")
				must(t, f.SetCellDefault(sheet, name, number))
				if format != "" {
					style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
					must(t, err)
					must(t, f.SetCellStyle(sheet, name, name, style))
				}
			case strings.HasPrefix(cell, "="):
				if cell != "=" {
					must(t, f.SetCellDefault(sheet, name, cell[1:]))
				}
				must(t, f.SetCellFormula(sheet, name, "SUM(A1)"))
			default:
				must(t, f.SetCellStr(sheet, name, cell))
			}
			owner[at] = m
			if len(merges[sheet]) == 0 || merges[sheet][len(merges[sheet])-1] != m {
				merges[sheet] = append(merges[sheet], m)
			}
		}
	}
	for name, list := range merges {
		done := map[*merge]bool{}
		for _, m := range list {
			if !done[m] && (m.bottom > m.top || m.right > m.left) {
				must(t, f.MergeCell(name, grid.Name(m.top, m.left), grid.Name(m.bottom, m.right)))
			}
			done[m] = true
		}
	}
	raw, err := f.WriteToBuffer()
	must(t, err)
	b, err := grid.Read("x.xlsx", raw.Bytes())
	must(t, err)
	return b
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// understand reads a drawing with the program's words and catalogue.
func understand(t *testing.T, drawing string, change func(*imports.Input)) (*imports.Understood, diag.List) {
	t.Helper()
	in := imports.Input{Files: []imports.File{{Name: "x.xlsx", Book: book(t, drawing)}}, Words: listed(t), Catalogue: catalogue(t)}
	if change != nil {
		change(&in)
	}
	return imports.Understand(in)
}

func listed(t *testing.T) *imports.Words {
	t.Helper()
	w, diags := imports.ParseWords(data.ImportWords())
	for _, d := range diags.Sorted() {
		t.Fatal(d.At, d.Rule, d.Message)
	}
	return w
}

func catalogue(t *testing.T) *classify.Catalogue {
	t.Helper()
	c, err := classify.Load(data.Catalogue(), 2026)
	must(t, err)
	return c
}

// dump is all rows, a line each: kind, row of the sheet, key=value with the name of a code.
func dump(u *imports.Understood) string {
	var s strings.Builder
	for i := range u.Rows {
		r := &u.Rows[i]
		s.WriteString(string(r.Kind))
		for _, v := range r.Values {
			c, _ := v.At.In.Cell()
			fmt.Fprintf(&s, " %s=%s", v.Key, v.Text)
			if v.Money {
				fmt.Fprintf(&s, "@%s", c.Name)
			}
		}
		s.WriteByte('\n')
	}
	return s.String()
}

// found is all diagnostics, a line each, but for those of units without a code, which cases of their own are about.
func found(list diag.List) string {
	var s strings.Builder
	for _, d := range list.Sorted() {
		if d.Rule == "表格-040" {
			continue
		}
		c, _ := d.At.In.Cell()
		fmt.Fprintf(&s, "%v %s %s %s", d.Level, d.Rule, c.Name, d.Message)
		if d.Diff != "" {
			fmt.Fprintf(&s, " [%s|%s|%s]", d.Stated, d.Want, d.Diff)
		}
		s.WriteByte('\n')
	}
	return s.String()
}
