package read

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"

	"yusuan/internal/pdfium"
	"yusuan/internal/read/paper"
)

func zipOf(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	word = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	cell = `<w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>`
	body = `<w:body><w:tbl><w:tr>` + cell + cell + `</w:tr></w:tbl></w:body>`
	page = `<html><body><h1>预算</h1><table><tr><td>甲<td>1</table></body></html>`
	ml   = `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table><Row><Cell><Data ss:Type="String">甲</Data></Cell><Cell><Data ss:Type="Number">1</Data></Cell></Row></Table></Worksheet></Workbook>`
)

func bookOf(t testing.TB, more ...string) []byte {
	const main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	return zipOf(t, append([]string{"xl/workbook.xml", `<workbook ` + main + `><sheets><sheet name="表" sheetId="1" r:id="a"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="a" Type="x/worksheet" Target="s.xml"/></Relationships>`,
		"xl/s.xml", `<worksheet ` + main + `><sheetData><row><c t="inlineStr"><is><t>甲</t></is></c><c><v>1</v></c></row></sheetData></worksheet>`}, more...)...)
}

// TestContentSaysWhatAFileIs: every format that is read, under names that lie.
func TestContentSaysWhatAFileIs(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(page)
	if err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]struct {
		raw  []byte
		want paper.Format
	}{
		"a.xls":      {[]byte("\xEF\xBB\xBF" + page), paper.Web},
		"gbk.doc":    {[]byte(gbk), paper.Web},
		"b.doc":      {[]byte(`<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"><pkg:part pkg:name="/word/document.xml" pkg:contentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"><pkg:xmlData><w:document ` + word + `>` + body + `</w:document></pkg:xmlData></pkg:part></pkg:package>`), paper.Word},
		"c.xls":      {[]byte(`<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">` + body + `</w:wordDocument>`), paper.Word},
		"d.xlsx":     {zipOf(t, "word/document.xml", `<w:document `+word+`>`+body+`</w:document>`), paper.Word},
		"e.pdf":      {bookOf(t), paper.Workbook},
		"f.xls":      {[]byte(ml), paper.Workbook},
		"g.xlsx":     {[]byte("科目\t数\n甲\t1\n"), paper.Workbook},
		"h.docx":     {[]byte("\n%PDF-1.7 …"), paper.PDF},
		"~/i/j.html": {[]byte(page), paper.Web},
	} {
		kind, refused := Kind(name, x.raw)
		if refused != nil || kind != x.want {
			t.Errorf("%s is %s, %v; want %s", name, kind, refused, x.want)
			continue
		}
		d, err := File(name, x.raw, func(string, []byte) ([]*pdfium.Page, error) { return make([]*pdfium.Page, 1), nil })
		if err != nil || d.Format != x.want {
			t.Errorf("%s: %v, %v", name, d, err)
			continue
		}
		tables := 0
		for _, b := range d.Blocks {
			if b.Table != nil && b.Table.Columns == 2 && b.Table.Rows[0].Cells[0].Text != "" {
				tables++
			}
		}
		if want := map[bool]int{true: 0, false: 1}[x.want == paper.PDF]; tables != want {
			t.Errorf("%s: %d tables", name, tables)
		}
	}
}

// TestRefusals: what is not read is called by its name, with what to do.
func TestRefusals(t *testing.T) {
	locked := zipOf(t, "word/document.xml", "x")
	locked[bytes.Index(locked, []byte("PK\x01\x02"))+8] |= 1
	for _, x := range []struct {
		name, raw, what, remedy string
	}{
		{"a.docx", "", "空文件", "重新"},
		{"x/~$预算.docx", "PK\x03\x04", "临时文件", "~$"},
		{"a.docx", " \n\t ", "只有空白", "重新"},
		{"a.doc", `{\rtf1\ansi 甲}`, "RTF", ".docx"},
		{"a.pdf", "\x89PNG\r\n\x1a\n0000000000", "图片", "PDF"},
		{"a.docx", "\xFF\xD8\xFF\xE000000000", "图片", "PDF"},
		{"a.docx", string(zipOf(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "")), "OpenDocument", ".docx"},
		{"a.docx", string(zipOf(t, "某局.docx", "")), "压缩包", "解压"},
		{"a.docx", "Rar!\x1A\x07\x00", "压缩包", "解压"},
		{"a.docx", string(locked), "密码", "解压"},
		{"a.ofd", string(zipOf(t, "OFD.xml", "")), ".ofd", "PDF"},
		{"a.pptx", string(zipOf(t, "ppt/presentation.xml", "")), "演示文稿", "PDF"},
		{"a.xlsb", string(zipOf(t, "xl/workbook.bin", "")), ".xlsb", ".xlsx"},
		{"a.pages", string(zipOf(t, "Index/Document.iwa", "")), "Pages", "导出"},
		{"a.docx", "PK\x03\x04rest", "损坏", "重新"},
		{"a.doc", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest", "损坏", "另存"},
		{"a.docx", "MZ\x90\x00", "程序", "PDF"},
		{"a.doc", "MIME-Version: 1.0\n<table>", ".mht", "PDF"},
		{"a.txt", "某局2026年部门预算\n没有表格\n", "没有分栏", "PDF"},
		{"a.xml", `<?xml version="1.0"?><data><p/></data>`, "XML 数据", "PDF"},
		{"a.xml", `<?xml version="1.0"?><uof:UOF xmlns:uof="x"/>`, "UOF", "PDF"},
		{"a.htm", `<html><frameset><frame src="a"></frameset></html>`, "外框", "PDF"},
		{"a.et", "\x00\x01\x02\x03\x04\x05", ".et", ".xlsx"},
		{"a.wps", "\x00\x01\x02\x03\x04\x05", ".wps", ".docx"},
		{"a.pdf", "\x00\x01\x02\x03\x04\x05", "不是", "重新"},
		{"a.bin", "\x00\x01\x02\x03\x04\x05", "认不出", "PDF"},
	} {
		_, refused := Kind(x.name, []byte(x.raw))
		_, err := File(x.name, []byte(x.raw), nil)
		if refused == nil || !strings.Contains(refused.What, x.what) || !strings.Contains(refused.Remedy, x.remedy) {
			t.Errorf("%s %.20q: %v; want %s, %s", x.name, x.raw, refused, x.what, x.remedy)
			continue
		}
		if r := (*Refused)(nil); !errors.As(err, &r) || r.What != refused.What {
			t.Errorf("%s %.20q: File says %v", x.name, x.raw, err)
		}
		if strings.HasSuffix(refused.What, "。") || strings.HasSuffix(refused.Remedy, "。") {
			t.Errorf("%v ends with a stop", refused)
		}
	}
}

// TestOneTypeOfRefusals: what each reader refuses is refused as one type, with its cause.
func TestOneTypeOfRefusals(t *testing.T) {
	cause := errors.New("cause")
	for name, raw := range map[string]string{
		"docx": string(zipOf(t, "word/document.xml", "<w:document")), "xml": `<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:p></w:wordDocument>`,
		"xlsx": string(zipOf(t, "xl/workbook.xml", "<workbook")), "pdf": "%PDF-1.7",
	} {
		_, err := File("x", []byte(raw), func(string, []byte) ([]*pdfium.Page, error) {
			return nil, &pdfium.Refused{What: "这份 PDF 加了密码", Remedy: "请取消", Cause: cause}
		})
		var r *Refused
		if !errors.As(err, &r) || r.Cause == nil {
			t.Errorf("%s: %#v", name, err)
		}
	}
	if _, err := File("x", []byte("%PDF-1.7"), func(string, []byte) ([]*pdfium.Page, error) { return nil, cause }); !errors.Is(err, cause) {
		t.Error(err)
	}
}

// compound is a file of Office before 2007 whose main stream has such a name.
func compound(t testing.TB, stream string) []byte {
	t.Helper()
	raw, err := os.ReadFile("../../testdata/grid/office.xls")
	if err != nil {
		t.Fatal(err)
	}
	wide := func(s string) []byte {
		var b []byte
		for _, c := range utf16.Encode([]rune(s)) {
			b = binary.LittleEndian.AppendUint16(b, c)
		}
		return b
	}
	at := bytes.Index(raw, append(wide("Workbook"), make([]byte, 40)...))
	if at < 0 || at%128 != 0 {
		t.Fatal("no stream of a workbook", at)
	}
	name := wide(stream)
	clear(raw[at : at+64])
	copy(raw[at:], name)
	binary.LittleEndian.PutUint16(raw[at+64:], uint16(len(name)+2))
	return raw
}

// TestCompoundFiles: Word's, Excel's and what has a password are told from each other by their streams, under any name.
func TestCompoundFiles(t *testing.T) {
	for _, x := range []struct{ name, stream, want string }{
		{"a.doc", "WordDocument", "Word 97－2003"}, {"a.xls", "WordDocument", "Word 97－2003"}, {"a.wps", "WordDocument", ".wps"},
		{"a.docx", "EncryptedPackage", "打开密码"}, {"a.ppt", "PowerPoint Document", "演示文稿"}, {"a.et", "ETX", ".et"}, {"a.wps", "WPS", ".wps"}, {"a.xls", "Other", "既没有"},
	} {
		if _, refused := Kind(x.name, compound(t, x.stream)); refused == nil || !strings.Contains(refused.What, x.want) {
			t.Errorf("%s with %s: %v", x.name, x.stream, refused)
		}
	}
	for _, name := range []string{"a.doc", "a.et", "a"} {
		d, err := File(name, compound(t, "Workbook"), nil)
		if err != nil || d.Format != paper.Workbook || len(d.Blocks) == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := File("a.xls", compound(t, "Book"), nil); err == nil || !strings.Contains(err.Error(), "太旧") {
		t.Error(err)
	}
}

// TestOwnSheets: of a workbook of published tables the sheets that derive its numbers are left out but for its title, of any other none.
func TestOwnSheets(t *testing.T) {
	sheet := func(name string) string {
		return `<Worksheet ss:Name="` + name + `"><Table><Row><Cell><Data ss:Type="String">` + name + `</Data></Cell><Cell><Data ss:Type="Number">1</Data></Cell></Row></Table></Worksheet>`
	}
	head, rest, _ := strings.Cut(ml, `<Worksheet`)
	_, tail, _ := strings.Cut(rest, `</Worksheet>`)
	for want, names := range map[int][]string{3: {"目录", "表1", "校核", "明细", "上年数和填列数"}, 4: {"目录", "表1", "表2", "明细"}} {
		all := ""
		for _, n := range names {
			all += sheet(n)
		}
		d, err := File("a.xls", []byte(head+all+tail), nil)
		if err != nil || len(d.Blocks) != want || len(d.Gaps) != 0 {
			t.Errorf("%v: %d blocks, want %d; %v", names, len(d.Blocks), want, err)
		}
	}
}

// TestNothingIsTold: of a file in which nothing was read, that is said.
func TestNothingIsTold(t *testing.T) {
	for name, raw := range map[string][]byte{
		"a.docx": zipOf(t, "word/document.xml", `<w:document `+word+`><w:body><w:p/></w:body></w:document>`),
		"a.html": []byte("<html><body><img src=a.png></body></html>"),
		"a.xls":  []byte(ml[:strings.Index(ml, "<Row>")] + ml[strings.Index(ml, "</Row>")+6:]),
		"a.pdf":  []byte("%PDF-1.7"),
	} {
		d, err := File(name, raw, func(string, []byte) ([]*pdfium.Page, error) { return nil, nil })
		if err != nil || len(d.Blocks) != 0 || len(d.Gaps) != 1 || !strings.Contains(d.Gaps[0].What, "没有读到") {
			t.Errorf("%s: %+v %v", name, d, err)
		}
	}
}

// TestPicturesOfWorkbooks: a scan that somebody put into a sheet is told, a mark is not.
func TestPicturesOfWorkbooks(t *testing.T) {
	for size, want := range map[int]int{50_000: 1, 2_000: 0} {
		d, err := File("a.xlsx", bookOf(t, "xl/media/image1.png", strings.Repeat("x", size)), nil)
		if err != nil || len(d.Gaps) != want || len(d.Blocks) != 1 {
			t.Errorf("%d bytes: %+v %v", size, d, err)
		}
	}
}

// FuzzFile: no bytes under any name make the readers fail but by refusing.
func FuzzFile(f *testing.F) {
	f.Add("a.docx", []byte(page))
	f.Add("a.doc", []byte(ml))
	f.Add("a.xls", zipOf(f, "word/document.xml", `<w:document `+word+`>`+body+`</w:document>`))
	f.Add("a.wps", bookOf(f))
	f.Add("a.csv", []byte("甲\t1\n"))
	f.Add("a.pdf", []byte("%PDF-1.7"))
	f.Add("a.rtf", []byte(`{\rtf`))
	f.Add("a", compound(f, "WordDocument"))
	f.Fuzz(func(t *testing.T, name string, raw []byte) {
		kind, refused := Kind(name, raw)
		d, err := File(name, raw, func(string, []byte) ([]*pdfium.Page, error) { return nil, nil })
		if r := (*Refused)(nil); err != nil && !errors.As(err, &r) {
			t.Fatal(err)
		}
		if refused != nil && err == nil || err == nil && d.Format != kind {
			t.Fatalf("%s, %v; %v", kind, refused, err)
		}
	})
}
