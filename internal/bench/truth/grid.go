package main

import (
	"slices"
	"strings"

	"yusuan/internal/prose"
)

// grid are the numbers of a table by their rows and columns.
type grid struct {
	x     *exam
	cells map[[2]int]int // row, column: number
	rows  []int
	cols  []int
	codes []string // of rows
	label []string
	at    map[int][2]int
}

func gridOf(x *exam, block int) *grid {
	g := &grid{x: x, cells: map[[2]int]int{}, at: map[int][2]int{}}
	t := x.in.Document.Blocks[block].Table
	for _, row := range t.Grid(true) {
		code, label := "", ""
		joined := ""
		for _, c := range row {
			c = prose.Squeeze(c)
			if c == "" {
				continue
			}
			if strings.Trim(c, "0123456789") == "" && label == "" {
				if joined += c; code == "" || len(c) > len(code) {
					code = c
				}
				continue
			}
			if label == "" {
				label = c
			}
		}
		if len(joined) <= 7 && len(code) <= 3 && len(joined) > len(code) {
			code = joined // 类, 款, 项 in columns of their own
		}
		g.codes, g.label = append(g.codes, code), append(g.label, label)
	}
	return g
}

func (g *grid) add(i int, n *number, s *site) {
	if n.sort == sign || n.sort == unitWord || n.sort == year || !wholeNumber.MatchString(strings.TrimSpace(s.text)) {
		return
	}
	g.cells[[2]int{s.row, s.column}] = i
	g.at[i] = [2]int{s.row, s.column}
	if !slices.Contains(g.rows, s.row) {
		g.rows = append(g.rows, s.row)
	}
	if !slices.Contains(g.cols, s.column) {
		g.cols = append(g.cols, s.column)
		slices.Sort(g.cols)
	}
}

// relations are the sums and ratios of its row and its column that a number is in.
func (g *grid) relations(i int) (out []relation) {
	n := &g.x.numbers[i]
	at, ok := g.at[i]
	if !ok {
		return nil
	}
	if n.sort == percent {
		return g.shares(n, at)
	}
	var across, down []int
	for _, c := range g.cols {
		if k, is := g.cells[[2]int{at[0], c}]; is && g.x.numbers[k].sort == n.sort {
			across = append(across, k)
		}
	}
	for _, r := range g.rows {
		if k, is := g.cells[[2]int{r, at[1]}]; is && g.x.numbers[k].sort == n.sort {
			down = append(down, k)
		}
	}
	out = append(out, g.runs(i, across)...)
	out = append(out, g.runs(i, down)...)
	out = append(out, g.levels(i, down)...)
	return append(out, g.products(i, n, at)...)
}

// runs: a number is the sum of those right behind or before it.
func (g *grid) runs(i int, list []int) (out []relation) {
	for whole := range list {
		for _, step := range []int{1, -1} {
			var parts []int
			for k := whole + step; k >= 0 && k < len(list) && len(parts) < 60; k += step {
				parts = append(parts, list[k])
				if len(parts) > 1 {
					out = append(out, g.sum(i, list[whole], parts)...)
				}
			}
		}
	}
	return out
}

// sum is the relation of a sum, none where it does not hold, the number has no part in it, or nothing stands in it.
func (g *grid) sum(i, whole int, parts []int) (out []relation) {
	if i != whole && !slices.Contains(parts, i) {
		return nil
	}
	var sum, slack int64
	filled := 0
	for _, k := range parts {
		o := &g.x.numbers[k]
		if sum += o.value; o.value != 0 {
			filled++
		}
		slack = max(slack, o.last)
	}
	w := &g.x.numbers[whole]
	slack = max(slack, w.last) * int64(len(parts)+1) / 2
	if w.unit == "元" && w.last <= 100 || w.sort == count {
		slack = 0 // nothing was rounded
	}
	diff := w.value - sum
	if max(diff, -diff) > slack || filled < 2 || w.sort == count && filled < 3 && w.value < 100000 {
		return nil
	}
	old := g.x.numbers[i].value
	return append(out, func(v int64) bool {
		d := diff - (v - old)
		if i == whole {
			d = diff + (v - old)
		}
		return max(d, -d) <= slack
	})
}

// levels: a class is the sum of its groups by their codes, and the whole that of all classes.
func (g *grid) levels(i int, down []int) (out []relation) {
	shortest := 99
	for _, k := range down {
		if c := g.codes[g.at[k][0]]; c != "" {
			shortest = min(shortest, len(c))
		}
	}
	for _, whole := range down {
		code := g.codes[g.at[whole][0]]
		next := 99
		for _, k := range down {
			if c := g.codes[g.at[k][0]]; k != whole && len(c) > len(code) && strings.HasPrefix(c, code) {
				next = min(next, len(c))
			}
		}
		var parts []int
		for _, k := range down {
			if c := g.codes[g.at[k][0]]; k != whole && len(c) == next && strings.HasPrefix(c, code) {
				parts = append(parts, k)
			}
		}
		if len(parts) == 1 {
			a, b := g.x.numbers[whole], g.x.numbers[parts[0]]
			if a.value == b.value && a.value != 0 && (i == whole || i == parts[0]) {
				out = append(out, func(v int64) bool { return v == a.value })
			}
		}
		if len(parts) > 1 {
			out = append(out, g.sum(i, whole, parts)...)
		}
	}
	return out
}

// products: a number of things times the price of one is an amount of the row.
func (g *grid) products(i int, n *number, at [2]int) (out []relation) {
	var row []*number
	for _, c := range g.cols {
		if k, is := g.cells[[2]int{at[0], c}]; is {
			row = append(row, &g.x.numbers[k])
		}
	}
	for _, a := range row {
		for _, b := range row {
			for _, w := range row {
				if a.sort != count || b.sort != amount || w.sort != amount || b == w || n != a && n != b && n != w || a.value <= 10000 || b.value == 0 {
					continue
				}
				if wide(a.value, b.value, 10000) == w.value {
					out = append(out, func(v int64) bool { return false })
				}
			}
		}
	}
	return out
}

// shares: a percentage is a ratio of two numbers of its row, or of one to the whole of its column.
func (g *grid) shares(n *number, at [2]int) (out []relation) {
	var row []*number
	for _, c := range g.cols {
		if k, is := g.cells[[2]int{at[0], c}]; is && g.x.numbers[k].sort == amount {
			row = append(row, &g.x.numbers[k])
		}
	}
	add := func(part, whole, rate int64) {
		if rated(part, whole, rate, n.last) {
			out = append(out, func(v int64) bool { return rated(part, whole, v, n.last) })
		}
	}
	for _, a := range row {
		for _, b := range row {
			if a != b {
				add(a.value, b.value, n.value)
				add(a.value-b.value, b.value, n.value)
				add(b.value-a.value, b.value, n.value)
			}
		}
		for _, r := range g.rows {
			for _, c := range g.cols {
				if k, is := g.cells[[2]int{r, c}]; is && g.x.numbers[k].sort == amount && strings.HasSuffix(g.label[r], "计") {
					add(a.value, g.x.numbers[k].value, n.value)
				}
			}
		}
	}
	return out
}
