package tablebook

import (
	"fmt"
	"strconv"
	"strings"
)

// Where printed parts are made to add up, sums are of what their lines are printed as (印作). That follows the line's amount is
// held line by line, in the last column of 明细: sums would have room for what moves within their bounds.

// nameLine is that column.
const nameLine = "印作核对"

// lineProof is the formula that holds what a line is printed as against its amount, and whether it agrees.
type lineProof struct {
	columns map[string]string // letters by name
}

// lineProofs reports whether lines are held so.
func (w *writer) lineProofs() bool { return w.adjusts() && len(w.ledger.steps) > 0 }

// formula is that of a row.
func (p *lineProof) formula(l *ledger, row string) string {
	var tests []string
	for k := range l.steps {
		s := &l.steps[k]
		tests = append(tests, "ABS("+p.columns[s.name]+row+"-"+p.columns[nameAmount]+row+")<="+p.columns[nameBound]+row+"*"+s.least()+"+0.0000001")
	}
	test := tests[0]
	if len(tests) > 1 {
		test = "AND(" + strings.Join(tests, ",") + ")"
	}
	return `IF(` + test + `,"` + agreed + `","` + differs + `")`
}

// lineAgrees is what the formula comes to.
func (l *ledger) lineAgrees(i int) string {
	exact, bound := plainAmount(l.columns[l.at[nameAmount]].of(i)), l.columns[l.at[nameBound]].of(i)
	for k := range l.steps {
		s := &l.steps[k]
		if s.lines[i].Sub(exact).Abs().Cmp(plainAmount(s.least()).Times(bound)) > 0 {
			return differs
		}
	}
	return agreed
}

// least is one of the last decimal that is printed, in 元.
func (s *step) least() string {
	u := unitText(s.f.Unit)
	drop := len(u) - 1 - s.f.Places
	if drop >= 0 {
		return u[:drop+1]
	}
	return "0." + strings.Repeat("0", -drop-1) + "1"
}

// linesApart says of how many lines that is not so, in words and as a formula that goes on with a text.
func (w *writer) linesApart() (words, formula string) {
	if !w.lineProofs() {
		return "", ""
	}
	n := 0
	for i := range w.ledger.b.Lines {
		if w.ledger.lineAgrees(i) != agreed {
			n++
		}
	}
	const before, after = "；“" + LinesSheet + "”里印作与金额不合的 ", " 笔"
	return before + strconv.Itoa(n) + after, fmt.Sprintf(`&"%s"&(COUNTA(%s)-COUNTIF(%s,"%s"))&"%s"`, before, nameLine, nameLine, agreed, after)
}
