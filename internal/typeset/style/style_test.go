package style

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/par"
	"yusuan/internal/typeset/unit"
)

// families has one role, whose faces draw all but 龘, half an em wide up to ~ and one em beyond.
func families(role string) (*font.Family, bool) {
	if role != "宋体" {
		return nil, false
	}
	return font.NewFixed(role, func(r rune) int {
		switch {
		case r == '龘':
			return 0
		case r <= '~':
			return 500
		}
		return 1000
	}), true
}

func sheet() *Sheet {
	return NewSheet(&doc.StyleSheet{
		Texts: map[string]doc.TextStyle{
			"正文": {Family: "宋体", Size: 10000, Leading: 16000, FirstIndent: 2000, Before: 4000, After: 2000, Align: doc.AlignJustify},
			"紧排": {Family: "宋体", Size: 10000, Leading: 8000},
			"缺体": {Family: "隶书", Size: 10000, Leading: 16000},
			"缺号": {Family: "宋体"},
		},
		Pages: map[string]doc.PageStyle{
			"A4": {Width: unit.A4Width, Height: unit.A4Height, Top: 50000},
			"满边": {Width: 100000, Height: 100000, Left: 50000, Right: 50000},
		},
	}, families)
}

// says lists the diagnostics as level, rule and message.
func says(l diag.List) []string {
	var out []string
	for _, d := range l.Sorted() {
		out = append(out, fmt.Sprint(d.Level, " ", d.Rule, " ", d.Message))
	}
	return out
}

func TestTextStyles(t *testing.T) {
	for _, c := range []struct {
		name          string
		size, leading unit.Length
		want          []string
	}{
		{"正文", 10000, 16000, nil},
		{"紧排", 10000, 10000, nil}, // lines do not overlap
		{"缺体", 10000, 16000, []string{"错误 版式-001 字体库没有名为“隶书”的字体"}},
		{"缺号", 10500, 10500, []string{"错误 版式-001 字体样式“缺号”没有字号"}},
		{"无名", 10500, 15750, []string{"错误 版式-001 模板没有名为“无名”的字体样式"}},
	} {
		s := sheet()
		first, again := s.Text(c.name), s.Text(c.name)
		if first != again {
			t.Errorf("%s is made twice", c.name)
		}
		if first.Size != c.size || first.Leading != c.leading || first.Faces == nil {
			t.Errorf("%s: %s on %s", c.name, first.Size, first.Leading)
		}
		if got := says(s.Diags); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestPageStyles(t *testing.T) {
	for _, c := range []struct {
		name string
		top  unit.Length
		want []string
	}{
		{"A4", 50000, nil},
		{"满边", 104882, []string{"错误 版式-002 版面“满边”的页边距没有留下版心"}},
		{"无名", 104882, []string{"错误 版式-002 模板没有名为“无名”的版面"}},
	} {
		s := sheet()
		if p := s.Page(c.name); p.Top != c.top || p.Width != unit.A4Width {
			t.Errorf("%s: %+v", c.name, p)
		}
		if got := says(s.Diags); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if s := NewSheet(nil, families); s.Text("").Size <= 0 || s.Page("").Width <= 0 {
		t.Error("no styles, no stand-ins")
	}
}

func TestScaled(t *testing.T) {
	own := sheet().Text("正文")
	s := own.Scaled(3, 4)
	if s.Size != 7500 || s.Leading != 12000 || s.Before != 3000 || s.After != 1500 || s.FirstIndent != 2000 || s.Faces != own.Faces {
		t.Errorf("%+v", s)
	}
	if own.Size != 10000 {
		t.Error("the style itself was changed")
	}
	// The em box stands in the middle of the leading: 3 pt, then 8.8 pt to the baseline.
	if got := own.Baseline(); got != 11800 {
		t.Errorf("baseline at %s", got)
	}
	p := own.Paragraph(-5, own.Span("字"))
	if p.Measure != 0 || p.FirstIndent != 20000 || p.Align != par.Justify || p.Spans[0].Size != 10000 {
		t.Errorf("%+v", p)
	}
}

func TestReport(t *testing.T) {
	at := func(line int) diag.Range { return diag.Range{File: "a.toml", Start: diag.Pos{Line: line}} }
	texts := []doc.Text{{String: "甲龘龘乙", Origin: at(3)}, {String: strings.Repeat("1", 30), Origin: at(7)}}
	s := sheet()
	own := s.Text("正文")
	p := own.Paragraph(100000, own.Span(texts[0].String), own.Span(texts[1].String))
	p.FirstIndent = 0
	s.Report(own, "表 3", par.Set(p), texts...)
	want := []string{
		"错误 字形-001 字体“宋体”里没有“龘”（U+9F98）这个字",
		"警告 版式-007 表 3有一行排不下，超出 50 磅：“1111111111111111…”",
	}
	ds := s.Diags.Sorted()
	if got := says(s.Diags); !slices.Equal(got, want) || ds[0].At.Start.Line != 3 || ds[1].At.Start.Line != 7 {
		t.Errorf("%q at %v", got, ds)
	}

	// A stand-in for a family that does not exist has no characters at all; that has been said once.
	s = sheet()
	lost := s.Text("缺体")
	s.Report(lost, "正文", par.Set(lost.Paragraph(100000, lost.Span("甲"))), doc.Text{String: "甲"})
	if s.Diags.Len() != 1 {
		t.Errorf("%q", says(s.Diags))
	}
}

// What is to be done about a character fits it: a sign is no Han character, a picture no sign.
func TestMissingHints(t *testing.T) {
	for r, want := range map[rune]string{
		'龘': "通用规范汉字", '𱁬': "通用规范汉字", '⽅': "改成“方”", '⻋': "改成“车”", '⼀': "改成“一”", '🏆': "不用表情", '☀': "不用表情", 'ᄀ': "不是汉字",
		'Ⴀ': "不是汉字", '⑴': "普通数字", '₁': "普通数字", '⇶': "通用的符号", '\u200b': "看不见", '\t': "看不见",
	} {
		if got := insteadOf(r, "仿宋"); !strings.Contains(got, want) || strings.Contains(got, "汉字") != (strings.Contains(want, "汉字")) {
			t.Errorf("%c (U+%04X): %s, want %s", r, r, got, want)
		}
	}
}

func TestDraw(t *testing.T) {
	own := sheet().Text("正文")
	p := own.Paragraph(100000, own.Span("甲乙"))
	res := par.Set(p)
	var pg page.Page
	Draw(&pg, &res.Lines[0], 7000, 9000, 5)
	if len(pg.Texts) != 1 || pg.Texts[0].X != 27000 || pg.Texts[0].Y != 9000 || pg.Texts[0].Elem != 5 || pg.Texts[0].Text != "甲乙" {
		t.Errorf("%+v", pg.Texts)
	}
}

// TestDrawRaises holds that a face with a rise is drawn above the baseline by it, in proportion to its size, and others on it.
func TestDrawRaises(t *testing.T) {
	l, err := font.Load("[[face]]\nname = \"high\"\nrise = 50\n[[face]]\nname = \"plain\"\n", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	high, _ := l.Face("high")
	plain, _ := l.Face("plain")
	line := par.Line{Runs: []par.Run{{Face: plain, Size: 10000, Text: "1"}, {Face: high, Size: 10000, Text: "2"}, {Face: high, Size: 20000, Text: "3"}}}
	var pg page.Page
	Draw(&pg, &line, 0, 30000, 0)
	for i, want := range []unit.Length{30000, 29500, 29000} {
		if got := pg.Texts[i].Y; got != want {
			t.Errorf("text %s is drawn at %v, want %v", pg.Texts[i].Text, got, want)
		}
	}
}
