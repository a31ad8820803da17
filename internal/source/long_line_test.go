package source

import (
	"strings"
	"testing"
	"time"
)

// TestOneLongLine: whatever slip a line is full of, four times the line takes about four times as long, not sixteen times.
func TestOneLongLine(t *testing.T) {
	for name, line := range map[string]func(n int) string{
		"good":           func(n int) string { return "x = [" + strings.Repeat(`{function="2010301",amount=1.5},`, n) + "]" },
		"texts":          func(n int) string { return "x = [" + strings.Repeat(`"甲“乙”丙", `, n) + "]" },
		"wide quotes":    func(n int) string { return "a ＝ " + strings.Repeat("“”，", n) },
		"wide quotes 2":  func(n int) string { return "x = [" + strings.Repeat("”甲”，", n) + "]" },
		"open quotes":    func(n int) string { return strings.Repeat(`a="""`, n) },
		"inner quotes":   func(n int) string { return "x = [" + strings.Repeat(`"推行"一网"工作", `, n) + "]" },
		"bare words":     func(n int) string { return "x = [" + strings.Repeat("甲, ", n) + "]" },
		"bare units":     func(n int) string { return "x = [" + strings.Repeat("3万元, ", n) + "]" },
		"bare keys":      func(n int) string { return "x = [" + strings.Repeat("{总额=1}, ", n) + "]" },
		"thousands":      func(n int) string { return "a = 1," + strings.Repeat("234,", n) },
		"more thousands": func(n int) string { return "x = [" + strings.Repeat("{a=1,234.00}, ", n) + "]" },
		"backslashes":    func(n int) string { return "x = [" + strings.Repeat(`"C:\数据", `, n) + "]" },
		"pairs":          func(n int) string { return strings.Repeat("a b = 3 ", n) },
		"sums":           func(n int) string { return "x = " + strings.Repeat("3+4 ", n) },
		"brackets":       func(n int) string { return strings.Repeat("[a] ", n) },
	} {
		least := func(n int) time.Duration {
			best := time.Hour
			for range 2 {
				begun := time.Now()
				Parse("x.toml", []byte(line(n)+"\n"))
				best = min(best, time.Since(begun))
			}
			return best
		}
		var short, long time.Duration
		slow := true
		for range 6 { // other work on the machine can make one slow, but not six times the longer alone
			short, long = least(3000), least(12000)
			if slow = long > 50*time.Millisecond && long > 10*short; !slow {
				break
			}
		}
		if slow {
			t.Errorf("%s: %v, and four times as much %v", name, short, long)
		}
	}
}
