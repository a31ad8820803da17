package chart

import (
	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// extent is how far the measures reach below and above zero.
func (f *form) extent() (low, high int64) {
	for _, side := range [][]doc.ChartItem{f.s.doc.Sources, f.s.doc.Items} {
		for i := range side {
			for _, v := range side[i].Values {
				low, high = min(low, v.Measure), max(high, v.Measure)
			}
		}
	}
	return low, high
}

// value is the label of a number, never broken.
func (f *form) value(item *doc.ChartItem, k int) *label {
	return f.s.valueLabel(item, k, endless)
}

// bars draws upright bars above an axis of round numbers: a group for each item, in it a bar for each series, above each
// bar its number; what is negative hangs below zero with its number below. It is false where the numbers would not
// fit beside each other.
func (f *form) bars(height unit.Length) bool {
	low, high := f.extent()
	if low == 0 && high == 0 {
		return false
	}
	for most := maxTicks; most > 0; most-- {
		p := plot{form: f, axis: ticks(low, high, f.s.doc.Decimals, most)}
		fits, crowded := p.measure(height)
		if fits {
			p.draw(height)
			f.height = height
			return true
		}
		if !crowded {
			break
		}
	}
	return false
}

// plot is the area of upright bars.
type plot struct {
	*form
	axis  axis
	left  unit.Length // where the area begins, right of the numbers of the axis
	zero  unit.Length // the height of the base line
	scale scale
	group unit.Length // width of the room of an item
	slot  unit.Length // and of a bar in it
	names []*label
	under unit.Length // height of the names
}

// measure finds the places. It is false when a number or name does not fit; crowded says that it is the numbers of the
// axis that stand too near to each other.
func (p *plot) measure(height unit.Length) (fits, crowded bool) {
	d, em, pitch := p.s.doc, p.s.style.Size, p.s.style.Leading
	for t := p.axis.first; t <= p.axis.last; t++ {
		p.left = max(p.left, p.tick(t).w+em/2)
	}
	p.group = (p.s.measure - p.left) / unit.Length(len(d.Items))
	p.slot = (p.group - em) / unit.Length(len(d.Series))
	var widest unit.Length
	for i := range d.Items {
		n := p.s.label(d.Items[i].Label, p.group-em)
		if n.over {
			return false, false
		}
		p.names, p.under = append(p.names, n), max(p.under, n.h)
		for k := range d.Items[i].Values {
			widest = max(widest, p.value(&d.Items[i], k).w)
		}
	}
	if widest+em/4 > p.slot {
		return false, false
	}
	p.slot = min(p.slot, max(widest, 3*em)+em/2) // bars of one item stand together
	room := height - pitch - p.under - pitch/4
	if p.axis.first < 0 {
		room -= pitch
	}
	steps := p.axis.last - p.axis.first
	if room < 6*em || room < unit.Length(steps)*pitch {
		return false, room >= 6*em
	}
	p.scale = scale{steps * p.axis.step, room}
	p.zero = p.top + pitch + p.scale.of(p.axis.last*p.axis.step)
	return true, false
}

func (p *plot) tick(t int64) *label {
	return p.s.number(p.axis.text(t, p.s.doc.Decimals, p.s.doc.Group))
}

func (p *plot) draw(height unit.Length) {
	p.grid()
	for i := range p.s.doc.Items {
		middle := p.left + unit.Length(i)*p.group + p.group/2
		p.item(&p.s.doc.Items[i], middle-p.slot*unit.Length(len(p.s.doc.Series))/2)
		p.text(p.names[i], middle, p.top+height-p.under, 1)
	}
	p.fill(rect(ink, p.left, p.zero-baseline/2, p.s.measure-p.left, baseline))
}

// grid draws a pale line and a number for each tick.
func (p *plot) grid() {
	for t := p.axis.first; t <= p.axis.last; t++ {
		y := p.zero - p.scale.of(t*p.axis.step)
		if t != 0 {
			p.fill(rect(grid, p.left, y-hairline/2, p.s.measure-p.left, hairline))
		}
		p.text(p.tick(t), p.left-p.s.style.Size/2, y-p.s.style.Leading/2, 2)
	}
}

// item draws the bars of one item from x on, each in the middle of its slot, the numbers on white so that no line runs through
// them.
func (p *plot) item(item *doc.ChartItem, x unit.Length) {
	width := min(p.slot-p.s.style.Size/2, p.s.style.Size*7/2)
	for k, v := range item.Values {
		middle := x + unit.Length(k)*p.slot + p.slot/2
		l := p.scale.seen(v.Measure)
		if l != 0 {
			p.fill(rect(page.Color(p.s.doc.Series[k].Color), middle-width/2, p.zero-max(l, 0), width, abs(l)))
		}
		y := p.zero - max(l, 0) - p.s.style.Leading
		if v.Measure < 0 {
			y = p.zero - l
		}
		n := p.value(item, k)
		p.fill(rect(paper, middle-n.w/2, y+(n.h-p.s.style.Size)/2, n.w, p.s.style.Size))
		p.text(n, middle, y, 1)
	}
}

// rows draws bars from left to right: at the left the items' names, then a bar for each series with its number at its
// end; what is negative goes to the left of zero, with its number at its left. It always fits in width and takes the
// height it needs. A flow has the rows of both its sides below their heads.
func (f *form) rows() {
	d, em, pitch := f.s.doc, f.s.style.Size, f.s.style.Leading
	g := f.table()
	y := f.top + pitch/4
	for i, item := range g.items {
		if h := g.heads[i]; h != nil {
			f.text(h, g.width, y, 2)
			y += h.h + pitch*2/5
		}
		bars := unit.Length(len(item.Values)) * pitch
		h := max(bars, g.names[i].h)
		f.text(g.names[i], g.width, y+(h-g.names[i].h)/2, 2)
		for k := range item.Values {
			f.row(&g, item, k, y+(h-bars)/2+unit.Length(k)*pitch)
		}
		y += h + pitch*2/5
	}
	if d.Total.Text != "" { // a row without a bar
		f.text(f.s.number(d.Total.Label), g.width, y, 2)
		f.text(f.s.total(d.Total.Text+d.Total.Unit, 0), g.zero+em/2, y, 0)
		y += pitch * 7 / 5
	}
	y += pitch/4 - pitch*2/5
	f.fill(rect(ink, g.zero-baseline/2, f.top, baseline, y-f.top))
	f.height = y - f.top
}

// table is how the width is shared by rows.
type table struct {
	items []*doc.ChartItem
	heads []*label // above an item; nil for most
	names []*label
	width unit.Length // of the names
	zero  unit.Length // where bars begin
	scale scale
}

func (f *form) table() table {
	d, em := f.s.doc, f.s.style.Size
	positive, negative := f.s.number(d.Total.Text+d.Total.Unit).w+em/2, unit.Length(0) // widths of the numbers
	t := table{width: f.s.number(d.Total.Label).w}
	for _, side := range [][]doc.ChartItem{d.Sources, d.Items} {
		for i := range side {
			t.items = append(t.items, &side[i])
		}
	}
	for _, item := range t.items {
		for k, v := range item.Values {
			w := f.value(item, k).w + em/2
			if v.Measure < 0 {
				negative = max(negative, w)
			} else {
				positive = max(positive, w)
			}
		}
	}
	// The bars get at least a quarter of the width, unless the numbers need it.
	room := min(max(f.s.measure*3/4-positive-negative, 6*em), f.s.measure*2/5)
	for i, item := range t.items {
		var head *label
		switch {
		case d.Kind == doc.ChartFlow && i == 0 && len(d.Sources) > 0:
			head = f.s.label(d.From, room)
		case d.Kind == doc.ChartFlow && i == len(d.Sources):
			head = f.s.label(d.To, room)
		}
		if head != nil {
			t.width = max(t.width, head.w)
		}
		n := f.s.label(item.Label, room)
		t.heads, t.names, t.width = append(t.heads, head), append(t.names, n), max(t.width, n.w)
	}
	left := t.width + em/2
	low, high := f.extent()
	if low < 0 {
		left += em/2 + hairline // of a bar that is seen though it is shorter
		positive += hairline
	}
	t.scale = scale{max(high-low, 1), max(f.s.measure-left-positive-negative, 0)}
	t.zero = left + negative - t.scale.of(low)
	return t
}

// row draws one bar and its number, top being the top of its line.
func (f *form) row(t *table, item *doc.ChartItem, k int, top unit.Length) {
	em, pitch := f.s.style.Size, f.s.style.Leading
	v, n := item.Values[k], f.value(item, k)
	l := t.scale.seen(v.Measure)
	thick := em * 9 / 10
	if l != 0 {
		f.fill(rect(page.Color(f.s.doc.Series[k].Color), t.zero+min(l, 0), top+(pitch-thick)/2, abs(l), thick))
	}
	if v.Measure < 0 {
		f.text(n, t.zero+l-em/2, top, 2)
		return
	}
	f.text(n, t.zero+l+em/2, top, 0)
}
