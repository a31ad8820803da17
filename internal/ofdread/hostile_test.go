package ofdread

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"yusuan/internal/testofd"
)

func unpacked(t testing.TB, raw []byte) []testofd.Entry {
	t.Helper()
	entries, err := testofd.Unpacked(raw)
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

// changed is a package of ours with the first entry changed whose name and content have some parts.
func changed(t testing.TB, entry, old, with string) []byte {
	t.Helper()
	entries := unpacked(t, write(t, document(t)))
	i := slices.IndexFunc(entries, func(e testofd.Entry) bool {
		return strings.Contains(e.Name, entry) && bytes.Contains(e.Data, []byte(old))
	})
	if i < 0 {
		t.Fatalf("no %q in %s", old, entry)
	}
	entries[i].Data = bytes.Replace(entries[i].Data, []byte(old), []byte(with), 1)
	return testofd.Packed(entries)
}

// all reads all that a package has.
func all(raw []byte) (foreign []string, err error) {
	f, err := Open(raw)
	if err != nil {
		return nil, err
	}
	sheets, err := f.Sheets()
	if err != nil {
		return nil, err
	}
	for i := range sheets {
		items, err := f.Items(i)
		if err != nil {
			return nil, err
		}
		foreign = append(foreign, items.Foreign...)
	}
	if _, err := f.Blocks(); err != nil {
		return nil, err
	}
	if _, err := f.Attachments(); err != nil {
		return nil, err
	}
	strange, err := f.Strange()
	return append(foreign, strange...), err
}

// TestWhatWeNeverWrite: what a stranger adds to a package, or takes from it, that may change what is seen is named.
func TestWhatWeNeverWrite(t *testing.T) {
	const page, main = "Pages/", "Document.xml"
	if foreign, err := all(changed(t, page, "", "")); err != nil || len(foreign) > 0 {
		t.Fatal(foreign, err)
	}
	for _, c := range []struct{ entry, old, with, want string }{
		{page, "<ofd:TextObject ", `<ofd:TextObject Visible="false" `, "TextObject Visible"},
		{page, "<ofd:TextObject ", `<ofd:TextObject Alpha="0" `, "TextObject Alpha"},
		{page, "<ofd:TextObject ", `<ofd:TextObject HScale="0.1" `, "TextObject HScale"},
		{page, "<ofd:TextObject ", `<ofd:TextObject Fill="false" `, "TextObject Fill"},
		{page, "<ofd:CGTransform", `<ofd:FillColor Value="255 255 255"/><ofd:CGTransform`, "TextObject/FillColor"},
		{page, "<ofd:CGTransform", `<ofd:Clips/><ofd:CGTransform`, "TextObject/Clips"},
		{page, "<ofd:CGTransform", `<ofd:Actions/><ofd:CGTransform`, "TextObject/Actions"},
		{page, ` DeltaX="`, ` DeltaY="1" DeltaX="`, "TextCode DeltaY"},
		{page, ` DeltaX="`, ` DeltaX="g 2 `, "TextCode"},
		{page, ` DeltaX="`, ` DeltaX="1 `, "TextCode"},
		{page, `GlyphCount="`, `GlyphCount="1`, "TextCode"},
		{page, `<ofd:Glyphs>`, `<ofd:Glyphs>70000 `, "TextCode"},
		{page, `CTM="0 -1 1 0 0 `, `CTM="0 -1 1 0 0 1`, "CTM"},
		{page, `CTM="0 -1 1 0 0 `, `CTM="0 -2 2 0 0 `, "CTM"},
		{page, `TextCode X="`, `TextCode X="-`, "TextCode"}, // out of its box, where it may be cut off
		{page, `Type="Body"`, `Type="Background"`, "Layer Type"},
		{page, "</ofd:Layer>", `</ofd:Layer><ofd:Layer ID="9999" Type="Body"></ofd:Layer>`, "Content/Layer"},
		{page, "<ofd:Content>", `<ofd:Template TemplateID="3"/><ofd:Content>`, "Page/Template"},
		{page, "</ofd:Content>", `</ofd:Content><ofd:Actions/>`, "Page/Actions"},
		{page, "</ofd:Layer>", `<ofd:ImageObject ID="9999" Boundary="0 0 210 297" ResourceID="1"/></ofd:Layer>`, "Layer/ImageObject"},
		{page, "</ofd:Layer>", `<ofd:PageBlock ID="9999"/></ofd:Layer>`, "Layer/PageBlock"},
		{page, "</ofd:Layer>", `<x:y xmlns:x="urn:x"/></ofd:Layer>`, "Layer/ y"},
		{page, `Fill="true"`, `Fill="false"`, "PathObject Fill"},
		{page, `Stroke="false"`, `Stroke="true"`, "PathObject Stroke"},
		{page, `<ofd:AbbreviatedData>M`, `<ofd:AbbreviatedData>S`, "AbbreviatedData"},
		{page, ` L `, ` L -`, "AbbreviatedData"}, // out of its box, so too
		{page, `<ofd:AbbreviatedData>M `, `<ofd:AbbreviatedData>M 9`, "AbbreviatedData"},
		{"Annots/Page", `Type="Link"`, `Type="Stamp"`, "Annot Type"},
		{"Annots/Page", `Stroke="false"`, ``, "PathObject Stroke"},
		{"Annots/Page", `Stroke="false"`, `Stroke="false" Fill="true"`, "PathObject Fill"},
		{"Annots/Page", `<ofd:Goto>`, `<ofd:URI URI="http://example.com"/><ofd:Goto>`, "Action/URI"},
		{main, "</ofd:CommonData>", `<ofd:TemplatePage ID="9999" BaseLoc="x"/></ofd:CommonData>`, "CommonData/TemplatePage"},
		{main, "</ofd:Document>", `<ofd:Actions/></ofd:Document>`, "Document/Actions"},
		{main, "</ofd:Document>", `<ofd:Permissions/></ofd:Document>`, "Document/Permissions"},
		{"PublicRes.xml", "<ofd:Font ", `<ofd:Font Bold="true" `, "Font Bold"},
		{"PublicRes.xml", "</ofd:Res>", `<ofd:DrawParams/></ofd:Res>`, "Res/DrawParams"},
		{"OFD.xml", "</ofd:DocBody>", `</ofd:DocBody><ofd:DocBody/>`, "OFD/DocBody"},
		{"Attachments.xml", `Format="TXT"`, `Format="TXT" Visible="false"`, "Attachment Visible"},
	} {
		foreign, err := all(changed(t, c.entry, c.old, c.with))
		if err != nil || !slices.Contains(foreign, c.want) {
			t.Errorf("%q for %q in %s: %q, %v; want %q", c.with, c.old, c.entry, foreign, err, c.want)
		}
	}
	fonts := unpacked(t, write(t, document(t)))
	for i := range fonts {
		if e := &fonts[i]; strings.HasSuffix(e.Name, ".ttf") {
			for at := 12; ; at += 16 {
				if string(e.Data[at:at+4]) == "cmap" {
					from := binary.BigEndian.Uint32(e.Data[at+8:])
					end := from + binary.BigEndian.Uint32(e.Data[at+12:])
					for k := from + 12; k < end; k++ {
						e.Data[k] ^= 1
					}
					break
				}
			}
		}
	}
	if foreign, err := all(testofd.Packed(fonts)); err != nil || !slices.Contains(foreign, "字与字形不符") {
		t.Errorf("a font that maps characters to other glyphs: %q, %v", foreign, err)
	}
	more := testofd.Packed(append(unpacked(t, write(t, document(t))), testofd.Entry{Name: "Doc_0/x.js", Data: []byte("x")}))
	if foreign, err := all(more); err != nil || !slices.Equal(foreign, []string{"Doc_0/x.js"}) {
		t.Errorf("an entry more: %q, %v", foreign, err)
	}
}

// zipOf is a package packed by archive/zip, with a header changed.
func zipOf(t testing.TB, entries []testofd.Entry, change func(h *zip.FileHeader)) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.Name, Method: zip.Deflate}
		if change != nil {
			change(h)
		}
		w, err := z.CreateHeader(h)
		if err == nil {
			_, err = w.Write(e.Data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestRefused: packages that lead astray are refused, each for what it is.
func TestRefused(t *testing.T) {
	raw := write(t, document(t))
	entries := unpacked(t, raw)
	more := func(name string) []byte {
		return zipOf(t, append(slices.Clone(entries), testofd.Entry{Name: name, Data: []byte("x")}), nil)
	}
	flags := slices.Clone(raw)
	for i := range flags {
		if bytes.HasPrefix(flags[i:], []byte("PK\x01\x02")) {
			flags[i+8] |= 1
		}
	}
	other := slices.Clone(raw)
	for i := range other {
		if bytes.HasPrefix(other[i:], []byte("PK\x01\x02")) {
			other[i+10] = 12
		}
	}
	longer := slices.Clone(raw)
	for i := range longer {
		if bytes.HasPrefix(longer[i:], []byte("PK\x01\x02")) {
			longer[i+24]++
		}
	}
	for _, c := range []struct {
		name string
		raw  []byte
		want error
	}{
		{"nothing", nil, ErrNoOFD},
		{"a PDF", []byte("%PDF-1.7\n"), ErrNoOFD},
		{"half of a package", raw[:len(raw)/2], ErrIncomplete},
		{"a ZIP of something else", zipOf(t, []testofd.Entry{{Name: "word/document.xml"}}, nil), ErrNoOFD},
		{"a name twice", more("OFD.xml"), ErrTwice},
		{"out of the package", more("../x"), errSyntax},
		{"from the root", more("/x"), errSyntax},
		{"of Windows", more(`Doc_0\x`), errSyntax},
		{"a drive", more("C:/x"), errSyntax},
		{"encrypted", flags, ErrEncrypted},
		{"packed otherwise", other, ErrFilter},
		{"sizes that are wrong", longer, nil},
		{"a location out of the package", changed(t, "Document.xml", `BaseLoc="Pages`, `BaseLoc="../../../Pages`), errSyntax},
		{"a page twice", changed(t, "Document.xml", `<ofd:Page ID="1"`, `<ofd:Page ID="2"`), errSyntax},
		{"no page", changed(t, "Document.xml", "Page_0/", "Page_7/"), errSyntax},
		{"a document type", changed(t, "Pages/", "?>", `?><!DOCTYPE x [<!ENTITY a "b">]>`), errSyntax},
		{"an entity", changed(t, "Pages/", "</ofd:TextCode>", "&a;</ofd:TextCode>"), nil},
		{"a document type of the tags", changed(t, "Structure.xml", "?>", `?><!DOCTYPE x>`), errSyntax},
		{"nested too deep", changed(t, "Pages/", "<ofd:TextObject ", strings.Repeat("<ofd:Layer>", 1000)+"<ofd:TextObject "), ErrTooMuch},
		{"tags of no page", changed(t, "Structure.xml", `PageRef="`, `PageRef="9`), errSyntax},
		{"a size that is none", changed(t, "Document.xml", "<ofd:PhysicalBox>0 0 ", "<ofd:PhysicalBox>0 0 -"), errSyntax},
	} {
		if _, err := all(c.raw); err == nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

// TestNotAsTheDirectorySays: bytes before, between and behind entries, and entries that have another name than in the directory, are
// named: a program that goes by the entries would see another file.
func TestNotAsTheDirectorySays(t *testing.T) {
	raw := write(t, document(t))
	if f := open(t, zipOf(t, unpacked(t, raw), nil)); f.odd {
		t.Error("what archive/zip packs is odd")
	}
	renamed := slices.Clone(raw)
	for i := range renamed { // in front of the entry alone
		if bytes.HasPrefix(renamed[i:], []byte("PK\x03\x04")) && bytes.HasPrefix(renamed[i+30:], []byte("Doc_0/Document.xml")) {
			renamed[i+30] = 'd'
		}
	}
	if f, err := Open(renamed); err != nil || !f.odd {
		t.Errorf("another name in front of the entry: %v", err)
	}
}

// TestBombs: small packages that unpack into much, or ask for the same again and again, cost no more than their bounds.
func TestBombs(t *testing.T) {
	entries := unpacked(t, write(t, document(t)))
	with := func(entry string, change func(data []byte) []byte) []byte {
		list := slices.Clone(entries)
		for i := range list {
			if strings.Contains(list[i].Name, entry) {
				list[i].Data = change(list[i].Data)
				break
			}
		}
		return zipOf(t, list, nil)
	}
	in := func(old, one string, n int) func([]byte) []byte {
		return func(data []byte) []byte {
			return bytes.Replace(data, []byte(old), []byte(strings.Repeat(one, n)+old), 1)
		}
	}
	many := func(n int) func(data []byte) []byte {
		return func(data []byte) []byte {
			var b strings.Builder
			for i := range n {
				fmt.Fprintf(&b, `<ofd:Attachment ID="B%d" Name="x%d"><ofd:FileLoc>A1.toml</ofd:FileLoc></ofd:Attachment>`, i, i)
			}
			return bytes.Replace(data, []byte("</ofd:Attachments>"), []byte(b.String()+"</ofd:Attachments>"), 1)
		}
	}
	for name, raw := range map[string][]byte{
		"elements":        with("Pages/", in("</ofd:Layer>", "<ofd:a/>", 3<<20)),
		"attributes":      with("Pages/", in("<ofd:TextObject ", `<ofd:a `+strings.Repeat(`b="" `, 200000)+"/>", 4)),
		"one long text":   with("Pages/", in("</ofd:TextCode>", "一", 2<<20)),
		"comments":        with("Pages/", in("</ofd:Layer>", "<!---->x", 3<<20)),
		"zeros":           with("Pages/", func([]byte) []byte { return make([]byte, 200<<20) }),
		"elements, tags":  with("Structure.xml", in("</y:Document>", "<y:a/>", 20<<20)),
		"one file, often": with("Attachments.xml", many(100000)),
	} {
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		_, err := all(raw)
		runtime.ReadMemStats(&after)
		if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 1000 || time.Since(start) > 30*time.Second || err == nil {
			t.Errorf("%s (%d bytes): %d MB, %s, %v", name, len(raw), mb, time.Since(start), err)
		}
	}
}

// FuzzOpen: whatever the bytes, reading ends and nothing panics.
func FuzzOpen(f *testing.F) {
	f.Add(write(f, document(f)))
	f.Fuzz(func(t *testing.T, raw []byte) { _, _ = all(raw) })
}

// FuzzEntry: so with one entry of a package that is sound else.
func FuzzEntry(f *testing.F) {
	entries := unpacked(f, write(f, document(f)))
	for i := range entries {
		if strings.HasSuffix(entries[i].Name, ".ttf") { // what is in them is not read here, and takes long to pack
			entries[i].Data = entries[i].Data[:min(len(entries[i].Data), 400)]
		}
		if strings.HasSuffix(entries[i].Name, ".xml") {
			f.Add(byte(i), entries[i].Data)
		}
	}
	f.Fuzz(func(t *testing.T, which byte, data []byte) {
		list := slices.Clone(entries)
		list[int(which)%len(list)].Data = data
		raw := zipOf(t, list, func(h *zip.FileHeader) { h.Method = zip.Store })
		file, err := Open(raw)
		if err != nil {
			return
		}
		_, _ = all(raw)
		for i := range file.pages {
			items, err := file.Items(i)
			if err != nil {
				continue
			}
			for _, r := range items.Runs {
				if n := len([]rune(r.Text)); n != len(r.Advances) {
					t.Fatalf("%q has %d advances", r.Text, len(r.Advances))
				}
			}
		}
	})
}
