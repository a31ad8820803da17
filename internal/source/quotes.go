package source

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"yusuan/internal/diag"
)

// text goes over a string that an ASCII quotation mark opens.
func (s *scanner) text(quote byte) {
	src := s.f.Source
	start := s.i
	triple := `"""`
	if quote == '\'' {
		triple = "'''"
	}
	if bytes.HasPrefix(src[s.i:], []byte(triple)) {
		s.i += 3
		if !s.body(start, quote, len(src), triple) {
			s.report(ruleQuotes, span{start, start + 3}, "在文字末尾补上三个引号 "+triple, "三个引号开头的文字没有结束")
			s.repair(span{start, len(src)}, triple[:2])
		}
		return
	}
	s.i++
	end := s.lineEnd(start)
	if s.body(start, quote, end, string(quote)) {
		if over := s.innerQuotes(start, quote); over > 0 {
			s.report(ruleQuotes, span{start, over}, "里面的引号改用中文引号“”", "文字里面又有英文引号，文字在那里就断了")
			inner := s.f.Source[start+1 : over-1]
			s.repair(span{start, over}, string(quote)+strings.NewReplacer(string(quote), " ", "\\", " ").Replace(string(inner))+string(quote))
			s.i = over
		}
		return
	}
	s.unclosed(start, end, quote)
}

// body goes to the end of a string and reports whether it is closed before limit.
func (s *scanner) body(start int, quote byte, limit int, closing string) bool {
	src := s.f.Source
	var bad []int
	closed := false
	mark := s.i // where the next quotation mark stands
	for s.i < limit {
		mark = max(mark, s.i)
		mark += indexOr(src[mark:limit], quote, limit-mark)
		n := mark - s.i
		if quote == '"' {
			n = indexOr(src[s.i:mark], '\\', n)
		}
		if s.i += n; s.i == limit {
			break
		}
		if src[s.i] == '\\' {
			if !validEscape(src[s.i:limit], len(closing) == 3) {
				bad = append(bad, s.i)
				s.i++
				continue
			}
			s.i += 2
			continue
		}
		if bytes.HasPrefix(src[s.i:limit], []byte(closing)) {
			s.i += len(closing)
			for n := 0; len(closing) == 3 && n < 2 && s.i < limit && src[s.i] == quote; n++ {
				s.i++ // one or two quotation marks may stand before the closing three
			}
			closed = true
			break
		}
		s.i++
	}
	s.i = min(s.i, limit)
	s.backslashes(span{start, s.i}, bad)
	return closed
}

// indexOr is where c stands in b, other where it does not.
func indexOr(b []byte, c byte, other int) int {
	if i := bytes.IndexByte(b, c); i >= 0 {
		return i
	}
	return other
}

func (s *scanner) backslashes(at span, bad []int) {
	literal := s.f.Source[at.start:at.end]
	if len(bad) == 0 {
		if bytes.IndexByte(literal, '\\') >= 0 && drivePath.Match(literal) {
			s.diags.Add(diag.Diagnostic{Rule: ruleBackslash, Level: diag.Warning, At: s.f.rng(at),
				Message: "引号内的 \\ 后面跟着字母，会变成别的字符", Hint: "路径请用 / 分隔，或把 \\ 写成 \\\\，或改用单引号"})
		}
		return
	}
	s.report(ruleBackslash, span{bad[0], bad[0] + 1}, "路径请用 / 分隔；确要写反斜线时写成 \\\\，或整段文字改用单引号", "双引号内不能直接写反斜线 \\")
	for _, i := range bad {
		s.repair(span{i, i + 1}, "/")
	}
}

// drivePath is a Windows path whose backslashes all happen to be escapes, such as "C:\temp\new".
var drivePath = regexp.MustCompile(`^"[A-Za-z]:(\\[btnfre][^"\\/]*)+"$`)

// validEscape reports whether b begins with an escape of TOML.
func validEscape(b []byte, multiline bool) bool {
	if len(b) < 2 {
		return false
	}
	digits := 0
	switch b[1] {
	case 'b', 't', 'n', 'f', 'r', '"', '\\':
		return true
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	case ' ', '\t', '\r', '\n':
		rest := bytes.TrimLeft(b[1:], " \t\r")
		return multiline && len(rest) > 0 && rest[0] == '\n'
	default:
		return false
	}
	if len(b) < 2+digits {
		return false
	}
	var r rune
	for _, c := range b[2 : 2+digits] {
		v := strings.IndexByte("0123456789abcdef", c|0x20)
		if v < 0 {
			return false
		}
		r = r<<4 | rune(v)
	}
	return utf8.ValidRune(r)
}

// wideClosing is a full-width quotation mark where a string may end.
var wideClosing = regexp.MustCompile(`[”“’‘＂＇][ \t]*([,，\]}#]|$)`)

// unclosed mends a string that its line does not close: most often the closing mark is a full-width one.
func (s *scanner) unclosed(start, end int, quote byte) {
	line := s.f.Source[start:end]
	if m := wideClosing.FindIndex(line); m != nil {
		r, n := utf8.DecodeRune(line[m[0]:])
		at := span{start + m[0], start + m[0] + n}
		s.report(ruleQuotes, at, "改用英文引号 "+string(quote), "引号不成对：前面是英文引号，这里是全角引号%c", r)
		s.repair(at, string(quote))
		s.i = at.end
		return
	}
	s.i = end
	tail := bytes.TrimRight(line, " \t,]}")
	s.report(ruleQuotes, span{start, start + 1}, "在这一行的末尾补上英文引号 "+string(quote)+"；文字要分几行写时用三个引号 \"\"\"", "引号没有配对")
	if len(tail) < 2 {
		s.repair(span{start, end}, "")
		return
	}
	_, n := utf8.DecodeLastRune(tail)
	if n == len(tail) {
		n = 0
	}
	s.repair(span{start + len(tail) - n, start + len(tail)}, string(quote))
}
