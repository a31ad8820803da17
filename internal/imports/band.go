package imports

import (
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/grid"
)

// band is one of several lists of indicators that stand side by side below one head: those of the long term beside those of
// the year. A table with one list has one band.
type band struct {
	of      map[role][]int
	levels  map[role]carried
	horizon string // as what stands above its columns says; "" unknown
	column  int    // of its indicators
}

// part numbers the bands of a table of indicators: another begins where levels of indicators come again after a value.
func (t *table) part() {
	if t.kind != Indicator {
		return
	}
	n, seen := 0, map[role]bool{}
	for i, c := range t.columns {
		level := c.role == roleFirst || c.role == roleSecond || c.role == roleThird
		if level && seen[c.role] && seen[roleThird] && (seen[roleTarget] || seen[roleTargetLong]) && wholeBand(t.columns[i:]) {
			n, seen = n+1, map[role]bool{}
		}
		c.band, seen[c.role] = n, true
	}
}

// wholeBand reports whether columns have indicators with their values: 指标内容 behind a value may explain it.
func wholeBand(list []*column) bool {
	third := slices.IndexFunc(list, func(c *column) bool { return c.role == roleThird })
	return third >= 0 && slices.ContainsFunc(list[third:], func(c *column) bool { return c.role == roleTarget || c.role == roleTargetLong })
}

// common are the roles of columns on the left that all bands share.
var common = []role{roleUnit, roleUnitCode, roleUnitName, roleProject, roleProjectCode, roleFirst, roleSecond, roleGoal, roleHorizon}

// bands are the lists of a table of indicators.
func (b *body) newBands() {
	last := 0
	for _, c := range b.columns {
		last = max(last, c.band)
	}
	for i := range last + 1 {
		x := band{of: map[role][]int{}, levels: map[role]carried{}}
		for r, list := range b.of {
			x.of[r] = b.ofBand(list, i)
			if len(x.of[r]) == 0 && slices.Contains(common, r) {
				x.of[r] = b.ofBand(list, 0)
			}
		}
		x.column = b.columns[0].Number
		if third := x.of[roleThird]; len(third) > 0 {
			x.column = third[0]
		}
		x.horizon = b.horizonAbove(i, last > 0)
		if x.horizon == "" && len(x.of[roleTarget]) == 0 && len(x.of[roleTargetLong]) > 0 {
			x.horizon = horizonLong
		}
		if x.horizon == "" && last > 0 && len(x.of[roleHorizon]) == 0 {
			b.r.diags.Add(diag.Diagnostic{Rule: ruleMissing, Level: diag.Warning, At: b.at(b.bottom, x.column),
				Message: "并排的指标没有写这一边是哪个期限的，按" + b.r.Words.horizon, Hint: "在列头上面写“中期目标”“年度目标”；或者在对照文件里把长期一边的指标值写 role = \"" + string(roleTargetLong) + "\""})
		}
		b.bands = append(b.bands, x)
	}
}

// ofBand are those of some columns that are of a band.
func (b *body) ofBand(list []int, n int) []int {
	return slices.DeleteFunc(slices.Clone(list), func(col int) bool {
		return slices.ContainsFunc(b.columns, func(c *column) bool { return c.Number == col && c.band != n })
	})
}

// longestLabel is how many characters a cell has at most that says of what horizon the columns below are.
const longestLabel = 24

// horizonAbove is what the nearest cell above the indicators and values of a band says of their horizon. Of several bands a
// cell speaks that reaches over none of the others.
func (b *body) horizonAbove(n int, several bool) string {
	if !several {
		return ""
	}
	col := 0
	for _, c := range b.columns {
		if c.band == n && c.role == roleThird {
			col = c.Number
		}
	}
	for row := b.bottom; row >= b.floor; row-- {
		left, right, text := col, col, b.sheet.At(row, col).Text
		if m, ok := b.sheet.Merged(row, col); ok {
			left, right, text = m.Left, m.Right, b.sheet.At(m.Top, m.Left).Text
		}
		if slices.ContainsFunc(b.columns, func(c *column) bool {
			return c.band != n && c.Number >= left && c.Number <= right && c.role == roleThird
		}) {
			continue
		}
		if h := b.r.Words.horizonOf(text); h != "" {
			return h
		}
	}
	return ""
}

// horizonOf is the horizon that a label names, "" for none; running text names none.
func (w *Words) horizonOf(text string) string {
	p := plain(text)
	if len([]rune(p)) > longestLabel || strings.ContainsAny(p, "。，;") {
		return ""
	}
	switch p = years.ReplaceAllString(p, ""); {
	case containsAny(p, w.spans), slices.Contains(w.long, p):
		return horizonLong
	case containsAny(p, w.year):
		return horizonYear
	}
	return ""
}

// horizonsIn reports whether a column without a head says of nothing but horizons.
func (b *body) horizonsIn(col int) bool {
	said := false
	for i := range b.lines {
		c := b.sheet.At(b.lines[i].row, col)
		if c.Covered || c.Kind == grid.Empty || b.isGoalRow(b.lines[i].row) {
			continue
		}
		if b.r.Words.horizonOf(c.Text) == "" {
			return false
		}
		said = true
	}
	return said
}

// isGoalRow reports whether a row of the body is the label of a goal with its text.
func (b *body) isGoalRow(row int) bool {
	r, _ := b.sheet.Row(row)
	for _, c := range r.Cells {
		if _, _, ok := b.r.Words.goalLabel(c.Text); ok && !b.isIndicator(row) {
			return true
		}
	}
	return false
}

// goalsAround finds what the lines around a table say of goals: a label, and its text beside it or below it.
func (b *body) goalsAround() {
	for _, row := range b.sheet.Rows {
		if row.Number < b.floor || row.Number > b.table.last || row.Number >= b.top && row.Number <= b.bottom {
			continue
		}
		if row.Number > b.bottom && b.isIndicator(row.Number) {
			continue
		}
		for _, c := range row.Cells {
			if c.Covered || c.Kind != grid.Text {
				continue
			}
			if word, rest, ok := b.r.Words.goalLabel(c.Text); ok {
				b.goalAt(row, c, word, rest)
			}
		}
	}
}

// isIndicator reports whether a row of the body has an indicator.
func (b *body) isIndicator(row int) bool {
	text, _ := b.get(row, roleThird)
	return text != ""
}
