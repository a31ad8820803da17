package renew

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/pack"
)

const statedText = `# 合计核对
# 填什么：手里已有的合计，每个写一段 [[stated]]，程序拿来与按明细求出的数核对，不相符就报错。只用来核对，不会印出来，没有的不写。
#   figure  哪个数：数字的名称，或者 表号.行.列，行和列照表上印的写，行也可以写科目编码
#   amount  金额：按填报的位数核对，万元取两位小数的，与按元求出的数只差舍入的算相符
# 数字的名称，写中文或括号里的代号：
%s# 用得着的，删去行首的 # 再填。

amount_unit = "万元"
%s`

// freshStated offers assertions of totals, with examples that the pack knows.
func freshStated(p *pack.Pack, item string) []byte {
	var names, examples strings.Builder
	for _, name := range p.FigureNames {
		if f := p.Figures[name]; f.By == "" {
			fmt.Fprintf(&names, "#   %s（%s）\n", f.Title, name)
			if examples.Len() == 0 {
				statedExample(&examples, f.Title)
			}
		}
	}
	if address := cellAddress(p, item); address != "" {
		statedExample(&examples, address)
	}
	return fmt.Appendf(nil, statedText, names.String(), examples.String())
}

func statedExample(b *strings.Builder, figure string) {
	fmt.Fprintf(b, "\n# [[stated]]\n# figure = %q\n# amount = %q\n", figure, fill)
}

// cellAddress is a cell of the first table by functional item, in a column that asks for a part of it; or else, where no table
// has such columns, in one that sums all. It is "" without.
func cellAddress(p *pack.Pack, item string) string {
	whole := ""
	for _, id := range p.TableIDs() {
		t := p.Tables[id]
		if t.Rows.View() != budget.ByFunction || !ofGeneral(t.Filter) {
			continue
		}
		for _, l := range pack.Leaves(t.Columns) {
			head := l.Head.Literal
			if l.Field != "" || l.Prior != "" || head == "" || strings.Contains(head, ".") {
				continue
			}
			address := "表" + id + "." + item + "." + head
			if len(l.Query.Conditions()) > 0 {
				return address
			}
			whole = cmp.Or(whole, address)
		}
	}
	return whole
}

// ofGeneral reports whether a table prints what every department has: money of the general public budget.
func ofGeneral(q budget.Query) bool {
	for _, c := range q.Conditions() {
		if c.Key == "fund" && !c.Not && !slices.ContainsFunc(c.Values, func(v string) bool {
			return v == budget.FundGeneral || slices.Contains(budget.FundsOf(v), budget.FundGeneral)
		}) {
			return false
		}
	}
	return true
}
