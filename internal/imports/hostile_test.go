package imports_test

import (
	"strings"
	"testing"

	"yusuan/internal/grid"
	"yusuan/internal/imports"
)

// TestHostile: sheets that are all heads, all sums, all wide take no more than moments: cost grows with the cells.
func TestHostile(t *testing.T) {
	head := "单位代码\t功能科目\t经济科目\t金额\n"
	for name, text := range map[string]string{
		"wide":        "单位代码\t功能科目\t" + strings.Repeat("合计\t", 16000) + "\n" + strings.Repeat("1\t", 16000) + "\n",
		"heads":       strings.Repeat(head, 2000),
		"turns":       strings.Repeat(head+"项目名称\t功能科目\t金额\n", 1000),
		"sums":        head + "x\t2130301\t30101\t1\n" + strings.Repeat("合计\t\t\t2\n", 20000),
		"groups":      "单位：元\n" + head + strings.Repeat("036001\t213\t\t7\n036001\t21303\t\t7\n036001\t2130301\t30101\t1\n", 5000),
		"labels":      strings.Repeat("项目名称\t甲\n一级指标\t三级指标\t指标值\n产出\t长度\t3\n", 4000),
		"named codes": "单位：元\n单位代码\t功能科目名称\t经济科目\t金额\n" + strings.Repeat("036001\t行政运行\t30101\t1\n", 10000),
	} {
		b, err := grid.Read("x.txt", []byte(text))
		if err != nil {
			t.Fatal(name, err)
		}
		in := imports.Input{Files: []imports.File{{Name: "x", Book: b}}, Words: listed(t), Catalogue: catalogue(t)}
		imports.Understand(in) // what never ends is told by the limit of go test
	}
}
