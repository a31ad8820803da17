package budget

import (
	"slices"

	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// Side says on which side of the budget a line stands.
type Side string

const (
	Expenditure Side = "支出"
	RevenueSide Side = "收入"
	CarryIn     Side = "上年结转"
	CarryOut    Side = "年终结转"
	// Purchases are the procurement budget, stated by marks on projects and their lines or item by item: money that stands on
	// the expenditure side already, so no sum of expenditure has it.
	Purchases Side = "政府采购"
)

// Kinds of expenditure (预算法实施条例 art. 5).
const (
	KindBasic   = "基本支出"
	KindProject = "项目支出"
)

// Kinds are the kinds of expenditure, those that every department has first.
func Kinds() []string { return append([]string{KindBasic, KindProject}, texts(otherKinds())...) }

// Natures of basic expenditure.
const (
	NaturePersonnel = "人员经费"
	NaturePublic    = "公用经费"
)

// FundGeneral is the fund of a line that names none.
const FundGeneral = "一般公共预算"

// Funds are the sources of money in the order of the official tables, treasury funds first.
func Funds() []string {
	return []string{
		FundGeneral, "政府性基金预算", "国有资本经营预算", "财政专户管理资金",
		"事业收入", "事业单位经营收入", "上级补助收入", "附属单位上缴收入", "其他收入",
	}
}

// FundGroups are the names of the sets of funds that tables put into one column, and FundsOf the funds of one.
func FundGroups() []string { return fundGroupNames() }

// FundsOf are the funds of a set.
func FundsOf(group string) []string { return fundGroup(group) }

func fundGroupNames() []string { return []string{"财政拨款", "单位资金"} }

// fundGroup is the set of funds that tables put into one column.
func fundGroup(name string) []string {
	f := Funds()
	switch name {
	case "财政拨款":
		return f[:3]
	case "单位资金":
		return f[4:]
	}
	return nil
}

// FundGroup is the group of funds that a fund belongs to, "" for one that stands alone.
func FundGroup(fund string) string {
	for _, name := range fundGroupNames() {
		if slices.Contains(fundGroup(name), fund) {
			return name
		}
	}
	return ""
}

// View says which of the two margins a line belongs to. A full line, function × economy, belongs to both.
type View uint8

const (
	ByFunction View = 1 << iota
	ByEconomy
)

// Line is one leaf: an amount in 元 with all that is known of it. Every figure of the document is a sum of lines.
type Line struct {
	Side     Side
	View     View
	Unit     string
	UnitKind string // 行政, 参公, 公益一类 …
	Fund     string
	Kind     string // expenditure only
	Nature   string // basic expenditure only
	Guessed  bool   // the nature follows from nothing: it is no more than a default
	Function string
	Economic string
	Project  string // its name; what tells it from those of other units is Unit
	Procure  string // of expenditure: all of it is for that class of procurement
	Purchase string
	Item     string // of the procurement budget: what is bought
	Organize string // how it is bought (采购组织形式)
	Reserved string // for whom it is reserved: 中小企业, 小微企业
	Goals    bool   // of a project with performance goals
	Carried  bool   // paid from last year's carry-over
	Amount   money.Amount
	At       diag.Range
	// From lists the lines that a derived line sums (revenue from the treasury; procurement that is marked on expenditure);
	// nil for what the author stated.
	From []int
}
