package main

import (
	"regexp"
	"slices"
	"strings"

	"yusuan/internal/prose"
	"yusuan/internal/read/paper"
	"yusuan/internal/recognise"
	"yusuan/internal/typeset/unit"
)

// site is a cell, or a sentence of a paragraph: where a change is made, and where something must be told of it. Sites lie one
// below another on a sheet of their own making, so that every place that a finding names leads back to its site.
type site struct {
	id         int
	block, row int // row -1: a paragraph
	cell       int
	above      int // a line over (from 0) or below (from -2, downwards) its table, -1 for none
	start, end int // of the sentence in its paragraph
	text       string
	passage    int // paragraphs below one heading; tables have their own
	head       string
	label      string // the last text of its row before the cell
	words      string // all texts of its row before the cell
	body       bool   // a cell of the body of a table
	table      int    // from 0 in the document, -1 for none
	column     int
	form       bool
	drawn      bool // a label in a drawing
}

// inTable reports whether a site belongs to a table.
func (s *site) inTable() bool { return s.table >= 0 }

// lay gives every cell and sentence of a document its place, and says what they are.
func lay(d *paper.Document, f *recognise.Found) []site {
	x := &layer{d: d, heads: map[*paper.Table]int{}, forms: map[*paper.Table]bool{}}
	if f != nil {
		for _, t := range f.Tables {
			x.heads[t.Paper], x.forms[t.Paper] = t.Heads, t.Form != nil
		}
	}
	table, drawing := -1, false
	contents := contentsOf(d)
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Text != nil {
			if heading(b.Text.Text) {
				x.passage++
			}
			switch text := prose.Squeeze(b.Text.Text); {
			case strings.Contains(text, "一图读懂"):
				drawing = true
			case numbered.MatchString(text):
				drawing = false
			}
			if !contents[i] {
				drawn := drawing && !strings.Contains(b.Text.Text, "。")
				x.sentences(b.Text, site{block: i, row: -1, above: -1, table: -1, passage: x.passage, drawn: drawn})
			}
			continue
		}
		table++
		x.passage++
		for k := range b.Table.Above {
			x.sentences(&b.Table.Above[k], site{block: i, row: -1, above: k, table: table, passage: x.passage})
		}
		x.cells(b.Table, i, table)
		for k := range b.Table.Below {
			x.sentences(&b.Table.Below[k], site{block: i, row: -1, above: -2 - k, table: table, passage: x.passage})
		}
		x.passage++
	}
	return x.sites
}

type layer struct {
	d       *paper.Document
	sites   []site
	passage int
	heads   map[*paper.Table]int
	forms   map[*paper.Table]bool
}

// sentences makes sites of the sentences of a paragraph.
func (x *layer) sentences(p *paper.Paragraph, like site) {
	for _, s := range prose.Sentences(p.Text, false) {
		like.id, like.start, like.end, like.text = len(x.sites), s.Start, s.End, p.Text[s.Start:s.End]
		x.sites = append(x.sites, like)
	}
	respot(p, len(x.sites)-len(prose.Sentences(p.Text, false)))
}

// respot places the sentences of a paragraph anew, the first of them being the site of that id.
func respot(p *paper.Paragraph, id int) {
	old := p.Spots
	p.Spots = nil
	for i, s := range prose.Sentences(p.Text, false) {
		at := paper.Place{Box: boxOf(id+i, p.Text[s.Start:s.End])}
		for _, o := range old {
			if o.Start <= s.Start || at.Page == 0 && at.Sheet == "" {
				at.Page, at.Sheet, at.Cell, at.Piece = o.At.Page, o.At.Sheet, o.At.Cell, o.At.Piece
			}
		}
		p.Spots = append(p.Spots, paper.Spot{Start: s.Start, End: s.End, At: at})
	}
}

// step parts the sites on their sheet.
const step = 10

func boxOf(id int, text string) paper.Box {
	width := unit.Length(1)
	for range text {
		width += 2
	}
	return paper.Box{Left: 1, Right: 1 + width, Top: unit.Length(id*step + 1), Bottom: unit.Length(id*step + step - 1)}
}

// covers reports whether a place is at the site, or around it.
func (s *site) covers(at paper.Place) bool {
	top := unit.Length(s.id*step + 1)
	return at.Box != (paper.Box{}) && at.Box.Top <= top && top < at.Box.Bottom
}

// cells makes sites of the cells of a table.
func (x *layer) cells(t *paper.Table, block, table int) {
	heads := x.heads[t]
	grid := t.Grid(true)
	for i := range t.Rows {
		for k := range t.Rows[i].Cells {
			c := &t.Rows[i].Cells[k]
			s := site{id: len(x.sites), block: block, row: i, cell: k, above: -1, table: table, passage: x.passage, text: c.Text, end: len(c.Text),
				body: i >= heads, column: c.Column, form: x.forms[t]}
			var head []string
			for _, row := range grid[:min(heads, len(grid))] {
				if h := prose.Squeeze(row[c.Column]); !slices.Contains(head, h) {
					head = append(head, h)
				}
			}
			s.head = strings.Join(head, "/")
			s.label, s.words = labelOf(grid[i][:c.Column]), wordsBefore(grid[i][:c.Column])
			c.At.Box = boxOf(s.id, c.Text)
			x.sites = append(x.sites, s)
		}
	}
}

// labelOf is what a row says of a cell before it: the last text that is no number.
func labelOf(cells []string) string {
	for _, c := range slices.Backward(cells) {
		if t := prose.Squeeze(c); t != "" && !wholeNumber.MatchString(t) {
			return t
		}
	}
	return ""
}

// wordsBefore are all texts of a row before a cell, each once.
func wordsBefore(cells []string) string {
	var out []string
	for _, c := range cells {
		if t := prose.Squeeze(c); t != "" && !wholeNumber.MatchString(t) && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return strings.Join(out, " ")
}

var (
	wholeNumber = regexp.MustCompile(`^[-－−]?[0-9][0-9,]*(?:\.[0-9]+)?[%％]?$`)
	leadered    = regexp.MustCompile(`[.．…·•⋯_—-]{3,}\s*[-—–]?\s*\d+\s*[-—–]?\s*$`)
	numbered    = regexp.MustCompile(`^(?:第[` + paper.Numerals + `]+(?:部分|章|节)|[` + paper.Numerals + `]+、|[（(][` + paper.Numerals + `]+[）)])`)
)

// heading reports whether a paragraph is a heading, as far as its text tells.
func heading(text string) bool {
	text = prose.Squeeze(text)
	return len([]rune(text)) <= 45 && !strings.ContainsAny(text, "。；，") && (numbered.MatchString(text) || !strings.ContainsAny(text, "：:"))
}

// contentsOf are the blocks that are lines of the contents, or numbers of pages.
func contentsOf(d *paper.Document) map[int]bool {
	out := map[int]bool{}
	page := -1
	for i := range d.Blocks {
		p := d.Blocks[i].Text
		if p == nil {
			continue
		}
		text := prose.Squeeze(p.Text)
		here := 0
		if len(p.Spots) > 0 {
			here = p.Spots[0].At.Page
		}
		if text == "目录" {
			page = here
		}
		onPage := page > 0 && here == page && !strings.HasSuffix(text, "。")
		if onPage || leadered.MatchString(p.Text) || strings.Trim(text, "0123456789-—–第页共/") == "" {
			out[i] = true
		}
	}
	return out
}

// paragraph is the paragraph of a site in a document, nil for a cell.
func (s *site) paragraph(d *paper.Document) *paper.Paragraph {
	b := &d.Blocks[s.block]
	switch {
	case s.row >= 0:
		return nil
	case b.Text != nil:
		return b.Text
	case s.above >= 0:
		return &b.Table.Above[s.above]
	}
	return &b.Table.Below[-2-s.above]
}

// put puts another text in the place of a site, and gives a function that puts all back.
func (s *site) put(d *paper.Document, text string) (undo func()) {
	if p := s.paragraph(d); p != nil {
		old := *p
		first := s.id
		for _, o := range prose.Sentences(p.Text, false) {
			if o.Start < s.start {
				first--
			}
		}
		p.Text = p.Text[:s.start] + text + p.Text[s.end:]
		respot(p, first)
		return func() { *p = old }
	}
	c := &d.Blocks[s.block].Table.Rows[s.row].Cells[s.cell]
	old := *c
	c.Text = text
	c.At.Box = boxOf(s.id, text)
	return func() { *c = old }
}

// clone is a document of one's own.
func clone(d *paper.Document) *paper.Document {
	out := *d
	out.Blocks = slices.Clone(d.Blocks)
	for i := range out.Blocks {
		b := &out.Blocks[i]
		if b.Text != nil {
			p := *b.Text
			b.Text = &p
			continue
		}
		t := *b.Table
		t.Above, t.Below, t.Rows = slices.Clone(t.Above), slices.Clone(t.Below), slices.Clone(t.Rows)
		for k := range t.Rows {
			t.Rows[k].Cells = slices.Clone(t.Rows[k].Cells)
		}
		b.Table = &t
	}
	return &out
}
