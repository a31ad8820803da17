package recognise

import (
	"cmp"
	"slices"

	"yusuan/internal/pack"
	"yusuan/internal/read/paper"
)

// Typed is a table of a finished document as somebody typed it: its title, and the rows of its body in the columns of the pack. Its
// heads are not known.
type Typed struct {
	Heading string
	Rows    [][]string
	// Known is the table of the pack that it is said to be, nil where that is not said.
	Known *pack.Table
}

// Told is what a typed table seems to be.
type Told struct {
	// Spec is the table of the pack, the one that it is said to be where that is so; nil for none.
	Spec  *pack.Table
	Score int
	// Likelier is another table of the pack that it seems to be instead, nil where there is none.
	Likelier *pack.Table
}

const (
	clearly  = 700 // a score that says what a table is, without its heads
	farther  = 250 // than what it is said to be
	mostRows = 200 // of a typed table that are looked at
)

// OfTyped finds what typed tables are: those of which it is not said are paired with the tables that nothing is said to be.
func OfTyped(p *pack.Pack, year int, tables []Typed) []Told {
	w := &writer{p: p, year: year}
	f := &finder{pack: p, classes: classNames(nil), patterns: w.patterns()}
	out := make([]Told, len(tables))
	taken := map[*pack.Table]bool{}
	for i := range tables {
		taken[tables[i].Known] = true
	}
	weight := make([][]int, len(f.patterns))
	for k := range weight {
		weight[k] = make([]int, len(tables))
	}
	for i := range tables {
		t := &tables[i]
		x := t.sheet()
		best := -1
		scores := make([]int, len(f.patterns))
		for k, q := range f.patterns {
			if scores[k] = f.typedScore(x, t, q); best < 0 || scores[k] > scores[best] {
				best = k
			}
			if t.Known == q.spec {
				out[i] = Told{Spec: q.spec, Score: scores[k]}
			} else if t.Known == nil && !taken[q.spec] && scores[k] >= leastScore {
				weight[k][i] = scores[k]*100 - max(k*100/len(f.patterns)-i*100/len(tables), 0)
			}
		}
		if best >= 0 && out[i].Spec != nil && f.patterns[best].spec != t.Known && scores[best] >= max(clearly, out[i].Score+farther) {
			out[i].Likelier = f.patterns[best].spec
		}
	}
	for k, i := range assign(weight) {
		if i >= 0 {
			out[i] = Told{Spec: f.patterns[k].spec, Score: cmp.Or(weight[k][i], 0) / 100}
		}
	}
	return out
}

// sheet is a typed table as one on paper without a head.
func (t *Typed) sheet() *sheet {
	p := &paper.Table{}
	if t.Heading != "" {
		p.Above = []paper.Paragraph{{Text: t.Heading}}
	}
	for _, row := range t.Rows[:min(len(t.Rows), mostRows)] {
		r := paper.Row{}
		for j, text := range row {
			r.Cells = append(r.Cells, paper.Cell{Column: j, Columns: 1, Rows: 1, Text: text})
		}
		p.Rows, p.Columns = append(p.Rows, r), max(p.Columns, len(row))
	}
	return newSheet(0, p, nil, nil)
}

// typedScore is how well a typed table goes with a pattern: not at all where most rows have another number of cells.
func (f *finder) typedScore(x *sheet, t *Typed, p *pattern) int {
	fit := 0
	for _, row := range t.Rows {
		if len(row) == len(p.leaves) {
			fit++
		}
	}
	if fit*5 < len(t.Rows)*4 {
		return 0
	}
	return (60*p.titleScore(x) + 40*f.rowScore(x, p, 0)) / 100
}

// HasForm reports whether a title is that of a performance form of the pack.
func HasForm(p *pack.Pack, year int, title string) bool {
	w := &writer{p: p, year: year}
	t := titleOf([]paper.Paragraph{{Text: title}})
	return slices.ContainsFunc(w.formPatterns(), func(x *formPattern) bool {
		return slices.ContainsFunc(t.candidates(), func(c titleLine) bool { return likest(textOf(neutral(bare(c.text), nil)), x.headings) >= clearly })
	})
}
