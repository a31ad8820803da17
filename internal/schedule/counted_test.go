package schedule

import "testing"

// TestCounted: only 第n行 counts rows; a number without 第 is a word of the page.
func TestCounted(t *testing.T) {
	for word, want := range map[string]int{"第6行": 5, "第1行": 0, "6行": -1, "第6列": -1, "第行": -1, "第六行": -1, "": -1} {
		if got := counted(word, "行"); got != want {
			t.Errorf("%q counts as %d, want %d", word, got, want)
		}
	}
}
