package desk

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"yusuan/internal/source"
)

// says is what all files say, read by another: the paths of values, rows of lists by their number.
func says(t *testing.T, raws map[string]string) map[string]string {
	t.Helper()
	out := map[string]string{}
	var walk func(at string, v any)
	walk = func(at string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for k, x := range v {
				walk(strings.TrimPrefix(at+"."+k, "."), x)
			}
		case []map[string]any:
			for i, x := range v {
				walk(fmt.Sprintf("%s[%d]", at, i), x)
			}
		case []any:
			for i, x := range v {
				walk(fmt.Sprintf("%s[%d]", at, i), x)
			}
		default:
			out[at] = fmt.Sprint(v)
		}
	}
	for name, raw := range raws {
		var v map[string]any
		if err := toml.Unmarshal([]byte(raw), &v); err != nil {
			t.Fatal(name, err)
		}
		for k, x := range v {
			walk(name+" "+k, x)
		}
	}
	return out
}

// TestEditsByHand: what a set leaves is what one value written by hand leaves, as another reader of TOML has it.
func TestEditsByHand(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	d := sample(t).open(t)
	for done := 0; done < 60; {
		s := rowsNow(d)
		table := &s.Tables[r.IntN(len(s.Tables))]
		if len(table.Rows) == 0 {
			continue
		}
		row := &table.Rows[r.IntN(len(table.Rows))]
		if len(row.Values) == 0 {
			continue
		}
		v := &row.Values[r.IntN(len(row.Values))]
		want := says(t, d.raws())
		at := row.File + " " + row.Address + "." + v.Key
		c := Change{Op: Set, Row: row.ID, Key: v.Key, Was: v.Text, WasItems: v.Items, Text: v.Text + "1"}
		if v.Items != nil || want[at] == "" {
			continue
		}
		if o := d.Edit([]Change{c}); !o.Done() {
			continue
		}
		done++
		got := says(t, d.raws())
		if got[at] == want[at] {
			t.Fatalf("%s is %q as before", at, got[at])
		}
		delete(got, at)
		delete(want, at)
		if !maps.Equal(got, want) {
			t.Fatalf("%s: more than one value changed", at)
		}
	}
}

// TestTwoDesks: two people edit the same folder, each other rows; whoever saves last has the work of both.
func TestTwoDesks(t *testing.T) {
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 9))
		k := sample(t)
		a, b := k.open(t), k.open(t)
		want := map[string]string{} // by what was typed
		for i := range 30 {
			who := []*Desk{a, b}[i%2]
			s := rowsNow(who)
			table := s.table([]string{"basic", "project", "vehicle", "glossary", "form.indicator", "form.goal", "unit"}[r.IntN(7)])
			if len(table.Rows) == 0 {
				continue
			}
			n := r.IntN(len(table.Rows))
			if n%2 != i%2 { // rows with even numbers are of one, those with odd ones of the other
				continue
			}
			row := &table.Rows[n]
			word := fmt.Sprintf("甲乙%d", i)
			o := who.Edit([]Change{{Op: Set, Row: row.ID, Key: "note" + fmt.Sprint(i), Text: word}})
			if o.Done() {
				want[word] = table.Name
			}
		}
		made := edit(t, a, Change{Op: Insert, Table: "basic", After: office(t, a).ID, Values: []Typed{{Key: "economic", Text: "30205"}}}).Rows[0]
		edit(t, b, Change{Op: Insert, Table: "basic", After: office(t, b).ID, Values: []Typed{{Key: "economic", Text: "30206"}}})
		for _, d := range []*Desk{b, a} {
			if err := d.Save(); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := b.Reread(); err != nil {
			t.Fatal(err)
		}
		for _, d := range []*Desk{a, b} {
			if len(d.conflicts) > 0 {
				t.Fatalf("seed %d: %+v", seed, d.conflicts)
			}
			all := strings.Join(slices.Sorted(maps.Values(d.raws())), "")
			for word, table := range want {
				if strings.Count(all, `"`+word+`"`) != 1 {
					t.Errorf("seed %d: %s in %s is there %d times", seed, word, table, strings.Count(all, word))
				}
			}
		}
		if !maps.Equal(a.raws(), b.raws()) {
			t.Errorf("seed %d: both have other files", seed)
		}
		if find(t, rowsNow(a), "basic", "economic", "30205").ID != made {
			t.Errorf("seed %d: a row has another id", seed)
		}
		for ok := true; ok; { // a takes its own back, and b's stays
			_, ok = a.Undo()
		}
		if len(a.conflicts) > 0 || !strings.Contains(a.raws()["basic.toml"], "30206") || strings.Contains(a.raws()["basic.toml"], "30205") {
			t.Errorf("seed %d: undone: %+v", seed, a.conflicts)
		}
		if err := a.Save(); err != nil {
			t.Error(err)
		}
	}
}

// TestUndoAmongOthers: whatever others do to other rows in between, taking all of one's own back leaves theirs alone, without a
// conflict.
func TestUndoAmongOthers(t *testing.T) {
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 5))
		k := sample(t)
		alone := sample(t)
		a, b, c := k.open(t), k.open(t), alone.open(t) // c does what b does, and nobody else does anything
		for i := range 24 {
			s := rowsNow(a)
			if i%2 == 0 { // a: rows with even numbers, and new ones
				table := s.table([]string{"basic", "project", "form.indicator"}[r.IntN(3)])
				row := &table.Rows[r.IntN(len(table.Rows)/2)*2]
				if row.value("said") == "乙" {
					continue
				}
				switch r.IntN(3) {
				case 0:
					a.Edit([]Change{{Op: Insert, Table: table.Name, After: row.ID, Values: []Typed{{Key: "mine", Text: fmt.Sprint("甲", i)}}}})
				default:
					a.Edit([]Change{{Op: Set, Row: row.ID, Key: "mine", Text: fmt.Sprint("甲", i), Was: row.value("mine")}})
				}
				if err := a.Save(); err != nil {
					t.Fatal(err)
				}
				continue
			}
			if _, err := b.Reread(); err != nil {
				t.Fatal(err)
			}
			sb, sc := rowsNow(b), rowsNow(c)
			name := []string{"basic", "project", "form.indicator"}[r.IntN(3)]
			rows := sc.table(name).Rows
			of := &rows[r.IntN(len(rows))]
			for j := range sb.table(name).Rows { // the same row where others are between
				x := &sb.table(name).Rows[j]
				if x.File != of.File || x.value("mine") != "" || b.called(entryOf(b, x)) != c.called(entryOf(c, of)) || x.value("said") != of.value("said") {
					continue
				}
				for d, row := range map[*Desk]*Row{b: x, c: of} {
					edit(t, d, Change{Op: Set, Row: row.ID, Key: "said", Text: "乙", Was: row.value("said")})
					if err := d.Save(); err != nil {
						t.Fatal(err)
					}
				}
				break
			}
		}
		for ok := true; ok; {
			_, ok = a.Undo()
		}
		if _, err := a.Reread(); err != nil {
			t.Fatal(err)
		}
		if err := a.Save(); err != nil {
			t.Fatal(err)
		}
		if len(a.conflicts) > 0 {
			t.Fatalf("seed %d: %+v", seed, a.conflicts)
		}
		if got, want := says(t, a.raws()), says(t, c.raws()); !maps.Equal(got, want) {
			for _, key := range slices.Sorted(both(maps.Keys(got), maps.Keys(want))) {
				if got[key] != want[key] {
					t.Errorf("seed %d: %s is %q, want %q", seed, key, got[key], want[key])
				}
			}
			t.Errorf("seed %d: not what others did alone", seed)
		}
	}
}

func entryOf(d *Desk, r *Row) *source.Entry {
	e, _ := d.held[d.within(r.File)].entry(r.id)
	return e
}
