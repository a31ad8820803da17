package codelist

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"yusuan/internal/diag"
	"yusuan/internal/grid"
)

// columns are where codes and names stand, from 1.
type columns struct {
	code  int   // 0 where parts or joint say it
	parts []int // 类, 款 and 项
	name  int
	joint bool       // the code stands before the name in one cell
	above *[3]string // the parts of the rows above
}

// headRows is how far below the top of a sheet its head is looked for; a list may have a head of its own for each part.
const headRows = 60

// skipped counts rows that no catalogue takes, by why.
type skipped struct {
	why   string
	first diag.Range
	text  string
	n     int
}

// sheet reads the lists of one sheet.
func (r *reader) sheet(file string, s *grid.Sheet) {
	cell := func(row, column int) diag.Range {
		return diag.InCell(file, diag.Cell{Sheet: strings.TrimSpace(s.Name), Name: grid.Name(row, column)})
	}
	var at columns
	found := false
	left := map[string]*skipped{}
	var whys []string
	skip := func(why string, row, column int, text string) {
		if left[why] == nil {
			left[why] = &skipped{why: why, first: cell(row, column), text: text}
			whys = append(whys, why)
		}
		left[why].n++
	}
	for i, row := range s.Rows {
		if c, ok := headOf(s, row); ok {
			at, found = c, true
			continue
		}
		if !found {
			if i > headRows {
				break
			}
			r.title(row, cell)
			continue
		}
		if at.below(row) {
			continue
		}
		r.row(file, s, row, at, cell, skip)
	}
	for _, why := range whys {
		x := left[why]
		r.diags.Add(diag.Diagnostic{Rule: "目录-005", Level: diag.Warning, At: x.first, Subject: why, Message: fmt.Sprintf("%s，%d行没有带入，第一处是%s", why, x.n, diag.Quote(x.text))})
	}
}

// row reads one row below a head.
func (r *reader) row(file string, s *grid.Sheet, row grid.Row, at columns, cell func(row, column int) diag.Range, skip func(why string, row, column int, text string)) {
	code, name, column := at.read(row)
	switch {
	case code == "" && name == "":
		return
	case code == "" || !unicode.IsDigit(rune(code[0])):
		if text := strings.TrimSpace(code + " " + name); text != "" && name != "" || code != "" {
			skip("没有编码的", row.Number, column, text)
		}
		return
	}
	where := cell(row.Number, column)
	wrong := func(what, hint string) {
		r.diags.Add(diag.Diagnostic{Rule: "目录-002", Level: diag.Error, At: where, Message: what, Hint: hint})
	}
	digits := map[byte]int{'2': 7, '3': 5}[code[0]]
	switch {
	case strings.Trim(code, "0123456789") != "":
		wrong("“"+code+"”不是编码", "编码只有数字")
	case struck(row, column):
		skip("划掉了的", row.Number, column, code+" "+name)
	case digits == 0:
		skip(otherKind(code), row.Number, column, code+" "+name)
	case len(code) > digits && len(code)%2 == 1:
		skip("项（经济分类的款）以下的", row.Number, column, code+" "+name)
	case len(code) < 3 || len(code)%2 == 0 || len(code) > digits:
		wrong(fmt.Sprintf("编码“%s”是%d位", code, len(code)), "类 3 位，款 5 位，项 7 位；开头的 0 丢了的补上")
	case name == "":
		wrong("编码"+code+"没有名称", "填上名称，或删去这一行")
	case utf8.RuneCountInString(name) > 60:
		wrong("编码"+code+"的名称太长，不是名称", "看看名称是不是这一列")
	default:
		if row.Hidden || row.At(column).Hidden {
			r.diags.Add(diag.Diagnostic{Rule: "目录-005", Level: diag.Warning, At: where, Message: "隐藏的行、列里有编码" + code + "“" + name + "”，照样带入", Hint: "不要的删去再带入"})
		}
		r.add(Code{code, name, where}, file)
	}
}

// otherKind says of what classification a code is that a department's budget has no use for.
func otherKind(code string) string {
	switch code[0] {
	case '1':
		return "收入分类的"
	case '5':
		return "政府预算支出经济分类的"
	}
	return "不是 2、3 开头的"
}

func struck(row grid.Row, column int) bool { return row.At(column).Struck }

var yearIn = regexp.MustCompile(`(20\d\d)\s*年`)

// title holds the year above a head against the one that is asked for.
func (r *reader) title(row grid.Row, cell func(row, column int) diag.Range) {
	for _, c := range row.Cells {
		m := yearIn.FindStringSubmatch(c.Text)
		if m == nil {
			continue
		}
		if y, _ := strconv.Atoi(m[1]); y != r.year {
			r.diags.Add(diag.Diagnostic{Rule: "目录-006", Level: diag.Warning, At: cell(row.Number, c.Column), Message: fmt.Sprintf("表上写的是%d年，--year 写的是%d", y, r.year), Stated: m[1], Want: strconv.Itoa(r.year),
				Hint: "各年的科目不同，是不是给错了表"})
			return
		}
	}
}

// plain is the text of a cell without blanks, digits and letters in their usual width.
func plain(s string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c >= '！' && c <= '～':
			c -= '！' - '!'
		case unicode.IsSpace(c) || c == '\u200b' || c == '\ufeff' || c == '\'' || c == '　':
			return -1
		}
		return c
	}, s)
}

// headOf are the columns that a row is the head of.
func headOf(s *grid.Sheet, row grid.Row) (columns, bool) {
	var out columns
	for _, c := range row.Cells {
		if c.Kind != grid.Text {
			continue
		}
		switch h := plain(c.Text); {
		case out.name == 0 && out.code == 0 && (isCode(h) && strings.Contains(h, "名称")):
			out.name, out.code, out.joint = c.Column, c.Column, true
		case out.code == 0 && isCode(h):
			out.code = c.Column
		case out.name == 0 && (h == "名称" || strings.HasSuffix(h, "名称") && utf8.RuneCountInString(h) <= 16) && !strings.Contains(h, "单位"):
			out.name = c.Column
		}
	}
	if out.name == 0 && out.code == 0 {
		out.name, out.joint = codeAndName(s, row)
		out.code = out.name
	}
	out.parts, out.above = partsOf(row), &[3]string{}
	if len(out.parts) == 0 && out.code > 0 { // under the head of the code, in the next row
		if next, ok := s.Row(row.Number + 1); ok {
			out.parts = partsOf(next)
		}
	}
	if len(out.parts) > 0 && out.name == 0 { // the head of the name stands above
		if before, ok := s.Row(row.Number - 1); ok {
			for _, c := range before.Cells {
				if h := plain(c.Text); out.name == 0 && strings.HasSuffix(h, "名称") {
					out.name = c.Column
				}
			}
		}
	}
	return out, out.name > 0 && (out.code > 0 || len(out.parts) > 0)
}

// codeAndName is the column of codes with their names behind them, where its head says no more than 科目; 0 for none.
func codeAndName(s *grid.Sheet, row grid.Row) (column int, ok bool) {
	next, below := s.Row(row.Number + 1)
	for _, c := range row.Cells {
		if h := plain(c.Text); !below || !strings.HasSuffix(h, "科目") || utf8.RuneCountInString(h) > 12 {
			continue
		}
		if m := joint.FindStringSubmatch(plain(next.At(c.Column).Text)); m != nil && len(m[1]) >= 3 && m[2] != "" {
			return c.Column, true
		}
	}
	return 0, false
}

func isCode(h string) bool {
	if utf8.RuneCountInString(h) > 16 || strings.Contains(h, "单位") {
		return false
	}
	return strings.Contains(h, "编码") || strings.Contains(h, "代码")
}

// partsOf are the columns of 类, 款 and 项, none where the row has not two of them.
func partsOf(row grid.Row) []int {
	var out []int
	for _, c := range row.Cells {
		if h := plain(c.Text); len(out) < 3 && h == []string{"类", "款", "项"}[len(out)] {
			out = append(out, c.Column)
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// below reports whether a row is the second row of a head: 类, 款, 项 alone.
func (at columns) below(row grid.Row) bool { return len(at.parts) > 0 && len(partsOf(row)) > 0 }

var joint = regexp.MustCompile(`^(\d+)[\s\-—–_:：.、]*(.*)$`)

// read are the code and the name of a row, and the column of the code.
func (at columns) read(row grid.Row) (code, name string, column int) {
	name = strings.Join(strings.Fields(row.At(at.name).Text), "")
	switch {
	case at.joint:
		if m := joint.FindStringSubmatch(plain(row.At(at.name).Text)); m != nil {
			return m[1], m[2], at.name
		}
		return "", name, at.name
	case len(at.parts) > 0:
		return at.join(row, name)
	}
	return plain(row.At(at.code).Text), name, at.code
}

// join puts a code together from its parts: each may hold its own digits, or the whole code down to its level. What is left
// blank over a part that is there is as in the rows above.
func (at columns) join(row grid.Row, name string) (string, string, int) {
	column, lowest := at.parts[0], -1
	var parts [3]string
	for i, c := range at.parts {
		if parts[i] = plain(row.At(c).Text); parts[i] == "" {
			continue
		}
		column, lowest = c, i
		if len(parts[i]) == 1 && i > 0 { // 01 stored as a number: no part below the first has one digit
			parts[i] = "0" + parts[i]
		}
	}
	code := ""
	for i := 0; i <= lowest; i++ {
		part := parts[i]
		if part == "" {
			part = at.above[i]
		}
		if len(part) == 3+2*i && strings.HasPrefix(part, code) { // the whole of it
			part = part[len(code):]
		}
		at.above[i], code = part, code+part
	}
	return code, name, column
}
