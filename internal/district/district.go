// Package district is what a finance bureau sees of all its departments: who has done what, what they spend together, what the
// documents say of each other. Its workbook, its board and its index are made of one District, so that a number is the same in
// all of them; and a District is made of the records of a batch, which are made of the budgets that the documents print.
//
// Departments whose data have errors show no amounts, and no sum has any of theirs: how many they are is said beside it.
package district

import (
	"strconv"
	"time"

	"yusuan/internal/batch"
	"yusuan/internal/money"
)

// District is the departments of one year.
type District struct {
	Name     string // of the district, from the roster; "" where none is given
	Year     int
	Approved time.Time // when the people's congress approved the budgets; zero where the roster does not say
	Deadline time.Time // the last day to publish: twenty days after (预算法 art. 14)
	Program  string
	Packs    []Used

	Departments []Department // in the order of their codes
	Units       []Department // documents of units, the same way; nil unless they were asked for
	States      []StateCount // all states, in their order
	Missing     int          // departments whose amounts are in no sum: their data have errors, or there are none

	Views       []View       // 全区汇总
	ThreePublic []Figures    // by department, the sum of all first
	NoLast      [Columns]int // departments of which a column of ThreePublic does not know last year
	Matrix      Matrix
	Projects    []Project // at or above Threshold, the largest first
	Threshold   money.Amount
	Left        int           // projects below it
	Procurement []Procurement // of departments that have any, the sum of all first
	Findings    []batch.Finding
	Rules       []RuleCount // the most frequent first
	Problems    []Problem   // what the roster and the reviews have wrong, or says otherwise than the data
}

// Title is what the district's tables are of: 槐安区2026年.
func (d *District) Title() string {
	if d.Year == 0 {
		return d.Name
	}
	return d.Name + strconv.Itoa(d.Year) + "年"
}

// Used is a template pack and how many documents were made with it.
type Used struct {
	Pack, Version string
	Documents     int
}

// State is how far a department is:
//
//   - 未报送: the roster of its year lists it and no folder below the root is its: none has its code, and none whose code cannot be
//     read is named by it;
//   - 数据有误: its data have errors, could not be read or written, or made the program fail. That goes before all that the review
//     says: what was published before shows its date beside the state;
//   - 已公开: its data are good, and its review has the date of publication;
//   - 待审: its data are good, it has a review file, and 保密审查 or 审签 is open; also what the run did not come to;
//   - 已生成: its data are good, and there is no review file, or all of it but the publication is done.
type State string

// The states in the order of the work.
const (
	Absent    State = "未报送"
	Faulty    State = "数据有误"
	Waiting   State = "待审"
	Ready     State = "已生成"
	Published State = "已公开"
)

// States lists them.
func States() []State { return []State{Absent, Faulty, Waiting, Ready, Published} }

// StateCount is how many departments are in a state.
type StateCount struct {
	State State
	Count int
}

// Department is one of them, or of the documents of their units.
type Department struct {
	Record      *batch.Record // nil of one that is absent
	Code        string        // as the data say, else as the roster says
	Name        string
	Section     string // that looks after it, from the roster
	State       State
	Shown       bool  // amounts are known and shown: no errors
	Total, Last Known // 支出总计: expenditure and what is carried out
	Review      Review
	Forms       FormCount
	Report      string // of what was found, below the output folder: 核对报告/338.txt; "" where nothing was
}

// Sum is what the departments come to whose amounts are shown. Last year's is known only if it is of all of them; unknown counts the
// others.
func (d *District) Sum() (now money.Amount, last Known, unknown int) {
	for i := range d.Departments {
		if x := &d.Departments[i]; x.Shown {
			now = now.Add(x.Total.Amount)
			last.Amount = last.Add(x.Last.Amount)
			if !x.Last.Known {
				unknown++
			}
		}
	}
	last.Known = unknown == 0
	return now, last, unknown
}

// FormCount is how many performance forms there are of those that are due.
type FormCount struct{ Have, Due int }

// Known is an amount that may not be known.
type Known struct {
	money.Amount
	Known bool
}

// View is the district's expenditure along one property: fund, function, economy, kind.
type View struct {
	By    string // 资金性质, 功能分类, 支出经济分类, 支出类型
	Lines []Line // the sum of all first; classes with their groups and items below them
}

// Line is a line of a view, or the sum of all. Lines of a level add up to the line above them.
type Line struct {
	Code, Name  string
	Level       int // 0 sum of all, 1 class or fund, 2 group, 3 item
	Now         money.Amount
	Last        Known // known where it is of all departments whose amounts are shown: those without this expenditure may have had it
	Unknown     int   // departments of which it is not known
	Like        Like  // of those of which it is known
	Departments int   // that have such expenditure this year
}

// Like is this and last year's expenditure of the same departments: those whose last year is known.
type Like struct{ Now, Last money.Amount }

// Figures are a department's 三公经费 (the six columns), and what it has of 机关运行经费.
type Figures struct {
	Code, Name string // "" and 合计 of the sum
	Now, Last  [Columns]Known
}

// The columns of Figures.
const (
	ThreePublicTotal = iota
	Overseas
	Vehicles
	VehiclePurchase
	VehicleRunning
	Reception
	AgencyOperating
	Columns
)

// Matrix is departments × functional classes.
type Matrix struct {
	Classes []Line // the columns, with the sums over all departments
	Rows    []MatrixRow
}

// MatrixRow is a department's expenditure by class, in the order of the columns.
type MatrixRow struct {
	Code, Name string
	Total      money.Amount
	Amounts    []money.Amount
}

// Project is a project of a department.
type Project struct {
	Department, Code string // the department's name and code
	Unit, Name       string
	Amount           money.Amount
	Goals            bool // performance goals are published
}

// Procurement is a department's procurement budget.
type Procurement struct {
	Code, Name                           string
	Total, Goods, Works, Services, Other money.Amount
	Reserved                             money.Amount // for small and medium enterprises
}

// RuleCount is how often a rule found something.
type RuleCount struct {
	Rule, Title string
	Departments int
}
