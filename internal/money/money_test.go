package money

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

func must(t testing.TB, literal string, u Unit) Amount {
	t.Helper()
	a, err := Parse(literal, u)
	if err != nil {
		t.Fatalf("Parse(%q): %v", literal, err)
	}
	return a
}

func yuan(t testing.TB, literal string) Amount { t.Helper(); return must(t, literal, Yuan) }

func TestParse(t *testing.T) {
	for _, c := range []struct {
		in   string
		unit Unit
		want string // exact 元
	}{
		{"4,671.85", Wan, "46718500"},
		{"4671.85", Yuan, "4671.85"},
		{"-3", Yuan, "-3"},
		{"+3.50", Yuan, "3.5"},
		{"1_000", Yuan, "1000"},
		{" 12 ", Yuan, "12"},
		{"0", Yi, "0"},
		{"-0.00", Yuan, "0"},
		{"1.23456789", Yi, "123456789"},
		{"0.00001", Yuan, "0.00001"},
		{"123456789012345.67", Yuan, "123456789012345.67"},
		{"99999999999999999999", Yi, "9999999999999999999900000000"},
		{"0.00000000000000000001", Yuan, "0.00000000000000000001"},
		{"922337203685477.5807", Yuan, "922337203685477.5807"},
		{"922337203685477.5808", Yuan, "922337203685477.5808"},
		{"-922337203685477.5808", Yuan, "-922337203685477.5808"},
	} {
		a := must(t, c.in, c.unit)
		if got := a.String(); got != c.want {
			t.Errorf("Parse(%q, %v) = %s, want %s", c.in, c.unit, got, c.want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for in, want := range map[string]error{
		"":                        errEmpty,
		" ":                       errEmpty,
		"-":                       errEmpty,
		"1e3":                     errExponent,
		"1.5E-3":                  errExponent,
		"NaN":                     errNumber,
		"inf":                     errNumber,
		"0x10":                    errNumber,
		"1.2.3":                   errNumber,
		"--1":                     errNumber,
		"1__0":                    errNumber,
		"_1":                      errNumber,
		"1_":                      errNumber,
		"十二":                      errNumber,
		"12元":                     errNumber,
		"１２":                      errFullwidth,
		"1，234":                   errFullwidth,
		"12,34":                   errCommas,
		"1234,567":                errCommas,
		",123":                    errCommas,
		"1,":                      errCommas,
		"1.234,5":                 errCommas,
		".5":                      errPoint,
		"5.":                      errPoint,
		"123456789012345678901":   errDigits,
		"0.123456789012345678901": errDigits,
	} {
		if a, err := Parse(in, Yuan); err != want {
			t.Errorf("Parse(%q) = %v, %v; want error %v", in, a, err, want)
		}
	}
}

func TestFormat(t *testing.T) {
	for _, c := range []struct {
		f    Format
		in   string // 元
		want string
	}{
		{Format{Unit: Wan, Places: 2, Group: true}, "46718500", "4,671.85"},
		{Format{Unit: Wan, Places: 2}, "46718549.99", "4671.85"},
		{Format{Unit: Wan, Places: 2}, "46718550", "4671.86"},
		{Format{Unit: Wan, Places: 2, Rounding: HalfEven}, "46718450", "4671.84"},
		{Format{Unit: Wan, Places: 2, Rounding: HalfEven}, "46718450.01", "4671.85"},
		{Format{Unit: Wan, Places: 2, Rounding: HalfEven}, "46718550", "4671.86"},
		{Format{Unit: Wan, Places: 2}, "-50", "-0.01"},
		{Format{Unit: Wan, Places: 2}, "-49.99", "0.00"},
		{Format{Unit: Wan, Places: 2, Rounding: HalfEven}, "-50", "0.00"},
		{Format{Unit: Wan, Places: 2, BlankZero: true}, "0", ""},
		{Format{Unit: Wan, Places: 2, BlankZero: true}, "1", "0.00"},
		{Format{Unit: Wan, Places: 2, Zero: "—"}, "0", "—"},
		{Format{Unit: Wan, Places: 2, Zero: "—"}, "1", "0.00"},
		{Format{Places: 2, Group: true}, "1234567.8", "1,234,567.80"},
		{Format{Places: 2, Group: true}, "-123456", "-123,456.00"},
		{Format{Places: 0, Group: true}, "999999.5", "1,000,000"},
		{Format{Unit: Wan, Places: 2, TrimZeros: true}, "175000", "17.5"},
		{Format{Unit: Wan, Places: 2, TrimZeros: true}, "0", "0"},
		{Format{Unit: Wan, Places: 2, TrimZeros: true}, "1000000", "100"},
		{Format{Unit: Wan, Places: 4, TrimZeros: true}, "20", "0.002"},
		{Format{Unit: Yi, Places: 2}, "123456789", "1.23"},
		{Format{Unit: Yi, Places: 12}, "123456789", "1.234567890000"},
		{Format{Unit: Yuan, Places: 6}, "1.5", "1.500000"},
		// One rounding from 元: by way of 0.0145 万元 rounded to 0.015 it would print 0.02.
		{Format{Unit: Wan, Places: 2}, "145", "0.01"},
		{Format{Unit: Wan, Places: 2}, "123456789012345678", "12345678901234.57"},
		{Format{Unit: Wan, Places: 2}, "-12345678901234567850", "-1234567890123456.79"},
		{Format{Places: 2}, "-922337203685477.5808", "-922337203685477.58"},
	} {
		if got := c.f.String(yuan(t, c.in)); got != c.want {
			t.Errorf("%+v.String(%s) = %q, want %q", c.f, c.in, got, c.want)
		}
	}
}

// random amounts cross the edge between the two representations and keep up to six decimals.
func random(r *rand.Rand) (Amount, *big.Rat) {
	n := r.Int64() >> r.IntN(63)
	if r.IntN(2) == 0 {
		n = -n
	}
	places := r.IntN(7)
	x := new(big.Rat).SetFrac(big.NewInt(n), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil))
	a, err := Parse(x.FloatString(places), Yuan)
	if err != nil {
		panic(err)
	}
	return a, x
}

func (a Amount) rat() *big.Rat { return a.decimal().Rat() }

func TestArithmeticIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		a, x := random(r)
		b, y := random(r)
		sum, diff := new(big.Rat).Add(x, y), new(big.Rat).Sub(x, y)
		if got := a.Add(b).rat(); got.Cmp(sum) != 0 {
			t.Fatalf("%v + %v = %v", x, y, got)
		}
		if got := a.Sub(b).rat(); got.Cmp(diff) != 0 {
			t.Fatalf("%v - %v = %v", x, y, got)
		}
		if got := a.Neg().rat(); got.Cmp(new(big.Rat).Neg(x)) != 0 {
			t.Fatalf("-%v = %v", x, got)
		}
		if a.Cmp(b) != x.Cmp(y) || a.Equal(b) != (x.Cmp(y) == 0) || a.Sign() != x.Sign() || a.Abs().Sign() < 0 {
			t.Fatalf("order of %v and %v", x, y)
		}
		if !a.Add(b).Sub(b).Equal(a) {
			t.Fatalf("%v + %v - %v is not the first", x, y, y)
		}
	}
}

func TestEdgesOfTheWord(t *testing.T) {
	top, bottom, one := Amount{small: math.MaxInt64}, Amount{small: math.MinInt64}, Amount{small: 1}
	for name, got := range map[string]Amount{
		"max+1":   top.Add(one),
		"min-1":   bottom.Sub(one),
		"-min":    bottom.Neg(),
		"max+max": top.Add(top),
		"min+min": bottom.Add(bottom),
	} {
		if got.wide == nil {
			t.Errorf("%s wrapped around to %v", name, got)
		}
	}
	if back := top.Add(one).Sub(one); back.wide != nil || !back.Equal(top) {
		t.Errorf("max+1-1 = %v, want max in one word", back)
	}
	if got := bottom.Abs().String(); got != "922337203685477.5808" {
		t.Errorf("|min| = %s", got)
	}
}

// The oracle rounds with big.Rat, which knows nothing of either representation.
func TestFormatRoundsOnce(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 20000 {
		a, x := random(r)
		f := Format{Unit: Unit(r.IntN(3)), Places: r.IntN(5)}
		in := new(big.Rat).Quo(x, new(big.Rat).SetInt64(pow10[f.Unit.exponent()]))
		want := in.FloatString(f.Places) // half away from zero
		if v, _ := new(big.Rat).SetString(want); v.Sign() == 0 && want[0] == '-' {
			want = want[1:]
		}
		if got := f.String(a); got != want {
			t.Fatalf("%+v.String(%v) = %s, want %s", f, x, got, want)
		}
		f.Group = true
		if len(want) > maxDigits {
			continue // printed longer than Parse reads
		}
		back := must(t, f.String(a), f.Unit)
		if !back.Equal(f.Round(a)) {
			t.Fatalf("%+v: Parse(String(%v)) = %v, Round = %v", f, x, back, f.Round(a))
		}
	}
}

func TestSumThenRound(t *testing.T) {
	// Nine amounts, each rounded down, whose sum rounds up: the printed column does not add up and need not.
	f := Format{Unit: Wan, Places: 2}
	parts := make([]Amount, 9)
	var rounded Amount
	for i := range parts {
		parts[i] = yuan(t, "315444")
		rounded = rounded.Add(f.Round(parts[i]))
	}
	if got := f.String(Sum(parts...)); got != "283.90" {
		t.Errorf("rounded sum %s, want 283.90", got)
	}
	if got := f.String(rounded); got != "283.86" {
		t.Errorf("sum of rounded %s, want 283.86", got)
	}
}

// ToleranceOf bounds what rounding alone can do, and no smaller multiple of half a unit does.
func TestTolerance(t *testing.T) {
	for _, c := range []struct {
		n      int
		unit   Unit
		places int
		want   string // in 元
	}{{9, Wan, 2, "500"}, {1, Yuan, 2, "0.01"}, {3, Yi, 0, "200000000"}, {1, Yuan, 4, "0.0001"}, {2, Yuan, 4, "0.00015"}} {
		if got := ToleranceOf(c.n, c.unit, c.places).String(); got != c.want {
			t.Errorf("%d items with %d decimals in %v: %s, want %s", c.n, c.places, c.unit, got, c.want)
		}
	}
	r := rand.New(rand.NewPCG(5, 6))
	f := Format{Unit: Wan, Places: 2}
	for range 5000 {
		n := 1 + r.IntN(12)
		var exact, printed Amount
		for range n {
			a := FromFen(r.Int64N(1_000_000_000) - 500_000_000)
			exact, printed = exact.Add(a), printed.Add(f.Round(a))
		}
		if d := f.Round(exact).Sub(printed).Abs(); d.Cmp(ToleranceOf(n, Wan, 2)) > 0 {
			t.Fatalf("%d items differ by %v", n, d)
		}
	}
}

func TestShare(t *testing.T) {
	for _, c := range []struct{ part, whole, want string }{
		{"3140.86", "4671.85", "67.23"},
		{"1530.99", "4671.85", "32.77"},
		{"1", "3", "33.33"},
		{"2", "3", "66.67"},
		{"-1", "3", "-33.33"},
		{"1", "-3", "-33.33"},
		{"-1", "1000000", "0.00"},
		{"1", "8000", "0.01"},  // 0.0125
		{"1", "20000", "0.01"}, // 0.005 exactly
		{"0", "5", "0.00"},
	} {
		if got, ok := Share(yuan(t, c.part), yuan(t, c.whole), 2); !ok || got != c.want {
			t.Errorf("Share(%s, %s) = %s, %v; want %s", c.part, c.whole, got, ok, c.want)
		}
	}
	if s, ok := Share(yuan(t, "5"), Amount{}, 2); ok {
		t.Errorf("share of zero = %s", s)
	}
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		now, before, delta, rate string
		direction                int
		has                      bool
	}{
		{"110", "100", "10", "10.00", 1, true},
		{"90", "100", "-10", "-10.00", -1, true},
		{"100", "100", "0", "0.00", 0, true},
		{"100", "0", "100", "", 1, false},
		{"0", "0", "0", "", 0, false},
		{"5", "-10", "15", "", 1, false},
		{"0", "8", "-8", "-100.00", -1, true},
	} {
		got := Compare(yuan(t, c.now), yuan(t, c.before), 2)
		if got.Delta.String() != c.delta || got.Rate != c.rate || got.Direction != c.direction || got.HasRate != c.has {
			t.Errorf("Compare(%s, %s) = %+v", c.now, c.before, got)
		}
	}
	if got := Compare(yuan(t, "90"), yuan(t, "100"), 1).AbsRate(); got != "10.0" {
		t.Errorf("AbsRate = %s", got)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"4,671.85", "-3", "1_000", "0.00001", "1e9", "99999999999999999999", "922337203685477.5808", "１"} {
		f.Add(s, 1)
	}
	f.Fuzz(func(t *testing.T, s string, unit int) {
		u := Unit(((unit % 3) + 3) % 3)
		a, err := Parse(s, u)
		if err != nil {
			return
		}
		if len(a.String()) <= maxDigits {
			if back := must(t, a.String(), Yuan); !back.Equal(a) {
				t.Fatalf("%q is %v and reads back as %v", s, a, back)
			}
		}
		g := Format{Unit: u, Places: 28, Group: true}
		if r := g.Round(a); !r.Equal(a) {
			t.Fatalf("%q: %v with 28 places is %v", s, a, r)
		}
	})
}

func BenchmarkSum(b *testing.B) {
	amounts := make([]Amount, 1000)
	for i := range amounts {
		amounts[i] = FromFen(int64(i) * 12345)
	}
	b.ReportAllocs()
	for b.Loop() {
		Sum(amounts...)
	}
}

func BenchmarkFormat(b *testing.B) {
	f, a := Format{Unit: Wan, Places: 2, Group: true}, FromFen(123456789012)
	b.ReportAllocs()
	for b.Loop() {
		_ = f.String(a)
	}
}

// TestRoundAsDecimals holds amounts in a machine word to what the decimal library makes of them.
func TestRoundAsDecimals(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int64{0, 1, -1, 49, 50, 51, 4999, 5000, -5000, 15000, 25000, 49999999, 50000000, math.MaxInt64, math.MinInt64, math.MaxInt64 - 50} {
		values := []int64{n}
		for range 50 {
			values = append(values, n+r.Int64N(1<<20)-1<<19, r.Int64()>>r.UintN(60))
		}
		for _, n := range values {
			a := Amount{small: n}
			d := a.decimal()
			wide := Amount{wide: &d}
			for unit := Yuan; unit <= Yi; unit++ {
				for _, f := range []Format{{Unit: unit, Places: 2}, {Unit: unit}, {Unit: unit, Places: 4, Rounding: HalfEven}, {Unit: unit, Places: 2, Rounding: HalfEven}} {
					got, want := f.Round(a), f.Round(wide)
					if !got.Equal(want) || (got.wide == nil) != (want.wide == nil) {
						t.Fatalf("%+v rounds %v to %v, want %v", f, a, got, want)
					}
					if got := f.Steps(want); want.wide == nil && got != want.decimal().DivRound(f.Step().decimal(), 0).IntPart() {
						t.Fatalf("%v is %d steps of %v", want, got, f.Step())
					}
				}
			}
		}
	}
}
