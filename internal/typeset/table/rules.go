package table

import (
	"yusuan/internal/doc"
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
		w := t.width(i == 0 || i == n)
		if w <= 0 {
			continue
		}
		above, below := t.owners(p, i-1), t.owners(p, i)
		for from := 0; from < t.cols; from++ {
			to := from
			for to < t.cols && (i == 0 || i == n || above[to] != below[to]) {
				to++
			}
			if to > from {
				left := t.x[from] - t.width(from == 0)/2
				right := t.x[to] - t.width(to == t.cols)/2 + t.width(to == t.cols)
				pg.Rules = append(pg.Rules, page.Rule{X: x + left, Y: y + at - w/2, W: right - left, H: w})
			}
			from = to
		}
	}
	for col := 0; col <= t.cols; col++ { // from left to right
		w := t.width(col == 0 || col == t.cols)
		if w <= 0 {
			continue
		}
		for from := 0; from < n; from++ {
			to := from
			for to < n && (col == 0 || col == t.cols || !t.spans(p.rows[to].row, col)) {
				to++
			}
			if to > from {
				top := p.rows[from].top - t.width(from == 0)/2
				bottom := p.rows[to-1].bottom - t.width(to == n)/2 + t.width(to == n)
				pg.Rules = append(pg.Rules, page.Rule{X: x + t.x[col] - w/2, Y: y + top, W: w, H: bottom - top})
			}
			from = to
		}
	}
}

// owners are the cells that cover the places of a row of the part, nil outside it.
func (t *Table) owners(p *Part, i int) []int32 {
	if i < 0 || i >= len(p.rows) {
		return nil
	}
	r := p.rows[i].row
	return t.owner[r*t.cols : (r+1)*t.cols]
}

// width is the thickness of an outer or an inner rule.
func (t *Table) width(outer bool) unit.Length {
	if outer {
		return t.frame
	}
	return t.rule
}

// thickness is that of a rule as it is drawn.
func thickness(asked int64) unit.Length {
	if asked <= 0 {
		return 0
	}
	return unit.Length(max(asked, doc.LeastRule))
}
