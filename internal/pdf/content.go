package pdf

import (
	"fmt"
	"math"

	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// content is the drawn document: the content streams, what they show in which element, and the fonts they use.
type content struct {
	data  []byte
	ends  []int // for each page, the end of its stream in data
	marks []mark
	first []int // for each page, the index in marks of its MCID 0; one more at the end
	fonts fontSet
}

// mark is one marked-content sequence. Its MCID is its index less that of the first of its page.
type mark struct {
	elem page.ElemID
	page int32
}

func (c *content) stream(i int) []byte {
	start := 0
	if i > 0 {
		start = c.ends[i-1]
	}
	return c.data[start:c.ends[i]]
}

// drawPages writes the content streams of all pages, in the memory m.
func drawPages(d *page.Document, m *scratch) (*content, error) {
	c := &content{
		data:  m.content[:0],
		ends:  make([]int, 0, len(d.Pages)),
		marks: m.marks[:0],
		fonts: fontSet{blocks: &m.blocks},
		first: make([]int, 0, len(d.Pages)+1),
	}
	w := drawer{content: c, doc: d}
	for i := range d.Pages {
		c.first = append(c.first, len(c.marks))
		if err := w.drawPage(int32(i)); err != nil {
			return nil, fmt.Errorf("page %d: %w", i+1, err)
		}
		c.ends = append(c.ends, len(c.data))
	}
	c.first = append(c.first, len(c.marks))
	m.content, m.marks = c.data, c.marks
	return c, nil
}

// drawer draws one page after the other. The fields below doc are the state of the current page.
type drawer struct {
	*content
	doc *page.Document

	height unit.Length
	used   *usedFont // of the last Tf
	face   *font.Face
	size   unit.Length
	tc     int64       // of the last Tc, in millionths of a point
	x, y   unit.Length // start of the last line in its text object
	gaps   []int64     // behind the glyphs of the current text, in millionths of a point
	cids   []uint16
}

func (w *drawer) drawPage(index int32) error {
	p := &w.doc.Pages[index]
	w.begin(p, p.Turned)
	w.drawRules(p.Rules)
	if err := w.drawPaths(p.Paths, index); err != nil {
		return err
	}
	const none = page.ElemID(math.MinInt32)
	elem, turned, begun := none, p.Turned, false
	for i := range p.Texts {
		t := &p.Texts[i]
		if t.Text == "" {
			continue
		}
		turn := p.Turned && !t.Upright
		if elem != none && (t.Elem != elem || turn != turned) {
			w.data = append(w.data, "EMC\n"...)
			elem = none
		}
		if turn != turned {
			w.endText(begun)
			w.end(turned)
			w.begin(p, turn)
			turned, begun = turn, false
		}
		if !begun {
			w.data = append(w.data, "BT\n"...)
			w.x, w.y, begun = 0, 0, true
		}
		if elem == none {
			if err := w.openMark(t.Elem, index); err != nil {
				return err
			}
			elem = t.Elem
		}
		if err := w.drawText(t); err != nil {
			return err
		}
	}
	if elem != none {
		w.data = append(w.data, "EMC\n"...)
	}
	w.endText(begun)
	w.end(turned)
	return nil
}

// endText ends the text object that all texts of a page share: within one, places are told by small steps.
func (w *drawer) endText(begun bool) {
	if begun {
		w.data = append(w.data, "ET\n"...)
	}
}

// begin sets up the coordinates of items on the sheet, or of those on turned matter: 90° counter-clockwise about the
// lower left corner of the sheet, and right by its width. No text state outlives the change.
func (w *drawer) begin(p *page.Page, turned bool) {
	w.height, w.used, w.face, w.size, w.tc = p.Height, nil, nil, 0, 0
	if turned {
		w.height = p.Width
		w.data = append(appendLength(append(w.data, "q 0 1 -1 0 "...), p.Width), " 0 cm\n"...)
	}
}

func (w *drawer) end(turned bool) {
	if turned {
		w.data = append(w.data, "Q\n"...)
	}
}

// drawRules fills all rules of a page as one path within one artifact (ISO 14289-1, 7.1: all that is no content is one).
func (w *drawer) drawRules(rules []page.Rule) {
	if len(rules) == 0 {
		return
	}
	w.data = append(w.data, "/Artifact<</Type/Layout>>BDC\n"...)
	for _, r := range rules {
		for _, v := range [...]unit.Length{r.X, w.height - r.Y - r.H, r.W} {
			w.data = append(appendLength(w.data, v), ' ')
		}
		w.data = append(appendLength(w.data, r.H), " re\n"...)
	}
	w.data = append(w.data, "f EMC\n"...)
}

// openMark begins the marked content of an element or an artifact.
func (w *drawer) openMark(elem page.ElemID, index int32) error {
	switch {
	case elem == page.ArtifactHeader:
		w.data = append(w.data, "/Artifact<</Type/Pagination/Subtype/Header/Attached[/Top]>>BDC "...)
	case elem == page.ArtifactFooter:
		w.data = append(w.data, "/Artifact<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>BDC "...)
	case elem == page.ArtifactLayout:
		w.data = append(w.data, "/Artifact<</Type/Layout>>BDC "...)
	case elem < 0 || int(elem) >= len(w.doc.Elems):
		return fmt.Errorf("content of element %d, which does not exist", elem)
	default:
		w.data = append(w.data, '/')
		w.data = append(w.data, w.doc.Elems[elem].Kind.String()...)
		w.data = append(w.data, "<</MCID "...)
		w.data = appendInt(w.data, len(w.marks)-w.first[index])
		w.data = append(w.data, ">>BDC "...)
		w.marks = append(w.marks, mark{elem, index})
	}
	return nil
}

func (w *drawer) drawText(t *page.Text) error {
	if err := t.Check(); err != nil {
		return err
	}
	if t.Face != w.face || t.Size != w.size {
		used, err := w.fonts.use(t.Face)
		if err != nil {
			return err
		}
		w.used, w.face, w.size = used, t.Face, t.Size
		w.data = append(w.data, "/F"...)
		w.data = appendInt(w.data, used.index+1)
		w.data = append(w.data, ' ')
		w.data = append(appendLength(w.data, t.Size), " Tf "...)
	}
	y := w.height - t.Y
	start := len(w.data)
	w.data = append(appendLength(w.data, t.X-w.x), ' ')
	w.data = append(appendLength(w.data, y-w.y), " Td "...)
	w.x, w.y = t.X, y
	if err := w.show(t); err != nil {
		w.data = w.data[:start]
		return err
	}
	return nil
}
