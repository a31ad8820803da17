package schedule

import (
	"cmp"
	"slices"
	"testing"

	"yusuan/internal/budget"
	"yusuan/internal/pack"
)

// funds is a row source as somebody would add it: one row for each fund that has money. All of it stands here; in Sources it
// would be one word.
type funds struct{ given }

func (funds) Word() pack.Entry {
	return pack.Entry{Name: "fund", Text: "资金性质各一行", Example: `rows = "fund"`}
}
func (funds) Fields() []pack.Entry              { return []pack.Entry{{Name: "name", Text: "名称"}} }
func (funds) Keys(*pack.Table) []string         { return []string{"fund"} }
func (funds) Made(field string) (made []string) { return nil }

func (funds) sides(d *Document, s *Schedule) []Side {
	m := d.matrix(s, 0, func(keys []string, l *budget.Line) []string { return append(keys, totalKey, l.Fund) })
	x := s.oneSide()
	x.total(s, m)
	for _, f := range budget.Funds() {
		if m.sums[f] != nil {
			x.take(Row{Own: f, Parent: -1, Texts: []Text{plain("name", f)}}, m, f)
		}
	}
	return []Side{x}
}

func (funds) query(_ *Document, s *Schedule, _, row int) (q budget.Query, ok bool) {
	if r := &s.Sides[0].Rows[row]; r.Kind != Total {
		q = q.Where("fund", r.Own)
	}
	return q, true
}

func (funds) read(_ *Reading, t *Printed, i int) []Found {
	f, name := t.row(i, "name"), t.field(i, "name")
	switch {
	case name == t.Table.Total:
		return []Found{f.total()}
	case !slices.Contains(budget.Funds(), name):
		return []Found{f.unread(name, t.column("name"), "不是资金性质")}
	}
	f.Query = f.Query.Where("fund", name)
	t.below(&f, "", openRow{own: name})
	return []Found{f}
}

func (funds) silent() bool { return false }

// TestANewSource: a pack can use it, and all that is asked of numbers is answered.
func TestANewSource(t *testing.T) {
	p := testPack(t, append(Sources(), funds{}), "rows = \"fund\"\ntotal = \"合计\"\ncolumn = [ { head = \"资金\", field = \"name\" }, { head = \"金额\" } ]\n")
	d := New(p, testBudget(t, `
[[basic]]
function = "2010301"
economic = "30101"
amount = 1000000
[[basic]]
function = "2010301"
economic = "30102"
fund = "事业收入"
amount = 200000
`), Prior{}, literal{}, nil)
	s := d.Table("1")
	var got []string
	s.Each(func(ref Ref) {
		a := s.Answer(ref)
		got = append(got, a.Address+" "+a.Key+" "+a.Value.Printed)
		if back, err := d.Ask(a.Address); err != nil || back.Key != a.Key {
			t.Errorf("%s is %s, %v", a.Address, back.Key, err)
		}
	})
	want := []string{"T1.合计.金额 1/合计/金额 120.00", "T1.一般公共预算.金额 1/一般公共预算/金额 100.00", "T1.事业收入.金额 1/事业收入/金额 20.00"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	var back []string
	paper := NewPrinted(p.Tables["1"], [][]string{{"合计", "120.00"}, {"一般公共预算", "100.00"}, {"事业收入", "20.00"}, {"外星收入", "0.00"}})
	r := NewReading(p, d.Budget, []*Printed{paper})
	for i := range paper.Rows {
		for _, f := range r.Read(paper, i) {
			back = append(back, cmp.Or(f.Unread, f.Key("1", f.Cells[0])+" "+f.Query.String()))
		}
	}
	if want := []string{"1/合计/金额 ", "1/一般公共预算/金额 fund=一般公共预算", "1/事业收入/金额 fund=事业收入", "不是资金性质"}; !slices.Equal(back, want) {
		t.Errorf("back %q\nwant %q", back, want)
	}
	if Silent(p.Tables["1"]) {
		t.Error("what the table does not print is taken for zero")
	}
	if !p.Prints("basic.fund") {
		t.Error("the pack does not know that it prints the fund")
	}
}
