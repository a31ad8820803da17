package check

import "testing"

func TestIdentityNumber(t *testing.T) {
	for s, want := range map[string]bool{"11010519491231002X": true, "110105194912310021": false, "11010519491331002X": false} {
		if identityNumber(s) != want {
			t.Errorf("%s: %v", s, !want)
		}
	}
}
