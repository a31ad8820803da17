package sheet

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"yusuan/internal/budget"
	"yusuan/internal/grid"
	"yusuan/internal/source"
)

// copied is a book that may be changed.
func copied(b *grid.Book) *grid.Book {
	c := *b
	c.Sheets = slices.Clone(b.Sheets)
	for i := range c.Sheets {
		c.Sheets[i].Rows = slices.Clone(c.Sheets[i].Rows)
		for k := range c.Sheets[i].Rows {
			c.Sheets[i].Rows[k].Cells = slices.Clone(c.Sheets[i].Rows[k].Cells)
		}
	}
	return &c
}

func sheetOf(t *testing.T, b *grid.Book, name string) *grid.Sheet {
	t.Helper()
	i := slices.IndexFunc(b.Sheets, func(s grid.Sheet) bool { return s.Name == name })
	if i < 0 {
		t.Fatal("no sheet ", name)
	}
	return &b.Sheets[i]
}

// put puts a cell into a sheet.
func put(s *grid.Sheet, row int, c grid.Cell) {
	i, ok := slices.BinarySearchFunc(s.Rows, row, func(r grid.Row, n int) int { return r.Number - n })
	if !ok {
		s.Rows = slices.Insert(s.Rows, i, grid.Row{Number: row})
	}
	r := &s.Rows[i]
	k, ok := slices.BinarySearchFunc(r.Cells, c.Column, func(x grid.Cell, n int) int { return x.Column - n })
	switch {
	case ok && c.Kind == grid.Empty:
		r.Cells = slices.Delete(r.Cells, k, k+1)
	case ok:
		r.Cells[k] = c
	case c.Kind != grid.Empty:
		r.Cells = slices.Insert(r.Cells, k, c)
	}
}

// other is another value of a kind than a cell has, as an officer types it, and as it is shown then.
func other(in Input, kind budget.FieldKind, words []string, now string) (c grid.Cell, shown string) {
	text := func(s string) grid.Cell { return grid.Cell{Kind: grid.Text, Text: s} }
	pick := func(list ...string) string {
		for _, s := range list {
			if s != now {
				return s
			}
		}
		return ""
	}
	switch kind {
	case budget.FieldAmount:
		n := pick("12345.67", "54321")
		return grid.Cell{Kind: grid.Number, Text: n}, n
	case budget.FieldWhole:
		n := pick("7", "8")
		return grid.Cell{Kind: grid.Number, Text: n}, n
	case budget.FieldYear:
		n := pick("2031", "2032")
		return text(n + "年"), n
	case budget.FieldYesNo:
		n := pick(Yes, No)
		return text(n), n
	case budget.FieldDate:
		n := pick("2026-03-04", "2026-05-06")
		return text(strings.ReplaceAll(n, "-", "/")), n
	case budget.FieldFunction, budget.FieldEconomic:
		tree := in.Catalogue.Functional
		if kind == budget.FieldEconomic {
			tree = in.Catalogue.Economic
		}
		codes := tree.Codes()
		code := codes[len(codes)-1]
		name, _ := tree.Name(code)
		if code+" "+name == now {
			code = codes[len(codes)-2]
			name, _ = tree.Name(code)
		}
		return text(code + "-" + name), code + " " + name
	case budget.FieldUnit:
		return grid.Cell{}, ""
	case budget.FieldCode:
		return text("9X9"), "9X9"
	}
	n := pick(append(slices.Clone(words), "改过的一句。", "又改过的一句。")...)
	return text(n), n
}

// Every field that a workbook has can be changed there: that alone changes, and what is shown then is what was typed. Emptied,
// it is gone.
func TestEveryFieldChanges(t *testing.T) {
	t.Parallel()
	kinds := map[budget.FieldKind]bool{}
	for _, dir := range folders(t)[:3] {
		in := folder(t, dir)
		whole := book(t, in)
		taken, _ := Read("a.xlsx", whole, in.Pack)
		for _, s := range taken.Sheets {
			for j := range s.Blocks {
				b := &s.Blocks[j]
				if b.Shape == Items {
					continue
				}
				for k, c := range b.Block.Columns {
					if c.Role != RoleField || b.Columns[k] == 0 || len(b.Rows) == 0 {
						continue
					}
					r := &b.Rows[(k*7)%len(b.Rows)]
					cell, want := other(in, c.Field.Kind, mustWords(c.Field, in), r.Cells[k].Text)
					if want == "" {
						continue
					}
					kinds[c.Field.Kind] = true
					for _, x := range []struct {
						cell grid.Cell
						want string
					}{{cell, want}, {}} {
						if x.want == "" && r.Cells[k].Text == "" || len(contentOf(b, r)) < 2 {
							continue
						}
						changed := copied(whole)
						x.cell.Column = b.Columns[k]
						put(sheetOf(t, changed, s.Name), r.Number, x.cell)
						one(t, in, changed, r.Key, c.Field.Key, x.want, k, b.Table.Name)
					}
				}
			}
		}
	}
	for _, k := range []budget.FieldKind{budget.FieldText, budget.FieldLong, budget.FieldAmount, budget.FieldWhole, budget.FieldYesNo, budget.FieldListed, budget.FieldCode,
		budget.FieldFunction, budget.FieldEconomic, budget.FieldProject} {
		if !kinds[k] {
			t.Errorf("nothing of kind %s was changed", k)
		}
	}
}

func mustWords(f *budget.Field, in Input) []string {
	words, _ := f.Words(in.Pack.Lists())
	return words
}

func contentOf(b *TakenBlock, r *TakenRow) (out []string) {
	for k, c := range b.Block.Columns {
		if c.Role == RoleField && r.Cells[k].Text != "" {
			out = append(out, r.Cells[k].Text)
		}
	}
	return out
}

// one wants a changed workbook to change one value of the files.
func one(t *testing.T, in Input, b *grid.Book, k Key, key, want string, column int, table string) {
	t.Helper()
	p := planned(t, b, in)
	if len(p.ops) != 1 || len(p.Conflicts) > 0 || len(p.Deleted) > 0 {
		t.Fatalf("%s %s.%s: %d changes, %d conflicts, %d deleted", in.Folder, table, key, len(p.ops), len(p.Conflicts), len(p.Deleted))
	}
	changed, err := p.Edit()
	if err != nil {
		t.Fatal(err)
	}
	if len(changed) != 1 || len(changed[0].Patches) != 1 || changed[0].Patches[0].Key != key {
		t.Fatalf("%s %s.%s: %v", in.Folder, table, key, changed)
	}
	after := edited(t, in, p)
	for _, s := range Fill(after).Sheets {
		for _, b := range s.Blocks {
			for _, r := range b.Rows {
				c := b.FieldColumn(key)
				if b.Shape == Rows && b.Table.Name == table && r.Key.File == k.File && r.Key.Address == k.Address {
					if got := (Cell{}); c >= 0 {
						got = r.Cells[c]
						if got.Text != want {
							t.Errorf("%s: %s.%s shows %q after it was set to %q", in.Folder, table, key, got.Text, want)
						}
					} else if want != "" {
						t.Errorf("%s: %s.%s has no column after it was set", in.Folder, table, key)
					}
				}
			}
		}
	}
}

// Every value that stands in a row of its own can be changed there.
func TestEveryItemChanges(t *testing.T) {
	t.Parallel()
	for _, dir := range folders(t)[:3] {
		in := folder(t, dir)
		whole := book(t, in)
		taken, _ := Read("a.xlsx", whole, in.Pack)
		tables := map[string]int{}
		for _, s := range taken.Sheets {
			b := &s.Blocks[0]
			if b.Shape != Items {
				continue
			}
			last := ""
			for i := range b.Rows {
				r := &b.Rows[i]
				k := b.With(RoleContent)
				unit := b.With(RoleUnit)
				x, _ := b.Item(r.Cells[b.With(RoleName)].Text, unit >= 0 && r.Cells[unit].Text != "")
				if x == nil || x.Table == formTable || x.Kind == budget.FieldUnit || r.Cells[b.With(RoleName)].Text == last {
					continue
				}
				last = r.Cells[b.With(RoleName)].Text
				if tables[x.Table]++; tables[x.Table] > 14 {
					continue
				}
				cell, want := other(in, x.Kind, x.Words, r.Cells[k].Text)
				changed := copied(whole)
				cell.Column = b.Columns[k]
				put(sheetOf(t, changed, s.Name), r.Number, cell)
				p := planned(t, changed, in)
				files, err := p.Edit()
				if err != nil {
					t.Fatal(err)
				}
				if len(p.Conflicts) > 0 || len(files) != 1 || len(files[0].Patches) != 1 {
					t.Fatalf("%s %s %s: %d changes, %v conflicts, %v", dir, s.Name, last, len(p.ops), p.Conflicts, files)
				}
				after := edited(t, in, p)
				if !strings.Contains(strings.Join(shown(after), "\n"), "|"+want) {
					t.Errorf("%s: %s is not shown after the change", dir, last)
				}
			}
		}
		if tables["department"] < 5 || tables["prior.figures"] == 0 && tables["text"] == 0 {
			t.Error(tables)
		}
	}
}

// rowsOf are the rows of a sheet from its fourth, as they stand.
func rowsOf(s *grid.Sheet) (head []grid.Row, rows []grid.Row) {
	for i, r := range s.Rows {
		if r.Number > HeadRow {
			return slices.Clone(s.Rows[:i]), slices.Clone(s.Rows[i:])
		}
	}
	return s.Rows, nil
}

func setRows(s *grid.Sheet, head, rows []grid.Row) {
	s.Rows = head
	for i, r := range rows {
		r.Number = HeadRow + 1 + i
		s.Rows = append(s.Rows, r)
	}
}

// Rows that are sorted change nothing; copied and inserted ones are new, beside the row above; a row that is gone is shown as
// deleted, and only with its table on the workbook.
func TestRowsMove(t *testing.T) {
	in := folder(t, "../../data/2026/338")
	whole := book(t, in)
	const name = "基本支出"
	sorted := copied(whole)
	s := sheetOf(t, sorted, name)
	head, rows := rowsOf(s)
	slices.Reverse(rows)
	setRows(s, head, rows)
	nothing(t, planned(t, sorted, in))

	twice := copied(whole)
	s = sheetOf(t, twice, name)
	head, rows = rowsOf(s)
	inserted := grid.Row{Cells: slices.Clone(rows[2].Cells[1:])} // without its key
	setRows(s, head, slices.Insert(slices.Insert(rows, 2, rows[1]), 5, inserted))
	p := planned(t, twice, in)
	if len(p.ops) != 2 || p.ops[0].kind != opInsert || p.ops[1].kind != opInsert || len(p.Deleted) > 0 {
		t.Fatalf("%+v", p.ops)
	}
	before, after := shown(in), shown(edited(t, in, p))
	nothing(t, planned(t, twice, edited(t, in, p))) // brought in again
	if len(after) != len(before)+2 {
		t.Errorf("%d rows became %d", len(before), len(after))
	}
	at := slices.IndexFunc(before, func(s string) bool { return strings.HasPrefix(s, name) })
	if after[at+2] != after[at+1] || after[at+5] != before[at+2] {
		t.Errorf("not beside the row above:\n%s", strings.Join(after[at:at+7], "\n"))
	}

	gone := copied(whole)
	s = sheetOf(t, gone, name)
	head, rows = rowsOf(s)
	setRows(s, head, slices.Delete(rows, 3, 4))
	p = planned(t, gone, in)
	if len(p.ops) != 1 || len(p.Deleted) != 1 || p.Deleted[0].In.File == "" {
		t.Fatalf("%+v %+v", p.ops, p.Deleted)
	}
	differ(t, slices.Delete(slices.Clone(before), at+3, at+4), shown(edited(t, in, p)))
	nothing(t, planned(t, gone, edited(t, in, p)))

	lost := copied(whole)
	lost.Sheets = slices.DeleteFunc(lost.Sheets, func(s grid.Sheet) bool { return s.Name == name })
	taken, diags := Read("a.xlsx", lost, in.Pack)
	plan, more := taken.Plan(Target{Folder: in.Folder, Files: in.Files, Pack: in.Pack, Catalogue: in.Catalogue})
	diags.Append(more)
	if !plan.Nothing() || diags.Len() != 1 {
		t.Errorf("a sheet that is not there: %d changes, %v", len(plan.ops), diags.Sorted())
	}
}

// A copied sheet is a new form, a sheet that is gone is a form deleted; a project goes with its lines, a line to another
// project; a new project takes its lines along. Brought in again nothing is left to do.
func TestFormsAndProjectsMove(t *testing.T) {
	in := folder(t, "../../data/2026/338")
	whole := book(t, in)
	before := shown(in)
	const name = "绩效表2"
	more := copied(whole)
	s := *sheetOf(t, more, name)
	s.Name = name + " (2)"
	s.Rows = slices.Clone(s.Rows)
	for i := range s.Rows {
		s.Rows[i].Cells = slices.Clone(s.Rows[i].Cells)
	}
	more.Sheets = append(more.Sheets, s)
	projectCell(t, sheetOf(t, more, s.Name), "别的项目")
	p := planned(t, more, in)
	after := edited(t, in, p)
	if len(p.Deleted)+len(p.Conflicts) > 0 || len(after.Files) != len(in.Files)+1 {
		t.Errorf("%v %v %d files", p.Deleted, p.Conflicts, len(after.Files))
	}
	own := func(list []string, sheet string) (out []string) {
		for _, s := range list {
			if rest, ok := strings.CutPrefix(s, sheet+"|"); ok && !strings.HasPrefix(rest, "项目名称") {
				out = append(out, rest)
			}
		}
		return out
	}
	form := own(before, name)
	if !slices.ContainsFunc([]string{"1", "2", "3", "4", "5"}, func(n string) bool {
		return "绩效表"+n != name && slices.Equal(own(shown(after), "绩效表"+n), form)
	}) || len(form) < 20 {
		t.Error("no copy of the form")
	}
	nothing(t, planned(t, more, after))

	less := copied(whole)
	less.Sheets = slices.DeleteFunc(less.Sheets, func(s grid.Sheet) bool { return s.Name == name })
	p = planned(t, less, in)
	if len(p.Deleted) != 1 || p.Deleted[0].With < 10 || len(p.ops) != 1 {
		t.Errorf("%+v", p.Deleted)
	}
	nothing(t, planned(t, less, edited(t, in, p)))

	lines := copied(whole)
	s = *sheetOf(t, lines, "项目")
	put(sheetOf(t, lines, "项目"), 40, grid.Cell{Column: 2, Kind: grid.Text, Text: "新的项目"})
	l := sheetOf(t, lines, "项目资金明细")
	put(l, 40, grid.Cell{Column: 2, Kind: grid.Text, Text: "新的项目"})
	put(l, 40, grid.Cell{Column: amountColumn(t, lines, in, l.Name), Kind: grid.Number, Text: "12.5"})
	p = planned(t, lines, in)
	after = edited(t, in, p)
	if len(p.ops) != 2 || !slices.ContainsFunc(shown(after), func(s string) bool {
		return strings.HasPrefix(s, l.Name+"|新的项目") && strings.Contains(s, "|12.5|")
	}) {
		t.Errorf("%+v", p.ops)
	}
	nothing(t, planned(t, lines, after))
}

func projectCell(t *testing.T, s *grid.Sheet, text string) {
	t.Helper()
	for _, r := range s.Rows {
		for _, c := range r.Cells {
			if c.Text == "项目名称" && c.Column == 2 {
				put(s, r.Number, grid.Cell{Column: 3, Kind: grid.Text, Text: text})
				return
			}
		}
	}
	t.Fatal("no project on ", s.Name)
}

// What the files changed since the workbook was written stays; what the workbook changed is brought in; what both changed is a
// conflict with all three values.
func TestFilesChangedMeanwhile(t *testing.T) {
	in := folder(t, "../../data/2026/338")
	whole := book(t, in)
	taken, _ := Read("a.xlsx", whole, in.Pack)
	i := slices.IndexFunc(taken.Sheets, func(s TakenSheet) bool { return s.Name == "基本支出" })
	b := &taken.Sheets[i].Blocks[0]
	column := b.Columns[b.FieldColumn("amount")]
	row := func(n int) *TakenRow { return &b.Rows[n] }
	e := source.Edit(in.Files)
	for _, n := range []int{1, 2} { // in the files
		e.Set(in.Folder+"/"+row(n).Key.File, row(n).Key.Address, "amount", source.NumberLiteral(strconv.Itoa(1000*n)))
	}
	e.Delete(in.Folder+"/"+row(0).Key.File, row(0).Key.Address)
	e.Insert(in.Folder+"/"+row(0).Key.File, "basic", "", row(3).Key.Address, []source.KeyValue{{Key: "function", Value: source.TextLiteral("2010301")},
		{Key: "economic", Value: source.TextLiteral("30299")}, {Key: "amount", Value: source.NumberLiteral("1")}})
	changed, err := e.Done()
	if err != nil {
		t.Fatal(err)
	}
	later := in
	later.Files = slices.Clone(in.Files)
	for _, x := range changed {
		n := slices.IndexFunc(later.Files, func(f *source.File) bool { return f.Path == x.Path })
		later.Files[n] = x.File
	}
	p := planned(t, whole, later)
	nothing(t, p)
	if len(p.Untouched) != 1 {
		t.Error(p.Untouched)
	}
	mine := copied(whole)
	s := sheetOf(t, mine, "基本支出")
	for _, n := range []int{2, 4} {
		put(s, row(n).Number, grid.Cell{Column: column, Kind: grid.Number, Text: strconv.Itoa(n)})
	}
	p = planned(t, mine, later)
	if len(p.ops) != 1 || p.ops[0].value.text != "4" || len(p.Conflicts) != 1 {
		t.Fatalf("%+v %+v", p.ops, p.Conflicts)
	}
	if c := p.Conflicts[0]; c.Mine != "2" || c.Theirs != "2000" || c.Base != row(2).Cells[b.FieldColumn("amount")].Text || !c.Known {
		t.Errorf("%+v", c)
	}
}

// A workbook that was made without a folder is brought into one again and again: what was brought in already is not made twice,
// and what was changed since is told with both values, never written over.
func TestBroughtInAgain(t *testing.T) {
	in := fresh(t, packs(t)[0])
	b := book(t, in)
	const name = "基本支出"
	amount := amountColumn(t, b, in, name)
	type line struct{ function, economic, amount string }
	fill := func(lines ...line) {
		s := sheetOf(t, b, name)
		heads := columnsRead(t, b, in, name)
		for i, l := range lines {
			row := HeadRow + 20 + i
			put(s, row, grid.Cell{Column: heads["function"], Kind: grid.Text, Text: l.function})
			put(s, row, grid.Cell{Column: heads["economic"], Kind: grid.Text, Text: l.economic})
			put(s, row, grid.Cell{Column: amount, Kind: grid.Number, Text: l.amount})
		}
	}
	fill(line{"2010301", "30101", "100"}, line{"2010301", "30102", "200"})
	taken, diags := Read("a.xlsx", b, in.Pack)
	made, more, err := taken.Folder("d", in.Catalogue)
	if diags.Append(more); err != nil || diags.HasErrors() {
		t.Fatal(err, diags.Sorted())
	}
	now := in
	now.Folder, now.Files = "d", nil
	for _, f := range made.Files {
		now.Files = append(now.Files, f.File)
	}
	nothing(t, planned(t, b, now))
	fill(line{"2010301", "30101", "100"}, line{"2010301", "30102", "250"}, line{"2010301", "30103", "7"})
	p := planned(t, b, now)
	if len(p.ops) != 1 || p.ops[0].kind != opInsert || len(p.Deleted) > 0 || len(p.Conflicts) != 1 || p.Conflicts[0].Mine != "250" || p.Conflicts[0].Theirs != "200" {
		t.Errorf("%+v\n%+v\n%+v", p.ops, p.Conflicts, p.Deleted)
	}
}

// columnsRead is where the fields of a sheet stand.
func columnsRead(t *testing.T, b *grid.Book, in Input, sheet string) map[string]int {
	t.Helper()
	out := map[string]int{}
	taken, _ := Read("a.xlsx", b, in.Pack)
	for _, s := range taken.Sheets {
		for k, c := range s.Blocks[0].Block.Columns {
			if s.Name == sheet && c.Role == RoleField {
				out[c.Field.Key] = s.Blocks[0].Columns[k]
			}
		}
	}
	return out
}
