package recognise

import (
	"strings"

	"yusuan/internal/pack"
	"yusuan/internal/prose"
	"yusuan/internal/read/paper"
)

// A document whose tables are published elsewhere is of the pack whose words its sentences use.

// runningText is all running text of a document, without blanks.
func runningText(d *paper.Document) string {
	var sb strings.Builder
	for _, b := range d.Blocks {
		if b.Text != nil {
			sb.WriteString(prose.Squeeze(b.Text.Text))
			sb.WriteByte('\n')
		}
	}
	return sb.String()
}

// spoken is how much of what a pack calls things stands in a text, and whether the pack is of that year.
func spoken(p *pack.Pack, year int, text string) (n int) {
	for _, name := range p.FigureNames {
		if title := prose.Squeeze(p.Figures[name].Title); title != "" && strings.Contains(text, title) {
			n++
		}
	}
	for _, id := range p.TableIDs() {
		if title := strings.TrimSuffix(prose.Squeeze(p.Tables[id].Called()), "表"); title != "" && strings.Contains(text, title) {
			n += 3
		}
	}
	const within = 5
	if far := max(p.FirstYear-year, year-p.LastYear, 0); year > 0 && far < within {
		n += 3 * (within - far)
	}
	return n
}

// ofTheYear puts in front, of the packs of the place that the first is of, the one that is for the year: they speak alike.
func ofTheYear(others []*Found) {
	first, year := others[0].Pack, others[0].Year.Value
	serves := func(p *pack.Pack) bool { return p.FirstYear <= year && year <= p.LastYear }
	if serves(first) {
		return
	}
	for i, x := range others {
		if serves(x.Pack) && x.Pack.SamePlace(first) {
			copy(others[1:i+1], others[:i])
			others[0] = x
			return
		}
	}
}
