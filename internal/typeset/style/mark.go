package style

import (
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/par"
)

// Source is what is known of a text that is set, beside the text.
type Source struct {
	Origin *diag.Range // where the author typed it, nil or zero for words of the pack
	Marks  doc.Marks   // where there are any, they say which words are whose
	Shift  int32       // where the text of the marks begins in what is set
	Whole  int32       // what all of it is, 0 for nothing
}

// SourceOf is what is known of a text of the tree.
func SourceOf(t *doc.Text) Source { return Source{Origin: &t.Origin, Marks: t.Marks} }

// Mark notes on a page what the runs of a line are that was just drawn there, if that was asked for. sources are those of the
// spans of its paragraph.
func (s *Sheet) Mark(pg *page.Page, l *par.Line, sources ...Source) {
	if !s.Marking {
		return
	}
	first := len(pg.Texts) - len(l.Runs)
	for i := range l.Runs {
		if r := &l.Runs[i]; int(r.Span) < len(sources) {
			s.markRun(pg, int32(first+i), r, &sources[r.Span])
		}
	}
}

func (s *Sheet) markRun(pg *page.Page, text int32, r *par.Run, src *Source) {
	end := int32(len(r.Text))
	if src.Whole > 0 {
		pg.Marks = append(pg.Marks, page.Mark{Text: text, To: end, Of: src.Whole, At: r.At})
		return
	}
	if src.Marks == 0 {
		if src.Origin != nil && !src.Origin.IsZero() {
			pg.Marks = append(pg.Marks, page.Mark{Text: text, To: end, Origin: src.Origin, At: r.At})
		}
		return
	}
	for _, m := range doc.MarksOf(s.Marks, src.Marks) {
		if from, to := max(m.From+src.Shift-r.At, 0), min(m.To+src.Shift-r.At, end); from < to {
			pg.Marks = append(pg.Marks, page.Mark{Text: text, From: from, To: to, Of: m.Of, At: r.At + from - src.Shift})
		}
	}
}

// MarkCell is Mark for the lines from to up to of a cell of several texts, each of which was set for itself: which line is of
// which text, the lines themselves tell. first is the page's first text of those lines.
func (s *Sheet) MarkCell(pg *page.Page, lines []par.Line, from, to, first int, texts []doc.Text, whole int32) {
	if !s.Marking {
		return
	}
	n, end := 0, int32(0) // the text at hand, and how far it is set
	for i := range lines[:to] {
		for k := range lines[i].Runs {
			r := &lines[i].Runs[k]
			for n < len(texts) && (r.At < end || !strings.HasPrefix(texts[n].String[min(int(r.At), len(texts[n].String)):], r.Text)) {
				n, end = n+1, 0
			}
			if n == len(texts) {
				return // not set from its texts, such as what stands upright
			}
			end = r.At + int32(len(r.Text))
			if i >= from {
				src := SourceOf(&texts[n])
				src.Whole = whole
				s.markRun(pg, int32(first), r, &src)
				first++
			}
		}
	}
}
