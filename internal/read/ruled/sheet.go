package ruled

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"yusuan/internal/pdfium"
	"yusuan/internal/read/paper"
)

// sheet is a page as far as it is understood by itself.
type sheet struct {
	view   view
	flat   []rule
	parts  []*part // from the top
	lines  []*line // outside of tables, from the top
	gaps   []paper.Gap
	number []*line // the page's own number and running heads, which no block holds
	toc    int     // 0 not known yet, 1 no page of contents, 2 one
}

// bounds of what a page may hold. A page for people has a hundredth.
const (
	maxLetters = 200_000
	maxRules   = 200_000
	maxTables  = 500
)

// sheetOf reads one page: letters and rules to tables and lines.
func sheetOf(number int, p *pdfium.Page) *sheet {
	s := &sheet{view: view{number: number}}
	if p == nil {
		s.gap(false, "没有读出来", "请把文件重新另存为 PDF，或另存为 docx 或 xlsx 再用")
		return s
	}
	s.view = viewOf(number, p)
	if p.Over > 0 {
		s.gap(false, fmt.Sprintf("上面另有 %d 处批注文字、图章或表单栏，没有读", p.Over), "请对照原文件看它们改了什么；要一起核对的，打印成新的 PDF 再用")
	}
	switch n := len(p.Glyphs); {
	case n == 0 && p.Images > 0:
		s.gap(false, "是扫描的图片，没有文字", "请用有文字的 PDF，或用制作它的 docx 或 xlsx")
		return s
	case p.Unmapped*20 > n:
		s.gap(false, "的文字没有编码，读出来的不是看到的字", "请用制作它的软件重新另存为 PDF（嵌入字体时带文字编码），或用 docx 或 xlsx")
		return s
	case n > maxLetters || len(p.Rules) > maxRules:
		s.gap(false, fmt.Sprintf("有 %d 个字、%d 条线，多得不像一页文件，没有读", n, len(p.Rules)), "请用制作它的软件重新另存为 PDF，或用 docx 或 xlsx")
		return s
	case p.Unmapped > 0:
		s.gap(true, fmt.Sprintf("有 %d 个字没有编码，可能读错", p.Unmapped), "请对照原文件核对这一页")
	}
	if p.Hidden > 0 {
		s.gap(true, fmt.Sprintf("有 %d 个字看不见，像是扫描件上程序认出来的字，可能认错", p.Hidden), "请对照原文件核对这一页，或用制作它的 docx 或 xlsx")
	}
	flat, upright := rulesOf(s.view, p.Rules)
	fs, ok := frames(flat, upright)
	if !ok {
		s.gap(false, "的线多得不像一页文件，没有读", "请用制作它的软件重新另存为 PDF，或用 docx 或 xlsx")
		return s
	}
	s.flat = alone(fs)
	for _, f := range fs {
		if t := partOf(s, f); t != nil {
			s.parts = append(s.parts, t)
		}
	}
	if len(s.parts) > maxTables {
		s.parts = nil
		s.gap(false, "的框多得不像一页文件，没有读", "请用制作它的软件重新另存为 PDF，或用 docx 或 xlsx")
		return s
	}
	s.fill(p)
	return s
}

// gap notes what was not read of a page.
func (s *sheet) gap(doubtful bool, what, remedy string) {
	s.gaps = append(s.gaps, paper.Gap{
		At:   paper.Place{Page: s.view.number},
		What: "第" + strconv.Itoa(s.view.number) + "页" + what, Remedy: remedy, Doubtful: doubtful,
	})
}

// alone are flat rules that touch no upright one.
func alone(fs []frame) []rule {
	var out []rule
	for _, f := range fs {
		if len(f.upright) == 0 {
			out = append(out, f.flat...)
		}
	}
	return out
}

// fill puts letters into the cells of the innermost table around them, and into lines outside of tables. Frames that turn out to
// be no tables give their letters back.
func (s *sheet) fill(p *pdfium.Page) {
	slices.SortStableFunc(s.parts, func(a, b *part) int { return cmp.Compare(a.area(), b.area()) })
	places := make([][]*cell, len(s.parts))
	for i, t := range s.parts {
		places[i] = t.places()
	}
	var rest []letter
	for _, g := range p.Glyphs {
		l := s.view.letterOf(g)
		x, y := l.middle()
		i := slices.IndexFunc(s.parts, func(t *part) bool { return t.holds(x, y) })
		if i < 0 {
			rest = append(rest, l)
			continue
		}
		t := s.parts[i]
		c := places[i][slot(t.ys, y)*(len(t.xs)-1)+slot(t.xs, x)]
		c.letters = append(c.letters, l)
	}
	kept := s.parts[:0]
	for _, t := range s.parts {
		if !t.drawing() {
			kept = append(kept, t)
			continue
		}
		for _, c := range t.cells {
			rest = append(rest, c.letters...)
		}
	}
	s.parts = kept
	slices.SortStableFunc(s.parts, func(a, b *part) int {
		return cmp.Or(cmp.Compare(a.box.Top, b.box.Top), cmp.Compare(a.box.Left, b.box.Left))
	})
	for _, t := range s.parts {
		for _, c := range t.cells {
			c.lines = linesOf(s.view, c.letters)
		}
	}
	s.lines = linesOf(s.view, rest)
	s.bare()
}

// drawing says that a frame is none of a table: a chart's grid, a box around a text.
func (t *part) drawing() bool {
	rows, cols := len(t.ys)-1, len(t.xs)-1
	texts := 0
	for _, c := range t.cells {
		if len(c.letters) > 0 {
			texts++
		}
	}
	switch {
	case texts == 0:
		return true
	case len(t.cells) < 2:
		return true
	case cols == 1:
		return rows < 3 || texts*2 < rows
	}
	return false
}
