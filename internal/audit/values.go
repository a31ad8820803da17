package audit

import (
	"slices"
	"strings"

	"yusuan/internal/box"
	"yusuan/internal/budget"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
)

// values are what the tables of a document tell apart: what the template asks of rows and columns, and what the rows print.
func (f *finder) values(tables []statedTable) box.Values {
	v := box.Values{KindOf: map[string]string{}}
	for _, id := range f.pack.TableIDs() {
		for _, q := range tableQueries(f.pack.Tables[id]) {
			askedOf(&v, q)
		}
	}
	for i := range tables {
		f.printedOn(&v, &tables[i])
	}
	v.Projects = f.projects.keys()
	for _, u := range f.budget.ListedUnits() {
		v.KindOf[u.Code.V] = u.Kind.V
	}
	return v
}

// askedOf adds what a query tells apart.
func askedOf(v *box.Values, q budget.Query) {
	for _, c := range q.Conditions() {
		switch c.Key {
		case "function":
			v.Functional = append(v.Functional, c.Values...)
		case "economic":
			v.Economic = append(v.Economic, c.Values...)
		case "kind":
			for _, k := range c.Values {
				if k != budget.KindBasic && k != budget.KindProject && !slices.Contains(v.Kinds, k) {
					v.Kinds = append(v.Kinds, k)
				}
			}
		}
	}
}

// printedOn adds what the rows of a table tell apart.
func (f *finder) printedOn(v *box.Values, t *statedTable) {
	for _, row := range t.rows {
		switch code := codeOf(t.spec, row); {
		case code == "":
		case schedule.Is(t.spec, schedule.Functions):
			v.Functional = append(v.Functional, code)
		case schedule.Is(t.spec, schedule.Economics):
			v.Economic = append(v.Economic, code)
		case schedule.Is(t.spec, schedule.Units) && code != f.budget.Facts.Department.Code.V && !slices.Contains(v.Units, code):
			v.Units = append(v.Units, code)
		}
	}
	switch t.spec.Rows.Word().Name {
	case schedule.Balance: // it has a row for each class
		classes := slices.DeleteFunc(slices.Clone(f.budget.Functional.Codes()), func(c string) bool { return len(c) > 3 })
		v.Functional = append(v.Functional, classes...)
	case schedule.Projects:
		f.projects.add(t)
	}
}

// tableQueries are all queries of a table's rows and columns.
func tableQueries(t *pack.Table) []budget.Query {
	out := []budget.Query{t.Filter}
	for _, c := range pack.Leaves(t.Columns) {
		out = append(out, c.Query)
	}
	for _, rows := range [][]pack.Row{t.List, t.Income, t.Outgo, t.Use} {
		for i := range rows {
			out = append(out, rows[i].Query)
		}
	}
	return out
}

// codeOf is the code that a row prints, in one cell or in one each for 类, 款 and 项; "" for none.
func codeOf(t *pack.Table, row printedRow) string {
	code := ""
	for _, field := range []string{"code", "code-class", "code-group", "code-item"} {
		if j := fieldColumn(t, field); j >= 0 && j < len(row) {
			code += digits(row[j].text)
		}
	}
	return code
}

// digits is a cell that holds a code, or nothing.
func digits(s string) string {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return ""
	}
	return s
}

func fieldColumn(t *pack.Table, field string) int {
	return slices.IndexFunc(pack.Leaves(t.Columns), func(c *pack.Column) bool { return c.Field == field })
}
