package redline

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"yusuan/internal/compare"
	"yusuan/internal/doc"
)

// effect is one of a result's.
type effect struct {
	list   List
	index  int
	class  compare.Class
	causes []int
}

// stretch is what a mark of ours stands for.
type stretch struct {
	under          []int // effects of its words
	before, behind []int // of words that are gone, before them or behind them
	above, below   []int // of rows and parts that are gone
	number         bool
}

// all are its effects.
func (s *stretch) all() []int { return slices.Concat(s.under, s.before, s.behind, s.above, s.below) }

// spot is one in a text that is no number.
type spot struct {
	from, to int
	effect   int
	row      bool // of what is gone: a row, or a part
}

// place is where something is gone.
type place struct {
	text *doc.Text
	at   int
}

// marker leads from effects to stretches of texts, and calls each by a number that no mark of the document has.
type marker struct {
	tree      *doc.Document
	effects   []effect
	numbers   map[int32][]int // effects by what marks of the document call the number
	words     map[*doc.Text][]spot
	rows      map[place]bool // where rows and parts are gone
	base      int32          // our marks count from here on
	stretches []stretch
	marks     []doc.Mark
}

func newMarker(r *compare.Result, tree *doc.Document) *marker {
	m := &marker{tree: tree, numbers: map[int32][]int{}, words: map[*doc.Text][]spot{}, rows: map[place]bool{}}
	for i := range r.Rows {
		m.gone(r.Rows[i].Change, r.Rows[i].Spots)
	}
	for i := range r.Parts {
		m.gone(r.Parts[i].Change, r.Parts[i].Spots)
	}
	for i := range r.Cells {
		x := &r.Cells[i]
		m.add(effect{Cells, i, x.Class, x.Causes}, x.Spots)
	}
	for i := range r.Sentences {
		x := &r.Sentences[i]
		m.add(effect{Sentences, i, x.Class, x.Causes}, x.Spots)
	}
	for i := range r.Rows {
		x := &r.Rows[i]
		m.add(effect{Rows, i, x.Class, x.Causes}, x.Spots)
	}
	for i := range r.Parts {
		x := &r.Parts[i]
		m.add(effect{Parts, i, x.Class, x.Causes}, x.Spots)
	}
	m.base = above(tree) + 1
	return m
}

// gone notes where a row or part is gone. Its numbers and words are gone at the same place, and shown with it.
func (m *marker) gone(c compare.Change, spots []compare.Spot) {
	for _, s := range spots {
		if c == compare.Removed && s.Text != nil && s.From == s.To {
			m.rows[place{s.Text, s.From}] = true
		}
	}
}

func (m *marker) add(e effect, spots []compare.Spot) {
	n := len(m.effects)
	m.effects = append(m.effects, e)
	for i, s := range spots {
		switch {
		case s.Of > 0:
			m.numbers[s.Of] = append(m.numbers[s.Of], n)
		case s.Text != nil && !replaced(spots, i):
			m.words[s.Text] = append(m.words[s.Text], spot{s.From, s.To, n, s.From == s.To && m.rows[place{s.Text, s.From}]})
		}
	}
}

// above is the highest number that a mark of the document may have.
func above(d *doc.Document) int32 {
	most := int32(0)
	for _, m := range d.Marks {
		most = max(most, m.Of)
	}
	for i := range d.Sections {
		for _, b := range d.Sections[i].Blocks {
			if t, ok := b.(*doc.Table); ok && t.Of > 0 {
				most = max(most, t.Of+int32(len(t.Columns)*len(t.Body)))
			}
		}
	}
	return most
}

// mark puts our marks in the place of the tree's own, and returns what takes them back.
func (m *marker) mark() (undo func()) {
	type kept struct {
		at  *doc.Marks
		was doc.Marks
	}
	var before []kept
	was := m.tree.Marks
	m.marks = []doc.Mark{{}}
	seen := map[*doc.Marks]bool{}
	each(m.tree, func(s string, marks *doc.Marks, t *doc.Text) {
		if seen[marks] { // a text that stands in several places
			return
		}
		seen[marks] = true
		own := doc.MarksOf(was, *marks)
		if *marks != 0 {
			before = append(before, kept{marks, *marks})
		}
		made := m.of(s, own, m.words[t])
		if made != 0 && *marks == 0 {
			before = append(before, kept{marks, 0})
		}
		*marks = made
	})
	listed := m.contents()
	m.tree.Marks = m.marks
	return func() {
		for _, h := range listed {
			h.Listed = 0
		}
		for _, k := range before {
			*k.at = k.was
		}
		m.tree.Marks = was
	}
}

// piece is a stretch of a text on its way.
type piece struct {
	from, to int
	stretch
}

// of makes the marks of one text.
func (m *marker) of(s string, own []doc.Mark, words []spot) doc.Marks {
	var list []piece
	for _, o := range own {
		if effects := m.numbers[o.Of]; len(effects) > 0 {
			list = append(list, piece{int(o.From), int(o.To), stretch{under: effects, number: true}})
		}
	}
	for _, w := range words {
		list = append(list, pieceOf(s, w))
	}
	if len(list) == 0 {
		return 0
	}
	begin := doc.Marks(len(m.marks))
	for _, p := range parted(list) {
		m.marks = append(m.marks, doc.Mark{From: int32(p.from), To: int32(p.to), Of: m.base + int32(len(m.stretches))})
		m.stretches = append(m.stretches, p.stretch)
	}
	m.marks = append(m.marks, doc.Mark{})
	return begin
}

// replaced reports whether words that are gone have others in their place, which are underlined: these show it. Spots stand in
// the order of the text, which may go on in another piece.
func replaced(spots []compare.Spot, i int) bool {
	meets := func(a, b *compare.Spot) bool {
		return a.Text == b.Text && a.To == b.From || a.Text != nil && a.Text != b.Text && a.To == len(a.Text.String) && b.From == 0
	}
	s := &spots[i]
	if s.From < s.To {
		return false
	}
	if i > 0 && spots[i-1].From < spots[i-1].To && meets(&spots[i-1], s) {
		return true
	}
	return i+1 < len(spots) && spots[i+1].From < spots[i+1].To && meets(s, &spots[i+1])
}

// pieceOf is the stretch of a spot. What is gone has no length: the character behind it stands for it, or else the one before it.
func pieceOf(s string, w spot) piece {
	from, to := min(max(w.from, 0), len(s)), min(max(w.to, 0), len(s))
	effects := []int{w.effect}
	if from < to {
		return piece{from, to, stretch{under: effects, number: strings.Trim(s[from:to], "0123456789.,%+-") == ""}}
	}
	before, behind := stretch{before: effects}, stretch{behind: effects}
	if w.row {
		before, behind = stretch{above: effects}, stretch{below: effects}
	}
	if r, n := utf8.DecodeRuneInString(s[from:]); n > 0 && !unicode.IsSpace(r) {
		return piece{from, from + n, before}
	}
	for back := from; back > 0; {
		r, n := utf8.DecodeLastRuneInString(s[:back])
		if back -= n; !unicode.IsSpace(r) {
			return piece{back, back + n, behind}
		}
	}
	for i, r := range s[from:] {
		if !unicode.IsSpace(r) {
			return piece{from + i, from + i + utf8.RuneLen(r), before}
		}
	}
	return piece{0, 0, before}
}

// parted parts pieces that overlap: each place of the text is in one at most, with all that is said of it.
func parted(list []piece) []piece {
	var ends []int
	for _, p := range list {
		ends = append(ends, p.from, p.to)
	}
	slices.Sort(ends)
	ends = slices.Compact(ends)
	var out []piece
	for i := range ends {
		p := piece{from: ends[i], to: ends[i]}
		if i+1 < len(ends) {
			p.to = ends[i+1]
		}
		for _, x := range list {
			if x.from > p.from || x.to < p.to || x.from == x.to && p.from != x.from || x.from < x.to && p.from == p.to {
				continue
			}
			p.under = append(p.under, x.under...)
			p.number = p.number || x.number
			if x.from == p.from {
				p.before, p.above = append(p.before, x.before...), append(p.above, x.above...)
			}
			if x.to == p.to {
				p.behind, p.below = append(p.behind, x.behind...), append(p.below, x.below...)
			}
		}
		if len(p.all()) > 0 {
			out = append(out, p)
		}
	}
	return out
}

// each calls fn for every text that layout takes marks of, with the place of its marks; t is nil for texts of drawings that are
// no Text of the tree.
func each(d *doc.Document, fn func(s string, marks *doc.Marks, t *doc.Text)) {
	text := func(t *doc.Text) {
		if t != nil {
			fn(t.String, &t.Marks, t)
		}
	}
	for i := range d.Sections {
		for _, b := range d.Sections[i].Blocks {
			switch b := b.(type) {
			case *doc.Heading:
				text(&b.Text)
			case *doc.Paragraph:
				for k := range b.Spans {
					text(&b.Spans[k].Text)
				}
			case *doc.Table:
				eachOfTable(b, text)
			case *doc.Chart:
				eachOfChart(b, text, fn)
			}
		}
	}
}

func eachOfTable(b *doc.Table, text func(*doc.Text)) {
	text(b.Left)
	if b.LeftAgain != b.Left {
		text(b.LeftAgain)
	}
	text(b.Right)
	for _, rows := range [][]doc.Row{b.Head, b.Body} {
		for i := range rows {
			for k := range rows[i].Cells {
				for n := range rows[i].Cells[k].Text {
					text(&rows[i].Cells[k].Text[n])
				}
			}
		}
	}
	for i := range b.Notes {
		text(&b.Notes[i])
	}
}

func eachOfChart(b *doc.Chart, text func(*doc.Text), fn func(string, *doc.Marks, *doc.Text)) {
	for _, t := range []*doc.Text{&b.Title, &b.Unit, &b.From, &b.To} {
		text(t)
	}
	for i := range b.Series {
		text(&b.Series[i].Name)
	}
	for _, items := range [][]doc.ChartItem{b.Sources, b.Items} {
		for i := range items {
			text(&items[i].Label)
			text(&items[i].Note)
			for k := range items[i].Values {
				fn(items[i].Values[k].Text, &items[i].Values[k].Marks, nil)
			}
		}
	}
	fn(b.Total.Text, &b.Total.Marks, nil)
}
