package batch

import (
	"strings"
	"testing"

	"yusuan/internal/money"
)

// TestPriorAgreesTellsTheDifference: figures that print differently by less than the printed unit are told with a
// difference that is one: not 10.01 and 10.00, 相差 0.00.
func TestPriorAgreesTellsTheDifference(t *testing.T) {
	amount := func(yuan int64) Yuan { return Yuan{money.FromFen(yuan * 100)} }
	now := Record{Department: "2026/a", Code: "415", Year: 2026}
	last := Record{Department: "2025/a", Code: "415", Year: 2025, Status: Made}
	now.facts = (&Facts{Prior: []Figure{{Name: "total", Title: "总预算", Amount: amount(100060)}}}).keep(nil)
	last.facts = (&Facts{Figures: []Figure{{Name: "total", Amount: amount(100040)}}}).keep(nil)
	list := PriorAgrees([]Record{now}, []Record{last})
	if len(list) != 1 || !strings.HasSuffix(list[0].Message, "填报 100,060.00元，2025年文件里是 100,040.00元，相差 20.00元") {
		t.Errorf("%+v", list)
	}
}

// TestPriorAgreesByRole: years are compared by what figures are; by names only where a year does not say what they are.
func TestPriorAgreesByRole(t *testing.T) {
	amount := func(yuan int64) Yuan { return Yuan{money.FromFen(yuan * 100)} }
	now := Record{Department: "2026/a", Code: "415", Year: 2026}
	now.facts = (&Facts{Prior: []Figure{{Name: "alles", Role: "支出总预算", Title: "总预算", Amount: amount(200000)}}}).keep(nil)
	for _, c := range []struct {
		then []Figure
		told bool
	}{
		{[]Figure{{Name: "alles", Role: "基本支出", Amount: amount(100000)}, {Name: "total", Role: "支出总预算", Amount: amount(200000)}}, false},
		{[]Figure{{Name: "alles", Role: "基本支出", Amount: amount(200000)}, {Name: "total", Role: "支出总预算", Amount: amount(100000)}}, true},
		{[]Figure{{Name: "alles", Amount: amount(100000)}}, true},
		{[]Figure{{Name: "alles", Role: "基本支出", Amount: amount(100000)}}, false},
		{[]Figure{{Name: "total", Amount: amount(100000)}}, false},
	} {
		last := Record{Department: "2025/a", Code: "415", Year: 2025, Status: Made}
		last.facts = (&Facts{Figures: c.then}).keep(nil)
		if list := PriorAgrees([]Record{now}, []Record{last}); (len(list) > 0) != c.told {
			t.Errorf("against %+v: %+v", c.then, list)
		}
	}
}
