package batch

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xuri/excelize/v2"
)

// sheetOf is the only sheet of a workbook, and its rows.
func sheetOf(t *testing.T, raw []byte) (name string, rows [][]string) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	name = f.GetSheetName(0)
	if rows, err = f.GetRows(name); err != nil || f.SheetCount != 1 {
		t.Fatal(err, f.SheetCount)
	}
	return name, rows
}

// TestReportsAreTwice holds that the workbook of a report lists what the text tells, and goes with it.
func TestReportsAreTwice(t *testing.T) {
	m, d := district(2), newDisk()
	var many strings.Builder
	for i := range 300 {
		fmt.Fprintf(&many, "键%d = 1\n", i)
	}
	m["data/2026/000001/x.toml"] = &fstest.MapFile{Data: []byte(many.String())}
	rec := run1(t, batchOf(t, m, d))[0]
	text := string(d.files[rec.Report()])
	name, rows := sheetOf(t, d.files[rec.ReportSheet()])
	if !strings.HasPrefix(name, "000001 "+rec.Name[:9]) {
		t.Errorf("the sheet is called %q", name)
	}
	if all := fmt.Sprint(rows); !strings.Contains(all, rec.Name+" 核对报告") || !strings.Contains(all, "没有列出的：填报-001 还有 290 处，文件-008 还有 90 处；全部列出：yusuan check 数据目录 --all") {
		t.Errorf("%d rows, the first %v, the last %v", len(rows), rows[0], rows[len(rows)-1])
	}
	listed := 0
	for _, row := range rows {
		if len(row) > 3 && row[2] == "填报-001" {
			listed++
			if !strings.Contains(text, row[3]) {
				t.Errorf("the text has no %q", row[3])
			}
		}
	}
	if n := strings.Count(text, "填报-001"); listed != mostOfRule || n < listed {
		t.Errorf("%d rows, %d in the text", listed, n)
	}
	if _, ok := d.files[Reports+"/2026/000002.xlsx"]; ok {
		t.Error("a report of a department without findings")
	}

	delete(m, "data/2026/000001/x.toml")
	run1(t, batchOf(t, m, d))
	if d.files[rec.Report()] != nil || d.files[rec.ReportSheet()] != nil {
		t.Error("the report of a mended department stays")
	}
}

// TestReportThatCannotBeReplaced is one that somebody has open, or went on with: the text says so, and the run lists it.
func TestReportThatCannotBeReplaced(t *testing.T) {
	m, d := district(1), newDisk()
	m["data/2026/000001/x.toml"] = &fstest.MapFile{Data: []byte("键 = 1\n")}
	b := batchOf(t, m, d)
	b.Machine.Write = func(files []Content) ([]Stamp, error) {
		if strings.HasSuffix(files[0].Name, sheetReport) {
			return nil, errors.New("it is open in WPS")
		}
		return d.write(files)
	}
	rec := run1(t, b)[0]
	d.stamps[rec.ReportSheet()] = Stamp{1, 1}
	if text := string(d.files[rec.Report()]); !strings.Contains(text, "000001.xlsx 没有写成，那里如果有，是以前的，不要再用：it is open in WPS") {
		t.Error(text)
	}
	r, err := b.Retire([]Record{rec}, d.done())
	if err != nil || len(r.LeftOver) != 1 || r.LeftOver[0] != rec.ReportSheet() {
		t.Error(r, err)
	}
}

func TestReportsOfThoseThatAreGone(t *testing.T) {
	names := []string{Reports + "/2026/1.txt", Reports + "/2026/1.xlsx", Reports + "/2026/1/1001.xlsx", Reports + "/2026/2.txt", Reports + "/2026/2.xlsx", Reports + "/2026/2/2001.xlsx",
		Reports + "/本部门.xlsx", Reports + "/2026/2.md"}
	if got := fmt.Sprint(LeftReports([]string{"2026/1"}, names)); got != fmt.Sprint(names[3:6]) {
		t.Error(got)
	}
}
