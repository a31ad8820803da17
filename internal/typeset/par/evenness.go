package par

import "slices"

// Spread tells how far the gaps of justified lines differ from their natural width, in thousandths of the size.
type Spread struct {
	Lines            int // that were justified; lines that end a paragraph are not counted
	Ragged           int // that could not be justified
	Mean, P95, Worst int // of the absolute value of Stretch
}

// Evenness measures lines. The 95th percentile is that of the nearest rank.
func Evenness(lines []Line) Spread {
	var v []int
	total, ragged := 0, 0
	for i := range lines {
		switch {
		case lines[i].Forced:
		case lines[i].Loose > 0:
			ragged++
		default:
			v = append(v, max(lines[i].Stretch, -lines[i].Stretch))
			total += v[len(v)-1]
		}
	}
	if len(v) == 0 {
		return Spread{Ragged: ragged}
	}
	slices.Sort(v)
	return Spread{Lines: len(v), Ragged: ragged, Mean: (total + len(v)/2) / len(v), P95: v[(len(v)*95+99)/100-1], Worst: v[len(v)-1]}
}
