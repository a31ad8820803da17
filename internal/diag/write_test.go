package diag

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const basicToml = "# 基本支出\n[[basic]]\n\tamount = \"1,234.00\" # 合计\nname = \"武昌区行政审批局\" 多余\n"

func sources(path string) []byte {
	if path == "basic.toml" {
		return []byte(basicToml)
	}
	return nil
}

func at(file string, line, column, endLine, endColumn int) Range {
	return Range{File: file, Start: At(line, column, 0), End: At(endLine, endColumn, 0)}
}

func sample() []Diagnostic {
	return []Diagnostic{
		{Rule: "勾稽-003", Level: Error, Message: "收支总表不平", At: at("basic.toml", 3, 11, 3, 21), Stated: "1,234.00 万元",
			Want: "1,243.00 万元", Diff: "-9.00 万元", Notes: []Related{{"项目支出来自此处", at("项目.toml", 17, 1, 17, 4)}, {"按万元取两位小数", Range{}}},
			Hint: "核对金额，或删去 amount 由程序计算"},
		{Rule: "文件-009", Level: Error, Message: "一个值写完之后，同一行又出现了“多”", At: at("basic.toml", 4, 19, 4, 21)},
		{Rule: "填报-003", Level: Error, Message: "缺少“部门全称”（name）", At: at("basic.toml", 2, 1, 3, 5), Hint: "补上 name = …"},
		{Rule: "文件-010", Level: Warning, Message: "文件夹里没有数据文件", At: Range{File: "data/2026/001"}},
		{Level: Note, Message: "没有位置"},
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}

func TestText(t *testing.T) {
	for name, o := range map[string]Options{"plain.txt": {}, "color.txt": {Color: true, Width: 80}} {
		var b bytes.Buffer
		if err := Text(&b, sample(), sources, o); err != nil {
			t.Fatal(err)
		}
		golden(t, name, b.Bytes())
	}
}

func TestTextIsSilentWhenClean(t *testing.T) {
	var b bytes.Buffer
	if err := Text(&b, nil, sources, Options{}); err != nil || b.Len() != 0 {
		t.Errorf("wrote %q, %v", b.String(), err)
	}
}

func TestJSON(t *testing.T) {
	var b bytes.Buffer
	if err := JSON(&b, sample(), 0); err != nil {
		t.Fatal(err)
	}
	golden(t, "report.json", b.Bytes())
	b.Reset()
	if err := JSON(&b, nil, 0); err != nil || !json.Valid(b.Bytes()) || !strings.Contains(b.String(), `"diagnostics": []`) {
		t.Errorf("empty report %q, %v", b.String(), err)
	}
}

// excerptOf writes one diagnostic and returns the source line and the caret line without their margin.
func excerptOf(t *testing.T, src string, at Range, width int) (line, carets string) {
	t.Helper()
	var b bytes.Buffer
	d := []Diagnostic{{Level: Error, Message: "x", At: at}}
	if err := Text(&b, d, func(string) []byte { return []byte(src) }, Options{Width: width}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(b.String(), "\n")
	_, line, _ = strings.Cut(lines[1], " | ")
	_, carets, _ = strings.Cut(lines[2], " | ")
	return line, carets
}

func TestCaretStandsBelow(t *testing.T) {
	for _, c := range []struct {
		src          string
		column, end  int
		line, carets string
	}{
		{"a = 1", 5, 6, "a = 1", "    ^"},
		{"名称 = 1", 6, 7, "名称 = 1", "       ^"},
		{"a = \"汉字\"", 6, 8, "a = \"汉字\"", "     ^^^^"},
		{"\ta = 1\r", 6, 7, "    a = 1", "        ^"},
		{"ab\tc", 4, 5, "ab  c", "    ^"},
		{"e\u0301x", 3, 4, "e\u0301x", " ^"},
		{"𠮷a", 2, 3, "𠮷a", "  ^"},
		{"a\u200bb", 2, 3, "a?b", " ^"},
		{"a\x1b[31mb", 2, 3, "a?[31mb", " ^"},
		{"a", 2, 2, "a", " ^"},
		{"a", 9, 12, "a", " ^"},
	} {
		line, carets := excerptOf(t, c.src, at("f", 1, c.column, 1, c.end), 0)
		if line != c.line || carets != c.carets {
			t.Errorf("%q %d-%d:\n%s\n%s\nwant\n%s\n%s", c.src, c.column, c.end, line, carets, c.line, c.carets)
		}
	}
}

func TestLongLinesAreCutAroundTheCaret(t *testing.T) {
	long := strings.Repeat("预算", 60) + "错" + strings.Repeat("公开", 60)
	for width, most := range map[int]int{60: 60, 0: fileWidth} {
		line, carets := excerptOf(t, long, at("f", 1, 121, 1, 122), width)
		total, before := 0, 0
		for _, r := range line {
			if r == '错' {
				before = total
			}
			total += columns(r)
		}
		if total > most-8 || total < most-12 || !strings.HasPrefix(line, "…") || !strings.HasSuffix(line, "…") {
			t.Errorf("width %d: %d columns: %s", width, total, line)
		}
		if before != strings.Index(carets, "^^") {
			t.Errorf("width %d: caret is off:\n%s\n%s", width, line, carets)
		}
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestWritersReturnErrors(t *testing.T) {
	if Text(broken{}, sample(), sources, Options{}) == nil || JSON(broken{}, sample(), 0) == nil {
		t.Error("a failed write went unnoticed")
	}
}

func TestClosest(t *testing.T) {
	keys := []string{"name", "code", "amount", "short_name", "部门全称", "金额", "function"}
	for word, want := range map[string]string{
		"nmae": "name", "Name": "name", "short-name": "short_name", "amonut": "amount", "部门名称": "部门全称", "functoin": "function",
		"func": "", "x": "", "": "", "单位": "", "quantity": "", "额": "金额", "合计": "",
	} {
		if got, _ := Closest(word, keys); got != want {
			t.Errorf("Closest(%q) = %q, want %q", word, got, want)
		}
	}
	if got, _ := Closest("bat", []string{"cat", "hat"}); got != "cat" {
		t.Errorf("among equals %q, want the first", got)
	}
}

func TestSorted(t *testing.T) {
	var l List
	l.Warnf("b", at("a", 1, 1, 1, 1), "w")
	l.Errorf("z", Range{File: "a", Start: Pos{Offset: 9}}, "late")
	l.Errorf("y", Range{File: "a", Start: Pos{Offset: 2}}, "early")
	l.Errorf("y", Range{File: "a", Start: Pos{Offset: 2}}, "early")
	got := l.Sorted()
	if len(got) != 3 || got[0].Rule != "y" || got[1].Rule != "z" || got[2].Rule != "b" {
		t.Errorf("sorted %+v", got)
	}
}

// TestManyOfOne: of a rule with very many findings the first are written, and how many there are; all where they are asked for.
func TestManyOfOne(t *testing.T) {
	var list []Diagnostic
	for i := range manyOfOne + 1 {
		list = append(list, Diagnostic{Rule: "支出-002", Level: Warning, Message: "填了两笔", At: at("basic.toml", i+1, 1, i+1, 2)})
	}
	list = append(list, Diagnostic{Rule: "支出-003", Level: Warning, Message: "是负数", At: at("basic.toml", 99, 1, 99, 2)})
	for _, c := range []struct {
		list          []Diagnostic
		most, written int
		others        string
	}{
		{list, 10, 10, "…… 支出-002 还有 41 处，这里只列前 10 处；加 --all"},
		{list[1:], 10, 50, ""},
		{list, 0, 51, ""},
	} {
		var b bytes.Buffer
		if err := Text(&b, c.list, sources, Options{Most: c.most, More: "；加 --all"}); err != nil {
			t.Fatal(err)
		}
		out := b.String()
		if n := strings.Count(out, "填了两笔"); n != c.written || !strings.Contains(out, "是负数") || !strings.Contains(out, strconv.Itoa(len(c.list))+" 个警告") {
			t.Errorf("%d of %d written, want %d:\n%s", n, len(c.list), c.written, out)
		}
		if c.others != "" && !strings.Contains(out, c.others) || c.others == "" && strings.Contains(out, "……") {
			t.Errorf("want %q:\n%s", c.others, out)
		}
	}
}

// TestManyOfOneForPrograms: of such a rule programs, too, get the first, all of the counts, and how many are left out.
func TestManyOfOneForPrograms(t *testing.T) {
	var list []Diagnostic
	for i := range 2 * (manyOfOne + 1) {
		list = append(list, Diagnostic{Rule: []string{"支出-002", "支出-001"}[i%2], Level: Warning, Message: "填了两笔", At: at("basic.toml", i+1, 1, i+1, 2)})
	}
	list = append(list, Diagnostic{Rule: "支出-003", Level: Error, Message: "是负数"})
	for _, c := range []struct {
		list         []Diagnostic
		most, listed int
		left         []Left
	}{
		{list, 10, 21, []Left{{"支出-001", 41}, {"支出-002", 41}}},
		{list, 0, 103, nil},
		{list[2:], 10, 101, nil},
	} {
		var b bytes.Buffer
		if err := JSON(&b, c.list, c.most); err != nil {
			t.Fatal(err)
		}
		var got struct {
			Errors, Warnings int
			Diagnostics      []struct{ Rule string }
			LeftOut          []Left `json:"left_out"`
		}
		if err := json.Unmarshal(b.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		if got.Errors != 1 || got.Warnings != len(c.list)-1 || len(got.Diagnostics) != c.listed || !slices.Equal(got.LeftOut, c.left) || c.left == nil && strings.Contains(b.String(), "left_out") {
			t.Errorf("%d errors, %d warnings, %d listed, left out %v; want %d and %v", got.Errors, got.Warnings, len(got.Diagnostics), got.LeftOut, c.listed, c.left)
		}
	}
}
