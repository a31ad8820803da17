package schedule

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"yusuan/internal/diag"
	"yusuan/internal/doc"
)

// spot is a number that stands elsewhere than in a table of the pack: in a sentence, a form, a chart.
type spot struct {
	group   int
	address string
	around  string // the words that it stands among, or that name it
	printed string
	of      int32      // in Made.Told, from 1 on; 0 for what the author wrote
	at      diag.Range // of what the author wrote
}

// spots are all of them in the order of the document.
type spots struct {
	groups  []spotGroup
	list    []spot
	byOf    map[int32]int  // the first spot of a number
	called  map[string]int // by address, as words are compared
	reached map[string]int // likewise, with headings without their number; -1 for several
}

// spotGroup is the numbers below one heading, of one form or chart.
type spotGroup struct {
	heading string
	part    string // the heading of the part, where another has the same heading
	prefix  string // of addresses, "" until it is known which headings there are
	count   int    // of numbers in sentences
}

// places finds where numbers stand, once.
func (d *Document) places() *spots {
	if d.spots != nil {
		return d.spots
	}
	w := &walker{d: d, typed: d.typed(), numbers: map[*doc.Cell]bool{}, s: &spots{byOf: map[int32]int{}, called: map[string]int{}, reached: map[string]int{}}}
	d.spots = w.s
	if d.made.Tree == nil {
		return w.s
	}
	for i := range d.made.Tree.Sections {
		x := &d.made.Tree.Sections[i]
		if x.Title != "" || w.s.groups == nil {
			w.part = x.Title
			w.heading = w.group(spotGroup{heading: x.Title, part: x.Title})
		}
		for _, b := range x.Blocks {
			w.block(b)
		}
	}
	w.s.name()
	return w.s
}

// walker goes through a document.
type walker struct {
	d       *Document
	s       *spots
	part    string
	heading int // the group of the sentences here
	typed   *typed
	numbers map[*doc.Cell]bool // which cells have numbers, of those that were asked for
}

// group begins a group and returns it.
func (w *walker) group(g spotGroup) int {
	w.s.groups = append(w.s.groups, g)
	return len(w.s.groups) - 1
}

func (w *walker) block(b doc.Block) {
	switch b := b.(type) {
	case *doc.Heading:
		if b.Level == 1 {
			w.part = b.Text.String
		}
		w.heading = w.group(spotGroup{heading: b.Text.String, part: w.part})
		w.sentence(b.Text)
	case *doc.Paragraph:
		texts := make([]doc.Text, len(b.Spans))
		for i := range b.Spans {
			texts[i] = b.Spans[i].Text
		}
		w.sentence(texts...)
	case *doc.Chart:
		w.chart(b)
	case *doc.Table:
		w.table(b)
	}
}

// sentence notes the numbers in texts that stand in one paragraph.
func (w *walker) sentence(texts ...doc.Text) {
	var b strings.Builder // a paragraph may have thousands of spans
	for i := range texts {
		b.WriteString(texts[i].String)
	}
	all := b.String()
	at := 0
	for i := range texts {
		w.each(&texts[i], func(from, to int, of int32, origin diag.Range) {
			g := &w.s.groups[w.heading]
			g.count++
			w.add(spot{group: w.heading, address: fmt.Sprintf("第%d个数", g.count), around: around(all, at+from, at+to), printed: all[at+from : at+to], of: of, at: origin})
		})
		at += len(texts[i].String)
	}
}

// each goes through the numbers of one text, those that the author wrote among them.
func (w *walker) each(t *doc.Text, do func(from, to int, of int32, origin diag.Range)) {
	marks := doc.MarksOf(w.d.made.Tree.Marks, t.Marks)
	own := func(from, to int, origin diag.Range) {
		for _, x := range writtenNumbers(t.String[from:to]) {
			do(from+x[0], from+x[1], 0, w.typed.place(origin, t.String[from:to], x[0]))
		}
	}
	if !t.Origin.IsZero() && len(marks) == 0 {
		own(0, len(t.String), t.Origin)
	}
	for _, m := range marks {
		if told := w.d.made.Told.Of(m.Of); told.Kind == ValueWritten {
			own(int(m.From), int(m.To), *told.Of.At)
			continue
		}
		do(int(m.From), int(m.To), m.Of, diag.Range{})
	}
}

func (w *walker) add(x spot) {
	if _, known := w.s.byOf[x.of]; !known && x.of > 0 {
		w.s.byOf[x.of] = len(w.s.list)
	}
	w.s.list = append(w.s.list, x)
}

// aroundWords is how many characters before and behind a number are told.
const aroundWords = 12

// around is a number with the words about it, itself between brackets.
func around(s string, from, to int) string {
	start, end := from, to
	for n := 0; n < aroundWords && start > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(s[:start])
		start -= size
	}
	for n := 0; n < aroundWords && end < len(s); n++ {
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
	}
	out := s[start:from] + "【" + s[from:to] + "】" + s[to:end]
	if start > 0 {
		out = "…" + out
	}
	if end < len(s) {
		out += "…"
	}
	return strings.ReplaceAll(out, "\n", "")
}

// name gives all numbers their addresses: the heading, with that of its part where others are called the same, and counted
// where that is no help.
func (s *spots) name() {
	headings, used := map[string]int{}, make([]bool, len(s.groups))
	for i := range s.list {
		if g := s.list[i].group; !used[g] {
			used[g] = true
			headings[plainWords(s.groups[g].heading)]++
		}
	}
	prefixes := map[string]int{}
	for i := range s.groups {
		g := &s.groups[i]
		if !used[i] || g.prefix != "" {
			continue
		}
		g.prefix = plainWords(g.heading)
		if headings[g.prefix] > 1 && g.part != g.heading {
			g.prefix = plainWords(g.part) + "." + g.prefix
		}
		if g.prefix == "" {
			g.prefix = "封面"
		}
		if prefixes[g.prefix]++; prefixes[g.prefix] > 1 {
			g.prefix = fmt.Sprintf("%s（%d）", g.prefix, prefixes[g.prefix])
		}
	}
	s.number()
}

// number tells equal addresses apart by number, and enters all addresses.
func (s *spots) number() {
	also, group, tried := []string(nil), -1, map[string]int{}
	for i := range s.list {
		x := &s.list[i]
		g := &s.groups[x.group]
		if x.group != group { // those of a group stand together
			group, also = x.group, g.alsoCalled()
		}
		own := g.prefix + "." + x.address
		x.address = own
		words := plainWords(own)
		for n := max(2, tried[own]); ; n++ { // what was taken once is so ever after
			if _, taken := s.called[words]; !taken {
				break
			}
			x.address = fmt.Sprintf("%s（%d）", own, n)
			words, tried[own] = plainWords(x.address), n+1
		}
		s.called[words] = i
		for _, called := range also {
			key := called + strings.TrimPrefix(words, plainWords(g.prefix))
			if at, taken := s.reached[key]; taken && at != i {
				s.reached[key] = -1
				continue
			}
			s.reached[key] = i
		}
	}
}

// alsoCalled are other words for what a group of numbers stands below: a heading without its number, the number of a form.
func (g *spotGroup) alsoCalled() (out []string) {
	if bare := Bare(plainWords(g.heading)); bare != "" && g.count > 0 {
		return []string{bare}
	}
	number, _, _ := strings.Cut(g.heading, "\u3000")
	number = plainWords(number)
	if id, ok := strings.CutPrefix(number, "表"); ok && g.count == 0 {
		return []string{number, "T" + id, "t" + id, id}
	}
	return nil
}

// spotNamed is the number that an address names, in a sentence, a form or a chart.
func (d *Document) spotNamed(address string) (Answer, bool) {
	s, words := d.places(), plainWords(address)
	i, ok := s.called[words]
	if !ok {
		i, ok = s.reached[words]
	}
	if !ok || i < 0 {
		return Answer{}, false
	}
	return d.spotAnswer(&s.list[i]), true
}

func (d *Document) spotAnswer(x *spot) Answer {
	g := &d.spots.groups[x.group]
	out := Answer{Address: x.address, Title: g.heading + " · " + x.around, Words: x.around}
	if own, ok := strings.CutPrefix(x.address, g.prefix+"."); ok && g.count == 0 { // of a form or a chart
		out.Title = g.heading + " · " + own + " · " + x.around
	}
	if x.of > 0 {
		out.Value = d.Value(d.made.Told.Of(x.of))
		return out
	}
	out.Value = Value{Kind: ValueWritten, Known: true, Printed: x.printed, At: x.at}
	return out
}

// spotGroups are the numbers of sentences, forms and charts, as they stand in the document.
func (d *Document) spotGroups() (out []Group) {
	s := d.places()
	at := -1
	for i := range s.list {
		if x := &s.list[i]; x.group != at {
			at = x.group
			out = append(out, Group{Heading: s.groups[at].heading})
		}
		g := &out[len(out)-1]
		g.Answers = append(g.Answers, d.spotAnswer(&s.list[i]))
	}
	return out
}
