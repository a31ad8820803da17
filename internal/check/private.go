package check

import (
	"bytes"
	"strings"
	"time"

	"yusuan/internal/diag"
	"yusuan/internal/source"
)

var (
	mobile   = compiled(`1[3-9]\d{9}`)
	spaced   = compiled(`1[3-9]\d[- ]?\d{4}[- ]?\d{4}`)
	identity = compiled(`[1-9]\d{5}(?:19|20)\d{9}[\dXx]`)
	landline = compiled(`(?:电话|座机)[^\d\n]{0,6}\d{7,8}|0\d{2,3}[-－ ]?\d{7,8}`)
)

// What is to be done about the number of a person.
const (
	noIdentity = "公开文件不写身份证号码，删去"
	noMobile   = "公开文件写办公电话；确属公开的值班手机不必改"
	noComment  = "注释随数据一起公开，谁都取得出来：删去，或者不带注释（[department] 填 strip_comments = true）"
)

// privacy: numbers that name a person, in what is printed and in all that the document carries. An identity card number is
// known by its check digit (GB 11643-1999).
func privacy(in *Input, r *Report) {
	told := map[diag.Pos]string{} // with the file, of what is printed
	for i := range in.texts {
		p := &in.texts[i]
		s := p.text.V
		if !longNumber(s) {
			continue
		}
		for _, m := range identity().FindAllStringIndex(s, -1) {
			if !digitAround(s, m) && identityNumber(s[m[0]:m[1]]) {
				at := p.text.Span(m[0], m[1])
				told[at.Start] = at.File
				r.Add(diag.Diagnostic{Rule: "隐私-001", Level: diag.Error, At: at, Message: p.label + "里有居民身份证号码", Hint: noIdentity})
			}
		}
		for _, m := range mobile().FindAllStringIndex(s, -1) {
			if !digitAround(s, m) {
				at := p.text.Span(m[0], m[1])
				told[at.Start] = at.File
				r.Add(diag.Diagnostic{Rule: "隐私-002", Level: diag.Warning, At: at, Message: p.label + "里有手机号码", Hint: noMobile})
			}
		}
	}
	for _, f := range in.Carried {
		for _, d := range privateIn(f, in.Stripped) {
			if told[d.At.Start] != d.At.File || d.At.File == "" {
				r.Add(d)
			}
		}
	}
}

// privateIn looks through a whole file that is carried along: comments, unless they are left out, and texts, also those
// that this document does not print. Numbers that stand for themselves are amounts and codes.
func privateIn(f *source.File, stripped bool) (out []diag.Diagnostic) {
	for _, x := range f.Stretches() {
		if x.Comment && stripped || !mayBePrivate(f.Source[x.Start:x.End], x.Comment) {
			continue
		}
		s := string(f.Source[x.Start:x.End])
		add := func(rule string, level diag.Level, m []int, what, hint string) {
			where := "所带的文字里有"
			if x.Comment {
				where, hint = "注释里有", noComment
			}
			out = append(out, diag.Diagnostic{Rule: rule, Level: level, At: f.RangeOf(x.Start+m[0], x.Start+m[1]), Message: where + what, Hint: hint})
		}
		mobiles := mobile
		if x.Comment {
			mobiles = spaced
		}
		for _, m := range identity().FindAllStringIndex(s, -1) {
			if !digitAround(s, m) && identityNumber(s[m[0]:m[1]]) {
				add("隐私-001", diag.Error, m, "居民身份证号码", noIdentity)
			}
		}
		for _, m := range mobiles().FindAllStringIndex(s, -1) {
			if !digitAround(s, m) && (x.Comment || !alone(s, m)) {
				add("隐私-002", diag.Warning, m, "手机号码", noMobile)
			}
		}
		if !x.Comment {
			continue
		}
		for _, m := range landline().FindAllStringIndex(s, -1) {
			if !digitAround(s, m) {
				add("隐私-004", diag.Note, m, "电话号码", noComment)
			}
		}
	}
	return out
}

// mayBePrivate rules out stretches that have too few digits for a number of a person: 7 for the shortest one of a comment, which
// may have blanks and hyphens inside.
func mayBePrivate(s []byte, comment bool) bool {
	if !comment {
		return longNumber(s)
	}
	const fewest = 7
	n := 0
	for _, c := range s {
		if c >= '0' && c <= '9' {
			if n++; n == fewest {
				return true
			}
		}
	}
	return false
}

// alone reports whether a number is all of a text, of a line or of a cell.
func alone(s string, m []int) bool {
	before, after := strings.TrimRight(s[:m[0]], " \t\u3000"), strings.TrimLeft(s[m[1]:], " \t\u3000\r")
	return (before == "" || strings.HasSuffix(before, "|") || strings.HasSuffix(before, "\n")) && (after == "" || strings.HasPrefix(after, "|") || strings.HasPrefix(after, "\n"))
}

// PrivateInPack looks through a file of a template pack, which documents carry along, too.
func PrivateInPack(name string, raw []byte) (out []diag.Diagnostic) {
	number := 0
	for line := range bytes.Lines(raw) {
		number++
		s := string(line)
		if !longNumber(s) {
			continue
		}
		at := func(m []int) diag.Range {
			pos := func(i int) diag.Pos { return diag.At(number, len([]rune(s[:i]))+1, 0) }
			return diag.Range{File: name, Start: pos(m[0]), End: pos(m[1])}
		}
		for _, m := range identity().FindAllStringIndex(s, -1) {
			if !digitAround(s, m) && identityNumber(s[m[0]:m[1]]) {
				out = append(out, diag.Diagnostic{Rule: "隐私-001", Level: diag.Error, At: at(m), Message: "模板里有居民身份证号码，用它生成的文件都会带上", Hint: noIdentity})
			}
		}
		for _, m := range mobile().FindAllStringIndex(s, -1) {
			if !digitAround(s, m) {
				out = append(out, diag.Diagnostic{Rule: "隐私-002", Level: diag.Warning, At: at(m), Message: "模板里有手机号码，用它生成的文件都会带上", Hint: noMobile})
			}
		}
	}
	return out
}

// longNumber reports whether s has as many digits in a row as a telephone number.
func longNumber[T string | []byte](s T) bool {
	const length = 11
	for i := length - 1; i < len(s); {
		n := 0 // digits up to i
		for n < length && s[i-n] >= '0' && s[i-n] <= '9' {
			n++
		}
		if n == length {
			return true
		}
		i += length - n
	}
	return false
}

// digitAround reports whether the match is a piece of a longer number.
func digitAround(s string, m []int) bool {
	before := m[0] > 0 && (s[m[0]-1] >= '0' && s[m[0]-1] <= '9' || s[m[0]-1] == '.')
	return before || m[1] < len(s) && s[m[1]] >= '0' && s[m[1]] <= '9'
}

func identityNumber(s string) bool {
	weights := []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += w * int(s[i]-'0')
	}
	_, err := time.Parse("20060102", s[6:14])
	return err == nil && "10X98765432"[sum%11] == strings.ToUpper(s)[17]
}
