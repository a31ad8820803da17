package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// half is what was counted of sentences, or of tables.
type half struct {
	all, noticed int
	by           map[verdict]int
	kinds        map[string][2]int // all that are not excused, noticed of them
	reasons      map[string]int
}

// tally is what was counted.
type tally struct {
	documents int
	halves    [2]half // sentences, tables
	lines     []string
	took      time.Duration
}

func (t *tally) count(x *exam, c *change, v verdict, why string, list bool) {
	n := &x.numbers[c.number]
	s := &x.sites[n.site]
	h := &t.halves[0]
	if s.inTable() {
		h = &t.halves[1]
	}
	h.open()
	h.all++
	h.by[v]++
	if v.noticed() {
		h.noticed++
	}
	if why != "" {
		h.reasons[why]++
		return
	}
	k := h.kinds[c.kind]
	k[0]++
	if v.noticed() {
		k[1]++
	}
	h.kinds[c.kind] = k
	if list && !v.noticed() {
		t.lines = append(t.lines, line(s, n, c, v))
	}
}

// line is a change that nothing notices.
func line(s *site, n *number, c *change, v verdict) string {
	where := fmt.Sprintf("block %d", s.block)
	text := s.text
	if s.row >= 0 {
		where += fmt.Sprintf(" row %d column %d [%s] [%s]", s.row, s.column, s.label, s.head)
	} else {
		from, to := max(0, n.start-90), min(len(text), n.end+60)
		text = strings.ToValidUTF8(text[from:n.start], "") + "⟦" + text[n.start:n.end] + "⟧" + strings.ToValidUTF8(text[n.end:to], "")
	}
	also := ""
	if v == elsewhere {
		also = " (something is told elsewhere)"
	}
	return fmt.Sprintf("  %s %s→%s%s: %s: %s", c.kind, cmp.Or(n.text, n.unit), c.with, also, where, strings.ReplaceAll(text, "\n", "↵"))
}

func (h *half) open() {
	if h.by == nil {
		h.by, h.kinds, h.reasons = map[verdict]int{}, map[string][2]int{}, map[string]int{}
	}
}

func (t *tally) add(o *tally) {
	t.documents += o.documents
	t.took += o.took
	for i := range o.halves {
		h, g := &t.halves[i], &o.halves[i]
		h.open()
		h.all, h.noticed = h.all+g.all, h.noticed+g.noticed
		for v, n := range g.by {
			h.by[v] += n
		}
		for k, n := range g.kinds {
			m := h.kinds[k]
			h.kinds[k] = [2]int{m[0] + n[0], m[1] + n[1]}
		}
		for r, n := range g.reasons {
			h.reasons[r] += n
		}
	}
}

// table is what was counted, for people.
func (t *tally) table(name string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s", name)
	if all := t.halves[0].all + t.halves[1].all; all > 0 {
		fmt.Fprintf(&b, " (%d ms a change)", t.took.Milliseconds()/int64(all))
	}
	b.WriteString("\n")
	for i, what := range []string{"sentences", "tables"} {
		h := &t.halves[i]
		if h.all == 0 {
			continue
		}
		excused := 0
		for _, n := range h.reasons {
			excused += n
		}
		fmt.Fprintf(&b, " %-9s of all %s; of those that something fixes %s\n", what, share(h.noticed, h.all), share(h.noticed, h.all-excused))
		fmt.Fprintf(&b, "   told at it %d, a note at it %d, named %d, elsewhere %d, nothing %d\n", h.by[told], h.by[noted], h.by[named], h.by[elsewhere], h.by[unnoticed])
		b.WriteString("  ")
		for _, k := range kindNames() {
			if n := h.kinds[k]; n[0] > 0 {
				fmt.Fprintf(&b, " %s %d/%d", k, n[1], n[0])
			}
		}
		b.WriteString("\n")
		for _, r := range slices.SortedFunc(maps.Keys(h.reasons), func(a, b string) int { return cmp.Or(cmp.Compare(h.reasons[b], h.reasons[a]), cmp.Compare(a, b)) }) {
			fmt.Fprintf(&b, "   not fixed: %d %s\n", h.reasons[r], r)
		}
	}
	for _, l := range t.lines {
		b.WriteString(l + "\n")
	}
	return b.String()
}

func share(n, all int) string {
	if all == 0 {
		return "0 of 0"
	}
	return fmt.Sprintf("%d of %d (%d.%d %%)", n, all, n*100/all, n*1000/all%10)
}
