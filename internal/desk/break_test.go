package desk

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

// TestFolderEmptied: a folder in which nothing is any more, since a disk or a share went away, is told and nothing of it is taken
// for deleted.
func TestFolderEmptied(t *testing.T) {
	k := sample(t)
	d := k.open(t)
	edit(t, d, Change{Op: Set, Row: office(t, d).ID, Key: "amount", Text: "1", Was: "1671540"})
	k.put("note.txt", []byte("no data"))
	typed, files := d.raws(), k.now()
	for name := range typed {
		k.put(name, nil)
	}
	if _, err := d.Reread(); !errors.Is(err, ErrEmpty) {
		t.Errorf("nothing is there, and it is read: %v", err)
	}
	if err := d.Save(); !errors.Is(err, ErrEmpty) {
		t.Errorf("nothing is there, and it is saved: %v", err)
	}
	if got := d.raws(); len(got) != len(typed) || got["basic.toml"] != typed["basic.toml"] || state(t, d).Saved != Failed {
		t.Errorf("%d files are left of %d", len(got), len(typed))
	}
	k.mu.Lock()
	k.files = files
	k.mu.Unlock()
	if err := d.Save(); err != nil || k.get("basic.toml") != typed["basic.toml"] || len(d.conflicts) > 0 {
		t.Errorf("it is there again: %v %v", err, d.conflicts)
	}
}

// TestUndoOfFileThatOthersWroteInto: to take back what made a file takes that back alone, or says that it cannot.
func TestUndoOfFileThatOthersWroteInto(t *testing.T) {
	k := sample(t)
	d := k.open(t)
	edit(t, d, Change{Op: Insert, Table: "glossary", File: "more.toml", Values: []Typed{{Key: "term", Text: "甲词"}, {Key: "text", Text: "甲的解释。"}}})
	if err := d.Save(); err != nil {
		t.Fatal(err)
	}
	k.put("more.toml", []byte(k.get("more.toml")+"\n[[glossary]]\nterm = \"乙词\"\ntext = \"乙的解释。\"\n"))
	if _, err := d.Reread(); err != nil {
		t.Fatal(err)
	}
	if _, ok := d.Undo(); !ok {
		t.Fatal("nothing to take back")
	}
	text := d.raws()["more.toml"]
	if !strings.Contains(text, "乙词") {
		t.Errorf("what somebody else wrote is gone: %s", text)
	}
	if strings.Contains(text, "甲词") && len(d.conflicts) == 0 {
		t.Errorf("nothing was taken back, and nobody is told: %s", text)
	}
}

// TestGoneRowComesBackWhole: a row that somebody deleted while another typed in it comes back with all that is in it.
func TestGoneRowComesBackWhole(t *testing.T) {
	k := sample(t)
	d := k.open(t)
	const kids = 2
	row := &state(t, d).table("project").Rows[1]
	for _, text := range []string{"1", "2"} {
		edit(t, d, Change{Op: Insert, Table: "project.line", Parent: row.ID, Values: []Typed{{Key: "amount", Text: text}}})
	}
	if err := d.Save(); err != nil {
		t.Fatal(err)
	}
	other := k.open(t)
	name := row.value("name")
	edit(t, other, Change{Op: Delete, Row: find(t, state(t, other), "project", "name", name).ID})
	if err := other.Save(); err != nil {
		t.Fatal(err)
	}
	edit(t, d, Change{Op: Set, Row: row.ID, Key: "note", Text: "改过"})
	if _, err := d.Reread(); err != nil {
		t.Fatal(err)
	}
	if len(d.conflicts) != 1 || !strings.Contains(d.conflicts[0].Mine, "改过") || !strings.Contains(d.conflicts[0].Mine, "amount = 2") {
		t.Fatalf("%+v", d.conflicts)
	}
	if ok, err := d.Resolve(d.conflicts[0].ID, true); !ok || err != nil {
		t.Fatal(ok, err)
	}
	s := state(t, d)
	back, n := find(t, s, "project", "name", name), 0
	for j := range s.table("project.line").Rows {
		if s.table("project.line").Rows[j].Parent == back.ID {
			n++
		}
	}
	if n != kids || back.value("note") != "改过" {
		t.Errorf("it came back with %d of its %d lines", n, kids)
	}
}

// TestUnfitFiles: a name under which nothing can be written on some system is refused at once: saving would fail for all files.
func TestUnfitFiles(t *testing.T) {
	k := sample(t)
	d := k.open(t)
	for _, name := range []string{`C:\evil.toml`, "a:b.toml", "CON.toml", "a\x00b.toml", "../evil.toml", ".yusuan/x.toml", "BASIC.toml", "x.txt", `sub\x.toml`} {
		for _, c := range []Change{{Op: Insert, Table: "basic", File: name}, {Op: Set, Table: "procurement", Key: "amount", Text: "1", File: name}, {Op: Set, Table: "form", Key: "kind", Text: "x", File: name}} {
			if o := d.Edit([]Change{c}); o.Done() {
				t.Errorf("%q is taken for a file by %s %s", name, c.Op, c.Table)
			}
		}
	}
	if d.Unsaved() {
		t.Error("something of it stays")
	}
}

// TestCutOff: what was typed in a session that was killed before it was saved is told when the folder is opened next, and can be
// typed again from there. What was saved, or taken back, is not.
func TestCutOff(t *testing.T) {
	k := sample(t)
	d := k.open(t)
	state(t, d) // codes have names
	set := func(d *Desk, text, was string) {
		t.Helper()
		edit(t, d, Change{Op: Set, Row: office(t, d).ID, Key: "amount", Text: text, Was: was})
	}
	again := func() *Desk {
		t.Helper()
		w := d.world
		w.Tail = func() ([][]byte, error) { return bytes.SplitAfter(bytes.Clone(k.journal.Bytes()), []byte("\n")), nil }
		d, err := Open(w)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	d = again()
	state(t, d)
	if err := d.Save(); err != nil || k.journal.Len() > 0 {
		t.Errorf("nothing was typed: %v %s", err, k.journal.String())
	}
	set(d, "1", "1671540")
	if other := again(); len(other.conflicts) != 1 {
		t.Errorf("the first that was typed was not saved: %+v", other.conflicts)
	}
	if err := d.Save(); err != nil {
		t.Fatal(err)
	}
	if other := again(); len(other.conflicts) > 0 {
		t.Errorf("all was saved: %+v", other.conflicts)
	}
	set(d, "2", "1")
	set(d, "3", "2")
	killed := again()
	state(t, killed)
	if c := killed.conflicts; len(c) != 1 || c[0].Mine != "3" || c[0].Theirs != "1" || !strings.Contains(c[0].What, "没有存进文件") {
		t.Fatalf("%+v", c)
	}
	if ok, err := killed.Resolve(killed.conflicts[0].ID, true); !ok || err != nil || office(t, killed).value("amount") != "3" {
		t.Error(ok, err, office(t, killed).value("amount"))
	}
	if err := killed.Save(); err != nil {
		t.Fatal(err)
	}
	if other := again(); len(other.conflicts) > 0 {
		t.Errorf("all is saved: %+v", other.conflicts)
	}
	set(killed, "4", "3")
	if _, ok := killed.Undo(); !ok {
		t.Fatal("nothing to take back")
	}
	if other := again(); len(other.conflicts) > 0 {
		t.Errorf("it was taken back: %+v", other.conflicts)
	}
	k.journal.WriteString(`{"kind":"solve","notes":[{"what":"foreign","file":"basic.toml","words":"basic.toml 照别处的"}]}` + "\n")
	if other := again(); len(other.conflicts) > 0 {
		t.Errorf("nothing was typed: %+v", other.conflicts)
	}
	if err := killed.Save(); err != nil {
		t.Fatal(err)
	}
	o := edit(t, killed, Change{Op: Insert, Table: "glossary", File: "text.toml", Values: []Typed{{Key: "term", Text: "甲词"}}})
	edit(t, killed, Change{Op: Set, Row: o.Rows[0], Key: "text", Text: "甲的解释。"})
	lost := again()
	state(t, lost)
	if c := lost.conflicts; len(c) != 2 || c[1].Mine != "甲的解释。" {
		t.Fatalf("%+v", c)
	}
	if ok, err := lost.Resolve(lost.conflicts[1].ID, true); ok || err == nil || len(lost.conflicts) != 2 {
		t.Error("a row that is not there was typed in, or what was typed is gone", ok, err)
	}
	if err := lost.Save(); err != nil { // nobody decided about it yet
		t.Fatal(err)
	}
	lost = again()
	if c := lost.conflicts; len(c) != 2 || c[1].Mine != "甲的解释。" {
		t.Fatalf("nobody decided, and it is told no more: %+v", c)
	}
	for range 2 {
		if ok, err := lost.Resolve(lost.conflicts[0].ID, false); !ok || err != nil {
			t.Fatal(ok, err)
		}
	}
	if err := lost.Save(); err != nil {
		t.Fatal(err)
	}
	if other := again(); len(other.conflicts) > 0 {
		t.Errorf("it was decided: %+v", other.conflicts)
	}
}
