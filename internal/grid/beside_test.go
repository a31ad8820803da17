package grid

import (
	"fmt"
	"testing"
)

// TestRemarks: comments and the words in shapes are read with their cells; what of them cannot be read keeps no cell from being
// read.
func TestRemarks(t *testing.T) {
	const one = sheetHead + `<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>`
	const rels = `<Relationships><Relationship Id="a" Type="` + relTypes + `comments" Target="../comments1.xml"/><Relationship Id="b" Type="` + relTypes + `drawing" Target="../drawings/drawing1.xml"/></Relationships>`
	const comments = `<comments ` + mainNS + `><authors><author>某</author></authors><commentList><comment ref="B7" authorId="0"><text><r><t>这笔</t></r><r><t>取消</t></r></text></comment>` +
		`<comment ref="C8" authorId="0"><text><t> </t></text></comment></commentList></comments>`
	const shapes = `<xdr:wsDr xmlns:xdr="x" xmlns:a="a"><xdr:twoCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:row>9</xdr:row></xdr:from><xdr:to><xdr:col>5</xdr:col><xdr:row>12</xdr:row></xdr:to>` +
		`<xdr:sp><xdr:txBody><a:p><a:r><a:t>另有</a:t></a:r><a:r><a:t>500</a:t></a:r></a:p><a:p><a:r><a:t>元</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>`
	for name, c := range map[string]struct {
		parts []string
		want  string
	}{
		"none":   {nil, "[]"},
		"both":   {[]string{"xl/worksheets/_rels/sheet1.xml.rels", rels, "xl/comments1.xml", comments, "xl/drawings/drawing1.xml", shapes}, "[{7 2 这笔取消 false} {10 3 另有500 元 true}]"},
		"broken": {[]string{"xl/worksheets/_rels/sheet1.xml.rels", rels, "xl/comments1.xml", comments[:120], "xl/drawings/drawing1.xml", shapes}, "[{10 3 另有500 元 true}]"},
		"gone":   {[]string{"xl/worksheets/_rels/sheet1.xml.rels", rels}, "[]"},
	} {
		b := read(t, bookOf(t, one, c.parts...))
		if got := fmt.Sprint(b.Sheets[0].Remarks); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		if told(&b.Sheets[0]) != "A1 number 1\n" {
			t.Errorf("%s: the cells are %s", name, told(&b.Sheets[0]))
		}
	}
}
