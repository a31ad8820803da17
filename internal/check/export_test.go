package check

import "yusuan/internal/diag"

// Needs are the rules that ask for each role, by the role's words.
func Needs() (figures, fields, labels map[string][]string) {
	figures, fields, labels = map[string][]string{}, map[string][]string{}, map[string][]string{}
	for k, v := range figureNeeds() {
		figures[string(k)] = v
	}
	for k, v := range fieldNeeds() {
		fields[string(k)] = v
	}
	for k, v := range labelNeeds() {
		labels[string(k)] = v
	}
	return figures, fields, labels
}

// Magnitudes runs the rules of magnitude alone.
func Magnitudes(in *Input) []diag.Diagnostic {
	r := NewReport(in.Pack)
	magnitudes(in, r)
	l := r.List()
	return l.Sorted()
}
