package grid

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// page reads HTML as spreadsheet programs do: all tables of it under each other on one sheet without a name, each paragraph
// outside of them a row of one cell, since the unit of the amounts may stand there. A table within a cell has rows of its own.
// It reads from token to token, as nobody closes cells and rows.
type page struct {
	builder
	row    int
	tables []*tableReader // open ones, the innermost last
	text   strings.Builder
	silent int // within what is not shown: head, style, script
	spent  int // steps for merged ranges that go on from row to row
}

// tableReader is a table that is open.
type tableReader struct {
	row    int // of the sheet; 0 before the first
	count  int // of its rows so far
	hidden bool
	column int // the last one that is taken
	cell   *Cell
	span   [2]int // rows and columns of the cell
	text   strings.Builder
	spans  []htmlSpan // merged ranges that may go on
	taken  []int      // of each column: the last of its rows that a range from above covers
	outer  bool       // hidden as a whole
}

// htmlSpan is a merged range that goes on for so many rows.
type htmlSpan struct {
	Merge
	left int
}

// maxSpent bounds the work for ranges that go on.
const maxSpent = 20_000_000

func readHTML(text []byte) (*Book, error) {
	p := &page{}
	p.book.Format = HTML
	err := p.begin("", false)
	if err == nil {
		err = p.read(text)
	}
	if err != nil {
		return nil, refusal(HTML, err)
	}
	return &p.book, nil
}

func (p *page) read(text []byte) error {
	z := html.NewTokenizer(bytes.NewReader(text))
	z.SetMaxBuf(onePiece)
	tables := 0
	for {
		var err error
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() != io.EOF {
				return z.Err()
			}
			for len(p.tables) > 0 && err == nil {
				err = p.endTable()
			}
			if tables == 0 && err == nil {
				return &Refused{What: "这是网页，里面没有表格", Remedy: giveTable}
			}
			return errors.Join(err, p.flush(), p.end())
		case html.TextToken:
			if p.silent == 0 {
				p.write(collapsed(string(z.Text())))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			tok := z.Token()
			if tok.DataAtom == atom.Table {
				tables++
			}
			err = p.start(tok)
		case html.EndTagToken:
			name, _ := z.TagName()
			err = p.close(atom.Lookup(name))
		}
		if err != nil {
			return err
		}
	}
}

// collapsed has one blank for any white space; a line's end is only where a tag says so.
func collapsed(s string) string {
	var b strings.Builder
	blank := false
	for _, r := range s {
		switch r {
		case ' ', '\t', '\n', '\r', '\f':
			if !blank {
				b.WriteByte(' ')
			}
			blank = true
		default:
			b.WriteRune(r)
			blank = false
		}
	}
	return b.String()
}

// table is the innermost open table.
func (p *page) table() *tableReader {
	if len(p.tables) == 0 {
		return nil
	}
	return p.tables[len(p.tables)-1]
}

// write adds text to the cell that is open, or to what stands outside of tables.
func (p *page) write(s string) {
	t := p.table()
	switch {
	case t == nil:
		p.text.WriteString(s)
	case t.cell != nil:
		t.text.WriteString(s)
	}
}

// shown is text without the blanks around its lines, also those that do not break, and without empty lines.
func shown(s string) string {
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// flush makes a row of the text outside of tables.
func (p *page) flush() error {
	text := shown(p.text.String())
	p.text.Reset()
	if text == "" {
		return nil
	}
	p.row++
	return p.put(p.row, false, Cell{Column: 1, Kind: Text, Text: text})
}

// start begins an element.
func (p *page) start(tok html.Token) error {
	t := p.table()
	switch tok.DataAtom {
	case atom.Style, atom.Script, atom.Title, atom.Head:
		if tok.Type == html.StartTagToken {
			p.silent++
		}
	case atom.Body:
		p.silent = 0
	case atom.Table:
		p.silent = 0
		return p.beginTable(tok)
	case atom.Tr:
		if t != nil {
			return errors.Join(p.endCell(), p.beginRow(tok))
		}
	case atom.Td, atom.Th:
		if t != nil {
			return errors.Join(p.endCell(), p.beginCell(tok))
		}
	case atom.Br:
		p.write("\n")
	case atom.P, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Center, atom.Li, atom.Caption:
		return p.block()
	}
	return nil
}

// close ends an element.
func (p *page) close(name atom.Atom) error {
	switch name {
	case atom.Style, atom.Script, atom.Title, atom.Head:
		p.silent = max(p.silent-1, 0)
	case atom.Table:
		if p.table() != nil {
			return p.endTable()
		}
	case atom.Td, atom.Th, atom.Tr:
		if p.table() != nil {
			return p.endCell()
		}
	case atom.P, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Center, atom.Li, atom.Caption:
		return p.block()
	}
	return nil
}

// block is the edge of a paragraph.
func (p *page) block() error {
	if p.table() == nil {
		return p.flush()
	}
	p.write("\n")
	return nil
}

// attr is an attribute of HTML by its name, and whether there is one.
func attr(tok html.Token, name string) (string, bool) {
	for _, a := range tok.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// gone reports whether an element is not shown.
func gone(tok html.Token) bool {
	style, _ := attr(tok, "style")
	_, hidden := attr(tok, "hidden")
	return hidden || strings.Contains(strings.ReplaceAll(strings.ToLower(style), " ", ""), "display:none")
}

// wholeNumber reads colspan and rowspan within their bounds; what is no number is 1.
func wholeNumber(tok html.Token, name string, most int) int {
	s, _ := attr(tok, name)
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 0 {
		return 1
	}
	return min(n, most)
}
