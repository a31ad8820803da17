package schedule

import (
	"yusuan/internal/doc"
)

// Made is the document that was made of the numbers, and what its marks stand for.
type Made struct {
	Tree  *doc.Document
	Told  Tolds // by doc.Mark.Of
	Grids []Grid
	Forms map[*doc.Table]string // what a form is of: the name of a project, "" for a form of the department
}

// Grid is a table of the pack, whose cells are what its schedule says. Marks call its first cell From.
type Grid struct {
	From    int32
	Table   *doc.Table
	Numbers *Schedule
}

// FirstCell is what marks call the first cell of the first table: no document has as many numbers that words print.
const FirstCell = 1 << 24

// Of tells the numbers of which document they are.
func (d *Document) Of(m Made) { d.made, d.spots = m, nil }

// At is the number that a mark of the document calls so.
func (d *Document) At(of int32) (Answer, bool) {
	if of >= FirstCell {
		return d.cellAt(of)
	}
	if t := d.made.Told.Of(of); t != nil && t.Kind == ValueWritten {
		return Answer{Value: d.Value(t)}, true
	}
	s := d.places()
	if i, ok := s.byOf[of]; ok {
		return d.spotAnswer(&s.list[i]), true
	}
	return Answer{}, false
}

// ValueAt is the value that the number has which At finds, for less than its answer.
func (d *Document) ValueAt(of int32) (Value, bool) {
	if of >= FirstCell {
		if s, ref, ok := d.Cell(of); ok {
			return s.Value(ref), true
		}
		return Value{}, false
	}
	if t := d.made.Told.Of(of); t != nil {
		return d.Value(t), true
	}
	return Value{}, false
}

// NameAt is the Key of the number that At finds, or its Address where it has none, for less than its answer.
func (d *Document) NameAt(of int32) string {
	if of >= FirstCell {
		if s, ref, ok := d.Cell(of); ok {
			return s.Key(ref)
		}
		return ""
	}
	if t := d.made.Told.Of(of); t != nil && t.Kind == ValueWritten {
		return ""
	}
	s := d.places()
	if i, ok := s.byOf[of]; ok {
		return s.list[i].address
	}
	return ""
}

// cellAt is the number in a cell of a table of the pack.
func (d *Document) cellAt(of int32) (Answer, bool) {
	if s, ref, ok := d.Cell(of); ok {
		return s.Answer(ref), true
	}
	return Answer{}, false
}

// Cell is where in a table of the pack the number stands that a mark calls so; false for all others.
func (d *Document) Cell(of int32) (*Schedule, Ref, bool) {
	for i := range d.made.Grids {
		g := &d.made.Grids[i]
		n := int32(len(g.Numbers.Leaves))
		if of < g.From || of >= g.From+n*int32(len(g.Table.Body)) {
			continue
		}
		if ref, ok := g.Numbers.refAt(int((of-g.From)/n), int((of-g.From)%n)); ok {
			return g.Numbers, ref, true
		}
	}
	return nil, Ref{}, false
}

// Told is what a word printed that a mark calls so, nil for none.
func (d *Document) Told(of int32) *Told { return d.made.Told.Of(of) }

// FormOf is the project that a form of the document is of, "" for one of the department and for other tables.
func (d *Document) FormOf(t *doc.Table) string { return d.made.Forms[t] }

// TableOf is the schedule that a table of the document prints, nil for forms and other tables.
func (d *Document) TableOf(t *doc.Table) *Schedule {
	for i := range d.made.Grids {
		if g := &d.made.Grids[i]; g.Table == t {
			return g.Numbers
		}
	}
	return nil
}

// refAt is the number that stands in a row and column of the printed body.
func (s *Schedule) refAt(row, column int) (Ref, bool) {
	if s.places == nil {
		s.places = map[[2]int]Ref{}
		s.Each(func(ref Ref) {
			y, x := s.Place(ref)
			s.places[[2]int{y, x}] = ref
		})
	}
	ref, ok := s.places[[2]int{row, column}]
	return ref, ok
}
