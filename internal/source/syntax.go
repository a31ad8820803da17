package source

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/pelletier/go-toml/v2/unstable"

	"yusuan/internal/diag"
)

// maxSyntaxErrors bounds how often a file is parsed again with the offending line taken out.
const maxSyntaxErrors = 20

// parse makes the tree. troubled holds the lines with problems already reported.
func (f *File) parse(l *locator, diags *diag.List, troubled map[int]bool) {
	for range maxSyntaxErrors {
		values, problem := f.decode()
		if problem == nil {
			root, err := l.locate(f)
			if err == nil {
				err = fill(root, values)
			}
			if err == nil {
				f.root = root
				return
			}
			problem = f.locatorProblem(err)
		}
		line := f.line(problem.at.start)
		if line > 0 && strings.HasPrefix(problem.message, "表名后面应是") && !bytes.HasPrefix(bytes.TrimSpace(f.text[problem.at.start:]), []byte("[")) {
			line-- // the parser notices it only on the line below
			problem.at = f.trim(f.lineSpan(line))
		}
		if !troubled[line] {
			troubled[line] = true
			diags.Add(diag.Diagnostic{Rule: ruleSyntax, Level: diag.Error, At: f.rng(problem.at),
				Message: problem.message, Hint: problem.hint})
		}
		f.lost = true
		if !f.takeOut(line) {
			return
		}
	}
}

// problem is what a parser complains of.
type problem struct {
	at            span
	message, hint string
}

func (f *File) decode() (any, *problem) {
	var values any // BurntSushi copies what it decodes into a map, but not into an interface
	err := toml.Unmarshal(f.text, &values)
	if err == nil {
		return values, nil
	}
	var pe toml.ParseError
	if !errors.As(err, &pe) {
		return nil, &problem{message: "无法读取：" + err.Error()}
	}
	at := span{pe.Position.Start, pe.Position.Start + max(pe.Position.Len, 1)}
	if line := pe.Position.Line - 1; at.start < 0 || at.start > len(f.Source) || f.line(at.start) != line {
		line = min(max(line, 0), len(f.lines)-1)
		at = f.trim(f.lineSpan(line))
	}
	if strings.Contains(pe.Message, "control character") { // BurntSushi points before it
		for at.start+1 < len(f.text) && f.text[at.start] >= ' ' {
			at = span{at.start + 1, at.start + 2}
		}
	}
	at.end = min(at.end, max(f.lineSpan(f.line(at.start)).end, at.start))
	message, hint := translate(pe.Message)
	return nil, &problem{at, message, hint}
}

func (f *File) locatorProblem(err error) *problem {
	var shape shapeError
	if errors.As(err, &shape) {
		text, hint := translate("already been defined")
		return &problem{shape.at, text, hint}
	}
	var pe *unstable.ParserError
	if !errors.As(err, &pe) || len(pe.Highlight) == 0 {
		return &problem{message: "无法确定数据在文件中的位置", hint: err.Error()}
	}
	start := cap(f.text) - cap(pe.Highlight)
	return &problem{span{start, start + len(pe.Highlight)}, "不符合 TOML 的写法", pe.Message}
}

// takeOut blanks a line that stands for itself, so that the rest of the file can be read.
func (f *File) takeOut(line int) bool {
	at := f.lineSpan(line)
	b := f.text[at.start:at.end]
	if !assignment.Match(b) || bytes.Contains(b, []byte(`"""`)) || bytes.Contains(b, []byte("'''")) ||
		bytes.Count(b, []byte("[")) != bytes.Count(b, []byte("]")) || bytes.Count(b, []byte("{")) != bytes.Count(b, []byte("}")) {
		return false
	}
	f.text = bytes.Clone(f.text)
	for i := at.start; i < at.end; i++ {
		f.text[i] = ' '
	}
	return true
}

// assignment is a line that begins like a key and its value.
var assignment = regexp.MustCompile(`^[ \t]*["']?[-A-Za-z0-9_]`)

// translate puts BurntSushi's messages into the author's words.
func translate(message string) (text, hint string) {
	for _, t := range translations() {
		if m := t.pattern.FindStringSubmatch(message); m != nil {
			args := make([]any, len(m)-1)
			for i := range args {
				args[i] = m[i+1]
			}
			if strings.Contains(t.text, "%") {
				return fmt.Sprintf(t.text, args...), t.hint
			}
			return t.text, t.hint
		}
	}
	return "不符合 TOML 的写法", "读取程序的说明：" + message
}

type translation struct {
	pattern    *regexp.Regexp
	text, hint string
}

// translations are tried in order; errors are rare, so compiling them each time costs nothing that matters.
func translations() []translation {
	var out []translation
	for _, t := range [][3]string{
		{`already been defined|[Dd]uplicate`, "同一个键或表写了两次", "删去其中一个；可以有多个的表用两层方括号 [[名称]]"},
		{`was already created|already been|cannot be used as an array|[Cc]annot redefine|cannot add`, "这个表与前面的写法冲突", "同一名称不能既写成 [名称] 又写成 [[名称]]"},
		{`cannot have leading zeroes`, "数字不能以 0 开头", "编码要加英文引号，例如 \"0123\""},
		{`underscores must be`, "数字里的下划线两边都要有数字", "去掉下划线"},
		{`is out of range|out of the safe`, "数字太大", "检查是否多写了位数；编码要加英文引号"},
		{`must be followed by one or more digits|floats must start with a digit|invalid float|Invalid float`, "小数的写法不对，小数点前后都要有数字", "例如 0.50"},
		{`[Ii]nvalid datetime`, "日期的写法不对", "写成 2026-02-10，月和日都是两位数，并且确有这一天"},
		{`expected a top-level item to end with a newline.*got ['"]?(.+?)['"]? instead`, "一个值写完之后，同一行又出现了“%s”", "每个键单独写一行；文字要放在一对英文引号之内，文字里的英文引号改用“”"},
		{`expected value but found '\\n'|expected value but found '#'`, "等号后面没有值", "补上值，或删去这一行"},
		{`expected value but found ['"]?[,}\]]['"]? instead`, "等号后面没有值", "补上值；金额没有的写 0，别的没有就删去这一项"},
		{`expected value but found ['"]?(.+?)['"]? instead`, "等号后面应是值，这里是“%s”", "文字要加英文引号；是否写成 true 或 false"},
		{`unexpected EOF; expected value`, "等号后面没有值", "补上值，或删去这一行"},
		{`unexpected EOF; expected key separator|expected '\.' or '=', but got`, "键名后面应是等号", "写成 键名 = 值"},
		{`unexpected EOF; expected '"""'|unexpected EOF; expected "'''"`, "三个引号开头的文字没有结束", "在文字末尾补上三个引号"},
		{`unexpected EOF`, "文件在这里突然结束", "检查引号和括号是否配对"},
		{`strings cannot contain newlines`, "引号没有配对，文字延续到了下一行", "在这一行的末尾补上英文引号；文字要分几行写时用三个引号 \"\"\""},
		{`newlines not allowed within inline tables`, "花括号 { } 必须在同一行内写完", "写在一行里，或改用 [表] 的写法"},
		{`expected a comma \(','\) or array terminator`, "数组里两个值之间应有英文逗号，末尾应有 ]", "检查逗号和方括号"},
		{`expected a comma or an inline table terminator`, "花括号里两项之间应有英文逗号，末尾应有 }", "检查逗号和花括号"},
		{`unexpected comma`, "这里多了一个逗号", "删去多余的逗号"},
		{`table names cannot be empty`, "方括号里没有表名", "写成 [表名]"},
		{`to end table name|table array name delimiter`, "表名后面应是方括号 ]", "写成 [表名] 或 [[表名]]"},
		{`unexpected '='|key name appears blank`, "等号前面没有键名", "写成 键名 = 值"},
		{`unexpected '\.'|keys cannot start`, "这里多了一个点", "删去多余的点"},
		{`control character|NULL bytes`, "文件里有控制字符", "删去这个看不见的字符，重新输入这一处"},
		{`invalid escape|[Ee]scaped character|hexadecimal digits after`, "双引号内反斜线 \\ 的写法不对", "写成 \\\\，或改用单引号"},
		{`unexpected '""""""'|unexpected "''''''"`, "引号太多", "检查三个引号的开头和结尾"},
		{`not an? (?:hexadecimal|octal|binary) number`, "数字的写法不对", "金额只写数字和小数点；文字要加英文引号"},
		{`expected a digit but got ['"]?(.+?)['"]?$`, "数字里有“%s”", "金额只写数字和小数点；文字要加英文引号"},
	} {
		out = append(out, translation{regexp.MustCompile(t[0]), t[1], t[2]})
	}
	return out
}

// fill puts the values that BurntSushi decoded into the tree of places.
func fill(n *node, value any) error {
	switch v := value.(type) {
	case map[string]any:
		if n.kind != kindTable || len(n.children) != len(v) {
			return errDisagree
		}
		for _, c := range n.children {
			x, ok := v[c.name]
			if !ok {
				return errDisagree
			}
			if err := fill(c, x); err != nil {
				return err
			}
		}
		return nil
	case []map[string]any:
		return fillAll(n, len(v), func(i int) any { return v[i] })
	case []any:
		return fillAll(n, len(v), func(i int) any { return v[i] })
	}
	n.value = value
	return checkLeaf(n)
}

func fillAll(n *node, length int, at func(int) any) error {
	if n.kind != kindTables && n.kind != kindArray || len(n.children) != length {
		return errDisagree
	}
	for i, c := range n.children {
		if err := fill(c, at(i)); err != nil {
			return err
		}
	}
	return nil
}

// checkLeaf reports whether both parsers take a value for the same type.
func checkLeaf(n *node) error {
	ok := false
	switch n.value.(type) {
	case string:
		ok = n.kind == kindString
	case int64:
		ok = n.kind == kindInteger
	case float64:
		ok = n.kind == kindFloat
	case bool:
		ok = n.kind == kindBool
	case time.Time:
		ok = n.kind == kindDate || n.kind == kindTime
	}
	if !ok {
		return errDisagree
	}
	return nil
}
