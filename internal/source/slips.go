package source

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// What people who are no programmers write instead of TOML, told in their words. What is mended with an empty text is
// remembered, so that the text is not reported once more as no amount or no date.

var (
	dateLike = regexp.MustCompile(`^(\d{4})[ \t]*[-/.年][ \t]*(\d{1,2})[ \t]*[-/.月][ \t]*(\d{1,2})[ \t]*日?`)
	isoDate  = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}(?:[T ]|$|[^\d])`)
	formula  = regexp.MustCompile(`^[-+]?\d[\d.,]*[ \t]*(?:[%％‰]|[+*/×÷＋＊／][ \t]*[\d（(].*|-[ \t]*\d.*)`)
	truth    = regexp.MustCompile(`^(?:True|TRUE|False|FALSE)\b`)
)

// mend replaces a value by an empty text.
func (s *scanner) mend(at span) {
	s.repair(at, `""`)
	if s.f.mended == nil {
		s.f.mended = map[int]bool{}
	}
	s.f.mended[at.start] = true
}

// valueSpan is what is left of the line, and the n bytes from here.
func (s *scanner) valueSpan(n int) (rest []byte, at span) {
	rest = s.f.Source[s.i:s.lineEnd(s.i)]
	return rest, span{s.i, s.i + n}
}

// oddNumber reports values that begin like a number and are a date in another form, or a sum still to be worked out.
func (s *scanner) oddNumber() bool {
	rest, _ := s.valueSpan(0)
	rest = rest[:min(len(rest), longLook)]
	if m := dateLike.FindSubmatch(rest); m != nil && !isoDate.Match(rest) {
		_, at := s.valueSpan(len(m[0]))
		want := fmt.Sprintf("%s-%02s-%02s", m[1], m[2], m[3])
		s.report(ruleDate, at, "写成 "+want, "日期要写成年-月-日，月和日都是两位数")
		s.mend(at)
		s.i = at.end
		return true
	}
	m := formula.Find(rest)
	if m == nil || dateLike.Match(rest) || isoDate.Match(rest) {
		return false
	}
	if s.depth > 0 {
		if j := bytes.IndexAny(m, ",]}#"); j >= 0 {
			m = m[:j]
		}
	} else if j := bytes.IndexByte(m, '#'); j >= 0 {
		m = m[:j]
	}
	m = bytes.TrimRight(m, " \t;")
	if len(m) < 2 || plainNumber.Match(m) {
		return false
	}
	_, at := s.valueSpan(len(m))
	s.report(ruleBareText, at, "写成算好的数；百分比、算式只能写在文字里", "这里应是一个数，写的是“%s”", m)
	s.mend(at)
	s.i = at.end
	return true
}

// oddTruth reports True and FALSE.
func (s *scanner) oddTruth() bool {
	rest, _ := s.valueSpan(0)
	m := truth.Find(rest)
	if m == nil {
		return false
	}
	_, at := s.valueSpan(len(m))
	word := strings.ToLower(string(m))
	s.report(ruleBareText, at, "写成 "+word, "“是”“否”要写成小写的 true、false")
	s.repair(at, word)
	s.i = at.end
	return true
}

// oddLine reports, at the start of a line outside of values, remarks without # and lines that are no key and value.
func (s *scanner) oddLine() bool {
	end := s.lineEnd(s.i)
	line := s.f.Source[s.i:end]
	r, _ := utf8.DecodeRune(line)
	at := span{s.i, s.i + len(bytes.TrimRight(line, " \t"))}
	switch {
	case bytes.HasPrefix(line, []byte("//")) || bytes.HasPrefix(line, []byte("--")) || bytes.HasPrefix(line, []byte("/*")) || bytes.HasPrefix(line, []byte("<!--")):
		s.report(ruleSyntax, at, "把开头改成 #", "说明文字的每一行要以 # 开头")
	case r >= utf8.RuneSelf && isWord(r) && !bytes.ContainsAny(line, "=") && !bytes.Contains(line, []byte("＝")):
		s.report(ruleSyntax, at, "是说明文字的，前面加 #；是上一行文字的下半句的，整段文字用三个引号 ''' 括起来", "这一行不是“键名 = 值”")
	default:
		return false
	}
	s.repair(span{s.i, end}, "")
	s.i = end
	return true
}

// innerQuotes reports English quotation marks within a text, which end it too early: "推行"一网通办"工作". It is where the
// text really ends, or 0.
func (s *scanner) innerQuotes(start int, quote byte) int {
	end := s.lineEnd(start)
	rest := s.f.Source[s.i:end]
	if len(rest) > longLook {
		return 0
	}
	r, _ := utf8.DecodeRune(rest)
	last := bytes.LastIndexByte(rest, quote)
	if len(rest) == 0 || !isWord(r) || r < utf8.RuneSelf || last < 0 || bytes.IndexByte(rest[:last], '=') >= 0 {
		return 0
	}
	tail := bytes.TrimLeft(rest[last+1:], " \t")
	if len(tail) > 0 && !bytes.ContainsRune([]byte(",]}#"), rune(tail[0])) {
		return 0
	}
	return s.i + last + 1
}

// unclosedBrace reports, at a brace that begins where a key is due, the brace before that was not closed.
func (s *scanner) unclosedBrace(c byte, value bool) {
	if c != '{' || value || s.depth == 0 {
		return
	}
	at := s.open[s.depth-1]
	if s.f.Source[at] != '{' {
		return
	}
	s.report(ruleSyntax, span{at, at + 1}, "在这一段的末尾补上 }", "这里的花括号 { 没有配对的 }")
	s.troubled[s.f.line(s.i)] = true // where the parser notices
	s.depth--
	s.open = s.open[:s.depth]
}

// unclosedBracket reports a bracket that the file ends within.
func (s *scanner) unclosedBracket() {
	if s.depth == 0 {
		return
	}
	at := s.open[0]
	want := map[byte]string{'[': "]", '{': "}"}[s.f.Source[at]]
	s.report(ruleSyntax, span{at, at + 1}, "在这一段的末尾补上 "+want, "这里的括号 %c 到文件末尾也没有配对的 %s", s.f.Source[at], want)
	for i := s.f.line(at); i < len(s.f.lines); i++ {
		s.troubled[i] = true // the parser notices somewhere below
	}
}

// archives are the first bytes of files that are no text: zip (xlsx, docx), the older Office formats, PDF, rar.
var archives = [][]byte{[]byte("PK\x03\x04"), {0xD0, 0xCF, 0x11, 0xE0}, []byte("%PDF-"), []byte("Rar!")}

// noText reports whether raw is another kind of file under the name of a text.
func noText(raw []byte) bool {
	for _, head := range archives {
		if bytes.HasPrefix(raw, head) {
			return true
		}
	}
	return false
}
