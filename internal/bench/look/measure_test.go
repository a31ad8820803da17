package main

import (
	"slices"
	"strings"
	"testing"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

const em = 10 * unit.Pt

// setLine is a line of a face that ends at a place, or begins there, with so much room between all characters.
func setLine(f *font.Face, elem page.ElemID, s string, begin, end, y, gap unit.Length) page.Text {
	t := page.Text{X: begin, Y: y, Face: f, Size: em, Text: s, Elem: elem}
	for _, r := range s {
		t.Advances = append(t.Advances, em.Milli(int64(f.RuneAdvance(r)))+gap)
		end -= t.Advances[len(t.Advances)-1]
	}
	if begin == 0 {
		t.X = end + gap // none after the last
		t.Advances[len(t.Advances)-1] -= gap
	}
	return t
}

// flawed is a document of two pages set by hand with one of each flaw.
func flawed(t *testing.T) *document {
	t.Helper()
	s, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	family, ok := s.Fonts.Family("宋体")
	if !ok {
		t.Fatal("no 宋体")
	}
	f := family.Pick('一')
	text := func(s string) doc.Text { return doc.Text{String: s} }
	para := func(s string) *doc.Paragraph {
		return &doc.Paragraph{Style: "正文", Spans: []doc.Span{{Text: text(s)}}}
	}
	cell := doc.Cell{Text: []doc.Text{text("统筹推进“互联网”改革试点3")}}
	tree := &doc.Document{
		Styles: &doc.StyleSheet{Texts: map[string]doc.TextStyle{"正文": {Size: em, Align: doc.AlignJustify}, "表": {Size: em}}},
		Sections: []doc.Section{{Blocks: []doc.Block{
			para("本年支出4,671.85万元，其中基本支出若干元。"),
			&doc.Table{Style: "表", Body: []doc.Row{{Cells: []doc.Cell{cell, {}}}}},
			para("只有一行"),
		}}},
	}
	area := page.Rule{X: 20 * unit.Pt, Y: 20 * unit.Pt, W: 160 * unit.Pt, H: 240 * unit.Pt}
	foot := area.Y + area.H + 22677 + inkTop(f, '—', em) // 8 mm
	first := page.Page{Width: 200 * unit.Pt, Height: 300 * unit.Pt, Area: area, Label: "1", Texts: []page.Text{
		setLine(f, 1, "本年支出4,671.85", 0, 180*unit.Pt, 40*unit.Pt, 1200),
		setLine(f, 1, "万元，其中基本支出若干", 0, 180*unit.Pt, 60*unit.Pt, 0),
		setLine(f, 1, "元。", 20*unit.Pt, 0, 80*unit.Pt, 0),
	}}
	for i, x := range []string{"统筹推", "进“互", "联网”", "改革试", "点3"} {
		first.Texts = append(first.Texts, setLine(f, 4, x, 22*unit.Pt, 0, unit.Length(160+15*i)*unit.Pt, 0))
	}
	first.Texts = append(first.Texts, setLine(f, page.ArtifactFooter, "— 1 —", 0, 170*unit.Pt, foot, 0))
	for _, x := range []unit.Length{20, 60, 180} {
		first.Rules = append(first.Rules, page.Rule{X: x * unit.Pt, Y: 145 * unit.Pt, W: 500, H: 90 * unit.Pt})
	}
	second := page.Page{Width: 200 * unit.Pt, Height: 300 * unit.Pt, Area: area, Label: "2",
		Texts: []page.Text{setLine(f, 6, "只有一行", 20*unit.Pt, 0, 30*unit.Pt, 0)}}
	return &document{name: "flawed", tree: tree, pages: &page.Document{Pages: []page.Page{first, second}, Elems: []page.Elem{
		{Kind: page.KindDocument}, {Kind: page.KindP}, {Kind: page.KindTable}, {Kind: page.KindTR, Parent: 2},
		{Kind: page.KindTD, Parent: 3}, {Kind: page.KindTD, Parent: 3}, {Kind: page.KindP},
	}}, reduced: []string{"表“甲”较宽"}}
}

// TestFlawsAreFound: each flaw of a document that is set by hand is counted once, and told with its place.
func TestFlawsAreFound(t *testing.T) {
	d := flawed(t)
	r := measure(d)
	want := [kinds]int{shortPages: 1, fewLines: 1, over05: 1, over10: 1, widest: 120, proseSplits: 1, openMarks: 1, lone: 1, tallRows: 1,
		reduced: 1, sizes: 1, places: 1, dash: 100}
	if r.figures != want {
		t.Errorf("figures %v, want %v:\n%s", r.figures, want, list([]report{r}))
	}
	said := list([]report{r})
	for _, x := range []string{
		"short   p.2 (2)    4 % full: 只有一行", "split   p.1 (1)    本年支出4,671.85|万元，其中", "lone    p.1 (1)    5万元，其中基本支出若干|元。",
		"marks   p.1 (1)    统筹推|进“互|联网”|改革试|点3", "5 lines in 40 pt beside an empty column of 120 pt", "0.120 em: 本年支出4,671.85",
		"the dash begins 8.00 mm below the text area", "10.58 mm from the outer edge",
	} {
		if !strings.Contains(said, x) {
			t.Errorf("not said: %s\n%s", x, said)
		}
	}
	if r.prose != 4 || r.justified != 2 {
		t.Errorf("%d lines of prose, %d justified", r.prose, r.justified)
	}
}

// TestWhatIsReadIsCounted: words on a page that the tree does not have are told, and a column in use has no room to give.
func TestWhatIsReadIsCounted(t *testing.T) {
	d := flawed(t)
	p := &d.pages.Pages[0]
	f := p.Texts[0].Face
	d.pages.Pages[1].Texts[0] = setLine(f, 6, "别的一行", 20*unit.Pt, 0, 30*unit.Pt, 0)
	p.Texts = append(p.Texts, setLine(f, 5, "一二三四五六七", 62*unit.Pt, 0, 160*unit.Pt, 0))
	d.tree.Sections[0].Blocks[1].(*doc.Table).Body[0].Cells[1].Text = []doc.Text{{String: "一二三四五六七"}}
	r := measure(d)
	if r.figures[unread] != 1 || r.figures[tallRows] != 0 {
		t.Errorf("%d unread, %d tall rows", r.figures[unread], r.figures[tallRows])
	}
}

// TestLoneCharacters: a character alone on a line is told wherever in its cell the line stands, and no short text that is whole.
func TestLoneCharacters(t *testing.T) {
	d := flawed(t)
	f := d.pages.Pages[0].Texts[0].Face
	for _, c := range []struct {
		lines []string
		want  []string
	}{
		{[]string{"会", "议费"}, []string{"会|议费"}},
		{[]string{"满意", "度", "指标"}, []string{"满意|度指标"}},
		{[]string{"评价", "（好）"}, []string{"评价|（好）"}},
		{[]string{"会议", "培训"}, nil},
		{[]string{"略"}, nil},
	} {
		var r report
		p := passage{elem: 4}
		for i, x := range c.lines {
			l := line{ends: i == len(c.lines)-1}
			for _, g := range x {
				l.glyphs = append(l.glyphs, glyph{r: g, face: f, size: em})
			}
			p.lines = append(p.lines, l)
		}
		r.ends(d, &p, cellSplits)
		var got []string
		for _, x := range r.findings {
			if x.kind == lone {
				got = append(got, x.text)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.lines, got, c.want)
		}
	}
}

// TestFeet: two blank lines at the foot of a page are told where a paragraph goes on below them or begins on the next page, and
// not before a heading or a page break.
func TestFeet(t *testing.T) {
	line := func(s string) *doc.Paragraph {
		return &doc.Paragraph{Style: "正文", Spans: []doc.Span{{Text: doc.Text{String: s}}}}
	}
	heading := &doc.Heading{Style: "正文", Text: doc.Text{String: "下页"}}
	for _, c := range []struct {
		name   string
		blocks []doc.Block
		last   unit.Length // where the last line of the first page stands
		want   int
	}{
		{"full", []doc.Block{line("上页"), line("下页")}, 255, 0},
		{"one blank line", []doc.Block{line("上页"), line("下页")}, 235, 0},
		{"two", []doc.Block{line("上页"), line("下页")}, 215, 1},
		{"within a paragraph", []doc.Block{line("上页下页")}, 215, 1},
		{"heading", []doc.Block{line("上页"), heading}, 215, 0},
		{"page break", []doc.Block{line("上页"), &doc.PageBreak{}, line("下页")}, 215, 0},
	} {
		d := flawed(t)
		f := d.pages.Pages[0].Texts[0].Face
		d.tree.Styles.Texts["正文"] = doc.TextStyle{Size: em, Leading: 20 * unit.Pt}
		d.tree.Sections[0].Blocks = c.blocks
		next := page.ElemID(6)
		if len(c.blocks) == 1 {
			next = 1
		}
		for i, x := range []page.Text{setLine(f, 1, "上页", 20*unit.Pt, 0, c.last*unit.Pt, 0), setLine(f, next, "下页", 20*unit.Pt, 0, 35*unit.Pt, 0)} {
			d.pages.Pages[i].Texts, d.pages.Pages[i].Rules = []page.Text{x}, nil
		}
		if r := measure(d); r.figures[feet] != c.want {
			t.Errorf("%s: %d, want %d:\n%s", c.name, r.figures[feet], c.want, list([]report{r}))
		}
	}
}
