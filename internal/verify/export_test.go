package verify

import (
	"yusuan/internal/archive"
	"yusuan/internal/build"
)

// Reflowed reports whether a file says what another one says, and differs in lines and pages alone.
func Reflowed(s *build.Shared, raw, anew []byte) (bool, error) {
	f, err := archive.Open(raw)
	if err != nil {
		return false, err
	}
	r := Report{file: f, shared: s}
	if r.written, err = f.Sheets(); err != nil {
		return false, err
	}
	g, err := archive.Open(anew)
	if err != nil {
		return false, err
	}
	pages, err := g.Sheets()
	if err != nil {
		return false, err
	}
	return r.reflowed(g, pages)
}
