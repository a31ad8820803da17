package build_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/money"
	"yusuan/internal/schedule"
)

// carriedTables is tables.json as others read it.
type carriedTables struct {
	Title, Amounts string
	Tables         []carriedTable
	Others         []struct{ ID, File string }
}

type carriedTable struct {
	ID, File, Title, Note string
	Columns               []struct {
		Key                              string
		Heads                            []string
		Field, What, Query, Figure, Unit string
	}
	Rows []struct {
		Key, Parent, Kind string
		Level             int
		Texts             map[string]string
		Values, Printed   []string
	}
}

// carried are the tables that a document carries: as JSON, and as CSV by name.
func carried(t *testing.T, w *build.Work) (all carriedTables, sheets map[string][][]string) {
	t.Helper()
	pages := w.Typeset()
	if err := w.Attach(pages); err != nil {
		t.Fatal(err)
	}
	sheets = map[string][][]string{}
	for _, f := range pages.Files {
		name, ok := strings.CutPrefix(f.Name, "tables-")
		switch {
		case !ok:
			continue
		case strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r > '~' }):
			t.Errorf("the name %q is not of Latin letters alone", name)
		}
		if name == "tables.json" {
			if err := json.Unmarshal(f.Data, &all); err != nil {
				t.Fatal(err)
			}
			continue
		}
		text, ok := bytes.CutPrefix(f.Data, []byte("\uFEFF"))
		if records := bytes.Count(text, []byte("\r\n")); !ok || records == 0 {
			t.Errorf("%s has no byte order mark, or no lines as RFC 4180 has them", name)
		}
		records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatal(name, err)
		}
		sheets[name] = records
	}
	return all, sheets
}

// withTables are documents to look into: those to ask for numbers, and one where printed parts add up, so that other amounts
// are printed than the exact ones.
func withTables(t *testing.T) map[string]*build.Work {
	t.Helper()
	const dir = "testdata/departments/2026/415"
	s := shared(t)
	s.Packs = overlaid(t, "wuhan/pack.toml", "[format.table]", "[format]\nrounding = \"largest-remainder\"\n[format.table]")
	w, err := s.Check(build.Input{Data: edited(t, dir), Dir: dir})
	if err != nil || w.Tree == nil {
		t.Fatal(err)
	}
	out := numbered(t)
	out["adjusted"] = w
	return out
}

// index finds what is called by a name, and complains of a second.
func index(t *testing.T, what string, names []string) map[string]int {
	t.Helper()
	out := map[string]int{}
	for i, n := range names {
		if _, twice := out[n]; twice {
			t.Errorf("%s: two have the key %q", what, n)
		}
		out[n] = i
	}
	return out
}

// TestEveryNumberIsCarried: every number of every table of the pack that a document prints stands in the CSV and in the JSON
// that it carries under its key, exactly, and as it is printed; nothing else stands there.
func TestEveryNumberIsCarried(t *testing.T) {
	n := 0
	for name, w := range withTables(t) {
		all, sheets := carried(t, w)
		printed, files := tables(w.Tree), map[string]bool{}
		for i := range all.Tables {
			x := &all.Tables[i]
			what := fmt.Sprintf("%s: table %s", name, x.ID)
			s, tree := w.Numbers.Table(x.ID), printed[x.ID]
			if s == nil || tree == nil || x.Title != tree.Caption.String || sheets[x.File] == nil || files[x.File] {
				t.Fatalf("%s, %q in %s", what, x.Title, x.File)
			}
			files[x.File] = true
			rows, columns := sameKeys(t, what, x, sheets[x.File])
			numbers, toldOf := sameNumbers(t, what, s, x, rows, columns)
			for _, text := range body(tree) {
				if text != "" {
					toldOf--
				}
			}
			if toldOf != 0 {
				t.Errorf("%s: %d more numbers are carried than printed", what, toldOf)
			}
			n += numbers
			delete(printed, x.ID)
		}
		for id := range printed {
			if w.Pack.Tables[id] != nil {
				t.Errorf("%s: table %s is not carried", name, id)
			}
		}
		for _, x := range all.Others {
			if sheets[x.File] == nil || files[x.File] {
				t.Errorf("%s: no CSV of %s", name, x.ID)
			}
			files[x.File] = true
		}
		if len(files) != len(sheets) || all.Amounts != "元" || all.Title != w.Tree.Title {
			t.Errorf("%s: %d files of tables, %d told of", name, len(sheets), len(files))
		}
	}
	if n < 8000 {
		t.Errorf("%d numbers only", n)
	}
}

// sameKeys are the rows and columns of a table by their keys, which are the same in the JSON and in the CSV.
func sameKeys(t *testing.T, what string, x *carriedTable, sheet [][]string) (rows, columns map[string]int) {
	t.Helper()
	head, keys := []string{"row", "parent", "level", "kind"}, []string{}
	for k := range x.Columns {
		head = append(head, x.Columns[k].Key)
	}
	for k := range x.Rows {
		keys = append(keys, x.Rows[k].Key)
	}
	rows, columns = index(t, what, keys), index(t, what, head[4:])
	if !slices.Equal(sheet[0], head) || len(sheet) != len(keys)+1 {
		t.Fatalf("%s: the CSV has the head %q and %d rows, the JSON %q and %d", what, sheet[0], len(sheet)-1, head[4:], len(keys))
	}
	for k, r := range x.Rows {
		if want := append([]string{r.Key, r.Parent, fmt.Sprint(r.Level), r.Kind}, r.Values...); !slices.Equal(sheet[k+1], want) {
			t.Errorf("%s: the CSV has %q, the JSON %q", what, sheet[k+1], want)
		}
		if _, ok := rows[r.Parent]; r.Parent != "" && (!ok || rows[r.Parent] >= k) {
			t.Errorf("%s: the row %s stands below %q", what, r.Key, r.Parent)
		}
	}
	return rows, columns
}

// sameNumbers holds the numbers of a table against its schedule, and tells how many there are and are not blank.
func sameNumbers(t *testing.T, what string, s *schedule.Schedule, x *carriedTable, rows, columns map[string]int) (n, told int) {
	t.Helper()
	s.Each(func(ref schedule.Ref) {
		key := s.Key(ref)
		row, okRow := rows[s.RowKey(ref.Side, ref.Row)]
		column, okColumn := columns[s.ColumnKey(ref.Column)]
		if !okRow || !okColumn || key != x.ID+"/"+x.Rows[row].Key+"/"+x.Columns[column].Key {
			t.Fatalf("%s: %s is not carried", what, key)
		}
		v, got, printed := s.Value(ref), x.Rows[row].Values[column], x.Rows[row].Printed[column]
		if x.Columns[column].What != v.Kind.String() || printed != v.Printed {
			t.Errorf("%s: %s is a %s, printed %q; it is a %s, %q", what, key, x.Columns[column].What, printed, v.Kind, v.Printed)
		}
		exact, err := money.Parse(got, money.Yuan)
		switch {
		case !v.Known && got == "" || v.Kind == schedule.ValueRate && got == v.Printed:
		case err != nil || !exact.Equal(v.Exact) || strings.Index(got, ".") > len(got)-3:
			t.Errorf("%s: %s is carried as %q, it is %s", what, key, got, v.Exact)
		}
		if printed != "" {
			told++
		}
		x.Rows[row].Values[column] = ""
		n++
	})
	for _, r := range x.Rows {
		for k, left := range r.Values {
			if x.Columns[k].Field == "" && left != "" {
				t.Errorf("%s: %s/%s is %s, and no number is there", what, r.Key, x.Columns[k].Key, left)
			}
		}
	}
	return n, told
}

// TestCarriedRowsAddUp: the rows of codes, units and projects that nothing stands below add up to the total of their table.
func TestCarriedRowsAddUp(t *testing.T) {
	n := 0
	for name, w := range withTables(t) {
		all, _ := carried(t, w)
		for i := range all.Tables {
			x := &all.Tables[i]
			if !slices.Contains([]string{"function", "economic", "unit", "project"}, w.Pack.Tables[x.ID].Rows.Word().Name) {
				continue
			}
			above := map[string]bool{}
			for _, r := range x.Rows {
				above[r.Parent] = true
			}
			for k := range x.Columns {
				if x.Columns[k].What != "sum" {
					continue
				}
				var total, leaves money.Amount
				has := false
				for _, r := range x.Rows {
					a, err := money.Parse(r.Values[k], money.Yuan)
					if err != nil {
						t.Fatal(name, x.ID, r.Key, err)
					}
					switch {
					case r.Kind == "total":
						total, has = a, true
					case r.Kind == "plain" && !above[r.Key]:
						leaves = leaves.Add(a)
					}
				}
				if has && !total.Equal(leaves) {
					t.Errorf("%s: table %s, %s: the total is %s, the rows add up to %s", name, x.ID, x.Columns[k].Key, total, leaves)
				}
				if has {
					n++
				}
			}
		}
	}
	if n < 200 {
		t.Errorf("%d columns only", n)
	}
}

// TestCarriedIsWhole: what is carried of a table says what it is, in units that are not those of the page.
func TestCarriedIsWhole(t *testing.T) {
	w := good(t, sample)
	all, sheets := carried(t, w)
	for _, c := range []struct{ file, row, column, want string }{
		{"table-03.csv", "2010301", "基本支出", "7496380.00"}, {"table-03.csv", "合计", "合计", "46718480.00"},
		{"table-05-1.csv", "2010301", "科目名称", "行政运行"}, {"table-07.csv", "合计", "公务接待费", "6900.00"},
		{"table-01.csv", "outgo/支出总计", "支出/预算数", "46718480.00"}, {"table-01.csv", "outgo/支出总计", "收入/预算数", ""},
		{"table-04.csv", "income/上年结转/一般公共预算拨款", "收入/预算数", "0.00"}, {"table-10.csv", "338001/本级支出项目/审批事务经费", "项目单位", "武昌区行政审批局本级"},
	} {
		got := "no such row or column"
		for _, r := range sheets[c.file] {
			if k := slices.Index(sheets[c.file][0], c.column); k >= 0 && r[0] == c.row {
				got = r[k]
			}
		}
		if got != c.want {
			t.Errorf("%s, %s, %s: %q, want %q", c.file, c.row, c.column, got, c.want)
		}
	}
	x := all.Tables[slices.IndexFunc(all.Tables, func(x carriedTable) bool { return x.ID == "5-1" })]
	if l := x.Columns[4]; x.Note != "单位：万元" || !slices.Equal(l.Heads, []string{"基本支出", "人员经费"}) || l.What != "sum" || l.Query != "fund=一般公共预算 nature=人员经费" || l.Unit != "万元" {
		t.Errorf("table 5-1: %s, %+v", x.Note, l)
	}
	if r := x.Rows[3]; r.Texts["code"] != "2010301" || r.Texts["code-item"] != "01" || r.Printed[4] != "466.46" || r.Values[4] != "4664600.00" {
		t.Errorf("table 5-1: %+v", r)
	}
}
