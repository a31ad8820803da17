package imports

import (
	"slices"
	"strings"

	"yusuan/internal/character"
	"yusuan/internal/diag"
	"yusuan/internal/grid"
)

// valueIn is what a cell of a value shows: a percentage as 95%, a day as 2026年6月30日. What the cell does not show in full, and what
// is no value, is told.
func (b *body) valueIn(l *line, from role) (string, int) {
	for _, col := range b.of[from] {
		c := b.cell(l.row, col)
		tell := func(message, hint string) {
			b.r.diags.Add(diag.Diagnostic{Rule: ruleNumber, Level: diag.Warning, At: b.at(l.row, col), Message: message, Stated: c.Text, Hint: hint})
		}
		switch {
		case c.Kind == grid.Error:
			continue // told by tellOdd
		case c.Kind == grid.Bool:
			tell(string(from)+"这一格是真假值，没有带入", "填成文字或者数")
			continue
		case c.Unstored:
			tell(string(from)+"这一格是公式，文件里没有它的结果，没有带入", "用 WPS 或 Excel 打开，存盘后再导入")
			continue
		}
		shown, exact := c.Shown()
		if c.Kind == grid.Text {
			shown = words(shown)
		}
		if b.r.Words.isBlank(plain(shown)) {
			continue
		}
		if !exact {
			tell(string(from)+"这一格显示的和存的不是一个数，按显示的"+diag.Quote(shown)+"带入", "核对；要另一个数的，改数字格式或者改填的数")
		}
		return shown, col
	}
	return "", 0
}

// target joins direction, target and unit.
func (b *body) target(l *line, from role) (string, int) {
	text, col := b.valueIn(l, from)
	if text = character.Fold(text); text == "" {
		return "", col
	}
	sign := b.nearest(l.row, roleDirection, col)
	unit := b.nearest(l.row, roleMeasure, col)
	p := plain(sign)
	mark, known := b.r.Words.directions[p]
	switch {
	case known, slices.Contains(b.r.Words.silent, p):
	case p != "":
		mark = sign
	}
	if unit != "" && strings.HasSuffix(plain(text), plain(unit)) {
		unit = ""
	}
	if strings.HasSuffix(text, "%") && unit != "" {
		b.r.diags.Add(diag.Diagnostic{Rule: ruleNumber, Level: diag.Warning, At: b.at(l.row, col), Message: "指标值显示为百分数，计量单位却是" + diag.Quote(unit), Stated: text + unit, Hint: "核对是哪一个"})
	}
	if strings.ContainsAny(text[:1], "<>=") || strings.HasPrefix(text, "≥") || strings.HasPrefix(text, "≤") {
		return text + unit, col
	}
	if b.r.Words.directed(plain(text)) {
		return text + unit, col // 不少于36个 says it itself
	}
	if mark == "=" {
		mark = "" // 100%, not =100%
	}
	return mark + text + unit, col
}

// nearest is the text of a role that belongs to a value: of several values each has its own, on the nearest column.
func (b *body) nearest(row int, from role, col int) string {
	if len(b.of[roleTarget])+len(b.of[roleTargetLong]) < 2 {
		text, _ := b.get(row, from)
		return text
	}
	best, text := 0, ""
	for _, c := range b.of[from] {
		x := b.cell(row, c)
		s := words(x.Text)
		if x.Kind == grid.Empty || x.Kind == grid.Error || b.r.Words.isBlank(plain(s)) {
			continue
		}
		d := c - col
		if from == roleDirection { // which stands before a value, as a unit stands behind it
			d = -d
		}
		if d < 0 {
			d *= -2
		}
		if text == "" || d < best {
			best, text = d, s
		}
	}
	return text
}

// directed reports whether a value begins with words for its direction.
func (w *Words) directed(text string) bool {
	for word := range w.directions {
		if strings.HasPrefix(text, word) {
			return true
		}
	}
	return false
}
