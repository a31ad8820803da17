package grid

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf16"
)

// records are a stream of BIFF records in the making.
type records struct{ bytes.Buffer }

// fieldsOf are fields in little-endian order: uint8, uint16, uint32, uint64 and bytes.
func fieldsOf(fields ...any) []byte {
	var b []byte
	for _, f := range fields {
		switch f := f.(type) {
		case uint8:
			b = append(b, f)
		case uint16:
			b = binary.LittleEndian.AppendUint16(b, f)
		case uint32:
			b = binary.LittleEndian.AppendUint32(b, f)
		case uint64:
			b = binary.LittleEndian.AppendUint64(b, f)
		case []byte:
			b = append(b, f...)
		default:
			panic(fmt.Sprintf("%T", f))
		}
	}
	return b
}

func (r *records) add(id uint16, fields ...any) {
	data := fieldsOf(fields...)
	r.Write(fieldsOf(id, uint16(len(data)), data))
}

// wideText is a text in two bytes a character, behind its flags.
func wideText(s string) []byte {
	b := []byte{1}
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

func units(s string) uint16 { return uint16(len(utf16.Encode([]rune(s)))) }

// compound is a compound file of streams, each a name and what it holds.
func compound(streams ...string) []byte {
	const sector = 512
	var body bytes.Buffer
	var fat []uint32
	chain := func(raw []byte) uint32 {
		first := uint32(len(fat))
		for i := 0; i < len(raw); i += sector {
			fat = append(fat, uint32(len(fat))+1)
			piece := make([]byte, sector)
			copy(piece, raw[i:])
			body.Write(piece)
		}
		fat[len(fat)-1] = 0xFFFFFFFE
		return first
	}
	entry := func(name string, kind byte, right, child, start, size uint32) []byte {
		b := make([]byte, 128)
		for i, u := range utf16.Encode([]rune(name)) {
			binary.LittleEndian.PutUint16(b[2*i:], u)
		}
		binary.LittleEndian.PutUint16(b[64:], 2*units(name)+2)
		b[66] = kind
		for at, v := range map[int]uint32{68: 0xFFFFFFFF, 72: right, 76: child, 116: start, 120: size} {
			binary.LittleEndian.PutUint32(b[at:], v)
		}
		return b
	}
	folder := entry("Root Entry", 5, 0xFFFFFFFF, 1, 0xFFFFFFFE, 0)
	for i := 0; i < len(streams); i += 2 {
		raw := append([]byte(streams[i+1]), make([]byte, max(0, 4096-len(streams[i+1])))...)
		right := uint32(i/2 + 2)
		if i+2 == len(streams) {
			right = 0xFFFFFFFF
		}
		folder = append(folder, entry(streams[i], 2, right, 0xFFFFFFFF, chain(raw), uint32(len(raw)))...)
	}
	directory := chain(folder)
	first := len(fat)
	tables := (first + 128) / 127
	for range tables {
		fat = append(fat, 0xFFFFFFFD)
	}
	for len(fat)%128 != 0 {
		fat = append(fat, 0xFFFFFFFF)
	}
	head := make([]byte, sector)
	copy(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	for at, v := range map[int]uint16{24: 0x3E, 26: 3, 28: 0xFFFE, 30: 9, 32: 6} {
		binary.LittleEndian.PutUint16(head[at:], v)
	}
	for at, v := range map[int]uint32{44: uint32(tables), 48: directory, 56: 4096, 60: 0xFFFFFFFE, 68: 0xFFFFFFFE} {
		binary.LittleEndian.PutUint32(head[at:], v)
	}
	for i := range 109 {
		v := uint32(0xFFFFFFFF)
		if i < tables {
			v = uint32(first + i)
		}
		binary.LittleEndian.PutUint32(head[76+4*i:], v)
	}
	out := append(head, body.Bytes()...)
	for _, v := range fat {
		out = binary.LittleEndian.AppendUint32(out, v)
	}
	return out
}

// workbookOf is a BIFF8 stream: shared texts, then one sheet of the given records. The cell formats 0 to 2 are the general
// one, a day and an amount.
func workbookOf(globals func(*records), shared []byte, sheet func(*records)) string {
	var r records
	r.add(recBOF, uint16(biff8), uint16(5), uint32(0), uint32(0), uint32(0))
	if globals != nil {
		globals(&r)
	}
	code := `yyyy"年"m"月"d"日"`
	r.add(recFormat, uint16(164), units(code), wideText(code))
	for _, n := range []uint16{0, 164, 4} {
		r.add(recXF, uint16(0), n, make([]byte, 16))
	}
	at := r.Len() + 4
	for i, name := range []string{"收支 ", "图"} {
		r.add(recBoundSheet, uint32(0), uint8(0), uint8(2*i), uint8(units(name)), wideText(name))
	}
	r.Write(shared)
	r.add(recEOF)
	start := r.Len()
	r.add(recBOF, uint16(biff8), uint16(0x10), uint32(0), uint32(0), uint32(0))
	sheet(&r)
	r.add(recEOF)
	binary.LittleEndian.PutUint32(r.Bytes()[at:], uint32(start))
	return r.String()
}

func bitsOf(f float64) uint64 { return math.Float64bits(f) }

// TestCellsOfXLS: every record that holds cells.
func TestCellsOfXLS(t *testing.T) {
	var sst records
	sst.add(recSST, uint32(2), uint32(3), uint16(4), []byte("\x00abcd"), uint16(3), []byte("\x01"), wideText("合计")[1:])
	sst.add(recContinue, []byte{0, 'Z'}, uint16(1), uint8(1|8|4), uint16(1), uint32(3), []byte{0x2D, 0x4E}, make([]byte, 4)) // 中, with fonts and pronunciation
	sst.add(recContinue, make([]byte, 3))
	raw := compound("Other", "x", "Workbook", workbookOf(nil, sst.Bytes(), func(r *records) {
		r.add(recColInfo, uint16(2), uint16(3), uint16(2000), uint16(0), uint16(1), uint16(0))
		r.add(recRow, uint16(1), uint16(0), uint16(9), uint16(255), uint32(0), uint32(0x20))
		for i := range 3 {
			r.add(recLabelSST, uint16(0), uint16(i), uint16(0), uint32(i))
		}
		r.add(recLabel, uint16(0), uint16(5), uint16(0), uint16(2), []byte("\x00hi"))
		r.add(recNumber, uint16(1), uint16(0), uint16(2), bitsOf(4671.8500000000004))
		r.add(recRK, uint16(1), uint16(1), uint16(0), uint32(205<<2|2))
		r.add(recMulRK, uint16(1), uint16(2), uint16(2), uint32(12345<<2|3), uint16(0), uint32(0xFFFFFFFF-4<<2+1|2), uint16(1), uint32(46063<<2|2), uint16(4))
		r.add(recRK, uint16(1), uint16(5), uint16(0), uint32(bitsOf(1.5)>>32)|1)
		r.add(recBoolErr, uint16(2), uint16(0), uint16(0), uint8(1), uint8(0))
		r.add(recBoolErr, uint16(2), uint16(1), uint16(0), uint8(0x17), uint8(1))
		formula := func(column int, result uint64) {
			r.add(recFormula, uint16(3), uint16(column), uint16(2), result, uint16(0), uint32(0), uint16(0))
		}
		formula(0, bitsOf(154369326.46))
		formula(1, 0xFFFF000000000000)
		r.add(recBOF, uint16(biff8), uint16(0x20), uint32(0), uint32(0), uint32(0)) // a chart within the sheet
		r.add(recNumber, uint16(9), uint16(9), uint16(0), bitsOf(9))
		r.add(recEOF)
		r.add(recString, uint16(2), wideText("小计"))
		r.add(recContinue, wideText("（续）")[:1]) // nothing more
		formula(2, 0xFFFF000000070002)
		formula(3, 0xFFFF000000010001)
		formula(4, 0xFFFF000000000003)
		formula(5, 0xFFFF000000000000)
		r.add(recString, uint16(5), wideText("长文"))
		r.add(recContinue, wideText("（续）"))
		r.add(recMergeCells, uint16(2), uint16(0), uint16(1), uint16(0), uint16(0), uint16(1), uint16(1), uint16(1), uint16(3))
	}))
	b := read(t, raw)
	if b.Format != XLS || len(b.Sheets) != 1 || fmt.Sprint(b.Others) != "[图]" || b.Sheets[0].Name != "收支 " {
		t.Fatalf("%v %v %v", b.Format, b.Sheets, b.Others)
	}
	expect(t, &b.Sheets[0], `
		A1 text abcd
		B1 text 合计Z
		C1 text 中 column-hidden
		F1 text hi
		A2 number 4671.85 [#,##0.00] row-hidden covered
		B2 number 205 row-hidden
		C2 number 123.45 [#,##0.00] column-hidden row-hidden covered
		D2 number -4 column-hidden row-hidden covered
		E2 date 2026-02-10 [yyyy"年"m"月"d"日"] row-hidden
		F2 number 0.015 row-hidden
		A3 bool TRUE
		B3 error #REF!
		A4 number 154369326.46 [#,##0.00] formula
		B4 text 小计 [#,##0.00] formula
		C4 error #DIV/0! [#,##0.00] formula column-hidden
		D4 bool TRUE [#,##0.00] formula column-hidden
		E4 text  [#,##0.00] formula
		F4 text 长文（续） [#,##0.00] formula
	`)
	if got := fmt.Sprint(b.Sheets[0].Merges); got != "[A1:A2 B2:D2]" {
		t.Error(got)
	}
}

// TestDaysFrom1904: workbooks begun on a Macintosh count days from 1904.
func TestDaysFrom1904(t *testing.T) {
	day := func(r *records) { r.add(recNumber, uint16(0), uint16(0), uint16(1), bitsOf(44601)) }
	b := read(t, compound("Workbook", workbookOf(func(r *records) { r.add(recDateMode, uint16(1)) }, nil, day)))
	if c := b.Sheets[0].At(1, 1); c.Kind != Date || c.Text != "2026-02-10" || c.Raw != "44601" {
		t.Errorf("%+v", c)
	}
	xlsx := bookOf(t, sheetHead+`<sheetData><row r="1"><c r="A1" s="1"><v>44601</v></c></row></sheetData></worksheet>`)
	if c := read(t, xlsx).Sheets[0].At(1, 1); c.Text != "2022-02-09" {
		t.Errorf("%+v", c)
	}
	ml := strings.Replace(sampleML, "<Styles>", `<ExcelWorkbook xmlns="urn:schemas-microsoft-com:office:excel"><Date1904/></ExcelWorkbook><Styles>`, 1)
	if c := read(t, []byte(ml)).Sheets[0].At(12, 1); c.Text != "2026-02-10" {
		t.Errorf("%+v", c)
	}
}

// TestXLSIsWholeOrRefused: a workbook that is cut off anywhere within its records is refused; nothing is read as if it were all.
func TestXLSIsWholeOrRefused(t *testing.T) {
	var sst records
	sst.add(recSST, uint32(1), uint32(1), uint16(2), wideText("合计"))
	stream := workbookOf(nil, sst.Bytes(), func(r *records) {
		r.add(recLabelSST, uint16(0), uint16(0), uint16(0), uint32(0))
		r.add(recNumber, uint16(0), uint16(1), uint16(0), bitsOf(1))
	})
	read(t, compound("Workbook", stream))
	for n := range stream {
		b, err := readBIFF([]byte(stream[:n]))
		if err == nil {
			t.Fatalf("cut off at %d of %d it is read: %v", n, len(stream), b.Sheets)
		}
		if _, ok := err.(*Refused); !ok {
			t.Fatalf("cut off at %d: %v", n, err)
		}
	}
	whole := compound("Workbook", stream)
	for n := 512; n < len(whole)-512; n += 128 {
		if _, err := Read("x.xls", whole[:n]); err == nil {
			t.Fatalf("the file cut off at %d of %d is read", n, len(whole))
		}
	}
}
