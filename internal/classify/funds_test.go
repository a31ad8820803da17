package classify

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// TestFundOf: each catalogue knows the codes that one budget alone has, and none of two.
func TestFundOf(t *testing.T) {
	for _, year := range []int{2018, 2023, 2026} {
		c := shipped(t, year)
		for code, want := range map[string]string{"2120803": "政府性基金预算", "2296003": "政府性基金预算", "2230105": "国有资本经营预算",
			"2010301": "", "2120101": "", "2299999": "", "": ""} {
			if got := c.FundOf(code); got != want {
				t.Errorf("%d: %s is of %q, want %q", year, code, got, want)
			}
		}
		var all []string
		for _, f := range c.Funds {
			all = append(all, f.Codes...)
		}
		slices.Sort(all)
		for i := 1; i < len(all); i++ {
			if strings.HasPrefix(all[i], all[i-1]) {
				t.Errorf("%d: %s is below %s", year, all[i], all[i-1])
			}
		}
	}
	bad := fstest.MapFS{"funds.csv": {Data: []byte("fund,code\n政府性基金预算,21x\n")}}
	if _, err := loadFunds(bad, "funds.csv"); err == nil {
		t.Error("21x is taken for a code")
	}
}
