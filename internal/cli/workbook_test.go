package cli

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/findings"
	"yusuan/internal/xlsx"
)

// TestListsOfEarlierVersions: a list that an earlier version wrote, with the library's metadata, gives way to a new one; what
// only looks like one does not, nor what somebody went on with.
func TestListsOfEarlierVersions(t *testing.T) {
	heads := []any{"序号", "级别", "规则", "问题", "文件", "行", "列", "填报", "应为", "相差", "说明", "建议"}
	dir := department(t, clean)
	for _, c := range []struct {
		name, sheet string
		heads       []any
		savedWith   string // "" for the library's own
		more        string // another sheet
		ours        bool
	}{
		{"an earlier list", "问题清单", heads, "", "", true},
		{"of somebody who uses the library", "名单", heads, "", "", false},
		{"other heads", "问题清单", append([]any{"办理人"}, heads...), "", "", false},
		{"a head more", "问题清单", append(append([]any{}, heads...), "办理人"), "", "", false},
		{"a sheet more", "问题清单", heads, "", "办理", false},
		{"gone on with", "问题清单", heads, "Microsoft Excel", "", false},
	} {
		f := excelize.NewFile()
		if err := f.SetSheetName("Sheet1", c.sheet); err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow(c.sheet, "A1", &c.heads); err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow(c.sheet, "A2", &[]any{1, "错误", "支出-001", "不对"}); err != nil {
			t.Fatal(err)
		}
		if c.more != "" {
			if _, err := f.NewSheet(c.more); err != nil {
				t.Fatal(err)
			}
		}
		if c.savedWith != "" {
			if err := f.SetAppProps(&excelize.AppProperties{Application: c.savedWith}); err != nil {
				t.Fatal(err)
			}
		}
		name := filepath.Join(t.TempDir(), "单.xlsx")
		if err := f.SaveAs(name); err != nil {
			t.Fatal(err)
		}
		code, _, stderr := run("check", dir, "--xlsx", name)
		if c.ours != (code == exitGood) || !c.ours && !strings.Contains(stderr, "没有覆盖") {
			t.Errorf("%s: code %d, said %s", c.name, code, stderr)
		}
	}
}

// TestManyFindings: what grows with the findings of one rule is bounded on paper, too, and says so; --all lifts it.
func TestManyFindings(t *testing.T) {
	const many = 300
	var text strings.Builder
	for i := range many {
		fmt.Fprintf(&text, "键%d = 1\n", i)
	}
	dir := department(t, clean)
	write(t, filepath.Join(dir, "x.toml"), text.String())
	rows := func(args ...string) (rows [][]string, json string) {
		t.Helper()
		name := filepath.Join(t.TempDir(), "单.xlsx")
		code, out, stderr := run(append([]string{"check", "--format", "json", "--xlsx", name, dir}, args...)...)
		if code != exitData {
			t.Fatalf("code %d: %s", code, stderr)
		}
		f, err := excelize.OpenFile(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if rows, err = f.GetRows(findings.Name); err != nil {
			t.Fatal(err)
		}
		return rows, out
	}
	list, out := rows()
	last := list[len(list)-1][0]
	if len(list) > 50 || !strings.Contains(last, fmt.Sprintf("没有列出的：填报-001 还有 %d 处", many-mostOfOne)) || !strings.Contains(last, "--all") {
		t.Errorf("%d rows, the last %q", len(list), last)
	}
	if n := strings.Count(out, `"at"`); n > 50 || !strings.Contains(out, fmt.Sprintf(`"count": %d`, many-mostOfOne)) {
		t.Errorf("%d in JSON: %s", n, out[max(0, len(out)-200):])
	}
	list, out = rows("--all")
	if last := list[len(list)-1]; len(list) < many+1 || len(last) < 3 || strings.Contains(out, "left_out") {
		t.Errorf("%d rows with --all, the last %q", len(list), last)
	}
}

// TestSheetsInOrder: a workbook of several sheets has the same bytes each time.
func TestSheetsInOrder(t *testing.T) {
	var first []byte
	for range 8 {
		var b bytes.Buffer
		var sheets []xlsx.Sheet
		for _, name := range []string{"一", "二", "三", "四"} {
			sheets = append(sheets, xlsx.Sheet{Name: name, Rows: 1, Columns: []xlsx.Column{xlsx.Texts("甲", 6)}, Row: func(int) []any { return []any{name} }})
		}
		if err := writeSheets(&b, "汇总", time.Time{}, sheets...); err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = b.Bytes()
		}
		if !bytes.Equal(first, b.Bytes()) {
			t.Fatal("the sheets stand in another order")
		}
	}
}

// TestNewerWorkbook: a workbook of a later layout is refused, since its cells may mean something else.
func TestNewerWorkbook(t *testing.T) {
	folder, file := sampleBook(t)
	typedInto(t, file, "_yusuan", map[string]any{"B1": "2"})
	for _, args := range [][]string{{"check", file}, {"sheet", file, "--into", folder}} {
		if code, out, errs := run(args...); code != exitUsage || !strings.Contains(errs, "更新版本") {
			t.Error(args, code, out, errs)
		}
	}
	typedInto(t, file, "_yusuan", map[string]any{"B1": "1"})
	if code, out, errs := run("sheet", file, "--into", folder, "--dry-run"); code != exitGood {
		t.Error(code, out, errs)
	}
}
