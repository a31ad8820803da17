package par

import "slices"

// Evenness measures how far the gaps of justified lines differ from their natural width: the mean, the 95th percentile
// and the worst of |Stretch|, in thousandths of the size. Lines that end a paragraph are not counted.
func Evenness(lines []Line) (mean, p95, worst int) {
	gaps := make([]int, 0, len(lines))
	total := 0
	for i := range lines {
		if !lines[i].Forced {
			gap := max(lines[i].Stretch, -lines[i].Stretch)
			gaps = append(gaps, gap)
			total += gap
		}
	}
	n := len(gaps)
	if n == 0 {
		return 0, 0, 0
	}
	slices.Sort(gaps)
	return total / n, gaps[(n*95+99)/100-1], gaps[n-1]
}
