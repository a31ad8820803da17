package grid

import "testing"

// TestShown: what a cell shows, where that is more than the number stored.
func TestShown(t *testing.T) {
	for _, c := range []struct {
		kind         Kind
		text, format string
		want         string
		exact        bool
	}{
		{Number, "0.95", "0%", "95%", true},
		{Number, "0.95", "0.00%", "95%", true},
		{Number, "0.925", "0.0%", "92.5%", true},
		{Number, "0.333333333333333", "0%", "33%", false},
		{Number, "0.996", "0%", "100%", false},
		{Number, "-0.999", "0%", "-100%", false},
		{Number, "-0.001", "0%", "0%", false},
		{Number, "1", "0%", "100%", true},
		{Number, "0.005", "0.0%", "0.5%", true},
		{Number, "-0.05", "0%", "-5%", true},
		{Number, "0", "0%", "0%", true},
		{Number, "95", `0"%"`, "95%", true},
		{Number, "95", `0\%`, "95%", true},
		{Number, "36", `"≥"0"个"`, "≥36个", true},
		{Number, "36", `0个`, "36个", true},
		{Number, "1200", "#,##0", "1200", true},
		{Number, "1200.5", "#,##0.00", "1200.5", true},
		{Number, "2.4", "0", "2", false},
		{Number, "9.5", `_ * #,##0.00_ ;_ * -#,##0.00_ `, "9.5", true},
		{Number, "5000", `[$¥-804]#,##0`, "¥5000", true},
		{Number, "1234000", `0.0,"千"`, "1234000", false},
		{Number, "1234000", `0!.0,"万元"`, "1234000", false},
		{Number, "0.5", "# ?/?", "0.5", true},
		{Number, "0.95", "", "0.95", true},
		{Date, "2026-06-30", "yyyy/m/d", "2026年6月30日", true},
		{Date, "2026-06-01", `yyyy"年"m"月"`, "2026年6月", true},
		{Date, "2025-06-30", `m"月"d"日"`, "6月30日", true},
		{Date, "2026-06-30 13:30:00", "yyyy/m/d h:mm", "2026年6月30日13:30", true},
		{Date, "2026-06-30 13:30:00", "yyyy/m/d", "2026年6月30日", true},
		{Text, "健全", "@", "健全", true},
	} {
		got, exact := Cell{Kind: c.kind, Text: c.text, Format: c.format}.Shown()
		if got != c.want || exact != c.exact {
			t.Errorf("%s in %s: %s %v, want %s %v", c.text, c.format, got, exact, c.want, c.exact)
		}
	}
}
