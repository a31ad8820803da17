package layout

import (
	"strings"
	"testing"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// pie is a chart of two slices and a zero, 176 pt high.
func pie(kind doc.ChartKind) *doc.Chart {
	item := func(label string, m int64, s string, c uint8) doc.ChartItem {
		return doc.ChartItem{Label: text(label), Color: doc.Color{R: c}, Values: []doc.ChartValue{{Measure: m, Text: s}}}
	}
	return &doc.Chart{
		ID: "支出", Kind: kind, Title: text("图1　支出构成"), TitleStyle: "顶格", Style: "表注", Height: 176000, Unit: text("单位：万元"), Decimals: 2,
		Series: []doc.ChartSeries{{Color: doc.Color{B: 0x80}}}, Alt: "基本支出3.00，占75%；项目支出1.00，占25%；结转0.00，占0%。",
		Items: []doc.ChartItem{item("基本支出", 300, "3.00", 0x20), item("项目支出", 100, "1.00", 0xE0), item("结转", 0, "0.00", 0x60)},
		Total: doc.ChartTotal{Label: "合计", Text: "4.00"},
	}
}

// TestGoldenCharts holds the drawing of each form: paths, labels, structure.
func TestGoldenCharts(t *testing.T) {
	yearly := pie(doc.ChartBars)
	yearly.TitleAbove, yearly.Total = true, doc.ChartTotal{}
	yearly.Series = []doc.ChartSeries{{Name: text("2025年"), Color: doc.Color{R: 0x90}}, {Name: text("2026年"), Color: doc.Color{R: 0x20}}}
	for i := range yearly.Items {
		yearly.Items[i].Values = append(yearly.Items[i].Values, doc.ChartValue{Measure: int64(-50 + 100*i), Text: "n"})
	}
	flow, list := pie(doc.ChartFlow), pie(doc.ChartList)
	flow.Sources = []doc.ChartItem{{Label: text("拨款"), Color: doc.Color{R: 0x40}, Values: []doc.ChartValue{{Measure: 400, Text: "4.00"}}}}
	list.NameStyle, list.Items[0].Note = "表注", text("用于日常运转。\n目标：满意度≥95%。")
	out, diags := one(pie(doc.ChartRing), pie(doc.ChartPie), yearly, pie(doc.ChartRows), flow, list)
	if diags.Len() > 0 {
		t.Errorf("diagnostics: %v", diags.Sorted())
	}
	checkTree(t, out)
	golden(t, "charts", Dump(out))
}

// figureBox is the box of the only figure and the texts of its caption.
func figureBox(t *testing.T, out *page.Document) (box *page.Box, caption []page.Text) {
	t.Helper()
	for i := range out.Elems {
		e := &out.Elems[i]
		switch e.Kind {
		case page.KindFigure:
			if box = e.Label.Box; box == nil || e.Label.Alt == "" {
				t.Fatalf("figure %+v", e)
			}
		case page.KindCaption:
			for _, p := range out.Pages {
				for _, x := range p.Texts {
					if x.Elem == page.ElemID(i) {
						caption = append(caption, x)
					}
				}
			}
		}
	}
	if box == nil || len(caption) == 0 {
		t.Fatal("no figure with a caption")
	}
	return box, caption
}

// TestChartStaysWhole wants a chart and its title on one page, wherever on the page they come, and all that is drawn of
// it in its box.
func TestChartStaysWhole(t *testing.T) {
	for before := range 24 {
		for _, above := range []bool{false, true} {
			var blocks []doc.Block
			for range before {
				blocks = append(blocks, para("字"))
			}
			c := pie(doc.ChartRing)
			c.TitleAbove = above
			out, _ := one(append(blocks, c, para("末"))...)
			box, caption := figureBox(t, out)
			p := &out.Pages[box.Page]
			if box.Y+box.H > unit.A4Height-99213+7000 {
				t.Fatalf("after %d lines the figure ends at %s", before, box.Y+box.H)
			}
			for _, path := range p.Paths {
				for _, s := range path.Segments {
					if s.To.X < box.X || s.To.X > box.X+box.W || s.To.Y < box.Y || s.To.Y > box.Y+box.H {
						t.Fatalf("after %d lines %v is drawn outside of %v", before, s.To, *box)
					}
				}
			}
			on := false
			for _, x := range p.Texts {
				on = on || x.Elem == caption[0].Elem
			}
			if gap := box.Y - caption[0].Y; !on || above != (gap > 0) {
				t.Fatalf("after %d lines the title stands at %s, the figure at %s", before, caption[0].Y, box.Y)
			}
			if s := said(out); !strings.HasSuffix(s, "末") || strings.Count(s, "图1") != 1 {
				t.Fatalf("after %d lines: %s", before, s)
			}
		}
	}
}

// TestChartTallerThanWhatAHeadingLeaves wants such a chart on the next page, whole.
func TestChartTallerThanWhatAHeadingLeaves(t *testing.T) {
	c := pie(doc.ChartBars)
	c.Height = 640000
	out, _ := one(&doc.Heading{Text: text("甲"), Style: "标题", Level: 1}, c)
	if box, _ := figureBox(t, out); len(out.Pages) != 2 || box.Page != 1 || box.Y+box.H > unit.A4Height-99213+7000 {
		t.Errorf("%d pages, the figure at %v", len(out.Pages), *box)
	}
}

// TestChartMovesWithFills wants paths, labels and box to go down together when the room above them grows.
func TestChartMovesWithFills(t *testing.T) {
	plain, _ := one(pie(doc.ChartRing))
	moved, _ := one(&doc.Space{Fill: 1}, pie(doc.ChartRing), &doc.Space{Fill: 1})
	a, _ := figureBox(t, plain)
	b, _ := figureBox(t, moved)
	down := b.Y - a.Y
	if down < 100000 || b.X != a.X || b.H != a.H {
		t.Fatalf("the box went from %v to %v", *a, *b)
	}
	p, q := &plain.Pages[0], &moved.Pages[0]
	for i := range p.Paths {
		for k, s := range p.Paths[i].Segments {
			to := q.Paths[i].Segments[k]
			s.To.Y += down
			s.C[0].Y += down
			s.C[1].Y += down
			if to != s {
				t.Fatalf("path %d: %v, want %v", i, to, s)
			}
		}
	}
	for i := range p.Texts {
		if q.Texts[i].Y != p.Texts[i].Y+down {
			t.Fatalf("%q stands at %s", q.Texts[i].Text, q.Texts[i].Y)
		}
	}
}

// TestChartOnTurnedPage wants the box where the chart is seen on the sheet.
func TestChartOnTurnedPage(t *testing.T) {
	s := sheet()
	p := s.Pages["直"]
	s.Pages["竖放"] = doc.PageStyle{Width: p.Height, Height: p.Width, Top: p.Left, Bottom: p.Right, Left: p.Bottom, Right: p.Top, Turned: true}
	out, _ := Lay(&doc.Document{Styles: s, Sections: []doc.Section{{Page: "竖放", Blocks: []doc.Block{pie(doc.ChartPie)}}}}, fixed)
	box, _ := figureBox(t, out)
	if got := *box; got.X < p.Left || got.X+got.W > p.Width || got.Y != p.Top || got.H != p.Height-p.Top-p.Bottom {
		t.Errorf("the figure is said to stand at %v", got)
	}
}
