package tablebook_test

import (
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/tablebook"
)

func BenchmarkWorkbook(b *testing.B) {
	w := work(b, shared(b), build.Input{Dir: "data/2026/338", PriorDir: "data/2025/338"})
	in := tablebook.Input{Tree: w.Tree, Numbers: w.Numbers, Program: "yusuan test"}
	for b.Loop() {
		if _, err := tablebook.Write(in); err != nil {
			b.Fatal(err)
		}
	}
}
