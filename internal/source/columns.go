package source

import "unicode/utf8"

// A file may be one line of megabytes, of which thousands of places are asked. Columns count characters, so those of long lines
// are counted once, in steps.

// columnStep is how many bytes lie between counts.
const columnStep = 1 << 10

// countColumns counts the characters before every step of a text. Of a text with bytes that are none nothing is counted.
func countColumns(src []byte) []int {
	if !utf8.Valid(src) {
		return nil
	}
	out := make([]int, 0, len(src)/columnStep+1)
	n := 0
	for i := range src {
		if i%columnStep == 0 {
			out = append(out, n)
		}
		if utf8.RuneStart(src[i]) {
			n++
		}
	}
	return out
}

// characters is how many characters stand from one place to another. Both are starts of characters.
func (f *File) characters(from, to int) int {
	if to-from <= 2*columnStep || f.columns == nil {
		return utf8.RuneCount(f.Source[from:to])
	}
	a, b := (from+columnStep-1)/columnStep, to/columnStep
	n := f.columns[b] - f.columns[a]
	for _, x := range [...][2]int{{from, a * columnStep}, {b * columnStep, to}} {
		for _, c := range f.Source[x[0]:x[1]] {
			if utf8.RuneStart(c) {
				n++
			}
		}
	}
	return n
}

// waypoint is a place in a text and in the literal that the file has for it.
type waypoint struct{ value, literal int }

// way notes, for a long text with escapes, where in the literal each step of it stands.
func (s *String) way() {
	v := s.V
	if s.typed != "" {
		v = s.typed
	}
	if len(v) < 4*columnStep || s.file == nil {
		return
	}
	i, end, escapes := s.literal()
	if s.plainly(i, end, v, escapes) {
		s.plain = true
		return
	}
	next := columnStep
	for j, start := 0, i; i < end; {
		if j >= next {
			s.ways, next = append(s.ways, waypoint{j, i - start}), j+columnStep
		}
		n, made := unitAt(s.file.text[i:end], v[min(j, len(v)):], escapes)
		i, j = i+n, j+made
	}
}
