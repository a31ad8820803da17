package main

import "yusuan/internal/typeset/par"

// spread is how far Han stand apart on justified lines, in thousandths of an em. Lines that end a paragraph are not counted.
type spread struct {
	open   []int // of each line that was justified
	ragged int   // that could not be
	units  int   // that end between a number and its unit
}

func measure(lines []par.Line) (s spread) {
	for i := range lines {
		l := &lines[i]
		switch {
		case l.Forced:
			continue
		case l.Loose > 0:
			s.ragged++
		default:
			s.open = append(s.open, l.Open)
		}
		if l.Unit {
			s.units++
		}
	}
	return s
}

// over counts the lines whose Han stand further apart than that.
func (s *spread) over(limit int) (n int) {
	for _, open := range s.open {
		if open > limit {
			n++
		}
	}
	return n
}

func (s *spread) widest() (widest int) {
	for _, open := range s.open {
		widest = max(widest, open)
	}
	return widest
}
