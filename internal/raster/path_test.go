package raster

import (
	"bytes"
	"image/color"
	"image/png"
	"testing"

	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// ringPage is a ring of 16 pt with a white hole, and a bar to its right; lengths are points.
func ringPage() *page.Page {
	at := func(x, y unit.Length) page.Point { return page.Point{X: x * 100, Y: y * 100} }
	circle := func(x, y, r unit.Length) []page.Segment {
		k := r * 552 / 1000
		return []page.Segment{
			{Step: page.Move, To: at(x+r, y)},
			{Step: page.Curve, C: [2]page.Point{at(x+r, y+k), at(x+k, y+r)}, To: at(x, y+r)},
			{Step: page.Curve, C: [2]page.Point{at(x-k, y+r), at(x-r, y+k)}, To: at(x-r, y)},
			{Step: page.Curve, C: [2]page.Point{at(x-r, y-k), at(x-k, y-r)}, To: at(x, y-r)},
			{Step: page.Curve, C: [2]page.Point{at(x+k, y-r), at(x+r, y-k)}, To: at(x+r, y)},
		}
	}
	return &page.Page{Width: 22000, Height: 16000, Paths: []page.Path{
		{Color: page.Color{R: 0x20, G: 0x20, B: 0x80}, Segments: circle(80, 80, 70)},
		{Color: page.Color{R: 0xFF, G: 0xFF, B: 0xFF}, Segments: circle(80, 80, 40)},
		{Color: page.Color{R: 0xFF, G: 0x80}, Segments: []page.Segment{
			{Step: page.Move, To: at(170, 40)}, {Step: page.Line, To: at(200, 40)}, {Step: page.Line, To: at(200, 150)}, {Step: page.Line, To: at(170, 150)},
		}},
	}}
}

// TestPaths draws a ring and a bar small enough to be read here.
func TestPaths(t *testing.T) {
	const want = "" +
		"                      \n" +
		"     .+##+.           \n" +
		"   .########.         \n" +
		"  .##########.        \n" +
		"  ###+    +###   ...  \n" +
		" .##+      +##.  ...  \n" +
		" +##       .##+  ...  \n" +
		" ###        ###  ...  \n" +
		" ###        ###  ...  \n" +
		" +##       .##+  ...  \n" +
		" .##+      +##.  ...  \n" +
		"  ###+.  .+###   ...  \n" +
		"  .##########    ...  \n" +
		"   .########     ...  \n" +
		"     .+##+.      ...  \n" +
		"                      \n"
	if got := art(draw(t, ringPage(), 72)); got != want {
		t.Errorf("\n%s", got)
	}
	var b bytes.Buffer
	if err := PNG(ringPage(), 72, &b); err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		x, y int
		want color.RGBA
	}{{0, 0, color.RGBA{0xFF, 0xFF, 0xFF, 0xFF}}, {8, 3, color.RGBA{0x20, 0x20, 0x80, 0xFF}}, {18, 10, color.RGBA{0xFF, 0x80, 0, 0xFF}}, {8, 8, color.RGBA{0xFF, 0xFF, 0xFF, 0xFF}}} {
		if got := color.RGBAModel.Convert(img.At(c.x, c.y)); got != c.want {
			t.Errorf("pixel %d,%d is %v, want %v", c.x, c.y, got, c.want)
		}
	}
}

// TestBeyondAllSheets: what no sheet could hold is left out and takes no memory.
func TestBeyondAllSheets(t *testing.T) {
	const far = 1 << 40
	p := &page.Page{Width: 10000, Height: 10000, Paths: []page.Path{{Segments: []page.Segment{
		{To: page.Point{X: -far, Y: -far}}, {Step: page.Line, To: page.Point{X: far, Y: 0}}, {Step: page.Line, To: page.Point{X: 0, Y: far}},
	}}}}
	for _, v := range draw(t, p, 72).Pix {
		if v != 0xFF {
			t.Fatal("drawn")
		}
	}
}
