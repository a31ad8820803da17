package desk

import (
	"maps"
	"path"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/filename"
	"yusuan/internal/money"
	"yusuan/internal/sheet"
	"yusuan/internal/source"
)

// Op is what a change does.
type Op string

// What changes do.
const (
	Set    Op = "set"
	Unset  Op = "unset"
	Insert Op = "insert"
	Delete Op = "delete"
)

// Change is a change of what is typed. A value is changed only where what stands there is what its author saw.
type Change struct {
	Op  Op
	Row string // of what is changed; "" in a table that there is once and that may not be there yet: Table, Parent
	// Of a row to be made: its table, the row that it is in ("" at the top of a file), the row that it comes behind ("" for the
	// last), and where neither tells the file, the file below the folder ("" for that of custom).
	Table, Parent, After, File string
	Key                        string
	Text                       string   // as it is typed
	Items                      []string // of a field that is a list
	Was                        string   // what stood there, "" for nothing, or how its author typed it
	WasItems                   []string
	Digest                     string // of a row to be deleted, as State told it; "" deletes it whatever it says now
	Values                     []Typed
	Name                       string // by which later changes of the same group call a row that is made
	Run                        string // of a change that is alone: those of one run, right behind one another, are taken back together
}

// Typed is a field of a row to be made.
type Typed struct {
	Key, Text string
	Items     []string
}

// Outcome is what became of changes: all of them or, where something was refused or is not as its author saw it, none.
type Outcome struct {
	Rev       int
	Rows      []string // those that were made
	Conflicts []Conflict
	Refused   []Refusal
}

// Refusal is what was typed and is not understood.
type Refusal struct {
	Change   int // which
	Row, Key string
	Message  string // what is wrong and what to type
}

// Done reports whether the changes were made.
func (o *Outcome) Done() bool { return len(o.Conflicts)+len(o.Refused) == 0 }

// group is a group of changes on its way.
type group struct {
	*patching
	out   Outcome
	named map[string]int
	texts map[string]*version // files whose text became another
	at    int                 // which change
}

// Edit makes changes, all of them in one step of undo or none.
func (d *Desk) Edit(changes []Change) Outcome {
	defer d.flush()
	d.mu.Lock()
	defer d.mu.Unlock()
	g := &group{patching: d.patch(d.held), named: map[string]int{}, texts: map[string]*version{}}
	for i := range changes {
		g.at = i
		g.do(&changes[i])
	}
	if g.out.Done() {
		made, err := g.finish()
		if err != nil {
			g.refuse("", "", err.Error())
		} else if maps.Copy(made, g.texts); d.commit("edit", made, g.notes) {
			d.undoable()
			if len(changes) == 1 {
				d.log[len(d.log)-1].run = changes[0].Run
			}
		}
	}
	if g.out.Rev = d.rev; !g.out.Done() {
		g.out.Rows = nil
	}
	return g.out
}

func (g *group) refuse(row, key, message string) {
	g.out.Refused = append(g.out.Refused, Refusal{g.at, row, key, message})
}

// id is the row that a change names.
func (g *group) id(name string) int {
	if id, ok := g.named[name]; ok {
		return id
	}
	return numberOf(name)
}

const goneRow = "这一行已经删去"

func (g *group) do(c *Change) {
	switch c.Op {
	case Insert:
		g.insertRow(c)
		return
	case Text:
		g.replace(c)
		return
	}
	id := g.id(c.Row)
	if c.Row == "" && c.Op == Set {
		if id = g.one(c); id == 0 {
			return
		}
	}
	m, e, ok := g.where(id)
	if !ok || g.gone[id] {
		g.out.Conflicts = append(g.out.Conflicts, Conflict{Row: c.Row, Key: c.Key, Mine: mine(c), Theirs: "", What: goneRow})
		return
	}
	switch c.Op {
	case Set, Unset:
		g.setValue(c, id, m, e)
	case Delete:
		switch {
		case e == nil:
			g.refuse(c.Row, "", "这一行还没有建立")
		case c.Digest != "" && c.Digest != g.held[m.path].digests()[id]:
			g.out.Conflicts = append(g.out.Conflicts, Conflict{Row: c.Row, Theirs: g.text(e), What: g.d.label(m.table) + dotted(g.d.title(e))})
		default:
			g.delete(id)
		}
	default:
		g.refuse(c.Row, c.Key, "不知道怎样改："+string(c.Op))
	}
}

func mine(c *Change) string {
	if c.Items != nil {
		return strings.Join(c.Items, "\n")
	}
	return c.Text
}

// one is the row of a table that there is once.
func (g *group) one(c *Change) int {
	t := g.d.table(c.Table)
	if t == nil || t.Repeated || t.Name == "" {
		g.refuse("", c.Key, "没有这样的表："+c.Table)
		return 0
	}
	for _, name := range slices.Sorted(maps.Keys(g.held)) {
		v := g.held[name]
		for i := range v.entries {
			if v.entries[i].Table == c.Table && c.Parent == "" {
				return v.ids[i]
			}
		}
	}
	if c.Parent != "" {
		up := g.id(c.Parent)
		if _, _, ok := g.where(up); !ok {
			g.out.Conflicts = append(g.out.Conflicts, Conflict{Row: c.Parent, Key: c.Key, Mine: mine(c), What: goneRow})
			return 0
		}
		return g.single("", c.Table, up)
	}
	name := g.file(c, t)
	if !g.fits(name) {
		g.refuse("", c.Key, "不是数据文件的名称："+c.File)
		return 0
	}
	return g.single(name, c.Table, g.root(name))
}

// fits reports whether a file can be written under a name on any system, and is one of data: one that cannot be would keep all
// others from being saved.
func (g *group) fits(name string) bool {
	below := g.d.below(name)
	if g.held[name] != nil {
		return true
	}
	if below == name && g.d.world.Dir != "." || !source.IsDataName(below) || path.Clean(name) != name || strings.ContainsFunc(below, func(r rune) bool { return r < ' ' || r == '\\' }) {
		return false
	}
	for part := range strings.SplitSeq(below, "/") {
		if filename.Unfit(part) != "" {
			return false
		}
	}
	for other := range g.held { // Windows knows no other letters
		if strings.EqualFold(other, name) {
			return false
		}
	}
	return true
}

// file is the file that a row at the top of it goes into.
func (g *group) file(c *Change, t *budget.Table) string {
	if c.File != "" {
		return g.d.within(c.File)
	}
	if name := g.ownFile(t); name != "" {
		return name
	}
	last := ""
	for name, v := range g.held {
		if slices.ContainsFunc(v.entries, func(e source.Entry) bool { return e.Table == c.Table }) && name > last {
			last = name
		}
	}
	if last != "" {
		return last
	}
	return g.d.within(t.File)
}

func (g *group) setValue(c *Change, id int, m madeRow, e *source.Entry) {
	if c.Key == "" {
		g.refuse(c.Row, "", "没有说是哪一栏")
		return
	}
	if m.table == "" {
		g.refuse(c.Row, c.Key, "文件开头的"+g.d.keyLabel("", c.Key)+"不在这里改：它管文件里所有的金额。个别金额按别的单位填的，数后面写上单位，例如 1.5万")
		return
	}
	text, items := "", []string(nil)
	if e != nil {
		if v, ok := e.Value(c.Key); ok {
			text, items = said(v), v.Items
		}
		if text == c.Text && slices.Equal(items, c.Items) && c.Op == Set {
			return // it is there already: asked twice, or by two windows
		}
		if !g.saw(c, m, text) || !slices.Equal(items, c.WasItems) {
			words := g.d.label(m.table) + dotted(g.d.title(e)) + " · " + g.d.keyLabel(m.table, c.Key)
			g.out.Conflicts = append(g.out.Conflicts, Conflict{Row: c.Row, Key: c.Key, Mine: mine(c), Theirs: text + strings.Join(items, "\n"), What: words})
			return
		}
	}
	if c.Op == Unset {
		g.set(id, c.Key, nil)
		return
	}
	v, given, message := g.d.literal(m.table, Typed{c.Key, c.Text, c.Items}, g.unit(m.path))
	switch {
	case message != "":
		g.refuse(c.Row, c.Key, message)
	case given:
		g.set(id, c.Key, &v)
	default:
		g.set(id, c.Key, nil)
	}
}

// literal is what was typed as a file has it.
func (d *Desk) literal(table string, x Typed, unit money.Unit) (v source.Literal, given bool, message string) {
	t := d.table(table)
	if f := fieldOf(t, x.Key); x.Items != nil {
		if f != nil && !f.Repeated {
			return v, false, f.Called() + "只有一项"
		}
		return source.TextsLiteral(x.Items), len(x.Items) > 0, ""
	} else if f != nil && f.Repeated {
		return source.TextsLiteral([]string{x.Text}), x.Text != "", ""
	}
	v, given, err := sheet.Typed(d.kind(table, x.Key), x.Text, unit)
	if err != nil {
		return v, false, err.Error()
	}
	return v, given, ""
}

func fieldOf(t *budget.Table, key string) *budget.Field {
	if t == nil {
		return nil
	}
	return t.Field(key)
}

func (g *group) insertRow(c *Change) {
	t := g.d.table(c.Table)
	if t == nil || !t.Repeated {
		g.refuse("", "", "没有这样的表："+c.Table)
		return
	}
	up, name, after := 0, "", 0
	if c.After != "" {
		after = g.id(c.After)
		m, _, ok := g.where(after)
		if !ok || m.table != c.Table || g.gone[after] {
			after = 0 // what it was to come behind is gone: it comes last
		}
	}
	switch {
	case after != 0:
		m, _, _ := g.where(after)
		name, up = m.path, m.up
		if up == 0 {
			v := g.held[name]
			up = v.ids[v.up(v.byID[after])]
		}
	case c.Parent != "":
		up = g.id(c.Parent)
		if _, _, ok := g.where(up); !ok || g.gone[up] {
			g.out.Conflicts = append(g.out.Conflicts, Conflict{Row: c.Parent, What: goneRow})
			return
		}
	default:
		name = g.file(c, t)
		if !g.fits(name) {
			g.refuse("", "", "不是数据文件的名称："+c.File)
			return
		}
		up = g.root(name)
	}
	g.place(c, name, up, after)
}

// place makes the row of a change.
func (g *group) place(c *Change, name string, up, after int) {
	in := name
	if m, _, ok := g.where(up); ok {
		in = m.path
	}
	var values []source.KeyValue
	var says []string
	for _, x := range c.Values {
		v, given, message := g.d.literal(c.Table, x, g.unit(in))
		if message != "" {
			g.refuse("", x.Key, message)
			continue
		}
		if given {
			values = append(values, source.KeyValue{Key: x.Key, Value: v})
			if f := fieldOf(g.d.table(c.Table), x.Key); f != nil && f.Names() {
				says = append(says, cut(g.d.names.of(f.Kind, x.Text), mostTitle))
			}
		}
	}
	id := g.insert(name, c.Table, up, after, values, strings.Join(says, " "))
	g.out.Rows = append(g.out.Rows, rowID(g.made[id].path, id))
	if c.Name != "" {
		g.named[c.Name] = id
	}
}
