package sheet

import (
	"testing"

	"yusuan/internal/diag"
)

// The parts of a sum that is off in its last digit are not listed one by one in a workbook: what they come to is enough.
func TestPartsAreSummedUp(t *testing.T) {
	w := NewWords(New(packs(t)[0], Everything))
	d := diag.Diagnostic{Message: "印出的1张表里，各数加起来与合计差在尾数", Notes: []diag.Related{{Text: "“表6”有2处：“302 商品和服务支出”合计印作284.39，各行167.15＋30.00＋16.30＋0.69＋169.24＋1.00＝284.38；“短的”合计印作3.01，各行1.00＋2.00＝3.00"}}}
	w.Tell(&d)
	if want := "“表6”有2处：“302 商品和服务支出”合计印作284.39，各行之和 284.38；“短的”合计印作3.01，各行1.00＋2.00＝3.00"; d.Notes[0].Text != want {
		t.Errorf("%s\nwant %s", d.Notes[0].Text, want)
	}
}
