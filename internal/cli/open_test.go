package cli

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"yusuan/internal/source"
	"yusuan/internal/web"
)

// spoken is what a program that runs says, as far as it has.
type spoken struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (w *spoken) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.b.Write(b)
}

func (w *spoken) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.b.String()
}

// startedOpen is the page as it is served, with a window that has its cookie.
type startedOpen struct {
	t       *testing.T
	out     *spoken
	address string // of the page
	site    string
	window  *http.Client
	ended   chan error
}

// startOpen runs what `yusuan open` runs.
func startOpen(t *testing.T, args ...string) *startedOpen {
	t.Helper()
	x := &startedOpen{t: t, out: &spoken{}, ended: make(chan error, 1)}
	shown := make(chan string, 1)
	o := &opening{app: &app{out: x.out, err: x.out}, times: web.Usual(), browse: func(address string) error { shown <- address; return nil }}
	go func() { x.ended <- o.open(args) }()
	select {
	case address := <-shown:
		x.enter(address)
	case err := <-x.ended:
		t.Fatal(err, x.out)
	case <-time.After(20 * time.Second):
		t.Fatal("no address: ", x.out)
	}
	return x
}

func (x *startedOpen) enter(address string) {
	x.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		x.t.Fatal(err)
	}
	x.window = &http.Client{Jar: jar}
	r, err := x.window.Get(address)
	if err != nil || r.StatusCode != http.StatusOK {
		x.t.Fatal(r, err)
	}
	_ = r.Body.Close()
	x.address, x.site = r.Request.URL.String(), "http://"+r.Request.URL.Host
}

func (x *startedOpen) post(path, body string) string {
	x.t.Helper()
	r, err := x.window.Post(path, "application/json", strings.NewReader(body))
	if err != nil {
		x.t.Fatal(err)
	}
	defer r.Body.Close()
	raw, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		x.t.Fatal(r.Status, string(raw), err)
	}
	return string(raw)
}

// end ends it as a window does.
func (x *startedOpen) end() error {
	x.t.Helper()
	x.post(x.site+"/api/close", "{}")
	x.window.CloseIdleConnections()
	select {
	case err := <-x.ended:
		return err
	case <-time.After(20 * time.Second):
		x.t.Fatal("does not end")
	}
	return nil
}

// ownCache gives the program a cache of its own for a test.
func ownCache(t *testing.T) string {
	dir := t.TempDir()
	for _, name := range []string{"XDG_CACHE_HOME", "XDG_CONFIG_HOME", "HOME", "LocalAppData", "AppData"} {
		t.Setenv(name, dir)
	}
	return dir
}

// typeInto changes the first amount of a folder that has one to 7.
func (x *startedOpen) typeInto() {
	x.t.Helper()
	r, err := x.window.Get(x.address + "api/state")
	if err != nil {
		x.t.Fatal(err)
	}
	defer r.Body.Close()
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		x.t.Fatal(err)
	}
	m := regexp.MustCompile(`\{"id":"([^"]*)","table":"basic".*?\{"key":"amount","text":"([0-9.]*)"`).FindSubmatch(raw)
	if m == nil {
		x.t.Fatalf("no amount: %.2000s", raw)
	}
	if out := x.post(x.address+"api/edit", `{"changes":[{"op":"set","row":"`+string(m[1])+`","key":"amount","text":"7","was":"`+string(m[2])+`"}]}`); !strings.Contains(out, `"rev":1`) {
		x.t.Fatal(out)
	}
}

// TestOpen: the page is served, what is typed in it is in the files when it ends, and nothing else of it in the folder but .yusuan.
func TestOpen(t *testing.T) {
	cache := ownCache(t)
	dir := department(t, clean)
	before := filesBelow(t, dir)
	x := startOpen(t, dir)
	if says := x.out.String(); !regexp.MustCompile(`(?m)^地址：http://127\.0\.0\.1:\d+/start/\S+$`).MatchString(says) {
		t.Error(says)
	}
	x.typeInto()
	if err := x.end(); err != nil {
		t.Fatal(err)
	}
	if says := x.out.String(); !strings.HasSuffix(says, "已经退出\n") {
		t.Error(says)
	}
	after := filesBelow(t, dir)
	changed := 0
	for name, content := range after {
		switch {
		case strings.HasPrefix(name, source.Own+"/"):
		case before[name] == content:
		case strings.Contains(content, "amount = 7"):
			changed++
		default:
			t.Errorf("%s is new or another", name)
		}
	}
	if changed != 1 || len(before) == 0 || after[source.Own+"/journal.jsonl"] == "" || !strings.HasSuffix(after[source.Own+"/journal.jsonl"], "\n") {
		t.Errorf("%d files changed; journal: %s", changed, after[source.Own+"/journal.jsonl"])
	}
	if _, err := os.Stat(filepath.Join(dir, source.Own, "lock")); !errors.Is(err, os.ErrNotExist) {
		t.Error("a lock is left", err)
	}
	for name := range filesBelow(t, cache) {
		if strings.HasSuffix(name, ".json") && !strings.Contains(name, "recent") {
			t.Error("it notes that it runs and does not:", name)
		}
	}
	if code, out, errs := run("restore", dir); code != exitGood || strings.Count(out, "编辑") != 1 {
		t.Errorf("what was there before it was typed into: %d\n%s%s", code, out, errs)
	}
}

// TestOpenStaysOutOfDocuments: what the page keeps in the folder is in no document.
func TestOpenStaysOutOfDocuments(t *testing.T) {
	ownCache(t)
	dir, out := department(t, clean), t.TempDir()
	build := func(name string) []byte {
		t.Helper()
		if code, _, errs := run("build", dir, "-o", filepath.Join(out, name)); code != exitGood {
			t.Fatal(errs)
		}
		raw, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	first := build("a.pdf")
	journal := dataFolder(dir)
	if err := journal.Note([]byte(`{"kind": "edit", "notes": [{"words": "谁改了什么"}]}` + "\n")); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, build("b.pdf")) {
		t.Error("another document")
	}
}

// TestOpenTwice: a second start opens a window of the first, which nobody else can ask.
func TestOpenTwice(t *testing.T) {
	cache := ownCache(t)
	dir, other := department(t, clean), department(t, clean)
	x := startOpen(t, dir)
	var note string
	for name := range filesBelow(t, cache) {
		if strings.HasSuffix(name, ".json") && !strings.Contains(name, "recent") {
			note = filepath.Join(cache, name)
		}
	}
	info, err := os.Stat(note)
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Error(info.Mode())
	}
	var address string
	out := &spoken{}
	o := &opening{app: &app{out: out, err: out}, times: web.Usual(), browse: func(a string) error { address = a; return nil }}
	if err := o.open([]string{other}); err != nil || !strings.HasPrefix(address, x.site+"/start/") || !strings.Contains(out.String(), "已经开着") {
		t.Fatal(err, address, out)
	}
	first := x.address
	if x.enter(address); x.address == first || !strings.HasPrefix(x.address, x.site+"/d/") {
		t.Error(x.address, first)
	}
	if err := o.open([]string{dir}); err != nil {
		t.Fatal(err)
	}
	if x.enter(address); x.address != first {
		t.Error("the same folder is another", x.address, first)
	}
	if err := x.end(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(note); !errors.Is(err, os.ErrNotExist) {
		t.Error("the note stays", err)
	}
	// One that was killed leaves its note: the next start finds nobody there.
	if err := noteRunning(note, noted{os.Getpid(), "127.0.0.1:1", "x"}); err != nil {
		t.Fatal(err)
	}
	x = startOpen(t, dir)
	if err := x.end(); err != nil {
		t.Error(err)
	}
}

// TestOpenNamed: without a command, folders and files that are there are opened; all else is a command that there is not.
func TestOpenNamed(t *testing.T) {
	ownCache(t)
	dir := department(t, clean)
	book := filepath.Join(t.TempDir(), "338.XLSX")
	write(t, book, "x")
	notes := filepath.Join(t.TempDir(), "notes.txt")
	write(t, notes, "x")
	if code, out, _ := run(); code != exitGood || !strings.Contains(out, "用法：\n  yusuan 命令") || !strings.Contains(out, "\n  open ") {
		t.Error("alone it shows its help", code, out)
	}
	for _, args := range [][]string{{notes}, {filepath.Join(dir, "none")}, {dir, "chek"}} {
		if code, _, errs := run(args...); code != exitUsage || !strings.Contains(errs, "没有命令") {
			t.Error(args, code, errs)
		}
	}
	w, err := wished([]string{dir, book})
	if err != nil || w.Folder == "" || w.Root != "" || len(w.Dropped) != 1 || !filepath.IsAbs(w.Dropped[0]) {
		t.Errorf("%+v %v", w, err)
	}
	root := t.TempDir()
	write(t, filepath.Join(root, "district.toml"), "")
	if w, err := wished([]string{root}); err != nil || w.Root == "" || w.Folder != "" {
		t.Errorf("%+v %v", w, err)
	}
	for _, c := range []struct{ args, says string }{{"open " + dir + " " + dir, "一次打开一个"}, {"open " + filepath.Join(dir, "none"), "没有目录"}, {"open --browser", "没有选项 --browser"}} {
		if code, _, errs := run(strings.Fields(c.args)...); code != exitUsage || !strings.Contains(errs, c.says) {
			t.Error(c.args, code, errs)
		}
	}
}

// TestOpenBrowserMissing: where no browser can be opened the address is there to copy.
func TestOpenBrowserMissing(t *testing.T) {
	out := &spoken{}
	o := &opening{app: &app{out: out, err: out}, browse: func(string) error { return errors.New("这里没有图形界面") }}
	o.show("http://127.0.0.1:1/start/x")
	if says := out.String(); says != "地址：http://127.0.0.1:1/start/x\n打不开浏览器（这里没有图形界面）；把上面的地址复制到浏览器里\n" {
		t.Error(says)
	}
}

// TestJournalLines: a line is a line whatever became of the one before.
func TestJournalLines(t *testing.T) {
	dir := department(t, clean)
	f := dataFolder(dir)
	for _, line := range []string{"{\"a\":1}\n", "{\"a\":2}"} {
		if err := f.Note([]byte(line)); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Note([]byte("{\"a\":3}\n")); err != nil { // behind one that was cut off
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, source.Own, "journal.jsonl"))
	if err != nil || string(raw) != "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n" {
		t.Errorf("%q %v", raw, err)
	}
}

// filesBelow are the contents of the files below a folder.
func filesBelow(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		out[filepath.ToSlash(rel)] = string(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
