package table

import (
	"yusuan/internal/doc"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/par"
	"yusuan/internal/typeset/unit"
)

// turned are the forms of brackets and dashes for characters stacked from top to bottom
// (GB/T 15834-2011 §5.2, Unicode block CJK Compatibility Forms).
var turned = map[rune]rune{
	'（': '︵', '）': '︶', '(': '︵', ')': '︶', '〔': '︹', '〕': '︺', '【': '︻', '】': '︼',
	'《': '︽', '》': '︾', '〈': '︿', '〉': '﹀', '「': '﹁', '」': '﹂', '『': '﹃', '』': '﹄', '—': '︱',
}

// stack sets a narrow label: characters upright under each other, or in two columns that are read across, as a
// label two characters wide is. Up to two digits stand side by side.
func (s *setter) stack(c *cell, columns int) {
	var units [][]rune
	for _, x := range c.Text {
		units = appendUnits(units, x.String)
	}
	c.lines = make([]par.Line, 0, (len(units)+columns-1)/columns)
	for len(units) > 0 {
		n := min(columns, len(units))
		var l par.Line
		for _, u := range units[:n] {
			for _, r := range u {
				appendRune(&l, c.style.Faces, c.style.Size, r, columns == 1)
			}
		}
		c.lines = append(c.lines, l)
		units = units[n:]
	}
	c.natural = true
}

// appendUnits cuts a label into what stands on one level. White space only parts units.
func appendUnits(units [][]rune, s string) [][]rune {
	rs := []rune(s)
	for i := 0; i < len(rs); {
		switch n := digits(rs[i:]); {
		case rs[i] == ' ' || rs[i] == '\n' || rs[i] == '\u3000':
			i++
		case n == 2:
			units = append(units, rs[i:i+2])
			i += 2
		case n > 2:
			for _, r := range rs[i : i+n] {
				units = append(units, []rune{r})
			}
			i += n
		default:
			units = append(units, rs[i:i+1])
			i++
		}
	}
	return units
}

func digits(rs []rune) int {
	n := 0
	for n < len(rs) && '0' <= rs[n] && rs[n] <= '9' {
		n++
	}
	return n
}

func appendRune(l *par.Line, f *font.Family, size unit.Length, r rune, turn bool) {
	face := f.Pick(r)
	if t, ok := turned[r]; ok && turn {
		if tf := f.Pick(t); tf != nil {
			r, face = t, tf
		}
	}
	if face == nil {
		return
	}
	adv := size.Milli(int64(face.RuneAdvance(r)))
	l.Runs = append(l.Runs, par.Run{X: l.Width, Face: face, Size: size, Text: string(r), Advances: []unit.Length{adv}})
	l.Width += adv
}

// reportVertical reports the characters that no face has.
func (s *setter) reportVertical(t *doc.Table, c *cell) {
	for _, x := range c.Text {
		var res par.Result
		for at, r := range x.String {
			if r > ' ' && r != '\u3000' && c.style.Faces.Pick(r) == nil {
				if t, ok := turned[r]; ok && c.style.Faces.Pick(t) != nil {
					continue
				}
				res.Missing = append(res.Missing, par.Missing{Rune: r, At: at})
			}
		}
		if len(res.Missing) > 0 {
			s.sheet.Report(c.style, where(t, c), res, x)
		}
	}
}

// solid is the height of the label without room between its characters.
func (c *cell) solid() unit.Length { return unit.Length(len(c.lines)) * c.style.Size }

// widen sets a label in two columns where one is taller than its rows and the width allows two.
func (s *setter) widen(c *cell, height, width unit.Length) {
	if c.solid() > height && width >= 2*c.style.Size && len(c.lines) > 1 {
		s.stack(c, 2)
	}
}
