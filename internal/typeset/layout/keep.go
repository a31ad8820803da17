package layout

import "yusuan/internal/typeset/unit"

// chains finds for each item the least room it may begin in: its own need, or, if it stays with the next, all of
// it and the need of the next.
func chains(items []item) []unit.Length {
	needs := make([]unit.Length, len(items))
	for i := len(items) - 1; i >= 0; i-- {
		it := &items[i]
		if it.keepNext && i+1 < len(items) {
			needs[i] = it.whole() + it.after + items[i+1].before + needs[i+1]
		} else {
			needs[i] = it.need()
		}
	}
	return needs
}

// share is how many of the lines stay when fit of them can: at least two here and two on the next page, so that
// neither the first nor the last line of a paragraph stands alone; 0 where that cannot be.
func share(lines, fit int) int {
	if fit >= lines {
		return lines
	}
	if n := min(fit, lines-2); n >= 2 {
		return n
	}
	return 0
}
