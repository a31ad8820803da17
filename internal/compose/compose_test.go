package compose

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/pack"
	"yusuan/internal/source"
)

// TestWordsAreThePacks holds that the words templates may use are the words that are bound.
func TestWordsAreThePacks(t *testing.T) {
	c := &composer{}
	var bound []string
	for w := range c.words() {
		bound = append(bound, w)
	}
	slices.Sort(bound)
	if want := slices.Sorted(slices.Values(pack.Words())); !slices.Equal(bound, want) {
		t.Errorf("bound %v\npack  %v", bound, want)
	}
}

func TestNumeral(t *testing.T) {
	for n, want := range map[int]string{1: "一", 9: "九", 10: "十", 11: "十一", 19: "十九", 20: "二十", 21: "二十一", 30: "三十", 99: "九十九", 100: "100"} {
		if got := Numeral(n); got != want {
			t.Errorf("%d is %s, want %s", n, got, want)
		}
	}
}

func str(s string, line int) source.String {
	return source.String{V: s, At: diag.Range{File: "a.toml", Start: diag.Pos{Line: line, Column: 1}, End: diag.Pos{Line: line, Column: 2}}}
}

// TestOriginsSurvive holds that the author's words keep their place through a template and the pack's words have none.
func TestOriginsSurvive(t *testing.T) {
	var o origins
	out := "本部门" + o.mark(str("甲", 3)) + "、" + o.mark(str("乙", 5)) + "。" + o.mark(source.String{V: "无处"})
	var got []string
	for _, x := range o.split(out) {
		got = append(got, x.String+"@"+x.Origin.String())
	}
	want := []string{"本部门@", "甲@a.toml:3:1", "、@", "乙@a.toml:5:1", "。无处@"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
	if got := pack.Unmark(out); got != "本部门甲、乙。无处" {
		t.Errorf("unmarked: %q", got)
	}
	if o.mark(source.String{}) != "" {
		t.Error("an empty text is not empty when marked")
	}
}

// TestParagraphs cuts at line feeds, also within the author's text, and drops the blanks of typing.
func TestParagraphs(t *testing.T) {
	var o origins
	got := o.paragraphs([]doc.Text{{String: "　　一、\n\n  二"}, {String: "、三 \n四", Origin: str("", 7).At}, {String: "\n"}})
	var lines []string
	for _, p := range got {
		lines = append(lines, o.numbers.joined(p).String)
	}
	if want := []string{"一、", "二、三", "四"}; !slices.Equal(lines, want) {
		t.Errorf("%q, want %q", lines, want)
	}
}

// TestAuthorCannotMakeHeadings: markup is the pack's; the author's words are words.
func TestAuthorCannotMakeHeadings(t *testing.T) {
	c := &composer{p: &pack.Pack{}}
	b := c.proseLine([]doc.Text{{String: "## 不是标题", Origin: str("", 1).At}}, diag.Range{})
	if p, ok := b.(*doc.Paragraph); !ok || p.Spans[0].String != "## 不是标题" {
		t.Errorf("%#v", b)
	}
	if h, ok := c.proseLine([]doc.Text{{String: "## 一、标题"}}, diag.Range{}).(*doc.Heading); !ok || h.Level != 2 || h.Contents != "一、标题" {
		t.Error("the pack's heading is none")
	}
}

// form builds a form's rows from items and prints each cell as text:columns×rows.
func form(t *testing.T, width int, items []pack.Item, c *composer) []string {
	t.Helper()
	f := &formBuilder{c: c, busy: make([]int, width)}
	f.items(items, 0)
	var out []string
	for _, r := range f.rows() {
		var cells []string
		for _, x := range r.Cells {
			s := strings.Join(texts(&x), "/")
			cells = append(cells, s+":"+string(rune('0'+x.ColSpan))+"×"+string(rune('0'+x.RowSpan)))
		}
		out = append(out, strings.Join(cells, " "))
	}
	return out
}

func lit(s string, span, rows int) pack.Cell {
	return pack.Cell{Text: pack.Snippet{Literal: s}, Span: span, Rows: rows}
}

func TestFormGrid(t *testing.T) {
	c := &composer{p: &pack.Pack{}, view: &view{}}
	got := form(t, 4, []pack.Item{
		{Cells: []pack.Cell{lit("a", 1, 2), lit("b", 3, 1)}}, // a spans down: the next row starts beside it
		{Cells: []pack.Cell{lit("c", 1, 1), lit("d", 2, 1)}},
		{Label: pack.Snippet{Literal: "组"}, Span: 1, Items: []pack.Item{
			{Cells: []pack.Cell{lit("e", 3, 1)}},
			{Label: pack.Snippet{Literal: "内"}, Span: 1, Items: []pack.Item{
				{Cells: []pack.Cell{lit("f", 2, 1)}},
				{Cells: []pack.Cell{lit("g", 2, 1)}},
			}},
		}},
		{Cells: []pack.Cell{lit("", 4, 1)}, Optional: true}, // nothing to say: left out
	}, c)
	want := []string{"a:1×2 b:3×1", "c:1×1 d:2×1", "组:1×3 e:3×1", "内:1×2 f:2×1", "g:2×1"}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestMergeJoinsEqualNeighbours: a cell joins the one above only where those to its left do too.
func TestMergeJoinsEqualNeighbours(t *testing.T) {
	c := &composer{p: &pack.Pack{}, view: &view{}}
	f := &formBuilder{c: c, busy: make([]int, 3)}
	it := &pack.Item{Cells: []pack.Cell{{Merge: true}, {Merge: true}, {}}}
	for _, r := range [][3]string{{"产出", "数量", "1"}, {"产出", "数量", "2"}, {"产出", "质量", "3"}, {"效益", "质量", "4"}, {"", "质量", "5"}, {"", "质量", "6"}} {
		var cells []doc.Cell
		for _, s := range r {
			cells = append(cells, doc.Cell{Text: nonEmpty(doc.Text{String: s}), ColSpan: 1, RowSpan: 1})
		}
		f.add(it, cells, 0)
	}
	f.merge(it, 0)
	var got []string
	for _, r := range f.rows() {
		var cells []string
		for _, x := range r.Cells {
			cells = append(cells, strings.Join(texts(&x), "")+"×"+string(rune('0'+x.RowSpan)))
		}
		got = append(got, strings.Join(cells, " "))
	}
	want := []string{"产出×3 数量×2 1×1", "2×1", "质量×1 3×1", "效益×1 质量×1 4×1", "×1 质量×1 5×1", "×1 质量×1 6×1"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestHeadOfNestedColumns(t *testing.T) {
	c := &composer{p: &pack.Pack{}, view: &view{}}
	leaf := func(s string) pack.Column { return pack.Column{Head: pack.Snippet{Literal: s}} }
	group := leaf("组")
	group.Columns = []pack.Column{leaf("甲"), leaf("乙")}
	rows := c.head([]pack.Column{leaf("名"), group, leaf("尾")})
	var got []string
	for _, r := range rows {
		for _, x := range r.Cells {
			got = append(got, x.Text[0].String+string(rune('0'+max(1, x.ColSpan)))+string(rune('0'+max(1, x.RowSpan))))
		}
		got = append(got, "|")
	}
	if want := "名12 组21 尾12 | 甲11 乙11 |"; strings.Join(got, " ") != want {
		t.Errorf("%s, want %s", strings.Join(got, " "), want)
	}
}

// TestHeadsOfForms: a head is over the list that follows it, or else over the rows up to the next head or the end of its
// group, and the first and last of these rows stay with another.
func TestHeadsOfForms(t *testing.T) {
	c := &composer{p: &pack.Pack{}, view: &view{}, form: &budget.Form{Procurement: make([]budget.Item, 4)}}
	row := pack.Item{Cells: []pack.Cell{lit("r", 2, 1)}}
	head := pack.Item{Cells: []pack.Cell{lit("h", 2, 1)}, Head: true, KeepNext: true}
	inGroup := func(x pack.Item) pack.Item { x.Cells = []pack.Cell{lit(x.Cells[0].Text.Literal, 1, 1)}; return x }
	list := pack.Item{Cells: []pack.Cell{lit("l", 2, 1)}, Each: "items"}
	f := &formBuilder{c: c, busy: make([]int, 2)}
	f.items([]pack.Item{
		row, head, head, list, row,
		head, row, row, head, row,
		{Label: pack.Snippet{Literal: "组"}, Span: 1, Items: []pack.Item{inGroup(head), inGroup(row)}}, row,
	}, 0)
	got := ""
	for _, r := range f.rows() {
		got += fmt.Sprint(r.HeadOf)
		if r.KeepNext {
			got += "k"
		}
		got += " "
	}
	want := "0 5k 4k 0k 0 0k 0 0 2k 0k 0 4k 0k 1k 0k 0 "
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
