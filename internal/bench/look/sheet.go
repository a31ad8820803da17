package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"strings"

	"yusuan/internal/raster"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// sheetsOf is how contact sheets are made.
type sheetsOf struct {
	out          string // folder
	dpi          int
	across, down int // upright pages of A4 on a sheet; of others as many as go on it
}

// captionSize is the size of the line below a page; captionHeight its room.
const (
	captionSize   = 11 * unit.Pt
	captionHeight = 16 * unit.Pt
)

// contactSheets draws the pages of a document, below each its number and what was found on it, and returns how many sheets
// there are.
func (o sheetsOf) contactSheets(d *document, r *report) (int, error) {
	stale, err := filepath.Glob(filepath.Join(o.out, d.fileName()+"-[0-9][0-9].png"))
	if err != nil {
		return 0, err
	}
	for _, name := range stale {
		if err := os.Remove(name); err != nil {
			return 0, err
		}
	}
	s := sheet{sheetsOf: o, draw: raster.New(o.dpi), face: captionFace(d.pages)}
	s.name = func(n int) string { return filepath.Join(o.out, fmt.Sprintf("%s-%02d.png", d.fileName(), n)) }
	for i := range d.pages.Pages {
		if err := s.add(&d.pages.Pages[i], r.caption(d, i)); err != nil {
			return 0, fmt.Errorf("%s: page %d: %w", d.name, i+1, err)
		}
	}
	return s.number, s.write()
}

// caption is what stands below a page: its number on the sheet, the one printed, and the heads of what was found.
func (r *report) caption(d *document, i int) string {
	out := fmt.Sprintf("p.%d (%s)", i+1, d.pages.Pages[i].Label)
	for k, x := range described {
		n := 0
		for _, f := range r.findings {
			if f.kind == kind(k) && f.page == i+1 && !x.most {
				n++
			}
		}
		if n > 0 {
			out += fmt.Sprintf("  %s %d", x.head, n)
		}
	}
	return out
}

// captionFace is a face of the document that has what captions are made of.
func captionFace(d *page.Document) *font.Face {
	for i := range d.Pages {
		for k := range d.Pages[i].Texts {
			f := d.Pages[i].Texts[k].Face
			if f.Outlined() && !strings.ContainsFunc("0123456789().>abcdefghijklmnopqrstuvwxyz ", func(r rune) bool { return f.Glyph(r) == 0 }) {
				return f
			}
		}
	}
	return nil
}

// sheet is the contact sheet at hand: rows of pages from the top, each as tall as its tallest page.
type sheet struct {
	sheetsOf
	draw   *raster.Renderer
	face   *font.Face
	name   func(n int) string
	number int
	img    *image.RGBA // nil before the first page
	x, y   int         // where the next page goes
	row    int         // height of the row
	right  int         // edge of the widest row
}

// ground is the grey between pages.
const ground = 0xD8

func (s *sheet) px(l unit.Length) int { return int(l) * s.dpi / (72 * int(unit.Pt)) }

// add draws a page on the sheet, or on a new one.
func (s *sheet) add(p *page.Page, caption string) error {
	img, err := s.image(p)
	if err != nil {
		return err
	}
	gap, below := s.px(8*unit.Pt), s.px(captionHeight)
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	width, height := s.across*(s.px(unit.A4Width)+gap+2)+gap, s.down*(s.px(unit.A4Height)+below+gap+2)+gap
	if s.img != nil && s.x+w+gap > width {
		s.x, s.y, s.row = gap, s.y+s.row, 0
	}
	if s.img == nil || s.y+h+below+gap > height {
		if err := s.write(); err != nil {
			return err
		}
		s.img = image.NewRGBA(image.Rect(0, 0, max(width, w+2*gap), max(height, h+below+2*gap)))
		draw.Draw(s.img, s.img.Rect, image.NewUniform(color.Gray{ground}), image.Point{}, draw.Src)
		s.number++
		s.x, s.y, s.row, s.right = gap, gap, 0, 0
	}
	draw.Draw(s.img, image.Rect(s.x, s.y, s.x+w, s.y+h), img, img.Bounds().Min, draw.Src)
	if s.face != nil {
		line, err := s.draw.Image(captionPage(p, s.face, caption))
		if err != nil {
			return err
		}
		for i, v := range line.Pix {
			line.Pix[i] = uint8(int(v) * ground / 0xFF)
		}
		draw.Draw(s.img, image.Rect(s.x, s.y+h, s.x+w, s.y+h+below), line, image.Point{}, draw.Src)
	}
	s.x += w + gap
	s.row, s.right = max(s.row, h+below+gap), max(s.right, s.x)
	return nil
}

// image draws a page in its colours.
func (s *sheet) image(p *page.Page) (image.Image, error) {
	var b bytes.Buffer
	if err := s.draw.PNG(p, &b); err != nil {
		return nil, err
	}
	return png.Decode(&b)
}

// captionPage is a line of text as wide as a page.
func captionPage(p *page.Page, f *font.Face, text string) *page.Page {
	t := page.Text{X: 2 * unit.Pt, Y: captionHeight - 4*unit.Pt, Face: f, Size: captionSize, Text: text}
	for _, r := range text {
		t.Advances = append(t.Advances, captionSize.Milli(int64(f.RuneAdvance(r))))
	}
	return &page.Page{Width: p.Width, Height: captionHeight, Texts: []page.Text{t}}
}

// write writes the sheet at hand, if there is one.
func (s *sheet) write() error {
	if s.img == nil {
		return nil
	}
	var b bytes.Buffer
	if err := png.Encode(&b, s.img.SubImage(image.Rect(0, 0, s.right, s.y+s.row))); err != nil {
		return err
	}
	s.img = nil
	return os.WriteFile(s.name(s.number), b.Bytes(), 0o644)
}
