package sheet

import (
	"flag"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/grid"
	"yusuan/internal/source"
	"yusuan/internal/testdept"
)

// planned reads a workbook into the files that it was made of.
func planned(t *testing.T, b *grid.Book, in Input) *Plan {
	t.Helper()
	taken, diags := Read("a.xlsx", b, in.Pack)
	plan, more := taken.Plan(Target{Folder: in.Folder, Files: in.Files, Pack: in.Pack, Catalogue: in.Catalogue})
	diags.Append(more)
	for _, d := range diags.Sorted() {
		if d.Rule == ruleCell && d.Level == diag.Warning {
			continue // words that are in no list are told, and written
		}
		t.Errorf("%s: %s %s %s", in.Folder, d.At, d.Rule, d.Message)
	}
	return plan
}

// nothing wants no patch at all.
func nothing(t *testing.T, p *Plan) {
	t.Helper()
	for _, c := range p.Conflicts {
		t.Errorf("conflict %s %s: %q %q %q", c.At, c.What, c.Mine, c.Theirs, c.Base)
	}
	for _, d := range p.Deleted {
		t.Errorf("deleted %s %s", d.In, d.Says)
	}
	edited, err := p.Edit()
	if err != nil {
		t.Error(err)
	}
	for _, e := range edited {
		for _, x := range e.Patches {
			t.Errorf("%s:%d %s %s: %q -> %q", e.Path, x.Line, x.Entry, x.Key, x.Old, x.New)
		}
	}
}

// What comes back untouched changes no byte.
func TestNoPatchWithoutAChange(t *testing.T) {
	t.Parallel()
	for _, dir := range folders(t) {
		in := folder(t, dir)
		nothing(t, planned(t, book(t, in), in))
	}
	for seed := range uint64(8) {
		in := generated(t, seed)
		nothing(t, planned(t, book(t, in), in))
	}
}

// departments is how many that do not exist are tried; make thorough tries many.
var departments = flag.Uint64("departments", 3, "how many departments that do not exist have their workbooks brought back")

// TestManyDepartments brings back the workbooks of departments that do not exist: untouched, with cells of any rows changed, and
// alone.
func TestManyDepartments(t *testing.T) {
	t.Parallel()
	for seed := range *departments {
		pick := 31*seed + 1
		in := generated(t, 1000+seed)
		whole := book(t, in)
		nothing(t, planned(t, whole, in))
		alone(t, in, whole)
		changed := copied(whole)
		n := somewhere(t, in, changed, pick)
		taken, _ := Read("a.xlsx", changed, in.Pack)
		p := planned(t, changed, in)
		if len(p.ops) != n || len(p.Conflicts)+len(p.Deleted) > 0 {
			t.Fatalf("%d cells changed, %d changes, %v %v", n, len(p.ops), p.Conflicts, p.Deleted)
		}
		after := edited(t, in, p)
		if !taken.Proves(Target{Folder: after.Folder, Files: after.Files, Pack: in.Pack, Catalogue: in.Catalogue}) {
			t.Error("the files do not say what the workbook says")
		}
	}
}

// somewhere changes an amount in some rows of every table, and tells of how many.
func somewhere(t *testing.T, in Input, b *grid.Book, pick uint64) (n int) {
	t.Helper()
	taken, _ := Read("a.xlsx", b, in.Pack)
	for _, s := range taken.Sheets {
		for j := range s.Blocks {
			x := &s.Blocks[j]
			for k, c := range x.Block.Columns {
				if len(x.Rows) == 0 || c.Role != RoleField || x.Columns[k] == 0 || c.Field.Kind != budget.FieldAmount && c.Field.Kind != budget.FieldLong {
					continue
				}
				r := &x.Rows[int(pick%97)*(k+1)%len(x.Rows)]
				cell, _ := other(in, c.Field.Kind, nil, r.Cells[k].Text)
				cell.Column = x.Columns[k]
				put(sheetOf(t, b, s.Name), r.Number, cell)
				n++
			}
		}
	}
	return n
}

func generated(t *testing.T, seed uint64) Input {
	t.Helper()
	m := fstest.MapFS{}
	for name, raw := range testdept.Files(seed) {
		m["d/"+name] = &fstest.MapFile{Data: raw}
	}
	return inputOf(t, m, "d")
}

// shown are the cells of the files, sheet by sheet, without the words beside them.
func shown(in Input) []string {
	var out []string
	for _, s := range Fill(in).Sheets {
		for _, b := range s.Blocks {
			for _, r := range b.Rows {
				line := s.Name
				for k, c := range r.Cells {
					if b.Columns[k].Role != RoleTold {
						line += "|" + strings.ReplaceAll(c.Text, "\n", "\\n")
					}
				}
				out = append(out, line)
			}
		}
	}
	return out
}

// edited are the files after a plan.
func edited(t *testing.T, in Input, p *Plan) Input {
	t.Helper()
	changed, err := p.Edit()
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]*source.File{}
	for _, f := range in.Files {
		files[f.Path] = f
	}
	for _, e := range changed {
		files[e.Path] = e.File
	}
	in.Files = nil
	for _, name := range slices.Sorted(maps.Keys(files)) {
		in.Files = append(in.Files, files[name])
	}
	return in
}

func differ(t *testing.T, want, got []string) {
	t.Helper()
	n := 0
	for i := range max(len(want), len(got)) {
		w, g := "", ""
		if i < len(want) {
			w = want[i]
		}
		if i < len(got) {
			g = got[i]
		}
		if w != g {
			t.Errorf("row %d:\n want %s\n  got %s", i, w, g)
			if n++; n > 4 {
				return
			}
		}
	}
}

// A workbook alone makes a folder that says the same.
func TestFolderOfAWorkbook(t *testing.T) {
	t.Parallel()
	var all []Input
	for _, dir := range folders(t) {
		all = append(all, folder(t, dir))
	}
	for seed := range uint64(8) {
		all = append(all, generated(t, seed))
	}
	for _, in := range all {
		alone(t, in, book(t, in))
	}
}

func alone(t *testing.T, in Input, b *grid.Book) {
	t.Helper()
	taken, diags := Read("a.xlsx", b, in.Pack)
	made, more, err := taken.Folder("a.xlsx", in.Catalogue)
	diags.Append(more)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range diags.Sorted() {
		t.Errorf("%s: %s %s %s", in.Folder, d.At, d.Rule, d.Message)
	}
	by := in
	by.Folder, by.Files = "a.xlsx", nil
	for _, f := range made.Files {
		by.Files = append(by.Files, f.File)
		for _, e := range f.File.Entries() {
			for _, v := range e.Values() {
				if cell, ok := made.Place(v.At).In.Cell(); !ok || cell.Name == "" {
					t.Errorf("%s: %s %s is at no cell", in.Folder, e.Address, v.Key)
				}
			}
		}
	}
	differ(t, shown(in), shown(by))
}
