//go:build amd64 || arm64

package pdfium

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"

	"yusuan/internal/read/paper"
	"yusuan/internal/typeset/unit"
)

// Page reads a page, from 1; the error is a *Refused. A page that is refused says nothing of the others.
func (f *File) Page(i int) (*Page, error) {
	s := f.sandbox
	defer s.within(pageTime)()
	page, v, err := f.open(i)
	if err != nil {
		return nil, err
	}
	p := &Page{Page: v.size()}
	w := &walk{s: s, v: v, page: p, left: min(objectsPage, f.left.objects), texts: map[uint64]textObject{}}
	before := w.left
	w.all(page)
	f.left.objects -= before - max(0, w.left)
	p.Rules = w.pen.rules
	if w.left <= 0 {
		s.do("FPDF_ClosePage", page)
		return nil, &Refused{What: fmt.Sprintf("第%d页的线条太多", i), Remedy: "请用 WPS 或 Adobe 打开看看这一页，另存为 docx 或 xlsx 再用"}
	}
	text := s.do("FPDFText_LoadPage", page)
	n := s.count("FPDFText_CountChars", text)
	if n > min(glyphsPage, f.left.glyphs) {
		return nil, &Refused{What: fmt.Sprintf("第%d页的字太多", i), Remedy: "请用 WPS 或 Adobe 打开看看这一页，另存为 docx 或 xlsx 再用"}
	}
	f.left.glyphs -= n
	l := &letters{s: s, v: v, text: text, page: p, objects: w.texts, bold: map[uint64]bool{}}
	for k := range n {
		l.letter(uint64(k))
	}
	s.do("FPDFText_ClosePage", text)
	s.do("FPDF_ClosePage", page)
	if s.broken != nil {
		return nil, damaged(fmt.Sprintf("第%d页读不出来，这一页损坏了或者太复杂", i), s.broken)
	}
	return p, nil
}

// letters reads the letters of a page.
type letters struct {
	s       *sandbox
	v       *view
	text    uint64
	page    *Page
	objects map[uint64]textObject
	bold    map[uint64]bool // by font
	surer   rune            // the first half of a letter of two
	// The piece of text of the letter before: most letters share it.
	last   uint64
	common textObject
	turned int // counter-clockwise in the file's space, as seen
}

// replacement stands for a glyph that the file has no letter for.
const replacement = '\uFFFD'

// letter reads one letter.
func (l *letters) letter(k uint64) {
	r := rune(l.s.do("FPDFText_GetUnicode", l.text, k))
	switch {
	case r == 2: // a hyphen where a line ends; as a letter it is a control character
		r = '-'
		if !l.s.yes("FPDFText_IsHyphen", l.text, k) {
			r = replacement
		}
	case utf16.IsSurrogate(r) && l.surer == 0:
		l.surer = r
		return
	case l.surer != 0:
		r, l.surer = utf16.DecodeRune(l.surer, r), 0
	case unicode.IsSpace(r):
		return
	}
	if l.s.yes("FPDFText_HasUnicodeMapError", l.text, k) || r < ' ' || r == 0xFFFE || r == 0xFFFF || unicode.IsControl(r) || unicode.Is(unicode.Co, r) {
		r = replacement
	}
	g := Glyph{Rune: r}
	if !l.place(&g, k) {
		return
	}
	if r == replacement {
		l.page.Unmapped++
	}
	if l.common.invisible {
		l.page.Hidden++
	}
	l.page.Glyphs = append(l.page.Glyphs, g)
}

// place is where a letter stands; false for one that cannot be seen.
func (l *letters) place(g *Glyph, k uint64) bool {
	s, room := l.s, l.s.room
	l.piece(k)
	g.Turned, g.Bold = l.turned, l.common.bold
	var x, y unit.Length
	if s.yes("FPDFText_GetCharOrigin", l.text, k, room, room+8) {
		d := s.doubles()
		x, y = l.v.point(length64(d[0]), length64(d[1]))
	}
	if g.Baseline = y; g.Turned%2 == 1 {
		g.Baseline = x
	}
	if s.yes("FPDFText_GetLooseCharBox", l.text, k, room) {
		b := s.words() // left, top, right, bottom
		g.Step = l.v.seen(length32(b[0]), length32(b[1]), length32(b[2]), length32(b[3]))
		if g.Size = g.Step.Bottom - g.Step.Top; g.Turned%2 == 1 {
			g.Size = g.Step.Right - g.Step.Left
		}
	}
	if s.yes("FPDFText_GetCharBox", l.text, k, room, room+8, room+16, room+24) {
		d := s.doubles() // left, right, bottom, top
		g.Box = l.v.seen(length64(d[0]), length64(d[2]), length64(d[1]), length64(d[3]))
	}
	if g.Box.Right-g.Box.Left < 10 && g.Box.Bottom-g.Box.Top < 10 {
		if g.Box = g.Step; g.Box == (paper.Box{}) {
			return false
		}
	}
	cx, cy := (g.Box.Left+g.Box.Right)/2, (g.Box.Top+g.Box.Bottom)/2
	c := l.common.clip
	return c.Left-straight <= cx && cx <= c.Right+straight && c.Top-straight <= cy && cy <= c.Bottom+straight
}

// piece notes what the letter has in common with its piece of text.
func (l *letters) piece(k uint64) {
	o := l.s.do("FPDFText_GetTextObject", l.text, k)
	if o == l.last && o != 0 {
		return
	}
	l.last = o
	var known bool
	if l.common, known = l.objects[o]; !known { // nothing says where it is cut
		size := l.v.size()
		l.common = textObject{clip: paper.Box{Right: size.Width, Bottom: size.Height}}
	}
	if o == 0 {
		l.turned = 0
		return
	}
	l.turned = (quarters(l.s.do("FPDFText_GetCharAngle", l.text, k)) + l.v.turn) % 4
	l.common.bold = l.heavy(l.s.do("FPDFTextObj_GetFont", o))
}

// heavyNames are in the names of bold faces.
var heavyNames = []string{"bold", "heavy", "black", "simhei", "黑体"}

// heavy reports whether a font is bold.
func (l *letters) heavy(font uint64) bool {
	if font == 0 {
		return false
	}
	bold, known := l.bold[font]
	if known {
		return bold
	}
	const most = 128
	at := l.s.do("malloc", most)
	n := l.s.count("FPDFFont_GetBaseFontName", font, at, most)
	if 0 < n && n <= most {
		name := strings.ToLower(string(l.s.read(at, n-1)))
		for _, w := range heavyNames {
			bold = bold || strings.Contains(name, w)
		}
	}
	l.s.do("free", at)
	l.bold[font] = bold
	return bold
}
