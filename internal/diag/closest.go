package diag

import (
	"unicode"

	"yusuan/internal/character"
)

// Meant asks whether somebody who wrote word meant another, and says in which character they differ where that is hard to
// see.
func Meant(word, other string) string {
	return "是不是" + Quote(character.Shown(other)) + Mark(word, other)
}

// Mark is that difference in brackets, "" where it is easy to see.
func Mark(word, other string) string {
	d := character.Difference(word, other)
	if d == "" {
		return ""
	}
	if character.BlankIn(word, other) > 0 {
		d += "，像是那里多打的"
	}
	return "（" + d + "）"
}

// Closest finds the candidate that somebody who wrote word most likely meant: the fewest letters to insert, delete,
// change or swap, up to a third of the word and at least one. Case, the difference between - and _, and what looks the same, do not count.
// Among equals the earlier candidate wins.
func Closest(word string, candidates []string) (string, bool) {
	if len(candidates) > mostCandidates {
		return "", false
	}
	w := fold(word)
	best, at := max(1, len(w)/3)+1, -1
	for i, c := range candidates {
		f := fold(c)
		// A word of which nothing but the length would remain is another word.
		if d := distance(w, f); d < best && d < max(len(w), len(f)) {
			best, at = d, i
		}
	}
	if at < 0 {
		return "", false
	}
	return candidates[at], true
}

// mostCandidates bounds the search: among thousands of names some are near to any word, and there may be as many words.
const mostCandidates = 3000

func fold(s string) []rune {
	out := make([]rune, 0, len(s))
	for _, r := range character.Fold(s) {
		if r == '-' {
			r = '_'
		}
		out = append(out, unicode.ToLower(r))
	}
	return out
}

// Distance is how many letters must be inserted, deleted, changed or swapped with their neighbour to make b of a.
func Distance(a, b string) int { return distance([]rune(a), []rune(b)) }

// distance is the edit distance with swaps of neighbours (optimal string alignment).
func distance(a, b []rune) int {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			change := 1
			if a[i] == b[j] {
				change = 0
			}
			row[j+1] = min(last[j]+change, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
