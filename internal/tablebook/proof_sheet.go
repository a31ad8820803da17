package tablebook

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/money"
	"yusuan/internal/schedule"
	"yusuan/internal/xlsx"
)

// proofFirst is the row of 校核 that the first number stands in.
const proofFirst = 6

// Words of the last column of 校核.
const (
	agreed   = "相符"
	differs  = "不符"
	untested = "不核对"
)

// What 校核 calls zeros that print nothing, and shows of a cell that has a text where a number belongs.
const (
	blankZero = "空白"
	textFound = "文字"
)

// proofColumns are the columns of 校核 by letter. Those of adjustments are there only where parts are made to add up.
type proofColumns struct {
	printed, a, b, derived, adjustA, adjustB, difference, residue, bound, verdict string
	heads                                                                         []string
	widths                                                                        []int
}

func (w *writer) proofColumns() proofColumns {
	out := proofColumns{}
	add := func(letter *string, head string, width int) {
		out.heads, out.widths = append(out.heads, head), append(out.widths, width)
		if letter != nil {
			*letter = columnName(len(out.heads))
		}
	}
	add(nil, "序号", 6)
	add(nil, "识别名", 26)
	add(nil, "表（点击到格子）", 26)
	add(nil, "行", 26)
	add(nil, "列", 20)
	add(nil, "种类", 9)
	add(&out.printed, "印出的数", 13)
	add(nil, "单位", 7)
	add(&out.a, "本年数或部分（元）", 18)
	add(&out.b, "上年数或整体（元）", 18)
	add(&out.derived, "推出的数", 13)
	if w.adjusts() {
		add(&out.adjustA, "本年数或部分的尾差调整", 13)
		add(&out.adjustB, "整体的尾差调整", 13)
	}
	add(&out.difference, "相差", 9)
	add(&out.residue, "尾差（印出减准确）", 13)
	add(&out.bound, "尾差界限", 9)
	add(&out.verdict, "结论", 9)
	return out
}

// proofSheet writes 校核.
func (w *writer) proofSheet() error {
	c := w.proofColumns()
	last := max(proofFirst, proofFirst+len(w.proofs)-1)
	if err := w.colours(c.verdict+strconv.Itoa(proofFirst)+":"+c.verdict+strconv.Itoa(last), "$"+c.verdict+strconv.Itoa(proofFirst)); err != nil {
		return err
	}
	r, err := w.plain(ProofSheet, "每个印出的金额、比率和增减额，都由公式从“"+LinesSheet+"”重新推出来，与表上印出的数相比。公式各版本的 Excel、WPS 都能算；识别名与网页里的链接、开放数据包里的相同", c.heads, c.widths, proofFirst, last)
	if err != nil {
		return err
	}
	w.verdicts(r, &c, last)
	r.saying(4, w.leftOut(), c.widths)
	r.heads(proofFirst-1, c.heads)
	for i := range w.proofs {
		w.proofRow(r, &c, i)
	}
	return r.flush()
}

// tally is how many numbers are held against formulas, and how many of them disagree.
func (w *writer) tally() (all, wrong int) {
	for i := range w.proofs {
		p := &w.proofs[i]
		if p.kind == schedule.ValueCount {
			continue
		}
		if all++; p.result != agreed {
			wrong++
		}
	}
	return all, wrong
}

// said is what the line that counts says.
func (w *writer) said() string {
	all, wrong := w.tally()
	apart, _ := w.linesApart()
	return fmt.Sprintf("不符 %d 处；核对 %d 个数", wrong, all) + apart
}

// verdicts is the line that counts. What is an error agrees with nothing.
func (w *writer) verdicts(r *rowWriter, c *proofColumns, last int) {
	results := c.verdict + strconv.Itoa(proofFirst) + ":" + c.verdict + strconv.Itoa(last)
	counted := `COUNTA(` + results + `)-COUNTIF(` + results + `,"` + untested + `")`
	formula := `"不符 "&(` + counted + `-COUNTIF(` + results + `,"` + agreed + `"))&" 处；核对 "&(` + counted + `)&" 个数"`
	_, apart := w.linesApart()
	formula += apart
	r.begin(len(c.heads))
	r.set(1, look{bold: true, size: 120, down: "center"}, formula, w.said())
	r.end(3, 240)
}

// leftOut says what is not held against anything here.
func (w *writer) leftOut() string {
	out := []string{"句子、图和表下说明里的数，作者写进文字的数，不在此核对（每个数怎么来的，用 yusuan figure 问）"}
	blanks := 0
	for i := range w.proofs {
		if w.proofs[i].blank {
			blanks++
		}
	}
	if blanks > 0 {
		out = append(out, fmt.Sprintf("%d 个零印作空白，也核对，种类写“%s”", blanks, blankZero))
	}
	all, _ := w.tally()
	if counts := len(w.proofs) - all; counts > 0 {
		out = append(out, fmt.Sprintf("%d 个件数（车辆、项目等的个数）列在下面，不由金额推出，写“%s”", counts, untested))
	}
	if w.left > 0 {
		out = append(out, fmt.Sprintf("表里有 %d 处是作者写的文字，原样照印", w.left))
	}
	if len(w.stated.rows) > 0 {
		out = append(out, "上年的数和人填列的数引自“"+StatedSheet+"”")
	}
	if w.ledger.margins {
		out = append(out, "基本支出分别按功能、按经济科目填列，两边没有交叉，各算各的")
	}
	if w.adjusts() {
		out = append(out, "模板要求印出的分项之和等于合计，调整的尾差单列一栏，每一笔印作多少见“"+LinesSheet+"”")
	}
	return strings.Join(out, "；") + "。"
}

// kindWords are what kinds of numbers are called.
var kindWords = [...]string{schedule.ValueSum: "金额", schedule.ValueLastYear: "上年数", schedule.ValueChange: "增减额", schedule.ValueRate: "增减率", schedule.ValueShare: "占比",
	schedule.ValueStated: "填列数", schedule.ValueCount: "件数", schedule.ValueWritten: "文字"}

// proofStyles are how cells of a row look.
type proofStyles struct{ count, text, link, number, exact int }

// proofStyles are those of numbers with so many decimals. Rows are many: they are made once.
func (w *writer) proofStyles(places int) proofStyles {
	if out, made := w.ofProof[places]; made {
		return out
	}
	text := listLook("left")
	text.format = formatText
	link := text
	link.link, link.format = true, ""
	number := listLook("right")
	number.format = formats[1][min(places, 6)]
	count, exact := number, number
	count.format, count.across = "0", "center"
	exact.format = formatAmount
	s := w.styles
	out := proofStyles{s.of(count), s.of(text), s.of(link), s.of(number), s.of(exact)}
	if w.ofProof == nil {
		w.ofProof = map[int]proofStyles{}
	}
	w.ofProof[places] = out
	return out
}

// proofRow writes a row.
func (w *writer) proofRow(r *rowWriter, c *proofColumns, i int) {
	p, n := &w.proofs[i], strconv.Itoa(proofFirst+i)
	l := w.proofStyles(p.places())
	at := 0
	put := func(style int, formula string, v any) {
		if v == "" {
			v = nil
		}
		at++
		r.put(at, style, formula, v)
	}
	numeric := func(style int, formula, digits string) {
		if formula == "" {
			put(l.text, "", nil)
			return
		}
		put(style, formula, decimal(digits))
	}
	r.begin(len(c.heads))
	put(l.count, "", i+1)
	put(l.text, "", p.key)
	put(l.link, `HYPERLINK("#`+inQuotes(quoted(p.table.name)+"!"+p.cell)+`","`+inQuotes(p.table.name)+`")`, p.table.name)
	put(l.text, "", xlsx.Cut(p.row, 200))
	put(l.text, "", xlsx.Cut(p.column, 200))
	put(l.text, "", p.kindWord())
	if p.inText { // among words: the number alone
		put(l.number, "", decimal(p.printed))
	} else {
		put(l.number, p.found(), decimal(p.printed))
	}
	put(l.text, "", p.unit())
	numeric(l.exact, rounded4(p.a.formula), p.a.exact.String())
	numeric(l.exact, rounded4(p.b.formula), p.b.exact.String())
	numeric(l.number, p.derivation(c, n), p.derived())
	if w.adjusts() {
		numeric(l.number, p.adjustment(&p.a, c.a+n), p.adjusted(&p.a))
		numeric(l.number, p.adjustment(&p.b, c.b+n), p.adjusted(&p.b))
	}
	p.judged(c, n, put, numeric, &l)
	r.end(proofFirst+i, 0)
}

// judged are the last columns: how far the printed number is from the derived one and the exact one, and what that says.
func (p *proof) judged(c *proofColumns, n string, put func(int, string, any), numeric func(int, string, string), l *proofStyles) {
	if p.kind == schedule.ValueCount {
		for range 3 {
			put(l.text, "", nil)
		}
		put(l.text, "", untested)
		return
	}
	numeric(l.number, p.differing(c, n), p.difference().String())
	test := "ABS(" + c.difference + n + ")<" + p.eps()
	if p.amount() {
		bound, value := p.bound()
		numeric(l.exact, "ROUND("+c.printed+n+"-"+c.a+n+"/"+unitText(p.f.Unit)+",8)", p.residue())
		numeric(l.exact, bound, value)
		test = "AND(" + test + ",ABS(" + c.residue + n + ")<=" + c.bound + n + "+0.0000001)"
	} else {
		put(l.text, "", nil)
		put(l.text, "", nil)
	}
	put(l.text, "IF(ISNUMBER("+c.printed+n+"),IF("+test+`,"`+agreed+`","`+differs+`"),"`+differs+`")`, p.result)
}

// found is the formula of what stands in the cell: a text there is no number, whatever it looks like, but for the word that the
// table has for zero.
func (p *proof) found() string {
	at := quoted(p.table.name) + "!" + p.cell
	text := `"` + textFound + `"`
	if p.zero != "" {
		text = "IF(EXACT(" + at + `,"` + inQuotes(p.zero) + `"),0,` + text + ")"
	}
	return "IF(ISTEXT(" + at + ")," + text + ",N(" + at + "))"
}

// kindWord is what the kind of number is called.
func (p *proof) kindWord() string {
	if p.blank {
		return blankZero
	}
	return kindWords[p.kind]
}

// colours: green what agrees, red what does not.
func (w *writer) colours(where, first string) error {
	var rules []excelize.ConditionalFormatOptions
	for _, x := range []struct{ test, colour string }{{first + `="` + agreed + `"`, colourGood}, {first + `="` + differs + `"`, colourWrong}} {
		id, err := w.f.NewConditionalStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{x.colour}}})
		if err != nil {
			return err
		}
		rules = append(rules, excelize.ConditionalFormatOptions{Type: "formula", Criteria: x.test, Format: &id})
	}
	return w.f.SetConditionalFormat(ProofSheet, where, rules)
}

// amount reports whether the number is an amount of one operand.
func (p *proof) amount() bool {
	return p.kind == schedule.ValueSum || p.kind == schedule.ValueLastYear || p.kind == schedule.ValueStated
}

// unit is what the number counts.
func (p *proof) unit() string {
	switch p.kind {
	case schedule.ValueRate, schedule.ValueShare:
		return "%"
	case schedule.ValueCount:
		return ""
	}
	return p.f.Unit.String()
}

func (p *proof) places() int {
	switch p.kind {
	case schedule.ValueRate, schedule.ValueShare:
		return ratePlaces
	case schedule.ValueCount:
		return 0
	}
	return p.f.Places
}

// unitText is a unit in 元.
func unitText(u money.Unit) string {
	return [...]string{money.Yuan: "1", money.Wan: "10000", money.Yi: "100000000"}[u]
}
