package check

import "yusuan/internal/diag"

// Magnitudes runs the rules of magnitude alone.
func Magnitudes(in *Input) []diag.Diagnostic {
	r := newReport(in)
	magnitudes(in, r)
	l := r.list()
	return l.Sorted()
}
