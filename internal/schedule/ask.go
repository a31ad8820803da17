package schedule

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/pack"
)

// Answer is a number that was asked for.
type Answer struct {
	Address string // the words that name it and nothing else
	Title   string // 表3　部门支出总表 · 2010301 行政运行 · 基本支出
	Key     string // for machines: the same next year, "" of a figure that has no place, and beside the tables
	Words   string // beside the tables: the words that the number stands among
	Value   Value
}

// NoAnswer says in Chinese why there is no one number: none has the words, or several have (Candidates).
type NoAnswer struct {
	Words      string
	Candidates []Answer
}

func (e *NoAnswer) Error() string {
	out := e.Words
	for i, c := range e.Candidates[:min(len(e.Candidates), mostCandidates)] {
		out += [...]string{"：", "、"}[min(i, 1)] + c.Address
	}
	if n := len(e.Candidates); n > mostCandidates {
		out += fmt.Sprintf("……（共%d个）", n)
	}
	return out
}

// mostCandidates is how many numbers a message lists.
const mostCandidates = 12

func none(format string, args ...any) error { return &NoAnswer{Words: fmt.Sprintf(format, args...)} }

// Ask answers an address: the name of a figure of the pack (total) or its title (“三公”经费), or the words on the page, joined
// by dots, the outermost first: table, rows, heads (T3.2010301.基本支出). Words above may be left out. Without words of a row
// the total or the only row is meant, without those of a head the first column of sums. Rows and columns may be counted
// (T4.第6行.第2列). What names several numbers is answered with all of them.
func (d *Document) Ask(address string) (Answer, error) {
	if f := d.figureNamed(address); f != nil {
		return Answer{Address: f.Name, Title: f.Title, Value: d.SumValue(f.Query, d.Pack.TextFormat)}, nil
	}
	if x, ok := d.spotNamed(address); ok {
		return x, nil
	}
	id, rest, more := strings.Cut(strings.ReplaceAll(address, "．", "."), ".")
	s := d.tableNamed(id)
	if s == nil {
		return Answer{}, d.nothing(address, id, more)
	}
	var words []string
	if rest != "" {
		for _, w := range strings.Split(rest, ".") {
			words = append(words, plainWords(w))
		}
	}
	found := s.find(words)
	if len(found) == 0 && strings.Contains(rest, "/") { // 338002/信息化运维费
		found = s.find(strings.FieldsFunc(strings.Join(words, "."), func(r rune) bool { return r == '.' || r == '/' }))
	}
	switch len(found) {
	case 0:
		if s.Empty {
			return Answer{}, none("表%s是空表：没有这样的收支", s.Table.ID)
		}
		if list := d.everywhere(words); len(list) > 0 {
			return Answer{}, &NoAnswer{Words: fmt.Sprintf("表%s没有“%s”；有的是", s.Table.ID, rest), Candidates: list}
		}
		return Answer{}, s.notFound(words)
	case 1:
		return s.Answer(found[0]), nil
	}
	e := &NoAnswer{Words: fmt.Sprintf("表%s有%d个“%s”，写明是哪一个", s.Table.ID, len(found), rest)}
	if rest == "" {
		e.Words = fmt.Sprintf("表%s有%d个合计数，写明是哪一个", s.Table.ID, len(found))
	}
	for _, ref := range found {
		e.Candidates = append(e.Candidates, s.Answer(ref))
	}
	return Answer{}, e
}

// nothing says what there is instead of what is not there.
func (d *Document) nothing(address, id string, more bool) error {
	near, ok := diag.Closest(plainWords(address), d.figureWords())
	switch {
	case asPrinted.MatchString(plainWords(address)):
		return none("没有印作“%s”的数；只写数据目录，列出全部的数和写法", address)
	case ok && !more:
		return none("没有数字“%s”，是不是 %s；可以写数字名称，或 表号.行.列", address, near)
	case !more:
		example := ""
		if words := d.figureWords(); len(words) > 0 {
			example = "（例如 " + words[len(words)-1] + "）"
		}
		return none("没有数字“%s”；可以写数字名称%s，或 表号.行.列；只写数据目录，列出全部的数和写法", address, example)
	}
	if near, ok := diag.Closest(plainWords(address), d.spotAddresses()); ok {
		return none("没有数字“%s”，%s", address, diag.Meant(address, near))
	}
	var ids []string
	for _, t := range d.Tables() {
		ids = append(ids, t.ID)
	}
	return none("没有表“%s”，有的是 %s；只写数据目录，列出全部的数和写法", id, strings.Join(ids, "、"))
}

// Answer is the number at a place.
func (s *Schedule) Answer(ref Ref) Answer {
	return Answer{Address: s.Address(ref), Title: s.Title(ref), Key: s.Key(ref), Value: s.Value(ref)}
}

// figureNamed finds a figure of the pack, or a part of one, by its name or by its title.
func (d *Document) figureNamed(name string) *pack.Figure {
	if f := d.Pack.Figure(name); f != nil {
		return f
	}
	family, part, member := strings.Cut(name, ".")
	for _, n := range d.Pack.FigureNames {
		f := d.Pack.Figures[n]
		switch title := plainWords(f.Title); {
		case f.By == "" && title == plainWords(name):
			return f
		case member && f.By != "" && title == plainWords(family):
			return d.Pack.Figure(n + "." + part)
		}
	}
	return nil
}

// spotAddresses name the numbers of sentences, forms and charts.
func (d *Document) spotAddresses() (out []string) {
	for i := range d.places().list {
		out = append(out, d.spots.list[i].address)
	}
	return out
}

// figureWords are the names and titles of the pack's figures.
func (d *Document) figureWords() []string {
	out := slices.Clone(d.Pack.FigureNames)
	for _, name := range d.Pack.FigureNames {
		out = append(out, plainWords(d.Pack.Figures[name].Title))
	}
	return out
}

// tableNamed finds table 3 by 3, T3, t3 or 表3, or by its heading, with its number or without.
func (d *Document) tableNamed(id string) *Schedule {
	id = strings.TrimSpace(id)
	for _, prefix := range []string{"", "T", "t", "表"} {
		if s := d.Table(strings.TrimPrefix(id, prefix)); s != nil {
			return s
		}
	}
	var found []*Schedule
	for _, t := range d.Tables() {
		s := d.Table(t.ID)
		heading := s.Heading()
		_, name, _ := strings.Cut(heading, "\u3000")
		if w := plainWords(id); w != "" && (w == plainWords(heading) || w == plainWords(name)) {
			found = append(found, s)
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	return nil
}

// line is a row or a column that words may name.
type line struct {
	side, index int
	left        int // how many rungs the words leave out
}

// find are the numbers that words name. Where the words may be parted into those of rows and those of heads in several ways,
// as much as can be is of rows.
func (s *Schedule) find(words []string) []Ref {
	for n := len(words); n >= 0; n-- {
		columns := s.columnsNamed(words[n:])
		if len(columns) == 0 {
			continue
		}
		if refs := s.cross(s.rowsNamed(words[:n]), columns); len(refs) > 0 {
			return refs
		}
	}
	return nil
}

// cross are the numbers in rows and columns. Of several, one whose words leave nothing out is the one.
func (s *Schedule) cross(rows, columns []line) (out []Ref) {
	var whole []Ref
	for _, r := range rows {
		for _, c := range columns {
			row := &s.Sides[r.side].Rows[r.index]
			if c.side != r.side || row.NoSum || s.covered(r.side, row, c.index) {
				continue
			}
			ref := Ref{r.side, r.index, c.index}
			out = append(out, ref)
			if r.left+c.left == 0 {
				whole = append(whole, ref)
			}
		}
	}
	if len(whole) == 1 {
		return whole
	}
	return out
}

// rowsNamed are the rows that words name.
func (s *Schedule) rowsNamed(words []string) (out []line) {
	if len(words) == 1 && words[0] == "" { // T7..公务接待费
		words = nil
	}
	n, called := -1, false
	if len(words) == 1 {
		n = counted(words[0], "行")
	}
	for k := range s.Sides {
		x := &s.Sides[k]
		for i := range x.Rows {
			if place, _ := s.Place(Ref{k, i, x.Columns[0]}); n >= 0 && place == n {
				out = append(out, line{k, i, 0})
				continue
			}
			if len(words) == 0 {
				if s.meant(x, i) {
					out = append(out, line{k, i, 0})
				}
				continue
			}
			rungs := s.named().rungs[k][i]
			if len(rungs) == 0 || !rungs[len(rungs)-1].own {
				continue
			}
			if left, ok := matches(words, rungs); ok {
				out, called = append(out, line{k, i, left}), true
			}
		}
	}
	for i := range out {
		if n >= 0 && called { // a project may be called 第3行: which is meant nobody can tell
			out[i].left++
		}
	}
	return out
}

// meant reports whether a row is the one that is meant where none is named: the total, the only one, the last below a side.
func (s *Schedule) meant(x *Side, row int) bool {
	switch r := &x.Rows[row]; {
	case r.Kind == Total || len(x.Rows) == 1:
		return true
	case r.Kind == Foot:
		return row == len(x.Rows)-1
	}
	return false
}

// columnsNamed are the columns of numbers that words name, by name, by number among all columns, or by number among those of
// sums.
func (s *Schedule) columnsNamed(words []string) (out []line) {
	if len(words) == 1 && words[0] == "" {
		return nil
	}
	for k := range s.Sides {
		sums := 0
		for _, j := range s.Sides[k].Columns {
			l := &s.Leaves[j]
			if l.Field != "" {
				continue
			}
			if l.Sums() {
				sums++
			}
			switch left, ok := matches(words, s.named().columns[j]); {
			case len(words) == 0:
				if l.Sums() && sums == 1 {
					out = append(out, line{k, j, 0})
				}
			case ok:
				out = append(out, line{k, j, left})
			case len(words) == 1 && (counted(words[0], "列") == j || l.Sums() && words[0] == strconv.Itoa(sums)):
				out = append(out, line{k, j, 0})
			}
		}
	}
	return out
}

// counted reads 第6行 as 5, -1 for what is no such thing.
func counted(word, what string) int {
	number, isCount := strings.CutPrefix(word, "第")
	number, isOfThese := strings.CutSuffix(number, what)
	n, err := strconv.Atoi(number)
	if !isCount || !isOfThese || err != nil {
		return -1
	}
	return n - 1
}

// notFound says which word nothing is called by, and which was likely meant.
func (s *Schedule) notFound(words []string) error {
	for n := len(words) - 1; n >= 0; n-- {
		if rows := s.rowsNamed(words[:n]); len(rows) > 0 && (n > 0 || len(words) == 1 && s.headLike(words[0])) {
			return s.unknown("列", strings.Join(words[n:], "."), s.headWords())
		}
	}
	row := words
	for n := len(words) - 1; n > 0; n-- {
		if len(s.columnsNamed(words[n:])) > 0 {
			row = words[:n]
			break
		}
	}
	return s.unknown("行", strings.Join(row, "."), s.ownWords())
}

// headLike reports whether a word is rather a head's than a row's.
func (s *Schedule) headLike(word string) bool {
	_, head := diag.Closest(word, s.headWords())
	_, row := diag.Closest(word, s.ownWords())
	return head && !row
}

func (s *Schedule) unknown(what, word string, known []string) error {
	if near, ok := diag.Closest(word, known); ok {
		return none("表%s没有%s“%s”，%s", s.Table.ID, what, word, diag.Meant(word, near))
	}
	if what == "列" {
		return none("表%s没有列“%s”，有的是 %s", s.Table.ID, word, strings.Join(known, "、"))
	}
	return none("表%s没有“%s”这一行：没有这样的收支，或者表上不是这样写的；行写编码、单位代码、项目名称，或照表上印的行名写", s.Table.ID, word)
}

// headWords are the words of all heads of numbers, those above included.
func (s *Schedule) headWords() (out []string) {
	for j := range s.Leaves {
		if s.Leaves[j].Field != "" {
			continue
		}
		for _, h := range s.Heads(j) {
			if h = plainWords(h); !slices.Contains(out, h) {
				out = append(out, h)
			}
		}
	}
	return out
}

// ownWords are the words of all rows.
func (s *Schedule) ownWords() (out []string) {
	for k := range s.Sides {
		for i := range s.Sides[k].Rows {
			if rungs := s.named().rungs[k][i]; len(rungs) > 0 {
				out = append(out, rungs[len(rungs)-1].words...)
			}
		}
	}
	return out
}
