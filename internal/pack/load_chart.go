package pack

import (
	"cmp"
	"strconv"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/doc"
	"yusuan/internal/source"
)

// palette is the colours of charts where a pack has none of its own: dark and light in turn, so that neighbours are told
// apart in black and white, and blue against ochre, which no common colour blindness confuses. It stays as it is: documents
// are made again from packs that say nothing.
func palette() []doc.Color {
	return []doc.Color{{R: 0x1F, G: 0x3F, B: 0x6E}, {R: 0xE3, G: 0xA2, B: 0x3B}, {R: 0x5B, G: 0x86, B: 0xB5}, {R: 0xF0, G: 0xD9, B: 0xA8},
		{R: 0x8C, G: 0x3B, B: 0x2A}, {R: 0xB9, G: 0xCB, B: 0xE0}, {R: 0x6B, G: 0x6B, B: 0x6B}}
}

// defaultHeight is the height of a drawing, 62 mm.
const defaultHeight = 175748

// drawing reads the look of charts. What it leaves out is as in tables.
func (c *compiler) drawing(m *manifest) {
	s, d := &m.Drawing, &c.p.Drawing
	*d = Drawing{Body: c.p.Grid.Note, Heading: c.p.Grid.Heading, Height: defaultHeight, Colors: palette()}
	d.Name = cmp.Or(s.Body.V, d.Body)
	for _, x := range []struct {
		from source.String
		to   *string
	}{{s.Body, &d.Body}, {s.Heading, &d.Heading}, {s.Number, &d.Number}, {s.Name, &d.Name}} {
		if x.from.V != "" {
			c.style(x.from)
			*x.to = x.from.V
		}
	}
	if s.Height.V != "" {
		d.Height = int64(c.length(s.Height))
	}
	if len(s.Colors) > 0 {
		d.Colors = c.colors(s.Colors)
	}
}

// colors reads a palette and warns where a printer without colours would make two neighbours alike.
func (c *compiler) colors(list []source.String) []doc.Color {
	const apart = 24 // of 255 levels of grey
	var out []doc.Color
	for i, s := range list {
		out = append(out, c.color(s))
		if i == 0 {
			continue
		}
		if d := luma(out[i]) - luma(out[i-1]); -apart < d && d < apart {
			c.diags.Warnf("模板-025", s.At, "颜色“%s”与前一种“%s”明暗相近，黑白打印时分不清", s.V, list[i-1].V)
		}
	}
	return out
}

// luma is the grey that a colour is printed as (ITU-R BT.601).
func luma(c doc.Color) int { return (299*int(c.R) + 587*int(c.G) + 114*int(c.B)) / 1000 }

// color reads #RRGGBB.
func (c *compiler) color(s source.String) doc.Color {
	n, err := strconv.ParseUint(strings.TrimPrefix(s.V, "#"), 16, 24)
	if err != nil || len(s.V) != 7 {
		c.diags.Errorf("模板-024", s.At, "颜色“%s”应写成 #1F3F6E 这样的形式", s.V)
	}
	return doc.Color{R: uint8(n >> 16), G: uint8(n >> 8), B: uint8(n)}
}

func (c *compiler) charts(m *manifest) {
	c.drawing(m)
	for i := range m.Charts {
		s := &m.Charts[i]
		if c.p.Charts[s.ID.V] != nil {
			c.diags.Errorf("模板-007", s.ID.At, "图“%s”重复定义", s.ID.V)
		}
		c.p.Charts[s.ID.V] = c.chart(s)
	}
}

func (c *compiler) chart(s *chartSpec) *Chart {
	x := &Chart{ID: s.ID.V, Kind: ChartKind(s.Kind.V), Title: c.snippet(s.Title), OtherName: "其他", Height: c.p.Drawing.Height, Data: s.Data.V, OmitZero: s.OmitZero.V,
		EmptyNote: Snippet{Literal: "各项都是零，不画图。"}, Filter: c.query(s.Filter), At: s.At}
	c.oneOf(s.Kind, "图形", choices("chart"))
	if s.TitleAt.V != "" && c.oneOf(s.TitleAt, "图题位置", choices("title")) {
		x.TitleAbove = s.TitleAt.V == "above"
	}
	if s.Sort.V != "" && c.oneOf(s.Sort, "排序", choices("sort")) {
		x.Falling = s.Sort.V == "falling"
	}
	x.Amount, x.Share = true, x.Kind == ChartRing || x.Kind == ChartPie || x.Kind == ChartFlow
	if s.Labels.V != "" && c.oneOf(s.Labels, "标注", choices("labels")) {
		x.Amount, x.Share = s.Labels.V != "share", s.Labels.V != "amount"
	}
	x.Format = c.format(format{Unit: s.Unit}, c.p.TextFormat)
	x.Format.BlankZero = false // what is nothing is said to be
	if s.Height.V != "" {
		x.Height = int64(c.length(s.Height))
	}
	if s.OtherName.V != "" {
		x.OtherName = s.OtherName.V
	}
	if s.EmptyNote.V != "" {
		x.EmptyNote = c.snippet(s.EmptyNote)
	}
	x.Others, x.Most = c.percent(s.Others), s.Most.V
	if s.Most.Set && x.Most < 2 {
		c.diags.Errorf("模板-024", s.Most.At, "最多几项（most）至少是 2：一项和“其他”")
	}
	c.chartSeries(s, x)
	for i := range s.Items {
		x.Items = append(x.Items, c.chartItem(&s.Items[i], x))
	}
	c.flow(s, x)
	return x
}

// flow reads the other side of a flow, which no other chart has.
func (c *compiler) flow(s *chartSpec, x *Chart) {
	for i := range s.Sources {
		x.Sources = append(x.Sources, c.chartItem(&s.Sources[i], x))
	}
	x.From, x.To = c.snippet(s.From), c.snippet(s.To)
	switch flow := x.Kind == ChartFlow; {
	case flow && len(s.Sources) == 0:
		c.diags.Errorf("模板-024", s.At, "图“%s”是 flow，要写来源（source）", x.ID)
	case !flow && len(s.Sources) > 0:
		c.diags.Errorf("模板-024", s.Sources[0].At, "来源（source）只有 flow 有，图“%s”是 %s", x.ID, x.Kind)
	case !flow && s.From.V+s.To.V != "":
		at := s.From.At
		if s.From.V == "" {
			at = s.To.At
		}
		c.diags.Errorf("模板-024", at, "两边的名称（from、to）只有 flow 有，图“%s”是 %s", x.ID, x.Kind)
	}
}

// percent reads "3%" as 3; "" is none.
func (c *compiler) percent(s source.String) string {
	if s.V == "" {
		return ""
	}
	number, ok := strings.CutSuffix(s.V, "%")
	if n, err := strconv.ParseUint(strings.Replace(number, ".", "", 1), 10, 16); !ok || err != nil || n == 0 || strings.HasPrefix(number, ".") || strings.HasSuffix(number, ".") {
		c.diags.Errorf("模板-024", s.At, "合并小项（others）应写成 3%% 或 0.5%% 这样的形式，不是“%s”", s.V)
		return ""
	}
	if whole, _, _ := strings.Cut(number, "."); len(strings.TrimLeft(whole, "0")) > 2 { // 100 % and more would leave nothing else
		c.diags.Errorf("模板-024", s.At, "合并小项（others）应小于 100%%，不是“%s”", s.V)
		return ""
	}
	return number
}

func (c *compiler) chartSeries(s *chartSpec, x *Chart) {
	for i := range s.Series {
		k := &s.Series[i]
		out := ChartSeries{Label: c.snippet(k.Label), Query: c.query(k.Query), LastYear: k.LastYear.V}
		if k.Color.V != "" {
			color := c.color(k.Color)
			out.Color = &color
		}
		if out.LastYear && k.Query.V != "" {
			c.diags.Errorf("模板-024", k.Query.At, "上年数的系列不写范围（query）：上年数只知道数字的总数")
		}
		if out.LastYear && s.Filter.V != "" {
			c.diags.Errorf("模板-024", s.Filter.At, "与上年比较的图不写范围（filter）：上年数只知道数字的总数")
		}
		x.Series = append(x.Series, out)
	}
	if len(x.Series) == 0 {
		x.Series = []ChartSeries{{}}
	}
	if n := len(x.Series); n > 1 && x.Units() {
		c.diags.Errorf("模板-024", s.At, "图“%s”是 %s，只有一个系列，这里有 %d 个；要比较几个系列用 bars 或 rows", s.ID.V, x.Kind, n)
	}
}

func (c *compiler) chartItem(s *chartItemSpec, x *Chart) ChartItem {
	out := ChartItem{Figure: s.Figure.V, Query: c.query(s.Query), Each: c.dimension(s.Each), Main: s.Main.V}
	switch {
	case (s.Figure.V == "") == (s.Query.V == ""):
		c.diags.Errorf("模板-024", s.At, "图“%s”的项要写 figure（数字名称）或 query（范围）中的一样", x.ID)
	case s.Figure.V != "" && s.Each.V != "":
		c.diags.Errorf("模板-024", s.Each.At, "逐项（each）与范围（query）一起用；数字要逐项，写分项的数字（[[figure]] 的 by）")
	}
	if out.Figure != "" && c.oneOf(s.Figure, "数字名称", c.p.FigureNames) {
		f := c.p.Figures[out.Figure]
		out.Query, out.Each = f.Query, f.By
		for i := range x.Series {
			if x.Series[i].LastYear && !f.Prior {
				c.diags.Errorf("模板-024", s.Figure.At, "数字“%s”没有上年数（prior = true），不能与上年比较", f.Name)
			}
		}
	}
	if out.Figure == "" && s.Query.V != "" {
		for i := range x.Series {
			if x.Series[i].LastYear {
				c.diags.Errorf("模板-024", s.At, "与上年比较的项要写 figure（数字名称）：上年数按数字名称记")
				break
			}
		}
	}
	if s.Note.V != "" && x.Kind != ChartList {
		c.diags.Errorf("模板-024", s.Note.At, "说明（note）只有 list 有，图“%s”是 %s", x.ID, x.Kind)
	}
	if s.Main.V && x.Kind != ChartFlow {
		c.diags.Errorf("模板-024", s.Main.At, "要看的（main）只有 flow 有，图“%s”是 %s", x.ID, x.Kind)
	}
	switch {
	case out.Each == "project":
		out.Note = c.snippetOf(s.Note, ViewFields("project"))
	case out.Each != "":
		out.Note = c.snippetOf(s.Note, partFields())
	default:
		out.Note = c.snippet(s.Note)
	}
	c.namedItem(s, &out, x)
	return out
}

// namedItem reads the name of an item, demands one where nothing else gives it, and warns of sums that two margins cannot
// answer.
func (c *compiler) namedItem(s *chartItemSpec, out *ChartItem, x *Chart) {
	switch {
	case out.Each != "":
		out.Label = c.snippetOf(s.Label, partFields())
	case s.Label.V != "":
		out.Label = c.snippet(s.Label)
	case out.Figure == "" && s.Query.V != "":
		c.diags.Errorf("模板-024", s.At, "图“%s”的这一项没有名称（label）", x.ID)
	}
	q := x.Filter.And(out.Query)
	if d, ok := budget.FindDimension(out.Each); ok {
		q = q.Along(d)
	}
	for i := range x.Series {
		if err := q.And(x.Series[i].Query).Contradiction(); err != nil {
			c.diags.Errorf("模板-004", s.At, "图“%s”的范围合不到一起：%v", x.ID, err)
			return
		}
		if q.And(x.Series[i].Query).Crosses() {
			c.diags.Warnf("模板-008", s.At, "图“%s”同时按功能科目和经济科目取数，只填两张清单的部门得不到这样的数", x.ID)
			return
		}
	}
}
