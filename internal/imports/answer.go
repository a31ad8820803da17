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
	Sheets []SheetAnswer
	Units  []UnitAnswer
}

// SheetAnswer is what a table is. What is "" is left to the program.
type SheetAnswer struct {
	Print   string // fingerprint of its heads
	Sheet   string
	Kind    Kind
	Unit    string // of money
	Fund    string
	Skip    bool // nothing is taken of it
	Lenient bool // its sums are right although they do not agree with their parts
	Columns []ColumnAnswer
}

// ColumnAnswer is what a column is.
type ColumnAnswer struct {
	Key, Role, Fund string
}

// UnitAnswer is the code of a unit that exports call by name or, with a file, of a file or a sheet that names none.
type UnitAnswer struct {
	Name  string
	File  bool
	Sheet string
	Code  string
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
type Choices struct{ Kinds, Roles, Units, Funds []string }

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
