package sheet

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/grid"
	"yusuan/internal/source"
	"yusuan/internal/testdept"
)

// book is the workbook of a folder as it is read.
func book(t *testing.T, in Input) *grid.Book {
	t.Helper()
	raw, err := Write(in)
	if err != nil {
		t.Fatal(err)
	}
	b, err := grid.Read("a.xlsx", raw)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// planned reads a workbook into the files that it was made of.
func planned(t *testing.T, b *grid.Book, in Input) *Plan {
	t.Helper()
	taken, diags := Read("a.xlsx", b, in.Pack)
	plan, more := taken.Plan(Target{Folder: in.Folder, Files: in.Files, Pack: in.Pack, Catalogue: in.Catalogue})
	diags.Append(more)
	for _, d := range diags.Sorted() {
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
	for _, dir := range folders(t) {
		in := folder(t, dir)
		nothing(t, planned(t, book(t, in), in))
	}
	for seed := range uint64(12) {
		in := generated(t, seed)
		nothing(t, planned(t, book(t, in), in))
	}
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
	var all []Input
	for _, dir := range folders(t) {
		all = append(all, folder(t, dir))
	}
	for seed := range uint64(12) {
		all = append(all, generated(t, seed))
	}
	for _, in := range all {
		taken, diags := Read("a.xlsx", book(t, in), in.Pack)
		made, more, err := taken.Folder("a.xlsx", in.Catalogue)
		diags.Append(more)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range diags.Sorted() {
			t.Errorf("%s: %s %s %s", in.Folder, d.At, d.Rule, d.Message)
		}
		alone := in
		alone.Folder, alone.Files = "a.xlsx", nil
		for _, f := range made.Files {
			alone.Files = append(alone.Files, f.File)
		}
		differ(t, shown(in), shown(alone))
	}
}
