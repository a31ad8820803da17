package font_test

import (
	"encoding/binary"
	"hash/adler32"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"yusuan/fonts"
	"yusuan/internal/typeset/font"
)

func read(t testing.TB, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "fonts", file))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func parse(t testing.TB, file string) *font.Face {
	t.Helper()
	face, err := font.Parse("", read(t, file))
	if err != nil {
		t.Fatal(err)
	}
	return face
}

func outline(f *font.Face, g font.GlyphID) font.Outline {
	var o font.Outline
	f.AppendOutline(&o, g)
	return o
}

func TestMetrics(t *testing.T) {
	for file, want := range map[string]font.Metrics{
		"LiberationSerif-Bold.ttf": {Ascent: 891, Descent: -216, CapHeight: 655, XMin: -544, YMin: -303, XMax: 1344, YMax: 1008,
			Weight: 700, UnitsPerEm: 2048},
		"gkai00mp.ttf": {Ascent: 879, Descent: -120, CapHeight: 879, XMin: 0, YMin: -121, XMax: 1000, YMax: 879,
			Weight: 400, FSType: 4, UnitsPerEm: 1024},
	} {
		if got := parse(t, file).Metrics(); got != want {
			t.Errorf("%s: %+v, want %+v", file, got, want)
		}
	}
}

func TestGlyphs(t *testing.T) {
	noto, liberation := parse(t, "NotoSerifSC-Regular.ttf"), parse(t, "LiberationSerif-Regular.ttf")
	for _, c := range []struct {
		face  *font.Face
		char  rune
		width int
	}{
		{noto, '预', 1000}, {noto, '\U0002CB4E', 1000}, {noto, '—', 890}, {noto, '\U0010FFFF', 0}, {noto, -1, 0}, {noto, 0x110000, 0},
		{liberation, '0', 500}, {liberation, 'A', 722}, {liberation, 'a', 444}, {liberation, '预', 0}, {liberation, 0xFFFF, 0},
	} {
		if got := c.face.RuneAdvance(c.char); got != c.width {
			t.Errorf("%s: %U is %d wide, want %d", c.face.Name(), c.char, got, c.width)
		}
	}
	if got := noto.Advance(65535); got < 0 || got > 3000 {
		t.Errorf("a glyph that is not there is %d wide", got)
	}
}

// subset is a subset without pieces.
func subset(f *font.Face, glyphs []font.GlyphID) []byte {
	file, _ := f.AppendSubset(nil, nil, glyphs)
	return file
}

// TestSubset reads subsets back: the same outlines and advances under the new numbers, for every kind of glyph.
func TestSubset(t *testing.T) {
	for file, text := range map[string]string{
		"NotoSerifSC-Regular.ttf":     "预算法，·-\u00AD\U0002CB4E\U0002CC56—预预",
		"LiberationSerif-Regular.ttf": "0123 AÀÉéüä½ŵ", // with composite glyphs
		"gkai00mp.ttf":                "楷体一２",
		"FandolFang-Regular.ttf":      "仿宋预算",
	} {
		face := parse(t, file)
		var glyphs []font.GlyphID
		for _, r := range text {
			if g := face.Glyph(r); g != 0 {
				glyphs = append(glyphs, g)
			}
		}
		data := withCmap(subset(face, glyphs))
		sub, err := font.Parse("subset", data)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if metrics := int(binary.BigEndian.Uint16(table(data, "hhea")[34:])); metrics != int(binary.BigEndian.Uint16(table(data, "maxp")[4:])) {
			t.Errorf("%s: %d metrics", file, metrics)
		}
		for i, g := range append([]font.GlyphID{0}, glyphs...) {
			id := font.GlyphID(i)
			if face.Advance(g) != sub.Advance(id) {
				t.Errorf("%s: glyph %d is %d wide, %d in the subset", file, g, face.Advance(g), sub.Advance(id))
			}
			a, b := outline(face, g), outline(sub, id)
			if !slices.Equal(a.Points, b.Points) || !slices.Equal(a.Ends, b.Ends) {
				t.Errorf("%s: glyph %d has another outline in the subset", file, g)
			}
		}
	}
}

// TestWidened wants glyphs of other widths with the outlines that they have, and the parts of composite ones as they are.
func TestWidened(t *testing.T) {
	face := parse(t, "LiberationSerif-Regular.ttf")
	e, accented := face.Glyph('e'), face.Glyph('é') // which is made of e, and as wide
	data, _ := face.AppendWidened(nil, nil, []font.GlyphID{e, accented, e, accented}, []int{0, 0, 3750})
	sub, err := font.Parse("subset", withCmap(data))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{face.Advance(e), face.Advance(accented), 3750, face.Advance(accented)} {
		if got := sub.Advance(font.GlyphID(i + 1)); got != want {
			t.Errorf("glyph %d is %d wide, want %d", i+1, got, want)
		}
	}
	if a, b := outline(sub, 1), outline(sub, 3); !slices.Equal(a.Points, b.Points) || len(a.Points) == 0 {
		t.Error("a wider glyph has another outline")
	}
	size := func(g int) int { // of a glyph's record
		loca := table(data, "loca")
		return 2 * (int(binary.BigEndian.Uint16(loca[2*g+2:])) - int(binary.BigEndian.Uint16(loca[2*g:])))
	}
	if size(3) != 16 || size(1) <= 16 {
		t.Errorf("e takes %d bytes, the wider e %d: it is no copy by reference", size(1), size(3))
	}
	for at, least := range map[int]uint16{28: 1, 30: 1, 10: binary.BigEndian.Uint16(table(data, "maxp")[6:])} {
		if have := binary.BigEndian.Uint16(table(data, "maxp")[at:]); have < least {
			t.Errorf("maxp states %d at %d, which a copy exceeds", have, at)
		}
	}
	if widest := int(binary.BigEndian.Uint16(table(data, "hhea")[10:])); widest < 3750*2048/1000 {
		t.Errorf("no glyph is said to be wider than %d units", widest)
	}
}

// TestCopiesAreAllowed: a face without composite glyphs states that it has some once copies are.
func TestCopiesAreAllowed(t *testing.T) {
	face := parse(t, "FandolFang-Regular.ttf")
	g := face.Glyph('预')
	own, _ := face.AppendWidened(nil, nil, []font.GlyphID{g}, nil)
	data, _ := face.AppendWidened(nil, nil, []font.GlyphID{g, g}, []int{0, 1250})
	for at, least := range map[int]uint16{28: 1, 30: 1, 10: binary.BigEndian.Uint16(table(own, "maxp")[6:]), 12: binary.BigEndian.Uint16(table(own, "maxp")[8:])} {
		before, now := binary.BigEndian.Uint16(table(own, "maxp")[at:]), binary.BigEndian.Uint16(table(data, "maxp")[at:])
		if before >= least || now < least {
			t.Errorf("maxp states %d at %d, and with a copy %d, which takes %d", before, at, now, least)
		}
	}
}

// TestPieces holds that a subset with pieces, put together, is a font with the right glyphs under the right numbers.
func TestPieces(t *testing.T) {
	l, err := fonts.Library()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"FandolFang-Regular", "NotoSerifSC-Regular", "GBZenKai-Medium"} {
		face, _ := l.Face(name)
		pieces := face.Pieces()
		if len(pieces) < 8 {
			t.Fatalf("%s has %d pieces", name, len(pieces))
		}
		pieces = []*font.Piece{pieces[2], pieces[0]}
		rest := []font.GlyphID{face.Glyph('鑫'), face.Glyph('鑫'), face.Glyph('，')}
		data, split := face.AppendSubset([]byte("before"), pieces, rest)
		whole := slices.Clone(data[len("before"):split])
		order := []font.GlyphID{0}
		for _, p := range pieces {
			raw, sum, n := p.Packed(func(data []byte) []byte { return data })
			if sum != adler32.Checksum(raw) || n != len(raw) {
				t.Errorf("%s: the sum or the length of a piece is wrong", name)
			}
			whole = append(whole, raw...)
			for _, r := range p.Runes {
				order = append(order, face.Glyph(r))
			}
		}
		whole = append(whole, data[split:]...)
		sub, err := font.Parse("subset", withCmap(whole))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if sum := fileSum(whole); sum != 0xB1B0AFBA {
			t.Errorf("%s: the file's checksum is %08X", name, sum)
		}
		for i, g := range append(order, rest...) {
			a, b := outline(face, g), outline(sub, font.GlyphID(i))
			if !slices.Equal(a.Points, b.Points) || !slices.Equal(a.Ends, b.Ends) || face.Advance(g) != sub.Advance(font.GlyphID(i)) {
				t.Fatalf("%s: glyph %d is another in the subset", name, g)
			}
		}
	}
	if latin, _ := l.Face("LiberationSerif"); len(latin.Pieces()) > 0 {
		t.Errorf("a Latin face has %d pieces of Chinese", len(latin.Pieces()))
	}
}

// fileSum is the sum of a font file's words, which its head adjusts to a fixed number.
func fileSum(b []byte) (sum uint32) {
	for ; len(b) >= 4; b = b[4:] {
		sum += binary.BigEndian.Uint32(b)
	}
	return sum
}

// TestSubsetLeavesFontAlone holds that the bytes of the font stay as they are and that goroutines may share a face.
func TestSubsetLeavesFontAlone(t *testing.T) {
	data := read(t, "NotoSansSC-Medium.ttf")
	before := slices.Clone(data)
	face, err := font.Parse("", data)
	if err != nil {
		t.Fatal(err)
	}
	want := subset(face, []font.GlyphID{5, 9000, 9790, 5})
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if !slices.Equal(subset(face, []font.GlyphID{5, 9000, 9790, 5}), want) {
				t.Error("another subset of the same glyphs")
			}
		})
	}
	group.Wait()
	if !slices.Equal(data, before) {
		t.Error("the font's bytes were changed")
	}
}

// TestSubsetForOthers has FreeType's reader, fontTools, look at a subset, where it is installed.
func TestSubsetForOthers(t *testing.T) {
	face := parse(t, "LiberationSerif-Regular.ttf")
	var glyphs []font.GlyphID
	for _, r := range "AÀÉ预0" {
		if g := face.Glyph(r); g != 0 {
			glyphs = append(glyphs, g)
		}
	}
	file := filepath.Join(t.TempDir(), "subset.ttf")
	if err := os.WriteFile(file, subset(face, glyphs), 0o600); err != nil {
		t.Fatal(err)
	}
	const script = `
import sys
from fontTools.ttLib import TTFont
f = TTFont(sys.argv[1], checkChecksums=2)
for tag in f.keys():
    f[tag]
for g in f.getGlyphOrder():
    f["glyf"][g].expand(f["glyf"])
print(f["maxp"].numGlyphs)
`
	if exec.Command("python3", "-c", "import fontTools").Run() != nil {
		t.Skip("fontTools is not installed")
	}
	if out, err := exec.Command("python3", "-c", script, file).CombinedOutput(); err != nil {
		t.Errorf("fontTools: %v\n%s", err, out)
	}
}

func table(data []byte, tag string) []byte {
	for i := range int(binary.BigEndian.Uint16(data[4:])) {
		if rec := data[12+16*i:]; string(rec[:4]) == tag {
			at := binary.BigEndian.Uint32(rec[8:])
			return data[at : at+binary.BigEndian.Uint32(rec[12:])]
		}
	}
	return nil
}

// withCmap adds the two tables that a subset for a PDF goes without and Parse wants.
func withCmap(data []byte) []byte {
	cmap := []byte{0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12, 0, 4, 0, 24, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 0, 1, 0, 0}
	post := make([]byte, 32)
	n := int(binary.BigEndian.Uint16(data[4:]))
	out := slices.Clone(data[:12+16*n])
	binary.BigEndian.PutUint16(out[4:], uint16(n+2))
	for i := range n { // the tables move back by two records
		at := out[12+16*i+8:]
		binary.BigEndian.PutUint32(at, binary.BigEndian.Uint32(at)+32)
	}
	body := slices.Clone(data[12+16*n:])
	for _, t := range []struct {
		tag  string
		data []byte
	}{{"cmap", cmap}, {"post", post}} {
		out = append(out, t.tag...)
		out = binary.BigEndian.AppendUint32(out, 0)
		out = binary.BigEndian.AppendUint32(out, uint32(12+16*(n+2)+len(body)))
		out = binary.BigEndian.AppendUint32(out, uint32(len(t.data)))
		body = append(body, t.data...)
	}
	return append(out, body...)
}

// patched returns a copy of a font with some bytes of a table changed.
func patched(t *testing.T, file, tag string, at int, values ...byte) []byte {
	t.Helper()
	data := slices.Clone(read(t, file))
	copy(table(data, tag)[at:], values)
	return data
}

func TestRefusals(t *testing.T) {
	const file = "NotoSansSymbols2-Subset.ttf"
	data := read(t, file)
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"nothing", nil, "too short"},
		{"text", []byte("name = \"预算\" # no font"), "not a TrueType font"},
		{"CFF", []byte("OTTO\x00\x00\x00\x00\x00\x00\x00\x00"), "CFF"},
		{"collection", []byte("ttcf\x00\x00\x00\x00\x00\x00\x00\x00"), "TTC"},
		{"directory only", data[:100], "cut off"},
		{"half", data[:len(data)/2], "beyond the end"},
		{"restricted", patched(t, file, "OS/2", 8, 0, 2), "禁止嵌入"},
		{"no subsetting", patched(t, file, "OS/2", 8, 1, 0), "只嵌入用到的字"},
		{"bitmaps only", patched(t, file, "OS/2", 8, 2, 0), "只许嵌入点阵"},
		{"units", patched(t, file, "head", 18, 0, 1), "units per em"},
		{"glyph count", patched(t, file, "maxp", 4, 0x7F, 0xFF), `"hmtx"`},
		{"metric count", patched(t, file, "hhea", 34, 0, 0), "horizontal metrics"},
		{"locations", patched(t, file, "loca", 2, 0xFF, 0xFF), `"glyf"`},
		{"character map", patched(t, file, "cmap", 8, 0x7F, 0xFF), `"cmap"`},
	} {
		if _, err := font.Parse("", c.data); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one about %s", c.name, err, c.want)
		}
	}
}

// TestDamage changes single bytes all over fonts with simple and with composite glyphs: each gives an error or a face
// that can be used.
func TestDamage(t *testing.T) {
	liberation := parse(t, "LiberationSerif-Regular.ttf")
	for _, data := range [][]byte{
		read(t, "NotoSansSymbols2-Subset.ttf"),
		withCmap(subset(liberation, []font.GlyphID{liberation.Glyph('A'), liberation.Glyph('À'), liberation.Glyph('ŵ')})),
	} {
		for at := range data {
			for _, value := range []byte{0, 1, 0x7F, 0xFF} {
				damaged := slices.Clone(data)
				damaged[at] = value
				if face, err := font.Parse("", damaged); err == nil {
					use(t, face)
				}
			}
		}
	}
}

// use does with a face all that the program does.
func use(t *testing.T, face *font.Face) {
	var glyphs []font.GlyphID
	var o font.Outline
	for r := rune(0); r < 0x3000; r += 7 {
		if g := face.Glyph(r); g != 0 && len(glyphs) < 20 {
			glyphs = append(glyphs, g)
		}
	}
	glyphs = append(glyphs, 1, 2, 2, 3)
	for _, g := range glyphs {
		face.Advance(g)
		face.AppendOutline(&o, g)
	}
	for i, end := range o.Ends {
		if end > len(o.Points) || i > 0 && end < o.Ends[i-1] {
			t.Fatalf("contour %d ends at %d of %d", i, end, len(o.Points))
		}
	}
	subset(face, glyphs)
}

// FuzzParse holds that no font file makes the reader panic or run on.
func FuzzParse(f *testing.F) {
	data := read(f, "NotoSansSymbols2-Subset.ttf")
	f.Add(data)
	f.Add(subset(parse(f, "LiberationSerif-Regular.ttf"), []font.GlyphID{36, 100, 120}))
	f.Add(withCmap(subset(parse(f, "LiberationSerif-Regular.ttf"), []font.GlyphID{36, 100, 120})))
	f.Add([]byte("OTTO"))
	f.Fuzz(func(t *testing.T, data []byte) {
		before := slices.Clone(data)
		face, err := font.Parse("", data)
		if err != nil {
			return
		}
		use(t, face)
		if !slices.Equal(data, before) {
			t.Fatal("the font's bytes were changed")
		}
	})
}

func TestManifestErrors(t *testing.T) {
	open := func(string) ([]byte, error) { return nil, os.ErrNotExist }
	const face = "[[face]]\nname = \"a\"\nfile = \"a.ttf\"\n"
	for _, c := range []struct{ manifest, want string }{
		{"x = ", "manifest"},
		{"colour = 1", "unknown key colour"},
		{face + face, "twice"},
		{"[[role]]\nname = \"r\"\nface = \"a\"\nchain = [{ face = \"a\" }]", `no face "a"`},
		{face + "[[role]]\nname = \"r\"\nface = \"a\"\nchain = [{ face = \"a\", chars = \"han\" }]", `no ranges "han"`},
		{"[ranges]\nhan = \"U+XYZ\"\n" + face + "[[role]]\nname = \"r\"\nface = \"a\"\nchain = [{ face = \"a\", chars = \"han\" }]", "XYZ"},
		{"[ranges]\nhan = \"U+4E00-9FFF U+3400\"\n" + face + "[[role]]\nname = \"r\"\nface = \"a\"\nchain = [{ face = \"a\", chars = \"han\" }]", "ascend at U+3400"},
	} {
		if _, err := font.Load(c.manifest, open, nil); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: error %v, want one about %s", c.manifest, err, c.want)
		}
	}
}

func TestChain(t *testing.T) {
	l, err := fonts.Library()
	if err != nil {
		t.Fatal(err)
	}
	family, ok := l.Family("仿宋")
	if !ok {
		t.Fatal("no 仿宋")
	}
	for _, c := range []struct {
		char rune
		face string
	}{
		{'0', "YusuanSerifLight-Regular"}, {'-', "YusuanSerifLight-Regular"}, {'预', "FandolFang-Regular"}, {'“', "FandolFang-Regular"},
		{'…', "NotoSerifSC-Regular"}, {'￥', "NotoSerifSC-Regular"}, {'·', "GBZenKai-Medium"}, {'\U0002CB4E', "YusuanFangFallback"}, {'☑', "NotoSansSymbols2-Regular"},
	} {
		face := family.Pick(c.char)
		if face == nil || face.Name() != c.face {
			t.Errorf("%c does not come from %s", c.char, c.face)
		}
	}
	if got := string(family.Missing("预\U0001F600算\U0001F600")); got != "\U0001F600" {
		t.Errorf("missing: %q", got)
	}
	if got := family.Chain()[0]; got.Face != "YusuanSerifLight-Regular" || !strings.HasPrefix(got.Chars, "U+0020-007E U+00A0 ") {
		t.Errorf("chain begins with %+v", got)
	}
}

// TestDrawing holds that a family draws a character as its chain says, whether it was asked before or not.
func TestDrawing(t *testing.T) {
	l, err := fonts.Library()
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range l.Roles() {
		family, _ := l.Family(role)
		for _, r := range "0预“…￥·☑\n\U0002CB4E\U0001F600\uFFFD\U0010FFFF" {
			for _, when := range []string{"first", "again"} {
				face, id := family.Find(r)
				d := family.Drawing(r)
				switch {
				case face == nil:
					if d.Face() >= 0 {
						t.Errorf("%s, %s: %U is drawn by face %d, though none has it", role, when, r, d.Face())
					}
				case d.Face() < 0 || family.Face(d.Face()) != face || d.Advance() != face.Advance(id):
					t.Errorf("%s, %s: %U by face %d, %d wide; want %s, %d", role, when, r, d.Face(), d.Advance(), face.Name(), face.Advance(id))
				}
				if known := family.Known(r); r < 0x10000 && known != d || r >= 0x10000 && known != 0 {
					t.Errorf("%s, %s: %U known as %x, not as %x", role, when, r, known, d)
				}
			}
		}
	}
	fixed := font.NewFixed("x", func(rune) int { return 40000 })
	if got := fixed.Drawing('x').Advance(); got != 32767 {
		t.Errorf("a glyph wider than any: %d", got)
	}
}

func BenchmarkParse(b *testing.B) {
	data := read(b, "NotoSerifSC-Regular.ttf")
	for b.Loop() {
		if _, err := font.Parse("", data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := fonts.Library(); err != nil {
			b.Fatal(err)
		}
	}
}
