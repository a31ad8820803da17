package ofdread

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/testofd"
)

// headOf is where the local header of an entry begins, central where that of the directory does.
func headOf(t *testing.T, raw []byte, head, name string, size int) int {
	t.Helper()
	for i := range raw {
		if bytes.HasPrefix(raw[i:], []byte(head)) && len(raw) > i+size+len(name) && string(raw[i+size:i+size+len(name)]) == name {
			return i
		}
	}
	t.Fatalf("no header of %s", name)
	return 0
}

// TestHidden: whatever is put into a package without being an entry, and whatever another way of reading it would find, is named.
func TestHidden(t *testing.T) {
	raw := write(t, document(t))
	const name = "Doc_0/Document.xml"
	at := func(head string, size, field int, v uint32) []byte {
		out := slices.Clone(raw)
		i := headOf(t, out, head, name, size) + field
		binary.LittleEndian.PutUint32(out[i:], v)
		return out
	}
	inLocal := func(field int, v uint32) []byte { return at("PK\x03\x04", 30, field, v) }
	with := func(change func(h *zip.FileHeader)) []byte { return zipOf(t, unpacked(t, raw), change) }
	comment := slices.Clone(raw)
	comment[len(comment)-2] = 4
	stored := with(func(h *zip.FileHeader) { h.Method = zip.Store })
	for what, x := range map[string][]byte{
		"a comment of the package":   append(comment, "PK\x05\x06"...),
		"a comment of an entry":      with(func(h *zip.FileHeader) { h.Comment = "x" }),
		"an extra field":             with(func(h *zip.FileHeader) { h.Extra = []byte{0x34, 0x12, 2, 0, 'h', 'i'} }),
		"an extra field that is cut": with(func(h *zip.FileHeader) { h.Extra = []byte{0x34, 0x12, 2, 0} }),
		"another sum":                inLocal(14, 1),
		"another packed size":        inLocal(18, 1),
		"another size":               inLocal(22, 1),
		"bytes before the directory": slack(t, raw, len(raw)-22, 0),
		"data behind packed data":    slack(t, raw, headOf(t, raw, "PK\x03\x04", name, 30), 7),
	} {
		if foreign, err := all(x); err == nil && !slices.Contains(foreign, "ZIP") {
			t.Errorf("%s: %q", what, foreign)
		}
	}
	for what, x := range map[string][]byte{
		"stored":             stored,
		"with times":         with(func(h *zip.FileHeader) { h.Extra = []byte{0x55, 0x54, 5, 0, 1, 0, 0, 0, 0} }),
		"with Java's mark":   with(func(h *zip.FileHeader) { h.Extra = []byte{0xFE, 0xCA, 0, 0} }),
		"as the program has": raw,
	} {
		if foreign, err := all(x); err != nil || len(foreign) > 0 {
			t.Errorf("%s: %q, %v", what, foreign, err)
		}
	}
	if _, err := Open(append(slices.Clone(raw), "more"...)); err == nil {
		if foreign, err := all(append(slices.Clone(raw), "more"...)); err == nil && !slices.Contains(foreign, "ZIP") {
			t.Errorf("bytes behind the end: %q", foreign)
		}
	}
	for _, twin := range []string{"doc_0/Document.xml", "ofd.xml", "Doc_0/PUBLICRES.XML"} {
		if _, err := Open(testofd.Packed(append(unpacked(t, raw), testofd.Entry{Name: twin, Data: []byte("x")}))); !errors.Is(err, ErrTwice) {
			t.Errorf("%s: %v", twin, err)
		}
	}
}

// slack is a package with bytes put in: at a place, or behind the packed data of the entry whose header is there, as a part of it.
func slack(t *testing.T, raw []byte, at, n int) []byte {
	t.Helper()
	if n == 0 {
		out := append(slices.Clone(raw[:at]), "hidden"...)
		return append(out, raw[at:]...)
	}
	le := binary.LittleEndian
	name := string(raw[at+30 : at+30+int(le.Uint16(raw[at+26:]))])
	packed := int(le.Uint32(raw[at+18:]))
	end := at + 30 + len(name) + packed
	out := append(slices.Clone(raw[:end]), strings.Repeat("x", n)...)
	out = append(out, raw[end:]...)
	le.PutUint32(out[at+18:], uint32(packed+n))
	central := headOf(t, out, "PK\x01\x02", name, 46)
	le.PutUint32(out[central+20:], uint32(packed+n))
	for i := range out { // what comes behind has moved
		if bytes.HasPrefix(out[i:], []byte("PK\x01\x02")) && int(le.Uint32(out[i+42:])) > at {
			le.PutUint32(out[i+42:], le.Uint32(out[i+42:])+uint32(n))
		}
	}
	le.PutUint32(out[len(out)-6:], le.Uint32(out[len(out)-6:])+uint32(n))
	return out
}

// TestColoursAndOrder: what makes black white, or lies over a text, is named.
func TestColoursAndOrder(t *testing.T) {
	for _, c := range []struct{ entry, old, with, want string }{
		{"Pages/", "</ofd:TextCode>", "<!-- --></ofd:TextCode>", "XML"},
		{"Pages/", "?>", `?><?xml-stylesheet href="x"?>`, "XML"},
		{"Pages/", `encoding="UTF-8"`, `encoding="GBK"`, "XML"},
		{".icc", "", "x", "ColorSpace Profile"},
		{"Document.xml", "<ofd:DefaultCS>", "<ofd:DefaultCS>1", "DefaultCS"},
		{"PublicRes.xml", "</ofd:ColorSpaces>", `<ofd:ColorSpace ID="999" Type="RGB" BitsPerComponent="8" Profile="srgb.icc"/></ofd:ColorSpaces>`, "DefaultCS"},
		{"Pages/", "</ofd:Layer>", `<ofd:PathObject ID="9999" Boundary="0 0 9 9" Stroke="false" Fill="true"/></ofd:Layer>`, "Layer order"},
		{"Document.xml", "<ofd:Pages>", "<ofd:Pages/><ofd:Pages>", "Document/Pages"},
		{"Pages/", `<ofd:TextCode `, `<ofd:TextCode X="0" `, "TextCode X"},
		{"OFD.xml", "</ofd:DocBody>", "<ofd:Signatures/><ofd:Signatures/></ofd:DocBody>", "DocBody/Signatures"},
	} {
		foreign, err := all(changed(t, c.entry, c.old, c.with))
		if c.want == "Document/Pages" && err != nil {
			continue // the first has no pages
		}
		if err != nil || !slices.Contains(foreign, c.want) {
			t.Errorf("%q for %q in %s: %q, %v; want %q", c.with, c.old, c.entry, foreign, err, c.want)
		}
	}
}

// TestPageNamedTwice: one entry is one page; a small file would else have ten thousand large ones.
func TestPageNamedTwice(t *testing.T) {
	raw := changed(t, "Document.xml", "Pages/Page_1/", "Pages/Page_0/")
	if _, err := Open(raw); !errors.Is(err, errSyntax) {
		t.Errorf("a page of two numbers: %v", err)
	}
}

// TestSignaturesAmongOurs: a list of signatures in a folder of ours makes nothing there a part of a signature.
func TestSignaturesAmongOurs(t *testing.T) {
	for folder, want := range map[string]bool{"Res": true, "Tags": true, "Annots": true, "Attachs": true, "Pages": true, "Signs": false} {
		entries := unpacked(t, changed(t, "OFD.xml", "</ofd:DocBody>", "<ofd:Signatures>/Doc_0/"+folder+"/S.xml</ofd:Signatures></ofd:DocBody>"))
		name := "Doc_0/" + folder + "/more.js"
		entries = append(entries, testofd.Entry{Name: "Doc_0/" + folder + "/S.xml", Data: []byte("x")}, testofd.Entry{Name: name, Data: []byte("x")})
		if foreign, err := all(testofd.Packed(entries)); err != nil || slices.Contains(foreign, name) != want {
			t.Errorf("%s: %q, %v", folder, foreign, err)
		}
	}
}
