package schedule

import "regexp"

var (
	// written is a number in a text of the author's.
	written = regexp.MustCompile(`\d[\d,]*(?:\.\d+)?[%％‰]?`)
	// dated is what stands behind a number that is a year, a day, or the number of an entry or a document.
	dated = regexp.MustCompile(`^(?:年|月|日|号|时|[-—－~～至到]\d+年|[)）、.．]|[-/]\d)`)
	// coded is what stands before a number that is part of a name, a code or a date.
	coded = regexp.MustCompile(`(?:[A-Za-z_/#第〔\[-]|[（(])$`)
)

// writtenNumbers are the amounts, counts and shares in a text, from and to. Years, dates, numbers of entries and codes are
// none.
func writtenNumbers(s string) (out [][2]int) {
	for _, x := range written.FindAllStringIndex(s, -1) {
		if behind := s[x[1]:]; dated.MatchString(behind) || coded.MatchString(s[:x[0]]) {
			continue
		}
		out = append(out, [2]int{x[0], x[1]})
	}
	return out
}
