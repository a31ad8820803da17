package redline

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/compare"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/style"
	"yusuan/internal/typeset/unit"
)

const (
	labelSize   unit.Length = 10000
	labelPitch  unit.Length = 10500 // from label to label at least
	barWidth    unit.Length = 2000
	barGap      unit.Length = 8000 // from the text to the bar
	edge        unit.Length = 8000 // of paper that printers leave blank
	shownCauses             = 3
)

// margin is where the bars of a page stand: outside, or on a turned page at the head of the sheet, which never is the bound side.
type margin struct {
	bar   unit.Length // the left edge of the bar
	right bool        // labels stand at its right
	limit unit.Length // labels end here
}

func marginOf(pg *page.Page, index int) margin {
	width := pg.Width
	right := index%2 == 0
	if n, err := strconv.Atoi(pg.Label); err == nil {
		right = n%2 == 1
	}
	end := width - edge
	if pg.Turned { // labels point to the head of the sheet, where the mark stands
		width, right = pg.Height, true
		end = width - edge - headSize - headClear
	}
	from, to := pg.Area.X, pg.Area.X+pg.Area.W
	for i := range pg.Texts {
		if t := &pg.Texts[i]; !t.Upright && t.Elem != page.ArtifactFooter {
			from, to = min(from, t.X), max(to, endOf(t))
		}
	}
	for _, r := range pg.Rules {
		from, to = min(from, r.X), max(to, r.X+r.W)
	}
	if right {
		gap := min(barGap, max(0, width-edge-to-barWidth)/4)
		return margin{bar: to + gap, right: true, limit: end}
	}
	gap := min(barGap, max(0, from-edge-barWidth)/4)
	return margin{bar: from - gap - barWidth, limit: edge}
}

func endOf(t *page.Text) unit.Length {
	x := t.X
	for _, a := range t.Advances {
		x += a
	}
	return x
}

// band is a height of a page on which effects show.
type band struct {
	top, bottom unit.Length
	reach       unit.Length // how far away a neighbour may be
	effects     []int
}

func (b *band) middle() unit.Length { return (b.top + b.bottom) / 2 }

// bars draws the bars beside bands and their labels.
func (d *drawer) bars(pg *page.Page, m *margin, bands []band) {
	bands = merged(bands)
	for i := 0; i < len(bands); {
		from := i
		bar := page.Rule{X: m.bar, Y: bands[i].top, W: barWidth}
		said := ""
		for i == from || i < len(bands) && near(&bands[i-1], &bands[i]) {
			if text := d.label(bands[i].effects, shownCauses); text != said {
				d.beside(pg, m, bands[i].effects, bands[i].middle())
				said = text
			}
			bar.H = bands[i].bottom - bar.Y
			i++
		}
		pg.Rules = append(pg.Rules, bar)
	}
}

// near reports whether the bars of two bands join: nothing stands between them.
func near(a, b *band) bool { return b.top-a.bottom < min(a.reach, b.reach) }

// merged are the bands from top to bottom, those in one that overlap or whose labels would.
func merged(bands []band) []band {
	const touch = 1000
	slices.SortStableFunc(bands, func(a, b band) int { return cmp.Compare(a.top, b.top) })
	var out []band
	for _, b := range bands {
		if n := len(out) - 1; n >= 0 && (b.top < out[n].bottom-touch || b.middle()-out[n].middle() < labelPitch) {
			out[n].bottom, out[n].reach = max(out[n].bottom, b.bottom), max(out[n].reach, b.reach)
			out[n].effects = append(slices.Clip(out[n].effects), b.effects...)
			continue
		}
		out = append(out, b)
	}
	for i := 1; i < len(out); i++ { // one that grew may come close to the next
		if out[i].top < out[i-1].bottom-touch || out[i].middle()-out[i-1].middle() < labelPitch {
			return merged(out)
		}
	}
	return out
}

// label are the causes of effects, so many at most, or what changes are that have none among the facts.
func (d *drawer) label(effects []int, most int) string {
	var causes []int
	var kinds [classes]bool
	for _, e := range effects {
		x := &d.laid.effects[e]
		causes = append(causes, x.causes...)
		if len(x.causes) == 0 {
			kinds[x.class] = true
		}
	}
	slices.Sort(causes)
	causes = slices.Compact(causes)
	var b strings.Builder
	for i, c := range causes {
		if i == most {
			b.WriteString("…")
			break
		}
		b.WriteString(circled(c, func(r rune) bool { return has(d.small, r) }))
	}
	for c, seen := range kinds {
		if seen && len(causes) < most {
			b.WriteString(otherCause(compare.Class(c)))
		}
	}
	return b.String()
}

// has reports whether a style can show a character.
func has(s *style.Text, r rune) bool { return len(s.Faces.Missing(string(r))) == 0 }

// circled is the number of a cause, in a circle where there is such a character.
func circled(n int, has func(rune) bool) string {
	r := rune(0)
	switch {
	case n >= 1 && n <= 20:
		r = '①' + rune(n-1)
	case n >= 21 && n <= 35:
		r = '㉑' + rune(n-21)
	case n >= 36 && n <= 50:
		r = '㊱' + rune(n-36)
	}
	if r != 0 && has(r) {
		return string(r)
	}
	return "(" + strconv.Itoa(n) + ")"
}

// beside draws a label beside the bar, with as many causes as the paper has room for: the tables say the rest.
func (d *drawer) beside(pg *page.Page, m *margin, effects []int, middle unit.Length) {
	const gap = 2000
	for most := shownCauses; most >= 0; most-- {
		line := d.line(d.small, d.label(effects, most))
		x := m.bar - gap - line.Width
		if m.right {
			x = m.bar + barWidth + gap
		}
		if m.right && x+line.Width <= m.limit || !m.right && x >= m.limit {
			style.Draw(pg, line, x, middle+labelSize.Milli(380), page.ArtifactLayout)
			return
		}
	}
}
