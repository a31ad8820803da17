package compose

import (
	"fmt"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
)

// A residue (尾差) is a printed total that its printed parts do not add up to, though the exact ones do: each was rounded
// for itself. Readers who add up find it; the department is told before they do.

// summand is a number that is printed in a table.
type summand struct {
	schedule.Sum
	f money.Format
}

func (s *summand) printed() money.Amount { return s.f.Round(s.Shown) }

// residue holds a total against its parts: "" where what is printed adds up, or the exact numbers do not, since then the
// parts are not all there is.
func residue(what, of string, total summand, parts []summand) string {
	exact, printed, n := total.Exact, total.printed(), 0
	var sum money.Amount
	for i := range parts {
		p := &parts[i]
		if p.f.Unit != total.f.Unit || p.f.Places != total.f.Places {
			return ""
		}
		exact, sum = exact.Sub(p.Exact), sum.Add(p.printed())
		if !p.Exact.IsZero() {
			n++
		}
	}
	if !exact.IsZero() || n < 2 || sum.Equal(printed) {
		return ""
	}
	f := total.f
	f.Zero, f.BlankZero = "", false
	var words []string
	for i := range parts {
		if p := &parts[i]; !p.Exact.IsZero() {
			words = append(words, f.String(p.printed()))
		}
	}
	list := strings.Join(words, "＋")
	if n > mostWords {
		list = fmt.Sprintf("%d个数之和", n)
	}
	return fmt.Sprintf("%s印作%s，%s%s＝%s", what, f.String(printed), of, list, f.String(sum))
}

const (
	mostWords  = 12 // parts that a message writes out
	mostPlaces = 3  // residues of one table that it shows
)

// missed are the residues of one table.
type missed struct {
	where           string
	amounts, shares []string
}

// miss keeps the residues of a table.
func (c *composer) miss(where string, amounts, shares []string) {
	if len(amounts)+len(shares) > 0 {
		c.missed = append(c.missed, missed{where, amounts, shares})
	}
}

// reportMissed says, once for all tables, where printed parts miss their totals, and shares 100 %. Each table is a note.
func (c *composer) reportMissed() {
	c.reportResidues("尾差-001", "各数加起来与合计差在尾数", func(m *missed) []string { return m.amounts })
	c.reportResidues("尾差-003", "占比加起来不是100%，差在尾数", func(m *missed) []string { return m.shares })
}

func (c *composer) reportResidues(rule, what string, of func(*missed) []string) {
	d := diag.Diagnostic{Rule: rule, Level: diag.Note, At: c.b.Facts.Department.At, Hint: schedule.ResidueHint(c.p)}
	for i := range c.missed {
		list := of(&c.missed[i])
		if len(list) == 0 {
			continue
		}
		text := fmt.Sprintf("%s有%d处：%s", c.missed[i].where, len(list), strings.Join(list[:min(len(list), mostPlaces)], "；"))
		if len(list) > mostPlaces {
			text += "；……"
		}
		d.Notes = append(d.Notes, diag.Related{Text: text})
	}
	if d.Message = fmt.Sprintf("印出的%d张表里，%s", len(d.Notes), what); len(d.Notes) > 0 {
		c.diags.Add(d)
	}
}

// balanceResidues are those of one side of a balance table. Of its sums below, the first sums the rows above, the others
// those, or the sums before them.
func balanceResidues(rows []schedule.Row, leaves []*pack.Column) []string {
	var feet, members []int
	for i := range rows {
		if rows[i].Kind == schedule.Foot {
			feet = append(feet, i)
		}
	}
	body := rows[:len(rows)-len(feet)]
	down := families(body)
	for n, foot := range feet {
		down = append(down, family{foot, outermost(body)}, family{foot, feet[:n]})
	}
	for j, l := range leaves {
		if l.Field == "" && l.Prior == "" {
			members = append(members, j)
		}
	}
	_, across := summed(members, rows)
	return residues(rows, leaves, down, across)
}

// outermost are the rows that stand in no other.
func outermost(rows []schedule.Row) (out []int) {
	for i := range rows {
		if !rows[i].NoSum && rows[i].Level == 0 {
			out = append(out, i)
		}
	}
	return out
}

// rowResidues are those of a table of rows: down its columns and along its rows.
func rowResidues(rows []schedule.Row, columns []pack.Column) []string {
	_, across := columnSums(columns, 0, rows)
	return residues(rows, pack.Leaves(columns), families(rows), across)
}

// residues are those of sums of rows, in each column, and of sums of columns, in each row.
func residues(rows []schedule.Row, leaves []*pack.Column, down, across []family) []string {
	at := func(i, j int) summand { return summand{rows[i].Sum(j), leaves[j].Format} }
	var out []string
	for _, f := range down {
		for j, l := range leaves {
			if l.Field != "" || l.Prior != "" {
				continue
			}
			var parts []summand
			for _, k := range f.parts {
				parts = append(parts, at(k, j))
			}
			if s := residue(rowName(&rows[f.total], leaves)+l.Head.Literal, "各行", at(f.total, j), parts); s != "" {
				out = append(out, s)
			}
		}
	}
	for i := range rows {
		for _, f := range across {
			var parts []summand
			for _, j := range f.parts {
				parts = append(parts, at(i, j))
			}
			if s := residue(rowName(&rows[i], leaves)+leaves[f.total].Head.Literal, "各列", at(i, f.total), parts); s != "" && !rows[i].NoSum {
				out = append(out, s)
			}
		}
	}
	return out
}

// family is a total and its parts, by index.
type family struct {
	total int
	parts []int
}

// families are the rows that sum others: those that stand below them, one step in; the row of the total, all that stand
// outermost. Where no row is the total, it is the first or the last of the outermost.
func families(rows []schedule.Row) []family {
	var out []family
	var stack []int // indexes into out
	top := family{total: -1}
	for i := range rows {
		if rows[i].NoSum {
			continue
		}
		if rows[i].Kind == schedule.Total {
			top.total = i
			continue
		}
		for len(stack) > 0 && rows[out[stack[len(stack)-1]].total].Level >= rows[i].Level {
			stack = stack[:len(stack)-1]
		}
		if len(stack) > 0 {
			above := &out[stack[len(stack)-1]]
			above.parts = append(above.parts, i)
		} else {
			top.parts = append(top.parts, i)
		}
		stack, out = append(stack, len(out)), append(out, family{total: i})
	}
	if n := len(top.parts); top.total >= 0 {
		out = append(out, top)
	} else if n > 2 {
		out = append(out, family{top.parts[0], top.parts[1:]}, family{top.parts[n-1], top.parts[:n-1]})
	}
	return out
}

// columnSums finds the columns that sum others beside them, in all rows: the first or the last of a group. It returns the
// columns that stand for the group, and all sums in it; leaf is the number of its first column.
func columnSums(columns []pack.Column, leaf int, rows []schedule.Row) (stand []int, sums []family) {
	var members []int
	for i := range columns {
		col := &columns[i]
		if len(col.Columns) > 0 {
			below, more := columnSums(col.Columns, leaf, rows)
			members, sums = append(members, below...), append(sums, more...)
			leaf += len(pack.Leaves(col.Columns))
			continue
		}
		if col.Field == "" && col.Prior == "" {
			members = append(members, leaf)
		}
		leaf++
	}
	stand, more := summed(members, rows)
	return stand, append(sums, more...)
}

// summed finds the one of some columns that sums the others: the first or the last. It stands for all, or else they stand
// for themselves.
func summed(members []int, rows []schedule.Row) (stand []int, sums []family) {
	if n := len(members); n > 2 {
		for _, f := range []family{{members[0], members[1:]}, {members[n-1], members[:n-1]}} {
			if adds(rows, f) {
				return []int{f.total}, []family{f}
			}
		}
	}
	return members, nil
}

// adds reports whether a column is the sum of others in every row, exactly.
func adds(rows []schedule.Row, f family) bool {
	for i := range rows {
		if rows[i].NoSum {
			continue
		}
		left := rows[i].Sum(f.total).Exact
		for _, j := range f.parts {
			left = left.Sub(rows[i].Sum(j).Exact)
		}
		if !left.IsZero() {
			return false
		}
	}
	return true
}

// formResidues are those of a filled form, where a row called 合计 stands below the numbers that it sums. What it prints is
// all that is known of them, so only differences that rounding explains count.
func formResidues(rows []builtRow) (amounts, shares []string) {
	above := map[int][]string{} // the numbers of each column since the last total
	for i := range rows {
		numbers, total := 0, false
		for k := range rows[i].Cells {
			x := &rows[i].Cells[k]
			text := strings.Join(texts(x), "")
			total = total || !x.Number && text == totalKey
			if x.Number {
				numbers++
			}
		}
		for k := range rows[i].Cells {
			x, col := &rows[i].Cells[k], rows[i].cols[k]
			if text := strings.Join(texts(x), ""); x.Number && !total {
				above[col] = append(above[col], text)
			} else if x.Number {
				switch s, percent := formResidue(text, above[col]); {
				case s == "":
				case percent:
					shares = append(shares, s)
				default:
					amounts = append(amounts, s)
				}
			}
		}
		if total || numbers == 0 {
			clear(above)
		}
	}
	return amounts, shares
}

// formResidue holds a printed total against the numbers above it.
func formResidue(total string, above []string) (text string, percent bool) {
	t, percent := strings.CutSuffix(total, "%")
	whole, err := money.Parse(t, money.Yuan)
	_, places := money.Digits(t)
	if err != nil {
		return "", percent
	}
	var sum money.Amount
	var words []string
	for _, s := range above {
		n, share := strings.CutSuffix(s, "%")
		a, err := money.Parse(n, money.Yuan)
		if s == "" || a.IsZero() && err == nil {
			continue
		}
		if err != nil || share != percent {
			return "", percent
		}
		_, p := money.Digits(n)
		sum, words, places = sum.Add(a), append(words, s), max(places, p)
	}
	off := sum.Sub(whole).Abs()
	if len(words) < 2 || off.IsZero() || off.Cmp(money.ToleranceOf(len(words), money.Yuan, places)) > 0 {
		return "", percent
	}
	f := money.Format{Places: places, Group: true}
	end := ""
	if percent {
		end = "%"
	}
	return fmt.Sprintf("合计印作%s，上面%s＝%s", total, strings.Join(words, "＋"), f.String(sum)+end), percent
}
