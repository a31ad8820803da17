package layout

import (
	"yusuan/internal/doc"
	"yusuan/internal/typeset/table"
)

// run lays out blocks between two page breaks. A table that is too wide for the page even at its least size goes on
// pages with the long side across, with the headings over it; then the run goes on with pages of its own kind.
func (l *layouter) run(blocks []doc.Block) {
	own := l.paper
	wide, ok := l.widePaper()
	tables := l.setTables(blocks, wide, ok)
	isWide := func(b doc.Block) bool {
		t, ok := b.(*doc.Table)
		return ok && tables[t].Chosen() > 0
	}
	defer l.drawn()
	for len(blocks) > 0 {
		from, to := l.wideRange(blocks, isWide)
		l.flow(l.items(blocks[:from], tables))
		if from == len(blocks) {
			return
		}
		l.closePage()
		l.paper = wide
		l.flow(l.items(blocks[from:to], tables))
		l.closePage()
		l.paper = own
		for blocks = blocks[to:]; len(blocks) > 0; blocks = blocks[1:] { // room between blocks is none at the top of a page
			if x, ok := blocks[0].(*doc.Space); !parts(blocks[0]) || ok && x.Fill > 0 {
				break
			}
		}
	}
}

// drawn tells that all that was set so far is on the pages.
func (l *layouter) drawn() {
	l.sheet.Setter.Reuse()
	l.memory.Reuse()
	l.blocks = l.blocks[:0]
}

// setTables sets the tables among the blocks, each for the page or, where that is too narrow, for the wide one.
func (l *layouter) setTables(blocks []doc.Block, wide doc.PageStyle, ok bool) map[*doc.Table]*table.Table {
	var rooms []table.Room
	out := map[*doc.Table]*table.Table{}
	for _, b := range blocks {
		t, isTable := b.(*doc.Table)
		if !isTable {
			continue
		}
		if rooms == nil {
			rooms = append(rooms, l.room(&l.paper))
			if ok {
				rooms = append(rooms, l.room(&wide))
			}
		}
		out[t] = table.Set(t, l.sheet, &l.memory, rooms...)
	}
	return out
}

func (l *layouter) room(p *doc.PageStyle) table.Room {
	r := l.areaOf(p)
	return table.Room{Width: r.width, Height: r.height}
}

// widePaper is the page for tables too wide for the page that holds now: the one it names, or else, of an upright page,
// the same turned: its left margin is at the top of the table then, and its foot at the left, while its number keeps its
// place (GB/T 9704-2012 cl. 8).
func (l *layouter) widePaper() (doc.PageStyle, bool) {
	p := l.paper
	if p.Wide != "" {
		return l.sheet.Page(p.Wide), true
	}
	if p.Turned || p.Width >= p.Height {
		return doc.PageStyle{}, false
	}
	p.Width, p.Height = p.Height, p.Width
	p.Top, p.Bottom, p.Left, p.Right = p.Left, p.Right, p.Bottom, p.Top
	p.Base, p.Turned = "", true
	return p, true
}

// wideRange finds the first blocks that go on wide pages: wide tables with the headings over them, as many as follow
// each other. Empty room at either end of the run would make an empty page and goes with them.
func (l *layouter) wideRange(blocks []doc.Block, isWide func(doc.Block) bool) (from, to int) {
	for from < len(blocks) && !isWide(blocks[from]) {
		from++
	}
	if from == len(blocks) {
		return from, from
	}
	to = from + 1
	for k := to; k < len(blocks) && (l.leads(blocks[k]) || isWide(blocks[k])); k++ {
		if isWide(blocks[k]) {
			to = k + 1
		}
	}
	for from > 0 && l.keepsNext(blocks[from-1]) {
		from--
	}
	if l.spaces(blocks[:from]) {
		from = 0
	}
	if l.spaces(blocks[to:]) {
		to = len(blocks)
	}
	return from, to
}

// leads reports whether a block may stand before a table that it belongs to.
func (l *layouter) leads(b doc.Block) bool {
	return parts(b) || l.keepsNext(b)
}

// parts reports whether a block is nothing but what parts others: empty room, or a page break that leaves them together.
func parts(b doc.Block) bool {
	switch b.(type) {
	case *doc.Space, *doc.PageBreak:
		return true
	}
	return false
}

// keepsNext reports whether a block stays on the page of the next one.
func (l *layouter) keepsNext(b doc.Block) bool {
	switch b := b.(type) {
	case *doc.Heading:
		return true
	case *doc.Paragraph:
		return b.KeepNext || b.Level > 0 && !b.Quiet || l.sheet.Text(b.Style).KeepNext
	}
	return false
}

func (l *layouter) spaces(blocks []doc.Block) bool {
	for _, b := range blocks {
		if !parts(b) {
			return false
		}
	}
	return true
}
