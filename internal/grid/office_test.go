package grid

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestOfficeWritesBothAlike: LibreOffice wrote one workbook of ours in both formats (testdata/grid: soffice --convert-to xls and
// xlsx). Both are read as the same cells: texts over several records, results of formulas, days, what is hidden, merged ranges.
func TestOfficeWritesBothAlike(t *testing.T) {
	books := map[Format]*Book{}
	for format, name := range map[Format]string{XLS: "office.xls", XLSX: "office.xlsx"} {
		raw, err := os.ReadFile("../../testdata/grid/" + name)
		if err != nil {
			t.Fatal(err)
		}
		b := read(t, raw)
		if b.Format != format {
			t.Errorf("%s is %s", name, b.Format)
		}
		books[format] = b
	}
	x, y := books[XLS], books[XLSX]
	if len(x.Sheets) != 4 || len(y.Sheets) != 4 {
		t.Fatalf("%d and %d sheets", len(x.Sheets), len(y.Sheets))
	}
	for i := range x.Sheets {
		a, b := &x.Sheets[i], &y.Sheets[i]
		if a.Name != b.Name || a.Hidden != b.Hidden || fmt.Sprint(a.Merges) != fmt.Sprint(b.Merges) {
			t.Errorf("%q %v %v and %q %v %v", a.Name, a.Hidden, a.Merges, b.Name, b.Hidden, b.Merges)
		}
		if one, other := told(a), told(b); one != other {
			t.Errorf("%q is\n%sand\n%s", a.Name, one, other)
		}
	}
	expect(t, &x.Sheets[0], `
		A1 text 2026年部门收支总表（示例）
		E2 text 单位:万元 column-hidden
		A3 text 功能科目
		C3 text 名称
		D3 text 预算数
		E3 text 日期 column-hidden
		A4 text 类
		B4 text 款
		A5 number 205
		B5 text 02
		C5 text 普通教育
		D5 number 4671.85 [#,##0.00]
		E5 date 2026-02-10 [yyyy\年m\月d\日] column-hidden
		A6 number 208
		B6 number 5
		C6 text 养老
		D6 text 120,000.00
		E6 date 2026-02-10 13:30:00 [yyyy/m/d\ h:mm] column-hidden
		A7 text … row-hidden
		C7 text … row-hidden
		D7 number 0.1 [0.0%] row-hidden
		A8 text 合计
		D8 number 4671.95 formula
		E8 error #DIV/0! formula column-hidden
		C9 text 普通教育类 formula
		D9 bool TRUE formula
		E9 text  formula column-hidden
		IS20 text 远
	`)
	if s := x.Sheets[1]; !s.Hidden || s.At(1, 1).Text != "123456789012.34" || s.At(2, 1).Text != "-0.07" {
		t.Errorf("%+v", s)
	}
	if c := x.Sheets[2].At(6, 1); !strings.HasPrefix(c.Text, "第6段：") || strings.Count(c.Text, "第6段：用于保障机关正常运转、完成日常工作任务。") != 37 {
		t.Errorf("%s", c.Text)
	}
	if c := x.Sheets[0].Filled(8, 3); c.Text != "合计" {
		t.Errorf("C8 is %q", c.Text)
	}
}
