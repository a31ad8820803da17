package imports_test

import "testing"

// TestRows: what is understood of a sheet, and what is told.
func TestRows(t *testing.T) {
	for _, c := range []struct{ name, drawing, rows, diags string }{
		{"function × economy, one amount", `
## 基本
2026年基本支出预算表|<|<|<
|||单位：元
预算单位|支出功能分类|部门预算支出经济分类|金额
415001-河湖管理处|2080505-机关事业单位基本养老保险缴费支出|30108-机关事业单位基本养老保险缴费|#120000
^|2010301 行政运行|30101 基本工资|#1000.5
|合计||#121000.5
`, `
基本支出 unit=415001 function=2080505 economic=30108 amount=120000@D4
基本支出 unit=415001 function=2010301 economic=30101 amount=1000.5@D5
`, `
警告 表格-024 D4 工作表“基本”没有写资金性质，不写的按一般公共预算
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			u, diags := understand(t, c.drawing, nil)
			if got := "\n" + dump(u); got != c.rows {
				t.Errorf("rows:%swant:%s", got, c.rows)
			}
			if got := "\n" + found(diags); got != c.diags {
				t.Errorf("told:%swant:%s", got, c.diags)
			}
		})
	}
}
