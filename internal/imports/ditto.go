package imports

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/grid"
)

// fillDown gives rows with an empty cell what stands above it, where a column is written only where it changes: it has no two
// rows in a row that say the same.
func (b *body) fillDown() {
	for d := byUnit; d < dimensions; d++ {
		if !b.mayDitto(d) || !b.dittoed(d) {
			continue
		}
		var last name
		unit, project := "", "" // of the row that says it
		filled, first := 0, 0
		for i := range b.lines {
			l := &b.lines[i]
			if l.class == sum {
				continue
			}
			if !l.names[d].isEmpty() {
				last, unit, project = l.names[d], l.names[byUnit].text(), l.names[byProject].text()
				continue
			}
			if last.isEmpty() || l.broken || b.codeGroup(i) || !l.goesOn(d) {
				continue
			}
			if d > byUnit && !l.names[byUnit].isEmpty() && l.names[byUnit].text() != unit {
				continue // of another unit than the row that says it
			}
			if p := l.names[byProject]; d == byFund && !p.isEmpty() && p.text() != project {
				continue // of another project
			}
			l.names[d] = last
			if filled++; first == 0 {
				first = l.row
			}
		}
		if filled > 0 {
			b.notes = append(b.notes, grid.ColumnName(last.column)+" 列有 "+digits(filled)+" 格空着（第 "+digits(first)+" 行起），按上面一行读")
		}
	}
}

// goesOn reports whether a row says itself what is finer than a dimension: one that does not is no part of what stands above
// it, but a sum of what stands below.
func (l *line) goesOn(d dimension) bool {
	finer := map[dimension][]dimension{byUnit: {byFund, byFunction, byEconomic, byProject, byOther}, byProject: {byFund, byFunction, byEconomic, byOther}, byFund: {byFunction, byEconomic, byOther}, byFunction: {byEconomic}}
	return slices.ContainsFunc(finer[d], func(x dimension) bool { return l.written[x] })
}

// mayDitto reports whether a column groups the rows of a table of this kind. That a purchase names no project, or that money
// names no fund, may be meant.
func (b *body) mayDitto(d dimension) bool {
	switch d {
	case byUnit:
		return true
	case byFunction:
		return b.kind == Basic
	case byProject:
		return b.kind == Project || b.kind == Indicator
	case byFund:
		return (b.kind == Basic || b.kind == Project) && b.namesGeneral()
	}
	return false
}

// namesGeneral reports whether the first row names its fund, and some row the one that people leave out: then what is empty is as
// above, and does not mean it.
func (b *body) namesGeneral() bool {
	first := true
	for i := range b.lines {
		l := &b.lines[i]
		if l.class == sum {
			continue
		}
		if n := l.names[byFund]; first && n.isEmpty() {
			return false
		} else if n.code == budget.FundGeneral {
			return true
		}
		first = false
	}
	return false
}

// dittoed reports whether a column has empty cells that mean what stands above them.
func (b *body) dittoed(d dimension) bool {
	var last name
	blanks, texts := 0, 0
	fresh := false // the row above says it itself
	for i := range b.lines {
		l := &b.lines[i]
		if l.class == sum || b.codeGroup(i) {
			fresh = false
			continue
		}
		n := l.names[d]
		if n.isEmpty() {
			blanks++
			fresh = false
			continue
		}
		if d == byFund && i > 0 && l.names[byProject].text() != b.lines[i-1].names[byProject].text() {
			fresh = false // each project begins anew
		}
		if fresh && n.text() == last.text() && !b.merged(l.row, n.column) {
			return false
		}
		last, fresh = n, true
		texts++
	}
	return blanks > 0 && texts > 0
}

// merged reports whether a cell is part of a merged range.
func (b *body) merged(row, column int) bool {
	_, ok := b.sheet.Merged(row, column)
	return ok
}

// codeGroup reports whether the code of a row is one above that of the next row, which makes it a sum of the rows below.
func (b *body) codeGroup(i int) bool {
	n := b.lines[i].names
	for j := i + 1; j < len(b.lines); j++ {
		if b.lines[j].class == sum {
			continue
		}
		m := b.lines[j].names
		for _, d := range []dimension{byFunction, byEconomic} {
			if n[d].code != "" && len(m[d].code) > len(n[d].code) && strings.HasPrefix(m[d].code, n[d].code) {
				return true
			}
		}
		return false
	}
	return false
}
