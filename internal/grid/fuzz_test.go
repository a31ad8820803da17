package grid

import (
	"archive/zip"
	"bytes"
	"errors"
	"regexp"
	"slices"
	"testing"
)

// plainNumber is how numbers read: no sign but a minus, no exponent, no zeros that say nothing.
var plainNumber = regexp.MustCompile(`^(0|-?[1-9]\d*|-?(0|[1-9]\d*)\.\d*[1-9])$`)

// sound fails unless a file is refused, or read as grids are: in order, within bounds, every cell in its place.
func sound(t *testing.T, raw []byte) {
	t.Helper()
	b, err := Read("x", raw)
	if err != nil {
		if refused := (*Refused)(nil); !errors.As(err, &refused) || b != nil || refused.What == "" || refused.Remedy == "" {
			t.Fatalf("%v, %v", b, err)
		}
		return
	}
	for i := range b.Sheets {
		s := &b.Sheets[i]
		last := 0
		for _, r := range s.Rows {
			if r.Number <= last || r.Number > maxRows || len(r.Cells) == 0 {
				t.Fatalf("row %d after %d with %d cells", r.Number, last, len(r.Cells))
			}
			last = r.Number
			column := 0
			for _, c := range r.Cells {
				if c.Column <= column || c.Column > maxColumns {
					t.Fatalf("column %d after %d", c.Column, column)
				}
				column = c.Column
				if c.Kind == Number && !plainNumber.MatchString(c.Text) {
					t.Fatalf("the number %q", c.Text)
				}
				if c.Kind == Empty && !c.Formula || c.Unstored && (c.Kind != Empty || c.Text != "") {
					t.Fatalf("%+v", c)
				}
				if s.At(r.Number, c.Column) != c || s.Filled(r.Number, c.Column).Text != c.Text && !c.Unstored {
					t.Fatalf("%s is not found", Name(r.Number, c.Column))
				}
			}
		}
		for _, m := range s.Merges[:min(len(s.Merges), 50)] {
			if m.Top < 1 || m.Left < 1 || m.Bottom > maxRows || m.Right > maxColumns || m.Top > m.Bottom || m.Left > m.Right {
				t.Fatalf("merged %+v", m)
			}
			if at, ok := s.Merged(m.Bottom, m.Right); !ok || !at.Has(m.Bottom, m.Right) {
				t.Fatalf("%s is not found", m)
			}
		}
	}
}

// seeds are a file of every kind.
func seeds(t testing.TB) [][]byte {
	var sst records
	sst.add(recSST, uint32(1), uint32(2), uint16(3), wideText("合计x"), uint16(1), uint8(8|4), uint16(1), uint32(4), []byte("a"))
	sst.add(recContinue, make([]byte, 8))
	xls := workbookOf(nil, sst.Bytes(), func(r *records) {
		r.add(recColInfo, uint16(0), uint16(1), uint16(9), uint16(0), uint16(1))
		r.add(recRow, uint16(0), make([]byte, 14))
		r.add(recLabelSST, uint16(0), uint16(0), uint16(0), uint32(1))
		r.add(recMulRK, uint16(0), uint16(2), uint16(1), uint32(12345<<2|3), uint16(0), uint32(6), uint16(3))
		r.add(recFormula, uint16(1), uint16(0), uint16(2), uint64(0xFFFF000000000000), uint16(0), uint32(0))
		r.add(recString, uint16(2), wideText("小计"))
		r.add(recMergeCells, uint16(1), uint16(0), uint16(1), uint16(0), uint16(3))
	})
	sheet := sheetHead + `<cols><col min="1" max="2" hidden="1"/></cols><sheetData><row r="2"><c r="B2" t="s"><v>1</v></c><c s="1"><v>46063.5</v></c><c t="inlineStr"><is><t>x</t></is></c></row>` +
		`<row><c><f>A1</f></c><c t="b"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`
	return [][]byte{
		stored(t, bookOf(t, sheet)), compound("Workbook", xls), []byte(sampleML),
		[]byte(`<html><table><tr><td rowspan=2 colspan=3 x:num=1.5>甲<th>乙</tr><tr style="display:none"><td>丙</table>丁<p>`),
		[]byte("甲\t\"乙\"\"\"\t=\"01\"\r\n\r\n1\t2"), []byte("a,\"b\nc\",\"d"),
	}
}

// stored is a zip without compression, so that changes reach what is in it.
func stored(t testing.TB, raw []byte) []byte {
	t.Helper()
	parts, err := partsOf(raw)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedstrings.xml", "xl/worksheets/sheet1.xml"} {
		r, err := parts[name].Open()
		if err != nil {
			t.Fatal(err)
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		var part bytes.Buffer
		if _, err := part.ReadFrom(r); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(part.Bytes()); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// FuzzRead: no file makes the readers panic or give what no grid is.
func FuzzRead(f *testing.F) {
	for _, raw := range seeds(f) {
		f.Add(raw)
	}
	f.Fuzz(sound)
}

// FuzzInside changes what is within the containers: the parts of an xlsx, the stream of an xls.
func FuzzInside(f *testing.F) {
	xls := seeds(f)[1]
	f.Add(uint8(0), []byte(sheetHead+`<sheetData><row r="2"><c r="B2" t="s"><v>1</v></c><c s="1"><v>46063.5</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`))
	f.Add(uint8(1), []byte(`<sst><si><r><t>a_x000D_</t></r></si></sst>`))
	f.Add(uint8(2), []byte(`<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy"/></numFmts><cellXfs><xf numFmtId="170"/></cellXfs></styleSheet>`))
	f.Add(uint8(3), xls[512:512+4096])
	f.Add(uint8(4), []byte(sampleML))
	f.Fuzz(func(t *testing.T, kind uint8, inside []byte) {
		part := []string{"xl/worksheets/sheet1.xml", "xl/sharedstrings.xml", "xl/styles.xml"}
		switch kind % 5 {
		case 3:
			sound(t, compound("Workbook", string(inside)))
		case 4:
			sound(t, slices.Concat([]byte(`<?xml version="1.0"?>`), inside))
		default:
			parts := []string{"xl/workbook.xml", `<workbook ` + mainNS + `><sheets><sheet name="a" r:id="s"/></sheets></workbook>`,
				"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="s" Type="/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="t" Type="/styles" Target="styles.xml"/>` +
					`<Relationship Id="u" Type="/sharedStrings" Target="sharedstrings.xml"/></Relationships>`}
			usual := []string{sheetHead + `<sheetData><row><c t="s" s="0"><v>0</v></c><c s="0"><v>1.5</v></c></row></sheetData></worksheet>`, "<sst><si><t>x</t></si></sst>", "<styleSheet/>"}
			usual[kind%5] = string(inside)
			for i, name := range part {
				parts = append(parts, name, usual[i])
			}
			sound(t, zipped(t, parts...))
		}
	})
}
