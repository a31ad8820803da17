package desk

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"yusuan/data"
	"yusuan/fonts"
	"yusuan/internal/budget"
	"yusuan/internal/build"
	"yusuan/internal/testdept"
	"yusuan/internal/typeset/page"
	"yusuan/templates"
)

var shared = sync.OnceValue(func() *build.Shared {
	lib, err := fonts.Library()
	if err != nil {
		panic(err)
	}
	return &build.Shared{Fonts: lib, Packs: templates.FS, Catalogue: data.Catalogue(), Program: "test"}
})

const (
	dir   = "data/2026/338"
	prior = "data/2025/338"
)

// disk is a folder in memory that others may write into.
type disk struct {
	mu      sync.Mutex
	files   fstest.MapFS // never written into, but replaced: files may be read meanwhile
	refuse  error
	journal bytes.Buffer
	tick    int
}

func (k *disk) write(_ string, files []Written) error {
	if k.refuse != nil {
		return k.refuse
	}
	for _, f := range files {
		now := k.now()[dir+"/"+f.Path]
		if (now == nil) != (f.Before == nil) || now != nil && !bytes.Equal(now.Data, f.Before) {
			return ErrChanged
		}
	}
	for _, f := range files {
		k.put(f.Path, f.After)
	}
	return nil
}

func (k *disk) put(name string, raw []byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.files = maps.Clone(k.files)
	if raw == nil {
		delete(k.files, dir+"/"+name)
		return
	}
	k.files[dir+"/"+name] = &fstest.MapFile{Data: raw}
}

func (k *disk) now() fstest.MapFS {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.files
}

// Open opens a file as it is now.
func (k *disk) Open(name string) (fs.File, error) { return k.now().Open(name) }

func (k *disk) get(name string) string {
	if f := k.now()[dir+"/"+name]; f != nil {
		return string(f.Data)
	}
	return ""
}

// replace is somebody else's edit of a file.
func (k *disk) replace(t testing.TB, name, old, now string) {
	t.Helper()
	if strings.Count(k.get(name), old) != 1 {
		t.Fatalf("%s has %q %d times", name, old, strings.Count(k.get(name), old))
	}
	k.put(name, []byte(strings.Replace(k.get(name), old, now, 1)))
}

func (k *disk) open(t testing.TB) *Desk {
	t.Helper()
	d, err := Open(World{Shared: shared(), Data: k, Dir: dir, PriorDir: prior, User: "张三", Write: k.write,
		Now:     func() time.Time { k.tick++; return time.Unix(int64(k.tick), 0).UTC() },
		Journal: func(line []byte) error { k.journal.Write(line); return nil },
		Draw:    func(p *page.Page) []byte { return []byte(strings.TrimPrefix(p.Label+"\n"+p.Name, "\n")) }})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// sample is the sample department.
func sample(t testing.TB) *disk {
	t.Helper()
	k := &disk{files: fstest.MapFS{}}
	root := os.DirFS("../..")
	for _, d := range []string{dir, prior} {
		err := fs.WalkDir(root, d, func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			raw, err := fs.ReadFile(root, name)
			k.files[name] = &fstest.MapFile{Data: raw}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return k
}

// large is a department with many projects.
func large(n int) *disk {
	k := &disk{files: fstest.MapFS{}}
	for name, raw := range testdept.Large("projects", n) {
		k.put(name, raw)
	}
	return k
}

func state(t testing.TB, d *Desk) *State {
	t.Helper()
	s, err := d.State()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *State) table(name string) *Table {
	for i := range s.Tables {
		if s.Tables[i].Name == name {
			return &s.Tables[i]
		}
	}
	return nil
}

func (r *Row) value(key string) string {
	for _, v := range r.Values {
		if v.Key == key {
			return v.Text
		}
	}
	return ""
}

// find is the row of a table where a field says something.
func find(t testing.TB, s *State, table, key, says string) *Row {
	t.Helper()
	for i := range s.table(table).Rows {
		if r := &s.table(table).Rows[i]; r.value(key) == says {
			return r
		}
	}
	t.Fatalf("no row of %s has %s = %q", table, key, says)
	return nil
}

func edit(t testing.TB, d *Desk, changes ...Change) Outcome {
	t.Helper()
	o := d.Edit(changes)
	if !o.Done() {
		t.Fatalf("not done: %+v", o)
	}
	return o
}

// raws are the files as they are held.
func (d *Desk) raws() map[string]string {
	out := map[string]string{}
	for name, v := range d.held {
		out[d.below(name)] = string(v.raw)
	}
	return out
}

// lines are the lines of a that b has not and of b that a has not.
func changedLines(a, b string) (gone, come []string) {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	from, toX, toY := apart(x, y)
	return x[from:toX], y[from:toY]
}

// office is the row of 办公费.
func office(t testing.TB, d *Desk) *Row {
	return find(t, state(t, d), "basic", "economic", "30201")
}

func TestState(t *testing.T) {
	d := sample(t).open(t)
	s := state(t, d)
	r := office(t, d)
	if r.Title != "行政运行 办公费" || r.value("amount") != "1671540" || r.File != "basic.toml" || r.Unit != "元" {
		t.Errorf("%+v", r)
	}
	if p := s.table("project"); len(p.Rows) < 4 || p.Label != "项目" || s.table("project.line").Parent != "project" {
		t.Errorf("projects: %+v", p)
	}
	if s.Saved != IsSaved || s.Errors != 0 || len(s.Pages) < 30 || s.Year != 2026 || s.Title == "" {
		t.Errorf("saved %s, %d errors, %d pages, %d %q", s.Saved, s.Errors, len(s.Pages), s.Year, s.Title)
	}
	for _, g := range s.table("form.goal").Rows {
		if g.Parent == "" {
			t.Errorf("%s is in no form", g.ID)
		}
	}
}

func TestSetChangesOneValue(t *testing.T) {
	k := sample(t)
	d := k.open(t)
	r := office(t, d)
	before := d.raws()
	pages := state(t, d).Pages
	edit(t, d, Change{Op: Set, Row: r.ID, Key: "amount", Text: "１，６８１，５４０", Was: "1671540"})
	after := d.raws()
	for name := range after {
		if name != "basic.toml" && after[name] != before[name] {
			t.Errorf("%s changed", name)
		}
	}
	gone, come := changedLines(before["basic.toml"], after["basic.toml"])
	if len(gone) != 1 || len(come) != 1 || come[0] != strings.Replace(gone[0], "1671540", "1681540", 1) {
		t.Errorf("%q became %q", gone, come)
	}
	s := state(t, d)
	if s.Undo != "基本支出 · 行政运行 办公费 · 金额 1,671,540 → 1,681,540" || s.Saved != NotYet {
		t.Errorf("undo %q, %s", s.Undo, s.Saved)
	}
	if office(t, d).ID != r.ID {
		t.Error("the row has another id")
	}
	same := 0
	for i := range pages {
		if i < len(s.Pages) && pages[i].Hash == s.Pages[i].Hash {
			same++
		}
	}
	if same == len(pages) || same < len(pages)/3 {
		t.Errorf("%d of %d pages stay", same, len(pages))
	}
	if k.get("basic.toml") != before["basic.toml"] {
		t.Error("the disk was written")
	}
	if !strings.Contains(k.journal.String(), "1,681,540") || !strings.Contains(k.journal.String(), "张三") {
		t.Errorf("journal: %s", k.journal.String())
	}
}

func TestRefused(t *testing.T) {
	d := sample(t).open(t)
	r := office(t, d)
	before := d.raws()
	for text, want := range map[string]string{"一百": "金额", "12,34": "小数点", "1.2.3": "金额", "5%": "金额", "\xff": "文字"} {
		o := d.Edit([]Change{{Op: Set, Row: r.ID, Key: "fund", Text: "其他收入"}, {Op: Set, Row: r.ID, Key: "amount", Text: text, Was: "1671540"}})
		if len(o.Refused) != 1 || !strings.Contains(o.Refused[0].Message, want) || o.Refused[0].Key != "amount" || o.Refused[0].Change != 1 {
			t.Errorf("%q: %+v", text, o)
		}
	}
	if !maps.Equal(before, d.raws()) || state(t, d).Undo != "" {
		t.Error("part of a refused group was done")
	}
}

func TestTypedAmounts(t *testing.T) {
	for _, c := range []struct{ unit, typed, want string }{
		{"元", "1,234.5", "1234.50"}, {"元", "1.5万", "15000"}, {"元", "1.5万元", "15000"}, {"元", "￥12元", "12"}, {"元", "(3)", "-3"},
		{"万元", "1,234.5", "1234.5"}, {"万元", "15000元", "1.5"}, {"万元", "2万元", "2"}, {"万元", "0.1亿", "1000"}, {"亿元", "1", "1"},
	} {
		k := sample(t)
		k.put("basic.toml", []byte("amount_unit = \""+c.unit+"\"\n\n[[basic]]\nfunction = \"2010301\"\neconomic = \"30201\"\namount = 7 # 备注\n"))
		d := k.open(t)
		r := office(t, d)
		if r.Unit != c.unit {
			t.Errorf("unit %s", r.Unit)
		}
		edit(t, d, Change{Op: Set, Row: r.ID, Key: "amount", Text: c.typed, Was: "7"})
		if !strings.Contains(d.raws()["basic.toml"], "amount = "+c.want+" # 备注\n") {
			t.Errorf("%s typed among %s: %s", c.typed, c.unit, d.raws()["basic.toml"])
		}
	}
}

func TestConflict(t *testing.T) {
	d := sample(t).open(t)
	r := office(t, d)
	before := d.raws()
	o := d.Edit([]Change{{Op: Set, Row: r.ID, Key: "fund", Text: "其他收入"}, {Op: Set, Row: r.ID, Key: "amount", Text: "5", Was: "4"}})
	if len(o.Conflicts) != 1 || o.Conflicts[0].Theirs != "1671540" || o.Conflicts[0].Mine != "5" || !maps.Equal(before, d.raws()) {
		t.Errorf("%+v", o)
	}
	edit(t, d, Change{Op: Set, Row: r.ID, Key: "amount", Text: "1671540", Was: "4"}) // it says so already
	if !maps.Equal(before, d.raws()) || state(t, d).Undo != "" {
		t.Error("nothing to do, and something was done")
	}
	o = d.Edit([]Change{{Op: Delete, Row: r.ID, Digest: "another"}})
	if len(o.Conflicts) != 1 || !maps.Equal(before, d.raws()) {
		t.Errorf("%+v", o)
	}
}

func TestInsertAndDelete(t *testing.T) {
	d := sample(t).open(t)
	s := state(t, d)
	before, r := d.raws(), office(t, d)
	next := find(t, s, "basic", "economic", "30202")
	o := edit(t, d, Change{Op: Insert, Table: "basic", After: r.ID, Name: "a", Values: []Typed{{Key: "function", Text: "2010301"}, {Key: "economic", Text: "30205"}, {Key: "amount", Text: "1"}}},
		Change{Op: Insert, Table: "basic", After: r.ID, Name: "b", Values: []Typed{{Key: "function", Text: "2010301"}, {Key: "economic", Text: "30206"}, {Key: "amount", Text: "2"}}},
		Change{Op: Insert, Table: "basic", After: "a", Values: []Typed{{Key: "function", Text: "2010301"}, {Key: "economic", Text: "30207"}, {Key: "amount", Text: "3"}}},
		Change{Op: Set, Row: "b", Key: "fund", Text: "其他收入"})
	s = state(t, d)
	for i, code := range []string{"30205", "30206", "30207"} {
		if x := find(t, s, "basic", "economic", code); x.ID != o.Rows[i] {
			t.Errorf("%s is %s, it was said to be %s", code, x.ID, o.Rows[i])
		}
	}
	if find(t, s, "basic", "economic", "30202").ID != next.ID || find(t, s, "basic", "economic", "30206").value("fund") != "其他收入" {
		t.Error("rows behind have other ids")
	}
	if gone, come := changedLines(before["basic.toml"], d.raws()["basic.toml"]); len(gone) != 0 || len(come) != 3 || !strings.HasPrefix(come[0], "  { function = \"2010301\", economic = \"30205\"") {
		t.Errorf("%q became %q", gone, come)
	}
	p := find(t, s, "project", "name", "审批事务经费")
	made := edit(t, d, Change{Op: Insert, Table: "project.line", Parent: p.ID, Values: []Typed{{Key: "amount", Text: "10840000"}}}).Rows[0]
	if x := state(t, d).table("project.line").Rows; !slices.ContainsFunc(x, func(r Row) bool { return r.ID == made && r.Parent == p.ID }) {
		t.Errorf("lines: %+v", x)
	}
	for _, id := range append(o.Rows, made) {
		edit(t, d, Change{Op: Delete, Row: id})
	}
	if got := d.raws(); got["basic.toml"] != before["basic.toml"] || got["projects.toml"] != before["projects.toml"] {
		t.Error("what was made and taken away leaves something")
	}
	edit(t, d, Change{Op: Insert, Table: "procurement", Values: []Typed{{Key: "class", Text: "货物"}, {Key: "amount", Text: "1"}}})
	if s := state(t, d); len(s.table("procurement").Rows) != 1 || s.table("procurement").Rows[0].File != "procurement.toml" {
		t.Error("no new file")
	}
	for ok := true; ok; {
		_, ok = d.Undo()
	}
	if !maps.Equal(before, d.raws()) {
		t.Error("undone, and not as before")
	}
}

// randomChange makes some change.
func randomChange(r *rand.Rand, s *State) (c Change, ok bool) {
	t := &s.Tables[r.IntN(len(s.Tables))]
	if len(t.Rows) == 0 || t.Name == "" {
		return c, false
	}
	row := &t.Rows[r.IntN(len(t.Rows))]
	switch r.IntN(6) {
	case 0:
		return Change{Op: Delete, Row: row.ID, Digest: row.Digest}, t.Repeated
	case 1, 2:
		c := Change{Op: Insert, Table: t.Name, After: row.ID}
		for _, v := range row.Values {
			c.Values = append(c.Values, Typed{v.Key, v.Text, v.Items})
		}
		return c, t.Repeated
	}
	if len(row.Values) == 0 {
		return c, false
	}
	v := &row.Values[r.IntN(len(row.Values))]
	if r.IntN(5) == 0 {
		return Change{Op: Unset, Row: row.ID, Key: v.Key, Was: v.Text, WasItems: v.Items}, true
	}
	c = Change{Op: Set, Row: row.ID, Key: v.Key, Was: v.Text, WasItems: v.Items, Text: v.Text + "1"}
	if v.Items != nil {
		c.Text, c.Items = "", append(slices.Clone(v.Items), "新的一条。")
	}
	return c, true
}

// rowsNow is what is typed, without what is checked.
func rowsNow(d *Desk) *State {
	s := &State{}
	r := &result{held: d.held, counts: map[spot]int{}, lists: shared0()}
	s.Tables = d.rowsOf(r, d.held, d.names)
	return s
}

func TestRandomEditsUndone(t *testing.T) {
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 1))
		d := sample(t).open(t)
		before := d.raws()
		var trail []map[string]string
		steps := 0
		for steps < 40 {
			c, ok := randomChange(r, rowsNow(d))
			if !ok {
				continue
			}
			trail = append(trail, d.raws())
			ids := rowsOfAll(d)
			o := d.Edit([]Change{c})
			if !o.Done() {
				if !maps.Equal(trail[len(trail)-1], d.raws()) {
					t.Fatalf("seed %d: refused and done: %+v", seed, o)
				}
				trail = trail[:len(trail)-1]
				steps++
				continue
			}
			stay(t, d, ids, c, o)
			steps++
		}
		end, n := d.raws(), len(d.done)
		for range n {
			if _, ok := d.Undo(); !ok {
				t.Fatal("nothing to undo")
			}
		}
		if !maps.Equal(before, d.raws()) || len(d.conflicts) > 0 {
			t.Fatalf("seed %d: undone, and not as before", seed)
		}
		for range n {
			d.Redo()
		}
		if !maps.Equal(end, d.raws()) {
			t.Fatalf("seed %d: done again, and not as it was", seed)
		}
	}
}

// rowsOfAll is what each row says, by its id.
func rowsOfAll(d *Desk) map[int]string {
	out := map[int]string{}
	for _, v := range d.held {
		for id, sum := range v.digests() {
			out[id] = sum
		}
	}
	return out
}

// stay holds that rows say under their id what they said before, but for the one that was changed and those around it.
func stay(t *testing.T, d *Desk, before map[int]string, c Change, o Outcome) {
	t.Helper()
	now := rowsOfAll(d)
	lost, other := 0, 0
	for id, sum := range before {
		switch x, ok := now[id]; {
		case !ok:
			lost++
		case x != sum:
			other++
		}
	}
	if c.Op != Delete && lost > 0 || other > 3 || len(now) > len(before)-lost+len(o.Rows)+1 {
		t.Fatalf("%+v: %d rows lost, %d say something else, %d before, %d now", c, lost, other, len(before), len(now))
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"", "一句。", "多行\n第二行\n", "'''", `"""\`, "\t# [[x]]\n", "\x00\u2028\ufeff", "\r\n", `\u0041`, "【请核对】"} {
		f.Add(s, "purpose")
	}
	k := sample(f)
	f.Fuzz(func(t *testing.T, text, key string) {
		if !utf8.ValidString(text) {
			t.Skip()
		}
		if key != "purpose" && key != "use" {
			key = "name"
		}
		d := k.open(t)
		r := find(t, rowsNow(d), "project", "name", "审批事务经费")
		before := d.raws()
		o := d.Edit([]Change{{Op: Set, Row: r.ID, Key: key, Text: text, Was: r.value(key)}})
		if !o.Done() {
			t.Fatalf("%q refused: %+v", text, o)
		}
		var now *Row
		for i := range rowsNow(d).table("project").Rows {
			if x := rowsNow(d).table("project").Rows[i]; x.ID == r.ID {
				now = &x
			}
		}
		if got := now.value(key); got != strings.ReplaceAll(text, "\r\n", "\n") && got != text {
			t.Fatalf("%q is read as %q", text, got)
		}
		for name, raw := range d.raws() {
			if name != "projects.toml" && raw != before[name] {
				t.Fatal(name, "changed")
			}
		}
		old, _, _ := strings.Cut(before["projects.toml"], "审批事务经费")
		if !strings.HasPrefix(d.raws()["projects.toml"], old[:len(old)-20]) {
			t.Fatal("what stands before changed")
		}
		d.Undo()
		if !maps.Equal(before, d.raws()) {
			t.Fatal("undone, and not as before")
		}
	})
}

var errDisk = errors.New("磁盘满了")

func TestSave(t *testing.T) {
	k := sample(t)
	d := k.open(t)
	r := office(t, d)
	edit(t, d, Change{Op: Set, Row: r.ID, Key: "amount", Text: "1", Was: "1671540"})
	k.refuse = errDisk
	if err := d.Save(); !errors.Is(err, errDisk) {
		t.Error(err)
	}
	if s := state(t, d); s.Saved != Failed || !strings.Contains(s.SaveError, "磁盘满了") || office(t, d).value("amount") != "1" {
		t.Errorf("%s %s", s.Saved, s.SaveError)
	}
	k.refuse = nil
	if err := d.Save(); err != nil || state(t, d).Saved != IsSaved || k.get("basic.toml") != d.raws()["basic.toml"] {
		t.Error(err)
	}
	d.Undo()
	if state(t, d).Saved != NotYet {
		t.Error("undone is not saved")
	}
}

func TestForeignChanges(t *testing.T) {
	k := sample(t)
	d := k.open(t)
	start := d.raws()["basic.toml"]
	r, next := office(t, d), find(t, state(t, d), "basic", "economic", "30202")
	o := edit(t, d, Change{Op: Set, Row: r.ID, Key: "amount", Text: "1", Was: "1671540"},
		Change{Op: Insert, Table: "basic", After: r.ID, Values: []Typed{{Key: "function", Text: "2010301"}, {Key: "economic", Text: "30205"}, {Key: "amount", Text: "2"}}})
	k.replace(t, "basic.toml", "amount =  300000 },", "amount =  300001 }, # 别人改的")
	k.replace(t, "basic.toml", "basic = [\n", "basic = [\n  { function = \"2010301\", economic = \"30211\", amount = 9 },\n")
	if err := d.Save(); err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(start, "amount =  300000 }", "amount =  300001 } # 别人改的", 1)
	want = strings.Replace(want, "basic = [\n", "basic = [\n  { function = \"2010301\", economic = \"30211\", amount = 9 },\n", 1)
	want = strings.Replace(want, "amount = 1671540 }", "amount =       1 }", 1)
	got := k.get("basic.toml")
	if s := state(t, d); office(t, d).ID != r.ID || find(t, s, "basic", "economic", "30202").ID != next.ID || find(t, s, "basic", "economic", "30205").ID != o.Rows[0] {
		t.Error("rows have other ids")
	}
	gone, come := changedLines(want, got)
	if len(gone) > 1 || len(come) > 2 || !strings.Contains(got, "别人改的") || !strings.Contains(got, `"30205"`) {
		t.Errorf("%q became %q", gone, come)
	}
	d.Undo() // what is undone is ours alone
	if raw := d.raws()["basic.toml"]; !strings.Contains(raw, "别人改的") || strings.Contains(raw, `"30205"`) || office(t, d).value("amount") != "1671540" || len(d.conflicts) > 0 {
		t.Errorf("%s\n%+v", raw, d.conflicts)
	}
	d.Redo()
	if raw := d.raws()["basic.toml"]; raw != got {
		t.Errorf("done again: %v", fmt.Sprint(changedLines(got, raw)))
	}
}

func TestForeignConflict(t *testing.T) {
	for _, mine := range []bool{true, false} {
		k := sample(t)
		d := k.open(t)
		r := office(t, d)
		edit(t, d, Change{Op: Set, Row: r.ID, Key: "amount", Text: "1", Was: "1671540"})
		k.replace(t, "basic.toml", "1671540", "1671541")
		if err := d.Save(); err != nil {
			t.Fatal(err)
		}
		s := state(t, d)
		if len(s.Conflicts) != 1 || s.Conflicts[0].Mine != "1" || s.Conflicts[0].Theirs != "1671541" || s.Conflicts[0].Row != r.ID {
			t.Fatalf("%+v", s.Conflicts)
		}
		if !strings.Contains(k.journal.String(), `"what":"conflict"`) {
			t.Error("the journal has not what was typed")
		}
		if ok, err := d.Resolve(s.Conflicts[0].ID, mine); !ok || err != nil {
			t.Fatal(ok, err)
		}
		if got := office(t, d).value("amount"); got != map[bool]string{true: "1", false: "1671541"}[mine] || len(state(t, d).Conflicts) > 0 {
			t.Errorf("%v: %s", mine, got)
		}
	}
}

// TestForeignSame: what somebody else wrote letter by letter as it is typed here is no change, and rows keep their ids.
func TestForeignSame(t *testing.T) {
	k := sample(t)
	d := k.open(t)
	made := edit(t, d, Change{Op: Insert, Table: "basic", After: office(t, d).ID, Values: []Typed{{Key: "economic", Text: "30205"}, {Key: "amount", Text: "5"}}}).Rows[0]
	k.put("basic.toml", []byte(d.raws()["basic.toml"]))
	if _, err := d.Reread(); err != nil || state(t, d).Saved != IsSaved {
		t.Fatal(err)
	}
	if name := dir + "/basic.toml"; !slices.Equal(d.saved[name].ids, d.held[name].ids) {
		t.Error("the file on the disk has other rows than the same file here")
	}
	edit(t, d, Change{Op: Set, Row: made, Key: "amount", Text: "6", Was: "5"})
	k.replace(t, "basic.toml", "amount = 1671540", "amount = 1671541")
	if err := d.Save(); err != nil || len(d.conflicts) > 0 || strings.Count(k.get("basic.toml"), `"30205"`) != 1 || office(t, d).value("amount") != "1671541" {
		t.Errorf("%v %+v", err, d.conflicts)
	}
	if r := find(t, state(t, d), "basic", "economic", "30205"); r.ID != made || r.value("amount") != "6" {
		t.Errorf("%+v", r)
	}
}

// TestForeignRowGone: a row that is edited here and deleted there can be made anew.
func TestForeignRowGone(t *testing.T) {
	k := sample(t)
	d := k.open(t)
	r := office(t, d)
	edit(t, d, Change{Op: Set, Row: r.ID, Key: "amount", Text: "1", Was: "1671540"})
	line := ""
	for _, l := range strings.SplitAfter(k.get("basic.toml"), "\n") {
		if strings.Contains(l, "1671540") {
			line = l
		}
	}
	k.replace(t, "basic.toml", line, "")
	if _, err := d.Reread(); err != nil {
		t.Fatal(err)
	}
	s := state(t, d)
	if len(s.Conflicts) != 1 || !strings.Contains(s.Conflicts[0].Mine, "amount = 1") {
		t.Fatalf("%+v", s.Conflicts)
	}
	if ok, err := d.Resolve(s.Conflicts[0].ID, true); !ok || err != nil || office(t, d).value("amount") != "1" {
		t.Error(ok, err)
	}
}

func TestForeignFileGone(t *testing.T) {
	for _, mine := range []bool{true, false} {
		k := sample(t)
		d := k.open(t)
		edit(t, d, Change{Op: Set, Row: office(t, d).ID, Key: "amount", Text: "1", Was: "1671540"})
		typed := d.raws()["basic.toml"]
		k.put("basic.toml", nil)
		if err := d.Save(); err == nil || state(t, d).Saved != Failed || d.raws()["basic.toml"] != typed {
			t.Errorf("a file that is gone: %v", err)
		}
		if s := state(t, d); len(s.Blocked) != 1 || s.Blocked[0].File != "basic.toml" || s.Blocked[0].Why != s.SaveError {
			t.Errorf("nobody is asked whose file it is to be: %+v", s.Blocked)
		}
		if err := d.Settle("basic.toml", mine); err != nil {
			t.Fatal(err)
		}
		if err := d.Save(); err != nil || (k.get("basic.toml") == typed) != mine || state(t, d).Saved != IsSaved || len(state(t, d).Blocked) > 0 {
			t.Errorf("%v: %v", mine, err)
		}
	}
}

// TestForeignBroken: a file that somebody else leaves with an error waits, and what is typed with it.
func TestForeignBroken(t *testing.T) {
	k := sample(t)
	d := k.open(t)
	edit(t, d, Change{Op: Set, Row: office(t, d).ID, Key: "amount", Text: "1", Was: "1671540"})
	whole := k.get("basic.toml")
	k.put("basic.toml", []byte(strings.Replace(whole, "basic = [", "basic = [ {", 1)))
	if err := d.Save(); err == nil || office(t, d).value("amount") != "1" {
		t.Error("a broken file was taken", err)
	}
	k.put("basic.toml", []byte("# 改好了\n"+whole))
	if _, err := d.Reread(); err != nil {
		t.Fatal(err)
	}
	if err := d.Save(); err != nil || !strings.HasPrefix(k.get("basic.toml"), "# 改好了\n") || office(t, d).value("amount") != "1" {
		t.Error(err)
	}
}

// TestNumbersBothWays: a number has an entry if and only if the entry touches the number.
func TestNumbersBothWays(t *testing.T) {
	d := sample(t).open(t)
	s := state(t, d)
	has := map[string]map[Ref]bool{}
	numbers, told := 0, 0
	for i := range d.result.document.Pages {
		p := &d.result.document.Pages[i]
		for k, m := range p.Marks {
			n, ok, err := d.Number(s.Pages[i].Hash, k)
			if ok != (m.Of > 0) || err != nil {
				t.Fatalf("page %d: number %d: %v %v", i+1, k, ok, err)
			}
			if k = slices.IndexFunc(p.Marks, func(x page.Mark) bool { return x.Of == m.Of }); !ok {
				continue
			}
			if !strings.Contains(n.Printed, p.Texts[m.Text].Text[m.From:m.To]) {
				t.Errorf("page %d prints %q of %q", i+1, p.Texts[m.Text].Text, n.Printed)
			}
			numbers++
			if n.Formula == "" || n.Printed == "" {
				t.Errorf("page %d: %+v", i+1, n)
			}
			for _, x := range slices.Concat(n.Lines, parts(n.Of), parts(n.Over)) {
				if strings.Contains(x.Words, "推算") { // nobody typed it: the row that it was found by has another amount
					told++
					if x.Row != "" {
						t.Errorf("page %d: %s leads to %s, where another amount is", i+1, x.Words, x.Title)
					}
				}
				if x.Row == "" {
					continue
				}
				if has[x.Row] == nil {
					has[x.Row] = map[Ref]bool{}
				}
				has[x.Row][Ref{i, k}] = true
			}
		}
	}
	if told == 0 {
		t.Error("the sample states its revenue: no number follows from others")
	}
	rows := 0
	for i := range s.Tables {
		for j := range s.Tables[i].Rows {
			id := s.Tables[i].Rows[j].ID
			refs, err := d.Touching(id, "")
			if err != nil {
				t.Fatal(err)
			}
			got := map[Ref]bool{}
			for _, r := range refs {
				got[r] = true
			}
			if len(got) != len(refs) || !maps.Equal(got, has[id]) && len(got)+len(has[id]) > 0 {
				t.Errorf("%s touches %d numbers, %d have it", id, len(refs), len(has[id]))
			}
			rows += min(1, len(refs))
		}
	}
	if numbers < 500 || rows < 30 {
		t.Errorf("%d numbers, %d rows in them", numbers, rows)
	}
}

func parts(n *Number) []Entry {
	if n == nil {
		return nil
	}
	return slices.Concat(n.Lines, parts(n.Of), parts(n.Over))
}

func TestProblemsAtTheirField(t *testing.T) {
	d := sample(t).open(t)
	r := office(t, d)
	edit(t, d, Change{Op: Set, Row: r.ID, Key: "economic", Text: "39999", Was: "30201"})
	s := state(t, d)
	i := slices.IndexFunc(s.Problems, func(p Problem) bool { return p.Row == r.ID && p.Key == "economic" })
	if i < 0 || s.Problems[i].ID == "" {
		t.Fatalf("%+v", s.Problems)
	}
	if now := find(t, s, "basic", "economic", "39999"); now.Problems == 0 {
		t.Error("the row does not count it")
	}
}

// TestStale: where what is typed makes no pages, those of before stay.
func TestStale(t *testing.T) {
	d := sample(t).open(t)
	s := state(t, d)
	r := s.table("department").Rows[0]
	edit(t, d, Change{Op: Unset, Row: r.ID, Key: "year", Was: "2026"})
	now := state(t, d)
	if !now.Stale || len(now.Pages) != len(s.Pages) || now.Errors == 0 {
		t.Errorf("stale %v, %d pages", now.Stale, len(now.Pages))
	}
	if _, err := d.Page(s.Pages[0].Hash); err != nil {
		t.Error(err)
	}
	d.Undo()
	if state(t, d).Stale {
		t.Error("stale")
	}
}

// TestTogether holds it against the race detector.
func TestTogether(t *testing.T) {
	d := sample(t).open(t)
	r := office(t, d)
	var all sync.WaitGroup
	for _, do := range []func(){
		func() { d.Edit([]Change{{Op: Set, Row: r.ID, Key: "fund", Text: "其他收入"}}) },
		func() { d.Undo() }, func() { _ = d.Save() }, func() { _, _ = d.State() }, func() { _, _ = d.Reread() },
		func() { _, _ = d.Touching(r.ID, "amount") }, func() { d.Steps() },
	} {
		all.Go(func() {
			for range 3 {
				do()
			}
		})
	}
	all.Wait()
}

func BenchmarkKeystroke(b *testing.B) {
	for name, k := range map[string]*disk{"sample": sample(b), "300": large(300)} {
		b.Run(name, func(b *testing.B) {
			d := k.open(b)
			row := state(b, d).table("project").Rows[0]
			was := row.value("purpose")
			b.ResetTimer()
			for i := range b.N {
				text := fmt.Sprintf("主要用途第%d次。", i)
				edit(b, d, Change{Op: Set, Row: row.ID, Key: "purpose", Text: text, Was: was})
				was = text
				state(b, d)
			}
		})
	}
}

// TestTypedWords: words of the author's on a page lead to the field that they were typed in.
func TestTypedWords(t *testing.T) {
	d := sample(t).open(t)
	s := state(t, d)
	found := 0
	for i := range d.result.document.Pages {
		for j, m := range d.result.document.Pages[i].Marks {
			row, key, ok := d.Typed(s.Pages[i].Hash, j)
			if ok != (m.Origin != nil && strings.HasPrefix(m.Origin.File, dir)) {
				t.Fatalf("page %d: %v of %v", i+1, ok, m.Origin)
			}
			if ok && key == "purpose" && slices.ContainsFunc(s.table("project").Rows, func(r Row) bool { return r.ID == row }) {
				found++
			}
		}
	}
	if found < 4 {
		t.Errorf("%d pieces of purposes", found)
	}
}

// TestPagesStay: a row that is made renames no page but those that it is printed on.
func TestPagesStay(t *testing.T) {
	d := sample(t).open(t)
	before := state(t, d).Pages
	edit(t, d, Change{Op: Insert, Table: "basic", After: office(t, d).ID, Values: []Typed{{Key: "function", Text: "2010301"}, {Key: "economic", Text: "30205"}, {Key: "amount", Text: "10000"}}})
	same := 0
	for i, p := range state(t, d).Pages {
		if i < len(before) && p.Hash == before[i].Hash {
			same++
		}
	}
	if same < len(before)/3 {
		t.Errorf("%d of %d pages stay", same, len(before))
	}
	if first, err := d.Page(before[0].Hash); err != nil || !strings.HasPrefix(string(first), before[0].Label) {
		t.Errorf("the drawing of a page that stays: %q %v", first, err)
	}
	if _, err := d.Page("nothing"); !errors.Is(err, ErrGone) {
		t.Error(err)
	}
}

func TestCodes(t *testing.T) {
	d := sample(t).open(t)
	for kind, want := range map[budget.FieldKind]string{budget.FieldFunction: "2010301 行政运行", budget.FieldEconomic: "30201 办公费", budget.FieldUnit: "338001 武昌区行政审批局本级", budget.FieldProject: "审批事务经费 审批事务经费"} {
		list, err := d.Codes(kind)
		var words []string
		for _, c := range list {
			words = append(words, c.Code+" "+c.Name)
		}
		if err != nil || !slices.Contains(words, want) {
			t.Errorf("%s: %d codes without %s: %v", kind, len(list), want, words[:min(3, len(words))])
		}
	}
	if list, err := d.Codes(budget.FieldText); list != nil || err != nil {
		t.Error(list, err)
	}
}

// TestItems: keys that the pack gives are offered with their names, filled in or not.
func TestItems(t *testing.T) {
	d := sample(t).open(t)
	s := state(t, d)
	for _, name := range []string{"text", "prior.figures", "form.fields"} {
		x := s.table(name)
		if len(x.Items) < 3 {
			t.Fatalf("%s asks for %d keys", name, len(x.Items))
		}
		for _, item := range x.Items {
			if item.Label == "" || item.Key == "" || (item.Form != "") != (name == "form.fields") {
				t.Errorf("%s: %+v", name, item)
			}
		}
	}
	item := s.table("text").Items[0]
	o := edit(t, d, Change{Op: Set, Table: "text", Key: item.Key, Text: "新的文字。", Was: s.table("text").Rows[0].value(item.Key)})
	if s := state(t, d); !strings.Contains(s.Undo, item.Label) || s.table("text").Rows[0].value(item.Key) != "新的文字。" {
		t.Errorf("%+v: %q", o, s.Undo)
	}
}

// BenchmarkTouching asks for the numbers of a row right after an edit.
func BenchmarkTouching(b *testing.B) {
	for name, k := range map[string]*disk{"sample": sample(b), "300": large(300)} {
		b.Run(name, func(b *testing.B) {
			d := k.open(b)
			row := state(b, d).table("project").Rows[0].ID
			for b.Loop() {
				d.result.touched = nil
				if _, err := d.Touching(row, "amount"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
