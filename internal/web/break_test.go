package web

import (
	"strconv"
	"testing"
)

// TestStateHasWhatWasTyped: who typed something and asks what there is now is told it, whatever is being told just then: what a
// window believes to stand in a field is held against its next letter.
func TestStateHasWhatWasTyped(t *testing.T) {
	x := serve(t, sample(t), nil)
	first := x.until("ready", settled)
	office, was, seq := first.row(t, "basic", "economic", "30201"), "1671540", ""
	for i := range 100 {
		text := strconv.Itoa(1000 + i)
		var o outcome
		x.ask("POST", "api/edit", set(office.ID, "amount", text, was), &o)
		s := x.since(seq)
		if now := s.row(t, "basic", "economic", "30201"); now.value("amount") != text || s.Rev < o.Rev {
			t.Fatalf("%s was typed, and the state after it says %s", text, now.value("amount"))
		}
		was, seq = text, s.Seq
	}
}
