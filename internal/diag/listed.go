package diag

import (
	"slices"
	"strings"
)

// NotListed reports a word outside the list that a field takes its words from: what was likely meant, and all that may be
// written.
func NotListed(rule string, at Range, what, word string, words []string) Diagnostic {
	d := Diagnostic{Rule: rule, Level: Error, At: at, Message: "不认识的" + what + Quote(word)}
	var hints []string
	near := NewNames(words).likeliest(word)
	switch {
	case IsAnswer(word):
		hints = append(hints, "写是哪一种，不写“是”“否”")
	case near != "":
		hints = append(hints, Meant(word, near))
	}
	if len(words) > 0 && (near == "" || len(words) <= maxListed) {
		hints = append(hints, "可填："+listed(words))
	}
	d.Hint = strings.Join(hints, "；")
	return d
}

// NotKnown reports a name that nothing has, among names that people gave: what was likely meant, or else all there are
// where those are few.
func NotKnown(rule string, at Range, what, word string, names []string) Diagnostic {
	return NewNames(names).NotKnown(rule, at, what, word)
}

// NotKnown reports a name that is none of these.
func (n *Names) NotKnown(rule string, at Range, what, word string) Diagnostic {
	d := Diagnostic{Rule: rule, Level: Error, At: at, Message: "不认识的" + what + Quote(word)}
	switch near := n.likeliest(word); {
	case near != "":
		d.Hint = Meant(word, near)
	case len(n.words) > 0 && len(n.words) <= maxListed:
		d.Hint = "可填：" + listed(n.words)
	}
	return d
}

// answers are what people write who take the name of a field for a question.
var answers = [...]string{"是", "否", "有", "无", "没有", "true", "false", "yes", "no", "y", "n", "√", "✓", "×"}

// IsAnswer reports whether a word answers yes or no, and names nothing.
func IsAnswer(word string) bool { return slices.Contains(answers[:], strings.ToLower(word)) }

// maxListed is how many words a message lists.
const maxListed = 15

func listed(words []string) string {
	if len(words) > maxListed {
		return strings.Join(words[:maxListed], "、") + "……"
	}
	return strings.Join(words, "、")
}

// likeliest is the candidate that somebody who wrote word most likely meant, "" for none: the nearest, or else the only
// one that holds the word or is held by it, such as 政府性基金预算 for 基金.
func (n *Names) likeliest(word string) string {
	if near, ok := n.Closest(word); ok || n.folded == nil {
		return near
	}
	found := ""
	for _, c := range n.words {
		if word != "" && (strings.Contains(c, word) || strings.Contains(word, c)) {
			if found != "" {
				return ""
			}
			found = c
		}
	}
	return found
}
