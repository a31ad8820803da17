package ruled

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"yusuan/internal/read/paper"
	"yusuan/internal/typeset/unit"
)

// Tables without upright rules: their columns are the gaps that all of their lines leave free. A guess, and told as one.

// amount is a number as tables print amounts.
var amount = regexp.MustCompile(`^[-−–]?(\d{1,3}([,，]\d{3})+|\d+)(\.\d+)%?$|^[-−–]?\d{1,3}([,，]\d{3})+$|^0$|^[-—]+$`)

const (
	longRule   = 100 * unit.Pt // flat rules that bound a table are as long at least
	wordGap    = 80            // hundredths of an em that part the texts of two columns
	maxBands   = 1000          // long rules of a page, between which tables without upright ones are looked for
	fewestRows = 3             // of amounts that make a table where no rule does
)

// bare finds the tables among the lines outside of frames.
func (s *sheet) bare() {
	for _, b := range s.bands() {
		s.takeBare(b)
	}
	s.takeUnruled()
}

// band is a stretch of a page between two flat rules.
type band struct {
	top, bottom, left, right unit.Length
	inner                    []unit.Length // rules inside, from edge to edge
}

// bands are stretches of the page between long flat rules of the same ends, with lines of several texts between each two.
func (s *sheet) bands() []band {
	var long []rule
	for _, r := range s.flat {
		if r.to-r.from >= longRule {
			long = append(long, r)
		}
	}
	if len(long) > maxBands {
		return nil
	}
	var out []band
	for i := 0; i < len(long); {
		b := band{top: long[i].at, bottom: long[i].at, left: long[i].from, right: long[i].to}
		j := i + 1
		for j < len(long) && close(long[j].from, b.left) && close(long[j].to, b.right) && s.tabular(b.bottom, long[j].at, b) {
			b.inner = append(b.inner, long[j].at)
			b.bottom = long[j].at
			j++
		}
		if n := len(b.inner); n > 0 {
			b.inner = b.inner[:n-1]
			out = append(out, b)
		}
		i = j
	}
	return out
}

// close says that two places are the same but for what makers of PDF round.
func close(a, b unit.Length) bool { d := a - b; return max(d, -d) <= 4*unit.Pt }

// within are the indexes of lines whose middle lies between two heights.
func (s *sheet) within(top, bottom unit.Length) (from, to int) {
	mid := func(l *line) unit.Length { return l.base - l.size*3/10 }
	for from < len(s.lines) && (s.lines[from].turn != 0 || mid(s.lines[from]) < top) {
		from++
	}
	for to = from; to < len(s.lines) && s.lines[to].turn == 0 && mid(s.lines[to]) < bottom; to++ {
	}
	return from, to
}

// tabular says that most lines between two heights are several texts beside each other.
func (s *sheet) tabular(top, bottom unit.Length, b band) bool {
	from, to := s.within(top, bottom)
	several := 0
	for _, l := range s.lines[from:to] {
		text := strings.TrimSpace(l.text())
		if unitLine.MatchString(text) || leader.MatchString(text) || l.box.Left < b.left-10*unit.Pt || l.box.Right > b.right+10*unit.Pt {
			return false
		}
		if len(l.gaps(wordGap)) > 0 {
			several++
		}
	}
	return several*2 >= to-from && several > 0
}

// takeUnruled finds tables with no rules at all: amounts beneath each other on lines of several texts.
func (s *sheet) takeUnruled() {
	for i := 0; i < len(s.lines); i++ {
		last, rows := i, 0
		for k := i; k < len(s.lines) && k-last < 5 && s.lines[k].turn == 0; k++ {
			if s.amounts(s.lines[k]) {
				last, rows = k, rows+1
			} else if rows == 0 {
				break
			}
		}
		if rows < fewestRows || !beneath(s.lines[i:last+1]) {
			continue
		}
		from := i
		for from > 0 && s.head(s.lines[from-1], s.lines[from]) {
			from--
		}
		b := band{left: s.view.width}
		for _, l := range s.lines[from : last+1] {
			b.left, b.right = min(b.left, l.box.Left), max(b.right, l.box.Right)
		}
		b.top, b.bottom = s.lines[from].base-s.lines[from].size*6/10, s.lines[last].base
		if s.takeBare(b) {
			i = max(from-1, 0) // its lines are gone
		} else {
			i = last
		}
	}
}

// leftOver tells of lines of several amounts that stand in no table: nobody holds them against anything.
func (s *sheet) leftOver() {
	n := 0
	for _, l := range s.lines {
		amounts := 0
		for _, w := range l.split(wordGap) {
			if amount.MatchString(w.text()) {
				amounts++
			}
		}
		if amounts > 1 {
			n++
		}
	}
	if n > 1 {
		s.gap(true, fmt.Sprintf("有 %d 行像是表里的数，没有读成表", n), "请对照原文件核对这一页；表没有画线的，加上边框再另存，或用 docx 或 xlsx")
	}
}

// beneath says that enough amounts end beneath each other; the values beside the bars of a chart do not.
func beneath(lines []*line) bool {
	ends := map[unit.Length]int{}
	for _, l := range lines {
		for _, w := range l.split(wordGap) {
			if amount.MatchString(w.text()) {
				at := w.box.Right / (3 * unit.Pt)
				ends[at]++
				if ends[at]+ends[at-1] >= fewestRows || ends[at]+ends[at+1] >= fewestRows {
					return true
				}
			}
		}
	}
	return false
}

// head says that a line is of the head of the columns right below it.
func (s *sheet) head(l, below *line) bool {
	text := strings.TrimSpace(l.text())
	return l.turn == 0 && len(l.gaps(wordGap)) > 0 && below.base-l.base < 4*l.size && !ofTable.MatchString(text) && !unitLine.MatchString(text) && !leader.MatchString(text)
}

// amounts says that a line is a text and amounts beside it.
func (s *sheet) amounts(l *line) bool {
	if s.margin(l) || leader.MatchString(l.text()) {
		return false
	}
	words := l.split(wordGap)
	n := 0
	for _, w := range words {
		if amount.MatchString(w.text()) {
			n++
		}
	}
	return len(words) >= 2 && n >= 1
}

// takeBare makes a part of the lines of a band, and takes them out of the page's lines.
func (s *sheet) takeBare(b band) bool {
	from, to := s.within(b.top, b.bottom)
	lines := s.lines[from:to]
	var words [][]*line
	for _, l := range lines {
		words = append(words, l.split(wordGap))
	}
	columns := columnsOf(words)
	if len(columns) < 2 {
		return false
	}
	p := &part{sheet: s, guessed: true, box: paper.Box{Left: b.left, Top: b.top, Right: b.right, Bottom: b.bottom}}
	p.xs = append(p.xs, min(b.left, columns[0].from))
	for i := 1; i < len(columns); i++ {
		p.xs = append(p.xs, (columns[i-1].to+columns[i].from)/2)
	}
	p.xs = append(p.xs, max(b.right, columns[len(columns)-1].to))
	p.ys = append(p.ys, b.top)
	rows := s.bareRows(lines, words, b)
	if len(rows) < 2 {
		return false
	}
	for i, row := range rows {
		if i > 0 {
			p.ys = append(p.ys, row[0].base-row[0].size)
		}
		p.fillRow(i, row, columns)
	}
	p.ys = append(p.ys, b.bottom)
	s.lines = slices.Delete(s.lines, from, to)
	s.parts = append(s.parts, p)
	byTop(s.parts, func(p *part) paper.Box { return p.box })
	return true
}

// bareRows are the words of each row: those of a line; or of all lines between two rules, where only one of them has several.
func (s *sheet) bareRows(lines []*line, words [][]*line, b band) [][]*line {
	var out [][]*line
	for i := 0; i < len(lines); {
		j := i + 1
		for j < len(lines) && !slices.ContainsFunc(b.inner, func(y unit.Length) bool {
			return y > lines[j-1].base-lines[j-1].size*3/10 && y <= lines[j].base-lines[j].size*3/10
		}) {
			j++
		}
		several := 0
		for _, w := range words[i:j] {
			if len(w) > 1 {
				several++
			}
		}
		if several == 1 && j-i <= 4 {
			out = append(out, slices.Concat(words[i:j]...))
		} else {
			out = append(out, words[i:j]...)
		}
		i = j
	}
	return out
}

// columnsOf are where words stand beneath each other. Rows of amounts say it; other lines add what stands beside all of them.
func columnsOf(rows [][]*line) []rule {
	var body, other []rule
	for _, words := range rows {
		amounts := slices.ContainsFunc(words, func(w *line) bool { return amount.MatchString(w.text()) })
		for _, w := range words {
			r := rule{from: w.box.Left, to: w.box.Right}
			if amounts {
				body = append(body, r)
			} else if len(words) > 1 {
				other = append(other, r)
			}
		}
	}
	columns := projected(body)
	if len(columns) == 0 {
		return projected(other)
	}
	for _, o := range projected(other) {
		if !slices.ContainsFunc(columns, func(c rule) bool { return o.from < c.to && c.from < o.to }) {
			columns = append(columns, o)
		}
	}
	return projected(columns)
}

// projected joins stretches that overlap, from the left.
func projected(in []rule) []rule {
	in = slices.Clone(in)
	slices.SortFunc(in, func(a, b rule) int { return int(a.from - b.from) })
	var out []rule
	for _, r := range in {
		if n := len(out); n > 0 && r.from < out[n-1].to+3*unit.Pt/2 {
			out[n-1].to = max(out[n-1].to, r.to)
		} else {
			out = append(out, r)
		}
	}
	return out
}

// fillRow puts the words of a row into its cells; what stands above several columns covers them.
func (p *part) fillRow(row int, words []*line, columns []rule) {
	taken := make([]*cell, len(columns))
	for _, w := range words {
		first, last := over(columns, w.box)
		for k := first; k <= last; k++ {
			if c := taken[k]; c != nil {
				first, last = c.col, c.col+c.cols-1
				break
			}
		}
		c := taken[first]
		if c == nil {
			c = &cell{row: row, col: first, rows: 1, cols: last - first + 1}
			for k := first; k <= last; k++ {
				taken[k] = c
			}
		}
		c.lines = append(c.lines, w)
	}
	for k := 0; k < len(columns); k++ {
		c := taken[k]
		if c == nil {
			c = &cell{row: row, col: k, rows: 1, cols: 1}
		}
		p.cells = append(p.cells, c)
		k = c.col + c.cols - 1
	}
}

// over are the columns that a text stands over: the one that it shares most with, and all that it covers more than half of.
func over(columns []rule, b paper.Box) (first, last int) {
	best, most := 0, unit.Length(-1<<40)
	first, last = len(columns), -1
	for k, c := range columns {
		o := min(c.to, b.Right) - max(c.from, b.Left)
		if o > most {
			best, most = k, o
		}
		if o*2 > c.to-c.from {
			first, last = min(first, k), max(last, k)
		}
	}
	if last < 0 {
		return best, best
	}
	return min(first, best), max(last, best)
}
