package desk

import (
	"testing"
)

// What is typed key by key is taken back at once, told as one, and made again at once.
func TestRunIsTakenBackAtOnce(t *testing.T) {
	d := sample(t).open(t)
	r := office(t, d)
	was := "1671540"
	for _, text := range []string{"1", "１０", "109", "1,090", "1,090.5"} {
		edit(t, d, Change{Op: Set, Row: r.ID, Key: "amount", Text: text, Was: was, Run: "a"})
		was = text // as it was typed, not as the file spells it
	}
	if got := office(t, d).value("amount"); got != "1090.50" {
		t.Fatalf("typed 1,090.5: %q", got)
	}
	const words = "基本支出 · 行政运行 办公费 · 金额 1,671,540 → 1,090.5"
	if got := state(t, d).Undo; got != words {
		t.Errorf("to take back: %q", got)
	}
	step, ok := d.Undo()
	if !ok || len(step.Notes) != 1 || step.Notes[0].Words != words {
		t.Errorf("taken back: %v", step.Notes)
	}
	if got := office(t, d).value("amount"); got != "1671540" {
		t.Errorf("taken back it is %q", got)
	}
	if s := state(t, d); s.Undo != "" || s.Redo != words {
		t.Errorf("undo %q redo %q", s.Undo, s.Redo)
	}
	step, ok = d.Redo()
	if got := office(t, d).value("amount"); !ok || got != "1090.50" || step.Notes[0].Words != words {
		t.Errorf("made again: %q, %v", got, step.Notes)
	}
	if _, ok = d.Undo(); !ok || office(t, d).value("amount") != "1671540" {
		t.Errorf("taken back again: %q", office(t, d).value("amount"))
	}
}

// Another field, another run, and what another did in between part steps.
func TestRunsStayApart(t *testing.T) {
	d := sample(t).open(t)
	r := office(t, d)
	edit(t, d, Change{Op: Set, Row: r.ID, Key: "amount", Text: "1", Was: "1671540", Run: "a"})
	edit(t, d, Change{Op: Set, Row: r.ID, Key: "amount", Text: "12", Was: "1", Run: "b"})
	edit(t, d, Change{Op: Set, Row: r.ID, Key: "economic", Text: "30202", Was: "30201", Run: "c"})
	edit(t, d, Change{Op: Set, Row: r.ID, Key: "amount", Text: "123", Was: "12", Run: "b"})
	for _, want := range []string{"12", "12", "1", "1671540"} {
		d.Undo()
		s := state(t, d)
		for _, x := range s.table("basic").Rows {
			if got := x.value("amount"); x.ID == r.ID && got != want {
				t.Errorf("amount %q, want %q", got, want)
			}
		}
	}
}

// TestRunEndsWhereOthersChanged: what somebody else changed in between is not stepped over.
func TestRunEndsWhereOthersChanged(t *testing.T) {
	k := sample(t)
	d := k.open(t)
	r := office(t, d).ID
	edit(t, d, Change{Op: Set, Row: r, Key: "amount", Text: "1", Was: "1671540", Run: "a"})
	k.put("units.toml", append([]byte("# 话\n"), k.get("units.toml")...))
	if changed, err := d.Reread(); err != nil || len(changed) != 1 {
		t.Fatal(changed, err)
	}
	edit(t, d, Change{Op: Set, Row: r, Key: "amount", Text: "12", Was: "1", Run: "a"})
	d.Undo()
	if got := office(t, d).value("amount"); got != "1" {
		t.Errorf("amount %q, want that of before the other change", got)
	}
}

// What somebody else typed is no spelling of what the author saw.
func TestWasAsTyped(t *testing.T) {
	d := sample(t).open(t)
	r := office(t, d)
	for _, was := range []string{"1,671,541", "", "一百"} {
		o := d.Edit([]Change{{Op: Set, Row: r.ID, Key: "amount", Text: "5", Was: was}})
		if len(o.Conflicts) != 1 {
			t.Errorf("was %q: %+v", was, o)
		}
	}
	edit(t, d, Change{Op: Set, Row: r.ID, Key: "amount", Text: "5", Was: "１６７．１５４万元"})
}
