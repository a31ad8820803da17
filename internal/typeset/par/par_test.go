package par

import (
	"strings"
	"testing"

	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/unit"
)

const em = 10 * unit.Pt

// fixed is a family whose ASCII characters are half an em wide and all others an em. It lacks '\u2620'.
var fixed = font.NewFixed("测试", func(r rune) int {
	switch {
	case r == '\u2620':
		return 0
	case r < 0x250:
		return 500
	}
	return 1000
})

func paragraph(text string, measure unit.Length, align Align) Paragraph {
	return Paragraph{Spans: []Span{{Text: text, Family: fixed, Size: em}}, Measure: measure, Align: align}
}

// show joins the texts of the lines with bars.
func show(lines []Line) string {
	var all []string
	for _, l := range lines {
		all = append(all, lineText(l))
	}
	return strings.Join(all, "|")
}

func lineText(l Line) string {
	var b strings.Builder
	for _, r := range l.Runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

