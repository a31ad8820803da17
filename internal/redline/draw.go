package redline

import (
	"slices"
	"strings"

	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/par"
	"yusuan/internal/typeset/style"
	"yusuan/internal/typeset/unit"
)

// How thick lines below numbers and below words are.
const (
	belowNumbers unit.Length = 1200
	belowWords   unit.Length = 700
)

// drawer draws marks on pages.
type drawer struct {
	laid  *Laid
	like  *like
	sheet *style.Sheet
	small *style.Text // of labels
	bold  *style.Text // of the head mark
}

func newDrawer(l *Laid) *drawer {
	x := likeDocument(l.tree)
	d := &drawer{laid: l, like: &x, sheet: l.sheet(&x)}
	d.small, d.bold = d.style(ownNote, labelSize), d.style(ownHead, headSize)
	return d
}

// page draws what changed on a page.
func (d *drawer) page(pg *page.Page, index int, hits []hit) {
	if len(hits) == 0 {
		return
	}
	pg.Rules, pg.Texts, pg.Paths = slices.Clip(pg.Rules), slices.Clip(pg.Texts), slices.Clip(pg.Paths)
	m := marginOf(pg, index)
	d.underline(pg, hits)
	var bands []band
	for i := range hits {
		h := &hits[i]
		bands = append(bands, d.wedges(pg, h)...)
		if len(h.under) > 0 {
			bands = append(bands, h.band(h.under))
		}
	}
	d.bars(pg, &m, bands)
}

// underline draws the lines below numbers and words. Stretches that go on where the one before ended have one line.
func (d *drawer) underline(pg *page.Page, hits []hit) {
	for i := 0; i < len(hits); {
		h := &hits[i]
		i++
		if len(h.under) == 0 || h.empty {
			continue
		}
		end, last := h.x+h.w, h
		for i < len(hits) && last.goesOn(&hits[i]) {
			last = &hits[i]
			end = last.x + last.w
			i++
		}
		thick := belowWords
		if h.number {
			thick = belowNumbers
		}
		y := h.base + h.size.Milli(150)
		if h.cell != nil { // clear of the rule below
			const clear = 900
			y = min(y, h.cell.Place.Y+h.cell.Place.H-thick-clear)
		}
		pg.Rules = append(pg.Rules, page.Rule{X: h.x, Y: y, W: end - h.x, H: thick})
	}
}

// goesOn reports whether the text of a stretch goes on with another.
func (h *hit) goesOn(next *hit) bool {
	const apart = 50
	return !next.empty && len(next.under) > 0 && next.number == h.number && next.base == h.base && next.cell == h.cell && next.x-h.next < apart && h.next-next.x < apart
}

// wedges draws small wedges where something is gone, and returns the bands beside them.
func (d *drawer) wedges(pg *page.Page, h *hit) (out []band) {
	if h.empty && len(h.under) > 0 {
		caret(pg, h.x, h.base, h.size)
	}
	if len(h.before) > 0 {
		caret(pg, h.x, h.base, h.size)
		out = append(out, h.band(h.before))
	}
	if len(h.behind) > 0 {
		caret(pg, h.x+h.w, h.base, h.size)
		out = append(out, h.band(h.behind))
	}
	if len(h.above) > 0 {
		out = append(out, boundary(pg, h, false, h.above))
	}
	if len(h.below) > 0 {
		out = append(out, boundary(pg, h, true, h.below))
	}
	return out
}

// caret is a wedge below the line that points up to where words are gone.
func caret(pg *page.Page, x, base, size unit.Length) {
	wide, tip, foot := size.Milli(220), base+size.Milli(30), base+size.Milli(330)
	wedge(pg, page.Point{X: x, Y: tip}, page.Point{X: x + wide, Y: foot}, page.Point{X: x - wide, Y: foot})
}

// boundary is a wedge that points from the left between two rows, where one is gone, or between two paragraphs.
func boundary(pg *page.Page, h *hit, behind bool, effects []int) band {
	const high, long, half = 3200, 6000, 5000
	x, b := pg.Area.X, h.band(effects)
	if h.cell != nil {
		x, b.top, b.bottom = h.cell.Place.X, h.cell.Place.Y, h.cell.Place.Y+h.cell.Place.H
	}
	y := b.top
	if behind {
		y = b.bottom
	}
	wedge(pg, page.Point{X: x, Y: y}, page.Point{X: x - long, Y: y + high}, page.Point{X: x - long, Y: y - high})
	return band{y - half, y + half, 0, effects}
}

func wedge(pg *page.Page, a, b, c page.Point) {
	pg.Paths = append(pg.Paths, page.Path{Elem: page.ArtifactLayout, Segments: []page.Segment{{Step: page.Move, To: a}, {Step: page.Line, To: b}, {Step: page.Line, To: c}}})
}

// style is one of ours in a size.
func (d *drawer) style(name string, size unit.Length) *style.Text {
	s := *d.sheet.Text(name)
	s.Size, s.Leading = size, size
	return &s
}

// line sets a text on one line. Characters that no face has are left open: names of files are not ours.
func (d *drawer) line(s *style.Text, text string) *par.Line {
	for _, r := range s.Faces.Missing(text) {
		text = strings.ReplaceAll(text, string(r), "?")
	}
	ask := s.Paragraph(1<<40, s.Span(text))
	ask.FirstIndent, ask.Align, ask.Balance = 0, par.Left, false
	res := d.sheet.Setter.Set(&ask)
	if len(res.Lines) == 0 {
		return &par.Line{}
	}
	return &res.Lines[0]
}
