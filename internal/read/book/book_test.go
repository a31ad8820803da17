package book

import (
	"fmt"
	"strings"
	"testing"

	"yusuan/internal/grid"
	"yusuan/internal/read/paper"
)

// ml is a workbook of one sheet of SpreadsheetML: a line a row, cells parted by |. What stands before a cell says what it is:
// =5 a formula that holds 5, =? one without a result, #0.00: a number of that format, [3x2] a range of 3 rows and 2 columns.
// A row that begins with ! is hidden; a blank line is a blank row.
func ml(sheets ...string) []byte {
	var b, styles strings.Builder
	formats := map[string]string{}
	for i := 0; i < len(sheets); i += 2 {
		state := ""
		if name, ok := strings.CutPrefix(sheets[i], "!"); ok {
			sheets[i] = name
			state = `<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions>`
		}
		columns := ""
		body := strings.TrimPrefix(sheets[i+1], "\n")
		if rest, ok := strings.CutPrefix(body, "HIDE "); ok {
			var n int
			fmt.Sscan(rest, &n)
			_, body, _ = strings.Cut(rest, "\n")
			columns = fmt.Sprintf(`<Column ss:Index="%d" ss:Hidden="1"/>`, n)
		}
		b.WriteString(`<Worksheet ss:Name="` + sheets[i] + `"><Table>` + columns)
		for k, line := range strings.Split(body, "\n") {
			line = strings.TrimLeft(line, "\t")
			hidden := ""
			if rest, ok := strings.CutPrefix(line, "!"); ok {
				line, hidden = rest, ` ss:Hidden="1"`
			}
			fmt.Fprintf(&b, `<Row ss:Index="%d"%s>`, k+1, hidden)
			for j, cell := range strings.Split(line, "|") {
				cell = strings.TrimSpace(cell)
				attr, kind := "", "String"
				if strings.HasPrefix(cell, "[") {
					var rows, across int
					fmt.Sscanf(cell, "[%dx%d]", &rows, &across)
					attr = fmt.Sprintf(` ss:MergeDown="%d" ss:MergeAcross="%d"`, rows-1, across-1)
					_, cell, _ = strings.Cut(cell, "]")
				}
				switch {
				case cell == "" && attr == "":
					continue
				case strings.HasPrefix(cell, "#"):
					format, rest, _ := strings.Cut(cell[1:], ":")
					if formats[format] == "" {
						formats[format] = fmt.Sprint("s", len(formats))
						fmt.Fprintf(&styles, `<Style ss:ID="%s"><NumberFormat ss:Format="%s"/></Style>`, formats[format], strings.NewReplacer(`"`, "&quot;").Replace(format))
					}
					attr += ` ss:StyleID="` + formats[format] + `"`
					cell = rest
				}
				if rest, ok := strings.CutPrefix(cell, "="); ok {
					attr += ` ss:Formula="=1"`
					cell, kind = rest, "Number"
				} else if cell != "" && strings.Trim(cell, "-.0123456789") == "" && (cell == "0" || !strings.HasPrefix(cell, "0")) {
					kind = "Number"
				}
				data := `<Data ss:Type="` + kind + `">` + cell + `</Data>`
				if cell == "?" || cell == "" {
					data = ""
				}
				fmt.Fprintf(&b, `<Cell ss:Index="%d"%s>%s</Cell>`, j+1, attr, data)
			}
			b.WriteString("</Row>")
		}
		b.WriteString("</Table>" + state + "</Worksheet>")
	}
	return []byte(`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles>` + styles.String() + "</Styles>" + b.String() + "</Workbook>")
}

// told is a document as text.
func told(d *paper.Document) string {
	var b strings.Builder
	at := func(p paper.Place) string { return p.Cell }
	line := func(mark string, p *paper.Paragraph) {
		fmt.Fprintf(&b, "%s %s %s\n", mark, at(p.Spots[0].At), p.Text)
	}
	for _, x := range d.Blocks {
		if x.Text != nil {
			line("p", x.Text)
			continue
		}
		for i := range x.Table.Above {
			line("above", &x.Table.Above[i])
		}
		fmt.Fprintf(&b, "table %s %d\n", x.Table.Sheet, x.Table.Columns)
		for _, r := range x.Table.Rows {
			var cells []string
			for _, c := range r.Cells {
				s := strings.ReplaceAll(c.Text, "\n", "/")
				if c.Rows > 1 || c.Columns > 1 {
					s += fmt.Sprintf("{%dx%d}", c.Rows, c.Columns)
				}
				cells = append(cells, s)
			}
			fmt.Fprintf(&b, "%d: %s\n", r.Number, strings.Join(cells, " | "))
		}
		for i := range x.Table.Below {
			line("below", &x.Table.Below[i])
		}
	}
	for _, g := range d.Gaps {
		fmt.Fprintf(&b, "gap %s %s\n", g.At.Cell, g.What)
	}
	return b.String()
}

func readBook(t testing.TB, raw []byte) *paper.Document {
	t.Helper()
	b, err := grid.Read("x", raw)
	if err != nil {
		t.Fatal(err)
	}
	d, err := Document(b, nil)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestSheets: tables with the lines around them, and all that is left out with a word.
func TestSheets(t *testing.T) {
	for name, x := range map[string]struct {
		sheets []string
		want   string
	}{
		"one table": {[]string{"3.15 收支总表 ", `

			[1x4]2026年部门财务收支预算总表
			编制部门：某局|||单位：元

			[1x2]本年收入||[1x2]本年支出
			项目|预算数|项目|预算数
			一、财政拨款收入|##,##0.00:91016775.35|一、一般公共服务支出|##,##0.00:82096797.4

			收入总计|##,##0.00:0|支出总计|82096797.4
			注：本表不含结转。
			2. 另有说明。`}, `
			above A2 2026年部门财务收支预算总表
			above A3 编制部门：某局
			above D3 单位：元
			table 3.15 收支总表  4
			5: 本年收入{1x2} | 本年支出{1x2}
			6: 项目 | 预算数 | 项目 | 预算数
			7: 一、财政拨款收入 | 91,016,775.35 | 一、一般公共服务支出 | 82,096,797.40
			9: 收入总计 | 0.00 | 支出总计 | 82096797.4
			below A10 注：本表不含结转。
			below A11 2. 另有说明。`},
		"two tables on a sheet": {[]string{"表", `
			收入表
			项目|数
			甲|1

			支出表
			单位：万元
			项目|数
			乙|2`}, `
			above A1 收入表
			table 表 2
			2: 项目 | 数
			3: 甲 | 1
			above A5 支出表
			above A6 单位：万元
			table 表 2
			7: 项目 | 数
			8: 乙 | 2`},
		"two tables without a blank row": {[]string{"表", `
			收入表
			项目|数
			甲|1
			支出表
			单位：万元
			项目|数
			乙|2`}, `
			above A1 收入表
			table 表 2
			2: 项目 | 数
			3: 甲 | 1
			above A4 支出表
			above A5 单位：万元
			table 表 2
			6: 项目 | 数
			7: 乙 | 2`},
		"labels alone in their rows": {[]string{"表", `
			收支表
			项目|数
			一、收入
			甲|1

			其中：
			乙|2`}, `
			above A1 收支表
			table 表 2
			2: 项目 | 数
			3: 一、收入 | 
			4: 甲 | 1
			6: 其中： | 
			7: 乙 | 2`},
		"a sheet of text": {[]string{"封面", `
			某局2026年部门预算

			2026年2月
			本部门负责甲、乙、丙三件事，并承担上级交办的其他工作。`}, `
			p A1 某局2026年部门预算
			p A3 2026年2月
			p A4 本部门负责甲、乙、丙三件事，并承担上级交办的其他工作。`},
		"hidden": {[]string{"表", `HIDE 2
			支出表
			项目|去年|今年
			甲|7|1
			!丙|8|9
			乙||2`, "!藏", "甲|1", "!空", "", "末", "丁|3"}, `
			above A1 支出表
			table 表 2
			2: 项目 | 今年
			3: 甲 | 1
			5: 乙 | 2
			table 末 2
			1: 丁 | 3
			gap A4 工作表“表”有 1 行是隐藏的（从 A4 起），没有读
			gap B 工作表“表”有 1 列是隐藏的（从 B 起），没有读
			gap  工作表“藏”是隐藏的，没有读`},
		"formulas": {[]string{"表", "项目|数\n甲|5\n合计|=?", "零", "项目|数\n甲|5\n合计|=0", "好", "项目|数\n甲|5\n乙|=0\n合计|=5"}, `
			table 表 2
			1: 项目 | 数
			2: 甲 | 5
			3: 合计 | ？
			table 零 2
			1: 项目 | 数
			2: 甲 | 5
			3: 合计 | ？
			table 好 2
			1: 项目 | 数
			2: 甲 | 5
			3: 乙 | 0
			4: 合计 | 5
			gap B3 工作表“表”有 1 个公式没有存下结果，不知道是多少，读成了“？”（B3）
			gap B3 工作表“零”的 1 个公式存的结果全是 0，像是导出以后没有算过，没有采用，读成了“？”（B3）`},
		"merged": {[]string{"表", `
			[1x3]科目编码|||[2x1]名称|[2x1]合计
			类|款|项
			201|03||[2x1]甲|1
			201|04|||2`}, `
			table 表 5
			1: 科目编码{1x3} | 名称{2x1} | 合计{2x1}
			2: 类 | 款 | 项
			3: 201 | 03 |  | 甲{2x1} | 1
			4: 201 | 04 |  | 2`},
		"columns without anything": {[]string{"表", "项目|||数\n甲|||1"}, `
			table 表 2
			1: 项目 | 数
			2: 甲 | 1`},
	} {
		sheets := append([]string(nil), x.sheets...)
		var lines []string
		for line := range strings.SplitSeq(strings.TrimSpace(x.want), "\n") {
			lines = append(lines, strings.TrimLeft(line, "\t"))
		}
		if got, want := strings.TrimSpace(told(readBook(t, ml(sheets...)))), strings.TrimSpace(strings.Join(lines, "\n")); got != want {
			t.Errorf("%s reads\n%s\nwant\n%s", name, got, want)
		}
	}
	b, err := grid.Read("x", ml("目录", "某局2026年部门预算\n甲|1", "表", "乙|2", "明细", "丙|3"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := Document(b, map[string]int{"目录": 1, "明细": 0})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := told(d), "p A1 某局2026年部门预算\ntable 表 2\n1: 乙 | 2\n"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
