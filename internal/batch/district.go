package batch

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/money"
)

// Total is the expenditure of all departments of one year, fund, functional class and kind.
type Total struct {
	Year int `json:"year"`
	Part
	Departments int `json:"departments"` // that have such expenditure
}

// Totals sums the departments whose documents are there, sorted by year, fund, class and kind.
func Totals(records []Record) []Total {
	type key struct {
		year                    int
		fund, class, name, kind string
	}
	sums := map[key]*Total{}
	for i := range records {
		if !records[i].counts() {
			continue
		}
		for _, p := range records[i].core().Parts {
			k := key{records[i].Year, p.Fund, p.Class, p.Name, p.Kind}
			t := sums[k]
			if t == nil {
				t = &Total{Year: k.year, Part: p}
				t.Amount = Yuan{}
				sums[k] = t
			}
			t.Amount.Amount = t.Amount.Add(p.Amount.Amount)
			t.Departments++
		}
	}
	out := make([]Total, 0, len(sums))
	for _, t := range sums {
		out = append(out, *t)
	}
	slices.SortFunc(out, func(a, b Total) int { return cmp.Or(cmp.Compare(a.Year, b.Year), comparePart(a.Part, b.Part)) })
	return out
}

// Sum is a line of the district's table: all expenditure of one year that has one property.
type Sum struct {
	Year     int
	By, Name string // 资金性质, 功能分类, 支出类型, 合计; and which of them
	Amount   money.Amount
}

// Sums adds totals up by fund, by functional class, by kind and over all.
func Sums(totals []Total) []Sum {
	views := []struct {
		by   string
		name func(*Total) string
	}{
		{"资金性质", func(t *Total) string { return t.Fund }},
		{"功能分类", func(t *Total) string { return t.Class + " " + t.Name }},
		{"支出类型", func(t *Total) string { return t.Kind }},
		{"合计", func(*Total) string { return "支出合计" }},
	}
	var out []Sum
	for _, year := range years(totals) {
		for _, v := range views {
			from := len(out)
			for i := range totals {
				if t := &totals[i]; t.Year == year {
					out = addTo(out, from, Sum{Year: year, By: v.by, Name: v.name(t), Amount: t.Amount.Amount})
				}
			}
			if v.by == "功能分类" { // totals come by fund first
				slices.SortFunc(out[from:], func(a, b Sum) int { return cmp.Compare(a.Name, b.Name) })
			}
		}
	}
	return out
}

func years(totals []Total) []int {
	var out []int
	for i := range totals {
		out = append(out, totals[i].Year)
	}
	return slices.Compact(out)
}

// addTo adds s to the line of its name in out[from:], or as a new line.
func addTo(out []Sum, from int, s Sum) []Sum {
	for i := from; i < len(out); i++ {
		if out[i].Name == s.Name {
			out[i].Amount = out[i].Amount.Add(s.Amount)
			return out
		}
	}
	return append(out, s)
}

// Finding is something that only the whole district shows. It stops no document.
type Finding struct {
	Rule       string `json:"rule"`
	Department string `json:"department"`
	Edition    string `json:"edition,omitempty"` // of the department's document that shows it
	Other      string `json:"other,omitempty"`   // the other department
	At         string `json:"at,omitempty"`      // file and line
	Message    string `json:"message"`
	Error      bool   `json:"error,omitempty"` // else a warning
}

// Rules of this package. They are never renumbered.
const (
	ruleName     = "批量-001" // two documents of one name
	ruleForeign  = "批量-002" // another department's name
	ruleCopied   = "批量-003" // a sentence with amounts that another department has, too
	ruleTwoHomes = "批量-004" // a unit under two departments
	rulePrior    = "批量-005" // last year's figures differ from last year's batch
	ruleSameCode = "批量-006" // two departments of one code
	ruleLast     = "批量-007" // the summary of last year is another year's
)

// UnitsOnce finds units that two departments of one year list by the same code.
func UnitsOnce(records []Record) []Finding {
	type key struct {
		year int
		code string
	}
	first := map[key]*Record{}
	var out []Finding
	for i := range records {
		r := &records[i]
		for _, u := range r.core().Units {
			if u.Code == "" {
				continue
			}
			k := key{r.Year, u.Code}
			switch other := first[k]; {
			case other == nil:
				first[k] = r
			case other != r:
				out = append(out, Finding{Rule: ruleTwoHomes, Department: r.Department, Other: other.Department,
					Message: fmt.Sprintf("单位“%s %s”也列在 %s 之下，一个单位只属于一个部门", u.Code, u.Name, other.Department)})
			}
		}
	}
	return out
}

// PriorAgrees compares last year's figures as this year's documents print them with what last year's documents said.
// last may hold records of any years.
func PriorAgrees(records, last []Record) []Finding {
	type key struct {
		year int
		code string
		unit bool
	}
	before := map[key]*Record{}
	for i := range last {
		if r := &last[i]; r.Status.Good() || r.Status == Checked {
			before[key{r.Year, r.Code, r.Edition != ""}] = r
		}
	}
	printed := money.Usual(money.Wan) // how documents state them at the coarsest: what agrees in it cannot be told apart in print
	var out []Finding
	for i := range records {
		r := &records[i]
		old := before[key{r.Year - 1, r.Code, r.Edition != ""}]
		if old == nil {
			continue
		}
		then := old.core().Figures
		for _, f := range r.core().Prior {
			j := f.among(then)
			if j < 0 || printed.Round(f.Amount.Amount).Equal(printed.Round(then[j].Amount.Amount)) {
				continue
			}
			now, was, apart := money.Difference(money.Wan, f.Amount.Amount, then[j].Amount.Amount)
			out = append(out, Finding{Rule: rulePrior, Department: r.Department, Edition: r.Edition, Other: old.Department,
				Message: fmt.Sprintf("上年数“%s”填报 %s，%d年文件里是 %s，相差 %s", cmp.Or(f.Title, f.Name), now, old.Year, was, apart)})
		}
	}
	return out
}

// among is where the figure stands among those of another year: one of the same role, or else of the same name. -1 is nowhere.
func (f *Figure) among(list []Figure) int {
	if f.Role != "" {
		if i := slices.IndexFunc(list, func(x Figure) bool { return x.Role == f.Role }); i >= 0 {
			return i
		}
	}
	return slices.IndexFunc(list, func(x Figure) bool { return x.Name == f.Name && (x.Role == "" || f.Role == "") })
}

// LastIsLast holds that a summary given for last year's is of a year before one of the batch: else nothing is compared, and
// nobody would know. name is the summary's file.
func LastIsLast(records, last []Record, name string) []Finding {
	years, given := map[int]bool{}, map[int]bool{}
	var first *Record
	for i := range records {
		if r := &records[i]; r.Year != 0 {
			years[r.Year] = true
			if first == nil {
				first = r
			}
		}
	}
	for i := range last {
		if y := last[i].Year; y != 0 {
			given[y] = true
			if years[y+1] {
				return nil
			}
		}
	}
	if first == nil {
		return nil
	}
	what := "里没有一个部门的年度"
	if len(given) > 0 {
		what = "是 " + listed(given) + " 年的"
	}
	return []Finding{{Rule: ruleLast, Department: first.Department, At: name, Error: true, Message: fmt.Sprintf(
		"给的上年汇总%s，%s 等部门是 %s 年的，上年数没有核对；--last 要的是上一年批量的 summary.json", what, first.Department, listed(years))}}
}

func listed(years map[int]bool) string {
	var s []string
	for _, y := range slices.Sorted(maps.Keys(years)) {
		s = append(s, strconv.Itoa(y))
	}
	return strings.Join(s, "、")
}

// CSV is the district's totals as rows, the head first; amounts exact, in 元.
func CSV(totals []Total) [][]string {
	out := [][]string{{"年度", "资金性质", "功能分类编码", "功能分类名称", "支出类型", "部门数", "金额（元）"}}
	for i := range totals {
		t := &totals[i]
		out = append(out, []string{strconv.Itoa(t.Year), t.Fund, t.Class, t.Name, t.Kind, strconv.Itoa(t.Departments),
			t.Amount.In(money.Yuan, 2)})
	}
	return out
}
