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
	kindText  = 1
	kindPath  = 2
	kindImage = 3
	kindForm  = 5

	pieceLine  = 0
	pieceCurve = 1
	pieceMove  = 2

	modeInvisible = 3
	modeClip      = 7

	// blank is how light a colour is at least that nobody sees on paper, of 255.
	blank = 251
)

// walk goes through the objects of a page, and level by level through those of its forms.
type walk struct {
	b      *batch
	v      *view
	left   int // objects and pieces that may still come
	images int
	// texts are the objects that letters belong to, by their addresses: not all of them are on the page itself.
	texts map[uint64]textObject
	pen   pen
}

// textObject is what the letters of a piece of text have in common.
type textObject struct {
	clip      paper.Box // where they can be seen
	invisible bool
	font      uint64
}

// frame is where the objects of a form, or of the page, come to lie.
type frame struct {
	m    matrix
	clip paper.Box
}

// object is an object of a page, as far as it is known.
type object struct {
	in              *frame
	of              uint64 // the form, or the page
	k               int
	address         uint64
	kind            uint64
	m               matrix
	bounds          [4]uint32
	bounded         bool
	filled, stroked bool
	clipBy          uint64
	clip            paper.Box
	mode            int32
	font            uint64
	pieces          int // of a path
	objects         int // of a form
}

// part is a piece of a path, or of a path that cuts.
type part struct {
	o       *object
	path, k int
	address uint64
	kind    int32
	x, y    unit.Length
	closed  bool
}

// all walks through the objects of a page.
func (w *walk) all(page uint64, n int) {
	size := w.v.size()
	level := w.children(nil, page, n, &frame{m: identity(), clip: paper.Box{Right: size.Width, Bottom: size.Height}})
	get := pageObject
	for depth := 0; len(level) > 0 && depth < formsDeep && w.b.s.broken == nil; depth++ {
		each(w.b, level, 1, 0, func(o *object) { w.b.ask(get, o.of, uint64(o.k)) }, func(o *object) { o.address = w.b.result() })
		w.look(level)
		w.cut(level)
		w.draw(level)
		var next []object
		for i := range level {
			switch o := &level[i]; o.kind {
			case kindText:
				w.texts[o.address] = textObject{clip: o.clip, invisible: o.mode == modeInvisible || o.mode == modeClip, font: o.font}
			case kindImage:
				w.image(o)
			case kindForm:
				next = w.children(next, o.address, o.objects, &frame{m: o.m.then(o.in.m), clip: o.clip})
			}
		}
		level, get = next, formObject
	}
}

// children appends what a form, or the page, holds.
func (w *walk) children(to []object, of uint64, n int, in *frame) []object {
	for k := range n {
		if w.left--; w.left <= 0 {
			return to
		}
		to = append(to, object{in: in, of: of, k: k})
	}
	return to
}

// look asks what the objects are.
func (w *walk) look(level []object) {
	b := w.b
	colour := func(function int, o *object) {
		at := b.out(4)
		b.ask(function, o.address, at, at+4, at+8, at+12)
	}
	// seen reports whether a colour can be seen on white paper.
	seen := func() bool {
		known := b.result() != 0
		red, green, blue, covers := b.next(), b.next(), b.next(), b.next()
		return !known || covers > 0 && (red < blank || green < blank || blue < blank)
	}
	each(b, level, 11, 20, func(o *object) {
		b.ask(objectKind, o.address)
		b.ask(objectMatrix, o.address, b.out(6))
		colour(objectBounds, o)
		at := b.out(2)
		b.ask(pathMode, o.address, at, at+4)
		colour(objectFill, o)
		colour(objectStroke, o)
		b.ask(objectClip, o.address)
		b.ask(textMode, o.address)
		b.ask(textFont, o.address)
		b.ask(pathPieces, o.address)
		b.ask(formObjects, o.address)
	}, func(o *object) {
		o.kind = b.result()
		known := b.result() != 0
		var m [6]uint32
		for i := range m {
			m[i] = b.next()
		}
		if o.m = identity(); known {
			o.m = matrixOf(m)
		}
		o.bounded = b.result() != 0
		for i := range o.bounds {
			o.bounds[i] = b.next()
		}
		known = b.result() != 0
		o.filled, o.stroked = b.next() != 0 && known, b.next() != 0 && known
		o.filled = seen() && o.filled
		o.stroked = seen() && o.stroked
		o.clipBy, o.mode, o.font = b.result(), int32(b.result()), b.result()
		o.pieces, o.objects = b.count(), b.count()
	})
}

// cut finds what can be seen of each object: the box around all of each path that it is cut by.
func (w *walk) cut(level []object) {
	b := w.b
	var paths []part
	each(b, level, 1, 0, func(o *object) { b.ask(clipPaths, o.clipBy) }, func(o *object) {
		o.clip = o.in.clip
		n := b.count()
		if o.clipBy == 0 || o.kind == 0 {
			return
		}
		for k := range n {
			if w.left--; w.left <= 0 {
				return
			}
			paths = append(paths, part{o: o, path: k})
		}
	})
	var pieces []part
	each(b, paths, 1, 0, func(p *part) { b.ask(clipPieces, p.o.clipBy, uint64(p.path)) }, func(p *part) {
		for k := range b.count() {
			if w.left--; w.left <= 0 {
				return
			}
			pieces = append(pieces, part{o: p.o, path: p.path, k: k})
		}
	})
	each(b, pieces, 1, 0, func(p *part) { b.ask(clipPiece, p.o.clipBy, uint64(p.path), uint64(p.k)) }, func(p *part) { p.address = b.result() })
	w.points(pieces)
	for i := 0; i < len(pieces); {
		p := &pieces[i]
		box := paper.Box{Left: p.x, Top: p.y, Right: p.x, Bottom: p.y}
		for i++; i < len(pieces) && pieces[i].o == p.o && pieces[i].path == p.path; i++ {
			box = reach(box, pieces[i].x, pieces[i].y)
		}
		p.o.clip = common(p.o.clip, box)
	}
}

// reach is a box that holds a point, too.
func reach(b paper.Box, x, y unit.Length) paper.Box {
	return paper.Box{Left: min(b.Left, x), Top: min(b.Top, y), Right: max(b.Right, x), Bottom: max(b.Bottom, y)}
}

// common is what two boxes have in common; where they have nothing, an empty one that lies beyond all pages.
func common(a, b paper.Box) paper.Box {
	c := paper.Box{Left: max(a.Left, b.Left), Top: max(a.Top, b.Top), Right: min(a.Right, b.Right), Bottom: min(a.Bottom, b.Bottom)}
	if c.Left > c.Right || c.Top > c.Bottom {
		return paper.Box{Left: -farthest, Top: -farthest, Right: -farthest, Bottom: -farthest}
	}
	return c
}

// points finds where pieces end. Those that cut are where the form is put, the others where their path's matrix puts them.
func (w *walk) points(pieces []part) {
	b := w.b
	each(b, pieces, 3, 2, func(p *part) {
		b.ask(pieceKind, p.address)
		at := b.out(2)
		b.ask(piecePoint, p.address, at, at+4)
		b.ask(pieceIsClosed, p.address)
	}, func(p *part) {
		p.kind = int32(b.result())
		b.result()
		m := p.o.in.m
		if p.path < 0 {
			m = p.o.m.then(m)
		}
		p.x, p.y = w.v.point(m.at(b.next(), b.next()))
		p.closed = b.result() != 0
	})
}

// draw draws what paths leave on the paper.
func (w *walk) draw(level []object) {
	b := w.b
	var pieces []part
	for i := range level {
		o := &level[i]
		if o.kind != kindPath || !o.filled && !o.stroked {
			continue
		}
		for k := range o.pieces {
			if w.left--; w.left <= 0 {
				return
			}
			pieces = append(pieces, part{o: o, path: -1, k: k})
		}
	}
	each(b, pieces, 1, 0, func(p *part) { b.ask(pathPiece, p.o.address, uint64(p.k)) }, func(p *part) { p.address = b.result() })
	w.points(pieces)
	for i := range pieces {
		p := &pieces[i]
		if p.k == 0 {
			w.pen.end()
			w.pen.begin(p.o.filled, p.o.stroked, p.o.clip)
		}
		switch p.kind {
		case pieceMove:
			w.pen.move(p.x, p.y)
		case pieceLine:
			w.pen.line(p.x, p.y)
		case pieceCurve:
			w.pen.curve(p.x, p.y)
		}
		if p.closed {
			w.pen.close()
		}
	}
	w.pen.end()
}

// image counts a picture; one that is thin looks like a rule.
func (w *walk) image(o *object) {
	w.images++
	if o.bounded {
		m := o.in.m
		x0, y0 := m.at(o.bounds[0], o.bounds[1])
		x1, y1 := m.at(o.bounds[2], o.bounds[3])
		w.pen.area(w.v.seen(x0, y0, x1, y1), o.clip)
	}
}
