package desk

import (
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
