package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"yusuan/internal/archive"
	"yusuan/internal/pdfread"
)

// years are the sample's folders with their golden hashes.
var years = []string{"2025/338", "2026/338"}

// hashes are the hash of a document's pages and that of the whole file, as the golden file has them.
func hashes(t testing.TB, raw []byte) string {
	t.Helper()
	f, err := pdfread.Open(raw)
	if err != nil {
		t.Fatal(err)
	}
	attached, err := f.Attachments()
	if err != nil {
		t.Fatal(err)
	}
	a, err := archive.Read(attached)
	if err != nil || len(a.Faults) > 0 {
		t.Fatal(err, a.Faults)
	}
	return fmt.Sprintf("%s  content\n%s  file\n", a.Manifest.Content, archive.Sum(raw))
}

func built(t testing.TB, dir string) []byte {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out.pdf")
	if code, _, stderr := run("build", dir, "-o", out); code != exitGood {
		t.Fatalf("%s: exit %d\n%s", dir, code, stderr)
	}
	raw, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// TestGoldenHashes guards the sample against changes that nobody meant: of its pages, and of the bytes of its file.
// make golden renews the hashes.
func TestGoldenHashes(t *testing.T) {
	for _, y := range years {
		got := hashes(t, built(t, "../../data/"+y))
		golden := "../../testdata/golden/" + strings.ReplaceAll(y, "/", "-") + ".sha256"
		if os.Getenv("UPDATE") != "" {
			if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if got != strings.ReplaceAll(string(want), "\r\n", "\n") {
			t.Errorf("data/%s: the document has changed:\n%swant\n%sIf that is meant: make golden, and look at the pages.", y, got, want)
		}
	}
}

// TestSameBytesEverywhere builds the sample in other environments, from elsewhere, and many times at once.
func TestSameBytesEverywhere(t *testing.T) {
	want := built(t, sample)
	dir, err := filepath.Abs(sample)
	if err != nil {
		t.Fatal(err)
	}
	for _, env := range [][]string{
		{"TZ=America/Los_Angeles", "LANG=C", "GOMAXPROCS=1"},
		{"TZ=Asia/Shanghai", "LANG=zh_CN.UTF-8", "LC_ALL=zh_CN.GB18030", "GOMAXPROCS=8", "GOGC=5"},
		{"TZ=", "LANG=tr_TR.UTF-8", "SOURCE_DATE_EPOCH=1", "HOME="},
	} {
		out := filepath.Join(t.TempDir(), "另 处", "out.pdf")
		c := program("build", dir, "-o", out)
		c.Dir = t.TempDir()
		c.Env = append(c.Env, env...)
		if msg, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", env, err, msg)
		}
		got, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%v: other bytes", env)
		}
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if !bytes.Equal(built(t, sample), want) {
				t.Error("other bytes when built beside others")
			}
		})
	}
	wg.Wait()
}

// TestExtractAndVerify takes a document's data out, builds from it, and holds that the data is what it was and that the
// document is the same again.
func TestExtractAndVerify(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "338.pdf")
	raw := built(t, sample)
	if err := os.WriteFile(file, raw, 0o666); err != nil {
		t.Fatal(err)
	}
	if code, stdout, stderr := run("verify", file); code != exitGood || strings.Count(stdout, "\n") != 1 || !strings.Contains(stdout, "一致") {
		t.Errorf("exit %d: %s%s", code, stdout, stderr)
	}
	out := filepath.Join(dir, "取出")
	for range 2 { // again over what is there already
		if code, _, stderr := run("extract", file, "-o", out); code != exitGood {
			t.Fatalf("exit %d: %s", code, stderr)
		}
	}
	n := 0
	for _, y := range years {
		err := filepath.WalkDir("../../data/"+y, func(name string, e os.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			n++
			want, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			got, err := os.ReadFile(filepath.Join(out, strings.TrimPrefix(name, "../../")))
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s: %v, %d bytes of %d", name, err, len(got), len(want))
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if n < 15 {
		t.Errorf("%d files", n)
	}
	if !bytes.Equal(built(t, filepath.Join(out, "data", "2026", "338")), raw) {
		t.Error("built from what was extracted: other bytes")
	}
	// A file in the way is not overwritten.
	if err := os.WriteFile(filepath.Join(out, "manifest.json"), []byte("{}"), 0o666); err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := run("extract", file, "-o", out); code != exitMachine || !strings.Contains(stderr, "已经存在") {
		t.Errorf("exit %d: %s", code, stderr)
	}
}

// TestVerifyTells holds what verify says of a document that was changed, and its exit codes.
func TestVerifyTells(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "338.pdf")
	// The title in the metadata stands in the file as plain text.
	raw := bytes.Replace(built(t, sample), []byte("<pdf:Producer>yusuan"), []byte("<pdf:Producer>Yusuan"), 1)
	if err := os.WriteFile(file, raw, 0o666); err != nil {
		t.Fatal(err)
	}
	pictures := filepath.Join(dir, "pictures")
	if code, stdout, _ := run("verify", file, "--picture", pictures); code != exitData || !strings.Contains(stdout, "不一致") || !strings.Contains(stdout, "文件：") {
		t.Errorf("exit %d: %s", code, stdout)
	}
	if err := os.WriteFile(file, []byte("%PDF-1.7\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"verify", file}, {"verify", filepath.Join(dir, "none.pdf")}, {"verify"}, {"extract", file, "-o", dir}, {"extract", file}} {
		if code, _, _ := run(args...); code != exitUsage {
			t.Errorf("%v: exit %d", args, code)
		}
	}
	for _, c := range []struct{ content, says string }{
		{"部门预算", "不是 PDF 文件"}, {"%PDF-1.7\n", "文件不完整"}, {string(raw[:len(raw)/2]), "文件不完整"},
		{"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Encrypt 2 0 R>>\nstartxref\n9\n%%EOF\n", "文件加了密"},
		{"%PDF-1.7\nstartxref\n3\n%%EOF\n", "文件已损坏"},
	} {
		if err := os.WriteFile(file, []byte(c.content), 0o666); err != nil {
			t.Fatal(err)
		}
		if code, stdout, _ := run("verify", file); code != exitUsage || !strings.Contains(stdout, c.says) {
			t.Errorf("verify exit %d, want %s: %s", code, c.says, stdout)
		}
		if code, _, stderr := run("extract", file, "-o", dir); code != exitUsage || !strings.Contains(stderr, c.says) {
			t.Errorf("extract exit %d, want %s: %s", code, c.says, stderr)
		}
	}
}

// TestExtractStaysInside holds that extract follows no link out of its folder.
func TestExtractStaysInside(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need a privilege on Windows")
	}
	dir := t.TempDir()
	outside := t.TempDir()
	if err := os.Symlink(outside, filepath.Join(dir, "data")); err != nil {
		t.Fatal(err)
	}
	x := &archive.Archive{Raw: []byte("{}"), Files: []archive.File{{Path: "data/x", Data: []byte("x")}}}
	if n, err := writeArchive(x, dir); err == nil {
		t.Errorf("wrote %d files", n)
	}
	if entries, err := os.ReadDir(outside); err != nil || len(entries) > 0 {
		t.Errorf("outside: %v, %v", entries, err)
	}
}
