package compose

import (
	"cmp"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
)

// chartPart is an item of a chart with its numbers, one for each series.
type chartPart struct {
	label   doc.Text
	note    doc.Text
	main    bool
	numbers []chartNumber
	merged  []chartPart // what became one with others
}

// chartNumber is a sum of figures, not known where last year's is not.
type chartNumber struct {
	amount  money.Amount // exact: what is drawn
	figures []figure     // what it sums, for what is printed
	known   bool
	kind    schedule.ValueKind
	figure  string // of which it is last year's amount
}

func numberOf(x figure, known bool) chartNumber {
	return chartNumber{amount: x.of.Exact, figures: []figure{x}, known: known}
}

func (n *chartNumber) add(o chartNumber) {
	n.kind, n.figure = o.kind, ""
	n.amount, n.figures, n.known = n.amount.Add(o.amount), append(n.figures, o.figures...), n.known || o.known
}

// chart composes a chart of the pack: the drawing, and the table of its numbers where the pack wants it. Where all is
// zero there is nothing to draw, and a sentence says so.
func (c *composer) chart(x *pack.Chart) []doc.Block {
	m := c.chartMaker(x, x.Items)
	if x.Kind == pack.ChartFlow {
		m.from = c.chartMaker(x, x.Sources)
	}
	title := c.snippet(x.Title)
	if m.nothing() {
		head := paragraph(c.p.Drawing.Heading, []doc.Text{title})
		head.KeepNext = true
		room := &doc.Space{Height: int64(c.p.Styles.Texts[c.p.Drawing.Body].Leading / 2)} // as about a drawing
		return []doc.Block{room, head, paragraph(c.p.Drawing.Body, []doc.Text{c.snippet(x.EmptyNote)}), room}
	}
	m.now = max(slices.IndexFunc(m.series, func(s pack.ChartSeries) bool { return !s.LastYear }), 0)
	m.sort()
	data := m.data(title) // before small items become one
	m.dropZero()
	m.merge()
	if x.Kind == pack.ChartFlow {
		m.from.sort()
		m.sided(data, m.from.data(title))
		m.from.merge()
	}
	before := len(c.adjusted)
	out := m.drawing(title)
	c.reportAdjusted(diag.Quote(title.String), before)
	if x.Data {
		return []doc.Block{out, data}
	}
	out.Data = data
	return []doc.Block{out}
}

// chartMaker is a chart in the making.
type chartMaker struct {
	*composer
	x      *pack.Chart
	series []pack.ChartSeries // those that have numbers
	parts  []chartPart
	wholes []chartNumber // of each series, once somebody asked
	now    int           // the series by which items are sorted and merged: this year's
	from   *chartMaker   // of a flow: where the whole comes from
}

// chartMaker asks for the numbers of some items of a chart.
func (c *composer) chartMaker(x *pack.Chart, items []pack.ChartItem) *chartMaker {
	m := &chartMaker{composer: c, x: x, series: slices.Clone(x.Series)}
	for i := range items {
		m.parts = append(m.parts, m.item(&items[i])...)
	}
	if x.Kind == pack.ChartFlow { // what does not flow has no place beside it
		m.parts = slices.DeleteFunc(m.parts, func(p chartPart) bool { return p.numbers[0].amount.IsZero() })
	}
	m.dropUnknown()
	return m
}

// item asks for the numbers of one item of the pack, which may be several of the chart.
func (m *chartMaker) item(it *pack.ChartItem) []chartPart {
	q := m.x.Filter.And(it.Query)
	d, split := budget.FindDimension(it.Each)
	if !split {
		label := m.snippet(it.Label)
		if it.Label.IsZero() {
			label = doc.Text{String: m.p.Figures[it.Figure].Title}
		}
		return []chartPart{{label: label, note: m.snippet(it.Note), main: it.Main, numbers: m.numbers(q, it.Figure)}}
	}
	var out []chartPart
	for _, v := range m.withLastYears(it, d, m.by(d, q)) {
		label := m.fill(it.Label, v)
		if it.Label.IsZero() {
			label = doc.Text{String: v.Name}
		}
		out = append(out, chartPart{label: label, note: m.note(it, v), main: it.Main, numbers: m.numbers(q.Part(d, v.Code), it.Figure+"."+v.Code)})
	}
	return out
}

// note is what an item says of a part: of a project, all that is known of it.
func (m *chartMaker) note(it *pack.ChartItem, v byView) doc.Text {
	if it.Each != "project" {
		return m.fill(it.Note, v)
	}
	for _, p := range m.view.Projects {
		if m.b.ProjectKey(p.project) == v.Code {
			return m.fill(it.Note, p)
		}
	}
	return doc.Text{} // money of no project
}

// numbers are the sums of a query for each series; name is what last year's amounts know it as.
func (m *chartMaker) numbers(q budget.Query, name string) []chartNumber {
	var out []chartNumber
	for _, s := range m.series {
		if !s.LastYear {
			out = append(out, numberOf(m.sum(q.And(s.Query)), true))
			continue
		}
		before, known := m.composer.numbers.Before(name)
		n := numberOf(stated(before), known)
		n.kind, n.figure = schedule.ValueLastYear, name
		out = append(out, n)
	}
	return out
}

// withLastYears adds the parts that had money last year only, where a series shows last year.
func (m *chartMaker) withLastYears(it *pack.ChartItem, d budget.Dimension, parts []byView) []byView {
	if it.Figure == "" || !slices.ContainsFunc(m.series, func(s pack.ChartSeries) bool { return s.LastYear }) {
		return parts
	}
	for name, a := range m.prior.Amounts {
		code, ok := strings.CutPrefix(name, it.Figure+".")
		if !ok || a.IsZero() || slices.ContainsFunc(parts, func(v byView) bool { return v.Code == code }) {
			continue
		}
		v := byView{Code: code, Name: code, c: m.composer}
		if d.Key == "project" {
			v.Name = budget.BareProject(code)
		}
		if t := m.b.Tree(d); t != nil {
			v.Name = cmp.Or(m.composer.numbers.CodeName(*t, d.View, code), code)
		}
		parts = append(parts, v)
	}
	if d.Digits > 0 {
		slices.SortFunc(parts, func(a, b byView) int { return cmp.Compare(a.Code, b.Code) })
	} else {
		slices.SortStableFunc(parts, func(a, b byView) int { // those of this year as they are, the others by name
			if a.N > 0 || b.N > 0 {
				return cmp.Compare(orLast(a.N), orLast(b.N))
			}
			return cmp.Compare(a.Code, b.Code)
		})
	}
	for i := range parts {
		parts[i].N = i + 1
	}
	return parts
}

func orLast(n int) int {
	if n == 0 {
		return 1 << 30
	}
	return n
}

// dropUnknown leaves out the series of which no number is known.
func (m *chartMaker) dropUnknown() {
	for k := len(m.series) - 1; k >= 0; k-- {
		if slices.ContainsFunc(m.parts, func(p chartPart) bool { return p.numbers[k].known }) || len(m.parts) == 0 {
			continue
		}
		m.series = slices.Delete(m.series, k, k+1)
		for i := range m.parts {
			m.parts[i].numbers = slices.Delete(m.parts[i].numbers, k, k+1)
		}
	}
}

// nothing reports whether all numbers are zero.
func (m *chartMaker) nothing() bool {
	if m.from != nil && !m.from.nothing() {
		return false
	}
	return !slices.ContainsFunc(m.parts, func(p chartPart) bool {
		return slices.ContainsFunc(p.numbers, func(n chartNumber) bool { return !n.amount.IsZero() })
	})
}

// dropZero leaves out what is zero where the pack wants it: in a pie, a label that points at no slice is taken for that of the
// one nearby. The table of the chart's numbers has them all.
func (m *chartMaker) dropZero() {
	if !m.x.OmitZero {
		return
	}
	m.parts = slices.DeleteFunc(m.parts, func(p chartPart) bool {
		return !slices.ContainsFunc(p.numbers, func(n chartNumber) bool { return !n.amount.IsZero() })
	})
}

func (m *chartMaker) sort() {
	if m.x.Falling {
		slices.SortStableFunc(m.parts, func(a, b chartPart) int { return b.numbers[m.now].amount.Cmp(a.numbers[m.now].amount) })
	}
}

// whole is what a series adds up to, whichever items become one.
func (m *chartMaker) whole(series int) chartNumber {
	if m.wholes == nil {
		m.wholes = make([]chartNumber, len(m.series))
		for k := range m.wholes {
			m.wholes[k].figures = make([]figure, 0, len(m.parts))
			for i := range m.parts {
				m.wholes[k].add(m.parts[i].numbers[k])
			}
		}
	}
	return m.wholes[series]
}

// merge makes small items one, the last, if there are two of them at least: those with a smaller share than the pack wants,
// and the smallest of more than it wants. What is zero stays: it takes no room, and that it is zero is said.
func (m *chartMaker) merge() {
	small := m.small()
	if len(small) < 2 {
		return
	}
	other := chartPart{label: doc.Text{String: m.x.OtherName}, numbers: make([]chartNumber, len(m.series))}
	var rest []chartPart
	for i, p := range m.parts {
		if !slices.Contains(small, i) {
			rest = append(rest, p)
			continue
		}
		other.merged = append(other.merged, p)
		other.main = other.main || p.main
		for k, n := range p.numbers {
			other.numbers[k].add(n)
		}
	}
	m.parts = append(rest, other)
}

// small are the indexes of the items to be merged. Of parts of which one is negative there are no small ones.
func (m *chartMaker) small() (out []int) {
	var sizes []int // indexes, the largest first
	for i := range m.parts {
		switch m.parts[i].numbers[m.now].amount.Sign() {
		case -1:
			return nil
		case 1:
			sizes = append(sizes, i)
		}
	}
	amount := func(i int) money.Amount { return m.parts[i].numbers[m.now].amount }
	slices.SortStableFunc(sizes, func(a, b int) int { return amount(b).Cmp(amount(a)) })
	keep := len(sizes)
	if m.x.Others != "" {
		least := m.whole(m.now).amount.Times(m.x.Others)
		for keep > 0 && amount(sizes[keep-1]).Times("100").Cmp(least) < 0 {
			keep--
		}
	}
	if m.x.Most > 0 && len(sizes) > m.x.Most {
		keep = min(keep, m.x.Most-1)
	}
	return sizes[keep:]
}
