package recognise

// assign pairs rows with columns so that the sum of the weights of the pairs is the greatest there is; -1 for a row without one.
// Pairs of no weight are none. By successive shortest paths (Kuhn, Munkres); rows are few.
func assign(weight [][]int) []int {
	if len(weight) == 0 {
		return nil
	}
	m := matching{weight: weight, columns: len(weight[0]) + len(weight)} // a column of its own for each row that gets none
	m.u, m.v = make([]int, len(weight)+1), make([]int, m.columns+1)
	m.row, m.way = make([]int, m.columns+1), make([]int, m.columns+1)
	for i := 1; i <= len(weight); i++ {
		at := m.augment(i)
		for at != 0 {
			m.row[at] = m.row[m.way[at]]
			at = m.way[at]
		}
	}
	out := make([]int, len(weight))
	for i := range out {
		out[i] = -1
	}
	for j := 1; j <= len(weight[0]); j++ {
		if i := m.row[j]; i > 0 && weight[i-1][j-1] > 0 {
			out[i-1] = j - 1
		}
	}
	return out
}

// matching is a pairing in the making. Rows and columns count from 1; row 0 is none.
type matching struct {
	weight  [][]int
	columns int
	u, v    []int // what rows and columns are worth
	row     []int // of each column
	way     []int // the column before it on the path
}

func (m *matching) cost(i, j int) int {
	if row := m.weight[i-1]; j <= len(row) {
		return -row[j-1]
	}
	return 0
}

// augment finds the shortest path from a row to a column that is free, which it returns.
func (m *matching) augment(i int) int {
	const far = int(^uint(0) >> 2)
	m.row[0] = i
	least, used := make([]int, m.columns+1), make([]bool, m.columns+1)
	for j := range least {
		least[j] = far
	}
	at := 0
	for m.row[at] != 0 {
		used[at] = true
		from, delta, next := m.row[at], far, 0
		for j := 1; j <= m.columns; j++ {
			if used[j] {
				continue
			}
			if c := m.cost(from, j) - m.u[from] - m.v[j]; c < least[j] {
				least[j], m.way[j] = c, at
			}
			if least[j] < delta {
				delta, next = least[j], j
			}
		}
		for j := 0; j <= m.columns; j++ {
			if used[j] {
				m.u[m.row[j]] += delta
				m.v[j] -= delta
			} else {
				least[j] -= delta
			}
		}
		at = next
	}
	return at
}
