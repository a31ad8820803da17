package imports

import (
	"fmt"
	"slices"

	"yusuan/internal/diag"
	"yusuan/internal/grid"
)

// isRead reports whether something is made of the cells of a column, or of what they say.
func (c *column) isRead() bool {
	t := traitOf(c.role)
	return t != nil && t.sort != sortNothing && !c.Unused && !c.partial
}

// tellOdd tells of each cell that is read and holds nothing that could be: what is no amount where amounts stand, an error of a
// formula anywhere. Rows of sums are no exception: what cannot be read was not held against its parts.
func (b *body) tellOdd() {
	for i := range b.lines {
		l := &b.lines[i]
		for _, c := range b.columns {
			if !c.isRead() {
				continue
			}
			if c.amount() {
				if f := l.figures[c.index]; f.state == odd {
					b.r.diags.Add(b.odd(l, c, f.text))
				}
			} else if x := b.sheet.At(l.row, c.Number); c.breaks(x) && !(x.Unstored && b.kind == Indicator && c.isValue()) {
				b.r.diags.Add(b.broken(l, c, x.Text))
			}
		}
	}
}

// breaks reports whether a cell of a column that is read holds nothing that is known: an error, a formula without its result.
func (c *column) breaks(x grid.Cell) bool {
	return (x.Kind == grid.Error || x.Unstored) && !x.Covered && !c.amount() && c.isRead()
}

// isValue reports whether a column has values of indicators, of which valueIn tells what they lack.
func (c *column) isValue() bool {
	return slices.Contains([]role{roleTarget, roleTargetLong, roleBeforeLast, roleLast, roleBasis}, c.role)
}

// odd is what to say of a cell of a column of amounts that holds none.
func (b *body) odd(l *line, c *column, text string) diag.Diagnostic {
	d := diag.Diagnostic{Rule: ruleNumber, Level: diag.Error, At: b.at(l.row, c.Number), Message: diag.Quote(c.Head) + "这一格不是金额", Stated: text, Hint: "改成数，没有的空着"}
	if l.class == sum || l.class == group {
		d.Level, d.Message = diag.Warning, fmt.Sprintf("第 %d 行%s的%s不是金额，这一格合计没有核对", l.row, diag.Quote(l.called()), diag.Quote(c.Head))
	} else if c.sum {
		d.Level, d.Message = diag.Warning, diag.Quote(c.Head)+"这一格不是金额，没有与各列之和核对"
	}
	if b.kind.Table() == "" {
		d.Level = diag.Warning // nothing is made of it
	}
	return d
}

// broken is what to say of an error where a code, a name, a year or a count is due.
func (b *body) broken(l *line, c *column, text string) diag.Diagnostic {
	d := diag.Diagnostic{Rule: ruleNumber, Level: diag.Error, At: b.at(l.row, c.Number), Message: diag.Quote(c.Head) + "这一格是错误值", Stated: text,
		Hint: "在导出表里改正这一格的公式，或者重新导出"}
	if text == "" {
		d.Message, d.Hint = diag.Quote(c.Head)+"这一格是公式，文件里没有它的结果", "用 WPS 或 Excel 打开，存盘后再导入"
	}
	if l.class == sum || b.kind.Table() == "" {
		d.Level = diag.Warning
	}
	return d
}
