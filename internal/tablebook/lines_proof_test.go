package tablebook_test

import (
	"math/big"
	"strconv"
	"strings"
	"testing"

	"yusuan/internal/tablebook"
)

// TestLinesThatAddUp: where printed parts are made to add up, an amount of 明细 that moves by more than the last decimal that
// is printed is found, though sums have room for it; each line by itself, and counted above 校核.
func TestLinesThatAddUp(t *testing.T) {
	t.Parallel()
	c := calcOf(t, book(t, documents(t)["415 that adds up"]))
	amount, proof, bound := "", "", ""
	for k := range 60 {
		switch at := cellAt(k, 2); c.values[tablebook.LinesSheet+"!"+at] {
		case "金额元":
			amount = strings.TrimRight(at, "0123456789")
		case "尾差限步数":
			bound = strings.TrimRight(at, "0123456789")
		case "印作核对":
			proof = strings.TrimRight(at, "0123456789")
		}
	}
	lines, wrong := 0, 0
	for n := 4; ; n++ {
		key := tablebook.LinesSheet + "!" + amount + strconv.Itoa(n)
		was, ok := c.values[key].(*big.Rat)
		if !ok {
			break
		}
		if lines++; n%9 > 0 { // of all would take long
			continue
		}
		for by, want := range map[int64]string{0: "相符", 90: "相符", 300: "不符"} { // its steps are of 100 元
			c.values[key] = new(big.Rat).Add(was, big.NewRat(by, 1))
			c.again()
			got, said := c.cell(tablebook.LinesSheet+"!"+proof+strconv.Itoa(n)), c.cell(tablebook.ProofSheet+"!A3")
			if by == 90 && got != want {
				continue // it was rounded the other way
			}
			count := map[string]string{"相符": " 0 笔", "不符": " 1 笔"}[want]
			if by == 300 && num(c.values[tablebook.LinesSheet+"!"+bound+strconv.Itoa(n)]).Cmp(big.NewRat(1, 1)) > 0 {
				continue // revenue takes what all lines that it pays for were moved by
			}
			if got != want || !strings.HasSuffix(said.(string), "不合的"+count) {
				t.Errorf("%s and %d: %v, above 校核 %v", key, by, got, said)
			}
			if by == 300 {
				wrong++
			}
		}
		c.values[key] = was
	}
	if lines < 50 || wrong < 5 {
		t.Errorf("%d lines, %d found", lines, wrong)
	}
}

// TestLineBelowTheLast: a line written below the last one counts: 校核 disagrees where it belongs.
func TestLineBelowTheLast(t *testing.T) {
	t.Parallel()
	c := calcOf(t, book(t, documents(t)["sample"]))
	last := 4
	for c.values[tablebook.LinesSheet+"!A"+strconv.Itoa(last+1)] != nil {
		last++
	}
	for key, v := range c.values {
		if cell, ok := strings.CutPrefix(key, tablebook.LinesSheet+"!"); ok && strings.TrimLeft(cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "4" {
			c.values[tablebook.LinesSheet+"!"+strings.TrimRight(cell, "4")+strconv.Itoa(last+1)] = v
		}
	}
	c.again()
	if said := c.cell(tablebook.ProofSheet + "!A3").(string); strings.HasPrefix(said, "不符 0 ") {
		t.Error(said)
	}
}
