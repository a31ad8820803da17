//go:build amd64 || arm64

package pdfium

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

	"yusuan/internal/read/paper"
)

// Page reads a page, from 1; the error is a *Refused. A page that is refused says nothing of the others.
func (f *File) Page(i int) (*Page, error) {
	s := f.sandbox
	defer s.within(f.page)()
	page, v, err := f.open(i)
	if err != nil {
		return nil, err
	}
	defer s.do("FPDF_ClosePage", page)
	w := &walk{b: f.many, v: v, left: min(objectsPage, f.left.objects), texts: map[uint64]textObject{}}
	before := w.left
	w.all(page, s.count("FPDFPage_CountObjects", page))
	f.left.objects -= before - max(0, w.left)
	if w.left <= 0 {
		return nil, &Refused{What: fmt.Sprintf("第%d页的线条太多", i), Remedy: "请用 WPS 或 Adobe 打开看看这一页，另存为 docx 或 xlsx 再用"}
	}
	p := &Page{Page: v.size(), Rules: w.pen.rules, Images: w.images, Over: f.over(page)}
	text := s.do("FPDFText_LoadPage", page)
	defer s.do("FPDFText_ClosePage", text)
	n := s.count("FPDFText_CountChars", text)
	if n > min(glyphsPage, f.left.glyphs) {
		return nil, &Refused{What: fmt.Sprintf("第%d页的字太多", i), Remedy: "请用 WPS 或 Adobe 打开看看这一页，另存为 docx 或 xlsx 再用"}
	}
	f.left.glyphs -= n
	l := &letters{s: s, b: f.many, v: v, page: p, objects: w.texts, bold: map[uint64]bool{}}
	l.read(text, n)
	if s.broken != nil {
		return nil, damaged(fmt.Sprintf("第%d页读不出来，这一页损坏了或者太复杂", i), s.broken)
	}
	return p, nil
}

// Subtypes of notes that show words of their own, and the flags of those that nobody sees.
const (
	noteText  = 3
	noteStamp = 13
	noteField = 20

	flagHidden = 1 << 1
	flagNoView = 1 << 5

	notesPage = 10_000
)

// over counts the notes of a page that show words.
func (f *File) over(page uint64) (n int) {
	s := f.sandbox
	for k := range min(s.count("FPDFPage_GetAnnotCount", page), notesPage) {
		note := s.do("FPDFPage_GetAnnot", page, uint64(k))
		if note == 0 {
			continue
		}
		kind, flags := s.count("FPDFAnnot_GetSubtype", note), s.count("FPDFAnnot_GetFlags", note)
		s.do("FPDFAnnot_GetRect", note, s.room)
		w := s.words()                        // left, top, right, bottom
		empty := w[0] == w[2] || w[1] == w[3] // a signature without a picture is one
		if (kind == noteText || kind == noteStamp || kind == noteField) && flags&(flagHidden|flagNoView) == 0 && !empty {
			n++
		}
		s.do("FPDFPage_CloseAnnot", note)
	}
	return n
}

// letters reads the letters of a page.
type letters struct {
	s       *sandbox
	b       *batch
	v       *view
	page    *Page
	objects map[uint64]textObject
	bold    map[uint64]bool // by font
	half    rune            // the first half of a letter of two
}

// letter is a letter as PDFium has it.
type letter struct {
	k                int
	unicode          rune
	unmapped, hyphen bool
	piece            uint64 // of text, that it belongs to
	turned           int
}

// replacement stands for a glyph that the file has no letter for.
const replacement = '\uFFFD'

// read reads n letters.
func (l *letters) read(text uint64, n int) {
	all := make([]letter, n)
	for k := range all {
		all[k].k = k
	}
	b := l.b
	each(b, all, 8, 16, func(c *letter) {
		k := uint64(c.k)
		for _, f := range []int{textUnicode, textUnmapped, textHyphen, textPiece, textAngle} {
			b.ask(f, text, k)
		}
		at := b.out(4)
		b.ask(textOrigin, text, k, at, at+8)
		at = b.out(8)
		b.ask(textBox, text, k, at, at+8, at+16, at+24)
		b.ask(textLoose, text, k, b.out(4))
	}, func(c *letter) {
		c.unicode, c.unmapped, c.hyphen, c.piece = rune(b.result()), b.result() != 0, b.result() == 1, b.result()
		c.turned = (quarters(b.result()) + l.v.turn) % 4
		l.keep(c)
	})
}

// keep keeps a letter that can be seen; its places are the next in the batch.
func (l *letters) keep(c *letter) {
	g := l.place(c)
	r := c.unicode
	switch {
	case c.hyphen && r == 2: // where a line ends; as a letter it is a control character
		r = '-'
	case utf16.IsSurrogate(r) && l.half == 0:
		l.half = r
		return
	case l.half != 0:
		r, l.half = utf16.DecodeRune(l.half, r), 0
	case unicode.IsSpace(r):
		return
	}
	if c.unmapped || r < ' ' || r == 0xFFFE || r == 0xFFFF || unicode.IsControl(r) || unicode.Is(unicode.Co, r) {
		r = replacement
	}
	common, known := l.objects[c.piece]
	if !known { // nothing says where it is cut
		size := l.v.size()
		common.clip = paper.Box{Right: size.Width, Bottom: size.Height}
	}
	at, in := common.clip, g.Box
	x, y := (in.Left+in.Right)/2, (in.Top+in.Bottom)/2
	if in == (paper.Box{}) || x < at.Left-straight || at.Right+straight < x || y < at.Top-straight || at.Bottom+straight < y {
		return
	}
	if g.Rune = r; r == replacement {
		l.page.Unmapped++
	}
	if common.invisible {
		l.page.Hidden++
	}
	g.Bold = l.heavy(common.font)
	l.page.Glyphs = append(l.page.Glyphs, g)
}

// place is where a letter stands.
func (l *letters) place(c *letter) Glyph {
	b := l.b
	g := Glyph{Turned: c.turned}
	if c.piece == 0 { // PDFium made it up, or knows nothing of it
		g.Turned = 0
	}
	known := b.result() != 0
	x, y := l.v.point(length64(b.next64()), length64(b.next64()))
	if known {
		if g.Baseline = y; g.Turned%2 == 1 {
			g.Baseline = x
		}
	}
	known = b.result() != 0
	left, right, bottom, top := length64(b.next64()), length64(b.next64()), length64(b.next64()), length64(b.next64())
	if known {
		g.Box = l.v.seen(left, bottom, right, top)
	}
	known = b.result() != 0
	left, top, right, bottom = length32(b.next()), length32(b.next()), length32(b.next()), length32(b.next())
	if known {
		g.Step = l.v.seen(left, top, right, bottom)
		if g.Size = g.Step.Bottom - g.Step.Top; g.Turned%2 == 1 {
			g.Size = g.Step.Right - g.Step.Left
		}
	}
	if g.Box.Right-g.Box.Left < 10 && g.Box.Bottom-g.Box.Top < 10 { // a glyph without ink
		g.Box = g.Step
	}
	return g
}

// heavyNames are in the names of bold faces.
var heavyNames = []string{"bold", "heavy", "black", "simhei", "黑体"}

// heavy reports whether a font is bold.
func (l *letters) heavy(font uint64) bool {
	bold, known := l.bold[font]
	if known || font == 0 {
		return bold
	}
	const most = 128
	at := l.s.do("malloc", most)
	if n := l.s.count("FPDFFont_GetBaseFontName", font, at, most); 0 < n && n <= most {
		name := strings.ToLower(string(l.s.read(at, n-1)))
		bold = slices.ContainsFunc(heavyNames, func(w string) bool { return strings.Contains(name, w) })
	}
	l.s.do("free", at)
	l.bold[font] = bold
	return bold
}
