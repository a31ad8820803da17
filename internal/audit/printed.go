package audit

import (
	"strings"
	"unicode/utf8"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// printedRow is a row of a stated table: its cells with their places.
type printedRow []printedText

type printedText struct {
	text string
	at   diag.Range
}

// span is the place of a stretch of the cell's text: the whole cell where its text is not written as it is read.
func (p *printedText) span(start, end int) diag.Range {
	if int(p.at.End.Offset-p.at.Start.Offset) != len(p.text) || p.at.End.Line != p.at.Start.Line {
		return p.at
	}
	at := func(i int) diag.Pos {
		return diag.At(p.at.Start.Line, int(p.at.Start.Column)+utf8.RuneCountInString(p.text[:i]), int(p.at.Start.Offset)+i)
	}
	return diag.Range{File: p.at.File, Start: at(start), End: at(end)}
}

// printedRows cuts the text of a stated table at line breaks and bars.
func printedRows(s source.String) []printedRow {
	var out []printedRow
	offset := 0
	for line := range strings.SplitSeq(s.V, "\n") {
		if strings.TrimSpace(line) != "" {
			out = append(out, printedCells(s, line, offset))
		}
		offset += len(line) + 1
	}
	return out
}

func printedCells(s source.String, line string, offset int) printedRow {
	place := placesOf(s, line, offset)
	var row printedRow
	from := 0
	for _, cell := range budget.CutCells(line) {
		typed := strings.Trim(cell, " \r\u3000")
		start := from + strings.Index(cell, typed)
		row = append(row, printedText{budget.CellText(typed), place(start, start+len(typed))})
		from += len(cell) + 1
	}
	return row
}

// placesOf places stretches of one line of a text. Without escapes in the line it counts characters from the line's
// beginning, since to walk the whole text for each cell takes long.
func placesOf(s source.String, line string, offset int) func(start, end int) diag.Range {
	first, last := s.Line(offset), s.Line(offset+len(line))
	if first.Start.Line != last.Start.Line || int(last.Start.Offset-first.Start.Offset) != len(line) {
		return func(start, end int) diag.Range { return s.Span(offset+start, offset+end) }
	}
	at := func(i int) diag.Pos {
		return diag.At(first.Start.Line, int(first.Start.Column)+utf8.RuneCountInString(line[:i]), int(first.Start.Offset)+i)
	}
	return func(start, end int) diag.Range {
		r := diag.Range{File: first.File, Start: at(start), End: at(end)}
		if start == end {
			r.End = r.Start
		}
		return r
	}
}
