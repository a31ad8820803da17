package audit

import (
	"testing"

	"yusuan/internal/box"
	"yusuan/internal/budget"
	"yusuan/internal/schedule"
	"yusuan/internal/sentence"
)

// FuzzNames: whatever stands before a number or as the name of a row, nothing panics, and a bare label is part of what is
// printed but for blanks and brackets.
func FuzzNames(f *testing.F) {
	for _, s := range []string{"（一）一般公共预算", "廿一、预算", "3. 预算为", "预算：共", "\xff（"} {
		f.Add(s)
	}
	words := &lexicon{in: &Input{Budget: &budget.Budget{Facts: &budget.Facts{}}}, doc: &document{space: box.New(box.Values{})}, rows: map[string][]int{}, codes: map[string][]code{"预算": {{"function", "201"}}},
		asks: map[string][]budget.Query{"收入": {{}}}, filling: map[string]bool{"为": true}, longest: 3}
	f.Fuzz(func(t *testing.T, s string) {
		words.meaning(&sentence.Subject{Names: []sentence.Name{{Text: s}}}, scope{})
		if got := schedule.Bare(s); len(got) > 3*len(s) {
			t.Fatalf("%q: bare %q", s, got)
		}
	})
}

// A number without commas beside others with them is told with its own commas, not as another number.
func TestWithCommas(t *testing.T) {
	for printed, want := range map[string]string{"6626万元": "6,626万元", "4671.85万元": "4,671.85万元", "1234567.5元": "1,234,567.5元", "-12345": "-12,345", "999元": "999元"} {
		if got := withCommas(printed); got != want {
			t.Errorf("%s with commas is %s, want %s", printed, got, want)
		}
	}
}

// A row is called by its words or by the code that it begins with, never by an amount.
func TestTitleOfRow(t *testing.T) {
	for _, x := range []struct {
		cells []string
		side  []int
		want  string
	}{
		{cells: []string{"867.50", "0", "839"}}, {cells: []string{"", "2130301", "867.50"}},
		{cells: []string{"213", "", "867.50"}, want: "213"}, {cells: []string{"213", "农林水支出", "867.50"}, want: "农林水支出"},
		{cells: []string{"收入", "1,000.00", "208", "20.00"}, side: []int{2, 3}, want: "208"}, {cells: []string{"收入", "1,000.00", "", "20.00"}, side: []int{2, 3}},
	} {
		var row printedRow
		for _, c := range x.cells {
			row = append(row, printedText{text: c})
		}
		if got := titleOf(row, x.side); got != x.want {
			t.Errorf("%q is called %q, want %q", x.cells, got, x.want)
		}
	}
}
