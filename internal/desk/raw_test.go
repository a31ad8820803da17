package desk

import (
	"strings"
	"testing"
)

// TestBroken: a file with a slip that leaves it unreadable is told with its text, and can be mended there; what was made of it is
// taken back like anything else.
func TestBroken(t *testing.T) {
	k := sample(t)
	whole := k.get("units.toml")
	k.put("units.toml", []byte(strings.Replace(whole, "\ncode", "\n[[code", 1)))
	d := k.open(t)
	s := state(t, d)
	if len(s.Broken) != 1 || s.Broken[0].File != "units.toml" || len(s.Broken[0].Problems) == 0 || s.Broken[0].Problems[0].At.Start.Line == 0 {
		t.Fatalf("%+v", s.Broken)
	}
	b := s.Broken[0]
	if o := d.Edit([]Change{{Op: Text, File: b.File, Was: b.Text + "#", Text: whole}}); len(o.Conflicts) != 1 || o.Conflicts[0].Theirs != b.Text {
		t.Errorf("of another text: %+v", o)
	}
	edit(t, d, Change{Op: Text, File: b.File, Was: b.Text, Text: strings.Replace(b.Text, "[[code", "code", 1)})
	if s = state(t, d); len(s.Broken) != 0 || len(s.table("unit").Rows) == 0 || s.Stale || d.raws()["units.toml"] != whole {
		t.Errorf("mended: %+v, %d units", s.Broken, len(s.table("unit").Rows))
	}
	if steps := d.Steps(); steps[0].Notes[0].Old != "[[" || steps[0].Notes[0].New != "" {
		t.Errorf("%+v", steps)
	}
	if o := d.Edit([]Change{{Op: Text, File: "units.toml", Was: whole, Text: "#"}}); len(o.Refused) != 1 {
		t.Errorf("a whole file: %+v", o)
	}
	if d.Undo(); len(state(t, d).Broken) != 1 {
		t.Error("not taken back")
	}
	if o := d.Edit([]Change{{Op: Text, File: "gone.toml", Text: "#"}}); len(o.Conflicts) != 1 {
		t.Errorf("a file that is not there: %+v", o)
	}
}

// TestBrokenLines: pages of the web have line feeds alone, the file keeps its line ends.
func TestBrokenLines(t *testing.T) {
	k := sample(t)
	whole := strings.ReplaceAll(strings.ReplaceAll(k.get("units.toml"), "\r\n", "\n"), "\n", "\r\n")
	k.put("units.toml", []byte(strings.Replace(whole, "\ncode", "\n[[code", 1)))
	d := k.open(t)
	b := state(t, d).Broken[0]
	if strings.Contains(b.Text, "\r") {
		t.Error("carriage returns")
	}
	edit(t, d, Change{Op: Text, File: b.File, Was: b.Text, Text: strings.Replace(b.Text, "[[code", "code", 1)})
	if d.raws()["units.toml"] != whole {
		t.Error("lines end otherwise")
	}
}

// TestFormsApart: each form has a file of its own, named as others are.
func TestFormsApart(t *testing.T) {
	d := sample(t).open(t)
	for _, want := range []string{"performance/form-01.toml", "performance/form-02.toml"} {
		o := edit(t, d, Change{Op: Insert, Table: "form", Values: []Typed{{Key: "kind", Text: "项目绩效-通用"}, {Key: "project", Text: "办公用房租赁项目"}}})
		form := find(t, state(t, d), "form", "project", "办公用房租赁项目")
		if len(o.Rows) != 1 || d.raws()[want] == "" {
			t.Errorf("%s: %v %v", want, o.Rows, form.File)
		}
	}
}
