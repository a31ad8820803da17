package imports

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/grid"
)

// column is a column of a table with what its head says.
type column struct {
	Column
	role     role
	path     []headText // from the top
	fund     string
	sum      bool      // adds up other columns
	partial  bool      // 其中: part of another column
	group    bool      // names several funds
	unit     string    // of money; "" that of the table
	unitFrom string    // what says it
	parts    []*column // of one that adds up others
	band     int       // of indicators that stand side by side
	index    int       // among the columns of amounts
	stated   role      // of a column beside indicators: which money it states
	decimal  int       // the most decimals of its cells
	formats  map[string]int
}

func (c *column) leaf() string { return c.path[len(c.path)-1].text }

func (c *column) above() []string {
	var out []string
	for _, h := range c.path[:len(c.path)-1] {
		out = append(out, h.text)
	}
	return out
}

// amount reports whether the column holds money that is of use.
func (c *column) amount() bool { t := traitOf(c.role); return t != nil && t.sort == sortAmount }

// head reads the columns of a head, and what the table is for.
func (r *reader) head(t *table) {
	r.paths(t)
	t.print = fingerprint(t)
	t.title = t.findTitle()
	t.mapped = r.mappedSheet(t)
	year := r.Year
	if year == 0 {
		for _, c := range t.columns {
			for _, h := range c.path {
				n, _ := strconv.Atoi(h.year)
				year = max(year, n)
			}
		}
	}
	for _, c := range t.columns {
		r.role(t, c, year)
	}
	r.kindOf(t)
	r.arrange(t)
	t.part()
	r.tellUnused(t)
}

// paths makes the paths of heads: rows of the head joined, merged cells filled. Where nothing is merged, as in tabs, a head of
// a group reaches as far as the heads below it have no other above them.
func (r *reader) paths(t *table) {
	merged := slices.ContainsFunc(t.sheet.Merges, func(m grid.Merge) bool { return m.Top <= t.bottom && m.Bottom >= t.top })
	carried := make([]string, t.bottom-t.top+1)
	seen := map[string]int{}
	for _, col := range t.headed() {
		if slices.ContainsFunc(t.side, func(s sideLabel) bool { return s.column == col }) {
			continue
		}
		c := &column{Column: Column{Number: col}}
		for row := t.top; row <= t.bottom; row++ {
			text := t.sheet.Filled(row, col).Text
			if !merged && row < t.bottom {
				if text == "" && t.hasBelow(row, col) {
					text = carried[row-t.top]
				}
				carried[row-t.top] = text
			}
			c.step(r.Words.head(text))
		}
		if len(c.path) == 0 {
			continue
		}
		c.Head = joined(c.path)
		seen[c.Head]++
		if c.Key = c.Head; seen[c.Head] > 1 {
			c.Key = fmt.Sprintf("%s#%d", c.Head, seen[c.Head])
		}
		t.columns = append(t.columns, c)
	}
}

// headed are the columns that the head reaches over.
func (t *table) headed() []int {
	columns := map[int]bool{}
	for row := t.top; row <= t.bottom; row++ {
		x, _ := t.sheet.Row(row)
		for _, c := range x.Cells {
			right := c.Column
			if m, ok := t.sheet.Merged(row, c.Column); ok {
				right = min(m.Right, c.Column+256)
			}
			for col := c.Column; col <= right && c.Kind != grid.Empty && !c.Covered; col++ {
				columns[col] = true
			}
		}
	}
	list := sortedKeys(columns)
	if len(list) > mostColumns {
		t.notes = append(t.notes, "列头多于 "+digits(mostColumns)+" 列，只读前面的")
		list = list[:mostColumns]
	}
	return list
}

// mostColumns bounds the heads of a table: exports are as wide as IV at most, hostile files have 16,384.
const mostColumns = 512

// hasBelow reports whether a column has a head below a row of the head.
func (t *table) hasBelow(row, col int) bool {
	for r := row + 1; r <= t.bottom; r++ {
		if t.sheet.At(r, col).Kind != grid.Empty {
			return true
		}
	}
	return false
}

// step adds a piece of the head to the path. One that only states the unit of money states it for those above it.
func (c *column) step(h headText) {
	if h.unit != "" {
		c.unit, c.unitFrom = h.unit, "列头"
	}
	if n := len(c.path); h.text != "" && (n == 0 || c.path[n-1] != h) {
		c.path = append(c.path, h)
	}
}

func joined(path []headText) string {
	var out []string
	for _, h := range path {
		out = append(out, h.text)
	}
	return strings.Join(out, "/")
}

// role finds what a column is: by the mapping file, else by its words.
func (r *reader) role(t *table, c *column, year int) {
	r.guess(c, year)
	m := t.mapped.column(c.Key)
	if m == nil {
		return
	}
	found, sums := role(m.Role.V), role(m.Role.V) == roleSum
	if sums {
		found = roleAmount
	}
	if c.role != found || c.sum != sums || c.fund != m.Fund.V {
		c.role, c.sum, c.partial, c.Note = found, sums, false, "按对照文件"
	}
	c.fund, c.Score = m.Fund.V, 100
}

// guess finds what a column is by its words.
func (r *reader) guess(c *column, year int) {
	for _, h := range c.path {
		if n, _ := strconv.Atoi(h.year); n > 0 && n != year && !(h.span && containsAny(h.text, r.Words.spans)) {
			c.role, c.Score, c.Note = roleUnused, 100, "其他年度的数，不导入"
			return
		}
	}
	above := c.above()
	leaf, partial := strings.CutPrefix(c.leaf(), "其中:")
	if !partial && len(leaf) > len("其中") {
		leaf, partial = strings.CutPrefix(leaf, "其中")
	}
	c.partial = partial
	for i, h := range c.path {
		if m, ok := r.Words.meant(h.text, c.above()[:min(i, len(above))]); ok && m.role == roleUnused && !(i < len(above) && r.horizonOver(h, leaf, above)) {
			c.role, c.Score, c.Note = roleUnused, 100, m.why
			return
		}
	}
	m, score := r.meaning(c, leaf, above)
	if t := traitOf(m.role); score > 0 && t.sort != sortAmount {
		c.role, c.Score, c.Note = m.role, score, m.why
		return
	}
	r.money(c, leaf, m, score)
}

// horizonOver reports whether a head says of what horizon the indicators below it are: 年度 alone says nothing else.
func (r *reader) horizonOver(h headText, leaf string, above []string) bool {
	m, ok := r.Words.meant(leaf, above)
	return ok && r.Words.horizonOf(h.text) != "" && slices.Contains([]role{roleFirst, roleSecond, roleThird, roleDirection, roleTarget, roleTargetLong, roleMeasure, roleUnit, roleGoal}, m.role)
}

// meaning is what the last piece of a head means, alone, with the piece above it, or as the beginning or end of a word.
func (r *reader) meaning(c *column, leaf string, above []string) (meaning, int) {
	if m, ok := r.Words.meant(leaf, above); ok {
		return m, 100
	}
	if r.Words.fundOf(leaf, above) != "" || r.Words.groups[leaf] {
		return meaning{}, 0
	}
	if n := len(above); n > 0 {
		if m, ok := r.Words.meant(above[n-1]+leaf, above[:n-1]); ok {
			return m, 90
		}
	}
	if i := strings.IndexByte(leaf, '('); i > 0 && strings.HasSuffix(leaf, ")") { // 支出功能分类(类/款/项)
		if m, ok := r.Words.meant(leaf[:i], above); ok {
			return m, 85
		}
	}
	best, found := "", meaning{}
	for _, word := range r.Words.roleWords {
		list := r.Words.roles[word]
		if len([]rune(word)) < 3 || len(word) <= len(best) || len(list[0].within) > 0 {
			continue
		}
		if strings.HasPrefix(leaf, word) || strings.HasSuffix(leaf, word) {
			best, found = word, list[0]
		}
	}
	if best == "" {
		return meaning{}, 0
	}
	return found, 70
}

// money reads the head of a column of amounts: which money, of which fund, whether it adds up others.
func (r *reader) money(c *column, leaf string, m meaning, score int) {
	for i := range c.path {
		text := c.path[i].text
		if i == len(c.path)-1 {
			text = leaf
		}
		up := c.above()[:min(i, len(c.path)-1)]
		if f := r.Words.fundOf(text, up); f != "" {
			c.fund = f
			if i == len(c.path)-1 {
				m.role, score = roleAmount, max(score, 100)
			}
		}
		if x, ok := r.Words.meant(text, up); ok && i < len(c.path)-1 {
			switch x.role {
			case rolePersonnel, rolePublic, roleBasic, roleProjects, roleCarried, roleOut, roleWhole:
				if m.role == "" || m.role == roleAmount || m.role == roleSum {
					c.role = x.role
				}
			}
		}
	}
	if m.role == "" && r.Words.groups[leaf] {
		m.role, score, c.group = roleAmount, 80, true
	}
	if m.role == "" {
		if f := r.beginsFund(leaf); f != "" {
			c.fund, m.role, score = f, roleAmount, 80
		}
	}
	if m.role == "" {
		return
	}
	if c.role == "" || m.role != roleAmount && m.role != roleSum {
		c.role = m.role
	}
	c.sum = m.role == roleSum
	if c.role == roleSum {
		c.role = roleAmount
	}
	c.Score = score
}

// beginsFund is the fund whose name a head begins with.
func (r *reader) beginsFund(leaf string) string {
	best, fund := "", ""
	for _, word := range r.Words.fundWords {
		if m := r.Words.funds[word][0]; len(m.within) == 0 && len([]rune(word)) >= 4 && len(word) > len(best) && strings.HasPrefix(leaf, word) {
			best, fund = word, m.fund
		}
	}
	return fund
}
