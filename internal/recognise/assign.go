package recognise

// assign pairs rows with columns so that the sum of the weights of the pairs is the greatest there is; -1 for a row without one.
// Pairs of no weight are none. By successive shortest paths (Kuhn, Munkres); rows are few.
func assign(weight [][]int) []int {
	n := len(weight)
	if n == 0 {
		return nil
	}
	m := len(weight[0]) + n // a column of its own for each row that gets none
	cost := func(i, j int) int {
		if j < len(weight[i]) {
			return -weight[i][j]
		}
		return 0
	}
	const far = int(^uint(0) >> 2)
	u, v := make([]int, n+1), make([]int, m+1)
	row, way := make([]int, m+1), make([]int, m+1) // by column, from 1; row 0 is none
	for i := 1; i <= n; i++ {
		row[0] = i
		least, used := make([]int, m+1), make([]bool, m+1)
		for j := range least {
			least[j] = far
		}
		at := 0
		for row[at] != 0 {
			used[at] = true
			from, delta, next := row[at], far, 0
			for j := 1; j <= m; j++ {
				if used[j] {
					continue
				}
				if c := cost(from-1, j-1) - u[from] - v[j]; c < least[j] {
					least[j], way[j] = c, at
				}
				if least[j] < delta {
					delta, next = least[j], j
				}
			}
			for j := 0; j <= m; j++ {
				if used[j] {
					u[row[j]] += delta
					v[j] -= delta
				} else {
					least[j] -= delta
				}
			}
			at = next
		}
		for at != 0 {
			row[at] = row[way[at]]
			at = way[at]
		}
	}
	out := make([]int, n)
	for i := range out {
		out[i] = -1
	}
	for j := 1; j <= len(weight[0]); j++ {
		if i := row[j]; i > 0 && weight[i-1][j-1] > 0 {
			out[i-1] = j - 1
		}
	}
	return out
}
