package pack

import (
	"regexp"
	"strings"
	"text/template/parse"
	"unicode/utf8"

	"yusuan/internal/diag"
)

// An amount typed into a text of the pack is printed in every document and follows from nobody's data; a verified document
// shows it as any other number. Thresholds of the law, such as 单价100万元以上, are no amounts of a budget.

// typedAmount finds amounts: a number before 元 with or without a power of ten, in digits or in characters, a number with
// separators, and one with two decimals, as amounts are printed.
var typedAmount = regexp.MustCompile(`[0-9０-９][0-9０-９,，.．]*\s*[十百千万亿]*元|[〇零一二三四五六七八九十百千两]+[万亿]元|\b[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?\b|\b[0-9]+\.[0-9]{2}\b`)

// threshold is what follows a number that is one.
var threshold = regexp.MustCompile(`^\s*([（(]含[^（()）]*[）)])?\s*及?(以上|以下|以内|以外)`)

// typedAmounts warns of amounts in a piece of text that stands at an offset of the template.
func (c *linter) typedAmounts(text string, offset int) {
	if !mayHoldAmount(text) {
		return
	}
	for _, m := range typedAmount.FindAllStringIndex(text, -1) {
		if threshold.MatchString(text[m[1]:]) || strings.HasPrefix(text[m[1]:], "旦") || directive(c.s.text, offset+m[0]) {
			continue
		}
		c.diags.Add(diag.Diagnostic{Rule: "模板-029", Level: diag.Warning, At: c.s.place(offset+m[0], m[1]-m[0]),
			Message: "文字里写死了金额“" + text[m[0]:m[1]] + "”，每份文件都印这个数，它不由数据算出",
			Hint:    `由数据算出的金额写 {{amount "数字名称"}}；法规里的界限写明“以上”“以下”`})
	}
}

// mayHoldAmount rules texts out that the expression need not be tried on: there is no figure before 元, and no comma or point
// between figures.
func mayHoldAmount(text string) bool {
	digit := func(i int) bool { return i >= 0 && i < len(text) && text[i] >= '0' && text[i] <= '9' }
	for i := range len(text) {
		if (text[i] == ',' || text[i] == '.') && digit(i-1) && digit(i+1) {
			return true
		}
	}
	for rest, more := text, true; more; {
		var before string
		if before, rest, more = strings.Cut(rest, "元"); more {
			before = strings.TrimRight(before, "万亿,，.．\t\n\f\r ")
			if last, _ := utf8.DecodeLastRuneInString(before); strings.ContainsRune("0123456789０１２３４５６７８９〇零一二三四五六七八九十百千两", last) {
				return true
			}
		}
	}
	return false
}

// directive reports whether an offset of a text stands on a line that begins with a mark such as @space.
func directive(text string, offset int) bool {
	start := strings.LastIndexByte(text[:min(offset, len(text))], '\n') + 1
	return strings.HasPrefix(text[start:], "@")
}

// literals looks for amounts in what a template prints as it stands: its text and the texts in its actions that are no
// names. Queries are texts with =.
func (c *linter) literals(n parse.Node) {
	switch n := n.(type) {
	case *parse.TextNode:
		at := int(n.Pos)
		if at > len(c.s.text) || !strings.HasPrefix(c.s.text[at:], string(n.Text)) {
			if i := strings.Index(c.s.text, string(n.Text)); i >= 0 {
				at = i
			}
		}
		c.typedAmounts(string(n.Text), at)
	case *parse.StringNode:
		if !strings.Contains(n.Text, "=") && utf8.ValidString(n.Text) {
			c.typedAmounts(n.Text, int(n.Pos)+1)
		}
	}
}
