package grid

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

const sampleML = `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">
<Styles><Style ss:ID="a"><NumberFormat ss:Format="Standard"/></Style><Style ss:ID="b" ss:Parent="a"/><Style ss:ID="c" ss:Parent="c"/><Style ss:ID="d"><NumberFormat ss:Format="yyyy\-mm\-dd"/></Style></Styles>
<Worksheet ss:Name="目标 "><Table><Column ss:Index="2" ss:Span="1" ss:Hidden="1"/><Column ss:Width="0"/>
<Row><Cell ss:MergeAcross="4"><Data ss:Type="String">目标表</Data><Comment><Data>批注</Data></Comment></Cell><Cell><Data ss:Type="String">后</Data></Cell></Row>
<Row ss:Hidden="1"><Cell ss:MergeAcross="1" ss:MergeDown="2"><Data ss:Type="String">资金&#10;（万元）</Data></Cell><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>总</B>额</ss:Data></Cell><Cell ss:StyleID="b"><Data ss:Type="Number">1084.0000000000001</Data></Cell></Row>
<Row ss:StyleID="a"><Cell ss:Index="3" ss:StyleID="c"><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell ss:Formula="=1"/></Row>
<Row ss:Index="9" ss:Span="2"/><Row><Cell ss:StyleID="d"><Data ss:Type="Number">44601</Data></Cell><Cell><Data ss:Type="DateTime">2026-02-10T08:30:00.000</Data></Cell><Cell><Data ss:Type="String"></Data></Cell></Row>
</Table><WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>
<Worksheet ss:Name="乙"/></Workbook>`

// TestSpreadsheetML: places by ss:Index and ss:Span, merged ranges, types and styles, in each encoding.
func TestSpreadsheetML(t *testing.T) {
	for name, raw := range map[string]string{
		"UTF-8":  sampleML,
		"GBK":    encodedAs(t, simplifiedchinese.GBK, strings.Replace(sampleML, `"1.0"`, `"1.0" encoding="GB2312"`, 1)),
		"UTF-16": encodedAs(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), strings.Replace(sampleML, `"1.0"`, `"1.0" encoding="UTF-16"`, 1)),
	} {
		b, err := Read("x", []byte(raw))
		if err != nil || len(b.Sheets) != 2 {
			t.Fatal(name, err, b)
		}
		s := &b.Sheets[0]
		if s.Name != "目标 " || !s.Hidden || b.Sheets[1].Hidden || b.Format != SpreadsheetML {
			t.Errorf("%s: %q %v", name, s.Name, s.Hidden)
		}
		expect(t, s, `
			A1 text 目标表
			F1 text 后
			A2 text 资金`+"\n"+`（万元） row-hidden
			C2 text 总额 column-hidden row-hidden
			D2 number 1084 [#,##0.00] column-hidden row-hidden
			C3 bool TRUE column-hidden
			D3 error #N/A [#,##0.00] column-hidden
			E3 empty  [#,##0.00] formula unstored
			A12 date 2022-02-09 [yyyy\-mm\-dd]
			B12 date 2026-02-10 08:30:00 column-hidden
		`)
		if got := fmt.Sprint(s.Merges); got != "[A1:E1 A2:B4]" {
			t.Error(name, got)
		}
	}
}

func encodedAs(t testing.TB, e encoding.Encoding, s string) string {
	t.Helper()
	out, err := e.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestHTML: tables under each other, the words between them, cells that span rows and columns, what is not shown.
func TestHTML(t *testing.T) {
	const page = `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv=Content-Type content="text/html; charset=CHARSET"><title>不要</title>
<style>td{color:red}</style></head><body><h1>部门支出总表</h1><p>单位：元<table border=1><caption>表题</caption>
<tr><th rowspan=2>科目<br>编码<th colspan=2>合&nbsp;计</tr><tr><td><p>基</p> <p>本</p><td>项目</td></tr>
<tr style="display: none"><td>藏</td></tr>
<tr><td x:str>&nbsp;2040601</td><td align=right x:num="16726725.440000001">16,726,725</td><td sdval="1200.5" sdnum="2052;"><p>1,200.50</p><p></p></td><td x:num>无</td></tr>
<tr><td style='mso-number-format:"\@"'>05</td><td rowspan=9>尾</td><td>&lt;甲&gt; &amp; 乙</td></tr><tr><td></td></tr></table>
说明<script>var 不要</script><table><tr><td>外<table><tr><td>内</td></tr></table></td><td>右</td></tr><tr><td>下</td></tr></table></body></html>`
	for name, raw := range map[string]string{
		"utf-8":  strings.Replace(page, "CHARSET", "utf-8", 1),
		"gb2312": encodedAs(t, simplifiedchinese.GBK, strings.Replace(page, "CHARSET", "gb2312", 1)),
		"none":   encodedAs(t, simplifiedchinese.GBK, strings.Replace(page, "CHARSET", "", 1)),
		"UTF-16": encodedAs(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), page),
		"left":   strings.Replace(page, "CHARSET", "utf-16", 1),
		"lies":   encodedAs(t, simplifiedchinese.GBK, strings.Replace(page, "CHARSET", "utf-8", 1)),
	} {
		b, err := Read("x.xls", []byte(raw))
		if err != nil {
			t.Fatal(name, err)
		}
		expect(t, &b.Sheets[0], `
			A1 text 部门支出总表
			A2 text 单位：元
			A3 text 科目`+"\n"+`编码
			B3 text 合`+"\u00a0"+`计
			B4 text 基`+"\n"+`本
			C4 text 项目
			A5 text 藏 row-hidden
			A6 text 2040601
			B6 number 16726725.44
			C6 number 1200.5
			D6 text 无
			A7 text 05 [@]
			B7 text 尾
			C7 text <甲> & 乙
			A9 text 说明
			A10 text 外
			B10 text 右
			A11 text 内
			A12 text 下
		`)
		if got := fmt.Sprint(b.Sheets[0].Merges); got != "[B3:C3 A3:A4 B7:B8]" {
			t.Error(name, got)
		}
	}
}

// TestText: tabs and commas in every encoding, with quotation marks as programs write them and as people do.
func TestText(t *testing.T) {
	const tabs = "科目编码\t科目名称\t合计\r\n\r\n2040601\t\"行政\t运行\"\t16,726,725.44\r\n\"多\n行\"\t\"说\"\"明\"\t=\"0205\"\r\n"
	want := strings.Join([]string{"A1 text 科目编码", "B1 text 科目名称", "C1 text 合计", "A3 text 2040601", "B3 text 行政\t运行", "C3 text 16,726,725.44",
		"A4 text 多\n行", `B4 text 说"明`, "C4 text 0205", ""}, "\n")
	for name, raw := range map[string]string{
		"UTF-8": tabs, "mark": "\uFEFF" + tabs, "GBK": encodedAs(t, simplifiedchinese.GBK, tabs), "CR": strings.ReplaceAll(tabs, "\r\n", "\r"),
		"UTF-16LE": encodedAs(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), tabs), "UTF-16BE": encodedAs(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), tabs),
		"LE without mark": encodedAs(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), tabs), "end of DOS": tabs + "\x1A",
	} {
		b, err := Read("x.xls", []byte(raw))
		if err != nil || b.Format != Tabs {
			t.Error(name, err)
			continue
		}
		if got := told(&b.Sheets[0]); got != want {
			t.Errorf("%s is\n%swant\n%s", name, got, want)
		}
	}
	b := read(t, []byte("名称,金额,备注\n\"甲,乙\",\"1,200.00\",\"8\"管\"\n\"没有尾,3,\"\"x\n"))
	expect(t, &b.Sheets[0], `
		A1 text 名称
		B1 text 金额
		C1 text 备注
		A2 text 甲,乙
		B2 text 1,200.00
		C2 text 8"管
		A3 text "没有尾
		B3 text 3
		C3 text ""x
	`)
	if b.Format != CSV {
		t.Error(b.Format)
	}
}
