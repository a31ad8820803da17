package sheet

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/source"
)

// items shows values, a row each: those that the layout knows in its order, whether they are said or not, then others.
func (f *filler) items(b *Block, form *entry) []Row {
	var out []Row
	for i := 0; i < len(b.Items); {
		x := &b.Items[i]
		next := i + 1
		for x.Family != "" && next < len(b.Items) && b.Items[next].Family == x.Family && b.Items[next].Table == x.Table {
			next++
		}
		out = append(out, f.together(b, b.Items[i:next], form)...)
		i = next
	}
	var tables []string
	for i := range b.Items {
		if t := b.Items[i].Table; !slices.Contains(tables, t) {
			tables = append(tables, t)
		}
	}
	for _, t := range tables { // keys that the pack does not know
		if x := budget.FindTable(t); x == nil || x.Own == budget.FieldNone {
			continue
		} else {
			out = append(out, f.others(b, x, form)...)
		}
	}
	return out
}

// together are the rows of an item, or of families of one dimension: what is said of each part stands together.
func (f *filler) together(b *Block, items []Item, form *entry) []Row {
	var out []Row
	for i := range items {
		out = append(out, f.item(b, &items[i], form)...)
	}
	if len(items) == 1 {
		return out
	}
	place := map[string]int{}
	part := func(r *Row) string {
		_, part, _ := strings.Cut(r.Cells[b.With(RoleName)].Text, familyMark)
		return part
	}
	for _, p := range f.parts(items[0].Family) {
		place[f.show.part(items[0].Family, p)] = len(place)
	}
	for i := range out {
		p := part(&out[i])
		if _, ok := place[p]; !ok {
			place[p] = len(place)
		}
	}
	slices.SortStableFunc(out, func(a, b Row) int { return place[part(&a)] - place[part(&b)] })
	return out
}

// itemEntries are the entries that may say an item.
func (f *filler) itemEntries(table string, form *entry) []*entry {
	var out []*entry
	for i := range f.byTable[table] {
		if e := &f.byTable[table][i]; form == nil || e.below(form) {
			out = append(out, e)
		}
	}
	return out
}

// item is the rows of one item.
func (f *filler) item(b *Block, x *Item, form *entry) []Row {
	var out []Row
	said := map[string]bool{} // parts of a family
	for _, e := range f.itemEntries(x.Table, form) {
		for _, v := range e.values {
			part, member := strings.CutPrefix(v.Key, x.Key+".")
			switch {
			case x.Family == "" && v.Key == x.Key:
				out = append(out, f.valueRows(b, x, x.Label, e, v)...)
			case x.Family != "" && member:
				said[part] = true
				out = append(out, f.valueRows(b, x, x.Label+familyMark+f.show.part(x.Family, part), e, v)...)
			}
		}
	}
	switch {
	case x.OfUnit: // whose, the officer says
	case x.Family != "":
		for _, part := range f.parts(x.Family) {
			if !said[part] {
				out = append(out, f.unsaid(b, x, x.Label+familyMark+f.show.part(x.Family, part)))
			}
		}
	case len(out) == 0 || x.Repeated:
		out = append(out, f.unsaid(b, x, x.Label))
	}
	return out
}

// others are the rows of what a free table says with keys that the pack does not know: their labels are the keys.
func (f *filler) others(b *Block, t *budget.Table, form *entry) []Row {
	var out []Row
	for _, e := range f.itemEntries(t.Name, form) {
		for _, v := range e.values {
			known := slices.ContainsFunc(b.Items, func(x Item) bool {
				return x.Table == t.Name && (x.Key == v.Key || x.Family != "" && strings.HasPrefix(v.Key, x.Key+"."))
			})
			if !known {
				out = append(out, f.valueRows(b, ownItem(t, v.Key), v.Key, e, v)...)
			}
		}
	}
	return out
}

// ownItem is the item of a key of a free table that the pack does not know.
func ownItem(t *budget.Table, key string) *Item {
	kind := budget.FieldLong
	if t.Own == budget.FieldAmounts {
		kind = budget.FieldAmount
	}
	return &Item{Table: t.Name, Key: key, Kind: kind, OfUnit: within(t.Name, "unit")}
}

// parts are what stands of a value in rows of its own: each paragraph of a long text, each element of a list.
func (x *Item) parts(v source.Value) []string {
	switch {
	case v.Kind == source.TextsValue && x.Repeated:
		return v.Items
	case v.Kind == source.TextValue && x.Paragraphs():
		return strings.Split(v.Text, "\n")
	}
	return []string{v.Text}
}

// valueRows shows a value, each of its parts in a row.
func (f *filler) valueRows(b *Block, x *Item, label string, e *entry, v source.Value) []Row {
	var out []Row
	for i, text := range x.parts(v) {
		key := e.key()
		key.Value, key.Part = v.Key, i
		r := Row{Key: key, Table: x.Table, Item: x, Cells: make([]Cell, len(b.Columns))}
		for k, c := range b.Columns {
			switch c.Role {
			case RoleUnit:
				if x.OfUnit {
					r.Cells[k] = f.unitOf(e)
				}
			case RoleName:
				r.Cells[k] = textCell(label)
			case RoleContent:
				w := v
				w.Text = text
				r.Cells[k] = f.show.value(x.Kind, w, e.unit)
			case RoleTold:
				if i == 0 {
					r.Cells[k] = textCell(x.told())
				}
			case RoleRemark:
				if i == 0 && !onlyRepeats(v.Remark, []string{x.Label, x.What}) {
					r.Cells[k] = textCell(v.Remark)
				}
			}
		}
		out = append(out, r)
	}
	return out
}

// unsaid is the row of an item that nothing is said of.
func (f *filler) unsaid(b *Block, x *Item, label string) Row {
	r := Row{Table: x.Table, Item: x, Cells: make([]Cell, len(b.Columns))}
	for k, c := range b.Columns {
		switch c.Role {
		case RoleName:
			r.Cells[k] = textCell(label)
		case RoleTold:
			r.Cells[k] = textCell(x.told())
		}
	}
	return r
}

// blank is a block of a form that nobody has begun. It says of which kind it is.
func (f *filler) blank(b *Block, kind string) FilledBlock {
	out := FilledBlock{Block: b}
	for i := range b.Items {
		x := &b.Items[i]
		r := f.unsaid(b, x, x.Label)
		if x.Kind == budget.FieldForm {
			r.Cells[b.With(RoleContent)] = textCell(kind)
		}
		out.Rows = append(out.Rows, r)
	}
	return out
}

// unitOf is the unit that an entry is of or in.
func (f *filler) unitOf(e *entry) Cell {
	for e != nil && e.Table != "unit" {
		e = f.parent(e)
	}
	if e == nil {
		return Cell{}
	}
	if code := e.text("code"); code != "" {
		return f.show.named(budget.FieldUnit, code)
	}
	return textCell(e.text("name"))
}

// told is what an officer reads beside an item.
func (x *Item) told() string {
	var words []string
	switch {
	case x.Unprinted:
		words = append(words, "这个模板不印，不用填")
	case x.Required:
		words = append(words, "必填")
	}
	if len(x.Words) > 0 && len(x.Words) <= 6 {
		words = append(words, "可填："+strings.Join(x.Words, "、"))
	}
	if x.What != "" {
		words = append(words, x.What)
	}
	return strings.Join(words, "；")
}

// part shows a part of a dimension: codes with their names.
func (s *shower) part(family, part string) string {
	d, _ := budget.FindDimension(family)
	name := ""
	switch d.Key {
	case "function":
		name, _ = s.functional.Name(part)
	case "economic":
		name, _ = s.economic.Name(part)
	case "unit":
		name = s.units[part]
	}
	if name == "" {
		return part
	}
	return part + " " + name
}

// parts are the parts of a dimension that the folder has lines of, in order.
func (f *filler) parts(family string) []string {
	d, _ := budget.FindDimension(family)
	var out []string
	seen := map[string]bool{"": true}
	for _, feed := range budget.Feeds() {
		for _, field := range feed.States[d.Key] {
			table, key, _ := cutLast(field)
			for i := range f.byTable[table] {
				part := f.byTable[table][i].text(key)
				if d.Digits > 0 {
					if len(part) < d.Digits || strings.Trim(part, "0123456789") != "" {
						continue
					}
					part = part[:d.Digits]
				}
				if !seen[part] {
					seen[part] = true
					out = append(out, part)
				}
			}
		}
	}
	if d.Digits > 0 {
		slices.Sort(out)
	}
	return out
}
