package sentence

import (
	"math/big"
	"strings"

	"yusuan/internal/money"
	"yusuan/internal/prose"
)

// What does not hold whatever else the passage says: no table, no sum and no last year's number is needed for it.

// alone holds rates and changes whose sum is not told.
func (j *judge) alone() {
	for i := range j.Numbers {
		n := &j.Numbers[i]
		if n.Role != Rate || n.Kind != prose.Percentage || n.rough {
			continue
		}
		var of *Number
		if n.Of != none {
			of = &j.Numbers[n.Of]
		}
		hundred := rat(n).Cmp(big.NewRat(100, 1)) > 0
		switch {
		case of != nil && of.Role == Change && rat(of).Sign() == 0 && rat(n).Sign() != 0 && (of.Places < 2 || of.Of == none) && n.End-of.Start < 60:
			j.hold("同句的变动额", i, n.Of)
			j.fault(Fault{Kind: RateOfNoChange, Number: i, With: []int{n.Of}, Certain: of.Places < 2 && !j.told(i)})
		case hundred && n.Sign < 0 && !j.told(i):
			j.hold("下降不过100%", i)
			j.fault(Fault{Kind: FallsTooFar, Number: i, Certain: true})
		}
	}
	j.sameYet()
	j.sharesAlone()
	j.smaller()
}

// told reports whether a fault of a number or at its words is told already.
func (j *judge) told(i int) bool {
	n := &j.Numbers[i]
	for k := range j.faults {
		f := &j.faults[k]
		if f.Number == i || f.At == n.SignAt && n.SignAt.End > 0 {
			return true
		}
	}
	return false
}

// shareTold reports whether the share of a part is told to be wrong.
func (j *judge) shareTold(i int) bool {
	s, ok := j.shareOf[i]
	return ok && j.told(s)
}

// sameYet: what is as it was has not risen: 与上年持平，增长5%.
func (j *judge) sameYet() {
	k := 0
	for _, x := range j.Same {
		for ; k < len(j.Numbers) && j.Numbers[k].Start < x.End; k++ {
		}
		if k == len(j.Numbers) {
			return
		}
		n := &j.Numbers[k]
		if n.Role != Rate && n.Role != Change || n.SignAt.Start < x.End || rat(n).Sign() == 0 {
			continue
		}
		if strings.Trim(squeezed(j.Text[x.End:n.SignAt.Start]), "，,、；（(即") == "" && !j.told(k) {
			j.hold("同句的持平", k)
			j.fault(Fault{Kind: SameYet, Number: k, Certain: true})
		}
	}
}

// sharesAlone holds shares that are told without their amounts: of one whole they are no more than 100% together, and 100% where
// they are said to be all of it.
func (j *judge) sharesAlone() {
	var group []int
	inner := false // the group is of a part of what was told before
	flush := func() {
		if len(group) > 1 && !inner {
			j.hundred(group)
		}
		group, inner = nil, false
	}
	for i := range j.Numbers {
		n := &j.Numbers[i]
		if n.Role != Share || n.Kind != prose.Percentage || n.Of != none || n.Subject == none {
			flush()
			continue
		}
		if len(group) > 0 {
			k := group[len(group)-1]
			switch between := j.Text[j.Numbers[k].End:n.Start]; {
			case k != i-1 || strings.ContainsAny(between, "。\n") || j.said(n.WholeSubject) != j.said(j.Numbers[k].WholeSubject):
				flush()
			case withinOther(between):
				flush()
				inner = true
			}
		}
		group = append(group, i)
	}
	flush()
}

// withinOther reports whether words begin parts of what was told last.
func withinOther(s string) bool {
	for _, w := range [...]string{"其中", "包括", "含", "同比", "上年", "去年", "年"} {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// hundred holds shares against 100%.
func (j *judge) hundred(shares []int) {
	first, last := &j.Numbers[shares[0]], &j.Numbers[shares[len(shares)-1]]
	start := strings.LastIndexAny(j.Text[:first.Start], "。；\n") + 1
	if before := j.Text[start:first.Start]; !strings.ContainsAny(before, "支收费款购资") {
		return // people may be of several groups
	}
	sum, places := new(big.Rat), 0
	for _, i := range shares {
		if n := &j.Numbers[i]; n.rough || !ofMoney(j.said(n.Subject)) && len(shares) < 3 {
			return
		}
		sum.Add(sum, rat(&j.Numbers[i]))
		places = max(places, j.Numbers[i].Places)
	}
	off := new(big.Rat).Sub(sum, big.NewRat(100, 1))
	slack := new(big.Rat).Mul(power(-places), big.NewRat(int64(len(shares)), 2))
	whole := j.allOf(Span{start, first.Start}, last.End)
	if off.Sign() < 0 && !whole {
		return
	}
	j.hold("同句各占比之和", shares...)
	if new(big.Rat).Abs(off).Cmp(slack) <= 0 {
		return
	}
	j.fault(Fault{Kind: SharesOff, Number: shares[len(shares)-1], With: shares[:len(shares)-1], Rate: sum.FloatString(places), Certain: off.Sign() > 0 && whole})
}

// ofMoney reports whether a name is one of money.
func ofMoney(name string) bool {
	for _, w := range [...]string{"支出", "收入", "费", "资金", "拨款", "预算", "货物", "工程", "服务", "补助", "福利"} {
		if strings.HasSuffix(name, w) {
			return true
		}
	}
	return false
}

// allOf reports whether shares from their first words to an end are said to be all that there is: 由…组成, or all of what stands in
// brackets.
func (j *judge) allOf(words Span, end int) bool {
	before, behind := j.Text[words.Start:words.End], j.Text[end:]
	text := j.Text[words.Start:end]
	for _, w := range [...]string{"等", "主要", "其中", "重点", "含", "较", "超过"} {
		if strings.Contains(text, w) {
			return false
		}
	}
	behind = strings.TrimLeft(behind, " ）)%")
	for _, w := range [...]string{"组成", "构成", "两部分", "三部分"} {
		if strings.Contains(before, w) || strings.HasPrefix(behind, w) {
			return true
		}
	}
	open := strings.LastIndexAny(before, "（(")
	if open < 0 || strings.ContainsAny(before[open:], "）)") {
		return false
	}
	rest := strings.TrimLeft(j.Text[end:], " ")
	return strings.HasPrefix(rest, "）") || strings.HasPrefix(rest, ")")
}

// smaller: what is bought of small enterprises is part of what is bought.
func (j *judge) smaller() {
	var parts []int
	whole, most := none, money.Amount{}
	for i := range j.Numbers {
		n := &j.Numbers[i]
		if n.Role != Sum || n.Kind != prose.Amount || n.Subject == none {
			continue
		}
		switch name := j.said(n.Subject); {
		case strings.Contains(name, "中小企业") || strings.Contains(name, "小微企业") || strings.Contains(name, "小型、微型企业"):
			parts = append(parts, i)
		case strings.Contains(name, "采购") && (whole == none || n.Value.Cmp(most) > 0):
			whole, most = i, n.Value
		}
	}
	for _, i := range parts {
		if whole == none {
			return
		}
		j.hold("同段的采购总额", i)
		if n := &j.Numbers[i]; n.Value.Cmp(most) > 0 && !j.told(i) && !j.told(whole) && !j.shareTold(i) {
			j.fault(Fault{Kind: ListExceeds, Number: i, With: []int{whole}, Got: n.Value, Want: most, Certain: true})
		}
	}
}
