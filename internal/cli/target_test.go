package cli

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// TestNamesFromData: without -o no name of a department leads anywhere, and one too long for a file is told.
func TestNamesFromData(t *testing.T) {
	for name, want := range map[string]string{
		"/etc/x":                   "_etc_x2026年部门预算.pdf",
		"../../某区档案馆":              "_.._某区档案馆2026年部门预算.pdf",
		"某市A/B局":                   "某市A_B局2026年部门预算.pdf",
		`D:\公开*局`:                  "D__公开_局2026年部门预算.pdf",
		strings.Repeat("某区档案", 30): "",
	} {
		toml := fmt.Sprintf("name = '%s'", name)
		dir := department(t, strings.ReplaceAll(clean, `name = "某区档案馆"`, toml))
		from := filepath.Join(t.TempDir(), "1", "2", "3")
		if err := os.MkdirAll(from, 0o777); err != nil {
			t.Fatal(err)
		}
		t.Chdir(from)
		code, stdout, stderr := run("build", dir)
		made, _ := filepath.Glob("*")
		switch {
		case want == "":
			if code != exitData || len(made) > 0 || !strings.Contains(stderr, "文件系统最多 255 字节") || !strings.Contains(stderr, "-o") {
				t.Errorf("%.30s…: code %d, made %q\n%s", name, code, made, stderr)
			}
			if code, _, stderr := run("build", dir, "-o", "短.pdf"); code != exitGood {
				t.Errorf("with -o: code %d\n%s", code, stderr)
			}
		case code != exitGood || len(made) != 1 || made[0] != want || !strings.Contains(stdout, want):
			t.Errorf("%s: code %d, made %q, want %q\n%s%s", name, code, made, want, stdout, stderr)
		}
	}
}

// TestBatchNamesFromData: a department's slash makes no folder, its colon and star no trouble on Windows; one name that
// is too long stops its department alone.
func TestBatchNamesFromData(t *testing.T) {
	root, out := t.TempDir(), t.TempDir()
	for i, name := range []string{"某市A/B局", "某市C:D局", "某市E*F局", strings.Repeat("某区档案", 30)} {
		toml := strings.NewReplacer(`name = "某区档案馆"`, fmt.Sprintf("name = %q", name), `"900`, fmt.Sprintf(`"90%d`, i)).Replace(clean)
		write(t, filepath.Join(root, "2026", fmt.Sprintf("90%d", i), "department.toml"), toml)
	}
	code, stdout, stderr := run("batch", root, "-o", out)
	var made []string
	for name := range documents(t, out) {
		if strings.HasSuffix(name, ".pdf") {
			made = append(made, name)
		}
	}
	want := map[string]bool{"某市A_B局2026年部门预算.pdf": true, "某市C_D局2026年部门预算.pdf": true, "某市E_F局2026年部门预算.pdf": true}
	for _, name := range made {
		if !want[name] {
			t.Errorf("made %q", name)
		}
	}
	if code != exitData || len(made) != len(want) || !strings.Contains(stderr, "最多 255 字节") || !strings.Contains(stdout, "数据有误 1") || !strings.Contains(stdout, "批量-001") {
		t.Errorf("code %d, made %q\n%s%s", code, made, stdout, stderr)
	}
}

// TestWrongTargets: -o onto what the user would miss is refused, and nothing is touched.
func TestWrongTargets(t *testing.T) {
	dir := department(t, clean)
	w := t.TempDir()
	foreign, folder := filepath.Join(w, "扫描件.pdf"), filepath.Join(w, "目录.pdf")
	write(t, foreign, "%PDF-1.4\nscanned and signed\n%%EOF\n")
	write(t, filepath.Join(w, "数.xlsx"), "PK\x03\x04 of somebody else")
	if err := os.Mkdir(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	toml := filepath.Join(dir, "department.toml")
	cases := []struct {
		args []string
		says string
	}{
		{[]string{"build", dir, "-o", toml}, "数据目录"},
		{[]string{"build", dir, "-o", filepath.Join(dir, "新.toml")}, "数据目录"},
		{[]string{"build", dir, "-o", filepath.Join(dir, "新.TOML.txt")}, "数据目录"},
		{[]string{"build", dir, "-o", foreign}, "不是本程序生成的文件，没有覆盖"},
		{[]string{"build", dir, "-o", folder}, "是目录"},
		{[]string{"build", dir, "-o", filepath.Join(w, "新") + "/"}, "是目录"},
		{[]string{"build", dir, "-o", filepath.Join(w, "con.html")}, "是 Windows 的设备名"},
		{[]string{"build", dir, "-o", filepath.Join(w, "公开.pdf "), "-o", filepath.Join(w, "a.html")}, "以点或空格结尾"},
		{[]string{"check", dir, "--xlsx", filepath.Join(w, "单?.xlsx")}, "Windows 的文件名里不能有"},
		{[]string{"pack", "gallery", "wuhan", "-o", foreign}, "没有覆盖"},
		{[]string{"check", dir, "--xlsx", filepath.Join(w, "数.xlsx")}, "没有覆盖"},
	}
	if runtime.GOOS != "windows" {
		pipe, link := filepath.Join(w, "管道.pdf"), filepath.Join(w, "链接.pdf")
		if err := exec.Command("mkfifo", pipe).Run(); err != nil {
			t.Skip("no mkfifo")
		}
		if err := os.Symlink(toml, link); err != nil {
			t.Fatal(err)
		}
		cases = append(cases, struct {
			args []string
			says string
		}{[]string{"build", dir, "-o", pipe}, "设备或管道"}, struct {
			args []string
			says string
		}{[]string{"build", dir, "-o", link}, "没有覆盖"})
	}
	before := documents(t, dir)
	for _, c := range cases {
		if code, _, stderr := run(c.args...); code != exitUsage || !strings.Contains(stderr, c.says) {
			t.Errorf("%q: code %d: %s", c.args, code, stderr)
		}
	}
	if raw, _ := os.ReadFile(foreign); !bytes.HasSuffix(raw, []byte("signed\n%%EOF\n")) || len(documents(t, dir)) != 1 || documents(t, dir)["department.toml"] != before["department.toml"] {
		t.Error("files were touched")
	}
	ours := filepath.Join(w, "新.pdf")
	for range 2 { // what the program wrote it writes again
		if code, _, stderr := run("build", dir, "-o", ours); code != exitGood {
			t.Errorf("code %d: %s", code, stderr)
		}
		if code, _, stderr := run("check", dir, "--xlsx", filepath.Join(w, "单.xlsx")); code != exitGood {
			t.Errorf("code %d: %s", code, stderr)
		}
	}
}

// TestBatchKeepsForeignFile: a file of somebody else under a document's name stays.
func TestBatchKeepsForeignFile(t *testing.T) {
	root, out := writeDistrict(t, 2), t.TempDir()
	foreign := filepath.Join(out, "槐安区第1档案馆2026年部门预算.pdf")
	write(t, foreign, "%PDF-1.4\nscanned and signed\n%%EOF\n")
	code, stdout, stderr := run("batch", root, "-o", out)
	raw, err := os.ReadFile(foreign)
	if code != exitMachine || err != nil || !bytes.Contains(raw, []byte("signed")) || !strings.Contains(stderr, "不是本程序生成的文件") || !strings.Contains(stdout, "已生成 1，读写失败 1") {
		t.Errorf("code %d %v\n%s%s", code, err, stdout, stderr)
	}
}

// TestUmask: files have the rights that the user gives to files.
func TestUmask(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("has no umask")
	}
	dir, out := department(t, clean), t.TempDir()
	for mask, want := range map[string]os.FileMode{"077": 0o600, "027": 0o640, "002": 0o664} {
		name := filepath.Join(out, mask+".pdf")
		c := exec.Command("sh", "-c", `umask `+mask+`; exec "$0" build "$1" -o "$2"`, os.Args[0], dir, name)
		c.Env = append(os.Environ(), asProgram+"=1")
		if msg, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v %s", err, msg)
		}
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
			t.Errorf("umask %s: %v, want %v", mask, info.Mode(), want)
		}
	}
}

// TestTemporaryFiles: what a killed run left is gone after the next; what a living one writes stays.
func TestTemporaryFiles(t *testing.T) {
	dir, out := department(t, clean), t.TempDir()
	c := program("--version") // a process that is over
	if err := c.Run(); err != nil {
		t.Fatal(err)
	}
	living := exec.Command("sleep", "60")
	if runtime.GOOS == "windows" || living.Start() != nil {
		t.Skip("needs a process that waits")
	}
	defer func() { _ = living.Process.Kill(); _ = living.Wait() }()
	dead := fmt.Sprintf("%s%s-%d-0", tempPrefix, hostMark(), c.Process.Pid)
	alive := fmt.Sprintf("%s%s-%d-0", tempPrefix, hostMark(), living.Process.Pid)
	elsewhere := tempPrefix + "anotherhost-1-0"
	old := tempPrefix + "12345"
	for _, name := range []string{dead, alive, elsewhere, old} {
		write(t, filepath.Join(out, name), "half")
	}
	long := time.Now().Add(-2 * oldTemp)
	if err := os.Chtimes(filepath.Join(out, old), long, long); err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := run("build", dir, "-o", filepath.Join(out, "x.pdf")); code != exitGood {
		t.Fatal(stderr)
	}
	for name, want := range map[string]bool{dead: false, old: false, alive: true, elsewhere: true} {
		if _, err := os.Stat(filepath.Join(out, name)); (err == nil) != want {
			t.Errorf("%s is there: %v", name, err == nil)
		}
	}
}

// TestBatchTemporaryFiles: what a killed shard left is gone after a run that is split otherwise.
func TestBatchTemporaryFiles(t *testing.T) {
	root, out := writeDistrict(t, 1), t.TempDir()
	c := program("--version")
	if err := c.Run(); err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(out, stateFolder, "tmp-2-of-8")
	write(t, filepath.Join(left, fmt.Sprintf("%s%s-%d-7", tempPrefix, hostMark(), c.Process.Pid)), "half")
	if code, _, stderr := run("batch", root, "-o", out); code != exitGood {
		t.Fatal(stderr)
	}
	if _, err := os.Stat(left); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s is still there", left)
	}
}

// TestTellsOfOldFile: after errors it is said that the file of an earlier run is not of these data.
func TestTellsOfOldFile(t *testing.T) {
	dir := department(t, clean)
	t.Chdir(t.TempDir())
	const name = "某区档案馆2026年部门预算.pdf"
	for _, args := range [][]string{{"build", dir}, {"build", dir, "-o", name}} {
		write(t, filepath.Join(dir, "department.toml"), clean)
		if code, _, stderr := run(args...); code != exitGood || strings.Contains(stderr, "没有生成") {
			t.Fatal(stderr)
		}
		then := time.Date(2026, 2, 3, 9, 5, 0, 0, time.Local)
		if err := os.Chtimes(name, then, then); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, "department.toml"), strings.Replace(clean, `economic = "30101"`, `economic = "3010"`, 1))
		code, _, stderr := run(args...)
		if code != exitData || !strings.Contains(stderr, "没有生成；原有的 "+name+" 是 2026年2月3日09:05 的") {
			t.Errorf("%q: code %d\n%s", args, code, stderr)
		}
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
		if _, _, stderr := run(args...); strings.Contains(stderr, "原有的") {
			t.Errorf("tells of a file that is not there: %s", stderr)
		}
	}
}

// full is an output that takes nothing, like a full disk.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) {
	return 0, &os.PathError{Op: "write", Path: "/dev/stdout", Err: syscall.ENOSPC}
}

// TestFullDiskOfResults: no command succeeds whose result does not arrive.
func TestFullDiskOfResults(t *testing.T) {
	dir := department(t, clean)
	pdf := filepath.Join(t.TempDir(), "x.pdf")
	if code, _, stderr := run("build", dir, "-o", pdf); code != exitGood {
		t.Fatal(stderr)
	}
	for _, args := range [][]string{
		{"explain"}, {"explain", "勾稽-010"}, {"figure", dir, "total"}, {"verify", pdf}, {"packs"}, {"fonts", dir}, {"--help"}, {"--version"},
		{"check", "--format", "json", dir}, {"build", dir, "-o", pdf}, {"extract", pdf, "-o", t.TempDir()}, {"batch", filepath.Dir(dir), "-o", t.TempDir()},
	} {
		var stderr bytes.Buffer
		if code := Main(args, fullDisk{}, &stderr); code != exitMachine || !strings.Contains(stderr.String(), "磁盘已满") {
			t.Errorf("%q: code %d: %s", args, code, stderr.String())
		}
	}
}

// TestWorkbooksNameTheProgram: lists say who made them and of which day the data are, not what a library says of itself.
func TestWorkbooksNameTheProgram(t *testing.T) {
	dir := department(t, strings.Replace(clean, `duties = ["保管档案。"]`, `duties = ["保管档案。","保管  档案。"]`, 1))
	w := t.TempDir()
	list, out := filepath.Join(w, "问题清单.xlsx"), filepath.Join(w, "out")
	if code, _, stderr := run("check", dir, "--xlsx", list); code == exitUsage || code == exitMachine {
		t.Fatal(stderr)
	}
	if code, _, stderr := run("batch", filepath.Dir(dir), "-o", out); code == exitUsage || code == exitMachine {
		t.Fatal(stderr)
	}
	for _, name := range []string{list, filepath.Join(out, "summary.xlsx")} {
		f, err := excelize.OpenFile(name)
		if err != nil {
			t.Fatal(err)
		}
		core, err1 := f.GetDocProps()
		app, err2 := f.GetAppProps()
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		if core.Creator != "yusuan "+Version || core.LastModifiedBy != core.Creator || core.Created != "2026-02-01T00:00:00Z" || core.Modified != core.Created || app.Application != "yusuan" {
			t.Errorf("%s: %+v %+v", filepath.Base(name), core, app)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}
