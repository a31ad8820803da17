package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"yusuan/internal/archive"
	"yusuan/internal/pdfread"
	"yusuan/internal/testdept"
)

// writeTwoYears writes a department with the folder of its last year beside it, and returns that of this year.
func writeTwoYears(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	dir, files := testdept.Small(0)
	for name, text := range files {
		write(t, filepath.Join(root, dir, name), string(text))
		last := strings.NewReplacer("2025", "2024", "2026", "2025")
		write(t, filepath.Join(root, last.Replace(dir), name), last.Replace(string(text)))
	}
	return filepath.Join(root, filepath.FromSlash(dir))
}

// opened is what a document carries.
func opened(t *testing.T, raw []byte) *archive.Archive {
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
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// carried counts the files inside a document by their kind.
func carried(t *testing.T, raw []byte) map[archive.Kind]int {
	t.Helper()
	n := map[archive.Kind]int{}
	for _, x := range opened(t, raw).Files {
		n[x.Kind]++
	}
	return n
}

// TestSameBytesHoweverNamed: whatever way a folder is named, the document is the same, with what it was made of.
func TestSameBytesHoweverNamed(t *testing.T) {
	dir := writeTwoYears(t)
	want := built(t, dir)
	if n := carried(t, want); n[archive.KindData] != 5 || n[archive.KindPrior] != 5 {
		t.Fatalf("carried %v", n)
	}
	year, root := filepath.Dir(dir), filepath.Dir(filepath.Dir(dir))
	below := filepath.Join(dir, "_无数据")
	if err := os.Mkdir(below, 0o777); err != nil {
		t.Fatal(err)
	}
	type way struct{ from, name string }
	ways := []way{
		{dir, "."}, {dir, "./"}, {dir, "../000001"}, {below, ".."}, {below, "../"}, {year, "000001"}, {year, "000001/"}, {year, "./000001"},
		{root, "2026/000001/."}, {root, dir + "/"}, {dir, "../../2026/../2026/000001"},
	}
	if runtime.GOOS != "windows" { // where a link needs a right that few have
		links := t.TempDir()
		for link, to := range map[string]string{"部门": dir, "年": year, "2027": dir} {
			if err := os.Symlink(to, filepath.Join(links, link)); err != nil {
				t.Fatal(err)
			}
		}
		ways = append(ways, way{links, "部门"}, way{links, "年/000001"}, way{links, "2027"}, way{root, filepath.Join(links, "部门")},
			way{filepath.Join(links, "部门"), "."}, way{filepath.Join(links, "年"), "000001"})
	}
	for _, w := range ways {
		t.Run(w.name, func(t *testing.T) {
			t.Chdir(w.from)
			if !bytes.Equal(built(t, w.name), want) {
				t.Errorf("%s from %s makes another document", w.name, w.from)
			}
		})
	}
}

// TestBatchSameBytesHoweverNamed is the same for batch, for each edition, and for a department without its head, which
// only the year's folder tells.
func TestBatchSameBytesHoweverNamed(t *testing.T) {
	dir := writeTwoYears(t)
	year, root := filepath.Dir(dir), filepath.Dir(filepath.Dir(dir))
	write(t, filepath.Join(year, "000002", "basic.toml"), "[[basic]]\n")
	want := map[string]string{}
	for _, x := range []struct {
		from, name string
		code       int
	}{
		{filepath.Dir(root), year, exitData}, {year, ".", exitData}, {dir, "..", exitData}, {root, "2026", exitData}, {dir, ".", exitGood}, {root, dir, exitGood},
	} {
		t.Chdir(x.from)
		out := t.TempDir()
		code, stdout, stderr := run("batch", x.name, "-o", out, "--editions", "all")
		if code != x.code {
			t.Errorf("%s from %s: code %d\n%s%s", x.name, x.from, code, stdout, stderr)
		}
		for name, text := range documents(t, out) {
			if !strings.HasSuffix(name, ".pdf") {
				continue
			}
			if want[name] == "" {
				want[name] = text
			}
			if text != want[name] {
				t.Errorf("%s from %s makes another %s", x.name, x.from, name)
			}
		}
	}
	if len(want) != 1 {
		t.Errorf("%d documents", len(want))
	}
}
