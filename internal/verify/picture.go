package verify

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"slices"

	"yusuan/internal/raster"
	"yusuan/internal/shown"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// Colours of a picture: what only the file has, what only the new page has.
var (
	onlyWritten = color.RGBA{0xD0, 0x10, 0x10, 0xFF}
	onlyAnew    = color.RGBA{0x10, 0x60, 0xD0, 0xFF}
)

// Sides are the two pages of a difference, for those who show them beside each other: as the file has it, with the program's
// faces, and made anew. One that is not there is nil.
func (r *Report) Sides(d *PageDiff) (was, now *page.Page, err error) {
	if !d.OnlyAnew {
		if was, err = r.writtenPage(d.Page - 1); err != nil {
			return nil, nil, err
		}
	}
	if !d.OnlyInFile && r.anew != nil {
		now = &r.anew.Pages[d.Page-1]
	}
	return was, now, nil
}

// Picture draws a page that differs, as PNG: red is what only the file has, blue what only the new page has, grey what
// both have. Glyphs of the file are drawn with the program's faces of the same name.
func (r *Report) Picture(d *PageDiff, dpi int, w io.Writer) error {
	wasPage, nowPage, err := r.Sides(d)
	if err != nil {
		return err
	}
	draw := raster.New(dpi)
	var was, now *image.Gray
	if wasPage != nil {
		if was, err = draw.Image(wasPage); err != nil {
			return err
		}
	}
	if nowPage != nil {
		if now, err = draw.Image(nowPage); err != nil {
			return err
		}
	}
	return png.Encode(w, overlay(was, now))
}

// overlay lays two pictures over each other; either may be missing.
func overlay(was, now *image.Gray) image.Image {
	var box image.Rectangle
	for _, i := range []*image.Gray{was, now} {
		if i != nil {
			box = box.Union(i.Rect)
		}
	}
	out := image.NewRGBA(box)
	ink := func(i *image.Gray, x, y int) int {
		if i == nil || !(image.Point{X: x, Y: y}).In(i.Rect) {
			return 0
		}
		return 0xFF - int(i.GrayAt(x, y).Y)
	}
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			a, b := ink(was, x, y), ink(now, x, y)
			both := min(a, b)
			c := color.RGBA{0xFF, 0xFF, 0xFF, 0xFF}
			c = tint(c, color.RGBA{0x90, 0x90, 0x90, 0xFF}, both)
			c = tint(c, onlyWritten, a-both)
			c = tint(c, onlyAnew, b-both)
			out.SetRGBA(x, y, c)
		}
	}
	return out
}

// tint mixes ink of 0…255 over a colour.
func tint(under, ink color.RGBA, amount int) color.RGBA {
	mix := func(u, i uint8) uint8 { return uint8((int(u)*(0xFF-amount) + int(i)*amount) / 0xFF) }
	return color.RGBA{mix(under.R, ink.R), mix(under.G, ink.G), mix(under.B, ink.B), 0xFF}
}

// writtenPage makes a page of what the file shows, with the program's faces.
func (r *Report) writtenPage(index int) (*page.Page, error) {
	in := &r.written[index]
	items, err := r.file.Items(index)
	if err != nil {
		return nil, err
	}
	if err := drawable(in); err != nil {
		return nil, err
	}
	p := &page.Page{Width: in.Width, Height: in.Height, Turned: turned(items)}
	for _, x := range items.Rects {
		r := page.Rule{X: x.X, Y: x.Y, W: x.W, H: x.H}
		if p.Turned && !x.Turned { // rules of a turned page are measured on its matter
			r = page.Rule{X: p.Height - r.Y - r.H, Y: r.X, W: r.H, H: r.W}
		}
		p.Rules = append(p.Rules, r)
	}
	for i := range items.Paths {
		if near(items.Paths[i].Points, in) {
			p.Paths = append(p.Paths, path(&items.Paths[i]))
		}
	}
	for _, run := range items.Runs {
		if run.Size <= 0 || run.Size > in.Height {
			continue // nothing that a reader would see
		}
		x, width, height := run.X, in.Width, in.Height
		if run.Turned {
			width, height = height, width
		}
		for i, c := range []rune(run.Text) {
			if face := r.face(run.Font, c); face != nil && x > -run.Size && x < width && run.Y > 0 && run.Y < height+run.Size {
				p.Texts = append(p.Texts, page.Text{X: x, Y: run.Y, Face: face, Size: run.Size, Text: string(c), Advances: run.Advances[i : i+1],
					Upright: p.Turned && !run.Turned})
			}
			x += run.Advances[i]
		}
	}
	return p, nil
}

// turned reports whether a page shows turned matter.
func turned(items *shown.Items) bool {
	return slices.ContainsFunc(items.Runs, func(r shown.Run) bool { return r.Turned }) ||
		slices.ContainsFunc(items.Rects, func(r shown.Rect) bool { return r.Turned })
}

// near reports whether all points lie on the sheet or not further from it than it is large.
func near(points []unit.Length, in *shown.Sheet) bool {
	side := max(in.Width, in.Height)
	return !slices.ContainsFunc(points, func(v unit.Length) bool { return v < -side || v > 2*side })
}

// path makes a path of what the file fills. Steps of a hostile file that lack their points or a beginning are left out.
func path(in *shown.Path) page.Path {
	level := func(v unit.Length) uint8 { return uint8((min(max(v, 0), 1000)*255 + 500) / 1000) }
	out := page.Path{Color: page.Color{R: level(in.Color[0]), G: level(in.Color[1]), B: level(in.Color[2])}}
	rest := in.Points
	point := func() page.Point {
		if len(rest) < 2 {
			return page.Point{}
		}
		p := page.Point{X: rest[0], Y: rest[1]}
		rest = rest[2:]
		return p
	}
	for _, step := range in.Steps {
		switch {
		case step == 'm':
			out.Segments = append(out.Segments, page.Segment{Step: page.Move, To: point()})
		case len(out.Segments) == 0:
		case step == 'l':
			out.Segments = append(out.Segments, page.Segment{Step: page.Line, To: point()})
		case step == 'c':
			c := [2]page.Point{point(), point()}
			out.Segments = append(out.Segments, page.Segment{Step: page.Curve, C: c, To: point()})
		}
	}
	return out
}

// drawable refuses sheets that no printer has, whose picture would take all memory.
func drawable(p *shown.Sheet) error {
	const side = 2_000_000 // thousandths of a point: larger than A0
	if p.Width <= 0 || p.Height <= 0 || p.Width > side || p.Height > side {
		return fmt.Errorf("verify: a page of %s × %s cannot be drawn", p.Width, p.Height)
	}
	return nil
}

// face is the program's face that draws a character of the file.
func (r *Report) face(f *shown.Font, c rune) *font.Face {
	if f != nil {
		if face, ok := r.shared.Fonts.Face(f.Name); ok && face.Glyph(c) != 0 {
			return face
		}
	}
	for _, role := range r.shared.Fonts.Roles() {
		family, _ := r.shared.Fonts.Family(role)
		if face := family.Pick(c); face != nil {
			return face
		}
	}
	return nil
}
