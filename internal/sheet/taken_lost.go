package sheet

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/grid"
)

// What a workbook had when it was written and has no more. A folder has it still; a workbook by itself would be printed without.

// had reports whether a sheet that is not understood is one of facts: the workbook knows it, or rows of it have keys.
func (t *taker) had(g *grid.Sheet) bool {
	return len(t.Own.Tables[g.Name]) > 0 || slices.ContainsFunc(g.Rows, func(r grid.Row) bool {
		_, ok := ParseKey(tidy(r.At(KeyColumn).Text))
		return ok
	})
}

// saidTables are the tables of which rows were written, with what they said anything in.
func (o *Own) saidTables() map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for key, said := range o.was {
		k, ok := ParseKey(key)
		if !ok {
			continue
		}
		table := tableOf(k.Address)
		if out[table] == nil {
			out[table] = map[string]bool{}
		}
		for what, text := range said {
			if text != "" {
				out[table][what] = true
			}
		}
	}
	return out
}

// missing tells of sheets that the workbook had and has no more, and of columns.
func (t *taker) missing() {
	said := t.Own.saidTables()
	for _, name := range t.Own.Names {
		tables := t.Own.Tables[name]
		if len(tables) == 0 || tables[0] == formTable || slices.ContainsFunc(t.Sheets, func(s TakenSheet) bool { return s.Blocks[0].Table.Name == tables[0] }) {
			continue // forms that are gone are told when the workbook is held against files
		}
		level := diag.Warning
		if i := slices.IndexFunc(t.Layout.Sheets, func(s Sheet) bool { return s.Form == nil && s.Blocks[0].Table.Name == tables[0] }); i < 0 || !t.Layout.Sheets[i].Rare || t.Layout.Sheets[i].wrote(said) {
			level = diag.Error
		}
		t.lost.Add(diag.Diagnostic{Rule: ruleLost, Level: level, At: t.at(name, 0, 0), Message: "工作表" + diag.Quote(name) + "不在了，里面的数没有读",
			Hint: "从另一份填报表把它复制回来（空的用 yusuan new -o 新的.xlsx）；要删去里面的数，留着工作表，把行删去"})
	}
	for i := range t.Sheets {
		s := &t.Sheets[i]
		for j := range s.Blocks {
			t.missingColumns(s, &s.Blocks[j], said)
		}
	}
}

// wrote reports whether rows of a sheet were written.
func (s *Sheet) wrote(said map[string]map[string]bool) bool {
	for i := range s.Blocks {
		b := &s.Blocks[i]
		if said[b.Table.Name] != nil || slices.ContainsFunc(b.Items, func(x Item) bool { return said[x.Table] != nil }) {
			return true
		}
	}
	return false
}

// missingColumns tells of columns that are not there any more: those that must be, and those that said something.
func (t *taker) missingColumns(s *TakenSheet, b *TakenBlock, said map[string]map[string]bool) {
	for k, at := range b.Columns {
		c := &b.Block.Columns[k]
		if at > 0 || c.Role == RoleTold {
			continue
		}
		d := diag.Diagnostic{Rule: ruleLost, Level: diag.Error, At: t.at(s.Name, b.Head, s.keys+1), Message: "找不到" + diag.Quote(c.Head) + "这一列", Hint: "表头那一行补上“" + c.Head + "”"}
		switch {
		case c.Role == RoleField && c.Field.Required, c.Role == RoleContent, c.Role == RoleName:
			t.diags.Add(d)
		case t.columnSaid(s, b, c, said):
			d.Message += "，导出时里面有内容，没有读"
			d.Hint += "和里面的内容；不要里面的内容的，留着这一列，把格清空"
			t.lost.Add(d)
		}
	}
}

// columnSaid reports whether a column said something when the workbook was written: of a form, in its own rows.
func (t *taker) columnSaid(s *TakenSheet, b *TakenBlock, c *Column, said map[string]map[string]bool) bool {
	what := ""
	switch c.Role {
	case RoleField:
		what = c.Field.Key
	case RoleParent:
		what = parentOf(c.Field.Key)
	case RoleRemark:
		what = wasRemark
	case RoleUnit:
		return slices.ContainsFunc(b.Items, func(x Item) bool { return x.OfUnit && said[x.Table] != nil })
	}
	if s.Form != nil && s.keys == 0 {
		return t.formSaid(s, b.Table.Name, what)
	}
	if s.Form != nil {
		return slices.ContainsFunc(b.Rows, func(r TakenRow) bool { was, _ := t.was(r.Key, what); return was != "" })
	}
	if b.Shape == Items {
		return slices.ContainsFunc(b.Items, func(x Item) bool { return said[x.Table][what] })
	}
	return said[b.Table.Name][what]
}

// formSaid reports whether a form of a sheet's kind said something in a table when the workbook was written: without keys nothing
// else tells which of them it is.
func (t *taker) formSaid(s *TakenSheet, table, what string) bool {
	for key, said := range t.Own.was {
		if k, ok := ParseKey(key); ok && said[what] != "" && tableOf(k.Address) == table && slices.Equal(t.Own.values[k.formAt()+":kind"], []string{s.Form.Kind}) {
			return true
		}
	}
	return false
}

// lostParts tells of what the workbook had and has no more. Held against files that have it, nothing is lost.
func (p *planner) lostParts() {
	for _, d := range p.t.lost.Sorted() {
		if !p.fresh && d.Level == diag.Error {
			d.Level = diag.Warning
			d.Message = strings.TrimSuffix(d.Message, "没有读") + "数据目录里的照旧"
		}
		p.diags.Add(d)
	}
	if p.fresh {
		p.lostForms()
	}
}

// lostForms tells of forms whose sheets are not there any more.
func (p *planner) lostForms() {
	there := map[string]bool{}
	for _, s := range p.formsTaken() {
		for _, b := range s.Blocks {
			for _, r := range b.Rows {
				there[r.Key.formAt()] = true
			}
		}
		there[s.form("kind")+"\x00"+s.form("project")] = true
	}
	var gone diag.List
	for at, parts := range p.t.Own.values {
		root, ok := strings.CutSuffix(at, ":kind")
		if !ok || len(parts) == 0 || tableOf(root[strings.LastIndexByte(root, '#')+1:]) != formTable {
			continue
		}
		project := strings.Join(p.t.Own.values[root+":project"], "")
		if !there[root] && !there[parts[0]+"\x00"+project] {
			gone.Add(diag.Diagnostic{Rule: ruleLost, Level: diag.Warning, At: p.t.at("", 0, 0), Subject: root, Message: "导出时有的一张" + budget.FindTable(formTable).Label + "（" + strings.TrimSpace(parts[0]+" "+project) + "）不在了",
				Hint: "不要的不用管；要的从另一份填报表把它复制回来"})
		}
	}
	p.diags.Append(gone)
}

// formAt is the form that a key is of, as values are named.
func (k Key) formAt() string {
	root, _, ok := strings.Cut(k.Address, "]")
	if !ok {
		return ""
	}
	return k.File + "#" + root + "]"
}
