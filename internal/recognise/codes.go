package recognise

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/read/paper"
)

// Codes: in one column or one each for 类, 款 and 项, alone or before their names.

// codesInOne gives the columns for parts of a code, or for a code and its name, that the paper prints in one column that column;
// and takes what stands right of a code's column and is none of the pack's as the rest of it.
func (x *sheet) codesInOne(t *Table, p *pattern, c *cut, taken map[int]bool) {
	at := -1
	for i := range p.leaves {
		if codeField(p.leaves[i].field) && t.Columns[i] >= 0 {
			at = t.Columns[i]
			break
		}
	}
	name := slices.IndexFunc(p.leaves, func(l leaf) bool { return l.field == "name" })
	if at < 0 && name >= 0 && t.Columns[name] >= 0 && x.codeAndName(t.Columns[name], t.Heads) {
		at = t.Columns[name]
	}
	if at < 0 {
		return
	}
	for i := range p.leaves {
		if codeField(p.leaves[i].field) && t.Columns[i] < 0 {
			t.Columns[i] = at
		}
	}
	if name >= 0 && t.Columns[name] < 0 && x.codeAndName(at, t.Heads) {
		t.Columns[name] = at
	}
	for j := range c.slots {
		if s := &c.slots[j]; !taken[j] && s.first > at && (s.mostly() == "codes" || s.mostly() == "digits") && s.digits[2]+s.digits[1] == s.filled &&
			(name < 0 || t.Columns[name] < 0 || s.first < t.Columns[name]) {
			taken[j] = true
		}
	}
}

// codeAndName reports whether the cells of a column hold a code and a name each.
func (x *sheet) codeAndName(column, heads int) bool {
	both, filled := 0, 0
	for i := heads; i < min(len(x.cover), heads+mostSample); i++ {
		if y := x.cover[i][column]; y != nil && y.Column == column && bare(y.Text) != "" {
			filled++
			if code, rest := leadingCode(bare(y.Text)); code != "" && rest != "" {
				both++
			}
		}
	}
	return both*2 > filled && both > 0
}

// piece is a part of a code, and where it stands.
type piece struct {
	text string
	cell *paper.Cell
}

// code reads the code of a row, from one column or one each for 类, 款 and 项, and puts it into the columns of the pack.
func (r *rowReader) code(cells []Cell, byColumn map[int][]*paper.Cell) {
	var pieces []piece
	var rest string
	var restAt *paper.Cell
	seen := map[int]bool{}
	columns := 0
	for leaf, j := range r.t.Columns {
		if j < 0 || !codeField(r.p.leaves[leaf].field) || seen[j] {
			continue
		}
		seen[j] = true
		columns++
		for _, c := range byColumn[j] {
			text := tidy(c.Text)
			if code, behind := splitCode(text); behind != "" {
				pieces, rest, restAt = append(pieces, piece{code, c}), behind, c
				continue
			}
			pieces = append(pieces, piece{text, c})
		}
	}
	if len(seen) == 0 {
		return
	}
	r.checkPieces(pieces, columns)
	if name := r.nameIn(); name >= 0 && rest != "" {
		cells[name] = Cell{Text: strings.TrimSpace(rest + cells[name].Text), At: restAt.At, Source: restAt}
	}
	r.spread(cells, r.completed(pieces))
}

// splitCode parts a code from the name behind it in one cell: 201 一般公共服务支出.
func splitCode(s string) (code, rest string) {
	n := 0
	for n < len(s) && isDigit(rune(s[n])) {
		n++
	}
	switch {
	case n == 0 && s != "":
		return "", s
	case n == 3 || n == 5 || n == 7:
		return s[:n], strings.Trim(s[n:], " -_—－")
	}
	return s, ""
}

// nameIn is the leaf of the name that shares a column with the code, -1 for none.
func (r *rowReader) nameIn() int {
	for leaf := range r.p.leaves {
		if f := r.p.leaves[leaf].field; f == "name" && (r.t.Columns[leaf] < 0 || r.sharesColumn(leaf)) {
			return leaf
		}
	}
	for leaf := range r.p.leaves {
		if r.p.leaves[leaf].field == "name" {
			return leaf
		}
	}
	return -1
}

// checkPieces reports what is no part of a code as codes are written: 5 for 05.
func (r *rowReader) checkPieces(pieces []piece, columns int) {
	if columns < 2 && len(pieces) < 2 {
		return
	}
	for k, p := range pieces {
		want := 2
		if k == 0 && len(p.text) != 2 && len(p.text) != 1 {
			want = 3
		}
		if digitsOnly(p.text) && len(p.text) < want {
			r.doubt(p.cell.At, fmt.Sprintf("科目编码的一段“%s”不足%d位，照印出的读", p.text, want))
		}
	}
}

// completed is the whole code of pieces: where the paper leaves out the 类 that a row above has printed, with it.
func (r *rowReader) completed(pieces []piece) []piece {
	if len(pieces) == 0 {
		return nil
	}
	first := pieces[0].text
	switch {
	case !digitsOnly(first):
	case len(first) >= 3:
		r.class, r.group = first[:3], ""
		if len(pieces) > 1 {
			r.group = pieces[1].text
		}
	case r.class != "" && len(r.columnsOfCode()) > 1:
		at := slices.Index(r.columnsOfCode(), pieces[0].cell.Column)
		switch {
		case at == 1 || at < 0:
			r.group = first
			pieces = append([]piece{{r.class, pieces[0].cell}}, pieces...)
		case at == 2:
			pieces = append([]piece{{r.class, pieces[0].cell}, {r.group, pieces[0].cell}}, pieces...)
		}
	}
	return pieces
}

// columnsOfCode are the columns of the paper in which parts of codes begin.
func (r *rowReader) columnsOfCode() []int {
	if r.codes != nil {
		return r.codes
	}
	r.codes = []int{}
	from := map[int]bool{}
	for leaf, j := range r.t.Columns {
		if codeField(r.p.leaves[leaf].field) && j >= 0 {
			from[j] = true
		}
	}
	for i := r.t.Heads; i < len(r.x.paper.Rows); i++ {
		for k := range r.x.paper.Rows[i].Cells {
			if c := &r.x.paper.Rows[i].Cells[k]; digitsOnly(bare(c.Text)) && from[r.columnAt(c)] && !slices.Contains(r.codes, c.Column) {
				r.codes = append(r.codes, c.Column)
			}
		}
	}
	slices.Sort(r.codes)
	return r.codes
}

// spread puts the pieces of a code into the columns that the pack has for them.
func (r *rowReader) spread(cells []Cell, pieces []piece) {
	if len(pieces) == 0 {
		return
	}
	var parts []string
	whole := ""
	for _, p := range pieces {
		whole += p.text
	}
	parts = append(parts, whole)
	if len(pieces) > 1 {
		parts = nil
		for _, p := range pieces {
			parts = append(parts, p.text)
		}
	} else if digitsOnly(whole) && len(whole) > 3 {
		parts = []string{whole[:3]}
		for k := 3; k < len(whole); k += 2 {
			parts = append(parts, whole[k:min(k+2, len(whole))])
		}
	}
	for leaf := range r.p.leaves {
		put := func(text string, cell *paper.Cell) { cells[leaf] = Cell{Text: text, At: cell.At, Source: cell} }
		k := slices.Index([]string{"code-class", "code-group", "code-item"}, r.p.leaves[leaf].field)
		switch {
		case r.p.leaves[leaf].field == "code":
			put(whole, pieces[0].cell)
		case k >= 0 && k < len(parts):
			put(parts[k], pieces[min(k, len(pieces)-1)].cell)
		}
	}
}
