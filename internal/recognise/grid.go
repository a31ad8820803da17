package recognise

import (
	"strconv"
	"strings"

	"yusuan/internal/read/paper"
)

// What a table is cut into: its head and its body, its columns as the head has them.

// Of tables that no office makes only so much is looked at.
const (
	mostColumns = 200
	mostHeads   = 8       // rows of a head
	mostSample  = 400     // rows that scores look at
	mostCovered = 1 << 21 // of a table of more only the first rows are covered
)

// sheet is a table of the paper as it is compared with patterns.
type sheet struct {
	block int
	paper *paper.Table
	title title
	cover [][]*paper.Cell // the cell in every place, nil where there is none; of a vast table in its first rows
	above []text          // what may be its title
	lines []titleLine     // of above
	bare  [][]string      // the texts of the cells of each row, bare
	cuts  map[int]*cut    // by rows of head, made when first asked for
	names []string        // of departments
	// free is how many of the first rows may be its head: before the first with an amount or a code.
	free int
}

// cut is a table with so many rows of head.
type cut struct {
	heads int
	slots []slot
	// straddled says that a cell begins in the head and ends in the body.
	straddled bool
}

// slot is a column of the paper as the lowest row of the head has it.
type slot struct {
	first, last int // columns of the paper
	head, path  text
	shown       string // its heads as printed
	at          paper.Place
	// What stands in it.
	amounts, codes, words, filled int
	plain                         int    // digits that may be a code or an amount
	digits                        [8]int // how many codes have so many digits
}

// kind is what a slot mostly holds.
func (s *slot) mostly() string {
	switch {
	case s.filled == 0:
		return ""
	case s.words*2 > s.filled:
		return "words"
	case s.codes*2 > s.filled:
		return "codes"
	case (s.codes+s.plain)*2 > s.filled:
		return "digits"
	}
	return "amounts"
}

func newSheet(block int, t *paper.Table, before []paper.Paragraph, names []string) *sheet {
	x := &sheet{block: block, paper: t, cuts: map[int]*cut{}, names: names}
	lines := t.Above
	if len(lines) == 0 {
		lines = before
	}
	x.title = titleOf(lines)
	for _, c := range x.title.candidates() {
		x.lines = append(x.lines, c)
		x.above = append(x.above, textOf(neutral(bare(c.text), names)))
	}
	columns := min(t.Columns, mostColumns)
	covered := len(t.Rows)
	if covered*columns > mostCovered {
		covered = min(covered, 2*mostHeads+mostSample)
	}
	x.cover = make([][]*paper.Cell, covered)
	for i := range x.cover {
		x.cover[i] = make([]*paper.Cell, columns)
	}
	for i := range covered {
		for k := range t.Rows[i].Cells {
			c := &t.Rows[i].Cells[k]
			for di := range min(max(c.Rows, 1), covered-i) {
				for dj := range min(max(c.Columns, 1), columns) {
					if j := c.Column + dj; j >= 0 && j < columns {
						x.cover[i+di][j] = c
					}
				}
			}
		}
	}
	x.bare = make([][]string, len(t.Rows))
	for i := range t.Rows {
		for k := range t.Rows[i].Cells {
			x.bare[i] = append(x.bare[i], bare(t.Rows[i].Cells[k].Text))
		}
	}
	x.free = x.headRows()
	return x
}

// headRows is how many of the first rows may be a head.
func (x *sheet) headRows() int {
	for i := range min(len(x.cover), mostHeads) {
		if i < x.paper.Repeated {
			continue
		}
		for k := range x.paper.Rows[i].Cells {
			b := bare(x.paper.Rows[i].Cells[k].Text)
			if code, _ := leadingCode(b); code != "" || b != "" && b != "-" && amountLike(b) && !counts(x.paper.Rows[i]) {
				return i
			}
		}
	}
	return min(len(x.cover), mostHeads)
}

// counts reports whether a row numbers the columns: 1, 2, 3 or 栏次 1 2 3.
func counts(r paper.Row) bool {
	want := 0
	for i := range r.Cells {
		b := bare(r.Cells[i].Text)
		if b == "" || b == "栏次" || b == "**" {
			continue
		}
		if want == 0 && leadingNumber(b) != "1" {
			if b == "甲" || b == "乙" || len(b) == 1 && b[0] >= 'a' && b[0] <= 'z' {
				continue
			}
			return false
		}
		want++
		if n := numberKey(leadingNumber(b)); n != strconv.Itoa(want) {
			return false
		}
	}
	return want > 1
}

// leadingNumber is the number of a column before what says what it is made of: 3=1+2.
func leadingNumber(b string) string {
	n, _, _ := strings.Cut(b, "=")
	return n
}

// leadingCode is the code of a classification that a bare text is or begins with, and what is behind it: 201一般公共服务支出.
func leadingCode(b string) (code, rest string) {
	n := 0
	for n < len(b) && isDigit(rune(b[n])) {
		n++
	}
	if n != 3 && n != 5 && n != 7 || b[0] != '2' && b[0] != '3' && b[0] != '5' {
		return "", b
	}
	if rest = b[n:]; rest != "" && (strings.ContainsAny(rest[:1], ".,-%)") || startsWithAny(rest, "年", "元", "万")) {
		return "", b
	}
	return b[:n], rest
}

func startsWithAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// cutAt is the table with a head of so many rows.
func (x *sheet) cutAt(heads int) *cut {
	if c := x.cuts[heads]; c != nil {
		return c
	}
	c := &cut{heads: heads}
	x.cuts[heads] = c
	if heads > 0 && heads < len(x.cover) {
		for j := range x.cover[heads] {
			if y := x.cover[heads][j]; y != nil && y == x.cover[heads-1][j] && bare(y.Text) != "" {
				c.straddled = true
			}
		}
	}
	if len(x.cover) == 0 {
		return c
	}
	columns := len(x.cover[0])
	for j := 0; j < columns; {
		last := j
		if heads > 0 {
			for y := x.cover[heads-1][j]; last+1 < columns && y != nil && x.cover[heads-1][last+1] == y; {
				last++
			}
		}
		for _, from := range x.split(j, last, heads) {
			s := slot{first: from[0], last: from[1]}
			x.headOf(&s, heads)
			x.fill(&s, heads)
			if n := len(c.slots); n > 0 && s.path.n == 0 && s.mostly() == "words" && c.slots[n-1].mostly() == "words" {
				s.head, s.path, s.shown = c.slots[n-1].head, c.slots[n-1].path, c.slots[n-1].shown // one head over both, ruled through
			}
			c.slots = append(c.slots, s)
		}
		j = last + 1
	}
	return c
}

// split parts the columns below one head where rows have words in each of them: a group and its rows. Parts of a code stay together.
func (x *sheet) split(first, last, heads int) (out [][2]int) {
	from := first
	for j := first + 1; j <= last; j++ {
		words := 0
		for i := heads; i < min(len(x.cover), heads+mostSample); i++ {
			y, left := x.cover[i][j], x.cover[i][j-1]
			if y != nil && y.Column == j && left != nil && left != y && wordy(y.Text) && (wordy(left.Text) || left.Column < from) {
				words++
			}
		}
		if words > 1 {
			out, from = append(out, [2]int{from, j - 1}), j
		}
	}
	return append(out, [2]int{from, last})
}

// wordy reports whether a text is neither nothing nor a number.
func wordy(s string) bool {
	b := bare(s)
	return b != "" && !digitsOnly(b) && !amountLike(b)
}

// headOf reads the heads over a slot.
func (x *sheet) headOf(s *slot, heads int) {
	var own, path string
	for i := range heads {
		y := x.cover[i][s.first]
		if y == nil || i > 0 && x.cover[i-1][s.first] == y {
			continue
		}
		b := bare(y.Text)
		if b == "" || counts(x.paper.Rows[i]) {
			continue
		}
		if i == 0 || own == "" || !strings.HasSuffix(path, b) {
			path += b
			s.shown += tidy(y.Text)
		}
		own, s.at = b, y.At
	}
	s.head, s.path = textOf(withoutUnit(own)), textOf(withoutUnit(path))
}

// withoutUnit is a bare head without the unit of what stands below: 金额(万元).
func withoutUnit(b string) string {
	for _, u := range []string{"(万元)", "(元)", "(亿元)", "(单位:万元)", "(单位:元)"} {
		b = strings.ReplaceAll(b, u, "")
	}
	return b
}

// fill counts what stands in a slot below the head.
func (x *sheet) fill(s *slot, heads int) {
	for i := heads; i < min(len(x.cover), heads+mostSample); i++ {
		for j := s.first; j <= s.last; j++ {
			y := x.cover[i][j]
			if y == nil || y.Column != j || i > 0 && x.cover[i-1][j] == y {
				continue
			}
			b := bare(y.Text)
			if b == "" {
				continue
			}
			s.filled++
			switch {
			case digitsOnly(b):
				if len(b) < len(s.digits) {
					s.digits[len(b)]++
				}
				if code, _ := leadingCode(b); code != "" || len(b) == 2 && b[0] == '0' {
					s.codes++
				} else {
					s.plain++
				}
			case amountLike(b):
				s.amounts++
			default:
				s.words++
			}
		}
	}
}
