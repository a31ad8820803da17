package desk

import (
	"errors"
	"maps"
	"path"
	"slices"
	"strings"

	"yusuan/internal/money"
	"yusuan/internal/source"
)

// patching makes patches of files whose rows have ids, and carries the ids over.
type patching struct {
	d      *Desk
	held   map[string]*version // what is patched
	editor *source.Editor
	made   map[int]madeRow
	gone   map[int]bool
	follow map[int][]int              // rows to be made, by that in front of them
	last   map[string]map[place][]int // rows to be made as the last ones
	roots  map[string]int             // of files to be made
	notes  []Note                     // what was done
	units  map[string]money.Unit      // by path
	want   int                        // the id of the next row to be made, 0 for a new one
}

// madeRow is a row to be made.
type madeRow struct {
	path, address, table string
	up                   int
}

func (d *Desk) patch(held map[string]*version) *patching {
	var files []*source.File
	for _, name := range slices.Sorted(maps.Keys(held)) {
		files = append(files, held[name].file)
	}
	return &patching{d: d, held: held, editor: source.Edit(files), made: map[int]madeRow{}, gone: map[int]bool{}, follow: map[int][]int{},
		last: map[string]map[place][]int{}, roots: map[string]int{}, units: map[string]money.Unit{}}
}

// where finds a row, one that is to be made too.
func (p *patching) where(id int) (m madeRow, e *source.Entry, ok bool) {
	if m, ok := p.made[id]; ok {
		return m, nil, true
	}
	for name, v := range p.held { // one of them at most has it
		if e, ok := v.entry(id); ok {
			return madeRow{name, e.Address, e.Table, 0}, e, true
		}
	}
	return m, nil, false
}

// unit is that of the amounts of a file.
func (p *patching) unit(name string) money.Unit {
	u, ok := p.units[name]
	if !ok {
		if v := p.held[name]; v != nil {
			u = v.file.AmountsIn()
		}
		p.units[name] = u
	}
	return u
}

// root is the id of the top of a file.
func (p *patching) root(name string) int {
	if v := p.held[name]; v != nil {
		return v.ids[0]
	}
	if p.roots[name] == 0 {
		p.d.rows++
		p.roots[name] = p.d.rows
	}
	return p.roots[name]
}

// is reports whether a row is there.
func (p *patching) is(id int) bool {
	_, _, ok := p.where(id)
	return ok && !p.gone[id]
}

func (p *patching) nextID() int {
	id := p.want
	if p.want = 0; id == 0 {
		p.d.rows++
		id = p.d.rows
	}
	return id
}

// set gives a field a value, nil for none.
func (p *patching) set(id int, key string, v *source.Literal) {
	m, e, ok := p.where(id)
	if !ok {
		panic("desk: set in a row that is not there")
	}
	old, now := "", ""
	if e != nil {
		if x, ok := e.Value(key); ok {
			old = shown(x)
		}
	}
	switch {
	case v != nil:
		now = v.Says()
		p.editor.Set(m.path, m.address, key, *v)
	case e != nil:
		if _, ok := e.Value(key); !ok {
			return
		}
		p.editor.Unset(m.path, m.address, key)
	default:
		return
	}
	if old != now {
		p.note(m, e, id, key, old, now)
	}
}

// insert makes a row behind another in the list of a table, or as the last where after is 0.
func (p *patching) insert(name, table string, up, after int, values []source.KeyValue, says string) (id int) {
	parent := ""
	if m, _, ok := p.where(up); ok {
		parent, name = m.address, m.path
	}
	behind := ""
	if m, _, ok := p.where(after); ok && after != 0 {
		behind = m.address
	} else {
		after = 0
	}
	id = p.nextID()
	address := p.editor.Insert(name, table, parent, behind, values)
	p.made[id] = madeRow{name, address, table, up}
	if after != 0 {
		p.follow[after] = append(p.follow[after], id)
	} else {
		p.append(name, place{up, table}, id)
	}
	p.notes = append(p.notes, Note{What: "insert", File: p.d.below(name), Row: rowID(name, id), Table: table, New: says, Words: "添加" + p.d.label(table) + dotted(says)})
	return id
}

func (p *patching) append(name string, at place, id int) {
	if p.last[name] == nil {
		p.last[name] = map[place][]int{}
	}
	p.last[name][at] = append(p.last[name][at], id)
}

// single is the table of which there is one, to be made where it is not there.
func (p *patching) single(name, table string, up int) (id int) {
	parent := ""
	if m, _, ok := p.where(up); ok {
		parent, name = m.address, m.path
	}
	if v := p.held[name]; v != nil {
		if list := v.lists()[place{up, table}]; len(list) > 0 {
			return list[0]
		}
	}
	if list := p.last[name][place{up, table}]; len(list) > 0 {
		return list[0]
	}
	key := table[strings.LastIndexByte(table, '.')+1:]
	id = p.nextID()
	p.made[id] = madeRow{name, strings.TrimPrefix(parent+"."+key, "."), table, up}
	p.append(name, place{up, table}, id)
	return id
}

// delete takes a row away with all that is in it.
func (p *patching) delete(id int) bool {
	m, e, ok := p.where(id)
	if !ok || e == nil {
		panic("desk: delete a row that is not there")
	}
	p.gone[id] = true
	p.editor.Delete(m.path, m.address)
	title := p.d.title(e)
	p.notes = append(p.notes, Note{What: "delete", File: p.d.below(m.path), Row: rowID(m.path, id), Table: m.table, Old: p.text(e), Words: "删去" + p.d.label(m.table) + dotted(title)})
	return true
}

// text is all that a row says, for the journal.
func (p *patching) text(e *source.Entry) string {
	var lines []string
	for _, v := range e.Values() {
		lines = append(lines, v.Key+" = "+shown(v))
	}
	return strings.Join(lines, "\n")
}

func (p *patching) note(m madeRow, e *source.Entry, id int, key, old, now string) {
	d, unit := p.d, p.unit(m.path)
	title := ""
	if e != nil {
		title = d.title(e)
	}
	n := Note{What: "set", File: d.below(m.path), Row: rowID(m.path, id), Table: m.table, Key: key, Old: old, New: now,
		Title: d.label(m.table) + dotted(title) + " · " + d.keyLabel(m.table, key), Was: d.told(m.table, key, old, unit), Now: d.told(m.table, key, now, unit)}
	n.Words = n.Title + " " + n.Was + " → " + n.Now
	p.notes = append(p.notes, n)
}

func dotted(s string) string {
	if s == "" {
		return ""
	}
	return " · " + s
}

// label is what people call a table.
func (d *Desk) label(table string) string {
	if t := d.table(table); t != nil {
		return t.Label
	}
	return table
}

func (d *Desk) keyLabel(table, key string) string {
	if t := d.table(table); t != nil && t.Field(key) != nil {
		return t.Field(key).Label
	}
	if d.layout != nil {
		if label := d.layout.Label(table, key); label != "" {
			return label
		}
	}
	return key
}

// shown is a value in one text.
func shown(v source.Value) string {
	if v.Kind == source.TextsValue {
		return strings.Join(v.Items, "\n")
	}
	return v.Text
}

// finish makes the files; those that did not change are left out.
func (p *patching) finish() (map[string]*version, error) {
	edited, err := p.editor.Done()
	if err != nil {
		var broken *source.Broken
		if errors.As(err, &broken) {
			return nil, errors.New(path.Base(broken.Path) + " 里有错误，没有改；先按“问题”里说的改好这个文件")
		}
		return nil, err
	}
	out := map[string]*version{}
	for _, e := range edited {
		v := versionOf(e.Path, e.After, e.File)
		v.take(p.after(e.Path))
		out[e.Path] = p.d.fresh(v)
	}
	return out, nil
}

// after are the rows of a file as they will be.
func (p *patching) after(name string) map[place][]int {
	out := map[place][]int{}
	old := p.held[name].lists()
	if id := p.roots[name]; id != 0 {
		old[place{-1, ""}] = []int{id}
	}
	var emit func(at place, id int)
	emit = func(at place, id int) {
		if !p.gone[id] {
			out[at] = append(out[at], id)
		}
		for _, next := range p.follow[id] {
			emit(at, next)
		}
	}
	for at, list := range old {
		for _, id := range list {
			emit(at, id)
		}
	}
	for at, list := range p.last[name] {
		for _, id := range list {
			emit(at, id)
		}
	}
	return out
}
