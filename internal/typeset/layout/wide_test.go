package layout

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/style"
)

// broad is a table of figures that no upright page holds at its least size, though a page with the long side across does.
func broad(name string) *doc.Table {
	t := &doc.Table{
		ID: name, Caption: text(name), Style: "表身", NoteStyle: "表注", RuleWidth: 500, FrameWidth: 500, MinSize: 9000,
		CellPad: doc.CellPad{X: 2000, Y: 1000}, Columns: make([]doc.Column, 12), Head: []doc.Row{{}}, Body: []doc.Row{{}, {}},
		Notes: []doc.Text{text("注：" + name)},
	}
	for c := range t.Columns {
		t.Head[0].Cells = append(t.Head[0].Cells, doc.Cell{Text: []doc.Text{text(fmt.Sprintf("栏%d", c+1))}})
		for r := range t.Body {
			t.Body[r].Cells = append(t.Body[r].Cells, doc.Cell{Text: []doc.Text{text(strings.Repeat("8", 9))}, Number: true})
		}
	}
	return t
}

func wideHeading(s string) *doc.Heading {
	return &doc.Heading{Text: text(s), Style: "标题", Level: 2, Contents: s, Bookmark: s}
}

// shape is a word on each page: how it lies and what stands on it.
func shape(out *page.Document) []string {
	var pages []string
	for i := range out.Pages {
		p := &out.Pages[i]
		s := "直"
		switch {
		case p.Turned:
			s = "竖放"
		case p.Width > p.Height:
			s = "横"
		}
		for _, x := range p.Texts {
			if strings.Contains(x.Text, "甲") || strings.Contains(x.Text, "乙") || strings.Contains(x.Text, "文") {
				s += x.Text
			}
		}
		pages = append(pages, s+p.Label)
	}
	return pages
}

// TestWideTable wants a table that is too wide for an upright page on one that is turned, with its heading and its note and
// nothing else, and page numbers that go on.
func TestWideTable(t *testing.T) {
	turned := func(s *doc.StyleSheet) {
		p := s.Pages["直"]
		p.Wide = "竖放"
		s.Pages["直"] = p
		s.Pages["竖放"] = doc.PageStyle{
			Width: p.Height, Height: p.Width, Top: p.Left, Bottom: p.Right, Left: p.Bottom, Right: p.Top, Number: p.Number, Turned: true,
		}
	}
	plain := func(*doc.StyleSheet) {}
	for _, c := range []struct {
		name   string
		sheet  func(*doc.StyleSheet)
		blocks []doc.Block
		want   []string
	}{
		{"between text", plain, []doc.Block{para("文一"), wideHeading("甲"), broad("甲"), para("文二")}, []string{"直文一1", "竖放甲注：甲2", "直文二3"}},
		{"first", plain, []doc.Block{&doc.Space{Height: 9000}, wideHeading("甲"), broad("甲")}, []string{"竖放甲注：甲1"}},
		{"two", plain, []doc.Block{broad("甲"), &doc.Space{Height: 9000}, wideHeading("乙"), broad("乙"), &doc.Space{Height: 9000}}, []string{"竖放注：甲乙注：乙1"}},
		{"narrow between", plain, []doc.Block{broad("甲"), para("文"), budgetTable(2), wideHeading("乙"), broad("乙"), &doc.PageBreak{}, para("文")},
			[]string{"竖放注：甲1", "直文2", "竖放乙注：乙3", "直文4"}},
		{"turned", turned, []doc.Block{para("文一"), wideHeading("甲"), broad("甲"), para("文二")}, []string{"直文一1", "竖放甲注：甲2", "直文二3"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := sheet()
			c.sheet(s)
			out, diags := Lay(&doc.Document{Styles: s, Sections: []doc.Section{{Page: "直", Numbered: true, Restart: true, Blocks: c.blocks}}}, fixed)
			checkTree(t, out)
			if got := shape(out); !slices.Equal(got, c.want) {
				t.Errorf("pages %q, want %q", got, c.want)
			}
			for _, d := range diags.Sorted() {
				if d.Rule != style.RuleWide || d.Level != diag.Note || d.At.File != "a.toml" || !strings.Contains(d.Message, "列“栏") {
					t.Errorf("diagnostic %v", d)
				}
			}
			if n := diags.Len(); n != strings.Count(strings.Join(c.want, ""), "注") {
				t.Errorf("%d diagnostics", n)
			}
			for i := range out.Pages { // within the type area, and the number where the pack wants it
				p := &out.Pages[i]
				for _, r := range p.Rules {
					if r = p.OnSheet(r); r.X < 0 || r.Y < 0 || r.X+r.W > p.Width || r.Y+r.H > p.Height {
						t.Errorf("page %d: rule %v leaves the sheet", i, r)
					}
				}
			}
		})
	}
}

// TestWideInContents wants the contents and the outline to lead to the pages where wide tables came to stand.
func TestWideInContents(t *testing.T) {
	out, _ := Lay(&doc.Document{Styles: sheet(), Sections: []doc.Section{
		{Page: "直", Blocks: []doc.Block{&doc.Contents{Styles: []string{"目录"}}}},
		{Page: "直", Numbered: true, Restart: true, Blocks: []doc.Block{
			wideHeading("子"), para("文"), wideHeading("甲"), broad("甲"), wideHeading("丑"), para("文"), wideHeading("乙"), broad("乙"),
		}},
	}}, fixed)
	for i, want := range []int{1, 2, 3, 4} {
		k, m := out.Pages[0].Links[i], out.Bookmarks[i]
		if k.Page != want || m.Page != want || !strings.HasSuffix(k.Contents, fmt.Sprintf("第 %d 页", want)) || out.Pages[want].Label != fmt.Sprint(want) {
			t.Errorf("entry %d: link %v, bookmark %v, label %q; want page %d", i, k, m, out.Pages[want].Label, want)
		}
	}
}

// TestTooWideForAnyPage wants the error only where the wide page does not help, and the column's name in it.
func TestTooWideForAnyPage(t *testing.T) {
	in := broad("甲")
	in.Body[0].Cells[4].Text[0] = text(strings.Repeat("9", 300))
	out, diags := one(in)
	ds := diags.Sorted()
	if len(ds) != 2 || !has(diags, style.RuleNarrow) || !strings.Contains(ds[0].Message+ds[1].Message, "第 5 列“栏5”") {
		t.Errorf("diagnostics %v", ds)
	}
	if !strings.Contains(said(out), strings.Repeat("9", 300)) {
		t.Error("text lost")
	}
}
