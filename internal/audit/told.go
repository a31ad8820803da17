package audit

import (
	"slices"
	"strings"
	"unicode/utf8"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/prose"
	"yusuan/internal/sentence"
)

// told is a text of the document that was read. What was said of its numbers is noted, so that what nothing was held against
// can be told, too.
type told struct {
	text *budget.StatedText
	read *sentence.Passage
	held []string     // by number: what it was held against, whatever came of it; "" for nothing yet
	unit map[int]bool // numbers whose unit was told to be wrong: what follows from it is not told
	bare []int        // by number: where its paragraph begins if nothing but numbers stands between, else -1
	cell *printedText // the cell of a table that the text is, nil for a section
}

// span is the place of a stretch of the text.
func (t *told) span(start, end int) diag.Range {
	if t.cell != nil {
		return t.cell.span(start, end)
	}
	return t.text.Text.Span(start, end)
}

// hold notes what a number was held against: 表里的数, 同句各项之和. Of several the first stays.
func (t *told) hold(i int, by string) {
	if i >= 0 && i < len(t.held) && t.held[i] == "" {
		t.held[i] = by
	}
}

// at is the place of a number, with its unit.
func (t *told) at(i int) diag.Range {
	n := &t.read.Numbers[i]
	return t.span(n.Start, n.End)
}

// printedAs is a number as it is printed.
func (t *told) printedAs(i int) string {
	n := &t.read.Numbers[i]
	return t.text.Text.V[n.Start:n.End]
}

// around is a number with some of the words beside it, within its clause: one that stands alone, “11”, tells nobody which it is.
func (t *told) around(i int) string {
	const before, after = 12, 6
	n, s := &t.read.Numbers[i], t.text.Text.V
	left := []rune(s[prose.LastBreak(s[:n.Start]):n.Start])
	right := 0
	for range after {
		c, size := utf8.DecodeRuneInString(s[n.End+right:])
		if size == 0 || strings.ContainsRune("，。；：、\n", c) {
			break
		}
		right += size
	}
	return prose.Squeeze(string(left[max(0, len(left)-before):]) + t.printedAs(i) + s[n.End:n.End+right])
}

// bareOf says of each number where its paragraph begins, -1 where anything but numbers stands between.
func bareOf(p *sentence.Passage) []int {
	out := make([]int, len(p.Numbers))
	at, begin := 0, 0
	for i := range p.Numbers {
		for ; at < p.Numbers[i].Start; at++ {
			if p.Text[at] == '\n' {
				begin = at + 1
			} else if c, _ := utf8.DecodeRuneInString(p.Text[at:]); utf8.RuneStart(p.Text[at]) && !strings.ContainsRune("0123456789.,，、;；%％万亿元 \u3000", c) {
				begin = -1
			}
		}
		out[i] = begin
	}
	return out
}

// tell reads the texts of a finished document.
func tell(b *budget.Budget) []told { return tellAll(b.Facts.StatedTexts, b.Facts.Department.Year.V) }

func tellAll(texts []budget.StatedText, year int) []told {
	out := make([]told, len(texts))
	read := make([]*sentence.Passage, len(texts))
	for i := range texts {
		p := sentence.Read(texts[i].Text.V, year)
		read[i] = p
		out[i] = told{text: &texts[i], read: p, held: slices.Repeat([]string{""}, len(p.Numbers)), unit: map[int]bool{}, bare: bareOf(p)}
	}
	sentence.Align(read)
	return out
}
