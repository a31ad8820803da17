package raster

import (
	"image"

	"golang.org/x/image/math/fixed"

	"yusuan/internal/typeset/page"
)

// luma is the grey that a colour is printed as (ITU-R BT.601).
func luma(c page.Color) uint8 {
	return uint8((299*int(c.R) + 587*int(c.G) + 114*int(c.B) + 500) / 1000)
}

// color draws a page in its colours: grey where it has no drawings.
func (r *Renderer) color(p *page.Page) (image.Image, error) {
	if len(p.Paths) == 0 {
		return r.Image(p)
	}
	var out *image.RGBA
	for i, level := range [...]func(page.Color) uint8{
		func(c page.Color) uint8 { return c.R }, func(c page.Color) uint8 { return c.G }, func(c page.Color) uint8 { return c.B },
	} {
		plane, err := r.plane(p, level)
		if err != nil {
			return nil, err
		}
		if out == nil {
			out = image.NewRGBA(plane.Rect)
		}
		for k, v := range plane.Pix {
			out.Pix[4*k+i], out.Pix[4*k+3] = v, 0xFF
		}
	}
	return out, nil
}

// drawPath fills a path in one level.
func (r *Renderer) drawPath(img *image.Gray, p *page.Path, level uint8) {
	box := image.Rectangle{Min: image.Pt(1<<30, 1<<30), Max: image.Pt(-1<<30, -1<<30)}
	grow := func(q page.Point) {
		x, y := r.sub(q.X), r.sub(q.Y)
		box.Min = image.Pt(min(box.Min.X, x), min(box.Min.Y, y))
		box.Max = image.Pt(max(box.Max.X, x), max(box.Max.Y, y))
	}
	for i := range p.Segments {
		s := &p.Segments[i]
		grow(s.To)
		if s.Step == page.Curve {
			grow(s.C[0])
			grow(s.C[1])
		}
	}
	if !box.Overlaps(image.Rect(0, 0, img.Rect.Dx()*64, img.Rect.Dy()*64)) {
		return
	}
	m := r.rasterize(box, func(left, top int) {
		at := func(q page.Point) fixed.Point26_6 {
			return fixed.Point26_6{X: fixed.Int26_6(r.sub(q.X) - left), Y: fixed.Int26_6(r.sub(q.Y) - top)}
		}
		var start page.Point
		for i := range p.Segments {
			s := &p.Segments[i]
			switch s.Step {
			case page.Move:
				if i > 0 {
					r.fill.Add1(at(start))
				}
				start = s.To
				r.fill.Start(at(start))
			case page.Line:
				r.fill.Add1(at(s.To))
			case page.Curve:
				r.fill.Add3(at(s.C[0]), at(s.C[1]), at(s.To))
			}
		}
		r.fill.Add1(at(start))
	})
	m.drawOn(img, 0, 0, level)
}
