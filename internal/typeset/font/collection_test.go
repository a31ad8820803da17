package font_test

import (
	"bytes"
	"encoding/binary"
	"slices"
	"testing"

	"yusuan/internal/typeset/font"
)

// collection puts fonts into one file.
func collection(fonts ...[]byte) []byte {
	out := append([]byte("ttcf\x00\x01\x00\x00"), 0, 0, 0, byte(len(fonts)))
	at := len(out) + 4*len(fonts)
	for _, f := range fonts {
		out = binary.BigEndian.AppendUint32(out, uint32(at))
		at += len(f)
	}
	for _, f := range fonts {
		begun := uint32(len(out))
		out = append(out, f...)
		for i := range int(binary.BigEndian.Uint16(f[4:])) {
			rec := out[int(begun)+12+16*i+8:]
			binary.BigEndian.PutUint32(rec, binary.BigEndian.Uint32(rec)+begun)
		}
	}
	return out
}

func TestCutFace(t *testing.T) {
	for written, want := range map[string][2]string{
		"simsun.ttc#宋体":    {"simsun.ttc", "宋体"},
		`C:\Fonts\A.TTC#x`: {`C:\Fonts\A.TTC`, "x"},
		"a#1.ttc#SimSun":   {"a#1.ttc", "SimSun"},
		"a#1.ttf":          {"a#1.ttf", ""},
		"simsun.ttc":       {"simsun.ttc", ""},
	} {
		if file, face := font.CutFace(written); [2]string{file, face} != want {
			t.Errorf("%s: %q, %q", written, file, face)
		}
	}
}

// TestCollection holds that each face of a collection is read as it is from a file of its own, by any of its names.
func TestCollection(t *testing.T) {
	symbols, serif := read(t, "NotoSansSymbols2-Subset.ttf"), read(t, "YusuanSerifFallback-Regular.ttf")
	data := collection(symbols, serif)
	if all, err := font.Faces(bytes.NewReader(data)); err != nil || len(all) != 2 || !slices.Contains(all[1], "YusuanSerifFallback-Regular") {
		t.Errorf("faces %q, %v", all, err)
	}
	for name, want := range map[string]string{"yusuan serif fallback regular": "YusuanSerifFallback-Regular", "NotoSansSymbols2-Regular": "NotoSansSymbols2-Regular"} {
		face, err := font.ParseFace(data, name)
		if err != nil || face.Name() != want {
			t.Errorf("%s: %v, %v", name, face, err)
			continue
		}
		alone := parse(t, map[string]string{"YusuanSerifFallback-Regular": "YusuanSerifFallback-Regular.ttf", "NotoSansSymbols2-Regular": "NotoSansSymbols2-Subset.ttf"}[want])
		for _, r := range "⁰₂あ☑" {
			if a, b := outline(face, face.Glyph(r)), outline(alone, alone.Glyph(r)); face.RuneAdvance(r) != alone.RuneAdvance(r) || !slices.Equal(a.Points, b.Points) {
				t.Errorf("%c of %s is another than that of its own file", r, want)
			}
		}
	}
	for _, name := range []string{"", "SimSun"} {
		if _, err := font.ParseFace(data, name); err == nil {
			t.Errorf("%q names one of two faces", name)
		}
	}
	if face, err := font.ParseFace(collection(symbols), ""); err != nil || face.Name() != "NotoSansSymbols2-Regular" {
		t.Errorf("the only face of a collection: %v", err)
	}
}

// TestDamagedCollection changes single bytes of a collection: each gives an error or faces that can be used.
func TestDamagedCollection(t *testing.T) {
	data := collection(read(t, "NotoSansSymbols2-Subset.ttf"))
	for at := range len(data) {
		if at > 400 && at < len(data)-800 { // glyphs, of which TestDamage has its own
			continue
		}
		for _, value := range []byte{0, 1, 0x7F, 0xFF} {
			damaged := slices.Clone(data)
			damaged[at] = value
			_, _ = font.Faces(bytes.NewReader(damaged))
			if face, err := font.ParseFace(damaged, ""); err == nil {
				use(t, face)
			}
		}
	}
	for n := range 300 {
		_, _ = font.ParseFace(data[:n], "")
		_, _ = font.ParseFace(data[:n], "x")
	}
}
