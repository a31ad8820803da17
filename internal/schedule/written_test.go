package schedule

import (
	"slices"
	"testing"
)

// TestWrittenNumbers: which numbers of an author's text are amounts, counts and shares.
func TestWrittenNumbers(t *testing.T) {
	for text, want := range map[string][]string{
		"（120万元），货物30、工程40万元，比上年-5万元，共80.":              {"120", "30", "40", "5", "80"},
		"1、大厅1至5层；2、租金63元。（3）24小时自助机38台":                {"1", "5", "63", "24", "38"},
		"依据财预〔2016〕143号、第3批，2026年1月15日前，GB/T 9704-2012": nil,
		"2024-2026年三年共1,234.50万元，增长12.5%":               {"1,234.50", "12.5%"},
		"A-12型设备2套": {"2"},
	} {
		var got []string
		for _, x := range writtenNumbers(text) {
			got = append(got, text[x[0]:x[1]])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
