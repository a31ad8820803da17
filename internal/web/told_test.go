package web

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestEventsTellWhatDiffers: an event says itself what a window would be answered that knows the moment before, so that it need not
// ask.
func TestEventsTellWhatDiffers(t *testing.T) {
	x := serve(t, sample(t), nil)
	s := x.until("ready", settled)
	office := s.row(t, "basic", "economic", "30201")
	lines := x.listen()
	x.ask("POST", "api/edit", set(office.ID, "amount", "5", "1671540"), nil)
	x.until("settled", func(s *state) bool { return s.Rev > 0 && !s.Settling && s.Saved == "saved" })
	compared, rows := 0, 0
	for _, l := range drain(lines) {
		data, ok := strings.CutPrefix(l, "state ")
		if !ok {
			continue
		}
		var e summary
		if err := json.Unmarshal([]byte(data), &e); err != nil {
			t.Fatal(err)
		}
		if e.Told == nil {
			t.Errorf("%s tells nothing", e.Seq)
			continue
		}
		var told, answer struct {
			Seq  string
			Full bool
			Rows []struct{ ID string }
		}
		if err := json.Unmarshal(e.Told, &told); err != nil {
			t.Fatal(err)
		}
		if told.Seq != e.Seq || told.Full || e.From == "" {
			t.Errorf("from %q to %q: tells %q, full %v", e.From, e.Seq, told.Seq, told.Full)
		}
		rows += len(told.Rows)
		_, body, _ := x.do("GET", "api/state?since="+e.From, "", nil)
		if err := json.Unmarshal([]byte(body), &answer); err != nil {
			t.Fatal(err)
		}
		if answer.Seq != e.Seq {
			continue // more has happened since
		}
		if compared++; strings.TrimSpace(body) != string(e.Told) {
			t.Errorf("told %s\nanswered %s", e.Told, body)
		}
	}
	if compared == 0 || rows == 0 {
		t.Errorf("%d compared, %d rows told", compared, rows)
	}
}
