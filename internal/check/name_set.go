package check

import "unicode/utf8"

// nameSet finds the names of a list in texts. A department may have thousands of projects and a text for each: a text is
// gone through once, and at each place only names are looked at that begin with the two letters that stand there.
type nameSet struct {
	index   map[string]int   // of the first of that name in the list
	lengths map[string][]int // by the first letters: how many bytes the names have, each once
}

func newNameSet(names []string) nameSet {
	s := nameSet{map[string]int{}, map[string][]int{}}
	seen := map[string]map[int]bool{}
	for i, name := range names {
		if _, twice := s.index[name]; name == "" || twice {
			continue
		}
		s.index[name] = i
		k := firstLetters(name)
		if seen[k] == nil {
			seen[k] = map[int]bool{}
		}
		if !seen[k][len(name)] {
			seen[k][len(name)] = true
			s.lengths[k] = append(s.lengths[k], len(name))
		}
	}
	return s
}

// firstLetters are the first two letters of a text, or the one it has.
func firstLetters(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	_, m := utf8.DecodeRuneInString(s[n:])
	return s[:n+m]
}

// at calls fn for every name that the text begins with.
func (s *nameSet) at(text string, fn func(index, length int)) {
	first := firstLetters(text)
	_, one := utf8.DecodeRuneInString(first)
	s.try(text, first, fn)
	if one < len(first) {
		s.try(text, first[:one], fn) // names of one letter
	}
}

func (s *nameSet) try(text, first string, fn func(index, length int)) {
	for _, n := range s.lengths[first] {
		if n > len(text) {
			continue
		}
		if i, ok := s.index[text[:n]]; ok {
			fn(i, n)
		}
	}
}

// stands reports whether the text begins with a name.
func (s *nameSet) stands(text string) (found bool) {
	s.at(text, func(int, int) { found = true })
	return found
}

// in calls fn for every place of the text at which a name stands.
func (s *nameSet) in(text string, fn func(index, at, length int)) {
	for at := range text {
		s.at(text[at:], func(index, length int) { fn(index, at, length) })
	}
}

// has reports whether a name is anywhere in the text.
func (s *nameSet) has(text string) (found bool) {
	for at := range text {
		if s.stands(text[at:]) {
			return true
		}
	}
	return false
}
