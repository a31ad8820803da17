package compare

import (
	"strings"
	"testing"

	"yusuan/internal/doc"
)

// tree is a document of sections parted by /, of headings (#) and paragraphs parted by blanks.
func tree(s string) *Side {
	d := &doc.Document{}
	for _, section := range strings.Split(s, "/") {
		x := doc.Section{Title: "部分"}
		for _, w := range strings.Fields(section) {
			if h, ok := strings.CutPrefix(w, "#"); ok {
				x.Blocks = append(x.Blocks, &doc.Heading{Text: doc.Text{String: h}, Level: 2})
				continue
			}
			x.Blocks = append(x.Blocks, &doc.Paragraph{Spans: []doc.Span{{Text: doc.Text{String: w}}}})
		}
		d.Sections = append(d.Sections, x)
	}
	return &Side{Tree: d}
}

// TestMovedBlocks: a paragraph that stands below another heading moved; one that a section ends before or behind did not.
func TestMovedBlocks(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"#甲 一 二 #乙 三", "#甲 一 二 / #乙 三", ""},
		{"#甲 一 / 二 / #乙 三", "#甲 一 二 / #乙 三", ""},
		{"#甲 一 二 / #乙 三", "#甲 一 / 二 / #乙 三", ""},
		{"#甲 一 / 二 / #乙 三 四 / #丙 五", "#甲 一 / 二 #乙 三 / 四 / #丙 五", ""},
		{"#甲 一 二 #乙 三", "#甲 一 #乙 二 三", "二"},
		{"#甲 一 #乙 二 三", "#甲 一 二 #乙 三", "二"},
		{"#甲 一 二 / #乙 三", "#甲 一 / #乙 三 / 二", "二"},
		{"/ 一 / #甲 二", "一 #甲 二", ""},
	} {
		var got []string
		for _, p := range Compare(tree(c.old), tree(c.new)).Parts {
			got = append(got, p.Title)
			if p.Change != Moved {
				t.Errorf("%s → %s: %s is %v", c.old, c.new, p.Title, p.Change)
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s → %s: moved %q, want %q", c.old, c.new, s, c.want)
		}
	}
}
