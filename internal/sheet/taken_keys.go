package sheet

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/grid"
)

// rekey gives rows of blocks back the keys that they were written with, where keys and rows have parted: rows were sorted without
// the hidden column, or it was emptied. A row that says what was written with another key than its own, or has none, is that row.
func (t *taker) rekey() {
	if len(t.Own.was) == 0 {
		return
	}
	tables := map[string][]Key{}
	for _, k := range t.Own.keys {
		if k.Value == "" {
			tables[tableOf(k.Address)] = append(tables[tableOf(k.Address)], k)
		}
	}
	for i := range t.Sheets {
		s := &t.Sheets[i]
		for j := range s.Blocks {
			if b := &s.Blocks[j]; b.Shape == Rows {
				keys := tables[b.Table.Name]
				if s.Form != nil { // other forms have theirs
					keys = nil
					for _, r := range b.Rows {
						keys = append(keys, r.Key)
					}
				}
				t.rekeyBlock(b, keys)
			}
		}
	}
}

func (t *taker) rekeyBlock(b *TakenBlock, keys []Key) {
	kept, gone := map[Key]bool{}, map[Key]bool{}
	var open []int
	for i := range b.Rows {
		switch k := b.Rows[i].Key; {
		case b.nothing(&b.Rows[i]):
		case !k.IsZero() && b.says(&b.Rows[i]) == t.said(b, k):
			kept[k] = true
		default:
			open = append(open, i)
		}
	}
	free := map[string][]Key{}
	for _, k := range keys {
		if len(open) > 0 && !k.IsZero() && !kept[k] {
			kept[k] = true // once
			free[t.said(b, k)] = append(free[t.said(b, k)], k)
		}
	}
	var rest []int
	for _, i := range open {
		r := &b.Rows[i]
		list := free[b.says(r)]
		if len(list) == 0 {
			rest = append(rest, i)
			continue
		}
		free[b.says(r)], r.Key = list[1:], list[0]
		gone[list[0]] = true
	}
	for _, i := range rest {
		if r := &b.Rows[i]; gone[r.Key] {
			if r.Key = t.nearest(b, r, keys, gone); !r.Key.IsZero() {
				gone[r.Key] = true
			}
		}
	}
}

// nothing reports whether the cells of a row are empty.
func (b *TakenBlock) nothing(r *TakenRow) bool {
	return !slices.ContainsFunc(r.Cells, says)
}

// says is what a row says in the columns that are there, said what was written with a key.
func (b *TakenBlock) says(r *TakenRow) string {
	return b.join(func(column int, what string) string {
		if text := unbroken(r.Cells[column].Text); what != wasRemark {
			return text
		}
		return remarkSum(r.Cells[column].Text)
	})
}

func (t *taker) said(b *TakenBlock, k Key) string {
	return b.join(func(_ int, what string) string {
		was, _ := t.was(k, what)
		return unbroken(was)
	})
}

func (b *TakenBlock) join(text func(column int, what string) string) string {
	var out strings.Builder
	for k := range b.Block.Columns {
		what := ""
		switch c := &b.Block.Columns[k]; {
		case b.Columns[k] == 0:
			continue
		case c.Role == RoleField:
			what = c.Field.Key
		case c.Role == RoleParent:
			what = parentOf(c.Field.Key)
		case c.Role == RoleRemark:
			what = wasRemark
		default:
			continue
		}
		out.WriteString(text(k, what))
		out.WriteByte(0)
	}
	return out.String()
}

// nearest is the key of the row that a changed one was most likely written as: no other row has it, and half of it is the same.
func (t *taker) nearest(b *TakenBlock, r *TakenRow, keys []Key, gone map[Key]bool) Key {
	held := map[Key]bool{}
	for i := range b.Rows {
		held[b.Rows[i].Key] = true
	}
	mine := strings.Split(b.says(r), "\x00")
	var best Key
	most := 0
	for _, k := range keys {
		if k.IsZero() || gone[k] || held[k] {
			continue
		}
		same, all := 0, 0
		for i, was := range strings.Split(t.said(b, k), "\x00") {
			if was != "" {
				all++
				if was == mine[i] {
					same++
				}
			}
		}
		if 2*same >= all && same > most {
			best, most = k, same
		}
	}
	return best
}

// ofAmounts reports whether a block lists amounts that are added up; those that are only held against sums are not.
func (b *TakenBlock) ofAmounts() bool {
	amounts := false
	for _, c := range b.Block.Columns {
		if c.Role == RoleField && c.Field.Kind == budget.FieldFigure {
			return false
		}
		amounts = amounts || c.Role == RoleField && c.Field.Kind == budget.FieldAmount
	}
	return amounts && b.Shape == Rows
}

// sumWords are what rows of sums are called.
var sumWords = []string{"合计", "小计", "总计", "共计"}

// sum tells of a row of sums that somebody added to a block of amounts. It is not read.
func (t *taker) sum(s *TakenSheet, b *TakenBlock, r grid.Row) bool {
	if !b.ofAmounts() {
		return false
	}
	filled := 0
	for _, c := range r.Cells {
		if !c.Covered && says(c) {
			filled++
		}
	}
	for _, c := range r.Cells {
		text := strings.Trim(strings.Join(strings.FieldsFunc(c.Text, func(r rune) bool { return strings.ContainsRune(" \t\r\n\u3000\u00a0", r) }), ""), "：:")
		// 本页合计, 局本级小计: a label and an amount, and nothing that a row of the table would say.
		of := filled <= 2 && slices.ContainsFunc(sumWords, func(w string) bool { return strings.HasSuffix(text, w) })
		if c.Kind == grid.Text && !c.Covered && (of || slices.Contains(sumWords, text)) {
			t.add(ruleSum, diag.Error, t.at(s.Name, r.Number, c.Column), "删去这一行", "这一行是%s，没有读；合计由程序算", cut(text, 20))
			return true
		}
	}
	return false
}

// covered marks the cells of a row that were merged into others and cannot mean the same as those: an amount is lost by it, and
// what was written there.
func (t *taker) covered(g *grid.Sheet, b *TakenBlock, r *TakenRow) {
	says := 0
	for _, c := range r.Cells {
		if tidy(c.Text) != "" {
			says++
		}
	}
	if r.Key.IsZero() && says < 2 {
		return // a title over all columns
	}
	for k, at := range b.Columns {
		c := &b.Block.Columns[k]
		if at == 0 || b.merges(k) || c.Role != RoleField && c.Role != RoleContent {
			continue
		}
		if m, ok := g.Merged(r.Number, at); !ok || m.Top == r.Number && m.Left == at {
			continue
		}
		what := wasContent
		if c.Role == RoleField {
			what = c.Field.Key
		}
		if was, _ := t.was(r.Key, what); was != "" || c.Role == RoleField && c.Field.Kind == budget.FieldAmount && c.Field.Required {
			r.Cells[k] = grid.Cell{Column: at, Covered: true}
		}
	}
}
