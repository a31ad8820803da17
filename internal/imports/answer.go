package imports

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
)

// Answers are what somebody says about exports who looks at what was understood of them: what mapping files say, without a file.
type Answers struct {
	Sheets []SheetAnswer `json:"sheets"`
	Units  []UnitAnswer  `json:"units"`
}

// SheetAnswer is what a table is. What is "" is left to the program.
type SheetAnswer struct {
	Print   string         `json:"print"` // fingerprint of its heads
	Sheet   string         `json:"sheet"`
	Kind    Kind           `json:"kind"`
	Unit    string         `json:"unit"` // of money
	Fund    string         `json:"fund"`
	Skip    bool           `json:"skip"`    // nothing is taken of it
	Lenient bool           `json:"lenient"` // its sums are right although they do not agree with their parts
	Columns []ColumnAnswer `json:"columns"`
}

// ColumnAnswer is what a column is.
type ColumnAnswer struct {
	Key  string `json:"key"`
	Role string `json:"role"`
	Fund string `json:"fund"`
}

// UnitAnswer is the code of a unit that exports call by name or, with a file, of a file or a sheet that names none.
type UnitAnswer struct {
	Name  string `json:"name"`
	File  bool   `json:"file"`
	Sheet string `json:"sheet"`
	Code  string `json:"code"`
}

// Question is what exports leave open about units.
type Question struct {
	UnitAnswer
	Score int // of the code, of 100, where it is a guess
}

// Questions are those that exports leave open, with the guesses.
func (u *Understood) Questions() []Question {
	var out []Question
	for _, x := range u.asked.units {
		out = append(out, Question{UnitAnswer{Name: x.Name, Code: x.Code}, u.asked.near[x.Name]})
	}
	for _, x := range u.asked.files {
		name, sheet, _ := strings.Cut(x.Name, "\n")
		out = append(out, Question{UnitAnswer{Name: name, File: true, Sheet: sheet, Code: x.Code}, u.asked.near[x.Name]})
	}
	return out
}

// Map is the mapping file that says what answers say.
func (a *Answers) Map() (*Map, diag.List) { return ParseMap("", a.text()) }

func (a *Answers) text() []byte {
	var s strings.Builder
	value := func(key, v string) {
		if v != "" {
			fmt.Fprintf(&s, "%s = %s\n", key, quoted(v))
		}
	}
	for _, x := range a.Units {
		list, key := "unit", "code"
		if x.File {
			list, key = "file", "unit"
		}
		fmt.Fprintf(&s, "[[%s]]\nname = %s\n", list, quoted(x.Name))
		value("sheet", x.Sheet)
		value(key, x.Code)
	}
	for _, x := range a.Sheets {
		fmt.Fprintf(&s, "[[sheet]]\nheads = %s\nsheet = %s\n", quoted(x.Print), quoted(strings.TrimSpace(x.Sheet)))
		value("kind", string(x.Kind))
		value("unit", x.Unit)
		value("fund", x.Fund)
		if x.Skip {
			s.WriteString("skip = true\n")
		}
		if x.Lenient {
			value("sums", lenient)
		}
		s.WriteString("columns = [\n")
		for _, c := range x.Columns {
			if c.Role == "" {
				continue
			}
			fund := ""
			if c.Fund != "" {
				fund = ", fund = " + quoted(c.Fund)
			}
			fmt.Fprintf(&s, "  { head = %s, role = %s%s },\n", quoted(c.Key), quoted(c.Role), fund)
		}
		s.WriteString("]\n")
	}
	return []byte(s.String())
}

// Choices are the words that answers may be of.
type Choices struct {
	Kinds []string `json:"kinds"`
	Roles []string `json:"roles"`
	Units []string `json:"units"`
	Funds []string `json:"funds"`
}

// Offered are those words, in the order in which they are to be chosen from.
func Offered() Choices {
	return Choices{slices.DeleteFunc(kindNames(), func(k string) bool { return k == "" }), roleNames(), moneyUnits(), budget.Funds()}
}

// Summary is how much was understood of a sheet, in a line.
func (p *SheetReport) Summary() string {
	if p.Left != "" {
		return "没有导入：" + p.Left
	}
	return p.summary()
}

// Accounted is what became of its money, in a line; "" where it has none to be taken in.
func (p *SheetReport) Accounted() string {
	if p.Left != "" {
		return ""
	}
	return p.account()
}

// Agreed reports whether all that the sheet states is taken in.
func (p *SheetReport) Agreed() bool {
	return p.Left == "" && p.Account.Stated.Equal(p.Account.Taken) && len(p.Account.LeftOut) == 0
}

// Skipped reports whether somebody said that nothing is to be taken of the sheet.
func (p *SheetReport) Skipped() bool { return p.skip }

// Lenient reports whether somebody said that its sums need not agree.
func (p *SheetReport) Lenient() bool { return p.lenient }

// OnPage are words of the program about exports for those who answer on a page: they have no mapping file to write into.
func OnPage(words string) string { return onPage.Replace(words) }

// onPage are words about mapping files and what takes their place; the first that fits holds.
var onPage = strings.NewReplacer(
	`在对照文件里 name 是这个名称的 [[unit]] 一段写上 code = "单位代码"`, "在“单位”那里选它的代码",
	`在对照文件里这个文件的 [[file]] 一段写上 unit = "单位代码"`, "在“单位”那里选它是哪个单位的",
	`在对照文件里这张表的一段写 unit = "元" 或 "万元"`, "给这张表选金额单位",
	"在对照文件里这张表的一段写 fund", "给这张表选资金性质",
	`在对照文件里这张表的一段写 sums = "不核对"`, "在这张表上勾“合计不用核对”",
	`在对照文件里给这一列写 fund，例如 fund = "其他收入"`, "给这一列选资金性质",
	`在对照文件里把不用的一列写 role = "不用"`, "把不用的一列选成“不用”",
	"在对照文件里把长期一边的指标值写 role = \""+string(roleTargetLong)+"\"", "把长期一边的指标值选成“"+string(roleTargetLong)+"”",
	"在对照文件里写明它的 role", "给它选一个用处",
	`不用的写 role = "不用"`, "不用的选“不用”",
	"在对照文件里写明 kind 和各列的 role", "选它是什么表、各列的用处",
	"在 --map 对照文件里写明 kind 和各列的 role", "选它是什么表、各列的用处",
	"不用的写 skip = true", "不用的勾“不导入”",
	"在对照文件里写 skip = true", "勾“不导入”",
	"在对照文件里写明 unit", "给这张表选金额单位",
	"核对后改正对照文件，或者删去其中的 unit", "核对后给这张表另选金额单位",
	"对照文件写明不导入", "选了不导入",
	"对照文件写的金额单位", "选的金额单位",
	"对照文件和工作表写的金额单位", "选的和工作表写的金额单位",
	"按对照文件", "按所选的",
	fromMap, "所选的",
)
