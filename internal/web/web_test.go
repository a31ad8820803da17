package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"yusuan/data"
	"yusuan/fonts"
	"yusuan/internal/build"
	"yusuan/internal/desk"
	"yusuan/internal/testdept"
	"yusuan/templates"
)

var shared = sync.OnceValue(func() *build.Shared {
	lib, err := fonts.Library()
	if err != nil {
		panic(err)
	}
	return &build.Shared{Fonts: lib, Packs: templates.FS, Catalogue: data.Catalogue(), Program: "test"}
})

// disk is a data folder in memory that others may write into.
type disk struct {
	mu      sync.Mutex
	files   fstest.MapFS // never written into, but replaced: files may be read meanwhile
	refuse  error
	forget  error // of the journal
	journal bytes.Buffer
	lost    error
}

const where = "data/2026/338"

// sample is the sample department.
func sample(t testing.TB) *disk {
	t.Helper()
	k := &disk{files: fstest.MapFS{}}
	for _, dir := range []string{where, "data/2025/338"} {
		err := fs.WalkDir(os.DirFS("../.."), dir, func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			raw, err := os.ReadFile("../../" + name)
			k.files[name] = &fstest.MapFile{Data: raw}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return k
}

// large is a department with many of a kind.
func large(kind string, n int) *disk {
	k := &disk{files: fstest.MapFS{}}
	for name, raw := range testdept.Large(kind, n) {
		k.put(name, raw)
	}
	return k
}

func (k *disk) now() fstest.MapFS {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.files
}

func (k *disk) Open(name string) (fs.File, error) { return k.now().Open(name) }

func (k *disk) get(name string) string {
	if f := k.now()[where+"/"+name]; f != nil {
		return string(f.Data)
	}
	return ""
}

func (k *disk) put(name string, raw []byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.files = maps.Clone(k.files)
	if raw == nil {
		delete(k.files, where+"/"+name)
		return
	}
	k.files[where+"/"+name] = &fstest.MapFile{Data: raw}
}

func (k *disk) forgets(err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.forget = err
}

func (k *disk) refuses(err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.refuse = err
}

func (k *disk) loses(err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.lost = err
}

func (k *disk) write(_ string, files []desk.Written) error {
	k.mu.Lock()
	refuse := k.refuse
	k.mu.Unlock()
	if refuse != nil {
		return refuse
	}
	for _, f := range files {
		if k.get(f.Path) != string(f.Before) {
			return desk.ErrChanged
		}
	}
	for _, f := range files {
		k.put(f.Path, f.After)
	}
	return nil
}

func (k *disk) noted() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.journal.String()
}

func (k *disk) folder() Folder {
	return Folder{Name: "338", World: desk.World{Shared: shared(), Data: k, Dir: where, PriorDir: "data/2025/338", User: "张三", Now: time.Now, Write: k.write,
		Journal: func(line []byte) error {
			k.mu.Lock()
			defer k.mu.Unlock()
			if k.forget == nil {
				k.journal.Write(line)
			}
			return k.forget
		}},
		Stamp: func() (string, error) {
			stamp := k.stamp(where)
			k.mu.Lock()
			defer k.mu.Unlock()
			return stamp, k.lost
		},
		Around: func() string { return k.stamp("data/2025") },
	}
}

func (k *disk) stamp(dir string) string {
	files := k.now()
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.HasPrefix(name, dir) {
			fmt.Fprintf(&b, "%s %x\n", name, files[name].Data)
		}
	}
	return b.String()
}

// site is a server under test.
type site struct {
	t      testing.TB
	server *Server
	at     string // host and port
	disk   *disk
	client *http.Client
	folder string // path of its folder
	mu     sync.Mutex
	faults []string
}

// quick are times that tests have patience for.
func quick() Times {
	return Times{Save: 20 * time.Millisecond, Again: 30 * time.Millisecond, Poll: 20 * time.Millisecond, Beat: time.Second, Away: time.Hour, Idle: time.Hour,
		StartLink: time.Minute}
}

const secret = "a secret between starts"

// serve serves a folder to a window that has its cookie.
func serve(t testing.TB, k *disk, change func(*World)) *site {
	t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	x := &site{t: t, at: l.Addr().String(), disk: k}
	w := World{Program: "yusuan test", Address: x.at, Secret: secret, Times: quick(), Words: error.Error,
		Fault: func(what any, _ []byte) {
			x.mu.Lock()
			defer x.mu.Unlock()
			x.faults = append(x.faults, fmt.Sprint(what))
		},
		Open: func(dir string) (Folder, error) {
			if dir != "/"+where {
				return Folder{}, errors.New("没有目录 " + dir)
			}
			return k.folder(), nil
		}}
	if change != nil {
		change(&w)
	}
	x.server = New(w)
	served := make(chan error, 1)
	go func() { served <- x.server.HTTP.Serve(l) }()
	t.Cleanup(func() {
		x.close()
		if err := <-served; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	})
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	x.client = &http.Client{Jar: jar, Transport: &http.Transport{}}
	address, err := x.server.Start(Wish{Folder: "/" + where})
	if err != nil {
		t.Fatal(err)
	}
	r, err := x.client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	_ = r.Body.Close()
	if x.folder = r.Request.URL.Path; r.StatusCode != http.StatusOK || !strings.HasPrefix(x.folder, "/d/") {
		t.Fatal(r.Status, x.folder)
	}
	return x
}

func (x *site) close() {
	x.client.CloseIdleConnections()
	within, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := x.server.Close(within); err != nil {
		x.t.Log(err)
	}
}

// do asks for something below the folder, or by a whole path.
func (x *site) do(method, name, body string, head map[string]string) (status int, answer string, h http.Header) {
	x.t.Helper()
	if !strings.HasPrefix(name, "/") {
		name = x.folder + name
	}
	r, err := http.NewRequest(method, "http://"+x.at+name, strings.NewReader(body))
	if err != nil {
		x.t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for k, v := range head {
		r.Header.Set(k, v)
		if k == "Host" {
			r.Host = v
		}
	}
	got, err := x.client.Do(r)
	if err != nil {
		x.t.Fatal(err)
	}
	defer got.Body.Close()
	raw, err := io.ReadAll(got.Body)
	if err != nil {
		x.t.Fatal(err)
	}
	return got.StatusCode, string(raw), got.Header
}

// ask asks and wants an answer.
func (x *site) ask(method, name, body string, into any) {
	x.t.Helper()
	status, raw, _ := x.do(method, name, body, nil)
	if status != http.StatusOK {
		x.t.Fatalf("%s %s: %d %s", method, name, status, raw)
	}
	if into != nil {
		if err := json.Unmarshal([]byte(raw), into); err != nil {
			x.t.Fatalf("%s: %v\n%.300s", name, err, raw)
		}
	}
}

// state is a state as a window has it.
type state struct {
	Seq       string
	Rev       int
	PagesRev  int `json:"pages_rev"`
	Settling  bool
	Full      bool
	Saved     string
	SaveError string `json:"save_error"`
	Noted     string
	Failed    string
	Undo      string
	Errors    int
	Stale     bool
	Tables    []wireTable
	Rows      []wireRow
	Order     map[string][]string
	Pages     []wirePage
	Problems  []wireProblem
	Found     []string
	Conflicts []wireConflict
	Blocked   []wireBlocked
	Broken    []wireBroken
}

// since asks what changed.
func (x *site) since(seq string) (s state) {
	x.t.Helper()
	x.ask("GET", "api/state?since="+seq, "", &s)
	return s
}

func (x *site) all() *state {
	s := x.since("")
	return &s
}

// until waits for a whole state.
func (x *site) until(what string, is func(*state) bool) *state {
	x.t.Helper()
	var s state
	for range 1000 {
		if s = x.since(""); is(&s) {
			return &s
		}
		time.Sleep(10 * time.Millisecond)
	}
	x.t.Fatalf("never %s: rev %d, saved %s %s, failed %s, settling %v, %d conflicts", what, s.Rev, s.Saved, s.SaveError, s.Failed, s.Settling, len(s.Conflicts))
	return nil
}

func settled(s *state) bool { return !s.Settling && s.PagesRev == s.Rev }

// row is the row of a table in which a field says something.
func (s *state) row(t testing.TB, table, key, text string) *wireRow {
	t.Helper()
	for i := range s.Rows {
		if r := &s.Rows[i]; r.Table == table && r.value(key) == text {
			return r
		}
	}
	t.Fatalf("no row of %s in which %s is %s", table, key, text)
	return nil
}

func (r *wireRow) value(key string) string {
	for _, v := range r.Values {
		if v.Key == key {
			return v.Text
		}
	}
	return ""
}

// set is the body that sets a value.
func set(row, key, text, was string) string {
	return string(encode(map[string]any{"changes": []wireChange{{Op: desk.Set, Row: row, Key: key, Text: text, Was: was}}}))
}

func (x *site) told() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return strings.Join(x.faults, "\n")
}
