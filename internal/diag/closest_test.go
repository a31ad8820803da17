package diag

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// What rules candidates out by their letters must not rule out the one that the distance alone would find.
func TestClosestRulesNothingOut(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		letters := []rune("项目经费运行维护aB-_１ 购置")
		w := make([]rune, 1+r.IntN(8))
		for i := range w {
			w[i] = letters[r.IntN(len(letters))]
		}
		return string(w)
	}
	found := 0
	for range 6000 {
		w, list := word(), make([]string, 12)
		for i := range list {
			list[i] = word()
		}
		want := ""
		best := max(1, len(fold(w))/3) + 1
		for _, c := range list {
			if d := distance(fold(w), fold(c)); d < best && d < max(len(fold(w)), len(fold(c))) {
				best, want = d, c
			}
		}
		if n := NewNames(list).spelled(fold(w)); want == "" && n >= 0 { // signs alone tell it apart
			want = list[n]
		}
		got, ok := NewNames(list).Closest(w)
		if got != want || ok != (want != "") {
			t.Fatalf("%q of %q is %q, want %q", w, list, got, want)
		}
		if ok {
			found++
		}
	}
	if found < 300 {
		t.Errorf("only %d words have a near one", found)
	}
}

// Among too many candidates nothing is looked for, be it in another word or near it.
func TestTooManyCandidates(t *testing.T) {
	var list []string
	for i := range mostCandidates + 1 {
		list = append(list, fmt.Sprintf("第%d号项目", i))
	}
	d := NewNames(list).NotKnown("x", Range{}, "项目", "第17号项目经费")
	if d.Hint != "" {
		t.Errorf("hint %q", d.Hint)
	}
	if d = NewNames(list[:100]).NotKnown("x", Range{}, "项目", "第17号项目经费"); d.Hint == "" {
		t.Error("no hint among few")
	}
}

// Names that signs alone tell apart are near, however many the signs; of two such neither is meant.
func TestSignsAloneTellApart(t *testing.T) {
	list := []string{"“一网通办”-窗口运维", "堤防维护"}
	if near, ok := Closest("一网通办窗口运维", list); !ok || near != list[0] {
		t.Errorf("%q %v", near, ok)
	}
	if near, ok := Closest("一网通办窗口运维", append(list, "【一网通办】窗口、运维")); ok {
		t.Errorf("one of two: %q", near)
	}
	if near, ok := Closest("——", []string{"……（）【】"}); ok {
		t.Errorf("signs without letters: %q", near)
	}
}
