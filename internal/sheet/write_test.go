package sheet

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/budget"
	"yusuan/internal/grid"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/renew"
	"yusuan/internal/source"
	"yusuan/internal/xlsx"
)

// folders are the sample and the departments of the tests.
func folders(t *testing.T) []string {
	t.Helper()
	out := []string{"../../data/2026/338", "../../data/2025/338"}
	more, err := filepath.Glob("../../testdata/departments/*/*")
	if err != nil || len(more) < 3 {
		t.Fatal(more, err)
	}
	for _, dir := range more {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			out = append(out, dir)
		}
	}
	return out
}

func inputOf(t *testing.T, fsys fs.FS, dir string) Input {
	t.Helper()
	files, _, err := source.ReadDir(fsys, dir)
	if err != nil {
		t.Fatal(err)
	}
	facts, _ := budget.Read(files, nil, nil)
	return inputWith(t, files, facts.Department.Template.V, facts.Department.Year.V, dir)
}

func inputWith(t *testing.T, files []*source.File, template string, year int, dir string) Input {
	t.Helper()
	return Input{Files: files, Pack: packNamed(t, template), Catalogue: catalogueOf(t, year), Program: "yusuan 0", Folder: dir, Shown: dir, Templates: []string{template}}
}

func folder(t *testing.T, dir string) Input {
	return inputOf(t, os.DirFS(filepath.Dir(dir)), filepath.Base(dir))
}

// fresh is a department that nobody has filled in.
func fresh(t *testing.T, p *pack.Pack) Input {
	t.Helper()
	cat := catalogueOf(t, p.LastYear)
	var files []*source.File
	for _, f := range renew.Bare(renew.Fresh(p, cat.Functional, p.ID, p.LastYear, "415")) {
		if strings.HasSuffix(f.Path, ".toml") {
			file, _ := source.Parse(f.Path, f.Data)
			files = append(files, file)
		}
	}
	return inputWith(t, files, p.ID, p.LastYear, "")
}

func inputs(t *testing.T) map[string]Input {
	out := map[string]Input{}
	for _, dir := range folders(t) {
		out[dir] = folder(t, dir)
	}
	for _, p := range packs(t) {
		out["new "+p.ID] = fresh(t, p)
	}
	return out
}

// The same files make the same bytes.
func TestSameBytes(t *testing.T) {
	for name, in := range inputs(t) {
		again, err := Write(in)
		if err != nil {
			t.Fatal(name, err)
		}
		if !bytes.Equal(workbook(t, in), again) {
			t.Errorf("%s: two workbooks of the same files differ", name)
		}
	}
}

// What is filled stands in the workbook cell by cell: keys, texts, the digits of amounts, dates as days.
func TestCellsAreWritten(t *testing.T) {
	for name, in := range inputs(t) {
		f := written(t, in)
		c := Fill(in)
		w := &writer{c: c}
		w.place()
		cells := 0
		for _, s := range w.sheets {
			for _, b := range s.blocks {
				for i, c := range b.Columns {
					if got, _ := f.GetCellValue(s.Name, cellName(i+2, b.head)); got != c.shown() {
						t.Errorf("%s: %s: head %q, want %q", name, s.Name, got, c.shown())
					}
				}
				for n, row := range b.Rows {
					if got, _ := f.GetCellValue(s.Name, cellName(KeyColumn, b.first+n)); got != row.Key.String() {
						t.Errorf("%s: %s: key %q, want %q", name, s.Name, got, row.Key)
					}
					for i, x := range row.Cells {
						at := cellName(i+2, b.first+n)
						got, _ := f.GetCellValue(s.Name, at)
						want := x.Text
						if x.Kind == Date {
							want = fmt.Sprint(dayOf(x.Text))
						}
						if row.Item != nil && row.Item.Required && b.Columns[i].Role == RoleName {
							want = "*" + want
						}
						if got != want {
							t.Errorf("%s: %s!%s holds %q, want %q", name, s.Name, at, got, want)
						}
						kind, _ := f.GetCellType(s.Name, at)
						if text := kind == excelize.CellTypeInlineString; x.Kind != Empty && text != (x.Kind == Text) {
							t.Errorf("%s: %s!%s is of type %v, want %v", name, s.Name, at, kind, x.Kind)
						}
						cells++
					}
				}
			}
		}
		if cells < 50 {
			t.Errorf("%s: %d cells", name, cells)
		}
	}
}

// Whatever may be said has a column in sight: who goes on to a second unit must find where to name it. Only the keys are hidden.
func TestColumnsAreInSight(t *testing.T) {
	for name, in := range inputs(t) {
		f := written(t, in)
		c := Fill(in)
		for i := range c.Sheets {
			s := &c.Sheets[i]
			for _, b := range s.Blocks {
				for k := range b.Columns {
					if seen, err := f.GetColVisible(s.Name, columnName(k+2)); !seen || err != nil {
						t.Errorf("%s: %s: nobody sees %s: %v", name, s.Name, b.Columns[k].Head, err)
					}
				}
			}
			if seen, _ := f.GetColVisible(s.Name, columnName(KeyColumn)); seen {
				t.Errorf("%s: %s shows the keys", name, s.Name)
			}
		}
	}
}

// What must be filled in says so without its colour, and is read as what it is.
func TestWhatMustBeFilledIn(t *testing.T) {
	l := New(packs(t)[0], Everything)
	columns := 0
	for _, s := range l.Sheets {
		for i := range s.Blocks {
			b := &s.Blocks[i]
			for k := range b.Columns {
				c := &b.Columns[k]
				if must := c.Field != nil && c.Field.Required && !c.Unprinted; strings.HasPrefix(c.shown(), "*") != must {
					t.Errorf("%s: the head %q must be filled in: %v", s.Name, c.shown(), must)
				} else if must {
					columns++
				}
				if got := b.Column(c.shown()); got != k {
					t.Errorf("%s: the head %q is read as column %d, want %d", s.Name, c.shown(), got, k)
				}
			}
			for k := range b.Items {
				x := &b.Items[k]
				if got, _ := b.Item("*"+x.Label, x.OfUnit); x.Family == "" && got != x {
					t.Errorf("%s: %q is read as %v", s.Name, "*"+x.Label, got)
				}
			}
		}
	}
	if columns < 10 {
		t.Errorf("%d columns must be filled in", columns)
	}
}

// Remarks that but repeat what stands in the row stay where they are; what somebody has to say is shown.
func TestRemarksThatRepeat(t *testing.T) {
	names := []string{"行政运行", "基本工资", "全称", "标题和正文用"}
	for remark, want := range map[string]bool{"": false, "行政运行　基本工资": true, "基本工资": true, "全称：标题和正文用": true, "行政运行　基本工资【请核对】": false, "行政运行 两人": false, "　": false} {
		if got := onlyRepeats(remark, names); got != want {
			t.Errorf("%q only repeats: %v", remark, got)
		}
	}
	one := "[[basic]] # 行政运行　基本工资\nfunction = \"2010301\"\neconomic = \"30101\"\namount = 5\n"
	rows := "basic = [ { function = \"2010301\", economic = \"30101\", amount = 5 }, # 行政运行　基本工资\n { function = \"2010301\", economic = \"30102\", amount = 6 }, # 按新标准\n]\n"
	for text, want := range map[string][]string{one: {""}, rows: {"", "按新标准"}} {
		f, diags := source.Parse("basic.toml", []byte(text))
		if diags.HasErrors() {
			t.Fatal(diags.Sorted())
		}
		var got []string
		in := inputWith(t, []*source.File{f}, "wuhan", 2026, "")
		nothing(t, planned(t, book(t, in), in)) // the remark is not taken for one that is deleted
		for _, s := range Fill(in).Sheets {
			if b := s.Blocks[0]; b.Shape == Rows && b.Table.Name == "basic" {
				for _, r := range b.Rows {
					got = append(got, r.Cells[b.With(RoleRemark)].Text)
				}
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("remarks are %q, want %q", got, want)
		}
	}
}

// Forms have room for as many indicators as most have.
func TestRoomForIndicators(t *testing.T) {
	blocks := 0
	for _, p := range packs(t) {
		w := &writer{c: Fill(fresh(t, p))}
		w.place()
		for _, s := range w.sheets {
			for _, b := range s.blocks {
				if b.Shape == Rows && b.Table.Name == indicatorTable {
					if blocks++; b.last-b.head < leastGoaled {
						t.Errorf("%s: %s has %d rows", p.ID, s.Name, b.last-b.head)
					}
				}
			}
		}
	}
	if blocks == 0 {
		t.Error("no form has indicators")
	}
}

// Nothing that a folder says is missing: every value of every file is in some row, but for what has no place in workbooks.
func TestEverythingSaidIsShown(t *testing.T) {
	for name, in := range inputs(t) {
		shown := map[string]bool{} // file#address, of values with their key
		for _, s := range Fill(in).Sheets {
			for _, b := range s.Blocks {
				for _, row := range b.Rows {
					k := row.Key
					if k.Value != "" {
						shown[k.File+"#"+k.Address+":"+k.Value] = true
						continue
					}
					for i, c := range b.Columns {
						if c.Role == RoleField && row.Cells[i].Kind != Empty {
							shown[k.File+"#"+k.Address+":"+c.Field.Key] = true
						}
					}
				}
			}
		}
		for _, file := range in.Files {
			for _, e := range file.Entries() {
				for _, v := range e.Values() {
					at := in.Name(file.Path) + "#" + e.Address + ":" + v.Key
					if e.Table == "" || Exempt(e.Table) || v.Text == "" && len(v.Items) == 0 || shown[at] {
						continue
					}
					if v.Text == source.Unfilled { // asks for what the pack prints nowhere
						continue
					}
					t.Errorf("%s: %s is in no row", name, at)
				}
			}
		}
	}
}

// A unit with a slip that is forgiven is the unit: the document is made in it, too.
func TestUnitWithASlip(t *testing.T) {
	f, _ := source.Parse("basic.toml", []byte("amount_unit = \"万元 \"\n[[basic]]\nfunction = \"2010301\"\neconomic = \"30101\"\namount = 2.5\n"))
	in := inputWith(t, []*source.File{f}, "wuhan", 2026, "")
	if s := strings.Join(shown(in), "\n"); !strings.Contains(s, "|25000|") {
		t.Errorf("not 25,000元:\n%s", s)
	}
	b := book(t, in)
	put(sheetOf(t, b, "基本支出"), HeadRow+1, grid.Cell{Column: amountColumn(t, b, in, "基本支出"), Kind: grid.Number, Text: "30000"})
	if got := string(edited(t, in, planned(t, b, in)).Files[0].Source); !strings.Contains(got, "amount = 3\n") {
		t.Errorf("not 3万元:\n%s", got)
	}
}

// Amounts are exact in whatever unit a file has them, and text where spreadsheets would round them.
func TestAmounts(t *testing.T) {
	for _, c := range []struct {
		literal string
		unit    money.Unit
		want    Cell
	}{
		{"1234.50", money.Yuan, Cell{Kind: Number, Text: "1234.5"}},
		{"2906.92", money.Wan, Cell{Kind: Number, Text: "29069200"}},
		{"0.0001", money.Wan, Cell{Kind: Number, Text: "1"}},
		{"-3", money.Yuan, Cell{Kind: Number, Text: "-3"}},
		{"1_000", money.Yuan, Cell{Kind: Number, Text: "1000"}},
		{"123456789012.34", money.Yuan, Cell{Kind: Number, Text: "123456789012.34"}},
		{"9876543210123.45", money.Yuan, Cell{Kind: Number, Text: "9876543210123.45"}},
		{"98765432101234.56", money.Yuan, Cell{Kind: Text, Text: "98765432101234.56"}},
		{"4671.8500000000004", money.Yuan, Cell{Kind: Text, Text: "4671.8500000000004"}},
		{source.Unfilled, money.Yuan, Cell{Kind: Text, Text: source.Unfilled}},
	} {
		got := amountCell(c.literal, c.unit)
		if got != c.want {
			t.Errorf("%s%s: %v, want %v", c.literal, c.unit, got, c.want)
		}
		if _, text := xlsx.Number(got.Text).(string); text && got.Kind == Number {
			t.Errorf("%s is written as text", c.literal)
		}
	}
}

func TestKeys(t *testing.T) {
	for _, k := range []Key{
		{File: "basic.toml", Address: "basic[12]", Digest: "0a1b2c3d"},
		{File: "绩效/a#b@c.toml", Address: "form[0].fields", Digest: "0a1b2c3d", Value: "reason", Part: 3},
		{File: "text.toml", Address: "text", Digest: "ffffffff", Value: "use.项目 1/2", Part: 0},
		{File: "text.toml", Address: "text", Digest: "ffffffff", Value: "a#b@00000000:c/7", Part: 12},
	} {
		if got, ok := ParseKey(k.String()); !ok || got != k {
			t.Errorf("%s is read as %v", k, got)
		}
	}
	for _, s := range []string{"", "basic.toml", "basic.toml#basic[0]@123", "basic.toml#basic[0]@zzzzzzzz", "a#b@0a1b2c3d:k"} {
		if _, ok := ParseKey(s); ok {
			t.Errorf("%q is a key", s)
		}
	}
}

// A long text takes a row for each paragraph, whatever it holds, and what no cell can hold says so.
func TestTextsByParagraph(t *testing.T) {
	texts := "[text]\nreason_total = '''\n第一段，\"引号\"和 # 号。\n\n　第三段\t有制表符 。'''\nunknown_key = \"另一段\"\noperating_use = \"" + strings.Repeat("长", 40000) + "\"\nreason_fiscal = \"a\\u0007b\"\n"
	file, diags := source.Parse("text.toml", []byte(texts))
	if diags.HasErrors() {
		t.Fatal(diags.Sorted())
	}
	p := packNamed(t, "wuhan")
	c := Fill(Input{Files: []*source.File{file}, Pack: p})
	var got []string
	for _, s := range c.Sheets {
		if s.Name != "文字说明" {
			continue
		}
		b := s.Blocks[0]
		for _, r := range b.Rows {
			if !r.Key.IsZero() {
				content := r.Cells[b.With(RoleContent)]
				got = append(got, fmt.Sprintf("%s/%d %s %v", r.Key.Value, r.Key.Part, content.Text, content.Locked))
			}
		}
	}
	want := []string{"reason_total/0 第一段，\"引号\"和 # 号。 false", "reason_total/1  false", "reason_total/2 　第三段\t有制表符 。 false",
		"reason_fiscal/0 （有控制字符，放不进格子，只在数据文件里改） true", "operating_use/0 （太长，放不进一格，只在数据文件里改） true", "unknown_key/0 另一段 false"}
	if !slices.Equal(got, want) {
		t.Errorf("rows are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
