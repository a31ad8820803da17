package sentence

import (
	"math/big"
	"slices"
	"strings"

	"yusuan/internal/money"
	"yusuan/internal/prose"
)

// reasonRates: a change whose only reason is one rate is mostly that rate of last year's number. What looks like that misprinted
// is told: 42.75万元 of 427.50万元, 主要原因是统一压减10%.
func (j *judge) reasonRates() {
	for i := range j.Numbers {
		n := &j.Numbers[i]
		if n.Role != Change || n.Of == none || n.Sign == 0 || len(j.why[i]) != 1 {
			continue
		}
		rate := &j.Numbers[j.why[i][0]]
		last, slack, ok := j.scale.before(j.Passage, n.Of, i)
		if !ok || rate.Sign != n.Sign || last.Sign() <= 0 || rat(rate).Cmp(big.NewRat(100, 1)) >= 0 {
			continue
		}
		if j.scale.share(rat(n), j.scale.half(n), last, slack, rate) {
			j.hold("同句的变动率和今年数", i, j.why[i][0], n.Of)
			continue
		}
		want := expected(rat(&j.Numbers[n.Of]), rat(rate), n.Sign)
		if Near(want, j.amount(i)) {
			j.hold("同句的变动率和今年数", i, j.why[i][0], n.Of)
			j.fault(Fault{Kind: ReasonDiffers, Number: i, With: []int{j.why[i][0], n.Of}, Got: j.amount(i), Want: want})
		}
	}
}

// expected is the change that a rate makes of last year's number, from this year's, to the second decimal of 万元.
func expected(sum, rate *big.Rat, sign int) money.Amount {
	base := big.NewRat(100, 1)
	if sign > 0 {
		base.Add(base, rate)
	} else {
		base.Sub(base, rate)
	}
	x := new(big.Rat).Mul(sum, rate)
	x.Quo(x, base)
	a, err := money.Parse(x.Mul(x, big.NewRat(1, 10000)).FloatString(2), money.Wan)
	if err != nil {
		return money.Amount{}
	}
	return a
}

// saidAgain: one name within a passage comes to one amount. There may be two things of a name, so only what looks like a
// misprint is told.
func (j *judge) saidAgain() {
	first := map[string]int{}
	for i := range j.Numbers {
		n := &j.Numbers[i]
		if n.Role != Sum || n.Kind != prose.Amount || n.Subject == none {
			continue
		}
		name := bareName(j.said(n.Subject))
		if name == "" || totalled(j.Text[:n.Start]) {
			continue
		}
		k, ok := first[name]
		if !ok {
			first[name] = i
			continue
		}
		switch {
		case j.Numbers[k].Value.Equal(n.Value):
			j.hold("同段里同名的数", k, i)
		case Near(j.Numbers[k].Value, n.Value) && !n.Value.IsZero() && !j.Numbers[k].Value.IsZero():
			j.hold("同段里同名的数", k, i)
			j.fault(Fault{Kind: SaidAgain, Number: i, With: []int{k}, Got: n.Value, Want: j.Numbers[k].Value})
		}
	}
}

// totalled reports whether what stands before a number calls it a total: that is of all that stands before, not of the last of it.
func totalled(before string) bool {
	return strings.HasSuffix(before, "合计") || strings.HasSuffix(before, "共计") || strings.HasSuffix(before, "总计")
}

// bareName is a name without 预算 and 支出 at its end: 公务接待费预算支出.
func bareName(s string) string {
	s = core(s)
	for _, w := range []string{"支出", "预算", "支出", "预算"} {
		if rest := strings.TrimSuffix(s, w); rest != "" && strings.HasSuffix(rest, "费") {
			return rest
		}
		s = strings.TrimSuffix(s, w)
	}
	if slices.Contains([]string{"", "本年", "收入", "基本", "项目", "财政拨款", "一般公共"}, s) {
		return ""
	}
	return s
}
