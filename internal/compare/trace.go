package compare

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/doc"
	"yusuan/internal/schedule"
)

// tracer finds which causes an effect has: those whose entries its value, or its words, come from.
type tracer struct {
	c        *causes
	old, new traced
}

// traced is one of the documents.
type traced struct {
	side  *Side
	at    *places
	lines map[*budget.Budget][]numbers // by line, found when first asked for
	known map[*budget.Budget][]bool
}

func newTracer(old, new *Side, c *causes) tracer {
	if c == nil || len(c.list) == 0 {
		return tracer{}
	}
	of := func(s *Side, at *places) traced {
		return traced{side: s, at: at, lines: map[*budget.Budget][]numbers{}, known: map[*budget.Budget][]bool{}}
	}
	return tracer{c: c, old: of(old, c.oldAt), new: of(new, c.newAt)}
}

func (t *tracer) of(old bool) *traced {
	if old {
		return &t.old
	}
	return &t.new
}

// line are the causes of a line.
func (x *traced) line(b *budget.Budget, i int) numbers {
	if x.known[b] == nil {
		x.known[b], x.lines[b] = make([]bool, len(b.Lines)), make([]numbers, len(b.Lines))
	}
	if x.known[b][i] {
		return x.lines[b][i]
	}
	x.known[b][i] = true
	l := &b.Lines[i]
	var out numbers
	x.at.moneyAt(l.At, out.add)
	out.add(x.at.units[l.Unit]...)
	for _, k := range l.From {
		if k != i {
			out.add(x.line(b, k)...)
		}
	}
	x.lines[b][i] = out
	return out
}

// value: a number comes of the lines that it sums, of what it is compared with, of what is stated.
func (t *tracer) value(to *numbers, old bool, v *schedule.Value) {
	if t.c == nil {
		return
	}
	x := t.of(old)
	n := x.side.Numbers
	for _, q := range v.Sums {
		n.Budget.Each(q, func(i int) { to.add(x.line(n.Budget, i)...) })
	}
	if v.Of != nil {
		t.value(to, old, v.Of)
		if v.Over != nil {
			t.value(to, old, v.Over)
		}
		return
	}
	switch {
	case v.Kind == schedule.ValueLastYear:
		for _, e := range n.Entries(v) {
			x.at.moneyAt(e.At, to.add)
		}
	case !v.At.IsZero():
		x.at.wordsAt(v.At, to.add)
	}
}

// told: a number in a text.
func (t *tracer) told(to *numbers, old bool, of int32) {
	n := t.of(old).side.Numbers
	if n == nil {
		return
	}
	told := n.Told(of)
	if told == nil {
		return
	}
	v := n.Value(told)
	t.value(to, old, &v)
}

// words: texts that differ come of the author's words and of the numbers where they differ, or if there are none there, of those
// beside.
func (t *tracer) words(to *numbers, old, new text, list []Piece) {
	if t.c == nil {
		return
	}
	a, b := 0, 0
	for _, p := range list {
		switch p.Kind {
		case Same:
			a, b = a+len(p.Text), b+len(p.Text)
		case Gone:
			t.stretch(to, &old, a, a+len(p.Text), true)
			a += len(p.Text)
		case New:
			t.stretch(to, &new, b, b+len(p.Text), false)
			b += len(p.Text)
		}
	}
	if len(*to) == 0 {
		t.stretch(to, &old, 0, len(old.s), true)
		t.stretch(to, &new, 0, len(new.s), false)
	}
}

// stretch: of the bytes of a text.
func (t *tracer) stretch(to *numbers, x *text, from, end int, old bool) {
	first, behind := x.over(from, end)
	for i := first; i < behind; i++ {
		p := x.parts[i]
		if a, b := from-x.starts[i], end-x.starts[i]; b > 0 && a < len(p.String) {
			t.text(to, p, a, b, old)
		}
	}
}

func (t *tracer) text(to *numbers, p *doc.Text, from, end int, old bool) {
	x := t.of(old)
	marks := doc.MarksOf(x.side.Tree.Marks, p.Marks)
	for _, m := range marks {
		if int(m.From) < end && int(m.To) > from {
			t.told(to, old, m.Of)
		}
	}
	if !p.Origin.IsZero() && len(marks) == 0 {
		x.at.wordsAt(p.Origin, to.add)
	}
}

// all is all of some texts.
func (t *tracer) all(to *numbers, old bool, parts ...*doc.Text) {
	if t.c == nil {
		return
	}
	for _, p := range parts {
		t.text(to, p, 0, len(p.String), old)
		if !p.Origin.IsZero() {
			t.of(old).at.wordsAt(p.Origin, to.add)
		}
	}
}

// narrow leaves of the causes that something came or went those that make it come or go, where there are any: entries that did, money
// and where it stands. That words in it read otherwise besides is nothing that a reader looks for.
func (t *tracer) narrow(to *numbers) {
	entries := false
	keep := slices.DeleteFunc(slices.Clone(*to), func(n int) bool {
		x := &t.c.list[n-1]
		entries = entries || x.Field == "" && x.Change != Moved
		return x.Field != "" && !t.new.at.money[x.Table+"."+x.Field]
	})
	if entries {
		*to = keep
	}
}

// cells are all words and numbers of cells.
func (t *tracer) cells(to *numbers, cells []*doc.Cell, old bool) {
	for i, c := range cells {
		if c == nil || i > 0 && cells[i-1] == c {
			continue
		}
		for k := range c.Text {
			t.all(to, old, &c.Text[k])
		}
	}
}

// called are the words that a row of a table of the pack is called by.
func (t *tracer) called(to *numbers, p *packTable, r *tableRow, old bool) {
	if t.c == nil {
		return
	}
	for _, w := range p.words(r) {
		if s := cellText(w.cell).s; s != "" && strings.Contains(r.name, s) {
			t.cells(to, []*doc.Cell{w.cell}, old)
		}
	}
	if len(*to) == 0 {
		t.row(to, p, r, old)
	}
}

// row is a row of a table of the pack: its words and its numbers.
func (t *tracer) row(to *numbers, p *packTable, r *tableRow, old bool) {
	if t.c == nil {
		return
	}
	for _, c := range p.words(r) {
		t.cells(to, []*doc.Cell{c.cell}, old)
	}
	x := &p.s.Sides[r.side].Rows[r.row]
	for i := range x.Texts {
		t.all(to, old, &x.Texts[i].Text)
	}
	if len(*to) > 0 {
		return
	}
	for _, j := range p.s.Sides[r.side].Columns {
		if at, ok := p.at(r, j); ok {
			v := p.s.Value(at.ref)
			t.value(to, old, &v)
		}
	}
}

// item is an item of a chart.
func (t *tracer) item(to *numbers, x *doc.ChartItem, old bool) {
	if t.c == nil {
		return
	}
	t.all(to, old, &x.Label, &x.Note)
	for k := range x.Values {
		t.all(to, old, &doc.Text{String: x.Values[k].Text, Marks: x.Values[k].Marks})
	}
}

// block is all that a block says.
func (t *tracer) block(to *numbers, b *block, old bool) {
	if t.c == nil {
		return
	}
	t.all(to, old, b.words.parts...)
	if b.chart != nil {
		for _, list := range [][]doc.ChartItem{b.chart.Sources, b.chart.Items} {
			for i := range list {
				t.item(to, &list[i], old)
			}
		}
	}
	if b.table == nil {
		return
	}
	for _, rows := range [][]doc.Row{b.table.Head, b.table.Body} {
		for i := range rows {
			for k := range rows[i].Cells {
				for n := range rows[i].Cells[k].Text {
					t.all(to, old, &rows[i].Cells[k].Text[n])
				}
			}
		}
	}
}
