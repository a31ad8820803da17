package docx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"yusuan/internal/read/paper"
)

const (
	wordNS   = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	strictNS = "http://purl.oclc.org/ooxml/wordprocessingml/main"
	relTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	others   = ` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"` +
		` xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"` +
		` xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"`
)

// zipOf is a zip of parts, each a name and what it holds.
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

// part is an XML part whose root has all name spaces.
func part(root, inner string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><w:` + root + ` xmlns:w="` + wordNS + `"` + others + `>` + inner + `</w:` + root + `>`
}

// docOf is a document with such a body, and parts beside it: each a kind and what its root holds.
func docOf(t testing.TB, body string, beside ...string) []byte {
	t.Helper()
	rels := ""
	parts := []string{
		"_rels/.rels", `<Relationships><Relationship Id="a" Type="` + relTypes + `officeDocument" Target="/word/document.xml"/></Relationships>`,
		"word/document.xml", part("document", "<w:body>"+body+"<w:sectPr/></w:body>"),
	}
	for i := 0; i < len(beside); i += 2 {
		parts = append(parts, "word/"+beside[i]+"1.xml", part(beside[i], beside[i+1]))
		rels += fmt.Sprintf(`<Relationship Id="r%d" Type="%s%s" Target="%[3]s1.xml"/>`, i, relTypes, beside[i])
	}
	return zipOf(t, append(parts, "word/_rels/document.xml.rels", "<Relationships>"+rels+"</Relationships>")...)
}

// told is a document as text: a line a paragraph or a row.
func told(d *paper.Document) string {
	var b strings.Builder
	line := func(mark string, p *paper.Paragraph) {
		b.WriteString(mark)
		if p.Level > 0 {
			fmt.Fprintf(&b, "%d", p.Level)
		}
		if p.Centred {
			b.WriteByte('c')
		}
		fmt.Fprintf(&b, " %s\n", p.Text)
	}
	for _, x := range d.Blocks {
		if x.Text != nil {
			line("p", x.Text)
			continue
		}
		for i := range x.Table.Above {
			line("above", &x.Table.Above[i])
		}
		fmt.Fprintf(&b, "table %d", x.Table.Columns)
		if x.Table.Repeated > 0 {
			fmt.Fprintf(&b, " repeats %d", x.Table.Repeated)
		}
		b.WriteByte('\n')
		for _, r := range x.Table.Rows {
			var cells []string
			for _, c := range r.Cells {
				s := fmt.Sprintf("%d:%s", c.Column, strings.ReplaceAll(c.Text, "\n", "/"))
				if c.Rows > 1 || c.Columns > 1 {
					s += fmt.Sprintf("{%dx%d}", c.Rows, c.Columns)
				}
				cells = append(cells, s)
			}
			b.WriteString("  " + strings.Join(cells, " ") + "\n")
		}
		for i := range x.Table.Below {
			line("below", &x.Table.Below[i])
		}
	}
	for _, g := range d.Gaps {
		b.WriteString("gap " + g.What + "\n")
	}
	return b.String()
}

// expect fails unless a document reads so.
func expect(t *testing.T, name string, raw []byte, want string) {
	t.Helper()
	d, err := Document(raw)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	var lines []string
	for line := range strings.SplitSeq(strings.TrimSpace(want), "\n") {
		lines = append(lines, strings.TrimLeft(line, "\t"))
	}
	if got, want := strings.TrimSpace(told(d)), strings.Join(lines, "\n"); got != want {
		t.Errorf("%s reads\n%s\nwant\n%s", name, got, want)
	}
}

// p is a paragraph, r a run of it, tc a cell, tr a row, tbl a table.
func p(inner string) string { return "<w:p>" + inner + "</w:p>" }

func r(text string) string { return "<w:r><w:t>" + text + "</w:t></w:r>" }

func styled(properties, inner string) string {
	return "<w:p><w:pPr>" + properties + "</w:pPr>" + inner + "</w:p>"
}

func tc(properties, text string) string {
	return "<w:tc><w:tcPr>" + properties + "</w:tcPr>" + p(r(text)) + "</w:tc>"
}

func tr(cells ...string) string { return "<w:tr>" + strings.Join(cells, "") + "</w:tr>" }

func tbl(rows ...string) string {
	return "<w:tbl><w:tblPr/><w:tblGrid/>" + strings.Join(rows, "") + "</w:tbl>"
}
