package source

import (
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/diag"
	"yusuan/internal/money"
)

type document struct {
	Department department `toml:"department,required" zh:"部门"`
	Units      []unit     `toml:"unit" zh:"单位"`
	Prior      *prior     `toml:"prior" zh:"上年数"`
	Text       Fields     `toml:"text" zh:"文字说明"`
	Note       String     `toml:"note" zh:"备注" text:"long"`
}

type department struct {
	Place
	Year   Int      `toml:"year,required" zh:"年度"`
	Name   String   `toml:"name,required" zh:"部门全称"`
	Date   Date     `toml:"date" zh:"公开日期"`
	Duties []String `toml:"duties" zh:"主要职责"`
}

type unit struct {
	Place
	Code   String   `toml:"code,required" zh:"单位代码"`
	Own    Bool     `toml:"headquarters" zh:"本级"`
	Amount Amount   `toml:"amount" zh:"金额"`
	Lines  []line   `toml:"line" zh:"明细"`
	Years  []Int    `toml:"years" zh:"年度"`
	Parts  []Amount `toml:"parts" zh:"分项"`
}

type line struct {
	Place
	Amount Amount `toml:"amount,required" zh:"金额"`
}

type prior struct {
	Place
	Figures AmountFields `toml:"figures" zh:"数字"`
}

// parse makes files named a.toml, b.toml … from texts.
func parse(t *testing.T, texts ...string) ([]*File, diag.List) {
	t.Helper()
	var files []*File
	var diags diag.List
	for i, text := range texts {
		f, d := Parse(string(rune('a'+i))+".toml", []byte(text))
		files = append(files, f)
		diags.Append(d)
	}
	return files, diags
}

func decode(t *testing.T, texts ...string) (document, []diag.Diagnostic) {
	t.Helper()
	files, diags := parse(t, texts...)
	var v document
	diags.Append(Decode(files, &v))
	return v, diags.Sorted()
}

const head = "[department]\nyear = 2026\nname = \"甲局\"\n"

func TestDecode(t *testing.T) {
	v, d := decode(t, `amount_unit = "万元"
note = 'n'
[department]
year = 2026
name = "武昌区行政审批局"
date = 2026-02-10
duties = ["一", "二"]

[[unit]]
code = "338001"
headquarters = true
amount = 4671.85
years = [2024, 2025]
parts = [0.1, "1,234.5", 7]
[[unit.line]]
amount = 123456789012345.67
[[unit.line]]
amount = "-3"

[text]
z = "后"
"甲" = "先"
[prior.figures]
"三公" = 1_000.5
`, `unit = [{ code = "338002", amount = 12 }, { code = "338003", line = [{ amount = 0.01 }] }]
`)
	if len(d) > 0 {
		t.Fatalf("%+v", d)
	}
	dep := v.Department
	if dep.Year.V != 2026 || dep.Name.V != "武昌区行政审批局" || dep.Date.Time.Format("2006-01-02") != "2026-02-10" || len(dep.Duties) != 2 || dep.Duties[1].V != "二" {
		t.Errorf("department %+v", dep)
	}
	if len(v.Units) != 3 || v.Units[2].Code.V != "338003" || !v.Units[0].Own.V || v.Units[0].Years[1].V != 2025 {
		t.Fatalf("units %+v", v.Units)
	}
	for _, x := range []struct {
		got  Amount
		want string // 元
	}{
		{v.Units[0].Amount, "46718500"},
		{v.Units[0].Lines[0].Amount, "1234567890123456700"}, // not by way of a float
		{v.Units[0].Lines[1].Amount, "-30000"},
		{v.Units[0].Parts[1], "12345000"},
		{v.Units[1].Amount, "12"}, // 元: the unit is the file's own
		{v.Units[2].Lines[0].Amount, "0.01"},
		{v.Prior.Figures[0].Value, "10005000"},
	} {
		if !x.got.Set || x.got.String() != x.want {
			t.Errorf("amount %v, want %s", x.got.Amount, x.want)
		}
	}
	if len(v.Text) != 2 || v.Text[0].Key.V != "z" || v.Text[1].Value.V != "先" {
		t.Errorf("text is not in the order of the file: %+v", v.Text)
	}
	for _, x := range []struct {
		at   diag.Range
		want string
		end  int
	}{
		{dep.At, "a.toml:3:1", 13},
		{dep.Name.At, "a.toml:5:8", 18},
		{dep.Duties[1].At, "a.toml:7:16", 19},
		{v.Units[0].At, "a.toml:9:1", 9},
		{v.Units[0].Lines[1].At, "a.toml:17:1", 14},
		{v.Units[0].Amount.At, "a.toml:12:10", 17},
		{v.Units[1].At, "b.toml:1:9", 41},
		{v.Units[2].At, "b.toml:1:43", 90},
		{v.Units[2].Lines[0].At, "b.toml:1:70", 87},
		{v.Text[1].Key.At, "a.toml:22:1", 4},
		{v.Prior.Figures[0].Value.At, "a.toml:24:8", 15},
	} {
		if got := x.at.String(); got != x.want || int(x.at.End.Column) != x.end {
			t.Errorf("place %s-%d, want %s-%d", got, x.at.End.Column, x.want, x.end)
		}
	}
}

func TestDecodeReports(t *testing.T) {
	for _, c := range []struct {
		texts []string
		want  string // place, rule and a part of message or hint
	}{
		{[]string{""}, ". 填报-003 没有 department.toml，别的文件里也没有 [department] 这一段"},
		{[]string{"[department]\nyear = 2026\n"}, "a.toml:1:1 填报-003 缺少“部门全称”（name）"},
		{[]string{"[department]\nyear = 2026\nname = \"\"\n"}, "a.toml:3:8 填报-003 “部门全称”（name）不能为空"},
		{[]string{head + "[[unit]]\ncdoe = \"1\"\ncode = \"1\"\n"}, "a.toml:5:1 填报-001 是不是“单位代码”（code）"},
		{[]string{head + "\"单位代号\" = 1\n"}, "a.toml:4:1 填报-001 这里可以写的有：year、name、date、duties"},
		{[]string{head + "[[unit]]\n\"单位代号\" = \"1\"\ncode = \"1\"\n"}, "a.toml:5:1 填报-001 是不是“单位代码”（code）"},
		{[]string{head + "[[unit]]\n\"单位代码\" = \"1\"\ncode = \"1\"\n"}, "a.toml:5:1 填报-001 写成英文的 code"},
		{[]string{head + "[units]\nx = 1\n"}, "a.toml:4:2 填报-001 是不是“单位”（unit）"},
		{[]string{head + "[[unit]]\ncode = 338001\n"}, "a.toml:5:8 填报-002 加英文引号，写成 \"338001\""},
		{[]string{"[department]\nyear = \"2026\"\nname = \"x\"\n"}, "a.toml:2:8 填报-002 去掉引号"},
		{[]string{head + "[[unit]]\ncode = \"1\"\nheadquarters = \"是\"\n"}, "a.toml:6:16 填报-002 “本级”（headquarters）应为“是”（true）或“否”（false），这里是文字"},
		{[]string{head + "[unit]\ncode = \"1\"\n"}, "a.toml:4:1 填报-002 写成 [[unit]]"},
		{[]string{head + "[[prior]]\n"}, "a.toml:4:1 填报-004 写成 [prior]"},
		{[]string{head + "duties = \"一\"\n"}, "a.toml:4:10 填报-002 写成 [\"一\"]"},
		{[]string{head + "duties = [1]\n"}, "a.toml:4:11 填报-002 写成 \"1\""},
		{[]string{"unit = 3\n" + head}, "a.toml:1:8 填报-002 应为表，这里是整数"},
		{[]string{"unit = [3]\n" + head}, "a.toml:1:9 填报-002 应为表，这里是整数"},
		{[]string{"text = [3]\n" + head}, "a.toml:1:8 填报-002 应为表，这里是数组"},
		{[]string{head + "[text]\na = 1\n"}, "a.toml:5:5 填报-002 “a”应为文字，这里是整数"},
		{[]string{head + "date = \"2026年2月30日\"\n"}, "a.toml:4:8 填报-006 写成 2026-02-10"},
		{[]string{head + "date = 20260210\n"}, "a.toml:4:8 填报-006 写成 2026-02-10"},
		{[]string{head + "[[unit]]\ncode = \"1\"\namount = \"12,34\"\n"}, "a.toml:6:10 填报-005 千分位逗号的位置不对"},
		{[]string{head + "[[unit]]\ncode = \"1\"\namount = 1e3\n"}, "a.toml:6:10 填报-005 科学计数法"},
		{[]string{head + "[[unit]]\ncode = \"1\"\namount = inf\n"}, "a.toml:6:10 填报-005 这不是一个金额"},
		{[]string{head + "[[unit]]\ncode = \"1\"\namount = true\n"}, "a.toml:6:10 填报-002 应为金额"},
		{[]string{"amount_unit = \"千元\"\n" + head}, "a.toml:1:15 填报-007 “元”“万元”或“亿元”"},
		{[]string{head, "note = \"x\"\n[department]\nyear = 2026\nname = \"乙局\"\n"}, "b.toml:2:1 填报-004 先前填报在这里"},
		{[]string{"note = \"x\"\n" + head, "note = \"y\"\n"}, "b.toml:1:1 填报-004 “备注”（note）重复填报"},
		// A file that is not understood in full hides nothing and invents nothing.
		{[]string{"[department\nyear = 1\n", "nite = \"y\"\n"}, "a.toml:1:1 文件-009 表名后面应是方括号 ]|b.toml:1:1 填报-001 是不是“备注”（note）"},
	} {
		_, d := decode(t, c.texts...)
		wants := strings.Split(c.want, "|")
		if len(d) != len(wants) {
			t.Errorf("%q: %+v, want %s", c.texts, d, c.want)
			continue
		}
		for i, want := range wants {
			at, rest, _ := strings.Cut(want, " ")
			rule, text, _ := strings.Cut(rest, " ")
			all := d[i].Message + "\n" + d[i].Hint
			for _, n := range d[i].Notes {
				all += "\n" + n.Text
			}
			if d[i].At.String() != at || d[i].Rule != rule || !strings.Contains(all, text) {
				t.Errorf("%q:\n%s %s %s\nwant %s", c.texts, d[i].At, d[i].Rule, all, want)
			}
		}
	}
}

func TestDecodeReportsAllAtOnce(t *testing.T) {
	_, d := decode(t, "[department]\nyaer = 2026\n[[unit]]\ncode = 1\n[[unit]]\namount = \"x\"\n", "[txet]\n")
	if len(d) != 7 {
		for _, x := range d {
			t.Log(x.At, x.Message)
		}
		t.Errorf("%d diagnostics, want 7: two keys unknown, year, name and code missing, code is no text, x no amount", len(d))
	}
}

func TestDottedAndImpliedTables(t *testing.T) {
	v, d := decode(t, "department.year = 2026\ndepartment.name = \"甲局\"\nprior.figures.\"三公\" = 5\n[[unit]]\ncode = \"1\"\n[[unit.line]]\namount = 3\n[[unit]]\ncode = \"2\"\n")
	if len(d) > 0 || v.Department.Year.V != 2026 || v.Prior == nil || v.Prior.Figures[0].Value.In(money.Yuan, 0) != "5" {
		t.Errorf("%+v %+v", v, d)
	}
	if len(v.Units) != 2 || len(v.Units[0].Lines) != 1 || len(v.Units[1].Lines) != 0 {
		t.Errorf("units %+v", v.Units)
	}
	if got := v.Department.At.String(); got != "a.toml:1:1" {
		t.Errorf("the table of dotted keys is at %s", got)
	}
}

func TestLine(t *testing.T) {
	const text = "note = \"\"\"\r\n一\\u4e8c𠮷\\n\r\n  三\\\r\n   四\\\"五\"\"\"\r\n"
	v, d := decode(t, text+head)
	if len(d) > 0 {
		t.Fatalf("%+v", d)
	}
	for r, want := range map[string]string{
		"一": "a.toml:2:1", "二": "a.toml:2:2", "𠮷": "a.toml:2:8", "三": "a.toml:3:3", "四": "a.toml:4:4", "\"": "a.toml:4:5", "五": "a.toml:4:7",
	} {
		i := strings.Index(v.Note.V, r)
		if i < 0 {
			t.Fatalf("%q has no %s", v.Note.V, r)
		}
		at := v.Note.Line(i)
		if at.String() != want {
			t.Errorf("%s is at %s, want %s", r, at, want)
		}
	}
	if got := v.Note.Line(len(v.Note.V)).String(); got != "a.toml:4:8" {
		t.Errorf("the end is at %s", got)
	}
	if got := v.Department.Name.Line(3).String(); got != "a.toml:7:10" {
		t.Errorf("局 is at %s", got)
	}
	if got := (String{V: "x"}).Line(0); !got.IsZero() {
		t.Errorf("a String of no file is at %v", got)
	}
}

func TestReadDir(t *testing.T) {
	fsys := fstest.MapFS{}
	for _, name := range []string{"d/b.toml", "d/a/z.toml", "d/a.toml", "d/.x.toml", "d/_x.toml", "d/~$b.toml", "d/.git/c.toml", "d/_old/c.toml", "d/c.txt", "d/D.TOML", "e.toml"} {
		fsys[name] = &fstest.MapFile{Data: []byte("# " + name + "\na = 1\n")}
	}
	files, d, err := ReadDir(fsys, "d")
	if err != nil || d.Len() > 0 {
		t.Fatal(err, d)
	}
	var names []string
	for _, f := range files {
		names = append(names, f.Path)
	}
	if got := strings.Join(names, " "); got != "d/D.TOML d/a.toml d/a/z.toml d/b.toml" {
		t.Errorf("files %s", got)
	}
	if _, _, err := ReadDir(fsys, "nowhere"); err == nil {
		t.Error("a folder that is not there gives no error")
	}
	fsys["empty/readme.txt"] = &fstest.MapFile{}
	if _, d, err := ReadDir(fsys, "empty"); err != nil || brief(d) != "empty 文件-010" {
		t.Errorf("empty folder: %v %s", err, brief(d))
	}
}

func TestManyKeys(t *testing.T) {
	var b strings.Builder
	b.WriteString(head + "[text]\n")
	for i := range 100 {
		b.WriteString("k" + strings.Repeat("x", i) + " = \"v\"\n")
	}
	v, d := decode(t, b.String())
	if len(v.Text) != 100 || len(d) > 0 {
		t.Errorf("%d keys, %v", len(v.Text), d)
	}
}
