package ruled

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"yusuan/internal/read/paper"
	"yusuan/internal/typeset/unit"
)

// line is letters on one baseline, from left to right.
type line struct {
	letters    []letter
	box        paper.Box   // in the view
	base, size unit.Length // its size is that of its type
	turn       int         // quarters that it lies on its side in the view
}

// linesOf puts letters into lines, from the top; those that lie on their side into lines of their own, after the others.
func linesOf(v view, letters []letter) []*line {
	var by [4][]letter
	for _, l := range letters {
		by[l.turn] = append(by[l.turn], l)
	}
	out := uprightLines(by[0])
	for turn := 1; turn < 4; turn++ {
		own := make([]letter, 0, len(by[turn]))
		for _, l := range by[turn] {
			own = append(own, l.upright(v))
		}
		for _, l := range uprightLines(own) {
			l.turn = turn
			l.box = v.back(l.box, turn)
			out = append(out, l)
		}
	}
	return out
}

func uprightLines(letters []letter) []*line {
	slices.SortStableFunc(letters, func(a, b letter) int { return cmp.Compare(a.base, b.base) })
	var out []*line
	for i := 0; i < len(letters); {
		j := i + 1
		for j < len(letters) {
			a, before, first := letters[j], letters[j-1], letters[i]
			if (a.base-before.base)*4 >= max(a.size, before.size) || (a.base-first.base)*5 >= 3*max(a.size, first.size) {
				break
			}
			j++
		}
		out = append(out, newLine(letters[i:j:j]))
		i = j
	}
	return out
}

// newLine makes a line of letters on one baseline.
func newLine(letters []letter) *line {
	slices.SortStableFunc(letters, func(a, b letter) int { return cmp.Compare(a.step.Left+a.step.Right, b.step.Left+b.step.Right) })
	l := &line{letters: once(letters)}
	tall := unit.Length(0)
	var ems []unit.Length
	for i := range l.letters {
		g := &l.letters[i]
		l.box = l.box.Union(g.step)
		if g.size > tall {
			l.base, tall = g.base, g.size
		}
		if !narrow(g.r) || len(ems) == 0 {
			ems = append(ems, g.em())
		}
	}
	slices.Sort(ems)
	l.size = ems[len(ems)/2]
	return l
}

// em is the size of a letter's type. The height of its line is none: fonts of one size have lines of many heights.
func (g *letter) em() unit.Length {
	step := g.step.Right - g.step.Left
	switch {
	case step <= 0:
	case !narrow(g.r) && step*2 > g.size:
		return step
	case unicode.IsDigit(g.r) && step*4 > g.size:
		return step * 2
	}
	return g.size * 8 / 10
}

// once drops letters struck twice: some programs make type bold by that.
func once(letters []letter) []letter {
	out := letters[:1]
	for _, g := range letters[1:] {
		last := out[len(out)-1]
		if d := g.step.Left - last.step.Left; g.r == last.r && d < g.size*15/100 && d > -g.size*15/100 {
			continue
		}
		out = append(out, g)
	}
	return out
}

// em is the smaller size of two letters: a gap looks wide or narrow beside it.
func em(a, b *letter) unit.Length { return min(a.em(), b.em()) }

// blank says whether people see a blank between two letters of a line.
func blank(a, b *letter) bool {
	gap := max(0, b.step.Left-a.step.Right)
	// Where a font's steps are wrong, ink still stands where it stands.
	gap = min(gap, max(0, b.ink.Left-a.ink.Right))
	e := em(a, b)
	switch {
	case a.r == b.r && strings.ContainsRune(".·…。．-—_", a.r):
		return gap > e*2 // leaders
	case narrow(a.r) && narrow(b.r):
		return gap*100 > e*20
	}
	return gap*100 > e*45
}

// narrow says that a letter is of Latin type, where a blank is narrow.
func narrow(r rune) bool { return r < 0x2000 }

// break points of a line: the indexes before which a gap of more than so many hundredths of an em stands.
func (l *line) gaps(hundredths unit.Length) []int {
	var out []int
	for i := 1; i < len(l.letters); i++ {
		a, b := &l.letters[i-1], &l.letters[i]
		if gap := min(b.step.Left-a.step.Right, b.ink.Left-a.ink.Right); gap*100 > em(a, b)*hundredths {
			out = append(out, i)
		}
	}
	return out
}

// split cuts a line at its gaps.
func (l *line) split(hundredths unit.Length) []*line {
	cuts := l.gaps(hundredths)
	if len(cuts) == 0 || l.turn != 0 {
		return []*line{l}
	}
	var out []*line
	from := 0
	for _, to := range append(cuts, len(l.letters)) {
		out = append(out, newLine(l.letters[from:to:to]))
		from = to
	}
	return out
}

// text is what a line says.
func (l *line) text() string {
	var b strings.Builder
	for i := range l.letters {
		if i > 0 && blank(&l.letters[i-1], &l.letters[i]) {
			b.WriteByte(' ')
		}
		b.WriteRune(l.letters[i].r)
	}
	return b.String()
}

// longest is how many letters one spot holds at most: marks are to sit on what they mean. Numbers are not cut.
const longest = 8

// write appends a line to a text, and the spots of its pieces.
func (l *line) write(v view, b *strings.Builder, spots []paper.Spot) []paper.Spot {
	box, start, n := paper.Box{}, b.Len(), 0
	flush := func() {
		if n > 0 {
			if l.turn != 0 {
				box = v.back(box, l.turn)
			}
			spots = append(spots, paper.Spot{Start: start, End: b.Len(), At: v.place(box)})
		}
		box, n = paper.Box{}, 0
	}
	for i := range l.letters {
		g := &l.letters[i]
		if i > 0 {
			before := &l.letters[i-1]
			if gap := blank(before, g); gap || figure(before.r) != figure(g.r) || n >= longest && !figure(g.r) {
				flush()
				if gap {
					b.WriteByte(' ')
				}
				start = b.Len()
			}
		}
		b.WriteRune(g.r)
		box = box.Union(g.step)
		n++
	}
	flush()
	return spots
}

// figure says that a letter is of a number.
func figure(r rune) bool {
	return unicode.IsDigit(r) || strings.ContainsRune(".,，％%-−", r)
}

// glue is what stands between two lines of one text: a blank between Latin words, else nothing.
func glue(last, next rune) string {
	if narrow(last) && narrow(next) && unicode.IsLetter(last) && unicode.IsLetter(next) {
		return " "
	}
	return ""
}

// paragraph makes one text of lines.
func paragraph(v []view, lines []*line) paper.Paragraph {
	var b strings.Builder
	var p paper.Paragraph
	bold := 0
	letters := 0
	for i, l := range lines {
		if i > 0 {
			before := lines[i-1].letters
			b.WriteString(glue(before[len(before)-1].r, l.letters[0].r))
		}
		p.Spots = l.write(v[i], &b, p.Spots)
		p.Size = max(p.Size, l.size)
		for _, g := range l.letters {
			letters++
			if g.bold {
				bold++
			}
		}
	}
	p.Text, p.Bold = b.String(), bold*2 > letters
	return p
}
