package build_test

import (
	"bytes"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/testofd"
)

// TestOneLayoutForBoth: PDF and OFD are made of one layout, in any order and in one memory, each as it is made alone; the
// flag for the base standard reaches the file.
func TestOneLayoutForBoth(t *testing.T) {
	s := shared(t)
	m, dir := generated(3)
	made := func(plain bool, forms ...build.Form) (out [][]byte) {
		t.Helper()
		w, err := s.Check(build.Input{Data: m, Dir: dir, PlainOFD: plain})
		if err != nil || w.Tree == nil {
			t.Fatal(err, w.Diags.Sorted())
		}
		pages, memory := w.Typeset(), &build.Memory{}
		for _, f := range forms {
			raw, err := w.Make(f, pages, memory)
			if err != nil {
				t.Fatal(f, err)
			}
			out = append(out, bytes.Clone(raw))
			memory.Reuse(raw)
		}
		return out
	}
	alone, ofd := made(false, build.PDF)[0], made(false, build.OFD)[0]
	for i, got := range made(false, build.OFD, build.PDF, build.OFD, build.PDF) {
		if want := [][]byte{ofd, alone}[i%2]; !bytes.Equal(got, want) {
			t.Errorf("file %d differs from the one made alone", i)
		}
	}
	plain := made(true, build.OFD)[0]
	for _, f := range testofd.Check(plain, testofd.Options{Plain: true}) {
		t.Error("plain:", f)
	}
	for _, f := range testofd.Check(ofd, testofd.Options{}) {
		t.Error(f)
	}
	if bytes.Contains(plain[:512], []byte("OFD-A")) || !bytes.Contains(ofd[:512], []byte(`DocType="OFD-A"`)) {
		t.Error("a file claims what it was not asked for")
	}
}
