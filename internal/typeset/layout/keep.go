package layout

import "yusuan/internal/typeset/unit"

// need is the least room that the first of items may begin in: its own need, or, if it stays with the next, all of it and
// the need of the next. What is more than a page of the height holds need not be known exactly.
func need(items []item, height unit.Length) (least unit.Length) {
	for i := range items {
		it := &items[i]
		if !it.keepNext || i+1 == len(items) || least > height {
			return least + it.need()
		}
		least += it.whole() + it.after + items[i+1].before
	}
	return least
}
