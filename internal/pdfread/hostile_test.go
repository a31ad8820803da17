package pdfread

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// zeros is so many megabytes of zeros, packed; torn leaves out the sum at the end, so that unpacking fails after all the
// work has been done.
func zeros(t testing.TB, megabytes int, torn bool) string {
	t.Helper()
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	for range megabytes {
		if _, err := w.Write(make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if torn {
		b.Truncate(b.Len() - 4)
	}
	return b.String()
}

func stream(dict, data string) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(data), data)
}

// pack makes a file whose last object is its cross-reference stream; object numbers of inside stand in an object stream.
func pack(objects map[int]string, inside map[int]int) []byte {
	b := []byte("%PDF-1.7\n")
	last := 0
	for n := range objects {
		last = max(last, n+1)
	}
	for n := range inside {
		last = max(last, n+1)
	}
	offsets := map[int]int{}
	for n := range last {
		if o, ok := objects[n]; ok {
			offsets[n] = len(b)
			b = fmt.Appendf(b, "%d 0 obj\n%s\nendobj\n", n, o)
		}
	}
	var rows []byte
	offsets[last] = len(b)
	for n := range last + 1 {
		kind, at := byte(0), 0
		if in, ok := inside[n]; ok {
			kind, at = 2, in
		} else if o, ok := offsets[n]; ok {
			kind, at = 1, o
		}
		rows = append(binary.BigEndian.AppendUint32(append(rows, kind), uint32(at)), 0)
	}
	dict := fmt.Sprintf("/Type/XRef/Size %d/W[1 4 1]/Root 1 0 R", last+1)
	return fmt.Appendf(b, "%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n", last, stream(dict, string(rows)), offsets[last])
}

// TestBombs holds that small files that unpack into much, or ask for the same again and again, cost no more than their
// bounds and are refused for it, also where the unpacking fails.
func TestBombs(t *testing.T) {
	const page = "<</Pages 2 0 R>>"
	flate := "/Filter/FlateDecode"
	for _, c := range []struct {
		name string
		raw  []byte
		most int // unpacked bytes
	}{
		{"an object stream that fails, asked for by many pages", pack(map[int]string{
			1: page, 2: "<</Resources<</Font 5 0 R>>/MediaBox[0 0 1 1]/Kids[" + strings.Repeat("<<>>", 5000) + "]>>",
			4: stream("/Type/ObjStm/N 1/First 4"+flate, zeros(t, 15, true)),
		}, map[int]int{5: 4}), 16 << 20},
		{"many contents of one page", pack(map[int]string{
			1: page, 2: "<</MediaBox[0 0 1 1]/Contents[" + strings.Repeat("3 0 R ", 500) + "]>>", 3: stream(flate, zeros(t, 2, false)),
		}, nil), 16 << 20},
		{"one content of many pages", pack(map[int]string{
			1: page, 2: "<</MediaBox[0 0 1 1]/Kids[" + strings.Repeat("<</Contents 3 0 R>>", 5000) + "]>>", 3: stream(flate, zeros(t, 7, false)),
		}, nil), 80 << 20},
		{"one content that is not packed, of many pages", pack(map[int]string{
			1: page, 2: "<</MediaBox[0 0 1 1]/Kids[" + strings.Repeat("<</Contents 3 0 R>>", 5000) + "]>>", 3: stream("", strings.Repeat(" ", 1<<20)),
		}, nil), 80 << 20},
		{"a large object in a packed stream", pack(map[int]string{
			1: page, 4: stream("/Type/ObjStm/N 1/First 4"+flate, deflate(t, "2 0 ["+strings.Repeat("0 ", 2<<20))),
		}, map[int]int{2: 4}), 8 << 20},
	} {
		f, err := Open(c.raw)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if _, err := f.Pages(); !errors.Is(err, ErrTooMuch) && !errors.Is(err, errSyntax) {
			t.Errorf("%s: %v", c.name, err)
		}
		if f.costs.unpacked > c.most {
			t.Errorf("%s: %d bytes were unpacked", c.name, f.costs.unpacked)
		}
	}
}

func deflate(t testing.TB, s string) string {
	t.Helper()
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := w.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestManyAttachments: the attached files of a small file may not take all memory.
func TestManyAttachments(t *testing.T) {
	objects := map[int]string{1: "<</Names<</EmbeddedFiles 2 0 R>>>>", 3: stream("/Filter/FlateDecode", zeros(t, 20, false))}
	objects[2] = "<</Names[" + strings.Repeat("(a)<</F(a)/EF<</F 3 0 R>>>>", 1000) + "]>>"
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f, err := Open(pack(objects, nil))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Attachments(); !errors.Is(err, ErrTooMuch) {
		t.Errorf("%v", err)
	}
	runtime.ReadMemStats(&after)
	if n := (after.TotalAlloc - before.TotalAlloc) >> 20; n > 1000 {
		t.Errorf("%d MB were taken", n)
	}
}

// TestManyRows: a cross-reference of millions of objects, packed into some kilobytes, is given up.
func TestManyRows(t *testing.T) {
	b := []byte("%PDF-1.7\n")
	at := len(b)
	b = fmt.Appendf(b, "1 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n", stream("/Type/XRef/Size 8000000/W[1 0 0]/Root 1 0 R/Filter/FlateDecode", zeros(t, 8, false)), at)
	if _, err := Open(b); !errors.Is(err, ErrTooMuch) {
		t.Error(err)
	}
}

// TestWhatWeNeverWrite holds that each key that changes how a page looks is named, wherever it stands; and that a font
// that cannot be read is an error and no empty page.
func TestWhatWeNeverWrite(t *testing.T) {
	const fontDict = "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[<</Subtype/CIDFontType2/CIDToGIDMap/Identity/FontDescriptor<</FontName/A>>>>]>>"
	made := func(node, page, resources, annot, font string) ([]string, error) {
		f, err := Open(pack(map[int]string{
			1: "<</Pages 2 0 R>>", 2: "<</Type/Pages/Kids[3 0 R]/Count 1" + node + ">>",
			3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>" + resources + ">>/Annots[6 0 R]" + page + ">>",
			4: stream("", "BT /F 1 Tf ET"), 5: font,
			6: "<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[0 0 1 1]/Dest[3 0 R/Fit]" + annot + ">>",
		}, nil))
		if err != nil {
			t.Fatal(err)
		}
		pages, err := f.Pages()
		if err != nil {
			return nil, err
		}
		items, err := f.items(&pages[0])
		if err != nil {
			return nil, err
		}
		return items.Foreign, nil
	}
	for _, c := range []struct{ node, page, resources, annot, font, want string }{
		{},
		{page: "/UserUnit 2", want: "/UserUnit"}, {page: "/Rotate 90", want: "/Rotate"}, {node: "/Rotate 90", want: "/Rotate"},
		{node: "/CropBox[0 0 1 1]", want: "/CropBox"}, {page: "/Group<<>>", want: "/Group"}, {page: "/AA<<>>", want: "/AA"},
		{resources: "/ColorSpace<</DefaultGray/DeviceRGB>>", want: "/ColorSpace"}, {resources: "/Properties<<>>", want: "/Properties"},
		{annot: "/AP<</N 4 0 R>>", want: "/Link /AP"}, {annot: "/C[1 0 0]", want: "/Link /C"}, {annot: "/Border[0 0 9]", want: "/Link /Border"},
		{annot: "/F 0", want: "/Link /F"}, {annot: "/Subtype/FreeText", want: "/FreeText"},
		{font: strings.Replace(fontDict, "Identity-H", "Identity-V", 1), want: "/Font /Encoding"},
		{font: strings.Replace(fontDict, "/FontName", "/FontFile3 4 0 R/FontName", 1), want: "/Font /FontFile3"},
		{font: strings.Replace(fontDict, "CIDFontType2", "CIDFontType0", 1), want: "/Font /Subtype"},
		{font: strings.Replace(fontDict, "/CIDToGIDMap", "/W2[]/CIDToGIDMap", 1), want: "/Font /W2"},
		{font: "<</Subtype/Type1/BaseFont/Helvetica>>", want: "/Font /Subtype"},
	} {
		font := c.font
		if font == "" {
			font = fontDict
		}
		got, err := made(c.node, c.page, c.resources, c.annot, font)
		if err != nil || c.want == "" && len(got) > 0 || c.want != "" && !slices.Contains(got, c.want) {
			t.Errorf("%+v: %v, %v", c, got, err)
		}
	}
	if got, err := made("", "/MediaBox[1 0 10 9]", "", "", fontDict); err != nil || !slices.Contains(got, "/MediaBox") {
		t.Errorf("a sheet that begins elsewhere: %v, %v", got, err)
	}
	for _, bad := range []string{"7", "<</Subtype/Type0/DescendantFonts 9 0 R>>", strings.Replace(fontDict, "<</FontName/A>>", "8 0 R", 1)} {
		if got, err := made("", "", "", "", bad); err == nil {
			t.Errorf("font %s: no error, %v", bad, got)
		}
	}
}
