package layout

import (
	"fmt"
	"slices"
	"testing"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
)

// marksOf are the marks of all pages: what they call the stretch, and the stretch.
func marksOf(d *page.Document) (out []string) {
	for i := range d.Pages {
		for _, m := range d.Pages[i].Marks {
			out = append(out, fmt.Sprintf("%d %s", m.Of, d.Pages[i].Texts[m.Text].Text[m.From:m.To]))
		}
	}
	return out
}

// TestMarks: every mark stands once, at its stretch of text, wherever the text stands: before the contents of the page, in a
// row of a table that is broken over pages, in a row that is a head and is drawn again, among other words of a drawing.
func TestMarks(t *testing.T) {
	const numbers = 120
	d := &doc.Document{Styles: sheet(), Marks: []doc.Mark{{}, {From: 3, To: 6, Of: 1}, {}, {From: 0, To: 4, Of: 2}, {From: 7, To: 9, Of: 3}, {}}}
	grid := &doc.Table{ID: "1", Style: "表身", HeadStyle: "表头", Columns: make([]doc.Column, 2), RuleWidth: 500, Of: 100,
		Head: []doc.Row{{Cells: []doc.Cell{{Text: []doc.Text{{String: "行3.5行", Marks: 1}}}, {Text: []doc.Text{{String: "数"}}}}}}}
	want := []string{"1 3.5", "1 3.5"} // of the heading, then of the paragraph below the contents
	for i := range numbers {
		grid.Body = append(grid.Body, doc.Row{Cells: []doc.Cell{{Text: []doc.Text{{String: fmt.Sprint("行", i)}}}, {Number: true, Text: []doc.Text{{String: fmt.Sprint(i)}}}}})
	}
	chart := pie(doc.ChartRows)
	chart.Items[0].Values[0].Text, chart.Items[0].Values[0].Marks = "3.00（75%）", 3
	chart.Items[0].Label.Origin, chart.Items[1].Label.Origin, chart.Items[2].Label.Origin, chart.Title.Origin, chart.Unit.Origin = text("").Origin, doc.Text{}.Origin, doc.Text{}.Origin, doc.Text{}.Origin, doc.Text{}.Origin
	d.Sections = []doc.Section{{Page: "直", Blocks: []doc.Block{
		&doc.Heading{Text: doc.Text{String: "共3.5万", Marks: 1}, Style: "标题", Level: 1, Contents: "共3.5万"},
		&doc.Contents{Styles: []string{"目录"}},
		&doc.Paragraph{Style: "正文", Spans: []doc.Span{{Text: doc.Text{String: "占3.5%", Marks: 1}}}},
		grid, chart,
	}}}
	want = append(want, "1 3.5")
	for i := range numbers {
		want = append(want, fmt.Sprintf("%d %d", 101+2*i, i))
	}
	want = append(want, "0 基本支出", "2 3.00", "3 75")
	marked, _ := Lay(d, fixed, WithMarks)
	got := marksOf(marked)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("marks\n%q\nwant\n%q", got, want)
	}
	if len(marked.Pages) < 3 {
		t.Error("the table is not broken over pages")
	}
	for i := range marked.Pages {
		marked.Pages[i].Marks = nil
	}
	if plain, _ := Lay(d, fixed); Dump(plain) != Dump(marked) {
		t.Error("the pages differ with marks")
	}
}
