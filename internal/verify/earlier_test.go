package verify_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"yusuan/internal/pdfread"
	"yusuan/internal/verify"
)

const earlierFiles = "../../testdata/earlier/*/*.pdf"

// TestEarlierVersions: what was published by an earlier version verifies with this one, as the same or as made by an earlier
// version with all words and numbers the same.
func TestEarlierVersions(t *testing.T) {
	files, err := filepath.Glob(earlierFiles)
	if err != nil || len(files) < 6 {
		t.Fatal(files, err)
	}
	s := shared(t, "yusuan 99.0.0")
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if r := report(t, s, raw); !r.Good() || len(r.Findings) > 0 {
			t.Errorf("%s: %v, pages %v", file, r.Findings, r.Pages)
		} else if want := "yusuan " + filepath.Base(filepath.Dir(file)); r.Manifest.Program != want {
			t.Errorf("%s was made by %s, want %s", file, r.Manifest.Program, want)
		}
	}
}

// TestEarlierIsNoExcuse: a file that is not what an earlier version wrote is not good for its age: changed data, another
// digit on a page, an appended update, and a version that is none or later.
func TestEarlierIsNoExcuse(t *testing.T) {
	files, err := filepath.Glob(earlierFiles)
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	raw, err := os.ReadFile(files[len(files)-1])
	if err != nil {
		t.Fatal(err)
	}
	for _, program := range []string{"yusuan 0.0.9", "yusuan x", "other 9.0.0"} {
		if r := report(t, shared(t, program), raw); r.Good() {
			t.Errorf("verified by %s as of an earlier version", program)
		}
	}
	s := shared(t, "yusuan 99.0.0")
	if r := report(t, s, update(t, raw, 9999, "null")); r.Good() {
		t.Error("an appended update is taken for age")
	}
	for i := len(raw) / 7; i < len(raw); i += len(raw) / 7 {
		bad := bytes.Clone(raw)
		bad[i] ^= 1
		if _, err := pdfread.Open(bad); err != nil {
			continue
		}
		if r, err := verify.File(s, bad); err == nil && r.Good() && !sameContent(t, raw, bad) {
			t.Errorf("byte %d changed, and the file is good", i)
		}
	}
}

// sameContent reports whether two files have the same pages and attachments, so that the byte that differs says nothing.
func sameContent(t *testing.T, a, b []byte) bool {
	t.Helper()
	x, errX := pdfread.Open(a)
	y, errY := pdfread.Open(b)
	if errX != nil || errY != nil {
		return false
	}
	p, errX := x.Pages()
	q, errY := y.Pages()
	if errX != nil || errY != nil || len(p) != len(q) {
		return false
	}
	for i := range p {
		if !bytes.Equal(p[i].Content, q[i].Content) {
			return false
		}
	}
	return true
}
