package layout

import (
	"slices"
	"testing"

	"yusuan/internal/doc"
)

// TestNamedFront wants paragraphs that the outline names among its headings, at the places where they end up, and pages
// without a number called as their section is.
func TestNamedFront(t *testing.T) {
	title := para("2026年部门预算")
	title.Level, title.Bookmark = 1, "全名"
	contents := para("目录")
	contents.Level, contents.Bookmark = 1, "目录"
	d := &doc.Document{Styles: sheet(), Sections: []doc.Section{
		{Page: "直", Title: "封面", Blocks: []doc.Block{&doc.Space{Fill: 1}, title, &doc.Space{Fill: 1}}},
		{Page: "直", Title: "目录", Blocks: []doc.Block{contents, &doc.Contents{Styles: []string{"目录"}}, &doc.PageBreak{}, para("又一页")}},
		{Page: "直", Numbered: true, Restart: true, Blocks: []doc.Block{&doc.Heading{Text: text("题"), Style: "标题", Level: 1, Contents: "题", Bookmark: "题"}, para("文")}},
	}}
	out, _ := Lay(d, fixed)
	var labels, names, marks []string
	for i := range out.Pages {
		labels, names = append(labels, out.Pages[i].Label), append(names, out.Pages[i].Name)
	}
	if want := []string{"", "", "", "1"}; !slices.Equal(labels, want) {
		t.Errorf("numbers %q, want %q", labels, want)
	}
	if want := []string{"封面", "目录", "目录2", ""}; !slices.Equal(names, want) {
		t.Errorf("names %q, want %q", names, want)
	}
	for i, b := range out.Bookmarks {
		marks = append(marks, b.Title)
		if want := []int{0, 1, 3}[i]; b.Page != want || b.Level != 0 {
			t.Errorf("%+v, want page %d", b, want)
		}
	}
	if want := []string{"全名", "目录", "题"}; !slices.Equal(marks, want) {
		t.Fatalf("bookmarks %q, want %q", marks, want)
	}
	if y := out.Bookmarks[0].Y; y < 200000 {
		t.Errorf("the title of the cover is said to stand %s below the edge, above the room that was filled", y)
	}
	for _, l := range out.Pages[1].Links {
		if l.Page != 3 {
			t.Errorf("the contents lead to page %d", l.Page)
		}
	}
}
