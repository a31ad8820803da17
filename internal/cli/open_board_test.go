package cli

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"yusuan/internal/web"
)

type boardShown struct {
	Rev      int
	Dir, Out string
	OutKnown bool `json:"out_known"`
	Error    string
	Job      *struct {
		What        string
		Done, Total int
	}
	District *struct {
		Out   string
		Files []struct{ Name, Title string }
		Notes []string
		Years []struct {
			Year   int
			States []struct {
				State string
				Count int
			}
			Departments []struct {
				Folder, Code, Name, Initials, State, Total, Message, Made string
				Errors                                                    int
				Stale                                                     bool
				Files                                                     []struct{ Name, Title string }
			}
			Tables []struct {
				ID   string
				Head []string
				Rows [][]string
			}
		}
	}
	Batch *struct {
		Error, Words, Out, Report string
		Failed                    []struct{ Name, Words string }
	}
}

// onBoard starts on a root and waits until it was looked at.
func onBoard(t *testing.T, root string) (*browser, *boardShown) {
	t.Helper()
	b := startBrowser(t, web.Wish{Root: root})
	if !strings.HasPrefix(b.at, "/b/") {
		t.Fatalf("a root starts at %s", b.at)
	}
	x := &boardShown{}
	b.quiet(x)
	return b, x
}

// quiet waits until nothing goes on.
func (b *browser) quiet(x *boardShown) {
	b.t.Helper()
	b.waitFor("the board", func() bool {
		*x = boardShown{}
		b.get(b.at+"api/state", x, "")
		return x.Job == nil && (x.District != nil || x.Error != "")
	})
}

// TestBoardShowsAllDepartments: without anything made, of good data and of bad.
func TestBoardShowsAllDepartments(t *testing.T) {
	root := smallDistrict(t, 3)
	bad := firstDepartment(t, root)
	writeTest(t, filepath.Join(bad, "more.toml"), []byte("[[project]]\nname = \"x\"\namount = \"abc\"\n"))
	b, x := onBoard(t, root)
	if x.Error != "" || x.OutKnown || x.District == nil || len(x.District.Years) == 0 {
		t.Fatalf("%+v", x)
	}
	y := x.District.Years[0]
	faulty, good := 0, 0
	for _, d := range y.Departments {
		switch d.State {
		case "数据有误":
			if faulty++; d.Errors == 0 || d.Message == "" || d.Total != "" {
				t.Errorf("%+v", d)
			}
		case sound:
			if good++; d.Total == "" || d.Name == "" || d.Initials == "" || d.Initials == d.Name {
				t.Errorf("%+v", d)
			}
		}
		if strings.Contains(d.Message, root) {
			t.Errorf("a message says where the data lie: %s", d.Message)
		}
	}
	if faulty != 1 || good == 0 || len(y.Tables) < 3 {
		t.Errorf("%d with errors, %d good, %d tables", faulty, good, len(y.Tables))
	}
	for _, g := range y.Tables {
		for _, row := range g.Rows {
			if len(row) != len(g.Head) {
				t.Errorf("%s: a row of %d cells below %d heads", g.ID, len(row), len(g.Head))
			}
		}
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(root), "*")); err != nil || len(left) != 1 {
		t.Errorf("looking made something: %v", left)
	}
	var to struct{ Address string }
	b.post(b.at+"api/open", map[string]string{"folder": y.Departments[0].Folder}, &to, "")
	if !strings.HasPrefix(to.Address, "/d/") {
		t.Errorf("opens at %s", to.Address)
	}
	for _, folder := range []string{"", ".", "..", "../data", root, y.Departments[0].Folder + "/.."} {
		b.post(b.at+"api/open", map[string]string{"folder": folder}, nil, "没有这个部门")
	}
	b.get("/b/000000000000/api/state", nil, "没有打开")
}

// TestBatchFromTheBoard: documents are made, those that failed are named, files are served and nothing beside them, and no file
// says where on the machine the data lie.
func TestBatchFromTheBoard(t *testing.T) {
	root := smallDistrict(t, 3)
	bad := firstDepartment(t, root)
	b, x := onBoard(t, root)
	before := x.Rev
	writeTest(t, filepath.Join(bad, "more.toml"), []byte("[[project]]\nname = \"x\"\namount = \"abc\"\n"))
	out := filepath.Join(filepath.Dir(root), "公开文件")
	if x.Out != out {
		t.Errorf("documents would go to %s", x.Out)
	}
	wish := func(out string, forms ...string) map[string]any {
		return map[string]any{"out": out, "forms": forms, "editions": "department"}
	}
	b.post(b.at+"api/batch", wish("", "pdf"), nil, "哪个文件夹")
	b.post(b.at+"api/batch", wish(out), nil, "哪些形式")
	run := func(w map[string]any, steps int) *boardShown {
		t.Helper()
		b.post(b.at+"api/batch", w, nil, "")
		x := &boardShown{}
		b.waitFor("the batch", func() bool {
			*x = boardShown{}
			b.get(b.at+"api/state", x, "")
			return x.Job == nil && x.Batch != nil && x.District != nil && x.Rev >= before+steps
		})
		before = x.Rev
		return x
	}
	if x := run(wish("公开文件", "pdf"), 2); !strings.Contains(x.Batch.Error, "不是完整的路径") {
		t.Errorf("%+v", x.Batch)
	}
	if x := run(wish(bad, "pdf"), 2); !strings.Contains(x.Batch.Error, "数据文件夹") {
		t.Errorf("%+v", x.Batch)
	}
	if x := run(wish(out, "docx"), 2); !strings.Contains(x.Batch.Error, "没有“docx”") {
		t.Errorf("%+v", x.Batch)
	}
	x = run(wish(out, "pdf", "html"), 1)
	if x.Batch.Error != "" || len(x.Batch.Failed) != 1 || x.Batch.Failed[0].Words == "" || x.Batch.Out != out || !x.OutKnown || x.District.Out != out || len(x.District.Files) < 4 {
		t.Fatalf("%+v", x.Batch)
	}
	served, ready := 0, 0
	for _, d := range x.District.Years[0].Departments {
		if d.State == "已生成" {
			ready++
		}
		if d.Stale {
			t.Errorf("%s is told to be old", d.Name)
		}
		for _, f := range d.Files {
			if rec := b.do(httptest.NewRequest(http.MethodGet, "http://"+browserAddress+b.at+"out/"+strings.ReplaceAll(f.Name, " ", "%20"), nil)); rec.Code != http.StatusOK || rec.Body.Len() == 0 {
				t.Errorf("%s: %d", f.Name, rec.Code)
			}
			served++
		}
	}
	if served < 4 || ready == 0 {
		t.Errorf("%d files, %d ready", served, ready)
	}
	rec := b.do(httptest.NewRequest(http.MethodGet, "http://"+browserAddress+b.at+"out/board.html", nil))
	if policy := rec.Header().Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "sha256-") || strings.Contains(policy, "script-src 'self'") {
		t.Errorf("the board is served with %q", policy)
	}
	writeTest(t, filepath.Join(out, ".yusuan", "x.txt"), []byte("x"))
	writeTest(t, filepath.Join(out, "run.js"), []byte("x"))
	if runtime.GOOS != "windows" {
		if err := os.Symlink(filepath.Join(bad, "department.toml"), filepath.Join(out, "link.txt")); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{".yusuan/x.txt", "run.js", "link.txt", "%2e%2e/data/x.txt", "..%2f..%2fx.txt", "%2fetc%2fhosts.txt", "旧文件"} {
		if rec := b.do(httptest.NewRequest(http.MethodGet, "http://"+browserAddress+b.at+"out/"+name, nil)); rec.Code == http.StatusOK {
			t.Errorf("%s is served", name)
		}
	}
	tellsNothingOf(t, out, filepath.Dir(root))
}

// tellsNothingOf holds that no file of a folder says a path of the machine.
func tellsNothingOf(t *testing.T, out, path string) {
	t.Helper()
	err := filepath.WalkDir(out, func(name string, e os.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		raw, err := os.ReadFile(name)
		if err == nil && strings.Contains(string(raw), filepath.ToSlash(path)) {
			t.Errorf("%s says where the data lie", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestPageAndCommandMakeTheSame: the documents of the page are those of the command, byte for byte.
func TestPageAndCommandMakeTheSame(t *testing.T) {
	root := smallDistrict(t, 2)
	b, _ := onBoard(t, root)
	out := filepath.Join(t.TempDir(), "page")
	b.post(b.at+"api/batch", map[string]any{"out": out, "forms": []string{"pdf"}, "editions": "department"}, nil, "")
	x := &boardShown{}
	b.waitFor("the batch", func() bool { b.get(b.at+"api/state", x, ""); return x.Batch != nil && x.Job == nil })
	other := filepath.Join(t.TempDir(), "command")
	if code, _, errs := run("batch", root, "-o", other); code != exitGood {
		t.Fatal(errs)
	}
	names, err := filepath.Glob(filepath.Join(other, "*.pdf"))
	if err != nil || len(names) == 0 {
		t.Fatal("the command made nothing", err)
	}
	for _, name := range names {
		a, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if p, err := os.ReadFile(filepath.Join(out, filepath.Base(name))); err != nil || string(p) != string(a) {
			t.Errorf("%s is another: %v", filepath.Base(name), err)
		}
	}
}

func TestInitials(t *testing.T) {
	for text, want := range map[string]string{"住房和城乡建设局": "zfhcxjsj", "财政局A2": "czja2", "云溪区": "yxq", "": "", "（本级）": "bj"} {
		if got := initials(text); got != want {
			t.Errorf("%s is %s, not %s", text, got, want)
		}
	}
}
