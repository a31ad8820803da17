package imports

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/character"
	"yusuan/internal/grid"
	"yusuan/internal/source"
)

// titleYear is a year that says that it is one: a number that begins with 20 may be a code, and 2026年3月 is a day.
var titleYear = regexp.MustCompile(`(?:^|[^\d\-—–~～至到])(20\d\d)年(\d{1,2}月)?`)

// titleRows are how many rows of a sheet may be titles.
const titleRows = 3

// YearOf is the year that most titles, names of sheets and names of files say (2026年…), 0 for none.
func YearOf(files []File) int {
	counts := map[int]int{}
	count := func(text string) {
		for _, m := range titleYear.FindAllStringSubmatch(plain(text), -1) {
			if n, err := strconv.Atoi(m[1]); err == nil && m[2] == "" {
				counts[n]++
			}
		}
	}
	for _, f := range files {
		count(f.Name)
		for i := range f.Book.Sheets {
			s := &f.Book.Sheets[i]
			if s.Hidden {
				continue
			}
			count(s.Name)
			for _, row := range s.Rows[:min(titleRows, len(s.Rows))] {
				for _, c := range row.Cells {
					if c.Kind == grid.Text {
						count(c.Text)
					}
				}
			}
		}
	}
	best := 0
	for y, n := range counts {
		if n > counts[best] || n == counts[best] && y > best {
			best = y
		}
	}
	return best
}

// aboveHead is how many rows above its head are looked at: of many tables below each other, each looks at its own.
const aboveHead = 40

// departments are what the lines above a table say of the department: 主管部门：某区档案馆.
func (t *table) departments(w *Words) []UnitName {
	var out []UnitName
	end, _ := slices.BinarySearchFunc(t.sheet.Rows, t.top, func(r grid.Row, top int) int { return r.Number - top })
	for _, row := range t.sheet.Rows[max(0, end-aboveHead):end] {
		wanted := false // the label was the end of the cell before
		for _, c := range row.Cells {
			if c.Covered || c.Kind != grid.Text || !wanted && !strings.ContainsAny(c.Text, "：:∶") {
				continue
			}
			for _, piece := range strings.Fields(strings.NewReplacer("：", ": ", ":", ": ", "∶", ": ").Replace(character.Fold(c.Text))) {
				if wanted {
					code, name := both(piece)
					out = append(out, UnitName{code, name})
				}
				label, colon := strings.CutSuffix(piece, ":")
				wanted = colon && slices.Contains(w.department, label)
			}
		}
	}
	return out
}

// minName is how many characters the name of a department has at least, where it is but the rest of the name of a unit.
const minName = 5

// department is what the exports say of the department: in lines above tables; a name also by the unit that is the department
// itself. What two places say differently, nobody says.
func (u *Understood) department(want []*fact) UnitName {
	var names, codes, units []string
	add := func(list *[]string, s string) {
		if s != "" && !slices.Contains(*list, s) {
			*list = append(*list, s)
		}
	}
	for _, d := range u.departments {
		add(&names, d.Name)
		add(&codes, d.Code)
	}
	fromLine := len(names) > 0
	for _, f := range want {
		if f.table != tableUnit {
			continue
		}
		add(&units, f.text("code"))
		if name, ok := strings.CutSuffix(f.text("name"), headquarters); ok && !fromLine && len([]rune(name)) >= minName {
			add(&names, name)
		}
	}
	if len(codes) == 0 {
		add(&codes, shared(units))
	}
	var out UnitName
	if len(names) == 1 {
		out.Name = names[0]
	}
	if len(codes) == 1 {
		out.Code = codes[0]
	}
	return out
}

// unitDigits are the digits that codes of units have behind the code of their department.
const unitDigits = 3

// shared is what codes of units have in common before their own digits, "" where that is nothing.
func shared(codes []string) string {
	prefix := ""
	for _, c := range codes {
		if len(c) <= unitDigits || strings.Trim(c, "0123456789") != "" {
			return ""
		}
		p := c[:len(c)-unitDigits]
		if prefix != "" && p != prefix {
			return ""
		}
		prefix = p
	}
	return prefix
}

// head says in the head of a new folder what the exports tell of the department, to be looked at.
func (p *planner) head(u *Understood, want []*fact) {
	if !p.Fresh {
		return
	}
	file := p.custom(tables()[tableDepartment].File)
	set := func(key, text, what string) {
		if text == "" {
			return
		}
		p.do(func(e *source.Editor) {
			e.Set(file, tableDepartment, key, source.TextLiteral(text))
			e.Remark(file, tableDepartment, key, what+source.Review)
		})
	}
	d := u.department(want)
	set("name", d.Name, "全称：标题和正文用")
	set("short_name", d.Name, "简称：表内用")
	if p.Code == "" {
		set("code", d.Code, "由单位代码而来")
	}
}

const tableDepartment = "department"
