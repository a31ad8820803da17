//go:build amd64 || arm64

package pdfium

import (
	"math"

	"yusuan/internal/read/paper"
	"yusuan/internal/typeset/unit"
)

// The one file with floats: PDFium gives its numbers so, and they become lengths here. What is multiplied is rounded before
// it is added, or some machines would do both in one step and round otherwise.

// farthest is beyond any page, and so small that sums of it do not overflow.
const farthest = 1 << 40

// length is a number of PDFium in points.
func length(v float64) unit.Length {
	switch v *= 1000; {
	case math.IsNaN(v):
		return farthest
	case v > farthest:
		return farthest
	case v < -farthest:
		return -farthest
	}
	return unit.Length(math.Round(v))
}

func length64(bits uint64) unit.Length { return length(math.Float64frombits(bits)) }
func length32(bits uint32) unit.Length { return length(float64(math.Float32frombits(bits))) }

// quarters is an angle in radians, clockwise, as quarters of a turn.
func quarters(bits uint64) int {
	a := float64(math.Float32frombits(uint32(bits)))
	if math.IsNaN(a) || math.Abs(a) > 100 {
		return 0
	}
	return (int(math.Round(a/(math.Pi/2)))%4 + 4) % 4
}

// matrix takes a point of a form to the page that shows it.
type matrix struct{ a, b, c, d, e, f float64 }

func identity() matrix { return matrix{a: 1, d: 1} }

// matrixOf is a matrix as PDFium lays it into memory.
func matrixOf(bits [6]uint32) matrix {
	v := func(i int) float64 { return float64(math.Float32frombits(bits[i])) }
	return matrix{v(0), v(1), v(2), v(3), v(4), v(5)}
}

// then is m, and o after it.
func (m matrix) then(o matrix) matrix {
	sum := func(x, y, u, v float64) float64 { return float64(x*y) + float64(u*v) }
	return matrix{
		sum(m.a, o.a, m.b, o.c), sum(m.a, o.b, m.b, o.d),
		sum(m.c, o.a, m.d, o.c), sum(m.c, o.b, m.d, o.d),
		sum(m.e, o.a, m.f, o.c) + o.e, sum(m.e, o.b, m.f, o.d) + o.f,
	}
}

// at is where a point of PDFium comes to lie.
func (m matrix) at(x, y uint32) (unit.Length, unit.Length) {
	u, v := float64(math.Float32frombits(x)), float64(math.Float32frombits(y))
	return length(float64(m.a*u) + float64(m.c*v) + m.e), length(float64(m.b*u) + float64(m.d*v) + m.f)
}

// pixels is how many pixels a length has.
func pixels(l unit.Length, dpi int) int {
	return max(1, int((int64(l)*int64(dpi)+36000)/72000))
}

// view is how people see a page: its box, and how the file turns it.
type view struct {
	box  paper.Box // of the file's own space, where up is up: Bottom is less than Top
	turn int       // quarters clockwise
}

func (v *view) size() paper.Page {
	w, h := v.box.Right-v.box.Left, v.box.Top-v.box.Bottom
	if v.turn%2 == 1 {
		w, h = h, w
	}
	return paper.Page{Width: w, Height: h}
}

// point is where a point of the file's space is seen.
func (v *view) point(x, y unit.Length) (unit.Length, unit.Length) {
	switch v.turn {
	case 1:
		return y - v.box.Bottom, x - v.box.Left
	case 2:
		return v.box.Right - x, y - v.box.Bottom
	case 3:
		return v.box.Top - y, v.box.Right - x
	}
	return x - v.box.Left, v.box.Top - y
}

// back is the point of the file's space that is seen there.
func (v *view) back(x, y unit.Length) (unit.Length, unit.Length) {
	switch v.turn {
	case 1:
		return y + v.box.Left, x + v.box.Bottom
	case 2:
		return v.box.Right - x, y + v.box.Bottom
	case 3:
		return v.box.Right - y, v.box.Top - x
	}
	return x + v.box.Left, v.box.Top - y
}

// seen is the box that two corners of the file's space are seen as.
func (v *view) seen(x0, y0, x1, y1 unit.Length) paper.Box {
	x0, y0 = v.point(x0, y0)
	x1, y1 = v.point(x1, y1)
	return paper.Box{Left: min(x0, x1), Top: min(y0, y1), Right: max(x0, x1), Bottom: max(y0, y1)}
}
