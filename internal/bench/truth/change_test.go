package main

import (
	"slices"
	"testing"
)

// TestChanges: what stands in the place of numbers is a number of the same make, and another one.
func TestChanges(t *testing.T) {
	for _, x := range []struct{ from, tenfold, tenth string }{
		{"2,389.52", "23,895.20", "238.95"},
		{"1", "10", "0"},
		{"0.50", "5.00", "0.05"},
		{"999,999", "9,999,990", "99,999"},
		{"0", "", ""},
	} {
		if got := shifted(x.from, 1); got != x.tenfold {
			t.Errorf("%s tenfold is %q", x.from, got)
		}
		if got := shifted(x.from, -1); got != x.tenth {
			t.Errorf("a tenth of %s is %q", x.from, got)
		}
		for r := range 40 {
			for _, got := range []string{replaced(x.from, r), exchanged(x.from, r), moved(x.from, r)} {
				if _, _, ok := scaled(got); got == x.from || got != "" && !ok || len(got) > 1 && got[0] == '0' && got[1] != '.' {
					t.Errorf("%s becomes %q", x.from, got)
				}
			}
		}
	}
}

// TestNumbers: amounts, percentages, counts, years and signs of sentences are found with their kinds, and no number of a page, a
// document, an item or a day.
func TestNumbers(t *testing.T) {
	for _, x := range []struct {
		text string
		want []string
	}{
		{"3. 2026年支出预算1,234.50万元，比2025年减少20万元，下降1.6%。", []string{"2026 year", "1,234.50 amount", "2025 year", "20 amount", "1.6 percent", "减少 sign", "下降 sign"}},
		{"（苏财预〔2026〕19号）第3页，见表4，附件1。", nil},
		{"车辆3辆，截至2025年12月31日；增加绿化面积。", []string{"3 count", "2025 year"}},
		{"科目2010301行政运行12元", []string{"12 amount"}},
	} {
		s := &site{row: -1, above: -1, table: -1, text: x.text}
		var got []string
		for _, n := range numbersOf(s, "万元") {
			got = append(got, n.text+" "+[]string{"amount", "percent", "count", "year", "sign", "unit"}[n.sort])
		}
		if !slices.Equal(got, x.want) {
			t.Errorf("%s: %q", x.text, got)
		}
	}
}
