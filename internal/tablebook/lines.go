package tablebook

import (
	"slices"
	"strconv"

	"yusuan/internal/budget"
	"yusuan/internal/money"
	"yusuan/internal/schedule"
)

// ledger is 明细: every line of the budget. Formulas call its columns by name.
type ledger struct {
	d        *schedule.Document
	b        *budget.Budget
	folder   string // that places are told from
	columns  []column
	at       map[string]int    // by the name of a column
	fits     map[string]string // formulas by what they sum
	scopes   map[string]string // columns that say which lines a query means
	margins  bool              // some lines are of one view alone
	units    map[string]*budget.Unit
	keys     [3]map[string]string // of units, projects and items: what formulas call them
	projects map[string][]string  // what formulas call those of a name, and of a name behind its unit's code
	steps    []step               // printed amounts, where parts are made to add up
}

// column is a column of 明细.
type column struct {
	name   string // of the range, which is the head too
	of     func(i int) string
	number bool
	width  int  // in halves of an em
	used   bool // by a formula
	none   bool // a formula asks for what has nothing there
}

// step is a unit and decimals that amounts are printed in, with what the lines are printed as.
type step struct {
	f     money.Format
	lines []money.Amount
	name  string
}

// Names of the columns that formulas ask of.
const (
	nameAmount = "金额元"
	nameBound  = "尾差限步数"
	scopeName  = "范围"
)

// columnOf is the column that a key of queries asks of, by the digits of a code.
var columnOf = map[string]string{"side": "收支", "unit": "单位号", "unitkind": "单位性质", "fund": "资金", "kind": "支出类别", "nature": "人员公用", "project": "项目号",
	"procurement": "采购类别", "purchase": "购买服务", "carried": "上年结转安排", "item": "品目号", "organization": "采购组织形式", "reserved": "预留", "goals": "绩效目标",
	"function": "功能科目", "function3": "功能类", "function5": "功能款", "function7": "功能项", "economic": "经济科目", "economic3": "经济类", "economic5": "经济款"}

// fundGroups are the sets of funds that formulas ask for by one word.
const (
	nameFundGroup = "资金大类"
	nameFunction  = "按功能"
	nameEconomy   = "按经济"
)

// What formulas call units, projects and items: texts of authors may be long, or look like numbers and patterns.
const (
	unitKeys = iota
	projectKeys
	itemKeys
)

func newLedger(d *schedule.Document, folder string) *ledger {
	l := &ledger{d: d, b: d.Budget, folder: folder, at: map[string]int{}, fits: map[string]string{}, scopes: map[string]string{}, units: map[string]*budget.Unit{}, projects: map[string][]string{}}
	for k := range l.keys {
		l.keys[k] = map[string]string{}
	}
	for _, u := range l.b.ListedUnits() {
		l.units[u.Code.V] = u
	}
	for i := range l.b.Lines {
		x := &l.b.Lines[i]
		l.margins = l.margins || x.View != budget.ByFunction|budget.ByEconomy
		for k, v := range [...]string{x.Unit, projectOf(x), x.Item} {
			if v == "" || l.keys[k][v] != "" {
				continue
			}
			own := [...]string{"单位", "项目", "品目"}[k] + strconv.Itoa(len(l.keys[k])+1)
			if l.keys[k][v] = own; k == projectKeys {
				l.projects[x.Project] = append(l.projects[x.Project], own)
				l.projects[v] = append(l.projects[v], own) // queries call it so, too
			}
		}
	}
	l.make()
	return l
}

// projectOf tells the project of a line from those of other units.
func projectOf(x *budget.Line) string {
	if x.Project == "" {
		return ""
	}
	return x.Unit + "/" + x.Project
}

func (l *ledger) line(i int) *budget.Line { return &l.b.Lines[i] }

// make makes the columns.
func (l *ledger) make() {
	text := func(name string, width int, of func(x *budget.Line) string) {
		l.add(column{name: name, width: width, of: func(i int) string { return of(l.line(i)) }})
	}
	keyed := func(key string, width int) {
		text(columnOf[key], width, func(x *budget.Line) string { return x.Value(key) })
	}
	l.add(column{name: "序号", width: 6, number: true, of: func(i int) string { return strconv.Itoa(i + 1) }})
	l.add(column{name: nameAmount, width: 18, number: true, of: func(i int) string { return l.line(i).Amount.String() }})
	keyed("side", 10)
	text("单位代码", 12, func(x *budget.Line) string { return x.Unit })
	text("单位名称", 26, func(x *budget.Line) string {
		if u := l.units[x.Unit]; u != nil {
			return u.Name.V
		}
		return ""
	})
	keyed("unitkind", 10)
	keyed("fund", 18)
	text(nameFundGroup, 16, func(x *budget.Line) string { return fundGroup(x.Fund) })
	keyed("kind", 14)
	keyed("nature", 10)
	l.codes("function", "功能科目", 3, 5, 7)
	l.codes("economic", "经济科目", 3, 5)
	text("项目", 34, func(x *budget.Line) string { return x.Project })
	keyed("goals", 10)
	keyed("carried", 12)
	keyed("procurement", 10)
	keyed("purchase", 20)
	text("采购品目", 26, func(x *budget.Line) string { return x.Item })
	keyed("organization", 14)
	keyed("reserved", 12)
	text(nameFunction, 8, func(x *budget.Line) string { return yesNo(x.View&budget.ByFunction != 0) })
	text(nameEconomy, 8, func(x *budget.Line) string { return yesNo(x.View&budget.ByEconomy != 0) })
	text(columnOf["unit"], 8, func(x *budget.Line) string { return l.keys[unitKeys][x.Unit] })
	text(columnOf["project"], 8, func(x *budget.Line) string { return l.keys[projectKeys][projectOf(x)] })
	text(columnOf["item"], 8, func(x *budget.Line) string { return l.keys[itemKeys][x.Item] })
	text("数据出处", 40, func(x *budget.Line) string { return x.At.Below(l.folder) })
	text("说明", 40, l.remark)
}

// codes adds the columns of a classification: whole codes, their beginnings by which formulas ask, and names.
func (l *ledger) codes(key, name string, digits ...int) {
	code := func(i int) string { return l.line(i).Value(key) }
	l.add(column{name: columnOf[key], width: 10, of: code})
	for _, n := range digits {
		l.add(column{name: columnOf[key+strconv.Itoa(n)], width: 10, of: func(i int) string {
			if c := code(i); len(c) >= n {
				return c[:n]
			}
			return ""
		}})
	}
	l.add(column{name: name + "名称", width: 26, of: func(i int) string {
		if key == "function" {
			return l.d.CodeName(l.b.Functional, budget.ByFunction, code(i))
		}
		return l.d.CodeName(l.b.Economic, budget.ByEconomy, code(i))
	}})
}

func (l *ledger) add(c column) {
	l.at[c.name] = len(l.columns)
	l.columns = append(l.columns, c)
}

// use marks a column as one that a formula asks of.
func (l *ledger) use(name string) string {
	l.columns[l.at[name]].used = true
	return name
}

// useNone marks a column as one that is asked for what has nothing there.
func (l *ledger) useNone(name string) string {
	l.columns[l.at[name]].none = true
	return l.use(name)
}

// remark says of lines that no file states as they are where they come from.
func (l *ledger) remark(x *budget.Line) string {
	switch {
	case x.From == nil:
		return ""
	case x.Side == budget.RevenueSide:
		return "由支出和结转推算，数据里没有这个数"
	}
	return "按支出上的采购标记推算"
}

func yesNo(b bool) string {
	if b {
		return "是"
	}
	return "否"
}

// fundGroup is the set of funds that a fund is of, itself where it is of none.
func fundGroup(fund string) string {
	for _, name := range budget.FundGroups() {
		if slices.Contains(budget.FundsOf(name), fund) {
			return name
		}
	}
	return fund
}

// printedAs is the column of what lines are printed as in a format, of packs that make parts add up.
func (l *ledger) printedAs(f money.Format) string {
	for _, s := range l.steps {
		if s.f.Unit == f.Unit && s.f.Places == f.Places {
			return s.name
		}
	}
	s := step{f: f, lines: l.d.PrintedLines(f), name: "印作" + f.Unit.String() + strconv.Itoa(f.Places) + "位"}
	if len(l.steps) == 0 {
		l.add(column{name: nameBound, width: 12, number: true, used: true, of: l.bounds()})
	}
	l.steps = append(l.steps, s)
	l.add(column{name: s.name, width: 18, number: true, used: true, of: func(i int) string { return s.lines[i].String() }})
	return s.name
}

// bounds are by how many steps of what is printed lines may miss their exact amounts: by less than one; revenue, which follows
// from what is spent and carried, by as many as those are.
func (l *ledger) bounds() func(i int) string {
	type purse struct{ unit, fund string }
	count := map[purse]int{}
	for i := range l.b.Lines {
		if x := l.line(i); x.Side != budget.RevenueSide && x.Side != budget.Purchases && x.View&budget.ByFunction != 0 {
			count[purse{x.Unit, x.Fund}]++
		}
	}
	return func(i int) string {
		x := l.line(i)
		if x.Side == budget.RevenueSide || x.Side == budget.CarryIn {
			return strconv.Itoa(max(1, count[purse{x.Unit, x.Fund}]))
		}
		return "1"
	}
}
