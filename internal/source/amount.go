package source

import (
	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// typed notes how an amount was typed, and makes it a whole number of 分: money has no smaller coin, and what is printed,
// added and compared must not differ by what nobody sees.
func (d *decoder) typed(a *Amount, f field, literal string, unit money.Unit) {
	a.Unit = unit
	_, a.Places = money.Digits(literal)
	exact := a.Amount
	nearest, below, above := exact.Fen()
	if below.Equal(above) {
		return
	}
	a.Amount, a.Unit, a.Places = nearest, money.Yuan, 2
	if money.Noise(literal, exact) {
		d.diags.Add(diag.Diagnostic{Rule: ruleNoise, Level: diag.Note, At: a.At, Message: f.label() + "带着电子表格的计算误差，按 " + money.ToldYuan(nearest) + " 读入",
			Stated: literal + unit.String(), Want: money.ToldIn(unit, nearest), Hint: "数不用改也不会错；要去掉误差，在电子表格里用 ROUND 函数舍入到分再填"})
		return
	}
	d.diags.Add(diag.Diagnostic{Rule: ruleFiner, Level: diag.Error, At: a.At, Message: f.label() + "比分还细，在 " + money.ToldYuan(below) + " 与 " + money.ToldYuan(above) + " 之间",
		Stated: literal + unit.String(), Want: money.ToldIn(unit, below) + " 或 " + money.ToldIn(unit, above),
		Hint: "金额最小到分，四舍五入是 " + money.ToldIn(unit, nearest) + "；是几笔分摊的，各笔舍入后再看合计对不对" + meantWan(exact, unit)})
}

// meantWan says what an amount of 元 comes to if it was meant in 万元: whole 分 then, and no more than an item may be. Who rounds
// such an amount as the hint says makes it a ten-thousandth of what was meant.
func meantWan(exact money.Amount, unit money.Unit) string {
	wan := exact.Times("10000")
	_, below, above := wan.Fen()
	if unit != money.Yuan || !below.Equal(above) || exact.Cmp(money.FromFen(100_000_00)) >= 0 || exact.Sign() <= 0 {
		return ""
	}
	return "；把万元当成了元的，填 " + money.ToldTyped(money.Yuan, wan)
}

// Slack is by how much rounding to the digits that were typed can have moved the amount: half a unit of the last. An
// amount typed as 2906.92万元 says no more of 29,069,212.18元 than that.
func (a Amount) Slack() money.Amount { return money.ToleranceOf(0, a.Unit, a.Places) }
