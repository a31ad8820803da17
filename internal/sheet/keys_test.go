package sheet

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/grid"
	"yusuan/internal/source"
)

// Keys that parted from their rows, that are gone or were typed over change nothing; what was changed besides is changed alone.
func TestRowsWithoutTheirKeys(t *testing.T) {
	for _, in := range []Input{folder(t, "../../data/2026/338"), generated(t, 3)} {
		whole := book(t, in)
		taken, _ := Read("a.xlsx", whole, in.Pack)
		for _, s := range taken.Sheets {
			b := &s.Blocks[0]
			if b.Shape != Rows || s.Form != nil || len(b.Rows) < 3 {
				continue
			}
			keys := map[string]func(list []grid.Row){
				"sorted without": func(list []grid.Row) {
					for i := range len(list) / 2 {
						a, z := &list[i].Cells[0], &list[len(list)-1-i].Cells[0]
						if a.Column == KeyColumn && z.Column == KeyColumn {
							a.Text, z.Text = z.Text, a.Text
						}
					}
				},
				"rubbish": func(list []grid.Row) {
					for i := range list {
						if list[i].Cells[0].Column == KeyColumn {
							list[i].Cells[0].Text = "垃圾"
						}
					}
				},
				"none": func(list []grid.Row) {
					for i := range list {
						if list[i].Cells[0].Column == KeyColumn {
							list[i].Cells = list[i].Cells[1:]
						}
					}
				},
			}
			for name, part := range keys {
				parted := copied(whole)
				_, list := rowsOf(sheetOf(t, parted, s.Name))
				x := sheetOf(t, parted, s.Name)
				part(list)
				x.Rows = append(x.Rows[:len(x.Rows)-len(list):len(x.Rows)-len(list)], list...)
				_, diags, p := bothWays(t, in, parted)
				if diags.HasErrors() || len(diags.Sorted()) > 0 && name != "rubbish" {
					t.Errorf("%s %s: %v", s.Name, name, diags.Sorted())
				}
				nothing(t, p)
				column := 0
				for k, c := range b.Block.Columns {
					if c.Role == RoleField && c.Field.Kind == budget.FieldAmount && b.Columns[k] > 0 && b.Rows[1].Cells[k].Text != "" && c.Field.Required {
						column = b.Columns[k]
					}
				}
				if column == 0 || name != "sorted without" {
					continue
				}
				put(x, b.Rows[1].Number, grid.Cell{Column: column, Kind: grid.Number, Text: "424242"})
				again, _ := Read("a.xlsx", parted, in.Pack)
				p = planned(t, parted, in)
				after := edited(t, in, p)
				if len(p.ops) != 1 || len(p.Deleted)+len(p.Conflicts) > 0 || !again.Proves(Target{Folder: after.Folder, Files: after.Files, Pack: in.Pack, Catalogue: in.Catalogue}) {
					t.Errorf("%s changed: %d changes, %v %v", s.Name, len(p.ops), p.Deleted, p.Conflicts)
				}
			}
		}
	}
}

// A copy of a form before its original is the new one.
func TestCopyBeforeItsOriginal(t *testing.T) {
	in := folder(t, "../../data/2026/338")
	b := copied(book(t, in))
	s := *sheetOf(t, b, "绩效表2")
	s.Name = "新表"
	s.Rows = slices.Clone(s.Rows)
	for i := range s.Rows {
		s.Rows[i].Cells = slices.Clone(s.Rows[i].Cells)
	}
	b.Sheets = append([]grid.Sheet{s}, b.Sheets...)
	projectCell(t, &b.Sheets[0], "别的项目")
	p := planned(t, b, in)
	if files, err := p.Edit(); err != nil || len(files) != 1 || files[0].Before != nil || len(p.Deleted)+len(p.Conflicts) > 0 {
		t.Errorf("%v %d files %v", err, len(files), p.Deleted)
	}
}

// amountRow is a row of basic expenditure with the column of its amounts.
func amountRow(t *testing.T, in Input, whole *grid.Book) (row, column int) {
	t.Helper()
	taken, _ := Read("a.xlsx", whole, in.Pack)
	i := slices.IndexFunc(taken.Sheets, func(s TakenSheet) bool { return s.Name == "基本支出" })
	b := &taken.Sheets[i].Blocks[0]
	return b.Rows[0].Number, b.Columns[b.FieldColumn("amount")]
}

// Amounts and texts that were merged away are told at their cell.
func TestMergedAway(t *testing.T) {
	in := folder(t, "../../data/2026/338")
	whole := book(t, in)
	row, column := amountRow(t, in, whole)
	for _, fresh := range []bool{false, true} {
		b := merged(t, in, "基本支出", row, column, fresh)
		alone, into, p := bothWays(t, in, b)
		for _, list := range []diag.List{alone, into} {
			if n := slices.IndexFunc(list.Sorted(), func(d diag.Diagnostic) bool {
				c, _ := d.At.In.Cell()
				return d.Rule == ruleCell && d.Level == diag.Error && c.Name == grid.Name(row+1, column)
			}); n < 0 {
				t.Errorf("new row %v: %v", fresh, list.Sorted())
			}
		}
		if !fresh && !p.Nothing() {
			t.Errorf("%d changes", len(p.ops))
		}
	}
}

// merged is the workbook with a cell and the one below it merged; the row below may have lost its key.
func merged(t *testing.T, in Input, sheet string, row, column int, fresh bool) *grid.Book {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(workbook(t, in)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	below := grid.Name(row+1, column)
	if err = f.SetCellValue(sheet, below, nil); err == nil {
		err = f.MergeCell(sheet, grid.Name(row, column), below)
	}
	if err == nil && fresh {
		err = f.SetCellValue(sheet, grid.Name(row+1, KeyColumn), nil)
	}
	var out bytes.Buffer
	if err == nil {
		err = f.Write(&out)
	}
	if err != nil {
		t.Fatal(err)
	}
	b, err := grid.Read("a.xlsx", out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A row of sums is told once and not read.
func TestRowOfSums(t *testing.T) {
	in := folder(t, "../../data/2026/338")
	whole := book(t, in)
	_, column := amountRow(t, in, whole)
	for _, word := range append([]string{" 合 计", "小计：", "本页合计", "局本级小计"}, sumWords...) {
		b := copied(whole)
		s := sheetOf(t, b, "基本支出")
		put(s, 60, grid.Cell{Column: 3, Kind: grid.Text, Text: word})
		put(s, 60, grid.Cell{Column: column, Kind: grid.Empty, Formula: true, Unstored: true})
		alone, into, p := bothWays(t, in, b)
		for _, list := range []diag.List{alone, into} {
			if x := list.Sorted(); len(x) != 1 || x[0].Rule != ruleSum || !strings.Contains(x[0].Message, "合计由程序算") {
				t.Errorf("%s: %v", word, x)
			}
		}
		nothing(t, p)
	}
}

// An amount that was not understood, or of a row of which something was not, is left open, so that nothing is summed with it.
func TestUnreadAmountIsOpen(t *testing.T) {
	in := folder(t, "../../data/2026/338")
	whole := book(t, in)
	row, column := amountRow(t, in, whole)
	for n, bad := range []grid.Cell{{Column: column, Kind: grid.Text, Text: "120万左右"}, {Column: 3, Kind: grid.Text, Text: "没有这个科目"}, {Column: 4, Kind: grid.Text, Text: "没有这个科目"}} {
		b := copied(whole)
		put(sheetOf(t, b, "基本支出"), row, bad)
		taken, _ := Read("a.xlsx", b, in.Pack)
		made, diags, err := taken.Folder("a.xlsx", in.Catalogue)
		if err != nil {
			t.Fatal(err)
		}
		open := 0
		for _, f := range made.Files {
			for _, e := range f.File.Entries() {
				if v, ok := e.Value("amount"); ok && v.Text == "请填" {
					open++
					d := diag.Diagnostic{Rule: ruleMissing, At: v.At, Message: "金额（amount）还没有填"}
					if made.Finding(&d) {
						t.Error("told twice")
					}
				}
			}
		}
		if open != 1 && diags.HasErrors() || n == 0 && open == 0 {
			t.Errorf("%s: %d open, %v", strconv.Quote(bad.Text), open, diags.Sorted())
		}
	}
}

// What a workbook has no column for goes with its line to another project.
func TestMovedWithAllItSays(t *testing.T) {
	const text = "[[project]]\nname = \"甲\"\n[[project.line]] # 说明\nfunction = \"2010302\"\neconomic = \"30201\"\nfund = \"事业收入\"\namount = 1.50\ndraft = \"草稿\"\n[[project]]\nname = \"乙\"\namount = 7\n"
	f, diags := source.Parse("projects.toml", []byte("amount_unit = \"万元\"\n"+text))
	if diags.HasErrors() {
		t.Fatal(diags.Sorted())
	}
	in := inputWith(t, []*source.File{f}, "wuhan", 2026, "")
	b := book(t, in)
	s := sheetOf(t, b, "项目资金明细")
	row := s.Rows[len(s.Rows)-1].Number
	put(s, row, grid.Cell{Column: 2, Kind: grid.Text, Text: "乙"})
	columns := columnsRead(t, b, in, s.Name)
	for _, key := range []string{"fund", "amount"} {
		cutColumn(s, columns[key])
		columns = columnsRead(t, b, in, s.Name)
	}
	taken, _ := Read("a.xlsx", b, in.Pack)
	for _, c := range taken.Sheets {
		if c.Name == s.Name {
			if k := c.Blocks[0].With(RoleRemark); c.Blocks[0].Columns[k] > 0 {
				cutColumn(s, c.Blocks[0].Columns[k])
			}
		}
	}
	taken, _ = Read("a.xlsx", b, in.Pack)
	plan, _ := taken.Plan(Target{Files: in.Files, Pack: in.Pack, Catalogue: in.Catalogue})
	after := edited(t, in, plan)
	const want = "name = \"乙\"\namount = 7\n"
	got := string(after.Files[0].Source)
	i := strings.Index(got, want)
	if i < 0 || strings.Contains(got[:i], "project.line") {
		t.Fatal(got)
	}
	for _, kept := range []string{"# 说明", `"事业收入"`, "1.5", `draft = "草稿"`, `"2010302"`} {
		if !strings.Contains(got[i:], kept) {
			t.Errorf("%s is lost:\n%s", kept, got)
		}
	}
}

// A row that begins as the words above the next block do, and says more, is a row.
func TestRowAboveTheNextBlock(t *testing.T) {
	in := folder(t, "../../data/2026/338")
	b := book(t, in)
	blocks := func() (*TakenBlock, *TakenBlock) {
		taken, _ := Read("a.xlsx", b, in.Pack)
		for i := range taken.Sheets {
			if s := &taken.Sheets[i]; s.Name == "绩效表2" {
				return &s.Blocks[0], &s.Blocks[1]
			}
		}
		t.Fatal("no form")
		return nil, nil
	}
	first, second := blocks()
	rows := len(first.Rows)
	put(sheetOf(t, b, "绩效表2"), second.Head-1, grid.Cell{Column: 4, Kind: grid.Text, Text: "也是内容"})
	if again, _ := blocks(); len(again.Rows) != rows+1 {
		t.Errorf("%d rows, before %d", len(again.Rows), rows)
	}
}
