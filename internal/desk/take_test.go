package desk

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"yusuan/internal/typeset/page"
)

// wholes are files with texts in them replaced.
func (k *disk) wholes(t *testing.T, name string, old, now string) Written {
	t.Helper()
	text := k.get(name)
	if strings.Count(text, old) != 1 {
		t.Fatalf("%s has %q %d times", name, old, strings.Count(text, old))
	}
	return Written{name, []byte(text), []byte(strings.Replace(text, old, now, 1))}
}

// What is decided about files as a whole is told value by value, is one step of undo, and is saved under its name.
func TestTake(t *testing.T) {
	k := sample(t)
	var why []string
	d, err := Open(World{Shared: shared(), Data: k, Dir: dir, PriorDir: prior, Now: time.Now, Draw: func(*page.Page) []byte { return nil },
		Write:   func(w string, f []Written) error { why = append(why, w); return k.write(w, f) },
		Journal: func(line []byte) error { k.journal.Write(line); return nil }})
	if err != nil {
		t.Fatal(err)
	}
	line := firstAmount(t, k.get("basic.toml"))
	files := []Written{k.wholes(t, "basic.toml", line, strings.Replace(line, "amount = ", "amount = 9", 1)), {Path: "more.toml", After: []byte("[[term]]\nname = \"词\"\ntext = \"话。\"\n")}}
	notes, err := d.Would(files)
	if err != nil || len(notes) != 2 || notes[0].Key != "amount" || !strings.HasPrefix(notes[0].New, "9") || notes[1].Words != "新增文件 more.toml" {
		t.Fatalf("%v %+v", err, notes)
	}
	before := ids(t, d, "basic")
	if err := d.Take("由 甲.xlsx 带入", files); err != nil {
		t.Fatal(err)
	}
	if got := ids(t, d, "basic"); !slices.Equal(got, before) {
		t.Errorf("the rows are others: %v, were %v", got, before)
	}
	s, err := d.State()
	if err != nil || s.Undo != "由 甲.xlsx 带入" {
		t.Errorf("undo says %q, %v", s.Undo, err)
	}
	if err := d.Save(); err != nil || !slices.Equal(why, []string{"由 甲.xlsx 带入"}) || k.get("more.toml") == "" {
		t.Errorf("saved as %q: %v", why, err)
	}
	if err := d.Take("再来", files); !errors.Is(err, ErrChanged) {
		t.Errorf("files that are not as they were are taken: %v", err)
	}
	if step, ok := d.Undo(); !ok || step.Notes[0].Words != "由 甲.xlsx 带入" {
		t.Errorf("%v %+v", ok, step)
	}
	if err := d.Save(); err != nil || k.get("more.toml") != "" || k.get("basic.toml") != string(files[0].Before) || why[1] != Editing {
		t.Errorf("after undo: %v, %q, %q", err, why, k.get("more.toml"))
	}
}

// A file that goes, and one of which only remarks are others, are told as such.
func TestTakeTellsFiles(t *testing.T) {
	k := sample(t)
	d := k.open(t)
	text := k.get("basic.toml")
	notes, err := d.Would([]Written{{"basic.toml", []byte(text), []byte("# 话\n" + text)}, {Path: "units.toml", Before: []byte(k.get("units.toml"))}})
	if err != nil || len(notes) != 2 || !strings.Contains(notes[0].Words, "只有注释") || notes[1].Words != "删去文件 units.toml" {
		t.Errorf("%v %+v", err, notes)
	}
}

func firstAmount(t *testing.T, text string) string {
	t.Helper()
	for line := range strings.Lines(text) {
		if strings.Contains(line, "amount = ") && !strings.HasPrefix(line, "#") && strings.Count(text, line) == 1 {
			return line
		}
	}
	t.Fatal("no amount")
	return ""
}

func ids(t *testing.T, d *Desk, table string) (out []string) {
	t.Helper()
	s, err := d.State()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range s.Tables {
		if x.Name == table {
			for _, r := range x.Rows {
				out = append(out, r.ID)
			}
		}
	}
	return out
}

// TestTakeWaits: of a file that waits for somebody to say whose it is nothing is taken: it would not be saved.
func TestTakeWaits(t *testing.T) {
	k := sample(t)
	d := k.open(t)
	edit(t, d, Change{Op: Set, Row: office(t, d).ID, Key: "amount", Text: "1", Was: "1671540"})
	typed := []byte(d.raws()["basic.toml"])
	k.put("basic.toml", nil)
	if err := d.Save(); err == nil {
		t.Fatal("a file that is gone is saved")
	}
	if err := d.Take("由 甲.xlsx 带入", []Written{{"basic.toml", typed, append([]byte("# 新\n"), typed...)}}); !errors.Is(err, ErrChanged) {
		t.Errorf("it is taken: %v", err)
	}
}

// TestTakeUndone: what is written after a Take was taken back is not written under its name.
func TestTakeUndone(t *testing.T) {
	k := sample(t)
	var why []string
	d, err := Open(World{Shared: shared(), Data: k, Dir: dir, PriorDir: prior, Now: time.Now, Draw: func(*page.Page) []byte { return nil },
		Write:   func(w string, f []Written) error { why = append(why, w); return k.write(w, f) },
		Journal: func([]byte) error { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Take("由 甲.xlsx 带入", []Written{{Path: "more.toml", After: []byte("[[term]]\nname = \"词\"\ntext = \"话。\"\n")}}); err != nil {
		t.Fatal(err)
	}
	d.Undo()
	edit(t, d, Change{Op: Set, Row: office(t, d).ID, Key: "amount", Text: "1", Was: "1671540"})
	if err := d.Save(); err != nil || !slices.Equal(why, []string{Editing}) {
		t.Errorf("saved as %q: %v", why, err)
	}
}

// TestTakeOfWhatItSaw: what was decided about a file that somebody typed into since is not done.
func TestTakeOfWhatItSaw(t *testing.T) {
	k := sample(t)
	d := k.open(t)
	saw := []byte(k.get("basic.toml"))
	edit(t, d, Change{Op: Set, Row: office(t, d).ID, Key: "amount", Text: "1", Was: "1671540"})
	files := []Written{{"basic.toml", saw, append([]byte("# 新\n"), saw...)}}
	if _, err := d.Would(files); !errors.Is(err, ErrChanged) {
		t.Errorf("it would be taken: %v", err)
	}
	if err := d.Take("由 甲.xlsx 带入", files); !errors.Is(err, ErrChanged) || office(t, d).value("amount") != "1" {
		t.Errorf("what was typed since is lost: %v", err)
	}
}
