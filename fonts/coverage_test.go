package fonts

import (
	"testing"

	"yusuan/internal/typeset/font"
)

// each calls fn for every role, as a test of its own.
func each(t *testing.T, fn func(t *testing.T, family *font.Family)) {
	t.Helper()
	l := library(t)
	for _, role := range l.Roles() {
		family, _ := l.Family(role)
		t.Run(role, func(t *testing.T) { fn(t, family) })
	}
}

// TestCoverage holds that every role draws all of 通用规范汉字表 (2013) and GB/T 2312, and the marks that budget documents
// print beside them.
func TestCoverage(t *testing.T) {
	const marks = "，。、；：？！“”‘’（）《》〈〉【】〔〕—…·％‰＋－×÷＝℃①②③⑩ⅠⅡⅢ→■□☑☐○●　 "
	each(t, func(t *testing.T, family *font.Family) {
		if missing := family.Missing(nonBMP + extA + common + marks + ascii()); len(missing) > 0 {
			t.Errorf("lacks %q", missing)
		}
		if missing := family.Missing(gb2312()); len(missing) > 0 {
			t.Errorf("lacks %d characters of GB 2312, such as %c", len(missing), missing[0])
		}
	})
}

// TestMarksHaveInk holds that every role draws what GB 2312 has beside ideographs, and the signs of measurements: not
// only a number of a glyph, but one that leaves ink.
func TestMarksHaveInk(t *testing.T) {
	rows := gb2312Marks()
	for row, least := range map[int]int{1: 94, 2: 72, 3: 94, 4: 83, 5: 86, 6: 48, 7: 66, 8: 63, 9: 76} {
		n := 0
		for _, of := range rows {
			if of == row {
				n++
			}
		}
		if n < least {
			t.Errorf("row %d of GB 2312 has %d characters here, in the standard %d", row, n, least)
		}
	}
	for _, r := range greek + cyrillic + pinyin + micro + superior + inferior + hiragana + katakana + technical + ascii() {
		rows[r] += 0
	}
	each(t, func(t *testing.T, family *font.Family) {
		lost := map[int]string{}
		for r, row := range rows {
			face, glyph := family.Find(r)
			if face == nil || glyph == 0 || r != ' ' && r != '　' && grey(face, glyph) == 0 {
				lost[row] += string(r)
			}
		}
		for row, chars := range lost {
			t.Errorf("row %d (0: beyond GB 2312) lacks %s", row, chars)
		}
	})
}

// TestLettersAreProportional holds that letters of Latin text are as wide as their shapes want, not an em each, and come
// from the face that draws the Latin ones; and that both micro signs do.
func TestLettersAreProportional(t *testing.T) {
	each(t, func(t *testing.T, family *font.Family) {
		latin := family.Pick('a')
		for _, r := range greek + cyrillic + pinyin + micro {
			face := family.Pick(r)
			if face == nil {
				t.Errorf("%c is lacking", r)
				continue
			}
			if face.RuneAdvance(r) == 1000 {
				t.Errorf("%c of %s is an em wide", r, face.Name())
			}
			if serif := latin.Name() != "NotoSansSC-Medium"; serif && face != latin {
				t.Errorf("%c is drawn by %s, the letters beside it by %s", r, face.Name(), latin.Name())
			}
		}
		for _, c := range []struct{ narrow, wide rune }{{'ι', 'ω'}, {'Ι', 'Ω'}, {'г', 'ш'}, {'ì', 'ḿ'}} {
			if n, w := width(family, c.narrow), width(family, c.wide); 3*n > 2*w {
				t.Errorf("%c is %d wide, %c %d", c.narrow, n, c.wide, w)
			}
		}
		if a, b := width(family, 'µ'), width(family, 'μ'); a > b+60 || b > a+60 {
			t.Errorf("U+00B5 is %d wide, U+03BC %d", a, b)
		}
	})
}

// TestSmallDigits holds that superscripts are one set with one width of digits, and subscripts too, and that they stand
// where they belong: above half the height of a digit, and from below the baseline to that height.
func TestSmallDigits(t *testing.T) {
	each(t, func(t *testing.T, family *font.Family) {
		_, digit := extent(family, '5')
		for _, c := range []struct {
			chars  string
			digits int
			inside func(lo, hi int) bool
		}{
			{superior, 10, func(lo, hi int) bool { return lo > digit*3/8 && hi < digit*13/10 }},
			{inferior, 10, func(lo, hi int) bool { return lo < digit/5 && lo > -250 && hi < digit*3/5 }},
		} {
			set := []rune(c.chars)
			for i, r := range set {
				face := family.Pick(r)
				if face == nil || face != family.Pick(set[0]) {
					t.Errorf("%c is not of the set of %c", r, set[0])
					continue
				}
				if w := width(family, r); i < c.digits && w != width(family, set[0]) || w > 500 || w < 150 {
					t.Errorf("%c is %d wide, %c %d", r, w, set[0], width(family, set[0]))
				}
				if lo, hi := extent(family, r); !c.inside(lo, hi) {
					t.Errorf("%c reaches from %d to %d, a digit to %d", r, lo, hi, digit)
				}
			}
		}
	})
}

// TestWeightsFit holds that what stands in one line is equally dark: letters of other scripts beside Latin ones, kana
// beside ideographs (which have more strokes in all faces alike). A bold text with letters of a regular face fails.
func TestWeightsFit(t *testing.T) {
	const latin, han = "abcdefghiklmnopqrstuv", "一国年部预算支出的是在有基本项目管理"
	each(t, func(t *testing.T, family *font.Family) {
		for _, c := range []struct {
			what, chars, beside string
			least, most         int // per cent of the darkness beside
		}{
			{"Greek", "αβγδεζηθλμνξπρσφω", latin, 90, 110},
			{"Cyrillic", "абвгдежзиклмнопрстуф", latin, 85, 105},
			{"Pinyin", pinyin, latin, 85, 125},
			{"subscripts", "₀₁₂₃₄₅₆₇₈₉", "0123456789", 50, 72},
			{"superscripts", "⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", 50, 72},
			{"kana", hiragana + katakana, han, 52, 70},
		} {
			if share := 100 * darkness(family, c.chars) / darkness(family, c.beside); share < c.least || share > c.most {
				t.Errorf("%s are %d %% as dark as %s, want %d to %d", c.what, share, c.beside[:4], c.least, c.most)
			}
		}
	})
}

// TestDigitsFitFangsong holds that digits beside 仿宋, whose strokes are thin, are not much darker than its ideographs.
func TestDigitsFitFangsong(t *testing.T) {
	family, _ := library(t).Family("仿宋")
	han := darkness(family, "一般公共预算财政拨款安排的单位范围行政审批局使用元万年支出收入项目管理")
	if share := 100 * darkness(family, "0123456789") / han; share < 100 || share > 120 {
		t.Errorf("digits are %d %% as dark as ideographs, want 100 to 120", share)
	}
}

// TestRareFangsong holds that the ideographs that 仿宋 itself lacks are as dark as those that it has; their strokes are a few
// more, as those of every face show.
func TestRareFangsong(t *testing.T) {
	l := library(t)
	family, _ := l.Family("仿宋")
	full, _ := l.Family("宋体")
	more := darkness(full, common) * 100 / darkness(full, gb2312())
	if share := 100 * darkness(family, common) / darkness(family, gb2312()); share < more-8 || share > more+8 {
		t.Errorf("rare ideographs are %d %% as dark as common ones, want %d, as in 宋体", share, more)
	}
}

// TestOneHeight holds that the ideographs of all roles, those of fallbacks too, stand at one height: a heading in 黑体 and the
// text in 仿宋 behind it make one line.
func TestOneHeight(t *testing.T) {
	const han = "国务院关于加强预算管理的通知项目支出绩效目标申报表同意"
	l := library(t)
	song, _ := l.Family("宋体")
	each(t, func(t *testing.T, family *font.Family) {
		if got, want := middle(family, han), middle(song, han); got < want-10 || got > want+10 {
			t.Errorf("the middles of ideographs are %d above the baseline, in 宋体 %d", got, want)
		}
		if got, want := middle(family, common), middle(song, common); got < want-10 || got > want+10 {
			t.Errorf("the middles of rare ideographs are %d above the baseline, in 宋体 %d", got, want)
		}
	})
}

// TestQuotesOfKai holds that the quotation marks of 楷体 are as large and as high as those of 仿宋, which it stands beside.
func TestQuotesOfKai(t *testing.T) {
	l := library(t)
	kai, _ := l.Family("楷体")
	fang, _ := l.Family("仿宋")
	for _, r := range "“”‘’" {
		a, b := darkness(kai, string(r)), darkness(fang, string(r))
		if x, y := middle(kai, string(r)), middle(fang, string(r)); a < b*9/10 || x < y-20 || x > y+20 {
			t.Errorf("%c of 楷体 has %d of ink at %d, that of 仿宋 %d at %d", r, a, x, b, y)
		}
	}
}

// TestSignsStandWithDigits holds that signs behind digits stand as low as these, though the ideographs may be raised.
func TestSignsStandWithDigits(t *testing.T) {
	family, _ := library(t).Family("仿宋")
	for _, r := range "℃℉‰" {
		face := family.Pick(r)
		if lo, _ := extent(family, r); lo+face.Rise() < -40 || lo+face.Rise() > 20 {
			t.Errorf("%c of %s stands %d above the baseline", r, face.Name(), lo+face.Rise())
		}
	}
}

// middle is the mean of the middles of characters as they are drawn, in thousandths of an em above the baseline.
func middle(f *font.Family, text string) int {
	sum, n := 0, 0
	for _, r := range text {
		if face := f.Pick(r); face != nil {
			lo, hi := extent(f, r)
			sum, n = sum+lo+hi+2*face.Rise(), n+2
		}
	}
	return sum / max(n, 1)
}

func width(f *font.Family, r rune) int {
	if face := f.Pick(r); face != nil {
		return face.RuneAdvance(r)
	}
	return 0
}

// extent is the lowest and the highest point of a character in thousandths of an em.
func extent(f *font.Family, r rune) (lo, hi int) {
	face, glyph := f.Find(r)
	if face == nil {
		return 0, 0
	}
	var o font.Outline
	face.AppendOutline(&o, glyph)
	for i, p := range o.Points {
		y := int(p.Y) * 1000 / face.Metrics().UnitsPerEm
		if i == 0 {
			lo, hi = y, y
		}
		lo, hi = min(lo, y), max(hi, y)
	}
	return lo, hi
}

// darkness is how much of the room of a text is ink, in thousandths.
func darkness(f *font.Family, text string) int {
	ink, room := 0, 0
	for _, r := range text {
		if face, glyph := f.Find(r); face != nil {
			ink, room = ink+grey(face, glyph), room+face.Advance(glyph)
		}
	}
	return ink / max(room, 1)
}

// grey is the area of a glyph in millionths of a square em, its curves taken as the lines between their points: strokes
// that cross each other count twice, which is little.
func grey(face *font.Face, glyph font.GlyphID) int {
	var o font.Outline
	face.AppendOutline(&o, glyph)
	twice, start := 0, 0
	for _, end := range o.Ends {
		for i := start; i < end; i++ {
			p, q := o.Points[i], o.Points[start+(i+1-start)%(end-start)]
			twice += int(p.X)*int(q.Y) - int(q.X)*int(p.Y)
		}
		start = end
	}
	em := face.Metrics().UnitsPerEm
	return max(twice, -twice) * 500_000 / (em * em)
}
