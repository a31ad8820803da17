package sentence

import (
	"strings"

	"yusuan/internal/prose"
)

// aside is what was being said before brackets whose words say more of it: what follows them goes on from there.
type aside struct {
	apart                           bool // the brackets hold an aside, and are no part of a name
	sum, change, pending, source, m int
	sums                            []int
	than                            *comparison
	reason, net                     bool
	lead                            lead
	seen                            int
}

// deepestAside bounds how many brackets stand within each other.
const deepestAside = 12

// bracket reads （ and ）. A list within brackets ends with them, and what is said within takes nothing from what follows.
func (r *reader) bracket(t token) {
	switch r.Text[t.Start:t.End] {
	case "（", "(":
		r.depth++
		if len(r.asides) < deepestAside && r.depth == len(r.asides)+1 {
			r.openAside(t)
		}
	case "）", ")":
		r.depth = max(r.depth-1, 0)
		popped := false
		for n := len(r.frames); n > 0 && r.frames[n-1].level == inline && r.frames[n-1].depth > r.depth; n-- {
			r.pop()
			popped = true
		}
		r.closeAside(t, popped)
	}
}

func (r *reader) openAside(t token) {
	a := aside{sum: r.sum, change: r.change, pending: r.pending, source: r.source, m: r.lastAmount, sums: r.sums, than: r.than, reason: r.reason, net: r.net, lead: r.lead, seen: r.seen}
	a.apart = r.seen != none && r.lead.start <= t.Start && strings.TrimSpace(r.Text[r.lead.start:t.Start]) == "" || begins(r.Text[t.End:], "含", "其中", "不含", "包括", "包含", "上年", "去年") || r.yearNext()
	if a.apart {
		whole := none
		if n := len(r.sums); n > 0 {
			whole = r.sums[n-1]
			r.sums = []int{whole}
		}
		r.pending, r.source = none, none
		if len(r.frames) < deepestAside {
			r.frames = append(r.frames, frame{list: List{Whole: whole, Open: true, loose: true}, wait: true, depth: r.depth})
		}
		r.fresh(t.End)
	}
	r.asides = append(r.asides, a)
}

func (r *reader) closeAside(t token, popped bool) {
	if len(r.asides) <= r.depth {
		return
	}
	a := r.asides[r.depth]
	r.asides = r.asides[:r.depth]
	if !a.apart {
		if popped {
			r.sums = nil
		}
		return
	}
	r.sum, r.change, r.pending, r.source, r.lastAmount, r.sums, r.than, r.reason, r.net = a.sum, a.change, a.pending, a.source, a.m, a.sums, a.than, a.reason, a.net
	if r.seen == a.seen { // no number within: a name has brackets
		r.lead = a.lead
		return
	}
	r.fresh(t.End)
}

// yearNext reports whether a year follows: （2024年32万元、2025年31万元） tells of other years.
func (r *reader) yearNext() bool {
	return r.i < len(r.toks) && r.toks[r.i].class == number && r.Numbers[r.toks[r.i].n].Kind == prose.Year
}

func begins(s string, words ...string) bool {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}
