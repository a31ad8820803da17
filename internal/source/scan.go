package source

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"yusuan/internal/character"
	"yusuan/internal/diag"
)

// scanner goes over the text before the parsers do and reports slips in the author's words. Each slip is repaired in
// File.text at the same offsets, so that the parsers find the other problems of the file instead of this one again.
type scanner struct {
	f        *File
	diags    *diag.List
	i        int
	open     []int             // where the brackets of a value stand that are not closed
	depth    int               // how many
	fresh    bool              // only blanks since the start of the line
	dots     int               // of the key at hand
	tooDeep  bool              // no parser may see the file
	inValue  bool              // after = and before the end of the value
	atStart  bool              // only blanks since = or [ or { or ,
	afterEq  bool              // only blanks since =
	copied   bool              // f.text is our own copy
	standIns map[string]string // of words used as bare keys
	lengths  map[int]int64     // how many words of each length have a stand-in
	reports  int
	troubled map[int]bool // lines, from 0, with a problem
	prev     int          // the last byte that is no blank and no comment
	key      string       // of the assignment at hand
	array    string       // the key of the array of the file that was opened last
	table    string       // the header of the section at hand
	many     bool         // it is one of an array of tables
	seen     []string     // the keys of its entry at hand
	damaged  map[int]bool // those that hold bytes which are no text, as has been said
	known    span         // a stretch of a line and its end, asked for last
}

func (s *scanner) scan() {
	src := s.f.Source
	s.fresh = true
	for s.i < len(src) && !s.tooDeep {
		c, fresh, from := src[s.i], s.fresh, s.i
		s.fresh = c == '\n' || fresh && (c == ' ' || c == '\t')
		switch {
		case c == '\n':
			if s.depth == 0 {
				s.inValue = false
			}
			s.afterEq, s.dots = false, 0
			s.i++
		case c == ' ' || c == '\t' || c == '\r':
			s.i++
		case c == '#':
			s.i = s.lineEnd(s.i)
		case fresh && s.pastedRow():
		case c == '=' && s.depth == 0 && !s.inValue && s.lostHeader():
		case fresh && !s.inValue && s.depth == 0 && s.oddLine():
		case s.afterEq && (c == 'T' || c == 'F') && s.oddTruth():
			s.atStart, s.afterEq = false, false
		case c == ';':
			s.report(ruleSyntax, span{s.i, s.i + 1}, "删去它", "值的后面不用分号")
			s.repair(span{s.i, s.i + 1}, "")
			s.i++
		case c == '"' || c == '\'':
			if fresh {
				s.missingComma(c)
			}
			s.text(c)
			s.atStart, s.afterEq = false, false
		case c >= utf8.RuneSelf:
			s.wide()
		case s.afterEq && (c >= '0' && c <= '9' || c == '-' || c == '+'):
			s.number()
			s.atStart, s.afterEq = false, false
		case isKeyByte(c):
			for s.i < len(src) && isKeyByte(src[s.i]) {
				s.i++
			}
			s.atStart, s.afterEq = false, false
		default:
			if fresh {
				s.missingComma(c)
			}
			s.mark(c)
			s.i++
		}
		if c > ' ' && c != '#' && s.i > from {
			s.prev = s.i - 1
		}
	}
	if !s.tooDeep {
		s.unclosedBracket()
	}
}

// maxDepth bounds how deep arrays, inline tables and dotted keys may be nested: both parsers descend by calling
// themselves, and a stack that is full ends the whole program.
const maxDepth = 64

// mark follows the structure that ASCII punctuation makes.
func (s *scanner) mark(c byte) {
	start := s.afterEq
	s.atStart, s.afterEq = false, false
	switch c {
	case '=':
		if s.depth == 0 {
			s.key = s.keyBefore()
		}
		s.inValue, s.atStart, s.afterEq, s.dots = true, true, true, 0
	case '[', '{':
		s.dots = 0
		if s.depth == 0 && c == '[' {
			s.opened()
		}
		if s.inValue {
			s.unclosedBrace(c, start)
			s.open = append(s.open, s.i)
			s.depth++
			s.atStart = true
		}
	case ']', '}':
		if s.depth > 0 {
			s.depth--
			s.open = s.open[:s.depth]
		}
	case ',':
		s.atStart, s.dots = true, 0
	case '.':
		s.dots++
	}
	if s.depth > maxDepth || s.dots > maxDepth {
		s.tooDeep = true
		s.report(ruleSyntax, span{s.i, s.i + 1}, "检查括号是否配对；数据用不着这么多层", "括号或带点的键套了 %d 层以上，没有再往下读", maxDepth)
	}
}

// lineEnd is where the line ends that holds an offset, before its line break.
func (s *scanner) lineEnd(i int) int {
	if s.known.start <= i && i <= s.known.end && s.known.end > 0 {
		return s.known.end
	}
	src := s.f.Source
	end := i + indexOr(src[i:], '\n', len(src)-i)
	if end > 0 && src[end-1] == '\r' {
		end--
	}
	s.known = span{i, end}
	return end
}

// longLook is how far slips look ahead within a line, in bytes: a line may have megabytes, and as many places to look from.
const longLook = 2 << 10

// maxReports bounds the slips reported of one file; more of them are one habit, which the first ones show.
const maxReports = 100

// report adds an error and marks its line.
func (s *scanner) report(rule string, at span, hint, format string, args ...any) {
	line := s.f.line(at.start)
	s.troubled[line] = true
	if s.damaged[line] {
		return
	}
	if s.reports++; s.reports > maxReports {
		return
	}
	s.diags.Add(diag.Diagnostic{Rule: rule, Level: diag.Error, At: s.f.rng(at), Message: fmt.Sprintf(format, args...), Hint: hint})
}

// repair writes with over at, filled up with blanks. with is never longer than at.
func (s *scanner) repair(at span, with string) {
	if !s.copied {
		s.f.text, s.copied = bytes.Clone(s.f.Source), true
	}
	n := copy(s.f.text[at.start:at.end], with)
	for i := at.start + n; i < at.end; i++ {
		s.f.text[i] = ' '
	}
}

var (
	thousands = regexp.MustCompile(`^[+-]?[0-9]{1,3}([,，][0-9]{3})+(\.[0-9]+)?`)
	bareToken = regexp.MustCompile(`^[+\-0-9A-Za-z_.:]+`)
)

// number looks at a bare number right after =.
func (s *scanner) number() {
	if end := s.plainNumber(); end > 0 {
		s.i = end
		return
	}
	if s.oddNumber() {
		return
	}
	rest := s.f.Source[s.i:s.lineEnd(s.i)]
	if m := thousands.Find(rest); m != nil && !bytes.HasPrefix(bytes.TrimLeft(rest[len(m):], " \t"), []byte("=")) {
		at := span{s.i, s.i + len(m)}
		plain := strings.NewReplacer(",", "", "，", "").Replace(string(m))
		hint := fmt.Sprintf("写成 %s，或加引号写成 \"%s\"", plain, strings.ReplaceAll(string(m), "，", ","))
		if len(m) > longShown {
			hint = "一个数里不要逗号；几个数要写在方括号里"
		}
		s.report(ruleThousands, at, hint, "不加引号的数字里不能有千分位逗号")
		s.repair(at, plain)
		s.i = at.end
		return
	}
	s.i += len(bareToken.Find(rest))
}

// plainNumber is where a number ends that is digits with a point at most, and alone on its line but for a comment or a
// closing bracket; 0 for all others. Nearly all numbers are, and are not held against the patterns of slips.
func (s *scanner) plainNumber() int {
	rest := s.f.Source[s.i:]
	n := 0
	for n < len(rest) && (rest[n] >= '0' && rest[n] <= '9' || rest[n] == '.') {
		n++
	}
	if !plainDigits(rest[:n]) {
		return 0
	}
	after := bytes.TrimLeft(rest[n:], " \t\r")
	if len(after) > 0 && bytes.IndexByte([]byte("\n#}]"), after[0]) < 0 {
		return 0
	}
	return s.i + n
}

// wide handles a character outside ASCII that stands outside of strings and comments.
func (s *scanner) wide() {
	src := s.f.Source
	r, n := utf8.DecodeRune(src[s.i:])
	at := span{s.i, s.i + n}
	ascii := asciiFor(r)
	switch {
	case isWideQuote(r):
		s.wideQuote(at, ascii)
		s.atStart, s.afterEq = false, false
	case isWord(r):
		s.bareWord()
		s.atStart, s.afterEq = false, false
	case ascii == ' ':
		s.report(ruleFullwidth, at, "删去它，或改用半角空格", "引号之外有%s", nameOf(r))
		s.repair(at, " ")
		s.i = at.end
	case ascii == '#':
		s.report(ruleFullwidth, at, "改用半角 #", "注释要用半角 # 开头，这里是全角＃")
		s.repair(at, "#")
		s.i = s.lineEnd(s.i)
	case ascii != 0:
		s.report(ruleFullwidth, at, "改用半角 "+string(ascii), "引号之外用了全角标点“%c”", r)
		s.repair(at, string(ascii))
		s.mark(byte(ascii))
		s.i = at.end
	default:
		s.report(ruleFullwidth, at, "删去它；文字要放在英文引号 \" 之内", "引号之外有%s", nameOf(r))
		s.repair(at, "")
		s.i = at.end
	}
}

func nameOf(r rune) string {
	switch {
	case r == '\u3000':
		return "全角空格"
	case character.KindOf(r) != character.Plain:
		return "看不见的字符 " + character.Say(r)
	}
	return fmt.Sprintf("字符“%c”", r)
}

// asciiFor is the ASCII character that a full-width mark stands for, 0 if none. Blanks and format characters that
// show nothing stand for a space.
func asciiFor(r rune) rune {
	switch r {
	case '“', '”', '＂':
		return '"'
	case '‘', '’', '＇':
		return '\''
	case '【', '〔', '［':
		return '['
	case '】', '〕', '］':
		return ']'
	case '、':
		return ','
	case '：':
		return '='
	case '。':
		return '.'
	case '—', '－', '−':
		return '-'
	}
	switch {
	case r > 0xFF00 && r < 0xFF5F && strings.ContainsRune(".,=[]{}#-+_", r-0xFEE0):
		return r - 0xFEE0
	case unicode.IsSpace(r) || unicode.Is(unicode.Cf, r):
		return ' '
	}
	return 0
}

// wideQuote mends a string in full-width quotation marks, as an input method types them.
func (s *scanner) wideQuote(at span, ascii rune) {
	src := s.f.Source
	end := s.lineEnd(at.start)
	mark := string(src[at.start:at.end])
	rest := src[at.end:end]
	closeAt, closeLen := -1, 0
	for i := 0; i < len(rest); {
		r, n := utf8.DecodeRune(rest[i:])
		if r == ascii || isWideQuote(r) && asciiFor(r) == ascii {
			closeAt, closeLen = i, n
			break
		}
		i += n
	}
	if closeAt < 0 {
		s.report(ruleFullwidth, at, "改用英文引号 "+string(ascii), "这里是全角引号%s", mark)
		s.repair(span{at.start, end}, string(ascii)+string(ascii))
		s.i = end
		return
	}
	whole := span{at.start, at.end + closeAt + closeLen}
	s.report(ruleFullwidth, whole, "两端都改用英文引号 "+string(ascii), "文字两端是全角引号%s", mark)
	content := string(rest[:closeAt])
	if strings.ContainsAny(content, `"\`) {
		content = ""
	}
	s.repair(whole, string(ascii)+content+string(ascii))
	s.i = whole.end
}

func isWideQuote(r rune) bool { return strings.ContainsRune("“”‘’＂＇", r) }

// plainDigits tells whether a number is written in digits alone, without a zero in front, but for a fraction.
func plainDigits(b []byte) bool {
	n := digits(b)
	if n == 0 || n > 1 && b[0] == '0' {
		return false
	}
	return n == len(b) || b[n] == '.' && n+1 < len(b) && digits(b[n+1:]) == len(b)-n-1
}

// digits is how many digits b begins with.
func digits(b []byte) int {
	n := 0
	for n < len(b) && b[n] >= '0' && b[n] <= '9' {
		n++
	}
	return n
}
