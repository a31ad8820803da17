package imports

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// Rules of putting exports together and of taking them over; check/rule_import.go describes them.
const (
	ruleTwice   = "表格-035" // two sheets state the same and disagree
	ruleWhole   = "表格-036" // the department's sums are not the sums of its units
	ruleLoose   = "表格-037" // rows that say of the department what is due of a unit
	ruleCrossed = "表格-038" // margins that are not those of the lines
	ruleNoPlace = "表格-039" // what is understood and has no place in the folder
	ruleUnknown = "表格-040" // a unit without a code
	ruleAgainst = "表格-042" // a sheet of sums that states something else
)

// once are the rows of all sheets, each fact once: what another sheet states again is left out and said, and so are the sums of
// the whole department beside those of its units.
func (u *Understood) once(diags *diag.List) []*Row {
	var rows []*Row
	for i := range u.Rows {
		if u.Rows[i].Kind.Table() != "" {
			rows = append(rows, &u.Rows[i])
		}
	}
	rows = u.without(rows, func(x []*Row) []*Row { return u.unitsOnly(x, diags) }, "整个部门的数，按各单位的带入，没有重复计入")
	rows = u.without(rows, func(x []*Row) []*Row { return u.unlike(x, diags) }, "另一张表里也有，只算一次")
	rows = u.without(rows, func(x []*Row) []*Row { return u.uncrossed(x, diags) }, "逐笔的已经带入，按科目的合计不再带入")
	u.settle()
	return rows
}

// rowKey is what a row is known by.
func rowKey(r *Row) string {
	var b strings.Builder
	b.WriteString(string(r.Kind))
	keys := identities[r.Kind.Table()]
	switch r.Kind {
	case Project:
		keys = []string{"unit", "name", "fund", "function", "economic", "carried"}
	case Indicator:
		keys = []string{"unit", "project", "horizon", "first", "second", "third", "text"}
	}
	for _, k := range keys {
		b.WriteByte('\x00')
		b.WriteString(r.Text(k))
	}
	return b.String()
}

// heap is the rows of one sheet that have one identity.
type heap struct {
	sheet int
	rows  []*Row
	sum   money.Amount
	said  int // how many fields its rows fill
	text  string
}

func (h *heap) add(r *Row) {
	h.rows = append(h.rows, r)
	for _, v := range r.Values {
		if v.Money && v.Key != "total_budget" {
			h.sum = h.sum.Add(v.Amount)
		}
	}
	h.said = max(h.said, len(r.Values))
	h.text += r.Text("value") + r.Text("count") + r.Text("bought")
}

// unlike leaves one of each two sheets that state the same; where they disagree, that is an error of the author.
func (u *Understood) unlike(rows []*Row, diags *diag.List) []*Row {
	heaps := map[string][]*heap{}
	var order []string
	for _, r := range rows {
		k := rowKey(r)
		list := heaps[k]
		i := slices.IndexFunc(list, func(h *heap) bool { return h.sheet == r.Sheet })
		if i < 0 {
			if len(list) == 0 {
				order = append(order, k)
			}
			list = append(list, &heap{sheet: r.Sheet})
			heaps[k], i = list, len(list)-1
		}
		list[i].add(r)
	}
	again := map[[2]int]int{}
	drop := map[*Row]bool{}
	for _, k := range order {
		list := heaps[k]
		if len(list) < 2 {
			continue
		}
		best := list[0]
		for _, h := range list[1:] {
			if !h.sum.Equal(list[0].sum) || h.text != list[0].text {
				diags.Add(u.disagree(list[0], h))
			}
			if h.said > best.said {
				best = h
			}
		}
		for _, h := range list {
			if h != best {
				u.unlikeTexts(best, h, diags)
				again[[2]int{h.sheet, best.sheet}] += len(h.rows)
				for _, r := range h.rows {
					drop[r] = true
				}
			}
		}
	}
	u.sayAgain(again)
	return slices.DeleteFunc(rows, func(r *Row) bool { return drop[r] })
}

// sayAgain notes at sheets that others state the same.
func (u *Understood) sayAgain(again map[[2]int]int) {
	pairs := slices.SortedFunc(maps.Keys(again), func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	for _, p := range pairs {
		s := &u.Sheets[p[0]]
		s.Notes = append(s.Notes, fmt.Sprintf("%d 行与 %s的相同，只算一次", again[p], u.Sheets[p[1]].called()))
	}
}

// called is what people call a sheet.
func (s *SheetReport) called() string { return s.File + " " + sheetName(s.Sheet) }

// disagree tells of one fact that two sheets state differently.
func (u *Understood) disagree(a, b *heap) diag.Diagnostic {
	d := diag.Diagnostic{Rule: ruleTwice, Level: diag.Error, At: b.rows[0].At, Message: "同一笔" + string(a.rows[0].Kind) + "在两张表里都有，数不相同",
		Notes: []diag.Related{{At: a.rows[0].At, Text: "另一处"}}, Hint: "不要的那张表在对照文件里写 skip = true；两张都要的，是导出表自己不一致，先查明哪一个对"}
	if a.sum.Equal(b.sum) {
		d.Message = "同一条" + string(a.rows[0].Kind) + "在两张表里都有，内容不相同"
		return d
	}
	d.Stated, d.Want, d.Diff = money.Difference(money.Yuan, b.sum, a.sum)
	return d
}

// departments are the codes of rows that are of a whole department: other rows have longer codes that begin with them.
func departments(rows []*Row) map[string]bool {
	codes := map[string]bool{}
	for _, r := range rows {
		if c := r.Text("unit"); c != "" {
			codes[c] = true
		}
	}
	out := map[string]bool{}
	for c := range codes {
		for n := len(c) - 1; n > 0; n-- {
			if codes[c[:n]] {
				out[c[:n]] = true
			}
		}
	}
	return out
}

// unitsOnly leaves out what is stated of the whole department where its units state it too, having held one against the other.
func (u *Understood) unitsOnly(rows []*Row, diags *diag.List) []*Row {
	whole := departments(rows)
	if len(whole) == 0 {
		return rows
	}
	type pair struct {
		whole, units money.Amount
		first        *Row
	}
	sums := map[string]*pair{}
	byUnits := map[Kind]bool{}
	for _, r := range rows {
		byUnits[r.Kind] = byUnits[r.Kind] || !whole[r.Text("unit")]
	}
	var order []string
	for _, r := range rows {
		k := whollyKey(r)
		p := sums[k]
		if p == nil {
			p = &pair{}
			sums[k] = p
			order = append(order, k)
		}
		var h heap
		h.add(r)
		if whole[r.Text("unit")] {
			p.whole = p.whole.Add(h.sum)
			if p.first == nil {
				p.first = r
			}
		} else {
			p.units = p.units.Add(h.sum)
		}
	}
	for _, k := range order {
		p := sums[k]
		if p.first == nil || !byUnits[p.first.Kind] || p.whole.Equal(p.units) {
			continue
		}
		d := diag.Diagnostic{Rule: ruleWhole, Level: diag.Error, At: p.first.At, Message: "部门汇总的" + string(p.first.Kind) + "与各单位之和不相等",
			Hint: "缺了哪个单位的文件，一起给；部门汇总表不用导入的，不要放进来，或者在对照文件里写 skip = true"}
		d.Stated, d.Want, d.Diff = money.Difference(money.Yuan, p.whole, p.units)
		diags.Add(d)
	}
	return u.dropWhole(rows, whole, byUnits, diags)
}

// whollyKey is what a row is known by beside its unit.
func whollyKey(r *Row) string {
	x := Row{Kind: r.Kind}
	for _, v := range r.Values {
		if v.Key != "unit" {
			x.Values = append(x.Values, v)
		}
	}
	return rowKey(&x)
}

func (u *Understood) dropWhole(rows []*Row, whole map[string]bool, byUnits map[Kind]bool, diags *diag.List) []*Row {
	left := map[int]int{}
	loose := map[int]*Row{}
	out := slices.DeleteFunc(rows, func(r *Row) bool {
		switch {
		case !whole[r.Text("unit")] || r.Kind == Unit:
			return false
		case byUnits[r.Kind] && r.Kind != Indicator:
			left[r.Sheet]++
			return true
		case r.Kind == Indicator && r.Text("project") == "":
			return false
		case r.Kind == Indicator:
			left[r.Sheet]++
			return true
		case loose[r.Sheet] == nil:
			loose[r.Sheet] = r
		}
		return true
	})
	for i := range u.Sheets {
		if n := left[i]; n > 0 {
			u.Sheets[i].Notes = append(u.Sheets[i].Notes, fmt.Sprintf("%d 行是部门汇总数，各单位的已经有了，没有重复计入", n))
		}
		if r := loose[i]; r != nil {
			diags.Add(diag.Diagnostic{Rule: ruleLoose, Level: diag.Warning, At: r.At, Message: "这张表只有整个部门的" + string(r.Kind) + "，没有分单位，没有带入", Hint: "有分单位的表，一起导入"})
		}
	}
	return out
}

// uncrossed leaves out the margins of units and funds of which the lines are known, having held them against the lines.
func (u *Understood) uncrossed(rows []*Row, diags *diag.List) []*Row {
	crossed := map[string]bool{}
	sums := map[string]money.Amount{}
	for _, r := range rows {
		if r.Kind == Basic {
			v, _ := r.Get("amount")
			own := r.Text("unit") + "\x00" + fundOf(r)
			crossed[own] = true
			for _, k := range []string{"function", "economic"} {
				key := own + "\x00" + k + "\x00" + r.Text(k)
				sums[key] = sums[key].Add(v.Amount)
			}
		}
	}
	return slices.DeleteFunc(rows, func(r *Row) bool {
		k := "function"
		switch {
		case r.Kind == ByEconomic:
			k = "economic"
		case r.Kind != ByFunction:
			return false
		}
		own := r.Text("unit") + "\x00" + fundOf(r)
		if !crossed[own] {
			return false
		}
		var h heap
		h.add(r)
		if want := sums[own+"\x00"+k+"\x00"+r.Text(k)]; !h.sum.Equal(want) {
			d := diag.Diagnostic{Rule: ruleCrossed, Level: diag.Warning, At: r.At, Message: "合计表与逐笔的基本支出不相等，按逐笔的带入", Hint: "核对导出表，两张表应是同一时候导出的"}
			d.Stated, d.Want, d.Diff = money.Difference(money.Yuan, h.sum, want)
			diags.Add(d)
		}
		return true
	})
}

func fundOf(r *Row) string {
	if f := r.Text("fund"); f != "" {
		return f
	}
	return budget.FundGeneral
}
