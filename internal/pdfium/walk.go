//go:build amd64 || arm64

package pdfium

import (
	"yusuan/internal/read/paper"
	"yusuan/internal/typeset/unit"
)

// What is read of a page and of a document at most; more is refused.
const (
	glyphsPage  = 100_000
	objectsPage = 300_000 // objects and pieces of lines
	glyphsMost  = 5_000_000
	objectsMost = 10_000_000
	formsDeep   = 12
)

// budget is how much more may be read.
type budget struct{ glyphs, objects int }

// Kinds of objects of a page, of pieces of paths, of the ways in which text is drawn.
const (
	objectText  = 1
	objectPath  = 2
	objectImage = 3
	objectForm  = 5

	pieceLine  = 0
	pieceCurve = 1
	pieceMove  = 2

	textInvisible = 3
	textClip      = 7
)

// walk goes through the objects of a page.
type walk struct {
	s    *sandbox
	v    *view
	page *Page
	left int // objects that may still come
	// texts are the objects that letters belong to, by their addresses: not all of them are on the page itself.
	texts map[uint64]textObject
	pen   pen
}

// textObject is what the letters of a piece of text have in common.
type textObject struct {
	clip      paper.Box // where they can be seen
	invisible bool
	bold      bool
}

// frame is where the objects of a form, or of the page, come to lie.
type frame struct {
	m     matrix
	clip  paper.Box
	depth int
}

// all walks through the objects of the page.
func (w *walk) all(page uint64) {
	size := w.v.size()
	whole := frame{m: identity(), clip: paper.Box{Right: size.Width, Bottom: size.Height}}
	for k := range w.s.count("FPDFPage_CountObjects", page) {
		if !w.more() {
			return
		}
		w.object(w.s.do("FPDFPage_GetObject", page, uint64(k)), whole)
	}
}

// more takes one of the objects that may come.
func (w *walk) more() bool {
	w.left--
	return w.left > 0 && w.s.broken == nil
}

func (w *walk) object(o uint64, in frame) {
	if o == 0 {
		return
	}
	kind := w.s.do("FPDFPageObj_GetType", o)
	if kind != objectText && kind != objectPath && kind != objectImage && kind != objectForm {
		return
	}
	clip := w.clip(o, in)
	switch kind {
	case objectText:
		mode := int32(w.s.do("FPDFTextObj_GetTextRenderMode", o))
		w.texts[o] = textObject{clip: clip, invisible: mode == textInvisible || mode == textClip}
	case objectPath:
		w.path(o, in.m, clip)
	case objectImage:
		w.page.Images++
		if w.s.yes("FPDFPageObj_GetBounds", o, w.s.room, w.s.room+4, w.s.room+8, w.s.room+12) {
			b := w.s.words() // left, bottom, right, top
			x0, y0 := in.m.at(b[0], b[1])
			x1, y1 := in.m.at(b[2], b[3])
			w.pen.area(w.v.seen(x0, y0, x1, y1), clip)
		}
	case objectForm:
		if in.depth >= formsDeep {
			return
		}
		inside := frame{m: w.matrix(o).then(in.m), clip: clip, depth: in.depth + 1}
		for k := range w.s.count("FPDFFormObj_CountObjects", o) {
			if !w.more() {
				return
			}
			w.object(w.s.do("FPDFFormObj_GetObject", o, uint64(k)), inside)
		}
	}
}

// matrix is where an object stands in what holds it.
func (w *walk) matrix(o uint64) matrix {
	if !w.s.yes("FPDFPageObj_GetMatrix", o, w.s.room) {
		return identity()
	}
	return matrixOf(w.s.words())
}

// clip is what can be seen of an object: the box around all of each path that it is cut by.
func (w *walk) clip(o uint64, in frame) paper.Box {
	clip := in.clip
	path := w.s.do("FPDFPageObj_GetClipPath", o)
	if path == 0 {
		return clip
	}
	for i := range w.s.count("FPDFClipPath_CountPaths", path) {
		if !w.more() {
			return clip
		}
		pieces := w.s.count("FPDFClipPath_CountPathSegments", path, uint64(i))
		if pieces == 0 {
			continue
		}
		var b paper.Box
		for k := range pieces {
			if !w.more() {
				return clip
			}
			x, y := w.point(w.s.do("FPDFClipPath_GetPathSegment", path, uint64(i), uint64(k)), in.m)
			if p := (paper.Box{Left: x, Top: y, Right: x, Bottom: y}); k == 0 {
				b = p
			} else {
				b = b.Union(p)
			}
		}
		clip = cut(clip, b)
	}
	return clip
}

// cut is what two boxes have in common; a box that is empty, and lies beyond the page, where they have nothing.
func cut(a, b paper.Box) paper.Box {
	c := paper.Box{Left: max(a.Left, b.Left), Top: max(a.Top, b.Top), Right: min(a.Right, b.Right), Bottom: min(a.Bottom, b.Bottom)}
	if c.Left > c.Right || c.Top > c.Bottom {
		return paper.Box{Left: -farthest, Top: -farthest, Right: -farthest, Bottom: -farthest}
	}
	return c
}

// point is where a piece of a path ends.
func (w *walk) point(piece uint64, m matrix) (x, y unit.Length) {
	if !w.s.yes("FPDFPathSegment_GetPoint", piece, w.s.room, w.s.room+4) {
		return 0, 0
	}
	b := w.s.words()
	return w.v.point(m.at(b[0], b[1]))
}

// path draws what a path leaves on the paper.
func (w *walk) path(o uint64, m matrix, clip paper.Box) {
	if !w.s.yes("FPDFPath_GetDrawMode", o, w.s.room, w.s.room+4) {
		return
	}
	b := w.s.words()
	filled, stroked := b[0] != 0, b[1] != 0
	filled = filled && w.seen("FPDFPageObj_GetFillColor", o)
	stroked = stroked && w.seen("FPDFPageObj_GetStrokeColor", o)
	if !filled && !stroked {
		return
	}
	m = w.matrix(o).then(m)
	w.pen.begin(filled, stroked, clip)
	for k := range w.s.count("FPDFPath_CountSegments", o) {
		if !w.more() {
			break
		}
		piece := w.s.do("FPDFPath_GetPathSegment", o, uint64(k))
		x, y := w.point(piece, m)
		switch int32(w.s.do("FPDFPathSegment_GetType", piece)) {
		case pieceMove:
			w.pen.move(x, y)
		case pieceLine:
			w.pen.line(x, y)
		case pieceCurve:
			w.pen.curve(x, y)
		}
		if w.s.yes("FPDFPathSegment_GetClose", piece) {
			w.pen.close()
		}
	}
	w.pen.end()
}

// paper is how light a colour is at least that nobody sees on paper, of 255.
const blank = 251

// seen reports whether the colour of an object can be seen on white paper.
func (w *walk) seen(colour string, o uint64) bool {
	r := w.s.room
	if !w.s.yes(colour, o, r, r+4, r+8, r+12) {
		return true
	}
	c := w.s.words() // red, green, blue, how much it covers
	return c[3] > 0 && (c[0] < blank || c[1] < blank || c[2] < blank)
}
