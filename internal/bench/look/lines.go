package main

import (
	"fmt"
	"strings"
	"unicode"

	"yusuan/internal/typeset/par"
	"yusuan/internal/typeset/unit"
)

// paragraph looks at a paragraph or heading.
func (r *report) paragraph(d *document, p *passage) {
	if p.source == nil {
		r.add(unread, d, p.lines[0].page, p.lines[0].text())
		return
	}
	r.prose += len(p.lines)
	if p.source.justify {
		r.evenness(d, p)
	}
	r.ends(d, p, proseSplits)
}

// evenness looks at the gaps of the justified lines.
func (r *report) evenness(d *document, p *passage) {
	for i := range p.lines {
		l := &p.lines[i]
		if l.ends || len(l.visible()) == 0 {
			continue
		}
		r.justified++
		area := d.pages.Pages[l.page].Area
		size := l.glyphs[0].size
		if short := area.X + area.W - size.Milli(int64(p.source.indent)) - l.end(); short > size/20 {
			r.add(ragged, d, l.page, fmt.Sprintf("%s pt short: %s", short, l.text()))
			continue
		}
		gap := l.gap(p.source.tracking)
		text := fmt.Sprintf("0.%03d em: %s", gap, l.text())
		if gap > 50 {
			r.add(over05, d, l.page, text)
		}
		if gap > 100 {
			r.add(over10, d, l.page, text)
		}
		r.most(widest, d, l.page, gap, text)
	}
}

// gap is the widest room added between two ideographs of a line, in thousandths of their size.
func (l *line) gap(tracking int) int {
	var most unit.Length
	for i := 1; i < len(l.glyphs); i++ {
		a, b := &l.glyphs[i-1], &l.glyphs[i]
		if !unicode.Is(unicode.Han, a.r) || !unicode.Is(unicode.Han, b.r) || a.size != b.size {
			continue
		}
		own := a.size.Milli(int64(a.face.RuneAdvance(a.r) + tracking))
		most = max(most, (b.x-a.x-own)*1000/a.size)
	}
	return int(most)
}

// ends looks at where the lines of a passage end.
func (r *report) ends(d *document, p *passage, splits kind) {
	for from := 0; from < len(p.lines); {
		to, text := from, ""
		var ends []int
		for ; ; to++ {
			text += p.lines[to].text()
			ends = append(ends, len(text))
			if p.lines[to].ends {
				break
			}
		}
		for i, at := range ends[:len(ends)-1] {
			if par.Parts(text, at) {
				r.add(splits, d, p.lines[from+i].page, around(text, at))
			}
		}
		for i := range ends {
			if l := &p.lines[from+i]; to > from && words(l.text()) == 1 {
				r.add(lone, d, l.page, around(text, ends[max(0, i-1)]))
			}
		}
		from = to + 1
	}
}

// words counts the characters that are no marks.
func words(s string) (n int) {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			n++
		}
	}
	return n
}

// around shows the end of a line within its text.
func around(text string, at int) string {
	const enough = 12
	before, after := []rune(text[:at]), []rune(text[at:])
	return string(before[max(0, len(before)-enough):]) + "|" + string(after[:min(enough, len(after))])
}

// shortest is the length of quotes and brackets, in characters, that are not to be broken in cells.
const shortest = 8

// narrow is the width of a cell, in thousandths of an em, up to which breaks in quotes are looked for: on wider lines other
// characters have room before and after them.
const narrow = 12000

// cell looks at a cell of a table.
func (r *report) cell(d *document, p *passage, b *boxes) {
	if p.source == nil {
		r.add(unread, d, p.lines[0].page, p.lines[0].text())
		return
	}
	if p.source.vertical {
		return
	}
	r.ends(d, p, cellSplits)
	first := &p.lines[0]
	if box, ok := b.of(first); ok && box.to-box.from <= first.glyphs[0].size.Milli(narrow) {
		r.marks(d, p)
	}
}

// marks looks for lines that end within short quotes and brackets.
func (r *report) marks(d *document, p *passage) {
	const openers, closers = "“‘《〈（〔【(", "”’》〉）〕】)"
	type place struct{ line, at int }
	var open []place
	text := []rune{}
	for i := range p.lines {
		for _, x := range p.lines[i].text() {
			text = append(text, x)
			switch {
			case strings.ContainsRune(openers, x):
				open = append(open, place{i, len(text)})
			case strings.ContainsRune(closers, x) && len(open) > 0:
				o := open[len(open)-1]
				open = open[:len(open)-1]
				if o.line < i && len(text)-1-o.at <= shortest {
					r.add(openMarks, d, p.lines[o.line].page, shown(p))
				}
			}
		}
		if p.lines[i].ends {
			open = open[:0]
		}
	}
}

// shown is a passage with the ends of its lines.
func shown(p *passage) string {
	var out []string
	for i := range p.lines {
		out = append(out, p.lines[i].text())
	}
	const enough = 60
	text := []rune(strings.Join(out, "|"))
	if len(text) > enough {
		return string(text[:enough]) + "…"
	}
	return string(text)
}
