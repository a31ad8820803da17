package chart

import (
	"cmp"
	"slices"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// slice is a part of a whole on its way: its angles, its label and where that goes.
type slice struct {
	item     *doc.ChartItem
	from, to int64 // angles; equal for what is zero
	label    *label
	right    bool
	want     unit.Length // where the middle of the label would stand best
	y        unit.Length // the top of the label
}

func (p *slice) zero() bool { return p.item.Values[0].Measure == 0 }

// middle is the angle that the leader starts at.
func (p *slice) middle() int64 {
	if p.to-p.from == turn {
		return turn / 4
	}
	return (p.from + p.to) / 2
}

// round is the geometry of a ring or pie: the circle, and the two columns of labels beside it.
type round struct {
	circle
	radius, inner unit.Length
	elbow         unit.Length // from the centre to where leaders turn
	gap           unit.Length // from the circle to the labels
	column        unit.Length // width of a column
	height        unit.Length
}

// ring draws parts of a whole: slices clockwise from twelve o'clock in the order given, their labels in a column at
// either side with a leader to each slice. What is zero has a label but no slice and no leader. It is false where the
// parts make no whole, or the labels do not fit.
func (f *form) ring(height unit.Length) bool {
	parts, whole := f.parts()
	if whole <= 0 {
		return false
	}
	r, ok := f.round(height)
	if !ok {
		return false
	}
	for i := range parts {
		if parts[i].label = f.partLabel(&parts[i], r.column); parts[i].label.over {
			return false
		}
	}
	// Small slices in sequence crowd the labels at the top or foot of a column. Turned to the side they have room.
	const tries = 24
	for k := range int64(tries) {
		start := k * (turn / tries)
		if !r.arrange(parts, start) {
			continue
		}
		f.height = height
		f.draw(&r, parts, start)
		return true
	}
	return false
}

// parts makes the slices. The whole is 0 when there is none: a negative part, or no positive one.
func (f *form) parts() (parts []slice, whole int64) {
	items := f.s.doc.Items
	measures := make([]int64, len(items))
	for i := range items {
		if measures[i] = items[i].Values[0].Measure; measures[i] < 0 {
			return nil, 0
		}
		whole += measures[i]
	}
	if whole == 0 {
		return nil, 0
	}
	at := angles(measures, whole)
	for i := range items {
		parts = append(parts, slice{item: &items[i], from: at[i], to: at[i+1]})
	}
	return parts, whole
}

// partLabel is a name and, below it, a number.
func (f *form) partLabel(p *slice, width unit.Length) *label {
	return stack(f.s.label(p.item.Label, width), f.s.valueLabel(p.item, 0, width))
}

// round finds a circle that leaves columns of at least eleven characters. It is false where no circle of a size worth
// drawing does.
func (f *form) round(height unit.Length) (round, bool) {
	em := f.s.style.Size
	r := round{height: height, gap: em * 5 / 2, elbow: em * 6 / 5}
	r.radius = min(height/2-em*2/3, f.s.measure/2-r.gap-11*em)
	r.column = f.s.measure/2 - r.radius - r.gap
	r.circle = circle{f.s.measure / 2, f.top + height/2}
	r.elbow += r.radius
	if f.s.doc.Kind == doc.ChartRing {
		r.inner = r.radius * 58 / 100
	}
	return r, r.radius >= 3*em
}

// arrange gives every label its place with the first slice at start, and reports whether no leader meets a slice or
// another leader.
func (r *round) arrange(parts []slice, start int64) bool {
	var sides [2][]*slice
	for i := range parts {
		p := &parts[i]
		if p.zero() {
			continue
		}
		at := r.bend(start + p.middle())
		p.right, p.want = at.X >= r.x, at.Y
		sides[side(p.right)] = append(sides[side(p.right)], p)
	}
	for k := range sides {
		slices.SortStableFunc(sides[k], func(a, b *slice) int { return cmp.Compare(a.want, b.want) })
	}
	r.addZeros(parts, &sides)
	gap := unit.Length(0)
	if len(parts) > 0 {
		gap = parts[0].label.pitch / 4
	}
	for k := range sides {
		if !spread(sides[k], r.y-r.height/2, r.height, gap) {
			return false
		}
	}
	return r.clear(parts, start)
}

func side(right bool) int {
	if right {
		return 1
	}
	return 0
}

// addZeros puts the labels of what is zero below the others of the column that has more room, all in one column, or in
// the middle of an empty one.
func (r *round) addZeros(parts []slice, sides *[2][]*slice) {
	used := func(list []*slice) (h unit.Length) {
		for _, p := range list {
			h += p.label.h
		}
		return h
	}
	right := used(sides[1]) <= used(sides[0])
	list := &sides[side(right)]
	alone := len(*list) == 0
	for i := range parts {
		p := &parts[i]
		if !p.zero() {
			continue
		}
		p.right, p.want = right, r.y
		if n := len(*list); !alone { // so far down that the others need not move
			p.want = (*list)[n-1].want + (*list)[n-1].label.h/2 + p.label.h
		}
		*list = append(*list, p)
	}
}

// spread stacks labels in their order within a height, each as near to its place as the others let it: labels that would
// overlap form a block about the mean of their places. It is false when they do not fit.
func spread(list []*slice, top, height, gap unit.Length) bool {
	type block struct {
		first, n int
		want     unit.Length // sum of the places where its labels want its top
		h        unit.Length
	}
	var blocks []block
	place := func(b block) unit.Length {
		return min(max(b.want/unit.Length(b.n), top), top+height-b.h)
	}
	var whole unit.Length
	for i, p := range list {
		b := block{first: i, n: 1, want: p.want - p.label.h/2, h: p.label.h}
		for len(blocks) > 0 {
			last := blocks[len(blocks)-1]
			if place(last)+last.h+gap <= place(b) {
				break
			}
			b = block{last.first, last.n + b.n, last.want + b.want - unit.Length(b.n)*(last.h+gap), last.h + gap + b.h}
			blocks = blocks[:len(blocks)-1]
		}
		blocks = append(blocks, b)
		whole += p.label.h + gap
	}
	if whole-gap > height {
		return false
	}
	for _, b := range blocks {
		y := place(b)
		for _, p := range list[b.first : b.first+b.n] {
			p.y = y
			y += p.label.h + gap
		}
	}
	return true
}

// bend is where a leader ends its way straight out from the circle.
func (r *round) bend(a int64) page.Point { return r.at(r.radius+(r.elbow-r.radius)/2, a) }

// leader is the line from a slice to its label: out from the circle, over to the elbow, along to the label.
func (r *round) leader(p *slice, start int64) [4]page.Point {
	a := start + p.middle()
	sign := unit.Length(-1)
	if p.right {
		sign = 1
	}
	y := p.y + p.label.h/2
	return [4]page.Point{r.at(r.radius, a), r.bend(a), {X: r.x + sign*r.elbow, Y: y},
		{X: r.x + sign*(r.radius+r.gap*4/5), Y: y}}
}

// clear reports whether no leader touches the circle but where it starts, and no two leaders cross.
func (r *round) clear(parts []slice, start int64) bool {
	var leaders [][4]page.Point
	for i := range parts {
		if parts[i].zero() {
			continue
		}
		l := r.leader(&parts[i], start)
		if r.touches(l[1], l[2]) {
			return false
		}
		for _, o := range leaders {
			for k := range 3 {
				for m := range 3 {
					if cross(l[k], l[k+1], o[m], o[m+1]) {
						return false
					}
				}
			}
		}
		leaders = append(leaders, l)
	}
	return true
}

// touches reports whether the line from a to b comes nearer to the circle than a quarter of the way to the elbow.
func (r *round) touches(a, b page.Point) bool {
	// In hundredths of a point, so that no product overflows.
	ax, ay, bx, by := int64(a.X-r.x)/10, int64(a.Y-r.y)/10, int64(b.X-r.x)/10, int64(b.Y-r.y)/10
	dx, dy := bx-ax, by-ay
	near := int64(r.radius+(r.elbow-r.radius)/4) / 10
	length := dx*dx + dy*dy
	t := -(ax*dx + ay*dy) // of length: where the line is nearest to the centre
	if t <= 0 || t >= length {
		return min(ax*ax+ay*ay, bx*bx+by*by) < near*near
	}
	area := abs(ax*dy - ay*dx)
	return area < near*root(length)
}

// cross reports whether two lines have a point in common that is inside both.
func cross(a, b, c, d page.Point) bool {
	turns := func(p, q, r page.Point) int {
		return cmp.Compare(int64(q.X-p.X)*int64(r.Y-p.Y), int64(q.Y-p.Y)*int64(r.X-p.X))
	}
	return turns(a, b, c)*turns(a, b, d) < 0 && turns(c, d, a)*turns(c, d, b) < 0
}

// draw fills the slices, parts them by white lines, and writes the labels and the total.
func (f *form) draw(r *round, parts []slice, start int64) {
	shown := 0
	for i := range parts {
		p := &parts[i]
		if p.from < p.to {
			shown++
			f.fill(page.Path{Color: page.Color(p.item.Color), Segments: r.slice(r.inner, r.radius, start+p.from, start+p.to)})
		}
	}
	if shown > 1 {
		f.part(r, parts, start)
	}
	for i := range parts {
		p := &parts[i]
		sign, align := unit.Length(-1), 2
		if p.right {
			sign, align = 1, 0
		}
		if !p.zero() {
			l := r.leader(p, start)
			for k := range 3 {
				f.fill(stroke(leader, hairline, l[k], l[k+1]))
			}
		}
		f.text(p.label, r.x+sign*(r.radius+r.gap), p.y, align)
	}
	f.total(r)
}

// part draws a white line at every bound of two slices that are both wide enough to be seen beside it.
func (f *form) part(r *round, parts []slice, start int64) {
	const white = 800 // width of the line
	least := int64(4 * white * turn / (7 * r.radius))
	var wide []bool
	var at []int64
	for i := range parts {
		if p := &parts[i]; p.from < p.to {
			wide, at = append(wide, p.to-p.from >= least), append(at, p.from)
		}
	}
	for i := range at {
		if wide[i] && wide[(i+len(at)-1)%len(at)] {
			from := r.at(max(r.inner-white, 0), start+at[i])
			f.fill(stroke(paper, white, from, r.at(r.radius+white, start+at[i])))
		}
	}
}

// total writes what the slices add up to into the hole of a ring, or below the drawing where it does not fit.
func (f *form) total(r *round) {
	t := &f.s.doc.Total
	if t.Text == "" {
		return
	}
	for _, l := range []*label{
		stack(f.s.number(t.Label), f.s.total(t.Text+t.Unit, 0)),
		stack(f.s.number(t.Label), f.s.total(t.Text, 0), f.s.number(t.Unit)),
	} {
		if r.holds(l) {
			f.text(l, r.x, r.y-l.h/2, 1)
			return
		}
	}
	l := f.s.total(t.Label+t.Text+t.Unit, len(t.Label))
	f.text(l, r.x, f.top+f.height, 1)
	f.height += l.h
}

// holds reports whether the lines of a label fit into the hole with some room about them.
func (r *round) holds(l *label) bool {
	for i := range l.lines {
		y := int64(max(l.h/2-unit.Length(i)*l.pitch, unit.Length(i+1)*l.pitch-l.h/2))
		x := int64(l.lines[i].Width / 2)
		if root(x*x+y*y) > int64(r.inner-l.pitch/4) {
			return false
		}
	}
	return true
}
