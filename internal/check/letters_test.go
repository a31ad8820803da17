package check

import (
	"strings"
	"testing"
)

func TestLettersHoldEveryPartOfTheirText(t *testing.T) {
	const text = "增加（减少）12.5%，×2、👍🏼 é㎡A"
	l := lettersOf(text)
	for from := range text {
		for to := range text[from:] {
			if w := text[from : from+to]; !l.mayHold(w) {
				t.Errorf("%q seems to lack %q", text, w)
			}
		}
	}
	for _, w := range []string{"持平", "（减", "B", "减少)", "×3"} {
		if l.mayHold(w) != strings.Contains(text, w) {
			t.Errorf("%q: mayHold(%q) = %v", text, w, l.mayHold(w))
		}
	}
	if l.mayHoldAny("《》BC") || !l.mayHoldAny("》）") {
		t.Error("mayHoldAny takes one character for another")
	}
}

func TestLongNumber(t *testing.T) {
	for s, want := range map[string]bool{"": false, "1234567890": false, "12345678901": true, "a12345678901": true, "1234567890a1": false,
		"电话12345-123456789012": true, "1a1234567890b12345678901": true, "12345678901a": true} {
		if longNumber(s) != want {
			t.Errorf("longNumber(%q) is %v", s, !want)
		}
	}
}

// TestUnlikeLetters: each letter that is changed makes two letters at most that one name has and the other has not.
func TestUnlikeLetters(t *testing.T) {
	for _, c := range []struct {
		a, b string
		most int
	}{
		{"堤防维护", "堤防维修", 2}, {"堤防维护", "堤防护维", 0}, {"堤防维护", "堤防维护费", 1}, {"堤防维护", "堤坝养护", 4}, {"甲甲", "甲", 0},
	} {
		a, b := lettersOf(c.a), lettersOf(c.b)
		if n := a.unlike(&b); n > c.most {
			t.Errorf("%s and %s: %d letters differ, at most %d", c.a, c.b, n, c.most)
		}
	}
	a, b := lettersOf("信息系统运行维护"), lettersOf("河道清淤工程监理")
	if a.unlike(&b) <= 4 {
		t.Error("two other names seem alike")
	}
}
