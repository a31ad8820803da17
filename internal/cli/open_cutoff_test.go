package cli

import (
	"context"
	"strings"
	"testing"

	"yusuan/internal/desk"
)

// TestOpenTellsWhatWasNotSaved: a program that was killed leaves what was typed last in the journal; the next window is told.
func TestOpenTellsWhatWasNotSaved(t *testing.T) {
	dir := sampleFolder(t)
	o := testApp().opening()
	world, err := o.world(handAddress)
	if err != nil {
		t.Fatal(err)
	}
	open := func() *desk.Desk {
		t.Helper()
		f, err := world.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		d, err := desk.Open(f.World)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	killed := open()
	if o := killed.Edit([]desk.Change{{Op: desk.Insert, Table: "glossary", Values: []desk.Typed{{Key: "term", Text: "没存的词"}}}}); !o.Done() {
		t.Fatalf("%+v", o)
	}
	w := openWindow(t, dir)
	var state struct {
		Conflicts []struct{ ID, What, Mine string }
	}
	w.get("api/state", &state)
	if len(state.Conflicts) != 1 || !strings.Contains(state.Conflicts[0].What, "没有存进文件") || !strings.Contains(state.Conflicts[0].What, "没存的词") {
		t.Fatalf("%+v", state.Conflicts)
	}
	var done struct{ Done bool }
	w.post("api/resolve", map[string]any{"id": state.Conflicts[0].ID, "mine": false}, &done, "")
	if err := w.server.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	if s, err := open().State(); err != nil || len(s.Conflicts) != 0 {
		t.Errorf("it was decided: %+v %v", s, err)
	}
}
