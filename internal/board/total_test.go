package board

import (
	"strings"
	"testing"

	"yusuan/internal/money"
)

// TestTotalFirst: what all departments spend together stands at the head, exactly and as it is printed, without that of
// departments whose amounts are not shown.
func TestTotalFirst(t *testing.T) {
	p := page(handmade(20))
	var sum money.Amount
	for _, x := range p.Districts[0].Departments {
		if x.Shown {
			sum = sum.Add(x.Total.Amount)
		}
	}
	want := `支出总计</dt><dd><span data-yuan="` + sum.String() + `">` + money.Usual(money.Wan).String(sum) + "<"
	if text := made(t, p.Board); !strings.Contains(text, want) {
		t.Errorf("no %s", want)
	}
}
