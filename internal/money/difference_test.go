package money

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

// TestDifferenceTells: of amounts that differ, however little, the printed numbers differ, by the printed difference, and
// that is the exact one. A message never says "应为 1.10 元，填报 1.10 元，相差 0.00 元".
func TestDifferenceTells(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	back := func(s string) Amount {
		number, wan := strings.CutSuffix(s, "万元")
		d, err := decimal.NewFromString(strings.ReplaceAll(strings.TrimSuffix(number, "元"), ",", ""))
		if err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		if wan {
			d = d.Shift(4)
		}
		return fromDecimal(d)
	}
	for i := range 20000 {
		a, _ := random(r)
		b, _ := random(r)
		if i%2 == 0 { // near each other
			b = a.Add(must(t, []string{"0.000001", "0.004", "0.005", "0.01", "0.1", "49.99", "50", "100", "0"}[r.IntN(9)], Yuan))
		}
		u := []Unit{Yuan, Wan}[r.IntN(2)]
		x, y, diff := Difference(u, a, b)
		if (x == y) != a.Equal(b) {
			t.Fatalf("%v and %v are %s and %s", a, b, x, y)
		}
		if !back(diff).Equal(a.Sub(b)) || !back(x).Sub(back(y)).Equal(back(diff)) {
			t.Fatalf("%v − %v: %s − %s = %s", a, b, x, y, diff)
		}
	}
}

func TestDifference(t *testing.T) {
	for _, c := range []struct {
		a, b string
		u    Unit
		want string
	}{
		{"1100000.10", "1100000.10000000001", Yuan, "1,100,000.10000000000元 1,100,000.10000000001元 -0.00000000001元"},
		{"29069200", "29069212.18", Wan, "29,069,200.00元 29,069,212.18元 -12.18元"},
		{"29069300", "29069200", Wan, "2,906.93万元 2,906.92万元 0.01万元"},
		{"12345.67", "2345.67", Wan, "1.23万元 0.23万元 1.00万元"},
		{"50", "-50", Wan, "50.00元 -50.00元 100.00元"}, // 0.01 and -0.01 would differ by 0.02
		{"20001", "20000", Yuan, "20,001.00元 20,000.00元 1.00元"},
	} {
		x, y, diff := Difference(c.u, yuan(t, c.a), yuan(t, c.b))
		if got := x + " " + y + " " + diff; got != c.want {
			t.Errorf("%s and %s: %s, want %s", c.a, c.b, got, c.want)
		}
	}
}

func TestFen(t *testing.T) {
	for _, c := range []struct {
		in                    string
		u                     Unit
		nearest, below, above string
		noise                 bool
	}{
		{"1250.01", Yuan, "1250.01", "1250.01", "1250.01", false},
		{"1250.005", Yuan, "1250.01", "1250", "1250.01", false},
		{"-1250.005", Yuan, "-1250.01", "-1250.01", "-1250", false},
		{"0.1234567", Wan, "1234.57", "1234.56", "1234.57", false},
		{"1250049.9999999998", Yuan, "1250050", "1250049.99", "1250050", true},
		{"125.00499999999998", Wan, "1250050", "1250049.99", "1250050", true},
		{"100000.10000000001", Yuan, "100000.1", "100000.1", "100000.11", true},
		{"1,250,049.9999999998", Yuan, "1250050", "1250049.99", "1250050", true},
		{"-0.30000000000000004", Yuan, "-0.3", "-0.31", "-0.3", true},
		{"12345.670000000013", Yuan, "12345.67", "12345.67", "12345.68", true}, // of many additions
		{"1250.0000001", Yuan, "1250", "1250", "1250.01", false},               // typed: no spreadsheet is that far off
		{"45.946666666666665", Wan, "459466.67", "459466.66", "459466.67", false},
		{"1234567890123.125", Yuan, "1234567890123.13", "1234567890123.12", "1234567890123.13", false},
	} {
		a := must(t, c.in, c.u)
		nearest, below, above := a.Fen()
		if nearest.String() != c.nearest || below.String() != c.below || above.String() != c.above || Noise(c.in, a) != c.noise {
			t.Errorf("%s%v: %v between %v and %v, noise %v", c.in, c.u, nearest, below, above, Noise(c.in, a))
		}
	}
}

func TestDigits(t *testing.T) {
	for in, want := range map[string][2]int{"2906.92": {6, 2}, "-0.050": {2, 3}, "1,234.5": {5, 1}, "1_000": {4, 0}, "0": {0, 0}, " 007.10 ": {3, 2}} {
		if a, b := Digits(in); a != want[0] || b != want[1] {
			t.Errorf("%q: %d significant, %d behind the point", in, a, b)
		}
	}
}
