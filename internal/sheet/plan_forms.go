package sheet

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
)

// formSheets plans the sheets of performance forms: each is a form of the files by the keys in it, or a new one.
func (p *planner) formSheets() {
	sheets := p.formsTaken()
	p.digits = max(2, len(strconv.Itoa(len(sheets)+len(p.f.byTable[formTable]))))
	entries, claimed := p.formEntries(sheets)
	for n, s := range sheets {
		e := entries[n]
		var top *spot
		switch {
		case e != nil:
			top = p.spot(e)
		case !s.says():
			p.unbegun(s)
			continue
		case copyOf(n, sheets, entries) != "":
			p.diags.Add(diag.Diagnostic{Rule: ruleTwice, Level: diag.Error, At: p.t.at(s.Name, 0, 0), Message: "与工作表" + diag.Quote(copyOf(n, sheets, entries)) + "填的完全相同，没有读",
				Hint: "另一个项目的，改项目名称和内容；多余的，删去这张工作表"})
			continue
		default:
			top = p.newForm(s)
		}
		for j := range s.Blocks {
			if b := &s.Blocks[j]; b.Shape == Items {
				p.items(s, b, top)
			}
		}
		for j := range s.Blocks {
			if b := &s.Blocks[j]; b.Shape == Rows {
				p.rows(s, b, top)
			}
		}
	}
	p.formsDeleted(claimed)
}

// formEntries are the forms of the files that sheets are, by the numbers of those.
func (p *planner) formEntries(sheets []*TakenSheet) (entries map[int]*entry, claimed map[*entry]bool) {
	entries, claimed = map[int]*entry{}, map[*entry]bool{}
	for _, known := range []bool{true, false} { // a copy may stand before its original
		for n, s := range sheets {
			if (p.t.Own.Tables[s.Name] != nil) != known {
				continue
			}
			if e := p.formEntry(s, claimed); e != nil {
				entries[n], claimed[e] = e, true
			}
		}
	}
	for n, s := range sheets { // one that came with this workbook before
		if entries[n] != nil || !s.says() {
			continue
		}
		for i := range p.f.byTable[formTable] {
			if e := &p.f.byTable[formTable][i]; !claimed[e] && s.form("kind") == e.text("kind") && s.form("project") == e.text("project") {
				entries[n], claimed[e] = e, true
				break
			}
		}
	}
	return entries, claimed
}

func (p *planner) formsTaken() []*TakenSheet {
	var out []*TakenSheet
	for i := range p.t.Sheets {
		if s := &p.t.Sheets[i]; s.Form != nil {
			out = append(out, s)
		}
	}
	// In the order of the tabs, whatever their kinds: read as the book has them.
	slices.SortStableFunc(out, func(a, b *TakenSheet) int { return a.tab - b.tab })
	return out
}

// formEntry is the form of the files that a sheet is, nil for none.
func (p *planner) formEntry(s *TakenSheet, claimed map[*entry]bool) *entry {
	for _, b := range s.Blocks {
		for i := range b.Rows {
			k := b.Rows[i].Key
			root, _, _ := strings.Cut(k.Address, "]")
			if k.IsZero() || tableOf(root+"]") != formTable {
				continue
			}
			for n := range p.f.byTable[formTable] {
				if e := &p.f.byTable[formTable][n]; !claimed[e] && e.name == k.File && e.Address == root+"]" {
					return e
				}
			}
		}
	}
	return nil
}

// says reports whether something is filled in beside which form it is.
func (s *TakenSheet) says() bool {
	for _, b := range s.Blocks {
		for i := range b.Rows {
			r := &b.Rows[i]
			if b.Shape == Rows {
				return true
			}
			x, _ := b.Item(tidy(r.Cells[b.With(RoleName)].Text), false)
			if !says(r.Cells[b.With(RoleContent)]) {
				continue
			}
			if x == nil || x.Table != formTable || !r.Key.IsZero() {
				return true
			}
		}
	}
	return false
}

// form is what a sheet says of which form it is.
func (s *TakenSheet) form(key string) string {
	for _, b := range s.Blocks {
		for i := range b.Rows {
			if b.Shape != Items {
				break
			}
			r := &b.Rows[i]
			if x, _ := b.Item(tidy(r.Cells[b.With(RoleName)].Text), false); x != nil && x.Table == formTable && x.Key == key {
				return tidy(r.Cells[b.With(RoleContent)].Text)
			}
		}
	}
	return ""
}

// newForm plans a form, in a file of its own.
func (p *planner) newForm(s *TakenSheet) *spot {
	dir, _, _ := strings.Cut(budget.FindTable(formTable).File, "/")
	taken := func(name string) bool {
		return slices.ContainsFunc(p.of[formTable], func(x *spot) bool { return x.file == name }) || slices.ContainsFunc(p.f.byTable[""], func(e entry) bool { return e.File.Path == name })
	}
	name := ""
	for n := 1; name == "" || taken(name); n++ {
		name = p.path(fmt.Sprintf("%s/form-%0*d.toml", dir, p.digits, n))
	}
	made := &spot{table: formTable, file: name, row: p.t.at(s.Name, s.Blocks[0].Head, KeyColumn+1), cells: map[string][]diag.Range{}, said: map[string]string{}}
	p.ops = append(p.ops, op{kind: opInsert, at: made})
	p.spots = append(p.spots, made)
	p.of[formTable] = append(p.of[formTable], made)
	return made
}

// formsDeleted plans that forms go whose sheets are not there any more.
func (p *planner) formsDeleted(claimed map[*entry]bool) {
	for i := range p.f.byTable[formTable] {
		e := &p.f.byTable[formTable][i]
		if claimed[e] || !p.formWritten(e) {
			continue
		}
		s := p.spot(e)
		s.gone = true
		p.ops = append(p.ops, op{kind: opDelete, at: s})
		d := Deleted{In: e.At(), Table: budget.FindTable(formTable).Label, Says: strings.TrimSpace(e.text("kind") + " " + e.text("project"))}
		for _, list := range p.f.byTable {
			for n := range list {
				if x := &list[n]; x.Table != formTable && x.below(e) {
					d.With++
				}
			}
		}
		p.Deleted = append(p.Deleted, d)
	}
}

// formWritten reports whether the workbook had a sheet of the form when it was written.
func (p *planner) formWritten(e *entry) bool {
	if len(p.t.Own.was) == 0 {
		return true
	}
	k := e.key()
	k.Value = "kind"
	_, ok := p.t.Own.values[k.valueAt()]
	return ok
}
