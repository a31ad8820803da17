package schedule

import "strings"

var unblanked = strings.NewReplacer(" ", "", "\u3000", "", "\n", "", "(", "（", ")", "）")

// Bare is a label without blanks and without what numbers it: 一、, （二）, 3.
func Bare(label string) string {
	label = unblanked.Replace(label)
	const numerals = "一二三四五六七八九十廿卅0123456789"
	inner := strings.TrimPrefix(label, "（")
	rest := strings.TrimLeft(inner, numerals)
	if rest == inner {
		return label
	}
	for _, after := range []string{"）", "、", ".", "．"} {
		if s, ok := strings.CutPrefix(rest, after); ok {
			return s
		}
	}
	return label
}
