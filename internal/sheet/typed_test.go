package sheet

import (
	"testing"

	"yusuan/internal/budget"
	"yusuan/internal/money"
)

func TestTyped(t *testing.T) {
	for _, c := range []struct {
		kind        budget.FieldKind
		typed       string
		unit        money.Unit
		want, wrong string // wrong: the message
	}{
		{budget.FieldAmount, "１，２３４．５", money.Yuan, "1234.50", ""},
		{budget.FieldAmount, " ￥1,234 元", money.Yuan, "1234", ""},
		{budget.FieldAmount, "15000元", money.Wan, "1.5", ""},
		{budget.FieldAmounts, "1.5万元", money.Yuan, "15000", ""},
		{budget.FieldAmount, "0.00015亿", money.Wan, "1.5", ""},
		{budget.FieldAmount, "—", money.Yuan, "", ""},
		{budget.FieldAmount, "请填", money.Yuan, "请填", ""},
		{budget.FieldAmount, "元", money.Wan, "", "这一格应为金额，不是“元”；只填数，单位是万元，不带别的字"},
		{budget.FieldAmount, "12,34", money.Yuan, "", "这一格应为金额，不是“12,34”；小数点是“.”，不是逗号：填 12.34"},
		{budget.FieldDate, "2026年2月3日", money.Yuan, "2026-02-03", ""},
		{budget.FieldDate, "2026-02-30", money.Yuan, "", "这一格应为日期，不是“2026-02-30”；填成 2026-02-10 这样的日期"},
		{budget.FieldYesNo, "是", money.Yuan, "true", ""},
		{budget.FieldYear, "2026年", money.Yuan, "2026", ""},
		{budget.FieldFunction, " ２０１０３０１ ", money.Yuan, "2010301", ""},
		{budget.FieldText, " 两端有空格 ", money.Yuan, " 两端有空格 ", ""},
		{budget.FieldLong, "", money.Yuan, "", ""},
		{budget.FieldText, "\xff", money.Yuan, "", errNoText.Error()},
	} {
		v, given, err := Typed(c.kind, c.typed, c.unit)
		message := ""
		if err != nil {
			message = err.Error()
		}
		if message != c.wrong || given != (c.want != "") || given && v.Says() != c.want {
			t.Errorf("%s %q: %q %v %q, want %q %q", c.kind, c.typed, v.Says(), given, message, c.want, c.wrong)
		}
	}
}
