package around

import (
	"slices"

	"yusuan/internal/read/paper"
)

// Frames reports whether a table only stands around others, or around a text: no row of it has several cells with something. What
// stands in each cell of each row is asked for.
func Frames(rows [][][]paper.Block) bool {
	holds, cells := false, 0
	for _, row := range rows {
		filled := 0
		for _, blocks := range row {
			cells++
			if len(blocks) > 0 {
				filled++
			}
			holds = holds || slices.ContainsFunc(blocks, func(b paper.Block) bool { return b.Table != nil })
		}
		if filled > 1 {
			return false
		}
	}
	return holds || cells == 1
}
