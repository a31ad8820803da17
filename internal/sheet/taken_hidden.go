package sheet

import (
	"regexp"
	"strconv"

	"yusuan/internal/diag"
	"yusuan/internal/grid"
)

// hidden tells what nobody sees on a sheet and is read all the same: the sheet itself, rows (also those that a filter leaves out),
// columns. Who hides a row to be rid of it would publish it.
func (t *taker) hidden(g *grid.Sheet, s *TakenSheet) {
	const hint = "不要的，删去；要的，取消隐藏（筛选的选“全部显示”），核对一遍"
	rows, first := 0, 0
	struck, firstStruck := 0, 0
	for i := range s.Blocks {
		b := &s.Blocks[i]
		columns := map[int]int{} // first rows of hidden columns
		for _, r := range b.Rows {
			line, _ := g.Row(r.Number)
			if line.Hidden && b.filledIn(&r) {
				if rows++; first == 0 {
					first = r.Number
				}
			}
			if b.filledIn(&r) && b.struck(&r) {
				if struck++; firstStruck == 0 {
					firstStruck = r.Number
				}
			}
			for k, c := range r.Cells {
				if _, told := columns[k]; !told && c.Hidden && b.Block.Columns[k].Role != RoleTold && says(c) {
					columns[k] = r.Number
				}
			}
		}
		for k := range b.Columns {
			if n, ok := columns[k]; ok && !g.Hidden {
				t.add(ruleHidden, diag.Note, t.at(s.Name, n, b.Columns[k]), hint, "%s一列是隐藏的，里面填的照样读、照样算", diag.Quote(b.Block.Columns[k].Head))
			}
		}
	}
	if struck > 0 {
		t.add(ruleHidden, diag.Note, t.at(s.Name, firstStruck, KeyColumn+1), "不要的，删去这些行；要的，去掉删除线", "从第 %d 行起有 %s 行划着删除线，照样读、照样算", firstStruck, strconv.Itoa(struck))
	}
	switch {
	case g.Hidden:
		t.add(ruleHidden, diag.Note, t.at(s.Name, 0, 0), hint, "工作表%s是隐藏的，里面填的照样读、照样算", diag.Quote(s.Name))
	case rows > 0:
		t.add(ruleHidden, diag.Note, t.at(s.Name, first, KeyColumn+1), hint, "从第 %d 行起有 %s 行是隐藏的或者筛选掉的，照样读、照样算", first, strconv.Itoa(rows))
	}
}

// struck reports whether all that an officer filled in of a row is struck through.
func (b *TakenBlock) struck(r *TakenRow) bool {
	for k, c := range r.Cells {
		if role := b.Block.Columns[k].Role; role != RoleTold && role != RoleName && says(c) && !c.Struck {
			return false
		}
	}
	return true
}

// filledIn reports whether a row says something that an officer fills in.
func (b *TakenBlock) filledIn(r *TakenRow) bool {
	for k, c := range r.Cells {
		if role := b.Block.Columns[k].Role; role != RoleTold && role != RoleName && says(c) {
			return true
		}
	}
	return false
}

// remarkWords are how lines begin that stand below tables on paper.
var remarkWords = regexp.MustCompile(`^\(?(附?注|说明|备注|填[表报]人?|制表人?|审核人?|复核人?|经办人?|联系人|联系电话|电话|单位负责人|财务负责人|负责人|(填报|填表|制表)?(日期|时间))\d*\)? ?:`)

// remark tells of a line below a table of amounts: 注：…, 填表人：…. It is no row of the table, and not read.
func (t *taker) remark(s *TakenSheet, b *TakenBlock, r grid.Row) bool {
	if !b.ofAmounts() {
		return false
	}
	var first *grid.Cell
	for i := range r.Cells {
		c := &r.Cells[i]
		if c.Covered || tidy(c.Text) == "" {
			continue
		}
		if c.Kind != grid.Text || !remarkWords.MatchString(fold(tidy(c.Text))) {
			return false
		}
		if first == nil {
			first = c
		}
	}
	if first == nil {
		return false
	}
	t.add(ruleOutside, diag.Warning, t.at(s.Name, r.Number, first.Column), "删去这一行；要留着的，写在哪一行的“备注”里", "这一行是附注，不是表里的一行，没有读：%s", diag.Quote(cut(tidy(first.Text), 20)))
	return true
}
