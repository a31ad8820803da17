package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yusuan/internal/archive"
	"yusuan/internal/batch"
)

// TestRegister makes a district and holds that its register names each published file with its sum, tells its own, and
// that verify finds out with it which file is a published one: a file made anew from other data is consistent in itself.
func TestRegister(t *testing.T) {
	root, out := writeDistrict(t, 3), t.TempDir()
	_, stdout, _ := run("batch", root, "-o", out)
	name := filepath.Join(out, registerName)
	raw, err := os.ReadFile(name)
	if err != nil || !strings.Contains(stdout, "\n  "+archive.Sum(raw)+"\n") {
		t.Fatalf("%v: the register's own sum %s is not told:\n%s", err, archive.Sum(raw), stdout)
	}
	published := func() (files []string) {
		for file := range documents(t, out) {
			if strings.HasSuffix(file, ".pdf") {
				files = append(files, file)
			}
		}
		return files
	}
	holds := func(when string, want int) {
		t.Helper()
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n")
		if files := published(); len(lines) != want || len(files) != want {
			t.Errorf("%s: %d lines for %d files, want %d", when, len(lines), len(files), want)
		}
		for _, file := range published() {
			content, err := os.ReadFile(filepath.Join(out, file))
			if want := archive.Sum(content) + "  " + file; err != nil || !strings.Contains(string(raw), want+"\n") {
				t.Errorf("%s: no line %s", when, want)
			}
		}
	}
	holds("at first", 3)
	run("batch", root, "-o", out)
	holds("where nothing is made", 3)

	one := filepath.Join(out, oneOf(t, published(), "1"))
	if code, stdout, _ := run("verify", one, "--register", name); code != exitGood || !strings.Contains(stdout, "登记：就是登记的") || !strings.Contains(stdout, archive.Sum(raw)) {
		t.Errorf("a published file: exit %d\n%s", code, stdout)
	}
	// The same department with other data, which verify alone finds nothing wrong with: under the published name, and under
	// another.
	write(t, filepath.Join(root, "2026/000001/more.toml"), "# 更正\n")
	again := t.TempDir()
	if code, stdout, stderr := run("batch", filepath.Join(root, "2026/000001"), "-o", again); code != exitGood {
		t.Fatal(stdout, stderr)
	}
	forged := filepath.Join(again, filepath.Base(one))
	other := filepath.Join(again, "别的.pdf")
	content, err := os.ReadFile(forged)
	if err != nil {
		t.Fatal(err)
	}
	write(t, other, string(content))
	for file, says := range map[string]string{forged: "登记：不是登记的那一份，登记的“" + filepath.Base(one) + "”", other: "登记：登记表里没有这个文件"} {
		if code, stdout, _ := run("verify", file, "--register", name); code != exitData || !strings.Contains(stdout, says) || !strings.Contains(stdout, "：一致（") {
			t.Errorf("%s: exit %d\n%s", file, code, stdout)
		}
	}
	write(t, other, "没有校验值\n")
	if code, _, stderr := run("verify", one, "--register", other); code != exitUsage || !strings.Contains(stderr, "第 1 行") {
		t.Errorf("no register: exit %d %s", code, stderr)
	}
}

// oneOf is the file of the department with a number.
func oneOf(t *testing.T, files []string, number string) string {
	t.Helper()
	for _, f := range files {
		if strings.Contains(f, "第"+number+"档案馆") {
			return f
		}
	}
	t.Fatalf("no file of %s among %v", number, files)
	return ""
}

// TestRegisterKeepsWhatWasNotAskedFor: documents of units, made by an earlier run, are published still.
func TestRegisterKeepsWhatWasNotAskedFor(t *testing.T) {
	out := t.TempDir()
	const root = "../../testdata/departments/2025/010"
	for _, editions := range []string{"all", "department", "units"} {
		if code, _, stderr := run("batch", root, "-o", out, "--editions", editions); code != exitGood {
			t.Fatal(stderr)
		}
		raw, err := os.ReadFile(filepath.Join(out, registerName))
		if err != nil {
			t.Fatal(err)
		}
		r, line := batch.ReadRegister(raw)
		pdfs := 0
		for file := range documents(t, out) {
			if strings.HasSuffix(file, ".pdf") {
				pdfs++
			}
		}
		if line != 0 || pdfs < 2 || len(r) != pdfs {
			t.Errorf("--editions %s: %d of %d files:\n%s", editions, len(r), pdfs, raw)
		}
		for _, x := range r {
			content, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(x.Name)))
			if err != nil || archive.Sum(content) != x.SHA256 {
				t.Errorf("--editions %s: %s: %v", editions, x.Name, err)
			}
		}
	}
}
