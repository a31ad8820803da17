package recognise

import (
	"slices"
	"strings"

	"yusuan/internal/pack"
	"yusuan/internal/read/paper"
)

// The rows of a body in the columns of the pack.

// columnsOf writes the columns that were found into a table.
func (x *sheet) columnsOf(t *Table, p *pattern, f fitting) {
	c := x.cutAt(f.heads)
	t.Heads = f.heads
	for t.Heads < len(x.cover) && counts(x.paper.Rows[t.Heads]) {
		t.Heads++
	}
	taken := map[int]bool{}
	for _, j := range f.slots {
		if j < 0 {
			t.Columns = append(t.Columns, -1)
			continue
		}
		taken[j] = true
		t.Columns = append(t.Columns, c.slots[j].first)
	}
	x.otherHeads(t, p, c, f)
	x.codesInOne(t, p, c, taken)
	for j := range c.slots {
		if s := &c.slots[j]; !taken[j] && (s.filled > 0 || s.shown != "") {
			t.Extra = append(t.Extra, Extra{Column: s.first, Head: s.shown, At: s.at, Filled: s.filled > 0})
		}
	}
}

// alikeHeads is how alike heads are of which nothing need be said.
const alikeHeads = 650

// otherHeads tells of columns that are taken for one of the pack's though their heads say something else.
func (x *sheet) otherHeads(t *Table, p *pattern, c *cut, f fitting) {
	leaves := pack.Leaves(p.spec.Columns)
	for i, j := range f.slots {
		if j < 0 || c.heads == 0 {
			continue
		}
		s := &c.slots[j]
		other := strings.Contains(s.path.s, "执行") && !strings.Contains(p.leaves[i].paths[0].s, "执行")
		if likest(s.head, p.leaves[i].heads) < alikeHeads && likest(s.path, p.leaves[i].paths) < alikeHeads || other {
			t.Doubts = append(t.Doubts, Doubt{At: s.at, What: "“" + s.shown + "”一列，按模板的“" + tidy(actions.ReplaceAllString(leaves[i].Head.Written(), "")) + "”列读"})
		}
	}
}

// bodyOf writes the rows of a body into a table: each in the pack's columns.
func (x *sheet) bodyOf(t *Table, p *pattern) {
	r := &rowReader{x: x, t: t, p: p, first: slices.Clone(t.Columns)}
	slices.Sort(r.first)
	r.first = slices.DeleteFunc(slices.Compact(r.first), func(j int) bool { return j < 0 })
	for _, e := range t.Extra {
		r.extra = append(r.extra, e.Column)
	}
	for i := t.Heads; i < len(x.paper.Rows); i++ {
		if x.blankRow(i) || x.headAgain(i, t.Heads) {
			continue
		}
		t.Rows = append(t.Rows, r.row(i))
	}
}

// blankRow reports whether a row prints nothing of its own.
func (x *sheet) blankRow(i int) bool {
	return !slices.ContainsFunc(x.bare[i], func(b string) bool { return b != "" })
}

// headAgain reports whether a row prints what a row of the head does.
func (x *sheet) headAgain(i, heads int) bool {
	for h := range heads {
		same, some := len(x.paper.Rows[i].Cells) == len(x.paper.Rows[h].Cells), false
		for k := range x.paper.Rows[i].Cells {
			if same = same && bare(x.paper.Rows[i].Cells[k].Text) == bare(x.paper.Rows[h].Cells[k].Text); !same {
				break
			}
			some = some || bare(x.paper.Rows[i].Cells[k].Text) != ""
		}
		if same && some {
			return true
		}
	}
	return false
}

// rowReader puts rows into the columns of a pattern.
type rowReader struct {
	x     *sheet
	t     *Table
	p     *pattern
	first []int // of the paper's columns that are the pack's, where each begins, ascending
	extra []int // those that are not
	codes []int // those in which parts of codes begin
	class string
	group string
}

// columnAt is the column of the pack, by where it begins, that a cell stands in; -1 for one that stands in none.
func (r *rowReader) columnAt(c *paper.Cell) int {
	last := -1
	for _, j := range r.first {
		if j <= c.Column {
			last = j
		}
	}
	for _, e := range r.extra {
		if e <= c.Column && e > last {
			last = -1
		}
	}
	if last < 0 { // what covers a column from before its beginning
		for _, j := range r.first {
			if c.Column < j && j < c.Column+c.Columns {
				return j
			}
		}
	}
	return last
}

// row is a row of the paper in the columns of the pack. What covers several columns stands in its first.
func (r *rowReader) row(i int) Row {
	paperRow := &r.x.paper.Rows[i]
	out := Row{Table: r.x.paper, Index: i, Cells: make([]Cell, len(r.p.leaves))}
	byColumn := map[int][]*paper.Cell{}
	for k := range paperRow.Cells {
		c := &paperRow.Cells[k]
		if bare(c.Text) == "" {
			continue
		}
		if j := r.columnAt(c); j >= 0 {
			byColumn[j] = append(byColumn[j], c)
		} else if !slices.Contains(r.extra, c.Column) {
			r.doubt(c.At, "“"+tidy(c.Text)+"”不在模板的哪一列里")
		}
	}
	r.downwards(i, byColumn)
	for leaf, j := range r.t.Columns {
		if j < 0 {
			continue
		}
		list := byColumn[j]
		if codeField(r.p.leaves[leaf].field) || r.p.leaves[leaf].field == "name" && r.sharesColumn(leaf) {
			continue
		}
		out.Cells[leaf] = r.joined(list, r.p.leaves[leaf].field == "")
		if len(list) == 0 {
			out.Cells[leaf].At, out.Cells[leaf].Source = r.emptyAt(paperRow, j)
		}
	}
	r.code(out.Cells, byColumn)
	r.totalName(out.Cells)
	return out
}

// emptyAt is the cell of nothing in a column.
func (r *rowReader) emptyAt(row *paper.Row, j int) (paper.Place, *paper.Cell) {
	if c, ok := row.At(j); ok && bare(c.Text) == "" {
		return c.At, c
	}
	return paper.Place{}, nil
}

// joined is what several cells of one column say: the parts of a word, one behind the other. Two amounts are none.
func (r *rowReader) joined(list []*paper.Cell, amount bool) Cell {
	if len(list) == 0 {
		return Cell{}
	}
	out := Cell{Text: tidy(list[0].Text), At: list[0].At, Source: list[0]}
	for _, c := range list[1:] {
		if amount {
			out.Text += " " + tidy(c.Text)
			r.doubt(c.At, "一列里并排着几格："+out.Text)
		} else {
			out.Text += tidy(c.Text)
		}
		if out.At.Page == c.At.Page {
			out.At.Box = out.At.Box.Union(c.At.Box)
		}
	}
	return out
}

// downwards gives a row the words of a cell that covers it from above, in columns of groups and units.
func (r *rowReader) downwards(i int, byColumn map[int][]*paper.Cell) {
	for leaf, j := range r.t.Columns {
		field := r.p.leaves[leaf].field
		if j < 0 || i >= len(r.x.cover) || field != "group" && field != "unit" || len(byColumn[j]) > 0 {
			continue
		}
		if c := r.x.cover[i][j]; c != nil && c.Rows > 1 && bare(c.Text) != "" {
			byColumn[j] = append(byColumn[j], c)
		}
	}
}

// sharesColumn reports whether a name stands in the column of its code.
func (r *rowReader) sharesColumn(leaf int) bool {
	for i, j := range r.t.Columns {
		if i != leaf && j == r.t.Columns[leaf] && codeField(r.p.leaves[i].field) {
			return true
		}
	}
	return false
}

// totalName moves the word for the total from the column of codes, over which it may be set as well, to that of names.
func (r *rowReader) totalName(cells []Cell) {
	name := slices.IndexFunc(r.p.leaves, func(l leaf) bool { return l.field == "name" })
	if name < 0 || cells[name].Text != "" {
		return
	}
	for leaf := range r.p.leaves {
		if c := &cells[leaf]; codeField(r.p.leaves[leaf].field) && c.Text != "" && !strings.ContainsAny(c.Text, "0123456789") {
			cells[name], *c = *c, Cell{At: c.At}
			return
		}
	}
}

func (r *rowReader) doubt(at paper.Place, what string) {
	r.t.Doubts = append(r.t.Doubts, Doubt{At: at, What: what})
}

// raw are the rows of a table as the paper has them, those that print nothing left out.
func (x *sheet) raw() (out []Row) {
	for i := range x.paper.Rows {
		if x.blankRow(i) {
			continue
		}
		r := Row{Table: x.paper, Index: i}
		for k := range x.paper.Rows[i].Cells {
			c := &x.paper.Rows[i].Cells[k]
			r.Cells = append(r.Cells, Cell{Text: tidy(c.Text), At: c.At, Source: c})
		}
		out = append(out, r)
	}
	return out
}

// mostPlaces are the most decimals of the amounts of rows, -1 without amounts.
func mostPlaces(rows []Row, leaves []leaf) int {
	most := -1
	for i := range rows {
		for k := range rows[i].Cells {
			if k < len(leaves) && leaves[k].field != "" {
				continue
			}
			if b := bare(rows[i].Cells[k].Text); b != "" && b != "-" && amountLike(b) && !strings.HasSuffix(b, "%") {
				most = max(most, places(b))
			}
		}
	}
	return most
}
