package chart

import (
	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// leastBlock is how high the block of the smallest part is: less would be no block but a line.
const leastBlock unit.Length = 1500

// flow draws where a whole comes from and where it goes to: at the left a block for each source, at the right one for
// each use, as high as their measures, in the middle the whole, and between them a band for each. Every block has its
// label beside it and as much room as that needs, so that no label leaves its block however thin that is; where that is
// more than the height, it takes more, up to a full page. It is false where a part is negative, the two sides are not the
// same, or the labels do not fit.
func (f *form) flow(height, full unit.Length) bool {
	d, em, pitch := f.s.doc, f.s.style.Size, f.s.style.Leading
	r := river{form: f, middle: f.s.measure / 2}
	whole := sumOf(d.Sources)
	if whole <= 0 || whole != sumOf(d.Items) {
		return false
	}
	const most = 30 // per cent of the width for the labels of a side
	for k, items := range [][]doc.ChartItem{d.Sources, d.Items} {
		if !r.sides[k].label(f.s, items, f.s.measure*most/100) {
			return false
		}
	}
	if !r.heads() {
		return false
	}
	r.top = f.top
	if r.head[0].h > 0 || r.head[1].h > 0 || r.head[2].h > 0 {
		r.top += pitch * 5 / 4
	}
	least := 5 * em
	for r.room = max(height-(r.top-f.top), least); r.room <= full-(r.top-f.top); r.room += pitch / 4 {
		for r.high = r.room; r.high >= least; r.high -= pitch / 4 {
			if r.sides[0].place(&r, whole) && r.sides[1].place(&r, whole) {
				r.draw()
				f.height = r.top + r.room - f.top
				return true
			}
		}
	}
	return false
}

// sumOf adds up the parts of one side, 0 if one is negative.
func sumOf(items []doc.ChartItem) (sum int64) {
	for i := range items {
		v := items[i].Values[0].Measure
		if v < 0 {
			return 0
		}
		sum += v
	}
	return sum
}

// river is the geometry of a flow.
type river struct {
	*form
	sides  [2]bank // where it comes from, where it goes to
	middle unit.Length
	top    unit.Length
	room   unit.Length // height below the heads
	high   unit.Length // height of the whole
	head   [3]*label   // of both sides and of the whole between them
}

// bank is one side of a flow.
type bank struct {
	items  []doc.ChartItem
	labels []*label
	width  unit.Length // of the labels
	at     []block
}

// block is a part: its place in the column of its side, and where its band meets the whole, below the top of that.
type block struct{ y, h, meets, part unit.Length }

// label sets the labels of a side. It is false where a word of one is too wide.
func (b *bank) label(s *setter, items []doc.ChartItem, most unit.Length) bool {
	b.items = items
	for i := range items {
		l := stack(s.label(items[i].Label, most), s.valueLabel(&items[i], 0, most))
		if l.over {
			return false
		}
		b.labels, b.width = append(b.labels, l), max(b.width, l.w)
	}
	return true
}

// place stacks the blocks of a side, each in room for its label, about the middle of the height. It is false where they
// take more.
func (b *bank) place(r *river, whole int64) bool {
	measures := make([]int64, len(b.items))
	for i := range b.items {
		measures[i] = b.items[i].Values[0].Measure
	}
	b.at = make([]block, len(b.items))
	gap, y, sum := r.s.style.Leading*2/5, unit.Length(0), int64(0)
	for i, m := range measures {
		x := &b.at[i]
		x.meets = unit.Length(mulDiv(sum, int64(r.high), whole))
		sum += m
		x.part = unit.Length(mulDiv(sum, int64(r.high), whole)) - x.meets
		x.h = max(x.part, leastBlock)
		slot := max(x.h, b.labels[i].h)
		x.y = y + (slot-x.h)/2
		y += slot + gap
	}
	y -= gap
	for i := range b.at {
		b.at[i].y += r.top + (r.room-y)/2
	}
	return y <= r.room
}

// heads sets what stands above: the names of the sides, and the whole. It is false where they would touch.
func (r *river) heads() bool {
	d, em := r.s.doc, r.s.style.Size
	r.head = [3]*label{r.s.label(d.From, r.s.measure/3), r.s.label(d.To, r.s.measure/3), r.s.total(d.Total.Label+d.Total.Text+d.Total.Unit, len(d.Total.Label))}
	if d.Total.Text == "" {
		r.head[2] = r.s.number("")
	}
	for _, l := range r.head {
		if l.h > r.s.style.Leading || l.over {
			return false
		}
	}
	r.sides[0].width, r.sides[1].width = max(r.sides[0].width, r.head[0].w), max(r.sides[1].width, r.head[1].w)
	half := r.head[2].w/2 + em/2
	return r.left()+half <= r.middle && r.middle+half <= r.right()
}

// left and right are the inner edges of the labels of both sides.
func (r *river) left() unit.Length  { return r.sides[0].width + r.s.style.Size/2 }
func (r *river) right() unit.Length { return r.s.measure - r.sides[1].width - r.s.style.Size/2 }

func (r *river) draw() {
	em := r.s.style.Size
	thick := em * 9 / 10
	sea := r.top + (r.room-r.high)/2 // the top of the whole
	from, to := [2]unit.Length{r.left() + thick, r.right() - thick}, [2]unit.Length{r.middle - thick/2, r.middle + thick/2}
	for k := range r.sides {
		for _, b := range r.sides[k].at {
			r.band(from[k], b.y, b.h, to[k], sea+b.meets, b.part)
		}
	}
	r.fill(rect(stem, r.middle-thick/2, sea, thick, r.high))
	for k := range r.sides {
		side := &r.sides[k]
		x, text := r.left(), unit.Length(0)
		if k == 1 {
			x, text = r.right()-thick, r.s.measure-side.width
		}
		for i, b := range side.at {
			r.fill(rect(page.Color(side.items[i].Color), x, b.y, thick, b.h))
			r.text(side.labels[i], text, b.y+(b.h-side.labels[i].h)/2, 0)
		}
	}
	y := r.form.top
	r.text(r.head[0], 0, y, 0)
	r.text(r.head[1], r.s.measure-r.sides[1].width, y, 0)
	r.text(r.head[2], r.middle, y, 1)
}

// band is what flows from a block, at a with its height, to a stretch of the whole, at b, in two level curves. Bands side
// by side are parted by white where they are wide enough to be seen beside it.
func (r *river) band(ax, ay, ah, bx, by, bh unit.Length) {
	if white := hairline / 2; min(ah, bh) > 8*white {
		ay, ah, by, bh = ay+white, ah-2*white, by+white, bh-2*white
	}
	bh = max(bh, hairline)
	half := (ax + bx) / 2
	at := func(x, y unit.Length) page.Point { return page.Point{X: x, Y: y} }
	r.fill(page.Path{Color: band, Segments: []page.Segment{
		{Step: page.Move, To: at(ax, ay)},
		{Step: page.Curve, C: [2]page.Point{at(half, ay), at(half, by)}, To: at(bx, by)},
		{Step: page.Line, To: at(bx, by+bh)},
		{Step: page.Curve, C: [2]page.Point{at(half, by+bh), at(half, ay+ah)}, To: at(ax, ay+ah)},
	}})
}
