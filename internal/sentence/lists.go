package sentence

import (
	"slices"
	"strings"
)

// frame is a list that is being read.
type frame struct {
	list   List
	level  int  // of the items' numbers; inline or lines
	wait   bool // nothing of it was read
	coarse bool // parts stand between ；
	taken  bool // this item has its part
	colon  bool
	cuts   []int // how many parts there were at each ；
	line   bool  // the first line ended with 。
	ends   bool
	depth  int   // of brackets
	items  int   // how many items there were
	counts []int // that say how many there are to be
}

const (
	inline = 0
	lines  = -1
)

// opens reads 其中, 包括, 主要用于.
func (r *reader) opens(t token) {
	behind := strings.TrimLeft(r.Text[t.End:min(t.End+12, len(r.Text))], " ")
	colon := strings.HasPrefix(behind, "：") || strings.HasPrefix(behind, ":")
	if t.class == use && !colon {
		return
	}
	if t.class == holds && !colon && strings.HasSuffix(r.Text[t.Start:t.End], "包括") && r.ended != comma && r.ended != full {
		return // 包括人员经费和公用经费两部分
	}
	whole, open := none, t.class == use
	switch {
	case len(r.sums) > 0:
		whole = r.sums[len(r.sums)-1]
	case r.lastCount() != none:
		whole = r.lastCount()
	case r.ended == full || r.ended == line || r.ended == level || r.ended == plain || r.ended == half:
		intro := strings.TrimSpace(r.Text[r.lead.start:t.Start])
		whole = r.introducedBy(Span{r.lead.start, t.Start})
		if whole == none && intro == "" && strings.HasSuffix(r.Text[t.Start:t.End], "如下") {
			break
		}
		if whole == none && (intro == "" || t.class == among) {
			whole = r.sum
		} else if whole == none {
			whole, open = r.sum, true
		}
	}
	f := frame{list: List{Whole: whole, Open: open, loose: open}, wait: true, colon: colon}
	if len(r.sums) == 0 && colonEndsLine(behind) {
		r.announcesItems(&f)
	}
	r.push(f)
	r.lead.start = t.End
}

// colonEndsLine reports whether nothing but a note in brackets and a colon stand before the end of the line.
func colonEndsLine(behind string) bool {
	line, _, ended := strings.Cut(behind, "\n")
	return ended && len(line) <= 6 || strings.HasPrefix(behind, "（")
}

// lastCount is a count that a list may be of: the last number, in the same sentence.
func (r *reader) lastCount() int {
	for k := r.i - 2; k >= 0 && k > r.i-12; k-- {
		t := r.toks[k]
		if t.class == full || t.class == line || t.class == half {
			return none
		}
		if t.class == number {
			if r.Numbers[t.n].Role == Count {
				return t.n
			}
			return none
		}
	}
	return none
}

// introduced reads what stands before a colon alone: 财政拨款支出主要内容：.
func (r *reader) introduced(t token) {
	if r.i < len(r.toks) && r.toks[r.i].class == line && len(r.frames) == 0 && len(r.sums) == 0 {
		if whole := r.introducedBy(Span{r.lead.start, t.Start}); whole != none {
			r.push(frame{list: List{Whole: whole}, wait: true, colon: true})
		}
	}
}

// within reads 财政拨款支出预算中，.
func (r *reader) within(at Span) {
	text := strings.TrimSpace(r.Text[at.Start:at.End])
	if !strings.HasSuffix(text, "中") || len(text) < 4*3 || len(r.sums) > 0 {
		return
	}
	end := at.Start + strings.LastIndex(r.Text[at.Start:at.End], "中")
	r.push(frame{list: List{Whole: r.introducedBy(Span{at.Start, end})}, wait: true, colon: true})
}

// mostSums and farthest, in numbers, bound how far back a name is sought.
const (
	mostSums = 60
	farthest = 400
)

// introducedBy is the sum whose name a stretch says.
func (r *reader) introducedBy(at Span) int {
	at = r.trimName(at)
	if at.End-at.Start > longestName {
		return none
	}
	want := core(squeezed(r.Text[at.Start:at.End]))
	if len(want) < 2*3 {
		return none
	}
	for k, seen := r.seen, 0; k >= max(r.seen-farthest, 0) && seen < mostSums; k-- {
		if r.Numbers[k].Role != Sum {
			continue
		}
		seen++
		if name := core(r.said(r.Numbers[k].Subject)); name != "" && (strings.HasSuffix(name, want) || strings.HasSuffix(want, name)) {
			return k
		}
	}
	return none
}

// core is a name without what may stand at its end or not.
func core(s string) string {
	for s != "" {
		rest := s
		for _, w := range []string{"主要内容", "主要", "具体", "预算", "总计", "合计", "总额", "总金额", "金额", "项目预算", "数", "安排", "的", "情况", "资金"} {
			rest = strings.TrimSuffix(rest, w)
		}
		if rest == s {
			return s
		}
		s = rest
	}
	return s
}

func (r *reader) push(f frame) {
	if f.list.Whole != none {
		f.list.Role = r.Numbers[f.list.Whole].Role
	}
	if n := len(r.frames); n > 0 && r.frames[n-1].wait && r.frames[n-1].list.Whole == f.list.Whole {
		f.depth = r.frames[n-1].depth
		r.frames[n-1] = f
		return
	}
	f.depth = r.depth
	const deepest = 12
	if len(r.frames) < deepest {
		r.frames = append(r.frames, f)
	}
}

// part takes a sum or a count into the list that is being read.
func (r *reader) part(i int, named bool) {
	if len(r.frames) == 0 || r.loose && !slices.ContainsFunc(r.frames, func(f frame) bool { return f.level <= inline }) {
		if r.loose && len(r.frames) > 0 {
			r.closeTo(0)
		}
		if r.item == none {
			r.item = i
		}
		return
	}
	f := &r.frames[len(r.frames)-1]
	if f.wait && f.level == inline && r.newline() {
		f.level = lines
	}
	n := &r.Numbers[i]
	switch {
	case f.list.Whole == i, f.level != inline && f.taken, !named && n.Role == Sum && f.level == inline:
		return
	case f.list.Whole != none && (n.Role != r.Numbers[f.list.Whole].Role || n.Measure != r.Numbers[f.list.Whole].Measure):
		return
	case f.list.Whole == none && len(f.list.Parts) > 0 && (n.Role != f.list.Role || n.Measure != r.Numbers[f.list.Parts[0]].Measure):
		return
	}
	f.wait, f.taken, f.list.Role = false, true, n.Role
	f.list.Parts = append(f.list.Parts, i)
	if f.level > inline && r.item == none {
		r.item = i
	}
}

// newline reports whether a line break stands between the last words and these.
func (r *reader) newline() bool {
	for k := r.i - 2; k >= 0; k-- {
		switch r.toks[k].class {
		case line:
			return true
		case full, half, colon, comma:
			return false
		}
	}
	return false
}

// level begins an item.
func (r *reader) level(t token) {
	for len(r.frames) > 0 {
		f := &r.frames[len(r.frames)-1]
		if f.level == t.n || f.level == inline && f.wait || f.level == lines && f.wait {
			break
		}
		if f.level > inline && f.level < t.n {
			break
		}
		r.pop()
	}
	r.loose = false
	n := len(r.frames)
	switch {
	case n > 0 && r.frames[n-1].level == t.n && !t.first:
		r.frames[n-1].taken = false
		r.frames[n-1].items++
	case n > 0 && r.frames[n-1].level == t.n:
		r.pop()
		r.items(t, none)
	case n > 0 && r.frames[n-1].wait:
		r.frames[n-1].level, r.frames[n-1].taken, r.frames[n-1].items = t.n, false, 1
	default:
		r.items(t, r.item)
	}
	r.item = none
}

// items begins a list that no word announces: (1) and (2) below 1.
func (r *reader) items(t token, whole int) {
	if !t.first { // its beginning stands elsewhere
		whole = none
		for _, k := range r.closed {
			r.Lists[k].Open = true
		}
	}
	r.closed = nil
	r.push(frame{list: List{Whole: whole, Open: true, loose: true}, level: t.n})
}

// halfStop ends the lists within an item of another.
func (r *reader) halfStop() {
	depth := 0
	for _, f := range r.frames {
		if f.level == inline {
			depth++
		}
	}
	for len(r.frames) > 0 {
		f := &r.frames[len(r.frames)-1]
		if f.level != inline {
			f.taken = f.taken && f.level > inline
			return
		}
		if depth == 1 && f.colon && (len(f.list.Parts) == 1 || f.coarse) {
			f.coarse = true
			f.cuts = append(f.cuts, len(f.list.Parts))
			return
		}
		r.pop()
		depth--
	}
}

// fullStop ends the lists of a sentence.
func (r *reader) fullStop() {
	for len(r.frames) > 0 {
		f := &r.frames[len(r.frames)-1]
		if f.level != inline {
			break
		}
		r.pop()
	}
	if n := len(r.frames); n > 0 && r.frames[n-1].level == lines {
		f := &r.frames[n-1]
		f.ends = true
	}
}

// newLine ends what goes not on in the next line.
func (r *reader) newLine() {
	r.loose = true
	for len(r.frames) > 0 {
		f := &r.frames[len(r.frames)-1]
		switch {
		case f.level == lines:
			if len(f.list.Parts) == 1 {
				f.line = f.ends
			}
			if f.ends && !f.line {
				r.pop()
				continue
			}
			f.taken = false
		case f.level == inline && !f.wait && r.ended == half && f.colon:
			f.level, f.taken = lines, false
		case f.level == inline && !(f.wait && (r.ended == colon || r.ended == plain)):
			r.pop()
			continue
		}
		break
	}
	if len(r.frames) == 0 {
		r.item = none
	}
}

// closeTo ends all lists but the first n.
func (r *reader) closeTo(n int) {
	for len(r.frames) > n {
		r.pop()
	}
}

func (r *reader) pop() {
	f := r.frames[len(r.frames)-1]
	r.frames = r.frames[:len(r.frames)-1]
	if f.coarse {
		f.list.Parts = firsts(f.list.Parts, f.cuts)
	}
	r.enumerated(&f)
	if len(f.list.Parts) == 0 {
		return
	}
	if len(f.list.Parts) == 1 {
		f.list.Open = true
	}
	r.Lists = append(r.Lists, f.list)
	if f.level > inline {
		r.closed = append(r.closed, len(r.Lists)-1)
	}
}

// firsts are the first parts between ；: what follows within an item says more of it.
func firsts(parts, cuts []int) []int {
	var out []int
	from := 0
	for _, cut := range append(cuts, len(parts)) {
		if cut > from {
			out = append(out, parts[from])
		}
		from = cut
	}
	return out
}

// several reports whether a name says only how many the things are that are added up: 三项合计, 以上共计.
func several(name string) bool {
	if begins(name, "以上", "上述") {
		return true
	}
	rest := strings.TrimLeft(name, "两二三四五六七八九十0123456789")
	return rest != name && (rest == "项" || rest == "者" || rest == "类")
}

// addedUp reads 三项合计 behind the parts of a list.
func (r *reader) addedUp(i int) bool {
	n := len(r.frames)
	if n == 0 || r.frames[n-1].level != inline || r.frames[n-1].list.Role != Sum || len(r.frames[n-1].list.Parts) < 2 {
		return false
	}
	r.Numbers[i].Subject = none
	r.Lists = append(r.Lists, List{Whole: i, Parts: slices.Clone(r.frames[n-1].list.Parts), Role: Sum, loose: true})
	return true
}

// totalled reads 合计 behind what it adds up.
func (r *reader) totalled(i int) bool {
	n := &r.Numbers[i]
	if len(r.sums) < 2 || slices.ContainsFunc(r.frames, func(f frame) bool { return !f.wait }) {
		return false
	}
	n.Subject = none
	r.Lists = append(r.Lists, List{Whole: i, Parts: r.sums, Role: Sum})
	r.sums = nil
	return true
}

// changesAdded reads 合计减少400万元 behind the changes that it adds up.
func (r *reader) changesAdded(i int) bool {
	if len(r.moved) < 2 || !r.lead.total {
		return false
	}
	if name := core(r.said(r.name(r.lead.verb.Start))); name != "" && !several(name) {
		return false
	}
	r.Lists = append(r.Lists, List{Whole: i, Parts: r.moved, Role: Change})
	r.moved = nil
	return true
}

// changesWithin reads 合计减少400万元，其中基本支出减少300万元，项目支出减少100万元 where nothing is told to come to anything.
func (r *reader) changesWithin() {
	if r.sum != none || len(r.moved) < 3 {
		return
	}
	whole, next := &r.Numbers[r.moved[0]], &r.Numbers[r.moved[1]]
	if core(r.said(whole.Subject)) == "" && strings.Contains(r.Text[whole.End:next.Start], "其中") {
		r.Lists = append(r.Lists, List{Whole: r.moved[0], Parts: r.moved[1:], Role: Change, loose: !strings.Contains(r.said(whole.Subject), "计")})
	}
}
