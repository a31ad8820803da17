package ruled

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"yusuan/internal/read/paper"
	"yusuan/internal/typeset/unit"
)

var (
	// heading begins a section: it is no title of the table below.
	heading = regexp.MustCompile(`^第[` + paper.Numerals + `]+(部分|章|节)|^[` + paper.Numerals + `]+、|^[（(][` + paper.Numerals + `]+[)）]|^目录$`)
	// partName begins the heading of a part.
	partName = regexp.MustCompile(`^第[` + paper.Numerals + `]+部分`)
	// partHead is the first line of a part's heading, whose name stands below it.
	partHead = regexp.MustCompile(`^第[` + paper.Numerals + `]+部分$`)
	// ofTable is a line that belongs to the table below whatever it looks like.
	ofTable = regexp.MustCompile(`单位[:：]|^公开|^附?表|^附件|续表|^编制|^部门|^预算(部门|单位)|^填报|^单位名称|^项目名称|^[（(]?\d{4}年?(度)?[)）]?$`)
	// numbered begins a paragraph of its own.
	numbered = regexp.MustCompile(`^第[` + paper.Numerals + `]+(部分|章|节)|^[` + paper.Numerals + `]+、|^[（(][` + paper.Numerals + `]+[)）]|^\d+[.、．]\D`)
	// note begins a note below a table.
	note = regexp.MustCompile(`^[（(【]?(注|备注|附注|说明|填表说明|填报说明)(\d+|[` + paper.Numerals + `])?[:：.、】)）]|^[*※]`)
	// listed is one of several notes.
	listed = regexp.MustCompile(`^[(（]?\d+[.、．)）]|^[①-⑳]`)
	// unitLine is of a table, and no title.
	unitLine = regexp.MustCompile(`单位[:：]|日期[:：]|^编制|^部门[:：名]|^预算(单位|部门)|^填报|^公开\d*[` + paper.Numerals + `]*表[:：]?$|^附?表[` + paper.Numerals + `\d]+[:：]?$|^[（(]?续表?\d*[)）]?$`)
	// continued is what later parts add to a title.
	continued = regexp.MustCompile(`[（(]?续表?(\d+|[` + paper.Numerals + `])?[)）]?$|^[（(]?续表?[)）]?`)
	// leader is a line of a contents page.
	leader = regexp.MustCompile(`[.．·…]{4,}\s*\S{0,6}$|\.{2,}\s*\d+$`)
)

// most lines above a table that belong to it.
const mostAbove = 8

// captions gives tables the lines above and below them that are theirs, and takes them out of the page's lines.
func (s *sheet) captions() {
	top := unit.Length(0)
	for i, t := range s.parts {
		if i > 0 {
			s.parts[i-1].takeBelow(t.box.Top)
		}
		t.takeAbove(top)
		top = max(top, t.box.Bottom)
	}
	if n := len(s.parts); n > 0 {
		s.parts[n-1].takeBelow(s.view.height)
	}
}

// takeBelow takes the notes right below a table, no lower than a place.
func (t *part) takeBelow(bottom unit.Length) {
	s := t.sheet
	from := 0
	for from < len(s.lines) && s.lines[from].turn == 0 && s.lines[from].base-s.lines[from].size*3/10 < t.box.Bottom-unit.Pt {
		from++
	}
	for from < len(s.lines) && t.overflow(s.lines[from]) {
		s.lines = slices.Delete(s.lines, from, from+1)
	}
	to := from
	for to < len(s.lines) && s.lines[to].turn == 0 && s.lines[to].base < bottom {
		l := s.lines[to]
		text := strings.TrimSpace(l.text())
		if to == from && (!note.MatchString(text) || l.box.Top-t.box.Bottom > 3*l.size) {
			break
		}
		if to > from {
			before := s.lines[to-1]
			ended := strings.HasSuffix(strings.TrimSpace(before.text()), "。")
			if l.base-before.base > 3*l.size || l.size*10 > before.size*11 || heading.MatchString(text) || ofTable.MatchString(text) || ended && !note.MatchString(text) && !listed.MatchString(text) {
				break
			}
		}
		to++
	}
	t.below = append(t.below, s.lines[from:to]...)
	s.lines = slices.Delete(s.lines, from, to)
}

// overflow gives a cell of the last row the letters that had no room in it: a few right below its column.
func (t *part) overflow(l *line) bool {
	if l.turn != 0 || len(l.letters) > 4 || l.box.Top-t.box.Bottom > l.size || l.box.Left < t.box.Left || l.box.Right > t.box.Right {
		return false
	}
	rows := len(t.ys) - 1
	for _, c := range t.cells {
		at := t.at(c)
		if c.row+c.rows < rows || len(c.lines) < 2 || l.box.Left < at.Left || l.box.Right > at.Right {
			continue
		}
		last := c.lines[len(c.lines)-1]
		if l.base-last.base <= 2*l.size && !enough(last.text()) && last.box.Right-last.box.Left+l.size > at.Right-at.Left-12*unit.Pt {
			c.lines = append(c.lines, l)
			return true
		}
	}
	return false
}

// takeAbove takes the title and its company, from right above the table upwards, no higher than a place.
func (t *part) takeAbove(top unit.Length) {
	s := t.sheet
	to := 0
	for to < len(s.lines) && s.lines[to].turn == 0 && s.lines[to].base-s.lines[to].size*3/10 < t.box.Top+2*unit.Pt {
		to++
	}
	from := to
	titles := 0
	for from > 0 && to-from < mostAbove {
		l := s.lines[from-1]
		if l.box.Top+l.size/2 < top {
			break
		}
		text := strings.TrimSpace(l.text())
		if !s.title(l, text) {
			break
		}
		if !ofTable.MatchString(text) {
			if titles++; titles > 4 {
				break
			}
		}
		from--
	}
	if from > 0 && partHead.MatchString(plain(s.lines[from-1].text())) { // 第二部分 stands on a line of its own: what follows is its name
		for size := s.lines[from-1].size; from < to && s.lines[from].size*20 >= size*19 && !ofTable.MatchString(s.lines[from].text()); {
			from++
		}
	}
	for _, l := range s.lines[from:to] {
		t.above = append(t.above, l.captions()...)
	}
	s.lines = slices.Delete(s.lines, from, to)
}

// captions parts what stands on one line over a table: 编制部门 on the left, 单位 on the right. A name stays with its word, and
// the letters of a title that is set wide stay together.
func (l *line) captions() []*line {
	var out []*line
	for _, piece := range l.split(200) {
		if n := len(out); n > 0 {
			before := out[n-1]
			gap := piece.box.Left - before.box.Right
			if strings.HasSuffix(before.text(), "：") && gap < 30*l.size || gap < 4*l.size && (len(piece.letters) <= 2 || len(before.letters) <= 2) {
				out[n-1] = newLine(append(slices.Clone(before.letters), piece.letters...))
				continue
			}
		}
		out = append(out, piece)
	}
	return out
}

// title says that a line above a table may belong to it.
func (s *sheet) title(l *line, text string) bool {
	if ofTable.MatchString(text) && utf8.RuneCountInString(text) < 80 && !strings.ContainsAny(text, "。；") {
		return true
	}
	if strings.ContainsAny(text, "。；！？;") || note.MatchString(text) || leader.MatchString(text) {
		return false
	}
	if last, _ := utf8.DecodeLastRuneInString(text); strings.ContainsRune("，、：:,", last) {
		return false
	}
	if heading.MatchString(text) {
		return !strings.HasPrefix(text, "第") && strings.HasSuffix(strings.TrimRight(text, "）)"), "表")
	}
	return utf8.RuneCountInString(text) < 90
}
