package batch

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"yusuan/data"
	"yusuan/fonts"
	"yusuan/internal/archive"
	"yusuan/internal/build"
	"yusuan/internal/testdept"
	"yusuan/internal/typeset/font"
	"yusuan/templates"
)

// district is a data folder with n small departments.
func district(n int) fstest.MapFS { return districtOf(n, testdept.Small) }

func districtOf(n int, member func(int) (string, map[string][]byte)) fstest.MapFS {
	m := fstest.MapFS{}
	for i := range n {
		dir, files := member(i)
		for name, text := range files {
			m["data/"+dir+"/"+name] = &fstest.MapFile{Data: text}
		}
	}
	return m
}

// disk is an output folder in memory.
type disk struct {
	mu       sync.Mutex
	files    map[string][]byte
	stamps   map[string]Stamp
	manifest bytes.Buffer
	clock    int64
	room     int // how many more files it takes
}

var errFull = errors.New("disk full")

func newDisk() *disk {
	return &disk{files: map[string][]byte{}, stamps: map[string]Stamp{}, room: 1 << 30}
}

func (d *disk) write(files []Content) (stamps []Stamp, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.room -= len(files); d.room < 0 {
		return nil, errFull
	}
	for _, f := range files {
		d.clock++
		d.files[f.Name], d.stamps[f.Name] = bytes.Clone(f.Bytes), Stamp{int64(len(f.Bytes)), d.clock}
		stamps = append(stamps, d.stamps[f.Name])
	}
	return stamps, nil
}

func (d *disk) machine(data fs.FS) Machine {
	return Machine{
		Input: func(dept string) (build.Input, error) {
			year, code := path.Split(dept)
			in := build.Input{Data: data, Dir: "data/" + dept}
			if year == "2026/" {
				in.PriorDir = "data/2025/" + code
			}
			return in, nil
		},
		Write: d.write,
		Stamp: func(name string) (Stamp, bool) {
			d.mu.Lock()
			defer d.mu.Unlock()
			s, ok := d.stamps[name]
			return s, ok
		},
		Remove: func(name string) error {
			d.mu.Lock()
			defer d.mu.Unlock()
			delete(d.files, name)
			delete(d.stamps, name)
			return nil
		},
		Move: func(from, to string) error {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.files[to], d.stamps[to] = d.files[from], d.stamps[from]
			delete(d.files, from)
			delete(d.stamps, from)
			return nil
		},
		Sum: func(name string) (string, error) {
			d.mu.Lock()
			defer d.mu.Unlock()
			return archive.Sum(d.files[name]), nil
		},
		Append: func(line []byte) error { _, err := d.manifest.Write(line); return err },
		Full:   func(err error) bool { return errors.Is(err, errFull) },
		Clock:  func() time.Duration { return 0 },
	}
}

func (d *disk) done() Manifest {
	m := Manifest{}
	_, _ = m.Read(bytes.NewReader(d.manifest.Bytes()), nil, nil)
	return m
}

func (d *disk) pdfs() []string {
	var out []string
	for name, b := range d.files {
		if path.Ext(name) == ".pdf" && bytes.HasPrefix(b, []byte("%PDF-")) {
			out = append(out, name)
		}
	}
	return out
}

var sharedOnce = sync.OnceValue(func() *build.Shared {
	lib, err := fonts.Library()
	if err != nil {
		panic(err)
	}
	return &build.Shared{Fonts: lib, Packs: templates.FS, Catalogue: data.Catalogue(), Program: "test",
		OwnFonts: func(o []font.Override) (*font.Library, error) { return fonts.Library(o...) }}
})

func find(t *testing.T, fsys fs.FS) []string {
	t.Helper()
	list, err := Find(fsys, "data")
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// batchOf is a batch of all departments of fsys onto d, going on where d left off.
func batchOf(t *testing.T, fsys fs.FS, d *disk) *Batch {
	return &Batch{Shared: sharedOnce(), Fingerprint: []byte("x"), Departments: find(t, fsys), Done: d.done(), Workers: 2, Machine: d.machine(fsys)}
}

func run1(t *testing.T, b *Batch) []Record {
	t.Helper()
	records, err := b.Run(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return records
}

func statuses(records []Record) map[Status]int {
	s := &Summary{Departments: records}
	s.Count()
	return s.Counts
}

// closed is a file that cannot be read.
type closed struct {
	fs.FS
	name string
}

func (u closed) Open(name string) (fs.File, error) {
	if name == u.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return u.FS.Open(name)
}

// broken is a district of 20 of which six departments fail, each in another way.
func broken(t *testing.T) (fs.FS, map[string]Status) {
	m := district(20)
	edit := func(file, from, to string) {
		t.Helper()
		f := m["data/"+file]
		if f == nil || !strings.Contains(string(f.Data), from) {
			t.Fatalf("%s has no %q", file, from)
		}
		f.Data = []byte(strings.Replace(string(f.Data), from, to, 1))
	}
	edit("2026/000002/department.toml", "[department]", "[department")
	m["data/2026/000004/stated.toml"] = &fstest.MapFile{Data: []byte("[[stated]]\nfigure = 'total'\namount = 1\n")}
	edit("2026/000006/department.toml", "贯彻执行", "\U0003134A贯彻执行")
	m["data/2026/000010/font.toml"] = &fstest.MapFile{Data: []byte("[[font]]\nrole = '仿宋'\nfile = 'none.ttf'\n")}
	return closed{m, "data/2026/000008/basic.toml"}, map[string]Status{
		"2026/000002": BadData, "2026/000004": BadData, "2026/000006": BadData, "2026/000008": Refused, "2026/000010": BadData, "2026/000012": Crashed,
	}
}

func TestFailuresStayAlone(t *testing.T) {
	fsys, want := broken(t)
	d := newDisk()
	b := batchOf(t, fsys, d)
	b.Program = "yusuan 0.0.0, revision 5eed"
	input := b.Machine.Input
	b.Machine.Input = func(dept string) (build.Input, error) {
		if dept == "2026/000012" {
			panic("a fault of ours")
		}
		return input(dept)
	}
	told := 0
	records, err := b.Run(context.Background(), func([]Record) { told++ })
	if err != nil {
		t.Fatal(err)
	}
	if told != 20 || len(records) != 20 {
		t.Fatalf("%d records, %d told", len(records), told)
	}
	for _, r := range records {
		status, fails := want[r.Department]
		report := string(d.files[Reports+"/"+r.Department+".txt"])
		switch {
		case !fails && r.Status != Made:
			t.Errorf("%s: %s %s", r.Department, r.Status, r.Message)
		case fails && (r.Status != status || r.Message == "" || report == ""):
			t.Errorf("%s: %s, want %s: %q, report %q", r.Department, r.Status, status, r.Message, report)
		case status == BadData && (r.Errors == 0 || len(r.Rules) == 0 || !strings.Contains(report, r.Rules[0])):
			t.Errorf("%s: errors %d %v, report %s", r.Department, r.Errors, r.Rules, report)
		case strings.Contains(report, b.Program) != (status == Crashed) || strings.Contains(r.Message, b.Program):
			t.Errorf("%s is %s: reports of faults, and no other words, name the exact program: %q, report %s", r.Department, r.Status, r.Message, report)
		}
	}
	if n := len(d.pdfs()); n != 14 {
		t.Errorf("%d documents, want 14", n)
	}

	// The next run finds the good ones unchanged; a mended one is made and its report goes.
	fsys.(closed).FS.(fstest.MapFS)["data/2026/000004/stated.toml"].Data = nil
	records = run1(t, batchOf(t, fsys, d))
	if got := statuses(records); got[Unchanged] != 14 || got[Made] != 2 || got[BadData] != 3 || got[Refused] != 1 {
		t.Errorf("second run: %v", got)
	}
	if _, ok := d.files[Reports+"/2026/000004.txt"]; ok {
		t.Error("the report of a mended department stays")
	}
}

// TestWhatMakesAnew changes one thing at a time on which a document depends, and things on which none does.
func TestWhatMakesAnew(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(fstest.MapFS, *disk, *Batch)
		made   int
	}{
		{"nothing", func(fstest.MapFS, *disk, *Batch) {}, 0},
		{"data", func(m fstest.MapFS, _ *disk, _ *Batch) {
			f := m["data/2026/000001/text.toml"]
			f.Data = append(f.Data, "# x\n"...)
		}, 1},
		{"a file more", func(m fstest.MapFS, _ *disk, _ *Batch) {
			m["data/2026/000001/more.toml"] = &fstest.MapFile{Data: []byte("# x\n")}
		}, 1},
		{"last year", func(m fstest.MapFS, _ *disk, _ *Batch) {
			m["data/2025/000001/department.toml"] = &fstest.MapFile{Data: []byte("# x\n")}
		}, 0}, // it is made and fails: last year's data have errors
		{"a font", func(m fstest.MapFS, _ *disk, _ *Batch) {
			m["data/2026/000001/own.ttf"] = &fstest.MapFile{Data: []byte("x"), ModTime: time.Unix(1, 0)}
		}, 1},
		{"a draft", func(m fstest.MapFS, _ *disk, _ *Batch) {
			m["data/2026/000001/~more.toml"] = &fstest.MapFile{Data: []byte("x")}
		}, 0},
		{"a review", func(m fstest.MapFS, _ *disk, _ *Batch) {
			m["data/2026/000001/_review.toml"] = &fstest.MapFile{Data: []byte("[signed]\n"), ModTime: time.Unix(1, 0)}
		}, 0},
		{"a roster", func(m fstest.MapFS, _ *disk, _ *Batch) {
			m["data/"+RosterName] = &fstest.MapFile{Data: []byte("[district]\n")}
		}, 0},
		{"program", func(_ fstest.MapFS, _ *disk, b *Batch) { b.Fingerprint = []byte("y") }, 3},
		{"force", func(_ fstest.MapFS, _ *disk, b *Batch) { b.Done = nil }, 3},
		{"document gone", func(_ fstest.MapFS, d *disk, _ *Batch) { delete(d.stamps, d.pdfs()[0]) }, 1},
		{"document touched", func(_ fstest.MapFS, d *disk, _ *Batch) { d.stamps[d.pdfs()[0]] = Stamp{1, 1} }, 1},
	} {
		m, d := district(3), newDisk()
		b := batchOf(t, m, d)
		run1(t, b)
		b.Done = d.done()
		c.change(m, d, b)
		got := statuses(run1(t, b))
		if got[Made] != c.made || c.name == "last year" && got[BadData] != 1 || c.made == 0 && c.name != "last year" && got[Unchanged] != 3 {
			t.Errorf("%s: %v, want %d made", c.name, got, c.made)
		}
	}
}

// TestReviewsAreNoData makes the same documents with reviews, whatever they say, as without.
func TestReviewsAreNoData(t *testing.T) {
	plain, with := newDisk(), newDisk()
	run1(t, batchOf(t, district(2), plain))
	m := district(2)
	m["data/"+RosterName] = &fstest.MapFile{Data: []byte("[district]\n")}
	m["data/2026/000000/_review.toml"] = &fstest.MapFile{Data: []byte("[signed]\ndate = 2026-01-22\nwho = \"王某\"\n")}
	m["data/2026/000001/_review.toml"] = &fstest.MapFile{Data: []byte("no TOML at all")}
	run1(t, batchOf(t, m, with))
	if len(plain.pdfs()) != 2 || !reflect.DeepEqual(plain.files, with.files) {
		t.Errorf("with reviews other files: %v, %v", slices.Sorted(maps.Keys(plain.files)), slices.Sorted(maps.Keys(with.files)))
	}
}

// TestSameName gives two departments one name: the first keeps it, whichever is made first, now and in later runs.
func TestSameName(t *testing.T) {
	for round := range 4 {
		m, d := district(2), newDisk()
		for file, f := range maps.Clone(m) {
			if rest, ok := strings.CutPrefix(file, "data/2026/000001/"); ok {
				m["data/2026/000009/"+rest] = &fstest.MapFile{Data: bytes.ReplaceAll(f.Data, []byte(`"000001`), []byte(`"000009`))}
			}
		}
		b := batchOf(t, m, d)
		if round%2 == 1 {
			slices.Reverse(b.Departments) // the later path is made first
		}
		for again := range 2 {
			records := run1(t, b)
			for _, r := range records {
				bad := r.Department == "2026/000009"
				if bad != (r.Status == BadData) || bad && !slices.Contains(r.Rules, ruleName) {
					t.Errorf("run %d: %s is %s %v", again, r.Department, r.Status, r.Rules)
				}
			}
			b.Done = d.done()
		}
		if len(d.pdfs()) != 2 || len(d.files[Reports+"/2026/000009.txt"]) == 0 {
			t.Errorf("files %v", slices.Sorted(maps.Keys(d.files)))
		}
	}
}

func TestFullDiskAndInterruption(t *testing.T) {
	m, whole := district(30), newDisk()
	run1(t, batchOf(t, m, whole))

	d := newDisk()
	d.room = 3
	records, err := batchOf(t, m, d).Run(context.Background(), nil)
	if !errors.Is(err, errFull) {
		t.Errorf("error %v", err)
	}
	if got := statuses(records); got[Made] != 3 || got[Made]+got[Refused]+got[NotDone] != 30 || got[NotDone] == 0 {
		t.Errorf("full disk: %v", got)
	}
	d.room = 1 << 30
	ctx, cancel := context.WithCancel(context.Background())
	b := batchOf(t, m, d)
	b.Workers = 1
	records, err = b.Run(ctx, func(r []Record) {
		if r[0].Status == Made {
			cancel()
		}
	})
	if got := statuses(records); err != nil || got[NotDone] == 0 || got[Refused] > 0 {
		t.Errorf("interrupted: %v %v", got, err)
	}
	if got := statuses(run1(t, batchOf(t, m, d))); got[Made]+got[Unchanged] != 30 {
		t.Errorf("at last: %v", got)
	}
	if !reflect.DeepEqual(d.files, whole.files) {
		t.Error("the files differ from those of an undisturbed run")
	}
}

// TestShardsAreOneRun runs a district with broken departments whole and in three parts.
func TestShardsAreOneRun(t *testing.T) {
	fsys, _ := broken(t)
	whole := newDisk()
	one := &Summary{Program: "test", Root: "data", Departments: run1(t, batchOf(t, fsys, whole))}
	one.Count()
	texts := func(dept string) []Text { return ReadTexts(fsys, "data/"+dept) }
	one.District(texts, nil, "", 2)

	d := newDisk()
	var parts []*Summary
	for _, name := range []string{"3/3", "1/3", "2/3"} {
		shard, err := ParseShard(name)
		if err != nil {
			t.Fatal(err)
		}
		b := batchOf(t, fsys, d)
		b.Departments = shard.Take(b.Departments)
		s := &Summary{Program: "test", Root: "data", Shard: name, Departments: run1(t, b)}
		if len(s.Departments) == 0 {
			t.Errorf("shard %s is empty", name)
		}
		s.Count()
		back, err := ReadSummary(strings.NewReader(text(s)), nil)
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, back)
	}
	merged, err := Merge(parts)
	if err != nil {
		t.Fatal(err)
	}
	merged.District(texts, nil, "", 2)
	if a, b := text(one), text(merged); a != b {
		t.Errorf("one run:\n%s\nmerged:\n%s", a, b)
	}
	if !reflect.DeepEqual(d.files, whole.files) {
		t.Error("files differ")
	}
	var missing *MissingShard
	if _, err := Merge(parts[:2]); !errors.As(err, &missing) || missing.Index != 2 {
		t.Errorf("two of three shards: %v", err)
	}
	if _, err := Merge([]*Summary{parts[0], parts[0]}); err == nil {
		t.Error("one shard twice was merged")
	}
}

// TestFifty is for the race detector: many documents at a time out of the same packs, fonts and catalogue.
func TestFifty(t *testing.T) {
	if testing.Short() {
		t.Skip("fifty documents")
	}
	m, d := districtOf(50, testdept.Member), newDisk()
	b := batchOf(t, m, d)
	b.Workers = 8
	if got := statuses(run1(t, b)); got[Made] != 50 || len(d.pdfs()) != 50 {
		t.Errorf("%v, %d files", got, len(d.pdfs()))
	}
}

// text is the summary as written.
func text(s *Summary) string {
	var b strings.Builder
	_ = s.WriteJSON(&b) // a Builder takes all
	return b.String()
}
