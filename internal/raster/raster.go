// Package raster draws finished pages as images, for previews and for looking at pages in tests. Pages are black on
// white; those with drawings have colours.
//
// Shapes are filled by freetype's rasterizer from the outlines of the faces themselves: what is drawn is the glyph that
// layout chose, beyond the basic plane too.
package raster

import (
	"fmt"
	"image"
	"image/png"
	"io"

	"github.com/golang/freetype/raster"
	"golang.org/x/image/math/fixed"

	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// Renderer draws pages at one resolution and keeps the shapes of glyphs that it has drawn. It serves one goroutine.
type Renderer struct {
	dpi     int
	fill    *raster.Rasterizer
	masks   map[glyphKey]*mask
	outline font.Outline
}

// Resolutions beyond these are taken for mistakes.
const (
	minDPI = 10
	maxDPI = 1200
)

// New makes a renderer for a resolution in dots per inch. Outside of 10 to 1200 it draws nothing but returns errors.
func New(dpi int) *Renderer {
	fill := raster.NewRasterizer(0, 0)
	fill.UseNonZeroWinding = true
	return &Renderer{dpi: dpi, fill: fill, masks: make(map[glyphKey]*mask)}
}

// PNG draws one page and writes it as a PNG image.
func PNG(p *page.Page, dpi int, w io.Writer) error {
	return New(dpi).PNG(p, w)
}

// PNG draws a page and writes it as a PNG image.
func (r *Renderer) PNG(p *page.Page, w io.Writer) error {
	img, err := r.color(p)
	if err != nil {
		return err
	}
	enc := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := enc.Encode(w, img); err != nil {
		return fmt.Errorf("raster: %w", err)
	}
	return nil
}

// Image draws a page in shades of grey, as a black-and-white printer does.
func (r *Renderer) Image(p *page.Page) (*image.Gray, error) { return r.plane(p, luma) }

// plane draws a page as one level a place; level is that of a colour.
func (r *Renderer) plane(p *page.Page, level func(page.Color) uint8) (*image.Gray, error) {
	if r.dpi < minDPI || r.dpi > maxDPI {
		return nil, fmt.Errorf("raster: %d dpi; it must be %d to %d", r.dpi, minDPI, maxDPI)
	}
	width, height := (r.sub(p.Width)+63)/64, (r.sub(p.Height)+63)/64
	if p.Turned {
		width, height = height, width
	}
	img := image.NewGray(image.Rect(0, 0, width, height))
	for i := range img.Pix {
		img.Pix[i] = 0xFF
	}
	for _, rule := range p.Rules {
		r.drawRule(img, rule)
	}
	for i := range p.Paths {
		r.drawPath(img, &p.Paths[i], level(p.Paths[i].Color))
	}
	if err := r.drawTexts(img, p.Texts, false); err != nil {
		return nil, err
	}
	if p.Turned {
		img = turn(img)
	}
	return img, r.drawTexts(img, p.Texts, true)
}

// drawTexts draws the texts that are, or are not, upright.
func (r *Renderer) drawTexts(img *image.Gray, texts []page.Text, upright bool) error {
	for i := range texts {
		if texts[i].Upright != upright {
			continue
		}
		if err := r.drawText(img, &texts[i]); err != nil {
			return fmt.Errorf("raster: %w", err)
		}
	}
	return nil
}

// turn returns the image turned 90° counter-clockwise.
func turn(img *image.Gray) *image.Gray {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	out := image.NewGray(image.Rect(0, 0, h, w))
	for y := range h {
		for x := range w {
			out.Pix[(w-1-x)*out.Stride+y] = img.Pix[y*img.Stride+x]
		}
	}
	return out
}

// sub converts a length to 1/64 of a pixel, rounded down.
func (r *Renderer) sub(l unit.Length) int {
	return floorDiv(int(l)*r.dpi*64, 72*int(unit.Pt))
}

func floorDiv(n, d int) int {
	if n < 0 {
		return -((-n + d - 1) / d)
	}
	return n / d
}

// round turns 1/64 of a pixel into whole pixels.
func round(sub int) int { return (sub + 32) >> 6 }

// drawRule fills whole pixels, at least one across, so that hairlines of a table are all equally black. A rule that ends
// at the far edge of another does not stick out there: its end is rounded down.
func (r *Renderer) drawRule(img *image.Gray, rule page.Rule) {
	x, y := round(r.sub(rule.X)), round(r.sub(rule.Y))
	w, h := max(1, round(r.sub(rule.W))), max(1, round(r.sub(rule.H)))
	if rule.W > rule.H {
		w = max(1, r.sub(rule.X+rule.W)>>6-x)
	} else {
		h = max(1, r.sub(rule.Y+rule.H)>>6-y)
	}
	box := image.Rect(x, y, x+w, y+h).Intersect(img.Rect)
	for y := box.Min.Y; y < box.Max.Y; y++ {
		row := img.Pix[img.PixOffset(box.Min.X, y):]
		clear(row[:box.Dx()])
	}
}

func (r *Renderer) drawText(img *image.Gray, t *page.Text) error {
	if t.Text == "" {
		return nil
	}
	if t.Face == nil || !t.Face.Outlined() {
		return fmt.Errorf("text %q in a face without outlines", t.Text)
	}
	x, baseline, i := t.X, round(r.sub(t.Y)), 0
	for _, char := range t.Text {
		if i >= len(t.Advances) {
			return fmt.Errorf("text %q has %d advances", t.Text, len(t.Advances))
		}
		sub := r.sub(x)
		// A quarter of a pixel is as exact as the eye needs, and makes shapes that can be kept.
		m := r.mask(glyphKey{t.Face, t.Face.Glyph(char), t.Size, uint8(sub & 63 >> 4)})
		m.drawOn(img, sub>>6, baseline, 0)
		x += t.Advances[i]
		i++
	}
	return nil
}

// glyphKey names a shape: a glyph at a size, begun at a quarter of a pixel.
type glyphKey struct {
	face    *font.Face
	glyph   font.GlyphID
	size    unit.Length
	quarter uint8
}

// mask is the coverage of a glyph, row by row; left and top place it relative to the pixel of its origin.
type mask struct {
	left, top, width, height int
	alpha                    []uint8
}

func (m *mask) drawOn(img *image.Gray, x, y int, level uint8) {
	box := image.Rect(x+m.left, y+m.top, x+m.left+m.width, y+m.top+m.height)
	in := box.Intersect(img.Rect)
	for y := in.Min.Y; y < in.Max.Y; y++ {
		src := m.alpha[(y-box.Min.Y)*m.width+in.Min.X-box.Min.X:][:in.Dx()]
		dst := img.Pix[img.PixOffset(in.Min.X, y):][:in.Dx()]
		for i, a := range src {
			if a != 0 {
				dst[i] = uint8((uint32(dst[i])*uint32(255-a) + uint32(level)*uint32(a)) / 255)
			}
		}
	}
}

// mask returns the shape of a glyph, drawing it when it is new.
func (r *Renderer) mask(k glyphKey) *mask {
	m, ok := r.masks[k]
	if !ok {
		m = r.draw(k)
		r.masks[k] = m
	}
	return m
}

func (r *Renderer) draw(k glyphKey) *mask {
	o := &r.outline
	o.Points, o.Ends = o.Points[:0], o.Ends[:0]
	k.face.AppendOutline(o, k.glyph)
	if len(o.Points) == 0 {
		return &mask{}
	}
	// From font units to 1/64 of a pixel, y downwards.
	den := 72 * int(unit.Pt) * k.face.Metrics().UnitsPerEm
	scale := int(k.size) * r.dpi * 64
	box := image.Rectangle{Min: image.Pt(1<<30, 1<<30), Max: image.Pt(-1<<30, -1<<30)}
	for i := range o.Points {
		p := &o.Points[i]
		x, y := floorDiv(int(p.X)*scale, den)+int(k.quarter)*16, -floorDiv(int(p.Y)*scale, den)
		p.X, p.Y = int32(x), int32(y)
		box.Min = image.Pt(min(box.Min.X, x), min(box.Min.Y, y))
		box.Max = image.Pt(max(box.Max.X, x), max(box.Max.Y, y))
	}
	return r.rasterize(box, func(left, top int) {
		start := 0
		for _, end := range o.Ends {
			contour(r.fill, o.Points[start:end], int32(left), int32(top))
			start = end
		}
	})
}

// maxMask bounds a mask in pixels: more than a sheet of A0 has at 600 dpi. A hostile font may draw a glyph beyond that.
const maxMask = 1 << 30

// rasterize makes the mask of what add draws within box; box, and the corner that add is given, are in 1/64 of a pixel.
// It is empty where box is larger than any sheet.
func (r *Renderer) rasterize(box image.Rectangle, add func(left, top int)) *mask {
	m := &mask{left: box.Min.X >> 6, top: box.Min.Y >> 6}
	m.width, m.height = (box.Max.X+63)>>6-m.left+1, (box.Max.Y+63)>>6-m.top+1
	if m.width > maxMask || m.height > maxMask || m.width*m.height > maxMask {
		return &mask{}
	}
	m.alpha = make([]uint8, m.width*m.height)
	r.fill.Clear()
	r.fill.SetBounds(m.width, m.height)
	add(m.left*64, m.top*64)
	r.fill.Rasterize(raster.PainterFunc(func(spans []raster.Span, _ bool) {
		for _, s := range spans {
			for x := s.X0; x < s.X1; x++ {
				m.alpha[s.Y*m.width+x] = uint8(s.Alpha >> 8)
			}
		}
	}))
	return m
}

// contour adds a closed contour, moved by the mask's corner. Between two control points lies a point of the curve.
func contour(fill *raster.Rasterizer, points []font.Point, left, top int32) {
	if len(points) < 2 {
		return
	}
	at := func(p font.Point) fixed.Point26_6 {
		return fixed.Point26_6{X: fixed.Int26_6(p.X - left), Y: fixed.Int26_6(p.Y - top)}
	}
	middle := func(a, b font.Point) font.Point { return font.Point{X: (a.X + b.X) / 2, Y: (a.Y + b.Y) / 2, On: true} }
	first, last := points[0], points[len(points)-1]
	start := first
	switch {
	case first.On:
		points = points[1:]
	case last.On:
		start, points = last, points[:len(points)-1]
	default:
		start = middle(first, last)
	}
	fill.Start(at(start))
	for i, p := range points {
		if p.On {
			if i == 0 || points[i-1].On {
				fill.Add1(at(p))
			}
			continue // a curve to it has been drawn with its control point
		}
		to := start
		if i+1 < len(points) {
			to = points[i+1]
			if !to.On {
				to = middle(p, to)
			}
		}
		fill.Add2(at(p), at(to))
	}
	fill.Add1(at(start))
}
