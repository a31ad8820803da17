package district_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/batch"
	"yusuan/internal/district"
	"yusuan/internal/money"
	"yusuan/internal/xlsx"
)

// written is a workbook of districts.
func written(t *testing.T, all []*district.District) []byte {
	t.Helper()
	var b bytes.Buffer
	made := xlsx.Made{Title: "部门预算汇总", Program: "test", Application: "test", Date: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)}
	if err := district.Workbook(&b, made, all); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sheets are the rows of a workbook's sheets, as they are shown, without commas.
func sheets(t *testing.T, raw []byte) map[string][][]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out := map[string][][]string{}
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for i := range row {
				row[i] = strings.ReplaceAll(row[i], ",", "")
			}
		}
		out[name] = rows
	}
	return out
}

// yuan is an amount as a sheet shows it.
func yuan(a money.Amount) string { return a.In(money.Yuan, 2) }

// known is an amount as a sheet shows it that may not be known.
func known(k district.Known) string {
	if !k.Known {
		return "—"
	}
	return yuan(k.Amount)
}

// shows holds that a sheet has a row that begins so.
func shows(t *testing.T, name string, rows [][]string, cells ...string) {
	t.Helper()
	if !slices.ContainsFunc(rows, func(row []string) bool {
		return len(row) >= len(cells) && slices.Equal(row[:len(cells)], cells)
	}) {
		t.Errorf("%s has no row %s", name, strings.Join(cells, "|"))
	}
}

// rosterOf is a roster of the departments of forty, of which one is absent.
func rosterOf(s *batch.Summary) *district.Roster {
	r := &district.Roster{File: "district.toml", Name: "槐安区", Year: 2026, Approved: time.Date(2026, 1, 20, 0, 0, 0, 0, time.UTC), Deadline: time.Date(2026, 2, 9, 0, 0, 0, 0, time.UTC)}
	for i := range s.Departments {
		if x := &s.Departments[i]; x.Year == 2026 {
			r.Departments = append(r.Departments, district.Listed{Code: x.Code, Name: x.Name, Section: "预算科"})
		}
	}
	r.Departments = append(r.Departments, district.Listed{Code: "900001", Name: "没有报来的局"})
	return r
}

// TestWorkbookIsTheDistrict: every number of the workbook is the district's, whose numbers are the documents'
// (TestDistrictIsTheDocuments); what is broken has no amount on any sheet.
func TestWorkbookIsTheDistrict(t *testing.T) {
	m, broken := forty(t)
	s := run(t, m, batch.Shard{})
	all := district.Make(s, rosterOf(s), nil, nil)
	raw := written(t, all)
	if !bytes.Equal(raw, written(t, all)) || !bytes.Equal(raw, written(t, district.Make(again(t, s), rosterOf(s), nil, nil))) {
		t.Error("the same batch makes another workbook")
	}
	got := sheets(t, raw)
	for i, d := range all {
		suffix := ""
		if i > 0 {
			suffix = fmt.Sprint(d.Year)
		}
		holdsViews(t, d, got, suffix)
		holdsDepartments(t, d, got, suffix)
		holdsRest(t, d, got, suffix)
	}
	spent := []string{district.SheetThreePublic, district.SheetOperating, district.SheetMatrix, district.SheetProjects, district.SheetProcurement}
	for _, name := range spent {
		for _, row := range got[name] {
			for _, b := range broken {
				if code := strings.TrimPrefix(b, "2026/"); slices.Contains(row, code) {
					t.Errorf("%s shows %s, whose data have errors: %v", name, code, row)
				}
			}
		}
	}
}

// holdsViews holds 全区汇总 and 支出经济分类 against the views, line by line.
func holdsViews(t *testing.T, d *district.District, got map[string][][]string, suffix string) {
	t.Helper()
	for v, view := range d.Views {
		name := district.SheetTotals + suffix
		if v == 2 {
			name = district.SheetEconomy + suffix
		}
		for _, l := range view.Lines {
			delta := "—"
			if l.Last.Known {
				delta = yuan(l.Now.Sub(l.Last.Amount))
			}
			shows(t, name, got[name], l.Code, strings.Repeat("　", max(0, l.Level-1))+l.Name, fmt.Sprint(l.Departments), yuan(l.Now), known(l.Last), delta)
		}
	}
}

// holdsDepartments holds the sheets that have a row for each department.
func holdsDepartments(t *testing.T, d *district.District, got map[string][][]string, suffix string) {
	t.Helper()
	name := district.SheetSummary + suffix
	var sum money.Amount
	for i := range d.Departments {
		x := &d.Departments[i]
		cells := []string{x.Code, x.Name, x.Section, string(x.State)}
		if x.Shown {
			cells = append(cells, yuan(x.Total.Amount), known(x.Last))
			sum = sum.Add(x.Total.Amount)
		}
		shows(t, name, got[name], cells...)
		for _, row := range got[name] {
			if !x.Shown && len(row) > 4 && row[1] == x.Name && strings.Join(row[4:min(8, len(row))], "") != "" {
				t.Errorf("%s shows amounts of %s, which is %s: %v", name, x.Name, x.State, row)
			}
		}
	}
	shows(t, name, got[name], "", "合计", "", "", yuan(sum))
	name = district.SheetThreePublic + suffix
	for _, f := range d.ThreePublic {
		cells := []string{f.Code, f.Name}
		for _, year := range [][district.Columns]district.Known{f.Now, f.Last} {
			for _, k := range year[:district.AgencyOperating] {
				cells = append(cells, known(k))
			}
		}
		shows(t, name, got[name], cells...)
		if n := f.Now[district.AgencyOperating]; !n.IsZero() {
			shows(t, district.SheetOperating+suffix, got[district.SheetOperating+suffix], f.Code, f.Name, known(n), known(f.Last[district.AgencyOperating]))
		}
	}
}

// holdsRest holds the matrix, projects and procurement.
func holdsRest(t *testing.T, d *district.District, got map[string][][]string, suffix string) {
	t.Helper()
	name := district.SheetMatrix + suffix
	cells := []string{"", "合计", yuan(d.Views[0].Lines[0].Now)}
	for _, c := range d.Matrix.Classes {
		cells = append(cells, yuan(c.Now))
	}
	shows(t, name, got[name], cells...)
	for _, r := range d.Matrix.Rows {
		cells := []string{r.Code, r.Name, yuan(r.Total)}
		for _, a := range r.Amounts {
			cell := ""
			if !a.IsZero() {
				cell = yuan(a)
			}
			cells = append(cells, cell)
		}
		for cells[len(cells)-1] == "" { // rows are read without what is empty at their end
			cells = cells[:len(cells)-1]
		}
		shows(t, name, got[name], cells...)
	}
	name = district.SheetProjects + suffix
	var sum money.Amount
	for _, p := range d.Projects {
		shows(t, name, got[name], p.Code, p.Department, p.Unit, p.Name, yuan(p.Amount))
		sum = sum.Add(p.Amount)
		if p.Amount.Cmp(d.Threshold) < 0 {
			t.Errorf("%v is below the threshold", p)
		}
	}
	shows(t, name, got[name], "", "合计", "", "", yuan(sum))
	name = district.SheetProcurement + suffix
	for _, p := range d.Procurement {
		shows(t, name, got[name], p.Code, p.Name, yuan(p.Total), yuan(p.Goods), yuan(p.Works), yuan(p.Services))
		if !money.Sum(p.Goods, p.Works, p.Services, p.Other).Equal(p.Total) {
			t.Errorf("%v does not add up", p)
		}
	}
}

// TestShardsMakeTheSameWorkbook: what several machines did together is what one would have done.
func TestShardsMakeTheSameWorkbook(t *testing.T) {
	m, _ := forty(t)
	whole := run(t, m, batch.Shard{})
	var parts []*batch.Summary
	for i := range 3 {
		parts = append(parts, again(t, run(t, m, batch.Shard{Index: i + 1, Of: 3})))
	}
	merged, err := batch.Merge(parts)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(written(t, district.Make(whole, nil, nil, nil)), written(t, district.Make(merged, nil, nil, nil))) {
		t.Error("the workbook of three shards is another than that of one run")
	}
}
