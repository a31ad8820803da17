package check

import (
	"fmt"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
)

// headquarters: the department itself is one unit.
func headquarters(in *Input, r *Report) {
	var first *budget.Unit
	for i := range in.Budget.Facts.Units {
		u := &in.Budget.Facts.Units[i]
		switch {
		case !u.Own.V:
		case first == nil:
			first = u
		default:
			r.Add(diag.Diagnostic{Rule: "单位-009", Level: diag.Error, At: or(u.Own.At, u.At), Message: "单位" + diag.Quote(u.Name.V) + "和" + diag.Quote(first.Name.V) + "都写作部门本级，两个都不会印在所属单位里",
				Notes: []diag.Related{{Text: "先前一个在这里", At: or(first.Own.At, first.At)}}, Hint: "只有部门本级写 headquarters = true，所属单位不写"})
		}
	}
}

// bareUnits: where others have basic expenditure, a unit that has none may have lost all its lines. A unit that had none
// last year either is so.
func bareUnits(in *Input, r *Report) {
	basic := func(b *budget.Budget) map[string]bool {
		out := map[string]bool{}
		for i := range b.Lines {
			if x := &b.Lines[i]; x.Side == budget.Expenditure && x.Kind == budget.KindBasic {
				out[x.Unit] = true
			}
		}
		return out
	}
	now := basic(in.Budget)
	if len(now) == 0 && len(in.Budget.Lines) > 0 && in.Gap.IsZero() {
		r.Add(diag.Diagnostic{Rule: "填报-030", Level: diag.Warning, At: in.Budget.Facts.Department.At, Message: "没有填报一笔基本支出，各表的基本支出都印 0.00",
			Hint: "核对基本支出的文件（basic.toml）在不在数据目录里、是不是空的；确实没有基本支出的不必改"})
		return
	}
	if len(now) == 0 || now[""] {
		return // of the lines of no unit it has been said
	}
	var before map[string]bool
	if in.Prior.Last != nil {
		before = basic(in.Prior.Last)
	}
	last := map[string]bool{}
	if in.Prior.Last != nil {
		for _, u := range in.Prior.Last.ListedUnits() {
			last[u.Code.V] = true
		}
	}
	var bare []*budget.Unit
	for _, u := range in.Budget.ListedUnits() {
		if !now[u.Code.V] && (!last[u.Code.V] || before[u.Code.V]) {
			bare = append(bare, u)
		}
	}
	if len(bare) == 0 {
		return
	}
	d := diag.Diagnostic{Rule: "单位-010", Level: diag.Note, At: bare[0].At, Message: "单位" + diag.Quote(bare[0].Name.V) + "一笔基本支出也没有", Hint: "核对基本支出的清单是不是漏了一段；确实没有基本支出的不必改"}
	if len(bare) > 1 {
		d.Message = fmt.Sprintf("有%d个单位一笔基本支出也没有，别的单位有", len(bare))
		for _, u := range bare {
			d.Notes = append(d.Notes, diag.Related{Text: u.Code.V + " " + u.Name.V, At: u.At})
		}
		d.Notes = cut(d.Notes)
	}
	r.Add(d)
}

// mostNamed is how many of many things alike a message names.
const mostNamed = 10

// cut leaves the first of many notes alike, and says how many there are more.
func cut(notes []diag.Related) []diag.Related {
	if n := len(notes) - mostNamed; n > 0 {
		return append(notes[:mostNamed:mostNamed], diag.Related{Text: fmt.Sprintf("还有 %d 个", n)})
	}
	return notes
}

// row is what a document of last year had and this year's may lack.
type row struct {
	unit, kind, function, economic, project string
}

// lostRows: what last year's folder has and this year's has not is told in one list, so that a line that was lost on the
// way is seen. A unit that is gone is told alone, without what it had.
func lostRows(in *Input, r *Report) {
	last := in.Prior.Last
	if last == nil {
		return
	}
	there := map[row]bool{}
	for i := range in.Budget.Lines {
		for _, x := range rowsOf(&in.Budget.Lines[i]) {
			there[x] = true
		}
	}
	for _, u := range in.Budget.ListedUnits() {
		there[row{unit: u.Code.V}] = true
	}
	var gone []diag.Related
	told := map[row]bool{}
	miss := func(x row, text string, at diag.Range) {
		if !there[x] && !told[x] {
			gone = append(gone, diag.Related{Text: text, At: at})
		}
		told[x] = true
	}
	for _, u := range last.ListedUnits() {
		miss(row{unit: u.Code.V}, "单位 "+u.Code.V+" "+u.Name.V, u.At)
	}
	ended := endedProjects(last, in.Budget.Facts.Department.Year.V)
	stands := standIns(last)
	for i := range last.Lines {
		x := &last.Lines[i]
		if x.Amount.IsZero() || !there[row{unit: x.Unit}] || ended[row{unit: x.Unit, project: x.Project}] || stands[x.Economic] {
			continue
		}
		for _, k := range rowsOf(x) {
			if stands[x.Function] && k.economic == "" {
				continue // nor are its projects those of this year
			}
			miss(k, rowName(last, x, k), x.At)
			if !there[k] {
				break // with a project goes its item
			}
		}
	}
	if len(gone) == 0 {
		return
	}
	r.Add(diag.Diagnostic{Rule: "上年-008", Level: diag.Note, At: in.Budget.Facts.Department.At, Message: fmt.Sprintf("上年有、本年没有的单位、科目、项目有%d个", len(gone)),
		Notes: cut(gone), Hint: "核对有没有漏填；本年确实没有安排的不必改"})
}

// rowsOf are the rows that a line of expenditure stands in, its project first. A year in a project's name goes with the
// year.
func rowsOf(x *budget.Line) []row {
	if x.Side != budget.Expenditure || x.Amount.IsZero() {
		return nil
	}
	var out []row
	if x.Project != "" {
		out = append(out, row{unit: x.Unit, project: yearWord().ReplaceAllString(x.Project, "")})
	}
	if x.Function != "" {
		out = append(out, row{unit: x.Unit, kind: x.Kind, function: x.Function})
	}
	if x.Kind == budget.KindBasic && x.Economic != "" {
		out = append(out, row{unit: x.Unit, kind: x.Kind, economic: x.Economic})
	}
	return out
}

// rowName names a row of a line to the author.
func rowName(last *budget.Budget, x *budget.Line, k row) string {
	unit := ""
	if len(last.ListedUnits()) > 1 {
		unit = "单位 " + x.Unit + " 的"
	}
	if k.project != "" {
		return unit + "项目" + diag.Quote(x.Project)
	}
	if k.economic != "" {
		name, _ := last.Economic.Name(x.Economic)
		return unit + x.Kind + " " + x.Economic + " " + name
	}
	name, _ := last.Functional.Name(x.Function)
	return unit + x.Kind + " " + x.Function + " " + name
}

// endedProjects are those of last year that were not to run on.
func endedProjects(last *budget.Budget, year int) map[row]bool {
	out := map[row]bool{}
	for i := range last.Facts.Projects {
		if p := &last.Facts.Projects[i]; p.End.Set && p.End.V < year {
			out[row{unit: last.UnitOf(p), project: p.Name.V}] = true
		}
	}
	return out
}

// standIns are codes that stand for those that nobody published.
func standIns(b *budget.Budget) map[string]bool {
	out := map[string]bool{}
	for i := range b.Facts.Codes {
		if c := &b.Facts.Codes[i]; c.Undisclosed.V {
			out[c.Code.V] = true
		}
	}
	return out
}
