package chart

import (
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// Angles are counted clockwise from twelve o'clock in parts of a turn, sines in parts of one. All is integer arithmetic,
// so that a circle has the same points on every machine.
const (
	turn = 1 << 24
	one  = 1 << 30
	tau  = 6746518852 // 2π·one
)

func mul(a, b int64) int64 { return (a*b + one/2) >> 30 }

// sincos is the sine and cosine of an angle, to a part in 10⁸.
func sincos(a int64) (sin, cos int64) {
	a &= turn - 1
	quadrant, a := a/(turn/4), a%(turn/4)
	swap := a > turn/8 // the series serve the first half of a quadrant
	if swap {
		a = turn/4 - a
	}
	x := (a*tau + turn/2) / turn
	q := mul(x, x)
	sin = mul(x, one-mul(q, one/6-mul(q, one/120-mul(q, one/5040-mul(q, one/362880)))))
	cos = one - mul(q, one/2-mul(q, one/24-mul(q, one/720-mul(q, one/40320-mul(q, one/3628800)))))
	if swap {
		sin, cos = cos, sin
	}
	switch quadrant {
	case 1:
		sin, cos = cos, -sin
	case 2:
		sin, cos = -sin, -cos
	case 3:
		sin, cos = -cos, sin
	}
	return sin, cos
}

// circle is a place to draw slices at.
type circle struct{ x, y unit.Length }

// at is the point at an angle and distance.
func (c circle) at(r unit.Length, a int64) page.Point {
	sin, cos := sincos(a)
	return page.Point{X: c.x + unit.Length(mul(int64(r), sin)), Y: c.y - unit.Length(mul(int64(r), cos))}
}

// arc draws from one angle to another, either way round, in curves of at most an eighth of a turn, which stay within
// 0.00001 of the radius of the circle.
func (c circle) arc(out []page.Segment, r unit.Length, from, to int64) []page.Segment {
	n := (abs(to-from) + turn/8 - 1) / (turn / 8)
	for i := range n {
		a, b := from+(to-from)*i/n, from+(to-from)*(i+1)/n
		// A curve with handles of 4/3·tan(δ/4) of the radius touches the arc of δ at its ends and in its middle.
		sin, cos := sincos((b - a) / 4)
		handle := mul(int64(r), 4*(sin<<30/cos)/3)
		s := page.Segment{Step: page.Curve, To: c.at(r, b)}
		s.C[0], s.C[1] = tangent(c.at(r, a), a, handle), tangent(s.To, b, -handle)
		out = append(out, s)
	}
	return out
}

// tangent is the point at a distance from p along the circle's direction at an angle.
func tangent(p page.Point, a, distance int64) page.Point {
	sin, cos := sincos(a)
	return page.Point{X: p.X + unit.Length(mul(distance, cos)), Y: p.Y + unit.Length(mul(distance, sin))}
}

// slice is the area between two angles and two radii; inner may be 0.
func (c circle) slice(inner, outer unit.Length, from, to int64) []page.Segment {
	whole := to-from == turn
	out := c.arc([]page.Segment{{To: c.at(outer, from)}}, outer, from, to)
	step := page.Line
	if whole {
		step = page.Move // the hole is a contour of its own
	}
	switch {
	case inner > 0:
		out = c.arc(append(out, page.Segment{Step: step, To: c.at(inner, to)}), inner, to, from)
	case !whole:
		out = append(out, page.Segment{Step: page.Line, To: page.Point{X: c.x, Y: c.y}})
	}
	return out
}

func abs[T ~int64](v T) T {
	if v < 0 {
		return -v
	}
	return v
}
