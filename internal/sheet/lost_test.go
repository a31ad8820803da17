package sheet

import (
	"slices"
	"strconv"
	"testing"

	"yusuan/internal/diag"
	"yusuan/internal/grid"
)

// bothWays are the findings of a workbook by itself and held against its folder, with what it changes of that.
func bothWays(t *testing.T, in Input, b *grid.Book) (alone, into diag.List, p *Plan) {
	t.Helper()
	taken, alone := Read("a.xlsx", b, in.Pack)
	into.Append(alone)
	_, more, err := taken.Folder("a.xlsx", in.Catalogue)
	if err != nil {
		t.Fatal(err)
	}
	alone.Append(more)
	p, more = taken.Plan(Target{Folder: in.Folder, Files: in.Files, Pack: in.Pack, Catalogue: in.Catalogue})
	into.Append(more)
	return alone, into, p
}

// ofRule reports whether a rule finds something of a level.
func ofRule(list diag.List, rule string, level diag.Level) bool {
	return slices.ContainsFunc(list.Sorted(), func(d diag.Diagnostic) bool { return d.Rule == rule && d.Level == level })
}

// cutColumn deletes a column: those behind it move.
func cutColumn(s *grid.Sheet, column int) {
	for i := range s.Rows {
		r := &s.Rows[i]
		r.Cells = slices.DeleteFunc(slices.Clone(r.Cells), func(c grid.Cell) bool { return c.Column == column })
		for k := range r.Cells {
			if r.Cells[k].Column > column {
				r.Cells[k].Column--
			}
		}
	}
	s.Merges = nil
}

// A sheet that had rows and is gone, or cannot be read any more, keeps a workbook by itself from being printed; the folder keeps
// what it has.
func TestSheetsLost(t *testing.T) {
	in := folder(t, "../../data/2026/338")
	whole := book(t, in)
	taken, _ := Read("a.xlsx", whole, in.Pack)
	said := taken.Own.saidTables()
	n := 0
	for _, s := range taken.Sheets {
		if s.Form != nil || !s.wrote(said) {
			continue
		}
		n++
		without := copied(whole)
		without.Sheets = slices.DeleteFunc(without.Sheets, func(x grid.Sheet) bool { return x.Name == s.Name })
		alone, into, p := bothWays(t, in, without)
		if !ofRule(alone, ruleLost, diag.Error) {
			t.Errorf("%s is gone: %v", s.Name, alone.Sorted())
		}
		if s.Blocks[0].Shape == Rows && s.Name != "项目" && s.Name != "单位" && (!ofRule(into, ruleLost, diag.Warning) || into.HasErrors() || !p.Nothing()) {
			t.Errorf("%s is gone: %v", s.Name, into.Sorted())
		}
		headless := copied(whole)
		x := sheetOf(t, headless, s.Name)
		x.Rows = slices.DeleteFunc(x.Rows, func(r grid.Row) bool { return r.Number <= HeadRow })
		if alone, into, _ := bothWays(t, in, headless); !ofRule(alone, ruleLost, diag.Error) || !ofRule(into, ruleLost, diag.Error) {
			t.Errorf("%s has no head: %v", s.Name, into.Sorted())
		}
	}
	if n < 6 {
		t.Error(n, "sheets")
	}
	form := copied(whole)
	form.Sheets = slices.DeleteFunc(form.Sheets, func(x grid.Sheet) bool { return x.Name == "绩效表2" })
	if alone, _, _ := bothWays(t, in, form); !ofRule(alone, ruleLost, diag.Warning) {
		t.Error("a form is gone:", alone.Sorted())
	}
}

// A workbook whose hidden column of keys was deleted says the same.
func TestKeysCut(t *testing.T) {
	for _, dir := range folders(t)[:3] {
		in := folder(t, dir)
		b := copied(book(t, in))
		for i := range b.Sheets {
			if !slices.Contains(ours(), b.Sheets[i].Name) {
				cutColumn(&b.Sheets[i], KeyColumn)
			}
		}
		alone, into, p := bothWays(t, in, b)
		if alone.HasErrors() || into.HasErrors() {
			t.Fatal(alone.Sorted())
		}
		nothing(t, p)
		taken, _ := Read("a.xlsx", b, in.Pack)
		made, _, err := taken.Folder("a.xlsx", in.Catalogue)
		if err != nil {
			t.Fatal(err)
		}
		by := in
		by.Folder, by.Files = "a.xlsx", nil
		for _, f := range made.Files {
			by.Files = append(by.Files, f.File)
		}
		differ(t, shown(in), shown(by))
	}
}

// Any column that said something and is gone is told, and nothing of the folder is emptied.
func TestColumnsLost(t *testing.T) {
	in := folder(t, "../../data/2026/338")
	whole := book(t, in)
	taken, _ := Read("a.xlsx", whole, in.Pack)
	n := 0
	for _, s := range taken.Sheets {
		b := &s.Blocks[0]
		if len(s.Blocks) > 1 {
			continue
		}
		for k, c := range b.Block.Columns {
			if b.Columns[k] == 0 || c.Role == RoleTold || !slices.ContainsFunc(b.Rows, func(r TakenRow) bool { return !r.Key.IsZero() && r.Cells[k].Text != "" }) {
				continue
			}
			n++
			less := copied(whole)
			cutColumn(sheetOf(t, less, s.Name), b.Columns[k])
			alone, into, p := bothWays(t, in, less)
			if !ofRule(alone, ruleLost, diag.Error) || !ofRule(into, ruleLost, diag.Warning) && !ofRule(into, ruleLost, diag.Error) {
				t.Errorf("%s without %s: %v", s.Name, c.Head, alone.Sorted())
			}
			if !into.HasErrors() {
				nothing(t, p)
			}
		}
	}
	if n < 20 {
		t.Error(n, "columns")
	}
}

// Forms are in the order of their sheets, however many there are.
func TestFormsInOrder(t *testing.T) {
	in := folder(t, "../../data/2026/338")
	b := copied(book(t, in))
	first := *sheetOf(t, b, "绩效表2")
	var want []string
	for n := range 12 {
		s := first
		s.Name = "绩效表" + strconv.Itoa(n+20)
		s.Rows = slices.Clone(s.Rows)
		for i := range s.Rows {
			s.Rows[i].Cells = slices.Clone(s.Rows[i].Cells)
		}
		b.Sheets = append(b.Sheets, s)
		want = append(want, "项目"+strconv.Itoa(n))
		projectCell(t, &b.Sheets[len(b.Sheets)-1], want[n])
	}
	taken, _ := Read("a.xlsx", b, in.Pack)
	made, _, err := taken.Folder("a.xlsx", in.Catalogue)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range made.Files {
		for _, e := range f.File.Entries() {
			if v, ok := e.Value("project"); ok && e.Table == formTable && slices.Contains(want, v.Text) {
				got = append(got, v.Text)
			}
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
