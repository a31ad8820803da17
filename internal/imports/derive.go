package imports

import (
	"fmt"
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// derive finds, of what several sheets of sums state together, what none of them states by itself: the fund of margins, and the
// functional margin of funds of which only the economic one is known. Only what follows exactly is used.
type derive struct {
	u       *Understood
	summary []*Row // basic expenditure by function, of one fund or of all
}

func (u *Understood) derive(diags *diag.List) {
	d := &derive{u: u}
	for i := range u.Rows {
		if r := &u.Rows[i]; r.Kind == Summary && r.Text("function") != "" {
			if v, ok := r.Get("basic"); ok && !v.Amount.IsZero() {
				d.summary = append(d.summary, r)
			}
		}
	}
	settled := d.funds()
	d.rest()
	if len(settled) == 0 {
		return
	}
	var left diag.List
	for _, x := range diags.Sorted() { // that nothing says the fund is not true of these any more
		c, _ := x.At.In.Cell()
		if x.Rule != ruleFund || !slices.ContainsFunc(settled, func(n int) bool { return u.Sheets[n].File == x.At.File && u.Sheets[n].Sheet == c.Sheet }) {
			left.Add(x)
		}
	}
	*diags = left
}

// funds gives margins without a fund the fund of which other sheets state exactly their amounts. It returns the sheets of which
// all rows have one.
func (d *derive) funds() []int {
	of := map[string][]*Row{}
	for _, r := range d.summary {
		if r.Text("fund") != "" {
			k := r.Text("unit") + "\x00" + r.Text("function")
			of[k] = append(of[k], r)
		}
	}
	found, open := map[int]int{}, map[int]bool{}
	for i := range d.u.Rows {
		r := &d.u.Rows[i]
		if r.Kind != ByFunction || r.Text("fund") != "" {
			continue
		}
		var h heap
		h.add(r)
		list := of[r.Text("unit")+"\x00"+r.Text("function")]
		if len(list) != 1 || !basicOf(list[0]).Equal(h.sum) {
			open[r.Sheet] = true
			continue
		}
		found[r.Sheet]++
		r.Values = append(r.Values, Value{Key: "fund", Text: list[0].Text("fund"), At: list[0].At})
	}
	var out []int
	for _, n := range sortedKeys(found) {
		d.note(n, fmt.Sprintf("%d 行没有写资金性质，按数额完全相同的那张表：%s", found[n], d.u.Rows[d.first(n)].Text("fund")))
		if !open[n] {
			out = append(out, n)
		}
	}
	return out
}

// first is the first row of a sheet.
func (d *derive) first(sheet int) int {
	return slices.IndexFunc(d.u.Rows, func(r Row) bool { return r.Sheet == sheet && r.Text("fund") != "" })
}

func (d *derive) note(sheet int, text string) {
	d.u.Sheets[sheet].Notes = append(d.u.Sheets[sheet].Notes, text)
}

func basicOf(r *Row) money.Amount {
	v, _ := r.Get("basic")
	return v.Amount
}

// others is what a unit has of funds of which only the economic margin is known.
type others struct {
	funds             []string
	personnel, public map[string]money.Amount
	sum               money.Amount
	name              string
}

// rest makes functional margins of what all funds have less than the known ones: where one function alone has the difference,
// and the difference is what the economic margins state.
func (d *derive) rest() {
	known := map[string]bool{}
	left := map[string]money.Amount{}
	at := map[string]*Row{}
	var functions []string
	for _, r := range d.summary {
		if k := r.Text("unit") + "\x00" + r.Text("function"); r.Text("fund") == "" && at[k] == nil {
			left[k], at[k] = basicOf(r), r
			functions = append(functions, k)
		}
	}
	for i := range d.u.Rows {
		r := &d.u.Rows[i]
		if r.Kind != ByFunction {
			continue
		}
		known[r.Text("unit")+"\x00"+fundOf(r)] = true
		var h heap
		h.add(r)
		k := r.Text("unit") + "\x00" + r.Text("function")
		left[k] = left[k].Sub(h.sum)
	}
	units := d.others(known)
	for _, unit := range sortedKeys(units) {
		x := units[unit]
		var with []*Row
		for _, k := range functions {
			if at[k].Text("unit") == unit && !left[k].IsZero() {
				with = append(with, at[k])
			}
		}
		if len(with) == 1 && left[unit+"\x00"+with[0].Text("function")].Equal(x.sum) {
			d.margins(unit, x, with[0])
		}
	}
}

// others are the funds of units of which the economic margin alone is known.
func (d *derive) others(known map[string]bool) map[string]*others {
	out := map[string]*others{}
	for i := range d.u.Rows {
		r := &d.u.Rows[i]
		unit, fund := r.Text("unit"), fundOf(r)
		if r.Kind != ByEconomic || known[unit+"\x00"+fund] {
			continue
		}
		x := out[unit]
		if x == nil {
			v, _ := r.Get("unit")
			x = &others{personnel: map[string]money.Amount{}, public: map[string]money.Amount{}, name: v.Name}
			out[unit] = x
		}
		if !slices.Contains(x.funds, fund) {
			x.funds = append(x.funds, fund)
		}
		var h heap
		h.add(r)
		x.sum = x.sum.Add(h.sum)
		if classify.Nature(r.Text("economic")) == budget.NaturePersonnel {
			x.personnel[fund] = x.personnel[fund].Add(h.sum)
		} else {
			x.public[fund] = x.public[fund].Add(h.sum)
		}
	}
	return out
}

// margins makes the rows of one function.
func (d *derive) margins(unit string, x *others, of *Row) {
	f, _ := of.Get("function")
	for _, fund := range x.funds {
		r := Row{Kind: ByFunction, Sheet: of.Sheet, At: of.At, Values: []Value{{Key: "unit", Text: unit, Name: x.name, At: of.At}, {Key: "fund", Text: fund, At: of.At}, f}}
		for _, v := range []Value{{Key: "personnel", Amount: x.personnel[fund]}, {Key: "public", Amount: x.public[fund]}} {
			if !v.Amount.IsZero() {
				v.Money, v.Text, v.At = true, v.Amount.String(), of.At
				r.Values = append(r.Values, v)
			}
		}
		d.u.Rows = append(d.u.Rows, r)
		d.note(of.Sheet, fmt.Sprintf("%s按功能科目的数：由全部基本支出减去已知的资金得出，%s", fund, f.Text))
	}
}
