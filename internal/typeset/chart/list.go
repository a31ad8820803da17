package chart

import (
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// list sets items below each other, parted by lines: at the left the name and its note, at the right the number and below
// it a bar as long as the item's part of all, on a pale bar that is all. Where a part is negative there is no whole: bars
// are as long as their measures, and what is negative goes to the left of zero. It always fits in width and takes the
// height it needs.
func (f *form) list() {
	em, pitch := f.s.style.Size, f.s.style.Leading
	side := f.s.measure / 5 // of the numbers and bars, more where the numbers need it
	for i := range f.s.doc.Items {
		side = max(side, f.value(&f.s.doc.Items[i], 0).w)
	}
	left := f.s.measure - side
	s, zero, whole := f.listScale(side)
	y := f.top
	for i := range f.s.doc.Items {
		item := &f.s.doc.Items[i]
		if i > 0 {
			y += pitch / 4
			f.fill(rect(grid, 0, y, f.s.measure, hairline))
			y += pitch / 4
		}
		name, note, v := f.s.set(f.s.names, left-2*em, item.Label), f.s.note(item.Note, left-2*em), f.value(item, 0)
		f.text(name, 0, y, 0)
		f.text(note, 0, y+name.h, 0)
		f.text(v, f.s.measure, y+f.s.names.Leading-v.h, 2)
		bar := y + f.s.names.Leading + pitch/4
		thick := em * 6 / 10
		if whole {
			f.fill(rect(track, left, bar, side, thick))
		}
		if l := s.seen(item.Values[0].Measure); l != 0 {
			f.fill(rect(page.Color(item.Color), left+zero+min(l, 0), bar, abs(l), thick))
		}
		y = max(y+name.h+note.h, bar+thick)
	}
	f.height = y - f.top
}

// listScale is how long bars are, and where zero is. Where no item is negative, all of them are as long as the measure.
func (f *form) listScale(measure unit.Length) (s scale, zero unit.Length, whole bool) {
	low, high := f.extent()
	if low < 0 {
		s = scale{max(high-low, 1), measure - hairline}
		return s, -s.seen(low), false
	}
	return scale{max(sumOf(f.s.doc.Items), 1), measure}, 0, true
}
