package compare

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// longest is the length of a longest common subsequence, by the book.
func longest(a, b []int32) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		before := 0
		for j, y := range b {
			was := row[j+1]
			if x == y {
				row[j+1] = before + 1
			} else {
				row[j+1] = max(row[j+1], row[j])
			}
			before = was
		}
	}
	return row[len(b)]
}

type dice struct{ state uint64 }

func (d *dice) below(n int) int {
	d.state = d.state*6364136223846793005 + 1442695040888963407
	return int((d.state >> 33) % uint64(n))
}

// TestCommonIsLongest: pairs rise in both, are equal, and are as many as can be.
func TestCommonIsLongest(t *testing.T) {
	d := &dice{1}
	for n := range 500 {
		a, b := make([]int32, d.below(30)), make([]int32, d.below(30))
		kinds := 1 + d.below(12)
		for i := range a {
			a[i] = int32(d.below(kinds))
		}
		for i := range b {
			b[i] = int32(d.below(kinds))
		}
		got := common(a, b)
		for k, p := range got {
			if a[p[0]] != b[p[1]] || k > 0 && (p[0] <= got[k-1][0] || p[1] <= got[k-1][1]) {
				t.Fatalf("%d: %v %v: %v", n, a, b, got)
			}
		}
		if want := longest(a, b); len(got) != want {
			t.Fatalf("%d: %v %v: %d pairs, want %d", n, a, b, len(got), want)
		}
	}
}

// TestCommonOfMuch: a hundred thousand things of which all are elsewhere take no longer than is in proportion.
func TestCommonOfMuch(t *testing.T) {
	const n = 100_000
	a, b := make([]int32, n), make([]int32, n)
	for i := range a {
		a[i], b[i] = int32(i), int32((i*7919)%n)
	}
	start := time.Now()
	got := common(a, b)
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %s", took)
	}
	for k, p := range got {
		if a[p[0]] != b[p[1]] || k > 0 && (p[0] <= got[k-1][0] || p[1] <= got[k-1][1]) {
			t.Fatalf("pair %d is %v", k, p)
		}
	}
}

func TestRising(t *testing.T) {
	for _, c := range []struct {
		list []int
		want int
	}{{nil, 0}, {[]int{5}, 1}, {[]int{0, 1, 2, 3}, 4}, {[]int{3, 0, 1, 2}, 3}, {[]int{1, 2, 3, 0}, 3}, {[]int{4, 3, 2, 1}, 1}, {[]int{2, 0, 3, 1, 4}, 3}} {
		got := rising(c.list)
		if len(got) != c.want || !slices.IsSorted(got) {
			t.Errorf("%v: %v", c.list, got)
		}
		for k := 1; k < len(got); k++ {
			if c.list[got[k]] <= c.list[got[k-1]] {
				t.Errorf("%v: %v does not rise", c.list, got)
			}
		}
	}
}

// TestMerge: what is gone is told where it stood, in the order of the new.
func TestMerge(t *testing.T) {
	told := func(old, new string) string {
		split := func(s string) (out []string) {
			for _, r := range s {
				out = append(out, string(r))
			}
			return out
		}
		a, b := split(old), split(new)
		m := newMatched(len(a), len(b))
		m.byKey(func(i int) string { return a[i] }, func(j int) string { return b[j] })
		s := ""
		m.merge(func(i, j int) {
			switch {
			case j < 0:
				s += "-" + a[i]
			case i < 0:
				s += "+" + b[j]
			case m.moved(j):
				s += "~" + b[j]
			default:
				s += b[j]
			}
		})
		return s
	}
	for _, c := range []struct{ old, new, want string }{
		{"abc", "abc", "abc"}, {"abc", "ac", "a-bc"}, {"ac", "abc", "a+bc"}, {"abc", "", "-a-b-c"}, {"", "ab", "+a+b"},
		{"abcd", "bcda", "bcd~a"}, {"abcd", "dabc", "~dabc"}, {"abxcd", "aycd", "a-b-x+ycd"}, {"xab", "ab", "-xab"}, {"abx", "ab", "ab-x"},
	} {
		if got := told(c.old, c.new); got != c.want {
			t.Errorf("%s → %s: %s, want %s", c.old, c.new, got, c.want)
		}
	}
}

// TestMatchedTogether: neighbours without a partner are paired so that none crosses another.
func TestMatchedTogether(t *testing.T) {
	old, new := []string{"预算100万元", "共有车辆5辆", "没有安排"}, []string{"预算200万元", "新增说明文字一段", "共有车辆6辆"}
	m := inOrder(old, new, false)
	m.similar(func(i, j int) int { return bagOf(old[i]).like(bagOf(new[j])) })
	if got := fmt.Sprint(m.was); got != "[0 -1 1]" {
		t.Error(got)
	}
}
