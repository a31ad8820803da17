package audit

import "strings"

var unblanked = strings.NewReplacer(" ", "", "\u3000", "", "(", "（", ")", "）")

// bareLabel strips what numbers a label: 廿一、, （二）, 1. and blanks; and the difference between kinds of brackets.
func bareLabel(s string) string {
	s = unblanked.Replace(s)
	const numerals = "一二三四五六七八九十廿卅0123456789"
	t := strings.TrimPrefix(s, "（")
	n := strings.TrimLeft(t, numerals)
	if n != t {
		for _, after := range []string{"）", "、", ".", "．"} {
			if strings.HasPrefix(n, after) {
				return strings.TrimPrefix(n, after)
			}
		}
	}
	return s
}
