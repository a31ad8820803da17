package source

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// longLines are lines that are full of one kind of slip, or of none.
var longLines = []struct {
	name string
	of   func(n int) string
	good bool
}{
	{"good", func(n int) string { return "x = [" + strings.Repeat(`{function="2010301",amount=1.5},`, n) + "]" }, true},
	{"texts", func(n int) string { return "x = [" + strings.Repeat(`"甲“乙”丙", `, n) + "]" }, true},
	{"wide quotes", func(n int) string { return "a ＝ " + strings.Repeat("“”，", n) }, false},
	{"wide quotes 2", func(n int) string { return "x = [" + strings.Repeat("”甲”，", n) + "]" }, false},
	{"open quotes", func(n int) string { return strings.Repeat(`a="""`, n) }, false},
	{"inner quotes", func(n int) string { return "x = [" + strings.Repeat(`"推行"一网"工作", `, n) + "]" }, false},
	{"bare words", func(n int) string { return "x = [" + strings.Repeat("甲, ", n) + "]" }, false},
	{"bare units", func(n int) string { return "x = [" + strings.Repeat("3万元, ", n) + "]" }, false},
	{"bare keys", func(n int) string { return "x = [" + strings.Repeat("{总额=1}, ", n) + "]" }, false},
	{"thousands", func(n int) string { return "a = 1," + strings.Repeat("234,", n) }, false},
	{"more thousands", func(n int) string { return "x = [" + strings.Repeat("{a=1,234.00}, ", n) + "]" }, false},
	{"backslashes", func(n int) string { return "x = [" + strings.Repeat(`"C:\数据", `, n) + "]" }, false},
	{"pairs", func(n int) string { return strings.Repeat("a b = 3 ", n) }, false},
	{"sums", func(n int) string { return "x = " + strings.Repeat("3+4 ", n) }, false},
	{"brackets", func(n int) string { return strings.Repeat("[a] ", n) }, false},
}

// TestOneLongLine: whatever slip a line is full of is told, and four times the line takes about four times the memory, not
// sixteen times. How its time grows BenchmarkOneLongLine measures.
func TestOneLongLine(t *testing.T) {
	for _, x := range longLines {
		allocated := func(n int) uint64 {
			line := []byte(x.of(n) + "\n")
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, diags := Parse("x.toml", line)
			runtime.ReadMemStats(&after)
			if told := diags.Len() > 0; told == x.good {
				t.Errorf("%s × %d: %d findings", x.name, n, diags.Len())
			}
			return after.TotalAlloc - before.TotalAlloc
		}
		if short, long := allocated(3000), allocated(12000); long > 6*short {
			t.Errorf("%s: %d bytes, and four times as much %d", x.name, short, long)
		}
	}
}

// BenchmarkOneLongLine: the time of a byte is about the same in a line four times as long.
func BenchmarkOneLongLine(b *testing.B) {
	for _, x := range longLines {
		for _, n := range []int{3000, 12000} {
			line := []byte(x.of(n) + "\n")
			b.Run(fmt.Sprintf("%s/%d", x.name, n), func(b *testing.B) {
				for b.Loop() {
					Parse("x.toml", line)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(line)), "ns/byte")
			})
		}
	}
}
