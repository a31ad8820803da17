package renew

import (
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/source"
)

// reviewed reports whether a value of last year is to be looked at.
func reviewed(path []string, text bool) bool {
	key, table := path[len(path)-1], ""
	if len(path) > 1 {
		table = path[len(path)-2]
	}
	switch {
	case path[0] == "department" && (key == "date" || key == "assets_as_of"), key == "total_budget", key == "end_year":
		return true
	case cleared(path):
		return false
	}
	return text && (table == "text" || table == "fields" || slices.Contains(words, key))
}

// cleared reports whether a value is this year's, and goes.
func cleared(path []string) bool {
	key, table := path[len(path)-1], ""
	if len(path) > 1 {
		table = path[len(path)-2]
	}
	return slices.Contains(amounts, key) && table != "text" && table != "fields" || path[0] == "unit" && table == "prior"
}

// markRows marks what has no line of its own: of a row the values together, behind it. In a workbook each entry is a row, with one
// place for remarks; there all of rolled is marked so.
func markRows(f File, year int, workbook bool) File {
	parsed, diags := source.Parse(f.Path, f.Data)
	if diags.HasErrors() {
		return f
	}
	e := source.Edit([]*source.File{parsed})
	within := map[string]bool{} // entries within braces
	for _, x := range parsed.Entries() {
		within[x.Address] = x.Inline
		switch {
		case x.Inline && within[x.Parent], !x.Inline && !workbook:
		case x.Element || x.Inline:
			if note := rowNote(x, year); note != "" {
				e.Remark(f.Path, x.Address, "", joined(x.Remark(), note))
			}
		default:
			for _, v := range x.Values() {
				if reviewed(append(pathOf(x.Table), v.Key), isText(v)) && !strings.Contains(v.Remark, review) {
					e.Remark(f.Path, x.Address, v.Key, joined(v.Remark, review))
				}
			}
		}
	}
	if done, err := e.Done(); err == nil && len(done) == 1 {
		f.Data = done[0].After
	}
	return f
}

// joined is a remark with another behind it.
func joined(was, note string) string {
	if was == "" {
		return note
	}
	return was + "　" + note
}

// rowNote names the values of a row that are last year's.
func rowNote(x source.Entry, year int) string {
	var labels []string
	t := tableOf(x.Table)
	values := x.Values()
	if t != nil { // as forms have them, whatever the author's order
		place := func(v source.Value) int {
			return slices.IndexFunc(t.Fields, func(f budget.Field) bool { return f.Key == v.Key })
		}
		slices.SortStableFunc(values, func(a, b source.Value) int { return place(a) - place(b) })
	}
	for _, v := range values {
		if !reviewed(append(pathOf(x.Table), v.Key), isText(v)) || v.Text == "" && len(v.Items) == 0 {
			continue
		}
		label := v.Key
		if t != nil && t.Field(v.Key) != nil {
			label = t.Field(v.Key).Label
		}
		labels = append(labels, label)
	}
	if labels == nil {
		return ""
	}
	return strconv.Itoa(year) + "年填的" + strings.Join(labels, "、") + review
}

func isText(v source.Value) bool { return v.Kind == source.TextValue || v.Kind == source.TextsValue }

func pathOf(table string) []string {
	if table == "" {
		return nil
	}
	return strings.Split(table, ".")
}

func tableOf(name string) *budget.Table {
	for _, t := range budget.Tables() {
		if t.Name == name {
			return &t
		}
	}
	return nil
}
