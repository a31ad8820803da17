package pdf

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"slices"
	"time"

	"yusuan/internal/typeset/page"
)

// appendDate writes a date of the document information (ISO 32000-1, 7.9.4).
func appendDate(b []byte, t time.Time) []byte {
	_, offset := t.Zone()
	sign := byte('+')
	if offset < 0 {
		sign, offset = '-', -offset
	}
	b = append(b, "(D:"...)
	b = append(t.AppendFormat(b, "20060102150405"), sign)
	return fmt.Appendf(b, "%02d'%02d')", offset/3600, offset/60%60)
}

// appendInfo writes the document information; the metadata says the same.
func appendInfo(b []byte, info *page.Info) []byte {
	b = append(b, "<<"...)
	for _, e := range [...]struct{ key, value string }{
		{"/Title", info.Called()}, {"/Author", info.Author}, {"/Subject", info.Subject}, {"/Keywords", info.Keywords},
		{"/Creator", info.Program}, {"/Producer", info.Program},
	} {
		if e.value != "" {
			b = appendText(append(b, e.key...), e.value)
		}
	}
	if !info.Date.IsZero() {
		b = appendDate(append(b, "/CreationDate"...), info.Date)
		b = appendDate(append(b, "/ModDate"...), info.Date)
	}
	return append(b, ">>"...)
}

// The metadata packet (ISO 19005-3, 6.6.2). The identification of PDF/UA is not among the schemas that PDF/A knows, so it
// has to be described within the packet (6.6.2.3).
const (
	xmpHead = "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` + "\n" +
		`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"` +
		` xmlns:pdf="http://ns.adobe.com/pdf/1.3/"`
	xmpClaims = ` xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"`
	xmpFormat = ">\n<dc:format>application/pdf</dc:format>\n"
	xmpEnd    = "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>"
	xmpTail   = "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>\n" +
		"</rdf:Description>\n" +
		`<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"` +
		` xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">` +
		`<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">` +
		`<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>` +
		`<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>` +
		`<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>` +
		`<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>` +
		`<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>` +
		`<pdfaProperty:description>Part of ISO 14289 that the document conforms to</pdfaProperty:description>` +
		"</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>\n" + xmpEnd
)

func appendXMP(b []byte, info *page.Info) []byte {
	claims, tail := xmpClaims, xmpTail
	if info.Draft != "" {
		claims, tail = "", xmpEnd
	}
	buf := bytes.NewBuffer(append(b, xmpHead+claims+xmpFormat...))
	element := func(open, text, end string) {
		if text != "" {
			buf.WriteString(open)
			_ = xml.EscapeText(buf, []byte(text)) // a bytes.Buffer takes all
			buf.WriteString(end + "\n")
		}
	}
	element(`<dc:title><rdf:Alt><rdf:li xml:lang="x-default">`, info.Called(), "</rdf:li></rdf:Alt></dc:title>")
	element("<dc:creator><rdf:Seq><rdf:li>", info.Author, "</rdf:li></rdf:Seq></dc:creator>")
	element(`<dc:description><rdf:Alt><rdf:li xml:lang="x-default">`, info.Subject, "</rdf:li></rdf:Alt></dc:description>")
	element("<dc:language><rdf:Bag><rdf:li>", info.Lang, "</rdf:li></rdf:Bag></dc:language>")
	element("<pdf:Keywords>", info.Keywords, "</pdf:Keywords>")
	element("<pdf:Producer>", info.Program, "</pdf:Producer>")
	element("<xmp:CreatorTool>", info.Program, "</xmp:CreatorTool>")
	element("<xmp:Label>", cmp.Or(info.Draft, info.Notice), "</xmp:Label>") // what is no document is known by it
	if !info.Date.IsZero() {
		date := info.Date.Format("2006-01-02T15:04:05-07:00")
		element("<xmp:CreateDate>", date, "</xmp:CreateDate>")
		element("<xmp:ModifyDate>", date, "</xmp:ModifyDate>")
		element("<xmp:MetadataDate>", date, "</xmp:MetadataDate>")
	}
	buf.WriteString(tail)
	return buf.Bytes()
}

// writeFiles writes the attached files (ISO 19005-3, 6.8) and returns the entries of the catalog that lead to them.
func (w *writer) writeFiles(d *page.Document) (names, associated []byte, err error) {
	if len(d.Files) == 0 {
		return nil, nil, nil
	}
	type name struct {
		text, key string // key: as written, which is how a name tree sorts
		spec      int
	}
	list := make([]name, 0, len(d.Files))
	associated = []byte("/AF[")
	for i := range d.Files {
		f := &d.Files[i]
		spec, err := w.writeFile(f, d.Info.Date)
		if err != nil {
			return nil, nil, err
		}
		associated = append(appendRef(associated, spec), ' ')
		list = append(list, name{f.Name, sortKey(f.Name), spec})
	}
	slices.SortFunc(list, func(a, b name) int { return cmp.Compare(a.key, b.key) })
	names = []byte("/Names<</EmbeddedFiles<</Names[")
	for _, n := range list {
		names = append(appendRef(appendText(names, n.text), n.spec), ' ')
	}
	return append(names, "]>>>>"...), append(associated, ']'), nil
}

// sortKey is the string that a reader sees for a name: a name tree is sorted by its bytes. Hexadecimal digits of UTF-16
// sort like the bytes that they stand for, and FEFF behind all ASCII.
func sortKey(name string) string {
	b := appendText(nil, name)
	if b[0] == '<' {
		return "\xFE" + string(b)
	}
	return name
}

func (w *writer) writeFile(f *page.File, date time.Time) (spec int, err error) {
	stream, spec := w.reserve(1), w.reserve(1)
	dict := appendName([]byte("/Type/EmbeddedFile/Subtype"), f.MIME)
	dict = appendInt(append(dict, "/Params<</Size "...), len(f.Data))
	if !date.IsZero() {
		dict = appendDate(append(dict, "/ModDate"...), date)
	}
	if dict = append(dict, ">>"...); f.Packed != nil {
		w.rawStream(stream, dict, flateFilter, f.Packed)
	} else {
		w.stream(stream, dict, f.Data)
	}
	b := appendText([]byte("<</Type/Filespec/F"), f.Name)
	b = appendText(append(b, "/UF"...), f.Name)
	if f.Description != "" {
		b = appendText(append(b, "/Desc"...), f.Description)
	}
	b = appendName(append(b, "/AFRelationship"...), f.Relationship)
	b = appendRef(append(b, "/EF<</F "...), stream)
	b = append(appendRef(append(b, "/UF "...), stream), ">>>>"...)
	w.object(spec, b)
	return spec, nil
}
