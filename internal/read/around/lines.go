package around

import (
	"strings"

	"yusuan/internal/read/paper"
)

// Lines parts a text at its line breaks, where what stands there are two texts; else the lines are one.
func Lines(text string) (out []string) {
	open := false
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
		case open && !Splits(out[len(out)-1], line):
			out[len(out)-1] = joined(out[len(out)-1], line)
		default:
			out, open = append(out, line), true
		}
	}
	return out
}

// joined joins two lines of one text: with a blank between two Latin words.
func joined(a, b string) string {
	if a[len(a)-1] < 0x80 && b[0] < 0x80 {
		return a + " " + b
	}
	return a + b
}

// Split parts the blocks of a cell into its text, its paragraphs on lines of their own, and the tables in it.
func Split(blocks []paper.Block) (text string, tables []paper.Block) {
	var lines []string
	for _, b := range blocks {
		if b.Table != nil {
			tables = append(tables, b)
			continue
		}
		lines = append(lines, b.Text.Text)
	}
	return strings.Join(lines, "\n"), tables
}
