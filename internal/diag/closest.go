package diag

import (
	"math/bits"
	"strings"
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
	return NewNames(candidates).Closest(word)
}

// Names are candidates that many words are held against: all projects of a department, when as many forms name another.
type Names struct {
	words  []string
	folded [][]rune // nil where there are too many
	has    []letters
	bare   map[string]int // candidates by their letters and digits alone, -1 for several
}

// NewNames makes candidates ready.
func NewNames(words []string) *Names {
	n := &Names{words: words}
	if len(words) > mostCandidates {
		return n
	}
	n.folded, n.has, n.bare = make([][]rune, len(words)), make([]letters, len(words)), make(map[string]int, len(words))
	for i, w := range words {
		n.folded[i] = fold(w)
		n.has[i] = lettersOf(n.folded[i])
		b := bare(n.folded[i])
		if _, again := n.bare[b]; again {
			n.bare[b] = -1
		} else {
			n.bare[b] = i
		}
	}
	return n
}

// Closest is the candidate that word was most likely meant for.
func (n *Names) Closest(word string) (string, bool) {
	if n.folded == nil {
		return "", false
	}
	w := fold(word)
	has := lettersOf(w)
	best, at := max(1, len(w)/3)+1, -1
	for i, f := range n.folded {
		if has.apart(&n.has[i]) >= best || len(f)-len(w) >= best || len(w)-len(f) >= best {
			continue
		}
		// A word of which nothing but the length would remain is another word.
		if d := distance(w, f); d < best && d < max(len(w), len(f)) {
			best, at = d, i
		}
	}
	if at < 0 {
		at = n.spelled(w)
	}
	if at < 0 {
		return "", false
	}
	return n.words[at], true
}

// spelled is the only candidate of the same letters and digits as a word, which signs alone tell apart: quotation marks, dashes,
// blanks. -1 for none.
func (n *Names) spelled(word []rune) int {
	if w := bare(word); w != "" {
		if at, ok := n.bare[w]; ok {
			return at
		}
	}
	return -1
}

func bare(word []rune) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, string(word))
}

// letters tells which letters a word has; few letters share a bit.
type letters [2]uint64

func lettersOf(word []rune) (l letters) {
	for _, r := range word {
		l[r>>6&1] |= 1 << (r & 63)
	}
	return l
}

// apart is the least distance of two words that have these letters: every letter that the other lacks takes a step.
func (l *letters) apart(o *letters) int {
	return max(bits.OnesCount64(l[0]&^o[0])+bits.OnesCount64(l[1]&^o[1]), bits.OnesCount64(o[0]&^l[0])+bits.OnesCount64(o[1]&^l[1]))
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
