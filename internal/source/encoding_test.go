package source

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

func TestEncodings(t *testing.T) {
	const text = "name = \"武昌区行政审批局\"\n"
	utf16 := func(e unicode.Endianness, p unicode.BOMPolicy) string {
		s, err := unicode.UTF16(e, p).NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for name, c := range map[string]struct{ raw, want string }{
		"UTF-8":               {text, ""},
		"mark":                {"\uFEFF" + text, ""},
		"GBK":                 {gbk(t, text), "1:1 文件-001"},
		"UTF-16LE":            {utf16(unicode.LittleEndian, unicode.UseBOM), "1:1 文件-001"},
		"UTF-16BE":            {utf16(unicode.BigEndian, unicode.UseBOM), "1:1 文件-001"},
		"UTF-16LE, no mark":   {utf16(unicode.LittleEndian, unicode.IgnoreBOM), "1:1 文件-001"},
		"UTF-16BE, no mark":   {utf16(unicode.BigEndian, unicode.IgnoreBOM), "1:1 文件-001"},
		"damaged UTF-8":       {strings.Replace(text, "行政", "行\xe6政", 1), "1:13 文件-002"},
		"damaged, no Chinese": {"a = \"x\xff\"\n", "1:7 文件-002"},
	} {
		f, d := Parse("f.toml", []byte(c.raw))
		if got := brief(d); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		if !strings.HasPrefix(name, "damaged") && string(f.Source) != text {
			t.Errorf("%s: read as %q", name, f.Source)
		}
	}
}

func gbk(t *testing.T, s string) string {
	t.Helper()
	out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Some texts in GBK are UTF-8 by chance, and the other way round.
func TestAmbiguousEncodings(t *testing.T) {
	for _, text := range []string{
		"name = \"水文\"\n", "name = \"水\"\n", "a = \"直\"\nb = \"水直水\"\n", "a = \"嚼镕喆䶮𬭎\"\nb = \"堃赟\"\n", "a = \"①②㈠Ⅳ\"\n", "a = \"“一”—…\"\n",
	} {
		if f, d := Parse("f.toml", []byte(gbk(t, text))); string(f.Source) != text || brief(d) != "1:1 文件-001" {
			t.Errorf("%q in GBK is read as %q: %s", text, f.Source, brief(d))
		}
	}
	for _, text := range []string{"a = \"10 m²\"\n", "a = \"35 µg\"\n", "a = \"é\"\n", "a = \"α\"\n", "a = \"水²\"\n", "a = \"Москва\"\n", "a = \"ֱ局\"\n"} {
		if f, d := Parse("f.toml", []byte(text)); string(f.Source) != text || d.Len() > 0 {
			t.Errorf("%q in UTF-8 is read as %q: %s", text, f.Source, brief(d))
		}
	}
}

// corpus is files as people write them, of a few lines and long.
func corpus(t *testing.T) [][]byte {
	t.Helper()
	var out [][]byte
	for _, pattern := range []string{"../../data/2026/338/*.toml", "../../testdata/departments/*/*/*.toml"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatal(pattern, err)
		}
		for _, name := range names {
			raw, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, raw)
		}
	}
	return append(out, []byte("[department]\nname = \"澜川市水务局\"\n"), []byte("[[unit]]\ncode = \"1\"\nname = \"水务局本级\"\nkind = \"行政\"\n"))
}

// TestOneBadByte: one byte of a character lost to any other leaves the file in its encoding, is told once, at its line or
// the one beside it, and costs nothing but the line.
func TestOneBadByte(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, text := range corpus(t) {
		for name, raw := range map[string][]byte{"UTF-8": text, "GB 18030": []byte(gbk(t, string(text)))} {
			wide := wideBytes(raw)
			if len(wide) == 0 {
				continue
			}
			for range 40 {
				at := wide[r.IntN(len(wide))]
				damaged := bytes.Clone(raw)
				damaged[at] = byte(r.IntN(256))
				if damaged[at] == 0 || readable(name, damaged) {
					continue // another character: nobody can know
				}
				holdDamaged(t, name, text, damaged, bytes.Count(raw[:at], []byte{'\n'}))
			}
		}
	}
}

func wideBytes(raw []byte) (out []int) {
	for i, b := range raw {
		if b >= 0x80 {
			out = append(out, i)
		}
	}
	return out
}

func readable(encoding string, raw []byte) bool {
	if encoding == "UTF-8" {
		return utf8.Valid(raw)
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return false
	}
	again, err := simplifiedchinese.GB18030.NewEncoder().Bytes(text)
	return err == nil && (bytes.Equal(again, raw) || !bytes.ContainsRune(text, '€')) // which has two bytes, and a lone 0x80 is read as it
}

func holdDamaged(t *testing.T, encoding string, text, damaged []byte, line int) {
	t.Helper()
	f, diags := Parse("f.toml", damaged)
	told := 0
	for _, d := range diags.Sorted() {
		switch {
		case d.Rule == ruleEncoding && encoding != "UTF-8":
		case d.Rule == ruleBadBytes && d.At.Start.Line-1 >= line-1 && d.At.Start.Line-1 <= line+1:
			told++
		default:
			t.Errorf("%s, line %d: %s %s %s\n%q", encoding, line+1, d.At, d.Rule, d.Message, lineOf(f.Source, line))
		}
	}
	if told != 1 {
		t.Errorf("%s, line %d: told %d times\n%q", encoding, line+1, told, lineOf(f.Source, line))
	}
	was, is := bytes.Split(text, []byte{'\n'}), bytes.Split(f.Source, []byte{'\n'})
	behind := len(was) - line - 1
	if len(is) < line+behind {
		t.Fatalf("%s, line %d: %d lines of %d", encoding, line+1, len(is), len(was))
	}
	for i := range line {
		if !bytes.Equal(was[i], is[i]) {
			t.Errorf("%s: line %d changed with line %d: %q", encoding, i+1, line+1, is[i])
		}
	}
	for i := 1; i <= behind; i++ {
		if !bytes.Equal(was[len(was)-i], is[len(is)-i]) {
			t.Errorf("%s: %d lines from the end changed with line %d: %q", encoding, i, line+1, is[len(is)-i])
		}
	}
}

func lineOf(b []byte, n int) []byte {
	if lines := bytes.Split(b, []byte{'\n'}); n < len(lines) {
		return lines[n]
	}
	return nil
}
