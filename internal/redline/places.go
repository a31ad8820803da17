package redline

import (
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// Effect is one of a result's effects: the Index-th of a list.
type Effect struct {
	List  List
	Index int
}

// Place is where on a page of the document something shows that changed.
type Place struct {
	Box     page.Rule // on the sheet
	Effects []Effect
	Gone    bool // what changed is gone: it stood here
}

// Pages are the pages of the document as they are without marks.
func (l *Laid) Pages() []page.Page { return l.pages.Pages }

// Places are those of a page, in the order of its texts, for whoever marks them in a way of his own.
func (l *Laid) Places(index int) []Place {
	pg := &l.pages.Pages[index]
	var out []Place
	for i := range l.hits[index] {
		h := &l.hits[index][i]
		add := func(effects []int, gone bool, box page.Rule) {
			if len(effects) > 0 {
				out = append(out, Place{pg.OnSheet(box), l.named(effects), gone})
			}
		}
		top, foot := h.base-h.size.Milli(880), h.base+h.size.Milli(120)
		if h.empty {
			add(h.under, false, h.cell.Place)
		} else {
			add(h.under, false, page.Rule{X: h.x, Y: top, W: h.w, H: foot - top})
		}
		wide := h.size.Milli(300) // of what has no width
		add(h.before, true, page.Rule{X: h.x - wide/2, Y: top, W: wide, H: foot - top})
		add(h.behind, true, page.Rule{X: h.x + h.w - wide/2, Y: top, W: wide, H: foot - top})
		add(h.above, true, h.edge(pg, false))
		add(h.below, true, h.edge(pg, true))
	}
	return out
}

// named are effects as others name them.
func (l *Laid) named(effects []int) []Effect {
	out := make([]Effect, len(effects))
	for i, e := range effects {
		out[i] = Effect{l.effects[e].list, l.effects[e].index}
	}
	return out
}

// edge is the strip between two rows, or two paragraphs, where something is gone.
func (h *hit) edge(pg *page.Page, behind bool) page.Rule {
	const half unit.Length = 2000
	x, w, b := pg.Area.X, pg.Area.W, h.band(nil)
	if h.cell != nil {
		b.top, b.bottom = h.cell.Place.Y, h.cell.Place.Y+h.cell.Place.H
	}
	y := b.top
	if behind {
		y = b.bottom
	}
	return page.Rule{X: x, Y: y - half, W: w, H: 2 * half}
}
