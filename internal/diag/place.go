package diag

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"unique"
)

// Cell is a place in a workbook, which has no lines.
type Cell struct {
	Sheet string
	Name  string // C12; "" for the sheet as a whole
}

// Printed is a place in a finished document, as far as it is known: what stands on paper has no lines either.
type Printed struct {
	Page        int    // from 1; 0 when unknown
	Table       string // what readers call it: 表3
	Section     string // the title of the section, for what stands in no table
	Row         int    // from 1, heads not counted; 0 for the whole table
	RowTitle    string // what the row says of itself
	ColumnTitle string // the head of the column
	Column      int    // from 1; 0 when unknown
}

// Inside says where in a file something is, of which the line is not known or not all that there is to say. The zero Inside says
// nothing more. It is a pointer to one of all that are alike, so that places stay small and can be compared.
type Inside struct {
	at unique.Handle[inside]
}

type inside struct {
	cell    Cell
	printed Printed
}

// InCell is a place in a workbook.
func InCell(file string, c Cell) Range {
	return Range{File: file, In: Inside{unique.Make(inside{cell: c})}}
}

// InDocument is a place in a finished document.
func InDocument(file string, p Printed) Range { return Range{File: file}.Prints(p) }

// Prints is the same place, of which is known where in a finished document its text was printed.
func (r Range) Prints(p Printed) Range {
	r.In = Inside{unique.Make(inside{printed: p})}
	return r
}

func (i Inside) value() inside {
	if i == (Inside{}) {
		return inside{}
	}
	return i.at.Value()
}

// Cell is the place in a workbook.
func (i Inside) Cell() (c Cell, ok bool) { c = i.value().cell; return c, c != Cell{} }

// Printed is the place in a finished document.
func (i Inside) Printed() (p Printed, ok bool) { p = i.value().printed; return p, p != Printed{} }

// String is the place as people who have the workbook or the document before them find it: 工作表“项目” C12, 第5页 表3 第4行
// “本年预算”列.
func (i Inside) String() string {
	x := i.value()
	var words []string
	add := func(has bool, word string) {
		if has {
			words = append(words, word)
		}
	}
	add(x.cell.Sheet != "", "工作表"+Quote(x.cell.Sheet))
	add(x.cell.Name != "", x.cell.Name)
	p := x.printed
	add(p.Page > 0, fmt.Sprintf("第%d页", p.Page))
	add(p.Table != "", p.Table)
	add(p.Section != "", Quote(p.Section)+"一节")
	switch {
	case p.Row > 0 && p.RowTitle != "":
		add(true, fmt.Sprintf("第%d行%s", p.Row, Quote(p.RowTitle)))
	case p.Row > 0:
		add(true, fmt.Sprintf("第%d行", p.Row))
	case p.RowTitle != "":
		add(true, Quote(p.RowTitle)+"行")
	}
	switch {
	case p.ColumnTitle != "":
		add(true, Quote(p.ColumnTitle)+"列")
	case p.Column > 0:
		add(true, fmt.Sprintf("第%d列", p.Column))
	}
	return strings.Join(words, " ")
}

// compare puts places of one file in the order in which people come to them.
func (i Inside) compare(j Inside) int {
	if i == j {
		return 0
	}
	a, b := i.value(), j.value()
	return cmp.Or(
		cmp.Compare(a.printed.Page, b.printed.Page),
		natural(a.printed.Table, b.printed.Table),
		cmp.Compare(a.printed.Section, b.printed.Section),
		cmp.Compare(a.printed.Row, b.printed.Row),
		cmp.Compare(a.printed.Column, b.printed.Column),
		cmp.Compare(a.printed.RowTitle+"\x00"+a.printed.ColumnTitle, b.printed.RowTitle+"\x00"+b.printed.ColumnTitle),
		cmp.Compare(a.cell.Sheet, b.cell.Sheet),
		compareCells(a.cell.Name, b.cell.Name),
	)
}

// compareCells puts cells of a sheet row by row: B2, AA2, A10.
func compareCells(a, b string) int {
	split := func(s string) (column string, row int) {
		column = strings.TrimRight(s, "0123456789")
		row, _ = strconv.Atoi(s[len(column):]) // 0 for what is no cell
		return column, row
	}
	ca, ra := split(a)
	cb, rb := split(b)
	return cmp.Or(cmp.Compare(ra, rb), cmp.Compare(len(ca), len(cb)), cmp.Compare(ca, cb))
}

// natural compares names with numbers in them as people do: 表9 before 表10.
func natural(a, b string) int {
	for a != "" && b != "" {
		da, db := digits(a), digits(b)
		if da > 0 && db > 0 {
			na, nb := strings.TrimLeft(a[:da], "0"), strings.TrimLeft(b[:db], "0")
			if c := cmp.Or(cmp.Compare(len(na), len(nb)), cmp.Compare(na, nb)); c != 0 {
				return c
			}
			a, b = a[da:], b[db:]
			continue
		}
		if a[0] != b[0] {
			return cmp.Compare(a[0], b[0])
		}
		a, b = a[1:], b[1:]
	}
	return cmp.Compare(len(a), len(b))
}

// digits is how many digits s begins with.
func digits(s string) int { return len(s) - len(strings.TrimLeft(s, "0123456789")) }
