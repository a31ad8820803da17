package schedule

import (
	"slices"
	"strings"
)

// names are what the rows and columns of a table are called by people and by programs.
type names struct {
	rungs   [][][]rung          // by side and row
	columns [][]rung            // by column
	called  map[string][][2]int // the rows (side, row) that have a word of their own
	rowsAre map[[2]int][]string // addresses of rows that were asked for
}

// mostNamesakes is how many rows with one name are told apart by the words above them. Of more each is counted.
const mostNamesakes = 200

func (s *Schedule) named() *names {
	if s.names != nil {
		return s.names
	}
	n := &names{called: map[string][][2]int{}, rowsAre: map[[2]int][]string{}}
	s.names = n
	for j := range s.Leaves {
		n.columns = append(n.columns, s.columnRungs(j))
	}
	for k := range s.Sides {
		var rungs [][]rung
		for i := range s.Sides[k].Rows {
			r := s.rowRungs(k, i)
			rungs = append(rungs, r)
			if own := len(r) - 1; own >= 0 && r[own].own {
				for _, w := range r[own].words {
					n.called[w] = append(n.called[w], [2]int{k, i})
				}
			}
		}
		n.rungs = append(n.rungs, rungs)
	}
	return n
}

// Address is the words on the page that name a number and no other: as few as will do.
func (s *Schedule) Address(ref Ref) string {
	words := append([]string{"T" + s.Table.ID}, s.rowAddress(ref.Side, ref.Row)...)
	return strings.Join(append(words, s.columnAddress(ref, words[1:])...), ".")
}

// rowAddress are the words for a row. Where no words tell it from others, rows are counted.
func (s *Schedule) rowAddress(side, row int) []string {
	n, at := s.named(), [2]int{side, row}
	if words, known := n.rowsAre[at]; known {
		return words
	}
	n.rowsAre[at] = s.rowWords(n, at)
	return n.rowsAre[at]
}

func (s *Schedule) rowWords(n *names, at [2]int) []string {
	rungs := n.rungs[at[0]][at[1]]
	last := len(rungs) - 1
	if last < 0 || !rungs[last].own {
		return nil
	}
	own := rungs[last].words[0]
	var above []string
	for _, r := range rungs[:last] {
		above = append(above, r.words[0])
	}
	tries := [][]string{{own}}
	for k := last - 1; k >= 0; k-- {
		tries = append(tries, []string{above[k], own})
	}
	tries = append(tries, append(slices.Clone(above), own))
	if parent := s.Sides[at[0]].Rows[at[1]].Parent; parent >= 0 {
		tries = append(tries, append(slices.Clone(s.rowAddress(at[0], parent)), own))
	}
	for _, w := range rungs[last].words[1:] {
		tries = append(tries, []string{w})
	}
	for _, words := range tries {
		if list := n.called[words[len(words)-1]]; len(list) <= mostNamesakes && n.onlyRow(list, words) {
			return words
		}
	}
	place, _ := s.Place(Ref{at[0], at[1], s.Sides[at[0]].Columns[0]})
	return []string{nth(place, "行")}
}

// onlyRow reports whether words name one of some rows alone, or leave nothing out for one alone.
func (n *names) onlyRow(list [][2]int, words []string) bool {
	if len(words) == 1 && counted(words[0], "行") >= 0 {
		return false // so rows are counted
	}
	found := 0
	for _, at := range list {
		if _, ok := matches(words, n.rungs[at[0]][at[1]]); ok {
			found++
		}
	}
	return found == 1
}

// columnAddress are the words for the column of a number, beside those for its row.
func (s *Schedule) columnAddress(ref Ref, row []string) []string {
	n := s.named()
	rungs := n.columns[ref.Column]
	last := len(rungs) - 1
	var whole []string
	for _, r := range rungs {
		whole = append(whole, r.words[:min(1, len(r.words))]...)
	}
	if len(whole) == len(rungs) && len(whole) > 0 {
		for _, words := range [][]string{whole[last:], whole[max(last-1, 0):], whole} {
			if s.onlyColumn(n, ref, words) && !n.aRow(row, words) {
				return words
			}
		}
	}
	return []string{nth(ref.Column, "列")}
}

// onlyColumn reports whether words name one column of numbers of a side alone.
func (s *Schedule) onlyColumn(n *names, ref Ref, words []string) bool {
	found := 0
	for _, j := range s.Sides[ref.Side].Columns {
		if _, ok := matches(words, n.columns[j]); ok && s.Leaves[j].Field == "" {
			found++
		}
	}
	return found == 1
}

// aRow reports whether the words for a row and for a column could all, or but for the last, be those for a row.
func (n *names) aRow(row, column []string) bool {
	for m := 1; m <= len(column); m++ {
		words := append(slices.Clone(row), column[:m]...)
		for _, at := range n.called[column[m-1]] {
			if _, ok := matches(words, n.rungs[at[0]][at[1]]); ok {
				return true
			}
		}
	}
	return false
}

// Title is what messages call a number: table, row and heads, as they are printed.
func (s *Schedule) Title(ref Ref) string {
	return strings.Join(append(s.RowTitle(ref.Side, ref.Row), s.Heads(ref.Column)...), betweenTitles)
}

// betweenTitles stands between the parts of a title.
const betweenTitles = " · "

// RowTitle is what Title says of a row: its table, the rows above it where they are needed, and itself.
func (s *Schedule) RowTitle(side, row int) []string {
	out := []string{s.Heading()}
	if words := s.rowAddress(side, row); len(words) > 1 {
		out = append(out, words[:len(words)-1]...)
	}
	if name := s.Sides[side].Rows[row].Name(); name != "" {
		out = append(out, name)
	}
	return out
}

// Heading is the heading of the table as it is printed.
func (s *Schedule) Heading() string { return s.of.words.Text(s.Table.Heading, nil).String }

// Name is what a row is called on the page: its code and its name, its label, or the name of the total.
func (r *Row) Name() string {
	out := r.ownNames()
	if code := r.Text("code").String; code != "" {
		out = slices.Insert(out, 0, code)
	}
	return strings.Join(out, " ")
}
