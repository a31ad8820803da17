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
	now.facts = (&Facts{Prior: []Figure{{Name: "total", Title: "总预算", Amount: amount(100060)}}}).pack()
	last.facts = (&Facts{Figures: []Figure{{Name: "total", Amount: amount(100040)}}}).pack()
	list := PriorAgrees([]Record{now}, []Record{last})
	if len(list) != 1 || !strings.HasSuffix(list[0].Message, "填报 100,060.00元，2025年文件里是 100,040.00元，相差 20.00元") {
		t.Errorf("%+v", list)
	}
}
