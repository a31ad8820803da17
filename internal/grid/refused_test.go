package grid

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// refusals is one file of everything that is not read, with words of what is said of it.
func refusals(t testing.TB) map[string]struct {
	name, want string
	raw        []byte
} {
	type file = struct {
		name, want string
		raw        []byte
	}
	office := func(main string) []byte {
		return zipped(t, "_rels/.rels", `<Relationships><Relationship Id="a" Type="`+relTypes+`officeDocument" Target="`+main+`"/></Relationships>`, main, "x")
	}
	xlsx := bookOf(t, sheetHead+`<sheetData/></worksheet>`)
	locked := func(r *records) { r.add(recFilePass, uint16(1), make([]byte, 52)) }
	text := func(s string) []byte { return []byte(s) }
	return map[string]file{
		"empty":          {"a.xlsx", "空文件", nil},
		"blank":          {"a.csv", "只有空白", text(" \r\n\t\r\n")},
		"lock":           {`D:\表\~$预算.xlsx`, "临时文件", text("x")},
		"encrypted":      {"a.xlsx", "打开密码", compound("EncryptionInfo", "x", "EncryptedPackage", "y")},
		"encrypted xls":  {"a.xls", "加了密码", compound("Workbook", workbookOf(locked, nil, func(*records) {}))},
		"excel 95":       {"a.xls", "Excel 5.0", compound("Book", "x")},
		"excel 95 as 97": {"a.xls", "Excel 95", compound("Workbook", "\x09\x08\x08\x00\x00\x05\x05\x00\x00\x00\x00\x00")},
		"excel 4":        {"a.xls", "Excel 2", text("\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00")},
		"doc":            {"a.doc", "Word", compound("WordDocument", "x")},
		"ppt":            {"a.ppt", "演示", compound("PowerPoint Document", "x")},
		"et":             {"a.et", "（.et）", compound("Contents", "x")},
		"ole":            {"a.bin", "没有 Excel", compound("Contents", "x")},
		"docx":           {"a.xlsx", "Word", office("word/document.xml")},
		"pptx":           {"a.pptx", ".pptx", office("ppt/presentation.xml")},
		"xlsb":           {"a.xlsb", ".xlsb", office("xl/workbook.bin")},
		"ods":            {"a.ods", ".ods", zipped(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", "<x/>")},
		"ofd":            {"a.ofd", ".ofd", zipped(t, "OFD.xml", "<x/>")},
		"numbers":        {"a.numbers", "Numbers", zipped(t, "Index/Document.iwa", "x")},
		"zip":            {"a.zip", "压缩包", zipped(t, "a.txt", "x")},
		"cut zip":        {"a.xlsx", "不完整", xlsx[:len(xlsx)-40]},
		"no sheets":      {"a.xlsx", "不完整", zipped(t, "xl/workbook.xml", "<workbook/>")},
		"pdf":            {"a.xls", "PDF", text("%PDF-1.7\n…")},
		"png":            {"a.xlsx", "图片", text("\x89PNG\r\n\x1a\n\x00\x00")},
		"jpeg":           {"a.jpg", "图片", text("\xFF\xD8\xFF\xE0\x00\x10JFIF")},
		"heic":           {"a.heic", "图片", text("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00")},
		"rar":            {"a.rar", "压缩包", text("Rar!\x1A\x07\x01\x00")},
		"rtf":            {"a.doc", "RTF", text(`{\rtf1\ansi x}`)},
		"mht":            {"a.mht", ".mht", text("MIME-Version: 1.0\r\nX: y,z\r\n")},
		"exe":            {"a.xls", "程序", text("MZ\x90\x00\x03")},
		"wordml":         {"a.doc", "Word", text(`<?xml version="1.0"?><w:wordDocument xmlns:w="urn:w"/>`)},
		"flat":           {"a.xml", "Flat OPC", text(`<?xml version="1.0"?><pkg:package xmlns:pkg="urn:p"/>`)},
		"uof":            {"a.uof", "标文通", text(`<?xml version="1.0"?><uof:UOF xmlns:uof="urn:u"/>`)},
		"xml":            {"a.xml", "XML 数据", text(`<?xml version="1.0"?><data/>`)},
		"frames":         {"a.xls", "外框", text(`<html><frameset cols="*"><frame src="sheet001.htm"></frameset></html>`)},
		"page":           {"a.htm", "没有表格", text(`<html><body><p>说明</body></html>`)},
		"prose":          {"a.txt", "没有分栏", []byte(encodedAs(t, simplifiedchinese.GBK, "关于预算公开的说明\r\n一、总体情况"))},
		"bytes":          {"a.dat", "认不出", text("\x01\x02\x03\xFF\xFE\x00\x07")},
		"bytes as xlsx":  {"a.XLSX", "按名字", text("\x01\x02\x03\xFF\xFE\x00\x07")},
		"cut ml":         {"a.xls", "不完整", text(sampleML[:len(sampleML)/2])},
	}
}

// TestRefused: what is not read is told by what it is and what to do, both without a final stop.
func TestRefused(t *testing.T) {
	for name, f := range refusals(t) {
		b, err := Read(f.name, f.raw)
		var refused *Refused
		if !errors.As(err, &refused) || b != nil {
			t.Errorf("%s: %v %v", name, b, err)
			continue
		}
		if !strings.Contains(refused.What, f.want) {
			t.Errorf("%s: %s; want %s", name, refused.What, f.want)
		}
		if refused.Remedy == "" || strings.HasSuffix(refused.Error(), "。") || !strings.HasPrefix(refused.Error(), refused.What+"；") {
			t.Errorf("%s: %s", name, refused)
		}
	}
}

// TestContentNotName: a workbook is what it is under any name.
func TestContentNotName(t *testing.T) {
	xlsx := bookOf(t, sheetHead+`<sheetData><row><c><v>1</v></c></row></sheetData></worksheet>`)
	xls := compound("Workbook", workbookOf(nil, nil, func(r *records) { r.add(recNumber, uint16(0), uint16(0), uint16(0), bitsOf(1)) }))
	for _, name := range []string{"a.xls", "a.xlsx", "a.et", "a.csv", "a", "", "预算.pdf"} {
		for format, raw := range map[Format][]byte{XLSX: xlsx, XLS: xls} {
			b, err := Read(name, raw)
			if err != nil || b.Format != format || b.Sheets[0].At(1, 1).Text != "1" {
				t.Errorf("%s under the name %q: %v", format, name, err)
			}
		}
	}
}

// TestOddZips: names with backslashes, in other letters, a part in UTF-16, prefixes on every element.
func TestOddZips(t *testing.T) {
	wide := []byte("\xFF\xFE")
	for _, c := range `<?xml version="1.0" encoding="UTF-16"?><x:worksheet xmlns:x="u"><x:sheetData><x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>` {
		wide = append(wide, byte(c), 0)
	}
	raw := zipped(t, `XL\Workbook.xml`, `<x:workbook xmlns:x="u" xmlns:q="r"><x:sheets><x:sheet name="甲" q:id="i"/><x:sheet name="图" q:id="j"/></x:sheets></x:workbook>`,
		`xl\_rels\workbook.xml.rels`, `<Relationships><Relationship Id="i" Type="a/worksheet" Target="worksheets\s.xml"/><Relationship Id="j" Type="a/chartsheet" Target="c.xml"/></Relationships>`,
		`xl/worksheets/S.xml`, string(wide))
	b := read(t, raw)
	if b.Sheets[0].At(1, 1).Text != "7" || len(b.Others) != 1 {
		t.Errorf("%+v", b)
	}
	if bytes.Contains(raw, []byte("xl/workbook.xml")) {
		t.Error("the zip is not odd")
	}
}
