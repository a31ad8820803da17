package ofd_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"yusuan/internal/ofd"
	"yusuan/internal/testofd"
)

// TestGoldenXML holds the files of a small document as a person has read them, an element a line. UPDATE=1 writes them anew.
func TestGoldenXML(t *testing.T) {
	const file = "testdata/small.txt"
	entries, err := testofd.Unpacked(written(t, small(t), ofd.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, e := range entries {
		fmt.Fprintf(&b, "== %s\n", e.Name)
		if strings.HasSuffix(e.Name, ".xml") {
			b.WriteString(strings.ReplaceAll(strings.TrimSpace(string(e.Data)), "><", ">\n<") + "\n")
		}
	}
	got := b.String()
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range min(len(gotLines), len(wantLines)) {
		if gotLines[i] != wantLines[i] {
			t.Fatalf("line %d of %s:\n got %s\nwant %s", i+1, file, gotLines[i], wantLines[i])
		}
	}
	if len(gotLines) != len(wantLines) {
		t.Errorf("%d lines, %s has %d", len(gotLines), file, len(wantLines))
	}
}
