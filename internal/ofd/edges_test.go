package ofd

import (
	"strings"
	"testing"

	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// TestFrameHoldsWhatGoesBack: a glyph that stands left of the first is within the frame, out of which it may be cut off.
func TestFrameHoldsWhatGoesBack(t *testing.T) {
	const back = unit.Length(-30000)
	d := sample(t)
	x := &d.Pages[0].Texts[0]
	x.Advances[0] = back
	raw, err := Write(d, Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	pages := textsOf(t, raw, "Doc_0/Pages/Page_0/Content.xml")
	if got, least := numbers(t, pages[0].Code.X)[0], mm(-back)+mm(x.Size/4); got < least {
		t.Errorf("the text begins %d behind the left side of its frame; a glyph goes back %d", got, mm(-back))
	}
}

// TestOutlineFoldsWhatHasMore: a bookmark is closed if others hang below it, and else says nothing of it.
func TestOutlineFoldsWhatHasMore(t *testing.T) {
	d := sample(t)
	d.Bookmarks = []page.Bookmark{{Title: "甲"}, {Title: "乙"}, {Title: "丙", Level: 1}, {Title: "丁", Level: 1}, {Title: "戊"}}
	raw, err := Write(d, Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var closed []string
	for part := range strings.SplitSeq(string(entryOf(t, raw, documentName)), "<ofd:OutlineElem ") {
		tag, _, _ := strings.Cut(part, ">")
		if title, folded := strings.CutSuffix(tag, ` Expanded="false"`); folded {
			closed = append(closed, title)
		}
	}
	if len(closed) != 1 || closed[0] != `Title="乙"` {
		t.Errorf("closed are %q; 乙 alone has others below it", closed)
	}
}

// TestCommonestSize: of sizes that as many pages have, the document states that of the first, always the same.
func TestCommonestSize(t *testing.T) {
	upright, across := page.Page{Width: unit.A4Width, Height: unit.A4Height}, page.Page{Width: unit.A4Height, Height: unit.A4Width}
	for _, c := range []struct {
		pages []page.Page
		want  *page.Page
	}{
		{[]page.Page{upright, across}, &upright},
		{[]page.Page{across, upright}, &across},
		{[]page.Page{across, upright, upright}, &upright},
	} {
		if got := commonest(c.pages); got != sizeOf(c.want) {
			t.Errorf("of %d pages: %v, not %v", len(c.pages), got, sizeOf(c.want))
		}
	}
}

// TestAttributesKeepTheirSigns: readers of XML make blanks of tabs and ends of lines in attributes, unless they are told.
func TestAttributesKeepTheirSigns(t *testing.T) {
	d := sample(t)
	d.Bookmarks = []page.Bookmark{{Title: "甲\t乙\n丙\r<\"&>"}}
	raw, err := Write(d, Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	const want = `Title="甲&#9;乙&#10;丙&#13;&lt;&quot;&amp;&gt;"`
	if got := string(entryOf(t, raw, documentName)); !strings.Contains(got, want) {
		t.Errorf("no %s in %s", want, got)
	}
}

// TestSpansAreTold: a cell says how many rows and columns it spans, and nothing of one.
func TestSpansAreTold(t *testing.T) {
	d := sample(t)
	cells := 0
	for i := range d.Elems {
		if e := &d.Elems[i]; e.Kind == page.KindTD {
			cells++
			e.RowSpan, e.ColSpan = 1, 1
			if cells <= 2 {
				e.RowSpan, e.ColSpan = int32(cells+1), int32(cells+1)
			}
		}
	}
	raw, err := Write(d, Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	tags := string(entryOf(t, raw, tagsFolder+structureName))
	for what, want := range map[string]int{`<y:TD colspan="2" rowspan="2"`: 1, `<y:TD colspan="3" rowspan="3"`: 1, `span="1"`: 0} {
		if got := strings.Count(tags, what); got != want {
			t.Errorf("%s is there %d times, not %d, with %d cells", what, got, want, cells)
		}
	}
}
