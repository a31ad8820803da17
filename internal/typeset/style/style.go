// Package style joins the text styles of a document with the faces that draw them, and puts into words what setting
// a text brings to light: a style or family that does not exist, a character no face has, a line too long.
package style

import (
	"unicode"

	"yusuan/internal/character"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/par"
	"yusuan/internal/typeset/unit"
)

// Rule ids of the diagnostics of layout.
const (
	RuleTextStyle = "版式-001" // text style or family unknown
	RulePageStyle = "版式-002" // page style unknown, or its margins leave no room
	RuleGrid      = "版式-003" // cells of a table do not cover its grid exactly once
	RuleNarrow    = "版式-004" // table wider than the page even at its smallest size
	RuleReduced   = "版式-005" // table set smaller to fit the page
	RuleHead      = "版式-006" // table head too tall to repeat
	RuleOverfull  = "版式-007" // line with a piece that cannot be broken and sticks out
	RuleTall      = "版式-008" // line or row taller than the page
	RuleWide      = "版式-009" // table set on a page with the long side across
	RuleMissing   = "字形-001" // no face has the character
)

// Families finds the family that draws a role.
type Families func(role string) (*font.Family, bool)

// Text is a text style with its faces.
type Text struct {
	doc.TextStyle
	Name  string
	Faces *font.Family // never nil
	mute  bool         // the family is a stand-in: its missing characters are no news
}

// LeastSize is 六号, the smallest size for reading (W3C CLREQ §2.4): what does not fit is set no smaller.
const LeastSize unit.Length = 7500

// ascent is what of an ideographic em box stands above the baseline, in thousandths.
const ascent = 880

// Baseline is the distance from the top of a line to its baseline: the ideographic em box (0.88 of the size above
// the baseline, 0.12 below) stands in the middle of the leading.
func (t *Text) Baseline() unit.Length {
	return t.BaselineIn(t.Leading)
}

// BaselineIn is Baseline where lines stand at another distance than the leading.
func (t *Text) BaselineIn(pitch unit.Length) unit.Length {
	return (pitch-t.Size)/2 + t.Size.Milli(ascent)
}

// Em returns n thousandths of the size.
func (t *Text) Em(n int) unit.Length { return t.Size.Milli(int64(n)) }

// Scaled is the style with size, leading and distances in the ratio num to den.
func (t *Text) Scaled(num, den unit.Length) *Text {
	if num == den {
		return t
	}
	s := *t
	s.Size = t.Size * num / den
	s.Leading = t.Leading * num / den
	s.Before = t.Before * num / den
	s.After = t.After * num / den
	return &s
}

// Paragraph asks for spans set in the style on lines of the given measure, which excludes the style's indents.
func (t *Text) Paragraph(measure unit.Length, spans ...par.Span) par.Paragraph {
	return par.Paragraph{
		Spans:       spans,
		Measure:     max(measure, 0),
		FirstIndent: t.Em(t.FirstIndent),
		Align:       Align(t.Align),
		Tracking:    t.Tracking,
		Balance:     t.Balance,
	}
}

// Span is a stretch of text in the style.
func (t *Text) Span(s string) par.Span {
	return par.Span{Text: s, Family: t.Faces, Size: t.Size}
}

// Align is the paragraph's name for the document's alignment. Decimal alignment is the table's own affair and
// falls back on the right edge.
func Align(a doc.Align) par.Align {
	switch a {
	case doc.AlignCenter:
		return par.Center
	case doc.AlignRight, doc.AlignDecimal:
		return par.Right
	case doc.AlignJustify:
		return par.Justify
	}
	return par.Left
}

// Sheet finds styles by name, sets paragraphs, and collects the trouble met on the way. It serves one layout.
type Sheet struct {
	sheet    *doc.StyleSheet
	families Families
	texts    map[string]*Text
	roles    map[string]*font.Family // nil: reported already
	Setter   par.Setter
	Diags    diag.List
	Marking  bool       // pages say what their texts are
	Places   bool       // and what those are that are drawn again, and where cells stand
	Marks    []doc.Mark // of the document
}

// NewSheet returns a sheet over the styles of a document.
func NewSheet(s *doc.StyleSheet, f Families) *Sheet {
	if s == nil {
		s = &doc.StyleSheet{}
	}
	t := &s.Titles
	words := par.Words{Known: t.Known, Bodies: t.Bodies, Joins: t.Joins, Tails: t.Tails, Fronts: t.Fronts}
	return &Sheet{sheet: s, families: f, texts: map[string]*Text{}, roles: map[string]*font.Family{}, Setter: par.Setter{Words: words}}
}

// Text returns the style of that name. An unknown name or family is reported once and answered by a stand-in, so
// that the rest of the document is still looked at.
func (s *Sheet) Text(name string) *Text {
	if t, ok := s.texts[name]; ok {
		return t
	}
	t := &Text{Name: name}
	s.texts[name] = t
	def, ok := s.sheet.Texts[name]
	if !ok {
		s.Diags.Errorf(RuleTextStyle, diag.Range{}, "模板没有名为“%s”的字体样式", name)
		def = doc.TextStyle{Size: 10500, Leading: 15750}
	}
	if def.Size <= 0 {
		s.Diags.Errorf(RuleTextStyle, diag.Range{}, "字体样式“%s”没有字号", name)
		def.Size = 10500
	}
	def.Leading = max(def.Leading, def.Size)
	t.TextStyle = def
	t.Faces, t.mute = s.family(def.Family, ok)
	return t
}

// In is a style in another family.
func (s *Sheet) In(t *Text, role string) *Text {
	x := *t
	x.TextStyle.Family = role
	x.Faces, x.mute = s.family(role, true)
	return &x
}

// family returns the faces of a role; the second result says they are a stand-in.
func (s *Sheet) family(role string, report bool) (*font.Family, bool) {
	if f, ok := s.roles[role]; ok {
		if f == nil {
			return &font.Family{Role: role}, true
		}
		return f, false
	}
	f, ok := s.families(role)
	if !ok || f == nil {
		s.roles[role] = nil
		if report {
			s.Diags.Errorf(RuleTextStyle, diag.Range{}, "字体库没有名为“%s”的字体", role)
		}
		return &font.Family{Role: role}, true
	}
	s.roles[role] = f
	return f, false
}

// Page returns the page style of that name. An unknown name, or margins that leave no type area, is reported and
// answered by the page of GB/T 9704-2012 cl. 5.1.
func (s *Sheet) Page(name string) doc.PageStyle {
	p, ok := s.sheet.Pages[name]
	switch {
	case !ok:
		s.Diags.Errorf(RulePageStyle, diag.Range{}, "模板没有名为“%s”的版面", name)
	case p.Width-p.Left-p.Right <= 0 || p.Height-p.Top-p.Bottom <= 0:
		s.Diags.Errorf(RulePageStyle, diag.Range{}, "版面“%s”的页边距没有留下版心", name)
	default:
		return p
	}
	return doc.PageStyle{
		Width: unit.A4Width, Height: unit.A4Height,
		Top: 104882, Bottom: 99213, Left: 79370, Right: 73701,
	}
}

// Report says what went wrong when the texts were set in the style: one diagnostic per missing character and text,
// and one per line that sticks out. texts are the spans of the paragraph, where says where they stand ("表 3").
func (s *Sheet) Report(t *Text, where string, res par.Result, texts ...doc.Text) {
	s.ReportSpans(where, res, texts, func(int) *Text { return t })
}

// ReportSpans is Report for a paragraph of several styles.
func (s *Sheet) ReportSpans(where string, res par.Result, texts []doc.Text, style func(span int) *Text) {
	for i, m := range res.Missing {
		if style(m.Span).mute || seen(res.Missing[:i], m) {
			continue
		}
		role := style(m.Span).TextStyle.Family
		s.Diags.Add(diag.Diagnostic{
			Rule: RuleMissing, Level: diag.Error, At: texts[m.Span].Origin,
			Message: "字体“" + role + "”里没有" + character.Say(m.Rune) + "这个字",
			Hint:    insteadOf(m.Rune, role),
		})
	}
	for i := range res.Lines {
		if over := res.Lines[i].Overfull; over > 0 {
			s.Diags.Warnf(RuleOverfull, lineOrigin(&res.Lines[i], texts), "%s有一行排不下，超出 %s 磅：“%s”", where, over, lineStart(&res.Lines[i]))
		}
	}
}

// insteadOf is what to do about a character that no face of the role has: other words, or a face of the author's own, which
// goes before ours.
func insteadOf(r rune, role string) string {
	addFont := "；非用不可的，用收有这个字的字体文件：--font " + role + "=文件.ttf，或在数据里写 [[font]]、role = \"" + role + "\"、file = \"文件.ttf\""
	switch {
	case character.Unified(r) != 0:
		return "改成“" + string(character.Unified(r)) + "”"
	case unicode.Is(unicode.Han, r):
		return "换用通用规范汉字" + addFont
	case character.KindOf(r) != character.Plain:
		return "看不见，删去"
	case r >= 0x1F000 && r <= 0x1FAFF || r >= 0x2600 && r <= 0x27BF:
		return "公开的文件不用表情和图案，删去或改用文字"
	case unicode.IsLetter(r):
		return "不是汉字，改用汉字、拉丁字母或希腊字母写" + addFont
	case unicode.IsNumber(r):
		return "改用普通数字写" + addFont
	}
	return "换用通用的符号，或改用文字" + addFont
}

func seen(before []par.Missing, m par.Missing) bool {
	for _, b := range before {
		if b.Rune == m.Rune && b.Span == m.Span {
			return true
		}
	}
	return false
}

func lineOrigin(l *par.Line, texts []doc.Text) diag.Range {
	for _, r := range l.Runs {
		if int(r.Span) < len(texts) && !texts[r.Span].Origin.IsZero() {
			return texts[r.Span].Origin
		}
	}
	return diag.Range{}
}

// lineStart is enough of a line to find it again.
func lineStart(l *par.Line) string {
	const enough = 16
	var out []rune
	for _, r := range l.Runs {
		for _, c := range r.Text {
			if len(out) == enough {
				return string(out) + "…"
			}
			out = append(out, c)
		}
	}
	return string(out)
}

// Draw puts a set line on the page: x is the left end of its measure, y its baseline. Faces whose ideographs are lower than
// those of others are raised, so that a line of several faces has one height.
func Draw(pg *page.Page, l *par.Line, x, y unit.Length, elem page.ElemID) {
	for i := range l.Runs {
		r := &l.Runs[i]
		pg.Texts = append(pg.Texts, page.Text{
			X: x + r.X, Y: y - r.Size.Milli(int64(r.Face.Rise())), Face: r.Face, Size: r.Size, Text: r.Text, Advances: r.Advances, Elem: elem,
		})
	}
}
