// Package linebreak chooses where the lines of a paragraph end. It knows neither fonts nor scripts: lengths are bare
// integers of any unit, characters are boxes, and what a language allows is told by glue and penalties.
//
// The method is that of D. E. Knuth and M. F. Plass, "Breaking Paragraphs into Lines" (Software: Practice and
// Experience 11, 1981): every line is priced and the cheapest set of lines of the whole paragraph is taken. All
// arithmetic is on integers, so the same items give the same lines on every machine.
package linebreak

// Item is a box with the penalty and the glue before it, Knuth and Plass's three kinds of items as one. A line may
// end before the item when its penalty is below Never; the glue then vanishes, as it does at the start of the
// paragraph.
//
// A box that hangs at the end of a line (a blank, a combining mark) is one of width 0 without glue.
type Item struct {
	Width   int64 // of the box
	Glue    int64 // natural width of the glue before the box
	Stretch int64 // how far the glue may grow before the line looks torn
	Shrink  int64 // how much the glue can give away, at most Glue
	Penalty int64 // cost of ending a line before the box, at least 0; Never forbids it
}

// Never is the penalty of a place where no line may end.
const Never int64 = 1 << 40

// Fit is what a good line is.
type Fit int

const (
	Justified Fit = iota // glue fills the measure; least squares of stretch and shrink
	Ragged               // natural width, the ends left ragged; as few lines as possible
	Even                 // natural width, as few lines as possible, all of like length (titles)
)

// Frame is the room that lines have.
type Frame struct {
	First   int64 // length of the first line
	Measure int64 // length of the others
	Em      int64 // size of the type, at least 1; prices of ragged and even lines are stated in it
	Fit     Fit
}

// What lines cost; penalties are stated on the same scale.
//
// A line stretched by the part r of what its glue may grow costs Full·r². For Chinese text, whose gaps may grow by a
// third of an em, n thousandths of an em between all characters cost about 0.9·n².
const (
	Full     = 100_000 // a line stretched to the limit
	Squeezed = 900     // a line squeezed to the limit: marks are squeezed before characters are pushed out (CLREQ 先挤进，后推出)
	RoomEm2  = 100     // an em of room left on a ragged or even line, squared

	costLine     = 10_000_000        // a ragged or even line more
	costTorn     = 100_000_000       // a line stretched beyond the limit: only where there is no other way
	costOverfull = 1_000_000_000_000 // plus the excess: only where a piece is wider than the measure
)

// place is a possible end of a line, with the sums of what stands before it.
type place struct {
	item                        int32 // the item that would begin the next line
	back                        int32 // the place at which the best line up to here begins
	penalty                     int64
	best                        int64 // total cost up to here, by the best way
	endW, endStretch, endShrink int64 // up to the end of the line that ends here
	begW, begStretch, begShrink int64 // up to the start of the line that begins here, its glue vanished
}

// places sums up the items; the first place is the start of the paragraph, the last its end.
func places(items []Item) []place {
	n := 2
	for i := 1; i < len(items); i++ {
		if items[i].Penalty < Never {
			n++
		}
	}
	all := make([]place, 0, n)
	var w, stretch, shrink int64
	for i := range items {
		it := &items[i]
		if i == 0 || it.Penalty < Never {
			all = append(all, place{
				item: int32(i), penalty: it.Penalty,
				endW: w, endStretch: stretch, endShrink: shrink,
				begW: w + it.Glue, begStretch: stretch + it.Stretch, begShrink: shrink + it.Shrink,
			})
		}
		w += it.Glue + it.Width
		stretch += it.Stretch
		shrink += it.Shrink
	}
	return append(all, place{item: int32(len(items)), endW: w, endStretch: stretch, endShrink: shrink})
}

// Natural is the width of items set as one line, neither stretched nor squeezed.
func Natural(items []Item) int64 {
	if len(items) == 0 {
		return 0
	}
	w := -items[0].Glue
	for i := range items {
		w += items[i].Glue + items[i].Width
	}
	return w
}

// Widest is the natural width of the widest piece between two possible breaks: no measure below it sets the items
// without sticking out. The first piece stands behind an indent.
func Widest(items []Item, indent int64) int64 {
	widest, w := int64(0), indent
	for i := range items {
		it := &items[i]
		switch {
		case i == 0:
			w += it.Width
		case it.Penalty < Never:
			w = it.Width
		default:
			w += it.Glue + it.Width
		}
		widest = max(widest, w)
	}
	return widest
}

// FirstFit fills line after line at natural width, without looking ahead. It returns the end of each line: the index
// of the first item that is not on it. A piece wider than the measure has its own line.
func FirstFit(items []Item, f Frame) []int {
	if len(items) == 0 {
		return nil
	}
	all := places(items)
	var ends []int
	room := f.First
	for from := 0; from < len(all)-1; room = f.Measure {
		to := from + 1
		for to+1 < len(all) && all[to+1].endW-all[from].begW <= room {
			to++
		}
		ends = append(ends, int(all[to].item))
		from = to
	}
	return ends
}

// Optimal returns the ends of the lines whose total cost is least. Of equal ways the one with longer last lines is
// taken. The work is proportional to the number of items times the number of breaks within one measure.
func Optimal(items []Item, f Frame) []int {
	if len(items) == 0 {
		return nil
	}
	if Natural(items) <= f.First {
		return []int{len(items)}
	}
	all := places(items)
	lines := cheapest(all, f)
	ends := make([]int, lines)
	for at := len(all) - 1; at > 0; at = int(all[at].back) {
		lines--
		ends[lines] = int(all[at].item)
	}
	return ends
}

// cheapest finds for each place the best line that ends there and returns the number of lines of the best way to the
// end. Lines from places before first are too long even when squeezed, now and for all later ends, because no glue
// shrinks below nothing.
func cheapest(all []place, f Frame) (lines int) {
	last := len(all) - 1
	for to, first := 1, 0; to <= last; to++ {
		end := &all[to]
		for first < to-1 && !f.fits(first, &all[first], end) {
			first++
		}
		end.best = 1<<63 - 1
		for from := first; from < to; from++ {
			cost := all[from].best + f.cost(from, &all[from], end, to == last)
			if cost < end.best {
				end.best, end.back = cost, int32(from)
			}
		}
	}
	for at := last; at > 0; at = int(all[at].back) {
		lines++
	}
	return lines
}

func (f *Frame) room(from int) int64 {
	if from == 0 {
		return f.First
	}
	return f.Measure
}

// fits says whether a line can be brought to its measure without sticking out.
func (f *Frame) fits(from int, beg, end *place) bool {
	w := end.endW - beg.begW
	if f.Fit == Justified {
		w -= end.endShrink - beg.begShrink
	}
	return w <= f.room(from)
}

// cost prices one line.
func (f *Frame) cost(from int, beg, end *place, last bool) int64 {
	cost := end.penalty
	room := f.room(from) - (end.endW - beg.begW)
	if f.Fit == Justified {
		return cost + justify(room, end.endStretch-beg.begStretch, end.endShrink-beg.begShrink, last)
	}
	cost += costLine
	switch {
	case room < 0:
		return cost + costOverfull - room
	case last && f.Fit == Ragged:
		return cost
	}
	tenths := min(room*10/f.Em, 1e6)
	return cost + tenths*tenths*RoomEm2/100
}

// justify prices a line that is to be stretched or squeezed by room. The last line keeps its natural width.
func justify(room, stretch, shrink int64, last bool) int64 {
	const unit, most = 10_000, 1_000_000 // of the ratio
	switch {
	case room < -shrink:
		return costOverfull - room
	case room < 0:
		r := -room * unit / shrink
		return Squeezed * r / unit * r / unit
	case last || room == 0:
		return 0
	case room > stretch:
		r := int64(most)
		if stretch > 0 {
			r = min(r, room*unit/stretch)
		}
		return costTorn + r*r/unit*(Full/unit)
	}
	r := room * unit / stretch
	return r * r / unit * (Full / unit)
}
