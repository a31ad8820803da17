package pack

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/diag"
)

// ExecError tells a pack's author what went wrong while a template ran: where, and what to write instead. at is the
// place where the template is used.
func (p *Pack) ExecError(err error, at diag.Range) diag.Diagnostic {
	d := p.templateError("模板-011", err, at)
	m := noField.FindStringSubmatch(err.Error())
	if m == nil {
		return d
	}
	d.Message, d.Hint = noDotField(m[1], dotNames())
	return d
}

// unknownWord says that templates have no such word.
func unknownWord(name string) (message, hint string) {
	return "文字模板里没有“" + name + "”这个词", "可用的有 " + strings.Join(Words(), "、")
}

// noDotField says that the dot has no such field; fields are what it has.
func noDotField(name string, fields []string) (message, hint string) {
	message = "这里的点号没有 ." + name
	near, ok := diag.Closest(name, fields)
	switch {
	case slices.Contains(dotNames(), name):
		hint = "在 range、with 里面，点号是其中的一项；整份文件的写 $." + name + "（{{define}} 里的 $ 是传进来的那一项）"
	case ok:
		hint = "是不是 ." + near
	}
	return message, hint
}

var (
	templatePlace = regexp.MustCompile(`(?s)^template: (.+?):(\d+)(?::(\d+))?: (?:executing "[^"]*" at <(.*?)>: )?(.*)$`)
	noField       = regexp.MustCompile(`can't evaluate field (\w+) in type`)
)

// templateError puts an error of text/template at its place and into the author's words.
func (p *Pack) templateError(rule string, err error, at diag.Range) diag.Diagnostic {
	d := diag.Diagnostic{Rule: rule, Level: diag.Error, At: at}
	message := err.Error()
	if m := templatePlace.FindStringSubmatch(message); m != nil {
		message = m[5]
		if s, ok := p.sources[m[1]]; ok {
			line, _ := strconv.Atoi(m[2])
			column, _ := strconv.Atoi(m[3])
			d.At = s.expression(line, column, m[4])
		}
	}
	for _, x := range saidByTemplate {
		if m := x.said.FindStringSubmatch(message); m != nil {
			d.Message, d.Hint = fillIn(x.message, m), fillIn(x.hint, m)
			if x.word {
				if near, ok := diag.Closest(m[1], Words()); ok {
					d.Hint = diag.Meant(m[1], near) + "；" + d.Hint
				}
			}
			return d
		}
	}
	d.Message = "文字模板写法有误：" + message
	return d
}

// expression is the place of an expression on a line; column counts bytes, somewhere in or behind it.
func (s textSource) expression(line, column int, expr string) diag.Range {
	start := 0
	for range line - 1 {
		i := strings.IndexByte(s.text[start:], '\n')
		if i < 0 {
			return s.line(line)
		}
		start += i + 1
	}
	text, _, _ := strings.Cut(s.text[start:], "\n")
	if expr == "" {
		return s.line(line)
	}
	from := max(0, min(len(text), column-len(expr)))
	if i := strings.Index(text[from:], expr); i >= 0 {
		return s.place(start+from+i, len(expr))
	}
	return s.place(start+min(column, len(text)), 0)
}

func fillIn(s string, m []string) string {
	for i := len(m) - 1; i > 0; i-- {
		s = strings.ReplaceAll(s, "$"+strconv.Itoa(i), m[i])
	}
	return s
}

// saidByTemplate puts what text/template says into the author's words; $1 is what the expression caught.
var saidByTemplate = []struct {
	said          *regexp.Regexp
	message, hint string
	word          bool
}{
	{regexp.MustCompile(`function "([^"]*)" not defined`), "文字模板里没有“$1”这个词", "可用的有 " + strings.Join(Words(), "、"), true},
	{regexp.MustCompile(`unexpected <define>`), "{{define}} 前面缺少 {{end}}", "每个 if、range、with、define 都要有自己的 {{end}}", false},
	{regexp.MustCompile(`unexpected EOF`), "缺少 {{end}}", "每个 if、range、with、define 都要有自己的 {{end}}", false},
	{regexp.MustCompile(`unclosed action`), "{{ 没有配对的 }}", "{{ 和 }} 要写在同一行里", false},
	{regexp.MustCompile(`unexpected "?([{}])"? in`), "{{ }} 里多了或少了一个 $1", "开头是 {{，结尾是 }}", false},
	{regexp.MustCompile(`unexpected \{\{(\w+)\}?\}?`), "多了一个 {{$1}}", "{{$1}} 前面没有和它配对的 if、range、with 或 define", false},
	{regexp.MustCompile(`undefined variable "([^"]*)"`), "没有变量 $1", "先写 {{$1 := …}}，或在 range 里写 {{range $i, $x := …}}", false},
	{regexp.MustCompile(`unterminated quoted string`), "英文引号不成对", "", false},
	{regexp.MustCompile(`missing value for (\w+)`), "$1 后面缺少内容", "", false},
	{regexp.MustCompile(`template "([^"]*)" not defined`), "没有 {{define \"$1\"}}", "", false},
	{regexp.MustCompile(`index out of range|slice index out of range`), "index 要的那一项不存在", "第一项写 0", false},
	{regexp.MustCompile(`wrong number of args for (\w+): want (?:at least )?(\d+) got (\d+)`), "“$1”后面要 $2 项，写了 $3 项", "", false},
	{regexp.MustCompile(`range can't iterate over`), "range 后面不是清单", "", false},
	{regexp.MustCompile(`can't evaluate field (\w+) in type`), "这里没有 .$1", "", false},
	{regexp.MustCompile(`error calling (\w+): (.*\p{Han}.*)`), "$2", "", false},
}
