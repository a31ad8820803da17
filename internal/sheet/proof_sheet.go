package sheet

import (
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/budget"
	"yusuan/internal/money"
	"yusuan/internal/xlsx"
)

// Words of the last column of 校核.
const (
	agreed      = "相符"
	agreedInWan = "万元相符"
	less        = "差"
	left        = "还有"
	more        = "多"
	proofFirst  = 4 // row
)

// ledger is what 校核 sums.
func (w *writer) ledger() *ledger {
	var queries []budget.Query
	p := w.c.Layout.Pack
	for _, name := range p.FigureNames {
		if f := p.Figures[name]; f.By == "" {
			queries = append(queries, f.Query)
		}
	}
	return w.newLedger(askedKeys(queries))
}

// proof writes 校核 and the lines that it sums.
func (w *writer) proof() error {
	l := w.ledger()
	rows := w.proofs(l)
	if err := l.write(); err != nil {
		return err
	}
	if err := w.protect(ProofSheet); err != nil {
		return err
	}
	if err := w.a4(ProofSheet, false); err != nil {
		return err
	}
	if err := w.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: ProofSheet, RefersTo: quoted(ProofSheet) + "!$1:$" + strconv.Itoa(proofFirst-1)}); err != nil {
		return err
	}
	last := proofFirst
	for _, x := range rows {
		last += 1 + rank(x.section != "")
	}
	if err := w.proofColours(last); err != nil {
		return err
	}
	r, err := w.rows(ProofSheet)
	if err != nil {
		return err
	}
	for k, n := range []int{24, 18, 18, 30, 18, 60, 2} {
		if err := r.w.SetColWidth(7-k, 7-k, xlsx.Length(n)); err != nil {
			return err
		}
	}
	if err := r.w.SetPanes(&excelize.Panes{Freeze: true, YSplit: proofFirst - 1, TopLeftCell: cellName(1, proofFirst), ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	w.proofHead(r, rows, last)
	n := proofFirst
	for _, x := range rows {
		if x.section != "" {
			r.row(n, 24, nil, r.styled(look{bold: true, size: 12, middle: true}, x.section))
			n++
		}
		r.row(n, 0, w.proofCells(r, &x, strconv.Itoa(n))...)
		n++
	}
	if r.err != nil {
		return r.err
	}
	return r.w.Flush()
}

func (w *writer) proofHead(r *rowWriter, rows []proofRow, last int) {
	r.row(1, 30, nil, r.styled(look{bold: true, size: 16, middle: true}, "校核"))
	const what = "都是公式，随填随算，不用填。单位：元。这里只核对公式算得出的；全部规则由 yusuan check 核对，以它为准。"
	wrong := 0
	for i := range rows {
		wrong += rank(rows[i].compares() && differs(rows[i].verdict()))
	}
	results := "$G$" + strconv.Itoa(proofFirst) + ":$G$" + strconv.Itoa(last)
	count := r.styled(look{bold: true, middle: true, align: "center", boxed: true}, w.stored("不相符 "+strconv.Itoa(wrong)+" 处", false))
	var of []string
	for _, word := range wrongWords() {
		of = append(of, `COUNTIF(`+results+`,"`+word+`*")`)
	}
	count.Formula = `"不相符 "&(` + strings.Join(of, "+") + `)&" 处"`
	r.row(2, 22, nil, r.styled(look{colour: colourFaint, middle: true}, what), nil, nil, nil, nil, count)
	head := look{bold: true, fill: colourHead, boxed: true, middle: true, align: "center"}
	cells := []any{nil}
	for _, s := range []string{"核对什么", "金额", "与什么相比", "金额", "相差", "结果"} {
		cells = append(cells, r.styled(head, s))
	}
	r.row(3, 24, cells...)
}

// proofCells are those of a row: a formula each, with what it comes to.
func (w *writer) proofCells(r *rowWriter, x *proofRow, n string) []any {
	text := look{boxed: true, wrap: true, middle: true, fill: colourComputed}
	amount := look{boxed: true, middle: true, fill: colourComputed, format: formatAmount}
	formula := func(l look, f, value string, isNumber bool) any {
		c := r.styled(l, w.stored(value, isNumber))
		c.Formula = f
		return c
	}
	cells := []any{nil, r.styled(text, x.what), formula(amount, "ROUND("+x.left.formula+",2)", x.left.value.String(), true)}
	if x.count {
		return append(cells, r.styled(text, nil), r.styled(text, nil), r.styled(text, nil), formula(text, `IF(C`+n+`=0,"`+agreed+`","`+left+` "&C`+n+`&" 个")`, x.verdict(), false))
	}
	if x.right.formula == "" {
		return append(cells, r.styled(text, nil), r.styled(text, nil), r.styled(text, nil), r.styled(text, nil))
	}
	right := x.right.value
	diff := x.left.value.Sub(right)
	d := `ROUND(C` + n + `-E` + n + `,2)`
	if x.stated { // or not: then nothing is compared
		silent := right.IsZero()
		shown, of := diff.String(), right.String()
		if silent {
			shown, of = "", ""
		}
		sum := "ROUND(" + x.right.formula + ",2)"
		return append(cells, r.styled(text, x.named), formula(amount, `IF(`+sum+`=0,"",`+sum+`)`, of, !silent), formula(amount, `IF(E`+n+`="","",`+d+`)`, shown, !silent),
			formula(text, `IF(E`+n+`="","",IF(ABS(F`+n+`)<0.005,"`+agreed+`",IF(`+x.asGood(n)+`,"`+agreedInWan+`","`+less+` "&TEXT(F`+n+`,"#,##0.00"))))`, x.verdict(), false))
	}
	cells = append(cells, r.styled(text, x.named), formula(amount, "ROUND("+x.right.formula+",2)", right.String(), true), formula(amount, d, diff.String(), true))
	if x.atMost {
		return append(cells, formula(text, `IF(F`+n+`<0.005,"`+agreed+`","`+more+` "&TEXT(F`+n+`,"#,##0.00"))`, x.verdict(), false))
	}
	return append(cells, formula(text, `IF(ABS(F`+n+`)<0.005,"`+agreed+`","`+less+` "&TEXT(F`+n+`,"#,##0.00"))`, x.verdict(), false))
}

// asGood is the test whether both amounts of a row are the same in 万元, or as near as rounded ones are.
func (x *proofRow) asGood(n string) string {
	if x.slack.IsZero() {
		return `ROUND(C` + n + `/10000,2)=ROUND(E` + n + `/10000,2)`
	}
	return `OR(ROUND(C` + n + `/10000,2)=ROUND(E` + n + `/10000,2),ABS(F` + n + `)<=` + x.slack.String() + `)`
}

// verdict is what the last column says.
func (x *proofRow) verdict() string {
	diff := x.left.value.Sub(x.right.value)
	told := money.Usual(money.Yuan).String(diff)
	wan := money.Usual(money.Wan)
	switch {
	case x.count && !diff.IsZero():
		return left + " " + diff.String() + " 个"
	case x.stated && x.right.value.IsZero():
		return "" // nothing is stated
	case diff.IsZero(), x.atMost && diff.Sign() < 0:
		return agreed
	case x.atMost:
		return more + " " + told
	case x.stated && (wan.String(x.left.value) == wan.String(x.right.value) || diff.Abs().Cmp(x.slack) <= 0):
		return agreedInWan
	}
	return less + " " + told
}

// compares reports whether the row has a verdict.
func (x *proofRow) compares() bool { return x.count || x.right.formula != "" }

// wrongWords begin the verdicts that are counted: what differs, and what is still to be filled in.
func wrongWords() []string { return []string{less, more, left} }

func differs(verdict string) bool {
	return slices.ContainsFunc(wrongWords(), func(word string) bool { return strings.HasPrefix(verdict, word) })
}

// proofColours: green what agrees, red what does not.
func (w *writer) proofColours(last int) error {
	where := "G" + strconv.Itoa(proofFirst) + ":G" + strconv.Itoa(last)
	first := "$G" + strconv.Itoa(proofFirst) // rules go on from it row by row
	var rules []excelize.ConditionalFormatOptions
	for _, x := range []struct{ test, colour string }{
		{`RIGHT(` + first + `,2)="` + agreed + `"`, colourGood},
		{`LEFT(` + first + `,2)="` + left + `"`, colourToDo},
		{`OR(LEFT(` + first + `,1)="` + less + `",LEFT(` + first + `,1)="` + more + `")`, colourProblem},
	} {
		id, err := w.f.NewConditionalStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{x.colour}}})
		if err != nil {
			return err
		}
		rules = append(rules, excelize.ConditionalFormatOptions{Type: "formula", Criteria: x.test, Format: &id})
	}
	return w.f.SetConditionalFormat(ProofSheet, where, rules)
}
