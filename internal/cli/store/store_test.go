package store

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// at is a folder of files, whose clock stands still.
func at(t *testing.T, files map[string]string) Folder {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := put(filepath.Join(dir, name), []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	return Folder{Dir: dir, Write: put, Now: func() time.Time { return time.Date(2026, 2, 1, 9, 0, 0, 0, time.UTC) }}
}

func put(name string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	return os.WriteFile(name, content, 0o666)
}

// holds is what the data files of a folder say.
func holds(t *testing.T, f Folder) map[string]string {
	t.Helper()
	all, err := f.all()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, x := range all {
		out[x.Path] = string(x.Before)
	}
	return out
}

func same(t *testing.T, f Folder, when string, want map[string]string) {
	t.Helper()
	if got := holds(t, f); !maps.Equal(got, want) {
		t.Errorf("%s: %v, want %v", when, got, want)
	}
}

func TestPutAndBack(t *testing.T) {
	first := map[string]string{"a.toml": "a", "b/c.toml": "c"}
	f := at(t, first)
	for _, name := range []string{"_draft.toml", "~$a.toml", "notes.txt", ".git/x.toml"} {
		if err := put(filepath.Join(f.Dir, name), []byte("x")); err != nil {
			t.Fatal(err)
		}
	}
	err := f.Put("one", []File{{"a.toml", []byte("a"), []byte("A")}, {"b/c.toml", []byte("c"), nil}, {"d.toml", nil, []byte("")}})
	if err != nil {
		t.Fatal(err)
	}
	second := map[string]string{"a.toml": "A", "d.toml": ""}
	same(t, f, "put", second)
	states, err := f.States()
	if err != nil || len(states) != 1 || states[0].Number != 1 || states[0].Why != "one" || !states[0].Time.Equal(f.Now()) {
		t.Fatal(states, err)
	}
	if then, err := f.Then(1); err != nil || len(then) != 2 || then[0].Path != "a.toml" || string(then[0].After) != "a" || string(then[1].After) != "c" {
		t.Error(then, err)
	}
	if _, err := f.Then(7); !errors.Is(err, ErrGone) {
		t.Error(err)
	}
	changed, err := f.Restore(1, "back")
	if err != nil || len(changed) != 3 {
		t.Fatal(changed, err)
	}
	same(t, f, "restored", first)
	if _, err := f.Restore(2, "forth"); err != nil {
		t.Fatal(err)
	}
	same(t, f, "restored again", second)
	if _, err := f.Restore(9, ""); !errors.Is(err, ErrGone) {
		t.Error(err)
	}
	for _, name := range []string{"_draft.toml", "~$a.toml", "notes.txt", ".git/x.toml"} {
		if _, err := os.Stat(filepath.Join(f.Dir, name)); err != nil {
			t.Error(err)
		}
	}
}

// TestOthersAreNotOverwritten: who read a file before somebody changed, made or removed it writes nothing at all.
func TestOthersAreNotOverwritten(t *testing.T) {
	files := map[string]string{"a.toml": "a", "b.toml": "somebody's"}
	for _, x := range []File{{"b.toml", []byte("b"), []byte("B")}, {"b.toml", nil, []byte("B")}, {"b.toml", []byte("b"), nil}, {"c.toml", []byte("c"), []byte("C")}, {"c.toml", []byte(""), nil}} {
		f := at(t, files)
		err := f.Put("", []File{{"a.toml", []byte("a"), []byte("A")}, x})
		var changed *ChangedError
		if !errors.As(err, &changed) || !slices.Equal(changed.Paths, []string{x.Path}) {
			t.Errorf("%v: %v", x, err)
		}
		same(t, f, "refused", files)
		if states, _ := f.States(); states != nil || Unfinished(f.Dir) {
			t.Error(states)
		}
	}
}

// TestPathsStayInside: no path leads out of the folder, into what is not data, or twice to one file.
func TestPathsStayInside(t *testing.T) {
	f := at(t, map[string]string{"a.toml": "a"})
	for _, name := range []string{"../x.toml", "/x.toml", "a/../../x.toml", ".yusuan/x.toml", "_x.toml", "x.txt", "x", "", "a//x.toml", "./x.toml", `a\x.toml`, "c:x.toml", "~a/x.toml"} {
		if err := f.Put("", []File{{name, nil, []byte("x")}}); !errors.Is(err, ErrNoData) {
			t.Errorf("%q: %v", name, err)
		}
	}
	if err := f.Put("", []File{{"x.toml", nil, []byte("x")}, {"X.TOML", nil, []byte("y")}}); !errors.Is(err, ErrNoData) {
		t.Error(err)
	}
	if err := os.Symlink(filepath.Join(f.Dir, "a.toml"), filepath.Join(f.Dir, "l.toml")); err == nil {
		if err := f.Put("", []File{{"l.toml", []byte("a"), []byte("x")}}); err == nil {
			t.Error("wrote through a link")
		}
	}
	same(t, f, "refused", map[string]string{"a.toml": "a"})
}

// TestAllOrNone fails at each write in turn, by an error and by a run that is killed there: after an error nothing has
// changed, and after a kill the next run finishes or nothing has changed.
func TestAllOrNone(t *testing.T) {
	before := map[string]string{"a.toml": "a", "b.toml": "b", "c.toml": "c"}
	after := map[string]string{"a.toml": "A", "b.toml": "B", "d.toml": "D"}
	files := []File{{"a.toml", []byte("a"), []byte("A")}, {"b.toml", []byte("b"), []byte("B")}, {"c.toml", []byte("c"), nil}, {"d.toml", nil, []byte("D")}}
	full := errors.New("disk full")
	finished := 0
	for n := 0; ; n++ {
		writes := 0
		f := at(t, before)
		f.Write = func(name string, content []byte) error {
			if writes++; writes == n+1 {
				return full
			}
			return put(name, content)
		}
		err := f.Put("", files)
		if err == nil {
			same(t, f, "nothing failed", after)
			break
		}
		if !errors.Is(err, full) {
			t.Fatal(err)
		}
		same(t, f, fmt.Sprint("write ", n, " failed"), before)
		if Unfinished(f.Dir) {
			t.Error("an error leaves something to finish", n)
		}
		finished += killed(t, at(t, before), files, n, before, after)
	}
	if finished == 0 {
		t.Error("no run was finished by the next")
	}
}

// killed ends a run at a write, and counts the runs that the next one had to finish.
func killed(t *testing.T, f Folder, files []File, n int, before, after map[string]string) (finished int) {
	t.Helper()
	func() {
		defer func() { _ = recover() }()
		writes, g := 0, f
		g.Write = func(name string, content []byte) error {
			if writes++; writes == n+1 {
				panic("killed")
			}
			return put(name, content)
		}
		t.Error(n, g.Put("", files))
	}()
	want := before
	if Unfinished(f.Dir) {
		want = after
		finished = 1
	}
	old := time.Now().Add(-time.Hour)
	_ = os.Chtimes(f.own("lock"), old, old) // it is not there where it was taken away on the way out
	were := holds(t, f)
	written, err := f.Finish()
	if err != nil {
		t.Error(n, err)
	}
	same(t, f, fmt.Sprint("killed at ", n), want)
	var left []string
	for _, x := range files {
		if was, there := were[x.Path]; finished > 0 && (there != (x.After != nil) || was != string(x.After)) {
			left = append(left, x.Path)
		}
	}
	if !slices.Equal(written, left) {
		t.Errorf("killed at %d: tells that it wrote %v, wrote %v", n, written, left)
	}
	if Unfinished(f.Dir) {
		t.Error("still unfinished", n)
	}
	return finished
}

// TestWhatIsChangedMeanwhileStays: a file that its author went on with after a run was killed is left alone, and told.
func TestWhatIsChangedMeanwhileStays(t *testing.T) {
	f := at(t, map[string]string{"a.toml": "a", "b.toml": "b"})
	writes := 0
	g := f
	g.Write = func(name string, content []byte) error {
		if strings.HasSuffix(name, "b.toml") {
			writes++
			panic("killed")
		}
		return put(name, content)
	}
	func() {
		defer func() { _ = recover() }()
		t.Error(g.Put("", []File{{"a.toml", []byte("a"), []byte("A")}, {"b.toml", []byte("b"), []byte("B")}}))
	}()
	if writes != 1 || !Unfinished(f.Dir) {
		t.Fatal("not killed")
	}
	if err := put(filepath.Join(f.Dir, "b.toml"), []byte("mine")); err != nil {
		t.Fatal(err)
	}
	var changed *ChangedError
	if written, err := f.Finish(); len(written) > 0 || !errors.As(err, &changed) || !slices.Equal(changed.Paths, []string{"b.toml"}) {
		t.Error(written, err)
	}
	same(t, f, "finished", map[string]string{"a.toml": "A", "b.toml": "mine"})
}

func TestOneAtATime(t *testing.T) {
	f := at(t, map[string]string{"a.toml": "a"})
	if err := f.alone(func() error { return f.Put("", []File{{"a.toml", []byte("a"), []byte("A")}}) }); !errors.Is(err, ErrBusy) {
		t.Error(err)
	}
	if err := put(f.own("lock"), nil); err != nil { // of a run that was killed just now
		t.Fatal(err)
	}
	if err := f.Put("", nil); !errors.Is(err, ErrBusy) {
		t.Error(err)
	}
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(f.own("lock"), old, old); err != nil {
		t.Fatal(err)
	}
	if err := f.Put("", nil); err != nil {
		t.Error(err)
	}
	left, err := os.ReadDir(f.own())
	if err != nil || len(left) != 0 {
		t.Error(left, err)
	}
}

// TestStatesAreBounded: the oldest go, contents that no state has go with them, and numbers are never given twice.
func TestStatesAreBounded(t *testing.T) {
	f := at(t, map[string]string{"a.toml": "0", "b.toml": "always"})
	const n = mostStates + 20
	for i := range n {
		if err := f.Put("", []File{{"a.toml", fmt.Append(nil, i), fmt.Append(nil, i+1)}}); err != nil {
			t.Fatal(err)
		}
	}
	states, err := f.States()
	if err != nil || len(states) != mostStates || states[0].Number != n || states[mostStates-1].Number != n-mostStates+1 {
		t.Fatal(len(states), err)
	}
	objects, err := os.ReadDir(f.own("backup", "objects"))
	if err != nil || len(objects) != mostStates+1 {
		t.Error(len(objects), err)
	}
	if _, err := f.Restore(n, ""); err != nil {
		t.Fatal(err)
	}
	same(t, f, "restored", map[string]string{"a.toml": fmt.Sprint(n - 1), "b.toml": "always"})
}

// TestDamagedStatesAreTold: what was kept and is not what it was is never written.
func TestDamagedStatesAreTold(t *testing.T) {
	f := at(t, map[string]string{"a.toml": "a"})
	if err := f.Put("", []File{{"a.toml", []byte("a"), []byte("A")}}); err != nil {
		t.Fatal(err)
	}
	states, err := f.States()
	if err != nil {
		t.Fatal(err)
	}
	name := f.objectFile(states[0].Files[0].Hash)
	raw, err := os.ReadFile(name)
	if err != nil || !bytes.Equal(raw, []byte("a")) {
		t.Fatal(string(raw), err)
	}
	if err := put(name, []byte("x")); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Restore(1, ""); err == nil {
		t.Error("a damaged state was restored")
	}
	same(t, f, "refused", map[string]string{"a.toml": "A"})
	if err := put(f.stateFile(1), []byte("{")); err != nil {
		t.Fatal(err)
	}
	if _, err := f.States(); err == nil {
		t.Error("a damaged list is no error")
	}
}

// TestTypingIsOneState: what is written bit by bit leaves the state before it, not one for each bit; what something else wrote
// between stays apart, and so does what is typed long after.
func TestTypingIsOneState(t *testing.T) {
	f := at(t, map[string]string{"a.toml": "0"})
	now := f.Now()
	f.Now = func() time.Time { return now }
	text := "0"
	write := func(why string, later time.Duration) {
		t.Helper()
		next := text + "."
		now = now.Add(later)
		if err := f.Continue(why, time.Hour, []File{{"a.toml", []byte(text), []byte(next)}}); err != nil {
			t.Fatal(err)
		}
		text = next
	}
	write("typed", 0)
	write("typed", 59*time.Minute)
	write("brought", time.Second)
	write("typed", time.Second)
	write("typed", time.Second)
	write("typed", time.Hour)
	states, err := f.States()
	var got []string
	for _, s := range states {
		got = append(got, s.Why)
	}
	if err != nil || !slices.Equal(got, []string{"typed", "typed", "brought", "typed"}) {
		t.Errorf("%v: %v", got, err)
	}
	if _, err := f.Restore(states[3].Number, "back"); err != nil {
		t.Fatal(err)
	}
	same(t, f, "back to before the first", map[string]string{"a.toml": "0"})
}

// TestFolderMovedAway: a folder that was moved while it was open is not made anew by what is written of it: it would be there, empty.
func TestFolderMovedAway(t *testing.T) {
	f := at(t, map[string]string{"a.toml": "a = 1\n"})
	if err := os.Rename(f.Dir, f.Dir+"-away"); err != nil {
		t.Fatal(err)
	}
	if err := f.Note([]byte("{}\n")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the journal of a folder that is not there: %v", err)
	}
	if err := f.Put("编辑", []File{{Path: "a.toml", Before: []byte("a = 1\n"), After: []byte("a = 2\n")}}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("files of a folder that is not there: %v", err)
	}
	if _, err := os.Stat(f.Dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder is there again: %v", err)
	}
}
