package sheet

import (
	"strings"
	"unicode"

	"yusuan/internal/budget"
)

// Heads of columns that are no fields.
const (
	headUnit    = "单位"
	headName    = "项目"
	headContent = "内容"
	headTold    = "怎样填"
	headRemark  = "备注（不印；随数据公开，除非设定不带注释）"
	headRemarkS = "备注（不印；已设定不带注释，不公开）"
)

// yuan stands behind the heads of amounts, which are 元 on every sheet.
const yuan = "（元）"

// unprintedMark stands behind the heads of what the pack does not print.
const unprintedMark = "（这个模板不印）"

// mustMark stands before what must be filled in: no colour tells it on paper without colours.
const mustMark = "*"

func (c *Column) required() bool {
	return (c.Role == RoleField || c.Role == RoleParent) && c.Field.Required && !c.Unprinted
}

// shown is the head as workbooks have it.
func (c *Column) shown() string {
	switch {
	case c.Unprinted:
		return c.Head + unprintedMark
	case c.required():
		return mustMark + c.Head
	}
	return c.Head
}

// headOf is the head of a column of a field.
func headOf(f *budget.Field) string {
	if f.Kind == budget.FieldAmount {
		return f.Label + yuan
	}
	return f.Label
}

// Bare is a head as heads are compared: without blanks, marks of what must be filled in and the unit of amounts. The head of
// remarks says after its first word who reads them, and a field may be called 备注, too: what it prints has no such words.
func Bare(head string) string {
	s := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || r == '*' || r == '＊':
			return -1
		case r == '(':
			return '（'
		case r == ')':
			return '）'
		}
		return r
	}, head)
	if strings.HasPrefix(s, "备注（不印") {
		return "备注（不印）"
	}
	return strings.TrimSuffix(strings.TrimSuffix(s, unprintedMark), yuan)
}
