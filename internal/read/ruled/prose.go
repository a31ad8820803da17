package ruled

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"yusuan/internal/read/paper"
	"yusuan/internal/typeset/unit"
)

// margins are where the text of pages begins and ends.
type margins struct{ left, right unit.Length }

// edgesOf finds the margins of each page: those of all pages of its size, since one page may hold a few short lines.
func edgesOf(sheets []*sheet) []margins {
	type size struct{ w, h unit.Length }
	lefts, rights := map[size]map[unit.Length]int{}, map[size]map[unit.Length]int{}
	for _, s := range sheets {
		k := size{s.view.width / (4 * unit.Pt), s.view.height / (4 * unit.Pt)}
		if lefts[k] == nil {
			lefts[k], rights[k] = map[unit.Length]int{}, map[unit.Length]int{}
		}
		for _, l := range s.lines {
			if l.turn == 0 && len(l.letters) >= 12 {
				lefts[k][l.box.Left/(2*unit.Pt)]++
				rights[k][l.box.Right/(2*unit.Pt)]++
			}
		}
	}
	out := make([]margins, len(sheets))
	for i, s := range sheets {
		k := size{s.view.width / (4 * unit.Pt), s.view.height / (4 * unit.Pt)}
		out[i].left, _ = frequent(lefts[k])
		_, out[i].right = frequent(rights[k])
		if out[i].right <= out[i].left {
			out[i] = s.ends()
		}
	}
	return out
}

// frequent are the least and the greatest place that many lines share.
func frequent(count map[unit.Length]int) (low, high unit.Length) {
	most := 0
	for _, n := range count {
		most = max(most, n)
	}
	var places []unit.Length
	for at, n := range count {
		if n*5 >= most {
			places = append(places, at)
		}
	}
	if len(places) == 0 {
		return 0, 0
	}
	return slices.Min(places) * 2 * unit.Pt, slices.Max(places)*2*unit.Pt + 2*unit.Pt
}

// ends are where the lines of a page begin and end.
func (s *sheet) ends() margins {
	m := margins{s.view.width, 0}
	for _, l := range s.lines {
		m.left, m.right = min(m.left, l.box.Left), max(m.right, l.box.Right)
	}
	return m
}

// centred says that a line stands in the middle between the margins.
func (m margins) centred(l *line) bool {
	return m.balanced(l) && l.box.Left > m.left+l.size*3/2
}

// balanced says that a line is as far from the one margin as from the other: a centred one, or one that fills the width.
func (m margins) balanced(l *line) bool {
	d := (l.box.Left - m.left) - (m.right - l.box.Right)
	return max(d, -d) <= l.size*3/2
}

// middle says that a line is centred, and not indented by chance as far from the right as paragraphs are from the left.
func (m margins) middle(l *line) bool {
	d := l.box.Left - m.left - 2*l.size
	return m.centred(l) && max(d, -d) > l.size/3
}

// placed is a line of a page.
type placed struct {
	sheet *sheet
	at    margins
	line  *line
}

// goesOn says that b continues the paragraph that a is the last line of, and first the first.
func goesOn(first, a, b placed) bool {
	la, lb := a.line, b.line
	named := partHead.MatchString(plain(la.text())) && b.at.balanced(lb)
	if partName.MatchString(first.line.text()) && a.sheet == b.sheet && a.at.centred(la) && (b.at.centred(lb) || named) && !heading.MatchString(lb.text()) {
		// The name of a part stands below its number.
		return max(la.size, lb.size)*20 <= min(la.size, lb.size)*21 && lb.base-la.base <= 2*lb.size
	}
	if la.turn != 0 || lb.turn != 0 || max(la.size, lb.size)*10 > min(la.size, lb.size)*13 {
		return false
	}
	if b.sheet.view.number > a.sheet.view.number+1 || a.sheet == b.sheet && lb.base-la.base > 3*max(la.size, lb.size) || a.sheet.contents() || b.sheet.contents() {
		return false
	}
	if len(la.gaps(300)) > 0 || len(lb.gaps(300)) > 0 {
		return false // several texts beside each other
	}
	if leader.MatchString(la.text()) || leader.MatchString(lb.text()) {
		return false
	}
	if numbered.MatchString(lb.text()) && enough(la.text()) {
		return false
	}
	if a.at.balanced(la) && b.at.centred(lb) && lb.box.Left > b.at.left+3*lb.size {
		return a.sheet == b.sheet && (la.box.Right-la.box.Left)*100 > (a.at.right-a.at.left)*85 && !enough(la.text()) && !heading.MatchString(lb.text())
	}
	if lb.box.Left > b.at.left+lb.size*8/10 || partName.MatchString(la.text()) {
		return false // indented: the first of a paragraph
	}
	if a.sheet == b.sheet && lb.box.Left < la.box.Left+lb.size*8/10 && (strings.HasSuffix(la.text(), "，") || strings.HasSuffix(la.text(), "、")) {
		return true // lines of a title are made of even length
	}
	return la.box.Right+token(lb)+la.size/4 > a.at.right
}

// token is how wide what cannot be parted from a line's beginning is.
func token(l *line) unit.Length {
	i := 1
	for i < len(l.letters) && strings.ContainsRune("（《“‘【〔", l.letters[i-1].r) {
		i++
	}
	for i < len(l.letters) && !blank(&l.letters[i-1], &l.letters[i]) &&
		(narrow(l.letters[i].r) && narrow(l.letters[i-1].r) || strings.ContainsRune("，。、；：！？）》”’】％", l.letters[i].r)) {
		i++
	}
	return l.letters[i-1].step.Right - l.letters[0].step.Left
}

// enough says that a text ends as sentences do.
func enough(s string) bool {
	s = strings.TrimRightFunc(s, unicode.IsSpace)
	return strings.HasSuffix(s, "。") || strings.HasSuffix(s, "；") || strings.HasSuffix(s, "！") || strings.HasSuffix(s, "？") || strings.HasSuffix(s, "：")
}

// contents says that a page is one of a table of contents: its lines stand alone.
func (s *sheet) contents() bool {
	if s.toc == 0 {
		s.toc = 1
		n := 0
		for _, l := range s.lines {
			if leader.MatchString(l.text()) {
				n++
			}
		}
		if n >= 3 && n*2 >= len(s.lines) {
			s.toc = 2
		}
	}
	return s.toc == 2
}

// joinLines makes paragraphs of lines that stand beneath each other.
func joinLines(lines []placed, goesOn func(first, a, b placed) bool) []paper.Paragraph {
	var out []paper.Paragraph
	for i := 0; i < len(lines); {
		j := i + 1
		for j < len(lines) && goesOn(lines[i], lines[j-1], lines[j]) {
			j++
		}
		var vs []view
		var ls []*line
		for _, p := range lines[i:j] {
			vs, ls = append(vs, p.sheet.view), append(ls, p.line)
		}
		p := paragraph(vs, ls)
		last := lines[j-1]
		p.Centred = !enough(p.Text) && (lines[i].at.middle(lines[i].line) || j > i+1 && lines[i].at.balanced(lines[i].line) && last.at.middle(last.line))
		out = append(out, p)
		i = j
	}
	return out
}

// byTop sorts what stands on a page from its top.
func byTop[T any](items []T, box func(T) paper.Box) {
	slices.SortStableFunc(items, func(a, b T) int { return cmp.Compare(box(a).Top, box(b).Top) })
}
