package layout

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/style"
	"yusuan/internal/typeset/unit"
)

func TestGolden(t *testing.T) {
	out, diags := Lay(sample(), fixed)
	if diags.Len() > 0 {
		t.Errorf("diagnostics: %v", diags.Sorted())
	}
	checkTree(t, out)
	golden(t, "sample", Dump(out))
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".txt")
	if os.Getenv("UPDATE") != "" {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	a, b := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			t.Fatalf("%s line %d: got %q; run with UPDATE=1 and read the difference", file, i+1, a[i])
		}
	}
	t.Fatalf("%s has %d more lines", file, len(b)-len(a))
}

// one lays blocks out on upright pages.
func one(blocks ...doc.Block) (*page.Document, diag.List) {
	return Lay(&doc.Document{Styles: sheet(), Sections: []doc.Section{{Page: "直", Blocks: blocks}}}, fixed)
}

// TestLineGrid holds the page to 22 lines of 28 characters (GB/T 9704-2012 cl. 5.2.1), the first and last at the
// edges of the type area.
func TestLineGrid(t *testing.T) {
	p := para(strings.Repeat("字", 28*44))
	p.Style = "顶格"
	out, _ := one(p)
	if len(out.Pages) != 2 {
		t.Fatalf("%d pages, want 2", len(out.Pages))
	}
	texts := out.Pages[0].Texts
	if len(texts) != 22 {
		t.Fatalf("%d lines, want 22", len(texts))
	}
	first, last := textBox(&texts[0]), textBox(&texts[21])
	if d := first.Y - 104882; d < -5 || d > 5 {
		t.Errorf("first line starts %s off the area's edge", d)
	}
	foot := unit.A4Height - 99213
	if d := foot - last.Y - last.H; d < 0 || d > 50 {
		t.Errorf("last line ends %s above the area's edge", d)
	}
	for i := 1; i < 22; i++ {
		if pitch := texts[i].Y - texts[i-1].Y; pitch != 29620 {
			t.Errorf("line %d: pitch %s", i, pitch)
		}
	}
}

// linesOn counts the lines of each page.
func linesOn(out *page.Document) []int {
	var n []int
	for i := range out.Pages {
		ys := map[unit.Length]bool{}
		for _, x := range out.Pages[i].Texts {
			if x.Elem != page.ArtifactFooter {
				ys[x.Y] = true
			}
		}
		n = append(n, len(ys))
	}
	return n
}

func TestNoLoneLines(t *testing.T) {
	for _, c := range []struct {
		before, lines int
		want          string
	}{
		{20, 5, "[22 3]"},
		{21, 5, "[21 5]"}, // one line would stand alone at the foot
		{19, 4, "[21 2]"}, // one line would stand alone at the top
		{20, 3, "[20 3]"},
		{21, 1, "[22]"},
		{22, 1, "[22 1]"},
		{0, 67, "[22 22 21 2]"},
	} {
		var blocks []doc.Block
		for range c.before {
			blocks = append(blocks, para("字"))
		}
		p := para(strings.Repeat("字", 28*c.lines))
		p.Style = "顶格"
		out, _ := one(append(blocks, p)...)
		if got := fmt.Sprint(linesOn(out)); got != c.want {
			t.Errorf("%d lines after %d: pages of %s lines, want %s", c.lines, c.before, got, c.want)
		}
	}
}

func TestHeadingStaysWithText(t *testing.T) {
	for before := 15; before < 23; before++ {
		var blocks []doc.Block
		for range before {
			blocks = append(blocks, para("字"))
		}
		h := func(s string) *doc.Heading { return &doc.Heading{Text: text(s), Style: "标题", Level: 2} }
		out, _ := one(append(blocks, h("甲"), h("乙"), para(strings.Repeat("文", 100)))...)
		for i := range out.Pages {
			texts := out.Pages[i].Texts
			if last := texts[len(texts)-1].Text; last == "甲" || last == "乙" {
				t.Errorf("after %d lines: heading %s ends page %d", before, last, i)
			}
		}
	}
}

func TestSpaceBeforeDroppedAtTop(t *testing.T) {
	var blocks []doc.Block
	for range 22 {
		blocks = append(blocks, para("字"))
	}
	blocks = append(blocks, &doc.Space{Height: 30000}, &doc.Heading{Text: text("甲"), Style: "标题", Level: 1}, para("字"))
	out, _ := one(blocks...)
	if len(out.Pages) != 2 || out.Pages[1].Texts[0].Y != out.Pages[0].Texts[0].Y {
		t.Errorf("first line of the second page does not stand at the top: %s", Dump(out))
	}
}

func TestFillShares(t *testing.T) {
	out, _ := one(&doc.Space{Fill: 1}, para("甲"), &doc.Space{Fill: 3}, para("乙"))
	texts := out.Pages[0].Texts
	const left = 651665 - 2*29620
	if got := texts[1].Y - texts[0].Y - 29620; got != left-left/4 {
		t.Errorf("second fill is %s, want %s", got, unit.Length(left-left/4))
	}
}

func TestContentsNumbers(t *testing.T) {
	d := sample()
	// More headings than one page of contents holds, each on a page of its own.
	for i := range 60 {
		d.Sections = append(d.Sections, doc.Section{Page: "直", Numbered: true, Blocks: []doc.Block{
			&doc.Heading{Text: text(fmt.Sprintf("附录%d", i)), Style: "标题", Level: 1, Contents: fmt.Sprintf("附录%d", i)},
			para("略。"),
		}})
	}
	out, _ := Lay(d, fixed)
	checkTree(t, out)
	n := 0
	for i := range out.Pages {
		for _, k := range out.Pages[i].Links {
			n++
			title, label, _ := strings.Cut(k.Contents, "，第 ")
			to := &out.Pages[k.Page]
			if label != to.Label+" 页" {
				t.Errorf("%s: page %s, link leads to %s", title, label, to.Label)
			}
			found := false
			for _, x := range to.Texts {
				found = found || strings.HasPrefix(title, x.Text) && x.Y > k.TargetY && x.Y < k.TargetY+29620
			}
			if !found {
				t.Errorf("%s does not stand where its link leads", title)
			}
			if out.Elems[k.Elem].Kind != page.KindLink {
				t.Errorf("%s: link belongs to a %s", title, out.Elems[k.Elem].Kind)
			}
		}
	}
	if n != 65 {
		t.Errorf("%d entries, want 65", n)
	}
}

// TestContentsDrawsTogether wants a contents of a few entries more than its page holds set closer, and a longer one left as
// it is.
func TestContentsDrawsTogether(t *testing.T) {
	contents := func(entries int) (pages int, apart unit.Length) {
		d := &doc.Document{Styles: sheet(), Sections: []doc.Section{{Page: "直", Blocks: []doc.Block{&doc.Contents{Styles: []string{"目录"}}}}}}
		for i := range entries {
			d.Sections = append(d.Sections, doc.Section{Page: "直", Blocks: []doc.Block{
				&doc.Heading{Text: text("附录"), Style: "标题", Level: 1, Contents: fmt.Sprint(i)}, para("略。"),
			}})
		}
		out, _ := Lay(d, fixed)
		return len(out.Pages) - entries, out.Pages[0].Links[1].Y - out.Pages[0].Links[0].Y
	}
	fit := 1
	for n, _ := contents(fit + 1); n == 1; n, _ = contents(fit + 1) {
		fit++
	}
	_, natural := contents(2)
	if _, apart := contents(fit); apart >= natural || apart < natural/2 {
		t.Errorf("%d entries stand %s apart on one page, two %s", fit, apart, natural)
	}
	if n, apart := contents(fit + 1); n != 2 || apart != natural {
		t.Errorf("%d entries stand %s apart on %d pages", fit+1, apart, n)
	}
}

func TestPageNumberSides(t *testing.T) {
	out, _ := Lay(&doc.Document{Styles: sheet(), Sections: []doc.Section{
		{Page: "直", Blocks: []doc.Block{para("封面")}},
		{Page: "直", Numbered: true, Restart: true, Blocks: []doc.Block{para("一"), &doc.PageBreak{}, para("二"), &doc.PageBreak{Page: "横"}, para("三")}},
	}}, fixed)
	for i, c := range []struct {
		label string
		x     unit.Length
	}{{"", 0}, {"1", 595276 - 73701 - 14000 - 49000}, {"2", 73701 + 14000}, {"3", 841890 - 73701 - 14000 - 49000}} {
		p := &out.Pages[i]
		last := p.Texts[len(p.Texts)-1]
		if p.Label != c.label {
			t.Errorf("page %d: label %q, want %q", i, p.Label, c.label)
		}
		if (last.Elem == page.ArtifactFooter) != (c.label != "") {
			t.Errorf("page %d: last text %q", i, last.Text)
		}
		if c.label != "" && last.X != c.x {
			t.Errorf("page %d: number at %s, want %s", i, last.X, c.x)
		}
	}
}

// TestTurned wants a turned page on the sheet of the others, its number where theirs is, and its matter within the
// margins.
func TestTurned(t *testing.T) {
	s := sheet()
	p := s.Pages["直"]
	s.Pages["竖放"] = doc.PageStyle{
		Width: p.Height, Height: p.Width, Top: p.Left, Bottom: p.Right, Left: p.Bottom, Right: p.Top, Number: p.Number, Turned: true,
	}
	out, _ := Lay(&doc.Document{Styles: s, Sections: []doc.Section{{Page: "直", Numbered: true, Restart: true, Blocks: []doc.Block{
		&doc.Contents{Styles: []string{"目录"}},
		&doc.PageBreak{}, para("二"), &doc.PageBreak{Page: "竖放"},
		&doc.Heading{Text: text("收支总表"), Style: "标题", Level: 1, Contents: "收支总表", Bookmark: "收支总表"}, budgetTable(3),
	}}}}, fixed)
	first, turned := &out.Pages[0], &out.Pages[2]
	if !turned.Turned || turned.Width != first.Width || turned.Height != first.Height {
		t.Errorf("sheet %s by %s, turned %v", turned.Width, turned.Height, turned.Turned)
	}
	a, b := &first.Texts[len(first.Texts)-1], &turned.Texts[len(turned.Texts)-1]
	if !b.Upright || a.X != b.X || a.Y != b.Y {
		t.Errorf("number at %s,%s and, turned, at %s,%s (%v)", a.X, a.Y, b.X, b.Y, b.Upright)
	}
	for _, x := range turned.Texts[:len(turned.Texts)-1] {
		box := turned.OnSheet(textBox(&x))
		if x.Upright || box.X < p.Left || box.X+box.W > p.Width-p.Right || box.Y < p.Top || box.Y+box.H > p.Height-p.Bottom {
			t.Errorf("%q stands at %v", x.Text, box)
		}
	}
	if l := first.Links[0]; l.Page != 2 || l.TargetY != 0 || out.Bookmarks[0].Y != 0 {
		t.Errorf("link %v and bookmark %v do not show the whole sheet", l, out.Bookmarks[0])
	}
}

func TestDiagnostics(t *testing.T) {
	s := sheet()
	s.Texts["坏字体"] = doc.TextStyle{Family: "没有", Size: 10500, Leading: 14000}
	s.Texts["巨"] = doc.TextStyle{Family: "宋体", Size: 700000, Leading: 900000}
	wide := budgetTable(1)
	wide.Body[0].Cells[2] = doc.Cell{Text: []doc.Text{text(strings.Repeat("9", 240))}, Number: true}
	uneven := budgetTable(2)
	uneven.Body[1].Cells = uneven.Body[1].Cells[:2]
	for _, c := range []struct {
		name, rule, words string
		block             doc.Block
	}{
		{"style", style.RuleTextStyle, "没有名为“无此样式”的字体样式", &doc.Paragraph{Style: "无此样式", Spans: []doc.Span{{Text: text("字")}}}},
		{"family", style.RuleTextStyle, "没有名为“没有”的字体", &doc.Paragraph{Style: "坏字体", Spans: []doc.Span{{Text: text("字")}}}},
		{"page", style.RulePageStyle, "没有名为“无此版面”的版面", &doc.PageBreak{Page: "无此版面"}},
		{"glyph", style.RuleMissing, "“龘”（U+9F98）", para("龘龘字")},
		{"tall", style.RuleTall, "高过版心", &doc.Paragraph{Style: "巨", Spans: []doc.Span{{Text: text("字")}}}},
		{"wide", style.RuleNarrow, "第 3 列“基本支出”", wide},
		{"grid", style.RuleGrid, "表“收支总表”表身第 2 行缺 2 格", uneven},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := &doc.Document{Styles: s, Sections: []doc.Section{{Page: "直", Blocks: []doc.Block{para("字"), c.block, para("字")}}}}
			out, diags := Lay(d, fixed)
			n := 0
			for _, x := range diags.Sorted() {
				if x.Rule == c.rule {
					n++
					if !strings.Contains(x.Message, c.words) {
						t.Errorf("message %q lacks %q", x.Message, c.words)
					}
				}
			}
			if n != 1 {
				t.Errorf("%d diagnostics %s, want 1: %v", n, c.rule, diags.Sorted())
			}
			if got := said(out); strings.Count(got, "字") < 2 {
				t.Errorf("text lost: %q", got)
			}
		})
	}
}

func TestEmptyDocument(t *testing.T) {
	out, diags := Lay(&doc.Document{}, fixed)
	if len(out.Pages) != 0 || len(out.Elems) != 1 || diags.Len() != 0 {
		t.Errorf("%s %v", Dump(out), diags.Sorted())
	}
	out, _ = one()
	if len(out.Pages) != 1 {
		t.Errorf("an empty section has %d pages, want 1", len(out.Pages))
	}
}
