package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/batch"
	"yusuan/internal/district"
	"yusuan/internal/money"
)

const rosterText = `[district]
name = "槐安区"
approved = 2026-01-20

[[department]]
code = "000001"
name = "槐安区第1档案馆"
section = "行政政法股"

[[department]]
code = "000009"
name = "槐安区第9档案馆"
`

// sheetOf is a sheet of the summary's workbook.
func sheetOf(t *testing.T, out, sheet string) [][]string {
	t.Helper()
	f, err := excelize.OpenFile(filepath.Join(out, "summary.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestBatchWithRoster: the roster and the reviews are in the workbook and on the terminal; no document changes with them; a run that
// finds all unchanged knows as much of the district as the one that made it, and so do shards together.
func TestBatchWithRoster(t *testing.T) {
	root, out := writeDistrict(t, 4), t.TempDir()
	if code, _, stderr := run("batch", root, "-o", out); code != 0 {
		t.Fatal(stderr)
	}
	before := documents(t, out)
	totals := sheetOf(t, out, district.SheetTotals)
	write(t, filepath.Join(root, "district.toml"), rosterText)
	write(t, filepath.Join(root, "2026/000001/_review.toml"), "[confidential]\ndate = 2026-01-21\nwho = \"王某\"\n")
	code, stdout, stderr := run("batch", root, "-o", out)
	if code != 0 || !strings.Contains(stdout, "未变动 4") {
		t.Errorf("code %d\n%s\n%s", code, stdout, stderr)
	}
	for _, words := range []string{"槐安区2026年：未报送 1，待审 1，已生成 3", "公开期限 2026-02-09，", "district.toml:10: 警告 批量-009", "批量-010"} {
		if !strings.Contains(stdout, words) {
			t.Errorf("the terminal does not say %q:\n%s", words, stdout)
		}
	}
	after := documents(t, out)
	for name, text := range before {
		if filepath.Ext(name) == ".pdf" && after[name] != text {
			t.Errorf("%s changed with the roster", name)
		}
	}
	if got := sheetOf(t, out, district.SheetTotals); len(totals) < 8 || !reflect.DeepEqual(got[3:], totals[2:]) { // one more line tells of who is absent
		t.Errorf("of unchanged documents %v, of new ones %v", got, totals)
	}
	var rows []string
	for _, r := range sheetOf(t, out, district.SheetSummary) {
		rows = append(rows, strings.Join(r, "|"))
	}
	all := strings.Join(rows, "\n")
	for _, row := range []string{"槐安区2026年部门预算汇总", "000001|槐安区第1档案馆|行政政法股|待审|1,000,000.25|", "|2026-01-21", "000009|槐安区第9档案馆||未报送", "2026年1月20日人大批准，2026年2月9日以前公开"} {
		if !strings.Contains(all, row) {
			t.Errorf("no row %s in\n%s", row, all)
		}
	}

	write(t, filepath.Join(root, "district.toml"), strings.Replace(rosterText, `code = "000009"`, `code = "000001"`, 1))
	if code, stdout, _ := run("batch", root, "-o", out); code != exitData || !strings.Contains(stdout, "错误 批量-008") {
		t.Errorf("a code twice in the roster: code %d\n%s", code, stdout)
	}
}

// TestMergedWorkbook: shards together make the workbook that one run makes.
func TestMergedWorkbook(t *testing.T) {
	root, one, parts := writeDistrict(t, 5), t.TempDir(), t.TempDir()
	write(t, filepath.Join(root, "district.toml"), rosterText)
	write(t, filepath.Join(root, "2026/000002/department.toml"), "[department\n")
	run("batch", root, "-o", one)
	for _, shard := range []string{"1/2", "2/2"} {
		if code, stdout, stderr := run("batch", root, "-o", parts, "--shard", shard); code == exitMachine || strings.Contains(stdout, "未报送") {
			t.Fatalf("a shard knows nothing of those who are absent: %s\n%s", stdout, stderr)
		}
	}
	run("batch", "--merge", parts, "-o", parts)
	var books [2][]byte
	for i, dir := range []string{one, parts} {
		raw, err := os.ReadFile(filepath.Join(dir, "summary.xlsx"))
		if err != nil {
			t.Fatal(err)
		}
		books[i] = raw
	}
	if !bytes.Equal(books[0], books[1]) {
		t.Error("the workbooks differ")
	}
}

// TestUntilDeadline: how many days are left is told on the terminal alone, by whole days.
func TestUntilDeadline(t *testing.T) {
	at := func(month time.Month, day, hour int) time.Time {
		return time.Date(2026, month, day, hour, 30, 0, 0, time.FixedZone("CST", 8*3600))
	}
	d := &district.District{Deadline: time.Date(2026, 2, 9, 0, 0, 0, 0, time.UTC), Departments: make([]district.Department, 3)}
	published := func(i int, s district.State) {
		d.Departments[i].State, d.Departments[i].Review.Published.Date = s, time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)
	}
	published(0, district.Published)
	published(1, district.Faulty) // of data that were mended since and have errors: what was published is published
	for want, today := range map[string]time.Time{
		"公开期限 2026-02-09，还有 5 天，还有 1 个部门没有公开":  at(2, 4, 23),
		"公开期限 2026-02-09，还有 1 天，还有 1 个部门没有公开":  at(2, 8, 0),
		"公开期限 2026-02-09，就是今天，还有 1 个部门没有公开":    at(2, 9, 1),
		"公开期限 2026-02-09，已过 20 天，还有 1 个部门没有公开": at(3, 1, 23),
	} {
		if got := untilDeadline(d, today); got != want {
			t.Errorf("%s: %s, want %s", today, got, want)
		}
	}
	published(2, district.Published)
	if got := untilDeadline(d, at(3, 1, 1)); got != "公开期限 2026-02-09，全部公开了" {
		t.Error(got)
	}
}

// TestNoTotalOfDataWithErrors: the table on the terminal shows a total only of what is sound, as every file of the batch does.
func TestNoTotalOfDataWithErrors(t *testing.T) {
	var out bytes.Buffer
	sum := batch.Yuan{Amount: money.FromFen(123_456_789)}
	showDocuments(&out, []batch.Record{{Department: "2026/1", Year: 2026, Status: batch.Made, Total: sum}, {Department: "2026/2", Year: 2026, Status: batch.BadData, Errors: 1, Total: sum}})
	if n := strings.Count(out.String(), "123.46"); n != 1 {
		t.Errorf("%d totals:\n%s", n, out.String())
	}
}
