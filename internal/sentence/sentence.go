// Package sentence reads the sentences of budget documents: which number says what of which money. It knows Chinese and
// arithmetic between the numbers of one passage, and nothing of tables: whose row a subject is, package audit finds.
package sentence

import "yusuan/internal/prose"

// Role is what a number says.
type Role int

const (
	Unread  Role = iota // not understood
	Sum                 // what a subject comes to: 基本支出7,877.76万元
	Last                // what it came to in the year that is compared with: 2025年执行数为A万元
	Change              // by how much it differs from Last: 增加X万元
	Rate                // the same in percent of Last: 增长Y%
	Share               // of a whole, in percent: 占Z%
	Count               // of things or people: 车辆3辆
	Price               // for each: 每台0.5万元, 单价
	Limit               // 50万元以上, 不超过
	Year                // a year that is named
	Ordinal             // of lists, dates, documents, statutes: says nothing of money
	Target              // an aim of performance: 满意度≥95%
)

// Base is what is compared with.
type Base int

const (
	NoBase    Base = iota
	Budget         // 上年预算数
	Execution      // 上年执行数, 预计执行数
	Final          // 上年决算数
)

// Number is a number of a passage with what it says. Indexes are of Passage.Numbers and Passage.Subjects, -1 for none.
type Number struct {
	prose.Quantity
	Role    Role
	Subject int // Sum, Last, Count, Price: whose
	Of      int // Last, Change: the Sum; Rate: the Change or, without one, the Sum; Share: the part
	Whole   int // Share: the number of the whole where the passage has it
	// WholeSubject is what a share is of, by name: 占“三公”经费的26.69%.
	WholeSubject int
	Base         Base
	BaseYear     int // as named, 0 for 上年
	Sign         int // Change, Rate: 1 more, -1 less; 0 as the words do not say or say both
	SignAt       Span
	Why          bool // Change, Rate: it says why another changed
	rough        bool // 约34%
}

// Span is a stretch of the text, in bytes.
type Span struct{ Start, End int }

// Subject is what a number is said of.
type Subject struct {
	Span
	// Names are the names from the widest to the narrowest: 一般公共服务支出, 人大事务, 行政运行; brackets of level cut off.
	Names []Name
}

// Name is one name of a path with the level that is written behind it: 类, 款, 项, "" for none.
type Name struct {
	Text  string // squeezed: no blanks, brackets and quotes of one kind
	Level string
	Span
}

// Same says that a sum is as it was: 与上年持平.
type Same struct {
	Span
	Of       int // the Sum
	Base     Base
	BaseYear int
}

// List says that parts make up a whole, or, Open, are some of it: 其中.
type List struct {
	Whole int // a number; -1 where the passage gives the parts alone
	Parts []int
	Open  bool
	loose bool // it may be no list at all: no word says so, or words that say only why
	Each  bool // every part is the whole: 收支总计，其中收入、支出
	Role  Role // Sum, Change or Count: what its numbers are
}

// Passage is a text that was read.
type Passage struct {
	Text       string
	Numbers    []Number
	Subjects   []Subject
	Same       []Same
	Lists      []List
	Slips      []Slip
	Enumerated []Enumerated

	document scale // how exactly the document prints, where that is known

	why   map[int][]int // the rates in the reasons of a change
	year  int
	years []namedYear
	lasts map[int][]int // the Lasts of a Sum: of several bases
}

// Slip is what is wrong with words alone: 增加（减少）, XX局, a doubled mark, an unpaired quote, an amount without a unit.
type Slip struct {
	Span
	Kind string // one of the constants beside slips
	Want string // what should stand there, "" where that is not known
}
