package archive

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"slices"

	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// ContentHash is the SHA-256 of all that the pages show and mean: texts, places, faces, rules, drawings, links,
// structure, bookmarks, title. It depends neither on compression nor on how a file is written, nor on the program's version.
func ContentHash(d *page.Document) string {
	w := hasher{h: sha256.New(), buf: make([]byte, 0, 2*piece)}
	w.text(d.Info.Title, d.Info.Author, d.Info.Subject, d.Info.Keywords, d.Info.Lang)
	w.number(len(d.Pages))
	for i := range d.Pages {
		w.page(&d.Pages[i])
	}
	w.number(len(d.Elems))
	for i := range d.Elems {
		e := &d.Elems[i]
		var l page.Label
		if e.Label != nil {
			l = *e.Label
		}
		w.text(e.Kind.String(), e.Scope.String(), l.Title, l.Alt)
		w.number(int(e.Parent), int(e.ColSpan), int(e.RowSpan), len(e.Headers))
		for _, h := range e.Headers {
			w.number(int(h))
		}
		w.flush(piece)
	}
	w.number(len(d.Bookmarks))
	for _, b := range d.Bookmarks {
		w.text(b.Title)
		w.number(b.Level, b.Page)
		w.length(b.Y)
	}
	w.drawings(d)
	w.flush(0)
	return hex.EncodeToString(w.h.Sum(nil))
}

// piece is how much is hashed at once.
const piece = 1 << 12

// hasher writes values so that no two lists of them look alike: every text has its length before it, and numbers
// end by themselves (varints). Values are gathered, since a hash takes one large piece much faster than many small ones.
type hasher struct {
	h     hash.Hash
	buf   []byte
	faces []string // names, in the order of their first text
}

func (w *hasher) number(values ...int) {
	for _, v := range values {
		w.buf = binary.AppendVarint(w.buf, int64(v))
	}
}

func (w *hasher) length(values ...unit.Length) {
	for _, v := range values {
		w.buf = binary.AppendVarint(w.buf, int64(v))
	}
}

// runs writes lengths of which many in a row are alike, as the advances of Chinese characters are.
func (w *hasher) runs(values []unit.Length) {
	w.number(len(values))
	for len(values) > 0 {
		n := 1
		for n < len(values) && values[n] == values[0] {
			n++
		}
		w.number(n)
		w.length(values[0])
		values = values[n:]
	}
}

// face writes a face by its name at its first text, later by its number.
func (w *hasher) face(name string) {
	i := slices.Index(w.faces, name)
	if i < 0 {
		i = len(w.faces)
		w.faces = append(w.faces, name)
		w.number(i)
		w.text(name)
		return
	}
	w.number(i)
}

func (w *hasher) text(values ...string) {
	for _, s := range values {
		w.number(len(s))
		w.buf = append(w.buf, s...)
	}
}

// flush hashes what has been gathered, if it is more than limit.
func (w *hasher) flush(limit int) {
	if len(w.buf) <= limit {
		return
	}
	w.h.Write(w.buf)
	w.buf = w.buf[:0]
}

func (w *hasher) page(p *page.Page) {
	w.text(p.Label)
	w.length(p.Width, p.Height)
	w.number(len(p.Texts), len(p.Rules), len(p.Links))
	for i := range p.Texts {
		t := &p.Texts[i]
		w.face(t.Face.Name())
		w.text(t.Text)
		w.length(t.X, t.Y, t.Size)
		w.number(int(t.Elem))
		w.runs(t.Advances)
		w.flush(piece)
	}
	for _, r := range p.Rules {
		w.length(r.X, r.Y, r.W, r.H)
	}
	for _, l := range p.Links {
		w.length(l.X, l.Y, l.W, l.H, l.TargetY)
		w.number(l.Page, int(l.Elem))
		w.text(l.Contents)
	}
	w.flush(piece)
}

// drawings are hashed by the pages and elements that have any: most have none.
func (w *hasher) drawings(d *page.Document) {
	for i := range d.Pages {
		if n := len(d.Pages[i].Paths); n > 0 {
			w.number(i, n)
		}
		for k := range d.Pages[i].Paths {
			p := &d.Pages[i].Paths[k]
			w.number(int(p.Color.R), int(p.Color.G), int(p.Color.B), int(p.Elem), len(p.Segments))
			for _, s := range p.Segments {
				w.number(int(s.Step))
				w.length(s.To.X, s.To.Y, s.C[0].X, s.C[0].Y, s.C[1].X, s.C[1].Y)
			}
		}
	}
	for i := range d.Elems {
		if l := d.Elems[i].Label; l != nil && l.Box != nil {
			b := l.Box
			w.number(i, b.Page)
			w.length(b.X, b.Y, b.W, b.H)
		}
	}
}
