package source

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"yusuan/internal/character"
)

var plainNumber = regexp.MustCompile(`^[+-]?[0-9]+(\.[0-9]+)?$`)

// isWord reports whether r may be part of a word that somebody meant as text or as a key.
func isWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || character.KindOf(r) == character.Variant
}

// bareWord handles Chinese words without quotation marks: as a value, after a number, or as a key.
func (s *scanner) bareWord() {
	src := s.f.Source
	start := s.i
	for start > 0 && isKeyByte(src[start-1]) {
		start--
	}
	end := s.i
	for end < len(src) {
		r, n := utf8.DecodeRune(src[end:])
		if !isWord(r) && (r >= utf8.RuneSelf || !isKeyByte(byte(r))) {
			break
		}
		end += n
	}
	word := string(src[start:end])
	before := src[start:s.i]
	switch {
	case !s.inValue || s.depth > 0 && s.isKey(end):
		s.bareKey(span{start, end}, word)
	case len(before) > 0 && before[0] >= '0' && before[0] <= '9':
		s.report(ruleBareText, span{s.i, end}, "删去“"+string(src[s.i:end])+"”，金额按文件开头的 amount_unit（没有写就是元）换算；或加英文引号连单位一起写，如 \""+word+"\"", "数字后面不能写文字")
		s.repair(span{s.i, end}, "")
	default:
		end = s.bareValue(start, end)
	}
	s.i = end
}

// bareKey reports a key once, however often it is used.
func (s *scanner) bareKey(at span, word string) {
	key, known := s.standIns[word]
	if !known {
		key = s.standIn(word)
		s.report(ruleBareKey, at, "改用英文键名；自拟的栏目名称要加英文引号，如 \""+character.Mended(word)+"\"",
			"键名“%s”没有加引号，不加引号的键名只能用英文字母、数字、- 和 _", word)
	}
	s.repair(at, key)
}

// bareValue handles a value that begins with a word, and returns where it ends.
func (s *scanner) bareValue(start, end int) int {
	src := s.f.Source
	end = s.valueEnd(end)
	value := string(src[start:end])
	if number := strings.Map(halfwidth, value); plainNumber.MatchString(number) {
		s.report(ruleFullwidth, span{start, end}, "写成 "+number, "数字用了全角字符")
		s.repair(span{start, end}, number)
		return end
	}
	switch value {
	case "是", "否":
		s.report(ruleBareText, span{start, end}, "是写成 true，否写成 false；文字要加英文引号", "“%s”没有加英文引号", value)
	case "无", "没有", "空", "暂无":
		s.report(ruleBareText, span{start, end}, "金额没有的写 0；文字没有的删去这一行，或加英文引号", "“%s”没有加英文引号", value)
	default:
		s.report(ruleBareText, span{start, end}, "写成 \""+character.Mended(value)+"\"", "文字没有加英文引号")
	}
	s.mend(span{start, end})
	if rest := src[end:s.lineEnd(end)]; len(rest) > 0 && (rest[0] == '"' || rest[0] == '\'') && len(bytes.Trim(rest, "\"' \t")) == 0 {
		s.repair(span{end, end + 1}, "") // the closing mark of an opening one that is missing
		end++
	}
	return end
}

// halfwidth is the ASCII form of a full-width character.
func halfwidth(r rune) rune {
	if r > 0xFF00 && r < 0xFF5F {
		return r - 0xFEE0
	}
	return r
}

// valueEnd is where unquoted text ends: at the end of the line, or in brackets at the next mark.
func (s *scanner) valueEnd(i int) int {
	stop := "#"
	if s.depth > 0 {
		stop = "#,]}"
	}
	rest := s.f.Source[i:s.lineEnd(i)]
	if j := bytes.IndexAny(rest, stop); j >= 0 {
		rest = rest[:j]
	}
	return i + len(bytes.TrimRight(rest, " \t,;，；、。”\""))
}

// isKey reports whether = follows.
func (s *scanner) isKey(i int) bool {
	rest := bytes.TrimLeft(s.f.Source[i:s.lineEnd(i)], " \t.")
	return bytes.HasPrefix(rest, []byte("=")) || bytes.HasPrefix(rest, []byte("＝"))
}

func isKeyByte(c byte) bool {
	return c == '_' || c == '-' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

// standIn makes a bare key of the same length as a word: how many words of that length came before it.
func (s *scanner) standIn(word string) string {
	if s.standIns == nil {
		s.standIns, s.f.keys = map[string]string{}, map[string]string{}
		s.lengths = map[int]int64{}
	}
	n := strconv.FormatInt(s.lengths[len(word)], 36)
	s.lengths[len(word)]++
	key := strings.Repeat("0", max(0, len(word)-len(n))) + n[max(0, len(n)-len(word)):]
	s.standIns[word], s.f.keys[key] = key, word
	return key
}

// keyText is a key as the author wrote it.
func (f *File) keyText(key string) string {
	if word, ok := f.keys[key]; ok {
		return word
	}
	return key
}
