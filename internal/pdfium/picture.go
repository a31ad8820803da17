//go:build amd64 || arm64

package pdfium

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
)

// pixelsMost bounds a picture of a page.
const pixelsMost = 40_000_000

// Picture draws a page, from 1, as PNG, with the notes that it carries; the error is a *Refused.
func (f *File) Picture(i, dpi int) ([]byte, error) {
	s := f.sandbox
	defer s.within(f.page)()
	page, v, err := f.open(i)
	if err != nil {
		return nil, err
	}
	size := v.size()
	w, h := pixels(size.Width, dpi), pixels(size.Height, dpi)
	if w > pixelsMost/h {
		return nil, &Refused{What: fmt.Sprintf("第%d页太大，画不出来", i), Remedy: "请用 WPS 或 Adobe 打开看"}
	}
	const bgrx, annotations, reversed = 3, 0x01, 0x10 // of four bytes without transparency; the notes, too; red first
	bitmap := s.do("FPDFBitmap_CreateEx", uint64(w), uint64(h), bgrx, 0, 0)
	if bitmap != 0 {
		s.do("FPDFBitmap_FillRect", bitmap, 0, 0, uint64(w), uint64(h), 0xFFFFFFFF)
		s.do("FPDF_RenderPageBitmap", bitmap, page, 0, 0, uint64(w), uint64(h), 0, annotations|reversed)
	}
	stride := s.count("FPDFBitmap_GetStride", bitmap)
	at := s.do("FPDFBitmap_GetBuffer", bitmap)
	if s.broken != nil || bitmap == 0 || stride < 4*w {
		return nil, damaged(fmt.Sprintf("第%d页画不出来，这一页损坏了或者太复杂", i), s.broken)
	}
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		row := m.Pix[y*m.Stride : y*m.Stride+4*w]
		copy(row, s.read(at+uint64(y*stride), 4*w))
		for x := 3; x < len(row); x += 4 {
			row[x] = 0xFF
		}
	}
	s.do("FPDFBitmap_Destroy", bitmap)
	s.do("FPDF_ClosePage", page)
	if s.broken != nil {
		return nil, damaged(fmt.Sprintf("第%d页画不出来，这一页损坏了或者太复杂", i), s.broken)
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&out, m); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
