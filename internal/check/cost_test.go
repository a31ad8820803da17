package check_test

import (
	"os"
	"testing"

	"yusuan/data"
	"yusuan/fonts"
	"yusuan/internal/build"
	"yusuan/internal/check"
	"yusuan/templates"
)

// BenchmarkRun is the cost of the rules on the sample; it is to stay below a tenth of BenchmarkTypeset.
func BenchmarkRun(b *testing.B) {
	w := sample(b)
	for b.Loop() {
		check.Run(&check.Input{Pack: w.Pack, Budget: w.Budget, Prior: w.Prior, Numbers: w.Numbers}, check.NewReport(w.Pack))
	}
}

// BenchmarkTypeset is the layout and the PDF of the sample.
func BenchmarkTypeset(b *testing.B) {
	w := sample(b)
	for b.Loop() {
		if _, err := w.PDF(w.Typeset(), nil); err != nil {
			b.Fatal(err)
		}
	}
}

func sample(b *testing.B) *build.Work {
	b.Helper()
	lib, err := fonts.Library()
	if err != nil {
		b.Fatal(err)
	}
	s := &build.Shared{Fonts: lib, Packs: templates.FS, Catalogue: data.Catalogue(), Program: "test"}
	w, err := s.Check(build.Input{Data: os.DirFS("../.."), Dir: "data/2026/338"})
	if err != nil || w.Tree == nil {
		b.Fatal(err, w.Diags.Sorted())
	}
	return w
}
