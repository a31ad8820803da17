package desk

import (
	"errors"
	"strings"
	"testing"
	"time"

	"yusuan/internal/typeset/page"
)

// TestJournalRefuses: what the journal does not take is told, and it gets all of it in its order as soon as it takes anything.
func TestJournalRefuses(t *testing.T) {
	k := sample(t)
	full := errors.New("磁盘已满")
	refuse := full
	d, err := Open(World{Shared: shared(), Data: k, Dir: dir, PriorDir: prior, Now: time.Now, Draw: func(*page.Page) []byte { return nil }, Write: k.write,
		Journal: func(line []byte) error {
			if refuse == nil {
				k.journal.Write(line)
			}
			return refuse
		}})
	if err != nil {
		t.Fatal(err)
	}
	row := office(t, d).ID
	edit(t, d, Change{Op: Set, Row: row, Key: "amount", Text: "11", Was: "1671540"})
	edit(t, d, Change{Op: Set, Row: row, Key: "amount", Text: "12", Was: "11"})
	if s := state(t, d); s.Noted != full.Error() || k.journal.Len() > 0 {
		t.Errorf("the journal refuses, and told is %q", s.Noted)
	}
	refuse = nil
	d.Undo()
	var olds []string
	for line := range strings.Lines(k.journal.String()) {
		_, old, _ := strings.Cut(line, `"old":"`)
		old, _, _ = strings.Cut(old, `"`)
		olds = append(olds, old)
	}
	if got := strings.Join(olds, " "); got != "1671540 11 11" {
		t.Errorf("the journal has the steps from %q, want all three in their order:\n%s", got, k.journal.String())
	}
	if s := state(t, d); s.Noted != "" {
		t.Errorf("the journal is whole, and told is %q", s.Noted)
	}
}
