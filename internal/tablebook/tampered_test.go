package tablebook_test

import (
	"math/big"
	"strconv"
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/tablebook"
)

// TestTampered: whatever is typed into a cell of a number, 校核 disagrees there and nowhere else: a number, a text that looks
// like one, words in place of a zero, a number where zero prints nothing. It asks for the cell by $ signs, so that it does
// so in sorted rows too.
func TestTampered(t *testing.T) {
	t.Parallel()
	for name, in := range map[string]build.Input{
		"sample":                           {Dir: "data/2026/338", PriorDir: "data/2025/338"},
		"testdata/departments/2025/010":    {Dir: "testdata/departments/2025/010"},
		"the sample as central-department": {Dir: "data/2026/338", PriorDir: "data/2025/338", Template: "central-department"},
	} {
		c := calcOf(t, book(t, work(t, shared(t), in)))
		printed, verdict, kind := column(t, c, "印出的数"), column(t, c, "结论"), column(t, c, "种类")
		blanks, last := 0, 5
		for c.values[tablebook.ProofSheet+"!"+printed+strconv.Itoa(last+1)] != nil {
			last++
		}
		for i := 6; i <= last; i++ {
			n := strconv.Itoa(i)
			formula := c.forms[tablebook.ProofSheet+"!"+printed+n]
			if formula == "" {
				continue // among words
			}
			at := strings.TrimSuffix(strings.SplitN(formula, "(", 3)[2], "),")
			at, _, _ = strings.Cut(at, ")")
			sheet, cell, _ := strings.Cut(strings.Trim(at, "'"), "'!")
			if strings.Count(cell, "$") != 2 {
				t.Errorf("%s: %s asks for %s, which moves with the row", name, n, at)
			}
			key := sheet + "!" + strings.ReplaceAll(cell, "$", "")
			was := c.values[key]
			if c.values[tablebook.ProofSheet+"!"+kind+n] == "空白" {
				blanks++
			}
			if i%7 > 0 { // of all would take long
				continue
			}
			for _, v := range []any{new(big.Rat).Add(num(was), big.NewRat(1, 100)), "五", "0.00", "4,671.85"} {
				c.values[key] = v
				c.again()
				if got := c.cell(tablebook.ProofSheet + "!" + verdict + n); got != "不符" {
					t.Errorf("%s: %s has %v in place of %v, 校核 says %v", name, key, v, was, got)
				}
				c.values[key] = was
			}
		}
		if name != "sample" && blanks < 50 {
			t.Errorf("%s: %d blank cells only", name, blanks)
		}
	}
}
