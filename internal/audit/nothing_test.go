package audit

import (
	"testing"

	"yusuan/internal/box"
	"yusuan/internal/budget"
	"yusuan/internal/money"
	"yusuan/internal/pack"
)

// TestNothingWithinATable: what the treasury pays is what 一般公共预算 pays where 政府性基金 prints nothing, if two tables print the
// two; within one table the one is the sum of the other, and that they are alike says nothing of what is between.
func TestNothingWithinATable(t *testing.T) {
	space := box.New(box.Values{Functional: []string{"201", "208"}})
	one, two := &pack.Table{ID: "1"}, &pack.Table{ID: "2"}
	cellOf := func(table *pack.Table, query string, fen int64) cell {
		q, err := budget.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		b, ok := space.Of(q)
		if !ok {
			t.Fatal(query)
		}
		return cell{table: table, value: money.FromFen(fen), unit: money.Wan, places: 2, box: b}
	}
	const treasury, general, funds, state = "fund=财政拨款 function=201", "fund=一般公共预算 function=201", "fund=政府性基金预算", "fund=国有资本经营预算"
	for _, c := range []struct {
		name        string
		other       *pack.Table
		rest, pairs int
	}{{"in two tables", two, 1, 1}, {"in one", one, 0, 0}} {
		d := &document{space: space, cells: []cell{cellOf(one, treasury, 500), cellOf(c.other, general, 500)}}
		if got := d.nothing(); len(got) != c.rest {
			t.Errorf("%s: %d boxes are nothing, not %d", c.name, len(got), c.rest)
		}
		d.cells = append(d.cells, cellOf(one, funds, 0), cellOf(one, state, 0))
		if got := d.sameBesideNothing(); len(got) != c.pairs {
			t.Errorf("%s: %d pairs, not %d", c.name, len(got), c.pairs)
		}
	}
}

// TestPickedByItsMoney: where words ask for the money of one fund and a row of it is printed, the rows of others do not bear a
// number out; where none of it is printed, any may be meant, and nothing is certain.
func TestPickedByItsMoney(t *testing.T) {
	space := box.New(box.Values{Functional: []string{"201", "208"}})
	row := func(query string) cell {
		q, err := budget.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		b, ok := space.Of(q)
		if !ok {
			t.Fatal(query)
		}
		return cell{query: q, box: b}
	}
	all, general := row("function=201"), row("function=201 fund=一般公共预算")
	for _, c := range []struct {
		of           []cell
		exact, loose int
	}{{[]cell{all, general}, 1, 0}, {[]cell{all}, 0, 1}} {
		r := &reading{lexicon: &lexicon{doc: &document{space: space}}, sure: true, asked: []budget.Query{budget.Query{}.Where("fund", "一般公共预算")}}
		if m := r.picked("一般公共服务支出", c.of); len(m.exact) != c.exact || len(m.loose) != c.loose || m.sure != (c.exact > 0) {
			t.Errorf("of %d rows: %d of the money asked for, %d others, certain: %v", len(c.of), len(m.exact), len(m.loose), m.sure)
		}
	}
}
