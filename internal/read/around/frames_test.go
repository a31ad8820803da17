package around

import (
	"testing"

	"yusuan/internal/read/paper"
)

// TestFrames: a table around another, or of one cell, is a frame; one whose row holds two things is none.
func TestFrames(t *testing.T) {
	text := []paper.Block{{Text: &paper.Paragraph{Text: "甲"}}}
	inner := []paper.Block{{Table: &paper.Table{}}}
	for _, x := range []struct {
		name string
		rows [][][]paper.Block
		want bool
	}{
		{"one cell", [][][]paper.Block{{text}}, true},
		{"around a table", [][][]paper.Block{{nil, inner}, {text, nil}}, true},
		{"beside a table", [][][]paper.Block{{text, inner}}, false},
		{"a column of texts", [][][]paper.Block{{text}, {text}}, false},
		{"nothing", nil, false},
	} {
		if got := Frames(x.rows); got != x.want {
			t.Errorf("%s: %v", x.name, got)
		}
	}
}
