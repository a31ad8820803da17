package desk

import (
	"strings"
	"testing"
)

// TestMissingAtItsField: what is to be filled in and is not there is a problem of the field it belongs into, not of what shows
// that it is missing.
func TestMissingAtItsField(t *testing.T) {
	k := sample(t)
	k.replace(t, "basic.toml", ", amount = 1084800", "")
	k.replace(t, "text.toml", "reason_reception =", "#")
	k.replace(t, "performance/12-1.toml", `attribute = "建设类"`, "")
	s := state(t, k.open(t))
	tables := map[string]string{} // of rows
	for _, table := range s.Tables {
		for _, r := range table.Rows {
			tables[r.ID] = table.Name
		}
	}
	found := map[string]bool{}
	for _, p := range s.Problems {
		if p.Missing == "" {
			continue
		}
		if key := p.Missing[strings.LastIndexByte(p.Missing, '.')+1:]; p.Key != key {
			t.Errorf("%s: %s is at the field %q", p.Rule, p.Message, p.Key)
		}
		found[tables[p.Row]+"."+p.Key] = true
	}
	for _, want := range []string{"basic.amount", "text.reason_reception", "form.fields.attribute"} {
		if !found[want] {
			t.Errorf("no problem at %s: %v", want, found)
		}
	}
}
