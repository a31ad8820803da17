package chart

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/style"
	"yusuan/internal/typeset/unit"
)

// fixed draws Han characters one em wide and ASCII half an em; it lacks 龘.
func fixed(role string) (*font.Family, bool) {
	return font.NewFixed(role, func(r rune) int {
		switch {
		case r == '龘':
			return 0
		case r < 0x80:
			return 500
		}
		return 1000
	}), true
}

func sheet() *style.Sheet {
	return style.NewSheet(&doc.StyleSheet{Texts: map[string]doc.TextStyle{
		"图题": {Family: "黑体", Size: 12000, Leading: 18000, Align: doc.AlignCenter},
		"图注": {Family: "宋体", Size: 10000, Leading: 14000},
		"图项": {Family: "黑体", Size: 10500, Leading: 15000},
	}}, fixed)
}

func text(s string) doc.Text { return doc.Text{String: s} }

var colors = []doc.Color{{R: 1}, {R: 2}, {R: 3}, {R: 4}, {R: 5}, {R: 6}, {R: 7}}

// sample is a chart of one series or several: values[i] are those of item i.
func sample(kind doc.ChartKind, names []string, values ...[]int64) *doc.Chart {
	c := &doc.Chart{ID: "c", Kind: kind, Title: text("图1　支出构成"), TitleStyle: "图题", Style: "图注", NameStyle: "图项", Height: 176000, Decimals: 2, Group: true, Alt: "合计"}
	for k := range values[0] {
		c.Series = append(c.Series, doc.ChartSeries{Name: text(fmt.Sprint(2025+k, "年")), Color: colors[k]})
	}
	for i, n := range names {
		item := doc.ChartItem{Label: text(n), Color: colors[i%len(colors)]}
		for _, v := range values[i] {
			item.Values = append(item.Values, doc.ChartValue{Measure: v, Text: fmt.Sprintf("%d.%02d万元", v/100, abs(v)%100)})
		}
		c.Items = append(c.Items, item)
	}
	return c
}

func lay(t *testing.T, d *doc.Chart, measure unit.Length) (*Chart, *style.Sheet) {
	t.Helper()
	s := sheet()
	return Set(d, s, measure, 650000), s
}

// bars are the filled rectangles of one colour.
func (c *Chart) bars(of doc.Color) (out []box) {
	for _, p := range c.paths {
		if p.Color == page.Color(of) && len(p.Segments) == 4 {
			a, b := p.Segments[0].To, p.Segments[2].To
			out = append(out, box{a.X, a.Y, b.X - a.X, b.Y - a.Y})
		}
	}
	return out
}

func TestSines(t *testing.T) {
	for a := int64(-turn); a <= 2*turn; a += 9973 {
		sin, cos := sincos(a)
		s, c := math.Sincos(2 * math.Pi * float64(a) / turn)
		if math.Abs(float64(sin)/one-s) > 2e-8 || math.Abs(float64(cos)/one-c) > 2e-8 {
			t.Fatalf("%d: %d %d, want %f %f", a, sin, cos, s*one, c*one)
		}
	}
}

// TestArcs holds every point of a curve to its circle.
func TestArcs(t *testing.T) {
	c := circle{1000, -2000}
	for _, r := range []unit.Length{3000, 78123, 400000} {
		for _, to := range []int64{1, 1000, turn / 7, turn / 2, turn, -turn / 3} {
			at := c.at(r, 12345)
			for _, s := range c.arc(nil, r, 12345, 12345+to) {
				for _, u := range []float64{0.25, 0.5, 0.75, 1} {
					v := 1 - u
					f := func(a, b, c, d unit.Length) float64 {
						return v*v*v*float64(a) + 3*v*v*u*float64(b) + 3*v*u*u*float64(c) + u*u*u*float64(d)
					}
					x, y := f(at.X, s.C[0].X, s.C[1].X, s.To.X)-1000, f(at.Y, s.C[0].Y, s.C[1].Y, s.To.Y)+2000
					if d := math.Hypot(x, y) - float64(r); math.Abs(d) > 1.5+float64(r)*1e-5 {
						t.Fatalf("radius %s, arc of %d: off by %f", r, to, d)
					}
				}
				at = s.To
			}
			if at != c.at(r, 12345+to) {
				t.Errorf("radius %s, arc of %d ends at %v", r, to, at)
			}
		}
	}
}

// TestAnglesMakeATurn: whatever the parts, the angles sum to the turn and each is within one unit of its share.
func TestAnglesMakeATurn(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		parts := make([]int64, 1+r.IntN(12))
		var whole int64
		for i := range parts {
			parts[i] = r.Int64N([]int64{2, 1000, 1e15}[r.IntN(3)])
			whole += parts[i]
		}
		if whole == 0 {
			continue
		}
		at := angles(parts, whole)
		if at[0] != 0 || at[len(parts)] != turn {
			t.Fatalf("%v: from %d to %d", parts, at[0], at[len(parts)])
		}
		for i, p := range parts {
			if d := float64(at[i+1]-at[i]) - float64(p)/float64(whole)*turn; math.Abs(d) > 1.01 {
				t.Fatalf("%v: part %d is off by %f", parts, i, d)
			}
		}
	}
}

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		low, high int64
		decimals  int
		want      string
	}{
		{0, 467185, 2, "0 1,000 2,000 3,000 4,000 5,000"},
		{0, 500000, 2, "0 1,000 2,000 3,000 4,000 5,000"},
		{0, 500001, 2, "0 2,000 4,000 6,000"},
		{-133302, 467185, 2, "-2,000 -1,000 0 1,000 2,000 3,000 4,000 5,000"},
		{-5, 0, 2, "-0.05 -0.04 -0.03 -0.02 -0.01 0.00"},
		{0, 12, 2, "0.00 0.05 0.10 0.15"},
		{0, 120, 2, "0.0 0.5 1.0 1.5"},
		{0, 1, 0, "0 1"},
		{0, math.MaxInt64 / 4, 8, "0 5,000,000,000 10,000,000,000 15,000,000,000 20,000,000,000 25,000,000,000"},
	} {
		a := ticks(c.low, c.high, c.decimals, maxTicks)
		var got []string
		for i := a.first; i <= a.last; i++ {
			got = append(got, a.text(i, c.decimals, true))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%d to %d: %s, want %s", c.low, c.high, s, c.want)
		}
	}
}

// TestForms wants the form asked for where it can be had, and rows where it cannot.
func TestForms(t *testing.T) {
	three := []string{"基本支出", "项目支出", "结转下年资金"}
	tiny := []string{"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"}
	var many [][]int64
	for range tiny {
		many = append(many, []int64{1})
	}
	many[0][0] = 100000
	for _, c := range []struct {
		name    string
		chart   *doc.Chart
		measure unit.Length
		round   bool
		bars    int // rectangles of the first colour
	}{
		{"ring", sample(doc.ChartRing, three, []int64{500}, []int64{300}, []int64{0}), 441000, true, 0},
		{"pie", sample(doc.ChartPie, three, []int64{500}, []int64{0}, []int64{0}), 441000, true, 0},
		{"negative part", sample(doc.ChartRing, three, []int64{500}, []int64{-300}, []int64{0}), 441000, false, 2},
		{"narrow", sample(doc.ChartRing, three, []int64{500}, []int64{300}, []int64{0}), 240000, false, 2},
		{"crowd", sample(doc.ChartRing, tiny, many...), 441000, false, 10},
		{"bars", sample(doc.ChartBars, three, []int64{500, 400}, []int64{-300, 1}, []int64{0, 2}), 441000, false, 2},
		{"wide numbers", sample(doc.ChartBars, three, []int64{5e12, 4e12}, []int64{-3e12, 1}, []int64{0, 2}), 441000, false, 2},
	} {
		got, s := lay(t, c.chart, c.measure)
		curves := false
		for _, p := range got.paths {
			for _, x := range p.Segments {
				curves = curves || x.Step == page.Curve
			}
		}
		if curves != c.round || len(got.bars(colors[0])) != c.bars+map[bool]int{true: 1}[len(c.chart.Series) > 1] {
			t.Errorf("%s: curves %v, bars %v", c.name, curves, got.bars(colors[0]))
		}
		if s.Diags.Len() > 0 {
			t.Errorf("%s: %v", c.name, s.Diags.Sorted())
		}
	}
}

// TestZeroIsListed wants the label of a slice of zero, but neither a slice nor a leader; and a tiny one drawn as it is.
func TestZeroIsListed(t *testing.T) {
	c, _ := lay(t, sample(doc.ChartPie, []string{"甲", "乙", "丙"}, []int64{99999}, []int64{0}, []int64{1}), 441000)
	slices := map[page.Color]int{}
	for _, p := range c.paths {
		slices[p.Color]++
	}
	if slices[page.Color(colors[0])] != 1 || slices[page.Color(colors[1])] != 0 || slices[page.Color(colors[2])] != 1 {
		t.Errorf("slices by colour: %v", slices)
	}
	if slices[leader] != 2*3 {
		t.Errorf("%d leaders, want 2 of three strokes", slices[leader])
	}
	if slices[paper] != 0 {
		t.Errorf("white lines hide a slice of a hundred-thousandth")
	}
	if s := said(c); !strings.Contains(s, "乙") || !strings.Contains(s, "0.00万元") {
		t.Errorf("the zero is not listed: %s", s)
	}
}

func said(c *Chart) string {
	var b strings.Builder
	for _, l := range append(append([]line{}, c.caption...), c.lines...) {
		for _, r := range l.Runs {
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

// TestTallRowsAreSetSmaller keeps a chart of many rows on one page, with a word of it.
func TestTallRowsAreSetSmaller(t *testing.T) {
	for n, rule := range map[int]string{30: "", 40: style.RuleReduced, 100: style.RuleTall} {
		var names []string
		var values [][]int64
		for i := range n {
			names, values = append(names, fmt.Sprintf("第%d项", i)), append(values, []int64{int64(i)})
		}
		c, s := lay(t, sample(doc.ChartRows, names, values...), 441000)
		found := rule == ""
		for _, d := range s.Diags.Sorted() {
			found = found || d.Rule == rule
		}
		if !found || rule == "" && s.Diags.Len() > 0 {
			t.Errorf("%d rows: %v", n, s.Diags.Sorted())
		}
		if c.Height > 650000 && rule != style.RuleTall {
			t.Errorf("%d rows take %s", n, c.Height)
		}
		if got := strings.Count(said(c), "项"); got != n {
			t.Errorf("%d rows, %d names", n, got)
		}
	}
}

// TestHeightBeyondThePageIsTold: what a pack asks for and does not get is said, of the forms that have a height of their own.
func TestHeightBeyondThePageIsTold(t *testing.T) {
	for kind, want := range map[doc.ChartKind]int{doc.ChartBars: 1, doc.ChartRing: 1, doc.ChartRows: 0} {
		for _, height := range []int64{100_000, 900_000} {
			d := sample(kind, []string{"基本", "项目"}, []int64{2}, []int64{3})
			d.Height = height
			_, s := lay(t, d, 441000)
			told := 0
			for _, x := range s.Diags.Sorted() {
				if x.Rule == style.RuleTall && strings.Contains(x.Message, "是 900 磅") {
					told++
				}
			}
			if height < 650_000 && told != 0 || height > 650_000 && told != want {
				t.Errorf("kind %d, %d high: told %d times, want %d", kind, height, told, want)
			}
		}
	}
}

func TestMissingGlyphIsReportedOnce(t *testing.T) {
	d := sample(doc.ChartRing, []string{"龘支出", "项目"}, []int64{-1}, []int64{2})
	d.Unit, d.Series = text("单位：龘"), append(d.Series, doc.ChartSeries{Name: text("龘")})
	d.Items[0].Values, d.Items[1].Values = append(d.Items[0].Values, doc.ChartValue{}), append(d.Items[1].Values, doc.ChartValue{})
	_, s := lay(t, d, 441000)
	if n := s.Diags.Len(); n != 3 {
		t.Errorf("%d diagnostics, want one for each text: %v", n, s.Diags.Sorted())
	}
}
