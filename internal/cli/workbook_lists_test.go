package cli

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/budget"
	"yusuan/internal/grid"
	"yusuan/internal/schedule"
	book "yusuan/internal/sheet"
	"yusuan/templates"
)

// closedCells are cells of a workbook that take a word of a closed list or the name of something, one of each field.
func closedCells(t *testing.T, file string, seen map[string]bool) (cells map[string]map[string]string) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	b, err := grid.Read(file, raw)
	if err != nil {
		t.Fatal(err)
	}
	id, _ := book.PackOf(b)
	p, _, err := schedule.LoadPack(templates.FS, id)
	if err != nil {
		t.Fatal(err)
	}
	taken, _ := book.Read(file, b, p)
	cells = map[string]map[string]string{}
	add := func(field, sheet string, row, column int) {
		if seen[field] || field == "procurement.project" { // what is bought need be of no project
			return
		}
		seen[field] = true
		if cells[sheet] == nil {
			cells[sheet] = map[string]string{}
		}
		cells[sheet][grid.Name(row, column)] = field
	}
	for _, s := range taken.Sheets {
		for i := range s.Blocks {
			blk := &s.Blocks[i]
			for _, r := range blk.Rows {
				for k, c := range blk.Block.Columns {
					if c.Role == book.RoleField && blk.Columns[k] > 0 && closedField(c.Field, p.Lists()) {
						add(c.Field.Name, s.Name, r.Number, blk.Columns[k])
					}
				}
				name, content := blk.With(book.RoleName), blk.With(book.RoleContent)
				if name < 0 || content < 0 {
					continue
				}
				unit := blk.With(book.RoleUnit)
				if x, _ := blk.Item(r.Cells[name].Text, unit >= 0 && r.Cells[unit].Text != ""); x != nil && r.Cells[content].Text != "" && (len(x.Words) > 0 && !x.Open || closedKind(x.Kind)) {
					add(x.Table+"."+x.Key, s.Name, r.Number, blk.Columns[content])
				}
			}
		}
	}
	return cells
}

func closedField(f *budget.Field, lists *budget.Lists) bool {
	words, open := f.Words(lists)
	return len(words) > 0 && !open || closedKind(f.Kind)
}

func closedKind(k budget.FieldKind) bool {
	return slices.Contains([]budget.FieldKind{budget.FieldYesNo, budget.FieldUnit, budget.FieldFunction, budget.FieldEconomic, budget.FieldProject, budget.FieldGoal, budget.FieldTemplate,
		budget.FieldPart, budget.FieldForm, budget.FieldFigure}, k)
}

// What is typed and is in no list is told at its cell, whatever the list: by check, and before it is brought into a folder.
func TestWhatIsInNoList(t *testing.T) {
	seen := map[string]bool{}
	dirs, _ := filepath.Glob("../../testdata/departments/*/*")
	for _, dir := range append(dirs, "../../data/2026/338") {
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			continue
		}
		home := t.TempDir()
		folder, file := filepath.Join(home, "folder"), filepath.Join(home, "a.xlsx")
		if err := os.CopyFS(folder, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		good(t, "sheet", folder, "-o", file)
		for sheet, cells := range closedCells(t, file, seen) {
			changed := filepath.Join(home, "b.xlsx")
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			slip := func(at ...string) {
				if err := os.WriteFile(changed, raw, 0o644); err != nil {
					t.Fatal(err)
				}
				typed := map[string]any{}
				for _, c := range at {
					typed[c] = "没有这样的"
				}
				typedInto(t, changed, sheet, typed)
			}
			tellsOf(t, changed, folder, sheet, cells, slip)
		}
	}
	for _, f := range budget.Fields() {
		if lists := budget.StandardLists(); closedField(&f, lists) && !seen[f.Name] && !book.Exempt(f.Name) {
			t.Log("not tried: ", f.Name)
		}
	}
}

// tellsOf wants each cell told, typed over with the others of its sheet, or by itself where those hide it.
func tellsOf(t *testing.T, file, folder, sheet string, cells map[string]string, slip func(at ...string)) {
	t.Helper()
	said := func() (checked, errs, into string) {
		_, checked, errs = run("check", file, "--format", "json", "--all")
		_, out, words := run("sheet", file, "--into", folder, "--dry-run")
		return checked, errs, out + words
	}
	slip(slices.Sorted(maps.Keys(cells))...)
	together, allErrs, allInto := said()
	for c, field := range cells {
		place := fmt.Sprintf("工作表“%s” %s", sheet, c)
		tells := func(checked, errs string) bool { return strings.Contains(errs, place) || toldAt(t, checked, sheet, c) }
		figure := field == "stated.figure" // only the document knows what its numbers are called
		if tells(together, allErrs) && (figure || strings.Contains(allInto, place)) {
			continue
		}
		slip(c)
		checked, errs, into := said()
		if !tells(checked, errs) {
			t.Errorf("%s: check says nothing of %s at %s\n%s", folder, field, place, errs)
		}
		if !figure && !strings.Contains(into, place) {
			t.Errorf("%s: --into says nothing of %s at %s\n%s", folder, field, place, into)
		}
	}
}

func toldAt(t *testing.T, out, sheet, cell string) bool {
	t.Helper()
	var all struct {
		Diagnostics []struct {
			At struct{ Sheet, Cell string }
		} `json:"diagnostics"`
	}
	if err := json.Unmarshal([]byte(out), &all); err != nil {
		return false
	}
	for _, d := range all.Diagnostics {
		if d.At.Sheet == sheet && d.At.Cell == cell {
			return true
		}
	}
	return false
}
