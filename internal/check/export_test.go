package check

import "yusuan/internal/diag"

// Magnitudes runs the rules of magnitude alone.
func Magnitudes(in *Input) []diag.Diagnostic {
	r := NewReport(in.Pack)
	magnitudes(in, r)
	l := r.List()
	return l.Sorted()
}
