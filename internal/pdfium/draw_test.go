//go:build amd64 || arm64

package pdfium

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"slices"
	"testing"
	"unicode/utf16"
)

// drawing is a PDF file as a test draws it: objects by number. 1 is the catalog, 2 the pages, 3 a font.
type drawing struct {
	objects map[int]string
	pages   []int
	trailer string
}

// newDrawing has a font F1 whose letters are those of Latin, half as wide as high.
func newDrawing() *drawing {
	d := &drawing{objects: map[int]string{}}
	d.objects[3] = "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>"
	return d
}

// stream is an object with a body.
func stream(dict, body string) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(body), body)
}

// add appends an object and returns its number.
func (d *drawing) add(object string) int {
	n := max(3, slices.Max(append(d.numbers(), 0))) + 1
	d.objects[n] = object
	return n
}

func (d *drawing) numbers() []int {
	var out []int
	for n := range d.objects {
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

// page appends a page: more of its dictionary, more of its resources, what is drawn.
func (d *drawing) page(more, resources, content string) {
	c := d.add(stream("", content))
	d.pages = append(d.pages, d.add(fmt.Sprintf("<</Type/Page/Parent 2 0 R/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>%s>>%s>>", c, resources, more)))
}

// a4 is the size of a page.
const a4 = "/MediaBox[0 0 600 800]"

// file is the whole file.
func (d *drawing) file() []byte {
	d.objects[1] = "<</Type/Catalog/Pages 2 0 R>>"
	kids := ""
	for _, p := range d.pages {
		kids += fmt.Sprintf("%d 0 R ", p)
	}
	d.objects[2] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids, len(d.pages))
	return write(d.objects, d.trailer)
}

// write is a file of objects with a plain table.
func write(objects map[int]string, trailer string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	at, most := map[int]int{}, 0
	for n := range objects {
		most = max(most, n)
	}
	for n := 1; n <= most; n++ {
		if objects[n] != "" {
			at[n] = b.Len()
			fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", n, objects[n])
		}
	}
	x := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", most+1)
	for n := 1; n <= most; n++ {
		kind := "n"
		if at[n] == 0 {
			kind = "f"
		}
		fmt.Fprintf(&b, "%010d 00000 %s \n", at[n], kind)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n", most+1, trailer, x)
	return b.Bytes()
}

// chinese adds a font F2 without a program, whose codes are letters of Unicode.
func (d *drawing) chinese() string {
	ranges := ""
	for high := 0x4E; high <= 0x9F; high++ {
		ranges += fmt.Sprintf("<%02X00> <%02XFF> <%02X00>\n", high, high, high)
	}
	toUnicode := d.add(stream("", "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName/U def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n83 beginbfrange\n<0000> <00FF> <0000>\n"+ranges+"endbfrange endcmap end end"))
	descriptor := d.add("<</Type/FontDescriptor/FontName/SimHei/Flags 4/FontBBox[0 -140 1000 860]/Ascent 860/Descent -140/CapHeight 700/StemV 80/ItalicAngle 0>>")
	inner := d.add(fmt.Sprintf("<</Type/Font/Subtype/CIDFontType2/BaseFont/SimHei/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %d 0 R/DW 1000>>", descriptor))
	return fmt.Sprintf("/Font<</F1 3 0 R/F2 %d 0 R>>", d.add(fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/SimHei/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>", inner, toUnicode)))
}

// codes are letters as that font has them.
func codes(text string) string {
	out := "<"
	for _, u := range utf16.Encode([]rune(text)) {
		out += fmt.Sprintf("%04X", u)
	}
	return out + ">"
}

// open starts nothing: the engine is one for all tests.
func open(t testing.TB, raw []byte) *File {
	t.Helper()
	f, err := engine(t).Open("a.pdf", raw)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Close)
	return f
}

// first is the first page of a file.
func first(t testing.TB, raw []byte) *Page {
	t.Helper()
	p, err := open(t, raw).Page(1)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// text is what the glyphs of a page say, in their order.
func text(p *Page) string {
	var out []rune
	for _, g := range p.Glyphs {
		out = append(out, g.Rune)
	}
	return string(out)
}

// picture is a picture of a page.
func picture(t *testing.T, raw []byte) image.Image {
	t.Helper()
	m, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return m
}
