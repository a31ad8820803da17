package diag

import (
	"math/rand/v2"
	"testing"
)

// TestNest holds what is found against the smallest of all stretches around a place.
func TestNest(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		var n Nest[int]
		type stretch struct {
			file       string
			start, end int
		}
		var all []stretch
		var cut func(file string, start, end int)
		cut = func(file string, start, end int) {
			all = append(all, stretch{file, start, end})
			for at := start; at < end; {
				next := min(end, at+1+rnd.IntN(9))
				if next-at < end-start && rnd.IntN(3) > 0 {
					cut(file, at, next-1) // apart: something parts what stands side by side
				}
				at = next
			}
		}
		cut("a", 10, 90)
		cut("b", 20, 40)
		for _, i := range rnd.Perm(len(all)) {
			n.Add(all[i].file, all[i].start, all[i].end, i)
		}
		for range 100 {
			r := Range{File: []string{"a", "b", "c"}[rnd.IntN(3)], Start: At(1, 1, rnd.IntN(100))}
			r.End = At(1, 1, int(r.Start.Offset)+rnd.IntN(5))
			best := -1
			for i, s := range all {
				if s.file == r.File && s.start <= int(r.Start.Offset) && int(r.End.Offset) <= s.end && (best < 0 || s.end-s.start <= all[best].end-all[best].start) {
					best = i
				}
			}
			got, ok := n.Find(r)
			if ok != (best >= 0) || ok && all[got] != all[best] {
				t.Fatalf("%s %d-%d is in %v, found %v %v", r.File, r.Start.Offset, r.End.Offset, best, got, ok)
			}
		}
	}
}
