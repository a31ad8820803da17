package compare

import (
	"slices"
	"strings"

	"yusuan/internal/doc"
)

// ref is what of a tree an effect is of: who finds the same again means the same.
type ref struct {
	at any // a pointer into the tree
	n  int // of what is at a block or text: a few pieces of it, its rows, or what marks call the number
}

// Where rows begin in a table's refs. Less than nothing is that a row stands elsewhere.
const (
	atRow  = 16      // of tables of the pack
	atBody = 1 << 20 // of forms
	atHead = 1 << 21
)

// effect is a difference in the making, with what its causes are found by.
type effect struct {
	cell     *Cell
	sentence *Sentence
	row      *Row
	part     *Part

	was, is ref     // in the old and in the new tree
	block   *block  // that it is in, of the new tree or else of the old
	line    ref     // the row or paragraph that it is in
	causes  numbers // found so far
	guessed bool    // they are all that there are
}

// numbers are numbers of causes, each once, sorted.
type numbers []int

func (n *numbers) add(list ...int) {
	for _, x := range list {
		if i, found := slices.BinarySearch(*n, x); !found {
			*n = slices.Insert(*n, i, x)
		}
	}
}

// differing finds what two documents show otherwise.
type differing struct {
	old, new *flat
	causes   *causes // nil where nobody asks
	renamed  map[string]string
	effects  []effect
	last     []Spot // behind what was gone through last, of the new document
	group    *group // whose heading is told
	tracer   tracer
	paired   *paired
	turned   bool               // see matched: the new document is the one that comes first by what it says
	touched  map[string]numbers // causes of what each form is made of, "" for the rest of the document
}

// differ compares two documents. Projects are known by what they are called now.
func differ(old, new *Side, c *causes, renamed map[string]string) *differing {
	named := func(project string) string {
		if now, ok := renamed[project]; ok {
			return now
		}
		return project
	}
	strange := old.Pack != new.Pack
	d := &differing{old: flatten(old, named, strange), new: flatten(new, func(s string) string { return s }, strange), causes: c, renamed: renamed}
	d.tracer = newTracer(old, new, c)
	if old.Tree == nil || new.Tree == nil {
		return d
	}
	d.title(old.Tree, new.Tree)
	if d.turned = d.new.before(d.old); c != nil {
		d.turned = c.turned
	}
	m := matchGroups(d.old, d.new, d.turned)
	x := d.blocks(m)
	d.paired = x
	m.merge(func(i, j int) {
		switch {
		case j < 0:
			d.goneGroup(d.old.groups[i], x)
		case i < 0:
			d.group = d.new.groups[j]
			d.merged(nil, d.new.groups[j], x, newMatched(0, len(d.new.groups[j].blocks)))
		default:
			d.group = d.new.groups[j]
			if m.moved(j) {
				d.movedGroup(d.old.groups[i], d.new.groups[j])
			}
			d.merged(d.old.groups[i], d.new.groups[j], x, x.inner[j])
		}
	})
	return d
}

// title compares the titles that files bear.
func (d *differing) title(old, new *doc.Document) {
	if old.Title == new.Title {
		return
	}
	d.effects = append(d.effects, effect{sentence: &Sentence{Where: InText, Place: "文件标题", Pieces: pieces(old.Title, new.Title)},
		was: ref{old, 0}, is: ref{new, 0}})
}

// paired are the blocks that are in both documents.
type paired struct {
	inner []*matched // of each group of the new
	was   map[*block]*block
	now   map[*block]*block
	moved map[*block]bool // of the new: from another group
}

// blocks pairs the blocks of groups that are paired, and then what is left: tables and charts by name and paragraphs that say
// the same under another heading.
func (d *differing) blocks(m *matched) *paired {
	x := &paired{inner: make([]*matched, len(d.new.groups)), was: map[*block]*block{}, now: map[*block]*block{}, moved: map[*block]bool{}}
	for j, i := range m.was {
		if i < 0 {
			continue
		}
		a, b := d.old.groups[i].blocks, d.new.groups[j].blocks
		in := matchBlocks(a, b, d.turned)
		x.inner[j] = in
		for k, n := range in.was {
			if n >= 0 {
				x.was[b[k]], x.now[a[n]] = a[n], b[k]
			}
		}
	}
	left := map[string][]*block{}
	key := func(b *block) string {
		if b.id != "" {
			return b.id
		}
		if b.par != nil && strings.TrimSpace(b.words.s) != "" {
			return "P" + b.words.s
		}
		return ""
	}
	for _, b := range d.old.blocks {
		if k := key(b); x.now[b] == nil && k != "" {
			left[k] = append(left[k], b)
		}
	}
	for _, b := range d.new.blocks {
		k := key(b)
		if x.was[b] == nil && len(left[k]) > 0 {
			x.was[b], x.now[left[k][0]], x.moved[b] = left[k][0], b, true
			left[k] = left[k][1:]
		}
	}
	d.stayed(x)
	return x
}

// stayed takes those out of what moved that only the bounds of sections moved about: before them stands what stood there.
func (d *differing) stayed(x *paired) {
	if len(x.moved) == 0 {
		return
	}
	before := func(f *flat, partner map[*block]*block) map[*block]*block {
		out, last := map[*block]*block{}, (*block)(nil)
		for _, b := range f.blocks {
			if partner[b] != nil {
				out[b], last = last, b
			}
		}
		return out
	}
	was, is := before(d.old, x.now), before(d.new, x.was)
	for b := range x.moved {
		if o, n := was[x.was[b]], is[b]; o == nil && n == nil || n != nil && x.was[n] == o {
			delete(x.moved, b)
		}
	}
}

// merged goes through the blocks of a group.
func (d *differing) merged(old, new *group, x *paired, in *matched) {
	in.merge(func(i, j int) {
		switch {
		case j < 0:
			if b := old.blocks[i]; x.now[b] == nil {
				d.gone(b)
			}
		case i < 0 && x.was[new.blocks[j]] == nil:
			d.came(new.blocks[j])
		default:
			b := new.blocks[j]
			if in.moved(j) || x.moved[b] {
				d.movedBlock(x.was[b], b)
			}
			d.both(x.was[b], b)
		}
	})
}

// goneGroup: a heading with what stood below it is gone, but for what stands elsewhere now.
func (d *differing) goneGroup(g *group, x *paired) {
	d.group = g
	for _, b := range g.blocks {
		if x.now[b] == nil {
			d.gone(b)
		}
	}
}

// folded reports whether the block is the heading of a table that came or went with it, or a line between both: the part that
// is the table says it.
func (d *differing) folded(b *block, old bool) bool {
	g := b.group
	if b.heading == nil && b.par == nil || g.titled < b.place {
		return false
	}
	if old {
		return d.paired.now[g.blocks[g.titled]] == nil
	}
	return d.paired.was[g.blocks[g.titled]] == nil
}

// titled is what a part is called, and where it stands.
func titled(b *block) (Where, string) {
	switch {
	case b.table != nil:
		w := InForm
		if b.table.Of > 0 {
			w = InTable
		}
		if b.table.Caption.String != "" {
			return w, b.table.Caption.String
		}
		return w, b.group.title
	case b.chart != nil:
		return InChart, b.chart.Title.String
	}
	return InText, b.words.s
}

// spots are where a block begins.
func (b *block) spots() []Spot {
	if t := b.firstText(); t != nil {
		return []Spot{{Text: t, From: 0, To: len(t.String)}}
	}
	return b.words.all()
}

// firstText is the first words of a table or chart.
func (b *block) firstText() *doc.Text {
	switch {
	case b.table != nil:
		for _, rows := range [][]doc.Row{b.table.Head, b.table.Body} {
			for i := range rows {
				for k := range rows[i].Cells {
					if c := &rows[i].Cells[k]; len(c.Text) > 0 && !c.Number {
						return &c.Text[0]
					}
				}
			}
		}
	case b.chart != nil:
		return &b.chart.Title
	}
	return nil
}

// end is behind the last words of a block.
func (b *block) end() []Spot {
	if b.table == nil {
		if t := b.firstText(); t != nil {
			return []Spot{{Text: t, From: len(t.String), To: len(t.String)}}
		}
		return b.words.end()
	}
	for i := len(b.table.Body) - 1; i >= 0; i-- {
		if s := rowEnd(&b.table.Body[i]); s != nil {
			return s
		}
	}
	if t := b.firstText(); t != nil {
		return []Spot{{Text: t, From: len(t.String), To: len(t.String)}}
	}
	return nil
}

// rowEnd is behind the first words of a row.
func rowEnd(r *doc.Row) []Spot {
	for k := range r.Cells {
		if c := &r.Cells[k]; len(c.Text) > 0 && !c.Number {
			t := cellText(c)
			return t.end()
		}
	}
	return nil
}

// stood is where something stood that is gone: behind what was gone through last, or else where the document begins.
func (d *differing) stood() []Spot {
	if len(d.last) > 0 {
		return slices.Clone(d.last)
	}
	for _, b := range d.new.blocks {
		if s := b.spots(); len(s) > 0 {
			return []Spot{{Text: s[0].Text}}
		}
	}
	return nil
}

func (d *differing) gone(b *block) {
	if !d.folded(b, true) && !b.empty() {
		w, title := titled(b)
		d.effects = append(d.effects, effect{part: &Part{Where: w, Title: title, Change: Removed, Spots: d.stood()}, was: ref{b.is(), 0}, block: b, line: ref{b.is(), 0}})
		d.tracer.block(&d.effects[len(d.effects)-1].causes, b, true)
		d.tracer.narrow(&d.effects[len(d.effects)-1].causes)
	}
	d.numbersOf(b, true)
}

func (d *differing) came(b *block) {
	if !d.folded(b, false) && !b.empty() {
		w, title := titled(b)
		d.effects = append(d.effects, effect{part: &Part{Where: w, Title: title, Change: Added, Spots: b.spots()}, is: ref{b.is(), 0}, block: b, line: ref{b.is(), 0}})
		d.tracer.block(&d.effects[len(d.effects)-1].causes, b, false)
		d.tracer.narrow(&d.effects[len(d.effects)-1].causes)
	}
	d.numbersOf(b, false)
	d.passed(b)
}

// empty reports whether nothing of a block is seen.
func (b *block) empty() bool { return b.table == nil && b.chart == nil && b.words.s == "" }

// passed notes where what follows and is gone stood.
func (d *differing) passed(b *block) {
	if s := b.end(); len(s) > 0 {
		d.last = s
	}
}

func (d *differing) movedGroup(old, new *group) {
	b := new.blocks[0]
	if new.titled >= 0 {
		b = new.blocks[new.titled]
	}
	d.movedBlock(old.blocks[0], b)
}

func (d *differing) movedBlock(old, b *block) {
	if b.empty() {
		return
	}
	w, title := titled(b)
	d.effects = append(d.effects, effect{part: &Part{Where: w, Title: title, Change: Moved, Spots: b.spots()}, was: ref{old.is(), 1}, is: ref{b.is(), 1}, block: b, line: ref{b.is(), 0}})
	d.tracer.block(&d.effects[len(d.effects)-1].causes, b, false)
}

// both compares a block that is in both documents.
func (d *differing) both(a, b *block) {
	switch {
	case a.same == b.same:
	case b.table != nil && a.table != nil:
		d.table(a, b)
	case b.chart != nil && a.chart != nil:
		d.chart(a, b)
	default:
		d.words(a, b, "", a.words, b.words, ref{b.is(), 0})
		if h, g := a.heading, b.heading; h != nil && g != nil && h.Contents != g.Contents && h.Text.String == g.Text.String {
			d.plain(b, "目录", h.Contents, g.Contents, ref{h, 1}, ref{g, 1})
		}
	}
	d.passed(b)
}

// words compares a text that is in both documents.
func (d *differing) words(a, b *block, place string, old, new text, line ref) {
	if old.s == new.s {
		return
	}
	list := pieces(old.s, new.s)
	w := InText
	if b.table != nil || b.chart != nil {
		w, _ = titled(b)
	}
	e := effect{sentence: &Sentence{Where: w, Part: d.partOf(b), Place: place, Pieces: list, Spots: new.changed(list)}, block: b, line: line,
		was: refOf(old, a), is: refOf(new, b)}
	d.tracer.words(&e.causes, old, new, list)
	if d.onlyResidue(old, new, list) {
		e.sentence.Class = ByResidue
	}
	if len(e.sentence.Spots) == 0 {
		e.sentence.Spots = d.stood()
	}
	d.effects = append(d.effects, e)
}

// refOf refers to a text, or where it has no words, to nothing that another has.
func refOf(t text, b *block) ref {
	if len(t.parts) > 0 {
		return ref{t.parts[0], 0}
	}
	return ref{}
}

// plain compares words that are no text of the tree.
func (d *differing) plain(b *block, place, old, new string, was, is ref) {
	if old == new {
		return
	}
	w := InText
	if b.table != nil || b.chart != nil {
		w, _ = titled(b)
	}
	d.effects = append(d.effects, effect{sentence: &Sentence{Where: w, Part: d.partOf(b), Place: place, Pieces: pieces(old, new), Spots: b.end()},
		block: b, line: ref{b.is(), 0}, was: was, is: is})
}

// partOf is the heading that a block stands below.
func (d *differing) partOf(b *block) string {
	if b.table != nil && b.table.Caption.String != "" {
		return b.table.Caption.String
	}
	if b.chart != nil && b.chart.Title.String != "" {
		return b.chart.Title.String
	}
	if b.group.title != "" {
		return b.group.title
	}
	return "封面"
}
