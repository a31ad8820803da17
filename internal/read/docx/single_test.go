package docx

import (
	"errors"
	"strings"
	"testing"

	"yusuan/internal/read/paper"
)

// expectXML fails unless a document of one XML file reads so.
func expectXML(t *testing.T, name, text, want string) {
	t.Helper()
	d, err := XML([]byte(text))
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	if got := strings.TrimSpace(told(d)); got != want {
		t.Errorf("%s reads\n%s\nwant\n%s", name, got, want)
	}
}

// TestWord2003: the single file of Word 2003: changes in annotations, numbers written down, styles and footnotes in the same file,
// merged cells by their old names.
func TestWord2003(t *testing.T) {
	const head = `<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" xmlns:aml="http://schemas.microsoft.com/aml/2001/core" xmlns:v="urn:schemas-microsoft-com:vml">` +
		`<w:styles><w:style w:type="paragraph" w:default="on" w:styleId="a"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style></w:styles><w:body><wx:sect>`
	list := func(text string) string {
		return `<w:p><w:pPr><w:pStyle w:val="1"/><w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/><wx:t wx:val="一、"/></w:listPr></w:pPr>` + r(text) + `</w:p>`
	}
	annotated := func(kind, inner string) string {
		return `<aml:annotation w:type="Word.` + kind + `"><aml:content>` + inner + `</aml:content></aml:annotation>`
	}
	expectXML(t, "all of it", head+"<wx:sub-section>"+list("职能")+p(annotated("Insertion", r("新"))+annotated("Deletion", "<w:r><w:delText>旧</w:delText></w:r>"+r("旧"))+annotated("Comment", r("批"))+r("文")+"<w:r><w:footnote>"+p(r("脚注。"))+"</w:footnote></w:r>")+"</wx:sub-section>"+
		tbl(tr(tc(`<w:vmerge w:val="restart"/>`, "甲"), tc(`<w:hmerge w:val="restart"/>`, "乙"), tc("<w:hmerge/>", "")), tr(tc("<w:vmerge/>", ""), tc("", "1"), tc("", "2")), "<w:tr><w:trPr>"+annotated("Deletion", "")+"</w:trPr>"+tc("", "删")+"</w:tr>")+
		`<w:p><w:r><w:pict><w:binData>AAAA</w:binData><v:shape><v:imagedata/></v:shape></w:pict></w:r></w:p><w:sectPr><w:hdr w:type="odd">`+p(r("页眉"))+`</w:hdr></w:sectPr></wx:sect></w:body></w:wordDocument>`,
		"p1 一、职能\np 新文\np 脚注。\ntable 3\n  0:甲{2x1} 1:乙{1x2}\n  1:1 2:2\ngap 文档里有 1 张图片，图里的文字和数没有读")
}

// TestFlat: the single file that holds the parts of a .docx, in any order, and what other parts it may hold.
func TestFlat(t *testing.T) {
	flat := func(parts ...string) string {
		var b strings.Builder
		for i := 0; i < len(parts); i += 2 {
			b.WriteString(`<pkg:part pkg:name="` + parts[i] + `">` + parts[i+1] + `</pkg:part>`)
		}
		return `<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">` + b.String() + `</pkg:package>`
	}
	data := func(root, inner string) string {
		_, rest, _ := strings.Cut(part(root, inner), "?>")
		return "<pkg:xmlData>" + rest + "</pkg:xmlData>"
	}
	in := styled(`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:pStyle w:val="1"/>`, r("表")+`<w:r><w:footnoteReference w:id="2"/></w:r>`)
	rels := func(list string) string {
		return `<pkg:xmlData><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + list + `</Relationships></pkg:xmlData>`
	}
	all := []string{
		"/word/media/image1.png", "<pkg:binaryData>AAAA</pkg:binaryData>",
		"/word/footnotes.xml", data("footnotes", `<w:footnote w:id="2">`+p(r("脚注。"))+`</w:footnote>`),
		"/word/styles.xml", data("styles", sampleStyles),
		"/word/main.xml", data("document", "<w:body>"+in+tbl(tr(tc("", "甲"), tc("", "1")))+"</w:body>"),
		"/word/numbering.xml", data("numbering", sampleLists),
		"/_rels/.rels", rels(`<Relationship Id="a" Type="` + relTypes + `officeDocument" Target="word/main.xml"/>`),
		"/word/_rels/main.xml.rels", rels(`<Relationship Id="b" Type="` + relTypes + `footnotes" Target="footnotes.xml"/>`),
	}
	expectXML(t, "flat", flat(all...), "above1 一、表\ntable 2\n  0:甲 1:1\np 脚注。")
	for name, text := range map[string]string{
		"no document":              flat("/word/other.xml", data("document", "")),
		"a document of bytes":      flat("/word/document.xml", "<pkg:binaryData>AAAA</pkg:binaryData>"),
		"another file":             "<html/>",
		"nothing":                  "",
		"a part that does not end": strings.Replace(flat(all...), "</w:body>", "", 1),
	} {
		_, err := XML([]byte(text))
		if refused := (*paper.Refused)(nil); !errors.As(err, &refused) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestNameSpaces: the strict form of the standard, and whatever prefix a program likes.
func TestNameSpaces(t *testing.T) {
	body := "<w:body>" + styled(`<w:outlineLvl w:val="0"/>`, r("职能")) + tbl(tr(tc(`<w:gridSpan w:val="2"/>`, "甲")), tr(tc("", "1"), tc("", "2"))) + "</w:body>"
	const want = "above1 职能\ntable 2\n  0:甲{1x2}\n  0:1 1:2"
	strict := `<w:document xmlns:w="` + strictNS + `">` + body + "</w:document>"
	expect(t, "strict", zipOf(t, "_rels/.rels", `<Relationships><Relationship Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="word/document.xml"/></Relationships>`, "word/document.xml", strict), want)
	other := strings.NewReplacer("<w:", "<ns0:", "</w:", "</ns0:", " w:", " ns0:", "xmlns:w", "xmlns:ns0").Replace(`<w:document xmlns:w="` + wordNS + `">` + body + "</w:document>")
	expect(t, "another prefix", zipOf(t, `word\document.xml`, other), want)
	expect(t, "names in capitals", zipOf(t, "_rels/.rels", `<Relationships><Relationship Type="`+relTypes+`officeDocument" Target="/Word/Document2.xml"/></Relationships>`, "word/document2.xml", strict), want)
	foreign := `<w:document xmlns:w="` + wordNS + `" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><w:body><w:p><w:r><w:t>文</w:t><w:drawing><a:p><a:r><a:t>图中的字</a:t></a:r></a:p></w:drawing></w:r></w:p></w:body></w:document>`
	expect(t, "letters of drawings", zipOf(t, "word/document.xml", foreign), "p 文\np 图中的字")
}
