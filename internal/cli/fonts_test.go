package cli

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

var be = binary.BigEndian

// renamed is a font of the program's that calls itself by other names, which Windows keeps by language: English, Chinese.
func renamed(t *testing.T, file, english, chinese string) []byte {
	t.Helper()
	data, err := os.ReadFile("../../fonts/" + file)
	if err != nil {
		t.Fatal(err)
	}
	records, texts := []byte{}, []byte{}
	n := 0
	for _, x := range []struct {
		language, kind uint16
		name           string
	}{{0x409, 2, "Regular"}, {0x409, 4, english}, {0x409, 6, english}, {0x804, 4, chinese}} {
		at := len(texts)
		for _, u := range utf16.Encode([]rune(x.name)) {
			texts = be.AppendUint16(texts, u)
		}
		for _, v := range []uint16{3, 1, x.language, x.kind, uint16(len(texts) - at), uint16(at)} {
			records = be.AppendUint16(records, v)
		}
		n++
	}
	table := be.AppendUint16(be.AppendUint16(be.AppendUint16(nil, 0), uint16(n)), uint16(6+len(records)))
	table = slices.Concat(table, records, texts)
	for i := range int(be.Uint16(data[4:])) {
		if rec := data[12+16*i:]; string(rec[:4]) == "name" {
			be.PutUint32(rec[8:], uint32(len(data)))
			be.PutUint32(rec[12:], uint32(len(table)))
		}
	}
	return append(data, table...)
}

// collection puts fonts into one file.
func collection(fonts ...[]byte) []byte {
	out := append([]byte("ttcf\x00\x01\x00\x00"), 0, 0, 0, byte(len(fonts)))
	at := len(out) + 4*len(fonts)
	for _, f := range fonts {
		out = be.AppendUint32(out, uint32(at))
		at += len(f)
	}
	for _, f := range fonts {
		begun := uint32(len(out))
		out = append(out, f...)
		for i := range int(be.Uint16(f[4:])) {
			rec := out[int(begun)+12+16*i:]
			be.PutUint32(rec[8:], be.Uint32(rec[8:])+begun)
		}
	}
	return out
}

// office makes a folder with fonts such as offices have.
func office(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "深处", "sim fang.TTF"), string(renamed(t, "FandolFang-Regular.ttf", "FangSong", "仿宋")))
	write(t, filepath.Join(dir, "simsun.ttc"), string(collection(renamed(t, "gkai00mp.ttf", "SimSun", "宋体"), renamed(t, "FandolFang-Regular.ttf", "NSimSun", "新宋体"))))
	closed := renamed(t, "NotoSansSymbols2-Subset.ttf", "SimHei", "黑体")
	for i := range int(be.Uint16(closed[4:])) {
		if rec := closed[12+16*i:]; string(rec[:4]) == "OS/2" {
			be.PutUint16(closed[be.Uint32(rec[8:])+8:], 2) // forbids embedding
		}
	}
	write(t, filepath.Join(dir, "simhei.ttf"), string(closed))
	write(t, filepath.Join(dir, "text.ttf"), "这不是字体。")
	write(t, filepath.Join(dir, "readme.txt"), "也不是。")
	return dir
}

// TestFontSearch holds that an office is told which of its own fonts can serve which role, how to give them, and why not.
func TestFontSearch(t *testing.T) {
	dir := office(t)
	code, out, errs := run("fonts", "--search", dir)
	fang, sun := filepath.Join(dir, "深处", "sim fang.TTF"), filepath.Join(dir, "simsun.ttc")
	says(t, "--search", code, exitGood, out, "有字体文件 4 个",
		"仿宋\n  可用：--font \"仿宋="+fang+"\"（FangSong，仿宋）\n",
		"宋体\n  可用：--font 宋体="+sun+"#宋体（SimSun，宋体）\n  可用：--font 宋体="+sun+"#新宋体（NSimSun，新宋体）\n",
		"  不能用："+filepath.Join(dir, "simhei.ttf")+"（SimHei，黑体）：字体的许可位（fsType）禁止嵌入文件\n",
		"小标宋\n  没有找到能用的，仍用自带的字体\n",
		"都换上：yusuan build 数据目录 --font \"仿宋="+fang+"\" --font 宋体="+sun+"#宋体\n")
	if !strings.Contains(errs, "text.ttf 不像字体文件") {
		t.Errorf("nothing of a damaged file in %s", errs)
	}
	if code, _, errs := run("fonts", "--search", filepath.Join(dir, "text.ttf")); code != exitUsage || !strings.Contains(errs, "要写文件夹") {
		t.Errorf("a file: exit %d, %s", code, errs)
	}
	if code, _, errs := run("fonts", "--search", filepath.Join(dir, "没有")); code != exitMachine || !strings.Contains(errs, "读不出文件夹") {
		t.Errorf("no such folder: exit %d, %s", code, errs)
	}
}

// TestFontOfCollection holds that a role can be drawn by one face of a collection, named in Chinese or English, on the command
// line or in the data, and that the file can be held against its data again.
func TestFontOfCollection(t *testing.T) {
	fonts, data := office(t), "../../testdata/departments/2026/415"
	sun := filepath.Join(fonts, "simsun.ttc")
	pdf := filepath.Join(t.TempDir(), "a.pdf")
	if code, _, errs := run("build", data, "-o", pdf, "--font", "宋体="+sun); code == exitGood || !strings.Contains(errs, "“SimSun”或“宋体”，“NSimSun”或“新宋体”") {
		t.Errorf("no face named: exit %d, %s", code, errs)
	}
	if code, _, errs := run("build", data, "-o", pdf, "--font", "宋体="+sun+"#楷体"); code == exitGood || !strings.Contains(errs, "没有叫“楷体”的字体") {
		t.Errorf("another face named: exit %d, %s", code, errs)
	}
	if code, _, errs := run("build", data, "-o", pdf, "--font", "宋体="+sun+"#新宋体"); code != exitGood {
		t.Fatal(code, errs)
	}
	if code, out, _ := run("verify", pdf, "--font", "宋体="+sun+"#NSimSun"); code != exitGood {
		t.Errorf("with the same face by its other name: exit %d\n%s", code, out)
	}
	if code, out, _ := run("verify", pdf, "--font", "宋体="+sun+"#宋体"); code == exitGood || !strings.Contains(out, "--font 宋体=simsun.ttc#NSimSun") {
		t.Errorf("with another face of the file: exit %d\n%s", code, out)
	}
	dir := department(t, clean)
	write(t, filepath.Join(dir, "font.toml"), "[[font]]\nrole = \"宋体\"\nfile = \"simsun.ttc#新宋体\"\n")
	raw, err := os.ReadFile(sun)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "simsun.ttc"), string(raw))
	if code, out, errs := run("fonts", dir); code != exitGood || !strings.Contains(out, "  NSimSun\n") {
		t.Errorf("in the data: exit %d\n%s%s", code, out, errs)
	}
	next := filepath.Join(t.TempDir(), "2027", "415")
	if code, _, errs := run("new", next, "--from", dir); code != exitGood {
		t.Errorf("the next year: exit %d, %s", code, errs)
	} else if now, err := os.ReadFile(filepath.Join(next, "simsun.ttc")); err != nil || len(now) != len(raw) {
		t.Errorf("the next year has not the collection: %v", err)
	}
	root := t.TempDir()
	if err := os.CopyFS(filepath.Join(root, "2026", "415"), os.DirFS(data)); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := run("batch", root, "-o", t.TempDir(), "--font", "宋体="+sun+"#新宋体"); code != exitGood {
		t.Errorf("in a batch: exit %d, %s", code, errs)
	}
}
