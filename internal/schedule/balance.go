package schedule

import (
	"yusuan/internal/diag"
	"yusuan/internal/pack"
)

// balance sets lists of revenue and expenditure beside each other, each with feet of its own.
type balance struct{ namedRows }

func (balance) Word() pack.Entry {
	return pack.Entry{Name: "balance", Text: "收支对照：income、outgo、use 三侧并排，列用 side 写明属于哪一侧；foot 是合计行",
		Example: `outgo = [ { each = "class", label = "{{zh .N}}、{{.Name}}" } ]`}
}

func (balance) Fields() []pack.Entry {
	return []pack.Entry{{Name: "label", Text: "这一行的标签"}}
}
func (balance) Shape() pack.Shape { return pack.Sided }

// Check refuses columns whose sides are not one beside the other in the order in which rows are set: their numbers would stand
// below the heads of another side.
func (balance) Check(t *pack.Table) []diag.Diagnostic {
	leaves := pack.Leaves(t.Columns)
	if len(leaves) == 0 {
		return nil
	}
	refused := func(at diag.Range, message string) []diag.Diagnostic {
		return []diag.Diagnostic{{Rule: "模板-021", Level: diag.Error, At: at, Message: "表" + t.ID + message}}
	}
	next := 0
	for n, columns := range pack.Sides(leaves) {
		if len(columns) == 0 {
			return refused(leaves[0].Head.At, "没有 "+[...]string{"income", "outgo"}[n]+" 一侧的列：收支对照的表两侧都要有")
		}
		for _, i := range columns {
			if i != next {
				return refused(leaves[next].Head.At, "各侧的列要依次相连：先 income，再 outgo，最后 use，这一列不在它那一侧")
			}
			next++
		}
	}
	return nil
}

// sideNames are what the sides are called in keys.
var sideNames = [...]string{"income", "outgo", "use"}

func (balance) sides(d *Document, s *Schedule) []Side {
	t := s.Table
	all := s.oneSide()
	var out []Side
	for n, columns := range pack.Sides(s.Columns(&all)) {
		x := Side{Name: sideNames[n], Columns: columns}
		x.Rows = d.listed(s, &x, [...][]pack.Row{t.Income, t.Outgo, t.Use}[n], Plain)
		for i := range t.Foot {
			x.Rows = append(x.Rows, d.listed(s, &x, t.Foot[i][n:n+1], Foot)...)
		}
		nest(x.Rows)
		out = append(out, x)
	}
	return out
}

// read finds on each side the row of its label. The label of a wide foot runs on to the last column, where its number stands.
func (balance) read(r *Reading, t *Printed, i int) (out []Found) {
	leaves := make([]*pack.Column, len(t.leaves))
	for j := range t.leaves {
		leaves[j] = t.leaves[j].Column
	}
	for k, columns := range pack.Sides(leaves) {
		f := Found{Side: k}
		for _, j := range columns {
			if leaves[j].Field != "" {
				f.Label = t.cell(i, j)
			} else {
				f.Cells = append(f.Cells, Cell{j, j})
			}
		}
		if f.At = columns[0]; f.Label == "" {
			if t.some(i, f.Cells) && !t.covers(out) {
				out = append(out, f.unread(t.nth(i), columns[0], "没有名称"))
			}
			continue
		}
		rows := pointers([...][]pack.Row{t.Table.Income, t.Table.Outgo, t.Table.Use}[k])
		for n := range t.Table.Foot {
			rows = append(rows, &t.Table.Foot[n][k])
		}
		says := f.Label
		f.Label = Bare(says)
		f, row := r.namedRow(t, f, sideNames[k], rows, len(t.Table.Foot), words{label: f.Label})
		if row != nil && row.Wide && len(f.Cells) > 0 {
			f.Cells = []Cell{{len(leaves) - 1, f.Cells[len(f.Cells)-1].Leaf}}
		}
		if f.Unread != "" {
			f.Label = says
		}
		out = append(out, f)
	}
	return out
}

// sideCells are the places of numbers on a side.
func (t *Printed) sideCells(side int) (out []Cell) {
	leaves := make([]*pack.Column, len(t.leaves))
	for j := range t.leaves {
		leaves[j] = t.leaves[j].Column
	}
	if t.Table.Rows.Shape() != pack.Sided {
		return t.row(0).Cells
	}
	for _, j := range pack.Sides(leaves)[side] {
		if leaves[j].Field == "" {
			out = append(out, Cell{j, j})
		}
	}
	return out
}

// covers reports whether a side before has taken the last column of the table: what it holds is a wide foot's.
func (t *Printed) covers(found []Found) bool {
	n := len(found)
	return n > 0 && len(found[n-1].Cells) == 1 && found[n-1].Cells[0].Column == len(t.leaves)-1
}
