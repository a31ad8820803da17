package ofd

import (
	"fmt"
	"testing"

	"yusuan/internal/pdf"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// BenchmarkWrite is 40 pages of prose and tables by turns at three levels of compression, and as a PDF.
func BenchmarkWrite(b *testing.B) {
	t := newBuilder(b)
	part := t.elem(page.Elem{Kind: page.KindPart})
	const prose = "贯彻执行国家和省市有关财政工作的方针政策法律法规，拟订并组织实施全市财政发展规划及改革方案；"
	for i := range 40 {
		t.page(unit.A4Width, unit.A4Height, fmt.Sprint(i+1)).Turned = i%4 == 1
		if i%2 == 0 {
			for l := range unit.Length(22) {
				t.text("仿宋", 15750, 79000, 105000+l*28900, 37, t.elem(page.Elem{Kind: page.KindP}), prose[:27*3])
			}
			continue
		}
		for range 8 {
			t.table(part)
		}
	}
	for _, level := range []int{1, 5, 9} {
		b.Run(fmt.Sprint("level", level), func(b *testing.B) {
			var m Memory
			measure(b, func() ([]byte, error) { return Write(t.d, Options{Level: level}, &m) }, m.Reuse)
		})
	}
	b.Run("pdf", func(b *testing.B) {
		var m pdf.Memory
		measure(b, func() ([]byte, error) { return pdf.Write(t.d, &m) }, m.Reuse)
	})
}

func measure(b *testing.B, write func() ([]byte, error), reuse func([]byte)) {
	b.ReportAllocs()
	size := 0
	for b.Loop() {
		raw, err := write()
		if err != nil {
			b.Fatal(err)
		}
		size = len(raw)
		reuse(raw)
	}
	b.ReportMetric(float64(size), "bytes")
}
