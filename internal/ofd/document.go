package ofd

import (
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"path"
	"strings"
	"time"

	"yusuan/internal/typeset/unit"
)

// Names in the package, sorted as they stand in it.
const (
	rootName        = "OFD.xml"
	annotsFolder    = "Doc_0/Annots/"
	attachsFolder   = "Doc_0/Attachs/"
	documentName    = "Doc_0/Document.xml"
	publicName      = "Doc_0/PublicRes.xml"
	resFolder       = "Doc_0/Res/"
	profileName     = "srgb.icc"
	tagsFolder      = "Doc_0/Tags/"
	structureName   = "Structure.xml"
	packageName     = "Package.xml"
	annotationsName = "Annotations.xml"
	attachmentsName = "Attachments.xml"
	customTagsName  = "CustomTags.xml"
)

// Names of custom data.
const (
	langData = "语种"
	kindData = "性质"
	sumData  = "其余文件 sha256sum 清单的 SHA-256"
)

// root is where in the file the sum and the ID of the document go, once all else is written.
type root struct{ data, id, sum int }

// writeRoot writes the entry of the package, but for the sum over the others, which are not there yet.
func (w *writer) writeRoot() root {
	const idSize, sumSize = 32, 64
	in := &w.d.Info
	docType := "OFD"
	if w.claims {
		docType = "OFD-A"
	}
	b := w.begin("ofd:OFD")
	b = append(append(b, ` Version="1.0" DocType="`...), docType...)
	b = append(b, `"><ofd:DocBody><ofd:DocInfo><ofd:DocID>`...)
	r := root{id: len(b)}
	b = append(b, strings.Repeat("0", idSize)+"</ofd:DocID>"...)
	b = w.appendElement(b, "Title", in.Called())
	b = w.appendElement(b, "Author", in.Author)
	b = w.appendElement(b, "Subject", in.Subject)
	if !in.Date.IsZero() {
		b = w.appendElement(b, "CreationDate", in.Date.Format(time.DateOnly))
	}
	if in.Keywords != "" {
		b = append(b, "<ofd:Keywords>"...)
		for k := range strings.SplitSeq(in.Keywords, ",") {
			b = w.appendElement(b, "Keyword", strings.TrimSpace(k))
		}
		b = append(b, "</ofd:Keywords>"...)
	}
	creator, version := program(in.Program)
	b = w.appendElement(b, "Creator", creator)
	b = w.appendElement(b, "CreatorVersion", version)
	b = append(b, "<ofd:CustomDatas>"...)
	b = w.appendData(b, langData, in.Lang)
	b = w.appendData(b, kindData, in.Draft+in.Notice)
	b = w.appendData(b, sumData, strings.Repeat("0", sumSize))
	r.sum = len(b) - len("</ofd:CustomData>") - sumSize
	b = append(b, `</ofd:CustomDatas></ofd:DocInfo><ofd:DocRoot>`+documentName+`</ofd:DocRoot></ofd:DocBody></ofd:OFD>`...)
	w.xml = b
	w.open(rootName, stored)
	r.data = len(w.z.B)
	w.z.B = append(w.z.B, b...)
	w.shut(0, len(b))
	return r
}

// finishRoot puts in the sum, and of it the document's ID: the same content has the same.
func (w *writer) finishRoot(r root) {
	sum := w.sums.list.Sum(nil)
	e := &w.entries[0]
	data := w.z.B[r.data : r.data+e.size]
	hex.Encode(data[r.sum:], sum)
	hex.Encode(data[r.id:], sum[:16])
	e.crc = crc32.ChecksumIEEE(data)
	e.putHead(w.z.B[e.at:])
}

// program is the name and the version of the program.
func program(s string) (name, version string) {
	if i := strings.LastIndexByte(s, ' '); i > 0 {
		return s[:i], s[i+1:]
	}
	return s, ""
}

func (w *writer) appendData(b []byte, name, value string) []byte {
	if value == "" {
		return b
	}
	b = append(w.appendAttribute(append(b, "<ofd:CustomData"...), "Name", name), '>')
	return append(w.appendText(b, value), "</ofd:CustomData>"...)
}

// writeDocument writes the root of the document: what all pages have in common, the pages, the outline, and where the rest is.
func (w *writer) writeDocument() {
	b := append(w.begin("ofd:Document"), "><ofd:CommonData><ofd:MaxUnitID>"...)
	b = append(appendInt(b, w.maxID), "</ofd:MaxUnitID>"...)
	b = append(appendArea(b, "PageArea", w.common), "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"...)
	if w.claims {
		b = append(appendInt(append(b, "<ofd:DefaultCS>"...), w.colorID()), "</ofd:DefaultCS>"...)
	}
	b = append(b, "</ofd:CommonData><ofd:Pages>"...)
	for i := range w.d.Pages {
		b = appendInt(append(b, `<ofd:Page ID="`...), w.pageID(i))
		b = append(append(append(b, `" BaseLoc="`...), w.pageFile(i)...), `"/>`...)
	}
	b = append(b, "</ofd:Pages>"...)
	b = w.appendOutline(b)
	if w.links > 0 {
		b = append(b, "<ofd:Annotations>Annots/"+annotationsName+"</ofd:Annotations>"...)
	}
	b = append(b, "<ofd:CustomTags>Tags/"+customTagsName+"</ofd:CustomTags>"...)
	if len(w.d.Files) > 0 {
		b = append(b, "<ofd:Attachments>Attachs/"+attachmentsName+"</ofd:Attachments>"...)
	}
	w.addXML(documentName, append(b, "</ofd:Document>"...))
}

// numbered is a name with as many digits for the last number as for all others: names sort like the numbers.
func numbered(name string, i, last int) string {
	return fmt.Sprintf("%s%0*d", name, len(fmt.Sprint(last)), i)
}

// pageFolder is where the files of a page are; some readers want no more of its name than these letters and digits.
func (w *writer) pageFolder(i int) string { return numbered("Page_", i, len(w.d.Pages)-1) }

// pageFile is the file of a page, from the document's folder.
func (w *writer) pageFile(i int) string { return "Pages/" + w.pageFolder(i) + "/Content.xml" }

func appendArea(b []byte, name string, s size) []byte {
	b = append(append(append(b, "<ofd:"...), name...), "><ofd:PhysicalBox>"...)
	b = appendNumbers(b, 0, 0, s.width, s.height)
	return append(append(append(b, "</ofd:PhysicalBox></ofd:"...), name...), '>')
}

// appendOutline writes the bookmarks, closed below the top level. A bookmark hangs below the nearest one before it of a lower
// level.
func (w *writer) appendOutline(b []byte) []byte {
	if len(w.d.Bookmarks) == 0 {
		return b
	}
	b = append(b, "<ofd:Outlines>"...)
	var open []int // levels
	for i := range w.d.Bookmarks {
		m := &w.d.Bookmarks[i]
		for len(open) > 0 && open[len(open)-1] >= m.Level {
			b, open = append(b, "</ofd:OutlineElem>"...), open[:len(open)-1]
		}
		b = w.appendAttribute(append(b, "<ofd:OutlineElem"...), "Title", m.Title)
		if i+1 < len(w.d.Bookmarks) && w.d.Bookmarks[i+1].Level > m.Level {
			b = append(b, ` Expanded="false"`...)
		}
		b = w.appendGoto(append(b, '>'), m.Page, m.Y)
		open = append(open, m.Level)
	}
	for range open {
		b = append(b, "</ofd:OutlineElem>"...)
	}
	return append(b, "</ofd:Outlines>"...)
}

// appendGoto writes the action that leads to a height on a page, at the reader's own magnification.
func (w *writer) appendGoto(b []byte, to int, y unit.Length) []byte {
	b = append(b, `<ofd:Actions><ofd:Action Event="CLICK"><ofd:Goto><ofd:Dest Type="XYZ" PageID="`...)
	b = append(appendInt(b, w.pageID(to)), `" Left="0" Top="`...)
	return append(appendNumber(b, mm(y)), `" Zoom="0"/></ofd:Goto></ofd:Action></ofd:Actions>`...)
}

// writeAttachments writes the attached files and their list. Archives keep text alone (GB/T 42133-2022, 6.15.1), which ours all
// are. Readers put the ending of the file behind the name that the list has.
func (w *writer) writeAttachments() {
	if len(w.d.Files) == 0 {
		return
	}
	b := append(w.begin("ofd:Attachments"), '>')
	names := make([]string, len(w.d.Files))
	for i := range w.d.Files {
		f := &w.d.Files[i]
		ext := ending(f.Name)
		names[i] = numbered("A", i+1, len(w.d.Files)) + ext
		b = appendInt(append(b, `<ofd:Attachment ID="A`...), i+1)
		b = w.appendAttribute(append(b, '"'), "Name", strings.TrimSuffix(f.Name, ext))
		b = append(b, ` Format="TXT"`...)
		if date := w.d.Info.Date; !date.IsZero() {
			b = append(date.AppendFormat(append(b, ` CreationDate="`...), "2006-01-02T15:04:05-07:00"), '"')
		}
		const kilobyte = 1024
		b = appendNumber(append(b, ` Size="`...), int64(len(f.Data))*10000/kilobyte)
		b = w.appendAttribute(append(b, '"'), "Usage", f.Relationship)
		b = append(append(append(b, "><ofd:FileLoc>"...), names[i]...), "</ofd:FileLoc></ofd:Attachment>"...)
	}
	list := append(b, "</ofd:Attachments>"...)
	for i := range w.d.Files { // A1 … stand before Attachments.xml
		w.addFile(attachsFolder+names[i], &w.d.Files[i])
	}
	w.addXML(attachsFolder+attachmentsName, list)
}

// ending is the ending of a name that an entry can have as well.
func ending(name string) string {
	ext := path.Ext(name)
	if len(ext) < 2 || ext == name || strings.ContainsFunc(ext[1:], func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	}) {
		return ""
	}
	return ext
}
