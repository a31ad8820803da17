package source

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestLongTexts: places in long lines and long texts, with escapes and without, are those that counting from the start gives.
func TestLongTexts(t *testing.T) {
	long := strings.Repeat("甲b，丙“丁”", 1500)
	for name, toml := range map[string]string{
		"one line":           `x = "` + long + `"`,
		"one line, escapes":  `x = "` + strings.Repeat(`甲b\t丙\"丁\"\u4e59`, 1500) + `"`,
		"lines":              "x = '''\n" + strings.ReplaceAll(long, "，", "，\n") + "'''",
		"lines with escapes": "x = \"\"\"\n" + strings.ReplaceAll(strings.Repeat(`甲b，丙\"丁\"`, 1500), "，", "，\n") + "\"\"\"",
		"joined lines":       "x = \"\"\"\n" + strings.ReplaceAll(long, "，", "，\\\n   ") + "\"\"\"",
	} {
		f, diags := Parse("x.toml", []byte(toml))
		if diags.HasErrors() {
			t.Fatal(name, diags.Sorted())
		}
		var into struct {
			X String `toml:"x" text:"long"`
		}
		Decode([]*File{f}, &into)
		s := into.X
		if !s.plain && s.ways == nil {
			t.Errorf("%s: %d bytes have no way", name, len(s.V))
		}
		slow := s
		slow.plain, slow.ways = false, nil
		for i := 0; i < len(s.V); i += 37 {
			for !utf8.RuneStart(s.V[i]) {
				i--
			}
			at, want := s.Line(i), slow.Line(i)
			if at != want {
				t.Fatalf("%s: at %d: %v, want %v", name, i, at, want)
			}
			start := strings.LastIndexByte(toml[:at.Start.Offset], '\n') + 1
			if n := utf8.RuneCountInString(toml[start:at.Start.Offset]) + 1; int(at.Start.Column) != n {
				t.Fatalf("%s: at %d: column %d, want %d", name, i, at.Start.Column, n)
			}
		}
	}
}

// TestCharacters holds the counts of steps against counting.
func TestCharacters(t *testing.T) {
	f, _ := Parse("x.toml", []byte("x = '"+strings.Repeat("汉a", 4000)+"'"))
	starts := []int{}
	for i := range string(f.Source) {
		starts = append(starts, i)
	}
	for a := 0; a < len(starts); a += 331 {
		for b := a; b < len(starts); b += 577 {
			if got, want := f.characters(starts[a], starts[b]), b-a; got != want {
				t.Fatalf("%d to %d: %d, want %d", starts[a], starts[b], got, want)
			}
		}
	}
	if f.columns == nil {
		t.Error("nothing was counted")
	}
}
