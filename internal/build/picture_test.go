package build_test

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"strings"
	"testing"

	"yusuan/internal/raster"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// TestTorturePictures holds a few small pictures of the torture set against what a person has looked at. UPDATE=1 draws
// them anew. A picture may differ a little, as another rasterizer would draw it, but not by a rule or a character.
func TestTorturePictures(t *testing.T) {
	_, pages := torture(t, nil)
	for _, c := range []struct {
		name         string
		see          string // what must be seen
		label        string // page number
		at           string // the text at the upper left of the picture
		dpi          int
		dx, dy, w, h unit.Length // of the picture, from the start of the text's baseline
	}{
		{"corners", "框线与格线在角上相接，不缺不出头，粗细一致", "6", "项目名称", 600, -33000, -17500, 10000, 10000},
		{"stacked", "竖排标签逐字直立、居中", "12", "项", 100, -20000, -12000, 80000, 160000},
		{"decimals", "居中的金额成一块，小数点上下对齐", "13", "12.35", 100, -30000, -14000, 90000, 112000},
		{"heads", "续表重复表样里的两级表头和跨行标签", "16", "表3-2（续表）", 72, -192000, -12000, 450000, 420000},
		{"signs", "上下标、希腊字母与前后的字轻重相称，μ 与 m 同高，₂ 低于基线，³ 不高过行", "22", "大气", 150, -2000, -13000, 440000, 40000},
		{"turned", "横页竖放：表头朝左，页码在竖页的位置", "19", "", 36, 0, 0, unit.A4Width, unit.A4Height},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := labelled(t, pages, c.label)
			var x, y unit.Length
			if c.at != "" {
				a := find(t, p, c.at)
				x, y = a.X, a.Y
			}
			img, err := raster.New(c.dpi).Image(p)
			if err != nil {
				t.Fatal(err)
			}
			px := func(l unit.Length) int { return int(l) * c.dpi / 72000 }
			got := image.NewGray(image.Rect(0, 0, px(c.w), px(c.h)))
			for i := range got.Rect.Dy() {
				for k := range got.Rect.Dx() {
					got.SetGray(k, i, img.GrayAt(px(x+c.dx)+k, px(y+c.dy)+i))
				}
			}
			picture(t, tortureRoot+"/"+c.name+".png", c.see, got)
		})
	}
}

func labelled(t *testing.T, d *page.Document, label string) *page.Page {
	t.Helper()
	for i := range d.Pages {
		if d.Pages[i].Label == label {
			return &d.Pages[i]
		}
	}
	t.Fatalf("no page %s", label)
	return nil
}

// find returns the first text on the page that starts so, runs of one line taken together.
func find(t *testing.T, p *page.Page, start string) *page.Text {
	t.Helper()
	for i := range p.Texts {
		s := ""
		for k := i; k < len(p.Texts) && p.Texts[k].Y == p.Texts[i].Y && len(s) < len(start); k++ {
			s += p.Texts[k].Text
		}
		if strings.HasPrefix(s, start) {
			return &p.Texts[i]
		}
	}
	t.Fatalf("%q is not on page %s", start, p.Label)
	return nil
}

// picture compares an image with the one kept.
func picture(t *testing.T, name, see string, got *image.Gray) {
	t.Helper()
	if os.Getenv("UPDATE") != "" {
		var b bytes.Buffer
		if err := png.Encode(&b, got); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	want, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if got.Bounds() != want.Bounds() {
		t.Fatalf("%s is %v, want %v", name, got.Bounds(), want.Bounds())
	}
	const strong, few = 96, 2 // of 255 levels; of 1,000 places
	wrong := 0
	for y := range got.Rect.Dy() {
		for x := range got.Rect.Dx() {
			r, _, _, _ := want.At(x, y).RGBA()
			if d := int(got.GrayAt(x, y).Y) - int(r>>8); d > strong || d < -strong {
				wrong++
			}
		}
	}
	if n := got.Rect.Dx() * got.Rect.Dy(); wrong*1000 > few*n {
		t.Errorf("%s: %d of %d places differ. To be seen: %s. Look at it and run UPDATE=1 go test ./internal/build", name, wrong, n, see)
	}
}
