package audit

import (
	"maps"
	"slices"

	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// A table under the wrong unit agrees with itself, and with no other table: all its numbers are ten thousand times what the others
// print, or a ten-thousandth. That is one slip, so it is told once, and the rest is held against the numbers in the unit that they are in.

// otherUnits are what the numbers of a table are in by all other tables.
type otherUnits struct {
	wan, yuan int             // numbers that agree once they are taken to be in it
	none      bool            // one agrees as it is, or with neither
	tables    map[string]bool // that say so
	witness   int             // a cell of one of them
}

// wrongUnits finds the tables under the wrong unit, those that most tables speak against first, and takes their numbers to be in the other.
func (d *document) wrongUnits(r *check.Report) {
	pairs := append(d.sameMeaning(), d.sameBesideNothing()...)
	for range d.tables {
		found := map[string]*otherUnits{}
		for i := range pairs {
			a, b := pairs[i].total, pairs[i].parts[0]
			d.unitSaid(found, a, b)
			d.unitSaid(found, b, a)
		}
		worst := ""
		for _, id := range slices.Sorted(maps.Keys(found)) {
			if u := found[id]; u.certain() && (worst == "" || u.weight() >= found[worst].weight()) {
				worst = id
			}
		}
		if worst == "" {
			return
		}
		d.takeUnit(worst, found[worst], r)
	}
}

// certain reports whether all numbers that other tables print say the same unit, and enough of them.
func (u *otherUnits) certain() bool {
	const fewest = 3
	return !u.none && max(u.wan, u.yuan) >= fewest && min(u.wan, u.yuan) == 0
}

// weight is how much speaks for it: tables before numbers.
func (u *otherUnits) weight() int {
	const tables = 1 << 20
	return len(u.tables)*tables + u.wan + u.yuan
}

// unitSaid notes in which unit a number would be the one that another table prints.
func (d *document) unitSaid(found map[string]*otherUnits, i, j int) {
	a, b := &d.cells[i], &d.cells[j]
	if a.table == b.table || a.absent || b.absent || a.value.IsZero() || b.value.IsZero() {
		return
	}
	u := found[a.table.ID]
	if u == nil {
		u = &otherUnits{tables: map[string]bool{}}
		found[a.table.ID] = u
	}
	other, times := otherUnit(a.unit)
	slack := larger(money.ToleranceOf(1, b.unit, b.places), money.ToleranceOf(1, other, a.places))
	if times == "" || a.value.Times(times).Sub(b.value).Abs().Cmp(slack) > 0 || a.value.Sub(b.value).Abs().Cmp(slack) <= 0 {
		u.none = true
		return
	}
	if u.tables[b.table.ID] = true; other == money.Wan {
		u.wan++
	} else {
		u.yuan++
	}
	u.witness = j
}

// otherUnit is the unit that is printed for another by mistake, and what that makes of a number.
func otherUnit(u money.Unit) (other money.Unit, times string) {
	switch u {
	case money.Yuan:
		return money.Wan, "10000"
	case money.Wan:
		return money.Yuan, "0.0001"
	}
	return u, ""
}

// takeUnit tells of a table and takes its numbers to be in the other unit.
func (d *document) takeUnit(id string, u *otherUnits, r *check.Report) {
	s := d.tables[id]
	var stood, other money.Unit
	for _, cells := range [][]cell{d.cells, d.apart} {
		for i := range cells {
			if c := &cells[i]; c.table.ID == id {
				var times string
				stood = c.unit
				other, times = otherUnit(c.unit)
				c.value, c.unit = c.value.Times(times), other
			}
		}
	}
	at := s.At
	if s.Unit.V != "" {
		at = s.Unit.At
	}
	w := &d.cells[u.witness]
	r.Add(diag.Diagnostic{Rule: "格式-007", Level: diag.Error, At: at, Stated: stood.String(), Want: other.String(),
		Message: s.Name() + "的单位多半写错：它的数都与别的表差一万倍", Hint: "核对表上方的“单位”；单位没有错的，全表的数都要换算",
		Notes: []diag.Related{{Text: w.name + " " + number(w.value, w.unit), At: w.at}}})
}
