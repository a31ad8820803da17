// Package character knows which characters look like others, or like nothing: what they are called, what is to be typed
// instead of them, and where two texts that look the same differ.
package character

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Kind is what is wrong with a character that should not stand in a text.
type Kind int

// Kinds of characters. What depends on the neighbours is told by Lookalikes.
const (
	Plain     Kind = iota // nothing
	Break                 // ends a line
	Tab                   // U+0009
	Control               // an instruction to a device
	Invisible             // prints nothing: an instruction to layout, or the trace of another program
	Selector              // chooses among the forms of the character before it
	Blank                 // a blank that is neither U+0020 nor U+3000
	Variant               // looks like a Han character and is another: a radical, a stroke, one for compatibility
	Unusable              // private use, no character at all, or the sign of one that was lost
)

// KindOf tells what is wrong with a character.
func KindOf(r rune) Kind {
	switch {
	case r >= ' ' && r <= '~' || r >= 0x4E00 && r <= 0x9FFF || r >= 0x3000 && r <= 0x312F:
		return Plain
	case r == '\t':
		return Tab
	case r >= '\n' && r <= '\r' || r == 0x85 || r == 0x2028 || r == 0x2029:
		return Break
	case unicode.Is(unicode.Cc, r):
		return Control
	case isSelector(r):
		return Selector
	case r == 0x2800 || unicode.Is(unicode.Zs, r):
		return Blank
	case unicode.Is(unicode.Cf, r) || unicode.Is(ignorable, r):
		return Invisible
	case Unified(r) != 0 || r >= 0x2E80 && r <= 0x2FDF || r >= 0x31C0 && r <= 0x31EF:
		return Variant
	case unicode.Is(unicode.Co, r) || isNone(r) || r == 0xFFFC || r == utf8.RuneError:
		return Unusable
	}
	return Plain
}

func isSelector(r rune) bool { return r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF }

// isNone reports whether r will never be a character.
func isNone(r rune) bool { return r&0xFFFE == 0xFFFE || r >= 0xFDD0 && r <= 0xFDEF }

// ignorable are characters that show nothing and are not of the category Cf: U+034F joins, fillers of Hangul, marks of
// Khmer and Mongolian, and room for more instructions.
var ignorable = &unicode.RangeTable{
	R16: []unicode.Range16{{0x034F, 0x034F, 1}, {0x115F, 0x1160, 1}, {0x17B4, 0x17B5, 1}, {0x180B, 0x180F, 1}, {0x2065, 0x2065, 1},
		{0x3164, 0x3164, 1}, {0xFFA0, 0xFFA0, 1}, {0xFFF0, 0xFFF8, 1}},
	R32:         []unicode.Range32{{0xE0000, 0xE00FF, 1}, {0xE01F0, 0xE0FFF, 1}},
	LatinOffset: 0,
}

// Unified is the Han character that is meant by a radical, by a stroke or by a character for compatibility with older
// sets; 0 for all others, and where none can be typed. Twelve characters of the block of those for compatibility (U+FA0E
// and others) are no doubles and stand for themselves.
func Unified(r rune) rune {
	switch {
	case r >= 0x2E80 && r <= 0x2EFF || r >= 0x31C0 && r <= 0x31EF:
		return paired(radicals, r)
	case r >= 0x2F00 && r <= 0x2FDF, r >= 0xF900 && r <= 0xFAFF, r >= 0x2F800 && r <= 0x2FA1F:
		if u, n := utf8.DecodeRuneInString(norm.NFKC.String(string(r))); n > 0 && u != r {
			return u
		}
	}
	return 0
}

// Code is the number of a character as Unicode writes it.
func Code(r rune) string { return fmt.Sprintf("U+%04X", r) }

// Name is what a character is called that cannot be recognized by its look, "" for all others.
func Name(r rune) string {
	if n := names[r]; n != "" {
		return n
	}
	switch KindOf(r) {
	case Control:
		return "控制字符"
	case Invisible:
		return "看不见的字符"
	case Selector:
		return "字形选择符"
	case Blank:
		return "特殊空格"
	case Variant:
		switch {
		case r >= 0x2F00 && r <= 0x2FDF:
			return "康熙部首"
		case r < 0x2F00:
			return "部首"
		case r < 0x3200:
			return "笔画"
		}
		return "兼容汉字"
	case Unusable:
		switch {
		case unicode.Is(unicode.Co, r):
			return "私用字符"
		case isNone(r):
			return "不是字符的编码"
		}
	}
	return ""
}

// Say names a character in a message: “⽅”（U+2F45 康熙部首）, U+200B 零宽空格.
func Say(r rune) string {
	name := Name(r)
	switch k := KindOf(r); {
	case k != Plain && k != Variant || r == 0x3000:
		return strings.TrimSpace(Code(r) + " " + name)
	case r == ' ':
		return name
	case name != "":
		return "“" + string(r) + "”（" + Code(r) + " " + name + "）"
	}
	return "“" + string(r) + "”（" + Code(r) + "）"
}

// Shown is a text with the codes of what does not show, to be printed in messages: 堤防〔U+200B〕维护.
func Shown(s string) string {
	if strings.IndexFunc(s, Hides) < 0 {
		return s
	}
	var sb strings.Builder
	for _, r := range s {
		if Hides(r) {
			sb.WriteString("〔" + Code(r) + "〕")
			continue
		}
		sb.WriteRune(r)
	}
	return sb.String()
}

// Hides reports whether a character cannot be seen, or not for what it is.
func Hides(r rune) bool { k := KindOf(r); return k != Plain && k != Variant }

// ordinal is 第3个字 for what stands behind two.
func ordinal(before int) string { return fmt.Sprintf("第%d个字", before+1) }

// Place is where a byte of a text is, in characters: 第3个字.
func Place(s string, at int) string { return ordinal(utf8.RuneCountInString(s[:at])) }

// Blanks are blanks by their names, to be printed in messages: 〔空格〕.
func Blanks(s string) string {
	var sb strings.Builder
	for _, r := range s {
		sb.WriteString("〔" + Name(r) + "〕")
	}
	return sb.String()
}
