package compare

import (
	"cmp"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/money"
)

// causes are all that is stated otherwise, and which entries of both documents it is in.
type causes struct {
	turned   bool // see matched: effects and causes agree on what stands elsewhere
	list     []Cause
	old, new *Side
	oldAt    *places // of the old document's facts
	newAt    *places
	renamed  map[string]string // projects by their old name
	follows  map[reference]follow
	naming   map[string][]string
	labels   map[string]string // of tables
}

// reference is a name or code that entries are referred to by, as it was.
type reference struct {
	kind budget.FieldKind
	was  string
}

// follow is what it is now, and the cause that says so.
type follow struct {
	now   string
	cause int
}

// referredTo is how others refer to a value of an entry, FieldNone for what nobody does.
func referredTo(table, key string) budget.FieldKind {
	switch table + "." + key {
	case "project.name":
		return budget.FieldProject
	case "unit.code":
		return budget.FieldUnit
	case "form.goal.name":
		return budget.FieldGoal
	}
	return budget.FieldNone
}

// now is what a value that names another entry says once that is called otherwise.
func (c *causes) now(f *fact) string {
	if f.field == nil {
		return f.said
	}
	if to, ok := c.follows[reference{f.field.Kind, f.said}]; ok {
		return to.now
	}
	return f.said
}

// namesNow is what an old entry is called now.
func (c *causes) namesNow(e *entry) string {
	if len(c.follows) == 0 || e.last {
		return e.names
	}
	var b strings.Builder
	for i := range e.facts {
		if f := &e.facts[i]; slices.Contains(c.naming[e.table], f.key) {
			b.WriteString(f.key + "\x00" + c.now(f) + "\x00")
		}
	}
	return b.String()
}

// statedOtherwise compares the facts of two documents, and those of last year.
func statedOtherwise(old, new *Side) *causes {
	c := &causes{old: old, new: new, renamed: map[string]string{}, follows: map[reference]follow{}, naming: budget.Naming(), labels: map[string]string{}}
	c.turned = newFirst(old, new)
	for _, t := range budget.Tables() {
		c.labels[t.Name] = t.Label
	}
	var oldTop, newTop []*entry
	compared := func(a, b *budget.Budget, last bool) {
		var x, y *entry
		if a != nil {
			x = read(a, last)
			oldTop = append(oldTop, x)
		}
		if b != nil {
			y = read(b, last)
			newTop = append(newTop, y)
		}
		switch {
		case x != nil && y != nil:
			c.pair(x, y)
		case last && (x != nil || y != nil):
			c.folder(x, y)
		}
	}
	compared(old.Budget, new.Budget, false)
	compared(old.Before, new.Before, true)
	c.oldAt, c.newAt = placesOf(oldTop), placesOf(newTop)
	return c
}

// folder: one of the documents has last year's folder, the other has not.
func (c *causes) folder(x, y *entry) {
	cause := Cause{Change: Added, Title: "上年数据", Last: true}
	top := y
	if y == nil {
		cause.Change, top = Removed, x
	}
	c.list = append(c.list, cause)
	n := len(c.list)
	top.each(func(e *entry) { e.whole = append(e.whole, n) })
}

// add enters a cause and returns its number.
func (c *causes) add(x Cause) int {
	c.list = append(c.list, x)
	return len(c.list)
}

// pair compares two entries that are one.
func (c *causes) pair(x, y *entry) {
	keys := make([]string, 0, len(x.facts)+len(y.facts))
	for i := range y.facts {
		keys = append(keys, y.facts[i].key)
	}
	for i := range x.facts {
		if y.fact(x.facts[i].key) == nil {
			keys = append(keys, x.facts[i].key)
		}
	}
	for _, key := range keys {
		c.values(x, y, x.fact(key), y.fact(key))
	}
	for _, table := range tablesOf(x, y) {
		a, b := x.of(table), y.of(table)
		if !a.repeated && !b.repeated {
			c.one(x, y, a, b)
			continue
		}
		c.lists(a.entries, b.entries)
	}
}

// tablesOf are the tables within two entries, in the order of the schema.
func tablesOf(x, y *entry) (out []string) {
	for _, e := range []*entry{y, x} {
		for i := range e.inner {
			if t := e.inner[i].table; !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
	}
	return out
}

// of are the entries of a table within an entry.
func (e *entry) of(table string) list {
	for _, l := range e.inner {
		if l.table == table {
			return l
		}
	}
	return list{table: table}
}

// one compares a table that there is once at most.
func (c *causes) one(x, y *entry, a, b list) {
	none := &entry{table: a.table, last: y.last}
	p, q := none, none
	if len(a.entries) > 0 {
		p = a.entries[0]
	}
	if len(b.entries) > 0 {
		q = b.entries[0]
	}
	c.pair(p, q)
}

// values compares what an entry states under a key.
func (c *causes) values(x, y *entry, f, g *fact) {
	if f != nil && g != nil && f.said == g.said {
		return
	}
	if f != nil && g != nil && c.now(f) == g.said { // it names what is called otherwise
		n := c.follows[reference{f.field.Kind, f.said}].cause
		f.causes, g.causes = append(f.causes, n), append(g.causes, n)
		f.renames = f.field.Kind == budget.FieldProject
		g.renames = f.renames
		return
	}
	e, v := y, g
	if v == nil {
		e, v = x, f
	}
	cause := Cause{Table: e.table, Field: v.key, Last: e.last, Entry: c.called(e), Money: v.money,
		Title: c.title(e, v)}
	var was, now money.Amount
	if f != nil {
		cause.Old, cause.OldAt, was = shown(f), f.at, f.amount
	} else {
		cause.OldAt = x.place()
		cause.Change = Added
	}
	if g != nil {
		cause.New, cause.NewAt, now = shown(g), g.at, g.amount
	} else {
		cause.NewAt = y.place()
		cause.Change = Removed
	}
	cause.Difference = now.Sub(was)
	n := c.add(cause)
	for _, z := range []*fact{f, g} {
		if z != nil {
			z.causes = append(z.causes, n)
		}
	}
	if kind := referredTo(e.table, v.key); kind != budget.FieldNone && f != nil && g != nil && !e.last {
		c.follows[reference{kind, f.said}] = follow{g.said, n}
		if kind == budget.FieldProject {
			c.renamed[f.said] = g.said
			f.renames, g.renames = true, true
		}
	}
	for _, z := range []*entry{x, y} { // what is not stated in one of them is a matter of the entry there
		if z.fact(v.key) == nil {
			z.facts = append(z.facts, fact{key: v.key, field: v.field, at: z.place(), causes: []int{n}})
		}
	}
}

// shown is a value as it is stated.
func shown(f *fact) string {
	if f.money {
		return money.ToldYuan(f.amount)
	}
	return f.said
}

// lists compares the entries of a table: those that say the same, those that are called the same, those that say the same and
// are called otherwise where that is plain. What is left came or went.
func (c *causes) lists(old, new []*entry) {
	m := newMatched(len(old), len(new))
	m.turned = c.turned
	was := make([]string, len(old))
	for i, e := range old {
		was[i] = c.namesNow(e)
	}
	pass := func(more func(*entry) string) {
		m.byKey(func(i int) string { return "=" + was[i] + "\x02" + more(old[i]) }, func(j int) string { return "=" + new[j].names + "\x02" + more(new[j]) })
	}
	pass(func(e *entry) string { return e.rest })
	pass(func(e *entry) string { return e.terms })
	pass(func(*entry) string { return "" })
	m.byKey(func(i int) string { return old[i].named }, func(j int) string { return new[j].named })
	m.renamed(old, new)
	m.merge(func(i, j int) {
		switch {
		case i < 0:
			c.came(new[j], Added)
		case j < 0:
			c.came(old[i], Removed)
		default:
			if m.moved(j) {
				c.stands(old[i], new[j])
			}
			c.pair(old[i], new[j])
		}
	})
}

// renamed pairs entries that say the same and are called otherwise, where there is one of each alone.
func (m *matched) renamed(old, new []*entry) {
	count := func(list []*entry, open func(int) bool) map[string]int {
		out := map[string]int{}
		for i, e := range list {
			if open(i) {
				out[e.rest]++
			}
		}
		return out
	}
	was := count(old, func(i int) bool { return !m.taken[i] })
	now := count(new, func(j int) bool { return m.was[j] < 0 })
	key := func(e *entry) string {
		if e.rest == "" || was[e.rest] != 1 || now[e.rest] != 1 {
			return ""
		}
		return e.rest
	}
	m.byKey(func(i int) string { return key(old[i]) }, func(j int) string { return key(new[j]) })
}

// came: an entry came or went as a whole.
func (c *causes) came(e *entry, what Change) {
	cause := Cause{Change: what, Table: e.table, Entry: c.called(e), Last: e.last, Title: c.title(e, nil)}
	worth, any := e.worth()
	cause.Money = any
	if what == Added {
		cause.NewAt, cause.Difference = e.place(), worth
		if any {
			cause.New = money.ToldYuan(worth)
		}
	} else {
		cause.OldAt, cause.Difference = e.place(), worth.Neg()
		if any {
			cause.Old = money.ToldYuan(worth)
		}
	}
	n := c.add(cause)
	e.each(func(x *entry) { x.whole = append(x.whole, n) })
}

// stands: an entry stands elsewhere among its like.
func (c *causes) stands(x, y *entry) {
	n := c.add(Cause{Change: Moved, Table: y.table, Entry: c.called(y), Last: y.last, Title: c.title(y, nil), OldAt: x.place(), NewAt: y.place()})
	x.moved, y.moved = append(x.moved, n), append(y.moved, n)
}

// called is what an entry is called in its table, with that of the entry that it is in.
func (c *causes) called(e *entry) string {
	var words []string
	for ; e != nil; e = e.parent {
		var own []string
		if e.single {
			continue
		}
		for _, key := range c.naming[e.table] {
			if f := e.fact(key); f != nil && f.said != "" {
				own = append(own, f.said)
			}
		}
		words = append(own, words...)
	}
	return strings.Join(words, " ")
}

// title is what people call a value, or an entry.
func (c *causes) title(e *entry, f *fact) string {
	var words []string
	for x := e; x != nil && x.table != ""; x = x.parent {
		words = append(c.own(x), words...)
	}
	if f == nil {
		return strings.Join(words, " · ")
	}
	label := f.key
	p := c.new.Numbers
	switch {
	case f.field != nil:
		label = f.field.Label
	case p == nil:
	case strings.HasSuffix(e.table, ".figures") || strings.HasSuffix(e.table, ".prior"):
		if x := p.Pack.Figure(f.key); x != nil && x.Title != "" {
			label = x.Title
		}
	case e.table == "form.fields":
		if x := p.Pack.FieldTitle(f.key); x != "" {
			label = x
		}
	default:
		if x := p.Pack.Slot(f.key); x != nil && x.Title != "" {
			label = x.Title
		}
	}
	return strings.Join(append(words, label), " · ")
}

// own is what people call an entry in its table: the table and its names, codes with theirs.
func (c *causes) own(e *entry) []string {
	out := []string{cmp.Or(c.labels[e.table], e.table)}
	if e.single {
		if e.parent != nil && out[0] == c.labels[e.parent.table] {
			return nil // 上年数 within 上年数
		}
		return out
	}
	for _, key := range c.naming[e.table] {
		if f := e.fact(key); f != nil && f.said != "" && len(f.said) < 200 {
			out = append(out, c.codeName(e, f))
		}
	}
	return out
}

// codeName is a code with its name, and all else as it is.
func (c *causes) codeName(e *entry, f *fact) string {
	if f.field == nil {
		return f.said
	}
	for _, s := range []*Side{c.new, c.old} {
		b := s.Budget
		if e.last && s.Before != nil {
			b = s.Before
		}
		if b == nil {
			continue
		}
		name, ok := "", false
		switch f.field.Kind {
		case budget.FieldFunction:
			name, ok = b.Functional.Name(f.said)
		case budget.FieldEconomic:
			name, ok = b.Economic.Name(f.said)
		}
		if ok {
			return f.said + " " + name
		}
	}
	return f.said
}
