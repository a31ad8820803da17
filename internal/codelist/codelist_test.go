package codelist

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/classify"
	"yusuan/internal/diag"
	"yusuan/internal/grid"
)

func readText(t *testing.T, texts ...string) (*List, diag.List) {
	t.Helper()
	var files []File
	for i, text := range texts {
		b, err := grid.Read("表.csv", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, File{fmt.Sprintf("表%d.csv", i+1), b})
	}
	return Read(files, 2026)
}

func told(l diag.List) string {
	var s []string
	for _, d := range l.Sorted() {
		s = append(s, fmt.Sprintf("%s %s %s", d.Rule, d.At, d.Message))
	}
	return strings.Join(s, "\n")
}

func codes(l *List) string {
	var s []string
	for _, list := range [][]Code{l.Functional, l.Economic} {
		for _, c := range list {
			s = append(s, c.Code+" "+c.Name)
		}
	}
	return strings.Join(s, ",")
}

// TestShapes: lists as bureaus have them.
func TestShapes(t *testing.T) {
	const want = "201 一般公共服务支出,20101 人大事务,2010101 行政运行,2010102 机关服务"
	for name, text := range map[string]string{
		"plain":       "科目编码,科目名称\n201,一般公共服务支出\n20101,人大事务\n2010101,行政运行\n2010102,机关服务\n",
		"title":       "2026年支出功能分类科目表,,\n,,\n序号,编 码,科目名称,说明\n1,201,一般公共服务支出,反映\n2,20101,人大事务,\n3,2010101,　行政运行,\n4,2010102,机关服务,\n",
		"full width":  "功能科目代码,功能科目名称\n２０１,一般公共服务支出\n20101,人大事务\n2010101,行政运行\n2010102,机关服务\n",
		"joint":       "功能科目,说明\n201 一般公共服务支出,\n20101-人大事务,\n2010101行政运行,\n2010102 机关服务,\n",
		"joint head":  "科目编码及名称,说明\n201 一般公共服务支出,\n20101 人大事务,\n2010101 行政运行,\n2010102 机关服务,\n",
		"parts":       "科目编码,,,科目名称\n类,款,项,\n201,,,一般公共服务支出\n201,01,,人大事务\n201,01,01,行政运行\n201,01,02,机关服务\n",
		"parts whole": "类,款,项,科目名称\n201,,,一般公共服务支出\n201,20101,,人大事务\n201,20101,2010101,行政运行\n201,20101,2010102,机关服务\n",
		"parts alone": "类,款,项,名称\n201,,,一般公共服务支出\n,01,,人大事务\n,,01,行政运行\n,,02,机关服务\n",
		"numbers":     "类,款,项,名称\n201,,,一般公共服务支出\n201,1,,人大事务\n201,1,1,行政运行\n201,1,2,机关服务\n",
		"head again":  "编码,名称\n201,一般公共服务支出\n20101,人大事务\n编码,名称\n2010101,行政运行\n2010102,机关服务\n2010102,机关服务\n",
	} {
		l, diags := readText(t, text)
		if codes(l) != want || diags.Len() > 0 {
			t.Errorf("%s: %s\n%s", name, codes(l), told(diags))
		}
	}
	l, diags := readText(t, "编码,名称\n201,一般公共服务支出\n", "科目代码,科目名称\n301,工资福利支出\n30101,基本工资\n")
	if codes(l) != "201 一般公共服务支出,301 工资福利支出,30101 基本工资" || l.Of != [2]string{"表1.csv", "表2.csv"} || diags.Len() > 0 {
		t.Errorf("two files: %s %v\n%s", codes(l), l.Of, told(diags))
	}
}

// TestWrong: what is wrong is told by its rule and its cell, and what is left out is told, too.
func TestWrong(t *testing.T) {
	for name, x := range map[string]struct{ text, want string }{
		"no list":      {"项目,金额\n甲,1\n", "目录-001"},
		"no codes":     {"单位代码,单位名称\n201,甲\n", "目录-001"},
		"no parent":    {"编码,名称\n201,甲\n2010101,乙\n", "目录-003 表1.csv A3 编码2010101“乙”的上一级20101不在表里"},
		"no class":     {"编码,名称\n20101,乙\n", "目录-003 表1.csv A2 编码20101“乙”的上一级201不在表里"},
		"odd digits":   {"编码,名称\n301,甲\n301010,乙\n", "目录-002 表1.csv A3 编码“301010”是6位"},
		"two names":    {"编码,名称\n201,甲\n201,乙\n", "目录-004 表1.csv A3 编码201有两个名称"},
		"no name":      {"编码,名称\n201,甲\n20101,\n", "目录-002 表1.csv A3 编码20101没有名称"},
		"digits":       {"编码,名称\n201,甲\n2010,乙\n", "目录-002 表1.csv A3 编码“2010”是4位"},
		"letters":      {"编码,名称\n201,甲\n2O101,乙\n", "目录-002 表1.csv A3 “2O101”不是编码"},
		"another kind": {"编码,名称\n201,甲\n501,机关工资福利支出\n50101,乙\n", "目录-005 表1.csv A3 政府预算支出经济分类的，2行没有带入"},
		"below":        {"编码,名称\n301,甲\n30101,乙\n3010101,丙\n", "目录-005 表1.csv A4 项（经济分类的款）以下的，1行没有带入"},
		"no code":      {"编码,名称\n201,甲\n,一、其中\n", "没有编码的，1行没有带入，第一处是“一、其中”"},
		"another year": {"2025年科目表,\n编码,名称\n201,甲\n", "目录-006 表1.csv A1 表上写的是2025年，--year 写的是2026"},
	} {
		_, diags := readText(t, x.text)
		if all := told(diags); diags.Len() != 1 || !strings.Contains(all, x.want) {
			t.Errorf("%s: want %s:\n%s", name, x.want, all)
		}
	}
}

// TestFiles: what is written is a catalogue, and says where it comes from.
func TestFiles(t *testing.T) {
	l, _ := readText(t, "编码,名称\n201,\"甲,\"\"乙\"\"\"\n20101,丙\n", "编码,名称\n301,丁\n")
	fsys := fstest.MapFS{}
	for name, raw := range l.Files(2026) {
		fsys["2026/"+name] = &fstest.MapFile{Data: raw}
	}
	c, err := classify.Load(fsys, 2026)
	if err != nil {
		t.Fatal(err)
	}
	if name, _ := c.Functional.Name("201"); name != `甲,"乙"` || c.Origin(true) != "表1.csv" || c.Origin(false) != "表2.csv" {
		t.Errorf("%q %q %q", name, c.Origin(true), c.Origin(false))
	}
	one := &List{Functional: l.Functional, Of: [2]string{`C:\某区\表.xlsx`, ""}}
	if files := one.Files(2026); files["economic.csv"] != nil || !strings.HasSuffix(string(files["origin.csv"]), "功能,表.xlsx\n") {
		t.Errorf("%s", files["origin.csv"])
	}
}

// FuzzRead: whatever a table says, what is read without an error is a catalogue that loads.
func FuzzRead(f *testing.F) {
	f.Add("编码,名称\n201,甲\n20101,乙\n301,丙\n")
	f.Add("类,款,项,名称\n201,,,甲\n,01,,乙\n,,1,丙\n")
	f.Add("功能科目\n201 甲\n20101-乙\n")
	f.Add("编码,名称\n201,#甲\n201,\n,\"\n\"\n２０１,乙\n")
	f.Fuzz(func(t *testing.T, text string) {
		b, err := grid.Read("x.csv", []byte(text))
		if err != nil {
			return
		}
		l, diags := Read([]File{{"x.csv", b}}, 2026)
		if diags.HasErrors() {
			return
		}
		fsys := fstest.MapFS{"2026/economic.csv": {Data: []byte("code,name,seen\n")}, "2026/functional.csv": {Data: []byte("code,name,seen\n")}}
		for name, raw := range l.Files(2026) {
			fsys["2026/"+name] = &fstest.MapFile{Data: raw}
		}
		c, err := classify.Load(fsys, 2026)
		if err != nil {
			t.Fatalf("%v\n%s", err, fsys["2026/functional.csv"].Data)
		}
		for _, list := range [][]Code{l.Functional, l.Economic} {
			for _, x := range list {
				tree := c.Functional
				if x.Code[0] == '3' {
					tree = c.Economic
				}
				if name, _ := tree.Name(x.Code); name != x.Name {
					t.Errorf("%s is %q, read as %q", x.Code, name, x.Name)
				}
			}
		}
	})
}
