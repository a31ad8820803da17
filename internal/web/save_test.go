package web

import (
	"errors"
	"strconv"
	"testing"
	"time"
)

// TestSavedByItself: what the disk refused is saved without anybody asking, once the disk takes it.
func TestSavedByItself(t *testing.T) {
	k := sample(t)
	x := serve(t, k, nil)
	office := x.until("ready", settled).row(t, "basic", "economic", "30201")
	k.refuses(errors.New("磁盘已满"))
	x.ask("POST", "api/edit", set(office.ID, "amount", "5", "1671540"), nil)
	x.until("failed", func(s *state) bool { return s.Saved == "failed" })
	k.refuses(nil)
	x.until("saved again", func(s *state) bool { return s.Saved == "saved" })
	if !officeIs(k, "5") {
		t.Error("not on the disk")
	}
}

// TestSavedWhileTyping: who types without a pause is saved all the same.
func TestSavedWhileTyping(t *testing.T) {
	k := sample(t)
	const pause = 400 * time.Millisecond // longer than any edit takes here
	x := serve(t, k, func(w *World) { w.Times.Save = pause })
	office := x.until("ready", settled).row(t, "basic", "economic", "30201")
	before := k.get("basic.toml")
	was := "1671540"
	begun := time.Now()
	for n := 1; k.get("basic.toml") == before; n++ {
		if time.Since(begun) > 3*longestUnsaved*pause {
			t.Fatalf("nothing is saved after %d changes in %v", n, time.Since(begun))
		}
		now := strconv.Itoa(n)
		x.ask("POST", "api/edit", set(office.ID, "amount", now, was), nil)
		was = now
	}
}

// TestJournalIsTold: that changes are not noted is told, and that they are again.
func TestJournalIsTold(t *testing.T) {
	k := sample(t)
	x := serve(t, k, nil)
	office := x.until("ready", settled).row(t, "basic", "economic", "30201")
	k.forgets(errors.New("磁盘已满"))
	x.ask("POST", "api/edit", set(office.ID, "amount", "5", "1671540"), nil)
	x.until("told", func(s *state) bool { return s.Noted == "磁盘已满" })
	k.forgets(nil)
	x.ask("POST", "api/edit", set(office.ID, "amount", "6", "5"), nil)
	x.until("noted", func(s *state) bool { return s.Noted == "" })
}
