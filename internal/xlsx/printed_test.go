package xlsx

import (
	"strings"
	"testing"
)

// TestHeld: a text that no cell has room for says so at its end.
func TestHeld(t *testing.T) {
	for _, n := range []int{0, 10, mostInCell} {
		if s := strings.Repeat("字", n); held(s) != s {
			t.Errorf("a text of %d characters is not as it was", n)
		}
	}
	s, _ := held(strings.Repeat("字", mostInCell+1)).(string)
	if !strings.HasSuffix(s, beyond) || len([]rune(s)) > mostInCell || len([]rune(s)) < mostInCell-100 {
		t.Errorf("%d characters that end in %s", len([]rune(s)), s[len(s)-60:])
	}
	if held(5) != 5 {
		t.Error("a number is no text")
	}
}

// TestDigits: a printed number is a number that shows as it was printed; what spreadsheets would show otherwise stays a text.
func TestDigits(t *testing.T) {
	for _, c := range []struct {
		printed string
		value   any
		format  string
	}{
		{"100.00", int64(100), "#,##0.00"}, {"1,000.50", 1000.5, "#,##0.00"}, {"-0.10", -0.1, "#,##0.00"}, {"0", int64(0), "#,##0"}, {"0.00", int64(0), "#,##0.00"},
		{"20240", int64(20240), "0"}, {"1234.5", 1234.5, "0.0"}, {"100", int64(100), "#,##0"},
		{"33.33%", "33.33%", ""}, {"", "", ""}, {"—", "—", ""}, {"=1", "=1", ""}, {"1.", "1.", ""}, {"007", "007", ""}, {"1e5", "1e5", ""},
		{"1234567890123456789012", "1234567890123456789012", ""},
	} {
		if value, format := digits(c.printed); value != c.value || format != c.format {
			t.Errorf("%s: %v (%T) %q, want %v %q", c.printed, value, value, format, c.value, c.format)
		}
	}
}
