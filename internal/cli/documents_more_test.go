package cli

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yusuan/internal/pdfium"
	"yusuan/internal/web"
)

// TestCheckMarksPDF: the marked copy is the document with notes behind it, byte for byte; it may be written again, and takes the place
// of nothing else.
func TestCheckMarksPDF(t *testing.T) {
	root := t.TempDir()
	raw := printed(t, department(t, publishing), misprint(t, "3", "50.00", "50.10"))
	file, marked := filepath.Join(root, "错.pdf"), filepath.Join(root, "批注.pdf")
	write(t, file, string(raw))
	for range 2 {
		code, _, stderr := run("check", file, "--marked", marked)
		says(t, "marked", code, exitData, stderr, "问题标在 "+filepath.ToSlash(marked))
	}
	got, err := os.ReadFile(marked)
	if err != nil || !bytes.HasPrefix(got, raw) || !bytes.Contains(got[len(raw):], []byte("/Highlight")) {
		t.Errorf("%v: %d bytes of %d are no copy with notes", err, len(got), len(raw))
	}
	write(t, marked, "%PDF-1.4 别人的")
	if code, _, stderr := run("check", file, "--marked", marked); code != exitUsage || !strings.Contains(stderr, "没有覆盖") {
		t.Errorf("over a file of another: exit %d %s", code, stderr)
	}
	whole := filepath.Join(root, "好.pdf")
	write(t, whole, string(printed(t, department(t, publishing), asPrinted)))
	if code, stdout, stderr := run("check", whole, "--marked", filepath.Join(root, "无.pdf")); code != exitGood || existsAt(filepath.Join(root, "无.pdf")) != strings.Contains(stderr, "问题标在") {
		t.Errorf("a document without errors: exit %d %s%s", code, stdout, stderr)
	}
}

func existsAt(name string) bool { _, err := os.Stat(name); return err == nil }

// TestCheckWithLastYear: with last year's document changes are held against it; one of another year is told and not compared with.
func TestCheckWithLastYear(t *testing.T) {
	root := t.TempDir()
	page := func(name string) string { return filepath.Join(root, name) }
	good(t, "build", "../../data/2026/338", "-o", page("今年.html"))
	good(t, "build", "../../data/2025/338", "-o", page("上年.html"))
	count := func(args ...string) (errors int, text string) {
		t.Helper()
		_, stdout, stderr := run(append([]string{"check", page("今年.html")}, args...)...)
		return strings.Count(stdout, ": 错误 "), stdout + stderr
	}
	if n, text := count("--with", page("上年.html")); n != 0 {
		t.Errorf("with the right document:\n%s", text)
	}
	raw, err := os.ReadFile(page("上年.html"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, page("上年.html"), strings.ReplaceAll(string(raw), "2,538.83", "2,539.83"))
	if n, text := count("--with", page("上年.html")); n == 0 || !strings.Contains(text, "2,539.83") {
		t.Errorf("with another total of last year:\n%s", text)
	}
	if n, text := count("--with", page("今年.html")); n != 0 || !strings.Contains(text, "是2026年的，不是2025年的，没有和上年核对") {
		t.Errorf("with itself:\n%s", text)
	}
}

// TestCheckInTheWindow: a document of another that is dropped on the program is checked in the window, with each finding at its
// place on the pages, and can be kept with notes.
func TestCheckInTheWindow(t *testing.T) {
	file := filepath.Join(t.TempDir(), "某局.pdf")
	raw := bytes.Replace(printed(t, department(t, publishing), misprint(t, "3", "50.00", "50.10")), []byte(madeBy), []byte("<pdf:Producer>another"), 1)
	write(t, file, string(raw))
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	b := startBrowser(t, web.Wish{Dropped: []string{file}})
	t.Setenv("XDG_CACHE_HOME", cache) // what takes seconds is made once for all tests
	if b.at != "/check?given=0" {
		t.Errorf("a document of another starts at %s", b.at)
	}
	var x web.Judged
	b.post("/api/check/given", map[string]int{"given": 0}, &x, "")
	if x.Refused != "" || x.Errors == 0 || len(x.Pages) < 10 || len(x.Findings) == 0 || len(x.Findings[0].Boxes) == 0 || x.Findings[0].Boxes[0].Width <= 0 || !strings.Contains(x.Closing, "核对了模板11张表里的11张") {
		t.Errorf("%+v", x)
	}
	get := func(path string) *httptest.ResponseRecorder {
		return b.do(httptest.NewRequest(http.MethodGet, "http://"+browserAddress+path, nil))
	}
	at := fmt.Sprintf("/api/check/%d/", x.ID)
	if got := get(at + "pages/1"); got.Code != http.StatusOK || !bytes.HasPrefix(got.Body.Bytes(), []byte("\x89PNG")) {
		t.Errorf("page 1: %d", got.Code)
	}
	if got := get(at + "copies/marked"); got.Code != http.StatusOK || !bytes.HasPrefix(got.Body.Bytes(), raw) {
		t.Errorf("the copy: %d, %d bytes", got.Code, got.Body.Len())
	}
	if got := get(at + "copies/list"); got.Code != http.StatusOK || !bytes.HasPrefix(got.Body.Bytes(), []byte("PK")) {
		t.Errorf("the list: %d", got.Code)
	}
	b.get(at+"pages/999", nil, "没有这一页")
	b.get("/api/check/99/pages/1", nil, "再核对一次")
	b.post("/api/check/given", map[string]int{"given": 1}, nil, "没有这个文件")
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	part, err := m.CreateFormFile("file", "../../坏.docx") // a name is never a path
	if err == nil {
		_, err = part.Write([]byte("PK\x03\x04"))
	}
	if err = cmpErr(err, m.Close()); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "http://"+browserAddress+"/api/check", &body)
	r.Header.Set("Content-Type", m.FormDataContentType())
	if b.read(b.do(r), &x, ""); x.Refused == "" || x.Name != "坏.docx" {
		t.Errorf("what is broken: %+v", x)
	}
}

// TestEngineSaysThatItPrepares: the first start, which takes seconds, is told of; without a cache the engine works as well.
func TestEngineSaysThatItPrepares(t *testing.T) {
	if !pdfium.Supported || testing.Short() {
		t.Skip("a start without cache takes seconds")
	}
	t.Setenv("XDG_CACHE_HOME", "")
	t.Setenv("HOME", "")
	if engineCache() != "" {
		t.Skip("this system has a cache for everybody")
	}
	var said bytes.Buffer
	e := &pdfEngine{tell: &said}
	defer e.close()
	pages, err := e.pages("a.pdf", printed(t, department(t, clean), asPrinted))
	if err != nil || len(pages) < 10 {
		t.Fatal(err, len(pages))
	}
	if said.String() != "第一次读 PDF，要准备几秒……\n" {
		t.Errorf("it says %q", said.String())
	}
}

// TestComparisonsWithoutLastYear: sentences that compare with last year are not counted as checked where nothing is known of it.
func TestComparisonsWithoutLastYear(t *testing.T) {
	name := filepath.Join(t.TempDir(), "338.html")
	if code, _, errs := run("build", "../../data/2026/338", "-o", name); code != 0 {
		t.Fatal(errs)
	}
	_, out, _ := run("check", name)
	last := out[strings.LastIndex(strings.TrimSpace(out), "\n")+1:]
	if !strings.Contains(last, "句“比上年增减”没有给出上年公开的文件可比") {
		t.Errorf("check ends with %s", last)
	}
}
