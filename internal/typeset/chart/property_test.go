package chart

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// random makes a chart of any kind with labels of any length and values of any size.
func random(r *rand.Rand) *doc.Chart {
	names := make([]string, 1+r.IntN(11))
	values := make([][]int64, len(names))
	series := 1
	kind := doc.ChartKind(r.IntN(6))
	if kind == doc.ChartBars || kind == doc.ChartRows {
		series = 1 + r.IntN(3)
	}
	size := []int64{2, 1000, 1e7, 1e11}[r.IntN(4)]
	negative := r.IntN(3) == 0
	for i := range names {
		for range 1 + r.IntN([]int{4, 12, 30}[r.IntN(3)]) {
			names[i] += string([]rune("支出预算公共服务（含、资金")[r.IntN(13)])
		}
		values[i] = make([]int64, series)
		for k := range series {
			switch r.IntN(4) {
			case 0:
			case 1:
				values[i][k] = r.Int64N(size/100 + 1)
			default:
				values[i][k] = r.Int64N(size)
			}
			if negative && r.IntN(3) == 0 {
				values[i][k] = -values[i][k]
			}
		}
	}
	c := sample(kind, names, values...)
	c.TitleAbove = r.IntN(2) == 0
	c.Height = int64(60000 + r.IntN(200000))
	if r.IntN(2) == 0 {
		c.Unit = text("单位：万元")
	}
	if kind == doc.ChartFlow {
		flowing(r, c)
	}
	for i := range c.Items {
		if kind == doc.ChartList && r.IntN(3) > 0 {
			c.Items[i].Note = text(strings.Repeat("主要用于大厅窗口的服务外包，", 1+r.IntN(6)) + "\n目标：满意度≥95%。")
		}
	}
	if kind == doc.ChartRing || kind == doc.ChartFlow && r.IntN(2) == 0 {
		c.Total = doc.ChartTotal{Label: "合计", Text: fmt.Sprint(r.Int64N(1e9)), Unit: "万元"}
	}
	return c
}

// flowing makes a flow of a chart, whose sources mostly come to the same as its items.
func flowing(r *rand.Rand, c *doc.Chart) {
	var whole int64
	for i := range c.Items {
		whole += c.Items[i].Values[0].Measure
	}
	for n := r.IntN(4); whole > 0 && n >= 0; n-- {
		part := whole
		if n > 0 {
			part = r.Int64N(whole + 1)
		}
		whole -= part
		c.Sources = append(c.Sources, sample(doc.ChartFlow, []string{strings.Repeat("财政拨款收入", 1+r.IntN(3))}, []int64{part}).Items...)
	}
	if r.IntN(2) == 0 {
		c.From, c.To = text("来源"), text("去向")
	}
}

// TestLabelsHaveRoom: no label meets another or leaves the drawing, and the drawing does not leave the measure.
func TestLabelsHaveRoom(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	kinds := map[string]int{}
	for n := range 6000 {
		d := random(r)
		measure := unit.Length(300000 + r.IntN(250000))
		c, _ := lay(t, d, measure)
		kinds[fmt.Sprint(d.Kind, len(c.bars(d.Series[0].Color)) == 0)]++
		area := c.drawing
		if area.x != 0 || area.w != measure || area.y < 0 || area.y+area.h > c.Height {
			t.Fatalf("chart %d: drawing %v of %s by %s", n, area, measure, c.Height)
		}
		for i, a := range c.labels {
			if a.x < -1 || a.y < area.y-1 || a.x+a.w > measure+1 || a.y+a.h > area.y+area.h+1 {
				t.Fatalf("chart %d (kind %d): label %v leaves %v: %+v", n, d.Kind, a, area, d.Items)
			}
			for _, b := range c.labels[:i] {
				if a.x < b.x+b.w && b.x < a.x+a.w && a.y < b.y+b.h && b.y < a.y+a.h {
					t.Fatalf("chart %d (kind %d): labels %v and %v overlap: %+v", n, d.Kind, a, b, d.Items)
				}
			}
		}
		for _, p := range c.paths {
			if least := thinnest(&p); least < 480 { // half a point, the ends of strokes being rounded
				t.Fatalf("chart %d (kind %d): a line %s wide: %v", n, d.Kind, least, p)
			}
			if !slices.Contains(painted(d), p.Color) && (p.Color.R != p.Color.G || p.Color.G != p.Color.B) {
				t.Fatalf("chart %d (kind %d): colour %v is no grey and of no item", n, d.Kind, p.Color)
			}
			for _, s := range p.Segments {
				if s.To.X < -1 || s.To.X > measure+1 || s.To.Y < area.y-1 || s.To.Y > area.y+area.h+1 {
					t.Fatalf("chart %d (kind %d): path %v leaves %v", n, d.Kind, p, area)
				}
			}
		}
	}
	for _, k := range []string{"0 false", "1 false", "2 true", "3 true", "2 false", "4 false", "5 false", "5 true"} {
		if kinds[k] < 100 {
			t.Errorf("too few charts of kind and form %s: %v", k, kinds)
		}
	}
}

// painted are the colours that a chart is given.
func painted(d *doc.Chart) (out []page.Color) {
	for _, s := range d.Series {
		out = append(out, page.Color(s.Color))
	}
	for _, it := range slices.Concat(d.Sources, d.Items) {
		out = append(out, page.Color(it.Color))
	}
	return out
}

// thinnest is how wide a line is, a rectangle at its narrower side or a band of a flow at its narrower end. A slice is as
// narrow as its share.
func thinnest(p *page.Path) unit.Length {
	s := p.Segments
	side := func(i, k int) unit.Length {
		return unit.Length(math.Hypot(float64(s[i].To.X-s[k].To.X), float64(s[i].To.Y-s[k].To.Y)))
	}
	switch {
	case len(s) != 4:
		return hairline
	case p.Color == leader || p.Color == paper && s[1].To.Y != s[0].To.Y: // strokes: as long as they come
		return side(1, 2)
	case s[1].Step == page.Curve && s[3].Step == page.Curve && s[2].Step == page.Line:
		return min(side(1, 2), side(3, 0))
	case s[1].Step == page.Curve:
		return hairline
	}
	return min(side(0, 1), side(1, 2))
}

// TestBlocksHaveTheirLabels: however small a part of a flow is, it is seen, its label stands at the same height beside it,
// and its band leads on to the whole.
func TestBlocksHaveTheirLabels(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	flows, thin := 0, 0
	for n := range 6000 {
		d := random(r)
		if d.Kind != doc.ChartFlow {
			continue
		}
		c, _ := lay(t, d, 441000)
		var bands int
		for _, p := range c.paths {
			if p.Color == band && p.Segments[1].Step == page.Curve {
				bands++
			}
		}
		if bands == 0 {
			continue // rows
		}
		flows++
		parts := slices.Concat(d.Sources, d.Items)
		if bands != len(parts) {
			t.Fatalf("flow %d: %d bands for %d parts", n, bands, len(parts))
		}
		labels := c.labels
		if d.Unit.String != "" {
			labels = labels[1:]
		}
		blocks := c.paths[bands+1 : bands+1+len(parts)] // behind the bands and the whole
		for i := range parts {
			top, foot := blocks[i].Segments[0].To.Y, blocks[i].Segments[2].To.Y
			if foot-top < 1000 {
				t.Fatalf("flow %d: block of %d is %s high", n, parts[i].Values[0].Measure, foot-top)
			}
			if foot-top == leastBlock {
				thin++
			}
			l := labels[i]
			if d := l.y + l.h/2 - (top+foot)/2; d < -2 || d > 2 {
				t.Fatalf("flow %d: the label of %d is %s off its block", n, parts[i].Values[0].Measure, d)
			}
		}
	}
	if flows < 200 || thin < 50 {
		t.Errorf("%d flows with %d thin blocks", flows, thin)
	}
}

// TestLeadersKeepClear: no leader runs into a slice.
func TestLeadersKeepClear(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	leaders := 0
	for range 4000 {
		d := random(r)
		if d.Kind != doc.ChartRing && d.Kind != doc.ChartPie {
			continue
		}
		c, _ := lay(t, d, 441000)
		y, radius, ok := c.circle(220500)
		if !ok {
			continue
		}
		for _, p := range c.paths {
			if p.Color != leader {
				continue
			}
			a, b := p.Segments[0].To, p.Segments[1].To
			for i := range 21 {
				u := float64(i) / 20
				r := math.Hypot(float64(a.X)*(1-u)+float64(b.X)*u-220500, float64(a.Y)*(1-u)+float64(b.Y)*u-y)
				if leaders++; r < radius-300 { // half the width of the line and rounding
					t.Fatalf("a leader comes to %f of the radius %f: %+v", r, radius, d.Items)
				}
			}
		}
	}
	if leaders < 10000 {
		t.Errorf("only %d points", leaders)
	}
}

// circle finds the circle about x that the slices of a chart are cut from: two of its points at different heights give
// it.
func (c *Chart) circle(x float64) (y, radius float64, ok bool) {
	var low, high page.Point
	for _, p := range c.paths {
		for i, s := range p.Segments {
			if len(p.Segments) < 2 || p.Segments[1].Step != page.Curve || i > 0 && s.Step != page.Curve {
				break
			}
			if !ok || s.To.Y < low.Y {
				low = s.To
			}
			if !ok || s.To.Y > high.Y {
				high = s.To
			}
			ok = true
		}
	}
	ax, ay, bx, by := float64(low.X)-x, float64(low.Y), float64(high.X)-x, float64(high.Y)
	y = (ax*ax + ay*ay - bx*bx - by*by) / (2 * (ay - by))
	return y, math.Hypot(ax, ay-y), ok
}

// TestBarsAreProportional: the lengths of bars are to each other as their measures, each within one unit; the sign says
// the side; zero has no bar.
func TestBarsAreProportional(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	bars := 0
	for range 2000 {
		d := random(r)
		if d.Kind > doc.ChartRows {
			continue
		}
		d.Unit = doc.Text{}
		c, _ := lay(t, d, 441000)
		for k := range d.Series {
			got := c.bars(d.Series[k].Color)
			if len(d.Series) > 1 {
				got = got[1:] // the swatch
			}
			upright := len(got) > 1 && sameX(got) == false
			var measures []int64
			for i := range d.Items {
				if m := d.Items[i].Values[k].Measure; m != 0 {
					measures = append(measures, m)
				}
			}
			far := 0
			for i, m := range measures {
				if abs(m) > abs(measures[far]) {
					far = i
				}
			}
			if len(got) != len(measures) {
				t.Fatalf("%d bars for %v", len(got), measures)
			}
			for i, b := range got {
				bars++
				l, top := length(b, upright), length(got[far], upright)
				if l == hairline {
					continue // it would not be seen
				}
				if d := float64(l) - float64(abs(measures[i]))/float64(abs(measures[far]))*float64(top); d > 1 || d < -1 {
					t.Fatalf("bar %d of %v is %s, the longest %s: off by %f", i, measures, l, top, d)
				}
			}
		}
	}
	if bars < 2000 {
		t.Errorf("only %d bars", bars)
	}
}

func length(b box, upright bool) unit.Length {
	if upright {
		return b.h
	}
	return b.w
}

// sameX reports whether bars lie below each other: they share an end at zero.
func sameX(bars []box) bool {
	for _, b := range bars[1:] {
		if b.h != bars[0].h {
			return false
		}
	}
	return true
}
