package schedule

import (
	"yusuan/internal/diag"
	"yusuan/internal/pack"
)

// balance sets lists of revenue and expenditure beside each other, each with feet of its own.
type balance struct{ namedRows }

func (balance) Word() pack.Entry {
	return pack.Entry{Name: Balance, Text: "收支对照：income、outgo、use 三侧并排，列用 side 写明属于哪一侧；foot 是合计行",
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

func (balance) sides(d *Document, s *Schedule) []Side {
	t := s.Table
	all := s.oneSide()
	var out []Side
	for n, columns := range pack.Sides(s.Columns(&all)) {
		x := Side{Name: [...]string{"income", "outgo", "use"}[n], Columns: columns}
		x.Rows = d.listed(s, &x, [...][]pack.Row{t.Income, t.Outgo, t.Use}[n], Plain)
		for i := range t.Foot {
			x.Rows = append(x.Rows, d.listed(s, &x, t.Foot[i][n:n+1], Foot)...)
		}
		nest(x.Rows)
		out = append(out, x)
	}
	return out
}
