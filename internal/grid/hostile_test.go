package grid

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// refusedFor fails unless a file is refused with a word.
func refusedFor(t *testing.T, name string, raw []byte, want string) {
	t.Helper()
	_, err := Read("x", raw)
	var refused *Refused
	if !errors.As(err, &refused) || !strings.Contains(refused.What, want) {
		t.Errorf("%s: %v; want %s", name, err, want)
	}
}

// TestHostileXLSX: what a workbook claims costs no more than what it holds, and what it holds is bounded.
func TestHostileXLSX(t *testing.T) {
	inSheet := func(s string) []byte { return bookOf(t, sheetHead+"<sheetData>"+s+"</sheetData></worksheet>") }
	merged := func(n int, ref func(int) string) []byte {
		var b strings.Builder
		for i := range n {
			b.WriteString(`<mergeCell ref="` + ref(i) + `"/>`)
		}
		return bookOf(t, sheetHead+"<mergeCells>"+b.String()+"</mergeCells></worksheet>")
	}
	const many = "00000"
	long := strings.Repeat("长", 10_000)
	for _, x := range []struct {
		name string
		raw  []byte
		want string
	}{
		{"a column too many", inSheet(`<row><c r="XFE1"><v>1</v></c></row>`), "不完整"},
		{"columns without places", inSheet("<row>" + strings.Repeat("<c/>", maxColumns+1) + "</row>"), "列"},
		{"a row too many", inSheet(`<row r="1048577"><c><v>1</v></c></row>`), "行"},
		{"deep", inSheet(strings.Repeat("<a>", 2*maxDepth)), "不完整"},
		{"half a mark of UTF-16", bookOf(t, "\xFF\x80"), "不完整"},
		{"not closed", inSheet("<row><c></row></c>"), "不完整"},
		{"entities", bookOf(t, `<!DOCTYPE w [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;">]>`+sheetHead+`<sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>`), "不完整"},
		{"a shared text that is not there", inSheet(`<row><c t="s"><v>9` + many + `</v></c></row>`), "不完整"},
		{"one text for thousands of cells", inSheet("<row>" + strings.Repeat(`<c t="str"><v>`+long+`</v></c>`, maxText/30_000+1) + "</row>"), "文字的字节"},
		{"one text", inSheet(`<row><c t="str"><v>` + strings.Repeat(long+"<!-- -->", 40) + "</v></c></row>"), "一个单元格"},
		{"one piece", inSheet(`<row x="` + strings.Repeat("a", 2*onePiece) + `"/>`), "不完整"},
		{"merged ranges", merged(maxMerges+1, func(i int) string { return fmt.Sprintf("A%d:B%[1]d", i+1) }), "合并单元格"},
		{"merged ranges over each other", merged(maxOver+1, func(i int) string { return fmt.Sprintf("A1:A%d", i+2) }), "一行上的合并单元格"},
		{"merged ranges over all rows", merged(9_000, func(i int) string {
			if i < 1_000 {
				return fmt.Sprintf("A%d:B1048576", i+1)
			}
			return fmt.Sprintf("C%d:D%[1]d", i)
		}), "重叠的合并单元格"},
	} {
		refusedFor(t, x.name, x.raw, x.want)
	}
	b := read(t, inSheet(`<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`))
	if s := b.Sheets[0]; len(s.Rows) != 1 || len(s.Rows[0].Cells) != 1 || s.Width() != maxColumns {
		t.Errorf("%+v", s)
	}
}

// TestBoundsOfUnzipping: all parts of a workbook share what may be unzipped, and how many pieces of XML there may be.
func TestBoundsOfUnzipping(t *testing.T) {
	raw := bookOf(t, sheetHead+"<sheetData>"+strings.Repeat("<row/>", 1_000)+"</sheetData></worksheet>")
	parts, err := partsOf(raw)
	if err != nil {
		t.Fatal(err)
	}
	for want, w := range map[string]*workbook{
		"":        {parts: parts, left: 20_000, pieces: 4_000},
		"解压后的字节":  {parts: parts, left: 6_000, pieces: 4_000},
		"XML 的标记": {parts: parts, left: 20_000, pieces: 2_000},
	} {
		err := w.read("xl/workbook.xml")
		var refused *Refused
		if want == "" && err != nil || want != "" && (!errors.As(err, &refused) || !strings.Contains(refused.What, want)) {
			t.Errorf("%q: %v", want, err)
		}
	}
	var many []string
	for i := range maxParts + 1 {
		many = append(many, fmt.Sprint(i), "")
	}
	refusedFor(t, "parts", zipped(t, many...), "压缩包里的文件")
}

// TestHostileXLS: chains of sectors that go in circles, records and sheets that claim what is not there.
func TestHostileXLS(t *testing.T) {
	number := func(r *records) {
		for i := range 60 {
			r.add(recNumber, uint16(i), uint16(0), uint16(0), bitsOf(1))
		}
	}
	stream := workbookOf(nil, nil, number)
	whole := compound("Workbook", stream)
	directory := int(binary.LittleEndian.Uint32(whole[48:]))
	changed := func(at int, v uint32) []byte {
		raw := append([]byte(nil), whole...)
		binary.LittleEndian.PutUint32(raw[at:], v)
		return raw
	}
	fat := 512 * (1 + directory + 1)
	entry := 512*(1+directory) + 128
	for name, raw := range map[string][]byte{
		"the folder goes in a circle":         changed(fat+4*directory, uint32(directory)),
		"a stream that is larger than all":    changed(entry+120, 1<<30),
		"a stream that goes in a circle":      changed(fat, 0),
		"a stream that begins nowhere":        changed(entry+116, 1<<20),
		"folders in a circle":                 changed(entry+76, 1),
		"a table that is not there":           changed(76, 1<<24),
		"a sheet that begins nowhere":         compound("Workbook", strings.Replace(stream, string(fieldsOf(uint16(recBOF), uint16(16), uint16(biff8), uint16(0x10))), "\x00\x00\x00\x00\x00\x00\x00\x00", 1)),
		"a record longer than all":            compound("Workbook", strings.Replace(stream, "\x03\x02\x0e\x00", "\x03\x02\xff\xff", 1)),
		"a text longer than all":              compound("Workbook", workbookOf(nil, nil, func(r *records) { r.add(recLabel, make([]byte, 6), uint16(0xFFFF), uint8(1)) })),
		"merged ranges that are not there":    compound("Workbook", workbookOf(nil, nil, func(r *records) { r.add(recMergeCells, uint16(0xFFFF)) })),
		"a shared text that is not there":     compound("Workbook", workbookOf(nil, nil, func(r *records) { r.add(recLabelSST, make([]byte, 6), uint32(1<<31)) })),
		"shared texts that are not there":     compound("Workbook", workbookOf(func(r *records) { r.add(recSST, uint32(0), uint32(0xFFFFFFFF), uint16(9)) }, nil, number)),
		"fonts of a text that are not there":  compound("Workbook", workbookOf(func(r *records) { r.add(recSST, uint32(0), uint32(1), uint16(0), uint8(4), uint32(0xFFFFFFFF)) }, nil, number)),
		"sheets that begin at the same place": compound("Workbook", sameSheet(t)),
	} {
		refusedFor(t, name, raw, "不完整")
	}
	deep := make([]string, 0, 2_400)
	for i := range 1_200 {
		deep = append(deep, fmt.Sprint("s", i), "")
	}
	refusedFor(t, "streams", compound(deep...), "不完整")
}

// sameSheet is a workbook whose sheets are all the same records.
func sameSheet(t *testing.T) string {
	t.Helper()
	more := func(r *records) {
		for range 200 {
			r.add(recBoundSheet, uint32(0), uint8(0), uint8(0), uint8(1), []byte("\x00a"))
		}
	}
	raw := []byte(workbookOf(more, nil, func(r *records) {
		for range 5_000 {
			r.add(recRow, make([]byte, 16))
		}
	}))
	last := strings.Index(string(raw), string(fieldsOf(uint16(recBOF), uint16(16), uint16(biff8), uint16(0x10))))
	for at := 20; ; {
		id, n := binary.LittleEndian.Uint16(raw[at:]), int(binary.LittleEndian.Uint16(raw[at+2:]))
		if id == recEOF {
			return string(raw)
		}
		if id == recBoundSheet {
			binary.LittleEndian.PutUint32(raw[at+4:], uint32(last))
		}
		at += 4 + n
	}
}

// TestHostileMarkup: spans, nesting and quotation marks cost no more than what they hold.
func TestHostileMarkup(t *testing.T) {
	wide := "<tr>" + strings.Repeat("<td rowspan=65534 colspan=1000>x", 16) + "</tr>"
	refusedFor(t, "rows below ranges", []byte("<table>"+wide+strings.Repeat("<tr><td>", 60_000)+"</table>"), "跨行的单元格")
	refusedFor(t, "columns", []byte("<table><tr>"+strings.Repeat("<td colspan=99999>x", 17)), "列")
	refusedFor(t, "tables in tables", []byte(strings.Repeat("<table><tr><td>", maxNested+1)), "网页表格不完整")
	refusedFor(t, "rows", []byte("<table>"+strings.Repeat("<tr>", maxRows+1)), "行")
	ml := func(s string) []byte {
		return []byte(`<?xml version="1.0"?><Workbook xmlns="` + spreadsheetNS + `"><Worksheet><Table>` + s + `</Table></Worksheet></Workbook>`)
	}
	for name, s := range map[string]string{
		"a place before the last": `<Row Index="5"/><Row Index="5"/>`, "a place that is none": `<Row Index="-1"/>`, "across": `<Row><Cell MergeAcross="99999999999"/></Row>`,
		"deep": strings.Repeat("<a>", 2*maxDepth), "entity": "&x;",
	} {
		refusedFor(t, name, ml(s), "XML 电子表格不完整")
	}
	refusedFor(t, "no sheet in its place", []byte(`<?xml version="1.0"?><Workbook xmlns="`+spreadsheetNS+`"><a><Worksheet><Table><Row><Cell MergeAcross="1"/></Row></Table></Worksheet></a></Workbook>`), "XML 电子表格不完整")
	refusedFor(t, "column", ml(`<Row><Cell Index="16385"><Data Type="String">x</Data></Cell></Row>`), "列")
	for _, s := range []string{`"a"b,`, `"`, `""`, `="`, `"",""x`, "\"\n,"} {
		if _, err := Read("x.csv", []byte("a,b\n"+strings.Repeat(s, 1<<20/len(s)))); err != nil {
			if refused := (*Refused)(nil); !errors.As(err, &refused) {
				t.Errorf("%q: %v", s, err)
			}
		}
	}
}
