package layout_test

import (
	"os"
	"sync"
	"testing"

	"yusuan/data"
	"yusuan/fonts"
	"yusuan/internal/build"
	"yusuan/internal/doc"
	"yusuan/internal/pdf"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/layout"
	"yusuan/templates"
)

// real is the sample department's document tree and the faces it is set in.
var real = sync.OnceValues(func() (*doc.Document, *font.Library) {
	library, err := fonts.Library()
	if err != nil {
		panic(err)
	}
	shared := build.Shared{Fonts: library, Packs: templates.FS, Catalogue: data.Catalogue()}
	work, err := shared.Check(build.Input{Data: os.DirFS("../../.."), Dir: "data/2026/338"})
	if err != nil {
		panic(err)
	}
	return work.Tree, library
})

// BenchmarkLay lays the sample out with parsed fonts.
func BenchmarkLay(b *testing.B) {
	tree, library := real()
	b.ReportAllocs()
	for b.Loop() {
		layout.Lay(tree, library.Family)
	}
}

// BenchmarkWrite writes the PDF of the same pages: what layout is measured against.
func BenchmarkWrite(b *testing.B) {
	tree, library := real()
	pages, _ := layout.Lay(tree, library.Family)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := pdf.Write(pages, nil); err != nil {
			b.Fatal(err)
		}
	}
}
