package imports

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/grid"
)

// units tells by what unit the columns of amounts are read and what said so: that of the table, and those that have their own.
func (t *table) units() (unit, from string) {
	type said struct{ unit, from string }
	var order []said
	columns := map[said][]string{}
	for _, c := range t.columns {
		if !c.amount() || c.Unused {
			continue
		}
		s := said{c.unit, c.unitFrom}
		if s.unit == "" {
			s = said{t.unit, t.unitFrom}
		}
		if s.unit == "" {
			continue
		}
		if columns[s] == nil {
			order = append(order, s)
		}
		columns[s] = append(columns[s], grid.ColumnName(c.Number))
	}
	switch len(order) {
	case 0:
		return t.unit, t.unitFrom
	case 1:
		return order[0].unit, order[0].from
	}
	var out []string
	for _, s := range order {
		out = append(out, fmt.Sprintf("%s 列%s（%s）", some(columns[s]), s.unit, s.from))
	}
	return strings.Join(out, "，"), ""
}

// ownUnit is a unit of money that cells state themselves, against what is said of their column.
type ownUnit struct {
	column *column
	unit   string
	how    string
	cells  []string
}

// readsOwn notes that a cell is read by what it states itself.
func (b *body) readsOwn(c *column, row int, unit, how string) {
	i := slices.IndexFunc(b.owns, func(o ownUnit) bool { return o.column == c && o.unit == unit && o.how == how })
	if i < 0 {
		i = len(b.owns)
		b.owns = append(b.owns, ownUnit{column: c, unit: unit, how: how})
	}
	b.owns[i].cells = append(b.owns[i].cells, grid.Name(row, c.Number))
}

// shifted is a number format that shows thousandths of what is stored: #,##0.00,
var shifted = regexp.MustCompile(`[0#?],+(?:[^0#?,.]|$)`)

// formatted is the unit of a number whose column is read in a unit, as its own format may say: what the cell itself shows is
// nearest.
func (b *body) formatted(c *column, row int, format, unit string) string {
	own := unitOfFormat(format)
	switch {
	case own == unit:
	case own != "" && strings.ContainsAny(format, "万亿元"):
		b.readsOwn(c, row, own, "按自己的数字格式读作%s")
		return own
	case own != "": // a ¥ stands before 万元, too
		b.readsOwn(c, row, unit, "的数字格式是货币符号，仍按%s读")
	case strings.ContainsAny(format, "百千万亿") || shifted.MatchString(format):
		b.readsOwn(c, row, unit, "的数字格式换算了单位，存的数仍按%s读")
	}
	return unit
}

// tellOwnUnits tells of the cells that are read by what they state themselves.
func (b *body) tellOwnUnits() {
	for _, o := range b.owns {
		b.notes = append(b.notes, fmt.Sprintf("列%s有 %d 格%s：%s", diag.Quote(o.column.Head), len(o.cells), fmt.Sprintf(o.how, o.unit), some(o.cells)))
	}
}

// tellRecounts tells of sums without results, once for each file.
func (r *reader) tellRecounts() {
	for i := range r.Files {
		name := r.Files[i].Name
		var first *SheetReport
		var sheets []string
		rows := 0
		for k := range r.out.Sheets {
			s := &r.out.Sheets[k]
			if s.File != name || s.Unstored == 0 {
				continue
			}
			if first == nil {
				first = s
			}
			rows += s.Unstored
			sheets = append(sheets, fmt.Sprintf("%s %d 行", strings.TrimSpace(s.Sheet), s.Unstored))
		}
		if first == nil {
			continue
		}
		where := sheetName(first.Sheet)
		if len(sheets) > 1 {
			where = fmt.Sprintf("%d 张工作表", len(sheets))
		}
		d := diag.Diagnostic{Rule: ruleRecount, Level: diag.Note, At: first.At, Message: fmt.Sprintf("%s有 %d 行合计在文件里是 0 或者没有存计算结果，已按明细重算", where, rows)}
		if len(sheets) > 1 {
			d.Message += "：" + some(sheets)
		}
		r.diags.Add(d)
	}
}
