package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"yusuan/internal/classify"
	"yusuan/internal/grid"
	"yusuan/internal/imports"
	"yusuan/internal/money"
	"yusuan/internal/web"
)

// openImports takes in what budget systems export.
func (a *app) openImports() web.Imports {
	return web.Imports{
		Look: func(dir string, files []web.Upload, how web.ImportHow) (*web.Importing, error) {
			return a.apart().lookImport(dir, files, how)
		},
		Read: readDropped,
	}
}

// readDropped reads a file that was dropped on the program.
func readDropped(name string) (web.Upload, error) {
	info, err := os.Stat(name)
	if err == nil {
		err = openable(info)
	}
	if err == nil && info.IsDir() {
		err = errors.New("是文件夹，不是文件")
	}
	var raw []byte
	if err == nil {
		raw, err = os.ReadFile(name)
	}
	if err != nil {
		return web.Upload{}, usage("读不出 %s：%w", filepath.Base(name), err)
	}
	return web.Upload{Name: filepath.Base(name), Bytes: raw}, nil
}

// lookImport understands exports and holds them against a folder.
func (a *app) lookImport(dir string, files []web.Upload, how web.ImportHow) (*web.Importing, error) {
	x := &importing{app: a, dir: dir, deleteGone: how.Delete, form: how.Form}
	out := &web.Importing{Choices: imports.Offered(), Refused: []string{}, Twice: []string{}, Sheets: []web.ImportSheet{}, Asked: []web.ImportQuestion{}, Units: []web.ImportUnit{},
		Found: []web.Finding{}, Counts: []web.ImportCount{}, Changes: []web.ImportChange{}, Forms: []string{}, FormKind: []string{}}
	var all exports
	for _, f := range files {
		if b, err := grid.Read(f.Name, f.Bytes); err == nil && ours(b) {
			out.Ours = f.Name
			return out, nil
		}
		x.files = append(x.files, f.Name)
		if err := x.add(&all, f.Name, f.Bytes); err != nil {
			all.refused = append(all.refused, inChinese(inPage(err)))
		}
	}
	out.Refused, out.Twice = append(out.Refused, all.refused...), append(out.Twice, all.twice...)
	if len(all.files) == 0 {
		return out, nil
	}
	if err := x.open(); err != nil {
		return nil, inPage(err)
	}
	if err := x.chooseForm(); err != nil {
		return nil, inPage(err)
	}
	if err := x.answered(how.Answers); err != nil {
		return nil, inPage(err)
	}
	h, err := x.hold(all.files)
	if err != nil {
		return nil, inPage(err)
	}
	x.tellImport(out, h, all.files)
	return out, nil
}

// answered takes what somebody answered on a page for the mapping file, before what the folder remembers.
func (x *importing) answered(answers imports.Answers) error {
	if err := x.maps.read("", x.dir); err != nil {
		return err
	}
	m, diags := answers.Map()
	if diags.HasErrors() {
		return usage("选的有看不懂的：%s", diags.Sorted()[0].Message)
	}
	x.maps.named.m = m
	return nil
}

// tellImport fills in what was understood and what it changes.
func (x *importing) tellImport(out *web.Importing, h *holding, files []imports.File) {
	for i := range h.u.Sheets {
		out.Sheets = append(out.Sheets, importSheet(&h.u.Sheets[i], files))
	}
	for _, q := range h.u.Questions() {
		out.Asked = append(out.Asked, web.ImportQuestion{Name: q.Name, File: q.File, Sheet: q.Sheet, Code: q.Code, Score: q.Score})
	}
	for _, u := range x.units {
		if !slices.ContainsFunc(out.Units, func(o web.ImportUnit) bool { return o.Code == u.Code }) {
			out.Units = append(out.Units, web.ImportUnit{Code: u.Code, Name: u.Name})
		}
	}
	for _, d := range h.found.Sorted() {
		out.Found = append(out.Found, web.Finding{Level: d.Level.String(), Rule: d.Rule, Message: imports.OnPage(d.Message), Hint: forPage(imports.OnPage(d.Hint)), Place: shortPlace(d.At)})
		if d.Level.String() == "错误" {
			out.Errors++
		}
	}
	out.FormKind = append(out.FormKind, x.kinds(nil)...)
	if h.plan.Nothing {
		out.Nothing = imports.OnPage(h.u.WhyNothing())
		return
	}
	out.Forms, out.Same, out.Why = append(out.Forms, h.plan.Kinds...), h.plan.Same, "由 "+x.named()+" 带入"
	tellChanges(out, h.plan.Changes, x.folder.Catalogue)
	out.Strange = strange(h.plan.Changes, len(x.units) > 0)
	if out.Errors == 0 {
		out.Files = written(x.dir, h.plan.Edited)
		out.Keep = func() error { return x.keep(h.u, h.plan) }
	}
}

// importKinds are the kinds of changes by the names that windows know them by.
var importKinds = map[imports.ChangeKind]string{imports.New: "new", imports.Changed: "changed", imports.Kept: "kept", imports.Gone: "gone", imports.Deleted: "deleted"}

// withNames is what an entry is called with the names of its codes.
func withNames(what string, cat *classify.Catalogue) string {
	words := strings.Fields(what)
	for i, w := range words {
		for _, t := range []classify.Tree{cat.Functional, cat.Economic} {
			if name, ok := t.Name(w); ok {
				words[i] = w + " " + name
				break
			}
		}
	}
	return strings.Join(words, " ")
}

// tellChanges lists and counts changes.
func tellChanges(out *web.Importing, changes []imports.Change, cat *classify.Catalogue) {
	type sum struct {
		kind, table string
		n           int
		amount      money.Amount
	}
	var sums []sum
	for i := range changes {
		c := &changes[i]
		x := web.ImportChange{Kind: importKinds[c.Kind], Table: imports.TableLabel(c.Table), What: withNames(c.What, cat), Field: c.Field, Old: c.Old, New: c.New, From: shortPlace(c.At)}
		if !c.Amount.IsZero() {
			x.Amount = money.ToldYuan(c.Amount)
		}
		out.Changes = append(out.Changes, x)
		k := slices.IndexFunc(sums, func(s sum) bool { return s.kind == x.Kind && s.table == x.Table })
		if k < 0 {
			k = len(sums)
			sums = append(sums, sum{kind: x.Kind, table: x.Table})
		}
		sums[k].n++
		sums[k].amount = sums[k].amount.Add(c.Amount)
	}
	for _, s := range sums {
		amount := ""
		switch {
		case s.amount.IsZero():
		case s.kind != importKinds[imports.Changed]:
			amount = money.ToldYuan(s.amount)
		case s.amount.Sign() < 0:
			amount = "共少 " + money.ToldYuan(s.amount.Abs())
		default:
			amount = "共多 " + money.ToldYuan(s.amount)
		}
		out.Counts = append(out.Counts, web.ImportCount{Kind: s.kind, Table: s.table, N: s.n, Amount: amount})
	}
}

// importSheet is what was made of a sheet, with the first cells of its columns.
func importSheet(p *imports.SheetReport, files []imports.File) web.ImportSheet {
	out := web.ImportSheet{File: p.File, Sheet: p.Sheet, Title: p.Title, Place: p.At.In.String(), Print: p.Print, Kind: string(p.Kind), Score: p.Score, Unit: p.Unit, From: imports.OnPage(p.UnitFrom),
		Fund: p.Fund, Skip: p.Skipped(), Lenient: p.Lenient(), Left: p.Left != "", Summary: imports.OnPage(p.Summary()), Account: p.Accounted(), Agreed: p.Agreed(), Failed: p.Failed,
		Columns: []web.ImportColumn{}, Notes: []string{}}
	for _, n := range p.Notes {
		out.Notes = append(out.Notes, imports.OnPage(n))
	}
	cells := firstCells(p, files)
	for i := range p.Columns {
		c := &p.Columns[i]
		out.Columns = append(out.Columns, web.ImportColumn{Key: c.Key, Letter: grid.ColumnName(c.Number), Head: c.Head, Role: c.Role, Fund: c.Fund, Score: c.Score, Filled: c.Filled,
			Note: imports.OnPage(c.Note), Unused: c.Unused, Cells: cells[c.Number]})
	}
	return out
}

// mostCells is how many cells of a column are shown.
const mostCells = 3

// firstCells are the first cells below the head of a table, by column: who decides what a column is looks at them.
func firstCells(p *imports.SheetReport, files []imports.File) map[int][]string {
	out := map[int][]string{}
	cell, _ := p.At.In.Cell()
	top, _, ok := grid.Place(cell.Name)
	i := slices.IndexFunc(files, func(f imports.File) bool { return f.Name == p.File })
	if !ok || i < 0 {
		return out
	}
	k := slices.IndexFunc(files[i].Book.Sheets, func(s grid.Sheet) bool { return s.Name == p.Sheet })
	if k < 0 {
		return out
	}
	for _, row := range files[i].Book.Sheets[k].Rows {
		if row.Number <= top || !slices.ContainsFunc(row.Cells, isNumber) {
			continue // of a head that goes on, or of text alone
		}
		for _, c := range row.Cells {
			text, _ := c.Shown()
			if text = brief(text, mostChanged); text != "" && len(out[c.Column]) < mostCells && !slices.Contains(out[c.Column], text) {
				out[c.Column] = append(out[c.Column], text)
			}
		}
	}
	return out
}

// isNumber reports whether a cell holds a number, or its digits as text.
func isNumber(c grid.Cell) bool {
	return c.Kind == grid.Number || c.Kind == grid.Text && c.Text != "" && strings.Trim(c.Text, "0123456789.,") == ""
}

// strange says that exports bring units that the folder does not have, which are those of another department more often than new.
func strange(changes []imports.Change, has bool) string {
	var units []string
	for _, c := range changes {
		if c.Table == "unit" && c.Kind == imports.New && c.Field == "" {
			units = append(units, strings.TrimPrefix(c.What, "单位 "))
		}
	}
	if !has || len(units) == 0 {
		return ""
	}
	return fmt.Sprintf("导出表里的单位 %s 现在的数据里没有，带入会新增 %d 个单位。先看清楚：是不是这个部门的导出表，单位代码有没有变。", strings.Join(units, "、"), len(units))
}
