package grid

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestStruck: cells that are struck through as a whole say so, in every kind of workbook that has fonts; a number, a day and a
// text alike.
func TestStruck(t *testing.T) {
	f := excelize.NewFile()
	through, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Strike: true}, NumFmt: 4})
	if err != nil {
		t.Fatal(err)
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, NumFmt: 4})
	if err != nil {
		t.Fatal(err)
	}
	for cell, v := range map[string]any{"A1": "办公费", "B1": 1, "A2": "水费", "B2": 2, "A3": "电费", "B3": 3} {
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	for row, style := range map[string]int{"1": bold, "2": through} {
		if err := f.SetCellStyle("Sheet1", "A"+row, "B"+row, style); err != nil {
			t.Fatal(err)
		}
	}
	var xlsx bytes.Buffer
	if err := f.Write(&xlsx); err != nil {
		t.Fatal(err)
	}
	old := compound("Workbook", workbookOf(func(r *records) {
		for i := range 5 { // the fonts 0 to 3, and 5
			flags := uint16(1)
			if i == 4 {
				flags = 8
			}
			r.add(recFont, uint16(200), flags, make([]byte, 10))
		}
		r.add(recXF, uint16(3), uint16(0), make([]byte, 16)) // formats 0, 1, before those of the others
		r.add(recXF, uint16(5), uint16(4), make([]byte, 16))
	}, nil, func(r *records) {
		for i, style := range []uint16{0, 1, 2} {
			r.add(recLabel, uint16(i), uint16(0), style, uint16(1), []byte("\x00a"))
			r.add(recNumber, uint16(i), uint16(1), style, bitsOf(1))
		}
	}))
	ml := `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles>` +
		`<Style ss:ID="s"><Font ss:StrikeThrough="1"/></Style><Style ss:ID="c" ss:Parent="s"><NumberFormat ss:Format="Standard"/></Style><Style ss:ID="p" ss:Parent="s"><Font ss:Bold="1"/></Style></Styles>` +
		`<Worksheet ss:Name="a"><Table>`
	for _, style := range []string{"p", "c", "x"} {
		ml += `<Row><Cell ss:StyleID="` + style + `"><Data ss:Type="String">a</Data></Cell><Cell ss:StyleID="` + style + `"><Data ss:Type="Number">1</Data></Cell></Row>`
	}
	ml += `</Table></Worksheet></Workbook>`
	for name, raw := range map[string][]byte{"xlsx": xlsx.Bytes(), "xls": old, "SpreadsheetML": []byte(ml)} {
		b := read(t, raw)
		cells := 0
		for _, r := range b.Sheets[0].Rows {
			for _, c := range r.Cells {
				if cells++; c.Struck != (r.Number == 2) {
					t.Errorf("%s: %s struck: %v", name, Name(r.Number, c.Column), c.Struck)
				}
			}
		}
		if cells != 6 {
			t.Errorf("%s: %d cells", name, cells)
		}
	}
}
