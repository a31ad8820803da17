package recognise

import (
	"math/bits"
	"testing"
)

// TestAssign holds pairings against all that there are.
func TestAssign(t *testing.T) {
	seed := uint32(7)
	next := func(n int) int {
		seed = seed*1664525 + 1013904223
		return int(seed>>16) % n
	}
	for range 300 {
		n, m := 1+next(5), 1+next(5)
		w := make([][]int, n)
		for i := range w {
			w[i] = make([]int, m)
			for j := range w[i] {
				w[i][j] = max(next(12)-4, 0)
			}
		}
		sum, taken := 0, 0
		for i, j := range assign(w) {
			if j >= 0 {
				sum += w[i][j]
				taken |= 1 << j
			}
		}
		var best func(i, used int) int
		best = func(i, used int) int {
			if i == n {
				return 0
			}
			most := best(i+1, used)
			for j := range m {
				if used&(1<<j) == 0 {
					most = max(most, w[i][j]+best(i+1, used|1<<j))
				}
			}
			return most
		}
		if want := best(0, 0); sum != want || bits.OnesCount(uint(taken)) > n {
			t.Fatalf("%v: %d, want %d", w, sum, want)
		}
	}
	if assign(nil) != nil {
		t.Error("of nothing something")
	}
}
