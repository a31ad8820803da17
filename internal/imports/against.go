package imports

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// against holds what sheets of sums state of basic and project expenditure by function against what is taken in. Such sheets are
// the other half of an export: where they disagree, something is missing, or was read wrongly.
type against struct {
	u     *Understood
	sums  map[string]money.Amount // by part, unit, function, fund
	units map[string]bool         // by part and unit: what there is to hold against
	funds []string
}

// Parts of expenditure that sheets of sums state.
const (
	partBasic   = "basic"
	partProject = "project"
)

func (u *Understood) against(facts []*fact, diags *diag.List) {
	a := &against{u: u, sums: map[string]money.Amount{}, units: map[string]bool{}}
	for _, f := range facts {
		switch f.table {
		case tableBasic, "basic_by_function":
			a.add(partBasic, f.text("unit"), f)
		case tableProject:
			for _, k := range f.kids {
				a.add(partProject, f.text("unit"), k)
			}
		}
	}
	held := map[int]int{}
	for i := range u.Rows {
		r := &u.Rows[i]
		if r.Kind != Summary || r.Text("function") == "" {
			continue
		}
		for _, part := range []string{partBasic, partProject} {
			v, ok := r.Get(part)
			if !ok || !v.Money || !a.has(part, r.Text("unit")) {
				continue
			}
			if want, ok := a.fits(part, r, v.Amount); ok {
				held[r.Sheet]++
			} else {
				diags.Add(a.differ(part, r, v, want))
			}
		}
	}
	for _, n := range sortedKeys(held) {
		u.Sheets[n].Notes = append(u.Sheets[n].Notes, fmt.Sprintf("与带入的数核对，%d 个相符", held[n]))
	}
}

func (a *against) add(part, unit string, f *fact) {
	fund := f.text("fund")
	k := part + "\x00" + unit + "\x00" + f.text("function") + "\x00" + fund
	a.sums[k] = a.sums[k].Add(f.total())
	a.units[part+"\x00"+unit] = true
	if !slices.Contains(a.funds, fund) {
		a.funds = append(a.funds, fund)
	}
}

// has reports whether money of a unit, or of the units of a department, was taken in.
func (a *against) has(part, unit string) bool { return len(a.within(part, unit)) > 0 }

// within are the units that a sheet speaks of: one, or all of a department.
func (a *against) within(part, unit string) []string {
	if a.units[part+"\x00"+unit] {
		return []string{unit}
	}
	var out []string
	for _, k := range sortedKeys(a.units) {
		if p, x, _ := strings.Cut(k, "\x00"); p == part && strings.HasPrefix(x, unit) {
			out = append(out, x)
		}
	}
	return out
}

// fiscal are the funds that 财政拨款 is made of, the first three of the list.
func fiscal() []string { return budget.Funds()[:3] }

// fits reports whether an amount is what was taken in: of its fund, or where it names none of all funds, or of 财政拨款.
func (a *against) fits(part string, r *Row, amount money.Amount) (want money.Amount, ok bool) {
	sum := func(funds []string) money.Amount {
		var t money.Amount
		for _, u := range a.within(part, r.Text("unit")) {
			for _, f := range funds {
				t = t.Add(a.sums[part+"\x00"+u+"\x00"+r.Text("function")+"\x00"+f])
			}
		}
		return t
	}
	if f := r.Text("fund"); f != "" {
		want = sum([]string{f})
		return want, want.Equal(amount)
	}
	want = sum(a.funds)
	return want, want.Equal(amount) || sum(fiscal()).Equal(amount)
}

func (a *against) differ(part string, r *Row, v Value, want money.Amount) diag.Diagnostic {
	what := map[string]string{partBasic: "基本支出", partProject: "项目支出"}[part]
	d := diag.Diagnostic{Rule: ruleAgainst, Level: diag.Warning, At: v.At, Message: fmt.Sprintf("%s 的%s与带入的数不相等", r.Text("function"), what),
		Hint: "查明是少给了一张表，还是这张汇总表不是同一时候导出的"}
	d.Numbers(money.Difference(money.Yuan, v.Amount, want))
	return d
}
