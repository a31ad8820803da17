package check

import (
	"math/bits"
	"strings"
	"unicode/utf8"
)

// letters tells which characters a text may have. Every text is asked for a hundred words of which hardly one is there;
// a text that lacks a letter of a word need not be searched for it.
type letters [8]uint64

func lettersOf(s string) (l letters) {
	for i := 0; i < len(s); {
		n, size := letterAt(s, i)
		l[n/64] |= 1 << (n % 64)
		i += size
	}
	return l
}

// letterAt is a number below 512 for the character at i, which few others share, and its length. Bytes of rare
// characters count for themselves.
func letterAt(s string, i int) (number uint, size int) {
	if s[i] < 0xE0 || i+2 >= len(s) {
		return uint(s[i]), 1
	}
	return (uint(s[i+1])<<6 ^ uint(s[i+2])) % 512, 3
}

// mayHold is false where a letter of the word is missing.
func (l *letters) mayHold(word string) bool {
	for i := 0; i < len(word); {
		n, size := letterAt(word, i)
		if l[n/64]&(1<<(n%64)) == 0 {
			return false
		}
		i += size
	}
	return true
}

// mayHoldAny is false where all of some characters are missing.
func (l *letters) mayHoldAny(characters string) bool {
	for i, r := range characters {
		if l.mayHold(characters[i : i+utf8.RuneLen(r)]) {
			return true
		}
	}
	return false
}

// unlike is how many letters at least two texts have not in common.
func (l *letters) unlike(o *letters) (n int) {
	for i := range l {
		n += bits.OnesCount64(l[i] ^ o[i])
	}
	return n
}

// holds reports whether the passage has one of the words.
func (p *passage) holds(words ...string) bool {
	for _, w := range words {
		if p.letters.mayHold(w) && strings.Contains(p.text.V, w) {
			return true
		}
	}
	return false
}
