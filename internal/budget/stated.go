package budget

import (
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/source"
)

// Claim is an amount that the author states of what the program computes: the sum of what was typed, and by how much
// rounding to the digits typed can have moved it.
type Claim struct {
	Sum   money.Amount
	Slack money.Amount
}

// ClaimOf is what amounts claim together; those that were not given claim nothing.
func ClaimOf(amounts ...source.Amount) Claim {
	var c Claim
	for i := range amounts {
		if a := &amounts[i]; a.Set {
			c.Sum, c.Slack = c.Sum.Add(a.Amount), c.Slack.Add(a.Slack())
		}
	}
	return c
}

// Settle completes a finding about a claim that is not the exact amount, with both numbers: what is 2906.92万元 on the
// author's desk is 29,069,212.18元 by the lines. Where rounding to the digits typed explains the difference, nothing is
// wrong, and it becomes a note.
func (c Claim) Settle(d *diag.Diagnostic, u money.Unit, exact money.Amount) {
	d.Numbers(money.Difference(u, c.Sum, exact))
	if c.Sum.Sub(exact).Abs().Cmp(c.Slack) > 0 {
		return
	}
	d.Rule, d.Level = "尾差-001", diag.Note
	d.Message += "，相差在填报数自己的舍入之内"
	most, _, _ := money.Difference(money.Yuan, c.Slack, money.Amount{})
	d.Hint = "按填报的位数，舍入前后至多相差 " + most + "，不是错误；要核对到分，填到分"
}
