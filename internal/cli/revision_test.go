package cli

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// breaking is where nothing can be written, for no reason that the program expects.
type breaking struct{}

func (breaking) Write([]byte) (int, error) { panic("a fault of ours") }

// TestFaultsAreReported: what only a maintainer can mend ends with the words that a maintainer needs: the fault, the exact
// program, where it happened.
func TestFaultsAreReported(t *testing.T) {
	var stderr bytes.Buffer
	code := Main([]string{"packs"}, breaking{}, &stderr)
	for _, want := range []string{"程序出错：a fault of ours\n", "交给程序的维护者", exactProgram(), Version, runtime.GOOS + "/" + runtime.GOARCH, "revision_test.go"} {
		if !strings.Contains(stderr.String(), want) {
			t.Errorf("no %q in %s", want, stderr.String())
		}
	}
	if code != exitMachine {
		t.Errorf("exit code %d", code)
	}
}

// TestRevisionStaysOutOfDocuments: a program that knows its revision says so in --version and makes the same bytes as one that
// does not: the sample, and what a batch leaves in its folder.
func TestRevisionStaysOutOfDocuments(t *testing.T) {
	knowing, mark := stamped(t)
	if out, err := exec.Command(knowing, "--version").Output(); err != nil || !strings.HasPrefix(string(out), "yusuan "+Version+"（修订 "+mark) {
		t.Errorf("--version says %q, want the revision %s (%v)", out, mark, err)
	}
	if code, out, _ := run("--version"); code != exitGood || out != "yusuan "+Version+"\n" {
		t.Errorf("a program without a revision says %q", out)
	}

	root, work := writeDistrict(t, 2), t.TempDir()
	var made [2]map[string]string
	for i, start := range []func(args ...string) *exec.Cmd{program, func(args ...string) *exec.Cmd { return exec.Command(knowing, args...) }} {
		out := filepath.Join(work, strconv.Itoa(i))
		for _, c := range []*exec.Cmd{start("batch", root, "-o", out, "--jobs", "1"), start("build", sample, "-o", filepath.Join(out, "sample.pdf"))} {
			if said, err := c.CombinedOutput(); err != nil {
				t.Fatalf("%v: %v %s", c.Args, err, said)
			}
		}
		made[i] = contents(t, out)
	}
	documents := 0
	for file, text := range made[1] {
		if strings.Contains(text, mark) {
			t.Errorf("%s carries the revision", file)
		}
		if ext := filepath.Ext(file); ext == ".pdf" || ext == ".sha256" || ext == ".csv" {
			if documents++; text != made[0][file] {
				t.Errorf("%s depends on the revision", file)
			}
		}
	}
	if documents != 5 {
		t.Errorf("%d documents compared, want two of departments, the sample, the register, the district's sums", documents)
	}
}

// stamped is the program compiled so that it knows its revision, and the revision as it is shown.
func stamped(t *testing.T) (program, mark string) {
	t.Helper()
	head, err := exec.Command("git", "rev-parse", "HEAD").Output()
	if info, e := os.Stat("../../.git"); err != nil || e != nil || !info.IsDir() {
		t.Skip("needs git and a clone of the project, where the Go command knows the revision")
	}
	program = filepath.Join(t.TempDir(), "yusuan.exe")
	if out, err := exec.Command("go", "build", "-buildvcs=true", "-o", program, "../../cmd/yusuan").CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	return program, string(head[:12])
}

// contents are the files below a folder.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		files[filepath.ToSlash(rel)] = string(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
