package build_test

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
	"yusuan/internal/compose"
	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/schedule"
	"yusuan/internal/testdept"
)

// body are the numbers in the body of a table by place, each at the first row and column of its cell.
func body(t *doc.Table) map[[2]int]string {
	out, taken := map[[2]int]string{}, map[[2]int]bool{}
	for i := range t.Body {
		col := 0
		for _, c := range t.Body[i].Cells {
			for taken[[2]int{i, col}] {
				col++
			}
			if c.Number {
				out[[2]int{i, col}] = ""
				if len(c.Text) > 0 {
					out[[2]int{i, col}] = c.Text[0].String
				}
			}
			for y := range max(c.RowSpan, 1) {
				for x := range max(c.ColSpan, 1) {
					taken[[2]int{i + y, col + x}] = true
				}
			}
			col += max(c.ColSpan, 1)
		}
	}
	return out
}

// nestedGaps is a department whose nested rows have twins by name, projects with dots in their names and purchases without
// a code beside purchases with one.
const nestedGaps = `
[department]
year = 2018
code = "900"
name = "清河县统计局"
template = "jiangsu-department-2018"
date = 2018-02-01
[[unit]]
code = "900001"
name = "清河县统计局"
kind = "行政"
headquarters = true
[[basic]]
function = "2010501"
economic = "30101"
amount = 1000000
[[project]]
name = "1.5产业园普查"
function = "2010507"
purpose = "用于普查。"
amount = 500000
[[procurement]]
class = "货物"
project = "1.5产业园普查"
economic = "30902"
item = "台式计算机"
organization = "集中采购"
amount = 10000
[[procurement]]
class = "货物"
project = "1.5产业园普查"
economic = "31002"
item = "台式计算机"
organization = "集中采购"
amount = 20000
[[procurement]]
class = "货物"
project = "1.5产业园普查"
item = "台式计算机"
organization = "集中采购"
amount = 40000
`

// oddNames is a department whose projects are called what rows are counted by, and end in digits.
const oddNames = `
[department]
year = 2026
code = "900"
name = "清河县统计局"
template = "wuhan"
date = 2026-02-01
[[unit]]
code = "900001"
name = "清河县统计局"
kind = "行政"
headquarters = true
[[basic]]
function = "2010301"
economic = "30101"
amount = 1000000
[[project]]
name = "第3行"
function = "2010399"
purpose = "用于普查。"
amount = 30000
[[project]]
name = "信息化二期2026"
function = "2010399"
purpose = "用于普查。"
amount = 24700
[[project]]
name = "大数据平台2.0"
function = "2010399"
purpose = "用于普查。"
amount = -5000
`

// numbered are documents to ask for numbers: all there are, under other packs too, and some that do not exist.
func numbered(t *testing.T) map[string]*build.Work {
	t.Helper()
	s, root := shared(t), os.DirFS("../..")
	out := map[string]*build.Work{}
	add := func(name string, in build.Input) {
		w, err := s.Check(in)
		if err != nil || w.Tree == nil {
			t.Fatal(name, err, w.Diags.Sorted())
		}
		out[fmt.Sprint(name, " ", w.Pack.ID)] = w
	}
	sample := build.Input{Data: root, Dir: "data/2026/338", PriorDir: "data/2025/338"}
	add("338", sample)
	for _, dir := range []string{"data/2025/338", "testdata/departments/2017/101", "testdata/departments/2018/101", "testdata/departments/2019/101", "testdata/departments/2025/010", "testdata/departments/2026/415", "testdata/departments/2026/501"} {
		add(dir, build.Input{Data: root, Dir: dir})
	}
	add("unit", build.Input{Data: root, Dir: "testdata/departments/2025/010", Edition: "unit:010001"})
	add("gaps", build.Input{Data: fstest.MapFS{"2018/900/a.toml": {Data: []byte(nestedGaps)}}, Dir: "2018/900"})
	add("odd", build.Input{Data: fstest.MapFS{"2026/900/a.toml": {Data: []byte(oddNames)}}, Dir: "2026/900"})
	generated := fstest.MapFS{}
	for name, text := range testdept.Files(3) {
		generated["d/"+path.Base(name)] = &fstest.MapFile{Data: text}
	}
	packs, err := fs.Glob(s.Packs, "*/pack.toml")
	if err != nil || len(packs) < 5 {
		t.Fatal(err, packs)
	}
	for _, p := range packs {
		in := sample
		in.Template = path.Dir(p)
		add("338 as", in)
		add("415 as", build.Input{Data: root, Dir: "testdata/departments/2026/415", Template: in.Template})
		add("generated", build.Input{Data: generated, Dir: "d", Template: in.Template})
	}
	return out
}

// TestEveryNumberCanBeAskedFor: every number in every table, printed by some part or by none, can be asked for by its address
// and is answered with what is printed; it is the sum of what its query asks for and of its lines; keys are unique.
func TestEveryNumberCanBeAskedFor(t *testing.T) {
	n := 0
	for name, w := range numbered(t) {
		made := compose.Gallery(w.Pack, w.Budget, w.Prior)
		keys := map[string]string{}
		for i := range made.Tree.Sections {
			for _, b := range made.Tree.Sections[i].Blocks {
				d, ok := b.(*doc.Table)
				if !ok || w.Pack.Tables[d.ID] == nil {
					continue
				}
				s, printed := made.Numbers.Table(d.ID), body(d)
				s.Each(func(ref schedule.Ref) {
					row, column := s.Place(ref)
					at := [2]int{row, column}
					if got, ok := printed[at]; !ok || got != s.Printed(ref) {
						t.Errorf("%s: table %s prints %q in row %d column %d, the schedule says %q", name, d.ID, got, row, column, s.Printed(ref))
					}
					delete(printed, at)
					asked(t, name, made.Numbers, s, ref)
					if key, address := s.Key(ref), s.Address(ref); keys[key] != "" {
						t.Errorf("%s: %s and %s have the key %s", name, keys[key], address, key)
					} else {
						keys[key] = address
					}
					n++
				})
				totalHasLines(t, name, made.Numbers, s)
				for at, text := range printed {
					if text != "" {
						t.Errorf("%s: table %s prints %q in row %d column %d, and no schedule has it", name, d.ID, text, at[0], at[1])
					}
				}
			}
		}
	}
	if n < 8000 {
		t.Errorf("%d numbers only", n)
	}
}

// asked asks for one number.
func asked(t *testing.T, name string, d *schedule.Document, s *schedule.Schedule, ref schedule.Ref) {
	t.Helper()
	address := s.Address(ref)
	got, err := d.Ask(address)
	switch {
	case err != nil:
		t.Errorf("%s: %s: %v", name, address, err)
		return
	case got.Value.Printed != s.Printed(ref) || got.Key != s.Key(ref):
		t.Errorf("%s: %s is answered with %s %q, it prints %s %q", name, address, got.Key, got.Value.Printed, s.Key(ref), s.Printed(ref))
	}
	if v := s.Value(ref); v.Kind == schedule.ValueSum {
		if sum := d.Budget.Sum(v.Sums[0]); !sum.Equal(v.Exact) || !sum.Equal(s.Sum(ref).Exact) {
			t.Errorf("%s: %s is %s; what it asks for, %q, is %s", name, address, v.Exact, v.Sums[0], sum)
		}
		if v.Exact.IsZero() != (len(d.Lines(&v)) == 0) && len(d.Lines(&v)) == 0 {
			t.Errorf("%s: %s has no lines", name, address)
		}
	}
}

// TestAddresses: what people write, and what they are told.
func TestAddresses(t *testing.T) {
	works := numbered(t)
	for _, c := range []struct{ document, address, want string }{
		// Figures by name and by title.
		{"338 wuhan", "total", "4,671.85"}, {"338 wuhan", "支出总预算", "4,671.85"}, {"338 wuhan", "三公经费", "18.19"}, {"338 wuhan", "“三公” 经费", "18.19"},
		// A row by code, name, label with and without its number; a column by head, by a figure that asks the same, by number.
		{"338 wuhan", "T3.2010301.基本支出", "749.64"}, {"338 wuhan", "T3.2010301.basic", "749.64"}, {"338 wuhan", "3.行政运行.2", "749.64"}, {"338 wuhan", "表3.201.项目支出", "3,140.86"},
		{"338 wuhan", "T7.公务接待费", "0.69"}, {"338 wuhan", "T7..公务接待费", "0.69"}, {"338 wuhan", "T1.收入总计", "4,671.85"}, {"338 wuhan", "T3", "4,671.85"},
		{"338 wuhan", "T10.338001", "3,140.86"}, {"338 wuhan", "T10.武昌区行政审批局本级.合计", "3,140.86"}, {"338 wuhan", "T10.合计.本年拨款.一般公共预算", "3,140.86"},
		{"338 wuhan", "T4.第2行.第2列", "4,671.85"}, {"338 wuhan", "T4．本年收入．一般公共预算拨款", "4,671.85"}, {"338 wuhan", "T4.（二）政府性基金预算拨款", "有2个"},
		// Words with dots in them, twins that only their codes tell apart, a purchase without a code.
		{"gaps jiangsu-department-2018", "T12.1.5产业园普查+30902", "1.00"}, {"gaps jiangsu-department-2018", "T12.1.5产业园普查", "有3个"},
		// What names several numbers is answered with the list, what is not there with what is near.
		{"338 wuhan", "T4.一般公共预算拨款", "T4.上年结转.一般公共预算拨款.预算数"}, {"338 wuhan", "T10.合计.一般公共预算", "T10.合计.财政拨款结转结余.一般公共预算"},
		{"338 wuhan", "T1", "2个合计数"}, {"338 wuhan", "T8.合计", "空表"}, {"338 wuhan", "T3.2010301.基本", "没有列“基本”，有的是 合计、基本支出、项目支出"},
		{"338 wuhan", "T3.2010302.基本支出", "没有行“2010302”，是不是“2010301”"}, {"338 wuhan", "T10.政务服务外包.合计", "是不是“政务服务外包经费”"}, {"338 wuhan", "T99.1.2", "没有表“T99”"},
		{"odd wuhan", "T10.第3行", "有2个“第3行”"}, {"odd wuhan", "T10.第5行.合计", "3.00"}, {"odd wuhan", "T10.第4行.合计", "4.97"},
		// What people write instead of an address: other marks than dots, our own titles and keys, headings, a printed number alone,
		// no table or another one.
		{"338 wuhan", "T3 2010301 基本支出", "749.64"}, {"338 wuhan", "表3，行政运行，基本支出", "749.64"}, {"338 wuhan", "表3-2010301-基本支出", "749.64"}, {"338 wuhan", "T3/2010301/基本支出", "749.64"},
		{"338 wuhan", "表3　部门支出总表 · 2010301 行政运行 · 基本支出", "749.64"}, {"338 wuhan", "部门支出总表.2010301.基本支出", "749.64"}, {"338 wuhan", "1/income/一般公共预算拨款收入/收入/预算数", "4,671.85"},
		{"338 wuhan", "审批事务经费", "1,084.00"}, {"338 wuhan", "行政运行.基本支出", "749.64"}, {"338 wuhan", "2010301", "“2010301”没有写表号，有2个数合适，写明是哪一个：T3.2010301.合计、T5-1.2010301.合计"},
		{"338 wuhan", "T5.2010301.基本支出", "没有表“T5”；有“2010301.基本支出”的是：T3.2010301.基本支出"}, {"338 wuhan", "T7.2010301", "表7没有“2010301”；有的是：T3.2010301.合计"},
		{"338 wuhan", "三公经费.公务接待费", "T7.公务接待费"}, {"338 wuhan", "749.64", "印作“749.64”的有4个，写明是哪一个：T3.2010301.合计"}, {"338 wuhan", "2133.02万元", "一、收支预算总体安排情况.第2个数"},
		{"338 wuhan", "T3.第3行.第9列", "没有列“第9列”"}, {"338 wuhan", "三、支出预算安排情况.第9个数", "下面没有第9个数，有的是：三、支出预算安排情况.第1个数"},
		{"testdata/departments/2025/010 shanghai-department", "total", "没有数字“total”；可以写数字名称（例如 政府采购"}, {"338 wuhan", "999.99", "没有印作“999.99”的数"}, {"338 wuhan", "项目支出安排情况", "下面有6个数"}, {"338 wuhan", "表12-2.项目总预算", "1,084.00"}, {"338 wuhan", "T12-2", "下面有53个数"},
		{"338 wuhan", "totle", "没有数字“totle”"}, {"338 wuhan", "", "没有数字"}, {"338 wuhan", "支出总預算", "是不是 支出总预算"},
	} {
		w := works[c.document]
		if w == nil {
			t.Fatal(c.document)
		}
		got, err := w.Numbers.Meant(c.address)
		text := got.Value.Printed
		if err != nil {
			text = err.Error()
		}
		if !strings.Contains(text, c.want) {
			t.Errorf("%s: %s is %q, want %q", c.document, c.address, text, c.want)
		}
	}
}

// totalHasLines: the lines of the row that sums a table by codes are those of its outermost codes. Where basic expenditure is
// stated by margins, sums are equal on both, lines are not.
func totalHasLines(t *testing.T, name string, d *schedule.Document, s *schedule.Schedule) {
	t.Helper()
	if s.Table.Rows.View() == 0 || s.Empty || s.Sides[0].Rows[0].Kind != schedule.Total {
		return
	}
	for _, j := range s.Sides[0].Columns {
		if !s.Leaves[j].Sums() {
			continue
		}
		var parts []int
		for i := range s.Sides[0].Rows {
			if r := &s.Sides[0].Rows[i]; r.Kind == schedule.Plain && r.Level == 1 {
				v := s.Value(schedule.Ref{Row: i, Column: j})
				parts = append(parts, d.Lines(&v)...)
			}
		}
		slices.Sort(parts)
		v := s.Value(schedule.Ref{Column: j})
		if whole := d.Lines(&v); !slices.Equal(whole, parts) {
			t.Errorf("%s: table %s: the total of %v has the lines %v, its codes have %v", name, s.Table.ID, s.Heads(j), whole, parts)
		}
	}
}

// TestEveryNumberComesOfEntries: the entries of the data that are told of a number add up to it, those of both sides of a change,
// a rate, a share, in tables, sentences, forms and charts.
func TestEveryNumberComesOfEntries(t *testing.T) {
	n := 0
	for name, w := range numbered(t) {
		for _, g := range w.Numbers.Groups() {
			for i := range g.Answers {
				n += addsUp(t, name+": "+g.Answers[i].Address, w.Numbers, &g.Answers[i].Value)
			}
		}
	}
	if n < 8000 {
		t.Errorf("%d numbers only", n)
	}
}

func addsUp(t *testing.T, name string, d *schedule.Document, v *schedule.Value) (n int) {
	if v.Of != nil {
		return addsUp(t, name+", of", d, v.Of) + addsUp(t, name+", over", d, v.Over)
	}
	if !v.Known || !v.Amount() {
		return 0
	}
	var sum money.Amount
	for _, e := range d.Entries(v) {
		sum = sum.Add(e.Amount)
	}
	if !sum.Equal(v.Exact) {
		t.Errorf("%s is %s, its entries are %s", name, v.Exact, sum)
	}
	return 1
}

// TestNumbersStandApart: the amount behind a name that ends in a digit is not read as one number with it.
func TestNumbersStandApart(t *testing.T) {
	w, all := numbered(t)["odd wuhan"], ""
	for i := range w.Tree.Sections {
		for _, b := range w.Tree.Sections[i].Blocks {
			if p, ok := b.(*doc.Paragraph); ok {
				for k := range p.Spans {
					all += p.Spans[k].Text.String
				}
				all += "\n"
			}
		}
	}
	for _, want := range []string{"信息化二期2026 2.47万元", "大数据平台2.0 -0.50万元", "第3行3.00万元"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not printed in %s", want, all)
		}
	}
}
