package sentence

import (
	"strings"

	"yusuan/internal/prose"
)

// shares finds what a share is of: the whole of the list that its part stands in, or the sum that the words name.
func (r *reader) shares() {
	of := map[int]int{} // the list of a part
	for k := range r.Lists {
		for _, i := range r.Lists[k].Parts {
			of[i] = k
		}
	}
	for i := range r.Numbers {
		n := &r.Numbers[i]
		if n.Role != Share {
			continue
		}
		if n.WholeSubject != none {
			n.Whole = r.named(n.WholeSubject, i, n.Of)
			continue
		}
		if k, ok := of[n.Of]; ok {
			n.Whole = r.Lists[k].Whole
		}
	}
}

// named is the nearest sum before a number with the name of a subject, other than one.
func (p *Passage) named(subject, before, but int) int {
	raw := p.said(subject)
	want, found := core(raw), none
	for k, seen := before-1, 0; k >= max(before-farthest, 0) && seen < mostSums; k-- {
		if p.Numbers[k].Role != Sum || k == but {
			continue
		}
		seen++
		said := p.said(p.Numbers[k].Subject)
		name := core(said)
		switch {
		case name == "" || want == "" || !(strings.HasSuffix(name, want) && !kindOf(name, want) || strings.HasSuffix(want, name)):
		case strings.HasSuffix(said, raw):
			return k
		case found == none:
			found = k
		}
	}
	return found
}

// kindOf reports whether a name is of one kind of all income or expenditure: 其他收入 is not what 占收入预算 is of.
func kindOf(name, all string) bool {
	if all != "收入" && all != "支出" {
		return false
	}
	rest := strings.TrimSuffix(name, all)
	for _, w := range []string{"部门", "本年", "全年", "单位", "总", "全部", "全", "年度", "预算", "我局", "本"} {
		rest = strings.ReplaceAll(rest, w, "")
	}
	return strings.Trim(rest, "0123456789年局委办") != ""
}

// chooseSums decides whose change is told behind a list: 共100万元，其中甲40万元，乙60万元，比上年增加10万元，增长11.11% is of the
// whole where the numbers say so.
func (p *Passage) chooseSums() {
	whole := map[int]int{}
	for k := range p.Lists {
		if l := &p.Lists[k]; l.Whole != none && l.Role == Sum {
			whole[l.Parts[len(l.Parts)-1]] = l.Whole
		}
	}
	s := p.scale()
	for i := range p.Numbers {
		n := &p.Numbers[i]
		if n.Role != Rate || n.Of == none || p.Numbers[n.Of].Role != Change {
			continue
		}
		c := &p.Numbers[n.Of]
		w, ok := whole[c.Of]
		if !ok || s.rateFits(p, i, c.Of) || !s.rateFits(p, i, w) {
			continue
		}
		c.Of, c.Subject, n.Subject = w, p.Numbers[w].Subject, p.Numbers[w].Subject
	}
}

// changesOfLists makes of a list whose whole and parts all tell their changes a list of these, and finds lists whose parts are
// each the whole.
func (p *Passage) changesOfLists() {
	change, same := map[int]int{}, map[int]bool{}
	for i := range p.Numbers {
		n := &p.Numbers[i]
		if _, twice := change[n.Of]; n.Role == Change && n.Of != none && !twice {
			change[n.Of] = i
		}
	}
	for _, x := range p.Same {
		same[x.Of] = true
	}
	for k := range len(p.Lists) {
		l := &p.Lists[k]
		if l.Role != Sum || l.Whole == none {
			continue
		}
		l.Each = p.bothSides(l)
		w, ok := change[l.Whole]
		if l.Each || l.Open || !ok && !same[l.Whole] {
			continue
		}
		var parts []int
		whole := ok
		for _, i := range l.Parts {
			c, told := change[i]
			if told {
				parts = append(parts, c)
			}
			whole = whole && (told || same[i])
		}
		if whole && len(parts) > 0 {
			p.Lists = append(p.Lists, List{Whole: w, Parts: parts, Role: Change})
		}
	}
}

// bothSides: what is said to come in and go out alike is each of its two parts.
func (p *Passage) bothSides(l *List) bool {
	name := p.said(p.Numbers[l.Whole].Subject)
	both := strings.Contains(name, "收、支") || strings.Contains(name, "收支") || strings.Contains(name, "收入") && strings.Contains(name, "支出") && strings.ContainsAny(name, "、和及与")
	if !both || len(l.Parts) != 2 || l.loose {
		return false
	}
	first, in := side(p.said(p.Numbers[l.Parts[0]].Subject))
	second, out := side(p.said(p.Numbers[l.Parts[1]].Subject))
	return in*out < 0 && first == second
}

// reserved puts what is reserved for small enterprises below what is bought in all.
func (p *Passage) reserved() {
	bought := none
	for i := range p.Numbers {
		n := &p.Numbers[i]
		if n.Role != Sum || n.Subject == none || n.Kind != prose.Amount {
			continue
		}
		switch name := core(p.said(n.Subject)); {
		case bought == none && strings.HasSuffix(strings.TrimSuffix(name, "支出"), "政府采购") && !strings.Contains(name, "预留"):
			bought = i
		case bought != none && strings.Contains(name, "预留") && strings.Contains(name, "政府采购"):
			p.Lists = append(p.Lists, List{Whole: bought, Parts: []int{i}, Open: true, Role: Sum})
		}
	}
}

// side is whether a name says income, 1, or expenditure, -1, and of what.
func side(name string) (of string, way int) {
	name = core(name)
	if of, ok := strings.CutSuffix(name, "收入"); ok {
		return of, 1
	}
	if of, ok := strings.CutSuffix(name, "支出"); ok {
		return of, -1
	}
	return name, 0
}
