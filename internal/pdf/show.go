package pdf

import (
	"fmt"
	"slices"
	"unicode"

	"yusuan/internal/typeset/page"
)

// maxDrift is how far a glyph may stand from its place before it is moved there, in millionths of a point. Layout
// works in thousandths of a point, so widths that are no whole thousandths add up to a little.
const maxDrift = 4000

// show writes the text-showing operators for one text. Its gaps are what each advance has beyond the natural width of
// the glyph. One character spacing (Tc) serves for all of them where that places every glyph, as it does in a justified
// line; where it does not, TJ moves the glyphs that would drift.
func (w *drawer) show(t *page.Text) error {
	text, err := w.encode(t)
	if err != nil {
		return err
	}
	w.widen(t)
	tc := spacing(w.gaps[:len(w.gaps)-1]) // no glyph follows the last
	if tc != w.tc {
		w.data = append(appendDecimal(w.data, tc, 6), " Tc "...)
		w.tc = tc
	}
	b, size, drift, array := w.data, int64(t.Size), int64(0), false
	start := len(b)
	b = append(b, '(')
	for i, cid := range text {
		b = appendLiteral(appendLiteral(b, byte(cid>>8)), byte(cid))
		if i+1 >= len(w.gaps) {
			break
		}
		drift += w.gaps[i] - tc
		if drift > maxDrift || drift < -maxDrift {
			// A number n moves left by n/1000 of the size; n has three decimals, so it moves by n·size/1000 millionths.
			n := -divRound(drift*1000, size)
			b = append(b, ')')
			b = append(appendDecimal(b, n, 3), '(')
			drift += divRound(n*size, 1000)
			array = true
		}
	}
	if array {
		b = slices.Insert(b, start, '[')
		b = append(b, ")]TJ\n"...)
	} else {
		b = append(b, ")Tj\n"...)
	}
	w.data = b
	return nil
}

// encode turns the characters of t into the font's character ids, and its advances into gaps.
func (w *drawer) encode(t *page.Text) ([]uint16, error) {
	w.gaps = w.gaps[:0]
	w.cids = w.cids[:0]
	i, size := 0, int64(t.Size)
	for _, r := range t.Text {
		cid := w.used.cid(r)
		if cid == 0 {
			var err error
			if cid, err = w.used.add(r); err != nil {
				return nil, fmt.Errorf("text %q: %w", t.Text, err)
			}
		}
		w.cids = append(w.cids, cid)
		w.gaps = append(w.gaps, int64(t.Advances[i])*1000-int64(w.used.widths[cid])*size)
		i++
	}
	return w.cids, nil
}

// What others take for a blank, in thousandths of the size: room between glyphs of one face, and before a glyph of another,
// which many readers look at more narrowly. What is wider than the last is no gap between words.
const (
	leastBlank      = 100
	leastBlankAfter = 30
	mostBlank       = 800
)

// widen makes the glyphs of the text that room follows so wide that there is none. Blanks of the text stay as they are.
func (w *drawer) widen(t *page.Text) {
	size, last := int64(t.Size), len(w.gaps)-1
	for i, gap := range w.gaps {
		if gap < leastBlankAfter*size || gap > mostBlank*size || i < last && gap < leastBlank*size || unicode.IsSpace(w.used.runes[w.cids[i]]) {
			continue
		}
		advance := int64(t.Advances[i]) * 1000
		cid := w.used.wider(w.cids[i], int(divRound(advance, size)))
		w.cids[i], w.gaps[i] = cid, advance-int64(w.used.widths[cid])*size
	}
}

// spacing chooses the character spacing for a list of gaps, in millionths of a point: none when the gaps come from
// rounding alone, their mean when they are even, else the gap that most of them have.
func spacing(gaps []int64) int64 {
	if len(gaps) == 0 {
		return 0
	}
	lo, hi, sum := gaps[0], gaps[0], int64(0)
	candidate, votes := int64(0), 0
	for _, g := range gaps {
		lo, hi = min(lo, g), max(hi, g)
		sum += g
		switch {
		case g == candidate:
			votes++
		case votes == 0:
			candidate, votes = g, 1
		default:
			votes--
		}
	}
	const rounding = 1000 // one unit of layout
	switch {
	case -rounding < lo && hi < rounding:
		return 0
	case hi-lo <= 2*rounding:
		return divRound(sum, int64(len(gaps)))
	}
	return candidate
}

// divRound divides, rounding half away from zero; d is positive.
func divRound(n, d int64) int64 {
	if n < 0 {
		return -((-2*n + d) / (2 * d))
	}
	return (2*n + d) / (2 * d)
}
