package pdf

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/adler32"
	"io"
	"maps"
	"math"
	"regexp"
	"slices"
	"testing"
	"unicode/utf8"

	"yusuan/internal/deflate"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/page"
)

// TestFonts holds that the widths that the file states are those of its font files, within the one unit of ISO 19005-3,
// 6.2.11.5, that each font file can be read, and that its glyphs have the left side bearings that their outlines have: a
// reader would draw them shifted otherwise.
func TestFonts(t *testing.T) {
	fonts := slices.Collect(maps.Values(parseFile(t, write(t, sample(t))).fonts()))
	fonts = slices.AppendSeq(fonts, maps.Values(parseFile(t, write(t, gapped(t))).fonts()))
	for _, f := range fonts {
		if !regexp.MustCompile(`^[A-Z]{6}\+[A-Za-z0-9-]+$`).MatchString(f.name) {
			t.Errorf("font name %s", f.name)
		}
		upm := int(f.file[tableAt(t, f.file, "head")+18])<<8 | int(f.file[tableAt(t, f.file, "head")+19])
		hmtx, glyf, loca := tableAt(t, f.file, "hmtx"), tableAt(t, f.file, "glyf"), tableAt(t, f.file, "loca")
		long := f.file[tableAt(t, f.file, "head")+51] == 1
		record := func(gid int) []byte {
			if !long {
				return f.file[glyf+2*int(binary.BigEndian.Uint16(f.file[loca+2*gid:])) : glyf+2*int(binary.BigEndian.Uint16(f.file[loca+2*gid+2:]))]
			}
			return f.file[glyf+int(binary.BigEndian.Uint32(f.file[loca+4*gid:])) : glyf+int(binary.BigEndian.Uint32(f.file[loca+4*gid+4:]))]
		}
		shifted := 0
		for cid, text := range f.unicode {
			if utf8.RuneCountInString(text) != 1 {
				t.Errorf("%s: CID %d stands for %q", f.name, cid, text)
			}
			advance := int(f.file[hmtx+4*f.gid(cid)])<<8 | int(f.file[hmtx+4*f.gid(cid)+1])
			if d := float64(f.width(cid)) - float64(advance)*1000/float64(upm); math.Abs(d) > 0.501 {
				t.Errorf("%s: %q is %d wide, in the font file %d/%d", f.name, text, f.width(cid), advance, upm)
			}
			bearing := int16(binary.BigEndian.Uint16(f.file[hmtx+4*f.gid(cid)+2:]))
			if rec := record(f.gid(cid)); len(rec) >= 10 {
				if left := int16(binary.BigEndian.Uint16(rec[2:])); left != bearing {
					t.Errorf("%s: %q begins %d right of its origin, its bearing says %d", f.name, text, left, bearing)
				}
				if bearing != 0 {
					shifted++
				}
			}
		}
		if shifted == 0 {
			t.Errorf("%s: no glyph stands apart from its origin; nothing was tried", f.name)
		}
	}
}

// TestCommonPieces holds that a font with common pieces is the file that its parts make up, and that every character
// finds its glyph in it.
func TestCommonPieces(t *testing.T) {
	face := family(t, "仿宋").Pick('预')
	piece := face.Pieces()[1]
	b := newBuilder(t)
	b.page(500_000, 500_000, "1")
	elem := b.elem(page.Elem{Kind: page.KindP})
	most := string(piece.Runes[:3*len(piece.Runes)/4])
	b.text("仿宋", 10_000, 0, 100_000, 0, elem, "鑫"+most+"淼") // 鑫 and 淼 are in no piece
	file := write(t, b.d)
	CheckShown(t, b.d, file)

	glyphs := []font.GlyphID{face.Glyph('鑫'), face.Glyph('淼')}
	whole, split := face.AppendSubset(nil, []*font.Piece{piece}, glyphs)
	packed, _, _ := piece.Packed(new(deflate.Stream).Piece)
	data, _ := io.ReadAll(flate.NewReader(bytes.NewReader(packed))) // the part has no end, which is an error at the end
	want := slices.Concat(whole[:split], data, whole[split:])
	fonts := parseFile(t, file).fonts()
	f := fonts["F1"]
	if len(fonts) != 1 || !bytes.Equal(f.file, want) {
		t.Fatalf("%d fonts; the font file has %d bytes, want %d", len(fonts), len(f.file), len(want))
	}
	for cid, text := range f.unicode {
		want := slices.Index(piece.Runes, []rune(text)[0]) + 1
		switch text {
		case "鑫":
			want = len(piece.Runes) + 1
		case "淼":
			want = len(piece.Runes) + 2
		}
		if f.gid(cid) != want {
			t.Errorf("%s is glyph %d, want %d", text, f.gid(cid), want)
		}
	}
	b.d.Pages[0].Texts = nil
	b.text("仿宋", 10_000, 0, 100_000, 0, elem, string(piece.Runes[:len(piece.Runes)/2])+"鑫")
	if f := parseFile(t, write(t, b.d)).fonts()["F1"]; f.toGID != nil {
		t.Error("half a piece is carried as a whole one")
	}
}

func TestJoinAdler(t *testing.T) {
	text := bytes.Repeat([]byte("预算\xFF\xFE\x00"), 30_000)
	for _, at := range []int{0, 1, 5551, 70_000, len(text)} {
		got := joinAdler(adler32.Checksum(text[:at]), adler32.Checksum(text[at:]), len(text)-at)
		if want := adler32.Checksum(text); got != want {
			t.Errorf("cut at %d: %08x, want %08x", at, got, want)
		}
	}
}

func tableAt(t *testing.T, file []byte, tag string) int {
	t.Helper()
	for i := range int(file[5]) {
		if rec := file[12+16*i:]; string(rec[:4]) == tag {
			return int(rec[8])<<24 | int(rec[9])<<16 | int(rec[10])<<8 | int(rec[11])
		}
	}
	t.Fatalf("no table %s", tag)
	return 0
}
