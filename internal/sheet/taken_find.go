package sheet

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/grid"
)

// Tables that the layout makes something of.
const (
	formTable      = "form"
	goalTable      = "form.goal"
	indicatorTable = "form.indicator"
	priorTable     = "prior.figures"
)

func departmentTable() *budget.Table { return budget.FindTable("department") }

// ours are the sheets that hold no facts.
func ours() []string {
	return []string{OwnSheet, GuideSheet, IndexSheet, ProofSheet, CalcSheet, ChoiceSheet, MarkedSheet}
}

// sheet reads a sheet, if it is one of facts.
func (t *taker) sheet(g *grid.Sheet) {
	if slices.Contains(ours(), g.Name) || len(g.Rows) == 0 {
		return
	}
	s, keys := t.find(g, KeyColumn), KeyColumn
	if s == nil { // the hidden column of keys was deleted, and all the others moved
		if s, keys = t.find(g, 0), 0; s != nil && len(t.Own.was) > 0 {
			t.add(ruleLost, diag.Note, t.at(g.Name, 0, 0), "下次留着它", "工作表%s左边藏着的一列不在了，各行按内容认", diag.Quote(g.Name))
		}
	}
	if s == nil {
		if n, first := filled(g); n > 0 && t.had(g) {
			t.add(ruleLost, diag.Error, diag.InCell(t.Path, diag.Cell{Sheet: g.Name, Name: first}), "照填报表补上表头那一行；对着另一份填报表改（空的用 yusuan new -o 新的.xlsx）", "工作表%s里找不到表头，里面的 %d 格没有读", diag.Quote(g.Name), n)
		} else if n > 0 {
			t.add(ruleSheet, diag.Warning, diag.InCell(t.Path, diag.Cell{Sheet: g.Name, Name: first}), "要读的，照填报表的表头填；不用读的，移到别的工作簿", "认不得工作表%s，里面的 %d 格没有读", diag.Quote(g.Name), n)
		}
		return
	}
	if i := slices.IndexFunc(t.Sheets, func(x TakenSheet) bool { return x.Form == nil && x.Sheet == s }); i >= 0 {
		t.add(ruleSheet, diag.Error, t.at(g.Name, 0, 0), "两张并作一张，或者把不用的移到别的工作簿", "工作表%s与%s的表头相同，没有读", diag.Quote(g.Name), diag.Quote(t.Sheets[i].Name))
		return
	}
	out := TakenSheet{Sheet: s, Name: g.Name, keys: keys}
	t.blocks(g, &out)
	if len(out.Blocks) == 0 {
		t.add(ruleLost, diag.Error, t.at(g.Name, 0, 0), "照填报表补上表头那一行", "工作表%s里找不到表头，没有读", diag.Quote(g.Name))
		return
	}
	t.hidden(g, &out)
	t.Sheets = append(t.Sheets, out)
}

// filled counts the cells of a sheet with something in them; first is the name of the first.
func filled(g *grid.Sheet) (n int, first string) {
	for _, r := range g.Rows {
		for _, c := range r.Cells {
			if tidy(c.Text) == "" {
				continue
			}
			if n++; n == 1 {
				first = grid.Name(r.Number, c.Column)
			}
		}
	}
	return n, first
}

// find is the sheet of the layout that a sheet is: as the workbook knows, by its name, by its heads.
func (t *taker) find(g *grid.Sheet, keys int) *Sheet {
	tables, mapped := t.Own.Tables[g.Name]
	best, most := (*Sheet)(nil), 0
	bare := bared(g, keys)
	for i := range t.Layout.Sheets {
		s := &t.Layout.Sheets[i]
		n := t.fits(g, keys, bare, s)
		switch {
		case n == 0:
			continue
		case mapped && len(tables) > 0 && s.Blocks[0].Table.Name == tables[0]:
			n += 2000
		case !mapped && s.Form == nil && s.Name == g.Name:
			n += 1000
		}
		if n > most {
			best, most = s, n
		}
	}
	return best
}

// fits is how well a sheet fits one of the layout, 0 for not at all.
func (t *taker) fits(g *grid.Sheet, keys int, bare [][]string, s *Sheet) int {
	for i := range g.Rows {
		n := t.heads(&s.Blocks[0], bare[i])
		if n == 0 {
			continue
		}
		if s.Blocks[0].Shape == Rows {
			return 10 * n
		}
		return t.labels(g, keys, s, i)
	}
	return 0
}

// labels counts the items of a sheet that are named below its head in a row; a form says of which kind it is.
func (t *taker) labels(g *grid.Sheet, keys int, s *Sheet, head int) int {
	b := &s.Blocks[0]
	at := b.columnsOf(g.Rows[head], keys)
	name, content, unit := at[b.With(RoleName)], at[b.With(RoleContent)], 0
	if k := b.With(RoleUnit); k >= 0 {
		unit = at[k]
	}
	n := 0
	for _, r := range g.Rows[head+1:] {
		label := tidy(r.At(name).Text)
		if label == "" {
			continue
		}
		x, _ := b.Item(label, unit > 0 && tidy(r.At(unit).Text) != "")
		if x == nil {
			continue
		}
		n++
		if x.Kind == budget.FieldForm && s.Form != nil && tidy(r.At(content).Text) == s.Form.Kind {
			return 500
		}
		if s.Form == nil && n > 8 {
			break
		}
	}
	return n
}

// longestHead is the longest text that is looked at as a head, in bytes.
const longestHead = 200

// bared are the texts of the cells of each row as heads are compared; of rows that are data, none.
func bared(g *grid.Sheet, keys int) [][]string {
	out := make([][]string, len(g.Rows))
	for i, r := range g.Rows {
		if r.At(keys).Kind != grid.Empty {
			continue
		}
		for _, c := range r.Cells {
			if len(c.Text) <= longestHead && tidy(c.Text) != "" {
				out[i] = append(out[i], Bare(c.Text))
			} else if c.Kind != grid.Empty {
				out[i] = append(out[i], "\x00")
			}
		}
	}
	return out
}

// heads counts the heads of a block in a row, 0 for a row that is no head of it.
func (t *taker) heads(b *Block, bare []string) int {
	if len(bare) < 2 {
		return 0
	}
	known := t.known[b]
	if known == nil {
		known = map[string]Role{}
		for _, c := range b.Columns {
			known[Bare(c.Head)] = c.Role
		}
		t.known[b] = known
	}
	n, name, content := 0, false, false
	for _, s := range bare {
		role, ok := known[s]
		if !ok {
			continue
		}
		n++
		name, content = name || role == RoleName, content || role == RoleContent
	}
	if b.Shape == Items && !(name && content) || n < 2 || 2*n < len(bare) {
		return 0
	}
	return n
}

// columnsOf is where the columns of a block stand by a row of heads, 0 for one that is not there.
func (b *Block) columnsOf(r grid.Row, keys int) []int {
	out := make([]int, len(b.Columns))
	for _, c := range r.Cells {
		if k := b.Column(c.Text); k >= 0 && out[k] == 0 && c.Column != keys {
			out[k] = c.Column
		}
	}
	return out
}

// blocks finds the blocks of a sheet and their rows.
func (t *taker) blocks(g *grid.Sheet, s *TakenSheet) {
	bare := bared(g, s.keys)
	for at, r := range g.Rows {
		best, most := -1, 0
		for i := range s.Sheet.Blocks {
			b := &s.Sheet.Blocks[i]
			if n := t.heads(b, bare[at]); n > most && !slices.ContainsFunc(s.Blocks, func(x TakenBlock) bool { return x.Block == b }) {
				best, most = i, n
			}
		}
		if best >= 0 {
			t.endBlock(g, s, s.Sheet.Blocks[best].Label)
			b := &s.Sheet.Blocks[best]
			s.Blocks = append(s.Blocks, TakenBlock{Block: b, Head: r.Number, Columns: b.columnsOf(r, s.keys)})
			t.columns(g, s, r)
			continue
		}
		if n := len(s.Blocks); n > 0 {
			if t.heads(s.Blocks[n-1].Block, bare[at]) > 0 { // pasted along with rows
				t.add(ruleOutside, diag.Warning, t.at(s.Name, r.Number, s.keys+1), "删去这一行", "这一行又是表头，不是表里的一行，没有读")
				continue
			}
			t.row(g, s, r)
			continue
		}
		title := true // the first of a row above the head
		for _, c := range r.Cells {
			if c.Column == s.keys || c.Covered || tidy(c.Text) == "" {
				continue
			}
			if !title {
				t.outside(g, r.Number, c)
			}
			title = false
		}
	}
}

// endBlock drops the words that stand above the head of the next block.
func (t *taker) endBlock(g *grid.Sheet, s *TakenSheet, label string) {
	if len(s.Blocks) == 0 {
		return
	}
	b := &s.Blocks[len(s.Blocks)-1]
	if n := len(b.Rows); n > 0 {
		r, _ := g.Row(b.Rows[n-1].Number)
		more := slices.ContainsFunc(r.Cells, func(c grid.Cell) bool { return c.Column > s.keys+1 && !c.Covered && says(c) })
		if words := tidy(r.At(s.keys + 1).Text); !more && b.Rows[n-1].Key.IsZero() && strings.HasPrefix(words, label) {
			b.Rows = b.Rows[:n-1]
		}
	}
}

// columns tells of columns that are not known and hold something, once each.
func (t *taker) columns(g *grid.Sheet, s *TakenSheet, head grid.Row) {
	b := &s.Blocks[len(s.Blocks)-1]
	for _, c := range head.Cells {
		if c.Column == s.keys || tidy(c.Text) == "" || slices.Contains(b.Columns, c.Column) {
			continue
		}
		for _, r := range g.Rows {
			if r.Number > head.Number && tidy(r.At(c.Column).Text) != "" {
				words := "认不得这一列的表头" + diag.Quote(tidy(c.Text)) + "，下面的没有读"
				if k := b.Column(c.Text); k >= 0 {
					words = "表头" + diag.Quote(tidy(c.Text)) + "有两列，这一列没有读"
				}
				t.add(ruleColumn, diag.Warning, t.at(s.Name, head.Number, c.Column), "表头照填报表的写法写；自己加的列不读，可以移到别的工作簿", "%s", words)
				break
			}
		}
	}
}

// row takes a row of the last block that was found.
func (t *taker) row(g *grid.Sheet, s *TakenSheet, r grid.Row) {
	b := &s.Blocks[len(s.Blocks)-1]
	out := TakenRow{Number: r.Number, Cells: make([]grid.Cell, len(b.Columns))}
	key := tidy(r.At(s.keys).Text)
	if k, ok := ParseKey(key); ok {
		out.Key = k
	} else if t.sum(s, b, r) || t.remark(s, b, r) {
		return
	}
	filled := false
	for k, at := range b.Columns {
		if at == 0 {
			continue
		}
		c := r.At(at)
		if c.Kind == grid.Empty && !c.Formula && b.merges(k) {
			c = g.Filled(r.Number, at)
		}
		c.Covered = false
		out.Cells[k] = c
		filled = filled || says(c) && b.Block.Columns[k].Role != RoleTold
	}
	head, _ := g.Row(b.Head)
	for _, c := range r.Cells {
		if c.Column != s.keys && tidy(c.Text) != "" && !c.Covered && !slices.Contains(b.Columns, c.Column) && tidy(head.At(c.Column).Text) == "" {
			t.outside(g, r.Number, c)
		}
	}
	if filled && key != "" && out.Key.IsZero() {
		t.add(ruleOutside, diag.Note, t.at(s.Name, r.Number, s.keys), "这一列藏着，不要填", "左边藏着的一列里不是程序写的字，这一行按内容认")
	}
	if filled || !out.Key.IsZero() {
		t.covered(g, b, &out)
		b.Rows = append(b.Rows, out)
	}
}

// merges reports whether merged cells of a column mean the same in each of their rows. Amounts are never said twice.
func (b *TakenBlock) merges(column int) bool {
	c := &b.Block.Columns[column]
	switch c.Role {
	case RoleField, RoleParent:
		switch c.Field.Kind {
		case budget.FieldAmount, budget.FieldWhole, budget.FieldLong:
			return false
		}
		return true
	case RoleUnit, RoleName:
		return true
	}
	return false
}

// outside tells of a cell that stands in no block.
func (t *taker) outside(g *grid.Sheet, row int, c grid.Cell) {
	t.add(ruleOutside, diag.Warning, t.at(g.Name, row, c.Column), "要读的填进有表头的列；草稿移到别的工作簿", "这一格在表的外面，没有读：%s", diag.Quote(cut(tidy(c.Text), 20)))
}

// cut is the beginning of a text.
func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}
