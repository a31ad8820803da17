package ofd

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"yusuan/internal/deflate"
	"yusuan/internal/testofd"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// TestLengths: every length has a number of its own, from which it comes back.
func TestLengths(t *testing.T) {
	for l := unit.Length(-70000); l < 3000000; l += 7 {
		n := mm(l)
		back := (72*n + 127) / 254 // n·36/127, rounded
		if n < 0 {
			back = -((127 - 72*n) / 254)
		}
		if back != int64(l) {
			t.Fatalf("%v is %d, which is %d", l, n, back)
		}
		text := string(appendNumber(nil, n))
		if numbers(t, text)[0] != n || strings.Contains(text, ".") && strings.HasSuffix(text, "0") {
			t.Fatalf("%d is written %s", n, text)
		}
	}
}

// textObject is one as a reader takes it.
type textObject struct {
	Boundary string `xml:",attr"`
	CTM      string `xml:",attr"`
	Size     string `xml:",attr"`
	Glyphs   string `xml:"CGTransform>Glyphs"`
	Code     struct {
		X      string `xml:",attr"`
		Y      string `xml:",attr"`
		DeltaX string `xml:",attr"`
		Text   string `xml:",chardata"`
	} `xml:"TextCode"`
}

func textsOf(t *testing.T, raw []byte, name string) []textObject {
	t.Helper()
	var p struct {
		Texts []textObject `xml:"Content>Layer>TextObject"`
	}
	if err := xml.Unmarshal(entryOf(t, raw, name), &p); err != nil {
		t.Fatal(err)
	}
	return p.Texts
}

func entryOf(t *testing.T, raw []byte, name string) []byte {
	t.Helper()
	entries, err := testofd.Unpacked(raw)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(entries, func(e testofd.Entry) bool { return e.Name == name })
	if i < 0 {
		t.Fatalf("no entry %s", name)
	}
	return entries[i].Data
}

// numbers are those of an attribute, in ten-thousandths.
func numbers(t *testing.T, s string) (out []int64) {
	t.Helper()
	for _, f := range strings.Fields(s) {
		whole, part, _ := strings.Cut(f, ".")
		n, err := strconv.ParseInt(whole+(part + "0000")[:4], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, n)
	}
	return out
}

// placed is a glyph where it is on the sheet.
type placed struct {
	r    rune
	x, y int64
}

// glyphsOf are the glyphs of texts in their order.
func glyphsOf(t *testing.T, texts []textObject) (out []placed) {
	t.Helper()
	for i := range texts {
		o := &texts[i]
		box, steps := numbers(t, o.Boundary), numbers(t, o.Code.DeltaX)
		x, y := numbers(t, o.Code.X)[0], numbers(t, o.Code.Y)[0]
		for k, r := range []rune(o.Code.Text) {
			p := placed{r, box[0] + x, box[1] + y}
			if o.CTM != "" {
				m := numbers(t, o.CTM)
				p.x, p.y = box[0]+(m[0]*x+m[2]*y)/10000+m[4], box[1]+(m[1]*x+m[3]*y)/10000+m[5]
			}
			out = append(out, p)
			if k < len(steps) {
				x += steps[k]
			}
		}
	}
	return out
}

// TestPlaces: glyphs of all texts stand where the pages have them, upright and turned: the first of a text exactly, the others
// as the sum of the ways to them is rounded.
func TestPlaces(t *testing.T) {
	d := sample(t)
	raw, err := Write(d, Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	turned := 0
	for i := range d.Pages {
		p := &d.Pages[i]
		got := glyphsOf(t, textsOf(t, raw, fmt.Sprintf("Doc_0/Pages/Page_%d/Content.xml", i)))
		for k := range p.Texts {
			x := &p.Texts[k]
			at := x.X
			for n, r := range []rune(x.Text) {
				want := placed{r, mm(at), mm(x.Y)}
				if p.Turned && !x.Upright {
					turned++
					want.x, want.y = mm(x.Y), mm(p.Height-at)
				}
				if len(got) == 0 || got[0].r != r || abs(got[0].x-want.x) > 1 || abs(got[0].y-want.y) > 1 || n == 0 && got[0] != want {
					t.Fatalf("page %d, %q: %v, not %v", i+1, x.Text, got[:min(1, len(got))], want)
				}
				got, at = got[1:], at+x.Advances[n]
			}
		}
		if len(got) > 0 {
			t.Errorf("page %d: %d more glyphs", i+1, len(got))
		}
	}
	if turned < 50 {
		t.Errorf("%d turned characters", turned)
	}
}

func abs(n int64) int64 { return max(n, -n) }

// TestBeyondTheBasicPlane: such a character stands alone, with a blank glyph behind its own and no step.
func TestBeyondTheBasicPlane(t *testing.T) {
	raw, err := Write(sample(t), Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	seen := ""
	for _, o := range textsOf(t, raw, "Doc_0/Pages/Page_1/Content.xml") {
		runes := []rune(o.Code.Text)
		for _, r := range runes {
			if r > 0xFFFF {
				seen += string(r)
				if g := strings.Fields(o.Glyphs); len(runes) != 1 || len(g) != 2 || g[0] == g[1] || o.Code.DeltaX != "" {
					t.Errorf("%q by glyphs %s, steps %q", o.Code.Text, o.Glyphs, o.Code.DeltaX)
				}
			}
		}
	}
	if seen != "𬭎𬱟" {
		t.Errorf("saw %q", seen)
	}
}

// TestPackedAttachment: what was compressed for all documents is in the file as it is; what others compressed is not.
func TestPackedAttachment(t *testing.T) {
	d, z := sample(t), deflate.Stream{}
	f := &d.Files[0]
	z.Zlib(f.Data, deflate.Fast)
	plain, err := Write(d, Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	f.Packed, f.Sum = bytes.Clone(z.B), fmt.Sprintf("%x", sha256.Sum256(f.Data))
	packed, err := Write(d, Options{}, nil)
	if err != nil || !bytes.Equal(plain, packed) || !bytes.Contains(packed, f.Packed[2:len(f.Packed)-4]) {
		t.Fatalf("a file compressed and summed before makes another package: %v", err)
	}
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, 9)
	_, _ = io.WriteString(w, "something else")
	_ = w.Close()
	f.Packed = append([]byte("\x78\xDA"), b.Bytes()...)
	if other, err := Write(d, Options{}, nil); err != nil || !bytes.Equal(plain, other) {
		t.Errorf("a stream of another program is taken: %v", err)
	}
}

// TestSum: the sum in the first entry is what anybody makes of the others by sha256sum.
func TestSum(t *testing.T) {
	raw, err := Write(sample(t), Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	entries, err := testofd.Unpacked(raw)
	if err != nil {
		t.Fatal(err)
	}
	list := ""
	for _, e := range entries[1:] {
		list += fmt.Sprintf("%x  %s\n", sha256.Sum256(e.Data), e.Name)
	}
	sum := fmt.Sprintf("%x", sha256.Sum256([]byte(list)))
	for _, want := range []string{`Name="` + sumData + `">` + sum + "<", "<ofd:DocID>" + sum[:32] + "<"} {
		if !strings.Contains(string(entries[0].Data), want) {
			t.Errorf("%s is not in %s", want, entries[0].Data)
		}
	}
}

// TestRefused: what would not be in the file makes it fail.
func TestRefused(t *testing.T) {
	for name, c := range map[string]struct {
		breaks func(d *page.Document)
		says   string
	}{
		"control":  {func(d *page.Document) { d.Info.Title = "a\x01" }, "XML cannot hold"},
		"bytes":    {func(d *page.Document) { d.Bookmarks[0].Title = "\xFF" }, "XML cannot hold"},
		"alt":      {func(d *page.Document) { d.Elems[6].Label.Alt = "a\x0b" }, "XML cannot hold"},
		"advances": {func(d *page.Document) { d.Pages[0].Texts[0].Advances = nil }, "advances"},
		"size":     {func(d *page.Document) { d.Pages[0].Texts[0].Size = 0 }, "size"},
		"element":  {func(d *page.Document) { d.Pages[0].Texts[0].Elem = 9999 }, "9999"},
		"glyph": {func(d *page.Document) {
			d.Pages[0].Texts[0].Text = strings.Repeat("\u0E01", 3)
			d.Pages[0].Texts[0].Advances = make([]unit.Length, 3)
		}, "no glyph"},
		"path":      {func(d *page.Document) { d.Pages[1].Paths[0].Segments[0].Step = page.Line }, "move"},
		"twice":     {func(d *page.Document) { d.Files[1].Name = d.Files[0].Name }, "two attached files"},
		"kind":      {func(d *page.Document) { d.Elems[2].Kind = page.NoKind }, "kind"},
		"draft":     {func(d *page.Document) { d.Info.Draft = "草稿" }, "no document"},
		"no pages":  {func(d *page.Document) { d.Pages = nil }, "pages"},
		"faceless":  {func(d *page.Document) { d.Pages[0].Texts[0].Face = nil }, "outlines"},
		"elsewhere": {func(d *page.Document) { d.Pages[0].Links[0].Page = 99 }, "page 100"},
	} {
		d := sample(t)
		c.breaks(d)
		if _, err := Write(d, Options{}, nil); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestNoClaims: a draft says what it is and claims nothing for archives.
func TestNoClaims(t *testing.T) {
	for _, notice := range []bool{false, true} {
		d := sample(t)
		d.Files = nil
		if d.Info.Draft = "草稿"; notice {
			d.Info.Draft, d.Info.Notice = "", "草稿"
		}
		raw, err := Write(d, Options{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range testofd.Check(raw, testofd.Options{Plain: true}) {
			t.Error(f)
		}
		first := string(entryOf(t, raw, "OFD.xml"))
		if strings.Contains(first, "OFD-A") || !strings.Contains(first, `Name="`+kindData+`">草稿<`) || strings.Contains(first, "<ofd:Title>草稿") == notice {
			t.Errorf("notice %v: %s", notice, first)
		}
	}
}
