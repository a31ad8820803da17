package sentence

import "strings"

// longestRow bounds how many numbers one verb says.
const longestRow = 12

// joined reports whether nothing but 、 or 和 stands between two numbers: 84%和16%.
func (p *Passage) joined(a, b int) bool {
	if a < 0 || b >= len(p.Numbers) || p.Numbers[a].Kind != p.Numbers[b].Kind || p.Numbers[a].End > p.Numbers[b].Start {
		return false
	}
	const longest = 16
	if p.Numbers[b].Start-p.Numbers[a].End > longest {
		return false
	}
	switch strings.TrimSpace(p.Text[p.Numbers[a].End:p.Numbers[b].Start]) {
	case "、", "和", "与", "及", "以及":
		return true
	}
	return false
}

// inRow reports whether a percentage is one of several that one word says: 分别占84%和16%.
func (r *reader) inRow(i int) bool {
	return r.joined(i, i+1) && (r.lead.shared || r.lead.says) || r.joined(i-1, i) && (r.Numbers[i-1].Role == Share || r.Numbers[i-1].Role == Rate)
}

// row reads a percentage of a row: shares are of the last sums in their order; of what several rates are, nothing says surely.
func (r *reader) row(i int) {
	n := &r.Numbers[i]
	if r.joined(i-1, i) {
		before := &r.Numbers[i-1]
		n.Role, n.WholeSubject, n.Sign, n.SignAt, n.Base, n.BaseYear = before.Role, before.WholeSubject, before.Sign, before.SignAt, before.Base, before.BaseYear
	} else if r.lead.shared {
		r.shareSaid(i)
		n.Of, n.Subject = none, none
	} else {
		n.Role, n.Sign, n.SignAt = Rate, r.lead.way, r.lead.verb.Span
	}
	if n.Role == Share && !r.joined(i, i+1) {
		r.sharesOfRow(i)
	}
}

// sharesOfRow gives each share of a row that ends here its part.
func (r *reader) sharesOfRow(last int) {
	first := last
	for first > 0 && last-first < longestRow && r.joined(first-1, first) {
		first--
	}
	k := last - first + 1
	if len(r.sums) < k || k > longestRow {
		return
	}
	for x, s := range r.sums[len(r.sums)-k:] {
		n := &r.Numbers[first+x]
		n.Of, n.Subject = s, r.Numbers[s].Subject
	}
}

// changeOfRow reports whether a change is one of several that one word says: 分别增加10万元、5万元.
func (r *reader) changeOfRow(i int) bool {
	if r.joined(i-1, i) {
		return r.Numbers[i-1].Role == Change
	}
	return r.joined(i, i+1) && r.lead.says && filled(r.Text[r.lead.verb.End:r.Numbers[i].Start])
}

// changedRow reads a change of a row. Whose it is, nothing says surely, nor whose what follows is.
func (r *reader) changedRow(i int) {
	n := &r.Numbers[i]
	n.Role, n.Sign, n.SignAt = Change, r.lead.way, r.lead.verb.Span
	if r.joined(i-1, i) {
		n.Sign, n.SignAt = r.Numbers[i-1].Sign, r.Numbers[i-1].SignAt
	}
	r.sum, r.change = none, none
}

// rowName is whose an amount of a row is: 人员经费和公用经费分别安排A万元和B万元. It is none where the names are not as many as the amounts.
func (r *reader) rowName(i int) int {
	first, last := i, i
	for first > 0 && last-first < longestRow && r.joined(first-1, first) {
		first--
	}
	for last+1 < len(r.Numbers) && last-first < longestRow && r.joined(last, last+1) {
		last++
	}
	if i == first {
		r.rowAt = Span{r.lead.start, r.Numbers[i].Start}
	}
	at := r.trimName(r.rowAt)
	var names []Span
	for from, k := at.Start, at.Start; k < at.End; k++ {
		for _, w := range []string{"、", "和", "与", "及"} {
			if strings.HasPrefix(r.Text[k:at.End], w) {
				names = append(names, Span{from, k})
				from = k + len(w)
			}
		}
		if k == at.End-1 {
			names = append(names, Span{from, at.End})
		}
	}
	if len(names) != last-first+1 {
		return none
	}
	return r.subject(names[i-first], Span{})
}
