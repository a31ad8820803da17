package build_test

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"yusuan/internal/build"
	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
)

// spoken is a document whose tables are to be heard: its tree and the pages made of it.
type spoken struct {
	name  string
	work  *build.Work
	pages *page.Document
}

// everySpoken are documents of every pack: the pack's own gallery, the departments at hand, editions of their units, a table
// whose rows have codes and no names, and what is hard to typeset, with tables over many pages.
func everySpoken(t *testing.T) []spoken {
	t.Helper()
	s := shared(t)
	var out []spoken
	add := func(name string, w *build.Work, err error) {
		t.Helper()
		if err != nil || w.Tree == nil {
			t.Fatalf("%s: no document: %v %v", name, err, w.Diags.Sorted())
		}
		out = append(out, spoken{name, w, w.Typeset()})
	}
	for _, id := range s.PackNames() {
		w, err := s.Gallery(id)
		add("gallery of "+id, w, err)
	}
	dirs := []string{}
	for _, pattern := range []string{"data/20*/*", "testdata/departments/*/*"} {
		found, err := filepath.Glob("../../" + pattern)
		if err != nil {
			t.Fatal(err)
		}
		dirs = append(dirs, found...)
	}
	for _, dir := range dirs {
		dir = filepath.ToSlash(dir)[len("../../"):]
		whole, err := s.Check(build.Input{Data: edited(t, dir), Dir: dir})
		add(dir, whole, err)
		for _, u := range whole.Budget.ListedUnits() {
			edition := "unit:" + u.Code.V
			w, err := s.Check(build.Input{Data: edited(t, dir), Dir: dir, Edition: edition})
			add(dir+" "+edition, w, err)
		}
	}
	for seed := range uint64(3) {
		m, dir := generated(seed)
		w, err := s.Check(build.Input{Data: m, Dir: dir})
		add("generated "+dir, w, err)
	}
	codes := overlaid(t, "wuhan/tables.toml", "field = \"name\"\nshare = 3\nindent = true\n[[table.column]]\nhead = \"合计\"\nmin = \"50.5pt\"",
		"field = \"code-item\"\n[[table.column]]\nhead = \"合计\"")
	w, err := (&build.Shared{Fonts: s.Fonts, Packs: codes, Catalogue: s.Catalogue}).Check(build.Input{Data: edited(t, sample), Dir: sample})
	add("codes without names", w, err)
	w, pages := torture(t, manyProjects(200))
	return append(out, spoken{"torture", w, pages})
}

// place is a cell of the tree at its place in the grid, with its element.
type place struct {
	*doc.Cell
	row, col, rows, cols int
	elem                 page.ElemID
}

// text is what a cell says, without blanks: layout breaks lines at them.
func (p *place) text() string {
	var b strings.Builder
	for _, x := range p.Text {
		b.WriteString(x.String)
	}
	return squeezed(b.String())
}

func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// spread lays the rows of a table out on its grid: for every place the cell that covers it.
func spread(t *testing.T, x *doc.Table) (grid [][]*place, cells []*place) {
	t.Helper()
	rows := slices.Concat(x.Head, x.Body)
	grid = make([][]*place, len(rows))
	for r := range grid {
		grid[r] = make([]*place, len(x.Columns))
	}
	for r := range rows {
		col := 0
		for i := range rows[r].Cells {
			c := &rows[r].Cells[i]
			for grid[r][col] != nil {
				col++
			}
			p := &place{Cell: c, row: r, col: col, rows: max(1, c.RowSpan), cols: max(1, c.ColSpan)}
			cells = append(cells, p)
			for k := range p.rows * p.cols {
				at := &grid[r+k/p.cols][col+k%p.cols]
				if *at != nil {
					t.Fatalf("table %s: two cells in row %d, column %d", x.ID, r, col)
				}
				*at = p
			}
		}
	}
	return grid, cells
}

// across lists the cells that cover a row, from left to right, each once.
func across(row []*place) []*place { return slices.Compact(slices.Clone(row)) }

var codeLike = regexp.MustCompile(`^[0-9]+$`)

// named tells what somebody who hears an amount of a table must hear with it. It knows nothing of what compose says is a
// head or a label: in a table the heads stand above the column, and the texts to the left of the amount on its own side are
// its labels, but for codes, which nobody reads out where there is a name; a side begins with texts behind amounts.
func named(x *doc.Table, grid [][]*place, c *place) (out []string) {
	for r := range x.Head {
		for _, h := range across(grid[r][c.col : c.col+c.cols]) {
			if h.row == r && h.text() != "" {
				out = append(out, h.text())
			}
		}
	}
	amounts := make([]bool, len(x.Columns))
	for _, row := range grid[len(x.Head):] {
		for col, p := range row {
			amounts[col] = amounts[col] || p.Number && p.cols == 1
		}
	}
	from := c.col
	for from > 0 && (amounts[from] || !amounts[from-1]) {
		from--
	}
	var names, codes []string
	for _, p := range across(grid[c.row]) {
		switch s := p.text(); {
		case p.col >= c.col || p.col+p.cols <= from || p.Number || s == "":
		case codeLike.MatchString(s):
			codes = append(codes, s)
		default:
			names = append(names, s)
		}
	}
	if names == nil {
		names = codes
	}
	return append(out, names...)
}

// namedInForm tells the same of a form, which has heads and labels anywhere. Heads are what says that it is drawn again
// above so many rows, and hold for what is no wider than they are, and for the sum below; a cell at the left beside several
// rows is the label of all, and of what stands between two numbers, the first text is the label of the second.
func namedInForm(x *doc.Table, grid [][]*place, c *place) (out []string) {
	label, number := "", true
	for _, p := range across(grid[c.row][:c.col]) {
		switch s := p.text(); {
		case p.Number:
			number = true
		case s == "":
		case p.rows > 1:
			out = append(out, s)
		case number:
			label, number = s, false
		}
	}
	if label != "" {
		out = append(out, label)
	}
	for r := range c.row {
		last := r + x.Body[r].HeadOf
		if label == "合计" {
			last++
		}
		h := grid[r][c.col]
		head := x.Body[h.row+h.rows-1].HeadOf > 0 // what is beside them reaches further
		if head && last >= c.row && h.row == r && h.col+h.cols >= c.col+c.cols && h.text() != "" {
			out = append(out, h.text())
		}
	}
	return out
}

// listener resolves the heads of cells as a reader of the structure does.
type listener struct {
	elems []page.Elem
	texts map[page.ElemID]string
}

func newListener(d *page.Document) *listener {
	l := &listener{d.Elems, map[page.ElemID]string{}}
	for i := range d.Pages {
		for _, x := range d.Pages[i].Texts {
			if x.Elem >= 0 {
				l.texts[x.Elem] += squeezed(x.Text)
			}
		}
	}
	return l
}

// tables are the tables with their rows and cells, all in reading order.
func (l *listener) tables() (out [][][]page.ElemID) {
	number, rows := map[page.ElemID]int{}, map[page.ElemID]int{}
	for i := range l.elems {
		id, e := page.ElemID(i), &l.elems[i]
		switch e.Kind {
		case page.KindTable:
			number[id] = len(out)
			out = append(out, nil)
		case page.KindTHead, page.KindTBody:
			number[id] = number[e.Parent]
		case page.KindTR:
			n := number[e.Parent]
			number[id], rows[id] = n, len(out[n])
			out[n] = append(out[n], nil)
		case page.KindTH, page.KindTD:
			r := &out[number[e.Parent]][rows[e.Parent]]
			*r = append(*r, id)
		}
	}
	return out
}

// heads are the texts of the heads of a cell: those that it names, or else those whose scope it is in.
func (l *listener) heads(grid [][]*place, c *place) (out []string) {
	if ids := l.elems[c.elem].Headers; len(ids) > 0 {
		for _, id := range ids {
			out = append(out, l.texts[id])
		}
		return out
	}
	seen := map[*place]bool{}
	add := func(p *place, scope page.Scope) {
		if e := &l.elems[p.elem]; !seen[p] && e.Kind == page.KindTH && (e.Scope == scope || e.Scope == page.ScopeBoth) {
			out = append(out, l.texts[p.elem])
			seen[p] = true
		}
	}
	for r := range c.row {
		for _, p := range grid[r][c.col : c.col+c.cols] {
			add(p, page.ScopeColumn)
		}
	}
	for _, p := range grid[c.row][:c.col] {
		add(p, page.ScopeRow)
	}
	return out
}

// sound holds what a reader may rely on in a table: heads that are named are heads of this table, and every head says
// something.
func (l *listener) sound(t *testing.T, name string, cells []*place) {
	t.Helper()
	own := map[page.ElemID]bool{}
	for _, c := range cells {
		own[c.elem] = true
	}
	for _, c := range cells {
		e := &l.elems[c.elem]
		if got := l.texts[c.elem]; got != c.text() {
			t.Fatalf("%s: a cell of the tree says %q, its element %q", name, c.text(), got)
		}
		if e.Kind == page.KindTH && l.texts[c.elem] == "" {
			t.Errorf("%s: a head in row %d, column %d says nothing", name, c.row, c.col)
		}
		if e.Kind == page.KindTH && e.Scope == page.NoScope {
			t.Errorf("%s: the head %q has no scope", name, l.texts[c.elem])
		}
		for i, h := range e.Headers {
			if !own[h] || l.elems[h].Kind != page.KindTH || h == c.elem || slices.Contains(e.Headers[:i], h) {
				t.Errorf("%s: %q names element %d (%s %q) as its head", name, l.texts[c.elem], h, l.elems[h].Kind, l.texts[h])
			}
		}
	}
}

// tablesInOrder are the tables of a tree that have a row, as they are read.
func tablesInOrder(d *doc.Document) (out []*doc.Table) {
	for _, s := range d.Sections {
		for _, b := range s.Blocks {
			if x, ok := b.(*doc.Table); ok && len(x.Head)+len(x.Body) > 0 {
				out = append(out, x)
			}
		}
	}
	return out
}

// TestAmountsAreNamed hears every amount of every table and form: with it come the names of its row and the heads of its
// column, and nothing else (ISO 14289-1, 7.5).
func TestAmountsAreNamed(t *testing.T) {
	for _, d := range everySpoken(t) {
		l := newListener(d.pages)
		elems, tables := l.tables(), tablesInOrder(d.work.Tree)
		if len(elems) != len(tables) {
			t.Fatalf("%s: %d tables in the structure, %d in the tree", d.name, len(elems), len(tables))
		}
		amounts, indicators := 0, 0
		for n, x := range tables {
			name := d.name + ", table " + x.ID
			grid, cells := spread(t, x)
			flat := slices.Concat(elems[n]...)
			if len(elems[n]) != len(grid) || len(flat) != len(cells) {
				t.Fatalf("%s: %d rows and %d cells in the structure, %d and %d in the tree", name, len(elems[n]), len(flat), len(grid), len(cells))
			}
			for i, c := range cells {
				c.elem = flat[i]
			}
			l.sound(t, name, cells)
			want := named
			if len(x.Head) == 0 {
				want = namedInForm
				indicators += l.indicators(t, name, x, grid, cells)
			}
			for _, c := range cells {
				if !c.Number || c.text() == "" {
					continue
				}
				amounts++
				got, want := l.heads(grid, c), want(x, grid, c)
				slices.Sort(got)
				slices.Sort(want)
				if !slices.Equal(got, want) {
					t.Errorf("%s, row %d, column %d: %s is heard with %q, want %q", name, c.row, c.col, c.text(), got, want)
				}
			}
		}
		if forms := d.work.Budget.Facts.Forms; amounts < 40 || len(forms) > 0 && indicators < 2*len(forms) {
			t.Errorf("%s has %d amounts and %d values of indicators in %d forms only", d.name, amounts, indicators, len(forms))
		}
	}
}

// indicators hears the values of indicators, which are texts of the author: each comes with the name of its indicator.
func (l *listener) indicators(t *testing.T, name string, x *doc.Table, grid [][]*place, cells []*place) (n int) {
	t.Helper()
	for _, h := range cells {
		if h.text() != "三级指标" {
			continue
		}
		below := h.row + h.rows
		for r := below; r < below+x.Body[below-1].HeadOf; r++ {
			indicator := grid[r][h.col]
			for _, c := range across(grid[r][h.col+h.cols:]) {
				if s := c.text(); s != "" {
					n++
					if got := l.heads(grid, c); !slices.Contains(got, indicator.text()) {
						t.Errorf("%s, row %d: %s is heard with %q, not with %s", name, r, s, got, indicator.text())
					}
				}
			}
		}
	}
	return n
}
