package build_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"yusuan/internal/doc"
)

// namesHeads hears every amount of the tables of a page: with it come the heads that named and namedInForm tell, and nothing else.
func namesHeads(t *testing.T, name string, d *doc.Document, root *html.Node) {
	t.Helper()
	pages := slices.DeleteFunc(elements(root, "table"), func(n *html.Node) bool { return attribute(n, "class") == "data" })
	tables := tablesInOrder(d)
	if len(pages) != len(tables) {
		t.Fatalf("%s: %d tables in the page, %d in the tree", name, len(pages), len(tables))
	}
	for i, x := range tables {
		rectangular(t, name+", table "+x.ID, pages[i])
		grid, cells := spread(t, x)
		want := named
		if len(x.Head) == 0 {
			want = namedInForm
		}
		shown := slices.DeleteFunc(elements(pages[i], ""), func(n *html.Node) bool { return n.Data != "td" && n.Data != "th" })
		at := map[*place]*html.Node{}
		ids := map[string]*html.Node{}
		for k, n := range shown { // of an empty table fewer than in the tree
			at[cells[k]] = n
			ids[attribute(n, "id")] = n
		}
		for _, c := range cells {
			if !c.Number || c.text() == "" {
				continue
			}
			got, want := headsOf(at, ids, grid, c), want(x, grid, c)
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("%s, table %s, row %d, column %d: %s is heard with %q, want %q", name, x.ID, c.row, c.col, c.text(), got, want)
			}
		}
	}
}

// headsOf are the heads of a cell of a page: those that it names, or else those whose scope it is in.
func headsOf(at map[*place]*html.Node, ids map[string]*html.Node, grid [][]*place, c *place) (out []string) {
	if named := strings.Fields(attribute(at[c], "headers")); len(named) > 0 {
		for _, id := range named {
			out = append(out, wordsIn(ids[id], beside))
		}
		return out
	}
	seen := map[*place]bool{}
	add := func(p *place, scope string) {
		if n := at[p]; !seen[p] && n.Data == "th" && attribute(n, "scope") == scope {
			out = append(out, wordsIn(n, beside))
			seen[p] = true
		}
	}
	for r := range c.row {
		for _, p := range grid[r][c.col : c.col+c.cols] {
			add(p, "col")
		}
	}
	for _, p := range grid[c.row][:c.col] {
		add(p, "row")
	}
	return out
}

// rectangular holds that the cells of a table of a page cover its grid once, and that every column has a cell that begins there.
func rectangular(t *testing.T, name string, table *html.Node) {
	t.Helper()
	span := func(n *html.Node, key string) int {
		k, _ := strconv.Atoi(attribute(n, key))
		return max(k, 1)
	}
	rows := elements(table, "tr")
	taken, begins := map[[2]int]bool{}, map[int]bool{}
	width := 0
	for r, tr := range rows {
		col := 0
		for c := range tr.ChildNodes() {
			for taken[[2]int{r, col}] {
				col++
			}
			begins[col] = true
			for k := range span(c, "rowspan") {
				for m := range span(c, "colspan") {
					if at := [2]int{r + k, col + m}; taken[at] || r+k >= len(rows) {
						t.Errorf("%s: two cells in row %d, column %d, or below the last", name, at[0], at[1])
					} else {
						taken[at] = true
					}
				}
			}
			col += span(c, "colspan")
		}
		width = max(width, col)
	}
	if len(taken) != width*len(rows) || len(begins) != width {
		t.Errorf("%s: %d places are covered in %d rows of %d columns; cells begin in %d of these", name, len(taken), len(rows), width, len(begins))
	}
}
