package source

import (
	"cmp"
	"slices"
	"strings"
)

// Tables in braces: rows of lists, inline tables.

// braceItem is a key with its value within braces.
type braceItem struct {
	n    *node
	gone bool
}

// bracesEdit is what is to be done within one pair of braces.
type bracesEdit struct {
	items []braceItem
	added []string
}

// braces makes the splices of a table in braces and of all in it.
func (p *patching) braces(s *site) {
	e := &bracesEdit{}
	p.within(e, s, s)
	slices.SortStableFunc(e.items, func(a, b braceItem) int { return cmp.Compare(a.n.from, b.n.from) })
	first := slices.IndexFunc(e.items, func(x braceItem) bool { return !x.gone })
	for i, x := range e.items {
		switch {
		case !x.gone:
		case first >= 0 && first < i:
			p.replace(e.items[i-1].n.at.end, x.n.at.end, "")
		case i+1 < len(e.items):
			p.replace(x.n.from, e.items[i+1].n.from, "")
		default:
			p.replace(x.n.from, x.n.at.end, "")
		}
	}
	if len(e.added) == 0 {
		return
	}
	text := strings.Join(e.added, ", ")
	switch n := len(e.items); {
	case n == 0:
		p.replace(s.n.at.start+1, s.n.at.end-1, " "+text+" ")
	case first < 0:
		p.replace(e.items[n-1].n.at.end, e.items[n-1].n.at.end, text)
	default:
		p.replace(e.items[n-1].n.at.end, e.items[n-1].n.at.end, ", "+text)
	}
}

// within goes through the values of a table and of those that dotted keys make within the same braces.
func (p *patching) within(e *bracesEdit, outer, s *site) {
	for _, n := range s.values() {
		c := s.changed(n.name)
		gone := outer.gone || s.gone || c != nil && c.unset
		e.items = append(e.items, braceItem{n, gone})
		switch {
		case c == nil || s.gone:
		case c.unset:
			p.note(DropValue, n.from, s, c.key, s.valueModel(n).shown(), "")
		case c.value != nil:
			p.set(s, n, *c.value)
		}
		if c != nil && c.remark != nil && !c.unset {
			p.fail(s, c.key, "has no line of its own for a comment")
		}
	}
	p.withinKids(e, outer, s)
	if s.gone {
		return
	}
	prefix := strings.TrimPrefix(strings.TrimPrefix(s.Address, outer.Address), ".")
	for _, c := range s.changes {
		if s.n.child(c.key) != nil {
			continue
		}
		if c.value != nil {
			e.added = append(e.added, p.pair(outer, prefix, c.key, p.value(s, c.key, *c.value)))
			p.note(AddValue, s.n.at.start, s, c.key, "", c.value.shown())
		}
		if c.remark != nil {
			p.fail(s, c.key, "has no line of its own for a comment")
		}
	}
	for _, x := range p.inlineKids(s) {
		e.added = append(e.added, p.pair(outer, prefix, x.key, x.text))
	}
}

func (p *patching) withinKids(e *bracesEdit, outer, s *site) {
	lists := map[string][]*site{}
	for _, kid := range s.kids {
		switch {
		case kid.Element:
			lists[kid.key] = append(lists[kid.key], kid)
		case kid.n.implicit:
			kid.gone = kid.gone || s.gone
			if kid.gone && !s.gone {
				p.note(DropEntry, kid.start(), kid, "", "", "")
			}
			p.within(e, outer, kid)
		default:
			e.items = append(e.items, braceItem{kid.n, kid.gone || s.gone})
			if kid.gone {
				p.note(DropEntry, kid.start(), kid, "", p.f.literalOf(kid.n), "")
			} else if !s.gone {
				p.braces(kid)
			}
		}
	}
	for _, c := range s.n.children {
		last := s.last(c.name)
		if c.kind != kindArray || !holdsTables(c) {
			if c.kind == kindArray && len(last) > 0 && !s.gone {
				p.rows(s, c, nil, last)
			}
			continue
		}
		e.items = append(e.items, braceItem{c, s.gone})
		if !s.gone {
			p.rows(s, c, lists[c.name], last)
		}
	}
}

// last are the entries to be made at the end of a list.
func (s *site) last(key string) []*site {
	var out []*site
	for _, x := range s.lists {
		if x.key == key {
			out = append(out, x.row)
		}
	}
	return out
}

// inlineKid is a table or list that is to be made as a value.
type inlineKid struct{ key, text string }

// inlineKids are the tables and lists that are to be made in a table that has no place for headers.
func (p *patching) inlineKids(s *site) []inlineKid {
	var out []inlineKid
	for _, x := range s.singles {
		if !x.gone {
			text, _ := p.madeRow(x, nil, nil, -1)
			out = append(out, inlineKid{x.key, text})
			p.noteInline(s, x, text)
		}
	}
	done := map[string]bool{}
	for _, x := range s.lists {
		if done[x.key] || s.n != nil && s.n.child(x.key) != nil {
			continue
		}
		done[x.key] = true
		if rows := chain(s.last(x.key)); len(rows) > 0 {
			text := p.madeList(rows)
			out = append(out, inlineKid{x.key, text})
			p.noteInline(s, rows[0], text)
		}
	}
	return out
}

// noteInline tells of a table that is made in one that is there.
func (p *patching) noteInline(s, made *site, text string) {
	if s.n != nil {
		p.note(AddEntry, s.n.at.start, made, "", "", text)
	}
}
