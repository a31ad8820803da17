package schedule

import (
	"cmp"
	"slices"
	"strings"
	"testing"
)

// TestRepeatedLabels: a row leaves blank what the row before it has, and is read as if it said so.
func TestRepeatedLabels(t *testing.T) {
	p := testPack(t, Sources(), "rows = \"nested\"\nfilter = \"kind=基本支出\"\ntotal = \"合计\"\nlevel = [ { fields = [\"fund\"] }, { fields = [\"nature\", \"economic\"], once = [\"nature\"] } ]\n"+
		"column = [ { head = \"资金\", field = \"fund\" }, { head = \"经费\", field = \"nature\" }, { head = \"科目\", field = \"economic\" }, { head = \"金额\" } ]\n")
	line := func(fund, economic string) string {
		return "[[basic]]\nfunction = \"2010301\"\nfund = \"" + fund + "\"\neconomic = \"" + economic + "\"\namount = 10000\n"
	}
	d := New(p, testBudget(t, line("一般公共预算", "30101")+line("一般公共预算", "30102")+line("一般公共预算", "30201")+line("事业收入", "30201")), Prior{}, literal{}, nil)
	s := d.Table("1")
	var rows [][]string
	var keys []string
	for i := range s.Sides[0].Rows {
		r := &s.Sides[0].Rows[i]
		keys = append(keys, s.RowKey(0, i))
		if r.Kind == Total {
			rows = append(rows, []string{"合计", "", "", "4.00"})
			continue
		}
		rows = append(rows, []string{r.Printed("fund").String, r.Printed("nature").String, r.Printed("economic").String, "1.00"})
	}
	var got []string
	for _, r := range rows[1:] {
		got = append(got, strings.Join(r[:3], "|"))
	}
	if want := []string{"一般公共预算||", "|人员经费|基本工资", "||津贴补贴", "|公用经费|办公费", "事业收入||", "|公用经费|办公费"}; !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if s.Sides[0].Rows[3].Text("nature").String != "人员经费" {
		t.Error("a row that leaves its label blank has lost it")
	}
	paper := NewPrinted(p.Tables["1"], rows)
	r := NewReading(p, d.Budget, []*Printed{paper})
	var back []string
	for i := range rows {
		for _, f := range r.Read(paper, i) {
			back = append(back, cmp.Or(f.Unread, f.row))
		}
	}
	if !slices.Equal(back, keys) {
		t.Errorf("back %q\nwant %q", back, keys)
	}
}
