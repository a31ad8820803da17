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

// TestPlaces: with places, pages also say what of them is drawn again, and where each cell stands: its box holds its text, an
// empty cell of numbers has one too, boxes of a row stand side by side, and room that is parted moves all of them.
func TestPlaces(t *testing.T) {
	const rows = 90
	d := &doc.Document{Styles: sheet(), Marks: []doc.Mark{{}, {From: 0, To: 3, Of: 1}, {}, {From: 0, To: 0, Of: 2}, {}}}
	left := doc.Text{String: "单位", Marks: 1}
	grid := &doc.Table{ID: "1", Style: "表身", HeadStyle: "表头", NoteStyle: "表注", Columns: make([]doc.Column, 2), RuleWidth: 500, Of: 100, Left: &left,
		Head: []doc.Row{{Cells: []doc.Cell{{Text: []doc.Text{{String: "行", Marks: 1}}}, {Text: []doc.Text{{String: "", Marks: 3}}}}}}}
	for i := range rows {
		grid.Body = append(grid.Body, doc.Row{Cells: []doc.Cell{{Text: []doc.Text{{String: fmt.Sprint("行", i)}}}, {Number: true, Text: []doc.Text{{String: fmt.Sprint(i)}}}}})
	}
	grid.Body[3].Cells[1].Text = nil
	d.Sections = []doc.Section{{Page: "直", Blocks: []doc.Block{&doc.Space{Fill: 1}, grid, &doc.Space{Fill: 1}}}}
	placed, _ := Lay(d, fixed, WithPlaces)
	if len(placed.Pages) < 3 {
		t.Fatal(len(placed.Pages), "pages")
	}
	numbers := map[int32]int{}
	for i := range placed.Pages {
		pg := &placed.Pages[i]
		again := map[string]int{}
		for _, m := range pg.Marks {
			text := &pg.Texts[m.Text]
			again[text.Text[m.From:m.To]]++
			if m.Of < 100 {
				continue
			}
			k := slices.IndexFunc(pg.Cells, func(c page.Cell) bool { return c.Of == m.Of })
			if k < 0 {
				t.Fatalf("page %d: the number %d stands in no cell", i, m.Of)
			}
			if r := pg.Cells[k].Place; text.X < r.X || text.X > r.X+r.W || text.Y < r.Y || text.Y > r.Y+r.H {
				t.Errorf("page %d: %s at %v, %v is not in its cell %v", i, text.Text, text.X, text.Y, r)
			}
		}
		if again["行"] != 1 || again["单"] != 1 {
			t.Errorf("page %d: the head and the line above it have marks %v", i, again)
		}
		for k, c := range pg.Cells {
			numbers[c.Of]++
			if k%2 == 1 && (pg.Cells[k-1].Place.Y != c.Place.Y || pg.Cells[k-1].Place.X+pg.Cells[k-1].Place.W != c.Place.X) {
				t.Errorf("page %d: cell %d is not beside the one before it", i, k)
			}
		}
	}
	if numbers[103+4] != 1 || numbers[2] != len(placed.Pages) || len(numbers) != rows+2 {
		t.Errorf("an empty number %d times, an empty head %d times, %d numbers", numbers[103+4], numbers[2], len(numbers))
	}
	for i := range placed.Pages {
		placed.Pages[i].Marks, placed.Pages[i].Cells = nil, nil
	}
	if plain, _ := Lay(d, fixed); Dump(plain) != Dump(placed) {
		t.Error("the pages differ with places")
	}
}
