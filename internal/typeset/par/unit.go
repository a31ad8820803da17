package par

// Parts reports whether a line that ends before byte at of a text parts what is one thing to the reader: a number and what
// it counts (4,671.85|万元, 35 |μg), the words of a unit (万|元), or the name of a document (国发|〔2024〕|3号). It is for those who
// look at set lines and says nothing of what a break costs.
func Parts(text string, at int) bool {
	before, after := bare(text[:at]), bare(text[at:])
	if len(before) == 0 || len(after) == 0 {
		return false
	}
	l, r := len(before)-1, &after[0]
	switch before[l].class {
	case digit:
		return unitLength(after) > 0
	case space, tie:
		return l > 0 && before[l-1].class == digit && (measures(after) || unitLength(after) > 0)
	}
	if before[l].r == '〕' && r.class == digit || r.r == '〔' && len(after) > 1 && after[1].class == digit && before[l].class == han {
		return true
	}
	for from := l; from > 0 && before[from].class == han && l-from < longestUnit; from-- { // within a unit
		if before[from-1].class == digit {
			whole := append(before[from:l+1:l+1], after...)
			return unitLength(whole) > l+1-from
		}
	}
	return false
}

// longestUnit is more than the longest unit with its powers of ten has characters.
const longestUnit = 6

// bare is a text as the rules of breaking see it, without faces and sizes.
func bare(text string) []atom {
	out := make([]atom, 0, len(text))
	for _, r := range text {
		if c := classOf(r); c != format && c != feed {
			out = append(out, atom{r: r, class: c})
		}
	}
	return out
}
