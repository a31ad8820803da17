package table

import (
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// drawRules draws the rules of a part: between two places of the grid stands a rule unless one cell covers both.
// Neighbouring stretches are joined, so that each rule is one rectangle and none is drawn twice; the ends reach to
// the outer edge of the rules they meet, so that corners are whole.
func (t *Table) drawRules(p *Part, pg *page.Page, x, y unit.Length) {
	n := len(p.rows)
	if n == 0 {
		return
	}
	for i := 0; i <= n; i++ { // from top to bottom
		at := p.rows[min(i, n-1)].top
		if i == n {
			at = p.rows[n-1].bottom
		}
		t.stretches(t.cols, func(col int) bool {
			return i == 0 || i == n || !t.same(p.rows[i-1].row, col, p.rows[i].row, col)
		}, func(from, to int) {
			w := t.width(i == 0 || i == n)
			if w <= 0 {
				return
			}
			left := t.x[from] - t.width(from == 0)/2
			right := t.x[to] - t.width(to == t.cols)/2 + t.width(to == t.cols)
			pg.Rules = append(pg.Rules, page.Rule{X: x + left, Y: y + at - w/2, W: right - left, H: w})
		})
	}
	for col := 0; col <= t.cols; col++ { // from left to right
		t.stretches(n, func(i int) bool {
			return col == 0 || col == t.cols || !t.same(p.rows[i].row, col-1, p.rows[i].row, col)
		}, func(from, to int) {
			w := t.width(col == 0 || col == t.cols)
			if w <= 0 {
				return
			}
			top := p.rows[from].top - t.width(from == 0)/2
			bottom := p.rows[to-1].bottom - t.width(to == n)/2 + t.width(to == n)
			pg.Rules = append(pg.Rules, page.Rule{X: x + t.x[col] - w/2, Y: y + top, W: w, H: bottom - top})
		})
	}
}

// width is the thickness of an outer or an inner rule.
func (t *Table) width(outer bool) unit.Length {
	if outer {
		return t.frame
	}
	return t.rule
}

// stretches calls draw for every longest run of places below n where a rule stands.
func (t *Table) stretches(n int, rule func(int) bool, draw func(from, to int)) {
	for i := 0; i < n; i++ {
		from := i
		for i < n && rule(i) {
			i++
		}
		if i > from {
			draw(from, i)
		}
	}
}
