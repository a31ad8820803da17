package layout_test

import (
	"os"
	"sync"
	"testing"

	"yusuan/data"
	"yusuan/fonts"
	"yusuan/internal/build"
	"yusuan/internal/pdf"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/layout"
	"yusuan/templates"
)

// real is the sample department, composed, and the faces it is set in.
var real = sync.OnceValues(func() (*build.Work, *font.Library) {
	library, err := fonts.Library()
	if err != nil {
		panic(err)
	}
	shared := &build.Shared{Fonts: library, Packs: templates.FS, Catalogue: data.Catalogue(), Program: "bench"}
	work, err := shared.Check(build.Input{Data: os.DirFS("../../.."), Dir: "data/2026/338"})
	if err != nil {
		panic(err)
	}
	return work, library
})

// BenchmarkLay lays the sample out with parsed fonts.
func BenchmarkLay(b *testing.B) {
	work, library := real()
	layout.AsProgram(b)
	for b.Loop() {
		layout.Lay(work.Tree, library.Family)
	}
}

// BenchmarkWrite writes the PDF of the same pages, with all that the file carries, in the memory of the one before, as a
// batch does: what layout is measured against.
func BenchmarkWrite(b *testing.B) {
	work, _ := real()
	pages := work.Typeset()
	layout.AsProgram(b)
	var m pdf.Memory
	for b.Loop() {
		file, err := work.PDF(pages, &m)
		if err != nil {
			b.Fatal(err)
		}
		m.Reuse(file)
	}
}
