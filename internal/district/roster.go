package district

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"time"

	"yusuan/internal/batch"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/source"
)

// RosterName is the file in the root of a batch that says which departments there are.
const RosterName = batch.RosterName

// toPublish is how many days after the approval a department may take to publish (预算法 art. 14).
const toPublish = 20

// Roster is what the bureau says of its district. It is no data: no document changes with it. A nil Roster says nothing.
type Roster struct {
	File        string // below the root; "" where there is none
	Name        string // of the district
	Year        int    // of the budgets that it speaks of
	Approved    time.Time
	Deadline    time.Time    // the last day to publish
	Threshold   money.Amount // from which on projects are listed; zero where the bureau has not said
	Departments []Listed     // in the order of their codes
	Problems    []Problem    // of the file itself

	at    string // where the date of approval stands
	whole bool   // all that is written there was understood
}

// Listed is a department of the roster.
type Listed struct {
	Code, Name, Section string
	At                  string // file and line
}

// Of is what the roster says of a department, nil where it says nothing.
func (r *Roster) Of(code string, year int) *Listed {
	if r == nil || year != r.Year || code == "" {
		return nil
	}
	i, there := slices.BinarySearchFunc(r.Departments, code, func(l Listed, code string) int { return cmp.Compare(l.Code, code) })
	if !there {
		return nil
	}
	return &r.Departments[i]
}

// Lists reports whether the roster says which departments there are.
func (r *Roster) Lists() bool { return r != nil && len(r.Departments) > 0 }

// rosterFile is the schema of the file.
type rosterFile struct {
	District struct {
		source.Place
		Name      source.String `toml:"name,required" zh:"区县名称"`
		Year      source.Int    `toml:"year" zh:"预算年度"`
		Approved  source.Date   `toml:"approved,required" zh:"人大批准日期"`
		Threshold source.Amount `toml:"threshold" zh:"列出项目的起点金额"`
	} `toml:"district,required" zh:"区县"`
	Departments []struct {
		source.Place
		Code    source.String `toml:"code,required" zh:"部门代码"`
		Name    source.String `toml:"name,required" zh:"部门全称"`
		Section source.String `toml:"section" zh:"归口科（股）室"`
	} `toml:"department" zh:"部门"`
}

// ReadRoster reads the roster in the root of a batch, nil where there is none. departments are the folders below the root,
// above which another roster may lie that nobody would read.
func ReadRoster(fsys fs.FS, root string, departments []string) (*Roster, error) {
	elsewhere := strays(fsys, root, departments)
	name := path.Join(root, RosterName)
	raw, diags, err := readOne(fsys, name, "名单")
	if err != nil || raw == nil && diags.Len()+len(elsewhere) == 0 {
		return nil, err
	}
	r := &Roster{}
	if raw != nil {
		r = parseRoster(root, name, raw, &diags)
	}
	r.Problems = sorted(append(problems(diags, root, ""), elsewhere...))
	return r, nil
}

func parseRoster(root, name string, raw []byte, diags *diag.List) *Roster {
	f, list := source.Parse(name, raw)
	var x rosterFile
	list.Append(source.Decode([]*source.File{f}, &x))
	d := &x.District
	r := &Roster{File: RosterName, Name: d.Name.V, Year: d.Year.V, Approved: d.Approved.Time, Threshold: d.Threshold.Amount,
		at: d.Approved.At.Below(root), whole: f.Whole()}
	if !r.Approved.IsZero() {
		r.Deadline = r.Approved.AddDate(0, 0, toPublish)
		if !d.Year.Set {
			r.Year = r.Approved.Year()
		}
		if y := r.Approved.Year(); y != r.Year && y != r.Year-1 {
			list.Add(diag.Diagnostic{Rule: ruleTooEarly, Level: diag.Error, At: d.Approved.At,
				Message: fmt.Sprintf("人大批准日期 %s 不在预算年度 %d 年或它的上一年", day(r.Approved), r.Year), Hint: "核对 approved 和 year；year 不写就是批准日期的年份"})
		}
	}
	codes, names := map[string]diag.Range{}, map[string]diag.Range{}
	for i := range x.Departments {
		e := &x.Departments[i]
		again(&list, codes, e.Code, "代码")
		again(&list, names, e.Name, "名称")
		r.Departments = append(r.Departments, Listed{e.Code.V, e.Name.V, e.Section.V, e.At.Below(root)})
	}
	slices.SortStableFunc(r.Departments, func(a, b Listed) int { return cmp.Compare(a.Code, b.Code) })
	r.Departments = slices.CompactFunc(r.Departments, func(a, b Listed) bool { return a.Code == b.Code })
	diags.Append(list)
	return r
}

// again tells of what two departments of the roster have.
func again(list *diag.List, first map[string]diag.Range, s source.String, what string) {
	if s.V == "" {
		return
	}
	before, there := first[s.V]
	if !there {
		first[s.V] = s.At
		return
	}
	list.Add(diag.Diagnostic{Rule: ruleListedTwice, Level: diag.Error, At: s.At, Message: "名单里两个部门的" + what + "都是" + diag.Quote(s.V),
		Notes: []diag.Related{{Text: "先前写在", At: before}}, Hint: "一个部门只列一次，代码、名称各不相同"})
}

// strays are rosters between the root and the departments: only that of the root is read.
func strays(fsys fs.FS, root string, departments []string) (out []Problem) {
	seen := map[string]bool{".": true}
	for _, d := range departments {
		for dir := path.Dir(d); !seen[dir]; dir = path.Dir(dir) {
			seen[dir] = true
			name := path.Join(dir, RosterName)
			if _, err := fs.Stat(fsys, path.Join(root, name)); err == nil {
				out = append(out, Problem{Rule: ruleElsewhere, At: name, Message: "这份名单没有读：名单只读根目录里的 " + RosterName,
					Hint: "把它移到根目录；只做一个年度的，也可以把年度的目录作根目录"})
			}
		}
	}
	return out
}

// day is a date as messages write it.
func day(t time.Time) string { return t.Format(time.DateOnly) }

// Against holds the roster and the reviews against the data: departments without data and data without a department, names,
// dates. It does not repeat what is wrong with the files themselves.
func (r *Roster) Against(records []batch.Record, reviews map[string]Review) (out []Problem) {
	if r == nil || r.File == "" {
		return nil
	}
	there := map[string]bool{}
	unknown := 0
	for i := range records {
		rec := &records[i]
		if rec.Edition != "" {
			continue
		}
		if rec.Year == r.Year {
			there[rec.Code] = true
			out = append(out, r.against(rec)...)
			if review, ok := reviews[rec.Department]; ok {
				out = append(out, r.inTime(rec.Department, &review)...)
			}
		} else if told := toldYear(rec); rec.Code == "" && (told == 0 || told == r.Year) {
			if base := path.Base(rec.Department); r.Of(base, r.Year) != nil {
				there[base] = true // it cannot be read, and its folder is named by it
			} else {
				unknown++
			}
		}
	}
	more := ""
	if unknown > 0 {
		more = fmt.Sprintf("（另有 %d 个目录的数据读不出代码或年度）", unknown)
	}
	for i := range r.Departments {
		if l := &r.Departments[i]; l.Code != "" && !there[l.Code] {
			out = append(out, Problem{Rule: ruleNoData, At: l.At, Message: fmt.Sprintf("名单里的 %s %s 没有 %d 年的数据%s", l.Code, l.Name, r.Year, more),
				Hint: "还没有报送的，等它报来；已经报送的，核对它的数据目录在不在根目录下、部门代码和年度对不对"})
		}
	}
	return sorted(out)
}

// against holds what the roster says of one department against its data.
func (r *Roster) against(rec *batch.Record) []Problem {
	l := r.Of(rec.Code, rec.Year)
	p := Problem{Department: rec.Department}
	switch {
	case !r.Lists() || !r.whole || rec.Code == "":
		return nil
	case l == nil:
		p.Rule, p.At, p.Message = ruleNotListed, r.File, fmt.Sprintf("%s（%s %s）有数据，名单里没有它", rec.Department, rec.Code, rec.Name)
		p.Hint = "在名单里补上 [[department]]；不该有的，核对它的部门代码，或者把它的目录移到根目录以外"
	case l.Name != rec.Name && l.Name != "":
		p.Rule, p.At, p.Message = ruleNamed, l.At, fmt.Sprintf("%s 在名单里叫“%s”，在数据里叫“%s”", l.Code, l.Name, rec.Name)
		p.Hint = "改成全称，两处一样"
	default:
		return nil
	}
	return []Problem{p}
}

// inTime holds the dates of a review against the approval.
func (r *Roster) inTime(department string, v *Review) (out []Problem) {
	if r.Approved.IsZero() {
		return nil
	}
	add := func(rule string, s *Step, isError bool, message, hint string) {
		out = append(out, Problem{Rule: rule, Department: department, At: s.At, Message: message, Hint: hint, Error: isError})
	}
	const wrongYear = "核对两个日期，年份是不是写错了"
	approved := "人大批准的日期 " + day(r.Approved) + "（" + r.at + "）"
	for _, x := range []struct {
		title string
		step  *Step
	}{{"保密审查", &v.Confidential}, {"审签", &v.Signed}} {
		if x.step.Done() && x.step.Date.Before(r.Approved.AddDate(-1, 0, 0)) {
			add(ruleTooEarly, x.step, true, x.title+"的日期 "+day(x.step.Date)+" 比"+approved+"早一年以上", wrongYear)
		}
	}
	switch p := &v.Published; {
	case !p.Done():
	case p.Date.Before(r.Approved):
		add(ruleTooEarly, p, true, "公开的日期 "+day(p.Date)+" 早于"+approved, wrongYear)
	case p.Date.After(r.Deadline):
		late := int(p.Date.Sub(r.Deadline) / (24 * time.Hour))
		add(ruleTooLate, p, false, fmt.Sprintf("公开的日期 %s 超过期限 %s，晚了 %d 天", day(p.Date), day(r.Deadline), late), "人大批准后二十日内公开；日期写错的改过来")
	}
	return out
}
