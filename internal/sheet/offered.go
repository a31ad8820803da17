package sheet

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/grid"
	"yusuan/internal/pack"
)

// Offered is where a workbook has cells for what stands in rows of their own, filled in or not: what is missing in a data folder has
// no place there, and has one here.
type Offered struct {
	cells map[string][]diag.Range // by key
	texts map[string][]diag.Range // by label, of those that are still empty
	whole diag.Range              // where the kind of a form of the whole department stands that nobody has begun
	heads map[string]map[int]bool // rows of heads, by sheet
	tabs  map[string]int          // of sheets, in the order in which they are seen
}

// Offer finds the cells that a workbook offers.
func (t *Taken) Offer(b *grid.Book) *Offered {
	o := &Offered{cells: map[string][]diag.Range{}, texts: map[string][]diag.Range{}, heads: map[string]map[int]bool{}, tabs: map[string]int{}}
	for i := range b.Sheets {
		o.tabs[b.Sheets[i].Name] = i + 1
	}
	for i := range t.Sheets {
		s := &t.Sheets[i]
		o.heads[s.Name] = map[int]bool{}
		for j := range s.Blocks {
			end := furthest
			if j+1 < len(s.Blocks) {
				end = s.Blocks[j+1].Head - 1
			}
			o.heads[s.Name][s.Blocks[j].Head] = true
			if s.Blocks[j].Shape == Items {
				o.block(t, s, &s.Blocks[j], &b.Sheets[s.tab], end)
			}
		}
	}
	return o
}

// block notes the cells of a block of items that are the department's, or the form's.
func (o *Offered) block(t *Taken, s *TakenSheet, b *TakenBlock, g *grid.Sheet, end int) {
	name, content, unit := b.column(RoleName), b.column(RoleContent), b.column(RoleUnit)
	if name == 0 || content == 0 {
		return
	}
	for _, r := range g.Rows {
		if r.Number <= b.Head || r.Number >= end || unit > 0 && tidy(r.At(unit).Text) != "" {
			continue
		}
		it, part := b.Item(tidy(r.At(name).Text), false)
		if it == nil {
			continue
		}
		if tidy(r.At(content).Text) == "" {
			o.texts[it.Label] = append(o.texts[it.Label], t.at(s.Name, r.Number, content))
		}
		if it.Kind == budget.FieldForm && s.Form != nil && s.Form.Scope == pack.ScopeWhole && !s.says() && o.whole.IsZero() {
			o.whole = t.at(s.Name, r.Number, content)
		}
		key := it.Key
		if it.Family != "" {
			key += "." + part
		}
		o.cells[key] = append(o.cells[key], t.at(s.Name, r.Number, content))
	}
}

// column is where the column of a role stands, 0 where it does not.
func (b *TakenBlock) column(r Role) int {
	if k := b.With(r); k >= 0 {
		return b.Columns[k]
	}
	return 0
}

// aSetting is what a finding advises to fill in.
var aSetting = regexp.MustCompile(`([a-z][a-z_]*) ?= ?`)

// ruleGoals misses the form of the whole department, which has a sheet here, begun or not.
const ruleGoals = "绩效-013"

// labelled is the empty cell whose label a finding names, the longest of several: a heading with nothing below it.
func (o *Offered) labelled(message string) (at diag.Range, ok bool) {
	longest := 0
	for label, cells := range o.texts {
		if n := len([]rune(label)); n > longest && n >= 4 && len(cells) == 1 && strings.Contains(message, label) {
			longest, at = n, cells[0]
		}
	}
	return at, longest > 0
}

// aKey is what may be a key in the text of a finding.
var aKey = regexp.MustCompile(`[a-z][a-z_]*(?:\.[0-9]+)?`)

// Place moves a finding that has no place but a head to the cell of the one key that it names.
func (o *Offered) Place(d *diag.Diagnostic) {
	cell, ok := d.At.In.Cell()
	if row, _, named := grid.Place(cell.Name); ok && named && !o.heads[cell.Sheet][row] {
		return
	}
	if d.Rule == ruleGoals && !o.whole.IsZero() {
		d.At = o.whole
		return
	}
	if at, ok := o.labelled(d.Message); ok {
		d.At = at
		return
	}
	for _, text := range []string{d.Message, d.Hint} {
		var found []diag.Range
		for _, key := range aKey.FindAllString(text, -1) {
			if at, ok := o.cell(key, cell.Sheet); ok && !slices.Contains(found, at) {
				found = append(found, at)
			}
		}
		if len(found) > 0 {
			if len(found) == 1 {
				d.At = found[0]
			}
			return
		}
	}
}

// cell is the cell of a key: that on a sheet, else the only one.
func (o *Offered) cell(key, sheet string) (diag.Range, bool) {
	all := o.cells[key]
	for _, at := range all {
		if c, _ := at.In.Cell(); c.Sheet == sheet {
			return at, true
		}
	}
	if len(all) == 1 {
		return all[0], true
	}
	return diag.Range{}, false
}

// Order puts findings of the workbook in the order of its tabs, those of one level; what is of no sheet comes first. The list is sorted.
func (o *Offered) Order(path string, list []diag.Diagnostic) {
	tab := func(d diag.Diagnostic) int {
		c, _ := d.At.In.Cell()
		return o.tabs[c.Sheet]
	}
	for from := 0; from < len(list); {
		to := from + 1
		for to < len(list) && list[to].Level == list[from].Level && list[to].At.File == list[from].At.File {
			to++
		}
		if list[from].At.File == path {
			slices.SortStableFunc(list[from:to], func(a, b diag.Diagnostic) int { return cmp.Compare(tab(a), tab(b)) })
		}
		from = to
	}
}
