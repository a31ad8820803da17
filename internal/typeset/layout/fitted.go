package layout

import (
	"yusuan/internal/doc"
	"yusuan/internal/typeset/table"
	"yusuan/internal/typeset/unit"
)

// fitted sets a table in its tight style where it goes only so on the page that begins with what stands over it, rows drawn
// together as far as they may be.
func (l *layouter) fitted(over []item, d *doc.Table, set *table.Table) *grid {
	g := &grid{table: set}
	if d.Tight == "" || set.Chosen() > 0 || !onlyLines(over) {
		return g
	}
	room := l.area().height - l.height(over, 0)
	if len(over) > 0 {
		room += over[0].before // none at the top of a page
	}
	if l.fit(g, d, room) {
		return g
	}
	tight := *d
	tight.Style = d.Tight
	told := l.sheet.Diags // what is wrong with it was told of the first
	other := &grid{table: table.Set(&tight, l.sheet, &l.memory, l.room(&l.paper))}
	l.sheet.Diags = told
	if l.fit(other, d, room) {
		return other
	}
	return g
}

// fit reports whether a table goes on one page with its notes, in so much room, and draws its rows together if it must.
func (l *layouter) fit(g *grid, d *doc.Table, room unit.Length) bool {
	room -= unit.Length(len(d.Notes)) * g.table.NoteStyle().Leading
	for _, by := range squeezeSteps() {
		g.table.Squeeze(by)
		if a := g.table.Try(&l.part, room, false, 0); a.Parts == 1 && a.Here {
			g.by = by
			return true
		}
	}
	g.table.Squeeze(0)
	return false
}
