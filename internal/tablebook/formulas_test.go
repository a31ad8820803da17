package tablebook_test

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/budget"
	"yusuan/internal/build"
	"yusuan/internal/schedule"
	"yusuan/internal/tablebook"
	"yusuan/internal/testoffice"
)

// everything asks for what takes long.
var everything = flag.Bool("everything", false, "let LibreOffice recalculate every document, not some")

// same compares what a formula came to with what is stored beside it.
func same(a, b any) bool {
	x, ok := a.(*big.Rat)
	y, ok2 := b.(*big.Rat)
	if !ok || !ok2 {
		return text(a) == text(b)
	}
	d := new(big.Rat).Sub(x, y)
	return d.Abs(d).Cmp(big.NewRat(1, 1e9)) < 0
}

// TestFormulas: every formula comes to what is stored beside it, and formulas stand in 校核 and 目录 alone, and
// where parts are made to add up at the end of lines.
func TestFormulas(t *testing.T) {
	t.Parallel()
	n := 0
	for name, w := range documents(t) {
		c := calcOf(t, book(t, w))
		stored := maps.Clone(c.values)
		c.again()
		for _, key := range c.order {
			if got := c.cell(key); !same(got, stored[key]) {
				t.Errorf("%s: %s is %v, stored is %v: %s", name, key, got, stored[key], c.forms[key])
			}
			if sheet, _, _ := strings.Cut(key, "!"); sheet != tablebook.ProofSheet && sheet != tablebook.ContentsSheet && !(sheet == tablebook.LinesSheet && strings.HasSuffix(name, "adds up")) {
				t.Errorf("%s: a formula in %s", name, key)
			}
			n++
		}
	}
	if n < 20000 {
		t.Errorf("%d formulas only", n)
	}
}

// TestLinesOfNumbers: what a formula sums are those lines that the number is made of, each once: every line has another power of
// two added to it, so that a sum tells which it has. Every line is in some number.
func TestLinesOfNumbers(t *testing.T) {
	t.Parallel()
	sums := 0
	for name, w := range documents(t) {
		if len(w.Budget.Lines) == 0 {
			continue
		}
		c := calcOf(t, book(t, w))
		before := maps.Clone(c.values)
		head := tablebook.LinesSheet + "!B3"
		if c.values[head] != "金额元" {
			t.Fatalf("%s: %s is %v", name, head, c.values[head])
		}
		for i := range w.Budget.Lines {
			key := tablebook.LinesSheet + "!B" + strconv.Itoa(4+i)
			c.values[key] = new(big.Rat).Add(num(c.values[key]), power(i))
		}
		c.again()
		a, b := column(t, c, "本年数或部分（元）"), column(t, c, "上年数或整体（元）")
		values, inSome := valuesOf(w), map[int]bool{}
		for i := 6; ; i++ {
			key, ok := c.values[fmt.Sprintf("%s!B%d", tablebook.ProofSheet, i)].(string)
			if !ok {
				break
			}
			v := values[key]
			if v.Kind == schedule.ValueCount {
				continue
			}
			parts := []schedule.Value{v}
			if v.Of != nil {
				parts = []schedule.Value{*v.Of, *v.Over}
			}
			for k, x := range parts {
				cell := fmt.Sprintf("%s!%s%d", tablebook.ProofSheet, [...]string{a, b}[k], i)
				got, want := linesIn(new(big.Rat).Sub(num(c.cell(cell)), num(before[cell])), len(w.Budget.Lines)), w.Numbers.Lines(&x)
				slices.Sort(want)
				if !slices.Equal(got, want) {
					t.Errorf("%s: %s: %s sums lines %v, the number %v: %s", name, key, cell, got, want, c.forms[cell])
				}
				for _, n := range got {
					inSome[n] = true
				}
				sums++
			}
		}
		for i := range w.Budget.Lines {
			if l := &w.Budget.Lines[i]; !inSome[i] && l.Side != budget.Purchases { // of which not every pack has a table
				t.Errorf("%s: line %d is in no number of a table: %+v", name, i+1, l)
			}
		}
	}
	if sums < 5000 {
		t.Errorf("%d sums only", sums)
	}
}

// power is what is added to a line: far more than its amount, and whole.
func power(line int) *big.Rat {
	return new(big.Rat).SetInt(new(big.Int).Lsh(big.NewInt(1), uint(60+line)))
}

// linesIn are the lines whose powers make up a number.
func linesIn(sum *big.Rat, lines int) (out []int) {
	for i := range lines {
		if n := new(big.Int).Rsh(sum.Num(), uint(60+i)); sum.IsInt() && n.Bit(0) == 1 {
			out = append(out, i)
		}
	}
	return out
}

// column is the letter of a column of 校核.
func column(t *testing.T, c *calc, head string) string {
	t.Helper()
	for k := range 20 {
		if at := cellAt(k, 4); c.values[tablebook.ProofSheet+"!"+at] == head {
			return strings.TrimRight(at, "0123456789")
		}
	}
	t.Fatalf("校核 has no column %s", head)
	return ""
}

// valuesOf are the numbers of a document's tables by name.
func valuesOf(w *build.Work) map[string]schedule.Value {
	out := map[string]schedule.Value{}
	eachNumber(w, func(of int32, _ string) {
		if x, ok := w.Numbers.At(of); ok {
			out[w.NameOf(of)] = x.Value
		}
	})
	return out
}

// typed is a document whose author types what begins as formulas do, patterns, and codes that look like numbers.
func typed(t *testing.T) *build.Work {
	t.Helper()
	const toml = `
[department]
year = 2026
code = "900"
name = "=1+1"
template = "wuhan"
date = 2026-02-01
[[unit]]
code = "900001"
name = "+cmd|calc"
kind = "行政"
headquarters = true
[[basic]]
function = "2010301"
economic = "30101"
amount = 1000000
[[project]]
name = "@SUM(A1)*~?\"<>"
function = "2010399"
purpose = "=HYPERLINK(\"http://a\",\"b\")"
amount = 30000
[[project]]
name = "-2+3"
function = "2010399"
purpose = "用于普查。"
amount = 24700
[[project]]
name = "123456789012345678"
function = "2010399"
purpose = "一"
amount = 1000
[[project]]
name = "123456789012345679"
function = "2010399"
purpose = "二"
amount = 2000
`
	return work(t, shared(t), build.Input{Data: fstest.MapFS{"2026/900/a.toml": {Data: []byte(toml)}}, Dir: "2026/900"})
}

// TestTextsStayTexts: what begins as a formula does is text, wherever the author typed it.
func TestTextsStayTexts(t *testing.T) {
	t.Parallel()
	w := typed(t)
	c := calcOf(t, book(t, w))
	stored := maps.Clone(c.values)
	c.again()
	for _, key := range c.order {
		if got := c.cell(key); !same(got, stored[key]) {
			t.Errorf("%s is %v, stored is %v: %s", key, got, stored[key], c.forms[key])
		}
	}
	seen := map[string]bool{}
	for key, v := range stored {
		s, ok := v.(string)
		if ok && s != "" && strings.ContainsRune("=+-@", rune(s[0])) {
			seen[s] = true
			if c.forms[key] != "" && !strings.HasPrefix(c.forms[key], "HYPERLINK(") {
				t.Errorf("%s is the formula %s", key, c.forms[key])
			}
		}
	}
	for _, s := range []string{"=1+1", "+cmd|calc", `@SUM(A1)*~?"<>`, "-2+3"} {
		if !seen[s] {
			t.Errorf("%q stands nowhere", s)
		}
	}
	if v := stored[tablebook.LinesSheet+"!B4"]; num(v).Sign() <= 0 {
		t.Errorf("the first line is %v", v)
	}
}

// recalculated is what LibreOffice makes of workbooks. It is started once: that takes longest.
func recalculated(t *testing.T, books map[string][]byte) map[string]*excelize.File {
	t.Helper()
	made := map[string]*excelize.File{}
	for name, raw := range testoffice.Saved(t, "xlsx", books) {
		f, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		made[name] = f
	}
	return made
}

// agrees holds what LibreOffice made of the formulas against what is stored beside them, and counts them.
func agrees(t *testing.T, name string, got *excelize.File, want *calc) (n int) {
	t.Helper()
	for _, key := range want.order {
		sheet, cell, _ := strings.Cut(key, "!")
		s, err := got.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		var v any = s
		if _, number := want.values[key].(*big.Rat); number {
			r, ok := new(big.Rat).SetString(s)
			if !ok {
				r = big.NewRat(-987654321, 1)
			}
			v = r
		}
		if !same(v, want.values[key]) {
			t.Errorf("%s: %s is %q by LibreOffice, %v is stored: %s", name, key, s, want.values[key], want.forms[key])
		}
		n++
	}
	return n
}

var disagree = regexp.MustCompile(`^不符 (\d+) 处；核对 \d+ 个数(?:；“明细”里印作与金额不合的 0 笔)?$`)

// TestRecalculated: LibreOffice opens the workbooks, works all formulas out, and no row of 校核 disagrees or is an error. Where a
// line or a printed number is changed, rows disagree.
func TestRecalculated(t *testing.T) {
	t.Parallel()
	works := documents(t)
	if !*everything {
		for name := range works {
			if !slices.Contains([]string{"sample", "testdata/departments/2026/415", "415 that adds up", "generated as wuhan"}, name) {
				delete(works, name)
			}
		}
	}
	works["typed"] = typed(t)
	books := map[string][]byte{}
	for name, w := range works {
		books[name] = bare(t, book(t, w))
	}
	const line, number = "a line is another", "a number is another"
	books[line] = changed(t, books["sample"], tablebook.LinesSheet, "B5")
	books[number] = changed(t, books["sample"], opened(t, books["sample"]).GetSheetList()[1], "B6")
	made := recalculated(t, books)
	for name, w := range works {
		if n := agrees(t, name, made[name], calcOf(t, book(t, w))); n < 300 {
			t.Errorf("%s: %d formulas only", name, n)
		}
	}
	for name, f := range made {
		said, err := f.GetCellValue(tablebook.ProofSheet, "A3")
		if err != nil {
			t.Fatal(err)
		}
		m := disagree.FindStringSubmatch(said)
		if m == nil || (m[1] == "0") != (works[name] != nil) {
			t.Errorf("%s: %q", name, said)
		}
	}
}

// bare is a workbook without what is stored beside formulas, so that they cannot but be worked out.
func bare(t *testing.T, raw []byte) []byte {
	t.Helper()
	return repacked(t, raw, func(_, part string) string { return storedValue.ReplaceAllString(part, "$1") })
}

var storedValue = regexp.MustCompile(`(</f>)<v>[^<]*</v>`)

// changed is a workbook with another number in a cell.
func changed(t *testing.T, raw []byte, sheet, cell string) []byte {
	t.Helper()
	f := opened(t, raw)
	if kind, _ := f.GetCellType(sheet, cell); kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Fatalf("%s!%s is no number", sheet, cell)
	}
	if err := f.SetCellValue(sheet, cell, 98765432.1); err != nil {
		t.Fatal(err)
	}
	out, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
