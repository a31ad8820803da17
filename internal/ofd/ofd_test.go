package ofd

import (
	"bytes"
	"testing"

	"yusuan/internal/testofd"
)

func TestSample(t *testing.T) {
	for _, plain := range []bool{false, true} {
		raw, err := Write(sample(t), Options{Plain: plain}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range testofd.Check(raw, testofd.Options{Plain: plain}) {
			t.Errorf("plain %v: %v", plain, f)
		}
	}
}

// TestSameBytes: what was made in a memory before, and with which options, plays no part.
func TestSameBytes(t *testing.T) {
	var m Memory
	want, err := Write(sample(t), Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, o := range []Options{{}, {Level: 9}, {Plain: true}, {}} {
		raw, err := Write(sample(t), o, &m)
		if err != nil {
			t.Fatal(err)
		}
		if o == (Options{}) && !bytes.Equal(raw, want) {
			t.Errorf("file %d made in the same memory is another", i)
		}
		m.Reuse(raw)
	}
}
