package cli

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/batch"
	"yusuan/internal/board"
	"yusuan/internal/build"
	"yusuan/internal/testdept"
)

// asProgram makes the test binary the program itself, so that tests can kill it.
const asProgram = "YUSUAN_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Exit(Main(os.Args[1:], os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// program is a command that runs the program in a process of its own.
func program(args ...string) *exec.Cmd {
	c := exec.Command(os.Args[0], args...)
	c.Env = append(os.Environ(), asProgram+"=1")
	return c
}

// writeDistrict writes n small departments below a new folder.
func writeDistrict(t *testing.T, n int) string {
	t.Helper()
	root := t.TempDir()
	for i := range n {
		dir, files := testdept.Small(i)
		for name, text := range files {
			write(t, filepath.Join(root, dir, name), string(text))
		}
	}
	return root
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// documents reads all files of an output folder but the summaries and what the program keeps for itself.
func documents(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(dir, name)
		switch {
		case err != nil:
			return err
		case e.IsDir() && e.Name() == stateFolder:
			return fs.SkipDir
		case e.IsDir() || strings.HasPrefix(rel, "summary") || strings.HasPrefix(rel, "district") || strings.HasSuffix(rel, ".sha256"):
			return nil
		case rel == board.Name || rel == board.IndexName || strings.HasPrefix(rel, batch.Reports) && filepath.Ext(rel) == ".xlsx": // what others have, too
			return nil
		}
		raw, err := os.ReadFile(name)
		out[filepath.ToSlash(rel)] = string(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestBatch(t *testing.T) {
	root, out := writeDistrict(t, 6), t.TempDir()
	write(t, filepath.Join(root, "2026/000002/department.toml"), "[department\n")
	code, stdout, stderr := run("batch", root, "-o", out)
	if code != exitData || !strings.Contains(stdout, "6 个部门：已生成 5，数据有误 1") || !strings.Contains(stdout, "没有做成的 1 个部门不在全区合计里") || !strings.Contains(stderr, "2026/000002") {
		t.Fatalf("code %d\n%s\n%s", code, stdout, stderr)
	}
	docs := documents(t, out)
	pdfs := 0
	for name, text := range docs {
		if strings.HasSuffix(name, "2026年部门预算.pdf") && strings.HasPrefix(text, "%PDF-") && strings.HasSuffix(text, "%%EOF\n") {
			pdfs++
		}
	}
	if pdfs != 5 || !strings.Contains(docs["核对报告/2026/000002.txt"], "文件-") || len(docs) != 6 {
		t.Errorf("%d documents, files %v", pdfs, len(docs))
	}
	csv, err := os.ReadFile(filepath.Join(out, "district.csv"))
	if err != nil || !bytes.HasPrefix(csv, []byte("\xEF\xBB\xBF年度,")) {
		t.Errorf("district.csv: %.40q %v", csv, err)
	}
	holdsWorkbook(t, filepath.Join(out, "summary.xlsx"))

	code, stdout, _ = run("batch", root, "-o", out, "--jobs", "1")
	if code != exitData || !strings.Contains(stdout, "未变动 5，数据有误 1") {
		t.Errorf("second run: code %d\n%s", code, stdout)
	}
	code, stdout, _ = run("batch", root, "-o", out, "--force")
	if code != exitData || !strings.Contains(stdout, "已生成 5，数据有误 1") {
		t.Errorf("forced run: code %d\n%s", code, stdout)
	}
	if !reflect.DeepEqual(docs, documents(t, out)) {
		t.Error("the files changed")
	}
}

// holdsWorkbook holds that the workbook opens and says what became of whom and what they spend.
func holdsWorkbook(t *testing.T, name string) {
	t.Helper()
	f, err := excelize.OpenFile(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, x := range []struct{ sheet, row string }{
		{"汇总", "000001|槐安区第1档案馆||已生成|1,000,000.25|"}, {"汇总", "|2026/000002||数据有误|||||"}, {"汇总", "|合计|||5,000,015.25|"},
		{"全区汇总", "2010301|　　行政运行|5|5,000,015.25|"}, {"部门文件", "2026/000001|部门预算|000001|槐安区第1档案馆|已生成|"}, {"部门文件", "2026/000002|部门预算|||数据有误|||1|"},
	} {
		rows, err := f.GetRows(x.sheet)
		if err != nil || !slices.ContainsFunc(rows, func(row []string) bool {
			return strings.HasPrefix(strings.Join(row, "|"), x.row) || strings.Join(row, "|") == strings.TrimRight(x.row, "|")
		}) {
			t.Errorf("%s has no row %s: %v %v", x.sheet, x.row, rows, err)
		}
	}
}

func TestBatchUsage(t *testing.T) {
	root := writeDistrict(t, 1)
	file := filepath.Join(root, "file")
	write(t, file, "x")
	for _, c := range []struct {
		args []string
		code int
	}{
		{[]string{"batch", root}, exitUsage},
		{[]string{"batch", filepath.Join(root, "none"), "-o", t.TempDir()}, exitUsage},
		{[]string{"batch", t.TempDir(), "-o", t.TempDir()}, exitUsage},
		{[]string{"batch", root, "-o", t.TempDir(), "--shard", "3/2"}, exitUsage},
		{[]string{"batch", root, "-o", t.TempDir(), "--editions", "unit"}, exitUsage},
		{[]string{"batch", root, "-o", t.TempDir(), "--last", file}, exitUsage},
		{[]string{"batch", "--merge", root, "-o", t.TempDir()}, exitUsage},
		{[]string{"batch", root, "-o", file}, exitMachine},
		{[]string{"--font", "仿宋=" + file + "x", "batch", root, "-o", t.TempDir()}, exitMachine},
	} {
		if code, _, stderr := run(c.args...); code != c.code || stderr == "" {
			t.Errorf("%v: code %d, want %d: %s", c.args, code, c.code, stderr)
		}
	}
}

// TestBatchOfOneDepartment: the root may be the department itself; its report has a name that people see.
func TestBatchOfOneDepartment(t *testing.T) {
	root, out := filepath.Join(writeDistrict(t, 1), "2026", "000000"), t.TempDir()
	write(t, filepath.Join(root, "more.toml"), "x = 1\n")
	if code, _, stderr := run("batch", root, "-o", out); code != exitData {
		t.Fatal(code, stderr)
	}
	if raw, err := os.ReadFile(filepath.Join(out, "核对报告", "本部门.txt")); err != nil || !strings.Contains(string(raw), "填报-001") {
		t.Errorf("%v: %s", err, raw)
	}
}

// TestBatchShards runs three shards into folders of their own and merges them.
func TestBatchShards(t *testing.T) {
	root, whole, merged := writeDistrict(t, 9), t.TempDir(), t.TempDir()
	if code, _, stderr := run("batch", root, "-o", whole); code != exitGood {
		t.Fatal(stderr)
	}
	args := []string{"batch", "--merge", "-o", merged}
	files := map[string]string{}
	for i := 1; i <= 3; i++ {
		dir := t.TempDir()
		if code, _, stderr := run("batch", root, "-o", dir, "--shard", fmt.Sprintf("%d/3", i)); code != exitGood {
			t.Fatal(stderr)
		}
		for name, text := range documents(t, dir) {
			files[name] = text
		}
		args = append(args, dir)
	}
	if code, _, stderr := run(args...); code != exitGood {
		t.Fatal(stderr)
	}
	if !reflect.DeepEqual(files, documents(t, whole)) {
		t.Error("the shards' documents are not those of one run")
	}
	for _, name := range []string{"summary.json", "district.csv", registerName} {
		a, b := withoutTimes(t, filepath.Join(whole, name)), withoutTimes(t, filepath.Join(merged, name))
		if a != b {
			t.Errorf("%s of one run:\n%s\nmerged:\n%s", name, a, b)
		}
	}
}

// TestMergeStrangers: shards that are not of one batch are refused in the user's language, and files of removed departments
// stay where they are: the register does not list them, the help says so, and a whole run moves them.
func TestMergeStrangers(t *testing.T) {
	root, out := writeDistrict(t, 3), t.TempDir()
	for _, shard := range []string{"1/2", "2/2"} {
		batchEnds(t, exitGood, root, "-o", out, "--shard", shard)
	}
	if err := os.RemoveAll(filepath.Join(root, "2026", "000002")); err != nil {
		t.Fatal(err)
	}
	for _, shard := range []string{"1/2", "2/2"} {
		batchEnds(t, exitGood, root, "-o", out, "--shard", shard)
	}
	batchEnds(t, exitGood, "--merge", out, "-o", out)
	register, err := os.ReadFile(filepath.Join(out, registerName))
	if err != nil {
		t.Fatal(err)
	}
	files := documents(t, out)
	if _, there := files[pdfOf("2")]; !there || strings.Contains(string(register), pdfOf("2")) || !strings.Contains(string(register), pdfOf("1")) {
		t.Errorf("after merging %v\n%s", keys(files), register)
	}
	if _, help, _ := run("batch", "--help"); !strings.Contains(help, "合并（--merge）") || !strings.Contains(help, "不移也不列出旧文件") {
		t.Errorf("the help does not say so:\n%s", help)
	}
	batchEnds(t, exitGood, root, "-o", out)
	if files := documents(t, out); files[pdfOf("2")] != "" {
		t.Errorf("after a whole run %v", keys(files))
	}
	batchEnds(t, exitGood, root, "-o", out, "--shard", "1/3")
	if code, _, stderr := run("batch", "--merge", out, "-o", out); code != exitUsage || strings.Contains(stderr, "shard") || !strings.Contains(stderr, "1/3") {
		t.Errorf("code %d: %s", code, stderr)
	}
}

func withoutTimes(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(`"millis": ?\d+`).ReplaceAllString(string(raw), "")
}

// TestKilled kills a batch at twenty moments. After each, every file under its final name is whole; in the end all is
// as after an undisturbed run.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("starts many processes")
	}
	root, whole, out := writeDistrict(t, 12), t.TempDir(), t.TempDir()
	var names []string
	for _, f := range build.Forms() {
		names = append(names, string(f))
	}
	formats := strings.Join(names, ",")
	if msg, err := program("batch", root, "-o", whole, "--formats", formats).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, msg)
	}
	want := documents(t, whole)
	moments := uint64(12345)
	for range 20 {
		c := program("batch", root, "-o", out, "--formats", formats)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		moments = moments*6364136223846793005 + 1442695040888963407
		time.Sleep(time.Duration(moments>>33%400) * time.Millisecond)
		_ = c.Process.Kill() // it may have ended
		_ = c.Wait()
		for name, text := range documents(t, out) {
			if text != want[name] {
				t.Fatalf("%s is not whole: %d bytes of %d", name, len(text), len(want[name]))
			}
		}
	}
	if msg, err := program("batch", root, "-o", out, "--formats", formats).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, msg)
	}
	if !reflect.DeepEqual(documents(t, out), want) {
		t.Error("the files differ from those of an undisturbed run")
	}
	if left, _ := filepath.Glob(filepath.Join(out, stateFolder, "tmp*", "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if code, stdout, _ := runProgram(t, "batch", root, "-o", out, "--formats", formats); code != exitGood || !strings.Contains(stdout, "未变动 12") {
		t.Errorf("code %d: %s", code, stdout)
	}
}

func runProgram(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	c := program(args...)
	var out, errs bytes.Buffer
	c.Stdout, c.Stderr = &out, &errs
	_ = c.Run() // the exit code tells
	return c.ProcessState.ExitCode(), out.String(), errs.String()
}

// TestInterrupted sends Ctrl-C: documents in the making are finished, and the program ends by itself.
func TestInterrupted(t *testing.T) {
	if testing.Short() || runtime.GOOS == "windows" {
		t.Skip("starts a process and sends it a signal")
	}
	root, out := writeDistrict(t, 60), t.TempDir()
	c := program("batch", root, "-o", out, "--jobs", "1")
	var stderr bytes.Buffer
	c.Stderr = &stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	for range 500 {
		if left, _ := filepath.Glob(filepath.Join(out, "*.pdf")); len(left) > 0 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait()
	made := documents(t, out)
	if code := c.ProcessState.ExitCode(); code != exitMachine || !strings.Contains(stderr.String(), "再次运行会接着做") || len(made) == 0 || len(made) >= 60 {
		t.Errorf("code %d, %d documents: %s", code, len(made), stderr.String())
	}
	if _, err := os.Stat(filepath.Join(out, "summary.json")); err != nil {
		t.Error(err)
	}
}

// TestDiskFull writes to a file system that is too small, where the machine offers one.
func TestDiskFull(t *testing.T) {
	if testing.Short() || runtime.GOOS != "linux" {
		t.Skip("needs a small file system")
	}
	root, small, whole := writeDistrict(t, 8), t.TempDir(), t.TempDir()
	if err := exec.Command("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small).Run(); err != nil {
		t.Skip("may not mount")
	}
	defer func() { _ = exec.Command("umount", small).Run() }()
	out := filepath.Join(small, "out")
	code, _, stderr := run("batch", root, "-o", out)
	if code != exitMachine || !strings.Contains(stderr, "腾出空间") {
		t.Errorf("code %d: %s", code, stderr)
	}
	if code, _, stderr := run("batch", root, "-o", whole); code != exitGood {
		t.Fatal(stderr)
	}
	want := documents(t, whole)
	made := documents(t, out)
	for name, text := range made {
		if strings.HasSuffix(name, ".pdf") && text != want[name] {
			t.Errorf("%s is not whole", name)
		}
	}
	if err := exec.Command("mount", "-o", "remount,size=64m", small).Run(); err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := run("batch", root, "-o", out)
	if code != exitGood || !slices.Equal(keys(documents(t, out)), keys(want)) || len(made) > 0 && !strings.Contains(stdout, "未变动") {
		t.Errorf("code %d after there was room: %s %s", code, stdout, stderr)
	}
}

func keys(m map[string]string) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
