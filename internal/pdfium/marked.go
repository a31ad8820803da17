//go:build amd64 || arm64

package pdfium

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"

	"yusuan/internal/pdfread"
	"yusuan/internal/read/paper"
	"yusuan/internal/typeset/unit"
)

// author is whose the notes are.
const author = "yusuan 核对"

// Marked is a copy of the document with the marks as notes, added behind the bytes of the file, which stay as they are. Marks
// of the same boxes are one note; one without boxes stands at the head of its page. The error is a *Refused where nothing can
// be added.
func (f *File) Marked(marks []Mark) ([]byte, error) {
	file, err := pdfread.Open(f.raw)
	if err != nil {
		return nil, unmarked(err)
	}
	pages, err := file.PageRefs()
	if err == nil && len(pages) != f.pages {
		err = fmt.Errorf("%d pages, and PDFium knows %d", len(pages), f.pages)
	}
	if err != nil {
		return nil, unmarked(err)
	}
	u, err := file.Update()
	if err != nil {
		return nil, unmarked(err)
	}
	for i := 1; i <= f.pages; i++ {
		own := together(marks, i)
		if len(own) == 0 {
			continue
		}
		v, err := f.view(i)
		if err != nil {
			return nil, err
		}
		var list strings.Builder
		place := 0
		for _, m := range own {
			if len(m.Boxes) == 0 {
				place++
			}
			fmt.Fprintf(&list, "%d 0 R ", int(note(u, m, v, pages[i-1], place)))
		}
		if err := u.Append(pages[i-1], "Annots", list.String()); err != nil {
			return nil, unmarked(err)
		}
	}
	return u.Bytes(), nil
}

// unmarked says why a file gets no marks.
func unmarked(cause error) *Refused {
	what := "这份 PDF 的写法不合规范，不能在上面做标记"
	switch {
	case errors.Is(cause, pdfread.ErrEncrypted):
		what = "这份 PDF 加了密，不能在上面做标记"
	case errors.Is(cause, pdfread.ErrTooMuch):
		what = "这份 PDF 太复杂，不能在上面做标记"
	}
	return &Refused{What: what, Remedy: "请看清单；要标记，就用 WPS 或 Adobe 另存一份不加密的 PDF 再核对", Cause: cause}
}

// view is how a page is seen.
func (f *File) view(i int) (*view, error) {
	defer f.sandbox.within(f.page)()
	page, v, err := f.open(i)
	if err == nil {
		f.sandbox.do("FPDF_ClosePage", page)
	}
	return v, err
}

// together are the marks of a page, those of the same boxes as one. What has no page is on the first.
func together(marks []Mark, page int) (out []Mark) {
	for _, m := range marks {
		if max(1, m.Page) != page {
			continue
		}
		k := slices.IndexFunc(out, func(o Mark) bool { return len(m.Boxes) > 0 && slices.Equal(o.Boxes, m.Boxes) })
		if k < 0 {
			out = append(out, m)
			continue
		}
		out[k].Words += "\n" + m.Words
		out[k].Error = out[k].Error || m.Error
	}
	return out
}

// note adds a mark to the update.
func note(u *pdfread.Update, m Mark, v *view, page pdfread.Ref, place int) pdfread.Ref {
	colour := "1 .8 .25"
	if m.Error {
		colour = "1 .55 .5"
	}
	about := fmt.Sprintf("/Type/Annot/C[%s]/F 4/T%s/Contents%s/P %d 0 R", colour, textString(author), textString(m.Words), int(page))
	if len(m.Boxes) == 0 {
		const side = 20 * unit.Pt
		at := paper.Box{Left: side * unit.Length(place), Top: side / 2, Right: side*unit.Length(place) + side*4/5, Bottom: side * 13 / 10}
		return u.Add(fmt.Sprintf("<<%s/Subtype/Text/Name/Comment/Rect[%s]>>", about, rect(quad(v, at))))
	}
	var quads, draws strings.Builder
	var all paper.Box
	for _, b := range m.Boxes {
		q := quad(v, b)
		// Upper left, upper right, lower left, lower right, as people see it.
		fmt.Fprintf(&quads, "%s %s %s %s ", q[0], q[1], q[3], q[2])
		fmt.Fprintf(&draws, "%s m %s l %s l %s l h f ", q[0], q[1], q[2], q[3])
		all = all.Union(b)
	}
	r := rect(quad(v, all))
	content := "/G gs " + colour + " rg " + draws.String()
	look := u.Add(fmt.Sprintf("<</Type/XObject/Subtype/Form/BBox[%s]/Resources<</ExtGState<</G<</BM/Multiply>>>>>>/Group<</S/Transparency>>/Length %d>>\nstream\n%s\nendstream", r, len(content), content))
	return u.Add(fmt.Sprintf("<<%s/Subtype/Highlight/Rect[%s]/QuadPoints[%s]/AP<</N %d 0 R>>>>", about, r, strings.TrimSpace(quads.String()), int(look)))
}

// corner is a point of the file's space.
type corner struct{ x, y unit.Length }

func (c corner) String() string { return c.x.String() + " " + c.y.String() }

// quad is a box in the file's space: its corners from the upper left one, clockwise as people see them.
func quad(v *view, b paper.Box) (q [4]corner) {
	for i, p := range [4][2]unit.Length{{b.Left, b.Top}, {b.Right, b.Top}, {b.Right, b.Bottom}, {b.Left, b.Bottom}} {
		q[i].x, q[i].y = v.back(p[0], p[1])
	}
	return q
}

// rect is the rectangle around corners: lower left, upper right.
func rect(q [4]corner) string {
	low, high := q[0], q[0]
	for _, c := range q {
		low, high = corner{min(low.x, c.x), min(low.y, c.y)}, corner{max(high.x, c.x), max(high.y, c.y)}
	}
	return low.String() + " " + high.String()
}

// textString is text as PDF has it.
func textString(s string) string {
	out := "<FEFF"
	for _, u := range utf16.Encode([]rune(s)) {
		out += fmt.Sprintf("%04X", u)
	}
	return out + ">"
}
