package compose

import (
	"cmp"
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
)

// noLastYear stands where last year's amount is not known.
const noLastYear = "无上年数"

// drawing makes the chart of the numbers.
func (m *chartMaker) drawing(title doc.Text) *doc.Chart {
	look := &m.p.Drawing
	out := &doc.Chart{
		ID: m.x.ID, Kind: chartKind(m.x.Kind), Title: title, TitleStyle: look.Heading, TitleAbove: m.x.TitleAbove, Style: look.Body,
		NameStyle: look.Name, Height: m.x.Height, Group: m.x.Format.Group, Alt: m.sentence(),
	}
	if !m.x.Units() && m.x.Amount {
		out.Unit.String = "单位：" + m.x.Format.Unit.String()
	}
	if m.x.Kind == pack.ChartRing || m.x.Kind == pack.ChartFlow && !m.x.From.IsZero() {
		whole := m.whole(0)
		out.Total = doc.ChartTotal{Label: "合计", Text: m.text(whole, m.x.Format), Unit: m.x.Format.Unit.String()}
		out.Total.Marks = m.origins.numbers.whole(m.told(&whole, out.Total.Text)).Marks
	}
	for k := range m.series {
		out.Series = append(out.Series, doc.ChartSeries{Name: m.snippet(m.series[k].Label), Color: m.seriesColor(k)})
	}
	amounts := m.amounts(nil)
	if m.from != nil {
		amounts = m.from.amounts(amounts)
		out.From, out.To = m.snippet(m.x.From), m.snippet(m.x.To)
	}
	measures, decimals := money.Measures(amounts, m.x.Format.Unit)
	out.Decimals = decimals
	out.Items, measures = m.items(measures)
	if m.from != nil {
		out.Sources, _ = m.from.items(measures)
		m.paint(out)
	}
	return out
}

func (m *chartMaker) amounts(out []money.Amount) []money.Amount {
	for i := range m.parts {
		for _, n := range m.parts[i].numbers {
			out = append(out, n.amount)
		}
	}
	return out
}

// items are the parts as they are drawn, the first measures being theirs; those behind are returned.
func (m *chartMaker) items(measures []int64) (out []doc.ChartItem, rest []int64) {
	for i := range m.parts {
		p := &m.parts[i]
		item := doc.ChartItem{Label: p.label, Note: p.note, Color: m.partColor(i)}
		for k, n := range p.numbers {
			label := m.label(p, k)
			item.Values = append(item.Values, doc.ChartValue{Measure: measures[k], Text: label.String, Marks: label.Marks, Missing: !n.known})
		}
		out, measures = append(out, item), measures[len(p.numbers):]
	}
	return out, measures
}

// paint gives the first colour of the palette to what readers are to look at in a flow, which is the largest use where the
// pack names none, and the others in turn to all other parts.
func (m *chartMaker) paint(c *doc.Chart) {
	colors := m.p.Drawing.Colors
	rest := colors[min(1, len(colors)-1):]
	largest, named := 0, false
	for k, x := range []*chartMaker{m.from, m} {
		side := [][]doc.ChartItem{c.Sources, c.Items}[k]
		for i := range side {
			if side[i].Color = rest[i%len(rest)]; x.parts[i].main {
				side[i].Color, named = colors[0], true
			}
			if k == 1 && side[i].Values[0].Measure > side[largest].Values[0].Measure {
				largest = i
			}
		}
	}
	if !named && len(c.Items) > 0 {
		c.Items[largest].Color = colors[0]
	}
}

func chartKind(k pack.ChartKind) doc.ChartKind {
	switch k {
	case pack.ChartRing:
		return doc.ChartRing
	case pack.ChartPie:
		return doc.ChartPie
	case pack.ChartRows:
		return doc.ChartRows
	case pack.ChartFlow:
		return doc.ChartFlow
	case pack.ChartList:
		return doc.ChartList
	}
	return doc.ChartBars
}

// shown is the amount that f prints of a number (schedule.Document.Shown).
func (m *chartMaker) shown(n chartNumber, f money.Format) (sum money.Amount) {
	for _, x := range n.figures {
		sum = sum.Add(m.composer.numbers.Shown(x.of, f))
	}
	return sum
}

func (m *chartMaker) text(n chartNumber, f money.Format) string {
	return schedule.Written(f, n.amount, m.shown(n, f))
}

// amount prints a number with its unit.
func (m *chartMaker) amount(n chartNumber) string {
	return m.text(n, m.x.Format) + m.x.Format.Unit.String()
}

// share is what part a number is of its series in percent, counted as in sentences.
func (m *chartMaker) share(n chartNumber, series int) string {
	counted := func(n chartNumber) money.Amount {
		if !m.p.Adjust {
			return n.amount
		}
		return m.x.Format.Round(m.shown(n, m.x.Format))
	}
	return schedule.Share(counted(n), counted(m.whole(series)))
}

// told is what a number of the chart is.
func (m *chartMaker) told(n *chartNumber, text string) schedule.Told {
	t := schedule.Told{Kind: n.kind, Text: text, Format: &m.x.Format}
	first, others := parted(n.figures)
	t.Of = first
	if len(others) > 0 || n.figure != "" {
		t.Beside = &schedule.Beside{Figure: n.figure, More: others}
	}
	return t
}

// parted are the numbers of figures, the first beside the others.
func parted(figures []figure) (first schedule.Number, others []schedule.Number) {
	for i, x := range figures {
		if i == 0 {
			first = x.of
		} else {
			others = append(others, x.of)
		}
	}
	return first, others
}

// label is what stands beside a mark. Where the unit stands above the chart, it is not said again.
func (m *chartMaker) label(p *chartPart, series int) doc.Text {
	n := &p.numbers[series]
	if !n.known {
		return doc.Text{String: noLastYear}
	}
	numbers := &m.origins.numbers
	number := numbers.whole(m.told(n, m.print(m.x.Format, n.amount, m.shown(*n, m.x.Format), diag.Quote(p.label.String))))
	if m.x.Units() {
		number = numbers.joined([]doc.Text{number, {String: m.x.Format.Unit.String()}})
	}
	share := m.shareText(n, series)
	switch {
	case !m.x.Share || share.String == "":
		return number
	case !m.x.Amount:
		return share
	case m.x.Units():
		return numbers.joined([]doc.Text{number, {String: "，"}, share})
	}
	return numbers.joined([]doc.Text{number, {String: "（"}, share, {String: "）"}})
}

// shareText is a share as a text that says what it is.
func (m *chartMaker) shareText(n *chartNumber, series int) doc.Text {
	t := m.told(n, m.share(*n, series))
	t.Kind = schedule.ValueShare
	if t.Text == "" {
		return doc.Text{}
	}
	if t.Beside == nil {
		t.Beside = &schedule.Beside{}
	}
	t.Beside.Over, t.Beside.Rest = parted(m.whole(series).figures)
	return m.origins.numbers.whole(t)
}

// seriesColor is the pack's colour for a series: in turn from its palette, and for last year a tint of this year's.
func (m *chartMaker) seriesColor(k int) doc.Color {
	colors := m.p.Drawing.Colors
	switch s := &m.series[k]; {
	case s.Color != nil:
		return *s.Color
	case s.LastYear:
		return tint(colors[0])
	}
	n := 0
	for _, s := range m.series[:k] {
		if !s.LastYear {
			n++
		}
	}
	return colors[n%len(colors)]
}

// tint is a colour thinned with white.
func tint(c doc.Color) doc.Color {
	thin := func(v uint8) uint8 { return uint8((int(v)*45 + 255*55) / 100) }
	return doc.Color{R: thin(c.R), G: thin(c.G), B: thin(c.B)}
}

// partColor is the palette in turn; the last slice, which stands beside the first, does not have the first's. The bars of
// a list have all the first, but that of what was small.
func (m *chartMaker) partColor(i int) doc.Color {
	colors := m.p.Drawing.Colors
	switch {
	case m.x.Kind == pack.ChartList && len(m.parts[i].merged) == 0:
		i = 0
	case m.x.Kind == pack.ChartList:
		i = 1
	case i > 0 && i == len(m.parts)-1 && i%len(colors) == 0:
		i++
	}
	return colors[i%len(colors)]
}

// sentence tells all that the chart shows, for those who do not see it: every number with its unit, and what became one
// with others.
func (m *chartMaker) sentence() string {
	var b strings.Builder
	if m.from != nil {
		from, to := m.sides()
		b.WriteString(from + "：" + m.from.sentence() + to + "：")
	}
	if m.x.Whole() && len(m.series) == 1 {
		b.WriteString("合计" + m.amount(m.whole(0)) + "，其中：")
	}
	for i := range m.parts {
		if i > 0 {
			b.WriteString("；")
		}
		m.tell(&b, &m.parts[i])
		for j := range m.parts[i].merged {
			b.WriteString(map[bool]string{true: "（包括", false: "、"}[j == 0])
			m.tell(&b, &m.parts[i].merged[j])
		}
		if len(m.parts[i].merged) > 0 {
			b.WriteString("）")
		}
	}
	b.WriteString("。")
	return b.String()
}

// tell writes the numbers of one item.
func (m *chartMaker) tell(b *strings.Builder, p *chartPart) {
	b.WriteString(p.label.String)
	for k, n := range p.numbers {
		if len(m.series) > 1 {
			b.WriteString(map[bool]string{true: "：", false: "，"}[k == 0] + m.snippet(m.series[k].Label).String)
		}
		if !n.known {
			b.WriteString(noLastYear)
			continue
		}
		b.WriteString("为" + m.amount(n))
		if s := m.share(n, k); m.x.Whole() && s != "" {
			b.WriteString("，占" + s)
		}
	}
	if p.note.String != "" {
		b.WriteString("（" + strings.ReplaceAll(p.note.String, "\n", "；") + "）")
	}
}

// data is the table of the numbers, each item for itself.
func (m *chartMaker) data(title doc.Text) *doc.Table {
	f := m.p.TableFormat
	f.Unit = m.x.Format.Unit
	out := m.grid("")
	out.ID, out.Caption, out.KeepRows = m.x.ID, title, true
	right := doc.Text{String: "单位：" + f.Unit.String()}
	out.Right = &right
	head := func(s string) doc.Cell {
		return doc.Cell{Text: []doc.Text{{String: s}}, Align: doc.AlignCenter, AlignSet: true, Header: doc.HeaderColumn}
	}
	shares := m.x.Whole() && len(m.series) == 1
	out.Columns = []doc.Column{{Share: 2}}
	out.Head = []doc.Row{{Cells: []doc.Cell{head("项目")}}}
	column := func(name string) {
		out.Columns = append(out.Columns, doc.Column{Share: 1, Align: doc.AlignDecimal})
		out.Head[0].Cells = append(out.Head[0].Cells, head(name))
	}
	for k := range m.series {
		name := m.snippet(m.series[k].Label).String
		if name == "" {
			name = "金额"
		}
		column(name)
	}
	if shares {
		column("占比")
	}
	add := func(label doc.Text, numbers []chartNumber) {
		row := doc.Row{Cells: []doc.Cell{{Text: []doc.Text{label}, Header: doc.HeaderRow}}}
		var texts memory
		for i := range numbers {
			var t schedule.Told
			if numbers[i].known {
				t = m.told(&numbers[i], m.text(numbers[i], f))
				t.Format = &f
			}
			row.Cells = append(row.Cells, doc.Cell{Number: true, Text: texts.text(m.origins.numbers.whole(t))})
		}
		if shares {
			row.Cells = append(row.Cells, doc.Cell{Number: true, Text: texts.text(m.shareText(&numbers[0], 0))})
		}
		out.Body = append(out.Body, row)
	}
	for i := range m.parts {
		add(m.parts[i].label, m.parts[i].numbers)
	}
	if shares {
		add(doc.Text{String: totalKey}, []chartNumber{m.whole(0)})
	}
	return out
}

// sided makes the table of a flow of those of its sides: which one a row is of stands first.
func (m *chartMaker) sided(uses, sources *doc.Table) {
	side := func(rows []doc.Row, name string, header doc.Header) {
		for i := range rows {
			rows[i].Cells = append([]doc.Cell{{Text: []doc.Text{{String: name}}, Header: header}}, rows[i].Cells...)
		}
	}
	from, to := m.sides()
	side(uses.Head, from+"、"+to, doc.HeaderColumn)
	side(sources.Body, from, doc.HeaderRow)
	side(uses.Body, to, doc.HeaderRow)
	uses.Columns = append([]doc.Column{{Share: 1}}, uses.Columns...)
	uses.Body = append(sources.Body, uses.Body...)
}

// sides are what the sides of a flow are called.
func (m *chartMaker) sides() (from, to string) {
	return cmp.Or(m.snippet(m.x.From).String, "来源"), cmp.Or(m.snippet(m.x.To).String, "去向")
}

// keyFigures are figures in large type side by side, each with its name above and, where last year's is known, its change
// below: a table without rules, so that readers of the structure get numbers with their heads.
func (c *composer) keyFigures(figures []*pack.Figure) *doc.Table {
	look := &c.p.Drawing
	out := &doc.Table{ID: "要点", Style: look.Number, HeadStyle: look.Body, NoteStyle: look.Body, MinSize: c.p.Grid.MinSize}
	out.CellPad.X = int64(c.p.Styles.Texts[look.Number].Size) / 4 // or long numbers would run into one, without rules between them
	out.Right = &doc.Text{String: "单位：" + c.p.TextFormat.Unit.String()}
	out.Head, out.Body = make([]doc.Row, 1), make([]doc.Row, 1)
	var changes []doc.Cell
	cell := func(t doc.Text, style string) doc.Cell {
		return doc.Cell{Text: nonEmpty(t), Style: style, Align: doc.AlignCenter, AlignSet: true, Number: true}
	}
	for _, f := range figures {
		out.Columns = append(out.Columns, doc.Column{Share: 1})
		h := cell(doc.Text{String: f.Title}, "")
		h.Header, h.Number = doc.HeaderColumn, false
		out.Head[0].Cells = append(out.Head[0].Cells, h)
		out.Body[0].Cells = append(out.Body[0].Cells, cell(c.number(&c.p.TextFormat, c.sum(f.Query), diag.Quote(f.Title)), ""))
		changes = append(changes, cell(c.changeText(f), look.Body))
	}
	if slices.ContainsFunc(changes, func(x doc.Cell) bool { return len(x.Text) > 0 }) {
		out.Body[0].KeepNext = true
		out.Body = append(out.Body, doc.Row{Cells: changes})
	}
	return out
}

// changeText says in few words how a figure differs from last year's, nothing where that is not known.
func (c *composer) changeText(f *pack.Figure) doc.Text {
	v, err := c.wordChanged(f.Name, "")
	text := "比上年" + v.Direction
	switch {
	case err != nil || !v.Known:
		return doc.Text{}
	case v.Same:
		text = "与上年持平"
	case v.Rate == "":
		text += v.Amount
	default:
		text += v.Rate
	}
	return c.origins.numbers.joined(c.origins.split(text))
}
