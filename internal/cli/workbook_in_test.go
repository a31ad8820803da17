package cli

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/grid"
	book "yusuan/internal/sheet"
	"yusuan/internal/testoffice"
)

// sampleBook is the sample in a folder of its own, its workbook beside it, and last year's.
func sampleBook(t *testing.T) (folder, file string) {
	t.Helper()
	dir := t.TempDir()
	for _, year := range []string{"2025", "2026"} {
		if err := os.CopyFS(filepath.Join(dir, year, "338"), os.DirFS("../../data/"+year+"/338")); err != nil {
			t.Fatal(err)
		}
		good(t, "sheet", filepath.Join(dir, year, "338"), "-o", filepath.Join(dir, "338-"+year+".xlsx"))
	}
	return filepath.Join(dir, "2026", "338"), filepath.Join(dir, "338-2026.xlsx")
}

func good(t *testing.T, args ...string) (out, errs string) {
	t.Helper()
	code, out, errs := run(args...)
	if code != exitGood {
		t.Fatalf("%v: exit %d\n%s%s", args, code, out, errs)
	}
	return out, errs
}

// refusal runs what must not succeed.
func refusal(t *testing.T, exit int, words string, args ...string) {
	t.Helper()
	code, out, errs := run(args...)
	if code != exit || !strings.Contains(errs+out, words) {
		t.Errorf("%v: exit %d, want %d and %q\n%s%s", args, code, exit, words, out, errs)
	}
}

// dataOnDisk are the data files of a folder.
func dataOnDisk(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.Walk(dir, func(name string, info os.FileInfo, err error) error {
		if err == nil && strings.HasSuffix(name, ".toml") {
			raw, err := os.ReadFile(name)
			out[name] = string(raw)
			return err
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func sameData(a, b map[string]string) bool {
	for name := range a {
		if a[name] != b[name] {
			return false
		}
	}
	return len(a) == len(b)
}

// typedInto changes cells of a workbook as an officer would; nil empties.
func typedInto(t *testing.T, file, sheet string, cells map[string]any) {
	t.Helper()
	f, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, v := range cells {
		if err := f.SetCellValue(sheet, cell, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
}

// amountCell is the cell of an amount of basic expenditure in a row.
func amountCell(t *testing.T, file string, row int) string {
	t.Helper()
	f, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("基本支出")
	if err != nil {
		t.Fatal(err)
	}
	for i, head := range rows[book.HeadRow-1] {
		if strings.HasPrefix(head, "*金额") {
			return grid.Name(row, i+1)
		}
	}
	t.Fatal("no amounts")
	return ""
}

// A workbook comes back: untouched without a patch; changed with that alone; what it lacks is shown before it is deleted; what
// both sides changed is told with all three values; what is not understood at its cell. Then nothing is written.
func TestSheetComesBack(t *testing.T) {
	dir, file := sampleBook(t)
	before := dataOnDisk(t, dir)
	out, _ := good(t, "sheet", file, "--into", dir)
	if !strings.Contains(out, "一致，没有改动") || !sameData(before, dataOnDisk(t, dir)) {
		t.Error(out)
	}
	five, six := amountCell(t, file, 5), amountCell(t, file, 6)
	typedInto(t, file, "基本支出", map[string]any{five: 1234567.89})
	out, _ = good(t, "sheet", file, "--into", dir, "--dry-run")
	if !strings.Contains(out, "金额：") || !strings.Contains(out, "→ 1234567.89") || !sameData(before, dataOnDisk(t, dir)) {
		t.Error(out)
	}
	good(t, "sheet", file, "--into", dir)
	after := dataOnDisk(t, dir)
	changed := 0
	for name := range after {
		a, b := strings.Split(before[name], "\n"), strings.Split(after[name], "\n")
		for i := range a {
			if len(a) == len(b) && a[i] != b[i] {
				changed++
			}
		}
	}
	if changed != 1 {
		t.Errorf("%d lines changed", changed)
	}
	out, _ = good(t, "sheet", file, "--into", dir)
	if !strings.Contains(out, "一致，没有改动") {
		t.Error("a second time:", out)
	}

	typedInto(t, file, "基本支出", map[string]any{six: "约十万"})
	refusal(t, exitData, "“基本支出” "+six+": 错误 表格-001", "sheet", file, "--into", dir)
	typedInto(t, file, "基本支出", map[string]any{six: 5})
	basic := filepath.Join(dir, "basic.toml")
	lines := strings.SplitAfter(after[basic], "\n")
	n := 0
	for i, line := range lines { // the third entry, whose row is the sixth
		if strings.Contains(line, "amount") && !strings.HasPrefix(strings.TrimSpace(line), "#") && strings.Contains(line, "economic") {
			if n++; n == 3 {
				at := strings.Index(line, "amount")
				end := at + strings.IndexAny(line[at:], "},")
				lines[i] = line[:at] + "amount = 7 " + line[end:]
			}
		}
	}
	if n < 3 {
		t.Fatal("no third entry in", after[basic])
	}
	if err := os.WriteFile(basic, []byte(strings.Join(lines, "")), 0o666); err != nil {
		t.Fatal(err)
	}
	refusal(t, exitData, "填报表里是 “5”\n  数据目录里是 “7”", "sheet", file, "--into", dir)
	if err := os.WriteFile(basic, []byte(after[basic]), 0o666); err != nil {
		t.Fatal(err)
	}

	f, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err = f.RemoveRow("基本支出", 6); err == nil {
		err = f.Save()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	refusal(t, exitData, "确实要删的加 --delete", "sheet", file, "--into", dir)
	if !sameData(after, dataOnDisk(t, dir)) {
		t.Error("something was written")
	}
	out, _ = good(t, "sheet", file, "--into", dir, "--delete")
	if !strings.Contains(out, "删去 ") || sameData(after, dataOnDisk(t, dir)) {
		t.Error(out)
	}
	good(t, "restore", dir, "2")
	if !sameData(after, dataOnDisk(t, dir)) {
		t.Error("restore does not go back")
	}
	typedInto(t, file, "基本支出", map[string]any{})
	other := filepath.Join(t.TempDir(), "415")
	if err := os.CopyFS(other, os.DirFS("../../testdata/departments/2026/415")); err != nil {
		t.Fatal(err)
	}
	refusal(t, exitUsage, "部门 338 2026 年", "sheet", file, "--into", other)
}

// A workbook is checked and built without a folder: places are cells, also for programs, ids stay, the same workbook makes the
// same file, and the folder that it makes has the same numbers.
func TestWorkbookAlone(t *testing.T) {
	dir, file := sampleBook(t)
	place := filepath.Dir(file)
	var pdfs [2][]byte
	for i := range pdfs {
		name := filepath.Join(place, "a.pdf")
		_, errs := good(t, "build", file, "-o", name)
		if !strings.Contains(errs, "上年数取自 ") || !strings.Contains(errs, "工作表“") || strings.Contains(errs, ".toml") {
			t.Error(errs)
		}
		pdfs[i], _ = os.ReadFile(name)
	}
	if !bytes.Equal(pdfs[0], pdfs[1]) || len(pdfs[0]) == 0 {
		t.Error("not the same bytes")
	}
	good(t, "verify", filepath.Join(place, "a.pdf"))
	made := filepath.Join(place, "new", "2026", "338")
	good(t, "sheet", file, "--into", made)
	ofBook, _ := good(t, "figure", file)
	for _, folder := range []string{dir, made} {
		if got, _ := good(t, "figure", folder, "--last", filepath.Join(place, "2025", "338")); got != ofBook {
			t.Errorf("%s has other numbers", folder)
		}
	}
	one, _ := good(t, "figure", file, "T3.2010301.基本支出")
	if !strings.Contains(one, "工作表“基本支出”") || strings.Contains(one, ".toml") {
		t.Error(one)
	}
	five := amountCell(t, file, 5)
	typedInto(t, file, "基本支出", map[string]any{five: 1170000.123})
	first := found(t, file, "填报-015")
	if first.Sheet != "基本支出" || first.Cell != five || first.File != filepath.ToSlash(file) || first.ID == "" {
		t.Errorf("%+v", first)
	}
	moved := map[string]any{}
	f, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for column := 1; column < 12; column++ {
		v, err := f.GetCellValue("基本支出", grid.Name(5, column), excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		moved[grid.Name(5, column)], moved[grid.Name(90, column)] = nil, v
	}
	f.Close()
	moved[amountCell(t, file, 90)] = 1170000.123
	typedInto(t, file, "基本支出", moved)
	second := found(t, file, "填报-015")
	if second.Cell != amountCell(t, file, 90) || second.ID != first.ID {
		t.Errorf("%+v was %+v", second, first)
	}
	list := filepath.Join(place, "list.xlsx")
	if code, _, errs := run("check", file, "--xlsx", list); code != exitData || strings.Contains(errs, ".toml") {
		t.Error(code, errs)
	}
}

// The workbook of every department has the numbers and the findings of its folder.
func TestWorkbooksSayWhatFoldersSay(t *testing.T) {
	dirs, err := filepath.Glob("../../testdata/departments/*/*")
	if err != nil || len(dirs) < 3 {
		t.Fatal(dirs, err)
	}
	for _, dir := range append(dirs, "../../data/2025/338") {
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			continue
		}
		file := filepath.Join(t.TempDir(), "a.xlsx")
		good(t, "sheet", dir, "-o", file)
		var last []string // beside the folder, which the workbook is not
		if year, err := strconv.Atoi(filepath.Base(filepath.Dir(dir))); err == nil {
			if before := filepath.Join(filepath.Dir(filepath.Dir(dir)), strconv.Itoa(year-1), filepath.Base(dir)); isFolder(before, "") == nil {
				last = []string{"--last", before}
			}
		}
		want, _ := good(t, "figure", dir)
		if got, _ := good(t, append([]string{"figure", file}, last...)...); got != want || len(want) < 1000 {
			t.Errorf("%s: its workbook has other numbers", dir)
		}
		if want, got := rulesOf(t, dir), rulesOf(t, file, last...); !slices.Equal(want, got) {
			t.Errorf("%s: %v, its workbook %v", dir, want, got)
		}
	}
}

// rulesOf are the rules that the data break.
func rulesOf(t *testing.T, name string, options ...string) []string {
	t.Helper()
	_, out, _ := run(append([]string{"check", name, "--format", "json", "--all"}, options...)...)
	var all struct {
		Diagnostics []struct{ Rule string } `json:"diagnostics"`
	}
	if err := json.Unmarshal([]byte(out), &all); err != nil {
		t.Fatal(err)
	}
	var rules []string
	for _, x := range all.Diagnostics {
		rules = append(rules, x.Rule)
	}
	slices.Sort(rules)
	return slices.Compact(rules)
}

type finding struct{ ID, File, Sheet, Cell string }

// found is the one finding of a rule as programs read it.
func found(t *testing.T, file, rule string) finding {
	t.Helper()
	_, out, _ := run("check", file, "--format", "json")
	var all struct {
		Diagnostics []struct {
			ID, Rule string
			At       finding
		} `json:"diagnostics"`
	}
	if err := json.Unmarshal([]byte(out), &all); err != nil {
		t.Fatal(err, out)
	}
	var of []finding
	for _, x := range all.Diagnostics {
		if strings.HasSuffix(x.At.File, ".toml") {
			t.Errorf("a place in no file: %+v", x)
		}
		if x.Rule == rule {
			x.At.ID = x.ID
			of = append(of, x.At)
		}
	}
	if len(of) != 1 {
		t.Fatalf("%d findings of %s:\n%s", len(of), rule, out)
	}
	return of[0]
}

// Last year's workbook is rolled forward as its folder is.
func TestWorkbookRolledForward(t *testing.T) {
	dir, file := sampleBook(t)
	ofBook, ofFolder := filepath.Join(filepath.Dir(file), "338-2027.xlsx"), filepath.Join(t.TempDir(), "338-2027.xlsx")
	good(t, "new", "--from", file, "-o", ofBook)
	good(t, "new", "--from", dir, "-o", ofFolder)
	var books [2]*excelize.File
	for i, name := range []string{ofBook, ofFolder} {
		f, err := excelize.OpenFile(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		books[i] = f
	}
	for _, sheet := range books[1].GetSheetList() {
		a, err := books[0].GetRows(sheet)
		b, err2 := books[1].GetRows(sheet)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		b = slices.DeleteFunc(b, func(row []string) bool { // comments behind single values are in no cell of last year's workbook
			return len(row) > 2 && strings.Contains(row[2], "格带着批注")
		})
		for i := range b {
			if sheet != book.OwnSheet && (i >= len(a) || !slices.Equal(a[i], b[i])) && len(b[i]) > 1 && !slices.Equal(a[i][1:], b[i][1:]) {
				t.Errorf("%s row %d: %q, of the folder %q", sheet, i+1, a[i], b[i])
			}
		}
	}
}

// TestIntoUTF16: files in UTF-16 say what the same in UTF-8 say: nothing is changed by what was not, one file by what was, and that
// is then what it would be.
func TestIntoUTF16(t *testing.T) {
	folder, file := sampleBook(t)
	plain := dataOnDisk(t, folder)
	for name, text := range plain {
		raw := []byte{0xFF, 0xFE}
		for _, u := range utf16.Encode([]rune(text)) {
			raw = append(raw, byte(u), byte(u>>8))
		}
		if err := os.WriteFile(name, raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if words, more := good(t, "sheet", file, "--into", folder, "--dry-run"); !strings.Contains(words+more, "一致") {
		t.Errorf("a change without a change: %s", words)
	}
	cell := amountCell(t, file, 5)
	typedInto(t, file, "基本支出", map[string]any{cell: 1234567})
	if words, more := good(t, "sheet", file, "--into", folder); !strings.Contains(words+more, "UTF-8") {
		t.Errorf("nothing is said of the encoding: %s", words)
	}
	changed := 0
	for name, text := range dataOnDisk(t, folder) {
		if !utf8.ValidString(text) {
			continue
		}
		changed++
		if n := len(strings.Split(text, "\n")); !strings.Contains(text, "1234567") || n != len(strings.Split(plain[name], "\n")) {
			t.Errorf("%s has %d lines, %d before", name, n, len(strings.Split(plain[name], "\n")))
		}
	}
	if changed != 1 {
		t.Errorf("%d files changed", changed)
	}
	if words, more := good(t, "sheet", file, "--into", folder, "--dry-run"); !strings.Contains(words+more, "一致") {
		t.Errorf("a second time: %s", words)
	}
}

// Findings are put at the cells of the officer's own workbook, which stays as it is.
func TestMarkedWorkbook(t *testing.T) {
	dir, file := sampleBook(t)
	five := amountCell(t, file, 5)
	typedInto(t, file, "基本支出", map[string]any{five: "约十万"})
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(filepath.Dir(file), "marked.xlsx")
	if code, said, errs := run("check", file, "--marked", out); code != exitData || !strings.Contains(errs, "问题标在 ") || strings.Contains(said, "填报-003") {
		t.Fatalf("exit %d\n%s%s", code, said, errs)
	}
	if after, err := os.ReadFile(file); err != nil || !bytes.Equal(before, after) {
		t.Error("the workbook itself was changed", err)
	}
	f, err := excelize.OpenFile(out)
	if err != nil {
		t.Fatal(err)
	}
	notes, err := f.GetComments("基本支出")
	if f.Close(); err != nil || len(notes) != 1 || notes[0].Cell != five || !strings.Contains(notes[0].Text, "约十万") {
		t.Errorf("%v %+v", err, notes)
	}
	typedInto(t, out, "基本支出", map[string]any{five: 1048301})
	said, _ := good(t, "sheet", out, "--into", dir, "--dry-run")
	if strings.Count(said, "\n") != 2 || !strings.Contains(said, "→ 1048301") {
		t.Error(said)
	}
	refusal(t, exitUsage, "不能写在填报表自己上面", "check", file, "--marked", file)
	refusal(t, exitUsage, "--marked 要给一个填报表", "check", dir, "--marked", out)
}

// A file is told by its content.
func TestFilesThatAreNoWorkbooks(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
		return name
	}
	export, err := filepath.Glob("../../testdata/exports/*/*.xlsx")
	if err != nil || len(export) == 0 {
		t.Fatal(export, err)
	}
	for _, c := range []struct{ file, words, check string }{
		{export[0], "请用 yusuan import", "yusuan import"},
		{write("a.xlsx", "%PDF-1.7\n"), "是 PDF", "这份 PDF 打不开"},
		{write("b.xlsx", ""), "空文件", "空文件"},
		{write("c.xlsx", "PK\x03\x04 not really"), "不完整或已损坏", ""},
	} {
		refusal(t, exitUsage, c.check, "check", c.file)
		for _, args := range [][]string{{"build", c.file}, {"preview", c.file, "-o", dir}, {"figure", c.file}, {"sheet", c.file, "--into", filepath.Join(dir, "d")}} {
			refusal(t, exitUsage, c.words, args...)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "d")); err == nil {
		t.Error("a folder was made")
	}
	refusal(t, exitUsage, "没有这个文件 ", "check", filepath.Join(dir, "无.xlsx"))
	refusal(t, exitUsage, "是不是 "+strings.TrimSuffix(export[0], ".xlsx")+".xlsx", "check", strings.TrimSuffix(export[0], ".xlsx"))
	var word bytes.Buffer
	z := zip.NewWriter(&word)
	part, err := z.Create("word/document.xml")
	if err == nil {
		_, err = part.Write([]byte("<w:document/>"))
	}
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	refusal(t, exitUsage, "Word 文档", "check", write("d.xlsx", word.String()))
}

// Amounts that are brought into a file in 万元 are shown as they were typed, and what they are by their labels.
func TestPatchesAreShownInYuan(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "d")
	if err := os.CopyFS(dir, os.DirFS("../../data/2026/338")); err != nil {
		t.Fatal(err)
	}
	prior := "amount_unit = \"万元\"\n[prior]\n[prior.figures]\nthree_public = 12.5\n"
	if err := os.WriteFile(filepath.Join(dir, "prior.toml"), []byte(prior), 0o666); err != nil {
		t.Fatal(err)
	}
	file := dir + ".xlsx"
	good(t, "sheet", dir, "-o", file)
	label := "“三公”经费"
	typedInto(t, file, "上年数", map[string]any{offeredCell(t, file, "上年数", label): 29000000})
	out, _ := good(t, "sheet", file, "--into", dir, "--dry-run")
	if !strings.Contains(out, "125,000.00元（文件里 12.5 万元） → 29,000,000.00元（文件里 2900 万元）") || strings.Contains(out, "three_public") {
		t.Error(out)
	}
}

// What LibreOffice saves comes back without a patch, as xlsx and as xls.
func TestSavedByLibreOffice(t *testing.T) {
	dir, file := sampleBook(t)
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"xlsx", "xls"} {
		saved := filepath.Join(t.TempDir(), "338-2026."+kind)
		if err := os.WriteFile(saved, testoffice.Saved(t, kind, map[string][]byte{"": raw})[""], 0o666); err != nil {
			t.Fatal(err)
		}
		before := dataOnDisk(t, dir)
		out, errs := good(t, "sheet", saved, "--into", dir)
		if !strings.Contains(out, "一致，没有改动") || strings.Contains(errs, "表格-") || !sameData(before, dataOnDisk(t, dir)) {
			t.Errorf("%s: %s%s", kind, out, errs)
		}
	}
}
