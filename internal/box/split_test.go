package box

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
)

// splitSlowly is Split as it is defined, by holding every box against every other.
func splitSlowly(s *Space, whole Box, boxes []Box) ([]int, bool) {
	proper := func(a, b Box) bool { return Within(a, b) && !slices.Equal(a, b) }
	var parts []int
	volume := 0
	for i, c := range boxes {
		if !proper(c, whole) || slices.ContainsFunc(boxes, func(o Box) bool { return proper(c, o) && proper(o, whole) }) ||
			slices.ContainsFunc(boxes[:i], func(o Box) bool { return slices.Equal(o, c) }) {
			continue
		}
		if slices.ContainsFunc(parts, func(j int) bool { return !s.disjoint(boxes[j], c) }) {
			return nil, false
		}
		parts = append(parts, i)
		volume += s.volume(c)
	}
	if len(parts) == 0 || volume != s.volume(whole) {
		return nil, false
	}
	return parts, true
}

// TestLookedUpAsHeldAgainstAll: what is looked up of boxes is what comes of holding each against each, whatever they are: rows of
// units and codes, columns of kinds, both at once, the same twice, and overlapping ones.
func TestLookedUpAsHeldAgainstAll(t *testing.T) {
	var units, codes []string
	for i := range 70 { // more than a word has bits
		units, codes = append(units, fmt.Sprint(1000+i)), append(codes, fmt.Sprint(201+i%4, 10+i))
	}
	s := New(Values{Functional: codes, Units: units})
	filled := 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		random := func() Box {
			b := s.full()
			if r.IntN(2) == 0 {
				size := []int{1, 7, 35}[r.IntN(3)]
				at := r.IntN(70/size) * size
				s.restrict(b, "unit", func(v string) bool { n, _ := strconv.Atoi(v); return n-1000 >= at && n-1000 < at+size })
			}
			if r.IntN(3) == 0 {
				class := fmt.Sprint(201 + r.IntN(4))
				s.restrict(b, "function", func(v string) bool { return v[:3] == class })
			}
			if r.IntN(4) == 0 {
				kind := r.IntN(3)
				s.restrict(b, natureKey, func(v string) bool { return slices.Index(s.Values(natureKey), v) == kind })
			}
			return b
		}
		boxes := []Box{s.full()}
		for range r.IntN(60) {
			boxes = append(boxes, random())
		}
		for range 2 { // parts of some that fill them
			whole := boxes[r.IntN(len(boxes))]
			key := []string{"unit", "function", natureKey}[r.IntN(3)]
			for _, v := range s.Values(key) {
				part := slices.Clone(whole)
				if s.restrict(part, key, func(o string) bool { return o == v }); !s.empty(part) {
					boxes = append(boxes, part)
				}
			}
		}
		r.Shuffle(len(boxes), func(i, j int) { boxes[i], boxes[j] = boxes[j], boxes[i] })
		among, holders := s.Among(boxes), s.Holders(boxes)
		for i, b := range boxes {
			want, fills := splitSlowly(s, b, boxes)
			got, ok := among.Split(b)
			if ok != fills || !slices.Equal(got, want) {
				t.Fatalf("seed %d: box %d is filled by %v %v, looked up %v %v", seed, i, want, fills, got, ok)
			}
			if fills {
				filled++
			}
			var around []int
			for k, o := range boxes {
				if Within(b, o) {
					around = append(around, k)
				}
			}
			if got := holders.Of(b); !slices.Equal(got, around) {
				t.Fatalf("seed %d: box %d is within %v, looked up %v", seed, i, around, got)
			}
		}
	}
	if filled < 300 {
		t.Errorf("only %d boxes of all were filled by others", filled)
	}
}
