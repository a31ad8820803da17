package character

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Lookalike is a character that stands where another is meant that looks the same, or a stretch of them.
type Lookalike struct {
	At         int // byte of the text
	Text, Want string
}

// Lookalikes finds them by their neighbours: a circle among Chinese figures, a letter of Japanese among Han characters, a
// Russian one within a Latin word.
func Lookalikes(s string) []Lookalike {
	if !mayHold(s) {
		return nil
	}
	return lookalikesIn(s)
}

func lookalikesIn(s string) []Lookalike {
	t := lettersOf(s)
	var out []Lookalike
	add := func(i int, want string) { out = append(out, Lookalike{t.at[i], string(t.runes[i]), want}) }
	for i, r := range t.runes {
		switch {
		case !mayBe(r):
		case paired(marks, r) != 0:
			add(i, string(paired(marks, r)))
		case t.isLoneKana(i):
			add(i, string(paired(kana, r)))
		case paired(dots, r) != 0 && isHan(t.get(i-1)) && isHan(t.get(i+1)):
			add(i, "·")
		case t.isZero(i):
			add(i, "〇")
		case t.isForeign(i):
			add(i, string(latin(r)))
		case isStyled(r):
			add(i, norm.NFKC.String(string(r)))
		}
	}
	return out
}

// Wide finds stretches of full-width letters and figures.
func Wide(s string) []Lookalike {
	var out []Lookalike
	for i, r := range s {
		if isWide(r) {
			out = append(out, Lookalike{i, string(r), string(half(r))})
		}
	}
	return stretches(out)
}

// stretches makes one of full-width characters side by side.
func stretches(list []Lookalike) (out []Lookalike) {
	for _, x := range list {
		r, _ := utf8.DecodeRuneInString(x.Text)
		if last := len(out) - 1; last >= 0 && half(r) != r && out[last].At+len(out[last].Text) == x.At && half(lastOf(out[last].Text)) != lastOf(out[last].Text) {
			out[last].Text += x.Text
			out[last].Want += x.Want
			continue
		}
		out = append(out, x)
	}
	return out
}

func lastOf(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// InCode finds what stands for a figure in a code of figures: full-width characters, the letters O and l, circles. A code
// of letters has none of the latter.
func InCode(s string) []Lookalike {
	var out, wide []Lookalike
	figures, others := 0, 0
	for i, r := range s {
		n := half(r)
		if n != r {
			wide = append(wide, Lookalike{i, string(r), string(n)})
		}
		switch {
		case n >= '0' && n <= '9':
			figures++
		case strings.ContainsRune(zeros, n):
			n = '0'
		case strings.ContainsRune("lI|", n):
			n = '1'
		default:
			others++
		}
		if n != r {
			out = append(out, Lookalike{i, string(r), string(n)})
		}
	}
	switch {
	case isText(s):
		return nil
	case others == 0 && figures >= 2:
		return stretches(out)
	}
	return stretches(wide)
}

// InFigure finds what stands for a figure, or for a mark between figures, in a number or a date: full-width characters, and
// the letters O and l beside figures.
func InFigure(s string) []Lookalike {
	var out []Lookalike
	t := lettersOf(s)
	for i, r := range t.runes {
		n := half(r)
		if before, after := half(t.get(i-1)), half(t.get(i+1)); isDigit(before) || isDigit(after) {
			switch {
			case strings.ContainsRune(zeros, n) && n != '0':
				n = '0'
			case strings.ContainsRune("lI|", n):
				n = '1'
			}
		}
		if n != r {
			out = append(out, Lookalike{t.at[i], string(r), string(n)})
		}
	}
	return stretches(out)
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// wideBy is how far full-width characters are from those of ASCII.
const wideBy = '！' - '!'

func half(r rune) rune {
	if r >= '！' && r <= '～' {
		return r - wideBy
	}
	return r
}

func isWide(r rune) bool {
	n := half(r)
	return n != r && (n >= '0' && n <= '9' || isASCII(n))
}

func isASCII(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// isText reports whether there are Han characters in s: then it is a name and no code.
func isText(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return isHan(r) && r != '〇' }) >= 0
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// lookalikes has every character that may be taken for another because of its neighbours, and what they are taken for.
const lookalikes = marks + kana + dots + zeros + cyrillic + greek

func mayBe(r rune) bool { return strings.ContainsRune(lookalikes, r) || isStyled(r) }

// isStyled reports whether r is a ligature or a letter or figure of a style of its own.
func isStyled(r rune) bool {
	return r >= 0xFB00 && r <= 0xFB06 || r == 0x212A || r >= 0x1D400 && r <= 0x1D7FF
}

// mayHold reports whether a text may hold a lookalike: most hold none, and need not be taken apart.
func mayHold(s string) bool {
	figures, zeros := 0, false // of the Chinese number that goes on here
	for _, r := range s {
		switch {
		case r == '0' || r == 'O' || r == 'o' || r == '０':
			zeros = true
		case r >= 0x4E00 && r <= 0x9FFF:
			if !isOneToNine(r) {
				figures, zeros = 0, false
				continue
			}
			figures++
		case r < 0x80 || r >= 0x3001 && r <= 0x301F && r != '〇' || r >= '！' && r <= '～' || r == '—' || r >= '‘' && r <= '”' || r == '…':
			figures, zeros = 0, false
		case mayBe(r):
			return true
		default:
			figures, zeros = 0, false
		}
		if zeros && figures > 1 {
			return true
		}
	}
	return false
}

// latin is the letter that a Russian or Greek one looks like.
func latin(r rune) rune {
	if l := paired(cyrillic, r); l != 0 {
		return l
	}
	return paired(greek, r)
}

// letters is a text by characters.
type letters struct {
	runes []rune
	at    []int
}

func lettersOf(s string) *letters {
	t := &letters{}
	for i, r := range s {
		t.runes, t.at = append(t.runes, r), append(t.at, i)
	}
	return t
}

// get is 0 beyond the ends.
func (t *letters) get(i int) rune {
	if i < 0 || i >= len(t.runes) {
		return 0
	}
	return t.runes[i]
}

// run is the stretch around i of characters of a kind.
func (t *letters) run(i int, of func(rune) bool) []rune {
	from, to := i, i+1
	for of(t.get(from - 1)) {
		from--
	}
	for of(t.get(to)) {
		to++
	}
	return t.runes[from:to]
}

// isLoneKana reports whether a letter of Japanese or of the phonetic alphabet has none of its kind beside it, but a Han
// character.
func (t *letters) isLoneKana(i int) bool {
	if paired(kana, t.runes[i]) == 0 {
		return false
	}
	before, after := t.get(i-1), t.get(i+1)
	return !isKana(before) && !isKana(after) && (isHan(before) || isHan(after))
}

func isKana(r rune) bool {
	return r >= 0x3041 && r <= 0x312F || r >= 0x31A0 && r <= 0x31BF || r >= 0x31F0 && r <= 0x31FF || r >= 0xFF66 && r <= 0xFF9F
}

// isZero reports whether what stands among Chinese figures is meant for 〇.
func (t *letters) isZero(i int) bool {
	if r := t.runes[i]; r == '〇' || !strings.ContainsRune(zeros, r) {
		return false
	}
	figures := 0
	for _, r := range t.run(i, isFigure) {
		if !strings.ContainsRune(zeros, r) {
			figures++
		}
	}
	return figures >= 2
}

// isOneToNine reports whether r is a Chinese figure and no zero.
func isOneToNine(r rune) bool {
	switch r {
	case '一', '二', '三', '四', '五', '六', '七', '八', '九':
		return true
	}
	return false
}

func isFigure(r rune) bool {
	return r != 0 && (isOneToNine(r) || strings.ContainsRune(zeros, r))
}

// isForeign reports whether a Russian or Greek letter looks like a Latin one and stands for it: all such letters of a word
// do, and some of it is Latin, or else all of it is Russian.
func (t *letters) isForeign(i int) bool {
	if latin(t.runes[i]) == 0 {
		return false
	}
	some, russian := false, true
	for _, r := range t.run(i, isAlphabetic) {
		switch {
		case isASCII(r):
			some = true
		case latin(r) == 0:
			return false
		case paired(cyrillic, r) == 0:
			russian = false
		}
	}
	return some || russian
}

func isAlphabetic(r rune) bool {
	return isASCII(r) || r >= 0x0370 && r <= 0x052F || r >= 0x1F00 && r <= 0x1FFF
}
