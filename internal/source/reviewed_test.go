package source

import (
	"fmt"
	"strings"
	"testing"
)

// TestReviewed: a mark that was looked at goes, and nothing else does.
func TestReviewed(t *testing.T) {
	for _, c := range []struct{ name, text, marks, want string }{
		{"behind a value", "[text]\na = \"x\"  # 【请核对】\nb = 1\n", "2 false false ", "[text]\na = \"x\"\nb = 1\n"},
		{"on a line of its own", "[text]\n# 【请核对】\na = [\n\"x\"]\n", "2 true false ", "[text]\na = [\n\"x\"]\n"},
		{"with words of its author", "a = 1 # 基本工资【请核对】\n", "1 false false 基本工资", "a = 1 # 基本工资\n"},
		{"before words", "# 【请核对】照公开的填\na = 1\n", "1 true false 照公开的填", "# 照公开的填\na = 1\n"},
		{"that speaks of marks", "# 【请核对】转来的，标有【请核对】的核对后删去标记\r\na = 1\r\n", "1 true true 转来的，标有的核对后删去标记", "a = 1\r\n"},
		{"at the end", "a = 1\n# 【请核对】", "2 true false ", "a = 1\n"},
		{"in a text", "a = \"【请核对】\"\n", "", "a = \"【请核对】\"\n"},
		{"after a mark of the encoding", "\ufeffa = 1 # 【请核对】\n", "1 false false ", "\ufeffa = 1\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, _ := Parse("a.toml", []byte(c.text))
			var told []string
			var starts []int
			for _, m := range f.ReviewMarks() {
				told = append(told, fmt.Sprintf("%d %t %t %s", m.Line, m.Alone, m.Whole, m.Words))
				starts = append(starts, m.Start)
			}
			if got := strings.Join(told, "; "); got != c.marks {
				t.Errorf("marks are %q, not %q", got, c.marks)
			}
			if got := string(f.Reviewed(starts)); got != c.want {
				t.Errorf("becomes %q, not %q", got, c.want)
			}
			if got := string(f.Reviewed(nil)); got != c.text {
				t.Errorf("without marks to take away it becomes %q", got)
			}
		})
	}
}
