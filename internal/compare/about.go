package compare

import (
	"yusuan/internal/doc"
)

// above compares the lines above a table, and what stands above its further parts.
func (d *differing) above(a, b *block) {
	line := ref{b.table, 1}
	lineOf := func(t *doc.Text) text {
		if t == nil {
			return text{}
		}
		return textOf("", t)
	}
	d.words(a, b, "表上左边", lineOf(a.table.Left), lineOf(b.table.Left), line)
	d.words(a, b, "表上右边", lineOf(a.table.Right), lineOf(b.table.Right), line)
	d.words(a, b, "续表左边", lineOf(a.table.LeftAgain), lineOf(b.table.LeftAgain), line)
	if a.table.Caption.String == b.table.Caption.String {
		d.plain(b, "续表", a.table.Continued, b.table.Continued, ref{a.table, 2}, ref{b.table, 2})
	}
}

// notes compares the notes below a table.
func (d *differing) notes(a, b *block) {
	old, new := a.table.Notes, b.table.Notes
	was := func(i int) string { return old[i].String }
	is := func(j int) string { return new[j].String }
	m := newMatched(len(old), len(new))
	m.turned = d.turned
	m.alignBy(was, is)
	m.alignBy(func(i int) string { return skeleton(was(i)) }, func(j int) string { return skeleton(is(j)) })
	m.similar(func(i, j int) int { return bagOf(was(i)).like(bagOf(is(j))) })
	m.merge(func(i, j int) {
		var x, y text
		if i >= 0 {
			x = textOf("", &old[i])
		}
		if j >= 0 {
			y = textOf("", &new[j])
			d.last = y.end()
		}
		d.words(a, b, "表注", x, y, ref{b.table, 3})
	})
}

// heads compares the heads of columns.
func (d *differing) heads(a, b *block, old, new *packTable) {
	type at struct {
		y   int
		key string
	}
	g, h := lay(a.table.Head, len(a.table.Columns)), lay(b.table.Head, len(b.table.Columns))
	was, used := map[at]*doc.Cell{}, map[*doc.Cell]bool{}
	for y := range g {
		for x := range min(len(g[y]), len(old.s.Leaves)) {
			was[at{y, old.s.ColumnKey(x)}] = g[y][x]
		}
	}
	for y := range h {
		for x := range min(len(h[y]), len(new.s.Leaves)) {
			c := h[y][x]
			if c == nil || new.seen[c] {
				continue
			}
			new.seen[c] = true
			o := was[at{y, new.s.ColumnKey(x)}]
			if o != nil {
				if used[o] {
					continue
				}
				used[o] = true
			}
			d.words(a, b, "表头", cellText(o), cellText(c), ref{b.table, 1})
		}
	}
	for y := range g {
		for _, o := range g[y] {
			if o != nil && !used[o] {
				used[o] = true
				d.words(a, b, "表头", cellText(o), text{}, ref{b.table, 1})
			}
		}
	}
}

// rest compares words of a table that are of no row of its schedule, as an empty one has them.
func (d *differing) rest(a, b *block, old, new *packTable) {
	left := func(p *packTable) (out []*doc.Cell) {
		for i := range p.t.Body {
			for k := range p.t.Body[i].Cells {
				if c := &p.t.Body[i].Cells[k]; !c.Number && len(c.Text) > 0 && !p.seen[c] {
					out = append(out, c)
				}
			}
		}
		return out
	}
	x, y := left(old), left(new)
	said := func(list []*doc.Cell) (out []string) {
		for _, c := range list {
			out = append(out, cellText(c).s)
		}
		return out
	}
	m := inOrder(said(x), said(y), d.turned)
	m.similar(func(i, j int) int { return max(alike, bagOf(cellText(x[i]).s).like(bagOf(cellText(y[j]).s))) })
	m.merge(func(i, j int) {
		var o, n *doc.Cell
		if i >= 0 {
			o = x[i]
		}
		if j >= 0 {
			n = y[j]
		}
		d.words(a, b, "", cellText(o), cellText(n), ref{b.table, 1})
	})
}
