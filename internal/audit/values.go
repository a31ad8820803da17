package audit

import (
	"regexp"
	"slices"
	"strings"

	"yusuan/internal/box"
	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
)

// values are what the tables of a document tell apart: what the template asks of rows and columns, and what the rows print.
func values(p *pack.Pack, b *budget.Budget, r *schedule.Reading, tables []statedTable) box.Values {
	v := box.Values{KindOf: map[string]string{}, Bought: map[string][]string{}}
	for _, id := range p.TableIDs() {
		for _, q := range tableQueries(p.Tables[id]) {
			askedOf(&v, q)
		}
	}
	for _, k := range budget.Kinds() {
		if k != budget.KindBasic && k != budget.KindProject && !slices.Contains(v.Kinds, k) && spends(b.Facts, k) {
			v.Kinds = append(v.Kinds, k)
		}
	}
	for i := range tables {
		t := &tables[i]
		for _, row := range t.found {
			for k := range row {
				foundOn(&v, row[k].Query)
			}
		}
		if t.spec.Rows.Shape() == pack.Sided { // it has a row for each class
			v.Functional = append(v.Functional, classes(b.Functional)...)
		}
	}
	// Where no table prints every code that has money, there is more than the codes that are asked for: what some rows are
	// is not all there is.
	if !tellsAll(tables, "economic") {
		v.Economic = append(v.Economic, classes(b.Economic)...)
	}
	if !tellsAll(tables, "function") {
		v.Functional = append(v.Functional, classes(b.Functional)...)
	}
	for _, p := range r.Projects() {
		v.Projects = append(v.Projects, r.ProjectKey(p))
	}
	for _, u := range b.ListedUnits() {
		v.KindOf[u.Code.V] = u.Kind.V
	}
	return v
}

// classes are the codes at the top of a tree.
func classes(t classify.Tree) []string {
	return slices.DeleteFunc(slices.Clone(t.Codes()), func(c string) bool { return len(c) > 3 })
}

// tellsAll reports whether a table has a row for each code of a dimension that has money, down to its total.
func tellsAll(tables []statedTable, key string) bool {
	return slices.ContainsFunc(tables, func(t statedTable) bool {
		if !schedule.Silent(t.spec) || t.spec.Rows.Keys(t.spec)[0] != key {
			return false
		}
		return t.spec.Total == "" || slices.ContainsFunc(t.found, func(row []schedule.Found) bool {
			return slices.ContainsFunc(row, func(f schedule.Found) bool { return f.Own == "" && f.Unread == "" })
		})
	})
}

// askedOf adds what a query of the template tells apart.
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

// foundOn adds what a query of a printed row tells apart.
func foundOn(v *box.Values, q budget.Query) {
	if slices.Equal(q.Sides(), []string{string(budget.Purchases)}) {
		for _, c := range q.Conditions() {
			v.Bought[c.Key] = append(v.Bought[c.Key], c.Values...)
		}
		return
	}
	askedOf(v, q)
	for _, c := range q.Conditions() {
		if c.Key == "unit" && len(c.Values) == 1 && !slices.Contains(v.Units, c.Values[0]) {
			v.Units = append(v.Units, c.Values[0])
		}
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

// spends reports whether a document says how much it spends of a kind that its tables have no column for: then what is neither
// basic nor of a project is not nothing.
func spends(f *budget.Facts, kind string) bool {
	amount := regexp.MustCompile(regexp.QuoteMeta(kind) + `[^。；：\n]{0,12}?[0-9]`)
	for i := range f.StatedTables {
		if amount.MatchString(f.StatedTables[i].Note.V) {
			return true
		}
	}
	for i := range f.StatedTexts {
		if m := amount.FindString(f.StatedTexts[i].Text.V); m != "" && !strings.HasSuffix(m, "0") {
			return true
		}
	}
	return false
}
