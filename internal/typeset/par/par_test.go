package par

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/unit"
)

// em is the size of all test text: lengths of an em are easy to read.
const em = unit.Length(10000)

// fixedWidth draws Han and Chinese marks an em wide, letters and small digits half an em, blanks a quarter; U+E000 and on
// it lacks.
func fixedWidth(r rune) int {
	switch {
	case r == ' ':
		return 250
	case r < ' ', r >= 0xE000 && r <= 0xF8FF, r >= 0xFE00 && r <= 0xFE0F:
		return 0
	case r < 0x2B0, r >= 0x300 && r <= 0x52F, r >= 0x2070 && r <= 0x209F, r == '–', r == '•':
		if r == '·' || r == '×' {
			return 1000
		}
		return 500
	}
	return 1000
}

var fixed = font.NewFixed("试", fixedWidth)

func text(s string) []Span { return []Span{{Text: s, Family: fixed, Size: em}} }

// ask asks for text on lines of so many thousandths of an em.
func ask(s string, measure int64, align Align) Paragraph {
	return Paragraph{Spans: text(s), Measure: em.Milli(measure), Align: align}
}

// bars writes lines as one text with a bar at each break that the breaker chose.
func bars(lines []Line) string {
	var b strings.Builder
	for i := range lines {
		if i > 0 && !lines[i-1].Forced {
			b.WriteByte('|')
		}
		b.WriteString(lineText(&lines[i]))
	}
	return b.String()
}

func lineText(l *Line) string {
	s := ""
	for i := range l.Runs {
		s += l.Runs[i].Text
	}
	return s
}

// TestBreaks holds where lines end. A bar in a case is a line's end; the text is the case without its bars.
func TestBreaks(t *testing.T) {
	for _, c := range []struct {
		what    string
		measure int64
		want    string
		align   Align
	}{
		{"nothing to break", 4000, "中文中文", Left},
		{"full lines", 4200, "中文中文|中文中文", Left},
		{"a comma fits in half an em at the end", 4500, "中文中文，|中文中文", Left},
		{"two commas are squeezed before a mark is pushed out", 14000, "中文中文中文中文一，二，三四，|五六七八九", Justify},
		{"short lines are not justified", 5500, "一，二，三|四，五六七|八九", Justify},
		{"no mark begins a line", 4000, "一二三|四。五六|七八九", Left},
		{"no closing mark begins a line", 4000, "（一二|三）四五|六七", Left},
		{"no opening mark ends a line", 4000, "一二三|“四五”|六七八", Left},
		{"solidus with both neighbours", 3000, "一二|三/四|五六七", Left},
		{"number whole", 5000, "支出共|4,671.85|元整吗", Left},
		{"number with per cent", 5000, "一二三四|84.02%五|六七八九", Left},
		{"number with its unit", 7000, "一二三四五|32.77万元六七|八九十", Left},
		{"unit of several characters", 7000, "一二三四|90平方米六七|八九十", Left},
		{"unit whole though the line is loose", 19200, "一二三四五六七八九十一二三四4671.85|万元整一二三四", Justify},
		{"last line of two em at least", 20000, "一二三四五六七八九十一二三四五六七八九|占0%。", Justify},
		{"unit parted before the measure is broken", 3500, "4671.85|万元整", Left},
		{"currency sign", 4500, "一二三|￥55一二|三四五", Left},
		{"sign of a number", 5000, "一二三四|≥95%五六|七八九", Left},
		{"minus", 5000, "一二三四|-5.2%五六|七八九", Left},
		{"telephone number", 8000, "一二三四五六|027-88923196一|二三", Left},
		{"document number", 9000, "一二三|国发〔2022〕5号文|一二三四五六", Left},
		{"document number behind a mark", 11000, "一二三四五六|（鄂财预发〔2022〕5号）|一二三四五六", Left},
		{"number and unit whole as far as a line is not too loose", 19200, "一二三四五六七八九十一二三四五六|4671.85万元整一二三四一二三四五六七八|九十一二三四五六", Justify},
		{"number parted before a line is too loose", 20500, "一二三四五六七八九十一二三四五六7877.76|万元占一二三四五六七八九十一二三四五六七|八九", Justify},
		{"a term whole in a long cell", 9500, "提升移动端服务能|力，实现高频业务|“掌上办”和一次", Left},
		{"no last line of a unit alone", 20500, "一二三四五六七八九十一二三四五六|7877.76万元。", Justify},

		{"enumerator with what follows", 3500, "（一）总|则二三|四五六", Left},
		{"enumerator of digits", 3000, "1. 总|则二三|四五六", Left},
		{"circled enumerator", 2500, "①总|则二|三四", Left},
		{"dashes whole", 6000, "一二三四|五——六七八|九十", Left},
		{"dots whole", 6000, "一二三四|五……六七八|九十", Left},
		{"dots of a whole line", 4000, "一二三四|…………", Left},
		{"a lone dash begins no line", 5000, "一二三四|五—六七八|九十", Left},
		{"hyphen between names", 5000, "一二三四|五-六七八|九十", Left},
		{"range", 5500, "一二三四|五15～30%|六七", Left},
		{"middot begins no line", 4000, "一二三|四·五六|七八", Left},
		{"word whole", 6000, "一二三四|budgets五|六七", Left},
		{"compound at its hyphen", 6000, "一二state-|owned三四五|六七八", Left},
		{"short compound whole", 6000, "一二三四|PDF/A-3a五|六七八", Left},
		{"multiplication", 4500, "一二三四|5×3五六|七八九", Left},
		{"plus between Han", 4500, "“互联网+|政务服务|一二", Left},
		{"two characters on the last line, not one", 6000, "一二三四五六|七八九十一|二三", Left},
		{"no-break space", 4000, "一二三|四\u00a0五六|七八九", Left},
		{"full-width digits", 4000, "一二三|２０２６|年一二", Left},
		{"zero width space", 6000, "一二三bud|gets四五|六七", Left},
		{"number of an item within a paragraph", 8000, "一二三四五，|（2）改建大厅设备|费六七八九", Left},
		{"circled number within a paragraph", 8000, "一二三四五六；|②改建大厅设备费|六七八九", Left},
		{"a year in brackets is no such number", 9000, "规划的期限（五年）|已经过半", Left},
		{"time of day", 8000, "一二三四五六|8：30止七八", Left},
		{"ratio", 5000, "比例一二|3∶1五六|七八九", Left},
		{"non-breaking hyphen", 5000, "一二state|‑owned三", Left},
		{"year ends the line rather than its month", 12000, "一二三四五六2026年|12月31日七八", Left},
		{"legacy dash whole", 6000, "一二三四|五――六七八|九十", Left},
		{"forced", 4000, "一二三|四五\n六", Left},
		{"formula whole", 5000, "一二三四|CO₂五六七|八九十", Left},
		{"formula with a point whole", 6000, "一二三四|PM₂.₅五六七|八九", Left},
		{"measurement whole", 10000, "一二三四五|PM₂.₅≤35μg/m³六|七八", Left},
		{"measurement parted at its blanks, not before its unit", 6500, "一二PM₂.₅ |≤ 35 μg/m³六|七八", Left},
		{"comparison with its number behind a blank", 5500, "一二三|四≤ 35五六|七八九十", Left},
		{"a number and a word that is no unit", 4500, "一二 35 |budget三|四五六", Left},
		{"power", 6000, "一二三四|10⁻⁶五六七|八九", Left},
		{"Greek word whole", 5000, "一二三四|Δαβ五六七|八九", Left},
		{"Cyrillic word whole", 6000, "一二三四|Москва五六|七八", Left},
		{"Pinyin whole", 6000, "一二三四|ɡuǎnɡ五六|七八", Left},
		{"micro sign with its unit", 5000, "一二三四|5µg五六七|八九十", Left},
		{"a unit in one cell", 5000, "一二三四|5㎎五六七|八九十", Left},
		{"a long vowel begins no line", 4000, "一二三|四ー五六|七八", Left},
		{"date parted between year and month at most", 6000, "自2026年|12月31日一|二三四五", Left},
	} {
		src := strings.ReplaceAll(c.want, "|", "")
		if c.what == "zero width space" {
			src = strings.Replace(src, "budgets", "bud\u200bgets", 1)
		}
		got := bars(Set(ask(src, c.measure, c.align)).Lines)
		if want := strings.ReplaceAll(c.want, "\n", ""); got != want {
			t.Errorf("%s: got %s, want %s", c.what, got, want)
		}
	}
}

// TestEnumeratorStands wants the number of a paragraph and the blank after it set alike whether its line is stretched or not.
func TestEnumeratorStands(t *testing.T) {
	for _, text := range []string{"1. 一二三四五六七八九十一二三四五六七4671.85万元一二三四五六", "（一）一二三四五六七八九十一二三4671.85万元一二三四五六"} {
		ragged, justified := Set(ask(text, 20000, Left)), Set(ask(text, 20000, Justify))
		if justified.Lines[0].Stretch <= 0 {
			t.Errorf("%s: the first line is not stretched", text)
		}
		if want, got := glyphs(&ragged.Lines[0])[3].x, glyphs(&justified.Lines[0])[3].x; got != want {
			t.Errorf("%s: what follows the number begins at %s, in a ragged line at %s", text, got, want)
		}
	}
}

// TestLongWords holds that what fits no line is broken where it hurts least, and that numbers are not.
func TestLongWords(t *testing.T) {
	for _, c := range []struct {
		what    string
		measure int64
		want    string
	}{
		{"address after its marks", 10000, "见https://www.|wuchang.gov.cn/zwgk/|ysgk/2026。"},
		{"mail", 7000, "budget.office@|example.org"},
		{"word", 4000, "internat|ionaliza|tion"},
		{"chain of Han", 2000, "教|育/|卫|生/|文化"},
		{"decimal within an address whole", 5000, "abcdefg/|v3.1415/|hijk"},
		{"number wider than the line", 3000, "一|1234567890|二"},
		{"telephone numbers", 4000, "027-|88923196"},
	} {
		src := strings.ReplaceAll(c.want, "|", "")
		if got := bars(Set(ask(src, c.measure, Left)).Lines); got != c.want {
			t.Errorf("%s: got %s, want %s", c.what, got, c.want)
		}
	}
	res := Set(ask("一1234567890二", 3000, Left))
	if over := res.Lines[1].Overfull; over != em.Milli(2000) {
		t.Errorf("number wider than the line sticks out by %s, want two em", over)
	}
}

// titleWords are the words of the titles in TestTitles.
var titleWords = func() Words {
	known := map[[2]rune]bool{}
	for _, w := range strings.Fields("部门 预算 收支 财政 拨款 一般 公共 政府 基金 经费 会议 支出 情况 说明 采购 购买 服务 绩效 目标 对象 满意 指标 培训 项目 年度 基本 社会 服务 中心 科室 办事 大厅 窗口 城市 管理 综合 行政 执法 更新 事务 文化 市场") {
		known[[2]rune([]rune(w))] = true
	}
	return Words{Known: known, Bodies: "局区市年", Joins: "和及", Tails: "费表度", Fronts: "总本",
		Names: []string{"澜川市槐安区文化市场综合执法大队"}}
}()

// TestTitles holds the lines of titles: the number on one of its own where there are several, the rest as few as needed, like
// in length, parted at sense units.
func TestTitles(t *testing.T) {
	for _, c := range []struct {
		measure int64
		want    string
	}{
		{20000, "第二部分　|武汉市武昌区行政审批局2026年部门预算表"},
		{14000, "武汉市武昌区行政审批局|2026年部门预算"},
		{17000, "澜川市槐安区|城市管理和综合行政执法局|（澜川市槐安区城市更新事务中心）"}, // nor a body from its name
		{20000, "第二部分　|澜川市槐安区文化和旅游局|2026年部门预算表"},
		{20000, "第二部分　|澜川市槐安区社会服务中心|2026年部门预算表"},
		{9000, "一二三四五六|七八九十一二"},
		{20000, "部门预算"},
		{20000, "第一部分　|难排的标题：武汉市武昌区行政审批局|2026年部门预算及“三公”|经费预算情况说明"},
		{9000, "部门预算收支|和财政拨款收支"},
		{20000, "一般公共预算“三公”经费、|会议费和培训费支出情况表"},
		{12000, "政府性基金预算|财政拨款支出表"},
		{14000, "关于政府采购支出|情况的说明及有关事项"},
		{11000, "政府购买服务支出|和绩效目标表"},
		{4000, "服务对象|满意度|指标"},
		{3200, "服务|对象|满意度|指标"}, // rather a line more than a word broken
		{3500, "一般|公共|预算"},
		{4200, "项目|总预算"},
		{5200, "项目本年度|预算"},
		{7000, "涉及到8个科室|及办事大厅|窗口数"}, // a number is no year
		{3200, "基本|支出"},
		{4000, "一般公共|预算"},
		{6000, "部门（单位）|代码"},                          // nor a bracket
		{20000, "第二部分　|澜川市槐安区文化市场综合执法大队|2026年单位预算表"}, // rather a line more than a name broken
		{20000, "澜川市槐安区文化市场综合执法大队|2026年单位预算"},
		{14000, "澜川市槐安区|文化市场综合执法大队"}, // which no line has room for
	} {
		p := ask(strings.ReplaceAll(c.want, "|", ""), c.measure, Center)
		p.Balance = true
		s := Setter{Words: titleWords}
		if got := bars(s.Set(&p).Lines); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

// TestHanging wants what hangs before the first line to stay with it: of an entry of the contents, its number.
func TestHanging(t *testing.T) {
	for _, c := range []struct {
		hang int64
		want string
	}{
		{0, "第二部分　|一二三四五六七八|九十一二三四五六"},
		{5000, "第二部分　一二三四|五六七八九十一|二三四五六"},
	} {
		p := ask(strings.ReplaceAll(c.want, "|", ""), 9000, Left)
		p.Balance, p.FirstIndent = true, -em.Milli(c.hang)
		res := Set(p)
		if got := bars(res.Lines); strings.HasPrefix(got, "第二部分　|") != (c.hang == 0) {
			t.Errorf("hanging by %d: %s", c.hang, got)
		}
		if x := res.Lines[0].Runs[0].X; x != p.FirstIndent {
			t.Errorf("hanging by %d: begins at %s", c.hang, x)
		}
	}
}

// glyph is one character as set.
type glyph struct {
	r   rune
	x   unit.Length
	adv unit.Length
}

func glyphs(l *Line) []glyph {
	var out []glyph
	for _, r := range l.Runs {
		x := r.X
		i := 0
		for _, c := range r.Text {
			out = append(out, glyph{c, x, r.Advances[i]})
			x += r.Advances[i]
			i++
		}
	}
	return out
}

// TestPlaces holds where the glyphs of one line start, in thousandths of an em.
func TestPlaces(t *testing.T) {
	for _, c := range []struct {
		what  string
		text  string
		want  []int64 // the last is the width
		extra func(*Paragraph)
	}{
		{"Han and Latin a quarter apart", "中a中", []int64{0, 1250, 2000, 3000}, nil},
		{"typed blank is that gap", "中 a", []int64{0, 1000, 1250, 1750}, nil},
		{"blanks hang at the end", "中a ", []int64{0, 1250, 1750, 1750}, nil},
		{"no gap beside marks", "a，a", []int64{0, 500, 1500, 2000}, nil},
		{"no gap at per cent, one after it", "5%中", []int64{0, 500, 1250, 2250}, nil},
		{"no gap beside plus between Han", "中+中", []int64{0, 1000, 1500, 2500}, nil},
		{"gap before a sign", "中-5", []int64{0, 1250, 1750, 2250}, nil},
		{"a wide sign takes none", "中5℃中", []int64{0, 1250, 1750, 2750, 3750}, nil},
		{"a formula between Han", "中O₂中", []int64{0, 1250, 1750, 2500, 3500}, nil},
		{"a Greek letter between Han", "中Δ中", []int64{0, 1250, 2000, 3000}, nil},
		{"a micro sign after a number", "中5µg中", []int64{0, 1250, 1750, 2250, 3000, 4000}, nil},
		{"a superscript after Han", "中²中", []int64{0, 1000, 1750, 2750}, nil},
		{"half a cell at the end", "中。", []int64{0, 1000, 1500}, nil},
		{"flush at the start", "（中", []int64{-500, 500, 1500}, nil},
		{"flush after the indent", "（中", []int64{1500, 2500, 3500}, func(p *Paragraph) { p.FirstIndent = 2 * em }},
		{"closing and comma", "（中），中", []int64{-500, 500, 1500, 2000, 3000, 4000}, nil},
		{"closing and opening", "中）（中", []int64{0, 1000, 1500, 2500, 3500}, nil},
		{"an opening mark after a blank", "中　（中", []int64{0, 1000, 1500, 2500, 3500}, nil},
		{"two opening", "中“（中", []int64{0, 1000, 1500, 2500, 3500}, nil},
		{"stop and closing", "中。”中", []int64{0, 1000, 1500, 2500, 3500}, nil},
		{"？！ take one em", "中？！中", []int64{0, 1000, 1500, 2000, 3000}, nil},
		{"three take two", "中？！！中", []int64{0, 1000, 1500, 2000, 3000, 4000}, nil},
		{"middot takes half an em", "中·中", []int64{0, 750, 1500, 2500}, nil},
		{"tracking", "中中", []int64{0, 1100, 2100}, func(p *Paragraph) { p.Tracking = 100 }},
		{"centred", "中中", []int64{49000, 50000, 51000}, func(p *Paragraph) { p.Align = Center }},
		{"flush right", "中。", []int64{98500, 99500, 100000}, func(p *Paragraph) { p.Align = Right }},
		{"a combining mark takes no room", "e\u0301a", []int64{0, 500, 500, 1000}, nil},
		{"Latin quotation marks", "中“a”", []int64{0, 1000, 2000, 2500, 3000}, nil},
	} {
		p := ask(c.text, 100000, Left)
		if c.extra != nil {
			c.extra(&p)
		}
		res := Set(p)
		if len(res.Lines) != 1 {
			t.Fatalf("%s: %d lines", c.what, len(res.Lines))
		}
		var got []int64
		for _, g := range glyphs(&res.Lines[0]) {
			got = append(got, int64(g.x*1000/em))
		}
		got = append(got, int64(res.Lines[0].Width*1000/em))
		if len(got) != len(c.want) {
			t.Fatalf("%s: got %v, want %v", c.what, got, c.want)
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: got %v, want %v", c.what, got, c.want)
				break
			}
		}
	}
}

// measureWhole gets a paragraph of one line ready for being set.
func (s *Setter) measureWhole(p *Paragraph) {
	s.prepare(p)
	s.b.ask(p, &s.Words)
	s.b.load(&s.segments[0], 0)
	s.b.measureAll()
}

// TestSqueezeOrder holds that brackets give before commas, commas before gaps, and 。 gives nothing.
func TestSqueezeOrder(t *testing.T) {
	const s = "中（中）中，中a中。中中中中中中" // natural: 14 em and two quarters, the last line has one more
	for _, c := range []struct {
		measure                           int64
		opening, closing, comma, qr, stop int64 // advances: before （, of ）, of ，, of a with its gap, and of 。
	}{
		{16000, 1000, 1000, 1000, 750, 1000},
		{15500, 750, 750, 1000, 750, 1000},
		{15000, 500, 500, 1000, 750, 1000},
		{14750, 500, 500, 750, 750, 1000},
		{14500, 500, 500, 500, 750, 1000},
		{14300, 500, 500, 500, 650, 1000},
		{14250, 500, 500, 500, 625, 1000},
		{14100, 500, 500, 500, 625, 850},
		{14000, 500, 500, 500, 625, 750},
	} {
		p := ask(s, c.measure, Justify)
		var st Setter
		st.measureWhole(&p)
		whole := st.b.sums.line(st.atoms, 0, len(st.atoms))
		st.line(&p, st.atoms, len(st.atoms), &whole, 0, true)
		l := &st.lines.cut()[0]
		g := glyphs(l)
		got := [5]int64{}
		for i, k := range []int{0, 3, 5, 7, 9} {
			got[i] = int64(g[k].adv * 1000 / em)
		}
		if want := [5]int64{c.opening, c.closing, c.comma, c.qr, c.stop}; got != want || l.Width != em.Milli(c.measure) {
			t.Errorf("on %d: got %v, width %s; want %v", c.measure, got, l.Width, want)
		}
	}
}

// TestMarksAtTheEndGiveOnce holds that a line is not squeezed by what its last mark has lost already: such lines stick out.
func TestMarksAtTheEndGiveOnce(t *testing.T) {
	for _, mark := range []string{"。", "？", "，", "、", "；", "）", "”"} {
		for measure := int64(13000); measure <= 16000; measure += 20 {
			for _, l := range Set(ask("中中"+mark+"中中中中中中中中中中中中中"+mark, measure, Justify)).Lines {
				if l.Overfull > 0 {
					t.Fatalf("%s on %d: %q sticks out by %s", mark, measure, lineText(&l), l.Overfull)
				}
			}
		}
	}
}

// TestNoLoneCharacter holds that a number is rather parted from its unit, or a line opened, than one character left alone on the
// last line.
func TestNoLoneCharacter(t *testing.T) {
	for n := 30; n < 60; n++ {
		for at := 5; at < n-5; at++ {
			text := strings.Repeat("中", at) + "4671.85万元" + strings.Repeat("中", n-at) + "。"
			lines := Set(ask(text, 20000, Justify)).Lines
			if last := lineText(&lines[len(lines)-1]); last == "中。" || last == "元。" {
				t.Errorf("%d and %d characters: %s", at, n-at, bars(lines))
			}
		}
	}
}

// TestStretchOrder holds that blanks between words take room first, then gaps between Han and Latin, then all alike.
func TestStretchOrder(t *testing.T) {
	const s = "中文ab cd文中"
	const natural = 7*1000 - 1000 + 750 // four Han, four letters, a blank, two gaps
	for _, c := range []struct {
		room              int64
		blank, gap, inter int64
	}{
		{0, 250, 250, 0},
		{200, 450, 250, 0},
		{250, 500, 250, 0},
		{350, 500, 300, 0},
		{750, 500, 500, 0},
		{1350, 600, 600, 100}, // six gaps share 600
	} {
		p := ask(s, natural+c.room, Justify)
		var st Setter
		st.measureWhole(&p)
		atoms := st.atoms
		whole := st.b.sums.line(atoms, 0, len(atoms))
		if whole.width != int64(em.Milli(natural)) {
			t.Fatalf("natural width %d", whole.width)
		}
		st.b.stretch(atoms, &whole, int64(em.Milli(c.room)))
		got := [3]int64{int64((atoms[4].advance + atoms[4].gap) * 1000 / em), int64(atoms[2].gap * 1000 / em), int64(atoms[1].gap * 1000 / em)}
		if want := [3]int64{c.blank, c.gap, c.inter}; got != want {
			t.Errorf("%d to spread: blank, gap, between Han %v, want %v", c.room, got, want)
		}
	}
}

// TestOrphan holds that a last line of one character is avoided by squeezing it in or by pushing one down.
func TestOrphan(t *testing.T) {
	for n := 21; n < 30; n++ {
		for _, s := range []string{strings.Repeat("中", n) + "。", strings.Repeat("中文，", n/3) + strings.Repeat("中", n%3) + "字。"} {
			res := Set(ask(s, 10000, Justify))
			if last := lineText(&res.Lines[len(res.Lines)-1]); utf8.RuneCountInString(last) <= 2 {
				t.Errorf("%s ends with the line %s", s, last)
			}
		}
	}
}

func TestEmpty(t *testing.T) {
	for _, c := range []struct {
		text  string
		lines int
	}{{"", 0}, {"\n", 1}, {"\n\n", 2}, {"中\n", 1}, {"\n中", 2}, {"中\n\n中", 3}, {"  ", 1}, {"　", 1}, {"\ue000", 0}, {"\u200b", 0}, {" \n ", 2}} {
		res := Set(ask(c.text, 10000, Justify))
		if len(res.Lines) != c.lines {
			t.Errorf("%q: %d lines, want %d", c.text, len(res.Lines), c.lines)
		}
		for i := range res.Lines {
			if !res.Lines[i].Forced {
				t.Errorf("%q: line %d is not forced", c.text, i)
			}
		}
	}
	if res := Set(Paragraph{Measure: em}); len(res.Lines) != 0 {
		t.Error("a paragraph of no spans has lines")
	}
}

func TestMissing(t *testing.T) {
	res := Set(Paragraph{Measure: 10 * em, Spans: append(text("中"), text("文\ue000\xff中")...)})
	want := []Missing{{0xE000, 1, 3}, {utf8.RuneError, 1, 6}}
	if len(res.Missing) != 2 || res.Missing[0] != want[0] || res.Missing[1] != want[1] {
		t.Errorf("missing %v, want %v", res.Missing, want)
	}
	if got := bars(res.Lines); got != "中文中" {
		t.Errorf("set %s", got)
	}
	for _, r := range res.Lines[0].Runs {
		if strings.ContainsRune(r.Text, 0xE000) {
			t.Errorf("run %q holds a missing character", r.Text)
		}
	}
}

// TestSizes holds that spans keep their size, family and number, and that a gap between sizes is that of the smaller.
func TestSizes(t *testing.T) {
	other := font.NewFixed("另", func(rune) int { return 1000 })
	res := Set(Paragraph{Measure: 100 * em, Spans: []Span{{"中𠙶", fixed, em}, {"a中", fixed, em / 2}, {"中", other, em}}})
	runs := res.Lines[0].Runs
	if len(runs) != 3 {
		t.Fatalf("%d runs, want one a span", len(runs))
	}
	for i, want := range []Run{{X: 0, Size: em}, {X: 2*em + em/8, Size: em / 2}, {X: 3 * em, Size: em}} {
		if runs[i].X != want.X || runs[i].Size != want.Size || int(runs[i].Span) != i {
			t.Errorf("run %d at %s, size %s, span %d", i, runs[i].X, runs[i].Size, runs[i].Span)
		}
	}
	if runs[2].Face == runs[1].Face {
		t.Error("the family of the third span is lost")
	}
}

// TestCentredMarks holds that a ？ which its face centres is drawn at the left of its cell, where half of it can go.
func TestCentredMarks(t *testing.T) {
	for _, c := range []struct {
		file string
		r    rune
		want int64
	}{{"FandolFang-Regular.ttf", '？', 250}, {"FandolFang-Regular.ttf", '！', 0}, {"NotoSerifSC-Regular.ttf", '？', 0}} {
		raw, err := os.ReadFile("../../../fonts/" + c.file)
		if err != nil {
			t.Fatal(err)
		}
		face, err := font.Parse("", raw)
		if err != nil {
			t.Fatal(err)
		}
		if got := offCentre(face, c.r); got != c.want {
			t.Errorf("%s draws %c %d right of its place, want %d", c.file, c.r, got, c.want)
		}
	}
}

// TestShortRaggedText wants words whole in a text of few characters that is not justified, on no more lines than without;
// longer text fills its lines.
func TestShortRaggedText(t *testing.T) {
	set := func(s string, measure int64) (out []string) {
		setter := Setter{Words: titleWords}
		p := ask(s, measure, Left)
		for _, l := range setter.Set(&p).Lines {
			out = append(out, lineText(&l))
		}
		return out
	}
	for _, x := range []struct {
		text    string
		measure int64
		want    []string
	}{
		{"公众对政务服务满意度", 8000, []string{"公众对政务服务", "满意度"}},
		{"公众对各项服务满意度高低", 8000, []string{"公众对各项服务", "满意度高低"}},
		{"公众投诉举报按期办结率", 6000, []string{"公众投诉举报", "按期办结率"}},
		{"对满意度", 2000, []string{"对满", "意度"}}, // a third line would be dearer
		{"公众对政务服务满意度以及各项服务水平高低等的看法", 8000, []string{"公众对政务服务满", "意度以及各项服务", "水平高低等的看法"}},
	} {
		if got := set(x.text, x.measure); !slices.Equal(got, x.want) {
			t.Errorf("%s: %q, want %q", x.text, got, x.want)
		}
	}
}

// TestLonger holds that a paragraph is a line longer or shorter when it is asked for and its lines stay even, with a last line
// of more than a character, and else is as it was.
func TestLonger(t *testing.T) {
	shorter, longer := 0, 0
	for n := 30; n < 170; n++ {
		var b strings.Builder
		for i := range n {
			b.WriteRune('文')
			if i%10 == 9 {
				b.WriteRune('，')
			}
		}
		p := ask(b.String()+"。", 28000, Justify)
		usual := Set(p).Lines
		for _, by := range []int{-1, 1} {
			p.Longer = by
			lines := Set(p).Lines
			switch len(lines) - len(usual) {
			case by:
			case 0:
				if bars(lines) != bars(usual) {
					t.Errorf("%d characters, %+d: %s, not longer nor shorter than %s", n, by, bars(lines), bars(usual))
				}
				continue
			default:
				t.Errorf("%d characters, %+d: %d lines instead of %d", n, by, len(lines), len(usual))
			}
			if by > 0 {
				longer++
			} else {
				shorter++
			}
			for i := range lines {
				if l := &lines[i]; l.Stretch > evenStretch || l.Overfull > 0 || l.Loose > 0 && i+1 < len(lines) {
					t.Errorf("%d characters, %+d: uneven line %s", n, by, lineText(l))
				}
			}
			if last := lineText(&lines[len(lines)-1]); utf8.RuneCountInString(last) <= 2 {
				t.Errorf("%d characters, %+d: last line %s", n, by, last)
			}
		}
	}
	if shorter < 5 || longer < 5 {
		t.Errorf("%d are a line shorter, %d longer", shorter, longer)
	}
}

// TestUnitsArePartedForGapingLinesOnly: where a line ends between a number and its unit, the text set with the two joined has
// a line whose Han stand more than 0.12 em apart; where only the last line follows, one of more than 0.2 or two.
func TestUnitsArePartedForGapingLinesOnly(t *testing.T) {
	parted := 0
	for at := 5; at < 40; at++ {
		for rest := 1; rest < 40; rest++ {
			before, after := strings.Repeat("中", at)+"4671.85", "万元"+strings.Repeat("中", rest)+"。"
			lines := Set(ask(before+after, 20000, Justify)).Lines
			i := slices.IndexFunc(lines, func(l Line) bool { return l.Unit })
			if i < 0 {
				continue
			}
			parted++
			joined := Set(ask(before+"\u2060万\u2060"+after[len("万"):], 20000, Justify)).Lines
			if lineText(&joined[len(joined)-1]) == "中。" { // that would be worse
				continue
			}
			wide, gaping := 0, 0
			for _, l := range joined {
				if l.Open > 120 || l.Loose > 0 {
					wide++
				}
				if l.Open > 200 || l.Loose > 0 {
					gaping++
				}
			}
			if last := i == len(lines)-2; wide == 0 || last && wide == 1 && gaping == 0 {
				t.Errorf("%s: parted, though joined only %d lines are wide, %d gape", bars(lines), wide, gaping)
			}
		}
	}
	if parted == 0 {
		t.Error("no number was ever parted from its unit")
	}
}
