// Package svg writes finished pages for screens: texts that stay texts, in the program's own faces, each character at the
// place that layout gave it. What of a page is a number, or words of the author's, can be found where it was clicked.
//
// A page holds no script, no style and no link: the strictest rules of a site allow it. Places are exact decimals of points.
package svg

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"unicode/utf8"

	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// Page writes a page. family is what the one who shows it calls a face: a name that needs no quotes in CSS.
//
// Every marked stretch is an element with data-of="k" for a number, data-at="k" for words of the author's; k is the place of
// the mark in p.Marks. Of a number that has several, such as one that is broken over lines, it is that of the first, whichever
// piece it is. Numbers are called by their places because they are counted through the document: what is inserted before a page
// leaves its bytes as they are.
func Page(p *page.Page, family func(*font.Face) string) []byte {
	w := writer{page: p, family: family, b: make([]byte, 0, 1<<14)}
	w.readMarks()
	w.b = append(w.b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 `...)
	w.length(p.Width)
	w.b = append(w.b, ' ')
	w.length(p.Height)
	// Every character has its place, so that no pair is kerned or joined; that none is hinted off it the browser is told.
	w.b = append(w.b, `" font-variant="none" text-rendering="geometricPrecision">`...)
	if p.Turned {
		w.b = append(w.b, `<g transform="matrix(0 -1 1 0 0 `...)
		w.length(p.Height)
		w.b = append(w.b, `)">`...)
	}
	for i := range p.Rules {
		w.rule(&p.Rules[i])
	}
	for i := range p.Paths {
		w.path(&p.Paths[i])
	}
	if p.Turned {
		w.texts(false)
		w.b = append(w.b, `</g>`...)
		w.texts(true)
	} else {
		w.texts(false, true)
	}
	return append(w.b, `</svg>`...)
}

// Hash is the name of a page by its content: another page has another one.
func Hash(file []byte) string {
	sum := sha256.Sum256(file)
	return hex.EncodeToString(sum[:16])
}

// Faces lists the faces that a document's texts are set in, in the order of their first use.
func Faces(d *page.Document) (out []*font.Face) {
	for i := range d.Pages {
		for k := range d.Pages[i].Texts {
			if t := &d.Pages[i].Texts[k]; t.Text != "" && !slices.Contains(out, t.Face) {
				out = append(out, t.Face)
			}
		}
	}
	return out
}

// writer writes one page.
type writer struct {
	page   *page.Page
	family func(*font.Face) string
	b      []byte
	order  []int      // which of the page's marks cover something, by their texts
	keys   []int      // of each of the page's marks
	face   *font.Face // of the group of texts at hand, nil outside of one
	size   unit.Length
}

// rule writes a rule as it is. Edges that are told to be crisp would let thin ones vanish between the pixels of a screen.
func (w *writer) rule(r *page.Rule) {
	for _, v := range [...]struct {
		open  string
		value unit.Length
	}{{`<rect x="`, r.X}, {`" y="`, r.Y}, {`" width="`, r.W}, {`" height="`, r.H}} {
		w.b = append(w.b, v.open...)
		w.length(v.value)
	}
	w.b = append(w.b, `"/>`...)
}

// path writes a filled area. Its contours are closed, as those of PDF are.
func (w *writer) path(p *page.Path) {
	w.b = append(w.b, `<path fill="#`...)
	w.b = hex.AppendEncode(w.b, []byte{p.Color.R, p.Color.G, p.Color.B})
	w.b = append(w.b, `" d="`...)
	for i := range p.Segments {
		s := &p.Segments[i]
		switch s.Step {
		case page.Move:
			if i > 0 {
				w.b = append(w.b, 'Z')
			}
			w.points('M', s.To)
		case page.Line:
			w.points('L', s.To)
		case page.Curve:
			w.points('C', s.C[0], s.C[1], s.To)
		}
	}
	w.b = append(w.b, `Z"/>`...)
}

func (w *writer) points(step byte, points ...page.Point) {
	for _, p := range points {
		w.b = append(w.b, step)
		step = ' '
		w.length(p.X)
		w.b = append(w.b, ' ')
		w.length(p.Y)
	}
}

// length writes a length in points.
func (w *writer) length(l unit.Length) {
	if l < 0 {
		w.b = append(w.b, '-')
		l = -l
	}
	var digits [20]byte
	at := len(digits)
	for n, v := 0, l; n < 4 || v > 0; n, v = n+1, v/10 {
		if n == 3 {
			at--
			digits[at] = '.'
		}
		at--
		digits[at] = byte('0' + v%10)
	}
	s := digits[at:]
	for s[len(s)-1] == '0' {
		s = s[:len(s)-1]
	}
	if s[len(s)-1] == '.' {
		s = s[:len(s)-1]
	}
	w.b = append(w.b, s...)
}

// escape writes characters so that they are nothing but characters; what XML cannot hold is shown as missing.
func (w *writer) escape(s string) {
	for _, r := range s {
		switch {
		case r == '&':
			w.b = append(w.b, "&amp;"...)
		case r == '<':
			w.b = append(w.b, "&lt;"...)
		case r == '>':
			w.b = append(w.b, "&gt;"...)
		case r < ' ', r == 0xFFFE, r == 0xFFFF:
			w.b = utf8.AppendRune(w.b, utf8.RuneError)
		default:
			w.b = utf8.AppendRune(w.b, r)
		}
	}
}
