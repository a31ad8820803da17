package compare

import (
	"slices"
	"strings"
)

// reach gives effects that no value or word leads from the causes that others beside them have: of the same row or paragraph,
// the same table, those that say what the words say; and where nothing is beside them, all. No effect is left without a cause
// where there are any.
func (d *differing) reach() {
	if d.causes == nil || len(d.causes.list) == 0 {
		return
	}
	lines, blocks, groups := map[ref]*numbers{}, map[*block]*numbers{}, map[*group]*numbers{}
	parts := wholes{texts: map[string]*numbers{}, headed: map[bool]*numbers{}}
	for i := range d.effects {
		e := &d.effects[i]
		if e.moved() {
			e.causes = d.ofPlace(e.causes)
		}
		e.causes.add(d.saying(e, "department")...)
		if len(e.causes) == 0 {
			continue
		}
		if e.part != nil && !e.moved() {
			parts.add(e)
		}
		gather(lines, e.line, e.causes)
		gather(blocks, e.block, e.causes)
		if e.block != nil {
			gather(groups, e.block.group, e.causes)
		}
	}
	var all numbers
	for k := range d.causes.list {
		all = append(all, k+1)
	}
	for i := range d.effects {
		e := &d.effects[i]
		if len(e.causes) > 0 {
			continue
		}
		switch said := d.saying(e, ""); {
		case len(said) > 0:
			e.causes = said
		case e.renumbered() && parts.of(e) != nil:
			e.causes = slices.Clip(*parts.of(e))
		case e.line.at != nil && lines[e.line] != nil:
			e.causes = slices.Clip(*lines[e.line])
		case e.block != nil && blocks[e.block] != nil:
			e.causes = slices.Clip(*blocks[e.block])
		case e.block != nil && groups[e.block.group] != nil:
			e.causes = slices.Clip(*groups[e.block.group])
		default:
			e.causes = slices.Clip(d.touching(e, all))
			e.guessed = true
		}
	}
}

// touching are the causes of what the form, or the rest of the document, that an effect is in is made of, by the pack; if there
// are none, all.
func (d *differing) touching(e *effect, all numbers) (out numbers) {
	p := d.new.side.Numbers
	if p == nil {
		return all
	}
	form := ""
	if e.block != nil && e.block.table != nil && p.Pack.Forms[e.block.table.ID] != nil {
		form = e.block.table.ID
	}
	if known, ok := d.touched[form]; ok {
		return known
	}
	values, tables := map[string]bool{}, map[string]bool{}
	for _, u := range p.Pack.Uses() {
		if u.Form != form {
			continue
		}
		for _, f := range u.Fields() {
			values[f] = true
			if i := strings.LastIndexByte(f, '.'); i > 0 {
				table, _, _ := strings.Cut(f[:i], "[")
				tables[table] = true
			}
		}
	}
	for _, n := range all {
		if c := &d.causes.list[n-1]; values[c.Table+"."+c.Field] || c.Field == "" && tables[c.Table] {
			out = append(out, n)
		}
	}
	if len(out) == 0 {
		out = all
	}
	if d.touched == nil {
		d.touched = map[string]numbers{}
	}
	d.touched[form] = out
	return out
}

func gather[K comparable](to map[K]*numbers, key K, list numbers) {
	n := to[key]
	if n == nil {
		n = &numbers{}
		to[key] = n
	}
	n.add(list...)
}

// wholes are the causes of what came or went as a whole, which is what headings and paragraphs are counted by.
type wholes struct {
	texts  map[string]*numbers // under a heading, as both documents call it
	headed map[bool]*numbers   // of text anywhere, and of tables and charts
}

func (w *wholes) add(e *effect) {
	text := e.part.Where == InText
	gather(w.headed, text, e.causes)
	if text && e.block != nil {
		gather(w.texts, bare(e.block.group.title), e.causes)
	}
}

// of are those that an effect may be counted by, nil for none.
func (w *wholes) of(e *effect) *numbers {
	if e.block.heading != nil {
		return w.headed[e.block.group.titled < 0]
	}
	return w.texts[bare(e.block.group.title)]
}

// renumbered reports whether nothing but the number of a heading is another, or that which a paragraph begins with.
func (e *effect) renumbered() bool {
	if e.sentence == nil || e.block == nil || e.block.heading == nil && e.block.par == nil {
		return false
	}
	before := ""
	for _, p := range e.sentence.Pieces {
		if p.Kind == Same {
			before += p.Text
			continue
		}
		if strings.Trim(p.Text, numerals) != "" || e.block.heading == nil && strings.Trim(before, numerals+"（(") != "" {
			return false
		}
	}
	return true
}

// numerals are what headings and paragraphs are numbered with.
const numerals = "0123456789-一二三四五六七八九十"

// moved reports whether the effect is that something stands elsewhere.
func (e *effect) moved() bool {
	return e.row != nil && e.row.Change == Moved || e.part != nil && e.part.Change == Moved
}

// ofPlace are the causes that something stands elsewhere: those of some, or else all there are, or else what there is.
func (d *differing) ofPlace(some numbers) numbers {
	pick := func(list numbers) (out numbers) {
		for _, n := range list {
			if d.causes.list[n-1].Change == Moved {
				out = append(out, n)
			}
		}
		return out
	}
	if out := pick(some); len(out) > 0 {
		return out
	}
	var all numbers
	for k := range d.causes.list {
		all = append(all, k+1)
	}
	if out := pick(all); len(out) > 0 {
		return out
	}
	return some
}

// saying are the causes in a table, "" for any, whose values the words that came or went say: a year, a day, a name.
func (d *differing) saying(e *effect, table string) (out numbers) {
	if e.sentence == nil {
		return nil
	}
	var gone, came strings.Builder
	for _, p := range e.sentence.Pieces {
		switch p.Kind {
		case Gone:
			gone.WriteString(p.Text)
		case New:
			came.WriteString(p.Text)
		}
	}
	for k := range d.causes.list {
		c := &d.causes.list[k]
		if c.Field == "" || c.Money || table != "" && c.Table != table {
			continue
		}
		if says(came.String(), c.New) || says(gone.String(), c.Old) {
			out = append(out, k+1)
		}
	}
	return out
}

// says reports whether words have a value in them, a day however it is written.
func says(words, value string) bool {
	const least = 2 // bytes: a single character says nothing
	if len(value) < least {
		return false
	}
	if strings.Contains(words, value) {
		return true
	}
	parts := strings.Split(value, "-")
	if len(parts) != 3 || len(parts[0]) != 4 {
		return false
	}
	year, month, day := parts[0]+"年", strings.TrimPrefix(parts[1], "0")+"月", strings.TrimPrefix(parts[2], "0")+"日"
	return strings.Contains(words, year+month) || strings.Contains(words, month+day)
}

// unreached: where the documents were made in two ways, what no cause was found for is a matter of that.
func (d *differing) unreached(class Class) {
	for i := range d.effects {
		e := &d.effects[i]
		if len(e.causes) == 0 || e.guessed {
			e.causes = nil
			e.setClass(class)
		}
	}
}

func (e *effect) setClass(c Class) {
	switch {
	case e.cell != nil:
		e.cell.Class = c
	case e.sentence != nil:
		e.sentence.Class = c
	case e.row != nil:
		e.row.Class = c
	case e.part != nil:
		e.part.Class = c
	}
}

// classify tells effects of the facts from those of the template: facts is what differs from the middle to the new document,
// template what differs from the old one to the middle.
func (d *differing) classify(facts, template *differing, class Class) {
	type change struct {
		at   ref
		kind int
	}
	came, gone := map[change]bool{}, map[change]bool{}
	for i := range facts.effects {
		e := &facts.effects[i]
		if e.is != (ref{}) {
			came[change{e.is, e.kind()}] = true
		}
	}
	for i := range template.effects {
		e := &template.effects[i]
		if e.was != (ref{}) {
			gone[change{e.was, e.kind()}] = true
		}
	}
	for i := range d.effects {
		e := &d.effects[i]
		ofFacts := came[change{e.is, e.kind()}]
		if e.is == (ref{}) {
			ofFacts = !gone[change{e.was, e.kind()}]
		}
		if !ofFacts {
			e.causes = nil
			e.setClass(class)
		}
	}
}

func (e *effect) kind() int {
	switch {
	case e.cell != nil:
		return 0
	case e.sentence != nil:
		return 1
	case e.row != nil:
		return 2
	}
	return 3
}

// result gives the effects to who asked. That something stands elsewhere is a cause only if something comes of it.
func (d *differing) result() *Result {
	r := &Result{Old: d.old.side.Document, New: d.new.side.Document}
	now := d.counted(r)
	renumber := func(list numbers) []int {
		out := make([]int, 0, len(list))
		for _, n := range list {
			if now[n] > 0 {
				out = append(out, now[n])
			}
		}
		return out
	}
	for i := range d.effects {
		e := &d.effects[i]
		switch causes := renumber(e.causes); {
		case e.cell != nil:
			e.cell.Causes = causes
			r.Cells = append(r.Cells, *e.cell)
		case e.sentence != nil:
			e.sentence.Causes = causes
			r.Sentences = append(r.Sentences, *e.sentence)
		case e.row != nil:
			e.row.Causes = causes
			r.Rows = append(r.Rows, *e.row)
		default:
			e.part.Causes = causes
			r.Parts = append(r.Parts, *e.part)
		}
	}
	r.Totals = d.totals(renumber)
	return r
}

// counted enters the causes and how many effects each has, and returns their numbers by those so far.
func (d *differing) counted(r *Result) []int {
	if d.causes == nil {
		return nil
	}
	counts := make([]Count, len(d.causes.list)+1)
	for i := range d.effects {
		e := &d.effects[i]
		for _, n := range e.causes {
			switch c := &counts[n]; e.kind() {
			case 0:
				c.Cells++
			case 1:
				c.Sentences++
			case 2:
				c.Rows++
			default:
				c.Parts++
			}
		}
	}
	now := make([]int, len(counts))
	for k := range d.causes.list {
		c := d.causes.list[k]
		if c.Effects = counts[k+1]; c.Change == Moved && c.Effects == (Count{}) {
			continue
		}
		r.Causes = append(r.Causes, c)
		now[k+1] = len(r.Causes)
	}
	return now
}
