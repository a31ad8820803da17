package cli

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	book "yusuan/internal/sheet"
)

// TestSheetIsWritten turns folders into workbooks, makes empty ones of every pack, and rolls one forward.
func TestSheetIsWritten(t *testing.T) {
	dir := t.TempDir()
	cases := [][]string{
		{"sheet", "../../data/2026/338"}, {"sheet", "../../testdata/departments/2026/415"},
		{"new", "--from", "../../data/2026/338"},
	}
	for _, name := range packNames() {
		cases = append(cases, []string{"new", "--template", name})
	}
	for i, args := range cases {
		out := filepath.Join(dir, strings.Repeat("1", i+2)+"-2026.xlsx")
		code, said, errs := run(append(args, "-o", out)...)
		if code != exitGood && !strings.Contains(errs, "适用于") || code == exitGood && !strings.Contains(said, "已生成填报表 "+filepath.ToSlash(out)) {
			t.Errorf("%v: exit %d\n%s%s", args, code, said, errs)
			continue
		}
		if code != exitGood {
			continue
		}
		f, err := excelize.OpenFile(out)
		if err != nil {
			t.Error(args, err)
			continue
		}
		if n, err := f.GetSheetIndex(book.OwnSheet); n < 0 || err != nil {
			t.Errorf("%v: no sheet %s", args, book.OwnSheet)
		}
		_ = f.Close()
	}
}

func packNames() []string {
	_, out, _ := run("packs")
	var names []string
	for line := range strings.Lines(out) {
		if f := strings.Fields(line); len(f) > 0 && strings.Trim(f[0], "abcdefghijklmnopqrstuvwxyz-0123456789") == "" {
			names = append(names, f[0])
		}
	}
	return names
}

// TestSheetKeepsWhatWasFilledIn: what an officer filled in since is not written over, nor what others made.
func TestSheetKeepsWhatWasFilledIn(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "a.xlsx")
	write := func(args ...string) (int, string) {
		code, said, errs := run(append([]string{"sheet", "../../data/2026/338", "-o", out}, args...)...)
		return code, said + errs
	}
	if code, said := write(); code != exitGood {
		t.Fatal(said)
	}
	if code, said := write(); code != exitGood {
		t.Errorf("a workbook that nobody has touched is not replaced: %s", said)
	}
	f, err := excelize.OpenFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.SetAppProps(&excelize.AppProperties{Application: "WPS 表格"}), f.SetCellStr("部门", "C5", "另一个名称"), f.Save(), f.Close()); err != nil {
		t.Fatal(err)
	}
	typed, _ := os.ReadFile(out)
	if code, said := write(); code != exitUsage || !strings.Contains(said, "转出以后改过") || !strings.Contains(said, "--force") {
		t.Errorf("exit %d: %s", code, said)
	}
	if now, _ := os.ReadFile(out); !bytes.Equal(now, typed) {
		t.Error("what was filled in is lost")
	}
	if code, said := write("--force"); code != exitGood {
		t.Errorf("--force: exit %d: %s", code, said)
	}
	if err := os.WriteFile(out, []byte("别人的文件"), 0o666); err != nil {
		t.Fatal(err)
	}
	if code, said := write("--force"); code != exitUsage || !strings.Contains(said, "不是本程序生成的文件") {
		t.Errorf("exit %d: %s", code, said)
	}
	out = filepath.Join(dir, "a.xls")
	if code, said := write(); code != exitUsage || !strings.Contains(said, ".xlsx") {
		t.Errorf("exit %d: %s", code, said)
	}
}

// TestSheetShowsAllOrNothing: a folder with lines that cannot be read makes no workbook, since it would lack them.
func TestSheetShowsAllOrNothing(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "2026", "338"), os.DirFS("../../data/2026/338")); err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(dir, "2026", "338")
	name := filepath.Join(data, "projects.toml")
	raw, _ := os.ReadFile(name)
	if err := os.WriteFile(name, append(raw, "\n[[project]\nname = \"少了一个括号\n"...), 0o666); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "a.xlsx")
	code, said, errs := run("sheet", data, "-o", out)
	if _, err := os.Stat(out); code != exitData || err == nil || !strings.Contains(errs, "有读不出的地方") {
		t.Errorf("exit %d\n%s%s", code, said, errs)
	}
}

// TestWriteBeside: what another program has open stays, and the result is beside it.
func TestWriteBeside(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "338-2026.xlsx")
	if err := os.WriteFile(filepath.Join(dir, "338-2026-1.xlsx"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	var asked []string
	open := func(n string) error {
		asked = append(asked, filepath.Base(n))
		if n == name {
			return &fs.PathError{Op: "rename", Path: n, Err: fs.ErrPermission}
		}
		return nil
	}
	if got, err := writeBeside(name, open); err != nil || filepath.Base(got) != "338-2026-2.xlsx" {
		t.Error(got, err, asked)
	}
	full := errors.New("disk full")
	if _, err := writeBeside(name, func(string) error { return full }); err != full {
		t.Error(err)
	}
	if _, err := writeBeside(name, func(string) error { return fs.ErrPermission }); !errors.Is(err, fs.ErrPermission) {
		t.Error(err)
	}
}

// TestSheetIsTheSameFromAnywhere: a workbook says nothing of the machine that it was made on.
func TestSheetIsTheSameFromAnywhere(t *testing.T) {
	dir := t.TempDir()
	abs, err := filepath.Abs("../../testdata/departments/2026/415")
	if err != nil {
		t.Fatal(err)
	}
	var books [][]byte
	for i, from := range []string{"../../testdata/departments/2026/415", abs} {
		out := filepath.Join(dir, strings.Repeat("a", i+1)+".xlsx")
		if code, said, errs := run("sheet", from, "-o", out); code != exitGood {
			t.Fatal(said, errs)
		}
		raw, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		books = append(books, raw)
	}
	if !bytes.Equal(books[0], books[1]) {
		t.Error("the workbook depends on how its folder is named")
	}
}

// TestSheetTellsOfErrors: errors that leave nothing unread do not hold a workbook up, and are told.
func TestSheetTellsOfErrors(t *testing.T) {
	data := filepath.Join(t.TempDir(), "2026", "338")
	if err := os.CopyFS(data, os.DirFS("../../data/2026/338")); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(data, "basic.toml")
	raw, _ := os.ReadFile(name)
	if err := os.WriteFile(name, bytes.Replace(raw, []byte(`"30101"`), []byte(`"39901"`), 1), 0o666); err != nil {
		t.Fatal(err)
	}
	code, said, errs := run("sheet", data, "-o", filepath.Join(t.TempDir(), "a.xlsx"))
	if code != exitGood || !strings.Contains(errs, "数据里还有错误，照样转出了；运行 yusuan check ") {
		t.Errorf("exit %d\n%s%s", code, said, errs)
	}
}
