package money

import "testing"

func TestTold(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Told(yuan(t, "46718500")), "4,671.85万元"},
		{Told(yuan(t, "49")), "0.00万元"},
		{ToldYuan(yuan(t, "1234.5")), "1,234.50元"},
		{ToldNumber(yuan(t, "46718500")), "4,671.85"},
		{ToldNumber(yuan(t, "46718512.34")), "4,671.851234"}, // finer than tables print
		{ToldBound(Wan, ToleranceOf(2, Wan, 2)), "0.015万元"},
		{ToldBound(Yuan, ToleranceOf(2, Yuan, 2)), "0.015元"},
		{ToldChange(yuan(t, "300000"), yuan(t, "200000")), "增加10.00万元"},
		{ToldChange(yuan(t, "200000"), yuan(t, "200001")), "减少1.00元"}, // never 0.00万元
		{ToldChange(yuan(t, "5"), yuan(t, "5")), "持平"},
		{ToldIn(Wan, yuan(t, "1234567.8")), "123.45678万元"},
		{ToldIn(Yuan, yuan(t, "1234567.8")), "1234567.80元"},
		{ToldTyped(Wan, yuan(t, "31100")), "3.11"},
		{ToldData(yuan(t, "-46718512")), "-46718512.00"}, {ToldData(yuan(t, "0.5")), "0.50"}, {ToldData(yuan(t, "0.00125")), "0.00125"}, {ToldData(Amount{}), "0.00"},
		{ToldData(yuan(t, "1234567890123456.1234")), "1234567890123456.1234"},
	} {
		if c.got != c.want {
			t.Errorf("%s, want %s", c.got, c.want)
		}
	}
	if a, b := ToldApart(yuan(t, "100000"), yuan(t, "200000")); a != "10.00万元" || b != "20.00万元" {
		t.Errorf("%s, %s", a, b)
	}
	if a, b := ToldApart(yuan(t, "100000"), yuan(t, "100001")); a == b {
		t.Errorf("%s and %s look alike", a, b)
	}
}
