package source

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"

	"yusuan/internal/diag"
)

// maxBadBytes is how many broken places of one file are reported one by one.
const maxBadBytes = 5

// decodeText turns the bytes of a file into UTF-8 without byte order mark. It also returns where the result stands for
// bytes that are no text.
func decodeText(path string, raw []byte, diags *diag.List) (text []byte, bad []span) {
	start := diag.Pos{Line: 1, Column: 1}
	top := diag.Range{File: path, Start: start, End: start}
	if name, enc := utf16Of(raw); enc != nil {
		if text, err := enc.NewDecoder().Bytes(raw); err == nil {
			noteEncoding(diags, top, name)
			return text, nil
		}
	}
	if noText(raw) {
		diags.Add(diag.Diagnostic{Rule: ruleBadBytes, Level: diag.Error, At: diag.Range{File: path},
			Message: "这不是文字文件（像是 Excel、Word、PDF 或压缩文件改了名字）", Hint: "用记事本一类的编辑器另写 .toml 文件；表格里的数可以复制过来"})
		return nil, nil
	}
	raw, marked := bytes.CutPrefix(raw, []byte(byteOrderMark))
	if bytes.IndexByte(raw, '\n') < 0 {
		raw = bytes.ReplaceAll(raw, []byte{'\r'}, []byte{'\n'}) // lines as old Macintoshes ended them
	}
	if plainUTF8(raw) || marked && utf8.Valid(raw) {
		return raw, nil
	}
	text, bad, odd := readUTF8(raw)
	if len(bad) > 0 || odd >= oddPair {
		if asGB, badGB, oddGB := readGB(raw); odd > oddGB {
			noteEncoding(diags, top, "GBK")
			text, bad = asGB, badGB
		}
	}
	reportBad(&File{Path: path, Source: text, lines: lineStarts(text)}, bad, diags)
	return text, bad
}

func reportBad(f *File, bad []span, diags *diag.List) {
	for i, at := range bad[:min(len(bad), maxBadBytes)] {
		message := "这里有不是文字的字节，文件可能损坏，或混用了两种编码"
		if more := len(bad) - maxBadBytes; i == maxBadBytes-1 && more > 0 {
			message += fmt.Sprintf("；后面还有 %d 处", more)
		}
		diags.Add(diag.Diagnostic{Rule: ruleBadBytes, Level: diag.Error, At: f.rng(at), Message: message, Hint: "在编辑器里改正这个字，并另存为 UTF-8 编码"})
	}
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

// How odd it is to find something in a file that people wrote in Chinese. Almost any bytes are some GB 18030 text, and a
// few are UTF-8 by chance, so of two readings the one is taken that is less odd in all.
const (
	oddByte  = 7 // a byte that is no text
	oddNext  = 3 // one more beside it
	oddPair  = 4 // a character that hardly anybody needs
	oddRare  = 2 // one that is seldom needed
	oddLatin = 1 // a letter of Europe
)

// plainUTF8 reports whether there is no doubt that raw is UTF-8: it is, and has none of the characters of two bytes that
// text in GBK may look like.
func plainUTF8(raw []byte) bool {
	const firstOfTwo, firstOfThree = 0xC2, 0xE0 // bytes that characters of two and three bytes begin with
	if !utf8.Valid(raw) {
		return false
	}
	for _, c := range raw {
		if c >= firstOfTwo && c < firstOfThree {
			return false
		}
	}
	return true
}

// readUTF8 replaces each stretch of bytes that are no UTF-8 by a question mark.
func readUTF8(raw []byte) (text []byte, bad []span, odd int) {
	w := &mender{}
	for i := 0; i < len(raw); {
		r, n := utf8.DecodeRune(raw[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			odd += w.bad(i, 1)
		default:
			odd += oddUTF8(r)
			w.good(raw[i : i+n])
		}
		i += n
	}
	return w.text, w.spans, odd
}

func oddUTF8(r rune) int {
	switch {
	case r < 0x80 || r >= 0x800:
		return 0
	case r < 0x180 || r >= 0x391 && r <= 0x3C9 || r >= 0x410 && r <= 0x44F:
		return oddLatin
	}
	return oddPair
}

// mender writes a text with question marks for bytes that are none, and remembers where these stand.
type mender struct {
	text  []byte
	spans []span
	next  int // behind the last bad byte, in what is read
}

func (w *mender) good(b []byte) { w.text = append(w.text, b...) }

// near is how many bytes apart two bad ones may be that come of one byte.
const near = 4

// bad notes n bytes at i that are no text, and tells how odd that is.
func (w *mender) bad(i, n int) (odd int) {
	last := len(w.spans) - 1
	beside := last >= 0 && i-w.next <= near
	adjoins := beside && i == w.next
	w.next = i + n
	if adjoins {
		return n * oddNext
	}
	w.text = append(w.text, '?')
	if beside {
		w.spans[last].end = len(w.text)
		return n * oddNext
	}
	w.spans = append(w.spans, span{len(w.text) - 1, len(w.text)})
	return oddByte + (n-1)*oddNext
}

// damage notes bytes that are no text: whatever slips a line with them seems to have are theirs. Where nothing of ASCII
// parts them from a line break, that may be what another byte became.
func (s *scanner) damage(at span) {
	from, to := s.f.line(at.start), s.f.line(at.end-1)
	if from > 0 && !hasASCII(s.f.Source[s.f.lines[from]:at.start]) {
		from--
	}
	if end := s.f.lineSpan(to).end; to+1 < len(s.f.lines) && !hasASCII(s.f.Source[min(at.end, end):end]) {
		to++
	}
	for line := from; line <= to; line++ {
		s.damaged[line], s.troubled[line] = true, true
	}
	for line := to + 1; line <= to+3; line++ {
		s.troubled[line] = true // a parser may notice it only there, behind remarks
	}
}

func hasASCII(b []byte) bool {
	return bytes.IndexFunc(b, func(r rune) bool { return r < utf8.RuneSelf }) >= 0
}
