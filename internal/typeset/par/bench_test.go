package par

import (
	"strconv"
	"strings"
	"testing"
)

// BenchmarkSet sets running text of 100 to 10,000 characters: time per character stays the same.
func BenchmarkSet(b *testing.B) {
	const s = "2026年部门收支总预算4,671.85万元，比2025年预算增加2,133.02万元，主要原因是政务服务大厅迁入“新址”，物业费和租赁费相应增加。"
	for _, n := range []int{100, 1000, 10000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			p := ask(string([]rune(strings.Repeat(s, n/60+1))[:n]), 28000, Justify)
			b.ReportAllocs()
			for b.Loop() {
				Set(p)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/char")
		})
	}
	b.Run("cell", func(b *testing.B) {
		p := ask("4,671.85", 28000, Left)
		b.ReportAllocs()
		for b.Loop() {
			Set(p)
		}
	})
}
