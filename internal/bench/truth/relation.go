package main

import (
	"regexp"
	"slices"
	"strings"
)

// relations are all that a number hangs on.
func (r *reasons) relations(i int) (out []relation) {
	n := &r.x.numbers[i]
	s := &r.x.sites[n.site]
	if n.sort == amount {
		out = append(out, r.copies(i, n)...)
	}
	if s.row >= 0 && wholeNumber.MatchString(strings.TrimSpace(s.text)) {
		return append(out, r.grids[s.block].relations(i)...)
	}
	switch n.sort {
	case amount:
		out = append(out, r.sums(i, n)...)
		out = append(out, r.changes(i, n)...)
		return append(out, r.ratios(i)...)
	case percent:
		return append(out, r.ratios(i)...)
	case count:
		out = append(out, r.counts(i, n)...)
		return append(out, r.sums(i, n)...)
	}
	return out
}

// copies are other places where the amount is printed.
func (r *reasons) copies(i int, n *number) (out []relation) {
	add := func(o *number) {
		m := *o
		out = append(out, func(v int64) bool { return same(n, &m, v) })
	}
	for _, k := range r.amounts {
		o := &r.x.numbers[k]
		if k != i && same(n, o, n.value) && (strong(n) && strong(o) || r.alike(n, o)) && o.site != n.site {
			add(o)
		}
	}
	for k := range r.prior {
		if o := &r.prior[k]; strong(n) && strong(o) && same(n, o, n.value) {
			add(o)
		}
	}
	return out
}

var moreOrLess = regexp.MustCompile(`(?:增加|减少|增长|下降|上升|提高|降低|增减|变动|调增|调减|节约|核减)(?:了|额|数|为|约)?$`)

// changed reports whether an amount says by how much something is more or less.
func changed(n *number) bool { return moreOrLess.MatchString(n.before) }

// row are the numbers of the passage of a number that are of its sort, and changes as it is one, in their order; at is its place.
func (r *reasons) row(i int, n *number) (list []*number, at int) {
	s := &r.x.sites[n.site]
	for _, k := range r.passages[s.passage] {
		o := &r.x.numbers[k]
		if o.sort == n.sort && changed(o) == changed(n) && (n.sort != count || o.measure == n.measure) {
			if k == i {
				at = len(list)
			}
			list = append(list, o)
		}
	}
	return list, at
}

// longestList is how many parts a list in words has.
const longestList = 25

var wholeWords = regexp.MustCompile(`其中|共|包括|合计|总|分别|含|由`)

// sums: the number before a list, or behind it, is its sum.
func (r *reasons) sums(i int, n *number) (out []relation) {
	list, at := r.row(i, n)
	try := func(whole, from, end int) {
		if !(whole == at || from <= at && at < end) {
			return
		}
		var sum, slack int64
		filled := 0
		for _, o := range list[from:end] {
			sum, slack = sum+o.value, max(slack, o.last)
			if o.value != 0 {
				filled++
			}
		}
		slack = max(slack, list[whole].last) * int64(end-from+1) / 2
		if n.sort == count {
			slack = 0
		}
		diff := list[whole].value - sum
		if max(diff, -diff) > slack || filled < 1 || whole == at && filled < 2 || n.sort == count && !r.said(list[whole], list[from], list[end-1]) {
			return
		}
		if n.sort == amount && filled > 1 && !strong(list[whole]) && !r.said(list[whole], list[from], list[end-1]) {
			return
		}
		old := n.value
		out = append(out, func(v int64) bool {
			d := diff - (v - old)
			if whole == at {
				d = diff + (v - old)
			}
			return max(d, -d) <= slack
		})
	}
	for whole := max(0, at-longestList); whole < min(len(list), at+longestList); whole++ {
		for size := 2; size <= longestList; size++ {
			if whole+1+size <= len(list) {
				try(whole, whole+1, whole+1+size)
			}
			if whole-size >= 0 {
				try(whole, whole-size, whole)
			}
		}
	}
	return out
}

// said reports whether words say that a list adds up.
func (r *reasons) said(whole, first, last *number) bool {
	if whole.site == first.site && whole.end <= first.start {
		return wholeWords.MatchString(r.x.sites[whole.site].text[whole.end:first.start]) || wholeWords.MatchString(whole.before)
	}
	return wholeWords.MatchString(whole.before) || wholeWords.MatchString(first.before)
}

// before is the sum that a change is of: the nearest amount before it in its passage that is no change.
func (r *reasons) sumBefore(i int, n *number) *number {
	all := r.passages[r.x.sites[n.site].passage]
	at := slices.Index(all, i)
	for k := at - 1; k >= 0; k-- {
		o := &r.x.numbers[all[k]]
		if o.site < n.site-2 {
			return nil
		}
		if o.sort == amount && !changed(o) {
			return o
		}
	}
	return nil
}

// signed is 1 or -1 as the words before a number say, 0 where they do not.
func signed(n *number) int64 {
	m := way.FindAllString(n.before, -1)
	switch {
	case len(m) == 0:
		return 0
	case strings.Contains("增加增长上升提高", m[len(m)-1]):
		return 1
	}
	return -1
}

// changes: a sum less its change is an amount that is printed; so are the difference of two amounts of the passage.
func (r *reasons) changes(i int, n *number) (out []relation) {
	held := func(sum, change *number, way int64) {
		last := sum.value - way*change.value
		for _, o := range r.everyAmount() {
			if d := last - o.value; strong(o) && o.site != sum.site && max(d, -d)*2 <= 3*max(o.last, sum.last) {
				out = append(out, r.moving(n, sum, change, way, func(last int64) bool { d := last - o.value; return max(d, -d)*2 <= 3*max(o.last, sum.last) }))
			}
		}
	}
	if changed(n) {
		if sum := r.sumBefore(i, n); sum != nil && signed(n) != 0 {
			held(sum, n, signed(n))
		}
		return out
	}
	for _, k := range r.passages[r.x.sites[n.site].passage] {
		if o := &r.x.numbers[k]; o.sort == amount && changed(o) && signed(o) != 0 && r.sumBefore(k, o) == n {
			held(n, o, signed(o))
		}
	}
	return out
}

// moving is a relation of last year's amount as one of its two numbers moves.
func (r *reasons) moving(n, sum, change *number, way int64, fits func(last int64) bool) relation {
	return func(v int64) bool {
		if n == sum {
			return fits(v - way*change.value)
		}
		return fits(sum.value - way*v)
	}
}

func (r *reasons) everyAmount() (out []*number) {
	for _, k := range r.amounts {
		out = append(out, &r.x.numbers[k])
	}
	for k := range r.prior {
		out = append(out, &r.prior[k])
	}
	return out
}

// rated reports whether a percentage is part ÷ whole, as fine as it is printed.
func rated(part, whole, rate, place int64) bool {
	if whole == 0 {
		return false
	}
	// In 1/10000 of one per cent.
	hi := wide(part, 1000000, whole)
	d := hi - rate
	return max(d, -d)*2 <= place+place/5
}

// wide is a × b ÷ c without an overflow for the amounts of budgets.
func wide(a, b, c int64) int64 {
	for max(a, -a) > 1<<42 {
		a, c = a/10, c/10
	}
	if c == 0 {
		return 1 << 62
	}
	return a * b / c
}

// ratios: a percentage of the passage is a ratio of two amounts, or the growth from one to the other.
func (r *reasons) ratios(i int) (out []relation) {
	n := &r.x.numbers[i]
	for _, k := range r.passages[r.x.sites[n.site].passage] {
		p := &r.x.numbers[k]
		if p.sort != percent || n.sort == percent && k != i {
			continue
		}
		part := r.lastBefore(k)
		if part == nil {
			continue
		}
		rate := signedRate(p)
		for _, whole := range r.wholes(part) {
			if n.sort == amount && n != part && n != whole {
				continue
			}
			for _, grows := range []bool{false, true} {
				if !r.fits(part, whole, rate, p.last, grows) {
					continue
				}
				out = append(out, func(v int64) bool {
					a, b, q := part.value, whole.value, rate
					switch n {
					case part:
						a = v
					case whole:
						b = v
					default:
						q = v
						if rate < 0 {
							q = -v
						}
					}
					return r.fitsValues(a, b, q, p.last, grows)
				})
			}
		}
		out = append(out, r.growth(n, p, part, k)...)
	}
	return out
}

// growth: 增加X万元，增长P%: X over the sum less X.
func (r *reasons) growth(n, p, x *number, at int) (out []relation) {
	if !changed(x) || signed(x) == 0 {
		return nil
	}
	list := r.passages[r.x.sites[p.site].passage]
	var sum *number
	for _, k := range list {
		if &r.x.numbers[k] == x {
			sum = r.sumBefore(k, x)
		}
	}
	if sum == nil || n != sum && n != x && n != p || !rated(x.value, sum.value-signed(x)*x.value, p.value, p.last) {
		return nil
	}
	return append(out, func(v int64) bool {
		a, b, q := x.value, sum.value, p.value
		switch n {
		case x:
			a = v
		case sum:
			b = v
		default:
			q = v
		}
		return rated(a, b-signed(x)*a, q, p.last)
	})
}

func signedRate(p *number) int64 {
	if signed(p) < 0 {
		return -p.value
	}
	return p.value
}

func (r *reasons) fits(part, whole *number, rate, place int64, grows bool) bool {
	return r.fitsValues(part.value, whole.value, rate, place, grows)
}

func (r *reasons) fitsValues(part, whole, rate, place int64, grows bool) bool {
	if grows {
		return rated(part-whole, whole, rate, place)
	}
	return rated(part, whole, max(rate, -rate), place)
}

// lastBefore is the amount right before a percentage in its passage.
func (r *reasons) lastBefore(k int) *number {
	all := r.passages[r.x.sites[r.x.numbers[k].site].passage]
	for at := slices.Index(all, k) - 1; at >= 0; at-- {
		if o := &r.x.numbers[all[at]]; o.sort == amount {
			if o.site < r.x.numbers[k].site-1 {
				return nil
			}
			return o
		}
	}
	return nil
}

// wholes are what a part may be a share of: amounts of its passage, and those of rows of tables that are sums.
func (r *reasons) wholes(part *number) (out []*number) {
	s := &r.x.sites[part.site]
	for _, k := range r.amounts {
		o := &r.x.numbers[k]
		t := &r.x.sites[o.site]
		if o != part && o.value > 0 && strong(o) && (t.row < 0 && t.passage == s.passage || t.row >= 0 && strings.HasSuffix(t.label, "计")) {
			out = append(out, o)
		}
	}
	return out
}

// counts are other places where a count stands with the same measure and name.
func (r *reasons) counts(i int, n *number) (out []relation) {
	if n.measure == "" {
		return nil
	}
	for k := range r.x.numbers {
		o := &r.x.numbers[k]
		if k == i || o.sort != count || o.measure != n.measure || o.value != n.value {
			continue
		}
		a, b := &r.x.sites[n.site], &r.x.sites[o.site]
		if a.id == b.id {
			continue
		}
		if near := b.label + b.head; b.row >= 0 && (len([]rune(bare(b.label))) >= 2 && strings.Contains(n.before, bare(b.label)) || common(n.before, near, 3)) ||
			b.row < 0 && (common(n.before, o.before, 3) || common(firstRunes(n.after, 7), firstRunes(o.after, 7), 3)) {
			v0 := o.value
			out = append(out, func(v int64) bool { return v == v0 })
		}
	}
	return out
}
