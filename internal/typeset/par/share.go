package par

// Few is how many lines of a paragraph stand together at least where it goes on to another page: neither its first nor its
// last line stands alone.
const Few = 2

// Share is how many of so many lines stay on a page when fit of them can: at least Few here and Few on the next, and only
// so many as may stay; 0 where that cannot be. A nil may allows all.
func Share(lines, fit int, may func(n int) bool) int {
	if fit >= lines {
		return lines
	}
	for n := min(fit, lines-Few); n >= Few; n-- {
		if may == nil || may(n) {
			return n
		}
	}
	return 0
}
