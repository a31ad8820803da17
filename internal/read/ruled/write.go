package ruled

import (
	"strings"

	"yusuan/internal/read/around"
	"yusuan/internal/read/paper"
)

// writer puts pages together into a document.
type writer struct {
	doc    *paper.Document
	sheets []*sheet
	edges  []margins
	lines  []placed // that wait for their paragraph to end
	table  *table   // that may go on
}

// item is what stands on a page: a line or a part of a table.
type item struct {
	line *line
	part *part
}

func (i item) box() paper.Box {
	if i.part != nil {
		return i.part.box
	}
	return i.line.box
}

// write writes all pages.
func (w *writer) write() {
	for i, s := range w.sheets {
		w.doc.Gaps = append(w.doc.Gaps, s.gaps...)
		var items []item
		for _, l := range s.lines {
			items = append(items, item{line: l})
		}
		for _, p := range s.parts {
			items = append(items, item{part: p})
		}
		byTop(items, item.box)
		for k, it := range items {
			if it.part != nil {
				w.writePart(it.part, i, k == 0)
				continue
			}
			w.table = nil
			w.lines = append(w.lines, placed{s, w.edges[i], it.line})
		}
	}
	w.flush()
	for _, b := range w.doc.Blocks {
		if b.Table != nil {
			around.Lift(b.Table)
		}
	}
}

// flush writes the lines that wait.
func (w *writer) flush() {
	for _, p := range joinLines(w.lines, goesOn) {
		w.doc.Blocks = append(w.doc.Blocks, paper.Block{Text: &p})
	}
	w.lines = nil
}

// writePart writes a part of a table: on to the one before, where it goes on, or as a new one.
func (w *writer) writePart(p *part, i int, first bool) {
	if first && w.table != nil && w.table.last.sheet.view.number+1 == p.sheet.view.number && len(w.lines) == 0 {
		if gaps, ok := w.table.goOn(p); ok {
			w.table.out.Below = append(w.table.out.Below, w.notes(p.below, p.sheet, i)...)
			w.doc.Gaps = append(w.doc.Gaps, gaps...)
			return
		}
	}
	w.flush()
	if first {
		w.spilled(p)
	}
	t := &table{out: &paper.Table{Columns: len(p.xs) - 1, Guessed: p.guessed}, xs: p.xs, last: p, first: p}
	t.out.Above = joinLines(w.placed(p.above, p.sheet, i), func(_, a, b placed) bool {
		la, lb := a.line, b.line
		return max(la.size, lb.size)*10 <= min(la.size, lb.size)*11 && lb.base > la.base && a.at.centred(lb) &&
			(la.box.Right-la.box.Left)*10 > (a.at.right-a.at.left)*8 && !unitLine.MatchString(plain(lb.text())) && !unitLine.MatchString(plain(la.text()))
	})
	t.out.Below = w.notes(p.below, p.sheet, i)
	t.out.Rows = rowsOf(p)
	if p.guessed {
		w.doc.Gaps = append(w.doc.Gaps, paper.Gap{At: p.sheet.view.place(p.box), What: p.sheet.says("有一张没有竖线的表，列是按文字的位置分的"), Remedy: "请对照原文件核对它的列", Doubtful: true})
	}
	w.doc.Blocks = append(w.doc.Blocks, paper.Block{Table: t.out})
	w.table = t
}

func (w *writer) placed(lines []*line, s *sheet, i int) []placed {
	var out []placed
	for _, l := range lines {
		out = append(out, placed{s, w.edges[i], l})
	}
	return out
}

// notes are paragraphs of notes: each begins as notes do, or after one that ended.
func (w *writer) notes(lines []*line, s *sheet, i int) []paper.Paragraph {
	return joinLines(w.placed(lines, s, i), func(_, _, b placed) bool {
		text := strings.TrimSpace(b.line.text())
		return !note.MatchString(text) && !listed.MatchString(text)
	})
}

// spilled tells of a table without title whose rows stand as high as those of one before: columns that had no room on its page.
func (w *writer) spilled(p *part) {
	for _, l := range p.above {
		if !unitLine.MatchString(plain(l.text())) {
			return
		}
	}
	for i := p.sheet.view.number - 2; i >= 0 && i >= p.sheet.view.number-20; i-- {
		for _, q := range w.sheets[i].parts {
			if sameRows(p, q) {
				w.doc.Gaps = append(w.doc.Gaps, paper.Gap{
					At: p.sheet.view.place(p.box), Doubtful: true, Remedy: wholeWidth,
					What: p.sheet.says("的表没有标题，各行与" + q.sheet.says("的表") + "一样高，像是那张表太宽、打印到另一页的列"),
				})
				return
			}
		}
	}
}

const wholeWidth = "请把原表缩到一页宽，再另存为 PDF，或直接用 xlsx"

// sameRows says that the rows of two parts stand at the same heights; cells of p may cover several of q's.
func sameRows(p, q *part) bool {
	if len(p.ys) < 4 || len(p.ys) > len(q.ys) || !close(p.ys[0], q.ys[0]) || !close(p.ys[len(p.ys)-1], q.ys[len(q.ys)-1]) {
		return false
	}
	for _, y := range p.ys {
		if i, _ := nearest(q.ys, y); !close(y, q.ys[i]) {
			return false
		}
	}
	return true
}

// numbersAlone tells of a page on which nothing but numbers stands: cells whose labels had no room on it.
func (s *sheet) numbersAlone() {
	if len(s.parts) > 0 || len(s.lines) == 0 || s.view.number == 1 {
		return
	}
	for _, l := range s.lines {
		if !number.MatchString(plain(l.text())) {
			return
		}
	}
	s.gap(true, "只有数字，没有文字，像是前面的表太宽、打印到另一页的列", wholeWidth)
}
