package book

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"yusuan/internal/grid"
	"yusuan/internal/read/paper"
)

// xlsx is a workbook of one sheet: what stands in its worksheet element.
func xlsx(t testing.TB, name, sheet string) []byte {
	t.Helper()
	const main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range [][2]string{
		{"xl/workbook.xml", `<workbook ` + main + `><sheets><sheet name="` + name + `" sheetId="1" r:id="a"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="a" Type="x/worksheet" Target="s.xml"/><Relationship Id="b" Type="x/styles" Target="y.xml"/></Relationships>`},
		{"xl/y.xml", `<styleSheet ` + main + `><cellXfs><xf numFmtId="0"/><xf numFmtId="4"/><xf numFmtId="3"/></cellXfs></styleSheet>`},
		{"xl/s.xml", `<worksheet ` + main + `>` + sheet + `</worksheet>`},
		{"xl/_rels/s.xml.rels", `<Relationships><Relationship Id="a" Type="x/drawing" Target="d.xml"/><Relationship Id="b" Type="x/comments" Target="c.xml"/></Relationships>`},
		{"xl/d.xml", `<d><twoCellAnchor><from><col>3</col><row>1</row></from><sp><txBody><p><r><t>单位：万元</t></r></p></txBody></sp></twoCellAnchor></d>`},
		{"xl/c.xml", `<c><commentList><comment ref="A1"><text><t>批注</t></text></comment></commentList></c>`},
	} {
		w, err := z.Create(p[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(p[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// rows are rows of cells of XML: a text, or a number of style 1 after #, or a formula after =.
func rows(lines ...string) string {
	var b strings.Builder
	for i, line := range lines {
		fmt.Fprintf(&b, `<row r="%d">`, i+1)
		for j, c := range strings.Split(line, "|") {
			at := grid.Name(i+1, j+1)
			switch {
			case c == "":
			case c[0] == '#':
				fmt.Fprintf(&b, `<c r="%s" s="1"><v>%s</v></c>`, at, c[1:])
			case c[0] == '=':
				fmt.Fprintf(&b, `<c r="%s" s="1"><f>SUM(A1)</f><v>%s</v></c>`, at, c[1:])
			case strings.Trim(c, ".0123456789") == "" && c[0] != '0':
				fmt.Fprintf(&b, `<c r="%s"><v>%s</v></c>`, at, c)
			default:
				fmt.Fprintf(&b, `<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, at, c)
			}
		}
		b.WriteString("</row>")
	}
	return "<sheetData>" + b.String() + "</sheetData>"
}

// TestOddSheets: what offices' own workbooks are full of.
func TestOddSheets(t *testing.T) {
	for name, x := range map[string][2]string{
		// Codes partly numbers and partly texts, texts for numbers, words for nothing, one cell at the edge of an old sheet.
		"codes and signs": {rows("部门支出总表", "类|款|项|名称|合计|基本", "205|02|05|甲|#1250000.5|#1000000.5", "208|5|5|乙|120,000.00|１２００００", "…|||…|—|无") + "", `
			above D2 单位：万元
			above A1 部门支出总表
			table 目标  6
			2: 类 | 款 | 项 | 名称 | 合计 | 基本
			3: 205 | 02 | 05 | 甲 | 1,250,000.50 | 1,000,000.50
			4: 208 | 5 | 5 | 乙 | 120,000.00 | １２００００
			5: … |  |  | … | — | 无`},
		// Exports store 0 for totals that nobody computed, and 角分 where others print whole 元.
		"totals of exports": {rows("收支总表", "项目|数|项目|数", "一、拨款|#189767551.46|八、城乡|#154369326.46", "收入总计|=0|支出总计|=0"), `
			above D2 单位：万元
			above A1 收支总表
			table 目标  4
			2: 项目 | 数 | 项目 | 数
			3: 一、拨款 | 189,767,551.46 | 八、城乡 | 154,369,326.46
			4: 收入总计 | ？ | 支出总计 | ？
			gap B4 工作表“目标”的 2 个公式存的结果全是 0，像是导出以后没有算过，没有采用，读成了“？”（B4）`},
		// Heads merged by hand, with ranges that lie over each other.
		"merged ranges over each other": {rows("支出总表", "项目||||支出||", "编码|||名称|合计|基本|项目", "类|款|项||||", "205|02|05|甲|#3|#1|#2") +
			`<mergeCells><mergeCell ref="A1:G1"/><mergeCell ref="A2:D2"/><mergeCell ref="A3:C4"/><mergeCell ref="A3:C3"/><mergeCell ref="D2:G2"/><mergeCell ref="E2:G2"/><mergeCell ref="D3:D4"/><mergeCell ref="E3:E4"/><mergeCell ref="F3:F4"/><mergeCell ref="G3:G4"/></mergeCells>`, `
			above D2 单位：万元
			above A1 支出总表
			table 目标  7
			2: 项目{1x4} | 支出{1x3}
			3: 编码{1x3} | 名称{2x1} | 合计{2x1} | 基本{2x1} | 项目{2x1}
			4: 类 | 款 | 项
			5: 205 | 02 | 05 | 甲 | 3.00 | 1.00 | 2.00`},
		"a merged range over words": {rows("甲|乙|丙", "1|2|3") + `<mergeCells><mergeCell ref="A1:C2"/></mergeCells>`, `
			p D2 单位：万元
			p A1 甲
			gap B1 工作表“目标”有 5 个格被合并的单元格盖住，看不见，没有读（B1）`},
	} {
		var lines []string
		for line := range strings.SplitSeq(strings.TrimSpace(x[1]), "\n") {
			lines = append(lines, strings.TrimLeft(line, "\t"))
		}
		if got, want := strings.TrimSpace(told(readBook(t, xlsx(t, "目标 ", x[0])))), strings.TrimSpace(strings.Join(lines, "\n")); got != want {
			t.Errorf("%s reads\n%s\nwant\n%s", name, got, want)
		}
	}
}

// TestOfficeWritesBothAlike: one workbook in both formats of LibreOffice is read as the same tables, and so are tabs and commas.
func TestOfficeWritesBothAlike(t *testing.T) {
	var all []string
	for _, name := range []string{"office.xls", "office.xlsx"} {
		raw, err := os.ReadFile("../../../testdata/grid/" + name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, told(readBook(t, raw)))
	}
	if all[0] != all[1] {
		t.Errorf("xls reads\n%s\nxlsx reads\n%s", all[0], all[1])
	}
	for _, want := range []string{"above A1 2026年部门收支总表（示例）", "205 | 02 | 普通教育 | 4,671.85", "没有读"} {
		if !strings.Contains(all[0], want) {
			t.Errorf("%s is not in\n%s", want, all[0])
		}
	}
	tabs := told(readBook(t, []byte("科目\t合计\n甲\t87,267,272.44\n")))
	commas := told(readBook(t, []byte("科目,合计\n甲,\"87,267,272.44\"\n")))
	if tabs != commas || !strings.Contains(tabs, "2: 甲 | 87,267,272.44") {
		t.Errorf("tabs read\n%s\ncommas read\n%s", tabs, commas)
	}
}

// FuzzSheet: whatever cells a sheet has, none of what is seen is lost and no cell stands over another.
func FuzzSheet(f *testing.F) {
	f.Add("收入表\n项目|数\n甲|1\n\n注：略", uint8(1), uint8(1), uint8(2), uint8(2))
	f.Add("[2x2]甲|乙\n丙|[3x1]丁\n单位：元\n戊|1", uint8(2), uint8(1), uint8(3), uint8(3))
	f.Fuzz(func(t *testing.T, text string, top, left, bottom, right uint8) {
		if strings.ContainsAny(text, "<>&\"'=#[]!\r\t\f\v\x00") || len(text) > 2_000 || !strings.Contains(text, "|") {
			return
		}
		ranges := fmt.Sprintf(`<mergeCells><mergeCell ref="%s:%s"/><mergeCell ref="B2:C3"/></mergeCells>`, grid.Name(int(top%9)+1, int(left%9)+1), grid.Name(int(bottom%9)+1, int(right%9)+1))
		b, err := grid.Read("x", xlsx(t, "表", rows(strings.Split(text, "\n")...)+ranges))
		if err != nil {
			return
		}
		d, err := Document(b, nil)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]int{}
		count := func(list ...paper.Paragraph) {
			for _, p := range list {
				seen[p.Spots[0].At.Cell]++
			}
		}
		for _, x := range d.Blocks {
			if x.Text != nil {
				count(*x.Text)
				continue
			}
			count(x.Table.Above...)
			count(x.Table.Below...)
			taken := map[[2]int]bool{}
			for i, r := range x.Table.Rows {
				for _, c := range r.Cells {
					if c.Text != "" {
						seen[c.At.Cell]++
					}
					for di := range c.Rows {
						for dj := range c.Columns {
							at := [2]int{i + di, c.Column + dj}
							if taken[at] || at[0] >= len(x.Table.Rows) || at[1] >= x.Table.Columns {
								t.Fatalf("cell %+v stands over another or beyond", c)
							}
							taken[at] = true
						}
					}
				}
			}
		}
		s := &b.Sheets[0]
		for _, r := range s.Rows {
			for _, c := range r.Cells {
				name := grid.Name(r.Number, c.Column)
				if want := map[bool]int{true: 1}[trimmed(c.Printed()) != "" && !c.Covered]; seen[name] != want {
					t.Fatalf("%s (%q) is read %d times, want %d\n%s", name, c.Text, seen[name], want, told(d))
				}
			}
		}
	})
}
