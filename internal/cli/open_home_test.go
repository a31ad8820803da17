package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"yusuan/internal/testdept"
	"yusuan/internal/web"
)

// browser is a window that was let in.
type browser struct {
	t      *testing.T
	server *web.Server
	cookie *http.Cookie
	at     string // where the start led
}

const browserAddress = "127.0.0.1:9"

// startBrowser starts the page with its settings in a folder of the test's own.
func startBrowser(t *testing.T, wish web.Wish) *browser {
	t.Helper()
	home := t.TempDir()
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "AppData", "USERPROFILE"} {
		t.Setenv(name, home)
	}
	world, err := (&app{out: new(bytes.Buffer), err: new(bytes.Buffer)}).opening().world(browserAddress)
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{t: t, server: web.New(world)}
	t.Cleanup(func() {
		if err := b.server.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	start, err := b.server.Start(wish)
	if err != nil {
		t.Fatal(err)
	}
	answer := b.do(httptest.NewRequest(http.MethodGet, start, nil))
	b.cookie, b.at = answer.Result().Cookies()[0], answer.Header().Get("Location")
	return b
}

func (b *browser) do(r *http.Request) *httptest.ResponseRecorder {
	r.Host = browserAddress
	if b.cookie != nil {
		r.AddCookie(b.cookie)
	}
	rec := httptest.NewRecorder()
	b.server.HTTP.Handler.ServeHTTP(rec, r)
	return rec
}

// get reads an answer; refused are words of a refusal that is wanted instead.
func (b *browser) get(path string, into any, refused string) {
	b.t.Helper()
	b.read(b.do(httptest.NewRequest(http.MethodGet, "http://"+browserAddress+path, nil)), into, refused)
}

func (b *browser) post(path string, body, into any, refused string) {
	b.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		b.t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "http://"+browserAddress+path, bytes.NewReader(raw))
	r.Header.Set("Content-Type", "application/json")
	b.read(b.do(r), into, refused)
}

func (b *browser) read(rec *httptest.ResponseRecorder, into any, refused string) {
	b.t.Helper()
	if refused != "" {
		var no struct{ Error string }
		if err := json.Unmarshal(rec.Body.Bytes(), &no); err != nil || rec.Code < 400 || !strings.Contains(no.Error, refused) {
			b.t.Fatalf("answer %d %s, want %q", rec.Code, rec.Body, refused)
		}
		return
	}
	if rec.Code != http.StatusOK {
		b.t.Fatalf("answer %d %s", rec.Code, rec.Body)
	}
	if into != nil {
		if err := json.Unmarshal(rec.Body.Bytes(), into); err != nil {
			b.t.Fatal(err, rec.Body)
		}
	}
}

// waitFor asks until something is so.
func (b *browser) waitFor(what string, is func() bool) {
	b.t.Helper()
	for range 600 {
		if is() {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.t.Fatal("still waiting for ", what)
}

// smallDistrict writes n small departments, and last year's beside them.
func smallDistrict(t *testing.T, n int) (root string) {
	t.Helper()
	top := t.TempDir()
	for i := range n {
		dir, files := testdept.Small(i)
		for name, text := range files {
			writeTest(t, filepath.Join(top, "data", filepath.FromSlash(dir), name), text)
		}
	}
	root, err := filepath.EvalSymlinks(filepath.Join(top, "data"))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func writeTest(t *testing.T, name string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, content, 0o666); err != nil {
		t.Fatal(err)
	}
}

// firstDepartment is a folder of data of a district.
func firstDepartment(t *testing.T, root string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(root, "*", "*", "department.toml"))
	if err != nil || len(found) == 0 {
		t.Fatal("no department", err)
	}
	return filepath.Dir(found[0])
}

type listedPlace struct {
	Dir, Up, Kind string
	Folders       []struct{ Name, Dir, Kind string }
	Left          int
}

// TestFoldersAreListedByNameAlone: the browser of folders tells names of folders; never files, what is hidden, or where links lead.
func TestFoldersAreListedByNameAlone(t *testing.T) {
	root := smallDistrict(t, 2)
	top := filepath.Dir(root)
	b := startBrowser(t, web.Wish{})
	writeTest(t, filepath.Join(top, "秘密.txt"), []byte("x"))
	writeTest(t, filepath.Join(top, ".hidden", "a"), []byte("x"))
	outside := t.TempDir()
	writeTest(t, filepath.Join(outside, "inside", "a"), []byte("x"))
	if runtime.GOOS != "windows" {
		if err := os.Symlink(outside, filepath.Join(top, "link")); err != nil {
			t.Fatal(err)
		}
	}
	var p listedPlace
	b.get("/api/folders?at="+url.QueryEscape(top), &p, "")
	if len(p.Folders) != 1 || p.Folders[0].Name != "data" || p.Folders[0].Kind != "root" {
		t.Errorf("%+v", p.Folders)
	}
	b.get("/api/folders?at="+url.QueryEscape(firstDepartment(t, root)), &p, "")
	if p.Kind != "data" || len(p.Folders) != 0 {
		t.Errorf("%+v", p)
	}
	for at, want := range map[string]string{"data": "不是完整的路径", "../..": "不是完整的路径", top + "\x00": "不是完整的路径", `\\.\C:`: "不是完整的路径",
		filepath.Join(top, "秘密.txt"): "不是目录", filepath.Join(top, "none"): "打不开"} {
		b.get("/api/folders?at="+url.QueryEscape(at), nil, want)
	}
	cookie := b.cookie
	if b.cookie = nil; b.do(httptest.NewRequest(http.MethodGet, "http://"+browserAddress+"/api/folders", nil)).Code != http.StatusForbidden {
		t.Error("folders are told to whoever has no cookie")
	}
	r := httptest.NewRequest(http.MethodGet, "http://"+browserAddress+"/api/folders", nil)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if b.cookie = cookie; b.do(r).Code != http.StatusForbidden {
		t.Error("folders are told to another page")
	}
}

type homeShown struct {
	Recent []struct {
		Dir, Kind, Name string
		Year            int
	}
	Dropped []struct{ Name, Path, Kind string }
}

// TestWhatWasOpenedIsKept: newest first, what is gone is told, and the list lies among the user's settings for his eyes alone.
func TestWhatWasOpenedIsKept(t *testing.T) {
	root := smallDistrict(t, 2)
	dept := firstDepartment(t, root)
	b := startBrowser(t, web.Wish{Folder: dept, Dropped: []string{filepath.Join(root, "a.pdf"), dept}})
	if !strings.HasPrefix(b.at, "/d/") {
		t.Errorf("started at %s", b.at)
	}
	var to struct{ Address string }
	b.post("/api/open", map[string]string{"dir": "“" + root + "”"}, &to, "")
	if !strings.HasPrefix(to.Address, "/b/") {
		t.Errorf("a root opens at %s", to.Address)
	}
	b.post("/api/open", map[string]string{"dir": filepath.Dir(filepath.Dir(root))}, nil, "没有部门数据")
	b.post("/api/open", map[string]string{"dir": " "}, nil, "没有写文件夹")
	var h homeShown
	b.get("/api/home", &h, "")
	if len(h.Recent) != 2 || h.Recent[0].Dir != root || h.Recent[0].Kind != "root" || h.Recent[1].Kind != "data" || h.Recent[1].Name == "" || h.Recent[1].Year == 0 {
		t.Errorf("%+v", h.Recent)
	}
	if len(h.Dropped) != 2 || h.Dropped[0].Kind != "gone" || h.Dropped[1].Kind != "data" {
		t.Errorf("%+v", h.Dropped)
	}
	list := newRecents().file
	if info, err := os.Stat(list); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Error("others may read what was opened: ", info.Mode(), err)
	}
	if err := os.Rename(dept, dept+"-away"); err != nil {
		t.Fatal(err)
	}
	b.get("/api/home", &h, "")
	if h.Recent[1].Kind != "gone" {
		t.Errorf("what is gone is shown as %s", h.Recent[1].Kind)
	}
	b.post("/api/forget", map[string]string{"dir": dept}, nil, "")
	if b.get("/api/home", &h, ""); len(h.Recent) != 1 {
		t.Errorf("%+v", h.Recent)
	}
	if err := os.Rename(dept+"-away", dept); err != nil {
		t.Fatal(err)
	}
}

// TestNewFolderFromTheGallery: every pack of the program has pages to look at, and a new folder is made of one.
func TestNewFolderFromTheGallery(t *testing.T) {
	b := startBrowser(t, web.Wish{})
	var packs []struct {
		ID, Note    string
		First, Last int
		Tables      []string
	}
	b.get("/api/packs", &packs, "")
	if len(packs) < 5 {
		t.Fatalf("%d packs", len(packs))
	}
	p := packs[0]
	var pages []struct{ W, H, Lines int }
	b.get("/api/packs/"+p.ID, &pages, "")
	if len(pages) < 5 || p.Note != "" || len(p.Tables) == 0 || !slices.ContainsFunc(pages, func(x struct{ W, H, Lines int }) bool { return x.Lines > 20 }) {
		t.Errorf("%+v %d", p, len(pages))
	}
	rec := b.do(httptest.NewRequest(http.MethodGet, "http://"+browserAddress+"/api/packs/"+p.ID+"/0", nil))
	if rec.Code != http.StatusOK || !strings.HasPrefix(rec.Body.String(), "<svg") || rec.Header().Get("Content-Type") != "image/svg+xml" {
		t.Error("no picture: ", rec.Code)
	}
	b.get("/api/packs/%2e%2e%2fdata", nil, "没有这个模板")
	b.get("/api/packs/"+p.ID+"/999999", nil, "没有这一页")
	dir := filepath.Join(t.TempDir(), "2026", "338")
	ask := map[string]any{"pack": p.ID, "dir": dir, "code": "338", "year": p.Last}
	for key, bad := range map[string]struct {
		value any
		want  string
	}{"pack": {"../x", "没有选模板"}, "dir": {"data/338", "不是完整的路径"}, "code": {"../..", "不是数字"}, "year": {1999, "适用于"}} {
		with := map[string]any{}
		for k, v := range ask {
			with[k] = v
		}
		with[key] = bad.value
		b.post("/api/new", with, nil, bad.want)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("a refused folder was made")
	}
	var to struct{ Address string }
	b.post("/api/new", ask, &to, "")
	if !strings.HasPrefix(to.Address, "/d/") {
		t.Errorf("opens at %s", to.Address)
	}
	b.post("/api/new", ask, nil, "已有文件")
	var where struct{ Dir string }
	if b.get(fmt.Sprintf("/api/where?year=%d&code=339", p.Last), &where, ""); !strings.HasSuffix(filepath.ToSlash(where.Dir), fmt.Sprintf("/%d/339", p.Last)) {
		t.Errorf("where: %s", where.Dir)
	}
}

// TestRollIsShownBeforeItIsDone: the plan says what there will be to do and writes nothing; then it is as said.
func TestRollIsShownBeforeItIsDone(t *testing.T) {
	root := smallDistrict(t, 1)
	dept := firstDepartment(t, root)
	b := startBrowser(t, web.Wish{})
	var plan, done struct {
		Dir, Name, Address   string
		Year, Amounts, Marks int
	}
	b.post("/api/roll/plan", map[string]string{"from": dept, "dir": ""}, &plan, "")
	if plan.Amounts == 0 || plan.Marks == 0 || filepath.Base(filepath.Dir(plan.Dir)) != fmt.Sprint(plan.Year) || filepath.Base(plan.Dir) != filepath.Base(dept) {
		t.Errorf("%+v", plan)
	}
	if _, err := os.Stat(plan.Dir); err == nil {
		t.Fatal("the plan was carried out")
	}
	b.post("/api/roll/plan", map[string]string{"from": dept, "dir": dept}, nil, "已有文件")
	b.post("/api/roll/plan", map[string]string{"from": "338", "dir": ""}, nil, "不是完整的路径")
	b.post("/api/roll", map[string]string{"from": dept, "dir": plan.Dir}, &done, "")
	var marks []struct{ ID string }
	if b.get(done.Address+"api/reviews", &marks, ""); len(marks) != plan.Marks {
		t.Errorf("%d marks were announced, %d are listed", plan.Marks, len(marks))
	}
	raw, err := os.ReadFile(filepath.Join(plan.Dir, "department.toml"))
	if err != nil || !strings.HasPrefix(done.Address, "/d/") || !bytes.Contains(raw, fmt.Appendf(nil, "%d", plan.Year)) {
		t.Errorf("%+v %v\n%s", done, err, raw)
	}
}

// TestVerifyInTheWindow: what the command says, with the pages that differ; a file's name is never a path.
func TestVerifyInTheWindow(t *testing.T) {
	root := smallDistrict(t, 1)
	dept := firstDepartment(t, root)
	pdf := filepath.Join(t.TempDir(), "a.pdf")
	ofd := strings.TrimSuffix(pdf, ".pdf") + ".ofd"
	if code, _, errs := run("build", dept, "-o", pdf, "-o", ofd); code != exitGood {
		t.Fatal(errs)
	}
	b := startBrowser(t, web.Wish{Dropped: []string{pdf}})
	if b.at != "/verify?given=0" {
		t.Errorf("a PDF starts at %s", b.at)
	}
	var x struct {
		Name, Verdict string
		Lines         []string
		Pages         []any
	}
	b.post("/api/verify/given", map[string]int{"given": 0}, &x, "")
	if x.Verdict != "same" || x.Name != "a.pdf" || len(x.Lines) == 0 {
		t.Errorf("%+v", x)
	}
	b.post("/api/verify/given", map[string]int{"given": 1}, nil, "没有这个文件")
	b = startBrowser(t, web.Wish{Dropped: []string{ofd}})
	if b.at != "/verify?given=0" {
		t.Errorf("an OFD starts at %s", b.at)
	}
	b.post("/api/verify/given", map[string]int{"given": 0}, &x, "")
	if x.Verdict != "same" || x.Name != "a.ofd" || len(x.Lines) == 0 {
		t.Errorf("%+v", x)
	}
	raw, err := os.ReadFile(pdf)
	if err != nil {
		t.Fatal(err)
	}
	send := func(name string, content []byte) {
		t.Helper()
		var body bytes.Buffer
		m := multipart.NewWriter(&body)
		part, err := m.CreateFormFile("file", name)
		if err == nil {
			_, err = part.Write(content)
		}
		if err = cmpErr(err, m.Close()); err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest(http.MethodPost, "http://"+browserAddress+"/api/verify", &body)
		r.Header.Set("Content-Type", m.FormDataContentType())
		b.read(b.do(r), &x, "")
	}
	send("../../etc/坏.pdf", append(bytes.Clone(raw), " "...))
	if x.Verdict != "differs" || x.Name != "坏.pdf" {
		t.Errorf("%+v", x)
	}
	send("b.pdf", []byte("%PDF-1.7 nothing"))
	if x.Verdict != "unreadable" || len(x.Lines) == 0 {
		t.Errorf("%+v", x)
	}
	b.get("/api/verify/9/0/was", nil, "再核验一次")
}

func cmpErr(a, b error) error {
	if a != nil {
		return a
	}
	return b
}
