// Package imports understands what budget systems export: sheets of unknown layout become typed rows, each value with its cell.
// Tables are found by their heads, never by place. What each column was taken for, which rows were sums and whether they agree
// with their parts is part of the answer; what is not understood is said, and nothing is guessed from the size of numbers.
//
// The words that heads are known by are data (data/import/词表.toml, read by ParseWords), and so is what an office answered
// when it was asked (ParseMap, Map.Write).
package imports

import (
	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// Kind is the kind of facts that a table of an export holds. Its words are those of mapping files.
type Kind string

// The kinds of tables.
const (
	Basic      Kind = "基本支出"    // function × economy
	ByFunction Kind = "基本支出按功能" // one margin
	ByEconomic Kind = "基本支出按经济" // the other
	Project    Kind = "项目"      // one row for each line of a project's money
	Purchase   Kind = "政府采购"    // lines of procurement
	Indicator  Kind = "绩效指标"    // indicators of performance
	Vehicle    Kind = "车辆"      // cars by use
	Revenue    Kind = "收入"      // revenue by source
	Carry      Kind = "结转结余"    // carried over, by fund
	Unit       Kind = "单位"      // the units of the department
	Summary    Kind = "支出汇总"    // basic and project expenditure by code, without what tells whose: facts cannot be made of it, but they can be held against it
	Three      Kind = "三公经费"    // single figures by their heads: Understood.Totals alone
	Balance    Kind = "收支总表"    // two sides: Understood.Totals alone
	NoTable    Kind = ""        // not recognised
)

// kinds are all kinds with the table of a data folder (budget.Tables) that their rows are of.
var kinds = []struct {
	kind  Kind
	table string
}{
	{Basic, "basic"}, {ByFunction, "basic_by_function"}, {ByEconomic, "basic_by_economic"}, {Project, "project"}, {Purchase, "procurement"},
	{Indicator, "form.indicator"}, {Vehicle, "vehicle"}, {Revenue, "revenue"}, {Carry, "carryover"}, {Unit, "unit"}, {Summary, ""}, {Three, ""}, {Balance, ""},
}

// Table is the name of the table of a data folder that rows of the kind are of; "" where they are none.
func (k Kind) Table() string {
	for _, x := range kinds {
		if x.kind == k {
			return x.table
		}
	}
	return ""
}

// Understood is what was understood of all files together.
type Understood struct {
	Sheets []SheetReport
	Rows   []Row   // leaves alone, in the order of files, sheets and rows
	Totals []Total // sums that the files state, which were no leaves

	asked       asked // about units
	forms       []formMoney
	departments []UnitName // that lines above tables name
	whole       []string   // words for the whole department, where a project is due
}

// Row is one leaf: of a wide table one for each fund that has money.
type Row struct {
	Kind   Kind
	Sheet  int        // of Understood.Sheets
	At     diag.Range // its first cell
	Values []Value    // in the order of columns; none without content
}

// Value is what a row says of one field.
//
// The keys are those of the fields of Kind.Table(): unit, fund, function, economic, amount, personnel, public, carried, name,
// group, start_year, end_year, total_budget, purpose, use, procurement, service_purchase, class, item, organization, reserved,
// project, horizon, goal, text (of a goal), first, second, third, value, before_last, last, basis, count, bought, source, in, out, code, kind;
// of a Summary amount, basic, project. Beyond the schema: code of a Project (as the budget system numbers it), project_code of
// a Purchase or an Indicator.
type Value struct {
	Key    string
	Text   string       // a code, a word of the list, "true", digits of a count; of an amount its digits in 元
	Name   string       // beside a code: the name that stood with it, or that the catalogue has; "" unknown
	Amount money.Amount // exact 元, where the field is an amount
	Money  bool         // it is one
	At     diag.Range   // the cell, or the first of several
}

// Get is the value of a key.
func (r *Row) Get(key string) (Value, bool) {
	for _, v := range r.Values {
		if v.Key == key {
			return v, true
		}
	}
	return Value{}, false
}

// Text is the text of a key, "" where the row does not say.
func (r *Row) Text(key string) string {
	v, _ := r.Get(key)
	return v.Text
}

// Total is a sum that a file states: of a row of sums, of a sheet of single figures.
type Total struct {
	Sheet  int
	Label  string            // what the row says of itself: 合计, 小计, 一般公共服务支出
	Column string            // the head of the column, joined by /
	Where  map[string]string // what it is the sum of, as far as the row says: unit, fund, function, economic, project
	Key    string            // the field that it sums: amount, personnel, public, basic, project
	Amount money.Amount
	At     diag.Range
	// Parts is the sum of the leaves below it, exact, 0 of a single figure; Held says that the two agree, up to rounding;
	// Unstored that the file has no usable result (an uncomputed formula, a zero) and Amount is Parts.
	Parts          money.Amount
	Held, Unstored bool
}

// SheetReport is what was made of a sheet, or of one of the tables on it.
type SheetReport struct {
	File, Sheet string
	At          diag.Range // the first cell of the head; the sheet where none was found
	Title       string     // the line above the head that says most
	Kind        Kind
	Score       int         // of the kind, of 100
	Others      []Candidate // what else it may be, best first
	Print       string      // fingerprint of its heads
	Unit        string      // of money, as the sheet says it; "" where it says none
	UnitFrom    string      // what said it: 列头, 表上方, 数字格式, 对照文件; "" where Unit says it, column by column
	Columns     []Column
	Taken       int // rows that were leaves
	Made        int // rows made of them
	Figures     int // of a sheet of single figures or of a balance: numbers that are kept to be held against others
	Sums        int // rows of sums
	Held        int // of which agree with their parts
	Failed      int // of which do not
	Unstored    int // of which have no result in the file
	Odd         int // of which have a cell that is no amount, so that nothing can be held against it
	Account     Account
	Left        string // why nothing was taken of the sheet, in Chinese; "" where it was
	Fund        string // of all its money, as its title or the mapping file says
	Notes       []string

	skip, lenient bool // as the mapping file says
	fund          string
}

// Candidate is a kind that a table may be.
type Candidate struct {
	Kind  Kind
	Score int
}

// Column is what a column was taken for.
type Column struct {
	Number int    // from 1
	Head   string // joined by /
	Key    string // what mapping files call it: the head, with its number where several are alike
	Role   string // 单位, 功能科目, 金额 …; "" not recognised
	Fund   string // of an amount that is of one fund
	Score  int    // of 100; 0 not recognised
	Filled int    // cells with content below the head
	Group  bool   // names several funds
	Note   string // why it is not used, or what else there is to say
	Unused bool   // nothing is made of it
}
