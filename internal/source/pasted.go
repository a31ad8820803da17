package source

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
)

// Rows that were pasted from a spreadsheet as they are, and entries whose header line is lost. The scan finds them and
// leaves them out; Decode, which knows what a table holds, says how to write them.

// row is a line that was pasted from a spreadsheet.
type row struct {
	at    span
	table string // the key of the array that it stands in, or of the table before it
	cells []string
}

// entry is where an entry of an array of tables begins whose header line is lost.
type entry struct {
	at    span
	table string
}

// pastedRow leaves out a line of cells parted by tabs, or by blanks where the first is a code and the last a number.
func (s *scanner) pastedRow() bool {
	if s.depth > 1 || s.depth == 0 && s.inValue || s.depth == 1 && s.f.Source[s.open[0]] != '[' {
		return false
	}
	at := span{s.i, s.lineEnd(s.i)}
	cells := cellsOf(s.f.Source[at.start:at.end])
	if cells == nil {
		return false
	}
	table := s.table
	if s.depth == 1 || table == "" {
		table = s.array
	}
	s.f.pasted = append(s.f.pasted, row{at, table, cells})
	s.troubled[s.f.line(at.start)] = true
	s.repair(at, "")
	s.f.lost = true
	s.i = at.end
	return true
}

// cellsOf are the cells of a line from a spreadsheet, nil for a line that is none.
func cellsOf(line []byte) []string {
	if i := bytes.IndexByte(line, '#'); i > 0 {
		line = line[:i] // a comment behind the row
	}
	if bytes.ContainsAny(line, `={}[]"'#`) || bytes.Contains(line, []byte("＝")) || bytes.Contains(line, []byte("“")) {
		return nil
	}
	text := strings.TrimRight(string(line), " \t,，")
	var cells []string
	if strings.ContainsRune(text, '\t') {
		for c := range strings.SplitSeq(text, "\t") {
			if c = strings.TrimSpace(c); c != "" {
				cells = append(cells, c)
			}
		}
	} else if cells = strings.Fields(text); len(cells) < 2 || !isDigits(cells[0]) || number(cells[len(cells)-1]) == "" || strings.Contains(text, ", ") {
		return nil
	}
	if len(cells) < 2 {
		return nil
	}
	return cells
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// number is a cell as a bare number of TOML, without the commas of a spreadsheet; "" for what is none.
func number(cell string) string {
	n := strings.NewReplacer(",", "", "，", "", " ", "", "¥", "", "￥", "").Replace(cell)
	if !plainDigits([]byte(strings.TrimPrefix(n, "-"))) {
		return ""
	}
	return n
}

// keyBefore is the bare key of the line that ends at =, "" for another kind of key.
func (s *scanner) keyBefore() string {
	start := s.f.lineSpan(s.f.line(s.i)).start
	if s.i-start > longLook {
		return ""
	}
	key := strings.TrimSpace(string(s.f.Source[start:s.i]))
	for i := range len(key) {
		if !isKeyByte(key[i]) {
			return ""
		}
	}
	return key
}

// opened notes the array or the header that begins at a bracket.
func (s *scanner) opened() {
	if s.inValue {
		s.array = s.key
		return
	}
	if at := s.f.lineSpan(s.f.line(s.i)).start; len(bytes.TrimSpace(s.f.Source[at:s.i])) > 0 {
		return // the second bracket of [[
	}
	line := string(s.f.Source[s.i:s.lineEnd(s.i)])
	s.seen, s.many = nil, strings.HasPrefix(line, "[[")
	if end := strings.IndexByte(line, ']'); end > 0 {
		s.table = strings.TrimSpace(strings.TrimLeft(line[:end], "[ \t"))
	}
}

// lostHeader leaves out, at the = of a key, what looks like another entry of the array of tables at hand: its keys come
// a second time, and more than one of them.
func (s *scanner) lostHeader() bool {
	key := s.keyBefore()
	if key == "" || !s.many {
		return false
	}
	if !slices.Contains(s.seen, key) {
		s.seen = append(s.seen, key)
		return false
	}
	line := s.f.line(s.i)
	end, keys := s.sectionEnd(line, key)
	if len(keys) < 2 {
		return false
	}
	start := s.f.lineSpan(line).start
	s.f.headless = append(s.f.headless, entry{s.f.trim(span{start, start + len(key)}), s.table})
	for i := line; i < len(s.f.lines) && s.f.lines[i] < end; i++ {
		s.troubled[i] = true
	}
	s.repair(span{start, end}, "")
	s.f.lost = true
	s.afterEq, s.fresh = false, true
	s.i = end
	return true
}

// sectionEnd is where the next header begins, or first once more, and the keys of the lines until there. Texts over
// several lines are passed over.
func (s *scanner) sectionEnd(line int, first string) (end int, keys []string) {
	inside := ""
	for ; line < len(s.f.lines); line++ {
		at := s.f.lineSpan(line)
		text := bytes.TrimSpace(s.f.Source[at.start:at.end])
		if inside == "" && (bytes.HasPrefix(text, []byte("["))) {
			return at.start, keys
		}
		for _, q := range []string{`"""`, "'''"} {
			if n := bytes.Count(text, []byte(q)); n%2 == 1 && (inside == "" || inside == q) {
				if inside == "" {
					inside = q
				} else {
					inside = ""
				}
			}
		}
		name, _, ok := bytes.Cut(text, []byte("="))
		if name = bytes.TrimSpace(name); !ok || len(name) == 0 || inside != "" && !bytes.Contains(text, []byte(inside)) ||
			bytes.ContainsFunc(name, func(r rune) bool { return r >= utf8.RuneSelf || !isKeyByte(byte(r)) }) {
			continue
		}
		if len(keys) > 0 && string(name) == first {
			return at.start, keys
		}
		keys = append(keys, string(name))
	}
	return len(s.f.Source), keys
}

// missingComma puts the comma behind an element of an array whose next one begins on a line of its own.
func (s *scanner) missingComma(c byte) {
	if s.depth == 0 || s.f.Source[s.open[s.depth-1]] != '[' || c != '{' && c != '"' && c != '\'' || s.prev <= s.open[s.depth-1] {
		return
	}
	last := s.f.Source[s.prev]
	if last != '}' && last != '"' && last != '\'' || last == '}' != (c == '{') {
		return
	}
	line := s.f.lineSpan(s.f.line(s.prev))
	at := s.f.trim(span{line.start, s.prev + 1})
	s.report(ruleSyntax, at, "在行末的 "+string(last)+" 后面补上英文逗号", "这一行的末尾少了逗号")
	s.repair(span{s.prev + 1, max(line.end, s.prev+2)}, ",")
}
