package source

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"yusuan/internal/diag"
)

// maxBadBytes is how many broken bytes of one file are reported one by one.
const maxBadBytes = 5

// decodeText turns the bytes of a file into UTF-8 without byte order mark.
func decodeText(path string, raw []byte, diags *diag.List) []byte {
	start := diag.Pos{Line: 1, Column: 1}
	top := diag.Range{File: path, Start: start, End: start}
	if name, enc := utf16Of(raw); enc != nil {
		if text, err := enc.NewDecoder().Bytes(raw); err == nil {
			noteEncoding(diags, top, name)
			return text
		}
	}
	if noText(raw) {
		diags.Add(diag.Diagnostic{Rule: ruleBadBytes, Level: diag.Error, At: diag.Range{File: path},
			Message: "这不是文字文件（像是 Excel、Word、PDF 或压缩文件改了名字）", Hint: "用记事本一类的编辑器另写 .toml 文件；表格里的数可以复制过来"})
		return nil
	}
	raw = bytes.TrimPrefix(raw, []byte("\uFEFF"))
	if bytes.IndexByte(raw, '\n') < 0 {
		raw = bytes.ReplaceAll(raw, []byte{'\r'}, []byte{'\n'}) // lines as old Macintoshes ended them
	}
	if utf8.Valid(raw) {
		return raw
	}
	if text, ok := fromGBK(raw); ok {
		noteEncoding(diags, top, "GBK")
		return text
	}
	return mendUTF8(path, raw, diags)
}

func noteEncoding(diags *diag.List, at diag.Range, name string) {
	diags.Add(diag.Diagnostic{Rule: ruleEncoding, Level: diag.Note, At: at,
		Message: "文件的编码是 " + name + "，已按此读取", Hint: "在编辑器里另存为 UTF-8 编码，以免在别处打开时成为乱码"})
}

// utf16Of recognizes UTF-16, which Notepad calls Unicode, by its mark or by the zero bytes beside ASCII.
func utf16Of(raw []byte) (string, encoding.Encoding) {
	switch {
	case bytes.HasPrefix(raw, []byte{0xFF, 0xFE}):
		return "UTF-16", unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	case bytes.HasPrefix(raw, []byte{0xFE, 0xFF}):
		return "UTF-16", unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM)
	}
	if bytes.IndexByte(raw, 0) < 0 {
		return "", nil
	}
	var zeros [2]int
	for i, c := range raw {
		if c == 0 {
			zeros[i%2]++
		}
	}
	const few = 3 // zero bytes that are a slip, not a code
	switch {
	case zeros[1] > max(few, len(raw)/8) && zeros[0] == 0:
		return "UTF-16", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case zeros[0] > max(few, len(raw)/8) && zeros[1] == 0:
		return "UTF-16", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return "", nil
}

// fromGBK decodes GB 18030, which contains GBK and GB 2312. Almost any bytes are some GB 18030 text, so a file with
// more good Chinese characters of UTF-8 than broken bytes is taken for damaged UTF-8 instead.
func fromGBK(raw []byte) ([]byte, bool) {
	good, bad := 0, 0
	for b := raw; len(b) > 0; {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n >= 3:
			good++
		}
		b = b[n:]
	}
	if good > bad {
		return nil, false
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
	return text, err == nil && !bytes.ContainsRune(text, utf8.RuneError)
}

// mendUTF8 replaces each broken byte by one question mark and reports where they are.
func mendUTF8(path string, raw []byte, diags *diag.List) []byte {
	text := bytes.Clone(raw)
	var bad []int
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && n == 1 {
			bad = append(bad, i)
			text[i] = '?'
		}
		i += n
	}
	f := &File{Path: path, Source: text, lines: lineStarts(text)}
	for _, i := range bad[:min(len(bad), maxBadBytes)] {
		diags.Add(diag.Diagnostic{Rule: ruleBadBytes, Level: diag.Error, At: f.rng(span{i, i + 1}),
			Message: "这里有不是文字的字节，文件可能损坏，或混用了两种编码",
			Hint:    "在编辑器里改正这个字，并另存为 UTF-8 编码"})
	}
	return text
}
