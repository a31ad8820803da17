package recognise

import (
	"regexp"
	"strconv"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
)

// pattern is what a table of the pack looks like on paper.
type pattern struct {
	spec     *pack.Table
	rank     int // in the order of the pack
	headings []text
	numbers  []string // keys of what may number it
	leaves   []leaf
	depth    int // rows of its head
	// labels are the bare words that its rows may have, of tables whose rows the pack names.
	labels map[string]bool
	// values are the bare words for values of its fields, of nested tables.
	values map[string]bool
	// each says that some row stands for each of the classes, so that their names are labels.
	each bool
}

// leaf is a column of the pack's table: what may stand over it.
type leaf struct {
	field string
	heads []text // its own, and what it is called elsewhere
	paths []text // with the heads above
	side  int    // of a table of sides
}

// writer makes texts of the pack those of a document of a year.
type writer struct {
	p    *pack.Pack
	year int
}

var (
	actions = regexp.MustCompile(`\{\{[^}]*\}\}`)
	phrases = regexp.MustCompile(`^\{\{-?\s*phrase\s+"([^"]*)"\s*-?\}\}$`)
)

// text is what a snippet prints, bare. What only the department knows is left out, and so are conditions.
func (w *writer) text(s pack.Snippet) string {
	return bare(actions.ReplaceAllStringFunc(s.Written(), func(action string) string {
		if m := phrases.FindStringSubmatch(action); m != nil {
			return w.p.Phrases[m[1]]
		}
		switch strings.Trim(action, "{}- ") {
		case ".Year":
			return w.yearBefore(0)
		case ".LastYear":
			return w.yearBefore(1)
		case ".BeforeLastYear":
			return w.yearBefore(2)
		}
		return ""
	}))
}

func (w *writer) yearBefore(n int) string {
	if w.year == 0 {
		return ""
	}
	return strconv.Itoa(w.year - n)
}

// patterns are those of a pack's tables, in the order in which documents of it print them.
func (w *writer) patterns() []*pattern {
	var out []*pattern
	seen := map[*pack.Table]bool{}
	add := func(t *pack.Table) {
		if !seen[t] {
			seen[t] = true
			out = append(out, w.pattern(t, len(out)))
		}
	}
	for i := range w.p.Parts {
		for j := range w.p.Parts[i].Blocks {
			for _, t := range w.p.Parts[i].Blocks[j].Tables {
				add(t)
			}
		}
	}
	for _, id := range w.p.TableIDs() {
		add(w.p.Tables[id])
	}
	return out
}

func (w *writer) pattern(t *pack.Table, rank int) *pattern {
	x := &pattern{spec: t, rank: rank, depth: pack.Depth(t.Columns), labels: map[string]bool{}, values: map[string]bool{}}
	for _, s := range append([]pack.Snippet{t.Heading}, t.Also...) {
		b := w.text(s)
		if n, rest, ok := numbered(b); ok {
			x.numbers, b = append(x.numbers, numberKey(n)), rest
		}
		x.headings = append(x.headings, textOf(neutral(b, nil)))
	}
	if n := w.text(t.Number); n != "" {
		x.numbers = append(x.numbers, numberKey(n))
	}
	w.leavesOf(x, t.Columns, []string{""})
	for n, side := range sidesOf(t) {
		for _, i := range side {
			x.leaves[i].side = n
		}
	}
	for _, rows := range x.rows() {
		for _, r := range rows {
			x.label(r.Label)
			for _, a := range r.Also {
				x.label(a)
			}
			x.label(r.Group)
		}
	}
	x.each = x.eachClass()
	for _, v := range t.Labels {
		x.values[schedule.Bare(bare(v))] = true
	}
	if t.Total != "" {
		x.values[bare(t.Total)] = true
	}
	return x
}

// sidesOf are the columns of each side, all of one where the table has no sides.
func sidesOf(t *pack.Table) [][]int {
	leaves := pack.Leaves(t.Columns)
	if t.Rows.Shape() == pack.Sided {
		return pack.Sides(leaves)
	}
	all := make([]int, len(leaves))
	for i := range all {
		all[i] = i
	}
	return [][]int{all}
}

// leavesOf adds the leaves of columns below what may stand above them.
func (w *writer) leavesOf(x *pattern, columns []pack.Column, above []string) {
	for i := range columns {
		c := &columns[i]
		own := []string{w.text(c.Head)}
		for _, a := range c.Also {
			own = append(own, w.text(a))
		}
		var paths []string
		for _, up := range above {
			for _, o := range own {
				if !strings.HasSuffix(up, o) { // a head over a head of the same words is read once
					o = up + o
				}
				paths = append(paths, o)
			}
		}
		if len(paths) > 16 {
			paths = paths[:16]
		}
		if len(c.Columns) > 0 {
			w.leavesOf(x, c.Columns, paths)
			continue
		}
		x.leaves = append(x.leaves, leaf{field: c.Field, heads: texts(own), paths: texts(paths)})
	}
}

func texts(list []string) []text {
	out := make([]text, len(list))
	for i, s := range list {
		out[i] = textOf(s)
	}
	return out
}

// rows are those that the pack names, by side.
func (x *pattern) rows() [][]pack.Row {
	t := x.spec
	switch t.Rows.Shape() {
	case pack.Named:
		return [][]pack.Row{t.List}
	case pack.Sided:
		out := [][]pack.Row{t.Income, t.Outgo, t.Use}
		for _, f := range t.Foot {
			for k := range out {
				out[k] = append(out[k][:len(out[k]):len(out[k])], f[k])
			}
		}
		return out
	}
	return nil
}

// label adds what a row may be called.
func (x *pattern) label(s pack.Snippet) {
	for _, v := range s.Variants() {
		if own := schedule.Bare(bare(strings.Join(v, ""))); own != "" {
			x.labels[own] = true
		}
	}
}

// eachClass reports whether some row of the pack stands for each of the classes.
func (x *pattern) eachClass() bool {
	for _, rows := range x.rows() {
		for i := range rows {
			if d, ok := budget.FindDimension(rows[i].Each); ok && d.Key == "function" {
				return true
			}
		}
	}
	return false
}

// codeField reports whether a column prints a code or a part of one.
func codeField(field string) bool { return field == "code" || strings.HasPrefix(field, "code-") }
