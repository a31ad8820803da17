package compose

import (
	"fmt"
	"strings"
	"testing"

	"yusuan/internal/doc"
)

// TestNamedFront wants the title of the cover and that of the contents tagged, whatever stands around them, and nothing else.
func TestNamedFront(t *testing.T) {
	para := func(s string) *doc.Paragraph { return &doc.Paragraph{Spans: []doc.Span{{Text: doc.Text{String: s}}}} }
	room, list := &doc.Space{Fill: 1}, &doc.Contents{}
	for _, c := range []struct {
		sections []doc.Section
		want     string
	}{
		{[]doc.Section{{Blocks: []doc.Block{room, para("某局"), para("2026年预算"), room, para("2026年2月")}}}, "封面: 1 某局→全名 2 2026年预算→ 0 2026年2月→"},
		{[]doc.Section{{Blocks: []doc.Block{para(" "), para("预算"), room, para("某局")}}}, "封面: 0  → 1 预算→全名 0 某局→"},
		{[]doc.Section{{Numbered: true, Blocks: []doc.Block{para("某局")}}}, ": 0 某局→"},
		{[]doc.Section{{Blocks: []doc.Block{&doc.Heading{}, para("某局")}}}, ": 0 某局→"},
		{[]doc.Section{{Blocks: []doc.Block{para("某局")}}, {Blocks: []doc.Block{para("说明"), para("目　录"), room, list}}, {Blocks: []doc.Block{para("文")}}},
			"封面: 1 某局→全名|目录: 0 说明→ 1 目　录→目录|: 0 文→"},
		{[]doc.Section{{Blocks: []doc.Block{para("目录"), list}}}, "目录: 1 目录→目录"},
		{[]doc.Section{{Blocks: []doc.Block{list}}}, ":"},
	} {
		d := &doc.Document{Title: "全名", Sections: c.sections}
		nameFront(d)
		var got []string
		for _, s := range d.Sections {
			text := s.Title + ":"
			for _, b := range s.Blocks {
				if p, ok := b.(*doc.Paragraph); ok {
					text += fmt.Sprintf(" %d %s→%s", p.Level, textOf(p), p.Bookmark)
				}
			}
			got = append(got, text)
		}
		if got := strings.Join(got, "|"); got != c.want {
			t.Errorf("got %s\nwant %s", got, c.want)
		}
	}
}
