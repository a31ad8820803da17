package desk

import (
	"slices"
	"testing"

	"yusuan/internal/schedule"
)

// TestWordsBothWays: a mark is of words of a field if and only if the field's words are printed at the mark.
func TestWordsBothWays(t *testing.T) {
	d := sample(t).open(t)
	s := state(t, d)
	type at struct{ page, mark int }
	typed := map[spot][]at{}
	for i := range d.result.document.Pages {
		for k, m := range d.result.document.Pages[i].Marks {
			row, key, ok := d.Typed(s.Pages[i].Hash, k)
			if ok && m.Of == 0 {
				typed[spot{numberOf(row), key}] = append(typed[spot{numberOf(row), key}], at{i, k})
			}
		}
	}
	if len(typed) < 50 {
		t.Fatalf("words of %d fields", len(typed))
	}
	for _, table := range s.Tables {
		for _, r := range table.Rows {
			for _, v := range r.Values {
				list, err := d.Printed(r.ID, v.Key)
				if err != nil {
					t.Fatal(err)
				}
				var got []at
				for _, w := range list {
					for _, k := range w.Marks {
						got = append(got, at{w.Page, k})
					}
				}
				if want := typed[spot{numberOf(r.ID), v.Key}]; !slices.Equal(got, want) {
					t.Errorf("%s %s: printed at %v, typed at %v", r.ID, v.Key, got, want)
				}
			}
		}
	}
}

// TestWordsAreNoAmount: of what the author wrote the place is told, and no amount that nobody stated.
func TestWordsAreNoAmount(t *testing.T) {
	d := sample(t).open(t)
	s := state(t, d)
	words, numbers := 0, 0
	for i := range d.result.document.Pages {
		for k, m := range d.result.document.Pages[i].Marks {
			n, ok, err := d.Number(s.Pages[i].Hash, k)
			if err != nil || !ok || m.Of == 0 {
				continue
			}
			if n.Formula == "部门填写的文字" {
				words++
			}
			for _, x := range n.Lines {
				if n.Kind == schedule.ValueWritten.String() && x.Amount != "" {
					t.Errorf("page %d: %s has the amount %s", i+1, n.Printed, x.Amount)
				}
				if n.Exact != "" && x.Amount == "" {
					t.Errorf("page %d: an entry of %s has no amount", i+1, n.Printed)
				}
				numbers++
			}
		}
	}
	if words < 5 || numbers < 500 {
		t.Errorf("%d words, %d entries", words, numbers)
	}
}
