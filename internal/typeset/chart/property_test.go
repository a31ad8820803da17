package chart

import (
	"fmt"
	"math"
	"math/rand/v2"
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
	kind := doc.ChartKind(r.IntN(4))
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
	if kind == doc.ChartRing {
		c.Total = doc.ChartTotal{Label: "合计", Text: fmt.Sprint(r.Int64N(1e9)), Unit: "万元"}
	}
	return c
}

// TestLabelsHaveRoom: no label meets another or leaves the drawing, and the drawing does not leave the measure.
func TestLabelsHaveRoom(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	kinds := map[string]int{}
	for n := range 4000 {
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
			for _, s := range p.Segments {
				if s.To.X < -1 || s.To.X > measure+1 || s.To.Y < area.y-1 || s.To.Y > area.y+area.h+1 {
					t.Fatalf("chart %d (kind %d): path %v leaves %v", n, d.Kind, p, area)
				}
			}
		}
	}
	for _, k := range []string{"0 false", "1 false", "2 true", "3 true", "2 false"} {
		if kinds[k] < 100 {
			t.Errorf("too few charts of kind and form %s: %v", k, kinds)
		}
	}
}

// TestLeadersKeepClear: no leader runs into a slice.
func TestLeadersKeepClear(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	leaders := 0
	for range 4000 {
		d := random(r)
		if d.Kind < doc.ChartRing {
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
			// A bar shorter than half a unit has no area and is left out.
			if len(got) > len(measures) {
				t.Fatalf("%d bars for %v", len(got), measures)
			}
			if len(got) < len(measures) {
				continue
			}
			for i, b := range got {
				bars++
				l, top := length(b, upright), length(got[far], upright)
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
