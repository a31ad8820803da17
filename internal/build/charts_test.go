package build_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/doc"
	"yusuan/internal/schedule"
	"yusuan/internal/typeset/page"
)

func chartsOf(d *doc.Document) map[string]*doc.Chart {
	out := map[string]*doc.Chart{}
	for _, s := range d.Sections {
		for _, b := range s.Blocks {
			if c, ok := b.(*doc.Chart); ok {
				out[c.Title.String] = c
			}
		}
	}
	return out
}

// TestPublishedCharts wants the charts that the example of 2018 prints, with their numbers, each in the section where it
// stands there. Charts are images in the published file; these are their labels.
func TestPublishedCharts(t *testing.T) {
	x := example{dir: "testdata/departments/2018/101"}
	tree := x.work(t).Tree
	ours := chartsOf(tree)
	for title, want := range map[string]string{
		"图1：收入预算图": "一般公共预算收入 100%",
		"图2：支出预算图": "基本支出 49.55%，项目支出 39.84%，单位预留机动经费 10.60%", // published also 结转下年资金 0.00%, a label without a slice
	} {
		c := ours[title]
		if c == nil {
			t.Fatalf("no chart %s", title)
		}
		var got []string
		for _, it := range c.Items {
			got = append(got, it.Label.String+" "+it.Values[0].Text)
		}
		if s := strings.Join(got, "，"); s != want {
			t.Errorf("%s: %s, want %s", title, s, want)
		}
	}
	section := ""
	for _, s := range tree.Sections {
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case *doc.Heading:
				section = b.Text.String
			case *doc.Chart:
				if want := map[string]string{"图1：收入预算图": "二、收入预算情况", "图2：支出预算图": "三、支出预算情况"}[b.Title.String]; section != want {
					t.Errorf("%s stands in %s", b.Title.String, section)
				}
			}
		}
	}
}

// TestOptionalPart is printed where the department asks for it, on one page, and nowhere else.
func TestOptionalPart(t *testing.T) {
	if n := len(chartsOf(good(t, "data/2026/338").Tree)); n != 0 {
		t.Errorf("the sample has %d charts, which the published one has not", n)
	}
	w := good(t, "testdata/departments/2026/415")
	pages := w.Typeset()
	on := map[int]int{}
	for i := range pages.Elems {
		if l := pages.Elems[i].Label; l != nil && l.Box != nil {
			b := l.Box
			on[b.Page]++
		}
	}
	if len(on) != 1 || on[len(pages.Pages)-1] != 2 {
		t.Errorf("figures by page: %v of %d", on, len(pages.Pages))
	}
	if n := len(good(t, "testdata/departments/2026/415", [3]string{"department.toml", `show         = ["一图读懂"]`, ""}).Typeset().Pages); n != len(pages.Pages)-1 {
		t.Errorf("%d pages without the part, %d with it", n, len(pages.Pages))
	}
	// Projects that there are none of: a sentence instead of a chart.
	small := good(t, "testdata/departments/2026/501", [3]string{"department.toml", `amount   = 180000`, "amount = 0"})
	if c := chartsOf(small.Tree); len(c) != 1 {
		t.Errorf("%d charts where one of two is all zero", len(c))
	}
	if s := said(small.Typeset()); !strings.Contains(s, "没有安排项目支出") {
		t.Error("nothing is said of the chart that is all zero")
	}
}

func said(d *page.Document) string {
	var b strings.Builder
	for i := range d.Pages {
		for _, x := range d.Pages[i].Texts {
			b.WriteString(x.Text)
		}
	}
	return b.String()
}

var amountIn = regexp.MustCompile(`^-?[\d,]+\.\d\d`)

// TestChartsAgreeWithTables: what a chart prints of an item is what the table prints in its row.
func TestChartsAgreeWithTables(t *testing.T) {
	const dir = "testdata/departments/2026/415"
	chartsAgree(t, good(t, dir))
	// The same where parts are made to add up.
	s := shared(t)
	s.Packs = overlaid(t, "wuhan/pack.toml", "[format.table]", "[format]\nrounding = \"largest-remainder\"\n[format.table]")
	w, err := s.Check(build.Input{Data: edited(t, dir), Dir: dir})
	if err != nil || w.Tree == nil {
		t.Fatal(err)
	}
	chartsAgree(t, w)
}

func chartsAgree(t *testing.T, w *build.Work) {
	t.Helper()
	tables := tables(w.Tree)
	project, total := map[string]string{}, map[string]string{}
	for _, row := range cells(tables["10"]) {
		project[row[0]] = row[2]
	}
	for _, id := range []string{"1", "3"} {
		for _, row := range cells(tables[id]) {
			for i, name := range row[:len(row)-1] {
				total[name] = row[i+1]
			}
		}
	}
	n := 0
	for _, c := range chartsOf(w.Tree) {
		known := total
		if c.Kind == doc.ChartList {
			known = project
		}
		for _, it := range slices.Concat(c.Sources, c.Items) {
			want, ok := known[it.Label.String]
			if got := amountIn.FindString(it.Values[0].Text); ok {
				n++
				if got != want {
					t.Errorf("%s is %s in the chart, %s in the table", it.Label.String, got, want)
				}
			}
		}
	}
	if n < 5 {
		t.Errorf("%d items of charts found in tables %v %v", n, project, total)
	}
}

// TestHeadlineAgreesWithTables: the amounts and shares of the sentences above the charts are those of the tables.
func TestHeadlineAgreesWithTables(t *testing.T) {
	for dir, want := range map[string]string{
		// total, change to last year, share of projects
		"testdata/departments/2026/415": "3,123.45 295.17 8.63% 34.21% 65.50%",
		"testdata/departments/2026/501": "340.72 5.28% 94.72%",
	} {
		w := good(t, dir)
		var headline string
		var of []schedule.ValueKind
		for _, s := range w.Tree.Sections {
			for _, b := range s.Blocks {
				p, ok := b.(*doc.Paragraph)
				if !ok || !strings.HasPrefix(p.Style, "图") {
					continue
				}
				for i := range p.Spans {
					x := &p.Spans[i].Text
					for _, m := range doc.MarksOf(w.Tree.Marks, x.Marks) {
						if a, ok := w.Numbers.At(m.Of); ok && a.Value.Kind != schedule.ValueWritten && a.Value.Kind != schedule.ValueCount {
							headline += " " + x.String[m.From:m.To]
							of = append(of, a.Value.Kind)
						}
					}
				}
			}
		}
		if headline = strings.TrimSpace(headline); headline != want {
			t.Errorf("%s: %s %v, want %s", dir, headline, of, want)
		}
		total := strings.Fields(headline)[0]
		found := false
		for _, row := range cells(tables(w.Tree)["1"]) {
			found = found || slices.Contains(row, "支出总计") && row[slices.Index(row, "支出总计")+1] == total
		}
		if !found {
			t.Errorf("%s: table 1 does not sum to the headline's %s: %v", dir, total, cells(tables(w.Tree)["1"]))
		}
	}
}

// TestFiguresTellAll: the alternative text of every figure has every number that is printed in it, and no element below
// the figure reads it again.
func TestFiguresTellAll(t *testing.T) {
	for _, dir := range []string{"testdata/departments/2018/101", "testdata/departments/2026/415"} {
		w := good(t, dir)
		d := w.Typeset()
		figures := 0
		for i := range d.Elems {
			e := &d.Elems[i]
			if e.Kind != page.KindFigure {
				continue
			}
			figures++
			if slices.ContainsFunc(d.Elems, func(x page.Elem) bool { return x.Kind != page.KindDocument && x.Parent == page.ElemID(i) }) {
				t.Errorf("%s: figure %d has children", dir, i)
			}
			for _, c := range chartsOf(w.Tree) {
				if c.Alt != e.Label.Alt {
					continue
				}
				for _, it := range slices.Concat(c.Sources, c.Items) {
					for _, v := range it.Values {
						for _, number := range regexp.MustCompile(`[\d,.]+%?`).FindAllString(v.Text, -1) {
							if !strings.Contains(e.Label.Alt, number) {
								t.Errorf("%s: %s is not in %s", dir, number, e.Label.Alt)
							}
						}
					}
					for _, line := range strings.Split(it.Label.String+"\n"+it.Note.String, "\n") {
						if !strings.Contains(e.Label.Alt, line) {
							t.Errorf("%s: %s is not in %s", dir, line, e.Label.Alt)
						}
					}
				}
			}
		}
		if figures < 2 {
			t.Errorf("%s: %d figures", dir, figures)
		}
	}
}

// TestOneColour: charts of all packs have one colour to look at and greys, each told from the one before it in black and white,
// so that a page printed so says the same.
func TestOneColour(t *testing.T) {
	n := 0
	for name, w := range numbered(t) {
		for title, c := range chartsOf(w.Tree) {
			accent := map[doc.Color]bool{}
			for _, x := range c.Series {
				accent[x.Color] = true
			}
			for _, it := range slices.Concat(c.Sources, c.Items) {
				accent[it.Color] = true
			}
			for colour := range accent {
				if colour.R == colour.G && colour.G == colour.B {
					delete(accent, colour)
				}
			}
			if n++; len(accent) > 1 {
				t.Errorf("%s: %s is drawn in %v", name, title, accent)
			}
		}
	}
	if n < 4 {
		t.Errorf("%d charts", n)
	}
}
