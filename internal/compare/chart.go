package compare

import (
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/doc"
	"yusuan/internal/schedule"
)

// chart compares a chart that is in both documents: its words and its numbers, not how it is drawn.
func (d *differing) chart(a, b *block) {
	old, new := a.chart, b.chart
	line := ref{new, 1}
	one := func(place string, x, y *doc.Text) { d.words(a, b, place, chartWords(x), chartWords(y), line) }
	one("图题", &old.Title, &new.Title)
	one("单位", &old.Unit, &new.Unit)
	for i := range max(len(old.Series), len(new.Series)) {
		var x, y *doc.Text
		if i < len(old.Series) {
			x = &old.Series[i].Name
		}
		if i < len(new.Series) {
			y = &new.Series[i].Name
		}
		one("图例", x, y)
	}
	one("图中左边", &old.From, &new.From)
	one("图中右边", &old.To, &new.To)
	d.items(a, b, old.Sources, new.Sources, 1<<10)
	d.items(a, b, old.Items, new.Items, 1<<20)
	d.plain(b, "合计", old.Total.Label, new.Total.Label, ref{old, 2}, ref{new, 2})
	d.plain(b, "合计", old.Total.Unit, new.Total.Unit, ref{old, 3}, ref{new, 3})
	d.chartNumber(b, chartNumber{old.Total.Text, old.Total.Marks, ref{old, 4}}, chartNumber{new.Total.Text, new.Total.Marks, ref{new, 4}}, "合计", "", line)
}

func chartWords(t *doc.Text) text {
	if t == nil || t.String == "" {
		return text{}
	}
	return textOf("", t)
}

// items compares the items of a chart by their labels.
func (d *differing) items(a, b *block, old, new []doc.ChartItem, first int) {
	before := len(d.effects)
	defer func() { d.together(before) }()
	m := newMatched(len(old), len(new))
	m.turned = d.turned
	m.byKey(func(i int) string { return "=" + old[i].Label.String + "\x00" + valuesOf(&old[i]) }, func(j int) string { return "=" + new[j].Label.String + "\x00" + valuesOf(&new[j]) })
	m.byKey(func(i int) string { return "=" + old[i].Label.String }, func(j int) string { return "=" + new[j].Label.String })
	m.similar(func(i, j int) int {
		if d.renamed[old[i].Label.String] == new[j].Label.String && new[j].Label.String != "" {
			return 1000
		}
		return bagOf(old[i].Label.String).like(bagOf(new[j].Label.String))
	})
	m.merge(func(i, j int) {
		switch {
		case j < 0:
			line := ref{a.chart, first + i}
			e := effect{row: &Row{Part: d.partOf(b), Name: old[i].Label.String, Change: Removed, Spots: d.stood()}, was: line, block: b, line: line}
			d.tracer.item(&e.causes, &old[i], true)
			d.effects = append(d.effects, e)
			d.itemNumbers(b, &old[i], a.chart, line, true)
		case i < 0:
			line := ref{b.chart, first + j}
			e := effect{row: &Row{Part: d.partOf(b), Name: new[j].Label.String, Change: Added, Spots: append(chartSpots(&new[j].Label), chartSpots(&new[j].Note)...)}, is: line, block: b, line: line}
			d.tracer.item(&e.causes, &new[j], false)
			d.effects = append(d.effects, e)
			d.itemNumbers(b, &new[j], b.chart, line, false)
		default:
			d.item(a, b, &old[i], &new[j], ref{b.chart, first + j}, m.moved(j))
		}
	})
}

// together: which items a chart shows by themselves, and which together as the rest, is a matter of all of them. Where some came or
// went, each has the causes of all.
func (d *differing) together(first int) {
	list := d.effects[first:]
	if !slices.ContainsFunc(list, func(e effect) bool { return e.row != nil && (e.row.Change == Added || e.row.Change == Removed) }) {
		return
	}
	var all numbers
	for i := range list {
		all.add(list[i].causes...)
	}
	for i := range list {
		list[i].causes.add(all...)
	}
}

func chartSpots(t *doc.Text) []Spot {
	x := chartWords(t)
	return x.all()
}

func valuesOf(x *doc.ChartItem) (s string) {
	for k := range x.Values {
		s += x.Values[k].Text + "\x00"
	}
	return s
}

func (d *differing) item(a, b *block, old, new *doc.ChartItem, line ref, moved bool) {
	name := new.Label.String
	if moved {
		e := effect{row: &Row{Part: d.partOf(b), Name: name, Change: Moved, Spots: chartSpots(&new.Label)}, was: line, is: ref{line.at, -line.n}, block: b, line: line}
		d.tracer.item(&e.causes, new, false)
		d.effects = append(d.effects, e)
	}
	if old.Label.String != name {
		e := effect{row: &Row{Part: d.partOf(b), Name: name, Old: old.Label.String, Change: Altered, Spots: chartSpots(&new.Label)}, was: ref{a.chart, line.n}, is: line, block: b, line: line}
		d.tracer.item(&e.causes, old, true)
		d.tracer.item(&e.causes, new, false)
		d.effects = append(d.effects, e)
	}
	d.words(a, b, "项名", chartWords(&old.Label), chartWords(&new.Label), line)
	for k := range max(len(old.Values), len(new.Values)) {
		var x, y chartNumber
		if k < len(old.Values) {
			x = chartNumber{old.Values[k].Text, old.Values[k].Marks, ref{&old.Values[k], 0}}
		}
		if k < len(new.Values) {
			y = chartNumber{new.Values[k].Text, new.Values[k].Marks, ref{&new.Values[k], 0}}
		}
		d.chartNumber(b, x, y, name, seriesName(b.chart, k), line)
	}
	d.words(a, b, joinPlace(name, "说明"), chartWords(&old.Note), chartWords(&new.Note), line)
}

func seriesName(c *doc.Chart, k int) string {
	if len(c.Series) < 2 || k >= len(c.Series) {
		return ""
	}
	if s := c.Series[k].Name.String; s != "" {
		return s
	}
	return "第" + strconv.Itoa(k+1) + "列"
}

// chartNumber is a number of a chart as it is printed.
type chartNumber struct {
	text  string
	marks doc.Marks
	at    ref
}

// chartNumber compares what a chart prints beside a value, which may be several numbers: an amount and its share. What is no
// number of the program's is words.
func (d *differing) chartNumber(b *block, old, new chartNumber, row, column string, line ref) {
	if old.text == new.text {
		return
	}
	was, between := d.old.numbersIn(old.text, old.marks)
	is, now := d.new.numbersIn(new.text, new.marks)
	switch {
	case len(is) > 0 && between == now:
		for k := range is {
			if was[k].printed != is[k].printed {
				d.cell(b, &was[k], &is[k], row, shareOf(column, &is[k]), line)
			}
		}
	case len(was) == 1 && new.text == "" && strings.Trim(between, "\x00") == "":
		d.cell(b, &was[0], nil, row, column, line)
	case len(is) == 1 && old.text == "" && strings.Trim(now, "\x00") == "":
		d.cell(b, nil, &is[0], row, column, line)
	default:
		d.plain(b, joinPlace(row, column), old.text, new.text, old.at, new.at)
		e := &d.effects[len(d.effects)-1]
		d.tracer.all(&e.causes, true, &doc.Text{String: old.text, Marks: old.marks})
		d.tracer.all(&e.causes, false, &doc.Text{String: new.text, Marks: new.marks})
		if len(is) > 0 {
			e.sentence.Spots = nil
			for k := range is {
				e.sentence.Spots = append(e.sentence.Spots, Spot{Of: is[k].of})
			}
		}
	}
}

// shareOf is what the column of a number is called, of one that is a share so.
func shareOf(column string, n *single) string {
	if n.told.Kind == schedule.ValueShare {
		return joinPlace(column, "占比")
	}
	return column
}

// numbersIn are the numbers that the program printed in a text, and the words between them.
func (f *flat) numbersIn(s string, m doc.Marks) (out []single, between string) {
	if f.side.Numbers == nil {
		return nil, s
	}
	at := int32(0)
	for _, x := range doc.MarksOf(f.side.Tree.Marks, m) {
		told := f.side.Numbers.Told(x.Of)
		if told == nil || told.Kind == schedule.ValueWritten {
			continue
		}
		out = append(out, single{of: x.Of, told: told, printed: s[x.From:x.To]})
		between += s[at:x.From] + "\x00"
		at = x.To
	}
	return out, between + s[at:]
}

// itemNumbers tells of the numbers of an item that came or went.
func (d *differing) itemNumbers(b *block, x *doc.ChartItem, c *doc.Chart, line ref, gone bool) {
	f := d.new
	if gone {
		f = d.old
	}
	for k := range x.Values {
		d.loose(b, f, x.Values[k].Text, x.Values[k].Marks, x.Label.String, seriesName(c, k), line, gone)
	}
}

// loose tells of the numbers of a text that came or went.
func (d *differing) loose(b *block, f *flat, s string, m doc.Marks, row, column string, line ref, gone bool) {
	list, _ := f.numbersIn(s, m)
	for i := range list {
		if n := &list[i]; gone {
			d.cell(b, n, nil, row, shareOf(column, n), line)
		} else {
			d.cell(b, nil, n, row, shareOf(column, n), line)
		}
	}
}

// chartNumbers tells of all numbers of a chart that came or went.
func (d *differing) chartNumbers(b *block, gone bool) {
	for _, list := range [][]doc.ChartItem{b.chart.Sources, b.chart.Items} {
		for i := range list {
			d.itemNumbers(b, &list[i], b.chart, ref{b.chart, i + 1}, gone)
		}
	}
	f := d.new
	if gone {
		f = d.old
	}
	d.loose(b, f, b.chart.Total.Text, b.chart.Total.Marks, "合计", "", ref{b.chart, 0}, gone)
}
