package batch

import (
	"bytes"
	"errors"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"yusuan/internal/archive"
	"yusuan/internal/build"
)

// counted counts what a batch makes by the name of the form, and lets a form fail.
type counted struct {
	mu    sync.Mutex
	made  map[build.Form]int
	fails func(build.Form) error
}

// formsOf is a batch of all departments of fsys that makes the forms.
func formsOf(t *testing.T, fsys fstest.MapFS, d *disk, forms ...build.Form) (*Batch, *counted) {
	for _, f := range forms {
		if !slices.Contains(build.Forms(), f) {
			t.Skip("nothing makes " + f)
		}
	}
	b, c := batchOf(t, fsys, d), &counted{made: map[build.Form]int{}}
	b.Forms = forms
	b.makes = func(make making) making {
		return func(f build.Form, m *build.Memory) ([]byte, error) {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.made[f]++
			if c.fails != nil {
				if err := c.fails(f); err != nil {
					return nil, err
				}
			}
			return make(f, m)
		}
	}
	return b, c
}

// retired is the batch run and what it moves, with the manifest as it is then.
func retired(t *testing.T, b *Batch, d *disk) ([]Record, Retired) {
	t.Helper()
	records := run1(t, b)
	out, err := b.Retire(records, d.done())
	if err != nil {
		t.Fatal(err)
	}
	return records, out
}

// holdsForms holds that the records' files are there with their sums, and nothing else but reports.
func holdsForms(t *testing.T, d *disk, records []Record, forms ...build.Form) {
	t.Helper()
	n := 0
	for i := range records {
		var got []build.Form
		base := ""
		for _, f := range records[i].Files() {
			n++
			got = append(got, f.Form)
			if archive.Sum(d.files[f.Output]) != f.SHA256 {
				t.Errorf("%s is not what its record says", f.Output)
			}
			x, ok := strings.CutSuffix(f.Output, f.Form.Ext())
			if !ok || base != "" && x != base {
				t.Errorf("%s beside %s", f.Output, base)
			}
			base = x
		}
		if !slices.Equal(got, forms) {
			t.Errorf("%s has %v, want %v", records[i].Title(), got, forms)
		}
	}
	for name := range d.files {
		if !strings.HasPrefix(name, Reports+"/") && !strings.HasPrefix(name, OldFiles+"/") {
			n--
		}
	}
	if n != 0 {
		t.Errorf("%d files are not in records among %v", -n, keys(d.files))
	}
}

// TestFormsSkipEachByItself: of a department that did not change a run makes the forms that are missing or altered, and no
// other; those that it is not asked for stay.
func TestFormsSkipEachByItself(t *testing.T) {
	m, d := district(3), newDisk()
	run1(t, batchOf(t, m, d))
	stamps := maps.Clone(d.stamps)
	htmlOf := func(i string) string {
		return strings.TrimSuffix("槐安区第"+i+"档案馆2026年部门预算.pdf", ".pdf") + build.HTML.Ext()
	}
	for _, c := range []struct {
		name   string
		change func()
		forms  []build.Form
		made   map[build.Form]int
		status map[Status]int
		has    []build.Form
	}{
		{"html beside pdf", nil, []build.Form{build.PDF, build.HTML}, map[build.Form]int{build.HTML: 3}, map[Status]int{Made: 3}, []build.Form{build.PDF, build.HTML}},
		{"again", nil, []build.Form{build.PDF, build.HTML}, map[build.Form]int{}, map[Status]int{Unchanged: 3}, []build.Form{build.PDF, build.HTML}},
		{"pdf alone", nil, []build.Form{build.PDF}, map[build.Form]int{}, map[Status]int{Unchanged: 3}, []build.Form{build.PDF, build.HTML}},
		{"one gone", func() { delete(d.stamps, htmlOf("1")); delete(d.files, htmlOf("1")) }, []build.Form{build.PDF, build.HTML}, map[build.Form]int{build.HTML: 1},
			map[Status]int{Made: 1, Unchanged: 2}, []build.Form{build.PDF, build.HTML}},
		{"one altered", func() { _, _ = d.write([]Content{{htmlOf("1"), []byte("<p>")}}) }, []build.Form{build.HTML}, map[build.Form]int{build.HTML: 1},
			map[Status]int{Made: 1, Unchanged: 2}, []build.Form{build.PDF, build.HTML}},
		{"a pdf altered", func() { _, _ = d.write([]Content{{"槐安区第2档案馆2026年部门预算.pdf", []byte("%PDF")}}) }, []build.Form{build.PDF, build.HTML},
			map[build.Form]int{build.PDF: 1}, map[Status]int{Made: 1, Unchanged: 2}, []build.Form{build.PDF, build.HTML}},
	} {
		if c.change != nil {
			c.change()
		}
		b, n := formsOf(t, m, d, c.forms...)
		records, moved := retired(t, b, d)
		if !maps.Equal(n.made, c.made) || !maps.Equal(statuses(records), c.status) || len(moved.Moved)+len(moved.LeftOver) > 0 {
			t.Errorf("%s: made %v, want %v; %v; moved %+v", c.name, n.made, c.made, statuses(records), moved)
		}
		holdsForms(t, d, records, c.has...)
		for i := range records {
			for _, f := range records[i].Files() {
				want := strings.Contains(c.name, "altered") && c.made[f.Form] > 0 && records[i].Status == Made
				if f.Altered != want {
					t.Errorf("%s: %s altered: %v, want %v", c.name, f.Output, f.Altered, want)
				}
			}
		}
	}
	for name, s := range stamps {
		if path.Ext(name) == ".pdf" && !strings.Contains(name, "第2") && d.stamps[name] != s {
			t.Errorf("%s was written again", name)
		}
	}
}

// TestFormsAnew: a changed department makes all forms anew that are asked for. One that is not asked for says what the data say
// no more: it is moved away, told as such, and the next one takes its place.
func TestFormsAnew(t *testing.T) {
	m, d := district(2), newDisk()
	both := []build.Form{build.PDF, build.HTML}
	b, _ := formsOf(t, m, d, both...)
	first := run1(t, b)
	file := m["data/2026/000001/text.toml"]
	file.Data = append(file.Data, "# x\n"...)
	b, n := formsOf(t, m, d, build.PDF)
	records, out := retired(t, b, d)
	old := first[0].Forms[0].Output
	want := []Moved{{Department: "2026/000001", From: old, To: OldFiles + "/" + old, Form: build.HTML, Unasked: true}}
	if !reflect.DeepEqual(out.Moved, want) || n.made[build.PDF] != 1 || len(n.made) != 1 || len(records[0].Forms) != 0 || len(records[1].Forms) != 1 {
		t.Errorf("moved %+v, want %+v; made %v, %+v", out.Moved, want, n.made, records)
	}
	if _, there := d.files[old]; there {
		t.Errorf("%s is still there", old)
	}
	b, n = formsOf(t, m, d, both...)
	records, _ = retired(t, b, d)
	if !slices.Equal(records[0].Replaces, []string{OldFiles + "/" + old}) || records[0].Successor(records[0].Replaces[0]) != old || !maps.Equal(n.made, map[build.Form]int{build.HTML: 1}) {
		t.Errorf("made %v, replaces %v", n.made, records[0].Replaces)
	}
	holdsForms(t, d, records, both...)

	file.Data = append(file.Data, "# y\n"...)
	b, n = formsOf(t, m, d, both...)
	records, out = retired(t, b, d)
	if n.made[build.PDF] != 1 || n.made[build.HTML] != 1 || len(out.Moved) > 0 || len(records[0].Replaces) > 0 {
		t.Errorf("both anew: made %v, moved %v, replaces %v", n.made, out.Moved, records[0].Replaces)
	}
	b, n = formsOf(t, m, d, build.PDF)
	b.Known, b.Done = b.Done, nil // --force
	records, out = retired(t, b, d)
	if !maps.Equal(n.made, map[build.Form]int{build.PDF: 2}) || len(out.Moved)+len(out.LeftOver) > 0 {
		t.Errorf("by force: made %v, moved %+v", n.made, out)
	}
	holdsForms(t, d, records, both...)

	// Another name: every form of the old one goes.
	dept := m["data/2026/000001/department.toml"]
	dept.Data = bytes.ReplaceAll(dept.Data, []byte("第1档案馆"), []byte("第一档案馆"))
	b, _ = formsOf(t, m, d, both...)
	records, _ = retired(t, b, d)
	if len(records[0].Replaces) != 2 {
		t.Errorf("renamed: replaces %v", records[0].Replaces)
	}
	holdsForms(t, d, records, both...)

	// A department that fails loses all of its forms.
	m["data/2026/000001/more.toml"] = &fstest.MapFile{Data: []byte("x = 1\n")}
	b, _ = formsOf(t, m, d, both...)
	records, out = retired(t, b, d)
	if records[0].Status != BadData || len(out.Moved) != 2 || out.Moved[0].Unasked || out.Moved[1].Unasked {
		t.Errorf("failed: %s, moved %+v", records[0].Status, out.Moved)
	}
	holdsForms(t, d, records[1:], both...)
}

// TestFormsAllOrNone: where one form cannot be made or written, none of the document is, and other departments have theirs.
func TestFormsAllOrNone(t *testing.T) {
	both := []build.Form{build.PDF, build.HTML}
	m, d := district(3), newDisk()
	b, c := formsOf(t, m, d, both...)
	b.Workers = 1
	c.fails = func(f build.Form) error {
		if f == build.HTML && c.made[f] == 2 {
			return errors.New("no page today")
		}
		return nil
	}
	records := run1(t, b)
	failed := slices.IndexFunc(records, func(r Record) bool { return r.Status == Refused })
	if got := statuses(records); got[Made] != 2 || got[Refused] != 1 || !strings.Contains(records[failed].Message, build.HTML.Title()) || !strings.Contains(records[failed].Message, "no page today") {
		t.Errorf("%v: %q", got, records[failed].Message)
	}
	holdsForms(t, d, slices.Delete(slices.Clone(records), failed, failed+1), both...)
	b, _ = formsOf(t, m, d, both...)
	records = run1(t, b)
	if got := statuses(records); got[Made] != 1 || got[Unchanged] != 2 {
		t.Errorf("then %v", got)
	}
	holdsForms(t, d, records, both...)

	m["data/2026/000001/text.toml"].Data = append(m["data/2026/000001/text.toml"].Data, "# x\n"...)
	before := maps.Clone(d.files)
	b, _ = formsOf(t, m, d, both...)
	d.room = 1
	if _, err := b.Run(t.Context(), nil); !errors.Is(err, errFull) {
		t.Errorf("full disk: %v", err)
	}
	for name, was := range before {
		if !bytes.Equal(d.files[name], was) {
			t.Errorf("%s was written though its other form could not be", name)
		}
	}
}

// TestFormsAreDeterministic: the same files come of any number of workers, of runs for one form after the other, and of shards.
func TestFormsAreDeterministic(t *testing.T) {
	m, whole, steps, parts := withUnits(t), newDisk(), newDisk(), newDisk()
	forms := build.Forms()
	b, _ := formsOf(t, m, whole, forms...)
	b.Editions = OfAll
	records := run1(t, b)
	holdsForms(t, whole, records, forms...)
	for _, f := range slices.Backward(forms) {
		b, _ := formsOf(t, m, steps, f)
		b.Editions, b.Workers = OfAll, 1
		run1(t, b)
	}
	if !reflect.DeepEqual(whole.files, steps.files) {
		t.Errorf("files of one form after the other: %v, want %v", keys(steps.files), keys(whole.files))
	}
	one := &Summary{Editions: OfAll, Forms: forms, Departments: records}
	var sums []*Summary
	for i := 1; i <= 2; i++ {
		b, _ := formsOf(t, m, parts, forms...)
		b.Editions = OfAll
		b.Departments = Shard{i, 2}.Take(b.Departments)
		s := &Summary{Editions: OfAll, Forms: forms, Shard: []string{"1/2", "2/2"}[i-1], Departments: run1(t, b)}
		back, err := ReadSummary(strings.NewReader(text(s)), nil)
		if err != nil {
			t.Fatal(err)
		}
		sums = append(sums, back)
	}
	merged, err := Merge(sums)
	if err != nil {
		t.Fatal(err)
	}
	one.Count()
	if a, b := text(one), text(merged); a != b || !reflect.DeepEqual(whole.files, parts.files) {
		t.Errorf("one run:\n%s\nmerged:\n%s", a, b)
	}
	sums[0].Forms = nil
	if _, err := Merge(sums); err == nil || !strings.Contains(err.Error(), "--formats") {
		t.Errorf("shards of other forms: %v", err)
	}
	if got := NewRegister(records, nil, nil); len(got) != len(forms)*len(records) {
		t.Errorf("%d lines of the register for %d documents in %d forms", len(got), len(records), len(forms))
	}
}

// TestFormsAreClaimed: a name that two documents would have in different forms belongs to the first, and none waits for ever.
func TestFormsAreClaimed(t *testing.T) {
	c := claims{byName: map[string]*claim{}}
	of := func(base string, forms ...build.Form) (files []placed) {
		for _, f := range forms {
			files = append(files, placed{FormFile: FormFile{Form: f, Output: base + f.Ext()}})
		}
		return files
	}
	write := func() ([]Stamp, error) { return nil, nil }
	if _, err := c.place(of("a", build.PDF, build.HTML, build.Article), owner{"2026/1", ""}, write); err != nil {
		t.Error(err)
	}
	if _, err := c.place(of("a-正文", build.PDF, build.HTML), owner{"2026/2", ""}, write); err == nil || !strings.Contains(err.Error(), "a-正文.html") {
		t.Errorf("a name of another's article: %v", err)
	}
	if by := c.of("a-正文.pdf").owner.department; by != "" {
		t.Errorf("%s has the name of a document that was not written", by)
	}
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() {
			files := of("b", build.PDF, build.HTML, build.Article)
			if i%2 == 1 {
				slices.Reverse(files)
			}
			_, _ = c.place(files, owner{"2026/" + string(rune('a'+i)), ""}, write) // all but one lose
		})
	}
	all.Wait()
}

// TestManifestsOfEarlierVersions: what was written before documents had forms is read as it was, and a PDF alone is written so.
func TestManifestsOfEarlierVersions(t *testing.T) {
	m, d := district(1), newDisk()
	run1(t, batchOf(t, m, d))
	line := d.manifest.String()
	for _, word := range []string{`"forms"`, `"stamps"`, `"form"`} {
		if strings.Contains(line, word) {
			t.Errorf("the manifest of PDFs alone says %s:\n%s", word, line)
		}
	}
	const earlier = `{"department":"2026/1","key":"k","documents":[{"stamp":{"size":3,"time":5},"record":{"department":"2026/1","status":"made","output":"a.pdf","sha256":"s","total":"1","millis":2}}],` +
		`"moved":[{"department":"2026/1","from":"b.pdf","to":"旧文件/b.pdf"}]}` + "\n"
	read := Manifest{}
	if n, err := read.Read(strings.NewReader(earlier), nil, nil); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	want := []placed{{FormFile{build.PDF, "a.pdf", "s", false}, Stamp{3, 5}}}
	if e := read["2026/1"]; !reflect.DeepEqual(e.Documents[0].files(), want) || e.Moved[0].form() != build.PDF {
		t.Errorf("%+v, moved %+v", e.Documents[0].files(), e.Moved)
	}
	var back Entry
	b, _ := formsOf(t, m, d, build.Forms()...)
	run1(t, b)
	for department, e := range d.done() {
		x := Manifest{}
		if _, err := x.Read(bytes.NewReader(e.Line()), nil, nil); err != nil {
			t.Fatal(err)
		}
		back = x[department]
		files := back.Documents[0].files()
		if len(files) != len(build.Forms()) {
			t.Errorf("%d files in the manifest", len(files))
		}
		for _, f := range files {
			if d.stamps[f.Output] != f.Stamp || archive.Sum(d.files[f.Output]) != f.SHA256 {
				t.Errorf("%s: stamp %v, want %v", f.Output, f.Stamp, d.stamps[f.Output])
			}
		}
	}
}
