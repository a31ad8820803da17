package imports_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding"

	"yusuan/internal/grid"
)

// page is one sheet, to be written the way of one program or another: lines of cells parted by |, which say what those of book
// say, but for formats. Formulas, errors (!#REF!) and what is hidden are for xlsx alone.
type page struct {
	name, drawing string
	hidden        bool
	column        string // which are hidden
	merges        string // ranges beside those that are drawn, which may overlap
}

type pageCell struct {
	row, col        int
	text            string
	number, formula bool
	across, down    int // merged with so many more
	hasValue        bool
}

// cells are the cells of a page, by rows; those that another one goes over are left out.
func (p page) cells() [][]pageCell {
	var out [][]pageCell
	var grids [][]*pageCell
	for row, line := range strings.Split(strings.Trim(p.drawing, "\n"), "\n") {
		var all []*pageCell
		for col, text := range strings.Split(line, "|") {
			c := &pageCell{row: row + 1, col: col + 1, text: text, hasValue: text != ""}
			switch {
			case text == "<":
				c = all[col-1]
				c.across = col + 1 - c.col
			case text == "^":
				c = grids[row-1][col]
				c.down = row + 1 - c.row
			case strings.HasPrefix(text, "="):
				c.formula, c.number, c.text, c.hasValue = true, text != "=", text[1:], text != "="
			case strings.HasPrefix(text, "#"):
				c.number, c.text = true, text[1:]
			}
			all = append(all, c)
		}
		grids = append(grids, all)
	}
	for row, all := range grids {
		var cells []pageCell
		for col, c := range all {
			if c.row == row+1 && c.col == col+1 && (c.text != "" || c.formula) {
				cells = append(cells, *c)
			}
		}
		out = append(out, cells)
	}
	return out
}

func escaped(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic(err)
	}
	return b.String()
}

// asXLSX writes the parts of a workbook by hand, so that no library puts merged ranges in order.
func asXLSX(t *testing.T, pages ...page) []byte {
	t.Helper()
	const ns = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	const rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	var raw bytes.Buffer
	z := zip.NewWriter(&raw)
	add := func(name, text string) {
		w, err := z.Create(name)
		must(t, err)
		_, err = w.Write([]byte(text))
		must(t, err)
	}
	var sheets, rels strings.Builder
	for i, p := range pages {
		state := ""
		if p.hidden {
			state = ` state="hidden"`
		}
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="r%d"%s/>`, escaped(p.name), i+1, i+1, state)
		fmt.Fprintf(&rels, `<Relationship Id="r%d" Type="%sworksheet" Target="worksheets/s%d.xml"/>`, i+1, rel, i+1)
		add(fmt.Sprintf("xl/worksheets/s%d.xml", i+1), `<worksheet `+ns+`>`+p.xlsx()+`</worksheet>`)
	}
	add("_rels/.rels", `<Relationships><Relationship Id="a" Type="`+rel+`officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	add("xl/workbook.xml", `<workbook `+ns+`><sheets>`+sheets.String()+`</sheets></workbook>`)
	add("xl/_rels/workbook.xml.rels", `<Relationships>`+rels.String()+`</Relationships>`)
	must(t, z.Close())
	return raw.Bytes()
}

func (p page) xlsx() string {
	var b, merges strings.Builder
	if p.column != "" {
		b.WriteString("<cols>")
		for _, name := range strings.Fields(p.column) {
			_, n, _ := grid.Place(name + "1")
			fmt.Fprintf(&b, `<col min="%d" max="%d" hidden="1"/>`, n, n)
		}
		b.WriteString("</cols>")
	}
	b.WriteString("<sheetData>")
	for i, row := range p.cells() {
		fmt.Fprintf(&b, `<row r="%d">`, i+1)
		for _, c := range row {
			name := grid.Name(c.row, c.col)
			if c.across+c.down > 0 {
				fmt.Fprintf(&merges, `<mergeCell ref="%s:%s"/>`, name, grid.Name(c.row+c.down, c.col+c.across))
			}
			switch {
			case c.formula && !c.hasValue:
				fmt.Fprintf(&b, `<c r="%s"><f>SUM(A1)</f></c>`, name)
			case c.formula:
				fmt.Fprintf(&b, `<c r="%s"><f>SUM(A1)</f><v>%s</v></c>`, name, c.text)
			case strings.HasPrefix(c.text, "!"):
				fmt.Fprintf(&b, `<c r="%s" t="e"><v>%s</v></c>`, name, c.text[1:])
			case c.number:
				fmt.Fprintf(&b, `<c r="%s"><v>%s</v></c>`, name, c.text)
			default:
				fmt.Fprintf(&b, `<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, name, escaped(c.text))
			}
		}
		b.WriteString("</row>")
	}
	b.WriteString("</sheetData>")
	for _, m := range strings.Fields(p.merges) {
		fmt.Fprintf(&merges, `<mergeCell ref="%s"/>`, m)
	}
	if merges.Len() > 0 {
		b.WriteString("<mergeCells>" + merges.String() + "</mergeCells>")
	}
	return b.String()
}

// asXLS writes BIFF8 records into a compound file of one stream.
func asXLS(t *testing.T, p page) []byte {
	t.Helper()
	le := binary.LittleEndian
	wide := func(s string) (b []byte) {
		for _, u := range utf16.Encode([]rune(s)) {
			b = le.AppendUint16(b, u)
		}
		return b
	}
	var stream, merges []byte
	add := func(id uint16, data ...byte) {
		stream = append(le.AppendUint16(le.AppendUint16(stream, id), uint16(len(data))), data...)
	}
	words := func(list ...int) (b []byte) {
		for _, n := range list {
			b = le.AppendUint16(b, uint16(n))
		}
		return b
	}
	add(0x0809, words(0x600, 5, 0, 0, 0, 0, 0, 0)...) // begins the globals
	name := wide(p.name)
	at := len(stream) + 4
	add(0x0085, append([]byte{0, 0, 0, 0, 0, 0, byte(len(name) / 2), 1}, name...)...) // a sheet
	add(0x000A)                                                                       // ends
	le.PutUint32(stream[at:], uint32(len(stream)))
	add(0x0809, words(0x600, 0x10, 0, 0, 0, 0, 0, 0)...) // begins the sheet
	count := 0
	for _, row := range p.cells() {
		for _, c := range row {
			place := words(c.row-1, c.col-1, 0)
			if c.number {
				f, err := strconv.ParseFloat(c.text, 64)
				must(t, err)
				add(0x0203, le.AppendUint64(place, math.Float64bits(f))...) // a number
			} else {
				text := wide(c.text)
				add(0x0204, append(append(place, byte(len(text)/2), byte(len(text)/2>>8), 1), text...)...) // a text
			}
			if c.across+c.down > 0 {
				count++
				merges = append(merges, words(c.row-1, c.row-1+c.down, c.col-1, c.col-1+c.across)...)
			}
		}
	}
	add(0x00E5, append(words(count), merges...)...)
	add(0x000A)
	return compound(stream)
}

// compound is a compound file of one stream: a head, the table of sectors, the folder, the stream.
func compound(stream []byte) []byte {
	const sector, end, free = 512, 0xFFFFFFFE, 0xFFFFFFFF
	le := binary.LittleEndian
	stream = append(stream, make([]byte, max(4096-len(stream), (sector-len(stream)%sector)%sector))...)
	stream = stream[:len(stream)/sector*sector]
	out := bytes.Repeat([]byte{0xFF}, 2*sector)
	clear(out[:76])
	copy(out, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	for at, v := range map[int]uint16{24: 0x3E, 26: 3, 28: 0xFFFE, 30: 9, 32: 6} {
		le.PutUint16(out[at:], v)
	}
	for at, v := range map[int]uint32{44: 1, 48: 1, 56: 4096, 60: end, 68: end, 76: 0} {
		le.PutUint32(out[at:], v)
	}
	n := len(stream) / sector
	table := out[sector:]
	le.PutUint32(table, 0xFFFFFFFD)
	le.PutUint32(table[4:], end)
	for i := range n {
		next := uint32(i + 3)
		if i == n-1 {
			next = end
		}
		le.PutUint32(table[4*(i+2):], next)
	}
	folder := make([]byte, sector)
	for i, e := range []struct {
		name               string
		kind               byte
		child, start, size uint32
	}{{"Root Entry", 5, 1, end, 0}, {"Workbook", 2, free, 2, uint32(len(stream))}} {
		b := folder[128*i:]
		for k, u := range utf16.Encode([]rune(e.name)) {
			le.PutUint16(b[2*k:], u)
		}
		le.PutUint16(b[64:], uint16(2*len(e.name)+2))
		b[66] = e.kind
		for at, v := range map[int]uint32{68: free, 72: free, 76: e.child, 116: e.start, 120: e.size} {
			le.PutUint32(b[at:], v)
		}
	}
	return append(append(out, folder...), stream...)
}

// asML writes SpreadsheetML 2003 with every number as a text, and says of a cell where it stands only behind a gap.
func asML(_ *testing.T, p page) []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="` + escaped(p.name) + `"><Table>`)
	last := 0
	for i, row := range p.cells() {
		if len(row) == 0 {
			continue
		}
		b.WriteString("<Row")
		if last+1 < i+1 {
			fmt.Fprintf(&b, ` ss:Index="%d"`, i+1)
		}
		b.WriteString(">")
		last = i + 1
		next := 1
		for _, c := range row {
			b.WriteString("<Cell")
			if c.col != next {
				fmt.Fprintf(&b, ` ss:Index="%d"`, c.col)
			}
			if c.across > 0 {
				fmt.Fprintf(&b, ` ss:MergeAcross="%d"`, c.across)
			}
			if c.down > 0 {
				fmt.Fprintf(&b, ` ss:MergeDown="%d"`, c.down)
			}
			b.WriteString(`><Data ss:Type="String">` + escaped(c.text) + `</Data></Cell>`)
			next = c.col + c.across + 1
		}
		b.WriteString("</Row>")
	}
	b.WriteString("</Table></Worksheet></Workbook>")
	return []byte(b.String())
}

// struckML strikes the cells of a workbook through in the row that says a text, and one cell that says another.
func struckML(raw []byte, row, cell string) []byte {
	const style = ` ss:StyleID="s"`
	s := strings.Replace(string(raw), "<Worksheet", `<Styles><Style ss:ID="s"><Font ss:StrikeThrough="1"/></Style></Styles><Worksheet`, 1)
	rows := strings.Split(s, "<Row")
	for i := range rows {
		if strings.Contains(rows[i], row) {
			rows[i] = strings.ReplaceAll(rows[i], "<Cell", "<Cell"+style)
		}
		rows[i] = strings.Replace(rows[i], `<Cell><Data ss:Type="String">`+cell+"<", "<Cell"+style+`><Data ss:Type="String">`+cell+"<", 1)
	}
	return []byte(strings.Join(rows, "<Row"))
}

// asHTML writes a page of one table as a program does that calls it a workbook.
func asHTML(p page) string {
	var b strings.Builder
	b.WriteString(`<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body><table border=1>`)
	held := map[[2]int]bool{}
	for i, row := range p.cells() {
		b.WriteString("<tr>")
		col := 1
		gap := func(to int) {
			for ; col < to; col++ {
				if !held[[2]int{i + 1, col}] {
					b.WriteString("<td></td>")
				}
			}
		}
		for _, c := range row {
			gap(c.col)
			fmt.Fprintf(&b, `<td colspan=%d rowspan=%d>%s</td>`, c.across+1, c.down+1, escaped(c.text))
			for r := range c.down + 1 {
				for k := range c.across + 1 {
					held[[2]int{i + 1 + r, c.col + k}] = true
				}
			}
		}
		b.WriteString("</tr>\r\n")
	}
	b.WriteString("</table></body></html>")
	return b.String()
}

// asTabs writes text with tabs; merged ranges are lost.
func asTabs(p page) string {
	var b strings.Builder
	for _, row := range p.cells() {
		col := 1
		for _, c := range row {
			b.WriteString(strings.Repeat("\t", c.col-col) + c.text)
			col = c.col
		}
		b.WriteString("\r\n")
	}
	return b.String()
}

func encodedAs(t *testing.T, e encoding.Encoding, s string) []byte {
	t.Helper()
	out, err := e.NewEncoder().String(s)
	must(t, err)
	return []byte(out)
}
