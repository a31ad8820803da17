package cli

import (
	"encoding/csv"
	"html"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/board"
	"yusuan/internal/district"
	"yusuan/internal/money"
	"yusuan/internal/testdept"
)

var (
	exactly = regexp.MustCompile(`data-yuan="([^"]*)"`)
	anyMark = regexp.MustCompile(`<[^>]*>`)
)

// boardRows are the exact amounts of the board by its row: the code of a department, or the words of the row's head under the title
// of its table.
func boardRows(page string) map[string][]money.Amount {
	out := map[string][]money.Amount{}
	for _, table := range strings.Split(page, "<table")[1:] {
		_, title, _ := strings.Cut(table, "<h3")
		_, title, _ = strings.Cut(title, ">")
		title, _, _ = strings.Cut(title, "</h3>")
		for _, row := range strings.Split(table, "<tr")[1:] {
			row, _, _ = strings.Cut(row, "</tr>")
			mark := `<th scope="row">`
			if strings.Contains(row, `<td class="code">`) {
				mark = `<td class="code">`
			}
			_, head, _ := strings.Cut(row, mark)
			head, _, _ = strings.Cut(head, "</t")
			key := title + " " + html.UnescapeString(anyMark.ReplaceAllString(head, ""))
			for _, m := range exactly.FindAllStringSubmatch(row, -1) {
				a, _ := money.Parse(m[1], money.Yuan) // what is none equals nothing
				out[key] = append(out[key], a)
			}
		}
	}
	return out
}

// amountOf is an amount that a file shows.
func amountOf(t *testing.T, s string) money.Amount {
	t.Helper()
	a, err := money.Parse(strings.ReplaceAll(s, ",", ""), money.Yuan)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestDistrictsNumbersAreOne makes forty departments, five of them broken, and holds the numbers of the board, of the workbook, of the
// totals and of the records to each other.
func TestDistrictsNumbersAreOne(t *testing.T) {
	root, out := t.TempDir(), t.TempDir()
	for i := range 40 {
		dir, files := testdept.Member(i)
		for name, text := range files {
			write(t, filepath.Join(root, dir, name), string(text))
		}
		if i%8 == 3 {
			spoil(t, root, filepath.Base(dir))
		}
	}
	batchEnds(t, exitData, root, "-o", out)
	rows := boardRows(readFile(t, filepath.Join(out, board.Name)))

	compared := 0
	holds := func(key string, at int, want money.Amount) {
		t.Helper()
		compared++
		if got := rows[key]; at >= len(got) || !got[at].Equal(want) {
			t.Errorf("%s: the board says %v, number %d should be %s", key, got, at, want.String())
		}
	}
	broken := 0
	for _, r := range summary(t, out).Departments {
		if r.Errors > 0 {
			broken++
			if got := rows["部门 "+r.Code]; len(got) > 0 {
				t.Errorf("%s has errors, and the board says %v", r.Code, got)
			}
			continue
		}
		holds("部门 "+r.Code, 0, r.Total.Amount)
	}
	list, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(readFile(t, filepath.Join(out, "district.csv")), "\uFEFF"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	sums := map[string]money.Amount{}
	for _, line := range list[1:] {
		for _, key := range []string{"全区支出，按资金性质 " + line[1], "全区支出，按功能分类 " + line[2] + " " + line[3], "全区支出，按支出类型 " + line[4], "全区支出，按资金性质 支出合计"} {
			sums[key] = sums[key].Add(amountOf(t, line[6]))
		}
	}
	for key, sum := range sums {
		holds(key, 0, sum)
	}
	f, err := excelize.OpenFile(filepath.Join(out, "summary.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	table, err := f.GetRows("三公经费")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range table {
		if len(row) < 2+2*district.AgencyOperating || row[1] == "" || row[1] == "部门" {
			continue
		}
		at := 0
		for k := range district.AgencyOperating {
			for _, s := range []string{row[2+k], row[2+district.AgencyOperating+k]} {
				if s != "" && s != "—" {
					holds("“三公”经费 "+row[1], at, amountOf(t, s))
					at++
				}
			}
		}
	}
	if broken != 5 || compared < 35+20+35*6 {
		t.Errorf("%d broken, %d numbers compared", broken, compared)
	}
}
