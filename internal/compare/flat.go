package compare

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"yusuan/internal/doc"
	"yusuan/internal/schedule"
)

// block is a piece of a document that is compared by itself.
type block struct {
	heading *doc.Heading
	par     *doc.Paragraph
	table   *doc.Table
	chart   *doc.Chart
	words   text   // of headings and paragraphs
	id      string // of tables and charts, what both documents call it
	same    string // all that it says
	core    string // of a table what is in it, however it is called and numbered
	group   *group
	place   int // in the group
	bag     *bag
}

// is is what refers to the block.
func (b *block) is() any {
	switch {
	case b.heading != nil:
		return b.heading
	case b.par != nil:
		return b.par
	case b.table != nil:
		return b.table
	}
	return b.chart
}

// group is a heading with what stands below it, up to the next.
type group struct {
	title  string // the heading
	part   string // the heading of the part
	blocks []*block
	ids    string // of its tables and charts
	formed bool   // has a form of a project, which is nothing to any other
	all    string // all that it says
	core   string // what is in its tables
	titled int    // which of the blocks is a table that says the heading again, -1 for none
}

// flat is a document as it is compared.
type flat struct {
	side   *Side
	groups []*group
	blocks []*block
	named  func(project string) string
	// strange says that the other document is made with another pack.
	strange bool
}

// flatten makes groups of a document. Projects are called what they are called in the new document.
func flatten(s *Side, named func(string) string, strange bool) *flat {
	f := &flat{side: s, named: named, strange: strange}
	if s.Tree == nil {
		return f
	}
	part := ""
	for i := range s.Tree.Sections {
		x := &s.Tree.Sections[i]
		if x.Title != "" {
			part = x.Title
		}
		g := f.begin(part, part)
		for _, b := range x.Blocks {
			if h, ok := b.(*doc.Heading); ok {
				if h.Level == 1 {
					part = h.Text.String
				}
				g = f.begin(h.Text.String, part)
			}
			f.add(g, b)
		}
	}
	f.groups = slices.DeleteFunc(f.groups, func(g *group) bool { return len(g.blocks) == 0 })
	for _, g := range f.groups {
		var ids, all, core []string
		for _, b := range g.blocks {
			all = append(all, b.same)
			g.formed = g.formed || b.table != nil && f.formOf(b.table) != ""
			if b.id != "" {
				ids, core = append(ids, b.id), append(core, b.core)
			}
		}
		g.ids, g.all, g.core = strings.Join(ids, "\x01"), strings.Join(all, "\x01"), strings.Join(core, "\x01")
	}
	return f
}

func (f *flat) begin(title, part string) *group {
	g := &group{title: title, part: part, titled: -1}
	f.groups = append(f.groups, g)
	return g
}

func (f *flat) add(g *group, b doc.Block) {
	x := &block{group: g}
	switch b := b.(type) {
	case *doc.Heading:
		x.heading, x.words = b, textOf("", &b.Text)
		x.same = x.words.s + "\x02" + b.Contents
	case *doc.Paragraph:
		parts := make([]*doc.Text, len(b.Spans))
		for i := range b.Spans {
			parts[i] = &b.Spans[i].Text
		}
		x.par, x.words = b, textOf("", parts...)
		x.same = x.words.s
	case *doc.Table:
		x.table, x.core = b, saysTable(b)
		x.id, x.same = "T"+f.tableName(b)+"\x00"+f.formOf(b), b.Caption.String+"\x00"+b.Continued+"\x00"+x.core
	case *doc.Chart:
		x.chart, x.id, x.same = b, "C"+b.ID, saysChart(b)
	default:
		return
	}
	x.place = len(g.blocks)
	if g.titled < 0 && x.table != nil && x.table.Caption.String == g.title {
		g.titled = x.place
	}
	g.blocks = append(g.blocks, x)
	f.blocks = append(f.blocks, x)
}

// tableName is what a table is known by: the number that its pack gives it, which another pack gives to another.
func (f *flat) tableName(t *doc.Table) string {
	if _, name, numbered := strings.Cut(t.Caption.String, "\u3000"); f.strange && numbered {
		return bare(name)
	}
	if f.strange && t.Caption.String != "" {
		return bare(t.Caption.String)
	}
	return t.ID
}

func (f *flat) formOf(t *doc.Table) string {
	if f.side.Numbers == nil {
		return ""
	}
	return f.named(f.side.Numbers.FormOf(t))
}

// saysTable is all that a table says but for what it is called.
func saysTable(t *doc.Table) string {
	var b strings.Builder
	say := func(s string) {
		b.WriteString(s)
		b.WriteByte(0)
	}
	for _, x := range []*doc.Text{t.Left, t.LeftAgain, t.Right} {
		if x != nil {
			say(x.String)
		}
		b.WriteByte(1)
	}
	for _, rows := range [][]doc.Row{t.Head, t.Body} {
		for i := range rows {
			for k := range rows[i].Cells {
				for n := range rows[i].Cells[k].Text {
					say(rows[i].Cells[k].Text[n].String)
				}
				b.WriteByte(1)
			}
			b.WriteByte(2)
		}
		b.WriteByte(3)
	}
	for i := range t.Notes {
		say(t.Notes[i].String)
	}
	return b.String()
}

// saysChart is all that a chart says.
func saysChart(c *doc.Chart) string {
	var b strings.Builder
	say := func(list ...string) {
		for _, s := range list {
			b.WriteString(s)
			b.WriteByte(0)
		}
	}
	say(c.Title.String, c.Unit.String, c.From.String, c.To.String, c.Total.Label, c.Total.Text, c.Total.Unit)
	for i := range c.Series {
		say(c.Series[i].Name.String)
	}
	for _, list := range [][]doc.ChartItem{c.Sources, c.Items} {
		b.WriteByte(1)
		for i := range list {
			say(list[i].Label.String, list[i].Note.String)
			for k := range list[i].Values {
				say(list[i].Values[k].Text)
			}
		}
	}
	return b.String()
}

// bare is a heading without its number and without years: what next year's is called too.
func bare(s string) string {
	var b strings.Builder
	for _, r := range schedule.Bare(s) {
		if !unicode.IsDigit(r) && !unicode.IsSpace(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// before reports which of two documents is the one to begin with, whichever is the old one.
func (f *flat) before(o *flat) bool {
	return slices.CompareFunc(f.blocks, o.blocks, func(a, b *block) int { return strings.Compare(a.same, b.same) }) < 0
}

// newFirst reports whether the new document is the one to begin with.
func newFirst(old, new *Side) bool {
	plain := func(s string) string { return s }
	strange := old.Pack != new.Pack
	return flatten(new, plain, strange).before(flatten(old, plain, strange))
}

// matchGroups says which group of the new document was which of the old.
func matchGroups(old, new *flat, turned bool) *matched {
	m := newMatched(len(old.groups), len(new.groups))
	m.turned = turned
	pass := func(key func(g *group) string) {
		m.byKey(func(i int) string { return key(old.groups[i]) }, func(j int) string { return key(new.groups[j]) })
	}
	pass(func(g *group) string { return g.part + "\x02" + g.title + "\x02" + g.ids + "\x02" + g.all })
	pass(func(g *group) string { // twins: the same forms of another number
		if !g.formed {
			return ""
		}
		return g.ids + "\x02" + g.core
	})
	pass(func(g *group) string { return g.part + "\x02" + g.title + "\x02" + g.ids })
	pass(func(g *group) string { return g.ids })
	pass(func(g *group) string { first, _, _ := strings.Cut(g.ids, "\x01"); return first })
	words := func(plain func(string) string) func(g *group) string {
		return func(g *group) string {
			if g.formed {
				return ""
			}
			return plain(g.part) + "\x02" + plain(g.title)
		}
	}
	pass(words(func(s string) string { return s }))
	pass(words(bare))
	m.similar(func(i, j int) int {
		a, b := old.groups[i], new.groups[j]
		if a.formed || b.formed {
			return 0
		}
		return (bagOf(a.title).like(bagOf(b.title)) + a.likeness(b)) / 2
	})
	return m
}

// likeness is how much of two groups is word by word the same.
func (g *group) likeness(o *group) int {
	has := map[string]int{}
	for _, b := range g.blocks {
		has[b.same]++
	}
	n := 0
	for _, b := range o.blocks {
		if has[b.same] > 0 {
			has[b.same]--
			n++
		}
	}
	return 2000 * n / (len(g.blocks) + len(o.blocks))
}

// matchBlocks says which block of a group was which of another. Both have their tables and charts by name, and paragraphs by
// what they say.
func matchBlocks(old, new []*block, turned bool) *matched {
	m := newMatched(len(old), len(new))
	m.turned = turned
	key := func(b *block) string {
		if b.heading != nil {
			return "H"
		}
		return b.id
	}
	whole := func(b *block) string {
		if b.id == "" {
			return ""
		}
		return b.id + "\x00" + b.core
	}
	m.byKey(func(i int) string { return whole(old[i]) }, func(j int) string { return whole(new[j]) })
	m.byKey(func(i int) string { return key(old[i]) }, func(j int) string { return key(new[j]) })
	prose := func(b *block, s string) string {
		if b.par == nil {
			return ""
		}
		return "P" + s
	}
	m.alignBy(func(i int) string { return prose(old[i], old[i].words.s) }, func(j int) string { return prose(new[j], new[j].words.s) })
	m.byKey(func(i int) string { return prose(old[i], old[i].words.s) }, func(j int) string { return prose(new[j], new[j].words.s) })
	m.byKey(func(i int) string { return listed(old[i]) }, func(j int) string { return listed(new[j]) })
	m.alignBy(func(i int) string { return prose(old[i], skeleton(old[i].words.s)) }, func(j int) string { return prose(new[j], skeleton(new[j].words.s)) })
	m.similar(func(i, j int) int {
		if old[i].par == nil || new[j].par == nil {
			return 0
		}
		return old[i].tokens().like(new[j].tokens())
	})
	return m
}

// number begins an entry of a list.
var number = regexp.MustCompile(`^[（(]?\d+[）)]?[.．、]?\s*`)

// listed is what an entry of a list says, whatever its number: those after one that came have the next. Others are "".
func listed(b *block) string {
	if b.par == nil {
		return ""
	}
	if at := number.FindString(b.words.s); at != "" && at != b.words.s {
		return "L" + b.words.s[len(at):]
	}
	return ""
}

func (b *block) tokens() *bag {
	if b.bag == nil {
		b.bag = bagOf(b.words.s)
	}
	return b.bag
}

// skeleton is a text without its numbers.
func skeleton(s string) string {
	if !strings.ContainsAny(s, "0123456789") {
		return s
	}
	return whole.ReplaceAllString(s, "0")
}
