package schedule

import (
	"fmt"
	"testing"
	"time"
)

// TestEqualAddresses: equal addresses are told apart by number, however many there are, and a name that is taken is passed over.
func TestEqualAddresses(t *testing.T) {
	const n = 30_000
	s := &spots{groups: []spotGroup{{heading: "表11", prefix: "表11"}}, called: map[string]int{}, reached: map[string]int{}}
	s.list = append(s.list, spot{address: "金额（3）"})
	for range n {
		s.list = append(s.list, spot{address: "金额"})
	}
	start := time.Now()
	s.number()
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("%d took %s", n, took)
	}
	if len(s.called) != n+1 {
		t.Errorf("%d addresses of %d numbers", len(s.called), n+1)
	}
	for i, want := range []string{"表11.金额（3）", "表11.金额", "表11.金额（2）", "表11.金额（4）"} {
		if s.list[i].address != want {
			t.Errorf("%q, want %q", s.list[i].address, want)
		}
	}
	if got, want := s.list[n].address, fmt.Sprintf("表11.金额（%d）", n+1); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
