package imports_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yusuan/internal/grid"
	"yusuan/internal/imports"
)

// TestCases: testdata/*.txt are sheets, each drawn (book_test.go), with the rows that are to be made of it, what is to be told,
// and what the show is to say. A file has cases, "@@@ name"; a case has parts, "--- 行", "--- 提示" and "--- 看"; of the show
// each line wanted must come. UPDATE=1 writes rows and what is told; look at them.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	must(t, err)
	if len(files) == 0 {
		t.Fatal("no cases")
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		must(t, err)
		cases := strings.Split("\n"+string(raw), "\n@@@ ")
		var out strings.Builder
		out.WriteString(strings.TrimPrefix(cases[0], "\n"))
		for _, c := range cases[1:] {
			name, rest, _ := strings.Cut(c, "\n")
			drawing, rest, _ := strings.Cut(rest+"\n", "\n--- 行\n")
			rows, rest, _ := strings.Cut("\n"+rest, "\n--- 提示\n")
			told, show, _ := strings.Cut("\n"+rest, "\n--- 看\n")
			rows, told = part(rows), part(told)
			t.Run(filepath.Base(file)+"/"+name, func(t *testing.T) {
				u, diags := understand(t, drawing, func(in *imports.Input) {
					in.Units = []imports.UnitName{{Code: "036001", Name: "青禾区水务局"}, {Code: "036002", Name: "青禾区水文站"}}
				})
				gotRows, gotTold := dump(u), found(diags)
				if os.Getenv("UPDATE") == "" {
					if gotRows != rows {
						t.Errorf("rows:\n%swant:\n%s", gotRows, rows)
					}
					if gotTold != told {
						t.Errorf("told:\n%swant:\n%s", gotTold, told)
					}
				}
				accounted(t, u)
				var s strings.Builder
				must(t, u.Write(&s, true))
				for line := range strings.Lines(show) {
					if line = strings.TrimSpace(line); !strings.Contains(s.String(), line) {
						t.Errorf("the show does not say %q:\n%s", line, s.String())
					}
				}
				out.WriteString("\n@@@ " + name + "\n" + drawing + "\n--- 行\n" + gotRows + "--- 提示\n" + gotTold)
				if show != "" {
					out.WriteString("--- 看\n" + strings.TrimSuffix(show, "\n"))
				} else {
					out.WriteString("--- 看")
				}
			})
		}
		if os.Getenv("UPDATE") != "" {
			must(t, os.WriteFile(file, []byte(strings.TrimSpace(out.String())+"\n"), 0o644))
		}
	}
}

// accounted holds the account of each sheet: what its rows come to is taken in, but for what is said to be left out.
func accounted(t *testing.T, u *imports.Understood) {
	t.Helper()
	for _, s := range u.Sheets {
		rest := s.Account.Counted.Sub(s.Account.Taken)
		for _, x := range s.Account.LeftOut {
			rest = rest.Sub(x.Amount)
		}
		if s.Kind.Table() != "" && !rest.IsZero() {
			t.Errorf("%s of %s: %s 元 are neither taken in nor told", s.Kind, s.Sheet, rest)
		}
	}
}

// TestRemarks: what floats above the cells of a sheet, and sheets without cells, are told: nothing is made of them.
func TestRemarks(t *testing.T) {
	b := book(t, `
一般公共预算基本支出表 单位：元
功能科目|经济科目|金额
2130301|30101|#100`)
	b.Sheets[0].Remarks = []grid.Remark{{Row: 3, Column: 3, Text: "这笔已经取消"}, {Row: 9, Column: 1, Text: "另有 500 元", Shape: true}}
	b.Others = []string{"图"}
	u, _ := imports.Understand(imports.Input{Files: []imports.File{{Name: "x.xlsx", Book: b}}, Words: listed(t), Catalogue: catalogue(t)})
	var s strings.Builder
	must(t, u.Write(&s, false))
	for _, want := range []string{"批注没有带入：C3“这笔已经取消”", "图形里的文字没有带入：A9“另有 500 元”", "没有导入的工作表：图（图表或宏表，没有格子）"} {
		if !strings.Contains(s.String(), want) {
			t.Errorf("the show does not say %q:\n%s", want, s.String())
		}
	}
}

// part is a part of a case as dumps have it: each line ends.
func part(s string) string {
	if s = strings.TrimPrefix(s, "\n"); s == "" {
		return ""
	}
	return strings.TrimSuffix(s, "\n") + "\n"
}
