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
