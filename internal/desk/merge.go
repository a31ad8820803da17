package desk

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/source"
)

// Conflict is what two sides changed. What is typed has Theirs until somebody solves it; Mine is kept here and in the journal.
type Conflict struct {
	ID           string // "" of one that Edit answers with: its author still has it
	Row, Key     string
	What         string // what it is about, in words
	Mine, Theirs string

	solve func(p *patching) bool // makes it mine; false where it cannot be any more
	cut   *cutCell               // of one that was typed in a session that was cut off
}

// merging makes the changes between two states of a file in a third.
type merging struct {
	*patching
	name       string
	base, mine *version
	theirs     *version
	conflicts  []Conflict
	lists      map[place][]int // of mine
	lost       map[int]bool    // rows of mine that theirs has no more and that have a conflict
}

// merge makes in theirs what changed from base to mine. Cells that theirs changed too, to something else, are conflicts. The error
// is of a file that cannot be patched.
func (d *Desk) merge(name string, base, mine, theirs *version) (*version, []Conflict, error) {
	held := map[string]*version{}
	if theirs != nil {
		held[name] = theirs
	}
	m := &merging{patching: d.patch(held), name: name, base: base, mine: mine, theirs: theirs, lists: mine.lists(), lost: map[int]bool{}}
	m.deleted()
	if mine != nil {
		for i := range mine.entries {
			m.row(i)
		}
	}
	made, err := m.finish()
	if err != nil {
		return nil, nil, err
	}
	if made[name] == nil {
		return theirs, m.conflicts, nil
	}
	return made[name], m.conflicts, nil
}

func raw(v *version) []byte {
	if v == nil {
		return nil
	}
	return v.raw
}

// conflict gives a conflict its id.
func (d *Desk) conflict(c Conflict) Conflict {
	d.clashes++
	c.ID = strconv.Itoa(d.clashes)
	return c
}

// deleted takes rows away that mine has no more.
func (m *merging) deleted() {
	if m.base == nil {
		return
	}
	for i, id := range m.base.ids {
		up := m.base.up(i)
		if _, kept := m.mine.entry(id); kept || up < 0 {
			continue
		}
		if _, inside := m.mine.entry(m.base.ids[up]); !inside && (m.mine != nil || up > 0) {
			continue // it goes with what it is in; where mine has no file any more, each goes by itself
		}
		e, there := m.theirs.entry(id)
		switch {
		case !there:
		case m.theirs.digests()[id] == m.base.digests()[id]:
			m.delete(id)
		default:
			m.conflicts = append(m.conflicts, m.d.conflict(Conflict{Row: rowID(m.name, id), What: "删去" + m.d.label(e.Table) + dotted(m.d.title(e)), Theirs: m.text(e),
				solve: func(p *patching) bool { return p.is(id) && p.delete(id) }}))
		}
	}
}

// row makes what mine has in a row.
func (m *merging) row(i int) {
	id := m.mine.ids[i]
	e := &m.mine.entries[i]
	before, was := m.base.entry(id)
	if e.Address == "" {
		was = true
	}
	if !was {
		m.insertMine(i)
		return
	}
	if before == nil {
		return // the top of a file that is new on both sides
	}
	now, there := m.theirs.entry(id)
	for _, key := range keysOf(before, e) {
		old, mine := valueOf(before, key), valueOf(e, key)
		if same(old, mine) {
			continue
		}
		switch {
		case !there:
			m.goneRow(i)
			return
		case same(valueOf(now, key), mine):
		case same(valueOf(now, key), old):
			put(m.patching, id, key, mine)
		default:
			theirs := valueOf(now, key)
			m.conflicts = append(m.conflicts, m.d.conflict(Conflict{Row: rowID(m.name, id), Key: key, Mine: textOr(mine), Theirs: textOr(theirs),
				What: m.d.label(e.Table) + dotted(m.d.title(e)) + " · " + m.d.keyLabel(e.Table, key), solve: func(p *patching) bool { return p.is(id) && put(p, id, key, mine) }}))
		}
	}
}

// goneRow is the conflict of a row that mine changed and theirs has no more: to make it mine makes it anew, with all that is in it
// and what it is in, as far as that is gone too. What hangs together is one conflict.
func (m *merging) goneRow(i int) {
	for up := m.mine.up(i); up > 0 && !m.is(m.mine.ids[up]); up = m.mine.up(i) {
		i = up
	}
	id := m.mine.ids[i]
	if m.lost[id] {
		return
	}
	m.lost[id] = true
	e := &m.mine.entries[i]
	m.conflicts = append(m.conflicts, m.d.conflict(Conflict{Row: rowID(m.name, id), What: m.d.label(e.Table) + dotted(m.d.title(e)) + "，别处已经删去", Mine: m.whole(i),
		solve: func(p *patching) bool { return m.bring(p, i) }}))
}

// inside are the rows right in a row of mine.
func (m *merging) inside(i int) (out []int) {
	for j := i + 1; j < len(m.mine.entries); j++ {
		if m.mine.up(j) == i {
			out = append(out, j)
		}
	}
	return out
}

// whole is all that a row of mine says, with what is in it.
func (m *merging) whole(i int) string {
	text := m.text(&m.mine.entries[i])
	for _, j := range m.inside(i) {
		text = strings.TrimPrefix(text+"\n"+m.whole(j), "\n")
	}
	return text
}

// bring makes a row of mine anew, with all that is in it; false where what it is in is gone.
func (m *merging) bring(p *patching, i int) bool {
	e, id, up := &m.mine.entries[i], m.mine.ids[i], p.root(m.name)
	if m.mine.up(i) > 0 {
		up = m.mine.ids[m.mine.up(i)]
	}
	switch {
	case p.is(id): // somebody made it anew meanwhile
	case !p.is(up) && m.mine.up(i) > 0:
		return false
	case e.Element:
		p.want = id
		p.insert(m.name, e.Table, up, 0, keyValues(e), p.d.title(e))
	default:
		p.want = id
		id = p.single(m.name, e.Table, up)
		p.want = 0
	}
	if _, made := p.made[id]; !made || !e.Element {
		for _, v := range e.Values() {
			put(p, id, v.Key, &v)
		}
	}
	for _, j := range m.inside(i) {
		m.bring(p, j)
	}
	return true
}

// put gives a field a value that a file had, nil for none.
func put(p *patching, id int, key string, v *source.Value) bool {
	if v == nil {
		p.set(id, key, nil)
		return true
	}
	l, ok := v.Literal()
	if ok {
		p.set(id, key, &l)
	}
	return ok
}

// insertMine makes a row that base has not.
func (m *merging) insertMine(i int) {
	e, id := &m.mine.entries[i], m.mine.ids[i]
	if _, there := m.theirs.entry(id); there {
		return
	}
	up := m.mine.ids[m.mine.up(i)]
	if m.mine.up(i) == 0 {
		up = m.root(m.name)
	} else if !m.is(up) {
		m.goneRow(i)
		return
	}
	m.want = id
	if !e.Element {
		made := m.single(m.name, e.Table, up)
		for _, v := range e.Values() {
			put(m.patching, made, v.Key, &v)
		}
		return
	}
	after := 0
	list := m.lists[m.mine.place(i)]
	for j := slices.Index(list, id) - 1; j >= 0 && after == 0; j-- {
		if m.is(list[j]) {
			after = list[j]
		}
	}
	m.insert(m.name, e.Table, up, after, keyValues(e), m.d.title(e))
}

func keyValues(e *source.Entry) (out []source.KeyValue) {
	for _, v := range e.Values() {
		if l, ok := v.Literal(); ok {
			out = append(out, source.KeyValue{Key: v.Key, Value: l})
		}
	}
	return out
}

func valueOf(e *source.Entry, key string) *source.Value {
	if e == nil {
		return nil
	}
	if v, ok := e.Value(key); ok {
		return &v
	}
	return nil
}

func same(a, b *source.Value) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Kind == b.Kind && a.Text == b.Text && slices.Equal(a.Items, b.Items)
}

func textOr(v *source.Value) string {
	if v == nil {
		return ""
	}
	return shown(*v)
}

func keysOf(entries ...*source.Entry) []string {
	keys := map[string]bool{}
	for _, e := range entries {
		for _, v := range e.Values() {
			keys[v.Key] = true
		}
	}
	return slices.Sorted(maps.Keys(keys))
}

// match gives the rows of a file that somebody else wrote the ids that they had: what says the same as before, then what is
// called the same, then what stands alone between two that are known.
func (d *Desk) match(base, now *version) {
	kids := map[int][]int{}
	for i := range now.entries {
		if up := now.up(i); up >= 0 {
			kids[up] = append(kids[up], i)
		}
	}
	lists := base.lists()
	for i := range now.entries {
		if now.entries[i].Address == "" && base != nil {
			now.ids[i] = base.ids[0]
		}
		if now.ids[i] == 0 {
			d.rows++
			now.ids[i] = d.rows
		}
		byTable := map[string][]int{}
		for _, j := range kids[i] {
			byTable[now.entries[j].Table] = append(byTable[now.entries[j].Table], j)
		}
		for table, list := range byTable {
			d.pair(base, lists[place{now.ids[i], table}], now, list)
		}
	}
	now.index()
}

// pair matches the rows of a list.
func (d *Desk) pair(base *version, ids []int, now *version, rows []int) {
	taken := map[int]bool{}
	by := func(of func(v *version, i int) string) {
		known := map[string][]int{}
		for _, id := range ids {
			if !taken[id] {
				key := of(base, base.byID[id])
				known[key] = append(known[key], id)
			}
		}
		for _, i := range rows {
			key := of(now, i)
			if list := known[key]; now.ids[i] == 0 && key != "" && len(list) > 0 {
				now.ids[i], known[key], taken[list[0]] = list[0], list[1:], true
			}
		}
	}
	by(func(v *version, i int) string { return v.entries[i].Digest() })
	by(func(v *version, i int) string { return d.called(&v.entries[i]) })
	for a := 0; a < len(rows); { // those between two that are known, where both sides have as many
		if now.ids[rows[a]] != 0 {
			a++
			continue
		}
		b := a
		for b < len(rows) && now.ids[rows[b]] == 0 {
			b++
		}
		from := 0
		if a > 0 {
			from = slices.Index(ids, now.ids[rows[a-1]]) + 1
		}
		to := len(ids)
		if b < len(rows) {
			to = slices.Index(ids, now.ids[rows[b]])
		}
		if to-from == b-a && !slices.ContainsFunc(ids[from:to], func(id int) bool { return taken[id] }) {
			for k := a; k < b; k++ {
				now.ids[rows[k]] = ids[from+k-a]
			}
		}
		a = b
	}
}

// called is what a row is known by, letter by letter; "" where it is known by nothing.
func (d *Desk) called(e *source.Entry) string {
	t := d.table(e.Table)
	if t == nil {
		return ""
	}
	var words []string
	for i := range t.Fields {
		if v, ok := e.Value(t.Fields[i].Key); ok && t.Fields[i].Names() {
			words = append(words, shown(v))
		}
	}
	return strings.Join(words, "\x00")
}
