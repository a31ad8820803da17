package cli

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/archive"
	"yusuan/internal/batch"
	"yusuan/internal/build"
	book "yusuan/internal/sheet"
	"yusuan/internal/tablebook"
	"yusuan/internal/xlsx"
)

// everyTarget are arguments of build for one file of each form.
func everyTarget(dir, base string) (args, files []string) {
	for _, f := range build.Forms() {
		file := filepath.Join(dir, base+f.Ext())
		args, files = append(args, "-o", file), append(files, file)
	}
	return args, files
}

// TestBuildForms: one run makes each form that is asked for, names each file, makes the same again over its own files, and knows
// each of them for its own and for no other form.
func TestBuildForms(t *testing.T) {
	dir, out := department(t, clean), t.TempDir()
	args, files := everyTarget(out, "公开")
	var before map[string]string
	for range 2 {
		code, stdout, stderr := run(append([]string{"build", dir}, args...)...)
		if code != exitGood || strings.Count(stdout, "已生成 ") != len(files) {
			t.Fatalf("code %d\n%s%s", code, stdout, stderr)
		}
		for i, file := range files {
			if !strings.Contains(stdout, "已生成 "+filepath.ToSlash(file)+"（") || i > 0 && !strings.Contains(stdout, "（"+build.Forms()[i].Title()) {
				t.Errorf("does not name %s:\n%s", file, stdout)
			}
		}
		now := documents(t, out)
		if len(now) != len(files) || before != nil && !maps.Equal(before, now) {
			t.Errorf("files %v, again other ones: %v", keys(now), before != nil)
		}
		before = now
	}
	for i, f := range build.Forms() {
		for j, file := range files {
			if known := madeHere(f)([]byte(before[filepath.Base(file)])); known != (i == j) {
				t.Errorf("%s is known for %s: %v", filepath.Base(file), f, known)
			}
		}
	}
}

// TestBuildFormsSlips: what is wrong with the files that are asked for is said before anything is made.
func TestBuildFormsSlips(t *testing.T) {
	dir, out := department(t, clean), t.TempDir()
	name := func(s string) string { return filepath.Join(out, s) }
	for file, text := range map[string]string{"扫描.pdf": "%PDF-1.4 scanned", "首页.html": "<!DOCTYPE html><title>门户</title>", "栏目-正文.html": "<p>正文</p>", "版式.ofd": "PK\x03\x04", "数.xlsx": "PK\x03\x04", "包.zip": "PK\x03\x04"} {
		write(t, name(file), text)
	}
	type slip struct {
		targets []string
		says    string
	}
	slips := []slip{
		{[]string{"公开"}, ".pdf（PDF）"}, {[]string{"公开.docx"}, "看不出是哪种文件"}, {[]string{"a.pdf", "公开.doc"}, "公开.doc"}, {[]string{""}, "看不出是哪种文件"},
		{[]string{"a.pdf", "a.pdf"}, "是同一个文件"}, {[]string{"a.pdf", "./A.PDF"}, "是同一个文件"}, {[]string{"a.pdf", "没有/../a.pdf"}, "是同一个文件"},
		{[]string{"a.pdf", "扫描.pdf"}, "没有覆盖"},
	}
	for _, f := range build.Forms()[1:] {
		foreign := map[build.Form]string{build.OFD: "版式.ofd", build.HTML: "首页.html", build.Article: "栏目-正文.html", build.Workbook: "数.xlsx", build.Data: "包.zip"}[f]
		slips = append(slips, slip{[]string{"a.pdf", foreign}, "没有覆盖"}, slip{[]string{foreign}, "没有覆盖"}, slip{[]string{"a" + f.Ext(), "a.pdf", "A" + f.Ext()}, "是同一个文件"})
	}
	before := documents(t, out)
	for _, c := range slips {
		args := []string{"build", dir}
		for _, x := range c.targets {
			if x != "" {
				x = out + "/" + x
			}
			args = append(args, "-o", x)
		}
		if code, _, stderr := run(args...); code != exitUsage || !strings.Contains(stderr, c.says) || !maps.Equal(before, documents(t, out)) {
			t.Errorf("%v: code %d, want %q: %s; files %v", c.targets, code, c.says, stderr, keys(documents(t, out)))
		}
	}
	link := name("链.pdf")
	if err := os.Symlink(name("新.pdf"), link); err == nil {
		if code, _, stderr := run("build", dir, "-o", name("新.pdf")); code != exitGood {
			t.Fatal(stderr)
		}
		if code, _, stderr := run("build", dir, "-o", name("新.pdf"), "-o", link); code != exitUsage || !strings.Contains(stderr, "是同一个文件") {
			t.Errorf("a file and a link to it: code %d %s", code, stderr)
		}
	}
}

// TestPublishedWorkbookIsNoData: who takes the workbook of tables for the one that is filled in is told which is which, also after
// a spreadsheet program saved it; and a form is not written over one that is filled in.
func TestPublishedWorkbookIsNoData(t *testing.T) {
	dir, out := department(t, clean), t.TempDir()
	published, saved, filled := filepath.Join(out, "公开.xlsx"), filepath.Join(out, "存过.xlsx"), filepath.Join(out, "填报.xlsx")
	for _, args := range [][]string{{"build", dir, "-o", published}, {"sheet", dir, "-o", filled}} {
		if code, stdout, stderr := run(args...); code != exitGood {
			t.Fatal(args, stdout, stderr)
		}
	}
	f, err := excelize.OpenFile(published)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := errors.Join(f.SetAppProps(&excelize.AppProperties{Application: "WPS 表格"}), f.SaveAs(saved)); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{published, saved} {
		if code, _, stderr := run("build", file); code != exitUsage || !strings.Contains(stderr, "不是填报表；要改数，改做它用的填报表或数据目录") || strings.Contains(stderr, "import") {
			t.Errorf("build %s: code %d %s", file, code, stderr)
		}
		if code, stdout, stderr := run("check", file); code > exitData || !strings.Contains(stdout+stderr, "按公开文件核对") {
			t.Errorf("check %s: code %d %s%s", file, code, stdout, stderr)
		}
	}
	before := documents(t, out)
	if code, _, stderr := run("build", dir, "-o", filled); code != exitUsage || !strings.Contains(stderr, "是填报表，没有覆盖") || !maps.Equal(before, documents(t, out)) {
		t.Errorf("code %d %s", code, stderr)
	}
}

// TestWorkbooksOfOneKindAlone: the workbooks of the program are of three kinds, and none is written over one of another.
func TestWorkbooksOfOneKindAlone(t *testing.T) {
	dir, out := department(t, clean), t.TempDir()
	kinds := []string{"公开.xlsx", "填报.xlsx", "清单.xlsx"}
	commands := [][]string{{"build", dir, "-o"}, {"sheet", dir, "-o"}, {"check", dir, "--xlsx"}}
	for range 2 { // each over its own
		for i, c := range commands {
			if code, stdout, stderr := run(append(c, filepath.Join(out, kinds[i]))...); code != exitGood {
				t.Fatal(c, stdout, stderr)
			}
		}
	}
	before := documents(t, out)
	for i, c := range commands {
		for k, name := range kinds {
			if k == i {
				continue
			}
			if code, _, stderr := run(append(c, filepath.Join(out, name))...); code != exitUsage || !strings.Contains(stderr, "没有覆盖") || !maps.Equal(before, documents(t, out)) {
				t.Errorf("%v over %s: code %d %s", c, name, code, stderr)
			}
		}
	}
	filled, published := filepath.Join(out, kinds[1]), filepath.Join(out, kinds[0])
	if code, _, stderr := run("check", filled, "--marked", published); code != exitUsage || !strings.Contains(stderr, "是公开的表格工作簿，没有覆盖") || !maps.Equal(before, documents(t, out)) {
		t.Errorf("marked over %s: code %d %s", published, code, stderr)
	}
}

// TestBuildFormsNothingOnErrors: data with an error, and a character that no font has, which only layout finds, make no form.
func TestBuildFormsNothingOnErrors(t *testing.T) {
	for name, text := range map[string]string{
		"data": strings.Replace(clean, `economic = "30101"`, `economic = "3010"`, 1), "font": strings.Replace(clean, "保管", "\U0003134A保管", 1),
	} {
		if text == clean {
			t.Fatal(name)
		}
		out := t.TempDir()
		for _, f := range build.Forms() {
			file := filepath.Join(out, "a"+f.Ext())
			if code, _, stderr := run("build", department(t, text), "-o", file); code != exitData || len(documents(t, out)) > 0 {
				t.Errorf("%s, %s: code %d, files %v\n%s", name, f, code, keys(documents(t, out)), stderr)
			}
		}
		args, _ := everyTarget(out, "a")
		if code, _, _ := run(append([]string{"build", department(t, text)}, args...)...); code != exitData || len(documents(t, out)) > 0 {
			t.Errorf("%s: code %d, files %v", name, code, keys(documents(t, out)))
		}
	}
}

// TestWriteTogether lets each of four files fail in turn, to be written or to be put in its place: the others are as they were,
// times and links included, new ones are not there, and nothing else is left behind.
func TestWriteTogether(t *testing.T) {
	const sharing = syscall.EACCES // what Windows says of a file that WPS has open comes to the same (inUse)
	names := []string{"旧.pdf", "新.html", "旧.xlsx", "新.zip"}
	then := time.Date(2026, 2, 3, 9, 5, 0, 0, time.Local)
	for failing := range len(names) + 1 {
		dir := t.TempDir()
		var files []batch.Content
		for _, n := range names {
			name := filepath.Join(dir, n)
			files = append(files, batch.Content{Name: name, Bytes: []byte("now " + n)})
			if strings.HasPrefix(n, "旧") {
				write(t, name, "then "+n)
				if err := os.Chtimes(name, then, then); err != nil {
					t.Fatal(err)
				}
			}
		}
		before := documents(t, dir)
		err := writeTogether(filepath.Dir, files, func(from, to string) error {
			raw, err := os.ReadFile(from)
			if err != nil {
				return err
			}
			if failing < len(names) && to == files[failing].Name && strings.HasPrefix(string(raw), "now ") {
				return &os.LinkError{Op: "rename", Old: from, New: to, Err: sharing}
			}
			return os.Rename(from, to)
		})
		after := documents(t, dir)
		if failing == len(names) {
			for _, f := range files {
				if err != nil || len(after) != len(names) || after[filepath.Base(f.Name)] != string(f.Bytes) {
					t.Errorf("none fails: %v, %v", err, after)
				}
			}
			continue
		}
		if !errors.Is(err, sharing) || !strings.Contains(fmt.Sprint(err), names[failing]+"：") || !strings.Contains(fmt.Sprint(err), "WPS") || !maps.Equal(before, after) {
			t.Errorf("%s fails: %v; files %v", names[failing], err, after)
		}
		for n := range before {
			if info, err := os.Stat(filepath.Join(dir, n)); err != nil || !info.ModTime().Equal(then) {
				t.Errorf("%s fails: %s is of another time (%v)", names[failing], n, err)
			}
		}
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.pdf"), "then")
	write(t, filepath.Join(dir, "no"), "no folder")
	err := writeTogether(filepath.Dir, []batch.Content{{Name: filepath.Join(dir, "a.pdf"), Bytes: []byte("now")}, {Name: filepath.Join(dir, "no", "b.html"), Bytes: []byte("now")}}, os.Rename)
	if got := documents(t, dir); err == nil || len(got) != 2 || got["a.pdf"] != "then" {
		t.Errorf("no folder: %v, %v", err, got)
	}
}

// zipped is a zip of files, their names and contents in turn.
func zipped(t *testing.T, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err == nil {
			_, err = w.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestOwnFilesAreKnown: what looks like a form of ours but is not is somebody else's.
func TestOwnFilesAreKnown(t *testing.T) {
	const page = "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<meta charset=\"utf-8\">\n<meta name=\"generator\" content=\"yusuan 0.2.0\">\n"
	const sheets = `<sheet name="` + tablebook.ContentsSheet + `"/><sheet name="` + tablebook.ProofSheet + `"/><sheet name="` + tablebook.LinesSheet + `"/>`
	for _, c := range []struct {
		form    build.Form
		content string
		ours    bool
	}{
		{build.HTML, page, true}, {build.HTML, "\uFEFF" + page, true}, {build.HTML, "<!-- saved from url -->" + page, false}, {build.HTML, strings.Replace(page, "yusuan", "WordPress", 1), false},
		{build.HTML, "<!DOCTYPE html>" + strings.Repeat(" ", 4096) + page, false},
		{build.Article, "<!-- yusuan 0.2.0 -->\n<article>", true}, {build.Article, "<!-- yusuan 0.2.0 -->\r\n<article>", true}, {build.Article, "<article>\n<!-- yusuan 0.2.0 -->", false},
		{build.Article, "<!-- yusuan 0.2.0 --><p>", false}, {build.Article, page, false}, {build.HTML, "<!-- yusuan 0.2.0 -->\n<article>", false},
		{build.Data, zipped(t, "datapackage.json", `{"name": "a", "generator": "yusuan 0.2.0"}`), true}, {build.Data, zipped(t, "datapackage.json", `{"name": "yusuan 0.2.0"}`), false},
		{build.Data, zipped(t, "a/datapackage.json", `{"generator": "yusuan 0.2.0"}`), false}, {build.Data, "PK", false}, {build.Workbook, "PK", false},
		{build.Workbook, zipped(t, xlsx.AppPart, "<Application>yusuan</Application>", "xl/workbook.xml", sheets), true}, {build.Workbook, zipped(t, xlsx.AppPart, "<Application>yusuan</Application>"), false},
		{build.Workbook, zipped(t, xlsx.AppPart, "<Application>WPS</Application>", "xl/workbook.xml", sheets), false},
		{build.Workbook, zipped(t, xlsx.AppPart, "<Application>yusuan</Application>", "xl/workbook.xml", sheets+`<sheet name="`+book.OwnSheet+`"/>`), false},
	} {
		if got := madeHere(c.form)([]byte(c.content)); got != c.ours {
			t.Errorf("%s %.80q: %v", c.form, c.content, got)
		}
	}
}

// TestBatchFormats holds what --formats takes, and what a district of several forms is told and written down.
func TestBatchFormats(t *testing.T) {
	root := writeDistrict(t, 2)
	var names []string
	for _, f := range build.Forms() {
		names = append(names, string(f))
	}
	all := strings.Join(names, ",")
	for list, says := range map[string]string{
		"": "少写了一种", "pdf,": "少写了一种", "word": "没有“word”这种形式", "pdff": "是不是“pdf”", "pdf,pdf": "pdf 写了两次", "pdf，PDF": "pdf 写了两次", "pdf html": "没有“pdf html”",
	} {
		out := t.TempDir()
		if code, _, stderr := run("batch", root, "-o", out, "--formats", list); code != exitUsage || !strings.Contains(stderr, says) || len(documents(t, out)) > 0 {
			t.Errorf("--formats %q: code %d, want %q: %s", list, code, says, stderr)
		}
	}
	if code, _, stderr := run("batch", "--merge", root, "-o", t.TempDir(), "--formats", "pdf"); code != exitUsage || !strings.Contains(stderr, "不能一起用") {
		t.Errorf("merging: code %d %s", code, stderr)
	}
	out := t.TempDir()
	batchEnds(t, exitGood, root, "-o", out)
	stdout := batchEnds(t, exitGood, root, "-o", out, "--formats", strings.ToUpper(all))
	files := documents(t, out)
	register, err := os.ReadFile(filepath.Join(out, registerName))
	if err != nil {
		t.Fatal(err)
	}
	s := summary(t, out)
	for _, f := range build.Forms() {
		if len(build.Forms()) > 1 && !strings.Contains(stdout, f.Title()+" 2") {
			t.Errorf("does not tell of %s:\n%s", f, stdout)
		}
		for i := range 2 {
			name := strings.TrimSuffix(pdfOf(fmt.Sprint(i+1)), ".pdf") + f.Ext()
			if files[name] == "" || !strings.Contains(string(register), archive.Sum([]byte(files[name]))+"  "+name+"\n") {
				t.Errorf("%s is there: %v; the register:\n%s", name, files[name] != "", register)
			}
			if got := batch.FilesOf(s.Departments, f); len(got) != 2 || got[i].Output != name {
				t.Errorf("the summary has %v of %s", got, f)
			}
		}
	}
	again := batchEnds(t, exitGood, root, "-o", out, "--formats", all)
	if !strings.Contains(again, "未变动 2") || !maps.Equal(files, documents(t, out)) {
		t.Errorf("again:\n%s", again)
	}
	root = writeDistrict(t, 1)
	for i, f := range build.Forms() { // a file of somebody else under the name of one form: none is written
		out, foreign := t.TempDir(), strings.TrimSuffix(pdfOf("1"), ".pdf")+f.Ext()
		write(t, filepath.Join(out, foreign), "scanned and signed")
		code, _, stderr := run("batch", root, "-o", out, "--formats", all)
		got := documents(t, out)
		if code != exitMachine || got[foreign] != "scanned and signed" || len(got) != 2 || !strings.Contains(stderr, "没有覆盖") {
			t.Errorf("%d %s: code %d, files %v\n%s", i, f, code, keys(got), stderr)
		}
	}
}

// TestBatchFormatsOnStaleFiles: the terminal tells which file takes the place of which, form by form.
func TestBatchFormatsOnStaleFiles(t *testing.T) {
	forms := build.Forms()
	if len(forms) < 2 {
		t.Skip("the PDF is all there is")
	}
	root, out := writeDistrict(t, 2), t.TempDir()
	both := string(forms[0]) + "," + string(forms[1])
	other := strings.TrimSuffix(pdfOf("1"), ".pdf") + forms[1].Ext()
	batchEnds(t, exitGood, root, "-o", out, "--formats", both)
	write(t, filepath.Join(root, "2026/000001/more.toml"), "# 更正\n")
	stdout := batchEnds(t, exitGood, root, "-o", out)
	if !strings.Contains(stdout, "这次有变动而没有要这种形式，已移到 旧文件/："+other) || slices.Contains(keys(documents(t, out)), other) {
		t.Errorf("not asked for:\n%s", stdout)
	}
	stdout = batchEnds(t, exitGood, root, "-o", out, "--formats", both)
	if !strings.Contains(stdout, other+" 取代 旧文件/"+other) {
		t.Errorf("asked for again:\n%s", stdout)
	}
}

// withoutData are the forms that carry no data.
func withoutData() []build.Form {
	return slices.DeleteFunc(build.Forms(), build.Form.Archived)
}

// TestOFD: a batch makes OFD beside PDF, verify and the register know both, the flag for the base standard makes the OFD anew
// and stays provable, and a command that wants data or a document to check says what an OFD is for.
func TestOFD(t *testing.T) {
	root, out := writeDistrict(t, 1), t.TempDir()
	pdf := filepath.Join(out, pdfOf("1"))
	file, register := strings.TrimSuffix(pdf, ".pdf")+".ofd", filepath.Join(out, registerName)
	batchEnds(t, exitGood, root, "-o", out, "--formats", "ofd,pdf")
	first := documents(t, out)
	batchEnds(t, exitGood, root, "-o", out, "--formats", "pdf,ofd", "--ofd-plain")
	again := documents(t, out)
	if name := filepath.Base(file); first[name] == again[name] || !strings.Contains(again[name][:512], `DocType="OFD"`) || first[filepath.Base(pdf)] != again[filepath.Base(pdf)] {
		t.Error("--ofd-plain made no other OFD, or another PDF")
	}
	if code, stdout, _ := run("verify", file, pdf, "--register", register); code != exitGood || strings.Count(stdout, "：一致（") != 2 || strings.Count(stdout, "登记：就是登记的") != 2 {
		t.Errorf("verify: code %d %s", code, stdout)
	}
	for _, args := range [][]string{{"build", firstDepartment(t, root), "-o", pdf}, {"batch", root, "-o", out}} { // a flag that would do nothing
		if code, stdout, stderr := run(append(args, "--ofd-plain")...); code != exitUsage || !strings.Contains(stdout+stderr, "--ofd-plain 只管 OFD") {
			t.Errorf("%v: code %d %s%s", args, code, stdout, stderr)
		}
	}
	if code, stdout, stderr := run("batch", "--merge", out, "-o", out, "--ofd-plain"); code != exitUsage || !strings.Contains(stdout+stderr, "不能一起用") {
		t.Errorf("--merge: code %d %s%s", code, stdout, stderr)
	}
	dept := firstDepartment(t, root)
	if code, stdout, stderr := run("build", dept, "-o", pdf, "--last", file); code != exitUsage || !strings.Contains(stdout+stderr, "yusuan extract "+filepath.ToSlash(file)) {
		t.Errorf("--last: code %d %s%s", code, stdout, stderr)
	}
	for _, args := range [][]string{{"build", file, "-o", filepath.Join(out, "x.pdf")}, {"sheet", file, "--into", filepath.Join(out, "x")}, {"check", file}, {"read", file, "--into", filepath.Join(out, "y")}} {
		if code, stdout, stderr := run(args...); code != exitUsage || !strings.Contains(stdout+stderr, "核验用 yusuan verify，取出") {
			t.Errorf("%v: code %d %s%s", args, code, stdout, stderr)
		}
	}
}

// TestVerifyOtherForms: a document that is no PDF has nothing inside to be made again of; with a register it is told whether it
// is the published one.
func TestVerifyOtherForms(t *testing.T) {
	root, out := writeDistrict(t, 1), t.TempDir()
	for _, f := range withoutData() {
		batchEnds(t, exitGood, root, "-o", out, "--formats", string(f))
		file, register := filepath.Join(out, strings.TrimSuffix(pdfOf("1"), ".pdf")+f.Ext()), filepath.Join(out, registerName)
		if code, stdout, _ := run("verify", file); code != exitUsage || !strings.Contains(stdout, f.Title()+"里没有带数据") || !strings.Contains(stdout, "--register") {
			t.Errorf("%s without a register: code %d %s", f, code, stdout)
		}
		if code, stdout, _ := run("verify", file, "--register", register); code != exitGood || !strings.Contains(stdout, "登记：就是登记的") {
			t.Errorf("%s: code %d %s", f, code, stdout)
		}
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		write(t, file, string(raw)+" ")
		if code, stdout, _ := run("verify", file, "--register", register); code != exitData || !strings.Contains(stdout, "不是登记的那一份") {
			t.Errorf("%s altered: code %d %s", f, code, stdout)
		}
	}
}

// TestFormsAreNoData: a form of a document given where data are asked for is told for what it is, also after another program
// saved the workbook; a workbook of data given to verify is called no form of a document.
func TestFormsAreNoData(t *testing.T) {
	root, out := writeDistrict(t, 1), t.TempDir()
	into := filepath.Join(t.TempDir(), "2026/1")
	var files []string
	for _, f := range withoutData() {
		batchEnds(t, exitGood, root, "-o", out, "--formats", string(f))
		files = append(files, filepath.Join(out, strings.TrimSuffix(pdfOf("1"), ".pdf")+f.Ext()))
		if f != build.Workbook {
			continue
		}
		w, err := excelize.OpenFile(files[len(files)-1])
		if err != nil {
			t.Fatal(err)
		}
		w.SetAppProps(&excelize.AppProperties{Application: "WPS 表格"})
		resaved := filepath.Join(t.TempDir(), "a.xlsx")
		if err := w.SaveAs(resaved); err != nil {
			t.Fatal(err)
		}
		files = append(files, resaved)
		if code, stdout, _ := run("verify", resaved); code != exitUsage || !strings.Contains(stdout, "不是本程序生成的表格工作簿，或者在别的程序里存过") {
			t.Errorf("verify: code %d %s", code, stdout)
		}
	}
	for _, file := range files {
		for _, args := range [][]string{{"build", file, "-o", filepath.Join(out, "x.pdf")}, {"sheet", file, "--into", into}, {"import", file, "--into", into, "--template", "wuhan"}} {
			code, stdout, stderr := run(args...)
			if code != exitUsage || !strings.Contains(stdout+stderr, "不是填报表；要改数，改做它用的填报表或数据目录") {
				t.Errorf("%v: code %d\n%s%s", args, code, stdout, stderr)
			}
		}
	}
	if _, err := os.Stat(into); err == nil {
		t.Error("a data folder was made")
	}
}
