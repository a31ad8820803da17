package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/compare"
	"yusuan/internal/redline"
)

// TestMarkedIsNotTakenForTheDocument: marked pages are refused by name wherever a document or data are asked for; they are not
// written over by a document, nor a document by them.
func TestMarkedIsNotTakenForTheDocument(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "900")
	if err := os.MkdirAll(data, 0o777); err != nil {
		t.Fatal(err)
	}
	write := func(name string, raw []byte) {
		t.Helper()
		if err := os.WriteFile(name, raw, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write(filepath.Join(data, "department.toml"), []byte(clean))
	s, err := (&app{}).shared()
	if err != nil {
		t.Fatal(err)
	}
	w, err := s.Check(build.Input{Data: os.DirFS(dir), Dir: "900"})
	if err != nil || w.Tree == nil {
		t.Fatal(err, w.Diags)
	}
	raw, err := w.MarkedPDF(w.Redline(&compare.Result{}))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "对照.pdf")
	write(file, raw)
	const what = "这是对照稿，不是公开文件"
	for _, args := range [][]string{{"verify", file}, {"extract", file, "-o", filepath.Join(dir, "取出")}, {"build", file}, {"check", file}} {
		if code, stdout, stderr := run(args...); code != exitUsage || !strings.Contains(stdout+stderr, what) {
			t.Errorf("%s: exit %d %s%s", args[0], code, stdout, stderr)
		}
	}
	if code, _, stderr := run("build", data, "-o", file); code != exitUsage || !strings.Contains(stderr, "是对照稿，没有覆盖") {
		t.Errorf("a document over marked pages: exit %d %s", code, stderr)
	}
	if now, _ := os.ReadFile(file); !bytes.Equal(now, raw) {
		t.Error("the marked pages are overwritten")
	}
	if err := mayWrite(file, isMarked); err != nil {
		t.Error("marked pages over earlier ones:", err)
	}
	document := filepath.Join(dir, "900.pdf")
	if code, stdout, stderr := run("build", data, "-o", document); code != exitGood {
		t.Fatal(code, stdout, stderr)
	}
	if err := mayWrite(document, isMarked); err == nil || !strings.Contains(err.Error(), "是公开文件，没有覆盖") {
		t.Error("marked pages over a document:", err)
	}
	published, _ := os.ReadFile(document)
	if what := draftOf(published); what != "" || !isOurPDF(published) || isOurPDF(raw) || draftOf(raw) != redline.Draft {
		t.Error("what the files are said to be:", what, isOurPDF(published), isOurPDF(raw), draftOf(raw))
	}
}
