package schedule

import "testing"

// TestLabels: what a row is told by, whatever its label prints, and which words on paper are its.
func TestLabels(t *testing.T) {
	p := testPack(t, Sources(), `rows = "list"
column = [ { head = "项目", field = "label" }, { head = "金额" } ]
row = [
  { label = "（一）公务接待费", query = "economic=30217" },
  { label = '{{if isZero "total"}}三{{else}}四{{end}}、上年结转', query = "side=上年结转" },
  { label = '{{.Year}}年预算拨款', query = "side=收入" },
  { label = '上年{{if isZero "total"}}结转{{else}}结转结余{{end}}', query = "side=上年结转" },
  { label = '{{.Name}}', query = "side=支出" },
]
`)
	for i, c := range []struct {
		own        string
		fits, none []string
	}{
		{"公务接待费", []string{"公务接待费", "1. 公务接待费", "(一) 公务接待费"}, []string{"公务用车费"}},
		{"上年结转", []string{"三、上年结转", "四、上年结转", "上年结转"}, []string{"四、上年结转资金", "、上年结转"}},
		{"年预算拨款", []string{"2026年预算拨款", "2025 年预算拨款"}, []string{"预算拨款", "2026年预算拨款收入"}},
		{"上年结转", []string{"上年结转", "上年结转结余"}, []string{"上年"}},
		{"{{.Name}}", nil, []string{"水务局"}},
	} {
		label := p.Tables["1"].List[i].Label
		if got := ownLabel(label); got != c.own {
			t.Errorf("%s is told by %q, want %q", label.Written(), got, c.own)
		}
		for _, s := range c.fits {
			if may, _ := fits(label, Bare(s)); !may {
				t.Errorf("%s does not print %q", label.Written(), s)
			}
		}
		for _, s := range c.none {
			if may, _ := fits(label, Bare(s)); may {
				t.Errorf("%s prints %q", label.Written(), s)
			}
		}
	}
}
