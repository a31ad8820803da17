package source

import (
	"testing"

	"yusuan/internal/diag"
)

// TestAddresses: a place is named by what leads to it and what entries say of themselves: the innermost thing that it is in.
func TestAddresses(t *testing.T) {
	const text = `amount_unit = "元"
# 一行注释
basic = [
  { function = "2010301", economic = "30101", amount = 5 },
  { amount = 6 },
]
[department]
duties = ["甲。", "乙。"]
[[project]]
name = "甲项目"
amount = 7
[project.more]
x.y = 1
[[project.line]]
fund = "其他收入"
amount = 8
[[project]]
name = "乙项目"
`
	f, diags := Parse("a.toml", []byte(text))
	if diags.HasErrors() {
		t.Fatal(diags.Sorted())
	}
	a := NewAddresses(f, func(table string) []string {
		return map[string][]string{"basic": {"unit", "function", "economic"}, "project": {"name"}, "project.line": {"fund"}}[table]
	})
	for _, c := range []struct {
		line, from, to int // columns, the end exclusive
		want           string
	}{
		{1, 16, 17, "amount_unit"}, {2, 1, 5, ""}, {3, 1, 6, "basic"}, {4, 3, 8, "basic[2010301 30101]"}, {4, 47, 53, "basic[2010301 30101].amount"},
		{4, 56, 57, "basic[2010301 30101].amount"}, {4, 16, 57, "basic[2010301 30101]"}, {5, 5, 15, "basic[].amount"}, {7, 1, 13, "department"},
		{8, 13, 14, "department.duties[甲。]"}, {8, 12, 20, "department.duties"}, {9, 1, 12, "project[甲项目]"}, {10, 9, 10, "project[甲项目].name"},
		{13, 7, 8, "project[甲项目].more.x.y"}, {14, 1, 17, "project[甲项目].line[其他收入]"}, {16, 10, 11, "project[甲项目].line[其他收入].amount"},
		{17, 1, 12, "project[乙项目]"},
	} {
		at := func(column int) diag.Pos {
			line := []rune(text[f.lines[c.line-1]:])
			return f.pos(f.lines[c.line-1] + len(string(line[:column-1])))
		}
		if got := a.Of(diag.Range{File: "a.toml", Start: at(c.from), End: at(c.to)}); got != c.want {
			t.Errorf("%d:%d-%d is %q, want %q", c.line, c.from, c.to, got, c.want)
		}
	}
	if got := NewAddresses(f, nil).Of(diag.Range{File: "a.toml", Start: f.pos(f.lines[10])}); got != "project[].amount" {
		t.Errorf("without names %q", got)
	}
}
