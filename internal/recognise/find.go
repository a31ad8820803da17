package recognise

import (
	"cmp"
	"slices"
	"strings"

	"yusuan/internal/classify"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/read/paper"
)

// mostTables is more tables than any document has, with a form for each of thousands of projects: of those behind them it is said
// that they are not looked at.
const mostTables = 5000

// Tables finds what the tables of a document are by a pack. The catalogue may be nil: then codes are told by their form alone.
func Tables(p *pack.Pack, cat *classify.Catalogue, d *paper.Document) *Found {
	says := saidBy(d)
	p = p.Of(says.theYear().Value)
	out := &Found{Pack: p, Year: says.theYear(), Name: says.theName(), Code: Said[string]{says.code, says.at["code"]}}
	w := &writer{p: p, year: out.Year.Value}
	f := &finder{pack: p, cat: cat, classes: classNames(cat), patterns: w.patterns(), forms: w.formPatterns()}
	f.sheets, out.Unseen = sheetsOf(d, []string{bare(out.Name.Value)})
	f.compare()
	parts := f.parts()
	chosen := f.choose(parts)
	for i, x := range f.sheets {
		out.Tables = append(out.Tables, f.table(i, x, chosen[i]))
	}
	f.join(out.Tables, parts)
	formsGoOn(out.Tables)
	f.rate(out, says)
	return out
}

// sheetsOf are the tables of a document, and how many more there are. Where a table has no lines of its own, the short paragraphs
// right before it are its.
func sheetsOf(d *paper.Document, names []string) (out []*sheet, unseen int) {
	var before []paper.Paragraph
	for i := range d.Blocks {
		switch b := d.Blocks[i]; {
		case b.Table != nil:
			if len(out) < mostTables {
				out = append(out, newSheet(i, b.Table, before, names))
			} else {
				unseen++
			}
			before = nil
		case b.Text != nil && len([]rune(b.Text.Text)) <= longestTitle && !strings.Contains(b.Text.Text, "。"):
			before = append(before, *b.Text)
			before = before[max(0, len(before)-4):]
		default:
			before = nil
		}
	}
	return out, unseen
}

// compare scores every table against every pattern.
func (f *finder) compare() {
	for _, x := range f.sheets {
		fits, scores := make([]fitting, len(f.patterns)), make([]int, len(f.patterns))
		for k, p := range f.patterns {
			scores[k], fits[k] = f.score(x, p)
		}
		f.fits, f.scores = append(f.fits, fits), append(f.scores, scores)
	}
}

// parts are the tables that go on with the one before them: by table, the first part, -1 for one that is no further part.
func (f *finder) parts() []int {
	out := make([]int, len(f.sheets))
	for i, x := range f.sheets {
		if out[i] = -1; i == 0 {
			continue
		}
		last := f.sheets[i-1]
		first := i - 1
		if out[first] >= 0 {
			first = out[first]
		}
		sameTitle := len(x.lines) > 0 && len(f.sheets[first].lines) > 0 && bare(x.lines[len(x.lines)-1].text) == bare(f.sheets[first].lines[len(f.sheets[first].lines)-1].text)
		sameWidth := x.paper.Columns == last.paper.Columns
		switch {
		case x.title.continued && (sameWidth || sameTitle), sameTitle && sameWidth && x.title.number == f.sheets[first].title.number && x.block == last.block+1:
			out[i] = first
		case x.title.size == 0 && sameWidth && x.free == 0 && x.block == last.block+1:
			out[i] = first // goes on without title and head
		}
	}
	return out
}

// choose pairs tables with patterns so that all together are likeliest: by table, the pattern, -1 for none. Of pairs that are
// as likely, those in the order of the pack.
func (f *finder) choose(parts []int) []int {
	weight := make([][]int, len(f.patterns))
	for k := range f.patterns {
		weight[k] = make([]int, len(f.sheets))
		for i := range f.sheets {
			s := f.scores[i][k]
			if parts[i] >= 0 || s < leastScore || f.likestForm(i) > s {
				continue
			}
			apart := 100*k/len(f.patterns) - 100*i/len(f.sheets)
			weight[k][i] = s*100 - max(apart, -apart)/2
		}
	}
	out := make([]int, len(f.sheets))
	for i := range out {
		out[i] = -1
	}
	taken := make([]bool, len(f.patterns))
	for k, i := range assign(weight) {
		if i >= 0 {
			out[i], taken[k] = k, true
		}
	}
	for i, k := range out {
		if k >= 0 && f.patterns[k].titleScore(f.sheets[i]) < titled && f.ambiguous(i, k, taken) {
			out[i] = -1
		}
	}
	return out
}

// titled is the least score of a title that says which table it stands above.
const titled = 500

// near is how much less likely another table is that one without a title may be as well.
const near = 30

// ambiguous reports whether a table without a title may as well be another one of the pack that no table of the document is.
func (f *finder) ambiguous(i, chosen int, taken []bool) bool {
	for k := range f.patterns {
		if k != chosen && !taken[k] && f.scores[i][k] >= f.scores[i][chosen]-near {
			return true
		}
	}
	return false
}

// likestForm is the score of the likeliest form for a table, 0 where none is likely.
func (f *finder) likestForm(i int) (best int) {
	for _, x := range f.forms {
		if s := x.score(f.sheets[i]); s >= leastForm {
			best = max(best, s)
		}
	}
	return best
}

// table is what was found of a table.
func (f *finder) table(i int, x *sheet, chosen int) *Table {
	t := &Table{Block: x.block, Paper: x.paper, Number: x.title.number, Left: x.title.left, Unit: x.title.unit, UnitSaid: x.title.unitSaid,
		UnitAt: x.title.unitAt, Places: -1, Notes: x.paper.Below}
	if x.title.foreign != "" {
		t.Doubts = append(t.Doubts, Doubt{At: x.title.unitAt, What: "金额单位“" + x.title.foreign + "”不是元、万元、亿元"})
	}
	f.others(t, i, chosen)
	if chosen >= 0 {
		p := f.patterns[chosen]
		t.Spec, t.Score = p.spec, f.scores[i][chosen]
		x.headingFor(t, p.headings)
		x.columnsOf(t, p, f.fits[i][chosen])
		x.bodyOf(t, p)
		t.Places = mostPlaces(t.Rows, p.leaves)
		x.unitOf(t, f.fits[i][chosen].heads)
		return t
	}
	t.Rows = x.raw()
	t.Places = mostPlaces(t.Rows, nil)
	if len(t.Others) > 0 && t.Others[0].Form != nil {
		best := f.formOf(t.Others[0].Form)
		t.Form, t.Score, t.Project = best.form, t.Others[0].Score, best.project(x)
		t.Others = t.Others[1:]
		x.headingFor(t, best.headings)
		x.unitOf(t, 0)
		return t
	}
	x.headingFor(t, nil)
	x.unitOf(t, 0)
	t.Why = f.why(i, t)
	return t
}

func (f *finder) formOf(form *pack.Form) *formPattern {
	return f.forms[slices.IndexFunc(f.forms, func(x *formPattern) bool { return x.form == form })]
}

// others are what else a table may be.
func (f *finder) others(t *Table, i, chosen int) {
	form := f.likestForm(i)
	for k, p := range f.patterns {
		if k != chosen {
			t.Others = append(t.Others, Candidate{Spec: p.spec, Score: f.scores[i][k]})
		}
	}
	for _, x := range f.forms {
		if s := x.score(f.sheets[i]); s >= leastForm {
			t.Others = append(t.Others, Candidate{Form: x.form, Score: s})
		}
	}
	slices.SortStableFunc(t.Others, func(a, b Candidate) int {
		if chosen < 0 && form > 0 && (a.Form != nil) != (b.Form != nil) { // a form that is likelier than every table, or than all that are left
			if a.Form != nil {
				return -1
			}
			return 1
		}
		return cmp.Compare(b.Score, a.Score)
	})
	t.Others = t.Others[:min(len(t.Others), 3)]
}

// why says why a table is nothing.
func (f *finder) why(i int, t *Table) string {
	switch {
	case len(t.Paper.Rows) == 0 || len(t.Rows) == 0:
		return "表里没有字"
	case len(t.Others) == 0:
		return "模板里没有表"
	case f.sheets[i].final() && !f.patterns[0].final():
		return "是决算的表，模板是预算的"
	case len(t.Others) > 1 && t.Others[0].Score >= leastScore && t.Others[1].Score >= t.Others[0].Score-near:
		return "表题不清，模板里像它的不止一张：《" + heading(t.Others[0].Spec) + "》、《" + heading(t.Others[1].Spec) + "》"
	case t.Others[0].Score >= leastScore:
		return "模板里像它的是《" + heading(t.Others[0].Spec) + "》，另一张更像"
	}
	return "表题、表头和行都不像模板里的哪一张，最像的是《" + heading(t.Others[0].Spec) + "》"
}

// heading is the heading of a table as the pack writes it, without what the data fill in.
func heading(t *pack.Table) string {
	return tidy(actions.ReplaceAllString(t.Heading.Written(), ""))
}

// headingFor is the line above a table that goes with headings best, or else the last.
func (x *sheet) headingFor(t *Table, headings []text) {
	best := -1
	for i := range x.above {
		if s := likest(x.above[i], headings); s > best || s == best && headings == nil {
			best = s
			t.Heading, t.HeadingAt = x.lines[i].text, x.lines[i].at
		}
	}
}

// unitOf finds the unit of a table that does not say it above: in its heads, or else the pack's.
func (x *sheet) unitOf(t *Table, heads int) {
	for i := 0; i < heads && !t.UnitSaid; i++ {
		for k := range x.paper.Rows[i].Cells {
			c := &x.paper.Rows[i].Cells[k]
			for _, u := range []money.Unit{money.Yuan, money.Wan, money.Yi} {
				if b := bare(c.Text); strings.Contains(b, "("+u.String()+")") || strings.Contains(b, "单位:"+u.String()) {
					t.Unit, t.UnitSaid, t.UnitAt = u, true, c.At
				}
			}
		}
	}
	if t.UnitSaid || t.Spec == nil {
		return
	}
	for _, l := range pack.Leaves(t.Spec.Columns) {
		if l.Field == "" {
			t.Unit = l.Format.Unit
			break
		}
	}
	if len(t.Doubts) == 0 || x.title.foreign == "" {
		t.Doubts = append(t.Doubts, Doubt{At: t.HeadingAt, What: "表上没有写金额单位，按模板的" + t.Unit.String() + "读"})
	}
}

// join puts the rows of further parts into the first.
func (f *finder) join(tables []*Table, parts []int) {
	for i, first := range parts {
		if first < 0 || tables[first].Spec == nil {
			continue
		}
		t, x := tables[first], f.sheets[i]
		k := slices.IndexFunc(f.patterns, func(p *pattern) bool { return p.spec == t.Spec })
		more := &Table{Columns: t.Columns, Extra: t.Extra, Spec: t.Spec}
		if fit := f.fits[i][k]; x.free > 0 && fit.heads > 0 {
			more = &Table{Spec: t.Spec}
			x.columnsOf(more, f.patterns[k], fit)
		}
		x.bodyOf(more, f.patterns[k])
		t.Rows, t.Doubts = append(t.Rows, more.Rows...), append(t.Doubts, more.Doubts...)
		t.Notes = append(t.Notes[:len(t.Notes):len(t.Notes)], x.paper.Below...)
		t.Places = max(t.Places, mostPlaces(more.Rows, f.patterns[k].leaves))
		own := tables[i]
		own.Of, own.Form, own.Why, own.Heads, own.Rows = t, nil, "", more.Heads, nil
	}
}

// formsGoOn makes tables that are nothing, without a title of their own, right behind a form, further parts of it: a form has as
// many shapes as it has rows, and may be torn between any two.
func formsGoOn(tables []*Table) {
	for i, t := range tables {
		if i == 0 || t.Spec != nil || t.Form != nil || t.Of != nil || len([]rune(bare(t.Heading))) > 3 {
			continue
		}
		first := tables[i-1]
		if first.Of != nil {
			first = first.Of
		}
		if first.Form == nil || t.Number != "" {
			continue
		}
		first.Rows = append(first.Rows, t.Rows...)
		first.Places = max(first.Places, t.Places)
		first.Notes = append(first.Notes[:len(first.Notes):len(first.Notes)], t.Notes...)
		t.Of, t.Rows, t.Why = first, nil, ""
	}
}

// rate scores the document against the pack, and lists what it does not have.
func (f *finder) rate(out *Found, says *said) {
	sum, tables := 0, 0
	have := map[*pack.Table]bool{}
	for _, t := range out.Tables {
		switch {
		case t.Spec != nil:
			have[t.Spec] = true
			sum += t.Score
			tables++
		case t.Form != nil:
			sum += t.Score
			tables++
		case t.Of == nil:
			tables++
		}
	}
	for _, p := range f.patterns {
		if !have[p.spec] {
			out.Missing = append(out.Missing, p.spec)
		}
	}
	all := tables + len(out.Missing)
	if all == 0 {
		return
	}
	out.Score = sum / all
	if y := out.Year.Value; y != 0 && (y < f.pack.FirstYear || y > f.pack.LastYear) {
		out.Score -= 15
	}
	if f.pack.Kind != "" && says.kind != "" && says.kind != f.pack.Kind {
		out.Score -= 30
	}
	out.Score = max(out.Score, 0)
}

// Best finds the pack that a document was made by: that with the best score, and all others, the likeliest first.
func Best(packs []*pack.Pack, cat *classify.Catalogue, d *paper.Document) (best *Found, others []*Found) {
	for _, p := range packs {
		others = append(others, Tables(p, cat, d))
	}
	if len(others) == 0 {
		return nil, nil
	}
	slices.SortStableFunc(others, func(a, b *Found) int { return cmp.Compare(b.Score, a.Score) })
	if others[0].Score == 0 {
		text := runningText(d)
		slices.SortStableFunc(others, func(a, b *Found) int {
			return cmp.Compare(spoken(b.Pack, b.Year.Value, text), spoken(a.Pack, a.Year.Value, text))
		})
		ofTheYear(others)
	}
	return others[0], others[1:]
}
