package character

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestKindOf(t *testing.T) {
	for _, c := range []struct {
		from, to rune
		kind     Kind
	}{
		{' ', '~', Plain}, {0x3000, 0x30FF, Plain}, {0x4E00, 0x9FFF, Plain}, {0xFF01, 0xFF9F, Plain}, {0x20000, 0x2A6D6, Plain}, {'α', 'ω', Plain},
		{'₀', '₉', Plain}, {'①', '⑳', Plain}, {'Ⅰ', 'Ⅻ', Plain}, {'℃', '℃', Plain}, {'—', '…', Plain}, {'㎎', '㎡', Plain}, {0x301, 0x301, Plain},
		{'\t', '\t', Tab}, {'\n', '\r', Break}, {0x85, 0x85, Break}, {0x2028, 0x2029, Break},
		{0, 8, Control}, {0xE, 0x1F, Control}, {0x7F, 0x84, Control}, {0x86, 0x9F, Control},
		{0xAD, 0xAD, Invisible}, {0x200B, 0x200F, Invisible}, {0x202A, 0x202E, Invisible}, {0x2060, 0x2064, Invisible}, {0x2066, 0x2069, Invisible},
		{0xFEFF, 0xFEFF, Invisible}, {0x3164, 0x3164, Invisible}, {0xE0001, 0xE007F, Invisible},
		{0xFE00, 0xFE0F, Selector}, {0xE0100, 0xE01EF, Selector},
		{0xA0, 0xA0, Blank}, {0x2000, 0x200A, Blank}, {0x202F, 0x202F, Blank}, {0x205F, 0x205F, Blank}, {0x2800, 0x2800, Blank},
		{0x2E80, 0x2E99, Variant}, {0x2E9B, 0x2EF3, Variant}, {0x2F00, 0x2FD5, Variant}, {0xF900, 0xFA0D, Variant}, {0x2F800, 0x2FA1D, Variant},
		{0xE000, 0xF8FF, Unusable}, {0xF0000, 0xFFFFD, Unusable}, {0xFDD0, 0xFDEF, Unusable}, {0xFFFE, 0xFFFF, Unusable}, {0xFFFC, 0xFFFD, Unusable},
	} {
		for r := c.from; r <= c.to; r++ {
			if got := KindOf(r); got != c.kind {
				t.Errorf("%s is of kind %d, want %d", Code(r), got, c.kind)
			}
			if c.kind != Plain && Name(r) == "" {
				t.Errorf("%s has no name", Code(r))
			}
		}
	}
}

// The twelve characters of the block for compatibility that are no doubles (The Unicode Standard, table 18-7).
func TestUnifiedTwelve(t *testing.T) {
	const twelve = "\uFA0E\uFA0F\uFA11\uFA13\uFA14\uFA1F\uFA21\uFA23\uFA24\uFA27\uFA28\uFA29"
	for r := rune(0xF900); r <= 0xFAD9; r++ {
		if !unicode.Is(unicode.Han, r) {
			continue
		}
		u := Unified(r)
		if strings.ContainsRune(twelve, r) != (u == 0) {
			t.Errorf("%s is taken for %s", Code(r), Code(u))
		}
		if u != 0 && (KindOf(u) != Plain || !unicode.Is(unicode.Unified_Ideograph, u)) {
			t.Errorf("%s is to be typed as %s, which is no unified ideograph", Code(r), Code(u))
		}
	}
}

// Every Kangxi radical has a character to type, which is none.
func TestRadicals(t *testing.T) {
	for r := rune(0x2F00); r <= 0x2FD5; r++ {
		if u := Unified(r); u == 0 || !unicode.Is(unicode.Unified_Ideograph, u) {
			t.Errorf("%s is to be typed as %s", Code(r), Code(u))
		}
	}
	for r, want := range map[rune]rune{'⽅': '方', '⺠': '民', '⻋': '车', '⾞': '車', '⻔': '门', '⼀': '一', '\uF9DC': '隆', '\uFA19': '神', '\u31D0': '一', '⺪': 0, '方': 0, 'A': 0} {
		if got := Unified(r); got != want {
			t.Errorf("%s is to be typed as %s, want %s", Code(r), Code(got), Code(want))
		}
	}
}

// Pairs have two characters each, no first twice, and what is to be typed is not typed in vain.
func TestPairs(t *testing.T) {
	for i, pairs := range []string{radicals, formerly, marks, kana, cyrillic, greek, dots} {
		list := []rune(pairs)
		if len(list)%2 != 0 {
			t.Errorf("list %d has an odd number of characters", i)
			continue
		}
		seen := map[rune]bool{}
		for k := 0; k < len(list); k += 2 {
			a, b := list[k], list[k+1]
			if seen[a] || a == b || paired(pairs, a) != b || KindOf(b) != Plain {
				t.Errorf("list %d: %s to %s", i, Code(a), Code(b))
			}
			seen[a] = true
		}
	}
}

// What a text is mended with needs no mending, but for line breaks.
func TestMended(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		for _, m := range Instead(r) {
			if k := KindOf(m); k != Plain && m != '\n' && m != r {
				t.Fatalf("%s becomes %s", Code(r), Code(m))
			}
		}
		if KindOf(r) == Plain && Instead(r) != string(r) {
			t.Fatalf("%s is plain and becomes %q", Code(r), Instead(r))
		}
	}
	for s, want := range map[string]string{"堤防\u200b维护": "堤防维护", "堤防⽅案": "堤防方案", "a\u00a0b\tc": "a b c", "\ue81e\ue000": "龴〓", "邉\U000E0101": "邉", "堤防": "堤防"} {
		if got := Mended(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestLookalikes(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"二○二六年", "1○〇"}, {"二０二六年", "1０〇"}, {"二O二六年", "1O〇"}, {"二0二六年", "10〇"}, {"一○○八", "1○〇 2○〇"}, {"二〇二六年", ""},
		{"第○一批", ""}, {"五00万元", ""}, {"○○街道", ""}, {"一OA二", ""}, {"100%", ""}, {"10 月", ""},
		{"统ー平台", "1ー一"}, {"窗ロ建设", "1ロ口"}, {"ロビー", ""}, {"カラオケ", ""}, {"人ㄧ", "1ㄧ一"}, {"ㄅㄧ", ""},
		{"АPP推广", "0АA"}, {"СО大楼", "0СC 1ОO"}, {"Москва", ""}, {"α粒子", ""}, {"μg", ""}, {"ΔT", ""}, {"Α类", ""}, {"ΑB类", "0ΑA"}, {"PM₂.₅≤35 μg/m³", ""},
		{"艾力•买买提", "2•·"}, {"艾力·买买提", ""}, {"• 一", ""}, {"甲﹐乙﹑丙｡", "1﹐， 3﹑、 5｡。"}, {"oﬃce", "1ﬃffi"}, {"𝐀级", "0𝐀A"},
	} {
		var got []string
		for _, x := range Lookalikes(c.text) {
			got = append(got, fmt.Sprintf("%d%s%s", utf8.RuneCountInString(c.text[:x.At]), x.Text, x.Want))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %q, want %q", c.text, s, c.want)
		}
	}
}

func TestInCode(t *testing.T) {
	for _, c := range []struct{ code, want string }{
		{"2010301", ""}, {"２０１０３０１", "2010301"}, {"201O301", "2010301"}, {"20l0301", "2010301"}, {"41500〇", "415000"}, {"ＡＢ１", "AB1"},
		{"wuhan", ""}, {"A01", ""}, {"O1", ""}, {"OIl", ""}, {"水务局", ""}, {"水务局１", ""}, {"338001 ", ""},
	} {
		got := []byte(c.code)
		for i := len(InCode(c.code)) - 1; i >= 0; i-- {
			x := InCode(c.code)[i]
			got = []byte(string(got[:x.At]) + x.Want + string(got[x.At+len(x.Text):]))
		}
		if want := c.want; want == "" && string(got) != c.code || want != "" && string(got) != want {
			t.Errorf("%s is read as %s, want %s", c.code, got, want)
		}
	}
}

func TestInFigure(t *testing.T) {
	for text, want := range map[string]string{
		"１２．５万元": "12.5万元", "１００": "100", "1O0": "100", "1O.5": "10.5", "l2": "12", "２０25-１2-31": "2025-12-31", "2026年2月1日": "2026年2月1日", "元": "元",
		"Oil": "Oil", "１，２３４．５０": "1,234.50", "（１２）": "(12)", "－5": "-5",
	} {
		got := ""
		at := 0
		for _, x := range InFigure(text) {
			got += text[at:x.At] + x.Want
			at = x.At + len(x.Text)
		}
		if got += text[at:]; got != want {
			t.Errorf("%s is read as %s, want %s", text, got, want)
		}
	}
}

func TestDifference(t *testing.T) {
	for _, c := range []struct{ text, meant, want string }{
		{"堤防\u200b维护", "堤防维护", "这里的第3个字是 U+200B 零宽空格，多了"},
		{"堤防维护", "堤防\u200b维护", "它的第3个字是 U+200B 零宽空格"},
		{"堤防 维护", "堤防维护", "这里的第3个字是空格，多了"},
		{"堤防维护", "堤防　维护", "它的第3个字是全角空格"},
		{"水务局(本级)", "水务局（本级）", "第4个字，这里是半角“(”，它是全角“（”"},
		{"⽅案", "方案", "第1个字，这里是“⽅”（U+2F45 康熙部首），它是“方”"},
		{"201O301", "2010301", "第4个字，这里是“O”（字母），它是“0”（数字）"},
		{"АPP", "APP", "第1个字，这里是“А”（U+0410 俄文字母），它是“A”（字母）"},
		{"政府服务外包经费", "政务服务外包经费", "第2个字，这里是“府”，它是“务”"},
		{"政务服务外包经费", "政务服务外包费", "这里的第7个字是“经”，多了"},
		{"外包费", "外包经费", ""},
		{"amonut", "amount", ""},
		{"堤防维护", "堤防维护", ""},
	} {
		if got := Difference(c.text, c.meant); got != c.want {
			t.Errorf("%s, %s: %q, want %q", c.text, c.meant, got, c.want)
		}
	}
	for _, c := range []struct {
		a, b string
		want int
	}{{"堤防 维护", "堤防维护", -1}, {"堤防维护", "堤防\u3000维护", 1}, {"堤防维护", "堤防维护", 0}, {"堤防维修", "堤防 维护", 0}, {"堤防\u200b维护", "堤防维护", -1}} {
		if got := BlankIn(c.a, c.b); got != c.want {
			t.Errorf("%q, %q: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestShown(t *testing.T) {
	if got := Shown("堤防\u200b维\u00a0护⽅"); got != "堤防〔U+200B〕维〔U+00A0〕护⽅" {
		t.Error(got)
	}
	if got := Fold("ｎａｍｅ　\u200b⽅（１）"); got != "name 方(1)" {
		t.Error(got)
	}
}

// TestMayHold: no text is passed over that holds a lookalike.
func TestMayHold(t *testing.T) {
	r := rand.New(rand.NewPCG(19, 0))
	some := []rune("一二九0Oo０○〇八年，A1ー口•·、Сα" + lookalikes)
	for range 200_000 {
		var s []rune
		for range 1 + r.IntN(7) {
			s = append(s, some[r.IntN(min(len(some), 1<<(2+r.IntN(6))))])
		}
		if text := string(s); !mayHold(text) && len(lookalikesIn(text)) > 0 {
			t.Fatalf("%s: %v", text, lookalikesIn(text))
		}
	}
}
