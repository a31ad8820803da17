package redline

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/compare"
	"yusuan/internal/doc"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/layout"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// fixed draws Han characters one em wide and ASCII half an em; it lacks 龘 and ㊱.
func fixed(role string) (*font.Family, bool) {
	return font.NewFixed(role, func(r rune) int {
		switch {
		case r == '龘' || r == '㊱':
			return 0
		case r < 0x80:
			return 500
		}
		return 1000
	}), true
}

func sheet() *doc.StyleSheet {
	number := doc.NumberStyle{Style: "表身", Before: "— ", After: " —", Drop: 19843, Place: "outer"}
	upright := doc.PageStyle{Width: unit.A4Width, Height: unit.A4Height, Top: 104882, Bottom: 99213, Left: 79370, Right: 73701, Number: number}
	turned := upright
	turned.Width, turned.Height, turned.Turned = upright.Height, upright.Width, true
	turned.Top, turned.Bottom, turned.Left, turned.Right = upright.Left, upright.Right, upright.Bottom, upright.Top
	body := doc.TextStyle{Family: "仿宋", Size: 15750, Leading: 29620, FirstIndent: 2000, Align: doc.AlignJustify}
	cell := doc.TextStyle{Family: "宋体", Size: 10500, Leading: 15000}
	return &doc.StyleSheet{
		Pages: map[string]doc.PageStyle{"直": upright, "横": turned},
		Texts: map[string]doc.TextStyle{"正文": body, "标题": {Family: "黑体", Size: 22000, Leading: 30000, KeepNext: true}, "表身": cell, "表头": cell, "表注": cell},
	}
}

// sample is a document of running text, a table that goes over pages, and one on a turned page.
func sample() *doc.Document {
	d := &doc.Document{Title: "部门预算", Styles: sheet(), Marks: []doc.Mark{{}, {From: 6, To: 12, Of: 1}, {From: 24, To: 29, Of: 2}, {}}}
	long := grid("1", 1<<24, 60)
	wide := grid("2", 1<<25, 4)
	d.Sections = []doc.Section{
		{Page: "直", Title: "封面", Blocks: []doc.Block{&doc.Paragraph{Style: "正文", Spans: []doc.Span{{Text: doc.Text{String: "封面上的字"}}}}, &doc.Contents{Styles: []string{"表身"}}}},
		{Page: "直", Numbered: true, Restart: true, Blocks: []doc.Block{
			&doc.Heading{Text: doc.Text{String: "第一部分"}, Style: "标题", Level: 1, Bookmark: "第一部分"},
			&doc.Paragraph{Style: "正文", Spans: []doc.Span{{Text: doc.Text{String: "预算120.00万元，占12.5%。" + strings.Repeat("其余的话没有数也没有变。", 8), Marks: 1}}}},
			&doc.Paragraph{Style: "正文", Spans: []doc.Span{{Text: doc.Text{String: "主要用于会议、培训和印刷。"}}}},
			&doc.Heading{Text: doc.Text{String: "表一"}, Style: "标题", Level: 2, Bookmark: "表一"}, long,
		}},
		{Page: "横", Numbered: true, Blocks: []doc.Block{&doc.Heading{Text: doc.Text{String: "表二"}, Style: "标题", Level: 2, Bookmark: "表二", Contents: "表　二"}, wide}},
	}
	return d
}

// grid is a table of so many rows of a name and two numbers, of which those of the last row are printed empty.
func grid(id string, of int32, rows int) *doc.Table {
	t := &doc.Table{ID: id, Style: "表身", HeadStyle: "表头", NoteStyle: "表注", RuleWidth: 500, FrameWidth: 1000, Of: of, CellPad: doc.CellPad{X: 3000, Y: 2000},
		Columns: []doc.Column{{Share: 1}, {Align: doc.AlignRight}, {Align: doc.AlignRight}},
		Head:    []doc.Row{{Cells: []doc.Cell{cell("表" + id + "项目"), cell("金额"), cell("比重")}}}}
	for i := range rows {
		r := doc.Row{Cells: []doc.Cell{cell(fmt.Sprint("项目", i)), cell(fmt.Sprint(i, ".00")), cell(fmt.Sprint(i, "%"))}}
		r.Cells[1].Number, r.Cells[2].Number = true, true
		if i == rows-1 {
			r.Cells[2].Text = nil
		}
		t.Body = append(t.Body, r)
	}
	return t
}

func cell(s string) doc.Cell { return doc.Cell{Text: []doc.Text{{String: s}}} }

func tableOf(d *doc.Document, section int) *doc.Table {
	blocks := d.Sections[section].Blocks
	return blocks[len(blocks)-1].(*doc.Table)
}

func spanOf(d *doc.Document, block int) *doc.Text {
	return &d.Sections[1].Blocks[block].(*doc.Paragraph).Spans[0].Text
}

// words is a spot at words of a text.
func words(t *doc.Text, s string) compare.Spot {
	at := strings.Index(t.String, s)
	return compare.Spot{Text: t, From: at, To: at + len(s)}
}

// changes is a result with a change of every kind of place.
func changes(d *doc.Document) *compare.Result {
	long, wide := tableOf(d, 1), tableOf(d, 2)
	number := func(of int32, old, fresh string, causes ...int) compare.Cell {
		return compare.Cell{Part: "表一", Row: "行", Column: "列", Old: old, New: fresh, HasOld: true, HasNew: true, Causes: causes, Spots: []compare.Spot{{Of: of}}}
	}
	meetings := spanOf(d, 2)
	r := &compare.Result{
		Old: compare.Document{Name: "昨天"}, New: compare.Document{Name: "今天"},
		Causes: []compare.Cause{{Title: "第一项"}, {Title: "第二项"}, {Title: "第三项"}, {Title: "第四项"}, {Title: "第五项"}},
		Cells: []compare.Cell{
			number(long.Of+3*0+1, "1", "0.00", 1), number(long.Of+3*1+1, "2", "1.00", 1), // rows that follow each other
			number(long.Of+3*5+1, "7", "5.00", 2), number(long.Of+3*5+2, "7", "5%", 3, 4, 5), // two of a row
			number(long.Of+3*59+2, "3%", "", 2), // printed empty
			number(wide.Of+3*2+1, "3", "2.00", 5),
			number(2, "11.5%", "12.5%", 1), // of a sentence
		},
		Sentences: []compare.Sentence{
			{Part: "第一部分", Causes: []int{2}, Pieces: []compare.Piece{{Kind: compare.Gone, Text: "预算"}, {Kind: compare.New, Text: "120.00万元"}}, Spots: []compare.Spot{words(spanOf(d, 1), "算120.00万元")}},
			{Part: "第一部分", Causes: []int{3}, Pieces: []compare.Piece{{Kind: compare.Same, Text: "主要用于会议、"}, {Kind: compare.Gone, Text: "差旅、"}, {Kind: compare.Same, Text: "培训和印刷。"}},
				Spots: []compare.Spot{{Text: meetings, From: strings.Index(meetings.String, "培训"), To: strings.Index(meetings.String, "培训")}}},
			{Part: "表一", Causes: []int{1}, Class: compare.ByTemplate, Pieces: []compare.Piece{{Kind: compare.New, Text: "表1项目"}}, Spots: []compare.Spot{words(&long.Head[0].Cells[0].Text[0], "项目")}},
		},
		Rows: []compare.Row{
			{Part: "表一", Name: "不在了的项目", Change: compare.Removed, Causes: []int{4}, Spots: []compare.Spot{{Text: &long.Body[10].Cells[0].Text[0]}}},
			{Part: "表一", Name: "项目20", Change: compare.Added, Causes: []int{5}, Spots: []compare.Spot{words(&long.Body[20].Cells[0].Text[0], "项目20")}},
		},
		Parts: []compare.Part{{Title: "表二", Change: compare.Added, Class: compare.ByProgram, Spots: []compare.Spot{words(&d.Sections[2].Blocks[0].(*doc.Heading).Text, "表二")}}},
	}
	return r
}

// underlined are the characters of a page of the document that stand above one of our rules, in the order of its texts.
func underlined(pg *page.Page, from, texts int) (out []string) {
	for _, r := range pg.Rules[from:] {
		if r.H > r.W {
			continue
		}
		said := ""
		for i := range pg.Texts[:texts] {
			t := &pg.Texts[i]
			x, n := t.X, 0
			for _, c := range t.Text {
				a := t.Advances[n]
				if middle := x + a/2; !t.Upright && r.X < middle && middle < r.X+r.W && r.Y > t.Y && r.Y-t.Y < t.Size*6/10 {
					said += string(c)
				}
				n, x = n+1, x+a
			}
		}
		out = append(out, said)
	}
	return out
}

// TestUnderlines: what changed is underlined wherever it stands, heads that are drawn again too, and nothing else is.
func TestUnderlines(t *testing.T) {
	d := sample()
	plain, _ := layout.Lay(d, fixed)
	marks := slices.Clone(d.Marks)
	l := Lay(changes(d), d, fixed)
	if !slices.Equal(d.Marks, marks) || spanOf(d, 1).Marks != 1 || spanOf(d, 2).Marks != 0 || d.Sections[2].Blocks[0].(*doc.Heading).Listed != 0 {
		t.Error("the tree is not given back as it was")
	}
	marked := l.Marked("test")
	var got [][]string
	for i := range plain.Pages {
		texts := len(plain.Pages[i].Texts)
		if !slices.EqualFunc(marked.Pages[i].Texts[:texts], plain.Pages[i].Texts, func(a, b page.Text) bool { return a.Text == b.Text && a.X == b.X && a.Y == b.Y }) {
			t.Errorf("page %d is another", i)
		}
		got = append(got, underlined(&marked.Pages[i], len(plain.Pages[i].Rules), texts))
	}
	want := [][]string{{"表　二"},
		{"算120.00万元", "12.5%", "项目", "0.00", "1.00", "5.00", "5%"},
		{"项目", "项目20"}, {"项目"}, {"表二", "2.00"}}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("underlined\n%q\nwant\n%q", got, want)
	}
}

// TestSameWords: places in a heading lead to those in the contents, whatever room stands between the words of either.
func TestSameWords(t *testing.T) {
	for _, c := range []struct {
		from, to, at, want string
	}{
		{"第二部分\n预算表", "第二部分　预算表", "预算", "预算表"}, {"一、  概况", "一、概况", "概况", "概况"}, {"概况", "　概况 ", "况", "况 "},
		{"概况", "概要", "", "-"}, {"概况", "概况表", "", "-"}, {"概况表", "概况", "", "-"}, {"a\xffb", "a\xffb", "b", "b"}, {"", "", "", ""},
	} {
		places := sameWords(c.from, c.to)
		got := "-"
		if places != nil {
			got = c.to[places[strings.Index(c.from, c.at)]:]
		}
		if got != c.want {
			t.Errorf("%q in %q: %q, not %q", c.at, c.to, got, c.want)
		}
	}
}
