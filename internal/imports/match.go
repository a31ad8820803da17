package imports

import (
	"slices"
	"strings"
)

// pair is a fact of the exports and the entry of the folder that it is; one of the two may be nil.
type pair struct{ want, have *fact }

// match finds for each fact of the exports the entry that it is. All are of one table and of one parent. First those that agree in
// everything, then those that are known by the same, in their order; then entries that leave out by what they are known, where
// there is one fact alone that they can be.
func match(want, have []*fact) []pair {
	out := make([]pair, 0, len(want))
	of := make(map[*fact]*fact, len(want))
	taken := make(map[*fact]bool, len(have))
	exact := func(key func(*fact) string) {
		open := map[string][]*fact{}
		for _, h := range have {
			if !taken[h] {
				open[key(h)] = append(open[key(h)], h)
			}
		}
		for _, w := range want {
			if of[w] != nil {
				continue
			}
			if list := open[key(w)]; len(list) > 0 {
				of[w], taken[list[0]] = list[0], true
				open[key(w)] = list[1:]
			}
		}
	}
	exact(func(f *fact) string { return f.identity() + f.content() })
	exact((*fact).identity)
	loosely(want, have, of, taken)
	for _, w := range want {
		out = append(out, pair{w, of[w]})
	}
	for _, h := range have {
		if !taken[h] {
			out = append(out, pair{nil, h})
		}
	}
	return out
}

// content is what changes of a fact from one export to the next.
func (f *fact) content() string {
	if f.table == tableGoal {
		return f.text("text")
	}
	return f.text("value") + "\x00" + f.total().String()
}

// loosely matches entries that leave fields of their identity empty, such as a project's line without an economic code.
func loosely(want, have []*fact, of map[*fact]*fact, taken map[*fact]bool) {
	masks := map[string][]*fact{}
	for _, h := range have {
		if m := h.mask(); !taken[h] && m != "" {
			masks[m] = append(masks[m], h)
		}
	}
	order := make([]string, 0, len(masks))
	for m := range masks {
		order = append(order, m)
	}
	slices.Sort(order)
	for _, m := range order {
		keys := strings.Split(m, ",")
		if m == "-" {
			keys = nil
		}
		open := map[string][]*fact{}
		for _, w := range want {
			if of[w] == nil {
				open[w.key(keys)] = append(open[w.key(keys)], w)
			}
		}
		rival := map[string]int{}
		for _, h := range masks[m] {
			rival[h.key(keys)]++
		}
		for _, h := range masks[m] {
			if list := open[h.key(keys)]; len(list) == 1 && rival[h.key(keys)] == 1 {
				of[list[0]], taken[h] = h, true
			}
		}
	}
}

// mask are the fields of its identity that an entry fills, "" where it fills all, "-" for none.
func (f *fact) mask() string {
	var filled []string
	left := 0
	for _, k := range identities[f.table] {
		switch {
		case f.text(k) != "":
			filled = append(filled, k)
		case k != "carried":
			left++
		}
	}
	switch {
	case left == 0:
		return ""
	case filled == nil:
		return "-"
	}
	return strings.Join(filled, ",")
}
