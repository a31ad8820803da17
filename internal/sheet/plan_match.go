package sheet

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/money"
)

// match finds what rows are of the files by their keys: first entries that are as they were written, wherever they stand now,
// then those that were changed at their place. A second row with a key is a copy.
func (x *rowsPlan) match() {
	byPlace, byDigest := map[string]*entry{}, map[string][]*entry{}
	for _, e := range x.entries {
		byPlace[e.name+"#"+e.Address] = e
		byDigest[e.digest] = append(byDigest[e.digest], e)
	}
	written := map[string]bool{} // digests of entries as they were
	seen := map[Key]bool{}
	var open []int
	for i := range x.b.Rows {
		k := x.b.Rows[i].Key
		if k.IsZero() || k.Value != "" || seen[k] {
			continue
		}
		seen[k], written[k.Digest] = true, true
		open = append(open, i)
	}
	at := func(k Key) *entry { return byPlace[k.File+"#"+k.Address] }
	x.claim(open, func(k Key) *entry {
		if e := at(k); e != nil && e.digest == k.Digest {
			return e
		}
		return nil
	})
	x.claim(open, func(k Key) *entry {
		list := byDigest[k.Digest]
		if i := slices.IndexFunc(list, func(e *entry) bool { return !x.claimed[e] }); i >= 0 {
			return list[i]
		}
		return nil
	})
	x.claim(open, func(k Key) *entry { return x.alike(k, written) })
	x.claim(open, func(k Key) *entry {
		if e := at(k); len(x.t.Own.was) == 0 && e != nil && !written[e.digest] {
			return e
		}
		return nil
	})
	x.alreadyThere()
	x.sameNames()
	for _, i := range open {
		x.lost[i] = x.rows[i] == nil && !x.fresh && x.ofForm(x.b.Rows[i].Key)
	}
}

// ofForm reports whether a key is of the form that is planned: rows of a copied sheet have those of another.
func (x *rowsPlan) ofForm(k Key) bool {
	return x.form == nil || x.form.entry != nil && x.form.entry.name == k.File && strings.HasPrefix(k.Address, x.form.entry.Address+".")
}

// alreadyThere gives rows that are new those entries that say the same and have no row: a workbook that is brought in again, or
// a row that was typed anew.
func (x *rowsPlan) alreadyThere() {
	left := map[string][]*entry{}
	for _, e := range x.entries {
		if !x.claimed[e] {
			said := x.entrySays(e)
			left[said] = append(left[said], e)
		}
	}
	if len(left) == 0 {
		return
	}
	for i := range x.b.Rows {
		if x.rows[i] != nil {
			continue
		}
		said := x.rowSays(i)
		if list := left[said]; len(list) > 0 {
			x.rows[i], x.claimed[list[0]] = list[0], true
			left[said] = list[1:]
		}
	}
}

// sameNames gives rows that have none yet the entries that came after the workbook was written and are known by the same names: it
// was brought in before, and changed since.
func (x *rowsPlan) sameNames() {
	left := map[string][]*entry{}
	for _, e := range x.entries {
		if !x.claimed[e] && !x.t.written(e.key()) {
			names := x.namesOf(func(k int, f *budget.Field) string { return tidy(e.text(f.Key)) })
			left[names] = append(left[names], e)
		}
	}
	for i := range x.b.Rows {
		if x.rows[i] != nil || len(left) == 0 {
			continue
		}
		names := x.namesOf(func(k int, f *budget.Field) string {
			g, _, _ := x.names.parse(f.Kind, x.above(&x.b.Rows[i], i, k))
			return g.text
		})
		if list := left[names]; len(list) > 0 && strings.Trim(names, "\x00") != "" {
			x.rows[i], x.claimed[list[0]] = list[0], true
			left[names] = list[1:]
		}
	}
}

// namesOf joins what an entry is known by.
func (x *rowsPlan) namesOf(value func(column int, f *budget.Field) string) string {
	var b strings.Builder
	for k := range x.b.Block.Columns {
		if c := &x.b.Block.Columns[k]; c.Role == RoleField && c.Field.Names() {
			b.WriteString(value(k, c.Field))
			b.WriteByte(0)
		}
	}
	return b.String()
}

// rowSays is what a row says of its entry, entrySays what an entry does.
func (x *rowsPlan) rowSays(i int) string {
	r := &x.b.Rows[i]
	var b strings.Builder
	for k := range x.b.Block.Columns {
		c := &x.b.Block.Columns[k]
		switch c.Role {
		case RoleParent:
			if c.Field.Kind != budget.FieldUnit {
				b.WriteString(tidy(r.Cells[k].Text))
			}
		case RoleField:
			if g, ok, _ := x.names.parse(c.Field.Kind, x.above(r, i, k)); ok {
				b.WriteString(g.text)
			}
		}
		b.WriteByte(0)
	}
	return b.String()
}

func (x *rowsPlan) entrySays(e *entry) string {
	var b strings.Builder
	for k := range x.b.Block.Columns {
		c := &x.b.Block.Columns[k]
		switch c.Role {
		case RoleParent:
			if top := x.f.parent(e); top != nil && c.Field.Kind != budget.FieldUnit {
				b.WriteString(tidy(top.text(c.Field.Key)))
			}
		case RoleField:
			text := e.text(c.Field.Key)
			if a, err := money.Parse(text, e.unit); err == nil && c.Field.Kind == budget.FieldAmount {
				text = a.String()
			}
			b.WriteString(tidy(text))
		}
		b.WriteByte(0)
	}
	return b.String()
}

// claim gives rows that have no entry yet those that fit.
func (x *rowsPlan) claim(open []int, fits func(k Key) *entry) {
	for _, i := range open {
		if x.rows[i] != nil {
			continue
		}
		if e := fits(x.b.Rows[i].Key); e != nil && !x.claimed[e] {
			x.rows[i], x.claimed[e] = e, true
		}
	}
}

// alike is the entry that was changed since a row of it was written: it still says at least half of what the row said.
func (x *rowsPlan) alike(k Key, written map[string]bool) *entry {
	var best *entry
	most := 0
	for _, e := range x.entries {
		if x.claimed[e] || written[e.digest] {
			continue
		}
		same, all := 0, 0
		for i := range x.b.Block.Columns {
			c := &x.b.Block.Columns[i]
			if c.Role != RoleField {
				continue
			}
			if was, _ := x.t.was(k, c.Field.Key); was != "" {
				all += 2
				if x.f.fieldCell(c.Field, e).Text == was {
					same += 2
				}
			}
		}
		if same > 0 && e.Address == k.Address && e.name == k.File {
			same++
		}
		if 2*same >= all && same > most {
			best, most = e, same
		}
	}
	return best
}
