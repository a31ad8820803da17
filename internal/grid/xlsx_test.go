package grid

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// zipped is a zip of parts, each a name and what it holds, in order.
func zipped(t testing.TB, parts ...string) []byte {
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
	mainNS    = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relTypes  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	sheetHead = `<?xml version="1.0" encoding="UTF-8"?><worksheet ` + mainNS + `>`
)

// bookOf is a workbook of one sheet of the given XML, with the number formats 14, 4 and a fresh one for cells of style 1, 2, 3.
func bookOf(t testing.TB, sheet string, more ...string) []byte {
	t.Helper()
	parts := []string{
		"_rels/.rels", `<Relationships><Relationship Id="a" Type="` + relTypes + `officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml", `<workbook ` + mainNS + `><sheets><sheet name="表 " sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Type="` + relTypes + `worksheet" Target="/xl/worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="` + relTypes + `styles" Target="styles.xml"/><Relationship Id="rId3" Type="` + relTypes + `sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/styles.xml", `<styleSheet ` + mainNS + `><numFmts><numFmt numFmtId="170" formatCode="0!.0,&quot;万元&quot;"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>` +
			`<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="4"/><xf numFmtId="170"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml", `<sst ` + mainNS + `><si><t>甲</t></si><si><r><t xml:space="preserve">乙 </t></r><r><t>丙</t></r><rPh><t>yi</t></rPh></si><si><t>一_x000D_二</t></si></sst>`,
		"xl/worksheets/sheet1.xml", sheet,
	}
	return zipped(t, append(parts, more...)...)
}

func read(t testing.TB, raw []byte) *Book {
	t.Helper()
	b, err := Read("x", raw)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// told is a sheet as text: a line a cell.
func told(s *Sheet) string {
	var b strings.Builder
	for _, r := range s.Rows {
		for _, c := range r.Cells {
			fmt.Fprintf(&b, "%s %s %s", Name(r.Number, c.Column), [...]string{"empty", "text", "number", "bool", "date", "error"}[c.Kind], c.Text)
			for _, f := range []struct {
				is   bool
				word string
			}{{c.Format != "", " [" + c.Format + "]"}, {c.Formula, " formula"}, {c.Unstored, " unstored"}, {c.Hidden, " column-hidden"}, {r.Hidden, " row-hidden"}, {c.Covered, " covered"}} {
				if f.is {
					b.WriteString(f.word)
				}
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func expect(t *testing.T, s *Sheet, want string) {
	t.Helper()
	want = strings.ReplaceAll(strings.TrimLeft(want, "\n"), "\t", "")
	if got := told(s); got != want {
		t.Errorf("sheet %q is\n%swant\n%s", s.Name, got, want)
	}
}

// TestCellsOfXLSX: every type of cell, with and without what programs leave out.
func TestCellsOfXLSX(t *testing.T) {
	b := read(t, bookOf(t, sheetHead+`<dimension ref="A1:A1"/><cols><col min="3" max="3" hidden="1"/><col min="9" max="16384" width="0"/></cols><sheetData>
		<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><r><t>丁</t></r><r><t>戊</t></r><rPh><t>x</t></rPh></is></c><c r="D1" t="s"><v>2</v></c></row>
		<row r="3" hidden="1"><c r="A3"><v>4671.8500000000004</v></c><c><v>205</v></c><c t="b"><v>1</v></c><c t="e"><v>#DIV/0!</v></c><c s="1"><v>46063</v></c><c s="1"><v>46063.5625</v></c><c s="2"><v>1.2E3</v></c><c s="3"><v>35000</v></c></row>
		<row><c><f>SUM(A1:A3)</f></c><c><f>A1</f><v></v></c><c t="str"><f>""</f><v></v></c><c t="str"><f>A1</f></c><c s="2"><f>1-1</f><v>0</v></c><c t="n"><v>1,5</v></c><c t="d"><v>2026-02-10T00:00:00</v></c></row>
		<row r="7"><c r="A7" s="2"/><c r="I7"><v>1</v></c><c r="IV7" s="1"/></row><row r="900" s="1"/>
		</sheetData><drawing><from><row>5</row><col>2</col></from></drawing></worksheet>`))
	s := &b.Sheets[0]
	if s.Name != "表 " || s.Hidden || b.Format != XLSX {
		t.Errorf("%q %v %v", s.Name, s.Hidden, b.Format)
	}
	expect(t, s, `
		A1 text 甲
		B1 text 乙 丙
		C1 text 丁戊 column-hidden
		D1 text 一`+"\r"+`二
		A3 number 4671.85 row-hidden
		B3 number 205 row-hidden
		C3 bool TRUE column-hidden row-hidden
		D3 error #DIV/0! row-hidden
		E3 date 2026-02-10 [yyyy/m/d] row-hidden
		F3 date 2026-02-10 13:30:00 [yyyy/m/d] row-hidden
		G3 number 1200 [#,##0.00] row-hidden
		H3 number 35000 [0!.0,"万元"] row-hidden
		A4 empty  formula unstored
		B4 empty  formula unstored
		C4 text  formula column-hidden
		D4 empty  formula unstored
		E4 number 0 [#,##0.00] formula
		F4 text 1,5
		G4 date 2026-02-10
		I7 number 1 column-hidden
	`)
	if s.Width() != 9 {
		t.Errorf("width %d", s.Width())
	}
}

// TestOverlappingMerges: ranges that overlap are each by itself, as the file has them; libraries join them into one, which
// would fill the heads of other columns.
func TestOverlappingMerges(t *testing.T) {
	b := read(t, bookOf(t, sheetHead+`<sheetData><row r="3"><c r="A3" t="s"><v>0</v></c><c r="C3" t="s"><v>1</v></c><c r="E3" t="s"><v>2</v></c></row></sheetData>
		<mergeCells><mergeCell ref="A3:D3"/><mergeCell ref="C3:F4"/><mergeCell ref="E3:G3"/><mergeCell ref="A9:A9"/><mergeCell ref="B8:A7"/></mergeCells></worksheet>`))
	s := &b.Sheets[0]
	if got, want := fmt.Sprint(s.Merges), "[A3:D3 C3:F4 E3:G3 A7:B8]"; got != want {
		t.Errorf("merged %s, want %s", got, want)
	}
	for name, want := range map[string]string{
		"A3": "甲", "B3": "甲", "C3": "乙 丙", "D3": "乙 丙", "E3": "一\r二", "F3": "一\r二", "G3": "一\r二", "H3": "",
		"A4": "", "C4": "乙 丙", "F4": "乙 丙", "G4": "", "B7": "",
	} {
		row, column, _ := Place(name)
		if c := s.Filled(row, column); c.Text != want || c.Column != column {
			t.Errorf("%s filled is %q in column %d, want %q", name, c.Text, c.Column, want)
		}
	}
	if c := s.At(3, 3); c.Covered {
		t.Error("C3 has words of its own, and ranges overlap there")
	}
	if c := s.At(3, 1); c.Covered {
		t.Error("A3 is the first cell of its range and said to be covered")
	}
}

// TestWorkbookOfALibrary reads what another program wrote, with its hidden sheets and a chart sheet left out by name.
func TestWorkbookOfALibrary(t *testing.T) {
	f := excelize.NewFile()
	set := func(sheet, cell string, v any) {
		t.Helper()
		if err := f.SetCellValue(sheet, cell, v); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"藏", "2.11 收支 "} {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
	}
	set("Sheet1", "A1", "…")
	set("Sheet1", "IS2", 5)
	set("藏", "A1", 1)
	set("2.11 收支 ", "B2", "120,000.00")
	set("2.11 收支 ", "C2", 205)
	set("2.11 收支 ", "D2", "02")
	if err := f.MergeCell("2.11 收支 ", "B2", "B4"); err != nil {
		t.Fatal(err)
	}
	if err := f.SetSheetVisible("藏", false, true); err != nil {
		t.Fatal(err)
	}
	if err := f.SetRowVisible("2.11 收支 ", 2, false); err != nil {
		t.Fatal(err)
	}
	var raw bytes.Buffer
	if err := f.Write(&raw); err != nil {
		t.Fatal(err)
	}
	b := read(t, raw.Bytes())
	if len(b.Sheets) != 3 || !b.Sheets[1].Hidden || b.Sheets[0].Hidden || b.Sheets[2].Name != "2.11 收支 " {
		t.Fatalf("%+v", b.Sheets)
	}
	expect(t, &b.Sheets[0], `
		A1 text …
		IS2 number 5
	`)
	expect(t, &b.Sheets[2], `
		B2 text 120,000.00 row-hidden
		C2 number 205 row-hidden
		D2 text 02 row-hidden
	`)
	if c := b.Sheets[2].Filled(4, 2); c.Text != "120,000.00" {
		t.Errorf("B4 is %q", c.Text)
	}
}

// TestNames: cells have the names that spreadsheets give them, both ways.
func TestNames(t *testing.T) {
	for _, x := range []struct {
		name        string
		row, column int
	}{{"A1", 1, 1}, {"Z9", 9, 26}, {"AA10", 10, 27}, {"AZ1", 1, 52}, {"IV65536", 65536, 256}, {"XFD1048576", 1048576, 16384}} {
		if got := Name(x.row, x.column); got != x.name {
			t.Errorf("%d %d is %s, want %s", x.row, x.column, got, x.name)
		}
		if r, c, ok := Place(x.name); !ok || r != x.row || c != x.column {
			t.Errorf("%s is %d %d %v", x.name, r, c, ok)
		}
	}
	for _, bad := range []string{"", "A", "1", "A0", "XFE1", "A1048577", "A1B", "1A", "ZZZZZZZZZZZZZZZZ1", "A99999999999999999999"} {
		if _, _, ok := Place(bad); ok {
			t.Errorf("%s is the name of a cell", bad)
		}
	}
	if r, c, ok := Place("$c$12"); !ok || r != 12 || c != 3 {
		t.Error("$c$12 is not C12")
	}
}
