package pdf

import (
	"bytes"
	"strings"
	"testing"

	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// drawing is a page with a figure of two paths, a text in it, and an ornament.
func drawing(t testing.TB) *page.Document {
	b := newBuilder(t)
	p := b.page(unit.A4Width, unit.A4Height, "1")
	figure := b.elem(page.Elem{Kind: page.KindFigure, Label: &page.Label{Alt: "合计1", Box: &page.Box{X: 10000, Y: 20000, W: 300000, H: 100000}}})
	at := func(x, y unit.Length) page.Point { return page.Point{X: x, Y: 841890 - y} }
	p.Paths = []page.Path{
		{Color: page.Color{R: 255, G: 128}, Elem: figure, Segments: []page.Segment{
			{Step: page.Move, To: at(1000, 2000)}, {Step: page.Line, To: at(3000, 2000)}, {Step: page.Line, To: at(3000, 4500)},
			{Step: page.Move, To: at(10000, 10000)}, {Step: page.Curve, C: [2]page.Point{at(11000, 10000), at(12000, 11000)}, To: at(12000, 12000)},
		}},
		{Color: page.Color{R: 255, G: 128}, Elem: figure, Segments: []page.Segment{{Step: page.Move, To: at(0, 0)}, {Step: page.Line, To: at(1, 1)}}},
		{Elem: page.ArtifactLayout, Segments: []page.Segment{{Step: page.Move, To: at(0, 0)}, {Step: page.Line, To: at(1, 1)}}},
	}
	for _, grey := range []uint8{0xE6, 0xFF} {
		b.d.Pages[0].Paths = append(b.d.Pages[0].Paths, page.Path{Color: page.Color{R: grey, G: grey, B: grey}, Elem: page.ArtifactLayout,
			Segments: []page.Segment{{Step: page.Move, To: at(0, 0)}, {Step: page.Line, To: at(1, 1)}}})
	}
	b.text("宋体", 10500, 70000, 60000, 0, figure, "合计1")
	return b.d
}

// TestPaths holds the operators of drawings: one piece of marked content for one element, each colour set once, greys in
// DeviceGray, black again at the end.
func TestPaths(t *testing.T) {
	d := drawing(t)
	c, err := drawPages(d, new(scratch))
	if err != nil {
		t.Fatal(err)
	}
	const want = "/Figure<</MCID 0>>BDC 1 0.502 0 rg\n" +
		"1 2 m 3 2 l 3 4.5 l h 10 10 m 11 10 12 11 12 12 c h f\n" +
		"0 0 m 0.001 0.001 l h f\n" +
		"EMC\n/Artifact<</Type/Layout>>BDC 0 g\n0 0 m 0.001 0.001 l h f\n" +
		"0.902 g\n0 0 m 0.001 0.001 l h f\n1 g\n0 0 m 0.001 0.001 l h f\nEMC 0 g\n" +
		"BT\n/Figure<</MCID 1>>BDC "
	if got := string(c.stream(0)); !strings.HasPrefix(got, want) {
		t.Errorf("content\n%s\nwant\n%s", got, want)
	}
	p := parseFile(t, write(t, d))
	found := false
	for _, body := range p.objects {
		if bytes.HasPrefix(body, []byte("<</S/Figure")) {
			found = true
			for _, want := range []string{"/A<</O/Layout/Placement/Block/BBox[10 721.89 310 821.89]>>", "/Alt<FEFF54088BA10031>", "/K[ 0 1]"} {
				if !strings.Contains(string(body), want) {
					t.Errorf("the figure lacks %s: %s", want, body)
				}
			}
		}
	}
	if !found {
		t.Error("no figure")
	}
}

func TestPathRefusals(t *testing.T) {
	for name, spoil := range map[string]func(d *page.Document){
		"no beginning":     func(d *page.Document) { d.Pages[0].Paths[0].Segments[0].Step = page.Line },
		"no segments":      func(d *page.Document) { d.Pages[0].Paths[1].Segments = nil },
		"unknown element":  func(d *page.Document) { d.Pages[0].Paths[0].Elem = 99 },
		"a silent figure":  func(d *page.Document) { d.Elems[len(d.Elems)-1].Label.Alt = "" },
		"a figure nowhere": func(d *page.Document) { d.Elems[len(d.Elems)-1].Label.Box = nil },
		"no such page":     func(d *page.Document) { d.Elems[len(d.Elems)-1].Label.Box.Page = 1 },
	} {
		d := drawing(t)
		spoil(d)
		if _, err := Write(d, nil); err == nil {
			t.Errorf("%s: written without an error", name)
		}
	}
}
