package audit

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/prose"
	"yusuan/internal/schedule"
)

// Names that sentences use lead to numbers of tables in two ways: a name is what rows are called, or it asks something that
// the numbers of tables answer, and several names behind each other ask all of it: 财政拨款, 支出. What is neither is filling or
// not known.

// lexicon is what names mean in the tables of a document.
type lexicon struct {
	in      *Input
	doc     *document
	cells   []cell                    // all of them, also those that no other table is held against
	rows    map[string][]int          // cells by the name of their row
	codes   map[string][]code         // of the catalogue by their name
	ofCode  map[code][]int            // cells by the code of their row: a long document has many of both
	asks    map[string][]budget.Query // what names ask; of several readings any
	filling map[string]bool
	longest int // name, in characters
}

// code is a code of one of the two classifications.
type code struct{ key, value string }

// newLexicon is what names mean in a document, most of it what its pack says.
func newLexicon(in *Input, doc *document) *lexicon {
	x := &lexicon{in: in, doc: doc, rows: map[string][]int{}, codes: map[string][]code{}, ofCode: map[code][]int{}, asks: map[string][]budget.Query{}, filling: map[string]bool{}}
	x.commonWords()
	x.packWords()
	x.catalogue("function", &in.Budget.Functional)
	x.catalogue("economic", &in.Budget.Economic)
	x.cells = slices.Concat(doc.cells, doc.apart)
	for i := range x.cells {
		if c := &x.cells[i]; c.label != "" {
			x.row(schedule.Bare(c.label), i)
		}
		for _, key := range [...]string{"function", "economic"} {
			if v, ok := only(x.cells[i].query, key); ok {
				x.ofCode[code{key, v}] = append(x.ofCode[code{key, v}], i)
			}
		}
	}
	d := &in.Budget.Facts.Department
	x.fill(d.Name.V, d.ShortName.V)
	for _, u := range in.Budget.ListedUnits() {
		if u.Name.V != d.Name.V && u.Name.V != "" {
			x.ask(u.Name.V, budget.Query{}.Where("unit", u.Code.V))
		}
	}
	return x
}

func (x *lexicon) row(name string, i int) {
	for _, w := range []string{"其中：", "减：", "加："} {
		name = strings.TrimPrefix(name, w)
	}
	if name = bareName(name); name != "" && !strings.HasSuffix(name, "计") {
		x.rows[name] = append(x.rows[name], i)
		x.longest = max(x.longest, utf8.RuneCountInString(name))
	}
}

func (x *lexicon) ask(name string, queries ...budget.Query) {
	if name = bareName(name); name != "" {
		x.asks[name] = append(x.asks[name], queries...)
		x.longest = max(x.longest, utf8.RuneCountInString(name))
	}
}

func (x *lexicon) fill(names ...string) {
	for _, name := range names {
		if name = bareName(name); name != "" {
			x.filling[name] = true
			x.longest = max(x.longest, utf8.RuneCountInString(name))
		}
	}
}

// commonWords are those of any budget.
func (x *lexicon) commonWords() {
	const incomes = "收入"
	for _, f := range budget.Funds() {
		q := budget.Query{}.Where("fund", f)
		x.ask(f, q)
		x.ask(f+"资金", q)
		if !strings.HasSuffix(f, incomes) { // 其他支出 is a class
			x.ask(f+"支出", q)
		}
		x.ask(strings.TrimSuffix(f, "预算"), q)
	}
	for _, f := range budget.FundGroups() {
		x.ask(f, budget.Query{}.Where("fund", budget.FundsOf(f)...))
	}
	x.ask("政府性基金预算财政拨款", budget.Query{}.Where("fund", "政府性基金预算"))
	side := func(s ...budget.Side) budget.Query {
		var all []string
		for _, v := range s {
			all = append(all, string(v))
		}
		return budget.Query{}.Where("side", all...)
	}
	income := []budget.Query{side(budget.RevenueSide), side(budget.RevenueSide, budget.CarryIn)}
	outgo := []budget.Query{side(budget.Expenditure), side(budget.Expenditure, budget.CarryOut)}
	asked := func(words string, queries ...budget.Query) {
		for _, w := range strings.Fields(words) {
			x.ask(w, queries...)
		}
	}
	asked("收入 总收入 收入预算 预算收入 收入合计 收入总计", income...)
	asked("支出 总支出 支出预算 预算支出 支出合计 支出总计", outgo...)
	asked("政府采购 政府采购预算", side(budget.Purchases))
	for _, class := range x.in.Pack.ProcurementClasses {
		asked(class+" "+class+"类", budget.Query{}.Where("procurement", class))
	}
	asked("收入、支出 收入支出 收支 收、支", slices.Concat(income, outgo)...)
	asked("上年结转 上年结转结余 上年结转资金", side(budget.CarryIn))
	asked("年终结转结余 结转下年 结转下年资金", side(budget.CarryOut))
	for _, k := range budget.Kinds() {
		x.ask(k, budget.Query{}.Where("kind", k))
	}
	x.ask(budget.NaturePersonnel, budget.Query{}.Where("nature", budget.NaturePersonnel))
	x.ask(budget.NaturePublic, budget.Query{}.Where("nature", budget.NaturePublic))
	x.fill(strings.Fields("预算 数 资金 经费 拨款 财政 合计 共计 总计 总额 金额 总 本年 当年 全年 年度 年 部门 本部门 单位 本单位 我部门 我单位 各 的 安排 科目 为 共 是 约 按" +
		" 、 ， （ ） ： 项目 类 款 项 其中 包括 列支 用 用于 情况 规模 年初 公开 汇总 区级 市级 省级 本级 计划 中 内 里 使用 支 均 以 由")...)
	year := x.in.Budget.Facts.Department.Year.V
	x.fill(strconv.Itoa(year)+"年", strconv.Itoa(year)+"年度", strconv.Itoa(year), strconv.Itoa(year-1)+"年", strconv.Itoa(year-1)+"年度")
}

// packWords are the words of the pack's figures, and those that are usual for them.
func (x *lexicon) packWords() {
	in := *x.in
	if in.printed = x.doc; x.doc.space == nil {
		in.printed = nil
	}
	for _, w := range in.Pack.UsualWords(func(q string) bool { _, ok := in.printedFigure(q); return ok }) {
		if q, err := budget.ParseQuery(w.Query); err == nil {
			x.ask(w.Word, q)
		}
	}
	for _, name := range in.Pack.FigureNames {
		if f := in.Pack.Figures[name]; f.By == "" && f.Title != "" {
			x.ask(f.Title, f.Query)
		}
	}
}

// catalogue adds the names of codes.
func (x *lexicon) catalogue(key string, tree *classify.Tree) {
	for _, c := range tree.Codes() {
		name, _ := tree.Name(c)
		if name = bareName(name); name != "" {
			x.codes[name] = append(x.codes[name], code{key, c})
			x.longest = max(x.longest, utf8.RuneCountInString(name))
		}
	}
}

// bareName is a name as names are compared: without blanks and quotes.
func bareName(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("“”‘’\"'《》「」", r) {
			return -1
		}
		return r
	}, prose.Squeeze(s))
}

// known reports whether the lexicon has a name that leads to numbers.
func (x *lexicon) known(name string) bool {
	return len(x.rows[name]) > 0 || len(x.codes[name]) > 0 || len(x.asks[name]) > 0
}

// spelled is a name as the lexicon has it, "" where it does not: 支出 may be left out of the name of a class.
func (x *lexicon) spelled(name string) string {
	const spent, others = "支出", "其他"
	if name == others {
		return ""
	}
	for _, s := range []string{name, name + spent, strings.TrimSuffix(name, spent)} {
		if s != "" && x.known(s) {
			return s
		}
	}
	return ""
}

// stripped are a name and what is left of it when filling is cut off behind it, the longest first.
func (x *lexicon) stripped(name string) []string {
	out := []string{name}
	for s := name; ; {
		cut := ""
		for w := range x.filling {
			if strings.HasSuffix(s, w) && len(w) > len(cut) && len(w) < len(s) {
				cut = w
			}
		}
		if cut == "" {
			return out
		}
		s = strings.TrimSuffix(s, cut)
		out = append(out, s)
	}
}

// kernel is a name without the filling before and behind it, as long as anything is left.
func (x *lexicon) kernel(name string) string {
	all := x.stripped(name)
	name = all[len(all)-1]
	for !x.known(name) {
		cut := ""
		for w := range x.filling {
			if strings.HasPrefix(name, w) && len(w) > len(cut) && len(w) < len(name) {
				cut = w
			}
		}
		if cut == "" {
			break
		}
		name = strings.TrimPrefix(name, cut)
	}
	return name
}

// parsed is a name cut into what it asks; full reports whether nothing in it is unknown.
func (x *lexicon) parsed(name string) (words []string, full bool) {
	full = true
	r := []rune(name)
	for i := 0; i < len(r); {
		n := 0
		for k := min(x.longest, len(r)-i); k > 0 && n == 0; k-- {
			w := string(r[i : i+k])
			switch {
			case len(x.asks[w]) > 0 || len(x.codes[w]) > 0 && k > 2:
				words, n = append(words, w), k
			case x.filling[w]:
				n = k
			}
		}
		if n == 0 {
			full, n = false, 1
		}
		i += n
	}
	return words, full
}
