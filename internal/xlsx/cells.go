package xlsx

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// The rows of lists are written when the file is, one after the other into the packer: the library would hold all of them, of every
// sheet, until then. What stands around them on a sheet, and the rest of the file, the library makes.

// filled is the parts of a workbook, of whose sheets the library knows all but the rows.
type filled struct {
	*parts
	rows    map[string]*Sheet // by the name of the part, until they are written
	look    *look
	frame   bytes.Buffer // of the sheet at hand
	pending *Sheet
	name    string
}

// sheetPart is the part of a sheet, counted from 1.
func sheetPart(n int) string { return fmt.Sprintf("xl/worksheets/sheet%d.xml", n) }

// Create begins a part, which ends the one before.
func (p *filled) Create(name string) (io.Writer, error) {
	if err := p.settle(); err != nil {
		return nil, err
	}
	if p.pending = p.rows[name]; p.pending == nil {
		return p.parts.Create(name)
	}
	delete(p.rows, name)
	p.name = name
	p.frame.Reset()
	return &p.frame, nil
}

// Close writes all parts.
func (p *filled) Close() error {
	if err := p.settle(); err != nil {
		return err
	}
	if len(p.rows) > 0 {
		panic("xlsx: a sheet without a part")
	}
	return p.parts.Close()
}

// settle writes the sheet at hand: its frame with the rows in it.
func (p *filled) settle() error {
	x := p.pending
	if x == nil {
		return nil
	}
	p.pending = nil
	const open, closed = "<sheetData>", "</sheetData>"
	head, rest, found := strings.Cut(p.frame.String(), open)
	_, tail, ended := strings.Cut(rest, closed)
	if !found || !ended {
		panic("xlsx: a sheet without room for rows: " + p.name)
	}
	part, err := p.parts.Create(p.name)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(part)
	_, _ = w.WriteString(head + open) // Flush has the error, here and below
	if err := x.rows(p.look, w); err != nil {
		return err
	}
	_, _ = w.WriteString(closed + x.merged(tail))
	return w.Flush()
}

// merged is the end of a sheet with the lines below its rows merged, too: were the library told of them, it would make all rows.
func (x *Sheet) merged(tail string) string {
	const closed = "</mergeCells>"
	at := strings.Index(tail, closed)
	if at < 0 || len(x.Notes) == 0 {
		return tail
	}
	count := regexp.MustCompile(`<mergeCells count="(\d+)"`)
	to, err := excelize.ColumnNumberToName(x.span())
	if err != nil {
		panic("xlsx: " + err.Error())
	}
	var more strings.Builder
	for i := range x.Notes {
		row := strconv.Itoa(x.below() - len(x.Notes) + i + 1)
		more.WriteString(`<mergeCell ref="A` + row + ":" + to + row + `"></mergeCell>`)
	}
	tail = tail[:at] + more.String() + tail[at:]
	return count.ReplaceAllStringFunc(tail, func(s string) string {
		n, err := strconv.Atoi(count.FindStringSubmatch(s)[1])
		if err != nil {
			panic("xlsx: " + err.Error())
		}
		return fmt.Sprintf(`<mergeCells count="%d"`, n+len(x.Notes))
	})
}

// row is a row on its way.
type row struct {
	height int // 0 for the usual one
	cells  []excelize.Cell
}

// put writes a row.
func (r *row) put(w *bufio.Writer, number int) {
	n := strconv.Itoa(number)
	_, _ = w.WriteString(`<row r="` + n + `"`)
	if r.height > 0 {
		_, _ = w.WriteString(` ht="` + strconv.Itoa(r.height) + `" customHeight="1"`)
	}
	_ = w.WriteByte('>')
	for i := range r.cells {
		c := &r.cells[i]
		if c.Value == nil && c.StyleID == 0 {
			continue
		}
		column, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			panic("xlsx: " + err.Error())
		}
		_, _ = w.WriteString(`<c r="` + column + n + `"`)
		if c.StyleID != 0 {
			_, _ = w.WriteString(` s="` + strconv.Itoa(c.StyleID) + `"`)
		}
		value(w, c.Value)
	}
	_, _ = w.WriteString("</row>")
}

// value writes what a cell holds and ends it.
func value(w *bufio.Writer, v any) {
	switch s, isNumber := digitsOf(v); {
	case v == nil:
		_, _ = w.WriteString("></c>")
	case isNumber:
		_, _ = w.WriteString("><v>" + s + "</v></c>")
	default:
		_, _ = w.WriteString(` t="inlineStr"><is><t`)
		if strings.TrimSpace(s) != s || strings.ContainsAny(s, "\n\t") {
			_, _ = w.WriteString(` xml:space="preserve"`)
		}
		_ = w.WriteByte('>')
		_ = xml.EscapeText(w, []byte(plain(s)))
		_, _ = w.WriteString("</t></is></c>")
	}
}

// escaped is what spreadsheets take for a character: a text that happens to have it is written so that they do not.
var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// plain is a text as a cell holds it, cut where it is longer than a cell may hold.
func plain(s string) string {
	const most = 32767
	if len(s) > most {
		n := 0
		for i, r := range s {
			if n++; r > '\uFFFF' {
				n++
			}
			if n > most {
				s = s[:i]
				break
			}
		}
	}
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	return escaped.ReplaceAllStringFunc(s, func(x string) string { return "_x005F" + x })
}

// body is how many rows of data there is room for.
func (x *Sheet) body() int { return min(x.Rows, maxRows-x.headRows()-2-len(x.Notes)) }

// below is the last row of the sheet.
func (x *Sheet) below() int {
	n := x.headRows() + x.body() + len(x.Notes)
	if x.body() < x.Rows {
		n++
	}
	if x.Last != "" {
		n++
	}
	return n
}

// rows writes all rows, the heads first. Written to nothing, they make the styles that the workbook must have before.
func (x *Sheet) rows(l *look, w *bufio.Writer) error {
	above, err := x.above(l)
	if err != nil {
		return err
	}
	at := 0
	put := func(r *row) {
		at++
		r.put(w, at)
	}
	for i := range above {
		put(&above[i])
	}
	body := x.body()
	for i := range body {
		values := x.Row(i)
		strong := x.Strong != nil && x.Strong(i)
		r := row{height: x.height(values), cells: make([]excelize.Cell, len(x.Columns))}
		for k, c := range x.Columns {
			if r.cells[k], err = l.cell(c.kind, x.Title != "", strong, values[k]); err != nil {
				return err
			}
		}
		put(&r)
	}
	var lines []string
	if body < x.Rows { // a sheet takes no more
		lines = append(lines, fmt.Sprintf("共 %d 行，其余%s", x.Rows, x.Rest))
	}
	if x.Last != "" {
		lines = append(lines, x.Last)
	}
	for _, s := range lines {
		put(&row{cells: []excelize.Cell{{Value: s}}})
	}
	for _, n := range x.Notes {
		r, err := x.across(l, n, style{wrap: true})
		if err != nil {
			return err
		}
		put(&r)
	}
	return nil
}

// above are the rows above the data: title, lines, heads.
func (x *Sheet) above(l *look) (out []row, err error) {
	type line struct {
		text string
		style
	}
	var lines []line
	if x.Title != "" {
		lines = append(lines, line{x.Title, style{title: true, horizontal: "center"}})
	}
	for _, s := range x.About {
		lines = append(lines, line{s, style{wrap: true}})
	}
	if x.Unit != "" {
		lines = append(lines, line{x.Unit, style{horizontal: "right"}})
	}
	for _, s := range lines {
		r, err := x.across(l, s.text, s.style)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	heads, err := x.heads(l)
	return slices.Concat(out, heads), err
}

// across is a line over all columns.
func (x *Sheet) across(l *look, text string, s style) (row, error) {
	id, err := l.style(s)
	const title = 30
	height := line
	if s.title {
		height = title
	} else if s.wrap {
		room := wide(x.Columns[:x.span()]) / perCharacter
		height = line * max(1, (halfEms(text)+room-1)/max(1, room))
	}
	return row{height, []excelize.Cell{{StyleID: id, Value: text}}}, err
}

// heads are the heads of the columns.
func (x *Sheet) heads(l *look) ([]row, error) {
	id, err := l.style(style{head: true, wrap: true, horizontal: "center", bordered: x.Title != ""})
	levels := x.levels()
	out := make([]row, levels)
	for k := range out {
		out[k] = row{x.headHeight(k, levels), make([]excelize.Cell, len(x.Columns))}
		for i, c := range x.Columns {
			text := c.head
			if k < levels-1 && c.over != "" {
				text = c.over
			}
			if k > 0 && c.over == "" || k < levels-1 && i > 0 && c.over != "" && x.Columns[i-1].over == c.over {
				text = "" // under what it is merged with
			}
			out[k].cells[i] = excelize.Cell{StyleID: id}
			if text != "" {
				out[k].cells[i].Value = text
			}
		}
	}
	return out, err
}
