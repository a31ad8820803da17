package pdf

import "testing"

// Catalog is the root of a file.
func Catalog(t testing.TB, file []byte) string {
	p := parseFile(t, file)
	return string(p.objects[p.catalog])
}

// Contents are the content streams of the pages.
func Contents(t testing.TB, file []byte) (out []string) {
	p := parseFile(t, file)
	for _, n := range p.pages() {
		out = append(out, string(p.streams[ref(t, p.objects[n], "Contents")]))
	}
	return out
}

// Hex is a text as it stands in a dictionary.
func Hex(s string) string { return string(appendText(nil, s)) }
