package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/compare"
	"yusuan/internal/pdfread"
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

// TestDiffMarks: the pages that marked pages draw more on than the new document are those that differ from the old one's, and
// those that the report names; marked pages take the place of earlier ones.
func TestDiffMarks(t *testing.T) {
	d := sampleDrafts(t)
	file := filepath.Join(t.TempDir(), "对照稿.pdf")
	var reported []int
	for range 2 { // over its own older one
		code, out, errs := run("diff", d.old["PDF"], d.new["workbook"], "--format", "json", "-o", file)
		var r struct {
			Cells, Sentences []struct{ Pages []struct{ Sheet int } }
		}
		if err := json.Unmarshal([]byte(out), &r); code != exitGood || err != nil {
			t.Fatal(code, err, errs)
		}
		reported = nil
		for _, x := range append(r.Cells, r.Sentences...) {
			for _, p := range x.Pages {
				reported = append(reported, p.Sheet-1)
			}
		}
		slices.Sort(reported)
		reported = slices.Compact(reported)
	}
	pages := func(name string) []pdfread.Page {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := pdfread.Open(raw)
		if err != nil {
			t.Fatal(err)
		}
		list, err := f.Pages()
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	old, fresh, marked := pages(d.old["PDF"]), pages(d.new["PDF"]), pages(file)
	if len(old) != len(fresh) || len(marked) <= len(fresh) {
		t.Fatal(len(old), len(fresh), len(marked), "pages")
	}
	var differ, more []int
	rules := func(p pdfread.Page) int { return bytes.Count(p.Content, []byte(" re\n")) }
	for i := range fresh {
		if !bytes.Equal(old[i].Content, fresh[i].Content) {
			differ = append(differ, i)
		}
		if rules(marked[i]) > rules(fresh[i]) {
			more = append(more, i)
		}
	}
	if len(differ) != 12 || !slices.Equal(differ, more) || !slices.Equal(differ, reported) {
		t.Errorf("pages that differ %v, with marks %v, reported %v", differ, more, reported)
	}
}
