package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yusuan/internal/imports"
	"yusuan/internal/web"
)

// handWindow is a window that is open on a folder.
type handWindow struct {
	t      *testing.T
	server *web.Server
	base   string // http://127.0.0.1:9/d/ID/
	cookie *http.Cookie
}

const handAddress = "127.0.0.1:9"

func openWindow(t *testing.T, dir string) *handWindow {
	t.Helper()
	o := testApp().opening()
	world, err := o.world(handAddress)
	if err != nil {
		t.Fatal(err)
	}
	w := &handWindow{t: t, server: web.New(world)}
	t.Cleanup(func() {
		if err := w.server.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	start, err := w.server.Start(web.Wish{Folder: dir})
	if err != nil {
		t.Fatal(err)
	}
	answer := w.do(httptest.NewRequest(http.MethodGet, start, nil))
	w.cookie = answer.Result().Cookies()[0]
	w.base = "http://" + handAddress + answer.Header().Get("Location")
	return w
}

func (w *handWindow) do(r *http.Request) *httptest.ResponseRecorder {
	r.Host = handAddress
	if w.cookie != nil {
		r.AddCookie(w.cookie)
	}
	rec := httptest.NewRecorder()
	w.server.HTTP.Handler.ServeHTTP(rec, r)
	return rec
}

// answered reads the JSON of an answer that is well, or wants an error that says words.
func (w *handWindow) answered(rec *httptest.ResponseRecorder, into any, words string) {
	w.t.Helper()
	var no struct{ Error string }
	switch {
	case words != "":
		if err := json.Unmarshal(rec.Body.Bytes(), &no); err != nil || rec.Code < 400 || rec.Code >= 500 || !strings.Contains(no.Error, words) {
			w.t.Fatalf("answer %d %s, want %q", rec.Code, rec.Body, words)
		}
	case rec.Code != http.StatusOK:
		w.t.Fatalf("answer %d %s", rec.Code, rec.Body)
	default:
		if err := json.Unmarshal(rec.Body.Bytes(), into); err != nil {
			w.t.Fatal(err, rec.Body)
		}
	}
}

func (w *handWindow) get(path string, into any) {
	w.t.Helper()
	w.answered(w.do(httptest.NewRequest(http.MethodGet, w.base+path, nil)), into, "")
}

func (w *handWindow) post(path string, body, into any, words string) {
	w.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		w.t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, w.base+path, bytes.NewReader(raw))
	r.Header.Set("Content-Type", "application/json")
	w.answered(w.do(r), into, words)
}

// send sends files by a form, as a window does.
func (w *handWindow) send(path string, into any, words string, files ...web.Upload) {
	w.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for _, f := range files {
		p, err := m.CreateFormFile("file", f.Name)
		if err != nil {
			w.t.Fatal(err)
		}
		if _, err := p.Write(f.Bytes); err != nil {
			w.t.Fatal(err)
		}
	}
	if err := m.Close(); err != nil {
		w.t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, w.base+path, &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	w.answered(w.do(r), into, words)
}

type handTaken struct {
	Why, Words string
	Saved      bool
}

type handReceived struct {
	Token, Kind string
	Sheet       *web.Brought
	Import      *web.Importing
	Changes     []struct{ What, Key, Title, Was, Now, Words string }
}

func (w *handWindow) read(name string) string {
	w.t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		w.t.Fatal(err)
	}
	return string(raw)
}

// Documents go out by their own names alone, and the PDF to be printed is shown in the window.
func TestWindowHandsOut(t *testing.T) {
	dir := sampleFolder(t)
	w := openWindow(t, dir)
	var made web.Made
	w.post("api/make", web.MakeWish{Forms: []string{"pdf", "html"}}, &made, "")
	if len(made.Files) != 2 {
		t.Fatalf("%+v", made)
	}
	for _, f := range made.Files {
		rec := w.do(httptest.NewRequest(http.MethodGet, w.base+f.URL, nil))
		want := w.read(filepath.Join(filepath.Dir(dir), f.Name))
		if rec.Code != http.StatusOK || rec.Body.String() != want || !strings.HasPrefix(rec.Header().Get("Content-Disposition"), "attachment;") {
			t.Errorf("%s: %d %s", f.URL, rec.Code, rec.Header())
		}
	}
	for _, name := range []string{"basic.toml", "..%2F..%2F2026%2F338%2Fbasic.toml", "%2Fetc%2Fpasswd", url.PathEscape("没有.pdf")} {
		if rec := w.do(httptest.NewRequest(http.MethodGet, w.base+"out/"+name, nil)); rec.Code != http.StatusNotFound {
			t.Errorf("%s: %d %s", name, rec.Code, rec.Body)
		}
	}
	rec := w.do(httptest.NewRequest(http.MethodGet, w.base+"print", nil))
	if rec.Code != http.StatusOK || rec.Header().Get("Content-Type") != "application/pdf" || !strings.HasPrefix(rec.Header().Get("Content-Disposition"), "inline;") || !strings.Contains(rec.Header().Get("Content-Security-Policy"), "default-src 'none'") {
		t.Errorf("%d %s", rec.Code, rec.Header())
	}
	w.post("api/make", web.MakeWish{Into: dir, Forms: []string{"pdf"}}, nil, "放数据的文件夹")
}

// A workbook goes out, is filled in, and comes back as one step that can be taken back; nothing is written before it is decided.
func TestWindowSheet(t *testing.T) {
	dir := sampleFolder(t)
	w := openWindow(t, dir)
	var out struct{ Name, URL string }
	w.post("api/sheet/out", struct{}{}, &out, "")
	rec := w.do(httptest.NewRequest(http.MethodGet, w.base+out.URL, nil))
	if out.Name != "填报表-338-2026.xlsx" || rec.Code != http.StatusOK {
		t.Fatal(out, rec.Code)
	}
	file := filepath.Join(t.TempDir(), "a.xlsx")
	if err := os.WriteFile(file, rec.Body.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	before := dataOnDisk(t, dir)
	typedInto(t, file, "基本支出", map[string]any{amountCell(t, file, 5): 1234567})
	raw := w.read(file)
	var in handReceived
	w.send("api/import", &in, "", web.Upload{Name: `C:\表\..\填好.xlsx`, Bytes: []byte(raw)})
	if in.Kind != "sheet" || in.Sheet.Why != "由 填好.xlsx 带入" || len(in.Changes) != 1 || in.Changes[0].Now != "1,234,567" || in.Changes[0].Key != "amount" {
		t.Fatalf("%+v", in)
	}
	if !sameData(dataOnDisk(t, dir), before) {
		t.Fatal("written before it is decided")
	}
	var done handTaken
	w.post("api/sheet/take", map[string]any{"token": in.Token + "x"}, nil, "不在了")
	w.post("api/sheet/take", map[string]any{"token": in.Token}, &done, "")
	after := dataOnDisk(t, dir)
	if !done.Saved || sameData(after, before) || !strings.Contains(after[filepath.Join(dir, "basic.toml")], "1234567") {
		t.Fatalf("%+v", done)
	}
	w.post("api/undo", struct{}{}, &struct{}{}, "")
	w.post("api/save", struct{}{}, &struct{}{}, "")
	if !sameData(dataOnDisk(t, dir), before) {
		t.Error("it is not taken back as one step")
	}
	var states []web.KeptState
	w.get("api/backup", &states)
	if len(states) < 2 || states[1].Why != "由 填好.xlsx 带入" {
		t.Errorf("%+v", states)
	}
}

// What a workbook and the folder both changed is decided about, and rows that a workbook lacks go only when somebody says so.
func TestWindowSheetAsks(t *testing.T) {
	dir := sampleFolder(t)
	w := openWindow(t, dir)
	file := filepath.Join(t.TempDir(), "a.xlsx")
	good(t, "sheet", dir, "-o", file)
	name := filepath.Join(dir, "basic.toml")
	text := w.read(name)
	var first string
	for line := range strings.Lines(text) {
		if strings.Contains(line, "{ function") {
			first = line
			break
		}
	}
	typedInto(t, file, "基本支出", map[string]any{amountCell(t, file, 4): 11, amountCell(t, file, 6): 22})
	changed := strings.Replace(first, "amount = 1084800", "amount = 33", 1)
	if changed == first || os.WriteFile(name, []byte(strings.Replace(text, first, changed, 1)), 0o644) != nil {
		t.Fatal(first)
	}
	var x struct{}
	w.post("api/save", struct{}{}, &x, "")
	waitFor(t, w, "33")
	var in handReceived
	w.send("api/import", &in, "", web.Upload{Name: "a.xlsx", Bytes: []byte(w.read(file))})
	if len(in.Sheet.Conflicts) != 1 || in.Sheet.Conflicts[0].Mine != "11" || in.Sheet.Conflicts[0].Theirs != "33" || len(in.Changes) != 1 {
		t.Fatalf("%+v %+v", in.Sheet, in.Changes)
	}
	w.post("api/sheet/take", map[string]any{"token": in.Token}, nil, "两边都改过")
	w.post("api/sheet/take", map[string]any{"token": in.Token, "theirs": true}, &handTaken{}, "")
	if now := w.read(name); !strings.Contains(now, "amount = 33") || !strings.Contains(now, "22") {
		t.Error("what both changed is not as the folder has it, or the rest is not brought in")
	}
}

// waitFor waits until the desk has taken in what was changed outside.
func waitFor(t *testing.T, w *handWindow, text string) {
	t.Helper()
	for range 100 {
		time.Sleep(100 * time.Millisecond)
		var s struct {
			Rows []struct{ Values []struct{ Text string } }
		}
		w.get("api/state", &s)
		for _, r := range s.Rows {
			for _, v := range r.Values {
				if v.Text == text {
					return
				}
			}
		}
	}
	t.Fatal("never read: ", text)
}

// Exports are understood, mended by answers, and taken in as one step with their places.
func TestWindowImport(t *testing.T) {
	at := t.TempDir()
	dir := filepath.Join(at, "2026", "900")
	if code, out, errs := run("import", writeText(t, filepath.Join(at, "导出.txt"), basicExport), "--into", dir, "--template", "wuhan"); code != exitGood {
		t.Fatal(out, errs)
	}
	w := openWindow(t, dir)
	next := strings.NewReplacer("单位：元\n", "", "\t300\n", "\t310\n", "1500.5", "1510.5", "预算金额", "预算金额\t说不清的列", "1,200.50\n", "1,200.50\t7\n").Replace(basicExport)
	var in handReceived
	w.send("api/import", &in, "", web.Upload{Name: "新的.txt", Bytes: []byte(next)}, web.Upload{Name: "坏的.xlsx", Bytes: []byte("PK")})
	if in.Kind != "import" || len(in.Import.Refused) != 1 || in.Import.Errors == 0 || len(in.Import.Sheets) != 1 {
		t.Fatalf("%+v", in.Import)
	}
	for _, f := range in.Import.Found {
		if strings.Contains(f.Hint+f.Message, "对照文件") || strings.Contains(f.Hint, "yusuan ") {
			t.Errorf("it speaks of what a page has not: %+v", f)
		}
	}
	w.post("api/import/take", map[string]any{"token": in.Token}, nil, "没弄清")
	s := in.Import.Sheets[0]
	last := s.Columns[len(s.Columns)-1]
	if last.Head != "说不清的列" || len(last.Cells) == 0 || last.Cells[0] != "7" {
		t.Errorf("%+v", last)
	}
	how := map[string]any{"token": in.Token, "answers": map[string]any{"sheets": []any{map[string]any{"print": s.Print, "sheet": s.Sheet, "unit": "元",
		"columns": []any{map[string]any{"key": last.Key, "role": "不用"}}}}}}
	w.post("api/import/look", how, &in, "")
	if in.Import.Errors != 0 || len(in.Import.Changes) != 1 || in.Import.Changes[0].Kind != "changed" || in.Import.Changes[0].New != "310.00元" || !in.Import.Sheets[0].Agreed {
		t.Fatalf("%+v", in.Import)
	}
	var done handTaken
	w.post("api/import/take", map[string]any{"token": in.Token}, &done, "")
	if done.Words != "" || !done.Saved || !strings.Contains(w.read(filepath.Join(dir, "basic.toml")), "310") {
		t.Fatalf("%+v", done)
	}
	if kept := w.read(filepath.Join(dir, ".yusuan", "import.toml")); !strings.Contains(kept, `role = "不用"`) {
		t.Errorf("what was answered is not kept:\n%s", kept)
	}
	if places := w.read(filepath.Join(dir, ".yusuan", "places.json")); !strings.Contains(places, "新的.txt") {
		t.Error("places are not kept")
	}
	w.post("api/import/take", map[string]any{"token": in.Token}, nil, "不在了")
	w.send("api/import", nil, "没有选文件")
	w.send("api/import", nil, "没有收", web.Upload{Name: "大.xlsx", Bytes: make([]byte, 65<<20)})
}

// Going back to how the folder was is shown value by value, and is a step that can be taken back.
func TestWindowBackup(t *testing.T) {
	dir := sampleFolder(t)
	file := filepath.Join(t.TempDir(), "a.xlsx")
	good(t, "sheet", dir, "-o", file)
	typedInto(t, file, "基本支出", map[string]any{amountCell(t, file, 5): 77})
	first := dataOnDisk(t, dir)
	good(t, "sheet", file, "--into", dir)
	second := dataOnDisk(t, dir)
	w := openWindow(t, dir)
	var states []web.KeptState
	w.get("api/backup", &states)
	if len(states) != 1 || states[0].Why != "由 a.xlsx 带入" || !strings.Contains(states[0].Files, "basic.toml") || states[0].When == "" {
		t.Fatalf("%+v", states)
	}
	var back struct {
		Changes []struct{ Was, Now, Words string }
	}
	w.get("api/backup/1", &back)
	if len(back.Changes) != 1 || back.Changes[0].Was != "77" {
		t.Fatalf("%+v", back)
	}
	var done handTaken
	w.post("api/backup", map[string]any{"number": 1}, &done, "")
	if !sameData(dataOnDisk(t, dir), first) {
		t.Error("it is not as it was")
	}
	w.post("api/backup", map[string]any{"number": 1}, nil, "没有要恢复的")
	w.post("api/backup", map[string]any{"number": 99}, nil, "没有留着")
	w.post("api/undo", struct{}{}, &struct{}{}, "")
	w.post("api/save", struct{}{}, &struct{}{}, "")
	if !sameData(dataOnDisk(t, dir), second) {
		t.Error("going back cannot be taken back")
	}
	var journal struct {
		Steps []struct {
			Kind  string
			Notes []struct{ Words string }
		}
	}
	w.get("api/journal", &journal)
	if len(journal.Steps) != 2 || journal.Steps[0].Kind != "undo" || !strings.Contains(journal.Steps[1].Notes[0].Words, "恢复到") {
		t.Errorf("%+v", journal)
	}
}

// Files that were dropped on the program go into the folder that somebody chooses for them.
func TestWindowDropped(t *testing.T) {
	dir := sampleFolder(t)
	file := filepath.Join(t.TempDir(), "拖来.xlsx")
	good(t, "sheet", dir, "-o", file)
	w := openWindow(t, dir)
	if _, err := w.server.Start(web.Wish{Dropped: []string{file}}); err != nil {
		t.Fatal(err)
	}
	var in handReceived
	w.post("api/dropped", map[string]int{"given": 1}, nil, "没有拖进来")
	w.post("api/dropped", map[string]int{"given": 0}, &in, "")
	if in.Kind != "sheet" || len(in.Changes) != 0 {
		t.Errorf("%+v", in)
	}
	w.post("api/drop", struct{}{}, &struct{}{}, "")
	w.post("api/sheet/take", map[string]any{"token": in.Token}, nil, "不在了")
}

// TestExportsOfAnotherDepartment: units that a folder does not have are told before they are brought in, where it has some.
func TestExportsOfAnotherDepartment(t *testing.T) {
	changes := []imports.Change{{Kind: imports.New, Table: "unit", What: "单位 418001"}, {Kind: imports.New, Table: "basic", What: "基本支出 418001 2010301 30101"},
		{Kind: imports.Changed, Table: "unit", What: "单位 338001", Field: "单位名称"}}
	if said := strange(changes, true); !strings.Contains(said, "418001") || strings.Contains(said, "338001") || !strings.Contains(said, "1 个单位") {
		t.Error(said)
	}
	if said := strange(changes, false) + strange(changes[1:], true); said != "" {
		t.Error("of a folder without units, or of its own:", said)
	}
}
